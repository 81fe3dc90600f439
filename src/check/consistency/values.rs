//! One cell, two values of one slot.

use std::collections::BTreeSet;

use foldhash::{HashMap, HashSet};

use super::boxes::{self, Side, has_role};
use super::denied::is_stated;
use super::{Ground, periods, places, say};
use crate::check::citations;
use crate::check::orders::Orders;
use crate::check::places::meet;
use crate::check::rows::{Row, is_us, values_of};
use crate::codes::consistency as codes;
use crate::diagnostic::Sink;
use crate::policy::{Clause, Entry, Head, Noun, NounId, Provision, Value};
use crate::source::Span;
use crate::syntax::words::{Force, Kind, Slot};
use crate::vocabulary::{self, Class};

/// Reports cells with two values.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    bases(ground, sink);
    cited(ground, sink);
    given(ground, sink);
    answers(ground, sink);
    for (index, noun) in ground.policy.nouns.iter().enumerate() {
        if noun.dropped || noun.internal || !(noun.declared || noun.vendor.is_some()) {
            continue;
        }
        let id = NounId(index as u32);
        match noun.kind {
            Kind::Tracker => lifetime(id, noun, ground.orders, sink),
            Kind::Engagement => roles(id, noun, ground.orders, sink),
            _ => {}
        }
    }
    countries(ground, sink);
}

/// Where and for whom a row holds, so that two rows with the same text hold in the same cases.
fn case(row: &Row<'_>, slots: &[Slot]) -> String {
    let clauses: Vec<&Clause> = slots.iter().flat_map(|slot| row.in_slot(*slot)).collect();
    format!("{:?} {:?} {:?} {clauses:?}", row.actors, row.readers, row.edition)
}

/// The slots that tell one processing from another.
const CASE: [Slot; 12] = [
    Slot::About,
    Slot::From,
    Slot::On,
    Slot::As,
    Slot::At,
    Slot::In,
    Slot::When,
    Slot::Unless,
    Slot::While,
    Slot::Until,
    Slot::Before,
    Slot::After,
];

/// The bases that a cell was given first, where, and by which statement.
type First<'r> = (BTreeSet<NounId>, Span, &'r str);

/// Two legal bases for the same data and purpose.
fn bases(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let orders = ground.orders;
    let mut known: HashMap<(String, NounId, NounId), First<'_>> = HashMap::default();
    for row in ground.rows.iter().filter(|row| is_stated(row) && row.class() == Some(Class::Use)) {
        let mut known_case: Option<String> = None;
        for object in boxes::named(&*row.objects) {
            let side = Side { row, object: Some(object) };
            let under = side.clauses(Slot::Under);
            // A value that differs by guard, and a basis with a tail, hold for a part of the cell.
            let is_plain = under.iter().all(|clause| clause.value.entries().iter().all(|entry| entry.tail.is_empty()))
                && under.iter().all(|clause| !clause.value.entries().is_empty());
            let bases: BTreeSet<NounId> = side
                .entries(Slot::Under)
                .into_iter()
                .filter_map(Entry::noun_id)
                .filter(|id| orders.is(*id, Kind::Basis, "legal-basis"))
                .collect();
            let Some(datum) = object.noun().filter(|_| is_plain && !bases.is_empty() && !object.is_open(orders)) else {
                continue;
            };
            for purpose in side.purposes(ground.policy) {
                let Some(id) = purpose.noun().filter(|_| purpose.entry.tail.is_empty()) else { continue };
                let case = known_case.get_or_insert_with(|| case(row, &CASE)).clone();
                let key = (case, datum, id);
                let Some((first, span, statement)) = known.get(&key) else {
                    known.insert(key, (bases.clone(), side.place(), row.statement));
                    continue;
                };
                let related = |one: &NounId, other: &NounId| orders.covers(*one, *other) || orders.covers(*other, *one);
                let agree = bases.iter().all(|one| first.iter().any(|other| related(one, other)))
                    || first.iter().all(|one| bases.iter().any(|other| related(one, other)));
                if !agree && *statement != row.statement {
                    let (datum, purpose) = (say::shown(datum, ground.policy), say::shown(id, ground.policy));
                    sink.report(codes::two_bases(side.place(), &datum, &purpose, *span));
                }
            }
        }
    }
}

