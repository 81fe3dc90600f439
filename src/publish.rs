//! What is published of a policy: its public facts, its documents and a hash over both.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cells::Cell;
use crate::document::{Document, FULL_POLICY};
use crate::facts::Facts;
use crate::record::Processing;
use crate::render::{Files, Page, html, markdown};

/// The version of the shape of the JSON.
pub const FORMAT_VERSION: u32 = 1;

/// A published policy, in the shape of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Published {
    /// The facts resolved to cells.
    pub cells: Vec<Cell>,
    /// SHA-256 over the canonical form (RFC 8785) of everything else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content_hash: String,
    /// The documents; the full policy first.
    pub documents: Vec<Document>,
    /// The version of this shape.
    pub format_version: u32,
    /// The public facts.
    pub policy: Facts,
}

/// A format to publish in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// CommonMark with tables.
    Markdown,
    /// One self-contained page.
    Html,
    /// Facts and documents for programs.
    Json,
    /// A table of processing activities; only a record of processing has it.
    Csv,
}

impl Format {
    /// Every format that a policy is published in.
    pub const ALL: [Format; 3] = [Format::Markdown, Format::Html, Format::Json];

    /// The extension of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
            Format::Csv => "csv",
        }
    }

    /// The format with this extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.extension() == extension)
    }
}

impl Published {
    /// Joins facts, cells and documents and computes the hash over them.
    #[must_use]
    pub fn new(policy: Facts, cells: Vec<Cell>, documents: Vec<Document>) -> Published {
        let mut published =
            Published { format_version: FORMAT_VERSION, content_hash: String::new(), policy, cells, documents };
        published.content_hash = hash_of(&published);
        published
    }

    /// The hash of what is published, as it should be.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_of(&Published { content_hash: String::new(), ..self.clone() })
    }

    /// Reads what was published as JSON.
    ///
    /// # Errors
    ///
    /// If the text is not JSON of this shape.
    pub fn from_json(text: &str) -> Result<Published, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The full policy in one format, with links to documents in files that are called `privacy-NAME`.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        match self.documents.first() {
            Some(document) => self.render_document(document, format, Files::default()),
            None => String::new(),
        }
    }

    /// One of the documents in one format. JSON holds the whole policy, whichever document is asked for.
    #[must_use]
    pub fn render_document<'p>(&self, document: &Document, format: Format, page: impl Into<Page<'p>>) -> String {
        match format {
            Format::Json => json(self),
            Format::Markdown => markdown::page(document, &self.content_hash, page.into()),
            Format::Html => html::page(document, FULL_POLICY, &self.content_hash, page.into()),
            // What is public is no table.
            Format::Csv => String::new(),
        }
    }

    /// The document with this name; the full policy is called `policy`.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<&Document> {
        self.documents.iter().find(|document| document.name == name)
    }
}

/// A record of processing. It holds internal facts, so it is kept apart from what is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its page.
    pub document: Document,
    /// What JSON and CSV hold of it.
    pub processing: Processing,
}

impl Record {
    /// Joins a page and its data and computes the hash over the data.
    #[must_use]
    pub fn new(document: Document, processing: Processing) -> Record {
        let bare = Processing { content_hash: String::new(), ..processing };
        let content_hash = hash_of(&bare);
        Record { document, processing: Processing { content_hash, ..bare } }
    }

    /// The record in one format.
    #[must_use]
    pub fn render<'p>(&self, format: Format, page: impl Into<Page<'p>>) -> String {
        match format {
            Format::Json => json(&self.processing),
            Format::Markdown => markdown::page(&self.document, &self.processing.content_hash, page.into()),
            Format::Html => html::page(&self.document, &self.document.name, &self.processing.content_hash, page.into()),
            Format::Csv => self.processing.to_csv(),
        }
    }
}

fn json(record: &impl Serialize) -> String {
    // Text, numbers and lists always serialise.
    let mut text = serde_json::to_string_pretty(record).unwrap_or_default();
    text.push('\n');
    text
}

/// The hash of what has none yet.
///
/// INVARIANT: compact JSON of these types is their canonical form, because every record declares its fields in
/// alphabetical order and holds only text, small whole numbers, booleans and lists. A test holds every output
/// against an implementation of RFC 8785.
fn hash_of(bare: &impl Serialize) -> String {
    // Text, numbers and lists always serialise.
    let canonical = serde_json::to_vec(bare).unwrap_or_default();
    let mut hash = String::from("sha256:");
    for byte in Sha256::digest(&canonical) {
        hash.push_str(&format!("{byte:02x}"));
    }
    hash
}
