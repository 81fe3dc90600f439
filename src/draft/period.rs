//! Periods, provisions and guarded values as phrases.

use super::Drafter;
use super::nouns::{Listing, duration};
use crate::document::Inline;
use crate::policy::{
    Amount, Arm, Citation, Clause, ClauseValue, Entry, FieldArm, Head, NounId, Period, PeriodStart, PeriodStep,
    Provision,
};
use crate::syntax::ast::iso_duration;
use crate::syntax::words::{Bound, EndState, Join, Kind, Number, Slot, Whichever};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

use super::plan::Plan;

impl Drafter<'_> {
    /// A period without a word in front: "at most 3 years after you close your account".
    pub(super) fn period(&mut self, period: &Period) -> Phrase {
        let mut out = Phrase::default();
        for (index, step) in period.steps.iter().enumerate() {
            let mut words = self.period_step(step);
            if index > 0 {
                if begins_with_amount(step) {
                    words = self.words.fill(t::FOR_NOUN, &[("list", &words)]);
                }
                let template = if index + 1 == period.steps.len() { t::PERIOD_LAST } else { t::PERIOD_THEN };
                words = self.words.fill(template, &[("period", &words)]);
            }
            out.append(words);
        }
        if let Some((bound, amount)) = period.total {
            let amount = self.bounded(bound, amount);
            let total = self.words.fill(t::PERIOD_TOTAL, &[("amount", &amount)]);
            out.push_str(" ");
            out.append(total);
        }
        match (period.end, self.in_cell) {
            (Some(end), false) => out.push_str(self.words.of(end_words(end, self.kept_number))),
            (Some(end), true) => out.push_str(self.words.of(end_in_cell(end))),
            (None, _) => {}
        }
        out
    }

    /// A period behind a verb that keeps: "for 3 years", "until you close your account".
    pub(super) fn lasting(&mut self, period: &Period) -> Phrase {
        let words = self.period(period);
        if period.steps.first().is_some_and(begins_with_amount) {
            self.words.fill(t::FOR_NOUN, &[("list", &words)])
        } else {
            words
        }
    }

    fn period_step(&mut self, step: &PeriodStep) -> Phrase {
        let mut parts: Vec<Phrase> = Vec::new();
        if let Some(amount) = step.amount {
            let mut words = self.bounded(step.bound, amount);
            match &step.start {
                Some(PeriodStart::Of(entry)) => words = self.of(words, entry),
                Some(PeriodStart::After(condition)) => {
                    let after = self.condition(Slot::After, condition);
                    words.push_str(" ");
                    words.append(after);
                }
                Some(PeriodStart::Before(condition)) => {
                    let before = self.condition(Slot::Before, condition);
                    words.push_str(" ");
                    words.append(before);
                }
                None => {}
            }
            parts.push(words);
        } else if let Some(PeriodStart::After(condition)) = &step.start {
            parts.push(self.condition(Slot::After, condition));
        }
        if let Some(lasting) = &step.lasting {
            parts.push(self.condition(Slot::While, lasting));
        }
        if let Some(until) = &step.until {
            parts.push(self.condition(Slot::Until, until));
        }
        if let Some(criterion) = &step.criterion {
            parts.push(self.words.fill(t::PERIOD_CRITERION, &[("criterion", &phrase(&**criterion))]));
        }
        // Two answers to "how long" are alternatives.
        let alternatives = step.whichever.is_some() || (step.criterion.is_some() && parts.len() > 1);
        let mut words = if alternatives {
            self.words.join(parts, Join::Or)
        } else {
            let mut words = Phrase::default();
            for part in parts {
                words.push_str(if words.is_empty() { "" } else { " " });
                words.append(part);
            }
            words
        };
        match step.whichever {
            Some(Whichever::First) => words.push_str(self.words.of(t::WHICHEVER_FIRST)),
            Some(Whichever::Last) => words.push_str(self.words.of(t::WHICHEVER_LAST)),
            None => {}
        }
        if step.stores.is_empty() {
            return words;
        }
        // Behind "after you leave" a place would read as the place where you leave.
        let mut placed = self.stores(&step.stores, Join::And);
        if !words.is_empty() {
            if step.amount.is_some() || step.criterion.is_some() {
                words = self.words.fill(t::FOR_NOUN, &[("list", &words)]);
            }
            placed.push_str(" ");
            placed.append(words);
        }
        placed
    }

    /// "at most 3 years"
    fn bounded(&mut self, bound: Bound, (count, unit): Amount) -> Phrase {
        let words =
            self.words.fill(duration(unit, self.words.is_plural(count)), &[("count", &phrase(count.to_string()))]);
        let amount = Phrase::from(vec![Inline::Time { value: iso_duration(count, unit), text: words.plain() }]);
        let template = match bound {
            Bound::Exact => return amount,
            Bound::AtMost => t::BOUND_AT_MOST,
            Bound::AtLeast => t::BOUND_AT_LEAST,
            Bound::Roughly => t::BOUND_ROUGHLY,
            Bound::Last => t::BOUND_LAST,
        };
        self.words.fill(template, &[("amount", &amount)])
    }

    /// "on your phone and in our backups": each place with its own preposition.
    pub(super) fn stores(&mut self, entries: &[Entry], join: Join) -> Phrase {
        let phrases = entries
            .iter()
            .map(|entry| {
                let on = entry.noun_id().is_some_and(|id| {
                    ["device", "server", "paper"].iter().any(|name| self.policy.is(id, name))
                        && self.policy.noun(id).kind == Kind::Store
                });
                let store = entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Store);
                let template = match (store, on) {
                    (true, true) => t::ON,
                    (true, false) => t::IN,
                    (false, _) => t::AT,
                };
                let words = self.entry(entry, false, false);
                self.words.fill(template, &[("list", &words)])
            })
            .collect();
        self.words.join(phrases, join)
    }

    /// "Article 6(1)(b) of the GDPR together with section 22 of the BDSG"
    pub(super) fn citation(&mut self, citation: &Citation) -> Phrase {
        let mut out = Phrase::default();
        let mut others = Vec::new();
        for (index, provision) in citation.provisions.iter().enumerate() {
            // Provisions of one law in a row name it once, behind the last.
            let goes_on = provision.law.is_some()
                && citation.provisions.get(index + 1).is_some_and(|next| next.law == provision.law);
            let words = self.provision(provision, goes_on);
            if index == 0 {
                out = words;
            } else {
                others.push(words);
            }
        }
        if others.is_empty() {
            return out;
        }
        let others = self.words.join(others, Join::And);
        self.words.fill(t::CITATION_WITH, &[("provision", &out), ("other", &others)])
    }

    fn provision(&mut self, provision: &Provision, bare: bool) -> Phrase {
        let Some(law) = provision.law else { return phrase(&*provision.reference) };
        if bare && !provision.reference.is_empty() {
            let unit = self.unit_of(law);
            self.mentions.push(law);
            return self
                .words
                .fill(t::CITATION_BARE, &[("unit", &phrase(unit)), ("reference", &phrase(&*provision.reference))]);
        }
        if provision.reference.is_empty() {
            return self.noun(law);
        }
        let words = self.short_law(law);
        let unit = self.unit_of(law);
        let reference = phrase(&*provision.reference);
        self.words.fill(t::CITATION, &[("unit", &phrase(unit)), ("reference", &reference), ("law", &words)])
    }

    /// A law where one of its provisions is cited: its abbreviation if it has one, because the page may cite it in
    /// every line of a table.
    pub(super) fn short_law(&mut self, law: NounId) -> Phrase {
        let noun = self.policy.noun(law);
        let label = noun.words();
        let in_brackets = label.rsplit_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
        let field = noun.fields.iter().position(|field| &*field.key == "short");
        let seen = self.seen.get(law.0 as usize).copied().unwrap_or(false);
        match (field, in_brackets) {
            (Some(position), _) if seen => {
                let short = self.field(law, position);
                self.words.fill(t::THE_LAW, &[("law", &short)])
            }
            (None, Some(short)) => {
                self.mentions.push(law);
                self.words.fill(t::THE_LAW, &[("law", &phrase(short))])
            }
            _ => self.noun(law),
        }
    }

    /// What the parts of a law are called: the author's word, else "Article" for what the vocabulary says so of.
    fn unit_of(&mut self, law: NounId) -> String {
        let noun = self.policy.noun(law);
        let own = noun.fields.iter().find(|field| &*field.key == "unit").and_then(|field| field.values.first());
        if own.is_some() {
            self.facts.push(format!("{}.unit", noun.id));
        }
        if let Some(Entry { head: Head::Value(crate::policy::Value::Text(unit)), .. }) = own {
            return unit.to_string();
        }
        let standard = noun.standard.map(crate::vocabulary::entry);
        let unit = standard.and_then(|entry| {
            entry.fields.iter().find(|(key, _)| *key == "unit").and_then(|(_, values)| values.first())
        });
        unit.map_or_else(|| self.words.of(t::CITATION_UNIT).to_owned(), |unit| (*unit).to_owned())
    }

    // ── services ────────────────────────────────────────────────────────────────────────────────────────

    /// "Cloudy (hosting)": a service with whoever renders it.
    pub(super) fn engagement(&mut self, id: NounId, label: String, first: bool) -> Phrase {
        let noun = self.policy.noun(id);
        let words = self.linked(id, label, first);
        match &noun.of {
            Some(of) => {
                let party = self.entry(of, false, false);
                self.words.fill(t::ENGAGEMENT, &[("party", &party), ("service", &words)])
            }
            None => words,
        }
    }

    // ── guarded values ──────────────────────────────────────────────────────────────────────────────────

    /// The values of a field that differ: "8 months for members, and otherwise 2 years".
    pub(super) fn field_arms(&mut self, arms: &[FieldArm]) -> Phrase {
        let said = arms
            .iter()
            .map(|arm| {
                let value = match &arm.display {
                    Some(display) => phrase(&**display),
                    None => self.list(&arm.values, Listing::objects(Join::And)),
                };
                (self.guard(&arm.guard), value)
            })
            .collect();
        self.arms(said)
    }

    /// The values of a clause that differ.
    pub(super) fn clause_arms(&mut self, plan: &Plan, clause: &Clause, arms: &[Arm]) -> Phrase {
        let said = arms
            .iter()
            .map(|arm| {
                let own = Clause { value: arm.value.clone(), ..clause.clone() };
                let value = self.clause(plan, &own);
                (self.guard(&arm.guard), value)
            })
            .collect();
        self.arms(said)
    }

    pub(super) fn arms(&mut self, arms: Vec<(Phrase, Phrase)>) -> Phrase {
        let mut out = Phrase::default();
        for (guard, value) in arms {
            let words = if guard.is_empty() {
                self.words.fill(t::ARM_OTHERWISE, &[("value", &value)])
            } else {
                self.words.fill(t::ARM, &[("value", &value), ("guard", &guard)])
            };
            out.push_str(if out.is_empty() { "" } else { ", " });
            out.append(words);
        }
        out
    }

    /// "for members on our app"
    pub(super) fn guard(&mut self, clauses: &[Clause]) -> Phrase {
        let plan = Plan::empty();
        let mut out = Phrase::default();
        for clause in clauses {
            let words = match (&clause.value, clause.slot) {
                (ClauseValue::List(entries, join), Slot::About) => {
                    let list = self.list(entries, Listing::objects(*join));
                    self.words.fill(t::FOR_NOUN, &[("list", &list)])
                }
                _ => self.clause(&plan, clause),
            };
            out.push_str(if out.is_empty() { "" } else { " " });
            out.append(words);
        }
        out
    }
}

