//! What the full policy says, in front of it: the answers of the short notice with fewer words, so that who reads
//! nothing else has them.
//!
//! Every answer leads to the section that says it in full. What does not fit is left to that section, and where what is
//! left would make the rest say more than the policy, the section is all that is named.

use foldhash::{HashMap, HashSet};

use super::keeping::Keeping;
use super::purposes::Measure;
use super::{Drafter, Statement};
use crate::document::{Block, Document, Inline, Item, SUMMARY, Span, plain, plain_spans};
use crate::draft::views::relinked;
use crate::policy::{Edition, Policy};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Class;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

/// The most words of a summary, which are read in less than a minute.
const MOST_WORDS: usize = 200;
/// The most words of a summary of a page so long that two hundred are less than a fifteenth of it.
const MOST_WORDS_OF_LONG: usize = 300;
/// The fewest words of a page that is summed up. A shorter one is read in a minute, and a summary saves nobody time.
const FEWEST_WORDS_OF_PAGE: usize = 300;
/// A summary is at most this part of a page.
const PART_OF_PAGE: usize = 5;
/// The fewest questions that are answered, where more are not left to a section; a policy that answers one says so with
/// its heading.
const FEWEST_ANSWERS: usize = 2;
/// The most lines about how long what is kept.
const MOST_KEEPING: usize = 3;
/// The words that are kept free to say in which section more stands.
const LONGEST_POINTER: usize = 8;
/// The most rights that one sentence names.
const MOST_RIGHTS: usize = 5;
/// The ways to reach somebody, the quickest first.
const QUICKEST: [&str; 4] = ["email", "form", "phone", "post"];

/// An answer to one question.
struct Answer {
    question: Template,
    /// What may be said, in the order in which it is left out last.
    items: Vec<Item>,
    /// The most words.
    most: usize,
    /// How many items, in front, stand together or not at all, and the others not without them: a plain denial must not
    /// stand where what is sold has no room, or a denial with an exception, nor the shortest period where the longest
    /// has none.
    first: usize,
    /// How many more stand with them if there is room: beside an exception, what it is an exception of.
    beside: usize,
    /// Whether it says that it is not all, because it reads like a complete list.
    says_more: bool,
    /// The statements that answer it as well and are no items.
    untold: Vec<String>,
}

/// Drafts the summary of a full policy; none if it would be no shorter way to the answers.
pub(in crate::draft) fn summary(
    policy: &Policy,
    words: &Words,
    edition: Option<&Edition>,
    full: &Document,
) -> Option<Block> {
    let mut of_page = 0;
    full.blocks.iter().for_each(|block| of_page += words_of_block(block));
    if of_page < FEWEST_WORDS_OF_PAGE {
        return None;
    }
    // A fifth of the page with the summary is a quarter of the page without it.
    let most = (of_page / 15).clamp(MOST_WORDS, MOST_WORDS_OF_LONG).min(of_page / (PART_OF_PAGE - 1));
    let answers = Drafter::beside(policy, words, edition, full).answers();
    let sections = Sections::of(full);
    // What is left to a section says so in some words, which are known only when all is said.
    (0..LONGEST_POINTER * answers.len()).step_by(LONGEST_POINTER / 2).find_map(|reserve| {
        let shown = fitting(&answers, &sections, words, most.checked_sub(reserve)?)?;
        let blocks =
            answers.iter().zip(&shown).filter_map(|(answer, shown)| said(answer, shown, &sections, words)).collect();
        let title = vec![Span { text: vec![Inline::text(words.of(t::SUMMARY_TITLE))], ..Span::default() }];
        let section = Block::Section { id: SUMMARY.to_owned(), title, blocks };
        (words_of_block(&section) <= most).then_some(section)
    })
}

