//! Which place lies in which: parts of countries in their country, countries in the groups of countries that laws
//! speak of.

use jiff::civil::{Date, date};

/// The members of the European Union, by their codes in ISO 3166-1 (Treaty on European Union, Article 52).
const UNION: [&str; 27] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The members of the European Economic Area that are not in the Union (EEA Agreement, Article 126).
const OTHERS_OF_AREA: [&str; 3] = ["IS", "LI", "NO"];

/// The day on which the law of the Union ceased to apply in the United Kingdom (Withdrawal Agreement, Article 126).
const UNITED_KINGDOM_LEFT: Date = date(2021, 1, 1);

/// Whether a place is another or lies in it, on a day if one is known.
#[must_use]
pub fn lies_in(place: &str, region: &str, day: Option<Date>) -> bool {
    let place = normal(place);
    let region = normal(region);
    if place == region || place.strip_prefix(region).is_some_and(|rest| rest.starts_with('-')) {
        return true;
    }
    let country = place.split_once('-').map_or(place, |(country, _)| country);
    let in_union = UNION.contains(&country) || country == "GB" && day.is_some_and(|day| day < UNITED_KINGDOM_LEFT);
    match region {
        "EU" => in_union,
        "EEA" => place == "EU" || in_union || OTHERS_OF_AREA.contains(&country),
        _ => false,
    }
}

/// Whether two places have something in common.
#[must_use]
pub fn meet(one: &str, other: &str, day: Option<Date>) -> bool {
    lies_in(one, other, day) || lies_in(other, one, day)
}

/// The code that stands for a place where two are in use.
#[must_use]
pub fn normal(place: &str) -> &str {
    match place {
        "UK" => "GB",
        "EL" => "GR",
        _ => place,
    }
}

/// Whether a code is of one state, or of a part of one, and not of a group of states.
#[must_use]
pub fn is_state(place: &str) -> bool {
    !matches!(place, "EU" | "EEA") && place.len() >= 2
}
