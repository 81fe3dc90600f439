//! What is collected and used, by purpose: what always is, what is in some cases, and what may be.

use super::reach::Reach;
use super::{Certainty, Drafter, Statement};
use crate::document::Item;
use crate::draft::views::reach::names_everything;
use crate::policy::{ClauseValue, Entry, Head, NounId};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::{self, Class};
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

/// How much is said of purposes and data.
#[derive(Clone, Copy)]
pub(super) struct Measure {
    /// The most purposes that one line names.
    purposes: usize,
    /// The most lines of purposes; beyond, those of one kind share a line.
    lines: usize,
    /// The most sentences about what is used for nothing else.
    exclusive: usize,
    /// The most lines of purposes that are of no standard kind.
    others: usize,
    /// Whether a line says that "personal information" is collected in some cases, which says little.
    says_anything: bool,
    /// How long a line is.
    line: Length,
    /// How long a line is that several purposes share.
    shared: Length,
}

/// How much a line of data says.
#[derive(Clone, Copy)]
struct Length {
    /// The most data that are restricted in the same way.
    data: usize,
    /// The most restrictions.
    parts: usize,
}

impl Measure {
    /// What a short notice says.
    pub(super) const NOTICE: Measure = Measure {
        purposes: 4,
        lines: 8,
        exclusive: 3,
        others: 4,
        says_anything: true,
        line: Length { data: 8, parts: 3 },
        shared: Length { data: 4, parts: 2 },
    };
    /// What the summary of the full policy says.
    pub(super) const SUMMARY: Measure = Measure {
        purposes: 2,
        lines: 7,
        exclusive: 1,
        others: 2,
        says_anything: false,
        line: Length { data: 6, parts: 3 },
        shared: Length { data: 4, parts: 1 },
    };
}

/// The verbs that ask for data, which may never come.
const ASKS: [&str; 2] = ["ask-for", "solicit"];
/// The verbs that make data of other data.
const MAKES: [&str; 2] = ["derive", "infer"];
/// The verbs that say no more than that data is used.
const USES: [&str; 5] = ["use", "process", "handle", "analyse", "analyze"];

/// One kind of data in a line, with how surely and for what it is meant.
#[derive(Clone)]
struct Datum {
    certainty: Certainty,
    reach: Reach,
    entry: Entry,
    facts: Vec<String>,
}

/// The data of one line.
#[derive(Clone, Default)]
struct Line {
    data: Vec<Datum>,
}

impl Line {
    fn add(&mut self, datum: Datum) {
        let known = self.data.iter_mut().find(|known| known.entry == datum.entry && known.reach == datum.reach);
        match known {
            // What is surer says what the other says as well.
            Some(known) => {
                known.certainty = known.certainty.min(datum.certainty);
                known.facts.extend(datum.facts);
            }
            None => self.data.push(datum),
        }
    }

    fn extend(&mut self, other: Line) {
        other.data.into_iter().for_each(|datum| self.add(datum));
    }

    /// Leaves out what is said of fewer people or in fewer cases than elsewhere in the line.
    fn settle(&mut self) {
        let whole: Vec<Entry> = self
            .data
            .iter()
            .filter(|datum| datum.reach.is_whole() && datum.certainty == Certainty::Always)
            .map(|datum| datum.entry.clone())
            .collect();
        self.data.retain(|datum| datum.reach.is_whole() || !whole.contains(&datum.entry));
    }

    fn same_data(&self, other: &Line) -> bool {
        self.data.len() == other.data.len()
            && self.data.iter().zip(&other.data).all(|(one, other)| {
                one.entry == other.entry && one.certainty == other.certainty && one.reach == other.reach
            })
    }
}

