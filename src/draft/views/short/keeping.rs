//! How long what is kept: line by line if the periods are few, else one of the shortest, one of the longest and some
//! without a fixed length. Cookies have periods of their own, so none is called the shortest of all.

use super::reach::Reach;
use super::{Certainty, Drafter, Statement};
use crate::document::Item;
use crate::policy::{ClauseValue, Entry, Period};
use crate::syntax::ast::Unit;
use crate::syntax::words::{Force, Join, Number, Quantifier, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, templates as t};

/// The most periods without a fixed length that are named beside the extremes.
const MOST_OPEN: usize = 2;

/// The lines about how long what is kept.
pub(super) struct Keeping {
    pub items: Vec<Item>,
    /// How many of them, in front, are the extremes that stand for all; none if every period has its line.
    pub extremes: usize,
    /// The statements of periods that no line tells of, because they hold in some cases only.
    pub untold: Vec<String>,
}

/// What is kept how long.
#[derive(Clone)]
struct Kept {
    data: Vec<Entry>,
    reach: Reach,
    /// Several where they differ by a guard.
    periods: Vec<Entry>,
    certainty: Certainty,
    /// How certain it is once the data are there: when they are collected is no condition of how long they stay.
    of_what_is_there: Certainty,
    facts: Vec<String>,
    number: Number,
}

