//! A document as one self-contained HTML page.
//!
//! The frame comes from `templates/page.html`; the body is written here. All text is escaped; only addresses
//! that the policy was checked for become links.

use std::borrow::Cow;

use serde::Serialize;

use super::frame::{Fields, Frame};
use super::front_matter::updated;
use super::{Page, Templates, anchor};
use crate::document::{Block, Document, FULL_POLICY, Inline, Item, Row, Span, plain, plain_spans};
use crate::wording::templates;

/// The style as it is built in.
pub const STYLE: &str = include_str!("../../templates/page.css");

/// The whole page, or its body if only a fragment is asked for. `data_of` names the document whose JSON holds it.
#[must_use]
pub fn page(document: &Document, data_of: &str, hash: &str, page: Page<'_>) -> String {
    if page.is_fragment {
        return body(document, page);
    }
    let fields = Fields {
        language: &document.language,
        locale: document.language.replace('-', "_"),
        direction: direction(&document.language),
        title: plain_spans(&document.title),
        hash,
        prefix: page.class_prefix,
        style: page.stylesheet.is_none().then(|| style(page.class_prefix, page.templates)),
        stylesheet: page.stylesheet,
        full_policy: if document.name == FULL_POLICY {
            "#text".to_owned()
        } else {
            page.files.address(Some(FULL_POLICY), "", "html")
        },
        data: page.has_data.then(|| page.files.address(Some(data_of), "", "json")),
        linked_data: linked_data(document, hash),
        contents: contents(document, page),
        contents_title: page.templates.wording.of(templates::CONTENTS_TITLE),
        head: head(document, page),
        text: text(document, page),
    };
    page.templates.frame.as_ref().unwrap_or(Frame::built_in()).render(&fields)
}

/// All that the page says: its head and its text, without the frame and the navigation. It stands in a `div` that says
/// its language where it is a fragment of another page.
#[must_use]
pub fn body<'p>(document: &Document, page: impl Into<Page<'p>>) -> String {
    let page = page.into();
    let inside = head(document, page) + &text(document, page);
    if !page.is_fragment {
        return inside;
    }
    let mut writer = Writer::new(document, page);
    writer.class("div", "policy");
    writer.out.push_str(" lang=\"");
    writer.attribute(&document.language);
    writer.out.push_str(&format!("\" dir=\"{}\">\n{inside}</div>\n", writer.direction));
    writer.out
}

/// The stylesheet of every page, its classes behind a prefix. That of a site is taken as it is.
#[must_use]
pub fn style(prefix: &str, templates: &Templates) -> String {
    match &templates.style {
        Some(style) => style.clone(),
        None if prefix.is_empty() => STYLE.to_owned(),
        None => CLASSES
            .iter()
            .fold(STYLE.to_owned(), |style, class| style.replace(&format!(".{class}"), &format!(".{prefix}{class}"))),
    }
}

/// The classes that pages and their stylesheet use.
const CLASSES: [&str; 8] = ["policy", "page", "skip", "updated", "lead", "contents", "table", "address"];

/// In which direction a language is written: from right to left in the scripts of Arabic, Hebrew, Syriac and Thaana.
fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or_default();
    let is_right_to_left =
        matches!(primary, "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "syr" | "ug" | "ur" | "yi");
    if is_right_to_left { "rtl" } else { "ltr" }
}

/// The page as a `WebPage` of schema.org, as JSON that no text can break out of.
fn linked_data(document: &Document, hash: &str) -> String {
    #[derive(Serialize)]
    struct WebPage<'a> {
        #[serde(rename = "@context")]
        context: &'a str,
        #[serde(rename = "@type")]
        kind: &'a str,
        name: String,
        #[serde(rename = "inLanguage")]
        language: &'a str,
        #[serde(rename = "dateModified", skip_serializing_if = "Option::is_none")]
        modified: Option<&'a str>,
        identifier: &'a str,
    }
    let page = WebPage {
        context: "https://schema.org",
        kind: "WebPage",
        name: plain_spans(&document.title),
        language: &document.language,
        modified: updated(document),
        identifier: hash,
    };
    // Text can always be written as JSON; an angle bracket in it could end the element it stands in.
    serde_json::to_string(&page)
        .unwrap_or_default()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// The title and the date.
fn head(document: &Document, page: Page<'_>) -> String {
    let mut writer = Writer::new(document, page);
    let level = page.heading(1);
    writer.out.push_str(&format!("<h{level}"));
    writer.ids(&document.title);
    writer.heading_facts(&document.title);
    writer.out.push('>');
    writer.spans(&document.title, false);
    writer.out.push_str(&format!("</h{level}>\n"));
    if let Some(updated) = &document.updated {
        writer.open("p", "updated");
        writer.spans(updated, true);
        writer.out.push_str("</p>\n");
    }
    writer.out
}

/// The text under the title.
fn text(document: &Document, page: Page<'_>) -> String {
    let mut writer = Writer::new(document, page);
    writer.blocks(&document.blocks, 2);
    writer.out
}

