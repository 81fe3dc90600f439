//! What is asked for, from arguments and from the project file: both become [`Settings`], and settings become one
//! [`Plan`].

use std::path::{Path, PathBuf};

use candor::codes::project as findings;
use candor::diagnostic::Diagnostic;
use candor::emit::{self, Style};
use candor::levels::{RunSetting, written};
use candor::render::{Files, Flavour, FrontMatter, FrontMatterLanguage, Page, TemplateFiles, Templates};
use candor::source::{Source, Sources, Span};
use candor::syntax::ast::LevelWord;
use candor::{Format, Options, register};
use jiff::civil::Date;

use super::files;
use super::terminal::Terminal;
use super::version::Version;
use super::{CompileArgs, FrontMatterArg, PageArgs, SourceArgs, Status, project, templates};

/// A value, and where the project file gives it; nowhere if it is an argument.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub value: T,
    pub place: Option<Span>,
}

impl<T> Placed<T> {
    fn argument(value: T) -> Placed<T> {
        Placed { value, place: None }
    }
}

/// What is asked for, before arguments win over it.
pub(super) struct Settings {
    pub policies: Vec<PolicySettings>,
    pub documents: Vec<Placed<String>>,
    pub formats: Vec<Format>,
    pub out: Option<PathBuf>,
    pub packs: Vec<Placed<PathBuf>>,
    pub as_of: Option<Date>,
    pub levels: Vec<(LevelWord, Placed<String>)>,
    pub page: PageStyle,
    /// The folder of the site's own templates.
    pub templates: Option<Placed<PathBuf>>,
    /// The text that the places are in.
    pub project: Option<Source>,
}

/// What is asked for of one policy.
pub(super) struct PolicySettings {
    pub path: Placed<PathBuf>,
    pub values: Option<Placed<PathBuf>>,
    pub set: Vec<(String, String)>,
    pub out: Option<PathBuf>,
    /// Instead of those that are asked for of all policies.
    pub documents: Vec<Placed<String>>,
    /// The versions before it, the latest first.
    pub earlier: Vec<Placed<String>>,
}

/// How pages are written, beside what they say.
#[derive(Clone, Default)]
pub(super) struct PageStyle {
    pub is_fragment: bool,
    pub heading_offset: u8,
    pub class_prefix: String,
    pub stylesheet: Option<String>,
    pub flavour: Option<Flavour>,
    /// As it is asked for; without it, as the flavour has it.
    pub front_matter: Option<FrontMatterArg>,
    pub front_matter_keys: Vec<(String, String)>,
}

impl PageStyle {
    /// The same with what the arguments say.
    fn with(mut self, args: &PageArgs) -> Result<PageStyle, Refusal> {
        let PageArgs { fragment, heading_offset, class_prefix, stylesheet, flavour, front_matter, front_matter_key } =
            args;
        self.is_fragment |= fragment;
        self.heading_offset = heading_offset.unwrap_or(self.heading_offset);
        self.class_prefix = class_prefix.clone().unwrap_or(self.class_prefix);
        self.stylesheet = stylesheet.clone().or(self.stylesheet);
        self.flavour = flavour.as_deref().and_then(Flavour::find).or(self.flavour);
        self.front_matter = front_matter.or(self.front_matter);
        if self.front_matter_language().is_none() && !front_matter_key.is_empty() {
            return Err(Refusal::said(
                "`--front-matter-key` needs front matter: give `--front-matter yaml`, or a `--flavour`",
            ));
        }
        self.front_matter_keys = replaced(self.front_matter_keys, front_matter_key);
        Ok(self)
    }

    /// How front matter is written: as it is asked for, else as the tool reads it.
    fn front_matter_language(&self) -> Option<FrontMatterLanguage> {
        let by_flavour = self.flavour.and_then(|flavour| flavour.front_matter);
        self.front_matter.map_or(by_flavour, FrontMatterArg::language)
    }

    /// How a page is written whose files are called so.
    pub(super) fn page<'a>(&'a self, files: Files<'a>, templates: &'a Templates, has_data: bool) -> Page<'a> {
        Page {
            is_fragment: self.is_fragment,
            heading_offset: self.heading_offset,
            class_prefix: &self.class_prefix,
            stylesheet: self.stylesheet.as_deref(),
            flavour: self.flavour.unwrap_or(Flavour::PLAIN),
            front_matter: self
                .front_matter_language()
                .map(|language| FrontMatter { language, keys: &self.front_matter_keys }),
            templates,
            has_data,
            ..Page::from(files)
        }
    }
}

