//! The documents that a policy is made into, besides the full policy.

use super::{NounId, Policy};
use crate::document::FULL_POLICY;
use crate::syntax::words::Kind;
use crate::vocabulary;

/// What a document is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentKind {
    /// Every public fact.
    FullPolicy,
    /// What readers want to know first.
    ShortNotice,
    /// Cookies and similar technologies, and the choices about them.
    CookiePolicy,
    /// The services that process data for the publisher.
    ProcessorList,
    /// What the law of California wants to be said.
    CaliforniaNotice,
    /// What children and their parents have to know.
    ChildrenNotice,
    /// The internal record of processing, which is never public.
    ProcessingRecord,
}

impl DocumentKind {
    /// Every kind.
    pub const ALL: [DocumentKind; 7] = [
        DocumentKind::FullPolicy,
        DocumentKind::ShortNotice,
        DocumentKind::CookiePolicy,
        DocumentKind::ProcessorList,
        DocumentKind::CaliforniaNotice,
        DocumentKind::ChildrenNotice,
        DocumentKind::ProcessingRecord,
    ];

    /// The name of its entry in the vocabulary.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DocumentKind::FullPolicy => "full-policy",
            DocumentKind::ShortNotice => "short-notice",
            DocumentKind::CookiePolicy => "cookie-policy",
            DocumentKind::ProcessorList => "processor-list",
            DocumentKind::CaliforniaNotice => "california-notice",
            DocumentKind::ChildrenNotice => "children-notice",
            DocumentKind::ProcessingRecord => "processing-record",
        }
    }

    /// Whether it is published. The record of processing holds internal facts.
    #[must_use]
    pub fn is_public(self) -> bool {
        self != DocumentKind::ProcessingRecord
    }

    /// The fields that an author may give it.
    #[must_use]
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            // Its date and its contacts are those of the policy.
            DocumentKind::FullPolicy => &[],
            DocumentKind::ProcessorList => &["updated", "contact", "notice", "subscribe"],
            DocumentKind::ChildrenNotice => &["updated", "contact", "reading-level"],
            DocumentKind::ShortNotice
            | DocumentKind::CookiePolicy
            | DocumentKind::CaliforniaNotice
            | DocumentKind::ProcessingRecord => &["updated", "contact"],
        }
    }
}

impl Policy {
    /// What a document is made of, if it is made from this policy. A document with an address lies elsewhere.
    #[must_use]
    pub fn document_kind(&self, id: NounId) -> Option<DocumentKind> {
        let noun = self.noun(id);
        if noun.kind != Kind::Document || !noun.declared || noun.link.is_some() {
            return None;
        }
        DocumentKind::ALL.into_iter().find(|kind| self.is(id, kind.name()))
    }

    /// The documents that are made from this policy, in source order.
    pub fn documents(&self) -> impl Iterator<Item = (NounId, DocumentKind)> + '_ {
        (0..self.nouns.len()).filter_map(|index| {
            let id = NounId(index as u32);
            Some((id, self.document_kind(id)?))
        })
    }

    /// The documents that are internal: the records of processing.
    pub fn records(&self) -> impl Iterator<Item = NounId> + '_ {
        self.documents().filter(|(_, kind)| !kind.is_public()).map(|(id, _)| id)
    }

    /// The name of a document in the addresses of its files; the full policy is called `policy`, whatever the
    /// name that the author gave it.
    #[must_use]
    pub fn document_name(&self, id: NounId) -> &str {
        if self.document_kind(id) == Some(DocumentKind::FullPolicy) {
            return FULL_POLICY;
        }
        let noun = self.noun(id);
        noun.name.as_deref().unwrap_or_else(|| noun.id.strip_prefix("document-").unwrap_or(&noun.id))
    }

    /// Whether a document is an entry of the vocabulary, directly or through others, or has an address.
    #[must_use]
    pub fn is_known_document(&self, id: NounId) -> bool {
        let noun = self.noun(id);
        noun.link.is_some()
            || vocabulary::ENTRIES
                .iter()
                .filter(|entry| entry.kind == Kind::Document)
                .any(|entry| self.is(id, entry.name))
    }
}
