//! Who receives data: the recipients that sentences name, those who collect it for themselves, and the services.

use super::reach::Reach;
use super::{Certainty, Drafter, Statement};
use crate::document::Item;
use crate::draft::plan::Plan;
use crate::draft::views::practices::is_not_yet;
use crate::draft::views::reach::is_everything;
use crate::policy::{ClauseValue, Entry, Head, Node, NounId, Sentence};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::{self, Class};
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

/// The most services that are named one by one.
const MOST_SERVICES: usize = 5;
/// The most lines of recipients with their purposes.
const MOST_LINES: usize = 5;
/// The most services or companies that one line names.
const MOST_NAMES: usize = 6;

/// The most data of one line that are named.
const MOST_DATA: usize = 2;

/// Recipients with what they receive data for.
struct Line {
    who: Vec<Entry>,
    /// What they receive, if it is little and no purpose is said.
    data: Vec<Entry>,
    purposes: Vec<Entry>,
    certainty: Certainty,
    reach: Reach,
    facts: Vec<String>,
}

impl Line {
    fn is_like(&self, other: &Line) -> bool {
        self.purposes == other.purposes
            && self.data == other.data
            && self.certainty == other.certainty
            && self.reach == other.reach
    }
}

/// A sentence about recipients whose cases are a complete list.
struct Closed<'s, 'p> {
    who: Vec<Entry>,
    sentence: &'p Sentence,
    plan: &'s Plan,
}

/// Who receives what.
struct Receiving<'s, 'p> {
    lines: Vec<Line>,
    closed: Vec<Closed<'s, 'p>>,
}

/// Joins lines that differ in the recipients only.
fn joined(lines: Vec<Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for line in lines {
        match out.iter_mut().find(|known| known.is_like(&line)) {
            Some(known) => {
                let new: Vec<Entry> = line.who.into_iter().filter(|entry| !known.who.contains(entry)).collect();
                known.who.extend(new);
                known.facts.extend(line.facts);
            }
            None => out.push(line),
        }
    }
    out
}

impl<'p> Drafter<'p> {
    /// A line for each purpose that recipients have in common.
    pub(super) fn recipient_items(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let mut items = self.service_items();
        let Receiving { lines, closed } = self.receiving(statements);
        let mut lines = joined(lines);
        if lines.len() > MOST_LINES {
            // Each of them receives something; what for stands in the full policy.
            lines.iter_mut().for_each(|line| line.purposes.clear());
            lines = joined(lines);
        }
        lines.sort_by_key(|line| (!line.reach.is_whole(), line.certainty));
        items.extend(lines.into_iter().map(|line| self.line_item(line)));
        items.extend(closed.into_iter().map(|closed| self.closed_item(&closed, true)));
        items
    }

    /// Who receives anything, without what and what for.
    pub(super) fn bare_recipients(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let services = self.services();
        let few = services.len() <= MOST_SERVICES;
        let mut items = if few { Vec::new() } else { self.service_items() };
        let Receiving { lines: others, closed } = self.receiving(statements);
        let mut lines = if few { self.service_lines(services) } else { Vec::new() };
        lines.extend(others);
        for line in &mut lines {
            line.purposes.clear();
            line.data.clear();
        }
        lines.sort_by_key(|line| (!line.reach.is_whole(), line.certainty));
        let mut known: Vec<Entry> = Vec::new();
        let policy = self.policy;
        let owner = |id: &NounId| policy.noun(*id).of.as_ref().and_then(|of| of.noun_id());
        let at_service: Vec<NounId> = self.services().iter().filter_map(owner).collect();
        for line in &mut lines {
            // Who receives something in any case needs no line for some cases, and a company that is named with its
            // service none without.
            line.who
                .retain(|entry| !known.contains(entry) && !entry.noun_id().is_some_and(|id| at_service.contains(&id)));
            if line.reach.is_whole() {
                known.extend(line.who.iter().cloned());
            }
        }
        lines.retain(|line| !line.who.is_empty());
        let mut lines = joined(lines);
        for line in &mut lines {
            // A name that joins two reads badly in front of another one.
            line.who.sort_by_key(|entry| entry.noun_id().is_some_and(|id| policy.noun(id).words().contains(" and ")));
        }
        items.extend(lines.into_iter().map(|line| self.line_item(line)));
        items.extend(closed.into_iter().map(|closed| self.closed_item(&closed, false)));
        items
    }

