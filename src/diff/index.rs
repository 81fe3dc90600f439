//! From the claims of one version to what the other version asks of them: who claims the same, something wider, a part
//! of it, or the same in other cases.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::claims::{Act, Claim, Dimension, Named, Version};
use super::stance::{Stance, stance};
use super::things::{Thing, Things};
use crate::policy::Entry;
use crate::syntax::words::Kind;
use crate::vocabulary::{self, Class, SALE};

/// Whether a thing is all information that there is.
pub(super) fn is_everything(thing: Thing) -> bool {
    ["information", "personal"]
        .into_iter()
        .any(|name| vocabulary::find(Kind::Data, name).map(Thing::Standard) == Some(thing))
}

/// How the claims of one side lie to a claim of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// They are about the same, or about something wider in all its cases.
    Same,
    /// They are about a part of it.
    Part,
    /// They are about the same or something wider, in other cases.
    Elsewhere,
}

/// What one side claims, to be asked by the other.
pub(super) struct Index<'c, 'v> {
    pub(super) version: &'c Version<'v>,
    pub(super) claims: &'c [Claim<'v>],
    by_act: HashMap<&'c Act, HashMap<Option<Thing>, Vec<usize>>>,
    /// The practices that speak of a thing, whatever is done.
    by_thing: HashMap<Thing, Vec<usize>>,
    /// The claims of each act about something below a thing.
    below: HashMap<(&'c Act, Thing), Vec<usize>>,
}

