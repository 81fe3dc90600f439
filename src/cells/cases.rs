//! From the clauses of a sentence to the cases it distinguishes: one for each arm of a guarded value and for
//! each scope in which something is added to it.

use super::{Guard, spend};
use crate::facts::{Clause, ClauseValue, Item, Sentence, What};

/// A clause with the statement it is from.
#[derive(Clone, Debug)]
pub(super) struct Said<'f> {
    pub(super) word: &'f str,
    pub(super) only: bool,
    pub(super) value: &'f ClauseValue,
    pub(super) by: &'f str,
    /// The entries that are left, where some do not hold here.
    pub(super) items: Option<Vec<&'f Item>>,
}

impl<'f> Said<'f> {
    pub(super) fn new(clause: &'f Clause, by: &'f str) -> Said<'f> {
        Said { word: &clause.slot, only: clause.only, value: &clause.value, by, items: None }
    }

    /// The place it fills: clauses in the same place replace each other.
    pub(super) fn slot(&self) -> &'f str {
        match self.word {
            "with" | "to" => "with",
            "required" | "optional" => "given",
            "for" if is_period(self.value) => "kept",
            slot => slot,
        }
    }

    /// Whether it comes on top of others in the same place.
    fn adds_up(&self) -> bool {
        matches!(self.value, ClauseValue::Condition { .. }) || self.word == "because"
    }

    /// The clause, with the entries that are left.
    pub(super) fn clause(&self) -> Clause {
        let value = match (&self.items, self.value) {
            (Some(items), ClauseValue::List { join, .. }) => {
                ClauseValue::List { items: items.iter().copied().cloned().collect(), join: join.clone() }
            }
            (_, value) => value.clone(),
        };
        Clause { inherited: false, only: self.only, slot: self.word.to_owned(), value }
    }

    pub(super) fn items(&self) -> Vec<&'f Item> {
        match (&self.items, self.value) {
            (Some(items), _) => items.clone(),
            (None, ClauseValue::List { items, .. }) => items.iter().collect(),
            (None, _) => Vec::new(),
        }
    }

    pub(super) fn weight(&self) -> usize {
        match self.value {
            ClauseValue::List { items, .. } | ClauseValue::Topic { items, .. } => items.len(),
            ClauseValue::Guarded { arms } => arms.len(),
            ClauseValue::Condition { .. } | ClauseValue::Flag => 1,
        }
    }
}

/// What is added to a sentence, and where.
pub(super) struct Variation<'f> {
    guard: Guard,
    said: Vec<Said<'f>>,
}

impl<'f> Variation<'f> {
    pub(super) fn new(
        id: &'f str,
        clauses: &'f [Clause],
        readers: &[String],
        edition: Option<&str>,
        sentence: &Sentence,
    ) -> Variation<'f> {
        let around = clauses.iter().filter(|clause| clause.inherited && !sentence.clauses.contains(clause));
        let guard = Guard {
            clauses: around.map(|clause| Clause { inherited: false, ..clause.clone() }).collect(),
            edition: edition.map(str::to_owned),
            readers: if readers == sentence.readers { Vec::new() } else { readers.to_vec() },
        };
        let own = clauses.iter().filter(|clause| !clause.inherited);
        Variation { guard, said: own.map(|clause| Said::new(clause, id)).collect() }
    }

    /// How exactly it says where it holds; the more exact is looked at first.
    pub(super) fn depth(&self) -> usize {
        self.guard.clauses.len()
            + usize::from(self.guard.edition.is_some())
            + usize::from(!self.guard.readers.is_empty())
    }
}

/// One case of a sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Case<'f> {
    pub(super) said: Vec<Said<'f>>,
    pub(super) guards: Vec<Guard>,
    pub(super) unless: Vec<Guard>,
}

/// One way to fill a slot, and where it does.
struct Choice<'f> {
    guard: Option<Guard>,
    said: Vec<Said<'f>>,
}

fn is_period(value: &ClauseValue) -> bool {
    match value {
        ClauseValue::List { items, .. } => items.iter().any(|item| matches!(item.what, What::Period(_))),
        ClauseValue::Guarded { arms } => arms.iter().any(|arm| is_period(&arm.value)),
        ClauseValue::Topic { .. } | ClauseValue::Condition { .. } | ClauseValue::Flag => false,
    }
}

