//! Laws as data: what a pack of rules says, read from its `.policy` file and nothing else.
//!
//! A pack is a file in `src/law`; the build script reads them all with [`read`] and holds their names against the
//! vocabulary with [`check`], so that a fault in one stops the build. A new law is a new file. What a rule means is
//! decided elsewhere, over rows and orders that know no law. `docs/law-packs.md` is the reference of the surface.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::syntax::ast::Unit;
use crate::syntax::words::{Bound, Slot};

mod check;
mod library;
mod names;
mod parse;
mod words;

pub use check::{FIELDS, check};
pub use library::{Found, Library};
pub use names::Names;
pub use parse::{Written, parse, read};

/// One law, or one part of it that applies as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pack {
    /// The name in `laws` and in front of every code: `gdpr`.
    pub name: String,
    /// The laws of the vocabulary whose names mean it as well.
    pub laws: Vec<Alias>,
    /// What the law is called, with its article: "the General Data Protection Regulation".
    pub title: String,
    /// What stands in front of a provision: "GDPR".
    pub short: String,
    /// The codes of the places whose readers it protects; those of the whole world if there is none.
    pub readers: Vec<String>,
    /// Whether it speaks to those who decide about the processing, so that what is done as somebody's processor
    /// is none of its concern.
    pub of_controllers: bool,
    /// Whether only the author can know that it applies (a threshold of turnover or of people), so that an audience
    /// alone never suggests it.
    pub asked_by_author: bool,
    /// The first day on which it is in force.
    pub from: Option<Date>,
    /// The first day of the text that the rules are written from; what was the law before is not known here.
    pub known_from: Option<Date>,
    /// The rules of other packs that hold here as well.
    pub takes: Vec<Take>,
    /// Where the law can be read.
    pub sources: Vec<String>,
    /// Lists of nouns or places that the rules name.
    pub classes: Vec<Class>,
    /// Amounts that differ by place.
    pub limits: Vec<Limit>,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

/// Another name of a law: `uk-gdpr`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// The name of the law in the vocabulary.
    pub name: String,
    /// The codes of the only places whose readers are meant by this name, as in one act of many; all if empty.
    pub places: Vec<String>,
}

impl Pack {
    /// The places whose readers are meant where a policy names the pack so: all if there is none in the list. None if
    /// the name means another law.
    #[must_use]
    pub fn meant_by(&self, name: &str) -> Option<&[String]> {
        if self.name == name {
            return Some(&[]);
        }
        self.laws.iter().find(|law| law.name == name).map(|law| &*law.places)
    }
}

/// The rules of another pack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Take {
    /// The pack.
    pub pack: String,
    /// The rules that are left out.
    pub except: Vec<String>,
}

/// A list of nouns or of places, each perhaps for a time only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    /// The name.
    pub name: String,
    /// What a reader may call it.
    pub label: String,
    /// The word of the kind of its members: `place`, `right`, `basis`.
    pub kind: String,
    /// The members.
    pub members: Vec<Member>,
}

/// One member of a class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The name of the entry of the vocabulary, or the code of a place.
    pub name: String,
    /// The first day on which it is a member.
    pub from: Option<Date>,
    /// The first day on which it no longer is.
    pub until: Option<Date>,
}

/// An amount that differs by place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// The name.
    pub name: String,
    /// What a reader may call it.
    pub label: String,
    /// The arms: the places of each and its amount. No place means everywhere else.
    pub arms: Vec<(Vec<String>, Amount)>,
}

/// A number of units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// How many.
    pub number: u32,
    /// Of what.
    pub unit: Unit,
}

/// How serious a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleLevel {
    /// The law asks for it.
    Error,
    /// The law asks for a choice, or asks softly.
    Warning,
    /// The law recommends it.
    Note,
}

/// Whether somebody has read the provision in the law's own text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verified {
    /// Yes.
    Yes,
    /// In part, or in a secondary source.
    Partly,
    /// No; such a rule is never more than a warning.
    No,
}

/// What a text can show of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuleKind {
    /// What a policy must say.
    Content,
    /// A choice that the author has to make.
    Choice,
    /// A link outside the policy, of which only the author's word is known.
    Link,
    /// What must be done, of which only what the author states is known.
    Practice,
}

