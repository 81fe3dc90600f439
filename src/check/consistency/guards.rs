//! Whether what one sentence says and what another says can meet in one case.
//!
//! Each guard compares one slot of a limiting sentence, a denial or an `only`, with the same slot of a stated one, and
//! may only make the verdict milder: where the limiting sentence is narrower, it is a limit and no conflict.

use crate::check::consistency::boxes::Side;
use crate::check::consistency::places;
use crate::check::orders::{Orders, Relation};
use crate::check::places::lies_in;
use crate::check::rows::{is_us, tests_of};
use crate::policy::{Clause, ClauseValue, Condition, Entry, Head, NounId, Policy, Value};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary;

/// How surely two sentences meet; the least sure comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meeting {
    /// They need not.
    Apart,
    /// They may.
    Perhaps,
    /// They do.
    Surely,
}

/// Manners that a denial is no narrower for: whoever writes of something knows it and means it now.
const NO_LIMIT: [&str; 8] =
    ["knowingly", "intentionally", "currently", "at-this-time", "actively", "at-all-times", "always", "at-any-time"];

/// Manners by which personal data cease to be personal.
const HARMLESS: [&str; 2] = ["anonymously", "in-aggregate-form"];

/// Whether a stated box lies within everything that a limiting one is limited to, but for its own object and
/// recipients and for the slots in `but`.
#[must_use]
pub fn meeting(limit: &Side<'_, '_>, stated: &Side<'_, '_>, but: &[Slot], orders: &Orders<'_>) -> Meeting {
    let policy = orders.policy();
    let meets = actors_meet(limit, stated, orders)
        && editions_meet(limit, stated)
        && manners_meet(limit, stated, policy)
        && readers_meet(limit, stated, orders)
        && (but.contains(&Slot::About) || people_meet(limit, stated, orders))
        && [Slot::From, Slot::Via, Slot::On, Slot::At, Slot::In, Slot::As, Slot::Under, Slot::For, Slot::Within]
            .into_iter()
            .filter(|slot| !but.contains(slot))
            .all(|slot| slot_meets(slot, limit, stated, orders));
    if !meets {
        return Meeting::Apart;
    }
    [Slot::When, Slot::While, Slot::Until, Slot::Before, Slot::After, Slot::Unless]
        .into_iter()
        .filter(|slot| !but.contains(slot))
        .flat_map(|slot| limit.clauses(slot))
        .map(|clause| condition_meets(clause, stated, orders))
        .min()
        .unwrap_or(Meeting::Surely)
}

fn editions_meet(limit: &Side<'_, '_>, stated: &Side<'_, '_>) -> bool {
    limit.row.edition.is_none() || stated.row.edition.is_none() || limit.row.edition == stated.row.edition
}

fn manners_meet(limit: &Side<'_, '_>, stated: &Side<'_, '_>, policy: &Policy) -> bool {
    let is = |id: NounId, names: &[&str]| policy.noun(id).name.as_deref().is_some_and(|name| names.contains(&name));
    let limits = limit.row.manner.filter(|id| !is(*id, &NO_LIMIT));
    let harmless = stated.row.manner.is_some_and(|id| is(id, &HARMLESS));
    limits.is_none_or(|limits| stated.row.manner == Some(limits)) && !(harmless && limits.is_none())
}

/// Whether whoever acts in the stated box acts in the limiting one.
fn actors_meet(limit: &Side<'_, '_>, stated: &Side<'_, '_>, orders: &Orders<'_>) -> bool {
    let policy = orders.policy();
    let is_reader = |entry: &Entry| match &entry.head {
        Head::You => true,
        Head::Noun(id) => policy.header.you.contains(id),
        _ => false,
    };
    limit.row.actors.iter().any(|one| {
        stated.row.actors.iter().any(|other| {
            if is_us(one, policy) {
                return is_us(other, policy) || other.noun_id().is_some_and(|id| is_our_product(id, orders));
            }
            if is_reader(one) {
                return is_reader(other);
            }
            one.noun_id().zip(other.noun_id()).is_some_and(|(one, other)| covers(one, other, orders))
        })
    })
}

/// Whether a product acts for the publisher: one that the policy covers, or a part of it.
#[must_use]
pub fn is_our_product(id: NounId, orders: &Orders<'_>) -> bool {
    let policy = orders.policy();
    policy.noun(id).kind == Kind::Product
        && policy.header.covers.iter().filter_map(Entry::noun_id).any(|covered| covers(covered, id, orders))
}

