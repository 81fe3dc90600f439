//! From a provision that an author cites to the legal bases of the vocabulary that it makes.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::policy::{Policy, Provision};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// The provisions of the GDPR that list legal bases: those of Article 6(1) and the conditions of Article 9(2).
const LISTS: [&str; 2] = ["6(1)(", "9(2)("];

/// The legal bases of the vocabulary by the provisions that they cite.
static BASES: LazyLock<HashMap<&str, Vec<u16>>> = LazyLock::new(|| {
    let mut bases: HashMap<&str, Vec<u16>> = HashMap::default();
    for (index, entry) in vocabulary::ENTRIES.iter().enumerate().filter(|(_, entry)| entry.kind == Kind::Basis) {
        let cites = entry.fields.iter().find(|(key, _)| *key == "cite");
        for cite in cites.iter().flat_map(|(_, values)| values.iter()) {
            bases.entry(cite).or_default().push(index as u16);
        }
    }
    bases
});

/// The entries of the vocabulary that a provision makes a basis: `gdpr 6(1)(b)` is the contract. None if it is not one of
/// those provisions of the GDPR, or of the UK GDPR, that list bases.
#[must_use]
pub fn bases(provision: &Provision, policy: &Policy) -> Option<Vec<u16>> {
    let law = policy.noun(provision.law?).standard.map(|entry| vocabulary::entry(entry).name)?;
    let reference = provision.reference.replace(' ', "");
    if !matches!(law, "gdpr" | "uk-gdpr") || !LISTS.iter().any(|list| reference.starts_with(list)) {
        return None;
    }
    let laws = ["GDPR", "UK GDPR"].iter().filter_map(|law| BASES.get(format!("{law} Art {reference}").as_str()));
    Some(laws.flatten().copied().collect())
}
