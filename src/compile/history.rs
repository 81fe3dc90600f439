//! From two compilations to what changed between them, in words and for programs.

use jiff::civil::Date;
use serde::Serialize;

use super::{Compilation, Options, current_edition};
use crate::diff::{self, ChangeClass, Compared, Comparison, Part, Provision, Verdict, Weight, provisions};
use crate::document::{Block, Document};
use crate::draft::{add_changes, changes_section, opening, tell};
use crate::publish::Published;
use crate::render::{Files, Page};
use crate::wording::Words;
use crate::wording::phrase::Phrase;

/// What changed between two versions of a policy.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Changes {
    /// The weightiest change; none if nothing changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// The changes, what matters most first.
    pub changes: Vec<ChangeTold>,
    /// Whether readers are told in time, if the earlier version promises when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeTold>,
    /// The section of a page that says so.
    #[serde(skip)]
    pub section: Block,
    /// The words in front of it where both versions are past.
    #[serde(skip)]
    past: Block,
    /// The language of the later version.
    #[serde(skip)]
    pub language: String,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangeTold {
    /// What sort of change it is.
    pub class: ChangeClass,
    /// Whether it matters to readers.
    pub weight: Weight,
    /// What sort of change it is, in two or three words.
    pub title: String,
    /// Why it matters, or does not.
    pub reason: &'static str,
    /// What the laws that the later version names ask for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provisions: Vec<ProvisionTold>,
    /// What the earlier version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Place>,
    /// What the later version says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Place>,
}

/// A provision that asks for notice.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProvisionTold {
    /// The law and its article.
    pub citation: &'static str,
    /// What it asks for.
    pub asks: &'static str,
    /// Whether it was held against the text of the law.
    pub verified: bool,
}

impl From<&Provision> for ProvisionTold {
    fn from(provision: &Provision) -> ProvisionTold {
        let Provision { citation, asks, verified, .. } = *provision;
        ProvisionTold { citation, asks, verified }
    }
}

/// What a version says, and where.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The id of the statement or noun in the published JSON of that version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The words.
    pub text: String,
    /// Where it is written: `privacy.policy:12`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Whether a promise of notice is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
    /// Readers are told in time.
    Kept,
    /// Readers are told too late.
    Broken,
    /// A day is not known.
    Unknown,
}

/// A promise of notice and what became of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NoticeTold {
    /// What became of it.
    pub verdict: Kept,
    /// How long before a change readers are told.
    pub promised: String,
    /// The statement that promises it.
    pub statement: String,
    /// The day on which readers were told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced: Option<Date>,
    /// The day on which the later version takes effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<Date>,
    /// If it is broken, the first day on which the later version may take effect.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earliest: Option<Date>,
    /// If nobody knows, the last day on which readers can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tell_by: Option<Date>,
}

