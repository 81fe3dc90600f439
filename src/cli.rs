//! The command line: from arguments to files read, pages written and an exit status.
//!
//! The only part of the project that touches files, the terminal and the environment. Each command is a module
//! with one `run`, which returns a [`Status`]; none of them prints a panic for what a user gives it.

#![expect(clippy::disallowed_methods, reason = "the cli is the only part that may touch the world around the compiler")]

use std::path::PathBuf;
use std::process::ExitCode;

use candor::render::FrontMatterLanguage;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

mod build;
mod check;
mod compile;
mod depfile;
mod diff;
mod explain;
mod files;
mod fmt;
mod init;
mod loader;
mod outputs;
mod project;
mod publish;
mod serve;
mod settings;
mod stats;
mod style;
mod templates;
mod terminal;
mod values;
mod vendors;
mod watch;

use templates::TemplatesArgs;
use terminal::Terminal;
use values::{MOST_OFFSET, class_prefix, date, flavour_names, front_matter_pair, setting};

/// How a command ended. The greater one wins when several files are worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Nothing is wrong.
    Clean,
    /// A policy has errors, or is not laid out as `fmt --check` asks.
    Faulty,
    /// The command itself could not do its work.
    Failed,
}

impl Status {
    fn code(self) -> u8 {
        match self {
            Status::Clean => 0,
            Status::Faulty => 1,
            Status::Failed => 2,
        }
    }
}

/// A compiler for privacy policies.
#[derive(Parser)]
#[command(
    name = "candor",
    version,
    about = "A compiler for privacy policies",
    long_about = "A compiler for privacy policies: it reads what a company does with personal data, checks it, and \
                  publishes Markdown, HTML and JSON that say the same thing.",
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_long_help = "\
Examples:
  candor init                            write a first policy, and a candor.toml that publishes it
  candor build                           publish what candor.toml names
  candor serve                           show it in a browser while it is written
  candor check privacy.policy            look for mistakes
  candor build privacy.policy            write privacy.md, privacy.html and privacy.json
  candor explain missing-semicolon       say what a finding means
  candor stats privacy.policy            say how long it is and how easily it reads

