//! From a source text to what is published: the whole pipeline in one call, without any input or output.

use std::borrow::Cow;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::check::laws;
use crate::check::report::Report;
use crate::codes::{Register, files, pack_of};
use crate::diagnostic::{Allowance, Code, Diagnostic, Level, Sink};
use crate::document::Document;
use crate::draft::{draft, draft_view, processing};
use crate::law::{Library, Pack};
use crate::levels::RunSetting;
use crate::packs;
use crate::policy::{DocumentKind, Edition, Policy};
use crate::publish::{Published, Record};
use crate::render::{TemplateFiles, Templates};
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax::ast::Item;
use crate::syntax::lower;
use crate::syntax::tree::{self, TokenKind};
use crate::wording::Words;

mod history;
mod variants;

pub use history::{ChangeTold, Changes, Kept, NoticeTold, Place, ProvisionTold, compare};

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day whose law is meant; without it the policy's own date. The clock is never read.
    pub as_of: Option<Date>,
    /// Values of parameters by name, each written as in a policy; words and web addresses may stand without their
    /// quotes and brackets.
    pub values: Vec<(String, String)>,
    /// A file of values, a line for each: `keep 30 days;`. What is in `values` goes before what is in it.
    pub values_file: Option<Source>,
    /// Packs of rules besides those that are part of the compiler: the rules of a house, or of a law that is new.
    pub packs: Vec<Source>,
    /// The templates that a site sets anew.
    pub templates: TemplateFiles,
    /// The levels that findings start from, whatever the policy.
    pub levels: Vec<RunSetting>,
}

impl Options {
    /// The names of the files that were read for it: values, templates and packs. The policy and the files that it
    /// brings in are in [`Compilation::sources`].
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let sources = self.values_file.iter().chain(self.templates.iter()).chain(&self.packs);
        sources.map(|source| &*source.name)
    }
}

/// Every code that `allow`, `warn`, `deny` and `candor explain` know.
#[must_use]
pub fn register() -> &'static Register {
    static REGISTER: OnceLock<Register> = OnceLock::new();
    REGISTER.get_or_init(|| Register::new(codes(&packs::all(), [])))
}

/// The same with the codes of further packs. Where the compiler's own codes and those of the laws that are named know
/// all that is asked for, no other law is read.
fn register_with(further: &[Pack], names: &[&str]) -> Cow<'static, Register> {
    let laws: Vec<&str> = names.iter().filter_map(|name| pack_of(name)).collect();
    let near = Register::new(codes(&packs::library(&laws), further));
    if names.iter().all(|name| near.find(name).is_some()) {
        return Cow::Owned(near);
    }
    if further.is_empty() {
        return Cow::Borrowed(register());
    }
    Cow::Owned(Register::new(codes(&packs::all(), further)))
}

/// The codes of the rules of some packs, those that they take from others included.
fn codes<'p>(library: &Library<'p>, further: impl IntoIterator<Item = &'p Pack>) -> Vec<Cow<'static, Code>> {
    let library = Library::new(library.packs().iter().copied().chain(further));
    let rules = library.packs().iter().flat_map(|pack| library.rules(&pack.name));
    rules.map(|found| Cow::Owned(laws::code(&found))).collect()
}

/// What a compilation gives.
#[derive(Debug)]
pub struct Compilation {
    /// The texts that findings point into.
    pub sources: Sources,
    /// The findings, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// What the policy or the run accepts, for whoever reviews it. Nothing of it is published.
    pub allowances: Vec<Allowance>,
    /// What was meant, as far as it was understood.
    pub policy: Policy,
    /// What to publish; nothing if there is an error or no header.
    pub published: Option<Published>,
    /// The day whose law was meant, where the options name one.
    pub as_of: Option<Date>,
    /// The templates of the site, for pages in its own frame and style.
    pub templates: Templates,
    /// What the laws that the policy names ask for, and what became of it. It is for the author, and never published.
    pub report: Report,
}

