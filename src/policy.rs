//! What was meant: every name an id, every literal a value. The one truth that checks, drafting and JSON read.
//!
//! INVARIANT: every [`NounId`] and [`VerbId`] in a policy indexes its own tables, and every noun that a
//! sentence mentions is in [`Policy::nouns`], whether the author declared it or the vocabulary did.

use std::borrow::Cow;

use crate::source::Span;
use crate::syntax::words::{Force, Join, Kind, Number, Polarity, Slot};
use crate::vendors::{Origin, Vendor};
use crate::vocabulary::{self, Placement, Verb};

mod header;
mod period;

pub use header::{Edition, Header, NamedLaw, Updated, Voice};
pub use period::{Amount, Citation, Period, PeriodStart, PeriodStep, Provision};

mod clause;
mod documents;

pub use clause::{Arm, Clause, ClauseValue, Condition, Entry, Except, Group, Head, Place, Test, Value};
pub use documents::DocumentKind;

/// A noun of this policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NounId(pub u32);

/// A verb of this policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerbId(pub u32);

/// A whole policy.
#[derive(Debug)]
pub struct Policy {
    /// The header.
    pub header: Header,
    /// Every noun that is declared or mentioned, the author's first in source order.
    pub nouns: Vec<Noun>,
    /// Every verb that is used.
    pub verbs: Vec<Verb>,
    /// The public statements, in source order.
    pub nodes: Vec<Node>,
    /// The statements that only the record of processing may print. They are kept apart, so that what drafts
    /// public documents never meets them.
    pub internal: Vec<Node>,
    /// The editions, in the order of their first days; none if the policy has one version only.
    pub editions: Vec<Edition>,
}

impl Policy {
    /// The noun with this id.
    ///
    /// # Panics
    ///
    /// If the id is of another policy.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the ids of a policy index its own table")]
    pub fn noun(&self, id: NounId) -> &Noun {
        &self.nouns[id.0 as usize]
    }

    /// The verb with this id.
    ///
    /// # Panics
    ///
    /// If the id is of another policy.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "the ids of a policy index its own table")]
    pub fn verb(&self, id: VerbId) -> &Verb {
        &self.verbs[id.0 as usize]
    }

    /// Whether a noun is, directly or through others, the standard entry of its kind with this name.
    #[must_use]
    pub fn is(&self, id: NounId, name: &str) -> bool {
        let noun = self.noun(id);
        vocabulary::find(noun.kind, name).is_some_and(|ancestor| self.is_standard(id, ancestor, 0))
    }

    /// Whether an event is that the policy itself changes: by the vocabulary, or by its words.
    #[must_use]
    pub fn is_change_of_policy(&self, event: NounId) -> bool {
        let words = self.noun(event).words().to_lowercase();
        let speaks_of_it = words.contains("policy") && (words.contains("chang") || words.contains("updat"));
        self.is(event, "policy-change") || self.noun(event).kind == Kind::Event && speaks_of_it
    }

    /// Whether what is said of one noun is said of another: it is the same, a kind of it or among its members.
    #[must_use]
    pub fn covers(&self, wide: NounId, narrow: NounId) -> bool {
        self.covers_at(wide, narrow, 0)
    }

    fn covers_at(&self, wide: NounId, narrow: NounId, depth: usize) -> bool {
        if wide == narrow {
            return true;
        }
        if depth > 16 {
            return false;
        }
        let (whole, part) = (self.noun(wide), self.noun(narrow));
        let standard = whole.kind == part.kind
            && whole.standard.is_some_and(|index| self.is(narrow, vocabulary::entry(index).name));
        standard
            || part.parents.iter().any(|parent| self.covers_at(wide, *parent, depth + 1))
            || whole.group.as_ref().is_some_and(|group| {
                let mut members = group.entries.iter().filter_map(Entry::noun_id);
                members.any(|member| self.covers_at(member, narrow, depth + 1))
            })
    }

    /// The members of an entry: those that are named where it stands, else those of its noun.
    #[must_use]
    pub fn group_of<'e>(&'e self, entry: &'e Entry) -> Option<&'e Group> {
        entry.group.as_ref().or_else(|| self.noun(entry.noun_id()?).group.as_ref())
    }

