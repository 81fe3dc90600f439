//! From tokens to what was written: the lowering knows which word is a kind, a clause or a modality.
//!
//! Each statement is read by itself. Where one cannot be read, one finding is reported and reading goes on at
//! the next statement; what was understood of a broken statement's block is kept, so that names declared in it
//! are not reported as unknown.

use foldhash::HashMap;

use crate::codes::{nearest, syntax as codes};
use crate::diagnostic::Sink;
use crate::source::{FileId, Span, Spanned};
use crate::syntax::ast::{Entry, File, Item, Label, Name, Parameter};
use crate::syntax::parameters::Assignment;
use crate::syntax::tree::{self, MAXIMUM_DEPTH, Token, TokenKind, Tree};
use crate::syntax::words::{self, Kind, Slot};

mod entry;
mod parameters;
mod period;
mod predicate;
mod statement;

/// A fault that was reported; the statement it is in is given up.
pub(super) struct Reported;

/// What reading a part of a statement gives.
pub(super) type Read<T> = Result<T, Reported>;

/// Reads the statements of a tree while nothing is known of parameters: any value may stand for them, and every
/// `given` keeps its statements.
pub fn lower<'a>(file: FileId, text: &'a str, tree: &Tree, sink: &mut Sink) -> File<'a> {
    lower_with(file, text, tree, None, sink)
}

/// Reads the statements of a tree with the values of its parameters.
pub fn lower_with<'a>(
    file: FileId,
    text: &'a str,
    tree: &Tree,
    assignment: Option<&Assignment<'_, 'a>>,
    sink: &mut Sink,
) -> File<'a> {
    let parameters::Substitution { tokens, substitutes, uses } =
        parameters::substitute(text, &tree.tokens, assignment, sink);
    let mut lowering = Lowering { assignment, substitutes, uses, ..Lowering::over(file, text, &tokens, sink) };
    let items = lowering.items();
    let Lowering { broken, parameters, uses, .. } = lowering;
    File { items, broken, parameters, uses }
}

/// Reads the lines of a file of values: `keep 30 days;`.
pub fn lower_values<'a>(file: FileId, text: &'a str, tree: &Tree, sink: &mut Sink) -> Vec<(Name<'a>, Entry<'a>)> {
    Lowering::over(file, text, &tree.tokens, sink).values()
}

/// Reads a text that is one value; none if it is not.
#[must_use]
pub fn lower_value<'a>(file: FileId, text: &'a str) -> Option<Entry<'a>> {
    let mut unread = Sink::default();
    let tree = tree::parse(file, text, &mut unread);
    let mut lowering = Lowering::over(file, text, &tree.tokens, &mut unread);
    let entry = lowering.value().ok()?;
    lowering.peek().is_none().then_some(entry)
}

/// A cursor over the tokens of one file.
struct Lowering<'a, 't> {
    /// The values of parameters; none while nothing is known of them.
    assignment: Option<&'t Assignment<'t, 'a>>,
    /// What stands for `param NAME`, by where it begins.
    substitutes: HashMap<u32, parameters::Substitute<'a>>,
    /// The parameters that are declared.
    parameters: Vec<Parameter<'a>>,
    /// The names of the parameters that are used, and where.
    uses: Vec<Name<'a>>,
    file: FileId,
    text: &'a str,
    tokens: &'t [Token],
    position: usize,
    end: usize,
    depth: usize,
    /// The text of the innermost block.
    block: Span,
    broken: Vec<&'a str>,
    sink: &'t mut Sink,
}

/// The token a cursor stands at, with its text.
#[derive(Clone, Copy)]
struct At<'a> {
    kind: TokenKind,
    span: Span,
    text: &'a str,
    closer: usize,
}

impl<'a, 't> Lowering<'a, 't> {
    /// A cursor at the beginning of a file.
    fn over(file: FileId, text: &'a str, tokens: &'t [Token], sink: &'t mut Sink) -> Self {
        Lowering {
            assignment: None,
            substitutes: HashMap::default(),
            parameters: Vec::new(),
            uses: Vec::new(),
            file,
            text,
            tokens,
            position: 0,
            end: tokens.len(),
            depth: 0,
            block: Span { file, start: 0, end: text.len() as u32 },
            broken: Vec::new(),
            sink,
        }
    }