impl Compilation {
    /// The records of processing that the policy declares; none unless it is published.
    #[must_use]
    pub fn records(&self) -> Vec<Record> {
        let drafted = |published| records(&self.policy, published, &self.templates, self.as_of);
        self.published.as_ref().map(drafted).unwrap_or_default()
    }

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
    let variants::Checked { meaning, findings: diagnostics, allowances } = variants::check(&texts, options);
    let variants::Meaning { resolution, facts, cells, mut report, published } = meaning;
    let has_errors = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error);
    let published = (resolution.has_header && !has_errors).then(|| {
        published.unwrap_or_else(|| {
            Published::new(facts, cells, documents(&resolution.policy, &texts.templates, options.as_of))
        })
    });
    let mut sources = Sources::default();
    for (name, text) in texts.names.into_iter().zip(texts.texts) {
        sources.add(Source { name, text });
    }
    report.locate(&sources);
    report.accept(&allowances);
    Compilation {
        sources,
        diagnostics,
        allowances,
        policy: resolution.policy,
        published,
        as_of: options.as_of,
        templates: texts.templates,
        report,
    }
}

/// The public documents of a policy.
///
/// The edition that is valid on the day at hand comes first, then the other editions and the declared documents in
/// their order. The documents are about that first edition.
fn documents(policy: &Policy, templates: &Templates, as_of: Option<Date>) -> Vec<Document> {
    let words = &Words::with(&policy.header.language, templates.wording.clone());
    let current = current_edition(policy, as_of);
    let full = draft(policy, words, current);
    let others = policy.editions.iter().filter(|edition| current.is_none_or(|current| current.noun != edition.noun));
    let others = others.map(|edition| {
        let name = policy.noun(edition.noun).name.clone().unwrap_or_default();
        Document { name: name.into(), ..draft(policy, words, Some(edition)) }
    });
    let views = policy.documents().filter(|(_, kind)| kind.is_public() && *kind != DocumentKind::FullPolicy);
    let views = views.map(|(id, _)| draft_view(policy, words, current, id, &full));
    let mut documents: Vec<Document> = others.chain(views).collect();
    documents.insert(0, full);
    documents
}

/// The records of processing that a policy declares, about the edition that is valid on the day at hand.
fn records(policy: &Policy, published: &Published, templates: &Templates, as_of: Option<Date>) -> Vec<Record> {
    let Some(full) = published.documents.first() else { return Vec::new() };
    let words = Words::with(&policy.header.language, templates.wording.clone());
    let current = current_edition(policy, as_of);
    let drafted = policy
        .records()
        .map(|id| Record::new(draft_view(policy, &words, current, id, full), processing(policy, &words, current, id)));
    drafted.collect()
}

/// The records of processing that a policy declares. They hold internal facts, and most builds need none, so they are
/// drafted when they are asked for.
#[derive(Debug)]
pub struct Records {
    policy: Policy,
    as_of: Option<Date>,
}

impl Records {
    /// Those of a policy that was compiled for a day, if one was named.
    #[must_use]
    pub fn new(policy: Policy, as_of: Option<Date>) -> Records {
        Records { policy, as_of }
    }

    /// The names of their documents.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.policy.records().map(|id| self.policy.document_name(id))
    }

    /// Drafts them beside what is published of the policy.
    #[must_use]
    pub fn draft(&self, published: &Published, templates: &Templates) -> Vec<Record> {
        records(&self.policy, published, templates, self.as_of)
    }
}

/// The edition that is valid on the day that is meant, else on the policy's own; without either the last counts.
fn current_edition(policy: &Policy, as_of: Option<Date>) -> Option<&Edition> {
    let day = as_of.or(policy.header.updated.as_ref().map(|updated| updated.date));
    let valid = match day {
        Some(day) => policy.editions.iter().find(|edition| edition.is_valid(day)),
        None => policy.editions.last(),
    };
    valid.or(policy.editions.first())
}

