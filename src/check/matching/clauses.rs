//! From a clause of a pattern and a row to the ways in which the row has it.

use super::{Match, Mode, Questions, Thing};
use crate::check::rows::{Row, entries_of, field_values, tests_of};
use crate::law::{self, PatternClause, PatternValue};
use crate::policy::{Amount, Clause, ClauseValue, Entry, Head, NounId, Period, PeriodStart, Value};
use crate::syntax::ast::Unit;
use crate::syntax::calendar;
use crate::syntax::words::{Bound, Kind, Slot};
use crate::vocabulary::Class;

impl<'p, 'k> Questions<'p, 'k> {
    /// Whether a row has a clause, for the object and what was bound.
    #[must_use]
    pub fn says_clause(
        &self,
        clause: &'k PatternClause,
        row: &'k Row<'p>,
        index: usize,
        object: Option<usize>,
        bindings: &super::Bindings<'k>,
    ) -> bool {
        let way = Match { row: index, object, bindings: bindings.clone(), place: None };
        !self.clause_ways(clause, row, &way, Mode::Demand, false).is_empty()
    }

    pub(super) fn by_clause(
        &self,
        clause: &'k PatternClause,
        row: &'k Row<'p>,
        way: Match<'k>,
        mode: Mode,
        giving: bool,
    ) -> Vec<Match<'k>> {
        let found = self.clause_ways(clause, row, &way, mode, giving);
        if found.is_empty() && clause.optional { vec![way] } else { found }
    }

    /// Whether a row has anything that might answer a clause of a pattern. It spares most rows a closer look.
    pub(super) fn may_say(&self, clause: &PatternClause, index: usize, row: &Row<'p>) -> bool {
        // What stands elsewhere may answer these: where data are declared, where recipients are, in parentheses.
        let is_elsewhere = matches!(clause.slot, Slot::From | Slot::Because) || is_of_transfer(clause, row);
        let has = |slot: &Slot| self.layout.has_slot(index, *slot);
        clause.optional
            || is_elsewhere
            || slots_of(clause, row).iter().any(has)
            || may_be_counted_from(clause) && has(&Slot::Within)
    }

    /// The clauses of a row that stand in a slot of a pattern, for the object at hand; `giving` says whether the pattern asks
    /// if data must be given.
    fn said_clauses(
        &self,
        clause: &PatternClause,
        row: &'k Row<'p>,
        object: Option<usize>,
        giving: bool,
    ) -> Vec<&'k Clause> {
        let slots = slots_of(clause, row);
        let said = |slot: &Slot| match object.and_then(|index| row.objects.get(index)) {
            Some(object) => row.for_object(object, *slot),
            None => row.in_slot(*slot).collect(),
        };
        let mut found: Vec<&'k Clause> = slots.iter().flat_map(said).collect();
        // The reason of a legal basis stands in its own parentheses.
        if clause.slot == Slot::Because {
            let bases = said(&Slot::Under).into_iter().flat_map(|clause| entries_of(&clause.value));
            found.extend(bases.flat_map(|basis| &basis.tail).filter(|clause| clause.slot == Slot::Because));
            // So does the reason why data must be given, which is no reason of anything else.
            if giving {
                found.extend(said(&Slot::Required).into_iter().chain(said(&Slot::Optional)));
            }
        }
        if may_be_counted_from(clause) {
            found.extend(said(&Slot::Within));
        }
        found.retain(|said| !clause.only || said.only);
        found
    }

    /// The sources of the object at hand that its declaration gives.
    fn sources(&self, clause: &PatternClause, row: &Row<'p>, object: Option<usize>) -> &'k [Entry] {
        let object = object.and_then(|index| row.objects.get(index)).filter(|_| clause.slot == Slot::From);
        object.and_then(Entry::noun_id).map_or(&[], |id| &self.layout.orders.policy().noun(id).from)
    }

    /// The places of those to whom a transfer goes, where it names none itself.
    fn whereabouts(&self, clause: &PatternClause, row: &'k Row<'p>) -> Vec<&'k Entry> {
        if !is_of_transfer(clause, row) {
            return Vec::new();
        }
        let mut said = row.recipients().chain(row.entries(Slot::In));
        if said.any(|entry| matches!(entry.head, Head::Value(Value::Place(_)))) {
            return Vec::new();
        }
        let policy = self.layout.orders.policy();
        let recipients = row.recipients().filter_map(Entry::noun_id).map(|id| policy.noun(id));
        recipients
            .flat_map(|noun| {
                let own = field_values(noun, &["in", "country", "seat"]);
                let of = noun.of.as_deref().and_then(Entry::noun_id).filter(|_| noun.kind == Kind::Engagement);
                let theirs = of.map(|id| policy.noun(id));
                let own: Vec<&'k Entry> = own.collect();
                if own.is_empty() {
                    theirs.into_iter().flat_map(|noun| field_values(noun, &["country", "seat"])).collect()
                } else {
                    own
                }
            })
            .collect()
    }

    fn clause_ways(
        &self,
        clause: &'k PatternClause,
        row: &'k Row<'p>,
        way: &Match<'k>,
        mode: Mode,
        giving: bool,
    ) -> Vec<Match<'k>> {
        let said = self.said_clauses(clause, row, way.object, giving);
        if clause.values.is_empty() {
            return if said.is_empty() { Vec::new() } else { vec![way.clone()] };
        }
        let mut ways = Vec::new();
        for value in &clause.values {
            match value {
                PatternValue::Entry(wanted) => {
                    // Where all of some data comes from may be said once, where they are declared.
                    for entry in self.sources(clause, row, way.object) {
                        self.answer(wanted, entry, row, &way.bindings, mode).extend(&mut ways, way, wanted, None);
                    }
                    for entry in self.whereabouts(clause, row) {
                        self.answer(wanted, entry, row, &way.bindings, mode).extend(&mut ways, way, wanted, None);
                    }
                    for said in &said {
                        for entry in
                            self.heard_entries(said).into_iter().filter(|entry| !entry.other && self.is_for(entry, way))
                        {
                            let answer = self.answer(wanted, entry, row, &way.bindings, mode);
                            answer.extend(&mut ways, way, wanted, entry.place.0);
                        }
                    }
                }
                PatternValue::Period(wanted) => {
                    if said.iter().any(|said| self.is_period(said, wanted, row, mode)) {
                        ways.push(way.clone());
                    }
                }
            }
        }
        // What binds nothing is found once.
        if ways.iter().all(|found| found.bindings.len() == way.bindings.len()) {
            ways.truncate(1);
        }
        ways
    }

    /// The entries of a clause that hold for the readers of the law, and the events that its condition names.
    fn heard_entries<'e>(&self, clause: &'e Clause) -> Vec<&'e Entry> {
        match &clause.value {
            ClauseValue::Condition(_) => clause_entries(&clause.value),
            value => self.arms(value).into_iter().flat_map(with_events).collect(),
        }
    }

    /// Whether an entry with a tail of its own speaks of the data and purposes at hand: `consent (only for photos)`.
    fn is_for(&self, entry: &Entry, way: &Match<'k>) -> bool {
        let limits: Vec<&Entry> = entry
            .tail
            .iter()
            .filter(|clause| clause.only && clause.slot == Slot::For)
            .flat_map(|clause| entries_of(&clause.value))
            .collect();
        let policy = self.layout.orders.policy();
        way.bindings.iter().all(|(_, thing)| {
            let Thing::Noun(bound) = thing else { return true };
            let kind = policy.noun(*bound).kind;
            let of_kind: Vec<NounId> =
                limits.iter().filter_map(|limit| limit.noun_id()).filter(|id| policy.noun(*id).kind == kind).collect();
            of_kind.is_empty() || of_kind.iter().any(|id| self.layout.orders.covers(*id, *bound))
        })
    }

    /// Whether a clause gives a period within what a pattern asks for.
    fn is_period(&self, clause: &Clause, wanted: &law::Period, row: &Row<'_>, mode: Mode) -> bool {
        let periods: Vec<&Period> = entries_of(&clause.value).into_iter().filter_map(Entry::period).collect();
        let manner = row.manner.and_then(|id| self.layout.orders.policy().noun(id).name.as_deref());
        match wanted {
            law::Period::Any => {
                periods.iter().any(|period| has_end(period))
                    || matches!(clause.value, ClauseValue::Condition(_))
                        && matches!(clause.slot, Slot::Until | Slot::While)
                    || clause.slot == Slot::For && entries_of(&clause.value).iter().any(|entry| self.is_event(entry))
            }
            law::Period::Indefinite => manner == Some("indefinitely"),
            law::Period::Amount(Bound::AtMost, _) | law::Period::Limit(Bound::AtMost, _) if mode == Mode::AnyLength => {
                !periods.is_empty()
            }
            law::Period::Amount(bound, amount) => {
                periods.iter().any(|period| within(&amounts_of(period), *bound, *amount))
            }
            law::Period::Limit(bound, name) => {
                let amount = self.limit(name, *bound);
                amount.is_some_and(|amount| periods.iter().any(|period| within(&amounts_of(period), *bound, amount)))
            }
        }
    }

    fn is_event(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| self.layout.orders.policy().noun(id).kind == Kind::Event)
    }
}

