//! The five policies with their lists of facts, compiled once, and the words that each format shows.

#![allow(dead_code, reason = "each test takes the part it needs")]

use std::collections::{BTreeSet, HashMap, HashSet};

use candor::document::{Block, Document, Inline, Item, Span, plain};
use candor::{Format, NoFiles, Options, Published, Source, compile};

/// The five policies and how many facts each must state.
pub const POLICIES: [(&str, usize); 5] =
    [("convox-console", 55), ("sentry-2015", 54), ("sentry-2017", 128), ("confluent", 103), ("raygun", 70)];

/// The text of a file of this repository.
pub fn read(path: &str) -> String {
    let whole = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&whole).unwrap_or_else(|error| panic!("{whole}: {error}"))
}

/// The rows of a table, each by the names in its first line.
pub fn table(path: &str) -> Vec<HashMap<String, String>> {
    let text = read(path);
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().expect("a first line").split('\t').collect();
    lines
        .filter(|line| !line.is_empty())
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), head.len(), "{path}: {line}");
            head.iter().zip(cells).map(|(key, cell)| ((*key).to_owned(), cell.to_owned())).collect()
        })
        .collect()
}

/// One fact of a policy, and the ids that are said to state it.
pub struct Fact {
    pub id: String,
    pub text: String,
    pub modality: String,
    pub limited: bool,
    pub terms: Vec<String>,
    /// Data, purposes, counterparties and conditions.
    pub parts: Vec<String>,
    pub ids: Vec<String>,
}

/// A policy, what it is published as, and what it must state.
pub struct Case {
    pub name: &'static str,
    pub published: Published,
    pub facts: Vec<Fact>,
    /// Rows of the coverage table.
    pub covered: Vec<String>,
    /// The words and the addresses that each format shows.
    pub shown: Vec<(Format, Shown)>,
}

/// The words and addresses that a reader of one format sees.
pub struct Shown {
    pub text: String,
    pub addresses: HashSet<String>,
}

/// Compiles one of the five.
pub fn case(name: &'static str) -> Case {
    let path = format!("examples/{name}.policy");
    let compilation = compile(Source::new(&path, read(&path)), &NoFiles, &Options::default());
    let direct = compilation.published.as_ref().unwrap_or_else(|| panic!("{path}:\n{}", compilation.report()));
    let shown = Format::ALL.into_iter().map(|format| (format, shown(format, &direct.render(format)))).collect();
    // What a program reads is what counts, not what was in memory.
    let published = Published::from_json(&direct.render(Format::Json)).expect("JSON that can be read back");
    let coverage = table(&format!("tests/facts/{name}.coverage.tsv"));
    let covered: Vec<String> = coverage.iter().map(|row| row["fact"].clone()).collect();
    let ids: HashMap<&str, &str> = coverage.iter().map(|row| (row["fact"].as_str(), row["ids"].as_str())).collect();
    let facts = table(&format!("tests/facts/{name}.tsv"))
        .into_iter()
        .map(|row| Fact {
            text: row["fact"].clone(),
            modality: row["modality"].clone(),
            limited: !row["condition"].is_empty() || !row["counterparty"].is_empty(),
            terms: row["verbatim_terms"].split(" || ").filter(|term| !term.is_empty()).map(str::to_owned).collect(),
            parts: ["data", "purpose", "counterparty", "condition"]
                .into_iter()
                .flat_map(|column| row[column].split("; "))
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
            ids: ids.get(row["id"].as_str()).unwrap_or(&"").split_whitespace().map(str::to_owned).collect(),
            id: row["id"].clone(),
        })
        .collect();
    Case { name, published, facts, covered, shown }
}

/// All five.
pub fn cases() -> Vec<Case> {
    POLICIES.into_iter().map(|(name, _)| case(name)).collect()
}

/// What a reader of a format sees.
pub fn shown(format: Format, output: &str) -> Shown {
    let (text, addresses) = match format {
        Format::Markdown => markdown(output),
        Format::Html => html(output),
        Format::Json => json(output),
        // Nothing public is published as a table.
        Format::Csv => (String::new(), HashSet::new()),
    };
    Shown { text: collapse(&text), addresses }
}

