//! The forty vague terms, why each is vague, what to say instead, and where the same word is not vague.
//!
//! The list and its four categories are those of Reidenberg, Bhatia, Breaux and Norton, "Ambiguity in Privacy
//! Policies and the Impact of Regulation" (2016).

use std::ops::Range;

use super::tokens::{Around, FARTHEST, Sort, Token, denies, phrase_at};

/// Why a term is vague.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// It depends on something that is not said.
    Condition,
    /// It hides the cases that differ.
    Generalisation,
    /// It leaves open whether something happens.
    Modality,
    /// It leaves open how many or which.
    Quantifier,
}

impl Category {
    /// The name of the category.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Category::Condition => "condition",
            Category::Generalisation => "generalisation",
            Category::Modality => "modality",
            Category::Quantifier => "numeric quantifier",
        }
    }

    /// What is vague about it, behind "it".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Category::Condition => "depends on a trigger that is not named",
            Category::Generalisation => "leaves room for cases that are not named",
            Category::Modality => "leaves open whether it happens",
            Category::Quantifier => "leaves open how many, or which",
        }
    }
}

/// A vague term.
#[derive(Debug)]
pub struct Term {
    /// In lower case.
    pub words: &'static str,
    /// Why it is vague.
    pub category: Category,
    /// What to write instead.
    pub better: &'static str,
    /// Whether it is not vague where it stands.
    quiet: fn(&Around<'_, '_>, &[String]) -> bool,
}

/// A vague term in a text.
#[derive(Debug)]
pub struct Found {
    /// Where.
    pub range: Range<usize>,
    /// Which.
    pub term: &'static Term,
    /// The number of the paragraph it stands in.
    pub paragraph: usize,
}

const SAY_WHEN: &str = "name what it depends on: `when …`, `unless …`";
const SAY_NEED: &str = "say what it is needed for, or until when";
const SAY_WHICH: &str = "name them, or say `all`";
const SAY_NUMBER: &str = "give the number, or name them";
const SAY_ALWAYS: &str = "leave it out, and name the exceptions: `except …`, `unless …`";
const SAY_WHETHER: &str = "say that it happens, and when: `when …`; what the reader is allowed is said with `you`";
const SAY_WHO: &str = "name who is meant";

macro_rules! terms {
    ($($words:literal, $category:ident, $better:expr, $quiet:expr;)*) => {
        /// The forty terms, those of several words first.
        pub static TERMS: &[Term] =
            &[$(Term { words: $words, category: Category::$category, better: $better, quiet: $quiet }),*];
    };
}

terms! {
    "including but not limited to", Quantifier, "list them all behind `namely`", never;
    "among other things", Generalisation, "list them all, or leave it out", never;
    "from time to time", Condition, SAY_WHEN, never;
    "otherwise reasonably", Condition, SAY_WHEN, never;
    "as applicable", Condition, SAY_WHEN, never;
    "as needed", Condition, SAY_NEED, never;
    "depending", Condition, SAY_WHEN, never;
    "necessary", Condition, SAY_NEED, is_needed_for_something;
    "appropriate", Condition, "name what is done", is_safeguard;
    "inappropriate", Condition, "name what is not allowed", never;
    "sometimes", Condition, SAY_WHEN, never;
    "generally", Generalisation, SAY_ALWAYS, never;
    "mostly", Generalisation, SAY_ALWAYS, never;
    "widely", Generalisation, SAY_ALWAYS, never;
    "general", Generalisation, "name what is meant", is_general_name;
    "commonly", Generalisation, SAY_ALWAYS, is_naming;
    "usually", Generalisation, SAY_ALWAYS, never;
    "normally", Generalisation, SAY_ALWAYS, never;
    "typically", Generalisation, SAY_ALWAYS, never;
    "largely", Generalisation, SAY_ALWAYS, never;
    "often", Generalisation, "say how often", is_measured;
    "primarily", Generalisation, "name everything it is for", never;
    "may", Modality, SAY_WHETHER, is_permission_or_month;
    "might", Modality, SAY_WHETHER, is_permission_or_noun;
    "can", Modality, SAY_WHETHER, is_permission_or_noun;
    "could", Modality, SAY_WHETHER, is_permission;
    "would", Modality, SAY_WHETHER, is_permission;
    "likely", Modality, SAY_WHETHER, is_measured;
    "possible", Modality, "say when it is possible, or what is done", is_denied;
    "possibly", Modality, SAY_WHETHER, never;
    "anyone", Quantifier, SAY_WHO, is_everybody_named;
    "certain", Quantifier, SAY_WHICH, is_sure;
    "everyone", Quantifier, SAY_WHO, is_everybody_named;
    "numerous", Quantifier, SAY_NUMBER, never;
    "some", Quantifier, SAY_WHICH, never;
    "most", Quantifier, SAY_WHICH, is_superlative;
    "few", Quantifier, SAY_NUMBER, never;
    "much", Quantifier, "say how much", is_measured;
    "many", Quantifier, SAY_NUMBER, is_measured;
    "various", Quantifier, SAY_WHICH, never;
}

