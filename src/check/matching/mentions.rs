//! From nouns to the rows about them, so that no rule compares every row with every other.

use std::collections::HashMap;

use super::Mode;
use crate::check::orders::Orders;
use crate::check::rows::Row;
use crate::policy::{Entry, NounId};

/// The rows by the nouns that are their objects, the members of a list written in place included.
#[derive(Debug, Default)]
pub struct Mentions {
    of: HashMap<NounId, Vec<usize>>,
    /// The rows about whatever there is.
    broad: Vec<usize>,
}

impl Mentions {
    /// The mentions in some rows.
    #[must_use]
    pub fn new(rows: &[Row<'_>]) -> Mentions {
        fn add(mentions: &mut Mentions, entry: &Entry, row: usize) {
            match entry.noun_id() {
                Some(id) => mentions.of.entry(id).or_default().push(row),
                None => mentions.broad.push(row),
            }
            for member in entry.group.iter().flat_map(|group| &group.entries) {
                add(mentions, member, row);
            }
        }
        let mut mentions = Mentions::default();
        for (index, row) in rows.iter().enumerate() {
            row.objects.iter().for_each(|object| add(&mut mentions, object, index));
        }
        mentions
    }

    /// The rows whose objects may be about a noun: it, what it is a part of and, in a condition, its parts.
    #[must_use]
    pub fn about(&self, orders: &Orders<'_>, id: NounId, mode: Mode) -> Vec<usize> {
        let parts = if mode == Mode::Condition { orders.below(id) } else { &[] };
        let nouns = orders.above(id).iter().chain(parts).chain(std::iter::once(&id));
        let mut rows: Vec<usize> = nouns.filter_map(|noun| self.of.get(noun)).flatten().copied().collect();
        rows.extend(&self.broad);
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}