/// Whether the readers of the stated box are among those of the limiting one.
fn readers_meet(limit: &Side<'_, '_>, stated: &Side<'_, '_>, orders: &Orders<'_>) -> bool {
    let all = &orders.policy().header.you;
    if limit.row.readers == &**all {
        return true;
    }
    let is_among = |reader: &NounId| limit.row.readers.iter().any(|wide| covers(*wide, *reader, orders));
    !stated.row.readers.is_empty() && stated.row.readers.iter().all(is_among)
}

/// Whether one thing is, or is a part of, another: by the order of nouns, and for products by what they belong to.
#[must_use]
pub fn covers(wide: NounId, narrow: NounId, orders: &Orders<'_>) -> bool {
    let policy = orders.policy();
    if orders.covers(wide, narrow) {
        return true;
    }
    let (whole, part) = (policy.noun(wide), policy.noun(narrow));
    if whole.kind == Kind::Party && part.kind == Kind::Engagement {
        return part.of.as_deref().and_then(Entry::noun_id).is_some_and(|party| orders.covers(wide, party));
    }
    if whole.kind != Kind::Product || part.kind != Kind::Product {
        return false;
    }
    let mut at = Some(narrow);
    for _ in 0..8 {
        at = at.and_then(|id| policy.noun(id).of.as_deref()?.noun_id());
        if at.is_some_and(|id| orders.covers(wide, id)) {
            return true;
        }
    }
    let parts = whole.fields.iter().filter(|field| matches!(&*field.key, "features" | "platforms" | "channels"));
    parts.flat_map(|field| &field.values).filter_map(Entry::noun_id).any(|id| orders.covers(id, narrow))
}

/// Whether one entry says something that another covers.
#[must_use]
pub fn is_within(narrow: &Entry, wide: &Entry, orders: &Orders<'_>) -> bool {
    // What only words restrict is the same if the words are.
    if (wide.that.is_some() || wide.of.is_some()) && (wide.that != narrow.that || wide.of != narrow.of) {
        return false;
    }
    if let (Some(narrow), Some(wide)) = (places::code(narrow, orders), places::code(wide, orders)) {
        return lies_in(&narrow, &wide, None);
    }
    match (&narrow.head, &wide.head) {
        (Head::Noun(one), Head::Noun(other)) => {
            covers(*other, *one, orders)
                || wide.group.iter().flat_map(|group| &group.entries).any(|member| is_within(narrow, member, orders))
        }
        (one, other) => one == other,
    }
}

/// Whether the stated box is about people whom the limiting one speaks of. Without a word about whom, "your" data are
/// those of the readers; any data are everybody's.
fn people_meet(limit: &Side<'_, '_>, stated: &Side<'_, '_>, orders: &Orders<'_>) -> bool {
    if !limits(Slot::About, limit, orders).is_empty() {
        return slot_meets(Slot::About, limit, stated, orders);
    }
    let policy = orders.policy();
    let about = stated.entries(Slot::About);
    let is_your = limit.object.is_some_and(|object| {
        let is_data = object.noun().is_some_and(|id| policy.noun(id).kind == Kind::Data);
        is_data && object.entry.quantifier.is_none() && object.outer.quantifier.is_none()
    });
    if about.is_empty() || !is_your || limit.row.readers.is_empty() {
        return true;
    }
    about.into_iter().any(|entry| match &entry.head {
        Head::You => true,
        Head::Noun(id) => limit.row.readers.iter().any(|reader| orders.relation(*id, *reader) != Relation::Apart),
        _ => false,
    })
}

/// Whether a recipient is one that another entry names. Who allows processors allows whoever works for the publisher: a
/// hosting provider, a service whose role it is, a party that gets the data under an agreement for it.
#[must_use]
pub fn is_recipient_within(narrow: &Entry, wide: &Entry, stated: &Side<'_, '_>, orders: &Orders<'_>) -> bool {
    let policy = orders.policy();
    let is_helper = |name: Option<&str>| matches!(name, Some("processor" | "service-provider"));
    let allows_helpers = wide.that.is_none()
        && wide.of.is_none()
        && wide.noun_id().is_some_and(|id| is_helper(policy.noun(id).standard.map(|of| vocabulary::entry(of).name)));
    let is = |slot: Slot, kind: Kind, name: &str| {
        stated.entries(slot).into_iter().filter_map(Entry::noun_id).any(|id| orders.is(id, kind, name))
    };
    is_within(narrow, wide, orders)
        || allows_helpers
            && (narrow.noun_id().is_some_and(|id| orders.is(id, Kind::Party, "service-provider"))
                || is(Slot::As, Kind::Role, "processor")
                || is(Slot::Under, Kind::Law, "data-processing-agreement"))
}

