//! The arguments of the commands: what a user can write, and what it says of itself.

use std::path::PathBuf;

use candor::render::FrontMatterLanguage;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::diff;
use super::values::{MOST_OFFSET, class_prefix, date, flavour_names, front_matter_pair, setting};

#[derive(Args)]
pub(super) struct SourceArgs {
    /// The policies; `-` is standard input. Without any, those of the project
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The project file, instead of the `candor.toml` of this folder or of the nearest one above it
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    pub(super) project: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub(super) sources: SourceArgs,
    /// Write into this folder, which is created if it is missing, instead of beside each FILE
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What to write; several are separated by commas. Without it, md,html,json
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub(super) format: Vec<FormatArg>,
    /// Write this document of each policy and no other; `policy` is the full policy. It can be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) document: Vec<String>,
    /// Write nothing; name the files that are not as they would be built
    #[arg(long, conflicts_with_all = ["watch", "depfile"])]
    pub(super) check: bool,
    /// Build again whenever a file that was read changes, until Ctrl-C
    #[arg(long)]
    pub(super) watch: bool,
    /// Write a rule of make that says which files the pages depend on
    #[arg(long, value_name = "FILE")]
    pub(super) depfile: Option<PathBuf>,
    /// Say on the page what changed since this version, a file or REV:PATH as git takes it; can be given several times,
    /// the latest version first
    #[arg(long, value_name = "VERSION")]
    pub(super) earlier: Vec<String>,
    #[command(flatten)]
    pub(super) page: PageArgs,
    #[command(flatten)]
    pub(super) common: CompileArgs,
}

/// How pages are written, beside what they say.
#[derive(Args)]
#[command(next_help_heading = "Pages")]
pub(super) struct PageArgs {
    /// Write the text alone, to stand in a page of the site: HTML without its frame, style and contents, Markdown
    /// without its title
    #[arg(long)]
    pub(super) fragment: bool,
    /// Lower headings by so many levels: with 1 the title is a heading of the second level
    #[arg(long, value_name = "LEVELS", value_parser = clap::value_parser!(u8).range(0..=MOST_OFFSET))]
    pub(super) heading_offset: Option<u8>,
    /// Put this in front of every class in HTML
    #[arg(long, value_name = "PREFIX", value_parser = class_prefix)]
    pub(super) class_prefix: Option<String>,
    /// Link to a stylesheet at this address, instead of holding the style; `candor style` prints it
    #[arg(long, value_name = "ADDRESS")]
    pub(super) stylesheet: Option<String>,
    /// Write Markdown for this tool: its front matter, its links between documents, and what it would read otherwise
    #[arg(long, value_name = "NAME", value_parser = flavour_names())]
    pub(super) flavour: Option<String>,
    /// Begin Markdown with front matter: title, date, language, content_hash; a flavour has it by itself
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) front_matter: Option<FrontMatterArg>,
    /// Add a key with a text to the front matter; can be given several times
    #[arg(long, value_name = "KEY=TEXT", value_parser = front_matter_pair)]
    pub(super) front_matter_key: Vec<(String, String)>,
}

/// How front matter is written.
#[derive(Clone, Copy, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FrontMatterArg {
    /// Between lines of `---`
    Yaml,
    /// Between lines of `+++`
    Toml,
    /// Not at all, whatever the flavour
    None,
}

impl FrontMatterArg {
    pub(super) fn language(self) -> Option<FrontMatterLanguage> {
        match self {
            FrontMatterArg::Yaml => Some(FrontMatterLanguage::Yaml),
            FrontMatterArg::Toml => Some(FrontMatterLanguage::Toml),
            FrontMatterArg::None => None,
        }
    }
}

#[derive(Args)]
pub(super) struct StyleArgs {
    /// Put this in front of every class
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true, value_parser = class_prefix)]
    pub(super) class_prefix: String,
    /// Print the content security policy under which a page with this style can be read
    #[arg(long)]
    pub(super) csp: bool,
    /// Take `page.css` from this folder, if it is there
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) sources: SourceArgs,
    /// Write to standard output what the laws of the policy ask for, and whether and where it says so
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "text", require_equals = true)]
    pub(super) report: Option<ReportFormat>,
    #[command(flatten)]
    pub(super) common: CompileArgs,
}

