//! Every `tests/fixtures/<area>/<name>.policy` is one test; `tests/fixtures/README.md` says how to write one.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use candor::emit::{self, Style};
use candor::render::Files;
use candor::{Format, Loader, Options, Source, compile};

/// Brings in files that lie in a `shared` folder beside the fixtures; those are never tests themselves.
struct Beside(PathBuf);

impl Loader for Beside {
    fn load(&self, _from: &str, path: &str) -> Result<Source, String> {
        let name = Path::new(path).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        match std::fs::read_to_string(self.0.join("shared").join(&name)) {
            Ok(text) => Ok(Source::new(format!("shared/{name}"), text)),
            Err(_) => Err("it does not exist".to_owned()),
        }
    }
}

/// Behind the code of a finding that is not in the fixture itself; its line is not looked at.
const SHARED: &str = " in a shared file";

/// Behind the code of a finding that is in the values of the fixture; its line is not looked at.
const VALUES: &str = " in a value";

/// The file of values that the `#=` comments of a fixture make.
fn values(text: &str) -> Option<Source> {
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("#= ")).collect();
    (!lines.is_empty()).then(|| Source::new("fixture.values", lines.join("\n") + "\n"))
}

/// The day that the `#@` comment of a fixture is built for.
fn as_of(text: &str) -> Option<jiff::civil::Date> {
    text.lines().find_map(|line| line.strip_prefix("#@ ")?.trim().parse().ok())
}

/// What the `#~` comments of a fixture expect: line, level, code.
///
/// Such a comment stands alone on its line and speaks of the next line that is not one itself.
fn expected(text: &str) -> Vec<(usize, String)> {
    let mut waiting = Vec::new();
    let mut expected = Vec::new();
    for (index, line) in text.lines().enumerate() {
        match line.trim_start().strip_prefix("#~") {
            Some(finding) => waiting.push(finding.split_whitespace().collect::<Vec<_>>().join(" ")),
            None => expected.extend(waiting.drain(..).map(|finding| (index + 1, finding))),
        }
    }
    let behind = text.lines().count() + 1;
    expected.extend(waiting.into_iter().map(|finding| (behind, finding)));
    for (line, finding) in &mut expected {
        if finding.ends_with(SHARED) || finding.ends_with(VALUES) {
            *line = 0;
        }
    }
    expected.sort();
    expected
}

fn fixture(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let folder = path.parent().unwrap_or(Path::new(".")).canonicalize()?;
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let source = Source::new(format!("{name}.policy"), text.clone());
    let options = Options { values_file: values(&text), as_of: as_of(&text), ..Options::default() };
    let compilation = compile(source, &Beside(folder.clone()), &options);

    let mut found: Vec<(usize, String)> = Vec::new();
    for finding in &compilation.diagnostics {
        let span = finding.primary.span;
        let is_values = compilation.sources.get(span.file).is_some_and(|source| source.name == "fixture.values");
        let (line, place) = match span.file.0 {
            0 => (compilation.sources.line_column(span.file, span.start).0, ""),
            _ if is_values => (0, VALUES),
            _ => (0, SHARED),
        };
        found.push((line, format!("{} {}{place}", finding.level.word(), finding.code.name)));
    }
    found.sort();
    let drawn = emit::human(&compilation.diagnostics, &compilation.sources, Style::Full, false);
    let expected = expected(&text);
    if found != expected {
        let list = |findings: &[(usize, String)]| {
            findings.iter().fold(String::new(), |mut list, (line, finding)| {
                let _ = writeln!(list, "    line {line}: {finding}");
                list
            })
        };
        return Err(format!("expected\n{}found\n{}\n{drawn}", list(&expected), list(&found)).into());
    }
    // The hash at the end says nothing that the page does not.
    let body = |page: String| page.rsplit_once("\n<!-- candor").map_or(page.clone(), |(body, _)| body.to_owned());
    let files = Files { stem: &name };
    let markdown = compilation.published.as_ref().map(|published| {
        let pages = published.documents.iter();
        let mut pages: Vec<String> =
            pages.map(|document| body(published.render_document(document, Format::Markdown, files))).collect();
        pages.extend(compilation.records().iter().map(|record| body(record.render(Format::Markdown, files))));
        pages.join("\n────────\n\n")
    });
    let snapshot = match (drawn.is_empty(), markdown) {
        (true, Some(markdown)) => markdown,
        (false, Some(markdown)) => format!("{drawn}\n════════\n\n{markdown}"),
        (_, None) => drawn,
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.as_str(), snapshot));
    Ok(())
}

datatest_stable::harness! {
    { test = fixture, root = "tests/fixtures", pattern = r"^[^/]+/[^/]+\.policy$" },
}
