//! The places that entries name.

use crate::check::orders::Orders;
use crate::policy::{Entry, Head, Value};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// The code of a place, however it is named; none if it is a place without one.
#[must_use]
pub fn code(entry: &Entry, orders: &Orders<'_>) -> Option<String> {
    match &entry.head {
        Head::Value(Value::Place(code)) => Some(code.to_ascii_uppercase()),
        Head::Noun(id) if orders.policy().noun(*id).kind == Kind::Place => {
            let named =
                |entry: &u16| vocabulary::entry(*entry).name.strip_prefix("place-").map(str::to_ascii_uppercase);
            orders.entries(*id).iter().find_map(named)
        }
        _ => None,
    }
}

/// Whether an entry is a place at all.
#[must_use]
pub fn is_place(entry: &Entry, orders: &Orders<'_>) -> bool {
    match &entry.head {
        Head::Value(Value::Place(_)) => true,
        Head::Noun(id) => orders.policy().noun(*id).kind == Kind::Place,
        _ => false,
    }
}
