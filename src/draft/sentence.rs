//! One sentence: what opens it, what its class says next, and the list that follows it.

use super::Drafter;
use super::nouns::{Form, Listing};
use super::plan::Plan;
use super::predicate::Shortening;
use super::weight::Bulleted;
use crate::document::{Block, Item};
use crate::policy::{ClauseValue, Condition, Entry, Except, Group, Head};
use crate::syntax::words::{Force, Join, Kind, Number, Openness, Slot};
use crate::vocabulary::{Class, Placement};
use crate::wording::phrase::Phrase;
use crate::wording::template::Piece;
use crate::wording::{Template, phrase, templates as t};

/// The longest condition, in words, that may open a sentence.
const LONGEST_FRONT: usize = 16;

/// A sentence that was said.
pub(super) struct Said {
    /// The words, without a full stop.
    pub words: Phrase,
    /// A second lead-in behind the sentence: "Examples are".
    pub second: Option<Phrase>,
    /// The bullets; empty for a sentence that runs on.
    pub items: Vec<Item>,
}

/// How the subject is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// With subject and modality.
    Full,
    /// Without: an item under a lead-in that said them.
    Bare,
}

impl<'p> Drafter<'p> {
    /// A whole sentence as one phrase, with no list apart.
    pub(super) fn clause_of(&mut self, plan: &Plan) -> Phrase {
        self.assemble(plan, Shortening::default(), Style::Full, None)
    }

    /// A sentence, with its heaviest list as bullets where one is too heavy.
    pub(super) fn say(&mut self, plan: &Plan, shortening: Shortening, style: Style) -> Said {
        let bulleted = self.bulleted(plan);
        let Some(bulleted) = bulleted else {
            let words = self.assemble(plan, shortening, style, None);
            return Said { words, second: None, items: Vec::new() };
        };
        let mut words = self.assemble(plan, shortening, style, Some(bulleted));
        let (second, items) = self.bullets(plan, bulleted, &mut words);
        Said { words, second, items }
    }

    /// Two sentences about the same thing as one: "collects and stores x, and uses it to …".
    pub(super) fn chained(&mut self, plan: &Plan, next: &Plan, shortening: Shortening, number: Number) -> Phrase {
        let first = self.assemble(plan, shortening, Style::Full, None);
        let about_objects = Shortening { object_pronoun: Some(number), ..Shortening::default() };
        let second = self.assemble(next, about_objects, Style::Bare, None);
        self.words.fill(t::AND_THEN, &[("sentence", &first), ("other", &second)])
    }

    /// Fills the template of the class, slot by slot in its order, so that what is first on the page is first
    /// to be linked and defined.
    fn assemble(&mut self, plan: &Plan, shortening: Shortening, style: Style, bulleted: Option<Bulleted>) -> Phrase {
        let class = plan.class(self.policy);
        let template = class_template(class);
        let front = if style == Style::Bare { Front::None } else { self.front(plan, bulleted) };
        self.kept_number = self.number_of_objects(plan);
        self.denied = plan.is_denied(self.policy);
        let rest = self.parted_word(plan, shortening, bulleted);
        self.parted = rest.is_some();
        let mut out = Phrase::default();
        let mut open = false;
        for piece in self.words.pieces(template) {
            match piece {
                Piece::Literal(text) => out.push_literal(text),
                Piece::Hole(hole) => {
                    self.open_list = false;
                    let mut words = self.hole(hole, plan, shortening, style, bulleted, front, &out);
                    if let (Some(rest), "objects") = (&rest, &**hole) {
                        words = self.words.fill(t::PARTED, &[("objects", &words), ("rest", rest)]);
                    }
                    if words.is_empty() {
                        continue;
                    }
                    if std::mem::replace(&mut open, self.open_list && !matches!(&**hole, "front" | "predicate")) {
                        out.trim_end();
                        out.push_str(if words.plain().starts_with(',') { "" } else { ", " });
                    }
                    out.push_phrase(&words);
                }
            }
        }
        self.parted = false;
        out.trim_end();
        out
    }

