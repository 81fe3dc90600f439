//! Cookies and similar technologies: what is done with them, each with its fields, and the choices about them.

use foldhash::HashSet;

use super::{Statement, View};
use crate::document::{Block, Inline};
use crate::draft::Drafter;
use crate::draft::rows::Column;
use crate::policy::{Entry, Head, Node, Noun, NounId, Value};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

/// The classes of cookies in the vocabulary, in the order in which readers look for them.
pub(super) const CLASSES: [&str; 4] =
    ["necessary-cookie", "preference-cookie", "analytics-cookie", "advertising-cookie"];

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, document: NounId) -> View {
    let trackers: Vec<NounId> =
        drafter.declared(Kind::Tracker).into_iter().filter(|id| !drafter.policy.is(*id, "log")).collect();
    let listed: Vec<NounId> =
        trackers.iter().copied().filter(|id| !drafter.policy.noun(*id).fields.is_empty()).collect();
    let about: Vec<Statement<'_>> =
        drafter.statements(document).into_iter().filter(|statement| drafter.is_about_trackers(statement)).collect();
    let choices = drafter.choices(&listed, &about);
    let noun_id = |id: &NounId| drafter.policy.noun(*id).id.to_string();
    let mut query: Vec<String> = listed.iter().chain(&choices).map(noun_id).collect();
    let chooses = |statement: &Statement<'_>| {
        let class = statement.plan.class(drafter.policy);
        matches!(class, Class::Choice | Class::Consent) && drafter.is_reader(statement)
    };
    let (mut chosen, used): (Vec<Statement<'_>>, Vec<Statement<'_>>) = about.into_iter().partition(chooses);
    let named: HashSet<String> =
        used.iter().chain(&chosen).flat_map(|statement| statement.plan.facts.clone()).collect();
    // What is said of the choices alone, or beside them, belongs to them; what data is used for does not.
    let mut beside = HashSet::default();
    let settings = choices.iter().filter(|id| drafter.policy.noun(**id).kind == Kind::Setting);
    let places: Vec<NounId> = listed.iter().chain(settings).copied().collect();
    facts_beside(&drafter.policy.nodes, &places, &mut beside);
    for statement in drafter.statements(document) {
        let known = statement.plan.facts.iter().any(|fact| named.contains(fact));
        let near = statement.plan.facts.iter().any(|fact| beside.contains(fact.as_str()));
        let names = statement.nouns().iter().any(|id| choices.contains(id));
        let elsewhere = drafter.is_processing(&statement) || drafter.is_of_document(&statement);
        if !known && (near || names) && statement.closed.is_none() && !elsewhere {
            chosen.push(statement);
        }
    }
    query.extend(used.iter().chain(&chosen).flat_map(|statement| statement.plan.facts.clone()));
    let mut blocks = drafter.who();
    let mut inner = Vec::new();
    drafter.repeat(used, &mut inner);
    drafter.view_section("section-use", t::VIEW_COOKIES_USE, inner, &mut blocks);
    let mut inner = Vec::new();
    let groups = drafter.groups(&listed);
    let alone = groups.len() == 1;
    for group in groups {
        let mut title = group.first().map_or_else(Phrase::default, |first| drafter.group_title(*first, alone));
        title.capitalise();
        // The title says what the column would.
        let said = group.first().map_or("class", |first| drafter.group_field(*first));
        let columns: Vec<Column> =
            drafter.columns(&group).into_iter().filter(|column| *column != Column::Field(said)).collect();
        drafter.noun_table(&group, &columns, title, &mut inner);
    }
    drafter.lead_to_policies(&mut inner);
    // What a provider is called in full stands in the full policy.
    drafter.details_due.clear();
    drafter.view_section("section-list", t::VIEW_COOKIES_LIST, inner, &mut blocks);
    let mut inner = Vec::new();
    for kind in [Kind::Basis, Kind::Setting] {
        let of_kind = choices.iter().copied().filter(|id| drafter.policy.noun(*id).kind == kind).collect();
        drafter.rows(of_kind, &mut inner);
    }
    drafter.repeat(chosen, &mut inner);
    drafter.view_section("section-choices", t::VIEW_COOKIES_CHOICES, inner, &mut blocks);
    drafter.contacts_of_policy(document, &mut blocks);
    View { blocks, query }
}

