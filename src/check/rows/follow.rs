//! Rows that nobody wrote: what follows from the clauses of a sentence, and from the fields of nouns.

use std::borrow::Cow;

use foldhash::HashMap;

use super::{Around, Origin, Row, clause, entries_of, field_values, values_of};
use crate::check::orders::tracker_class;
use crate::policy::{Clause, Entry, Head, Noun, NounId, Period, Place, Policy, Value};
use crate::syntax::words::{Force, Kind, Slot};
use crate::vocabulary::{self, Class, Verb};

/// What the clauses of a sentence say beside the sentence: that data are kept, given, or go to another country.
pub(super) fn follow_from_rows<'p>(policy: &'p Policy, rows: &mut Vec<Row<'p>>) {
    for row in rows.iter_mut().filter(|row| !row.denied) {
        lies(policy, row);
    }
    let mut found = Vec::new();
    let mut passed_on = Vec::new();
    for row in rows.iter().filter(|row| !row.denied) {
        kept(row, &mut found);
        given(row, &mut found);
        deleted(row, &mut found);
        derived(policy, row, &mut found);
        passed(policy, row, &mut passed_on);
    }
    rows.extend(passed_on);
    for row in rows.iter().filter(|row| !row.denied) {
        sent_abroad(policy, row, &mut found);
    }
    rows.extend(found);
}

fn standard_verb(name: &str) -> Option<&'static Verb> {
    vocabulary::find_verb(name).map(|(verb, _)| verb)
}

/// A row that follows from another one.
fn following<'p>(row: &Row<'p>, verb: &str) -> Option<Row<'p>> {
    let verb = standard_verb(verb)?;
    Some(Row {
        origin: Origin::Follows,
        verbs: vec![verb],
        grants: None,
        has_cases: false,
        only_actor: false,
        except: None,
        ..row.clone()
    })
}

/// `kept 3 years`, of the sentence or of one of its objects, says that the data are kept so long.
fn kept<'p>(row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    let groups = row.objects.iter().map(|object| (object, row.for_object(object, Slot::Kept)));
    for (object, clauses) in groups {
        for kept in clauses {
            let Some(mut keeping) = following(row, "keep") else { continue };
            let period = Clause { slot: Slot::For, only: false, value: kept.value.clone() };
            keeping.objects = Cow::Owned(vec![object.clone()]);
            keeping.clauses.retain(|clause| {
                !matches!(clause.slot, Slot::For | Slot::Kept | Slot::With | Slot::To | Slot::Under | Slot::Because)
            });
            keeping.clauses.insert(0, Cow::Owned(period));
            found.push(keeping);
        }
    }
}

/// `use x for y with acme` says that acme gets it.
fn passed<'p>(policy: &'p Policy, row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    if !row.verbs.iter().any(|verb| matches!(&*verb.name, "use" | "process" | "handle")) {
        return;
    }
    let gets = |entry: &Entry| {
        let kind = entry.noun_id().map(|id| policy.noun(id).kind);
        matches!(kind, Some(Kind::Party | Kind::People | Kind::Engagement))
    };
    let recipients: Vec<Entry> = row.entries(Slot::With).filter(|entry| gets(entry)).cloned().collect();
    if recipients.is_empty() {
        return;
    }
    let Some(mut flow) = following(row, "disclose") else { return };
    flow.clauses.retain(|clause| !matches!(clause.slot, Slot::With | Slot::To | Slot::Kept));
    flow.clauses.push(Cow::Owned(clause(Slot::To, recipients)));
    found.push(flow);
}

/// What is kept at a store lies where the store does.
fn lies<'p>(policy: &'p Policy, row: &mut Row<'p>) {
    if row.class() != Some(Class::Retention) || row.in_slot(Slot::In).next().is_some() {
        return;
    }
    let periods = row.entries(Slot::For).chain(row.entries(Slot::Kept)).filter_map(Entry::period);
    let stores = row
        .entries(Slot::At)
        .chain(periods.flat_map(Period::stores))
        .filter_map(Entry::noun_id)
        .map(|id| policy.noun(id));
    let places: Vec<Entry> = stores.flat_map(|store| field_values(store, &["in"])).cloned().collect();
    if !places.is_empty() {
        row.clauses.push(Cow::Owned(clause(Slot::In, places)));
    }
}

/// Whoever derives data from others uses those.
fn derived<'p>(policy: &'p Policy, row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    if !row.verbs.iter().any(|verb| matches!(&*verb.name, "infer" | "derive")) {
        return;
    }
    let is_data = |entry: &&Entry| entry.noun_id().is_some_and(|id| policy.noun(id).kind == Kind::Data);
    let sources: Vec<Entry> = row.entries(Slot::From).filter(is_data).cloned().collect();
    if sources.is_empty() {
        return;
    }
    let Some(mut using) = following(row, "use") else { return };
    using.objects = Cow::Owned(sources);
    using.clauses.retain(|clause| !matches!(clause.slot, Slot::From | Slot::Kept));
    found.push(using);
}