/// Which items of each answer are said: the first of every question, then the second, as long as there is room.
fn fitting(answers: &[Answer], sections: &Sections<'_>, words: &Words, most: usize) -> Option<Vec<Vec<bool>>> {
    let pointers: Vec<usize> = answers.iter().map(|answer| words_of_pointer(answer, sections)).collect();
    let total = |shown: &[Vec<bool>]| {
        let of_answer = |((answer, shown), pointer): ((&Answer, &Vec<bool>), &usize)| {
            let said = answer.items.iter().zip(shown).filter(|(_, shown)| **shown);
            let length: usize = said.map(|(item, _)| super::words_in(item)).sum();
            let is_part = shown.contains(&false) || !answer.untold.is_empty();
            let more = if answer.says_more && is_part { LONGEST_POINTER } else { 0 };
            count(words.of(answer.question)) + if length == 0 { *pointer } else { length + more }
        };
        count(words.of(t::SUMMARY_TITLE)) + answers.iter().zip(shown).zip(&pointers).map(of_answer).sum::<usize>()
    };
    let mut shown: Vec<Vec<bool>> = answers.iter().map(|answer| vec![false; answer.items.len()]).collect();
    let rounds = answers.iter().map(|answer| answer.items.len()).max()?;
    for round in 0..rounds {
        for (index, answer) in answers.iter().enumerate() {
            let alone = shown.get(index).is_some_and(|shown| shown.iter().take(answer.first).all(|shown| *shown));
            let said_before = round > 0 && round < answer.first;
            if said_before || (round > 0 && !alone) {
                continue;
            }
            let first = answer.first.max(1);
            for beside in [answer.beside, 0] {
                let items = if round == 0 { 0..first + beside } else { round..round + 1 };
                // What cannot be left out is said as it is.
                let free = answer.first == 0 || round > 0;
                let leans = |item: &Item| refers_back(&plain_spans(&item.spans));
                let Some(found) = answer.items.get(items.clone()) else { continue };
                let mut tried = shown.clone();
                let Some(row) = tried.get_mut(index).filter(|_| !(free && found.iter().any(leans))) else { continue };
                row.iter_mut().skip(items.start).take(items.len()).for_each(|shown| *shown = true);
                let said = answer.items.iter().zip(&*row).filter(|(_, shown)| **shown);
                let length: usize = said.map(|(item, _)| super::words_in(item)).sum();
                if length <= answer.most && total(&tried) <= most {
                    shown = tried;
                    break;
                }
            }
        }
    }
    let answered = shown.iter().filter(|shown| shown.contains(&true)).count();
    (answered >= FEWEST_ANSWERS.max(answers.len() - answered)).then_some(shown)
}

impl<'p> Drafter<'p> {
    /// The questions that the policy answers, as readers ask them.
    fn answers(&mut self) -> Vec<Answer> {
        let statements: Vec<Statement<'p>> =
            self.every_statement().into_iter().filter(|statement| !statement.in_steps).collect();
        let data = &[Class::Collection, Class::Use];
        let says_why = statements.iter().any(|statement| {
            self.is_class(statement, data)
                && self.is_ours(statement)
                && !statement.plan.is_denied(self.policy)
                && statement.plan.clause(Slot::For).is_some()
        });
        // Where nothing but denials is found, they are the answer; beside what is done they would hide it.
        let is_done = |drafter: &Self, classes: &[Class]| {
            statements
                .iter()
                .any(|statement| drafter.is_class(statement, classes) && !statement.plan.is_denied(drafter.policy))
        };
        let mut collected = self.purpose_items(&statements, Measure::SUMMARY);
        if collected.is_empty() {
            collected = self.purpose_items(&statements, Measure::NOTICE);
        }
        collected.extend(self.cookie_item(&statements));
        let gathering = &[Class::Collection, Class::Use, Class::Tracking];
        if collected.is_empty() && !is_done(self, gathering) {
            collected = self.denials(&statements, gathering);
        }
        let mut recipients = self.bare_recipients(&statements);
        if recipients.is_empty() && !is_done(self, &[Class::Disclosure]) {
            recipients = self.denials(&statements, &[Class::Disclosure]);
        }
        let sales = self.sale_items(&statements);
        let weighty = self.weighty_sales(&statements);
        let Keeping { items: mut keeping, extremes, untold } = self.keeping_items(&statements, MOST_KEEPING);
        if extremes > 0 {
            keeping.truncate(extremes);
        }
        let mut rights = self.rights_given(&statements, MOST_RIGHTS);
        let first_rights = rights.len().min(1);
        let choices: Vec<Statement<'p>> =
            statements.into_iter().filter(|statement| self.is_class(statement, &[Class::Choice])).collect();
        rights.extend(self.choices_given(&choices));
        let reach = self.quickest_contact().into_iter().collect();
        let question = if says_why { t::VIEW_DATA } else { t::SUMMARY_DATA };
        let list = |question: Template, items: Vec<Item>, most: usize| Answer {
            question,
            items,
            most,
            first: 0,
            beside: 0,
            says_more: true,
            untold: Vec::new(),
        };
        let sentences = |question: Template, items: Vec<Item>, most: usize, first: usize| Answer {
            question,
            items,
            most,
            first,
            beside: 0,
            says_more: false,
            untold: Vec::new(),
        };
        let mut answers = vec![
            list(question, collected, 105),
            list(t::VIEW_RECIPIENTS, recipients, 60),
            Answer { beside: weighty.min(1), ..sentences(t::VIEW_SALE, sales, 75, weighty) },
            if extremes > 0 {
                sentences(t::VIEW_KEEPING, keeping, 60, extremes)
            } else {
                Answer { untold, ..list(t::VIEW_KEEPING, keeping, 60) }
            },
            sentences(t::VIEW_RIGHTS, rights, 60, first_rights),
            sentences(t::CONTACTS_TITLE, reach, 30, 1),
        ];
        answers.retain(|answer| !answer.items.is_empty() || !answer.untold.is_empty());
        for answer in answers.iter_mut().filter(|answer| answer.first == 0) {
            // What is never said here leads to no section as long as there is something else.
            answer.items.sort_by_key(|item| refers_back(&plain_spans(&item.spans)));
        }
        for span in answers.iter_mut().flat_map(|answer| &mut answer.items).flat_map(|item| &mut item.spans) {
            // One link for each answer is enough, and the place of what is summed up stands below.
            span.text = relinked(std::mem::take(&mut span.text), &HashSet::default(), &HashSet::default());
            span.targets.clear();
        }
        answers
    }

