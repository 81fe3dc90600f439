//! House rules that the compiler of Rust does not check.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Which modules of the crate a module may import. `docs/architecture.md` shows this table.
const MAY_IMPORT: [(&str, &[&str]); 27] = [
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("codes", &["diagnostic", "source"]),
    ("syntax", &["codes", "diagnostic", "source"]),
    ("format", &["diagnostic", "source", "syntax"]),
    ("law", &["codes", "diagnostic", "source", "syntax"]),
    ("levels", &["codes", "diagnostic", "source", "syntax"]),
    ("vendors", &["syntax"]),
    ("vocabulary", &["syntax"]),
    ("packs", &["law", "syntax", "vocabulary"]),
    ("policy", &["document", "source", "syntax", "vendors", "vocabulary"]),
    ("english", &[]),
    ("resolve", &["codes", "diagnostic", "document", "english", "policy", "source", "syntax", "vendors", "vocabulary"]),
    ("document", &[]),
    ("record", &[]),
    ("wording", &["codes", "diagnostic", "document", "source", "syntax"]),
    ("diff", &["check", "policy", "resolve", "source", "syntax", "vocabulary"]),
    ("draft", &["diff", "document", "policy", "record", "resolve", "syntax", "vocabulary", "wording"]),
    ("facts", &["policy", "resolve", "syntax", "vendors", "vocabulary"]),
    ("cells", &["codes", "diagnostic", "facts", "policy", "source", "syntax", "vocabulary"]),
    ("render", &["codes", "diagnostic", "document", "source", "wording"]),
    ("check", &["codes", "diagnostic", "law", "packs", "policy", "source", "syntax", "vocabulary"]),
    ("publish", &["cells", "document", "facts", "record", "render"]),
    ("stats", &["document", "english", "wording"]),
    ("emit", &["diagnostic", "source"]),
    (
        "compile",
        &[
            "cells",
            "check",
            "codes",
            "diagnostic",
            "diff",
            "document",
            "draft",
            "emit",
            "facts",
            "law",
            "levels",
            "packs",
            "policy",
            "publish",
            "render",
            "resolve",
            "source",
            "syntax",
            "wording",
        ],
    ),
    (
        "cli",
        &[
            "check",
            "codes",
            "diagnostic",
            "document",
            "emit",
            "format",
            "levels",
            "render",
            "source",
            "stats",
            "syntax",
            "vendors",
            "wording",
        ],
    ),
];

/// The most lines of a source file, and the files that have more for a reason.
const LONGEST: usize = 600;
const LONGER: [(&str, &str); 2] = [
    ("src/facts.rs", "every type of the published JSON stands beside what fills it"),
    ("src/draft/sentence.rs", "the order of the slots of a sentence is decided in one place"),
];

/// Lines of source that may stop the program, by file and reason.
const MAY_PANIC: [(&str, &str); 1] = [("src/cli/reference.rs", "it is a test")];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder with one of these extensions, with paths from the root of the project.
fn files(folder: &str, extensions: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| extensions.iter().any(|extension| found == *extension)) {
                let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
                found.push((shown, std::fs::read_to_string(&path).unwrap_or_default()));
            }
        }
    }
    found.sort();
    found
}

fn report(faults: &str) {
    assert!(faults.is_empty(), "\n{faults}");
}

/// The module of the crate that a source file belongs to.
fn module(path: &str) -> &str {
    let path = path.strip_prefix("src/").unwrap_or(path);
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

/// The part of a source file that is no comment and no test.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(index, line)| (index + 1, line))
}

