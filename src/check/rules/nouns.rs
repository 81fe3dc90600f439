//! From a test of a noun to its answer: what it is, where it lies, which fields it has, and whether it is in force.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Answer, Asking};
use crate::check::matching::{Bindings, Thing, amounts, bound, within};
use crate::check::places;
use crate::check::rows::place_codes;
use crate::law::{self, NounTest, Subject, Test};
use crate::policy::{Amount, Entry, Head, Noun, NounId, Value};
use crate::source::Span;
use crate::syntax::calendar;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary;

impl<'p, 'k> Asking<'p, 'k> {
    /// Whether a noun is or has what is asked, and where; none if nobody can tell.
    pub(super) fn noun_test(&self, test: &'k NounTest, bindings: &Bindings<'k>) -> Answer {
        match &test.subject {
            Subject::Us | Subject::Policy | Subject::Any(_) => {
                let known = self.tests.borrow().get(&std::ptr::from_ref(test)).copied();
                known.unwrap_or_else(|| {
                    let answer = self.test_of_whole(test);
                    self.tests.borrow_mut().insert(test, answer);
                    answer
                })
            }
            Subject::That(name) => match bound(bindings, name)? {
                Thing::Noun(id) => self.test_nouns(&[id], &test.test, true),
                Thing::Place(code) => match &test.test {
                    Test::In { not, places } => {
                        let inside = places.iter().any(|place| self.questions.place_in(code, place));
                        Some((inside != *not, None))
                    }
                    Test::Is { not, classes, .. } => {
                        let is = classes.iter().any(|class| match class.as_str() {
                            "state" => places::is_state(code),
                            class => self.questions.place_in(code, class),
                        });
                        Some((is != *not, None))
                    }
                    Test::Has { .. } | Test::InForce => None,
                },
                Thing::Entry(entry) => match &test.test {
                    Test::Is { not, exactly: true, classes } => {
                        let own = vocabulary::entry(entry).name;
                        Some((classes.iter().any(|class| class == own) != *not, None))
                    }
                    Test::Is { not, exactly: false, classes } => {
                        let is = |class: &'k String| self.questions.named(class).is_some_and(|of| of.covers(entry));
                        let is = classes.iter().any(is);
                        Some((is != *not, None))
                    }
                    Test::InForce => Some((self.entry_in_force(entry), None)),
                    Test::In { .. } | Test::Has { .. } => None,
                },
            },
        }
    }

    /// A test that no case makes a difference to.
    fn test_of_whole(&self, test: &'k NounTest) -> Answer {
        match &test.subject {
            Subject::Us => self.test_nouns(&self.policy().header.we, &test.test, true),
            Subject::Policy => Some((self.policy_has(&test.test), self.policy().header.span)),
            Subject::Any(name) => {
                let named = self.questions.named(name)?;
                let nouns: Vec<NounId> = (0..self.policy().nouns.len() as u32)
                    .map(NounId)
                    .filter(|id| self.is_there(*id) && self.questions.noun_is(*id, &named))
                    .collect();
                self.test_nouns(&nouns, &test.test, false).or(Some((false, None)))
            }
            Subject::That(_) => None,
        }
    }

    /// Whether a noun counts as being there: the author declares it, or names it.
    pub(super) fn is_there(&self, id: NounId) -> bool {
        let noun = self.policy().noun(id);
        !noun.dropped && !noun.internal
    }

    fn test_nouns(&self, nouns: &[NounId], test: &'k Test, all: bool) -> Option<(bool, Option<Span>)> {
        let answers: Vec<(bool, Option<Span>)> = nouns.iter().filter_map(|id| self.test_noun(*id, test)).collect();
        let decided = if all { answers.iter().find(|(is, _)| !is) } else { answers.iter().find(|(is, _)| *is) };
        decided.or(answers.first()).copied()
    }

    fn test_noun(&self, id: NounId, test: &'k Test) -> Option<(bool, Option<Span>)> {
        let noun = self.policy().noun(id);
        let here = Some(noun.span);
        match test {
            Test::Is { not, exactly: true, classes } => {
                let own = noun.standard.map(|entry| vocabulary::entry(entry).name);
                let is = own.is_some_and(|own| classes.iter().any(|class| class == own));
                Some((is != *not, here))
            }
            Test::Is { not, exactly: false, classes } => {
                let is = classes
                    .iter()
                    .any(|class| self.questions.named(class).is_some_and(|named| self.questions.noun_is(id, &named)));
                Some((is != *not, here))
            }
            Test::In { not, places } => {
                let mut codes = self.places_of(noun).peekable();
                codes.peek()?;
                let inside = codes.all(|code| places.iter().any(|place| self.questions.place_in(code, place)));
                Some((inside != *not, here))
            }
            Test::Has { not, fields, bound } => {
                let span = fields.iter().find_map(|field| self.has(id, field, bound.as_ref()));
                Some((span.is_some() != *not, span.or(here)))
            }
            Test::InForce => Some((noun.standard.is_none_or(|entry| self.entry_in_force(entry)), here)),
        }
    }

