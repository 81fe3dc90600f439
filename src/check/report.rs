//! From verdicts to what counsel reads: for each law and each provision, whether the policy meets it, and where.
//!
//! The report is the evaluation without the filter that findings are. It says what the policy states, never what is
//! done; it is written for the author and never published.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use super::laws::Verdict;
use super::rules::{Case, Outcome, State};
use crate::diagnostic::Allowance;
use crate::law::{RuleKind, Verified};
use crate::source::{Sources, Span};

/// What a policy answers to the laws that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The title of the policy.
    pub title: String,
    /// The day whose law is meant.
    pub as_of: Option<String>,
    /// The laws, in the order of the header.
    pub laws: Vec<LawReport>,
}

/// What it answers to one law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LawReport {
    /// The name in `laws`.
    pub name: String,
    /// What the law is called.
    pub title: String,
    /// Its rules.
    pub rules: Vec<RuleReport>,
}

/// What it answers to one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleReport {
    /// The code of the rule.
    pub code: String,
    /// The provisions.
    pub provisions: Vec<String>,
    /// Whether they were read: `yes`, `partly` or `no`.
    pub verified: &'static str,
    /// What it asks for.
    pub asks_for: String,
    /// What became of it: `met`, `delegated`, `nothing-says-so`, `cannot-tell`, `denied`, `missing`, `violated`,
    /// `not-applicable`, `not-yet`, `no-longer`, `not-checked`, `undated` or `accepted`.
    pub state: &'static str,
    /// Whether only the author's word is known of it, because it asks for something to be done.
    pub authors_word: bool,
    /// Of what it is missing, denied or violated, in the author's names.
    pub about: Vec<String>,
    /// Where it is met, denied or violated: `policy.policy:12`.
    pub places: Vec<String>,
    /// The same as spans.
    #[serde(skip)]
    pub spans: Vec<Span>,
    /// The day, the reason or the words that go with the state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// How many places of a rule are listed.
const MOST_PLACES: usize = 5;

/// The report of some verdicts.
#[must_use]
pub fn report(title: &str, verdicts: &[Verdict<'_>], day: Option<Date>) -> Report {
    let mut report = Report { title: title.to_owned(), as_of: day.map(|day| day.to_string()), laws: Vec::new() };
    for verdict in verdicts {
        let pack = verdict.found.pack;
        let rule = rule(verdict);
        match report.laws.iter_mut().find(|law| law.name == pack.name) {
            Some(law) => law.rules.push(rule),
            None => {
                report.laws.push(LawReport { name: pack.name.clone(), title: pack.title.clone(), rules: vec![rule] })
            }
        }
    }
    report
}

fn rule(verdict: &Verdict<'_>) -> RuleReport {
    let found = &verdict.found;
    let mut rule = RuleReport {
        code: found.code(),
        provisions: found.provisions(),
        verified: match found.rule.verified {
            Verified::Yes => "yes",
            Verified::Partly => "partly",
            Verified::No => "no",
        },
        asks_for: found.rule.label.clone(),
        state: "not-applicable",
        authors_word: match found.rule.kind {
            RuleKind::Practice | RuleKind::Link => true,
            RuleKind::Content | RuleKind::Choice => false,
        },
        about: Vec::new(),
        places: Vec::new(),
        spans: Vec::new(),
        because: verdict.ahead.map(|day| format!("asked for from {day} on")),
    };
    match &verdict.outcome {
        Outcome::Asked(cases) => {
            let worst = cases.iter().map(|case| case.state).max().unwrap_or(State::Met);
            rule.state = word(worst);
            let shown: Vec<&Case> = cases.iter().filter(|case| case.state == worst).collect();
            if worst != State::Met {
                for about in shown.iter().filter_map(|case| case.about.clone()) {
                    if !rule.about.contains(&about) {
                        rule.about.push(about);
                    }
                }
            }
            for case in &shown {
                let own = case.witnesses.iter().map(|(span, _)| *span);
                let spans: Vec<Span> =
                    if case.witnesses.is_empty() { case.place.into_iter().collect() } else { own.collect() };
                for span in spans {
                    if rule.spans.len() < MOST_PLACES && !rule.spans.contains(&span) {
                        rule.spans.push(span);
                    }
                }
            }
        }
        Outcome::NotApplicable => {}
        Outcome::NotYet(day) => {
            rule.state = "not-yet";
            rule.because = Some(format!("asked for from {day} on"));
        }
        Outcome::NoLonger(day) => {
            rule.state = "no-longer";
            rule.because = Some(format!("no longer asked for from {day} on"));
        }
        Outcome::NotChecked(why) => {
            rule.state = "not-checked";
            rule.because = Some(why.clone());
        }
        Outcome::Undated => {
            rule.state = "undated";
            rule.because = Some("the policy has no date, so that nobody can tell whether it is in force".to_owned());
        }
    }
    rule
}

fn word(state: State) -> &'static str {
    match state {
        State::Met => "met",
        State::Delegated => "delegated",
        State::NothingSaysSo => "nothing-says-so",
        State::CannotTell => "cannot-tell",
        State::Denied => "denied",
        State::Missing => "missing",
        State::Violated => "violated",
    }
}