/// The vague terms of a text. `readers` are the words for whom the policy addresses, besides "you".
///
/// A capitalised term inside a sentence is part of a name, and one in quotation marks is spoken of.
#[must_use]
pub fn vague(tokens: &[Token<'_>], readers: &[String]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut first = 0;
    while let Some(token) = tokens.get(first) {
        let term = TERMS.iter().filter(|_| token.sort == Sort::Word).find_map(|term| {
            let rest = tokens.get(first..).unwrap_or_default();
            phrase_at(rest, term.words).map(|used| (term, first + used - 1))
        });
        let Some((term, last)) = term else {
            first += 1;
            continue;
        };
        let around = Around { tokens, first, last };
        if !is_name(&around) && !around.is_quoted() && !is_joined(&around) && !(term.quiet)(&around, readers) {
            found.push(Found { range: around.range(), term, paragraph: token.paragraph });
        }
        first = last + 1;
    }
    found
}

/// Whether the term is a part of a name: it has a capital letter that no beginning gives it. Words that are all in
/// capital letters are shouted, not named.
fn is_name(around: &Around<'_, '_>) -> bool {
    let Some(token) = around.tokens.get(around.first) else { return false };
    token.is_capital() && !token.is_upper() && !around.begins()
}

/// Whether the term is a part of a longer word: "one-to-many", "May-June", "can_read".
fn is_joined(around: &Around<'_, '_>) -> bool {
    let joins = |token: Option<&Token<'_>>, at: usize, before: bool| {
        token.is_some_and(|token| {
            let touches = if before { token.range.end == at } else { token.range.start == at };
            touches && matches!(token.sort, Sort::Mark('-' | '_' | '/' | '@' | '#' | '&' | '='))
        })
    };
    let range = around.range();
    joins(around.token_before(1), range.start, true) || joins(around.token_after(1), range.end, false)
}

fn never(_: &Around<'_, '_>, _: &[String]) -> bool {
    false
}

/// "You can ask us", "you or your parent may", "you, as a parent, can", "can you": the reader is allowed it.
fn is_permission(around: &Around<'_, '_>, readers: &[String]) -> bool {
    const BETWEEN: [&str; 15] = [
        "also",
        "always",
        "only",
        "still",
        "then",
        "now",
        "both",
        "each",
        "all",
        "instead",
        "simply",
        "easily",
        "therefore",
        "later",
        "yourself",
    ];
    if around.after() == "you" || is_ruled_out(around) {
        return true;
    }
    let mut at = around.first;
    while let Some(token) = at.checked_sub(1).and_then(|before| around.tokens.get(before)) {
        if !BETWEEN.contains(&token.lower.as_ref()) {
            break;
        }
        at -= 1;
    }
    let before = around.tokens.get(at.saturating_sub(FARTHEST)..at).unwrap_or_default();
    let says = |tokens: &[Token<'_>], words: &str| {
        let count = words.split(' ').count();
        tokens.len() >= count
            && tokens.get(tokens.len() - count..).and_then(|tail| phrase_at(tail, words)) == Some(count)
    };
    if says(before, "you") || readers.iter().any(|reader| says(before, reader)) {
        return true;
    }
    // An insertion between commas: "you, as a parent, can".
    if let Some((Token { sort: Sort::Mark(','), .. }, inside)) = before.split_last()
        && let Some(open) = inside.iter().rposition(|token| token.sort == Sort::Mark(','))
    {
        return inside.get(..open).is_some_and(|front| says(front, "you"));
    }
    // A second subject: "you or your parent may".
    let clause = before.iter().rposition(|token| matches!(token.sort, Sort::End(_) | Sort::Mark(_)));
    let clause = before.get(clause.map_or(0, |at| at + 1)..).unwrap_or_default();
    let you = clause.iter().rposition(|token| token.lower == "you");
    you.and_then(|you| clause.get(you + 1..)).is_some_and(|rest| {
        rest.len() <= 6 && rest.first().is_some_and(|next| matches!(next.lower.as_ref(), "or" | "and"))
    })
}

