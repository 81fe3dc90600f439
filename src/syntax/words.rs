//! The reserved words: the one table that tells clauses, modalities, quantifiers and connectives from names.

use serde::{Deserialize, Serialize};

pub use super::time::{Absence, Bound, EndState, Whichever};

/// What a noun is. The kind decides the phrase its label completes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An organisation or a role of one: "… shares".
    Party,
    /// A group of persons: "information about …".
    People,
    /// A site, an app or a service: "you use …".
    Product,
    /// Personal or other data: "we collect …".
    Data,
    /// Why: "in order to …".
    Purpose,
    /// When: a whole clause.
    Event,
    /// How: "by …", "through …".
    Way,
    /// A cookie, log, beacon or the like: "we use …".
    Tracker,
    /// Something enabled or disabled.
    Setting,
    /// A statute, a framework or a contract: "under …".
    Law,
    /// A legal basis: "under …".
    Basis,
    /// "the right to …".
    Right,
    /// A capacity: "as …".
    Role,
    /// "in …".
    Place,
    /// A defined or plain word.
    Term,
    /// "see …".
    Link,
    /// A way to reach somebody.
    Contact,
    /// "because …".
    Reason,
    /// A word of the language: what is done.
    Verb,
    /// A word of the language: how it is done.
    Manner,
    /// A class of verbs; only the standard vocabulary declares them.
    Class,
    /// A heading; declared by `section`.
    Section,
    /// A list of steps; declared by `steps`.
    Steps,
    /// A technical place where data lies: "on your phone", "in our backups".
    Store,
    /// One service that a party renders: "hosting".
    Engagement,
    /// A document made from this policy, or one of somebody else's.
    Document,
    /// A version of the policy with its first day; declared by `edition`.
    Edition,
    /// A service of the catalogue; only the standard vocabulary declares them.
    Vendor,
}

impl Kind {
    /// Every kind, in the order of the reference.
    pub const ALL: [Kind; 28] = [
        Kind::Party,
        Kind::People,
        Kind::Product,
        Kind::Data,
        Kind::Purpose,
        Kind::Event,
        Kind::Way,
        Kind::Tracker,
        Kind::Setting,
        Kind::Law,
        Kind::Basis,
        Kind::Right,
        Kind::Role,
        Kind::Place,
        Kind::Term,
        Kind::Link,
        Kind::Contact,
        Kind::Reason,
        Kind::Verb,
        Kind::Manner,
        Kind::Class,
        Kind::Section,
        Kind::Steps,
        Kind::Store,
        Kind::Engagement,
        Kind::Document,
        Kind::Edition,
        Kind::Vendor,
    ];

    /// The kind word as it is written and as it opens an id.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Kind::Party => "party",
            Kind::People => "people",
            Kind::Product => "product",
            Kind::Data => "data",
            Kind::Purpose => "purpose",
            Kind::Event => "event",
            Kind::Way => "way",
            Kind::Tracker => "tracker",
            Kind::Setting => "setting",
            Kind::Law => "law",
            Kind::Basis => "basis",
            Kind::Right => "right",
            Kind::Role => "role",
            Kind::Place => "place",
            Kind::Term => "term",
            Kind::Link => "link",
            Kind::Contact => "contact",
            Kind::Reason => "reason",
            Kind::Verb => "verb",
            Kind::Manner => "manner",
            Kind::Class => "class",
            Kind::Section => "section",
            Kind::Steps => "steps",
            Kind::Store => "store",
            Kind::Engagement => "engagement",
            Kind::Document => "document",
            Kind::Edition => "edition",
            Kind::Vendor => "vendor",
        }
    }

    /// The kind a word declares, if it is a kind word that opens a noun.
    #[must_use]
    pub fn declared_by(word: &str) -> Option<Kind> {
        let kind = Kind::from_word(word)?;
        (!matches!(kind, Kind::Section | Kind::Steps | Kind::Edition)).then_some(kind)
    }

    /// The kind with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A clause word: which slot of the sentence follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// Whose data it is; what it concerns.
    About,
    /// The source, or the threat.
    From,
    /// The means.
    Via,
    /// The surface.
    On,
    /// The recipient, for verbs that say "with".
    With,
    /// The recipient, for verbs that say "to".
    To,
    /// The purpose, or how long.
    For,
    /// What it rests or depends on.
    Under,
    /// The capacity.
    As,
    /// Where.
    In,
    /// Where it is stored.
    At,
    /// A condition.
    When,
    /// A negative condition.
    Unless,
    /// A condition that lasts.
    While,
    /// An end.
    Until,
    /// An order in time.
    Before,
    /// An order in time.
    After,
    /// A deadline.
    Within,
    /// A reason.
    Because,
    /// A pointer.
    See,
    /// How long what the sentence speaks of is kept.
    Kept,
    /// The law whose meaning of the verb is meant.
    Sense,
    /// Data that must be given.
    Required,
    /// Data that may be held back.
    Optional,
}

impl Slot {
    /// Every slot, in the order of the reference and of the JSON.
    pub const ALL: [Slot; 24] = [
        Slot::About,
        Slot::From,
        Slot::Via,
        Slot::On,
        Slot::With,
        Slot::To,
        Slot::For,
        Slot::Under,
        Slot::As,
        Slot::In,
        Slot::At,
        Slot::When,
        Slot::Unless,
        Slot::While,
        Slot::Until,
        Slot::Before,
        Slot::After,
        Slot::Within,
        Slot::Because,
        Slot::See,
        Slot::Kept,
        Slot::Sense,
        Slot::Required,
        Slot::Optional,
    ];

