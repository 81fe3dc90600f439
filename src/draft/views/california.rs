//! What the law of California wants to be said: the categories of Cal. Civ. Code 1798.140(v)(1) with their
//! sources, purposes and periods; who gets them, in three lists; what is sensitive; rights and ways out.
//!
//! A datum falls under the letters that its author gives it (`ccpa F`), else under those of the nearest entry of
//! the vocabulary that it is. What the policy does not say is printed as not said.

use super::View;
use super::practices::{Practice, covers, is_ours, is_stated, lists_of, practices, purposes_of};
use crate::draft::Drafter;
use crate::draft::nouns::Listing;
use crate::draft::plan::Plan;
use crate::document::{Block, Inline, Row, Span};
use crate::policy::{Entry, Head, NounId, Policy, Value};
use crate::syntax::words::{Bound, Force, Join, Kind, Polarity, Quantifier, Slot};
use crate::vocabulary::{self, Class};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, fill, phrase, templates as t, words as words_of};

/// Where the readers of this document live.
const PLACE: &str = "US-CA";

/// The categories, with the standard entry that means the whole of one where there is such an entry.
const CATEGORIES: [(&str, Option<&str>); 11] = [
    ("A", None),
    ("B", None),
    ("C", None),
    ("D", None),
    ("E", Some("biometric")),
    ("F", None),
    ("G", Some("location-data")),
    ("H", None),
    ("I", Some("work-data")),
    ("J", Some("education")),
    ("K", Some("inferences")),
];

/// The limbs of sensitive personal information (1798.140(ae)).
const LIMBS: [&str; 10] = ["1A", "1B", "1C", "1D", "1E", "1F", "1G", "2A", "2B", "2C"];

/// A list of recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    Disclosed,
    Sold,
    Shared,
}

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, _document: NounId) -> View {
    let query = drafter.statement_ids();
    // A table is no place for definitions: the full policy has them.
    drafter.seen.fill(true);
    drafter.placed.clear();
    let found: Vec<Practice<'_>> = practices(drafter, false);
    let data = universe(drafter.policy, &found);
    let readers = californians(drafter.policy);
    if !readers.is_empty() {
        drafter.readers.clone_from(&readers);
    }
    let mut notice = Notice { drafter, found: &found, data };
    let mut blocks = vec![notice.intro(&readers)];
    notice.collected(&mut blocks);
    for flow in [Flow::Disclosed, Flow::Sold, Flow::Shared] {
        notice.flow(flow, &mut blocks);
    }
    notice.sensitive(&mut blocks);
    notice.rights(&readers, &mut blocks);
    View { blocks, query }
}

struct Notice<'d, 'p, 'f> {
    drafter: &'d mut Drafter<'p>,
    found: &'f [Practice<'p>],
    data: Vec<NounId>,
}

