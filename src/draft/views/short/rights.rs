//! Rights and choices: the rights of the same readers as one list, then what readers can do.

use super::{Drafter, Statement};
use crate::document::Item;
use crate::draft::Inherited;
use crate::draft::plan::Plan;
use crate::policy::{Clause, ClauseValue, Entry, Node, NounId};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

/// So many choices are all said.
const FEW_CHOICES: usize = 3;
/// How many are said where there are more.
const MOST_CHOICES: usize = 2;
/// So many sentences about complaints are repeated.
const MOST_COMPLAINTS: usize = 2;
/// The most consents whose means are said.
const MOST_CONSENTS: usize = 2;

impl<'p> Drafter<'p> {
    /// The rights first, then complaints, choices and the withdrawal of consents.
    pub(super) fn right_items(&mut self, statements: &[Statement<'p>], steps: &[Statement<'p>]) -> Vec<Item> {
        let mut items = self.rights_given(statements, usize::MAX);
        items.extend(self.complaints(statements, steps));
        items.extend(self.choices_given(statements));
        items.extend(self.withdrawals());
        items
    }

    /// The rights of the same readers as one sentence, the first of many.
    pub(super) fn rights_given(&mut self, statements: &[Statement<'p>], most: usize) -> Vec<Item> {
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
        for mut plan in merged {
            let more = plan.objects.len() > most;
            plan.objects.truncate(most);
            let item = self.rights_item(&plan, more);
            items.push(item);
        }
        items
    }

    /// Whether a sentence says that readers can complain.
    fn complains(&self, statement: &Statement<'_>) -> bool {
        let is_complaint = |id: NounId| self.policy.is(id, "complaint");
        self.is_reader(statement)
            && !statement.plan.is_denied(self.policy)
            && (statement.plan.verbs.iter().any(|verb| self.policy.verb(*verb).name.starts_with("complain"))
                || statement.plan.objects.iter().filter_map(Entry::noun_id).any(is_complaint))
    }

    /// Where readers can complain.
    fn complaints(&mut self, statements: &[Statement<'p>], steps: &[Statement<'p>]) -> Vec<Item> {
        let mut items = Vec::new();
        let complaints: Vec<&Statement<'p>> =
            statements.iter().chain(steps).filter(|statement| self.complains(statement)).collect();
        let (named, unnamed): (Vec<&Statement<'p>>, Vec<&Statement<'p>>) =
            complaints.into_iter().partition(|statement| !self.hears_complaint(&statement.plan).is_empty());
        if named.len() > MOST_COMPLAINTS {
            items.push(self.complaints_item(&named));
        } else {
            items.extend(named.iter().map(|statement| self.whole_item(statement)));
        }
        items.extend(unnamed.iter().map(|statement| self.whole_item(statement)));
        items
    }

    /// What readers can do, the first of many.
    pub(super) fn choices_given(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let mut choices: Vec<&Statement<'p>> = statements
            .iter()
            .filter(|statement| {
                self.is_class(statement, &[Class::Choice, Class::Right])
                    && self.is_reader(statement)
                    && !self.gives_rights(statement)
                    && !self.complains(statement)
            })
            .collect();
        // What readers can switch comes before what they can ask for.
        choices.sort_by_key(|statement| !self.is_class(statement, &[Class::Choice]));
        let most = if choices.len() > FEW_CHOICES { MOST_CHOICES } else { FEW_CHOICES };
        choices.into_iter().take(most).map(|statement| self.whole_item(statement)).collect()
    }

    /// Where a complaint goes.
    fn hears_complaint(&self, plan: &Plan) -> Vec<Entry> {
        let named = [Slot::To, Slot::With].into_iter().flat_map(|slot| plan.entries(slot));
        let is_party = |entry: &&Entry| entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Party);
        plan.objects.iter().chain(named).filter(is_party).map(|entry| self.bare(entry)).collect()
    }

    /// "Depending on where you live and what it is about, you can complain to …": where complaints can go, each with
    /// its place in the full policy, which says who can.
    fn complaints_item(&mut self, complaints: &[&Statement<'p>]) -> Item {
        let mut facts = Vec::new();
        let mut names: Vec<Phrase> = Vec::new();
        for statement in complaints {
            let plan = &statement.plan;
            facts.extend(plan.fact_ids());
            let who = self.hears_complaint(plan);
            let name = self.bare_list(&who);
            if !names.iter().any(|known| known.plain() == name.plain()) {
                names.push(self.led_to(plan.facts.first(), name));
            }
        }
        let list = self.words.join(names, Join::Or);
        let words = self.words.fill(t::VIEW_COMPLAIN, &[("list", &list)]);
        Item { spans: vec![self.sentence_span(words, facts)], blocks: Vec::new() }
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

    fn rights_item(&mut self, plan: &Plan, more: bool) -> Item {
        let readers = plan.reader.clone().unwrap_or_else(|| self.readers.clone());
        let outer = std::mem::replace(&mut self.readers, readers);
        let words = self.briefly(|drafter| drafter.clause_of(plan));
        self.readers = outer;
        let words = if more { self.words.fill(t::VIEW_MORE, &[("list", &words)]) } else { words };
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

    /// The readers of the block that a noun is declared in.
    fn reader_of(&self, id: NounId) -> Option<Vec<NounId>> {
        fn find(drafter: &Drafter<'_>, nodes: &[Node], around: &Inherited, id: NounId) -> Option<Option<Vec<NounId>>> {
            nodes.iter().find_map(|node| match node {
                Node::Noun(noun) if *noun == id => Some(around.reader.clone()),
                Node::Section(section) => find(drafter, &section.nodes, around, id),
                Node::Scope(scope) => find(drafter, &scope.nodes, &drafter.inside(scope, around), id),
                Node::Edition(_, nodes) => find(drafter, nodes, around, id),
                Node::Noun(_) | Node::Sentence(_) | Node::Steps(_) | Node::Prose(_) | Node::Addition(_) => None,
            })
        }
        find(self, &self.policy.nodes, &Inherited::default(), id).flatten()
    }

    fn withdrawal(&mut self, consents: &[NounId], via: Option<&Clause>) -> Item {
        let facts: Vec<String> = consents.iter().map(|id| format!("{}.withdraw", self.policy.noun(*id).id)).collect();
        let linked = consents
            .iter()
            .map(|id| {
                let noun = self.policy.noun(*id);
                let words = self.led_to(Some(&noun.id.to_string()), phrase(noun.words()));
                match self.reader_of(*id) {
                    Some(people) => {
                        let people = self.one_of(&people);
                        let reader = self.words.fill(t::WHEN_READER, &[("people", &people)]);
                        self.words.fill(t::VIEW_WITHDRAW_READER, &[("consent", &words), ("reader", &reader)])
                    }
                    None => words,
                }
            })
            .collect();
        self.mentions.extend(consents);
        let linked = self.words.join(linked, Join::And);
        let words = match via {
            Some(via) => {
                let around = Plan::empty();
                let means = self.briefly(|drafter| drafter.clause(&around, via));
                self.words.fill(t::VIEW_WITHDRAW, &[("consents", &linked), ("means", &means)])
            }
            None => self.words.fill(t::VIEW_WITHDRAW_EACH, &[("consents", &linked)]),
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