/// The entries that limit a slot.
fn limits<'e>(slot: Slot, limit: &Side<'e, '_>, orders: &Orders<'_>) -> Vec<&'e Entry> {
    let policy = orders.policy();
    let is_limit = |entry: &&Entry| match (&entry.head, slot) {
        // A provision is a reason, and a statute stands for its provisions.
        (Head::Value(Value::Citation(_)), _) => false,
        (Head::Noun(id), Slot::Under) => {
            let is = |name: &str| orders.is(*id, Kind::Law, name);
            !(is("applicable-law") || is("platform-rules"))
        }
        (Head::Noun(id), Slot::For) => !matches!(policy.noun(*id).name.as_deref(), Some("any-reason" | "any-purpose")),
        _ => true,
    };
    limit.entries(slot).into_iter().filter(is_limit).collect()
}

fn slot_meets(slot: Slot, limit: &Side<'_, '_>, stated: &Side<'_, '_>, orders: &Orders<'_>) -> bool {
    let limits = limits(slot, limit, orders);
    if limits.is_empty() {
        return true;
    }
    let mut said = stated.entries(slot);
    said.extend(said.clone().iter().flat_map(|entry| entry.group.iter().flat_map(|group| &group.entries)));
    let people: Vec<Entry>;
    let actors: &[Entry] = &stated.row.actors;
    match slot {
        // Without a word about whom, data are about the reader.
        Slot::About if said.is_empty() => {
            people = stated.row.readers.iter().copied().map(Entry::noun).collect();
            said = people.iter().collect();
        }
        Slot::On => said.extend(
            actors
                .iter()
                .filter(|actor| actor.noun_id().is_some_and(|id| orders.policy().noun(id).kind == Kind::Product)),
        ),
        _ => {}
    }
    said.iter().any(|entry| limits.iter().any(|limit| is_within(entry, limit, orders)))
}

/// Whether a condition of the limiting box lets the two meet.
fn condition_meets(clause: &Clause, stated: &Side<'_, '_>, orders: &Orders<'_>) -> Meeting {
    let ClauseValue::Condition(condition) = &clause.value else { return Meeting::Apart };
    if clause.slot != Slot::Unless {
        let has_equal = stated.clauses(clause.slot).iter().any(|other| other.value == clause.value);
        return if has_equal { Meeting::Surely } else { Meeting::Apart };
    }
    allowed_by(condition, stated, orders).reverse()
}

impl Meeting {
    /// What is left where something is allowed so surely.
    #[must_use]
    pub fn reverse(self) -> Meeting {
        match self {
            Meeting::Apart => Meeting::Surely,
            Meeting::Perhaps => Meeting::Perhaps,
            Meeting::Surely => Meeting::Apart,
        }
    }
}

/// The slots that say in which cases something happens.
const CONDITIONS: [Slot; 6] = [Slot::When, Slot::While, Slot::Unless, Slot::Before, Slot::After, Slot::Until];

/// How surely a stated box holds only in the cases of a condition.
#[must_use]
pub fn allowed_by(condition: &Condition, stated: &Side<'_, '_>, orders: &Orders<'_>) -> Meeting {
    let wanted = tests_of(condition);
    if wanted.iter().any(|(entry, _)| carries(stated, entry, orders)) {
        return Meeting::Surely;
    }
    let is_conditional = CONDITIONS.into_iter().any(|slot| !stated.clauses(slot).is_empty());
    if is_conditional || !stated.clauses(Slot::Under).is_empty() { Meeting::Perhaps } else { Meeting::Apart }
}

/// What a legal basis and a purpose say without the event: who acts under consent acts when somebody consents.
const BASES: [(&str, &[&str], &[&str]); 9] = [
    ("consent", &["consent"], &[]),
    ("explicit-consent", &["consent"], &[]),
    ("voluntary", &["consent"], &[]),
    ("subscription", &["consent"], &[]),
    ("request", &["contract", "consent"], &[]),
    ("law-requires", &["legal-obligation", "authorising-law"], &["legal-compliance", "legal"]),
    ("law-permits", &["legal-obligation", "authorising-law"], &["legal-compliance", "legal"]),
    ("authority-request", &["legal-obligation"], &["legal-compliance", "legal"]),
    ("legal-claim", &[], &["legal-claims", "legal"]),
];

