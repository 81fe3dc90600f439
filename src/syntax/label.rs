//! The author's words in quotes: what they say, and where each of their characters stands.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Span;

/// The author's words with the place of the quotes around them. Escapes are undone.
#[derive(Clone, Debug)]
pub struct Label<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// Where, quotes included.
    pub span: Span,
    /// What stands between the quotes, as it is written; nothing for a parameter, whose words stand elsewhere.
    pub written: Option<&'a str>,
}

impl<'a> Label<'a> {
    /// Reads what stands in quotes, with escaped quotes and backslashes undone.
    #[must_use]
    pub fn quoted(quoted: &'a str, quote: char, span: Span) -> Label<'a> {
        let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
        let text = if inner.contains('\\') {
            Cow::Owned(pieces(inner, quote).map(|(_, character)| character).collect())
        } else {
            Cow::Borrowed(inner)
        };
        Label { text, span, written: Some(inner) }
    }

    /// Where a part of the words stands; the whole label, if its words are those of a parameter.
    #[must_use]
    pub fn place(&self, range: Range<usize>) -> Span {
        let Some(written) = self.written else { return self.span };
        let (start, end) = if written.len() == self.text.len() {
            (range.start, range.end)
        } else {
            let mut said = 0;
            let (mut start, mut end) = (written.len(), written.len());
            // INVARIANT: only labels hold escapes that matter here; code is never looked into.
            for (at, character) in pieces(written, '"') {
                if said == range.start {
                    start = at;
                }
                if said == range.end {
                    end = at;
                    break;
                }
                said += character.len_utf8();
            }
            (start, end)
        };
        // The quote in front is not part of what is written.
        let begins = self.span.start + 1;
        Span { start: begins + start as u32, end: begins + end as u32, ..self.span }
    }
}

/// The characters that a text in quotes means, each with where it begins in what is written.
fn pieces(written: &str, quote: char) -> impl Iterator<Item = (usize, char)> {
    let mut characters = written.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, character) = characters.next()?;
        let escaped = |next: char| next == quote || (quote == '"' && next == '\\');
        match characters.next_if(|(_, next)| character == '\\' && escaped(*next)) {
            Some((_, next)) => Some((at, next)),
            None => Some((at, character)),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn label(quoted: &str) -> Label<'_> {
        Label::quoted(quoted, '"', Span { file: FileId(0), start: 10, end: 10 + quoted.len() as u32 })
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(label(r#""a \"b\" \\ c \d""#).text, r#"a "b" \ c \d"#);
    }

    #[test]
    fn places_count_escapes() {
        let quoted = r#""\"ä\" certain""#;
        let label = label(quoted);
        let start = label.text.find("certain").unwrap_or_default();
        let span = label.place(start..start + "certain".len());
        assert_eq!(quoted.get(span.start as usize - 10..span.end as usize - 10), Some("certain"));
    }
}
