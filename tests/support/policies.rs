//! The policies that tests run over: every fixture and every example.

#![allow(dead_code, reason = "each test takes the part it needs")]

use std::path::{Path, PathBuf};

use candor::{Compilation, Loader, NoFiles, Options, Source, compile};

/// Brings in files that lie beside the one that asks for them.
pub struct Beside;

impl Loader for Beside {
    fn load(&self, from: &str, path: &str) -> Result<Source, String> {
        let whole = Path::new(from).parent().unwrap_or(Path::new("")).join(path);
        let text = std::fs::read_to_string(&whole).map_err(|error| error.to_string())?;
        Ok(Source::new(whole.display().to_string(), text))
    }
}

/// Every policy under `tests/fixtures` and `examples`, with its text, in the order of their paths.
pub fn all() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["tests/fixtures", "examples"] {
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    // A fixture may be no text at all on purpose; reading such a file is the business of the command line.
    paths.into_iter().filter_map(|path| std::fs::read_to_string(&path).ok().map(|text| (path, text))).collect()
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "policy") {
            into.push(path);
        }
    }
}

/// Compiles a file of the project, with values if it has parameters.
pub fn compile_file(path: &Path, text: &str) -> Compilation {
    let options = Options { values_file: values(path, text), ..Options::default() };
    compile(Source::new(path.display().to_string(), text), &Beside, &options)
}

/// The values that a fixture gives in its `#=` comments, or that lie beside an example: `club-north.values`.
pub fn values(path: &Path, text: &str) -> Option<Source> {
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#= ")).collect();
    if !lines.is_empty() {
        return Some(Source::new("fixture.values", lines.join("\n") + "\n"));
    }
    let stem = path.file_stem()?.to_str()?;
    let beside = path.with_file_name(format!("{stem}-north.values"));
    Some(Source::new(beside.display().to_string(), std::fs::read_to_string(&beside).ok()?))
}

/// Compiles a text that brings in nothing.
pub fn compile_text(text: &str) -> Compilation {
    compile(Source::new("test.policy", text), &NoFiles, &Options::default())
}
