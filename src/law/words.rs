//! From a rule to the words that say when it applies and what it asks for. They are the words of its file, which read
//! as sentences: "where we collect each data, we must say we keep that data for any period".

use std::fmt;

use super::{
    Actor, Amount, Condition, Demand, Determiner, NounTest, Pattern, PatternClause, PatternEntry, PatternValue, Period,
    PrintPlace, Subject, Test,
};
use crate::syntax::words::Slot;

/// Things joined by a word.
fn joined<T: fmt::Display>(things: &[T], by: &str) -> String {
    things.iter().map(ToString::to_string).collect::<Vec<_>>().join(by)
}

impl fmt::Display for Amount {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.unit.counted(self.number))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Any => out.write_str("any period"),
            Period::Indefinite => out.write_str("indefinite"),
            Period::Amount(bound, amount) => write!(out, "{} {amount}", bound.word()),
            Period::Limit(bound, name) => write!(out, "{} {name}", bound.word()),
        }
    }
}

impl fmt::Display for PatternEntry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.determiner {
            Determiner::Each => write!(out, "each {}", self.name),
            Determiner::That => write!(out, "that {}", self.name),
            Determiner::Any if self.name == "us" || self.name == "you" => out.write_str(&self.name),
            Determiner::Any => write!(out, "any {}", self.name),
            Determiner::All => write!(out, "all {}", self.name),
            Determiner::AtLeast(number) => write!(out, "at-least {number} {}", self.name),
        }
    }
}

impl fmt::Display for PatternValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PatternValue::Entry(entry) => entry.fmt(out),
            PatternValue::Period(period) => period.fmt(out),
        }
    }
}

impl fmt::Display for PatternClause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.optional {
            out.write_str("(")?;
        }
        if self.only {
            out.write_str("only ")?;
        }
        out.write_str(match self.slot {
            Slot::To => "to",
            slot => slot.word(),
        })?;
        if !self.values.is_empty() {
            write!(out, " {}", joined(&self.values, " or "))?;
        }
        if self.optional { out.write_str(")") } else { Ok(()) }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actor = match &self.actor {
            Actor::We => "we".to_owned(),
            Actor::You => "you".to_owned(),
            Actor::Entry(entry) => entry.to_string(),
        };
        write!(out, "{actor} {}", predicate(self))
    }
}

/// A pattern behind its actor.
fn predicate(pattern: &Pattern) -> String {
    let mut out = String::new();
    if pattern.denied {
        out.push_str("do not ");
    }
    if let Some(manner) = &pattern.manner {
        out.push_str(manner);
        out.push(' ');
    }
    out.push_str(&pattern.verbs.join(" or "));
    if !pattern.objects.is_empty() {
        out.push(' ');
        out.push_str(&joined(&pattern.objects, if pattern.one_object { " or " } else { ", " }));
    }
    for clause in &pattern.clauses {
        out.push(' ');
        out.push_str(&clause.to_string());
    }
    out
}

impl fmt::Display for Subject {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Us => out.write_str("us"),
            Subject::Policy => out.write_str("this-policy"),
            Subject::Any(name) => write!(out, "any {name}"),
            Subject::That(name) => write!(out, "that {name}"),
        }
    }
}

/// A test behind `is` or `must`: the words for being and for having.
fn test(test: &Test, being: &str, having: &str) -> String {
    match test {
        Test::Is { not, exactly, classes } => {
            let not = if *not { " not" } else { "" };
            let exactly = if *exactly { " exactly" } else { "" };
            being_not(being, not, &format!("{exactly} {}", classes.join(" or ")))
        }
        Test::In { not, places } => {
            being_not(being, if *not { " not" } else { "" }, &format!(" in {}", places.join(" or ")))
        }
        Test::Has { not, fields, bound } => {
            let bound = bound.as_ref().map_or(String::new(), |bound| format!(" {bound}"));
            being_not(having, if *not { " not" } else { "" }, &format!(" {}{bound}", fields.join(" or ")))
        }
        Test::InForce => format!("{being} in-force"),
    }
}

/// "is not x", but "must not be x".
fn being_not(being: &str, not: &str, rest: &str) -> String {
    match being.split_once(' ') {
        Some((must, be)) => format!("{must}{not} {be}{rest}"),
        None => format!("{being}{not}{rest}"),
    }
}

impl fmt::Display for NounTest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {}", self.subject, test(&self.test, "is", "has"))
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Row(Some(name), pattern) => write!(out, "where {name}: {}", pattern),
            Condition::Row(None, pattern) => write!(out, "where {}", pattern),
            Condition::Noun(test) => write!(out, "where {test}"),
            Condition::Absent(name) => write!(out, "where {name} is absent"),
            Condition::SomeOf(conditions) => {
                let some: Vec<String> = conditions
                    .iter()
                    .map(|condition| condition.to_string().trim_start_matches("where ").to_owned())
                    .collect();
                write!(out, "where some-of {{ {}; }}", some.join("; "))
            }
            Condition::Not(inner) => write!(out, "unless {}", inner.to_string().trim_start_matches("where ")),
        }
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Demand::Say { whether, separately, one_of } => {
                out.write_str("we must say ")?;
                if *whether {
                    out.write_str("whether ")?;
                }
                if *separately {
                    out.write_str("separately ")?;
                }
                match one_of.as_slice() {
                    [only] => only.fmt(out),
                    several => {
                        write!(out, "some-of {{ {}; }}", joined(several, "; "))
                    }
                }
            }
            Demand::Clause { row, not, clauses } => {
                write!(out, "{row} must {}say {}", if *not { "not " } else { "" }, joined(clauses, " "))
            }
            Demand::Name { class, fields, places } => {
                write!(out, "we must name any {class}")?;
                if !places.is_empty() {
                    write!(out, " in {}", places.join(" or "))?;
                }
                if fields.is_empty() { Ok(()) } else { write!(out, " with {}", fields.join(" or ")) }
            }
            Demand::Noun(noun) => write!(out, "{} {}", noun.subject, test(&noun.test, "must be", "must have")),
            Demand::Never(pattern) => write!(out, "we must not {}", predicate(pattern)),
            Demand::Print { words, place } => {
                let words: Vec<String> = words.iter().map(|words| format!("\"{words}\"")).collect();
                let place = match place {
                    PrintPlace::Anywhere => "",
                    PrintPlace::Title => " as title",
                    PrintPlace::Link => " as link",
                };
                write!(out, "we must print {}{place}", words.join(" or "))
            }
        }
    }
}
