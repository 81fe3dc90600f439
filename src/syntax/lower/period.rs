//! Periods and guarded values.
//!
//! What follows an amount of time binds to it as tightly as can be: `for 3 years after account-closure at backups`
//! is one period, so that a sentence's own `after` and `at` stand in front of it or in a clause of their own.

use super::entry::Mode;
use super::{At, Lowering, Read, Reported, codes};
use crate::codes::nearest;
use crate::source::Span;
use crate::syntax::ast::{
    Amount, Arm, Clause, ClauseValue, Entry, FieldArm, Label, List, Period, PeriodStart, PeriodStep, Unit,
};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::{self, Bound, EndState, Slot, Whichever};

impl<'a> Lowering<'a, '_> {
    /// Whether a period begins at the cursor: with an amount, or, in a field, with what ends it.
    pub(super) fn at_period(&mut self, mode: Mode) -> bool {
        let Some(at) = self.peek() else { return false };
        let next = self.peek_ahead(1);
        if at.kind == TokenKind::Parameter {
            return self.is_amount(at, next);
        }
        if at.kind != TokenKind::Word {
            return false;
        }
        if starts_with_digit(at) {
            return at.text.bytes().all(|byte| byte.is_ascii_digit())
                && next.is_some_and(|next| next.kind == TokenKind::Word && Unit::from_word(next.text).is_some());
        }
        if Bound::from_word(at.text).is_some() {
            let behind = self.peek_ahead(2);
            return next.is_some_and(|next| starts_with_digit(next) || self.is_amount(next, behind));
        }
        mode == Mode::Field && self.at_open_period()
    }

    /// Whether a period without an amount begins at the cursor: `until cleared`, `by "how long it takes"`.
    pub(super) fn at_open_period(&mut self) -> bool {
        let next = self.peek_ahead(1);
        let goes_on =
            next.is_some_and(|next| matches!(next.kind, TokenKind::Word | TokenKind::Label | TokenKind::Parameter));
        match self.peek_word() {
            Some("until" | "while" | "after" | "at") => goes_on,
            Some("by") => next.is_some_and(|next| self.is_label(next)),
            _ => false,
        }
    }

    /// The period that begins at the cursor.
    pub(super) fn period(&mut self) -> Read<Period<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        let mut steps = vec![self.period_step()?];
        let mut end = None;
        while self.peek_word() == Some("then") {
            self.advance();
            if let Some(state) = self.peek_word().and_then(EndState::from_word) {
                self.advance();
                end = Some(state);
                break;
            }
            steps.push(self.period_step()?);
        }
        let total = match self.eat_word("total") {
            Some(_) => {
                let bound = self.bound();
                match self.amount()? {
                    Some(amount) => Some((bound, amount)),
                    None => return self.unexpected("how long in total, such as `at-most 10 weeks`"),
                }
            }
            None => None,
        };
        Ok(Period { steps, end, total, span: start.to(self.previous()) })
    }

    fn bound(&mut self) -> Bound {
        let bound = self.peek_word().and_then(Bound::from_word);
        if bound.is_some() {
            self.advance();
        }
        bound.unwrap_or_default()
    }

    fn amount(&mut self) -> Read<Option<Amount>> {
        if let Some(amount) = self.parameter_amount() {
            return Ok(Some(amount));
        }
        let Some(at) = self.peek().filter(|at| at.kind == TokenKind::Word && starts_with_digit(*at)) else {
            return Ok(None);
        };
        let unit = self.peek_ahead(1).filter(|next| next.kind == TokenKind::Word);
        let number = at.text.parse::<u32>().ok();
        let known = unit.and_then(|unit| Unit::from_word(unit.text));
        if let (Some(number), Some(known)) = (number, known) {
            self.advance();
            self.advance();
            return Ok(Some((number, known)));
        }
        let near = unit.and_then(|unit| nearest(unit.text.trim_end_matches('s'), words::UNITS)).unwrap_or("day");
        let digits: String = at.text.chars().take_while(char::is_ascii_digit).collect();
        let span = unit.filter(|_| number.is_some()).map_or(at.span, |unit| at.span.to(unit.span));
        let right = if digits == "1" { format!("1 {near}") } else { format!("{digits} {near}s") };
        self.sink.report(codes::bad_duration(span, self.text_of(span), &right));
        Err(Reported)
    }

    fn period_step(&mut self) -> Read<PeriodStep<'a>> {
        let bound = self.bound();
        let amount = self.amount()?;
        let mut step = PeriodStep {
            bound,
            amount,
            start: None,
            until: None,
            lasting: None,
            criterion: None,
            store: None,
            whichever: None,
        };
        let mut says_something = amount.is_some();
        loop {
            match self.peek_word() {
                Some("of") if step.start.is_none() && amount.is_some() => {
                    self.advance();
                    step.start = Some(PeriodStart::Of(Box::new(self.entry(Mode::Entry)?)));
                }
                Some("after") if step.start.is_none() => {
                    self.advance();
                    step.start = Some(PeriodStart::After(self.condition()?));
                }
                Some("before") if step.start.is_none() && amount.is_some() => {
                    self.advance();
                    step.start = Some(PeriodStart::Before(self.condition()?));
                }
                Some("until") if step.until.is_none() => {
                    self.advance();
                    step.until = Some(self.condition()?);
                }
                Some("while") if step.lasting.is_none() => {
                    self.advance();
                    step.lasting = Some(self.condition()?);
                }
                Some("by") if step.criterion.is_none() => {
                    self.advance();
                    step.criterion = Some(self.label("what the period depends on, in quotes")?);
                }
                Some("at") if step.store.is_none() => {
                    self.advance();
                    step.store = Some(self.list(Mode::Entry)?);
                }
                Some("whichever") => {
                    self.advance();
                    step.whichever = Some(match self.peek_word() {
                        Some("first") => Whichever::First,
                        Some("last") => Whichever::Last,
                        _ => return self.unexpected("`first` or `last` behind `whichever`"),
                    });
                    self.advance();
                }
                _ => break,
            }
            says_something = true;
        }
        if says_something { Ok(step) } else { self.unexpected("a period, such as `30 days`") }
    }

    // ── guarded values ──────────────────────────────────────────────────────────────────────────────────

    /// Whether guarded values stand at the cursor.
    pub(super) fn at_guarded(&mut self) -> Option<At<'a>> {
        self.peek().filter(|at| matches!(at.kind, TokenKind::BlockOpen | TokenKind::BracesOpen))
    }

    /// The values of a clause that differ by guard: `{ about eea-reader: contract; otherwise: consent }`.
    pub(super) fn guarded_clause(&mut self, at: At<'a>, slot: Slot) -> Read<ClauseValue<'a>> {
        let arms = self.guarded(at, |lowering| lowering.clause_value(slot))?;
        Ok(ClauseValue::Guarded(arms.into_iter().map(|(guard, value, span)| Arm { guard, value, span }).collect()))
    }

    /// The values of a field that differ by guard.
    pub(super) fn guarded_field(&mut self, at: At<'a>) -> Read<Vec<FieldArm<'a>>> {
        let arms = self.guarded(at, Self::arm_values)?;
        Ok(arms.into_iter().map(|(guard, (values, display), span)| FieldArm { guard, values, display, span }).collect())
    }

    /// The values of one arm. Only the first may begin with a reserved word, because the next guard does.
    fn arm_values(&mut self) -> Read<(Vec<Entry<'a>>, Option<Label<'a>>)> {
        let mut values = vec![self.entry(Mode::Field)?];
        while self.peek().is_some_and(|at| at.kind == TokenKind::Comma) {
            self.advance();
            if self.peek().is_none() || self.at_clause() || self.peek_word() == Some("otherwise") {
                break;
            }
            values.push(self.entry(Mode::Field)?);
        }
        let display = match self.eat_word("as") {
            Some(_) => Some(self.label("the words to print, in quotes")?),
            None => None,
        };
        Ok((values, display))
    }

    fn guarded<T>(&mut self, at: At<'a>, read: impl Fn(&mut Self) -> Read<T>) -> Read<Vec<(Vec<Clause<'a>>, T, Span)>> {
        let arms = self.inside(at.closer, |lowering| {
            let mut arms = Vec::new();
            while let Some(at) = lowering.peek() {
                match at.kind {
                    TokenKind::Semicolon | TokenKind::Comma => {
                        lowering.advance();
                        continue;
                    }
                    TokenKind::BlockUnclosed => break,
                    _ => {}
                }
                let guard = match lowering.eat_word("otherwise") {
                    Some(_) => Vec::new(),
                    None if lowering.at_clause() => lowering.clauses()?,
                    None => return lowering.unexpected("a guard, such as `about customer`, or `otherwise`"),
                };
                if lowering.eat(TokenKind::Colon).is_none() {
                    return lowering.unexpected("`:` and the value");
                }
                let value = read(lowering)?;
                arms.push((guard, value, at.span.to(lowering.previous())));
            }
            Ok(arms)
        })?;
        if arms.is_empty() {
            self.sink.report(codes::unexpected(at.span, "a guard and a value in braces", "`{}`"));
            return Err(Reported);
        }
        Ok(arms)
    }

    /// A list that holds one entry.
    pub(super) fn one_entry(entry: Entry<'a>) -> List<'a> {
        List { entries: vec![entry], join: words::Join::And }
    }
}

fn starts_with_digit(at: At<'_>) -> bool {
    at.text.starts_with(|c: char| c.is_ascii_digit())
}