/// The list of sections for the navigation of the page.
fn contents(document: &Document, page: Page<'_>) -> String {
    let mut writer = Writer::new(document, page);
    writer.contents(&document.blocks);
    writer.out
}

struct Writer<'f> {
    out: String,
    page: Page<'f>,
    /// In which direction the sentences run.
    direction: &'static str,
}

impl<'f> Writer<'f> {
    fn new(document: &Document, page: Page<'f>) -> Writer<'f> {
        Writer { out: String::new(), page, direction: direction(&document.language) }
    }

    fn contents(&mut self, blocks: &[Block]) {
        let mut open = false;
        for block in blocks {
            let Block::Section { id, title, blocks } = block else { continue };
            if !open {
                self.out.push_str("<ul>\n");
                open = true;
            }
            self.out.push_str("<li><a href=\"#");
            self.attribute(&anchor(id));
            self.out.push_str("\">");
            self.text(&plain_spans(title));
            self.out.push_str("</a>");
            self.contents(blocks);
            self.out.push_str("</li>\n");
        }
        if open {
            self.out.push_str("</ul>\n");
        }
    }

    fn blocks(&mut self, blocks: &[Block], level: usize) {
        for block in blocks {
            self.block(block, level);
        }
    }

    fn block(&mut self, block: &Block, level: usize) {
        match block {
            Block::Section { id, title, blocks } => {
                let heading = self.page.heading(level);
                self.out.push_str("<section aria-labelledby=\"");
                self.attribute(&anchor(id));
                self.out.push_str(&format!("\">\n<h{heading} id=\""));
                self.attribute(&anchor(id));
                self.out.push('"');
                self.heading_facts(title);
                self.out.push('>');
                self.spans(title, false);
                self.out.push_str(&format!("</h{heading}>\n"));
                self.blocks(blocks, level + 1);
                self.out.push_str("</section>\n");
            }
            Block::Paragraph { spans } => {
                self.out.push_str("<p>");
                self.spans(spans, true);
                self.out.push_str("</p>\n");
            }
            Block::List { lead, ordered, items } => {
                if !lead.is_empty() {
                    self.open("p", "lead");
                    self.spans(lead, true);
                    self.out.push_str("</p>\n");
                }
                self.list(*ordered, items, level);
            }
            Block::Table { caption, columns, rows } => self.table(caption, columns, rows),
            Block::Contents { title, entries, facts } => {
                self.class("p", "contents");
                self.facts(facts);
                self.out.push('>');
                self.text(title);
                self.out.push_str("</p>\n");
                if entries.is_empty() {
                    return;
                }
                self.out.push_str("<ul>\n");
                for entry in entries {
                    self.out.push_str("<li><a href=\"#");
                    self.attribute(&anchor(&entry.id));
                    self.out.push_str("\">");
                    self.text(&entry.title);
                    self.out.push_str("</a></li>\n");
                }
                self.out.push_str("</ul>\n");
            }
            Block::Prose { id, blocks } => {
                self.out.push_str("<div id=\"");
                self.attribute(&anchor(id));
                self.out.push_str("\">\n");
                self.blocks(blocks, level);
                self.out.push_str("</div>\n");
            }
        }
    }

    fn list(&mut self, ordered: bool, items: &[Item], level: usize) {
        let tag = if ordered { "ol" } else { "ul" };
        self.out.push_str(&format!("<{tag}>\n"));
        for item in items {
            self.out.push_str("<li>");
            self.spans(&item.spans, true);
            if !item.blocks.is_empty() {
                self.out.push('\n');
                self.blocks(&item.blocks, level);
            }
            self.out.push_str("</li>\n");
        }
        self.out.push_str(&format!("</{tag}>\n"));
    }

    /// A table that a phone shows row by row: each cell carries its heading. In a page of somebody else it may be
    /// wider than its place, and is scrolled, by the keyboard too.
    fn table(&mut self, caption: &[Span], columns: &[String], rows: &[Row]) {
        self.class("div", "table");
        if self.page.is_fragment {
            self.out.push_str(" tabindex=\"0\"");
        }
        self.out.push_str("><table>\n<caption>");
        self.spans(caption, true);
        self.out.push_str("</caption>\n<thead><tr>");
        for column in columns {
            self.out.push_str("<th scope=\"col\">");
            self.text(column);
            self.out.push_str("</th>");
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr");
            self.facts(&row.facts);
            self.out.push('>');
            for (index, cell) in row.cells.iter().enumerate() {
                let heading = columns.get(index).map_or("", String::as_str);
                self.out.push_str(if index == 0 { "<th scope=\"row\" data-heading=\"" } else { "<td data-heading=\"" });
                self.attribute(heading);
                self.out.push_str("\">");
                self.span(cell, true);
                self.out.push_str(if index == 0 { "</th>" } else { "</td>" });
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    /// The beginning of a tag with a class, for further attributes.
    fn class(&mut self, tag: &str, name: &str) {
        self.out.push_str(&format!("<{tag} class=\""));
        self.attribute(self.page.class_prefix);
        self.out.push_str(name);
        self.out.push('"');
    }

    /// A tag with a class.
    fn open(&mut self, tag: &str, name: &str) {
        self.class(tag, name);
        self.out.push('>');
    }

    /// The facts that an element states, by their ids in the JSON.
    fn facts(&mut self, facts: &[String]) {
        if !facts.is_empty() {
            self.out.push_str(" data-facts=\"");
            self.attribute(&facts.join(" "));
            self.out.push('"');
        }
    }

    fn heading_facts(&mut self, spans: &[Span]) {
        let facts: Vec<String> = spans.iter().flat_map(|span| &span.facts).cloned().collect();
        self.facts(&facts);
    }

    fn ids(&mut self, spans: &[Span]) {
        if let Some(target) = spans.first().and_then(|span| span.targets.first()) {
            self.out.push_str(" id=\"");
            self.attribute(&anchor(target));
            self.out.push('"');
        }
    }

    /// Sentences; with `targets`, each is a place that links can point at.
    fn spans(&mut self, spans: &[Span], targets: bool) {
        for (index, span) in spans.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            self.span(span, targets);
        }
    }

    fn span(&mut self, span: &Span, targets: bool) {
        let wrapped = targets && !(span.facts.is_empty() && span.targets.is_empty());
        if wrapped {
            self.out.push_str("<span");
            if let Some(first) = span.targets.first() {
                self.out.push_str(" id=\"");
                self.attribute(&anchor(first));
                self.out.push('"');
            }
            self.facts(&span.facts);
            self.out.push('>');
            for further in span.targets.iter().skip(1) {
                self.out.push_str("<span id=\"");
                self.attribute(&anchor(further));
                self.out.push_str("\"></span>");
            }
        }
        self.inlines(&span.text);
        if wrapped {
            self.out.push_str("</span>");
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.isolated(text),
                Inline::Strong { content } => self.wrapped("strong", content),
                Inline::Emphasis { content } => self.wrapped("em", content),
                Inline::Code(text) => {
                    self.out.push_str("<code>");
                    self.text(text);
                    self.out.push_str("</code>");
                }
                Inline::Link { href, content } => {
                    if is_address(&plain(content), href) {
                        self.class("a", "address");
                    } else {
                        self.out.push_str("<a");
                    }
                    self.out.push_str(" href=\"");
                    self.attribute(href);
                    self.out.push_str("\">");
                    self.inlines(content);
                    self.out.push_str("</a>");
                }
                Inline::Reference { id, document, content } => {
                    self.out.push_str("<a href=\"");
                    self.out.push_str(&self.page.files.address(document.as_deref(), id, "html"));
                    self.out.push_str("\">");
                    self.inlines(content);
                    self.out.push_str("</a>");
                }
                Inline::Time { value, text } => {
                    let (tag, key, value) = match date_or_duration(value) {
                        Some(value) => ("time", "datetime", value),
                        None => ("data", "value", Cow::Borrowed(value.as_str())),
                    };
                    self.out.push_str(&format!("<{tag} {key}=\""));
                    self.attribute(&value);
                    self.out.push_str("\">");
                    self.text(text);
                    self.out.push_str(&format!("</{tag}>"));
                }
            }
        }
    }

    fn wrapped(&mut self, tag: &str, content: &[Inline]) {
        self.out.push_str(&format!("<{tag}>"));
        self.inlines(content);
        self.out.push_str(&format!("</{tag}>"));
    }

    /// Names that run from right to left, or hold direction marks, reorder neither what is around their sentence nor the
    /// sentence itself, which runs as the document does whatever name it begins with.
    fn isolated(&mut self, text: &str) {
        if text.chars().any(is_directional) {
            self.out.push_str(&format!("<bdi dir=\"{}\">", self.direction));
            self.text(text);
            self.out.push_str("</bdi>");
        } else {
            self.text(text);
        }
    }

    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                _ => self.out.push(character),
            }
        }
    }

    fn attribute(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                _ => self.out.push(character),
            }
        }
    }
}

/// Whether the words of a link are its address already, so that paper need not show it again.
fn is_address(words: &str, href: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:"];
    let bare = |address: &str| -> String {
        let without = schemes.iter().find_map(|scheme| address.strip_prefix(scheme));
        without.unwrap_or(address).trim_end_matches('/').to_owned()
    };
    bare(words) == bare(href)
}

/// A day or a period of ISO 8601 as HTML reads it; none if HTML cannot say it.
///
/// A duration of HTML is a number of seconds, so that it knows no months and no years, whose lengths differ, and a
/// `time` element with such a value would be a fault. A week always has seven days, but HTML writes none behind `P`.
fn date_or_duration(value: &str) -> Option<Cow<'_, str>> {
    let Some(duration) = value.strip_prefix('P') else { return Some(Cow::Borrowed(value)) };
    if let Some(weeks) = duration.strip_suffix('W') {
        let days = weeks.parse::<u64>().ok()?.checked_mul(7)?;
        return Some(Cow::Owned(format!("P{days}D")));
    }
    let days = duration.split('T').next().unwrap_or_default();
    (!days.contains(['M', 'Y'])).then_some(Cow::Borrowed(value))
}

/// Characters of scripts that run from right to left, and marks that change the direction.
fn is_directional(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}'
        | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
