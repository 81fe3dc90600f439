//! From a rule's pattern and a row to whether the row says it, and of which nouns.
//!
//! In a condition, a row matches if what it names lies at or below what the pattern names; a row that names something
//! wider, `any personal` against `each health`, does not speak of it. In a demand, `that data` is answered by a row
//! about these data or about anything they are a part of.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;
use jiff::civil::Date;

use super::consistency::verbs;
use super::rows::{Row, is_us};
use crate::law::{Actor, Determiner, Found, Pattern, PatternClause, PatternEntry, PatternValue};
use crate::policy::{Entry, Head, NounId};
use crate::syntax::words::{Force, Kind, Slot};
use crate::vocabulary::{self, Class, Verb};

mod clauses;
mod layout;
mod mentions;
mod names;
mod readers;
mod things;

pub use clauses::{amounts, within};
pub use layout::Layout;
pub use mentions::Mentions;
pub use names::Named;

/// What `each` found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing<'k> {
    /// A noun.
    Noun(NounId),
    /// A place by its code.
    Place(&'k str),
    /// An entry of the vocabulary that the policy only cites.
    Entry(u16),
}

/// What the names of a rule stand for in one case.
pub type Bindings<'k> = Vec<(&'k str, Thing<'k>)>;

/// Whether a pattern is asked as a condition or as a demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Rows at or below the pattern match.
    Condition,
    /// Rows that cover the pattern match.
    Demand,
    /// As in a demand, however long a period is that the pattern gives a greatest length.
    AnyLength,
}

/// A policy laid out for the questions of one rule.
pub struct Questions<'p, 'k> {
    /// The policy.
    pub layout: &'k Layout<'p, 'k>,
    /// The day whose law is meant.
    pub day: Option<Date>,
    /// The rule, with the packs whose names its patterns use.
    pub found: &'k Found<'k>,
    /// The codes of the only places whose readers are meant by the name under which the policy names the law; all if
    /// empty.
    places: &'k [String],
    /// The codes of the places where those readers of the policy live who are meant; anywhere if there is none.
    audience: Vec<&'k str>,
    /// Whether the law protects the readers of each group.
    heard: Vec<bool>,
    names: RefCell<HashMap<&'k str, Option<Named<'k>>>>,
    answers: RefCell<HashMap<Question<'k>, Rc<[Match<'k>]>>>,
}

/// What is asked of a policy, with all that the answer depends on.
#[derive(PartialEq, Eq, Hash)]
struct Question<'k> {
    pattern: *const Pattern,
    object: Option<usize>,
    denied: bool,
    mode: Mode,
    bound: Bindings<'k>,
}

/// One way in which a row matches.
#[derive(Clone, Debug)]
pub struct Match<'k> {
    /// The row.
    pub row: usize,
    /// Which of its objects matched.
    pub object: Option<usize>,
    /// What was bound: in an answer, beyond what the question gave.
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
        "have" => &[Class::Right],
        _ => &[],
    }
}

/// The verbs that a verb of a pattern stands for, by their names, where it does not stand for classes of them.
fn names_of(verb: &str) -> &[&str] {
    match verb {
        "sell" => &["sell", "rent", "lease", "license", "trade"],
        _ => &[],
    }
}

/// Whether doing what a row says is what a pattern's verb names.
fn is_verb(pattern: &str, verb: &Verb) -> bool {
    classes_of(pattern).contains(&verb.class) && !(pattern == "have" && is_no_right(verb))
        || names_of(pattern).contains(&&*verb.name)
        || *verb.name == *pattern
}

/// Whether a verb of the class of rights says what somebody may do and no right that they have.
fn is_no_right(verb: &Verb) -> bool {
    matches!(&*verb.name, "appeal" | "complain" | "nominate")
}

impl<'p, 'k> Questions<'p, 'k> {
    /// The questions of a rule as of a day, for readers in some places only unless there is none.
    #[must_use]
    pub fn new(
        layout: &'k Layout<'p, 'k>,
        found: &'k Found<'k>,
        places: &'k [String],
        day: Option<Date>,
    ) -> Questions<'p, 'k> {
        let (names, answers) = (RefCell::default(), RefCell::default());
        let all = if layout.audience.is_empty() { places } else { &layout.audience };
        let audience = all.iter().flat_map(|place| readers::meant(place, places, day)).collect();
        let mut questions = Questions { layout, day, found, places, audience, heard: Vec::new(), names, answers };
        let is_heard = |home: &Option<Vec<String>>| home.as_deref().is_none_or(|places| questions.protects(places));
        questions.heard = layout.groups.iter().map(is_heard).collect();
        questions
    }

