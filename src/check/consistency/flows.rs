//! What flows where nothing says that it comes from, or that it is used: across sentences, by their data.
//!
//! These queries ask for a counterpart, so that they speak only where the policy gives one to nearly everything else:
//! a policy that says of no datum where it comes from has not forgotten one.

use foldhash::{HashMap, HashSet};

use super::boxes::{self, Recipient, Side, is_root};
use super::denied::is_stated;
use super::{Ground, say};
use crate::check::orders::Relation;
use crate::check::rows::{Origin, is_us, values_of};
use crate::codes::flows as codes;
use crate::diagnostic::Sink;
use crate::policy::{Entry, Head, NounId};
use crate::source::Span;
use crate::syntax::words::{Kind, Quantifier, Slot};
use crate::vocabulary::Class;

/// Of how many things at least, and of which part of them, a policy must give the counterpart.
const ENOUGH: usize = 4;

/// Reports data without a source, data without a use, flows beyond what is used, and secrets in a broad flow.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let sources = classed(&[Class::Collection], ground);
    let uses = classed(&[Class::Use, Class::Disclosure, Class::Access, Class::Protection], ground);
    let flows = classed(&[Class::Use, Class::Disclosure], ground);
    uncollected(&sources, &flows, ground, sink);
    unused(&sources, &uses, ground, sink);
    beyond_use(ground, sink);
    providers(ground, sink);
    secrets(ground, sink);
}

/// The data that the publisher's rows of some classes name, each with its first place.
fn classed(classes: &[Class], ground: &Ground<'_, '_>) -> HashMap<NounId, Span> {
    let mut found = HashMap::default();
    for side in classes.iter().flat_map(|class| ground.index.of_class(*class)) {
        let Some(id) = side.object.and_then(|object| object.noun()) else { continue };
        let is_data = ground.policy.noun(id).kind == Kind::Data;
        // What goes to the reader is the publisher's own.
        let to_reader =
            || boxes::recipients(side, ground.orders).iter().any(|recipient| matches!(recipient, Recipient::Reader));
        let is_own = side.row.is_ours(ground.policy) && side.row.origin != Origin::Exception;
        if is_data && is_own && !to_reader() {
            found.entry(id).or_insert(side.place());
        }
    }
    found
}

/// Whether some of these data are a datum, a kind of it, what it is a kind of, or share a part with it.
fn is_among(id: NounId, known: &HashMap<NounId, Span>, ground: &Ground<'_, '_>) -> bool {
    known.contains_key(&id)
        || ground.orders.above(id).iter().any(|above| known.contains_key(above))
        || ground.orders.below(id).iter().any(|below| known.contains_key(below))
}

/// Whether a datum comes from somewhere without being collected: derived, about nobody, given by somebody, or kept
/// where the publisher does not see it.
fn has_own_source(id: NounId, ground: &Ground<'_, '_>) -> bool {
    let noun = ground.policy.noun(id);
    let is = |name: &str| ground.orders.is(id, Kind::Data, name);
    noun.fields.iter().any(|field| field.key.ends_with("-from"))
        || !noun.from.is_empty()
        || noun.that.is_some()
        || noun.of.is_some()
        || ["derived", "generated", "observed", "non-personal", "privacy-choices"].iter().any(|name| is(name))
}

/// Data that are used and come from nowhere.
fn uncollected(
    sources: &HashMap<NounId, Span>,
    uses: &HashMap<NounId, Span>,
    ground: &Ground<'_, '_>,
    sink: &mut Sink,
) {
    let given: HashSet<NounId> = ground
        .rows
        .iter()
        .filter(|row| !row.is_ours(ground.policy) || row.class() == Some(Class::Retention))
        .flat_map(|row| boxes::named(&*row.objects))
        .filter_map(|named| named.noun())
        .collect();
    let plain: Vec<(&NounId, &Span)> =
        uses.iter().filter(|(id, _)| !has_own_source(**id, ground) && !is_root(**id, ground.orders)).collect();
    let mut missing: Vec<(&NounId, &Span)> = plain
        .iter()
        .copied()
        .filter(|(id, _)| {
            let near = ground.orders.above(**id).iter().chain(ground.orders.below(**id));
            !is_among(**id, sources, ground) && !near.into_iter().any(|id| given.contains(id))
        })
        .collect();
    if plain.len() < ENOUGH || missing.len() * 4 > plain.len() {
        return;
    }
    missing.sort_by_key(|(_, span)| (span.file, span.start));
    for (id, span) in missing {
        sink.report(codes::used_uncollected(*span, &say::shown(*id, ground.policy)));
    }
}

/// Data that are collected and serve nothing.
fn unused(sources: &HashMap<NounId, Span>, uses: &HashMap<NounId, Span>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let says_why = |id: NounId| {
        ground.index.about(Class::Collection, Some(id)).any(|side| !side.purposes(ground.policy).is_empty())
    };
    let plain: Vec<(&NounId, &Span)> = sources.iter().filter(|(id, _)| !is_root(**id, ground.orders)).collect();
    let everything = uses.keys().any(|id| is_root(*id, ground.orders));
    let mut missing: Vec<(&NounId, &Span)> =
        plain.iter().copied().filter(|(id, _)| !is_among(**id, uses, ground) && !says_why(**id)).collect();
    if everything || plain.len() < ENOUGH || missing.len() * 4 > plain.len() {
        return;
    }
    missing.sort_by_key(|(_, span)| (span.file, span.start));
    for (id, span) in missing {
        sink.report(codes::collected_unused(*span, &say::shown(*id, ground.policy)));
    }
}