impl<'p, 'f> Notice<'_, 'p, 'f> {
    fn intro(&mut self, readers: &[NounId]) -> Block {
        let publisher = self.drafter.publisher(true);
        let mut spans = Vec::new();
        spans.push(self.drafter.sentence_span(fill(t::CALIFORNIA_INTRO, &[]), Vec::new()));
        let words = fill(t::CALIFORNIA_SAYS, &[("publisher", &publisher)]);
        spans.push(self.drafter.sentence_span(words, Vec::new()));
        spans.extend(self.drafter.who_we_are(false));
        if !readers.is_empty() {
            let people = readers.iter().map(|id| self.drafter.noun(*id)).collect();
            let people = self.drafter.words.join(people, Join::And);
            let words = fill(t::CALIFORNIA_PEOPLE, &[("people", &people)]);
            spans.push(self.drafter.sentence_span(words, Vec::new()));
        }
        Block::Paragraph { spans }
    }

    // ── what is collected ───────────────────────────────────────────────────────────────────────────────

    fn collected(&mut self, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        for (category, data) in self.categories() {
            let (name, cell) = self.data_cells(category, &data, &[Class::Collection, Class::Tracking]);
            let sources = self.sources(&data);
            let purposes = self.purposes(&data);
            let collected = self.is_collected(&data);
            let period = self.periods(&data);
            let cells = vec![name, cell, sources, purposes, collected, period];
            rows.push(row(cells));
        }
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let caption = self.drafter.span(fill(t::CALIFORNIA_COLLECTED, &[]), Vec::new());
            let columns = columns(&["category", "objects", "sources", "for", "collected", "period"]);
            blocks.push(Block::Table { caption: vec![caption], columns, rows });
        }
        blocks.extend(self.not_collected());
        self.section("collection", t::CALIFORNIA_TITLE_COLLECTION, blocks, out);
    }

    /// Categories whose collection the policy denies. Where it says nothing, nothing is said.
    fn not_collected(&mut self) -> Option<Block> {
        let mut names = Vec::new();
        let mut facts = Vec::new();
        let taken: Vec<&str> = self.categories().into_iter().map(|(category, _)| category).collect();
        for (category, whole) in CATEGORIES {
            let Some(whole) = whole.filter(|_| !taken.contains(&category)) else { continue };
            let denial = self.found.iter().find(|practice| {
                let plan = &practice.plan;
                plan.polarity != Polarity::Positive
                    && plan.force == Force::Does
                    && plan.class(self.drafter.policy) == Class::Collection
                    && is_ours(plan, self.drafter.policy)
                    && is_unconditional(plan)
                    && plan.entries(Slot::Within).is_empty()
                    && plan.objects.iter().any(|entry| {
                        plain(entry)
                            && entry.noun_id().is_some_and(|id| {
                                vocabulary::find(Kind::Data, whole).is_some()
                                    && self.drafter.policy.noun(id).standard == vocabulary::find(Kind::Data, whole)
                            })
                    })
            });
            if let Some(denial) = denial {
                names.push(self.category(category));
                facts.extend(denial.plan.fact_ids());
            }
        }
        if names.is_empty() {
            return None;
        }
        let list = self.drafter.words.join(names, Join::And);
        let words = fill(t::CALIFORNIA_NOT_COLLECTED, &[("list", &list)]);
        Some(Block::Paragraph { spans: vec![self.drafter.sentence_span(words, facts)] })
    }

    fn sources(&mut self, data: &[NounId]) -> Span {
        let mut cell = Cell::default();
        for practice in self.about(data, &[Class::Collection, Class::Tracking]) {
            let condition = self.drafter.conditions_aside(&practice.plan);
            for entry in practice.plan.entries(Slot::From) {
                let words = self.drafter.entry(entry, false, false);
                cell.add(words, &condition, practice.plan.fact_ids());
            }
        }
        for id in data {
            let noun = self.drafter.policy.noun(*id);
            for entry in &noun.from {
                let words = self.drafter.entry(entry, false, false);
                cell.add(words, &Phrase::default(), vec![noun.id.to_string()]);
            }
        }
        self.cell(cell)
    }

    fn purposes(&mut self, data: &[NounId]) -> Span {
        let mut cell = Cell::default();
        for practice in self.about(data, &[Class::Collection, Class::Use, Class::Tracking, Class::Retention]) {
            let plan = &practice.plan;
            let condition = self.drafter.conditions_aside(plan);
            let mut entries: Vec<Entry> = Vec::new();
            for clause in plan.clauses.iter().filter(|clause| clause.slot == Slot::For) {
                for (_, list) in lists_of(clause) {
                    entries.extend(purposes_of(list).cloned());
                }
            }
            // Data that serves one purpose only serves none of the others.
            let objects: Vec<&Entry> =
                plan.objects.iter().filter(|entry| data.iter().any(|id| self.speaks_of(entry, *id))).collect();
            let tails = |only: bool| {
                objects
                    .iter()
                    .flat_map(|entry| &entry.tail)
                    .filter(move |clause| clause.slot == Slot::For && (!only || clause.only))
                    .flat_map(|clause| purposes_of(clause.value.entries()))
                    .cloned()
                    .collect::<Vec<Entry>>()
            };
            let only = tails(true);
            if !only.is_empty() && objects.iter().all(|entry| entry.tail.iter().any(|clause| clause.only)) {
                entries = only;
            } else {
                entries.extend(tails(false));
            }
            for entry in &entries {
                let words = self.drafter.purpose(entry, false);
                cell.add(words, &condition, plan.fact_ids());
            }
        }
        self.cell(cell)
    }

    /// Whether the policy says that it is collected, and of which time it says so.
    fn is_collected(&mut self, data: &[NounId]) -> Span {
        let found = self.about(data, &[Class::Collection, Class::Tracking]);
        let facts: Vec<String> = found.iter().flat_map(|practice| practice.plan.fact_ids()).collect();
        let window = found.iter().find_map(|practice| {
            let clause = practice.plan.clause(Slot::Within)?;
            let period = clause.value.entries().first()?.period()?;
            let back = period.steps.first().is_some_and(|step| step.bound == Bound::Last);
            back.then_some((&practice.plan, clause))
        });
        let firm = found.iter().any(|practice| !matches!(practice.plan.force, Force::May | Force::Might));
        let words = match window {
            _ if found.is_empty() => Phrase::default(),
            Some((plan, clause)) => {
                let window = self.drafter.clause(plan, clause);
                fill(t::CALIFORNIA_YES_WINDOW, &[("window", &window)])
            }
            None if firm => phrase(words_of(t::CALIFORNIA_YES)),
            None => phrase(words_of(t::CALIFORNIA_MAY)),
        };
        let mut cell = Cell::default();
        cell.add(words, &Phrase::default(), facts);
        self.cell(cell)
    }

    /// How long the data is kept; each period names its data unless it holds for the whole category.
    fn periods(&mut self, data: &[NounId]) -> Span {
        let mut cell = Cell::default();
        let policy = self.drafter.policy;
        let kept_by = |practice: &Practice<'_>| -> Vec<NounId> {
            let speaks = |id: &NounId| practice.plan.objects.iter().any(|entry| speaks_of(policy, entry, *id));
            data.iter().copied().filter(speaks).collect()
        };
        let mut said: Vec<NounId> = Vec::new();
        let mut rest: Vec<&Practice<'_>> = Vec::new();
        for practice in self.found {
            let plan = &practice.plan;
            if !is_stated(plan, policy) || !is_ours(plan, policy) {
                continue;
            }
            let slot = match plan.class(policy) {
                Class::Retention | Class::Deletion => None,
                _ => Some(Slot::Kept),
            };
            if slot.is_none() && plan.objects.iter().any(|entry| entry.quantifier == Some(Quantifier::Rest)) {
                rest.push(practice);
                continue;
            }
            let about = kept_by(practice);
            let words = self.period(plan, slot);
            if about.is_empty() || words.is_empty() {
                continue;
            }
            said.extend(&about);
            let words = self.of_data(&about, data, words);
            cell.add(words, &Phrase::default(), plan.fact_ids());
        }
        for practice in rest {
            let about: Vec<NounId> = kept_by(practice)
                .into_iter()
                .filter(|id| !said.contains(id))
                .filter(|id| {
                    let cut = practice.plan.objects.iter().flat_map(|entry| &entry.except).filter_map(Entry::noun_id);
                    !cut.into_iter().any(|cut| covers(policy, cut, *id))
                })
                .collect();
            let words = self.period(&practice.plan, None);
            if !about.is_empty() && !words.is_empty() {
                let words = self.of_data(&about, data, words);
                cell.add(words, &Phrase::default(), practice.plan.fact_ids());
            }
        }
        self.cell(cell)
    }

    fn of_data(&mut self, about: &[NounId], data: &[NounId], words: Phrase) -> Phrase {
        if data.iter().all(|id| about.contains(id)) {
            return words;
        }
        let names = about.iter().map(|id| phrase(self.drafter.policy.noun(*id).words())).collect();
        let names = self.drafter.words.join(names, Join::And);
        fill(t::CALIFORNIA_PERIOD, &[("data", &names), ("period", &words)])
    }

    /// The period that a sentence states, with its conditions.
    fn period(&mut self, plan: &Plan, slot: Option<Slot>) -> Phrase {
        let mut parts = Phrase::default();
        let slots: &[Slot] = match slot {
            Some(_) => &[Slot::Kept],
            None => &[Slot::For, Slot::Kept, Slot::While, Slot::Until, Slot::Within, Slot::After],
        };
        let timed = |plan: &Plan, slot: Slot| {
            plan.clause(slot).is_some()
                && (slot != Slot::For || plan.entries(slot).iter().any(|entry| entry.period().is_some()))
        };
        let said: Vec<Slot> = slots.iter().copied().filter(|slot| timed(plan, *slot)).collect();
        for slot in &said {
            let words = self.drafter.slot(plan, *slot);
            parts.push_str(if parts.is_empty() { "" } else { " " });
            parts.append(words);
        }
        if parts.is_empty() {
            return parts;
        }
        let mut rest = plan.clone();
        rest.clauses.retain(|clause| !said.contains(&clause.slot));
        let condition = self.drafter.conditions_aside(&rest);
        conditional(parts, &condition)
    }

    // ── who gets it ─────────────────────────────────────────────────────────────────────────────────────

    fn flow(&mut self, flow: Flow, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        let mut silent = Vec::new();
        let policy = self.drafter.policy;
        for (category, data) in self.categories() {
            let gone: Vec<NounId> = data.iter().copied().filter(|id| self.goes(flow, *id)).collect();
            if !gone.is_empty() {
                let name = self.category_span(category);
                let names = self.names(&gone, &[]);
                let recipients = self.recipients(flow, &gone);
                let purposes = self.purposes_of_flow(flow, &gone);
                rows.push(row(vec![name, names, recipients, purposes]));
            }
            let unsaid: Vec<NounId> =
                data.iter().copied().filter(|id| !gone.contains(id) && !self.is_denied(flow, *id)).collect();
            for id in unsaid {
                if !silent.contains(&id) {
                    silent.push(id);
                }
            }
        }
        let (title, id, caption, silence) = match flow {
            Flow::Disclosed => (
                t::CALIFORNIA_TITLE_DISCLOSED,
                "disclosed",
                t::CALIFORNIA_RECIPIENTS_DISCLOSED,
                t::CALIFORNIA_SILENT_DISCLOSED,
            ),
            Flow::Sold => {
                (t::CALIFORNIA_TITLE_SOLD, "sold", t::CALIFORNIA_RECIPIENTS_SOLD, t::CALIFORNIA_SILENT_SOLD)
            }
            Flow::Shared => {
                (t::CALIFORNIA_TITLE_SHARED, "shared", t::CALIFORNIA_RECIPIENTS_SHARED, t::CALIFORNIA_SILENT_SHARED)
            }
        };
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let caption = self.drafter.span(fill(caption, &[]), Vec::new());
            let columns = columns(&["category", "objects", "recipients", "for"]);
            blocks.push(Block::Table { caption: vec![caption], columns, rows });
        }
        let mut spans = Vec::new();
        let denials: Vec<&Practice<'_>> =
            self.found.iter().filter(|practice| denies(&practice.plan, flow, policy)).collect();
        for practice in denials {
            let words = self.drafter.statement(&practice.plan, practice.sentence.cases.as_deref());
            spans.push(self.drafter.span(words, practice.plan.fact_ids()));
        }
        if !silent.is_empty() {
            let entries: Vec<Entry> = silent.into_iter().map(Entry::noun).collect();
            let list = self.drafter.list(&entries, Listing { join: Join::Or, your: true, subject: false });
            spans.push(self.drafter.sentence_span(fill(silence, &[("list", &list)]), Vec::new()));
        }
        if !spans.is_empty() {
            blocks.push(Block::Paragraph { spans });
        }
        self.section(id, title, blocks, out);
    }

    /// Whether the policy says that a datum goes this way.
    fn goes(&self, flow: Flow, id: NounId) -> bool {
        let policy = self.drafter.policy;
        self.found.iter().any(|practice| {
            sends(&practice.plan, flow, policy)
                && practice.plan.objects.iter().any(|entry| speaks_of(policy, entry, id))
        }) || (flow == Flow::Disclosed && !self.engagements(id).is_empty())
    }

    fn is_denied(&self, flow: Flow, id: NounId) -> bool {
        let policy = self.drafter.policy;
        self.found.iter().any(|practice| {
            denies(&practice.plan, flow, policy)
                && practice.plan.objects.iter().any(|entry| speaks_of(policy, entry, id))
        })
    }

    /// The services that get a datum.
    fn engagements(&self, id: NounId) -> Vec<NounId> {
        let policy = self.drafter.policy;
        (0u32..)
            .zip(&policy.nouns)
            .filter(|(_, noun)| {
                let gets = noun.fields.iter().filter(|field| &*field.key == "gets").flat_map(|field| &field.values);
                noun.kind == Kind::Engagement
                    && noun.declared
                    && !noun.internal
                    && gets.into_iter().any(|entry| speaks_of(policy, entry, id))
            })
            .map(|(index, _)| NounId(index))
            .collect()
    }

    fn recipients(&mut self, flow: Flow, data: &[NounId]) -> Span {
        let policy = self.drafter.policy;
        let mut cell = Cell::default();
        for practice in self.found.iter().filter(|practice| sends(&practice.plan, flow, policy)) {
            let plan = &practice.plan;
            if !data.iter().any(|id| plan.objects.iter().any(|entry| speaks_of(policy, entry, *id))) {
                continue;
            }
            let condition = self.drafter.conditions_aside(plan);
            for slot in [Slot::With, Slot::To] {
                for entry in plan.entries(slot) {
                    let mut words = self.drafter.entry(entry, false, false);
                    for role in plan.entries(Slot::As) {
                        let role = self.drafter.role(role);
                        words = fill(t::CALIFORNIA_ROLE, &[("who", &words), ("role", &role)]);
                    }
                    cell.add(words, &condition, plan.fact_ids());
                }
            }
        }
        if flow == Flow::Disclosed {
            for id in data {
                for engagement in self.engagements(*id) {
                    let noun = policy.noun(engagement);
                    let mut words = self.drafter.noun(engagement);
                    let roles: Vec<Entry> = noun
                        .fields
                        .iter()
                        .filter(|field| &*field.key == "role")
                        .flat_map(|field| field.values.iter().cloned())
                        .collect();
                    for role in &roles {
                        let role = self.drafter.role(role);
                        words = fill(t::CALIFORNIA_ROLE, &[("who", &words), ("role", &role)]);
                    }
                    cell.add(words, &Phrase::default(), vec![noun.id.to_string()]);
                }
            }
        }
        self.cell(cell)
    }

    fn purposes_of_flow(&mut self, flow: Flow, data: &[NounId]) -> Span {
        let policy = self.drafter.policy;
        let mut cell = Cell::default();
        for practice in self.found.iter().filter(|practice| sends(&practice.plan, flow, policy)) {
            let plan = &practice.plan;
            if data.iter().any(|id| plan.objects.iter().any(|entry| speaks_of(policy, entry, *id))) {
                for entry in purposes_of(plan.entries(Slot::For)) {
                    let words = self.drafter.purpose(entry, false);
                    cell.add(words, &Phrase::default(), plan.fact_ids());
                }
            }
        }
        if flow == Flow::Disclosed {
            for id in data {
                for engagement in self.engagements(*id) {
                    let noun = policy.noun(engagement);
                    let purposes = noun.fields.iter().filter(|field| &*field.key == "for");
                    for entry in purposes.flat_map(|field| purposes_of(&field.values)) {
                        let words = self.drafter.purpose(entry, false);
                        cell.add(words, &Phrase::default(), vec![noun.id.to_string()]);
                    }
                }
            }
        }
        self.cell(cell)
    }

    // ── what is sensitive, and what people can do ───────────────────────────────────────────────────────

    fn sensitive(&mut self, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        for limb in LIMBS {
            let policy = self.drafter.policy;
            let data: Vec<NounId> =
                self.data.iter().copied().filter(|id| letters(policy, *id, "spi").contains(&limb)).collect();
            if data.is_empty() {
                continue;
            }
            let term = Template::find(&format!("spi-{limb}")).map_or(limb, words_of);
            let name = self.drafter.span(phrase(term), Vec::new());
            let names = self.names(&data, &[]);
            let purposes = self.purposes(&data);
            rows.push(row(vec![name, names, purposes]));
        }
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let caption = self.drafter.span(fill(t::CALIFORNIA_SENSITIVE, &[]), Vec::new());
            blocks.push(Block::Table { caption: vec![caption], columns: columns(&["category", "objects", "for"]), rows });
        }
        self.section("sensitive", t::CALIFORNIA_TITLE_SENSITIVE, blocks, out);
    }

    /// Rights of everybody, and everything that is said to people who live there alone.
    fn rights(&mut self, readers: &[NounId], out: &mut Vec<Block>) {
        let policy = self.drafter.policy;
        let mut plans = Vec::new();
        for practice in self.found {
            let class = practice.plan.class(policy);
            let here = match &practice.plan.reader {
                None => matches!(class, Class::Right) || self.is_way_out(&practice.plan),
                Some(people) => people.iter().any(|id| lives_in(policy, *id, PLACE)),
            };
            if here && practice.sentence.cases.is_none() {
                // The notice is for them: "if you are a California resident" is said once.
                let known = practice.plan.reader.as_ref().is_some_and(|people| people == readers);
                let mut plan = practice.plan.clone();
                if known {
                    plan.reader = None;
                }
                plans.push(plan);
            }
        }
        let mut blocks = Vec::new();
        self.drafter.run(plans, &mut blocks);
        let rights: Vec<NounId> = (0u32..)
            .zip(&policy.nouns)
            .map(|(index, noun)| (NounId(index), noun))
            .filter(|(id, noun)| {
                noun.kind == Kind::Right
                    && noun.declared
                    && !noun.internal
                    && !noun.fields.is_empty()
                    && (policy.is(*id, "ccpa-right") || is_under_ccpa(policy, *id))
            })
            .map(|(id, _)| id)
            .collect();
        self.drafter.rows(rights, &mut blocks);
        self.section("rights", t::CALIFORNIA_TITLE_RIGHTS, blocks, out);
    }

    /// Whether a choice leads out of what the statute lets people refuse.
    fn is_way_out(&self, plan: &Plan) -> bool {
        let policy = self.drafter.policy;
        let opts = plan.verbs.iter().any(|verb| policy.verb(*verb).name.starts_with("opt-out"));
        let right = plan.objects.iter().filter_map(Entry::noun_id).any(|id| {
            policy.noun(id).kind == Kind::Right || (policy.noun(id).kind == Kind::Term && policy.is(id, "sale"))
        });
        plan.class(policy) == Class::Choice && (opts || right)
    }

    // ── helpers ─────────────────────────────────────────────────────────────────────────────────────────

    /// The categories that the policy names data of, in the order of their letters.
    fn categories(&self) -> Vec<(&'static str, Vec<NounId>)> {
        let policy = self.drafter.policy;
        let mut found = Vec::new();
        for (category, _) in CATEGORIES {
            let data: Vec<NounId> =
                self.data.iter().copied().filter(|id| letters(policy, *id, "ccpa").contains(&category)).collect();
            if !data.is_empty() {
                found.push((category, data));
            }
        }
        let other: Vec<NounId> = self
            .data
            .iter()
            .copied()
            .filter(|id| !letters(policy, *id, "ccpa").iter().any(|letter| is_category(letter)))
            .collect();
        if !other.is_empty() {
            found.push(("other", other));
        }
        found
    }

    /// The sentences of some classes that say something of this data.
    fn about(&self, data: &[NounId], classes: &[Class]) -> Vec<&'f Practice<'p>> {
        let policy = self.drafter.policy;
        self.found
            .iter()
            .filter(|practice| {
                let plan = &practice.plan;
                is_stated(plan, policy)
                    && is_ours(plan, policy)
                    && classes.contains(&plan.class(policy))
                    && plan.objects.iter().any(|entry| data.iter().any(|id| speaks_of(policy, entry, *id)))
            })
            .collect()
    }

    fn speaks_of(&self, entry: &Entry, id: NounId) -> bool {
        speaks_of(self.drafter.policy, entry, id)
    }

    fn category(&self, letter: &str) -> Phrase {
        let term = Template::find(&format!("ccpa-{letter}")).map_or("", words_of);
        if letter == "other" {
            return phrase(term);
        }
        fill(t::CALIFORNIA_CATEGORY, &[("letter", &phrase(letter)), ("term", &phrase(term))])
    }

    fn category_span(&mut self, letter: &str) -> Span {
        let words = self.category(letter);
        self.drafter.span(words, Vec::new())
    }

    /// The name of a category, and its data with the conditions under which alone it is collected.
    fn data_cells(&mut self, category: &str, data: &[NounId], classes: &[Class]) -> (Span, Span) {
        (self.category_span(category), self.names(data, classes))
    }

    fn names(&mut self, data: &[NounId], classes: &[Class]) -> Span {
        let mut cell = Cell::default();
        for id in data {
            let noun = self.drafter.policy.noun(*id);
            let found = self.about(&[*id], classes);
            let condition = match found.as_slice() {
                [first, rest @ ..] if rest.is_empty() => self.drafter.conditions_aside(&first.plan),
                _ => Phrase::default(),
            };
            let facts: Vec<String> = found.iter().flat_map(|practice| practice.plan.fact_ids()).collect();
            self.drafter.mentions.push(*id);
            cell.add(phrase(noun.words()), &condition, facts);
        }
        self.cell(cell)
    }

    fn cell(&mut self, cell: Cell) -> Span {
        let facts = cell.facts.clone();
        let mut out = cell.into_words();
        if out.is_empty() {
            out = phrase(words_of(t::NOT_SAID));
        }
        out.capitalise();
        self.drafter.span(out, facts)
    }

    fn section(&mut self, id: &str, title: Template, blocks: Vec<Block>, out: &mut Vec<Block>) {
        if blocks.is_empty() {
            return;
        }
        let id = format!("section-{id}");
        self.drafter.targets.insert(id.clone());
        let title = Span { text: vec![Inline::text(words_of(title))], ..Span::default() };
        out.push(Block::Section { id, title: vec![title], blocks });
    }
}

