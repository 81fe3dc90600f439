//! What is said to readers: sections, paragraphs, lists and tables, before any format exists.
//!
//! Every piece names the facts it states by their ids, so that the text and the facts stay joined in every
//! format. A document is part of the published JSON and can be read back from it.

use foldhash::HashSet;
use serde::{Deserialize, Serialize};

/// The name of the full policy among the documents.
pub const FULL_POLICY: &str = "policy";

/// The id of the section that sums up a full policy. No name of an author's can be such an id, which has a point and
/// begins with the word for the policy.
pub const SUMMARY: &str = "policy.summary";

/// The id of the section that says what changed. No noun of an author can have it.
pub const CHANGES: &str = "policy.changes";

/// One document of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Document {
    /// The text.
    pub blocks: Vec<Block>,
    /// What it is made of, as the vocabulary calls it: `full-policy`, `short-notice`.
    pub kind: String,
    /// The language and region of the words: `en-US`.
    pub language: String,
    /// The ids of what it is about and leaves to the full policy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leaves_out: Vec<String>,
    /// The name: `policy` for the full policy.
    pub name: String,
    /// The title.
    pub title: Spans,
    /// When it was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Spans>,
}

/// A run of sentences.
pub type Spans = Vec<Span>;

/// A sentence or a part of one, with the facts it states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Span {
    /// The ids of the facts that it states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// The ids of the nouns that it names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<String>,
    /// The ids that links can point at here. No id is a target twice in a document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<String>,
    /// The words.
    pub text: Vec<Inline>,
}

/// A part of the text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Block {
    /// A heading with what stands under it.
    Section {
        /// The text under it.
        blocks: Vec<Block>,
        /// The id that links point at.
        id: String,
        /// The heading.
        title: Spans,
    },
    /// Sentences.
    Paragraph {
        /// In order.
        spans: Spans,
    },
    /// A list, perhaps under a lead-in.
    List {
        /// The items; never empty.
        items: Vec<Item>,
        /// What leads to it; empty if nothing does.
        lead: Spans,
        /// Whether the order matters.
        ordered: bool,
    },
    /// A table.
    Table {
        /// What it shows, as a sentence.
        caption: Spans,
        /// The headings of the columns.
        columns: Vec<String>,
        /// The rows; each has a cell for every column.
        rows: Vec<Row>,
    },
    /// Links to all sections.
    Contents {
        /// Id and title of each section.
        entries: Vec<ContentsEntry>,
        /// The facts this states.
        facts: Vec<String>,
        /// The heading of the list.
        title: String,
    },
    /// Text the author wrote as prose.
    Prose {
        /// The text.
        blocks: Vec<Block>,
        /// The id of the statement.
        id: String,
    },
}

/// A line of a contents list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContentsEntry {
    /// The id of the section.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// What stands under them: paragraphs and lists.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// The words.
    pub spans: Spans,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Span>,
    /// The ids of the facts that it states.
    pub facts: Vec<String>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Inline {
    /// Words, as printed.
    Text(String),
    /// Words with more weight.
    Strong {
        /// The words.
        content: Vec<Inline>,
    },
    /// Words with another tone.
    Emphasis {
        /// The words.
        content: Vec<Inline>,
    },
    /// A literal, as printed.
    Code(String),
    /// A link to another page.
    Link {
        /// The words.
        content: Vec<Inline>,
        /// The address: `https:`, `http:` or `mailto:`.
        href: String,
    },
    /// A link to a place in this document or in another one of the policy.
    Reference {
        /// The words.
        content: Vec<Inline>,
        /// The name of the other document; none if the place is in this one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<String>,
        /// The id of the place; empty for another document as a whole.
        id: String,
    },
    /// A day or a period that machines can read.
    Time {
        /// As printed.
        text: String,
        /// In ISO 8601.
        value: String,
    },
}

impl Inline {
    /// Words.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text(text.into())
    }
}

/// The words of a run of text, without markup.
#[must_use]
pub fn plain(inlines: &[Inline]) -> String {
    fn add(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Time { text, .. } => out.push_str(text),
                Inline::Strong { content }
                | Inline::Emphasis { content }
                | Inline::Link { content, .. }
                | Inline::Reference { content, .. } => add(content, out),
            }
        }
    }
    let mut out = String::new();
    add(inlines, &mut out);
    out
}

/// The words of a run of sentences, without markup.
#[must_use]
pub fn plain_spans(spans: &[Span]) -> String {
    let texts: Vec<String> = spans.iter().map(|span| plain(&span.text)).collect();
    texts.join(" ")
}

impl Document {
    /// Calls `visit` with every span of the document, in order, whatever it stands in.
    pub fn each_span<'d>(&'d self, visit: &mut dyn FnMut(&'d Span)) {
        self.title.iter().for_each(&mut *visit);
        self.updated.iter().flatten().for_each(&mut *visit);
        self.blocks.iter().for_each(|block| block.each_span(visit));
    }

