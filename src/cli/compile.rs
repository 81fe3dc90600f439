//! From the policies of a plan to findings and pages in memory.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use candor::check::report::Report;
use candor::codes::listed;
use candor::diagnostic::{Allowance, Diagnostic, Level};
use candor::document::Document;
use candor::render::Templates;
use candor::source::Sources;
use candor::{Changes, Compilation, Options, Published, Record, Records, Source, compare, compile};
use rayon::prelude::*;

use super::files::{self, Input};
use super::loader::{Asked, Folder};
use super::settings::{Earlier, Plan, Target};
use super::terminal::{count, shown};

/// What became of one policy, and every file that was looked for on the way.
pub(super) struct Compiled {
    pub outcome: Outcome,
    /// The policy, what it brings in, and what its options were read from; whether or not it is there.
    pub inputs: Vec<PathBuf>,
    path: PathBuf,
    options: Options,
    earlier: Vec<Earlier>,
    /// The text of the policy, if it could be read, and what it asked for.
    text: Option<String>,
    asked: Vec<Asked>,
}

impl Compiled {
    /// Whether the same would come of it now.
    fn is_current(&self, target: &Target) -> bool {
        let is_same =
            || matches!(files::read(&self.path), Input::Text(source) if Some(&source.text) == self.text.as_ref());
        self.path == target.path.value
            && self.options == target.options
            && self.earlier == target.earlier
            && is_same()
            && Folder::of(&self.path).answers(&self.asked)
    }
}

/// What became of one file.
pub(super) enum Outcome {
    /// It was compiled, or is no text.
    Compiled {
        findings: Vec<Diagnostic>,
        allowances: Vec<Allowance>,
        sources: Sources,
        result: Option<Box<Pages>>,
        report: Report,
    },
    /// It could not be read: a sentence.
    Failed(String),
}

impl Outcome {
    /// What can be written; nothing if there is an error or no header.
    pub(super) fn pages(&self) -> Option<&Pages> {
        match self {
            Outcome::Compiled { result, .. } => result.as_deref(),
            Outcome::Failed(_) => None,
        }
    }
}

/// What can be written of one policy.
pub(super) struct Pages {
    /// What is public.
    pub published: Published,
    /// What the site sets anew of the frame and the style.
    pub templates: Templates,
    records: Records,
    drafted: OnceLock<Vec<Record>>,
}

impl Pages {
    /// What is not public, and is written only when it is asked for by name; nothing is drafted before the first is taken.
    pub(super) fn records(&self) -> impl Iterator<Item = &Record> {
        let drafted = || self.drafted.get_or_init(|| self.records.draft(&self.published, &self.templates));
        std::iter::once_with(drafted).flatten()
    }

    /// The names of the records.
    pub(super) fn names_of_records(&self) -> impl Iterator<Item = &str> {
        self.records.names()
    }

    /// The documents, those that are public first.
    fn documents(&self) -> impl Iterator<Item = &Document> {
        self.published.documents.iter().chain(self.records().map(|record| &record.document))
    }

    /// The document with this name, public or not.
    pub(super) fn document(&self, name: &str) -> Option<&Document> {
        self.documents().find(|document| document.name == name)
    }

    /// Why there is no document of this name: a sentence with those there are.
    pub(super) fn unknown_document(&self, path: &Path, name: &str) -> String {
        let known: Vec<String> = self.documents().map(|document| format!("`{}`", document.name)).collect();
        format!("{} has no document `{name}`; it has {}", shown(path), listed(&known))
    }
}

/// Compiles policies side by side; the outcomes are in the order of the policies. What was compiled before and is still
/// true is not compiled again.
pub(super) fn compile_all(plan: &Plan, before: &[Arc<Compiled>]) -> Vec<Arc<Compiled>> {
    let compiled = plan.targets.par_iter().map(|target| {
        let known = before.iter().find(|compiled| compiled.is_current(target));
        known.map_or_else(|| Arc::new(compile_target(target)), Arc::clone)
    });
    compiled.collect()
}

