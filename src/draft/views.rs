//! The documents beside the full policy: each is a query over the same facts, in other words.
//!
//! A view types no fact: what it says is drafted from the statements and nouns of the policy. What its query finds
//! and its text does not state is listed as left out.

use foldhash::HashSet;

use super::{Drafter, Inherited};
use crate::document::{Block, Document, FULL_POLICY, Inline, SUMMARY, Span, Spans};
use crate::policy::{DocumentKind, Edition, Head, Node, NounId, Policy, Sentence};
use crate::resolve::{collect_clause, collect_nouns};
use crate::syntax::words::{Join, Kind, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

use super::plan::Plan;

mod california;
mod children;
mod cookies;
mod practices;
mod processors;
mod reach;
mod record;
mod short;

pub use record::processing;
pub(super) use short::summary;

/// What a view has to say.
#[derive(Default)]
struct View {
    blocks: Vec<Block>,
    /// The ids of all that it is about, whether its text states them or not.
    query: Vec<String>,
}

/// Drafts a document that the policy declares, beside its full policy.
#[must_use]
pub fn draft_view(policy: &Policy, words: &Words, edition: Option<&Edition>, id: NounId, full: &Document) -> Document {
    let mut drafter = Drafter::beside(policy, words, edition, full);
    let kind = policy.document_kind(id).unwrap_or(DocumentKind::FullPolicy);
    let title = drafter.view_title(id);
    let updated = drafter.view_updated(id);
    let View { mut blocks, query } = match kind {
        DocumentKind::FullPolicy => View::default(),
        DocumentKind::ShortNotice => short::view(&mut drafter, id),
        DocumentKind::CookiePolicy => cookies::view(&mut drafter, id),
        DocumentKind::ProcessorList => processors::view(&mut drafter, id),
        DocumentKind::CaliforniaNotice => california::view(&mut drafter, id),
        DocumentKind::ChildrenNotice => children::view(&mut drafter, id),
        DocumentKind::ProcessingRecord => record::view(&mut drafter, id),
    };
    drafter.view_contact(id, &mut blocks);
    // Who reads one document of an edition has to know that another one follows.
    if let Some(edition) = drafter.edition_block() {
        blocks.insert(0, edition);
    }
    let mut document = Document {
        blocks,
        kind: kind.name().to_owned(),
        language: full.language.clone(),
        leaves_out: Vec::new(),
        name: policy.document_name(id).to_owned(),
        title,
        updated,
    };
    let stated: HashSet<&str> = document.facts().into_iter().collect();
    let mut known = HashSet::default();
    let query: Vec<String> = query.into_iter().filter(|fact| known.insert(fact.clone())).collect();
    let (kept, leaves_out): (Vec<String>, Vec<String>) =
        query.into_iter().partition(|fact| stated.contains(fact.as_str()));
    let closing = drafter.closing(kind, full, &kept, &leaves_out);
    document.blocks.push(closing);
    document.leaves_out = leaves_out;
    relink(&mut document, full);
    document
}

/// A sentence that a view may repeat.
#[derive(Clone)]
pub(super) struct Statement<'p> {
    pub(super) plan: Plan,
    /// The sentence itself, if its cases are a complete list; it says nothing without them.
    pub(super) closed: Option<&'p Sentence>,
    /// What the blocks around it say.
    pub(super) inherited: Inherited,
    /// Whether it is a step of several, or one of the ways to do something.
    in_steps: bool,
}

impl Statement<'_> {
    /// Every noun that it names.
    fn nouns(&self) -> Vec<NounId> {
        let plan = &self.plan;
        let mut nouns = Vec::new();
        let excepted = plan.except.iter().flat_map(|except| &except.entries);
        plan.actors.iter().chain(&plan.objects).chain(excepted).for_each(|entry| collect_nouns(entry, &mut nouns));
        let excepted = plan.except.iter().flat_map(|except| &except.clauses);
        plan.clauses.iter().chain(excepted).for_each(|clause| collect_clause(&clause.value, &mut nouns));
        nouns
    }
}

