//! `candor fmt`: from policies to the same policies in canonical layout.

use candor::format::format;
use candor::source::Sources;

use super::check::given_once;
use super::files::{self, Input, replace_all};
use super::terminal::{Terminal, count, shown};
use super::{FmtArgs, Status};

pub(super) fn run(args: &FmtArgs, terminal: &mut Terminal) -> Status {
    if let Err(text) = given_once(&args.files) {
        return terminal.fail(&text);
    }
    let mut status = Status::Clean;
    let mut changed = 0;
    for path in &args.files {
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
                let mut sources = Sources::default();
                sources.add(source);
                terminal.findings(&findings, &[], &sources);
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
