//! Parameters: from declarations and the values given to what `param NAME` and `given NAME` stand for.
//!
//! A value is typed before it stands anywhere, and stands there as that one value. No text from outside can
//! become a part of the sentence around it.

use std::borrow::Cow;
use std::cmp::Ordering;

use foldhash::{HashMap, HashSet};
use jiff::civil::Date;

use crate::codes::{nearest, parameters as codes};
use crate::diagnostic::Sink;
use crate::source::{Span, Spanned};
use crate::syntax::ast::{Amount, Entry, Head, Literal, Name, Parameter};
use crate::syntax::calendar;
use crate::syntax::words::{Bound, is_reserved};

/// What a parameter may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// The author's words.
    Text,
    /// An amount of time.
    Period,
    /// A whole number.
    Number,
    /// A day.
    Date,
    /// An e-mail address.
    Email,
    /// A web address.
    Link,
    /// A country, a state or a union of countries.
    Country,
    /// Yes or no; decides what stands in `given`.
    Flag,
    /// One of some names.
    Choice,
}

impl Type {
    /// Every type.
    pub const ALL: [Type; 9] = [
        Type::Text,
        Type::Period,
        Type::Number,
        Type::Date,
        Type::Email,
        Type::Link,
        Type::Country,
        Type::Flag,
        Type::Choice,
    ];

    /// The word as written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Type::Text => "text",
            Type::Period => "period",
            Type::Number => "number",
            Type::Date => "date",
            Type::Email => "email",
            Type::Link => "link",
            Type::Country => "country",
            Type::Flag => "flag",
            Type::Choice => "choice",
        }
    }

    /// The type with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Type> {
        Type::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// How a value of the type is written.
    fn example(self) -> &'static str {
        match self {
            Type::Text => "words in quotes",
            Type::Period => "an amount of time, such as `30 days`",
            Type::Number => "a whole number, such as `16`",
            Type::Date => "a day, such as `2031-05-01`",
            Type::Email => "an e-mail address, such as `privacy@acme.example`",
            Type::Link => "an address in brackets, such as `<https://acme.example>`",
            Type::Country => "the code of a country, such as `IE`",
            Type::Flag => "`yes` or `no`",
            Type::Choice => "one of the names behind `namely`",
        }
    }

    /// Whether values of the type have an order, so that there can be a range.
    fn has_range(self) -> bool {
        matches!(self, Type::Period | Type::Number | Type::Date)
    }
}

