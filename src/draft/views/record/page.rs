//! A record of processing as a page: a section for each activity, a line for each thing it says.

use crate::document::{Block, Inline, Item as Bullet, Span};
use crate::record::{Activity, Item, Processing};
use crate::syntax::words::Join;
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

/// What Article 30(1) of the GDPR asks for of each activity, if there is any.
const ASKED: [&str; 7] = ["purposes", "legalBases", "subjects", "data", "recipients", "retention", "measures"];

/// The text of a record.
pub(super) fn blocks(record: &Processing, words: &Words) -> Vec<Block> {
    let page = Page { words };
    let mut blocks = vec![page.intro(record), page.controller(record)];
    blocks.extend(page.activities(t::RECORD_TITLE_ACTIVITIES, "activities", &record.activities, record));
    blocks.extend(page.activities(
        t::RECORD_TITLE_ON_BEHALF,
        "on-behalf-of-others",
        &record.on_behalf_of_others,
        record,
    ));
    for (title, id, items) in [
        (t::RECORD_TITLE_SERVICES, "services", &record.services),
        (t::RECORD_TITLE_MEASURES, "measures", &record.measures),
        (t::RECORD_TITLE_INTERNAL, "internal", &record.internal),
    ] {
        if !items.is_empty() {
            let marked = id != "internal";
            let items = items
                .iter()
                .map(|item| Bullet { spans: vec![span(item, marked, words)], blocks: Vec::new() })
                .collect();
            let list = Block::List { lead: Vec::new(), ordered: false, items };
            blocks.push(section(format!("section-{id}"), words.of(title).to_owned(), Vec::new(), vec![list]));
        }
    }
    blocks
}

struct Page<'w> {
    words: &'w Words,
}

impl Page<'_> {
    fn intro(&self, record: &Processing) -> Block {
        let list = |names: &[String]| self.words.join(names.iter().map(|name| phrase(&**name)).collect(), Join::And);
        let (publisher, people) = (list(&record.controller.we), list(&record.controller.you));
        let mut words = Vec::new();
        if !publisher.is_empty() {
            words.push(self.words.fill(t::RECORD_INTRO, &[("publisher", &publisher)]));
        }
        words.push(self.words.fill(t::RECORD_NOT_PUBLIC, &[]));
        match (publisher.is_empty(), people.is_empty()) {
            (false, false) => {
                words.push(self.words.fill(t::RECORD_WE_AND_YOU, &[("publisher", &publisher), ("people", &people)]))
            }
            (false, true) => words.push(self.words.fill(t::RECORD_WE, &[("publisher", &publisher)])),
            (true, false) => words.push(self.words.fill(t::RECORD_YOU, &[("people", &people)])),
            (true, true) => {}
        }
        let spans = words
            .into_iter()
            .map(|mut words| {
                words.full_stop();
                Span { text: words.into_inlines(), ..Span::default() }
            })
            .collect();
        Block::Paragraph { spans }
    }

    fn controller(&self, record: &Processing) -> Block {
        let controller = &record.controller;
        let cells: [(&str, &[Item]); 5] = [
            ("name", &controller.name),
            ("contacts", &controller.contacts),
            ("jointControllers", &controller.joint_controllers),
            ("representatives", &controller.representatives),
            ("protectionOfficers", &controller.protection_officers),
        ];
        let mut blocks = Vec::new();
        lines(&cells, self.words, &mut blocks);
        blocks.extend(self.silence(&cells, &["contacts", "representatives", "protectionOfficers"]));
        section(
            "section-controller".to_owned(),
            self.words.of(t::RECORD_TITLE_CONTROLLER).to_owned(),
            Vec::new(),
            blocks,
        )
    }

    fn activities(&self, title: Template, id: &str, activities: &[Activity], record: &Processing) -> Option<Block> {
        if activities.is_empty() {
            return None;
        }
        let blocks = activities
            .iter()
            .map(|activity| {
                let cells = activity.cells();
                let mut blocks = Vec::new();
                lines(&cells, self.words, &mut blocks);
                // A measure that holds for everything holds here.
                let asked: Vec<&str> =
                    ASKED.into_iter().filter(|name| *name != "measures" || record.measures.is_empty()).collect();
                blocks.extend(self.silence(&cells, &asked));
                section(activity.id.clone(), activity.title.clone(), vec![activity.id.clone()], blocks)
            })
            .collect();
        Some(section(format!("section-{id}"), self.words.of(title).to_owned(), Vec::new(), blocks))
    }

    /// What the policy says nothing of.
    fn silence(&self, cells: &[(&str, &[Item])], asked: &[&str]) -> Option<Block> {
        let missing: Vec<Phrase> = cells
            .iter()
            .filter(|(name, items)| items.is_empty() && asked.contains(name))
            .map(|(name, _)| phrase(heading(name, self.words).to_lowercase()))
            .collect();
        if missing.is_empty() {
            return None;
        }
        let list = self.words.join(missing, Join::And);
        let mut words = self.words.fill(t::RECORD_SILENT, &[("list", &list)]);
        words.full_stop();
        Some(Block::Paragraph { spans: vec![Span { text: words.into_inlines(), ..Span::default() }] })
    }
}

/// Each cell that says something as an item: one thing behind its name, several under it.
fn lines(cells: &[(&str, &[Item])], words: &Words, out: &mut Vec<Block>) {
    let mut bullets = Vec::new();
    for (name, items) in cells {
        let marked = *name != "internal";
        let title = phrase(heading(name, words));
        match items {
            [] => {}
            [only] => {
                let mut one = span(only, marked, words);
                let value = Phrase::from(std::mem::take(&mut one.text));
                one.text = words.fill(t::NOUN_FIELD, &[("title", &title), ("value", &value)]).into_inlines();
                bullets.push(Bullet { spans: vec![one], blocks: Vec::new() });
            }
            several => {
                let items = several
                    .iter()
                    .map(|item| Bullet { spans: vec![span(item, marked, words)], blocks: Vec::new() })
                    .collect();
                let lead = words.fill(t::CONTACT, &[("topic", &title)]);
                bullets.push(Bullet {
                    spans: vec![Span { text: lead.into_inlines(), ..Span::default() }],
                    blocks: vec![Block::List { lead: Vec::new(), ordered: false, items }],
                });
            }
        }
    }
    if !bullets.is_empty() {
        out.push(Block::List { lead: Vec::new(), ordered: false, items: bullets });
    }
}

fn heading<'w>(name: &str, words: &'w Words) -> &'w str {
    Template::find(&format!("cell-{name}")).map_or("", |found| words.of(found))
}

fn span(item: &Item, marked: bool, words: &Words) -> Span {
    let text = phrase(&*item.text);
    let text = if item.internal && marked { words.fill(t::RECORD_INTERNAL, &[("words", &text)]) } else { text };
    Span { facts: item.facts.clone(), text: text.into_inlines(), ..Span::default() }
}

fn section(id: String, title: String, facts: Vec<String>, blocks: Vec<Block>) -> Block {
    Block::Section { id, title: vec![Span { facts, text: vec![Inline::text(title)], ..Span::default() }], blocks }
}
