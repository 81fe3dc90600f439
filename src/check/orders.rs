//! From the nouns of a policy and the vocabulary to what lies at or below what: the order in which statements about
//! one thing reach another.
//!
//! A noun is below what it `is`, below the groups that name it as a member, and below everything these are below;
//! there may be several ways up, never a cycle that matters. Three places are implied, because an author who gives
//! none means them: data are personal unless they are placed below what is not, an organisation is a third party
//! unless it is placed elsewhere, works as a processor or is the publisher.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use super::places;
use super::rows::place_codes;
use crate::policy::{Entry, Head, Noun, NounId, Policy, Value};
use crate::syntax::ast::Unit;
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

/// The nouns that are not apart from one, each with how it lies to it.
pub type Related = Rc<[(NounId, Relation)]>;

/// What lies at or below what, in one policy.
pub struct Orders<'p> {
    policy: &'p Policy,
    /// The entries of the vocabulary at or above each noun, sorted.
    standard: Vec<Box<[u16]>>,
    /// The nouns of the policy at or above each noun, by whichever order, sorted.
    up: Vec<Box<[NounId]>>,
    /// The nouns of the policy at or below each noun, sorted.
    down: Vec<Box<[NounId]>>,
    /// The entry for data of nobody, which is asked for more often than any other.
    non_personal: Option<u16>,
    related: RefCell<HashMap<NounId, Related>>,
}

