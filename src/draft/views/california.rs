//! What the law of California wants to be said: the categories of Cal. Civ. Code 1798.140(v)(1) with their
//! sources, purposes and periods; who gets them, in three lists; what is sensitive; rights and ways out.
//!
//! A datum falls under the letters that its author gives it (`ccpa F`), else under those of the nearest entry of
//! the vocabulary that it is. What the policy does not say is printed as not said.

mod categories;
mod cells;
mod everything;
mod flows;
mod here;

use categories::{PLACE, californians, is_unconditional, is_under_ccpa, letters, lives_in, plain, residence, universe};
use cells::{Cell, Lines, columns, row};
use flows::Flow;
use here::here;

use foldhash::HashSet;

use super::View;
use super::practices::{Practice, is_not_yet, is_ours, is_stated, lists_of, practices, purposes_of};
use super::reach::{Reach, speaks_of};
use crate::document::{Block, Inline, Row, Span};
use crate::draft::Drafter;
use crate::draft::details::category_words;
use crate::draft::plan::Plan;
use crate::policy::{Entry, NounId};
use crate::syntax::words::{Bound, Force, Join, Kind, Polarity, Quantifier, Slot};
use crate::vocabulary::{self, Class};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

/// The categories, with the standard entry that means the whole of one where there is such an entry.
const CATEGORIES: [(&str, Option<&str>); 12] = [
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
    ("L", None),
];

/// The limbs of sensitive personal information (1798.140(ae)).
const LIMBS: [&str; 10] = ["1A", "1B", "1C", "1D", "1E", "1F", "1G", "2A", "2B", "2C"];

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, document: NounId) -> View {
    let query = drafter.statement_ids();
    // A table is no place for definitions: the full policy has them.
    drafter.seen.fill(true);
    drafter.placed.clear();
    let policy = drafter.policy;
    let readers = californians(policy);
    let found: Vec<Practice<'_>> = here(policy, practices(drafter, false), &readers);
    let reach = Reach::new(policy, &found);
    let elsewhere = drafter.nouns_of_other_editions();
    let services: Vec<NounId> = (0u32..)
        .zip(&policy.nouns)
        .filter(|(_, noun)| noun.kind == Kind::Engagement && noun.declared && !noun.internal)
        .map(|(index, _)| NounId(index))
        .filter(|id| !elsewhere.contains(id) && !is_not_yet(policy, *id))
        .collect();
    let data = universe(policy, &found, &services, &reach);
    if !readers.is_empty() {
        drafter.readers.clone_from(&readers);
    }
    let id = policy.noun(document).id.to_string();
    let mut notice = Notice { drafter, document: id, found: &found, reach: &reach, services, data };
    let mut blocks = vec![notice.intro(&readers)];
    notice.collected(&mut blocks);
    for flow in [Flow::Disclosed, Flow::Sold, Flow::Shared] {
        notice.flow(flow, &mut blocks);
    }
    notice.sensitive(&mut blocks);
    notice.rights(&mut blocks);
    drafter.contacts_of_policy(document, &mut blocks);
    View { blocks, query }
}

struct Notice<'d, 'p, 'f> {
    drafter: &'d mut Drafter<'p>,
    /// The id of the document.
    document: String,
    found: &'f [Practice<'p>],
    reach: &'f Reach<'p>,
    /// The services that others render in this edition.
    services: Vec<NounId>,
    data: Vec<NounId>,
}

