//! Which kinds of noun may stand where, for the places that no verb decides.

use crate::policy::Noun;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Kinds;

use Kind::{
    Basis, Contact, Data, Document, Engagement, Event, Law, Link, Party, People, Place, Product, Purpose, Reason,
    Right, Role, Section, Setting, Steps, Store, Term, Tracker, Way,
};

/// Who may act.
pub(super) const ACTOR: Kinds = Kinds::of(&[
    Party, People, Product, Tracker, Data, Law, Place, Term, Way, Setting, Right, Link, Contact, Role, Engagement,
    Document, Store, Basis,
]);
/// Whose the policy is.
pub(super) const PUBLISHER: Kinds = Kinds::of(&[Party]);
/// Whom it addresses.
pub(super) const READER: Kinds = Kinds::of(&[People]);
/// What a policy covers.
pub(super) const COVERS: Kinds = Kinds::of(&[Product, People, Data, Event, Term, Party]);
/// What something is of.
pub(super) const OF: Kinds = Kinds::of(&[
    Term, Party, People, Product, Data, Tracker, Law, Place, Setting, Right, Purpose, Link, Way, Document, Store,
    Engagement,
]);
/// What a period counts from.
pub(super) const OF_PERIOD: Kinds = Kinds::of(&[Event, Term, Party, People, Product, Data, Link]);

/// What may be tested in a condition.
pub(super) const CONDITION: Kinds = Kinds::of(&[Event, Setting, Tracker, Basis, Right, Term, Product]);
/// Where data as a whole may come from.
pub(super) const SOURCE: Kinds = Kinds::of(&[Party, People, Product, Tracker, Data, Way, Place, Term]);
/// What prose may refer to.
pub(super) const ANY: Kinds = Kinds::of(&[
    Term, Party, People, Product, Data, Purpose, Event, Way, Tracker, Setting, Law, Basis, Right, Role, Place, Link,
    Contact, Reason, Section, Steps, Store, Engagement, Document,
]);

/// What a clause takes when no verb says otherwise: in front of a block, behind `steps`, and for the clauses
/// that every verb takes.
pub(super) fn of_slot(slot: Slot) -> Kinds {
    match slot {
        Slot::About => Kinds::of(&[People, Data, Party, Product, Term, Tracker, Law]),
        Slot::From => Kinds::of(&[Party, People, Product, Place, Tracker, Link, Term, Data, Event, Engagement]),
        Slot::Via => Kinds::of(&[Way, Tracker, Contact, Link, Steps, Product, Setting, Party, Term]),
        Slot::On => Kinds::of(&[Product, Link, Tracker, Place, Term, Data, Document]),
        Slot::With | Slot::To => Kinds::of(&[Party, People, Place, Product, Term, Data, Engagement]),
        Slot::For => Kinds::of(&[Purpose, Event, Term]),
        Slot::Under => Kinds::of(&[Law, Basis, Setting, Link, Term, Document]),
        Slot::As => Kinds::of(&[Role]),
        Slot::In => Kinds::of(&[Place, Product, Term, Tracker, Link, Setting, Store, Document]),
        Slot::At => Kinds::of(&[Store, Place, Product, Link]),
        Slot::When | Slot::Unless | Slot::While | Slot::Until | Slot::Before | Slot::After => CONDITION,
        Slot::Within => Kinds::of(&[Event, Term]),
        Slot::Because => Kinds::of(&[Reason]),
        Slot::See => Kinds::of(&[Link, Contact, Section, Steps, Party, Product, Law, Term, Tracker, Document]),
        Slot::Kept => Kinds::of(&[Event, Term]),
        Slot::Sense => Kinds::of(&[Law]),
        // The word alone fills these.
        Slot::Required | Slot::Optional => Kinds::of(&[Reason]),
    }
}

/// Whether every verb takes the clause.
pub(super) fn universal(slot: Slot) -> bool {
    slot.takes_condition()
        || slot.is_flag()
        || matches!(slot, Slot::Because | Slot::See | Slot::As | Slot::Kept | Slot::Sense)
}

