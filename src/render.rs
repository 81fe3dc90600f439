//! From a document to text: one exhaustive match over its blocks for each format.

pub mod html;
pub mod markdown;
