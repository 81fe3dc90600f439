//! The standard vocabulary: verbs with their forms and frames, kinds of data, purposes, people and the rest.
//!
//! It is written in `src/vocabulary/*.policy` and turned into static tables by the build script, so that
//! nothing of it is parsed when a policy is compiled. It feeds names and checks; none of it is printed unless
//! the author writes it.

use std::borrow::Cow;

use crate::syntax::words::{Kind, Slot};

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));

/// What a verb is about. The class decides the order in which a sentence says its slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Data comes in.
    Collection,
    /// Something is done with data.
    Use,
    /// Data goes to somebody.
    Disclosure,
    /// Somebody looks at data.
    Access,
    /// Data stays.
    Retention,
    /// Data goes away.
    Deletion,
    /// Data is kept safe.
    Protection,
    /// Somebody is followed.
    Tracking,
    /// Somebody has a right.
    Right,
    /// Somebody chooses.
    Choice,
    /// Somebody owes something.
    Duty,
    /// Somebody agrees.
    Consent,
    /// The policy changes.
    Change,
    /// Data goes to another country.
    Transfer,
    /// What law and documents do.
    Legal,
    /// What something is said to be or do.
    Claim,
    /// Something is offered.
    Offer,
    /// Whatever else people do.
    Conduct,
}

impl Class {
    /// Every class.
    pub const ALL: [Class; 18] = [
        Class::Collection,
        Class::Use,
        Class::Disclosure,
        Class::Access,
        Class::Retention,
        Class::Deletion,
        Class::Protection,
        Class::Tracking,
        Class::Right,
        Class::Choice,
        Class::Duty,
        Class::Consent,
        Class::Change,
        Class::Transfer,
        Class::Legal,
        Class::Claim,
        Class::Offer,
        Class::Conduct,
    ];

    /// The name of the class in the vocabulary and of its sentence template.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Class::Collection => "collection",
            Class::Use => "use",
            Class::Disclosure => "disclosure",
            Class::Access => "access",
            Class::Retention => "retention",
            Class::Deletion => "deletion",
            Class::Protection => "protection",
            Class::Tracking => "tracking",
            Class::Right => "right",
            Class::Choice => "choice",
            Class::Duty => "duty",
            Class::Consent => "consent",
            Class::Change => "change",
            Class::Transfer => "transfer",
            Class::Legal => "legal",
            Class::Claim => "claim",
            Class::Offer => "offer",
            Class::Conduct => "conduct",
        }
    }

    /// The class with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Class> {
        Class::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// The kinds that may stand in one slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    /// The kind a new label gets.
    pub first: Kind,
    /// All kinds, one bit each in the order of [`Kind::ALL`].
    pub mask: u32,
}

impl Kinds {
    /// A set of kinds; a new label gets the first of them.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "a constant function cannot iterate, and no set is empty")]
    pub const fn of(kinds: &[Kind]) -> Kinds {
        let mut mask = 0;
        let mut index = 0;
        while index < kinds.len() {
            mask |= 1 << kinds[index] as u32;
            index += 1;
        }
        Kinds { first: kinds[0], mask }
    }

    /// Whether the kind may stand here.
    #[must_use]
    pub fn contains(self, kind: Kind) -> bool {
        self.mask & (1 << kind as u32) != 0
    }

    /// The kinds of both; new labels keep the kind they had.
    #[must_use]
    pub fn union(self, other: Kinds) -> Kinds {
        Kinds { first: self.first, mask: self.mask | other.mask }
    }

    /// The kinds, first the one a new label gets.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        std::iter::once(self.first)
            .chain(Kind::ALL.into_iter().filter(move |kind| *kind != self.first && self.contains(*kind)))
    }
}

/// What one clause of a verb takes.
#[derive(Clone, Debug)]
pub struct SlotFrame {
    /// The clause.
    pub slot: Slot,
    /// The kinds that may stand in it.
    pub kinds: Kinds,
    /// The word that is printed instead of the usual one; empty for the usual one.
    pub word: Cow<'static, str>,
}

/// A verb with its forms and its frame.
#[derive(Clone, Debug)]
pub struct Verb {
    /// The word as written in policies, in its base form.
    pub name: Cow<'static, str>,
    /// The base form as printed.
    pub base: Cow<'static, str>,
    /// The third person singular as printed.
    pub third: Cow<'static, str>,
    /// The plural as printed, where it differs from the base; else empty.
    pub plural: Cow<'static, str>,
    /// The past participle as printed.
    pub past: Cow<'static, str>,
    /// The -ing form as printed.
    pub gerund: Cow<'static, str>,
    /// The class.
    pub class: Class,
    /// Whether a pronoun may stand in front of the objects: "send you x".
    pub dative: bool,
    /// Whether the verb denies by itself: "disclaim".
    pub negative: bool,
    /// Whether its last word stands behind the objects: "make x public".
    pub parted: bool,
    /// Whether it harms somebody for a reason, so that a denial of it denies the reason with it: "retaliate against".
    pub adverse: bool,
    /// What may be its objects; none if it takes none.
    pub objects: Option<Kinds>,
    /// What its clauses take.
    pub frame: Cow<'static, [SlotFrame]>,
}

