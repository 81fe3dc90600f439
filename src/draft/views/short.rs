//! What readers want to know first: who, what and why, for whom, how long, which rights, on about one screen.
//!
//! A line may say less than the sentences behind it, never more: clauses that only add to a positive sentence are
//! left out, a condition becomes "in some cases", and a denial is repeated whole, its exceptions included.

use super::{Statement, View};
use crate::document::{Block, Inline, Item, Span};
use crate::draft::Drafter;
use crate::draft::nouns::Listing;
use crate::policy::{ClauseValue, Entry, NounId, Voice};
use crate::syntax::words::{Bound, Force, Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, fill, phrase, templates as t, words as words_of};

mod purposes;
mod recipients;

/// The verbs that give data away for something in return.
const SALE: [&str; 5] = ["sell", "rent", "lease", "trade", "license"];

/// The manners that say that something is not always done.
const RARELY: [&str; 9] = [
    "usually",
    "typically",
    "generally",
    "often",
    "occasionally",
    "rarely",
    "from-time-to-time",
    "initially",
    "by-default",
];

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
    let statements = drafter.statements(document);
    let mut blocks = Vec::new();
    let who = drafter.who();
    drafter.view_section("section-who", t::VIEW_WHO, who, &mut blocks);
    let mut items = drafter.purpose_items(&statements);
    items.extend(drafter.denials(&statements, &[Class::Collection, Class::Use, Class::Tracking]));
    drafter.short_section("section-data", t::VIEW_DATA, items, &mut blocks);
    let mut items = drafter.recipient_items(&statements);
    items.extend(drafter.denials(&statements, &[Class::Disclosure]));
    drafter.short_section("section-recipients", t::VIEW_RECIPIENTS, items, &mut blocks);
    let sales: Vec<&Statement<'_>> = statements.iter().filter(|statement| drafter.is_sale(statement)).collect();
    let items = sales.into_iter().map(|statement| drafter.whole_item(statement)).collect();
    drafter.short_section("section-sale", t::VIEW_SALE, items, &mut blocks);
    let items = drafter.keeping_items(&statements);
    drafter.short_section("section-keeping", t::VIEW_KEEPING, items, &mut blocks);
    let items = drafter.right_items(&statements);
    drafter.short_section("section-rights", t::VIEW_RIGHTS, items, &mut blocks);
    let own_contact = drafter.policy.noun(document).fields.iter().any(|field| &*field.key == "contact");
    if !own_contact {
        let mut inner = Vec::new();
        for id in drafter.declared(Kind::Contact) {
            drafter.contact(id, &mut inner);
        }
        drafter.view_section("section-contacts", t::CONTACTS_TITLE, inner, &mut blocks);
    }
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
    fn who(&mut self) -> Vec<Block> {
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
        let mut spans =
            vec![self.sentence_span(fill(template, &[("publisher", &publisher)]), vec!["policy.we".to_owned()])];
        if !header.you.is_empty() {
            let phrases = header.you.iter().map(|id| self.noun(*id)).collect();
            let people = self.words.join(phrases, Join::And);
            let words = fill(t::HEADER_YOU, &[("people", &people)]);
            spans.push(self.sentence_span(words, vec!["policy.you".to_owned()]));
        }
        self.details_due.clear();
        vec![Block::Paragraph { spans }]
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

    /// Whether the publisher acts, or a product that the policy covers.
    fn is_ours(&self, statement: &Statement<'_>) -> bool {
        let covered = |entry: &Entry| {
            entry.noun_id().is_some_and(|id| {
                self.policy.noun(id).kind == Kind::Product
                    && self.policy.header.covers.iter().any(|covers| covers.noun_id() == Some(id))
            })
        };
        statement.plan.actors.iter().all(|actor| self.is_publisher(actor) || covered(actor))
    }

    fn is_sale(&self, statement: &Statement<'_>) -> bool {
        let sells = |name: &str| SALE.contains(&name);
        self.is_ours(statement) && statement.plan.verbs.iter().any(|verb| sells(&self.policy.verb(*verb).name))
    }

    /// How surely a positive sentence says what it says. Whatever narrows it down makes it a case.
    fn certainty(&self, statement: &Statement<'_>) -> Certainty {
        let plan = &statement.plan;
        let narrowed = plan.reader.is_some()
            || plan.only_actor
            || plan.except.is_some()
            || statement.closed.is_some()
            || plan.manner.is_some_and(|manner| self.is_rare(manner))
            || plan.clauses.iter().any(|clause| {
                clause.slot.takes_condition()
                    || matches!(clause.value, ClauseValue::Guarded(_))
                    || matches!(clause.slot, Slot::As | Slot::Within)
                    || (clause.only && clause.slot != Slot::For)
            });
        // One of several is meant, and nobody knows which.
        let chosen = |entries: &[Entry], join: Join| entries.len() > 1 && join != Join::And;
        let undecided = chosen(&plan.objects, plan.object_join)
            || plan.clauses.iter().any(|clause| match &clause.value {
                ClauseValue::List(entries, join) => {
                    matches!(clause.slot, Slot::For | Slot::With | Slot::To) && chosen(entries, *join)
                }
                ClauseValue::Topic(..) | ClauseValue::Condition(_) | ClauseValue::Flag | ClauseValue::Guarded(_) => {
                    false
                }
            });
        match plan.force {
            Force::Does | Force::Must | Force::Will | Force::Commits if undecided => Certainty::Possibly,
            Force::May | Force::Might | Force::Can | Force::Should => Certainty::Possibly,
            Force::Does | Force::Must | Force::Will | Force::Commits if narrowed => Certainty::InCases,
            Force::Does | Force::Must | Force::Will | Force::Commits => Certainty::Always,
        }
    }

    /// Whether a manner says that something is not always done.
    fn is_rare(&self, manner: NounId) -> bool {
        self.policy.noun(manner).name.as_deref().is_some_and(|name| RARELY.contains(&name))
    }

    /// Whether a sentence is about the time behind us, which says nothing of today.
    fn is_past(&self, statement: &Statement<'_>) -> bool {
        let periods = statement.plan.entries(Slot::Within).iter().filter_map(Entry::period);
        periods.flat_map(|period| &period.steps).any(|step| step.bound == Bound::Last)
    }

    /// Words that lead to the place of a fact in the full policy.
    fn led_to(&self, fact: Option<&String>, words: Phrase) -> Phrase {
        let has_link = words.clone().into_inlines().iter().any(is_link);
        match fact {
            Some(fact) if !has_link => self.full_policy(fact, words),
            _ => words,
        }
    }

    /// A list of what is named, with nothing that stands in the full policy behind it.
    fn bare_list(&mut self, entries: &[Entry]) -> Phrase {
        const MOST: usize = 8;
        let bare: Vec<Entry> = entries.iter().take(MOST).map(|entry| self.bare(entry)).collect();
        let list = self.briefly(|drafter| drafter.list(&bare, Listing::objects(Join::And)));
        if entries.len() > MOST { fill(t::VIEW_MORE, &[("list", &list)]) } else { list }
    }

    /// Says something without what follows a noun where it is named first: members, addresses, definitions.
    fn briefly(&mut self, say: impl FnOnce(&mut Self) -> Phrase) -> Phrase {
        let known = vec![true; self.seen.len()];
        let seen = std::mem::replace(&mut self.seen, known);
        let words = say(self);
        self.seen = seen;
        self.details_due.clear();
        words
    }

    /// An entry without what only adds to it: its members and its reasons.
    fn bare(&self, entry: &Entry) -> Entry {
        let mut bare = entry.clone();
        let has_words = entry.noun_id().is_some_and(|id| !self.policy.noun(id).is_its_members());
        if has_words {
            bare.group = None;
        }
        bare.tail.retain(|clause| !matches!(clause.slot, Slot::Because | Slot::Required | Slot::Kept | Slot::See));
        bare.citation = None;
        bare
    }

    /// What the publisher does not do, whole.
    fn denials(&mut self, statements: &[Statement<'p>], classes: &[Class]) -> Vec<Item> {
        let mut items = Vec::new();
        for statement in statements {
            let denied = statement.plan.is_denied(self.policy) && self.is_ours(statement);
            if denied && self.is_class(statement, classes) && !self.is_sale(statement) {
                items.push(self.whole_item(statement));
            }
        }
        items
    }

    /// A sentence repeated whole, with a link to its place.
    fn whole_item(&mut self, statement: &Statement<'p>) -> Item {
        let facts = statement.plan.fact_ids();
        let mut words = self.clause_of(&statement.plan);
        if statement.closed.is_some() {
            words = fill(t::VIEW_CERTAIN_CASES, &[("sentence", &words)]);
        }
        self.details_due.clear();
        let sentence = self.sentence_span(words, facts.clone());
        let details = self.led_to(facts.first(), phrase(words_of(t::VIEW_DETAILS)));
        let details = Span { facts, text: details.into_inlines(), ..Span::default() };
        Item { spans: vec![sentence, details], blocks: Vec::new() }
    }

    fn item(&mut self, mut words: Phrase, facts: Vec<String>) -> Item {
        words.capitalise();
        self.details_due.clear();
        Item { spans: vec![self.span(words, facts)], blocks: Vec::new() }
    }

    /// How long what is kept.
    fn keeping_items(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let mut items = Vec::new();
        for statement in statements {
            let plan = &statement.plan;
            let keeps = self.is_class(statement, &[Class::Retention]) && self.is_ours(statement);
            let how_long = plan.clauses.iter().find(|clause| {
                let is_period = clause.value.entries().iter().any(|entry| entry.period().is_some());
                clause.slot == Slot::Kept || keeps && clause.slot == Slot::For && is_period
            });
            let limited = keeps && [Slot::Until, Slot::While].iter().any(|slot| plan.clause(*slot).is_some());
            if plan.is_denied(self.policy) || (how_long.is_none() && !limited) {
                continue;
            }
            let sure = self.certainty(statement) == Certainty::Always && plan.manner.is_none();
            match how_long.filter(|_| sure) {
                Some(clause) => {
                    let data = self.bare_list(&plan.objects);
                    let data = self.led_to(plan.facts.first(), data);
                    self.kept_number = self.number_of_objects(plan);
                    let period = match clause.value.entries() {
                        [only] => self.entry(only, false, false),
                        _ => self.clause(plan, clause),
                    };
                    let words = fill(t::VIEW_KEPT, &[("data", &data), ("period", &period)]);
                    let item = self.item(words, plan.fact_ids());
                    items.push(item);
                }
                None if keeps => items.push(self.whole_item(statement)),
                None => {}
            }
        }
        items
    }

    /// The rights as one list, then what readers can do.
    fn right_items(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let mut items = Vec::new();
        let is_right = |drafter: &Self, entry: &Entry| {
            entry.noun_id().is_some_and(|id| drafter.policy.noun(id).kind == Kind::Right)
        };
        let has_rights = |drafter: &Self, statement: &Statement<'_>| {
            drafter.is_class(statement, &[Class::Right])
                && !statement.plan.is_denied(drafter.policy)
                && statement.closed.is_none()
                && drafter.is_reader(statement)
                && !statement.plan.objects.is_empty()
                && statement.plan.objects.iter().all(|entry| is_right(drafter, entry))
        };
        for certainty in [Certainty::Always, Certainty::InCases] {
            let of_kind: Vec<&Statement<'_>> = statements
                .iter()
                .filter(|statement| has_rights(self, statement))
                .filter(|statement| {
                    // "You may have the right" is how rights are said, not a doubt; a law may give it to some only.
                    let law = statement.plan.clause(Slot::Under).is_some();
                    let sure = !law && self.certainty(&statement.sure()) == Certainty::Always;
                    sure == (certainty == Certainty::Always)
                })
                .collect();
            let Some(first) = of_kind.first() else { continue };
            let mut merged = first.plan.clone();
            merged.clauses.clear();
            merged.inherited.clear();
            merged.except = None;
            merged.reader = None;
            merged.objects.clear();
            merged.facts.clear();
            for statement in of_kind {
                for entry in &statement.plan.objects {
                    let entry = self.bare(entry);
                    if !merged.objects.contains(&entry) {
                        merged.objects.push(entry);
                    }
                }
                merged.facts.extend(statement.plan.facts.iter().cloned());
            }
            let mut words = self.clause_of(&merged);
            if certainty == Certainty::InCases {
                words = fill(t::VIEW_IN_SOME_CASES, &[("sentence", &words)]);
            }
            self.details_due.clear();
            let facts = merged.fact_ids();
            let sentence = self.sentence_span(words, facts.clone());
            let details = self.led_to(facts.first(), phrase(words_of(t::VIEW_DETAILS)));
            let details = Span { facts, text: details.into_inlines(), ..Span::default() };
            items.push(Item { spans: vec![sentence, details], blocks: Vec::new() });
        }
        let acts = |drafter: &Self, statement: &Statement<'_>| {
            drafter.is_class(statement, &[Class::Choice, Class::Right])
                && drafter.is_reader(statement)
                && !has_rights(drafter, statement)
        };
        for statement in statements {
            if acts(self, statement) {
                let item = self.whole_item(statement);
                items.push(item);
            }
        }
        for id in self.declared(Kind::Basis) {
            let position = self.policy.noun(id).fields.iter().position(|field| &*field.key == "withdraw");
            let Some(position) = position else { continue };
            let consent = phrase(self.policy.noun(id).words());
            self.mentions.push(id);
            let consent = self.led_to(Some(&self.policy.noun(id).id.to_string()), consent);
            let means = self.field(id, position);
            let words = fill(t::VIEW_WITHDRAW, &[("consent", &consent), ("means", &means)]);
            let item = self.item(words, Vec::new());
            items.push(item);
        }
        items
    }
}

impl<'p> Statement<'p> {
    /// The same sentence as if it were stated without "may".
    fn sure(&self) -> Statement<'p> {
        let mut plan = self.plan.clone();
        plan.force = Force::Does;
        Statement { plan, closed: self.closed, inherited: self.inherited.clone() }
    }
}

fn is_link(inline: &Inline) -> bool {
    match inline {
        Inline::Link { .. } | Inline::Reference { .. } => true,
        Inline::Strong { content } | Inline::Emphasis { content } => content.iter().any(is_link),
        Inline::Text(_) | Inline::Code(_) | Inline::Time { .. } => false,
    }
}
