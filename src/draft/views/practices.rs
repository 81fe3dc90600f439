//! Every sentence of a policy by itself, with what the blocks around it say and what is added to it elsewhere.

use crate::draft::plan::Plan;
use crate::draft::{Drafter, Inherited};
use crate::policy::{Addition, Clause, ClauseValue, Entry, Head, Node, NounId, Policy, Sentence, Value};
use crate::syntax::words::{Absence, Force, Join, Kind, Polarity, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

/// A sentence where it stands.
#[derive(Clone, Debug)]
pub(in crate::draft) struct Practice<'p> {
    pub sentence: &'p Sentence,
    pub plan: Plan,
    /// The reader of a block around it.
    pub said_to: Option<Vec<NounId>>,
    /// What is added to it elsewhere.
    pub additions: Vec<Added>,
    /// Whether it is internal.
    pub internal: bool,
}

/// Clauses that are added to a sentence.
#[derive(Clone, Debug)]
pub(in crate::draft) struct Added {
    /// The clauses alone, for those for whom they hold.
    pub plan: Plan,
    /// Whether they are internal.
    pub internal: bool,
}

/// The sentences of a policy that hold in an edition, in source order: the public ones and, if they are asked
/// for, the internal ones behind them.
pub(in crate::draft) fn practices<'p>(drafter: &Drafter<'p>, with_internal: bool) -> Vec<Practice<'p>> {
    let policy = drafter.policy;
    let mut walk = Walk { drafter, internal: false, found: Vec::new(), additions: Vec::new() };
    walk.nodes(&policy.nodes, &Inherited::default());
    if with_internal {
        walk.internal = true;
        walk.nodes(&policy.internal, &Inherited::default());
    }
    let Walk { mut found, additions, .. } = walk;
    for (addition, plan, internal) in additions {
        if let Some(practice) = found.iter_mut().find(|practice| practice.sentence.id == addition.of) {
            practice.additions.push(Added { plan, internal });
        }
    }
    found
}

struct Walk<'d, 'p> {
    drafter: &'d Drafter<'p>,
    internal: bool,
    found: Vec<Practice<'p>>,
    additions: Vec<(&'p Addition, Plan, bool)>,
}

impl<'p> Walk<'_, 'p> {
    fn nodes(&mut self, nodes: &'p [Node], around: &Inherited) {
        for node in nodes {
            match node {
                Node::Sentence(sentence) => {
                    self.found.push(Practice {
                        sentence,
                        plan: Plan::new(sentence, around),
                        said_to: around.reader.clone(),
                        additions: Vec::new(),
                        internal: self.internal,
                    });
                    // The cases of a closed list are said with the sentence, and hold nowhere else.
                    self.nodes(sentence.cases.as_deref().unwrap_or_default(), &Inherited::default());
                }
                Node::Section(section) => self.nodes(&section.nodes, around),
                Node::Scope(scope) => self.nodes(&scope.nodes, &self.drafter.inside(scope, around)),
                Node::Edition(noun, nodes) => {
                    if self.drafter.edition.is_some_and(|edition| edition.noun == *noun) {
                        self.nodes(nodes, around);
                    }
                }
                Node::Addition(addition) if addition.is_joined => {}
                Node::Addition(addition) => {
                    let mut plan = Plan::empty();
                    plan.clauses = around.clauses.clone();
                    for clause in &addition.clauses {
                        plan.clauses.retain(|other| other.slot != clause.slot);
                        plan.clauses.push(clause.clone());
                    }
                    plan.reader.clone_from(&around.reader);
                    plan.facts = vec![addition.id.to_string()];
                    self.additions.push((addition, plan, self.internal));
                }
                // Steps tell the reader what to do.
                Node::Steps(_) | Node::Prose(_) | Node::Noun(_) => {}
            }
        }
    }
}

/// Whether a sentence says that something is or may be done.
pub(in crate::draft) fn is_stated(plan: &Plan, policy: &Policy) -> bool {
    !plan.is_denied(policy)
        && plan.polarity == Polarity::Positive
        && matches!(plan.force, Force::Does | Force::May | Force::Might | Force::Must | Force::Will | Force::Commits)
}

/// Whether the publisher does it: itself, with what it offers, or through those who act for it.
pub(in crate::draft) fn is_ours(plan: &Plan, policy: &Policy) -> bool {
    let for_us = plan.entries(Slot::As).iter().any(|role| {
        role.noun_id().is_some_and(|id| policy.is(id, "processor"))
            && role.of.as_ref().is_some_and(|of| is_publisher(of, policy))
    });
    // What a program does on the device of a person stays there; trackers are read again.
    let on_device = plan.class(policy) != Class::Tracking
        && !plan.entries(Slot::At).is_empty()
        && plan.entries(Slot::At).iter().all(|entry| entry.noun_id().is_some_and(|id| policy.is(id, "device")))
        && plan.actors.iter().all(|actor| actor.noun_id().is_some_and(|id| policy.noun(id).kind == Kind::Product));
    if on_device {
        return false;
    }
    for_us
        || plan.actors.iter().any(|actor| {
            is_publisher(actor, policy)
                || actor.noun_id().is_some_and(|id| matches!(policy.noun(id).kind, Kind::Product | Kind::Tracker))
        })
}

