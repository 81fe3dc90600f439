//! What a policy says of all personal information at once: it stands below the table, once.

use super::Notice;
use crate::document::{Block, Item};
use crate::draft::plan::Plan;
use crate::draft::views::practices::{is_ours, is_stated};
use crate::draft::views::reach::is_blanket;
use crate::policy::NounId;
use crate::syntax::words::{Quantifier, Slot};
use crate::vocabulary::Class;
use crate::wording::{phrase, templates as t};

impl Notice<'_, '_, '_> {
    /// What the policy says of all personal information at once. In the rows it would read as if it had been said of
    /// each kind.
    pub(super) fn of_everything(&mut self) -> Option<Block> {
        let policy = self.drafter.policy;
        let mut items = Vec::new();
        for practice in self.found {
            let plan = &practice.plan;
            let class = plan.class(policy);
            let said = matches!(class, Class::Collection | Class::Use | Class::Retention | Class::Deletion)
                && is_stated(plan, policy)
                && is_ours(plan, policy)
                && plan.clauses.iter().any(|clause| {
                    matches!(clause.slot, Slot::For | Slot::Kept | Slot::Within | Slot::While | Slot::Until)
                })
                && self.data.iter().any(|id| self.reach.reaches(plan, *id) && self.is_of_everything(plan, *id));
            if said {
                let words = self.drafter.statement(plan, practice.sentence.cases.as_deref());
                items.push(Item { spans: vec![self.drafter.span(words, plan.fact_ids())], blocks: Vec::new() });
            }
        }
        let lead = vec![self.drafter.span(phrase(self.drafter.words.of(t::CALIFORNIA_OF_EVERYTHING)), Vec::new())];
        (!items.is_empty()).then_some(Block::List { lead, ordered: false, items })
    }

    /// Whether a sentence is no sentence about a datum, but one about all of them. A period for the rest of all data is
    /// that of each datum without one.
    pub(super) fn is_of_everything(&self, plan: &Plan, id: NounId) -> bool {
        let rest = plan.objects.iter().any(|entry| entry.quantifier == Some(Quantifier::Rest));
        is_blanket(self.drafter.policy, plan, id) && !(rest && self.reach.limits(plan, id).is_empty())
    }
}