impl<'p> Drafter<'p> {
    /// A drafter of what stands beside the full policy, or in front of it.
    fn beside(policy: &'p Policy, words: &'p Words, edition: Option<&'p Edition>, full: &Document) -> Drafter<'p> {
        let mut drafter = Drafter::new(policy, words, edition);
        full.each_span(&mut |span| drafter.stated.extend(span.mentions.iter().cloned()));
        drafter.stated.extend(full.facts().into_iter().map(str::to_owned));
        drafter
    }

    /// The name of the document.
    fn view_title(&mut self, id: NounId) -> Spans {
        let noun = self.policy.noun(id);
        // Its fields are said where they belong.
        if let Some(seen) = self.seen.get_mut(id.0 as usize) {
            *seen = true;
        }
        let mut words = phrase(noun.words());
        words.capitalise();
        vec![self.span(words, vec![noun.id.to_string()])]
    }

    /// The day of the document, else that of the policy.
    fn view_updated(&mut self, id: NounId) -> Option<Spans> {
        let position = self.policy.noun(id).fields.iter().position(|field| &*field.key == "updated");
        let Some(position) = position else { return self.updated() };
        let date = self.field(id, position);
        // A long label of the policy's may speak of the policy.
        let words = self.dated(phrase(self.words.of(t::VIEW_UPDATED)), &date);
        Some(vec![self.span(words, Vec::new())])
    }

    /// Whom to ask about this document, if it says so.
    fn view_contact(&mut self, id: NounId, out: &mut Vec<Block>) {
        let noun = self.policy.noun(id);
        let Some(position) = noun.fields.iter().position(|field| &*field.key == "contact") else { return };
        let fact = format!("{}.contact", noun.id);
        let values = noun.fields.get(position).map(|field| field.values.as_slice()).unwrap_or_default();
        let contact = |id: NounId| self.policy.noun(id).kind == Kind::Contact;
        let contacts = values.iter().map(|entry| entry.noun_id().filter(|id| contact(*id)));
        let mut inner = Vec::new();
        match contacts.collect::<Option<Vec<NounId>>>() {
            Some(contacts) => {
                contacts.into_iter().for_each(|id| self.contact(id, &mut inner));
                let mut due = Some(fact);
                for block in &mut inner {
                    block.each_span_mut(&mut |span| span.facts.extend(due.take()));
                }
            }
            None => {
                let means = self.field(id, position);
                let words = self.words.fill(t::VIEW_CONTACT, &[("means", &means)]);
                inner.push(Block::Paragraph { spans: vec![self.sentence_span(words, Vec::new())] });
            }
        }
        self.view_section("section-contacts", t::CONTACTS_TITLE, inner, out);
    }

    /// How to reach the publisher, unless the document says itself whom to ask.
    fn contacts_of_policy(&mut self, id: NounId, out: &mut Vec<Block>) {
        if self.policy.noun(id).fields.iter().any(|field| &*field.key == "contact") {
            return;
        }
        let mut inner = Vec::new();
        for contact in self.declared(Kind::Contact) {
            self.contact(contact, &mut inner);
        }
        self.view_section("section-contacts", t::CONTACTS_TITLE, inner, out);
    }

    /// A list; "a, b, and more" if it is not all of them.
    fn some(&self, mut phrases: Vec<Phrase>, more: bool) -> Phrase {
        if more {
            phrases.push(phrase(self.words.of(t::VIEW_AND_MORE)));
        }
        self.words.join(phrases, Join::And)
    }

    /// Where the full policy is, and which sections of it this document leaves out; the first of many.
    fn closing(&mut self, kind: DocumentKind, full: &Document, kept: &[String], leaves_out: &[String]) -> Block {
        const MOST: usize = 3;
        let title = self.full_policy("", phrase(&*self.policy.header.title));
        let mut left = Vec::new();
        let mut facts = vec!["policy.title".to_owned()];
        for block in &full.blocks {
            let Block::Section { id, title, .. } = block else { continue };
            // What the summary says stands in the other sections as well.
            if id == SUMMARY {
                continue;
            }
            let inside: HashSet<&str> = block.facts().into_iter().collect();
            let has = |facts: &[String]| facts.iter().any(|fact| inside.contains(fact.as_str()));
            if !has(leaves_out) || has(kept) {
                continue;
            }
            if left.len() < MOST {
                facts.extend(title.iter().flat_map(|span| span.facts.iter().cloned()));
            }
            let name = self.full_policy(id, phrase(crate::document::plain_spans(title)));
            left.push(self.words.fill(t::VIEW_SECTION, &[("title", &name)]));
        }
        let more = left.len() > MOST;
        left.truncate(MOST);
        let words = match (kind.is_public(), left.is_empty()) {
            (true, true) => self.words.fill(t::VIEW_FULL, &[("policy", &title)]),
            (false, true) => self.words.fill(t::RECORD_FULL, &[("policy", &title)]),
            (public, false) => {
                let list = self.some(left, more);
                let full = if public { t::VIEW_FULL_LEAVES } else { t::RECORD_FULL_LEAVES };
                self.words.fill(full, &[("policy", &title), ("list", &list)])
            }
        };
        let mut span = self.sentence_span(words, facts);
        // What is meant is the sections of the full policy, not these words about them.
        span.targets.clear();
        Block::Paragraph { spans: vec![span] }
    }

    /// Words that lead to a place of the full policy, or to its beginning.
    fn full_policy(&self, id: &str, words: Phrase) -> Phrase {
        let content = words.into_inlines();
        Phrase::from(vec![Inline::Reference { content, document: Some(FULL_POLICY.to_owned()), id: id.to_owned() }])
    }

    /// The sentences of the policy with what surrounds them, in source order. Steps and cases are parts of what
    /// they stand in.
    fn statements(&self, document: NounId) -> Vec<Statement<'p>> {
        self.all_statements(document).into_iter().filter(|statement| !statement.in_steps).collect()
    }

