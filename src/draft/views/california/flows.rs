//! Who gets the data of each category: what is disclosed, sold and shared in the sense of the statute, each in a
//! list of its own. A denial is printed as it is said, and silence as silence.

use super::Notice;
use super::cells::{Cell, Lines, columns, row};
use super::here::is_elsewhere;
use crate::document::{Block, Span};
use crate::draft::nouns::Listing;
use crate::draft::plan::Plan;
use crate::draft::views::practices::{Practice, is_ours, is_publisher, is_stated, purposes_of};
use crate::draft::views::reach::{is_blanket, names_everything, speaks_of};
use crate::policy::{Entry, Head, Noun, NounId, Policy, Value};
use crate::syntax::words::{Join, Kind, Polarity, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

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
        // Who gets everything stands in one row, and not in every one.
        for cells in self.recipients_of_everything(flow) {
            let all = self.drafter.span(phrase(self.drafter.words.of(t::CALIFORNIA_ALL_CATEGORIES)), Vec::new());
            let information =
                self.drafter.span(phrase(self.drafter.words.of(t::CALIFORNIA_ALL_INFORMATION)), Vec::new());
            rows.push(row([vec![all, information], cells].concat()));
        }
        for (category, data) in self.categories() {
            let gone: Vec<NounId> = data.iter().copied().filter(|id| self.goes(flow, *id)).collect();
            let mut lines = Lines::default();
            for id in &gone {
                for cells in self.recipients(flow, *id) {
                    lines.add(*id, cells);
                }
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
            let caption = self.drafter.span(self.drafter.words.fill(caption, &[]), Vec::new());
            let columns = columns(&["category", "objects", "recipients", "for"], self.drafter.words);
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
            spans.push(
                self.drafter
                    .sentence_span(self.drafter.words.fill(silence, &[("list", &list)]), vec![self.document.clone()]),
            );
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
        let gets = |service: &NounId| {
            let mut entries = field_values(policy.noun(*service), "gets");
            entries.any(|entry| speaks_of(policy, entry, id) && is_got_here(policy, entry))
        };
        self.services.iter().copied().filter(gets).collect()
    }

    /// Who gets a datum, and not all of them, with what for.
    fn recipients(&mut self, flow: Flow, id: NounId) -> Vec<Vec<Span>> {
        let policy = self.drafter.policy;
        let mut services = if flow == Flow::Disclosed { self.engagements(id) } else { Vec::new() };
        services.retain(|service| !gets_everything(policy, *service));
        let mut sending = self.sending(flow, id);
        sending.retain(|practice| !is_of_all(policy, &practice.plan, id));
        self.pairs(sending, services, Some(id))
    }

    /// Who gets all personal information, with what for.
    fn recipients_of_everything(&mut self, flow: Flow) -> Vec<Vec<Span>> {
        let policy = self.drafter.policy;
        let of_all = |practice: &&Practice<'_>| {
            sends(&practice.plan, flow, policy)
                && practice.sentence.cases.is_none()
                && self.data.iter().any(|id| self.says(practice, *id) && is_of_all(policy, &practice.plan, *id))
        };
        let sending: Vec<&'f Practice<'p>> = self.found.iter().filter(of_all).collect();
        let services = if flow == Flow::Disclosed { self.services.clone() } else { Vec::new() };
        let services = services.into_iter().filter(|service| gets_everything(policy, *service)).collect();
        self.pairs(sending, services, None)
    }

    /// Recipients with what for: those for the same purposes stand together.
    fn pairs(&mut self, sending: Vec<&'f Practice<'p>>, services: Vec<NounId>, id: Option<NounId>) -> Vec<Vec<Span>> {
        let policy = self.drafter.policy;
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
        let mut pairs = Pairs::default();
        // Under which conditions sentences send the datum to whoever renders a service.
        let mut sent: Vec<(NounId, Phrase, Vec<String>)> = Vec::new();
        for practice in sending {
            let plan = &practice.plan;
            let condition = self.condition(plan, id);
            let purposes = self.why(purposes_of(plan.entries(Slot::For)), &plan.fact_ids());
            for slot in [Slot::With, Slot::To] {
                for entry in plan.entries(slot).iter().filter(|entry| !is_place(entry, policy)) {
                    if by_service(entry) {
                        sent.extend(entry.noun_id().map(|who| (who, condition.clone(), plan.fact_ids())));
                        continue;
                    }
                    // Whom a name stands for is said in the full policy.
                    let named = entry.noun_id().is_some_and(|who| !policy.noun(who).is_its_members());
                    let group = entry.group.clone().filter(|_| !named);
                    let words = self.drafter.entry(&Entry { group, ..entry.clone() }, false, false);
                    // In which role the publisher itself acts is no role of whoever receives.
                    let theirs = plan.class(policy) == Class::Disclosure;
                    let roles: Vec<Entry> =
                        plan.entries(Slot::As).iter().filter(|role| theirs && role.of.is_none()).cloned().collect();
                    let words = self.drafter.in_roles(words, &roles);
                    pairs.add(words, &condition, plan.fact_ids(), &purposes);
                }
            }
        }
        for service in services {
            let noun = policy.noun(service);
            let words = self.drafter.noun(service);
            let roles: Vec<Entry> = field_values(noun, "role").cloned().collect();
            let words = self.drafter.in_roles(words, &roles);
            let mut facts = vec![noun.id.to_string()];
            let mut conditions = Vec::new();
            for (who, condition, of_sentence) in &sent {
                if is_rendered(policy, &[service], *who) {
                    facts.extend(of_sentence.iter().cloned());
                    conditions.push(condition.clone());
                }
            }
            // What is sent under conditions only is no more than that because a service has a row of its own.
            let condition = Cell::common(conditions, self.drafter.words);
            let purposes = field_values(noun, "for").filter(|entry| entry.period().is_none());
            let purposes = self.why(purposes, &facts);
            pairs.add(words, &condition, facts, &purposes);
        }
        pairs.0.into_iter().map(|(who, why)| vec![self.cell(who), self.cell(why)]).collect()
    }

    fn why<'e>(&mut self, purposes: impl Iterator<Item = &'e Entry>, facts: &[String]) -> Cell {
        let mut cell = Cell::default();
        for entry in purposes {
            let words = self.drafter.purpose(entry, false);
            cell.add(words, &Phrase::default(), facts.to_vec());
        }
        cell
    }
}