impl<'p, 'f> Notice<'_, 'p, 'f> {
    fn intro(&mut self, readers: &[NounId]) -> Block {
        let fact = vec![self.document.clone()];
        let mut spans = Vec::new();
        spans.push(self.drafter.sentence_span(self.drafter.words.fill(t::CALIFORNIA_INTRO, &[]), fact.clone()));
        let words = self.drafter.words.fill(t::CALIFORNIA_SAYS, &[]);
        spans.push(self.drafter.sentence_span(words, fact.clone()));
        spans.extend(self.drafter.who_we_are(false, t::VIEW_WE));
        if !readers.is_empty() {
            let people = readers.iter().map(|id| self.drafter.noun(*id)).collect();
            let people = self.drafter.words.join(people, Join::And);
            let words = self.drafter.words.fill(t::CALIFORNIA_PEOPLE, &[("people", &people)]);
            spans.push(self.drafter.sentence_span(words, fact));
        }
        Block::Paragraph { spans }
    }

    // ── what is collected ───────────────────────────────────────────────────────────────────────────────

    fn collected(&mut self, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        for (category, data) in self.categories() {
            let mut lines = Lines::default();
            for id in data {
                let cells = vec![self.sources(id), self.purposes(id), self.is_collected(id), self.periods(id)];
                lines.add(id, cells);
            }
            for (some, cells) in lines.into_lines() {
                let names = self.names(&some, &[Class::Collection, Class::Tracking]);
                let row = row([vec![self.category_span(category), names], cells].concat());
                // Of data that only a list of cases names, nothing is said here.
                if !row.facts.is_empty() {
                    rows.push(row);
                }
            }
        }
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let caption = self.drafter.span(self.drafter.words.fill(t::CALIFORNIA_COLLECTED, &[]), Vec::new());
            let columns =
                columns(&["category", "objects", "sources", "for", "collected", "period"], self.drafter.words);
            blocks.push(Block::Table { caption: vec![caption], columns, rows });
        }
        blocks.extend(self.of_everything());
        blocks.extend(self.not_collected());
        self.section("collection", t::CALIFORNIA_TITLE_COLLECTION, blocks, out);
    }

    /// Categories whose collection the policy denies. Where it says nothing, nothing is said.
    fn not_collected(&mut self) -> Option<Block> {
        let mut names = Vec::new();
        let mut silent = Vec::new();
        let mut facts = Vec::new();
        let taken: Vec<&str> = self.categories().into_iter().map(|(category, _)| category).collect();
        for (category, whole) in CATEGORIES {
            if taken.contains(&category) {
                continue;
            }
            let denial = whole.and_then(|whole| {
                self.found.iter().find(|practice| {
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
                })
            });
            match denial {
                Some(denial) => {
                    names.extend(category_words(category, self.drafter.words));
                    facts.extend(denial.plan.fact_ids());
                }
                // What is sensitive has a section of its own.
                None if category == "L" => {}
                None => silent.extend(category_words(category, self.drafter.words)),
            }
        }
        let mut spans = Vec::new();
        for practice in self.found.iter().filter(|practice| self.reach.keeps_away(&practice.plan)) {
            let words = self.drafter.statement(&practice.plan, None);
            spans.push(self.drafter.span(words, practice.plan.fact_ids()));
        }
        if !names.is_empty() {
            let list = self.drafter.words.join(names, Join::And);
            let words = self.drafter.words.fill(t::CALIFORNIA_NOT_COLLECTED, &[("list", &list)]);
            spans.push(self.drafter.sentence_span(words, facts));
        }
        if !silent.is_empty() {
            let list = self.drafter.words.join(silent, Join::Or);
            let words = self.drafter.words.fill(t::CALIFORNIA_SILENT_COLLECTED, &[("list", &list)]);
            spans.push(self.drafter.sentence_span(words, vec![self.document.clone()]));
        }
        (!spans.is_empty()).then_some(Block::Paragraph { spans })
    }

    fn sources(&mut self, id: NounId) -> Span {
        let mut cell = Cell::default();
        for practice in self.about(id, &[Class::Collection, Class::Tracking]) {
            for entry in practice.plan.entries(Slot::From) {
                let words = self.drafter.entry(entry, false, false);
                cell.add(words, &Phrase::default(), practice.plan.fact_ids());
            }
        }
        let noun = self.drafter.policy.noun(id);
        for entry in &noun.from {
            let words = self.drafter.entry(entry, false, false);
            cell.add(words, &Phrase::default(), vec![noun.id.to_string()]);
        }
        self.cell(cell)
    }

    fn purposes(&mut self, id: NounId) -> Span {
        let mut cell = Cell::default();
        for practice in self.about(id, &[Class::Collection, Class::Use, Class::Tracking, Class::Retention]) {
            let plan = &practice.plan;
            if self.is_of_everything(plan, id) {
                continue;
            }
            // When it is collected stands with its name.
            let condition = match plan.class(self.drafter.policy) {
                Class::Collection | Class::Tracking => Phrase::default(),
                _ => self.condition(plan, Some(id)),
            };
            let mut entries: Vec<Entry> = Vec::new();
            for clause in plan.clauses.iter().filter(|clause| clause.slot == Slot::For) {
                for (_, list) in lists_of(clause) {
                    entries.extend(purposes_of(list).cloned());
                }
            }
            // Data that serves one purpose only serves none of the others.
            let policy = self.drafter.policy;
            let objects: Vec<&Entry> = plan.objects.iter().filter(|entry| speaks_of(policy, entry, id)).collect();
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
    fn is_collected(&mut self, id: NounId) -> Span {
        let mut cell = Cell::default();
        let mut known = false;
        for practice in self.about(id, &[Class::Collection, Class::Tracking]) {
            let plan = &practice.plan;
            let window = plan.clause(Slot::Within).filter(|clause| {
                let periods = clause.value.entries().iter().filter_map(Entry::period);
                periods.flat_map(|period| period.steps.first()).any(|step| step.bound == Bound::Last)
            });
            let words = match window {
                Some(clause) => {
                    let window = self.drafter.clause(plan, clause);
                    self.drafter.words.fill(t::CALIFORNIA_YES_WINDOW, &[("window", &window)])
                }
                None if matches!(plan.force, Force::May | Force::Might) => {
                    phrase(self.drafter.words.of(t::CALIFORNIA_MAY))
                }
                None => phrase(self.drafter.words.of(t::CALIFORNIA_YES)),
            };
            // One sentence that says so is enough; the others are facts of the cell.
            let definite = !matches!(plan.force, Force::May | Force::Might);
            if definite && !known {
                known = true;
                cell = Cell::of_facts(std::mem::take(&mut cell.facts));
                cell.add(words, &Phrase::default(), plan.fact_ids());
            } else if known {
                cell.add(Phrase::default(), &Phrase::default(), plan.fact_ids());
            } else {
                cell.add(words, &Phrase::default(), plan.fact_ids());
            }
        }
        self.cell(cell)
    }

    /// How long it is kept. A period for the rest holds for what no other sentence singles out.
    fn periods(&mut self, id: NounId) -> Span {
        let mut cell = Cell::default();
        let policy = self.drafter.policy;
        let mut kept = false;
        let (mut rest, mut deleted): (Vec<&Practice<'_>>, Vec<&Practice<'_>>) = (Vec::new(), Vec::new());
        for practice in self.found {
            let plan = &practice.plan;
            if !self.says(practice, id) {
                continue;
            }
            let class = plan.class(policy);
            if class == Class::Retention && plan.objects.iter().any(|entry| entry.quantifier == Some(Quantifier::Rest))
            {
                rest.push(practice);
                continue;
            }
            let words = self.period(plan);
            if words.is_empty() {
                continue;
            }
            kept |= class != Class::Deletion && self.reach.is_for(plan, id);
            if self.is_of_everything(plan, id) {
                continue;
            }
            match class {
                Class::Deletion => deleted.push(practice),
                _ => self.add_period(&mut cell, words, practice, id),
            }
        }
        for practice in rest.into_iter().filter(|_| !kept).chain(deleted) {
            let words = self.period(&practice.plan);
            self.add_period(&mut cell, words, practice, id);
        }
        self.cell(cell)
    }

    /// The period that a sentence states, with its conditions.
    fn period(&mut self, plan: &Plan) -> Phrase {
        let policy = self.drafter.policy;
        let class = plan.class(policy);
        let plan = plan.clone().with_one_period(policy);
        let slots: &[Slot] = match class {
            Class::Retention => &[Slot::For, Slot::Kept, Slot::While, Slot::Until],
            Class::Deletion => &[Slot::Within, Slot::After],
            _ => &[Slot::Kept],
        };
        let timed = |slot: Slot| {
            plan.clause(slot).is_some_and(|clause| {
                slot != Slot::For
                    || lists_of(clause).iter().any(|(_, list)| list.iter().any(|entry| entry.period().is_some()))
            })
        };
        let said: Vec<Slot> = slots.iter().copied().filter(|slot| timed(*slot)).collect();
        let mut parts = Phrase::default();
        for slot in &said {
            let words = match (slot, class) {
                (Slot::For | Slot::Kept, _) => self.drafter.cell(&plan, *slot),
                _ => self.drafter.slot(&plan, *slot),
            };
            parts.push_str(if parts.is_empty() { "" } else { " " });
            parts.append(words);
        }
        if parts.is_empty() {
            return parts;
        }
        if class == Class::Deletion {
            parts = self.drafter.words.fill(t::CALIFORNIA_DELETED, &[("words", &parts)]);
        }
        parts
    }

    fn add_period(&mut self, cell: &mut Cell, words: Phrase, practice: &Practice<'_>, id: NounId) {
        let mut rest = practice.plan.clone();
        let period = [Slot::While, Slot::Until, Slot::After];
        if matches!(rest.class(self.drafter.policy), Class::Retention | Class::Deletion) {
            rest.clauses.retain(|clause| !period.contains(&clause.slot));
        }
        let condition = self.condition(&rest, Some(id));
        cell.add(words, &condition, practice.plan.fact_ids());
    }

    /// Under which conditions, and for whom and on what, a sentence holds of a datum, or of everything.
    pub(super) fn condition(&mut self, plan: &Plan, id: Option<NounId>) -> Phrase {
        let mut limits = match id {
            Some(id) => self.reach.limits(plan, id),
            None => vec![Slot::About, Slot::On],
        };
        limits.retain(|slot| plan.clause(*slot).is_some());
        let mut out = Phrase::default();
        for slot in limits {
            out.push_str(if out.is_empty() { "" } else { " " });
            out.append(self.drafter.slot(plan, slot));
        }
        let conditions = self.drafter.conditions_aside(plan);
        out.push_str(if out.is_empty() || conditions.is_empty() { "" } else { ", " });
        out.append(conditions);
        out
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
            self.sensitive_rows(limb, data, &mut rows);
        }
        let policy = self.drafter.policy;
        let unnamed: Vec<NounId> = self
            .data
            .iter()
            .copied()
            .filter(|id| letters(policy, *id, "ccpa").contains(&"L") && letters(policy, *id, "spi").is_empty())
            .collect();
        self.sensitive_rows("other", unnamed, &mut rows);
        let mut blocks = Vec::new();
        if !rows.is_empty() {
            let caption = self.drafter.span(self.drafter.words.fill(t::CALIFORNIA_SENSITIVE, &[]), Vec::new());
            blocks.push(Block::Table {
                caption: vec![caption],
                columns: columns(&["category", "objects", "for"], self.drafter.words),
                rows,
            });
        }
        self.section("sensitive", t::CALIFORNIA_TITLE_SENSITIVE, blocks, out);
    }

    fn sensitive_rows(&mut self, limb: &'static str, data: Vec<NounId>, rows: &mut Vec<Row>) {
        let term = Template::find(&format!("spi-{limb}")).map_or(limb, |found| self.drafter.words.of(found));
        let mut lines = Lines::default();
        for id in data {
            let purposes = self.purposes(id);
            lines.add(id, vec![purposes]);
        }
        for (some, cells) in lines.into_lines() {
            let name = self.drafter.span(phrase(term), Vec::new());
            let mut names = self.names(&some, &[]);
            // That there is such data at all is what every sentence about it says.
            if cells.iter().all(|cell| cell.facts.is_empty()) {
                let said = some.iter().flat_map(|id| self.found.iter().filter(|practice| self.says(practice, *id)));
                names.facts.extend(said.flat_map(|practice| practice.plan.fact_ids()).take(1));
            }
            let row = row([vec![name, names], cells].concat());
            // Of data that only a list of cases names, nothing is said here either.
            if !row.facts.is_empty() {
                rows.push(row);
            }
        }
    }

    /// Rights of everybody, and everything that is said to people who live there alone.
    fn rights(&mut self, out: &mut Vec<Block>) {
        let policy = self.drafter.policy;
        let mut plans = Vec::new();
        let said: HashSet<&str> = out
            .iter()
            .filter(|block| matches!(block, Block::Section { id, .. } if id != "section-collection"))
            .flat_map(Block::facts)
            .collect();
        for practice in self.found {
            let class = practice.plan.class(policy);
            // What is said to people of all the country stands here if it is a right or a way out.
            let own =
                |people: &Vec<NounId>| people.iter().all(|id| residence(policy, *id).iter().all(|code| code == PLACE));
            let right = class == Class::Right || self.is_way_out(&practice.plan);
            let here = match &practice.said_to {
                None => right,
                Some(people) => people.iter().any(|id| lives_in(policy, *id, PLACE)) && (right || own(people)),
            };
            // What is denied, sold or shared stands under its own heading.
            let said = practice.plan.facts.iter().any(|fact| said.contains(fact.as_str()));
            if here && !said && practice.sentence.cases.is_none() {
                plans.push(practice.plan.clone());
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

    /// The sentences of some classes that say something of a datum.
    fn about(&self, id: NounId, classes: &[Class]) -> Vec<&'f Practice<'p>> {
        let policy = self.drafter.policy;
        let says = |practice: &&Practice<'_>| classes.contains(&practice.plan.class(policy)) && self.says(practice, id);
        self.found.iter().filter(says).collect()
    }

    /// Whether a sentence says that something is done with a datum. One with a closed list of cases says nothing
    /// without them.
    fn says(&self, practice: &Practice<'_>, id: NounId) -> bool {
        let policy = self.drafter.policy;
        let plan = &practice.plan;
        practice.sentence.cases.is_none()
            && is_stated(plan, policy)
            && is_ours(plan, policy)
            && self.reach.reaches(plan, id)
    }

    fn category_span(&mut self, letter: &str) -> Span {
        let words = category_words(letter, self.drafter.words).unwrap_or_default();
        self.drafter.span(words, Vec::new())
    }

    /// Data with the conditions under which alone it is collected.
    fn names(&mut self, data: &[NounId], classes: &[Class]) -> Span {
        let mut cell = Cell::default();
        for id in data {
            let noun = self.drafter.policy.noun(*id);
            let found = self.about(*id, classes);
            let conditions = found.iter().map(|practice| self.drafter.conditions_aside(&practice.plan)).collect();
            let condition = Cell::common(conditions, self.drafter.words);
            let facts: Vec<String> = found.iter().flat_map(|practice| practice.plan.fact_ids()).collect();
            self.drafter.mentions.push(*id);
            cell.add(phrase(noun.words()), &condition, facts);
        }
        self.cell(cell)
    }

    fn cell(&mut self, cell: Cell) -> Span {
        let facts = cell.facts.clone();
        let mut out = cell.into_words(self.drafter.words);
        if out.is_empty() {
            out = phrase(self.drafter.words.of(t::NOT_SAID));
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
        let title = Span { text: vec![Inline::text(self.drafter.words.of(title))], ..Span::default() };
        out.push(Block::Section { id, title: vec![title], blocks });
    }
}

fn is_category(letter: &str) -> bool {
    CATEGORIES.iter().any(|(known, _)| *known == letter)
}