/// The texts of a compilation: the policy, the files that it brings in, those that give values, then the templates and
/// packs.
struct Texts {
    names: Vec<String>,
    texts: Vec<String>,
    /// The trees of the policies and libraries, which are the first of the texts.
    trees: Vec<tree::Tree>,
    /// Whether a file of values stands behind those.
    has_values_file: bool,
    /// The names of the parameters that the other texts are values of.
    given: Vec<String>,
    /// The templates of the site.
    templates: Templates,
    /// How many packs stand at the end.
    packs: usize,
    /// What was found while the texts were read.
    findings: Vec<Diagnostic>,
}

/// The id of a text by its place.
fn file_id(index: usize) -> FileId {
    FileId(u16::try_from(index).unwrap_or(u16::MAX))
}

/// Whether a text may bring in another: it has the word `use` where a statement may begin.
fn may_use(text: &str, tree: &tree::Tree) -> bool {
    let mut is_behind_word = false;
    tree.tokens.iter().any(|token| {
        let is_word = token.kind == TokenKind::Word;
        let is_use =
            is_word && !is_behind_word && text.get(token.span.start as usize..token.span.end as usize) == Some("use");
        is_behind_word = is_word;
        is_use
    })
}

/// The most files that one policy may bring in.
const MOST_FILES: usize = 1000;

/// Reads the files that are brought in, each once, and adds the texts that give values.
fn load(source: Source, loader: &dyn Loader, options: &Options) -> Texts {
    let mut loaded = Texts {
        names: vec![source.name],
        texts: vec![source.text],
        trees: Vec::new(),
        has_values_file: options.values_file.is_some(),
        given: Vec::new(),
        templates: Templates::default(),
        packs: options.packs.len(),
        findings: Vec::new(),
    };
    let mut above: Vec<Vec<usize>> = vec![Vec::new()];
    let mut sink = Sink::default();
    while let Some(text) = loaded.texts.get(loaded.trees.len()) {
        let next = loaded.trees.len();
        let file = file_id(next);
        let tree = tree::parse(file, text, &mut sink);
        // What is wrong in the statements is reported when all that they name is there.
        let items = may_use(text, &tree).then(|| lower::lower(file, text, &tree, &mut Sink::default()).items);
        let mut used: Vec<(Span, String)> = Vec::new();
        for item in items.into_iter().flatten() {
            let Item::Use(path) = item else { continue };
            used.push((path.span, path.text.into_owned()));
        }
        loaded.trees.push(tree);
        for (span, path) in used {
            let from = loaded.names.get(next).cloned().unwrap_or_default();
            let brought = if loaded.texts.len() >= MOST_FILES {
                Err("too many files are brought in".to_owned())
            } else {
                loader.load(&from, &path)
            };
            match brought {
                Err(reason) => sink.report(files::cannot_use(span, &path, &reason)),
                Ok(source) => match loaded.names.iter().position(|name| *name == source.name) {
                    Some(known) if known == next || above.get(next).is_some_and(|above| above.contains(&known)) => {
                        sink.report(files::cyclic_use(span, &path));
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
    }
    if let Some(file) = &options.values_file {
        loaded.names.push(file.name.clone());
        loaded.texts.push(file.text.clone());
    }
    for (name, value) in &options.values {
        loaded.given.push(name.clone());
        loaded.names.push(format!("the value of {name}"));
        loaded.texts.push(value.clone());
    }
    let first = loaded.texts.len();
    loaded.templates = Templates::read(&options.templates, |index| file_id(first + index), &mut sink);
    loaded.findings = sink.into_sorted();
    for template in options.templates.iter() {
        loaded.names.push(template.name.clone());
        loaded.texts.push(template.text.clone());
    }
    for pack in &options.packs {
        loaded.names.push(pack.name.clone());
        loaded.texts.push(pack.text.clone());
    }
    loaded
}

impl Compilation {
    /// The findings as one line each, for a log.
    #[must_use]
    pub fn report(&self) -> String {
        crate::emit::human(&self.diagnostics, &self.sources, crate::emit::Style::Short, false)
    }
}