    /// "Our privacy office: privacy@acme.example": the first contact, with the quickest way to it.
    fn quickest_contact(&mut self) -> Option<Item> {
        let contact = self.declared(Kind::Contact).into_iter().next()?;
        let noun = self.policy.noun(contact);
        let position = QUICKEST.iter().find_map(|key| noun.fields.iter().position(|field| &*field.key == *key))?;
        self.mentions.push(contact);
        let value = self.field(contact, position);
        let words = self.words.fill(t::CONTACT_SHORT, &[("topic", &phrase(noun.words())), ("value", &value)]);
        Some(self.item(words, vec![noun.id.to_string()]))
    }
}

/// How many words it takes to name the section that answers a question, where nothing else is said.
fn words_of_pointer(answer: &Answer, sections: &Sections<'_>) -> usize {
    let first: Vec<&Item> = answer.items.iter().take(1).collect();
    let facts = if first.is_empty() { answer.untold.iter().map(String::as_str).collect() } else { facts_of(&first) };
    sections.stating(&facts).map_or(0, |(_, title)| 1 + count(&title))
}

/// An answer behind its question, which leads to the section that says it.
fn said(answer: &Answer, shown: &[bool], sections: &Sections<'_>, words: &Words) -> Option<Block> {
    let part = |wanted: bool| -> Vec<&Item> {
        answer.items.iter().zip(shown).filter(|(_, shown)| **shown == wanted).map(|(item, _)| item).collect()
    };
    let (said, left) = (part(true), part(false));
    let mut items: Vec<Item> = said.iter().map(|item| (*item).clone()).collect();
    // Nothing is said: what would be said first is what readers look for.
    let untold = || answer.untold.iter().map(String::as_str);
    let sought = match (said.is_empty(), left.first()) {
        (false, _) => facts_of(&said),
        (true, Some(first)) => facts_of(&[first]),
        (true, None) => untold().collect(),
    };
    let of_question = sections.stating(&sought);
    let mut lead = match &of_question {
        Some((id, _)) => led(words.of(answer.question), id),
        None => phrase(words.of(answer.question)),
    };
    lead.push_str(":");
    let lead = Span { text: vec![Inline::Strong { content: lead.into_inlines() }], ..Span::default() };
    let rest: Vec<&str> = facts_of(&left).into_iter().chain(untold()).collect();
    let is_part = answer.says_more && !rest.is_empty();
    let of_rest = if said.is_empty() { of_question } else { sections.stating(&rest) };
    if let Some((id, title)) = of_rest.filter(|_| said.is_empty() || is_part) {
        let section = words.fill(t::VIEW_SECTION, &[("title", &led(&title, &id))]);
        let template = if said.is_empty() { t::SUMMARY_SEE } else { t::SUMMARY_MORE };
        let pointer = words.fill(template, &[("section", &section)]);
        items.push(Item { spans: vec![Span { text: pointer.into_inlines(), ..Span::default() }], blocks: Vec::new() });
    }
    match items.as_mut_slice() {
        [] => None,
        [only] => {
            let mut spans = vec![lead];
            spans.append(&mut only.spans);
            if let Some(last) = spans.last_mut() {
                let mut words = Phrase::from(std::mem::take(&mut last.text));
                words.full_stop();
                last.text = words.into_inlines();
            }
            Some(Block::Paragraph { spans })
        }
        _ => Some(Block::List { lead: vec![lead], ordered: false, items }),
    }
}

