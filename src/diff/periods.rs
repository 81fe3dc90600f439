//! From the periods of two versions to which of them is the longer one.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::canonical::Canonical;
use crate::check::consistency::periods::length;
use crate::policy::{Clause, ClauseValue, Entry, Field, Period, PeriodStart, PeriodStep};
use crate::syntax::calendar;
use crate::syntax::words::{Bound, EndState, Whichever};

/// A period as a version says it.
#[derive(Clone, Debug)]
pub(super) struct Spoken<'p> {
    /// The guard it stands under; empty where it stands under none.
    guard: String,
    period: &'p Period,
    /// What each step says beside its amount.
    rest: Vec<String>,
}

impl<'p> Spoken<'p> {
    fn new(guard: &[Clause], period: &'p Period, canonical: &Canonical<'_>) -> Spoken<'p> {
        let guard: Vec<String> = guard.iter().map(|clause| canonical.clause(clause)).collect();
        let rest = period.steps.iter().map(|step| canonical.step(step)).collect();
        Spoken { guard: guard.join(","), period, rest }
    }

    /// Whether it runs from an event on.
    pub(super) fn is_after(&self, event: &str) -> bool {
        let is_start = |rest: &String| {
            rest.strip_prefix("after ")
                .and_then(|rest| rest.strip_prefix(event))
                .is_some_and(|rest| rest.starts_with(' '))
        };
        self.rest.iter().any(is_start)
    }

    /// Whether it is a time before something, such as the notice of a change.
    fn is_notice(&self) -> bool {
        self.period.steps.iter().any(|step| matches!(step.start, Some(PeriodStart::Before(_))))
    }
}

/// The periods of a clause.
pub(super) fn of_value<'p>(value: &'p ClauseValue, canonical: &Canonical<'_>) -> Vec<Spoken<'p>> {
    let spoken = |guard: &[Clause], value: &'p ClauseValue| -> Vec<Spoken<'p>> {
        let periods = crate::check::rows::entries_of(value).into_iter().filter_map(Entry::period);
        periods.map(|period| Spoken::new(guard, period, canonical)).collect()
    };
    match value {
        ClauseValue::Guarded(arms) => arms.iter().flat_map(|arm| spoken(&arm.guard, &arm.value)).collect(),
        ClauseValue::List(..) | ClauseValue::Topic(..) | ClauseValue::Condition(_) | ClauseValue::Flag => {
            spoken(&[], value)
        }
    }
}

/// The periods of a field.
pub(super) fn of_field<'p>(field: &'p Field, canonical: &Canonical<'_>) -> Vec<Spoken<'p>> {
    let spoken = |guard: &[Clause], values: &'p [Entry]| -> Vec<Spoken<'p>> {
        values.iter().filter_map(Entry::period).map(|period| Spoken::new(guard, period, canonical)).collect()
    };
    let arms = field.arms.iter().flat_map(|arm| spoken(&arm.guard, &arm.values));
    spoken(&[], &field.values).into_iter().chain(arms).collect()
}

/// Whether all of some periods are notice of what is to come.
pub(super) fn are_notice(periods: &[Spoken<'_>]) -> bool {
    periods.iter().all(Spoken::is_notice)
}

/// Whether the later periods are longer or shorter than the earlier ones; none where nobody can tell.
pub(super) fn order(before: &[Spoken<'_>], after: &[Spoken<'_>]) -> Option<Ordering> {
    let by_guard = |periods: &'_ [Spoken<'_>]| -> Option<BTreeMap<String, usize>> {
        let guards: BTreeMap<String, usize> =
            periods.iter().enumerate().map(|(at, spoken)| (spoken.guard.clone(), at)).collect();
        (!periods.is_empty() && guards.len() == periods.len()).then_some(guards)
    };
    let (one, other) = (by_guard(before), by_guard(after));
    if let (Some(one), Some(other)) = (one, other)
        && one.keys().eq(other.keys())
    {
        let pairs = one.values().zip(other.values());
        let pairs = pairs.filter_map(|(old, new)| Some((before.get(*old)?, after.get(*new)?)));
        return all(pairs.map(|(before, after)| of_one(before, after)));
    }
    in_sum(longest(before)?, longest(after)?)
}

