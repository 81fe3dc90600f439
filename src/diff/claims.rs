//! From the rows of one version to claims: one act on one thing, for one recipient and one purpose, with all its
//! circumstances. Two versions say the same if their claims are the same, whichever sentences make them.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::{HashMap, HashSet};

use super::canonical::Canonical;
use super::periods::Spoken;
use super::sentences;
use super::stance::OTHERWISE;
use super::things::{Side, Thing, Things};
use crate::check::orders::Orders;
use crate::check::rows::{Origin, Row};
use crate::policy::{Entry, NounId, Policy};
use crate::syntax::words::{Force, Openness, Slot};
use crate::vocabulary::Class;

/// What a circumstance is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Dimension {
    /// When, where, for whom and how far it holds.
    Reach,
    /// Whether it is so of nobody and nothing else.
    Only,
    /// How firmly it is meant.
    Force,
    /// How long.
    Period,
    /// By when.
    Deadline,
    /// What it rests on.
    Basis,
    /// What protects data that go to another country.
    Safeguard,
    /// In which places.
    Place,
    /// In which stores and on which devices.
    Store,
    /// Where the data come from.
    Source,
    /// By which means it is done.
    Means,
    /// In which manner.
    Manner,
    /// Whatever else is said.
    Rest,
}

/// How the act begins that is having a right.
pub(super) const THE_RIGHT_TO: &str = "the right to ";

/// What is done, to what, for whom and what for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Act {
    /// The verb, or the right that it grants; what means the same is one act.
    pub(super) name: String,
    /// Whether it is denied.
    pub(super) denied: bool,
    /// Who acts.
    pub(super) actor: String,
}

/// A thing as an entry names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Named {
    /// The thing; none for what is no noun.
    pub(super) thing: Option<Thing>,
    /// What restricts it, or all that is said where there is no thing.
    pub(super) refinement: String,
}

/// One claim.
#[derive(Clone, Debug)]
pub(super) struct Claim<'r> {
    /// The row that makes it.
    pub(super) row: usize,
    pub(super) class: Option<Class>,
    pub(super) act: Act,
    pub(super) object: Option<(Named, &'r Entry)>,
    /// The object as the sentence names it: a right that is an act of its own is none.
    pub(super) named: Option<&'r Entry>,
    pub(super) recipient: Option<(Named, &'r Entry)>,
    pub(super) purpose: Option<(Named, &'r Entry)>,
    pub(super) circumstances: BTreeMap<Dimension, BTreeSet<String>>,
    pub(super) periods: Vec<Spoken<'r>>,
    pub(super) bases: Vec<Thing>,
    pub(super) force: Force,
    /// Whether something is done with data, or by means of what is stored on a device.
    pub(super) is_about_data: bool,
    /// Whether the object is named by a list that it is a member of, and not itself.
    pub(super) is_of_group: bool,
    /// The verbs as they are written.
    pub(super) words: String,
}

impl Claim<'_> {
    /// What it is about.
    pub(super) fn thing(&self) -> Option<Thing> {
        self.object.as_ref().and_then(|(named, _)| named.thing)
    }

    /// Whether a right is granted, or denied.
    pub(super) fn is_right(&self) -> bool {
        self.act.name.starts_with(THE_RIGHT_TO)
    }

    /// What is said in one dimension.
    pub(super) fn said(&self, dimension: Dimension) -> Option<&BTreeSet<String>> {
        self.circumstances.get(&dimension)
    }

    /// Whether two claims say the same.
    pub(super) fn says(&self, other: &Claim<'_>) -> bool {
        fn same(one: Option<&(Named, &Entry)>, other: Option<&(Named, &Entry)>) -> bool {
            one.map(|(named, _)| named) == other.map(|(named, _)| named)
        }
        self.act == other.act
            && same(self.object.as_ref(), other.object.as_ref())
            && same(self.recipient.as_ref(), other.recipient.as_ref())
            && (same(self.purpose.as_ref(), other.purpose.as_ref()) || self.is_kept_for_any(other))
            && self.circumstances == other.circumstances
    }

    /// Whether data are kept for some time, on one side for no purpose in particular: so they are kept for each.
    fn is_kept_for_any(&self, other: &Claim<'_>) -> bool {
        self.is_kept_for_a_time() && (self.purpose.is_none() || other.purpose.is_none())
    }

    /// Whether it says how long data are kept.
    pub(super) fn is_kept_for_a_time(&self) -> bool {
        self.class == Some(Class::Retention) && self.said(Dimension::Period).is_some()
    }
}

/// One version with its rows.
pub(super) struct Version<'v> {
    pub(super) side: Side,
    pub(super) policy: &'v Policy,
    pub(super) orders: &'v Orders<'v>,
    pub(super) rows: &'v [Row<'v>],
    pub(super) things: &'v Things,
    /// The statements that data are deleted.
    deletions: HashSet<&'v str>,
    /// The rows of the statements that say how long their data are kept.
    keeping: HashMap<&'v str, usize>,
}

