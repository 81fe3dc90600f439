//! From a plan and what was compiled of it to the files that are to be written: which, where, and whether any would
//! overwrite another.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use candor::codes::{listed, project as findings};
use candor::document::{Document, FULL_POLICY, file_suffix};
use candor::render::Files;
use candor::{Format, Record};

use super::compile::{Compiled, Outcome, Pages};
use super::files::is_stdin;
use super::publish::real_path;
use super::settings::{Plan, Refusal, Target};
use super::terminal::shown;

/// What is to be written of one policy.
pub(super) struct Outputs<'a> {
    pub target: &'a Target,
    pub files: Vec<Output<'a>>,
    /// The files of a policy that is not published now.
    kept: Vec<PathBuf>,
    /// Why it cannot be written as asked.
    pub refused: Option<Refusal>,
}

/// One file.
pub(super) struct Output<'a> {
    pub path: PathBuf,
    pub format: Format,
    what: What<'a>,
}

/// What stands in a file.
#[derive(Clone, Copy)]
enum What<'a> {
    /// A document, or the whole policy as JSON.
    Public(&'a Document),
    /// A record of processing.
    Internal(&'a Record),
}

impl What<'_> {
    fn document(&self) -> &Document {
        match self {
            What::Public(document) => document,
            What::Internal(record) => &record.document,
        }
    }

    /// Whether it is written in a format: the JSON of a policy holds all its documents, so that one file is enough.
    fn is_written_in(&self, format: Format) -> bool {
        match self {
            What::Public(document) => match format {
                Format::Markdown | Format::Html => true,
                Format::Json => document.name == FULL_POLICY,
                Format::Csv => false,
            },
            What::Internal(_) => true,
        }
    }
}

impl Output<'_> {
    /// The document that stands in it.
    pub(super) fn document(&self) -> &Document {
        self.what.document()
    }

    /// Whether it holds the whole policy for programs.
    pub(super) fn is_policy_as_json(&self) -> bool {
        self.format == Format::Json && matches!(self.what, What::Public(_))
    }
}

impl<'a> Outputs<'a> {
    /// What to write of one policy: its public documents, or those that are asked for by name.
    pub(super) fn of(plan: &Plan, target: &'a Target, outcome: &'a Outcome, formats: &[Format]) -> Outputs<'a> {
        let none = Outputs { target, files: Vec::new(), kept: Vec::new(), refused: None };
        let Some(pages) = outcome.pages() else {
            // What was published of it before is not for others to overwrite.
            let kept = formats.iter().map(|format| path_of(target, FULL_POLICY, *format));
            return Outputs { kept: kept.collect(), ..none };
        };
        if let Some(refusal) = unknown_documents(plan, target, pages) {
            return Outputs { refused: Some(refusal), ..none };
        }
        let public = || pages.published.documents.iter().map(What::Public);
        let asked: Vec<What<'_>> = if target.documents.is_empty() {
            // Standard output takes one text.
            public().take(if is_stdin(&target.path.value) { 1 } else { usize::MAX }).collect()
        } else {
            let all = || public().chain(pages.records().map(What::Internal));
            let named = |name: &str| all().find(|what| what.document().name == name);
            target.documents.iter().filter_map(|name| named(&name.value)).collect()
        };
        let mut files = Vec::new();
        for what in &asked {
            for format in formats.iter().filter(|format| what.is_written_in(**format)) {
                let path = path_of(target, &what.document().name, *format);
                files.push(Output { path, format: *format, what: *what });
            }
        }
        let refused = files.is_empty().then(|| Refusal::said(nothing_written(target, &asked, formats)));
        Outputs { files, refused, ..none }
    }

    /// One of the files as it is written.
    pub(super) fn text(&self, pages: &Pages, output: &Output<'_>) -> String {
        let path = &self.target.path.value;
        let stem = stem(path).to_string_lossy();
        let files = if is_stdin(path) { Files::default() } else { Files { stem: &stem } };
        let page = self.target.page.page(files, &pages.templates, self.target.formats.contains(&Format::Json));
        match output.what {
            What::Public(document) => pages.published.render_document(document, output.format, page),
            What::Internal(record) => record.render(output.format, page),
        }
    }
}

