//! The promise that Markdown, HTML and JSON say the same thing, as checks of one published policy.
//!
//! Each check gives what is wrong, so that a test can show it and the seeded faults can ask for it.

#![allow(dead_code, reason = "each test takes the part it needs")]

use std::collections::{BTreeSet, HashMap, HashSet};

use candor::document::{Block, CHANGES, Document, Inline, Item, SUMMARY, Span, plain, plain_spans};
use candor::facts::{self, Facts, Statement};
use candor::render::Files;
use candor::render::{anchor, html, markdown};
use candor::{Format, Published};

use serde_json::Value;

use crate::normalise::{Page, is_space, normalise, texts};

/// What is wrong; empty if everything agrees.
pub type Faults = Vec<String>;

/// Everything that must hold of a published policy.
pub fn all(published: &Published) -> Faults {
    let mut faults = Vec::new();
    let Some(full) = published.documents.first() else { return vec!["no document".to_owned()] };
    // Each edition states what is valid in it.
    let editions: Vec<&Document> = published.documents.iter().filter(|document| document.kind == full.kind).collect();
    faults.extend(stated(&published.policy, &editions));
    faults.extend(reread(published));
    faults.extend(hashes(published));
    for document in &published.documents {
        let mut of_one = Vec::new();
        let (markdown, html) = (markdown::body(document, FILES), html::body(document, FILES));
        of_one.extend(bodies(&leading_to_html(&markdown, published), &html));
        of_one.extend(text(document, &html));
        of_one.extend(grounded(&published.policy, document));
        of_one.extend(drawn(document, published));
        let page = |format| published.render_document(document, format, FILES);
        of_one.extend(places(document, published, &page(Format::Markdown), &page(Format::Html)));
        of_one.extend(well_formed(&page(Format::Html)));
        faults.extend(of_one.into_iter().map(|fault| format!("{}: {fault}", document.name)));
    }
    faults
}

/// A stem that has to be encoded in an address.
pub const FILES: Files<'_> = Files { stem: "a b:c#d\"e<é>)" };

/// The stem as it stands in an address.
pub const ENCODED_STEM: &str = "a%20b%3Ac%23d%22e%3C%C3%A9%3E%29";

/// Markdown whose links between documents lead to the files in HTML; nothing else in them may differ.
pub fn leading_to_html(markdown: &str, published: &Published) -> String {
    published.documents.iter().fold(markdown.to_owned(), |text, document| {
        let file = format!("]({ENCODED_STEM}{}", candor::document::file_suffix(&document.name));
        text.replace(&format!("{file}.md"), &format!("{file}.html"))
    })
}

/// (g) A view states facts of the full policy, and leaves out none that it states.
fn drawn(document: &Document, published: &Published) -> Faults {
    let is_full = |document: &&Document| document.kind == "full-policy";
    if is_full(&document) {
        return if document.leaves_out.is_empty() { Vec::new() } else { vec!["it leaves something out".to_owned()] };
    }
    let mut full: HashSet<&str> = published.documents.iter().filter(is_full).flat_map(Document::facts).collect();
    let of_documents = published.policy.nouns.iter().filter(|noun| noun.kind == "document");
    let mut named = BTreeSet::new();
    for noun in of_documents {
        full.insert(&noun.id);
        full.extend(noun.fields.iter().map(|field| field.id.as_str()));
        add_nouns(&serde_json::to_value(noun).unwrap_or_default(), &mut named);
    }
    // A noun that stands where it is mentioned states its fields there.
    let has_field = |noun: &&facts::Noun| noun.fields.iter().any(|field| full.contains(field.id.as_str()));
    let nouns: Vec<&str> = published.policy.nouns.iter().filter(has_field).map(|noun| noun.id.as_str()).collect();
    full.extend(nouns);
    let of_own_field = |fact: &str| fact.split_once('.').is_some_and(|(noun, _)| named.contains(noun));
    let stated = document.facts();
    let mut faults: Faults = stated
        .iter()
        .filter(|fact| !full.contains(*fact) && !of_own_field(fact))
        .map(|fact| format!("`{fact}` is no fact of the full policy"))
        .collect();
    let both = document.leaves_out.iter().filter(|fact| stated.contains(&fact.as_str()));
    faults.extend(both.map(|fact| format!("`{fact}` is stated and left out")));
    let unknown = document.leaves_out.iter().filter(|fact| !full.contains(fact.as_str()));
    faults.extend(unknown.map(|fact| format!("`{fact}` is left out and no fact of the full policy")));
    faults
}