/// The kinds that a clause takes with every verb that has the clause: what is done by some means can be done by
/// following steps, and what goes to a party can go to one of its services.
pub(super) fn with_every_verb(slot: Slot) -> Option<Kinds> {
    match slot {
        Slot::Via => Some(Kinds::of(&[Steps])),
        Slot::At | Slot::In => Some(Kinds::of(&[Store])),
        Slot::With | Slot::To | Slot::From => Some(Kinds::of(&[Engagement])),
        Slot::On | Slot::Under => Some(Kinds::of(&[Document])),
        Slot::About
        | Slot::For
        | Slot::As
        | Slot::When
        | Slot::Unless
        | Slot::While
        | Slot::Until
        | Slot::Before
        | Slot::After
        | Slot::Within
        | Slot::Because
        | Slot::See
        | Slot::Kept
        | Slot::Sense
        | Slot::Required
        | Slot::Optional => None,
    }
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug)]
pub(super) enum FieldValues {
    /// The author's words, or typed values.
    Values,
    /// Nouns; a label alone declares one.
    Nouns(Kinds),
    /// Periods, or the author's words.
    Periods,
}

const TEXT: FieldValues = FieldValues::Values;
const PERIOD: FieldValues = FieldValues::Periods;
const PARTIES: FieldValues = FieldValues::Nouns(Kinds::of(&[Party, People]));
const PURPOSES: FieldValues = FieldValues::Nouns(Kinds::of(&[Purpose]));
const TERMS: FieldValues = FieldValues::Nouns(Kinds::of(&[Term]));
const DATA: FieldValues = FieldValues::Nouns(Kinds::of(&[Data]));
const PRODUCTS: FieldValues = FieldValues::Nouns(Kinds::of(&[Product]));
const ROLES: FieldValues = FieldValues::Nouns(Kinds::of(&[Role]));
const GROUNDS: FieldValues = FieldValues::Nouns(Kinds::of(&[Law, Basis, Term, Document]));
const TRACKERS: FieldValues = FieldValues::Nouns(Kinds::of(&[Tracker]));
const PLACES: FieldValues = FieldValues::Nouns(Kinds::of(&[Place]));
const EVENTS: FieldValues = FieldValues::Nouns(Kinds::of(&[Event]));
const MEANS: FieldValues = FieldValues::Nouns(Kinds::of(&[Way, Contact, Setting, Link, Steps, Product, Term]));
const MATTERS: FieldValues =
    FieldValues::Nouns(Kinds::of(&[Purpose, Data, Tracker, Product, Engagement, Right, Setting, Term]));
const PLACE_TO_SET: FieldValues = FieldValues::Nouns(Kinds::of(&[Term, Link, Product, Way, Contact]));
const STORES: FieldValues = FieldValues::Nouns(Kinds::of(&[Store, Data, Place, Term]));