/// A typed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// An amount of time.
    Period(Amount),
    /// A number.
    Number(u32),
    /// A day.
    Date(Date),
    /// An e-mail address.
    Email(&'a str),
    /// A web address without its brackets.
    Link(&'a str),
    /// The code of a country.
    Country(&'a str),
    /// Yes or no.
    Flag(bool),
    /// The name that was chosen.
    Choice(&'a str),
}

impl<'a> Value<'a> {
    /// The value that an entry writes, if it is one of this type and nothing more.
    #[must_use]
    pub fn of(entry: &Entry<'a>, kind: Type) -> Option<Value<'a>> {
        let literal = || match &entry.head {
            Some(Head::Literal(literal)) => Some(&literal.value),
            Some(Head::Name(_) | Head::We(_) | Head::You(_) | Head::Period(_)) | None => None,
        };
        match kind {
            Type::Text if entry.head.is_none() => entry.label.as_ref().map(|label| Value::Text(label.text.clone())),
            Type::Link if entry.head.is_none() => entry.link.map(|link| Value::Link(link.value)),
            Type::Text | Type::Link => None,
            Type::Period => plain_amount(entry).map(Value::Period),
            Type::Number => match literal()? {
                Literal::Number(number) => Some(Value::Number(*number)),
                _ => None,
            },
            Type::Date => match literal()? {
                Literal::Date(date) => Some(Value::Date(*date)),
                _ => None,
            },
            Type::Email => match literal()? {
                Literal::Email(address) => Some(Value::Email(address)),
                _ => None,
            },
            Type::Country => match literal()? {
                Literal::Place(code) => Some(Value::Country(code)),
                _ => None,
            },
            Type::Flag => match entry.head_name() {
                "yes" => Some(Value::Flag(true)),
                "no" => Some(Value::Flag(false)),
                _ => None,
            },
            Type::Choice => Some(entry.head_name())
                .filter(|name| !name.is_empty() && !name.contains('.') && !is_reserved(name))
                .map(Value::Choice),
        }
    }

    /// The value as it is written in a policy.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Value::Text(text) => format!("\"{text}\""),
            Value::Period((count, unit)) => {
                let plural = if *count == 1 { "" } else { "s" };
                format!("{count} {}{plural}", format!("{unit:?}").to_lowercase())
            }
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Email(text) | Value::Country(text) | Value::Choice(text) => (*text).to_owned(),
            Value::Link(address) => format!("<{address}>"),
            Value::Flag(true) => "yes".to_owned(),
            Value::Flag(false) => "no".to_owned(),
        }
    }

    /// Which of two values of one type comes first; none if they have no order, or one that depends on the month.
    fn compare(&self, other: &Value<'a>) -> Option<Ordering> {
        match (self, other) {
            (Value::Period(left), Value::Period(right)) => calendar::compare(*left, *right),
            (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
            (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }

    /// Whether a value is surely no greater than another.
    fn is_at_most(&self, other: &Value<'a>) -> bool {
        match (self, other) {
            (Value::Period(left), Value::Period(right)) => calendar::is_at_most(*left, *right),
            _ => self == other || matches!(self.compare(other), Some(Ordering::Less | Ordering::Equal)),
        }
    }
}

/// The amount of a period that says nothing else.
fn plain_amount(entry: &Entry<'_>) -> Option<Amount> {
    let Some(Head::Period(period)) = &entry.head else { return None };
    let [step] = period.steps.as_slice() else { return None };
    let says_more = step.start.is_some()
        || step.until.is_some()
        || step.lasting.is_some()
        || step.criterion.is_some()
        || step.store.is_some()
        || step.whichever.is_some()
        || period.end.is_some()
        || period.total.is_some();
    step.amount.filter(|_| !says_more && step.bound == Bound::Exact)
}

/// How many values of all parameters are checked; each costs a reading of the whole policy.
const MOST_VALUES: usize = 200;

/// How many values of a parameter are checked: both ends of its range, its choices, or both answers.
fn values_to_check(parameter: &Parameter<'_>) -> usize {
    let ends = parameter.range.0.iter().len() + parameter.range.1.iter().len();
    let answers = if parameter.kind.value == Type::Flag.word() { 2 } else { 1 };
    (ends + parameter.choices.len()).max(answers)
}

/// A parameter as it was understood.
#[derive(Clone, Debug)]
pub struct Declaration<'a> {
    /// The name.
    pub name: Name<'a>,
    /// The type; none if nobody knows it.
    pub kind: Option<Type>,
    /// The least value, where it is written.
    pub low: Option<Spanned<Value<'a>>>,
    /// The greatest value, where it is written.
    pub high: Option<Spanned<Value<'a>>>,
    /// What may be chosen.
    pub choices: Vec<Spanned<Value<'a>>>,
    /// The value that counts if none is given.
    pub default: Option<Spanned<Value<'a>>>,
    /// Whether a part of it is wrong, so that a value that seems to be missing may be there.
    pub is_broken: bool,
}

impl<'a> Declaration<'a> {
    fn new(parameter: &Parameter<'a>, sink: &mut Sink) -> Declaration<'a> {
        let before = sink.len();
        let kind = Type::from_word(parameter.kind.value);
        let mut declaration = Declaration {
            name: parameter.name,
            kind,
            low: None,
            high: None,
            choices: Vec::new(),
            default: None,
            is_broken: kind.is_none(),
        };
        let Some(kind) = kind else {
            let near = nearest(parameter.kind.value, Type::ALL.into_iter().map(Type::word));
            sink.report(codes::unknown_type(parameter.kind.span, parameter.kind.value, near));
            return declaration;
        };
        let misfits = [
            (parameter.range.0.as_ref().filter(|_| !kind.has_range()), "at-least"),
            (parameter.range.1.as_ref().filter(|_| !kind.has_range()), "at-most"),
            (parameter.choices.first().filter(|_| kind != Type::Choice), "namely"),
        ];
        for (entry, word) in misfits {
            if let Some(entry) = entry {
                sink.report(codes::unfit_part(entry.span, word, kind.word()));
            }
        }
        if kind == Type::Choice && parameter.choices.is_empty() {
            sink.report(codes::no_choices(parameter.kind.span, parameter.name.value));
        }
        let read = |entry: Option<&Entry<'a>>, sink: &mut Sink| {
            let entry = entry?;
            let value = Value::of(entry, kind);
            if value.is_none() {
                sink.report(codes::wrong_type(entry.span, parameter.name.value, kind.word(), kind.example(), None));
            }
            value.map(|value| Spanned { value, span: entry.span })
        };
        if kind.has_range() {
            declaration.low = read(parameter.range.0.as_ref(), sink);
            declaration.high = read(parameter.range.1.as_ref(), sink);
        }
        if kind == Type::Choice {
            for choice in &parameter.choices {
                let Some(choice) = read(Some(choice), sink) else { continue };
                match declaration.choices.iter().find(|other| other.value == choice.value) {
                    Some(other) => sink.report(codes::double_choice(choice.span, &choice.value.words(), other.span)),
                    None => declaration.choices.push(choice),
                }
            }
        }
        if let (Some(low), Some(high)) = (&declaration.low, &declaration.high)
            && !low.value.is_at_most(&high.value)
        {
            let is_sure = low.value.compare(&high.value).is_some();
            sink.report(codes::empty_range(low.span, high.span, is_sure));
        } else if let Some(default) = read(parameter.default.as_ref(), sink)
            && declaration.allows(&default, sink)
        {
            declaration.default = Some(default);
        }
        declaration.is_broken = sink.len() > before;
        declaration
    }

    /// Whether a value of the type lies in the range or among the choices; reports it if not.
    fn allows(&self, value: &Spanned<Value<'a>>, sink: &mut Sink) -> bool {
        let words = value.value.words();
        if let Some(low) = self.low.as_ref().filter(|low| !low.value.is_at_most(&value.value)) {
            let is_sure = value.value.compare(&low.value).is_some();
            sink.report(codes::out_of_range(value.span, &words, "less", &low.value.words(), low.span, is_sure));
            return false;
        }
        if let Some(high) = self.high.as_ref().filter(|high| !value.value.is_at_most(&high.value)) {
            let is_sure = value.value.compare(&high.value).is_some();
            sink.report(codes::out_of_range(value.span, &words, "more", &high.value.words(), high.span, is_sure));
            return false;
        }
        if self.kind == Some(Type::Choice) && !self.choices.iter().any(|choice| choice.value == value.value) {
            self.unknown_choice(value.span, &words, sink);
            return false;
        }
        true
    }

    /// Reports a name that is none of the choices.
    pub(super) fn unknown_choice(&self, span: Span, name: &str, sink: &mut Sink) {
        let choices: Vec<String> = self.choices.iter().map(|choice| choice.value.words()).collect();
        let near = nearest(name, choices.iter().map(String::as_str));
        sink.report(codes::unknown_choice(span, name, self.name.value, self.name.span, near));
    }

    /// The least and the greatest value, each choice, or both answers, each with where it is declared.
    #[must_use]
    pub fn edges(&self) -> Vec<Spanned<Value<'a>>> {
        match self.kind {
            Some(Type::Flag) => {
                [false, true].map(|answer| Spanned { value: Value::Flag(answer), span: self.name.span }).to_vec()
            }
            Some(Type::Choice) => self.choices.clone(),
            Some(Type::Text | Type::Period | Type::Number | Type::Date | Type::Email | Type::Link | Type::Country)
            | None => self.low.iter().chain(&self.high).cloned().collect(),
        }
    }

    /// The value that counts if none is given, or else the first of the [`Declaration::edges`].
    #[must_use]
    pub fn usual(&self) -> Option<Spanned<Value<'a>>> {
        self.default.clone().or_else(|| self.edges().into_iter().next())
    }

    /// A value for checks alone, where nothing is known of the one to come.
    #[must_use]
    pub fn stand_in(&self) -> Option<Spanned<Value<'a>>> {
        let value = match self.kind? {
            Type::Text => Value::Text(Cow::Owned(self.name.value.replace('-', " "))),
            Type::Period => Value::Period((1, crate::syntax::ast::Unit::Day)),
            Type::Number => Value::Number(1),
            Type::Date => Value::Date(Date::constant(2000, 1, 1)),
            Type::Email => Value::Email("address@example.org"),
            Type::Link => Value::Link("https://example.org/"),
            Type::Country => Value::Country("IE"),
            Type::Flag => Value::Flag(false),
            // A choice without choices was reported.
            Type::Choice => return None,
        };
        Some(Spanned { value, span: self.name.span })
    }
}

/// The parameters of a policy, with those of the files that it brings in.
#[derive(Debug, Default)]
pub struct Table<'a> {
    /// In source order.
    pub declarations: Vec<Declaration<'a>>,
    /// Whether there are more values than are checked, so that only those that are built count.
    pub is_over: bool,
    /// Words of statements that could not be read; what they may declare is not reported as unknown.
    broken: HashSet<&'a str>,
}

