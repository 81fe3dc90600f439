//! From a source text to what is published: the whole pipeline in one call, without any input or output.

use jiff::civil::Date;

use crate::codes::{self, files, meaning};
use crate::diagnostic::{Control, Diagnostic, Level, Sink};
use crate::document::Document;
use crate::draft::{draft, draft_view, processing};
use crate::policy::{DocumentKind, Edition, Policy};
use crate::publish::{Published, Record};
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax::ast::{self, Item, LevelWord};
use crate::syntax::{lower, tree};
use crate::wording::Words;

mod variants;

/// Where the files that `use` brings in come from.
///
/// The compiler itself opens nothing, so that it can run in a build script, an editor or a browser.
pub trait Loader {
    /// The text of a file that `from` brings in as `path`, and the name it is reported under.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, as the end of a sentence: "it does not exist".
    fn load(&self, from: &str, path: &str) -> Result<Source, String>;
}

/// A loader for policies that bring in nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _from: &str, _path: &str) -> Result<Source, String> {
        Err("files cannot be brought in here".to_owned())
    }
}

/// What a compilation depends on besides its text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day whose law is meant; without it the policy's own date. The clock is never read.
    pub as_of: Option<Date>,
    /// Values of parameters by name, each written as in a policy; words and web addresses may stand without their
    /// quotes and brackets.
    pub values: Vec<(String, String)>,
    /// A file of values, a line for each: `keep 30 days;`. What is in `values` goes before what is in it.
    pub values_file: Option<Source>,
}

/// What a compilation gives.
#[derive(Debug)]
pub struct Compilation {
    /// The texts that findings point into.
    pub sources: Sources,
    /// The findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// What was meant, as far as it was understood.
    pub policy: Policy,
    /// What to publish; nothing if there is an error or no header.
    pub published: Option<Published>,
    /// The records of processing that the policy declares; none unless it is published. They hold internal facts.
    pub records: Vec<Record>,
}

impl Compilation {
    /// Whether an error keeps the policy from being published.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
    }
}

/// Compiles a policy.
///
/// A fault in the text is a finding, never an error of this call.
///
/// # Examples
///
/// A build script that generates a page:
///
/// ```no_run
/// use candor::{Format, NoFiles, Options, Source, compile};
///
/// fn main() -> std::io::Result<()> {
///     println!("cargo::rerun-if-changed=privacy.policy");
///     let text = std::fs::read_to_string("privacy.policy")?;
///     let compilation = compile(Source::new("privacy.policy", text), &NoFiles, &Options::default());
///     for line in compilation.report().lines() {
///         println!("cargo::warning={line}");
///     }
///     let Some(published) = &compilation.published else {
///         return Err(std::io::Error::other("privacy.policy has errors"));
///     };
///     let folder = std::env::var("OUT_DIR").map_err(std::io::Error::other)?;
///     std::fs::write(format!("{folder}/privacy.html"), published.render(Format::Html))
/// }
/// ```
#[must_use]
pub fn compile(source: Source, loader: &dyn Loader, options: &Options) -> Compilation {
    let texts = load(source, loader, options);
    let first_word = first_word(texts.texts.first().map_or("", String::as_str));
    let (variants::Meaning { resolution, facts, cells }, diagnostics) = variants::check(&texts);
    let has_errors = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    let mut records = Vec::new();
    let published = (resolution.has_header && !has_errors).then(|| {
        let words = Words::new(&resolution.policy.header.language);
        let (documents, internal) = documents(&resolution.policy, &words, options);
        records.extend(internal);
        Published::new(facts, cells, documents)
    });
    let mut diagnostics = diagnostics;
    if !resolution.has_header && !has_errors {
        diagnostics.push(files::nothing_to_publish(first_word));
    }
    let mut sources = Sources::default();
    for (name, text) in texts.names.into_iter().zip(texts.texts) {
        sources.add(Source { name, text });
    }
    Compilation { sources, diagnostics, policy: resolution.policy, published, records }
}