/// `required` and `optional` say whether the reader must give the data.
fn given<'p>(row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    for (slot, force) in [(Slot::Required, Force::Must), (Slot::Optional, Force::May)] {
        for object in row.objects.iter().filter(|object| !row.for_object(object, slot).is_empty()) {
            let Some(mut giving) = following(row, "provide") else { continue };
            giving.actors = Cow::Owned(vec![Entry::of_head(Head::You)]);
            giving.force = force;
            giving.objects = Cow::Owned(vec![object.clone()]);
            giving.clauses.retain(|clause| matches!(clause.slot, Slot::Because | Slot::For | Slot::On | Slot::About));
            found.push(giving);
        }
    }
}

/// What is deleted when something happens is kept until then.
fn deleted<'p>(row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    let ends = |clause: &Clause| matches!(clause.slot, Slot::When | Slot::After | Slot::Within);
    if row.class() != Some(Class::Deletion) || !row.clauses.iter().any(|clause| ends(clause)) {
        return;
    }
    let Some(mut keeping) = following(row, "keep") else { return };
    keeping.clauses = row
        .clauses
        .iter()
        .filter(|clause| !matches!(clause.slot, Slot::For | Slot::Via))
        .map(|clause| match clause.slot {
            Slot::When | Slot::After => Cow::Owned(Clause { slot: Slot::Until, ..clause.as_ref().clone() }),
            Slot::Within => Cow::Owned(Clause { slot: Slot::For, ..clause.as_ref().clone() }),
            _ => clause.clone(),
        })
        .collect();
    found.push(keeping);
}

/// Data that go to somebody whose country is known go to that country.
fn sent_abroad<'p>(policy: &'p Policy, row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    if !matches!(row.class(), Some(Class::Disclosure | Class::Access | Class::Retention)) {
        return;
    }
    for recipient in row.recipients() {
        let Some(party) = recipient.noun_id().map(|id| policy.noun(id)) else { continue };
        let places: Vec<Entry> = match row.entries(Slot::In).next() {
            Some(_) => row.entries(Slot::In).cloned().collect(),
            None => field_values(party, &["country", "seat"]).cloned().collect(),
        };
        if places.is_empty() || party.kind == Kind::Engagement {
            continue;
        }
        let Some(mut transfer) = following(row, "transfer") else { continue };
        transfer.clauses.retain(|clause| !matches!(clause.slot, Slot::With | Slot::To | Slot::In));
        transfer.clauses.push(Cow::Owned(clause(Slot::To, vec![recipient.clone()])));
        transfer.clauses.push(Cow::Owned(clause(Slot::In, places)));
        if row.class() == Some(Class::Retention) {
            transfer.origin = Origin::KeptWith;
        }
        found.push(transfer);
    }
}

/// What the fields of services, trackers, consents and rights say, as the sentence that would say it.
pub(super) fn follow_from_nouns<'p>(policy: &'p Policy, homes: &HashMap<NounId, Around<'p>>, rows: &mut Vec<Row<'p>>) {
    for (index, noun) in policy.nouns.iter().enumerate() {
        let id = NounId(index as u32);
        if noun.dropped || !(noun.declared || noun.vendor.is_some()) {
            continue;
        }
        let first = rows.len();
        match noun.kind {
            Kind::Engagement => service(policy, id, noun, rows),
            Kind::Tracker => tracker(policy, id, noun, rows),
            Kind::Basis => {
                withdrawal(policy, id, noun, rows);
                covered(policy, id, noun, rows);
            }
            Kind::Right => answer(policy, id, noun, rows),
            _ => {}
        }
        // A noun that an edition or a block for some readers declares is there for them.
        if let Some(home) = homes.get(&id) {
            for row in rows.iter_mut().skip(first) {
                row.edition = home.edition;
                row.section = home.section;
                row.readers = home.readers;
                row.internal |= home.internal;
            }
        }
    }
}

/// A row that a noun's fields say.
fn of_noun<'p>(policy: &'p Policy, noun: &'p Noun, actor: Head, verb: &str) -> Option<Row<'p>> {
    Some(Row {
        statement: &noun.id,
        span: noun.span,
        origin: Origin::Follows,
        actors: Cow::Owned(vec![Entry::of_head(actor)]),
        only_actor: false,
        verbs: vec![standard_verb(verb)?],
        grants: None,
        force: Force::Does,
        denied: false,
        never: false,
        manner: None,
        objects: Cow::Borrowed(&[]),
        one_object: false,
        clauses: Vec::new(),
        except: None,
        has_cases: false,
        case_of: None,
        readers: &policy.header.you,
        edition: None,
        section: None,
        internal: noun.internal,
    })
}

fn slot_of<'p>(noun: &'p Noun, key: &str, slot: Slot) -> Option<Cow<'p, Clause>> {
    let field = noun.fields.iter().find(|field| &*field.key == key)?;
    let values: Vec<Entry> = values_of(field)
        .filter(|value| !matches!(value.head, Head::Value(Value::Absent(_))))
        .map(|value| Entry { place: Place(value.place.0.or(Some(field.span))), ..value.clone() })
        .collect();
    (!values.is_empty()).then(|| Cow::Owned(clause(slot, values)))
}

