//! The packs of laws that are part of the compiler.
//!
//! The build script reads `src/law/*.policy` and writes each pack as JSON. A pack is read from it when a policy turns
//! it on, and once only, so that a policy pays for the laws that it is meant for and for no others.

use std::sync::OnceLock;

use crate::law::{Library, Names, Pack};
use crate::syntax::words::Kind;
use crate::vocabulary::{ENTRIES, VERBS};

/// A pack that is built in: its name, the laws that mean it as well, its JSON, and what was read from it.
type Embedded = (&'static str, &'static [&'static str], &'static str, OnceLock<Option<Pack>>);

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// The names of all packs, in their order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PACKS.iter().map(|(name, ..)| *name)
}

/// The pack with this name.
#[must_use]
pub fn embedded(name: &str) -> Option<&'static Pack> {
    let (_, _, text, read) = PACKS.iter().find(|(known, ..)| *known == name)?;
    // A pack that cannot be read back is one that nobody knows; a test reads all of them.
    read.get_or_init(|| serde_json::from_str(text).ok()).as_ref()
}

/// A library of all packs.
#[must_use]
pub fn all() -> Library<'static> {
    Library::new(names().filter_map(embedded))
}

/// A library of the packs of some laws and of those that they take rules from, in the order of all packs.
#[must_use]
pub fn library(wanted: &[&str]) -> Library<'static> {
    let is_wanted = |name: &str, laws: &[&str]| wanted.iter().any(|wanted| *wanted == name || laws.contains(wanted));
    let mut needed: Vec<&str> =
        PACKS.iter().filter(|(name, laws, ..)| is_wanted(name, laws)).map(|(name, ..)| *name).collect();
    let mut next = 0;
    while let Some(name) = needed.get(next).copied() {
        let pack = embedded(name);
        let taken = pack.into_iter().flat_map(|pack| &pack.takes).map(|take| take.pack.as_str());
        let liked = pack.into_iter().flat_map(|pack| &pack.rules).filter_map(|rule| rule.like.as_deref());
        let liked = liked.filter_map(|rule| rule.split_once('/')).map(|(pack, _)| pack);
        for other in taken.chain(liked) {
            if !needed.contains(&other) {
                needed.push(other);
            }
        }
        next += 1;
    }
    Library::new(names().filter(|name| needed.contains(name)).filter_map(embedded))
}

/// The names of the vocabulary, for packs that are read while the compiler runs.
#[must_use]
pub fn vocabulary() -> Names {
    let entries = ENTRIES.iter().map(|entry| (entry.kind, entry.name.to_owned()));
    let verbs = VERBS.iter().map(|verb| (Kind::Verb, verb.name.clone().into_owned()));
    entries.chain(verbs).collect()
}