/// What stands in a cell, with the facts that say it.
#[derive(Default)]
struct Cell {
    /// Each thing with the condition under which it holds.
    words: Vec<(Phrase, Phrase)>,
    facts: Vec<String>,
}

impl Cell {
    /// Adds a thing that is not there yet. What holds without a condition needs none.
    fn add(&mut self, words: Phrase, condition: &Phrase, facts: Vec<String>) {
        for fact in facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
        let text = words.plain();
        if text.is_empty() {
            return;
        }
        let same = |known: &(Phrase, Phrase)| known.0.plain() == text;
        if self.words.iter().any(|known| same(known) && (known.1.is_empty() || known.1 == *condition)) {
            return;
        }
        match self.words.iter_mut().find(|known| same(known)) {
            Some(known) if condition.is_empty() => known.1 = Phrase::default(),
            _ => self.words.push((words, condition.clone())),
        }
    }

    /// The things, each with its condition.
    fn into_words(self) -> Phrase {
        let mut out = Phrase::default();
        for (words, condition) in self.words {
            let words = conditional(words, &condition);
            out = if out.is_empty() { words } else { fill(t::CALIFORNIA_ITEMS, &[("words", &out), ("next", &words)]) };
        }
        out
    }
}

fn row(cells: Vec<Span>) -> Row {
    let mut facts: Vec<String> = Vec::new();
    for fact in cells.iter().flat_map(|cell| &cell.facts) {
        if !facts.contains(fact) {
            facts.push(fact.clone());
        }
    }
    Row { facts, cells }
}