/// The sentences of the sections in which these nouns are declared.
fn facts_beside<'p>(nodes: &'p [Node], nouns: &[NounId], out: &mut HashSet<&'p str>) {
    let here = nodes.iter().any(|node| matches!(node, Node::Noun(id) if nouns.contains(id)));
    for node in nodes {
        match node {
            Node::Sentence(sentence) if here => {
                out.insert(&*sentence.id);
            }
            Node::Section(section) => facts_beside(&section.nodes, nouns, out),
            Node::Sentence(_)
            | Node::Scope(_)
            | Node::Steps(_)
            | Node::Prose(_)
            | Node::Noun(_)
            | Node::Addition(_)
            | Node::Edition(..) => {}
        }
    }
}

impl Drafter<'_> {
    /// Whether a sentence names something that stores or reads on a device.
    fn is_about_trackers(&self, statement: &Statement<'_>) -> bool {
        statement.nouns().iter().any(|id| self.policy.noun(*id).kind == Kind::Tracker && !self.policy.is(*id, "log"))
    }

    /// Whether a sentence says what becomes of personal data, which the full policy says with all that belongs to it.
    fn is_processing(&self, statement: &Statement<'_>) -> bool {
        let known = |entry: &Entry| {
            entry.noun_id().is_none_or(|id| {
                let noun = self.policy.noun(id);
                noun.kind == Kind::Data && (noun.standard.is_some() || !noun.parents.is_empty())
            })
        };
        let class = statement.plan.class(self.policy);
        matches!(
            class,
            Class::Collection
                | Class::Use
                | Class::Disclosure
                | Class::Access
                | Class::Retention
                | Class::Deletion
                | Class::Transfer
        ) && (statement.plan.clause(Slot::For).is_some() || statement.plan.objects.iter().any(known))
    }

    /// Whether a sentence says what another document does.
    fn is_of_document(&self, statement: &Statement<'_>) -> bool {
        let document = |entry: &Entry| entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Document);
        statement.plan.actors.iter().any(document)
    }

    /// Lets the name of a provider lead to its privacy policy, where the full policy says which that is.
    fn lead_to_policies(&self, blocks: &mut [Block]) {
        let mut known = HashSet::default();
        for block in blocks {
            block.each_span_mut(&mut |span| {
                let mentions = std::mem::take(&mut span.mentions);
                for mention in &mentions {
                    if !known.contains(mention)
                        && let Some((noun, policy)) = self.policy_of(mention)
                    {
                        known.insert(mention.clone());
                        let text = std::mem::take(&mut span.text);
                        span.text = text.into_iter().flat_map(|inline| to_policy(inline, noun, policy)).collect();
                        let link = format!("{}.link", noun.id);
                        span.facts.retain(|fact| *fact != link);
                        span.targets.retain(|target| *target != link);
                        span.facts.push(format!("{}.policy", noun.id));
                    }
                }
                span.mentions = mentions;
            });
        }
    }

    /// The party with this id, and the address of its privacy policy.
    fn policy_of(&self, id: &str) -> Option<(&Noun, &str)> {
        let noun = self.policy.nouns.iter().find(|noun| noun.kind == Kind::Party && *noun.id == *id)?;
        let field = noun.fields.iter().find(|field| &*field.key == "policy")?;
        let [Entry { head: Head::Value(Value::Link(address)), .. }] = field.values.as_slice() else { return None };
        self.stated.contains(&format!("{id}.policy")).then_some((noun, address))
    }

    /// The settings and consents that concern trackers: they name one, or what one is for, or a sentence about
    /// trackers names them.
    fn choices(&self, trackers: &[NounId], about: &[Statement<'_>]) -> Vec<NounId> {
        let mut concerned: HashSet<NounId> = trackers.iter().copied().collect();
        concerned.extend(trackers.iter().flat_map(|id| {
            let nouns = self.nouns_of_fields(*id);
            nouns.into_iter().filter(|id| matches!(self.policy.noun(*id).kind, Kind::Purpose | Kind::Tracker))
        }));
        let named: HashSet<NounId> = about.iter().flat_map(|statement| statement.nouns()).collect();
        let kinds = [Kind::Basis, Kind::Setting];
        let all = kinds.into_iter().flat_map(|kind| self.declared(kind));
        all.filter(|id| !self.policy.noun(*id).fields.is_empty())
            .filter(|id| {
                let is_of_tracker =
                    |noun: &NounId| concerned.contains(noun) || self.policy.noun(*noun).kind == Kind::Tracker;
                named.contains(id) || self.nouns_of_fields(*id).iter().any(is_of_tracker)
            })
            .collect()
    }

    /// The trackers that stand under one title.
    fn groups(&mut self, trackers: &[NounId]) -> Vec<Vec<NounId>> {
        let mut groups: Vec<(String, Vec<NounId>)> = Vec::new();
        for id in trackers {
            let title = self.group_title(*id, false).plain();
            // Nothing is said yet.
            self.set_aside();
            match groups.iter_mut().find(|(known, _)| *known == title) {
                Some((_, group)) => group.push(*id),
                None => groups.push((title, vec![*id])),
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    /// The field that a group has in common: the author's class, else what the trackers are for, if no class of
    /// the vocabulary says more.
    fn group_field(&self, id: NounId) -> &'static str {
        let has = |key: &str| self.policy.noun(id).fields.iter().any(|field| &*field.key == key);
        if has("class") || self.standard_class(id).is_some() || !has("purposes") { "class" } else { "purposes" }
    }

    /// The words of the class of the vocabulary that a tracker belongs to.
    pub(super) fn standard_class(&self, id: NounId) -> Option<&'static str> {
        let class = CLASSES.into_iter().find(|class| self.policy.is(id, class))?;
        crate::vocabulary::find(Kind::Tracker, class).map(|index| crate::vocabulary::entry(index).label)
    }

    /// What stands over a group.
    fn group_title(&mut self, id: NounId, alone: bool) -> Phrase {
        let noun = self.policy.noun(id);
        let key = self.group_field(id);
        let position = noun.fields.iter().position(|field| &*field.key == key);
        match (position, self.standard_class(id)) {
            (Some(position), _) if key == "purposes" => {
                let purposes = noun.fields.get(position).map(|field| field.values.as_slice()).unwrap_or_default();
                let list = self.field_list("for", purposes, Join::And);
                self.words.fill(t::VIEW_COOKIES_FOR, &[("purposes", &list)])
            }
            (Some(position), _) => {
                let class = self.field(id, position);
                self.words.fill(t::VIEW_COOKIES_CLASS, &[("class", &class)])
            }
            (None, Some(class)) => self.words.fill(t::VIEW_COOKIES_CLASS, &[("class", &phrase(class))]),
            (None, None) if alone => phrase(self.words.of(t::ROWS_TRACKER)),
            (None, None) => phrase(self.words.of(t::VIEW_COOKIES_OTHER)),
        }
    }
}

/// The name of a party as a link to its privacy policy.
fn to_policy(inline: Inline, noun: &Noun, policy: &str) -> Vec<Inline> {
    let href = policy.to_owned();
    let name = noun.words().into_owned();
    match inline {
        Inline::Link { content, href: home } if noun.link.as_deref() == Some(&*home) => {
            vec![Inline::Link { content, href }]
        }
        Inline::Text(text) => match text.split_once(&*name) {
            Some((before, after)) => {
                let link = Inline::Link { content: vec![Inline::text(&*name)], href };
                let around = [(before, false), (name.as_str(), true), (after, false)];
                let mut link = Some(link);
                around
                    .into_iter()
                    .filter(|(part, _)| !part.is_empty())
                    .filter_map(|(part, is_name)| if is_name { link.take() } else { Some(Inline::text(part)) })
                    .collect()
            }
            None => vec![Inline::Text(text)],
        },
        other @ (Inline::Link { .. }
        | Inline::Code(_)
        | Inline::Time { .. }
        | Inline::Strong { .. }
        | Inline::Emphasis { .. }
        | Inline::Reference { .. }) => vec![other],
    }
}
