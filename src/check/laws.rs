//! From a policy and the packs it names to a verdict on each of their rules, and from verdicts to findings.
//!
//! A law is asked as of a day: that of the policy, or another that the caller names. A rule that comes into force
//! within a year is asked as of its first day and gives a warning that names it. The same demand of several laws is
//! one finding with several codes.

use std::borrow::Cow;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::matching::{Layout, Questions};
use super::orders::Orders;
use super::rows::Row;
use super::rules::{Asking, Case, Missing, Outcome, State};
use crate::codes::{dated, listed, listed_up_to, names, nearest};
use crate::diagnostic::{Code, Control, Diagnostic, Level, Sink};
use crate::law::{Demand, Found, Library, Pack, RuleKind, RuleLevel, Verified, without_holes};
use crate::policy::Policy;
use crate::source::{FileId, Span};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// What became of one rule of one law.
#[derive(Clone, Debug)]
pub struct Verdict<'a> {
    /// The rule, with all it takes from others.
    pub found: Found<'a>,
    /// What became of it.
    pub outcome: Outcome,
    /// The first day on which it is asked for, if that lies ahead.
    pub ahead: Option<Date>,
}

/// A pack that a policy names.
#[derive(Clone, Debug)]
struct Asked<'a> {
    pack: &'a Pack,
    /// The codes of the only places whose readers are meant; all if empty.
    places: Vec<String>,
}

/// The packs that a policy names, each once.
fn asked<'a>(policy: &Policy, library: &Library<'a>) -> Vec<Asked<'a>> {
    let mut found: Vec<Asked<'a>> = Vec::new();
    for law in &policy.header.laws {
        for pack in library.packs() {
            let Some(places) = pack.meant_by(&law.name) else { continue };
            match found.iter_mut().find(|known| known.pack.name == pack.name) {
                // Who names the whole means all of its readers, whatever part is named besides.
                Some(known) if places.is_empty() => known.places.clear(),
                Some(known) if known.places.is_empty() => {}
                Some(known) => known.places.extend_from_slice(places),
                None => found.push(Asked { pack, places: places.to_vec() }),
            }
        }
    }
    found
}

/// Reports names in `laws` that are no law: neither one of the vocabulary or of the author, nor a pack of rules.
pub fn report_unknown(policy: &Policy, packs: &[&str], sink: &mut Sink) {
    for law in &policy.header.laws {
        let name = &*law.name;
        let declared = policy.nouns.iter().any(|noun| noun.kind == Kind::Law && noun.name.as_deref() == Some(name));
        if declared || vocabulary::find(Kind::Law, name).is_some() || packs.contains(&name) {
            continue;
        }
        let near =
            nearest(name, vocabulary::names(Kind::Law).map(|name| -> &str { name }).chain(packs.iter().copied()));
        let instead = "name a law of the vocabulary, as in `gdpr`";
        sink.report(names::unknown_word(law.span, name, "law", near, instead));
    }
}

/// Notes the laws in `laws` that no pack is about.
pub fn report_unchecked(policy: &Policy, library: &Library<'_>, sink: &mut Sink) {
    for law in &policy.header.laws {
        if !library.packs().iter().any(|pack| pack.meant_by(&law.name).is_some()) {
            sink.report(dated::law_not_checked(law.span, &law.name));
        }
    }
}

/// Asks every rule of the packs that a policy names.
#[must_use]
pub fn judge<'a>(
    policy: &Policy,
    orders: &Orders<'_>,
    rows: &[Row<'_>],
    library: &Library<'a>,
    day: Option<Date>,
) -> Vec<Verdict<'a>> {
    let asked = asked(policy, library);
    if asked.is_empty() {
        return Vec::new();
    }
    let layout = Layout::new(orders, rows);
    let mut verdicts = Vec::new();
    for Asked { pack, places } in asked {
        for found in library.rules(&pack.name) {
            let ask = |day: Option<Date>| Asking::new(Questions::new(&layout, &found, &places, day)).ask();
            let outcome = ask(day);
            let (outcome, ahead) = match (outcome, day) {
                (Outcome::NotYet(from), Some(today)) if is_near(today, from) => (ask(Some(from)), Some(from)),
                (outcome, _) => (outcome, None),
            };
            verdicts.push(Verdict { found, outcome, ahead });
        }
    }
    verdicts
}

/// Whether a day lies within a year.
fn is_near(today: Date, day: Date) -> bool {
    today.checked_add(1.year()).is_ok_and(|end| day <= end)
}

/// The failing cases of a verdict.
fn failing<'v>(verdict: &'v Verdict<'_>) -> Vec<&'v Case> {
    match &verdict.outcome {
        Outcome::Asked(cases) => {
            cases.iter().filter(|case| matches!(case.state, State::Missing | State::Denied | State::Violated)).collect()
        }
        Outcome::NotApplicable
        | Outcome::NotYet(_)
        | Outcome::NoLonger(_)
        | Outcome::NotChecked(_)
        | Outcome::Undated => Vec::new(),
    }
}