    /// The codes of the places where a noun is.
    pub(super) fn places_of<'n>(&self, noun: &'n Noun) -> impl Iterator<Item = &'n str> {
        place_codes(noun, &["country", "seat", "in"])
    }

    fn entry_in_force(&self, entry: u16) -> bool {
        let Some(day) = self.questions.day else { return true };
        let field = |key: &str| -> Option<Date> {
            let (_, values) = vocabulary::entry(entry).fields.iter().find(|(of, _)| *of == key)?;
            values.first()?.parse().ok()
        };
        field("from").is_none_or(|from| from <= day) && field("until").is_none_or(|until| day < until)
    }

    /// Where a noun has a field, with a value within the bound.
    pub(super) fn has(&self, id: NounId, field: &str, within_amount: Option<&law::Period>) -> Option<Span> {
        let noun = self.policy().noun(id);
        if field == "contact" {
            return self.contact(id);
        }
        if field == "name" {
            return (noun.label.is_some() || noun.name.is_some()).then_some(noun.span);
        }
        let Some(found) = noun.fields.iter().find(|of| &*of.key == field) else {
            // What the vocabulary knows of a standard noun feeds checks, though it is never printed.
            let known = |entry: &u16| vocabulary::entry(*entry).fields.iter().any(|(key, _)| *key == field);
            let has = |above: &NounId| {
                let above = self.policy().noun(*above);
                noun.kind == Kind::Data && above.fields.iter().any(|of| &*of.key == field)
            };
            let members = || self.layout().orders.leaves(id);
            let is_known = self.layout().orders.entries(id).iter().any(known)
                || self.layout().orders.above(id).iter().any(has)
                || noun.group.is_some() && noun.kind == Kind::Data && members().iter().all(has);
            return (within_amount.is_none() && is_known).then_some(noun.span);
        };
        let Some(within_amount) = within_amount else {
            return self
                .questions
                .heard_values(found)
                .into_iter()
                .all(|value| !matches!(value.head, Head::Value(Value::Absent(_))))
                .then_some(found.span);
        };
        // A word such as `session` or an author's phrase is no number that could be too large.
        let fits = |value: &Entry| amounts(value).is_none_or(|amounts| self.keeps(&amounts, within_amount));
        self.questions.heard_values(found).into_iter().all(fits).then_some(found.span)
    }

    /// Whether amounts keep to a limit.
    fn keeps(&self, amounts: &[Amount], limit: &law::Period) -> bool {
        match limit {
            law::Period::Any => true,
            law::Period::Indefinite => false,
            law::Period::Amount(bound, amount) => within(amounts, *bound, *amount),
            law::Period::Limit(bound, name) => {
                self.questions.limit(name, *bound).is_none_or(|amount| within(amounts, *bound, amount))
            }
        }
    }

    /// Where somebody says how to be reached.
    fn contact(&self, id: NounId) -> Option<Span> {
        let policy = self.policy();
        let noun = policy.noun(id);
        let keys = ["email", "post", "phone", "site", "form"];
        if let Some(field) = noun.fields.iter().find(|field| keys.contains(&&*field.key)) {
            return Some(field.span);
        }
        // The publisher's contacts stand on their own.
        let ours = policy.header.we.contains(&id);
        let contacts = policy.nouns.iter().filter(|noun| noun.kind == Kind::Contact && noun.declared && !noun.internal);
        let free = contacts.filter(|_| ours).find(|contact| !contact.fields.is_empty()).map(|contact| contact.span);
        // "You may contact our officer via …" says so as well.
        let said = || {
            let row = self.layout().rows.iter().find(|row| {
                !row.denied
                    && row
                        .verbs
                        .iter()
                        .any(|verb| matches!(&*verb.name, "contact" | "write-to" | "call" | "email" | "reach"))
                    && row.entries(Slot::Via).next().is_some()
                    && row.objects.iter().any(|object| match object.head {
                        Head::We => ours,
                        _ => object.noun_id() == Some(id),
                    })
            });
            row.map(|row| row.span)
        };
        // "Jane acts as our officer; see our contacts."
        let pointed = || {
            let row = self.layout().rows.iter().find(|row| {
                let names = |entry: &Entry| entry.noun_id() == Some(id);
                let mut about = row.actors.iter().chain(row.objects.iter());
                let mut points = row.entries(Slot::See).chain(row.entries(Slot::Via));
                let is_contact = |entry: &Entry| {
                    entry.noun_id().is_some_and(|id| matches!(policy.noun(id).kind, Kind::Contact | Kind::Link))
                };
                !row.denied && about.any(names) && points.any(is_contact)
            });
            row.map(|row| row.span)
        };
        free.or_else(said).or_else(pointed)
    }

    fn policy_has(&self, test: &Test) -> bool {
        let Test::Has { not, fields, bound } = test else { return true };
        *not != fields.iter().any(|field| match field.as_str() {
            "updated" => {
                self.policy().header.updated.as_ref().is_some_and(|updated| match (bound, self.questions.day) {
                    (Some(law::Period::Amount(_, amount)), Some(day)) => {
                        oldest(day, *amount).is_none_or(|oldest| oldest <= updated.date)
                    }
                    _ => true,
                })
            }
            "title" => !self.policy().header.title.is_empty(),
            _ => false,
        })
    }
}

/// The oldest day that is no older than an amount.
fn oldest(day: Date, amount: law::Amount) -> Option<Date> {
    let span = calendar::span((amount.number, amount.unit)).unwrap_or_else(|| i64::from(amount.number).days());
    day.checked_sub(span).ok()
}
