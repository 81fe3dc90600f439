//! `candor build`: from files or a project to published pages.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use candor::codes::listed;
use rayon::prelude::*;

use super::compile::{Compiled, Outcome, Pages, Tally, compile_all};
use super::files::{State, is_stdin, state_of};
use super::outputs::{Outputs, find_collisions, inputs};
use super::publish::{publish, real_path};
use super::settings::{Asked, Plan, Refusal};
use super::terminal::{Terminal, count, shown};
use super::{BuildArgs, Status, depfile, watch};

pub(super) fn run(mut args: BuildArgs, terminal: &mut Terminal) -> Status {
    if args.watch {
        args.sources.stay();
        let mut before = Vec::new();
        return watch::run(terminal, |terminal| build(&args, &mut before, terminal));
    }
    build(&args, &mut Vec::new(), terminal).status
}

/// What came of one build.
pub(super) struct Built {
    pub status: Status,
    /// Every file that was looked for, whether or not it is there.
    pub inputs: Vec<PathBuf>,
}

/// Builds once. What was compiled before is replaced by what is compiled now.
fn build(args: &BuildArgs, before: &mut Vec<Arc<Compiled>>, terminal: &mut Terminal) -> Built {
    let asked = Asked {
        documents: &args.document,
        formats: &args.format,
        out: args.out.as_deref(),
        page: Some(&args.page),
        earlier: &args.earlier,
    };
    let plan = match Plan::new(&args.sources, &args.common, asked) {
        Ok(plan) => plan,
        Err(refusal) => return Built { status: refusal.show(terminal), inputs: refusal.inputs },
    };
    if let Err(refusal) = check_stdin(args, &plan) {
        return Built { status: refusal.show(terminal), inputs: Vec::new() };
    }
    let compiled = compile_all(&plan, before);
    before.clone_from(&compiled);
    let inputs = inputs(&plan, &compiled);
    let outputs: Vec<Outputs<'_>> = plan
        .targets
        .iter()
        .zip(&compiled)
        .map(|(target, compiled)| Outputs::of(&plan, target, &compiled.outcome, &target.formats))
        .collect();
    let collisions = find_collisions(&plan, &inputs, &outputs)
        .and_then(|()| args.depfile.as_deref().map_or(Ok(()), |path| check_depfile(path, &inputs, &outputs)));
    if let Err(refusal) = collisions {
        return Built { status: refusal.show(terminal), inputs };
    }
    let done: Vec<Done> = outputs
        .par_iter()
        .zip(&compiled)
        .map(|(outputs, compiled)| finish(&plan, outputs, compiled, args.check))
        .collect();
    let mut status = Status::Clean;
    let mut outdated = 0;
    for ((outputs, compiled), done) in outputs.iter().zip(&compiled).zip(done) {
        if let Outcome::Compiled { findings, allowances, sources, .. } = &compiled.outcome {
            terminal.findings(findings, allowances, sources);
        }
        if let Done::Compared(states) = &done {
            outdated += report_states(states, terminal);
        }
        status = status.max(report(args, outputs, compiled, done, terminal));
    }
    if outdated > 0 {
        terminal.say(&format!("{}; run `candor build`", not_as_built(outdated)));
        status = status.max(Status::Faulty);
    }
    if let (Some(path), Status::Clean) = (&args.depfile, status) {
        let targets: Vec<&Path> = outputs.iter().flat_map(|outputs| &outputs.files).map(|file| &*file.path).collect();
        let sources: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
        if let Err(text) = depfile::write(path, &targets, &sources) {
            status = terminal.fail(&text);
        }
    }
    Built { status, inputs }
}

fn not_as_built(number: usize) -> String {
    let (are, they) = if number == 1 { ("is", "it") } else { ("are", "they") };
    format!("{} {are} not as {they} would be built", count(number, "file"))
}

/// What became of the pages of one policy.
enum Done {
    /// It could not be read: a sentence.
    Unread(String),
    /// Its findings keep it from being published.
    Refused(Tally),
    /// It is a library, and a note says so.
    Nothing,
    /// It cannot be written as asked.
    Unplanned,
    /// It goes to standard output.
    Printed(String),
    /// It was written: which files, or why not.
    Written(Result<Vec<PathBuf>, String>),
    /// It was held against what is there.
    Compared(Vec<(PathBuf, State)>),
}

