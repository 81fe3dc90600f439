//! From a rule's pattern and a row to whether the row says it, and of which nouns.
//!
//! In a condition, a row matches if what it names lies at or below what the pattern names; a row that names something
//! wider, `any personal` against `each health`, does not speak of it. In a demand, `that data` is answered by a row
//! about these data or about anything they are a part of.

use std::collections::HashMap;

use jiff::civil::Date;

use super::consistency::verbs;
use super::homes::Homes;
use super::orders::Orders;
use super::rows::{Row, entries_of, field_values, is_us, tests_of};
use crate::law::{self, Actor, Determiner, Found, Pattern, PatternClause, PatternEntry, PatternValue};
use crate::policy::{Clause, ClauseValue, Entry, Head, NounId, Period, PeriodStart, Value};
use crate::syntax::calendar;
use crate::syntax::words::{Bound, Force, Kind, Slot};
use crate::vocabulary::{self, Class, Verb};

mod mentions;
mod names;
mod readers;
mod things;

pub use mentions::Mentions;
pub use names::Named;

/// What `each` found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Thing<'k> {
    /// A noun.
    Noun(NounId),
    /// A place by its code.
    Place(&'k str),
    /// A period.
    Period(&'k Period),
    /// An entry of the vocabulary that the policy only cites.
    Entry(u16),
}

/// What the names of a rule stand for in one case.
pub type Bindings<'k> = Vec<(&'k str, Thing<'k>)>;

/// Whether a pattern is asked as a condition or as a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Rows at or below the pattern match.
    Condition,
    /// Rows that cover the pattern match.
    Demand,
}

/// A policy laid out for questions.
pub struct Questions<'p, 'k> {
    /// The orders of its nouns.
    pub orders: &'k Orders<'p>,
    /// Its rows.
    pub rows: &'k [Row<'p>],
    /// The day whose law is meant.
    pub day: Option<Date>,
    /// The rule, with the packs whose names its patterns use.
    pub found: &'k Found<'k>,
    /// The codes of the places where its readers live; anywhere if there is none.
    pub audience: &'k [String],
    /// Where groups of people live.
    pub homes: &'k Homes<'p, 'k>,
    /// The rows by the nouns that are their objects.
    pub mentions: &'k Mentions,
    /// The rows of each class of verbs.
    pub by_class: &'k HashMap<Class, Vec<usize>>,
}

/// One way in which a row matches.
#[derive(Clone, Debug)]
pub struct Match<'k> {
    /// The row.
    pub row: usize,
    /// Which of its objects matched.
    pub object: Option<usize>,
    /// What was bound.
    pub bindings: Bindings<'k>,
    /// The entry that the first `each` found.
    pub place: Option<crate::source::Span>,
}

/// The classes whose verbs a general verb of a pattern stands for.
fn classes_of(verb: &str) -> &'static [Class] {
    match verb {
        "collect" => &[Class::Collection],
        "use" => &[Class::Use],
        "disclose" => &[Class::Disclosure],
        "access" => &[Class::Access],
        "keep" => &[Class::Retention],
        "delete" => &[Class::Deletion],
        "protect" => &[Class::Protection],
        "track" => &[Class::Tracking],
        "transfer" => &[Class::Transfer],
        "process" => &[Class::Collection, Class::Use, Class::Retention],
        _ => &[],
    }
}

/// Whether doing what a row says is what a pattern's verb names.
fn is_verb(pattern: &str, verb: &Verb) -> bool {
    if classes_of(pattern).contains(&verb.class) {
        return true;
    }
    match pattern {
        "sell" => ["sell", "rent", "lease", "license", "trade"].contains(&&*verb.name),
        "have" => verb.class == Class::Right && !["appeal", "complain", "nominate"].contains(&&*verb.name),
        _ => *verb.name == *pattern,
    }
}

