//! Clauses and their entries: what a sentence says beside its verb, and what stands in lists.

use super::{Citation, NounId, Period};
use crate::source::Span;
use crate::syntax::words::{Absence, Join, Number, Openness, Quantifier, Slot, State};

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The slot.
    pub slot: Slot,
    /// Whether it is exclusive.
    pub only: bool,
    /// What stands in it.
    pub value: ClauseValue,
}

/// What stands in a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClauseValue {
    /// Entries; never empty.
    List(Vec<Entry>, Join),
    /// A condition.
    Condition(Condition),
    /// Entries under a topic.
    Topic(Box<str>, Vec<Entry>),
    /// Nothing but the clause word.
    Flag,
    /// Values that differ by guard, in source order; the first whose guard fits holds.
    Guarded(Vec<Arm>),
}

/// One arm of a clause whose values differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// The guard; empty for `otherwise`.
    pub guard: Vec<Clause>,
    /// The value.
    pub value: ClauseValue,
}

impl ClauseValue {
    /// The entries of a list; none of a condition.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        match self {
            ClauseValue::List(entries, _) | ClauseValue::Topic(_, entries) => entries,
            ClauseValue::Condition(_) | ClauseValue::Flag | ClauseValue::Guarded(_) => &[],
        }
    }
}

/// What is cut out of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Except {
    /// The entries cut out.
    pub entries: Vec<Entry>,
    /// How they are joined.
    pub join: Join,
    /// When, why, for whom.
    pub clauses: Vec<Clause>,
}

/// A condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// One test.
    Test(Box<Test>),
    /// Several; at least two.
    Joined(Join, Vec<Condition>),
}

impl Condition {
    /// Its tests, in order, however they are joined.
    #[must_use]
    pub fn tests(&self) -> Vec<&Test> {
        match self {
            Condition::Test(test) => vec![test],
            Condition::Joined(_, conditions) => conditions.iter().flat_map(Condition::tests).collect(),
        }
    }
}

/// One test of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    /// Whether it must not hold.
    pub not: bool,
    /// The event, setting, tracker or date.
    pub entry: Entry,
    /// The state, and the number of the verb in front of it.
    pub state: Option<(Number, State)>,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is an open tail, `other …`.
    pub other: bool,
    /// How much of it is meant.
    pub quantifier: Option<Quantifier>,
    /// What it is.
    pub head: Head,
    /// A clause that restricts it, with the noun left out.
    pub that: Option<Box<str>>,
    /// What it is of.
    pub of: Option<Box<Entry>>,
    /// Members named where it stands.
    pub group: Option<Group>,
    /// Clauses of its own.
    pub tail: Vec<Clause>,
    /// What is cut out of it.
    pub except: Vec<Entry>,
    /// The words that are printed for a value.
    pub display: Option<Box<str>>,
    /// The provision behind a legal basis: `` contract `gdpr 6(1)(b)` ``.
    pub citation: Option<Box<Citation>>,
    /// Where it is written.
    pub place: Place,
}

/// Where an entry is written; nowhere if nobody wrote it.
///
/// Two entries that say the same are equal wherever they stand, so that places are all equal.
#[derive(Clone, Copy, Default)]
pub struct Place(pub Option<Span>);

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("_")
    }
}

impl PartialEq for Place {
    fn eq(&self, _other: &Place) -> bool {
        true
    }
}

impl Eq for Place {}

impl Entry {
    /// An entry that only names a noun.
    #[must_use]
    pub fn noun(id: NounId) -> Entry {
        Entry {
            other: false,
            quantifier: None,
            head: Head::Noun(id),
            that: None,
            of: None,
            group: None,
            tail: Vec::new(),
            except: Vec::new(),
            display: None,
            citation: None,
            place: Place::default(),
        }
    }

    /// An entry that is a value, or whatever else a head may be.
    #[must_use]
    pub fn of_head(head: Head) -> Entry {
        Entry { head, ..Entry::noun(NounId(0)) }
    }

    /// Whether only a part of what it names is meant: "some", "most", "the rest of".
    #[must_use]
    pub fn is_part(&self) -> bool {
        matches!(self.quantifier, Some(Quantifier::Some | Quantifier::Certain | Quantifier::Most | Quantifier::Rest))
    }

    /// The period it is.
    #[must_use]
    pub fn period(&self) -> Option<&Period> {
        match &self.head {
            Head::Period(period) => Some(period),
            Head::We | Head::You | Head::Noun(_) | Head::Field(..) | Head::Value(_) | Head::Everything => None,
        }
    }

    /// The noun it names.
    #[must_use]
    pub fn noun_id(&self) -> Option<NounId> {
        match self.head {
            Head::Noun(id) | Head::Field(id, _) => Some(id),
            Head::We | Head::You | Head::Value(_) | Head::Period(_) | Head::Everything => None,
        }
    }
}

/// What an entry names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The publisher.
    We,
    /// The reader.
    You,
    /// A noun.
    Noun(NounId),
    /// A field of a noun, by its place in [`Noun::fields`].
    Field(NounId, u16),
    /// A value.
    Value(Value),
    /// A period.
    Period(Box<Period>),
    /// Whatever is in sight: a quantifier alone.
    Everything,
}

/// A typed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A day.
    Date(jiff::civil::Date),
    /// Provisions of laws.
    Citation(Citation),
    /// Nothing, and why nothing.
    Absent(Absence),
    /// A country, a region or a group of countries.
    Place(Box<str>),
    /// A language with its region.
    Locale(Box<str>),
    /// An e-mail address.
    Email(Box<str>),
    /// A number.
    Number(u32),
    /// A literal printed as code.
    Code(Box<str>),
    /// An address, as given.
    Link(Box<str>),
    /// The author's words in a field.
    Text(Box<str>),
}

/// Members of a noun or an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// How complete they are.
    pub openness: Openness,
    /// The members.
    pub entries: Vec<Entry>,
    /// How they are joined.
    pub join: Join,
}