/// Our Markdown as a stock CommonMark parser with tables prints it.
pub fn markdown_to_html(markdown: &str) -> String {
    let parser = pulldown_cmark::Parser::new_ext(markdown, pulldown_cmark::Options::ENABLE_TABLES);
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, parser);
    out
}

/// (a) Markdown and HTML are the same after the normaliser.
pub fn bodies(markdown: &str, html: &str) -> Faults {
    let (left, right) = (normalise(&markdown_to_html(markdown)), normalise(html));
    difference("Markdown", &left, "HTML", &right)
}

fn difference<T: PartialEq + std::fmt::Debug>(left_name: &str, left: &[T], right_name: &str, right: &[T]) -> Faults {
    if left == right {
        return Vec::new();
    }
    let at = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    vec![format!(
        "differs at {at} of {} and {}:\n  {left_name}: {:?}\n  {right_name}: {:?}",
        left.len(),
        right.len(),
        left.get(at),
        right.get(at)
    )]
}

/// (b) Rendering what was read back from JSON gives the same in every format.
fn reread(published: &Published) -> Faults {
    let again = match Published::from_json(&published.render(Format::Json)) {
        Ok(again) => again,
        Err(error) => return vec![format!("the JSON cannot be read back: {error}")],
    };
    let mut faults = Vec::new();
    if again != *published {
        faults.push("the JSON read back is another policy".to_owned());
    }
    for format in Format::ALL {
        if again.render(format) != published.render(format) {
            faults.push(format!("{format:?} of the JSON read back differs"));
        }
    }
    faults
}

/// (c) The text of the HTML is the text of the document, block by block.
pub fn text(document: &Document, html: &str) -> Faults {
    let mut expected = vec![plain_spans(&document.title)];
    expected.extend(document.updated.iter().map(|spans| plain_spans(spans)));
    add_texts(&document.blocks, &mut expected);
    let trim = |texts: Vec<String>| -> Vec<String> {
        texts.iter().map(|text| text.trim_matches(is_space).to_owned()).collect()
    };
    difference("document", &trim(expected), "HTML", &trim(texts(&normalise(html))))
}

fn add_texts(blocks: &[Block], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Section { title, blocks, .. } => {
                out.push(plain_spans(title));
                add_texts(blocks, out);
            }
            Block::Paragraph { spans } => out.push(plain_spans(spans)),
            Block::List { lead, items, .. } => {
                if !lead.is_empty() {
                    out.push(plain_spans(lead));
                }
                for Item { spans, blocks } in items {
                    if !spans.is_empty() {
                        out.push(plain_spans(spans));
                    }
                    add_texts(blocks, out);
                }
            }
            Block::Table { caption, columns, rows } => {
                out.push(plain_spans(caption));
                out.extend(columns.iter().cloned());
                out.extend(rows.iter().flat_map(|row| &row.cells).map(|cell| plain(&cell.text)));
            }
            Block::Contents { title, entries, .. } => {
                out.push(title.clone());
                out.extend(entries.iter().map(|entry| entry.title.clone()));
            }
            Block::Prose { blocks, .. } => add_texts(blocks, out),
        }
    }
}

/// The facts that the document states: those of its spans, its rows and its contents list.
fn facts_of(document: &Document) -> HashSet<&str> {
    document.facts().into_iter().collect()
}

/// The nouns that the document names.
fn mentions_of(document: &Document) -> HashSet<&str> {
    let mut out = HashSet::new();
    document.each_span(&mut |span| out.extend(span.mentions.iter().map(String::as_str)));
    out
}

/// The nouns that a span names by their words, not by a field of theirs alone.
fn named_in(document: &Document) -> HashSet<&str> {
    let mut out = HashSet::new();
    document.each_span(&mut |span| {
        let field_of = |noun: &str| {
            span.facts.iter().any(|fact| fact.strip_prefix(noun).is_some_and(|rest| rest.starts_with('.')))
        };
        out.extend(span.mentions.iter().map(String::as_str).filter(|noun| !field_of(noun)));
    });
    out
}

/// The ids of every public fact that a full policy has to state.
pub fn public_facts(facts: &Facts, mentioned: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let header = &facts.header;
    let mut of_header = |present: bool, key: &str| {
        if present {
            ids.insert(format!("policy.{key}"));
        }
    };
    of_header(true, "title");
    of_header(!header.publisher.is_empty(), "we");
    of_header(!header.readers.is_empty(), "you");
    of_header(!header.covers.is_empty(), "covers");
    of_header(!header.describes.is_empty(), "describes");
    of_header(header.updated.is_some(), "updated");
    ids.extend(facts.statements.iter().map(|statement| statement.id().to_owned()));
    for noun in facts.nouns.iter().filter(|noun| mentioned(&noun.id)) {
        let mut of_noun = |present: bool, key: &str| {
            if present {
                ids.insert(format!("{}.{key}", noun.id));
            }
        };
        of_noun(noun.link.is_some(), "link");
        of_noun(noun.means.is_some(), "means");
        of_noun(noun.code.is_some(), "code");
        // A document states its own fields.
        ids.extend(noun.fields.iter().filter(|_| noun.kind != "document").map(|field| field.id.clone()));
    }
    ids
}