    /// The last word of a verb, if it stands behind the objects: "make your name public". Behind a long list nobody
    /// would know any more what it belongs to.
    fn parted_word(&self, plan: &Plan, shortening: Shortening, bulleted: Option<Bulleted>) -> Option<Phrase> {
        let [verb] = plan.verbs.as_slice() else { return None };
        let verb = self.policy.verb(*verb);
        let (_, rest) = verb.base.rsplit_once(' ').filter(|_| verb.parted)?;
        let light = |entry: &Entry| {
            entry.that.is_none()
                && entry.of.is_none()
                && entry.tail.is_empty()
                && entry.except.is_empty()
                && self.printed_group(entry).is_none()
        };
        let short = !plan.objects.is_empty() && plan.objects.len() <= 2 && plan.objects.iter().all(light);
        (bulleted.is_none() && (short || shortening.object_pronoun.is_some())).then(|| phrase(rest))
    }

    #[expect(clippy::too_many_arguments, reason = "a hole may depend on all that shapes the sentence")]
    fn hole(
        &mut self,
        hole: &str,
        plan: &Plan,
        shortening: Shortening,
        style: Style,
        bulleted: Option<Bulleted>,
        front: Front,
        so_far: &Phrase,
    ) -> Phrase {
        match hole {
            "front" => self.front_words(plan, front),
            "predicate" if style == Style::Bare => self.bare_predicate(plan),
            "predicate" => self.predicate(plan, shortening),
            "dative" if self.is_dative(plan) => self.list(plan.entries(Slot::To), Listing::objects(Join::And)),
            "objects" => {
                self.your_of = self.your(plan);
                let words = self.objects(plan, shortening, bulleted);
                self.your_of = false;
                words
            }
            "manner" => self.manner(plan, Placement::After),
            "end" => {
                let mut manner = self.manner(plan, Placement::End);
                if plan.clause(Slot::For).is_none() {
                    manner.append(self.manner(plan, Placement::Purpose));
                }
                let behalf =
                    if self.introduced_processor(so_far, plan) { Phrase::default() } else { self.on_behalf(plan) };
                let mut out = manner;
                if !behalf.is_empty() {
                    out.push_str(if out.is_empty() { "" } else { " " });
                    out.append(behalf);
                }
                out
            }
            "except" => plan.except.as_ref().map_or_else(Phrase::default, |except| self.except(plan, except)),
            _ => match Slot::from_word(hole) {
                Some(slot) => self.closing_slot(slot, plan, bulleted, front, so_far),
                None => Phrase::default(),
            },
        }
    }

    fn closing_slot(
        &mut self,
        slot: Slot,
        plan: &Plan,
        bulleted: Option<Bulleted>,
        front: Front,
        so_far: &Phrase,
    ) -> Phrase {
        let apart = matches!(bulleted, Some(Bulleted::Slot(other) | Bulleted::SlotMembers(other) | Bulleted::Condition(other)) if other == slot);
        if apart || front == Front::Slot(slot) {
            return Phrase::default();
        }
        match slot {
            Slot::To if self.is_dative(plan) => return Phrase::default(),
            Slot::About if self.about_in_objects(plan) => return Phrase::default(),
            Slot::As if self.processor_for(plan).is_some() => return Phrase::default(),
            Slot::As if front == Front::Role => return Phrase::default(),
            Slot::Via if front == Front::Means => return Phrase::default(),
            // It is a sentence of its own.
            Slot::Kept | Slot::Required | Slot::Optional => return Phrase::default(),
            Slot::With if self.says_with_apart(plan) => return Phrase::default(),
            _ => {}
        }
        let Some(clause) = plan.clause(slot) else { return Phrase::default() };
        let extent = if slot == Slot::For { self.manner(plan, Placement::Purpose) } else { Phrase::default() };
        let mut words = match &clause.value {
            ClauseValue::Condition(condition) if clause.only => self.only_condition(slot, condition),
            // What was done in a time that lies behind is over, and the condition still stands open.
            ClauseValue::Condition(condition) if slot == Slot::Unless && is_window(plan) => {
                let words = self.tests(condition);
                let denied = plan.is_denied(self.policy);
                return self.words.fill(if denied { t::EXCEPT_IF } else { t::BUT_NOT_IF }, &[("condition", &words)]);
            }
            ClauseValue::Condition(_)
            | ClauseValue::List(..)
            | ClauseValue::Topic(..)
            | ClauseValue::Flag
            | ClauseValue::Guarded(_) => self.clause(plan, clause),
        };
        if !extent.is_empty() {
            words = self.words.fill(t::EXTENT, &[("manner", &extent), ("phrase", &words)]);
        }
        if clause.only && !words.is_empty() {
            words = self.words.fill(t::ONLY, &[("phrase", &words)]);
        }
        // A purpose behind a recipient or a source would read as theirs; a comma keeps it the sentence's.
        let carries =
            matches!(plan.class(self.policy), Class::Collection | Class::Disclosure | Class::Access | Class::Transfer);
        let after_other = slot == Slot::For
            && !plan.is_denied(self.policy)
            && !clause.only
            && carries
            && clause.value.entries().iter().all(|entry| self.is_verb_purpose(entry))
            && [Slot::With, Slot::To, Slot::From]
                .iter()
                .any(|other| plan.clause(*other).is_some() && !self.is_dative(plan));
        // Behind "that you request" a purpose would read as the purpose of the request.
        let after_that = slot == Slot::For
            && !clause.only
            && clause.value.entries().iter().all(|entry| self.is_verb_purpose(entry))
            && plan.objects.last().is_some_and(|entry| {
                entry.that.is_some() || entry.noun_id().is_some_and(|id| self.policy.noun(id).that.is_some())
            });
        let after_purpose = (slot == Slot::Unless || (slot == Slot::When && clause.only))
            && plan.clause(Slot::For).is_some()
            || (slot == Slot::Unless && plan.clause(Slot::When).is_some());
        let duration =
            clause.value.entries().iter().any(|entry| matches!(entry.head, Head::Value(_) | Head::Period(_)));
        if (after_other || after_that || after_purpose) && !duration && !so_far.is_empty() && !words.is_empty() {
            words = self.words.fill(t::APART, &[("phrase", &words)]);
        }
        words
    }