/// What `build` and `check` have in common.
#[derive(Args)]
pub(super) struct CompileArgs {
    /// The day whose law is meant, such as 2026-01-31, instead of the day the policy was updated
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
    /// Give a parameter of the policies its value; can be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub(super) set: Vec<(String, String)>,
    /// Give parameters their values from a file with a line for each, such as `keep 30 days;`; --set goes before it
    #[arg(long, value_name = "FILE")]
    pub(super) values: Option<PathBuf>,
    /// Check against the rules of a further pack as well, where a policy names it under `laws`; can be given several times
    #[arg(long, value_name = "FILE")]
    pub(super) pack: Vec<PathBuf>,
    /// Take wording, the frame and the style of pages from this folder, as far as they are there; `candor templates`
    /// lists what can stand in it
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
    /// Leave these findings out, in this run; can be given several times
    #[arg(long, value_name = "CODE")]
    pub(super) allow: Vec<String>,
    /// Make these findings warnings, in this run; can be given several times
    #[arg(long, value_name = "CODE")]
    pub(super) warn: Vec<String>,
    /// Make these findings errors, in this run; `warnings` refuses policies that have any. Can be given several times
    #[arg(long, value_name = "CODE")]
    pub(super) deny: Vec<String>,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// How findings are shown.
#[derive(Args, Clone, Copy)]
pub(super) struct OutputArgs {
    /// How findings are written to standard error
    #[arg(long, value_name = "FORMAT", default_value_t = MessageFormat::Human)]
    pub(super) message_format: MessageFormat,
    /// Whether findings are coloured; `auto` colours on a terminal unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value_t = ColorArg::Auto)]
    pub(super) color: ColorArg,
}

#[derive(Args)]
pub(super) struct ExplainArgs {
    /// The name of the finding
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    pub(super) code: Option<String>,
    /// List every finding with its level
    #[arg(long)]
    pub(super) list: bool,
    /// List only the findings of this law, such as `gdpr`
    #[arg(long, value_name = "NAME", requires = "list")]
    pub(super) pack: Option<String>,
}

#[derive(Args)]
pub(super) struct FmtArgs {
    #[command(flatten)]
    pub(super) sources: SourceArgs,
    /// Write nothing; list the files that would change
    #[arg(long)]
    pub(super) check: bool,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

#[derive(Args)]
pub(super) struct InitArgs {
    /// Where to write `privacy.policy` and `candor.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    pub(super) folder: PathBuf,
}

#[derive(Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub(super) sources: SourceArgs,
    /// Show this document of each policy and no other; `policy` is the full policy. It can be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) document: Vec<String>,
    /// The port to listen at; with 0 any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 4000)]
    pub(super) port: u16,
    /// The address or name to listen at
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub(super) host: String,
    /// Let other machines read the preview, where `--host` is an address that they can reach
    #[arg(long)]
    pub(super) allow_remote: bool,
    #[command(flatten)]
    pub(super) page: PageArgs,
    #[command(flatten)]
    pub(super) common: CompileArgs,
}

#[derive(Args)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub(super) sources: SourceArgs,
    /// Measure this document of each policy, instead of the full one, which is `policy`. It can be given several times
    #[arg(long, value_name = "NAME")]
    pub(super) document: Vec<String>,
    /// How the figures are written to standard output
    #[arg(long, value_name = "FORMAT", default_value_t = FiguresArg::Table)]
    pub(super) format: FiguresArg,
    #[command(flatten)]
    pub(super) common: CompileArgs,
}

/// How figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FiguresArg {
    /// A line for each document, in columns
    Table,
    /// One JSON object a line
    Json,
}

#[derive(Args)]
pub(super) struct VendorsArgs {
    /// The name of the entry
    pub(super) name: Option<String>,
}

/// A format on the command line and in the project file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FormatArg {
    /// Markdown
    Md,
    /// One self-contained page
    Html,
    /// Facts and documents for programs
    Json,
    /// A table of processing activities; only a record of processing has it
    Csv,
}

impl FormatArg {
    pub(super) fn format(self) -> candor::Format {
        match self {
            FormatArg::Md => candor::Format::Markdown,
            FormatArg::Html => candor::Format::Html,
            FormatArg::Json => candor::Format::Json,
            FormatArg::Csv => candor::Format::Csv,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For a terminal
    Text,
    /// Tables of Markdown, for a review
    Markdown,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the source, carets and help
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// One SARIF 2.1.0 log, for code hosts and editors
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Lets clap show the default of a value by its own name.
macro_rules! display_by_name {
    ($($type:ty),*) => {$(
        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.to_possible_value().as_ref().map_or("", |value| value.get_name()))
            }
        }
    )*};
}
display_by_name!(MessageFormat, ColorArg, FiguresArg, diff::DiffFormat, diff::FailOn);