/// (d) Every public fact is stated, and every noun that a statement refers to is named.
pub fn stated(facts: &Facts, documents: &[&Document]) -> Faults {
    let of_all = |what: fn(&Document) -> HashSet<&str>| -> HashSet<&str> {
        documents.iter().flat_map(|document| what(document)).collect()
    };
    let (stated, mentions, named) = (of_all(facts_of), of_all(mentions_of), of_all(named_in));
    let missing = public_facts(facts, &|id| mentions.contains(id));
    let mut faults: Faults = missing
        .iter()
        .filter(|id| !stated.contains(id.as_str()))
        // The address and the literal of a noun stand at its name; a page that prints a field alone has none.
        .filter(|id| match id.rsplit_once('.') {
            Some((noun, "link" | "code" | "short" | "ccpa")) => named.contains(noun),
            // How the provisions of a law are called stands where one is cited, its country at its first full name.
            Some((_, "unit")) => false,
            Some((noun, "country")) if noun.starts_with("law-") => named.contains(noun),
            _ => true,
        })
        .map(|id| format!("the fact `{id}` is not stated"))
        .collect();
    let mut referred = BTreeSet::new();
    facts.statements.iter().for_each(|statement| nouns_of(statement, &mut referred));
    let kinds: HashMap<&str, &facts::Noun> = facts.nouns.iter().map(|noun| (noun.id.as_str(), noun)).collect();
    for id in referred {
        let groups_only = kinds.get(id.as_str()).is_some_and(|noun| noun.label.is_none());
        if !mentions.contains(id.as_str()) && !groups_only {
            faults.push(format!("the noun `{id}` of a statement is not named"));
        }
    }
    faults
}

/// (d) Every span with words states a fact or is one of the few that need none: a heading that the wording
/// supplies, a caption, a cell in a row that states facts, a lead-in whose items state them, an item whose lead-in
/// does, because lead-in and item are one sentence, or a question of the summary and what leads on to a section.
pub fn grounded(facts: &Facts, document: &Document) -> Faults {
    let mentions = mentions_of(document);
    let mut known = public_facts(facts, &|id| mentions.contains(id));
    known.insert("policy.contents".to_owned());
    // What is printed where it is declared stands there as a whole, its fields in the cells or items of it.
    let own_place = ["contact", "engagement", "tracker", "setting", "basis", "right"];
    known.extend(facts.nouns.iter().filter(|noun| own_place.contains(&&*noun.kind)).map(|noun| noun.id.clone()));
    let own = facts.nouns.iter().find(|noun| noun.id == format!("document-{}", document.name));
    known.extend(own.iter().flat_map(|noun| noun.fields.iter().map(|field| field.id.clone())));
    known.extend(own.map(|noun| noun.id.clone()));
    // A sentence may print the day of another document.
    let documents = facts.nouns.iter().filter(|noun| noun.kind == "document");
    for document in documents {
        known.extend(document.fields.iter().map(|field| field.id.clone()));
        known.extend(["link", "means", "code"].map(|key| format!("{}.{key}", document.id)));
    }
    let mut faults = Vec::new();
    for fact in facts_of(document) {
        if !known.contains(fact) {
            faults.push(format!("`{fact}` is no public fact"));
        }
    }
    walk(&document.blocks, false, &mut faults);
    faults
}

fn need_facts(spans: &[Span], faults: &mut Faults) {
    for span in spans.iter().filter(|span| span.facts.is_empty() && !plain(&span.text).trim().is_empty()) {
        faults.push(format!("`{}` states no fact", plain(&span.text)));
    }
}