/// Writes what is planned of one policy, or holds it against what is there.
fn finish(plan: &Plan, outputs: &Outputs<'_>, compiled: &Compiled, only_compare: bool) -> Done {
    let (findings, pages) = match &compiled.outcome {
        Outcome::Failed(text) => return Done::Unread(text.clone()),
        Outcome::Compiled { findings, result, .. } => (findings, result),
    };
    let tally = Tally::of(findings);
    if tally.is_refused(plan) {
        return Done::Refused(tally);
    }
    let Some(pages) = pages else { return Done::Nothing };
    if outputs.refused.is_some() {
        return Done::Unplanned;
    }
    let texts: Vec<(PathBuf, String)> = rendered(outputs, pages);
    if is_stdin(&outputs.target.path.value) {
        return Done::Printed(texts.into_iter().map(|(_, text)| text).collect());
    }
    if only_compare {
        let states = texts.into_iter().map(|(path, text)| {
            let state = state_of(&path, text.as_bytes());
            (path, state)
        });
        return Done::Compared(states.collect());
    }
    Done::Written(publish(texts, outputs.target.out.as_deref()))
}

/// The files of a policy and their texts, each rendered beside the others.
fn rendered(outputs: &Outputs<'_>, pages: &Pages) -> Vec<(PathBuf, String)> {
    outputs.files.par_iter().map(|output| (output.path.clone(), outputs.text(pages, output))).collect()
}

/// Says what became of one policy.
fn report(args: &BuildArgs, outputs: &Outputs<'_>, compiled: &Compiled, done: Done, terminal: &mut Terminal) -> Status {
    let path = shown(&outputs.target.path.value);
    match done {
        Done::Unread(text) => return terminal.fail(&text),
        Done::Refused(tally) => {
            terminal.say(&format!("{path}: not published, {}", tally.words()));
            return Status::Faulty;
        }
        Done::Unplanned => {
            let status = outputs.refused.as_ref().map_or(Status::Failed, |refusal| refusal.show(terminal));
            terminal.say(&format!("{path}: not published"));
            return status;
        }
        Done::Written(Err(text)) => {
            let status = terminal.fail(&text);
            terminal.say(&format!("{path}: not published"));
            return status;
        }
        Done::Nothing | Done::Compared(_) => return Status::Clean,
        Done::Printed(text) => {
            terminal.out(&text);
            return Status::Clean;
        }
        Done::Written(Ok(written)) if written.is_empty() => {
            terminal.say(&format!("{path}: published already, nothing changed"));
        }
        Done::Written(Ok(written)) => {
            let names: Vec<String> = written.iter().map(|path| shown(path)).collect();
            terminal.say(&format!("{path}: published as {}", listed(&names)));
        }
    }
    if let (true, Some(pages)) = (outputs.target.documents.is_empty(), compiled.outcome.pages()) {
        for name in pages.names_of_records() {
            let alone = if args.sources.files.is_empty() {
                format!("when `documents` names it, or with `--document {name}`")
            } else {
                format!("with `--document {name}` alone")
            };
            terminal.say(&format!("{path}: `{name}` is internal; it is written {alone}"));
        }
    }
    Status::Clean
}

/// Names the files that are not as they would be built; says how many there are.
fn report_states(states: &[(PathBuf, State)], terminal: &mut Terminal) -> usize {
    let mut outdated = 0;
    for (path, state) in states {
        let word = match state {
            State::Current => continue,
            State::Stale => "stale",
            State::Missing => "missing",
        };
        terminal.out(&format!("{}: {word}\n", shown(path)));
        outdated += 1;
    }
    outdated
}

/// `-` gives one text.
fn check_stdin(args: &BuildArgs, plan: &Plan) -> Result<(), Refusal> {
    if !plan.targets.iter().any(|target| is_stdin(&target.path.value)) {
        return Ok(());
    }
    let formats = plan.targets.first().map_or(0, |target| target.formats.len());
    let fault = if formats != 1 {
        "`-` writes one text to standard output; give one format, such as `--format html`"
    } else if args.document.len() > 1 {
        "`-` writes one text to standard output; give one `--document`"
    } else if args.out.is_some() {
        "`-` writes to standard output and takes no `--out`"
    } else if args.watch {
        "`-` is read once, so there is nothing to watch"
    } else if args.check {
        "`-` writes to standard output, so there is no file to hold it against"
    } else if args.depfile.is_some() {
        "`-` writes to standard output, so there is no file to write a rule for"
    } else {
        return Ok(());
    };
    Err(Refusal::said(fault))
}

/// Refuses a file of dependencies in the place of something else.
fn check_depfile(path: &Path, inputs: &[PathBuf], outputs: &[Outputs<'_>]) -> Result<(), Refusal> {
    let real = real_path(path);
    let is_same = |other: &PathBuf| real_path(other) == real;
    if inputs.iter().any(is_same) {
        return Err(Refusal::said(format!("`--depfile` would overwrite {}, which is read", shown(path))));
    }
    if outputs.iter().flat_map(|outputs| &outputs.files).any(|file| is_same(&file.path)) {
        return Err(Refusal::said(format!("`--depfile` names {}, where a page is published", shown(path))));
    }
    Ok(())
}