/// The public documents of a policy, and the records of processing.
///
/// The edition that is valid on the day at hand comes first, then the other editions and the declared documents in
/// their order. The documents are about that first edition.
fn documents(policy: &Policy, words: &Words, options: &Options) -> (Vec<Document>, Vec<Record>) {
    let current = current_edition(policy, options);
    let full = draft(policy, words, current);
    let others = policy.editions.iter().filter(|edition| current.is_none_or(|current| current.noun != edition.noun));
    let mut documents: Vec<Document> = others
        .map(|edition| {
            let name = policy.noun(edition.noun).name.clone().unwrap_or_default();
            Document { name: name.into(), ..draft(policy, words, Some(edition)) }
        })
        .collect();
    let mut records = Vec::new();
    for (id, kind) in policy.documents() {
        if kind == DocumentKind::FullPolicy {
            continue;
        }
        let document = draft_view(policy, words, current, id, &full);
        if kind.is_public() {
            documents.push(document);
        } else {
            records.push(Record::new(document, processing(policy, words, current, id)));
        }
    }
    documents.insert(0, full);
    (documents, records)
}

/// The edition that is valid on the day of the options, else on the policy's own; without either the last counts.
fn current_edition<'p>(policy: &'p Policy, options: &Options) -> Option<&'p Edition> {
    let day = options.as_of.or(policy.header.updated.as_ref().map(|updated| updated.date));
    let valid = match day {
        Some(day) => policy.editions.iter().find(|edition| edition.is_valid(day)),
        None => policy.editions.last(),
    };
    valid.or(policy.editions.first())
}

/// Where the first line of a text that is neither blank nor a comment begins.
fn first_word(text: &str) -> Span {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            start += line.len() - trimmed.len();
            break;
        }
        start += line.len();
    }
    let start = if start < text.len() { start as u32 } else { 0 };
    Span { file: FileId(0), start, end: start }
}

/// The texts of a compilation: the policy, the files that it brings in, then those that give values.
struct Texts {
    names: Vec<String>,
    texts: Vec<String>,
    /// How many of the texts are policies and libraries.
    policies: usize,
    /// Whether a file of values stands behind those.
    has_values_file: bool,
    /// The names of the parameters that the other texts are values of.
    given: Vec<String>,
    /// The day whose law is meant, if it is not that of the policy.
    as_of: Option<Date>,
    findings: Vec<Diagnostic>,
}

/// The id of a text by its place.
fn file_id(index: usize) -> FileId {
    FileId(u16::try_from(index).unwrap_or(u16::MAX))
}

/// Whether a text may bring in another: a `use` with a label, or a comment, behind it. The few texts that only
/// look so are read once more than needed.
fn may_use(text: &str) -> bool {
    text.match_indices("use").any(|(at, word)| {
        let behind = text.get(at + word.len()..).unwrap_or("");
        behind.trim_start().starts_with(['"', '#', '/', '<'])
    })
}

/// The most files that one policy may bring in.
const MOST_FILES: usize = 1000;

/// Reads the files that are brought in, each once, and adds the texts that give values.
fn load(source: Source, loader: &dyn Loader, options: &Options) -> Texts {
    let mut loaded = Texts {
        names: vec![source.name],
        texts: vec![source.text],
        policies: 1,
        has_values_file: options.values_file.is_some(),
        given: Vec::new(),
        as_of: options.as_of,
        findings: Vec::new(),
    };
    let mut above: Vec<Vec<usize>> = vec![Vec::new()];
    let mut next = 0;
    while next < loaded.texts.len() {
        let file = file_id(next);
        let Some(text) = loaded.texts.get(next).filter(|text| may_use(text)).cloned() else {
            next += 1;
            continue;
        };
        let mut unread = Sink::default();
        let tree = tree::parse(file, &text, &mut unread);
        let items = lower::lower(file, &text, &tree, &mut unread).items;
        for item in items {
            let Item::Use(path) = item else { continue };
            let from = loaded.names.get(next).cloned().unwrap_or_default();
            let brought = if loaded.texts.len() >= MOST_FILES {
                Err("too many files are brought in".to_owned())
            } else {
                loader.load(&from, &path.text)
            };
            match brought {
                Err(reason) => loaded.findings.push(files::cannot_use(path.span, &path.text, &reason)),
                Ok(source) => match loaded.names.iter().position(|name| *name == source.name) {
                    Some(known) if known == next || above.get(next).is_some_and(|above| above.contains(&known)) => {
                        loaded.findings.push(files::cyclic_use(path.span, &path.text));
                    }
                    Some(_) => {}
                    None => {
                        let mut way = above.get(next).cloned().unwrap_or_default();
                        way.push(next);
                        above.push(way);
                        loaded.names.push(source.name);
                        loaded.texts.push(source.text);
                    }
                },
            }
        }
        next += 1;
    }
    loaded.policies = loaded.texts.len();
    if let Some(file) = &options.values_file {
        loaded.names.push(file.name.clone());
        loaded.texts.push(file.text.clone());
    }
    for (name, value) in &options.values {
        loaded.given.push(name.clone());
        loaded.names.push(format!("the value of {name}"));
        loaded.texts.push(value.clone());
    }
    loaded
}

