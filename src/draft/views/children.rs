//! What children and their parents have to know: every sentence about children, those who answer for them, and the
//! data that is collected from or about them.

use std::collections::BTreeSet;

use super::View;
use super::practices::{Practice, practices};
use crate::document::{Block, Inline, Item, Span};
use crate::draft::plan::Plan;
use crate::draft::{Drafter, into_item};
use crate::policy::{Clause, ClauseValue, Entry, Head, NounId, Policy};
use crate::syntax::words::{Join, Kind, Slot};
use crate::vocabulary::{self, Class};
use crate::wording::{Template, templates as t};

/// The questions of the notice, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Collected,
    Used,
    Seen,
    Consent,
    Kept,
    Protected,
    Choices,
    More,
}

impl Question {
    const ALL: [Question; 8] = [
        Question::Collected,
        Question::Used,
        Question::Seen,
        Question::Consent,
        Question::Choices,
        Question::Kept,
        Question::Protected,
        Question::More,
    ];

    fn title(self) -> (Template, &'static str) {
        match self {
            Question::Collected => (t::CHILDREN_COLLECTED, "collected"),
            Question::Used => (t::CHILDREN_USED, "used"),
            Question::Seen => (t::CHILDREN_SEEN, "seen"),
            Question::Consent => (t::CHILDREN_CONSENT, "consent"),
            Question::Kept => (t::CHILDREN_KEPT, "kept"),
            Question::Protected => (t::CHILDREN_PROTECTED, "protected"),
            Question::Choices => (t::CHILDREN_CHOICES, "choices"),
            Question::More => (t::CHILDREN_MORE, "more"),
        }
    }

    /// The question that a sentence answers.
    fn of(plan: &Plan, policy: &Policy) -> Question {
        let data = plan
            .objects
            .iter()
            .any(|entry| entry.noun_id().is_none_or(|id| matches!(policy.noun(id).kind, Kind::Data | Kind::Tracker)));
        match plan.class(policy) {
            // Who asks a parent for permission, or gets it, collects nothing.
            Class::Collection | Class::Disclosure if !data && plan.is_denied(policy) => Question::More,
            Class::Collection | Class::Disclosure if !data => Question::Consent,
            Class::Collection | Class::Tracking => Question::Collected,
            Class::Use => Question::Used,
            Class::Disclosure | Class::Access | Class::Transfer => Question::Seen,
            Class::Consent => Question::Consent,
            Class::Retention | Class::Deletion => Question::Kept,
            Class::Protection => Question::Protected,
            Class::Right | Class::Choice => Question::Choices,
            Class::Duty | Class::Change | Class::Legal | Class::Claim | Class::Offer | Class::Conduct => Question::More,
        }
    }
}

