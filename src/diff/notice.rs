//! Whether readers are told of a change as early as the earlier version promises.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Change;
use super::claims::Version;
use super::class::ChangeClass;
use crate::check::rows::{Row, tests_of};
use crate::policy::{Amount, Edition, Head, PeriodStart};
use crate::source::Span;
use crate::syntax::calendar;
use crate::syntax::words::{Force, Kind, Slot};

/// A promise to tell readers so long before a change, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The statement of the earlier version that promises it.
    pub statement: Box<str>,
    /// Where it stands.
    pub span: Span,
    /// How long before the change.
    pub promised: Amount,
    /// The day on which the later version takes effect, if it says so.
    pub effective: Option<Date>,
    /// The day on which readers were told.
    pub announced: Option<Date>,
    /// What became of the promise.
    pub verdict: Verdict,
}

/// What became of a promise of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Readers were told in time.
    Kept,
    /// Readers were told too late; the first day on which the change may take effect.
    Broken(Date),
    /// Nobody said when readers were told, or from when the change holds; the last day to tell them, if that is known.
    Unknown(Option<Date>),
}

/// The longest notice that the earlier version promises, if more changed than words.
pub(super) fn notice(
    old: &Version<'_>,
    new: &Version<'_>,
    edition: Option<&Edition>,
    announced: Option<Date>,
    changes: &[Change],
) -> Option<Notice> {
    if changes.iter().all(|change| change.class == ChangeClass::Wording) {
        return None;
    }
    let is_promised = |row: &&Row<'_>| matches!(row.force, Force::Does | Force::Will | Force::Commits | Force::Must);
    let to_readers = |row: &&Row<'_>| {
        let mut told = row.objects.iter().chain(row.entries(Slot::With)).chain(row.entries(Slot::To));
        told.any(|entry| {
            matches!(entry.head, Head::You)
                || entry
                    .noun_id()
                    .is_some_and(|id| row.readers.contains(&id) || old.policy.noun(id).kind == Kind::People)
        })
    };
    let promises = old.rows.iter().filter(|row| !row.denied && !row.internal && row.is_ours(old.policy));
    let promises = promises.filter(is_promised).filter(to_readers);
    let (row, promised) = promises
        .flat_map(|row| amounts(old, row).into_iter().map(move |amount| (row, amount)))
        .max_by_key(|(_, amount)| calendar::least_seconds(*amount))?;
    let effective =
        edition.and_then(|edition| edition.since).or(new.policy.header.updated.as_ref().map(|updated| updated.date));
    // An edition says from when it holds, and the policy when readers could first read it.
    let published = edition.and(new.policy.header.updated.as_ref()).map(|updated| updated.date);
    let announced = announced.or(published.filter(|day| effective.is_some_and(|effective| *day < effective)));
    let verdict = match (announced, effective) {
        (Some(announced), Some(effective)) => match later(announced, promised) {
            Some(first) if first > effective => Verdict::Broken(first),
            Some(_) => Verdict::Kept,
            None => Verdict::Unknown(None),
        },
        (None, Some(effective)) => Verdict::Unknown(earlier(effective, promised)),
        (_, None) => Verdict::Unknown(None),
    };
    Some(Notice { statement: row.statement.into(), span: row.span, promised, effective, announced, verdict })
}

/// The amounts of time before a change of the policy that a statement promises notice in.
fn amounts(old: &Version<'_>, row: &Row<'_>) -> Vec<Amount> {
    let is_change = |event: &crate::policy::Entry| event.noun_id().is_some_and(|id| old.policy.is_change_of_policy(id));
    row.entries(Slot::Within)
        .filter_map(|entry| entry.period())
        .filter_map(|period| match period.steps.as_slice() {
            [step] => match &step.start {
                Some(PeriodStart::Before(condition))
                    if tests_of(condition).iter().any(|(event, not)| !not && is_change(event)) =>
                {
                    step.amount
                }
                _ => None,
            },
            _ => None,
        })
        .collect()
}

/// An amount in days; a day is the least that a date can tell apart.
fn span(amount: Amount) -> jiff::Span {
    calendar::span(amount).unwrap_or_else(|| 1.day())
}

fn later(day: Date, amount: Amount) -> Option<Date> {
    day.checked_add(span(amount)).ok()
}

fn earlier(day: Date, amount: Amount) -> Option<Date> {
    day.checked_sub(span(amount)).ok()
}
