//! From changes of files to builds: every file that the last build looked for is watched until Ctrl-C.
//!
//! Folders are watched rather than files, because editors replace files, and because a file that is missing may come.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::Status;
use super::build::Built;
use super::terminal::{Terminal, shown};

/// How long nothing must change before a build begins: saving a file is several changes at once.
const SETTLED: Duration = Duration::from_millis(8);
/// The same once a file has been closed or put in its place, after which only other files may follow.
const SAVED: Duration = Duration::from_millis(2);
/// How long changes without a pause are waited for.
const LONGEST: Duration = Duration::from_millis(100);
/// How much older than a change its time may be: clocks of file systems go in steps.
const STEP_OF_CLOCK: Duration = Duration::from_millis(20);

/// What the loop waits for.
enum Signal {
    Changed(notify::Result<Event>),
    Stop,
}

/// Builds, and builds again whenever something that was looked for changes, until Ctrl-C.
pub(super) fn run(terminal: &mut Terminal, mut build: impl FnMut(&mut Terminal) -> Built) -> Status {
    if terminal.is_one_log() {
        return terminal.fail("this has no end, so its findings cannot be one log of SARIF");
    }
    let (sender, receiver) = mpsc::channel();
    let mut watched = match Watched::new(&sender) {
        Ok(watched) => watched,
        Err(text) => return terminal.fail(&text),
    };
    let mut word = "built";
    loop {
        let begun = SystemTime::now();
        let started = Instant::now();
        let built = build(terminal);
        if built.inputs.is_empty() {
            // There is nothing that could change.
            return built.status;
        }
        let time = started.elapsed().as_secs_f64() * 1000.0;
        terminal.say(&format!("{word} in {time:.1} ms; waiting for changes, Ctrl-C ends"));
        word = "built again";
        match watched.follow(&built.inputs) {
            // What changed before it was watched was not noticed.
            Ok(true) if built.inputs.iter().any(|path| has_changed_since(path, begun)) => continue,
            Ok(_) => {}
            Err(text) => return terminal.fail(&text),
        }
        if !watched.wait(&receiver) {
            return Status::Clean;
        }
    }
}

fn has_changed_since(path: &Path, begun: SystemTime) -> bool {
    let changed = fs::metadata(path).and_then(|metadata| metadata.modified());
    changed.is_ok_and(|changed| changed + STEP_OF_CLOCK >= begun)
}

/// The folders that are watched, and what counts in them.
struct Watched {
    watcher: RecommendedWatcher,
    folders: BTreeSet<PathBuf>,
    /// The files that count, and of a folder that is missing the first part that is.
    paths: BTreeSet<PathBuf>,
}

impl Watched {
    fn new(sender: &Sender<Signal>) -> Result<Watched, String> {
        let stop = sender.clone();
        // Nobody waits any more where sending fails, here and below.
        ctrlc::set_handler(move || drop(stop.send(Signal::Stop)))
            .map_err(|error| format!("cannot wait for Ctrl-C: {error}"))?;
        let changed = sender.clone();
        let watcher = notify::recommended_watcher(move |event| drop(changed.send(Signal::Changed(event))))
            .map_err(|error| format!("cannot watch files: {error}"))?;
        Ok(Watched { watcher, folders: BTreeSet::new(), paths: BTreeSet::new() })
    }

    /// Watches these files and no others; says whether a folder is new.
    fn follow(&mut self, inputs: &[PathBuf]) -> Result<bool, String> {
        let mut folders = BTreeSet::new();
        self.paths.clear();
        for input in inputs {
            // A link is watched, and what it leads to.
            for path in std::iter::once(absolute(input)).chain(fs::canonicalize(input).ok()) {
                let Some((folder, part)) = nearest(&path) else { continue };
                self.paths.insert(folder.join(part));
                folders.insert(folder);
            }
        }
        for gone in self.folders.difference(&folders) {
            // It may be gone already.
            let _ = self.watcher.unwatch(gone);
        }
        let mut any_new = false;
        for new in folders.difference(&self.folders) {
            if let Err(error) = self.watcher.watch(new, RecursiveMode::NonRecursive) {
                if new.is_dir() {
                    return Err(format!("cannot watch the folder {}: {error}", shown(new)));
                }
                // It went away meanwhile, so that another is the nearest now.
                return self.follow(inputs).map(|_| true);
            }
            any_new = true;
        }
        self.folders = folders;
        Ok(any_new)
    }

    /// Waits for a change that counts and for the end of those that come with it; says whether to go on.
    fn wait(&mut self, receiver: &Receiver<Signal>) -> bool {
        let mut pause = loop {
            match receiver.recv() {
                Ok(Signal::Changed(event)) if self.counts(&event) => break pause_after(&event),
                Ok(Signal::Changed(_)) => {}
                Ok(Signal::Stop) | Err(_) => return false,
            }
        };
        let first = Instant::now();
        while first.elapsed() < LONGEST {
            match receiver.recv_timeout(pause) {
                Ok(Signal::Changed(event)) => {
                    if self.counts(&event) {
                        pause = pause_after(&event);
                    }
                }
                Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        true
    }

    /// Whether a change is one of a file that is watched. A folder that is moved or removed is watched anew.
    fn counts(&mut self, event: &notify::Result<Event>) -> bool {
        // Changes may have been lost.
        let Ok(event) = event else { return true };
        let is_reading = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
        if is_reading {
            return false;
        }
        let mut counts = event.need_rescan();
        for path in &event.paths {
            if self.folders.remove(path) {
                // It may be gone already.
                let _ = self.watcher.unwatch(path);
                counts = true;
            }
            counts |= self.paths.contains(path);
        }
        counts
    }
}

/// How long to wait after a change for others that belong to the same save.
fn pause_after(event: &notify::Result<Event>) -> Duration {
    let is_complete = event.as_ref().is_ok_and(|event| {
        matches!(
            event.kind,
            EventKind::Access(AccessKind::Close(AccessMode::Write))
                | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Both))
        )
    });
    if is_complete { SAVED } else { SETTLED }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// The nearest folder above a path that is there, by its one name, and the part of the path in it.
fn nearest(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let mut part = path;
    for folder in path.ancestors().skip(1) {
        if let Ok(real) = fs::canonicalize(folder)
            && real.is_dir()
        {
            return Some((real, part.file_name()?.into()));
        }
        part = folder;
    }
    None
}
