//! From sentences to paragraphs: what the sentence before allows, where a paragraph ends, where a list stands.

use super::Drafter;
use super::merge::merge;
use super::plan::Plan;
use super::predicate::Shortening;
use super::sentence::Style;
use crate::document::{Block, Span};
use crate::policy::{Clause, ClauseValue, Entry, Head, NounId};
use crate::syntax::words::{Force, Kind, Polarity, Quantifier, Slot};
use crate::vocabulary::Class;
use crate::wording::templates as t;

/// The most sentences of a paragraph, definitions not counted.
const LONGEST_PARAGRAPH: usize = 4;

/// A paragraph that is being written.
#[derive(Default)]
struct Paragraph {
    spans: Vec<Span>,
    sentences: usize,
    last: Option<Plan>,
    /// The nouns that the last sentence named.
    named: Vec<String>,
}

impl<'p> Drafter<'p> {
    /// Sentences in a row as paragraphs, lists and tables.
    pub(super) fn run(&mut self, plans: Vec<Plan>, out: &mut Vec<Block>) {
        let plans = plans
            .into_iter()
            .map(|plan| self.with_derivation(self.addressed(plan.with_one_period(self.policy))))
            .collect();
        let plans = merge(plans, self.policy);
        let mut paragraph = Paragraph::default();
        let mut rest = plans.as_slice();
        while let Some((first, following)) = rest.split_first() {
            let rows = self.table_length(rest);
            if rows > 0 {
                Self::end(&mut paragraph, out);
                let (table, after) = rest.split_at(rows);
                self.table(table, out);
                self.details(out);
                rest = after;
                continue;
            }
            match following.split_first() {
                Some((second, after)) if self.chains(first, second) => {
                    self.add_chain(first, second, &mut paragraph, out);
                    rest = after;
                }
                _ => {
                    self.add(first, &mut paragraph, out);
                    rest = following;
                }
            }
        }
        Self::end(&mut paragraph, out);
    }

    /// "We infer your score from your orders": what a datum is made of stands in the sentence that makes it, not in
    /// one behind it that would say the same again.
    fn with_derivation(&self, mut plan: Plan) -> Plan {
        let derives = plan.verbs.iter().all(|verb| matches!(&*self.policy.verb(*verb).name, "infer" | "derive"));
        let Some(id) = single_noun(&plan.objects).filter(|_| derives && plan.clause(Slot::From).is_none()) else {
            return plan;
        };
        let noun = self.policy.noun(id);
        let field = noun.fields.iter().find(|field| &*field.key == "inferred-from");
        if let Some(field) = field.filter(|field| field.arms.is_empty() && field.display.is_none())
            && !self.targets.contains(&format!("{}.inferred-from", noun.id))
            && !plan.is_denied(self.policy)
        {
            let value = ClauseValue::List(field.values.clone(), field.join);
            plan.clauses.push(Clause { slot: Slot::From, only: false, value });
            plan.facts.push(format!("{}.inferred-from", noun.id));
        }
        plan
    }

    /// People whom the page addresses are "you" when they act, too.
    fn addressed(&self, mut plan: Plan) -> Plan {
        if let [only] = plan.actors.as_mut_slice()
            && let Head::Noun(id) = only.head
            && self.readers == [id]
            && only.quantifier.is_none()
            && !only.other
            && only.of.is_none()
            && only.that.is_none()
            && only.group.is_none()
        {
            only.head = Head::You;
        }
        plan
    }

    fn end(paragraph: &mut Paragraph, out: &mut Vec<Block>) {
        let finished = std::mem::take(paragraph);
        if !finished.spans.is_empty() {
            out.push(Block::Paragraph { spans: finished.spans });
        }
    }