    fn introduced_processor(&self, so_far: &Phrase, plan: &Plan) -> bool {
        // The template of a first mention says "uses X to", which says for whom already.
        self.processor_for(plan).is_some() && {
            let words = so_far.plain();
            Self::acting_noun(plan).is_some_and(|id| {
                let name = self.policy.noun(id).words();
                words.contains(&format!("uses {name} to ")) || words.contains(&format!("use {name} to "))
            })
        }
    }

    /// Whether the recipient stands in front of the objects: "send you offers".
    fn is_dative(&self, plan: &Plan) -> bool {
        let [only] = plan.entries(Slot::To) else { return false };
        let pronoun = matches!(only.head, Head::You)
            || (matches!(only.head, Head::We) && self.policy.header.voice == crate::policy::Voice::We);
        pronoun
            && !plan.objects.is_empty()
            && !plan.clause(Slot::To).is_some_and(|clause| clause.only)
            && plan.verbs.iter().all(|verb| self.policy.verb(*verb).dative)
    }

    // ── objects ─────────────────────────────────────────────────────────────────────────────────────────

    /// Whether the objects take "your" here.
    fn your(&self, plan: &Plan) -> bool {
        // What comes from other people is theirs.
        let from_people = plan.entries(Slot::From).iter().any(|entry| match entry.head {
            Head::Noun(id) => self.policy.noun(id).kind == Kind::People && self.readers != [id],
            Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
        });
        let about = plan.entries(Slot::About);
        let about_reader = about.iter().any(|entry| matches!(entry.head, Head::You));
        let data_class = !matches!(plan.class(self.policy), Class::Claim | Class::Legal);
        // What other people do, they do with what is theirs.
        let others = Self::acting_noun(plan)
            .is_some_and(|id| self.policy.noun(id).kind == Kind::People && !self.readers.contains(&id));
        let from_reader = plan.entries(Slot::From).iter().any(|entry| matches!(entry.head, Head::You));
        (!self.readers.is_empty() || about_reader || from_reader)
            && !others
            && !self.acts_as(plan)
            && !from_people
            && (about.is_empty() || about_reader)
            && data_class
    }

    /// "your IP address and that of end users": the people of `about` stand with the objects.
    fn about_in_objects(&self, plan: &Plan) -> bool {
        let about = plan.entries(Slot::About);
        let reader = about.iter().any(|entry| matches!(entry.head, Head::You));
        let theirs = match plan.objects.as_slice() {
            [only] => self.takes_your(only),
            // "your name and photo": for other people besides, each would need words of its own.
            several => about.len() == 1 && !several.is_empty() && several.iter().all(|entry| self.takes_your(entry)),
        };
        reader && theirs && (about.len() == 1 || plan.polarity == crate::syntax::words::Polarity::Positive)
    }

