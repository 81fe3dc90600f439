//! From the nouns of a policy and the vocabulary to what lies at or below what: the order in which statements about
//! one thing reach another.
//!
//! A noun is below what it `is`, below the groups that name it as a member, and below everything these are below;
//! there may be several ways up, never a cycle that matters. Three places are implied, because an author who gives
//! none means them: data are personal unless they are placed below what is not, an organisation is a third party
//! unless it is placed elsewhere, works as a processor or is the publisher.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::policy::{Entry, Head, NounId, Policy};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// How one thing lies to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// They are the same.
    Same,
    /// The first is below the second.
    Narrower,
    /// The first is above the second.
    Wider,
    /// Something is below both.
    Overlapping,
    /// They have nothing in common.
    Apart,
}

/// What lies at or below what, in one policy.
pub struct Orders<'p> {
    policy: &'p Policy,
    /// The nouns of the policy above each noun, sorted, the noun itself included.
    above: Vec<Box<[NounId]>>,
    /// The entries of the vocabulary at or above each noun, sorted.
    standard: Vec<Box<[u16]>>,
    /// The nouns directly below each noun.
    children: Vec<Vec<NounId>>,
    /// The entry that each noun is by its own name, if it is one.
    own: HashMap<u16, NounId>,
    overlaps: RefCell<HashMap<(NounId, NounId), bool>>,
}

impl<'p> Orders<'p> {
    /// The orders of a policy.
    #[must_use]
    pub fn new(policy: &'p Policy) -> Orders<'p> {
        let mut parents: Vec<Vec<NounId>> = policy.nouns.iter().map(|noun| noun.parents.clone()).collect();
        for (index, noun) in policy.nouns.iter().enumerate() {
            let group = NounId(index as u32);
            for member in noun.group.iter().flat_map(|group| &group.entries).filter_map(named) {
                if let Some(parents) = parents.get_mut(member.0 as usize)
                    && member != group
                {
                    parents.push(group);
                }
            }
        }
        let mut orders = Orders {
            policy,
            above: Vec::with_capacity(parents.len()),
            standard: Vec::with_capacity(parents.len()),
            children: vec![Vec::new(); parents.len()],
            own: HashMap::new(),
            overlaps: RefCell::default(),
        };
        for (index, noun) in policy.nouns.iter().enumerate() {
            let id = NounId(index as u32);
            orders.own.extend(noun.standard.map(|standard| (standard, id)));
            for parent in parents.get(index).into_iter().flatten() {
                if let Some(children) = orders.children.get_mut(parent.0 as usize) {
                    children.push(id);
                }
            }
            let mut above = vec![id];
            let mut next = 0;
            while let Some(at) = above.get(next).copied() {
                next += 1;
                for parent in parents.get(at.0 as usize).into_iter().flatten() {
                    if !above.contains(parent) {
                        above.push(*parent);
                    }
                }
            }
            let mut standard: Vec<u16> = Vec::new();
            for noun in &above {
                if let Some(entry) = policy.noun(*noun).standard {
                    climb(entry, &mut standard);
                }
            }
            standard.sort_unstable();
            above.sort_unstable();
            orders.above.push(above.into());
            orders.standard.push(standard.into());
        }
        let processors = processors(policy);
        for index in 0..policy.nouns.len() {
            let implied = orders.implied(NounId(index as u32), &processors);
            if let (Some(implied), Some(standard)) = (implied, orders.standard.get_mut(index)) {
                let mut all = standard.to_vec();
                climb(implied, &mut all);
                all.sort_unstable();
                all.dedup();
                *standard = all.into();
            }
        }
        orders
    }

    /// The policy whose orders these are.
    #[must_use]
    pub fn policy(&self) -> &'p Policy {
        self.policy
    }

    /// The place that a noun has without anybody saying so.
    fn implied(&self, id: NounId, processors: &[NounId]) -> Option<u16> {
        let noun = self.policy.noun(id);
        let is = |name: &str| self.is(id, noun.kind, name);
        match noun.kind {
            Kind::Data if !is("non-personal") && !is("personal") => vocabulary::find(Kind::Data, "personal")
                .filter(|_| !noun.standard.is_some_and(|entry| vocabulary::entry(entry).name == "information")),
            Kind::Party if self.policy.header.we.contains(&id) => None,
            Kind::Party if processors.contains(&id) && !is("processor") => vocabulary::find(Kind::Party, "processor"),
            Kind::Party if noun.standard.is_none() && !is("recipient") && !is("anyone") => {
                vocabulary::find(Kind::Party, "third-party")
            }
            // A law that an author names without saying what it is is one that a state has made.
            Kind::Law if noun.standard.is_none() && noun.parents.is_empty() => vocabulary::find(Kind::Law, "statute"),
            _ => None,
        }
    }

