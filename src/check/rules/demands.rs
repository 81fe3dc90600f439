//! From a demand and a case to what became of it.

use std::rc::Rc;

use super::{Asking, Case, Found, Missing, State};
use crate::check::matching::{Match, Mentions, Mode, Named, Thing, bound};
use crate::check::rows::{Row, entries_of, is_us};
use crate::law::{self, Demand, Determiner, NounTest, Pattern, PatternValue, PrintPlace, Subject, Test};
use crate::policy::{Entry, Node, NounId, ProsePart};
use crate::source::Span;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary;

/// How many places are kept for each answer.
const MOST_WITNESSES: usize = 5;

impl<'p, 'k> Asking<'p, 'k> {
    // ── demands ─────────────────────────────────────────────────────────────────────────────────────────

    pub(super) fn demand(&self, demand: &'k Demand, case: &Found<'k>) -> Vec<Case> {
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
            Demand::Name { class, fields, places } => {
                vec![self.whole(demand, case, || self.name(class, fields, places))]
            }
            Demand::Noun(test) => vec![self.noun(test, case)],
            Demand::Never(pattern) => self.never(pattern, case),
            Demand::Print { words, place } => vec![self.whole(demand, case, || self.print(words, *place))],
        }
    }

    /// What became of a demand on the policy as a whole, told of a case.
    fn whole(&self, demand: &'k Demand, found: &Found<'k>, ask: impl FnOnce() -> Case) -> Case {
        let known = self.wholes.borrow().get(&std::ptr::from_ref(demand)).cloned();
        let whole = known.unwrap_or_else(|| {
            let asked = ask();
            self.wholes.borrow_mut().insert(demand, asked.clone());
            asked
        });
        let case = self.case(found, whole.state, Missing::Other);
        Case { about: case.about, place: whole.place.or(case.place), ..whole }
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
            Thing::Entry(entry) => vocabulary::entry(*entry).name.to_owned(),
        }
    }

    /// `all lgpd-right` asks for every member of the class; `at-least 2 way` for so many.
    fn say_members(&self, whether: bool, separately: bool, pattern: &'k Pattern, found: &Found<'k>) -> Vec<Case> {
        let all = pattern.objects.first().filter(|object| object.determiner == Determiner::All);
        let named = all.and_then(|object| Some((object, self.questions.named(&object.name)?)));
        let Some((object, Named::Members(_, members))) = named else {
            return vec![self.say(whether, separately, std::slice::from_ref(pattern), None, found)];
        };
        let ask = |member: &u16| {
            let mut with = found.clone();
            with.bindings.push((object.name.as_str(), Thing::Entry(*member)));
            let mut case = self.say(whether, separately, std::slice::from_ref(pattern), None, &with);
            case.about = Some(vocabulary::entry(*member).name.to_owned());
            case
        };
        members.iter().map(ask).collect()
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
            let stated = self.rows(&stated).filter(|row| !separately || self.layout().stands_apart(row));
            if stated.clone().next().is_some() && self.are_enough(pattern, stated.clone()) {
                let longer = self.questions.longer(pattern, object, &found.bindings);
                if let Some(longer) = longer.first().and_then(|row| self.layout().rows.get(*row)) {
                    case.state = State::Violated;
                    case.missing = Missing::Other;
                    case.place = Some(longer.span);
                    return case;
                }
                case.state = State::Met;
                case.witnesses.extend(witnesses(stated));
                continue;
            }
            // Who does what a law wants to be left alone has not denied anything.
            if pattern.denied && !whether {
                continue;
            }
            let denied = self.said(pattern, !pattern.denied, object, found);
            let denied = self.rows(&denied).filter(|row| !self.excepts(row, found));
            if case.state != State::Met && denied.clone().next().is_some() {
                case.state = if whether { State::Met } else { State::Denied };
                case.witnesses.extend(witnesses(denied));
            }
        }
        case
    }

    /// Whether rows name as many things as a pattern counts: `via at-least 2 way`. A contact counts once for each way
    /// to reach somebody that it has.
    fn are_enough(&self, pattern: &'k Pattern, rows: impl Iterator<Item = &'k Row<'p>> + Clone) -> bool {
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
            for entry in rows.clone().flat_map(|row| row.entries(clause.slot)) {
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

    /// How the policy says a pattern, for one of its objects if one is given.
    fn said(&self, pattern: &'k Pattern, denied: bool, object: Option<usize>, found: &Found<'k>) -> Rc<[Match<'k>]> {
        self.questions.find_object(pattern, object, denied, &found.bindings, Mode::Demand)
    }

    /// The rows of an answer, each once.
    fn rows<'m>(&self, ways: &'m [Match<'k>]) -> impl Iterator<Item = &'k Row<'p>> + Clone + use<'m, 'p, 'k> {
        let rows = self.layout().rows;
        ways.chunk_by(|one, other| one.row == other.row).filter_map(|same| rows.get(same.first()?.row))
    }

    /// Whether what a denial cuts out is what the case is about.
    fn excepts(&self, row: &Row<'p>, found: &Found<'k>) -> bool {
        let Some(except) = row.except else { return false };
        found
            .bindings
            .iter()
            .any(|(_, thing)| except.entries.iter().any(|entry| self.questions.thing_covered(entry, thing)))
    }

    fn clause(&self, name: &str, not: bool, clause: &'k law::PatternClause, found: &Found<'k>) -> Case {
        let mut case = self.case(found, State::Missing, Missing::Clause(clause.slot));
        let named = found.rows.iter().find(|(of, ..)| *of == name);
        let Some((row, index, object)) =
            named.and_then(|(_, row, object)| self.layout().rows.get(*row).map(|found| (found, *row, *object)))
        else {
            return case;
        };
        let says = self.questions.says_clause(clause, row, index, object, &found.bindings);
        case.state = match (says, not) {
            (true, false) | (false, true) => State::Met,
            (true, true) => State::Violated,
            (false, false) => State::Missing,
        };
        let other_stands_there = row.entries(clause.slot).next().is_some();
        if not || other_stands_there {
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
        let class = row.class().filter(|_| !found.bindings.is_empty())?;
        let layout = self.layout();
        let nouns = found.bindings.iter().filter_map(|(_, thing)| match thing {
            Thing::Noun(id) => Some(*id),
            Thing::Place(_) | Thing::Entry(_) => None,
        });
        let data = nouns.clone().find(|id| self.policy().noun(*id).kind == Kind::Data);
        let about = |mentions: &Mentions, id| mentions.about(layout.orders, id, Mode::Demand);
        let rows = match (data, nouns.clone().next()) {
            (Some(id), _) => about(&layout.objects, id),
            (None, Some(id)) => about(&layout.anywhere, id),
            (None, None) => layout.by_class.get(&class)?.clone(),
        };
        rows.iter().find_map(|index| {
            let other = self.layout().rows.get(*index)?;
            if other.class() != Some(class)
                || other.denied
                || !self.questions.is_said(other)
                || std::ptr::eq(other, row)
            {
                return None;
            }
            // All that the case is about must be what the other sentence is about.
            let about_all = found.bindings.iter().all(|(_, thing)| {
                let mut entries =
                    other.objects.iter().chain(other.clauses.iter().flat_map(|clause| entries_of(&clause.value)));
                entries.any(|entry| self.questions.thing_covered(entry, thing))
            });
            let object = found.bindings.iter().find_map(|(_, thing)| {
                other.objects.iter().position(|object| self.questions.thing_covered(object, thing))
            });
            (about_all && self.questions.says_clause(clause, other, *index, object, &found.bindings))
                .then(|| (other.span, other.statement.to_owned()))
        })
    }

    fn name(&self, class: &'k str, fields: &'k [String], places: &[String]) -> Case {
        let mut case = self.case(&Found::default(), State::Missing, Missing::Noun);
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
            // One with a country is a certain body.
            let is_body = || {
                let entry = noun.standard.map(vocabulary::entry);
                entry.is_some_and(|entry| entry.fields.iter().any(|(key, _)| *key == "country"))
            };
            let somebody = noun.declared || noun.vendor.is_some() || noun.standard.is_none() || is_body();
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

    /// The parties that a sentence says to act in a capacity of this name: `jane serves as dpo`, `rep represents us`.
    fn serving_as(&self, class: &str) -> Vec<NounId> {
        let wanted: &[&str] = match class {
            "data-protection-officer" => &["dpo"],
            _ => std::slice::from_ref(&class),
        };
        let policy = self.policy();
        let is = |entry: &Entry| {
            entry.noun_id().is_some_and(|id| {
                policy.noun(id).kind == Kind::Role
                    && wanted.iter().any(|name| self.layout().orders.is(id, Kind::Role, name))
            })
        };
        let rows = self
            .layout()
            .rows
            .iter()
            .filter(|row| !row.denied && self.questions.is_said(row) && row.entries(Slot::As).any(is));
        let serving = rows.flat_map(|row| row.actors.iter().chain(row.objects.iter()).filter_map(Entry::noun_id));
        let represents = |row: &&Row<'p>| {
            class == "representative"
                && !row.denied
                && self.questions.is_said(row)
                && row.verbs.iter().any(|verb| &*verb.name == "represent")
                && row.objects.iter().any(|object| is_us(object, policy))
        };
        let representing = self.layout().rows.iter().filter(represents);
        serving.chain(representing.flat_map(|row| row.actors.iter()).filter_map(Entry::noun_id)).collect()
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
        let ways = self.questions.find(pattern, pattern.denied, &found.bindings, Mode::Condition);
        let mut ways = ways.iter().filter(|way| self.is_reason(way.row)).peekable();
        if ways.peek().is_none() {
            let denied = self.said(pattern, !pattern.denied, None, found);
            let state = if denied.is_empty() { State::NothingSaysSo } else { State::Met };
            let mut case = self.case(found, state, Missing::Other);
            case.witnesses.extend(witnesses(self.rows(&denied)));
            return vec![case];
        }
        ways.filter_map(|way| {
            let row = self.layout().rows.get(way.row)?;
            let mut case = self.case(found, State::Violated, Missing::Other);
            let object = way.object.and_then(|object| row.objects.get(object));
            case.about = case.about.or_else(|| object.and_then(Entry::noun_id).map(|id| self.words(&Thing::Noun(id))));
            case.place = way.place.or(Some(row.span));
            case.witnesses.push((row.span, row.statement.to_owned()));
            Some(case)
        })
        .collect()
    }

    fn print(&self, words: &[String], place: PrintPlace) -> Case {
        let mut case = self.case(&Found::default(), State::Missing, Missing::Words);
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

/// Where rows say something. A report lists no more of them, and thousands may say the same.
fn witnesses<'r>(rows: impl Iterator<Item = &'r Row<'r>>) -> impl Iterator<Item = (Span, String)> {
    rows.take(MOST_WITNESSES).map(|row| (row.span, row.statement.to_owned()))
}

/// The author's prose, whole.
fn prose<'p>(nodes: &'p [Node], visit: &mut dyn FnMut(&'p str, &str)) {
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
