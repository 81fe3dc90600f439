//! From the changes between two versions to what readers are told of them: each part of a statement as its own page
//! would say it, and nothing of it typed anew.

use foldhash::{HashMap, HashSet};

use super::details::field_title;
use super::nouns::Listing;
use super::plan::Plan;
use super::views::{Statement, relinked};
use super::{Drafter, Inherited};
use crate::diff::{ChangeClass, Compared, Comparison, Part, Stated, Weight};
use crate::document::{Block, CHANGES, ContentsEntry, Document, Inline, Item, Span, plain_spans};
use crate::policy::{Clause, ClauseValue, Entry, NounId, Prose};
use crate::syntax::words::{Join, Openness, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

/// A change in words.
#[derive(Clone, Debug)]
pub struct Told {
    /// What sort of change it is, in two or three words.
    pub title: String,
    /// What the earlier version says.
    pub before: Option<Phrase>,
    /// What the later version says.
    pub after: Option<Phrase>,
}

/// The changes in words, in their order. What reads the same before and after is no change to readers, unless it
/// means something else.
#[must_use]
pub fn tell(old: (Compared<'_>, &Words), new: (Compared<'_>, &Words), comparison: &mut Comparison) -> Vec<Told> {
    let mut before = Teller::new(old.0, old.1);
    let mut after = Teller::new(new.0, new.1);
    let mut all = Vec::new();
    comparison.changes.retain(|change| {
        let mut told = |has_members: bool| Told {
            title: title(change.class, new.1).to_owned(),
            before: change.before.as_ref().and_then(|part| before.tell(part, change.class, has_members)),
            after: change.after.as_ref().and_then(|part| after.tell(part, change.class, has_members)),
        };
        let is_same = |told: &Told| told.before.as_ref().map(Phrase::plain) == told.after.as_ref().map(Phrase::plain);
        let briefly = told(false);
        // Where the words are the same, the members of the lists that they name may differ.
        let told = if is_same(&briefly) { told(true) } else { briefly };
        let same = is_same(&told);
        let is_told = !same || !change.class.is_exactness() && !is_wording(change.class);
        if is_told {
            all.push(told);
        }
        is_told
    });
    all
}

/// The words in front of a change.
fn title(class: ChangeClass, words: &Words) -> &str {
    Template::find(&format!("change-{}", class.name())).map_or("", |template| words.of(template))
}

/// A section that says what changed, behind its opening, with links to the statements of the later version.
#[must_use]
pub fn changes_section(
    old: Compared<'_>,
    new: Compared<'_>,
    comparison: &Comparison,
    told: &[Told],
    words: &Words,
) -> Block {
    let mut blocks = vec![opening(old, new, comparison, words, true)];
    for (lead, is_here) in [
        (t::CHANGES_MATERIAL, (|class| class.weight() == Weight::Material) as fn(ChangeClass) -> bool),
        (t::CHANGES_OTHER, |class| class.weight() != Weight::Material && !class.is_exactness() && !is_wording(class)),
        (t::CHANGES_EXACT, ChangeClass::is_exactness),
        (t::CHANGES_WORDS, is_wording),
    ] {
        let mut items: Vec<(ChangeClass, Vec<Item>)> = Vec::new();
        for (change, told) in comparison.changes.iter().zip(told).filter(|(change, _)| is_here(change.class)) {
            let link = match &change.after {
                Some(Part::Statement(stated)) => Some(&*stated.id),
                _ => None,
            };
            let item = Item { spans: vec![span(item(told, change.class, link, words))], blocks: Vec::new() };
            match items.last_mut() {
                Some((class, same)) if *class == change.class => {
                    if !same.contains(&item) {
                        same.push(item);
                    }
                }
                _ => items.push((change.class, vec![item])),
            }
        }
        let items: Vec<Item> = items.into_iter().map(|(class, items)| grouped(class, items, words)).collect();
        if !items.is_empty() {
            blocks.push(Block::List { lead: vec![span(phrase(words.of(lead)))], ordered: false, items });
        }
    }
    let title = vec![span(phrase(words.of(t::CHANGES_TITLE)))];
    Block::Section { id: CHANGES.to_owned(), title, blocks }
}

/// Puts what changed at the end of a document, as one section, the latest change first, the others each behind words of
/// their own: who reads it for the first time reads the policy, and who comes back finds them in the contents. Links lead
/// to where their targets are in this document; without one they become their words.
pub fn add_changes<'b>(
    document: &mut Document,
    latest: &Block,
    past: impl IntoIterator<Item = (&'b Block, &'b Block)>,
) {
    let Block::Section { title, blocks, .. } = latest else { return };
    let (title, mut blocks) = (title.clone(), blocks.clone());
    for (opening, section) in past {
        let Block::Section { blocks: told, .. } = section else { continue };
        blocks.push(opening.clone());
        blocks.extend(told.iter().skip(1).cloned());
    }
    let here: HashSet<String> = document.places().into_iter().map(str::to_owned).collect();
    let mut section = Block::Section { id: CHANGES.to_owned(), title, blocks };
    section.each_span_mut(&mut |span| {
        span.text = relinked(std::mem::take(&mut span.text), &here, &HashSet::default());
    });
    for block in &mut document.blocks {
        if let (Block::Contents { entries, .. }, Block::Section { title, .. }) = (block, &section) {
            entries.push(ContentsEntry { id: CHANGES.to_owned(), title: plain_spans(title) });
        }
    }
    document.blocks.push(section);
}

