//! From a policy to what is said to readers: which sentences, in which order, joined how.
//!
//! Drafting decides; the wording templates hold the words. It knows no format. Each span of the document names
//! the facts it states, and nothing is said that no fact asks for.

use foldhash::{HashMap, HashSet};

use crate::document::{Block, Document, FULL_POLICY, Inline, Item, Span, Spans};
use crate::policy::{Addition, Clause, DocumentKind, Edition, Node, NounId, Policy, Sentence};
use crate::resolve::is_printed_where_declared;
use crate::syntax::words::{Kind, Number, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{Words, phrase, templates as t};

mod changes;
mod closing;
mod conditions;
mod details;
mod flow;
mod grammar;
mod header;
mod merge;
mod nouns;
mod period;
mod plan;
mod predicate;
mod prose;
mod rows;
mod scopes;
mod sections;
mod sentence;
mod slots;
mod table;
mod views;
mod weight;

pub use changes::{add_changes, changes_section, opening, tell};
use plan::Plan;
pub use views::{draft_view, processing};

/// Drafts the full policy.
#[must_use]
pub fn draft(policy: &Policy, words: &Words, edition: Option<&Edition>) -> Document {
    Drafter::new(policy, words, edition).document()
}

/// What is known while a document is drafted, in the order of its text.
struct Drafter<'p> {
    policy: &'p Policy,
    words: &'p Words,
    /// The edition that is drafted; none if the policy has no editions.
    edition: Option<&'p Edition>,
    /// The nouns that are printed where they are declared, with their fields.
    placed: HashSet<NounId>,
    /// The sentences that have names, with what the blocks around them say.
    named: HashMap<&'p str, (&'p Sentence, Inherited)>,
    /// What the full policy states and names; empty while it is drafted itself.
    stated: HashSet<String>,
    /// The nouns that were named before.
    seen: Vec<bool>,
    /// The nouns that were named before in the section at hand.
    named_here: HashSet<NounId>,
    /// The nouns whose members follow as bullets, so that naming them prints none.
    led: HashSet<NounId>,
    /// The nouns whose details are still to be said.
    details_due: Vec<NounId>,
    /// The facts of the span at hand.
    facts: Vec<String>,
    /// The nouns that the span at hand names.
    mentions: Vec<NounId>,
    /// The ids that are targets already.
    targets: HashSet<String>,
    /// Whom "you" means here.
    readers: Vec<NounId>,
    /// The processors that were introduced as such.
    processors: HashSet<NounId>,
    /// The contacts declared outside any section, which are printed at the end.
    contacts_due: Vec<NounId>,
    /// The services, consents and rights declared outside any section, which are printed near the end.
    rows_due: Vec<NounId>,
    /// Whether a section is being drafted.
    in_section: bool,
    /// Whether the last list that was said was opened by a comma.
    open_list: bool,
    /// Whether what the objects are of is the reader's: "deletion of your personal information".
    your_of: bool,
    /// In which of their forms nouns are named at the moment.
    form: nouns::Form,
    /// Whether "the right to" is said already.
    in_rights: bool,
    /// Whether what is kept is one thing or several: "it is then deleted".
    kept_number: Number,
    /// Whether the sentence at hand denies: "any other", not "all other".
    denied: bool,
    /// The sentence that the next table of rights says: "you have these rights".
    rights_said: Option<String>,
    /// Whether the last word of the verb at hand stands behind its objects: "make it public".
    parted: bool,
    /// Whether details wait for the end of the block at hand.
    hold_details: bool,
    /// Whether what is said stands in a cell, without a sentence around it.
    in_cell: bool,
}

/// What the blocks around a sentence say about it.
#[derive(Clone, Debug, Default)]
struct Inherited {
    clauses: Vec<Clause>,
    /// Another reader than the one of the policy.
    reader: Option<Vec<NounId>>,
}