/// Pairs with others in the place of those of the same name, or behind them.
fn replaced(mut pairs: Vec<(String, String)>, others: &[(String, String)]) -> Vec<(String, String)> {
    pairs.retain(|(name, _)| others.iter().all(|(other, _)| other != name));
    pairs.extend_from_slice(others);
    pairs
}

/// What is asked for: every command that compiles works on one of these.
pub(super) struct Plan {
    pub targets: Vec<Target>,
    /// Whether warnings keep a policy from being published.
    pub refuses_warnings: bool,
    /// The project file, which places are in; nothing if files are given.
    pub project: Option<Source>,
}

/// One policy: how it is compiled and what is written of it.
pub(super) struct Target {
    pub path: Placed<PathBuf>,
    pub options: Options,
    /// The files that the options were read from.
    pub inputs: Vec<PathBuf>,
    /// The documents that are asked for; none if all that are public are.
    pub documents: Vec<Placed<String>>,
    /// In order, each once.
    pub formats: Vec<Format>,
    pub out: Option<PathBuf>,
    pub page: PageStyle,
    /// The versions before it, the latest first.
    pub earlier: Vec<Earlier>,
}

/// A version before the one that is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Earlier {
    pub version: Version,
    pub text: String,
    pub name: String,
}

/// What the arguments say of documents and pages; a command that writes none says nothing.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked<'a> {
    pub documents: &'a [String],
    pub formats: &'a [super::FormatArg],
    pub out: Option<&'a Path>,
    pub page: Option<&'a PageArgs>,
    pub earlier: &'a [String],
}

/// Why nothing can be done.
pub(super) struct Refusal {
    what: What,
    /// What was read until then, for whoever waits for it to change.
    pub inputs: Vec<PathBuf>,
}

enum What {
    /// A sentence.
    Said(String),
    /// Faults of the project file.
    Found(Vec<Diagnostic>, Sources),
}

impl Refusal {
    pub(super) fn said(text: impl Into<String>) -> Refusal {
        Refusal { what: What::Said(text.into()), inputs: Vec::new() }
    }

    pub(super) fn found(mut findings: Vec<Diagnostic>, sources: Sources) -> Refusal {
        findings.sort_by_key(|finding| (finding.primary.span.start, finding.primary.span.end));
        Refusal { what: What::Found(findings, sources), inputs: Vec::new() }
    }

    /// The same, when these files were looked for before.
    pub(super) fn after(mut self, inputs: impl IntoIterator<Item = PathBuf>) -> Refusal {
        self.inputs.extend(inputs);
        self
    }

    /// What is wrong, as it is drawn on a terminal.
    pub(super) fn drawn(&self) -> String {
        match &self.what {
            What::Said(text) => emit::visible(text),
            What::Found(findings, sources) => emit::human(findings, sources, Style::Full, false),
        }
    }

    pub(super) fn show(&self, terminal: &mut Terminal) -> Status {
        match &self.what {
            What::Said(text) => terminal.fail(text),
            What::Found(findings, sources) => {
                terminal.findings(findings, &[], sources);
                Status::Failed
            }
        }
    }
}

impl SourceArgs {
    /// Keeps to the project file of now, for a command that goes on: an editor that replaces the file takes it away for a
    /// moment.
    pub(super) fn stay(&mut self) {
        if self.files.is_empty() && self.project.is_none() {
            self.project = project::find();
        }
    }
}

/// What is asked for of these files, or of the project if there are none.
///
/// # Errors
///
/// Why there is nothing that could be done.
pub(super) fn settings(args: &SourceArgs) -> Result<Settings, Refusal> {
    if args.files.is_empty() {
        let Some(path) = args.project.clone().or_else(project::find) else {
            return Err(Refusal::said(format!(
                "there is no FILE, and no {} here or in a folder above; `candor init` writes both",
                project::NAME
            )));
        };
        return project::read(&path).map_err(|refusal| refusal.after([path]));
    }
    if args.files.iter().filter(|path| files::is_stdin(path)).count() > 1 {
        return Err(Refusal::said("`-` can be given only once"));
    }
    let policies = args.files.iter().map(|path| PolicySettings {
        path: Placed::argument(path.clone()),
        values: None,
        set: Vec::new(),
        out: None,
        documents: Vec::new(),
        earlier: Vec::new(),
    });
    Ok(Settings {
        policies: policies.collect(),
        documents: Vec::new(),
        formats: Vec::new(),
        out: None,
        packs: Vec::new(),
        as_of: None,
        levels: Vec::new(),
        page: PageStyle::default(),
        templates: None,
        project: None,
    })
}

