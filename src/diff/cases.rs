//! From the conditions, the surfaces and the readers of a sentence to the single cases in which it holds.
//!
//! `when a or b` and `on website, app` are two cases each, so that a further one is a claim of its own, and so that one
//! sentence says the same as two. What one case says holds together: fewer words are more cases.

use std::collections::BTreeSet;

use super::canonical::Canonical;
use crate::check::rows::Row;
use crate::policy::{Clause, ClauseValue, Condition, Entry};
use crate::syntax::words::{Join, Slot};

/// What must be so in one case.
pub(super) type Case = BTreeSet<String>;

/// The most cases that one sentence is taken apart into; what multiplies beyond stays one case.
const MOST: usize = 64;

/// The cases in which a sentence holds; never empty. `apart` tells the readers it is for, if it is for some.
pub(super) fn cases(
    row: &Row<'_>,
    clauses: &[&Clause],
    canonical: &Canonical<'_>,
    apart: Option<&[String]>,
) -> Vec<Case> {
    let mut cases = vec![exceptions(row, canonical)];
    for clause in clauses {
        let further = match (&clause.value, clause.slot) {
            (ClauseValue::Condition(condition), Slot::When) => of_condition(condition, false, canonical),
            (ClauseValue::Condition(condition), Slot::Unless) => of_condition(condition, true, canonical),
            (ClauseValue::List(entries, _), Slot::On | Slot::About) => {
                entries.iter().map(|entry| one(format!("{:?}:{}", clause.slot, canonical.entry(entry)))).collect()
            }
            (_, Slot::When | Slot::Unless | Slot::On | Slot::About) => vec![one(canonical.clause(clause))],
            _ => continue,
        };
        cases = together(cases, further);
    }
    match apart {
        Some(readers) => together(cases, readers.iter().map(|reader| one(format!("for {reader}"))).collect()),
        None => cases,
    }
}

/// The exceptions hold together: each takes away something.
fn exceptions(row: &Row<'_>, canonical: &Canonical<'_>) -> Case {
    let Some(except) = row.except else { return Case::new() };
    let clauses: Vec<String> = except.clauses.iter().map(|clause| canonical.clause(clause)).collect();
    let clauses = clauses.join(",");
    let entries: Vec<&Entry> = except.entries.iter().collect();
    if entries.is_empty() {
        return one(format!("except {clauses}"));
    }
    entries.into_iter().map(|entry| format!("except {} {clauses}", canonical.entry(entry))).collect()
}

/// The cases in which a condition holds, or, if it is denied, in which it does not.
fn of_condition(condition: &Condition, is_denied: bool, canonical: &Canonical<'_>) -> Vec<Case> {
    match condition {
        Condition::Test(test) => {
            let state = test.state.map(|(_, state)| format!(" {state:?}")).unwrap_or_default();
            let not = if test.not == is_denied { "" } else { "not " };
            vec![one(format!("When:{not}{}{state}", canonical.entry(&test.entry)))]
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

fn one(text: String) -> Case {
    Case::from([text])
}

/// Each of some cases with each of others; where that is too many, what they say in one case.
fn together(cases: Vec<Case>, others: Vec<Case>) -> Vec<Case> {
    if cases.len() * others.len() > MOST {
        let texts = |cases: Vec<Case>| cases.into_iter().flatten();
        return vec![texts(cases).chain(texts(others)).collect()];
    }
    cases.iter().flat_map(|case| others.iter().map(move |other| case | other)).collect()
}