impl<'p> Drafter<'p> {
    /// Data without a purpose first, then a line for each purpose, or for each kind of purpose if they are many.
    pub(super) fn purpose_items(&mut self, statements: &[Statement<'p>], measure: Measure) -> Vec<Item> {
        let mut collected = Line::default();
        let mut used = Line::default();
        let mut by_purpose: Vec<(Vec<Entry>, Line)> = Vec::new();
        let mut exclusive: Vec<&Statement<'p>> = Vec::new();
        for statement in statements {
            let plan = &statement.plan;
            let gathers = self.is_class(statement, &[Class::Collection]);
            let ours = self.is_ours(statement) && !plan.is_denied(self.policy) && !self.is_past(statement);
            if !ours || !(gathers || self.is_class(statement, &[Class::Use])) {
                continue;
            }
            let certainty = self.certainty(statement);
            let reach = self.reach_of(plan);
            let mut line = Line::default();
            for entry in plan.objects.iter().filter(|entry| self.is_data(entry)) {
                let entry = self.bare(entry);
                line.add(Datum { certainty, reach: reach.clone(), entry, facts: plan.facts.clone() });
            }
            // A means or a ground that excludes all others cannot be left out.
            let excludes = plan
                .clauses
                .iter()
                .any(|clause| clause.only && clause.slot != Slot::For && !clause.slot.takes_condition());
            if line.data.is_empty() || excludes {
                continue;
            }
            match plan.clause(Slot::For).map(|clause| (clause.only, &clause.value)) {
                // What is used for nothing else is said in a sentence.
                Some((true, _)) if statement.closed.is_none() => exclusive.push(statement),
                Some((true, _)) => {}
                Some((false, ClauseValue::List(purposes, _))) => {
                    for purpose in purposes {
                        let purpose = vec![self.bare(purpose)];
                        match by_purpose.iter_mut().find(|(known, _)| *known == purpose) {
                            Some((_, known)) => known.extend(line.clone()),
                            None => by_purpose.push((purpose, line.clone())),
                        }
                    }
                }
                _ if gathers && self.only_gathers(statement) => collected.extend(line),
                _ if !gathers
                    && plan.except.is_none()
                    && plan.clause(Slot::As).is_none()
                    && self.only_uses(statement) =>
                {
                    used.extend(line);
                }
                _ => {}
            }
        }
        if !measure.says_anything {
            let policy = self.policy;
            let says = |datum: &Datum| datum.certainty == Certainty::Always || !names_everything(policy, &datum.entry);
            collected.data.retain(says);
        }
        // What is used for something needs no line that says only that it is collected, and what is collected none
        // that says only that it is used.
        let mut known: Vec<Datum> = by_purpose.iter().flat_map(|(_, line)| line.data.clone()).collect();
        for line in [&mut collected, &mut used] {
            let is_said = |datum: &Datum| {
                known.iter().any(|known| {
                    let whole = known.reach.is_whole() || known.reach == datum.reach;
                    known.entry == datum.entry && whole && known.certainty <= datum.certainty
                })
            };
            line.data.retain(|datum| !is_said(datum));
            known.extend(line.data.iter().cloned());
        }
        let mut shared: Vec<(Vec<Entry>, Line)> = Vec::new();
        for (purpose, line) in by_purpose {
            match shared.iter_mut().find(|(_, known)| known.same_data(&line)) {
                Some((purposes, known)) => {
                    purposes.extend(purpose);
                    known.extend(line);
                }
                None => shared.push((purpose, line)),
            }
        }
        let few = shared.len() <= measure.lines;
        let mut items = Vec::new();
        for (line, template) in [(collected, t::VIEW_COLLECTED), (used, t::VIEW_USED)] {
            if !line.data.is_empty() {
                let (data, facts) = self.data_words(line, if few { measure.line } else { measure.shared });
                let words = self.words.fill(template, &[("data", &data)]);
                items.push(self.item(words, facts));
            }
        }
        if few {
            for (purposes, line) in shared {
                let purpose = self.some_purposes(&purposes, measure);
                items.push(self.purpose_item(purpose, line, measure.line));
            }
        } else {
            items.extend(self.kinds_of_purposes(shared, measure));
        }
        items.extend(exclusive.into_iter().take(measure.exclusive).map(|statement| self.whole_item(statement)));
        items
    }

    /// Whether the data comes in, and is not only asked for or made of other data.
    fn only_gathers(&self, statement: &Statement<'_>) -> bool {
        let other = |name: &str| ASKS.contains(&name) || MAKES.contains(&name);
        !statement.plan.verbs.iter().any(|verb| other(&self.policy.verb(*verb).name))
    }

    fn only_uses(&self, statement: &Statement<'_>) -> bool {
        let uses = |name: &str| USES.contains(&name);
        statement.plan.verbs.iter().all(|verb| uses(&self.policy.verb(*verb).name))
    }

    /// A line for each standard purpose that others are a kind of, and one for those that are of no such kind.
    fn kinds_of_purposes(&mut self, lines: Vec<(Vec<Entry>, Line)>, measure: Measure) -> Vec<Item> {
        let mut kinds: Vec<(u16, Vec<Entry>, Line)> = Vec::new();
        let mut others: Vec<(Vec<Entry>, Line)> = Vec::new();
        for (purposes, line) in lines {
            for purpose in purposes {
                let kind = purpose.noun_id().and_then(|id| self.kind_of_purpose(id, 0));
                match kind.map(|kind| (kind, kinds.iter_mut().find(|(known, ..)| *known == kind))) {
                    Some((_, Some((_, purposes, known)))) => {
                        purposes.push(purpose);
                        known.extend(line.clone());
                    }
                    Some((kind, None)) => kinds.push((kind, vec![purpose], line.clone())),
                    None => match others.iter_mut().find(|(_, known)| known.same_data(&line)) {
                        Some((purposes, known)) => {
                            purposes.push(purpose);
                            known.extend(line.clone());
                        }
                        None => others.push((vec![purpose], line.clone())),
                    },
                }
            }
        }
        let mut items = Vec::new();
        for (kind, purposes, line) in kinds {
            // One purpose is said as the policy says it.
            let purpose = match purposes.as_slice() {
                [only] => self.some_purposes(std::slice::from_ref(only), measure),
                _ => self.words.fill(t::FOR_VERB, &[("list", &phrase(vocabulary::entry(kind).label))]),
            };
            items.push(self.purpose_item(purpose, line, measure.shared));
        }
        if others.len() > measure.others {
            // Data of one purpose beside the name of another would say that it is used for that.
            let facts: Vec<String> =
                others.iter().flat_map(|(_, line)| &line.data).flat_map(|datum| datum.facts.clone()).collect();
            let purposes: Vec<Entry> = others.into_iter().flat_map(|(purposes, _)| purposes).collect();
            let mut words = self.some_purposes(&purposes, measure);
            words.capitalise();
            let words = self.led_to(facts.first(), words);
            items.push(self.item(words, facts));
            return items;
        }
        for (purposes, line) in others {
            let purpose = self.some_purposes(&purposes, measure);
            items.push(self.purpose_item(purpose, line, measure.shared));
        }
        items
    }

    /// The widest standard purpose that a purpose is a kind of.
    pub(super) fn kind_of_purpose(&self, id: NounId, depth: usize) -> Option<u16> {
        let noun = self.policy.noun(id);
        if noun.kind != Kind::Purpose || depth > 16 {
            return None;
        }
        let Some(mut widest) = noun.standard else {
            return noun.parents.iter().find_map(|parent| self.kind_of_purpose(*parent, depth + 1));
        };
        for _ in 0..16 {
            let Some(parent) = vocabulary::entry(widest).parents.first() else { break };
            widest = *parent;
        }
        Some(widest)
    }

    fn some_purposes(&mut self, purposes: &[Entry], measure: Measure) -> Phrase {
        let shown = purposes.get(..measure.purposes).unwrap_or(purposes);
        let words = self.briefly(|drafter| drafter.purposes(shown, Join::And));
        if purposes.len() > shown.len() { self.words.fill(t::VIEW_MORE_PURPOSES, &[("list", &words)]) } else { words }
    }

    fn purpose_item(&mut self, mut purpose: Phrase, line: Line, length: Length) -> Item {
        purpose.capitalise();
        let first = line.data.first().and_then(|datum| datum.facts.first().cloned());
        let purpose = self.led_to(first.as_ref(), purpose);
        let (data, facts) = self.data_words(line, length);
        let words = self.words.fill(t::VIEW_PURPOSE, &[("purpose", &purpose), ("data", &data)]);
        self.item(words, facts)
    }

    /// "name; in some cases photos; possibly notes (about pupils)", with the facts that say so.
    fn data_words(&mut self, mut line: Line, length: Length) -> (Phrase, Vec<String>) {
        line.settle();
        // What the law guards most must not hide behind "and more".
        let guarded = |entry: &Entry| entry.noun_id().is_some_and(|id| self.policy.is(id, "special-category"));
        line.data.sort_by_key(|datum| (!datum.reach.is_whole(), datum.certainty, !guarded(&datum.entry)));
        let mut parts: Vec<Vec<Datum>> = Vec::new();
        for datum in line.data {
            let alike = |part: &&mut Vec<Datum>| {
                part.first().is_some_and(|first| first.certainty == datum.certainty && first.reach == datum.reach)
            };
            match parts.iter_mut().find(alike) {
                Some(part) => part.push(datum),
                None => parts.push(vec![datum]),
            }
        }
        let Length { data: most, parts: most_parts } = length;
        let cut = parts.len() > most_parts || parts.iter().any(|part| part.len() > most);
        let alone = parts.len() == 1 && parts.iter().flatten().all(|datum| datum.reach.is_whole());
        let mut words = Phrase::default();
        let mut facts: Vec<String> = Vec::new();
        for part in parts.into_iter().take(most_parts) {
            let Some(first) = part.first() else { continue };
            let (certainty, reach) = (first.certainty, first.reach.clone());
            let entries: Vec<Entry> = part.iter().take(most).map(|datum| datum.entry.clone()).collect();
            let list = self.some_entries(&entries, cut && alone);
            let list = self.reaching(list, &reach);
            let list = self.with_certainty(certainty, list);
            for fact in part.into_iter().take(most).flat_map(|datum| datum.facts) {
                if !facts.contains(&fact) {
                    facts.push(fact);
                }
            }
            words = if words.is_empty() {
                list
            } else {
                self.words.fill(t::VIEW_JOINED, &[("first", &words), ("second", &list)])
            };
        }
        let words = if cut && !alone { self.words.fill(t::VIEW_MORE, &[("list", &words)]) } else { words };
        (words, facts)
    }

    /// "in some cases photos", "possibly notes"
    pub(super) fn with_certainty(&self, certainty: Certainty, words: Phrase) -> Phrase {
        match certainty {
            Certainty::Always => words,
            Certainty::InCases => self.words.fill(t::VIEW_IN_CASES, &[("data", &words)]),
            Certainty::Possibly => self.words.fill(t::VIEW_POSSIBLY, &[("data", &words)]),
        }
    }

    pub(super) fn is_data(&self, entry: &Entry) -> bool {
        match entry.head {
            Head::Noun(id) => self.policy.noun(id).kind == Kind::Data,
            Head::Everything => true,
            Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) => false,
        }
    }
}
