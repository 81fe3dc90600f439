//! What can never happen, what never ends, and choices that lead nowhere.

use foldhash::HashSet;

use super::Ground;
use super::denied::is_stated;
use crate::check::rows::{Row, tests_of};
use crate::codes::reached as codes;
use crate::diagnostic::Sink;
use crate::policy::{Clause, ClauseValue, Condition, Entry, Head, NounId};
use crate::source::Span;
use crate::syntax::words::{Force, Join, Kind, Slot, State};
use crate::vocabulary::Class;

/// Reports conditions that nothing meets, periods without an end, and choices whose only way is closed.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let mut told = HashSet::default();
    for row in ground.rows.iter().filter(|row| !row.internal && told.insert(row.span)) {
        if let Some(place) = impossible(row) {
            sink.report(codes::never_reached(place.unwrap_or(row.span), row.span));
        }
    }
    let mut told = HashSet::default();
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        if row.class() == Some(Class::Retention) && told.insert(row.span) {
            endless(row, ground, sink);
        }
        if row.class() == Some(Class::Choice) {
            dead_end(row, ground, sink);
        }
        before_consent(row, ground, sink);
    }
}

/// What must hold: the thing, whether it must be so or not, and its state.
type Demand<'r> = (NounId, bool, Option<State>, &'r Entry);

fn demands(clause: &Clause) -> Vec<Demand<'_>> {
    fn collect<'r>(condition: &'r Condition, into: &mut Vec<Demand<'r>>) {
        match condition {
            Condition::Test(test) => {
                if let Some(id) = test.entry.noun_id() {
                    into.push((id, !test.not, test.state.map(|(_, state)| state), &test.entry));
                }
            }
            Condition::Joined(Join::And, conditions) => conditions.iter().for_each(|one| collect(one, into)),
            // One of several is enough.
            Condition::Joined(..) => {}
        }
    }
    let mut found = Vec::new();
    if let (Slot::When | Slot::While, ClauseValue::Condition(condition)) = (clause.slot, &clause.value) {
        collect(condition, &mut found);
    }
    found
}

/// Where a row asks for two things of which one excludes the other.
fn impossible(row: &Row<'_>) -> Option<Option<Span>> {
    let all: Vec<Demand<'_>> = row.clauses.iter().flat_map(|clause| demands(clause)).collect();
    for (index, (id, holds, state, _)) in all.iter().enumerate() {
        for (other, other_holds, other_state, entry) in all.iter().skip(index + 1) {
            let opposite = match (state, other_state) {
                (Some(one), Some(other)) => (one == other) != (holds == other_holds),
                (None, None) => holds != other_holds,
                _ => false,
            };
            if id == other && opposite {
                return Some(entry.place.0);
            }
        }
    }
    None
}

/// Data that are kept without any end.
fn endless(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let manner = row.manner.and_then(|id| ground.policy.noun(id).name.as_deref());
    let periods: Vec<_> = row.entries(Slot::For).chain(row.entries(Slot::Kept)).filter_map(Entry::period).collect();
    let vague = |id: NounId| ground.orders.is(id, Kind::Event, "vague-criterion");
    let conditions = row.clauses.iter().filter(|clause| matches!(clause.slot, Slot::Until | Slot::While));
    let ends: Vec<NounId> = conditions
        .filter_map(|clause| match &clause.value {
            ClauseValue::Condition(condition) => Some(tests_of(condition)),
            _ => None,
        })
        .flatten()
        .chain(
            periods
                .iter()
                .flat_map(|period| &period.steps)
                .flat_map(|step| step.until.iter().chain(&step.lasting))
                .flat_map(tests_of),
        )
        .filter_map(|(entry, _)| entry.noun_id())
        .collect();
    let has_amount = periods.iter().any(|period| period.steps.iter().any(|step| step.amount.is_some()));
    let only_vague = !ends.is_empty() && ends.into_iter().all(vague);
    // What is about nobody may be kept for ever.
    let is_personal =
        row.objects.iter().any(|object| object.noun_id().is_none_or(|id| !ground.orders.is_non_personal(id)));
    if !has_amount && is_personal && (manner == Some("indefinitely") || only_vague) {
        let erasure = ground.rows.iter().filter(|row| is_stated(row)).find(|row| {
            let named =
                row.objects.iter().filter_map(Entry::noun_id).any(|id| {
                    ground.policy.noun(id).kind == Kind::Right && ground.orders.is(id, Kind::Right, "erasure")
                });
            named && row.class() == Some(Class::Right)
        });
        let erasure = erasure.filter(|_| manner == Some("indefinitely")).map(|row| row.span);
        sink.report(codes::open_ended(row.span, erasure));
    }
}

/// A choice with one way, and a sentence that closes the way.
fn dead_end(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let Some(way) = row.clauses.iter().find(|clause| clause.slot == Slot::Via && clause.only) else { return };
    let ways: Vec<NounId> = way.value.entries().iter().filter_map(Entry::noun_id).collect();
    let closes = |other: &&Row<'_>| {
        let fails = other.denied || matches!(other.force, Force::Can);
        let acts = other.actors.iter().filter_map(Entry::noun_id).any(|id| ways.contains(&id));
        let by_way = other.entries(Slot::Via).filter_map(Entry::noun_id).any(|id| ways.contains(&id));
        fails
            && other.statement != row.statement
            && matches!(other.class(), Some(Class::Choice | Class::Conduct | Class::Use))
            && (acts || by_way)
    };
    if let Some(closed) = ground.rows.iter().take_while(|_| ground.spend()).find(closes) {
        sink.report(codes::dead_end_choice(row.span, closed.span));
    }
}

/// A tracker that waits for consent and is set before it.
fn before_consent(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let orders = ground.orders;
    let is_consent = |id: NounId| orders.is(id, Kind::Event, "consent");
    let before = row.clauses.iter().find(|clause| {
        clause.slot == Slot::Before
            && matches!(&clause.value, ClauseValue::Condition(condition) if tests_of(condition).iter().any(|(entry, _)| entry.noun_id().is_some_and(is_consent)))
    });
    if before.is_none() {
        return;
    }
    for object in &*row.objects {
        let Head::Noun(id) = object.head else { continue };
        if ground.policy.noun(id).kind != Kind::Tracker {
            continue;
        }
        let rests = |other: &&Row<'_>| {
            let under = other
                .entries(Slot::Under)
                .filter_map(Entry::noun_id)
                .any(|basis| orders.is(basis, Kind::Basis, "consent"));
            let when = other.clauses.iter().any(|clause| match &clause.value {
                ClauseValue::Condition(condition) if clause.slot == Slot::When => {
                    tests_of(condition).iter().any(|(entry, not)| !not && entry.noun_id().is_some_and(is_consent))
                }
                _ => false,
            });
            is_stated(other)
                && other.statement != row.statement
                && (under || when)
                && other.objects.iter().filter_map(Entry::noun_id).any(|other| orders.covers(other, id))
        };
        if let Some(consent) = ground.rows.iter().take_while(|_| ground.spend()).find(rests) {
            sink.report(codes::before_consent(object.place.0.unwrap_or(row.span), consent.span));
        }
    }
}
