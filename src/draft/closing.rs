//! What no section of the author's holds: the contents list in front, and what stands at the end of a document.

use super::Drafter;
use crate::document::{Block, Inline, Span};
use crate::policy::NounId;
use crate::syntax::words::Kind;
use crate::wording::{Template, templates as t};

impl Drafter<'_> {
    /// Services, consents and rights that were declared outside any section, each kind under a heading.
    pub(super) fn closing_rows(&mut self, blocks: &mut Vec<Block>) {
        let due = std::mem::take(&mut self.rows_due);
        for (kind, title) in [
            (Kind::Basis, t::CONSENTS_TITLE),
            (Kind::Setting, t::SETTINGS_TITLE),
            (Kind::Right, t::RIGHTS_TITLE),
            (Kind::Engagement, t::SERVICES_TITLE),
        ] {
            let nouns: Vec<NounId> = due.iter().copied().filter(|id| self.policy.noun(*id).kind == kind).collect();
            let mut inner = Vec::new();
            self.rows(nouns, &mut inner);
            if !inner.is_empty() {
                self.closing_section(&format!("section-{}", kind.word()), title, inner, blocks);
            }
        }
    }

    pub(super) fn closing_section(&mut self, id: &str, title: Template, inner: Vec<Block>, blocks: &mut Vec<Block>) {
        // The author may have a section of this name.
        let mut id = id.to_owned();
        while !self.targets.insert(id.clone()) {
            id.push_str("-rest");
        }
        let title = Span { text: vec![Inline::text(self.words.of(title))], ..Span::default() };
        blocks.push(Block::Section { id, title: vec![title], blocks: inner });
    }

    /// Contacts that were declared outside any section.
    pub(super) fn closing_contacts(&mut self, blocks: &mut Vec<Block>) {
        let due: Vec<NounId> = self.contacts_due.clone();
        if due.is_empty() {
            return;
        }
        let mut inner = Vec::new();
        for id in due {
            self.contact(id, &mut inner);
        }
        if inner.is_empty() {
            return;
        }
        self.closing_section("section-contacts", t::CONTACTS_TITLE, inner, blocks);
    }

    /// Adds the contents list in front of the first section, if the policy asks for one.
    pub(super) fn contents(&mut self, blocks: &mut Vec<Block>) {
        if !self.policy.header.contents {
            return;
        }
        let entries = contents_entries(blocks);
        let at = blocks.iter().position(|block| matches!(block, Block::Section { .. })).unwrap_or(blocks.len());
        let title = self.words.of(t::CONTENTS_TITLE).to_owned();
        blocks.insert(at, Block::Contents { facts: vec!["policy.contents".to_owned()], title, entries });
    }
}

/// Ids and titles of the outermost sections.
fn contents_entries(blocks: &[Block]) -> Vec<crate::document::ContentsEntry> {
    blocks
        .iter()
        .filter_map(|block| match block {
            Block::Section { id, title, .. } => {
                Some(crate::document::ContentsEntry { id: id.clone(), title: crate::document::plain_spans(title) })
            }
            Block::Paragraph { .. }
            | Block::List { .. }
            | Block::Table { .. }
            | Block::Contents { .. }
            | Block::Prose { .. } => None,
        })
        .collect()
}
