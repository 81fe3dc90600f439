//! From the rules of a law to what becomes of each: met and where, denied, missing, not asked for and why.
//!
//! A rule is asked as it is written: its conditions find cases, each with what `each` bound, and every demand is asked
//! of every case. Nothing here knows a law.

use std::cell::RefCell;

use foldhash::{HashMap, HashSet};
use jiff::civil::Date;

use super::matching::{Bindings, Layout, Mode, Questions};
use crate::law::{Condition, Demand, NounTest};
use crate::policy::{Entry, Policy};
use crate::source::Span;
use crate::syntax::words::Slot;

mod demands;
mod nouns;

/// What became of a demand in one case, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// The policy says it.
    Met,
    /// The policy says that it is somebody else's to say.
    Delegated,
    /// Nobody says so, and nobody needs to: a thing that the law forbids.
    NothingSaysSo,
    /// Nobody can tell, because the policy does not say something that decides it.
    CannotTell,
    /// The policy says that it is not so.
    Denied,
    /// The policy says nothing.
    Missing,
    /// The policy says what the law forbids.
    Violated,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Missing {
    /// A statement.
    Statement,
    /// A clause of a statement.
    Clause(Slot),
    /// A field of a noun.
    Field(String),
    /// A noun.
    Noun,
    /// Words that the law fixes.
    Words,
    /// Nothing is missing; something else should stand there.
    Other,
}

/// What became of a rule in one case.
#[derive(Clone, Debug)]
pub struct Case {
    /// What became of it.
    pub state: State,
    /// What is missing, if something is.
    pub missing: Missing,
    /// What the case is about, in the author's words: `photos`.
    pub about: Option<String>,
    /// Where the case arose; none if it is about the whole policy.
    pub place: Option<Span>,
    /// Where it is met, denied or violated, each with the id of the statement.
    pub witnesses: Vec<(Span, String)>,
}

/// What became of a rule.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was asked; one case at least.
    Asked(Vec<Case>),
    /// Nothing in the policy makes it apply.
    NotApplicable,
    /// It is in force later.
    NotYet(Date),
    /// It is no longer in force.
    NoLonger(Date),
    /// Nothing can be checked, and why.
    NotChecked(String),
    /// It has a date, and the policy has none.
    Undated,
}

/// A case while the conditions are being asked.
#[derive(Clone, Debug, Default)]
struct Found<'k> {
    bindings: Bindings<'k>,
    /// The rows that the conditions named, each with the object at hand.
    rows: Vec<(&'k str, usize, Option<usize>)>,
    place: Option<Span>,
}

/// Asks the rules of one pack.
pub struct Asking<'p, 'k> {
    questions: Questions<'p, 'k>,
    /// What is asked of the policy as a whole, which is the same in every case.
    tests: RefCell<HashMap<*const NounTest, Answer>>,
    wholes: RefCell<HashMap<*const Demand, Case>>,
}

/// Whether something is as asked, and where; none if nobody can tell.
type Answer = Option<(bool, Option<Span>)>;

impl<'p, 'k> Asking<'p, 'k> {
    /// Asks the rule that these questions are about.
    #[must_use]
    pub fn new(questions: Questions<'p, 'k>) -> Asking<'p, 'k> {
        Asking { questions, tests: RefCell::default(), wholes: RefCell::default() }
    }

