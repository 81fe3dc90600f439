//! Amounts of time held against each other, whatever the calendar.

use std::cmp::Ordering;

use crate::syntax::ast::{Amount, Unit};

/// The fewest seconds that a number of units can last: a month has 28 days at least.
#[must_use]
pub fn least_seconds((count, unit): Amount) -> u64 {
    u64::from(count) * seconds(unit, 28, 365)
}

/// The most seconds that a number of units can last.
#[must_use]
pub fn most_seconds((count, unit): Amount) -> u64 {
    u64::from(count) * seconds(unit, 31, 366)
}

fn seconds(unit: Unit, month: u64, year: u64) -> u64 {
    const DAY: u64 = 86_400;
    match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        Unit::Day => DAY,
        Unit::Week => 7 * DAY,
        Unit::Month => month * DAY,
        Unit::Quarter => 3 * month * DAY,
        Unit::Year => year * DAY,
    }
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
