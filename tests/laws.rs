//! Packs of laws: every form is read as what it is, every fault is told, and the packs of the compiler hold together.

use std::fmt::Write as _;

use candor::diagnostic::{Diagnostic, Sink};
use candor::law::{self, FIELDS, Library, Names, Pack, Written, without_holes};
use candor::source::FileId;
use candor::syntax::words::{Kind, Slot};
use candor::{Level, NoFiles, Options, Source, codes, compile, packs, resolve};

const HARBOUR: &str = include_str!("laws/harbour.policy");

/// What the invented act takes rules from.
const QUAY: &str = r#"pack quay "the Quay Act" { short "QuayA"; }
rule quay-light "a light" { cite "s. 1"; verified yes; level error; we must print "light"; help "Print it."; }
rule quay-name "a name" { cite "s. 2"; verified yes; level error; we must print "name"; help "Print it."; }
rule quay-depth "the depth" { cite "s. 3"; verified yes; level error; from 2019-01-01; we must print "depth"; help "Print it."; }
"#;
const PIER: &str = r#"pack pier "the Pier Act" { short "PierA"; from 2023-01-01; }
class pier-place "a pier" of place namely FR;
rule pier-length "the length" { cite "s. 1"; verified yes; level error; from 2024-01-01; like quay/quay-depth; edit `name`; }
"#;

fn read(texts: &[&str], names: &Names, sink: &mut Sink) -> Vec<Written> {
    let files = texts.iter().enumerate();
    files.filter_map(|(index, text)| law::read(FileId(index as u16), text, names, sink)).collect()
}

/// Findings as a person reads them: the words they are about, the message, the help.
fn told(findings: Vec<Diagnostic>, texts: &[&str]) -> String {
    let mut told = String::new();
    for finding in findings {
        assert!(finding.code.name == "pack-fault" || finding.code.name.starts_with("un"), "{}", finding.code.name);
        let span = finding.primary.span;
        let about = &texts[usize::from(span.file.0)][span.start as usize..span.end as usize];
        let _ = writeln!(told, "  [{about}] {}; {}", finding.message, finding.primary.text);
        for help in finding.help {
            let _ = writeln!(told, "    {help}");
        }
    }
    told
}

/// What is told of packs that are read and checked together.
fn faults(texts: &[&str]) -> String {
    let names = packs::vocabulary();
    let mut sink = Sink::default();
    let written = read(texts, &names, &mut sink);
    if written.len() == texts.len() {
        law::check(&written, &names, &mut sink);
    }
    told(sink.into_sorted(), texts)
}

/// The invented act and what it takes from.
fn harbour() -> Vec<Pack> {
    let texts = [HARBOUR, QUAY, PIER];
    assert_eq!(faults(&texts), "");
    read(&texts, &packs::vocabulary(), &mut Sink::default()).into_iter().map(|written| written.pack).collect()
}

#[test]
fn every_form_is_read_as_what_it_is() {
    let pack = harbour().swap_remove(0);
    insta::assert_debug_snapshot!("harbour", pack);
    let json = serde_json::to_string(&pack).expect("a pack is data");
    assert_eq!(serde_json::from_str::<Pack>(&json).expect("it is read back"), pack);
}

#[test]
fn rules_are_put_together() {
    let all = harbour();
    let library = Library::new(&all);
    let mut told = String::new();
    for found in library.rules("harbour") {
        let scope: Vec<&str> = found.scope.iter().map(|pack| pack.name.as_str()).collect();
        let _ = writeln!(
            told,
            "{}: {:?}, readers {:?}, from {:?}, {} conditions, {} demands, help {:?}, {} edits, scope {scope:?}",
            found.code(),
            found.provisions(),
            found.readers(),
            found.from().map(|day| day.to_string()),
            found.conditions.len(),
            found.demands.len(),
            found.help,
            found.edits.len(),
        );
    }
    insta::assert_snapshot!("put_together", told);
    let found = library.rule("harbour/pier-length").expect("it is taken");
    assert!(found.class("pier-place").is_some() && found.class("safe-place").is_some());
    assert!(found.limit("mooring").is_some() && found.limit("pier-place").is_none());
    assert!(library.rule("harbour/quay-light").is_none(), "it is left out");
}

