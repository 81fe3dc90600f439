//! The sections of a page whose author wrote none.

use super::{Drafter, Inherited};
use crate::document::{Block, Inline, Span};
use crate::policy::{ClauseValue, Condition, Entry, Head, Node, NounId, PeriodStart, Policy, Sentence};
use crate::syntax::words::Kind;
use crate::vocabulary::Class;

impl<'p> Drafter<'p> {
    /// Without sections of the author's, sentences stand under the question their verbs answer, and the questions in the
    /// order in which readers ask them.
    pub(super) fn sections_by_class(&mut self, nodes: &'p [Node], blocks: &mut Vec<Block>) {
        let mut groups: Vec<(Class, Vec<&'p Node>)> = Vec::new();
        let mut opening: Vec<&'p Node> = Vec::new();
        let mut others: Vec<&'p Node> = Vec::new();
        // Prose goes on with what stands in front of it.
        let mut last: Option<Class> = None;
        let mut here = Vec::with_capacity(nodes.len());
        self.at_hand(nodes, &mut here);
        for node in here {
            let class = first_class(node, self.policy);
            last = class.or(last);
            let class = if matches!(node, Node::Prose(_)) { last } else { class };
            match class {
                None if matches!(node, Node::Prose(_)) => opening.push(node),
                Some(class) => match groups.iter_mut().find(|(known, _)| *known == class) {
                    Some((_, group)) => group.push(node),
                    None => groups.push((class, vec![node])),
                },
                None => others.push(node),
            }
        }
        groups.sort_by_key(|(class, _)| place(*class));
        self.nodes(opening, &Inherited::default(), blocks);
        let outer = std::mem::replace(&mut self.in_section, true);
        for (class, group) in groups {
            let mut inner = Vec::new();
            self.named_here.clear();
            self.nodes(group, &Inherited::default(), &mut inner);
            if inner.is_empty() {
                continue;
            }
            let title = crate::wording::Template::find(&format!("title-{}", class.name()))
                .map_or("", |found| self.words.of(found));
            let id = format!("section-{}", class.name());
            self.targets.insert(id.clone());
            let title = Span { text: vec![Inline::text(title)], ..Span::default() };
            blocks.push(Block::Section { id, title: vec![title], blocks: inner });
        }
        self.in_section = outer;
        self.nodes(others, &Inherited::default(), blocks);
    }

    /// The statements with those of the edition at hand in the place of its braces. Statements of another edition say
    /// nothing here.
    fn at_hand(&self, nodes: &'p [Node], into: &mut Vec<&'p Node>) {
        for node in nodes {
            match node {
                Node::Edition(noun, inner) => {
                    if self.edition.is_some_and(|edition| edition.noun == *noun) {
                        self.at_hand(inner, into);
                    }
                }
                _ => into.push(node),
            }
        }
    }
}

/// Where the section of a class stands among the others: what readers ask first comes first, and what is seldom asked
/// comes last. The questions of the summary have the same order.
fn place(class: Class) -> usize {
    match class {
        Class::Collection => 0,
        Class::Tracking => 1,
        Class::Use => 2,
        Class::Disclosure => 3,
        Class::Access => 4,
        Class::Transfer => 5,
        Class::Retention => 6,
        Class::Deletion => 7,
        Class::Right => 8,
        Class::Choice => 9,
        Class::Consent => 10,
        Class::Protection => 11,
        Class::Claim => 12,
        Class::Offer => 13,
        Class::Duty => 14,
        Class::Legal => 15,
        Class::Conduct => 16,
        Class::Change => 17,
    }
}

/// The class of the first sentence of a statement, as a reader would look for it.
fn first_class(node: &Node, policy: &Policy) -> Option<Class> {
    match node {
        Node::Sentence(sentence) => class_of(sentence, policy),
        Node::Scope(scope) => scope.nodes.iter().find_map(|node| first_class(node, policy)),
        Node::Steps(steps) => steps.nodes.iter().find_map(|node| first_class(node, policy)),
        Node::Section(section) => section.nodes.iter().find_map(|node| first_class(node, policy)),
        Node::Edition(_, nodes) => nodes.iter().find_map(|node| first_class(node, policy)),
        Node::Prose(_) | Node::Noun(_) | Node::Addition(_) => None,
    }
}

/// The class of a sentence. "Publish" and "change" are said of policies and of data, and readers are told of changes:
/// there the verb alone does not say what the sentence is about.
fn class_of(sentence: &Sentence, policy: &Policy) -> Option<Class> {
    let verb = policy.verb(*sentence.verbs.first()?);
    let is_data = |entry: &Entry| entry.noun_id().is_some_and(|id| policy.noun(id).kind == Kind::Data);
    Some(match verb.class {
        Class::Change if !sentence.objects.is_empty() && sentence.objects.iter().all(is_data) => {
            if is_by_readers(sentence) {
                Class::Choice
            } else if matches!(&*verb.name, "publish" | "post" | "announce") {
                Class::Disclosure
            } else {
                Class::Use
            }
        }
        Class::Duty if is_told_of_changes(sentence, policy) => Class::Change,
        // Whom readers may complain to is one of their rights.
        Class::Legal if verb.name.starts_with("complain") && is_by_readers(sentence) => Class::Right,
        class => class,
    })
}

/// Whether a sentence is about a change of the policy: "before this policy changes".
fn is_told_of_changes(sentence: &Sentence, policy: &Policy) -> bool {
    let changes = |id: NounId| policy.is_change_of_policy(id) || policy.is(id, "changes");
    let in_condition =
        |condition: &Condition| condition.tests().into_iter().any(|test| test.entry.noun_id().is_some_and(changes));
    // "At least 30 days before this policy changes."
    let in_period = |entry: &Entry| {
        entry.period().into_iter().flat_map(|period| &period.steps).any(|step| match &step.start {
            Some(PeriodStart::Before(condition) | PeriodStart::After(condition)) => in_condition(condition),
            Some(PeriodStart::Of(_)) | None => false,
        })
    };
    sentence.clauses.iter().any(|clause| match &clause.value {
        ClauseValue::Condition(condition) => in_condition(condition),
        value => value.entries().iter().any(|entry| entry.noun_id().is_some_and(changes) || in_period(entry)),
    })
}

fn is_by_readers(sentence: &Sentence) -> bool {
    matches!(sentence.actors.as_slice(), [only] if matches!(only.head, Head::You))
}