/// The findings of verdicts: one for each demand that is not met, whichever laws ask for it.
pub fn report(policy: &Policy, rows: &[Row<'_>], verdicts: &[Verdict<'_>], day: Option<Date>, sink: &mut Sink) {
    if day.is_none()
        && let Some(undated) = verdicts.iter().find(|verdict| matches!(verdict.outcome, Outcome::Undated))
    {
        sink.report(dated::undated_policy(span_of(policy, undated.found.pack)));
    }
    let mut older: Vec<&str> = Vec::new();
    for pack in verdicts.iter().map(|verdict| verdict.found.pack) {
        if let (Some(day), Some(known)) = (day, pack.known_from)
            && day < known
            && !older.contains(&pack.name.as_str())
        {
            older.push(&pack.name);
            sink.report(dated::older_law(span_of(policy, pack), &pack.name, &known.to_string()));
        }
    }
    let mut findings: Vec<(Diagnostic, Option<Span>, &Verdict<'_>)> = Vec::new();
    for verdict in verdicts {
        let failing = failing(verdict);
        if failing.is_empty() {
            continue;
        }
        let finding = finding(policy, verdict, &failing, day);
        // What is about the whole policy stands at the name of its law, and is the same demand all the same.
        let place = failing.iter().find_map(|case| case.place);
        let same = findings.iter_mut().find(|(_, other, of)| {
            *other == place
                && of.ahead == verdict.ahead
                && of.found.demands == verdict.found.demands
                && of.found.conditions == verdict.found.conditions
        });
        match same {
            Some((known, ..)) => known.join(finding, provision(&verdict.found)),
            None => findings.push((finding, place, verdict)),
        }
    }
    for (finding, place, verdict) in findings {
        let restates = verdict.found.restates;
        let is_same = |known: &Diagnostic| {
            restates.iter().any(|code| *code == known.code.name)
                && place.is_none_or(|place| is_in_one_sentence(rows, place, known.primary.span))
        };
        sink.join_or_report(finding, provision(&verdict.found), is_same);
    }
}

/// Whether two places lie in one sentence.
fn is_in_one_sentence(rows: &[Row<'_>], one: Span, other: Span) -> bool {
    rows.iter().any(|row| row.span.covers(one) && row.span.covers(other))
}

/// "GDPR Art 13(2)(a)".
fn provision(found: &Found<'_>) -> String {
    found.provisions().into_iter().next().unwrap_or_else(|| found.pack.short.clone())
}

/// How serious a rule is that nobody has changed: what was not read in the law's own text never stops a publication.
#[must_use]
pub fn level(found: &Found<'_>) -> Level {
    match (found.rule.level, found.rule.verified) {
        (RuleLevel::Error, Verified::Yes | Verified::Partly) => Level::Error,
        (RuleLevel::Error, Verified::No) | (RuleLevel::Warning, _) => Level::Warning,
        (RuleLevel::Note, _) => Level::Note,
    }
}

/// The code of a rule's findings.
#[must_use]
pub fn code(found: &Found<'_>) -> Code {
    let verified = match found.rule.verified {
        Verified::Yes => "The provision was read in the law’s own text.",
        Verified::Partly => "The provision was read in part, or in a secondary source.",
        Verified::No => "The provision was not verified: it is known from secondary knowledge only.",
    };
    let provisions = found.provisions();
    let ask = if provisions.len() > 1 { "ask" } else { "asks" };
    let provisions = if provisions.is_empty() { found.pack.short.clone() } else { listed(&provisions) };
    Code {
        name: Cow::Owned(found.code()),
        level: level(found),
        control: Control::Reasoned,
        summary: Cow::Owned(format!("{provisions} {ask} for {}.", found.rule.label)),
        explanation: Cow::Owned(explanation(found, verified)),
        bad: Cow::Owned(found.rule.bad.clone().unwrap_or_default()),
        good: Cow::Owned(found.rule.good.clone().unwrap_or_default()),
    }
}

/// When a rule applies, what it asks for, since when, and how sure that is: one line each.
fn explanation(found: &Found<'_>, verified: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    if !found.help.is_empty() {
        lines.push(found.help.to_owned());
    }
    let mut applies: Vec<String> = Vec::new();
    let readers = found.readers();
    if !readers.is_empty() {
        applies.push(format!("for readers in {}", readers.join(", ")));
    }
    applies.extend(found.conditions.iter().map(ToString::to_string));
    let applies = if applies.is_empty() { "always".to_owned() } else { applies.join("; ") };
    lines.push(format!("Applies {applies}."));
    for demand in found.demands {
        lines.push(format!("Asks: {demand}."));
    }
    if let Some(why) = &found.rule.unchecked {
        lines.push(format!("Nothing is checked: {why}."));
    }
    match found.rule.kind {
        RuleKind::Practice => lines.push(
            "The law asks for something to be done; only what the policy states of it is known, never what is done."
                .to_owned(),
        ),
        RuleKind::Link => {
            lines.push("The place of a link outside the policy is known by the author’s word only.".to_owned())
        }
        RuleKind::Choice => lines.push("The author has to decide; the finding asks for the decision.".to_owned()),
        RuleKind::Content => {}
    }
    if let Some(from) = found.from() {
        let until = found.rule.until.map_or(String::new(), |until| format!(", until the day before {until}"));
        lines.push(format!("Asked for since {from}{until}."));
    }
    lines.push(verified.to_owned());
    lines.join("\n")
}

fn finding(policy: &Policy, verdict: &Verdict<'_>, failing: &[&Case], day: Option<Date>) -> Diagnostic {
    let found = &verdict.found;
    let law_span = span_of(policy, found.pack);
    let place = failing.iter().find_map(|case| case.place).unwrap_or(law_span);
    let ahead = verdict.ahead.map_or(String::new(), |day| format!(" from {day} on"));
    let message = format!("{} asks for {}{ahead}", provision(found), found.rule.label);
    let mut finding = Diagnostic::of(Cow::Owned(code(found)), place, message, here(found, failing));
    if verdict.ahead.is_some() {
        finding.level = finding.level.min(Level::Warning);
    }
    for case in failing.iter().filter(|case| case.state == State::Denied) {
        for (span, _) in case.witnesses.iter().take(3) {
            finding = finding.and(*span, "denied here");
        }
    }
    let is_of_sentence =
        |case: &&&Case| case.state == State::Violated || matches!(case.missing, Missing::Clause(_) | Missing::Other);
    for case in failing.iter().filter(is_of_sentence).skip(1).take(5) {
        if let Some(span) = case.place.filter(|span| *span != place) {
            finding = finding.and(span, "and here");
        }
    }
    if law_span != place {
        let since = found.from().map_or(String::new(), |from| format!("asked for since {from}"));
        let since = if verdict.ahead.is_some() { since.replace("since", "from") } else { since };
        let as_of = day.map_or(String::new(), |day| format!("; checked as of {day}"));
        let text = if since.is_empty() { format!("`{}` applies", found.pack.name) } else { format!("{since}{as_of}") };
        finding = finding.and(law_span, text);
    }
    let words = found.help.trim();
    if !words.is_empty() {
        finding = finding.help(lower_first(words.trim_end_matches('.')));
    }
    for edit in found.edits.iter().take(2).filter_map(|edit| without_holes(edit)) {
        finding = finding.help(format!("for instance: `{edit}`"));
    }
    finding
}

/// The same words as the end of a sentence.
fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(chars).collect(),
        _ => words.to_owned(),
    }
}

