//! From text to a lossless tree: every token with its place, comments included.
//!
//! The tree is a flat list of tokens in source order in which every opener knows its closer. Only white space
//! (and nothing else) lies between two tokens, so the text can be given back byte for byte.

use pest::Parser as _;

use crate::codes::syntax as codes;
use crate::diagnostic::Sink;
use crate::source::{FileId, Span};

/// What pest makes of the grammar.
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/policy.pest"]
    pub(super) struct PolicyParser;
}
use grammar::{PolicyParser, Rule};

/// The largest text that is read, in bytes.
pub const MAXIMUM_SIZE: usize = 16 * 1024 * 1024;

/// How deep blocks, braces and parentheses may nest.
pub const MAXIMUM_DEPTH: usize = 64;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A name, a reserved word, a number, a date, a place or an e-mail address.
    Word,
    /// Text in double quotes.
    Label,
    /// `<address>`.
    Link,
    /// Text in backticks.
    Code,
    /// Markdown in triple quotes.
    Prose,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `{` in front of statements.
    BlockOpen,
    /// `}` behind statements.
    BlockClose,
    /// The end of the file where a `}` is missing; empty.
    BlockUnclosed,
    /// `{` in front of entries.
    BracesOpen,
    /// `}` behind entries.
    BracesClose,
    /// `(`
    TailOpen,
    /// `)`
    TailClose,
    /// `#` to the end of the line.
    Comment,
    /// A byte order mark.
    Mark,
    /// Something that fits nowhere and was reported.
    Error,
    /// `param NAME`, which the lowering makes of two words; no tree has it.
    Parameter,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it is.
    pub span: Span,
    /// For an opener, the index of its closer in [`Tree::tokens`]; for any other token its own index.
    pub closer: u32,
}

/// A text as tokens.
#[derive(Debug, Default)]
pub struct Tree {
    /// All tokens in source order.
    pub tokens: Vec<Token>,
}

/// Reads a text. Faults of form (unclosed quotes and blocks, stray characters) go to the sink.
///
/// A text that is too large or nested too deeply gives an empty tree and one finding.
pub fn parse(file: FileId, text: &str, sink: &mut Sink) -> Tree {
    if text.len() > MAXIMUM_SIZE {
        sink.report(codes::input_too_large(Span { file, start: 0, end: 0 }, text.len(), MAXIMUM_SIZE));
        return Tree::default();
    }
    if let Some(position) = too_deep(text) {
        let span = span(file, position, position + 1);
        sink.report(codes::nested_too_deep(span, MAXIMUM_DEPTH));
        return Tree::default();
    }
    let pairs = match PolicyParser::parse(Rule::file, text) {
        Ok(pairs) => pairs,
        Err(error) => {
            // INVARIANT: the grammar takes every text; this arm keeps a fault in the grammar from losing a file.
            let position = match error.location {
                pest::error::InputLocation::Pos(position) | pest::error::InputLocation::Span((position, _)) => position,
            };
            sink.report(codes::unexpected_text(span(file, position, position)));
            return Tree::default();
        }
    };
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    // Opening braces that a label without its closing quote took along: their closing ones are not stray.
    let mut swallowed = 0usize;
    for pair in pairs.flatten() {
        let rule = pair.as_rule();
        let Some(kind) = token_kind(rule) else { continue };
        let place = pair.as_span();
        let span = span(file, place.start(), place.end());
        match rule {
            Rule::stray if swallowed > 0 => swallowed -= 1,
            Rule::stray => sink.report(codes::stray_brace(span)),
            Rule::unclosed_label => {
                swallowed += place.as_str().matches('{').count();
                sink.report(codes::unclosed_quote(span));
            }
            Rule::unclosed_prose => sink.report(codes::unclosed_prose(span)),
            Rule::foreign_label | Rule::junk => {
                let before = text.get(..place.start()).unwrap_or("");
                let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
                let behind = text.get(place.end()..).unwrap_or("");
                let behind = behind.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next();
                match behind.filter(|word| !word.is_empty() && place.as_str().bytes().all(|byte| byte == b'_')) {
                    Some(rest) => sink.report(codes::leading_underscore(span, place.as_str(), rest)),
                    None => sink.report(codes::unexpected_character(span, place.as_str(), word)),
                }
            }
            Rule::COMMENT if !place.as_str().starts_with('#') => {
                sink.report(codes::foreign_comment(span, place.as_str()))
            }
            _ => {}
        }
        tokens.push(Token { kind, span, closer: 0 });
    }
    pair_up(&mut tokens);
    close_by_indentation(&mut tokens, text, sink);
    Tree { tokens }
}

