//! Neighbours of one shape that differ in two slots or more become a table.

use super::Drafter;
use super::flow::same_actors;
use super::nouns::Listing;
use super::plan::Plan;
use crate::document::{Block, Row};
use crate::policy::{Clause, ClauseValue};
use crate::syntax::words::{Join, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

/// The fewest sentences that make a table.
const FEWEST_ROWS: usize = 3;
/// The most words of a cell.
const LONGEST_CELL: usize = 12;
/// The most words of a cell in a table of records, which has to hold reasons and conditions too.
const LONGEST_RECORD_CELL: usize = 40;
/// The columns of records, in their order; the purposes and the objects come first.
const RECORD_COLUMNS: [Slot; 13] = [
    Slot::About,
    Slot::From,
    Slot::On,
    Slot::Via,
    Slot::When,
    Slot::Under,
    Slot::With,
    Slot::To,
    Slot::At,
    Slot::In,
    Slot::Within,
    Slot::Until,
    Slot::Kept,
];

impl Drafter<'_> {
    /// How many of the sentences at the front make a table; zero if they are better said one by one.
    pub(super) fn table_length(&self, plans: &[Plan]) -> usize {
        let Some(first) = plans.first() else { return 0 };
        if !self.fits_table(first) {
            return 0;
        }
        let rows = plans.iter().take_while(|plan| self.fits_table(plan) && same_shape(first, plan)).count();
        if rows < FEWEST_ROWS {
            return 0;
        }
        let shown = plans.get(..rows).unwrap_or_default();
        // A column holds reasons or periods, never both.
        let periods = shown.iter().filter(|plan| says_how_long(plan)).count();
        if periods != 0 && periods != rows {
            return 0;
        }
        if self.differing(shown).len() >= 2 { rows } else { 0 }
    }

    /// Whether a sentence may be a row: nothing in it needs a sentence of its own.
    fn fits_table(&self, plan: &Plan) -> bool {
        let record = is_record(plan);
        let plain_clause = |clause: &Clause| {
            !clause.only
                && !matches!(
                    clause.slot,
                    Slot::Because | Slot::Unless | Slot::See | Slot::Before | Slot::After | Slot::While
                )
                // A role that a block gives to all rows is said once, in front of them.
                && (clause.slot != Slot::As || plan.inherited.contains(&Slot::As))
                && (record || clause.slot != Slot::When)
                && (!record
                    || matches!(clause.slot, Slot::For | Slot::As)
                    || RECORD_COLUMNS.contains(&clause.slot))
                && match &clause.value {
                    ClauseValue::List(entries, _) => record || entries.iter().all(|entry| entry.tail.is_empty()),
                    ClauseValue::Condition(_) | ClauseValue::Guarded(_) => true,
                    ClauseValue::Topic(..) | ClauseValue::Flag => false,
                }
        };
        !plan.objects.is_empty()
            && plan.except.is_none()
            && plan.manner.is_none()
            && !plan.only_actor
            && plan.in_that_case.is_none()
            && plan.entry_facts.is_empty()
            && plan.clauses.iter().all(plain_clause)
            && plan.objects.iter().all(|entry| record || (entry.tail.is_empty() && self.printed_group(entry).is_none()))
            && self.short_cells(plan)
    }

    fn short_cells(&self, plan: &Plan) -> bool {
        let longest = if is_record(plan) { LONGEST_RECORD_CELL } else { LONGEST_CELL };
        let of_entries = |entries: &[crate::policy::Entry]| -> usize {
            entries.iter().filter(|entry| entry.noun_id().is_some()).map(|entry| self.words_of(entry)).sum()
        };
        of_entries(&plan.objects) <= longest
            && plan.clauses.iter().all(|clause| match &clause.value {
                ClauseValue::List(entries, _) => of_entries(entries) <= longest,
                ClauseValue::Condition(condition) => self.words_of_condition(condition) <= longest,
                ClauseValue::Topic(..) | ClauseValue::Flag => false,
                ClauseValue::Guarded(_) => true,
            })
    }

    /// The columns in which rows differ: none for the objects, else the slot.
    fn differing(&self, plans: &[Plan]) -> Vec<Option<Slot>> {
        let Some(first) = plans.first() else { return Vec::new() };
        let mut columns = Vec::new();
        let differs = |slot: Slot| {
            plans.iter().any(|plan| plan.clause(slot) != first.clause(slot))
                // A value in every row has to be read off in every row.
                || plans.iter().any(|plan| plan.entries(slot).iter().any(|entry| entry.noun_id().is_none()))
        };
        // Readers of records look for the purpose first.
        if is_record(first) && differs(Slot::For) {
            columns.push(Some(Slot::For));
        }
        if plans.iter().any(|plan| plan.objects != first.objects) {
            columns.push(None);
        }
        if is_record(first) {
            columns.extend(RECORD_COLUMNS.into_iter().filter(|slot| differs(*slot)).map(Some));
        } else {
            columns.extend(first.clauses.iter().map(|clause| clause.slot).filter(|slot| differs(*slot)).map(Some));
        }
        columns
    }

    /// Sentences of one shape as a table.
    pub(super) fn table(&mut self, plans: &[Plan], out: &mut Vec<Block>) {
        let Some(first) = plans.first() else { return };
        let columns = self.differing(plans);
        let mut shared = first.clone();
        shared.clauses.retain(|clause| !columns.contains(&Some(clause.slot)));
        if columns.contains(&None) {
            shared.objects = vec![crate::policy::Entry::of_head(crate::policy::Head::Everything)];
        }
        let words = self.clause_of(&shared);
        let mut caption = self.words.fill(t::TABLE_CAPTION, &[("sentence", &words)]);
        caption.capitalise();
        let caption = vec![self.span(caption, Vec::new())];
        let headings = columns
            .iter()
            .map(|column| {
                let lasts = column == &Some(Slot::For) && plans.iter().all(says_how_long);
                let mechanism =
                    column == &Some(Slot::Under) && plans.iter().all(|plan| plan.class(self.policy) == Class::Transfer);
                let name = match column {
                    _ if lasts => "while",
                    _ if mechanism => "mechanism",
                    Some(slot) => slot.word(),
                    None => "objects",
                };
                Template::find(&format!("column-{name}")).map_or(name, |found| self.words.of(found)).to_owned()
            })
            .collect();
        let rows = plans
            .iter()
            .map(|plan| {
                let facts = plan.fact_ids();
                let cells = columns
                    .iter()
                    .enumerate()
                    .map(|(index, column)| {
                        let mut words = match column {
                            None => self.list(&plan.objects, Listing::objects(plan.object_join)),
                            Some(slot) => self.cell(plan, *slot),
                        };
                        words.capitalise();
                        self.span(words, if index == 0 { facts.clone() } else { Vec::new() })
                    })
                    .collect();
                Row { facts, cells }
            })
            .collect();
        out.push(Block::Table { caption, columns: headings, rows });
    }

    /// A slot as a cell: its list without the word that the heading says.
    pub(super) fn cell(&mut self, plan: &Plan, slot: Slot) -> Phrase {
        let outer = std::mem::replace(&mut self.in_cell, true);
        let words = self.cell_words(plan, slot);
        self.in_cell = outer;
        words
    }

    fn cell_words(&mut self, plan: &Plan, slot: Slot) -> Phrase {
        let Some(clause) = plan.clause(slot) else {
            // Whose data it is goes without saying only where it is the reader's.
            let yours = slot == Slot::About && !self.readers.is_empty();
            return if yours { phrase("you") } else { phrase(self.words.of(t::NOT_SAID)) };
        };
        match &clause.value {
            ClauseValue::List(entries, join) if matches!(slot, Slot::For | Slot::Via | Slot::Under) => {
                let (entries, join) = (entries.clone(), *join);
                match slot {
                    Slot::For if entries.iter().all(|entry| self.is_verb_purpose(entry)) => {
                        self.purposes(&entries, join)
                    }
                    Slot::For if entries.iter().any(|entry| entry.period().is_some()) => {
                        self.list(&entries, Listing::objects(join))
                    }
                    Slot::For => self.purposes_each(&entries, join),
                    _ => self.list(&entries, Listing::objects(join)),
                }
            }
            ClauseValue::List(entries, join) => {
                let (entries, join) = (entries.clone(), *join);
                self.list(&entries, Listing::objects(join))
            }
            ClauseValue::Guarded(arms) => {
                let said = arms.clone().into_iter().map(|arm| {
                    let mut own = Plan::empty();
                    own.clauses.push(Clause { slot, only: false, value: arm.value });
                    let value = self.cell_words(&own, slot);
                    (self.guard(&arm.guard), value)
                });
                let said = said.collect();
                self.arms(said)
            }
            ClauseValue::Condition(_) | ClauseValue::Topic(..) | ClauseValue::Flag => {
                let clause = clause.clone();
                self.clause(plan, &clause)
            }
        }
    }
}