/// A service gets its data for its purposes, and they go to its places.
fn service<'p>(policy: &'p Policy, _id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let Some(party) = noun.of.as_deref() else { return };
    let Some(mut flow) = of_noun(policy, noun, Head::We, "disclose") else { return };
    let data: Vec<Entry> = field_values(noun, &["gets"]).cloned().collect();
    let recipient = Entry { place: Place(Some(noun.span)), ..party.clone() };
    flow.objects = Cow::Owned(data);
    flow.clauses.push(Cow::Owned(clause(Slot::To, vec![recipient])));
    for (key, slot) in
        [("for", Slot::For), ("on", Slot::On), ("in", Slot::In), ("under", Slot::Under), ("role", Slot::As)]
    {
        flow.clauses.extend(slot_of(noun, key, slot));
    }
    let places = slot_of(noun, "in", Slot::In).or_else(|| {
        let party = party.noun_id().map(|id| policy.noun(id))?;
        slot_of(party, "country", Slot::In).or_else(|| slot_of(party, "seat", Slot::In))
    });
    if let (Some(places), Some(verb)) = (places, standard_verb("transfer")) {
        let mut transfer = flow.clone();
        transfer.verbs = vec![verb];
        transfer.clauses.retain(|clause| clause.slot != Slot::In);
        transfer.clauses.push(places);
        rows.push(transfer);
    }
    rows.push(flow);
}

/// A tracker that says what it is for is used for that.
fn tracker<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    // Standard trackers that are only mentioned say nothing of themselves.
    if noun.fields.is_empty() {
        return;
    }
    let Some(mut setting) = of_noun(policy, noun, Head::We, "use") else { return };
    let object = Entry { place: Place(Some(noun.span)), ..Entry::noun(id) };
    setting.objects = Cow::Owned(vec![object]);
    setting.clauses.extend(slot_of(noun, "purposes", Slot::For).or_else(|| purpose_of_class(policy, noun)));
    rows.push(setting);
}

/// The purpose that the class of a tracker says, where the policy has a noun for it.
fn purpose_of_class<'p>(policy: &'p Policy, noun: &'p Noun) -> Option<Cow<'p, Clause>> {
    let purpose = match tracker_class(noun)? {
        "necessary" => "strictly-necessary",
        "functional" | "preferences" => "remember-preferences",
        "analytics" => "analytics",
        "advertising" => "advertising",
        "marketing" => "marketing",
        "social" => "social-features",
        _ => return None,
    };
    let entry = vocabulary::find(Kind::Purpose, purpose)?;
    let known = policy.nouns.iter().position(|noun| noun.standard == Some(entry))?;
    Some(Cow::Owned(clause(Slot::For, vec![Entry::noun(NounId(known as u32))])))
}

/// A consent that covers some data or trackers is what their use rests on.
fn covered<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let is_used =
        |entry: &&Entry| entry.noun_id().is_some_and(|id| matches!(policy.noun(id).kind, Kind::Data | Kind::Tracker));
    let covered: Vec<Entry> = field_values(noun, &["covers"]).filter(is_used).cloned().collect();
    if covered.is_empty() {
        return;
    }
    let Some(mut using) = of_noun(policy, noun, Head::We, "use") else { return };
    using.objects = Cow::Owned(covered);
    using.clauses.push(Cow::Owned(clause(Slot::Under, vec![Entry::noun(id)])));
    using.clauses.extend(slot_of(noun, "covers", Slot::For).and_then(|covers| {
        let purposes: Vec<Entry> = entries_of(&covers.value)
            .into_iter()
            .filter(|entry| entry.noun_id().is_some_and(|id| policy.noun(id).kind == Kind::Purpose))
            .cloned()
            .collect();
        (!purposes.is_empty()).then(|| Cow::Owned(clause(Slot::For, purposes)))
    }));
    rows.push(using);
}

/// A consent that says how it is withdrawn can be withdrawn.
fn withdrawal<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let Some(means) = slot_of(noun, "withdraw", Slot::Via) else { return };
    let Some(mut taking_back) = of_noun(policy, noun, Head::You, "withdraw") else { return };
    taking_back.force = Force::May;
    taking_back.objects = Cow::Owned(vec![Entry { place: Place(Some(noun.span)), ..Entry::noun(id) }]);
    taking_back.clauses.push(means);
    taking_back.grants = vocabulary::find(Kind::Right, "withdraw-consent");
    rows.push(taking_back);
}

/// A right that says how soon it is answered is answered so soon.
fn answer<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let object = || Entry { place: Place(Some(noun.span)), ..Entry::noun(id) };
    if let Some(period) = slot_of(noun, "answer", Slot::Within)
        && let Some(mut answering) = of_noun(policy, noun, Head::We, "answer")
    {
        answering.objects = Cow::Owned(vec![object()]);
        answering.clauses.push(period);
        rows.push(answering);
    }
    if let Some(means) = slot_of(noun, "means", Slot::Via)
        && let Some(mut having) = of_noun(policy, noun, Head::You, "have")
    {
        having.objects = Cow::Owned(vec![object()]);
        having.clauses.push(means);
        rows.push(having);
    }
}
