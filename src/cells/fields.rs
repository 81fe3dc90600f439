//! From the clauses of one case to the fields of its cell.

use super::cases::Case;
use super::{Book, Cell, Flow, Guard, text_of};
use crate::facts::{Clause, ClauseValue, ConditionTree, Item, Period, Step, What};

impl<'f> Book<'f> {
    /// The cell of some data in one case.
    pub(super) fn cell(&self, flow: &Flow<'f>, data: Vec<Item>, case: &Case<'f>) -> Cell {
        let sentence = flow.sentence;
        let mut cell = Cell {
            actors: sentence.actors.clone(),
            data,
            edition: self.editions.get(sentence.id.as_str()).map(|edition| (*edition).to_owned()),
            except: if flow.exception { None } else { sentence.except.clone() },
            exception: flow.exception,
            force: sentence.force.clone(),
            guards: case.guards.clone(),
            readers: sentence.readers.clone(),
            statement: sentence.id.clone(),
            unless: case.unless.clone(),
            verbs: sentence.verbs.clone(),
            ..Cell::default()
        };
        for said in &case.said {
            if let ClauseValue::Condition { .. } = said.value {
                cell.conditions.push(said.clause());
                continue;
            }
            if matches!(said.word, "required" | "optional") {
                cell.given = Some(said.word.to_owned());
                cell.reasons.extend(said.items().into_iter().cloned());
                continue;
            }
            if !matches!(said.value, ClauseValue::List { .. }) && said.word != "see" {
                cell.clauses.push(said.clause());
                continue;
            }
            let mut others = Vec::new();
            for item in said.items() {
                let place = match (said.slot(), self.kind(item)) {
                    ("kept", "period") if cell.period.is_none() => {
                        if let What::Period(period) = &item.what {
                            cell.period = Some((**period).clone());
                            cell.from_rule = Some(said.by.to_owned());
                        }
                        continue;
                    }
                    ("on" | "in" | "at", "store") => &mut cell.stores,
                    ("on" | "in" | "at", "product") => &mut cell.products,
                    ("on" | "in" | "at", "place") => &mut cell.places,
                    ("for", "purpose") => {
                        cell.purposes.push(Item { clauses: Vec::new(), ..item.clone() });
                        continue;
                    }
                    ("about", _) => &mut cell.about,
                    ("as", _) => &mut cell.roles,
                    ("because", _) => &mut cell.reasons,
                    ("from", _) => &mut cell.sources,
                    ("under", _) => &mut cell.bases,
                    ("with", _) => &mut cell.recipients,
                    _ => {
                        others.push(item);
                        continue;
                    }
                };
                place.push(item.clone());
            }
            // A pointer restricts nothing.
            if !others.is_empty() && said.word != "see" {
                let mut rest = said.clone();
                rest.items = Some(others);
                cell.clauses.push(rest.clause());
            }
        }
        if cell.period.is_none() && self.is_retention(sentence) {
            self.kept_until(&mut cell);
        }
        if let Some(period) = &cell.period {
            for store in period.steps.iter().flat_map(|step| &step.at) {
                if !cell.stores.contains(store) {
                    cell.stores.push(store.clone());
                }
            }
            let request = period.steps.iter().any(|step| self.counts_from_request(step));
            cell.clock = Some(if request { "request" } else { "age" }.to_owned());
        }
        cell
    }

    /// "Kept until you leave" says how long without a number: its conditions are its period.
    fn kept_until(&self, cell: &mut Cell) {
        let mut step = Step {
            after: None,
            amount: None,
            at: Vec::new(),
            before: None,
            bound: "exact".to_owned(),
            criterion: None,
            lasting: None,
            of: None,
            until: None,
            whichever: None,
        };
        cell.conditions.retain(|clause| {
            let ClauseValue::Condition { condition } = &clause.value else { return true };
            let part = match clause.slot.as_str() {
                "until" => &mut step.until,
                "while" => &mut step.lasting,
                _ => return true,
            };
            if part.is_some() {
                return true;
            }
            *part = Some(condition.clone());
            false
        });
        if step.until.is_some() || step.lasting.is_some() {
            cell.period = Some(Period { end: None, steps: vec![step], total: None });
            cell.from_rule = Some(cell.statement.clone());
        }
    }

    /// Whether a step counts from somebody's request to erase the data.
    fn counts_from_request(&self, step: &Step) -> bool {
        let tested = |condition: &ConditionTree| match condition {
            ConditionTree::Test { item, .. } => self.is_request(item),
            ConditionTree::Joined { conditions, .. } => conditions
                .iter()
                .any(|inner| matches!(inner, ConditionTree::Test { item, .. } if self.is_request(item))),
        };
        step.after.as_ref().is_some_and(tested) || step.of.as_ref().is_some_and(|of| self.is_request(of))
    }

    fn is_request(&self, item: &Item) -> bool {
        match &item.what {
            What::Noun { id } => self.family.is(id, "event-erasure-request"),
            _ => false,
        }
    }
}

/// What restricts a cell, each restriction as a text to compare it and as the place where it holds.
pub(super) fn restrictions(cell: &Cell) -> impl Iterator<Item = (String, Guard)> {
    // Where the data lies step by step restricts nothing: the steps are its whole life.
    let steps = cell.period.as_ref().map_or(&[][..], |period| &period.steps);
    let passed = |store: &&Item| steps.len() > 1 && steps.iter().any(|step| step.at.contains(store));
    let stores: Vec<Item> = cell.stores.iter().filter(|store| !passed(store)).cloned().collect();
    let mut clauses = cell.conditions.clone();
    for (slot, items) in [("about", &cell.about), ("at", &stores), ("in", &cell.places), ("on", &cell.products)] {
        if !items.is_empty() {
            let value = ClauseValue::List { items: items.clone(), join: "and".to_owned() };
            clauses.push(Clause { inherited: false, only: false, slot: slot.to_owned(), value });
        }
    }
    let of_clauses = clauses.into_iter().map(|clause| Guard { clauses: vec![clause], ..Guard::default() });
    let edition = cell.edition.clone().map(|edition| Guard { edition: Some(edition), ..Guard::default() });
    let guards: Vec<Guard> = of_clauses.chain(edition).collect();
    guards.into_iter().map(|guard| (text_of(&guard), guard))
}
