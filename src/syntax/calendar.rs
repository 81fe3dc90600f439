//! Amounts of time held against each other, whatever the calendar.

use std::cmp::Ordering;

use jiff::ToSpan as _;

use crate::syntax::ast::{Amount, Unit};

/// The seconds of a day.
const DAY: u64 = 86_400;

/// The fewest days that so many months behind whole years can last: those around a February of 28 days.
const FEWEST: [u64; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];

/// The most days that so many months behind whole years can last.
const MOST: [u64; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

/// How long an amount is: so many months, which differ, or so many seconds, which never do.
enum Length {
    Months(u64),
    Seconds(u64),
}

fn length((count, unit): Amount) -> Length {
    let count = u64::from(count);
    match unit {
        Unit::Second => Length::Seconds(count),
        Unit::Minute => Length::Seconds(60 * count),
        Unit::Hour => Length::Seconds(3_600 * count),
        Unit::Day => Length::Seconds(DAY * count),
        Unit::Week => Length::Seconds(7 * DAY * count),
        Unit::Month => Length::Months(count),
        Unit::Quarter => Length::Months(3 * count),
        Unit::Year => Length::Months(12 * count),
    }
}

/// The fewest seconds that a number of units can last.
#[must_use]
pub fn least_seconds(amount: Amount) -> u64 {
    match length(amount) {
        // Any four years have a leap day, but for those around most turns of a century.
        Length::Months(months) => DAY * (365 * (months / 12) + (months / 48).saturating_sub(1) + rest(&FEWEST, months)),
        Length::Seconds(seconds) => seconds,
    }
}

/// The most seconds that a number of units can last.
#[must_use]
pub fn most_seconds(amount: Amount) -> u64 {
    match length(amount) {
        Length::Months(months) => DAY * (365 * (months / 12) + (months / 12).div_ceil(4) + rest(&MOST, months)),
        Length::Seconds(seconds) => seconds,
    }
}

fn rest(days: &[u64; 12], months: u64) -> u64 {
    days.get((months % 12) as usize).copied().unwrap_or(0)
}

/// Whether an amount is no longer than another on any day: `1 month` and `31 days`.
#[must_use]
pub fn is_at_most(left: Amount, right: Amount) -> bool {
    match (length(left), length(right)) {
        (Length::Months(left), Length::Months(right)) => left <= right,
        _ => most_seconds(left) <= least_seconds(right),
    }
}

/// Which of two amounts is the longer one; none if that depends on the month, as with `30 days` and `1 month`.
#[must_use]
pub fn compare(left: Amount, right: Amount) -> Option<Ordering> {
    if let (Length::Months(left), Length::Months(right)) = (length(left), length(right)) {
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

/// An amount as days and months of the calendar; none of what is shorter than a day.
#[must_use]
pub fn span((count, unit): Amount) -> Option<jiff::Span> {
    let count = i64::from(count);
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => None,
        Unit::Day => Some(count.days()),
        Unit::Week => Some(count.weeks()),
        Unit::Month => Some(count.months()),
        Unit::Quarter => Some((count * 3).months()),
        Unit::Year => Some(count.years()),
    }
}

/// Whether words are an amount of time and nothing else: `2 years`.
#[must_use]
pub fn is_amount(words: &str) -> bool {
    let mut words = words.split_whitespace();
    let is_number = words.next().is_some_and(|word| word.parse::<u32>().is_ok());
    is_number && words.next().and_then(Unit::from_word).is_some() && words.next().is_none()
}

impl Unit {
    /// So many of it, in the words of a policy: `30 days`.
    #[must_use]
    pub fn counted(self, count: u32) -> String {
        let word = match self {
            Unit::Second => "second",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Quarter => "quarter",
            Unit::Year => "year",
        };
        format!("{count} {word}{}", if count == 1 { "" } else { "s" })
    }
}
