//! From the periods that sentences give to the period of each datum that is named: what is said of more data at
//! once holds for those of which nothing more exact is said. And two periods for the same cell are a finding.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::family::Family;
use super::fields::restrictions;
use super::{AT_LEAST, Cell, Guard, WORTH, bare, spend, text_of};
use crate::codes::time;
use crate::diagnostic::Sink;
use crate::facts::{Facts, Item, Period, What};
use crate::policy::{Node, Policy};
use crate::source::Span;

/// How far away the data as a whole are from a datum that is declared as no kind of data.
const WHOLE: usize = 1000;

/// The standard names for data as a whole.
const WHOLES: [&str; 2] = ["data-personal", "data-information"];

/// A rule that reaches a datum.
#[derive(Clone, Copy)]
struct Reach {
    rule: usize,
    /// 0 if it names the datum itself.
    far: usize,
    rest: bool,
}

/// Adds the cells of data that get their period from a sentence about more than these data.
pub(super) fn defaults(facts: &Facts, family: &Family<'_>, cells: &mut Vec<Cell>) {
    let rules: Vec<usize> = (0..cells.len())
        .filter(|index| {
            cells.get(*index).is_some_and(|cell| cell.period.is_some() && !cell.exception && !cell.symbolic)
        })
        .collect();
    let named = named(cells);
    match reached(facts, family, cells, &rules, &named) {
        Some(found) => cells.extend(found),
        None => {
            for index in rules {
                if let Some(cell) = cells.get_mut(index) {
                    cell.symbolic = true;
                }
            }
        }
    }
}

/// The data that the cells name, in their order.
fn named(cells: &[Cell]) -> Vec<(String, Item)> {
    fn of<'c>(item: &'c Item, seen: &mut HashSet<&'c str>, named: &mut Vec<(String, Item)>) {
        if let What::Noun { id } = &item.what
            && seen.insert(id)
        {
            let what = item.what.clone();
            let plain =
                Item { members: None, that: None, of: None, quantifier: None, except: Vec::new(), ..bare(item) };
            named.push((id.clone(), Item { what, other: false, ..plain }));
        }
        for member in item.members.iter().flat_map(|members| &members.items) {
            of(member, seen, named);
        }
    }
    let (mut seen, mut found) = (HashSet::default(), Vec::new());
    cells.iter().flat_map(|cell| &cell.data).for_each(|item| of(item, &mut seen, &mut found));
    found
}

/// Whether an item speaks of everything it names, and not of some part that the author leaves open.
fn speaks_of_all(item: &Item) -> bool {
    matches!(item.quantifier.as_deref(), None | Some("all" | "each" | "rest")) && item.that.is_none()
}

fn reached(
    facts: &Facts,
    family: &Family<'_>,
    cells: &[Cell],
    rules: &[usize],
    named: &[(String, Item)],
) -> Option<Vec<Cell>> {
    // To compare rules costs little; what they fill is printed.
    let mut room = AT_LEAST + WORTH * (rules.len() + named.len());
    let mut left = 4 * room;
    let mut roots: HashMap<&str, Vec<(usize, &Item)>> = HashMap::default();
    for rule in rules {
        for item in cells.get(*rule).iter().flat_map(|cell| &cell.data).filter(|item| speaks_of_all(item)) {
            let root = match &item.what {
                What::Noun { id } => id.as_str(),
                What::Everything if item.quantifier.is_some() => "",
                _ => continue,
            };
            roots.entry(root).or_default().push((*rule, item));
        }
    }
    let scopes = Scopes::new(facts, cells, rules);
    let mut found: BTreeMap<(usize, String), (Vec<Guard>, Vec<Item>)> = BTreeMap::new();
    for (id, item) in named {
        let mut reaches = Vec::new();
        let line = family.line(id);
        spend(&mut left, line.len())?;
        let mut add = |root: &str, far: usize, broad: bool| -> Option<()> {
            for (rule, item) in roots.get(root).into_iter().flatten() {
                spend(&mut left, 1 + item.except.len())?;
                let cut = |except: &Item| match &except.what {
                    What::Noun { id } => line.iter().any(|(above, _)| above == id),
                    _ => false,
                };
                if (!broad || item.quantifier.is_some()) && !item.except.iter().any(cut) {
                    reaches.push(Reach { rule: *rule, far, rest: item.quantifier.as_deref() == Some("rest") });
                }
            }
            Some(())
        };
        for (above, far) in &line {
            add(above, *far, false)?;
        }
        if line.len() == 1 && !WHOLES.contains(&id.as_str()) {
            for whole in WHOLES {
                add(whole, WHOLE, true)?;
            }
        }
        add("", WHOLE + 1, true)?;
        spend(&mut left, reaches.len() * reaches.len())?;
        for reach in reaches.iter().filter(|reach| reach.far > 0) {
            let Some(unless) = scopes.elsewhere(*reach, &reaches) else { continue };
            spend(&mut room, 1 + unless.len())?;
            let (_, data) = found.entry((reach.rule, text_of(&unless))).or_insert_with(|| (unless, Vec::new()));
            data.push(item.clone());
        }
    }
    let cell = |((rule, _), (unless, data)): ((usize, String), (Vec<Guard>, Vec<Item>))| {
        let mut cell = cells.get(rule)?.clone();
        cell.unless.extend(unless);
        Some(Cell { data, by_default: true, ..cell })
    };
    Some(found.into_iter().filter_map(cell).collect())
}