/// Compares two versions of a policy by what they mean.
///
/// `announced` is the day on which readers are told of the later one; the clock is never read. Versions with editions
/// are compared in the edition that is valid on the day of their options.
#[must_use]
pub fn compare<'c>(
    old: (&'c Compilation, &Options),
    new: (&'c Compilation, &Options),
    announced: Option<Date>,
) -> Changes {
    let compared = |(compilation, options): (&'c Compilation, &Options)| Compared {
        policy: &compilation.policy,
        edition: current_edition(&compilation.policy, options.as_of),
    };
    let (before, after) = (compared(old), compared(new));
    let (old, new) = (old.0, new.0);
    let mut comparison = diff::compare(before, after, announced);
    // Both speak the words of the page that tells of it.
    let words = |version: &Compilation| Words::with(&version.policy.header.language, new.templates.wording.clone());
    let (old_words, new_words) = (words(old), words(new));
    let told = tell((before, &old_words), (after, &new_words), &mut comparison);
    let laws: Vec<&str> = new.policy.header.laws.iter().map(|law| &*law.name).collect();
    let changes = comparison
        .changes
        .iter()
        .zip(&told)
        .map(|(change, told)| {
            let place = |part: &Option<Part>, compilation: &Compilation, words: &Option<Phrase>| {
                part.as_ref().map(|part| place(part, compilation, words.clone().map(text_of).unwrap_or_default()))
            };
            ChangeTold {
                class: change.class,
                weight: change.class.weight(),
                title: told.title.clone(),
                reason: change.class.reason(),
                provisions: provisions(change.class, &laws).map(ProvisionTold::from).collect(),
                before: place(&change.before, old, &told.before),
                after: place(&change.after, new, &told.after),
            }
        })
        .collect();
    Changes {
        weight: comparison.weight(),
        changes,
        notice: notice(&comparison),
        section: changes_section(before, after, &comparison, &told, &new_words),
        past: opening(before, after, &comparison, &new_words, false),
        language: new.policy.header.language.to_string(),
    }
}

/// Words as a sentence of plain text.
fn text_of(mut words: Phrase) -> String {
    words.capitalise();
    words.full_stop();
    words.plain()
}

fn place(part: &Part, compilation: &Compilation, text: String) -> Place {
    let policy = &compilation.policy;
    let id = match part {
        Part::Statement(stated) => Some(stated.id.to_string()),
        Part::Noun(id) | Part::Meaning(id) | Part::Kind(id) => Some(policy.noun(*id).id.to_string()),
        Part::Field(id, key) => Some(format!("{}.{key}", policy.noun(*id).id)),
        Part::Prose(id, _) => Some(id.to_string()),
        Part::Publisher => Some("policy.we".to_owned()),
        Part::Readers => Some("policy.you".to_owned()),
        Part::Covers => Some("policy.covers".to_owned()),
    };
    let place = part.span(policy).map(|span| compilation.sources.place(span));
    Place { id, text, place }
}

fn notice(comparison: &Comparison) -> Option<NoticeTold> {
    let notice = comparison.notice.as_ref()?;
    let (verdict, earliest, tell_by) = match notice.verdict {
        Verdict::Kept => (Kept::Kept, None, None),
        Verdict::Broken(earliest) => (Kept::Broken, Some(earliest), None),
        Verdict::Unknown(tell_by) => (Kept::Unknown, None, tell_by),
    };
    Some(NoticeTold {
        verdict,
        promised: notice.promised.1.counted(notice.promised.0),
        statement: notice.statement.to_string(),
        announced: notice.announced,
        effective: notice.effective,
        earliest,
        tell_by,
    })
}

impl NoticeTold {
    /// What became of the promise, for a reviewer: a sentence without a full stop.
    #[must_use]
    pub fn words(&self) -> String {
        let promise = format!("the earlier version promises to tell readers {} before a change", self.promised);
        match (self.announced, self.effective, self.earliest, self.tell_by) {
            (Some(announced), Some(effective), Some(earliest), _) => format!(
                "{promise}; told on {announced}, the change may not take effect on {effective}, but on {earliest} at the earliest"
            ),
            (Some(announced), Some(effective), None, _) => {
                format!("{promise}, which is kept: told on {announced}, it takes effect on {effective}")
            }
            (None, Some(effective), _, Some(by)) => {
                format!(
                    "{promise}; to take effect on {effective} it has to be told by {by} (`--announced` says when it is)"
                )
            }
            _ => format!("{promise}; nothing says from when the later version holds"),
        }
    }
}

impl Published {
    /// The same with what changed from each version to the next one, the latest first, on the page of the full policy.
    #[must_use]
    pub fn with_history(self, history: &[Changes]) -> Published {
        let [latest, past @ ..] = history else { return self };
        let mut documents = self.documents;
        if let Some(full) = documents.first_mut() {
            add_changes(full, &latest.section, past.iter().map(|changes| (&changes.past, &changes.section)));
        }
        Published::new(self.policy, self.cells, documents)
    }
}

impl Changes {
    /// What changed as Markdown, ready to be published.
    #[must_use]
    pub fn markdown(&self) -> String {
        let document = Document {
            blocks: vec![self.section.clone()],
            kind: "changes".to_owned(),
            language: self.language.clone(),
            leaves_out: Vec::new(),
            name: "changes".to_owned(),
            title: Vec::new(),
            updated: None,
        };
        let page = Page { is_fragment: true, ..Page::from(Files::default()) };
        crate::render::markdown::body(&document, page)
    }
}
