//! From what two versions say of their nouns, their header and their prose to changes.

use std::cmp::Ordering;

use super::canonical::text_of;
use super::claims::Version;
use super::class::ChangeClass as C;
use super::grouped::Grouped;
use super::periods::{self, Spoken};
use super::things::{Thing, are_alike, plain_words, turn_alike};
use super::{Part, things::Side};
use crate::check::places::lies_in;
use crate::check::rows::values_of;
use crate::policy::{Clause, Entry, Field, Head, Noun, NounId, Prose, ProsePart, Value};
use crate::resolve::is_printed_where_declared;
use crate::syntax::words::Kind;

/// Who publishes the two versions, and whom they address.
pub(super) fn header(old: &Version<'_>, new: &Version<'_>, changes: &mut Grouped) {
    let things = |version: &Version<'_>, ids: &[NounId]| {
        let mut things: Vec<Thing> = ids.iter().filter_map(|id| version.things.of(version.side, *id)).collect();
        things.sort_unstable();
        things
    };
    let (before, after) = (&old.policy.header, &new.policy.header);
    for (class, part, one, other) in [
        (C::Controller, Part::Publisher, &before.we, &after.we),
        (C::ReadersChanged, Part::Readers, &before.you, &after.you),
    ] {
        if things(old, one) != things(new, other) {
            changes.add(class, (!one.is_empty()).then(|| part.clone()), (!other.is_empty()).then(|| part.clone()));
        }
    }
    let covered = |version: &Version<'_>, entries: &[Entry]| {
        let canonical = version.canonical(&[]);
        let mut covered: Vec<String> = entries.iter().map(|entry| canonical.entry(entry)).collect();
        covered.sort_unstable();
        covered
    };
    if covered(old, &before.covers) != covered(new, &after.covers) {
        let part = |covers: &[Entry]| (!covers.is_empty()).then_some(Part::Covers);
        changes.add(C::ScopeChanged, part(&before.covers), part(&after.covers));
    }
}

/// What the two versions say of their nouns beside the statements: meanings, words and fields.
pub(super) fn nouns(old: &Version<'_>, new: &Version<'_>, changes: &mut Grouped) {
    for (before, after) in pairs(old, new) {
        let (one, other) = (old.policy.noun(before), new.policy.noun(after));
        let ids = (before, after);
        let pair = |part: fn(NounId) -> Part| (Some(part(before)), Some(part(after)));
        // Only what the authors write can differ.
        if one.declared && other.declared {
            // Where nothing is printed of the words, the members stand for the noun.
            if plain_words(old.policy, before) != plain_words(new.policy, after) && one.kind != Kind::Section {
                let (before, after) = pair(Part::Noun);
                // What the vocabulary knows and similar words say is the same; what other words say, a person must read.
                let (was, is) = (plain_words(old.policy, ids.0), plain_words(new.policy, ids.1));
                let is_known = !old.orders.entries(ids.0).is_empty() && are_alike(&was, &is) && turn_alike(&was, &is);
                changes.add(if is_known { C::Wording } else { C::WordsChanged }, before, after);
            }
            // What only one version places in the vocabulary is the same to readers.
            let (was, is) = (kinds(old, ids.0), kinds(new, ids.1));
            if was != is && !was.is_empty() && !is.is_empty() {
                changes.add(C::DefinitionChanged, Some(Part::Kind(ids.0)), Some(Part::Kind(ids.1)));
            }
            // Whose it is and which of it is meant.
            let of = |version: &Version<'_>, noun: &Noun| noun.of.as_ref().map(|of| version.canonical(&[]).entry(of));
            if one.kind != Kind::Engagement && (of(old, one) != of(new, other) || one.that != other.that) {
                let (before, after) = pair(Part::Noun);
                changes.add(C::DefinitionChanged, before, after);
            }
            if one.means != other.means {
                let part = |noun: &Noun, id| noun.means.is_some().then_some(Part::Meaning(id));
                changes.add(C::DefinitionChanged, part(one, before), part(other, after));
            }
        }
        fields((old, before), (new, after), changes);
    }
    for (version, other) in [(old, new), (new, old)] {
        for id in placed(version) {
            let thing = version.things.of(version.side, id);
            if thing.is_some_and(|thing| other.things.noun(other.side, thing).is_some()) {
                continue;
            }
            let part = Some(Part::Noun(id));
            let kind = version.policy.noun(id).kind;
            match version.side {
                Side::Old => changes.add(removed_noun(kind), part, None),
                Side::New => changes.add(new_noun(kind), None, part),
            }
        }
    }
}