/// One space for every run of white space.
pub fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn markdown(output: &str) -> (String, HashSet<String>) {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut text, mut addresses) = (String::new(), HashSet::new());
    for event in Parser::new_ext(output, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Link { dest_url, .. }) => {
                addresses.insert(dest_url.to_string());
            }
            Event::Start(Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::List(_) | Tag::TableCell)
            | Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::List(_) | TagEnd::TableCell) =>
            {
                text.push('\n');
            }
            _ => {}
        }
    }
    (text, addresses)
}

fn html(output: &str) -> (String, HashSet<String>) {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    fn visit(node: &Handle, text: &mut String, addresses: &mut HashSet<String>) {
        let mut breaks = false;
        match &node.data {
            NodeData::Text { contents } => text.push_str(&contents.borrow()),
            NodeData::Element { name, attrs, .. } => {
                let name = &*name.local;
                if matches!(name, "head" | "style" | "script" | "template") {
                    return;
                }
                breaks = !matches!(name, "a" | "span" | "strong" | "em" | "code" | "time" | "bdi" | "b" | "i");
                for attribute in attrs.borrow().iter().filter(|attribute| &*attribute.name.local == "href") {
                    addresses.insert(attribute.value.to_string());
                }
            }
            _ => {}
        }
        if breaks {
            text.push('\n');
        }
        for child in node.children.borrow().iter() {
            visit(child, text, addresses);
        }
        if breaks {
            text.push('\n');
        }
    }
    let page = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(output);
    let (mut text, mut addresses) = (String::new(), HashSet::new());
    visit(&page.document, &mut text, &mut addresses);
    (text, addresses)
}

fn json(output: &str) -> (String, HashSet<String>) {
    fn visit(value: &serde_json::Value, text: &mut String, addresses: &mut HashSet<String>) {
        match value {
            serde_json::Value::Array(values) => values.iter().for_each(|value| visit(value, text, addresses)),
            serde_json::Value::Object(members) => {
                for (key, value) in members {
                    match (key.as_str(), value) {
                        ("text" | "code", serde_json::Value::String(words)) => text.push_str(words),
                        ("href", serde_json::Value::String(address)) => {
                            addresses.insert(address.clone());
                        }
                        ("title", serde_json::Value::String(words)) => {
                            text.push('\n');
                            text.push_str(words);
                            text.push('\n');
                        }
                        ("spans" | "lead" | "title" | "caption" | "cells", serde_json::Value::Array(spans)) => {
                            for span in spans {
                                text.push('\n');
                                visit(span, text, addresses);
                                text.push('\n');
                            }
                        }
                        (_, value) => visit(value, text, addresses),
                    }
                }
            }
            _ => {}
        }
    }
    let value: serde_json::Value = serde_json::from_str(output).expect("JSON");
    let (mut text, mut addresses) = (String::new(), HashSet::new());
    visit(&value["documents"], &mut text, &mut addresses);
    (text, addresses)
}

/// A span with the words and addresses in it.
#[derive(Clone, Debug)]
pub struct Piece {
    pub text: String,
    pub addresses: BTreeSet<String>,
}

fn piece(span: &Span) -> Piece {
    fn visit(inlines: &[Inline], addresses: &mut BTreeSet<String>) {
        for inline in inlines {
            match inline {
                Inline::Link { href, content } => {
                    addresses.insert(href.clone());
                    visit(content, addresses);
                }
                Inline::Strong { content } | Inline::Emphasis { content } | Inline::Reference { content, .. } => {
                    visit(content, addresses);
                }
                Inline::Text(_) | Inline::Code(_) | Inline::Time { .. } => {}
            }
        }
    }
    let mut addresses = BTreeSet::new();
    visit(&span.text, &mut addresses);
    Piece { text: collapse(&plain(&span.text)), addresses }
}

