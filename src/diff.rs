//! From two versions of a policy to what changed: by meaning, not by lines.
//!
//! Both versions are laid out as rows and taken apart into claims: one act on one thing, for one recipient and one
//! purpose, with its circumstances. What both claim is no change, wherever it stands and however it is called. What is
//! left is classed, and weighed by what it takes from readers.

use jiff::civil::Date;

use crate::check::orders::Orders;
use crate::check::rows::rows;
use crate::policy::{Edition, Entry, NounId, Policy};
use crate::source::Span;

mod canonical;
mod cases;
mod circumstances;
mod claims;
mod class;
mod compare;
mod grouped;
mod index;
mod notice;
mod nouns;
mod periods;
mod provisions;
mod sentences;
mod stance;
mod things;

pub use class::{ChangeClass, Weight};
pub use notice::{Notice, Verdict};
pub use provisions::{Provision, all_provisions, provisions};
pub use things::Side;

use claims::{Version, claims};
use grouped::Grouped;
use things::Things;

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// What sort of change it is.
    pub class: ChangeClass,
    /// What the earlier version says.
    pub before: Option<Part>,
    /// What the later version says.
    pub after: Option<Part>,
}

/// The part of a version that a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A part of a statement.
    Statement(Stated),
    /// A noun with its words.
    Noun(NounId),
    /// What a noun means.
    Meaning(NounId),
    /// What a noun is a kind of.
    Kind(NounId),
    /// A field of a noun, by its key.
    Field(NounId, Box<str>),
    /// Who publishes it.
    Publisher,
    /// Whom it addresses.
    Readers,
    /// What it covers.
    Covers,
    /// Text of the author's, by its id, and where it is written.
    Prose(Box<str>, Span),
}

/// The part of a statement that a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The id of the statement.
    pub id: Box<str>,
    /// Where it is written.
    pub span: Span,
    /// Those of its objects that the change is about.
    pub objects: Vec<Entry>,
    /// Those of its recipients that the change is about; empty where it names none.
    pub recipients: Vec<Entry>,
    /// Those of its purposes that the change is about; empty where it names none.
    pub purposes: Vec<Entry>,
}

impl Part {
    /// What tells one part of a version from another.
    fn key(&self) -> String {
        match self {
            Part::Statement(stated) => stated.id.to_string(),
            Part::Noun(id) => format!("noun {}", id.0),
            Part::Meaning(id) => format!("meaning {}", id.0),
            Part::Kind(id) => format!("kind {}", id.0),
            Part::Field(id, key) => format!("field {} {key}", id.0),
            Part::Publisher => "publisher".to_owned(),
            Part::Readers => "readers".to_owned(),
            Part::Covers => "covers".to_owned(),
            Part::Prose(id, _) => format!("prose {id}"),
        }
    }

    /// Where it is written.
    #[must_use]
    pub fn span(&self, policy: &Policy) -> Option<Span> {
        match self {
            Part::Statement(stated) => Some(stated.span),
            Part::Noun(id) | Part::Meaning(id) | Part::Kind(id) => Some(policy.noun(*id).span),
            Part::Field(id, key) => {
                let noun = policy.noun(*id);
                let field = noun.fields.iter().find(|field| field.key == *key);
                Some(field.map_or(noun.span, |field| field.span))
            }
            Part::Publisher | Part::Readers | Part::Covers => policy.header.span,
            Part::Prose(_, span) => Some(*span),
        }
    }
}

/// What changed between two versions.
#[derive(Debug)]
pub struct Comparison {
    /// The changes, what matters most first.
    pub changes: Vec<Change>,
    /// Whether the earlier version's promise of notice is kept, if it makes one and there is something to tell.
    pub notice: Option<Notice>,
}

impl Comparison {
    /// The weightiest of the changes; none if there is no change.
    #[must_use]
    pub fn weight(&self) -> Option<Weight> {
        self.changes.iter().map(|change| change.class.weight()).min()
    }
}

/// A version to compare: a policy, and the edition of it that is meant, if it has editions.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// The edition.
    pub edition: Option<&'p Edition>,
}

/// Compares two versions. `announced` is the day on which readers were told of the later one.
#[must_use]
pub fn compare(old: Compared<'_>, new: Compared<'_>, announced: Option<Date>) -> Comparison {
    let (old_orders, new_orders) = (Orders::new(old.policy), Orders::new(new.policy));
    let (old_rows, new_rows) = (rows(old.policy), rows(new.policy));
    let things = Things::new((&old_orders, &old_rows), (&new_orders, &new_rows));
    let before = Version::new(Side::Old, old.policy, &old_orders, &old_rows, &things);
    let after = Version::new(Side::New, new.policy, &new_orders, &new_rows, &things);
    let edition = |version: Compared<'_>| version.edition.map(|edition| edition.noun);
    let mut changes = Grouped::default();
    nouns::header(&before, &after, &mut changes);
    compare::compare((&before, &claims(&before, edition(old))), (&after, &claims(&after, edition(new))), &mut changes);
    nouns::nouns(&before, &after, &mut changes);
    nouns::prose((&before, edition(old)), (&after, edition(new)), &mut changes);
    let mut changes = changes.into_changes();
    // Changes of one class stand in the order of the text: the later version's, else the earlier one's.
    let place = |change: &Change| {
        let part = |part: &Option<Part>, policy: &Policy| part.as_ref().and_then(|part| part.span(policy));
        part(&change.after, new.policy)
            .or_else(|| part(&change.before, old.policy))
            .map(|span| (span.file.0, span.start))
    };
    changes.sort_by_key(|change| (change.class, place(change)));
    let notice = notice::notice(&before, &after, new.edition, announced, &changes);
    Comparison { changes, notice }
}
