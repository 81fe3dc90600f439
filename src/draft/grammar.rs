//! The little English grammar that words alone decide: number, articles, openings.

use crate::policy::Noun;
use crate::syntax::words::{Kind, Number};

/// Words that already say whose or which.
const DETERMINERS: [&str; 36] = [
    "a",
    "an",
    "the",
    "any",
    "all",
    "this",
    "that",
    "these",
    "those",
    "such",
    "certain",
    "some",
    "each",
    "every",
    "no",
    "your",
    "our",
    "their",
    "its",
    "his",
    "her",
    "my",
    "what",
    "how",
    "which",
    "whatever",
    "information",
    "data",
    "most",
    "more",
    "other",
    "another",
    "various",
    "both",
    "one",
    "anyone",
];

/// Words that open a phrase behind the head of a label.
const PREPOSITIONS: [&str; 26] = [
    "of", "for", "with", "to", "from", "in", "on", "about", "at", "by", "under", "that", "which", "who", "whose",
    "between", "through", "via", "within", "without", "against", "as", "where", "when", "into", "over",
];

/// Whether a label begins with a word that says whose or which, so that "your" cannot stand in front.
pub(super) fn has_determiner(label: &str) -> bool {
    let first = label.split(' ').next().unwrap_or("").to_lowercase();
    DETERMINERS.contains(&first.as_str())
        || first.ends_with("’s")
        || first.ends_with("'s")
        || label.split(' ').any(|word| matches!(word, "you" | "your" | "yourself"))
}

/// Whether a word ends a phrase that goes on: "about", "of".
pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// The number that a label shows.
pub(super) fn number_of_label(label: &str) -> Number {
    const SINGULAR_IN_S: [&str; 10] = [
        "news",
        "analytics",
        "access",
        "business",
        "address",
        "process",
        "status",
        "series",
        "basis",
        "statistics-data",
    ];
    let words: Vec<&str> = label.split(' ').collect();
    let first = words.first().copied().unwrap_or("").to_lowercase();
    if matches!(first.as_str(), "a" | "an" | "each" | "every" | "anyone" | "this" | "that" | "one") {
        return Number::Singular;
    }
    let end = words.iter().position(|word| is_preposition(word)).unwrap_or(words.len());
    let head = words.get(end.saturating_sub(1)).copied().unwrap_or("").trim_end_matches([',', ')', '”']).to_lowercase();
    let joined = words.get(..end).unwrap_or_default().contains(&"and");
    let plural = head.ends_with('s')
        && !head.ends_with("ss")
        && !head.ends_with("us")
        && !head.ends_with("is")
        && !SINGULAR_IN_S.contains(&head.as_str());
    if plural || joined || matches!(head.as_str(), "people" | "children" | "those" | "persons") {
        Number::Plural
    } else {
        Number::Singular
    }
}

/// The number of a noun: what its verbs show, else what its label shows.
pub(super) fn number_of(noun: &Noun) -> Number {
    if let Some(number) = noun.number {
        return number;
    }
    let words = noun.words();
    match noun.kind {
        Kind::Party | Kind::Product | Kind::Law | Kind::Place => {
            let proper = words.starts_with(char::is_uppercase) && !words.ends_with("ies");
            if proper { Number::Singular } else { number_of_label(&words) }
        }
        Kind::People => {
            if words.starts_with("anyone") || words.starts_with("everyone") {
                Number::Singular
            } else {
                Number::Plural
            }
        }
        _ => number_of_label(&words),
    }
}

/// "a" or "an", by the sound that the word begins with.
pub(super) fn indefinite_article(word: &str) -> &'static str {
    let lower = word.to_lowercase();
    let vowel_letter = lower.starts_with(['a', 'e', 'i', 'o', 'u']);
    let sounds_like_consonant =
        ["uni", "use", "usa", "usu", "eu", "one", "once", "ub"].iter().any(|start| lower.starts_with(start));
    let silent_h = ["hour", "honest", "honor", "honour", "heir"].iter().any(|start| lower.starts_with(start));
    // An abbreviation is spelt out: "an SMS", "a URL".
    let spelt = word.len() > 1 && word.chars().take(2).all(char::is_uppercase);
    let spelt_vowel = spelt && word.starts_with(['A', 'E', 'F', 'H', 'I', 'L', 'M', 'N', 'O', 'R', 'S', 'X']);
    if spelt {
        return if spelt_vowel { "an" } else { "a" };
    }
    if (vowel_letter && !sounds_like_consonant) || silent_h { "an" } else { "a" }
}

/// Whether the first word is an -ing form.
pub(super) fn is_gerund(label: &str) -> bool {
    const NOUNS_IN_ING: [&str; 7] = ["billing", "marketing", "advertising", "thing", "something", "anything", "string"];
    let first = label.split([' ', '-']).next().unwrap_or("").to_lowercase();
    let first = if first.ends_with("ly") || first == "otherwise" {
        label.split(' ').nth(1).unwrap_or("").to_lowercase()
    } else {
        first
    };
    first.len() > 4 && first.ends_with("ing") && !NOUNS_IN_ING.contains(&first.as_str())
}

/// Whether a condition in these words is better introduced by "if" than by "when".
pub(super) fn wants_if(label: &str) -> bool {
    label.split(' ').any(|word| {
        matches!(
            word,
            "is" | "are"
                | "has"
                | "have"
                | "not"
                | "believe"
                | "believes"
                | "wish"
                | "want"
                | "wants"
                | "require"
                | "requires"
                | "allow"
        )
    })
}