impl<'p> Drafter<'p> {
    fn new(policy: &'p Policy, words: &'p Words, edition: Option<&'p Edition>) -> Drafter<'p> {
        let mut placed = HashSet::default();
        collect_places(&policy.nodes, false, edition, &mut placed, policy);
        let mut named = HashMap::default();
        collect_named(&policy.nodes, &Inherited::default(), &mut named);
        Drafter {
            edition,
            placed,
            named,
            policy,
            words,
            stated: HashSet::default(),
            seen: vec![false; policy.nouns.len()],
            named_here: HashSet::default(),
            led: HashSet::default(),
            details_due: Vec::new(),
            facts: Vec::new(),
            mentions: Vec::new(),
            targets: HashSet::default(),
            readers: policy.header.you.clone(),
            processors: HashSet::default(),
            contacts_due: Vec::new(),
            rows_due: Vec::new(),
            in_section: false,
            open_list: false,
            your_of: false,
            form: nouns::Form::Label,
            in_rights: false,
            kept_number: Number::Singular,
            in_cell: false,
            hold_details: false,
            rights_said: None,
            denied: false,
            parted: false,
        }
    }

    fn document(&mut self) -> Document {
        let header = &self.policy.header;
        let title = Span {
            facts: vec!["policy.title".to_owned()],
            text: vec![Inline::text(&*header.title)],
            ..Span::default()
        };
        let updated = self.updated();
        let mut blocks = self.header_blocks();
        blocks.extend(self.edition_block());
        let nodes = &self.policy.nodes;
        if has_sections(nodes) {
            self.nodes(nodes, &Inherited::default(), &mut blocks);
        } else {
            self.sections_by_class(nodes, &mut blocks);
        }
        self.closing_rows(&mut blocks);
        let categories = self.categories();
        if !categories.is_empty() {
            self.closing_section("section-categories", t::CATEGORIES_TITLE, categories, &mut blocks);
        }
        self.closing_contacts(&mut blocks);
        self.contents(&mut blocks);
        let mut document = Document {
            name: FULL_POLICY.to_owned(),
            kind: DocumentKind::FullPolicy.name().to_owned(),
            leaves_out: Vec::new(),
            language: header.language.to_string(),
            title: vec![title],
            updated,
            blocks,
        };
        let summary = views::summary(self.policy, self.words, self.edition, &document);
        // What stands in front of the first heading would be read as a part of the summary behind it.
        let heads = |block: &Block| matches!(block, Block::Section { .. } | Block::Contents { .. });
        if let (Some(summary), Some(at)) = (summary, document.blocks.iter().position(heads)) {
            document.blocks.insert(at, summary);
        }
        document
    }

    /// Drafts statements in order: runs of sentences as paragraphs, lists and tables, the rest one by one.
    fn nodes(&mut self, nodes: impl IntoIterator<Item = &'p Node>, inherited: &Inherited, out: &mut Vec<Block>) {
        let mut run: Vec<Plan> = Vec::new();
        let mut rows: Vec<NounId> = Vec::new();
        // The statements of the edition at hand read as if its braces were not there.
        let mut here: Vec<&'p Node> = Vec::new();
        for node in nodes {
            match node {
                Node::Edition(noun, inner) => {
                    let at_hand = self.edition.is_some_and(|edition| edition.noun == *noun);
                    here.extend(inner.iter().filter(|_| at_hand));
                }
                _ => here.push(node),
            }
        }
        let said_by_table = self.rights_said_by_table(&here);
        self.rights_said.clone_from(&said_by_table);
        for node in here {
            if let (Some(said), Node::Sentence(sentence)) = (&said_by_table, node)
                && *said == *sentence.id
            {
                continue;
            }
            if !matches!(node, Node::Noun(_)) {
                self.rows(std::mem::take(&mut rows), out);
            }
            match node {
                Node::Sentence(sentence) if sentence.cases.is_none() => run.push(Plan::new(sentence, inherited)),
                Node::Addition(addition) => run.extend(self.added(addition, inherited)),
                Node::Noun(id) if self.policy.noun(*id).kind != Kind::Contact => {
                    if self.placed.contains(id) && !self.in_section {
                        self.rows_due.push(*id);
                    } else if self.placed.contains(id) {
                        self.run(std::mem::take(&mut run), out);
                        if rows.last().is_some_and(|last| self.policy.noun(*last).kind != self.policy.noun(*id).kind) {
                            self.rows(std::mem::take(&mut rows), out);
                        }
                        rows.push(*id);
                    }
                }
                _ => {
                    self.run(std::mem::take(&mut run), out);
                    self.node(node, inherited, out);
                }
            }
        }
        self.run(run, out);
        self.rows(rows, out);
    }

    /// A sentence that stands elsewhere with the clauses that are added to it here. What it says with lists that
    /// are not at stake is left to the place where it stands; conditions stay, or this would claim more.
    fn added(&self, addition: &'p Addition, inherited: &Inherited) -> Option<Plan> {
        if addition.is_joined {
            return None;
        }
        let (sentence, around) = self.named.get(&*addition.of)?;
        let mut plan = Plan::new(sentence, around);
        plan.clauses.retain(|clause| {
            clause.only
                || clause.slot.takes_condition()
                || matches!(clause.slot, Slot::For | Slot::About | Slot::On | Slot::Sense)
        });
        for clause in inherited.clauses.iter().chain(&addition.clauses) {
            plan.clauses.retain(|other| other.slot != clause.slot);
            plan.clauses.push(clause.clone());
        }
        plan.inherited.retain(|slot| !addition.clauses.iter().any(|clause| clause.slot == *slot));
        plan.reader.clone_from(&inherited.reader);
        plan.facts = vec![addition.id.to_string()];
        Some(plan)
    }

    /// "This is the winter edition. It is valid from 1 May 2031."
    fn edition_block(&mut self) -> Option<Block> {
        let edition = self.edition?;
        let name = phrase(self.policy.noun(edition.noun).words());
        let day = |drafter: &mut Self, date: Option<jiff::civil::Date>| {
            date.map_or_else(Phrase::default, |date| drafter.value(&crate::policy::Value::Date(date)))
        };
        let since = day(self, edition.since);
        // A page names the last valid day; the source names the first that is not.
        let until = day(self, edition.until.and_then(|until| until.yesterday().ok()));
        let template = match (edition.since.is_some(), edition.until.is_some()) {
            (true, true) => t::EDITION_BETWEEN,
            (true, false) => t::EDITION_SINCE,
            (false, _) => t::EDITION_UNTIL,
        };
        let words = self.words.fill(template, &[("edition", &name), ("since", &since), ("until", &until)]);
        let id = self.policy.noun(edition.noun).id.to_string();
        let mut spans = vec![self.sentence_span(words, vec![id])];
        let next = self.policy.editions.iter().find(|next| next.since.is_some() && next.since == edition.until);
        if let Some(next) = next {
            let name = phrase(self.policy.noun(next.noun).words());
            let since = day(self, next.since);
            let words = self.words.fill(t::EDITION_NEXT, &[("edition", &name), ("since", &since)]);
            let id = self.policy.noun(next.noun).id.to_string();
            spans.push(self.sentence_span(words, vec![id]));
        }
        Some(Block::Paragraph { spans })
    }

    /// Whether a noun is printed where it is declared.
    fn has_place(&self, id: NounId) -> bool {
        self.placed.contains(&id)
    }

    fn node(&mut self, node: &'p Node, inherited: &Inherited, out: &mut Vec<Block>) {
        match node {
            Node::Sentence(sentence) => self.closed_list(sentence, inherited, out),
            Node::Section(section) => {
                let mut blocks = Vec::new();
                let outer = std::mem::replace(&mut self.in_section, true);
                // A section inside another one is read with it.
                if !outer {
                    self.named_here.clear();
                }
                self.nodes(&section.nodes, inherited, &mut blocks);
                self.in_section = outer;
                self.targets.insert(section.id.to_string());
                let title = Span {
                    facts: vec![section.id.to_string()],
                    text: vec![Inline::text(&*section.title)],
                    ..Span::default()
                };
                out.push(Block::Section { id: section.id.to_string(), title: vec![title], blocks });
            }
            Node::Scope(scope) => self.scope(scope, inherited, out),
            Node::Steps(steps) => self.steps(steps, inherited, out),
            Node::Prose(prose) => self.prose(prose, out),
            Node::Edition(noun, nodes) => {
                if self.edition.is_some_and(|edition| edition.noun == *noun) {
                    self.nodes(nodes, inherited, out);
                }
            }
            // Additions are sentences of the run they stand in.
            Node::Addition(_) => {}
            Node::Noun(id) if self.policy.noun(*id).kind != Kind::Contact => {}
            Node::Noun(id) if self.in_section => self.contact(*id, out),
            Node::Noun(id) => self.contacts_due.push(*id),
        }
    }

    /// A sentence whose cases are a complete list.
    fn closed_list(&mut self, sentence: &'p Sentence, inherited: &Inherited, out: &mut Vec<Block>) {
        let plan = Plan::new(sentence, inherited);
        let words = self.clause_of(&plan);
        let mut words = self.words.fill(t::CASES, &[("sentence", &words)]);
        words.capitalise();
        let lead = vec![self.span(words, plan.fact_ids())];
        let cases = sentence.cases.as_deref().unwrap_or_default();
        let mut inner = Vec::new();
        self.cases(cases, &mut inner);
        out.push(Block::List { lead, ordered: false, items: inner });
        self.details(out);
    }

    /// Each case of a closed list as an item.
    fn cases(&mut self, nodes: &'p [Node], items: &mut Vec<Item>) {
        let mut plans: Vec<Plan> = Vec::new();
        let none = Inherited::default();
        for node in nodes {
            match node {
                Node::Sentence(sentence) if sentence.cases.is_none() => plans.push(Plan::new(sentence, &none)),
                other => {
                    self.items_of(std::mem::take(&mut plans), items);
                    let mut blocks = Vec::new();
                    self.node(other, &none, &mut blocks);
                    items.extend(into_item(blocks));
                }
            }
        }
        self.items_of(plans, items);
    }

    /// Each sentence as an item of its own.
    fn items_of(&mut self, plans: Vec<Plan>, items: &mut Vec<Item>) {
        for plan in merge::merge(plans, self.policy) {
            let mut blocks = Vec::new();
            self.run(vec![plan], &mut blocks);
            items.extend(into_item(blocks));
        }
    }

    /// What was named so far belongs to a lead-in whose span is made later than its items.
    fn set_aside(&mut self) -> (Vec<String>, Vec<NounId>) {
        (std::mem::take(&mut self.facts), std::mem::take(&mut self.mentions))
    }

    fn take_up(&mut self, (facts, mentions): (Vec<String>, Vec<NounId>)) {
        self.facts.splice(0..0, facts);
        self.mentions.splice(0..0, mentions);
    }

    /// Makes a span of a phrase: it takes along what was named while the phrase was made.
    fn span(&mut self, words: Phrase, facts: Vec<String>) -> Span {
        let mut all = facts;
        for fact in self.facts.drain(..) {
            if !all.contains(&fact) {
                all.push(fact);
            }
        }
        let mut mentions: Vec<String> = Vec::new();
        for id in self.mentions.drain(..) {
            let id = &self.policy.noun(id).id;
            if !mentions.iter().any(|known| **known == **id) {
                mentions.push(id.to_string());
            }
        }
        let targets = all.iter().filter(|fact| self.targets.insert((*fact).clone())).cloned().collect();
        Span { facts: all, mentions, targets, text: words.into_inlines() }
    }

    /// Makes a sentence of a phrase.
    fn sentence_span(&mut self, mut words: Phrase, facts: Vec<String>) -> Span {
        words.capitalise();
        words.full_stop();
        self.span(words, facts)
    }

    /// A contact: its topic and its addresses.
    fn contact(&mut self, id: NounId, out: &mut Vec<Block>) {
        let noun = self.policy.noun(id);
        if noun.fields.is_empty() {
            return;
        }
        if noun.fields.len() == 1 {
            self.short_contact(id, out);
            return;
        }
        let mut items = Vec::new();
        for (position, field) in noun.fields.iter().enumerate() {
            let template = match &*field.key {
                "email" => t::CONTACT_EMAIL,
                "phone" => t::CONTACT_PHONE,
                "post" => t::CONTACT_POST,
                _ => t::CONTACT_FORM,
            };
            let value = self.field(id, position);
            let words = self.words.fill(template, &[("value", &value)]);
            items.push(Item {
                spans: vec![self.span(words, vec![format!("{}.{}", noun.id, field.key)])],
                blocks: Vec::new(),
            });
        }
        if let Some(seen) = self.seen.get_mut(id.0 as usize) {
            *seen = true;
        }
        self.mentions.push(id);
        let topic = self.topic(id);
        let mut words = self.words.fill(t::CONTACT, &[("topic", &topic)]);
        words.capitalise();
        let lead = vec![self.span(words, vec![noun.id.to_string()])];
        out.push(Block::List { lead, ordered: false, items });
        self.details_due.push(id);
        self.details(out);
    }

    /// A contact with one address: "Privacy questions: help@acme.example".
    fn short_contact(&mut self, id: NounId, out: &mut Vec<Block>) {
        let noun = self.policy.noun(id);
        self.mentions.push(id);
        let value = self.field(id, 0);
        let topic = self.topic(id);
        let mut words = self.words.fill(t::CONTACT_SHORT, &[("topic", &topic), ("value", &value)]);
        words.capitalise();
        let spans = vec![self.span(words, vec![noun.id.to_string()])];
        out.push(Block::Paragraph { spans });
        self.details_due.push(id);
        self.details(out);
    }

    /// The topic of a contact where it is declared, with its address and its literal.
    fn topic(&mut self, id: NounId) -> Phrase {
        let noun = self.policy.noun(id);
        let mut words = phrase(noun.words());
        if let Some(link) = &noun.link {
            self.facts.push(format!("{}.link", noun.id));
            words = Phrase::from(vec![Inline::Link { href: link.to_string(), content: words.into_inlines() }]);
        }
        if let Some(code) = &noun.code {
            self.facts.push(format!("{}.code", noun.id));
            let code = Phrase::from(vec![Inline::Code(code.to_string())]);
            words = self.words.fill(t::WITH_CODE, &[("noun", &words), ("code", &code)]);
        }
        words
    }

    /// Says the details that are due, behind what made them due.
    fn details(&mut self, out: &mut Vec<Block>) {
        let spans = self.detail_spans();
        if !spans.is_empty() {
            out.push(Block::Paragraph { spans });
        }
    }
}

/// Whether any section stands among the statements.
fn has_sections(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Section(_) => true,
        Node::Scope(scope) => has_sections(&scope.nodes),
        Node::Edition(_, nodes) => has_sections(nodes),
        Node::Steps(_) | Node::Sentence(_) | Node::Prose(_) | Node::Noun(_) | Node::Addition(_) => false,
    })
}

