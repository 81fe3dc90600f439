//! What stands in a field against what the field takes.

use super::Resolver;
use super::kinds::{FieldValues, Shape, in_words};
use super::labels::{self, Frame};
use crate::codes::meaning::{self, NoPeriod};
use crate::codes::{alternatives, fields as codes, nearest};
use crate::policy;
use crate::syntax::ast::{Entry, Head, Label, Literal, Name};
use crate::syntax::calendar;
use crate::syntax::words::{Absence, Kind, Slot};
use crate::vocabulary::{self, Kinds};

impl Resolver<'_, '_, '_> {
    /// Reports the first value that the field does not take: one mistake, such as a period in words, is often
    /// several values in a row. Words to print, which stand behind the values, make any word a value where words
    /// are. Nothing is said of a field that takes everything.
    pub(super) fn check_values(&mut self, key: Name<'_>, values: &[Entry<'_>], has_display: bool, takes: FieldValues) {
        let wrong = match takes {
            FieldValues::Everything => return,
            FieldValues::Nouns(kinds) => values.iter().find(|entry| !noun_fits(entry, kinds)),
            FieldValues::Values(shapes) => {
                let printed = |entry: &&Entry<'_>| {
                    let has_words = has_display || entry.display.is_some();
                    has_words && shapes.contains(&Shape::Words) && matches!(entry.head, Some(Head::Name(_)))
                };
                values.iter().find(|entry| !value_fits(entry, shapes) && !printed(entry))
            }
        };
        let right = right_forms(takes);
        match wrong {
            Some(entry) => {
                let written = self.source_text(entry);
                let advice = match takes {
                    FieldValues::Values(shapes) => advice(entry, values, &written, shapes),
                    FieldValues::Nouns(_) | FieldValues::Everything => None,
                };
                let help = advice.unwrap_or_else(|| format!("write {right}"));
                self.sink.report(codes::field_value(entry.span, key.value, &written, &help));
            }
            None if values.is_empty() => {
                self.sink.report(codes::field_without_value(key.span, key.value, &format!("write {right}")));
            }
            None => {}
        }
    }

    /// Checks that a clause takes values of these types: one period where it takes one, a place where it says where.
    pub(super) fn check_types(&mut self, slot: Slot, entries: &[Entry<'_>]) {
        let is_period = |entry: &&Entry<'_>| matches!(entry.head, Some(Head::Period(_)));
        let timed = matches!(
            slot,
            Slot::For | Slot::Kept | Slot::Within | Slot::Until | Slot::Before | Slot::After | Slot::While
        );
        if let Some(period) = entries.iter().find(is_period) {
            if !timed {
                let instead = "say how long in a sentence of its own, such as `we keep … for 3 years`";
                self.sink.report(meaning::unfit_value(period.span, slot.word(), "period", instead));
            } else if let Some(further) = entries.get(1) {
                self.sink.report(meaning::several_periods(further.span, slot.word()));
            }
        }
        let is_place = |entry: &&Entry<'_>| matches!(&entry.head, Some(Head::Literal(literal)) if matches!(literal.value, Literal::Place(_)));
        let where_ = matches!(slot, Slot::In | Slot::At | Slot::To | Slot::From);
        if let Some(place) = entries.iter().find(is_place).filter(|_| !where_) {
            let instead = "write `in` in front of a place";
            self.sink.report(meaning::unfit_value(place.span, slot.word(), "place", instead));
        }
    }

    /// Checks that what says how long is a period: all behind `kept`, and no event behind the `for` of what is kept.
    pub(super) fn check_lengths(&mut self, slot: Slot, written: &[Entry<'_>], resolved: &[policy::Entry], keeps: bool) {
        if !matches!(slot, Slot::For | Slot::Kept | Slot::Within) {
            return;
        }
        for (entry, resolved) in written.iter().zip(resolved) {
            let is_event = resolved.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Event);
            let label = entry.label.as_ref().filter(|_| entry.head.is_none());
            let what = match &resolved.head {
                policy::Head::Period(_) => continue,
                _ if label.is_some_and(|label| calendar::is_amount(&label.text)) => NoPeriod::Quoted,
                _ if is_event && label.is_none() && (slot == Slot::Kept || keeps && slot == Slot::For) => {
                    NoPeriod::Event
                }
                // What is missing was reported.
                policy::Head::Everything => continue,
                _ if slot == Slot::Kept => NoPeriod::Other,
                _ => continue,
            };
            let words = self.source_text(entry);
            self.sink.report(meaning::not_a_period(entry.span, slot.word(), &words, what));
        }
    }

    /// A literal that is printed as code. Like a label, it holds no characters that nobody sees.
    pub(super) fn code(&mut self, code: &Label<'_>) -> policy::Head {
        labels::check(&code.text, code.span, Frame::Verbatim, false, self.sink);
        policy::Head::Value(policy::Value::Code(code.text.as_ref().into()))
    }

    /// A value as it is written, for a message.
    fn source_text(&self, entry: &Entry<'_>) -> String {
        match (&entry.head, &entry.label, entry.link, &entry.code) {
            (Some(Head::Name(name)), ..) => name.value.to_owned(),
            (Some(Head::Literal(literal)), ..) => match literal.value {
                Literal::Date(date) => date.to_string(),
                Literal::Number(number) => number.to_string(),
                Literal::Place(word) | Literal::Locale(word) | Literal::Email(word) => word.to_owned(),
            },
            (None, Some(label), ..) => label.text.to_string(),
            (None, None, Some(link), _) => link.value.to_owned(),
            (None, None, None, Some(code)) => code.text.to_string(),
            (Some(Head::Period(_)), ..) => "a period".to_owned(),
            (Some(Head::We(_) | Head::You(_)), ..) | (None, None, None, None) => "this".to_owned(),
        }
    }
}

