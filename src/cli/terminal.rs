//! What is shown: findings and messages on standard error, results on standard output.
//!
//! Nothing here panics when nobody reads, and no text of a policy or of a file name reaches the terminal without
//! its control characters replaced.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use candor::diagnostic::{Allowance, Diagnostic};
use candor::emit::sarif::Log;
use candor::emit::{self, Style};
use candor::source::Sources;

use super::{ColorArg, MessageFormat, OutputArgs, Status};

/// The two streams and how to write to them.
pub(super) struct Terminal {
    format: MessageFormat,
    color: bool,
    /// What is written when everything is said: SARIF is one text for all files.
    log: Log,
    failure: Option<io::Error>,
}

impl Terminal {
    pub(super) fn new(args: OutputArgs) -> Terminal {
        let color = match args.color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => {
                io::stderr().is_terminal()
                    && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
            }
        };
        let base = std::env::current_dir().ok().map(|folder| folder.to_string_lossy().into_owned());
        Terminal { format: args.message_format, color, log: Log::new(base), failure: None }
    }

    /// Writes a result to standard output.
    pub(super) fn out(&mut self, text: &str) {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        // A reader that has seen enough, such as `head`, is no failure.
        if let Err(error) = written
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            self.failure.get_or_insert(error);
        }
    }

    /// Shows findings in the order given, and where programs ask for it what was accepted.
    pub(super) fn findings(&mut self, findings: &[Diagnostic], allowances: &[Allowance], sources: &Sources) {
        let text = match self.format {
            MessageFormat::Sarif => return self.log.add(findings, allowances, sources),
            _ if findings.is_empty() => return,
            MessageFormat::Human => emit::human(findings, sources, Style::Full, self.color),
            MessageFormat::Short => emit::human(findings, sources, Style::Short, self.color),
            MessageFormat::Json => emit::json(findings, sources),
        };
        self.err(&text);
    }

    /// Whether all that is found is written at the end, as one text.
    pub(super) fn is_one_log(&self) -> bool {
        self.format == MessageFormat::Sarif
    }

    /// Says what was done; nothing if programs read along.
    pub(super) fn say(&self, text: &str) {
        match self.format {
            MessageFormat::Human | MessageFormat::Short => self.err(&format!("{}\n", one_line(text))),
            MessageFormat::Json | MessageFormat::Sarif => {}
        }
    }

    /// Says why the command could not do its work.
    pub(super) fn fail(&mut self, text: &str) -> Status {
        let text = one_line(text);
        match self.format {
            MessageFormat::Json => {
                let record = serde_json::json!({ "code": null, "level": "error", "message": text });
                self.err(&format!("{record}\n"));
            }
            MessageFormat::Sarif => self.log.fail(&text),
            MessageFormat::Human | MessageFormat::Short => self.err(&format!("candor: {text}\n")),
        }
        Status::Failed
    }

    /// Says what is left to say, and whether standard output took everything.
    pub(super) fn finish(&mut self) -> Status {
        let status = match self.failure.take() {
            Some(error) => self.fail(&format!("cannot write to standard output: {}", reason(&error))),
            None => Status::Clean,
        };
        if self.format == MessageFormat::Sarif {
            self.err(&self.log.render());
        }
        status
    }

    fn err(&self, text: &str) {
        // There is nowhere left to say that standard error is closed.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// A text without anything that drives a terminal, on one line.
fn one_line(text: &str) -> String {
    emit::visible(text).replace(['\n', '\r', '\t'], "?")
}

/// A path as it is shown.
pub(super) fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}

/// Why something went wrong, as the end of a sentence.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => {
            let text = error.to_string();
            text.find(" (os error").map_or(text.as_str(), |end| &text[..end]).to_lowercase()
        }
    }
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}