/// Data that must be given and need not be.
fn given(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let mut known: HashMap<(String, NounId), (Force, Span)> = HashMap::default();
    let gives = |row: &&Row<'_>| {
        row.verbs.iter().any(|verb| &*verb.name == "provide")
            && row.actors.iter().any(|actor| matches!(actor.head, Head::You))
            && matches!(row.force, Force::Must | Force::May)
    };
    for row in ground.rows.iter().filter(|row| is_stated(row)).filter(gives) {
        let mut slots = CASE.to_vec();
        slots.push(Slot::For);
        let case = case(row, &slots);
        for object in row.objects.iter() {
            let Some(id) = object.noun_id() else { continue };
            let place = object.place.0.unwrap_or(row.span);
            let (first, span) = *known.entry((case.clone(), id)).or_insert((row.force, place));
            if first != row.force {
                sink.report(codes::required_and_optional(place, &say::shown(id, ground.policy), span));
            }
        }
    }
}

/// A basis with a provision that is another one's, or nobody's.
fn cited(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let mut told: HashSet<Span> = HashSet::default();
    for row in ground.rows.iter().filter(|row| !row.internal) {
        for entry in row.entries(Slot::Under) {
            let Some(id) = entry.noun_id().filter(|id| ground.policy.noun(*id).kind == Kind::Basis) else { continue };
            // The bare word for all bases is none of them.
            if !ground.orders.entries(id).iter().any(|own| is_basis(*own)) {
                continue;
            }
            let is_meant = |basis: &u16| {
                ground.orders.is_entry(id, *basis)
                    || ground.orders.entries(id).iter().any(|own| vocabulary::is(*basis, *own) && is_basis(*own))
            };
            // A basis and a condition may stand in one citation; one of them is what it is cited for.
            let provisions = entry.citation.iter().flat_map(|citation| &citation.provisions);
            let listed: Vec<(&Provision, Vec<u16>)> = provisions
                .filter_map(|provision| Some((provision, citations::bases(provision, ground.policy)?)))
                .collect();
            let Some((first, bases)) = listed.first() else { continue };
            let span = entry.place.0.unwrap_or(row.span);
            if !listed.iter().any(|(_, bases)| bases.iter().any(is_meant)) && told.insert(span) {
                let other = bases.first().map(|basis| vocabulary::entry(*basis).name);
                sink.report(codes::basis_cited(span, &say::shown(id, ground.policy), &first.reference, other));
            }
        }
    }
}

/// Whether an entry of the vocabulary is a basis of its own and not a word for all of them.
fn is_basis(entry: u16) -> bool {
    !matches!(vocabulary::entry(entry).name, "legal-basis" | "article-9-condition")
}

