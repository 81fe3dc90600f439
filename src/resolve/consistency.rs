//! What no single declaration shows: trackers that are declared twice, clauses that what is denied cannot have,
//! and words that are printed for another value.

use std::cmp::Ordering;

use foldhash::{HashMap, HashSet};

use super::Resolver;
use super::walk::{self, Around};
use crate::codes::{labels, meaning, names};
use crate::policy::{Clause, Entry, Field, Head, Node, Noun, NounId, Policy, Value};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::lower::lower_value;
use crate::syntax::words::{Kind, Polarity, Slot};
use crate::syntax::{address, calendar};

/// The values of a field, and those that differ by guard.
type Said<'p> = (&'p [Entry], Vec<(&'p [Clause], &'p [Entry])>);

/// What tells a tracker from others, its names aside.
type Key<'p> = (&'p [NounId], [Option<Said<'p>>; 3]);

impl Resolver<'_, '_, '_> {
    /// A tracker is known by its provider, its kind, its host and its names together: two providers may well use
    /// one name, and an edition may say of the same tracker what another does not.
    pub(super) fn check_trackers(&mut self) {
        let mut double = Vec::new();
        for nodes in [&self.policy.nodes, &self.policy.internal] {
            let mut known: Vec<(Around, NounId)> = Vec::new();
            let mut by_name: HashMap<&str, Vec<usize>> = HashMap::default();
            walk::each(nodes, &Around::default(), &mut |node, around| {
                let Node::Noun(id) = node else { return };
                let noun = self.policy.noun(*id);
                if noun.kind != Kind::Tracker {
                    return;
                }
                for name in names_of(noun) {
                    let same = by_name.entry(name).or_default();
                    let first = same.iter().filter_map(|index| known.get(*index)).find(|(scope, other)| {
                        other != id && scope == around && key(self.policy.noun(*other)) == key(noun)
                    });
                    if let Some((_, first)) = first {
                        double.push((noun.span, name.to_owned(), self.policy.noun(*first).span));
                        break;
                    }
                    same.push(known.len());
                }
                known.push((around.clone(), *id));
            });
        }
        for (span, name, first) in double {
            self.sink.report(names::duplicate_tracker(span, &name, first));
        }
    }

    /// What is not done leaves nothing to keep or to give.
    pub(super) fn check_denials(&mut self) {
        let denied = denied_clauses(&self.policy);
        for (span, slot) in denied {
            self.sink.report(meaning::denied_clause(span, slot.word()));
        }
    }

    /// Blocks in blocks say different things.
    pub(super) fn check_blocks(&mut self) {
        let replaced = replaced_clauses(&self.policy);
        for (span, words) in replaced {
            self.sink.report(meaning::clause_replaced(span, words));
        }
    }

    /// The words that are printed for a value say the same, as far as they are read as one.
    pub(super) fn check_display(&mut self, entry: &ast::Entry<'_>, label: &ast::Label<'_>) {
        let read = lower_value(label.span.file, &label.text).and_then(|entry| entry.head);
        let differs = match (&entry.head, &read) {
            (Some(ast::Head::Period(typed)), Some(ast::Head::Period(shown))) => {
                let (typed, shown) = (typed.steps.first(), shown.steps.first());
                let amounts = typed.and_then(|step| step.amount).zip(shown.and_then(|step| step.amount));
                // A month may be thirty days: what depends on the calendar is the author's to say.
                amounts.and_then(|(typed, shown)| calendar::compare(typed, shown)).is_some_and(Ordering::is_ne)
            }
            (Some(ast::Head::Literal(typed)), Some(ast::Head::Literal(shown))) => match (&typed.value, &shown.value) {
                (ast::Literal::Date(typed), ast::Literal::Date(shown)) => typed != shown,
                (ast::Literal::Number(typed), ast::Literal::Number(shown)) => typed != shown,
                (ast::Literal::Email(typed), ast::Literal::Email(shown)) => !typed.eq_ignore_ascii_case(shown),
                // A country has several short names.
                _ => false,
            },
            _ => entry.link.is_some_and(|link| {
                let bare = |address: &str| address.trim_end_matches('/').to_owned();
                address::is_safe_address(&label.text) && bare(&label.text) != bare(link.value)
            }),
        };
        if differs {
            self.sink.report(labels::display(label.span, &label.text, entry.span));
        }
    }
}