    /// The texts that the author wrote as they are printed, in source order: those of an edition and those outside any.
    #[must_use]
    pub fn prose(&self, edition: Option<NounId>) -> Vec<&Prose> {
        fn collect<'p>(nodes: &'p [Node], edition: Option<NounId>, found: &mut Vec<&'p Prose>) {
            for node in nodes {
                match node {
                    Node::Section(section) => collect(&section.nodes, edition, found),
                    Node::Scope(scope) => collect(&scope.nodes, edition, found),
                    Node::Steps(steps) => collect(&steps.nodes, edition, found),
                    Node::Sentence(sentence) => collect(sentence.cases.as_deref().unwrap_or_default(), edition, found),
                    Node::Edition(noun, nodes) if Some(*noun) == edition => collect(nodes, edition, found),
                    Node::Prose(prose) => found.push(prose),
                    Node::Edition(..) | Node::Addition(_) | Node::Noun(_) => {}
                }
            }
        }
        let mut found = Vec::new();
        collect(&self.nodes, edition, &mut found);
        found
    }

    fn is_standard(&self, id: NounId, ancestor: u16, depth: usize) -> bool {
        let noun = self.noun(id);
        noun.standard.is_some_and(|standard| vocabulary::is(standard, ancestor))
            || (depth < 64 && noun.parents.iter().any(|parent| self.is_standard(*parent, ancestor, depth + 1)))
    }

    /// Whether a page says "your" in front of this noun: its standard entry says so, or, for a noun of the
    /// author's own, an entry that it is.
    #[must_use]
    pub fn is_yours(&self, id: NounId) -> bool {
        let noun = self.noun(id);
        // What is a child's is nobody else's, whatever else it is.
        if self.is(id, "children-data") {
            return false;
        }
        let standard_is_yours = |noun: &Noun| noun.standard.is_some_and(|index| vocabulary::entry(index).yours);
        standard_is_yours(noun) || noun.parents.iter().any(|parent| standard_is_yours(self.noun(*parent)))
    }
}

/// A noun.
#[derive(Clone, Debug)]
pub struct Noun {
    /// The kind.
    pub kind: Kind,
    /// The name; none for a label alone.
    pub name: Option<Box<str>>,
    /// The id in every output: `data-email`.
    pub id: Box<str>,
    /// The words; none where the members stand for it.
    pub label: Option<Box<str>>,
    /// The words for one.
    pub one: Option<Box<str>>,
    /// The words for several.
    pub many: Option<Box<str>>,
    /// The noun phrase of a purpose.
    pub noun: Option<Box<str>>,
    /// A definition.
    pub means: Option<Box<str>>,
    /// An address, as given.
    pub link: Option<Box<str>>,
    /// Where the address is from, if it is taken from the vendor catalogue.
    pub link_taken: Option<Origin>,
    /// A literal printed as code.
    pub code: Option<Box<str>>,
    /// What it is of.
    pub of: Option<Box<Entry>>,
    /// A clause that restricts it, with the noun left out.
    pub that: Option<Box<str>>,
    /// For data: where all of it comes from.
    pub from: Vec<Entry>,
    /// Its members.
    pub group: Option<Group>,
    /// Its fields, in source order.
    pub fields: Vec<Field>,
    /// The fields that only the record of processing may print.
    pub internal_fields: Vec<Field>,
    /// Whether only the record of processing may print it.
    pub internal: bool,
    /// Whether it is brought in by `use` and never mentioned, so that it is no fact of this policy.
    pub dropped: bool,
    /// The entry of the vendor catalogue whose fields it takes.
    pub vendor: Option<&'static Vendor>,
    /// The nouns it is a kind of.
    pub parents: Vec<NounId>,
    /// The standard entry it is, if its name is one.
    pub standard: Option<u16>,
    /// Whether the author gave it words; a standard noun that is only mentioned has none.
    pub declared: bool,
    /// Where a manner stands in its sentence.
    pub placement: Placement,
    /// The number its verbs show, where they show one.
    pub number: Option<Number>,
    /// Where it is declared, or first mentioned.
    pub span: Span,
}

impl Noun {
    /// A noun of a kind, with nothing said of it yet. Ids are given when all nouns are known.
    #[must_use]
    pub fn new(kind: Kind, span: Span) -> Noun {
        Noun {
            kind,
            name: None,
            id: "".into(),
            label: None,
            one: None,
            many: None,
            noun: None,
            means: None,
            link: None,
            link_taken: None,
            code: None,
            of: None,
            that: None,
            from: Vec::new(),
            group: None,
            fields: Vec::new(),
            internal_fields: Vec::new(),
            internal: false,
            dropped: false,
            vendor: None,
            parents: Vec::new(),
            standard: None,
            declared: false,
            placement: Placement::Before,
            number: None,
            span,
        }
    }

    /// Whether its members stand for it, because it has no words of its own.
    #[must_use]
    pub fn is_its_members(&self) -> bool {
        self.label.is_none() && self.noun.is_none() && self.group.is_some()
    }

    /// The words that are printed: the label, the noun phrase, or the name with spaces.
    #[must_use]
    pub fn words(&self) -> Cow<'_, str> {
        match (&self.label, &self.noun, &self.name) {
            (Some(label), ..) => Cow::Borrowed(label),
            (None, Some(noun), _) => Cow::Borrowed(noun),
            (None, None, Some(name)) => Cow::Owned(name.replace(['-', '_'], " ")),
            (None, None, None) => Cow::Borrowed(""),
        }
    }
}

