//! From the rules of a law to what becomes of each: met and where, denied, missing, not asked for and why.
//!
//! A rule is asked as it is written: its conditions find cases, each with what `each` bound, and every demand is asked
//! of every case. Nothing here knows a law.

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::matching::{Bindings, Match, Mode, Named, Questions, Thing, bound, within};
use super::places;
use super::rows::{Row, field_values, values_of};
use crate::law::{self, Condition, Demand, Determiner, NounTest, Pattern, PatternValue, PrintPlace, Subject, Test};
use crate::policy::{Entry, Head, Noun, NounId, Policy, ProsePart, Value};
use crate::source::Span;
use crate::syntax::ast::Unit;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary;

/// What became of a demand in one case, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The policy says it.
    Met,
    /// The policy says that it is somebody else's to say.
    Delegated,
    /// Nobody says so, and nobody needs to: a thing that the law forbids.
    NothingSaysSo,
    /// Nobody can tell, because the policy does not say something that decides it.
    CannotTell,
    /// The policy says that it is not so.
    Denied,
    /// The policy says nothing.
    Missing,
    /// The policy says what the law forbids.
    Violated,
}

/// What is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// A statement.
    Statement,
    /// A clause of a statement.
    Clause(Slot),
    /// A field of a noun.
    Field(String),
    /// A noun.
    Noun,
    /// Words that the law fixes.
    Words,
    /// Nothing is missing; something else should stand there.
    Other,
}

/// What became of a rule in one case.
#[derive(Clone, Debug)]
pub struct Case {
    /// What became of it.
    pub state: State,
    /// What is missing, if something is.
    pub missing: Missing,
    /// What the case is about, in the author's words: `photos`.
    pub about: Option<String>,
    /// Where the case arose; none if it is about the whole policy.
    pub place: Option<Span>,
    /// Where it is met, denied or violated, each with the id of the statement.
    pub witnesses: Vec<(Span, String)>,
}

/// What became of a rule.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It was asked; one case at least.
    Asked(Vec<Case>),
    /// Nothing in the policy makes it apply.
    NotApplicable,
    /// It is in force later.
    NotYet(Date),
    /// It is no longer in force.
    NoLonger(Date),
    /// Nothing can be checked, and why.
    NotChecked(String),
    /// It has a date, and the policy has none.
    Undated,
}

/// A case while the conditions are being asked.
#[derive(Clone, Debug, Default)]
struct Found<'k> {
    bindings: Bindings<'k>,
    /// The rows that the conditions named, each with the object at hand.
    rows: Vec<(&'k str, usize, Option<usize>)>,
    place: Option<Span>,
}

/// Asks the rules of one pack.
pub struct Asking<'p, 'k> {
    /// What the policy answers.
    pub questions: Questions<'p, 'k>,
    /// The rows whose statements the law speaks to; the others are skipped in conditions.
    pub spoken_to: &'k [bool],
}

