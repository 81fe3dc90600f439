//! From one sentence to its claims: what each of those who act does with each object, for each recipient and purpose, in
//! each case.

use std::collections::{BTreeMap, BTreeSet};

use super::canonical::Canonical;
use super::cases::{Case, cases};
use super::claims::{Act, Claim, Dimension, Named, THE_RIGHT_TO, Version};
use super::things::Thing;
use crate::check::consistency::verbs;
use crate::check::rows::{Origin, Row, entries_of, is_us};
use crate::policy::{Clause, Entry, Head};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::{self, Class};

/// The most claims that one sentence is taken apart into; what multiplies beyond is compared as a whole.
const MOST: usize = 4096;

/// Adds the claims of a sentence.
pub(super) fn claims_of<'v>(version: &Version<'v>, index: usize, row: &'v Row<'v>, out: &mut Vec<Claim<'v>>) {
    let canonical = version.canonical(row.readers);
    let plain = version.canonical(&[]);
    let readers = || row.readers.iter().map(|id| plain.named(&Entry::noun(*id))).collect();
    let readers: Option<Vec<String>> = (*row.readers != *version.policy.header.you).then(readers);
    let actors: BTreeSet<String> = row.actors.iter().map(|actor| canonical.entry(actor)).collect();
    let sentence = Sentence { version, index, row, canonical, readers };
    let objects: Vec<Option<&'v Entry>> =
        if row.objects.is_empty() { vec![None] } else { row.objects.iter().map(Some).collect() };
    for actor in &actors {
        for object in &objects {
            sentence.about(actor, *object, out);
        }
    }
}

/// A sentence to be taken apart.
struct Sentence<'s, 'v> {
    version: &'s Version<'v>,
    /// The row that it is.
    index: usize,
    row: &'v Row<'v>,
    canonical: Canonical<'s>,
    /// Whom it is for, if it is not for all readers.
    readers: Option<Vec<String>>,
}

