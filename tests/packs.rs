//! Every rule of every pack is raised by its bad example and met by its good one.
//!
//! The packs are read from `src/law` while the test runs, so that a pack can be written without building the compiler.

use std::fmt::Write as _;
use std::path::Path;

use candor::codes;
use candor::diagnostic::Control;
use candor::law::{Pack, Rule};
use candor::source::FileId;
use candor::{Compilation, NoFiles, Options, Source, compile, law, packs};

/// What stands in front of an example that has no header of its own.
fn prelude(pack: &Pack, rule: &Rule, example: &str) -> String {
    if example.contains("policy \"") {
        return String::new();
    }
    let readers = if rule.readers.is_empty() { &pack.readers } else { &rule.readers };
    let homes: Vec<&str> = readers
        .iter()
        .flat_map(|name| match pack.classes.iter().find(|class| class.name == *name) {
            Some(class) => class.members.iter().map(|member| member.name.as_str()).collect(),
            None => vec![name.as_str()],
        })
        .collect();
    let usual = jiff::civil::date(2026, 11, 21);
    let day = [rule.from, pack.from, Some(usual)].into_iter().flatten().max().unwrap_or(usual);
    let mut text = format!(
        "policy \"Privacy policy\" {{ we are acme; you are reader; updated \"Last updated\" {day}; laws {}; }}\n",
        pack.name
    );
    if !example.contains("party acme") {
        text.push_str("party acme \"Acme\";\n");
    }
    if !example.contains("people reader") {
        let resident = if homes.is_empty() { String::new() } else { format!(" {{ resident {}; }}", homes.join(", ")) };
        let end = if resident.is_empty() { ";" } else { "" };
        let _ = writeln!(text, "people reader \"our readers\" one \"a reader\"{resident}{end}");
    }
    text
}

fn run(pack: &Pack, rule: &Rule, example: &str, packs: &[Source]) -> (String, Compilation) {
    let text = format!("{}{example}", prelude(pack, rule, example));
    let options = Options { packs: packs.to_vec(), ..Options::default() };
    let compilation = compile(Source::new("example.policy", text.clone()), &NoFiles, &options);
    (text, compilation)
}

fn raises(compilation: &Compilation, code: &str) -> bool {
    compilation
        .diagnostics
        .iter()
        .any(|finding| finding.code.name == code || finding.also.iter().any(|also| also.code.name == code))
}

fn faults_of(compilation: &Compilation) -> Vec<String> {
    compilation
        .diagnostics
        .iter()
        .filter(|finding| finding.code.control == Control::Fixed)
        .map(|finding| format!("{}: {}", finding.code.name, finding.message))
        .collect()
}

/// A rule by its code.
fn find<'p>(packs: &'p [Pack], code: &str) -> Option<&'p Rule> {
    let (pack, rule) = code.split_once('/')?;
    packs.iter().find(|other| other.name == pack)?.rules.iter().find(|other| other.name == rule)
}

#[test]
fn examples_of_rules_are_right() -> std::io::Result<()> {
    examples_of("src/law")
}

/// A law that the compiler has never heard of is asked like any other.
#[test]
fn an_act_loaded_from_text_needs_no_more() -> std::io::Result<()> {
    examples_of("tests/packs")
}

fn examples_of(folder: &str) -> std::io::Result<()> {
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(folder))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "policy"))
        .collect();
    paths.sort();
    let only = std::env::var("PACK").ok();
    let mut sources = Vec::new();
    for path in &paths {
        sources.push(Source::new(path.display().to_string(), std::fs::read_to_string(path)?));
    }
    // Those that are part of the compiler need not be read once more for each example, unless one is being written.
    let is_embedded = folder == "src/law" && only.is_none();
    let given: &[Source] = if is_embedded { &[] } else { &sources };
    let mut faults = String::new();
    let all: Vec<Pack> = sources
        .iter()
        .filter_map(|source| {
            law::parse(FileId(0), &source.text, &packs::vocabulary(), &mut candor::diagnostic::Sink::default())
        })
        .collect();
    let (mut rules, mut shown) = (0, 0);
    for source in &sources {
        let mut sink = candor::diagnostic::Sink::default();
        let Some(pack) = law::parse(FileId(0), &source.text, &packs::vocabulary(), &mut sink) else {
            for finding in sink.into_sorted() {
                let line =
                    source.text.get(..finding.primary.span.start as usize).unwrap_or("").matches('\n').count() + 1;
                let _ = writeln!(faults, "{}:{line}: {} ({})", source.name, finding.message, finding.primary.text);
            }
            continue;
        };
        if only.as_ref().is_some_and(|only| *only != pack.name) {
            continue;
        }
        for rule in &pack.rules {
            rules += 1;
            let code = format!("{}/{}", pack.name, rule.name);
            // A rule that is like another may have its examples, too.
            let like = rule.like.as_deref().and_then(|like| find(&all, like));
            let bad = rule.bad.as_ref().or_else(|| like.and_then(|like| like.bad.as_ref()));
            let good = rule.good.as_ref().or_else(|| like.and_then(|like| like.good.as_ref()));
            if let Some(bad) = bad {
                shown += 1;
                let (text, compilation) = run(&pack, rule, bad, given);
                let wrong = faults_of(&compilation);
                if !raises(&compilation, &code) || !wrong.is_empty() {
                    let _ = writeln!(
                        faults,
                        "{code}: the bad example does not raise it {wrong:?}\n{text}{}\n",
                        compilation.report()
                    );
                }
            }
            if let Some(good) = good {
                let (text, compilation) = run(&pack, rule, good, given);
                let wrong = faults_of(&compilation);
                let all = compilation.report.laws.iter().flat_map(|law| &law.rules);
                let state = all.into_iter().find(|rule| rule.code == code).map_or("nowhere", |rule| rule.state);
                let is_met = matches!(state, "met" | "nothing-says-so");
                if raises(&compilation, &code) || !is_met || !wrong.is_empty() {
                    let _ = writeln!(
                        faults,
                        "{code}: the good example leaves it {state} {wrong:?}\n{text}{}\n",
                        compilation.report()
                    );
                }
            }
            for unknown in rule.restates.iter().filter(|code| !codes::all().iter().any(|known| known.name == **code)) {
                let _ = writeln!(faults, "{code}: there is no finding `{unknown}` that it could restate");
            }
            let needs = rule.unchecked.is_none();
            if needs && (bad.is_none() || good.is_none()) {
                let _ = writeln!(faults, "{code}: there is no bad or no good example");
            }
        }
    }
    println!("{rules} rules, {shown} with examples");
    assert!(faults.is_empty(), "\n{faults}");
    Ok(())
}
