//! From what was compiled to what a browser can ask for, all of it in memory.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use candor::Format;
use candor::document::plain_spans;
use candor::emit::{self, Style};
use candor::render::Templates;
use candor::source::Source;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rayon::prelude::*;

use crate::cli::Status;
use crate::cli::compile::{Compiled, Outcome, Tally};
use crate::cli::outputs::{Output, Outputs};
use crate::cli::publish::real_path;
use crate::cli::settings::{PageStyle, Plan, Refusal};
use crate::cli::style;
use crate::cli::terminal::{Terminal, shown};

/// What the browser sees after one build.
pub(super) struct Preview {
    /// Tells this server from others, whose builds have the same numbers.
    server: u128,
    /// How often was built.
    build: u64,
    /// The build of the pages that are shown.
    content: u64,
    policies: Vec<Policy>,
    /// What the project file said; nothing if files are given.
    project: Option<Source>,
    pub reports: Vec<Report>,
}

/// The pages of one policy, as they were when it could be published last.
#[derive(Clone)]
struct Policy {
    /// Its file and where it is published.
    key: (PathBuf, Option<PathBuf>),
    /// What was compiled last, whether or not it could be published.
    compiled: Arc<Compiled>,
    pages: Vec<Arc<Page>>,
    /// By their paths, without encoding.
    resources: BTreeMap<String, Arc<Resource>>,
}

/// One page of HTML.
#[derive(PartialEq, Eq)]
pub(super) struct Page {
    /// Where its frame and the page itself lie, encoded, behind `/view/` and `/page/`.
    pub address: String,
    pub title: String,
    pub file: String,
}

/// What is sent for one address.
#[derive(PartialEq, Eq)]
pub(super) struct Resource {
    pub kind: &'static str,
    pub text: Text,
    /// What the text may load.
    pub security_policy: String,
}

/// A text that is sent.
pub(super) enum Text {
    Ready(String),
    /// The JSON of a policy. It is long, and few ask for it, so that it is written for those who do.
    Json(Arc<Compiled>),
}

impl Text {
    pub(super) fn written(&self) -> String {
        match self {
            Text::Ready(text) => text.clone(),
            Text::Json(compiled) => {
                compiled.outcome.pages().map(|pages| pages.published.render(Format::Json)).unwrap_or_default()
            }
        }
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        match (self, other) {
            (Text::Ready(one), Text::Ready(other)) => one == other,
            // The hash is of all that the JSON says.
            (Text::Json(one), Text::Json(other)) => {
                fn hash(compiled: &Compiled) -> Option<&str> {
                    compiled.outcome.pages().map(|pages| pages.published.content_hash.as_str())
                }
                hash(one) == hash(other)
            }
            (Text::Ready(_), Text::Json(_)) | (Text::Json(_), Text::Ready(_)) => false,
        }
    }
}

impl Eq for Text {}

/// What one build gave.
pub(super) struct Round<'a> {
    pub plan: &'a Plan,
    pub outputs: &'a [Outputs<'a>],
    pub compiled: &'a [Arc<Compiled>],
}

/// What there is to say of one policy, or of the project file.
pub(super) struct Report {
    pub status: Status,
    /// What it is about, and how many findings there are.
    pub summary: String,
    /// The findings as they are drawn on a terminal.
    pub findings: String,
}

impl Report {
    /// What keeps the whole plan from being built.
    pub(super) fn of_refusal(refusal: &Refusal) -> Report {
        Report { status: Status::Failed, summary: "Nothing can be built.".to_owned(), findings: refusal.drawn() }
    }