/// The pieces that state an id: its spans, with the lead-in and, where the lead-in states it, the items.
pub fn pieces(document: &Document, id: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let states = |span: &Span| span.facts.iter().chain(&span.mentions).any(|fact| fact == id);
    let own =
        |spans: &[Span], found: &mut Vec<Piece>| found.extend(spans.iter().filter(|span| states(span)).map(piece));
    own(&document.title, &mut found);
    own(document.updated.as_deref().unwrap_or_default(), &mut found);
    for block in &document.blocks {
        in_block(block, &states, &mut found);
    }
    found
}

fn in_block(block: &Block, states: &dyn Fn(&Span) -> bool, found: &mut Vec<Piece>) {
    let own =
        |spans: &[Span], found: &mut Vec<Piece>| found.extend(spans.iter().filter(|span| states(span)).map(piece));
    match block {
        Block::Section { title, blocks, .. } => {
            own(title, found);
            blocks.iter().for_each(|block| in_block(block, states, found));
        }
        Block::Paragraph { spans } => own(spans, found),
        Block::List { lead, items, .. } => {
            let mut below = Vec::new();
            items.iter().for_each(|item| in_item(item, states, &mut below));
            if !below.is_empty() {
                found.extend(lead.iter().map(piece));
                found.append(&mut below);
            } else if lead.iter().any(states) {
                found.extend(lead.iter().map(piece));
                items.iter().for_each(|item| whole_item(item, found));
            }
        }
        Block::Table { caption, rows, .. } => {
            let own = rows.iter().filter(|row| row.cells.iter().any(states)).flat_map(|row| &row.cells);
            let before = found.len();
            found.extend(own.map(piece));
            if found.len() > before || caption.iter().any(states) {
                found.extend(caption.iter().map(piece));
            }
        }
        Block::Contents { .. } => {}
        Block::Prose { blocks, .. } => blocks.iter().for_each(|block| in_block(block, states, found)),
    }
}

fn in_item(item: &Item, states: &dyn Fn(&Span) -> bool, found: &mut Vec<Piece>) {
    let own: Vec<Piece> = item.spans.iter().filter(|span| states(span)).map(piece).collect();
    if !own.is_empty() {
        // What stands below goes on with the sentence, as far as it states nothing else.
        for block in &item.blocks {
            block.each_span(&mut |span| {
                if span.facts.is_empty() {
                    found.push(piece(span));
                }
            });
        }
    }
    found.extend(own);
    item.blocks.iter().for_each(|block| in_block(block, states, found));
}

fn whole_item(item: &Item, found: &mut Vec<Piece>) {
    found.extend(item.spans.iter().map(piece));
    for block in &item.blocks {
        block.each_span(&mut |span| found.push(piece(span)));
    }
}

/// The ids that the spans, rows and contents lists of a document state.
pub fn stated(document: &Document) -> HashSet<String> {
    fn visit(block: &Block, found: &mut HashSet<String>) {
        match block {
            Block::Section { blocks, .. } | Block::Prose { blocks, .. } => {
                blocks.iter().for_each(|block| visit(block, found));
            }
            Block::Table { rows, .. } => rows.iter().for_each(|row| found.extend(row.facts.iter().cloned())),
            Block::Contents { facts, .. } => found.extend(facts.iter().cloned()),
            Block::List { items, .. } => {
                items.iter().flat_map(|item| &item.blocks).for_each(|block| visit(block, found));
            }
            Block::Paragraph { .. } => {}
        }
    }
    let mut found = HashSet::new();
    document.each_span(&mut |span| found.extend(span.facts.iter().cloned()));
    document.blocks.iter().for_each(|block| visit(block, &mut found));
    found
}

/// Whether words hold a term: exactly if the term has a capital, a digit, `@`, `/` or `=`.
pub fn holds(words: &str, term: &str) -> bool {
    let term = collapse(term);
    if term.chars().any(|c| c.is_uppercase() || c.is_ascii_digit() || "@/=".contains(c)) {
        words.contains(&term)
    } else {
        words.to_lowercase().contains(&term.to_lowercase())
    }
}