/// Whether a step says how long before it says until when, so that "for" goes in front.
fn begins_with_amount(step: &PeriodStep) -> bool {
    if !step.stores.is_empty() {
        return false;
    }
    step.amount.is_some() || (step.criterion.is_some() && step.lasting.is_none() && step.until.is_none())
}

/// What becomes of data, in a cell that has no sentence around it.
fn end_in_cell(end: EndState) -> Template {
    match end {
        EndState::Delete => t::END_DELETE_CELL,
        EndState::Anonymise => t::END_ANONYMISE_CELL,
        EndState::Hide => t::END_HIDE_CELL,
        EndState::Restrict => t::END_RESTRICT_CELL,
        EndState::Unlink => t::END_UNLINK_CELL,
        EndState::Aggregate => t::END_AGGREGATE_CELL,
        EndState::Archive => t::END_ARCHIVE_CELL,
    }
}

fn end_words(end: EndState, number: Number) -> Template {
    match (end, number) {
        (EndState::Delete, Number::Singular) => t::END_DELETE_ONE,
        (EndState::Delete, Number::Plural) => t::END_DELETE_MANY,
        (EndState::Anonymise, Number::Singular) => t::END_ANONYMISE_ONE,
        (EndState::Anonymise, Number::Plural) => t::END_ANONYMISE_MANY,
        (EndState::Hide, Number::Singular) => t::END_HIDE_ONE,
        (EndState::Hide, Number::Plural) => t::END_HIDE_MANY,
        (EndState::Restrict, Number::Singular) => t::END_RESTRICT_ONE,
        (EndState::Restrict, Number::Plural) => t::END_RESTRICT_MANY,
        (EndState::Unlink, Number::Singular) => t::END_UNLINK_ONE,
        (EndState::Unlink, Number::Plural) => t::END_UNLINK_MANY,
        (EndState::Aggregate, Number::Singular) => t::END_AGGREGATE_ONE,
        (EndState::Aggregate, Number::Plural) => t::END_AGGREGATE_MANY,
        (EndState::Archive, Number::Singular) => t::END_ARCHIVE_ONE,
        (EndState::Archive, Number::Plural) => t::END_ARCHIVE_MANY,
    }
}