/// The changes of one class under what they are.
fn grouped(class: ChangeClass, items: Vec<Item>, words: &Words) -> Item {
    let title = Phrase::from(vec![Inline::Strong { content: vec![Inline::text(title(class, words))] }]);
    Item { spans: vec![span(title)], blocks: vec![Block::List { lead: Vec::new(), ordered: false, items }] }
}

fn is_wording(class: ChangeClass) -> bool {
    matches!(class, ChangeClass::Wording)
}

/// Words that state no fact of the version at hand.
fn span(words: Phrase) -> Span {
    Span { text: words.into_inlines(), ..Span::default() }
}

/// Which version replaces which: the one at hand, or one that is past itself.
#[must_use]
pub fn opening(old: Compared<'_>, new: Compared<'_>, comparison: &Comparison, words: &Words, is_latest: bool) -> Block {
    let day = |version: Compared<'_>| {
        let day = version.edition.and_then(|edition| edition.since);
        let day = day.or(version.policy.header.updated.as_ref().map(|updated| updated.date));
        day.map(|day| Phrase::from(vec![Inline::Time { value: day.to_string(), text: words.date(day) }]))
    };
    let (earlier, date) = (day(old), day(new));
    let template = match (&date, &earlier) {
        (Some(_), Some(_)) if !is_latest => t::CHANGES_THEN,
        _ if !is_latest => t::CHANGES_THEN_UNDATED,
        (Some(_), Some(_)) => t::CHANGES_BETWEEN,
        (Some(_), None) => t::CHANGES_DATED,
        (None, Some(_)) => t::CHANGES_SINCE,
        (None, None) => t::CHANGES_UNDATED,
    };
    let holes = [("date", date.unwrap_or_default()), ("earlier", earlier.unwrap_or_default())];
    let holes: Vec<(&str, &Phrase)> = holes.iter().map(|(name, words)| (*name, words)).collect();
    let mut spans = vec![span(words.fill(template, &holes))];
    if comparison.changes.is_empty() {
        spans.push(span(phrase(words.of(t::CHANGES_NONE))));
    }
    Block::Paragraph { spans }
}

/// One change as an item; what is said now leads to where it is said.
fn item(told: &Told, class: ChangeClass, link: Option<&str>, words: &Words) -> Phrase {
    let sentence = |said: &Phrase| {
        let mut said = said.clone();
        said.capitalise();
        said.full_stop();
        said
    };
    let linked = |said: Phrase| match link {
        Some(id) if !said.has_link() => {
            Phrase::from(vec![Inline::Reference { content: said.into_inlines(), document: None, id: id.to_owned() }])
        }
        _ => said,
    };
    match (&told.before, &told.after) {
        (Some(before), Some(after)) if matches!(class, ChangeClass::Wording | ChangeClass::WordsChanged) => {
            words.fill(t::CHANGES_RENAMED, &[("before", before), ("after", &linked(after.clone()))])
        }
        (Some(before), Some(after)) => {
            words.fill(t::CHANGES_BOTH, &[("after", &linked(sentence(after))), ("before", &sentence(before))])
        }
        (None, Some(after)) => linked(sentence(after)),
        (Some(before), None) => words.fill(t::CHANGES_BEFORE, &[("before", &sentence(before))]),
        (None, None) => Phrase::default(),
    }
}

/// Says the parts of one version.
struct Teller<'p> {
    drafter: Drafter<'p>,
    plans: HashMap<String, Plan>,
    prose: HashMap<String, &'p Prose>,
    /// The statements whose cases are a complete list.
    closed: HashSet<String>,
}

