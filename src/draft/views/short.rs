//! What readers want to know first: who, what and why, for whom, how long, which rights, on about one screen.
//!
//! A line may say less than the sentences behind it, never more: clauses that only add to a positive sentence are
//! left out, a condition becomes "in some cases", and a denial is repeated whole, its exceptions included.

use super::practices::is_publisher;
use super::{Statement, View};
use crate::document::{Block, Item, Span};
use crate::draft::nouns::Listing;
use crate::draft::{Drafter, Inherited};
use crate::policy::{Clause, ClauseValue, Entry, NounId, Voice};
use crate::syntax::words::{Force, Join, Kind, Openness, Slot};
use crate::vocabulary::{Class, SALE};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, templates as t};

mod cookies;
mod keeping;
mod purposes;
mod reach;
mod recipients;
mod rights;
mod summary;

use purposes::Measure;
pub(in crate::draft) use summary::summary;

/// The most lines about how long what is kept.
const MOST_KEEPING: usize = 5;

/// The most sentences about what is not done, in one section.
const MOST_DENIALS: usize = 3;

/// The most words of such a sentence; a longer one has to be read with what surrounds it.
const LONGEST_DENIAL: usize = 24;

/// How surely something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    /// It is done.
    Always,
    /// It is done under a condition, or for some readers.
    InCases,
    /// It may be done.
    Possibly,
}

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, document: NounId) -> View {
    let query = drafter.statement_ids();
    let (statements, steps): (Vec<Statement<'_>>, Vec<Statement<'_>>) =
        drafter.all_statements(document).into_iter().partition(|statement| !statement.in_steps);
    let mut blocks = Vec::new();
    let mut who = drafter.who();
    who.extend(drafter.responsible(&statements));
    drafter.view_section("section-who", t::VIEW_WHO, who, &mut blocks);
    let mut items = drafter.purpose_items(&statements, Measure::NOTICE);
    items.extend(drafter.cookie_item(&statements));
    items.extend(drafter.denials(&statements, &[Class::Collection, Class::Use, Class::Tracking]));
    drafter.short_section("section-data", t::VIEW_DATA, items, &mut blocks);
    let mut items = drafter.recipient_items(&statements);
    items.extend(drafter.denials(&statements, &[Class::Disclosure]));
    drafter.short_section("section-recipients", t::VIEW_RECIPIENTS, items, &mut blocks);
    let items = drafter.sale_items(&statements);
    drafter.short_section("section-sale", t::VIEW_SALE, items, &mut blocks);
    let items = drafter.keeping_items(&statements, MOST_KEEPING).items;
    drafter.short_section("section-keeping", t::VIEW_KEEPING, items, &mut blocks);
    let items = drafter.right_items(&statements, &steps);
    drafter.short_section("section-rights", t::VIEW_RIGHTS, items, &mut blocks);
    drafter.contacts_of_policy(document, &mut blocks);
    // What a word means stands in the full policy.
    drafter.details_due.clear();
    // A line sums up; the place of what it sums up is in the full policy.
    for block in &mut blocks {
        block.each_span_mut(&mut |span| span.targets.clear());
    }
    View { blocks, query }
}

impl<'p> Drafter<'p> {
    /// "“We” means Acme (Acme GmbH). “You” means our customers."
    pub(super) fn who(&mut self) -> Vec<Block> {
        let header = &self.policy.header;
        if header.we.is_empty() {
            return Vec::new();
        }
        let publisher = self.publisher_in_full();
        let template = match (header.voice, header.we.len()) {
            (Voice::We, _) => t::VIEW_WE,
            (Voice::Name, 1) => t::HEADER_PUBLISHER,
            (Voice::Name, _) => t::HEADER_PUBLISHERS,
        };
        let mut spans = vec![
            self.sentence_span(self.words.fill(template, &[("publisher", &publisher)]), vec!["policy.we".to_owned()]),
        ];
        if !header.you.is_empty() {
            let phrases = header.you.iter().map(|id| self.noun(*id)).collect();
            let people = self.words.join(phrases, Join::And);
            let words = self.words.fill(t::HEADER_YOU, &[("people", &people)]);
            spans.push(self.sentence_span(words, vec!["policy.you".to_owned()]));
        }
        self.details_due.clear();
        vec![Block::Paragraph { spans }]
    }