/// The names under which a browser knows a tracker.
fn names_of(noun: &Noun) -> Vec<&str> {
    let names = field(noun, "names").into_iter().flat_map(|field| &field.values);
    let mut names: Vec<&str> = names
        .filter_map(|entry| match &entry.head {
            Head::Value(Value::Code(text) | Value::Text(text)) => Some(&**text),
            Head::We
            | Head::You
            | Head::Noun(_)
            | Head::Field(..)
            | Head::Value(_)
            | Head::Period(_)
            | Head::Everything => None,
        })
        .collect();
    if names.is_empty() {
        names.extend(noun.label.as_deref());
    }
    names
}

fn field<'p>(noun: &'p Noun, key: &str) -> Option<&'p Field> {
    noun.fields.iter().find(|field| &*field.key == key)
}

fn said(field: &Field) -> Said<'_> {
    (&field.values, field.arms.iter().map(|arm| (arm.guard.as_slice(), arm.values.as_slice())).collect())
}

fn key(noun: &Noun) -> Key<'_> {
    (&noun.parents, ["provider", "kind", "host"].map(|key| field(noun, key).map(said)))
}

/// The clauses about data that are there, in sentences that say that something is not done.
fn denied_clauses(policy: &Policy) -> Vec<(Span, Slot)> {
    let about_data = |clauses: &[Clause], span: Span| {
        let slot = clauses.iter().map(|clause| clause.slot).find(|slot| *slot == Slot::Kept || slot.is_flag());
        slot.map(|slot| (span, slot))
    };
    let (mut names, mut found, mut additions) = (HashSet::default(), Vec::new(), Vec::new());
    for nodes in [&policy.nodes, &policy.internal] {
        walk::each(nodes, &Around::default(), &mut |node, _| match node {
            Node::Sentence(sentence) if sentence.polarity != Polarity::Positive => {
                names.insert(&sentence.id);
                found.extend(about_data(&sentence.clauses, sentence.span));
            }
            Node::Addition(addition) => additions.push(addition),
            Node::Section(_)
            | Node::Sentence(_)
            | Node::Scope(_)
            | Node::Steps(_)
            | Node::Prose(_)
            | Node::Noun(_)
            | Node::Edition(..) => {}
        });
    }
    let added = additions.iter().filter(|addition| names.contains(&addition.of));
    found.extend(added.filter_map(|addition| about_data(&addition.clauses, addition.span)));
    found
}

/// The clauses of sentences that would take the place of one around them, and those of blocks in blocks.
fn replaced_clauses(policy: &Policy) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    for nodes in [&policy.nodes, &policy.internal] {
        walk::each(nodes, &Around::default(), &mut |node, around| {
            let Node::Sentence(sentence) = node else { return };
            let all: Vec<&Clause> = around.clauses().iter().chain(&sentence.clauses).collect();
            for (index, inner) in all.iter().enumerate() {
                let outer = all.iter().take(index).rev().find(|outer| outer.slot == inner.slot);
                if !inner.slot.takes_condition() && outer.is_some_and(|outer| !narrows(policy, inner, outer)) {
                    found.push((sentence.span, inner.slot.word()));
                    break;
                }
            }
            // "You" means the inner people, and who is addressed outside would be forgotten.
            let is_among = |inner: &[NounId], outer: &[NounId]| {
                inner.iter().all(|narrow| outer.iter().any(|wide| policy.covers(*wide, *narrow)))
            };
            if !around.readers().is_sorted_by(|outer, inner| is_among(inner, outer)) {
                found.push((sentence.span, "you are"));
            }
        });
    }
    found
}

/// Whether a clause only says more exactly what another one says: each of its entries is a kind of one of the other's.
fn narrows(policy: &Policy, inner: &Clause, outer: &Clause) -> bool {
    let is_kind_of = |entry: &Entry, wide: &Entry| {
        entry == wide
            || match (entry.noun_id(), wide.noun_id()) {
                (Some(narrow), Some(wide)) => policy.covers(wide, narrow),
                _ => false,
            }
    };
    let (inner, outer) = (inner.value.entries(), outer.value.entries());
    !inner.is_empty() && inner.iter().all(|entry| outer.iter().any(|wide| is_kind_of(entry, wide)))
}
