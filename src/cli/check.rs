//! `candor check`: from files to findings.

use std::path::{Path, PathBuf};

use candor::check::report::Report;
use candor::codes::files::NOTHING_TO_PUBLISH;
use candor::codes::listed;
use candor::codes::parameters::UNSET_PARAMETER;
use candor::diagnostic::{Allowance, Code, Diagnostic, Level};
use candor::levels::{RunSetting, written};
use candor::render::{TemplateFiles, Templates};
use candor::source::{Source, Sources};
use candor::syntax::ast::LevelWord;
use candor::{Options, Published, Record, compile, register};
use rayon::prelude::*;

use super::files::{self, Input};
use super::loader::Folder;
use super::templates;
use super::terminal::{Terminal, count, shown};
use super::{CheckArgs, CompileArgs, ReportFormat, Status};

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

/// What can be written of one policy.
pub(super) struct Pages {
    /// What is public.
    pub published: Published,
    /// What is not, and is written only when it is asked for by name.
    pub records: Vec<Record>,
    /// What the site sets anew of the frame and the style.
    pub templates: Templates,
}

impl Pages {
    /// Why there is no document of this name: a sentence with those there are.
    pub(super) fn unknown_document(&self, path: &Path, name: &str) -> String {
        let public = self.published.documents.iter();
        let all = public.chain(self.records.iter().map(|record| &record.document));
        let known: Vec<String> = all.map(|document| format!("`{}`", document.name)).collect();
        format!("{} has no document `{name}`; it has {}", shown(path), listed(&known))
    }
}

/// Compiles files side by side; the outcomes are in the order of the files.
pub(super) fn compile_all(paths: &[PathBuf], options: &Options) -> Vec<Outcome> {
    paths.par_iter().map(|path| compile_one(path, options)).collect()
}

/// What the arguments ask of a compilation.
///
/// # Errors
///
/// A sentence that says why these sources cannot be read together, a file that is given cannot be read, or a level cannot
/// be set.
pub(super) fn options(args: &CompileArgs, sources: &[PathBuf]) -> Result<Options, String> {
    given_once(sources)?;
    let values_file = match args.values.as_deref() {
        Some(path) if files::is_stdin(path) => return Err("`--values` takes a file, not standard input".to_owned()),
        path => path.map(given).transpose()?,
    };
    let packs = args.pack.iter().map(|path| given(path)).collect::<Result<_, _>>()?;
    let templates = args.templates.as_deref().map_or_else(|| Ok(TemplateFiles::default()), templates::read)?;
    let levels = levels(args)?;
    Ok(Options { as_of: args.as_of, values: args.set.clone(), values_file, levels, packs, templates })
}

/// A file that an option names.
pub(super) fn given(path: &Path) -> Result<Source, String> {
    match files::read(path) {
        Input::Text(source) => Ok(source),
        Input::Faulty(finding, _) => Err(format!("cannot read {}: {}", shown(path), finding.message)),
        Input::Failed(text) => Err(text),
    }
}

/// What `--deny` takes besides codes.
const WARNINGS: &str = "warnings";

/// The levels that the arguments set.
fn levels(args: &CompileArgs) -> Result<Vec<RunSetting>, String> {
    let codes = [(LevelWord::Allow, &args.allow), (LevelWord::Warn, &args.warn), (LevelWord::Deny, &args.deny)];
    let mut settings: Vec<RunSetting> = Vec::new();
    for (word, codes) in codes {
        for code in codes.iter().filter(|code| (word, code.as_str()) != (LevelWord::Deny, WARNINGS)) {
            if code == WARNINGS {
                return Err(format!("`--{}` takes a code; only `--deny` takes `{WARNINGS}`", written(word)));
            }
            let setting = RunSetting::new(word, code, register())?;
            if let Some(other) = settings.iter().find(|other| other.code() == code && other.word() != word) {
                let (one, other) = (written(other.word()), written(word));
                return Err(format!("`{code}` is given to `--{one}` and to `--{other}`"));
            }
            settings.push(setting);
        }
    }
    Ok(settings)
}

fn compile_one(path: &Path, options: &Options) -> Outcome {
    match files::read(path) {
        Input::Failed(text) => Outcome::Failed(text),
        Input::Faulty(finding, sources) => Outcome::Compiled {
            findings: vec![*finding],
            allowances: Vec::new(),
            sources,
            result: None,
            report: Report::default(),
        },
        Input::Text(source) => {
            let compilation = compile(source, &Folder::of(path), options);
            let (records, templates) = (compilation.records, compilation.templates);
            Outcome::Compiled {
                findings: compilation.diagnostics,
                allowances: compilation.allowances,
                sources: compilation.sources,
                result: compilation.published.map(|published| Box::new(Pages { published, records, templates })),
                report: compilation.report,
            }
        }
    }
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
    pub(super) fn is_refused(self, args: &CompileArgs) -> bool {
        self.errors > 0 || (self.warnings > 0 && args.deny.iter().any(|code| code == WARNINGS))
    }

    pub(super) fn words(self) -> String {
        let parts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let parts: Vec<String> =
            parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| count(number, word)).collect();
        if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
    }
}

/// Reports as one text; as JSON they are a list, so that one file and several are read the same way.
fn written_reports(reports: &[Report], format: ReportFormat) -> String {
    match format {
        ReportFormat::Text => reports.iter().map(Report::text).collect::<Vec<_>>().join("\n"),
        ReportFormat::Markdown => reports.iter().map(Report::markdown).collect::<Vec<_>>().join("\n"),
        // A report is plain data, which JSON can always hold.
        ReportFormat::Json => serde_json::to_string_pretty(reports).unwrap_or_default() + "\n",
    }
}

/// Refuses standard input that is asked for more than once.
pub(super) fn given_once(sources: &[PathBuf]) -> Result<(), String> {
    match sources.iter().filter(|path| files::is_stdin(path)).count() {
        0 | 1 => Ok(()),
        _ => Err("`-` can be given only once".to_owned()),
    }
}

pub(super) fn run(args: &CheckArgs, terminal: &mut Terminal) -> Status {
    let options = match options(&args.common, &args.files) {
        Ok(options) => options,
        Err(text) => return terminal.fail(&text),
    };
    let mut status = Status::Clean;
    let mut total = Tally::default();
    let mut checked = 0;
    let mut reports = Vec::new();
    for outcome in compile_all(&args.files, &options) {
        match outcome {
            Outcome::Failed(text) => status = status.max(terminal.fail(&text)),
            Outcome::Compiled { mut findings, mut allowances, sources, report, .. } => {
                // Nobody asked to publish it.
                let is_asked = |code: &Code| ![&NOTHING_TO_PUBLISH.name, &UNSET_PARAMETER.name].contains(&&code.name);
                findings.retain(|finding| is_asked(&finding.code));
                allowances.retain(|allowance| is_asked(&allowance.code));
                terminal.findings(&findings, &allowances, &sources);
                let tally = Tally::of(&findings);
                if tally.is_refused(&args.common) {
                    status = status.max(Status::Faulty);
                }
                total = total.and(tally);
                checked += 1;
                reports.push(report);
            }
        }
    }
    let what = match args.files.as_slice() {
        [path] => shown(path),
        _ => count(checked, "file"),
    };
    if let Some(format) = args.report {
        terminal.out(&written_reports(&reports, format));
    }
    if checked > 0 {
        terminal.say(&format!("checked {what}: {}", total.words()));
    }
    status
}