fn collect_settings<'s, 'a>(items: &'s [Item<'a>], into: &mut Vec<&'s ast::LevelSetting<'a>>) {
    for item in items {
        match item {
            Item::Setting(setting) => {
                into.push(setting);
                collect_settings(setting.body.as_deref().unwrap_or_default(), into);
            }
            Item::Section(section) => collect_settings(&section.items, into),
            Item::Steps(steps) => collect_settings(&steps.items, into),
            Item::Scope(scope) => collect_settings(&scope.items, into),
            Item::Block(items, _) => collect_settings(items, into),
            Item::Sentence(sentence) => collect_settings(sentence.only_in.as_deref().unwrap_or_default(), into),
            Item::Internal(items, _) => collect_settings(items, into),
            Item::Edition(edition) => collect_settings(&edition.items, into),
            Item::Policy(_) | Item::Use(_) | Item::Noun(_) | Item::Prose(_) | Item::Addition(_) => {}
        }
    }
}

/// Gives each finding the level that the innermost setting around it asks for, and reports settings that are
/// wrong or change nothing.
fn apply_settings(settings: &[&ast::LevelSetting<'_>], sink: Sink) -> Vec<Diagnostic> {
    let mut used = vec![false; settings.len()];
    let (mut findings, mut unreasoned) = (Vec::new(), Vec::new());
    for mut finding in sink.into_sorted() {
        let span = finding.primary.span;
        let innermost = settings
            .iter()
            .enumerate()
            .filter(|(_, setting)| {
                setting.code.value == finding.code.name
                    && setting.scope.file == span.file
                    && setting.scope.start <= span.start
                    && span.end <= setting.scope.end
            })
            .min_by_key(|(_, setting)| setting.scope.end - setting.scope.start);
        let Some((index, setting)) = innermost.filter(|_| finding.code.control != Control::Fixed) else {
            findings.push(finding);
            continue;
        };
        let is_first = used.get_mut(index).is_some_and(|used| !std::mem::replace(used, true));
        let is_lower = setting.level.value != LevelWord::Deny && finding.level == Level::Error;
        if is_lower && finding.code.control == Control::Reasoned && setting.reason.is_none() {
            if is_first {
                unreasoned.push(meaning::setting_without_reason(setting.code.span, &finding.code.name));
            }
            findings.push(finding);
            continue;
        }
        match setting.level.value {
            LevelWord::Allow => continue,
            LevelWord::Warn => finding.level = Level::Warning,
            LevelWord::Deny => finding.level = Level::Error,
        }
        findings.push(finding);
    }
    findings.extend(unreasoned);
    for (setting, used) in settings.iter().zip(used) {
        let word = match setting.level.value {
            LevelWord::Allow => "allow",
            LevelWord::Warn => "warn",
            LevelWord::Deny => "deny",
        };
        match codes::find(setting.code.value) {
            None => {
                let near = codes::nearest(setting.code.value, codes::all().into_iter().map(|code| &*code.name));
                findings.push(meaning::unknown_code(setting.code.span, setting.code.value, near));
            }
            Some(code) if code.control == Control::Fixed => {
                findings.push(meaning::fixed_level(setting.code.span, &code.name));
            }
            Some(code) if !used => findings.push(meaning::unused_setting(setting.code.span, word, &code.name)),
            Some(_) => {}
        }
    }
    findings.sort_by_key(|finding| (finding.primary.span.file, finding.primary.span.start, finding.primary.span.end));
    findings
}

impl Compilation {
    /// The findings as one line each, for a log.
    #[must_use]
    pub fn report(&self) -> String {
        crate::emit::human(&self.diagnostics, &self.sources, crate::emit::Style::Short, false)
    }
}
