//! Which data a notice for California is about, which letters of the statute it falls under, and who lives there.

use crate::draft::plan::Plan;
use crate::draft::views::practices::{Practice, is_ours, is_processing, is_stated};
use crate::draft::views::reach::{Reach, is_everything};
use crate::policy::{Entry, Head, NounId, Policy, Value};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary;

/// Where the readers of the notice live.
pub(super) const PLACE: &str = "US-CA";

/// The data that the policy says something is done with, members of groups included. What is not about people is no
/// personal information, the word for all of it is no category, and what stays with its user is not collected.
pub(super) fn universe(policy: &Policy, found: &[Practice<'_>], services: &[NounId], reach: &Reach<'_>) -> Vec<NounId> {
    let mut data = Vec::new();
    for practice in found {
        let plan = &practice.plan;
        let to_reader = plan.entries(Slot::To).iter().any(|entry| matches!(entry.head, Head::You));
        if is_processing(plan, policy) && !to_reader && is_stated(plan, policy) && is_ours(plan, policy) {
            plan.objects.iter().for_each(|entry| add_data(policy, entry, 0, &mut data));
        }
    }
    for id in services {
        let gets = policy.noun(*id).fields.iter().filter(|field| &*field.key == "gets").flat_map(|field| &field.values);
        gets.for_each(|entry| add_data(policy, entry, 0, &mut data));
    }
    // "Sensitive information" is a word for data of other categories.
    let sensitive = vocabulary::find(Kind::Data, "sensitive");
    data.retain(|id| !reach.stays(*id) && (sensitive.is_none() || policy.noun(*id).standard != sensitive));
    inherit(policy, &mut data);
    data
}

/// Members of a group to which nobody gave a category are in that of the group.
fn inherit(policy: &Policy, data: &mut Vec<NounId>) {
    let given = |id: NounId| policy.noun(id).fields.iter().any(|field| &*field.key == "ccpa");
    let wholes: Vec<NounId> =
        data.iter().copied().filter(|id| given(*id) && policy.noun(*id).group.is_some()).collect();
    data.retain(|id| {
        let inside = |whole: &NounId| {
            whole != id
                && policy
                    .noun(*whole)
                    .group
                    .iter()
                    .flat_map(|group| &group.entries)
                    .any(|entry| entry.noun_id() == Some(*id))
        };
        !letters(policy, *id, "ccpa").is_empty() || !wholes.iter().any(inside)
    });
}

pub(super) fn add_data(policy: &Policy, entry: &Entry, depth: usize, data: &mut Vec<NounId>) {
    let Some(id) = entry.noun_id().filter(|_| depth < 16) else { return };
    let noun = policy.noun(id);
    if noun.kind != Kind::Data || policy.is(id, "non-personal") {
        return;
    }
    let groups = noun.group.iter().chain(&entry.group);
    if !noun.is_its_members() && !is_everything(policy, id) && !data.contains(&id) {
        data.push(id);
    }
    for member in groups.flat_map(|group| &group.entries) {
        add_data(policy, member, depth + 1, data);
    }
}

/// The letters that a datum falls under: the author's, else those of the nearest entry that it is.
pub(super) fn letters<'p>(policy: &'p Policy, id: NounId, key: &str) -> Vec<&'p str> {
    let noun = policy.noun(id);
    if let Some(field) = noun.fields.iter().find(|field| &*field.key == key) {
        let words = field.values.iter().filter_map(|entry| match &entry.head {
            Head::Value(Value::Text(text) | Value::Code(text)) => Some(&**text),
            _ => None,
        });
        return words.collect();
    }
    if let Some(standard) = noun.standard {
        return standard_letters(standard, key);
    }
    let parents = noun.parents.iter().map(|parent| letters(policy, *parent, key));
    parents.flatten().collect()
}

pub(super) fn standard_letters(index: u16, key: &str) -> Vec<&'static str> {
    let entry = vocabulary::entry(index);
    match entry.fields.iter().find(|(known, _)| *known == key) {
        // A star marks what fits in part.
        Some((_, values)) => values
            .iter()
            .flat_map(|value| value.split_whitespace())
            .map(|letter| letter.trim_end_matches('*'))
            .collect(),
        None => entry.parents.iter().flat_map(|parent| standard_letters(*parent, key)).collect(),
    }
}

/// The people of the policy who live in California.
pub(super) fn californians(policy: &Policy) -> Vec<NounId> {
    (0u32..)
        .zip(&policy.nouns)
        .filter(|(index, noun)| {
            noun.kind == Kind::People && !noun.internal && residence(policy, NounId(*index)).contains(&PLACE.to_owned())
        })
        .map(|(index, _)| NounId(index))
        .collect()
}

/// Whether people live in a place, or in a country that it is a part of.
pub(super) fn lives_in(policy: &Policy, id: NounId, place: &str) -> bool {
    residence(policy, id)
        .iter()
        .any(|code| code == place || place.strip_prefix(code.as_str()).is_some_and(|rest| rest.starts_with('-')))
}

/// The codes of the places where people live: the author's, else those of what they are.
pub(super) fn residence(policy: &Policy, id: NounId) -> Vec<String> {
    let noun = policy.noun(id);
    let own: Vec<String> = noun
        .fields
        .iter()
        .filter(|field| &*field.key == "resident")
        .flat_map(|field| &field.values)
        .filter_map(|entry| match &entry.head {
            Head::Value(Value::Place(code)) => Some(code.to_string()),
            Head::Noun(place) => {
                let name = policy.noun(*place).name.as_deref()?;
                Some(name.strip_prefix("place-").unwrap_or(name).to_uppercase())
            }
            _ => None,
        })
        .collect();
    if !own.is_empty() {
        return own;
    }
    if let Some(standard) = noun.standard {
        let fields = vocabulary::entry(standard).fields;
        return fields
            .iter()
            .filter(|(key, _)| *key == "resident")
            .flat_map(|(_, values)| values.iter().map(|value| (*value).to_owned()))
            .collect();
    }
    noun.parents.iter().flat_map(|parent| residence(policy, *parent)).collect()
}

pub(super) fn is_under_ccpa(policy: &Policy, id: NounId) -> bool {
    let under = policy.noun(id).fields.iter().filter(|field| &*field.key == "under").flat_map(|field| &field.values);
    under.into_iter().any(|entry| match &entry.head {
        Head::Noun(law) => policy.is(*law, "ccpa"),
        Head::Value(Value::Citation(citation)) => {
            citation.provisions.iter().filter_map(|provision| provision.law).any(|law| policy.is(law, "ccpa"))
        }
        _ => false,
    })
}

/// Whether an entry is a noun and nothing that narrows it.
pub(super) fn plain(entry: &Entry) -> bool {
    entry.of.is_none() && entry.that.is_none() && entry.tail.is_empty() && entry.except.is_empty() && !entry.other
}

pub(super) fn is_unconditional(plan: &Plan) -> bool {
    plan.except.is_none()
        && plan.reader.is_none()
        && !plan.clauses.iter().any(|clause| clause.only || (clause.slot.takes_condition()))
        && plan.clauses.iter().all(|clause| matches!(clause.slot, Slot::Because | Slot::Sense | Slot::Within))
}
