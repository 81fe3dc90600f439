//! From the text of a pack to its rules.
//!
//! The tokens are those of policies. A line that cannot be read is reported and passed over, so that one mistake is
//! told once; whether the words mean something is asked by [`super::check`], for all packs together.

use std::borrow::Cow;

use jiff::civil::Date;

use super::names::Names;
use super::{Determiner, Pack};
use crate::codes::laws as codes;
use crate::diagnostic::Sink;
use crate::source::{FileId, Span};
use crate::syntax::tree::{self, TokenKind};
use crate::syntax::words::is_reserved;

mod demand;
mod pattern;
mod rule;
mod statement;

/// A pack with the places of the words that are looked up.
#[derive(Debug)]
pub struct Written {
    /// What it says.
    pub pack: Pack,
    /// The words, in the order of the file.
    pub(super) mentions: Vec<Mention>,
}

impl From<Pack> for Written {
    /// A pack that was read and checked before: nothing of it is looked up again.
    fn from(pack: Pack) -> Written {
        Written { pack, mentions: Vec::new() }
    }
}

/// A word that is looked up, or what decides how words behind it are looked up.
#[derive(Debug)]
pub(super) struct Mention {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub span: Span,
}

/// What is looked up.
#[derive(Debug)]
pub(super) enum What {
    /// A class begins here, the one at this place of the pack.
    Class(usize),
    /// A limit begins here.
    Limit(usize),
    /// A rule begins here; what follows belongs to it.
    Rule(usize),
    /// A noun with its determiner, if there is one.
    Noun(Option<Determiner>, String),
    /// What a noun is or must be: an entry or a class, never the word of a kind.
    Kind(String),
    /// A member of a class of this kind.
    Member(String, String),
    /// The code of a place, or the name of a class of places.
    Place(String),
    /// The code of a place.
    Code(String),
    /// A verb.
    Verb(String),
    /// A field of a noun.
    Field(String),
    /// A row that a `where` names.
    RowGiven(String),
    /// A row that a demand names.
    RowAsked(String),
    /// The name of a limit.
    Bound(String),
    /// A pack whose rules are taken.
    Pack(String),
    /// A rule of a pack.
    OtherRule(String, String),
    /// Alternatives begin.
    Alternatives,
    /// One alternative is over.
    Alternative,
    /// The alternatives are over.
    AlternativesEnd,
}

/// Reads a pack; none if it has a fault, which the sink then tells.
pub fn parse(file: FileId, text: &str, names: &Names, sink: &mut Sink) -> Option<Pack> {
    read(file, text, names, sink).map(|written| written.pack)
}

/// Reads a pack with the places of its words; none if it has a fault, which the sink then tells. The names tell
/// manners from verbs; nothing else is looked up.
pub fn read(file: FileId, text: &str, names: &Names, sink: &mut Sink) -> Option<Written> {
    let before = sink.len();
    let tree = tree::parse(file, text, sink);
    let mut reader = Reader::over(file, text, &tree, names, sink);
    let pack = reader.file();
    let mentions = std::mem::take(&mut reader.mentions);
    (sink.len() == before).then_some(Written { pack, mentions })
}

/// A fault that was reported; the line it is in is given up.
struct Reported;

/// What reading a part of a line gives.
type Read<T> = Result<T, Reported>;

/// A token, comments not counted.
#[derive(Clone, Copy)]
struct At<'a> {
    kind: TokenKind,
    span: Span,
    text: &'a str,
    closer: usize,
}

/// A cursor over the tokens of one pack.
struct Reader<'a, 'n> {
    file: FileId,
    tokens: Vec<At<'a>>,
    position: usize,
    end: usize,
    names: &'n Names,
    sink: &'n mut Sink,
    mentions: Vec<Mention>,
    /// Whether `each` may stand here.
    finds: bool,
}

