//! Blocks under a common clause, for another reader, and lists of steps.

use super::plan::{Plan, under};
use super::predicate::Shortening;
use super::sentence::Style;
use super::{Drafter, Inherited, into_item};
use crate::document::{Block, Item};
use crate::policy::{Clause, Node, Scope, Steps};
use crate::syntax::words::{Force, Polarity, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

impl<'p> Drafter<'p> {
    /// Statements under common clauses or for another reader.
    pub(super) fn scope(&mut self, scope: &'p Scope, inherited: &Inherited, out: &mut Vec<Block>) {
        let inside = self.inside(scope, inherited);
        let outer_readers = self.readers.clone();
        if let Some(you) = &scope.you {
            self.readers.clone_from(you);
        }
        let plans = self.plain_plans(&scope.nodes, &inside);
        let has_sections = super::has_sections(&scope.nodes);
        match plans {
            Some(plans) if plans.len() > 1 => self.scope_of_sentences(plans, &inside, out),
            // Sections stay sections; that they are for some readers is said in front of them.
            _ if inside.reader.is_some() && has_sections => {
                let lead = self.reader_applies(&inside, &scope.nodes);
                out.push(Block::Paragraph { spans: vec![lead] });
                self.details(out);
                self.nodes(&scope.nodes, &Inherited { reader: None, ..inside }, out);
            }
            // What holds on one product only is said in front of its rows.
            _ if inside.reader.is_none() && !inside.clauses.is_empty() && self.are_rows(&scope.nodes) => {
                let mut plan = Plan::empty();
                plan.clauses.clone_from(&inside.clauses);
                let mut words = Phrase::default();
                for clause in &inside.clauses {
                    let clause = self.slot(&plan, clause.slot);
                    words.push_str(if words.is_empty() { "" } else { " " });
                    words.append(clause);
                }
                let mut lead = self.words.fill(t::SCOPE_ROLE, &[("role", &words)]);
                lead.capitalise();
                let lead = self.leading(lead, &scope.nodes);
                out.push(Block::Paragraph { spans: vec![lead] });
                self.nodes(&scope.nodes, &inside, out);
            }
            _ if inside.reader.is_some() && self.are_rows(&scope.nodes) => {
                let lead = self.reader_applies(&inside, &scope.nodes);
                out.push(Block::Paragraph { spans: vec![lead] });
                self.details(out);
                self.nodes(&scope.nodes, &inside, out);
            }
            _ if inside.reader.is_some() && scope.nodes.len() > 1 => self.reader_items(&scope.nodes, &inside, out),
            _ => self.nodes(&scope.nodes, &inside, out),
        }
        self.readers = outer_readers;
    }

    /// What surrounds the statements in a block.
    pub(super) fn inside(&self, scope: &Scope, inherited: &Inherited) -> Inherited {
        let mut inside = inherited.clone();
        for clause in &scope.clauses {
            let both = inside.clauses.iter().find(|outer| outer.slot == clause.slot);
            let both = both.map_or_else(|| clause.clone(), |outer| under(outer, clause));
            inside.clauses.retain(|outer| outer.slot != clause.slot);
            inside.clauses.push(both);
        }
        if let Some(you) = &scope.you {
            inside.reader = (*you != self.policy.header.you).then(|| you.clone());
        }
        inside
    }

    /// Several sentences under one clause: a lead-in with bullets, or one after the other.
    fn scope_of_sentences(&mut self, plans: Vec<Plan>, inside: &Inherited, out: &mut Vec<Block>) {
        // What fits a table is read best there, whoever it is for.
        if self.table_length(&plans) == plans.len() {
            self.run(plans, out);
            return;
        }
        if let Some(role) = inside.clauses.iter().find(|clause| clause.slot == Slot::As && !clause.only)
            && plans.iter().all(|plan| plan.reader.is_none() && self.acts_as(plan))
        {
            self.role_items(&role.clone(), plans, out);
            return;
        }
        let opening = inside
            .clauses
            .iter()
            .find(|clause| matches!(clause.slot, Slot::When | Slot::After | Slot::Before) && !clause.only);
        let plans = super::merge::merge(plans, self.policy);
        let own_condition = plans.iter().any(|plan| {
            opening.is_some_and(|clause| plan.clause(clause.slot).is_some() && !plan.inherited.contains(&clause.slot))
        });
        match (opening.cloned(), &inside.reader) {
            (_, Some(_)) => {
                if plans.len() == 1 {
                    self.run(plans, out);
                } else {
                    let nodes: Vec<Plan> = plans.into_iter().map(|plan| Plan { reader: None, ..plan }).collect();
                    self.reader_plans(nodes, inside, out);
                }
            }
            (Some(clause), None) if !own_condition && same_subject(&plans) && plans.len() > 1 => {
                self.bullets_under(&clause, plans, out);
            }
            (Some(clause), None) if !own_condition && plans.len() == 2 && self.is_contrast(&plans) => {
                self.contrast(&clause, &plans, out);
            }
            (Some(clause), None) if !own_condition => {
                let run = plans
                    .into_iter()
                    .enumerate()
                    .map(|(index, mut plan)| {
                        if index > 0 {
                            plan.clauses.retain(|other| other.slot != clause.slot);
                            plan.inherited.retain(|slot| *slot != clause.slot);
                            plan.in_that_case = Some(clause.slot);
                        }
                        plan
                    })
                    .collect();
                let outer = std::mem::replace(&mut self.hold_details, true);
                self.run(run, out);
                self.hold_details = outer;
                self.details(out);
            }
            _ => self.run(plans, out),
        }
    }

    /// "When you enable an integration, we will:" with verb phrases as items.
    fn bullets_under(&mut self, clause: &Clause, plans: Vec<Plan>, out: &mut Vec<Block>) {
        let mut lead_plan = Plan::empty();
        lead_plan.clauses.push(clause.clone());
        if let Some(first) = plans.first() {
            lead_plan.actors.clone_from(&first.actors);
            lead_plan.actor_join = first.actor_join;
            lead_plan.force = first.force;
            lead_plan.polarity = first.polarity;
        }
        let front = self.slot(&lead_plan, clause.slot);
        let front = self.words.fill(t::FRONT, &[("phrase", &front)]);
        let predicate = self.lead_predicate(&lead_plan);
        let mut lead = self.words.fill(t::SCOPE_LEAD, &[("front", &front), ("predicate", &predicate)]);
        lead.capitalise();
        let facts: Vec<String> = plans.iter().flat_map(Plan::fact_ids).collect();
        let lead_span = {
            // The ids of the sentences are targets at their items, not at the lead-in.
            let span = self.span(lead, Vec::new());
            crate::document::Span { facts: facts.clone(), ..span }
        };
        let mut items = Vec::new();
        for mut plan in plans {
            plan.clauses.retain(|other| other.slot != clause.slot);
            let said = self.say(&plan, Shortening::default(), Style::Bare);
            items.push(self.item_of(said, &plan, false));
        }
        out.push(Block::List { lead: vec![lead_span], ordered: false, items });
        self.details(out);
    }

    /// A sentence as an item, with its own list under it.
    fn item_of(&mut self, said: super::sentence::Said, plan: &Plan, sentence: bool) -> Item {
        let mut words = said.words;
        if sentence {
            words.capitalise();
        }
        let mut blocks = Vec::new();
        if said.items.is_empty() {
            if sentence {
                words.full_stop();
            }
        } else {
            words.push_str(":");
            blocks.push(Block::List { lead: Vec::new(), ordered: false, items: said.items });
        }
        let mut spans = vec![self.span(words, plan.fact_ids())];
        for words in [self.taking_part(plan), self.needed(plan), self.kept(plan), self.see(plan)].into_iter().flatten()
        {
            spans.push(self.sentence_span(words, plan.fact_ids()));
        }
        Item { spans, blocks }
    }

    fn is_contrast(&self, plans: &[Plan]) -> bool {
        let [one, other] = plans else { return false };
        super::flow::same_actors(&one.actors, &other.actors)
            && !one.is_denied(self.policy)
            && other.is_denied(self.policy)
            && self.bulleted(one).is_none()
            && self.bulleted(other).is_none()
    }

    /// "If cookies are disabled, you can access most of our site, but you might not be able to …"
    fn contrast(&mut self, clause: &Clause, plans: &[Plan], out: &mut Vec<Block>) {
        let [one, other] = plans else { return };
        let mut other = other.clone();
        other.clauses.retain(|own| own.slot != clause.slot);
        let first = self.clause_of(one);
        let second = self.clause_of(&other);
        let words = self.words.fill(t::BUT, &[("sentence", &first), ("other", &second)]);
        let mut facts = one.fact_ids();
        facts.extend(other.fact_ids());
        let mut spans = vec![self.sentence_span(words, facts)];
        spans.extend(self.detail_spans());
        out.push(Block::Paragraph { spans });
    }

    /// "If you are a customer:" with every statement as an item.
    fn reader_items(&mut self, nodes: &'p [Node], inside: &Inherited, out: &mut Vec<Block>) {
        let without = Inherited { reader: None, ..inside.clone() };
        let lead = self.reader_lead(inside);
        let mut items = Vec::new();
        for node in nodes {
            let mut blocks = Vec::new();
            self.nodes(std::slice::from_ref(node), &without, &mut blocks);
            items.extend(into_item(blocks));
        }
        out.push(Block::List { lead, ordered: false, items });
        self.details(out);
    }

    fn reader_plans(&mut self, plans: Vec<Plan>, inside: &Inherited, out: &mut Vec<Block>) {
        let lead = self.reader_lead(inside);
        let mut items = Vec::new();
        for plan in plans {
            let mut blocks = Vec::new();
            self.run(vec![plan], &mut blocks);
            items.extend(into_item(blocks));
        }
        out.push(Block::List { lead, ordered: false, items });
        self.details(out);
    }

    /// "As a data processor for our customers:" with every statement as an item.
    fn role_items(&mut self, role: &Clause, plans: Vec<Plan>, out: &mut Vec<Block>) {
        let mut lead = Plan::empty();
        lead.clauses.push(role.clone());
        let role = self.slot(&lead, Slot::As);
        let mut words = self.words.fill(t::SCOPE_ROLE, &[("role", &role)]);
        words.capitalise();
        let lead = vec![self.span(words, Vec::new())];
        let mut items = Vec::new();
        for mut plan in plans {
            plan.clauses.retain(|clause| clause.slot != Slot::As);
            plan.inherited.retain(|slot| *slot != Slot::As);
            let mut blocks = Vec::new();
            self.run(vec![plan], &mut blocks);
            items.extend(into_item(blocks));
        }
        out.push(Block::List { lead, ordered: false, items });
    }

    /// "The following applies if you are a resident of the EEA."
    fn reader_applies(&mut self, inside: &Inherited, nodes: &[Node]) -> crate::document::Span {
        let people = inside.reader.clone().unwrap_or_default();
        let people = self.one_of(&people);
        let mut words = self.words.fill(t::SCOPE_APPLIES, &[("people", &people)]);
        words.full_stop();
        self.leading(words, nodes)
    }

    /// A sentence in front of statements that it limits: it is a part of what each of them says, and links to them
    /// lead to them, not here.
    fn leading(&mut self, words: Phrase, nodes: &[Node]) -> crate::document::Span {
        let mut facts = Vec::new();
        self.collect_facts(nodes, &mut facts);
        let span = self.span(words, Vec::new());
        facts.extend(span.facts.iter().cloned());
        crate::document::Span { facts, ..span }
    }

    fn collect_facts(&self, nodes: &[Node], into: &mut Vec<String>) {
        for node in nodes {
            match node {
                Node::Sentence(sentence) => into.push(sentence.id.to_string()),
                Node::Addition(addition) => into.push(addition.id.to_string()),
                Node::Noun(id) => into.push(self.policy.noun(*id).id.to_string()),
                Node::Section(section) => self.collect_facts(&section.nodes, into),
                Node::Scope(scope) => self.collect_facts(&scope.nodes, into),
                Node::Edition(noun, nodes) => {
                    if self.edition.is_some_and(|edition| edition.noun == *noun) {
                        self.collect_facts(nodes, into);
                    }
                }
                Node::Steps(steps) => into.push(steps.id.to_string()),
                Node::Prose(prose) => into.push(prose.id.to_string()),
            }
        }
    }

    /// Whether all statements are nouns that are printed where they are declared.
    fn are_rows(&self, nodes: &[Node]) -> bool {
        !nodes.is_empty() && nodes.iter().all(|node| matches!(node, Node::Noun(id) if self.has_place(*id)))
    }

    /// The statements as plans, if all of them are sentences without cases, or additions to such.
    fn plain_plans(&self, nodes: &'p [Node], inside: &Inherited) -> Option<Vec<Plan>> {
        nodes
            .iter()
            .filter(|node| !matches!(node, Node::Addition(addition) if addition.is_joined))
            .map(|node| match node {
                Node::Sentence(sentence) if sentence.cases.is_none() => Some(Plan::new(sentence, inside)),
                Node::Addition(addition) => self.added(addition, inside),
                _ => None,
            })
            .collect()
    }

    fn reader_lead(&mut self, inside: &Inherited) -> Vec<crate::document::Span> {
        let people = inside.reader.clone().unwrap_or_default();
        let people = self.one_of(&people);
        let words = self.words.fill(t::SCOPE_READER, &[("people", &people)]);
        vec![self.span(words, Vec::new())]
    }

    // ── steps ───────────────────────────────────────────────────────────────────────────────────────────

    /// An ordered list: instructions, or the ways there are.
    pub(super) fn steps(&mut self, steps: &'p Steps, inherited: &Inherited, out: &mut Vec<Block>) {
        let instructions = steps.nodes.iter().all(is_instruction);
        let noun = self.policy.noun(steps.noun);
        let mut plan = Plan::empty();
        plan.clauses.extend(steps.clauses.iter().cloned());
        for clause in &inherited.clauses {
            if plan.clause(clause.slot).is_none() {
                plan.clauses.push(clause.clone());
            }
        }
        let label = phrase(noun.words());
        let mut lead = if instructions {
            let mut label = label;
            for clause in plan.clauses.clone() {
                let words = self.slot(&plan, clause.slot);
                label.push_str(" ");
                label.append(words);
            }
            self.words.fill(t::STEPS_INSTRUCTIONS, &[("label", &label)])
        } else {
            let front = self.steps_front(&plan, inherited);
            self.words.fill(t::STEPS_WAYS, &[("front", &front), ("label", &label)])
        };
        lead.capitalise();
        let lead = vec![self.span(lead, vec![steps.id.to_string()])];
        let inside = Inherited::default();
        let mut items = Vec::new();
        for node in &steps.nodes {
            let mut blocks = Vec::new();
            match node {
                Node::Sentence(sentence) if instructions => {
                    let plan = Plan::new(sentence, &inside);
                    let said = self.say(&plan, Shortening::default(), Style::Bare);
                    items.push(self.item_of(said, &plan, true));
                    continue;
                }
                Node::Scope(scope) if scope.clauses.is_empty() && scope.you.is_none() => {
                    self.nodes(&scope.nodes, &inside, &mut blocks);
                }
                other => self.nodes(std::slice::from_ref(other), &inside, &mut blocks),
            }
            items.extend(into_item(blocks));
        }
        out.push(Block::List { lead, ordered: true, items });
        self.details(out);
    }

    /// The reader and the condition in front of "you can … in these ways".
    fn steps_front(&mut self, plan: &Plan, inherited: &Inherited) -> Phrase {
        let mut parts: Vec<Phrase> = Vec::new();
        if let Some(reader) = &inherited.reader {
            let people = self.one_of(&reader.clone());
            parts.push(self.words.fill(t::WHEN_READER, &[("people", &people)]));
        }
        for clause in plan.clauses.clone() {
            let mut words = self.slot(plan, clause.slot);
            if words.is_empty() {
                continue;
            }
            // "if you are … and believe …": a second condition about the reader goes on behind "and".
            let text = words.plain();
            let start = ["if you ", "when you "].into_iter().find(|start| text.starts_with(start));
            match (parts.last_mut(), start) {
                (Some(last), Some(start)) => {
                    words.replace_start(start, " and ");
                    last.append(words);
                }
                _ => parts.push(words),
            }
        }
        let mut front = Phrase::default();
        for part in parts {
            if !front.is_empty() {
                front.push_str(" ");
            }
            front.append(part);
        }
        if front.is_empty() { front } else { self.words.fill(t::FRONT, &[("phrase", &front)]) }
    }
}

/// Whether all sentences have the same subject and a modality that a lead-in can say.
fn same_subject(plans: &[Plan]) -> bool {
    let Some((first, rest)) = plans.split_first() else { return false };
    let sayable = !matches!(first.force, Force::Does | Force::Commits)
        && first.polarity == Polarity::Positive
        && !first.only_actor;
    sayable
        && rest.iter().all(|plan| {
            super::flow::same_actors(&first.actors, &plan.actors)
                && first.force == plan.force
                && first.polarity == plan.polarity
                && !plan.only_actor
                && plan.force != Force::Should
        })
        && first.force != Force::Should
}

/// Whether a step tells the reader to do something.
fn is_instruction(node: &Node) -> bool {
    match node {
        Node::Sentence(sentence) => {
            sentence.force == Force::Does
                && sentence.polarity == Polarity::Positive
                && matches!(sentence.actors.as_slice(), [only] if matches!(only.head, crate::policy::Head::You))
        }
        Node::Section(_)
        | Node::Scope(_)
        | Node::Steps(_)
        | Node::Prose(_)
        | Node::Noun(_)
        | Node::Addition(_)
        | Node::Edition(..) => false,
    }
}