impl<'c, 'v> Index<'c, 'v> {
    pub(super) fn new(version: &'c Version<'v>, claims: &'c [Claim<'v>]) -> Index<'c, 'v> {
        let mut index = Index {
            version,
            claims,
            by_act: HashMap::default(),
            by_thing: HashMap::default(),
            below: HashMap::default(),
        };
        for (at, claim) in claims.iter().enumerate() {
            let thing = claim.thing();
            index.by_act.entry(&claim.act).or_default().entry(thing).or_default().push(at);
            for above in thing.iter().flat_map(|thing| version.things.above(version.side, *thing)) {
                index.below.entry((&claim.act, *above)).or_default().push(at);
            }
            if let Some(thing) = thing.filter(|_| stance(claim) == Stance::Practice && !claim.act.denied) {
                index.by_thing.entry(thing).or_default().push(at);
            }
        }
        index
    }

    pub(super) fn claim(&self, at: usize) -> &'c Claim<'v> {
        #[expect(clippy::indexing_slicing, reason = "an index is of its own claims")]
        &self.claims[at]
    }

    pub(super) fn things(&self) -> &'c Things {
        self.version.things
    }

    /// The claims of the same act about an object, or about something wider.
    pub(super) fn about(&self, claim: &Claim<'_>) -> Vec<usize> {
        let Some(of_act) = self.by_act.get(&claim.act) else { return Vec::new() };
        let wider: Vec<Option<Thing>> = match claim.thing() {
            None => vec![None],
            Some(thing) => {
                let above = self.things().above(self.version.side, thing).iter().copied().map(Some);
                above.chain(claim.is_right().then_some(None)).collect()
            }
        };
        let found = wider.iter().filter_map(|thing| of_act.get(thing)).flatten().copied();
        // A right that is of nothing in particular is of all data.
        let is_whole = |one: &Claim<'_>| one.is_right() && one.object.is_none();
        let covers = |at: &usize| {
            let one = self.claim(*at);
            is_whole(one) || self.covers(one.object.as_ref(), claim.object.as_ref())
        };
        // What is said of something wider in other cases says nothing of this.
        found
            .filter(covers)
            .filter(|at| is_same_object(self.claim(*at), claim) || covers_cases(self.claim(*at), claim))
            .collect()
    }

    /// Whether what this side names is what the other side names, or something wider.
    pub(super) fn covers(&self, wide: Option<&(Named, &Entry)>, narrow: Option<&(Named, &Entry)>) -> bool {
        match (wide, narrow) {
            (None, None) => true,
            (Some((wide, _)), Some((narrow, _))) => {
                wide == narrow
                    || wide.refinement.is_empty()
                        && wide.thing.zip(narrow.thing).is_some_and(|(wide, narrow)| {
                            self.things().above(self.version.side, narrow).binary_search(&wide).is_ok()
                        })
            }
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    /// Whether something is said to be done with a thing. Who speaks of all information has not named what it is.
    pub(super) fn knows(&self, object: Option<&(Named, &Entry)>) -> bool {
        let Some(thing) = object.and_then(|(named, _)| named.thing) else { return false };
        let names = |above: &&Thing| **above == thing || !is_everything(**above) || is_everything(thing);
        self.things()
            .above(self.version.side, thing)
            .iter()
            .filter(names)
            .any(|above| self.by_thing.contains_key(above))
    }

    /// The claims of the same act that a claim can be held against, and how they lie to it.
    pub(super) fn near(&self, claim: &Claim<'_>, with_parts: bool) -> (Vec<usize>, Near) {
        let about = self.about(claim);
        let Some(thing) = claim.thing().filter(|_| about.is_empty()) else {
            return (about, Near::Same);
        };
        let parts = self.below.get(&(&claim.act, thing)).filter(|_| with_parts);
        if let Some(parts) = parts {
            return (parts.clone(), Near::Part);
        }
        let names = |above: &&Thing| **above == thing || !is_everything(**above) || is_everything(thing);
        let above = self.things().above(self.version.side, thing).iter().filter(names);
        let of_act = self.by_act.get(&claim.act).filter(|_| !claim.act.denied);
        let elsewhere = above.filter_map(|above| of_act.and_then(|claims| claims.get(&Some(*above)))).flatten();
        (elsewhere.copied().collect(), Near::Elsewhere)
    }

    /// Those of some claims whose recipient is that of another claim, or wider. Where nobody is named, anybody may be.
    pub(super) fn to(&self, claims: Vec<usize>, claim: &Claim<'_>) -> Vec<usize> {
        let is_meant = |at: &usize| {
            let known = self.claim(*at).recipient.as_ref();
            // Who denies without a name denies of everybody.
            let is_left_open = claim.recipient.is_none() && !claim.act.denied;
            // What is given away goes to anybody where nobody is named; what is used goes to nobody.
            let is_given = matches!(claim.class, Some(Class::Disclosure | Class::Transfer | Class::Access));
            let is_to_anybody = known.is_none() && (is_given || stance(claim) != Stance::Practice);
            is_left_open || is_to_anybody || self.covers(known, claim.recipient.as_ref())
        };
        claims.into_iter().filter(is_meant).collect()
    }

    /// Those of some claims whose purpose is that of another claim, or wider.
    pub(super) fn for_purpose(&self, claims: &[usize], claim: &Claim<'_>) -> Vec<usize> {
        let is_meant = |at: &usize| {
            let known = self.claim(*at).purpose.as_ref();
            match claim.act.denied {
                // What is denied for nothing in particular is denied for every purpose.
                true => known.is_none() || self.covers(known, claim.purpose.as_ref()),
                // A time that is said of no purpose in particular is one for each.
                false if claim.is_kept_for_a_time() && known.is_none() => true,
                // What is promised for nothing in particular is promised for each purpose.
                false if stance(claim) == Stance::Promise && known.is_none() => true,
                false => claim.purpose.is_none() || self.covers(known, claim.purpose.as_ref()),
            }
        };
        claims.iter().copied().filter(is_meant).collect()
    }

    /// A claim that gives the same to the same for something in return, in other words or under other conditions.
    pub(super) fn other_sale(&self, claim: &Claim<'_>) -> Option<usize> {
        let is_other = |name: &&&str| **name != claim.act.name;
        SALE.iter().filter(is_other).find_map(|name| {
            let act = Act { name: (*name).to_owned(), ..claim.act.clone() };
            let (near, _) = self.near(&Claim { act, ..claim.clone() }, false);
            self.to(near, claim).first().copied()
        })
    }

    /// The claims that grant the right that a claim grants, whatever data it is of.
    pub(super) fn of_right(&self, claim: &Claim<'_>) -> Vec<usize> {
        let granted = self.by_act.get(&claim.act).filter(|_| claim.is_right());
        granted.into_iter().flat_map(HashMap::values).flatten().copied().collect()
    }

    /// The claim that denies what a claim says, or says what it denies.
    pub(super) fn opposite(&self, claim: &Claim<'_>) -> Option<usize> {
        let act = Act { denied: !claim.act.denied, ..claim.act.clone() };
        self.about(&Claim { act, ..claim.clone() }).first().copied()
    }

    /// Whether something is said to be done with an object for a purpose.
    pub(super) fn is_used_for(&self, claim: &Claim<'_>) -> bool {
        let Some(thing) = claim.thing() else { return false };
        let above = self.things().above(self.version.side, thing);
        let found = above.iter().filter_map(|above| self.by_thing.get(above)).flatten();
        let same_actors = |at: &&usize| self.claim(**at).act.actor == claim.act.actor;
        let is_use =
            |at: &&usize| matches!(self.claim(**at).class, Some(Class::Collection | Class::Use | Class::Retention));
        // Who may use it for something else, or somebody else who may use it for this, is not he who may use it for this.
        let same_recipient = |at: &&usize| {
            claim.recipient.is_none() || self.covers(self.claim(**at).recipient.as_ref(), claim.recipient.as_ref())
        };
        found
            .filter(same_actors)
            .filter(is_use)
            .filter(same_recipient)
            .any(|at| claim.purpose.is_some() && self.covers(self.claim(*at).purpose.as_ref(), claim.purpose.as_ref()))
    }
}

pub(super) fn is_same_object(one: &Claim<'_>, other: &Claim<'_>) -> bool {
    one.object.as_ref().map(|(named, _)| named) == other.object.as_ref().map(|(named, _)| named)
}

/// Whether a claim about something wider speaks of all that another one speaks of. Where the other one does not say where
/// the data come from, or by which means, it speaks of no other source.
fn covers_cases(wide: &Claim<'_>, narrow: &Claim<'_>) -> bool {
    let empty = BTreeSet::new();
    let is_within = |dimension: Dimension, is_open: bool| {
        let (wide, narrow) = (wide.said(dimension).unwrap_or(&empty), narrow.said(dimension).unwrap_or(&empty));
        wide.is_subset(narrow) || is_open && narrow.is_empty()
    };
    [Dimension::Reach, Dimension::Store, Dimension::Rest, Dimension::Manner]
        .into_iter()
        .all(|one| is_within(one, false))
        && [Dimension::Source, Dimension::Means].into_iter().all(|one| is_within(one, true))
}

/// Whether a claim holds wherever another one does: it asks for nothing that the other one does not ask for.
pub(super) fn holds_in(wide: &Claim<'_>, narrow: &Claim<'_>) -> bool {
    let empty = BTreeSet::new();
    let said = |claim: &'_ Claim<'_>| claim.said(Dimension::Reach).unwrap_or(&empty).clone();
    said(wide).is_subset(&said(narrow))
}