    /// The clause word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Slot::About => "about",
            Slot::From => "from",
            Slot::Via => "via",
            Slot::On => "on",
            Slot::With => "with",
            Slot::To => "to",
            Slot::For => "for",
            Slot::Under => "under",
            Slot::As => "as",
            Slot::In => "in",
            Slot::At => "at",
            Slot::When => "when",
            Slot::Unless => "unless",
            Slot::While => "while",
            Slot::Until => "until",
            Slot::Before => "before",
            Slot::After => "after",
            Slot::Within => "within",
            Slot::Because => "because",
            Slot::See => "see",
            Slot::Kept => "kept",
            Slot::Sense => "sense",
            Slot::Required => "required",
            Slot::Optional => "optional",
        }
    }

    /// The slot a clause word opens.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Slot> {
        Slot::ALL.into_iter().find(|slot| slot.word() == word)
    }

    /// Whether the slot takes a condition instead of a list.
    #[must_use]
    pub fn takes_condition(self) -> bool {
        match self {
            Slot::When | Slot::Unless | Slot::While | Slot::Until | Slot::Before | Slot::After => true,
            Slot::About
            | Slot::From
            | Slot::Via
            | Slot::On
            | Slot::With
            | Slot::To
            | Slot::For
            | Slot::Under
            | Slot::As
            | Slot::In
            | Slot::At
            | Slot::Within
            | Slot::Because
            | Slot::See
            | Slot::Kept
            | Slot::Sense
            | Slot::Required
            | Slot::Optional => false,
        }
    }

    /// Whether the slot is filled by its word alone.
    #[must_use]
    pub fn is_flag(self) -> bool {
        matches!(self, Slot::Required | Slot::Optional)
    }

    /// Whether a period may stand in the slot.
    #[must_use]
    pub fn takes_period(self) -> bool {
        matches!(self, Slot::For | Slot::Within | Slot::Kept)
    }
}

/// How firmly a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Force {
    /// A practice.
    Does,
    /// Allowed, or possible of anyone but the reader.
    May,
    /// Possible.
    Might,
    /// A duty.
    Must,
    /// Announced.
    Will,
    /// Advice or a request.
    Should,
    /// An ability, only ever denied.
    Can,
    /// A promise.
    Commits,
}

/// Whether a sentence is stated or denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// Stated.
    Positive,
    /// Denied.
    Negative,
    /// Denied for all time.
    Never,
}

/// Grammatical number, where a form shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
}

/// How much of an entry is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantifier {
    /// Whichever there is.
    Any,
    /// Every one.
    All,
    /// One by one.
    Each,
    /// A part.
    Some,
    /// The larger part.
    Most,
    /// A part known to the author.
    Certain,
    /// What no other sentence of the same kind speaks of.
    Rest,
}

impl Quantifier {
    /// Every quantifier.
    pub const ALL: [Quantifier; 7] = [
        Quantifier::Any,
        Quantifier::All,
        Quantifier::Each,
        Quantifier::Some,
        Quantifier::Most,
        Quantifier::Certain,
        Quantifier::Rest,
    ];

    /// The word as written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Quantifier::Any => "any",
            Quantifier::All => "all",
            Quantifier::Each => "each",
            Quantifier::Some => "some",
            Quantifier::Most => "most",
            Quantifier::Certain => "certain",
            Quantifier::Rest => "rest",
        }
    }

    /// The quantifier with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Quantifier> {
        Quantifier::ALL.into_iter().find(|quantifier| quantifier.word() == word)
    }
}

/// How complete a list of members is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Openness {
    /// `namely`: complete.
    Namely,
    /// `such as`: examples.
    SuchAs,
    /// `including`: some of the members.
    Including,
    /// `including without limitation`.
    WithoutLimitation,
}

/// How the parts of a list or a condition are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Join {
    /// Each of them.
    And,
    /// Any of them.
    Or,
    /// The author leaves open which.
    AndOr,
}

/// A setting's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// In effect.
    Enabled,
    /// Not in effect.
    Disabled,
}

impl State {
    /// The word as written and printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            State::Enabled => "enabled",
            State::Disabled => "disabled",
        }
    }

    /// The state with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<State> {
        match word {
            "enabled" => Some(State::Enabled),
            "disabled" => Some(State::Disabled),
            _ => None,
        }
    }
}

/// Reserved words that are neither clauses nor quantifiers.
const OTHER_RESERVED: [&str; 44] = [
    "and",
    "and-or",
    "are",
    "by",
    "cannot",
    "commit",
    "commits",
    "do",
    "does",
    "except",
    "including",
    "is",
    "many",
    "may",
    "means",
    "might",
    "must",
    "namely",
    "never",
    "not",
    "noun",
    "of",
    "one",
    "only",
    "or",
    "other",
    "otherwise",
    "should",
    "since",
    "such",
    "that",
    "then",
    "total",
    "us",
    "we",
    "whichever",
    "will",
    "without",
    "you",
    "roughly",
    "at-most",
    "at-least",
    "internal",
    "param",
];

/// The modal words that open a modality.
const MODALS: [&str; 11] =
    ["may", "might", "must", "will", "should", "cannot", "never", "do", "does", "commit", "commits"];

/// Whether a word opens a modality.
#[must_use]
pub fn is_modal(word: &str) -> bool {
    MODALS.contains(&word)
}

/// The modal words, for suggestions.
#[must_use]
pub fn modals() -> &'static [&'static str] {
    &MODALS
}

/// Whether a word can never be a name.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    Slot::from_word(word).is_some() || Quantifier::from_word(word).is_some() || OTHER_RESERVED.contains(&word)
}

/// The words that open a statement other than a noun or a sentence.
pub const STATEMENT_WORDS: [&str; 11] =
    ["policy", "use", "section", "steps", "allow", "warn", "deny", "internal", "edition", "parameter", "given"];

/// The singular units of a duration.
pub const UNITS: [&str; 8] = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];
