//! What is published of a policy: its public facts, its documents and a hash over both.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::facts::Facts;
use crate::record::Record;

/// The version of the shape of the JSON.
pub const FORMAT_VERSION: u32 = 1;

/// A published policy, in the shape of its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Published {
    /// The facts resolved to cells; none in this version.
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

/// A resolved cell. None exist in this version of the shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {}

/// A format to publish in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// CommonMark with tables.
    Markdown,
    /// One self-contained page.
    Html,
    /// Facts and documents for programs.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 3] = [Format::Markdown, Format::Html, Format::Json];

    /// The extension of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
        }
    }

    /// The format with this extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.extension() == extension)
    }
}

impl Published {
    /// Joins facts and documents and computes the hash over them.
    #[must_use]
    pub fn new(policy: Facts, documents: Vec<Document>) -> Published {
        let mut published = Published {
            format_version: FORMAT_VERSION,
            content_hash: String::new(),
            policy,
            cells: Vec::new(),
            documents,
        };
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

    /// The full policy in one format.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        match (format, self.documents.first()) {
            (Format::Json, _) => {
                // Text, numbers and lists always serialise.
                let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
                text.push('\n');
                text
            }
            (Format::Markdown, Some(document)) => crate::render::markdown::page(document, &self.content_hash),
            (Format::Html, Some(document)) => crate::render::html::page(document, &self.content_hash),
            (Format::Markdown | Format::Html, None) => String::new(),
        }
    }
}

/// The hash of what has none yet.
///
/// INVARIANT: compact JSON of these types is their canonical form, because every record declares its fields in
/// alphabetical order and holds only text, small whole numbers, booleans and lists. A test holds every output
/// against an implementation of RFC 8785.
fn hash_of(bare: &Published) -> String {
    sha256(bare)
}

fn sha256(value: &impl Serialize) -> String {
    // Text, numbers and lists always serialise.
    let canonical = serde_json::to_vec(value).unwrap_or_default();
    let mut hash = String::from("sha256:");
    for byte in Sha256::digest(&canonical) {
        hash.push_str(&format!("{byte:02x}"));
    }
    hash
}

/// A record of processing with its page. It is for the company and the authority, so it is kept apart from what
/// is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedRecord {
    /// The page.
    pub document: Document,
    /// The record as data.
    pub record: Record,
}

/// A format to write a record of processing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordFormat {
    /// One of the formats of every document.
    Page(Format),
    /// A table with one row for each activity.
    Csv,
}

impl RecordFormat {
    /// Every format.
    pub const ALL: [RecordFormat; 4] = [
        RecordFormat::Page(Format::Markdown),
        RecordFormat::Page(Format::Html),
        RecordFormat::Page(Format::Json),
        RecordFormat::Csv,
    ];

    /// The extension of its files.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            RecordFormat::Page(format) => format.extension(),
            RecordFormat::Csv => "csv",
        }
    }
}

impl PublishedRecord {
    /// The record in one format.
    #[must_use]
    pub fn render(&self, format: RecordFormat) -> String {
        match format {
            RecordFormat::Page(Format::Markdown) => crate::render::markdown::page(&self.document, &self.hash()),
            RecordFormat::Page(Format::Html) => crate::render::html::page(&self.document, &self.hash()),
            RecordFormat::Page(Format::Json) => self.record.to_json(),
            RecordFormat::Csv => self.record.to_csv(),
        }
    }

    /// The hash over the record.
    #[must_use]
    pub fn hash(&self) -> String {
        sha256(&self.record)
    }
}