/// Whether the sentence says for how long.
fn says_how_long(plan: &Plan) -> bool {
    plan.entries(Slot::For).iter().any(|entry| entry.period().is_some())
}

/// Whether a sentence records a processing with its ground or its period, which many of its kind do side by side.
fn is_record(plan: &Plan) -> bool {
    plan.clause(Slot::Kept).is_some() || (plan.clause(Slot::Under).is_some() && plan.clause(Slot::For).is_some())
}

/// Whether two sentences have the same actor, force, verbs and filled slots. Records may fill different slots:
/// what one of them does not say is marked in its row.
fn same_shape(one: &Plan, other: &Plan) -> bool {
    let slots = |plan: &Plan| -> Vec<Slot> {
        let mut slots: Vec<Slot> = plan.clauses.iter().map(|clause| clause.slot).collect();
        slots.sort_unstable();
        slots
    };
    let join = |plan: &Plan| plan.objects.len() > 1 && plan.object_join != Join::And;
    same_actors(&one.actors, &other.actors)
        && one.force == other.force
        && one.polarity == other.polarity
        && one.verbs == other.verbs
        && one.verb_join == other.verb_join
        && one.reader == other.reader
        && one.inherited == other.inherited
        && is_record(one) == is_record(other)
        && (is_record(one) || slots(one) == slots(other))
        && join(one) == join(other)
}
