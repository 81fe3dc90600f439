//! `candor build`: from files to published pages.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use candor::codes::listed;
use candor::document::{Document, FULL_POLICY, file_suffix};
use candor::render::{Files, Flavour, FrontMatter, FrontMatterLanguage, Page};
use candor::{Format, Record};

use super::check::{Outcome, Pages, Tally, compile_all, options};
use super::files::is_stdin;
use super::publish::{publish, real_path};
use super::templates;
use super::terminal::{Terminal, shown};
use super::{BuildArgs, FrontMatterArg, PageArgs, Status};

pub(super) fn run(args: &BuildArgs, terminal: &mut Terminal) -> Status {
    let mut formats: Vec<Format> = args.format.iter().map(|format| format.format()).collect();
    formats.sort_unstable();
    formats.dedup();
    if let Err(text) = check_stdin(args, &formats) {
        return terminal.fail(&text);
    }
    if front_matter(args).is_none() && !args.page.front_matter_key.is_empty() {
        return terminal.fail("`--front-matter-key` needs front matter: give `--front-matter yaml`, or a `--flavour`");
    }
    let options = match options(&args.common, &args.files) {
        Ok(options) => options,
        Err(text) => return terminal.fail(&text),
    };
    let outcomes = compile_all(&args.files, &options);
    let plans: Vec<Plan<'_>> =
        args.files.iter().zip(&outcomes).map(|(path, outcome)| plan(path, outcome, args, &formats)).collect();
    if let Err(text) = find_collisions(args, &templates::paths(&options.templates), &plans) {
        return terminal.fail(&text);
    }
    let mut status = Status::Clean;
    for ((path, outcome), plan) in args.files.iter().zip(&outcomes).zip(&plans) {
        let (findings, allowances, sources, result) = match outcome {
            Outcome::Failed(text) => {
                status = status.max(terminal.fail(text));
                continue;
            }
            Outcome::Compiled { findings, allowances, sources, result, .. } => (findings, allowances, sources, result),
        };
        terminal.findings(findings, allowances, sources);
        let tally = Tally::of(findings);
        if tally.is_refused(&args.common) {
            terminal.say(&format!("{}: not published, {}", shown(path), tally.words()));
            status = status.max(Status::Faulty);
            continue;
        }
        // A library has a note that says so.
        let Some(pages) = result else { continue };
        status = status.max(write(path, pages, plan, args, terminal));
    }
    status
}

/// Writes what is planned of one policy.
fn write(path: &Path, pages: &Pages, plan: &Plan<'_>, args: &BuildArgs, terminal: &mut Terminal) -> Status {
    if let Some(text) = &plan.refused {
        let status = terminal.fail(text);
        terminal.say(&format!("{}: not published", shown(path)));
        return status;
    }
    let stem = stem(path).to_string_lossy().into_owned();
    if is_stdin(path) {
        for output in &plan.outputs {
            terminal.out(&output.text(pages, page(args, pages, Files::default())));
        }
        return Status::Clean;
    }
    let page = page(args, pages, Files { stem: &stem });
    let texts = plan.outputs.iter().map(|output| (output.path.clone(), output.text(pages, page)));
    match publish(texts.collect(), args.out.as_deref()) {
        Err(text) => {
            let status = terminal.fail(&text);
            terminal.say(&format!("{}: not published", shown(path)));
            return status;
        }
        Ok(written) if written.is_empty() => {
            terminal.say(&format!("{}: published already, nothing changed", shown(path)));
        }
        Ok(written) => {
            let names: Vec<String> = written.iter().map(|path| shown(path)).collect();
            terminal.say(&format!("{}: published as {}", shown(path), listed(&names)));
        }
    }
    if args.document.is_empty() {
        for record in &pages.records {
            let name = &record.document.name;
            let what = format!("`{name}` is internal; it is written with `--document {name}` alone");
            terminal.say(&format!("{}: {what}", shown(path)));
        }
    }
    Status::Clean
}

/// The tool that Markdown is for.
fn flavour(args: &BuildArgs) -> Flavour {
    // The arguments take no other name.
    Flavour::find(&args.page.flavour).unwrap_or(Flavour::PLAIN)
}

/// How front matter is written: as it is asked for, else as the tool reads it.
fn front_matter(args: &BuildArgs) -> Option<FrontMatterLanguage> {
    match args.page.front_matter {
        Some(FrontMatterArg::Yaml) => Some(FrontMatterLanguage::Yaml),
        Some(FrontMatterArg::Toml) => Some(FrontMatterLanguage::Toml),
        Some(FrontMatterArg::None) => None,
        None => flavour(args).front_matter,
    }
}

/// How the pages are written.
fn page<'a>(args: &'a BuildArgs, pages: &'a Pages, files: Files<'a>) -> Page<'a> {
    let PageArgs { fragment, heading_offset, class_prefix, stylesheet, front_matter_key, .. } = &args.page;
    Page {
        is_fragment: *fragment,
        heading_offset: *heading_offset,
        class_prefix,
        stylesheet: stylesheet.as_deref(),
        flavour: flavour(args),
        front_matter: front_matter(args).map(|language| FrontMatter { language, keys: front_matter_key }),
        templates: &pages.templates,
        has_data: args.format.iter().any(|format| format.format() == Format::Json),
        ..Page::from(files)
    }
}