/// A pack of one rule with these lines.
fn rule(lines: &str) -> String {
    format!(
        "pack act \"the Act\" {{ short \"Act\"; }}\nrule first \"first\" {{ cite \"s. 1\"; verified yes; level error; help \"Do.\"; {lines} }}\n"
    )
}

#[test]
fn every_fault_is_told() {
    let mut cases: Vec<(&str, Vec<String>)> = Vec::new();
    for (what, text) in [
        ("no pack", "rule first \"first\" { }"),
        ("nothing", ""),
        ("two packs", "pack act \"A\" { short \"A\"; }\npack act \"A\" { short \"A\"; }"),
        ("no short name", "pack act \"A\" { from 2020-01-01; }"),
        ("an unknown line", "pack act \"A\" { short \"A\"; reader DE; }"),
        ("a line twice", "pack act \"A\" { short \"A\"; short \"B\"; }"),
        ("no day", "pack act \"A\" { short \"A\"; from 2020-02-30; }"),
        ("no place", "pack act \"A\" { short \"A\"; readers XX, germany; }"),
        ("an unknown place", "pack act \"A\" { short \"A\"; readers XX; }"),
        ("a name that is reserved", "pack other \"A\" { short \"A\"; }"),
        ("an unknown statement", "pack act \"A\" { short \"A\"; }\nrules first \"first\";"),
        ("it takes what is not there", "pack act \"A\" { short \"A\"; takes quey; }"),
        ("it takes a rule", "pack act \"A\" { short \"A\"; takes quay/light; }"),
        ("it takes itself", "pack act \"A\" { short \"A\"; takes act; }"),
        ("a class of no kind", "pack act \"A\" { short \"A\"; }\nclass first \"first\" of vendor namely name;"),
        ("a class of unknown members", "pack act \"A\" { short \"A\"; }\nclass first \"first\" of right namely acess;"),
        (
            "a class that ends first",
            "pack act \"A\" { short \"A\"; }\nclass first \"first\" of place namely DE (from 2021-01-01 until 2020-01-01);",
        ),
        (
            "a class with the name of an entry",
            "pack act \"A\" { short \"A\"; }\nclass consent \"one\" of place namely DE;",
        ),
        ("a class with the name of a kind", "pack act \"A\" { short \"A\"; }\nclass data \"one\" of place namely DE;"),
        (
            "two classes",
            "pack act \"A\" { short \"A\"; }\nclass first \"first\" of place namely DE;\nlimit first \"first\" { otherwise: 1 day; }",
        ),
        ("an arm without its places", "pack act \"A\" { short \"A\"; }\nlimit first \"first\" { DE: 1 day; }"),
        (
            "an arm behind the last",
            "pack act \"A\" { short \"A\"; }\nlimit first \"first\" { otherwise: 1 day; in DE: 2 days; }",
        ),
        ("no amount", "pack act \"A\" { short \"A\"; }\nlimit first \"first\" { otherwise: 16; }"),
        (
            "a rule that asks for nothing",
            "pack act \"A\" { short \"A\"; }\nrule first \"first\" { cite \"1\"; verified yes; level error; help \"Do.\"; }",
        ),
        ("a rule without its lines", "pack act \"A\" { short \"A\"; }\nrule first \"first\" { we must print \"x\"; }"),
        ("a statement that breaks off", "pack act \"A\" { short \"A\" }"),
    ] {
        cases.push((what, vec![text.to_owned()]));
    }
    for (what, lines) in [
        ("an unknown line of a rule", "when we collect each data;"),
        ("a line of a rule twice", "level warn; we must print \"x\";"),
        ("an unknown level", "kind duty; we must print \"x\";"),
        ("unchecked and checked", "unchecked \"why\"; we must print \"x\";"),
        ("an end that comes first", "from 2020-01-01; until 2020-01-01; we must print \"x\";"),
        ("like nothing", "like act/two;"),
        ("like a rule of no pack", "like acts/two;"),
        ("like no rule", "like act;"),
        ("like itself", "like act/first;"),
        ("an unknown noun", "we must say you have any erasur;"),
        ("an unknown class", "unless us is in safe-place; we must print \"x\";"),
        ("an unknown verb", "we must say you hav erasure;"),
        ("an unknown manner", "we must not soly decide any data;"),
        ("an unknown field", "us must have legl;"),
        ("an unknown limit", "us must have answer at-most `age`;"),
        ("an unknown row", "where use: we use each data; us must have legal; uses must say for any purpose;"),
        ("a row twice", "where use: we use each data; where use: we use each purpose; use must say for any purpose;"),
        (
            "a row of alternatives",
            "where some-of { use: we use any data; keep: we keep any data; } use must say for any purpose;",
        ),
        ("a kind that stands alone", "we must say we keep data for any period;"),
        ("a kind as what something is", "where we use each data; unless that data is data; we must print \"x\";"),
        ("that without each", "where we use each data; we must say we keep that purpose for any period;"),
        ("that in front of each", "where we use that data; where we use each data; we must print \"x\";"),
        (
            "that behind alternatives",
            "where some-of { we use each data; we collect each data; } where some-of { we use each purpose; we sell any data; } that data must have examples; that purpose must have examples;",
        ),
        ("each in unless", "unless we use each data; we must print \"x\";"),
        ("each in a demand", "we must say we keep each data for any period;"),
        ("each twice", "where we use each data; where we keep each data; we must print \"x\";"),
        (
            "each four times",
            "where we use each data from each party for each purpose in each place; we must print \"x\";",
        ),
        ("nobody acts", "where collect each data; we must print \"x\";"),
        ("a noun without a determiner", "where product is app; we must print \"x\";"),
        ("may not", "where you may not leave; we must print \"x\";"),
        ("does without not", "where any party does sell any name; we must print \"x\";"),
        ("a clause twice", "where we use any data for any purpose for any purpose; we must print \"x\";"),
        (
            "a clause twice in parentheses",
            "where we disclose any data with any party (to any party); we must print \"x\";",
        ),
        ("parentheses in parentheses", "where we use any data (for any purpose (under consent)); we must print \"x\";"),
        ("nothing in parentheses", "where we use any data (); we must print \"x\";"),
        ("a clause without its noun", "where we use any data for; we must print \"x\";"),
        ("a comma in a clause", "where we use any data for any purpose, analytics; we must print \"x\";"),
        ("commas and or", "we must say you have access, erasure or portability;"),
        ("a period out of place", "we must say we use any data to any period;"),
        ("each period", "where we keep any data for each period; we must print \"x\";"),
        ("another bound", "we must say we keep any data for roughly 30 days;"),
        ("a place with a determiner", "where we transfer any data to any US; we must print \"x\";"),
        ("an unknown demand", "we must tell any data;"),
        ("a demand of nobody", "each party must have legal;"),
        ("not in force", "where we transfer any data under each law; that law must not be in-force;"),
        ("a demand of a row that is none", "where use: we use any data; use must be in-force;"),
        ("a row without clauses", "where use: we use any data; use must say;"),
        ("a row with parentheses", "where use: we use any data; use must say (for any purpose);"),
        ("one alternative", "we must say some-of { we use any data; };"),
        ("one test", "where some-of { we use any data; } we must print \"x\";"),
        ("words without quotes", "we must print notice as title;"),
        ("another place for words", "we must print \"x\" as heading;"),
        ("no name", "we must name representative;"),
        ("a policy that is none", "we must print \"x\"; bad \"we collect name;\";"),
        ("an edit that is none", "we must print \"x\"; edit \"we collect name;\";"),
        ("two faults", "level warn; where we use each dta; we must prnt \"x\";"),
    ] {
        cases.push((what, vec![rule(lines)]));
    }
    cases.push(("two packs of one name", vec![QUAY.to_owned(), QUAY.to_owned()]));
    cases.push((
        "a rule with the name of one that is taken",
        vec![QUAY.to_owned(), format!("{}rule quay-name \"x\" {{ cite \"1\"; verified yes; level error; we must print \"x\"; help \"Do.\"; }}", rule("like quay/quay-name;").replace("short \"Act\";", "short \"Act\"; takes quay except quay-lite;"))],
    ));
    cases.push((
        "a class with the name of one of another pack",
        vec![
            PIER.replace("takes", ""),
            "pack act \"A\" { short \"A\"; }\nclass pier-place \"a\" of right namely access;".to_owned(),
            QUAY.to_owned(),
        ],
    ));
    cases.push((
        "packs that take each other",
        vec!["pack a \"A\" { short \"A\"; takes b; }".to_owned(), "pack b \"B\" { short \"B\"; takes a; }".to_owned()],
    ));
    let mut all = String::new();
    for (what, texts) in &cases {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let told = faults(&texts);
        assert!(!told.is_empty(), "{what}: nothing is told");
        let _ = writeln!(all, "{what}\n{told}");
    }
    insta::assert_snapshot!("faults", all);
}