/// What a noun of the author's is declared to be; nothing for an entry of the vocabulary.
fn kinds(version: &Version<'_>, id: NounId) -> Vec<Thing> {
    let noun = version.policy.noun(id);
    let parents = noun.parents.iter().filter(|_| noun.standard.is_none());
    let mut kinds: Vec<Thing> = parents.filter_map(|parent| version.things.of(version.side, *parent)).collect();
    kinds.sort_unstable();
    kinds
}

/// The public nouns that both versions have.
fn pairs(old: &Version<'_>, new: &Version<'_>) -> Vec<(NounId, NounId)> {
    public(new)
        .filter_map(|after| {
            let thing = new.things.of(Side::New, after)?;
            // Several nouns of one version may be one thing; the first is what its author says of it.
            (new.things.noun(Side::New, thing) == Some(after)).then_some(())?;
            Some((old.things.noun(Side::Old, thing)?, after))
        })
        .collect()
}

fn public<'v>(version: &'v Version<'_>) -> impl Iterator<Item = NounId> + 'v {
    let nouns = version.policy.nouns.iter().enumerate();
    nouns.filter(|(_, noun)| !noun.internal && !noun.dropped).map(|(index, _)| NounId(index as u32))
}

/// The nouns that are printed where they are declared.
fn placed<'v>(version: &'v Version<'_>) -> impl Iterator<Item = NounId> + 'v {
    public(version).filter(|id| {
        let noun = version.policy.noun(*id);
        noun.declared && noun.kind != Kind::Document && is_printed_where_declared(noun, true)
    })
}

fn new_noun(kind: Kind) -> C {
    match kind {
        Kind::Contact => C::ContactChanged,
        Kind::Engagement => C::NewRecipient,
        Kind::Tracker => C::NewTracking,
        Kind::Right => C::NewRight,
        _ => C::NewStatement,
    }
}

fn removed_noun(kind: Kind) -> C {
    match kind {
        Kind::Contact => C::ContactChanged,
        Kind::Engagement => C::RecipientRemoved,
        Kind::Tracker => C::TrackingRemoved,
        Kind::Right => C::RightRemoved,
        _ => C::StatementRemoved,
    }
}