    fn text_of(&self, span: Span) -> &'a str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    fn skip_trivia(&mut self) {
        while self.position < self.end
            && self
                .tokens
                .get(self.position)
                .is_some_and(|token| matches!(token.kind, TokenKind::Comment | TokenKind::Mark))
        {
            self.position += 1;
        }
    }

    fn peek(&mut self) -> Option<At<'a>> {
        self.skip_trivia();
        self.at(self.position)
    }

    fn at(&self, position: usize) -> Option<At<'a>> {
        if position >= self.end {
            return None;
        }
        let token = self.tokens.get(position)?;
        Some(At { kind: token.kind, span: token.span, text: self.text_of(token.span), closer: token.closer as usize })
    }

    /// The token `ahead` places behind the cursor, comments not counted.
    fn peek_ahead(&mut self, ahead: usize) -> Option<At<'a>> {
        self.skip_trivia();
        let mut position = self.position;
        let mut left = ahead;
        loop {
            let at = self.at(position)?;
            if !matches!(at.kind, TokenKind::Comment | TokenKind::Mark) {
                if left == 0 {
                    return Some(at);
                }
                left -= 1;
            }
            position += 1;
        }
    }

    fn advance(&mut self) {
        self.skip_trivia();
        self.position += 1;
    }

    fn peek_word(&mut self) -> Option<&'a str> {
        self.peek().filter(|at| at.kind == TokenKind::Word).map(|at| at.text)
    }

    fn eat(&mut self, kind: TokenKind) -> Option<Span> {
        let at = self.peek()?;
        (at.kind == kind).then(|| {
            self.advance();
            at.span
        })
    }

    fn eat_word(&mut self, word: &str) -> Option<Span> {
        let at = self.peek()?;
        (at.kind == TokenKind::Word && at.text == word).then(|| {
            self.advance();
            at.span
        })
    }

    /// The span of the last token that was read, or of the file's start.
    fn previous(&self) -> Span {
        self.tokens
            .get(..self.position)
            .unwrap_or_default()
            .iter()
            .rev()
            .find(|token| token.kind != TokenKind::Comment)
            .map_or(Span { file: self.file, start: 0, end: 0 }, |token| token.span)
    }

    /// Reports that something else was expected, unless the token was reported already.
    fn unexpected<T>(&mut self, expected: &str) -> Read<T> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Error => {}
            Some(at) if at.kind == TokenKind::Word => {
                let before = self.text_of(self.previous());
                let is_clause = Slot::from_word(at.text).is_some();
                self.sink.report(codes::unexpected_word(
                    at.span,
                    expected,
                    at.text,
                    before,
                    is_clause,
                    words::is_modal(at.text),
                ));
            }
            Some(at) if !matches!(at.kind, TokenKind::BlockUnclosed | TokenKind::Semicolon) => {
                let shown: String = at.text.chars().take(30).collect();
                let found = match at.kind {
                    TokenKind::Label => "a label".to_owned(),
                    TokenKind::Prose => "prose".to_owned(),
                    _ => format!("`{shown}`"),
                };
                self.sink.report(codes::unexpected(at.span, expected, &found));
            }
            _ => {
                let span = self.previous().after();
                self.sink.report(codes::breaks_off(span, expected));
            }
        }
        Err(Reported)
    }

    /// Reads something nested one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= MAXIMUM_DEPTH {
            let span = self.peek().map_or_else(|| self.previous(), |at| at.span);
            self.sink.report(codes::nested_too_deep(span, MAXIMUM_DEPTH));
            return Err(Reported);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Reads what stands between an opener at the cursor and its closer, and stops behind the closer.
    fn inside<T>(&mut self, closer: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        let outer_end = std::mem::replace(&mut self.end, closer);
        self.advance();
        let result = read(self);
        self.end = outer_end;
        self.position = closer + 1;
        result
    }

    // ── statements ──────────────────────────────────────────────────────────────────────────────────────

    fn items(&mut self) -> Vec<Item<'a>> {
        let mut items = Vec::new();
        while let Some(at) = self.peek() {
            match at.kind {
                TokenKind::Semicolon | TokenKind::Error | TokenKind::BlockUnclosed => self.advance(),
                _ => {
                    let before = self.position;
                    match self.statement_or_parameter(at) {
                        Ok(found) => items.extend(found),
                        Err(Reported) => items.extend(self.recover(before)),
                    }
                    // INVARIANT: every statement takes a token, so this loop ends; the guard holds even if one fails to.
                    if self.position == before {
                        self.advance();
                    }
                }
            }
        }
        items
    }

    /// Goes to the end of a statement that could not be read, and keeps what is in its block. The words in
    /// front of the block are remembered, because nobody knows what they would have declared.
    fn recover(&mut self, start: usize) -> Option<Item<'a>> {
        if self.position == start {
            self.advance();
        }
        let block = self.skip_statement();
        let tokens = self.tokens.get(start..self.position).unwrap_or_default();
        let words = tokens.iter().filter(|token| token.kind == TokenKind::Word).map(|token| self.text_of(token.span));
        let words: Vec<&'a str> = words.collect();
        self.broken.extend(words);
        block.map(|at| Item::Block(self.block_items(at), at.span))
    }

    /// Goes behind the end of a statement, or to the block that ends it, which is given back.
    fn skip_statement(&mut self) -> Option<At<'a>> {
        while let Some(at) = self.peek() {
            match at.kind {
                TokenKind::Semicolon | TokenKind::Prose => {
                    self.advance();
                    return None;
                }
                TokenKind::BlockOpen => return Some(at),
                TokenKind::BracesOpen | TokenKind::TailOpen => self.position = at.closer + 1,
                TokenKind::Word if self.opens_line() && self.opens_statement(at.text) => return None,
                _ => self.advance(),
            }
        }
        None
    }

    /// Whether the token at the cursor is the first on its line.
    fn opens_line(&mut self) -> bool {
        let Some(at) = self.peek() else { return false };
        let before = self.previous();
        let between = self.text.get(before.end as usize..at.span.start as usize).unwrap_or("");
        between.contains(['\n', '\r'])
    }

    /// Whether a word at the beginning of a line surely opens a statement.
    fn opens_statement(&mut self, word: &str) -> bool {
        let next = self.peek_ahead(1);
        let next_is_word = next.is_some_and(|at| at.kind == TokenKind::Word);
        let next_is_label = next.is_some_and(|at| at.kind == TokenKind::Label);
        match word {
            "policy" | "use" => next_is_label,
            "section" | "steps" | "allow" | "warn" | "deny" | "edition" | "parameter" | "given" => next_is_word,
            "we" | "you" => next.is_some_and(|at| {
                at.kind == TokenKind::Word
                    && (!words::is_reserved(at.text) || words::is_modal(at.text) || at.text == "are")
            }),
            _ => Kind::declared_by(word).is_some() && next_is_word,
        }
    }

    /// The statements of the block that opens at the cursor.
    fn block_items(&mut self, at: At<'a>) -> Vec<Item<'a>> {
        let end = self.tokens.get(at.closer).map_or(at.span.end, |closer| closer.span.end);
        let outer = std::mem::replace(&mut self.block, Span { end, ..at.span });
        let items = self.inside(at.closer, Self::items);
        self.block = outer;
        items
    }

    /// The items that a statement gives: none for the declaration of a parameter, several for `given`.
    fn statement_or_parameter(&mut self, at: At<'a>) -> Read<Vec<Item<'a>>> {
        let name_follows = self.peek_ahead(1).is_some_and(|next| next.kind == TokenKind::Word);
        match at.text {
            "parameter" if at.kind == TokenKind::Word && name_follows => {
                let parameter = self.parameter()?;
                self.parameters.push(parameter);
                Ok(Vec::new())
            }
            "given" if at.kind == TokenKind::Word && name_follows => self.given(),
            _ => self.statement().map(|item| vec![item]),
        }
    }

    fn statement(&mut self) -> Read<Item<'a>> {
        let Some(at) = self.peek() else { return self.unexpected("a statement") };
        match at.kind {
            TokenKind::Prose => self.prose(None).map(Item::Prose),
            TokenKind::BlockOpen => Ok(Item::Block(self.block_items(at), at.span)),
            TokenKind::Word => self.worded_statement(at),
            TokenKind::Label | TokenKind::Parameter => {
                self.sentence(None).map(|sentence| Item::Sentence(Box::new(sentence)))
            }
            _ => self.unexpected("a statement"),
        }
    }

    fn worded_statement(&mut self, at: At<'a>) -> Read<Item<'a>> {
        let next = self.peek_ahead(1);
        let next_kind = next.map(|next| next.kind);
        let next_word = next.filter(|next| next.kind == TokenKind::Word).map(|next| next.text);
        if next_kind == Some(TokenKind::Colon) {
            let id = self.name("a name for the statement")?;
            self.advance();
            return match self.peek() {
                Some(at) if at.kind == TokenKind::Prose => self.prose(Some(id)).map(Item::Prose),
                Some(_) if self.at_clause() => self.addition(id).map(|addition| Item::Addition(Box::new(addition))),
                _ => self.sentence(Some(id)).map(|sentence| Item::Sentence(Box::new(sentence))),
            };
        }
        match at.text {
            "policy"
                if matches!(
                    next_kind,
                    Some(TokenKind::Label | TokenKind::BlockOpen | TokenKind::BracesOpen | TokenKind::Error)
                ) || next_word.is_some_and(|word| word.starts_with(|c: char| c.is_ascii_uppercase())) =>
            {
                self.policy().map(|policy| Item::Policy(Box::new(policy)))
            }
            "we" if next_word == Some("are") => {
                let span = next.map_or(at.span, |next| at.span.to(next.span));
                self.sink.report(codes::header_outside(span));
                Err(Reported)
            }
            "use" if next_kind == Some(TokenKind::Label) => self.include(),
            "section" => self.section().map(Item::Section),
            "steps" => self.steps().map(|steps| Item::Steps(Box::new(steps))),
            "allow" | "warn" | "deny" => self.level_setting().map(Item::Setting),
            "internal" => self.internal(),
            "edition" if next_kind == Some(TokenKind::Word) => {
                self.edition().map(|edition| Item::Edition(Box::new(edition)))
            }
            "you" if next_word == Some("are") => self.scope().map(Item::Scope),
            word if Slot::from_word(word).is_some() => self.scope().map(Item::Scope),
            "only" if next_word.is_some_and(|word| Slot::from_word(word).is_some()) => self.scope().map(Item::Scope),
            word => match Kind::declared_by(word) {
                Some(kind) if next_word.is_none_or(|word| !words::is_modal(word)) => {
                    self.noun(kind).map(|noun| Item::Noun(Box::new(noun)))
                }
                _ => self.sentence(None).map(|sentence| Item::Sentence(Box::new(sentence))),
            },
        }
    }

    /// The `;` behind a statement.
    fn end_of_statement(&mut self) -> Read<()> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Semicolon => {
                self.advance();
                Ok(())
            }
            Some(at) if at.kind == TokenKind::Error => Err(Reported),
            None => {
                let span = self.previous().after();
                self.sink.report(codes::missing_semicolon(span));
                Ok(())
            }
            Some(at) if at.kind == TokenKind::BlockUnclosed => {
                let span = self.previous().after();
                self.sink.report(codes::missing_semicolon(span));
                Ok(())
            }
            Some(_) if self.opens_line() => {
                let span = self.previous().after();
                self.sink.report(codes::missing_semicolon(span));
                Ok(())
            }
            Some(at) if at.kind == TokenKind::Word && at.text == "and" => {
                self.sink.report(codes::and_in_list(at.span));
                Err(Reported)
            }
            Some(at) if at.kind == TokenKind::Word => {
                let before = self.previous();
                self.report_missing_comma(at, before);
                Err(Reported)
            }
            Some(at) if at.kind == TokenKind::Comma && self.statement_follows() => {
                self.sink.report(codes::comma_for_semicolon(at.span));
                self.advance();
                Ok(())
            }
            Some(_) => self.unexpected("`;`"),
        }
    }

    /// Two words side by side: perhaps one of them is a misspelt clause word, or English.
    fn report_missing_comma(&mut self, at: At<'a>, before: Span) {
        // The rest of an address without its brackets was reported.
        let is_address = self.peek_ahead(1).is_some_and(|next| next.kind == TokenKind::Error);
        if is_address && matches!(at.text, "http" | "https") {
            return;
        }
        let clause_words = || Slot::ALL.into_iter().map(Slot::word).chain(["except"]);
        let before_word = self.text_of(before);
        let front = self.text.get(..before.start as usize).unwrap_or("").split_whitespace().next_back();
        let words = [front.unwrap_or(""), before_word];
        match (nearest(at.text, clause_words()), nearest(before_word, clause_words())) {
            (None, Some(clause)) if before_word != clause => {
                self.sink.report(codes::missing_comma(before, before_word, words, Some(clause)));
            }
            (clause, _) => self.sink.report(codes::missing_comma(at.span, at.text, words, clause)),
        }
    }

    /// Whether the token behind the comma at the cursor opens a line and surely a statement.
    fn statement_follows(&mut self) -> bool {
        let here = self.position;
        self.advance();
        let word = self.peek_word();
        let follows = self.opens_line() && word.is_some_and(|word| self.opens_statement(word));
        self.position = here;
        follows
    }

    // ── words and labels ────────────────────────────────────────────────────────────────────────────────

    /// A name that is not reserved.
    fn name(&mut self, expected: &str) -> Read<Name<'a>> {
        let Some(at) = self.peek() else { return self.unexpected(expected) };
        if at.kind == TokenKind::Parameter {
            return self.parameter_in_name(at.span);
        }
        if at.kind != TokenKind::Word {
            return self.unexpected(expected);
        }
        self.advance();
        self.check_name(at)
    }

    /// The name of a noun. One that is spelt wrongly in front of a label or a block is reported and kept, so that
    /// what is said of the noun is read as what it is.
    fn name_to_declare(&mut self, at: At<'a>) -> Read<Name<'a>> {
        let goes_on = self
            .peek()
            .is_some_and(|next| matches!(next.kind, TokenKind::Label | TokenKind::BlockOpen | TokenKind::BracesOpen));
        match self.check_name(at) {
            Err(Reported) if goes_on => {
                self.broken.push(at.text);
                Ok(Spanned { value: at.text, span: at.span })
            }
            read => read,
        }
    }

    fn check_name(&mut self, at: At<'a>) -> Read<Name<'a>> {
        let reserved = words::is_reserved(at.text);
        if reserved || !is_name(at.text) {
            self.sink.report(codes::bad_name(at.span, at.text, reserved, words::is_modal(at.text)));
            return Err(Reported);
        }
        Ok(Spanned { value: at.text, span: at.span })
    }

    fn optional_label(&mut self) -> Option<Label<'a>> {
        let at = self.peek()?;
        let label = match at.kind {
            TokenKind::Label => Label::quoted(at.text, '"', at.span),
            TokenKind::Parameter => Label { text: self.words_of(at)?, span: at.span, written: None },
            _ => return None,
        };
        self.advance();
        Some(label)
    }

    fn label(&mut self, expected: &str) -> Read<Label<'a>> {
        match self.optional_label() {
            Some(label) => Ok(label),
            None => self.unexpected(expected),
        }
    }
}

/// Whether a word is spelt as names and dotted references are.
fn is_name(word: &str) -> bool {
    word.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
    })
}