    fn objects(&mut self, plan: &Plan, shortening: Shortening, bulleted: Option<Bulleted>) -> Phrase {
        if let Some(number) = shortening.object_pronoun {
            return phrase(if number == Number::Singular { "it" } else { "them" });
        }
        if shortening.that_information {
            for entry in &plan.objects {
                self.mentions.extend(entry.noun_id());
            }
            return phrase(self.words.of(t::THAT_INFORMATION));
        }
        if bulleted == Some(Bulleted::Objects) {
            // With something behind them, the list is announced in front: "you have these rights using our desk:".
            return match (self.has_closing_slots(plan), self.are_rights(&plan.objects)) {
                (true, true) => phrase(self.words.of(t::THESE_RIGHTS)),
                (true, false) => phrase(self.words.of(t::THE_FOLLOWING)),
                (false, _) => Phrase::default(),
            };
        }
        let denied = plan.is_denied(self.policy);
        let permission = self.acts_reader(plan) && plan.force == Force::May;
        let join = if plan.object_join == Join::And && (denied || permission) { Join::Or } else { plan.object_join };
        if self.are_rights(&plan.objects) {
            return self.rights(&plan.objects, plan.object_join);
        }
        if plan.objects.iter().any(|entry| self.is_verb_purpose(entry)) {
            let purposes = plan.objects.iter().map(|entry| self.purpose_as_object(entry)).collect();
            return self.words.join(purposes, join);
        }
        if self.are_roles(&plan.objects) {
            let roles = plan.objects.iter().map(|entry| self.role(entry)).collect();
            return self.words.join(roles, join);
        }
        let without_members;
        let objects: &[Entry] = if bulleted == Some(Bulleted::ObjectMembers) {
            without_members = self.without_last_group(&plan.objects);
            &without_members
        } else {
            &plan.objects
        };
        if self.about_in_objects(plan) && objects.len() == 1 {
            return self.objects_of_several(plan, objects, join);
        }
        let your = self.your(plan) || self.about_in_objects(plan);
        self.list(objects, Listing { join, your, subject: false })
    }

    /// The objects with the members of the last one left out, which follow as bullets.
    fn without_last_group(&mut self, objects: &[Entry]) -> Vec<Entry> {
        let mut objects = objects.to_vec();
        if let Some(last) = objects.last_mut() {
            last.group = None;
            // A noun prints its members where it is named first; naming it here must not.
            if let Head::Noun(id) = last.head {
                self.led.insert(id);
            }
        }
        objects
    }

    fn objects_of_several(&mut self, plan: &Plan, objects: &[Entry], join: Join) -> Phrase {
        let words = self.list(objects, Listing::objects(join));
        let others: Vec<Entry> =
            plan.entries(Slot::About).iter().filter(|entry| !matches!(entry.head, Head::You)).cloned().collect();
        if others.is_empty() {
            return self.words.fill(t::YOUR, &[("noun", &words)]);
        }
        let plural = objects
            .first()
            .and_then(Entry::noun_id)
            .is_some_and(|id| super::grammar::number_of(self.policy.noun(id)) == crate::syntax::words::Number::Plural);
        let template = if plural { t::YOUR_AND_THOSE } else { t::YOUR_AND_THAT };
        let others = self.list(&others, Listing::objects(Join::And));
        self.words.fill(template, &[("noun", &words), ("others", &others)])
    }

    /// "the right to request correction, amendment, or deletion of …".
    fn rights(&mut self, objects: &[Entry], join: Join) -> Phrase {
        let count = objects.len();
        self.in_rights = true;
        let mut phrases: Vec<Phrase> =
            objects.iter().enumerate().map(|(index, entry)| self.entry(entry, index + 1 < count, false)).collect();
        self.in_rights = false;
        let texts: Vec<String> = phrases.iter().map(Phrase::plain).collect();
        let verb = texts.first().and_then(|text| text.split(' ').next()).map(str::to_owned).unwrap_or_default();
        let shared =
            count > 1 && texts.iter().all(|text| text.split(' ').next() == Some(&verb) && text.len() > verb.len());
        let join = if join == Join::And && count > 1 { Join::And } else { join };
        let list = if shared {
            for words in phrases.iter_mut().skip(1) {
                words.replace_start(&format!("{verb} "), "");
            }
            self.words.join(phrases, Join::Or)
        } else {
            self.words.join(phrases, join)
        };
        self.words.fill(t::THE_RIGHT_TO, &[("list", &list)])
    }