impl Report {
    /// Notes what the author accepted, each with the reason.
    pub fn accept(&mut self, allowances: &[Allowance]) {
        for rule in self.laws.iter_mut().flat_map(|law| &mut law.rules) {
            let Some(allowance) = allowances.iter().find(|allowance| *allowance.code.name == *rule.code) else {
                continue;
            };
            // What is only lowered is still reported as what it is.
            if allowance.after.is_none() {
                rule.state = "accepted";
            }
            rule.because = allowance.reason.clone().or(rule.because.take());
        }
    }

    /// Says the places as names of files with lines.
    pub fn locate(&mut self, sources: &Sources) {
        for rule in self.laws.iter_mut().flat_map(|law| &mut law.rules) {
            for span in &rule.spans {
                let place = sources.place(*span);
                if !rule.places.contains(&place) {
                    rule.places.push(place);
                }
            }
        }
    }

    /// The report as a table of Markdown for each law.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("# {}: what the laws ask for\n", cell(&self.title));
        if let Some(day) = &self.as_of {
            let _ = write!(out, "\nChecked as of {day}. ");
        } else {
            out.push('\n');
        }
        out.push_str("This says what the policy states, not what is done, and it is no legal advice.\n");
        for law in &self.laws {
            let _ = write!(out, "\n## {} (`{}`)\n\n{}\n", cell(&law.title), law.name, law.summary());
            out.push_str("\n| provision | asks for | state | where | verified |\n| --- | --- | --- | --- | --- |\n");
            for rule in &law.rules {
                let mut where_ = rule.places.iter().map(|place| cell(place)).collect::<Vec<_>>().join(", ");
                if let Some(because) = &rule.because {
                    if !where_.is_empty() {
                        where_.push_str("; ");
                    }
                    where_.push_str(&cell(because));
                }
                let _ = writeln!(
                    out,
                    "| {} | {} (`{}`) | {} | {} | {} |",
                    cell(&rule.provisions.join(", ")),
                    cell(&rule.asks_for),
                    rule.code,
                    rule.state_words(),
                    where_,
                    rule.verified,
                );
            }
        }
        out
    }

    /// The report for a terminal: first what is open, then how much is met.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = self.title.clone();
        if let Some(day) = &self.as_of {
            let _ = write!(out, ", as of {day}");
        }
        out.push('\n');
        for law in &self.laws {
            let _ = write!(out, "\n{} ({}): {}\n", law.title, law.name, law.summary());
            for rule in &law.rules {
                let places = rule.places.join(", ");
                let because = rule.because.as_deref().map_or(String::new(), |because| format!(" ({because})"));
                let _ = writeln!(
                    out,
                    "  {:16} {}: {}{because}",
                    rule.state_words(),
                    rule.provisions.join(", "),
                    rule.asks_for
                );
                if !places.is_empty() {
                    let _ = writeln!(out, "  {:16} {places}", "");
                }
            }
        }
        out
    }
}

impl LawReport {
    /// How many rules are in which state: "12 met, 1 missing, 30 not applicable".
    #[must_use]
    pub fn summary(&self) -> String {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for rule in &self.rules {
            match counts.iter_mut().find(|(state, _)| *state == rule.state) {
                Some((_, count)) => *count += 1,
                None => counts.push((rule.state, 1)),
            }
        }
        let parts: Vec<String> =
            counts.into_iter().map(|(state, count)| format!("{count} {}", state.replace('-', " "))).collect();
        parts.join(", ")
    }
}

impl RuleReport {
    /// The state with what it is about: "missing: `photos`, `notes`".
    fn state_words(&self) -> String {
        let mut words = self.state.replace('-', " ");
        if self.authors_word && self.state == "met" {
            words.push_str(" by the author’s word");
        }
        if !self.about.is_empty() {
            let shown: Vec<String> = self.about.iter().take(MOST_PLACES).map(|about| format!("`{about}`")).collect();
            let more = self.about.len().saturating_sub(shown.len());
            let _ = write!(words, ": {}", shown.join(", "));
            if more > 0 {
                let _ = write!(words, " and {more} more");
            }
        }
        words
    }
}

/// A text that cannot break out of a cell of a table.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' | '<' | '>' | '`' | '\\' | '[' | ']' | '*' | '_' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