/// Drafts the view.
pub(super) fn view(drafter: &mut Drafter<'_>, document: NounId) -> View {
    let policy = drafter.policy;
    let query = drafter.statement_ids();
    // What has a place of its own in the full policy is explained there.
    let elsewhere = std::mem::take(&mut drafter.placed);
    for id in &elsewhere {
        if let Some(seen) = drafter.seen.get_mut(id.0 as usize) {
            *seen = true;
        }
    }
    let found = practices(drafter, false);
    let data = data_of_children(policy, &found);
    let mut plans: Vec<(Question, Plan, &Practice<'_>)> = Vec::new();
    for practice in &found {
        let about = is_about_the_young(policy, practice) || is_about_their_data(policy, &practice.plan, &data);
        if !about {
            continue;
        }
        plans.push((Question::of(&practice.plan, policy), practice.plan.clone(), practice));
        for added in &practice.additions {
            // What is added for others than children is not about them.
            if added.plan.reader.as_ref().is_none_or(|people| people.iter().any(|id| is_young(policy, *id))) {
                let plan = whole(&practice.plan, &added.plan);
                plans.push((Question::of(&plan, policy), plan, practice));
            }
        }
    }
    let mut named: Vec<NounId> = Vec::new();
    for (_, _, practice) in &plans {
        let mut of_sentence = Vec::new();
        names(practice, &mut of_sentence);
        of_sentence.retain(|id| !named.contains(id));
        named.extend(of_sentence);
    }
    let mut blocks = vec![intro(drafter, document, &found)];
    for question in Question::ALL {
        let mut items: Vec<Item> = Vec::new();
        for (_, plan, practice) in plans.iter().filter(|(of, ..)| *of == question) {
            let mut inner = Vec::new();
            drafter.readers = plan.reader.clone().unwrap_or_else(|| policy.header.you.clone());
            match practice.sentence.cases.as_deref() {
                Some(cases) => {
                    let words = drafter.statement(plan, Some(cases));
                    let span = drafter.span(words, plan.fact_ids());
                    inner.push(Block::Paragraph { spans: vec![span] });
                }
                // One sentence at a time: what is short is easy to read.
                None => drafter.run(vec![plan.clone()], &mut inner),
            }
            items.extend(into_item(inner));
        }
        let mut inner = Vec::new();
        if !items.is_empty() {
            inner.push(Block::List { lead: Vec::new(), ordered: false, items });
        }
        // How to give and withdraw consent, and how to use a right, is what a parent looks for here.
        let kind = match question {
            Question::Consent => Some(Kind::Basis),
            Question::Choices => Some(Kind::Right),
            Question::Collected
            | Question::Used
            | Question::Seen
            | Question::Kept
            | Question::Protected
            | Question::More => None,
        };
        let with_fields = |id: &NounId| {
            let noun = policy.noun(*id);
            Some(noun.kind) == kind && noun.declared && !noun.fields.is_empty() && elsewhere.contains(id)
        };
        drafter.rows(named.iter().copied().filter(with_fields).collect(), &mut inner);
        if inner.is_empty() {
            continue;
        }
        let (title, id) = question.title();
        let id = format!("section-{id}");
        drafter.targets.insert(id.clone());
        let title = Span { text: vec![Inline::text(drafter.words.of(title))], ..Span::default() };
        blocks.push(Block::Section { id, title: vec![title], blocks: inner });
    }
    drafter.contacts_of_policy(document, &mut blocks);
    View { blocks, query }
}

/// Whom the notice is about, who publishes it, and how easy it is to read, if its author says so.
fn intro(drafter: &mut Drafter<'_>, document: NounId, found: &[Practice<'_>]) -> Block {
    let policy = drafter.policy;
    let mut spans = Vec::new();
    let mut young: Vec<NounId> = Vec::new();
    for practice in found {
        let mut named = Vec::new();
        names(practice, &mut named);
        for id in named {
            if is_child(policy, id) && !young.contains(&id) {
                young.push(id);
            }
        }
    }
    // Those who are a kind of others that are named are among them.
    let all = young.clone();
    young.retain(|id| !all.iter().any(|wide| wide != id && policy.covers(*wide, *id) && !policy.covers(*id, *wide)));
    if young.is_empty() {
        let words = drafter.words.fill(t::CHILDREN_SILENT, &[]);
        spans.push(drafter.sentence_span(words, vec![policy.noun(document).id.to_string()]));
    } else {
        let people = young.iter().map(|id| drafter.noun(*id)).collect();
        let people = drafter.words.join(people, Join::And);
        let words = drafter.words.fill(t::CHILDREN_INTRO, &[("people", &people)]);
        spans.push(drafter.sentence_span(words, vec![policy.noun(document).id.to_string()]));
        spans.extend(drafter.detail_spans());
    }
    spans.extend(drafter.who_we_are(false, t::VIEW_WE));
    spans.extend(drafter.detail_spans());
    let noun = policy.noun(document);
    if let Some(position) = noun.fields.iter().position(|field| &*field.key == "reading-level") {
        let value = drafter.field(document, position);
        let words = drafter.words.fill(t::CHILDREN_LEVEL, &[("level", &value)]);
        spans.push(drafter.sentence_span(words, vec![format!("{}.reading-level", noun.id)]));
    }
    Block::Paragraph { spans }
}

/// A sentence with what is added to it for some: what the addition says replaces what the sentence says.
fn whole(sentence: &Plan, added: &Plan) -> Plan {
    let mut plan = sentence.clone();
    for clause in &added.clauses {
        plan.clauses.retain(|other| other.slot != clause.slot);
        plan.clauses.push(clause.clone());
    }
    plan.reader.clone_from(&added.reader);
    plan.facts.clone_from(&added.facts);
    plan
}

