//! The names of the vocabulary, as far as the rules of a law may use them.

use std::collections::BTreeSet;

use crate::syntax::words::Kind;

/// The names of the vocabulary under their kinds. Whoever reads a pack gives them, because the build script reads
/// packs before the vocabulary is compiled.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeSet<(Kind, String)>);

impl Names {
    /// Whether the vocabulary has an entry of this kind and name.
    #[must_use]
    pub fn has(&self, kind: Kind, name: &str) -> bool {
        self.0.contains(&(kind, name.to_owned()))
    }

    /// Whether a noun of the vocabulary, of whatever kind, has this name.
    #[must_use]
    pub fn has_noun(&self, name: &str) -> bool {
        Kind::ALL.into_iter().any(|kind| is_noun(kind) && self.has(kind, name))
    }

    /// Whether this is the code of a place: `DE`, `US-CA`, `EEA`.
    #[must_use]
    pub fn has_place(&self, code: &str) -> bool {
        is_code(code) && self.has(Kind::Place, &format!("place-{}", code.to_lowercase()))
    }

    /// The names of the nouns, for suggestions.
    pub fn nouns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(kind, _)| is_noun(*kind)).map(|(_, name)| name.as_str())
    }

    /// The names under one kind, for suggestions.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(found, _)| *found == kind).map(|(_, name)| name.as_str())
    }
}

impl FromIterator<(Kind, String)> for Names {
    fn from_iter<T: IntoIterator<Item = (Kind, String)>>(names: T) -> Names {
        Names(names.into_iter().collect())
    }
}

/// Whether entries of this kind are things that sentences speak of.
fn is_noun(kind: Kind) -> bool {
    !matches!(kind, Kind::Verb | Kind::Manner | Kind::Class | Kind::Vendor | Kind::Place)
}

/// Whether a word is spelt as codes of places are, which decides what it can be before it is looked up.
pub(super) fn is_code(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The kind that a word stands for in a pattern: `any data`, `each party`. Kinds that no sentence of a law speaks
/// of have none, so that `vendor` is a noun of the vocabulary.
pub(super) fn kind_word(word: &str) -> Option<Kind> {
    Kind::from_word(word).filter(|kind| {
        !matches!(
            kind,
            Kind::Verb | Kind::Manner | Kind::Class | Kind::Vendor | Kind::Edition | Kind::Section | Kind::Steps
        )
    })
}
