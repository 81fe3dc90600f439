//! From the public facts to resolved cells: which data is processed for what, on which basis, by whom it is
//! received, how long it is kept and when all that holds, so that no reader of the JSON has to work it out.
//!
//! A cell holds for each of its data alone. What an item says of itself, in its tail, takes the place of what the
//! sentence says in the same slot; conditions and reasons come on top. Arms of guarded values and additions to
//! a sentence become cells with `guards`, where they hold, and `unless`, where an earlier arm does. Quantities
//! that name nothing (`any`, `all`, `rest`) stay as they are written; [`periods`] alone says whom they reach.

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use crate::facts::{Clause, ClauseValue, Except, Facts, Item, Period, Sentence, Statement, What};
use crate::policy::Policy;
use crate::vocabulary::Class;

mod cases;
mod family;
mod fields;
pub mod periods;

use cases::{Case, Said, Variation};
use family::Family;

/// What is true of some data in one case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cell {
    /// Whom or what it concerns.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Item>,
    /// Who acts.
    pub actors: Vec<Item>,
    /// What the processing rests on, each with its own trigger and interest as clauses of the item.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<Item>,
    /// Whether the period reaches the data because a sentence about more than these data gives it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub by_default: bool,
    /// What else restricts it: means, deadlines, the legal sense of the verb.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
    /// `age`, or `request` where the period counts from a request to erase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// The conditions; all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Clause>,
    /// The data; the cell holds for each.
    pub data: Vec<Item>,
    /// The edition in which it holds; every one if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// What the sentence cuts out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<Except>,
    /// Whether the statement is a denial, and this is what it allows.
    #[serde(default, skip_serializing_if = "is_false")]
    pub exception: bool,
    /// How firmly it is meant.
    pub force: String,
    /// The statement that gives the period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_rule: Option<String>,
    /// `required` or `optional`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<String>,
    /// Where it holds; all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guards: Vec<Guard>,
    /// How long the data is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Countries and other places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Item>,
    /// The products, platforms or features.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Item>,
    /// What for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<Item>,
    /// The ids of the people that "you" means here.
    pub readers: Vec<String>,
    /// Why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Item>,
    /// Who receives the data, each with clauses of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Item>,
    /// In which capacity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Item>,
    /// Where the data comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Item>,
    /// The id of the statement.
    pub statement: String,
    /// Where the data lies, those of the steps of its period included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stores: Vec<Item>,
    /// Whether tails, arms and additions are left as written, because resolving them would fill more cells
    /// than the sentence is worth.
    #[serde(default, skip_serializing_if = "is_false")]
    pub symbolic: bool,
    /// Where it does not hold, because something more exact is said; none of them holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<Guard>,
    /// What is done.
    pub verbs: Vec<String>,
}

/// Where a cell holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Guard {
    /// For whom, where and when; all of them hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
    /// In which edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The ids of the people that "you" means there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// How many items the cells may hold for each item of the sentences. A sentence whose tails and arms multiply
/// beyond what is left gives one symbolic cell, so that the cells stay linear in the size of the policy.
const WORTH: usize = 64;

/// How many items the cells may hold besides, so that a short policy is always resolved.
const AT_LEAST: usize = 1_000_000;

/// The resolved cells of the public facts, in the order of the statements; those by default come last.
#[must_use]
pub fn cells(policy: &Policy, facts: &Facts) -> Vec<Cell> {
    let book = Book::new(policy, facts);
    let mut cells = Vec::new();
    let mut left = AT_LEAST;
    for statement in &facts.statements {
        if let Statement::Sentence(sentence) = statement {
            book.sentence(sentence, &mut left, &mut cells);
        }
    }
    periods::defaults(facts, &book.family, &mut cells);
    cells
}

/// What is looked up while cells are filled.
struct Book<'f> {
    kinds: HashMap<&'f str, &'f str>,
    classes: HashMap<&'f str, Class>,
    family: Family<'f>,
    statements: HashMap<&'f str, &'f Statement>,
    /// The edition around each statement.
    editions: HashMap<&'f str, &'f str>,
    /// What is added to each sentence.
    variations: HashMap<&'f str, Vec<Variation<'f>>>,
}

