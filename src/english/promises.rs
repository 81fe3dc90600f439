//! Promises of security that nobody can keep: "100% secure", "we guarantee the security of your data".

use std::ops::Range;

use super::tokens::{Around, FARTHEST, Sort, Token, denies, phrase_at};

/// Words that make a promise of security absolute, in front of one of [`SAFE`].
const WHOLLY: [&str; 11] = [
    "completely",
    "fully",
    "totally",
    "absolutely",
    "perfectly",
    "entirely",
    "wholly",
    "utterly",
    "always",
    "guaranteed",
    "permanently",
];
/// What data are said to be.
const SAFE: [&str; 5] = ["secure", "safe", "unhackable", "impenetrable", "invulnerable"];
/// Words that make a state absolute, in front of one of [`SECURITY`].
const ABSOLUTE: [&str; 9] =
    ["absolute", "complete", "total", "perfect", "full", "guaranteed", "ultimate", "unbreakable", "impenetrable"];
/// What is promised.
const SECURITY: [&str; 2] = ["security", "safety"];
/// What no promise can rule out.
const BREACHES: [&str; 8] = ["breach", "breaches", "hack", "hacks", "leak", "leaks", "attack", "attacks"];
/// What happens to data that are not safe.
const BROKEN: [&str; 6] = ["hacked", "breached", "stolen", "compromised", "leaked", "intercepted"];
/// Words that are such a promise by themselves.
const ALONE: [&str; 6] = ["unhackable", "hackproof", "hack-proof", "bulletproof", "bullet-proof", "unbreachable"];
/// Who tries without a promise.
const TRIES: [&str; 12] = [
    "aim",
    "aims",
    "strive",
    "strives",
    "try",
    "tries",
    "endeavour",
    "endeavours",
    "endeavor",
    "attempt",
    "seek",
    "seeks",
];

/// The promises in a text, none of them denied in its own sentence.
#[must_use]
pub fn promises(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < tokens.len() {
        match promise_at(tokens, first) {
            Some(last) => {
                found.push(Around { tokens, first, last }.range());
                first = last + 1;
            }
            None => first += 1,
        }
    }
    found
}

