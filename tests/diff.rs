//! What `candor diff` says of pairs of versions, each in a file of its own: see `tests/diff/README.md`.

#[path = "support/agree.rs"]
mod agree;
#[path = "support/normalise.rs"]
mod normalise;

use std::path::Path;

use candor::{Changes, NoFiles, Options, Published, Source, Weight, compare, compile};

/// The parts of a case.
struct Case {
    old: String,
    new: String,
}

fn case(text: &str) -> Case {
    let mut parts: [String; 5] = Default::default();
    let mut laws = "";
    let mut at = 0;
    for line in text.lines() {
        match line {
            "--- old" => at = 1,
            "--- new" => at = 2,
            "--- old header" => at = 3,
            "--- new header" => at = 4,
            _ => match line.strip_prefix("--- laws ") {
                Some(named) => laws = named,
                None => {
                    parts[at].push_str(line);
                    parts[at].push('\n');
                }
            },
        }
    }
    let [both, old, new, old_header, new_header] = parts;
    let laws = if laws.is_empty() { String::new() } else { format!("  laws {laws};\n") };
    let header = |day: &str, more: &str| {
        format!(
            "policy \"Privacy\" {{\n  we are acme;\n  you are reader;\n  language en-GB;\n{laws}{more}  updated \"Updated\" {day};\n}}\n\
             party acme \"Acme\";\npeople reader \"our readers\" one \"one of our readers\";\n{both}"
        )
    };
    Case { old: header("2030-01-01", &old_header) + &old, new: header("2031-01-01", &new_header) + &new }
}

fn changes(case: &Case) -> Changes {
    let options = Options::default();
    let [old, new] = [("old.policy", &case.old), ("new.policy", &case.new)].map(|(name, text)| {
        let compilation = compile(Source::new(name, text.as_str()), &NoFiles, &options);
        let faults: Vec<_> = compilation
            .diagnostics
            .iter()
            .filter(|finding| finding.code.control == candor::diagnostic::Control::Fixed)
            .map(|finding| finding.message.clone())
            .collect();
        assert!(faults.is_empty(), "{name} cannot be read: {faults:?}\n{text}");
        compilation
    });
    compare((&old, &options), (&new, &options), None)
}

/// The page of the later version, which says what changed since the earlier one and since the one before that.
fn with_history(case: &Case) -> Published {
    let compiled = |text: &str| {
        // What a law asks for is not at stake here.
        let text: String =
            text.lines().filter(|line| !line.starts_with("  laws ")).map(|line| format!("{line}\n")).collect();
        compile(Source::new("new.policy", text), &NoFiles, &Options::default()).published
    };
    let history = [changes(case), changes(&Case { old: case.new.clone(), new: case.old.clone() })];
    compiled(&case.new).unwrap_or_else(|| panic!("it is not published:\n{}", case.new)).with_history(&history)
}

fn told(changes: &Changes) -> String {
    let mut out = String::new();
    for change in &changes.changes {
        out.push_str(&format!("{}[{}]\n", change.weight.name(), change.class.name()));
        for (word, place) in [("before", &change.before), ("now", &change.after)] {
            if let Some(place) = place {
                out.push_str(&format!("  {word}: {}\n", place.text));
            }
        }
        for provision in &change.provisions {
            out.push_str(&format!("  law: {}\n", provision.citation));
        }
    }
    if let Some(notice) = &changes.notice {
        out.push_str(&format!("notice: {}\n", notice.words()));
    }
    if out.is_empty() { "no change\n".to_owned() } else { out }
}

fn run(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let case = case(&text);
    let forward = changes(&case);
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    if name.starts_with("same-") {
        assert!(forward.changes.is_empty(), "{}", told(&forward));
        let backward = changes(&Case { old: case.new.clone(), new: case.old.clone() });
        assert!(backward.changes.is_empty(), "backward: {}", told(&backward));
    }
    if name.starts_with("words-") {
        assert_eq!(forward.weight, Some(Weight::Minor), "{}", told(&forward));
    }
    // A version says the same as itself, and what changes one way changes the other way.
    for text in [&case.old, &case.new] {
        let same = changes(&Case { old: text.clone(), new: text.clone() });
        assert!(same.changes.is_empty(), "a version differs from itself: {}", told(&same));
    }
    let backward = changes(&Case { old: case.new.clone(), new: case.old.clone() });
    assert_eq!(forward.changes.is_empty(), backward.changes.is_empty(), "only one way differs");
    let faults = agree::all(&with_history(&case));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().unwrap_or(Path::new("")).canonicalize()?);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, told(&forward)));
    Ok(())
}

datatest_stable::harness! { { test = run, root = "tests/diff", pattern = r"\.versions$" } }
