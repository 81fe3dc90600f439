//! Whom a law protects, and which of several values holds for them.

use jiff::civil::Date;

use super::{Mode, Questions};
use crate::check::places;
use crate::check::rows::entries_of;
use crate::policy::{Clause, ClauseValue, Entry, Field, NounId};
use crate::syntax::words::Slot;

impl<'p, 'k> Questions<'p, 'k> {
    /// Whether the readers whom the law protects are told what a row says. A condition asks the caller instead.
    pub(super) fn is_heard(&self, row: usize, mode: Mode) -> bool {
        mode == Mode::Condition || self.speaks_to(row)
    }

    /// Whether the readers whom the law protects are among those whom a row speaks to.
    #[must_use]
    pub fn speaks_to(&self, row: usize) -> bool {
        self.heard.get(self.layout.group(row)).copied().unwrap_or(true)
    }

    /// Whether the law protects some of the readers of the policy.
    #[must_use]
    pub fn speaks_to_readers(&self) -> bool {
        if self.audience.is_empty() {
            // Readers may live anywhere, or all of them live elsewhere.
            self.layout.audience.is_empty()
        } else {
            self.protects_in(&self.audience)
        }
    }

    /// Whether the law protects people who live in one of these places.
    #[must_use]
    pub fn protects(&self, places: &[String]) -> bool {
        let meant: Vec<&str> = places.iter().flat_map(|place| meant(place, self.places, self.day)).collect();
        self.protects_in(&meant)
    }

    /// The same of places where only readers live who are meant.
    fn protects_in(&self, places: &[&str]) -> bool {
        let regions = self.found.readers();
        regions.is_empty() && !places.is_empty()
            || regions.iter().any(|region| match self.found.class(region) {
                Some(class) => class.members.iter().any(|member| {
                    self.is_member(member.from, member.until)
                        && places.iter().any(|place| places::meet(place, &member.name, self.day))
                }),
                None => places.iter().any(|place| places::meet(place, region, self.day)),
            })
    }

    /// The entries of a value that hold for the readers whom the law protects.
    pub(super) fn arms<'e>(&self, value: &'e ClauseValue) -> Vec<&'e Entry> {
        let ClauseValue::Guarded(arms) = value else { return entries_of(value) };
        self.heard_arms(arms, |arm| &arm.guard).into_iter().flat_map(|arm| self.arms(&arm.value)).collect()
    }

    /// The values of a field that hold for the readers whom the law protects.
    #[must_use]
    pub fn heard_values<'f>(&self, field: &'f Field) -> Vec<&'f Entry> {
        let heard = self.heard_arms(&field.arms, |arm| &arm.guard);
        field.values.iter().chain(heard.into_iter().flat_map(|arm| &arm.values)).collect()
    }

    /// The arms that hold for the readers whom the law protects. What is said for everybody else does not hold for
    /// those who have an arm of their own.
    fn heard_arms<'a, A>(&self, arms: &'a [A], guard: impl Fn(&A) -> &[Clause]) -> Vec<&'a A> {
        let homes = |arm: &A| -> Option<Vec<String>> {
            let people = guard(arm).iter().filter(|clause| clause.slot == Slot::About);
            let nouns: Vec<NounId> =
                people.flat_map(|clause| entries_of(&clause.value)).filter_map(Entry::noun_id).collect();
            if nouns.is_empty() { None } else { self.layout.homes.of(&nouns) }
        };
        let has_own = arms.iter().any(|arm| homes(arm).is_some_and(|places| self.protects(&places)));
        arms.iter()
            .filter(|arm| match homes(arm) {
                Some(places) => self.protects(&places),
                None => !(guard(arm).is_empty() && has_own),
            })
            .collect()
    }
}

/// The parts of a place whose readers are meant: those in some places only, or all of it if there is none.
pub(super) fn meant<'e>(place: &'e str, only: &'e [String], day: Option<Date>) -> Vec<&'e str> {
    if only.is_empty() {
        return vec![place];
    }
    let parts = only.iter().filter(|part| places::meet(place, part, day));
    parts.map(|part| if places::lies_in(place, part, day) { place } else { part }).collect()
}