/// Whether a stated box happens in an event: it says so, rests on the basis or serves the purpose of it.
fn carries(stated: &Side<'_, '_>, event: &Entry, orders: &Orders<'_>) -> bool {
    let Some(wanted) = event.noun_id() else { return false };
    let own: Vec<&Clause> = CONDITIONS.into_iter().flat_map(|slot| stated.clauses(slot)).collect();
    let tests = own.iter().filter_map(|clause| match &clause.value {
        ClauseValue::Condition(condition) => Some(tests_of(condition)),
        _ => None,
    });
    if tests.flatten().filter_map(|(entry, _)| entry.noun_id()).any(|id| orders.covers(wanted, id) || id == wanted) {
        return true;
    }
    let under: Vec<NounId> = stated.entries(Slot::Under).into_iter().filter_map(Entry::noun_id).collect();
    if under.contains(&wanted) {
        return true;
    }
    let purposes: Vec<NounId> = stated.entries(Slot::For).into_iter().filter_map(Entry::noun_id).collect();
    BASES.iter().any(|(name, bases, served)| {
        let is_meant = vocabulary::find(Kind::Event, name).is_some_and(|entry| orders.is_entry(wanted, entry));
        is_meant
            && (under.iter().any(|id| bases.iter().any(|basis| orders.is(*id, Kind::Basis, basis)))
                || under.iter().any(|id| name.starts_with("law") && orders.is(*id, Kind::Law, "applicable-law"))
                || purposes.iter().any(|id| served.iter().any(|purpose| orders.is(*id, Kind::Purpose, purpose))))
    })
}

fn is_necessary_cookie(entry: &Entry, orders: &Orders<'_>) -> bool {
    entry.noun_id().is_some_and(|id| orders.is(id, Kind::Tracker, "necessary-cookie"))
}

/// Whether a box serves nothing but what a service cannot do without.
fn is_necessary(stated: &Side<'_, '_>, orders: &Orders<'_>) -> bool {
    let purposes = stated.purposes(orders.policy());
    let mut served = purposes.iter().filter_map(|named| named.noun());
    !purposes.is_empty() && served.all(|id| orders.is(id, Kind::Purpose, "strictly-necessary"))
}

/// How surely the exceptions of a limiting row let a stated box be.
#[must_use]
pub fn excepted(limit: &Side<'_, '_>, stated: &Side<'_, '_>, orders: &Orders<'_>) -> Meeting {
    let own = |entry: &Entry| {
        stated.object.is_some_and(|object| is_within(object.entry, entry, orders))
            || is_necessary_cookie(entry, orders) && is_necessary(stated, orders)
    };
    let inline = limit.object.map_or(&[][..], |object| &object.outer.except);
    if inline.iter().any(own) {
        return Meeting::Surely;
    }
    let Some(except) = limit.row.except else { return Meeting::Apart };
    let mut result = Meeting::Surely;
    if !except.entries.is_empty() {
        let Some(found) = except.entries.iter().find(|entry| own(entry)) else { return Meeting::Apart };
        let tails = found.tail.iter().map(|clause| within_clause(clause, stated, orders));
        result = tails.fold(result, Ord::min);
    }
    except.clauses.iter().map(|clause| within_clause(clause, stated, orders)).fold(result, Ord::min)
}

/// How surely a stated box lies within one clause.
fn within_clause(clause: &Clause, stated: &Side<'_, '_>, orders: &Orders<'_>) -> Meeting {
    match &clause.value {
        ClauseValue::Condition(condition) if clause.slot == Slot::Unless => {
            allowed_by(condition, stated, orders).reverse()
        }
        ClauseValue::Condition(condition) => allowed_by(condition, stated, orders),
        ClauseValue::Flag => Meeting::Surely,
        value => {
            let allowed = crate::check::rows::entries_of(value);
            let mut said = stated.entries(clause.slot);
            if matches!(clause.slot, Slot::With | Slot::To) {
                said = stated.entries(Slot::With).into_iter().chain(stated.entries(Slot::To)).collect();
            }
            // A reason, a pointer or a window makes no case of its own.
            if matches!(clause.slot, Slot::Because | Slot::See | Slot::Within | Slot::Kept | Slot::Sense) {
                return Meeting::Surely;
            }
            if said.is_empty() {
                return Meeting::Perhaps;
            }
            let lies = |entry: &Entry, wide: &Entry| match clause.slot {
                Slot::With | Slot::To => is_recipient_within(entry, wide, stated, orders),
                _ => is_within(entry, wide, orders),
            };
            let is_allowed = said.iter().all(|entry| allowed.iter().any(|wide| lies(entry, wide)));
            if is_allowed { Meeting::Surely } else { Meeting::Apart }
        }
    }
}