    /// Who else is responsible: the sentences that say who decides alone or together with the publisher.
    fn responsible(&mut self, statements: &[Statement<'p>]) -> Option<Block> {
        let decides = |drafter: &Self, statement: &Statement<'_>| {
            let plan = &statement.plan;
            let role = |role: &Entry| {
                role.noun_id().is_some_and(|id| {
                    ["controller", "joint-controller"].into_iter().any(|name| drafter.policy.is(id, name))
                })
            };
            let other = |actor: &Entry| !is_publisher(actor, drafter.policy);
            plan.entries(Slot::As).iter().any(role)
                && plan.clause(Slot::For).is_none()
                && plan.actors.iter().any(other)
                && !plan.is_denied(drafter.policy)
                && statement.closed.is_none()
        };
        let said: Vec<&Statement<'p>> = statements.iter().filter(|statement| decides(self, statement)).collect();
        let spans: Vec<Span> = said.into_iter().flat_map(|statement| self.whole_item(statement).spans).collect();
        (!spans.is_empty()).then_some(Block::Paragraph { spans })
    }

    /// Items under a heading.
    fn short_section(&mut self, id: &str, title: Template, items: Vec<Item>, out: &mut Vec<Block>) {
        let inner =
            if items.is_empty() { Vec::new() } else { vec![Block::List { lead: Vec::new(), ordered: false, items }] };
        self.view_section(id, title, inner, out);
    }

    fn is_class(&self, statement: &Statement<'_>, classes: &[Class]) -> bool {
        statement.plan.verbs.iter().any(|verb| classes.contains(&self.policy.verb(*verb).class))
    }

    /// Whether a sentence is about giving data away for something in return, also in the sense of a law.
    fn is_sale(&self, statement: &Statement<'_>) -> bool {
        let plan = &statement.plan;
        let sells = plan.verbs.iter().any(|verb| SALE.contains(&&*self.policy.verb(*verb).name));
        let shares = plan.clause(Slot::Sense).is_some() && self.is_class(statement, &[Class::Disclosure]);
        self.is_ours(statement) && (sells || shares)
    }

    /// What is given away for something in return, and what is not: what is done first, then what is not done under a
    /// condition or with an exception, because both weigh more than a plain denial.
    fn sale_items(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let cases = self.sold_in_cases(statements);
        let mut sales: Vec<&Statement<'p>> =
            statements.iter().filter(|statement| self.is_sale(statement)).chain(&cases).collect();
        sales.sort_by_key(|statement| (statement.plan.is_denied(self.policy), !self.is_weighty_sale(statement)));
        sales.into_iter().map(|statement| self.whole_item(statement)).collect()
    }