/// What `--deny` takes besides codes.
const WARNINGS: &str = "warnings";

impl Plan {
    /// The plan for files or a project. Where the arguments and the project both say something, the arguments win.
    ///
    /// # Errors
    ///
    /// Why it cannot be done: a file that cannot be read, a level that cannot be set.
    pub(super) fn new(sources: &SourceArgs, common: &CompileArgs, asked: Asked<'_>) -> Result<Plan, Refusal> {
        let settings = settings(sources)?;
        let inputs: Vec<PathBuf> = settings
            .project
            .iter()
            .map(|project| PathBuf::from(&project.name))
            .chain(
                settings
                    .policies
                    .iter()
                    .flat_map(|policy| policy.values.iter().chain([&policy.path]))
                    .map(|placed| placed.value.clone()),
            )
            .chain(settings.packs.iter().map(|placed| placed.value.clone()))
            .chain(common.values.clone())
            .chain(common.pack.clone())
            .chain(settings.templates.iter().map(|folder| folder.value.clone()))
            .chain(common.templates.clone())
            .collect();
        planned(settings, common, asked).map_err(|refusal| refusal.after(inputs))
    }

    /// The texts that places of the plan are in.
    pub(super) fn sources(&self) -> Sources {
        self.project.clone().map(Sources::from).unwrap_or_default()
    }
}

fn planned(settings: Settings, common: &CompileArgs, asked: Asked<'_>) -> Result<Plan, Refusal> {
    let Settings { policies, documents, formats, out, packs, as_of, levels, page, templates, project } = settings;
    let mut faults = Vec::new();
    let (levels, refuses_warnings) = run_levels(levels, common, &mut faults)?;
    let pack_files: Vec<Placed<PathBuf>> =
        packs.into_iter().chain(common.pack.iter().cloned().map(Placed::argument)).collect();
    let mut packs = Vec::new();
    for pack in &pack_files {
        packs.extend(taken(files::text(&pack.value), pack.place, &mut faults)?);
    }
    let mut formats: Vec<Format> = match (asked.formats, formats) {
        ([], formats) if formats.is_empty() => Format::ALL.to_vec(),
        ([], formats) => formats,
        (asked, _) => asked.iter().map(|format| format.format()).collect(),
    };
    formats.sort_unstable();
    formats.dedup();
    let page = match asked.page {
        Some(args) => page.with(args)?,
        None => page,
    };
    let templates = common.templates.clone().map(Placed::argument).or(templates);
    let templates = match templates {
        Some(folder) => taken(templates::read(&folder.value), folder.place, &mut faults)?.unwrap_or_default(),
        None => TemplateFiles::default(),
    };
    let template_files: Vec<PathBuf> = templates.iter().map(|source| PathBuf::from(&source.name)).collect();
    let named: Vec<Placed<String>> = asked.documents.iter().cloned().map(Placed::argument).collect();
    if !asked.earlier.is_empty() && policies.len() > 1 {
        return Err(Refusal::said("`--earlier` names versions of one policy, and there are several"));
    }
    let mut targets = Vec::new();
    for policy in policies {
        let versions: Vec<Placed<String>> = if asked.earlier.is_empty() {
            policy.earlier
        } else {
            asked.earlier.iter().cloned().map(Placed::argument).collect()
        };
        let mut earlier = Vec::new();
        for version in &versions {
            earlier.extend(taken(earlier_version(&version.value), version.place, &mut faults)?);
        }
        let values = common.values.clone().map(Placed::argument).or(policy.values);
        if values.as_ref().is_some_and(|values| files::is_stdin(&values.value)) {
            return Err(Refusal::said("`--values` takes a file, not standard input"));
        }
        let values_file = match &values {
            Some(values) => taken(files::text(&values.value), values.place, &mut faults)?,
            None => None,
        };
        let of_policy = if policy.documents.is_empty() { &documents } else { &policy.documents };
        let mut documents: Vec<Placed<String>> = Vec::new();
        for name in if named.is_empty() { of_policy } else { &named } {
            if documents.iter().all(|known| known.value != name.value) {
                documents.push(name.clone());
            }
        }
        targets.push(Target {
            path: policy.path,
            options: Options {
                as_of: common.as_of.or(as_of),
                values: replaced(policy.set, &common.set),
                values_file,
                packs: packs.clone(),
                levels: levels.clone(),
                templates: templates.clone(),
            },
            inputs: values
                .iter()
                .chain(&pack_files)
                .map(|file| file.value.clone())
                .chain(template_files.iter().cloned())
                .chain(earlier.iter().filter_map(|earlier| earlier.version.file()).map(Path::to_path_buf))
                .collect(),
            earlier,
            documents,
            formats: formats.clone(),
            out: asked.out.map(Path::to_path_buf).or(policy.out).or_else(|| out.clone()),
            page: page.clone(),
        });
    }
    if faults.is_empty() {
        return Ok(Plan { targets, refuses_warnings, project });
    }
    Err(Refusal::found(faults, project.map(Sources::from).unwrap_or_default()))
}