/// Whether a sentence speaks of all personal information, and leaves nothing out.
fn is_of_all(policy: &Policy, plan: &Plan, id: NounId) -> bool {
    let cut =
        plan.except.is_some() || plan.objects.iter().any(|entry| !entry.except.is_empty() || !entry.tail.is_empty());
    !cut && is_blanket(policy, plan, id)
}

/// Whether a service gets all personal information.
fn gets_everything(policy: &Policy, service: NounId) -> bool {
    let whole = |entry: &&Entry| entry.tail.is_empty() && entry.except.is_empty();
    let mut gets = field_values(policy.noun(service), "gets").filter(whole);
    gets.any(|entry| names_everything(policy, entry))
}

/// Recipients with what they get a datum for.
#[derive(Default)]
struct Pairs(Vec<(Cell, Cell)>);

impl Pairs {
    fn add(&mut self, who: Phrase, condition: &Phrase, facts: Vec<String>, purposes: &Cell) {
        let known = self.0.iter_mut().find(|(_, known)| known.says_as(purposes));
        match known {
            Some((recipients, why)) => {
                recipients.add(who, condition, facts);
                why.facts.extend(purposes.facts.iter().cloned());
            }
            None => {
                let mut cell = Cell::default();
                cell.add(who, condition, facts);
                self.0.push((cell, purposes.clone()));
            }
        }
    }
}

/// Whether somebody in California may be among those whose data a service gets.
fn is_got_here(policy: &Policy, entry: &Entry) -> bool {
    let about = entry.tail.iter().filter(|clause| clause.slot == Slot::About);
    about.into_iter().all(|clause| {
        let people: Vec<NounId> = clause.value.entries().iter().filter_map(Entry::noun_id).collect();
        people.is_empty() || people.iter().any(|id| !is_elsewhere(policy, *id))
    })
}

fn is_place(entry: &Entry, policy: &Policy) -> bool {
    match entry.head {
        Head::Value(Value::Place(_)) => true,
        Head::Noun(id) => policy.noun(id).kind == Kind::Place,
        Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
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
    let class = plan.class(policy);
    // Data that is used with somebody, or goes to somebody, is disclosed to him.
    let hands_over = flow == Flow::Disclosed
        && matches!(class, Class::Use | Class::Transfer)
        && [Slot::With, Slot::To].iter().flat_map(|slot| plan.entries(*slot)).any(|entry| !is_place(entry, policy));
    is_stated(plan, policy)
        && is_ours(plan, policy)
        && !to_reader(Slot::To)
        && !to_reader(Slot::With)
        && (hands_over || (class == Class::Disclosure && flows(plan, policy).contains(&flow)))
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