/// `-` gives one text.
fn check_stdin(args: &BuildArgs, formats: &[Format]) -> Result<(), String> {
    if !args.files.iter().any(|path| is_stdin(path)) {
        return Ok(());
    }
    if formats.len() != 1 {
        return Err("`-` writes one text to standard output; give one format, such as `--format html`".to_owned());
    }
    if args.document.len() > 1 {
        return Err("`-` writes one text to standard output; give one `--document`".to_owned());
    }
    if args.out.is_some() {
        return Err("`-` writes to standard output and takes no `--out`".to_owned());
    }
    Ok(())
}

/// What is to be written of one policy.
#[derive(Default)]
struct Plan<'a> {
    outputs: Vec<Output<'a>>,
    /// The files of a policy that is not published now.
    kept: Vec<PathBuf>,
    /// Why it cannot be written as asked: a sentence.
    refused: Option<String>,
}

/// One file.
struct Output<'a> {
    path: PathBuf,
    format: Format,
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
    fn name(&self) -> &str {
        match self {
            What::Public(document) => &document.name,
            What::Internal(record) => &record.document.name,
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
    fn text(&self, pages: &Pages, page: Page<'_>) -> String {
        match self.what {
            What::Public(document) => pages.published.render_document(document, self.format, page),
            What::Internal(record) => record.render(self.format, page),
        }
    }
}

/// What to write of one policy: its public documents, or those that are asked for by name.
fn plan<'a>(path: &Path, outcome: &'a Outcome, args: &BuildArgs, formats: &[Format]) -> Plan<'a> {
    let pages = match outcome {
        Outcome::Compiled { result: Some(pages), .. } => pages,
        // What was published of it before is not for others to overwrite.
        Outcome::Compiled { result: None, .. } | Outcome::Failed(_) => {
            let kept = formats.iter().map(|format| output_path(path, args.out.as_deref(), FULL_POLICY, *format));
            return Plan { kept: kept.collect(), ..Plan::default() };
        }
    };
    let public = || pages.published.documents.iter().map(What::Public);
    let asked: Result<Vec<What<'_>>, String> = if args.document.is_empty() {
        // Standard output takes one text.
        Ok(public().take(if is_stdin(path) { 1 } else { usize::MAX }).collect())
    } else {
        let mut names: Vec<&String> = Vec::new();
        for name in &args.document {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let all = || public().chain(pages.records.iter().map(What::Internal));
        names
            .into_iter()
            .map(|name| all().find(|what| what.name() == name).ok_or_else(|| pages.unknown_document(path, name)))
            .collect()
    };
    let asked = match asked {
        Ok(asked) => asked,
        Err(text) => return Plan { refused: Some(text), ..Plan::default() },
    };
    let mut outputs = Vec::new();
    for what in &asked {
        for format in formats.iter().filter(|format| what.is_written_in(**format)) {
            let path = output_path(path, args.out.as_deref(), what.name(), *format);
            outputs.push(Output { path, format: *format, what: *what });
        }
    }
    let refused = outputs.is_empty().then(|| {
        if !formats.contains(&Format::Json) {
            return format!(
                "{} is not written as CSV: only a record of processing is, and `--document` names it",
                shown(path)
            );
        }
        let names: Vec<String> = asked.iter().map(|what| format!("`{}`", what.name())).collect();
        format!(
            "the JSON of {} holds all its documents, so there is none of {}; ask for `--document {FULL_POLICY}`",
            shown(path),
            listed(&names)
        )
    });
    Plan { outputs, kept: Vec::new(), refused }
}

fn stem(path: &Path) -> &OsStr {
    path.file_stem().unwrap_or(OsStr::new(FULL_POLICY))
}

/// Where a document of a policy is published.
fn output_path(path: &Path, folder: Option<&Path>, document: &str, format: Format) -> PathBuf {
    let mut name = stem(path).to_os_string();
    name.push(file_suffix(document));
    name.push(".");
    name.push(format.extension());
    match folder {
        Some(folder) => folder.join(name),
        None => path.with_file_name(name),
    }
}

/// Finds outputs that would overwrite each other or a source, before anything is written.
fn find_collisions(args: &BuildArgs, templates: &[PathBuf], plans: &[Plan<'_>]) -> Result<(), String> {
    let policies = args.files.iter().filter(|path| !is_stdin(path));
    let sources: BTreeMap<PathBuf, &PathBuf> =
        policies.chain(&args.common.values).chain(templates).map(|path| (real_path(path), path)).collect();
    let mut outputs: BTreeMap<PathBuf, &PathBuf> = BTreeMap::new();
    for (path, plan) in args.files.iter().zip(plans).filter(|(path, _)| !is_stdin(path)) {
        for output in plan.outputs.iter().map(|output| &output.path).chain(&plan.kept) {
            let real = real_path(output);
            if let Some(source) = sources.get(&real) {
                return Err(format!("{} would be overwritten by what is published of {}", shown(source), shown(path)));
            }
            if let Some(other) = outputs.insert(real, path) {
                let both = if other == path {
                    format!("{} is given twice, so", shown(path))
                } else {
                    format!("{} and {}:", shown(other), shown(path))
                };
                return Err(format!("{both} both would be published as {}", shown(output)));
            }
        }
    }
    Ok(())
}
