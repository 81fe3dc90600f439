//! From the rows of one version to claims: one act on one thing, for one recipient and one purpose, with all its
//! circumstances. Two versions say the same if their claims are the same, whichever sentences make them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::canonical::Canonical;
use super::cases::cases;
use super::periods::{self, Spoken};
use super::stance::OTHERWISE;
use super::things::{Side, Thing, Things};
use crate::check::consistency::verbs;
use crate::check::orders::Orders;
use crate::check::rows::{Origin, Row, is_us};
use crate::policy::{Clause, ClauseValue, Entry, Head, NounId, Policy};
use crate::syntax::words::{Force, Kind, Openness, Slot};
use crate::vocabulary::{self, Class};

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
    /// Whatever else is said.
    Rest,
}

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
    pub(super) recipient: Option<(Named, &'r Entry)>,
    pub(super) purpose: Option<(Named, &'r Entry)>,
    pub(super) circumstances: BTreeMap<Dimension, BTreeSet<String>>,
    pub(super) periods: Vec<Spoken<'r>>,
    pub(super) bases: Vec<Thing>,
    pub(super) force: Force,
    /// Whether something is done with data, or by means of what is stored on a device.
    pub(super) is_about_data: bool,
    /// The verbs as they are written.
    pub(super) words: String,
}

impl Claim<'_> {
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

    /// Whether data are kept, on one side for no purpose in particular: so they are kept for each.
    fn is_kept_for_any(&self, other: &Claim<'_>) -> bool {
        self.class == Some(Class::Retention) && (self.purpose.is_none() || other.purpose.is_none())
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

/// The most claims that one sentence is taken apart into; what multiplies beyond is compared as a whole.
const MOST: usize = 4096;

/// The claims of one version, of the edition at hand if it has editions.
pub(super) fn claims<'v>(version: &Version<'v>, edition: Option<NounId>) -> Vec<Claim<'v>> {
    let mut claims = Vec::new();
    for (index, row) in version.rows.iter().enumerate() {
        let is_at_hand = row.edition.is_none() || row.edition == edition;
        if row.internal || !is_at_hand {
            continue;
        }
        let start = claims.len();
        version.claims_of(index, row, &mut claims);
        // Before a complete list of cases stands that it is not so otherwise; what is so is said by the cases.
        if row.has_cases {
            for claim in claims.iter_mut().skip(start) {
                claim.act.name.insert_str(0, OTHERWISE);
                claim.act.denied = !claim.act.denied;
            }
        }
    }
    claims
}

impl<'v> Version<'v> {
    pub(super) fn canonical<'c>(&'c self, readers: &'c [NounId]) -> Canonical<'c> {
        Canonical { policy: self.policy, things: self.things, side: self.side, readers }
    }

    fn claims_of(&self, index: usize, row: &'v Row<'v>, out: &mut Vec<Claim<'v>>) {
        let canonical = self.canonical(row.readers);
        let mut actors: Vec<String> = row.actors.iter().map(|actor| canonical.entry(actor)).collect();
        actors.sort_unstable();
        actors.dedup();
        for actor in actors {
            self.claims_by(index, row, actor, &canonical, out);
        }
    }

