//! What stands behind `except`.

use super::Resolver;
use super::kinds::Site;
use crate::codes::names;
use crate::policy::{self, VerbId};
use crate::syntax::ast;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::{self, Kinds};

impl<'a> Resolver<'a, '_, '_> {
    /// The entries that are excepted from the objects of a sentence.
    pub(super) fn excepted(
        &mut self,
        sentence: &ast::Sentence<'a>,
        list: &[ast::Entry<'a>],
        verbs: &[VerbId],
        objects: Kinds,
    ) -> Vec<policy::Entry> {
        // Whom nothing is shared with stands in a clause, and so does the exception from it.
        for entry in list {
            let Some(ast::Head::Name(name)) = entry.head else { continue };
            if self.kind_among(name.value, objects).is_some() {
                continue;
            }
            let own = sentence.clauses.iter().map(|clause| clause.slot.value);
            let found = own.chain(Slot::ALL).find_map(|slot| {
                let kinds = self.clause_kinds(verbs, slot).filter(|_| !slot.takes_condition())?;
                self.kind_among(name.value, kinds).map(|kind| (slot, kind))
            });
            if let Some((slot, kind)) = found {
                self.sink.report(names::except_without_clause(name.span, name.value, kind.word(), slot.word()));
                if let Some((_, id)) = self.by_name.among(name.value, Kinds::of(&[kind])) {
                    self.mentioned.insert(id);
                }
                return Vec::new();
            }
        }
        self.entries(list, objects, Site::Object)
    }

    /// The kind of the noun with this name among some kinds.
    fn kind_among(&self, name: &str, kinds: Kinds) -> Option<Kind> {
        let author = self.by_name.among(name, kinds).map(|(kind, _)| kind);
        author.or_else(|| vocabulary::find_among(name, kinds).map(|index| vocabulary::entry(index).kind))
    }
}
