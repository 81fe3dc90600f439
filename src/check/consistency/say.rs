//! Nouns, and what joins them, in the words of a finding.

use super::boxes;
use crate::check::orders::{Orders, Relation};
use crate::policy::{Entry, Head, NounId, Policy, Value};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// A noun as a finding names it: by its name as code, else by its label.
#[must_use]
pub fn shown(id: NounId, policy: &Policy) -> String {
    let noun = policy.noun(id);
    match (&noun.name, &noun.label) {
        (Some(name), _) => format!("`{name}`"),
        (None, Some(label)) => format!("“{label}”"),
        (None, None) => format!("`{}`", noun.id),
    }
}

/// An entry as a finding names it.
#[must_use]
pub fn entry(entry: &Entry, policy: &Policy) -> String {
    match &entry.head {
        Head::We => "we".to_owned(),
        Head::You => "the reader".to_owned(),
        Head::Noun(id) | Head::Field(id, _) => shown(*id, policy),
        Head::Everything => "everything".to_owned(),
        Head::Value(Value::Place(code)) => format!("`{code}`"),
        Head::Value(Value::Text(words)) => format!("“{words}”"),
        Head::Value(_) | Head::Period(_) => "this value".to_owned(),
    }
}

/// Why what is said of one noun is said of another, where it is not the same one: "`name` is `contact-data`".
#[must_use]
pub fn joins(narrow: NounId, wide: NounId, orders: &Orders<'_>) -> Option<String> {
    let policy = orders.policy();
    let (one, other) = (shown(narrow, policy), shown(wide, policy));
    match orders.relation(narrow, wide) {
        Relation::Same | Relation::Apart => None,
        Relation::Overlapping => {
            let both = orders.below(narrow).iter().find(|below| orders.below(wide).binary_search(below).is_ok());
            both.map(|both| format!("{} is both {one} and {other}", shown(*both, policy)))
        }
        Relation::Wider => joins(wide, narrow, orders),
        // Everybody is anyone, and every kind of data is information.
        Relation::Narrower if boxes::is_root(wide, orders) && !is_said(wide, narrow, policy) => None,
        Relation::Narrower if is_said(wide, narrow, policy) => Some(format!("{one} is {other}")),
        Relation::Narrower => Some(match policy.noun(narrow).kind {
            Kind::Data => format!("{one} is {other}, because it is placed nowhere else"),
            Kind::Party if is_processor(narrow, orders) => {
                format!("{one} is {other}, because it works as a processor")
            }
            Kind::Party => format!("{one} is {other}, because no place is given for it"),
            _ => format!("{one} is {other}"),
        }),
    }
}

fn is_processor(id: NounId, orders: &Orders<'_>) -> bool {
    orders.is(id, Kind::Party, "processor")
}

/// Whether somebody, the author or the vocabulary, says that one noun is another or a member of it.
fn is_said(wide: NounId, narrow: NounId, policy: &Policy) -> bool {
    policy.covers(wide, narrow)
        || policy.noun(wide).standard.is_some_and(|entry| policy.is(narrow, vocabulary::entry(entry).name))
}