/// Walks blocks; `led` says that a lead-in above them states the facts.
fn walk(blocks: &[Block], led: bool, faults: &mut Faults) {
    let states = |spans: &[Span]| spans.iter().any(|span| !span.facts.is_empty());
    for block in blocks {
        match block {
            // What changed is no fact of the version at hand.
            Block::Section { id, .. } if id == CHANGES => {}
            Block::Section { id, blocks, .. } if id == SUMMARY => {
                let mut blocks = blocks.clone();
                for block in &mut blocks {
                    block.each_span_mut(&mut |span| {
                        let leads_on = matches!(span.text.as_slice(), [Inline::Strong { .. }])
                            || span.text.iter().any(|inline| matches!(inline, Inline::Reference { .. }));
                        if leads_on && span.facts.is_empty() {
                            span.text.clear();
                        }
                    });
                }
                walk(&blocks, false, faults);
            }
            Block::Section { blocks, .. } | Block::Prose { blocks, .. } => walk(blocks, false, faults),
            Block::Paragraph { spans } => need_facts(spans, faults),
            Block::List { lead, items, .. } => {
                if !items.iter().any(|item| states(&item.spans)) {
                    need_facts(lead, faults);
                }
                let led = led || states(lead);
                for item in items {
                    // An item that opens a list of its own is a lead-in.
                    let opens = item.blocks.iter().any(|block| match block {
                        Block::List { items, .. } => items.iter().any(|item| states(&item.spans)),
                        _ => false,
                    });
                    if !led && !opens {
                        need_facts(&item.spans, faults);
                    }
                    walk(&item.blocks, led || states(&item.spans), faults);
                }
            }
            Block::Table { rows, .. } => {
                for row in rows.iter().filter(|row| row.facts.is_empty()) {
                    need_facts(&row.cells, faults);
                }
            }
            Block::Contents { facts, title, .. } => {
                if facts.is_empty() {
                    faults.push(format!("the list `{title}` states no fact"));
                }
            }
        }
    }
}

/// The ids of the nouns that a statement refers to, wherever in it they stand.
pub fn nouns_of(statement: &Statement, out: &mut BTreeSet<String>) {
    add_nouns(&serde_json::to_value(statement).unwrap_or_default(), out);
}

fn add_nouns(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| add_nouns(value, out)),
        Value::Object(map) => {
            let id = |key: &str| map.get(key).and_then(|what| what.get("id")).and_then(Value::as_str);
            out.extend(id("noun").map(str::to_owned));
            out.extend(id("field").and_then(|id| id.split_once('.')).map(|(noun, _)| noun.to_owned()));
            map.values().for_each(|value| add_nouns(value, out));
        }
        _ => {}
    }
}

/// (e) The hash is that of what is published, and stands in HTML and Markdown.
fn hashes(published: &Published) -> Faults {
    let mut faults = Vec::new();
    let hash = &published.content_hash;
    if *hash != published.hash() {
        faults.push("the hash is not that of the content".to_owned());
    }
    for format in Format::ALL {
        for document in &published.documents {
            if !published.render_document(document, format, FILES).contains(hash.as_str()) {
                faults.push(format!("the hash does not stand in {format:?} of `{}`", document.name));
            }
        }
        if published.render(format) != published.clone().render(format) {
            faults.push(format!("{format:?} is not the same twice"));
        }
    }
    faults
}

/// (e) Every id stands once, every target stands in both formats, every internal link has its target.
fn places(document: &Document, published: &Published, markdown: &str, html: &str) -> Faults {
    let mut faults = Vec::new();
    let mut targets = BTreeSet::new();
    document.each_span(&mut |span| {
        for target in &span.targets {
            if !targets.insert(target.clone()) {
                faults.push(format!("`{target}` is a target twice"));
            }
            if !span.facts.contains(target) {
                faults.push(format!("the target `{target}` is no fact of its span"));
            }
        }
    });
    fn ids(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Section { id, blocks, .. } | Block::Prose { id, blocks } => {
                    out.push(id.clone());
                    ids(blocks, out);
                }
                Block::List { items, .. } => items.iter().for_each(|item| ids(&item.blocks, out)),
                Block::Paragraph { .. } | Block::Table { .. } | Block::Contents { .. } => {}
            }
        }
    }
    let mut of_blocks = Vec::new();
    ids(&document.blocks, &mut of_blocks);
    for id in of_blocks {
        if !targets.insert(id.clone()) {
            faults.push(format!("`{id}` is a target twice"));
        }
    }
    let from_markdown = Page::parse_body(&markdown_to_html(markdown));
    for (format, page) in [("md", from_markdown), ("html", Page::parse(html))] {
        let mut seen = HashSet::new();
        for id in page.values("id") {
            if !seen.insert(id.clone()) {
                faults.push(format!("the id `{id}` stands twice in {format}"));
            }
        }
        for target in targets.iter().filter(|target| !seen.contains(&anchor(target))) {
            faults.push(format!("the target `{target}` does not stand in {format}"));
        }
        for href in page.values("href") {
            if let Some(id) = href.strip_prefix('#')
                && !seen.contains(&decoded(id))
            {
                faults.push(format!("the link to `#{id}` has no target in {format}"));
            }
            if !href.starts_with('#') && !is_elsewhere(&href) {
                faults.extend(across(&href, format, published));
            }
        }
    }
    faults
}