/// Whether a service is agreed but not used yet.
pub(in crate::draft) fn is_not_yet(policy: &Policy, service: NounId) -> bool {
    let fields = policy.noun(service).fields.iter().filter(|field| &*field.key == "since");
    fields
        .flat_map(|field| &field.values)
        .any(|entry| matches!(entry.head, Head::Value(Value::Absent(Absence::NotYet))))
}

/// Whether a sentence says that data is collected, used, kept or passed on.
pub(in crate::draft) fn is_processing(plan: &Plan, policy: &Policy) -> bool {
    matches!(
        plan.class(policy),
        Class::Collection
            | Class::Use
            | Class::Disclosure
            | Class::Retention
            | Class::Access
            | Class::Transfer
            | Class::Tracking
    )
}

/// Whether an entry is the publisher.
pub(in crate::draft) fn is_publisher(entry: &Entry, policy: &Policy) -> bool {
    match entry.head {
        Head::We => true,
        Head::Noun(id) => policy.header.we.contains(&id),
        Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
    }
}

/// The nouns of one kind that entries name, those that stand for their members replaced by them.
pub(in crate::draft) fn nouns_of(policy: &Policy, entries: &[Entry], kind: Kind) -> Vec<NounId> {
    let mut found = Vec::new();
    for entry in entries {
        let Some(id) = entry.noun_id() else { continue };
        let noun = policy.noun(id);
        if noun.kind != kind {
            continue;
        }
        match &noun.group {
            Some(group) if noun.is_its_members() => found.extend(nouns_of(policy, &group.entries, kind)),
            _ => found.push(id),
        }
    }
    found
}

/// The purposes among the entries of `for`, which takes periods as well.
pub(in crate::draft) fn purposes_of(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|entry| entry.period().is_none() && !matches!(entry.head, Head::Value(Value::Date(_))))
}

/// The lists of a clause, each with the guard that it holds under; the guard of `otherwise` is empty, and there is
/// none where nothing differs.
pub(in crate::draft) fn lists_of(clause: &Clause) -> Vec<(Option<&[Clause]>, &[Entry])> {
    match &clause.value {
        ClauseValue::Guarded(arms) => {
            arms.iter().map(|arm| (Some(arm.guard.as_slice()), arm.value.entries())).collect()
        }
        ClauseValue::List(..) | ClauseValue::Condition(_) | ClauseValue::Topic(..) | ClauseValue::Flag => {
            vec![(None, clause.value.entries())]
        }
    }
}

impl Drafter<'_> {
    /// A whole sentence with its cases, for documents that quote it alone.
    pub(in crate::draft) fn statement(&mut self, plan: &Plan, cases: Option<&[Node]>) -> Phrase {
        let mut words = self.statement_words(plan, cases);
        words.capitalise();
        words.full_stop();
        words
    }

    fn statement_words(&mut self, plan: &Plan, cases: Option<&[Node]>) -> Phrase {
        let mut words = self.clause_of(plan);
        if let Some(cases) = cases {
            words = self.words.fill(t::CASES, &[("sentence", &words)]);
            let said: Vec<Phrase> = cases
                .iter()
                .filter_map(|node| match node {
                    Node::Sentence(sentence) => Some((sentence, Plan::new(sentence, &Inherited::default()))),
                    _ => None,
                })
                .map(|(sentence, plan)| self.statement_words(&plan, sentence.cases.as_deref()))
                .collect();
            for (index, case) in said.into_iter().enumerate() {
                words.push_str(if index == 0 { " " } else { "; " });
                words.append(case);
            }
        }
        words
    }

    /// "Cloudy, as a data processor and a sub-processor"; somebody without a role by name alone.
    pub(in crate::draft) fn in_roles(&mut self, who: Phrase, roles: &[Entry]) -> Phrase {
        if roles.is_empty() {
            return who;
        }
        let roles = roles.iter().map(|role| self.role(role)).collect();
        let roles = self.words.join(roles, Join::And);
        self.words.fill(t::VIEW_IN_ROLE, &[("who", &who), ("role", &roles)])
    }

    /// The conditions of a sentence as they stand behind one of its parts: "for members, if you ask".
    pub(in crate::draft) fn conditions_aside(&mut self, plan: &Plan) -> Phrase {
        let mut parts: Vec<Phrase> = Vec::new();
        if let Some(reader) = &plan.reader {
            let people = reader.iter().map(|id| phrase(self.policy.noun(*id).words())).collect();
            let people = self.words.join(people, Join::And);
            parts.push(self.words.fill(t::FOR_NOUN, &[("list", &people)]));
        }
        for clause in &plan.clauses {
            if clause.slot.takes_condition() {
                parts.push(self.slot(plan, clause.slot));
            }
        }
        let mut out = Phrase::default();
        for part in parts {
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.append(part);
        }
        out
    }
}