/// What holds of all: that none is shorter and one is longer, or the other way round.
fn all(mut orders: impl Iterator<Item = Option<Ordering>>) -> Option<Ordering> {
    orders.try_fold(Ordering::Equal, |all, one| match (all, one?) {
        (Ordering::Equal, order) | (order, Ordering::Equal) => Some(order),
        (all, one) => (all == one).then_some(all),
    })
}

fn of_one(before: &Spoken<'_>, after: &Spoken<'_>) -> Option<Ordering> {
    let (old, new) = (&before.period.steps, &after.period.steps);
    let steps = || {
        let rests = before.rest.iter().zip(&after.rest);
        old.iter().zip(new).zip(rests).map(|((old, new), (one, other))| of_step(old, new, one == other))
    };
    let by_steps = match old.len().cmp(&new.len()) {
        Ordering::Equal => all(steps())?,
        // Another step behind all that was said.
        by_number if all(steps()) == Some(Ordering::Equal) => by_number.reverse(),
        Ordering::Less | Ordering::Greater => return in_sum(length(before.period)?, length(after.period)?),
    };
    let end = match (before.period.end, after.period.end) {
        (one, other) if one == other => Some(Ordering::Equal),
        (Some(EndState::Delete), Some(EndState::Archive)) => Some(Ordering::Greater),
        (Some(EndState::Archive), Some(EndState::Delete)) => Some(Ordering::Less),
        _ => None,
    };
    let total = match (before.period.total, after.period.total) {
        (one, other) if one == other => Some(Ordering::Equal),
        // What limited the whole limits it no more.
        (Some((Bound::AtMost, _)), None) => Some(Ordering::Greater),
        (None, Some((Bound::AtMost, _))) => Some(Ordering::Less),
        (Some((one, old)), Some((other, new))) if one == other => calendar::compare(new, old),
        _ => None,
    };
    match (end, total) {
        // What is longer is so whatever becomes of it in the end.
        (None, Some(total)) if by_steps != Ordering::Equal => all([Some(by_steps), Some(total)].into_iter()),
        _ => all([Some(by_steps), end, total].into_iter()),
    }
}

fn of_step(before: &PeriodStep, after: &PeriodStep, is_rest_same: bool) -> Option<Ordering> {
    let amounts = match (before.amount, after.amount) {
        (Some(before), Some(after)) => calendar::compare(after, before)?,
        (None, None) => Ordering::Equal,
        (Some(_), None) | (None, Some(_)) => return None,
    };
    let whichever = match (before.whichever, after.whichever) {
        (one, other) if one == other => Ordering::Equal,
        (Some(Whichever::First), Some(Whichever::Last)) => Ordering::Greater,
        (Some(Whichever::Last), Some(Whichever::First)) => Ordering::Less,
        _ => return None,
    };
    let bounds = match (before.bound, after.bound) {
        (one, other) if one == other => Ordering::Equal,
        (_, Bound::AtLeast) => Ordering::Greater,
        (Bound::AtLeast, _) => Ordering::Less,
        // What was exact, or the most, and is the most or exact now may be either.
        _ if amounts == Ordering::Equal => return None,
        _ => Ordering::Equal,
    };
    // Where something else differs, only the amounts can tell.
    if !is_rest_same && amounts == Ordering::Equal {
        return None;
    }
    all([amounts, whichever, bounds].into_iter().map(Some))
}

/// The least and the most seconds of the longest of some periods; none if one of them has no length.
fn longest(periods: &[Spoken<'_>]) -> Option<(u64, u64)> {
    let lengths: Option<Vec<(u64, u64)>> = periods.iter().map(|spoken| length(spoken.period)).collect();
    lengths?.into_iter().max_by_key(|(_, most)| *most)
}

/// A month may be longer or shorter than thirty days.
fn in_sum((least, most): (u64, u64), (now_least, now_most): (u64, u64)) -> Option<Ordering> {
    if now_least > most {
        Some(Ordering::Greater)
    } else if now_most < least {
        Some(Ordering::Less)
    } else {
        None
    }
}
