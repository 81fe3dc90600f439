//! The subject with its verbs, as the modality asks for.

use super::Drafter;
use super::grammar::number_of;
use super::nouns::Listing;
use super::plan::Plan;
use crate::policy::{Entry, Head, NounId, VerbId, Voice};
use crate::syntax::words::{Bound, Force, Join, Number, Polarity, Slot};
use crate::vocabulary::{Class, Placement, Verb};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

/// What the sentence before allows: a pronoun, "also".
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shortening {
    /// "it" or "they" for the actor.
    pub pronoun: bool,
    /// "also" in front of the verb.
    pub also: bool,
    /// "that information" for the objects.
    pub that_information: bool,
    /// "it" or "them" for the objects.
    pub object_pronoun: Option<Number>,
}

/// A form of a verb.
#[derive(Clone, Copy)]
enum VerbForm {
    Base,
    Third,
    Plural,
    Gerund,
    Past,
}

impl Drafter<'_> {
    /// Subject, modality, manner and verbs.
    pub(super) fn predicate(&mut self, plan: &Plan, shortening: Shortening) -> Phrase {
        if let Some(words) = self.processor(plan) {
            return words;
        }
        let number = self.number_of_actors(plan);
        let subject = self.subject(plan, shortening, number);
        let also = if shortening.also { phrase("also") } else { Phrase::default() };
        let manner = self.manner(plan, Placement::Before);
        let reader = self.acts_reader(plan);
        let class = plan.class(self.policy);
        // A right that somebody may have is not yet one that he has: "you may have the right".
        let has_right = plan.verbs.iter().any(|verb| self.policy.verb(*verb).name == "have");
        let first = plan.verbs.first().map(|verb| self.policy.verb(*verb).clone());
        let be = first.as_ref().filter(|verb| verb.third.starts_with("is "));
        if let Some(have) = Self::perfect(plan, number) {
            let verbs = self.verbs(plan, VerbForm::Past);
            return self
                .words
                .fill(have, &[("subject", &subject), ("also", &also), ("manner", &manner), ("verbs", &verbs)]);
        }
        let template = match (plan.force, plan.polarity) {
            (Force::Does, Polarity::Positive) => {
                let form = if number == Number::Singular { VerbForm::Third } else { VerbForm::Plural };
                let verbs = self.verbs(plan, form);
                return self.words.fill(
                    t::FORCE_DOES,
                    &[("subject", &subject), ("also", &also), ("manner", &manner), ("verbs", &verbs)],
                );
            }
            (Force::Does, Polarity::Negative | Polarity::Never) if be.is_some() => {
                let rest = be.map_or("", |verb| verb.third.strip_prefix("is ").unwrap_or(""));
                let word = if number == Number::Singular { "is" } else { "are" };
                let template = if plan.polarity == Polarity::Never { t::FORCE_BE_NEVER } else { t::FORCE_BE_NOT };
                return self.words.fill(
                    template,
                    &[("subject", &subject), ("be", &phrase(word)), ("manner", &manner), ("rest", &phrase(rest))],
                );
            }
            (Force::Does, Polarity::Never) => {
                let form = if number == Number::Singular { VerbForm::Third } else { VerbForm::Plural };
                let verbs = self.verbs(plan, form);
                return self
                    .words
                    .fill(t::FORCE_NEVER, &[("subject", &subject), ("manner", &manner), ("verbs", &verbs)]);
            }
            (Force::Commits, _) => {
                let verbs = self.verbs(plan, VerbForm::Gerund);
                let one = number == Number::Singular
                    && !plan
                        .actors
                        .iter()
                        .any(|actor| matches!(actor.head, Head::We) && self.policy.header.voice == Voice::We);
                let template = if one { t::FORCE_COMMITS_ONE } else { t::FORCE_COMMITS_MANY };
                return self.words.fill(template, &[("subject", &subject), ("manner", &manner), ("verbs", &verbs)]);
            }
            (Force::Does, Polarity::Negative) if number == Number::Singular => t::FORCE_DOES_NOT_ONE,
            (Force::Does, Polarity::Negative) => t::FORCE_DOES_NOT_MANY,
            (Force::May, _) if reader && !has_right => t::FORCE_CAN,
            (Force::May, _) | (Force::Might, Polarity::Positive) => t::FORCE_MAY,
            (Force::Might, _) if matches!(class, Class::Access | Class::Choice) => t::FORCE_MIGHT_NOT_ABLE,
            (Force::Might, _) => t::FORCE_MIGHT_NOT,
            (Force::Must, Polarity::Positive) => t::FORCE_MUST,
            (Force::Must, _) if reader && class == Class::Choice => t::FORCE_CANNOT,
            (Force::Must, _) => t::FORCE_MUST_NOT,
            (Force::Will, Polarity::Positive) => t::FORCE_WILL,
            (Force::Will, Polarity::Negative) => t::FORCE_WILL_NOT,
            (Force::Will, Polarity::Never) => t::FORCE_WILL_NEVER,
            (Force::Should, Polarity::Positive) if reader => t::FORCE_PLEASE,
            (Force::Should, _) if reader => t::FORCE_PLEASE_NOT,
            (Force::Should, Polarity::Positive) => t::FORCE_SHOULD,
            (Force::Should, _) => t::FORCE_SHOULD_NOT,
            (Force::Can, _) => t::FORCE_CANNOT,
        };
        let verbs = self.verbs(plan, VerbForm::Base);
        self.words.fill(template, &[("subject", &subject), ("also", &also), ("manner", &manner), ("verbs", &verbs)])
    }

    /// The template of a sentence about a time that lies behind: "we have not sold", in the last 12 months.
    ///
    /// What somebody must, should or will do lies ahead, whatever the sentence says of the time.
    fn perfect(plan: &Plan, number: Number) -> Option<Template> {
        if !looks_back(plan) {
            return None;
        }
        match (plan.force, plan.polarity, number) {
            (Force::Does, Polarity::Positive, Number::Singular) => Some(t::FORCE_HAS),
            (Force::Does, Polarity::Positive, Number::Plural) => Some(t::FORCE_HAVE),
            // "Never" speaks of all time; the time that is meant follows.
            (Force::Does, Polarity::Negative | Polarity::Never, Number::Singular) => Some(t::FORCE_HAS_NOT),
            (Force::Does, Polarity::Negative | Polarity::Never, Number::Plural) => Some(t::FORCE_HAVE_NOT),
            (Force::May | Force::Might, Polarity::Positive, _) => Some(t::FORCE_MAY_HAVE),
            (Force::Might, Polarity::Negative | Polarity::Never, _) => Some(t::FORCE_MIGHT_NOT_HAVE),
            (Force::May, Polarity::Negative | Polarity::Never, _)
            | (Force::Must | Force::Will | Force::Should | Force::Can | Force::Commits, ..) => None,
        }
    }

    /// The verbs without a subject, for the items under a lead-in that says subject and modality.
    pub(super) fn bare_predicate(&mut self, plan: &Plan) -> Phrase {
        let manner = self.manner(plan, Placement::Before);
        let form = match (plan.force, self.number_of_actors(plan)) {
            (Force::Does, Number::Singular) => VerbForm::Third,
            (Force::Does, Number::Plural) => VerbForm::Plural,
            _ => VerbForm::Base,
        };
        let verbs = self.verbs(plan, form);
        self.words.fill(t::FORCE_IMPERATIVE, &[("manner", &manner), ("verbs", &verbs)])
    }

    /// Subject and modality without verbs, for a lead-in: "Convox Console will".
    pub(super) fn lead_predicate(&mut self, plan: &Plan) -> Phrase {
        let mut without = plan.clone();
        without.verbs.clear();
        without.manner = None;
        self.predicate(&without, Shortening::default())
    }

    pub(super) fn acts_reader(&self, plan: &Plan) -> bool {
        matches!(plan.actors.as_slice(), [only] if matches!(only.head, Head::You))
    }

    /// The one noun that acts, if it is one.
    pub(super) fn acting_noun(plan: &Plan) -> Option<NounId> {
        match plan.actors.as_slice() {
            [only] => match only.head {
                Head::Noun(id) => Some(id),
                Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => None,
            },
            _ => None,
        }
    }

    pub(super) fn number_of_actors(&self, plan: &Plan) -> Number {
        match plan.actors.as_slice() {
            [only] => match only.head {
                Head::We => match self.policy.header.voice {
                    Voice::We => Number::Plural,
                    Voice::Name if self.policy.header.we.len() > 1 => Number::Plural,
                    Voice::Name => Number::Singular,
                },
                Head::You => Number::Plural,
                Head::Noun(id) => match only.quantifier {
                    Some(crate::syntax::words::Quantifier::Each) => Number::Singular,
                    _ => number_of(self.policy.noun(id)),
                },
                Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => Number::Singular,
            },
            _ if plan.actor_join == Join::Or => Number::Singular,
            _ => Number::Plural,
        }
    }

    fn subject(&mut self, plan: &Plan, shortening: Shortening, number: Number) -> Phrase {
        if shortening.pronoun {
            if let Some(id) = Self::acting_noun(plan) {
                self.mentions.push(id);
            }
            return phrase(if number == Number::Singular { "it" } else { "they" });
        }
        let listing = Listing { join: plan.actor_join, your: false, subject: true };
        let words = self.list(&plan.actors, listing);
        if plan.only_actor { self.words.fill(t::ONLY_SUBJECT, &[("subject", &words)]) } else { words }
    }

    /// The verbs in one form, joined.
    fn verbs(&mut self, plan: &Plan, form: VerbForm) -> Phrase {
        let join = match (plan.verb_join, plan.is_denied(self.policy)) {
            (Join::And, true) => Join::Or,
            (join, _) => join,
        };
        let said = |verb: &VerbId| {
            let words = form_of(self.policy.verb(*verb), form);
            match words.rsplit_once(' ').filter(|_| self.parted) {
                Some((first, _)) => phrase(first),
                None => phrase(words),
            }
        };
        let phrases = plan.verbs.iter().map(said).collect();
        self.words.join(phrases, join)
    }

    /// The manner, if it stands in this place.
    pub(super) fn manner(&mut self, plan: &Plan, placement: Placement) -> Phrase {
        let Some(id) = plan.manner else { return Phrase::default() };
        let noun = self.policy.noun(id);
        if noun.placement == placement { phrase(noun.words()) } else { Phrase::default() }
    }

    // ── processors ──────────────────────────────────────────────────────────────────────────────────────

    /// Whom a party acts for as a processor, if the sentence says so.
    pub(super) fn processor_for<'e>(&self, plan: &'e Plan) -> Option<&'e Entry> {
        let [role] = plan.entries(Slot::As) else { return None };
        let id = role.noun_id()?;
        let party = Self::acting_noun(plan)?;
        let is_party = self.policy.noun(party).kind == crate::syntax::words::Kind::Party;
        if is_party && self.policy.is(id, "processor") { role.of.as_deref() } else { None }
    }

    /// "Convox Console uses Stripe to collect", where a processor is named for the first time.
    fn processor(&mut self, plan: &Plan) -> Option<Phrase> {
        let user = self.processor_for(plan)?.clone();
        let party = Self::acting_noun(plan)?;
        let plain = plan.force == Force::Does && plan.polarity == Polarity::Positive && !looks_back(plan);
        if !plain || !self.processors.insert(party) {
            return None;
        }
        let plural = matches!(user.head, Head::We) && self.policy.header.voice == Voice::We;
        let user_words = self.entry(&user, false, true);
        let party_words = self.noun(party);
        self.mentions.extend(plan.entries(Slot::As).iter().filter_map(Entry::noun_id));
        let manner = self.manner(plan, Placement::Before);
        let verbs = self.verbs(plan, VerbForm::Base);
        let template = if plural { t::PROCESSOR_WE } else { t::PROCESSOR };
        Some(
            self.words.fill(
                template,
                &[("user", &user_words), ("party", &party_words), ("manner", &manner), ("verbs", &verbs)],
            ),
        )
    }

    /// "on Convox's behalf", where a processor was named before.
    pub(super) fn on_behalf(&mut self, plan: &Plan) -> Phrase {
        let Some(user) = self.processor_for(plan).cloned() else { return Phrase::default() };
        let whose = match user.head {
            Head::We if self.policy.header.voice == Voice::We => phrase("our"),
            Head::You => phrase("your"),
            Head::We | Head::Noun(_) | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => {
                let owner = self.entry(&user, false, false);
                self.possessive(&owner)
            }
        };
        self.mentions.extend(plan.entries(Slot::As).iter().filter_map(Entry::noun_id));
        self.words.fill(t::ON_BEHALF, &[("whose", &whose)])
    }
}

/// Whether a sentence speaks of a time that lies behind: `within last 12 months`.
fn looks_back(plan: &Plan) -> bool {
    plan.entries(Slot::Within)
        .iter()
        .filter_map(Entry::period)
        .any(|period| period.steps.first().is_some_and(|step| step.bound == Bound::Last))
}

fn form_of(verb: &Verb, form: VerbForm) -> String {
    match form {
        VerbForm::Past => verb.past.to_string(),
        VerbForm::Base => verb.base.to_string(),
        VerbForm::Third => verb.third.to_string(),
        VerbForm::Plural if verb.plural.is_empty() => verb.base.to_string(),
        VerbForm::Plural => verb.plural.to_string(),
        VerbForm::Gerund => verb.gerund.to_string(),
    }
}
