//! Every kind of finding: its name, its level, its explanation and the sentence it is told in, in one place.
//!
//! A code is declared once, with [`declare`]; the function that words a finding of it stands beside it.
//! `candor explain` and `docs/codes.md` print the declarations, and the tests run their examples.

use std::borrow::Cow;

use crate::diagnostic::Code;

pub mod consistency;
pub mod dated;
pub mod documents;
pub mod fields;
pub mod files;
pub mod flows;
pub mod kinds;
pub mod labels;
pub mod lasting;
pub mod laws;
pub mod meaning;
pub mod names;
pub mod parameters;
pub mod project;
pub mod reached;
pub mod syntax;
pub mod templates;
pub mod time;
pub mod unsaid;
pub mod words;

/// What an author may do about a finding: nothing about an error, unless its declaration says so.
macro_rules! control {
    (Error) => {
        $crate::diagnostic::Control::Fixed
    };
    ($level:ident) => {
        $crate::diagnostic::Control::Free
    };
    ($level:ident $control:ident) => {
        $crate::diagnostic::Control::$control
    };
}
pub(crate) use control;

/// Declares the codes of one group and the list of them.
macro_rules! declare {
    ($($ident:ident = $name:literal, $level:ident $(($control:ident))? {
        summary: $summary:literal,
        explanation: $explanation:literal,
        bad: $bad:literal,
        good: $good:literal $(,)?
    })*) => {
        $(
            #[doc = $summary]
            pub static $ident: $crate::diagnostic::Code = $crate::diagnostic::Code {
                name: std::borrow::Cow::Borrowed($name),
                level: $crate::diagnostic::Level::$level,
                control: $crate::codes::control!($level $($control)?),
                summary: std::borrow::Cow::Borrowed($summary),
                explanation: std::borrow::Cow::Borrowed($explanation),
                bad: std::borrow::Cow::Borrowed($bad),
                good: std::borrow::Cow::Borrowed($good),
            };
        )*
        /// Every code of this group.
        pub static ALL: &[&$crate::diagnostic::Code] = &[$(&$ident),*];
    };
}
pub(crate) use declare;

/// Every code there is, by name.
#[must_use]
pub fn all() -> Vec<&'static Code> {
    let mut codes: Vec<&'static Code> = [
        syntax::ALL,
        names::ALL,
        meaning::ALL,
        labels::ALL,
        files::ALL,
        time::ALL,
        parameters::ALL,
        project::ALL,
        documents::ALL,
        fields::ALL,
        consistency::ALL,
        words::ALL,
        kinds::ALL,
        flows::ALL,
        reached::ALL,
        dated::ALL,
        unsaid::ALL,
        lasting::ALL,
        templates::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
    .collect();
    codes.sort_by(|one, other| one.name.cmp(&other.name));
    codes
}

/// The code with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Code> {
    all().into_iter().find(|code| code.name == name)
}

/// Every code that a text or an argument may name: those of the compiler, and those of the packs in hand.
#[derive(Clone, Debug)]
pub struct Register {
    /// The codes of the compiler, then those of each pack, all by name.
    codes: Vec<Cow<'static, Code>>,
}

impl Register {
    /// The codes of the compiler and these.
    #[must_use]
    pub fn new(of_packs: impl IntoIterator<Item = Cow<'static, Code>>) -> Register {
        let mut codes: Vec<Cow<'static, Code>> = all().into_iter().map(Cow::Borrowed).chain(of_packs).collect();
        codes.sort_by(|one, other| (pack_of(&one.name), &one.name).cmp(&(pack_of(&other.name), &other.name)));
        Register { codes }
    }

    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Code> {
        self.codes.iter().map(|code| &**code)
    }

    /// The code with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Code> {
        self.iter().find(|code| code.name == name)
    }

    /// The name that is nearest to a misspelt one.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.iter().map(|code| &*code.name))
    }

    /// The packs that have codes, in the order of their names.
    #[must_use]
    pub fn packs(&self) -> Vec<&str> {
        let mut packs: Vec<&str> = self.iter().filter_map(|code| pack_of(&code.name)).collect();
        packs.dedup();
        packs
    }
}

/// The pack that a code belongs to: `gdpr` of `gdpr/purpose-missing`, none of `unused-noun`.
#[must_use]
pub fn pack_of(code: &str) -> Option<&str> {
    code.split_once('/').map(|(pack, _)| pack)
}

/// Alternatives in words: "a, b or c".
#[must_use]
pub fn alternatives(words: &[String]) -> String {
    joined(words, "or")
}

/// Several things in words, all of them meant: "a, b and c".
#[must_use]
pub fn listed(words: &[String]) -> String {
    joined(words, "and")
}

/// Several things in words, the first of them by name and the rest counted: "a, b and 5 more".
#[must_use]
pub fn listed_up_to(most: usize, words: &[String]) -> String {
    let more = words.len().saturating_sub(most);
    let mut shown: Vec<String> = words.iter().take(most).cloned().collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    listed(&shown)
}

fn joined(words: &[String], conjunction: &str) -> String {
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The candidate nearest to a misspelt word, if one is near enough to be meant: at most a third of its
/// letters differ, one at least being allowed.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed * 4)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= allowed && *distance < candidate.chars().count())
        .min_by_key(|(distance, candidate)| (*distance, candidate.len().abs_diff(word.len())))
        .map(|(_, candidate)| candidate)
}
