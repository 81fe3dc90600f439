//! Sentences and their clauses.
//!
//! Which word is the verb is a matter of shape here: `we knowingly collect any` has three words in a row, so
//! the first is the manner; `we collect name "your name"` declares an object, so the first is the verb. Where
//! shape misleads, resolving mends it, because only it knows the verbs.

use super::entry::Mode;
use super::{At, Lowering, Read, Reported, codes};
use crate::codes::{meaning, names, nearest};
use crate::source::Spanned;
use crate::syntax::ast::{Clause, ClauseValue, Entry, Except, Head, List, Modality, Name, Sentence};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::{Force, Join, Kind, Number, Polarity, STATEMENT_WORDS, Slot, is_modal};

/// The word that opens a block and that a misspelt word is near to.
fn opener_near(word: &str) -> Option<&'static str> {
    nearest(word, STATEMENT_WORDS.into_iter().chain(Kind::ALL.into_iter().map(Kind::word)))
}

/// What a predicate says is done: manner, verbs, how the verbs are joined, objects.
type Predicate<'a> = (Option<Name<'a>>, Vec<Name<'a>>, Join, Option<List<'a>>);

impl<'a> Lowering<'a, '_> {
    pub(super) fn sentence(&mut self, id: Option<Name<'a>>) -> Read<Sentence<'a>> {
        let start = id.map(|id| id.span).or_else(|| self.peek().map(|at| at.span)).unwrap_or_else(|| self.previous());
        let only_actor = self.eat_word("only").is_some();
        let actors = self.list(Mode::Entry)?;
        if let [actor] = actors.entries.as_slice()
            && let (Some(Head::Name(name)), None) = (&actor.head, id)
            && self.peek().is_none_or(|at| !matches!(at.kind, TokenKind::Word | TokenKind::Error))
        {
            let block = self.peek().filter(|at| matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen));
            if let (Some(at), Some(near)) = (block, opener_near(name.value)) {
                return self.misspelt_opener(*name, near, at);
            }
            self.sink.report(codes::no_kind_no_verb(actor.span, name.value));
            return Err(Reported);
        }
        let modality = self.modality()?;
        let (manner, verbs, verb_join, objects) = self.predicate()?;
        let clauses = self.clauses()?;
        let except = match self.eat_word("except") {
            Some(span) => Some(self.exception(span)?),
            None => None,
        };
        let span = start.to(self.previous());
        let only_in = if self.closed_list() {
            let before = self.sink.len();
            let cases = self.body("`{` and the complete list of cases")?;
            if cases.is_empty() && self.sink.len() == before {
                self.sink.report(meaning::no_cases(span));
            }
            // An exception before or behind the cases is refused, and the cases are kept.
            let behind = self.peek().filter(|at| at.kind == TokenKind::Word && at.text == "except");
            if let Some(span) = except.as_ref().map(|except| except.span).or(behind.map(|at| at.span)) {
                self.sink.report(meaning::except_with_cases(span));
            }
            if behind.is_some() {
                self.skip_statement();
            }
            Some(cases)
        } else {
            self.end_with_block_in_mind(&actors)?;
            None
        };
        Ok(Sentence {
            id,
            only_actor,
            actors,
            modality,
            manner,
            verbs,
            verb_join,
            objects,
            clauses,
            except,
            only_in,
            span,
        })
    }

    fn modality(&mut self) -> Read<Option<Modality>> {
        let Some(at) = self.peek() else { return self.unexpected("a verb") };
        if at.kind != TokenKind::Word || !is_modal(at.text) {
            return Ok(None);
        }
        self.advance();
        let (force, polarity, number, needs) = match at.text {
            "may" => (Force::May, Polarity::Positive, None, None),
            "might" => (Force::Might, Polarity::Positive, None, None),
            "must" => (Force::Must, Polarity::Positive, None, None),
            "will" => (Force::Will, Polarity::Positive, None, None),
            "should" => (Force::Should, Polarity::Positive, None, None),
            "cannot" => (Force::Can, Polarity::Negative, None, None),
            "never" => (Force::Does, Polarity::Never, None, None),
            "does" => (Force::Does, Polarity::Negative, Some(Number::Singular), Some("not")),
            "do" => (Force::Does, Polarity::Negative, Some(Number::Plural), Some("not")),
            "commits" => (Force::Commits, Polarity::Positive, Some(Number::Singular), Some("to")),
            _ => (Force::Commits, Polarity::Positive, Some(Number::Plural), Some("to")),
        };
        if let Some(never) = self.peek().filter(|next| next.kind == TokenKind::Word && next.text == "never")
            && !matches!(force, Force::Will)
            && needs != Some("to")
        {
            self.sink.report(codes::never_behind(at.span.to(never.span), at.text));
            return Err(Reported);
        }
        if let Some(word) = needs
            && self.eat_word(word).is_none()
        {
            return self.unexpected(&format!("`{word}` behind `{}`", at.text));
        }
        let mut polarity = polarity;
        if needs.is_none() && polarity == Polarity::Positive {
            if let Some(span) = self.eat_word("not") {
                if force == Force::May {
                    self.sink.report(codes::may_not(at.span.to(span)));
                    return Err(Reported);
                }
                polarity = Polarity::Negative;
            } else if force == Force::Will && self.eat_word("never").is_some() {
                polarity = Polarity::Never;
            }
        }
        Ok(Some(Modality { force, polarity, number, span: at.span.to(self.previous()) }))
    }

    fn predicate(&mut self) -> Read<Predicate<'a>> {
        match self.peek() {
            Some(at) if Self::is_plain_name(at) => {}
            _ => return self.unexpected("a verb"),
        }
        if self.manner_precedes() {
            let manner = self.name("a manner")?;
            let (verbs, join) = self.verbs()?;
            let objects = self.list(Mode::Entry)?;
            return Ok((Some(manner), verbs, join, Some(objects)));
        }
        let (verbs, join) = self.verbs()?;
        let objects = if self.at_entry() { Some(self.list(Mode::Entry)?) } else { None };
        Ok((None, verbs, join, objects))
    }

    /// Whether a manner, verbs and an entry follow, so that the first word is the manner.
    fn manner_precedes(&mut self) -> bool {
        let behind = self.position;
        let precedes = self.entry_behind_verbs();
        self.position = behind;
        precedes
    }

    /// Goes over a manner and over verbs; says whether an entry follows.
    fn entry_behind_verbs(&mut self) -> bool {
        let mut expects_name = true;
        loop {
            self.advance();
            let Some(at) = self.peek() else { return false };
            match at.kind {
                TokenKind::Word if expects_name => {
                    if !Self::is_plain_name(at) || at.text.contains('.') {
                        return false;
                    }
                    expects_name = false;
                }
                TokenKind::Comma if !expects_name => expects_name = true,
                TokenKind::Word if at.text == "or" => expects_name = true,
                TokenKind::Word => {
                    // `we collect name`, without its end, and `we` on the next line.
                    let next_statement = self.opens_line() && self.opens_statement(at.text);
                    return self.at_entry() && !next_statement;
                }
                _ => return false,
            }
        }
    }

    fn verbs(&mut self) -> Read<(Vec<Name<'a>>, Join)> {
        let mut verbs = vec![self.name("a verb")?];
        let mut join = Join::And;
        while let Some(at) = self.peek() {
            let here = match (at.kind, at.text) {
                (TokenKind::Comma, _) => Join::And,
                (TokenKind::Word, "or") => Join::Or,
                _ => break,
            };
            if verbs.len() > 1 && join != here {
                self.sink.report(codes::mixed_joins(at.span));
                return Err(Reported);
            }
            join = here;
            self.advance();
            verbs.push(self.name("a verb")?);
        }
        Ok((verbs, join))
    }

    pub(super) fn clauses(&mut self) -> Read<Vec<Clause<'a>>> {
        let mut clauses = Vec::new();
        while self.at_clause() {
            clauses.push(self.clause()?);
        }
        Ok(clauses)
    }

    /// The clauses of an entry, in parentheses; `;` has no place there, so they stand side by side.
    pub(super) fn tail_clauses(&mut self) -> Read<Vec<Clause<'a>>> {
        self.nested(Self::clauses)
    }

    /// Whether `only in {` stands at the cursor: it opens a list of cases and no clause.
    pub(super) fn at_closed_list(&mut self) -> bool {
        let words: [Option<&str>; 2] = [self.peek_word(), self.peek_ahead(1).map(|at| at.text)];
        words == [Some("only"), Some("in")]
            && self.peek_ahead(2).is_some_and(|at| matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen))
    }

    fn closed_list(&mut self) -> bool {
        let closed = self.at_closed_list();
        if closed {
            self.advance();
            self.advance();
        }
        closed
    }

    /// The end of a sentence. A block there may belong to a misspelt word that opens a block: `sectoin a "A" {`.
    fn end_with_block_in_mind(&mut self, actors: &List<'a>) -> Read<()> {
        let block = self.peek().filter(|at| matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen));
        if let ([actor], Some(at)) = (actors.entries.as_slice(), block)
            && let Some(near) = opener_near(actor.head_name())
        {
            return self.misspelt_opener(Spanned { value: actor.head_name(), span: actor.span }, near, at);
        }
        self.end_of_statement()
    }

    /// A block behind a word that opens none. Of the header, what is inside says nothing outside of it.
    fn misspelt_opener<T>(&mut self, name: Name<'_>, near: &str, block: At<'a>) -> Read<T> {
        self.sink.report(names::unknown_kind(name.span, name.value, Some(near)));
        if near == "policy" {
            self.position = block.closer + 1;
        }
        Err(Reported)
    }

    fn clause(&mut self) -> Read<Clause<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        let only = self.eat_word("only").is_some();
        let Some(at) = self.peek() else { return self.unexpected("a clause") };
        let Some(slot) = Slot::from_word(at.text) else { return self.unexpected("a clause") };
        self.advance();
        let value = match self.at_guarded() {
            Some(open) if !slot.is_flag() && !slot.takes_condition() => self.guarded_clause(open, slot)?,
            _ => self.clause_value(slot)?,
        };
        Ok(Clause { slot: Spanned { value: slot, span: at.span }, only, value, span: start.to(self.previous()) })
    }

    /// What stands behind the word of a clause.
    pub(super) fn clause_value(&mut self, slot: Slot) -> Read<ClauseValue<'a>> {
        if slot.is_flag() {
            // The reason says what happens without the data; it is not the reason of the sentence.
            return match self.eat_word(Slot::Because.word()) {
                Some(_) => self.list(Mode::Entry).map(ClauseValue::List),
                None => Ok(ClauseValue::Flag),
            };
        }
        if slot.takes_condition() {
            return self.condition().map(ClauseValue::Condition);
        }
        if slot == Slot::See && self.eat_word("for").is_some() {
            let topic = self.label("the topic, in quotes")?;
            return Ok(ClauseValue::Topic(topic, self.list(Mode::Entry)?));
        }
        // A deadline begins with an amount, or says what it depends on.
        let may_be_open = slot != Slot::Within || self.peek_word() == Some("by");
        if slot.takes_period() && may_be_open && self.at_open_period() {
            let period = self.period()?;
            let entry = Entry { head: Some(Head::Period(Box::new(period.clone()))), ..Entry::at(period.span) };
            return Ok(ClauseValue::List(Self::one_entry(entry)));
        }
        self.list(Mode::Entry).map(ClauseValue::List)
    }

    fn exception(&mut self, start: crate::source::Span) -> Read<Except<'a>> {
        let list = if self.at_entry() { Some(self.list(Mode::Entry)?) } else { None };
        let clauses = self.clauses()?;
        if list.is_none() && clauses.is_empty() {
            return self.unexpected("what is excepted");
        }
        Ok(Except { list, clauses, span: start.to(self.previous()) })
    }
}
