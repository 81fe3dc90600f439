//! What a policy says of itself: its header and its editions.

use super::{Entry, NounId};
use crate::source::Span;

/// The header of a policy.
#[derive(Debug, Default)]
pub struct Header {
    /// The title.
    pub title: Box<str>,
    /// Who publishes it.
    pub we: Vec<NounId>,
    /// Whom it addresses.
    pub you: Vec<NounId>,
    /// What it covers.
    pub covers: Vec<Entry>,
    /// What it describes, as the author's words.
    pub describes: Vec<Box<str>>,
    /// The language and region of its words: `en-US`.
    pub language: Box<str>,
    /// When it was last changed.
    pub updated: Option<Updated>,
    /// The laws whose rules it is checked against.
    pub laws: Vec<NamedLaw>,
    /// Whether the publisher is "we" or its name.
    pub voice: Voice,
    /// Whether the page has a contents list in its text.
    pub contents: bool,
    /// Where the header is.
    pub span: Option<Span>,
}

/// A law that a policy says it follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedLaw {
    /// The name as written.
    pub name: Box<str>,
    /// Where it is written.
    pub span: Span,
}

/// How the publisher is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Voice {
    /// "We".
    #[default]
    We,
    /// By name.
    Name,
}

/// The date of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The author's words in front of it.
    pub label: Box<str>,
    /// The day.
    pub date: jiff::civil::Date,
}

/// A version of the policy in time.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The noun that names it.
    pub noun: NounId,
    /// The first day; none if it was valid ever since.
    pub since: Option<jiff::civil::Date>,
    /// The first day on which it is no longer valid; none if no end is known.
    pub until: Option<jiff::civil::Date>,
}

impl Edition {
    /// Whether the edition is valid on a day.
    #[must_use]
    pub fn is_valid(&self, day: jiff::civil::Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }
}