    fn add(&mut self, plan: &Plan, paragraph: &mut Paragraph, out: &mut Vec<Block>) {
        if self.begins_paragraph(plan, paragraph) {
            Self::end(paragraph, out);
        }
        let shortening = self.shortening(plan, paragraph);
        let said = self.say(plan, shortening, Style::Full);
        let facts = plan.fact_ids();
        if said.items.is_empty() {
            let span = self.sentence_span(said.words, facts.clone());
            paragraph.named = span.mentions.clone();
            paragraph.spans.push(span);
            paragraph.sentences += 1;
            paragraph.last = Some(plan.clone());
            for words in
                [self.taking_part(plan), self.needed(plan), self.kept(plan), self.see(plan)].into_iter().flatten()
            {
                let span = self.sentence_span(words, facts.clone());
                paragraph.spans.push(span);
                paragraph.last = None;
            }
            let details = self.detail_spans();
            if !details.is_empty() {
                paragraph.last = None;
                paragraph.spans.extend(details);
            }
            return;
        }
        // A list is a block of its own; a paragraph that leads to nothing else goes in front of it.
        let mut words = said.words;
        words.capitalise();
        let mut lead = Vec::new();
        match said.second {
            Some(mut second) => {
                words.full_stop();
                lead.push(self.span(words, facts.clone()));
                second.push_str(":");
                lead.push(self.span(second, facts.clone()));
            }
            None => {
                let words = self.words.fill(t::LEAD, &[("sentence", &words)]);
                lead.push(self.span(words, facts.clone()));
            }
        }
        // One sentence in front of the lead-in belongs to it.
        if paragraph.sentences == 1 {
            let mut spans = std::mem::take(&mut paragraph.spans);
            spans.append(&mut lead);
            lead = spans;
            *paragraph = Paragraph::default();
        }
        Self::end(paragraph, out);
        out.push(Block::List { lead, ordered: false, items: said.items });
        let mut after = Vec::new();
        for words in [self.taking_part(plan), self.needed(plan), self.kept(plan), self.see(plan)].into_iter().flatten()
        {
            after.push(self.sentence_span(words, facts.clone()));
        }
        after.extend(self.detail_spans());
        paragraph.spans.extend(after);
    }

    /// Whether the next sentence says more about the one thing that this one is about.
    fn chains(&self, plan: &Plan, next: &Plan) -> bool {
        let (Some(id), Some(after)) = (single_noun(&plan.objects), single_noun(&next.objects)) else { return false };
        let free = |plan: &Plan| {
            plan.polarity == Polarity::Positive
                && plan.except.is_none()
                && plan.manner.is_none()
                && !plan.only_actor
                && plan.reader.is_none()
                && plan.in_that_case.is_none()
                && !plan.is_denied(self.policy)
                && self.bulleted(plan).is_none()
                && plan.clauses.iter().all(|clause| {
                    !clause.only
                        && matches!(clause.slot, Slot::For | Slot::With | Slot::To | Slot::As | Slot::Via | Slot::In)
                })
        };
        id == after
            && plan.force == Force::Does
            && next.force == Force::Does
            && same_actors(&plan.actors, &next.actors)
            && Self::acting_noun(plan).is_some()
            && free(plan)
            && free(next)
            && plan.clauses.is_empty()
            && !next.clauses.is_empty()
            && !plan.verbs.iter().any(|verb| next.verbs.contains(verb))
            && self.policy.noun(id).means.is_none()
    }

    fn add_chain(&mut self, plan: &Plan, next: &Plan, paragraph: &mut Paragraph, out: &mut Vec<Block>) {
        if self.begins_paragraph(plan, paragraph) {
            Self::end(paragraph, out);
        }
        let shortening = self.shortening(plan, paragraph);
        let number = single_noun(&plan.objects)
            .map_or(crate::syntax::words::Number::Singular, |id| super::grammar::number_of(self.policy.noun(id)));
        let words = self.chained(plan, next, shortening, number);
        let mut facts = plan.fact_ids();
        facts.extend(next.fact_ids());
        let span = self.sentence_span(words, facts);
        paragraph.named = span.mentions.clone();
        paragraph.spans.push(span);
        paragraph.sentences += 1;
        paragraph.last = Some(next.clone());
        let details = self.detail_spans();
        if !details.is_empty() {
            paragraph.last = None;
            paragraph.spans.extend(details);
        }
    }

    /// A new paragraph begins when actor and class both change behind two sentences, or behind four.
    fn begins_paragraph(&self, plan: &Plan, paragraph: &Paragraph) -> bool {
        if paragraph.sentences >= LONGEST_PARAGRAPH {
            return true;
        }
        let Some(last) = &paragraph.last else { return false };
        let class_changes = last.class(self.policy) != plan.class(self.policy);
        let actor_changes = !same_actors(&last.actors, &plan.actors);
        class_changes && actor_changes && paragraph.sentences >= 2
    }