    fn are_rights(&self, objects: &[Entry]) -> bool {
        let right = |entry: &Entry| entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Right);
        !objects.is_empty() && objects.iter().all(right)
    }

    /// A purpose as a thing: its noun phrase, or else what is done, "sending you our newsletter".
    fn purpose_as_object(&mut self, entry: &Entry) -> Phrase {
        let mut words = self.in_form(Form::Thing, |drafter| drafter.entry(entry, false, false));
        let has_noun = entry.noun_id().is_some_and(|id| self.policy.noun(id).noun.is_some());
        if has_noun || !self.is_verb_purpose(entry) {
            return words;
        }
        let text = words.plain();
        let first = text.split(' ').next().unwrap_or("");
        if let Some((verb, false)) = crate::vocabulary::find_verb(first) {
            words.replace_start(first, &verb.gerund);
        }
        words
    }

    /// "a data protection officer": roles take their article wherever they stand.
    fn are_roles(&self, objects: &[Entry]) -> bool {
        let role = |entry: &Entry| {
            entry.quantifier.is_none()
                && !entry.other
                && entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Role)
        };
        !objects.is_empty() && objects.iter().all(role)
    }

    fn has_closing_slots(&self, plan: &Plan) -> bool {
        let front = self.front(plan, Some(Bulleted::Objects));
        plan.clauses.iter().any(|clause| {
            clause.slot != Slot::See
                && front != Front::Slot(clause.slot)
                && !(clause.slot == Slot::To && self.is_dative(plan))
        }) || plan.except.is_some()
    }

    fn except(&mut self, plan: &Plan, except: &Except) -> Phrase {
        let mut parts: Vec<Phrase> = Vec::new();
        if !except.entries.is_empty() {
            parts.push(self.list(&except.entries, Listing::objects(except.join)));
        }
        for clause in &except.clauses {
            let words = self.clause(plan, clause);
            if !words.is_empty() {
                parts.push(words);
            }
        }
        let mut phrase = Phrase::default();
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                phrase.push_str(" ");
            }
            phrase.append(part);
        }
        self.words.fill(t::EXCEPT, &[("phrase", &phrase)])
    }

    // ── openings ────────────────────────────────────────────────────────────────────────────────────────

    /// What opens the sentence; one thing at most.
    fn front(&self, plan: &Plan, bulleted: Option<Bulleted>) -> Front {
        if plan.reader.is_some() {
            return Front::Reader;
        }
        if let Some(slot) = plan.in_that_case {
            return Front::ThatCase(slot);
        }
        // "By using our site, you consent to …": behind the verb it would read as the way to consent.
        if plan.class(self.policy) == Class::Consent
            && plan
                .clause(Slot::Via)
                .is_some_and(|clause| !clause.only && clause.value.entries().iter().all(|entry| self.is_act(entry)))
        {
            return Front::Means;
        }
        if plan.clause(Slot::When).is_none() && self.acts_as(plan) {
            return Front::Role;
        }
        if plan.clause(Slot::When).is_none() && is_window(plan) && bulleted.is_none() {
            return Front::Slot(Slot::Within);
        }
        for slot in [Slot::When, Slot::After, Slot::Before] {
            let Some(clause) = plan.clause(slot) else { continue };
            let ClauseValue::Condition(condition) = &clause.value else { continue };
            // "for 2 years after you leave" belongs together, and a period opens no sentence.
            let period = slot != Slot::When && (self.states_period(plan) || is_period(condition));
            let advice = slot == Slot::Before && plan.force == Force::Should;
            if clause.only
                || period
                || bulleted == Some(Bulleted::Condition(slot))
                || (advice && !plan.inherited.contains(&slot))
            {
                continue;
            }
            let parts = match condition {
                Condition::Test(_) => 1,
                Condition::Joined(_, operands) => operands.len(),
            };
            let short = self.words_of_condition(condition) <= LONGEST_FRONT && parts <= 2;
            if (short || plan.inherited.contains(&slot)) && !refers_back(self, condition) {
                return Front::Slot(slot);
            }
        }
        Front::None
    }

    /// Whether the sentence says how long.
    fn states_period(&self, plan: &Plan) -> bool {
        let lasts = plan.entries(Slot::For).iter().any(|entry| matches!(entry.head, Head::Value(_) | Head::Period(_)));
        let ends = plan.clause(Slot::Until).is_some_and(|clause| match &clause.value {
            ClauseValue::Condition(condition) => is_period(condition),
            ClauseValue::List(..) | ClauseValue::Topic(..) | ClauseValue::Flag | ClauseValue::Guarded(_) => false,
        });
        lasts || ends
    }

    fn front_words(&mut self, plan: &Plan, front: Front) -> Phrase {
        let words = match front {
            Front::None => return Phrase::default(),
            Front::ThatCase(Slot::Before) => phrase(self.words.of(t::BEFORE_THEN)),
            Front::ThatCase(_) => phrase(self.words.of(t::IN_THAT_CASE)),
            Front::Means => self.slot(plan, Slot::Via),
            Front::Role => self.slot(plan, Slot::As),
            Front::Reader => {
                let people = plan.reader.clone().unwrap_or_default();
                let people = self.one_of(&people);
                self.words.fill(t::WHEN_READER, &[("people", &people)])
            }
            Front::Slot(slot) => self.slot(plan, slot),
        };
        self.words.fill(t::FRONT, &[("phrase", &words)])
    }

    // ── bullets ─────────────────────────────────────────────────────────────────────────────────────────

    /// The list that is apart: completes the lead-in and makes the items.
    fn bullets(&mut self, plan: &Plan, bulleted: Bulleted, lead: &mut Phrase) -> (Option<Phrase>, Vec<Item>) {
        match bulleted {
            Bulleted::Objects => {
                if self.are_rights(&plan.objects) && self.has_closing_slots(plan) {
                    self.in_rights = true;
                } else if self.are_rights(&plan.objects) {
                    let words = self.words.fill(t::THE_RIGHT_TO, &[("list", &Phrase::default())]);
                    lead.push_str(" ");
                    lead.append(words);
                    self.in_rights = true;
                }
                let items = self.entry_items(&plan.objects, plan, false);
                self.in_rights = false;
                (None, items)
            }
            Bulleted::ObjectMembers => {
                let Some(group) = plan.objects.last().and_then(|entry| self.policy.group_of(entry)).cloned() else {
                    return (None, Vec::new());
                };
                let follows = self.has_closing_slots(plan);
                let information = lead_noun_is_information(plan, self);
                let close = plan.objects.last().is_some_and(|entry| self.is_one_word(entry));
                let second = self.group_lead(&group, lead, Lead { follows, information, close });
                (second, self.entry_items(&group.entries, plan, false))
            }
            Bulleted::Slot(slot) => {
                let entries = plan.entries(slot).to_vec();
                let only = plan.clause(slot).is_some_and(|clause| clause.only);
                let verbs = slot == Slot::For && entries.iter().all(|entry| self.is_verb_purpose(entry));
                let nouns = slot == Slot::For && entries.iter().all(|entry| !self.is_verb_purpose(entry));
                let word = match slot {
                    Slot::For if verbs => "to".to_owned(),
                    Slot::For if nouns => "for".to_owned(),
                    Slot::For => self.words.of(t::LEAD_PURPOSES).to_owned(),
                    Slot::Via => "through".to_owned(),
                    other => other.word().to_owned(),
                };
                let word = self.frame_word(plan, slot).unwrap_or(word);
                let extent = if slot == Slot::For { self.manner(plan, Placement::Purpose) } else { Phrase::default() };
                if !extent.is_empty() {
                    lead.push_str(" ");
                    lead.append(extent);
                }
                lead.push_str(if only { " only " } else { " " });
                lead.push_str(&word);
                let each = slot == Slot::For && !verbs && !nouns;
                (None, self.entry_items(&entries, plan, each))
            }
            Bulleted::SlotMembers(slot) => {
                let entries = plan.entries(slot).to_vec();
                let Some(group) = entries.first().and_then(|entry| self.policy.group_of(entry)).cloned() else {
                    return (None, Vec::new());
                };
                let bare = self.without_last_group(&entries);
                let mut shortened = plan.clone();
                if let Some(entries) = shortened.entries_mut(slot) {
                    *entries = bare;
                }
                let words = self.slot(&shortened, slot);
                let behind_condition =
                    plan.clause(Slot::When).is_some() && self.front(plan, Some(bulleted)) != Front::Slot(Slot::When);
                lead.push_str(if behind_condition { ", " } else { " " });
                lead.append(words);
                let close = entries.first().is_some_and(|entry| self.is_one_word(entry));
                let second = self.group_lead(&group, lead, Lead { follows: false, information: false, close });
                let purposes = slot == Slot::For;
                (second, self.entry_items(&group.entries, plan, purposes))
            }
            Bulleted::Condition(slot) => {
                let Some(clause) = plan.clause(slot) else { return (None, Vec::new()) };
                let ClauseValue::Condition(Condition::Joined(join, operands)) = clause.value.clone() else {
                    return (None, Vec::new());
                };
                let words = match join {
                    Join::And => t::CONDITIONS_ALL,
                    Join::Or => t::CONDITIONS_ANY,
                    Join::AndOr => t::CONDITIONS_SOME,
                };
                lead.push_str(if clause.only { " only " } else { " " });
                lead.push_str(self.words.of(words));
                let aside = self.set_aside();
                let items = operands
                    .iter()
                    .map(|operand| {
                        let words = self.tests(operand);
                        Item { spans: vec![self.span(words, Vec::new())], blocks: Vec::new() }
                    })
                    .collect();
                self.take_up(aside);
                (None, items)
            }
        }
    }

    /// Leads to the members of a group: behind its noun, or in a sentence of its own where something follows
    /// the noun.
    fn group_lead(&mut self, group: &Group, lead: &mut Phrase, kind: Lead) -> Option<Phrase> {
        if kind.follows {
            let words = match group.openness {
                Openness::SuchAs if kind.information => t::LEAD_EXAMPLES_INFORMATION,
                Openness::SuchAs => t::LEAD_EXAMPLES,
                Openness::Including => t::LEAD_INCLUDES,
                Openness::WithoutLimitation => t::LEAD_INCLUDES_WITHOUT_LIMITATION,
                Openness::Namely => t::LEAD_NAMELY_SENTENCE,
            };
            return Some(phrase(self.words.of(words)));
        }
        let words = match group.openness {
            Openness::SuchAs if kind.close => t::LEAD_SUCH_AS_CLOSE,
            Openness::SuchAs => t::LEAD_SUCH_AS,
            Openness::Including => t::LEAD_INCLUDING,
            Openness::WithoutLimitation => t::LEAD_WITHOUT_LIMITATION,
            Openness::Namely => t::LEAD_NAMELY,
        };
        lead.push_str(self.words.of(words));
        None
    }

    /// Entries as items; an entry with many members has them as a list of its own.
    fn entry_items(&mut self, entries: &[Entry], plan: &Plan, each_purpose: bool) -> Vec<Item> {
        let lead = self.set_aside();
        let mut items = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let facts = plan.entry_facts.get(index).cloned().unwrap_or_default();
            let nested = self.printed_group(entry).filter(|group| group.entries.len() > 2).cloned();
            let mut bare = entry.clone();
            if nested.is_some() {
                bare = self.without_last_group(std::slice::from_ref(entry)).pop().unwrap_or(bare);
            }
            let mut words = if each_purpose && self.is_purpose(entry) {
                self.purpose(&bare, false)
            } else {
                self.entry(&bare, false, false)
            };
            let mut blocks = Vec::new();
            if let Some(group) = nested {
                let close = self.is_one_word(entry);
                let _ = self.group_lead(&group, &mut words, Lead { follows: false, information: false, close });
                words.push_str(":");
                let spans = vec![self.span(words, facts)];
                let purposes = group.entries.iter().any(|entry| self.is_verb_purpose(entry));
                blocks.push(Block::List {
                    lead: Vec::new(),
                    ordered: false,
                    items: self.entry_items(&group.entries, &Plan::empty(), purposes),
                });
                items.push(Item { spans, blocks });
            } else {
                items.push(Item { spans: vec![self.span(words, facts)], blocks });
            }
        }
        self.take_up(lead);
        items
    }

    /// Whether an entry is printed as one word, so that "such as" needs no comma behind it.
    fn is_one_word(&self, entry: &Entry) -> bool {
        entry.that.is_none()
            && entry.of.is_none()
            && entry.quantifier.is_none()
            && entry.noun_id().is_some_and(|id| !self.policy.noun(id).words().contains(' '))
    }

    /// Whether the publisher acts in a capacity for somebody: "as a data processor for our customers".
    pub(super) fn acts_as(&self, plan: &Plan) -> bool {
        let [role] = plan.entries(Slot::As) else { return false };
        let we = matches!(plan.actors.as_slice(), [only] if matches!(only.head, Head::We));
        let only = plan.clauses.iter().any(|clause| clause.only);
        let others = role.of.as_ref().is_some_and(|of| !matches!(of.head, Head::We));
        we && !only && others && role.noun_id().is_some_and(|id| self.policy.is(id, "processor"))
    }

    pub(super) fn is_purpose(&self, entry: &Entry) -> bool {
        entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Purpose)
    }
}