    fn layout(&self) -> &'k Layout<'p, 'k> {
        self.questions.layout
    }

    fn policy(&self) -> &'p Policy {
        self.layout().orders.policy()
    }

    /// Whether a row is a reason for this law to ask for something.
    fn is_reason(&self, row: usize) -> bool {
        self.questions.speaks_to(row) && self.layout().is_reason(row, self.questions.found.pack.of_controllers)
    }

    /// What becomes of a rule.
    #[must_use]
    pub fn ask(&self) -> Outcome {
        let found = self.questions.found;
        let rule = found.rule;
        if !self.questions.speaks_to_readers() {
            return Outcome::NotApplicable;
        }
        let from = found.from();
        match self.questions.day {
            Some(day) => {
                if let Some(from) = from.filter(|from| day < *from) {
                    return Outcome::NotYet(from);
                }
                if let Some(until) = rule.until.filter(|until| *until <= day) {
                    return Outcome::NoLonger(until);
                }
            }
            None if rule.from.is_some() || rule.until.is_some() => return Outcome::Undated,
            None => {}
        }
        if let Some(why) = &rule.unchecked {
            return Outcome::NotChecked(why.clone());
        }
        let mut cases = vec![Found::default()];
        for condition in found.conditions {
            cases = cases.into_iter().flat_map(|case| self.condition(condition, case)).collect();
            // What ten sentences say of one thing is one case, unless a demand is about the sentence.
            let mut seen: HashSet<Bindings<'k>> = HashSet::default();
            cases.retain(|case| !case.rows.is_empty() || seen.insert(case.bindings.clone()));
            if cases.is_empty() {
                return Outcome::NotApplicable;
            }
        }
        let mut asked = Vec::new();
        let mut seen: HashSet<(Option<String>, Missing, State)> = HashSet::default();
        for case in &cases {
            for result in found.demands.iter().flat_map(|demand| self.demand(demand, case)) {
                // One datum of ten sentences is one case.
                let key = || (result.about.clone(), result.missing.clone(), result.state);
                if result.about.is_none() || seen.insert(key()) {
                    asked.push(result);
                }
            }
        }
        if asked.is_empty() { Outcome::NotApplicable } else { Outcome::Asked(asked) }
    }

    // ── conditions ──────────────────────────────────────────────────────────────────────────────────────

    /// The cases that a condition leaves or makes of one.
    fn condition(&self, condition: &'k Condition, case: Found<'k>) -> Vec<Found<'k>> {
        match condition {
            Condition::Row(name, pattern) => {
                let found = self.questions.find(pattern, pattern.denied, &case.bindings, Mode::Condition);
                let found = found.iter().filter(|way| self.is_reason(way.row));
                let binds = name.is_some() || found.clone().any(|way| !way.bindings.is_empty());
                found
                    .take(if binds { usize::MAX } else { 1 })
                    .map(|way| {
                        let mut next = case.clone();
                        let row = || self.layout().rows.get(way.row).map(|row| row.span);
                        next.place = next.place.or(way.place).or_else(row);
                        next.bindings.extend(&way.bindings);
                        next.rows.extend(name.as_deref().map(|name| (name, way.row, way.object)));
                        next
                    })
                    .collect()
            }
            Condition::Noun(test) => match self.noun_test(test, &case.bindings) {
                Some((true, _)) => vec![case],
                Some((false, _)) | None => Vec::new(),
            },
            Condition::Absent(name) => {
                if self.absent(name).is_some() {
                    vec![case]
                } else {
                    Vec::new()
                }
            }
            Condition::SomeOf(conditions) => {
                let mut all = Vec::new();
                for condition in conditions {
                    all.extend(self.condition(condition, case.clone()));
                    // Without anything bound, one is enough.
                    if all.iter().any(|found: &Found<'_>| found.bindings.len() == case.bindings.len()) {
                        break;
                    }
                }
                all
            }
            Condition::Not(inner) => {
                // What nobody can tell is no exemption, and no reason to ask either.
                if let Condition::Noun(test) = &**inner
                    && self.noun_test(test, &case.bindings).is_none()
                {
                    return Vec::new();
                }
                if self.condition(inner, case.clone()).is_empty() { vec![case] } else { Vec::new() }
            }
        }
    }

    /// Where the policy says that there is no such thing.
    fn absent(&self, name: &str) -> Option<(Span, String)> {
        let wanted: &[&str] = match name {
            "data-protection-officer" | "dpo" => &["dpo", "data-protection-officer"],
            _ => std::slice::from_ref(&name),
        };
        let policy = self.policy();
        let row = self.layout().rows.iter().find(|row| {
            row.denied
                && self.questions.is_said(row)
                && row.is_ours(policy)
                && row.objects.iter().filter_map(Entry::noun_id).any(|id| {
                    let kind = policy.noun(id).kind;
                    wanted.iter().any(|name| self.layout().orders.is(id, kind, name))
                })
        })?;
        Some((row.span, row.statement.to_owned()))
    }
}
