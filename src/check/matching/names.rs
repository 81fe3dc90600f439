//! From a name in a rule to what it stands for in a policy: a kind, an entry of the vocabulary and all below it, the
//! members of a class on the day of the check, a place.

use std::rc::Rc;

use jiff::civil::Date;

use super::Questions;
use crate::check::{citations, places};
use crate::law;
use crate::policy::{Citation, Entry, Head, NounId, Provision, Value};
use crate::syntax::calendar;
use crate::syntax::words::{Bound, Kind};
use crate::vocabulary;

/// What a name in a pattern stands for.
#[derive(Clone, Debug)]
pub enum Named<'k> {
    /// Every noun of a kind.
    Kind(Kind),
    /// Any period.
    Period,
    /// Whatever is at or below one of these entries of the vocabulary.
    Entries(Rc<[u16]>),
    /// The members of a class of the pack, and those of them on the day of the check that the vocabulary has.
    Members(&'k law::Class, Rc<[u16]>),
    /// A place by its code.
    Place(&'k str),
}

impl Named<'_> {
    /// Whether an entry of the vocabulary lies at or below the name.
    #[must_use]
    pub fn covers(&self, narrow: u16) -> bool {
        match self {
            Named::Kind(kind) => vocabulary::entry(narrow).kind == *kind,
            Named::Entries(entries) | Named::Members(_, entries) => {
                entries.iter().any(|wide| vocabulary::is(narrow, *wide))
            }
            Named::Period | Named::Place(_) => false,
        }
    }
}