#[test]
fn the_code_of_faults_has_examples() {
    let code = &codes::laws::PACK_FAULT;
    assert_ne!(faults(&[&code.bad]), "");
    assert_eq!(faults(&[&code.good]), "");
}

#[test]
fn the_fields_are_those_of_nouns() {
    let known: Vec<&str> = Kind::ALL.into_iter().flat_map(resolve::fields_of).collect();
    for field in FIELDS {
        assert!(known.contains(&field), "no noun has the field `{field}`");
    }
    for field in known {
        assert!(FIELDS.contains(&field), "no rule can ask for the field `{field}`");
    }
}

// ── the packs of the compiler ───────────────────────────────────────────────────────────────────────────────

#[test]
fn packs_are_those_of_their_files() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/law");
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "policy") {
            let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            files.push((stem, std::fs::read_to_string(&path).expect("it is text")));
        }
    }
    files.sort();
    let stems: Vec<&str> = files.iter().map(|(stem, _)| stem.as_str()).collect();
    assert_eq!(packs::names().collect::<Vec<_>>(), stems);
    let names = packs::vocabulary();
    for (stem, text) in &files {
        let mut sink = Sink::default();
        let read = law::parse(FileId(0), text, &names, &mut sink);
        assert_eq!(read.as_ref(), packs::embedded(stem), "{stem}");
    }
    assert!(packs::embedded("no-such-law").is_none());
    let texts: Vec<&str> = files.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(faults(&texts), "");
}