/// The nouns that are printed where they are declared.
fn collect_places(
    nodes: &[Node],
    in_section: bool,
    edition: Option<&Edition>,
    into: &mut HashSet<NounId>,
    policy: &Policy,
) {
    for node in nodes {
        match node {
            Node::Noun(id) => {
                if is_printed_where_declared(policy.noun(*id), in_section) {
                    into.insert(*id);
                }
            }
            Node::Section(section) => collect_places(&section.nodes, true, edition, into, policy),
            Node::Scope(scope) => collect_places(&scope.nodes, in_section, edition, into, policy),
            // What another edition prints has no place in this one.
            Node::Edition(noun, nodes) => {
                if edition.is_none_or(|edition| edition.noun == *noun) {
                    collect_places(nodes, in_section, edition, into, policy);
                }
            }
            Node::Sentence(_) | Node::Steps(_) | Node::Prose(_) | Node::Addition(_) => {}
        }
    }
}

/// The sentences that additions may be added to.
fn collect_named<'p>(nodes: &'p [Node], around: &Inherited, into: &mut HashMap<&'p str, (&'p Sentence, Inherited)>) {
    for node in nodes {
        match node {
            Node::Sentence(sentence) => {
                into.insert(&sentence.id, (sentence, around.clone()));
            }
            Node::Scope(scope) => {
                let mut inside = around.clone();
                for clause in &scope.clauses {
                    inside.clauses.retain(|outer| outer.slot != clause.slot);
                    inside.clauses.push(clause.clone());
                }
                collect_named(&scope.nodes, &inside, into);
            }
            Node::Section(section) => collect_named(&section.nodes, around, into),
            Node::Edition(_, nodes) => collect_named(nodes, around, into),
            Node::Steps(_) | Node::Prose(_) | Node::Noun(_) | Node::Addition(_) => {}
        }
    }
}

/// Blocks as one item of a list: the first paragraph or lead-in is its words, the rest stands under it.
fn into_item(blocks: Vec<Block>) -> Option<Item> {
    let mut spans: Spans = Vec::new();
    let mut rest: Vec<Block> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph { spans: more } if rest.is_empty() => spans.extend(more),
            Block::List { lead, ordered, items } if rest.is_empty() => {
                spans.extend(lead);
                rest.push(Block::List { lead: Vec::new(), ordered, items });
            }
            other => rest.push(other),
        }
    }
    (!spans.is_empty() || !rest.is_empty()).then_some(Item { spans, blocks: rest })
}