/// Whether a value stands for a noun of these kinds. Names and labels are checked where they are resolved.
fn noun_fits(entry: &Entry<'_>, kinds: Kinds) -> bool {
    let any = |wanted: &[Kind]| wanted.iter().any(|kind| kinds.contains(*kind));
    match (&entry.head, entry.link, &entry.code) {
        (Some(Head::Literal(literal)), ..) => match literal.value {
            Literal::Place(_) => any(&[Kind::Place]),
            Literal::Date(_) => any(&[Kind::Event]),
            Literal::Email(_) => any(&[Kind::Contact, Kind::Link]),
            Literal::Number(_) | Literal::Locale(_) => false,
        },
        (Some(Head::Period(_)), ..) => false,
        (Some(Head::Name(_) | Head::We(_) | Head::You(_)), ..) => true,
        (None, ..) if entry.label.is_some() || entry.noun.is_some() => true,
        (None, Some(_), _) => any(&[Kind::Link, Kind::Contact, Kind::Document, Kind::Product]),
        (None, None, Some(_)) => any(&[Kind::Law, Kind::Tracker, Kind::Data]),
        (None, None, None) => true,
    }
}

/// Whether a value has one of these shapes. An absent value may stand everywhere.
fn value_fits(entry: &Entry<'_>, shapes: &[Shape]) -> bool {
    let has = |wanted: Shape| shapes.contains(&wanted);
    // Words with an address are the words of the address.
    if entry.link.is_some() {
        return has(Shape::Link);
    }
    match &entry.head {
        _ if entry.label.is_some() => {
            has(Shape::Words) || matches!(entry.head, Some(Head::Name(name)) if one_of(name.value, shapes))
        }
        Some(Head::Name(name)) => Absence::from_word(name.value).is_some() || one_of(name.value, shapes),
        Some(Head::Literal(literal)) => match literal.value {
            Literal::Date(_) => has(Shape::Date),
            Literal::Place(_) => has(Shape::Place),
            Literal::Email(_) => has(Shape::Email),
            Literal::Number(_) => has(Shape::Number),
            Literal::Locale(_) => false,
        },
        Some(Head::Period(_)) => has(Shape::Period),
        Some(Head::We(_) | Head::You(_)) => false,
        None => entry.code.is_none() || has(Shape::Code),
    }
}

fn one_of(word: &str, shapes: &[Shape]) -> bool {
    shapes.iter().any(|shape| matches!(shape, Shape::OneOf(words) if words.contains(&word)))
}

/// What to write instead of a value, where its words tell.
fn advice(entry: &Entry<'_>, values: &[Entry<'_>], written: &str, shapes: &[Shape]) -> Option<String> {
    if shapes.contains(&Shape::Place)
        && let Some(code) = vocabulary::country_called(written)
    {
        return Some(format!("write `{code}`"));
    }
    let is_email = shapes.contains(&Shape::Email) && written.contains('@') && !written.contains(' ');
    if is_email && entry.label.is_some() {
        return Some(format!("write it without quotes: `{written}`"));
    }
    // `answer within 1 month`
    let has_period = values.iter().any(|value| matches!(value.head, Some(Head::Period(_))));
    if shapes.contains(&Shape::Period) && has_period && matches!(entry.head, Some(Head::Name(_))) {
        return Some(format!("leave `{written}` out"));
    }
    let known = shapes.iter().flat_map(|shape| match shape {
        Shape::OneOf(words) => *words,
        Shape::Words
        | Shape::Period
        | Shape::Date
        | Shape::Place
        | Shape::Email
        | Shape::Link
        | Shape::Code
        | Shape::Number => &[],
    });
    nearest(written, known.copied()).map(|near| format!("did you mean `{near}`?"))
}

/// What a field takes, in words with examples.
fn right_forms(takes: FieldValues) -> String {
    match takes {
        FieldValues::Everything => "a value".to_owned(),
        FieldValues::Nouns(kinds) => format!("the name or the words of {}", in_words(kinds)),
        FieldValues::Values(shapes) => {
            let forms: Vec<String> = shapes.iter().flat_map(|shape| forms(*shape)).collect();
            alternatives(&forms)
        }
    }
}

fn forms(shape: Shape) -> Vec<String> {
    let form = match shape {
        Shape::Words => "words in quotes (`\"…\"`)",
        Shape::Period => "a period (`30 days`)",
        Shape::Date => "a date (`2026-02-28`)",
        Shape::Place => "the code of a country (`DE`)",
        Shape::Email => "an e-mail address (`privacy@acme.example`)",
        Shape::Link => "an address (`<https://acme.example>`)",
        Shape::Code => "code between backticks",
        Shape::Number => "a number",
        Shape::OneOf(words) => return words.iter().map(|word| format!("`{word}`")).collect(),
    };
    vec![form.to_owned()]
}