    /// What the sentence before allows this one to leave out.
    fn shortening(&self, plan: &Plan, paragraph: &Paragraph) -> Shortening {
        let Some(last) = &paragraph.last else { return Shortening::default() };
        if !same_actors(&last.actors, &plan.actors) || plan.only_actor || last.only_actor {
            return Shortening { that_information: self.repeats_objects(plan, last), ..Shortening::default() };
        }
        let introduces = self.processor_for(plan).is_some();
        let opens = plan.in_that_case.is_some() || plan.reader.is_some();
        Shortening {
            pronoun: !introduces && self.pronoun_is_clear(plan, paragraph),
            also: !opens && self.says_also(plan, last),
            that_information: self.repeats_objects(plan, last),
            object_pronoun: None,
        }
    }

    /// "it" stands only where the sentence before names nothing else that "it" could be, labels included.
    fn pronoun_is_clear(&self, plan: &Plan, paragraph: &Paragraph) -> bool {
        let Some(actor) = Self::acting_noun(plan) else { return false };
        let noun = self.policy.noun(actor);
        if !matches!(noun.kind, Kind::Party | Kind::Product) {
            return false;
        }
        let number = self.number_of_actors(plan);
        let others = paragraph
            .named
            .iter()
            .filter(|id| **id != *noun.id)
            .filter_map(|id| self.policy.nouns.iter().find(|other| *other.id == **id));
        let mut named_words = String::new();
        for other in others {
            if matches!(other.kind, Kind::Party | Kind::Product | Kind::Tracker | Kind::Setting | Kind::Law)
                && super::grammar::number_of(other) == number
            {
                return false;
            }
            named_words.push_str(&other.words());
            named_words.push(' ');
        }
        // The actor's own name may hold the publisher's: "Convox Console" holds "Convox".
        let named_words = named_words.replace(&*noun.words(), "");
        let publisher = self.policy.header.we.iter().filter(|id| **id != actor).map(|id| self.policy.noun(*id).words());
        !publisher.into_iter().any(|name| named_words.contains(&*name))
    }

    /// "also": the same actor and force, stated, with a verb in common or data gathered again.
    fn says_also(&self, plan: &Plan, last: &Plan) -> bool {
        let positive = plan.polarity == Polarity::Positive && last.polarity == Polarity::Positive;
        let force = plan.force == last.force && matches!(plan.force, Force::Does | Force::May | Force::Will);
        let reader = self.acts_reader(plan);
        let whole = |plan: &Plan| {
            plan.objects.iter().any(|entry| matches!(entry.quantifier, Some(Quantifier::All | Quantifier::Rest)))
        };
        if whole(plan) || whole(last) {
            return false;
        }
        let exclusive = plan.clauses.iter().chain(&last.clauses).any(|clause| clause.only);
        let verb = plan.verbs.iter().any(|verb| last.verbs.contains(verb));
        let gathers =
            [plan, last].iter().all(|plan| matches!(plan.class(self.policy), Class::Collection | Class::Tracking));
        let negative = plan.is_denied(self.policy) || last.is_denied(self.policy);
        positive && force && !reader && !exclusive && !negative && (verb || gathers) && !differs_in_nothing(plan, last)
    }

    /// "that information": the same one object as in the sentence before, with a long label that says so.
    fn repeats_objects(&self, plan: &Plan, last: &Plan) -> bool {
        let (Some(id), Some(before)) = (single_noun(&plan.objects), single_noun(&last.objects)) else { return false };
        let words = self.policy.noun(id).words();
        id == before
            && words.split(' ').count() > 3
            && (words.ends_with("information")
                || words.ends_with("data")
                || words.starts_with("information ")
                || words.starts_with("data "))
    }
}

fn single_noun(entries: &[Entry]) -> Option<NounId> {
    match entries {
        [only] if only.quantifier.is_none() && only.of.is_none() && only.that.is_none() && only.group.is_none() => {
            match only.head {
                Head::Noun(id) => Some(id),
                Head::We | Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => None,
            }
        }
        _ => None,
    }
}

/// Whether two lists name the same actors.
pub(super) fn same_actors(one: &[Entry], other: &[Entry]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| match (&one.head, &other.head) {
            (Head::We, Head::We) | (Head::You, Head::You) => true,
            (Head::Noun(one), Head::Noun(other)) => one == other,
            _ => false,
        })
        && one.iter().zip(other).all(|(one, other)| one.quantifier == other.quantifier && one.other == other.other)
}

/// Two sentences that say the same: "also" would claim a difference.
fn differs_in_nothing(plan: &Plan, last: &Plan) -> bool {
    let objects = plan.objects.len() == last.objects.len()
        && plan.objects.iter().zip(&last.objects).all(|(one, other)| one.noun_id() == other.noun_id());
    objects && plan.clauses.is_empty() && last.clauses.is_empty()
}
