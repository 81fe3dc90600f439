//! The files that `use` brings in, from the folder of the policy and nowhere else.

use std::cell::RefCell;
use std::fs;
use std::path::{Component, Path, PathBuf};

use candor::{Loader, Source};

use super::files::{self, Input};
use super::terminal::reason;

/// Loads files relative to the file that brings them in, as long as they lie in the folder of the main one.
pub(super) struct Folder {
    /// The folder as it was given, for names.
    given: PathBuf,
    /// The main file as it was given, and where it really is.
    main: PathBuf,
    main_real: Option<PathBuf>,
    /// Every file that was looked for, whether or not it is there.
    looked_for: RefCell<Vec<PathBuf>>,
    /// What was asked for, and the answers.
    asked: RefCell<Vec<Asked>>,
}

/// What a policy asked for, and what it was given.
pub(super) struct Asked {
    from: String,
    path: String,
    /// The text, or why there is none.
    answer: Result<String, String>,
}

impl Folder {
    /// The loader for a policy; for `-` it is the current folder.
    pub(super) fn of(main: &Path) -> Folder {
        let is_stdin = files::is_stdin(main);
        let given = if is_stdin { PathBuf::new() } else { main.parent().map(Path::to_path_buf).unwrap_or_default() };
        let main_real = if is_stdin { None } else { fs::canonicalize(main).ok() };
        Folder { given, main: main.to_path_buf(), main_real, looked_for: RefCell::default(), asked: RefCell::default() }
    }

    /// Every file that was looked for, in this order, whether or not it is there; and what was asked and answered.
    pub(super) fn into_asked(self) -> (Vec<PathBuf>, Vec<Asked>) {
        (self.looked_for.into_inner(), self.asked.into_inner())
    }

    /// Whether the answers would be the same now.
    pub(super) fn answers(&self, asked: &[Asked]) -> bool {
        asked.iter().all(|Asked { from, path, answer }| self.find(from, path).map(|source| source.text) == *answer)
    }

    /// The folder as something that can be opened.
    fn root(&self) -> &Path {
        if self.given.as_os_str().is_empty() { Path::new(".") } else { &self.given }
    }
}

const OUTSIDE: &str = "it lies outside the folder of the policy";

impl Loader for Folder {
    fn load(&self, from: &str, path: &str) -> Result<Source, String> {
        let found = self.find(from, path);
        let answer = found.as_ref().map(|source| source.text.clone()).map_err(Clone::clone);
        self.asked.borrow_mut().push(Asked { from: from.to_owned(), path: path.to_owned(), answer });
        found
    }
}

impl Folder {
    fn find(&self, from: &str, path: &str) -> Result<Source, String> {
        let relative = Path::new(path);
        if path.is_empty() {
            return Err("it has no name".to_owned());
        }
        if path.contains('\0') {
            return Err("its name holds a character that no file name can hold".to_owned());
        }
        if relative.is_absolute()
            || matches!(relative.components().next(), Some(Component::Prefix(_) | Component::RootDir))
        {
            return Err("its path is not relative to this file".to_owned());
        }
        let beside = Path::new(from).parent().unwrap_or(Path::new(""));
        let inner = beside.strip_prefix(&self.given).unwrap_or(Path::new(""));
        // `..` is counted before anything is opened, so that it is refused whether or not the file exists.
        let mut depth = inner.components().filter(|part| matches!(part, Component::Normal(_))).count();
        for part in relative.components() {
            match part {
                Component::ParentDir => depth = depth.checked_sub(1).ok_or(OUTSIDE)?,
                Component::Normal(_) => depth += 1,
                Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
            }
        }
        let root = fs::canonicalize(self.root()).map_err(|error| reason(&error))?;
        let target = self.root().join(inner).join(relative);
        self.looked_for.borrow_mut().push(self.given.join(inner).join(relative));
        let real = fs::canonicalize(&target).map_err(|error| reason(&error))?;
        let within = real
            .strip_prefix(&root)
            .map_err(|_| "it is a link that leads outside the folder of the policy".to_owned())?;
        // A pipe or a device would keep its reader waiting.
        if fs::metadata(&real).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
            return Err("it is no file".to_owned());
        }
        // One file has one name, or going in circles would not be noticed.
        let name = if self.main_real.as_ref() == Some(&real) { self.main.clone() } else { self.given.join(within) };
        match files::read(&real) {
            Input::Text(source) => Ok(Source { name: name.to_string_lossy().into_owned(), text: source.text }),
            Input::Faulty(finding, _) => Err(finding.message),
            Input::Failed(text) => Err(text.rsplit_once(": ").map_or(text.clone(), |(_, reason)| reason.to_owned())),
        }
    }
}
