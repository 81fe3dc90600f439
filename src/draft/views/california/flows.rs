//! Who gets the data of each category: what is disclosed, sold and shared in the sense of the statute, each in a
//! list of its own. A denial is printed as it is said, and silence as silence.

use super::Notice;
use super::cells::{Cell, Lines, columns, row};
use crate::document::{Block, Span};
use crate::draft::nouns::Listing;
use crate::draft::plan::Plan;
use crate::draft::views::practices::{Practice, is_ours, is_publisher, is_stated, purposes_of};
use crate::draft::views::reach::speaks_of;
use crate::policy::{Entry, Head, Noun, NounId, Policy};
use crate::syntax::words::{Join, Kind, Polarity, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{fill, templates as t};

/// A list of recipients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    Disclosed,
    Sold,
    Shared,
}

impl<'p, 'f> Notice<'_, 'p, 'f> {
    pub(super) fn flow(&mut self, flow: Flow, out: &mut Vec<Block>) {
        let mut rows = Vec::new();
        let mut silent = Vec::new();
        let policy = self.drafter.policy;
        for (category, data) in self.categories() {
            let gone: Vec<NounId> = data.iter().copied().filter(|id| self.goes(flow, *id)).collect();
            let mut lines = Lines::default();
            for id in &gone {
                let cells = vec![self.recipients(flow, *id), self.purposes_of_flow(flow, *id)];
                lines.add(*id, cells);
            }
            for (some, cells) in lines.into_lines() {
                let names = self.names(&some, &[]);
                rows.push(row([vec![self.category_span(category), names], cells].concat()));
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
        !self.sending(flow, id).is_empty() || (flow == Flow::Disclosed && !self.engagements(id).is_empty())
    }

    /// The sentences that send a datum this way.
    fn sending(&self, flow: Flow, id: NounId) -> Vec<&'f Practice<'p>> {
        let policy = self.drafter.policy;
        self.found.iter().filter(|practice| sends(&practice.plan, flow, policy) && self.says(practice, id)).collect()
    }

    fn is_denied(&self, flow: Flow, id: NounId) -> bool {
        let policy = self.drafter.policy;
        self.found.iter().any(|practice| denies(&practice.plan, flow, policy) && self.reach.reaches(&practice.plan, id))
    }

    /// The services that get a datum.
    pub(super) fn engagements(&self, id: NounId) -> Vec<NounId> {
        let policy = self.drafter.policy;
        let gets =
            |service: &NounId| field_values(policy.noun(*service), "gets").any(|entry| speaks_of(policy, entry, id));
        self.services.iter().copied().filter(gets).collect()
    }

    fn recipients(&mut self, flow: Flow, id: NounId) -> Span {
        let policy = self.drafter.policy;
        let mut cell = Cell::default();
        let services = if flow == Flow::Disclosed { self.engagements(id) } else { Vec::new() };
        // Who renders a service is named with it, and so is everybody who is what its role says.
        let by_service = |entry: &Entry| {
            entry.noun_id().is_some_and(|who| {
                let group = policy.noun(who).group.as_ref();
                is_rendered(policy, &services, who)
                    || group.is_some_and(|group| {
                        group
                            .entries
                            .iter()
                            .all(|member| member.noun_id().is_some_and(|member| is_rendered(policy, &services, member)))
                    })
            })
        };
        for practice in self.sending(flow, id) {
            let plan = &practice.plan;
            let condition = self.condition(plan, id);
            for slot in [Slot::With, Slot::To] {
                for entry in plan.entries(slot) {
                    if by_service(entry) {
                        cell.add(Phrase::default(), &Phrase::default(), plan.fact_ids());
                        continue;
                    }
                    // Whom a name stands for is said in the full policy.
                    let named = entry.noun_id().is_some_and(|who| !policy.noun(who).is_its_members());
                    let group = entry.group.clone().filter(|_| !named);
                    let mut words = self.drafter.entry(&Entry { group, ..entry.clone() }, false, false);
                    for role in plan.entries(Slot::As) {
                        let role = self.drafter.role(role);
                        words = fill(t::CALIFORNIA_ROLE, &[("who", &words), ("role", &role)]);
                    }
                    cell.add(words, &condition, plan.fact_ids());
                }
            }
        }
        for service in services {
            let noun = policy.noun(service);
            let mut words = self.drafter.noun(service);
            let roles: Vec<&Entry> = field_values(noun, "role").collect();
            for role in roles {
                let role = self.drafter.role(role);
                words = fill(t::CALIFORNIA_ROLE, &[("who", &words), ("role", &role)]);
            }
            cell.add(words, &Phrase::default(), vec![noun.id.to_string()]);
        }
        self.cell(cell)
    }

    fn purposes_of_flow(&mut self, flow: Flow, id: NounId) -> Span {
        let policy = self.drafter.policy;
        let mut cell = Cell::default();
        for practice in self.sending(flow, id) {
            for entry in purposes_of(practice.plan.entries(Slot::For)) {
                let words = self.drafter.purpose(entry, false);
                cell.add(words, &Phrase::default(), practice.plan.fact_ids());
            }
        }
        let services = if flow == Flow::Disclosed { self.engagements(id) } else { Vec::new() };
        for service in services {
            let noun = policy.noun(service);
            for entry in field_values(noun, "for").filter(|entry| entry.period().is_none()) {
                let words = self.drafter.purpose(entry, false);
                cell.add(words, &Phrase::default(), vec![noun.id.to_string()]);
            }
        }
        self.cell(cell)
    }
}

/// Whether somebody is named with a service: it is the service, renders it, or is everybody in its role.
fn is_rendered(policy: &Policy, services: &[NounId], who: NounId) -> bool {
    services.iter().any(|service| {
        let noun = policy.noun(*service);
        let acts = || {
            // Only a word for all of them stands for the others.
            let generic = policy.noun(who).fields.is_empty() && !policy.noun(who).parents.is_empty();
            let role = |name: &str| {
                policy.is(who, name)
                    && field_values(noun, "role").filter_map(Entry::noun_id).any(|role| policy.is(role, name))
            };
            generic && ["processor", "service-provider"].into_iter().any(role)
        };
        *service == who || noun.of.as_ref().and_then(|of| of.noun_id()) == Some(who) || acts()
    })
}

fn field_values<'n>(noun: &'n Noun, key: &'n str) -> impl Iterator<Item = &'n Entry> {
    noun.fields.iter().filter(move |field| &*field.key == key).flat_map(|field| &field.values)
}

/// Whether a sentence sends data this way.
fn sends(plan: &Plan, flow: Flow, policy: &Policy) -> bool {
    let to_reader = |slot: Slot| {
        plan.entries(slot).iter().any(|entry| matches!(entry.head, Head::You) || is_publisher(entry, policy))
    };
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
        && !plan.entries(Slot::To).iter().any(|entry| is_publisher(entry, policy))
        && plan.objects.iter().any(|entry| entry.noun_id().is_none_or(|id| policy.noun(id).kind == Kind::Data))
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