/// The fields a kind has, with what they take.
pub(super) fn fields(kind: Kind) -> &'static [(&'static str, FieldValues)] {
    match kind {
        Party => {
            const {
                &[
                    ("legal", TEXT),
                    ("country", TEXT),
                    ("seat", TEXT),
                    ("email", TEXT),
                    ("phone", TEXT),
                    ("post", TEXT),
                    ("site", TEXT),
                    ("policy", TEXT),
                ]
            }
        }
        People => const { &[("younger-than", TEXT), ("older-than", TEXT), ("resident", PLACES), ("account", TERMS)] },
        Product => {
            const {
                &[
                    ("versions", TEXT),
                    ("platforms", PRODUCTS),
                    ("channels", PRODUCTS),
                    ("features", PRODUCTS),
                    ("default", TEXT),
                ]
            }
        }
        Data => {
            const {
                &[
                    ("examples", TEXT),
                    ("also", TEXT),
                    ("ccpa", TEXT),
                    ("sample", TEXT),
                    ("inferred-from", DATA),
                    ("hashed-from", DATA),
                    ("truncated-from", DATA),
                    ("aggregated-from", DATA),
                ]
            }
        }
        Tracker => {
            const {
                &[
                    ("names", TEXT),
                    ("provider", PARTIES),
                    ("host", TEXT),
                    ("kind", TRACKERS),
                    ("class", TEXT),
                    ("purposes", PURPOSES),
                    ("lasts", PERIOD),
                ]
            }
        }
        Setting => {
            const {
                &[
                    ("default", TEXT),
                    ("owner", PARTIES),
                    ("per", TEXT),
                    ("at", PLACE_TO_SET),
                    ("controls", MATTERS),
                    ("leaves", MATTERS),
                ]
            }
        }
        Law => {
            const {
                &[
                    ("principles", TERMS),
                    ("regulator", PARTIES),
                    ("from", TEXT),
                    ("until", TEXT),
                    ("short", TEXT),
                    ("unit", TEXT),
                    ("country", TEXT),
                ]
            }
        }
        Basis => {
            const {
                &[
                    ("covers", MATTERS),
                    ("asked", TEXT),
                    ("withdraw", MEANS),
                    ("effect", TEXT),
                    ("refusal", TEXT),
                    ("final", EVENTS),
                ]
            }
        }
        Right => {
            const {
                &[
                    ("under", GROUNDS),
                    ("answer", PERIOD),
                    ("extension", PERIOD),
                    ("means", MEANS),
                    ("proof", TEXT),
                    ("agent", TEXT),
                    ("fee", TEXT),
                    ("free", TEXT),
                    ("effect", TEXT),
                    ("leaves", STORES),
                    ("limit", TEXT),
                    ("appeal", MEANS),
                ]
            }
        }
        Contact => const { &[("email", TEXT), ("post", TEXT), ("phone", TEXT), ("form", TEXT)] },
        Store => const { &[("in", PLACES), ("of", PARTIES)] },
        Engagement => {
            const {
                &[
                    ("role", ROLES),
                    ("for", PURPOSES),
                    ("gets", DATA),
                    ("on", PRODUCTS),
                    ("in", PLACES),
                    ("under", GROUNDS),
                    ("guarantee", TEXT),
                    ("since", TEXT),
                    ("terms", TEXT),
                ]
            }
        }
        Document => {
            const {
                &[
                    ("updated", TEXT),
                    ("contact", MEANS),
                    ("notice", PERIOD),
                    ("subscribe", MEANS),
                    ("reading-level", TEXT),
                ]
            }
        }
        Kind::Purpose | Event | Way | Role | Place | Term | Link | Reason | Section | Steps | Kind::Edition => &[],
        // Verbs and manners have their own fields, read where they are declared; vendors are read by the build.
        Kind::Verb | Kind::Manner | Kind::Class | Kind::Vendor => &[],
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
            let article = if matches!(kind, Event | Engagement | Kind::Edition) { "an" } else { "a" };
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

/// Whether a noun is printed where it is declared: a way to reach somebody, a service, a cookie, a choice.
///
/// A noun without fields has nothing to print there; one that is declared outside any section says its fields
/// where it is mentioned first, services and contacts excepted.
pub(super) fn has_own_place(noun: &Noun) -> bool {
    match noun.kind {
        Kind::Contact | Kind::Engagement => !noun.fields.is_empty() || noun.kind == Kind::Contact,
        Kind::Tracker | Kind::Setting | Kind::Basis | Kind::Right => !noun.fields.is_empty(),
        Kind::Party
        | Kind::People
        | Kind::Product
        | Kind::Data
        | Kind::Purpose
        | Kind::Event
        | Kind::Way
        | Kind::Law
        | Kind::Role
        | Kind::Place
        | Kind::Term
        | Kind::Link
        | Kind::Reason
        | Kind::Verb
        | Kind::Manner
        | Kind::Class
        | Kind::Section
        | Kind::Steps
        | Kind::Store
        | Kind::Document
        | Kind::Edition
        | Kind::Vendor => false,
    }
}
