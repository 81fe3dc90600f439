//! From nouns to the rows about them, so that no rule compares every row with every other.

use foldhash::HashMap;

use super::Mode;
use super::clauses::{clause_entries, events_of};
use crate::check::orders::Orders;
use crate::check::rows::Row;
use crate::policy::{Clause, Entry, Head, NounId, Value};

/// Rows by the nouns that they name, the members of a list written in place included.
#[derive(Debug, Default)]
pub struct Mentions {
    of: HashMap<NounId, Vec<usize>>,
    /// The rows that may name any noun without its name: by whatever there is, by a citation.
    broad: Vec<usize>,
}

impl Mentions {
    /// The nouns that are objects.
    #[must_use]
    pub fn of_objects(rows: &[Row<'_>]) -> Mentions {
        let mut mentions = Mentions::default();
        for (index, row) in rows.iter().enumerate() {
            row.objects.iter().for_each(|object| mentions.add(object, index));
        }
        mentions
    }

    /// The nouns that are actors, objects or stand in a clause, in a tail or in a condition.
    #[must_use]
    pub fn anywhere(rows: &[Row<'_>]) -> Mentions {
        let mut mentions = Mentions::default();
        for (index, row) in rows.iter().enumerate() {
            for entry in row.actors.iter().chain(row.objects.iter()) {
                mentions.add_whole(entry, index);
            }
            for clause in &row.clauses {
                mentions.add_clause(clause, index);
            }
        }
        mentions
    }

    fn add_clause(&mut self, clause: &Clause, row: usize) {
        for entry in clause_entries(&clause.value) {
            self.add_whole(entry, row);
        }
    }

    fn add_whole(&mut self, entry: &Entry, row: usize) {
        self.add(entry, row);
        for event in events_of(entry) {
            self.add(event, row);
        }
        for clause in &entry.tail {
            self.add_clause(clause, row);
        }
    }

    fn add(&mut self, entry: &Entry, row: usize) {
        let list = match &entry.head {
            Head::Noun(id) | Head::Field(id, _) => self.of.entry(*id).or_default(),
            Head::Everything | Head::Value(Value::Citation(_)) => &mut self.broad,
            Head::We | Head::You | Head::Value(_) | Head::Period(_) => return,
        };
        if list.last() != Some(&row) {
            list.push(row);
        }
        for member in entry.group.iter().flat_map(|group| &group.entries) {
            self.add(member, row);
        }
    }

    /// The rows that name a noun itself, in their order.
    #[must_use]
    pub fn naming(&self, id: NounId) -> &[usize] {
        self.of.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The rows that may be about a noun: it, what it is a part of and, in a condition, its parts.
    #[must_use]
    pub fn about(&self, orders: &Orders<'_>, id: NounId, mode: Mode) -> Vec<usize> {
        let parts = if mode == Mode::Condition { orders.below(id) } else { &[] };
        let nouns = orders.above(id).iter().chain(parts).chain(std::iter::once(&id));
        let mut rows: Vec<usize> = nouns.flat_map(|noun| self.naming(*noun)).copied().collect();
        rows.extend(&self.broad);
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}
