//! From the conditions, the surfaces, the places and the like of a sentence to the single cases in which it holds.
//!
//! `when a or b`, `on website, app` and `in DE, FR` are two cases each, so that a further one is a claim of its own, and
//! so that one sentence says the same as two. What one case says holds together: fewer words are more cases.

use std::collections::BTreeSet;

use super::canonical::Canonical;
use super::claims::Dimension;
use super::things::Thing;
use crate::check::rows::Row;
use crate::policy::{Clause, ClauseValue, Condition, Entry, Policy};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;

/// Something that is so in a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Circumstance {
    pub(super) dimension: Dimension,
    pub(super) text: String,
    /// The legal basis that it is.
    pub(super) basis: Option<Thing>,
}

/// What is so in one case.
pub(super) type Case = BTreeSet<Circumstance>;

/// The most cases that one sentence is taken apart into; what multiplies beyond stays one case.
const MOST: usize = 64;

/// What a clause is about whose entries are a case each, if it is one; an entry alone is no case where it is said to be
/// the only one.
pub(super) fn dimension(clause: &Clause, class: Option<Class>, policy: &Policy) -> Option<Dimension> {
    let entries = match &clause.value {
        ClauseValue::List(entries, _) => entries,
        ClauseValue::Topic(..) | ClauseValue::Condition(_) | ClauseValue::Flag | ClauseValue::Guarded(_) => {
            return matches!(clause.slot, Slot::When | Slot::Unless | Slot::On | Slot::About)
                .then_some(Dimension::Reach);
        }
    };
    let is_basis = |entry: &Entry| entry.noun_id().is_some_and(|id| policy.noun(id).kind == Kind::Basis);
    match clause.slot {
        Slot::On | Slot::About | Slot::When | Slot::Unless => Some(Dimension::Reach),
        _ if clause.only => None,
        Slot::From => Some(Dimension::Source),
        Slot::Via => Some(Dimension::Means),
        Slot::In => Some(Dimension::Place),
        Slot::At => Some(Dimension::Store),
        Slot::Under if entries.iter().any(is_basis) => Some(Dimension::Basis),
        Slot::Under if class == Some(Class::Transfer) => Some(Dimension::Safeguard),
        _ => None,
    }
}

/// The cases in which a sentence holds; never empty. `apart` tells the readers it is for, if it is for some.
pub(super) fn cases(
    row: &Row<'_>,
    clauses: &[&Clause],
    canonical: &Canonical<'_>,
    apart: Option<&[String]>,
) -> Vec<Case> {
    let mut cases = vec![exceptions(row, canonical)];
    for clause in clauses {
        let Some(dimension) = dimension(clause, row.class(), canonical.policy) else { continue };
        let further = match (&clause.value, clause.slot) {
            (ClauseValue::Condition(condition), Slot::When) => of_condition(condition, false, canonical),
            (ClauseValue::Condition(condition), Slot::Unless) => of_condition(condition, true, canonical),
            (ClauseValue::List(entries, join), _) => {
                // One of several means is none that is certain.
                let is_open = *join != Join::And && entries.len() > 1 && clause.slot == Slot::Via;
                let entries = entries.iter().flat_map(|entry| canonical.members(entry));
                let cases = entries.flat_map(|entry| of_entry(entry, clause.slot, dimension, canonical)).collect();
                if is_open { vec![open(cases, dimension)] } else { cases }
            }
            _ => vec![reach(canonical.clause(clause))],
        };
        cases = together(cases, further);
    }
    match apart {
        Some(readers) => together(cases, readers.iter().map(|reader| reach(format!("for {reader}"))).collect()),
        None => cases,
    }
}

/// The cases of an entry of a list: it, under the conditions that it stands under.
fn of_entry(entry: &Entry, slot: Slot, dimension: Dimension, canonical: &Canonical<'_>) -> Vec<Case> {
    let basis = entry.noun_id().filter(|_| dimension == Dimension::Basis).and_then(|id| canonical.thing(id));
    let own = Circumstance { dimension, text: format!("{slot:?}:{}", canonical.named(entry)), basis };
    let mut cases = vec![Case::from([own])];
    for clause in &entry.tail {
        let further = match (&clause.value, clause.slot) {
            // A reason and a pointer take nothing and add nothing.
            (_, Slot::Because | Slot::See) => continue,
            (ClauseValue::Condition(condition), Slot::When) => of_condition(condition, false, canonical),
            (ClauseValue::Condition(condition), Slot::Unless) => of_condition(condition, true, canonical),
            _ => vec![reach(format!("{slot:?} {}", canonical.clause(clause)))],
        };
        cases = together(cases, further);
    }
    cases
}

/// The exceptions hold together: each takes away something.
fn exceptions(row: &Row<'_>, canonical: &Canonical<'_>) -> Case {
    let Some(except) = row.except else { return Case::new() };
    let clauses: Vec<String> = except.clauses.iter().map(|clause| canonical.clause(clause)).collect();
    let clauses = clauses.join(",");
    if except.entries.is_empty() {
        return reach(format!("except {clauses}"));
    }
    let each = except.entries.iter().map(|entry| reach(format!("except {} {clauses}", canonical.entry(entry))));
    each.flatten().collect()
}

/// The cases in which a condition holds, or, if it is denied, in which it does not.
fn of_condition(condition: &Condition, is_denied: bool, canonical: &Canonical<'_>) -> Vec<Case> {
    match condition {
        Condition::Test(test) => {
            let state = test.state.map(|(_, state)| format!(" {state:?}")).unwrap_or_default();
            let not = if test.not == is_denied { "" } else { "not " };
            let events: Vec<&Entry> = canonical.members(&test.entry);
            let cases = events.iter().map(|event| reach(format!("When:{not}{}{state}", canonical.entry(event))));
            // What is not so if one of several happens is not so if any of them does.
            if not.is_empty() { cases.collect() } else { vec![joined(cases.collect())] }
        }
        Condition::Joined(join, conditions) => {
            let cases = conditions.iter().map(|condition| of_condition(condition, is_denied, canonical));
            // It is not so that both hold, if one of them does not.
            match (join, is_denied) {
                (Join::And, false) | (Join::Or | Join::AndOr, true) => cases.fold(vec![Case::new()], together),
                (Join::Or | Join::AndOr, false) | (Join::And, true) => cases.flatten().collect(),
            }
        }
    }
}

fn reach(text: String) -> Case {
    Case::from([Circumstance { dimension: Dimension::Reach, text, basis: None }])
}

/// Each of some cases with each of others; where that is too many, what they say in one case.
fn together(cases: Vec<Case>, others: Vec<Case>) -> Vec<Case> {
    if cases.len() * others.len() > MOST {
        return vec![joined(cases.into_iter().chain(others).collect())];
    }
    cases.iter().flat_map(|case| others.iter().map(move |other| case | other)).collect()
}

/// One of some cases, nobody knows which.
fn open(cases: Vec<Case>, dimension: Dimension) -> Case {
    let texts: BTreeSet<String> = cases.into_iter().flatten().map(|one| one.text).collect();
    let text = texts.into_iter().collect::<Vec<_>>().join(" or ");
    Case::from([Circumstance { dimension, text, basis: None }])
}

fn joined(cases: Vec<Case>) -> Case {
    cases.into_iter().flatten().collect()
}
