//! Parameters: their declarations, `given`, and what stands in the place of `param NAME`.
//!
//! `param NAME` is made one token before anything is read, and every place that takes a value asks what the token
//! stands for. A place that takes a name never does.

use std::borrow::Cow;

use foldhash::HashMap;

use super::entry::Mode;
use super::{At, Lowering, Read, Reported, words};
use crate::codes::parameters as parameter_codes;
use crate::diagnostic::Sink;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Amount, Entry, Head, Item, Literal, Name, Parameter, Unit};
use crate::syntax::parameters::{Assignment, Type, Value};
use crate::syntax::tree::{Token, TokenKind};

/// What stands for `param NAME`.
#[derive(Clone, Debug)]
pub(super) enum Substitute<'a> {
    /// Its value.
    Value(Value<'a>),
    /// Nothing is known of it, or what is wrong was reported: whatever the place takes.
    Unknown,
}

/// The tokens of a file with one for each `param NAME`.
pub(super) struct Substitution<'a, 'k> {
    /// The tokens; the name behind `param` counts as a comment.
    pub tokens: Cow<'k, [Token]>,
    /// What each stands for, by where it begins.
    pub substitutes: HashMap<u32, Substitute<'a>>,
    /// The names behind `param`, each with where the whole stands.
    pub uses: Vec<Name<'a>>,
}

/// Makes one token of each `param NAME`.
pub(super) fn substitute<'a, 'k>(
    text: &'a str,
    tokens: &'k [Token],
    assignment: Option<&Assignment<'_, 'a>>,
    sink: &mut Sink,
) -> Substitution<'a, 'k> {
    let mut made = Substitution { tokens: Cow::Borrowed(tokens), substitutes: HashMap::default(), uses: Vec::new() };
    let word = |token: &Token| match token.kind {
        TokenKind::Word => text.get(token.span.start as usize..token.span.end as usize),
        _ => None,
    };
    if !text.contains("param") {
        return made;
    }
    for (index, token) in tokens.iter().enumerate() {
        if word(token) != Some("param") {
            continue;
        }
        let behind = tokens.get(index + 1..).unwrap_or_default();
        let Some(ahead) = behind.iter().position(|token| token.kind != TokenKind::Comment) else { continue };
        let Some((other, name)) = behind.get(ahead).and_then(|token| Some((token, word(token)?))) else { continue };
        if words::is_reserved(name) {
            continue;
        }
        let span = token.span.to(other.span);
        let name = Spanned { value: name, span: other.span };
        made.uses.push(Spanned { value: name.value, span });
        made.substitutes.insert(span.start, stands_for(name, assignment, sink));
        let changed = made.tokens.to_mut();
        if let Some(token) = changed.get_mut(index) {
            token.kind = TokenKind::Parameter;
            token.span = span;
        }
        if let Some(token) = changed.get_mut(index + 1 + ahead) {
            token.kind = TokenKind::Comment;
        }
    }
    made
}

fn stands_for<'a>(name: Name<'a>, assignment: Option<&Assignment<'_, 'a>>, sink: &mut Sink) -> Substitute<'a> {
    let Some(assignment) = assignment else { return Substitute::Unknown };
    let Some(declaration) = assignment.table.find(name.value) else {
        assignment.table.unknown(name, sink);
        return Substitute::Unknown;
    };
    if declaration.kind == Some(Type::Flag) {
        sink.report(parameter_codes::flag_as_value(name.span, name.value));
        return Substitute::Unknown;
    }
    let value = assignment.values.get(name.value);
    value.map_or(Substitute::Unknown, |value| Substitute::Value(value.value.clone()))
}