/// Clauses with more exact ones over them.
pub(super) fn over<'f>(said: &[Said<'f>], own: &'f [Clause], by: &'f str) -> Vec<Said<'f>> {
    let own: Vec<Said<'f>> = own.iter().map(|clause| Said::new(clause, by)).collect();
    let stays =
        |said: &&Said<'f>| said.adds_up() || !own.iter().any(|over| !over.adds_up() && over.slot() == said.slot());
    let mut all: Vec<Said<'f>> = said.iter().filter(stays).cloned().collect();
    all.extend(own);
    all
}

/// The cases that clauses and what is added to them distinguish; `own` are the places that nothing is added to.
/// None if they are more than is left.
pub(super) fn cases<'f>(
    said: Vec<Said<'f>>,
    variations: &[Variation<'f>],
    own: &[&str],
    left: &mut usize,
) -> Option<Vec<Case<'f>>> {
    let mut rest = said;
    let mut choices: Vec<Vec<Choice<'f>>> = Vec::new();
    let mut places: Vec<&str> = Vec::new();
    for added in variations.iter().flat_map(|variation| &variation.said) {
        let place = added.slot();
        if own.contains(&place) || places.contains(&place) {
            continue;
        }
        places.push(place);
        let (base, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|said| said.slot() == place);
        rest = others;
        let mut ways = Vec::new();
        let mut everywhere = None;
        for variation in variations {
            let mut said: Vec<Said<'f>> = variation.said.iter().filter(|said| said.slot() == place).cloned().collect();
            if said.is_empty() {
                continue;
            }
            if said.iter().all(Said::adds_up) {
                said.extend(base.iter().cloned());
            }
            if variation.guard == Guard::default() {
                everywhere = Some(said);
            } else {
                ways.push(Choice { guard: Some(variation.guard.clone()), said });
            }
        }
        ways.push(Choice { guard: None, said: everywhere.unwrap_or(base) });
        choices.push(ways);
    }
    let mut cases = vec![Case { said: rest, ..Case::default() }];
    for ways in &choices {
        cases = split(&cases, ways, left)?;
    }
    let mut resolved = Vec::new();
    while let Some(mut case) = cases.pop() {
        let guarded = case.said.iter().position(|said| matches!(said.value, ClauseValue::Guarded { .. }));
        match guarded {
            None => resolved.push(case),
            Some(place) => {
                let said = case.said.remove(place);
                let mut inner = split(&[case], &arms(&said), left)?;
                inner.reverse();
                cases.extend(inner);
            }
        }
    }
    // The last in the list was looked at first.
    resolved.sort_by_key(|case| case.unless.len());
    Some(resolved)
}

/// The arms of a guarded value; where none holds, nothing is said.
fn arms<'f>(said: &Said<'f>) -> Vec<Choice<'f>> {
    let ClauseValue::Guarded { arms } = said.value else { return Vec::new() };
    let mut ways: Vec<Choice<'f>> = arms
        .iter()
        .map(|arm| {
            let guard = (!arm.guard.is_empty()).then(|| Guard { clauses: arm.guard.clone(), ..Guard::default() });
            Choice { guard, said: vec![Said { value: &arm.value, items: None, ..said.clone() }] }
        })
        .collect();
    if ways.iter().all(|way| way.guard.is_some()) {
        ways.push(Choice { guard: None, said: Vec::new() });
    }
    ways
}

/// Every case with every way to fill one more place, as far as they do not exclude each other.
fn split<'f>(cases: &[Case<'f>], ways: &[Choice<'f>], left: &mut usize) -> Option<Vec<Case<'f>>> {
    let mut split = Vec::new();
    for case in cases {
        let mut passed: Vec<&Guard> = Vec::new();
        for way in ways {
            spend(left, 1 + case.said.len() + passed.len())?;
            let mut next = case.clone();
            for guard in &passed {
                if !next.unless.contains(guard) {
                    next.unless.push((*guard).clone());
                }
            }
            if let Some(guard) = &way.guard {
                passed.push(guard);
                if !next.guards.contains(guard) {
                    next.guards.push(guard.clone());
                }
            }
            if next.guards.iter().any(|guard| next.unless.contains(guard)) {
                continue;
            }
            next.said.extend(way.said.iter().cloned());
            split.push(next);
        }
    }
    Some(split)
}
