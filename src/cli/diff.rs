//! `candor diff`: from two versions, files or texts of git, to what changed between them.

use std::path::{Component, Path, PathBuf};
use std::process::Command;

use candor::diagnostic::{Control, Level};
use candor::{Changes, Compilation, Loader, Options, Source, Weight, compare, compile};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::files::{self, Input};
use super::loader::Folder;
use super::settings::{Asked, Plan};
use super::terminal::{Terminal, count, shown};
use super::values::date;
use super::{CompileArgs, SourceArgs, Status};

/// What `candor diff` is asked.
#[derive(Args)]
pub(super) struct DiffArgs {
    /// The earlier version: a file, or REV:PATH
    #[arg(value_name = "OLD")]
    old: String,
    /// The later version: a file, or REV:PATH
    #[arg(value_name = "NEW")]
    new: String,
    /// How to write it
    #[arg(long, value_name = "FORMAT", default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// From which weight on the exit status is 1
    #[arg(long, value_name = "WEIGHT", default_value_t = FailOn::Never)]
    fail_on: FailOn,
    /// The day on which readers are told of the later version, such as 2026-01-31
    #[arg(long, value_name = "DATE", value_parser = date)]
    announced: Option<Date>,
    #[command(flatten)]
    pub(super) common: CompileArgs,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    /// For a terminal
    Text,
    /// Ready to be published
    Markdown,
    /// For programs
    Json,
}

/// Which changes make the exit status 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// None
    Never,
    /// Material ones, and notice that comes too late
    Material,
    /// Those that are not minor, and notice that comes too late
    Unclear,
    /// Every change
    Any,
}

/// A version that is to be compared: a file, or a text that git holds.
enum Version {
    File(PathBuf),
    Git(Revision),
}

/// The files of one commit.
struct Revision {
    /// As git names it: `HEAD~1`, `v2`, a hash.
    name: String,
    /// The folder of the policy in the repository, and its path there.
    folder: PathBuf,
    path: String,
}

impl Version {
    /// A file that exists is that file; else `REV:PATH` is a text that git holds.
    fn of(text: &str) -> Version {
        match text.split_once(':') {
            Some((revision, path)) if !Path::new(text).exists() && !revision.is_empty() && !path.is_empty() => {
                let folder = Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default();
                Version::Git(Revision { name: revision.to_owned(), folder, path: path.to_owned() })
            }
            _ => Version::File(PathBuf::from(text)),
        }
    }

    fn compile(&self, options: &Options, terminal: &mut Terminal) -> Result<Compilation, Status> {
        let source = match self {
            Version::File(path) => match files::read(path) {
                Input::Text(source) => source,
                Input::Failed(text) => return Err(terminal.fail(&text)),
                Input::Faulty(finding, sources) => {
                    terminal.findings(&[*finding], &[], &sources);
                    return Err(Status::Failed);
                }
            },
            Version::Git(revision) => {
                let text = revision.read(&revision.path);
                let name = revision.shown(&revision.path);
                let text = text.map_err(|reason| terminal.fail(&format!("cannot read `{name}`: {reason}")))?;
                Source::new(name, text)
            }
        };
        let name = shown(Path::new(&source.name));
        let compilation = match self {
            Version::File(path) => compile(source, &Folder::of(path), options),
            Version::Git(revision) => compile(source, revision, options),
        };
        // What contradicts itself or a law is understood all the same; what cannot be read is not.
        let findings = &compilation.diagnostics;
        let unread: Vec<_> = findings
            .iter()
            .filter(|finding| finding.level == Level::Error && finding.code.control == Control::Fixed)
            .cloned()
            .collect();
        if !unread.is_empty() {
            terminal.findings(&unread, &[], &compilation.sources);
            return Err(terminal.fail(&format!("{name} is not compared, {}", count(unread.len(), "error"))));
        }
        if compilation.policy.header.span.is_none() {
            return Err(terminal.fail(&format!("{name} is not compared: it has no `policy` block")));
        }
        Ok(compilation)
    }
}

impl Revision {
    fn shown(&self, path: &str) -> String {
        format!("{}:{path}", self.name)
    }

    /// A text of the commit.
    fn read(&self, path: &str) -> Result<String, String> {
        let output = Command::new("git")
            .args(["--no-pager", "show", "--end-of-options", &self.shown(path)])
            .output()
            .map_err(|error| format!("git cannot be run: {}", super::terminal::reason(&error)))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().unwrap_or("git says no more").trim_start_matches("fatal: ");
            return Err(said.to_owned());
        }
        String::from_utf8(output.stdout).map_err(|_| "it is not UTF-8 text".to_owned())
    }
}