/// The fields of a noun that both versions have.
fn fields(old: (&Version<'_>, NounId), new: (&Version<'_>, NounId), changes: &mut Grouped) {
    let (before, after) = (old.0.policy.noun(old.1), new.0.policy.noun(new.1));
    let find = |noun: &'_ Noun, key: &str| noun.fields.iter().position(|field| *field.key == *key);
    if before.link != after.link && (before.declared || after.declared) {
        let part = |noun: &Noun, id| noun.link.is_some().then(|| Part::Field(id, "link".into()));
        let class = if is_contact(old.0, old.1, "link") { C::ContactChanged } else { C::DetailChanged };
        changes.add(class, part(before, old.1), part(after, new.1));
    }
    let mut keys: Vec<&str> = Vec::new();
    for field in before.fields.iter().chain(&after.fields) {
        if !keys.contains(&&*field.key) {
            keys.push(&field.key);
        }
    }
    for key in keys {
        let one = find(before, key).and_then(|at| before.fields.get(at));
        let other = find(after, key).and_then(|at| after.fields.get(at));
        if one.map(|field| text(old.0, field)) == other.map(|field| text(new.0, field)) {
            continue;
        }
        let class = match (one, other) {
            _ if is_contact(old.0, old.1, key) => C::ContactChanged,
            // What readers call the publisher may be another company's name now.
            _ if key == "legal" && new.0.policy.header.we.contains(&new.1) && one.is_some() => C::Controller,
            _ if before.kind == Kind::Engagement => of_service(key, (old.0, one), (new.0, other)),
            _ if before.kind == Kind::Tracker && key == "purposes" => of_service("for", (old.0, one), (new.0, other)),
            _ if before.kind == Kind::Right && matches!(key, "fee" | "leaves") => {
                of_right((old.0, one), (new.0, other))
            }
            (Some(one), Some(other)) => {
                let (one, other) = (in_field(old.0, one), in_field(new.0, other));
                match (before.kind, periods::order(&one, &other)) {
                    (Kind::Tracker | Kind::Data | Kind::Store, Some(Ordering::Greater)) => C::RetentionLonger,
                    (Kind::Tracker | Kind::Data | Kind::Store, Some(Ordering::Less)) => C::RetentionShorter,
                    (Kind::Right, Some(Ordering::Greater)) => C::DeadlineLonger,
                    (Kind::Right, Some(Ordering::Less)) => C::DeadlineShorter,
                    _ => C::DetailChanged,
                }
            }
            _ => C::DetailChanged,
        };
        let part = |id: NounId| Part::Field(id, key.into());
        changes.add(class, one.map(|_| part(old.1)), other.map(|_| part(new.1)));
    }
}

/// The values of a field and under which guards they stand; members of complete lists stand for themselves.
fn text<'v>(version: &Version<'v>, field: &'v Field) -> Vec<(String, String)> {
    let canonical = version.canonical(&[]);
    let under = |guard: &[Clause], values: &'v [Entry]| -> Vec<(String, String)> {
        let guard: Vec<String> = guard.iter().map(|clause| canonical.clause(clause)).collect();
        let guard = guard.join(",");
        values.iter().flat_map(|value| named(version, value)).map(|value| (guard.clone(), value)).collect()
    };
    let mut values = under(&[], &field.values);
    values.sort_unstable();
    // The order of arms is a part of what they say.
    values.extend(field.arms.iter().flat_map(|arm| under(&arm.guard, &arm.values)));
    values
}

/// What an entry stands for.
fn named<'v>(version: &Version<'v>, entry: &'v Entry) -> Vec<String> {
    let canonical = version.canonical(&[]);
    version.parts(Some(entry)).into_iter().flatten().map(|part| canonical.entry(part)).collect()
}

/// The periods of a field.
fn in_field<'v>(version: &Version<'v>, field: &'v Field) -> Vec<Spoken<'v>> {
    periods::of_field(field, &version.canonical(&[]))
}

/// What the values of a field stand for.
fn says<'v>(version: &Version<'v>, field: Option<&'v Field>) -> Vec<String> {
    field.into_iter().flat_map(values_of).flat_map(|value| named(version, value)).collect()
}

/// What a change of a field is that says what a right costs, or what it does not reach: the less, the better.
fn of_right<'o, 'n>(
    (old, before): (&Version<'o>, Option<&'o Field>),
    (new, after): (&Version<'n>, Option<&'n Field>),
) -> C {
    let is_nothing = |value: &&Entry| matches!(value.head, Head::Value(Value::Absent(_)));
    let is_free = |field: Option<&Field>| field.into_iter().flat_map(values_of).any(|value| is_nothing(&value));
    let (known, said) = (says(old, before), says(new, after));
    let contains = |wide: &[String], narrow: &[String]| narrow.iter().all(|value| wide.contains(value));
    match (before, after) {
        // Who says nothing of a cost takes none (Article 12(5) of the GDPR), and says of nothing that it is left.
        (None, _) if is_free(after) => C::MoreExact,
        (None, Some(_)) => C::PromiseNarrower,
        (_, None) if is_free(before) => C::LessExact,
        (_, None) => C::PromiseWider,
        (Some(_), Some(_)) if is_free(before) => C::PromiseNarrower,
        (Some(_), Some(_)) if is_free(after) => C::PromiseWider,
        (Some(_), Some(_)) if contains(&said, &known) => C::PromiseNarrower,
        (Some(_), Some(_)) if contains(&known, &said) => C::PromiseWider,
        (Some(_), Some(_)) => C::DetailChanged,
    }
}

