//! The cells of the tables of the notice.

use crate::document::{Row, Span, plain};
use crate::policy::NounId;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

/// What stands in a cell, with the facts that say it.
#[derive(Clone, Default)]
pub(super) struct Cell {
    /// Each thing with the condition under which it holds.
    words: Vec<(Phrase, Phrase)>,
    pub(super) facts: Vec<String>,
}

impl Cell {
    /// No words yet, and facts that are stated with them.
    pub(super) fn of_facts(facts: Vec<String>) -> Cell {
        Cell { facts, ..Cell::default() }
    }

    /// Adds a thing that is not there yet. What holds without a condition needs none.
    pub(super) fn add(&mut self, words: Phrase, condition: &Phrase, facts: Vec<String>) {
        for fact in facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
        let text = words.plain();
        if text.is_empty() {
            return;
        }
        let same = |known: &(Phrase, Phrase)| known.0.plain() == text;
        if self.words.iter().any(|known| same(known) && (known.1.is_empty() || known.1 == *condition)) {
            return;
        }
        match self.words.iter_mut().find(|known| same(known)) {
            Some(known) if condition.is_empty() => known.1 = Phrase::default(),
            _ => self.words.push((words, condition.clone())),
        }
    }

    /// The condition under which at least one of several sentences holds: none if one holds without.
    pub(super) fn common(mut conditions: Vec<Phrase>, words: &Words) -> Phrase {
        conditions.dedup();
        match conditions.as_slice() {
            [only] => only.clone(),
            several if several.is_empty() || several.iter().any(Phrase::is_empty) => Phrase::default(),
            _ => phrase(words.of(t::CALIFORNIA_SOME_CASES)),
        }
    }

    /// Whether both say the same things.
    pub(super) fn says_as(&self, other: &Cell) -> bool {
        self.words == other.words
    }

    /// The things; those that hold under one condition stand together.
    pub(super) fn into_words(self, wording: &Words) -> Phrase {
        let mut groups: Vec<(Phrase, Phrase)> = Vec::new();
        for (words, condition) in self.words {
            match groups.iter_mut().find(|(_, known)| !condition.is_empty() && *known == condition) {
                Some((said, _)) => {
                    said.push_str(", ");
                    said.append(words);
                }
                None => groups.push((words, condition)),
            }
        }
        let mut out = Phrase::default();
        for (words, condition) in groups {
            let words = conditional(words, &condition, wording);
            out = if out.is_empty() {
                words
            } else {
                wording.fill(t::CALIFORNIA_ITEMS, &[("words", &out), ("next", &words)])
            };
        }
        out
    }
}

/// The lines of a category: data of which a table says the same stands in one.
#[derive(Default)]
pub(super) struct Lines(Vec<(Vec<NounId>, Vec<Span>)>);

impl Lines {
    pub(super) fn add(&mut self, id: NounId, cells: Vec<Span>) {
        let text = |cells: &[Span]| cells.iter().map(|cell| plain(&cell.text)).collect::<Vec<String>>();
        match self.0.iter_mut().find(|(_, known)| text(known) == text(&cells)) {
            Some((data, known)) => {
                data.push(id);
                for (cell, same) in known.iter_mut().zip(cells) {
                    cell.facts
                        .extend(same.facts.into_iter().filter(|fact| !cell.facts.contains(fact)).collect::<Vec<_>>());
                    cell.mentions.extend(same.mentions);
                }
            }
            None => self.0.push((vec![id], cells)),
        }
    }

    pub(super) fn into_lines(self) -> Vec<(Vec<NounId>, Vec<Span>)> {
        self.0
    }
}

pub(super) fn row(cells: Vec<Span>) -> Row {
    let mut facts: Vec<String> = Vec::new();
    for fact in cells.iter().flat_map(|cell| &cell.facts) {
        if !facts.contains(fact) {
            facts.push(fact.clone());
        }
    }
    Row { facts, cells }
}

pub(super) fn columns(names: &[&str], words: &Words) -> Vec<String> {
    let heading =
        |name: &&str| Template::find(&format!("column-{name}")).map_or("", |found| words.of(found)).to_owned();
    names.iter().map(heading).collect()
}

pub(super) fn conditional(words: Phrase, condition: &Phrase, wording: &Words) -> Phrase {
    if condition.is_empty() {
        return words;
    }
    wording.fill(t::CALIFORNIA_CONDITIONAL, &[("words", &words), ("condition", condition)])
}
