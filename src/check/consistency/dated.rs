//! What was no longer, or not yet, in force on the day of the policy, and days that come in the wrong order.

use foldhash::HashSet;
use jiff::civil::Date;

use super::boxes;
use super::denied::is_stated;
use super::{Ground, places, say};
use crate::check::places::{lies_in, meet};
use crate::check::rows::{Row, is_us};
use crate::codes::dated as codes;
use crate::diagnostic::Sink;
use crate::policy::{Entry, Head, NounId, Value};
use crate::source::Span;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::{self, Class};

/// Frameworks that only recipients in the United States take part in.
const AMERICAN: [&str; 6] =
    ["dpf", "dpf-uk-extension", "dpf-swiss", "privacy-shield", "swiss-us-privacy-shield", "safe-harbour"];

/// Reports what was not in force and days out of order.
pub fn check(ground: &Ground<'_, '_>, as_of: Option<Date>, sink: &mut Sink) {
    let mut told: HashSet<Span> = HashSet::default();
    let mut undated: Option<Span> = None;
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        let day = day(row, ground, as_of);
        for (id, place) in mechanisms(row, ground) {
            let dates = Dates::of(id, ground);
            let Some(day) = day else {
                undated = undated.or((dates.until.is_some() || dates.closed.is_some()).then_some(place));
                continue;
            };
            if let Some(words) = dates.fault(day, since(row, ground)).filter(|_| told.insert(place)) {
                sink.report(codes::not_in_force(place, &say::shown(id, ground.policy), &words));
            }
        }
        if row.class() == Some(Class::Transfer) {
            countries(row, ground, &mut told, sink);
        }
        if row.verbs.iter().any(|verb| &*verb.name == "represent") {
            representative(row, ground, sink);
        }
    }
    if let Some(span) = undated {
        sink.report(codes::undated_policy(span));
    }
    order(ground, as_of, sink);
}

/// The day on which a row is judged: that of the policy, within the days of its edition.
fn day(row: &Row<'_>, ground: &Ground<'_, '_>, as_of: Option<Date>) -> Option<Date> {
    let day = as_of.or(ground.policy.header.updated.as_ref().map(|updated| updated.date));
    let Some(edition) = row.edition.and_then(|id| ground.policy.editions.iter().find(|edition| edition.noun == id))
    else {
        return day;
    };
    let last = edition.until.and_then(|until| until.yesterday().ok());
    match (day, edition.since, last) {
        (Some(day), since, last) => {
            let day = since.map_or(day, |since| day.max(since));
            Some(last.map_or(day, |last| day.min(last)))
        }
        (None, since, last) => since.or(last),
    }
}

/// The first day of the service that a row follows from.
fn since(row: &Row<'_>, ground: &Ground<'_, '_>) -> Option<Date> {
    let service =
        ground.policy.nouns.iter().find(|noun| noun.kind == Kind::Engagement && &*noun.id == row.statement)?;
    let field = service.fields.iter().find(|field| &*field.key == "since")?;
    field.values.iter().find_map(date)
}

