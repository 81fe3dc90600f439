//! Who keeps a record of processing, and who can be asked about it.

use super::{Builder, add, titled};
use crate::draft::views::practices::{Practice, is_publisher, is_stated};
use crate::policy::{Entry, NounId};
use crate::syntax::words::{Kind, Slot};
use crate::wording::phrase::Phrase;
use crate::wording::{phrase, templates as t};

/// The fields of a party that say who it is and how to reach it.
const PARTY_FIELDS: [&str; 7] = ["legal", "country", "seat", "post", "email", "phone", "site"];

/// What somebody is to the controller.
#[derive(Clone, Copy)]
enum Office {
    Joint,
    Representative,
    Officer,
}

impl<'p> Builder<'_, 'p> {
    pub(super) fn controller(&mut self, found: &[Practice<'p>]) {
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
            self.named_officer(practice);
            for entry in practice.plan.entries(Slot::As) {
                let Some(id) = entry.noun_id() else { continue };
                let office = [
                    ("joint-controllers", Office::Joint),
                    ("representative", Office::Representative),
                    ("dpo", Office::Officer),
                ];
                let Some((_, office)) = office.into_iter().find(|(name, _)| self.policy.is(id, name)) else { continue };
                // Those who decide together may stand behind "with".
                let plan = &practice.plan;
                let others: &[Entry] = match office {
                    Office::Joint => plan.entries(Slot::With),
                    Office::Representative | Office::Officer => &[],
                };
                let actors: Vec<NounId> = plan
                    .actors
                    .iter()
                    .chain(others)
                    .filter(|actor| !is_publisher(actor, self.policy))
                    .filter_map(Entry::noun_id)
                    .collect();
                for actor in actors {
                    self.officer(actor, office, practice.plan.fact_ids(), practice.internal);
                }
            }
        }
    }

    /// "We have a data protection officer."
    fn named_officer(&mut self, practice: &Practice<'p>) {
        let plan = &practice.plan;
        if !is_stated(plan, self.policy) || !plan.actors.iter().any(|actor| is_publisher(actor, self.policy)) {
            return;
        }
        for id in plan.objects.iter().filter_map(Entry::noun_id) {
            let known = ["dpo", "data-protection-officer"].iter().any(|name| self.policy.is(id, name));
            if known && matches!(self.policy.noun(id).kind, Kind::Contact | Kind::Party | Kind::Role) {
                self.officer(id, Office::Officer, plan.fact_ids(), practice.internal);
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
            words.append(self.drafter.words.fill(t::ASIDE, &[("phrase", &fields)]));
        }
        words
    }

    /// "E-mail: help@acme.example"
    pub(super) fn titled_field(&mut self, id: NounId, position: usize) -> Phrase {
        let noun = self.policy.noun(id);
        let Some(field) = noun.fields.get(position) else { return Phrase::default() };
        let value = self.drafter.field(id, position);
        titled(&field.key, &value, self.drafter.words)
    }
}
