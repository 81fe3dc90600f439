//! Candor compiles privacy policies: it reads what a company does with personal data in a small declarative
//! language, checks it, and publishes Markdown, HTML and JSON that say exactly the same thing.
//!
//! ```text
//! text ─parse─▶ Tree ─lower─▶ Ast ─resolve─▶ Policy ─draft─▶ Document ─render─▶ Markdown · HTML · JSON
//! ```
//!
//! [`compile`] is the whole pipeline. It does no input or output and never reads the clock.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]
// Whatever the text, the compiler answers with findings.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod cells;
pub mod check;
pub mod codes;
mod compile;
pub mod diagnostic;
pub mod diff;
pub mod document;
mod draft;
pub mod emit;
pub mod english;
pub mod facts;
pub mod format;
pub mod law;
pub mod levels;
pub mod packs;
pub mod policy;
mod publish;
pub mod record;
pub mod render;
pub mod resolve;
pub mod source;
pub mod stats;
pub mod syntax;
pub mod vendors;
pub mod vocabulary;
pub mod wording;

pub use compile::{
    ChangeTold, Changes, Compilation, Kept, Loader, NoFiles, NoticeTold, Options, Place, ProvisionTold, Records,
    compare, compile, register,
};
pub use diagnostic::{Allowance, Diagnostic, Level};
pub use diff::{ChangeClass, Weight};
pub use draft::{draft, draft_view};
pub use publish::{FORMAT_VERSION, Format, Published, Record};
pub use source::Source;
