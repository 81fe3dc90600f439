//! What belongs to activities that other sentences began: services, periods, measures, internal facts.

use super::{Builder, Key, Said, add, field_values, nouns_named};
use crate::draft::nouns::Listing;
use crate::draft::views::practices::{Practice, is_ours, is_stated, nouns_of, purposes_of};
use crate::draft::views::reach::names_everything;
use crate::policy::{ClauseValue, Entry, Field, NounId};
use crate::record::{Activity, Item};
use crate::syntax::words::{Join, Kind, Quantifier, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

impl<'p> Builder<'_, 'p> {
    /// Services: whoever renders one for a purpose receives its data, and whoever gets the data of an activity is
    /// among its recipients.
    pub(super) fn engagements(&mut self) {
        let mut elsewhere = Vec::new();
        let engagements: Vec<NounId> = (0u32..)
            .zip(&self.policy.nouns)
            .filter(|(_, noun)| noun.kind == Kind::Engagement && noun.declared)
            .map(|(index, _)| NounId(index))
            .collect();
        for id in engagements {
            let noun = self.policy.noun(id);
            let said = Said { facts: vec![noun.id.to_string()], internal: noun.internal };
            self.service(id, &said);
            let gets = field_values(noun, "gets").to_vec();
            let data = self.data_of(&gets);
            let purposes: Vec<Entry> = purposes_of(field_values(noun, "for")).cloned().collect();
            let mut begun = Vec::new();
            let mut narrowed = Vec::new();
            for purpose in &purposes {
                let Some(purpose_id) = purpose.noun_id() else { continue };
                // Where sentences say what is done for this purpose, the service serves them with the data they name.
                let known = self.named_for(purpose_id, &data);
                if !purpose.other && !known.is_empty() {
                    narrowed.extend(known);
                    continue;
                }
                // What is done for others with a service is no activity of the publisher's own.
                let key = Key::Purpose(purpose_id, purpose.other);
                let known = self.gathered.iter().filter(|gathered| gathered.key == key);
                let behalf = known.map(|gathered| gathered.behalf).min_by_key(Option::is_some).flatten();
                let index = self.activity(key, behalf);
                let words = self.words(purpose, true);
                self.add(index, |activity| &mut activity.purposes, words, &said);
                for entry in &gets {
                    self.datum(index, entry, &Phrase::default(), &said);
                }
                begun.push(index);
            }
            // Whoever gets all data gets that of every activity; whoever gets some gets it for its purpose alone.
            let all = gets.iter().any(|entry| names_everything(self.policy, entry));
            let shares: Vec<usize> = self
                .gathered
                .iter()
                .enumerate()
                .filter(|(index, gathered)| {
                    begun.contains(index) || narrowed.contains(index) || all || gathered.named.contains(&id)
                })
                .map(|(index, _)| index)
                .collect();
            if shares.is_empty() && !gets.is_empty() {
                let index = self.activity(Key::Objects(data.clone()), None);
                for entry in &gets {
                    self.datum(index, entry, &Phrase::default(), &said);
                }
                self.recipient(index, id, &[], &said);
            }
            for (index, gathered) in self.gathered.iter().enumerate() {
                if !shares.contains(&index) && data.iter().any(|wide| gathered.has(self.policy, *wide)) {
                    elsewhere.push((index, id));
                }
            }
            for index in shares {
                let narrow = if begun.contains(&index) { Vec::new() } else { data.clone() };
                self.recipient(index, id, &narrow, &said);
            }
        }
        self.elsewhere(&elsewhere);
    }

    /// The activities of named sentences for a purpose that use some of this data.
    fn named_for(&self, purpose: NounId, data: &[NounId]) -> Vec<usize> {
        self.gathered
            .iter()
            .enumerate()
            .filter(|(_, gathered)| {
                matches!(gathered.key, Key::Sentence(_))
                    && gathered.named.contains(&purpose)
                    && data.iter().any(|wide| gathered.has(self.policy, *wide))
            })
            .map(|(index, _)| index)
            .collect()
    }

    /// "Cloudy (hosting), for other purposes": an activity that nobody is said to receive data for, whose data goes to
    /// services all the same.
    fn elsewhere(&mut self, services: &[(usize, NounId)]) {
        for index in 0..self.gathered.len() {
            if self.gathered.get(index).is_none_or(|gathered| !gathered.activity.recipients.is_empty()) {
                continue;
            }
            let here: Vec<NounId> =
                services.iter().filter(|(known, _)| *known == index).map(|(_, service)| *service).collect();
            if here.is_empty() {
                continue;
            }
            let said = Said {
                facts: here.iter().map(|id| self.policy.noun(*id).id.to_string()).collect(),
                internal: here.iter().all(|id| self.policy.noun(*id).internal),
            };
            let names =
                here.iter().map(|id| self.drafter.engagement(*id, self.policy.noun(*id).words().into_owned(), false));
            let names = names.collect();
            let list = self.drafter.words.join(names, Join::And);
            let words = self.drafter.words.fill(t::RECORD_ELSEWHERE, &[("list", &list)]);
            self.add(index, |activity| &mut activity.recipients, words, &said);
        }
    }

    /// "Cloudy (hosting), as a data processor".
    fn in_role(&mut self, id: NounId) -> Phrase {
        let noun = self.policy.noun(id);
        let name = self.drafter.engagement(id, noun.words().into_owned(), false);
        self.drafter.in_roles(name, field_values(noun, "role"))
    }

    /// "Cloudy (hosting), as a data processor; since: 1 May 2026": what is agreed with a provider.
    fn service(&mut self, id: NounId, said: &Said) {
        let noun = self.policy.noun(id);
        let mut words = self.in_role(id);
        for (position, field) in noun.fields.iter().enumerate() {
            if matches!(&*field.key, "terms" | "since" | "guarantee") {
                let field = self.titled_field(id, position);
                words = self.drafter.words.fill(t::RECORD_FURTHER, &[("words", &words), ("further", &field)]);
            }
        }
        words.capitalise();
        add(&mut self.record.services, words, said.facts.clone(), said.internal);
    }

    /// "Cloudy (hosting), as a data processor, for soil data"; with the places and what makes the transfer lawful.
    pub(super) fn recipient(&mut self, index: usize, id: NounId, narrow: &[NounId], said: &Said) {
        let noun = self.policy.noun(id);
        let mut words = self.in_role(id);
        let both: Vec<NounId> = self
            .gathered
            .get(index)
            .map(|gathered| gathered.data.iter().copied().collect::<Vec<_>>())
            .unwrap_or_default()
            .into_iter()
            .filter(|datum| narrow.iter().any(|wide| self.policy.covers(*wide, *datum)))
            .collect();
        if !both.is_empty() {
            let names = both.iter().map(|id| self.words(&Entry::noun(*id), false)).collect();
            let list = self.drafter.words.join(names, Join::And);
            words = self.drafter.words.fill(t::RECORD_GETS, &[("who", &words), ("data", &list)]);
        }
        self.add(index, |activity| &mut activity.recipients, words, said);
        self.remember(index, &Entry::noun(id));
        let under: Vec<Entry> = field_values(noun, "under").to_vec();
        let places: Vec<Entry> = field_values(noun, "in").to_vec();
        if places.is_empty() {
            return;
        }
        let mut place = self.drafter.list(&places, Listing::objects(Join::And));
        if !under.is_empty() {
            let grounds = self.drafter.list(&under, Listing::objects(Join::And));
            let grounds = self.drafter.words.fill(t::UNDER_LAW, &[("list", &grounds)]);
            place = self.drafter.words.fill(t::RECORD_PLACE, &[("place", &place), ("under", &grounds)]);
        }
        let name = self.drafter.engagement(id, noun.words().into_owned(), false);
        let words = self.drafter.words.fill(t::RECORD_TRANSFER, &[("who", &name), ("place", &place)]);
        self.add(index, |activity| &mut activity.transfers, words, said);
    }

    /// A sentence that begins no activity, in those whose data it speaks of: how long it is kept, when it is
    /// deleted, how it is protected, and whatever is internal.
    pub(super) fn attach(&mut self, practice: &Practice<'p>) {
        let plan = &practice.plan;
        let said = Said { facts: plan.fact_ids(), internal: practice.internal };
        let class = plan.class(self.policy);
        let stated = is_stated(plan, self.policy) && is_ours(plan, self.policy);
        // A copy of data, or its place, is no period.
        let timed = |slot: Slot| plan.entries(slot).iter().any(|entry| entry.period().is_some());
        let lasts = timed(Slot::For)
            || [Slot::Kept, Slot::While, Slot::Until].iter().any(|slot| plan.clause(*slot).is_some())
            || plan.clause(Slot::For).is_some_and(|clause| matches!(clause.value, ClauseValue::Guarded(_)));
        let keeps = stated && (class == Class::Deletion || (class == Class::Retention && lasts));
        let protects = stated && class == Class::Protection;
        let stores = stated
            && class == Class::Retention
            && !lasts
            && [Slot::At, Slot::In].iter().any(|slot| plan.clause(*slot).is_some());
        if !keeps && !protects && !stores && !practice.internal {
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
                gathered.data.iter().any(|datum| named.iter().any(|wide| self.policy.covers(*wide, *datum)))
                    || (practice.internal && named.iter().any(|id| gathered.named.contains(id)))
            })
            .map(|(index, _)| index)
            .collect();
        let words = self.sentence(practice);
        for index in &indices {
            if keeps || stores {
                self.clauses(*index, plan, Slot::At, &Phrase::default(), &said);
                self.clauses(*index, plan, Slot::In, &Phrase::default(), &said);
            }
            let list: fn(&mut Activity) -> &mut Vec<Item> = match () {
                () if keeps => |activity| &mut activity.retention,
                () if protects => |activity| &mut activity.measures,
                () if practice.internal => |activity| &mut activity.internal,
                () => |activity| &mut activity.statements,
            };
            self.add(*index, list, words.clone(), &said);
            let stores = plan.clauses.iter().flat_map(|clause| clause.value.entries()).filter_map(Entry::period);
            for store in stores.flat_map(|period| &period.steps).flat_map(|step| &step.stores) {
                self.remember(*index, store);
            }
        }
        if protects && (indices.is_empty() || nouns_of(self.policy, &plan.objects, Kind::Data).is_empty()) {
            add(&mut self.record.measures, words, said.facts, said.internal);
        } else if indices.is_empty() && practice.internal {
            add(&mut self.record.internal, words, said.facts, said.internal);
        } else if indices.is_empty() && (keeps || stores) {
            let data = self.data_of(&plan.objects);
            let behalf = self.behalf_of(plan);
            let index = self.activity(Key::Objects(data), behalf);
            for entry in plan.objects.clone() {
                self.datum(index, &entry, &Phrase::default(), &said);
            }
            if keeps {
                self.add(index, |activity| &mut activity.retention, words, &said);
            } else {
                self.shared(index, plan, &said);
                self.add(index, |activity| &mut activity.statements, words, &said);
            }
        }
    }

    /// Periods for the rest: they hold for data of which nothing else says how long it is kept.
    pub(super) fn defaults(&mut self, found: &[Practice<'p>]) {
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
                        let whole = entry.noun_id().is_none_or(|wide| self.policy.covers(wide, *datum));
                        let cut = entry.except.iter().filter_map(Entry::noun_id);
                        whole && !cut.into_iter().any(|cut| self.policy.covers(cut, *datum))
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
    pub(super) fn is_kept_elsewhere(&self, datum: NounId, found: &[Practice<'p>]) -> bool {
        found.iter().any(|practice| {
            let plan = &practice.plan;
            let keeps = plan.class(self.policy) == Class::Retention
                || plan.clause(Slot::Kept).is_some()
                || practice.additions.iter().any(|added| added.plan.clause(Slot::Kept).is_some());
            keeps
                && is_stated(plan, self.policy)
                && plan.objects.iter().any(|entry| {
                    entry.quantifier != Some(Quantifier::Rest)
                        && entry.noun_id().is_some_and(|wide| self.policy.covers(wide, datum))
                })
        })
    }

    /// Internal fields of what an activity names, and internal nouns with what is said of them.
    pub(super) fn internal_nouns(&mut self) {
        for (number, noun) in (0u32..).zip(&self.policy.nouns) {
            let id = NounId(number);
            let own = noun.internal && noun.declared;
            let fields: Vec<&Field> = noun.internal_fields.iter().chain(noun.fields.iter().filter(|_| own)).collect();
            let mut items = Vec::new();
            for field in fields {
                let value = self.drafter.field_value(field);
                let key = phrase(field.key.replace('-', " "));
                let value = self.drafter.words.fill(t::NOUN_FIELD, &[("title", &key), ("value", &value)]);
                let words =
                    self.drafter.words.fill(t::RECORD_OF_NOUN, &[("noun", &phrase(noun.words())), ("words", &value)]);
                items.push((words, format!("{}.{}", noun.id, field.key)));
            }
            if let Some(means) = noun.means.as_ref().filter(|_| own) {
                let words = self
                    .drafter
                    .words
                    .fill(t::RECORD_OF_NOUN, &[("noun", &phrase(noun.words())), ("words", &phrase(&**means))]);
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
}
