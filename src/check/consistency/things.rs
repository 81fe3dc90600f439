//! What is denied as a thing: cookies, a role, a decision, children as readers. A denied word stands for the rows that
//! would make it false; one table says which.

use foldhash::HashSet;

use super::boxes::{self, Recipient, Side};
use super::denied::{MOST_PLACES, is_denial, is_stated};
use super::guards::{self, Meeting};
use super::{Ground, only, say};
use crate::check::orders::Relation;
use crate::check::rows::{Origin, Row, is_us, tests_of};
use crate::codes::consistency as codes;
use crate::diagnostic::Sink;
use crate::policy::{ClauseValue, Entry, Head, NounId};
use crate::source::Span;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Class;

/// The verbs by which something is done that is named as a thing.
const DOING: [&str; 9] = ["make", "use", "employ", "have", "run", "carry", "operate", "take-part-in", "rely-on"];

/// The verbs by which somebody is there for the publisher.
const HAVING: [&str; 3] = ["have", "appoint", "designate"];

/// The roles that a party of a kind fills.
const FILLED: [(&str, &str); 2] = [("dpo", "data-protection-officer"), ("representative", "representative")];

/// The verbs by which somebody is reached.
const REACHING: [&str; 4] = ["contact", "write-to", "email", "call"];

/// What never reaches the publisher, and the publisher collects or keeps, elsewhere than on the reader's own device.
fn never_received(denial: &Side<'_, '_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let goes_to_us = boxes::recipients(denial, orders).iter().any(|recipient| matches!(recipient, Recipient::Us));
    let is_sent = matches!(denial.row.class(), Some(Class::Disclosure | Class::Transfer));
    let is_limited =
        denial.row.except.is_some() || denial.row.clauses.iter().any(|clause| clause.slot.takes_condition());
    let Some(id) = denial.object.and_then(|object| object.noun()) else { return };
    if !goes_to_us || !is_sent || is_limited || denial.row.is_ours(policy) {
        return;
    }
    let is_device = |entry: &Entry| entry.noun_id().is_some_and(|id| orders.is(id, Kind::Store, "device"));
    let here = say::shown(id, policy);
    for below in orders.below(id) {
        for class in [Class::Collection, Class::Retention] {
            let had = ground.index.about(class, Some(*below)).find(|stated| {
                let stores = only::said_in(stated, Slot::At);
                let is_there = class == Class::Collection || !stores.is_empty();
                let own = stated.row.is_ours(policy) && !stores.into_iter().any(is_device);
                own && is_there && stated.row.origin != Origin::Exception && stated.entries(Slot::From).is_empty()
            });
            if let Some(had) = had {
                let verb = had.row.verbs.first().map_or("", |verb| &*verb.past);
                let told = format!("{} is {verb}", say::shown(*below, policy));
                let finding = codes::denied_but_stated(denial.place(), &told, 1, &here);
                sink.report(finding.and(had.place(), format!("{verb} here")).help("correct one of the two"));
                return;
            }
        }
    }
}

/// A row that makes a denied word false, and how it does.
struct Witness {
    place: Span,
    how: String,
}

/// Reports every denied thing that is there nonetheless.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let mut known: HashSet<Span> = HashSet::default();
    for row in ground.rows.iter().filter(|row| is_denial(row)) {
        for object in boxes::named(&*row.objects) {
            let denial = Side { row, object: Some(object) };
            let (what, witnesses) = witnesses(&denial, ground);
            tell(&denial, &what, witnesses, &mut known, ground, sink);
            never_received(&denial, ground, sink);
        }
    }
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        for object in boxes::named(&*row.objects) {
            let promise = Side { row, object: Some(object) };
            let found = sealed(&promise, ground);
            tell(&promise, "reading what is encrypted from end to end", found, &mut known, ground, sink);
            let found = unannounced(&promise, ground);
            tell(&promise, "notice of changes", found, &mut known, ground, sink);
        }
    }
}

fn tell(
    denial: &Side<'_, '_>,
    what: &str,
    witnesses: Vec<Witness>,
    known: &mut HashSet<Span>,
    ground: &Ground<'_, '_>,
    sink: &mut Sink,
) {
    if witnesses.is_empty() || !known.insert(denial.place()) {
        return;
    }
    let here = denial.object.map_or_else(String::new, |object| say::entry(object.entry, ground.policy));
    let here = if denial.row.denied { format!("{here} is denied here") } else { "denied by this".to_owned() };
    let mut finding = codes::denied_thing(denial.place(), what, here);
    let mut places = HashSet::default();
    for witness in witnesses.into_iter().filter(|witness| places.insert(witness.place)).take(MOST_PLACES) {
        finding = finding.and(witness.place, witness.how);
    }
    sink.report(finding);
}