/// What a change of a field of a service is: who gets what, what for, where and under what.
fn of_service<'o, 'n>(
    key: &str,
    (old, before): (&Version<'o>, Option<&'o Field>),
    (new, after): (&Version<'n>, Option<&'n Field>),
) -> C {
    let (known, said) = (says(old, before), says(new, after));
    let is_wider_known = |value: &Entry| {
        let things = value.noun_id().and_then(|id| new.things.of(new.side, id));
        things.is_some_and(|thing| new.things.above(new.side, thing).iter().any(|wide| known.contains(&text_of(*wide))))
    };
    let parts = after.into_iter().flat_map(values_of).flat_map(|value| new.parts(Some(value))).flatten();
    let is_known = |value: &Entry| {
        let text = new.canonical(&[]).entry(value);
        known.contains(&text)
            || known.iter().any(|region| key == "in" && lies_in(&text, region, None))
            || is_wider_known(value)
    };
    let says_more = !parts.into_iter().all(is_known);
    match key {
        "gets" if says_more => C::NewRecipient,
        "for" if says_more => C::NewPurpose,
        "in" if says_more => C::NewTransfer,
        "for" => C::PurposeRemoved,
        "in" => C::TransferRemoved,
        "under" if known.is_empty() => C::SafeguardStated,
        "under" if said.is_empty() => C::SafeguardUnsaid,
        _ => C::DetailChanged,
    }
}

/// Whether readers reach the publisher by what a field of a noun says.
fn is_contact(version: &Version<'_>, id: NounId, key: &str) -> bool {
    let is_address = matches!(key, "link" | "email" | "phone" | "post" | "form" | "contact");
    version.policy.noun(id).kind == Kind::Contact || is_address && version.policy.header.we.contains(&id)
}

/// The texts that the authors wrote as they are printed.
pub(super) fn prose(old: (&Version<'_>, Option<NounId>), new: (&Version<'_>, Option<NounId>), changes: &mut Grouped) {
    let texts = |(version, edition): (&Version<'_>, Option<NounId>)| {
        let prose = version.policy.prose(edition).into_iter();
        prose.map(|prose| (Part::Prose(prose.id.clone(), prose.span), prose_text(version, prose))).collect::<Vec<_>>()
    };
    let (mut before, mut after) = (texts(old), texts(new));
    before.retain(|(_, text)| match after.iter().position(|(_, other)| other == text) {
        Some(at) => {
            after.remove(at);
            false
        }
        None => true,
    });
    for (part, _) in after {
        let known = before.iter().position(|(other, _)| other.key() == part.key());
        changes.add(C::ProseChanged, known.map(|at| before.remove(at).0), Some(part));
    }
    for (part, _) in before {
        changes.add(C::ProseChanged, Some(part), None);
    }
}

/// The text with its references as things, white space aside.
fn prose_text(version: &Version<'_>, prose: &Prose) -> String {
    let canonical = version.canonical(&[]);
    let part = |part: &ProsePart| match part {
        ProsePart::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        ProsePart::Reference(entry) | ProsePart::See(entry) => format!("{{{}}}", canonical.entry(entry)),
    };
    prose.parts.iter().map(part).collect::<Vec<_>>().join(" ")
}
