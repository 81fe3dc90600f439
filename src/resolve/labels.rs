//! Checks of a label against the phrase it completes, with word lists and endings alone.

use crate::codes::labels;
use crate::diagnostic::Sink;
use crate::source::Span;
use crate::syntax::words::Kind;

/// The most words a label may have.
const LONGEST: usize = 20;

/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 22] = [
    "inc.", "ltd.", "co.", "corp.", "u.s.", "u.k.", "e.u.", "e.g.", "i.e.", "etc.", "no.", "st.", "mr.", "mrs.", "ms.",
    "dr.", "art.", "sec.", "vs.", "approx.", "llc.", "plc.",
];

/// Words that another slot says, with the edit.
const SLOT_WORDS: [(&str, &str); 14] = [
    ("only", "write `only` in front of the clause or the actor"),
    ("unless", "write it as a clause: `unless …`"),
    ("except", "write it as a clause: `except …`"),
    ("may", "write the modality in front of the verb: `may`"),
    ("might", "write the modality in front of the verb: `might`"),
    ("must", "write the modality in front of the verb: `must`"),
    ("should", "write the modality in front of the verb: `should`"),
    ("shall", "write the modality in front of the verb: `must` or `will`"),
    ("will", "write the modality in front of the verb: `will`"),
    ("can", "write the modality in front of the verb: `may`"),
    ("cannot", "write the modality in front of the verb: `cannot`"),
    ("could", "write the modality in front of the verb: `might`"),
    ("not", "deny the sentence: `do not`, `never`"),
    ("never", "deny the sentence: `never`"),
];

/// What a label is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// The phrase of its kind.
    Kind(Kind),
    /// Behind `that`.
    That,
    /// A definition.
    Means,
    /// The words of a field or a value: printed by themselves.
    Verbatim,
    /// A title or another heading.
    Title,
}

/// Checks one label. `whose` says that the page itself would add "your" in front.
pub(super) fn check(text: &str, span: Span, frame: Frame, whose: bool, sink: &mut Sink) {
    if text.trim().is_empty() {
        sink.report(labels::empty(span));
        return;
    }
    if text.chars().any(is_control) {
        sink.report(labels::characters(span));
    }
    if turns_what_follows(text) {
        sink.report(labels::direction(span));
    }
    if text.starts_with(' ') || text.ends_with(' ') || text.contains("  ") {
        sink.report(labels::spaces(span));
    }
    if matches!(frame, Frame::Verbatim | Frame::Title) {
        return;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > LONGEST {
        sink.report(labels::long(span, words.len()));
    }
    if ends_sentence(&words) {
        sink.report(labels::sentence(span));
    }
    let first = words.first().copied().unwrap_or("").to_lowercase();
    let free = matches!(frame, Frame::Means | Frame::Kind(Kind::Reason | Kind::Event));
    if !free {
        let found = words.iter().find_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            // "the right to not be treated worse": the denial is what the right is to.
            let of_right = frame == Frame::Kind(Kind::Right) && word == "not";
            SLOT_WORDS.iter().find(|(slot_word, _)| *slot_word == word && !of_right)
        });
        if let Some((word, instead)) = found {
            sink.report(labels::slot(span, word, instead));
        }
    }
    match frame {
        Frame::Kind(Kind::Data) if whose && matches!(first.as_str(), "your" | "our") => {
            sink.report(labels::owner(span, &first));
        }
        Frame::Kind(Kind::Purpose) if !is_base_verb(&first) => sink.report(labels::purpose(span, text)),
        Frame::Kind(Kind::Event)
            if matches!(
                first.as_str(),
                "when" | "if" | "unless" | "while" | "until" | "before" | "after" | "because"
            ) =>
        {
            sink.report(labels::event(span, &first));
        }
        Frame::Kind(Kind::Reason) if matches!(first.as_str(), "because" | "to" | "for") => {
            sink.report(labels::because(span, &first));
        }
        Frame::That => {
            if let Some(word) = words.iter().find(|word| matches!(**word, "it" | "them")) {
                sink.report(labels::that(span, word));
            }
        }
        Frame::Kind(_) | Frame::Means | Frame::Verbatim | Frame::Title => {}
    }
}

/// Characters that no format can hold. Zero-width and bidirectional characters are text and survive.
fn is_control(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Whether a text begins an embedding, an override or an isolate of another direction and does not end it, or ends one
/// that it did not begin (Unicode Standard Annex 9, 2.1 to 2.5): what follows on the page would be turned as well.
pub(super) fn turns_what_follows(text: &str) -> bool {
    const END: char = '\u{202C}';
    const END_OF_ISOLATE: char = '\u{2069}';
    let mut open = Vec::new();
    for character in text.chars() {
        match character {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push(END),
            '\u{2066}'..='\u{2068}' => open.push(END_OF_ISOLATE),
            END | END_OF_ISOLATE if open.pop() != Some(character) => return true,
            _ => {}
        }
    }
    !open.is_empty()
}

/// Whether a word that ends in a full stop, a question or an exclamation mark stands inside, or one that is no
/// abbreviation at the end.
fn ends_sentence(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(index, word)| {
        let ends = word.ends_with(['.', '?', '!']);
        let lower = word.to_lowercase();
        // "U.S.", "e.g.", and behind a hyphen "EU-U.S.": letters with a full stop each.
        let tail = lower.rsplit('-').next().unwrap_or("").trim_start_matches(['(', '"', '\'']);
        let initial = tail.len() >= 2
            && tail.len() % 2 == 0
            && tail
                .bytes()
                .enumerate()
                .all(|(at, byte)| if at % 2 == 0 { byte.is_ascii_lowercase() } else { byte == b'.' });
        let known =
            ABBREVIATIONS.contains(&lower.trim_start_matches(['(', '"', '\''])) || initial || lower.ends_with("...");
        let next_is_capital = words.get(index + 1).is_none_or(|next| next.starts_with(char::is_uppercase));
        ends && !known && next_is_capital
    })
}

/// Whether a word can be the base form of a verb, as far as its shape tells.
fn is_base_verb(word: &str) -> bool {
    const BASES_IN_ING: [&str; 6] = ["bring", "ring", "sing", "ping", "string", "swing"];
    const BASES_IN_S: [&str; 14] = [
        "process", "access", "address", "assess", "discuss", "express", "focus", "pass", "possess", "press",
        "progress", "stress", "suppress", "witness",
    ];
    let article = matches!(word, "to" | "a" | "an" | "the" | "our" | "your" | "their" | "for");
    let gerund = word.ends_with("ing") && !BASES_IN_ING.contains(&word);
    let third = word.ends_with('s') && !BASES_IN_S.contains(&word) && !word.ends_with("ss");
    !(article || gerund || third)
}