impl<'p> Orders<'p> {
    /// The orders of a policy.
    #[must_use]
    pub fn new(policy: &'p Policy) -> Orders<'p> {
        let mut parents: Vec<Vec<NounId>> = policy.nouns.iter().map(|noun| noun.parents.clone()).collect();
        for (index, noun) in policy.nouns.iter().enumerate() {
            let group = NounId(index as u32);
            // A tracker is what its field `kind` says.
            if noun.kind == Kind::Tracker {
                let kinds = noun.fields.iter().filter(|field| &*field.key == "kind").flat_map(|field| &field.values);
                let kinds: Vec<NounId> = kinds.filter_map(named).filter(|kind| *kind != group).collect();
                if let Some(parents) = parents.get_mut(index) {
                    parents.extend(kinds);
                }
            }
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
            standard: Vec::with_capacity(parents.len()),
            up: Vec::with_capacity(parents.len()),
            down: Vec::new(),
            non_personal: vocabulary::find(Kind::Data, "non-personal"),
            related: RefCell::default(),
        };
        let mut own: HashMap<u16, Vec<NounId>> = HashMap::default();
        let mut declared: Vec<Vec<NounId>> = Vec::with_capacity(parents.len());
        for (index, noun) in policy.nouns.iter().enumerate() {
            let id = NounId(index as u32);
            if let Some(standard) = noun.standard {
                own.entry(standard).or_default().push(id);
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
            declared.push(above);
            orders.standard.push(standard.into());
        }
        let processors = processors(policy);
        for index in 0..policy.nouns.len() {
            let id = NounId(index as u32);
            let mut implied: Vec<u16> = orders.implied(id, &processors).into_iter().collect();
            implied.extend(residence(policy.noun(id)));
            if let (false, Some(standard)) = (implied.is_empty(), orders.standard.get_mut(index)) {
                let mut all = standard.to_vec();
                implied.into_iter().for_each(|entry| climb(entry, &mut all));
                all.sort_unstable();
                all.dedup();
                *standard = all.into();
            }
        }
        orders.close(declared, &own);
        orders
    }

    /// Joins the two orders, that of the policy and that of the vocabulary, into one over the nouns of the policy.
    fn close(&mut self, declared: Vec<Vec<NounId>>, own: &HashMap<u16, Vec<NounId>>) {
        let mut down: Vec<Vec<NounId>> = vec![Vec::new(); declared.len()];
        for (index, (mut up, standard)) in declared.into_iter().zip(&self.standard).enumerate() {
            up.extend(standard.iter().filter_map(|entry| own.get(entry)).flatten());
            up.sort_unstable();
            up.dedup();
            for wide in &up {
                if let Some(down) = down.get_mut(wide.0 as usize) {
                    down.push(NounId(index as u32));
                }
            }
            self.up.push(up.into());
        }
        self.down = down.into_iter().map(Into::into).collect();
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
                .filter(|_| noun.standard.is_none_or(|entry| vocabulary::entry(entry).name != "information")),
            Kind::Party if self.policy.header.we.contains(&id) => None,
            Kind::Party if processors.contains(&id) && !is("service-provider") => {
                vocabulary::find(Kind::Party, "processor")
            }
            Kind::Party if noun.standard.is_none() && !is("recipient") && !is("anyone") => {
                vocabulary::find(Kind::Party, "third-party")
            }
            // Who is younger than an age is a child of it, whatever else the author calls them.
            Kind::People => {
                let age = younger_than(noun)?;
                let ages = [(13, "child-under-13"), (16, "child-under-16"), (18, "child-under-18")];
                let (_, group) = ages.into_iter().find(|(limit, _)| age <= *limit)?;
                vocabulary::find(Kind::People, group)
            }
            // A tracker is of the sort that its class says.
            Kind::Tracker => tracker_class(noun).and_then(|class| {
                let sort = match class {
                    "necessary" => "necessary-cookie",
                    "functional" | "preferences" => "preference-cookie",
                    "analytics" => "analytics-cookie",
                    "advertising" | "marketing" => "advertising-cookie",
                    _ => return None,
                };
                vocabulary::find(Kind::Tracker, sort)
            }),
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

    /// Whether a noun is data of nobody.
    #[must_use]
    pub fn is_non_personal(&self, id: NounId) -> bool {
        self.non_personal.is_some_and(|entry| self.is_entry(id, entry))
    }

    /// Whether a noun is at or below an entry of the vocabulary.
    #[must_use]
    pub fn is_entry(&self, id: NounId, entry: u16) -> bool {
        self.standard.get(id.0 as usize).is_some_and(|standard| standard.binary_search(&entry).is_ok())
    }

    /// Whether an entry of the vocabulary is at or below a noun.
    #[must_use]
    pub fn covers_entry(&self, id: NounId, kind: Kind, name: &str) -> bool {
        let standard = self.policy.noun(id).standard;
        standard.zip(vocabulary::find(kind, name)).is_some_and(|(wide, narrow)| vocabulary::is(narrow, wide))
    }

    /// The entries of the vocabulary at or above a noun.
    #[must_use]
    pub fn entries(&self, id: NounId) -> &[u16] {
        self.standard.get(id.0 as usize).map_or(&[], |standard| standard)
    }

    /// Whether one noun is another or lies below it.
    #[must_use]
    pub fn covers(&self, wide: NounId, narrow: NounId) -> bool {
        wide == narrow || self.above(narrow).binary_search(&wide).is_ok()
    }

    /// How one noun lies to another.
    #[must_use]
    pub fn relation(&self, one: NounId, other: NounId) -> Relation {
        let beside = || if self.overlap(one, other) { Relation::Overlapping } else { Relation::Apart };
        self.ordered(one, other).unwrap_or_else(beside)
    }

    /// How one noun lies to another if one of them is at or below the other.
    fn ordered(&self, one: NounId, other: NounId) -> Option<Relation> {
        match (self.covers(other, one), self.covers(one, other)) {
            (true, true) => Some(Relation::Same),
            (true, false) => Some(Relation::Narrower),
            (false, true) => Some(Relation::Wider),
            (false, false) => None,
        }
    }

    /// Whether a noun of the policy is below both of two nouns. What only the vocabulary has below both is in nobody's
    /// mind: that credentials are sensitive does not make whoever collects account data collect sensitive data.
    fn overlap(&self, one: NounId, other: NounId) -> bool {
        self.below(one).iter().any(|below| self.below(other).binary_search(below).is_ok())
    }

    /// The nouns of the policy at or below a noun.
    #[must_use]
    pub fn below(&self, id: NounId) -> &[NounId] {
        self.down.get(id.0 as usize).map_or(&[], |down| down)
    }

    /// The nouns of the policy at or above a noun.
    #[must_use]
    pub fn above(&self, id: NounId) -> &[NounId] {
        self.up.get(id.0 as usize).map_or(&[], |up| up)
    }

    /// The nouns that are not apart from a noun, each with how it lies to it.
    #[must_use]
    pub fn related(&self, id: NounId) -> Related {
        if let Some(known) = self.related.borrow().get(&id) {
            return Rc::clone(known);
        }
        let mut found: Vec<NounId> = self.below(id).to_vec();
        for below in self.below(id) {
            found.extend_from_slice(self.above(*below));
        }
        found.extend_from_slice(self.above(id));
        found.sort_unstable();
        found.dedup();
        // What is neither above nor below shares something with it, or it would not be here.
        let lies = |other: NounId| self.ordered(other, id).unwrap_or(Relation::Overlapping);
        let related: Related = found.into_iter().map(|other| (other, lies(other))).collect();
        self.related.borrow_mut().insert(id, Rc::clone(&related));
        related
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

/// The groups of the vocabulary that are all residents of a place in which these people live.
fn residence(noun: &Noun) -> Vec<u16> {
    let homes: Vec<&str> =
        if noun.kind == Kind::People { place_codes(noun, &["resident"]).collect() } else { Vec::new() };
    if homes.is_empty() {
        return Vec::new();
    }
    let lies = |homes: &[&str], regions: &[&str]| {
        homes.iter().all(|home| regions.iter().any(|region| places::lies_in(home, region, None)))
    };
    let is_wider = |entry: &u16| {
        let entry = vocabulary::entry(*entry);
        let mut regions = entry.fields.iter().filter(|(key, _)| *key == "resident").map(|(_, regions)| *regions);
        entry.kind == Kind::People && regions.next().is_some_and(|regions| lies(&homes, regions))
    };
    (0..vocabulary::ENTRIES.len() as u16).filter(is_wider).collect()
}

/// The age in years below which people are.
fn younger_than(noun: &Noun) -> Option<u32> {
    let field = noun.fields.iter().find(|field| &*field.key == "younger-than")?;
    field.values.iter().find_map(|value| match &value.head {
        Head::Value(Value::Number(age)) => Some(*age),
        Head::Period(period) => period.amount().filter(|(_, unit)| *unit == Unit::Year).map(|(age, _)| age),
        _ => None,
    })
}

/// The word in the field `class` of a tracker.
#[must_use]
pub fn tracker_class(noun: &Noun) -> Option<&str> {
    let field = noun.fields.iter().find(|field| &*field.key == "class")?;
    field.values.iter().find_map(|value| match &value.head {
        Head::Value(Value::Text(word)) => Some(&**word),
        _ => None,
    })
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
    let roles_of_helpers: Vec<u16> = ["processor", "service-provider", "contractor", "business-associate"]
        .into_iter()
        .filter_map(|role| vocabulary::find(Kind::Role, role))
        .collect();
    let mut of: HashMap<NounId, bool> = HashMap::default();
    for noun in policy.nouns.iter().filter(|noun| noun.kind == Kind::Engagement) {
        let Some(party) = noun.of.as_deref().and_then(Entry::noun_id) else { continue };
        let said = noun.fields.iter().filter(|field| &*field.key == "role").flat_map(|field| &field.values);
        let is_processor = said.filter_map(Entry::noun_id).any(|id| {
            let is = policy.noun(id).standard;
            is.is_some_and(|is| roles_of_helpers.iter().any(|role| vocabulary::is(is, *role)))
        });
        let all = of.entry(party).or_insert(true);
        *all = *all && is_processor;
    }
    of.into_iter().filter(|(_, all)| *all).map(|(party, _)| party).collect()
}