impl<'v> Sentence<'_, 'v> {
    /// The claims of one of those who act, about one object.
    fn about(&self, actor: &str, object: Option<&'v Entry>, out: &mut Vec<Claim<'v>>) {
        let clauses: Vec<&'v Clause> = Slot::ALL.iter().flat_map(|slot| clauses_for(self.row, object, *slot)).collect();
        let recipients = self.listed(&clauses, |slot, _| matches!(slot, Slot::With | Slot::To));
        let purposes = self.purposes(object, &clauses);
        let of_part = |part| self.acts(actor, part).into_iter().map(move |(act, object)| (act, object, part));
        let acts: Vec<(Act, Option<&'v Entry>, Option<&'v Entry>)> =
            self.version.parts(object).into_iter().flat_map(of_part).collect();
        let several = recipients.len().max(1) * purposes.len().max(1) * self.cases(&clauses).len();
        if acts.len() * several > MOST {
            out.push(self.whole(actor, &clauses));
            return;
        }
        for (recipient, purpose) in self.pairs(&recipients, &purposes) {
            // What is said of a recipient or a purpose alone limits what goes to him, or is done for it.
            let aside: Vec<&'v Clause> =
                [recipient, purpose].into_iter().flatten().flat_map(|entry| &entry.tail).collect();
            let all: Vec<&Clause> = clauses.iter().chain(&aside).copied().collect();
            let cases = self.cases(&all);
            for (act, object, named) in &acts {
                let mut claim = self.claim(act.clone(), *object, *named);
                claim.recipient = recipient.map(|entry| (self.named(entry), entry));
                claim.purpose = purpose.map(|entry| (self.named(entry), entry));
                self.version.circumstances(self.row, &clauses, &mut claim, &self.canonical);
                for clause in &aside {
                    self.version.circumstance(clause, &mut claim, &self.canonical);
                    self.version.kept_for_it(clause, &mut claim, &self.canonical);
                }
                for case in &cases {
                    let mut claim = claim.clone();
                    for one in case {
                        claim.circumstances.entry(one.dimension).or_default().insert(one.text.clone());
                        claim.bases.extend(one.basis);
                    }
                    out.push(claim);
                }
            }
        }
    }

    /// Each recipient with each purpose; one that has purposes or recipients of its own, with those.
    fn pairs(&self, recipients: &[&'v Entry], purposes: &[&'v Entry]) -> Vec<(Option<&'v Entry>, Option<&'v Entry>)> {
        let own = |entry: &'v Entry, slots: &[Slot]| {
            let clauses: Vec<&'v Clause> = entry.tail.iter().collect();
            self.listed(&clauses, |slot, entry| slots.contains(&slot) && entry.period().is_none())
        };
        let mut pairs = Vec::new();
        for recipient in each(recipients) {
            let of_recipient = recipient.map_or_else(Vec::new, |entry| own(entry, &[Slot::For]));
            for purpose in each(if of_recipient.is_empty() { purposes } else { &of_recipient }) {
                let of_purpose = purpose.map_or_else(Vec::new, |entry| own(entry, &[Slot::With, Slot::To]));
                if recipient.is_some() || of_purpose.is_empty() {
                    pairs.push((recipient, purpose));
                }
                pairs.extend(of_purpose.into_iter().map(|recipient| (Some(recipient), purpose)));
            }
        }
        pairs
    }

    /// What one of those who act does with a part of an object. A right that is named, and one that is granted by saying
    /// what readers may do, are one.
    fn acts(&self, actor: &str, part: Option<&'v Entry>) -> Vec<(Act, Option<&'v Entry>)> {
        let act = |name: String| Act { name, denied: self.row.denied, actor: actor.to_owned() };
        if let Some((right, of)) = part.and_then(|entry| self.right(entry)) {
            let of = self.version.parts(of).into_iter().map(|of| of.filter(|entry| !self.is_whole_of_right(entry)));
            return of.map(|of| (act(right_to(right)), of)).collect();
        }
        // Who acts for the publisher has tasks and no rights.
        let has_rights = actor == "you" || matches!(self.row.class(), Some(Class::Right | Class::Choice));
        match self.row.grants.filter(|_| has_rights) {
            Some(right) => vec![(act(right_to(right)), part.filter(|entry| !self.is_whole_of_right(entry)))],
            None => self.names().into_iter().map(|name| (act(name), part)).collect(),
        }
    }

    /// The verbs; what means the same is one.
    fn names(&self) -> BTreeSet<String> {
        let is_about_tracker = self.is_about_tracker();
        self.row.verbs.iter().map(|verb| verbs::family(verb, is_about_tracker).to_owned()).collect()
    }

    /// The cases in which it holds.
    fn cases(&self, clauses: &[&Clause]) -> Vec<Case> {
        cases(self.row, clauses, &self.canonical, self.readers.as_deref())
    }

    /// A claim that says nothing yet but who does what.
    fn claim(&self, act: Act, part: Option<&'v Entry>, named: Option<&'v Entry>) -> Claim<'v> {
        Claim {
            row: self.index,
            class: self.row.class(),
            act,
            object: part.map(|entry| (self.named(entry), entry)),
            named,
            recipient: None,
            purpose: None,
            circumstances: BTreeMap::new(),
            periods: Vec::new(),
            bases: Vec::new(),
            force: self.row.force,
            is_about_data: self.is_about_data(part),
            is_of_group: false,
            words: self.row.verbs.iter().map(|verb| &*verb.name).collect::<Vec<_>>().join(" "),
        }
    }

    /// A sentence that is too much to be taken apart, as one claim.
    fn whole(&self, actor: &str, clauses: &[&'v Clause]) -> Claim<'v> {
        let names: Vec<String> = self.names().into_iter().collect();
        let act = Act { name: names.join(" "), denied: self.row.denied, actor: actor.to_owned() };
        let texts = self.row.objects.iter().map(|object| self.canonical.entry(object));
        let texts = texts.chain(clauses.iter().map(|clause| self.canonical.clause(clause))).collect();
        let circumstances = BTreeMap::from([(Dimension::Rest, texts)]);
        Claim { circumstances, is_about_data: true, ..self.claim(act, None, None) }
    }

    /// What something is done for. What the clause of a sentence says of keeping is for the purposes of the sentence.
    fn purposes(&self, object: Option<&'v Entry>, clauses: &[&'v Clause]) -> Vec<&'v Entry> {
        let is_purpose = |slot: Slot, entry: &Entry| slot == Slot::For && entry.period().is_none();
        let is_kept = self.row.origin == Origin::Follows && self.row.class() == Some(Class::Retention);
        match self.version.said_with(self.row.statement).filter(|_| is_kept) {
            Some(said) => self.listed(&clauses_for(said, object, Slot::For), is_purpose),
            None => self.listed(clauses, is_purpose),
        }
    }

    fn is_about_tracker(&self) -> bool {
        self.row.objects.iter().filter_map(Entry::noun_id).any(|id| self.version.policy.noun(id).kind == Kind::Tracker)
    }

    /// Whether an object is data, a tracker or whatever there is; without an object, whether data are spoken of.
    fn is_about_data(&self, object: Option<&Entry>) -> bool {
        let is_data = |entry: &Entry| match entry.noun_id() {
            Some(id) => matches!(self.version.policy.noun(id).kind, Kind::Data | Kind::Tracker),
            None => matches!(entry.head, Head::Everything),
        };
        match object {
            Some(object) if self.row.class() == Some(Class::Tracking) => {
                let is_person = |id| self.version.policy.noun(id).kind == Kind::People;
                is_data(object) || matches!(object.head, Head::You) || object.noun_id().is_some_and(is_person)
            }
            Some(object) => is_data(object),
            None => self.row.entries(Slot::About).any(is_data),
        }
    }

    /// The right that an object names, and what it is of.
    fn right<'e>(&self, object: &'e Entry) -> Option<(u16, Option<&'e Entry>)> {
        let id = object.noun_id()?;
        let noun = self.version.policy.noun(id);
        if noun.kind != Kind::Right || self.row.class() != Some(Class::Right) {
            return None;
        }
        let alone = Entry { of: None, ..object.clone() };
        match self.canonical.thing(id).filter(|_| self.canonical.refinement(&alone).is_empty())? {
            Thing::Standard(right) => Some((right, object.of.as_deref())),
            Thing::Own(_) => None,
        }
    }

    /// Whether an object is all that a right may be about, so that the right alone says as much.
    fn is_whole_of_right(&self, object: &Entry) -> bool {
        let is_all = object
            .noun_id()
            .is_some_and(|id| self.version.policy.noun(id).standard == vocabulary::find(Kind::Data, "personal"));
        is_all && self.canonical.refinement(object).is_empty()
    }

    /// The entries of some clauses, members of complete lists for themselves.
    fn listed(&self, clauses: &[&'v Clause], is_meant: impl Fn(Slot, &Entry) -> bool) -> Vec<&'v Entry> {
        let mut found = Vec::new();
        for clause in clauses {
            for entry in entries_of(&clause.value) {
                if is_meant(clause.slot, entry) {
                    found.extend(self.version.parts(Some(entry)).into_iter().flatten());
                }
            }
        }
        found
    }

    fn named(&self, entry: &Entry) -> Named {
        // Examples are parts of their own.
        let bare = Entry { group: None, tail: Vec::new(), ..entry.clone() };
        let is_person = is_us(entry, self.version.policy) || self.canonical.named(&bare) == "you";
        match entry.noun_id().filter(|_| !is_person).and_then(|id| self.canonical.thing(id)) {
            Some(thing) => Named { thing: Some(thing), refinement: self.canonical.refinement(&bare) },
            None => Named { thing: None, refinement: self.canonical.named(&bare) },
        }
    }
}

/// Each of some entries, or none if there are none.
fn each<'v>(entries: &[&'v Entry]) -> Vec<Option<&'v Entry>> {
    if entries.is_empty() { vec![None] } else { entries.iter().copied().map(Some).collect() }
}

/// The act of having a right of the vocabulary.
fn right_to(right: u16) -> String {
    format!("{THE_RIGHT_TO}{}", vocabulary::entry(right).name)
}

/// The clauses of a row in a slot for one of its objects.
fn clauses_for<'v>(row: &'v Row<'v>, object: Option<&'v Entry>, slot: Slot) -> Vec<&'v Clause> {
    match object {
        Some(object) => row.for_object(object, slot),
        None => row.in_slot(slot).collect(),
    }
}