fn columns(names: &[&str]) -> Vec<String> {
    let heading = |name: &&str| Template::find(&format!("column-{name}")).map_or("", words_of).to_owned();
    names.iter().map(heading).collect()
}

fn conditional(words: Phrase, condition: &Phrase) -> Phrase {
    if condition.is_empty() {
        return words;
    }
    fill(t::CALIFORNIA_CONDITIONAL, &[("words", &words), ("condition", condition)])
}

fn is_category(letter: &str) -> bool {
    CATEGORIES.iter().any(|(known, _)| *known == letter)
}

/// Whether an entry is a noun and nothing that narrows it.
fn plain(entry: &Entry) -> bool {
    entry.of.is_none() && entry.that.is_none() && entry.tail.is_empty() && entry.except.is_empty() && !entry.other
}

fn is_unconditional(plan: &Plan) -> bool {
    plan.except.is_none()
        && plan.reader.is_none()
        && !plan.clauses.iter().any(|clause| clause.only || (clause.slot.takes_condition()))
        && plan.clauses.iter().all(|clause| matches!(clause.slot, Slot::Because | Slot::Sense | Slot::Within))
}

/// The data that the policy says something is done with, members of groups included. What is not about people is no
/// personal information, and the word for all of it is no category.
fn universe(policy: &Policy, found: &[Practice<'_>]) -> Vec<NounId> {
    let mut data = Vec::new();
    for practice in found {
        let plan = &practice.plan;
        let class = plan.class(policy);
        let processing = matches!(
            class,
            Class::Collection
                | Class::Use
                | Class::Disclosure
                | Class::Retention
                | Class::Access
                | Class::Transfer
                | Class::Tracking
        );
        if processing && is_stated(plan, policy) && is_ours(plan, policy) {
            plan.objects.iter().for_each(|entry| add_data(policy, entry, 0, &mut data));
        }
    }
    for noun in policy.nouns.iter().filter(|noun| noun.kind == Kind::Engagement && noun.declared && !noun.internal) {
        let gets = noun.fields.iter().filter(|field| &*field.key == "gets").flat_map(|field| &field.values);
        gets.for_each(|entry| add_data(policy, entry, 0, &mut data));
    }
    data
}

fn add_data(policy: &Policy, entry: &Entry, depth: usize, data: &mut Vec<NounId>) {
    let Some(id) = entry.noun_id().filter(|_| depth < 16) else { return };
    let noun = policy.noun(id);
    if noun.kind != Kind::Data || policy.is(id, "non-personal") {
        return;
    }
    let groups = noun.group.iter().chain(&entry.group);
    if !noun.is_its_members() && !is_everything(policy, id) && !data.contains(&id) {
        data.push(id);
    }
    for member in groups.flat_map(|group| &group.entries) {
        add_data(policy, member, depth + 1, data);
    }
}

/// Whether a noun is the word for all personal information.
fn is_everything(policy: &Policy, id: NounId) -> bool {
    let standard = policy.noun(id).standard;
    ["personal", "information"].iter().any(|name| {
        standard.is_some() && standard == vocabulary::find(Kind::Data, name)
    })
}

/// Whether an entry speaks of a datum: it names it, a kind of it or a whole that it is a part of, or everything.
fn speaks_of(policy: &Policy, entry: &Entry, id: NounId) -> bool {
    let cut = entry.except.iter().filter_map(Entry::noun_id).any(|cut| covers(policy, cut, id));
    let named = match entry.head {
        Head::Everything => true,
        Head::Noun(wide) => is_everything(policy, wide) || covers(policy, wide, id),
        Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) => false,
    };
    let member = entry.group.iter().flat_map(|group| &group.entries).any(|member| speaks_of(policy, member, id));
    (named && !cut) || member
}