    /// Who receives what, sentence by sentence.
    fn receiving<'s>(&self, statements: &'s [Statement<'p>]) -> Receiving<'s, 'p> {
        let mut lines = Vec::new();
        let mut closed = Vec::new();
        for statement in statements {
            let plan = &statement.plan;
            if plan.is_denied(self.policy) || self.is_past(statement) || self.is_sale(statement) {
                continue;
            }
            let who: Vec<Entry> = self.recipients(statement);
            if who.is_empty() || !plan.objects.iter().any(|entry| self.is_data(entry)) {
                continue;
            }
            match statement.closed {
                Some(sentence) => closed.push(Closed { who, sentence, plan }),
                None => {
                    let purposes = match plan.clause(Slot::For).map(|clause| &clause.value) {
                        Some(ClauseValue::List(purposes, _)) => purposes.iter().map(|entry| self.bare(entry)).collect(),
                        _ => Vec::new(),
                    };
                    let certainty = self.certainty(statement);
                    let reach = self.reach_of(plan);
                    let little =
                        purposes.is_empty() && self.reach_of(plan).is_whole() && plan.objects.len() <= MOST_DATA;
                    let data = plan.objects.iter().filter(|entry| little && self.is_little(entry));
                    let data = data.map(|entry| self.bare(entry)).collect();
                    lines.push(Line { who, data, purposes, certainty, reach, facts: plan.facts.clone() });
                }
            }
        }
        Receiving { lines, closed }
    }

    /// "[The courier], to deliver parcels": recipients with what for, or with what they receive.
    fn line_item(&mut self, line: Line) -> Item {
        let who = self.bare_list(&line.who);
        let mut words = self.led_to(line.facts.first(), who);
        if !line.purposes.is_empty() {
            let purpose = self.briefly(|drafter| drafter.purposes(&line.purposes, Join::And));
            words = self.words.fill(t::VIEW_RECIPIENT_FOR, &[("who", &words), ("purpose", &purpose)]);
        }
        if !line.data.is_empty() {
            let data = self.bare_list(&line.data);
            words = self.words.fill(t::VIEW_RECIPIENT_DATA, &[("who", &words), ("data", &data)]);
        }
        words = self.reaching(words, &line.reach);
        words = self.with_certainty(line.certainty, words);
        self.item(words, line.facts)
    }

    /// Whoever a sentence says receives data from the publisher, or has it otherwise: who processes it has received it.
    fn recipients(&self, statement: &Statement<'p>) -> Vec<Entry> {
        let plan = &statement.plan;
        let is_reader = |entry: &Entry| match entry.head {
            Head::You | Head::We => true,
            Head::Noun(id) => {
                let readers = plan.reader.as_ref().unwrap_or(&self.policy.header.you);
                readers.contains(&id) || self.policy.header.you.contains(&id) || self.policy.header.we.contains(&id)
            }
            Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
        };
        if self.is_ours(statement) {
            if !self.is_class(statement, &[Class::Disclosure, Class::Use, Class::Transfer]) {
                return Vec::new();
            }
            let named = [Slot::With, Slot::To].into_iter().flat_map(|slot| plan.entries(slot));
            let receives = |entry: &Entry| {
                let kind = entry.noun_id().map(|id| self.policy.noun(id).kind);
                matches!(kind, Some(Kind::Party | Kind::People))
                    || (kind.is_none() && matches!(entry.head, Head::Everything))
                    || self.is_class(statement, &[Class::Disclosure])
            };
            return named.filter(|entry| !is_reader(entry) && receives(entry)).map(|entry| self.bare(entry)).collect();
        }
        let staff = vocabulary::find(Kind::Party, "staff");
        let is_party = |entry: &Entry| {
            let noun = entry.noun_id().map(|id| self.policy.noun(id));
            noun.is_some_and(|noun| noun.kind == Kind::Party && noun.standard.is_none_or(|of| Some(of) != staff))
        };
        let has = self.is_class(statement, &[Class::Collection, Class::Use, Class::Retention, Class::Access]);
        if has && plan.actors.iter().all(is_party) {
            plan.actors.iter().map(|entry| self.bare(entry)).collect()
        } else {
            Vec::new()
        }
    }

