//! Values with parts of their own: periods and the provisions of laws.

use super::{Condition, Entry, NounId};
use crate::syntax::ast::Unit;
use crate::syntax::words::{Bound, EndState, Whichever};

/// How long: one type for retention, lifetimes, deadlines and notice periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The steps, one after the other; never empty.
    pub steps: Vec<PeriodStep>,
    /// What becomes of the data.
    pub end: Option<EndState>,
    /// How long all steps together last.
    pub total: Option<(Bound, Amount)>,
}

/// A number of units of time.
pub type Amount = (u32, Unit);

/// One step of a period; it says at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeriodStep {
    /// How exactly the amount is meant.
    pub bound: Bound,
    /// How long.
    pub amount: Option<Amount>,
    /// What it counts from.
    pub start: Option<PeriodStart>,
    /// What ends it.
    pub until: Option<Condition>,
    /// What it lasts as long as.
    pub lasting: Option<Condition>,
    /// What it depends on, where no number is given.
    pub criterion: Option<Box<str>>,
    /// Where the data lies meanwhile.
    pub stores: Vec<Entry>,
    /// Which of several ends counts.
    pub whichever: Option<Whichever>,
}

/// What a period counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodStart {
    /// `of your request`
    Of(Box<Entry>),
    /// `after you leave`
    After(Condition),
    /// `before the change`
    Before(Condition),
}

impl Period {
    /// Where something lies while it lasts.
    pub fn stores(&self) -> impl Iterator<Item = &Entry> {
        self.steps.iter().flat_map(|step| &step.stores)
    }

    /// The period as a duration of ISO 8601, if it is one amount and nothing else.
    #[must_use]
    pub fn amount(&self) -> Option<Amount> {
        match self.steps.as_slice() {
            [only] => only.amount,
            _ => None,
        }
    }
}

/// Provisions of laws, joined by `with`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// As written.
    pub words: Box<str>,
    /// The provisions, in source order; never empty.
    pub provisions: Vec<Provision>,
}

/// One provision of a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// The law, if it is one that is known.
    pub law: Option<NounId>,
    /// What follows the law's name, verbatim: `6(1)(b)`.
    pub reference: Box<str>,
}
