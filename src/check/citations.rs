//! From a provision that an author cites to the legal bases of the vocabulary that it makes.

use crate::policy::{Policy, Provision};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// The provisions of the GDPR that list legal bases: those of Article 6(1) and the conditions of Article 9(2).
const LISTS: [&str; 2] = ["6(1)(", "9(2)("];

/// The entries of the vocabulary that a provision makes a basis: `gdpr 6(1)(b)` is the contract. None if it is not one of
/// those provisions of the GDPR, or of the UK GDPR, that list bases.
#[must_use]
pub fn bases(provision: &Provision, policy: &Policy) -> Option<Vec<u16>> {
    let law = policy.noun(provision.law?).standard.map(|entry| vocabulary::entry(entry).name)?;
    let reference = provision.reference.replace(' ', "");
    if !matches!(law, "gdpr" | "uk-gdpr") || !LISTS.iter().any(|list| reference.starts_with(list)) {
        return None;
    }
    let cites = [format!("GDPR Art {reference}"), format!("UK GDPR Art {reference}")];
    let is_cited = |index: &u16| {
        let entry = vocabulary::entry(*index);
        let field = entry.fields.iter().find(|(key, _)| *key == "cite");
        entry.kind == Kind::Basis
            && field.is_some_and(|(_, values)| values.iter().any(|value| cites.iter().any(|cite| cite == value)))
    };
    Some((0..vocabulary::ENTRIES.len() as u16).filter(is_cited).collect())
}
