//! A policy that meets six laws, with one fact left out at a time: exactly the rules that ask for the fact say so.
//!
//! The tables in `tests/removals` were written by reading the laws, never from findings; its README says how.
//! `wrenbook.tsv` shows what each removal gives. After reading what changed, accept it with
//! `REMOVALS=accept cargo test --test removals`.

#[path = "support/removals.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::LazyLock;

use candor::diagnostic::Control;
use candor::{Compilation, NoFiles, Options, Source, compile};
use rayon::prelude::*;
use support::{Removal, removals, without};

const EXAMPLE: &str = include_str!("../examples/wrenbook.policy");
const SNAPSHOT: &str = "tests/removals/wrenbook.tsv";

/// Facts by their numbers in [`FACTS`], in order.
type Set = BTreeSet<usize>;
type Codes = BTreeSet<String>;

static FACTS: LazyLock<Vec<Removal>> = LazyLock::new(|| removals(EXAMPLE));

/// The laws' tables: what each rule asks for, where the checker is known to be silent, and the criteria.
static ASKS: LazyLock<Vec<Row>> = LazyLock::new(|| table(include_str!("removals/asks.tsv")));
static FAULTS: LazyLock<Vec<Row>> = LazyLock::new(|| table(include_str!("removals/faults.tsv")));
static CRITERIA: LazyLock<Vec<Row>> = LazyLock::new(|| table(include_str!("removals/criteria.tsv")));

/// What every removal of one fact, and every set of a table, gives. Each is compiled once.
static FOUND: LazyLock<BTreeMap<Set, Result<Codes, Codes>>> = LazyLock::new(|| {
    let singles = (0..FACTS.len()).map(|fact| Set::from([fact]));
    let tables = ASKS.iter().chain(&*FAULTS).chain(&*CRITERIA).flat_map(|row| row.sets.iter());
    let all: BTreeSet<Set> = singles.chain(tables.map(|set| set.gone.clone())).collect();
    all.into_par_iter().map(|set| (set.clone(), findings(&set))).collect()
});

/// Facts that are left out together, and such as must stay: they are what makes the law ask.
struct Wanted {
    gone: Set,
    stays: Set,
}

struct Row {
    codes: Codes,
    /// What stands in front of the sets and behind them.
    words: (String, String),
    /// Each of them leaves the demand unmet.
    sets: Vec<Wanted>,
}

/// Reads a table: `codes`, words, sets, words. A set is `one + another + !one that stays`; `|` divides sets.
fn table(text: &str) -> Vec<Row> {
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [codes, before, sets, behind] = cells[..] else { panic!("not four cells: {line}") };
        let codes = codes.split_whitespace().filter(|code| *code != "none").map(str::to_owned).collect();
        let sets = sets.split(" | ").filter(|set| *set != "none").map(|set| {
            let (mut gone, mut stays) = (Set::new(), Set::new());
            for pattern in set.split(" + ") {
                match pattern.strip_prefix('!') {
                    Some(pattern) => stays.insert(fact(pattern)),
                    None => gone.insert(fact(pattern)),
                };
            }
            Wanted { gone, stays }
        });
        Row { codes, words: (before.to_owned(), behind.to_owned()), sets: sets.collect() }
    });
    rows.collect()
}

/// The one fact that a pattern names. Each part of it may end in `…`.
fn fact(pattern: &str) -> usize {
    let fits = |key: &str| {
        let (parts, wanted): (Vec<&str>, Vec<&str>) = (key.split(" › ").collect(), pattern.split(" › ").collect());
        let fits = |(part, wanted): (&&str, &&str)| match wanted.strip_suffix('…') {
            Some(start) => part.starts_with(start),
            None => part == wanted,
        };
        parts.len() == wanted.len() && parts.iter().zip(&wanted).all(fits)
    };
    let found: Vec<usize> = (0..FACTS.len()).filter(|fact| fits(&FACTS[*fact].key)).collect();
    let [only] = found[..] else { panic!("`{pattern}` names {} facts", found.len()) };
    only
}

