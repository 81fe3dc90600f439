//! What children and their parents have to know.

use super::View;
use crate::draft::Drafter;
use crate::policy::NounId;

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, _document: NounId) -> View {
    View { blocks: Vec::new(), query: drafter.statement_ids() }
}
