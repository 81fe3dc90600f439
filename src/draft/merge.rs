//! Neighbours that differ in one list become one sentence with that list.
//!
//! A condition, an exception, an exclusive clause or another modality is never merged away.

use super::flow::same_actors;
use super::plan::Plan;
use crate::policy::{Clause, ClauseValue, Condition, Entry, Head, Policy};
use crate::syntax::words::{Join, Polarity, Slot};

/// The slots whose lists may be joined when all else is equal.
const JOINABLE: [Slot; 6] = [Slot::For, Slot::With, Slot::To, Slot::From, Slot::Via, Slot::On];

/// Merges neighbours, in order.
pub(super) fn merge(plans: Vec<Plan>, policy: &Policy) -> Vec<Plan> {
    let mut merged: Vec<Plan> = Vec::with_capacity(plans.len());
    for plan in plans {
        let joined = merged.last_mut().is_some_and(|last| join(last, &plan, policy));
        if !joined {
            merged.push(plan);
        }
    }
    merged
}

/// Takes `next` into `last` if they differ in one list only.
fn join(last: &mut Plan, next: &Plan, policy: &Policy) -> bool {
    let alike = same_actors(&last.actors, &next.actors)
        && last.actor_join == next.actor_join
        && last.force == next.force
        && last.polarity == next.polarity
        && last.manner == next.manner
        && last.verbs == next.verbs
        && last.verb_join == next.verb_join
        && last.reader.is_none()
        && next.reader.is_none()
        && last.inherited == next.inherited
        && !last.only_actor
        && !next.only_actor;
    let free = |plan: &Plan| {
        plan.except.is_none()
            && plan.clause(Slot::Unless).is_none()
            && plan.clause(Slot::See).is_none()
            && plan.clause(Slot::As).is_none()
            && plan.clause(Slot::Because).is_none()
            && !plan.clauses.iter().any(|clause| clause.only)
            && plan.objects.iter().all(plain_entry)
    };
    if !alike || !free(last) || !free(next) || last.clauses.len() != next.clauses.len() {
        return false;
    }
    let same_objects = same_entries(&last.objects, &next.objects) && last.object_join == next.object_join;
    let differing: Vec<Slot> = last
        .clauses
        .iter()
        .filter(|clause| !next.clause(clause.slot).is_some_and(|other| same_clause(clause, other)))
        .map(|clause| clause.slot)
        .collect();
    let denied = last.polarity != Polarity::Positive || last.is_denied(policy);
    match (same_objects, differing.as_slice()) {
        (true, [slot]) if JOINABLE.contains(slot) && (!denied || *slot == Slot::For) => join_slot(last, next, *slot),
        (false, [])
            if !denied
                && last
                    .objects
                    .iter()
                    .chain(&next.objects)
                    .all(|entry| entry.group.is_none() && entry.that.is_none()) =>
        {
            if last.object_join != Join::And && last.objects.len() > 1
                || next.object_join != Join::And && next.objects.len() > 1
            {
                return false;
            }
            remember_facts(last, next, last.objects.len(), next.objects.len());
            last.objects.extend(next.objects.iter().cloned());
            true
        }
        _ => false,
    }
}

fn join_slot(last: &mut Plan, next: &Plan, slot: Slot) -> bool {
    let added = match next.clause(slot).map(|clause| &clause.value) {
        Some(ClauseValue::List(entries, join)) if *join == Join::And || entries.len() == 1 => entries.clone(),
        _ => return false,
    };
    if added.iter().any(|entry| matches!(entry.head, Head::Value(_) | Head::Period(_))) {
        return false;
    }
    let before = last.entries(slot).len();
    let joined_by_or =
        last.clause(slot).is_some_and(|clause| matches!(clause.value, ClauseValue::List(_, Join::Or | Join::AndOr)));
    if joined_by_or || last.entries(slot).iter().any(|entry| matches!(entry.head, Head::Value(_) | Head::Period(_))) {
        return false;
    }
    remember_facts(last, next, before, added.len());
    match last.entries_mut(slot) {
        Some(entries) => {
            entries.extend(added);
            true
        }
        None => false,
    }
}

/// Keeps which entry of the joined list came from which sentence.
fn remember_facts(last: &mut Plan, next: &Plan, before: usize, added: usize) {
    if last.entry_facts.is_empty() {
        last.entry_facts = vec![last.facts.clone(); before];
    }
    last.entry_facts.extend(std::iter::repeat_n(next.facts.clone(), added));
    last.facts.extend(next.facts.iter().cloned());
}

fn plain_entry(entry: &Entry) -> bool {
    entry.tail.is_empty()
}

fn same_clause(one: &Clause, other: &Clause) -> bool {
    one.only == other.only
        && match (&one.value, &other.value) {
            (ClauseValue::List(one, one_join), ClauseValue::List(other, other_join)) => {
                same_entries(one, other) && (one_join == other_join || one.len() == 1)
            }
            (ClauseValue::Condition(one), ClauseValue::Condition(other)) => same_condition(one, other),
            (ClauseValue::Topic(one, ones), ClauseValue::Topic(other, others)) => {
                one == other && same_entries(ones, others)
            }
            _ => false,
        }
}

fn same_condition(one: &Condition, other: &Condition) -> bool {
    match (one, other) {
        (Condition::Test(one), Condition::Test(other)) => {
            one.not == other.not && one.state == other.state && same_entry(&one.entry, &other.entry)
        }
        (Condition::Joined(one_join, ones), Condition::Joined(other_join, others)) => {
            one_join == other_join
                && ones.len() == others.len()
                && ones.iter().zip(others).all(|(one, other)| same_condition(one, other))
        }
        _ => false,
    }
}

fn same_entries(one: &[Entry], other: &[Entry]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_entry(one, other))
}

/// Whether two entries name the same thing in the same way.
fn same_entry(one: &Entry, other: &Entry) -> bool {
    let heads = match (&one.head, &other.head) {
        (Head::We, Head::We) | (Head::You, Head::You) | (Head::Everything, Head::Everything) => true,
        (Head::Noun(one), Head::Noun(other)) => one == other,
        (Head::Field(one, field), Head::Field(other, other_field)) => one == other && field == other_field,
        (Head::Value(one), Head::Value(other)) => one == other,
        _ => false,
    };
    let of = match (&one.of, &other.of) {
        (Some(one), Some(other)) => same_entry(one, other),
        (None, None) => true,
        _ => false,
    };
    let groups = match (&one.group, &other.group) {
        (Some(one), Some(other)) => {
            one.openness == other.openness && one.join == other.join && same_entries(&one.entries, &other.entries)
        }
        (None, None) => true,
        _ => false,
    };
    heads
        && of
        && groups
        && one.other == other.other
        && one.quantifier == other.quantifier
        && one.that == other.that
        && one.tail.is_empty()
        && other.tail.is_empty()
}