/// The slots of a row that answer a clause of a pattern.
fn slots_of<'c>(clause: &'c PatternClause, row: &Row<'_>) -> &'c [Slot] {
    match clause.slot {
        // A transfer goes to a place or in it, as its verb has it.
        _ if is_of_transfer(clause, row) => &[Slot::To, Slot::With, Slot::In],
        Slot::To | Slot::With => &[Slot::To, Slot::With],
        // "Until you leave" is a period, as is "for 3 years".
        Slot::For if is_period(clause) => &[Slot::For, Slot::Until, Slot::While, Slot::Within],
        Slot::For => &[Slot::For],
        Slot::When => &[Slot::When, Slot::After],
        _ => std::slice::from_ref(&clause.slot),
    }
}

/// Whether a clause says where a transfer goes.
fn is_of_transfer(clause: &PatternClause, row: &Row<'_>) -> bool {
    row.class() == Some(Class::Transfer) && matches!(clause.slot, Slot::To | Slot::With | Slot::In)
}

/// Whether the event that a period counts from answers a clause: the sentence is about it.
fn may_be_counted_from(clause: &PatternClause) -> bool {
    matches!(clause.slot, Slot::When | Slot::Before | Slot::After)
}

fn is_period(clause: &PatternClause) -> bool {
    clause.values.iter().any(|value| match value {
        PatternValue::Period(_) => true,
        PatternValue::Entry(entry) => entry.name == "period",
    })
}