impl<'p, 'k> Questions<'p, 'k> {
    /// What an entry of a pattern stands for: of `all lgpd-right`, the member that is asked for.
    fn asked(&self, wanted: &'k PatternEntry, bindings: &Bindings<'k>) -> Option<Named<'k>> {
        match (wanted.determiner, bound(bindings, &wanted.name)) {
            (Determiner::All, Some(Thing::Entry(entry))) => Some(Named::Entries(vec![entry])),
            _ => self.named(&wanted.name),
        }
    }

    /// Whether a row has a clause, for the object and what was bound.
    #[must_use]
    pub fn says_clause(
        &self,
        clause: &'k PatternClause,
        row: &'k Row<'p>,
        index: usize,
        object: Option<usize>,
        bindings: &Bindings<'k>,
    ) -> bool {
        let way = Match { row: index, object, bindings: bindings.clone(), place: None };
        !self.clause_ways(clause, row, &way, Mode::Demand).is_empty()
    }

    /// Every way in which the policy says a pattern, whether denied or not as asked.
    #[must_use]
    pub fn find(&self, pattern: &'k Pattern, denied: bool, bindings: &Bindings<'k>, mode: Mode) -> Vec<Match<'k>> {
        self.find_object(pattern, None, denied, bindings, mode)
    }

    /// The same for one of the objects of a pattern, if one is given.
    #[must_use]
    pub fn find_object(
        &self,
        pattern: &'k Pattern,
        object: Option<usize>,
        denied: bool,
        bindings: &Bindings<'k>,
        mode: Mode,
    ) -> Vec<Match<'k>> {
        let objects = match object {
            Some(index) => pattern.objects.get(index..=index).unwrap_or_default(),
            None => &pattern.objects,
        };
        let mut found = Vec::new();
        for index in self.candidates(pattern, objects, bindings, mode) {
            let Some(row) = self.rows.get(index) else { continue };
            if row.internal || row.denied != denied || !self.is_firm(row) || !self.is_heard(row, mode) {
                continue;
            }
            if denied && !is_denial_of(pattern, row) {
                continue;
            }
            // The sentence in front of a complete list of cases says no more than the cases.
            if row.has_cases && mode == Mode::Condition {
                continue;
            }
            self.match_row((pattern, objects), index, row, bindings, mode, &mut found);
        }
        found
    }

    /// What might be, should not be or cannot be is no denial.
    fn is_firm(&self, row: &Row<'_>) -> bool {
        !row.denied || matches!(row.force, Force::Does | Force::May | Force::Must | Force::Will | Force::Commits)
    }

    /// The rows whose verbs a pattern may mean.
    fn candidates(
        &self,
        pattern: &Pattern,
        objects: &[PatternEntry],
        bindings: &Bindings<'k>,
        mode: Mode,
    ) -> Vec<usize> {
        // What is bound already is looked up, so that no rule compares every row with every other.
        let grants = pattern.verbs.iter().any(|verb| verb == "have");
        let bound_object = objects.iter().filter(|object| object.determiner == Determiner::That).find_map(|object| {
            match bound(bindings, &object.name) {
                Some(Thing::Noun(id)) => Some(id),
                Some(Thing::Place(_) | Thing::Period(_) | Thing::Entry(_)) | None => None,
            }
        });
        if let Some(id) = bound_object.filter(|_| objects.len() == 1 && !grants) {
            return self.mentions.about(self.orders, id, mode);
        }
        let mut classes: Vec<Class> = Vec::new();
        for verb in &pattern.verbs {
            let general = classes_of(verb);
            match (general, vocabulary::find_verb(verb)) {
                ([], Some((verb, _))) => classes.push(verb.class),
                ([], None) => {}
                (general, _) => classes.extend(general),
            }
        }
        classes.sort_unstable();
        classes.dedup();
        let mut rows: Vec<usize> =
            classes.iter().flat_map(|class| self.by_class.get(class).into_iter().flatten()).copied().collect();
        if grants {
            rows.extend(
                (0..self.rows.len()).filter(|index| self.rows.get(*index).is_some_and(|row| row.grants.is_some())),
            );
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn actor_matches(&self, actor: &'k Actor, row: &'k Row<'p>, bindings: &Bindings<'k>) -> bool {
        let policy = self.orders.policy();
        match actor {
            // A product is the publisher's own unless somebody else is said to act.
            Actor::We => row.actors.iter().any(|actor| {
                is_us(actor, policy)
                    || actor.noun_id().is_some_and(|id| {
                        matches!(policy.noun(id).kind, Kind::Product | Kind::Term | Kind::Document | Kind::Engagement)
                    })
            }),
            Actor::You => row.actors.iter().any(|actor| {
                matches!(actor.head, Head::You)
                    || actor.noun_id().is_some_and(|id| policy.noun(id).kind == Kind::People)
            }),
            Actor::Entry(wanted) => {
                let Some(named) = self.named(&wanted.name) else { return false };
                row.actors.iter().any(|actor| match wanted.determiner {
                    Determiner::That => {
                        let bound = bound(bindings, &wanted.name);
                        bound.is_some_and(|thing| self.thing_covered(actor, &thing))
                    }
                    Determiner::Each | Determiner::Any | Determiner::All | Determiner::AtLeast(_) => {
                        self.entry_is(actor, &named)
                    }
                })
            }
        }
    }

    fn match_row(
        &self,
        (pattern, objects): (&'k Pattern, &'k [PatternEntry]),
        index: usize,
        row: &'k Row<'p>,
        bindings: &Bindings<'k>,
        mode: Mode,
        found: &mut Vec<Match<'k>>,
    ) {
        let granted = |verb: &str| verb == "have" && row.grants.is_some();
        let said = |verb: &String| row.verbs.iter().any(|of| is_verb(verb, of));
        let by_grant = pattern.verbs.iter().any(|verb| granted(verb)) && !pattern.verbs.iter().any(said);
        if !by_grant && !pattern.verbs.iter().any(said) {
            return;
        }
        if !self.actor_matches(&pattern.actor, row, bindings) {
            return;
        }
        if let Some(manner) = &pattern.manner {
            let policy = self.orders.policy();
            let is = row.manner.is_some_and(|id| policy.noun(id).name.as_deref() == Some(manner));
            if !is {
                return;
            }
        }
        let start = Match { row: index, object: None, bindings: bindings.clone(), place: None };
        let mut ways =
            if by_grant { self.by_grant(objects, row, start) } else { self.by_object(objects, row, start, mode) };
        for clause in &pattern.clauses {
            ways = ways.into_iter().flat_map(|way| self.by_clause(clause, row, way, mode)).collect();
            if ways.is_empty() {
                return;
            }
        }
        // A case arises where the first `each` found something; without any, at the object.
        found.extend(ways.into_iter().map(|way| {
            let object = way.object.and_then(|object| row.objects.get(object)).and_then(|object| object.place.0);
            Match { place: way.place.or(object), ..way }
        }));
    }

    /// A sentence that grants a right without naming it.
    fn by_grant(&self, objects: &'k [PatternEntry], row: &'k Row<'p>, start: Match<'k>) -> Vec<Match<'k>> {
        let Some(right) = row.grants else { return Vec::new() };
        // Who may withdraw one consent may not therefore withdraw another.
        let is_of_another = start.bindings.iter().any(|(_, thing)| {
            let Thing::Noun(bound) = thing else { return false };
            let policy = self.orders.policy();
            let is_basis = |id: NounId| policy.noun(id).kind == Kind::Basis;
            is_basis(*bound)
                && policy.noun(*bound).standard.is_none()
                && row.objects.iter().filter_map(Entry::noun_id).any(is_basis)
                && !row.objects.iter().any(|object| self.thing_covered(object, thing))
        });
        if is_of_another {
            return Vec::new();
        }
        let is = |wanted: &'k PatternEntry| match self.asked(wanted, &start.bindings) {
            Some(Named::Entries(entries)) => entries.iter().any(|entry| vocabulary::is(right, *entry)),
            Some(Named::Kind(kind)) => kind == Kind::Right,
            Some(Named::Members(class)) => class.members.iter().any(|member| {
                vocabulary::find(Kind::Right, &member.name).is_some_and(|entry| vocabulary::is(right, entry))
            }),
            Some(Named::Period | Named::Place(_)) | None => false,
        };
        if objects.is_empty() || objects.iter().any(is) { vec![start] } else { Vec::new() }
    }

    fn by_object(&self, objects: &'k [PatternEntry], row: &'k Row<'p>, start: Match<'k>, mode: Mode) -> Vec<Match<'k>> {
        if objects.is_empty() {
            return vec![start];
        }
        let mut ways = Vec::new();
        for wanted in objects {
            for (index, object) in row.objects.iter().enumerate() {
                if mode == Mode::Condition && self.is_only_asked_for(row, object) {
                    continue;
                }
                for bindings in self.entry_matches(wanted, object, row, &start.bindings, mode) {
                    let place = if wanted.determiner == Determiner::Each { object.place.0 } else { None };
                    let place = start.place.or(place);
                    ways.push(Match { object: Some(index), bindings, place, ..start.clone() });
                }
            }
        }
        // Without anything bound, one way in is enough.
        if ways.iter().all(|way| way.bindings.len() == start.bindings.len()) {
            ways.truncate(usize::max(1, if mode == Mode::Condition { ways.len() } else { 1 }));
        }
        ways
    }

    /// Whether a sentence asks for something that may be no data: a consent, or a proof that is only looked at.
    fn is_only_asked_for(&self, row: &Row<'_>, object: &Entry) -> bool {
        row.verbs.iter().all(|verb| matches!(&*verb.name, "ask-for" | "solicit"))
            && object.noun_id().is_some_and(|id| {
                let mut above = self.orders.entries(id).iter().map(|entry| vocabulary::entry(*entry).name);
                above.all(|name| matches!(name, "personal" | "information"))
            })
    }

    fn by_clause(&self, clause: &'k PatternClause, row: &'k Row<'p>, way: Match<'k>, mode: Mode) -> Vec<Match<'k>> {
        let found = self.clause_ways(clause, row, &way, mode);
        if found.is_empty() && clause.optional { vec![way] } else { found }
    }

    /// The clauses of a row that stand in a slot of a pattern, for the object at hand.
    fn said_clauses(&self, clause: &PatternClause, row: &'k Row<'p>, object: Option<usize>) -> Vec<&'k Clause> {
        let slots: &[Slot] = match clause.slot {
            // A transfer goes to a place or in it, as its verb has it.
            Slot::To | Slot::With | Slot::In if row.class() == Some(Class::Transfer) => {
                &[Slot::To, Slot::With, Slot::In]
            }
            Slot::To | Slot::With => &[Slot::To, Slot::With],
            // "Until you leave" is a period, as is "for 3 years".
            Slot::For if is_period(clause) => &[Slot::For, Slot::Until, Slot::While, Slot::Within],
            Slot::For => &[Slot::For],
            Slot::When => &[Slot::When, Slot::After],
            _ => std::slice::from_ref(&clause.slot),
        };
        let said = |slot: &Slot| match object.and_then(|index| row.objects.get(index)) {
            Some(object) => row.for_object(object, *slot),
            None => row.in_slot(*slot).collect(),
        };
        let mut found: Vec<&'k Clause> = slots.iter().flat_map(said).collect();
        // The reason of a legal basis stands in its own parentheses.
        if clause.slot == Slot::Because {
            let bases = said(&Slot::Under).into_iter().flat_map(|clause| entries_of(&clause.value));
            found.extend(bases.flat_map(|basis| &basis.tail).filter(|clause| clause.slot == Slot::Because));
            // So does the reason why data must be given.
            found.extend(said(&Slot::Required).into_iter().chain(said(&Slot::Optional)));
        }
        // The event that a period counts from is one that the sentence is about.
        if matches!(clause.slot, Slot::When | Slot::Before | Slot::After) {
            found.extend(said(&Slot::Within));
        }
        found.retain(|said| !clause.only || said.only);
        found
    }

    /// The sources of the object at hand that its declaration gives.
    fn sources(&self, clause: &PatternClause, row: &Row<'p>, object: Option<usize>) -> &'k [Entry] {
        let object = object.and_then(|index| row.objects.get(index)).filter(|_| clause.slot == Slot::From);
        object.and_then(Entry::noun_id).map_or(&[], |id| &self.orders.policy().noun(id).from)
    }

    /// The places of those to whom a transfer goes, where it names none itself.
    fn whereabouts(&self, clause: &PatternClause, row: &'k Row<'p>) -> Vec<&'k Entry> {
        if row.class() != Some(Class::Transfer) || !matches!(clause.slot, Slot::To | Slot::With | Slot::In) {
            return Vec::new();
        }
        let mut said = row.recipients().chain(row.entries(Slot::In));
        if said.any(|entry| matches!(entry.head, Head::Value(Value::Place(_)))) {
            return Vec::new();
        }
        let policy = self.orders.policy();
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

    fn clause_ways(&self, clause: &'k PatternClause, row: &'k Row<'p>, way: &Match<'k>, mode: Mode) -> Vec<Match<'k>> {
        let said = self.said_clauses(clause, row, way.object);
        if clause.values.is_empty() {
            return if said.is_empty() { Vec::new() } else { vec![way.clone()] };
        }
        let mut ways = Vec::new();
        for value in &clause.values {
            match value {
                PatternValue::Entry(wanted) => {
                    // Where all of some data comes from may be said once, where they are declared.
                    for entry in self.sources(clause, row, way.object) {
                        for bindings in self.entry_matches(wanted, entry, row, &way.bindings, mode) {
                            ways.push(Match { bindings, ..way.clone() });
                        }
                    }
                    for entry in self.whereabouts(clause, row) {
                        for bindings in self.entry_matches(wanted, entry, row, &way.bindings, mode) {
                            ways.push(Match { bindings, ..way.clone() });
                        }
                    }
                    for said in &said {
                        for entry in self
                            .clause_entries(said)
                            .into_iter()
                            .filter(|entry| !entry.other && self.is_for(entry, way))
                        {
                            for bindings in self.entry_matches(wanted, entry, row, &way.bindings, mode) {
                                let place = if wanted.determiner == Determiner::Each { entry.place.0 } else { None };
                                ways.push(Match { bindings, place: way.place.or(place), ..way.clone() });
                            }
                        }
                    }
                }
                PatternValue::Period(wanted) => {
                    if said.iter().any(|said| self.is_period(said, wanted, row)) {
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

    /// The entries of a clause, and the events that its condition names.
    fn clause_entries<'e>(&self, clause: &'e Clause) -> Vec<&'e Entry> {
        match &clause.value {
            ClauseValue::Condition(condition) => {
                tests_of(condition).into_iter().filter(|(_, not)| !not).map(|(entry, _)| entry).collect()
            }
            value => {
                self.arms(value).into_iter().flat_map(|entry| [entry].into_iter().chain(events_of(entry))).collect()
            }
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
        let policy = self.orders.policy();
        way.bindings.iter().all(|(_, thing)| {
            let Thing::Noun(bound) = thing else { return true };
            let kind = policy.noun(*bound).kind;
            let of_kind: Vec<NounId> =
                limits.iter().filter_map(|limit| limit.noun_id()).filter(|id| policy.noun(*id).kind == kind).collect();
            of_kind.is_empty() || of_kind.iter().any(|id| self.orders.covers(*id, *bound))
        })
    }

    /// Whether a clause gives a period within what a pattern asks for.
    fn is_period(&self, clause: &Clause, wanted: &law::Period, row: &Row<'_>) -> bool {
        let periods: Vec<&Period> = entries_of(&clause.value).into_iter().filter_map(Entry::period).collect();
        let manner = row.manner.and_then(|id| self.orders.policy().noun(id).name.as_deref());
        match wanted {
            law::Period::Any => {
                !periods.is_empty()
                    || matches!(clause.value, ClauseValue::Condition(_))
                        && matches!(clause.slot, Slot::Until | Slot::While)
                    || clause.slot == Slot::For && entries_of(&clause.value).iter().any(|entry| self.is_event(entry))
            }
            law::Period::Indefinite => manner == Some("indefinitely"),
            law::Period::Amount(bound, amount) => periods.iter().any(|period| within(period, *bound, *amount)),
            law::Period::Limit(bound, name) => {
                let amount = self.limit(name, *bound);
                amount.is_some_and(|amount| periods.iter().any(|period| within(period, *bound, amount)))
            }
        }
    }

    fn is_event(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| self.orders.policy().noun(id).kind == Kind::Event)
    }
}

/// What a name is bound to.
#[must_use]
pub fn bound<'k>(bindings: &Bindings<'k>, name: &str) -> Option<Thing<'k>> {
    bindings.iter().rev().find(|(of, _)| *of == name).map(|(_, thing)| *thing)
}