    /// Whether a noun is at or below the entry of the vocabulary with this kind and name.
    #[must_use]
    pub fn is(&self, id: NounId, kind: Kind, name: &str) -> bool {
        vocabulary::find(kind, name).is_some_and(|entry| self.is_entry(id, entry))
    }

    /// Whether a noun is at or below an entry of the vocabulary.
    #[must_use]
    pub fn is_entry(&self, id: NounId, entry: u16) -> bool {
        self.standard.get(id.0 as usize).is_some_and(|standard| standard.binary_search(&entry).is_ok())
    }

    /// The entries of the vocabulary at or above a noun.
    #[must_use]
    pub fn entries(&self, id: NounId) -> &[u16] {
        self.standard.get(id.0 as usize).map_or(&[], |standard| standard)
    }

    /// Whether one noun is another or lies below it.
    #[must_use]
    pub fn covers(&self, wide: NounId, narrow: NounId) -> bool {
        wide == narrow
            || self.above.get(narrow.0 as usize).is_some_and(|above| above.binary_search(&wide).is_ok())
            || self.policy.noun(wide).standard.is_some_and(|entry| self.is_entry(narrow, entry))
    }

    /// How one noun lies to another.
    #[must_use]
    pub fn relation(&self, one: NounId, other: NounId) -> Relation {
        match (self.covers(other, one), self.covers(one, other)) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Narrower,
            (false, true) => Relation::Wider,
            (false, false) if self.overlap(one, other) => Relation::Overlapping,
            (false, false) => Relation::Apart,
        }
    }

    /// Whether something is below both of two nouns: a noun of the policy, or an entry of the vocabulary.
    fn overlap(&self, one: NounId, other: NounId) -> bool {
        let key = (one.min(other), one.max(other));
        if let Some(known) = self.overlaps.borrow().get(&key) {
            return *known;
        }
        let found = self.below(one).iter().any(|below| self.covers(other, *below)) || self.share_entry(one, other);
        self.overlaps.borrow_mut().insert(key, found);
        found
    }

    fn share_entry(&self, one: NounId, other: NounId) -> bool {
        let (Some(one), Some(other)) = (self.policy.noun(one).standard, self.policy.noun(other).standard) else {
            return false;
        };
        (0..vocabulary::ENTRIES.len() as u16).any(|entry| vocabulary::is(entry, one) && vocabulary::is(entry, other))
    }

    /// The nouns of the policy at or below a noun that are declared or named.
    #[must_use]
    pub fn below(&self, id: NounId) -> Vec<NounId> {
        let mut below = vec![id];
        let mut next = 0;
        while let Some(at) = below.get(next).copied() {
            next += 1;
            for child in self.children.get(at.0 as usize).into_iter().flatten() {
                if !below.contains(child) {
                    below.push(*child);
                }
            }
        }
        below
    }

    /// The members that stand for a noun wherever it is named: those of a complete group, else the noun itself.
    #[must_use]
    pub fn leaves(&self, id: NounId) -> Vec<NounId> {
        let mut leaves = Vec::new();
        self.collect_leaves(id, 0, &mut leaves);
        leaves
    }

    fn collect_leaves(&self, id: NounId, depth: usize, leaves: &mut Vec<NounId>) {
        let noun = self.policy.noun(id);
        let members: Vec<NounId> = match &noun.group {
            Some(group) if depth < 16 => group.entries.iter().filter_map(named).collect(),
            _ => Vec::new(),
        };
        if members.is_empty() {
            if !leaves.contains(&id) {
                leaves.push(id);
            }
            return;
        }
        for member in members {
            self.collect_leaves(member, depth + 1, leaves);
        }
    }
}

/// The noun that an entry of a list names.
fn named(entry: &Entry) -> Option<NounId> {
    match entry.head {
        Head::Noun(id) => Some(id),
        Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => None,
    }
}

/// An entry of the vocabulary and all that it is.
fn climb(entry: u16, into: &mut Vec<u16>) {
    if !into.contains(&entry) {
        into.push(entry);
        for parent in vocabulary::entry(entry).parents {
            climb(*parent, into);
        }
    }
}

/// The parties whose services all have the role of a processor.
fn processors(policy: &Policy) -> Vec<NounId> {
    let role = vocabulary::find(Kind::Role, "processor");
    let mut of: HashMap<NounId, bool> = HashMap::new();
    for noun in policy.nouns.iter().filter(|noun| noun.kind == Kind::Engagement) {
        let Some(party) = noun.of.as_deref().and_then(Entry::noun_id) else { continue };
        let roles = noun.fields.iter().filter(|field| &*field.key == "role").flat_map(|field| &field.values);
        let is_processor = roles.filter_map(Entry::noun_id).any(|id| {
            let is = policy.noun(id).standard;
            is.zip(role).is_some_and(|(is, role)| vocabulary::is(is, role))
        });
        let all = of.entry(party).or_insert(true);
        *all = *all && is_processor;
    }
    of.into_iter().filter(|(_, all)| *all).map(|(party, _)| party).collect()
}
