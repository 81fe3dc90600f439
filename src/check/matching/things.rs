//! From an entry of a pattern and one of a row to whether the row speaks of it, and of what exactly.

use super::{Bindings, Match, Mode, Named, Questions, Thing, bound};
use crate::check::places;
use crate::check::rows::{Row, is_us};
use crate::law::{Determiner, PatternEntry};
use crate::policy::{Entry, Head, NounId, Value};
use crate::source::Span;
use crate::syntax::words::{Kind, Quantifier};
use crate::vocabulary;

/// How an entry of a row answers an entry of a pattern.
pub(super) enum Answer<'k> {
    /// It does not.
    No,
    /// It does, and nothing is bound by it.
    Yes,
    /// Each of these things is a way of its own.
    Each(Vec<Thing<'k>>),
}

impl<'k> Answer<'k> {
    fn of(is: bool) -> Answer<'k> {
        if is { Answer::Yes } else { Answer::No }
    }

    /// Adds the ways in which a way goes on with this answer to an entry of a pattern, which stands at `place`.
    pub(super) fn extend(
        self,
        ways: &mut Vec<Match<'k>>,
        way: &Match<'k>,
        wanted: &'k PatternEntry,
        place: Option<Span>,
    ) {
        let place = way.place.or(place.filter(|_| wanted.determiner == Determiner::Each));
        match self {
            Answer::No => {}
            Answer::Yes => ways.push(Match { place, ..way.clone() }),
            Answer::Each(things) => ways.extend(things.into_iter().map(|thing| {
                let mut bindings = Vec::with_capacity(way.bindings.len() + 1);
                bindings.extend_from_slice(&way.bindings);
                bindings.push((wanted.name.as_str(), thing));
                Match { row: way.row, object: way.object, bindings, place }
            })),
        }
    }
}

impl<'p, 'k> Questions<'p, 'k> {
    /// How an entry of a row answers an entry of a pattern, with what was bound before.
    pub(super) fn answer(
        &self,
        wanted: &'k PatternEntry,
        entry: &'k Entry,
        row: &Row<'_>,
        bindings: &Bindings<'k>,
        mode: Mode,
    ) -> Answer<'k> {
        let policy = self.layout.orders.policy();
        if wanted.name == "us" || wanted.name == "you" {
            let is_reader =
                matches!(entry.head, Head::You) || entry.noun_id().is_some_and(|id| row.readers.contains(&id));
            let is = if wanted.name == "us" { is_us(entry, policy) } else { is_reader };
            return Answer::of(is);
        }
        if wanted.determiner == Determiner::That {
            let Some(thing) = bound(bindings, &wanted.name) else { return Answer::No };
            let covered =
                self.thing_covered(entry, &thing) || mode == Mode::Condition && self.thing_reached(entry, &thing);
            return Answer::of(covered);
        }
        let Some(named) = self.asked(wanted, bindings) else { return Answer::No };
        if wanted.determiner != Determiner::Each {
            let whole = mode != Mode::Condition && self.is_whole(entry, &named, row.denied);
            return Answer::of(whole || self.entry_or_member_is(entry, &named));
        }
        // What is named only as some of something is no case of its own.
        if entry.quantifier == Some(Quantifier::Any) || entry.is_part() {
            return Answer::No;
        }
        let mut things: Vec<Thing<'k>> = Vec::new();
        match &entry.head {
            Head::Noun(id) => {
                let inside: Vec<NounId> =
                    entry.group.iter().flat_map(|group| &group.entries).filter_map(Entry::noun_id).collect();
                let all = if inside.is_empty() { self.layout.orders.leaves(*id) } else { inside };
                let seen = all.into_iter().map(|id| self.seen_as(id, &named));
                things.extend(seen.filter(|id| self.noun_is(*id, &named)).map(Thing::Noun));
            }
            Head::Value(Value::Place(code)) if self.entry_is(entry, &named) => {
                things.push(Thing::Place(code));
            }
            Head::Value(Value::Citation(citation)) if self.entry_is(entry, &named) => {
                things.extend(self.cited(citation).into_iter().map(Thing::Entry));
            }
            Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => {}
        }
        Answer::Each(things)
    }

    fn entry_or_member_is(&self, entry: &Entry, named: &Named<'_>) -> bool {
        self.entry_is(entry, named)
            || entry.group.iter().flat_map(|group| &group.entries).any(|member| self.entry_is(member, named))
    }

    /// Whether an entry speaks of everything of a kind: `all`, `any personal`.
    fn is_whole(&self, entry: &Entry, named: &Named<'_>, denied: bool) -> bool {
        match (&entry.head, named) {
            (Head::Everything, _) => entry.quantifier.is_some(),
            // What is said of wider data or of more people is said of these. A wider basis, right or party is another one,
            // but who denies it denies what is narrower.
            (Head::Noun(id), Named::Entries(entries)) => {
                let noun = self.layout.orders.policy().noun(*id);
                (denied || matches!(noun.kind, Kind::Data | Kind::People | Kind::Product))
                    && noun.standard.is_some_and(|own| entries.iter().any(|entry| vocabulary::is(*entry, own)))
            }
            _ => false,
        }
    }

    /// Whether an entry of a row is about a thing or about something that it is a part of.
    #[must_use]
    pub fn thing_covered(&self, entry: &Entry, thing: &Thing<'k>) -> bool {
        match thing {
            Thing::Noun(bound) => {
                let cut =
                    entry.except.iter().filter_map(Entry::noun_id).any(|id| self.layout.orders.covers(id, *bound));
                let kind = self.layout.orders.policy().noun(*bound).kind;
                !cut && match &entry.head {
                    Head::Noun(id) | Head::Field(id, _) => {
                        self.layout.orders.covers(*id, *bound)
                            || entry
                                .group
                                .iter()
                                .flat_map(|group| &group.entries)
                                .any(|member| self.thing_covered(member, thing))
                    }
                    Head::Everything => entry.quantifier.is_some() && kind == Kind::Data,
                    Head::Value(Value::Citation(_)) => {
                        let named = self
                            .layout
                            .orders
                            .policy()
                            .noun(*bound)
                            .standard
                            .map(|entry| Named::Entries([entry].into()));
                        named.is_some_and(|named| self.entry_is(entry, &named))
                    }
                    Head::We | Head::You | Head::Value(_) | Head::Period(_) => false,
                }
            }
            Thing::Place(code) => match &entry.head {
                Head::Value(Value::Place(place)) => places::lies_in(code, place, self.day),
                _ => false,
            },
            Thing::Entry(bound) => self.entry_is(entry, &Named::Entries([*bound].into())),
        }
    }

    /// Whether an entry of a row is a part of a thing.
    fn thing_reached(&self, entry: &Entry, thing: &Thing<'k>) -> bool {
        match (thing, entry.noun_id()) {
            (Thing::Noun(bound), Some(id)) => self.layout.orders.covers(*bound, id),
            (Thing::Noun(_) | Thing::Place(_) | Thing::Entry(_), _) => false,
        }
    }
}