/// Where each rule holds.
struct Scopes<'c> {
    cells: &'c [Cell],
    restrictions: HashMap<usize, BTreeMap<String, Guard>>,
}

impl<'c> Scopes<'c> {
    fn new(facts: &Facts, cells: &'c [Cell], rules: &[usize]) -> Scopes<'c> {
        let cell = |rule: &usize| cells.get(*rule).map(|cell| (*rule, cell));
        // The arms of one sentence hold everywhere together if one of them holds wherever no other does.
        let whole: HashSet<&str> = rules
            .iter()
            .filter_map(cell)
            .filter(|(_, cell)| cell.guards.is_empty())
            .map(|(_, cell)| cell.statement.as_str())
            .collect();
        let restrictions = rules.iter().filter_map(cell).map(|(rule, cell)| {
            let mut all: BTreeMap<String, Guard> = restrictions(cell).collect();
            if cell.readers != facts.header.readers {
                all.insert(
                    format!("readers {}", text_of(&cell.readers)),
                    Guard { readers: cell.readers.clone(), ..Guard::default() },
                );
            }
            if !whole.contains(cell.statement.as_str()) {
                all.extend(cell.guards.iter().map(|guard| (text_of(guard), guard.clone())));
            }
            (rule, all)
        });
        Scopes { cells, restrictions: restrictions.collect() }
    }

    /// Where a rule does not hold for a datum, because another is more exact; none if it holds nowhere.
    fn elsewhere(&self, reach: Reach, all: &[Reach]) -> Option<Vec<Guard>> {
        let (rule, own) = (self.cells.get(reach.rule)?, self.restrictions.get(&reach.rule)?);
        let mut unless = Vec::new();
        for other in all.iter().filter(|other| other.far < reach.far) {
            let (Some(cell), Some(theirs)) = (self.cells.get(other.rule), self.restrictions.get(&other.rule)) else {
                continue;
            };
            if cell.clock != rule.clock || cell.actors != rule.actors {
                continue;
            }
            let more: Vec<&Guard> =
                theirs.iter().filter(|(text, _)| !own.contains_key(*text)).map(|(_, guard)| guard).collect();
            if reach.rest || (more.is_empty() && theirs.len() == own.len()) {
                return None;
            }
            if theirs.len() == own.len() + more.len() {
                let mut guard = Guard::default();
                for part in more {
                    guard.clauses.extend(part.clauses.iter().cloned());
                    guard.edition = part.edition.clone().or(guard.edition);
                    guard.readers.extend(part.readers.iter().cloned());
                }
                if !unless.contains(&guard) {
                    unless.push(guard);
                }
            }
        }
        Some(unless)
    }
}

/// Reports two different periods for the same data in the same case.
pub fn check(policy: &Policy, facts: &Facts, cells: &[Cell], sink: &mut Sink) {
    let mut places = HashMap::default();
    collect(&policy.nodes, &mut places);
    let mut known: HashMap<(String, String), &Cell> = HashMap::default();
    let mut told: HashSet<(&str, &str)> = HashSet::default();
    for cell in cells.iter().filter(|cell| !cell.by_default && !cell.symbolic) {
        let (Some(period), Some(rule)) = (&cell.period, &cell.from_rule) else { continue };
        let bare_cell = Cell {
            data: Vec::new(),
            period: None,
            from_rule: None,
            given: None,
            reasons: Vec::new(),
            statement: String::new(),
            verbs: Vec::new(),
            ..cell.clone()
        };
        let starts: Vec<String> = period.steps.iter().map(|step| text_of(&(&step.after, &step.of))).collect();
        let key = text_of(&(bare_cell, starts.first()));
        for datum in &cell.data {
            let What::Noun { id } = &datum.what else { continue };
            let first = *known.entry((key.clone(), text_of(datum))).or_insert(cell);
            let (Some(before), Some(first_rule)) = (&first.period, &first.from_rule) else { continue };
            if first_rule == rule || !differ(before, period) || !told.insert((first_rule, rule)) {
                continue;
            }
            let (Some(here), Some(there)) = (places.get(rule.as_str()), places.get(first_rule.as_str())) else {
                continue;
            };
            let noun = facts.nouns.iter().find(|noun| noun.id == *id);
            let words = noun.and_then(|noun| noun.label.as_deref()).unwrap_or(id);
            sink.report(time::two_periods(*here, words, *there));
        }
    }
}

/// Whether two periods cannot both hold; a least and a greatest length can.
fn differ(one: &Period, other: &Period) -> bool {
    let bounds = |period: &Period| match period.steps.as_slice() {
        [step] => Some(step.bound.clone()),
        _ => None,
    };
    let both = matches!(
        (bounds(one).as_deref(), bounds(other).as_deref()),
        (Some("at-least"), Some("at-most")) | (Some("at-most"), Some("at-least"))
    );
    one != other && !both
}

/// Where each statement stands.
fn collect<'p>(nodes: &'p [Node], places: &mut HashMap<&'p str, Span>) {
    for node in nodes {
        match node {
            Node::Section(section) => collect(&section.nodes, places),
            Node::Scope(scope) => collect(&scope.nodes, places),
            Node::Steps(steps) => collect(&steps.nodes, places),
            Node::Edition(_, nodes) => collect(nodes, places),
            Node::Sentence(sentence) => {
                places.insert(&sentence.id, sentence.span);
                collect(sentence.cases.as_deref().unwrap_or_default(), places);
            }
            Node::Addition(addition) => {
                places.insert(&addition.id, addition.span);
            }
            Node::Prose(_) | Node::Noun(_) => {}
        }
    }
}