/// One demand of a law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// The name behind the pack's: `retention-missing`.
    pub name: String,
    /// What it asks for, as the end of "GDPR Art 13(2)(a) asks for …".
    pub label: String,
    /// The provisions, without the name of the law.
    pub cite: Vec<String>,
    /// Judgments, guidelines and other laws that say so, each with its name.
    pub also: Vec<String>,
    /// Whether they were read.
    pub verified: Verified,
    /// How serious it is.
    pub level: RuleLevel,
    /// What a text can show of it.
    pub kind: RuleKind,
    /// The first day on which it is asked for, where that is not the first day of the pack.
    pub from: Option<Date>,
    /// The first day on which it is no longer asked for.
    pub until: Option<Date>,
    /// The codes of the places whose readers it protects, or the name of a class of places; the pack's if empty.
    pub readers: Vec<String>,
    /// When it applies; all of them hold.
    pub conditions: Vec<Condition>,
    /// What must be there; all of it.
    pub demands: Vec<Demand>,
    /// Why nothing can be checked.
    pub unchecked: Option<String>,
    /// The codes of the findings under any law that tell of the same fault: `not-in-force`.
    pub restates: Vec<String>,
    /// The rule whose conditions, demands, help and edits it has as well: `gdpr/purpose-missing`.
    pub like: Option<String>,
    /// What to do, in whole sentences.
    pub help: String,
    /// Statements or clauses that would meet it, with examples in braces: `we keep {name} for {30 days};`.
    pub edits: Vec<String>,
    /// A policy that raises it.
    pub bad: Option<String>,
    /// A policy that meets it.
    pub good: Option<String>,
}

/// An edit with its examples in place of the holes, or none if its braces do not match.
///
/// What is in a hole touches its brace; a brace with a blank behind it opens a block of the edit.
#[must_use]
pub fn without_holes(edit: &str) -> Option<String> {
    let mut text = String::with_capacity(edit.len());
    // For each open brace whether it is a hole.
    let mut open = Vec::new();
    let mut rest = edit.chars().peekable();
    while let Some(char) = rest.next() {
        let printed = match char {
            '{' => {
                let block = rest.peek().is_none_or(|next| next.is_whitespace());
                open.push(!block);
                block
            }
            '}' => !open.pop()?,
            _ => true,
        };
        if printed {
            text.push(char);
        }
    }
    open.is_empty().then_some(text)
}

/// When a rule applies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Condition {
    /// The policy has a row like this; each such row is a case. Its name is what a demand calls it.
    Row(Option<String>, Pattern),
    /// A noun is something or has something.
    Noun(NounTest),
    /// The policy says that there is no such thing: `representative is absent`.
    Absent(String),
    /// One of these.
    SomeOf(Vec<Condition>),
    /// Not this: `unless`.
    Not(Box<Condition>),
}

/// What is asked of a noun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NounTest {
    /// Of which.
    pub subject: Subject,
    /// What.
    pub test: Test,
}

/// The noun that a test is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Subject {
    /// The publisher.
    Us,
    /// The policy: its dates.
    Policy,
    /// Some noun of the policy that is at or below this name, or of this kind.
    Any(String),
    /// The noun that `each` of the same name found.
    That(String),
}

/// What is asked of the noun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Test {
    /// It is, or is not, at or below one of these.
    Is {
        /// Whether it must not be.
        not: bool,
        /// Whether what lies below a name is another thing: the bare `third-party`, not a party that is one.
        exactly: bool,
        /// The names.
        classes: Vec<String>,
    },
    /// It lies, or does not lie, in one of these places.
    In {
        /// Whether it must not lie there.
        not: bool,
        /// Codes of places, or names of classes of places.
        places: Vec<String>,
    },
    /// It has one of these fields, with a value within the bound if there is one. A value that is said to be absent,
    /// such as `fee none`, is not had.
    Has {
        /// Whether it must not have it.
        not: bool,
        /// The fields.
        fields: Vec<String>,
        /// What the value is compared with.
        bound: Option<Period>,
    },
    /// It is in force on the day of the check: a law, a mechanism.
    InForce,
}

