//! From what an author wrote to one text for all that means the same: names, order, labels and layout do not count.

use super::things::{Side, Thing, Things};
use crate::check::places;
use crate::check::rows::is_us;
use crate::policy::{
    Amount, Clause, ClauseValue, Condition, Entry, Group, Head, NounId, Period, PeriodStart, PeriodStep, Policy, Value,
};
use crate::syntax::calendar;
use crate::syntax::words::{Join, Kind, Openness, Slot};
use crate::vocabulary;

/// Writes the entries of one version.
#[derive(Clone, Copy)]
pub(super) struct Canonical<'c> {
    pub(super) policy: &'c Policy,
    pub(super) things: &'c Things,
    pub(super) side: Side,
    /// Whom "you" means.
    pub(super) readers: &'c [NounId],
}

impl<'c> Canonical<'c> {
    /// What a noun is, in both versions.
    pub(super) fn thing(&self, id: NounId) -> Option<Thing> {
        self.things.of(self.side, id)
    }

    fn noun(&self, id: NounId) -> String {
        if self.readers.contains(&id) {
            return "you".to_owned();
        }
        let is_place = self.policy.noun(id).kind == Kind::Place;
        let code = |entry: u16| vocabulary::entry(entry).name.strip_prefix("place-").filter(|_| is_place);
        match self.thing(id) {
            // A place is the same by its name and by its code.
            Some(Thing::Standard(entry)) if let Some(code) = code(entry) => {
                places::normal(&code.to_uppercase()).to_owned()
            }
            Some(thing) => text_of(thing),
            None => String::new(),
        }
    }