    /// The same, steps included.
    ///
    /// A pointer to the document at hand is left out: it would lead to where readers are.
    fn all_statements(&self, document: NounId) -> Vec<Statement<'p>> {
        let mut found = self.every_statement();
        for statement in &mut found {
            statement.plan.clauses.retain(|clause| {
                clause.slot != Slot::See || clause.value.entries().iter().any(|entry| entry.noun_id() != Some(document))
            });
        }
        found
    }

    /// The same with all pointers.
    fn every_statement(&self) -> Vec<Statement<'p>> {
        let mut found = Vec::new();
        self.collect_statements(&self.policy.nodes, &Inherited::default(), false, &mut found);
        found
    }

    pub(super) fn collect_statements(
        &self,
        nodes: &'p [Node],
        inherited: &Inherited,
        in_steps: bool,
        out: &mut Vec<Statement<'p>>,
    ) {
        for node in nodes {
            let inherited = inherited.clone();
            match node {
                Node::Sentence(sentence) => {
                    let plan = Plan::new(sentence, &inherited);
                    let closed = sentence.cases.is_some().then_some(&**sentence);
                    out.push(Statement { plan, closed, inherited, in_steps });
                }
                Node::Addition(addition) => {
                    let plan = self.added(addition, &inherited);
                    out.extend(plan.map(|plan| Statement { plan, closed: None, inherited, in_steps }));
                }
                Node::Section(section) => self.collect_statements(&section.nodes, &inherited, in_steps, out),
                Node::Scope(scope) => {
                    let inside = self.inside(scope, &inherited);
                    self.collect_statements(&scope.nodes, &inside, in_steps, out);
                }
                Node::Steps(steps) => {
                    let mut inside = inherited.clone();
                    inside.clauses.extend(steps.clauses.iter().cloned());
                    self.collect_statements(&steps.nodes, &inside, true, out);
                }
                Node::Edition(noun, nodes) if self.edition.is_some_and(|edition| edition.noun == *noun) => {
                    self.collect_statements(nodes, &inherited, in_steps, out);
                }
                Node::Edition(..) | Node::Prose(_) | Node::Noun(_) => {}
            }
        }
    }

    /// Statements as the full policy says them: in paragraphs, lists and tables.
    fn repeat(&mut self, statements: Vec<Statement<'p>>, out: &mut Vec<Block>) {
        let mut run = Vec::new();
        for statement in statements {
            match statement.closed {
                Some(sentence) => {
                    self.run(std::mem::take(&mut run), out);
                    self.closed_list(sentence, &statement.inherited, out);
                }
                None => run.push(statement.plan),
            }
        }
        self.run(run, out);
    }

    /// Whether the readers act: those of the policy, or those of a block.
    fn is_reader(&self, statement: &Statement<'_>) -> bool {
        statement.plan.actors.iter().all(|actor| match actor.head {
            Head::You => true,
            Head::Noun(id) => self.policy.header.you.contains(&id),
            Head::We | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
        })
    }

    /// The nouns of a kind that the policy declares and the full policy names, in source order.
    fn declared(&self, kind: Kind) -> Vec<NounId> {
        let nouns = self.policy.nouns.iter().enumerate();
        nouns
            .filter(|(_, noun)| noun.kind == kind && noun.declared && self.stated.contains(&*noun.id))
            .map(|(index, _)| NounId(index as u32))
            .collect()
    }

    /// Every noun that the fields of a noun name.
    fn nouns_of_fields(&self, id: NounId) -> Vec<NounId> {
        let mut nouns = Vec::new();
        for field in &self.policy.noun(id).fields {
            let arms = field.arms.iter().flat_map(|arm| &arm.values);
            field.values.iter().chain(arms).for_each(|entry| collect_nouns(entry, &mut nouns));
        }
        nouns
    }

    /// Adds a section with an id that nothing else has; none if there is nothing in it.
    fn view_section(&mut self, id: &str, title: Template, inner: Vec<Block>, out: &mut Vec<Block>) {
        if !inner.is_empty() {
            self.closing_section(id, title, inner, out);
        }
    }

    /// The ids of all statements of the policy, the headings of sections and editions excepted.
    fn statement_ids(&self) -> Vec<String> {
        let mut ids = Vec::new();
        self.collect_ids(&self.policy.nodes, &mut ids);
        ids
    }

    fn collect_ids(&self, nodes: &[Node], out: &mut Vec<String>) {
        for node in nodes {
            match node {
                Node::Sentence(sentence) => {
                    out.push(sentence.id.to_string());
                    self.collect_ids(sentence.cases.as_deref().unwrap_or_default(), out);
                }
                Node::Addition(addition) => out.push(addition.id.to_string()),
                Node::Prose(prose) => out.push(prose.id.to_string()),
                Node::Steps(steps) => {
                    out.push(steps.id.to_string());
                    self.collect_ids(&steps.nodes, out);
                }
                Node::Section(section) => self.collect_ids(&section.nodes, out),
                Node::Scope(scope) => self.collect_ids(&scope.nodes, out),
                Node::Edition(noun, nodes) if self.edition.is_some_and(|edition| edition.noun == *noun) => {
                    self.collect_ids(nodes, out);
                }
                Node::Edition(..) | Node::Noun(_) => {}
            }
        }
    }
}