/// The stated rows that a denial of a thing meets.
fn met<'g, 'r, 'p>(
    denial: &'g Side<'r, 'p>,
    ground: &'g Ground<'r, 'p>,
    but: &'g [Slot],
) -> impl Iterator<Item = &'r Row<'p>> + 'g {
    let is_met = move |row: &&'r Row<'p>| {
        let stated = Side { row, object: None };
        is_stated(row)
            && row.statement != denial.row.statement
            && ground.spend()
            && guards::meeting(denial, &stated, but, ground.orders) == Meeting::Surely
    };
    ground.rows.iter().filter(is_met)
}

fn has_verb(row: &Row<'_>, names: &[&str]) -> bool {
    row.verbs.iter().any(|verb| names.contains(&&*verb.name))
}

fn serves(row: &Row<'_>, purpose: &str, ground: &Ground<'_, '_>) -> Option<NounId> {
    let purposes = row.entries(Slot::For).filter_map(Entry::noun_id);
    let mut all: Vec<NounId> = purposes.collect();
    all.extend(
        row.objects
            .iter()
            .flat_map(|object| &object.tail)
            .filter(|clause| clause.slot == Slot::For)
            .flat_map(|clause| crate::check::rows::entries_of(&clause.value).into_iter().filter_map(Entry::noun_id)),
    );
    all.into_iter().find(|id| ground.orders.is(*id, Kind::Purpose, purpose))
}

/// What makes the denial of a thing false, and the thing in words.
fn witnesses(denial: &Side<'_, '_>, ground: &Ground<'_, '_>) -> (String, Vec<Witness>) {
    let (policy, orders) = (ground.policy, ground.orders);
    let Some(object) = denial.object.filter(|_| !ground.is_spent()) else { return (String::new(), Vec::new()) };
    let is_plain = object.entry.that.is_none() && object.entry.of.is_none() && denial.row.except.is_none();
    if let Head::You = object.entry.head {
        return ("being reached or followed".to_owned(), reached(denial, ground));
    }
    let Some(id) = object.noun().filter(|_| is_plain) else { return (String::new(), Vec::new()) };
    let what = say::shown(id, policy);
    let noun = policy.noun(id);
    let found = match noun.kind {
        Kind::Role | Kind::Party if has_verb(denial.row, &HAVING) && is_unlimited(denial.row) => filled(id, ground),
        Kind::Term if has_verb(denial.row, &DOING) => done(denial, id, ground),
        Kind::Term if has_verb(denial.row, &["send", "show"]) && orders.is(id, Kind::Term, "marketing-emails") => {
            marketed(denial, ground)
        }
        Kind::People if policy.header.you.contains(&id) || denial.row.readers.contains(&id) => reached(denial, ground),
        Kind::People if has_verb(denial.row, &["be-intended-for", "be-directed-to"]) => readers(id, ground),
        Kind::Data => kept_back(denial, id, ground),
        _ => Vec::new(),
    };
    (what, found)
}

/// Whether no clause says where or when something is not there.
fn is_unlimited(row: &Row<'_>) -> bool {
    row.clauses.iter().all(|clause| matches!(clause.slot, Slot::Because | Slot::See | Slot::Under))
}

/// Who fills a role, or is a party, that is denied.
fn filled(id: NounId, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let (policy, orders) = (ground.policy, ground.orders);
    let Some(entry) = policy.noun(id).standard.map(crate::vocabulary::entry) else { return Vec::new() };
    let party = match entry.kind {
        Kind::Role => FILLED.iter().find(|(role, _)| *role == entry.name).map(|(_, party)| *party),
        _ => Some(entry.name),
    };
    let mut found = Vec::new();
    for (index, noun) in policy.nouns.iter().enumerate() {
        let other = NounId(index as u32);
        let is_there = noun.kind == Kind::Party && noun.declared && !noun.internal && !noun.dropped && other != id;
        if is_there && noun.name.is_some() && party.is_some_and(|party| orders.is(other, Kind::Party, party)) {
            found.push(Witness { place: noun.span, how: format!("{} is one", say::shown(other, policy)) });
        }
    }
    for row in ground.rows.iter().filter(|row| is_stated(row) && row.origin == Origin::Said) {
        let acts = row.entries(Slot::As).filter_map(Entry::noun_id).any(|role| orders.covers(id, role));
        let has = has_verb(row, &HAVING)
            && row.is_ours(policy)
            && row.objects.iter().filter_map(Entry::noun_id).any(|other| orders.covers(id, other));
        if acts || has {
            found.push(Witness { place: row.span, how: "stated here".to_owned() });
        }
    }
    found
}