/// "We could not reach you", "nobody can read it": it is certain that it does not happen. "May not" and "might not"
/// leave that open.
fn is_ruled_out(around: &Around<'_, '_>) -> bool {
    const NOBODY: [&str; 6] = ["no", "nobody", "nothing", "none", "neither", "nor"];
    let definite = ["can", "could", "would"].into_iter().any(|word| around.tokens_say(word));
    definite
        && (matches!(around.after(), "not" | "never")
            || around.words_before().take(4).any(|word| NOBODY.contains(&word)))
}

/// The month has a capital letter, and no vague "may" begins a sentence.
fn is_permission_or_month(around: &Around<'_, '_>, readers: &[String]) -> bool {
    let token = around.tokens.get(around.first);
    token.is_some_and(|token| token.is_capital() && !token.is_upper()) || is_permission(around, readers)
}

/// "The watering can", "a can of paint", "with all our might".
fn is_permission_or_noun(around: &Around<'_, '_>, readers: &[String]) -> bool {
    const IN_FRONT: [&str; 17] = [
        "a", "the", "per", "watering", "tin", "trash", "rubbish", "garbage", "spray", "petrol", "paint", "our", "your",
        "their", "its", "full", "sheer",
    ];
    IN_FRONT.contains(&around.before()) || around.after() == "of" || is_permission(around, readers)
}

/// "How often", "as much as", "too many": the word is measured by what stands beside it.
fn is_measured(around: &Around<'_, '_>, _: &[String]) -> bool {
    matches!(around.before(), "how" | "as" | "so" | "too" | "that" | "this" | "twice" | "however")
}

/// "This is not possible", "it is no longer possible".
fn is_denied(around: &Around<'_, '_>, _: &[String]) -> bool {
    around.words_before().take(3).any(denies)
}

/// "Anyone who has the link", "everyone in your team", "we never sell it to anyone".
fn is_everybody_named(around: &Around<'_, '_>, _: &[String]) -> bool {
    const NAMED: [&str; 18] = [
        "who", "whose", "whom", "that", "with", "in", "at", "on", "under", "over", "of", "aged", "younger", "older",
        "you", "we", "to", "from",
    ];
    NAMED.contains(&around.after()) || around.words_before().any(denies)
}

/// "To be certain", "make certain that", "we are certain of it": sure, not a number.
fn is_sure(around: &Around<'_, '_>, _: &[String]) -> bool {
    const FORMS: [&str; 17] = [
        "be",
        "is",
        "are",
        "am",
        "was",
        "were",
        "been",
        "being",
        "make",
        "makes",
        "made",
        "making",
        "for",
        "feel",
        "almost",
        "quite",
        "reasonably",
    ];
    const BEHIND: [&str; 7] = ["that", "to", "about", "whether", "if", "who", "how"];
    BEHIND.contains(&around.after()) || FORMS.contains(&around.before()) && (around.ends() || around.after() == "of")
}

/// "The most recent", "at most", "your most visited pages": the highest degree, not a share.
fn is_superlative(around: &Around<'_, '_>, _: &[String]) -> bool {
    const IN_FRONT: [&str; 9] = ["the", "at", "your", "our", "their", "its", "his", "her", "whose"];
    const BEHIND: [&str; 23] = [
        "recent",
        "important",
        "relevant",
        "likely",
        "common",
        "often",
        "effective",
        "suitable",
        "appropriate",
        "current",
        "useful",
        "popular",
        "used",
        "visited",
        "sensitive",
        "secure",
        "private",
        "restrictive",
        "specific",
        "efficient",
        "widespread",
        "severe",
        "urgent",
    ];
    let after = around.after();
    IN_FRONT.contains(&around.before()) || BEHIND.contains(&after) || (after.ends_with("ly") && after != "only")
}

/// "Commonly known as" gives a name.
fn is_naming(around: &Around<'_, '_>, _: &[String]) -> bool {
    matches!(around.after(), "known" | "called" | "named" | "referred")
}

/// "Strictly necessary", the class of cookies, and "necessary for the contract", which says what for. What is kept
/// "as long as necessary" for something still has no end.
fn is_needed_for_something(around: &Around<'_, '_>, _: &[String]) -> bool {
    let open = around.words_before().take(4).any(|word| matches!(word, "as" | "than" | "if" | "where" | "when"));
    around.before() == "strictly"
        || around.after().starts_with("cookie")
        || around.words_before().take(2).any(denies)
        || (matches!(around.after(), "for" | "to") && !open)
}