/// How the members of a group are led to.
#[derive(Clone, Copy, Debug)]
struct Lead {
    /// Whether something stands between the noun and its members.
    follows: bool,
    /// Whether the noun is called information or data.
    information: bool,
    /// Whether "such as" needs no comma.
    close: bool,
}

/// What opens a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Front {
    None,
    /// The reader of a block: "If you are a customer".
    Reader,
    /// "In that case", "Before then".
    ThatCase(Slot),
    /// "By using our site".
    Means,
    /// "As a data processor for our customers".
    Role,
    /// A condition.
    Slot(Slot),
}

/// Whether a condition says "it", "they" or the like, whose noun the sentence has not said yet.
fn refers_back(drafter: &Drafter<'_>, condition: &Condition) -> bool {
    let mut nouns = condition.tests().into_iter().filter_map(|test| test.entry.noun_id());
    nouns.any(|id| points_back(&drafter.policy.noun(id).words()))
}

/// Whether a sentence speaks of a time that lies behind: "in the last 12 months".
fn is_window(plan: &Plan) -> bool {
    plan.entries(Slot::Within)
        .iter()
        .filter_map(Entry::period)
        .any(|period| period.steps.first().is_some_and(|step| step.bound == crate::syntax::words::Bound::Last))
}

/// Whether a condition is a period or a day: "2 years".
fn is_period(condition: &Condition) -> bool {
    condition.tests().iter().any(|test| matches!(test.entry.head, Head::Value(_) | Head::Period(_)))
}

