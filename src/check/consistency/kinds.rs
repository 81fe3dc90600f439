//! One thing under two kinds that exclude each other.

use foldhash::HashSet;

use super::boxes::{self, Recipient, Side};
use super::denied::is_stated;
use super::{Ground, say};
use crate::check::orders::Orders;
use crate::check::rows::{Row, is_us, tests_of, values_of};
use crate::codes::consistency as codes;
use crate::codes::kinds as kind_codes;
use crate::diagnostic::Sink;
use crate::policy::{ClauseValue, Entry, Head, Noun, NounId};
use crate::source::Span;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::{self, Class};

/// Reports what is of two kinds that exclude each other.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    for (index, noun) in ground.policy.nouns.iter().enumerate() {
        if noun.dropped || noun.internal || !(noun.declared || noun.vendor.is_some()) {
            continue;
        }
        let id = NounId(index as u32);
        excluded(id, noun, ground, sink);
        if noun.kind == Kind::Tracker {
            tracker(id, noun, ground.orders, sink);
        }
    }
    required_on_consent(ground, sink);
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        bought(row, ground, sink);
        own_purpose(row, ground, sink);
        by_use(row, ground, sink);
        shown_to_children(row, ground, sink);
    }
}

/// What an entry of the vocabulary excludes.
fn excludes(entry: u16) -> impl Iterator<Item = u16> {
    let own = vocabulary::entry(entry);
    let names = own.fields.iter().filter(|(key, _)| *key == "excludes").flat_map(|(_, values)| values.iter());
    names.filter_map(move |name| vocabulary::find(own.kind, name))
}

/// A noun at or below two entries of the vocabulary of which one excludes the other.
fn excluded(id: NounId, noun: &Noun, ground: &Ground<'_, '_>, sink: &mut Sink) {
    // What a group makes of a standard noun is the fault of the group.
    let members = ground.orders.leaves(id).into_iter().filter(|leaf| !ground.policy.noun(*leaf).declared);
    for id in std::iter::once(id).chain(members) {
        let entries = ground.orders.entries(id);
        let pairs = entries.iter().flat_map(|entry| excludes(*entry).map(move |other| (*entry, other)));
        let found = pairs.into_iter().find(|(_, other)| entries.binary_search(other).is_ok());
        if let Some((one, other)) = found {
            let (one, other) = (vocabulary::entry(one).name, vocabulary::entry(other).name);
            sink.report(codes::kinds_exclude(noun.span, &say::shown(id, ground.policy), one, other));
            return;
        }
    }
}

/// A tracker that is called necessary and serves what is not, or that is the publisher's and somebody else's.
fn tracker(id: NounId, noun: &Noun, orders: &Orders<'_>, sink: &mut Sink) {
    let field = |key: &str| noun.fields.iter().find(|field| &*field.key == key);
    let is_necessary = orders.is(id, Kind::Tracker, "necessary-cookie");
    let name = say::shown(id, orders.policy());
    if let Some(field) = field("purposes").filter(|_| is_necessary) {
        let is_needless = |purpose: NounId| {
            let is = |name: &str| orders.is(purpose, Kind::Purpose, name);
            (is("marketing") || is("analytics") || is("personalisation") || is("social-features") || is("profiling"))
                && !is("strictly-necessary")
                && !is("security")
                && !is("remember-preferences")
        };
        let needless = values_of(field).find(|value| value.noun_id().is_some_and(is_needless));
        if let Some(needless) = needless {
            let purpose = say::entry(needless, orders.policy());
            sink.report(kind_codes::needless_necessity(
                needless.place.0.unwrap_or(field.span),
                &name,
                &purpose,
                noun.span,
            ));
        }
    }
    if let Some(field) = field("provider").filter(|_| orders.is(id, Kind::Tracker, "first-party-cookie")) {
        let other = values_of(field).find(|value| value.noun_id().is_some() && !is_us(value, orders.policy()));
        if let Some(other) = other {
            let party = say::entry(other, orders.policy());
            sink.report(kind_codes::first_party_of_others(
                other.place.0.unwrap_or(field.span),
                &name,
                &party,
                noun.span,
            ));
        }
    }
}

/// Data that are sold to whoever works on instructions.
fn bought(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    if !row.verbs.iter().any(|verb| &*verb.name == "sell") {
        return;
    }
    let side = Side { row, object: None };
    for recipient in boxes::recipients(&side, ground.orders) {
        let Recipient::Noun { id, is_processor, named } = recipient else { continue };
        if is_processor || ground.orders.is(id, Kind::Party, "processor") {
            let place = named.entry.place.0.unwrap_or(row.span);
            let role = role_place(id, ground).unwrap_or(ground.policy.noun(id).span);
            sink.report(kind_codes::processor_and_buyer(place, &say::shown(id, ground.policy), role));
        }
    }
}

/// Where the role of a party's service is written.
fn role_place(party: NounId, ground: &Ground<'_, '_>) -> Option<Span> {
    let services = ground.policy.nouns.iter().filter(|noun| noun.kind == Kind::Engagement);
    let of_party = |noun: &&Noun| noun.of.as_deref().and_then(Entry::noun_id) == Some(party);
    services.filter(of_party).find_map(|noun| Some(noun.fields.iter().find(|field| &*field.key == "role")?.span))
}