/// Puts the ends of unclosed blocks where the indentation says that they are missing, so that what follows is
/// read in its right place. Where it says nothing, a block stays open to the end.
fn close_by_indentation(tokens: &mut Vec<Token>, text: &str, sink: &mut Sink) {
    let mut unclosed = tokens.iter().rev().take_while(|token| token.kind == TokenKind::BlockUnclosed).count();
    // Every guess walks the file once: past a few, the file is not one that lost a brace.
    let mut guesses = 8;
    while unclosed > 0
        && guesses > 0
        && let Some((open, index)) = still_open(tokens, text)
        && let Some(next) = tokens.get(index).map(|token| token.span)
    {
        let before = tokens.get(index - 1).map_or(open, |token| token.span);
        let span = Span { start: before.end, ..before };
        sink.report(codes::unclosed_block(open, Some(next)));
        tokens.pop();
        tokens.insert(index, Token { kind: TokenKind::BlockUnclosed, span, closer: 0 });
        pair_up(tokens);
        unclosed -= 1;
        guesses -= 1;
    }
    let ends = tokens.len() - unclosed;
    let open = tokens.iter().filter(|token| token.kind == TokenKind::BlockOpen && token.closer as usize >= ends);
    open.for_each(|opener| sink.report(codes::unclosed_block(opener.span, None)));
}

/// The opener of the innermost block that a line no further right than its own beginning shows to be over, and
/// the index of the token with which that line begins, which is never the first.
fn still_open(tokens: &[Token], text: &str) -> Option<(Span, usize)> {
    // Openers with the indentation of the statement they belong to; none for one whose content is not indented,
    // of which the lines that follow say nothing.
    let mut open: Vec<(Span, Option<usize>)> = Vec::new();
    let mut opened_last = false;
    let mut statement = 0;
    let mut opens_statement = true;
    let mut seen = 0;
    let mut line = 0;
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind != TokenKind::Comment) {
        let start = token.span.start as usize;
        line = text.get(seen..start).and_then(|gap| gap.rfind(['\n', '\r'])).map_or(line, |at| seen + at + 1);
        seen = start;
        let blank = text.get(line..start).unwrap_or("");
        let indentation = blank.len() - blank.trim_start_matches([' ', '\t']).len();
        if opens_statement {
            statement = indentation;
        }
        let closes = matches!(token.kind, TokenKind::BlockClose | TokenKind::BlockUnclosed);
        if let Some((opener, outer)) = open.last_mut()
            && opened_last
            && indentation == blank.len()
            && (opener.start as usize) < line
            && outer.is_some_and(|outer| indentation <= outer)
        {
            *outer = None;
        }
        if let Some((opener, Some(outer))) = open.last().copied()
            && indentation == blank.len()
            && token.kind != TokenKind::BlockUnclosed
            && (opener.start as usize) < line
            && (indentation < outer || (indentation == outer && opens_statement && !closes))
        {
            return Some((opener, index));
        }
        if token.kind == TokenKind::BlockOpen {
            open.push((token.span, Some(statement)));
        } else if closes {
            open.pop();
        }
        opened_last = token.kind == TokenKind::BlockOpen;
        opens_statement =
            closes || matches!(token.kind, TokenKind::Semicolon | TokenKind::BlockOpen | TokenKind::Prose);
    }
    None
}

