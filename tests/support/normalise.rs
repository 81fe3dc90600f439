//! The one normaliser through which Markdown and HTML are compared.
//!
//! It reads HTML (ours, or what a stock CommonMark parser makes of our Markdown) into blocks and inlines.
//!
//! - Wrappers vanish: `div`, `section`, `span`, `bdi`, `time`, `data`, `thead`, `tbody`, and `a` without `href`.
//! - Attributes vanish, except `href`, whose percent-encoding is undone.
//! - A caption is the paragraph before its table; every cell of a table is a cell, in a row.
//! - Words that stand in a block beside other blocks are a paragraph: `<li>a<p>b</p></li>` is `<li><p>a</p><p>b</p></li>`.
//! - ASCII white space at the edges of a block is dropped, as HTML drops it, and nothing else is collapsed.
//! - Comments vanish.
//!
//! It never drops text, a link or the order. Any other element stays in the result under its own name, so that
//! an element in one format alone is a difference.

#![allow(dead_code, reason = "each test takes the part it needs")]
#![allow(clippy::type_complexity, reason = "a visitor sees an element, its attributes and its node")]

use html5ever::tendril::TendrilSink;
use html5ever::tokenizer::TokenizerOpts;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A part of the text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    Heading(u8, Vec<Inline>),
    Paragraph(Vec<Inline>),
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    /// Rows of cells; the headings of the columns are the first row.
    Table(Vec<Vec<Vec<Inline>>>),
    /// An element that our documents do not have.
    Other(String, Vec<Block>),
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Code(String),
    Link(String, Vec<Inline>),
    /// An element that our documents do not have.
    Other(String, Vec<Inline>),
}

/// What is called with the name and the attributes of an element.
type Visit<'v> = &'v mut dyn FnMut(&str, &[(String, String)], &Handle);

/// A parsed page.
pub struct Page {
    dom: RcDom,
}

impl Page {
    /// Parses a whole page as a browser does.
    pub fn parse(html: &str) -> Page {
        let options = ParseOpts {
            tokenizer: TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() },
            tree_builder: TreeBuilderOpts { exact_errors: true, ..TreeBuilderOpts::default() },
        };
        Page { dom: parse_document(RcDom::default(), options).one(html) }
    }

    /// Parses what stands in a body.
    pub fn parse_body(body: &str) -> Page {
        Page::parse(&format!("<!DOCTYPE html>\n<html><head><title>t</title></head><body>{body}</body></html>"))
    }

    /// What is wrong with the markup.
    pub fn errors(&self) -> Vec<String> {
        self.dom.errors.borrow().iter().map(ToString::to_string).collect()
    }

    /// The normal form of the body.
    pub fn blocks(&self) -> Vec<Block> {
        let mut body = None;
        self.each(&mut |name, _, node| {
            if name == "body" {
                body = Some(node.clone());
            }
        });
        body.map_or_else(Vec::new, |body| blocks(&body))
    }

    /// Calls `visit` with the name and the attributes of every element, in order.
    pub fn each(&self, visit: Visit<'_>) {
        fn walk(node: &Handle, visit: Visit<'_>) {
            if let Some(name) = name(node) {
                visit(&name, &attributes(node), node);
            }
            for child in node.children.borrow().iter() {
                walk(child, visit);
            }
        }
        walk(&self.dom.document, visit);
    }

    /// All values of one attribute, in order.
    pub fn values(&self, attribute: &str) -> Vec<String> {
        let mut values = Vec::new();
        self.each(&mut |_, attributes, _| {
            values.extend(attributes.iter().filter(|(key, _)| key == attribute).map(|(_, value)| value.clone()));
        });
        values
    }
}

/// The normal form of what stands in a body.
pub fn normalise(body: &str) -> Vec<Block> {
    Page::parse_body(body).blocks()
}

/// The texts of the blocks, in order, without markup: one string for each heading, paragraph and cell.
pub fn texts(blocks: &[Block]) -> Vec<String> {
    fn add(blocks: &[Block], out: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Heading(_, inlines) | Block::Paragraph(inlines) => out.push(plain(inlines)),
                Block::List { items, .. } => items.iter().for_each(|item| add(item, out)),
                Block::Table(rows) => out.extend(rows.iter().flatten().map(|cell| plain(cell))),
                Block::Other(name, blocks) => {
                    out.push(format!("<{name}>"));
                    add(blocks, out);
                }
            }
        }
    }
    let mut out = Vec::new();
    add(blocks, &mut out);
    out
}

/// The words of inlines.
pub fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) | Inline::Other(_, inner) => {
                plain(inner)
            }
        })
        .collect()
}

/// Whether HTML takes a character for white space.
pub fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Undoes percent-encoding.
pub fn decode(address: &str) -> Vec<u8> {
    let bytes = address.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut position = 0;
    while let Some(&byte) = bytes.get(position) {
        let code = address.get(position + 1..position + 3).filter(|_| byte == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                position += 3;
            }
            None => {
                out.push(byte);
                position += 1;
            }
        }
    }
    out
}