impl<'p> Teller<'p> {
    fn new(version: Compared<'p>, words: &'p Words) -> Teller<'p> {
        let drafter = Drafter::new(version.policy, words, version.edition);
        let mut statements = Vec::new();
        drafter.collect_statements(&version.policy.nodes, &Inherited::default(), false, &mut statements);
        let mut plans = HashMap::default();
        let edition = version.edition.map(|edition| edition.noun);
        let prose = version.policy.prose(edition).into_iter().map(|prose| (prose.id.to_string(), prose)).collect();
        let is_closed = |statement: &&Statement<'_>| statement.closed.is_some();
        let closed = statements.iter().filter(is_closed).flat_map(|statement| statement.plan.fact_ids()).collect();
        collect_plans(&drafter, statements, &mut plans);
        Teller { drafter, plans, prose, closed }
    }

    fn tell(&mut self, part: &Part, class: ChangeClass, has_members: bool) -> Option<Phrase> {
        let drafter = &mut self.drafter;
        let words = match part {
            Part::Statement(stated) => {
                let plan = restricted(drafter, self.plans.get(&*stated.id)?, stated);
                let readers = plan.reader.clone().unwrap_or_else(|| drafter.policy.header.you.clone());
                let outer = std::mem::replace(&mut drafter.readers, readers);
                let mut words = match has_members {
                    true => drafter.with_members(|drafter| drafter.clause_of(&plan)),
                    false => drafter.briefly(|drafter| drafter.clause_of(&plan)),
                };
                // What the page says in sentences of their own: who takes part, and, where that has changed, how long
                // data are kept and whether they must be given.
                let kept = class
                    .is_about_retention()
                    .then(|| drafter.briefly(|drafter| drafter.kept(&plan).unwrap_or_default()));
                let needed = class == ChangeClass::Changed;
                let needed = needed.then(|| drafter.briefly(|drafter| drafter.needed(&plan).unwrap_or_default()));
                let together = drafter.briefly(|drafter| drafter.taking_part(&plan).unwrap_or_default());
                for mut further in
                    [Some(together), kept, needed].into_iter().flatten().filter(|words| !words.is_empty())
                {
                    further.capitalise();
                    words.full_stop();
                    words.push_str(" ");
                    words.append(further);
                }
                drafter.readers = outer;
                if self.closed.contains(&*stated.id) {
                    words = drafter.words.fill(t::VIEW_NAMED_CASES, &[("sentence", &words)]);
                }
                words
            }
            Part::Noun(id) => {
                let noun = drafter.policy.noun(*id);
                let words = drafter.briefly(|drafter| drafter.noun(*id));
                let keys: Vec<&str> = noun.fields.iter().map(|field| &*field.key).collect();
                if super::is_printed_where_declared(noun, true) {
                    drafter.with_fields(*id, words, &keys)
                } else {
                    words
                }
            }
            Part::Kind(id) => {
                let noun = drafter.briefly(|drafter| drafter.noun(*id));
                let kinds = drafter.policy.noun(*id).parents.iter();
                let kinds = kinds.map(|kind| phrase(drafter.policy.noun(*kind).words())).collect();
                let kinds = drafter.words.join(kinds, Join::And);
                drafter.words.fill(t::CHANGES_KIND, &[("noun", &phrase(noun.plain())), ("kinds", &kinds)])
            }
            Part::Meaning(id) => {
                let means = drafter.policy.noun(*id).means.clone()?;
                drafter.definition(*id, &means)
            }
            Part::Field(id, key) if &**key == "link" => {
                let words = drafter.briefly(|drafter| drafter.noun(*id));
                let link = drafter.policy.noun(*id).link.clone()?;
                drafter.words.fill(t::CHANGES_KIND, &[("noun", &phrase(words.plain())), ("kinds", &phrase(&*link))])
            }
            Part::Field(id, key) => {
                let words = drafter.briefly(|drafter| drafter.noun(*id));
                drafter.with_fields(*id, words, &[key])
            }
            Part::Publisher => {
                let publisher = drafter.publisher_in_full();
                let several = drafter.policy.header.we.len() > 1;
                let template = if several { t::CHANGES_PUBLISHERS } else { t::CHANGES_PUBLISHER };
                drafter.words.fill(template, &[("publisher", &publisher)])
            }
            Part::Readers => {
                let people = drafter.policy.header.you.iter().map(|id| drafter.noun(*id)).collect();
                let people = drafter.words.join(people, Join::And);
                drafter.words.fill(t::CHANGES_READERS, &[("people", &people)])
            }
            Part::Covers => {
                let things = drafter.list(&drafter.policy.header.covers, Listing::objects(Join::And));
                drafter.words.fill(t::CHANGES_COVERS, &[("things", &things)])
            }
            Part::Prose(id, _) => {
                let prose: &'p Prose = self.prose.get(&**id)?;
                let mut blocks = Vec::new();
                drafter.prose(prose, &mut blocks);
                let mut words = Vec::new();
                for block in &blocks {
                    block.each_span(&mut |span| words.push(plain_spans(std::slice::from_ref(span))));
                }
                phrase(words.join(" "))
            }
        };
        drafter.details_due.clear();
        drafter.facts.clear();
        drafter.mentions.clear();
        Some(words)
    }
}