    /// The claims of a sentence about one of those who act.
    fn claims_by(
        &self,
        index: usize,
        row: &'v Row<'v>,
        actor: String,
        canonical: &Canonical<'_>,
        out: &mut Vec<Claim<'v>>,
    ) {
        // Who acts for the publisher has tasks and no rights.
        let has_rights = actor == "you" || matches!(row.class(), Some(Class::Right | Class::Choice));
        let grants = row.grants.filter(|_| has_rights);
        let mut names: Vec<String> = match grants {
            Some(right) => vec![right_to(right)],
            None => row.verbs.iter().map(|verb| verbs::family(verb, self.is_about_tracker(row)).to_owned()).collect(),
        };
        names.sort_unstable();
        names.dedup();
        let readers = self.readers_apart(row);
        let words = row.verbs.iter().map(|verb| &*verb.name).collect::<Vec<_>>().join(" ");
        let objects: Vec<Option<&'v Entry>> =
            if row.objects.is_empty() { vec![None] } else { row.objects.iter().map(Some).collect() };
        for object in objects {
            let clauses: Vec<&'v Clause> = Slot::ALL.iter().flat_map(|slot| clauses_for(row, object, *slot)).collect();
            let recipients = self.listed(&clauses, |slot, _| matches!(slot, Slot::With | Slot::To));
            let purposes = self.purposes(row, object, &clauses);
            let parts = self.parts(object);
            let several = cases(row, &clauses, canonical, readers.as_deref()).len();
            if parts.len() * recipients.len().max(1) * purposes.len().max(1) * names.len() * several > MOST {
                out.push(self.whole(index, row, &clauses, &names, &actor, canonical));
                continue;
            }
            let pick = |entries: &[&'v Entry]| -> Vec<Option<&'v Entry>> {
                if entries.is_empty() { vec![None] } else { entries.iter().copied().map(Some).collect() }
            };
            for (recipient, purpose) in pick(&recipients)
                .into_iter()
                .flat_map(|recipient| pick(&purposes).into_iter().map(move |purpose| (recipient, purpose)))
            {
                // What is said of a recipient or a purpose alone limits what goes to him, or is done for it.
                let aside: Vec<&'v Clause> =
                    [recipient, purpose].into_iter().flatten().flat_map(|entry| &entry.tail).collect();
                let all: Vec<&Clause> = clauses.iter().chain(&aside).copied().collect();
                let cases = cases(row, &all, canonical, readers.as_deref());
                for part in &parts {
                    // A right that is named, and one that is granted by saying what readers may do, are one.
                    let right = part.and_then(|entry| self.right(row, entry));
                    let names = right.as_ref().map_or(&names, |right| right);
                    let part =
                        part.filter(|entry| right.is_none() && !(grants.is_some() && self.is_whole_of_right(entry)));
                    let named = |entry: Option<&'v Entry>| entry.map(|entry| (self.named(canonical, entry), entry));
                    for name in names {
                        let mut claim = Claim {
                            row: index,
                            class: row.class(),
                            act: Act { name: name.clone(), denied: row.denied, actor: actor.clone() },
                            object: named(part),
                            recipient: named(recipient),
                            purpose: named(purpose),
                            circumstances: BTreeMap::new(),
                            periods: Vec::new(),
                            bases: Vec::new(),
                            force: row.force,
                            is_about_data: self.is_about_data(row, part),
                            words: words.clone(),
                        };
                        self.circumstances(row, &clauses, &mut claim, canonical);
                        for clause in &aside {
                            self.circumstance(clause, &mut claim, canonical);
                            self.kept_for_it(clause, &mut claim, canonical);
                        }
                        for case in &cases {
                            let mut claim = claim.clone();
                            if !case.is_empty() {
                                claim.circumstances.entry(Dimension::Reach).or_default().extend(case.iter().cloned());
                            }
                            out.push(claim);
                        }
                    }
                }
            }
        }
    }

    /// What something is done for. What the clause of a sentence says of keeping is for the purposes of the sentence.
    fn purposes(&self, row: &'v Row<'v>, object: Option<&'v Entry>, clauses: &[&'v Clause]) -> Vec<&'v Entry> {
        let is_purpose = |slot: Slot, entry: &Entry| slot == Slot::For && entry.period().is_none();
        let is_kept = row.origin == Origin::Follows && row.class() == Some(Class::Retention);
        match self.keeping.get(row.statement).filter(|_| is_kept).and_then(|said| self.rows.get(*said)) {
            Some(said) => self.listed(&clauses_for(said, object, Slot::For), is_purpose),
            None => self.listed(clauses, is_purpose),
        }
    }

    /// The readers whom a sentence is for, if it is not for all.
    fn readers_apart(&self, row: &Row<'v>) -> Option<Vec<String>> {
        let plain = self.canonical(&[]);
        let readers = || row.readers.iter().map(|id| plain.named(&Entry::noun(*id))).collect();
        (*row.readers != *self.policy.header.you).then(readers)
    }

    fn is_about_tracker(&self, row: &Row<'v>) -> bool {
        row.objects.iter().filter_map(Entry::noun_id).any(|id| self.policy.noun(id).kind == Kind::Tracker)
    }

    /// Whether an object is data, a tracker or whatever there is; without an object, whether data are spoken of.
    fn is_about_data(&self, row: &Row<'v>, object: Option<&Entry>) -> bool {
        let is_data = |entry: &Entry| match entry.noun_id() {
            Some(id) => matches!(self.policy.noun(id).kind, Kind::Data | Kind::Tracker),
            None => matches!(entry.head, Head::Everything),
        };
        match object {
            Some(object) if row.class() == Some(Class::Tracking) => {
                let is_person = |id| self.policy.noun(id).kind == Kind::People;
                is_data(object) || matches!(object.head, Head::You) || object.noun_id().is_some_and(is_person)
            }
            Some(object) => is_data(object),
            None => row.entries(Slot::About).any(is_data),
        }
    }

    /// The right that an object names.
    fn right(&self, row: &Row<'v>, object: &Entry) -> Option<Vec<String>> {
        let noun = self.policy.noun(object.noun_id()?);
        let is_right = noun.kind == Kind::Right && row.class() == Some(Class::Right);
        let standard = noun.standard.filter(|_| is_right && self.canonical(&[]).refinement(object).is_empty())?;
        Some(vec![right_to(standard)])
    }

    /// Whether an object is all that a right may be about, so that the right alone says as much.
    fn is_whole_of_right(&self, object: &Entry) -> bool {
        let is_all = object
            .noun_id()
            .is_some_and(|id| self.policy.noun(id).standard == vocabulary::find(Kind::Data, "personal"));
        is_all && self.canonical(&[]).refinement(object).is_empty()
    }

    /// A sentence that is too much to be taken apart, as one claim.
    fn whole(
        &self,
        index: usize,
        row: &'v Row<'v>,
        clauses: &[&'v Clause],
        names: &[String],
        actor: &str,
        canonical: &Canonical<'_>,
    ) -> Claim<'v> {
        let texts = row.objects.iter().map(|object| canonical.entry(object));
        let mut texts: Vec<String> = texts.chain(clauses.iter().map(|clause| canonical.clause(clause))).collect();
        texts.sort_unstable();
        texts.dedup();
        Claim {
            row: index,
            class: row.class(),
            act: Act { name: names.join(" "), denied: row.denied, actor: actor.to_owned() },
            object: None,
            recipient: None,
            purpose: None,
            circumstances: BTreeMap::from([(Dimension::Rest, texts.into_iter().collect())]),
            periods: Vec::new(),
            bases: Vec::new(),
            force: row.force,
            is_about_data: true,
            words: row.verbs.iter().map(|verb| &*verb.name).collect::<Vec<_>>().join(" "),
        }
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

    /// The entries of some clauses, members of complete lists for themselves.
    fn listed(&self, clauses: &[&'v Clause], is_meant: impl Fn(Slot, &Entry) -> bool) -> Vec<&'v Entry> {
        let mut found = Vec::new();
        for clause in clauses {
            for entry in crate::check::rows::entries_of(&clause.value) {
                if is_meant(clause.slot, entry) {
                    found.extend(self.parts(Some(entry)).into_iter().flatten());
                }
            }
        }
        found
    }

    fn named(&self, canonical: &Canonical<'_>, entry: &Entry) -> Named {
        // Examples are parts of their own.
        let bare = Entry { group: None, tail: Vec::new(), ..entry.clone() };
        let is_person = is_us(entry, self.policy) || canonical.named(&bare) == "you";
        match entry.noun_id().filter(|_| !is_person).and_then(|id| canonical.thing(id)) {
            Some(thing) => Named { thing: Some(thing), refinement: canonical.refinement(&bare) },
            None => Named { thing: None, refinement: canonical.named(&bare) },
        }
    }

    fn circumstances(&self, row: &Row<'v>, clauses: &[&'v Clause], claim: &mut Claim<'v>, canonical: &Canonical<'_>) {
        for clause in clauses {
            self.circumstance(clause, claim, canonical);
        }
        if row.only_actor {
            claim.circumstances.entry(Dimension::Only).or_default().insert("actor".to_owned());
        }
        if let Some(manner) = row.manner {
            let manner = canonical.named(&Entry::noun(manner));
            claim.circumstances.entry(Dimension::Means).or_default().insert(format!("manner {manner}"));
        }
        claim.circumstances.insert(Dimension::Force, BTreeSet::from([format!("{:?}", force_rank(row.force))]));
        // "Never" is said of all time to come, "do not" of today.
        if row.never {
            claim.circumstances.entry(Dimension::Force).or_default().insert("never".to_owned());
        }
    }

    /// How long data are kept for one purpose or by one recipient; that of the whole sentence is a row of its own.
    fn kept_for_it(&self, clause: &'v Clause, claim: &mut Claim<'v>, canonical: &Canonical<'_>) {
        if clause.slot == Slot::Kept {
            claim.periods.extend(periods::of_value(&clause.value, canonical));
            claim.circumstances.entry(Dimension::Period).or_default().insert(canonical.value(&clause.value));
        }
    }

    fn circumstance(&self, clause: &'v Clause, claim: &mut Claim<'v>, canonical: &Canonical<'_>) {
        let entries = crate::check::rows::entries_of(&clause.value);
        let periods = || periods::of_value(&clause.value, canonical);
        let kind = |entry: &&Entry| entry.noun_id().map(|id| self.policy.noun(id).kind);
        let dimension = match clause.slot {
            Slot::With | Slot::To | Slot::For if !clause.only && !matches!(clause.value, ClauseValue::Guarded(_)) => {
                // Recipients and purposes are claims of their own; a period is not.
                if clause.slot != Slot::For || !entries.iter().any(|entry| entry.period().is_some()) {
                    return;
                }
                claim.periods.extend(periods());
                Dimension::Period
            }
            Slot::With | Slot::To | Slot::For => {
                claim.periods.extend(periods());
                let is_guarded = matches!(clause.value, ClauseValue::Guarded(_));
                let (dimension, text) = match entries.iter().any(|entry| entry.period().is_some()) {
                    true => (Dimension::Period, canonical.clause(clause)),
                    // Who gets what where is a part of what is said.
                    false if is_guarded => (Dimension::Reach, canonical.clause(clause)),
                    false => (Dimension::Only, format!("{:?}", clause.slot)),
                };
                claim.circumstances.entry(dimension).or_default().insert(text);
                return;
            }
            // What is kept is a row of its own.
            Slot::Kept => return,
            // A reason and a pointer take nothing and add nothing.
            Slot::Because | Slot::See => return,
            Slot::Until | Slot::While if claim.class == Some(Class::Retention) => Dimension::Period,
            // These are told apart as cases.
            Slot::When | Slot::Unless | Slot::About | Slot::On => {
                self.only(clause, claim);
                return;
            }
            Slot::While | Slot::Until | Slot::Before | Slot::After => Dimension::Reach,
            Slot::Within => {
                claim.periods.extend(periods());
                Dimension::Deadline
            }
            Slot::Under if entries.iter().any(|entry| kind(entry) == Some(Kind::Basis)) => {
                claim
                    .bases
                    .extend(entries.iter().filter_map(|entry| entry.noun_id()).filter_map(|id| canonical.thing(id)));
                Dimension::Basis
            }
            Slot::Under if claim.class == Some(Class::Transfer) => Dimension::Safeguard,
            Slot::In => Dimension::Place,
            Slot::At => Dimension::Store,
            Slot::From => Dimension::Source,
            Slot::Via => Dimension::Means,
            Slot::Under | Slot::As | Slot::Sense | Slot::Required | Slot::Optional => Dimension::Rest,
        };
        // That a place is the only one is a part of where something goes.
        let only = if clause.only && dimension == Dimension::Place { " only" } else { "" };
        if dimension != Dimension::Place {
            self.only(clause, claim);
        }
        let texts = claim.circumstances.entry(dimension).or_default();
        match &clause.value {
            // Each entry for itself, so that one more is no other value.
            ClauseValue::List(entries, _) => {
                texts.extend(entries.iter().map(|entry| format!("{:?}{only}:{}", clause.slot, canonical.entry(entry))));
            }
            ClauseValue::Condition(_) | ClauseValue::Topic(..) | ClauseValue::Flag | ClauseValue::Guarded(_) => {
                texts.insert(canonical.clause(clause));
            }
        }
    }

    /// That nothing else is meant in a slot.
    fn only(&self, clause: &Clause, claim: &mut Claim<'v>) {
        if clause.only {
            claim.circumstances.entry(Dimension::Only).or_default().insert(format!("{:?}", clause.slot));
        }
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

/// The act of having a right of the vocabulary.
fn right_to(right: u16) -> String {
    format!("the right to {}", vocabulary::entry(right).name)
}

/// The clauses of a row in a slot for one of its objects.
fn clauses_for<'v>(row: &'v Row<'v>, object: Option<&'v Entry>, slot: Slot) -> Vec<&'v Clause> {
    match object {
        Some(object) => row.for_object(object, slot),
        None => row.in_slot(slot).collect(),
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
