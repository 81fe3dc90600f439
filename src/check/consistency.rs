//! What cannot all be true, under any law: queries over rows and orders.
//!
//! Each query is one of the kinds that `docs/checks.md` lists. None of them knows a single contradiction: it asks how
//! two boxes lie to each other, or whether a box has a counterpart. What is unsure is left alone, because a wrong
//! finding costs more trust than a missing one.

use std::cell::Cell;

use jiff::civil::Date;

use crate::check::orders::Orders;
use crate::check::rows::Row;
use crate::diagnostic::Sink;
use crate::policy::Policy;

pub mod boxes;
mod dated;
pub mod denied;
mod entailed;
mod flows;
pub mod guards;
mod kinds;
mod lasting;
mod only;
pub mod periods;
pub mod places;
mod reached;
mod say;
mod things;
mod values;
pub mod verbs;

/// What every query reads.
pub struct Ground<'r, 'p> {
    /// The policy.
    pub policy: &'p Policy,
    /// Its nouns.
    pub orders: &'r Orders<'p>,
    /// Its statements.
    pub rows: &'r [Row<'p>],
    /// What is stated, by verb and noun.
    pub index: denied::Index<'r, 'p>,
    /// How many pairs of boxes may still be compared.
    left: Cell<u32>,
}

/// How many pairs of boxes are compared at most, so that thousands of sentences about one thing end too. What they
/// find is right, and may not be all.
const MOST_PAIRS: u32 = 1_000_000;

impl Ground<'_, '_> {
    /// Counts one more pair; false if there were enough.
    fn spend(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// Whether enough pairs were compared.
    fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

/// Reports what cannot all be true.
pub fn check(policy: &Policy, orders: &Orders<'_>, rows: &[Row<'_>], as_of: Option<Date>, sink: &mut Sink) {
    let ground = Ground { policy, orders, rows, index: denied::Index::new(rows, orders), left: Cell::new(MOST_PAIRS) };
    denied::check(&ground, sink);
    things::check(&ground, sink);
    only::check(&ground, sink);
    values::check(&ground, sink);
    kinds::check(&ground, sink);
    lasting::check(&ground, sink);
    dated::check(&ground, as_of, sink);
    entailed::check(&ground, sink);
    flows::check(&ground, sink);
    reached::check(&ground, sink);
}
