//! The documentation says what the compiler does: every ```` ```policy ```` block compiles, and every
//! `snippet;` can be read.

use std::fmt::Write as _;
use std::path::Path;

use candor::{Level, NoFiles, Options, Source, codes, compile};

/// Every page that shows policies, with its text.
fn pages() -> std::io::Result<Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("README.md")];
    for entry in std::fs::read_dir(root.join("docs"))? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut pages = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        pages.push((path.display().to_string(), std::fs::read_to_string(path)?));
    }
    for code in codes::all() {
        pages.push((format!("the explanation of {}", code.name), code.explanation.to_owned()));
    }
    Ok(pages)
}

/// The errors of a fragment, those of form alone if asked so.
fn errors(fragment: &str, form_only: bool) -> Vec<String> {
    let compilation = compile(Source::new("fragment.policy", fragment), &NoFiles, &Options::default());
    compilation
        .diagnostics
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .filter(|finding| !form_only || codes::syntax::ALL.iter().any(|code| code.name == finding.code.name))
        .map(|finding| format!("{}: {}", finding.code.name, finding.message))
        .collect()
}

#[test]
fn blocks_compile() -> std::io::Result<()> {
    let mut faults = String::new();
    let mut blocks = 0;
    for (page, text) in pages()? {
        let mut block: Option<(usize, String)> = None;
        for (index, line) in text.lines().enumerate() {
            match (&mut block, line.trim()) {
                (None, "```policy") => block = Some((index + 2, String::new())),
                (Some((start, fragment)), "```") => {
                    blocks += 1;
                    for error in errors(fragment, false) {
                        let _ = writeln!(faults, "{page}:{start}: {error}");
                    }
                    block = None;
                }
                (Some((_, fragment)), _) => {
                    fragment.push_str(line);
                    fragment.push('\n');
                }
                (None, _) => {}
            }
        }
    }
    assert!(blocks > 40, "only {blocks} blocks were found");
    assert!(faults.is_empty(), "\n{faults}");
    Ok(())
}

#[test]
fn snippets_can_be_read() -> std::io::Result<()> {
    let mut faults = String::new();
    for (page, text) in pages()? {
        for (index, line) in text.lines().enumerate() {
            for snippet in line.split('`').skip(1).step_by(2) {
                let whole = snippet.ends_with(';') && snippet.contains(' ') || snippet.ends_with('}') && snippet.contains('{');
                // Words in upper case and dots stand for something else.
                let schematic = snippet.contains('…') || snippet.starts_with('{') || snippet.split(' ').any(|word| {
                    word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b';')
                });
                if !whole || schematic {
                    continue;
                }
                // `we are acme;` and the fields of nouns stand in blocks.
                let header = format!("policy \"A\" {{ {snippet} }}");
                let field = format!("party acme \"A\" {{ {snippet} }}");
                let found = errors(snippet, true);
                if !found.is_empty() && !errors(&header, true).is_empty() && !errors(&field, true).is_empty() {
                    let _ = writeln!(faults, "{page}:{}: `{snippet}`: {found:?}", index + 1);
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
    Ok(())
}