/// A right that is answered later than all requests are, and one that costs something although all are free.
fn answers(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let is_request = |id: NounId| {
        orders.is(id, Kind::Term, "request-of-reader")
            || orders.is(id, Kind::Term, "rights")
            || policy.noun(id).name.as_deref() == Some("data-right")
    };
    let answers = |row: &&Row<'_>| {
        row.verbs.iter().any(|verb| matches!(&*verb.name, "answer" | "respond-to" | "fulfil" | "fulfill" | "address"))
            && row.is_ours(policy)
    };
    let is_unlimited = |row: &Row<'_>| CASE.into_iter().all(|slot| row.in_slot(slot).next().is_none());
    let general: Vec<&Row<'_>> = ground
        .rows
        .iter()
        .filter(|row| is_stated(row) && is_unlimited(row))
        .filter(answers)
        .filter(|row| row.objects.iter().filter_map(Entry::noun_id).any(is_request))
        .collect();
    for noun in policy.nouns.iter().filter(|noun| noun.kind == Kind::Right && noun.declared && !noun.dropped) {
        let field = |key: &str| noun.fields.iter().find(|field| &*field.key == key && field.arms.is_empty());
        for row in &general {
            let limit = row.entries(Slot::Within).find_map(Entry::period);
            let answer = field("answer").and_then(|field| Some((field, field.values.first()?.period()?)));
            if let (Some(limit), Some((field, answer))) = (limit, answer)
                && let (Some((_, most)), Some((least, _))) = (periods::length(limit), periods::length(answer))
                && least > most
            {
                sink.report(codes::two_deadlines(field.span, noun.name.as_deref().unwrap_or_default(), row.span));
            }
            let manner = row.manner.and_then(|id| policy.noun(id).name.as_deref());
            let fee = field("fee").filter(|field| {
                let is_absent = |entry: &Entry| matches!(entry.head, Head::Value(Value::Absent(_)));
                !field.values.is_empty() && !field.values.iter().any(is_absent)
            });
            if let Some(fee) = fee.filter(|_| manner == Some("free-of-charge") && field("free").is_none()) {
                sink.report(codes::fee_and_free(fee.span, noun.name.as_deref().unwrap_or_default(), row.span));
            }
        }
    }
}

/// A tracker that ends with the session and lasts longer.
fn lifetime(id: NounId, noun: &Noun, orders: &Orders<'_>, sink: &mut Sink) {
    let Some(field) = noun.fields.iter().find(|field| &*field.key == "lasts") else { return };
    let is_session = orders.is(id, Kind::Tracker, "session-cookie") || orders.is(id, Kind::Tracker, "session-storage");
    let lasts = values_of(field).any(|value| {
        value.period().is_some_and(|period| {
            period
                .steps
                .iter()
                .any(|step| step.amount.is_some_and(|amount| crate::syntax::calendar::least_seconds(amount) > 86_400))
        })
    });
    if is_session && lasts {
        sink.report(codes::session_that_lasts(field.span, noun.name.as_deref().unwrap_or_default(), noun.span));
    }
}

/// A service that is rendered in two roles that exclude each other.
fn roles(id: NounId, noun: &Noun, orders: &Orders<'_>, sink: &mut Sink) {
    let Some(field) = noun.fields.iter().find(|field| &*field.key == "role" && field.arms.is_empty()) else { return };
    // The catalogue lists the roles that a company has; which of them is meant is not said.
    if field.taken.is_none() && has_role(id, "processor", orders) && has_role(id, "controller", orders) {
        sink.report(codes::two_roles(field.span, noun.name.as_deref().unwrap_or_default()));
    }
}

/// A transfer to a service in a country that is none of its own.
fn countries(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let orders = ground.orders;
    let transfers = |row: &&Row<'_>| {
        is_stated(row)
            && row.origin == crate::check::rows::Origin::Said
            && row.class() == Some(Class::Transfer)
            && row.actors.iter().any(|actor| is_us(actor, ground.policy))
    };
    for row in ground.rows.iter().filter(transfers) {
        for recipient in row.recipients() {
            let Some(id) = recipient.noun_id() else { continue };
            let noun = ground.policy.noun(id);
            let key = if noun.kind == Kind::Engagement { "in" } else { "country" };
            let Some(field) = noun.fields.iter().find(|field| &*field.key == key && field.arms.is_empty()) else {
                continue;
            };
            let known: Option<Vec<String>> = field.values.iter().map(|value| places::code(value, orders)).collect();
            let Some(known) = known.filter(|known| !known.is_empty()) else { continue };
            let outside = row.entries(Slot::In).find(|entry| {
                places::code(entry, orders).is_some_and(|code| !known.iter().any(|known| meet(&code, known, None)))
            });
            if let Some(outside) = outside {
                let (who, place) = (say::shown(id, ground.policy), say::entry(outside, ground.policy));
                sink.report(codes::two_countries(outside.place.0.unwrap_or(row.span), &who, &place, field.span));
            }
        }
    }
}
