//! Which kinds of noun may stand where, for the places that no verb decides.

use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Kinds;

use Kind::{
    Basis, Contact, Data, Event, Law, Link, Party, People, Place, Product, Purpose, Reason, Right, Role, Section,
    Setting, Steps, Term, Tracker, Way,
};

/// Who may act.
pub(super) const ACTOR: Kinds =
    Kinds::of(&[Party, People, Product, Tracker, Data, Law, Place, Term, Way, Setting, Right, Link, Contact, Role]);
/// Whose the policy is.
pub(super) const PUBLISHER: Kinds = Kinds::of(&[Party]);
/// Whom it addresses.
pub(super) const READER: Kinds = Kinds::of(&[People]);
/// What a policy covers.
pub(super) const COVERS: Kinds = Kinds::of(&[Product, People, Data, Event, Term, Party]);
/// What something is of.
pub(super) const OF: Kinds =
    Kinds::of(&[Term, Party, People, Product, Data, Tracker, Law, Place, Event, Setting, Right, Purpose, Link, Way]);
/// What may be tested in a condition.
pub(super) const CONDITION: Kinds = Kinds::of(&[Event, Setting, Tracker, Basis, Right, Term]);
/// Where data as a whole may come from.
pub(super) const SOURCE: Kinds = Kinds::of(&[Party, People, Product, Tracker, Data, Way, Place, Term]);
/// What prose may refer to.
pub(super) const ANY: Kinds = Kinds::of(&[
    Term, Party, People, Product, Data, Purpose, Event, Way, Tracker, Setting, Law, Basis, Right, Role, Place, Link,
    Contact, Reason, Section, Steps,
]);

/// What a clause takes when no verb says otherwise: in front of a block, behind `steps`, and for the clauses
/// that every verb takes.
pub(super) fn of_slot(slot: Slot) -> Kinds {
    match slot {
        Slot::About => Kinds::of(&[People, Data, Party, Product, Term, Tracker, Law]),
        Slot::From => Kinds::of(&[Party, People, Product, Place, Tracker, Link, Term, Data, Event]),
        Slot::Via => Kinds::of(&[Way, Tracker, Contact, Link, Steps, Product, Setting, Party, Term]),
        Slot::On => Kinds::of(&[Product, Link, Tracker, Place, Term, Data]),
        Slot::With | Slot::To => Kinds::of(&[Party, People, Place, Product, Term, Data]),
        Slot::For => Kinds::of(&[Purpose, Event, Term]),
        Slot::Under => Kinds::of(&[Law, Basis, Setting, Link, Term]),
        Slot::As => Kinds::of(&[Role]),
        Slot::In => Kinds::of(&[Place, Product, Term, Tracker, Link, Setting]),
        Slot::At => Kinds::of(&[Place, Product, Link]),
        Slot::When | Slot::Unless | Slot::While | Slot::Until | Slot::Before | Slot::After => CONDITION,
        Slot::Within => Kinds::of(&[Event, Term]),
        Slot::Because => Kinds::of(&[Reason]),
        Slot::See => Kinds::of(&[Link, Contact, Section, Steps, Party, Product, Law, Term, Tracker]),
    }
}

/// Whether every verb takes the clause.
pub(super) fn universal(slot: Slot) -> bool {
    slot.takes_condition() || matches!(slot, Slot::Because | Slot::See | Slot::As)
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug)]
pub(super) enum FieldValues {
    /// The author's words, or typed values.
    Values,
    /// Nouns.
    Nouns(Kinds),
}

const TEXT: FieldValues = FieldValues::Values;
const PARTIES: FieldValues = FieldValues::Nouns(Kinds::of(&[Party, People]));
const PURPOSES: FieldValues = FieldValues::Nouns(Kinds::of(&[Purpose]));
const TERMS: FieldValues = FieldValues::Nouns(Kinds::of(&[Term]));

/// The fields a kind has, with what they take.
pub(super) fn fields(kind: Kind) -> &'static [(&'static str, FieldValues)] {
    match kind {
        Party => const { &[("legal", TEXT), ("country", TEXT), ("email", TEXT), ("phone", TEXT), ("post", TEXT)] },
        People => const { &[("younger-than", TEXT), ("resident", TEXT)] },
        Tracker => const { &[("provider", PARTIES), ("lasts", TEXT), ("purposes", PURPOSES)] },
        Setting => const { &[("default", TEXT), ("owner", PARTIES), ("per", TEXT), ("at", TEXT)] },
        Law => const { &[("principles", TERMS), ("regulator", PARTIES), ("from", TEXT), ("until", TEXT)] },
        Right => const { &[("answer", TEXT), ("fee", TEXT)] },
        Contact => const { &[("email", TEXT), ("post", TEXT), ("phone", TEXT), ("form", TEXT)] },
        Kind::Product
        | Data
        | Purpose
        | Event
        | Way
        | Basis
        | Role
        | Place
        | Term
        | Link
        | Reason
        | Section
        | Steps => &[],
        // Verbs and manners have their own fields, read where they are declared.
        Kind::Verb | Kind::Manner | Kind::Class => &[],
    }
}

/// The names of the fields that an author may give a noun of a kind.
#[must_use]
pub fn fields_of(kind: Kind) -> Vec<&'static str> {
    fields(kind).iter().map(|(key, _)| *key).collect()
}

/// Where a name stands, for messages.
#[derive(Clone, Copy, Debug)]
pub(super) enum Site {
    /// In front of the verb.
    Actor,
    /// Behind the verb.
    Object,
    /// In a clause.
    Clause(Slot),
    /// Behind `of`.
    Of,
    /// Among the members of a group.
    Member,
    /// In the header.
    Header,
    /// In a field.
    Field,
    /// In prose.
    Prose,
}

impl Site {
    /// The place in words.
    pub(super) fn words(self) -> String {
        match self {
            Site::Actor => "the place in front of the verb".to_owned(),
            Site::Object => "this verb".to_owned(),
            Site::Clause(slot) => format!("`{}`", slot.word()),
            Site::Of => "`of`".to_owned(),
            Site::Member => "this list".to_owned(),
            Site::Header => "the header".to_owned(),
            Site::Field => "this field".to_owned(),
            Site::Prose => "prose".to_owned(),
        }
    }
}

/// Kinds in words: "a party, a product or a place".
pub(super) fn in_words(kinds: Kinds) -> String {
    let words: Vec<String> = kinds
        .iter()
        .map(|kind| {
            let article = if matches!(kind, Event) { "an" } else { "a" };
            match kind {
                Kind::People | Data | Steps => kind.word().to_owned(),
                _ => format!("{article} {}", kind.word()),
            }
        })
        .collect();
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