impl<'p, 'k> Asking<'p, 'k> {
    fn policy(&self) -> &'p Policy {
        self.questions.orders.policy()
    }

    /// What becomes of a rule.
    #[must_use]
    pub fn ask(&self) -> Outcome {
        let found = self.questions.found;
        let rule = found.rule;
        let from = found.from();
        match self.questions.day {
            Some(day) => {
                if let Some(from) = from.filter(|from| day < *from) {
                    return Outcome::NotYet(from);
                }
                if let Some(until) = rule.until.filter(|until| *until <= day) {
                    return Outcome::NoLonger(until);
                }
            }
            None if rule.from.is_some() || rule.until.is_some() => return Outcome::Undated,
            None => {}
        }
        if let Some(why) = &rule.unchecked {
            return Outcome::NotChecked(why.clone());
        }
        let mut cases = vec![Found::default()];
        for condition in found.conditions {
            cases = cases.into_iter().flat_map(|case| self.condition(condition, case)).collect();
            if cases.is_empty() {
                return Outcome::NotApplicable;
            }
        }
        let mut asked = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for case in &cases {
            for result in found.demands.iter().flat_map(|demand| self.demand(demand, case)) {
                // One datum of ten sentences is one case.
                let key = format!("{:?}{:?}{:?}", result.about, result.missing, result.state);
                if result.about.is_some() && seen.insert(key, asked.len()).is_some() {
                    continue;
                }
                asked.push(result);
            }
        }
        if asked.is_empty() { Outcome::NotApplicable } else { Outcome::Asked(asked) }
    }

    // ── conditions ──────────────────────────────────────────────────────────────────────────────────────

    /// The cases that a condition leaves or makes of one.
    fn condition(&self, condition: &'k Condition, case: Found<'k>) -> Vec<Found<'k>> {
        match condition {
            Condition::Row(name, pattern) => {
                let mut found: Vec<Match<'k>> =
                    self.questions.find(pattern, pattern.denied, &case.bindings, Mode::Condition);
                found.retain(|way| self.spoken_to.get(way.row).copied().unwrap_or(true));
                let binds = name.is_some() || found.iter().any(|way| way.bindings.len() > case.bindings.len());
                if !binds {
                    found.truncate(1);
                }
                found
                    .into_iter()
                    .map(|way| {
                        let mut next = case.clone();
                        next.place = next.place.or(way.place).or(self.questions.rows.get(way.row).map(|row| row.span));
                        next.bindings = way.bindings;
                        next.rows.extend(name.as_deref().map(|name| (name, way.row, way.object)));
                        next
                    })
                    .collect()
            }
            Condition::Noun(test) => match self.noun_test(test, &case.bindings) {
                Some((true, _)) => vec![case],
                Some((false, _)) | None => Vec::new(),
            },
            Condition::Absent(name) => {
                if self.absent(name).is_some() {
                    vec![case]
                } else {
                    Vec::new()
                }
            }
            Condition::SomeOf(conditions) => {
                let mut all = Vec::new();
                for condition in conditions {
                    all.extend(self.condition(condition, case.clone()));
                    // Without anything bound, one is enough.
                    if all.iter().any(|found: &Found<'_>| found.bindings.len() == case.bindings.len()) {
                        break;
                    }
                }
                all
            }
            Condition::Not(inner) => {
                // What nobody can tell is no exemption, and no reason to ask either.
                if let Condition::Noun(test) = &**inner
                    && self.noun_test(test, &case.bindings).is_none()
                {
                    return Vec::new();
                }
                if self.condition(inner, case.clone()).is_empty() { vec![case] } else { Vec::new() }
            }
        }
    }

    /// Where the policy says that there is no such thing.
    fn absent(&self, name: &str) -> Option<(Span, String)> {
        let wanted: &[&str] = match name {
            "data-protection-officer" | "dpo" => &["dpo", "data-protection-officer"],
            _ => std::slice::from_ref(&name),
        };
        let policy = self.policy();
        let row = self.questions.rows.iter().find(|row| {
            row.denied
                && !row.internal
                && row.is_ours(policy)
                && row.objects.iter().filter_map(Entry::noun_id).any(|id| {
                    let kind = policy.noun(id).kind;
                    wanted.iter().any(|name| self.questions.orders.is(id, kind, name))
                })
        })?;
        Some((row.span, row.statement.to_owned()))
    }

    /// Whether a noun is or has what is asked, and where; none if nobody can tell.
    fn noun_test(&self, test: &'k NounTest, bindings: &Bindings<'k>) -> Option<(bool, Option<Span>)> {
        match &test.subject {
            Subject::Us => self.test_nouns(&self.policy().header.we, &test.test, true),
            Subject::Policy => Some((self.policy_has(&test.test), self.policy().header.span)),
            Subject::Any(name) => {
                let named = self.questions.named(name)?;
                let policy = self.policy();
                let nouns: Vec<NounId> = (0..policy.nouns.len() as u32)
                    .map(NounId)
                    .filter(|id| self.is_there(*id) && self.questions.noun_is(*id, &named))
                    .collect();
                self.test_nouns(&nouns, &test.test, false).or(Some((false, None)))
            }
            Subject::That(name) => match bound(bindings, name)? {
                Thing::Noun(id) => self.test_nouns(&[id], &test.test, true),
                Thing::Place(code) => match &test.test {
                    Test::In { not, places } => {
                        let inside = places.iter().any(|place| self.questions.place_in(code, place));
                        Some((inside != *not, None))
                    }
                    Test::Is { not, classes } => {
                        let is = classes.iter().any(|class| match class.as_str() {
                            "state" => places::is_state(code),
                            class => self.questions.place_in(code, class),
                        });
                        Some((is != *not, None))
                    }
                    Test::Has { .. } | Test::InForce => None,
                },
                Thing::Period(_) => None,
                Thing::Entry(entry) => match &test.test {
                    Test::Is { not, classes } => {
                        let is = classes.iter().any(|class| match self.questions.named(class) {
                            Some(Named::Entries(entries)) => entries.iter().any(|of| vocabulary::is(entry, *of)),
                            Some(Named::Members(class)) => class.members.iter().any(|member| {
                                let of =
                                    Kind::from_word(&class.kind).and_then(|kind| vocabulary::find(kind, &member.name));
                                of.is_some_and(|of| vocabulary::is(entry, of))
                            }),
                            Some(Named::Kind(_) | Named::Period | Named::Place(_)) | None => false,
                        });
                        Some((is != *not, None))
                    }
                    Test::InForce => Some((self.entry_in_force(entry), None)),
                    Test::In { .. } | Test::Has { .. } => None,
                },
            },
        }
    }

    /// Whether a noun counts as being there: the author declares it, or names it.
    fn is_there(&self, id: NounId) -> bool {
        let noun = self.policy().noun(id);
        !noun.dropped && !noun.internal
    }

    fn test_nouns(&self, nouns: &[NounId], test: &'k Test, all: bool) -> Option<(bool, Option<Span>)> {
        let answers: Vec<(bool, Option<Span>)> = nouns.iter().filter_map(|id| self.test_noun(*id, test)).collect();
        let decided = if all { answers.iter().find(|(is, _)| !is) } else { answers.iter().find(|(is, _)| *is) };
        decided.or(answers.first()).copied()
    }

    fn test_noun(&self, id: NounId, test: &'k Test) -> Option<(bool, Option<Span>)> {
        let noun = self.policy().noun(id);
        let here = Some(noun.span);
        match test {
            Test::Is { not, classes } => {
                let is = classes
                    .iter()
                    .any(|class| self.questions.named(class).is_some_and(|named| self.questions.noun_is(id, &named)));
                Some((is != *not, here))
            }
            Test::In { not, places } => {
                let mut codes = self.places_of(noun).peekable();
                codes.peek()?;
                let inside = codes.all(|code| places.iter().any(|place| self.questions.place_in(code, place)));
                Some((inside != *not, here))
            }
            Test::Has { not, fields, bound } => {
                let span = fields.iter().find_map(|field| self.has(id, field, bound.as_ref()));
                Some((span.is_some() != *not, span.or(here)))
            }
            Test::InForce => Some((noun.standard.is_none_or(|entry| self.entry_in_force(entry)), here)),
        }
    }

    /// The codes of the places where a noun is.
    fn places_of<'n>(&self, noun: &'n Noun) -> impl Iterator<Item = &'n str> {
        field_values(noun, &["country", "seat", "in"]).filter_map(|entry| match &entry.head {
            Head::Value(Value::Place(code)) => Some(&**code),
            _ => None,
        })
    }

    fn entry_in_force(&self, entry: u16) -> bool {
        let Some(day) = self.questions.day else { return true };
        let field = |key: &str| -> Option<Date> {
            let (_, values) = vocabulary::entry(entry).fields.iter().find(|(of, _)| *of == key)?;
            values.first()?.parse().ok()
        };
        field("from").is_none_or(|from| from <= day) && field("until").is_none_or(|until| day < until)
    }

    /// Where a noun has a field, with a value within the bound.
    fn has(&self, id: NounId, field: &str, within: Option<&law::Period>) -> Option<Span> {
        let noun = self.policy().noun(id);
        if field == "contact" {
            return self.contact(id);
        }
        if field == "name" {
            return (noun.label.is_some() || noun.name.is_some()).then_some(noun.span);
        }
        let found = noun.fields.iter().find(|of| &*of.key == field)?;
        let Some(within) = within else {
            return values_of(found)
                .all(|value| !matches!(value.head, Head::Value(Value::Absent(_))))
                .then_some(found.span);
        };
        // A word such as `session` or an author's phrase is no number that could be too large.
        let fits = values_of(found).all(|value| value.period().is_none_or(|period| self.fits(period, within)));
        fits.then_some(found.span)
    }

    fn fits(&self, period: &crate::policy::Period, limit: &law::Period) -> bool {
        match limit {
            law::Period::Any => true,
            law::Period::Indefinite => false,
            law::Period::Amount(bound, amount) => within(period, *bound, *amount),
            law::Period::Limit(bound, name) => {
                self.questions.limit(name, *bound).is_none_or(|amount| within(period, *bound, amount))
            }
        }
    }

    /// Where somebody says how to be reached.
    fn contact(&self, id: NounId) -> Option<Span> {
        let policy = self.policy();
        let noun = policy.noun(id);
        let keys = ["email", "post", "phone", "site", "form"];
        if let Some(field) = noun.fields.iter().find(|field| keys.contains(&&*field.key)) {
            return Some(field.span);
        }
        // The publisher's contacts stand on their own.
        let ours = policy.header.we.contains(&id);
        let contacts = policy.nouns.iter().filter(|noun| noun.kind == Kind::Contact && noun.declared && !noun.internal);
        let free = contacts.filter(|_| ours).find(|contact| !contact.fields.is_empty()).map(|contact| contact.span);
        // "You may contact our officer via …" says so as well.
        let said = || {
            let row = self.questions.rows.iter().find(|row| {
                !row.denied
                    && row
                        .verbs
                        .iter()
                        .any(|verb| matches!(&*verb.name, "contact" | "write-to" | "call" | "email" | "reach"))
                    && row.entries(Slot::Via).next().is_some()
                    && row.objects.iter().any(|object| match object.head {
                        Head::We => ours,
                        _ => object.noun_id() == Some(id),
                    })
            });
            row.map(|row| row.span)
        };
        free.or_else(said)
    }

    fn policy_has(&self, test: &Test) -> bool {
        let Test::Has { not, fields, bound } = test else { return true };
        *not != fields.iter().any(|field| match field.as_str() {
            "updated" => {
                self.policy().header.updated.as_ref().is_some_and(|updated| match (bound, self.questions.day) {
                    (Some(law::Period::Amount(_, amount)), Some(day)) => {
                        oldest(day, *amount).is_none_or(|oldest| oldest <= updated.date)
                    }
                    _ => true,
                })
            }
            "title" => !self.policy().header.title.is_empty(),
            _ => false,
        })
    }

    // ── demands ─────────────────────────────────────────────────────────────────────────────────────────

    fn demand(&self, demand: &'k Demand, case: &Found<'k>) -> Vec<Case> {
        match demand {
            Demand::Say { whether, separately, one_of } => {
                match one_of.as_slice() {
                    // `a, b` asks for every one of them, each perhaps in a sentence of its own.
                    [pattern] if pattern.objects.len() > 1 && !pattern.one_object => {
                        let ask = |(index, object): (usize, &law::PatternEntry)| {
                            let mut asked = self.say(*whether, *separately, one_of, Some(index), case);
                            asked.about.get_or_insert_with(|| object.name.clone());
                            asked
                        };
                        pattern.objects.iter().enumerate().map(ask).collect()
                    }
                    [pattern] => self.say_members(*whether, *separately, pattern, case),
                    _ => vec![self.say(*whether, *separately, one_of, None, case)],
                }
            }
            Demand::Clause { row, not, clauses } => {
                clauses.iter().map(|clause| self.clause(row, *not, clause, case)).collect()
            }
            Demand::Name { class, fields, places } => vec![self.name(class, fields, places, case)],
            Demand::Noun(test) => vec![self.noun(test, case)],
            Demand::Never(pattern) => self.never(pattern, case),
            Demand::Print { words, place } => vec![self.print(words, *place, case)],
        }
    }

    /// A case of this rule in some state.
    fn case(&self, found: &Found<'k>, state: State, missing: Missing) -> Case {
        let about = found.bindings.first().map(|(_, thing)| self.words(thing));
        Case { state, missing, about, place: found.place, witnesses: Vec::new() }
    }

    /// The author's name for a thing.
    fn words(&self, thing: &Thing<'k>) -> String {
        match thing {
            Thing::Noun(id) => {
                let noun = self.policy().noun(*id);
                noun.name.as_deref().map_or_else(|| noun.words().into_owned(), str::to_owned)
            }
            Thing::Place(code) => (*code).to_owned(),
            Thing::Period(_) => "this period".to_owned(),
            Thing::Entry(entry) => vocabulary::entry(*entry).name.to_owned(),
        }
    }

    /// `all lgpd-right` asks for every member of the class; `at-least 2 way` for so many.
    fn say_members(&self, whether: bool, separately: bool, pattern: &'k Pattern, found: &Found<'k>) -> Vec<Case> {
        let all = pattern.objects.first().filter(|object| object.determiner == Determiner::All);
        let members: Vec<&'k str> = match all.and_then(|object| self.questions.named(&object.name)) {
            Some(Named::Members(class)) => class.members.iter().map(|member| member.name.as_str()).collect(),
            _ => return vec![self.say(whether, separately, std::slice::from_ref(pattern), None, found)],
        };
        let kind = all.and_then(|object| match self.questions.named(&object.name) {
            Some(Named::Members(class)) => Kind::from_word(&class.kind),
            _ => None,
        });
        members
            .into_iter()
            .map(|member| {
                let mut with = found.clone();
                let entry = kind.and_then(|kind| vocabulary::find(kind, member));
                let name = all.map_or("", |object| object.name.as_str());
                with.bindings.extend(entry.map(|entry| (name, Thing::Entry(entry))));
                let mut case = self.say(whether, separately, std::slice::from_ref(pattern), None, &with);
                case.about = Some(member.to_owned());
                case
            })
            .collect()
    }

    fn say(
        &self,
        whether: bool,
        separately: bool,
        patterns: &'k [Pattern],
        object: Option<usize>,
        found: &Found<'k>,
    ) -> Case {
        let mut case = self.case(found, State::Missing, Missing::Statement);
        for pattern in patterns {
            let stated = self.said(pattern, pattern.denied, object, found);
            let stated: Vec<&Row<'p>> =
                stated.into_iter().filter(|row| !separately || self.stands_apart(row)).collect();
            if !stated.is_empty() && self.are_enough(pattern, &stated) {
                case.state = State::Met;
                case.witnesses.extend(stated.iter().map(|row| (row.span, row.statement.to_owned())));
                continue;
            }
            let denied: Vec<&Row<'p>> = self
                .said(pattern, !pattern.denied, object, found)
                .into_iter()
                .filter(|row| !self.excepts(row, found))
                .collect();
            if !denied.is_empty() && case.state != State::Met {
                case.state = if whether { State::Met } else { State::Denied };
                case.witnesses.extend(denied.iter().map(|row| (row.span, row.statement.to_owned())));
            }
        }
        case
    }

    /// Whether rows name as many things as a pattern counts: `via at-least 2 way`. A contact counts once for each way
    /// to reach somebody that it has.
    fn are_enough(&self, pattern: &'k Pattern, rows: &[&Row<'p>]) -> bool {
        pattern.clauses.iter().all(|clause| {
            let least = clause.values.iter().find_map(|value| match value {
                PatternValue::Entry(entry) => match entry.determiner {
                    Determiner::AtLeast(least) => Some(least as usize),
                    Determiner::Each | Determiner::That | Determiner::Any | Determiner::All => None,
                },
                PatternValue::Period(_) => None,
            });
            let Some(least) = least else { return true };
            let mut seen: Vec<&Entry> = Vec::new();
            let mut count = 0;
            for entry in rows.iter().flat_map(|row| row.entries(clause.slot)) {
                if seen.contains(&entry) {
                    continue;
                }
                seen.push(entry);
                let noun = entry.noun_id().map(|id| self.policy().noun(id));
                let ways = noun.filter(|noun| noun.kind == Kind::Contact).map_or(1, |noun| noun.fields.len());
                count += ways.max(1);
            }
            count >= least
        })
    }

    /// The rows that say a pattern, for one of its objects if one is given.
    fn said(&self, pattern: &'k Pattern, denied: bool, object: Option<usize>, found: &Found<'k>) -> Vec<&'k Row<'p>> {
        let ways = self.questions.find_object(pattern, object, denied, &found.bindings, Mode::Demand);
        let mut rows: Vec<usize> = ways.into_iter().map(|way| way.row).collect();
        rows.dedup();
        rows.into_iter().filter_map(|row| self.questions.rows.get(row)).collect()
    }

    /// Whether what a denial cuts out is what the case is about.
    fn excepts(&self, row: &Row<'p>, found: &Found<'k>) -> bool {
        let Some(except) = row.except else { return false };
        found
            .bindings
            .iter()
            .any(|(_, thing)| except.entries.iter().any(|entry| self.questions.thing_covered(entry, thing)))
    }

    /// Whether a statement stands under a heading where nothing else is said.
    fn stands_apart(&self, row: &Row<'p>) -> bool {
        let Some(section) = row.section else { return false };
        let rows = self
            .questions
            .rows
            .iter()
            .filter(|other| other.section == Some(section) && other.origin == super::rows::Origin::Said);
        let about_rights = |other: &Row<'_>| {
            use vocabulary::Class::{Choice, Consent, Duty, Right};
            matches!(other.class(), Some(Right | Choice | Consent | Duty))
        };
        let mut granted = rows.clone().filter_map(|other| other.objects.first().and_then(Entry::noun_id));
        let rights: Vec<NounId> = granted.by_ref().filter(|id| self.policy().noun(*id).kind == Kind::Right).collect();
        rows.clone().all(about_rights) && rights.len() <= 2
    }

    fn clause(&self, name: &str, not: bool, clause: &'k law::PatternClause, found: &Found<'k>) -> Case {
        let mut case = self.case(found, State::Missing, Missing::Clause(clause.slot));
        let named = found.rows.iter().find(|(of, ..)| *of == name);
        let Some((row, index, object)) =
            named.and_then(|(_, row, object)| self.questions.rows.get(*row).map(|found| (found, *row, *object)))
        else {
            return case;
        };
        let says = self.questions.says_clause(clause, row, index, object, &found.bindings);
        case.state = match (says, not) {
            (true, false) | (false, true) => State::Met,
            (true, true) => State::Violated,
            (false, false) => State::Missing,
        };
        if not {
            case.missing = Missing::Other;
        }
        if case.state == State::Met {
            case.witnesses.push((row.span, row.statement.to_owned()));
        }
        // The same use may be said again with what is missing here.
        if case.state == State::Missing
            && let Some(other) = self.says_elsewhere(row, clause, found)
        {
            case.state = State::Met;
            case.witnesses.push(other);
        }
        case
    }

    /// Where another sentence about the same has the clause that one lacks.
    fn says_elsewhere(
        &self,
        row: &Row<'p>,
        clause: &'k law::PatternClause,
        found: &Found<'k>,
    ) -> Option<(Span, String)> {
        let class = row.class()?;
        let rows = self.questions.by_class.get(&class)?;
        rows.iter().find_map(|index| {
            let other = self.questions.rows.get(*index)?;
            if other.denied || other.internal || std::ptr::eq(other, row) {
                return None;
            }
            // All that the case is about must be what the other sentence is about.
            let about_all = found.bindings.iter().all(|(_, thing)| {
                let mut entries = other
                    .objects
                    .iter()
                    .chain(other.clauses.iter().flat_map(|clause| super::rows::entries_of(&clause.value)));
                entries.any(|entry| self.questions.thing_covered(entry, thing))
            });
            let object = found.bindings.iter().find_map(|(_, thing)| {
                other.objects.iter().position(|object| self.questions.thing_covered(object, thing))
            });
            let binds = found.bindings.is_empty() || about_all;
            (binds
                && !found.bindings.is_empty()
                && self.questions.says_clause(clause, other, *index, object, &found.bindings))
            .then(|| (other.span, other.statement.to_owned()))
        })
    }

    fn name(&self, class: &'k str, fields: &'k [String], places: &[String], found: &Found<'k>) -> Case {
        let mut case = self.case(found, State::Missing, Missing::Noun);
        let policy = self.policy();
        let named = self.questions.named(class);
        let serving = self.serving_as(class);
        for index in 0..policy.nouns.len() as u32 {
            let id = NounId(index);
            let noun = policy.noun(id);
            let is = named.as_ref().is_some_and(|named| self.questions.noun_is(id, named))
                || serving.contains(&id)
                || class == "controller" && policy.header.we.contains(&id);
            // The bare word of the vocabulary names nobody.
            let somebody = noun.declared || noun.vendor.is_some() || noun.standard.is_none();
            if !is || !somebody || !self.is_there(id) {
                continue;
            }
            let has = fields.is_empty() || fields.iter().any(|field| self.has(id, field, None).is_some());
            let mut codes = self.places_of(noun).peekable();
            let lies = places.is_empty()
                || codes.peek().is_some()
                    && codes.any(|code| places.iter().any(|place| self.questions.place_in(code, place)));
            if has && lies {
                case.state = State::Met;
                case.witnesses.push((noun.span, noun.id.to_string()));
            } else if case.state != State::Met {
                case.place = Some(noun.span);
                if !has {
                    case.missing = Missing::Field(fields.join("` or `"));
                }
            }
        }
        if case.state != State::Met
            && let Some(witness) = self.absent(class)
        {
            case.state = State::Denied;
            case.witnesses.push(witness);
        }
        case
    }

    /// The parties that a sentence says to act in a capacity of this name: `jane serves as dpo`.
    fn serving_as(&self, class: &str) -> Vec<NounId> {
        let wanted: &[&str] = match class {
            "data-protection-officer" => &["dpo"],
            _ => std::slice::from_ref(&class),
        };
        let policy = self.policy();
        let is = |entry: &Entry| {
            entry.noun_id().is_some_and(|id| {
                policy.noun(id).kind == Kind::Role
                    && wanted.iter().any(|name| self.questions.orders.is(id, Kind::Role, name))
            })
        };
        let rows =
            self.questions.rows.iter().filter(|row| !row.denied && !row.internal && row.entries(Slot::As).any(is));
        rows.flat_map(|row| row.actors.iter().chain(row.objects.iter()).filter_map(Entry::noun_id)).collect()
    }

    fn noun(&self, test: &'k NounTest, found: &Found<'k>) -> Case {
        let missing = match &test.test {
            Test::Has { fields, .. } => Missing::Field(fields.join("` or `")),
            Test::Is { .. } | Test::In { .. } | Test::InForce => Missing::Other,
        };
        let mut case = self.case(found, State::CannotTell, missing);
        if let Subject::That(name) = &test.subject {
            case.about = bound(&found.bindings, name).map(|thing| self.words(&thing)).or(case.about);
        }
        if let Some((is, place)) = self.noun_test(test, &found.bindings) {
            case.state = match (is, &test.test) {
                (true, _) => State::Met,
                (false, Test::Has { not: false, bound: None, .. }) => State::Missing,
                (false, _) => State::Violated,
            };
            if is {
                case.witnesses.extend(place.map(|place| (place, String::new())));
            } else {
                case.place = case.place.or(place);
            }
        }
        case
    }

    fn never(&self, pattern: &'k Pattern, found: &Found<'k>) -> Vec<Case> {
        let mut ways = self.questions.find(pattern, pattern.denied, &found.bindings, Mode::Condition);
        ways.retain(|way| self.spoken_to.get(way.row).copied().unwrap_or(true));
        let mut rows: Vec<usize> = ways.iter().map(|way| way.row).collect();
        rows.dedup();
        if rows.is_empty() {
            let denied = self.said(pattern, !pattern.denied, None, found);
            let state = if denied.is_empty() { State::NothingSaysSo } else { State::Met };
            let mut case = self.case(found, state, Missing::Other);
            case.witnesses.extend(denied.iter().map(|row| (row.span, row.statement.to_owned())));
            return vec![case];
        }
        ways.into_iter()
            .filter_map(|way| {
                let row = self.questions.rows.get(way.row)?;
                let mut case = self.case(found, State::Violated, Missing::Other);
                let object = way.object.and_then(|object| row.objects.get(object));
                case.about =
                    case.about.or_else(|| object.and_then(Entry::noun_id).map(|id| self.words(&Thing::Noun(id))));
                case.place = way.place.or(Some(row.span));
                case.witnesses.push((row.span, row.statement.to_owned()));
                Some(case)
            })
            .collect()
    }

    fn print(&self, words: &[String], place: PrintPlace, found: &Found<'k>) -> Case {
        let mut case = self.case(found, State::Missing, Missing::Words);
        let policy = self.policy();
        let wanted: Vec<String> = words.iter().map(|words| folded(words)).collect();
        let holds = |text: &str| {
            let text = folded(text);
            wanted.iter().any(|wanted| text.contains(wanted.as_str()))
        };
        if matches!(place, PrintPlace::Anywhere | PrintPlace::Title) && holds(&policy.header.title) {
            case.witnesses.extend(policy.header.span.map(|span| (span, "policy".to_owned())));
        }
        if place != PrintPlace::Title {
            for noun in policy.nouns.iter().filter(|noun| !noun.internal && !noun.dropped) {
                let is_link = noun.kind == Kind::Link && noun.link.is_some();
                if (place == PrintPlace::Anywhere || is_link) && noun.label.as_deref().is_some_and(holds) {
                    case.witnesses.push((noun.span, noun.id.to_string()));
                }
            }
        }
        if place == PrintPlace::Anywhere {
            prose(&policy.nodes, &mut |id, text| {
                if holds(text) {
                    case.witnesses.extend(policy.header.span.map(|span| (span, id.to_owned())));
                }
            });
        }
        if !case.witnesses.is_empty() {
            case.state = State::Met;
        }
        case
    }
}