    /// Calls `visit` with every span of the document, in order, to change it.
    pub fn each_span_mut(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        self.title.iter_mut().for_each(&mut *visit);
        self.updated.iter_mut().flatten().for_each(&mut *visit);
        self.blocks.iter_mut().for_each(|block| block.each_span_mut(visit));
    }

    /// The ids of the facts that it states, in the order in which it states them first.
    #[must_use]
    pub fn facts(&self) -> Vec<&str> {
        let mut facts = Vec::new();
        self.each_span(&mut |span| facts.extend(span.facts.iter().map(String::as_str)));
        self.blocks.iter().for_each(|block| block.row_facts(&mut facts));
        each_once(facts)
    }

    /// The ids that links can point at.
    #[must_use]
    pub fn places(&self) -> HashSet<&str> {
        let mut places = HashSet::default();
        self.each_span(&mut |span| places.extend(span.targets.iter().map(String::as_str)));
        self.blocks.iter().for_each(|block| block.places(&mut places));
        places
    }
}

fn each_once(mut facts: Vec<&str>) -> Vec<&str> {
    let mut known = HashSet::default();
    facts.retain(|fact| known.insert(*fact));
    facts
}

/// What the name of a document adds to the names of its files: nothing for the full policy, `-short` for others.
#[must_use]
pub fn file_suffix(document: &str) -> String {
    if document == FULL_POLICY { String::new() } else { format!("-{document}") }
}

impl Block {
    /// Calls `visit` with every span of the block, in order.
    pub fn each_span<'d>(&'d self, visit: &mut dyn FnMut(&'d Span)) {
        match self {
            Block::Section { title, blocks, .. } => {
                title.iter().for_each(&mut *visit);
                blocks.iter().for_each(|block| block.each_span(visit));
            }
            Block::Paragraph { spans } => spans.iter().for_each(visit),
            Block::List { lead, items, .. } => {
                lead.iter().for_each(&mut *visit);
                for item in items {
                    item.spans.iter().for_each(&mut *visit);
                    item.blocks.iter().for_each(|block| block.each_span(visit));
                }
            }
            Block::Table { caption, rows, .. } => {
                caption.iter().for_each(&mut *visit);
                rows.iter().flat_map(|row| &row.cells).for_each(visit);
            }
            Block::Contents { .. } => {}
            Block::Prose { blocks, .. } => blocks.iter().for_each(|block| block.each_span(visit)),
        }
    }

    /// Calls `visit` with every span of the block, in order, to change it.
    pub fn each_span_mut(&mut self, visit: &mut dyn FnMut(&mut Span)) {
        match self {
            Block::Section { title, blocks, .. } => {
                title.iter_mut().for_each(&mut *visit);
                blocks.iter_mut().for_each(|block| block.each_span_mut(visit));
            }
            Block::Paragraph { spans } => spans.iter_mut().for_each(visit),
            Block::List { lead, items, .. } => {
                lead.iter_mut().for_each(&mut *visit);
                for item in items {
                    item.spans.iter_mut().for_each(&mut *visit);
                    item.blocks.iter_mut().for_each(|block| block.each_span_mut(visit));
                }
            }
            Block::Table { caption, rows, .. } => {
                caption.iter_mut().for_each(&mut *visit);
                rows.iter_mut().flat_map(|row| &mut row.cells).for_each(visit);
            }
            Block::Contents { .. } => {}
            Block::Prose { blocks, .. } => blocks.iter_mut().for_each(|block| block.each_span_mut(visit)),
        }
    }

    /// The ids of the facts that it states, in the order in which it states them first.
    #[must_use]
    pub fn facts(&self) -> Vec<&str> {
        let mut facts = Vec::new();
        self.each_span(&mut |span| facts.extend(span.facts.iter().map(String::as_str)));
        self.row_facts(&mut facts);
        each_once(facts)
    }

    /// The facts that rows and contents lists state as a whole.
    fn row_facts<'d>(&'d self, out: &mut Vec<&'d str>) {
        match self {
            Block::Section { blocks, .. } | Block::Prose { blocks, .. } => {
                blocks.iter().for_each(|block| block.row_facts(out));
            }
            Block::List { items, .. } => {
                items.iter().flat_map(|item| &item.blocks).for_each(|block| block.row_facts(out));
            }
            Block::Table { rows, .. } => out.extend(rows.iter().flat_map(|row| &row.facts).map(String::as_str)),
            Block::Contents { facts, .. } => out.extend(facts.iter().map(String::as_str)),
            Block::Paragraph { .. } => {}
        }
    }

    /// The ids of sections and prose.
    fn places<'d>(&'d self, out: &mut HashSet<&'d str>) {
        match self {
            Block::Section { id, blocks, .. } | Block::Prose { id, blocks } => {
                out.insert(id);
                blocks.iter().for_each(|block| block.places(out));
            }
            Block::List { items, .. } => {
                items.iter().flat_map(|item| &item.blocks).for_each(|block| block.places(out));
            }
            Block::Paragraph { .. } | Block::Table { .. } | Block::Contents { .. } => {}
        }
    }
}