/// Whether words lean on what was said before them, which a summary leaves out: "the operators of those websites". What
/// they name again was said here.
fn refers_back(words: &str) -> bool {
    const RELATIVE: [&str; 4] = ["who", "whom", "that", "which"];
    const PREPOSITIONS: [&str; 8] = ["to", "of", "for", "in", "from", "with", "by", "on"];
    let words = words.to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(at, word)| {
        let next = words.get(at + 1).copied().unwrap_or_default();
        let said = words.get(..at).unwrap_or_default();
        let leans = match *word {
            "these" | "those" => !RELATIVE.contains(&next),
            "such" => next != "as",
            "that" => said.last().is_some_and(|before| PREPOSITIONS.contains(before)),
            _ => false,
        };
        leans && !said.contains(&next)
    })
}

/// Words that lead to a section of the same document.
fn led(words: &str, id: &str) -> Phrase {
    Phrase::from(vec![Inline::Reference { content: vec![Inline::text(words)], document: None, id: id.to_owned() }])
}

fn facts_of<'i>(items: &[&'i Item]) -> Vec<&'i str> {
    items.iter().flat_map(|item| &item.spans).flat_map(|span| &span.facts).map(String::as_str).collect()
}

/// The sections of a document, the outer ones before those in them.
struct Sections<'d> {
    all: Vec<Section<'d>>,
    /// The sections that state a fact, by their places in `all`.
    stating: HashMap<&'d str, Vec<usize>>,
}

struct Section<'d> {
    id: &'d str,
    title: &'d [Span],
    /// The section that it stands in.
    outer: Option<usize>,
}

impl<'d> Sections<'d> {
    fn of(document: &'d Document) -> Sections<'d> {
        let mut sections = Sections { all: Vec::new(), stating: HashMap::default() };
        sections.add(&document.blocks, None);
        sections
    }

    fn add(&mut self, blocks: &'d [Block], outer: Option<usize>) {
        for block in blocks {
            let Block::Section { id, title, blocks } = block else { continue };
            let at = self.all.len();
            self.all.push(Section { id, title, outer });
            for fact in block.facts() {
                self.stating.entry(fact).or_default().push(at);
            }
            self.add(blocks, Some(at));
        }
    }

    /// The id and the title of the section that states most of some facts; the innermost of those that state as many.
    fn stating(&self, facts: &[&str]) -> Option<(String, String)> {
        let mut counts = vec![0; self.all.len()];
        for at in facts.iter().filter_map(|fact| self.stating.get(fact)).flatten() {
            if let Some(count) = counts.get_mut(*at) {
                *count += 1;
            }
        }
        let mut found: Option<(usize, usize)> = None;
        for (at, (section, count)) in self.all.iter().zip(counts).enumerate() {
            let is_better = match found {
                None => count > 0 && section.outer.is_none(),
                // No section states more than the one that it stands in.
                Some((best, most)) => {
                    (section.outer.is_none() && count > most) || (section.outer == Some(best) && count == most)
                }
            };
            if is_better {
                found = Some((at, count));
            }
        }
        let section = self.all.get(found?.0)?;
        Some((section.id.to_owned(), plain_spans(section.title)))
    }
}

fn words_of_block(block: &Block) -> usize {
    let mut words = 0;
    block.each_span(&mut |span| words += count(&plain(&span.text)));
    words
}

fn count(words: &str) -> usize {
    words.split_whitespace().count()
}
