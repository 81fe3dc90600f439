//! The record of processing: every sentence about data in the activity it belongs to, with what the rest of the
//! policy says of the same data. It is the one document that prints internal facts.

mod page;

use std::collections::BTreeSet;

use super::View;
use super::practices::{
    Practice, covers, is_ours, is_publisher, is_stated, lists_of, nouns_of, practices, purposes_of,
};
use crate::draft::Drafter;
use crate::draft::nouns::Listing;
use crate::draft::plan::Plan;
use crate::policy::{Clause, Edition, Entry, Field, Head, Noun, NounId, Policy, Value};
use crate::record::{Activity, Item, Processing, RECORD_VERSION};
use crate::syntax::words::{Join, Kind, Quantifier, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, fill, phrase, templates as t, words as words_of};

/// The fields of a party that say who it is and how to reach it.
const PARTY_FIELDS: [&str; 7] = ["legal", "country", "seat", "post", "email", "phone", "site"];

/// What keeps activities apart.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Key {
    /// The sentence that the author named.
    Sentence(String),
    /// The purpose, and whether it is one of others.
    Purpose(NounId, bool),
    /// No purpose is said: what the sentence is about.
    Data(Vec<NounId>),
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
        for practice in &found {
            if !self.begins_activity(practice) {
                later.push(practice);
            }
        }
        self.engagements();
        for practice in later {
            self.attach(practice);
        }
        self.defaults(&found);
        self.internal_nouns();
        for gathered in std::mem::take(&mut self.gathered) {
            match gathered.behalf {
                Some(_) => self.record.on_behalf_of_others.push(gathered.activity),
                None => self.record.activities.push(gathered.activity),
            }
        }
    }

    // ── who ─────────────────────────────────────────────────────────────────────────────────────────────

    fn controller(&mut self, found: &[Practice<'p>]) {
        for id in &self.policy.header.we {
            let noun = self.policy.noun(*id);
            let words = self.party(*id, &["legal", "country", "seat"]);
            add(&mut self.record.controller.name, words, vec![noun.id.to_string()], false);
            for (position, field) in noun.fields.iter().enumerate() {
                if ["post", "email", "phone", "site"].contains(&&*field.key) {
                    let mut words = self.titled_field(*id, position);
                    words.capitalise();
                    add(&mut self.record.controller.contacts, words, vec![format!("{}.{}", noun.id, field.key)], false);
                }
            }
        }
        let label = |id: &NounId| self.policy.noun(*id).words().into_owned();
        self.record.controller.we = self.policy.header.we.iter().map(label).collect();
        self.record.controller.you = self.policy.header.you.iter().map(label).collect();
        for (index, noun) in self.policy.nouns.iter().enumerate() {
            if !noun.declared {
                continue;
            }
            let id = NounId(index as u32);
            match noun.kind {
                Kind::Contact if !noun.fields.is_empty() => {
                    let keys: Vec<&str> = noun.fields.iter().map(|field| &*field.key).collect();
                    let mut words = self.party(id, &keys);
                    words.capitalise();
                    add(&mut self.record.controller.contacts, words, vec![noun.id.to_string()], noun.internal);
                }
                Kind::Party => {
                    for (name, role) in [
                        ("joint-controller", Office::Joint),
                        ("representative", Office::Representative),
                        ("data-protection-officer", Office::Officer),
                    ] {
                        if self.policy.is(id, name) {
                            self.officer(id, role, vec![noun.id.to_string()], noun.internal);
                        }
                    }
                }
                _ => {}
            }
        }
        for practice in found {
            for entry in practice.plan.entries(Slot::As) {
                let Some(id) = entry.noun_id() else { continue };
                let office = [
                    ("joint-controllers", Office::Joint),
                    ("representative", Office::Representative),
                    ("dpo", Office::Officer),
                ];
                let Some((_, office)) = office.into_iter().find(|(name, _)| self.policy.is(id, name)) else { continue };
                let actors: Vec<NounId> = practice
                    .plan
                    .actors
                    .iter()
                    .filter(|actor| !is_publisher(actor, self.policy))
                    .filter_map(Entry::noun_id)
                    .collect();
                for actor in actors {
                    self.officer(actor, office, practice.plan.fact_ids(), practice.internal);
                }
            }
        }
    }

    fn officer(&mut self, id: NounId, office: Office, facts: Vec<String>, internal: bool) {
        let words = self.party(id, &PARTY_FIELDS);
        let controller = &mut self.record.controller;
        let list = match office {
            Office::Joint => &mut controller.joint_controllers,
            Office::Representative => &mut controller.representatives,
            Office::Officer => &mut controller.protection_officers,
        };
        add(list, words, facts, internal);
    }

    /// "Acme (legal name: Acme GmbH; seat: Germany)"
    fn party(&mut self, id: NounId, keys: &[&str]) -> Phrase {
        let noun = self.policy.noun(id);
        let mut fields = Phrase::default();
        for (position, field) in noun.fields.iter().enumerate() {
            if keys.contains(&&*field.key) {
                let words = self.titled_field(id, position);
                fields.push_str(if fields.is_empty() { "" } else { "; " });
                fields.append(words);
            }
        }
        let mut words = phrase(noun.words());
        if !fields.is_empty() {
            words.push_str(" ");
            words.append(fill(t::ASIDE, &[("phrase", &fields)]));
        }
        words
    }

    /// "E-mail: help@acme.example"
    fn titled_field(&mut self, id: NounId, position: usize) -> Phrase {
        let noun = self.policy.noun(id);
        let Some(field) = noun.fields.get(position) else { return Phrase::default() };
        let value = self.drafter.field(id, position);
        titled(&field.key, &value)
    }

    // ── activities ──────────────────────────────────────────────────────────────────────────────────────

    /// Whether a sentence says what is done with data, and for what. If so it is in its activities now.
    fn begins_activity(&mut self, practice: &Practice<'p>) -> bool {
        let plan = &practice.plan;
        let class = plan.class(self.policy);
        let processing = matches!(
            class,
            Class::Collection | Class::Use | Class::Disclosure | Class::Access | Class::Transfer | Class::Tracking
        ) || class == Class::Retention;
        if !processing || !is_stated(plan, self.policy) || !is_ours(plan, self.policy) {
            return false;
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
            return false;
        }
        let behalf = self.behalf_of(plan);
        if practice.sentence.named {
            self.contribute(Key::Sentence(practice.sentence.id.to_string()), behalf, practice, None);
        } else if purposes.is_empty() {
            self.contribute(Key::Data(data), behalf, practice, None);
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
        true
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
    fn activity(&mut self, key: Key, behalf: Option<NounId>, title: Option<&Entry>) -> usize {
        let known = self.gathered.iter().position(|gathered| gathered.key == key && gathered.behalf == behalf);
        known.unwrap_or_else(|| {
            let (mut id, words) = match (&key, title) {
                (Key::Sentence(name), _) => (format!("activity-{name}"), phrase(name.replace(['-', '_'], " "))),
                (Key::Purpose(purpose, other), title) => {
                    let plain = Entry { other: *other, ..Entry::noun(*purpose) };
                    let words = self.words(title.map_or(&plain, |_| &plain), false);
                    let other = if *other { "other-" } else { "" };
                    (format!("activity-{other}{}", self.policy.noun(*purpose).id), words)
                }
                (Key::Data(data), _) => {
                    let names = data.iter().map(|id| self.words(&Entry::noun(*id), false)).collect();
                    let names = self.drafter.words.join(names, Join::And);
                    let first = data.first().map_or("any", |id| &*self.policy.noun(*id).id);
                    (format!("activity-{first}"), fill(t::RECORD_NO_PURPOSE, &[("data", &names)]))
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
        let index = self.activity(key, behalf, purpose);
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

    /// What is the same for the sentence and what is added to it: bases, roles, places, periods.
    fn shared(&mut self, index: usize, plan: &Plan, said: &Said) {
        let aside = self.conditions(plan);
        for clause in &plan.clauses {
            match clause.slot {
                // What makes a transfer lawful stands with its place.
                Slot::Under if plan.class(self.policy) == Class::Transfer => {}
                Slot::Under => self.clauses(index, plan, Slot::Under, &aside, said),
                Slot::At => self.clauses(index, plan, Slot::At, &Phrase::default(), said),
                Slot::In => self.clauses(index, plan, Slot::In, &aside, said),
                Slot::As => self.clauses(index, plan, Slot::As, &Phrase::default(), said),
                Slot::From => self.clauses(index, plan, Slot::From, &Phrase::default(), said),
                Slot::With | Slot::To => self.clauses(index, plan, clause.slot, &aside, said),
                Slot::Kept => {
                    let words = self.drafter.clause(plan, clause);
                    let words = with_aside(words, &aside);
                    self.add(index, |activity| &mut activity.retention, words, said);
                }
                Slot::About
                | Slot::Via
                | Slot::On
                | Slot::For
                | Slot::When
                | Slot::Unless
                | Slot::While
                | Slot::Until
                | Slot::Before
                | Slot::After
                | Slot::Within
                | Slot::Because
                | Slot::See
                | Slot::Sense
                | Slot::Required
                | Slot::Optional => {}
            }
        }
        // Whoever acts for the publisher receives what it acts on.
        for actor in &plan.actors {
            let Some(id) = actor.noun_id() else { continue };
            if self.policy.noun(id).kind == Kind::Party && !is_publisher(actor, self.policy) {
                let mut words = self.words(actor, false);
                for role in plan.entries(Slot::As) {
                    let role = self.drafter.role(role);
                    words = fill(t::RECORD_AS, &[("who", &words), ("role", &role)]);
                }
                let words = with_aside(words, &aside);
                self.add(index, |activity| &mut activity.recipients, words, said);
            }
        }
    }

    /// The entries of a clause in the cells they belong to.
    fn clauses(&mut self, index: usize, plan: &Plan, slot: Slot, aside: &Phrase, said: &Said) {
        let Some(clause) = plan.clause(slot).cloned() else { return };
        let lists: Vec<(Option<Vec<Clause>>, Vec<Entry>)> = lists_of(&clause)
            .into_iter()
            .map(|(guard, entries)| (guard.map(<[Clause]>::to_vec), entries.to_vec()))
            .collect();
        for (guard, entries) in lists {
            let purposes = slot == Slot::For;
            for entry in entries.iter().filter(|entry| !purposes || entry.period().is_none()) {
                self.remember(index, entry);
                let kind = entry.noun_id().map(|id| self.policy.noun(id).kind);
                // A place that the author names himself is where something stands, not a country.
                let country = entry.noun_id().is_some_and(|id| self.policy.noun(id).standard.is_some());
                let place = matches!(entry.head, Head::Value(Value::Place(_)))
                    || (kind == Some(Kind::Place) && (country || slot != Slot::At));
                if slot == Slot::Under && self.is_interest(entry) {
                    self.interest(index, entry, said);
                }
                let mut shown = entry.clone();
                if slot == Slot::Under && self.is_interest(entry) {
                    shown.tail.retain(|clause| clause.slot != Slot::Because);
                }
                if slot == Slot::As {
                    let role = self.drafter.role(&Entry { of: None, ..entry.clone() });
                    self.add(index, |activity| &mut activity.roles, role, said);
                    if let Some(of) = entry.of.as_ref().filter(|of| !is_publisher(of, self.policy)) {
                        let words = self.words(of, false);
                        self.add(index, |activity| &mut activity.on_behalf_of, words, said);
                    }
                    continue;
                }
                let mut words = self.words(&shown, true);
                if clause.only {
                    words = fill(t::ONLY, &[("phrase", &words)]);
                }
                words = match &guard {
                    None => words,
                    Some(guard) if guard.is_empty() => fill(t::ARM_OTHERWISE, &[("value", &words)]),
                    Some(guard) => {
                        let guard = self.drafter.guard(guard);
                        fill(t::ARM, &[("value", &words), ("guard", &guard)])
                    }
                };
                words = with_aside(words, aside);
                match slot {
                    Slot::For => self.add(index, |activity| &mut activity.purposes, words, said),
                    Slot::From => self.add(index, |activity| &mut activity.sources, words, said),
                    Slot::Under if matches!(kind, Some(Kind::Basis | Kind::Law) | None) => {
                        self.add(index, |activity| &mut activity.legal_bases, words, said);
                    }
                    Slot::At if !place => self.add(index, |activity| &mut activity.stores, words, said),
                    Slot::In if kind == Some(Kind::Store) => {
                        self.add(index, |activity| &mut activity.stores, words, said);
                    }
                    Slot::At | Slot::In | Slot::To if place => self.transfer(index, plan, words, said),
                    Slot::With | Slot::To
                        if matches!(plan.class(self.policy), Class::Disclosure | Class::Access | Class::Transfer)
                            || plan.verbs.is_empty() =>
                    {
                        self.add(index, |activity| &mut activity.recipients, words, said);
                    }
                    _ => {}
                }
            }
        }
    }

    /// "Singapore, under the standard contractual clauses"
    fn transfer(&mut self, index: usize, plan: &Plan, place: Phrase, said: &Said) {
        let mut words = place;
        if plan.class(self.policy) == Class::Transfer
            && let Some(clause) = plan.clause(Slot::Under)
        {
            let under = self.drafter.clause(plan, clause);
            words = fill(t::RECORD_PLACE, &[("place", &words), ("under", &under)]);
        }
        self.add(index, |activity| &mut activity.transfers, words, said);
    }

    fn is_interest(&self, entry: &Entry) -> bool {
        entry
            .noun_id()
            .is_some_and(|id| self.policy.noun(id).kind == Kind::Basis && self.policy.is(id, "legitimate-interests"))
    }

    fn interest(&mut self, index: usize, entry: &Entry, said: &Said) {
        for clause in entry.tail.iter().filter(|clause| clause.slot == Slot::Because) {
            for reason in clause.value.entries() {
                let words = self.words(reason, true);
                self.add(index, |activity| &mut activity.interests, words, said);
            }
        }
    }

    /// The people that data is about: those that are named, else the readers where the policy says "your".
    fn subjects(&mut self, index: usize, plan: &Plan, said: &Said) {
        let about = plan.entries(Slot::About).to_vec();
        for entry in &about {
            let words = self.words(entry, true);
            self.add(index, |activity| &mut activity.subjects, words, said);
        }
        let readers = plan.reader.clone().unwrap_or_else(|| self.policy.header.you.clone());
        if about.is_empty() && plan.objects.iter().any(|entry| self.drafter.takes_your(entry)) {
            let yours = !plan.entries(Slot::From).iter().any(|entry| matches!(entry.head, Head::Noun(_)));
            for reader in readers.iter().filter(|_| yours) {
                let words = phrase(self.policy.noun(*reader).words());
                self.add(index, |activity| &mut activity.subjects, words, said);
            }
        }
    }

    /// One kind of data, with its members and where all of it comes from.
    fn datum(&mut self, index: usize, entry: &Entry, aside: &Phrase, said: &Said) {
        self.remember(index, entry);
        let mut shown = entry.clone();
        if let Some(id) = entry.noun_id() {
            let noun = self.policy.noun(id);
            if shown.group.is_none() && !noun.is_its_members() {
                shown.group.clone_from(&noun.group);
            }
            for source in noun.from.clone() {
                let words = self.words(&source, true);
                self.add(index, |activity| &mut activity.sources, words, said);
            }
        }
        let ids = self.data_of(std::slice::from_ref(entry));
        if let Some(gathered) = self.gathered.get_mut(index) {
            gathered.data.extend(ids);
        }
        let words = self.words(&shown, true);
        let plain = words.plain();
        let known = self
            .gathered
            .get(index)
            .is_some_and(|gathered| gathered.activity.data.iter().any(|item| item.text == plain));
        // What is there without a condition needs none of this one.
        let words = if known { words } else { with_aside(words, aside) };
        self.add(index, |activity| &mut activity.data, words, said);
    }

    /// The sentence itself, as the policy says it.
    fn say(&mut self, index: usize, practice: &Practice<'p>, said: &Said) {
        let words = self.sentence(practice);
        let internal = practice.internal;
        self.add(
            index,
            |activity| if internal { &mut activity.internal } else { &mut activity.statements },
            words,
            said,
        );
        for entry in practice.plan.objects.iter().chain(&practice.plan.actors) {
            self.remember(index, entry);
        }
    }

    fn sentence(&mut self, practice: &Practice<'p>) -> Phrase {
        let outer = std::mem::replace(
            &mut self.drafter.readers,
            practice.plan.reader.clone().unwrap_or_else(|| self.policy.header.you.clone()),
        );
        // Who acts for whom is said anew in each sentence.
        self.drafter.processors.clear();
        let words = self.drafter.statement(&practice.plan, practice.sentence.cases.as_deref());
        self.drafter.readers = outer;
        words
    }

    // ── what belongs to activities that others began ────────────────────────────────────────────────────

    /// Services: whoever renders one for a purpose receives its data, and whoever gets the data of an activity is
    /// among its recipients.
    fn engagements(&mut self) {
        let engagements: Vec<NounId> = (0u32..)
            .zip(&self.policy.nouns)
            .filter(|(_, noun)| noun.kind == Kind::Engagement && noun.declared)
            .map(|(index, _)| NounId(index))
            .collect();
        for id in engagements {
            let noun = self.policy.noun(id);
            let said = Said { facts: vec![noun.id.to_string()], internal: noun.internal };
            let gets = field_values(noun, "gets").to_vec();
            let data = self.data_of(&gets);
            let purposes: Vec<Entry> = purposes_of(field_values(noun, "for")).cloned().collect();
            let mut begun = Vec::new();
            for purpose in &purposes {
                let Some(purpose_id) = purpose.noun_id() else { continue };
                let index = self.activity(Key::Purpose(purpose_id, purpose.other), None, Some(purpose));
                let words = self.words(purpose, true);
                self.add(index, |activity| &mut activity.purposes, words, &said);
                for entry in &gets {
                    self.datum(index, entry, &Phrase::default(), &said);
                }
                begun.push(index);
            }
            let shares: Vec<usize> = self
                .gathered
                .iter()
                .enumerate()
                .filter(|(index, gathered)| {
                    begun.contains(index)
                        || gathered.data.iter().any(|datum| data.iter().any(|wide| covers(self.policy, *wide, *datum)))
                })
                .map(|(index, _)| index)
                .collect();
            if shares.is_empty() && !gets.is_empty() {
                let index = self.activity(Key::Data(data.clone()), None, None);
                for entry in &gets {
                    self.datum(index, entry, &Phrase::default(), &said);
                }
                self.recipient(index, id, &[], &said);
            }
            for index in shares {
                let narrow = if begun.contains(&index) { Vec::new() } else { data.clone() };
                self.recipient(index, id, &narrow, &said);
            }
        }
    }

    /// "Cloudy (hosting), as a data processor, for soil data"; with the places and what makes the transfer lawful.
    fn recipient(&mut self, index: usize, id: NounId, narrow: &[NounId], said: &Said) {
        let noun = self.policy.noun(id);
        let name = self.drafter.engagement(id, noun.words().into_owned(), false);
        let mut words = name.clone();
        for role in field_values(noun, "role").to_vec() {
            let role = self.drafter.role(&role);
            words = fill(t::RECORD_AS, &[("who", &words), ("role", &role)]);
        }
        let both: Vec<NounId> = self
            .gathered
            .get(index)
            .map(|gathered| gathered.data.iter().copied().collect::<Vec<_>>())
            .unwrap_or_default()
            .into_iter()
            .filter(|datum| narrow.iter().any(|wide| covers(self.policy, *wide, *datum)))
            .collect();
        if !both.is_empty() {
            let names = both.iter().map(|id| self.words(&Entry::noun(*id), false)).collect();
            let list = self.drafter.words.join(names, Join::And);
            words = fill(t::RECORD_GETS, &[("who", &words), ("data", &list)]);
        }
        for (position, field) in noun.fields.iter().enumerate() {
            if matches!(&*field.key, "terms" | "since" | "guarantee") {
                let field = self.titled_field(id, position);
                words = fill(t::RECORD_FURTHER, &[("words", &words), ("further", &field)]);
            }
        }
        self.add(index, |activity| &mut activity.recipients, words, said);
        let under: Vec<Entry> = field_values(noun, "under").to_vec();
        let places: Vec<Entry> = field_values(noun, "in").to_vec();
        if places.is_empty() {
            return;
        }
        let mut place = self.drafter.list(&places, Listing::objects(Join::And));
        if !under.is_empty() {
            let grounds = self.drafter.list(&under, Listing::objects(Join::And));
            let grounds = fill(t::UNDER_LAW, &[("list", &grounds)]);
            place = fill(t::RECORD_PLACE, &[("place", &place), ("under", &grounds)]);
        }
        let words = fill(t::RECORD_TRANSFER, &[("who", &name), ("place", &place)]);
        self.add(index, |activity| &mut activity.transfers, words, said);
    }

    /// A sentence that begins no activity, in those whose data it speaks of: how long it is kept, when it is
    /// deleted, how it is protected, and whatever is internal.
    fn attach(&mut self, practice: &Practice<'p>) {
        let plan = &practice.plan;
        let said = Said { facts: plan.fact_ids(), internal: practice.internal };
        let class = plan.class(self.policy);
        let stated = is_stated(plan, self.policy) && is_ours(plan, self.policy);
        let keeps = stated && matches!(class, Class::Retention | Class::Deletion);
        let protects = stated && class == Class::Protection;
        if !keeps && !protects && !practice.internal {
            return;
        }
        if plan.objects.iter().any(|entry| entry.quantifier == Some(Quantifier::Rest)) && keeps {
            return;
        }
        let named = nouns_named(plan);
        let indices: Vec<usize> = self
            .gathered
            .iter()
            .enumerate()
            .filter(|(_, gathered)| {
                gathered.data.iter().any(|datum| named.iter().any(|wide| covers(self.policy, *wide, *datum)))
                    || (practice.internal && named.iter().any(|id| gathered.named.contains(id)))
            })
            .map(|(index, _)| index)
            .collect();
        let words = self.sentence(practice);
        for index in &indices {
            let list: fn(&mut Activity) -> &mut Vec<Item> = match () {
                () if keeps => |activity| &mut activity.retention,
                () if protects => |activity| &mut activity.measures,
                () => |activity| &mut activity.internal,
            };
            self.add(*index, list, words.clone(), &said);
            if keeps {
                self.clauses(*index, plan, Slot::At, &Phrase::default(), &said);
            }
            let stores = plan.clauses.iter().flat_map(|clause| clause.value.entries()).filter_map(Entry::period);
            for store in stores.flat_map(|period| &period.steps).flat_map(|step| &step.stores) {
                self.remember(*index, store);
            }
        }
        if protects && (indices.is_empty() || nouns_of(self.policy, &plan.objects, Kind::Data).is_empty()) {
            add(&mut self.record.measures, words, said.facts, said.internal);
        } else if indices.is_empty() && practice.internal {
            add(&mut self.record.internal, words, said.facts, said.internal);
        } else if indices.is_empty() && keeps {
            let data = self.data_of(&plan.objects);
            let behalf = self.behalf_of(plan);
            let index = self.activity(Key::Data(data), behalf, None);
            for entry in plan.objects.clone() {
                self.datum(index, &entry, &Phrase::default(), &said);
            }
            self.add(index, |activity| &mut activity.retention, words, &said);
        }
    }

    /// Periods for the rest: they hold for data of which nothing else says how long it is kept.
    fn defaults(&mut self, found: &[Practice<'p>]) {
        for practice in found {
            let plan = &practice.plan;
            let stated = is_stated(plan, self.policy) && is_ours(plan, self.policy);
            let rest: Vec<&Entry> =
                plan.objects.iter().filter(|entry| entry.quantifier == Some(Quantifier::Rest)).collect();
            if rest.is_empty() || !stated || !matches!(plan.class(self.policy), Class::Retention | Class::Deletion) {
                continue;
            }
            let said = Said { facts: plan.fact_ids(), internal: practice.internal };
            let words = self.sentence(practice);
            for index in 0..self.gathered.len() {
                let Some(gathered) = self.gathered.get(index) else { continue };
                let reaches = gathered.data.iter().any(|datum| {
                    let within = rest.iter().any(|entry| {
                        let whole = entry.noun_id().is_none_or(|wide| covers(self.policy, wide, *datum));
                        let cut = entry.except.iter().filter_map(Entry::noun_id);
                        whole && !cut.into_iter().any(|cut| covers(self.policy, cut, *datum))
                    });
                    within && !self.is_kept_elsewhere(*datum, found)
                });
                if reaches {
                    self.add(index, |activity| &mut activity.retention, words.clone(), &said);
                }
            }
        }
    }

    /// Whether a sentence about this datum says how long it is kept.
    fn is_kept_elsewhere(&self, datum: NounId, found: &[Practice<'p>]) -> bool {
        found.iter().any(|practice| {
            let plan = &practice.plan;
            let keeps = plan.class(self.policy) == Class::Retention
                || plan.clause(Slot::Kept).is_some()
                || practice.additions.iter().any(|added| added.plan.clause(Slot::Kept).is_some());
            keeps
                && is_stated(plan, self.policy)
                && plan.objects.iter().any(|entry| {
                    entry.quantifier != Some(Quantifier::Rest)
                        && entry.noun_id().is_some_and(|wide| covers(self.policy, wide, datum))
                })
        })
    }

    /// Internal fields of what an activity names, and internal nouns with what is said of them.
    fn internal_nouns(&mut self) {
        for (number, noun) in (0u32..).zip(&self.policy.nouns) {
            let id = NounId(number);
            let own = noun.internal && noun.declared;
            let fields: Vec<&Field> = noun.internal_fields.iter().chain(noun.fields.iter().filter(|_| own)).collect();
            let mut items = Vec::new();
            for field in fields {
                let value = self.drafter.field_value(field);
                let key = phrase(field.key.replace('-', " "));
                let value = fill(t::NOUN_FIELD, &[("title", &key), ("value", &value)]);
                let words = fill(t::RECORD_OF_NOUN, &[("noun", &phrase(noun.words())), ("words", &value)]);
                items.push((words, format!("{}.{}", noun.id, field.key)));
            }
            if let Some(means) = noun.means.as_ref().filter(|_| own) {
                let words = fill(t::RECORD_OF_NOUN, &[("noun", &phrase(noun.words())), ("words", &phrase(&**means))]);
                items.push((words, format!("{}.means", noun.id)));
            }
            let in_office = ["joint-controller", "representative", "data-protection-officer"]
                .iter()
                .any(|name| noun.kind == Kind::Party && self.policy.is(id, name));
            if items.is_empty() || (in_office && own) {
                continue;
            }
            let indices: Vec<usize> = self
                .gathered
                .iter()
                .enumerate()
                .filter(|(_, gathered)| gathered.named.contains(&id) || gathered.key_is(id))
                .map(|(index, _)| index)
                .collect();
            for (mut words, fact) in items {
                words.capitalise();
                let said = Said { facts: vec![fact], internal: true };
                for index in &indices {
                    self.add(*index, |activity| &mut activity.internal, words.clone(), &said);
                }
                if indices.is_empty() {
                    add(&mut self.record.internal, words, said.facts, true);
                }
            }
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
    /// Whether the activity is made of this purpose.
    fn key_is(&self, id: NounId) -> bool {
        matches!(self.key, Key::Purpose(purpose, _) if purpose == id)
    }
}

/// Which facts say something, and whether they are internal.
struct Said {
    facts: Vec<String>,
    internal: bool,
}

/// What somebody is to the controller.
#[derive(Clone, Copy)]
enum Office {
    Joint,
    Representative,
    Officer,
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

/// "e-mail: help@acme.example"; a key that no template knows is the author's own.
fn titled(key: &str, value: &Phrase) -> Phrase {
    let known = Template::find(&format!("label-{key}"));
    let title = known.map_or_else(|| key.replace('-', " "), |found| words_of(found).to_lowercase());
    fill(t::NOUN_FIELD, &[("title", &phrase(title)), ("value", value)])
}

fn with_aside(words: Phrase, aside: &Phrase) -> Phrase {
    if aside.is_empty() {
        return words;
    }
    let mut out = words;
    out.push_str(" ");
    out.append(fill(t::ASIDE, &[("phrase", aside)]));
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