impl<'a> Table<'a> {
    /// Understands declarations, and reports what is wrong in them.
    pub fn new(parameters: &[Parameter<'a>], broken: HashSet<&'a str>, sink: &mut Sink) -> Table<'a> {
        let mut table = Table { declarations: Vec::new(), is_over: false, broken };
        let mut room = MOST_VALUES;
        for parameter in parameters {
            match room.checked_sub(values_to_check(parameter)) {
                Some(left) if !table.is_over => room = left,
                Some(_) | None => {
                    if !table.is_over {
                        sink.report(codes::too_many_values(parameter.name.span, MOST_VALUES));
                    }
                    table.is_over = true;
                    table.broken.insert(parameter.name.value);
                    continue;
                }
            }
            if let Some(first) = table.find(parameter.name.value) {
                let first = first.name.span;
                sink.report(codes::double_parameter(parameter.name.span, parameter.name.value, first));
                continue;
            }
            table.declarations.push(Declaration::new(parameter, sink));
        }
        table
    }

    /// The parameter with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Declaration<'a>> {
        self.declarations.iter().find(|declaration| declaration.name.value == name)
    }

    /// Reports a name that no parameter has, unless nobody could read what may declare it.
    pub(super) fn unknown(&self, name: Name<'a>, sink: &mut Sink) {
        if !self.broken.contains(name.value) {
            let near = nearest(name.value, self.declarations.iter().map(|declaration| declaration.name.value));
            sink.report(codes::unknown_parameter(name.span, name.value, near));
        }
    }

    /// The values that the lines of a file give: `keep 30 days;`.
    pub fn read_lines(&self, lines: &[(Name<'a>, Entry<'a>)], sink: &mut Sink) -> Given<'a> {
        let mut given = Given::default();
        for (name, entry) in lines {
            if let Some(declaration) = self.declaration_of(*name, &given, sink) {
                let value = declaration.kind.and_then(|kind| Value::of(entry, kind));
                self.put(declaration, value, entry.span, &mut given, sink);
            }
        }
        given
    }

    /// The values that are given one by one, each as the text of a source of its own. Words and web addresses need
    /// no quotes and no brackets there. `read` reads any other text as a value.
    pub fn read_texts(
        &self,
        texts: &[(&'a str, &'a str, Span)],
        read: impl Fn(&'a str, Span) -> Option<Entry<'a>>,
        sink: &mut Sink,
    ) -> Given<'a> {
        let mut given = Given::default();
        for &(name, text, span) in texts {
            let Some(declaration) = self.declaration_of(Spanned { value: name, span }, &given, sink) else { continue };
            let Some(kind) = declaration.kind else { continue };
            let written = read(text, span).and_then(|entry| Value::of(&entry, kind));
            let value = written.or(match kind {
                Type::Text => Some(Value::Text(Cow::Borrowed(text))),
                Type::Link => Some(Value::Link(text)),
                Type::Period | Type::Number | Type::Date | Type::Email | Type::Country | Type::Flag | Type::Choice => {
                    None
                }
            });
            self.put(declaration, value, span, &mut given, sink);
        }
        given
    }

    fn declaration_of(&self, name: Name<'a>, given: &Given<'a>, sink: &mut Sink) -> Option<&Declaration<'a>> {
        let declaration = self.find(name.value);
        if declaration.is_none() && !self.broken.contains(name.value) {
            let near = nearest(name.value, self.declarations.iter().map(|declaration| declaration.name.value));
            sink.report(codes::needless_value(name.span, name.value, near));
        }
        if let Some(first) = given.places.get(name.value) {
            sink.report(codes::double_value(name.span, name.value, *first));
            return None;
        }
        declaration
    }

    fn put(
        &self,
        declaration: &Declaration<'a>,
        value: Option<Value<'a>>,
        span: Span,
        given: &mut Given<'a>,
        sink: &mut Sink,
    ) {
        let Some(kind) = declaration.kind else { return };
        let name = declaration.name;
        given.places.insert(name.value, span);
        let Some(value) = value else {
            sink.report(codes::wrong_type(span, name.value, kind.word(), kind.example(), Some(name.span)));
            return;
        };
        let value = Spanned { value, span };
        if declaration.allows(&value, sink) {
            given.values.insert(name.value, value);
        }
    }
}

/// Values that were given in one place.
#[derive(Debug, Default)]
pub struct Given<'a> {
    /// Those that may be used.
    pub values: HashMap<&'a str, Spanned<Value<'a>>>,
    /// Where a value is given, right or wrong.
    pub places: HashMap<&'a str, Span>,
}

impl<'a> Given<'a> {
    /// Adds what another place gives; what is here wins.
    #[must_use]
    pub fn or(mut self, other: Given<'a>) -> Given<'a> {
        for (name, value) in other.values {
            if !self.places.contains_key(name) {
                self.values.insert(name, value);
            }
        }
        for (name, place) in other.places {
            self.places.entry(name).or_insert(place);
        }
        self
    }
}

/// The parameters of a policy with a value for each.
#[derive(Clone, Debug)]
pub struct Assignment<'t, 'a> {
    /// The parameters.
    pub table: &'t Table<'a>,
    /// The values, each with where it is written.
    pub values: HashMap<&'a str, Spanned<Value<'a>>>,
    /// The names of those whose value only stands in for one that is not known yet.
    pub stand_ins: HashSet<&'a str>,
}
