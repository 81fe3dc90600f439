//! Rights and choices: the rights of the same readers as one list, then what readers can do.

use super::{Drafter, Statement};
use crate::document::Item;
use crate::draft::plan::Plan;
use crate::policy::{Clause, ClauseValue, Entry, NounId};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::{fill, phrase, templates as t};

/// So many choices are all said.
const FEW_CHOICES: usize = 4;
/// How many are said where there are more.
const MOST_CHOICES: usize = 2;
/// The most consents whose means are said.
const MOST_CONSENTS: usize = 2;

impl<'p> Drafter<'p> {
    /// The rights first, then complaints, choices and the withdrawal of consents.
    pub(super) fn right_items(&mut self, statements: &[Statement<'p>], steps: &[Statement<'p>]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut merged: Vec<Plan> = Vec::new();
        for statement in statements.iter().filter(|statement| self.gives_rights(statement)) {
            let plan = self.rights_alone(&statement.plan);
            match merged.iter_mut().find(|known| is_alike(known, &plan)) {
                Some(known) => {
                    let new: Vec<Entry> =
                        plan.objects.into_iter().filter(|entry| !known.objects.contains(entry)).collect();
                    known.objects.extend(new);
                    known.facts.extend(plan.facts);
                }
                None => merged.push(plan),
            }
        }
        for plan in merged {
            let item = self.rights_item(&plan);
            items.push(item);
        }
        let complains = |drafter: &Self, statement: &Statement<'_>| {
            let is_complaint = |id: NounId| drafter.policy.is(id, "complaint");
            drafter.is_reader(statement)
                && !statement.plan.is_denied(drafter.policy)
                && (statement.plan.verbs.iter().any(|verb| drafter.policy.verb(*verb).name.starts_with("complain"))
                    || statement.plan.objects.iter().filter_map(Entry::noun_id).any(is_complaint))
        };
        let complaints: Vec<&Statement<'p>> =
            statements.iter().chain(steps).filter(|statement| complains(self, statement)).collect();
        items.extend(complaints.iter().map(|statement| self.whole_item(statement)));
        let choices: Vec<&Statement<'p>> = statements
            .iter()
            .filter(|statement| {
                self.is_class(statement, &[Class::Choice, Class::Right])
                    && self.is_reader(statement)
                    && !self.gives_rights(statement)
                    && !complains(self, statement)
            })
            .collect();
        let most = if choices.len() > FEW_CHOICES { MOST_CHOICES } else { FEW_CHOICES };
        items.extend(choices.into_iter().take(most).map(|statement| self.whole_item(statement)));
        items.extend(self.withdrawals());
        items
    }

    /// Whether a sentence says which rights readers have.
    fn gives_rights(&self, statement: &Statement<'_>) -> bool {
        let plan = &statement.plan;
        let is_right = |entry: &Entry| entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Right);
        self.is_class(statement, &[Class::Right])
            && !plan.is_denied(self.policy)
            && statement.closed.is_none()
            && self.is_reader(statement)
            && !plan.objects.is_empty()
            && plan.objects.iter().all(is_right)
    }

    /// The rights of a sentence with what restricts them, and without what only adds to them.
    fn rights_alone(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        plan.clauses.retain(|clause| {
            !matches!(
                clause.slot,
                Slot::Under
                    | Slot::Via
                    | Slot::See
                    | Slot::Because
                    | Slot::From
                    | Slot::Kept
                    | Slot::Required
                    | Slot::Optional
            )
        });
        plan.inherited.retain(|slot| plan.clauses.iter().any(|clause| clause.slot == *slot));
        plan.objects = plan.objects.iter().map(|entry| self.bare(entry)).collect();
        plan
    }

    fn rights_item(&mut self, plan: &Plan) -> Item {
        let readers = plan.reader.clone().unwrap_or_else(|| self.readers.clone());
        let outer = std::mem::replace(&mut self.readers, readers);
        let words = self.briefly(|drafter| drafter.clause_of(plan));
        self.readers = outer;
        let facts = plan.fact_ids();
        let words = self.led_to(facts.first(), words);
        Item { spans: vec![self.sentence_span(words, facts)], blocks: Vec::new() }
    }

    /// How to withdraw the consents that say so: those with the same means in one line, and all of them in one if
    /// they are many.
    fn withdrawals(&mut self) -> Vec<Item> {
        let mut groups: Vec<(Vec<Entry>, Join, Vec<NounId>)> = Vec::new();
        for id in self.declared(Kind::Basis) {
            let field = self.policy.noun(id).fields.iter().find(|field| &*field.key == "withdraw");
            let Some(field) = field.filter(|field| field.arms.is_empty()) else { continue };
            match groups.iter_mut().find(|(means, join, _)| *means == field.values && *join == field.join) {
                Some((.., consents)) => consents.push(id),
                None => groups.push((field.values.clone(), field.join, vec![id])),
            }
        }
        if groups.len() > MOST_CONSENTS {
            let all = groups.into_iter().flat_map(|(.., consents)| consents).collect::<Vec<_>>();
            return vec![self.withdrawal(&all, None)];
        }
        groups
            .into_iter()
            .map(|(means, join, consents)| {
                let via = Clause { slot: Slot::Via, only: false, value: ClauseValue::List(means, join) };
                self.withdrawal(&consents, Some(&via))
            })
            .collect()
    }

    fn withdrawal(&mut self, consents: &[NounId], via: Option<&Clause>) -> Item {
        let facts: Vec<String> = consents.iter().map(|id| format!("{}.withdraw", self.policy.noun(*id).id)).collect();
        let linked = consents
            .iter()
            .map(|id| {
                let noun = self.policy.noun(*id);
                self.led_to(Some(&noun.id.to_string()), phrase(noun.words()))
            })
            .collect();
        self.mentions.extend(consents);
        let linked = self.words.join(linked, Join::And);
        let words = match via {
            Some(via) => {
                let around = Plan::empty();
                let means = self.briefly(|drafter| drafter.clause(&around, via));
                fill(t::VIEW_WITHDRAW, &[("consents", &linked), ("means", &means)])
            }
            None => fill(t::VIEW_WITHDRAW_EACH, &[("consents", &linked)]),
        };
        Item { spans: vec![self.sentence_span(words, facts)], blocks: Vec::new() }
    }
}

/// Whether two sentences give rights to the same readers under the same conditions.
fn is_alike(one: &Plan, other: &Plan) -> bool {
    one.reader == other.reader
        && one.clauses == other.clauses
        && one.except == other.except
        && one.force == other.force
        && one.manner == other.manner
        && one.verbs == other.verbs
        && one.actors == other.actors
        && one.object_join == other.object_join
}
