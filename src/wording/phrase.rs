//! Phrases: pieces of running text on their way into a sentence.

use crate::document::{Inline, plain};

/// A piece of running text. Neighbouring words are one piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    inlines: Vec<Inline>,
}

impl From<Vec<Inline>> for Phrase {
    fn from(inlines: Vec<Inline>) -> Phrase {
        Phrase { inlines }
    }
}

impl Phrase {
    /// Whether there are no words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inlines.is_empty()
    }

    /// Adds words.
    pub fn push_str(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.inlines.last_mut() {
            Some(Inline::Text(text)) => text.push_str(words),
            _ => self.inlines.push(Inline::text(words)),
        }
    }

    /// Adds one piece.
    pub fn push(&mut self, inline: Inline) {
        match inline {
            Inline::Text(text) => self.push_str(&text),
            other => self.inlines.push(other),
        }
    }

    /// Adds another phrase.
    pub fn append(&mut self, other: Phrase) {
        for inline in other.inlines {
            self.push(inline);
        }
    }

    /// Adds words of a template: never two spaces in a row, none at the beginning.
    pub fn push_literal(&mut self, words: &str) {
        let words = if self.inlines.is_empty() || self.ends_with(' ') { words.trim_start_matches(' ') } else { words };
        self.push_str(words);
    }

    /// Adds a phrase in a hole of a template: none of the spaces around an empty one, no space before a comma.
    pub fn push_phrase(&mut self, phrase: &Phrase) {
        let first = phrase.first_character();
        if matches!(first, Some(',' | '.' | ':' | ';' | ')')) {
            self.trim_end();
        }
        for inline in &phrase.inlines {
            self.push(inline.clone());
        }
    }

    /// Whether some of the words lead somewhere already.
    #[must_use]
    pub fn has_link(&self) -> bool {
        fn is_link(inline: &Inline) -> bool {
            match inline {
                Inline::Link { .. } | Inline::Reference { .. } => true,
                Inline::Strong { content } | Inline::Emphasis { content } => content.iter().any(is_link),
                Inline::Text(_) | Inline::Code(_) | Inline::Time { .. } => false,
            }
        }
        self.inlines.iter().any(is_link)
    }

    /// The words without markup.
    #[must_use]
    pub fn plain(&self) -> String {
        plain(&self.inlines)
    }

    /// The number of words.
    #[must_use]
    pub fn words(&self) -> usize {
        self.plain().split_whitespace().count()
    }

    fn first_character(&self) -> Option<char> {
        match self.inlines.first() {
            Some(Inline::Text(text)) => text.chars().next(),
            _ => None,
        }
    }

    /// Whether the last piece is words that end in this character.
    #[must_use]
    pub fn ends_with(&self, character: char) -> bool {
        matches!(self.inlines.last(), Some(Inline::Text(text)) if text.ends_with(character))
    }

    /// Removes spaces at the end that a template put there.
    pub fn trim_end(&mut self) {
        if let Some(Inline::Text(text)) = self.inlines.last_mut() {
            text.truncate(text.trim_end_matches(' ').len());
            if text.is_empty() {
                self.inlines.pop();
            }
        }
    }

    /// Ends a sentence: a full stop, unless the words end in a mark of their own.
    pub fn full_stop(&mut self) {
        let ends = plain(self.inlines.get(self.inlines.len().saturating_sub(1)..).unwrap_or_default());
        if !ends.ends_with(['.', '?', '!']) {
            self.push_str(".");
        }
    }

    /// Raises the first letter, if the first word is all lower case. Literals are left as they are.
    pub fn capitalise(&mut self) {
        let Some(text) = first_text(&mut self.inlines) else { return };
        let word = text.split(' ').next().unwrap_or("");
        // An address is a literal, wherever it stands.
        if word.contains(['@', '/']) || word.contains("://") {
            return;
        }
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        let starts = word.trim_start_matches(['“', '(']);
        if letters().all(char::is_lowercase)
            && let Some(first) = starts.chars().next().filter(|c| c.is_lowercase())
        {
            let at = word.len() - starts.len();
            // A letter that becomes two, such as `ß`, is left as the author wrote it.
            let mut upper = first.to_uppercase();
            if let (Some(upper), None) = (upper.next(), upper.next()) {
                text.replace_range(at..at + first.len_utf8(), upper.encode_utf8(&mut [0; 4]));
            }
        }
    }

    /// Puts other words in the place of those that it begins with. Words that markup interrupts stay.
    pub fn replace_start(&mut self, start: &str, by: &str) {
        if let Some(text) = first_text(&mut self.inlines)
            && text.starts_with(start)
        {
            text.replace_range(..start.len(), by);
        }
    }

    /// The pieces.
    #[must_use]
    pub fn into_inlines(self) -> Vec<Inline> {
        self.inlines
    }
}

/// The text at the beginning, inside markup too; literals are none.
fn first_text(inlines: &mut [Inline]) -> Option<&mut String> {
    match inlines.first_mut()? {
        Inline::Text(text) => Some(text),
        Inline::Strong { content }
        | Inline::Emphasis { content }
        | Inline::Link { content, .. }
        | Inline::Reference { content, .. } => first_text(content),
        Inline::Code(_) | Inline::Time { .. } => None,
    }
}