/// "Appropriate safeguards" is the name that Article 46 of the GDPR gives them.
fn is_safeguard(around: &Around<'_, '_>, _: &[String]) -> bool {
    around.after().starts_with("safeguard")
}

/// "The attorney general", "general counsel", "the General Data Protection Regulation": a name of an office, of a
/// law, of something that law calls so.
fn is_general_name(around: &Around<'_, '_>, _: &[String]) -> bool {
    const OFFICES: [&str; 14] = [
        "attorney",
        "attorneys",
        "secretary",
        "solicitor",
        "director",
        "directorate",
        "inspector",
        "consul",
        "surgeon",
        "postmaster",
        "auditor",
        "advocate",
        "governor",
        "procurator",
    ];
    const NAMES: [&str; 27] = [
        "counsel",
        "meeting",
        "meetings",
        "manager",
        "managers",
        "practitioner",
        "practitioners",
        "partner",
        "partners",
        "partnership",
        "assembly",
        "court",
        "election",
        "elections",
        "public",
        "ledger",
        "terms",
        "conditions",
        "authorisation",
        "authorization",
        "audience",
        "audiences",
        "inquiries",
        "enquiries",
        "secretary",
        "contractor",
        "anaesthetic",
    ];
    let behind = around.token_after(1);
    let named = around.tokens.get(around.first).is_some_and(Token::is_capital)
        && behind.is_some_and(|token| token.is_capital() && token.sort == Sort::Word);
    named || OFFICES.contains(&around.before()) || NAMES.contains(&around.after())
}

impl Around<'_, '_> {
    /// Whether what was found is this one word.
    fn tokens_say(&self, word: &str) -> bool {
        self.tokens.get(self.first).is_some_and(|token| token.lower == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english::tokens::tokens;

    fn terms(text: &str) -> Vec<&'static str> {
        vague(&tokens(text), &["customers".to_owned()]).into_iter().map(|found| found.term.words).collect()
    }

    #[test]
    fn there_are_forty() {
        assert_eq!(TERMS.len(), 40);
        let of = |category| TERMS.iter().filter(|term| term.category == category).count();
        let counts = [Category::Condition, Category::Generalisation, Category::Modality, Category::Quantifier].map(of);
        assert_eq!(counts, [9, 12, 8, 11]);
    }

    #[test]
    fn every_term_is_found_in_plain_use() {
        for term in TERMS {
            let text = format!("they {} share it", term.words);
            assert_eq!(terms(&text), [term.words], "{text}");
        }
    }

    #[test]
    fn vague_words_are_found() {
        for (text, found) in [
            ("We MAY share it", vec!["may"]),
            ("for certain purposes", vec!["certain"]),
            ("there are certain cookies", vec!["certain"]),
            ("as long as necessary for our business", vec!["necessary"]),
            ("where necessary to help", vec!["necessary"]),
            ("including, but not limited to, names", vec!["including but not limited to"]),
            ("if possible, most of it", vec!["possible", "most"]),
            ("It is generally safe", vec!["generally"]),
            ("partners may tell you", vec!["may"]),
            ("what you write may be read", vec!["may"]),
            ("Some Europeans", vec!["some"]),
            ("general information", vec!["general"]),
            ("we may not tell them", vec!["may"]),
        ] {
            assert_eq!(terms(text), found, "{text}");
        }
    }

    #[test]
    fn near_misses_are_quiet() {
        for text in [
            "since May 2018",
            "in May and June",
            "May Ltd",
            "you may ask us",
            "you can also, if you like, write",
            "You, as a parent, can ask",
            "you or your parent may ask",
            "how can you ask",
            "anything you could tell us",
            "customers may ask",
            "a can of paint",
            "the watering can",
            "with all their might",
            "to be certain",
            "we make certain that it works",
            "General Data Protection Regulation",
            "the attorney general",
            "the Attorney General",
            "our general counsel",
            "the general meeting",
            "your most recent order",
            "the most relevant news",
            "at most three days",
            "as much as you like",
            "how many there are",
            "how often you visit",
            "one-to-many messages",
            "awesome handsome tomatoes",
            "someone anyway",
            "we never sell it to anyone",
            "anyone who has the link",
            "strictly necessary cookies",
            "necessary for the performance of a contract",
            "appropriate safeguards",
            "commonly known as a cookie",
            "this is no longer possible",
            "the word “may”",
            "the band Many Hands",
            "you would like",
            "we can not read it",
            "we could not reach you without them",
            "nobody can sign in without them",
            "no page can be sent",
        ] {
            assert_eq!(terms(text), Vec::<&str>::new(), "{text}");
        }
    }
}
