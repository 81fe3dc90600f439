//! From a resolved policy to what is wrong with it: statements that contradict each other, and laws that ask for more.
//!
//! The checker knows no law and no single contradiction. It lays the policy out as [`rows`] and asks how things lie
//! to each other in the [`orders`]; every check is a query over these two.

pub mod consistency;
pub mod orders;
pub mod rows;