impl<'v> Version<'v> {
    pub(super) fn new(
        side: Side,
        policy: &'v Policy,
        orders: &'v Orders<'v>,
        rows: &'v [Row<'v>],
        things: &'v Things,
    ) -> Version<'v> {
        let is_deletion = |row: &&Row<'_>| row.origin == Origin::Said && row.class() == Some(Class::Deletion);
        let deletions = rows.iter().filter(is_deletion).map(|row| row.statement).collect();
        let is_keeping = |row: &Row<'_>| {
            let in_object = |object: &Entry| object.tail.iter().any(|clause| clause.slot == Slot::Kept);
            row.origin == Origin::Said
                && (row.in_slot(Slot::Kept).next().is_some() || row.objects.iter().any(in_object))
        };
        let said = rows.iter().enumerate().filter(|(_, row)| is_keeping(row));
        let keeping = said.map(|(index, row)| (row.statement, index)).collect();
        Version { side, policy, orders, rows, things, deletions, keeping }
    }
}

/// The claims of one version, of the edition at hand if it has editions.
pub(super) fn claims<'v>(version: &Version<'v>, edition: Option<NounId>) -> Vec<Claim<'v>> {
    let mut claims = Vec::new();
    for (index, row) in version.rows.iter().enumerate() {
        let is_at_hand = row.edition.is_none() || row.edition == edition;
        // By which means a right is exercised is a field of the right, and does not grant it.
        let is_of_right = row.origin == Origin::Follows && row.class() == Some(Class::Right) && row.grants.is_none();
        if row.internal || !is_at_hand || is_of_right {
            continue;
        }
        let start = claims.len();
        sentences::claims_of(version, index, row, &mut claims);
        // Before a complete list of cases stands that it is not so otherwise; what is so is said by the cases.
        if row.has_cases {
            for claim in claims.iter_mut().skip(start) {
                claim.act.name.insert_str(0, OTHERWISE);
                claim.act.denied = !claim.act.denied;
            }
        }
    }
    decided_by_the_more_exact(&mut claims);
    claims
}

/// What is said of a member of a list itself decides how long it is kept, and not what is said of the list.
fn decided_by_the_more_exact(claims: &mut Vec<Claim<'_>>) {
    let named = |claim: &Claim<'_>| claim.object.as_ref().map(|(named, _)| named.clone());
    let own = claims.iter().filter(|claim| claim.is_kept_for_a_time() && !claim.is_of_group && !claim.act.denied);
    let own: HashSet<(Act, Option<Named>)> = own.map(|claim| (claim.act.clone(), named(claim))).collect();
    claims.retain(|claim| {
        !(claim.is_of_group && claim.is_kept_for_a_time() && own.contains(&(claim.act.clone(), named(claim))))
    });
}

impl<'v> Version<'v> {
    pub(super) fn canonical<'c>(&'c self, readers: &'c [NounId]) -> Canonical<'c> {
        Canonical { policy: self.policy, things: self.things, side: self.side, readers }
    }

    /// The things that an entry stands for: the members of a complete list, or the entry and its examples.
    pub(super) fn parts(&self, object: Option<&'v Entry>) -> Vec<Option<&'v Entry>> {
        let Some(object) = object else { return vec![None] };
        match self.policy.group_of(object) {
            None => vec![Some(object)],
            Some(group) if group.openness == Openness::Namely => {
                group.entries.iter().flat_map(|member| self.parts(Some(member))).collect()
            }
            Some(group) => std::iter::once(Some(object)).chain(group.entries.iter().map(Some)).collect(),
        }
    }

    /// The row of the statement that says how long its data are kept.
    pub(super) fn said_with(&self, statement: &str) -> Option<&'v Row<'v>> {
        self.keeping.get(statement).and_then(|said| self.rows.get(*said))
    }

    /// Whether the row only follows from what is said elsewhere, or is the exception that its denial speaks of.
    pub(super) fn follows(&self, row: usize) -> bool {
        self.rows.get(row).is_none_or(|row| match row.origin {
            Origin::Said => false,
            Origin::Exception => true,
            // That data are kept is what a clause adds to its sentence; that they are deleted is a sentence of its own.
            Origin::Follows | Origin::KeptWith => {
                row.class() != Some(Class::Retention) || self.deletions.contains(row.statement)
            }
        })
    }
}

/// How firmly a statement is meant; what is announced and what is done are one.
pub(super) fn force_rank(force: Force) -> u8 {
    match force {
        Force::Might => 0,
        Force::May | Force::Can | Force::Should => 1,
        Force::Does | Force::Will | Force::Commits => 2,
        Force::Must => 3,
    }
}
