//! Text as words and marks, with their places.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// A byte that stands for something printed that is no word to judge: code, or the words of a reference.
pub const OPAQUE: u8 = 1;
/// A byte of markup, which is not printed.
pub const MARKUP: u8 = 2;
/// A byte where a paragraph or an item of a list begins.
pub const BREAK: u8 = 3;

/// How many tokens are looked at on either side of a word: a sentence that goes on for longer is none.
pub const FARTHEST: usize = 60;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Letters or digits.
    Word,
    /// Something that is printed and is not to be judged.
    Opaque,
    /// A mark inside a sentence.
    Mark(char),
    /// The end of a sentence: a full stop, a question or exclamation mark, a semicolon, a colon, a new paragraph.
    End(char),
}

/// A word or a mark.
#[derive(Clone, Debug)]
pub struct Token<'t> {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// As it is written.
    pub text: &'t str,
    /// In lower case, with the straight apostrophe.
    pub lower: Cow<'t, str>,
    /// What it is.
    pub sort: Sort,
    /// The number of the paragraph it stands in.
    pub paragraph: usize,
}

impl Token<'_> {
    /// Whether it begins with a capital letter.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    /// Whether all its letters are capital and it has two at least.
    #[must_use]
    pub fn is_upper(&self) -> bool {
        self.text.chars().filter(|character| character.is_alphabetic()).count() > 1
            && !self.text.chars().any(char::is_lowercase)
    }
}

/// The tokens of a text. White space and markup divide words and are no tokens.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut paragraph = 0;
    let mut line_ended = false;
    for (start, piece) in text.split_word_bound_indices() {
        let Some(first) = piece.chars().next() else { continue };
        let sort = match first {
            '\n' | '\r' => {
                let new = line_ended && piece.contains('\n');
                line_ended |= piece.contains('\n');
                if !new {
                    continue;
                }
                Sort::End('\n')
            }
            '\u{3}' => Sort::End('\n'),
            '\u{2}' => continue,
            '\u{1}' => Sort::Opaque,
            _ if first.is_whitespace() => continue,
            _ if piece.chars().any(char::is_alphanumeric) => Sort::Word,
            '.' | '!' | '?' | ';' | ':' => Sort::End(first),
            _ => Sort::Mark(first),
        };
        if sort == Sort::End('\n') {
            paragraph += 1;
        } else {
            line_ended = false;
        }
        // Many bytes stand for one thing that is not to be judged.
        if sort == Sort::Opaque && tokens.last().is_some_and(|last| last.sort == Sort::Opaque) {
            continue;
        }
        let range = start..start + piece.len();
        let is_plain = piece.chars().all(|character| !character.is_uppercase() && character != '’');
        let lower = if is_plain { Cow::Borrowed(piece) } else { Cow::Owned(piece.to_lowercase().replace('’', "'")) };
        tokens.push(Token { range, text: piece, lower, sort, paragraph });
    }
    tokens
}

/// A row of tokens with a place in it, to look around from.
#[derive(Clone, Copy, Debug)]
pub struct Around<'v, 't> {
    /// All tokens of the text.
    pub tokens: &'v [Token<'t>],
    /// The first token of what was found.
    pub first: usize,
    /// The last token of what was found.
    pub last: usize,
}

impl<'v, 't> Around<'v, 't> {
    /// The token some places in front of what was found: 1 is the one directly before.
    #[must_use]
    pub fn token_before(&self, distance: usize) -> Option<&'v Token<'t>> {
        self.tokens.get(self.first.checked_sub(distance)?)
    }

    /// The token behind what was found.
    #[must_use]
    pub fn token_after(&self, distance: usize) -> Option<&'v Token<'t>> {
        self.tokens.get(self.last + distance)
    }

    /// The word directly before, in lower case; nothing if a mark stands between.
    #[must_use]
    pub fn before(&self) -> &'v str {
        word(self.token_before(1))
    }

    /// The word directly behind.
    #[must_use]
    pub fn after(&self) -> &'v str {
        word(self.token_after(1))
    }

    /// The words in front, from the nearest to the beginning of the sentence; marks inside it are passed over.
    pub fn words_before(&self) -> impl Iterator<Item = &'v str> {
        let before = self.tokens.get(..self.first).unwrap_or_default();
        before
            .iter()
            .rev()
            .take(FARTHEST)
            .take_while(|token| !matches!(token.sort, Sort::End(_)))
            .filter(|token| token.sort == Sort::Word)
            .map(|token| token.lower.as_ref())
    }

    /// The words behind, to the end of the sentence.
    pub fn words_after(&self) -> impl Iterator<Item = &'v str> {
        let after = self.tokens.get(self.last + 1..).unwrap_or_default();
        after
            .iter()
            .take(FARTHEST)
            .take_while(|token| !matches!(token.sort, Sort::End(_)))
            .filter(|token| token.sort == Sort::Word)
            .map(|token| token.lower.as_ref())
    }

    /// Whether it begins the text, a sentence or what stands in parentheses or quotes.
    #[must_use]
    pub fn begins(&self) -> bool {
        self.token_before(1).is_none_or(|token| match token.sort {
            Sort::End(_) => true,
            Sort::Mark(mark) => matches!(mark, '(' | '"' | '“' | '‘' | '\''),
            Sort::Word | Sort::Opaque => false,
        })
    }

    /// Whether nothing of the sentence stands behind it.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.token_after(1).is_none_or(|token| matches!(token.sort, Sort::End(_) | Sort::Mark(',' | ')')))
    }

    /// Whether it stands in quotation marks of its own: such a word is spoken of, not used.
    #[must_use]
    pub fn is_quoted(&self) -> bool {
        let mark = |token: Option<&Token<'_>>, marks: &[char]| {
            token.is_some_and(|token| matches!(token.sort, Sort::Mark(mark) if marks.contains(&mark)))
        };
        mark(self.token_before(1), &['"', '“', '‘', '\'', '«', '„'])
            && mark(self.token_after(1), &['"', '”', '’', '\'', '»', '“'])
    }

    /// The range of the text that was found.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        let start = self.tokens.get(self.first).map_or(0, |token| token.range.start);
        let end = self.tokens.get(self.last).map_or(start, |token| token.range.end);
        start..end
    }
}

fn word<'v>(token: Option<&'v Token<'_>>) -> &'v str {
    token.filter(|token| token.sort == Sort::Word).map_or("", |token| &token.lower)
}

/// How many tokens from this one on say a phrase, written in lower case with single spaces. Commas between its
/// words are passed over.
#[must_use]
pub fn phrase_at(tokens: &[Token<'_>], phrase: &str) -> Option<usize> {
    let mut used = 0;
    for (index, wanted) in phrase.split(' ').enumerate() {
        while index > 0 && tokens.get(used).is_some_and(|token| token.sort == Sort::Mark(',')) {
            used += 1;
        }
        if tokens.get(used)?.lower != wanted {
            return None;
        }
        used += 1;
    }
    Some(used)
}

/// Whether a word denies what its sentence says.
#[must_use]
pub fn denies(word: &str) -> bool {
    const DENIALS: [&str; 15] = [
        "not",
        "no",
        "never",
        "cannot",
        "nor",
        "neither",
        "none",
        "nobody",
        "nothing",
        "without",
        "impossible",
        "unable",
        "hardly",
        "nowhere",
        "refuse",
    ];
    DENIALS.contains(&word) || word.ends_with("n't")
}
