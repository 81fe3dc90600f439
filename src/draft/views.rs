//! Documents besides the full policy: each is a query over its facts, with words around what it finds.

pub(super) mod practices;
pub(super) mod record;
