//! `candor explain`: what a finding means.

use std::fmt::Write as _;

use candor::codes;
use candor::diagnostic::Code;

use super::terminal::Terminal;
use super::{ExplainArgs, Status};

/// How wide a line of explanation is.
const WIDTH: usize = 80;

pub(super) fn run(args: &ExplainArgs, terminal: &mut Terminal) -> Status {
    let Some(name) = args.code.as_deref().filter(|_| !args.list) else {
        terminal.out(&list());
        return Status::Clean;
    };
    // A code may be copied with its brackets: `error[missing-semicolon]`.
    let bare = name.rsplit('[').next().unwrap_or(name).trim_end_matches(']');
    match codes::find(bare) {
        Some(code) => {
            terminal.out(&explain(code));
            Status::Clean
        }
        None => {
            let near = codes::nearest(bare, codes::all().into_iter().map(|code| &*code.name));
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`candor explain --list` lists them all".to_owned(),
            };
            terminal.fail(&format!("no finding is called `{bare}`; {hint}"))
        }
    }
}

fn list() -> String {
    let codes = codes::all();
    let longest = codes.iter().map(|code| code.name.len()).max().unwrap_or(0);
    codes.iter().fold(String::new(), |mut out, code| {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{:longest$}  {:7}  {}", code.name, code.level.word(), code.summary);
        out
    })
}

fn explain(code: &Code) -> String {
    let mut out = format!("{} ({})\n\n", code.name, code.level.word());
    for text in [&*code.summary, &*code.explanation] {
        out.push_str(&wrapped(text));
        out.push('\n');
    }
    for (title, example) in [("This raises it", &*code.bad), ("This is right", &*code.good)] {
        if !example.is_empty() {
            let _ = writeln!(out, "{title}:\n");
            for line in example.lines() {
                let _ = writeln!(out, "    {line}");
            }
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A text in lines of a readable length.
fn wrapped(text: &str) -> String {
    let mut out = String::new();
    for paragraph in text.split('\n') {
        let mut column = 0;
        for word in paragraph.split(' ') {
            let width = word.chars().count();
            if column > 0 && column + 1 + width > WIDTH {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += width;
        }
        out.push('\n');
    }
    out
}
