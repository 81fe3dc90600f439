//! The command line: from arguments to files read, pages written and an exit status.
//!
//! The only part of the project that touches files, the terminal and the environment. Each command is a module
//! with one `run`, which returns a [`Status`]; none of them prints a panic for what a user gives it.

#![expect(clippy::disallowed_methods, reason = "the cli is the only part that may touch the world around the compiler")]

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

mod arguments;
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
mod version;
mod watch;

use arguments::{
    BuildArgs, CheckArgs, ColorArg, CompileArgs, ExplainArgs, FiguresArg, FmtArgs, FormatArg, FrontMatterArg, InitArgs,
    MessageFormat, OutputArgs, PageArgs, ReportFormat, ServeArgs, SourceArgs, StatsArgs, StyleArgs, VendorsArgs,
};
use templates::TemplatesArgs;
use terminal::Terminal;

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