/// One flow of a sentence: the data with the clauses that hold for them.
struct Flow<'f> {
    sentence: &'f Sentence,
    data: Vec<&'f Item>,
    said: Vec<Said<'f>>,
    exception: bool,
}

impl<'f> Book<'f> {
    fn new(policy: &'f Policy, facts: &'f Facts) -> Book<'f> {
        let mut book = Book {
            kinds: facts.nouns.iter().map(|noun| (noun.id.as_str(), noun.kind.as_str())).collect(),
            classes: policy.verbs.iter().map(|verb| (&*verb.name, verb.class)).collect(),
            family: Family::new(facts),
            statements: facts.statements.iter().map(|statement| (statement.id(), statement)).collect(),
            editions: HashMap::default(),
            variations: HashMap::default(),
        };
        for statement in &facts.statements {
            let (id, within) = (statement.id(), within(statement));
            let around = match statement {
                Statement::Edition { .. } => Some(id),
                _ => book.editions.get(within).copied(),
            };
            if let Some(edition) = around {
                book.editions.insert(id, edition);
            }
        }
        for statement in &facts.statements {
            if let Statement::Addition { clauses, id, of, readers, .. } = statement
                && let Some(Statement::Sentence(sentence)) = book.statements.get(of.as_str())
            {
                let edition = book.editions.get(id.as_str()).copied();
                let base = book.editions.get(of.as_str()).copied();
                let edition = edition.filter(|edition| base != Some(edition));
                let variation = Variation::new(id, clauses, readers, edition, sentence);
                book.variations.entry(of.as_str()).or_default().push(variation);
            }
        }
        for variations in book.variations.values_mut() {
            variations.sort_by_key(|variation| std::cmp::Reverse(variation.depth()));
        }
        book
    }

    fn kind(&self, item: &Item) -> &'f str {
        match &item.what {
            What::Noun { id } => self.kinds.get(id.as_str()).copied().unwrap_or(""),
            What::Place { .. } => "place",
            What::Period(_) => "period",
            _ => "",
        }
    }

    fn is_datum(&self, item: &Item) -> bool {
        matches!(item.what, What::Everything) || self.kind(item) == "data"
    }

    /// Whether the sentence says what is done with data, and not what somebody may ask for or must do.
    fn is_processing(&self, sentence: &Sentence) -> bool {
        sentence.verbs.iter().filter_map(|verb| self.classes.get(verb.as_str())).any(|class| match class {
            Class::Collection
            | Class::Use
            | Class::Disclosure
            | Class::Access
            | Class::Retention
            | Class::Deletion
            | Class::Protection
            | Class::Tracking
            | Class::Transfer => true,
            Class::Right
            | Class::Choice
            | Class::Duty
            | Class::Consent
            | Class::Change
            | Class::Legal
            | Class::Claim
            | Class::Offer
            | Class::Conduct => false,
        })
    }

    fn is_retention(&self, sentence: &Sentence) -> bool {
        sentence.verbs.iter().any(|verb| self.classes.get(verb.as_str()) == Some(&Class::Retention))
    }

    fn sentence(&self, sentence: &'f Sentence, left: &mut usize, cells: &mut Vec<Cell>) {
        // The cases of a closed list are sentences of their own.
        if !self.is_processing(sentence) || sentence.closed {
            return;
        }
        let said = cases::over(&self.around(sentence), &sentence.clauses, &sentence.id);
        let flow = if sentence.state == "stated" {
            let data = sentence.objects.iter().filter(|item| self.is_datum(item)).collect();
            Flow { sentence, data, said, exception: false }
        } else {
            let Some(except) = &sentence.except else { return };
            self.exception(sentence, except, said)
        };
        if flow.data.is_empty() {
            return;
        }
        let start = cells.len();
        *left += WORTH * (flow.data.len() + flow.said.iter().map(Said::weight).sum::<usize>());
        // One sentence may not use up what the others need.
        let most = *left / 4;
        let mut own = most;
        let resolved = self.resolved(&flow, &mut own, cells);
        *left -= most - own;
        if resolved.is_none() {
            cells.truncate(start);
            let case = Case { said: flow.said.clone(), ..Case::default() };
            let mut cell = self.cell(&flow, flow.data.iter().copied().cloned().collect(), &case);
            cell.symbolic = true;
            cells.push(cell);
        }
    }

    /// What the steps and the closed lists around a sentence say for it.
    fn around(&self, sentence: &'f Sentence) -> Vec<Said<'f>> {
        let mut outer: Vec<(&'f str, &'f [Clause])> = Vec::new();
        let mut within = sentence.within.as_str();
        while let Some(statement) = self.statements.get(within) {
            match statement {
                Statement::Steps { clauses, id, .. } => outer.push((id, clauses)),
                Statement::Sentence(sentence) => outer.push((&sentence.id, &sentence.clauses)),
                Statement::Section { .. }
                | Statement::Addition { .. }
                | Statement::Edition { .. }
                | Statement::Prose { .. } => {}
            }
            within = self::within(statement);
        }
        outer.iter().rev().fold(Vec::new(), |said, (id, clauses)| cases::over(&said, clauses, id))
    }

    /// What a denial allows: other data, other recipients or purposes, or the same under further conditions.
    fn exception(&self, sentence: &'f Sentence, except: &'f Except, said: Vec<Said<'f>>) -> Flow<'f> {
        let of_kinds = |kinds: &[&str]| -> Vec<&'f Item> {
            except.items.iter().filter(|item| kinds.contains(&self.kind(item))).collect()
        };
        let mut data = of_kinds(&["data"]);
        let mut said = cases::over(&said, &except.clauses, &sentence.id);
        for (slot, kinds) in [("with", &["party", "people", "engagement"][..]), ("for", &["purpose"])] {
            let items = of_kinds(kinds);
            if let (false, Some(known)) = (items.is_empty(), said.iter_mut().find(|said| said.slot() == slot)) {
                known.items = Some(items);
            }
        }
        if data.is_empty() {
            data = sentence.objects.iter().filter(|item| self.is_datum(item)).collect();
        }
        Flow { sentence, data, said, exception: true }
    }

    /// The cells of a flow; none if they would hold more than it is worth.
    fn resolved(&self, flow: &Flow<'f>, left: &mut usize, cells: &mut Vec<Cell>) -> Option<()> {
        let restricting: Vec<&Item> = flow
            .said
            .iter()
            .filter(|said| matches!(said.slot(), "under" | "with"))
            .flat_map(Said::items)
            .filter(|item| self.restricts(item, "data"))
            .collect();
        spend(left, restricting.len() * flow.data.len())?;
        let data = groups(&flow.data, |datum| {
            let allowed: Vec<bool> = restricting.iter().map(|item| self.allows(item, "data", datum)).collect();
            (tail_of(datum), allowed)
        });
        let none = Vec::new();
        let variations = self.variations.get(flow.sentence.id.as_str()).unwrap_or(&none);
        for data in data {
            let Some(first) = data.first() else { continue };
            let said = cases::over(&flow.said, &first.clauses, &flow.sentence.id);
            let said = self.kept_for(said, "data", first);
            let own: Vec<&str> =
                first.clauses.iter().map(|clause| Said::new(clause, &flow.sentence.id).slot()).collect();
            for case in cases::cases(said, if flow.exception { &none } else { variations }, &own, left)? {
                self.by_purpose(flow, &data, &case, left, cells)?;
            }
        }
        Some(())
    }

    /// Cells for the purposes of a case: one for those of which the same is said.
    fn by_purpose(
        &self,
        flow: &Flow<'f>,
        data: &[&Item],
        case: &Case<'f>,
        left: &mut usize,
        cells: &mut Vec<Cell>,
    ) -> Option<()> {
        let weight = data.len() + case.said.iter().map(Said::weight).sum::<usize>();
        let purposes: Vec<&'f Item> = case
            .said
            .iter()
            .filter(|said| said.slot() == "for")
            .flat_map(Said::items)
            .filter(|item| self.kind(item) == "purpose")
            .collect();
        let restricting: Vec<&Item> = case
            .said
            .iter()
            .filter(|said| matches!(said.slot(), "under" | "with"))
            .flat_map(Said::items)
            .filter(|item| self.restricts(item, "purpose"))
            .collect();
        let data: Vec<Item> = data.iter().map(|datum| bare(datum)).collect();
        if restricting.is_empty() && purposes.iter().all(|purpose| purpose.clauses.is_empty()) {
            spend(left, weight)?;
            cells.push(self.cell(flow, data, case));
            return Some(());
        }
        spend(left, restricting.len() * purposes.len())?;
        let purposes = groups(&purposes, |purpose| {
            let allowed: Vec<bool> = restricting.iter().map(|item| self.allows(item, "purpose", purpose)).collect();
            (tail_of(purpose), allowed)
        });
        for purposes in purposes {
            let Some(first) = purposes.first() else { continue };
            spend(left, weight)?;
            let said = cases::over(&case.said, &first.clauses, &flow.sentence.id);
            let mut said = self.kept_for(said, "purpose", first);
            for clause in said.iter_mut().filter(|said| said.slot() == "for") {
                let others = clause.items().into_iter().filter(|item| self.kind(item) != "purpose");
                clause.items = Some(purposes.iter().copied().chain(others).collect());
            }
            let case = Case { said, ..case.clone() };
            cells.push(self.cell(flow, data.clone(), &case));
        }
        Some(())
    }

    /// The kinds that an item's own tail restricts it to: `consent (only for advice)`.
    fn restrictions<'i>(&self, item: &'i Item, kind: &str) -> impl Iterator<Item = &'i Item> {
        let tail = item.clauses.iter().filter(|clause| matches!(clause.slot.as_str(), "for" | "about"));
        let items = tail.flat_map(|clause| match &clause.value {
            ClauseValue::List { items, .. } => items.as_slice(),
            _ => &[],
        });
        items.filter(|item| self.kind(item) == kind).collect::<Vec<_>>().into_iter()
    }

    fn restricts(&self, item: &Item, kind: &str) -> bool {
        self.restrictions(item, kind).next().is_some()
    }

    fn allows(&self, item: &Item, kind: &str, what: &Item) -> bool {
        !self.restricts(item, kind) || self.restrictions(item, kind).any(|allowed| allowed.what == what.what)
    }

    /// Bases and recipients without those that another datum or purpose has for itself.
    fn kept_for(&self, mut said: Vec<Said<'f>>, kind: &str, what: &Item) -> Vec<Said<'f>> {
        for said in said.iter_mut().filter(|said| matches!(said.slot(), "under" | "with")) {
            let items = said.items();
            let kept: Vec<&'f Item> = items.iter().copied().filter(|item| self.allows(item, kind, what)).collect();
            if kept.len() < items.len() {
                said.items = Some(kept);
            }
        }
        said
    }
}