/// The letters that a datum falls under: the author's, else those of the nearest entry that it is.
fn letters<'p>(policy: &'p Policy, id: NounId, key: &str) -> Vec<&'p str> {
    let noun = policy.noun(id);
    if let Some(field) = noun.fields.iter().find(|field| &*field.key == key) {
        let words = field.values.iter().filter_map(|entry| match &entry.head {
            Head::Value(Value::Text(text) | Value::Code(text)) => Some(&**text),
            _ => None,
        });
        return words.flat_map(str::split_whitespace).collect();
    }
    if let Some(standard) = noun.standard {
        return standard_letters(standard, key);
    }
    let parents = noun.parents.iter().map(|parent| letters(policy, *parent, key));
    parents.flatten().collect()
}

fn standard_letters(index: u16, key: &str) -> Vec<&'static str> {
    let entry = vocabulary::entry(index);
    match entry.fields.iter().find(|(known, _)| *known == key) {
        // A star marks what fits in part.
        Some((_, values)) => {
            values.iter().flat_map(|value| value.split_whitespace()).map(|letter| letter.trim_end_matches('*')).collect()
        }
        None => entry.parents.iter().flat_map(|parent| standard_letters(*parent, key)).collect(),
    }
}

/// Whether a sentence sends data this way.
fn sends(plan: &Plan, flow: Flow, policy: &Policy) -> bool {
    let to_reader = |slot: Slot| plan.entries(slot).iter().any(|entry| matches!(entry.head, Head::You));
    is_stated(plan, policy)
        && is_ours(plan, policy)
        && plan.class(policy) == Class::Disclosure
        && !to_reader(Slot::To)
        && !to_reader(Slot::With)
        && flows(plan, policy).contains(&flow)
}