/// Whether words hold a pronoun for something named elsewhere: "it", or "this" and "that" without a noun.
fn points_back(words: &str) -> bool {
    let words: Vec<&str> = words.split(' ').collect();
    words.iter().enumerate().any(|(at, word)| match *word {
        "it" | "they" | "them" | "their" => true,
        "there" => at > 0,
        "this" | "that" => {
            let next = words.get(at + 1).copied().unwrap_or("is");
            matches!(next, "is" | "was" | "are" | "were" | "has" | "had" | "does" | "happens" | "causes" | "and" | "or")
        }
        _ => false,
    })
}

/// Whether the last object is called information or data.
fn lead_noun_is_information(plan: &Plan, drafter: &Drafter<'_>) -> bool {
    plan.objects.last().and_then(Entry::noun_id).is_some_and(|id| {
        let words = drafter.policy.noun(id).words();
        words.ends_with("information") || words.ends_with("data")
    })
}

/// The template that orders the slots of a class of verbs.
fn class_template(class: Class) -> Template {
    match class {
        Class::Collection => t::CLASS_COLLECTION,
        Class::Use => t::CLASS_USE,
        Class::Disclosure => t::CLASS_DISCLOSURE,
        Class::Access => t::CLASS_ACCESS,
        Class::Retention => t::CLASS_RETENTION,
        Class::Deletion => t::CLASS_DELETION,
        Class::Protection => t::CLASS_PROTECTION,
        Class::Tracking => t::CLASS_TRACKING,
        Class::Right => t::CLASS_RIGHT,
        Class::Choice => t::CLASS_CHOICE,
        Class::Duty => t::CLASS_DUTY,
        Class::Consent => t::CLASS_CONSENT,
        Class::Change => t::CLASS_CHANGE,
        Class::Transfer => t::CLASS_TRANSFER,
        Class::Legal => t::CLASS_LEGAL,
        Class::Claim => t::CLASS_CLAIM,
        Class::Offer => t::CLASS_OFFER,
        Class::Conduct => t::CLASS_CONDUCT,
    }
}
