//! The clauses of a sentence as phrases.

use super::Drafter;
use super::grammar::{is_gerund, is_preposition};
use super::nouns::{Form, Listing};
use super::plan::Plan;
use crate::policy::{Clause, ClauseValue, Entry, Head, NounId, PeriodStart, Value};
use crate::syntax::words::{Bound, Join, Kind, Number, Polarity, Quantifier, Slot};
use crate::vocabulary::{Class, Placement};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

/// Kinds of messages, which somebody is reached "by".
const MESSAGES: [&str; 9] = ["email", "e-mail", "mail", "post", "letter", "phone", "telephone", "text message", "SMS"];

impl Drafter<'_> {
    /// A clause with its word: "from GitHub", "to track usage". Empty if the sentence has no such clause.
    pub(super) fn slot(&mut self, plan: &Plan, slot: Slot) -> Phrase {
        let Some(clause) = plan.clause(slot) else { return Phrase::default() };
        let words = self.clause(plan, clause);
        if clause.only && !words.is_empty() { self.words.fill(t::ONLY, &[("phrase", &words)]) } else { words }
    }

    /// A clause without `only` in front.
    pub(super) fn clause(&mut self, plan: &Plan, clause: &Clause) -> Phrase {
        let (entries, join) = match &clause.value {
            ClauseValue::Condition(condition) => return self.condition(clause.slot, condition),
            ClauseValue::Topic(..) => return Phrase::default(),
            ClauseValue::Flag => {
                return match clause.slot {
                    Slot::Required => phrase(self.words.of(t::REQUIRED)),
                    _ => phrase(self.words.of(t::OPTIONAL)),
                };
            }
            ClauseValue::Guarded(arms) => return self.clause_arms(plan, clause, arms),
            ClauseValue::List(entries, join) => (entries.as_slice(), *join),
        };
        let join = self.join_in(plan, clause.slot, join);
        if let ([only], true) = (entries, clause.slot.takes_period())
            && let Some(period) = only.period()
        {
            return match clause.slot {
                _ if only.display.is_some() => {
                    let words = self.entry(only, false, false);
                    let template = if clause.slot == Slot::Within { t::WITHIN } else { t::FOR_NOUN };
                    self.words.fill(template, &[("list", &words)])
                }
                Slot::Within => {
                    let first = period.steps.first();
                    let last = first.is_some_and(|step| step.bound == Bound::Last);
                    let ahead = first.is_some_and(|step| matches!(step.start, Some(PeriodStart::Before(_))));
                    let words = self.entry(only, false, false);
                    if ahead {
                        return words;
                    }
                    self.words.fill(if last { t::WITHIN_LAST } else { t::WITHIN }, &[("list", &words)])
                }
                _ => self.lasting(period),
            };
        }
        if let Some(word) = self.frame_word(plan, clause.slot)
            && !(clause.slot == Slot::Via && entries.iter().all(|entry| self.is_act(entry)))
        {
            let list = self.list(entries, Listing::objects(join));
            return self.words.fill(t::WORDED, &[("word", &phrase(word)), ("list", &list)]);
        }
        let template = match clause.slot {
            Slot::For => return self.purposes(entries, join),
            Slot::Via => return self.means(plan, entries, join),
            Slot::Under => return self.grounds(entries, join),
            Slot::As => {
                let plural = Self::acting_noun(plan)
                    .is_some_and(|id| super::grammar::number_of(self.policy.noun(id)) == Number::Plural);
                let each = matches!(plan.actors.as_slice(), [only] if only.quantifier == Some(Quantifier::Each));
                return self.roles(entries, join, !each && (plural || plan.actors.len() > 1));
            }
            Slot::On => self.surface(plan, entries),
            Slot::About => t::ABOUT,
            Slot::From => t::FROM,
            Slot::With => t::WITH,
            Slot::To => t::TO,
            // Data is kept in a country and at a store.
            Slot::At if entries.iter().all(|entry| matches!(entry.head, Head::Value(Value::Place(_)))) => t::IN,
            Slot::At if entries.iter().any(|entry| self.is_store(entry)) => return self.stores(entries, join),
            Slot::In if entries.iter().all(|entry| self.is_store(entry)) => return self.stores(entries, join),
            Slot::In => t::IN,
            Slot::At => t::AT,
            Slot::Sense => {
                let mut phrases = Vec::new();
                for (index, entry) in entries.iter().enumerate() {
                    phrases.push(match entry.noun_id().filter(|_| is_bare_law(entry)) {
                        Some(law) => {
                            let words = self.short_law(law);
                            self.tail(words, entry, index + 1 < entries.len())
                        }
                        None => self.entry(entry, index + 1 < entries.len(), false),
                    });
                }
                let list = self.words.join(phrases, join);
                return self.words.fill(t::SENSE, &[("list", &list)]);
            }
            // How long it is kept is a sentence of its own.
            Slot::Kept => return Phrase::default(),
            Slot::Required | Slot::Optional => {
                let word = if clause.slot == Slot::Required { t::REQUIRED } else { t::OPTIONAL };
                let reason = self.list(entries, Listing::objects(join));
                let mut words = phrase(self.words.of(word));
                words.append(self.words.fill(t::BECAUSE, &[("reason", &reason)]));
                return words;
            }
            Slot::Within => t::WITHIN,
            Slot::Because => {
                let reason = self.list(entries, Listing::objects(join));
                // "We will not retaliate against you because you use a right": a comma would make it the reason why
                // nothing is done.
                let denied =
                    plan.is_denied(self.policy) && plan.verbs.iter().all(|verb| self.policy.verb(*verb).adverse);
                return self.words.fill(if denied { t::BECAUSE_BARE } else { t::BECAUSE }, &[("reason", &reason)]);
            }
            Slot::See | Slot::When | Slot::Unless | Slot::While | Slot::Until | Slot::Before | Slot::After => {
                return Phrase::default();
            }
        };
        // What data is made from is the reader's, if what it makes is.
        let your = clause.slot == Slot::From
            && !self.readers.is_empty()
            && plan.objects.iter().all(|entry| self.takes_your(entry))
            && entries.iter().all(|entry| self.takes_your(entry));
        let list = self.list(entries, Listing { join, your, subject: false });
        let words = self.words.fill(template, &[("list", &list)]);
        // "over time and across several websites"
        if template == t::ON_SEVERAL && !self.manner(plan, Placement::After).is_empty() {
            return self.words.fill(t::AND_FURTHER, &[("phrase", &words)]);
        }
        words
    }

    /// In a denial, recipients and purposes are joined by "or": none of them.
    pub(super) fn join_in(&self, plan: &Plan, slot: Slot, join: Join) -> Join {
        let spread = matches!(slot, Slot::With | Slot::To | Slot::For | Slot::From | Slot::About);
        if spread && join == Join::And && plan.is_denied(self.policy) { Join::Or } else { join }
    }

    /// The word a verb prints in front of a clause instead of the usual one.
    pub(super) fn frame_word(&self, plan: &Plan, slot: Slot) -> Option<String> {
        plan.verbs
            .iter()
            .find_map(|verb| self.policy.verb(*verb).slot(slot))
            .filter(|frame| !frame.word.is_empty())
            .map(|frame| frame.word.to_string())
    }

    // ── purposes ────────────────────────────────────────────────────────────────────────────────────────

    /// Whether a purpose is said as a noun phrase: "for analytics".
    pub(super) fn is_noun_purpose(&self, id: NounId) -> bool {
        let noun = self.policy.noun(id);
        match noun.kind {
            Kind::Purpose => noun.noun.is_some() && noun.label.is_none(),
            _ => true,
        }
    }

    pub(super) fn is_verb_purpose(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| !self.is_noun_purpose(id)) && !entry.other && entry.quantifier.is_none()
    }

    /// Purposes with "to" and "for".
    pub(super) fn purposes(&mut self, entries: &[Entry], join: Join) -> Phrase {
        if entries.iter().all(|entry| self.is_verb_purpose(entry)) {
            let list = self.verb_purposes(entries, join);
            return self.words.fill(t::FOR_VERB, &[("list", &list)]);
        }
        if entries.iter().all(|entry| !self.is_verb_purpose(entry)) {
            let list = self.list(entries, Listing::objects(join));
            return self.words.fill(t::FOR_NOUN, &[("list", &list)]);
        }
        self.purposes_each(entries, join)
    }

    /// Each purpose with its own "to" or "for".
    pub(super) fn purposes_each(&mut self, entries: &[Entry], join: Join) -> Phrase {
        let count = entries.len();
        let phrases = entries.iter().enumerate().map(|(index, entry)| self.purpose(entry, index + 1 < count)).collect();
        self.words.join(phrases, join)
    }

    /// One purpose with its "to" or "for".
    pub(super) fn purpose(&mut self, entry: &Entry, inside: bool) -> Phrase {
        let template = if self.is_verb_purpose(entry) { t::FOR_VERB } else { t::FOR_NOUN };
        let words = self.entry(entry, inside, false);
        self.words.fill(template, &[("list", &words)])
    }

    /// Purposes that are verbs, behind one "to". A shared beginning that ends in a preposition is said once:
    /// "send notices about A and about B".
    fn verb_purposes(&mut self, entries: &[Entry], join: Join) -> Phrase {
        let count = entries.len();
        let mut phrases: Vec<Phrase> =
            entries.iter().enumerate().map(|(index, entry)| self.entry(entry, index + 1 < count, false)).collect();
        let heavy = entries.iter().any(|entry| entry.group.is_some() || !entry.tail.is_empty());
        if count > 1 && !heavy {
            let texts: Vec<String> = phrases.iter().map(Phrase::plain).collect();
            if let Some(shared) = shared_beginning(&texts) {
                let start = texts.first().and_then(|text| text.get(..shared)).unwrap_or("");
                phrases.iter_mut().skip(1).for_each(|words| words.replace_start(start, ""));
            }
        }
        self.words.join(phrases, join)
    }

    // ── means, grounds, roles, places ───────────────────────────────────────────────────────────────────

    /// Whether a means is something the actor does: "posting a revision".
    pub(super) fn is_act(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| {
            let noun = self.policy.noun(id);
            noun.kind == Kind::Way && is_gerund(&noun.words())
        })
    }

    /// Whether a means is a kind of message, which has no article: "by email".
    fn is_message(&self, id: NounId) -> bool {
        let noun = self.policy.noun(id);
        noun.kind == Kind::Way && MESSAGES.iter().any(|message| noun.words().eq_ignore_ascii_case(message))
    }

    fn means_template(&self, entry: &Entry) -> Template {
        match &entry.head {
            Head::Noun(_) if self.is_act(entry) => t::VIA_ACT,
            Head::Noun(id) if self.is_message(*id) => t::VIA_ACT,
            Head::Noun(id) => match self.policy.noun(*id).kind {
                Kind::Steps => t::VIA_STEPS,
                Kind::Contact | Kind::Link => t::VIA_TOOL,
                _ => t::VIA_WAY,
            },
            Head::Value(Value::Email(_) | Value::Link(_)) => t::VIA_TOOL,
            Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => t::VIA_WAY,
        }
    }

    fn means(&mut self, plan: &Plan, entries: &[Entry], join: Join) -> Phrase {
        // What somebody does with a tool he does "using" it; data comes and goes "through" it.
        let tool = matches!(plan.class(self.policy), Class::Choice | Class::Right | Class::Conduct | Class::Duty)
            && matches!(plan.actors.as_slice(), [only] if matches!(only.head, Head::You));
        self.grouped(entries, join, |drafter, entry| match drafter.means_template(entry) {
            template if template == t::VIA_WAY && tool => t::VIA_TOOL,
            template => template,
        })
    }

    /// Entries in a row that are said with the same word share it.
    fn grouped(&mut self, entries: &[Entry], join: Join, template: impl Fn(&Self, &Entry) -> Template) -> Phrase {
        let mut groups: Vec<(Template, Vec<Entry>)> = Vec::new();
        for entry in entries {
            let found = template(self, entry);
            match groups.last_mut() {
                // "other" goes on in the way of the entries in front of it.
                Some((last, group)) if *last == found || entry.other => group.push(entry.clone()),
                _ => groups.push((found, vec![entry.clone()])),
            }
        }
        let phrases = groups
            .into_iter()
            .map(|(template, group)| {
                let list = self.list(&group, Listing::objects(join));
                self.words.fill(template, &[("list", &list)])
            })
            .collect();
        self.words.join(phrases, join)
    }

    fn grounds(&mut self, entries: &[Entry], join: Join) -> Phrase {
        // A document among the grounds asks for the word that fits both.
        let document = entries.iter().any(|entry| self.grounds_template(entry) == t::UNDER_DOCUMENT);
        self.grouped(entries, join, |drafter, entry| {
            let template = drafter.grounds_template(entry);
            if document && template == t::UNDER_LAW { t::UNDER_DOCUMENT } else { template }
        })
    }

    fn grounds_template(&self, entry: &Entry) -> Template {
        let kind = entry.noun_id().map(|id| self.policy.noun(id).kind);
        match kind {
            Some(Kind::Basis) => t::UNDER_BASIS,
            Some(Kind::Setting) => t::UNDER_SETTING,
            Some(Kind::Link) => t::UNDER_DOCUMENT,
            Some(Kind::Term) => {
                let document = entry
                    .noun_id()
                    .is_some_and(|id| self.policy.is(id, "this-policy") || self.policy.is(id, "other-policies"));
                if document { t::UNDER_LAW } else { t::UNDER_DOCUMENT }
            }
            _ => t::UNDER_LAW,
        }
    }

    fn roles(&mut self, entries: &[Entry], join: Join, several: bool) -> Phrase {
        let phrases = entries
            .iter()
            .map(|entry| {
                let form = if several { Form::Many } else { Form::Label };
                let role = self.in_form(form, |drafter| drafter.role(entry));
                match &entry.of {
                    Some(of) => {
                        let party = self.entry(of, false, false);
                        self.words.fill(t::AS_FOR, &[("list", &role), ("party", &party)])
                    }
                    None => self.words.fill(t::AS, &[("list", &role)]),
                }
            })
            .collect();
        self.words.join(phrases, join)
    }

    fn surface(&self, plan: &Plan, entries: &[Entry]) -> Template {
        let address = |entry: &Entry| match &entry.head {
            Head::Value(Value::Link(_) | Value::Email(_)) => true,
            Head::Noun(id) => self.policy.noun(*id).kind == Kind::Link,
            Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
        };
        let several = |entry: &Entry| {
            entry.noun_id().is_some_and(|id| {
                super::grammar::number_of(self.policy.noun(id)) == crate::syntax::words::Number::Plural
            })
        };
        if entries.iter().all(address) {
            t::ON_ADDRESS
        } else if plan.class(self.policy) == crate::vocabulary::Class::Tracking && entries.iter().all(several) {
            t::ON_SEVERAL
        } else {
            t::ON
        }
    }

    /// The clauses of an entry itself, behind it: "(if any)", "(required, because …)", ", because …".
    pub(super) fn tail(&mut self, words: Phrase, entry: &Entry, inside: bool) -> Phrase {
        let mut out = words;
        let data = entry.noun_id().is_some_and(|id| self.policy.noun(id).kind != Kind::Purpose);
        let ground = entry.noun_id().is_some_and(|id| matches!(self.policy.noun(id).kind, Kind::Basis | Kind::Law));
        let plan = Plan::empty();
        let mut asides: Vec<Phrase> = Vec::new();
        if let Some(citation) = &entry.citation {
            asides.push(self.citation(citation));
        }
        for clause in &entry.tail {
            let mut said = match clause.slot {
                Slot::Kept => self.kept_aside(clause),
                Slot::See => {
                    let list = self.pointer(&clause.value);
                    self.words.fill(t::SEE_ASIDE, &[("list", &list)])
                }
                _ => self.clause(&plan, clause),
            };
            if said.is_empty() {
                continue;
            }
            if clause.only {
                said = self.words.fill(t::ONLY, &[("phrase", &said)]);
            }
            // What restricts one of several, or is no part of the sentence, stands apart.
            let aside = clause.slot.is_flag()
                || matches!(clause.slot, Slot::Kept | Slot::See)
                || ((inside || data) && clause.slot != Slot::Because);
            if aside {
                asides.push(said);
                continue;
            }
            let reason = clause.slot == Slot::Because;
            match asides.last_mut() {
                // A reason belongs to what it stands behind.
                Some(last) if reason => last.append(said),
                // Behind a ground, a reason would read as the sentence's.
                None if reason && (inside || ground) => asides.push(self.bare_reason(clause)),
                _ => {
                    out.push_str(if reason { "" } else { " " });
                    out.append(said);
                }
            }
        }
        if !entry.except.is_empty() {
            let list = self.list(&entry.except, Listing::objects(Join::And));
            asides.push(self.words.fill(t::EXCEPT_ASIDE, &[("list", &list)]));
        }
        if !asides.is_empty() {
            let mut all = Phrase::default();
            for aside in asides {
                all.push_str(if all.is_empty() { "" } else { ", " });
                all.append(aside);
            }
            out.push_str(" ");
            out.append(self.words.fill(t::ASIDE, &[("phrase", &all)]));
        }
        out
    }

    /// "because …" without the comma in front, for brackets.
    fn bare_reason(&mut self, clause: &Clause) -> Phrase {
        let reason = self.list(clause.value.entries(), Listing::objects(Join::And));
        self.words.fill(t::BECAUSE_BARE, &[("reason", &reason)])
    }

    /// "kept for 3 years", behind one of several entries.
    fn kept_aside(&mut self, clause: &Clause) -> Phrase {
        let words = self.clause(&Plan::empty(), clause);
        if words.is_empty() { words } else { self.words.fill(t::KEPT_ASIDE, &[("period", &words)]) }
    }

    /// Whether the recipients of a record are a sentence of their own: "we use your name with the courier" would
    /// make a tool of him.
    pub(super) fn says_with_apart(&self, plan: &Plan) -> bool {
        let recipients = plan.clause(Slot::With).is_some_and(|clause| {
            !clause.only
                && !clause.value.entries().is_empty()
                && clause.value.entries().iter().all(|entry| {
                    entry.noun_id().is_some_and(|id| {
                        matches!(self.policy.noun(id).kind, Kind::Party | Kind::People | Kind::Engagement)
                    })
                })
        });
        recipients
            && plan.class(self.policy) == Class::Use
            && plan.polarity == Polarity::Positive
            && plan.clause(Slot::For).is_some()
            && (plan.clause(Slot::Under).is_some() || plan.clause(Slot::Kept).is_some())
    }

    /// "We do this with the courier": whoever takes part in a record.
    pub(super) fn taking_part(&mut self, plan: &Plan) -> Option<Phrase> {
        if !self.says_with_apart(plan) {
            return None;
        }
        let subject = self.list(&plan.actors, Listing { join: plan.actor_join, your: false, subject: true });
        let entries = plan.entries(Slot::With).to_vec();
        let list = self.list(&entries, Listing::objects(Join::And));
        let template = match self.number_of_actors(plan) {
            Number::Singular => t::DOES_THIS_WITH,
            Number::Plural => t::DO_THIS_WITH,
        };
        Some(self.words.fill(template, &[("subject", &subject), ("list", &list)]))
    }

    /// "You must give us this information", for a sentence that says so of all its data.
    pub(super) fn needed(&mut self, plan: &Plan) -> Option<Phrase> {
        let (clause, template) = match (plan.clause(Slot::Required), plan.clause(Slot::Optional)) {
            (Some(clause), _) => (clause.clone(), t::REQUIRED_SENTENCE),
            (None, Some(clause)) => (clause.clone(), t::OPTIONAL_SENTENCE),
            (None, None) => return None,
        };
        let mut words = phrase(self.words.of(template));
        if !clause.value.entries().is_empty() {
            let reason = self.list(clause.value.entries(), Listing::objects(Join::And));
            words.append(self.words.fill(t::BECAUSE, &[("reason", &reason)]));
        }
        Some(words)
    }

    /// "We keep it for 3 years": how long the data of a sentence is kept, as a sentence of its own.
    pub(super) fn kept(&mut self, plan: &Plan) -> Option<Phrase> {
        let clause = plan.clause(Slot::Kept)?;
        if plan.polarity != Polarity::Positive {
            return None;
        }
        let number = self.number_of_objects(plan);
        self.kept_number = number;
        let period = self.clause(plan, clause);
        self.kept_number = Number::Singular;
        let subject = self.list(&plan.actors, Listing { join: plan.actor_join, your: false, subject: true });
        let it = phrase(if number == Number::Singular { "it" } else { "them" });
        let template = match self.number_of_actors(plan) {
            Number::Singular => t::KEEPS_ONE,
            Number::Plural => t::KEEPS_MANY,
        };
        Some(self.words.fill(template, &[("subject", &subject), ("it", &it), ("period", &period)]))
    }

    /// Whether the objects of a sentence are one thing or several.
    pub(super) fn number_of_objects(&self, plan: &Plan) -> Number {
        match plan.objects.as_slice() {
            [only] => only.noun_id().map_or(Number::Singular, |id| super::grammar::number_of(self.policy.noun(id))),
            _ => Number::Plural,
        }
    }

    fn is_store(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Store)
    }

    // ── pointers ────────────────────────────────────────────────────────────────────────────────────────

    /// "See A and B", "For help, see A".
    pub(super) fn see(&mut self, plan: &Plan) -> Option<Phrase> {
        let clause = plan.clause(Slot::See)?;
        match &clause.value {
            ClauseValue::Topic(topic, entries) => {
                let list = self.list(entries, Listing::objects(Join::Or));
                Some(self.words.fill(t::SEE_TOPIC, &[("topic", &phrase(&**topic)), ("list", &list)]))
            }
            ClauseValue::List(..) | ClauseValue::Guarded(_) => {
                let list = self.pointer(&clause.value);
                Some(self.words.fill(t::SEE, &[("list", &list)]))
            }
            ClauseValue::Condition(_) | ClauseValue::Flag => None,
        }
    }

    /// Where a pointer inside a sentence leads: "our page", "our page for questions".
    fn pointer(&mut self, value: &ClauseValue) -> Phrase {
        if let ClauseValue::Guarded(arms) = value {
            let said = arms.iter().map(|arm| (self.guard(&arm.guard), self.pointer(&arm.value))).collect();
            return self.arms(said);
        }
        let list = self.list(value.entries(), Listing::objects(Join::Or));
        match value {
            ClauseValue::Topic(topic, _) => {
                self.words.fill(t::SEE_INSIDE_TOPIC, &[("topic", &phrase(&**topic)), ("list", &list)])
            }
            ClauseValue::List(..) | ClauseValue::Condition(_) | ClauseValue::Flag | ClauseValue::Guarded(_) => list,
        }
    }
}

/// Whether an entry is a law and nothing that its short form would lose.
fn is_bare_law(entry: &Entry) -> bool {
    !entry.other
        && entry.quantifier.is_none()
        && entry.of.is_none()
        && entry.that.is_none()
        && entry.group.is_none()
        && entry.display.is_none()
}

/// Where the texts begin to differ, if they share at least two words and the shared part ends in front of a
/// preposition.
fn shared_beginning(texts: &[String]) -> Option<usize> {
    let first: Vec<&str> = texts.first()?.split(' ').collect();
    let shared = (0..first.len())
        .take_while(|index| texts.iter().all(|text| text.split(' ').nth(*index) == first.get(*index).copied()))
        .count();
    let words = first.get(..shared)?;
    let at = words.iter().rposition(|word| is_preposition(word) && *word != "that")?;
    (at >= 2).then(|| words.get(..at).unwrap_or_default().iter().map(|word| word.len() + 1).sum())
}

/// The name of a country, a region or a group of countries, as it stands behind "in".
pub(super) fn place_name(code: &str) -> String {
    crate::vocabulary::place(code).map_or_else(|| code.to_owned(), str::to_owned)
}