fn checked(text: String) -> Compilation {
    compile(Source::new("wrenbook.policy", text), &NoFiles, &Options::default())
}

/// The codes of the policy without some facts; an error if what is left cannot be read.
fn findings(set: &Set) -> Result<Codes, Codes> {
    let text = without(EXAMPLE, set.iter().filter_map(|fact| FACTS.get(*fact)));
    let found = checked(text).diagnostics;
    let also = found.iter().flat_map(|finding| finding.also.iter().map(|also| &also.code));
    let codes = found.iter().map(|finding| &finding.code).chain(also).map(|code| code.name.to_string()).collect();
    if found.iter().any(|finding| finding.code.control == Control::Fixed) { Err(codes) } else { Ok(codes) }
}

fn keys(set: &Set) -> String {
    set.iter().map(|fact| FACTS[*fact].key.as_str()).collect::<Vec<_>>().join(" + ")
}

fn is_law(code: &str) -> bool {
    code.contains('/')
}

#[test]
fn the_example_is_clean() {
    let compilation = checked(EXAMPLE.to_owned());
    assert!(compilation.diagnostics.is_empty(), "\n{}", compilation.report());
    assert!(compilation.allowances.is_empty());
    assert_eq!(compilation.report.laws.len(), 6);
}

#[test]
fn facts_have_names_of_their_own() {
    let names: BTreeSet<&str> = FACTS.iter().map(|removal| removal.key.as_str()).collect();
    assert_eq!(names.len(), FACTS.len());
    assert!(FACTS.len() > 300, "{} facts", FACTS.len());
}

/// Each rule that the example meets has a row, so that no rule is left untried.
#[test]
fn every_rule_that_is_met_has_a_row() {
    let named: BTreeSet<&str> = ASKS.iter().flat_map(|row| &row.codes).map(String::as_str).collect();
    let report = checked(EXAMPLE.to_owned()).report;
    let rules = report.laws.iter().flat_map(|law| &law.rules).filter(|rule| rule.state == "met");
    let met: Vec<&str> = rules.map(|rule| rule.code.as_str()).collect();
    let missing: Vec<&&str> = met.iter().filter(|code| !named.contains(**code)).collect();
    assert!(missing.is_empty() && met.len() > 100, "{} are met, without a row: {missing:?}", met.len());
    for row in &*ASKS {
        assert!(!row.words.0.is_empty() && row.sets.is_empty() != row.words.1.is_empty(), "{:?}", row.codes);
    }
}

/// Whatever is left out, the codes of laws are those of the rules whose facts are gone, and no others.
#[test]
fn a_removal_gives_the_codes_that_ask_for_it() {
    let mut told = String::new();
    for (gone, found) in &*FOUND {
        let found = match found {
            Ok(codes) => codes,
            // What others name cannot be left out alone; then no law is asked.
            Err(codes) => {
                assert!(!codes.iter().any(|code| is_law(code)), "{}: {codes:?}", keys(gone));
                continue;
            }
        };
        let asks = |set: &Wanted| set.gone.is_subset(gone) && set.stays.is_disjoint(gone);
        // A fault in a part of what is gone leaves open what the whole gives.
        let known = |code: &str, set: &Wanted| {
            FAULTS.iter().any(|row| row.codes.contains(code) && row.sets.iter().any(|fault| fault.gone == set.gone))
        };
        let (mut expected, mut open) = (BTreeSet::new(), BTreeSet::new());
        for row in &*ASKS {
            for (code, set) in row.codes.iter().flat_map(|code| row.sets.iter().map(move |set| (code, set))) {
                if asks(set) && known(code, set) {
                    open.insert(code);
                } else if asks(set) {
                    expected.insert(code);
                }
            }
        }
        let laws: BTreeSet<&String> = found.iter().filter(|code| is_law(code)).collect();
        for code in expected.difference(&laws) {
            let _ = writeln!(told, "{}: {code} is not raised", keys(gone));
        }
        for code in laws.difference(&expected).filter(|code| !open.contains(*code)) {
            let _ = writeln!(told, "{}: {code} is raised", keys(gone));
        }
    }
    assert!(told.is_empty(), "\n{told}");
}

