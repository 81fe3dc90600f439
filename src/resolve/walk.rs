//! Every statement with what the blocks around it say.

use crate::policy::{Clause, Node, NounId, Scope};

/// What the blocks around a statement say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Around {
    clauses: Vec<Clause>,
    /// The people that the blocks address, the outermost first.
    readers: Vec<Vec<NounId>>,
    edition: Option<NounId>,
}

impl Around {
    /// The clauses of the blocks around, the outermost first.
    pub(super) fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The people that the blocks around address, the outermost first.
    pub(super) fn readers(&self) -> &[Vec<NounId>] {
        &self.readers
    }

    fn in_edition(&self, edition: NounId) -> Around {
        Around { edition: Some(edition), ..self.clone() }
    }

    fn in_scope(&self, scope: &Scope) -> Around {
        let mut inside = self.clone();
        inside.clauses.extend(scope.clauses.iter().cloned());
        inside.readers.extend(scope.you.clone());
        inside
    }
}

/// Visits every statement that is no block itself, in source order.
pub(super) fn each<'p>(nodes: &'p [Node], around: &Around, visit: &mut dyn FnMut(&'p Node, &Around)) {
    for node in nodes {
        match node {
            Node::Section(section) => each(&section.nodes, around, visit),
            Node::Edition(edition, nodes) => each(nodes, &around.in_edition(*edition), visit),
            Node::Scope(scope) => each(&scope.nodes, &around.in_scope(scope), visit),
            Node::Steps(steps) => each(&steps.nodes, around, visit),
            Node::Sentence(sentence) => {
                visit(node, around);
                each(sentence.cases.as_deref().unwrap_or_default(), around, visit);
            }
            Node::Prose(_) | Node::Noun(_) | Node::Addition(_) => visit(node, around),
        }
    }
}