fn name(node: &Handle) -> Option<String> {
    match &node.data {
        NodeData::Element { name, .. } => Some(name.local.to_string()),
        _ => None,
    }
}

fn attributes(node: &Handle) -> Vec<(String, String)> {
    match &node.data {
        NodeData::Element { attrs, .. } => attrs
            .borrow()
            .iter()
            .map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
            .collect(),
        _ => Vec::new(),
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

fn blocks(node: &Handle) -> Vec<Block> {
    let mut out = Vec::new();
    let mut loose = Vec::new();
    add_blocks(node, &mut out, &mut loose);
    flush(&mut loose, &mut out);
    out
}

fn add_blocks(node: &Handle, out: &mut Vec<Block>, loose: &mut Vec<Inline>) {
    for child in node.children.borrow().iter() {
        let Some(name) = name(child) else {
            add_inline(child, loose);
            continue;
        };
        match name.as_str() {
            "div" | "section" | "main" => {
                flush(loose, out);
                add_blocks(child, out, loose);
                flush(loose, out);
            }
            "p" => {
                flush(loose, out);
                out.push(Block::Paragraph(edge(inlines(child))));
            }
            "ul" | "ol" => {
                flush(loose, out);
                let items = elements(child).iter().map(blocks).collect();
                out.push(Block::List { ordered: name == "ol", items });
            }
            "table" => {
                flush(loose, out);
                table(child, out);
            }
            "blockquote" | "pre" | "hr" | "dl" | "dt" | "dd" | "script" | "style" | "figure" | "img" => {
                flush(loose, out);
                out.push(Block::Other(name, blocks(child)));
            }
            _ => match heading_level(&name) {
                Some(level) => {
                    flush(loose, out);
                    out.push(Block::Heading(level, edge(inlines(child))));
                }
                None => add_inline(child, loose),
            },
        }
    }
}

/// Ends the paragraph that words beside blocks make.
fn flush(loose: &mut Vec<Inline>, out: &mut Vec<Block>) {
    let words = edge(std::mem::take(loose));
    if !words.is_empty() {
        out.push(Block::Paragraph(words));
    }
}

fn elements(node: &Handle) -> Vec<Handle> {
    node.children.borrow().iter().filter(|child| name(child).is_some()).cloned().collect()
}

fn table(node: &Handle, out: &mut Vec<Block>) {
    let mut rows = Vec::new();
    for part in elements(node) {
        match name(&part).as_deref() {
            Some("caption") => out.push(Block::Paragraph(edge(inlines(&part)))),
            Some("thead" | "tbody") => {
                for row in elements(&part) {
                    rows.push(elements(&row).iter().map(|cell| edge(inlines(cell))).collect());
                }
            }
            other => out.push(Block::Other(other.unwrap_or_default().to_owned(), blocks(&part))),
        }
    }
    out.push(Block::Table(rows));
}

fn inlines(node: &Handle) -> Vec<Inline> {
    let mut out = Vec::new();
    for child in node.children.borrow().iter() {
        add_inline(child, &mut out);
    }
    out
}

fn push(inline: Inline, out: &mut Vec<Inline>) {
    match (out.last_mut(), inline) {
        (_, Inline::Text(text)) if text.is_empty() => {}
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (_, inline) => out.push(inline),
    }
}

fn add_inline(node: &Handle, out: &mut Vec<Inline>) {
    match &node.data {
        NodeData::Text { contents } => push(Inline::Text(contents.borrow().to_string()), out),
        NodeData::Element { name, .. } => {
            let inner = inlines(node);
            let href = attributes(node).into_iter().find(|(key, _)| key == "href").map(|(_, value)| value);
            match (&*name.local, href) {
                ("span" | "bdi" | "time" | "data", _) | ("a", None) => {
                    inner.into_iter().for_each(|inline| push(inline, out))
                }
                ("a", Some(href)) => {
                    out.push(Inline::Link(String::from_utf8_lossy(&decode(&href)).into_owned(), inner))
                }
                ("strong", _) => out.push(Inline::Strong(inner)),
                ("em", _) => out.push(Inline::Emphasis(inner)),
                ("code", _) => out.push(Inline::Code(plain(&inner))),
                (other, _) => out.push(Inline::Other(other.to_owned(), inner)),
            }
        }
        _ => {}
    }
}

/// Drops white space at the edges of a block.
fn edge(mut inlines: Vec<Inline>) -> Vec<Inline> {
    fn trim(inlines: &mut Vec<Inline>, start: bool) {
        let Some(index) = (if start { Some(0) } else { inlines.len().checked_sub(1) }) else { return };
        let empty = match inlines.get_mut(index) {
            Some(Inline::Text(text)) => {
                *text =
                    if start { text.trim_start_matches(is_space) } else { text.trim_end_matches(is_space) }.to_owned();
                text.is_empty()
            }
            Some(Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner)) => {
                trim(inner, start);
                false
            }
            Some(Inline::Code(_) | Inline::Other(..)) | None => false,
        };
        if empty {
            inlines.remove(index);
            trim(inlines, start);
        }
    }
    trim(&mut inlines, true);
    trim(&mut inlines, false);
    inlines
}