/// Tells every opener its closer, and every other token itself.
fn pair_up(tokens: &mut [Token]) {
    let mut openers: Vec<usize> = Vec::new();
    for index in 0..tokens.len() {
        let Some(token) = tokens.get_mut(index) else { continue };
        token.closer = index as u32;
        match token.kind {
            TokenKind::BlockOpen | TokenKind::BracesOpen | TokenKind::TailOpen => openers.push(index),
            TokenKind::BlockClose | TokenKind::BracesClose | TokenKind::TailClose | TokenKind::BlockUnclosed => {
                if let Some(opener) = openers.pop().and_then(|opener| tokens.get_mut(opener)) {
                    opener.closer = index as u32;
                }
            }
            _ => {}
        }
    }
}

fn span(file: FileId, start: usize, end: usize) -> Span {
    Span { file, start: start as u32, end: end as u32 }
}

/// The token a rule stands for; none for rules that only group.
fn token_kind(rule: Rule) -> Option<TokenKind> {
    Some(match rule {
        Rule::word => TokenKind::Word,
        Rule::label => TokenKind::Label,
        Rule::link => TokenKind::Link,
        Rule::code => TokenKind::Code,
        Rule::prose => TokenKind::Prose,
        Rule::comma => TokenKind::Comma,
        Rule::colon => TokenKind::Colon,
        Rule::semicolon => TokenKind::Semicolon,
        Rule::block_open => TokenKind::BlockOpen,
        Rule::block_close => TokenKind::BlockClose,
        Rule::block_unclosed => TokenKind::BlockUnclosed,
        Rule::braces_open => TokenKind::BracesOpen,
        Rule::braces_close => TokenKind::BracesClose,
        Rule::tail_open => TokenKind::TailOpen,
        Rule::tail_close => TokenKind::TailClose,
        Rule::COMMENT => TokenKind::Comment,
        Rule::mark => TokenKind::Mark,
        Rule::stray | Rule::unclosed_label | Rule::unclosed_prose | Rule::foreign_label | Rule::junk => {
            TokenKind::Error
        }
        Rule::file
        | Rule::statement
        | Rule::part
        | Rule::block
        | Rule::braces
        | Rule::tail
        | Rule::inner
        | Rule::plain
        | Rule::phrase
        | Rule::WHITESPACE
        | Rule::EOI => return None,
    })
}

/// The byte at which blocks, braces and parentheses nest too deeply, found before pest recurses into them.
/// It skips what the grammar reads as one token.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        let rest = bytes.get(position..).unwrap_or_default();
        match byte {
            b'#' => position += line_length(rest),
            b'"' if rest.starts_with(b"\"\"\"") => {
                position +=
                    text.get(position + 3..).and_then(|rest| rest.find("\"\"\"")).map_or(rest.len(), |end| end + 6);
            }
            b'"' => position += quoted_length(rest, b'"'),
            b'`' => position += quoted_length(rest, b'`'),
            b'{' | b'(' => {
                depth += 1;
                if depth > MAXIMUM_DEPTH {
                    return Some(position);
                }
                position += 1;
            }
            b'}' | b')' => {
                depth = depth.saturating_sub(1);
                position += 1;
            }
            _ => position += 1,
        }
    }
    None
}

fn line_length(rest: &[u8]) -> usize {
    rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
}

/// The length of a quoted token with its quotes, or of one byte where the quote is not closed on its line.
fn quoted_length(rest: &[u8], quote: u8) -> usize {
    let mut position = 1;
    while let Some(&byte) = rest.get(position) {
        match byte {
            b'\n' | b'\r' => return if quote == b'"' { position } else { 1 },
            b'\\' => position += 2,
            _ if byte == quote => return position + 1,
            _ => position += 1,
        }
    }
    if quote == b'"' { rest.len() } else { 1 }
}
