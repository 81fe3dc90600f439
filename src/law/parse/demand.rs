//! Demands: what a law asks for.

use super::{Read, Reader, Reported, What, codes};
use crate::law::{Demand, NounTest, Pattern, PrintPlace, Subject};
use crate::syntax::tree::TokenKind;

impl<'a> Reader<'a, '_> {
    /// Whether the line at the cursor is a demand: `must` stands behind its first or its second word.
    pub(super) fn at_demand(&self) -> bool {
        matches!(self.peek_word(), Some("we" | "us" | "this-policy" | "that" | "any" | "each" | "all"))
            || self.word_ahead(1) == Some("must")
    }

    /// A demand with its end.
    pub(super) fn demand(&mut self) -> Read<Demand> {
        let demand = match self.peek_word() {
            Some("we") => {
                self.advance();
                self.need_word("must")?;
                self.demand_of_us()?
            }
            Some("us" | "this-policy" | "that") => self.demand_of_noun()?,
            _ if self.word_ahead(1) == Some("must") => self.demand_of_row()?,
            _ => return self.unexpected("`we must`, `that` and a noun, or the name of a row"),
        };
        // Alternatives in braces need no further end.
        if self.tokens.get(self.position.wrapping_sub(1)).is_some_and(|at| at.kind == TokenKind::BlockClose) {
            return Ok(demand);
        }
        self.end_of_line()?;
        Ok(demand)
    }

    fn demand_of_us(&mut self) -> Read<Demand> {
        match self.peek_word() {
            Some("say") => {
                self.advance();
                let (mut whether, mut separately) = (false, false);
                loop {
                    let here = self.here();
                    let flag = match self.peek_word() {
                        Some("whether") => &mut whether,
                        // The manner of this name stands behind who acts.
                        Some("separately") => &mut separately,
                        _ => break,
                    };
                    if std::mem::replace(flag, true) {
                        self.sink.report(codes::twice(here, "this word"));
                        return Err(Reported);
                    }
                    self.advance();
                }
                let one_of = self.patterns()?;
                Ok(Demand::Say { whether, separately, one_of })
            }
            Some("name") => {
                self.advance();
                if self.peek_word() != Some("any") {
                    return self.unexpected("`any` and what must be named");
                }
                let class = self.entry()?.name;
                let places = if self.eat_word("in") { self.alternatives(Self::place)? } else { Vec::new() };
                let fields = if self.eat_word("with") { self.fields()? } else { Vec::new() };
                Ok(Demand::Name { class, fields, places })
            }
            Some("not") => {
                self.advance();
                self.pattern_of_us().map(Demand::Never)
            }
            Some("print") => {
                self.advance();
                let words = self.alternatives(|reader| reader.label("the words of the law in quotes"))?;
                let place = if self.eat_word("as") {
                    match self.peek_word() {
                        Some("title") => PrintPlace::Title,
                        Some("link") => PrintPlace::Link,
                        _ => return self.unexpected("`title` or `link`"),
                    }
                } else {
                    return Ok(Demand::Print { words, place: PrintPlace::Anywhere });
                };
                self.advance();
                Ok(Demand::Print { words, place })
            }
            _ => self.unexpected("`say`, `name`, `not` or `print`"),
        }
    }

    /// One sentence, or several in braces of which one must be said.
    fn patterns(&mut self) -> Read<Vec<Pattern>> {
        let here = self.here();
        if !self.eat_word("some-of") {
            return Ok(vec![self.pattern()?]);
        }
        let mut patterns = Vec::new();
        let mut broken = false;
        self.block(|reader| {
            let pattern = reader.pattern().and_then(|pattern| reader.end_of_line().map(|()| pattern));
            broken |= pattern.is_err();
            patterns.push(pattern?);
            Ok(())
        })?;
        if patterns.len() < 2 && !broken {
            self.sink.report(codes::too_few(here));
        }
        Ok(patterns)
    }

    fn demand_of_noun(&mut self) -> Read<Demand> {
        let subject = self.subject()?;
        self.need_word("must")?;
        let not = self.eat_word("not");
        let test = match self.peek_word() {
            Some("have") => {
                self.advance();
                self.having(not)?
            }
            Some("be") if subject != Subject::Policy => {
                self.advance();
                self.being_or_not(not)?
            }
            _ if subject == Subject::Policy => return self.unexpected("`have`"),
            _ => return self.unexpected("`be` or `have`"),
        };
        Ok(Demand::Noun(NounTest { subject, test }))
    }

    fn demand_of_row(&mut self) -> Read<Demand> {
        let (row, span) = self.name("the name of a row")?;
        self.mention(What::RowAsked(row.clone()), span);
        self.need_word("must")?;
        let not = self.eat_word("not");
        self.need_word("say")?;
        let clauses = self.clauses(false)?;
        if clauses.is_empty() {
            return self.unexpected("a clause such as `under any legal-basis`");
        }
        if let Some(clause) = clauses.iter().find(|clause| clause.optional) {
            self.sink.report(codes::optional_demand(span, clause.slot.word()));
            return Err(Reported);
        }
        Ok(Demand::Clause { row, not, clauses })
    }
}