/// Every statement by the facts it states, the cases of complete lists included.
fn collect_plans<'p>(drafter: &Drafter<'p>, statements: Vec<Statement<'p>>, plans: &mut HashMap<String, Plan>) {
    for statement in statements {
        if let Some(closed) = statement.closed {
            let inside = statement.inherited.clone();
            let mut cases = Vec::new();
            let nodes = closed.cases.as_deref().unwrap_or_default();
            drafter.collect_statements(nodes, &inside, false, &mut cases);
            for case in &mut cases {
                inherit(&mut case.plan, &closed.clauses);
            }
            collect_plans(drafter, cases, plans);
        }
        for fact in statement.plan.fact_ids() {
            plans.entry(fact).or_insert_with(|| statement.plan.clone());
        }
    }
}

/// Adds the conditions of a complete list to one of its cases, or the case would claim more.
fn inherit(case: &mut Plan, clauses: &[Clause]) {
    for clause in clauses.iter().filter(|clause| clause.slot.takes_condition()) {
        if case.clause(clause.slot).is_none() {
            case.clauses.push(clause.clone());
        }
    }
}

/// The part of a statement that a change is about.
fn restricted(drafter: &Drafter<'_>, plan: &Plan, stated: &Stated) -> Plan {
    let mut plan = plan.clone();
    plan.objects = kept(drafter, &plan.objects, &stated.objects);
    for clause in &mut plan.clauses {
        let wanted = match clause.slot {
            Slot::With | Slot::To => &stated.recipients,
            Slot::For => &stated.purposes,
            _ => continue,
        };
        if let ClauseValue::List(entries, _) = &mut clause.value
            && entries.iter().all(|entry| entry.period().is_none())
        {
            *entries = kept(drafter, entries, wanted);
        }
    }
    plan.clauses.retain(|clause: &Clause| clause.slot != Slot::See);
    plan
}

/// Those of some entries that are wanted; members of lists stand for themselves. Everything, if nothing is found.
fn kept(drafter: &Drafter<'_>, entries: &[Entry], wanted: &[Entry]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for entry in entries {
        let members = members(drafter, entry);
        let (named, all) = (wanted.contains(entry), members.iter().all(|member| holds(drafter, member, wanted)));
        let is_list = drafter.policy.group_of(entry).is_some_and(|group| group.openness == Openness::Namely);
        if all && (named || is_list) {
            // Its members are a part of what is new, whether or not they were named before.
            found.push(Entry { group: drafter.policy.group_of(entry).cloned(), ..entry.clone() });
        } else if members.iter().any(|member| holds(drafter, member, wanted)) {
            // What is new are some of the examples.
            found.extend(kept(drafter, members, wanted));
        } else if named {
            found.push(Entry { group: None, ..entry.clone() });
        }
    }
    if found.is_empty() { entries.to_vec() } else { found }
}

fn holds(drafter: &Drafter<'_>, entry: &Entry, wanted: &[Entry]) -> bool {
    wanted.contains(entry) || members(drafter, entry).iter().any(|member| holds(drafter, member, wanted))
}

/// The members of an entry, named where it stands or where its noun is declared.
fn members<'e>(drafter: &Drafter<'e>, entry: &'e Entry) -> &'e [Entry] {
    drafter.policy.group_of(entry).map_or(&[], |group| &group.entries)
}

impl Drafter<'_> {
    /// A noun with some of its fields: "hosting, location: Germany; retention: 30 days".
    fn with_fields(&mut self, id: NounId, noun: Phrase, keys: &[&str]) -> Phrase {
        let fields = &self.policy.noun(id).fields;
        let mut all = Phrase::default();
        for key in keys {
            let Some(position) = fields.iter().position(|field| *field.key == **key) else { continue };
            let value = self.with_members(|drafter| drafter.field(id, position));
            if !all.is_empty() {
                all.push_str("; ");
            }
            all.append(
                self.words.fill(t::CHANGES_VALUE, &[("field", &field_title(key, self.words)), ("value", &value)]),
            );
        }
        // A name that is a link stands in a list of its own on the page; here it is its words.
        self.words.fill(t::CHANGES_FIELD, &[("noun", &phrase(noun.plain())), ("fields", &all)])
    }
}