/// Whether a sentence denies that data goes this way.
fn denies(plan: &Plan, flow: Flow, policy: &Policy) -> bool {
    plan.polarity != Polarity::Positive
        && is_ours(plan, policy)
        && plan.class(policy) == Class::Disclosure
        && flows(plan, policy).contains(&flow)
}

/// What the verbs of a sentence mean: selling is selling; sharing is the statute's only in its sense.
fn flows(plan: &Plan, policy: &Policy) -> Vec<Flow> {
    let statutory = plan
        .entries(Slot::Sense)
        .iter()
        .filter_map(Entry::noun_id)
        .any(|id| ["ccpa", "cpra"].iter().any(|name| policy.is(id, name)));
    let mut flows = Vec::new();
    for verb in &plan.verbs {
        let verb = policy.verb(*verb);
        let flow = match &*verb.name {
            "sell" => Flow::Sold,
            "share" if statutory => Flow::Shared,
            _ if verb.class == Class::Disclosure => Flow::Disclosed,
            _ => continue,
        };
        flows.push(flow);
    }
    flows
}

/// The people of the policy who live in California.
fn californians(policy: &Policy) -> Vec<NounId> {
    (0u32..)
        .zip(&policy.nouns)
        .filter(|(index, noun)| {
            noun.kind == Kind::People && !noun.internal && residence(policy, NounId(*index)).contains(&PLACE.to_owned())
        })
        .map(|(index, _)| NounId(index))
        .collect()
}

