//! Additions to sentences and editions, and what no single statement shows of them: slots that are filled twice,
//! editions that leave gaps or overlap.

use foldhash::HashMap;

use super::Resolver;
use super::walk::{self, Around};
use crate::codes::{meaning, names, nearest, time};
use crate::policy::{Addition, Edition, Node, Policy};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::words::Slot;

/// Which slots of named sentences are filled where.
type Filled<'p> = HashMap<&'p str, Vec<(Slot, Around, Span)>>;

impl<'a> Resolver<'a, '_, '_> {
    /// Further clauses of a sentence that has this name.
    pub(super) fn addition(&mut self, addition: &ast::Addition<'a>) -> Option<Addition> {
        let name = addition.of;
        let Some(verbs) = self.named_verbs.get(name.value).cloned() else {
            if !self.broken.contains(name.value) {
                let near = nearest(name.value, self.named_verbs.keys().copied()).map(str::to_owned);
                self.sink.report(names::unknown_statement(name.span, name.value, near.as_deref()));
            }
            self.clauses(&addition.clauses, &[], name.span);
            return None;
        };
        let clauses = self.clauses(&addition.clauses, &verbs, name.span);
        Some(Addition { id: "".into(), of: name.value.into(), clauses, is_joined: false, span: addition.span })
    }

    /// Statements that hold in one edition.
    pub(super) fn edition(&mut self, edition: &ast::Edition<'a>) -> Option<Node> {
        let noun = *self.by_place.get(&(edition.span.file, edition.span.start))?;
        let (since, until) = (edition.since.map(|date| date.value), edition.until.map(|date| date.value));
        if self.policy.editions.iter().any(|known| known.noun == noun) {
            return Some(Node::Edition(noun, self.items(&edition.items)));
        }
        if since.is_none() && until.is_none() {
            self.sink.report(time::edition_without_day(edition.span));
        }
        if let (Some(first), Some(end)) = (since, until)
            && end <= first
        {
            self.sink.report(time::edition_ends_first(edition.span));
        }
        let nodes = self.items(&edition.items);
        self.policy.editions.push(Edition { noun, since, until });
        self.edition_places.push(edition.span);
        Some(Node::Edition(noun, nodes))
    }

    /// Each slot of a sentence is filled at most once in each scope, wherever its clauses stand.
    pub(super) fn check_double_slots(&mut self) {
        let mut filled = Filled::default();
        let mut double = Vec::new();
        let each = [&self.policy.nodes, &self.policy.internal];
        for nodes in each {
            walk::each(nodes, &Around::default(), &mut |node, around| {
                if let Node::Sentence(sentence) = node
                    && !sentence.id.is_empty()
                {
                    let slots = sentence.clauses.iter().map(|clause| (clause.slot, around.clone(), sentence.span));
                    filled.entry(&sentence.id).or_default().extend(slots);
                }
            });
        }
        for nodes in each {
            walk::each(nodes, &Around::default(), &mut |node, around| {
                let Node::Addition(addition) = node else { return };
                let known = filled.entry(&addition.of).or_default();
                for clause in &addition.clauses {
                    let before = known.iter().find(|(slot, scope, _)| *slot == clause.slot && scope == around);
                    if let Some((_, _, first)) = before {
                        double.push((addition.of.to_string(), clause.slot, addition.span, *first));
                    }
                    known.push((clause.slot, around.clone(), addition.span));
                }
            });
        }
        for (name, slot, span, first) in double {
            self.sink.report(meaning::double_slot(span, &name, slot.word(), first));
        }
    }

    /// Editions follow one another without gap and without overlap.
    pub(super) fn check_editions(&mut self) {
        let mut order: Vec<usize> = (0..self.policy.editions.len()).collect();
        order.sort_by_key(|index| self.policy.editions.get(*index).map(|edition| edition.since));
        for pair in order.windows(2) {
            let [one, other] = pair else { continue };
            let (Some(before), Some(after)) = (self.policy.editions.get(*one), self.policy.editions.get(*other)) else {
                continue;
            };
            let Some(since) = after.since else { continue };
            let (Some(span), Some(first)) = (self.edition_places.get(*other), self.edition_places.get(*one)) else {
                continue;
            };
            match before.until {
                Some(until) if until < since => {
                    self.sink.report(time::edition_gap(*span, &until.to_string(), &since.to_string(), *first));
                }
                Some(until) if until > since => self.sink.report(time::edition_overlap(*span, *first)),
                // Two that begin on one day leave none to the first of them.
                None if before.since == Some(since) => self.sink.report(time::edition_overlap(*span, *first)),
                Some(_) | None => {}
            }
        }
        // An edition without an end lasts until the next one begins.
        let firsts: Vec<Option<jiff::civil::Date>> =
            order.iter().map(|index| self.policy.editions.get(*index).and_then(|edition| edition.since)).collect();
        for (place, index) in order.iter().enumerate() {
            if let Some(edition) = self.policy.editions.get_mut(*index)
                && edition.until.is_none()
            {
                edition.until = firsts.get(place + 1).copied().flatten();
            }
        }
        self.policy.editions.sort_by_key(|edition| edition.since);
    }
}

/// Lets sentences say what is added to them without any block or edition of its own around it.
pub(super) fn join(policy: &mut Policy) {
    let mut joined: HashMap<Box<str>, Vec<Addition>> = HashMap::default();
    let mut places: HashMap<&str, Around> = HashMap::default();
    walk::each(&policy.nodes, &Around::default(), &mut |node, around| {
        if let Node::Sentence(sentence) = node
            && sentence.named
        {
            places.insert(&sentence.id, around.clone());
        }
    });
    walk::each(&policy.nodes, &Around::default(), &mut |node, around| {
        if let Node::Addition(addition) = node
            && places.get(&*addition.of) == Some(around)
        {
            joined.entry(addition.of.clone()).or_default().push(addition.clone());
        }
    });
    if !joined.is_empty() {
        join_in(&mut policy.nodes, &joined);
    }
}

fn join_in(nodes: &mut [Node], joined: &HashMap<Box<str>, Vec<Addition>>) {
    for node in nodes {
        match node {
            Node::Sentence(sentence) => {
                sentence.added = joined.get(&sentence.id).cloned().unwrap_or_default();
                join_in(sentence.cases.as_deref_mut().unwrap_or_default(), joined);
            }
            Node::Addition(addition) => {
                let all = joined.get(&addition.of);
                addition.is_joined = all.is_some_and(|all| all.iter().any(|other| other.id == addition.id));
            }
            Node::Section(section) => join_in(&mut section.nodes, joined),
            Node::Scope(scope) => join_in(&mut scope.nodes, joined),
            Node::Steps(steps) => join_in(&mut steps.nodes, joined),
            Node::Edition(_, nodes) => join_in(nodes, joined),
            Node::Prose(_) | Node::Noun(_) => {}
        }
    }
}