/// The author's prose, whole.
fn prose<'p>(nodes: &'p [crate::policy::Node], visit: &mut dyn FnMut(&'p str, &str)) {
    use crate::policy::Node;
    for node in nodes {
        match node {
            Node::Prose(prose) => {
                let text: String = prose
                    .parts
                    .iter()
                    .map(|part| match part {
                        ProsePart::Text(text) => text.as_str(),
                        ProsePart::Reference(_) | ProsePart::See(_) => " ",
                    })
                    .collect();
                visit(&prose.id, &text);
            }
            Node::Section(section) => self::prose(&section.nodes, visit),
            Node::Scope(scope) => self::prose(&scope.nodes, visit),
            Node::Steps(steps) => self::prose(&steps.nodes, visit),
            Node::Edition(_, nodes) => self::prose(nodes, visit),
            Node::Sentence(_) | Node::Noun(_) | Node::Addition(_) => {}
        }
    }
}

/// A text as fixed words are compared: case and white space make no difference.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The oldest day that is no older than an amount.
fn oldest(day: Date, amount: law::Amount) -> Option<Date> {
    let number = i64::from(amount.number);
    let span = match amount.unit {
        Unit::Year => number.years(),
        Unit::Month => number.months(),
        Unit::Quarter => (3 * number).months(),
        Unit::Week => number.weeks(),
        Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => number.days(),
    };
    day.checked_sub(span).ok()
}
