//! Rules: their lines, and the tests of `where` and `unless`.

use super::{Read, Reader, Reported, What, codes, unescape};
use crate::law::{Condition, NounTest, Rule, RuleKind, RuleLevel, Subject, Test, Verified};
use crate::source::Span;
use crate::syntax::tree::TokenKind;

/// The lines of a rule that are no demand.
const LINES: [&str; 17] = [
    "cite",
    "also",
    "verified",
    "level",
    "kind",
    "from",
    "until",
    "readers",
    "like",
    "restates",
    "unchecked",
    "help",
    "edit",
    "bad",
    "good",
    "where",
    "unless",
];

impl<'a> Reader<'a, '_> {
    /// A rule, which will stand at this place of its pack.
    pub(super) fn rule(&mut self, index: usize) -> Read<Rule> {
        let (name, label, span) = self.heading()?;
        self.mention(What::Rule(index), span);
        let mut rule = Rule {
            name,
            label,
            cite: Vec::new(),
            also: Vec::new(),
            verified: Verified::No,
            level: RuleLevel::Note,
            kind: RuleKind::Content,
            from: None,
            until: None,
            readers: Vec::new(),
            conditions: Vec::new(),
            demands: Vec::new(),
            unchecked: None,
            restates: Vec::new(),
            like: None,
            help: String::new(),
            edits: Vec::new(),
            bad: None,
            good: None,
        };
        let before = self.sink.len();
        let mut seen = Vec::new();
        self.block(|reader| {
            if reader.at_demand() {
                let demand = reader.demand()?;
                rule.demands.push(demand);
                return Ok(());
            }
            let line = reader.line_word(&LINES, "line of a rule", &mut seen, &["where", "unless"])?;
            reader.rule_line(&mut rule, line)
        })?;
        // A line that could not be read may be the one that seems to be missing.
        if self.sink.len() == before {
            self.whole(&rule, &seen, span);
        }
        Ok(rule)
    }

    /// Whether a rule has all that it needs, and nothing that goes against the rest of it.
    fn whole(&mut self, rule: &Rule, seen: &[&str], span: Span) {
        for line in ["cite", "verified", "level"] {
            let other = line == "cite" && seen.contains(&"also");
            if !other && !seen.contains(&line) {
                self.sink.report(codes::missing_line(span, "the rule", line));
            }
        }
        if rule.help.is_empty() && rule.like.is_none() && rule.unchecked.is_none() {
            self.sink.report(codes::missing_line(span, "the rule", "help"));
        }
        if let (Some(from), Some(until)) = (rule.from, rule.until)
            && until <= from
        {
            self.sink.report(codes::ends_first(span));
        }
        match &rule.unchecked {
            None if rule.demands.is_empty() && rule.like.is_none() => {
                self.sink.report(codes::asks_for_nothing(span, &rule.name));
            }
            Some(_) if !rule.demands.is_empty() || rule.like.is_some() => {
                self.sink.report(codes::asks_and_does_not(span, &rule.name));
            }
            _ => {}
        }
    }

    fn rule_line(&mut self, rule: &mut Rule, line: &str) -> Read<()> {
        match line {
            "cite" => rule.cite = self.listed(|reader| reader.label("a provision in quotes"))?,
            "also" => rule.also = self.listed(|reader| reader.label("another source in quotes"))?,
            "verified" => {
                rule.verified =
                    self.one_of(&[("yes", Verified::Yes), ("partly", Verified::Partly), ("no", Verified::No)])?;
            }
            "level" => {
                rule.level = self.one_of(&[
                    ("error", RuleLevel::Error),
                    ("warn", RuleLevel::Warning),
                    ("note", RuleLevel::Note),
                ])?;
            }
            "kind" => {
                rule.kind = self.one_of(&[
                    ("content", RuleKind::Content),
                    ("choice", RuleKind::Choice),
                    ("link", RuleKind::Link),
                    ("practice", RuleKind::Practice),
                ])?;
            }
            "from" => rule.from = Some(self.date()?),
            "until" => rule.until = Some(self.date()?),
            "readers" => rule.readers = self.listed(Self::place)?,
            "like" => rule.like = Some(self.like()?),
            "restates" => rule.restates = self.listed(|reader| reader.name("a code").map(|(name, _)| name))?,
            "unchecked" => rule.unchecked = Some(self.label("why nothing can be checked, in quotes")?),
            "help" => rule.help = self.label("what to do, in quotes")?,
            "edit" => rule.edits = self.listed(Self::snippet)?,
            "bad" => return self.policy().map(|text| rule.bad = Some(text)),
            "good" => return self.policy().map(|text| rule.good = Some(text)),
            "where" => {
                let conditions = self.condition_line(true)?;
                rule.conditions.push(conditions);
                return Ok(());
            }
            _ => {
                let condition = self.condition_line(false)?;
                rule.conditions.push(Condition::Not(Box::new(condition)));
                return Ok(());
            }
        }
        self.end_of_line()
    }

    fn one_of<T: Copy>(&mut self, words: &[(&str, T)]) -> Read<T> {
        let found = self.peek_word().and_then(|word| words.iter().find(|(known, _)| *known == word));
        match found {
            Some((_, value)) => {
                self.advance();
                Ok(*value)
            }
            None => {
                let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
                self.unexpected(&crate::codes::alternatives(&known))
            }
        }
    }

    fn like(&mut self) -> Read<String> {
        let expected = "a rule with its pack, such as `gdpr/purpose-missing`";
        let (pack, rule, span) = self.address(expected)?;
        let Some(rule) = rule else {
            self.sink.report(codes::unexpected(span, expected, Some(&format!("`{pack}`"))));
            return Err(Reported);
        };
        self.mention(What::OtherRule(pack.to_owned(), rule.to_owned()), span);
        Ok(format!("{pack}/{rule}"))
    }

    /// A statement or a clause of the policy language in backticks.
    fn snippet(&mut self) -> Read<String> {
        match self.peek().filter(|at| at.kind == TokenKind::Code) {
            Some(at) => {
                self.advance();
                Ok(unescape(at.text, '`'))
            }
            None => self.unexpected("an edit in backticks"),
        }
    }

    /// A policy in prose quotes or in backticks. Prose ends its line by itself.
    fn policy(&mut self) -> Read<String> {
        match self.peek() {
            Some(at) if at.kind == TokenKind::Prose => {
                self.advance();
                let inner = at.text.get(3..at.text.len().saturating_sub(3)).unwrap_or("");
                Ok(unindented(inner))
            }
            Some(at) if at.kind == TokenKind::Code => {
                self.advance();
                self.end_of_line()?;
                Ok(format!("{}\n", unescape(at.text, '`')))
            }
            _ => self.unexpected("a policy in triple quotes or in backticks"),
        }
    }

    // ── tests ───────────────────────────────────────────────────────────────────────────────────────────

    fn condition_line(&mut self, finds: bool) -> Read<Condition> {
        self.finds = finds;
        let condition = self.condition();
        self.finds = false;
        condition
    }

    /// A test with its end, be it a line or a member of `some-of`.
    fn condition(&mut self) -> Read<Condition> {
        let here = self.here();
        if self.eat_word("some-of") {
            let mut tests = Vec::new();
            let mut broken = false;
            self.mention(What::Alternatives, here);
            self.block(|reader| {
                let test = reader.condition();
                reader.mention(What::Alternative, here);
                broken |= test.is_err();
                tests.push(test?);
                Ok(())
            })?;
            self.mention(What::AlternativesEnd, here);
            if tests.len() < 2 && !broken {
                self.sink.report(codes::too_few(here));
            }
            return Ok(Condition::SomeOf(tests));
        }
        let condition = self.test()?;
        self.end_of_line()?;
        Ok(condition)
    }

    fn test(&mut self) -> Read<Condition> {
        if self.peek_ahead(1).is_some_and(|at| at.kind == TokenKind::Colon) {
            let (name, span) = self.name("a name for the row")?;
            self.advance();
            let pattern = self.pattern()?;
            self.mention(What::RowGiven(name.clone()), span);
            return Ok(Condition::Row(Some(name), pattern));
        }
        let asks = |word: Option<&str>| matches!(word, Some("is" | "are" | "has"));
        let determined = matches!(self.peek_word(), Some("any" | "that"));
        let itself = matches!(self.peek_word(), Some("us" | "this-policy"));
        if (determined && asks(self.word_ahead(2))) || (itself && asks(self.word_ahead(1))) {
            let subject = self.subject()?;
            let test = self.asked()?;
            return Ok(Condition::Noun(NounTest { subject, test }));
        }
        if !determined && asks(self.word_ahead(1)) {
            let (name, span) = self.name("a noun, or a sentence")?;
            if self.word_ahead(1) != Some("absent") {
                self.sink.report(codes::bare_subject(span, &name));
                return Err(Reported);
            }
            self.mention(What::Kind(name.clone()), span);
            self.advance();
            self.advance();
            return Ok(Condition::Absent(name));
        }
        self.pattern().map(|pattern| Condition::Row(None, pattern))
    }

    /// The noun that a test is about.
    pub(super) fn subject(&mut self) -> Read<Subject> {
        if self.eat_word("us") {
            return Ok(Subject::Us);
        }
        if self.eat_word("this-policy") {
            return Ok(Subject::Policy);
        }
        let any = self.peek_word() == Some("any");
        let entry = self.entry()?;
        Ok(if any { Subject::Any(entry.name) } else { Subject::That(entry.name) })
    }

    /// What is asked of a noun, from `is` or `has` on.
    fn asked(&mut self) -> Read<Test> {
        if self.eat_word("has") {
            return self.having(false);
        }
        self.advance();
        self.being()
    }

    /// What stands behind `is` or `be`.
    pub(super) fn being(&mut self) -> Read<Test> {
        let not = self.eat_word("not");
        self.being_or_not(not)
    }

    pub(super) fn being_or_not(&mut self, not: bool) -> Read<Test> {
        let here = self.here();
        if self.eat_word("in-force") {
            if not {
                self.sink.report(codes::cannot_be_denied(here, "in-force"));
                return Err(Reported);
            }
            return Ok(Test::InForce);
        }
        if self.eat_word("in") {
            return Ok(Test::In { not, places: self.alternatives(Self::place)? });
        }
        let exactly = self.eat_word("exactly");
        let classes = self.alternatives(|reader| {
            let (name, span) = reader.name("what it is, `in` and a place, or `in-force`")?;
            reader.mention(What::Kind(name.clone()), span);
            Ok(name)
        })?;
        Ok(Test::Is { not, exactly, classes })
    }

    /// Fields and what their value is compared with.
    pub(super) fn having(&mut self, not: bool) -> Read<Test> {
        let fields = self.fields()?;
        let bound = if self.at_bound() { Some(self.bounded()?) } else { None };
        Ok(Test::Has { not, fields, bound })
    }

    pub(super) fn fields(&mut self) -> Read<Vec<String>> {
        self.alternatives(|reader| {
            // Fields may have the words of clauses: `under`, `from`.
            match reader.peek().filter(|at| at.kind == TokenKind::Word && super::is_name(at.text)) {
                Some(at) => {
                    reader.advance();
                    reader.mention(What::Field(at.text.to_owned()), at.span);
                    Ok(at.text.to_owned())
                }
                None => reader.unexpected("a field"),
            }
        })
    }
}

/// A text without the indentation that all its lines share, and without empty lines around it.
fn unindented(text: &str) -> String {
    let lines = || text.lines().map(str::trim_end).skip_while(|line| line.is_empty());
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let shared = lines().filter(|line| !line.is_empty()).map(indentation).min().unwrap_or(0);
    let mut result = String::new();
    for line in lines() {
        result.push_str(line.get(shared..).unwrap_or("").trim_end());
        result.push('\n');
    }
    format!("{}\n", result.trim_end())
}