impl<'a, 'n> Reader<'a, 'n> {
    fn over(file: FileId, text: &'a str, tree: &tree::Tree, names: &'n Names, sink: &'n mut Sink) -> Self {
        let counts = |kind: TokenKind| !matches!(kind, TokenKind::Comment | TokenKind::Mark);
        // The place of each token among those that count.
        let mut places = Vec::with_capacity(tree.tokens.len());
        let mut counted = 0;
        for token in &tree.tokens {
            places.push(counted);
            counted += usize::from(counts(token.kind));
        }
        let at = |token: &tree::Token| At {
            kind: token.kind,
            span: token.span,
            text: text.get(token.span.start as usize..token.span.end as usize).unwrap_or(""),
            closer: places.get(token.closer as usize).copied().unwrap_or(counted),
        };
        let tokens: Vec<At<'a>> = tree.tokens.iter().filter(|token| counts(token.kind)).map(at).collect();
        let end = tokens.len();
        Reader { file, tokens, position: 0, end, names, sink, mentions: Vec::new(), finds: false }
    }

    // ── the cursor ──────────────────────────────────────────────────────────────────────────────────────

    fn peek(&self) -> Option<At<'a>> {
        self.peek_ahead(0)
    }

    fn peek_ahead(&self, ahead: usize) -> Option<At<'a>> {
        let position = self.position + ahead;
        self.tokens.get(position).filter(|_| position < self.end).copied()
    }

    fn advance(&mut self) {
        self.position += 1;
    }

    fn peek_word(&self) -> Option<&'a str> {
        self.word_ahead(0)
    }

    fn word_ahead(&self, ahead: usize) -> Option<&'a str> {
        self.peek_ahead(ahead).filter(|at| at.kind == TokenKind::Word).map(|at| at.text)
    }

    fn eat(&mut self, kind: TokenKind) -> bool {
        let here = self.peek().is_some_and(|at| at.kind == kind);
        self.position += usize::from(here);
        here
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let here = self.peek_word() == Some(word);
        self.position += usize::from(here);
        here
    }

    fn need_word(&mut self, word: &str) -> Read<()> {
        if self.eat_word(word) { Ok(()) } else { self.unexpected(&format!("`{word}`")) }
    }

    /// The place at the cursor, or behind the last token.
    fn here(&self) -> Span {
        let before = self.tokens.get(self.position.wrapping_sub(1));
        let start = Span { file: self.file, start: 0, end: 0 };
        self.peek().map_or_else(|| before.map_or(start, |at| at.span.after()), |at| at.span)
    }

    /// Reports that something else was expected, unless the token was reported already.
    fn unexpected<T>(&mut self, expected: &str) -> Read<T> {
        let found = self.peek();
        let shown: Cow<'_, str> = match found.map(|at| (at.kind, at.text)) {
            Some((TokenKind::Error, _)) => return Err(Reported),
            Some((TokenKind::Label, _)) => "text in quotes".into(),
            Some((TokenKind::Code, _)) => "text in backticks".into(),
            Some((TokenKind::Prose, _)) => "prose".into(),
            Some((TokenKind::Link, _)) => "an address".into(),
            Some((TokenKind::Semicolon | TokenKind::BlockUnclosed, _)) | None => "".into(),
            Some((_, text)) => format!("`{text}`").into(),
        };
        let finding = codes::unexpected(self.here(), expected, Some(&*shown).filter(|shown| !shown.is_empty()));
        self.sink.report(finding);
        Err(Reported)
    }

    /// Remembers a word that is looked up.
    fn mention(&mut self, what: What, span: Span) {
        self.mentions.push(Mention { what, span });
    }

    // ── blocks and lines ────────────────────────────────────────────────────────────────────────────────

    /// Reads what stands between the opener at the cursor and its closer, and stops behind the closer.
    fn inside<T>(&mut self, opener: At<'a>, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.end, opener.closer);
        self.advance();
        let result = read(self);
        self.end = outer;
        self.position = opener.closer + 1;
        result
    }

    /// Reads the lines of the block at the cursor.
    fn block(&mut self, mut line: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        let opener = self.peek().filter(|at| matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen));
        let Some(opener) = opener else { return self.unexpected("`{`") };
        self.inside(opener, |reader| reader.lines(&mut line));
        Ok(())
    }

    /// Reads lines up to the end of what is being read.
    fn lines(&mut self, line: &mut dyn FnMut(&mut Self) -> Read<()>) {
        while let Some(at) = self.peek() {
            if matches!(at.kind, TokenKind::Semicolon | TokenKind::BlockUnclosed | TokenKind::Error) {
                self.advance();
                continue;
            }
            let before = self.position;
            if line(self).is_err() {
                self.skip_line();
            }
            // INVARIANT: every line takes a token, so this loop ends; the guard holds even if one fails to.
            if self.position == before {
                self.advance();
            }
        }
    }

    /// Goes behind the end of a line that could not be read.
    fn skip_line(&mut self) {
        while let Some(at) = self.peek() {
            self.position = at.closer.max(self.position) + 1;
            if matches!(at.kind, TokenKind::Semicolon | TokenKind::BlockOpen | TokenKind::Prose) {
                break;
            }
        }
    }

    /// The `;` behind a line.
    fn end_of_line(&mut self) -> Read<()> {
        if self.eat(TokenKind::Semicolon) { Ok(()) } else { self.unexpected("`;`") }
    }

    // ── words ───────────────────────────────────────────────────────────────────────────────────────────

    /// A name that this file gives to something.
    fn name(&mut self, expected: &str) -> Read<(String, Span)> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Word && is_name(at.text) => {
                if is_reserved(at.text) {
                    self.sink.report(codes::reserved(at.span, at.text, expected));
                    return Err(Reported);
                }
                self.advance();
                Ok((at.text.to_owned(), at.span))
            }
            _ => self.unexpected(expected),
        }
    }

    /// The name of a pack, and of a rule in it if one follows behind `/`.
    fn address(&mut self, expected: &str) -> Read<(&'a str, Option<&'a str>, Span)> {
        let Some(at) = self.peek().filter(|at| at.kind == TokenKind::Word) else { return self.unexpected(expected) };
        let (pack, rule) = at.text.split_once('/').map_or((at.text, None), |(pack, rule)| (pack, Some(rule)));
        if !is_name(pack) || !rule.is_none_or(is_name) {
            return self.unexpected(expected);
        }
        self.advance();
        Ok((pack, rule, at.span))
    }

    /// Text in quotes.
    fn label(&mut self, expected: &str) -> Read<String> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Label => {
                self.advance();
                Ok(unescape(at.text, '"'))
            }
            _ => self.unexpected(expected),
        }
    }

    /// Things with commas between them.
    fn listed<T>(&mut self, mut read: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut list = vec![read(self)?];
        while self.eat(TokenKind::Comma) {
            list.push(read(self)?);
        }
        Ok(list)
    }

    /// Things with `or` between them.
    fn alternatives<T>(&mut self, mut read: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut list = vec![read(self)?];
        while self.eat_word("or") {
            list.push(read(self)?);
        }
        if let Some(at) = self.peek().filter(|at| at.kind == TokenKind::Comma) {
            self.sink.report(codes::unexpected(at.span, "`or`", Some("`,`")));
            return Err(Reported);
        }
        Ok(list)
    }

    /// A day.
    fn date(&mut self) -> Read<Date> {
        let day = self.peek_word().filter(|word| word.len() == 10).and_then(|word| word.parse::<Date>().ok());
        match day {
            Some(day) => {
                self.advance();
                Ok(day)
            }
            None => self.unexpected("a day such as `2018-05-25`"),
        }
    }

    /// The code of a place.
    fn code(&mut self) -> Read<String> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Word && super::names::is_code(at.text) => {
                self.advance();
                self.mention(What::Code(at.text.to_owned()), at.span);
                Ok(at.text.to_owned())
            }
            _ => self.unexpected("the code of a place"),
        }
    }

    /// The code of a place, or the name of a class of places.
    fn place(&mut self) -> Read<String> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Word && (super::names::is_code(at.text) || is_name(at.text)) => {
                self.advance();
                self.mention(What::Place(at.text.to_owned()), at.span);
                Ok(at.text.to_owned())
            }
            _ => self.unexpected("a place"),
        }
    }
}

/// Whether a word is spelt as names are.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The text between quotes, with escaped quotes and backslashes undone.
fn unescape(quoted: &str, quote: char) -> String {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or("");
    let escaped = format!("\\{quote}");
    let text = inner.replace(&escaped, &quote.to_string());
    if quote == '"' { text.replace("\\\\", "\\") } else { text }
}
