//! `candor fmt`: from policies to the same policies in canonical layout.

use std::path::PathBuf;

use candor::format::format;
use candor::source::Sources;

use super::compile::brought_in;
use super::files::{self, Input, replace_all};
use super::settings::{Refusal, settings};
use super::terminal::{Terminal, count, shown};
use super::{FmtArgs, SourceArgs, Status};

pub(super) fn run(args: &FmtArgs, terminal: &mut Terminal) -> Status {
    let paths = match paths(&args.sources) {
        Ok(paths) => paths,
        Err(refusal) => return refusal.show(terminal),
    };
    let mut status = Status::Clean;
    let mut changed = 0;
    for path in &paths {
        let source = match files::read(path) {
            Input::Text(source) => source,
            Input::Faulty(finding, sources) => {
                terminal.findings(&[*finding], &[], &sources);
                status = status.max(Status::Faulty);
                continue;
            }
            Input::Failed(text) => {
                status = status.max(terminal.fail(&text));
                continue;
            }
        };
        let laid_out = match format(&source.text) {
            Ok(laid_out) => laid_out,
            Err(findings) => {
                terminal.findings(&findings, &[], &Sources::from(source));
                terminal.say(&format!("{}: left as it is, because it was not understood", shown(path)));
                status = status.max(Status::Faulty);
                continue;
            }
        };
        let differs = laid_out != source.text;
        if args.check {
            if differs {
                terminal.out(&format!("{}\n", shown(path)));
                status = status.max(Status::Faulty);
                changed += 1;
            }
        } else if files::is_stdin(path) {
            terminal.out(&laid_out);
        } else if differs {
            match replace_all(&[(path.clone(), laid_out)]) {
                Ok(_) => changed += 1,
                Err(text) => status = status.max(terminal.fail(&text)),
            }
        }
    }
    if args.check && changed > 0 {
        terminal.say(&format!("{} would change; run `candor fmt` on them", count(changed, "file")));
    } else if changed > 0 {
        terminal.say(&format!("laid out {}", count(changed, "file")));
    }
    status
}

/// The files that are given, or the policies of a project with everything that they bring in, each once.
fn paths(args: &SourceArgs) -> Result<Vec<PathBuf>, Refusal> {
    let settings = settings(args)?;
    let policies = settings.policies.into_iter().map(|policy| policy.path.value);
    if settings.project.is_none() {
        return Ok(policies.collect());
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    for policy in policies {
        let used = brought_in(&policy);
        for path in std::iter::once(policy).chain(used) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    Ok(paths)
}