/// What does the thing that a term names.
fn done(denial: &Side<'_, '_>, id: NounId, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let is = |name: &str| ground.orders.is(id, Kind::Term, name);
    let automatic = |row: &Row<'_>| {
        let manner = row.manner.and_then(|manner| ground.policy.noun(manner).name.as_deref());
        matches!(manner, Some("automatically" | "solely"))
    };
    let makes = |row: &Row<'_>| -> Option<String> {
        if is("automated-decision") {
            let decides = has_verb(row, &["decide", "decide-on"]) && automatic(row);
            let serves = serves(row, "automated-decisions", ground);
            return decides
                .then(|| "decided automatically here".to_owned())
                .or(serves.map(|id| format!("{} makes such decisions", say::shown(id, ground.policy))));
        }
        if is("profiling") {
            let serves = serves(row, "profiling", ground);
            return has_verb(row, &["profile"])
                .then(|| "profiled here".to_owned())
                .or(serves.map(|id| format!("{} is profiling", say::shown(id, ground.policy))));
        }
        if is("sale") {
            return has_verb(row, &["sell", "trade"]).then(|| "sold here".to_owned());
        }
        None
    };
    met(denial, ground, &[]).filter_map(|row| makes(row).map(|how| Witness { place: row.span, how })).collect()
}

/// Which messages reach the reader that a denial says do not.
fn marketed(denial: &Side<'_, '_>, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let sends = |row: &&Row<'_>| {
        let side = Side { row, object: None };
        let to_reader = boxes::recipients(&side, ground.orders).iter().any(|one| matches!(one, Recipient::Reader));
        row.class() == Some(Class::Disclosure) && to_reader
    };
    let how = |row: &Row<'_>| {
        serves(row, "direct-marketing", ground).map(|id| format!("sent for {}", say::shown(id, ground.policy)))
    };
    met(denial, ground, &[])
        .filter(sends)
        .filter_map(|row| how(row).map(|how| Witness { place: row.span, how }))
        .collect()
}

/// How the reader is reached for a purpose, or followed, against a denial.
fn reached(denial: &Side<'_, '_>, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let (policy, orders) = (ground.policy, ground.orders);
    if has_verb(denial.row, &["track", "follow", "monitor", "profile"]) {
        let follows = |row: &&Row<'_>| {
            let of_tracker =
                row.objects.iter().filter_map(Entry::noun_id).any(|id| policy.noun(id).kind == Kind::Tracker);
            of_tracker && row.class() == Some(Class::Use)
        };
        let how = |row: &Row<'_>| {
            serves(row, "targeted-advertising", ground).map(|id| format!("used for {}", say::shown(id, policy)))
        };
        return met(denial, ground, &[Slot::On, Slot::Via])
            .filter(follows)
            .filter_map(|row| how(row).map(|how| Witness { place: row.span, how }))
            .collect();
    }
    if !has_verb(denial.row, &REACHING) {
        return Vec::new();
    }
    let purposes = denial.purposes(policy);
    let is_marketing = purposes
        .iter()
        .filter_map(|named| named.noun())
        .any(|id| orders.covers_entry(id, Kind::Purpose, "direct-marketing"));
    let reaches = |row: &Row<'_>| -> Option<String> {
        let side = Side { row, object: None };
        let is_reader = |entry: &Entry| match entry.head {
            Head::You => true,
            Head::Noun(id) => policy.header.you.contains(&id) || row.readers.contains(&id),
            _ => false,
        };
        let general = has_verb(denial.row, &["contact"]);
        let same = row.verbs.iter().any(|one| denial.row.verbs.iter().any(|other| one.name == other.name));
        let talks = has_verb(row, &REACHING) && (general || same) && row.objects.iter().any(is_reader);
        let sends = general
            && has_verb(row, &["send"])
            && boxes::recipients(&side, orders).iter().any(|one| matches!(one, Recipient::Reader));
        let serves = purposes.is_empty()
            || row
                .entries(Slot::For)
                .any(|said| purposes.iter().any(|limit| guards::is_within(said, limit.entry, orders)))
            || (is_marketing
                && row.objects.iter().filter_map(Entry::noun_id).any(|id| {
                    orders.is(id, Kind::Term, "marketing-emails") || orders.is(id, Kind::Term, "newsletter")
                }));
        ((talks || sends) && serves).then(|| "reached here".to_owned())
    };
    met(denial, ground, &[Slot::For])
        .filter_map(|row| reaches(row).map(|how| Witness { place: row.span, how }))
        .collect()
}