/// What must be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Demand {
    /// A statement, or one of several.
    Say {
        /// Whether a denial answers as well.
        whether: bool,
        /// Whether it must stand apart from everything else, under a heading of its own.
        separately: bool,
        /// One of these must be said.
        one_of: Vec<Pattern>,
    },
    /// Clauses on the row that a condition found, each of them.
    Clause {
        /// The name of the row.
        row: String,
        /// Whether they must not be there.
        not: bool,
        /// The clauses.
        clauses: Vec<PatternClause>,
    },
    /// A noun at or below this name, with one of the fields, in one of the places.
    Name {
        /// The name.
        class: String,
        /// One of these fields; any if empty. `contact` stands for every way to reach somebody.
        fields: Vec<String>,
        /// One of these places; anywhere if empty.
        places: Vec<String>,
    },
    /// A noun is or has something.
    Noun(NounTest),
    /// No row like this.
    Never(Pattern),
    /// Words that the law fixes.
    Print {
        /// One of these.
        words: Vec<String>,
        /// Where.
        place: PrintPlace,
    },
}

/// Where fixed words must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PrintPlace {
    /// Anywhere.
    Anywhere,
    /// In the title of the policy.
    Title,
    /// As the words of a link.
    Link,
}

/// A sentence with holes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// Who acts.
    pub actor: Actor,
    /// Whether the sentence denies.
    pub denied: bool,
    /// Whether it must be done in this manner: `solely`.
    pub manner: Option<String>,
    /// What is done: one of these. The general verb of a class stands for all of its class.
    pub verbs: Vec<String>,
    /// To what. None asks nothing.
    pub objects: Vec<PatternEntry>,
    /// Whether one of the objects is enough.
    pub one_object: bool,
    /// The other slots; those in parentheses only bind.
    pub clauses: Vec<PatternClause>,
}

impl Pattern {
    /// Whether it asks for a right that a sentence may grant without naming it.
    #[must_use]
    pub fn grants(&self) -> bool {
        self.verbs.iter().any(|verb| verb == "have")
    }

    /// Whether it asks for a period of some length at most.
    #[must_use]
    pub fn has_maximum(&self) -> bool {
        let values = self.clauses.iter().flat_map(|clause| &clause.values);
        values.into_iter().any(|value| match value {
            PatternValue::Period(Period::Amount(bound, _) | Period::Limit(bound, _)) => *bound == Bound::AtMost,
            PatternValue::Period(Period::Any | Period::Indefinite) | PatternValue::Entry(_) => false,
        })
    }

    /// All names in it: those of its actor, its objects and its clauses.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let actor = match &self.actor {
            Actor::We | Actor::You => None,
            Actor::Entry(entry) => Some(entry),
        };
        let values = self.clauses.iter().flat_map(|clause| &clause.values).filter_map(|value| match value {
            PatternValue::Entry(entry) => Some(entry),
            PatternValue::Period(_) => None,
        });
        actor.into_iter().chain(&self.objects).chain(values).map(|entry| entry.name.as_str())
    }
}

/// Who acts in a pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Actor {
    /// The publisher.
    We,
    /// The reader.
    You,
    /// Whoever is at or below this name.
    Entry(PatternEntry),
}

/// A slot of a pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternClause {
    /// The slot. `to` stands for `with` as well.
    pub slot: Slot,
    /// Whether it may be missing: then it binds nothing.
    pub optional: bool,
    /// Whether it must be exclusive.
    pub only: bool,
    /// One of these.
    pub values: Vec<PatternValue>,
}

/// What may stand in a slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum PatternValue {
    /// A noun, a place.
    Entry(PatternEntry),
    /// A period.
    Period(Period),
}

/// A period of a pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Period {
    /// Any.
    Any,
    /// Without end.
    Indefinite,
    /// Within an amount: for `at-most` one breach is a longer one.
    Amount(Bound, Amount),
    /// Within an amount that differs by place, by its name.
    Limit(Bound, String),
}

/// An entry of a pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PatternEntry {
    /// Which of them.
    pub determiner: Determiner,
    /// The name of an entry of the vocabulary or of a class of the pack, the word of a kind, the code of a place, or
    /// `us` or `you`.
    pub name: String,
}

/// Which of the nouns at or below a name are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Determiner {
    /// Each is a case of its own, which `that` names.
    Each,
    /// The one that `each` found.
    That,
    /// One is enough.
    Any,
    /// Every member of the class.
    All,
    /// So many of them.
    AtLeast(u32),
}