Exit status:
  0  nothing is wrong
  1  a policy has errors (or warnings, with --deny warnings), `fmt --check` found one to lay out, or
     `build --check` a page that is not as it would be built
  2  the command itself failed: a file that cannot be read or written, wrong arguments, or a fault in
     candor.toml"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Publish policies as Markdown, HTML and JSON
    #[command(
        long_about = "Publish policies as Markdown, HTML and JSON.\n\nEach FILE is compiled, and what it says is \
                      written beside it, or into DIR: the full policy of `privacy.policy` as `privacy.html`, a \
                      document that it declares as `privacy-NAME.html`, all of them together as `privacy.json`. \
                      A record of processing is internal and is written only if `--document` names it. The links \
                      between the documents of standard input lead to files called `privacy`.\n\nWithout a FILE, \
                      the project is built that the nearest `candor.toml` describes. Where an argument and the \
                      project say something of the same, the argument wins, for all policies.\n\nA policy with \
                      errors is not published: what was published of it before stays as it is, all its files \
                      together. The other files of the call are published all the same.\n\nWhat `--allow`, `--warn` and `--deny` set holds \
                      for this run, and for what the policy itself does not set: `allow`, `warn` and `deny` in a \
                      policy win, except that `--deny` wins over those that give no reason. What is set lower only \
                      for a reason cannot be set lower here.",
        after_long_help = "\
Examples:
  candor build
      publishes what candor.toml names
  candor build --check
      writes nothing, and fails if a page is not as it would be built
  candor build --watch --depfile pages.d
      builds again at every change, and writes a rule of make each time
  candor build privacy.policy
      writes privacy.md, privacy.html and privacy.json beside it
  candor build --out site --format html policies/*.policy
      writes one page for each policy into site/
  candor build --document short --document vendors privacy.policy
      writes privacy-short.md, privacy-short.html and the same of `vendors`
  candor build --deny warnings privacy.policy
      publishes only what has no warnings, for use in CI
  candor build --values north.values --set keep=\"30 days\" --out north club.policy
      publishes a policy with parameters for one operator
  candor build --format html --fragment --heading-offset 1 --class-prefix policy- privacy.policy
      writes the text alone, to stand in a page of the site
  candor build --format md --flavour hugo --front-matter-key layout=legal --out content privacy.policy
      writes a page that a site generator takes
  candor build --format md - < privacy.policy > privacy.md
      reads standard input and writes standard output"
    )]
    Build(BuildArgs),
    /// Look for mistakes, and write nothing
    #[command(
        long_about = "Look for mistakes, and write nothing.\n\nFindings go to standard error. A file without a \
                      `policy` block, which others bring in with `use`, can be checked as well. A policy with \
                      parameters is checked at the ends of their ranges, whether or not they have values.\n\nWhat `--allow`, `--warn` and `--deny` set holds \
                      for this run, and for what the policy itself does not set: `allow`, `warn` and `deny` in a \
                      policy win, except that `--deny` wins over those that give no reason. What is set lower only \
                      for a reason cannot be set lower here.",
        after_long_help = "\
Examples:
  candor check privacy.policy
  candor check --deny warnings policies/*.policy
  candor check --allow unused-noun --deny two-periods privacy.policy
      leaves one finding out and makes another an error, unless the policy says why it should not
  candor check --message-format json privacy.policy 2> findings.jsonl
      one JSON object a line: code, level, message, file, line, column, endLine, endColumn, label, labels, help
  candor check --message-format sarif policies/*.policy 2> candor.sarif
      one SARIF 2.1.0 log with all files; what a policy accepts is in it as suppressed, with its reason
  candor check - < privacy.policy"
    )]
    Check(CheckArgs),
    /// Say what changed between two versions of a policy, by meaning
    #[command(
        long_about = "Say what changed between two versions of a policy, by meaning.\n\nOLD and NEW are files, or \
                      texts that git holds: REV:PATH, such as HEAD~1:privacy.policy, with the path from the root of the \
                      repository (REV:./PATH from the current folder). Renamed, moved, split or joined statements are no \
                      change. Each change has a class and a weight: `material` takes something from readers or lets more be done \
                      with their data, `unclear` only a person can judge, `minor` is the rest. Where a law that NEW names asks \
                      for notice of it, the provision stands beside it. If OLD promises notice before a change, \
                      it is checked: the day on which NEW takes effect is that of its edition, else its own; the day on which \
                      readers are told is given with `--announced`.",
        after_long_help = "\
Examples:
  candor diff old.policy privacy.policy
  candor diff HEAD:privacy.policy privacy.policy
      compares what is committed with what is in the folder
  candor diff --format markdown v1:privacy.policy v2:privacy.policy > changes.md
      says what changed, ready to be published
  candor diff --fail-on material --announced 2026-11-01 origin/main:privacy.policy privacy.policy
      for use in CI: exits with 1 if a change is material, or told too late"
    )]
    Diff(diff::DiffArgs),
    /// Say what a finding means and how to mend it
    #[command(
        long_about = "Say what a finding means and how to mend it.\n\nCODE is the name in brackets in front of a \
                      message, such as `missing-semicolon` in `error[missing-semicolon]`. That of a law has the \
                      law in front, such as `gdpr` in `gdpr/purpose-missing`.",
        after_long_help = "\
Examples:
  candor explain missing-semicolon
  candor explain --list
      one line each: its name, its level, whether a lower one takes a reason, what is wrong"
    )]
    Explain(ExplainArgs),
    /// Give policies the one canonical layout
    #[command(
        long_about = "Give policies the one canonical layout.\n\nOnly white space changes; comments and prose stay \
                      as they are. A file with faults of syntax is left alone. A file that is laid out already is \
                      not written.",
        after_long_help = "\
Examples:
  candor fmt privacy.policy
  candor fmt --check policies/*.policy
      writes nothing; lists the files that would change and exits with 1 if there are any
  candor fmt - < privacy.policy
      reads standard input and writes standard output"
    )]
    Fmt(FmtArgs),
    /// Write a first policy to start from
    #[command(
        long_about = "Write a first policy to start from.\n\nWrites `privacy.policy` and `candor.toml` into DIR, which \
                      is created if it is missing. The policy is small, complete and commented, and builds as it \
                      is. A file that is there already is never overwritten.",
        after_long_help = "\
Examples:
  candor init
  candor init legal/website"
    )]
    Init(InitArgs),
    /// Show pages in a browser while they are written
    #[command(
        long_about = "Show pages in a browser while they are written.\n\nServes the pages and the JSON of the \
                      policies from memory, exactly as `candor build` would write them, and shows the findings beside \
                      them. A page is loaded again when a file that was read changes. Of a policy with errors the \
                      last pages stay. Nothing is written.\n\nOnly this machine can read the preview, unless \
                      `--allow-remote` says otherwise.",
        after_long_help = "\
Examples:
  candor serve
      shows the policies of candor.toml at http://127.0.0.1:4000/
  candor serve --port 0 privacy.policy
      shows one policy at a port that is free"
    )]
    Serve(ServeArgs),
    /// Say how long pages are and how easily they read
    #[command(
        long_about = "Say how long pages are and how easily they read.\n\nEach FILE is compiled, and its full policy \
                      is measured, or the documents that `--document` names. Words and minutes (at 250 words a \
                      minute) are of everything that is printed. Sentences, words a sentence, Flesch reading ease \
                      and Flesch-Kincaid grade are of paragraphs and lists, without tables; names, addresses and \
                      titles of laws do not count for ease and grade. `vague` is the share of sentences with one \
                      of the forty terms that `candor explain vague-word` speaks of: those that the compiler \
                      writes, and those of the author, in labels and by `may`. `structure` is the share of words \
                      in tables and lists.\n\nThe figures are for comparing: nothing is judged by them, and \
                      a policy with errors has none.",
        after_long_help = "\
Examples:
  candor stats privacy.policy
  candor stats --document policy --document short privacy.policy
  candor stats --format json policies/*.policy > figures.jsonl
      one JSON object a line: file, document, words, minutes, sentences, wordsPerSentence, readingEase,
      grade, vagueGenerated, vagueAuthor, structure; what cannot be measured is left out"
    )]
    Stats(StatsArgs),
    /// Print the stylesheet of the pages, or its hash for a content security policy
    #[command(
        long_about = "Print the stylesheet of the pages, or its hash for a content security policy.\n\nA page holds \
                      its style itself and no script that runs. A site with a strict content security policy \
                      either allows that style by its hash, or serves it as a file of its own and gives its address \
                      to `candor build --stylesheet`. Colours, fonts and widths are custom properties, which a \
                      stylesheet of the site can set anew.",
        after_long_help = "\
Examples:
  candor style > site/policy.css
      the style as a file, for `candor build --stylesheet policy.css`
  candor style --csp
      default-src 'none'; style-src 'sha256-…'"
    )]
    Style(StyleArgs),
    /// List the templates of sentences and pages, or print some to start from
    #[command(
        long_about = "List the templates of sentences and pages, or print some to start from.\n\nA site sets any of \
                      them anew in a folder of its own, which `--templates` names: wording in files `NAME.hbs`, the \
                      frame of a page in `page.html`, its style in `page.css`. What is not there stays as it is built \
                      in. A wording keeps the holes of the one that it replaces, so that no fact is dropped.",
        after_long_help = "\
Examples:
  candor templates
      lists every template with its words
  candor templates contents-title header-we > legal/templates/words.hbs
      writes two of them to a file, to be worded anew
  candor templates page.html > legal/templates/page.html
      the frame of a page, to build the site around it
  candor build --templates legal/templates privacy.policy
      publishes with them"
    )]
    Templates(TemplatesArgs),
    /// List the vendor catalogue, or show one entry of it
    #[command(
        long_about = "List the vendor catalogue, or show one entry of it.\n\nThe catalogue holds what public pages \
                      say of services that sites use: each fact with its page and its day, for you to check. \
                      Nothing of an entry is published unless a policy takes it with `is vendor NAME`.",
        after_long_help = "\
Examples:
  candor vendors
      lists every entry: its name, what it is called, and how many fields public pages confirm
  candor vendors stripe
      shows one entry with its sources, and the lines that take it"
    )]
    Vendors(VendorsArgs),
}

/// The policies that a command works on.
#[derive(Args)]
struct SourceArgs {
    /// The policies; `-` is standard input. Without any, those of the project
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The project file, instead of the `candor.toml` of this folder or of the nearest one above it
    #[arg(long, value_name = "FILE", conflicts_with = "files")]
    project: Option<PathBuf>,
}

#[derive(Args)]
struct BuildArgs {
    #[command(flatten)]
    sources: SourceArgs,
    /// Write into this folder, which is created if it is missing, instead of beside each FILE
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write; several are separated by commas. Without it, md,html,json
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    format: Vec<FormatArg>,
    /// Write this document of each policy and no other; `policy` is the full policy. It can be given several times
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// Write nothing; name the files that are not as they would be built
    #[arg(long, conflicts_with_all = ["watch", "depfile"])]
    check: bool,
    /// Build again whenever a file that was read changes, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Write a rule of make that says which files the pages depend on
    #[arg(long, value_name = "FILE")]
    depfile: Option<PathBuf>,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    common: CompileArgs,
}

/// How pages are written, beside what they say.
#[derive(Args)]
#[command(next_help_heading = "Pages")]
struct PageArgs {
    /// Write the text alone, to stand in a page of the site: HTML without its frame, style and contents, Markdown
    /// without its title
    #[arg(long)]
    fragment: bool,
    /// Lower headings by so many levels: with 1 the title is a heading of the second level
    #[arg(long, value_name = "LEVELS", value_parser = clap::value_parser!(u8).range(0..=MOST_OFFSET))]
    heading_offset: Option<u8>,
    /// Put this in front of every class in HTML
    #[arg(long, value_name = "PREFIX", value_parser = class_prefix)]
    class_prefix: Option<String>,
    /// Link to a stylesheet at this address, instead of holding the style; `candor style` prints it
    #[arg(long, value_name = "ADDRESS")]
    stylesheet: Option<String>,
    /// Write Markdown for this tool: its front matter, its links between documents, and what it would read otherwise
    #[arg(long, value_name = "NAME", value_parser = flavour_names())]
    flavour: Option<String>,
    /// Begin Markdown with front matter: title, date, language, content_hash; a flavour has it by itself
    #[arg(long, value_name = "LANGUAGE")]
    front_matter: Option<FrontMatterArg>,
    /// Add a key with a text to the front matter; can be given several times
    #[arg(long, value_name = "KEY=TEXT", value_parser = front_matter_pair)]
    front_matter_key: Vec<(String, String)>,
}

/// How front matter is written.
#[derive(Clone, Copy, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FrontMatterArg {
    /// Between lines of `---`
    Yaml,
    /// Between lines of `+++`
    Toml,
    /// Not at all, whatever the flavour
    None,
}

impl FrontMatterArg {
    fn language(self) -> Option<FrontMatterLanguage> {
        match self {
            FrontMatterArg::Yaml => Some(FrontMatterLanguage::Yaml),
            FrontMatterArg::Toml => Some(FrontMatterLanguage::Toml),
            FrontMatterArg::None => None,
        }
    }
}

#[derive(Args)]
struct StyleArgs {
    /// Put this in front of every class
    #[arg(long, value_name = "PREFIX", default_value = "", hide_default_value = true, value_parser = class_prefix)]
    class_prefix: String,
    /// Print the content security policy under which a page with this style can be read
    #[arg(long)]
    csp: bool,
    /// Take `page.css` from this folder, if it is there
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

#[derive(Args)]
struct CheckArgs {
    #[command(flatten)]
    sources: SourceArgs,
    /// Write to standard output what the laws of the policy ask for, and whether and where it says so
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, default_missing_value = "text", require_equals = true)]
    report: Option<ReportFormat>,
    #[command(flatten)]
    common: CompileArgs,
}

/// What `build` and `check` have in common.
#[derive(Args)]
struct CompileArgs {
    /// The day whose law is meant, such as 2026-01-31, instead of the day the policy was updated
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Give a parameter of the policies its value; can be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    set: Vec<(String, String)>,
    /// Give parameters their values from a file with a line for each, such as `keep 30 days;`; --set goes before it
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
    /// Check against the rules of a further pack as well, where a policy names it under `laws`; can be given several times
    #[arg(long, value_name = "FILE")]
    pack: Vec<PathBuf>,
    /// Take wording, the frame and the style of pages from this folder, as far as they are there; `candor templates`
    /// lists what can stand in it
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Leave these findings out, in this run; can be given several times
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Make these findings warnings, in this run; can be given several times
    #[arg(long, value_name = "CODE")]
    warn: Vec<String>,
    /// Make these findings errors, in this run; `warnings` refuses policies that have any. Can be given several times
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
    #[command(flatten)]
    output: OutputArgs,
}

/// How findings are shown.
#[derive(Args, Clone, Copy)]
pub(crate) struct OutputArgs {
    /// How findings are written to standard error
    #[arg(long, value_name = "FORMAT", default_value_t = MessageFormat::Human)]
    message_format: MessageFormat,
    /// Whether findings are coloured; `auto` colours on a terminal unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value_t = ColorArg::Auto)]
    color: ColorArg,
}

#[derive(Args)]
struct ExplainArgs {
    /// The name of the finding
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    code: Option<String>,
    /// List every finding with its level
    #[arg(long)]
    list: bool,
    /// List only the findings of this law, such as `gdpr`
    #[arg(long, value_name = "NAME", requires = "list")]
    pack: Option<String>,
}

#[derive(Args)]
struct FmtArgs {
    #[command(flatten)]
    sources: SourceArgs,
    /// Write nothing; list the files that would change
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Args)]
struct InitArgs {
    /// Where to write `privacy.policy` and `candor.toml`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

#[derive(Args)]
struct ServeArgs {
    #[command(flatten)]
    sources: SourceArgs,
    /// Show this document of each policy and no other; `policy` is the full policy. It can be given several times
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// The port to listen at; with 0 any that is free
    #[arg(long, value_name = "NUMBER", default_value_t = 4000)]
    port: u16,
    /// The address or name to listen at
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Let other machines read the preview, where `--host` is an address that they can reach
    #[arg(long)]
    allow_remote: bool,
    #[command(flatten)]
    page: PageArgs,
    #[command(flatten)]
    common: CompileArgs,
}

#[derive(Args)]
struct StatsArgs {
    #[command(flatten)]
    sources: SourceArgs,
    /// Measure this document of each policy, instead of the full one, which is `policy`. It can be given several times
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// How the figures are written to standard output
    #[arg(long, value_name = "FORMAT", default_value_t = FiguresArg::Table)]
    format: FiguresArg,
    #[command(flatten)]
    common: CompileArgs,
}

/// How figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FiguresArg {
    /// A line for each document, in columns
    Table,
    /// One JSON object a line
    Json,
}

#[derive(Args)]
struct VendorsArgs {
    /// The name of the entry
    name: Option<String>,
}

/// A format on the command line and in the project file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum FormatArg {
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
    fn format(self) -> candor::Format {
        match self {
            FormatArg::Md => candor::Format::Markdown,
            FormatArg::Html => candor::Format::Html,
            FormatArg::Json => candor::Format::Json,
            FormatArg::Csv => candor::Format::Csv,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For a terminal
    Text,
    /// Tables of Markdown, for a review
    Markdown,
    /// For programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
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
enum ColorArg {
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

/// Runs the command that the arguments ask for.
pub(crate) fn main() -> ExitCode {
    let cli = match command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody may be reading; the status says it all the same.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Status::Failed.code() } else { Status::Clean.code() });
        }
    };
    let mut terminal = Terminal::new(match &cli.command {
        Command::Build(BuildArgs { common: CompileArgs { output, .. }, .. })
        | Command::Check(CheckArgs { common: CompileArgs { output, .. }, .. })
        | Command::Diff(diff::DiffArgs { common: CompileArgs { output, .. }, .. })
        | Command::Serve(ServeArgs { common: CompileArgs { output, .. }, .. })
        | Command::Stats(StatsArgs { common: CompileArgs { output, .. }, .. })
        | Command::Fmt(FmtArgs { output, .. }) => *output,
        Command::Explain(_) | Command::Init(_) | Command::Style(_) | Command::Templates(_) | Command::Vendors(_) => {
            OutputArgs { message_format: MessageFormat::Human, color: ColorArg::Auto }
        }
    });
    let status = match cli.command {
        Command::Build(args) => build::run(args, &mut terminal),
        Command::Check(args) => check::run(&args, &mut terminal),
        Command::Diff(args) => diff::run(&args, &mut terminal),
        Command::Explain(args) => explain::run(&args, &mut terminal),
        Command::Fmt(args) => fmt::run(&args, &mut terminal),
        Command::Init(args) => init::run(&args, &mut terminal),
        Command::Serve(args) => serve::run(args, &mut terminal),
        Command::Stats(args) => stats::run(&args, &mut terminal),
        Command::Style(args) => style::run(&args, &mut terminal),
        Command::Templates(args) => templates::run(&args, &mut terminal),
        Command::Vendors(args) => vendors::run(&args, &mut terminal),
    };
    ExitCode::from(status.max(terminal.finish()).code())
}

fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod reference;
