//! Periods held against each other, whatever the calendar.

use crate::check::rows::tests_of;
use crate::policy::{Amount, Entry, NounId, Period, PeriodStart};
use crate::syntax::calendar;

/// The events that a period counts from.
#[must_use]
pub fn starts(period: &Period) -> Vec<NounId> {
    let start = period.steps.first().and_then(|step| step.start.as_ref());
    match start {
        Some(PeriodStart::Of(entry)) => entry.noun_id().into_iter().collect(),
        Some(PeriodStart::After(condition) | PeriodStart::Before(condition)) => {
            tests_of(condition).into_iter().filter_map(|(entry, _): (&Entry, bool)| entry.noun_id()).collect()
        }
        None => Vec::new(),
    }
}

/// The least and the most seconds that all steps of a period last together; none if a step has no number.
#[must_use]
pub fn length(period: &Period) -> Option<(u64, u64)> {
    let mut sum = (0, 0);
    for step in &period.steps {
        let amount: Amount = step.amount?;
        sum.0 += calendar::least_seconds(amount);
        sum.1 += calendar::most_seconds(amount);
    }
    (!period.steps.is_empty()).then_some(sum)
}