#[test]
fn modules_import_what_they_may() {
    let mut faults = String::new();
    for (path, text) in files("src", &["rs"]) {
        let module = module(&path);
        if matches!(module, "lib" | "main") {
            continue;
        }
        let Some((_, may)) = MAY_IMPORT.iter().find(|(name, _)| *name == module) else {
            let _ = writeln!(faults, "{path}: the module `{module}` is not in the table");
            continue;
        };
        for (line, code) in code(&text) {
            if code.contains("use crate::{") || code.contains("super::super") {
                let _ = writeln!(faults, "{path}:{line}: name the module behind `crate::` in every `use`");
            }
            let root = if module == "cli" { "candor::" } else { "crate::" };
            for imported in code.split(root).skip(1) {
                let imported: String = imported.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if !imported.is_empty()
                    && imported != module
                    && !may.contains(&imported.as_str())
                    // These two are functions, which stand at the root.
                    && !matches!(&*imported, "compile" | "register")
                {
                    let _ = writeln!(faults, "{path}:{line}: `{module}` may not import `{imported}`");
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn the_table_of_imports_is_documented() -> std::io::Result<()> {
    const OPEN: &str = "<!-- imports: made by tests/tidy.rs -->\n";
    const CLOSE: &str = "<!-- end of imports -->";
    let mut table = String::from("\n| module | may import |\n| --- | --- |\n");
    for (module, may) in MAY_IMPORT {
        let may: Vec<String> = may.iter().map(|module| format!("`{module}`")).collect();
        let may = if may.is_empty() { "nothing".to_owned() } else { may.join(", ") };
        let _ = writeln!(table, "| `{module}` | {may} |");
    }
    table.push('\n');
    let path = root().join("docs/architecture.md");
    let page = std::fs::read_to_string(&path)?;
    let (Some(start), Some(end)) = (page.find(OPEN), page.find(CLOSE)) else {
        return Err(std::io::Error::other("docs/architecture.md has no place for the table of imports"));
    };
    let (before, after) = (&page[..start + OPEN.len()], &page[end..]);
    let current = format!("{before}{table}{after}");
    if page == current {
        return Ok(());
    }
    std::fs::write(path, current)?;
    Err(std::io::Error::other("the table in docs/architecture.md was stale and has been rewritten; run the test again"))
}

#[test]
fn source_files_are_short_and_say_what_they_are() {
    let mut faults = String::new();
    for folder in ["src", "tests", "benches"] {
        for (path, text) in files(folder, &["rs"]) {
            let lines = text.lines().count();
            let longer = LONGER.iter().any(|(name, _)| *name == path);
            if path.starts_with("src/") && (lines > LONGEST) != longer {
                let _ = writeln!(
                    faults,
                    "{path}: {lines} lines; the limit is {LONGEST}, and the list of exceptions is wrong about it"
                );
            }
            if !text.starts_with("//! ") {
                let _ = writeln!(faults, "{path}: it does not open with `//!`");
            }
        }
    }
    report(&faults);
}

#[test]
fn nothing_in_the_compiler_panics_or_touches_the_world() {
    let mut faults = String::new();
    for (path, text) in files("src", &["rs"]) {
        let may_panic = MAY_PANIC.iter().any(|(name, _)| *name == path);
        let world = module(&path) == "cli" || module(&path) == "main";
        for (line, code) in code(&text) {
            for word in [".unwrap(", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("] {
                if code.contains(word) && !may_panic {
                    let _ = writeln!(faults, "{path}:{line}: `{word}` can stop the program");
                }
            }
            for word in ["std::fs", "std::env", "std::net", "std::time", "std::process", "SystemTime", "Zoned::now"] {
                if code.contains(word) && !world {
                    let _ = writeln!(faults, "{path}:{line}: only the command line may touch `{word}`");
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn templates_are_all_used() {
    let mut faults = String::new();
    let source: String = files("src", &["rs"]).into_iter().map(|(_, text)| text).collect();
    for (path, text) in files("templates/en", &["hbs"]) {
        let headings = text.lines().filter_map(|line| line.strip_prefix("{{!-- ")?.strip_suffix(" --}}"));
        let names = headings.filter(|name| !name.contains(' '));
        let mut any = false;
        for name in names {
            any = true;
            let constant = name.replace('-', "_").to_uppercase();
            let family = ["ccpa-", "cell-", "change-", "spi-", "column-", "title-", "field-", "label-"]
                .iter()
                .any(|family| name.starts_with(family));
            if !family && !source.contains(&format!("::{constant}")) {
                let _ = writeln!(faults, "{path}: nothing uses the template `{name}`");
            }
        }
        if !any {
            let _ = writeln!(faults, "{path}: no template was found in it");
        }
    }
    for entry in std::fs::read_dir(root().join("templates")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_file() && !source.contains(&name) {
            let _ = writeln!(faults, "templates/{name}: nothing reads it");
        }
    }
    report(&faults);
}

#[test]
fn fixtures_have_their_snapshots_and_nothing_else() {
    let mut faults = String::new();
    let all: BTreeSet<String> =
        files("tests/fixtures", &["policy", "snap", "new", "md"]).into_iter().map(|(path, _)| path).collect();
    for path in &all {
        let fixture = Path::new(path);
        let shared = path.contains("/shared/");
        let partner = match fixture.extension().and_then(|extension| extension.to_str()) {
            Some("policy") if !shared => fixture.with_extension("snap"),
            Some("snap") => fixture.with_extension("policy"),
            Some("new") => {
                let _ = writeln!(faults, "{path}: a snapshot that nobody accepted");
                continue;
            }
            _ => continue,
        };
        if !all.contains(&partner.display().to_string()) {
            let _ = writeln!(faults, "{path}: {} is missing", partner.display());
        }
    }
    for (path, text) in files("tests/fixtures", &["policy"]) {
        if !path.contains("/shared/") && !text.starts_with("# ") {
            let _ = writeln!(faults, "{path}: the first line does not say what it pins");
        }
    }
    let fixtures: String = files("tests/fixtures", &["policy"]).into_iter().map(|(_, text)| text).collect();
    for (path, _) in files("tests/fixtures/files/shared", &["policy"]) {
        let name = Path::new(&path).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        if !fixtures.contains(&format!("use \"{name}\"")) {
            let _ = writeln!(faults, "{path}: no fixture brings it in");
        }
    }
    report(&faults);
}

#[test]
fn every_finding_has_a_fixture() {
    let fixtures: String = files("tests/fixtures", &["policy"]).into_iter().map(|(_, text)| text).collect();
    let of_policies = fixtures
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("#~ "))
        .filter_map(|finding| finding.split_whitespace().nth(1));
    // What is found in templates stands in the snapshots beside them.
    let templates: String = files("tests/templates", &["snap"]).into_iter().map(|(_, text)| text).collect();
    let of_templates =
        templates.lines().filter_map(|line| line.split_once("]: ")?.0.split_once('[')).map(|(_, code)| code);
    let raised: BTreeSet<&str> = of_policies.chain(of_templates).collect();
    let mut faults = String::new();
    let of_projects =
        |code: &candor::diagnostic::Code| candor::codes::project::ALL.iter().any(|of| of.name == code.name);
    for code in candor::codes::all() {
        // Two are about bytes that no file of text holds, and no finding of the compiler itself takes a reason. Those of
        // project files are raised by the command: tests/project.rs raises each.
        if !of_projects(code)
            && !matches!(&*code.name, "input-too-large" | "not-text" | "reason-missing")
            && !raised.contains(&*code.name)
        {
            let _ = writeln!(faults, "{}: no fixture raises it", code.name);
        }
    }
    report(&faults);
}

#[test]
fn every_page_of_the_documentation_is_linked() {
    let mut faults = String::new();
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap_or_default();
    let linked = read("README.md") + &read("docs/architecture.md");
    for entry in std::fs::read_dir(root().join("docs")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != "architecture.md" && !linked.contains(&name) {
            let _ = writeln!(faults, "docs/{name}: neither the README nor docs/architecture.md links to it");
        }
    }
    report(&faults);
}