/// Whether people live in a place, or in a country that it is a part of.
fn lives_in(policy: &Policy, id: NounId, place: &str) -> bool {
    residence(policy, id).iter().any(|code| {
        code == place || place.strip_prefix(code.as_str()).is_some_and(|rest| rest.starts_with('-'))
    })
}

/// The codes of the places where people live: the author's, else those of what they are.
fn residence(policy: &Policy, id: NounId) -> Vec<String> {
    let noun = policy.noun(id);
    let own: Vec<String> = noun
        .fields
        .iter()
        .filter(|field| &*field.key == "resident")
        .flat_map(|field| &field.values)
        .filter_map(|entry| match &entry.head {
            Head::Value(Value::Place(code)) => Some(code.to_string()),
            Head::Noun(place) => {
                let name = policy.noun(*place).name.as_deref()?;
                Some(name.strip_prefix("place-").unwrap_or(name).to_uppercase())
            }
            _ => None,
        })
        .collect();
    if !own.is_empty() {
        return own;
    }
    if let Some(standard) = noun.standard {
        let fields = vocabulary::entry(standard).fields;
        return fields
            .iter()
            .filter(|(key, _)| *key == "resident")
            .flat_map(|(_, values)| values.iter().map(|value| (*value).to_owned()))
            .collect();
    }
    noun.parents.iter().flat_map(|parent| residence(policy, *parent)).collect()
}

fn is_under_ccpa(policy: &Policy, id: NounId) -> bool {
    let under = policy.noun(id).fields.iter().filter(|field| &*field.key == "under").flat_map(|field| &field.values);
    under.into_iter().any(|entry| match &entry.head {
        Head::Noun(law) => policy.is(*law, "ccpa"),
        Head::Value(Value::Citation(citation)) => {
            citation.provisions.iter().filter_map(|provision| provision.law).any(|law| policy.is(law, "ccpa"))
        }
        _ => false,
    })
}
