//! From nouns to the rows about them, so that no rule compares every row with every other.

use std::collections::HashMap;

use super::Mode;
use crate::check::orders::Orders;
use crate::check::rows::{Row, entries_of};
use crate::policy::{Entry, NounId};

/// Rows by the nouns that they name, the members of a list written in place included.
#[derive(Debug, Default)]
pub struct Mentions {
    of: HashMap<NounId, Vec<usize>>,
    /// The rows that name something without a noun: whatever there is, a place, a citation.
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

    /// The nouns that are actors, objects or stand in a clause.
    #[must_use]
    pub fn anywhere(rows: &[Row<'_>]) -> Mentions {
        let mut mentions = Mentions::default();
        for (index, row) in rows.iter().enumerate() {
            let clauses = row.clauses.iter().flat_map(|clause| entries_of(&clause.value));
            row.actors.iter().chain(row.objects.iter()).chain(clauses).for_each(|entry| mentions.add(entry, index));
        }
        mentions
    }

    fn add(&mut self, entry: &Entry, row: usize) {
        let list = match entry.noun_id() {
            Some(id) => self.of.entry(id).or_default(),
            None => &mut self.broad,
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
