//! How far a sentence reaches: how surely it holds, and for whom, about whom, where and in which role.
//!
//! What narrows a sentence down is said beside it, or the sentence is left out: a line without it would say more.

use super::{Certainty, Drafter, Statement};
use crate::draft::plan::Plan;
use crate::policy::{Clause, ClauseValue, Entry, Head, NounId};
use crate::syntax::words::{Bound, Force, Join, Kind, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::templates as t;

/// The manners that say that something is not always done.
const RARELY: [&str; 9] = [
    "usually",
    "typically",
    "generally",
    "often",
    "occasionally",
    "rarely",
    "from-time-to-time",
    "initially",
    "by-default",
];

/// What a sentence is restricted to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// The readers of the block it stands in.
    pub reader: Option<Vec<NounId>>,
    /// About whom, on which product, at which device, in which role, in which sense.
    pub clauses: Vec<Clause>,
}

impl Reach {
    /// Whether nothing is restricted.
    pub(super) fn is_whole(&self) -> bool {
        self.reader.is_none() && self.clauses.is_empty()
    }
}

impl<'p> Drafter<'p> {
    /// What a sentence is restricted to.
    pub(super) fn reach_of(&self, plan: &Plan) -> Reach {
        let clauses = plan.clauses.iter().filter(|clause| self.narrows(clause)).cloned().collect();
        Reach { reader: plan.reader.clone(), clauses }
    }

    /// Whether a clause makes a sentence speak of less than all readers, all products and the publisher's own doing.
    fn narrows(&self, clause: &Clause) -> bool {
        let entries = clause.value.entries();
        let any = |test: &dyn Fn(&Entry) -> bool| entries.is_empty() || entries.iter().any(test);
        match clause.slot {
            Slot::About => !entries.iter().any(|entry| self.is_whole_reader(entry)),
            Slot::On => {
                let covers = &self.policy.header.covers;
                covers.is_empty() || !covers.iter().all(|covered| entries.contains(covered))
            }
            Slot::At => any(&|entry| entry.noun_id().is_some_and(|id| self.policy.is(id, "device"))),
            Slot::As => any(&|entry| !entry.noun_id().is_some_and(|id| self.policy.is(id, "controller"))),
            Slot::Sense => true,
            Slot::From
            | Slot::Via
            | Slot::With
            | Slot::To
            | Slot::For
            | Slot::Under
            | Slot::In
            | Slot::When
            | Slot::Unless
            | Slot::While
            | Slot::Until
            | Slot::Before
            | Slot::After
            | Slot::Within
            | Slot::Because
            | Slot::See
            | Slot::Kept
            | Slot::Required
            | Slot::Optional => false,
        }
    }

    /// Whether an entry is the reader of the policy, with nothing that restricts it.
    pub(super) fn is_whole_reader(&self, entry: &Entry) -> bool {
        let is_reader = match entry.head {
            Head::You => true,
            Head::Noun(id) => self.policy.header.you == [id],
            Head::We | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
        };
        is_reader && entry.quantifier.is_none() && entry.that.is_none() && entry.tail.is_empty()
    }

    /// "if you are a teacher, about pupils, on school accounts"
    fn reach_words(&mut self, reach: &Reach) -> Phrase {
        let mut parts = Vec::new();
        if let Some(people) = &reach.reader {
            let people = self.one_of(people);
            parts.push(self.words.fill(t::WHEN_READER, &[("people", &people)]));
        }
        let around = Plan::empty();
        for clause in &reach.clauses {
            parts.push(self.clause(&around, clause));
        }
        parts.retain(|part| !part.is_empty());
        let mut parts = parts.into_iter();
        let first = parts.next().unwrap_or_default();
        parts.fold(first, |words, part| self.words.fill(t::VIEW_REACHES, &[("first", &words), ("second", &part)]))
    }

    /// Words with what they are restricted to: "class lists (about pupils)".
    pub(super) fn reaching(&mut self, words: Phrase, reach: &Reach) -> Phrase {
        if reach.is_whole() {
            return words;
        }
        let reach = self.briefly(|drafter| drafter.reach_words(reach));
        self.words.fill(t::VIEW_REACHING, &[("words", &words), ("reach", &reach)])
    }

    /// How surely a positive sentence says what it says. Whatever narrows it down and is no part of its reach makes
    /// it a case; a ground, a period or a reason that differs does not.
    pub(super) fn certainty(&self, statement: &Statement<'_>) -> Certainty {
        let plan = &statement.plan;
        let narrowed = plan.except.is_some()
            || statement.closed.is_some()
            || plan.manner.is_some_and(|manner| self.is_rare(manner))
            || plan.clauses.iter().any(|clause| {
                let differs = matches!(clause.value, ClauseValue::Guarded(_));
                clause.slot.takes_condition()
                    || clause.slot == Slot::Within
                    || differs
                        && matches!(
                            clause.slot,
                            Slot::For | Slot::With | Slot::To | Slot::From | Slot::Via | Slot::In | Slot::At
                        )
            });
        // One of several is meant, and nobody knows which.
        let chosen = |entries: &[Entry], join: Join| entries.len() > 1 && join != Join::And;
        let undecided = chosen(&plan.objects, plan.object_join)
            || chosen(&plan.actors, plan.actor_join)
            || (plan.verbs.len() > 1 && plan.verb_join != Join::And)
            || plan.clauses.iter().any(|clause| match &clause.value {
                ClauseValue::List(entries, join) => {
                    matches!(clause.slot, Slot::For | Slot::With | Slot::To) && chosen(entries, *join)
                }
                ClauseValue::Topic(..) | ClauseValue::Condition(_) | ClauseValue::Flag | ClauseValue::Guarded(_) => {
                    false
                }
            });
        match plan.force {
            Force::Does | Force::Must | Force::Will | Force::Commits if undecided => Certainty::Possibly,
            Force::May | Force::Might | Force::Can | Force::Should => Certainty::Possibly,
            Force::Does | Force::Must | Force::Will | Force::Commits if narrowed => Certainty::InCases,
            Force::Does | Force::Must | Force::Will | Force::Commits => Certainty::Always,
        }
    }

    /// Whether a manner says that something is not always done.
    fn is_rare(&self, manner: NounId) -> bool {
        self.policy.noun(manner).name.as_deref().is_some_and(|name| RARELY.contains(&name))
    }

    /// Whether a sentence is about the time behind us, which says nothing of today.
    pub(super) fn is_past(&self, statement: &Statement<'_>) -> bool {
        let periods = statement.plan.entries(Slot::Within).iter().filter_map(Entry::period);
        periods.flat_map(|period| &period.steps).any(|step| step.bound == Bound::Last)
    }

    /// Whether the publisher acts, or one of its products.
    pub(super) fn is_ours(&self, statement: &Statement<'_>) -> bool {
        statement.plan.actors.iter().all(|actor| self.is_publisher(actor) || self.is_own_product(actor, 0))
    }

    /// Whether an entry is a product that the policy covers, or one that nobody else offers. A platform is
    /// somebody else's unless the policy covers it or says whose it is.
    fn is_own_product(&self, entry: &Entry, depth: usize) -> bool {
        let Some(id) = entry.noun_id() else { return false };
        let noun = self.policy.noun(id);
        let covered = self.policy.header.covers.iter().any(|covers| covers.noun_id() == Some(id));
        noun.kind == Kind::Product
            && depth < 16
            && match &noun.of {
                _ if covered => true,
                Some(of) => self.is_publisher(of) || self.is_own_product(of, depth + 1),
                None => !self.policy.is(id, "platform"),
            }
    }
}