fn is_period(clause: &PatternClause) -> bool {
    clause.values.iter().any(|value| match value {
        PatternValue::Period(_) => true,
        PatternValue::Entry(entry) => entry.name == "period",
    })
}

/// The events that a period counts from or ends with.
fn events_of(entry: &Entry) -> Vec<&Entry> {
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

/// Whether a denial denies what a pattern asks for. Who sells nothing, or shares nothing in the sense of a statute, has
/// not said that nothing is disclosed: a general verb is denied by a general one.
fn is_denial_of(pattern: &Pattern, row: &Row<'_>) -> bool {
    let is_general =
        || row.verbs.iter().any(|verb| verbs::is_general(verb)) && row.in_slot(Slot::Sense).next().is_none();
    let has_sense = pattern.clauses.iter().any(|clause| clause.slot == Slot::Sense);
    has_sense || pattern.verbs.iter().any(|verb| classes_of(verb).is_empty()) || is_general()
}

/// Whether a period keeps within a bound. Where that depends on the calendar, it does.
#[must_use]
pub fn within(period: &Period, bound: Bound, amount: law::Amount) -> bool {
    let limit = (amount.number, amount.unit);
    let amounts: Vec<_> = period.steps.iter().filter_map(|step| step.amount).collect();
    if amounts.is_empty() {
        return false;
    }
    let least: u64 = amounts.iter().map(|amount| calendar::least_seconds(*amount)).sum();
    let most: u64 = amounts.iter().map(|amount| calendar::most_seconds(*amount)).sum();
    match bound {
        Bound::AtMost | Bound::Exact | Bound::Roughly | Bound::Last => least <= calendar::most_seconds(limit),
        Bound::AtLeast => most >= calendar::least_seconds(limit),
    }
}
