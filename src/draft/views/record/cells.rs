//! The cells of an activity: the clauses of its sentences, each where it belongs.

use super::{Builder, Said, with_aside};
use crate::draft::plan::Plan;
use crate::draft::views::practices::{Practice, is_publisher, lists_of};
use crate::policy::{Clause, Entry, Head, Value};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

impl<'p> Builder<'_, 'p> {
    /// What is the same for the sentence and what is added to it: bases, roles, places, periods.
    pub(super) fn shared(&mut self, index: usize, plan: &Plan, said: &Said) {
        let aside = self.conditions(plan);
        for clause in &plan.clauses {
            match clause.slot {
                // What makes a transfer lawful stands with its place.
                Slot::Under if plan.class(self.policy) == Class::Transfer => {}
                Slot::Under => self.clauses(index, plan, Slot::Under, &aside, said),
                Slot::At => self.clauses(index, plan, Slot::At, &Phrase::default(), said),
                Slot::In => self.clauses(index, plan, Slot::In, &aside, said),
                Slot::As => self.clauses(index, plan, Slot::As, &Phrase::default(), said),
                Slot::From => self.clauses(index, plan, Slot::From, &aside, said),
                Slot::With | Slot::To => self.clauses(index, plan, clause.slot, &aside, said),
                Slot::Kept => {
                    let words = self.drafter.clause(plan, clause);
                    let words = with_aside(words, &aside, self.drafter.words);
                    self.add(index, |activity| &mut activity.retention, words, said);
                }
                Slot::About
                | Slot::Via
                | Slot::On
                | Slot::For
                | Slot::When
                | Slot::Unless
                | Slot::While
                | Slot::Until
                | Slot::Before
                | Slot::After
                | Slot::Within
                | Slot::Because
                | Slot::See
                | Slot::Sense
                | Slot::Required
                | Slot::Optional => {}
            }
        }
        // Whoever acts for the publisher receives what it acts on.
        for actor in &plan.actors {
            let Some(id) = actor.noun_id() else { continue };
            if self.policy.noun(id).kind == Kind::Party && !is_publisher(actor, self.policy) {
                let words = self.words(actor, false);
                let words = self.drafter.in_roles(words, plan.entries(Slot::As));
                let words = with_aside(words, &aside, self.drafter.words);
                self.add(index, |activity| &mut activity.recipients, words, said);
            }
        }
    }

    /// The entries of a clause in the cells they belong to.
    pub(super) fn clauses(&mut self, index: usize, plan: &Plan, slot: Slot, aside: &Phrase, said: &Said) {
        let Some(clause) = plan.clause(slot).cloned() else { return };
        let lists: Vec<(Option<Vec<Clause>>, Vec<Entry>)> = lists_of(&clause)
            .into_iter()
            .map(|(guard, entries)| (guard.map(<[Clause]>::to_vec), entries.to_vec()))
            .collect();
        for (guard, entries) in lists {
            let purposes = slot == Slot::For;
            for entry in entries.iter().filter(|entry| !purposes || entry.period().is_none()) {
                self.remember(index, entry);
                let kind = entry.noun_id().map(|id| self.policy.noun(id).kind);
                // A place that the author names himself is where something stands, not a country.
                let country = entry.noun_id().is_some_and(|id| self.policy.noun(id).standard.is_some());
                let place = matches!(entry.head, Head::Value(Value::Place(_)))
                    || (kind == Some(Kind::Place) && (country || slot != Slot::At));
                if slot == Slot::Under && self.is_interest(entry) {
                    self.interest(index, entry, said);
                }
                let mut shown = entry.clone();
                if slot == Slot::Under && self.is_interest(entry) {
                    shown.tail.retain(|clause| clause.slot != Slot::Because);
                }
                if slot == Slot::As {
                    let role = self.drafter.role(&Entry { of: None, ..entry.clone() });
                    self.add(index, |activity| &mut activity.roles, role, said);
                    if let Some(of) = entry.of.as_ref().filter(|of| !is_publisher(of, self.policy)) {
                        let words = self.words(of, false);
                        self.add(index, |activity| &mut activity.on_behalf_of, words, said);
                    }
                    continue;
                }
                let mut words = self.words(&shown, true);
                if clause.only {
                    words = self.drafter.words.fill(t::ONLY, &[("phrase", &words)]);
                }
                words = match &guard {
                    None => words,
                    Some(guard) if guard.is_empty() => self.drafter.words.fill(t::ARM_OTHERWISE, &[("value", &words)]),
                    Some(guard) => {
                        let guard = self.drafter.guard(guard);
                        self.drafter.words.fill(t::ARM, &[("value", &words), ("guard", &guard)])
                    }
                };
                words = with_aside(words, aside, self.drafter.words);
                match slot {
                    Slot::For => self.add(index, |activity| &mut activity.purposes, words, said),
                    Slot::From => self.add(index, |activity| &mut activity.sources, words, said),
                    Slot::Under if matches!(kind, Some(Kind::Basis | Kind::Law) | None) => {
                        self.add(index, |activity| &mut activity.legal_bases, words, said);
                    }
                    Slot::At if !place => self.add(index, |activity| &mut activity.stores, words, said),
                    Slot::In if kind == Some(Kind::Store) => {
                        self.add(index, |activity| &mut activity.stores, words, said);
                    }
                    Slot::At | Slot::In | Slot::To if place => self.transfer(index, plan, words, said),
                    Slot::With | Slot::To
                        if matches!(
                            plan.class(self.policy),
                            Class::Disclosure | Class::Access | Class::Transfer | Class::Use
                        ) && !is_publisher(entry, self.policy)
                            && kind != Some(Kind::Engagement)
                            || plan.verbs.is_empty() =>
                    {
                        self.add(index, |activity| &mut activity.recipients, words, said);
                    }
                    _ => {}
                }
            }
        }
    }

    /// "Singapore, under the standard contractual clauses"
    pub(super) fn transfer(&mut self, index: usize, plan: &Plan, place: Phrase, said: &Said) {
        let mut words = place;
        if plan.class(self.policy) == Class::Transfer
            && let Some(clause) = plan.clause(Slot::Under)
        {
            let under = self.drafter.clause(plan, clause);
            words = self.drafter.words.fill(t::RECORD_PLACE, &[("place", &words), ("under", &under)]);
        }
        self.add(index, |activity| &mut activity.transfers, words, said);
    }

    pub(super) fn is_interest(&self, entry: &Entry) -> bool {
        entry
            .noun_id()
            .is_some_and(|id| self.policy.noun(id).kind == Kind::Basis && self.policy.is(id, "legitimate-interests"))
    }

    pub(super) fn interest(&mut self, index: usize, entry: &Entry, said: &Said) {
        for clause in entry.tail.iter().filter(|clause| clause.slot == Slot::Because) {
            for reason in clause.value.entries() {
                let words = self.words(reason, true);
                self.add(index, |activity| &mut activity.interests, words, said);
            }
        }
    }

    /// The people that data is about: those that are named, else the readers where the policy says "your".
    pub(super) fn subjects(&mut self, index: usize, plan: &Plan, said: &Said) {
        let about = plan.entries(Slot::About).to_vec();
        for entry in &about {
            let words = self.words(entry, true);
            self.add(index, |activity| &mut activity.subjects, words, said);
        }
        let readers = plan.reader.clone().unwrap_or_else(|| self.policy.header.you.clone());
        if about.is_empty() && plan.objects.iter().any(|entry| self.drafter.takes_your(entry)) {
            let yours = !plan.entries(Slot::From).iter().any(|entry| matches!(entry.head, Head::Noun(_)));
            for reader in readers.iter().filter(|_| yours) {
                let words = phrase(self.policy.noun(*reader).words());
                self.add(index, |activity| &mut activity.subjects, words, said);
            }
        }
    }

    /// One kind of data, with its members and where all of it comes from.
    pub(super) fn datum(&mut self, index: usize, entry: &Entry, aside: &Phrase, said: &Said) {
        self.remember(index, entry);
        let mut shown = entry.clone();
        if let Some(id) = entry.noun_id() {
            let noun = self.policy.noun(id);
            if shown.group.is_none() && !noun.is_its_members() {
                shown.group.clone_from(&noun.group);
            }
            for source in noun.from.clone() {
                let words = self.words(&source, true);
                self.add(index, |activity| &mut activity.sources, words, said);
            }
        }
        let ids = self.data_of(std::slice::from_ref(entry));
        if let Some(gathered) = self.gathered.get_mut(index) {
            gathered.data.extend(ids);
        }
        let words = self.words(&shown, true);
        let plain = words.plain();
        let known = self
            .gathered
            .get(index)
            .is_some_and(|gathered| gathered.activity.data.iter().any(|item| item.text == plain));
        // What is there without a condition needs none of this one.
        let words = if known { words } else { with_aside(words, aside, self.drafter.words) };
        self.add(index, |activity| &mut activity.data, words, said);
    }

    /// The sentence itself, as the policy says it.
    pub(super) fn say(&mut self, index: usize, practice: &Practice<'p>, said: &Said) {
        let words = self.sentence(practice);
        let internal = practice.internal;
        self.add(
            index,
            |activity| if internal { &mut activity.internal } else { &mut activity.statements },
            words,
            said,
        );
        for entry in practice.plan.objects.iter().chain(&practice.plan.actors) {
            self.remember(index, entry);
        }
    }

    pub(super) fn sentence(&mut self, practice: &Practice<'p>) -> Phrase {
        let outer = std::mem::replace(
            &mut self.drafter.readers,
            practice.plan.reader.clone().unwrap_or_else(|| self.policy.header.you.clone()),
        );
        // Who acts for whom is said anew in each sentence.
        self.drafter.processors.clear();
        let words = self.drafter.statement(&practice.plan, practice.sentence.cases.as_deref());
        self.drafter.readers = outer;
        words
    }
}