impl Verb {
    /// The third person as it is written in policies.
    #[must_use]
    pub fn third_name(&self) -> String {
        if self.base.replace(' ', "-") == self.name {
            return self.third.replace(' ', "-");
        }
        let (head, rest) = self.name.split_at(self.name.find('-').unwrap_or(self.name.len()));
        let first = |words: &str| words.split(' ').next().unwrap_or("").to_owned();
        if first(&self.base) == head { format!("{}{rest}", first(&self.third)) } else { format!("{head}s{rest}") }
    }

    /// What a clause takes; none if the verb does not take it.
    #[must_use]
    pub fn slot(&self, slot: Slot) -> Option<&SlotFrame> {
        self.frame.iter().find(|frame| frame.slot == slot)
    }
}

/// Where a manner stands in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Placement {
    /// In front of the verb: "automatically collect".
    Before,
    /// Behind the objects: "change it at any time".
    After,
    /// In front of the purpose: "to the extent necessary to perform these functions".
    Purpose,
    /// At the end, behind what the sentence rests on.
    End,
}

/// An entry of the vocabulary that is no verb.
#[derive(Debug)]
pub struct Entry {
    /// The kind.
    pub kind: Kind,
    /// The name.
    pub name: &'static str,
    /// The words printed when an author uses the name without words of his own.
    pub label: &'static str,
    /// The words for one; empty if not given.
    pub one: &'static str,
    /// The words for several; empty if not given.
    pub many: &'static str,
    /// The noun phrase of a purpose; empty if not given.
    pub noun: &'static str,
    /// The entries it `is`, as indices of [`ENTRIES`].
    pub parents: &'static [u16],
    /// Whether a page says "your" in front of it.
    pub yours: bool,
    /// Where a manner stands.
    pub placement: Placement,
    /// The other fields: key and values.
    pub fields: &'static [(&'static str, &'static [&'static str])],
}

/// The index in [`ENTRIES`] of the entry with this kind and name.
#[must_use]
pub fn find(kind: Kind, name: &str) -> Option<u16> {
    ENTRIES.binary_search_by(|entry| (entry.name, entry.kind).cmp(&(name, kind))).ok().map(|index| index as u16)
}

/// The index in [`ENTRIES`] of the entry with this name and the first of these kinds that has it.
#[must_use]
pub fn find_among(name: &str, kinds: Kinds) -> Option<u16> {
    let start = ENTRIES.partition_point(|entry| entry.name < name);
    let same = || ENTRIES.iter().enumerate().skip(start).take_while(|(_, entry)| entry.name == name);
    same()
        .find(|(_, entry)| entry.kind == kinds.first)
        .or_else(|| same().find(|(_, entry)| kinds.contains(entry.kind)))
        .map(|(index, _)| index as u16)
}

/// The entry at an index of [`ENTRIES`].
///
/// # Panics
///
/// If the index did not come from this module.
#[must_use]
#[expect(clippy::indexing_slicing, reason = "indices come from `find` and from the tables themselves")]
pub fn entry(index: u16) -> &'static Entry {
    &ENTRIES[usize::from(index)]
}

/// Whether an entry is another one, directly or through the entries between them.
#[must_use]
pub fn is(index: u16, ancestor: u16) -> bool {
    index == ancestor || entry(index).parents.iter().any(|parent| is(*parent, ancestor))
}

/// The names of a kind.
pub fn names(kind: Kind) -> impl Iterator<Item = &'static str> {
    ENTRIES.iter().filter(move |entry| entry.kind == kind).map(|entry| entry.name)
}

/// The standard verb with this word, and whether the word is its third person.
#[must_use]
pub fn find_verb(word: &str) -> Option<(&'static Verb, bool)> {
    let index = VERB_FORMS.binary_search_by(|(form, ..)| (*form).cmp(word)).ok()?;
    let (_, verb, third) = VERB_FORMS.get(index)?;
    VERBS.get(usize::from(*verb)).map(|verb| (verb, *third))
}

/// The verbs that give data away for something in return.
pub const SALE: [&str; 5] = ["sell", "rent", "lease", "trade", "license"];

/// The code of the country with this name, which may be spelt as a name of the language is.
#[must_use]
pub fn country_called(written: &str) -> Option<String> {
    let words = written.replace('-', " ").to_lowercase();
    names(Kind::Place).find_map(|name| {
        let entry = entry(find(Kind::Place, name)?);
        let code = name.strip_prefix("place-")?;
        let label = entry.label.to_lowercase();
        (label.strip_prefix("the ").unwrap_or(&label) == words).then(|| code.to_uppercase())
    })
}

/// The name of a country, a region or a group of countries by its code.
#[must_use]
pub fn place(code: &str) -> Option<&'static str> {
    let name = format!("place-{}", code.to_ascii_lowercase());
    find(Kind::Place, &name).map(|index| entry(index).label)
}
