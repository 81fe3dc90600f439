//! Statements with a block of their own: headers, sections, steps, scopes, level settings, nouns with fields.

use super::entry::Mode;
use super::{Lowering, Read, Reported, codes};
use crate::source::{Span, Spanned};
use crate::syntax::ast::{
    Addition, Edition, Field, Head, Item, LevelSetting, LevelWord, Literal, Name, Noun, Policy, Prose, Scope, Section,
    Steps,
};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::{self, Join, Kind, Slot};

impl<'a> Lowering<'a, '_> {
    pub(super) fn prose(&mut self, id: Option<Name<'a>>) -> Read<Prose<'a>> {
        let Some(span) = self.eat(TokenKind::Prose) else { return self.unexpected("prose") };
        let inner = Span { start: span.start + 3, end: span.end - 3, ..span };
        self.eat(TokenKind::Semicolon);
        Ok(Prose { id, text: self.text_of(inner), span: inner })
    }

    pub(super) fn policy(&mut self) -> Read<Policy<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        self.advance();
        let title = self.optional_label();
        let mut policy =
            Policy { title, we: Vec::new(), you: Vec::new(), fields: Vec::new(), broken: false, span: start };
        if policy.title.is_none() {
            // `policy Privacy Policy { … }`: the title lacks its quotes, and the header is read all the same.
            policy.broken = self.unquoted_title();
        }
        policy.broken |= self.fields_block("`{` and the header of the policy", |lowering| {
            let word = lowering.peek_word();
            let next = lowering.peek_ahead(1).filter(|at| at.kind == TokenKind::Word).map(|at| at.text);
            match (word, next) {
                (Some("we"), Some("are")) => {
                    lowering.advance();
                    lowering.advance();
                    policy.we.extend(lowering.list(Mode::Entry)?.entries);
                    lowering.end_of_statement()
                }
                (Some("you"), Some("are")) => {
                    lowering.advance();
                    lowering.advance();
                    policy.you.extend(lowering.list(Mode::Entry)?.entries);
                    lowering.end_of_statement()
                }
                _ => {
                    let field = lowering.field()?;
                    policy.fields.push(field);
                    Ok(())
                }
            }
        })?;
        policy.span = start.to(policy.title.as_ref().map_or(start, |title| title.span));
        Ok(policy)
    }

    /// Reports words and characters between `policy` and its block; says whether there are some.
    fn unquoted_title(&mut self) -> bool {
        let mut found: Option<Span> = None;
        while let Some(at) = self.peek().filter(|at| matches!(at.kind, TokenKind::Word | TokenKind::Error)) {
            found = Some(found.map_or(at.span, |found| found.to(at.span)));
            self.advance();
        }
        let Some(span) = found else { return false };
        // A title in the wrong quotes was reported already.
        if self.text_of(span).bytes().all(|byte| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace()) {
            self.sink.report(codes::unquoted(span, self.text_of(span)));
        }
        true
    }

    pub(super) fn include(&mut self) -> Read<Item<'a>> {
        self.advance();
        let path = self.label("the file to use, in quotes")?;
        self.end_of_statement()?;
        Ok(Item::Use(path))
    }

    pub(super) fn section(&mut self) -> Read<Section<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        self.advance();
        let name = match self.peek() {
            Some(at) if at.kind == TokenKind::Word => Some(self.name("a name for the section")?),
            _ => None,
        };
        let title = self.optional_label();
        if name.is_none() && title.is_none() {
            return self.unexpected("a name and a title for the section");
        }
        let span = start.to(self.previous());
        let items = self.body("`{` and the statements of the section")?;
        Ok(Section { name, title, items, span })
    }

    pub(super) fn steps(&mut self) -> Read<Steps<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        self.advance();
        let name = match self.peek() {
            Some(at) if at.kind == TokenKind::Word && Slot::from_word(at.text).is_none() => {
                Some(self.name("a name for the steps")?)
            }
            _ => None,
        };
        let label = self.optional_label();
        let clauses = self.clauses()?;
        let span = start.to(self.previous());
        let items = self.body("`{` and the steps")?;
        Ok(Steps { name, label, clauses, items, span })
    }

    pub(super) fn scope(&mut self) -> Read<Scope<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        let mut you = Vec::new();
        if self.eat_word("you").is_some() {
            self.advance();
            you = self.list(Mode::Entry)?.entries;
        }
        let clauses = self.clauses()?;
        let span = start.to(self.previous());
        let items = self.body("`{` and the statements this applies to, or another clause")?;
        Ok(Scope { you, clauses, items, span })
    }

    /// `internal { … }`, `internal we …;`
    pub(super) fn internal(&mut self) -> Read<Item<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        self.advance();
        match self.at_guarded() {
            Some(open) => Ok(Item::Internal(self.block_items(open), start)),
            None => {
                let item = self.nested(Self::statement)?;
                Ok(Item::Internal(vec![item], start))
            }
        }
    }

    /// `name: under …;`
    pub(super) fn addition(&mut self, of: Name<'a>) -> Read<Addition<'a>> {
        let clauses = self.clauses()?;
        let span = of.span.to(self.previous());
        self.end_of_statement()?;
        Ok(Addition { of, clauses, span })
    }

    /// `edition winter "Winter" since 2031-05-01 until 2031-10-01 { … }`
    pub(super) fn edition(&mut self) -> Read<Edition<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        self.advance();
        let name = Some(self.name("a name for the edition")?);
        let label = self.optional_label();
        let (mut since, mut until) = (None, None);
        while let Some(word @ ("since" | "until")) = self.peek_word() {
            self.advance();
            let date = self.date()?;
            if word == "since" {
                since = Some(date);
            } else {
                until = Some(date);
            }
        }
        let span = start.to(self.previous());
        let items = self.body("`{` and the statements of the edition")?;
        Ok(Edition { name, label, since, until, items, span })
    }

    fn date(&mut self) -> Read<Spanned<jiff::civil::Date>> {
        let entry = self.entry(Mode::Field)?;
        match entry.head {
            Some(Head::Literal(Spanned { value: Literal::Date(date), span })) => Ok(Spanned { value: date, span }),
            _ => {
                self.sink.report(codes::unexpected(
                    entry.span,
                    "a date, such as `2031-05-01`",
                    &format!("`{}`", self.text_of(entry.span)),
                ));
                Err(Reported)
            }
        }
    }

    pub(super) fn level_setting(&mut self) -> Read<LevelSetting<'a>> {
        let Some(at) = self.peek() else { return self.unexpected("a level") };
        self.advance();
        let level = match at.text {
            "allow" => LevelWord::Allow,
            "warn" => LevelWord::Warn,
            _ => LevelWord::Deny,
        };
        let code = match self.peek() {
            Some(at) if at.kind == TokenKind::Word => Spanned { value: at.text, span: at.span },
            _ => return self.unexpected("the code of a finding"),
        };
        self.advance();
        let reason = match self.eat_word("because") {
            Some(_) => Some(self.label("the reason, in quotes")?),
            None => None,
        };
        let span = at.span.to(self.previous());
        let (body, scope) = match self.peek() {
            Some(open) if open.kind == TokenKind::BlockOpen => {
                let items = self.block_items(open);
                (Some(items), open.span.to(self.previous()))
            }
            _ => {
                self.end_of_statement()?;
                (None, self.block)
            }
        };
        Ok(LevelSetting { level: Spanned { value: level, span: at.span }, code, reason, body, scope, span })
    }

    pub(super) fn noun(&mut self, kind: Kind) -> Read<Noun<'a>> {
        let Some(at) = self.peek() else { return self.unexpected("a noun") };
        self.advance();
        // `tracker _pk_id "…" { … }`: the underscore was reported, and the noun is read without it.
        let follows_word = self.peek_ahead(1).is_some_and(|next| next.kind == TokenKind::Word);
        if follows_word && self.peek().is_some_and(|next| next.kind == TokenKind::Error && next.text.starts_with('_')) {
            let rest = self.peek_ahead(1).map(|next| next.text);
            self.broken.extend(rest);
            self.advance();
        }
        let entry = match self.peek() {
            Some(next) if matches!(next.kind, TokenKind::Word | TokenKind::Label | TokenKind::Parameter) => {
                self.entry(Mode::Noun)?
            }
            _ => return self.unexpected(&format!("a name for the {}", kind.word())),
        };
        let mut fields = Vec::new();
        match self.peek() {
            Some(next) if matches!(next.kind, TokenKind::BlockOpen | TokenKind::BracesOpen) => {
                self.fields_block("fields", |lowering| {
                    let field = lowering.field()?;
                    fields.push(field);
                    Ok(())
                })?;
            }
            Some(next) if next.kind == TokenKind::Colon && entry.label.is_none() => {
                self.sink.report(codes::colon_behind_name(next.span, self.text_of(entry.span)));
                return Err(Reported);
            }
            Some(next) if next.kind == TokenKind::Word && entry.label.is_none() && !self.opens_line() => {
                let mut span = next.span;
                while let Some(at) = self.peek().filter(|at| at.kind == TokenKind::Word && !words::is_reserved(at.text))
                {
                    span = span.to(at.span);
                    self.advance();
                }
                self.sink.report(codes::unquoted(span, self.text_of(span)));
                return Err(Reported);
            }
            _ => self.end_of_statement()?,
        }
        let span = entry.span;
        Ok(Noun { kind: Spanned { value: kind, span: at.span }, entry, fields, span })
    }

    /// Reads a block whose statements are fields, going on behind a field that cannot be read; says whether
    /// there was one.
    fn fields_block(&mut self, expected: &str, mut read: impl FnMut(&mut Self) -> Read<()>) -> Read<bool> {
        let Some(at) = self.peek() else { return self.unexpected(expected) };
        if !matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen) {
            return self.unexpected(expected);
        }
        let mut broken = false;
        self.inside(at.closer, |lowering| {
            while let Some(at) = lowering.peek() {
                if matches!(at.kind, TokenKind::Semicolon | TokenKind::Error | TokenKind::BlockUnclosed) {
                    lowering.advance();
                    continue;
                }
                let before = lowering.position;
                if read(lowering).is_err() {
                    broken = true;
                    lowering.recover(before);
                }
                if lowering.position == before {
                    lowering.advance();
                }
            }
        });
        Ok(broken)
    }

    /// A key and its values. In values, reserved words are ordinary words.
    fn field(&mut self) -> Read<Field<'a>> {
        let Some(at) = self.peek() else { return self.unexpected("a field") };
        if at.kind != TokenKind::Word {
            return self.unexpected("a field");
        }
        self.advance();
        let follows = self.peek().filter(|next| next.kind == TokenKind::Word);
        let internal = at.text == "internal" && follows.is_some();
        let key = match follows.filter(|_| internal) {
            Some(key) => {
                self.advance();
                Spanned { value: key.text, span: key.span }
            }
            None => Spanned { value: at.text, span: at.span },
        };
        let mut values = Vec::new();
        let mut display = None;
        let mut join = None;
        if let Some(open) = self.at_guarded() {
            let arms = self.guarded_field(open)?;
            self.eat(TokenKind::Semicolon);
            let span = at.span.to(self.previous());
            return Ok(Field { key, values, join: Join::And, display, arms, internal, span });
        }
        while let Some(next) = self.peek() {
            match next.kind {
                TokenKind::Semicolon => break,
                TokenKind::Comma => {
                    self.join_values(&mut join, Join::And, next.span)?;
                    self.advance();
                }
                // Clauses behind a value say something of it, with parentheses or without.
                TokenKind::Word
                    if next.text != "as" && !values.is_empty() && self.at_clause() && self.previous_is_not_comma() =>
                {
                    let clauses = self.clauses()?;
                    if let Some(last) = values.last_mut() {
                        last.tail.extend(clauses);
                    }
                }
                TokenKind::Word if next.text == "or" && !values.is_empty() => {
                    self.join_values(&mut join, Join::Or, next.span)?;
                    self.advance();
                }
                TokenKind::Word if next.text == "as" => {
                    self.advance();
                    display = Some(self.label("the words to print, in quotes")?);
                }
                // A name at the beginning of a line is the next key, behind a `;` that was forgotten.
                TokenKind::Word
                    if next.text.starts_with(|c: char| c.is_ascii_lowercase())
                        && self.opens_line()
                        && !values.is_empty()
                        && self.previous_is_not_comma() =>
                {
                    break;
                }
                TokenKind::Parameter if self.is_unread(next) => return Err(Reported),
                _ => values.push(self.entry(Mode::Field)?),
            }
        }
        self.end_of_statement()?;
        let join = join.unwrap_or(Join::And);
        Ok(Field { key, values, join, display, arms: Vec::new(), internal, span: at.span.to(self.previous()) })
    }

    /// Values are joined by commas, or all of them by `or`.
    fn join_values(&mut self, join: &mut Option<Join>, here: Join, span: Span) -> Read<()> {
        if join.is_some_and(|join| join != here) {
            self.sink.report(codes::mixed_joins(span));
            return Err(Reported);
        }
        *join = Some(here);
        Ok(())
    }

    fn previous_is_not_comma(&self) -> bool {
        self.text_of(self.previous()) != ","
    }

    /// A block of statements. Entries in braces are read as statements that lack their end.
    pub(super) fn body(&mut self, expected: &str) -> Read<Vec<Item<'a>>> {
        match self.peek() {
            Some(at) if matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen) => Ok(self.block_items(at)),
            _ => self.unexpected(expected),
        }
    }
}