    /// Whether an entry names some data, and not all of it.
    fn is_little(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Data && !is_everything(self.policy, id))
    }

    /// The services: by name if they are few, else by what they are there for, with one link to them all.
    fn service_items(&mut self) -> Vec<Item> {
        let services = self.services();
        if services.len() <= MOST_SERVICES {
            let lines = self.service_lines(services);
            return joined(lines).into_iter().map(|line| self.line_item(line)).collect();
        }
        let (processors, others): (Vec<NounId>, Vec<NounId>) =
            services.into_iter().partition(|id| self.is_processor_service(*id));
        let mut items = Vec::new();
        for (services, ours) in [(processors, true), (others, false)] {
            if !services.is_empty() {
                items.push(self.services_item(&services, ours));
            }
        }
        items
    }

    /// The services that are used.
    fn services(&self) -> Vec<NounId> {
        let services = self.declared(Kind::Engagement);
        services.into_iter().filter(|id| !is_not_yet(self.policy, *id)).collect()
    }

    /// A line for each service.
    fn service_lines(&self, services: Vec<NounId>) -> Vec<Line> {
        let line = |id: NounId| Line {
            who: vec![Entry::noun(id)],
            data: Vec::new(),
            purposes: self.purposes_of_service(id),
            certainty: Certainty::Always,
            reach: Reach::default(),
            facts: vec![self.policy.noun(id).id.to_string()],
        };
        services.into_iter().map(line).collect()
    }

    fn purposes_of_service(&self, id: NounId) -> Vec<Entry> {
        let field = self.policy.noun(id).fields.iter().find(|field| &*field.key == "for");
        field.map_or_else(Vec::new, |field| field.values.iter().map(|entry| self.bare(entry)).collect())
    }

    /// "[Companies that work for us]: hosting, card payments and help desk": those who work for the publisher by what
    /// they do, the others by name as well, because they decide for themselves.
    fn services_item(&mut self, services: &[NounId], ours: bool) -> Item {
        let template = if ours { t::VIEW_SERVICES } else { t::VIEW_SERVICES_OTHER };
        let facts: Vec<String> = services.iter().map(|id| self.policy.noun(*id).id.to_string()).collect();
        let who = self.led_to(facts.first(), phrase(self.words.of(template)));
        let mut names: Vec<Phrase> = Vec::new();
        for id in services {
            let noun = self.policy.noun(*id);
            let name = match noun.of {
                Some(_) if !ours => self
                    .briefly(|drafter| drafter.engagement(*id, drafter.policy.noun(*id).words().into_owned(), false)),
                _ => phrase(noun.words()),
            };
            if !names.iter().any(|known| known.plain() == name.plain()) {
                names.push(name);
            }
        }
        let more = names.len() > MOST_NAMES;
        names.truncate(MOST_NAMES);
        let list = self.some(names, more);
        let words = self.words.fill(t::VIEW_PURPOSE, &[("purpose", &who), ("data", &list)]);
        self.item(words, facts)
    }

    /// "third parties, only in certain cases: the courier and public authorities"; with `names` the recipients of the
    /// cases are named.
    fn closed_item(&mut self, closed: &Closed<'_, 'p>, names: bool) -> Item {
        let Closed { who: everyone, sentence, plan } = closed;
        let who = self.bare_list(everyone);
        let reach = self.reach_of(plan);
        let who = self.reaching(who, &reach);
        let cases = self.led_to(plan.facts.first(), phrase(self.words.of(t::VIEW_CASES)));
        let mut words = self.words.fill(t::VIEW_ONLY_IN, &[("who", &who), ("cases", &cases)]);
        let mut named = Vec::new();
        self.recipients_of_cases(sentence.cases.as_deref().unwrap_or_default(), &mut named);
        named.retain(|entry| !everyone.contains(entry));
        if names && !named.is_empty() {
            let named = self.bare_list(&named);
            words = self.words.fill(t::VIEW_PURPOSE, &[("purpose", &words), ("data", &named)]);
        }
        self.item(words, plan.facts.clone())
    }

    /// The recipients that the cases of a closed list name.
    fn recipients_of_cases(&self, nodes: &'p [Node], out: &mut Vec<Entry>) {
        for node in nodes {
            match node {
                Node::Sentence(sentence) => {
                    let named = [Slot::With, Slot::To].into_iter().filter_map(|slot| sentence.clause(slot));
                    for entry in named.flat_map(|clause| clause.value.entries()) {
                        let service = entry.noun_id().map(|id| self.policy.noun(id));
                        let service = service.filter(|noun| noun.kind == Kind::Engagement);
                        let owner = service.and_then(|noun| noun.of.as_deref());
                        let entry = self.bare(owner.unwrap_or(entry));
                        if !matches!(entry.head, Head::You | Head::We) && !out.contains(&entry) {
                            out.push(entry);
                        }
                    }
                }
                Node::Scope(scope) => self.recipients_of_cases(&scope.nodes, out),
                Node::Section(_)
                | Node::Steps(_)
                | Node::Prose(_)
                | Node::Noun(_)
                | Node::Addition(_)
                | Node::Edition(..) => {}
            }
        }
    }
}

impl Drafter<'_> {
    /// A list of what is named, with nothing that stands in the full policy behind it.
    pub(super) fn bare_list(&mut self, entries: &[Entry]) -> Phrase {
        const MOST: usize = 6;
        let bare: Vec<Entry> = entries.iter().take(MOST).map(|entry| self.bare(entry)).collect();
        self.some_entries(&bare, entries.len() > MOST)
    }
}
