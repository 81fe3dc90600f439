//! The services that process data for the publisher, as a table, and how changes to it are told.

use super::{Statement, View};
use crate::document::Block;
use crate::draft::Drafter;
use crate::draft::rows::Column;
use crate::policy::{Entry, Head, NounId, Voice};
use crate::syntax::words::{Kind, Slot};
use crate::wording::{phrase, templates as t};

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, document: NounId) -> View {
    let services = drafter.declared(Kind::Engagement);
    let (processors, others): (Vec<NounId>, Vec<NounId>) =
        services.into_iter().partition(|id| drafter.is_processor_service(*id));
    let statements: Vec<Statement<'_>> =
        drafter.statements(document).into_iter().filter(|statement| drafter.is_done_for_us(statement)).collect();
    let noun_id = |id: &NounId| drafter.policy.noun(*id).id.to_string();
    let mut query: Vec<String> = processors.iter().chain(&others).map(noun_id).collect();
    query.extend(statements.iter().flat_map(|statement| statement.plan.facts.clone()));
    let mut blocks = drafter.who();
    if !processors.is_empty() {
        let columns = drafter.processor_columns(&processors);
        let caption = match drafter.policy.header.voice {
            Voice::We => phrase(drafter.words.of(t::VIEW_PROCESSORS_OURS)),
            Voice::Name => {
                let publisher = drafter.publisher(false);
                drafter.words.fill(t::VIEW_PROCESSORS, &[("publisher", &publisher)])
            }
        };
        drafter.noun_table(&processors, &columns, caption, &mut blocks);
        // What the table says of the companies is in its columns.
        drafter.details_due.clear();
    }
    drafter.repeat(statements, &mut blocks);
    drafter.changes_to_list(document, &mut blocks);
    drafter.contacts_of_policy(document, &mut blocks);
    View { blocks, query }
}

impl Drafter<'_> {
    /// Whether a service processes data for the publisher.
    pub(in crate::draft) fn is_processor_service(&self, id: NounId) -> bool {
        let role = self.policy.noun(id).fields.iter().find(|field| &*field.key == "role");
        role.is_some_and(|role| role.values.iter().any(|value| self.is_processor(value)))
    }

    /// Whether a sentence says that somebody processes data for the publisher.
    fn is_done_for_us(&self, statement: &Statement<'_>) -> bool {
        let plan = &statement.plan;
        !plan.is_denied(self.policy)
            && !plan.actors.iter().any(|actor| self.is_publisher(actor))
            && plan
                .entries(Slot::As)
                .iter()
                .any(|role| self.is_processor(role) && role.of.as_ref().is_none_or(|of| self.is_publisher(of)))
    }

    fn is_processor(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| {
            self.policy.noun(id).kind == Kind::Role
                && ["processor", "service-provider"].iter().any(|name| self.policy.is(id, name))
        })
    }

    /// Whether an entry is whoever publishes the policy.
    pub(super) fn is_publisher(&self, entry: &Entry) -> bool {
        match entry.head {
            Head::We => true,
            Head::Noun(id) => self.policy.header.we.contains(&id),
            Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
        }
    }

    /// The columns of the full policy, the role left out where all of them have the same.
    fn processor_columns(&self, services: &[NounId]) -> Vec<Column> {
        let role = |id: &NounId| {
            let role = self.policy.noun(*id).fields.iter().find(|field| &*field.key == "role");
            role.map(|role| role.values.clone())
        };
        let mut roles = services.iter().map(role);
        let first = roles.next();
        let same = roles.all(|role| Some(role) == first);
        let mut columns = self.columns(services);
        columns.retain(|column| !same || *column != Column::Field("role"));
        columns
    }

    /// How long ahead changes are told, and how to hear of them.
    fn changes_to_list(&mut self, document: NounId, out: &mut Vec<Block>) {
        let mut spans = Vec::new();
        let noun = self.policy.noun(document);
        for (position, field) in noun.fields.iter().enumerate() {
            let template = match &*field.key {
                "notice" if self.policy.header.voice == Voice::We => t::VIEW_NOTICE_OURS,
                "notice" => t::VIEW_NOTICE,
                "subscribe" => t::VIEW_SUBSCRIBE,
                _ => continue,
            };
            let value = self.field(document, position);
            // "30 days" alone counts back from the change.
            let in_advance =
                field.values.iter().filter_map(Entry::period).all(|period| {
                    period.steps.first().is_some_and(|step| step.start.is_none() && step.until.is_none())
                });
            let value = match (&*field.key, in_advance) {
                ("notice", true) => self.words.fill(t::VIEW_IN_ADVANCE, &[("period", &value)]),
                _ => value,
            };
            spans.push(self.sentence_span(self.words.fill(template, &[("value", &value)]), Vec::new()));
        }
        if !spans.is_empty() {
            out.push(Block::Paragraph { spans });
        }
    }
}
