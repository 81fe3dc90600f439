//! Amounts of time held against each other, whatever the calendar.

use std::cmp::Ordering;

use crate::syntax::ast::{Amount, Unit};

/// The seconds of a day.
const DAY: u64 = 86_400;

/// The fewest days that so many months behind whole years can last: those around a February of 28 days.
const FEWEST: [u64; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];

/// The most days that so many months behind whole years can last.
const MOST: [u64; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

/// The fewest seconds that a number of units can last.
#[must_use]
pub fn least_seconds(amount: Amount) -> u64 {
    match months(amount) {
        // Any four years have a leap day, but for those around most turns of a century.
        Some(months) => DAY * (365 * (months / 12) + (months / 48).saturating_sub(1) + rest(&FEWEST, months)),
        None => seconds(amount),
    }
}

/// The most seconds that a number of units can last.
#[must_use]
pub fn most_seconds(amount: Amount) -> u64 {
    match months(amount) {
        Some(months) => DAY * (365 * (months / 12) + (months / 12).div_ceil(4) + rest(&MOST, months)),
        None => seconds(amount),
    }
}

fn rest(days: &[u64; 12], months: u64) -> u64 {
    days.get((months % 12) as usize).copied().unwrap_or(0)
}

/// The seconds of an amount that has the same length on every day.
fn seconds((count, unit): Amount) -> u64 {
    let each = match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::Day => DAY,
        Unit::Week => 7 * DAY,
        Unit::Month | Unit::Quarter | Unit::Year => 0,
    };
    u64::from(count) * each
}

/// The calendar months of an amount that is made of them.
fn months((count, unit): Amount) -> Option<u64> {
    let each = match unit {
        Unit::Month => 1,
        Unit::Quarter => 3,
        Unit::Year => 12,
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Week => return None,
    };
    Some(u64::from(count) * each)
}

/// Whether an amount is no longer than another on any day: `1 month` and `31 days`.
#[must_use]
pub fn is_at_most(left: Amount, right: Amount) -> bool {
    match (months(left), months(right)) {
        (Some(left), Some(right)) => left <= right,
        _ => most_seconds(left) <= least_seconds(right),
    }
}

/// Which of two amounts is the longer one; none if that depends on the month, as with `30 days` and `1 month`.
#[must_use]
pub fn compare(left: Amount, right: Amount) -> Option<Ordering> {
    if let (Some(left), Some(right)) = (months(left), months(right)) {
        return Some(left.cmp(&right));
    }
    if most_seconds(left) < least_seconds(right) {
        Some(Ordering::Less)
    } else if least_seconds(left) > most_seconds(right) {
        Some(Ordering::Greater)
    } else {
        // Without a month on either side both ends are the same, and so are the amounts.
        (least_seconds(left) == most_seconds(left) && least_seconds(right) == most_seconds(right))
            .then_some(Ordering::Equal)
    }
}