impl<'p, 'k> Questions<'p, 'k> {
    /// What a name of the pack stands for; none if it stands for nothing, which the reading of packs reports.
    #[must_use]
    pub fn named(&self, name: &'k str) -> Option<Named<'k>> {
        if let Some(known) = self.names.borrow().get(name) {
            return known.clone();
        }
        let named = self.find_name(name);
        self.names.borrow_mut().insert(name, named.clone());
        named
    }

    fn find_name(&self, name: &'k str) -> Option<Named<'k>> {
        if let Some(class) = self.found.class(name) {
            let members = class.members.iter().filter(|member| self.is_member(member.from, member.until));
            let kind = Kind::from_word(&class.kind);
            let known = members.filter_map(|member| vocabulary::find(kind?, &member.name));
            return Some(Named::Members(class, known.collect()));
        }
        if name == "period" {
            return Some(Named::Period);
        }
        if let Some(kind) = Kind::from_word(name) {
            return Some(Named::Kind(kind));
        }
        let start = vocabulary::ENTRIES.partition_point(|entry| entry.name < name);
        let entries: Rc<[u16]> = (start..vocabulary::ENTRIES.len())
            .take_while(|index| vocabulary::ENTRIES.get(*index).is_some_and(|entry| entry.name == name))
            .map(|index| index as u16)
            .collect();
        if !entries.is_empty() {
            return Some(Named::Entries(entries));
        }
        name.starts_with(|first: char| first.is_ascii_uppercase()).then_some(Named::Place(name))
    }

    /// Whether a class has a member on the day of the check.
    pub(super) fn is_member(&self, from: Option<Date>, until: Option<Date>) -> bool {
        self.day.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
    }

    /// A service is seen as the party that renders it, where a party is asked for.
    #[must_use]
    pub fn seen_as(&self, noun: NounId, named: &Named<'_>) -> NounId {
        let asks_for_party = match named {
            Named::Kind(kind) => *kind == Kind::Party,
            Named::Entries(entries) => entries.iter().any(|entry| vocabulary::entry(*entry).kind == Kind::Party),
            Named::Members(class, _) => class.kind == Kind::Party.word(),
            Named::Period | Named::Place(_) => false,
        };
        let seen = self.layout.orders.policy().noun(noun);
        let party = seen.of.as_deref().and_then(Entry::noun_id);
        party.filter(|_| asks_for_party && seen.kind == Kind::Engagement).unwrap_or(noun)
    }

    /// Whether a noun lies at or below a name.
    #[must_use]
    pub fn noun_is(&self, noun: NounId, named: &Named<'_>) -> bool {
        let noun = self.seen_as(noun, named);
        match named {
            // Whatever a sentence says "via" is a means.
            Named::Kind(Kind::Way) => matches!(
                self.layout.orders.policy().noun(noun).kind,
                Kind::Way
                    | Kind::Contact
                    | Kind::Link
                    | Kind::Setting
                    | Kind::Steps
                    | Kind::Section
                    | Kind::Product
                    | Kind::Tracker
                    | Kind::Term
                    | Kind::Party
            ),
            Named::Kind(kind) => {
                self.layout.orders.policy().noun(noun).kind == *kind
                    && (*kind != Kind::Data || !self.layout.orders.is_non_personal(noun))
            }
            Named::Entries(entries) | Named::Members(_, entries) => {
                entries.iter().any(|entry| self.layout.orders.is_entry(noun, *entry))
            }
            Named::Place(code) => self.code_of(noun).is_some_and(|of| places::lies_in(&of, code, self.day)),
            Named::Period => false,
        }
    }

    /// The code of a place that is a noun.
    fn code_of(&self, noun: NounId) -> Option<String> {
        let entry = self.layout.orders.policy().noun(noun).standard?;
        vocabulary::entry(entry).name.strip_prefix("place-").map(str::to_ascii_uppercase)
    }

    /// Whether a place lies in a place or in a class of places.
    #[must_use]
    pub fn place_in(&self, place: &str, region: &str) -> bool {
        match self.found.class(region) {
            Some(class) => class.members.iter().any(|member| {
                self.is_member(member.from, member.until) && places::lies_in(place, &member.name, self.day)
            }),
            None => places::lies_in(place, region, self.day),
        }
    }

    /// The bases that a citation stands for: `` `gdpr 6(1)(b)` `` is the contract.
    pub(super) fn cited(&self, citation: &Citation) -> Vec<u16> {
        let policy = self.layout.orders.policy();
        citation.provisions.iter().filter_map(|provision| citations::bases(provision, policy)).flatten().collect()
    }

    /// Whether one of the laws of a citation lies at or below what a name stands for. A provision that is a basis
    /// itself, such as Article 6(1)(c), is not the law behind it.
    fn law_is(&self, citation: &Citation, named: &Named<'_>) -> bool {
        let policy = self.layout.orders.policy();
        let of_law = |provision: &&Provision| citations::bases(provision, policy).is_none_or(|bases| bases.is_empty());
        let laws = citation.provisions.iter().filter(of_law).filter_map(|provision| provision.law);
        laws.into_iter().any(|law| self.noun_is(law, named))
    }

    /// Whether an entry of a row lies at or below what a name stands for.
    pub(super) fn entry_is(&self, entry: &Entry, named: &Named<'_>) -> bool {
        let cited = entry.citation.as_deref().or(match &entry.head {
            Head::Value(Value::Citation(citation)) => Some(citation),
            _ => None,
        });
        let by_citation =
            cited.is_some_and(|citation| self.cited(citation).into_iter().any(|cited| named.covers(cited)));
        let by_head = match &entry.head {
            Head::Noun(id) | Head::Field(id, _) => self.noun_is(*id, named),
            Head::Value(Value::Place(code)) => match named {
                Named::Kind(kind) => *kind == Kind::Place,
                Named::Place(region) => places::lies_in(code, region, self.day),
                Named::Members(class, _) => self.place_in(code, &class.name),
                Named::Entries(_) | Named::Period => false,
            },
            // A law that is cited is a law.
            Head::Value(Value::Citation(_)) => matches!(named, Named::Kind(Kind::Law)),
            Head::Value(Value::Email(_) | Value::Link(_)) => {
                matches!(named, Named::Kind(Kind::Contact | Kind::Way | Kind::Link))
            }
            Head::Period(_) => matches!(named, Named::Period),
            Head::Value(Value::Text(_)) => matches!(named, Named::Kind(Kind::Way | Kind::Reason)),
            Head::We | Head::You | Head::Value(_) | Head::Everything => false,
        };
        by_head || by_citation || cited.is_some_and(|citation| self.law_is(citation, named))
    }

    /// The strictest amount of a limit among the places that the policy speaks to: the least that something may last
    /// at most, the most that it must last at least.
    #[must_use]
    pub fn limit(&self, name: &str, bound: Bound) -> Option<law::Amount> {
        let limit = self.found.limit(name)?;
        let lies = |of: &str, places: &[String]| places.iter().any(|place| places::meet(place, of, self.day));
        // What holds otherwise holds for those who live in none of the places that are named.
        let is_named = |of: &str| limit.arms.iter().any(|(places, _)| lies(of, places));
        let speaks_to = |places: &[String]| {
            self.audience.is_empty()
                || if places.is_empty() {
                    self.audience.iter().any(|of| !is_named(of))
                } else {
                    self.audience.iter().any(|of| lies(of, places))
                }
        };
        let amounts = limit.arms.iter().filter(|(places, _)| speaks_to(places)).map(|(_, amount)| *amount);
        let length = |amount: &law::Amount| calendar::least_seconds((amount.number, amount.unit));
        if bound == Bound::AtLeast { amounts.max_by_key(length) } else { amounts.min_by_key(length) }
    }
}