    /// How many of them are more than plain denials.
    fn weighty_sales(&self, statements: &[Statement<'p>]) -> usize {
        let weighty = |statement: &&Statement<'_>| self.is_sale(statement) && self.is_weighty_sale(statement);
        statements.iter().filter(weighty).count() + self.sold_in_cases(statements).len()
    }

    /// What is sold in one of the cases of a complete list, which says more than a denial beside it.
    fn sold_in_cases(&self, statements: &[Statement<'p>]) -> Vec<Statement<'p>> {
        let mut found = Vec::new();
        for sentence in statements.iter().filter_map(|statement| statement.closed) {
            let cases = sentence.cases.as_deref().unwrap_or_default();
            self.collect_statements(cases, &Inherited::default(), false, &mut found);
        }
        found.retain(|statement| self.is_sale(statement) && !statement.plan.is_denied(self.policy));
        found
    }

    fn is_weighty_sale(&self, statement: &Statement<'_>) -> bool {
        let plan = &statement.plan;
        let limits = |clause: &Clause| {
            clause.only || clause.slot.takes_condition() || matches!(clause.value, ClauseValue::Guarded(_))
        };
        !plan.is_denied(self.policy)
            || plan.except.is_some()
            || statement.closed.is_some()
            || plan.clauses.iter().any(limits)
    }

    /// Words that lead to the place of a fact in the full policy.
    fn led_to(&self, fact: Option<&String>, words: Phrase) -> Phrase {
        match fact {
            Some(fact) if !words.has_link() => self.full_policy(fact, words),
            _ => words,
        }
    }

    /// Says something without what follows a noun where it is named first: members, addresses, definitions.
    pub(in crate::draft) fn briefly(&mut self, say: impl FnOnce(&mut Self) -> Phrase) -> Phrase {
        self.as_if_seen(vec![true; self.seen.len()], say)
    }

    /// The same, but that the members of lists are named.
    pub(in crate::draft) fn with_members(&mut self, say: impl FnOnce(&mut Self) -> Phrase) -> Phrase {
        let known = self.policy.nouns.iter().map(|noun| noun.group.is_none()).collect();
        self.as_if_seen(known, say)
    }

    fn as_if_seen(&mut self, known: Vec<bool>, say: impl FnOnce(&mut Self) -> Phrase) -> Phrase {
        let seen = std::mem::replace(&mut self.seen, known);
        let words = say(self);
        self.seen = seen;
        self.details_due.clear();
        words
    }

    /// Entries with nothing that follows a noun where it is named first; "a, b, and more" if there are others.
    fn some_entries(&mut self, entries: &[Entry], more: bool) -> Phrase {
        self.briefly(|drafter| {
            if !more {
                return drafter.list(entries, Listing::objects(Join::And));
            }
            let one = |drafter: &mut Self, entry: &Entry| {
                drafter.list(std::slice::from_ref(entry), Listing::objects(Join::And))
            };
            let phrases = entries.iter().map(|entry| one(drafter, entry)).collect();
            drafter.some(phrases, true)
        })
    }

    /// An entry without what only adds to it: its members and its reasons.
    fn bare(&self, entry: &Entry) -> Entry {
        let mut bare = entry.clone();
        let has_words = entry.noun_id().is_some_and(|id| !self.policy.noun(id).is_its_members());
        if has_words {
            bare.group = None;
        }
        bare.tail.retain(|clause| {
            !matches!(
                clause.slot,
                Slot::Because | Slot::Required | Slot::Optional | Slot::Kept | Slot::See | Slot::Under | Slot::From
            )
        });
        bare.citation = None;
        bare
    }

    /// What the publisher does not do with data, whole; the first of many.
    fn denials(&mut self, statements: &[Statement<'p>], classes: &[Class]) -> Vec<Item> {
        let denied = |drafter: &Self, statement: &Statement<'_>| {
            let plan = &statement.plan;
            plan.is_denied(drafter.policy)
                && drafter.is_ours(statement)
                && !matches!(plan.force, Force::Can)
                && (plan.objects.iter().any(|entry| drafter.is_data(entry)) || drafter.is_tracking(statement))
                && drafter.is_class(statement, classes)
                && !drafter.is_sale(statement)
        };
        let mut denied: Vec<&Statement<'p>> = statements.iter().filter(|statement| denied(self, statement)).collect();
        // They complete the line about cookies.
        denied.sort_by_key(|statement| !self.is_tracking(statement));
        let items = denied.into_iter().map(|statement| self.whole_item(statement));
        items.filter(|item| words_in(item) <= LONGEST_DENIAL).take(MOST_DENIALS).collect()
    }

    /// Whether a sentence is about what is stored or read on a device.
    fn is_tracking(&self, statement: &Statement<'_>) -> bool {
        let tracker = |id: NounId| self.policy.noun(id).kind == Kind::Tracker;
        self.is_class(statement, &[Class::Tracking])
            || statement.plan.objects.iter().filter_map(Entry::noun_id).any(tracker)
    }

    /// A sentence repeated whole, without examples, that leads to its place.
    fn whole_item(&mut self, statement: &Statement<'p>) -> Item {
        let mut plan = statement.plan.clone();
        for entry in &mut plan.objects {
            if entry.group.as_ref().is_some_and(|group| group.openness == Openness::SuchAs) {
                entry.group = None;
            }
        }
        let denied = plan.is_denied(self.policy);
        plan.clauses.retain(|clause| match clause.slot {
            Slot::See | Slot::Because => false,
            // What is not done on one ground may be done on another.
            Slot::Under => denied || clause.only,
            _ => true,
        });
        let readers = plan.reader.clone().unwrap_or_else(|| self.readers.clone());
        let outer = std::mem::replace(&mut self.readers, readers);
        let mut words = self.briefly(|drafter| drafter.clause_of(&plan));
        self.readers = outer;
        if statement.closed.is_some() {
            words = self.words.fill(t::VIEW_NAMED_CASES, &[("sentence", &words)]);
        }
        let facts = plan.fact_ids();
        words.capitalise();
        let words = self.led_to(facts.first(), words);
        Item { spans: vec![self.sentence_span(words, facts)], blocks: Vec::new() }
    }

    fn item(&mut self, mut words: Phrase, facts: Vec<String>) -> Item {
        words.capitalise();
        self.details_due.clear();
        Item { spans: vec![self.span(words, facts)], blocks: Vec::new() }
    }
}

fn words_in(item: &Item) -> usize {
    crate::document::plain_spans(&item.spans).split_whitespace().count()
}