/// What something is that was given: a fault of the project file if that names it, else the end of the command.
fn taken<T>(given: Result<T, String>, place: Option<Span>, faults: &mut Vec<Diagnostic>) -> Result<Option<T>, Refusal> {
    match (given, place) {
        (Ok(value), _) => Ok(Some(value)),
        (Err(text), Some(place)) => {
            faults.push(findings::wrong_value(place, &text));
            Ok(None)
        }
        (Err(text), None) => Err(Refusal::said(text)),
    }
}

/// A version before the one at hand.
fn earlier_version(name: &str) -> Result<Earlier, String> {
    let version = Version::of(name);
    let source = version.read().map_err(|unread| unread.text)?;
    Ok(Earlier { version, text: source.text, name: source.name })
}

/// The levels of a run, and whether warnings are refused.
fn run_levels(
    project: Vec<(LevelWord, Placed<String>)>,
    common: &CompileArgs,
    faults: &mut Vec<Diagnostic>,
) -> Result<(Vec<RunSetting>, bool), Refusal> {
    let words = [(LevelWord::Allow, &common.allow), (LevelWord::Warn, &common.warn), (LevelWord::Deny, &common.deny)];
    let arguments = words.into_iter().flat_map(|(word, codes)| codes.iter().map(move |code| (word, code.clone())));
    let arguments: Vec<(LevelWord, Placed<String>)> =
        arguments.map(|(word, code)| (word, Placed::argument(code))).collect();
    let is_overruled = |code: &str| code != WARNINGS && arguments.iter().any(|(_, argument)| argument.value == code);
    let project = project.into_iter().filter(|(_, code)| !is_overruled(&code.value));
    let mut settings: Vec<RunSetting> = Vec::new();
    let mut refuses_warnings = false;
    for (word, code) in project.chain(arguments.iter().cloned()) {
        if (word, code.value.as_str()) == (LevelWord::Deny, WARNINGS) {
            refuses_warnings = true;
            continue;
        }
        settings.extend(taken(run_level(word, &code, &settings), code.place, faults)?);
    }
    Ok((settings, refuses_warnings))
}

/// The level of one code, beside those that are set already.
fn run_level(word: LevelWord, code: &Placed<String>, settings: &[RunSetting]) -> Result<RunSetting, String> {
    // A key of the project file is called as the argument is.
    let name = |word| match code.place {
        Some(_) => format!("`{}`", written(word)),
        None => format!("`--{}`", written(word)),
    };
    let code = code.value.as_str();
    if code == WARNINGS {
        return Err(format!("{} takes a code; only {} takes `{WARNINGS}`", name(word), name(LevelWord::Deny)));
    }
    let setting = RunSetting::new(word, code, register())?;
    match settings.iter().find(|other| other.code() == code && other.word() != word) {
        Some(other) => Err(format!("`{code}` is given to {} and to {}", name(other.word()), name(word))),
        None => Ok(setting),
    }
}