/// The entries of a value, and the events that it names.
pub(super) fn clause_entries(value: &ClauseValue) -> Vec<&Entry> {
    match value {
        ClauseValue::Condition(condition) => {
            tests_of(condition).into_iter().filter(|(_, not)| !not).map(|(entry, _)| entry).collect()
        }
        value => entries_of(value).into_iter().flat_map(with_events).collect(),
    }
}

fn with_events(entry: &Entry) -> impl Iterator<Item = &Entry> {
    std::iter::once(entry).chain(events_of(entry))
}

/// The events that a period counts from or ends with.
pub(super) fn events_of(entry: &Entry) -> Vec<&Entry> {
    let Some(period) = entry.period() else { return Vec::new() };
    let mut events = Vec::new();
    for step in &period.steps {
        match &step.start {
            Some(PeriodStart::Of(of)) => events.push(&**of),
            Some(PeriodStart::After(condition) | PeriodStart::Before(condition)) => {
                events.extend(tests_of(condition).into_iter().map(|(entry, _)| entry));
            }
            None => {}
        }
        let ends = step.until.iter().chain(&step.lasting);
        events.extend(ends.flat_map(tests_of).map(|(entry, _)| entry));
    }
    events
}

/// Whether a period ends. A least length alone is none.
fn has_end(period: &Period) -> bool {
    period.steps.iter().any(|step| step.bound != Bound::AtLeast || step.until.is_some() || step.lasting.is_some())
}

/// The amounts that a value says one after the other, a number being one of years, such as an age; none if it says
/// nothing of how long.
#[must_use]
pub fn amounts(value: &Entry) -> Option<Vec<Amount>> {
    match &value.head {
        Head::Value(Value::Number(years)) => Some(vec![(*years, Unit::Year)]),
        _ => value.period().map(amounts_of),
    }
}

fn amounts_of(period: &Period) -> Vec<Amount> {
    period.steps.iter().filter_map(|step| step.amount).collect()
}

/// Whether amounts together keep within a bound. Where that depends on the calendar, they do.
#[must_use]
pub fn within(amounts: &[Amount], bound: Bound, limit: law::Amount) -> bool {
    let limit = (limit.number, limit.unit);
    let least: u64 = amounts.iter().map(|amount| calendar::least_seconds(*amount)).sum();
    let most: u64 = amounts.iter().map(|amount| calendar::most_seconds(*amount)).sum();
    !amounts.is_empty()
        && match bound {
            Bound::AtMost | Bound::Exact | Bound::Roughly | Bound::Last => least <= calendar::most_seconds(limit),
            Bound::AtLeast => most >= calendar::least_seconds(limit),
        }
}