/// The last token of the promise that begins here.
fn promise_at(tokens: &[Token<'_>], first: usize) -> Option<usize> {
    let rest = tokens.get(first..)?;
    let one = rest.first().filter(|token| token.sort == Sort::Word)?.lower.as_ref();
    let here = Around { tokens, first, last: first };
    if asks(&here) || here.words_before().any(|word| TRIES.contains(&word)) {
        return None;
    }
    let denied = here.words_before().any(denies);
    // "100% secure", "100 percent safe", "completely secure", "100% security"
    let wholly = if WHOLLY.contains(&one) || ABSOLUTE.contains(&one) { Some(1) } else { percent(rest) };
    if let Some(used) = wholly
        && let Some(next) = rest.get(used)
    {
        let around = Around { tokens, first, last: first + used };
        let number = used > 1;
        let is_state = SAFE.contains(&next.lower.as_ref()) && (number || WHOLLY.contains(&one));
        let is_thing = SECURITY.contains(&next.lower.as_ref()) && (number || ABSOLUTE.contains(&one));
        // "Fully Safe Harbor certified", "always secure your password".
        let other = matches!(around.after(), "harbor" | "harbour" | "socket" | "sockets")
            || is_state && one == "always" && !is_predicate(&here);
        // "Complete security does not exist": the denial may stand behind a thing, not behind a state.
        let denied = denied || is_thing && around.words_after().take(5).any(denies);
        return ((is_state || is_thing) && !other && !denied).then_some(first + used);
    }
    if denied {
        return None;
    }
    // "We guarantee the security of your data", "we guarantee that your data are safe"
    if matches!(one, "guarantee" | "guarantees" | "guaranteeing") {
        let mut at = 1;
        while let Some(token) = rest.get(at).filter(|token| token.sort != Sort::End('.') && at <= 7) {
            let word = token.lower.as_ref();
            if denies(word) || !matches!(token.sort, Sort::Word | Sort::Opaque) {
                return None;
            }
            let social = matches!(rest.get(at - 1).map(|token| token.lower.as_ref()), Some("social" | "national"));
            if (SECURITY.contains(&word) || matches!(word, "secure" | "safe" | "security")) && !social {
                return Some(first + at);
            }
            at += 1;
        }
        return None;
    }
    if SECURITY.contains(&one)
        && let Some(used) = ["is guaranteed", "are guaranteed", "is absolute", "is complete"]
            .iter()
            .find_map(|phrase| phrase_at(rest.get(1..)?, phrase))
    {
        return Some(first + used);
    }
    // "No breach is possible", "breaches are impossible", "impossible to hack"
    if one == "no" && rest.get(1).is_some_and(|next| BREACHES.contains(&next.lower.as_ref())) {
        return ["is possible", "are possible", "can happen", "can occur", "will happen", "will occur"]
            .iter()
            .find_map(|phrase| phrase_at(rest.get(2..)?, phrase))
            .map(|used| first + 1 + used);
    }
    if BREACHES.contains(&one) {
        return ["is impossible", "are impossible"]
            .iter()
            .find_map(|phrase| phrase_at(rest.get(1..)?, phrase))
            .map(|used| first + used);
    }
    if one == "impossible" {
        return ["to hack", "to breach", "to steal", "to break into"]
            .iter()
            .find_map(|phrase| phrase_at(rest.get(1..)?, phrase))
            .map(|used| first + used);
    }
    // "Can never be hacked", "cannot be breached"
    for phrase in ["can never be", "cannot be", "can't be", "can not be", "will never be", "never be"] {
        if let Some(used) = phrase_at(rest, phrase)
            && rest.get(used).is_some_and(|next| BROKEN.contains(&next.lower.as_ref()))
        {
            return Some(first + used);
        }
    }
    let immune = one == "immune" && matches!(here.after(), "to" | "from" | "against");
    if immune && rest.get(2).is_some_and(|next| BREACHES.contains(&next.lower.as_ref()) || next.lower == "hackers") {
        return Some(first + 2);
    }
    ALONE.contains(&one).then_some(first)
}

/// How many tokens say "100%", "100 percent" or "one hundred percent".
fn percent(rest: &[Token<'_>]) -> Option<usize> {
    let sign = |at: usize| {
        rest.get(at)
            .is_some_and(|token| token.sort == Sort::Mark('%') || matches!(token.lower.as_ref(), "percent" | "%"))
    };
    let words = |phrase: &str| phrase_at(rest, phrase);
    if rest.first().is_some_and(|token| token.text == "100") && sign(1) {
        return Some(2);
    }
    ["100 per cent", "one hundred percent", "one hundred per cent", "a hundred percent"]
        .iter()
        .find_map(|phrase| words(phrase))
}

/// Whether the sentence is a question.
fn asks(around: &Around<'_, '_>) -> bool {
    let behind = around.tokens.get(around.last..).unwrap_or_default();
    behind
        .iter()
        .take(FARTHEST)
        .find(|token| matches!(token.sort, Sort::End(_)))
        .is_some_and(|token| token.sort == Sort::End('?'))
}

/// "Are always safe", not "always secure your password".
fn is_predicate(around: &Around<'_, '_>) -> bool {
    matches!(around.before(), "is" | "are" | "be" | "stay" | "stays" | "remain" | "remains")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english::tokens::tokens;

    fn found(text: &str) -> Vec<&str> {
        promises(&tokens(text)).into_iter().map(|range| text.get(range).unwrap_or("")).collect()
    }

    #[test]
    fn promises_are_found() {
        for (text, promise) in [
            ("Your data are 100% secure.", "100% secure"),
            ("your data are 100 percent safe", "100 percent safe"),
            ("It is completely safe with us", "completely safe"),
            ("a fully secure server", "fully secure"),
            ("Your data are always safe.", "always safe"),
            ("We guarantee the security of your data", "guarantee the security"),
            ("We guarantee that your data are safe", "guarantee that your data are safe"),
            ("the security is guaranteed", "security is guaranteed"),
            ("No breach is possible", "No breach is possible"),
            ("your account can never be hacked", "can never be hacked"),
            ("our servers cannot be breached", "cannot be breached"),
            ("absolute security for everybody", "absolute security"),
            ("We cannot read it. It is perfectly secure.", "perfectly secure"),
            ("It is completely safe and will not be shared", "completely safe"),
            ("our unhackable vault", "unhackable"),
            ("immune to attacks", "immune to attacks"),
        ] {
            assert_eq!(found(text), [promise], "{text}");
        }
    }

    #[test]
    fn near_misses_are_quiet() {
        for text in [
            "we cannot guarantee the security of your data",
            "we do not guarantee that your data are safe",
            "no system is 100% secure",
            "no method is 100 % secure, so take care",
            "it is not completely secure",
            "the internet isn't completely safe",
            "complete security does not exist",
            "100% security cannot be promised",
            "Is my data 100% secure?",
            "we aim for complete security",
            "a secure server",
            "we protect your data with encryption",
            "fully Safe Harbor certified",
            "always secure your password",
            "we guarantee social security benefits",
            "we guarantee an answer within a month",
            "a breach is possible",
            "if your account is hacked",
            "nobody can promise that data will never be stolen",
            "100% recycled paper",
            "the security of your data is our duty",
            "standard contractual clauses guarantee an adequate level of protection",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
