//! Who gets the data of each category: what is disclosed, sold and shared in the sense of the statute, each in a
//! list of its own. A denial is printed as it is said, and silence as silence.

use super::Notice;
use super::categories::speaks_of;
use super::cells::{Cell, columns, row};
use crate::document::{Block, Span};
use crate::draft::nouns::Listing;
use crate::draft::plan::Plan;
use crate::draft::views::practices::{Practice, is_ours, is_stated, purposes_of};
use crate::policy::{Entry, Head, NounId, Policy};
use crate::syntax::words::{Join, Kind, Polarity, Slot};
use crate::vocabulary::Class;
use crate::wording::{fill, templates as t};

/// A list of recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Disclosed,
    Sold,
    Shared,
}

impl Notice<'_, '_, '_> {
    pub(super) fn flow(&mut self, flow: Flow, out: &mut Vec<Block>) {
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
            Flow::Sold => (t::CALIFORNIA_TITLE_SOLD, "sold", t::CALIFORNIA_RECIPIENTS_SOLD, t::CALIFORNIA_SILENT_SOLD),
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
            spans.push(self.drafter.sentence_span(fill(silence, &[("list", &list)]), vec![self.document.clone()]));
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
    pub(super) fn engagements(&self, id: NounId) -> Vec<NounId> {
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

    /// The services that get some data, each with the data that it gets.
    fn engagements_of(&self, data: &[NounId]) -> Vec<(NounId, Vec<NounId>)> {
        let mut found: Vec<(NounId, Vec<NounId>)> = Vec::new();
        for id in data {
            for engagement in self.engagements(*id) {
                match found.iter_mut().find(|(known, _)| *known == engagement) {
                    Some((_, some)) => some.push(*id),
                    None => found.push((engagement, vec![*id])),
                }
            }
        }
        found
    }

    fn recipients(&mut self, flow: Flow, data: &[NounId]) -> Span {
        let policy = self.drafter.policy;
        let mut cell = Cell::default();
        for practice in self.found.iter().filter(|practice| sends(&practice.plan, flow, policy)) {
            let plan = &practice.plan;
            if !data.iter().any(|id| plan.objects.iter().any(|entry| speaks_of(policy, entry, *id))) {
                continue;
            }
            let condition = self.limits(plan, data);
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
            for (engagement, some) in self.engagements_of(data) {
                let noun = policy.noun(engagement);
                let only = self.of_some(&some, data);
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
                cell.add(words, &only, vec![noun.id.to_string()]);
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
                    let condition = self.limits(plan, data);
                    cell.add(words, &condition, plan.fact_ids());
                }
            }
        }
        if flow == Flow::Disclosed {
            for (engagement, some) in self.engagements_of(data) {
                let noun = policy.noun(engagement);
                let only = self.of_some(&some, data);
                let purposes = noun.fields.iter().filter(|field| &*field.key == "for");
                for entry in purposes.flat_map(|field| purposes_of(&field.values)) {
                    let words = self.drafter.purpose(entry, false);
                    cell.add(words, &only, vec![noun.id.to_string()]);
                }
            }
        }
        self.cell(cell)
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
