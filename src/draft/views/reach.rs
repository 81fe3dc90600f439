//! Which data the sentences of a policy reach: those that they name, and those that a word for all of it covers,
//! where both speak of the same people and products. What never leaves the device of a person is nobody else's.

use std::collections::{BTreeMap, BTreeSet};

use super::practices::{Practice, is_ours, is_publisher, is_stated};
use crate::draft::Drafter;
use crate::draft::plan::Plan;
use crate::policy::{Entry, Head, Node, NounId, Policy};
use crate::syntax::words::{Kind, Polarity, Slot};
use crate::vocabulary::{self, Class};

/// What the sentences of a policy name.
pub(super) struct Reach<'p> {
    policy: &'p Policy,
    /// Where each datum is named: about whom, and on which products.
    named: BTreeMap<NounId, Vec<Scope>>,
    /// What stays on the devices of people.
    kept_there: BTreeSet<NounId>,
}

/// About whom a sentence is, and on which products it holds; nothing where it does not say.
struct Scope {
    about: Vec<NounId>,
    on: Vec<NounId>,
}

impl Scope {
    fn of(plan: &Plan) -> Scope {
        let named = |slot: Slot| plan.entries(slot).iter().filter_map(Entry::noun_id).collect();
        Scope { about: named(Slot::About), on: named(Slot::On) }
    }

    /// Whether both may speak of the same. Who does not say of what speaks of anything.
    fn meets(&self, other: &Scope, policy: &Policy) -> bool {
        let meet = |one: &[NounId], other: &[NounId]| {
            one.is_empty()
                || other.is_empty()
                || one.iter().any(|a| other.iter().any(|b| policy.covers(*a, *b) || policy.covers(*b, *a)))
        };
        meet(&self.about, &other.about) && meet(&self.on, &other.on)
    }
}

impl<'p> Reach<'p> {
    /// Reads what the sentences name.
    pub(super) fn new(policy: &'p Policy, found: &[Practice<'_>]) -> Reach<'p> {
        let mut named: BTreeMap<NounId, Vec<Scope>> = BTreeMap::new();
        for practice in found.iter().filter(|practice| is_stated(&practice.plan, policy)) {
            for entry in &practice.plan.objects {
                name(policy, entry, &practice.plan, 0, &mut named);
            }
        }
        Reach { policy, named, kept_there: kept_on_devices(policy, found) }
    }

    /// Whether a sentence speaks of a datum: it names it, a kind of it or a whole that it is a part of, or
    /// everything, and does not except it.
    pub(super) fn reaches(&self, plan: &Plan, id: NounId) -> bool {
        let excepted = plan.except.iter().flat_map(|except| &except.entries).filter_map(Entry::noun_id);
        if self.stays(id) || excepted.into_iter().any(|cut| self.policy.covers(cut, id)) {
            return false;
        }
        plan.objects
            .iter()
            .any(|entry| speaks_of(self.policy, entry, id) && (entry.noun_id() == Some(id) || self.meets(plan, id)))
    }

    /// Whether a sentence is made for a datum: it names it, or speaks of all data of the only people and products with
    /// which the datum is named.
    pub(super) fn is_for(&self, plan: &Plan, id: NounId) -> bool {
        let named = plan.objects.iter().any(|entry| {
            entry.noun_id().is_some_and(|wide| !is_everything(self.policy, wide)) && speaks_of(self.policy, entry, id)
        });
        let scope = Scope::of(plan);
        let narrow = !scope.about.is_empty() || !scope.on.is_empty();
        self.reaches(plan, id) && (named || (narrow && self.limits(plan, id).is_empty()))
    }

    /// Whether a sentence says of some data that it is never sent to the publisher.
    pub(super) fn keeps_away(&self, plan: &Plan) -> bool {
        is_kept_from_us(plan, self.policy)
    }

    /// Whether a datum stays on the devices of people.
    pub(super) fn stays(&self, id: NounId) -> bool {
        self.kept_there.contains(&id)
    }

    /// The clauses that limit a sentence to fewer people and products than those with which a datum is named.
    pub(super) fn limits(&self, plan: &Plan, id: NounId) -> Vec<Slot> {
        let scope = Scope::of(plan);
        let known = self.named.get(&id).map(Vec::as_slice).unwrap_or_default();
        let inside = |known: &[NounId], wide: &[NounId]| {
            wide.is_empty()
                || (!known.is_empty() && known.iter().all(|a| wide.iter().any(|b| self.policy.covers(*b, *a))))
        };
        let mut out = Vec::new();
        if !known.iter().all(|other| inside(&other.about, &scope.about)) {
            out.push(Slot::About);
        }
        if !known.iter().all(|other| inside(&other.on, &scope.on)) {
            out.push(Slot::On);
        }
        out
    }

    fn meets(&self, plan: &Plan, id: NounId) -> bool {
        let scope = Scope::of(plan);
        self.named.get(&id).is_none_or(|known| known.iter().any(|other| scope.meets(other, self.policy)))
    }
}