#[test]
fn a_library_holds_what_its_packs_need() {
    let library = packs::library(&["gdpr"]);
    assert!(library.find("gdpr").is_some());
    for name in packs::names() {
        let library = packs::library(&[name]);
        let own = packs::embedded(name).map_or(0, |pack| pack.rules.len());
        let rules = library.rules(name);
        assert!(rules.len() >= own, "{name}");
        for found in rules {
            let idle = found.rule.unchecked.is_none() && (found.demands.is_empty() || found.help.is_empty());
            assert!(!idle, "{}: it asks for nothing, or gives no help", found.code());
            assert!(!found.provisions().is_empty(), "{}: it cites nothing", found.code());
            assert!(library.rule(&found.code()).is_some(), "{}: it is not found", found.code());
        }
    }
}

/// The blocks of the reference in a language, with the lines at which they begin.
fn blocks(language: &str) -> Vec<(usize, String)> {
    let page = include_str!("../docs/law-packs.md");
    let opener = format!("```{language}");
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        if line == opener {
            let body: Vec<&str> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
            blocks.push((at + 2, body.join("\n")));
        }
    }
    blocks
}

#[test]
fn the_reference_can_be_read() {
    const CLASSES: &str = "class safe-place \"safe\" of place namely IE;\n\
                           class harbour-right \"rights\" of right namely access;\n\
                           limit sailing-age \"age\" { otherwise: 16 years; }\n";
    let gdpr = include_str!("../src/law/gdpr.policy");
    let (laws, rules) = (blocks("law"), blocks("rule"));
    assert!(laws.len() >= 4 && rules.len() >= 4, "blocks are missing");
    for (line, block) in laws {
        let header = if block.starts_with("pack ") { "" } else { "pack act \"the Act\" { short \"Act\"; }\n" };
        let told = faults(&[&format!("{header}{block}"), gdpr]);
        assert!(told.is_empty(), "docs/law-packs.md:{line}:\n{told}");
    }
    for (line, block) in rules {
        let told = faults(&[&format!("{}{CLASSES}", rule(&block)), gdpr]);
        assert!(told.is_empty(), "docs/law-packs.md:{line}:\n{told}");
    }
}

