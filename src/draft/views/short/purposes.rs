//! What is collected and used, by purpose: what always is, what is in some cases, and what may be.

use super::{Certainty, Drafter, Statement};
use crate::document::Item;
use crate::policy::{ClauseValue, Entry, Head};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, fill, templates as t};

/// The most purposes that one line names.
const MOST_PURPOSES: usize = 5;

/// Data with how surely it is meant, and the facts that say so.
#[derive(Default)]
struct Line {
    data: Vec<(Certainty, Entry)>,
    facts: Vec<String>,
}

impl Line {
    fn add(&mut self, certainty: Certainty, entries: &[Entry], facts: &[String]) {
        for entry in entries {
            match self.data.iter_mut().find(|(_, known)| known == entry) {
                Some((known, _)) => *known = certainty.min(*known),
                None => self.data.push((certainty, entry.clone())),
            }
        }
        self.facts.extend(facts.iter().filter(|fact| !self.facts.contains(fact)).cloned().collect::<Vec<_>>());
    }
}

impl<'p> Drafter<'p> {
    /// Data without a purpose first, then a line for each purpose. Purposes with the same data share a line.
    pub(super) fn purpose_items(&mut self, statements: &[Statement<'p>]) -> Vec<Item> {
        let mut collected = Line::default();
        let mut used = Line::default();
        let mut by_purpose: Vec<(Entry, Line)> = Vec::new();
        let mut exclusive: Vec<(Vec<Entry>, Line)> = Vec::new();
        for statement in statements {
            let plan = &statement.plan;
            let gathers = self.is_class(statement, &[Class::Collection]);
            let ours = self.is_ours(statement) && !plan.is_denied(self.policy) && !self.is_past(statement);
            if !ours || !(gathers || self.is_class(statement, &[Class::Use])) {
                continue;
            }
            let data: Vec<Entry> = plan.objects.iter().filter(|entry| self.is_data(entry)).cloned().collect();
            // A means or a ground that excludes all others cannot be left out.
            let excludes = plan
                .clauses
                .iter()
                .any(|clause| clause.only && clause.slot != Slot::For && !clause.slot.takes_condition());
            if data.is_empty() || excludes {
                continue;
            }
            let certainty = self.certainty(statement);
            match plan.clause(Slot::For).map(|clause| (clause.only, &clause.value)) {
                Some((true, ClauseValue::List(purposes, _))) => {
                    let mut line = Line::default();
                    line.add(certainty, &data, &plan.facts);
                    exclusive.push((purposes.clone(), line));
                }
                Some((false, ClauseValue::List(purposes, _))) => {
                    for purpose in purposes {
                        let purpose = self.bare(purpose);
                        let line = match by_purpose.iter().position(|(known, _)| *known == purpose) {
                            Some(index) => by_purpose.get_mut(index),
                            None => {
                                by_purpose.push((purpose, Line::default()));
                                by_purpose.last_mut()
                            }
                        };
                        if let Some((_, line)) = line {
                            line.add(certainty, &data, &plan.facts);
                        }
                    }
                }
                _ if gathers => collected.add(certainty, &data, &plan.facts),
                _ => used.add(certainty, &data, &plan.facts),
            }
        }
        // What is used as well as collected needs no line of its own.
        let lines = || by_purpose.iter().map(|(_, line)| line).chain(exclusive.iter().map(|(_, line)| line));
        used.data.retain(|(_, entry)| {
            !lines().chain([&collected]).any(|line| line.data.iter().any(|(_, known)| known == entry))
        });
        let mut items = Vec::new();
        for (line, template) in [(collected, t::VIEW_COLLECTED), (used, t::VIEW_USED)] {
            if !line.data.is_empty() {
                let data = self.data_words(&line);
                let words = fill(template, &[("data", &data)]);
                items.push(self.item(words, line.facts));
            }
        }
        let mut shared: Vec<(Vec<Entry>, Line)> = Vec::new();
        for (purpose, line) in by_purpose {
            match shared.iter_mut().find(|(_, known)| known.data == line.data) {
                Some((purposes, known)) => {
                    purposes.push(purpose);
                    known.add(Certainty::Possibly, &[], &line.facts);
                }
                None => shared.push((vec![purpose], line)),
            }
        }
        let lines = shared.into_iter().map(|line| (line, t::VIEW_PURPOSE));
        for ((purposes, line), template) in lines.chain(exclusive.into_iter().map(|line| (line, t::VIEW_ONLY_PURPOSE)))
        {
            let item = self.purpose_item(&purposes, line, template);
            items.push(item);
        }
        items
    }

    fn purpose_item(&mut self, purposes: &[Entry], line: Line, template: Template) -> Item {
        let shown = purposes.get(..MOST_PURPOSES).unwrap_or(purposes);
        let mut purpose = self.briefly(|drafter| drafter.purposes(shown, Join::And));
        if purposes.len() > shown.len() {
            purpose = fill(t::VIEW_MORE_PURPOSES, &[("list", &purpose)]);
        }
        if template == t::VIEW_PURPOSE {
            purpose.capitalise();
        }
        let purpose = self.led_to(line.facts.first(), purpose);
        let data = self.data_words(&line);
        let words = fill(template, &[("purpose", &purpose), ("data", &data)]);
        self.item(words, line.facts)
    }

    /// "name; in some cases photos; possibly notes"
    fn data_words(&mut self, line: &Line) -> Phrase {
        let mut words = Phrase::default();
        let wordings = [
            (Certainty::Always, None),
            (Certainty::InCases, Some(t::VIEW_IN_CASES)),
            (Certainty::Possibly, Some(t::VIEW_POSSIBLY)),
        ];
        for (certainty, template) in wordings {
            let of_kind: Vec<Entry> =
                line.data.iter().filter(|(known, _)| *known == certainty).map(|(_, entry)| entry.clone()).collect();
            if of_kind.is_empty() {
                continue;
            }
            let list = self.bare_list(&of_kind);
            let list = template.map_or_else(|| list.clone(), |template| fill(template, &[("data", &list)]));
            words = if words.is_empty() { list } else { fill(t::VIEW_JOINED, &[("first", &words), ("second", &list)]) };
        }
        words
    }

    pub(super) fn is_data(&self, entry: &Entry) -> bool {
        match entry.head {
            Head::Noun(id) => self.policy.noun(id).kind == Kind::Data,
            Head::Everything => true,
            Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) => false,
        }
    }
}
