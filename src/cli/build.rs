//! `candor build`: from files to published pages.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use candor::{Format, RecordFormat};

use super::check::{Outcome, Tally, compile_all, repeats_stdin};
use super::files::is_stdin;
use super::publish::{publish, real_path};
use super::terminal::{Terminal, listed, shown};
use super::{BuildArgs, Status};

pub(super) fn run(args: &BuildArgs, terminal: &mut Terminal) -> Status {
    let mut formats: Vec<Format> = args.format.iter().map(|format| format.format()).collect();
    formats.sort_unstable();
    formats.dedup();
    if repeats_stdin(&args.files) {
        return terminal.fail("`-` can be given only once");
    }
    if args.files.iter().any(|path| is_stdin(path)) {
        if formats.len() != 1 {
            return terminal.fail("`-` writes one text to standard output; give one format, such as `--format html`");
        }
        if args.out.is_some() {
            return terminal.fail("`-` writes to standard output and takes no `--out`");
        }
    }
    if let Err(text) = find_collisions(args, &formats) {
        return terminal.fail(&text);
    }
    let mut status = Status::Clean;
    for (path, outcome) in args.files.iter().zip(compile_all(&args.files, &args.common)) {
        let (findings, sources, published, record) = match outcome {
            Outcome::Failed(text) => {
                status = status.max(terminal.fail(&text));
                continue;
            }
            Outcome::Compiled { findings, sources, published, record } => (findings, sources, published, record),
        };
        terminal.findings(&findings, &sources);
        let tally = Tally::of(&findings);
        if tally.is_refused(&args.common) {
            terminal.say(&format!("{}: not published, {}", shown(path), tally.words()));
            status = status.max(Status::Faulty);
            continue;
        }
        // A library has a note that says so.
        let Some(published) = published else { continue };
        if is_stdin(path) {
            for format in &formats {
                terminal.out(&published.render(*format));
            }
            continue;
        }
        let record = record.into_iter().flat_map(|record| {
            RecordFormat::ALL.map(|format| {
                (output_path(path, args.out.as_deref(), "-record", format.extension()), record.render(format))
            })
        });
        let pages = formats
            .iter()
            .map(|format| (output_path(path, args.out.as_deref(), "", format.extension()), published.render(*format)));
        match publish(pages.chain(record).collect(), args.out.as_deref()) {
            Err(text) => {
                status = status.max(terminal.fail(&text));
                terminal.say(&format!("{}: not published", shown(path)));
            }
            Ok(written) if written.is_empty() => {
                terminal.say(&format!("{}: published already, nothing changed", shown(path)))
            }
            Ok(written) => {
                let names: Vec<String> = written.iter().map(|path| shown(path)).collect();
                terminal.say(&format!("{}: published as {}", shown(path), listed(&names)));
            }
        }
    }
    status
}

/// Where a policy is published.
fn output_path(path: &Path, folder: Option<&Path>, document: &str, extension: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or(OsStr::new("policy")).to_os_string();
    name.push(document);
    name.push(".");
    name.push(extension);
    match folder {
        Some(folder) => folder.join(name),
        None => path.with_file_name(name),
    }
}

/// Finds outputs that would overwrite each other or a source, before anything is written.
fn find_collisions(args: &BuildArgs, formats: &[Format]) -> Result<(), String> {
    let files = || args.files.iter().filter(|path| !is_stdin(path));
    let sources: BTreeMap<PathBuf, &PathBuf> = files().map(|path| (real_path(path), path)).collect();
    let mut outputs: BTreeMap<PathBuf, &PathBuf> = BTreeMap::new();
    for path in files() {
        for format in formats {
            let output = output_path(path, args.out.as_deref(), "", format.extension());
            let real = real_path(&output);
            if let Some(source) = sources.get(&real) {
                return Err(format!("{} would be overwritten by what is published of {}", shown(source), shown(path)));
            }
            if let Some(other) = outputs.insert(real, path) {
                let both = if other == path {
                    format!("{} is given twice, so", shown(path))
                } else {
                    format!("{} and {}:", shown(other), shown(path))
                };
                return Err(format!("{both} both would be published as {}", shown(&output)));
            }
        }
    }
    Ok(())
}
