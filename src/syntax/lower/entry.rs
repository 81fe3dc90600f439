//! Entries, lists, literals and conditions.

use super::{At, Lowering, Read, Reported, codes, is_name};
use crate::codes::nearest;
use crate::source::Spanned;
use crate::syntax::ast::{Condition, Entry, Group, Head, Label, List, Literal, Name, Test, Unit};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::{self, Join, Number, Openness, Quantifier, Slot, State};

/// Where an entry stands, which decides what may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// In a list of a sentence.
    Entry,
    /// Behind a kind word: `from` and several names behind `is` belong to the noun.
    Noun,
    /// In a field: reserved words are ordinary words.
    Field,
    /// Behind `of`: what may be said of the owned noun is not said of its owner, unless he is declared there.
    Owner,
    /// In a condition: parentheses group, and `is enabled` is a test.
    Condition,
}

/// Numbers that authors write in words.
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Months in words, with which some dates begin.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl<'a> super::Lowering<'a, '_> {
    /// Entries joined by commas, or all of them by `or`.
    pub(super) fn list(&mut self, mode: Mode) -> Read<List<'a>> {
        let mut entries = vec![self.entry(mode)?];
        let mut join = None;
        while let Some(at) = self.peek() {
            let here = match at.kind {
                TokenKind::Comma => Join::And,
                TokenKind::Word if at.text == "or" => Join::Or,
                _ => break,
            };
            if at.kind == TokenKind::Comma && self.statement_follows() {
                break;
            }
            if join.is_some_and(|join| join != here) {
                self.sink.report(codes::mixed_joins(at.span));
                return Err(Reported);
            }
            join = Some(here);
            self.advance();
            if let Some(and) = self.peek().filter(|at| at.kind == TokenKind::Word && at.text == "and") {
                self.sink.report(codes::and_in_list(and.span));
                return Err(Reported);
            }
            entries.push(self.entry(mode)?);
        }
        Ok(List { entries, join: join.unwrap_or(Join::And) })
    }

    /// Whether an entry can begin here.
    pub(super) fn at_entry(&mut self) -> bool {
        let Some(at) = self.peek() else { return false };
        match at.kind {
            TokenKind::Label | TokenKind::Code | TokenKind::Link | TokenKind::Parameter => true,
            TokenKind::Word => {
                matches!(at.text, "we" | "us" | "you" | "other")
                    || Quantifier::from_word(at.text).is_some()
                    || !words::is_reserved(at.text)
            }
            _ => false,
        }
    }

    /// One entry with all that is said of it.
    pub(super) fn entry(&mut self, mode: Mode) -> Read<Entry<'a>> {
        self.nested(|lowering| lowering.entry_here(mode))
    }

    fn entry_here(&mut self, mode: Mode) -> Read<Entry<'a>> {
        let Some(first) = self.peek() else { return self.unexpected("a name or a label") };
        let mut entry = Entry::at(first.span);
        // In a field a quantifier is an ordinary word, unless it stands in front of a name.
        let quantified_value = mode == Mode::Field
            && Quantifier::from_word(first.text).is_some()
            && self.peek_ahead(1).is_some_and(|next| Self::is_plain_name(next) || next.text == "of");
        if !matches!(mode, Mode::Field | Mode::Noun) || quantified_value {
            entry.other = self.eat_word("other").is_some();
            if let Some(at) = self.peek()
                && at.kind == TokenKind::Word
                && let Some(quantifier) = Quantifier::from_word(at.text)
            {
                self.advance();
                entry.quantifier = Some(Spanned { value: quantifier, span: at.span });
                if quantifier == Quantifier::Rest && self.eat_word("of").is_none() {
                    return self.unexpected("`of` behind `rest`");
                }
            }
        }
        entry.head = self.head(mode, entry.quantifier.is_some() || entry.other)?;
        while self.attribute(&mut entry, mode)? {}
        self.check_words(&entry, mode)?;
        let worded = entry.label.is_some() || entry.noun.is_some();
        let named = entry.head.is_some() || worded || entry.code.is_some() || entry.link.is_some();
        if !named && entry.quantifier.is_none() {
            return self.unexpected("a name or a label");
        }
        entry.span = first.span.to(self.previous());
        Ok(entry)
    }

    pub(super) fn head(&mut self, mode: Mode, quantified: bool) -> Read<Option<Head<'a>>> {
        let Some(at) = self.peek() else {
            return if quantified { Ok(None) } else { self.unexpected("a name or a label") };
        };
        match at.kind {
            TokenKind::Word => {}
            TokenKind::Parameter => return self.parameter_head(at, mode),
            TokenKind::Label | TokenKind::Code | TokenKind::Link => return Ok(None),
            _ if quantified => return Ok(None),
            _ => return self.unexpected("a name or a label"),
        }
        if mode == Mode::Noun {
            self.advance();
            return Ok(Some(Head::Name(self.name_to_declare(at)?)));
        }
        match at.text {
            "we" | "us" if mode != Mode::Field => {
                self.advance();
                return Ok(Some(Head::We(at.span)));
            }
            "you" if mode != Mode::Field => {
                self.advance();
                return Ok(Some(Head::You(at.span)));
            }
            _ => {}
        }
        if self.at_period(mode) {
            return Ok(Some(Head::Period(Box::new(self.period()?))));
        }
        let digits = NUMBERS.iter().position(|number| *number == at.text);
        let unit = self.peek_ahead(1).is_some_and(|next| Unit::from_word(next.text).is_some());
        if let Some(digits) = digits.filter(|_| unit) {
            self.sink.report(codes::number_in_words(at.span, at.text, digits as u32 + 1));
            return Err(Reported);
        }
        if mode != Mode::Field && words::is_reserved(at.text) {
            let noun_phrase = at.text == "noun" && self.peek_ahead(1).is_some_and(|next| next.kind == TokenKind::Label);
            if quantified || noun_phrase {
                return Ok(None);
            }
            return self.unexpected("a name or a label");
        }
        if let Some(literal) = self.literal(at)? {
            return Ok(Some(Head::Literal(literal)));
        }
        self.advance();
        // A category of a statute is a capital letter.
        let is_letter = at.text.len() == 1 && at.text.bytes().all(|byte| byte.is_ascii_uppercase());
        // A reserved word can be a value, but it never declares a noun.
        let declares = self.peek().is_some_and(|next| next.kind == TokenKind::Label);
        if mode == Mode::Field && (is_letter || (words::is_reserved(at.text) && !declares)) {
            return Ok(Some(Head::Name(Spanned { value: at.text, span: at.span })));
        }
        Ok(Some(Head::Name(self.check_name(at)?)))
    }

    /// A value, told by its characters: a date, a number, a duration, a place, a locale, an e-mail address.
    fn literal(&mut self, at: At<'a>) -> Read<Option<Spanned<Literal<'a>>>> {
        let word = at.text;
        let simple = |literal| Ok(Some(Spanned { value: literal, span: at.span }));
        if word.contains('@') {
            self.advance();
            return simple(Literal::Email(word));
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            self.advance();
            if let Ok(number) = word.parse::<u32>() {
                if let Some(next) =
                    self.peek().filter(|next| next.kind == TokenKind::Word && !words::is_reserved(next.text))
                    && let Some(unit) = nearest(next.text.trim_end_matches('s'), words::UNITS)
                {
                    let span = at.span.to(next.span);
                    let right = if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") };
                    self.sink.report(codes::bad_duration(span, self.text_of(span), &right));
                    return Err(Reported);
                }
                return simple(Literal::Number(number));
            }
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            if let (Some(number), Some(unit)) = (word.get(..digits), word.get(digits..))
                && Unit::from_word(unit).is_some()
            {
                self.sink.report(codes::bad_duration(at.span, word, &format!("{number} {unit}")));
                return Err(Reported);
            }
            // `14m`, `14-months`
            if let (Some(number), Some(rest)) = (word.get(..digits), word.get(digits..))
                && let Some(unit) = unit_meant(rest.trim_start_matches('-'))
            {
                self.sink.report(codes::bad_duration(at.span, word, &format!("{number} {unit}")));
                return Err(Reported);
            }
            return match word.parse::<jiff::civil::Date>() {
                Ok(date) if word.len() == 10 => simple(Literal::Date(date)),
                _ => {
                    self.sink.report(codes::invalid_date(at.span, word));
                    Err(Reported)
                }
            };
        }
        let digits_follow = self.peek_ahead(1).is_some_and(|next| next.text.starts_with(|c: char| c.is_ascii_digit()));
        if digits_follow && MONTHS.contains(&word) {
            self.sink.report(codes::invalid_date(at.span, word));
            return Err(Reported);
        }
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let mut parts = word.split('-');
            let first = parts.next().unwrap_or("");
            let rest: Vec<&str> = parts.collect();
            let upper = |part: &str| part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
            if upper(first)
                && first.len() >= 2
                && first.len() <= 4
                && rest.len() <= 1
                && rest.iter().all(|part| upper(part))
            {
                self.advance();
                return simple(Literal::Place(word));
            }
            let lower = first.len() >= 2 && first.bytes().all(|byte| byte.is_ascii_lowercase());
            if lower && !rest.is_empty() && rest.iter().all(|part| upper(part)) {
                self.advance();
                return simple(Literal::Locale(word));
            }
        }
        Ok(None)
    }

    /// Reads one attribute behind an entry, if one follows.
    pub(super) fn attribute(&mut self, entry: &mut Entry<'a>, mode: Mode) -> Read<bool> {
        let Some(at) = self.peek() else { return Ok(false) };
        match at.kind {
            // A pronoun has no words of its own; what stands there belongs to something else.
            TokenKind::Label if matches!(entry.head, Some(Head::We(_) | Head::You(_))) => return Ok(false),
            TokenKind::Label if entry.label.is_none() => {
                entry.label = self.optional_label();
            }
            TokenKind::Parameter => return Ok(self.parameter_attribute(entry, at)),
            TokenKind::Link if entry.link.is_none() => {
                self.advance();
                let inner = at.text.get(1..at.text.len() - 1).unwrap_or("");
                entry.link = Some(Spanned { value: inner, span: at.span });
            }
            TokenKind::Code if entry.code.is_none() => {
                self.advance();
                entry.code = Some(Label::quoted(at.text, '`', at.span));
            }
            TokenKind::TailOpen if matches!(mode, Mode::Entry | Mode::Owner | Mode::Field) => {
                let (clauses, except) = self.inside(at.closer, |lowering| {
                    let clauses = lowering.tail_clauses()?;
                    let except = match lowering.eat_word("except") {
                        Some(_) => Some(lowering.list(Mode::Entry)?),
                        None => None,
                    };
                    if lowering.peek().is_some() { lowering.unexpected("a clause") } else { Ok((clauses, except)) }
                })?;
                entry.tail.extend(clauses);
                entry.except = entry.except.take().or(except);
            }
            TokenKind::Word if mode != Mode::Field || entry.label.is_some() || !matches!(at.text, "of" | "is") => {
                return self.worded_attribute(entry, mode, at);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn worded_attribute(&mut self, entry: &mut Entry<'a>, mode: Mode, at: At<'a>) -> Read<bool> {
        let next = self.peek_ahead(1);
        let label_follows = next.is_some_and(|next| self.is_label(next));
        let vendor = at.text == "is" && next.is_some_and(|next| next.text == "vendor");
        let of_owned = mode == Mode::Owner
            && entry.label.is_none()
            && matches!(at.text, "means" | "one" | "many" | "noun" | "is" | "namely" | "such" | "including");
        if of_owned && !vendor {
            return Ok(false);
        }
        match at.text {
            "is" | "are" if self.state_follows() => return Ok(false),
            "is" if next.is_some_and(|next| next.text == "vendor") && self.vendor_follows() => {
                self.advance();
                self.advance();
                entry.vendor = Some(self.name("the name of an entry of the vendor catalogue")?);
            }
            "is" if mode != Mode::Condition => {
                self.advance();
                entry.is.push(self.name("the name of a kind in the vocabulary")?);
                while mode == Mode::Noun && self.peek().is_some_and(|at| at.kind == TokenKind::Comma) {
                    self.advance();
                    entry.is.push(self.name("the name of a kind in the vocabulary")?);
                }
            }
            "means" if label_follows && entry.means.is_none() => {
                self.advance();
                entry.means = self.optional_label();
            }
            "one" if label_follows && entry.one.is_none() => {
                self.advance();
                entry.one = self.optional_label();
            }
            "many" if label_follows && entry.many.is_none() => {
                self.advance();
                entry.many = self.optional_label();
            }
            "noun" if label_follows && entry.noun.is_none() => {
                self.advance();
                entry.noun = self.optional_label();
            }
            "as" if label_follows
                && entry.display.is_none()
                && matches!(entry.head, Some(Head::Literal(_) | Head::Period(_))) =>
            {
                self.advance();
                entry.display = self.optional_label();
            }
            "that" if entry.that.is_none() => {
                self.advance();
                entry.that = Some(self.label("a clause with the noun left out, in quotes")?);
            }
            "of" if entry.of.is_none() => {
                self.advance();
                let of_mode = if mode == Mode::Noun { Mode::Owner } else { mode };
                let mut of = self.entry(of_mode)?;
                // `engagement payments "payments" of stripe is vendor stripe`: what opens the statement is meant.
                if mode == Mode::Noun {
                    entry.vendor = take_vendor(&mut of).or(entry.vendor);
                }
                entry.of = Some(Box::new(of));
            }
            "from" if mode == Mode::Noun && entry.from.is_none() => {
                self.advance();
                entry.from = Some(self.list(Mode::Entry)?);
            }
            "namely" | "including" | "such" if entry.group.is_none() && mode != Mode::Field => {
                entry.group = Some(self.group()?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Whether a name stands behind `is vendor`.
    fn vendor_follows(&mut self) -> bool {
        self.peek_ahead(2).is_some_and(|at| Self::is_plain_name(at))
    }

    fn state_follows(&mut self) -> bool {
        self.peek_ahead(1).is_some_and(|at| State::from_word(at.text).is_some())
    }

    fn group(&mut self) -> Read<Group<'a>> {
        let openness = match self.peek_word() {
            Some("namely") => {
                self.advance();
                Openness::Namely
            }
            Some("such") => {
                self.advance();
                if self.eat_word("as").is_none() {
                    return self.unexpected("`as` behind `such`");
                }
                Openness::SuchAs
            }
            _ => {
                self.advance();
                if self.eat_word("without").is_some() {
                    if self.peek_word() != Some("limitation") {
                        return self.unexpected("`limitation`");
                    }
                    self.advance();
                    Openness::WithoutLimitation
                } else {
                    Openness::Including
                }
            }
        };
        let list = match self.peek() {
            Some(at) if matches!(at.kind, TokenKind::BracesOpen | TokenKind::BlockOpen) => {
                self.inside(at.closer, |lowering| {
                    let list = lowering.list(Mode::Entry)?;
                    lowering.eat(TokenKind::Comma);
                    if lowering.peek().is_some() { lowering.unexpected("`,` or `}`") } else { Ok(list) }
                })?
            }
            _ => self.list(Mode::Entry)?,
        };
        Ok(Group { openness, list })
    }

    /// A condition: tests joined by one word.
    pub(super) fn condition(&mut self) -> Read<Condition<'a>> {
        self.nested(|lowering| {
            let mut operands = vec![lowering.test()?];
            let mut join = None;
            while let Some(at) = lowering.peek() {
                let here = match (at.kind, at.text) {
                    (TokenKind::Word, "and") => Join::And,
                    (TokenKind::Word, "or") => Join::Or,
                    (TokenKind::Word, "and-or") => Join::AndOr,
                    (TokenKind::Comma, _) => {
                        lowering.sink.report(codes::condition_comma(at.span));
                        return Err(Reported);
                    }
                    _ => break,
                };
                if join.is_some_and(|join| join != here) {
                    lowering.sink.report(codes::mixed_joins(at.span));
                    return Err(Reported);
                }
                join = Some(here);
                lowering.advance();
                operands.push(lowering.test()?);
            }
            Ok(match (join, operands.pop()) {
                (None, Some(only)) => only,
                (join, last) => {
                    operands.extend(last);
                    Condition::Joined(join.unwrap_or(Join::And), operands)
                }
            })
        })
    }

    fn test(&mut self) -> Read<Condition<'a>> {
        if let Some(at) = self.peek()
            && at.kind == TokenKind::TailOpen
        {
            return self.inside(at.closer, |lowering| {
                let condition = lowering.condition()?;
                if lowering.peek().is_some() { lowering.unexpected("`and`, `or` or `)`") } else { Ok(condition) }
            });
        }
        let not = self.eat_word("not").is_some();
        let entry = self.entry(Mode::Condition)?;
        let mut state = None;
        if let Some(word @ ("is" | "are")) = self.peek_word() {
            self.advance();
            let number = if word == "is" { Number::Singular } else { Number::Plural };
            match self.peek_word().and_then(State::from_word) {
                Some(found) => {
                    self.advance();
                    state = Some((number, found));
                }
                None => return self.unexpected("`enabled` or `disabled`"),
            }
        }
        Ok(Condition::Test(Box::new(Test { not, entry, state })))
    }

    /// Whether the word at the cursor opens a clause, perhaps behind `only`.
    pub(super) fn at_clause(&mut self) -> bool {
        match self.peek_word() {
            Some("only") => {
                !self.at_closed_list()
                    && self
                        .peek_ahead(1)
                        .is_some_and(|at| at.kind == TokenKind::Word && Slot::from_word(at.text).is_some())
            }
            Some(word) => Slot::from_word(word).is_some(),
            None => false,
        }
    }
}

impl Lowering<'_, '_> {
    /// Whether a word is spelt like a name and could be a verb or a manner.
    pub(super) fn is_plain_name(at: At<'_>) -> bool {
        at.kind == TokenKind::Word && !words::is_reserved(at.text) && is_name(at.text)
    }
}

/// The unit that a shortened one stands for, or that is joined to its number: the `m` of `14m`, the `months` of
/// `14-months`.
fn unit_meant(written: &str) -> Option<&str> {
    match written {
        "d" => Some("days"),
        "w" => Some("weeks"),
        "m" | "mo" | "mon" => Some("months"),
        "y" | "yr" | "yrs" => Some("years"),
        "h" | "hr" | "hrs" => Some("hours"),
        _ => Unit::from_word(written).map(|_| written),
    }
}

/// Removes the last `is vendor` of an entry and of what it is `of`, and gives it back.
fn take_vendor<'a>(entry: &mut Entry<'a>) -> Option<Name<'a>> {
    let inner = entry.of.as_mut().and_then(|of| take_vendor(of));
    inner.or_else(|| entry.vendor.take())
}