/// Where a policy names the law of a pack.
fn span_of(policy: &Policy, pack: &Pack) -> Span {
    let law = policy.header.laws.iter().find(|law| pack.meant_by(&law.name).is_some());
    law.map(|law| law.span).or(policy.header.span).unwrap_or(Span { file: FileId(0), start: 0, end: 0 })
}

/// What is wrong at the place of a finding.
fn here(found: &Found<'_>, failing: &[&Case]) -> String {
    let mut about: Vec<String> =
        failing.iter().filter_map(|case| case.about.as_deref()).map(|name| format!("`{name}`")).collect();
    about.dedup();
    let of = listed_up_to(3, &about);
    let Some(first) = failing.first() else { return String::new() };
    match (&first.missing, first.state) {
        (_, State::Denied) if of.is_empty() => "you deny it".to_owned(),
        (_, State::Denied) => format!("you deny it of {of}"),
        (Missing::Statement, _) if of.is_empty() => "nothing says so".to_owned(),
        (Missing::Statement, _) => format!("nothing says so of {of}"),
        (Missing::Clause(slot), _) if of.is_empty() => format!("no `{}` here", slot.word()),
        (Missing::Clause(slot), _) => format!("no `{}` for {of}", slot.word()),
        (Missing::Field(field), State::Violated) if of.is_empty() => format!("not so of `{field}`"),
        (Missing::Field(field), State::Violated) => format!("not so of `{field}` of {of}"),
        (Missing::Field(field), _) if of.is_empty() => format!("no `{field}` is given"),
        (Missing::Field(field), _) if about.len() > 1 => format!("{of} have no `{field}`"),
        (Missing::Field(field), _) => format!("{of} has no `{field}`"),
        (Missing::Noun, _) => "nobody is named".to_owned(),
        (Missing::Words, _) => "the words are nowhere in the policy".to_owned(),
        (Missing::Other, _) => match found.demands.first() {
            Some(Demand::Never(_)) if of.is_empty() => "stated here".to_owned(),
            Some(Demand::Never(_)) => format!("stated here of {of}"),
            _ if of.is_empty() => "not so here".to_owned(),
            _ => format!("not so of {of}"),
        },
    }
}
