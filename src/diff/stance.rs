//! What a statement is to readers: something that is done with their data, or something that they are promised.

use super::claims::Claim;
use super::class::ChangeClass;
use crate::vocabulary::{Class, SALE};

/// How the act is called that a complete list of cases denies.
pub(super) const OTHERWISE: &str = "otherwise ";

/// The uses of data after which they say less of anybody.
const PROTECTING: [&str; 7] =
    ["anonymise", "anonymize", "pseudonymise", "pseudonymize", "hash", "aggregate", "de-identify"];

/// What a statement is to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// Something is done with data: less of it is better for them.
    Practice,
    /// Something is granted or promised: more of it is better for them.
    Promise,
    /// Neither, or nobody can tell.
    Neutral,
}

impl Stance {
    /// The class of a change, by what the statement is to readers.
    pub(super) fn pick(self, practice: ChangeClass, promise: ChangeClass, neutral: ChangeClass) -> ChangeClass {
        match self {
            Stance::Practice => practice,
            Stance::Promise => promise,
            Stance::Neutral => neutral,
        }
    }
}

pub(super) fn stance(claim: &Claim<'_>) -> Stance {
    let by_reader = claim.act.actor == "you";
    let to_reader = claim.recipient.as_ref().is_some_and(|(named, _)| named.thing.is_none());
    let if_so = |is_so: bool, stance: Stance| if is_so { stance } else { Stance::Neutral };
    let plain = match claim.class {
        _ if claim.is_right() => Stance::Promise,
        _ if claim.act.name.starts_with(OTHERWISE) => Stance::Practice,
        // What makes data say less of anybody protects them.
        Some(Class::Use) if PROTECTING.contains(&claim.act.name.as_str()) => Stance::Promise,
        Some(
            Class::Collection
            | Class::Use
            | Class::Disclosure
            | Class::Access
            | Class::Retention
            | Class::Tracking
            | Class::Transfer,
        ) => if_so(!by_reader && !to_reader && claim.is_about_data, Stance::Practice),
        Some(Class::Right | Class::Choice) => if_so(by_reader, Stance::Promise),
        Some(Class::Protection | Class::Deletion) => Stance::Promise,
        Some(Class::Duty | Class::Change) => if_so(claim.act.actor == "we", Stance::Promise),
        Some(Class::Consent | Class::Legal | Class::Claim | Class::Offer | Class::Conduct) | None => Stance::Neutral,
    };
    match (plain, claim.act.denied) {
        (Stance::Practice, true) => Stance::Promise,
        (Stance::Promise, true) => Stance::Practice,
        (plain, _) => plain,
    }
}

pub(super) fn is_sale(claim: &Claim<'_>) -> bool {
    SALE.contains(&claim.act.name.as_str())
}