/// Notes where a datum and its members are named.
fn name(policy: &Policy, entry: &Entry, plan: &Plan, depth: usize, named: &mut BTreeMap<NounId, Vec<Scope>>) {
    let Some(id) = entry.noun_id().filter(|id| depth < 16 && policy.noun(*id).kind == Kind::Data) else { return };
    if !is_everything(policy, id) {
        named.entry(id).or_default().push(Scope::of(plan));
    }
    for member in policy.noun(id).group.iter().chain(&entry.group).flat_map(|group| &group.entries) {
        name(policy, member, plan, depth + 1, named);
    }
}

/// Whether a noun is the word for all personal information.
pub(super) fn is_everything(policy: &Policy, id: NounId) -> bool {
    let standard = policy.noun(id).standard;
    ["personal", "information"].iter().any(|name| standard.is_some() && standard == vocabulary::find(Kind::Data, name))
}

/// Whether an entry is the word for all personal information, or no word at all.
pub(super) fn names_everything(policy: &Policy, entry: &Entry) -> bool {
    match entry.head {
        Head::Everything => true,
        Head::Noun(id) => is_everything(policy, id),
        Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) => false,
    }
}

/// Whether an entry speaks of a datum: it names it, a kind of it or a whole that it is a part of, or everything.
pub(super) fn speaks_of(policy: &Policy, entry: &Entry, id: NounId) -> bool {
    let cut = entry.except.iter().filter_map(Entry::noun_id).any(|cut| policy.covers(cut, id));
    let named = match entry.head {
        Head::Everything => true,
        Head::Noun(wide) => is_everything(policy, wide) || policy.covers(wide, id),
        Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) => false,
    };
    let member = entry.group.iter().flat_map(|group| &group.entries).any(|member| speaks_of(policy, member, id));
    (named && !cut) || member
}

/// Whether a sentence speaks of a datum only as of all personal information.
pub(super) fn is_blanket(policy: &Policy, plan: &Plan, id: NounId) -> bool {
    let whole = |entry: &Entry| entry.group.is_none() && names_everything(policy, entry);
    plan.objects.iter().filter(|entry| speaks_of(policy, entry, id)).all(whole)
}

/// The data of which the policy says, without a condition, that it is never sent to the publisher, and of which it
/// says nowhere that the publisher gets it all the same.
fn kept_on_devices(policy: &Policy, found: &[Practice<'_>]) -> BTreeSet<NounId> {
    let data = |plan: &Plan| -> Vec<NounId> { plan.objects.iter().filter_map(Entry::noun_id).collect() };
    let mut kept = BTreeSet::new();
    for practice in found {
        let plan = &practice.plan;
        if is_kept_from_us(plan, policy) {
            kept.extend(data(plan).into_iter().filter(|id| policy.noun(*id).kind == Kind::Data));
        }
    }
    for practice in found {
        let plan = &practice.plan;
        if plan.class(policy) == Class::Collection && is_stated(plan, policy) && is_ours(plan, policy) {
            data(plan).iter().for_each(|id| {
                kept.remove(id);
            });
        }
    }
    kept
}

/// Whether a sentence says without a condition that something is never sent to the publisher.
fn is_kept_from_us(plan: &Plan, policy: &Policy) -> bool {
    let to_us = plan.entries(Slot::To).iter().any(|entry| is_publisher(entry, policy));
    let always = plan.except.is_none() && !plan.clauses.iter().any(|clause| clause.slot.takes_condition());
    plan.polarity != Polarity::Positive && to_us && always
}

impl Drafter<'_> {
    /// The nouns of editions that are not the one at hand.
    pub(super) fn nouns_of_other_editions(&self) -> BTreeSet<NounId> {
        let mut found = BTreeSet::new();
        self.nouns_elsewhere(&self.policy.nodes, false, &mut found);
        self.nouns_elsewhere(&self.policy.internal, false, &mut found);
        found
    }

    fn nouns_elsewhere(&self, nodes: &[Node], elsewhere: bool, out: &mut BTreeSet<NounId>) {
        for node in nodes {
            match node {
                Node::Noun(id) => {
                    if elsewhere {
                        out.insert(*id);
                    }
                }
                Node::Section(section) => self.nouns_elsewhere(&section.nodes, elsewhere, out),
                Node::Scope(scope) => self.nouns_elsewhere(&scope.nodes, elsewhere, out),
                Node::Edition(noun, nodes) => {
                    let other = self.edition.is_none_or(|edition| edition.noun != *noun);
                    self.nouns_elsewhere(nodes, elsewhere || other, out);
                }
                Node::Sentence(_) | Node::Addition(_) | Node::Steps(_) | Node::Prose(_) => {}
            }
        }
    }
}
