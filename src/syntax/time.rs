//! The words of time and of absence: bounds of periods, what becomes of data, why a value is not there.

use serde::{Deserialize, Serialize};

/// How exactly a period is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Bound {
    /// As long as it says.
    #[default]
    Exact,
    /// `at-most`
    AtMost,
    /// `at-least`
    AtLeast,
    /// `roughly`
    Roughly,
    /// `last`: back from the day of the document.
    Last,
}

impl Bound {
    /// Every bound that is written.
    pub const WRITTEN: [Bound; 4] = [Bound::AtMost, Bound::AtLeast, Bound::Roughly, Bound::Last];

    /// The word as written; empty for an exact period.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Bound::Exact => "",
            Bound::AtMost => "at-most",
            Bound::AtLeast => "at-least",
            Bound::Roughly => "roughly",
            Bound::Last => "last",
        }
    }

    /// The bound with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Bound> {
        Bound::WRITTEN.into_iter().find(|bound| bound.word() == word)
    }
}

/// Which of several ends of a period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whichever {
    /// The one that comes first.
    First,
    /// The one that comes last.
    Last,
}

impl Whichever {
    /// The word as written and printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Whichever::First => "first",
            Whichever::Last => "last",
        }
    }
}

/// What becomes of data when its period ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndState {
    /// It is gone.
    Delete,
    /// Nobody can be recognised any more.
    Anonymise,
    /// It is there, and others do not see it.
    Hide,
    /// It is there, and used for nothing but what the law asks for.
    Restrict,
    /// It is there, without a link to the person.
    Unlink,
    /// Only totals are left.
    Aggregate,
    /// It moves to an archive.
    Archive,
}

impl EndState {
    /// Every end state.
    pub const ALL: [EndState; 7] = [
        EndState::Delete,
        EndState::Anonymise,
        EndState::Hide,
        EndState::Restrict,
        EndState::Unlink,
        EndState::Aggregate,
        EndState::Archive,
    ];

    /// The word as written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            EndState::Delete => "delete",
            EndState::Anonymise => "anonymise",
            EndState::Hide => "hide",
            EndState::Restrict => "restrict",
            EndState::Unlink => "unlink",
            EndState::Aggregate => "aggregate",
            EndState::Archive => "archive",
        }
    }

    /// The end state with this word, in either spelling.
    #[must_use]
    pub fn from_word(word: &str) -> Option<EndState> {
        if word == "anonymize" {
            return Some(EndState::Anonymise);
        }
        EndState::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Why a value is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Absence {
    /// There is none.
    None,
    /// There need not be one.
    NotRequired,
    /// The question does not arise.
    NotApplicable,
    /// There is one, and the author does not say which.
    Unspecified,
    /// There is none so far.
    NotYet,
}

impl Absence {
    /// Every absence.
    pub const ALL: [Absence; 5] =
        [Absence::None, Absence::NotRequired, Absence::NotApplicable, Absence::Unspecified, Absence::NotYet];

    /// The word as written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Absence::None => "none",
            Absence::NotRequired => "not-required",
            Absence::NotApplicable => "not-applicable",
            Absence::Unspecified => "unspecified",
            Absence::NotYet => "not-yet",
        }
    }

    /// The absence with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Absence> {
        Absence::ALL.into_iter().find(|absence| absence.word() == word)
    }
}
