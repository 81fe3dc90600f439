//! From a path to a text, and from a text to a file: reading with limits, and replacing without half-written files.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use candor::codes::{files, listed, syntax};
use candor::diagnostic::Diagnostic;
use candor::source::{FileId, Source, Sources, Span};
use candor::syntax::tree::MAXIMUM_SIZE;

use super::terminal::{reason, shown};

/// What reading an input gives.
pub(super) enum Input {
    /// Its text.
    Text(Source),
    /// It is no text that a policy could be.
    Faulty(Box<Diagnostic>, Sources),
    /// It cannot be read: a sentence.
    Failed(String),
}

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Reads a file or, for `-`, standard input.
pub(super) fn read(path: &Path) -> Input {
    let name = if is_stdin(path) { "-".to_owned() } else { path.to_string_lossy().into_owned() };
    let bytes = if is_stdin(path) { read_bounded(io::stdin().lock(), 0) } else { read_file(path) };
    match bytes {
        Err(error) => {
            let is_dangling = error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_ok();
            let reason = if is_dangling { "it is a link to nothing".to_owned() } else { reason(&error) };
            let what = if is_stdin(path) { "standard input".to_owned() } else { shown(path) };
            Input::Failed(format!("cannot read {what}: {reason}"))
        }
        Ok(Bytes::TooMany(size)) => {
            let span = Span { file: FileId(0), start: 0, end: 0 };
            faulty(syntax::input_too_large(span, size, MAXIMUM_SIZE), Source::new(name, ""))
        }
        Ok(Bytes::All(bytes)) => match String::from_utf8(bytes) {
            Ok(text) => Input::Text(Source::new(name, text)),
            Err(error) => not_text(name, error.as_bytes(), error.utf8_error().valid_up_to()),
        },
    }
}

/// The text of a file that is given beside the policies.
///
/// # Errors
///
/// A sentence that says why it cannot be read.
pub(super) fn text(path: &Path) -> Result<Source, String> {
    match read(path) {
        Input::Text(source) => Ok(source),
        Input::Faulty(finding, _) => Err(format!("cannot read {}: {}", shown(path), finding.message)),
        Input::Failed(text) => Err(text),
    }
}

fn faulty(finding: Diagnostic, source: Source) -> Input {
    let mut sources = Sources::default();
    sources.add(source);
    Input::Faulty(Box::new(finding), sources)
}

/// A finding at the first byte that is not text. What is shown ends a little behind it, because a file that is no
/// text may have no lines.
fn not_text(name: String, bytes: &[u8], valid: usize) -> Input {
    let end = bytes.len().min(valid.saturating_add(32));
    let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or(bytes)).into_owned();
    let stop = text.get(valid..).and_then(|rest| rest.chars().next()).map_or(valid, |first| valid + first.len_utf8());
    let span = Span { file: FileId(0), start: valid as u32, end: stop as u32 };
    faulty(files::not_text(span, valid), Source::new(name, text))
}

enum Bytes {
    All(Vec<u8>),
    /// More than a policy may have.
    TooMany(usize),
}

fn read_file(path: &Path) -> io::Result<Bytes> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    read_bounded(file, usize::try_from(metadata.len()).unwrap_or(usize::MAX))
}

/// Reads no more than a policy may have; `size` is how much there is, as far as that is known.
fn read_bounded(reader: impl Read, size: usize) -> io::Result<Bytes> {
    if size > MAXIMUM_SIZE {
        return Ok(Bytes::TooMany(size));
    }
    let mut bytes = Vec::with_capacity(size);
    reader.take(MAXIMUM_SIZE as u64 + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() > MAXIMUM_SIZE { Bytes::TooMany(bytes.len()) } else { Bytes::All(bytes) })
}

/// A file that is written beside the one it is to replace, and removed again unless it does.
struct Prepared {
    temporary: PathBuf,
    target: PathBuf,
    done: bool,
}

impl Drop for Prepared {
    fn drop(&mut self) {
        if !self.done {
            // It may not have been created, and there is nobody left to tell.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

/// Replaces several files as one: all are written beside their places first, then each is moved into its place.
/// A file that has these bytes already is left alone.
///
/// Returns which files were written.
///
/// # Errors
///
/// A sentence that says what failed. Then nothing has changed, unless moving itself failed after the first file.
pub(super) fn replace_all(files: &[(PathBuf, String)]) -> Result<Vec<PathBuf>, String> {
    let mut prepared = Vec::new();
    let mut written = Vec::new();
    for (path, text) in files {
        let failed = |error: io::Error| format!("cannot write {}: {}", shown(path), reason(&error));
        // A link stays a link: what it leads to is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        if fs::metadata(&target).is_ok_and(|metadata| metadata.is_dir()) {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if has_bytes(&target, text.as_bytes()) {
            continue;
        }
        prepared.push(prepare(target, text).map_err(failed)?);
        written.push(path.clone());
    }
    for (index, file) in prepared.iter_mut().enumerate() {
        fs::rename(&file.temporary, &file.target).map_err(|error| {
            let before: Vec<String> = written.iter().take(index).map(|path| shown(path)).collect();
            let so_far =
                if before.is_empty() { String::new() } else { format!(" ({} already replaced)", listed(&before)) };
            format!("cannot replace {}: {}{so_far}", shown(&file.target), reason(&error))
        })?;
        file.done = true;
    }
    Ok(written)
}

/// How a file stands to what would be written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It has these bytes.
    Current,
    /// It has others, or is no file.
    Stale,
    /// It is not there.
    Missing,
}

/// Holds a file against what would be written there.
pub(super) fn state_of(path: &Path, bytes: &[u8]) -> State {
    if has_bytes(path, bytes) {
        State::Current
    } else if path.exists() {
        State::Stale
    } else {
        State::Missing
    }
}

fn has_bytes(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|there| there == bytes)
}

/// Writes a text beside the file that it is to replace.
fn prepare(target: PathBuf, text: &str) -> io::Result<Prepared> {
    let name = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
    for attempt in 0u32..100 {
        let temporary = target.with_file_name(format!(".{name}.{}-{attempt}.tmp", std::process::id()));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&temporary) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        let prepared = Prepared { temporary, target, done: false };
        file.write_all(text.as_bytes())?;
        if let Ok(metadata) = fs::metadata(&prepared.target) {
            file.set_permissions(metadata.permissions())?;
        }
        return Ok(prepared);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
