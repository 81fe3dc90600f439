//! The record of processing: every sentence about data in the activity it belongs to, with what the rest of the
//! policy says of the same data. It is the one document that prints internal facts.

mod cells;
mod further;
mod page;
mod people;

use std::collections::BTreeSet;

use super::View;
use super::practices::{
    Practice, is_ours, is_processing, is_publisher, is_stated, lists_of, nouns_of, practices, purposes_of,
};
use super::reach::is_everything;
use crate::draft::Drafter;
use crate::draft::details::field_title;
use crate::draft::plan::Plan;
use crate::policy::{Edition, Entry, Head, Noun, NounId, Policy};
use crate::record::{Activity, Item, Processing, RECORD_VERSION};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Words, phrase, templates as t};

/// What keeps activities apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// The sentence that the author named.
    Sentence(String),
    /// The purpose, and whether it is one of others.
    Purpose(NounId, bool),
    /// No purpose is said: what the sentence is about, data or else trackers.
    Objects(Vec<NounId>),
}

/// An activity while it is being gathered.
struct Gathered {
    key: Key,
    /// For whom it is done, if not for the publisher.
    behalf: Option<NounId>,
    /// The data it is about.
    data: BTreeSet<NounId>,
    /// Everything it names.
    named: BTreeSet<NounId>,
    activity: Activity,
}

/// What a record of processing holds, in an edition of the policy.
#[must_use]
pub fn processing(policy: &Policy, words: &Words, edition: Option<&Edition>, document: NounId) -> Processing {
    gather(&mut Drafter::new(policy, words, edition), document)
}

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, document: NounId) -> View {
    let query = drafter.statement_ids();
    let processing = gather(drafter, document);
    View { blocks: page::blocks(&processing, drafter.words), query }
}

fn gather(drafter: &mut Drafter<'_>, document: NounId) -> Processing {
    // Nothing is explained or linked at its first mention: the policy does that.
    drafter.seen.fill(true);
    let policy = drafter.policy;
    let mut builder = Builder { drafter, policy, gathered: Vec::new(), record: Processing::default() };
    builder.build(document);
    builder.record
}

struct Builder<'d, 'p> {
    drafter: &'d mut Drafter<'p>,
    policy: &'p Policy,
    gathered: Vec<Gathered>,
    record: Processing,
}

