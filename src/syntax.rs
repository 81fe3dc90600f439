//! From text to what was written: `text → Tree → Ast`.
//!
//! [`tree::parse`] is the only place that knows pest; [`lower::lower`] is the only place that knows how words
//! make nouns and sentences. Neither can fail: faults become findings, and what could be read is returned.

pub mod address;
pub mod ast;
pub mod calendar;
pub mod label;
pub mod lower;
pub mod parameters;
pub mod time;
pub mod tree;
pub mod words;