    /// What became of one policy; it is said on the terminal as well.
    pub(super) fn of(plan: &Plan, outputs: &Outputs<'_>, compiled: &Compiled, terminal: &mut Terminal) -> Report {
        let path = shown(&outputs.target.path.value);
        let (findings, sources) = match &compiled.outcome {
            Outcome::Failed(text) => {
                let status = terminal.fail(text);
                return Report { status, summary: format!("{path}: not built"), findings: emit::visible(text) };
            }
            Outcome::Compiled { findings, allowances, sources, .. } => {
                terminal.findings(findings, allowances, sources);
                (findings, sources)
            }
        };
        let mut drawn = emit::human(findings, sources, Style::Full, false);
        let tally = Tally::of(findings);
        let mut status = if tally.is_refused(plan) { Status::Faulty } else { Status::Clean };
        if let (Status::Clean, Some(refusal)) = (status, &outputs.refused) {
            status = refusal.show(terminal);
            drawn.push_str(&refusal.drawn());
        }
        let words = tally.words();
        let summary = match status {
            Status::Clean => format!("{path}: {words}"),
            Status::Faulty | Status::Failed => {
                terminal.say(&format!("{path}: not built, {words}"));
                format!("{path}: {words}; its pages stay as they were")
            }
        };
        Report { status, summary, findings: drawn }
    }
}

impl Preview {
    /// The preview before the first build.
    pub(super) fn new() -> Preview {
        let begun = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Preview {
            server: begun.as_nanos(),
            build: 0,
            content: 0,
            policies: Vec::new(),
            project: None,
            reports: Vec::new(),
        }
    }

    /// The preview after this one. What was not built stays: all of it, or single policies.
    pub(super) fn next(&self, built: Option<Round<'_>>, reports: Vec<Report>) -> Preview {
        let build = self.build + 1;
        let (policies, project) = match built {
            Some(Round { plan, outputs, compiled }) => {
                let base = base(outputs);
                // A file that is empty for a moment, while it is saved, says nothing and leaves what it said before.
                let is_published: Vec<bool> = reports
                    .iter()
                    .zip(compiled)
                    .map(|(report, compiled)| report.status == Status::Clean && compiled.outcome.pages().is_some())
                    .collect();
                let is_same_project = plan.project == self.project;
                let all = outputs.par_iter().zip(compiled).zip(is_published);
                let policies = all.map(|((outputs, compiled), is_published)| {
                    let last = self.policies.iter().find(|policy| policy.key == key(outputs));
                    match last {
                        Some(last) if is_same_project && Arc::ptr_eq(&last.compiled, compiled) => last.clone(),
                        _ if is_published => Policy::new(outputs, compiled, &base),
                        Some(last) => Policy { compiled: Arc::clone(compiled), ..last.clone() },
                        None => Policy::empty(outputs, compiled),
                    }
                });
                (policies.collect(), plan.project.clone())
            }
            None => (self.policies.clone(), self.project.clone()),
        };
        let is_same = policies.len() == self.policies.len()
            && policies
                .iter()
                .zip(&self.policies)
                .all(|(one, other): (&Policy, &Policy)| one.resources == other.resources);
        let content = if is_same { self.content } else { build };
        Preview { server: self.server, build, content, policies, project, reports }
    }

    /// What was compiled last.
    pub(super) fn compiled(&self) -> Vec<Arc<Compiled>> {
        self.policies.iter().map(|policy| Arc::clone(&policy.compiled)).collect()
    }

    /// Tells one build from all others.
    pub(super) fn version(&self) -> String {
        format!("{}-{}", self.server, self.build)
    }

    /// Tells the pages of this build from others.
    pub(super) fn content(&self) -> String {
        format!("{}-{}", self.server, self.content)
    }

    /// Every page, those of a policy together.
    pub(super) fn pages(&self) -> impl Iterator<Item = &Page> {
        self.policies.iter().flat_map(|policy| &policy.pages).map(|page| &**page)
    }

    /// What lies under a path, which is decoded.
    pub(super) fn resource(&self, path: &str) -> Option<Arc<Resource>> {
        self.policies.iter().find_map(|policy| policy.resources.get(path)).cloned()
    }
}

/// The characters of a part of an address that are not written as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

fn key(outputs: &Outputs<'_>) -> (PathBuf, Option<PathBuf>) {
    (outputs.target.path.value.clone(), outputs.target.out.clone())
}

/// The folder in which the pages of a policy are published.
fn folder(outputs: &Outputs<'_>) -> PathBuf {
    let beside = || outputs.target.path.value.parent().unwrap_or(Path::new("")).to_path_buf();
    let folder = outputs.target.out.clone().unwrap_or_else(beside);
    real_path(if folder.as_os_str().is_empty() { Path::new(".") } else { &folder })
}