/// Why nothing is written although there are documents: a sentence.
fn nothing_written(target: &Target, asked: &[What<'_>], formats: &[Format]) -> String {
    let path = shown(&target.path.value);
    if !formats.contains(&Format::Json) {
        return format!("{path} is not written as CSV: only a record of processing is, and `--document` names it");
    }
    let names: Vec<String> = asked.iter().map(|what| format!("`{}`", what.document().name)).collect();
    format!(
        "the JSON of {path} holds all its documents, so there is none of {}; ask for `--document {FULL_POLICY}`",
        listed(&names)
    )
}

/// The documents that are asked for of a policy and that it does not have.
pub(super) fn unknown_documents(plan: &Plan, target: &Target, pages: &Pages) -> Option<Refusal> {
    let mut faults = Vec::new();
    for name in target.documents.iter().filter(|name| pages.document(&name.value).is_none()) {
        let text = pages.unknown_document(&target.path.value, &name.value);
        match name.place {
            Some(place) => faults.push(findings::unknown_document(place, &text)),
            None => return Some(Refusal::said(text)),
        }
    }
    (!faults.is_empty()).then(|| Refusal::found(faults, plan.sources()))
}

fn stem(path: &Path) -> &OsStr {
    path.file_stem().unwrap_or(OsStr::new(FULL_POLICY))
}

/// Where a document of a policy is published.
fn path_of(target: &Target, document: &str, format: Format) -> PathBuf {
    let path = &target.path.value;
    let mut name = stem(path).to_os_string();
    name.push(file_suffix(document));
    name.push(".");
    name.push(format.extension());
    match &target.out {
        Some(folder) => folder.join(name),
        None => path.with_file_name(name),
    }
}

/// Every file that was read for a plan and is there, the project file included.
pub(super) fn inputs(plan: &Plan, compiled: &[Arc<Compiled>]) -> Vec<PathBuf> {
    let project = plan.project.iter().map(|project| PathBuf::from(&project.name));
    let mut inputs: Vec<PathBuf> = Vec::new();
    let mut known = BTreeSet::new();
    for path in project.chain(compiled.iter().flat_map(|compiled| compiled.inputs.iter().cloned())) {
        if known.insert(path.clone()) {
            inputs.push(path);
        }
    }
    inputs
}

/// Finds outputs that would overwrite each other or a file that is read, before anything is written.
pub(super) fn find_collisions(plan: &Plan, inputs: &[PathBuf], all: &[Outputs<'_>]) -> Result<(), Refusal> {
    let there = inputs.iter().filter(|path| path.exists());
    let read: BTreeMap<PathBuf, &PathBuf> = there.map(|path| (real_path(path), path)).collect();
    let mut written: BTreeMap<PathBuf, &Target> = BTreeMap::new();
    let mut faults = Vec::new();
    for outputs in all.iter().filter(|outputs| !is_stdin(&outputs.target.path.value)) {
        let target = outputs.target;
        let path = &target.path;
        for output in outputs.files.iter().map(|output| &output.path).chain(&outputs.kept) {
            let real = real_path(output);
            if let Some(input) = read.get(&real) {
                match path.place {
                    Some(place) => faults.push(findings::overwrites_input(place, &shown(output), &shown(input))),
                    None => {
                        let (input, path) = (shown(input), shown(&path.value));
                        return Err(Refusal::said(format!(
                            "{input} would be overwritten by what is published of {path}"
                        )));
                    }
                }
                break;
            }
            let Some(other) = written.insert(real, target) else { continue };
            match (path.place, other.path.place) {
                (Some(place), Some(first)) => {
                    faults.push(findings::published_twice(place, first, &shown(output)));
                    // The other files of the two meet as well.
                    break;
                }
                _ => return Err(Refusal::said(both_published(&other.path.value, &path.value, output))),
            }
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Refusal::found(faults, plan.sources())) }
}

fn both_published(one: &Path, other: &Path, output: &Path) -> String {
    let both = if one == other {
        format!("{} is given twice, so", shown(other))
    } else {
        format!("{} and {}:", shown(one), shown(other))
    };
    format!("{both} both would be published as {}", shown(output))
}