/// A processor that gets data for marketing, statistics or training of which no use speaks.
fn beyond_use(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let is_own = |id: NounId| {
        ["marketing", "analytics", "ai-training", "profiling"].iter().any(|name| orders.is(id, Kind::Purpose, name))
    };
    for side in ground.index.of_class(Class::Disclosure) {
        let is_service = boxes::recipients(side, orders)
            .iter()
            .any(|recipient| matches!(recipient, Recipient::Noun { is_processor: true, .. }));
        // A service gets all of its data for all of its purposes, so that one of them used for a purpose is enough.
        let is_first = side
            .row
            .objects
            .first()
            .is_some_and(|first| side.object.is_some_and(|object| std::ptr::eq(first, object.entry)));
        let Some(id) = side.object.and_then(|object| object.noun()).filter(|_| is_service && is_first) else {
            continue;
        };
        let mut uses = boxes::named(&*side.row.objects)
            .into_iter()
            .filter_map(|named| named.noun())
            .flat_map(|id| orders.above(id).iter().chain(orders.below(id)))
            .flat_map(|near| [Class::Use, Class::Collection].into_iter().map(move |class| (class, *near)))
            .flat_map(|(class, near)| ground.index.about(class, Some(near)))
            .flat_map(|used| used.purposes(policy))
            .filter_map(|purpose| purpose.noun())
            .peekable();
        if uses.peek().is_none() {
            continue;
        }
        let uses: HashSet<NounId> = uses.collect();
        for purpose in side.purposes(policy) {
            let Some(purpose_id) = purpose.noun().filter(|id| is_own(*id)) else { continue };
            if uses.iter().all(|used| orders.relation(*used, purpose_id) == Relation::Apart) {
                let place = purpose.entry.place.0.unwrap_or(side.place());
                sink.report(codes::flow_beyond_use(
                    place,
                    &say::shown(id, policy),
                    &say::shown(purpose_id, policy),
                    side.place(),
                ));
                break;
            }
        }
    }
}

/// A tracker of a company that the policy names among its recipients nowhere, although it names others.
fn providers(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let mut known: HashSet<NounId> = HashSet::default();
    let mut named = 0_usize;
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        let side = Side { row, object: None };
        for recipient in boxes::recipients(&side, orders) {
            if let Recipient::Noun { id, .. } = recipient {
                named += usize::from(known.insert(id));
            }
        }
        known.extend(row.actors.iter().filter_map(Entry::noun_id));
        known.extend(row.entries(Slot::From).filter_map(Entry::noun_id));
    }
    known.extend(policy.nouns.iter().filter_map(|noun| noun.of.as_deref().and_then(Entry::noun_id)));
    if named < 3 {
        return;
    }
    let mut told = HashSet::default();
    for noun in policy.nouns.iter().filter(|noun| noun.kind == Kind::Tracker && !noun.internal && !noun.dropped) {
        let Some(field) = noun.fields.iter().find(|field| &*field.key == "provider") else { continue };
        for value in values_of(field).filter(|value| !is_us(value, policy)) {
            let Some(id) = value.noun_id() else { continue };
            let is_known = orders.above(id).iter().chain(orders.below(id)).any(|near| known.contains(near));
            if !is_known && policy.noun(id).kind == Kind::Party && told.insert(id) {
                sink.report(codes::provider_unsaid(value.place.0.unwrap_or(field.span), &say::shown(id, policy)));
            }
        }
    }
}

/// Secrets that are part of all that goes to others or serves statistics and marketing.
fn secrets(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let secret = ground.index.of_class(Class::Collection).find_map(|side| {
        let id = side.object.and_then(|object| object.noun())?;
        (side.row.is_ours(policy) && orders.is(id, Kind::Data, "credential")).then_some((id, side.place()))
    });
    let Some((secret, place)) = secret else { return };
    for side in [Class::Use, Class::Disclosure].into_iter().flat_map(|class| ground.index.of_class(class)) {
        let Some(object) = side.object else { continue };
        let covers = match object.entry.head {
            Head::Noun(id) => orders.covers(id, secret) && id != secret && !orders.is(id, Kind::Data, "credential"),
            Head::Everything => true,
            _ => false,
        };
        let is_all = matches!(object.entry.quantifier, Some(Quantifier::All | Quantifier::Each));
        let is_cut = side
            .row
            .except
            .into_iter()
            .flat_map(|except| &except.entries)
            .chain(&object.outer.except)
            .filter_map(Entry::noun_id)
            .any(|cut| orders.covers(cut, secret));
        let goes_out = side.row.class() == Some(Class::Disclosure)
            && boxes::recipients(side, orders).iter().any(|recipient| match recipient {
                Recipient::Noun { id, is_processor, .. } => !is_processor && orders.is(*id, Kind::Party, "third-party"),
                Recipient::Us | Recipient::Reader => false,
            });
        let serves = side
            .purposes(policy)
            .into_iter()
            .filter_map(|purpose| purpose.noun())
            .any(|id| orders.is(id, Kind::Purpose, "marketing") || orders.is(id, Kind::Purpose, "analytics"));
        let is_limited = side.row.clauses.iter().any(|clause| clause.slot.takes_condition());
        if covers && is_all && !is_cut && !is_limited && side.row.is_ours(policy) && (goes_out || serves) {
            sink.report(codes::secret_in_broad_use(
                side.place(),
                &say::entry(object.entry, policy),
                &say::shown(secret, policy),
                place,
            ));
            return;
        }
    }
}
