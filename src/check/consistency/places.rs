//! Countries, states and groups of countries: which lies inside which.

use crate::check::orders::Orders;
use crate::policy::{Entry, Head, Value};
use crate::syntax::words::Kind;
use crate::vocabulary;

const EU: [&str; 27] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT",
    "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
];
const EEA_BESIDE_EU: [&str; 3] = ["IS", "LI", "NO"];

/// Whether one place lies in another or is it.
#[must_use]
pub fn is_in(narrow: &str, wide: &str) -> bool {
    let usual = |code: &str| if code == "UK" { "GB".to_owned() } else { code.to_owned() };
    let (narrow, wide) = (usual(narrow), usual(wide));
    let in_eu = narrow == "EU" || EU.contains(&narrow.as_str());
    narrow == wide
        || narrow.split_once('-').is_some_and(|(country, _)| country == wide)
        || (wide == "EU" && in_eu)
        || (wide == "EEA" && (in_eu || EEA_BESIDE_EU.contains(&narrow.as_str())))
}

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
