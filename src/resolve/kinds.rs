//! Which kinds of noun may stand where, for the places that no verb decides.

use crate::codes::alternatives;
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
    /// The author's words or typed values, each of one of these shapes, or absent.
    Values(&'static [Shape]),
    /// Nouns; a label alone declares one.
    Nouns(Kinds),
    /// Anything: what another check reads, and the keys that a company chooses for what is internal.
    Everything,
}

/// The shape of a value that is no noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// The author's words, in quotes.
    Words,
    /// A period.
    Period,
    /// A day.
    Date,
    /// A country, a region or a group of countries.
    Place,
    /// An e-mail address.
    Email,
    /// An address of the web, with words for it or without.
    Link,
    /// A literal printed as code.
    Code,
    /// A number.
    Number,
    /// One of a closed list of words.
    OneOf(&'static [&'static str]),
}

use FieldValues::{Everything, Values};

const WORDS: FieldValues = Values(&[Shape::Words]);
const PERIOD: FieldValues = Values(&[Shape::Period, Shape::Words]);
const LIFETIME: FieldValues = Values(&[Shape::Period, Shape::OneOf(&["session", "persistent"]), Shape::Words]);
const DATE: FieldValues = Values(&[Shape::Date]);
const COUNTRY: FieldValues = Values(&[Shape::Place]);
const EMAIL: FieldValues = Values(&[Shape::Email]);
const LINK: FieldValues = Values(&[Shape::Link, Shape::Words]);
const CODE: FieldValues = Values(&[Shape::Code]);
const CODE_OR_WORDS: FieldValues = Values(&[Shape::Code, Shape::Words]);
const EXAMPLE: FieldValues = Values(&[Shape::Words, Shape::Code, Shape::Number]);
const NUMBER_OR_WORDS: FieldValues = Values(&[Shape::Number, Shape::Words]);
const AGE: FieldValues = Values(&[Shape::Number, Shape::Period]);
const STATE: FieldValues = Values(&[Shape::OneOf(&["enabled", "disabled"]), Shape::Words]);
const PURPOSE_CLASS: FieldValues = Values(&[
    Shape::OneOf(&["necessary", "functional", "preferences", "analytics", "advertising", "marketing", "social"]),
    Shape::Words,
]);
/// The categories of personal information in the Californian statute, which sorts them by letters.
const CATEGORY: FieldValues = Values(&[Shape::OneOf(&["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L"])]);
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
                    ("legal", WORDS),
                    ("country", COUNTRY),
                    ("seat", COUNTRY),
                    ("email", EMAIL),
                    ("phone", WORDS),
                    ("post", WORDS),
                    ("site", LINK),
                    ("policy", LINK),
                ]
            }
        }
        People => const { &[("younger-than", AGE), ("older-than", AGE), ("resident", PLACES), ("account", TERMS)] },
        Product => {
            const {
                &[
                    ("versions", NUMBER_OR_WORDS),
                    ("platforms", PRODUCTS),
                    ("channels", PRODUCTS),
                    ("features", PRODUCTS),
                    ("default", STATE),
                ]
            }
        }
        Data => {
            const {
                &[
                    ("examples", EXAMPLE),
                    ("also", EXAMPLE),
                    ("ccpa", CATEGORY),
                    ("sample", EXAMPLE),
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
                    ("names", CODE),
                    ("provider", PARTIES),
                    ("host", CODE_OR_WORDS),
                    ("kind", TRACKERS),
                    ("class", PURPOSE_CLASS),
                    ("purposes", PURPOSES),
                    ("lasts", LIFETIME),
                ]
            }
        }
        Setting => {
            const {
                &[
                    ("default", STATE),
                    ("owner", PARTIES),
                    ("per", WORDS),
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
                    ("from", DATE),
                    ("until", DATE),
                    ("short", WORDS),
                    ("unit", WORDS),
                    ("country", COUNTRY),
                ]
            }
        }
        Basis => {
            const {
                &[
                    ("covers", MATTERS),
                    ("asked", WORDS),
                    ("withdraw", MEANS),
                    ("effect", WORDS),
                    ("refusal", WORDS),
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
                    ("proof", WORDS),
                    ("agent", WORDS),
                    ("fee", NUMBER_OR_WORDS),
                    ("free", NUMBER_OR_WORDS),
                    ("effect", WORDS),
                    ("leaves", STORES),
                    ("limit", WORDS),
                    ("appeal", MEANS),
                ]
            }
        }
        Contact => const { &[("email", EMAIL), ("post", WORDS), ("phone", WORDS), ("form", LINK)] },
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
                    ("guarantee", LINK),
                    ("since", DATE),
                    ("terms", LINK),
                ]
            }
        }
        Document => {
            const {
                &[
                    // How a document is dated is checked with the document.
                    ("updated", Everything),
                    ("contact", MEANS),
                    ("notice", PERIOD),
                    ("subscribe", MEANS),
                    ("reading-level", NUMBER_OR_WORDS),
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
    alternatives(&words)
}

/// Whether a noun is printed where it is declared: a way to reach somebody, a service, a cookie, a choice.
///
/// A noun without fields has nothing to print there; one that is declared outside any section says its fields
/// where it is mentioned first, services and contacts excepted.
pub(super) fn has_own_place(noun: &Noun) -> bool {
    match noun.kind {
        Kind::Contact => true,
        Kind::Engagement | Kind::Tracker | Kind::Setting | Kind::Basis | Kind::Right => !noun.fields.is_empty(),
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

/// Whether a noun's fields are printed where it is declared, mentioned or not: those of cookies and plain settings
/// in sections only, because a sentence can say the little there is of them; those of others everywhere.
#[must_use]
pub fn is_printed_where_declared(noun: &Noun, in_section: bool) -> bool {
    let everywhere = match noun.kind {
        Contact | Engagement | Basis | Right => true,
        Setting => noun.fields.iter().any(|field| matches!(&*field.key, "controls" | "leaves")),
        _ => false,
    };
    !noun.fields.is_empty() && (in_section || everywhere)
}