impl<'p> Builder<'_, 'p> {
    fn build(&mut self, document: NounId) {
        let header = &self.policy.header;
        self.record.format_version = RECORD_VERSION;
        self.record.language = header.language.to_string();
        self.record.title = self.policy.noun(document).words().into_owned();
        self.record.updated = header.updated.as_ref().map(|updated| updated.date.to_string());
        let found = practices(self.drafter, true);
        self.controller(&found);
        let mut later = Vec::new();
        let mut without_purpose = Vec::new();
        for practice in &found {
            match self.begins_activity(practice) {
                Begins::Activities => {}
                Begins::WithoutPurpose => without_purpose.push(practice),
                Begins::Nothing => later.push(practice),
            }
        }
        for practice in without_purpose {
            self.without_purpose(practice);
        }
        self.engagements();
        for practice in later {
            self.attach(practice);
        }
        self.defaults(&found);
        self.internal_nouns();
        self.titles();
        for gathered in std::mem::take(&mut self.gathered) {
            match gathered.behalf {
                Some(_) => self.record.on_behalf_of_others.push(gathered.activity),
                None => self.record.activities.push(gathered.activity),
            }
        }
    }

    // ── activities ──────────────────────────────────────────────────────────────────────────────────────

    /// Puts a sentence that says what is done with data, and for what, in its activities.
    fn begins_activity(&mut self, practice: &Practice<'p>) -> Begins {
        let plan = &practice.plan;
        let class = plan.class(self.policy);
        if !is_processing(plan, self.policy) || !is_stated(plan, self.policy) || !is_ours(plan, self.policy) {
            return Begins::Nothing;
        }
        let mut purposes: Vec<Entry> = plan
            .clauses
            .iter()
            .filter(|clause| clause.slot == Slot::For)
            .flat_map(lists_of)
            .flat_map(|(_, entries)| purposes_of(entries))
            .cloned()
            .collect();
        for object in &plan.objects {
            let tail = object.tail.iter().filter(|clause| clause.slot == Slot::For);
            purposes.extend(tail.flat_map(|clause| purposes_of(clause.value.entries())).cloned());
        }
        let data = self.data_of(&plan.objects);
        let is_about_data = !data.is_empty()
            || plan.objects.iter().any(|entry| {
                matches!(entry.head, Head::Everything)
                    || entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Tracker)
            });
        // How long something is kept belongs to what it is kept for.
        let only_keeps = class == Class::Retention && purposes.is_empty();
        if !is_about_data || only_keeps || (practice.internal && purposes.is_empty()) {
            return Begins::Nothing;
        }
        // Who is responsible for all data, and who may get it, is no activity.
        if purposes.is_empty()
            && plan.objects.iter().all(|entry| entry.noun_id().is_none_or(|id| is_everything(self.policy, id)))
        {
            return Begins::Nothing;
        }
        let behalf = self.behalf_of(plan);
        if practice.sentence.named {
            self.contribute(Key::Sentence(practice.sentence.id.to_string()), behalf, practice, None);
        } else if purposes.is_empty() {
            return Begins::WithoutPurpose;
        } else {
            let mut known = Vec::new();
            for purpose in purposes {
                let Some(id) = purpose.noun_id() else { continue };
                if !known.contains(&(id, purpose.other)) {
                    known.push((id, purpose.other));
                    self.contribute(Key::Purpose(id, purpose.other), behalf, practice, Some(&purpose));
                }
            }
        }
        Begins::Activities
    }

    /// A sentence without a purpose. Collected data is collected for whatever uses it; what is done besides is an
    /// activity of its own, whose purpose the policy keeps to itself.
    fn without_purpose(&mut self, practice: &Practice<'p>) {
        let plan = &practice.plan;
        let behalf = self.behalf_of(plan);
        let data = self.data_of(&plan.objects);
        let collects = plan.class(self.policy) == Class::Collection;
        let uses: Vec<usize> = self
            .gathered
            .iter()
            .enumerate()
            .filter(|(_, gathered)| {
                gathered.behalf == behalf
                    && !matches!(gathered.key, Key::Objects(_))
                    && data.iter().any(|datum| gathered.data.contains(datum))
            })
            .map(|(index, _)| index)
            .collect();
        let all_used = data.iter().all(|datum| {
            uses.iter().any(|index| self.gathered.get(*index).is_some_and(|gathered| gathered.data.contains(datum)))
        });
        if collects && !data.is_empty() && all_used {
            let said = Said { facts: plan.fact_ids(), internal: practice.internal };
            for index in uses {
                self.shared(index, plan, &said);
                self.say(index, practice, &said);
            }
            return;
        }
        let objects = if data.is_empty() { plan.objects.iter().filter_map(Entry::noun_id).collect() } else { data };
        self.contribute(Key::Objects(objects), behalf, practice, None);
    }

    /// An activity that a sentence with a name began is called by what it is for, as far as that is short. Where two
    /// have the same purpose, the author's name tells them apart.
    fn titles(&mut self) {
        for index in 0..self.gathered.len() {
            let Some(gathered) = self.gathered.get(index) else { continue };
            let named = matches!(gathered.key, Key::Sentence(_));
            let purposes = &gathered.activity.purposes;
            if !named || !matches!(purposes.len(), 1 | 2) {
                continue;
            }
            let words = purposes.iter().map(|item| phrase(item.text.as_str())).collect();
            let mut title = self.drafter.words.join(words, Join::And);
            title.capitalise();
            let text = title.plain();
            let taken = self.gathered.iter().enumerate().any(|(other, gathered)| {
                other != index && gathered.activity.title.to_lowercase() == text.to_lowercase()
            });
            let Some(gathered) = self.gathered.get_mut(index) else { continue };
            gathered.activity.title = if taken {
                let name = phrase(gathered.activity.title.to_lowercase());
                with_aside(title, &name, self.drafter.words).plain()
            } else {
                text
            };
        }
    }

    fn data_of(&self, entries: &[Entry]) -> Vec<NounId> {
        let mut data = nouns_of(self.policy, entries, Kind::Data);
        data.sort_unstable();
        data.dedup();
        data
    }

    /// For whom the publisher does it, if it says that it acts as a processor.
    fn behalf_of(&self, plan: &Plan) -> Option<NounId> {
        plan.entries(Slot::As)
            .iter()
            .filter(|role| role.noun_id().is_some_and(|id| self.policy.is(id, "processor")))
            .filter_map(|role| role.of.as_deref())
            .find(|of| !is_publisher(of, self.policy))
            .and_then(|of| match of.head {
                Head::You => self.policy.header.you.first().copied(),
                Head::Noun(id) => Some(id),
                Head::We | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => None,
            })
    }

    /// The activity with this key; a new one if there is none.
    fn activity(&mut self, key: Key, behalf: Option<NounId>) -> usize {
        let known = self.gathered.iter().position(|gathered| gathered.key == key && gathered.behalf == behalf);
        known.unwrap_or_else(|| {
            let (mut id, words) = match &key {
                Key::Sentence(name) => (format!("activity-{name}"), phrase(name.replace(['-', '_'], " "))),
                Key::Purpose(purpose, other) => {
                    let plain = Entry { other: *other, ..Entry::noun(*purpose) };
                    let words = self.words(&plain, false);
                    let other = if *other { "other-" } else { "" };
                    (format!("activity-{other}{}", self.policy.noun(*purpose).id), words)
                }
                Key::Objects(objects) => {
                    let names = objects.iter().map(|id| self.words(&Entry::noun(*id), false)).collect();
                    let names = self.drafter.words.join(names, Join::And);
                    let first = objects.first().map_or("any", |id| &*self.policy.noun(*id).id);
                    (format!("activity-{first}"), self.drafter.words.fill(t::RECORD_NO_PURPOSE, &[("data", &names)]))
                }
            };
            let taken = |id: &str| self.gathered.iter().any(|gathered| gathered.activity.id == id);
            let base = id.clone();
            let mut counter = 2;
            while taken(&id) {
                id = format!("{base}-{counter}");
                counter += 1;
            }
            let mut title = words;
            title.capitalise();
            let activity = Activity { id, title: title.plain(), ..Activity::default() };
            self.gathered.push(Gathered { key, behalf, data: BTreeSet::new(), named: BTreeSet::new(), activity });
            self.gathered.len() - 1
        })
    }

    /// Says what a sentence contributes to an activity.
    fn contribute(&mut self, key: Key, behalf: Option<NounId>, practice: &Practice<'p>, purpose: Option<&Entry>) {
        let index = self.activity(key, behalf);
        let plan = &practice.plan;
        let said = Said { facts: plan.fact_ids(), internal: practice.internal };
        let aside = self.conditions(plan);
        self.subjects(index, plan, &said);
        for object in &plan.objects {
            let tail: Vec<&Entry> = object
                .tail
                .iter()
                .filter(|clause| clause.slot == Slot::For && clause.only)
                .flat_map(|clause| purposes_of(clause.value.entries()))
                .collect();
            // Only for another purpose.
            if purpose.is_some_and(|purpose| {
                !tail.is_empty() && !tail.iter().any(|entry| entry.noun_id() == purpose.noun_id())
            }) {
                continue;
            }
            let mut shown = object.clone();
            if purpose.is_some() {
                shown.tail.retain(|clause| clause.slot != Slot::For);
            }
            self.datum(index, &shown, &aside, &said);
        }
        match purpose {
            Some(purpose) => {
                let words = self.words(purpose, true);
                self.add(index, |activity| &mut activity.purposes, words, &said);
            }
            None => self.clauses(index, plan, Slot::For, &Phrase::default(), &said),
        }
        self.shared(index, plan, &said);
        self.say(index, practice, &said);
        for added in &practice.additions {
            let said = Said { facts: added.plan.fact_ids(), internal: added.internal };
            let aside = self.conditions(&added.plan);
            for clause in &added.plan.clauses {
                if matches!(clause.slot, Slot::For | Slot::With | Slot::To | Slot::From) {
                    self.clauses(index, &added.plan, clause.slot, &aside, &said);
                }
            }
            self.shared(index, &added.plan, &said);
        }
    }

    // ── words ───────────────────────────────────────────────────────────────────────────────────────────

    /// An entry as it stands in a cell: the publisher and the readers by name.
    fn words(&mut self, entry: &Entry, aside: bool) -> Phrase {
        let mut entry = entry.clone();
        self.by_name(&mut entry);
        let outer = std::mem::take(&mut self.drafter.readers);
        let words = self.drafter.entry(&entry, aside, false);
        self.drafter.readers = outer;
        words
    }

    fn by_name(&self, entry: &mut Entry) {
        let named = match entry.head {
            Head::We => self.policy.header.we.as_slice(),
            Head::You => self.policy.header.you.as_slice(),
            Head::Noun(_) | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => &[],
        };
        if let [only] = named {
            entry.head = Head::Noun(*only);
        }
        if let Some(of) = &mut entry.of {
            self.by_name(of);
        }
    }

    fn conditions(&mut self, plan: &Plan) -> Phrase {
        self.drafter.conditions_aside(plan)
    }

    fn remember(&mut self, index: usize, entry: &Entry) {
        let mut ids: Vec<NounId> = entry.noun_id().into_iter().collect();
        if let Some(group) = &entry.group {
            ids.extend(group.entries.iter().filter_map(Entry::noun_id));
        }
        if let Some(gathered) = self.gathered.get_mut(index) {
            gathered.named.extend(ids);
        }
    }

    fn add(&mut self, index: usize, list: impl Fn(&mut Activity) -> &mut Vec<Item>, words: Phrase, said: &Said) {
        if let Some(gathered) = self.gathered.get_mut(index) {
            add(list(&mut gathered.activity), words, said.facts.clone(), said.internal);
        }
    }
}

