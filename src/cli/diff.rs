//! `candor diff`: from two versions, files or texts of git, to what changed between them.

use std::path::PathBuf;

use candor::{Changes, Kept, Weight, compare};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::settings::{Asked, Plan};
use super::terminal::{Terminal, count};
use super::values::date;
use super::version::Version;
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

pub(super) fn run(args: &DiffArgs, terminal: &mut Terminal) -> Status {
    let sources = SourceArgs { files: vec![PathBuf::from(&args.new)], project: None };
    let options = match Plan::new(&sources, &args.common, Asked::default()) {
        Ok(plan) => plan.targets.into_iter().next().map(|target| target.options).unwrap_or_default(),
        Err(refusal) => return refusal.show(terminal),
    };
    if args.old == "-" && args.new == "-" {
        return terminal.fail("`-` can be given only once");
    }
    let versions = [&args.old, &args.new].map(|text| {
        let version = Version::of(text);
        version.read().and_then(|source| version.compile(source, &options))
    });
    let [old, new] = match versions {
        [Ok(old), Ok(new)] => [old, new],
        [Err(unread), _] | [_, Err(unread)] => {
            terminal.findings(&unread.findings, &[], &unread.sources);
            return terminal.fail(&unread.text);
        }
    };
    let changes = compare((&old, &options), (&new, &options), args.announced);
    terminal.out(&match args.format {
        DiffFormat::Text => text(&changes),
        DiffFormat::Markdown => changes.markdown(),
        // Text, numbers and lists always serialise.
        DiffFormat::Json => serde_json::to_string_pretty(&changes).unwrap_or_default() + "\n",
    });
    let is_late = changes.notice.as_ref().is_some_and(|notice| notice.verdict == Kept::Broken);
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