/// Takes from what is left; none if it is not enough.
fn spend(left: &mut usize, cost: usize) -> Option<()> {
    *left = left.checked_sub(cost)?;
    Some(())
}

/// Items of which the same is said, in the order of their first.
fn groups<'i, K: std::hash::Hash + Eq>(items: &[&'i Item], key: impl Fn(&Item) -> K) -> Vec<Vec<&'i Item>> {
    let mut places: HashMap<K, usize> = HashMap::default();
    let mut groups: Vec<Vec<&Item>> = Vec::new();
    for item in items {
        let place = *places.entry(key(item)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(item),
            None => groups.push(vec![item]),
        }
    }
    groups
}

/// What an item says of itself, to compare it.
fn tail_of(item: &Item) -> String {
    if item.clauses.is_empty() { String::new() } else { text_of(&item.clauses) }
}

/// A value as one text, to compare it.
fn text_of<T: Serialize>(value: &T) -> String {
    // Text, numbers and lists always serialise.
    serde_json::to_string(value).unwrap_or_default()
}

/// An item whose tail is resolved.
fn bare(item: &Item) -> Item {
    Item { clauses: Vec::new(), ..item.clone() }
}

fn within(statement: &Statement) -> &str {
    match statement {
        Statement::Section { within, .. }
        | Statement::Steps { within, .. }
        | Statement::Addition { within, .. }
        | Statement::Edition { within, .. }
        | Statement::Prose { within, .. } => within,
        Statement::Sentence(sentence) => &sentence.within,
    }
}