impl<'p> Drafter<'p> {
    /// How long what is kept. Beyond so many lines, the extremes stand for all.
    pub(super) fn keeping_items(&mut self, statements: &[Statement<'p>], most: usize) -> Keeping {
        let mut kept: Vec<Kept> = Vec::new();
        let mut whole: Vec<&Statement<'p>> = Vec::new();
        for statement in statements {
            let keeps = self.is_class(statement, &[Class::Retention]) && self.is_ours(statement);
            let plan = &statement.plan;
            if plan.is_denied(self.policy) || self.is_past(statement) {
                continue;
            }
            let found = self.periods_kept(statement, keeps);
            let unsure = found.iter().any(|one| one.certainty != Certainty::Always);
            let limited = [Slot::Until, Slot::While].iter().any(|slot| plan.clause(*slot).is_some());
            if keeps && (unsure || found.is_empty() && limited) {
                whole.push(statement);
            }
            kept.extend(found);
        }
        // Where the same is kept for another time in other cases, the cases matter.
        let differs = |one: &Kept| {
            kept.iter()
                .any(|other| other.periods != one.periods && other.data.iter().any(|entry| one.data.contains(entry)))
        };
        let sure: Vec<bool> = kept.iter().map(|one| !differs(one)).collect();
        for (one, _) in kept.iter_mut().zip(sure).filter(|(_, sure)| *sure) {
            one.certainty = one.of_what_is_there;
        }
        let mut lines: Vec<Kept> = Vec::new();
        for one in kept.iter().filter(|one| one.certainty == Certainty::Always) {
            let alike = |known: &&mut Kept| known.reach == one.reach && known.periods == one.periods;
            match lines.iter_mut().find(alike) {
                Some(known) => {
                    let new: Vec<Entry> =
                        one.data.iter().filter(|entry| !known.data.contains(entry)).cloned().collect();
                    known.number = Number::Plural;
                    known.data.extend(new);
                    known.facts.extend(one.facts.iter().cloned());
                }
                None => lines.push(one.clone()),
            }
        }
        if lines.len() + whole.len() > most {
            lines.extend(kept.into_iter().filter(|one| one.certainty != Certainty::Always));
            let (items, extremes) = self.extremes(&lines);
            return Keeping { items, extremes, untold: Vec::new() };
        }
        // "All other data" is what no line speaks of; a line that is missing would change what it says.
        let missing = kept.iter().any(|one| {
            one.certainty != Certainty::Always
                && !whole.iter().any(|statement| one.facts.iter().any(|fact| statement.plan.facts.contains(fact)))
        });
        let mut items = Vec::new();
        for line in lines {
            if missing && line.data.iter().any(|entry| entry.quantifier == Some(Quantifier::Rest)) {
                continue;
            }
            let item = self.kept_item(&line, t::VIEW_KEPT);
            items.push(item);
        }
        let is_told = |fact: &String| whole.iter().any(|statement| statement.plan.facts.contains(fact));
        let untold = kept.iter().filter(|one| one.certainty != Certainty::Always).flat_map(|one| &one.facts);
        let untold = untold.filter(|fact| !is_told(fact)).cloned().collect();
        items.extend(whole.into_iter().map(|statement| self.whole_item(statement)));
        Keeping { items, extremes: 0, untold }
    }

    /// What a sentence says of periods, also in brackets behind its data.
    fn periods_kept(&self, statement: &Statement<'p>, keeps: bool) -> Vec<Kept> {
        let plan = statement.plan.clone().with_one_period(self.policy);
        let reach = self.reach_of(&plan);
        let is_period = |entry: &Entry| entry.period().is_some();
        let periods = |value: &ClauseValue| -> Vec<Entry> {
            match value {
                ClauseValue::Guarded(arms) => {
                    arms.iter().flat_map(|arm| arm.value.entries()).filter(|entry| is_period(entry)).cloned().collect()
                }
                ClauseValue::List(..) | ClauseValue::Topic(..) | ClauseValue::Condition(_) | ClauseValue::Flag => {
                    value.entries().iter().filter(|entry| is_period(entry)).cloned().collect()
                }
            }
        };
        // A guarded period differs; what is kept is kept in all cases.
        let mut sure_plan = plan.clone();
        sure_plan.clauses.retain(|clause| clause.slot != Slot::For || periods(&clause.value).is_empty());
        let certainty = self.certainty(&Statement { plan: sure_plan.clone(), ..statement.clone() });
        let certainty = if plan.manner.is_some() { certainty.max(Certainty::InCases) } else { certainty };
        let mut there = sure_plan;
        there.clauses.retain(|clause| !clause.slot.takes_condition());
        (there.force, there.manner) = (Force::Does, None);
        let there = self.certainty(&Statement { plan: there, ..statement.clone() });
        let clause = plan.clauses.iter().find(|clause| {
            let says = clause.slot == Slot::Kept || keeps && clause.slot == Slot::For;
            says && !periods(&clause.value).is_empty()
        });
        let number = self.number_of_objects(&plan);
        let mut found = Vec::new();
        let ours = self.is_ours(statement);
        if let Some(clause) = clause
            && ours
        {
            let data = plan.objects.iter().map(|entry| self.bare(entry)).collect();
            let (facts, reach, periods) = (plan.facts.clone(), reach.clone(), periods(&clause.value));
            let of_what_is_there = if clause.slot == Slot::Kept && !keeps { there } else { certainty };
            found.push(Kept { data, reach, periods, certainty, of_what_is_there, facts, number });
        }
        for entry in plan.objects.iter().filter(|_| ours) {
            let tail = entry.tail.iter().find(|clause| clause.slot == Slot::Kept);
            let periods = tail.map_or_else(Vec::new, |clause| periods(&clause.value));
            if !periods.is_empty() {
                let (data, facts, reach) = (vec![self.bare(entry)], plan.facts.clone(), reach.clone());
                let of_what_is_there = if keeps { certainty } else { there };
                found.push(Kept { data, reach, periods, certainty, of_what_is_there, facts, number });
            }
        }
        found
    }

    fn kept_item(&mut self, kept: &Kept, template: Template) -> Item {
        let data = self.bare_list(&kept.data);
        let data = self.led_to(kept.facts.first(), data);
        let data = self.reaching(data, &kept.reach);
        let data = self.with_certainty(kept.certainty, data);
        let period = self.period_words(kept);
        let words = self.words.fill(template, &[("data", &data), ("period", &period)]);
        self.item(words, kept.facts.clone())
    }

    /// "6 months, then deleted", "2 years or 3 years, depending on the case"
    fn period_words(&mut self, kept: &Kept) -> Phrase {
        self.kept_number = kept.number;
        let outer = std::mem::replace(&mut self.in_cell, true);
        let phrases: Vec<Phrase> =
            kept.periods.iter().map(|period| self.briefly(|drafter| drafter.entry(period, false, false))).collect();
        self.in_cell = outer;
        if phrases.len() < 2 {
            return self.words.join(phrases, Join::Or);
        }
        let list = self.words.join(phrases, Join::Or);
        self.words.fill(t::VIEW_DEPENDING, &[("list", &list)])
    }

    /// The shortest and the longest fixed period, and examples of those without a fixed length.
    /// Gives back how many of the lines are about fixed periods, too.
    fn extremes(&mut self, kept: &[Kept]) -> (Vec<Item>, usize) {
        let mut fixed: Vec<(u64, Kept)> = Vec::new();
        let mut open: Vec<Kept> = Vec::new();
        for one in kept {
            for entry in &one.periods {
                let single = Kept { periods: vec![entry.clone()], ..one.clone() };
                let certainty =
                    if one.periods.len() > 1 { single.certainty.max(Certainty::InCases) } else { single.certainty };
                let single = Kept { certainty, ..single };
                match entry.period().and_then(length) {
                    Some(length) => fixed.push((length, single)),
                    None if certainty == Certainty::Always => open.push(single),
                    None => {}
                }
            }
        }
        let mut items = Vec::new();
        let shortest =
            fixed.iter().min_by_key(|(length, kept)| (*length, kept.certainty)).map(|(_, kept)| kept.clone());
        let longest = fixed
            .iter()
            .max_by_key(|(length, kept)| (*length, std::cmp::Reverse(kept.certainty)))
            .map(|(_, kept)| kept.clone());
        for (extreme, template) in [(shortest, t::VIEW_KEPT_SHORTEST), (longest, t::VIEW_KEPT_LONGEST)] {
            let Some(extreme) = extreme else { continue };
            items.push(self.kept_item(&extreme, template));
        }
        let extremes = items.len();
        for one in open.iter().filter(|one| !one.data.iter().any(|entry| entry.quantifier.is_some())).take(MOST_OPEN) {
            let item = self.kept_item(one, t::VIEW_KEPT);
            items.push(item);
        }
        (items, extremes)
    }
}

/// How long a period lasts at most as far as it is counted, in seconds; none if something else ends it.
fn length(period: &Period) -> Option<u64> {
    if let Some((_, (count, unit))) = period.total {
        return Some(u64::from(count) * seconds(unit));
    }
    let mut total = 0;
    for step in &period.steps {
        if step.lasting.is_some() || step.until.is_some() || step.criterion.is_some() {
            return None;
        }
        let (count, unit) = step.amount?;
        total += u64::from(count) * seconds(unit);
    }
    Some(total)
}

fn seconds(unit: Unit) -> u64 {
    const DAY: u64 = 24 * 60 * 60;
    match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 60 * 60,
        Unit::Day => DAY,
        Unit::Week => 7 * DAY,
        Unit::Month => 30 * DAY,
        Unit::Quarter => 91 * DAY,
        Unit::Year => 365 * DAY,
    }
}