impl<'a> Lowering<'a, '_> {
    // ── where a value stands ────────────────────────────────────────────────────────────────────────────

    fn substitute(&self, at: At<'a>) -> Option<&Substitute<'a>> {
        if at.kind == TokenKind::Parameter { self.substitutes.get(&at.span.start) } else { None }
    }

    /// The words that a parameter stands for.
    pub(super) fn words_of(&self, at: At<'a>) -> Option<Cow<'a, str>> {
        match self.substitute(at)? {
            Substitute::Value(Value::Text(text)) => Some(text.clone()),
            Substitute::Unknown => Some(Cow::Borrowed(at.text)),
            Substitute::Value(_) => None,
        }
    }

    /// Whether a token is a parameter that stands for nothing although values are known: it was reported.
    pub(super) fn is_unread(&self, at: At<'a>) -> bool {
        self.assignment.is_some() && matches!(self.substitute(at), Some(Substitute::Unknown))
    }

    /// Whether a token is a label, or a parameter that stands for one.
    pub(super) fn is_label(&self, at: At<'a>) -> bool {
        at.kind == TokenKind::Label || self.words_of(at).is_some()
    }

    /// Whether a token is a parameter that stands for an amount of time, or for the number of one.
    pub(super) fn is_amount(&self, at: At<'a>, next: Option<At<'a>>) -> bool {
        match self.substitute(at) {
            Some(Substitute::Value(Value::Period(_)) | Substitute::Unknown) => true,
            Some(Substitute::Value(Value::Number(_))) => next.is_some_and(|next| unit_of(next).is_some()),
            Some(Substitute::Value(_)) | None => false,
        }
    }

    /// The amount that the parameter at the cursor stands for, perhaps with the unit behind it.
    pub(super) fn parameter_amount(&mut self) -> Option<Amount> {
        let at = self.peek()?;
        let next = self.peek_ahead(1);
        if !self.is_amount(at, next) {
            return None;
        }
        let amount = match self.substitute(at)? {
            Substitute::Value(Value::Period(amount)) => *amount,
            Substitute::Value(Value::Number(number)) => (*number, unit_of(next?)?),
            Substitute::Value(_) => return None,
            Substitute::Unknown => (1, next.and_then(unit_of).unwrap_or(Unit::Day)),
        };
        self.advance();
        // A number takes its unit along, and so may what nothing is known of.
        let takes_unit = !matches!(self.substitute(at), Some(Substitute::Value(Value::Period(_))));
        if takes_unit && next.is_some_and(|next| unit_of(next).is_some()) {
            self.advance();
        }
        Some(amount)
    }

    /// What an entry that begins with a parameter names.
    pub(super) fn parameter_head(&mut self, at: At<'a>, mode: Mode) -> Read<Option<Head<'a>>> {
        if mode == Mode::Noun {
            return self.parameter_in_name(at.span);
        }
        if self.at_period(mode) {
            return Ok(Some(Head::Period(Box::new(self.period()?))));
        }
        let Some(Substitute::Value(value)) = self.substitute(at).cloned() else { return Ok(None) };
        let literal = match value {
            Value::Number(number) => Literal::Number(number),
            Value::Date(date) => Literal::Date(date),
            Value::Email(address) => Literal::Email(address),
            Value::Country(code) => Literal::Place(code),
            Value::Choice(name) => {
                self.advance();
                return Ok(Some(Head::Name(Spanned { value: name, span: at.span })));
            }
            Value::Text(_) | Value::Link(_) | Value::Period(_) | Value::Flag(_) => return Ok(None),
        };
        self.advance();
        Ok(Some(Head::Literal(Spanned { value: literal, span: at.span })))
    }

    /// Takes the parameter at the cursor as words or as an address, if it stands for them.
    pub(super) fn parameter_attribute(&mut self, entry: &mut Entry<'a>, at: At<'a>) -> bool {
        if let Some(Substitute::Value(Value::Link(address))) = self.substitute(at)
            && entry.link.is_none()
        {
            entry.link = Some(Spanned { value: address, span: at.span });
            self.advance();
            return true;
        }
        if entry.label.is_none() {
            entry.label = self.optional_label();
            return entry.label.is_some();
        }
        // Behind words, what nothing is known of may be an address.
        let is_unknown = matches!(self.substitute(at), Some(Substitute::Unknown));
        if is_unknown {
            self.advance();
        }
        is_unknown
    }

    /// Refuses an entry that would be named after the value of a parameter.
    pub(super) fn check_words(&mut self, entry: &Entry<'a>, mode: Mode) -> Read<()> {
        let is_value = |span: Span| matches!(self.substitutes.get(&span.start), Some(Substitute::Value(_)));
        let Some(label) = entry.label.as_ref().filter(|_| mode != Mode::Field) else { return Ok(()) };
        let named = match &entry.head {
            Some(Head::Name(name)) => is_value(name.span),
            None => is_value(label.span),
            Some(Head::We(_) | Head::You(_) | Head::Literal(_) | Head::Period(_)) => false,
        };
        if named { self.parameter_in_name(entry.span) } else { Ok(()) }
    }

    pub(super) fn parameter_in_name<T>(&mut self, span: Span) -> Read<T> {
        self.sink.report(parameter_codes::parameter_in_name(span));
        Err(Reported)
    }

    // ── declarations ────────────────────────────────────────────────────────────────────────────────────

    /// `parameter keep is period at-least 1 day at-most 60 days default 30 days means "…";`
    pub(super) fn parameter(&mut self) -> Read<Parameter<'a>> {
        let start = self.peek().map_or_else(|| self.previous(), |at| at.span);
        self.advance();
        let name = self.name("a name for the parameter")?;
        if self.eat_word("is").is_none() {
            return self.unexpected("`is` and the type of the parameter");
        }
        let kind = self.name("the type of the parameter, such as `text` or `period`")?;
        let mut parameter =
            Parameter { name, kind, range: (None, None), choices: Vec::new(), default: None, means: None, span: start };
        loop {
            match self.peek_word() {
                Some("at-least") if parameter.range.0.is_none() => {
                    self.advance();
                    parameter.range.0 = Some(self.value()?);
                }
                Some("at-most") if parameter.range.1.is_none() => {
                    self.advance();
                    parameter.range.1 = Some(self.value()?);
                }
                Some("namely") if parameter.choices.is_empty() => {
                    self.advance();
                    parameter.choices.push(self.value()?);
                    while self.eat(TokenKind::Comma).is_some() {
                        parameter.choices.push(self.value()?);
                    }
                }
                Some("default") if parameter.default.is_none() => {
                    self.advance();
                    parameter.default = Some(self.value()?);
                }
                Some("means") if parameter.means.is_none() => {
                    self.advance();
                    parameter.means = Some(self.label("what the parameter is for, in quotes")?);
                }
                _ => break,
            }
        }
        parameter.span = start.to(self.previous());
        self.end_of_statement()?;
        Ok(parameter)
    }

    /// One value, written out.
    pub(super) fn value(&mut self) -> Read<Entry<'a>> {
        let Some(at) = self.peek() else { return self.unexpected("a value") };
        let mut entry = Entry::at(at.span);
        match at.kind {
            TokenKind::Label | TokenKind::Link => {
                self.attribute(&mut entry, Mode::Field)?;
            }
            TokenKind::Word => entry.head = self.head(Mode::Field, false)?,
            _ => return self.unexpected("a value"),
        }
        entry.span = at.span.to(self.previous());
        Ok(entry)
    }

    /// The lines of a file of values.
    pub(super) fn values(&mut self) -> Vec<(Name<'a>, Entry<'a>)> {
        let mut values = Vec::new();
        while let Some(at) = self.peek() {
            if matches!(at.kind, TokenKind::Semicolon | TokenKind::Error | TokenKind::BlockUnclosed) {
                self.advance();
                continue;
            }
            let before = self.position;
            match self.value_line() {
                Ok(line) => values.push(line),
                Err(Reported) => {
                    self.recover(before);
                }
            }
        }
        values
    }

    fn value_line(&mut self) -> Read<(Name<'a>, Entry<'a>)> {
        let name = self.name("the name of a parameter")?;
        let value = self.value()?;
        self.end_of_statement()?;
        Ok((name, value))
    }

    /// The statements of `given newsletter { … }`, `given not newsletter { … }`, `given hosting is cloud { … }`;
    /// none if the value is another one.
    pub(super) fn given(&mut self) -> Read<Vec<Item<'a>>> {
        self.advance();
        let not = self.eat_word("not").is_some();
        let parameter = self.name("the name of a parameter")?;
        let choice = match self.eat_word("is") {
            Some(_) => Some(self.name("one of the choices")?),
            None => None,
        };
        self.uses.push(parameter);
        let holds = self.holds(parameter, choice);
        let items = self.body("`{` and the statements that this decides")?;
        Ok(if holds.is_none_or(|holds| holds != not) { items } else { Vec::new() })
    }

    /// Whether a parameter has the value that `given` asks for; none if nobody knows.
    fn holds(&mut self, name: Name<'a>, choice: Option<Name<'a>>) -> Option<bool> {
        let assignment = self.assignment?;
        let Some(declaration) = assignment.table.find(name.value) else {
            assignment.table.unknown(name, self.sink);
            return None;
        };
        let kind = declaration.kind?;
        match (kind, choice) {
            (Type::Flag, None) => Some(assignment.values.get(name.value)?.value == Value::Flag(true)),
            (Type::Choice, Some(choice)) => {
                let asked = Value::Choice(choice.value);
                if declaration.choices.is_empty() {
                    return None;
                }
                if !declaration.choices.iter().any(|choice| choice.value == asked) {
                    declaration.unknown_choice(choice.span, choice.value, self.sink);
                    return None;
                }
                Some(assignment.values.get(name.value)?.value == asked)
            }
            _ => {
                let declared = declaration.name.span;
                self.sink.report(parameter_codes::undecided_given(name.span, name.value, kind.word(), declared));
                None
            }
        }
    }
}

fn unit_of(at: At<'_>) -> Option<Unit> {
    if at.kind == TokenKind::Word { Unit::from_word(at.text) } else { None }
}