/// Whether an address leads to another site.
fn is_elsewhere(href: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|start| href.to_lowercase().starts_with(start))
}

/// An address with its `%XX` undone.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address;
    while let Some(character) = rest.chars().next() {
        match rest.get(1..3).filter(|_| character == '%').map(|digits| u8::from_str_radix(digits, 16)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            _ => {
                let (first, after) = rest.split_at(character.len_utf8());
                bytes.extend(first.bytes());
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// (e) A link to another document leads to a file that is published, and to a target in it.
fn across(href: &str, format: &str, published: &Published) -> Faults {
    let (file, id) = href.split_once('#').unwrap_or((href, ""));
    let file = decoded(file);
    // The data of all documents are in one file.
    if file == format!("{}.json", FILES.stem) && id.is_empty() {
        return Vec::new();
    }
    let of = published
        .documents
        .iter()
        .find(|document| file == format!("{}{}.{format}", FILES.stem, candor::document::file_suffix(&document.name)));
    match of {
        None => vec![format!("the link to `{href}` leads to no file")],
        Some(document) if !id.is_empty() && !document.places().iter().any(|place| anchor(place) == decoded(id)) => {
            vec![format!("the link to `{href}` has no target in `{}`", document.name)]
        }
        Some(_) => Vec::new(),
    }
}

/// (f) A browser finds no fault in the page, no script, and only addresses that a page may link to.
pub fn well_formed(html: &str) -> Faults {
    let page = Page::parse(html);
    let mut faults: Faults = page.errors().into_iter().map(|error| format!("HTML: {error}")).collect();
    page.each(&mut |name, attributes, _| {
        let is_data = attributes.iter().any(|(name, value)| name == "type" && value == "application/ld+json");
        if name == "script" && !is_data {
            faults.push("the page holds a script".to_owned());
        }
        for (key, value) in attributes {
            if key.starts_with("on") {
                faults.push(format!("the page holds the handler `{key}`"));
            }
            let own = decoded(value).starts_with(FILES.stem) && !value.contains([':', '/', '"', '<']);
            let safe = value.starts_with('#') || is_elsewhere(value) || own;
            if matches!(key.as_str(), "href" | "src") && !safe {
                faults.push(format!("the page links to `{value}`"));
            }
        }
    });
    faults
}

/// Every text that a reader sees in one format: the words of the body, without markup.
pub fn words_of(published: &Published, format: Format) -> String {
    let Some(document) = published.documents.first() else { return String::new() };
    match format {
        Format::Markdown => texts(&normalise(&markdown_to_html(&markdown::body(document, FILES)))).join("\n"),
        Format::Html => texts(&normalise(&html::body(document, FILES))).join("\n"),
        Format::Json => {
            let value: Value = serde_json::from_str(&published.render(Format::Json)).unwrap_or_default();
            let mut out = String::new();
            let documents = value.get("documents").cloned().unwrap_or_default();
            add_strings(&documents, &mut out);
            out
        }
        // Nothing public is published as a table.
        Format::Csv => String::new(),
    }
}

fn add_strings(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => {
            out.push_str(text);
            out.push('\n');
        }
        Value::Array(values) => values.iter().for_each(|value| add_strings(value, out)),
        Value::Object(map) => map.values().for_each(|value| add_strings(value, out)),
        _ => {}
    }
}

/// Every inline of a document.
pub fn each_inline<'d>(document: &'d Document, visit: &mut dyn FnMut(&'d Inline)) {
    fn walk<'d>(inlines: &'d [Inline], visit: &mut dyn FnMut(&'d Inline)) {
        for inline in inlines {
            visit(inline);
            match inline {
                Inline::Strong { content }
                | Inline::Emphasis { content }
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. } => walk(content, visit),
                Inline::Text(_) | Inline::Code(_) | Inline::Time { .. } => {}
            }
        }
    }
    document.each_span(&mut |span| walk(&span.text, visit));
}

/// Every block of a document.
pub fn each_block<'d>(blocks: &'d [Block], visit: &mut dyn FnMut(&'d Block)) {
    for block in blocks {
        visit(block);
        match block {
            Block::Section { blocks, .. } | Block::Prose { blocks, .. } => each_block(blocks, visit),
            Block::List { items, .. } => items.iter().for_each(|item| each_block(&item.blocks, visit)),
            Block::Paragraph { .. } | Block::Table { .. } | Block::Contents { .. } => {}
        }
    }
}