/// The data that is collected from or about children.
fn data_of_children(policy: &Policy, found: &[Practice<'_>]) -> BTreeSet<NounId> {
    let mut data = BTreeSet::new();
    for practice in found {
        let plan = &practice.plan;
        let from = plan.entries(Slot::From).iter().chain(plan.entries(Slot::About));
        let young = from.filter_map(Entry::noun_id).any(|id| is_child(policy, id))
            || plan.reader.as_ref().is_some_and(|people| people.iter().any(|id| is_child(policy, *id)));
        let collected = plan.class(policy) == Class::Collection && !plan.is_denied(policy);
        if young && collected {
            data.extend(
                plan.objects.iter().filter_map(Entry::noun_id).filter(|id| policy.noun(*id).kind == Kind::Data),
            );
        }
    }
    data
}

/// Whether a sentence for everybody says what happens to data that children give.
fn is_about_their_data(policy: &Policy, plan: &Plan, data: &BTreeSet<NounId>) -> bool {
    let everybody =
        plan.reader.is_none() && plan.entries(Slot::About).is_empty() && plan.entries(Slot::From).is_empty();
    let spoken_of =
        plan.objects.iter().filter_map(Entry::noun_id).any(|wide| data.iter().any(|id| policy.covers(wide, *id)));
    let processing = matches!(
        plan.class(policy),
        Class::Use
            | Class::Disclosure
            | Class::Access
            | Class::Transfer
            | Class::Retention
            | Class::Deletion
            | Class::Protection
    );
    everybody && processing && spoken_of
}

/// Whether a sentence names children or those who answer for them, or is for one of them.
fn is_about_the_young(policy: &Policy, practice: &Practice<'_>) -> bool {
    let mut named = Vec::new();
    names(practice, &mut named);
    named.iter().any(|id| is_young(policy, *id))
}

/// Whether a noun is children, a parent, a school or the data of children.
fn is_young(policy: &Policy, id: NounId) -> bool {
    let noun = policy.noun(id);
    match noun.kind {
        Kind::People => is_child(policy, id) || policy.is(id, "parent"),
        Kind::Party => policy.is(id, "school"),
        Kind::Data => policy.is(id, "children-data"),
        Kind::Right => policy.is(id, "parental-review"),
        Kind::Basis => policy.is(id, "parental-consent"),
        _ => false,
    }
}

/// Whether people are children: the vocabulary or their author says so, or they are younger than some age.
fn is_child(policy: &Policy, id: NounId) -> bool {
    let noun = policy.noun(id);
    noun.kind == Kind::People
        && (policy.is(id, "child")
            || noun.fields.iter().any(|field| &*field.key == "younger-than")
            || noun
                .standard
                .is_some_and(|index| vocabulary::entry(index).fields.iter().any(|(key, _)| *key == "younger-than")))
}

/// Every noun that a sentence names, in its clauses and conditions too.
fn names(practice: &Practice<'_>, out: &mut Vec<NounId>) {
    let plan = &practice.plan;
    plan.actors.iter().chain(&plan.objects).for_each(|entry| of_entry(entry, out));
    plan.clauses.iter().chain(practice.additions.iter().flat_map(|added| &added.plan.clauses)).for_each(|clause| {
        of_clause(clause, out);
    });
    plan.except.iter().flat_map(|except| &except.entries).for_each(|entry| of_entry(entry, out));
    out.extend(plan.reader.iter().flatten());
    out.extend(practice.additions.iter().filter_map(|added| added.plan.reader.as_ref()).flatten());
}

fn of_clause(clause: &Clause, out: &mut Vec<NounId>) {
    match &clause.value {
        ClauseValue::List(entries, _) | ClauseValue::Topic(_, entries) => {
            entries.iter().for_each(|entry| of_entry(entry, out));
        }
        ClauseValue::Condition(condition) => condition.tests().iter().for_each(|test| of_entry(&test.entry, out)),
        ClauseValue::Guarded(arms) => {
            for arm in arms {
                arm.guard.iter().for_each(|clause| of_clause(clause, out));
                of_clause(&Clause { value: arm.value.clone(), ..clause.clone() }, out);
            }
        }
        ClauseValue::Flag => {}
    }
}

fn of_entry(entry: &Entry, out: &mut Vec<NounId>) {
    match &entry.head {
        Head::Noun(id) | Head::Field(id, _) => out.push(*id),
        Head::We | Head::You | Head::Value(_) | Head::Period(_) | Head::Everything => {}
    }
    entry.of.iter().for_each(|of| of_entry(of, out));
    entry.group.iter().flat_map(|group| &group.entries).chain(&entry.except).for_each(|entry| of_entry(entry, out));
    entry.tail.iter().for_each(|clause| of_clause(clause, out));
}
