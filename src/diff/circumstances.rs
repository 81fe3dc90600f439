//! From the clauses of a sentence to the circumstances of its claims, each in its dimension.

use std::collections::BTreeSet;

use super::canonical::Canonical;
use super::cases;
use super::claims::{Claim, Dimension, Version, force_rank};
use super::periods;
use crate::check::rows::{Row, entries_of};
use crate::policy::{Clause, ClauseValue, Entry};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Class;

impl<'v> Version<'v> {
    /// Adds what a sentence says of itself, the cases in which it holds excepted.
    pub(super) fn circumstances(
        &self,
        row: &Row<'v>,
        clauses: &[&'v Clause],
        claim: &mut Claim<'v>,
        canonical: &Canonical<'_>,
    ) {
        for clause in clauses {
            self.circumstance(clause, claim, canonical);
        }
        if row.only_actor {
            claim.circumstances.entry(Dimension::Only).or_default().insert("actor".to_owned());
        }
        if let Some(manner) = row.manner {
            let manner = canonical.named(&Entry::noun(manner));
            claim.circumstances.entry(Dimension::Manner).or_default().insert(manner);
        }
        if row.one_object && row.objects.len() > 1 {
            claim.circumstances.entry(Dimension::Rest).or_default().insert("one of several".to_owned());
        }
        claim.circumstances.insert(Dimension::Force, BTreeSet::from([format!("{:?}", force_rank(row.force))]));
        // "Never" is said of all time to come, "do not" of today.
        if row.never {
            claim.circumstances.entry(Dimension::Force).or_default().insert("never".to_owned());
        }
    }

    /// How long data are kept for one purpose or by one recipient; that of the whole sentence is a row of its own.
    pub(super) fn kept_for_it(&self, clause: &'v Clause, claim: &mut Claim<'v>, canonical: &Canonical<'_>) {
        if clause.slot == Slot::Kept {
            claim.periods.extend(periods::of_value(&clause.value, canonical));
            claim.circumstances.entry(Dimension::Period).or_default().insert(canonical.value(&clause.value));
        }
    }

    /// Adds what a clause says.
    pub(super) fn circumstance(&self, clause: &'v Clause, claim: &mut Claim<'v>, canonical: &Canonical<'_>) {
        // These are told apart as cases.
        if cases::dimension(clause, claim.class, self.policy).is_some() {
            return self.only(clause, claim);
        }
        let entries = entries_of(&clause.value);
        let periods = || periods::of_value(&clause.value, canonical);
        let kind = |entry: &&Entry| entry.noun_id().map(|id| self.policy.noun(id).kind);
        let dimension = match clause.slot {
            Slot::With | Slot::To | Slot::For if !clause.only && !matches!(clause.value, ClauseValue::Guarded(_)) => {
                // Recipients and purposes are claims of their own; a period is not.
                if clause.slot != Slot::For || !entries.iter().any(|entry| entry.period().is_some()) {
                    return;
                }
                claim.periods.extend(periods());
                Dimension::Period
            }
            Slot::With | Slot::To | Slot::For => {
                claim.periods.extend(periods());
                let is_guarded = matches!(clause.value, ClauseValue::Guarded(_));
                let (dimension, text) = match entries.iter().any(|entry| entry.period().is_some()) {
                    true => (Dimension::Period, canonical.clause(clause)),
                    // Who gets what where is a part of what is said.
                    false if is_guarded => (Dimension::Reach, canonical.clause(clause)),
                    false => (Dimension::Only, format!("{:?}", clause.slot)),
                };
                claim.circumstances.entry(dimension).or_default().insert(text);
                return;
            }
            // What is kept is a row of its own.
            Slot::Kept => return,
            // A reason and a pointer take nothing and add nothing.
            Slot::Because | Slot::See => return,
            Slot::Until | Slot::While if claim.class == Some(Class::Retention) => Dimension::Period,
            Slot::While
            | Slot::Until
            | Slot::Before
            | Slot::After
            | Slot::When
            | Slot::Unless
            | Slot::About
            | Slot::On => Dimension::Reach,
            Slot::Within => {
                claim.periods.extend(periods());
                Dimension::Deadline
            }
            Slot::Under if entries.iter().any(|entry| kind(entry) == Some(Kind::Basis)) => {
                claim
                    .bases
                    .extend(entries.iter().filter_map(|entry| entry.noun_id()).filter_map(|id| canonical.thing(id)));
                Dimension::Basis
            }
            Slot::Under if claim.class == Some(Class::Transfer) => Dimension::Safeguard,
            Slot::In => Dimension::Place,
            Slot::At => Dimension::Store,
            Slot::From => Dimension::Source,
            Slot::Via => Dimension::Means,
            Slot::Under | Slot::As | Slot::Sense | Slot::Required | Slot::Optional => Dimension::Rest,
        };
        self.only(clause, claim);
        let texts = claim.circumstances.entry(dimension).or_default();
        match &clause.value {
            // Each entry for itself, so that one more is no other value.
            ClauseValue::List(entries, _) => {
                texts.extend(entries.iter().map(|entry| format!("{:?}:{}", clause.slot, canonical.entry(entry))));
            }
            ClauseValue::Condition(_) | ClauseValue::Topic(..) | ClauseValue::Flag | ClauseValue::Guarded(_) => {
                texts.insert(canonical.clause(clause));
            }
        }
    }

    /// That nothing else is meant in a slot.
    fn only(&self, clause: &Clause, claim: &mut Claim<'v>) {
        if clause.only {
            claim.circumstances.entry(Dimension::Only).or_default().insert(format!("{:?}", clause.slot));
        }
    }
}