/// Lets every link lead to where its target is: here, or in the full policy. A link without a target becomes its
/// words.
fn relink(document: &mut Document, full: &Document) {
    let here: HashSet<String> = document.places().into_iter().map(str::to_owned).collect();
    let there = full.places();
    document.each_span_mut(&mut |span: &mut Span| {
        span.text = relinked(std::mem::take(&mut span.text), &here, &there);
    });
}

pub(super) fn relinked(inlines: Vec<Inline>, here: &HashSet<String>, there: &HashSet<&str>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Reference { content, document, id } => {
                let content = relinked(content, here, there);
                let to_full = document.as_deref() == Some(FULL_POLICY);
                match document {
                    None if here.contains(&id) => out.push(Inline::Reference { content, document: None, id }),
                    Some(other) if !to_full => {
                        out.push(Inline::Reference { content, document: Some(other), id });
                    }
                    _ if to_full && id.is_empty() || there.contains(id.as_str()) => {
                        out.push(Inline::Reference { content, document: Some(FULL_POLICY.to_owned()), id });
                    }
                    _ => out.extend(content),
                }
            }
            Inline::Strong { content } => out.push(Inline::Strong { content: relinked(content, here, there) }),
            Inline::Emphasis { content } => out.push(Inline::Emphasis { content: relinked(content, here, there) }),
            Inline::Link { content, href } => {
                out.push(Inline::Link { content: relinked(content, here, there), href });
            }
            other @ (Inline::Text(_) | Inline::Code(_) | Inline::Time { .. }) => out.push(other),
        }
    }
    out
}
