//! Patterns: sentences with holes.

use super::{Read, Reader, Reported, What, codes, is_name};
use crate::law::names::{is_code, kind_word};
use crate::law::{Actor, Determiner, Pattern, PatternClause, PatternEntry, PatternValue, Period};
use crate::source::Span;
use crate::syntax::tree::TokenKind;
use crate::syntax::words::{Bound, Kind, Slot, is_reserved};

impl<'a> Reader<'a, '_> {
    /// A sentence with its actor.
    pub(super) fn pattern(&mut self) -> Read<Pattern> {
        let actor = match self.peek_word() {
            Some("we") => {
                self.advance();
                Actor::We
            }
            Some("you") => {
                self.advance();
                Actor::You
            }
            _ if self.at_entry() => Actor::Entry(self.entry()?),
            _ => return self.unexpected("who acts: `we`, `you` or a noun"),
        };
        if matches!(self.peek_word(), Some("may" | "might")) {
            self.advance();
        }
        let here = self.here();
        let denied = match self.peek_word() {
            Some("never") => true,
            Some("do" | "does") => {
                self.advance();
                if self.peek_word() != Some("not") {
                    return self.unexpected("`not`");
                }
                true
            }
            _ => false,
        };
        if denied {
            self.advance();
        }
        if self.peek_word() == Some("not") {
            self.sink.report(codes::unexpected(here, "a verb", Some("`not`")));
            return Err(Reported);
        }
        self.predicate(actor, denied)
    }

    /// A sentence of ours from behind `we must not` on.
    pub(super) fn pattern_of_us(&mut self) -> Read<Pattern> {
        self.predicate(Actor::We, false)
    }

    fn predicate(&mut self, actor: Actor, denied: bool) -> Read<Pattern> {
        let manner = match (self.peek_word(), self.word_ahead(1)) {
            (Some(word), Some(next)) if !is_reserved(next) && self.names.has(Kind::Manner, word) => {
                self.advance();
                Some(word.to_owned())
            }
            (Some(word), Some(next)) if !self.names.has(Kind::Verb, word) && self.names.has(Kind::Verb, next) => {
                let finding = codes::unknown_word(self.here(), word, "manner", self.names.of(Kind::Manner));
                self.sink.report(finding);
                return Err(Reported);
            }
            _ => None,
        };
        let verb = |reader: &mut Self| {
            let (verb, span) = reader.name("a verb")?;
            reader.mention(What::Verb(verb.clone()), span);
            Ok(verb)
        };
        let mut verbs = vec![verb(self)?];
        while self.eat_word("or") {
            verbs.push(verb(self)?);
        }
        let (objects, one_object) = self.objects()?;
        let clauses = self.clauses(false)?;
        Ok(Pattern { actor, denied, manner, verbs, objects, one_object, clauses })
    }

    fn objects(&mut self) -> Read<(Vec<PatternEntry>, bool)> {
        if !self.at_entry() {
            return Ok((Vec::new(), false));
        }
        let mut objects = vec![self.entry()?];
        let mut one = None;
        while let Some(at) = self.peek() {
            let or = match at.kind {
                TokenKind::Comma => false,
                TokenKind::Word if at.text == "or" => true,
                _ => break,
            };
            if one.is_some_and(|one| one != or) {
                self.sink.report(codes::mixed_joins(at.span));
                return Err(Reported);
            }
            one = Some(or);
            self.advance();
            objects.push(self.entry()?);
        }
        Ok((objects, one.unwrap_or(false)))
    }

    // ── clauses ─────────────────────────────────────────────────────────────────────────────────────────

    /// The clauses at the cursor, those in parentheses too.
    pub(super) fn clauses(&mut self, optional: bool) -> Read<Vec<PatternClause>> {
        let mut clauses: Vec<PatternClause> = Vec::new();
        loop {
            let here = self.here();
            let found = match self.peek() {
                Some(at) if at.kind == TokenKind::TailOpen && !optional => self.inside(at, |reader| {
                    let clauses = reader.clauses(true)?;
                    if clauses.is_empty() || reader.peek().is_some() {
                        return reader.unexpected("a clause");
                    }
                    Ok(clauses)
                })?,
                Some(at) if at.kind == TokenKind::Word && (at.text == "only" || Slot::from_word(at.text).is_some()) => {
                    vec![self.clause(optional)?]
                }
                _ => return Ok(clauses),
            };
            for clause in found {
                if clauses.iter().any(|other| other.slot == clause.slot) {
                    self.sink.report(codes::twice(here, &format!("`{}`", clause.slot.word())));
                    return Err(Reported);
                }
                clauses.push(clause);
            }
        }
    }

    fn clause(&mut self, optional: bool) -> Read<PatternClause> {
        let only = self.eat_word("only");
        let Some(slot) = self.peek_word().and_then(Slot::from_word) else {
            return self.unexpected("the word of a clause");
        };
        self.advance();
        // The verb says which of the two words it takes; a law means both.
        let slot = if slot == Slot::With { Slot::To } else { slot };
        let values =
            if slot.is_flag() { Vec::new() } else { self.alternatives(|reader| reader.value(slot.takes_period()))? };
        Ok(PatternClause { slot, optional, only, values })
    }

    fn value(&mut self, takes_period: bool) -> Read<PatternValue> {
        let here = self.here();
        let any_period = self.word_ahead(1) == Some("period");
        let indefinite = self.peek_word() == Some("indefinite");
        if any_period || indefinite || self.at_bound() {
            if !takes_period || (any_period && self.peek_word() != Some("any")) {
                self.sink.report(codes::period_outside(here));
                return Err(Reported);
            }
            if any_period {
                self.advance();
                self.advance();
                return Ok(PatternValue::Period(Period::Any));
            }
            if self.eat_word("indefinite") {
                return Ok(PatternValue::Period(Period::Indefinite));
            }
            return self.bounded().map(PatternValue::Period);
        }
        self.entry().map(PatternValue::Entry)
    }

    /// Whether a bound and an amount stand at the cursor, not a count of nouns.
    pub(super) fn at_bound(&self) -> bool {
        let bound = self.peek_word().and_then(Bound::from_word).is_some();
        let code = self.peek_ahead(1).is_some_and(|at| at.kind == TokenKind::Code);
        let amount = self.word_ahead(2).is_some_and(|word| crate::syntax::ast::Unit::from_word(word).is_some());
        bound && (code || amount)
    }

    /// A bound with an amount, or with the name of a limit.
    pub(super) fn bounded(&mut self) -> Read<Period> {
        let here = self.here();
        let word = self.peek_word().unwrap_or("");
        let bound = match Bound::from_word(word) {
            Some(bound @ (Bound::AtMost | Bound::AtLeast)) => bound,
            _ => {
                self.sink.report(codes::bad_bound(here, word));
                return Err(Reported);
            }
        };
        self.advance();
        if let Some(at) = self.peek().filter(|at| at.kind == TokenKind::Code) {
            self.advance();
            let name = at.text.trim_matches('`').to_owned();
            self.mention(What::Bound(name.clone()), at.span);
            return Ok(Period::Limit(bound, name));
        }
        Ok(Period::Amount(bound, self.amount()?))
    }

    // ── entries ─────────────────────────────────────────────────────────────────────────────────────────

    fn at_entry(&self) -> bool {
        self.peek_word().is_some_and(|word| {
            matches!(word, "each" | "that" | "any" | "all" | "at-least" | "us" | "you")
                || is_code(word)
                || is_name(word) && !is_reserved(word)
        })
    }

    /// A noun with its determiner.
    pub(super) fn entry(&mut self) -> Read<PatternEntry> {
        let start = self.here();
        let determiner = match self.peek_word() {
            Some("each") => Some(Determiner::Each),
            Some("that") => Some(Determiner::That),
            Some("any") => Some(Determiner::Any),
            Some("all") => Some(Determiner::All),
            Some("at-least") => {
                self.advance();
                match self.peek_word().and_then(|word| word.parse().ok()) {
                    Some(count) => Some(Determiner::AtLeast(count)),
                    None => return self.unexpected("a number"),
                }
            }
            _ => None,
        };
        if determiner.is_some() {
            self.advance();
        }
        if determiner == Some(Determiner::Each) && !self.finds {
            self.sink.report(codes::each_outside(start));
            return Err(Reported);
        }
        let (name, span) = self.noun(determiner.is_some())?;
        if determiner.is_none() && kind_word(&name).is_some() {
            self.sink.report(codes::bare_kind(span, &name));
            return Err(Reported);
        }
        if determiner.is_some() && is_code(&name) {
            self.sink.report(codes::unexpected(span, "a noun", Some(&format!("`{name}`"))));
            return Err(Reported);
        }
        self.mention(What::Noun(determiner, name.clone()), span);
        Ok(PatternEntry { determiner: determiner.unwrap_or(Determiner::Any), name })
    }

    /// The name of a noun, the word of a kind, the code of a place, or who the policy is from and to.
    fn noun(&mut self, determined: bool) -> Read<(String, Span)> {
        match self.peek().filter(|at| at.kind == TokenKind::Word) {
            Some(at)
                if is_code(at.text)
                    || !determined && matches!(at.text, "us" | "you")
                    || is_name(at.text) && !is_reserved(at.text) =>
            {
                self.advance();
                Ok((at.text.to_owned(), at.span))
            }
            _ => self.unexpected("a noun"),
        }
    }
}