/// What is left out leaves things loose, but contradicts nothing else: these are all the findings beside those of laws.
#[test]
fn nothing_else_is_contradicted() {
    const LOOSE: [&str; 5] = ["unused-noun", "flow-beyond-use", "undated-policy", "closure-unsaid", "objection-unsaid"];
    // A denial without its limits denies too much, and a company without its role is trusted with nothing.
    const MORE: [(&str, &str); 2] =
        [("we never use… › for…", "denied-but-stated"), ("engagement hosting › role", "secret-in-broad-use")];
    let mut told = String::new();
    for (gone, found) in &*FOUND {
        let others = found.iter().flatten().filter(|code| !is_law(code) && !LOOSE.contains(&code.as_str()));
        for code in others {
            if !MORE.iter().any(|(pattern, more)| more == code && gone.contains(&fact(pattern))) {
                let _ = writeln!(told, "{}: {code}", keys(gone));
            }
        }
    }
    assert!(told.is_empty(), "\n{told}");
}

/// A fault that is mended leaves its row.
#[test]
fn known_faults_are_still_there() {
    for row in &*FAULTS {
        assert!(!row.words.1.is_empty());
        for (code, set) in row.codes.iter().flat_map(|code| row.sets.iter().map(move |set| (code, set))) {
            let asked = ASKS.iter().filter(|row| row.codes.contains(code)).flat_map(|row| &row.sets);
            assert!(
                asked.into_iter().any(|other| other.gone == set.gone),
                "{code} does not ask for {}",
                keys(&set.gone)
            );
            let found = FOUND[&set.gone].as_ref().unwrap_or_else(|codes| panic!("{}: {codes:?}", keys(&set.gone)));
            assert!(!found.contains(code), "{}: {code} is raised: take the row out", keys(&set.gone));
        }
    }
}

/// The criteria are of the GDPR, so its codes are what counts.
#[test]
fn each_criterion_has_its_codes() {
    let mut told = String::new();
    for row in &*CRITERIA {
        for set in &row.sets {
            let found = FOUND[&set.gone].as_ref().unwrap_or_else(|codes| panic!("{}: {codes:?}", keys(&set.gone)));
            let found: Codes = found.iter().filter(|code| code.starts_with("gdpr/")).cloned().collect();
            if found != row.codes {
                let _ = writeln!(told, "{}: {}: {found:?}, not {:?}", row.words.0, keys(&set.gone), row.codes);
            }
        }
        if row.codes.is_empty() == row.words.1.is_empty() {
            let _ = writeln!(told, "{}: it has codes, or a reason why there is none", row.words.0);
        }
    }
    let numbers: BTreeSet<&str> = CRITERIA.iter().filter_map(|row| row.words.0.split(' ').next()).collect();
    assert_eq!(numbers.len(), 23);
    assert!(told.is_empty(), "\n{told}");
}

#[test]
fn what_each_removal_gives() {
    let mut now = String::from("what is left out\twhat is found\n");
    for (index, removal) in FACTS.iter().enumerate() {
        let (Ok(codes) | Err(codes)) = &FOUND[&Set::from([index])];
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let _ = writeln!(now, "{}\t{}", removal.key, if codes.is_empty() { "-".to_owned() } else { codes.join(" ") });
    }
    if std::env::var("REMOVALS").is_ok_and(|mode| mode == "accept") {
        std::fs::write(SNAPSHOT, &now).expect("the table can be written");
    }
    let known = std::fs::read_to_string(SNAPSHOT).unwrap_or_default();
    let changed: Vec<&str> = now.lines().filter(|line| !known.lines().any(|other| other == *line)).collect();
    assert!(now == known, "these differ; see the head of this file:\n{}", changed.join("\n"));
}