/// Whose data are collected although the service is not for them.
fn readers(id: NounId, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let orders = ground.orders;
    let is_among = |row: &&Row<'_>| {
        let people = row.entries(Slot::About).chain(row.entries(Slot::From)).filter_map(Entry::noun_id);
        let is_unconditional = !row.clauses.iter().any(|clause| clause.slot.takes_condition());
        matches!(row.class(), Some(Class::Collection | Class::Use))
            && row.is_ours(ground.policy)
            && is_unconditional
            && people.into_iter().any(|other| orders.covers(id, other))
    };
    let rows = ground.rows.iter().filter(|row| is_stated(row)).filter(is_among);
    rows.map(|row| Witness { place: row.span, how: "said of them here".to_owned() }).collect()
}

/// What the publisher gets although it is never sent to it.
fn kept_back(denial: &Side<'_, '_>, id: NounId, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let (policy, orders) = (ground.policy, ground.orders);
    let to_us = boxes::recipients(denial, orders).iter().any(|one| matches!(one, Recipient::Us));
    if !to_us || denial.row.class() != Some(Class::Disclosure) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for below in orders.below(id) {
        for stated in ground.index.about(Class::Collection, Some(*below)) {
            let sources = stated.entries(Slot::From).into_iter().chain(stated.entries(Slot::On));
            let mut senders = denial.row.actors.iter();
            let from_them =
                sources.into_iter().any(|source| senders.any(|sender| guards::is_within(source, sender, orders)));
            let is_met =
                [Slot::When, Slot::While, Slot::Unless].into_iter().all(|slot| denial.clauses(slot).is_empty());
            if stated.row.is_ours(policy) && from_them && is_met {
                found.push(Witness { place: stated.place(), how: "collected from there".to_owned() });
            }
        }
    }
    found
}

/// Who reads what is said to be encrypted from end to end.
fn sealed(promise: &Side<'_, '_>, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let (policy, orders) = (ground.policy, ground.orders);
    let via = promise.entries(Slot::Via).into_iter().chain(promise.entries(Slot::With)).filter_map(Entry::noun_id);
    let is_sealed = promise.row.class() == Some(Class::Protection)
        && via.into_iter().any(|id| orders.is(id, Kind::Way, "e2ee"))
        && promise.object.is_some_and(|object| !object.is_open(orders));
    let Some(id) = promise.object.and_then(|object| object.noun()).filter(|_| is_sealed) else { return Vec::new() };
    let reads = ["read", "access", "view", "inspect", "scan", "analyse", "analyze", "have-access-to", "open"];
    let mut found = Vec::new();
    for (noun, relation) in orders.related(id).iter() {
        if !matches!(relation, Relation::Same | Relation::Narrower) {
            continue;
        }
        for class in [Class::Access, Class::Use, Class::Collection] {
            for stated in ground.index.about(class, Some(*noun)) {
                let is_met = has_verb(stated.row, &reads)
                    && stated.row.actors.iter().any(|actor| is_us(actor, policy))
                    && guards::meeting(promise, stated, &[Slot::Via], orders) == Meeting::Surely;
                if is_met {
                    found.push(Witness { place: stated.place(), how: "read here".to_owned() });
                }
            }
        }
    }
    found
}

/// Where changes are announced that happen without notice.
fn unannounced(change: &Side<'_, '_>, ground: &Ground<'_, '_>) -> Vec<Witness> {
    let (policy, orders) = (ground.policy, ground.orders);
    let manner = change.row.manner.and_then(|manner| policy.noun(manner).name.as_deref());
    let of_policy =
        change.object.and_then(|object| object.noun()).is_some_and(|id| orders.is(id, Kind::Term, "this-policy"));
    let is_silent = manner == Some("without-notice") && change.row.class() == Some(Class::Change) && of_policy;
    if !is_silent || !is_unlimited(change.row) || ground.is_spent() {
        return Vec::new();
    }
    let announces = |row: &&Row<'_>| {
        let events = row.clauses.iter().flat_map(|clause| match &clause.value {
            ClauseValue::Condition(condition) => {
                tests_of(condition).into_iter().filter_map(|(entry, _)| entry.noun_id()).collect()
            }
            value => crate::check::rows::entries_of(value).into_iter().filter_map(period_event).collect::<Vec<_>>(),
        });
        ground.spend()
            && has_verb(row, &["notify", "inform", "tell", "announce"])
            && row.is_ours(policy)
            && (events.into_iter().any(|id| orders.is(id, Kind::Event, "policy-change"))
                || row.objects.iter().filter_map(Entry::noun_id).any(|id| orders.is(id, Kind::Term, "changes")))
    };
    let rows = ground.rows.iter().filter(|row| is_stated(row)).filter(announces);
    rows.map(|row| Witness { place: row.span, how: "announced here".to_owned() }).collect()
}

/// The event that a period counts from.
fn period_event(entry: &Entry) -> Option<NounId> {
    super::periods::starts(entry.period()?).into_iter().next()
}