/// A field of a noun.
#[derive(Clone, Debug)]
pub struct Field {
    /// The key.
    pub key: Box<str>,
    /// The values; empty for a flag.
    pub values: Vec<Entry>,
    /// How they are joined.
    pub join: Join,
    /// Display words.
    pub display: Option<Box<str>>,
    /// Values that differ by guard, instead of `values`.
    pub arms: Vec<FieldArm>,
    /// Where it is from, if it is taken from the vendor catalogue.
    pub taken: Option<Origin>,
    /// Where it is written.
    pub span: Span,
}

/// One arm of a field whose values differ.
#[derive(Clone, Debug)]
pub struct FieldArm {
    /// The guard; empty for `otherwise`.
    pub guard: Vec<Clause>,
    /// The values.
    pub values: Vec<Entry>,
    /// Display words.
    pub display: Option<Box<str>>,
}

/// A statement.
#[derive(Debug)]
pub enum Node {
    /// A heading with its statements.
    Section(Section),
    /// A sentence.
    Sentence(Box<Sentence>),
    /// Statements under common clauses or for another reader.
    Scope(Scope),
    /// An ordered list.
    Steps(Steps),
    /// Markdown by the author.
    Prose(Prose),
    /// The place where a noun with details (a contact) is declared.
    Noun(NounId),
    /// Further clauses of a sentence that stands elsewhere.
    Addition(Addition),
    /// Statements that hold in one edition.
    Edition(NounId, Vec<Node>),
}

/// Further clauses of a sentence that stands elsewhere.
#[derive(Clone, Debug)]
pub struct Addition {
    /// The id, made of the sentence's and the slots.
    pub id: Box<str>,
    /// The id of the sentence.
    pub of: Box<str>,
    /// What is added.
    pub clauses: Vec<Clause>,
    /// Whether it holds wherever its sentence holds, in the same blocks and edition: then the sentence says it.
    pub is_joined: bool,
    /// Where it is written.
    pub span: Span,
}

/// A heading with its statements.
#[derive(Debug)]
pub struct Section {
    /// The id: `section-use`.
    pub id: Box<str>,
    /// The noun that `see` finds.
    pub noun: NounId,
    /// The title.
    pub title: Box<str>,
    /// The statements.
    pub nodes: Vec<Node>,
}

/// Statements under common clauses, or for another reader. Without either it is a step of several sentences.
#[derive(Debug)]
pub struct Scope {
    /// The reader inside.
    pub you: Option<Vec<NounId>>,
    /// The clauses.
    pub clauses: Vec<Clause>,
    /// The statements.
    pub nodes: Vec<Node>,
}

/// An ordered list.
#[derive(Debug)]
pub struct Steps {
    /// The id: `steps-complaint`.
    pub id: Box<str>,
    /// The noun that `via` and `see` find; its label says what the steps do.
    pub noun: NounId,
    /// Clauses that hold for all of them.
    pub clauses: Vec<Clause>,
    /// The steps.
    pub nodes: Vec<Node>,
}

/// Markdown by the author.
#[derive(Debug)]
pub struct Prose {
    /// The id.
    pub id: Box<str>,
    /// The text, with its references.
    pub parts: Vec<ProsePart>,
    /// Where it is written.
    pub span: Span,
}

/// A part of the author's Markdown.
#[derive(Clone, Debug)]
pub enum ProsePart {
    /// Markdown as written, escapes undone.
    Text(String),
    /// `{name}`: the words of a noun or field.
    Reference(Entry),
    /// `{see name}`: a link to it.
    See(Entry),
}

/// A sentence.
#[derive(Debug)]
pub struct Sentence {
    /// The id: the author's, or derived from the slots.
    pub id: Box<str>,
    /// Whether the id is the author's, so that further clauses can be added elsewhere.
    pub named: bool,
    /// Whether the actor is the only one who does it.
    pub only_actor: bool,
    /// Who acts; never empty.
    pub actors: Vec<Entry>,
    /// How the actors are joined.
    pub actor_join: Join,
    /// How firmly.
    pub force: Force,
    /// Stated or denied.
    pub polarity: Polarity,
    /// How.
    pub manner: Option<NounId>,
    /// What is done; never empty.
    pub verbs: Vec<VerbId>,
    /// How the verbs are joined.
    pub verb_join: Join,
    /// To what.
    pub objects: Vec<Entry>,
    /// How the objects are joined.
    pub object_join: Join,
    /// The clauses, in source order.
    pub clauses: Vec<Clause>,
    /// Further clauses that are written elsewhere and hold wherever the sentence holds.
    pub added: Vec<Addition>,
    /// What is cut out.
    pub except: Option<Except>,
    /// The complete list of cases.
    pub cases: Option<Vec<Node>>,
    /// Where it is written.
    pub span: Span,
}

impl Sentence {
    /// The clause in a slot.
    #[must_use]
    pub fn clause(&self, slot: Slot) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.slot == slot)
    }
}
