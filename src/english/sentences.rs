//! Where sentences end.

use unicode_segmentation::UnicodeSegmentation;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: [&str; 20] = [
    "inc", "ltd", "co", "corp", "e.g", "i.e", "no", "st", "mr", "mrs", "ms", "dr", "art", "sec", "vs", "approx", "llc",
    "plc", "nos", "arts",
];

/// The sentences of a text, by the rules of Unicode; a full stop behind an abbreviation or an initial ends none.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at + piece.len();
        if end < text.len() && is_abbreviated(piece) {
            continue;
        }
        found
            .extend(text.get(start..end).map(str::trim).filter(|sentence| sentence.chars().any(char::is_alphanumeric)));
        start = end;
    }
    found
}

fn is_abbreviated(sentence: &str) -> bool {
    let Some(rest) = sentence.trim_end().strip_suffix('.') else { return false };
    let word = rest.rsplit(|character: char| character.is_whitespace() || matches!(character, '(' | '“')).next();
    let word = word.unwrap_or("");
    let is_initial = word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_should() {
        let text =
            "We are Acme Inc. of Leeds. See https://acme.com/a.b for more, e.g. Our rules. Is it? Yes! U.S. Data too";
        assert_eq!(
            sentences(text),
            [
                "We are Acme Inc. of Leeds.",
                "See https://acme.com/a.b for more, e.g. Our rules.",
                "Is it?",
                "Yes!",
                "U.S. Data too"
            ]
        );
        assert_eq!(sentences(" – . "), Vec::<&str>::new());
    }
}