/// A processor that uses data for what only a controller decides.
fn own_purpose(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let orders = ground.orders;
    let is_own = |id: NounId| {
        orders.is(id, Kind::Purpose, "third-party-marketing")
            || orders.is(id, Kind::Purpose, "cross-context-advertising")
    };
    if row.entries(Slot::As).next().is_some() {
        return;
    }
    let side = Side { row, object: None };
    let own = side.purposes(ground.policy).into_iter().find(|purpose| purpose.noun().is_some_and(is_own));
    let Some(purpose) = own else { return };
    let place = purpose.entry.place.0.unwrap_or(row.span);
    let acting = row
        .actors
        .iter()
        .filter_map(Entry::noun_id)
        .find(|id| ground.policy.noun(*id).kind == Kind::Party && orders.is(*id, Kind::Party, "processor"));
    let by_service = boxes::recipients(&side, orders).into_iter().find_map(|recipient| match recipient {
        Recipient::Noun { id, is_processor: true, .. } => Some(id),
        _ => None,
    });
    if let Some(id) = acting.or(by_service) {
        let purpose = say::entry(purpose.entry, ground.policy);
        let role = role_place(id, ground).unwrap_or(ground.policy.noun(id).span);
        sink.report(kind_codes::processor_own_purpose(place, &say::shown(id, ground.policy), &purpose, role));
    }
}

/// Labels of ways that say no more than that something is used.
const MERE_USE: [&str; 8] = [
    "using ",
    "continuing to use",
    "continued use",
    "your use of",
    "the use of our",
    "visiting ",
    "browsing ",
    "accessing ",
];

/// Consent that is given by what everybody does who comes.
fn by_use(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let consents = row.verbs.iter().any(|verb| &*verb.name == "consent-to");
    let is_reader = row.actors.iter().any(|actor| match &actor.head {
        Head::You => true,
        Head::Noun(id) => policy.noun(*id).kind == Kind::People,
        _ => false,
    });
    if !consents || !is_reader {
        return;
    }
    let is_use = |entry: &Entry| {
        let Some(id) = entry.noun_id() else { return false };
        let label = policy.noun(id).label.as_deref().unwrap_or_default().to_lowercase();
        let says = MERE_USE.iter().any(|words| label.starts_with(words));
        orders.is(id, Kind::Event, "visit")
            || orders.is(id, Kind::Event, "use")
            || (policy.noun(id).kind == Kind::Way && says)
    };
    let conditions = row.clauses.iter().filter(|clause| matches!(clause.slot, Slot::When | Slot::While));
    let tests = conditions.filter_map(|clause| match &clause.value {
        ClauseValue::Condition(condition) => Some(tests_of(condition)),
        _ => None,
    });
    let events = tests.flatten().map(|(entry, _)| entry);
    if let Some(entry) = row.entries(Slot::Via).chain(events).find(|entry| is_use(entry)) {
        sink.report(kind_codes::consent_by_use(entry.place.0.unwrap_or(row.span), row.span));
    }
}

/// Advertising to children by what they do.
fn shown_to_children(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let people = row.entries(Slot::About).chain(row.entries(Slot::From)).filter_map(Entry::noun_id);
    let Some(child) = people.into_iter().find(|id| orders.is(*id, Kind::People, "child")) else { return };
    let matters = matches!(row.class(), Some(Class::Collection | Class::Use | Class::Disclosure | Class::Tracking));
    let side = Side { row, object: None };
    let targeted = side
        .purposes(policy)
        .into_iter()
        .find(|purpose| purpose.noun().is_some_and(|id| orders.is(id, Kind::Purpose, "targeted-advertising")));
    if let Some(purpose) = targeted.filter(|_| matters) {
        let place = purpose.entry.place.0.unwrap_or(row.span);
        sink.report(kind_codes::advertising_to_children(place, &say::shown(child, policy), row.span));
    }
}

/// Data that must be given although all that is done with them rests on consent.
fn required_on_consent(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let orders = ground.orders;
    let mut told = HashSet::default();
    for row in ground.rows.iter().filter(|row| is_stated(row) && row.class() == Some(Class::Collection)) {
        for object in boxes::named(&*row.objects) {
            let side = Side { row, object: Some(object) };
            let Some(id) = object.noun() else { continue };
            // What must be given for one purpose is no condition of anything else.
            let is_general = side.purposes(ground.policy).is_empty() && side.entries(Slot::Under).is_empty();
            if side.clauses(Slot::Required).is_empty() || !is_general {
                continue;
            }
            let mut bases = [Class::Use, Class::Collection, Class::Disclosure, Class::Retention]
                .into_iter()
                .flat_map(|class| ground.index.about(class, Some(id)))
                .filter(|stated| stated.row.is_ours(ground.policy))
                .flat_map(|stated| {
                    let under = stated.entries(Slot::Under);
                    let purposes = !stated.purposes(ground.policy).is_empty();
                    let consent: Vec<(bool, Span)> = under
                        .iter()
                        .filter_map(|entry| entry.noun_id())
                        .filter(|basis| orders.is(*basis, Kind::Basis, "legal-basis"))
                        .map(|basis| (orders.is(basis, Kind::Basis, "consent"), stated.place()))
                        .collect();
                    if consent.is_empty() && purposes { vec![(false, stated.place())] } else { consent }
                })
                .peekable();
            let first = bases.peek().map(|(_, place)| *place);
            if let Some(place) = first.filter(|_| bases.all(|(consent, _)| consent))
                && told.insert(id)
            {
                sink.report(kind_codes::required_on_consent(side.place(), &say::shown(id, ground.policy), place));
            }
        }
    }
}