/// The folder that all pages lie in, so that they lie to each other as they will on the site.
fn base(all: &[Outputs<'_>]) -> PathBuf {
    let common = |one: PathBuf, other: PathBuf| -> PathBuf {
        let parts = one.components().zip(other.components()).take_while(|(one, other)| one == other);
        parts.map(|(part, _)| part).collect()
    };
    all.iter().map(folder).reduce(common).unwrap_or_default()
}

impl Policy {
    fn empty(outputs: &Outputs<'_>, compiled: &Arc<Compiled>) -> Policy {
        let compiled = Arc::clone(compiled);
        Policy { key: key(outputs), compiled, pages: Vec::new(), resources: BTreeMap::new() }
    }

    fn new(outputs: &Outputs<'_>, compiled: &Arc<Compiled>, base: &Path) -> Policy {
        let mut policy = Policy::empty(outputs, compiled);
        let Some(pages) = compiled.outcome.pages() else { return policy };
        let folder = folder(outputs);
        let place: Vec<String> = folder
            .strip_prefix(base)
            .unwrap_or(Path::new(""))
            .components()
            .filter(|part| matches!(part, Component::Normal(_)))
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        let of_pages = page_policy(&outputs.target.page, &pages.templates);
        let text = |file: &Output<'_>| {
            if file.is_policy_as_json() {
                Text::Json(Arc::clone(compiled))
            } else {
                Text::Ready(outputs.text(pages, file))
            }
        };
        let texts: Vec<Text> = outputs.files.par_iter().map(text).collect();
        for (file, text) in outputs.files.iter().zip(texts) {
            let name = file.path.file_name().unwrap_or_default().to_string_lossy();
            let path = place.iter().map(String::as_str).chain([&*name]).collect::<Vec<_>>().join("/");
            let is_html = file.format == Format::Html;
            let (kind, security_policy) = if is_html {
                ("text/html; charset=utf-8", of_pages.clone())
            } else {
                ("application/json; charset=utf-8", "default-src 'none'".to_owned())
            };
            if is_html {
                policy.pages.push(Arc::new(Page {
                    address: utf8_percent_encode(&path, ENCODED).to_string(),
                    title: plain_spans(&file.document().title),
                    file: shown(&file.path),
                }));
            }
            policy.resources.insert(format!("/page/{path}"), Arc::new(Resource { kind, text, security_policy }));
        }
        if let Some(path) = stylesheet(&outputs.target.page, &place) {
            let text = candor::render::html::style(&outputs.target.page.class_prefix, &pages.templates);
            let text = Text::Ready(text);
            let style =
                Resource { kind: "text/css; charset=utf-8", text, security_policy: "default-src 'none'".to_owned() };
            policy.resources.insert(path, Arc::new(style));
        }
        policy
    }
}

/// What a page may load: its style and nothing else.
fn page_policy(page: &PageStyle, templates: &Templates) -> String {
    // The frame of a site has styles, pictures and fonts of its own.
    if templates.has_frame() {
        let anywhere = "'self' 'unsafe-inline' data: http: https:";
        return format!(
            "default-src 'none'; style-src {anywhere}; img-src {anywhere}; font-src {anywhere}; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'self'"
        );
    }
    let style = match &page.stylesheet {
        Some(_) => "'self' http: https:".to_owned(),
        None => format!("'sha256-{}'", style::hash(&candor::render::html::style(&page.class_prefix, templates))),
    };
    format!("default-src 'none'; style-src {style}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'")
}

/// Where pages in a folder look for their stylesheet, if that is on this server. The style of `candor style` stands in
/// for the one of the site.
fn stylesheet(page: &PageStyle, place: &[String]) -> Option<String> {
    let address = page.stylesheet.as_deref()?;
    let address = address.split(['?', '#']).next()?;
    let begins_elsewhere =
        address.starts_with("//") || address.split('/').next().is_some_and(|first| first.contains(':'));
    if begins_elsewhere || address.is_empty() {
        return None;
    }
    let decoded = percent_encoding::percent_decode_str(address).decode_utf8_lossy();
    let mut parts: Vec<&str> = Vec::new();
    if !decoded.starts_with('/') {
        parts.push("page");
        parts.extend(place.iter().map(String::as_str));
    }
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    Some(format!("/{}", parts.join("/")))
}