    /// What an entry of a pattern stands for: of `all lgpd-right`, the member that is asked for.
    fn asked(&self, wanted: &'k PatternEntry, bindings: &Bindings<'k>) -> Option<Named<'k>> {
        match (wanted.determiner, bound(bindings, &wanted.name)) {
            (Determiner::All, Some(Thing::Entry(entry))) => Some(Named::Entries([entry].into())),
            _ => self.named(&wanted.name),
        }
    }

    /// Every way in which the policy says a pattern, whether denied or not as asked.
    #[must_use]
    pub fn find(&self, pattern: &'k Pattern, denied: bool, bindings: &Bindings<'k>, mode: Mode) -> Rc<[Match<'k>]> {
        self.find_object(pattern, None, denied, bindings, mode)
    }

    /// The same for one of the objects of a pattern, if one is given.
    ///
    /// Whatever asks the same of the policy gets the same answer, so that a rule with thousands of cases asks once for
    /// each thing that makes a difference.
    #[must_use]
    pub fn find_object(
        &self,
        pattern: &'k Pattern,
        object: Option<usize>,
        denied: bool,
        bindings: &Bindings<'k>,
        mode: Mode,
    ) -> Rc<[Match<'k>]> {
        let bound = self.deciding(pattern, bindings);
        let question = Question { pattern, object, denied, mode, bound };
        if let Some(known) = self.answers.borrow().get(&question) {
            return Rc::clone(known);
        }
        let answer: Rc<[Match<'k>]> = self.search(&question, pattern).into();
        self.answers.borrow_mut().insert(question, Rc::clone(&answer));
        answer
    }

    /// The rows that say of the very thing at hand what a pattern asks for, but longer than it lets them.
    #[must_use]
    pub fn longer(&self, pattern: &'k Pattern, object: Option<usize>, bindings: &Bindings<'k>) -> Vec<usize> {
        if !pattern.has_maximum() {
            return Vec::new();
        }
        let kept = self.find_object(pattern, object, false, bindings, Mode::Demand);
        let all = self.find_object(pattern, object, false, bindings, Mode::AnyLength);
        let is_about_it = |way: &Match<'_>| {
            let said = self.layout.rows.get(way.row).zip(way.object).and_then(|(row, object)| row.objects.get(object));
            said.and_then(Entry::noun_id).is_some_and(|id| bindings.iter().any(|(_, thing)| *thing == Thing::Noun(id)))
        };
        let is_kept = |way: &Match<'_>| kept.iter().any(|kept| kept.row == way.row);
        all.iter().filter(|way| is_about_it(way) && !is_kept(way)).map(|way| way.row).collect()
    }

    fn search(&self, question: &Question<'k>, pattern: &'k Pattern) -> Vec<Match<'k>> {
        let Question { object, denied, mode, .. } = *question;
        let objects = match object {
            Some(index) => pattern.objects.get(index..=index).unwrap_or_default(),
            None => &pattern.objects,
        };
        let mut found = Vec::new();
        for index in self.candidates(pattern, objects, &question.bound, mode) {
            let Some(row) = self.layout.rows.get(index) else { continue };
            if !self.is_said(row) || row.denied != denied || !self.is_firm(row) || !self.is_heard(index, mode) {
                continue;
            }
            if denied && !is_denial_of(pattern, row) {
                continue;
            }
            // The sentence in front of a complete list of cases says no more than the cases.
            if row.has_cases && mode == Mode::Condition {
                continue;
            }
            self.match_row((pattern, objects), index, row, &question.bound, mode, &mut found);
        }
        for way in &mut found {
            way.bindings.drain(..question.bound.len());
        }
        found
    }

    /// Whether a row is said to the readers on the day of the check.
    #[must_use]
    pub fn is_said(&self, row: &Row<'_>) -> bool {
        let editions = &self.layout.orders.policy().editions;
        let edition = row.edition.and_then(|id| editions.iter().find(|edition| edition.noun == id));
        !row.internal && edition.zip(self.day).is_none_or(|(edition, day)| edition.is_valid(day))
    }

    /// What of all that is bound makes a difference to how a pattern is answered.
    fn deciding(&self, pattern: &'k Pattern, bindings: &Bindings<'k>) -> Bindings<'k> {
        if self.layout.has_limits {
            return bindings.clone();
        }
        let grants = pattern.grants();
        let policy = self.layout.orders.policy();
        let is_basis = |thing: &Thing<'_>| matches!(thing, Thing::Noun(id) if policy.noun(*id).kind == Kind::Basis);
        let decides =
            |(name, thing): &&(&'k str, Thing<'k>)| grants && is_basis(thing) || pattern.names().any(|of| of == *name);
        bindings.iter().filter(decides).copied().collect()
    }

    /// What might not be, or should not be, is no denial.
    fn is_firm(&self, row: &Row<'_>) -> bool {
        !row.denied || !matches!(row.force, Force::Might | Force::Should)
    }

    /// The rows whose verbs a pattern may mean.
    fn candidates(
        &self,
        pattern: &Pattern,
        objects: &[PatternEntry],
        bindings: &Bindings<'k>,
        mode: Mode,
    ) -> Vec<usize> {
        let layout = self.layout;
        // What is bound already is looked up, so that no rule compares every row with every other.
        let bound_noun = |entry: &PatternEntry| match bound(bindings, &entry.name) {
            Some(Thing::Noun(id)) if entry.determiner == Determiner::That => Some(id),
            Some(Thing::Noun(_) | Thing::Place(_) | Thing::Entry(_)) | None => None,
        };
        // Where data come from may be said where they are declared.
        let named_in = |clause: &PatternClause| match clause.values.as_slice() {
            [PatternValue::Entry(entry)] if clause.slot != Slot::From && !clause.optional => bound_noun(entry),
            _ => None,
        };
        if let [object] = objects
            && let Some(id) = bound_noun(object)
            && !pattern.grants()
        {
            return layout.objects.about(layout.orders, id, mode);
        }
        let actor = match &pattern.actor {
            Actor::Entry(entry) => bound_noun(entry),
            Actor::We | Actor::You => None,
        };
        if let Some(id) = actor.or_else(|| pattern.clauses.iter().find_map(named_in)) {
            return layout.anywhere.about(layout.orders, id, mode);
        }
        let mut rows: Vec<usize> = Vec::new();
        for verb in &pattern.verbs {
            rows.extend(classes_of(verb).iter().filter_map(|class| layout.by_class.get(class)).flatten());
            let names = names_of(verb).iter().copied().chain(std::iter::once(verb.as_str()));
            rows.extend(names.filter_map(|name| layout.by_verb.get(name)).flatten());
        }
        if pattern.grants() {
            rows.extend(&layout.grants);
        }
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    fn actor_matches(&self, actor: &'k Actor, row: &'k Row<'p>, bindings: &Bindings<'k>) -> bool {
        let policy = self.layout.orders.policy();
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
            let policy = self.layout.orders.policy();
            let is = row.manner.is_some_and(|id| policy.noun(id).name.as_deref() == Some(manner));
            if !is {
                return;
            }
        }
        if !pattern.clauses.iter().all(|clause| self.may_say(clause, index, row)) {
            return;
        }
        let start = Match { row: index, object: None, bindings: bindings.clone(), place: None };
        let mut ways =
            if by_grant { self.by_grant(objects, row, start) } else { self.by_object(objects, row, start, mode) };
        let giving = pattern.clauses.iter().any(|clause| matches!(clause.slot, Slot::Required | Slot::Optional));
        for clause in &pattern.clauses {
            ways = ways.into_iter().flat_map(|way| self.by_clause(clause, row, way, mode, giving)).collect();
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
            let policy = self.layout.orders.policy();
            let is_basis = |id: NounId| policy.noun(id).kind == Kind::Basis;
            is_basis(*bound)
                && policy.noun(*bound).standard.is_none()
                && row.objects.iter().filter_map(Entry::noun_id).any(is_basis)
                && !row.objects.iter().any(|object| self.thing_covered(object, thing))
        });
        if is_of_another {
            return Vec::new();
        }
        let is =
            |wanted: &'k PatternEntry| self.asked(wanted, &start.bindings).is_some_and(|named| named.covers(right));
        if objects.is_empty() || objects.iter().any(is) { vec![start] } else { Vec::new() }
    }

    fn by_object(
        &self,
        objects: &'k [PatternEntry],
        row: &'k Row<'p>,
        mut start: Match<'k>,
        mode: Mode,
    ) -> Vec<Match<'k>> {
        if objects.is_empty() {
            return vec![start];
        }
        let mut ways = Vec::new();
        for wanted in objects {
            for (index, object) in row.objects.iter().enumerate() {
                if mode == Mode::Condition && self.is_only_asked_for(row, object) {
                    continue;
                }
                let answer = self.answer(wanted, object, row, &start.bindings, mode);
                start.object = Some(index);
                answer.extend(&mut ways, &start, wanted, object.place.0);
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
                let mut above = self.layout.orders.entries(id).iter().map(|entry| vocabulary::entry(*entry).name);
                above.all(|name| matches!(name, "personal" | "information"))
            })
    }
}

/// What a name is bound to.
#[must_use]
pub fn bound<'k>(bindings: &Bindings<'k>, name: &str) -> Option<Thing<'k>> {
    bindings.iter().rev().find(|(of, _)| *of == name).map(|(_, thing)| *thing)
}

/// Whether a denial denies what a pattern asks for. Who sells nothing, or shares nothing in the sense of a statute, has
/// not said that nothing is disclosed: a general verb is denied by a general one.
fn is_denial_of(pattern: &Pattern, row: &Row<'_>) -> bool {
    let is_general =
        || row.verbs.iter().any(|verb| verbs::is_general(verb)) && row.in_slot(Slot::Sense).next().is_none();
    let has_sense = pattern.clauses.iter().any(|clause| clause.slot == Slot::Sense);
    has_sense || pattern.verbs.iter().any(|verb| classes_of(verb).is_empty() || verb == "have") || is_general()
}
