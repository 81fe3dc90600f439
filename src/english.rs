//! What can be told of English words without knowing the policy they stand in.
//!
//! Tokens, vague terms, promises that nobody can keep, holes that were never filled, domains for examples, and the
//! counts that readability is measured by. Every function takes text and gives ranges or numbers; what follows from
//! them is decided by whoever asks.

pub mod holes;
pub mod hosts;
pub mod promises;
pub mod sentences;
pub mod syllables;
pub mod tokens;
pub mod vague;