impl Gathered {
    /// Whether the activity is about this data, or a part of it.
    fn has(&self, policy: &Policy, wide: NounId) -> bool {
        self.data.iter().any(|datum| policy.covers(wide, *datum))
    }

    /// Whether the activity is made of this purpose.
    fn key_is(&self, id: NounId) -> bool {
        matches!(self.key, Key::Purpose(purpose, _) if purpose == id)
    }
}

/// What becomes of a sentence in a record.
enum Begins {
    /// It is in the activities that it began.
    Activities,
    /// It says what is done with data, but not for what.
    WithoutPurpose,
    /// It begins none.
    Nothing,
}

/// Which facts say something, and whether they are internal.
struct Said {
    facts: Vec<String>,
    internal: bool,
}

/// Adds a thing to a list. What is there already is said by more facts.
fn add(list: &mut Vec<Item>, mut words: Phrase, facts: Vec<String>, internal: bool) {
    words.trim_end();
    let text = words.plain();
    if text.is_empty() {
        return;
    }
    match list.iter_mut().find(|item| item.text == text) {
        Some(known) => {
            known.internal &= internal;
            for fact in facts {
                if !known.facts.contains(&fact) {
                    known.facts.push(fact);
                }
            }
        }
        None => list.push(Item { facts, internal, text }),
    }
}

/// "e-mail: help@acme.example"
fn titled(key: &str, value: &Phrase, words: &Words) -> Phrase {
    words.fill(t::NOUN_FIELD, &[("title", &field_title(key, words)), ("value", value)])
}

fn with_aside(words: Phrase, aside: &Phrase, wording: &Words) -> Phrase {
    if aside.is_empty() {
        return words;
    }
    let mut out = words;
    out.push_str(" ");
    out.append(wording.fill(t::ASIDE, &[("phrase", aside)]));
    out
}

fn field_values<'n>(noun: &'n Noun, key: &str) -> &'n [Entry] {
    noun.fields.iter().find(|field| &*field.key == key).map_or(&[], |field| &field.values)
}

/// Every noun that a sentence names directly.
fn nouns_named(plan: &Plan) -> BTreeSet<NounId> {
    let clauses = plan.clauses.iter().flat_map(|clause| clause.value.entries());
    plan.actors.iter().chain(&plan.objects).chain(clauses).filter_map(Entry::noun_id).collect()
}