/// The policy that an edit stands in, which its first word tells: a clause, an attribute, a field or a statement.
fn around(edit: &str) -> String {
    let first = edit.split(' ').next().unwrap_or("");
    let owner = Kind::ALL.into_iter().find(|kind| resolve::fields_of(*kind).contains(&first));
    match (first, owner) {
        ("updated", _) => format!("policy \"P\" {{ we are acme; {edit} }}\nparty acme \"Acme\";\n"),
        ("is", _) => format!("party thing \"thing\" {edit};\n"),
        _ if edit.starts_with('(') => format!("we use name {edit};\n"),
        _ if Slot::from_word(first).is_some() => {
            // Behind a verb that keeps stand periods and purposes.
            let verb = if first == "for" { "keep" } else { "use" };
            format!("we {verb} name {edit};\n")
        }
        (_, Some(kind)) => format!("{} thing \"thing\" {{ {edit} }}\n", kind.word()),
        _ => format!("{edit}\n"),
    }
}

#[test]
fn edits_can_be_read() {
    let mut told = String::new();
    for pack in packs::names().filter_map(packs::embedded) {
        for rule in &pack.rules {
            for edit in &rule.edits {
                let Some(text) = without_holes(edit) else {
                    let _ = writeln!(told, "{}/{}: `{edit}` has a brace too many", pack.name, rule.name);
                    continue;
                };
                let text = around(&text);
                let source = Source::new("edit.policy", text.clone());
                let compilation = compile(source, &NoFiles, &Options::default());
                // What stands for itself must leave nothing to do: a noun comes with the statement that uses it.
                let whole = without_holes(edit).is_some_and(|edit| text == format!("{edit}\n"));
                let faulty = |finding: &&Diagnostic| {
                    finding.level == Level::Error || (whole && finding.code.name == "unused-noun")
                };
                for finding in compilation.diagnostics.iter().filter(faulty) {
                    let _ = writeln!(told, "{}/{}: `{text}`: {}", pack.name, rule.name, finding.message);
                }
            }
        }
    }
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn words_that_others_take_name_no_provision() {
    let mut told = String::new();
    let packs: Vec<&Pack> = packs::names().filter_map(packs::embedded).collect();
    let find = |address: &str| {
        let (pack, name) = address.split_once('/')?;
        packs.iter().find(|other| other.name == pack)?.rules.iter().find(|rule| rule.name == name)
    };
    for pack in &packs {
        for rule in &pack.rules {
            // The words of the rule that this one is like, or of the one that is like in turn.
            let mut at = rule;
            while at.help.is_empty()
                && let Some(next) = at.like.as_deref().and_then(find)
            {
                at = next;
            }
            if !std::ptr::eq(at, rule) && at.help.contains("Article ") {
                let _ = writeln!(told, "{}/{}: {}", pack.name, rule.name, at.help);
            }
        }
    }
    assert!(told.is_empty(), "help that names a provision of another law:\n{told}");
}
