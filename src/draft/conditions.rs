//! Conditions as phrases: "when", "if", "unless", joined and shortened.

use super::Drafter;
use super::grammar::wants_if;
use crate::policy::{Condition, Head, Test};
use crate::syntax::words::{Join, Quantifier, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

impl Drafter<'_> {
    /// A condition with its word.
    pub(super) fn condition(&mut self, slot: Slot, condition: &Condition) -> Phrase {
        let each = matches!(condition, Condition::Test(test) if test.entry.quantifier == Some(Quantifier::Each));
        let words = self.tests(condition);
        let template = match slot {
            Slot::When if each => t::WHEN_EACH,
            Slot::When if is_if(condition) || wants_if(&words.plain()) => t::WHEN_IF,
            Slot::When => t::WHEN,
            Slot::Unless => t::UNLESS,
            Slot::While => t::WHILE,
            Slot::Until => t::UNTIL,
            Slot::Before => t::BEFORE,
            Slot::After => t::AFTER,
            Slot::About
            | Slot::From
            | Slot::Via
            | Slot::On
            | Slot::With
            | Slot::To
            | Slot::For
            | Slot::Under
            | Slot::As
            | Slot::In
            | Slot::At
            | Slot::Within
            | Slot::Because
            | Slot::See
            | Slot::Kept
            | Slot::Sense
            | Slot::Required
            | Slot::Optional => return words,
        };
        self.words.fill(template, &[("condition", &words)])
    }

    /// "if …" for an exclusive condition, whatever its words.
    pub(super) fn only_condition(&mut self, slot: Slot, condition: &Condition) -> Phrase {
        if slot != Slot::When {
            return self.condition(slot, condition);
        }
        let words = self.tests(condition);
        self.words.fill(t::WHEN_IF, &[("condition", &words)])
    }

    /// The tests without the word in front.
    pub(super) fn tests(&mut self, condition: &Condition) -> Phrase {
        match condition {
            Condition::Test(test) => self.test(test),
            Condition::Joined(join, operands) => {
                // What is denied stands last, so that nothing behind it seems to be denied with it.
                let is_denied =
                    |operand: &&Condition| matches!(operand, Condition::Test(test) if test.not && test.state.is_none());
                let mut ordered: Vec<&Condition> = operands.iter().collect();
                ordered.sort_by_key(is_denied);
                let mut phrases: Vec<Phrase> = ordered
                    .into_iter()
                    .map(|operand| match operand {
                        Condition::Test(test) => self.test(test),
                        Condition::Joined(..) => {
                            let inner = self.tests(operand);
                            self.words.fill(t::ASIDE, &[("phrase", &inner)])
                        }
                    })
                    .collect();
                shorten(&mut phrases);
                self.words.join(phrases, *join)
            }
        }
    }

    pub(super) fn test(&mut self, test: &Test) -> Phrase {
        let mut entry = test.entry.clone();
        if entry.quantifier == Some(Quantifier::Each) {
            entry.quantifier = None;
        }
        let mut words = match (&entry.head, test.state) {
            (Head::Noun(_) | Head::Field(..), Some((number, state))) => {
                let mut words = self.entry(&entry, false, true);
                let be = match number {
                    crate::syntax::words::Number::Singular => "is",
                    crate::syntax::words::Number::Plural => "are",
                };
                let not = if test.not { " not" } else { "" };
                words.push_str(&format!(" {be}{not} {}", state.word()));
                return words;
            }
            _ => self.entry(&entry, false, true),
        };
        if test.not {
            let mut negated = phrase("it is not true that ");
            negated.append(words);
            words = negated;
        }
        words
    }
}

/// Whether a condition is said with "if": joined by "and", negated, about a state.
fn is_if(condition: &Condition) -> bool {
    match condition {
        Condition::Test(test) => test.not || test.state.is_some(),
        Condition::Joined(Join::And | Join::AndOr, _) => true,
        Condition::Joined(Join::Or, operands) => operands.iter().any(is_if),
    }
}

/// "you subscribe or you respond" is "you subscribe or respond": clauses that begin with the same pronoun share
/// it, unless one of them holds a "not" whose reach would grow.
fn shorten(phrases: &mut [Phrase]) {
    let texts: Vec<String> = phrases.iter().map(Phrase::plain).collect();
    let Some(first) = texts.first().and_then(|text| text.split(' ').next()) else { return };
    // A pronoun, or a short subject that says which: "that information".
    let subject = if matches!(first, "you" | "we" | "they" | "it") {
        first.to_owned()
    } else if matches!(first, "that" | "this" | "these" | "those") {
        texts.first().map(|text| text.split(' ').take(2).collect::<Vec<_>>().join(" ")).unwrap_or_default()
    } else {
        return;
    };
    let first = subject.as_str();
    // Nor where a clause joins things itself: it would take the others into what it joins.
    let fits = texts.iter().all(|text| {
        text.strip_prefix(first).is_some_and(|rest| rest.starts_with(' '))
            && !text.contains(',')
            && !text.split(' ').any(|word| matches!(word, "not" | "and" | "or"))
    });
    if !fits {
        return;
    }
    for phrase in phrases.iter_mut().skip(1) {
        phrase.replace_start(&format!("{first} "), "");
    }
}
