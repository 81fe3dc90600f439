//! The record of processing (Article 30 of the GDPR) as data: what JSON and CSV hold of it.
//!
//! It is for the authority and the company. Internal facts stand in it and nowhere else, so it is no part of
//! what is published of a policy.
//!
//! INVARIANT: fields are declared in the alphabetical order of their JSON names, and a list that is empty says
//! that the policy says nothing of it.

use serde::{Deserialize, Serialize};

/// The version of the shape of the record.
pub const RECORD_VERSION: u32 = 1;

/// A record of processing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Processing {
    /// What is done for purposes of the company's own.
    pub activities: Vec<Activity>,
    /// SHA-256 over the canonical form (RFC 8785) of everything else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content_hash: String,
    /// Who keeps the record.
    pub controller: Controller,
    /// The version of this shape.
    pub format_version: u32,
    /// Internal facts that belong to no activity.
    pub internal: Vec<Item>,
    /// The language and region of the words: `en-US`.
    pub language: String,
    /// The security measures that hold for everything.
    pub measures: Vec<Item>,
    /// What is done on behalf of others.
    pub on_behalf_of_others: Vec<Activity>,
    /// The services with what is agreed with their providers.
    pub services: Vec<Item>,
    /// The title of the record.
    pub title: String,
    /// When the policy was last changed: `2026-02-28`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
}

/// Who answers for the processing, and who can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Controller {
    /// How to reach the controller.
    pub contacts: Vec<Item>,
    /// Those who decide together with it.
    pub joint_controllers: Vec<Item>,
    /// Its name.
    pub name: Vec<Item>,
    /// Its data protection officers.
    pub protection_officers: Vec<Item>,
    /// Its representatives.
    pub representatives: Vec<Item>,
    /// Whom "we" means in the words of the record.
    pub we: Vec<String>,
    /// Whom "you" means in them.
    pub you: Vec<String>,
}

/// One thing a record says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// The ids of the facts that say it.
    pub facts: Vec<String>,
    /// Whether an internal fact says it.
    pub internal: bool,
    /// The words.
    pub text: String,
}

/// One processing activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Activity {
    /// The categories of data.
    pub data: Vec<Item>,
    /// The id: that of its purpose or its sentence.
    pub id: String,
    /// The interests behind legitimate interests.
    pub interests: Vec<Item>,
    /// What only the company and the authority know: owner, system, assessment.
    pub internal: Vec<Item>,
    /// On what it rests.
    pub legal_bases: Vec<Item>,
    /// The measures that protect its data.
    pub measures: Vec<Item>,
    /// For whom it is done.
    pub on_behalf_of: Vec<Item>,
    /// What it is for.
    pub purposes: Vec<Item>,
    /// Who receives the data.
    pub recipients: Vec<Item>,
    /// How long the data is kept.
    pub retention: Vec<Item>,
    /// As what the company acts.
    pub roles: Vec<Item>,
    /// Where the data comes from.
    pub sources: Vec<Item>,
    /// The sentences of the policy that say all this, with their conditions.
    pub statements: Vec<Item>,
    /// Where the data lies.
    pub stores: Vec<Item>,
    /// The categories of people.
    pub subjects: Vec<Item>,
    /// What it is called.
    pub title: String,
    /// To which countries the data goes, and under which safeguards.
    pub transfers: Vec<Item>,
}

impl Activity {
    /// Its lists with their names, in the order in which a table shows them.
    pub fn cells(&self) -> [(&'static str, &[Item]); 15] {
        [
            ("roles", &self.roles),
            ("onBehalfOf", &self.on_behalf_of),
            ("purposes", &self.purposes),
            ("legalBases", &self.legal_bases),
            ("interests", &self.interests),
            ("subjects", &self.subjects),
            ("data", &self.data),
            ("sources", &self.sources),
            ("recipients", &self.recipients),
            ("transfers", &self.transfers),
            ("stores", &self.stores),
            ("retention", &self.retention),
            ("measures", &self.measures),
            ("internal", &self.internal),
            ("statements", &self.statements),
        ]
    }
}

impl Processing {
    /// Reads a record from JSON.
    ///
    /// # Errors
    ///
    /// If the text is not JSON of this shape.
    pub fn from_json(text: &str) -> Result<Processing, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The record as CSV (RFC 4180): a header, then one row for each activity. Several things in one cell stand
    /// on lines of their own.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        let header = Activity::default();
        let names = ["id", "title"].into_iter().chain(header.cells().map(|(name, _)| name));
        line(names.map(str::to_owned), &mut out);
        for activity in self.activities.iter().chain(&self.on_behalf_of_others) {
            let cells = activity.cells().map(|(_, items)| {
                let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
                texts.join("\n")
            });
            line([activity.id.clone(), activity.title.clone()].into_iter().chain(cells), &mut out);
        }
        out
    }
}

/// One line of CSV.
fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(',');
        }
        quote(&cell, out);
    }
    out.push_str("\r\n");
}

/// A cell in quotes where it needs them. A spreadsheet would take a cell that begins like a formula for one; an
/// apostrophe in front makes it text.
fn quote(cell: &str, out: &mut String) {
    let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if !cell.contains([',', '"', '\n', '\r']) {
        out.push_str(guard);
        out.push_str(cell);
        return;
    }
    out.push('"');
    out.push_str(guard);
    out.push_str(&cell.replace('"', "\"\""));
    out.push('"');
}
