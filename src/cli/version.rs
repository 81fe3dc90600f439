//! From `REV:PATH` or the name of a file to a version of a policy.

use std::path::{Component, Path, PathBuf};
use std::process::Command;

use candor::diagnostic::{Control, Diagnostic, Level};
use candor::source::Sources;
use candor::{Compilation, Loader, Options, Source, compile};

use super::files::{self, Input};
use super::loader::Folder;
use super::terminal::{count, shown};

/// A version that is to be compared: a file, or a text that git holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Version {
    File(PathBuf),
    Git(Revision),
}

/// The files of one commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Revision {
    /// As git names it: `HEAD~1`, `v2`, a hash.
    name: String,
    /// The folder of the policy in the repository, and its path there.
    folder: PathBuf,
    path: String,
}

impl Version {
    /// A file that exists is that file; else `REV:PATH` is a text that git holds.
    pub(super) fn of(text: &str) -> Version {
        match text.split_once(':') {
            Some((revision, path)) if !Path::new(text).exists() && !revision.is_empty() && !path.is_empty() => {
                let folder = Path::new(path).parent().map(Path::to_path_buf).unwrap_or_default();
                Version::Git(Revision { name: revision.to_owned(), folder, path: path.to_owned() })
            }
            _ => Version::File(PathBuf::from(text)),
        }
    }

    /// Its text.
    pub(super) fn read(&self) -> Result<Source, Unread> {
        match self {
            Version::File(path) => match files::read(path) {
                Input::Text(source) => Ok(source),
                Input::Failed(text) => Err(Unread::said(text)),
                Input::Faulty(finding, sources) => {
                    Err(Unread { findings: vec![*finding], sources, text: format!("cannot read {}", shown(path)) })
                }
            },
            Version::Git(revision) => {
                let name = revision.shown(&revision.path);
                let text = revision.read(&revision.path);
                let text = text.map_err(|reason| Unread::said(format!("cannot read `{name}`: {reason}")))?;
                Ok(Source::new(name, text))
            }
        }
    }

    /// What its text means.
    pub(super) fn compile(&self, source: Source, options: &Options) -> Result<Compilation, Unread> {
        let name = shown(Path::new(&source.name));
        let compilation = match self {
            Version::File(path) => compile(source, &Folder::of(path), options),
            Version::Git(revision) => compile(source, revision, options),
        };
        // What contradicts itself or a law is understood all the same; what cannot be read is not.
        let is_unread = |finding: &&Diagnostic| finding.level == Level::Error && finding.code.control == Control::Fixed;
        let findings: Vec<Diagnostic> = compilation.diagnostics.iter().filter(is_unread).cloned().collect();
        if !findings.is_empty() {
            let text = format!("{name} is not compared, {}", count(findings.len(), "error"));
            return Err(Unread { findings, sources: compilation.sources, text });
        }
        if compilation.policy.header.span.is_none() {
            return Err(Unread::said(format!("{name} is not compared: it has no `policy` block")));
        }
        Ok(compilation)
    }

    /// The file that it is; none if git holds it.
    pub(super) fn file(&self) -> Option<&Path> {
        match self {
            Version::File(path) => Some(path),
            Version::Git(_) => None,
        }
    }
}

/// Why a version cannot be compared.
pub(super) struct Unread {
    pub findings: Vec<Diagnostic>,
    pub sources: Sources,
    /// A sentence.
    pub text: String,
}

impl Unread {
    fn said(text: String) -> Unread {
        Unread { findings: Vec::new(), sources: Sources::default(), text }
    }
}

impl Revision {
    fn shown(&self, path: &str) -> String {
        format!("{}:{path}", self.name)
    }

    /// A text of the commit.
    fn read(&self, path: &str) -> Result<String, String> {
        let output = Command::new("git")
            .args(["cat-file", "blob", "--end-of-options", &self.shown(path)])
            .output()
            .map_err(|error| format!("git cannot be run: {}", super::terminal::reason(&error)))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let said = said.lines().next().unwrap_or("git says no more").trim_start_matches("fatal: ");
            return Err(said.to_owned());
        }
        String::from_utf8(output.stdout).map_err(|_| "it is not UTF-8 text".to_owned())
    }
}

impl Loader for Revision {
    fn load(&self, from: &str, path: &str) -> Result<Source, String> {
        let from = from.strip_prefix(&format!("{}:", self.name)).unwrap_or(from);
        let beside = Path::new(from).parent().unwrap_or(Path::new(""));
        let mut inner: Vec<String> = beside
            .strip_prefix(&self.folder)
            .unwrap_or(Path::new(""))
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(part) => inner.push(part.to_string_lossy().into_owned()),
                Component::CurDir => {}
                Component::ParentDir if inner.pop().is_some() => {}
                Component::ParentDir => return Err("it lies outside the folder of the policy".to_owned()),
                Component::RootDir | Component::Prefix(_) => {
                    return Err("its path is not relative to this file".to_owned());
                }
            }
        }
        let folder = self.folder.to_string_lossy();
        let path = if folder.is_empty() { inner.join("/") } else { format!("{folder}/{}", inner.join("/")) };
        Ok(Source::new(self.shown(&path), self.read(&path)?))
    }
}
