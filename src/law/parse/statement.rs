//! The statements of a file but for the rules: the pack, classes and limits.

use super::{Read, Reader, Reported, What, codes};
use crate::law::names::kind_word;
use crate::law::{Alias, Amount, Class, Limit, Member, Pack, Take};
use crate::source::Span;
use crate::syntax::ast::Unit;
use crate::syntax::tree::TokenKind;

/// The lines of a pack.
const PACK_LINES: [&str; 9] =
    ["law", "short", "readers", "of-controllers", "asked-by-author", "from", "known-from", "takes", "source"];

/// The statements of a file.
const STATEMENTS: [&str; 4] = ["pack", "class", "limit", "rule"];

impl<'a> Reader<'a, '_> {
    /// The whole file.
    pub(super) fn file(&mut self) -> Pack {
        let mut pack = Pack::default();
        if self.peek_word() != Some("pack") {
            if self.peek().is_none_or(|at| at.kind != TokenKind::Error) {
                let finding = codes::no_pack(self.here());
                self.sink.report(finding);
            }
            return pack;
        }
        let mut seen = false;
        self.lines(&mut |reader| reader.statement(&mut pack, &mut seen));
        pack
    }

    fn statement(&mut self, pack: &mut Pack, seen: &mut bool) -> Read<()> {
        let here = self.here();
        match self.peek_word() {
            Some("pack") if std::mem::replace(seen, true) => {
                self.sink.report(codes::twice(here, "`pack`"));
                Err(Reported)
            }
            Some("pack") => self.pack(pack),
            Some("class") => {
                let class = self.class(pack.classes.len())?;
                pack.classes.push(class);
                Ok(())
            }
            Some("limit") => {
                let limit = self.limit(pack.limits.len())?;
                pack.limits.push(limit);
                Ok(())
            }
            Some("rule") => {
                let rule = self.rule(pack.rules.len())?;
                pack.rules.push(rule);
                Ok(())
            }
            Some(word) => {
                self.sink.report(codes::unknown_word(here, word, "statement of a pack", STATEMENTS));
                Err(Reported)
            }
            None => self.unexpected("`class`, `limit` or `rule`"),
        }
    }

    /// A name and the words for it, behind the word of a statement.
    pub(super) fn heading(&mut self) -> Read<(String, String, Span)> {
        self.advance();
        let (name, span) = self.name("a name")?;
        let label = self.label("words for it in quotes")?;
        Ok((name, label, span))
    }

    fn pack(&mut self, pack: &mut Pack) -> Read<()> {
        let (name, title, span) = self.heading()?;
        pack.name = name;
        pack.title = title;
        let mut seen = Vec::new();
        self.block(|reader| {
            let line = reader.line_word(&PACK_LINES, "line of a pack", &mut seen, &["takes"])?;
            reader.pack_line(pack, line)?;
            reader.end_of_line()
        })?;
        if !seen.contains(&"short") {
            self.sink.report(codes::missing_line(span, "the pack", "short"));
        }
        Ok(())
    }

    /// The word that opens a line, of those that may stand here, each once but for those that may be repeated.
    pub(super) fn line_word(
        &mut self,
        lines: &[&'static str],
        what: &str,
        seen: &mut Vec<&'static str>,
        repeated: &[&str],
    ) -> Read<&'static str> {
        let here = self.here();
        let Some(word) = self.peek_word() else { return self.unexpected(&format!("a {what}")) };
        let Some(line) = lines.iter().copied().find(|line| *line == word) else {
            self.sink.report(codes::unknown_word(here, word, what, lines.iter().copied()));
            return Err(Reported);
        };
        if seen.contains(&line) && !repeated.contains(&line) {
            self.sink.report(codes::twice(here, &format!("`{line}`")));
            return Err(Reported);
        }
        seen.push(line);
        self.advance();
        Ok(line)
    }

    fn pack_line(&mut self, pack: &mut Pack, line: &str) -> Read<()> {
        match line {
            "short" => pack.short = self.label("the short name in quotes")?,
            "law" => pack.laws = self.listed(Self::alias)?,
            "readers" => pack.readers = self.listed(Self::code)?,
            "of-controllers" => pack.of_controllers = true,
            "asked-by-author" => pack.asked_by_author = true,
            "from" => pack.from = Some(self.date()?),
            "known-from" => pack.known_from = Some(self.date()?),
            "takes" => {
                let take = self.take()?;
                pack.takes.push(take);
            }
            _ => pack.sources = self.listed(Self::link)?,
        }
        Ok(())
    }

    fn alias(&mut self) -> Read<Alias> {
        let (name, _) = self.name("the name of a law")?;
        let mut alias = Alias { name, places: Vec::new() };
        if let Some(opener) = self.peek().filter(|at| at.kind == TokenKind::TailOpen) {
            self.inside(opener, |reader| {
                alias.places = reader.listed(Self::code)?;
                Ok(())
            })?;
        }
        Ok(alias)
    }

    fn take(&mut self) -> Read<Take> {
        let (other, none, span) = self.address("the name of a pack")?;
        if none.is_some() {
            self.sink.report(codes::unexpected(span, "the name of a pack", Some("a rule")));
            return Err(Reported);
        }
        self.mention(What::Pack(other.to_owned()), span);
        let mut except = Vec::new();
        if self.eat_word("except") {
            except = self.listed(|reader| {
                let (rule, span) = reader.name("the name of a rule")?;
                reader.mention(What::OtherRule(other.to_owned(), rule.clone()), span);
                Ok(rule)
            })?;
        }
        Ok(Take { pack: other.to_owned(), except })
    }

    fn link(&mut self) -> Read<String> {
        match self.peek().filter(|at| at.kind == TokenKind::Link) {
            Some(at) => {
                self.advance();
                Ok(at.text.trim_start_matches('<').trim_end_matches('>').to_owned())
            }
            None => self.unexpected("an address such as `<https://eur-lex.europa.eu>`"),
        }
    }

    fn class(&mut self, index: usize) -> Read<Class> {
        let (name, label, span) = self.heading()?;
        self.mention(What::Class(index), span);
        self.need_word("of")?;
        let kind = match self.peek_word().and_then(kind_word) {
            Some(kind) => kind.word(),
            None => return self.unexpected("the word of a kind, such as `place` or `right`"),
        };
        self.advance();
        self.need_word("namely")?;
        let members = self.listed(|reader| reader.member(kind))?;
        self.end_of_line()?;
        Ok(Class { name, label, kind: kind.to_owned(), members })
    }

    fn member(&mut self, kind: &str) -> Read<Member> {
        let name = if kind == "place" {
            self.code()?
        } else {
            let (name, span) = self.name("the name of a member")?;
            self.mention(What::Member(kind.to_owned(), name.clone()), span);
            name
        };
        let mut member = Member { name, from: None, until: None };
        if let Some(opener) = self.peek().filter(|at| at.kind == TokenKind::TailOpen) {
            self.inside(opener, |reader| {
                if reader.eat_word("from") {
                    member.from = Some(reader.date()?);
                }
                if reader.eat_word("until") {
                    member.until = Some(reader.date()?);
                }
                if reader.peek().is_some() || (member.from, member.until) == (None, None) {
                    return reader.unexpected("`from` or `until` and a day");
                }
                Ok(())
            })?;
            if let (Some(from), Some(until)) = (member.from, member.until)
                && until <= from
            {
                self.sink.report(codes::ends_first(opener.span));
            }
        }
        Ok(member)
    }

    fn limit(&mut self, index: usize) -> Read<Limit> {
        let (name, label, span) = self.heading()?;
        self.mention(What::Limit(index), span);
        let before = self.sink.len();
        let mut arms: Vec<(Vec<String>, Amount)> = Vec::new();
        self.block(|reader| {
            let here = reader.here();
            if arms.last().is_some_and(|(places, _)| places.is_empty()) {
                reader.sink.report(codes::arm_behind_otherwise(here));
                return Err(Reported);
            }
            let places = if reader.eat_word("otherwise") {
                Vec::new()
            } else if reader.eat_word("in") {
                reader.listed(Self::place)?
            } else {
                return reader.unexpected("`in` and places, or `otherwise`");
            };
            if !reader.eat(TokenKind::Colon) {
                return reader.unexpected("`:` and an amount");
            }
            arms.push((places, reader.amount()?));
            reader.end_of_line()
        })?;
        if arms.is_empty() && self.sink.len() == before {
            self.sink.report(codes::missing_line(span, "the limit", "otherwise"));
        }
        Ok(Limit { name, label, arms })
    }

    /// A number and a unit of time.
    pub(super) fn amount(&mut self) -> Read<Amount> {
        let number = self.peek_word().and_then(|word| word.parse::<u32>().ok());
        let unit = self.word_ahead(1).and_then(Unit::from_word);
        match (number, unit) {
            (Some(number), Some(unit)) => {
                self.advance();
                self.advance();
                Ok(Amount { number, unit })
            }
            _ => self.unexpected("an amount such as `30 days`"),
        }
    }
}