impl Loader for Revision {
    fn load(&self, from: &str, path: &str) -> Result<Source, String> {
        let from = from.strip_prefix(&format!("{}:", self.name)).unwrap_or(from);
        let beside = Path::new(from).parent().unwrap_or(Path::new(""));
        let mut inner: Vec<String> = beside
            .strip_prefix(&self.folder)
            .unwrap_or(Path::new(""))
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(part) => inner.push(part.to_string_lossy().into_owned()),
                Component::CurDir => {}
                Component::ParentDir if inner.pop().is_some() => {}
                Component::ParentDir => return Err("it lies outside the folder of the policy".to_owned()),
                Component::RootDir | Component::Prefix(_) => {
                    return Err("its path is not relative to this file".to_owned());
                }
            }
        }
        let folder = self.folder.to_string_lossy();
        let path = if folder.is_empty() { inner.join("/") } else { format!("{folder}/{}", inner.join("/")) };
        Ok(Source::new(self.shown(&path), self.read(&path)?))
    }
}

pub(super) fn run(args: &DiffArgs, terminal: &mut Terminal) -> Status {
    let sources = SourceArgs { files: vec![PathBuf::from(&args.new)], project: None };
    let options = match Plan::new(&sources, &args.common, Asked::default()) {
        Ok(plan) => plan.targets.into_iter().next().map(|target| target.options).unwrap_or_default(),
        Err(refusal) => return refusal.show(terminal),
    };
    if args.old == "-" && args.new == "-" {
        return terminal.fail("`-` can be given only once");
    }
    let versions = [&args.old, &args.new].map(|text| Version::of(text).compile(&options, terminal));
    let [old, new] = match versions {
        [Ok(old), Ok(new)] => [old, new],
        [Err(status), _] | [_, Err(status)] => return status,
    };
    let changes = compare((&old, &options), (&new, &options), args.announced);
    terminal.out(&match args.format {
        DiffFormat::Text => text(&changes),
        DiffFormat::Markdown => changes.markdown(),
        // Text, numbers and lists always serialise.
        DiffFormat::Json => serde_json::to_string_pretty(&changes).unwrap_or_default() + "\n",
    });
    let is_late = changes.notice.as_ref().is_some_and(|notice| notice.verdict == "broken");
    let is_told = match args.fail_on {
        FailOn::Never => false,
        FailOn::Material => changes.weight == Some(Weight::Material) || is_late,
        FailOn::Unclear => changes.weight.is_some_and(|weight| weight <= Weight::Unclear) || is_late,
        FailOn::Any => changes.weight.is_some(),
    };
    if is_told { Status::Faulty } else { Status::Clean }
}

/// The changes for a terminal.
fn text(changes: &Changes) -> String {
    let mut out = String::new();
    if changes.changes.is_empty() {
        out.push_str("no change\n");
    }
    for change in &changes.changes {
        let place = change.after.as_ref().or(change.before.as_ref()).and_then(|place| place.place.clone());
        out.push_str(&format!("{}[{}] {}\n", change.weight.name(), change.class.name(), place.unwrap_or_default()));
        for (word, place) in [("before", &change.before), ("now", &change.after)] {
            if let Some(place) = place.as_ref().filter(|place| !place.text.is_empty()) {
                out.push_str(&format!("  {word:>6}: {}\n", place.text));
            }
        }
        out.push_str(&format!("     why: {}\n", change.reason));
        for provision in &change.provisions {
            let unverified = if provision.verified { "" } else { " (not held against the text)" };
            out.push_str(&format!("     law: {} asks for {}{unverified}\n", provision.citation, provision.asks));
        }
        out.push('\n');
    }
    let number = |weight: Weight| changes.changes.iter().filter(|change| change.weight == weight).count();
    if !changes.changes.is_empty() {
        let all = count(changes.changes.len(), "change");
        out.push_str(&format!(
            "{all}: {} material, {} unclear, {} minor\n",
            number(Weight::Material),
            number(Weight::Unclear),
            number(Weight::Minor)
        ));
    }
    if let Some(notice) = &changes.notice {
        out.push_str(&format!("notice: {}\n", notice.words()));
    }
    candor::emit::visible(&out)
}