fn date(entry: &Entry) -> Option<Date> {
    match &entry.head {
        Head::Value(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

/// The mechanisms that a row rests on, or that it says are kept to.
fn mechanisms(row: &Row<'_>, ground: &Ground<'_, '_>) -> Vec<(NounId, Span)> {
    let keeps = row.verbs.iter().any(|verb| {
        matches!(&*verb.name, "comply-with" | "adhere-to" | "participate-in" | "certify" | "self-certify" | "rely-on")
    });
    let objects = boxes::named(&*row.objects).into_iter().filter(|_| keeps).map(|named| named.entry);
    let with = row.entries(Slot::With).filter(|_| keeps);
    row.entries(Slot::Under)
        .chain(objects)
        .chain(with)
        .filter_map(|entry| Some((entry.noun_id()?, entry.place.0.unwrap_or(row.span))))
        .filter(|(id, _)| ground.orders.is(*id, Kind::Law, "transfer-mechanism"))
        .collect()
}

/// When a law is in force.
#[derive(Default)]
struct Dates {
    from: Option<Date>,
    closed: Option<Date>,
    until: Option<Date>,
}

impl Dates {
    fn of(id: NounId, ground: &Ground<'_, '_>) -> Dates {
        let noun = ground.policy.noun(id);
        let own = |key: &str| noun.fields.iter().find(|field| &*field.key == key)?.values.iter().find_map(date);
        let standard = |key: &str| {
            let entries = ground.orders.entries(id).iter().map(|entry| vocabulary::entry(*entry));
            let mut values = entries.flat_map(|entry| entry.fields).filter(|(name, _)| *name == key);
            values.find_map(|(_, values)| values.first()?.parse::<Date>().ok())
        };
        let either = |key: &str| own(key).or_else(|| standard(key));
        Dates { from: either("from"), closed: either("closed"), until: either("until") }
    }

    /// What is wrong with resting on it on a day, under a contract of another day.
    fn fault(&self, day: Date, since: Option<Date>) -> Option<String> {
        if let Some(until) = self.until.filter(|until| day >= *until) {
            return Some(format!("ended on {until}"));
        }
        if let (Some(closed), Some(since)) = (self.closed, since)
            && since >= closed
        {
            return Some(format!("could not be agreed on from {closed} on"));
        }
        self.from.filter(|from| day < *from).map(|from| format!("began on {from} only"))
    }
}

/// Mechanisms that speak of another country than that to which data go.
fn countries(row: &Row<'_>, ground: &Ground<'_, '_>, told: &mut HashSet<Span>, sink: &mut Sink) {
    let orders = ground.orders;
    let entries: Vec<&Entry> = row.entries(Slot::In).chain(row.entries(Slot::To)).collect();
    let goes: Option<Vec<String>> = entries
        .into_iter()
        .filter(|entry| places::is_place(entry, orders))
        .map(|entry| places::code(entry, orders))
        .collect();
    // A place that has no code may be anywhere.
    let Some(goes) = goes.filter(|goes| !goes.is_empty()) else { return };
    let known = mechanisms(row, ground);
    let is_american = |id: NounId| AMERICAN.iter().any(|name| orders.is(id, Kind::Law, name));
    for (id, place) in &known {
        let standard = ground.policy.noun(*id).standard.map(|entry| vocabulary::entry(entry).name);
        let wanted = if is_american(*id) {
            Some("US".to_owned())
        } else {
            let named =
                orders.entries(*id).iter().find_map(|entry| vocabulary::entry(*entry).name.strip_prefix("adequacy-"));
            named.filter(|code| code.len() == 2).map(str::to_ascii_uppercase)
        };
        let name = say::shown(*id, ground.policy);
        if let Some(wanted) = wanted {
            if !goes.iter().any(|goes| meet(goes, &wanted, None)) && told.insert(*place) {
                sink.report(codes::wrong_country(
                    *place,
                    &format!("{name} is about {wanted}, and these data go to {}", goes.join(", ")),
                ));
            }
        } else if standard == Some("adequacy")
            && goes.iter().all(|goes| lies_in(goes, "US", None))
            && !known.iter().any(|(id, _)| is_american(*id))
            && told.insert(*place)
        {
            let words = "the United States are adequate for recipients in the Data Privacy Framework alone";
            sink.report(codes::wrong_country(*place, words));
        }
    }
}

/// A representative that is not where it represents.
fn representative(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let of_us = row.objects.iter().any(|object| is_us(object, policy));
    let regions: Vec<String> = row.entries(Slot::In).filter_map(|entry| places::code(entry, orders)).collect();
    if !of_us || regions.is_empty() {
        return;
    }
    for actor in &*row.actors {
        let Some(noun) = actor.noun_id().map(|id| policy.noun(id)) else { continue };
        let seats = crate::check::rows::field_values(noun, &["country", "seat"]);
        let seats: Vec<String> = seats.filter_map(|seat| places::code(seat, orders)).collect();
        let region = |region: &String| {
            let region = if region == "EU" { "EEA" } else { region };
            seats.iter().any(|seat| lies_in(seat, region, None))
        };
        if !seats.is_empty() && !regions.iter().all(region) {
            let words = format!(
                "a representative in {} is established there, and this one is in {}",
                regions.join(", "),
                seats.join(", ")
            );
            sink.report(codes::wrong_country(actor.place.0.unwrap_or(row.span), &words));
        }
    }
    let home = policy.header.we.iter().flat_map(|we| {
        crate::check::rows::field_values(policy.noun(*we), &["country", "seat"])
            .filter_map(|seat| places::code(seat, orders))
    });
    let homes: Vec<String> = home.collect();
    let is_there = |region: &String| {
        let region = if region == "EU" { "EEA" } else { region };
        homes.iter().any(|home| lies_in(home, region, None))
    };
    if regions.iter().all(is_there) {
        sink.report(codes::needless_representative(row.span, &regions.join(", ")));
    }
}

/// Days in the wrong order.
fn order(ground: &Ground<'_, '_>, as_of: Option<Date>, sink: &mut Sink) {
    let policy = ground.policy;
    let Some(updated) = policy.header.updated.as_ref().map(|updated| updated.date) else { return };
    if let (Some(as_of), Some(span)) = (as_of, policy.header.span)
        && updated > as_of
    {
        sink.report(codes::date_in_future(span, &updated.to_string(), &as_of.to_string()));
    }
    let documents = policy.nouns.iter().filter(|noun| noun.kind == Kind::Document).flat_map(|noun| &noun.fields);
    let dates = documents.filter(|field| &*field.key == "updated").flat_map(|field| &field.values).filter_map(date);
    let editions = policy.editions.iter().filter_map(|edition| edition.since);
    let last = dates.chain(editions).fold(updated, Ord::max);
    for noun in policy.nouns.iter().filter(|noun| noun.kind == Kind::Engagement && !noun.internal && !noun.dropped) {
        let field = noun.fields.iter().find(|field| &*field.key == "since");
        let Some((field, since)) = field.and_then(|field| Some((field, field.values.iter().find_map(date)?))) else {
            continue;
        };
        if since > last {
            sink.report(codes::date_order(
                field.span,
                noun.name.as_deref().unwrap_or_default(),
                &since.to_string(),
                &last.to_string(),
            ));
        }
    }
}