    /// What an entry stands for: the members of a complete list, or itself.
    pub(super) fn members<'e>(&self, entry: &'e Entry) -> Vec<&'e Entry>
    where
        'c: 'e,
    {
        match self.policy.group_of(entry) {
            Some(group) if group.openness == Openness::Namely => {
                group.entries.iter().flat_map(|member| self.members(member)).collect()
            }
            Some(_) | None => vec![entry],
        }
    }

    /// An entry with all that restricts it. A reason and a pointer take nothing and add nothing.
    pub(super) fn entry(&self, entry: &Entry) -> String {
        let tail = entry.tail.iter().filter(|clause| !matches!(clause.slot, Slot::Because | Slot::See));
        let tail: Vec<String> = tail.map(|clause| self.clause(clause)).collect();
        format!("{}{}", self.named(entry), joined("[", tail, "]"))
    }

    /// An entry without its own clauses.
    pub(super) fn named(&self, entry: &Entry) -> String {
        format!("{}{}", self.head(entry), self.refinement(entry))
    }

    fn head(&self, entry: &Entry) -> String {
        if is_us(entry, self.policy) {
            return "we".to_owned();
        }
        match &entry.head {
            Head::We => "we".to_owned(),
            Head::You => "you".to_owned(),
            Head::Noun(id) => self.noun(*id),
            Head::Field(id, position) => {
                let field = self.policy.noun(*id).fields.get(usize::from(*position));
                format!("{}.{}", self.noun(*id), field.map_or("", |field| &*field.key))
            }
            Head::Value(value) => value_text(value),
            Head::Period(period) => self.period(period),
            Head::Everything => "everything".to_owned(),
        }
    }

    /// What an entry says beside the noun it names, its own clauses excepted.
    pub(super) fn refinement(&self, entry: &Entry) -> String {
        let mut out = String::new();
        if entry.other {
            out.push_str(" other");
        }
        // "All" and "each" say of a thing what the thing alone says.
        if entry.is_part() {
            out.push_str(&format!(" {:?}", entry.quantifier));
        }
        if let Some(that) = &entry.that {
            out.push_str(&format!(" that<{that}>"));
        }
        if let Some(of) = &entry.of {
            out.push_str(&format!(" of<{}>", self.entry(of)));
        }
        let except: Vec<String> = entry.except.iter().map(|entry| self.entry(entry)).collect();
        out.push_str(&joined(" except<", except, ">"));
        out.push_str(&entry.group.as_ref().map(|group| self.group(group)).unwrap_or_default());
        // The provision behind a basis says where the basis stands, and no other thing.
        out
    }

    fn group(&self, group: &Group) -> String {
        let members = group.entries.iter().map(|entry| self.entry(entry)).collect();
        format!(" {:?}{}", group.openness, joined("<", members, ">"))
    }

    /// A clause: its slot and its value.
    pub(super) fn clause(&self, clause: &Clause) -> String {
        format!("{:?}{}:{}", clause.slot, if clause.only { " only" } else { "" }, self.value(&clause.value))
    }

    /// The value of a clause.
    pub(super) fn value(&self, value: &ClauseValue) -> String {
        match value {
            ClauseValue::List(entries, join) => {
                let entries: Vec<String> = entries.iter().map(|entry| self.entry(entry)).collect();
                joined(&format!("{join:?}("), entries, ")")
            }
            ClauseValue::Topic(topic, entries) => {
                joined(&format!("{topic}("), entries.iter().map(|entry| self.entry(entry)).collect(), ")")
            }
            ClauseValue::Condition(condition) => self.condition(condition),
            ClauseValue::Flag => String::new(),
            ClauseValue::Guarded(arms) => {
                // The order of arms is a part of what they say.
                let arm = |guard: &[Clause], value: &ClauseValue| {
                    let guard: Vec<String> = guard.iter().map(|clause| self.clause(clause)).collect();
                    format!("{}=>{}", joined("{", guard, "}"), self.value(value))
                };
                arms.iter().map(|one| arm(&one.guard, &one.value)).collect::<Vec<_>>().join("|")
            }
        }
    }

    /// A condition; in which order its tests stand says nothing.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Test(test) => {
                let state = test.state.map(|(_, state)| format!(" {state:?}")).unwrap_or_default();
                format!("{}{}{state}", if test.not { "not " } else { "" }, self.entry(&test.entry))
            }
            Condition::Joined(join, conditions) => {
                let join = if *join == Join::And { "and" } else { "or" };
                joined(&format!("{join}("), conditions.iter().map(|one| self.condition(one)).collect(), ")")
            }
        }
    }

    /// A period with all its steps.
    pub(super) fn period(&self, period: &Period) -> String {
        let steps = period
            .steps
            .iter()
            .map(|step| format!("{:?} {:?} {} {:?}", step.bound, length(step.amount), self.step(step), step.whichever));
        format!("{} {:?} {:?}", steps.collect::<Vec<_>>().join(";"), period.end, period.total)
    }

    /// What a step says beside how long it is.
    pub(super) fn step(&self, step: &PeriodStep) -> String {
        let start = match &step.start {
            Some(PeriodStart::Of(entry)) => format!("of {}", self.entry(entry)),
            Some(PeriodStart::After(condition)) => format!("after {}", self.condition(condition)),
            Some(PeriodStart::Before(condition)) => format!("before {}", self.condition(condition)),
            None => String::new(),
        };
        let until = step.until.as_ref().map(|condition| self.condition(condition));
        let lasting = step.lasting.as_ref().map(|condition| self.condition(condition));
        let stores = joined("<", step.stores.iter().map(|entry| self.entry(entry)).collect(), ">");
        format!("{start} {until:?} {lasting:?} {:?} {stores}", step.criterion)
    }
}

/// What stands for a thing.
pub(super) fn text_of(thing: Thing) -> String {
    match thing {
        Thing::Standard(entry) => format!("s{entry}"),
        Thing::Own(thing) => format!("o{thing}"),
    }
}

/// How long an amount is, in whichever unit it is written.
fn length(amount: Option<Amount>) -> Option<(u64, u64)> {
    amount.map(|amount| (calendar::least_seconds(amount), calendar::most_seconds(amount)))
}

/// A value says the same only where it is the same.
fn value_text(value: &Value) -> String {
    match value {
        Value::Date(date) => date.to_string(),
        Value::Citation(citation) => citation.words.to_string(),
        Value::Absent(absence) => format!("{absence:?}"),
        Value::Place(code) => places::normal(code).to_owned(),
        Value::Locale(text) | Value::Email(text) | Value::Code(text) | Value::Link(text) | Value::Text(text) => {
            text.to_string()
        }
        Value::Number(number) => number.to_string(),
    }
}

/// Parts in an order of their own; nothing if there are none.
fn joined(open: &str, mut parts: Vec<String>, close: &str) -> String {
    if parts.is_empty() {
        return String::new();
    }
    parts.sort_unstable();
    parts.dedup();
    format!("{open}{}{close}", parts.join(","))
}