fn compile_target(target: &Target) -> Compiled {
    let path = &target.path.value;
    let folder = Folder::of(path);
    let (outcome, text) = compile_one(path, &folder, &target.options, &target.earlier);
    let (looked_for, asked) = folder.into_asked();
    let policy = (!files::is_stdin(path)).then(|| path.clone());
    let mut inputs: Vec<PathBuf> = Vec::new();
    for path in policy.into_iter().chain(looked_for).chain(target.inputs.iter().cloned()) {
        if !inputs.contains(&path) {
            inputs.push(path);
        }
    }
    Compiled {
        outcome,
        inputs,
        path: path.clone(),
        options: target.options.clone(),
        earlier: target.earlier.clone(),
        text,
        asked,
    }
}

/// One policy, and its text if it has one.
fn compile_one(path: &Path, folder: &Folder, options: &Options, earlier: &[Earlier]) -> (Outcome, Option<String>) {
    match files::read(path) {
        Input::Failed(text) => (Outcome::Failed(text), None),
        Input::Faulty(finding, sources) => {
            let findings = vec![*finding];
            let (allowances, report) = (Vec::new(), Report::default());
            (Outcome::Compiled { findings, allowances, sources, result: None, report }, None)
        }
        Input::Text(source) => {
            let source_text = source.text.clone();
            let compilation = compile(source, folder, options);
            let history = match history(&compilation, earlier, options) {
                Ok(history) => history,
                Err(text) => return (Outcome::Failed(text), Some(source_text)),
            };
            let outcome = Outcome::Compiled {
                findings: compilation.diagnostics,
                allowances: compilation.allowances,
                sources: compilation.sources,
                result: compilation.published.map(|published| {
                    Box::new(Pages {
                        published: published.with_history(&history),
                        templates: compilation.templates,
                        records: Records::new(compilation.policy, compilation.as_of),
                        drafted: OnceLock::new(),
                    })
                }),
                report: compilation.report,
            };
            (outcome, Some(source_text))
        }
    }
}

/// What changed from each version to the next one, the latest first.
fn history(latest: &Compilation, earlier: &[Earlier], options: &Options) -> Result<Vec<Changes>, String> {
    let mut versions: Vec<Compilation> = Vec::new();
    for Earlier { version, text, name } in earlier {
        versions.push(version.compile(Source::new(name.clone(), text.clone()), options).map_err(|unread| unread.text)?);
    }
    let later = std::iter::once(latest).chain(&versions);
    Ok(later.zip(&versions).map(|(new, old)| compare((old, options), (new, options), None)).collect())
}

/// The files that a policy brings in, as far as they can be read.
pub(super) fn brought_in(path: &Path) -> Vec<PathBuf> {
    let folder = Folder::of(path);
    compile_one(path, &folder, &Options::default(), &[]);
    let (looked_for, _) = folder.into_asked();
    looked_for.into_iter().filter(|path| path.is_file()).collect()
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Tally {
    pub(super) fn of(findings: &[Diagnostic]) -> Tally {
        let number = |level| findings.iter().filter(|finding| finding.level == level).count();
        Tally { errors: number(Level::Error), warnings: number(Level::Warning), notes: number(Level::Note) }
    }

    pub(super) fn and(self, other: Tally) -> Tally {
        Tally {
            errors: self.errors + other.errors,
            warnings: self.warnings + other.warnings,
            notes: self.notes + other.notes,
        }
    }

    /// Whether a policy with these findings is refused.
    pub(super) fn is_refused(self, plan: &Plan) -> bool {
        self.errors > 0 || (self.warnings > 0 && plan.refuses_warnings)
    }

    pub(super) fn words(self) -> String {
        let parts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let parts: Vec<String> =
            parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(number, word)).collect();
        if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
    }
}
