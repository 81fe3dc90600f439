//! How a denial and a statement lie to each other: for any order of nouns the verdict is that of plain sets, and it
//! depends on no name and on no order of sentences. And every known contradiction has its fixture, every historical
//! policy its findings.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use candor::check::consistency::denied::{Verdict, verdict};
use candor::check::orders::Relation;
use candor::{NoFiles, Options, Source, compile};
use proptest::prelude::*;

/// How many nouns of each kind an order has.
const NOUNS: usize = 7;

/// An order: for each noun a mask of the nouns behind it that it is, so that there is no cycle.
type Order = Vec<u8>;

/// What lies at or below a noun, itself included, as a mask.
fn below(order: &Order, noun: usize) -> u8 {
    let mut mask = 1 << noun;
    // Whatever is below a noun stands in front of it.
    for other in (0..noun).rev() {
        if order[other] & parents_of(other) & mask != 0 {
            mask |= 1 << other;
        }
    }
    mask
}

/// The nouns that may be parents of a noun: those behind it.
fn parents_of(noun: usize) -> u8 {
    let all = (1_u16 << NOUNS) - 1;
    (all & !((1_u16 << (noun + 1)) - 1)) as u8
}

/// How one set lies to another.
fn relation(stated: u8, denied: u8) -> Relation {
    match (stated & denied, stated == denied) {
        (0, _) => Relation::Apart,
        (_, true) => Relation::Same,
        (both, _) if both == stated => Relation::Narrower,
        (both, _) if both == denied => Relation::Wider,
        _ => Relation::Overlapping,
    }
}

/// The policy of two orders, a denial and a statement, with names that a permutation gives and sentences in an order.
fn policy(
    data: &Order,
    parties: &Order,
    denied: (usize, usize),
    stated: (usize, usize),
    names: &[usize],
    turn: bool,
) -> String {
    let mut text = String::from("allow unused-noun;\n");
    let mut nouns: Vec<String> = Vec::new();
    for (kind, order) in [("data", data), ("party", parties)] {
        for noun in 0..NOUNS {
            let parents: Vec<String> = (0..NOUNS)
                .filter(|parent| order[noun] & parents_of(noun) & (1 << parent) != 0)
                .map(|parent| format!("{kind}-{}", letter(names[parent])))
                .collect();
            let is = if parents.is_empty() { String::new() } else { format!(" is {}", parents.join(", ")) };
            let name = letter(names[noun]);
            nouns.push(format!("{kind} {kind}-{name} \"{kind} {name}\"{is};\n"));
        }
    }
    let (data_of, party_of) = (|noun: usize| letter(names[noun]), |noun: usize| letter(names[noun]));
    let mut sentences = vec![
        format!("we never share data-{} with party-{};\n", data_of(denied.0), party_of(denied.1)),
        format!("we share data-{} with party-{};\n", data_of(stated.0), party_of(stated.1)),
    ];
    if turn {
        sentences.reverse();
        nouns.reverse();
    }
    nouns.iter().chain(&sentences).for_each(|line| text.push_str(line));
    text
}

fn letter(index: usize) -> char {
    char::from(b'a' + index as u8)
}

/// The codes of the findings about denials.
fn codes(text: &str) -> BTreeSet<String> {
    let compilation = compile(Source::new("orders.policy", text), &NoFiles, &Options::default());
    let errors: Vec<_> = compilation
        .diagnostics
        .iter()
        .filter(|finding| !finding.code.name.starts_with("denied-") && finding.code.name != "nothing-to-publish")
        .map(|finding| finding.message.clone())
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
    compilation
        .diagnostics
        .iter()
        .filter(|finding| finding.code.name.starts_with("denied-"))
        .map(|finding| finding.code.name.to_string())
        .collect()
}

fn order() -> impl Strategy<Value = Order> {
    // Few parents each, so that all four relations are about as frequent.
    proptest::collection::vec((any::<u8>(), any::<u8>()).prop_map(|(one, other)| one & other), NOUNS)
}

fn pair() -> impl Strategy<Value = (usize, usize)> {
    (0..NOUNS, 0..NOUNS)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn verdicts_are_those_of_sets(
        data in order(),
        parties in order(),
        denied in pair(),
        stated in pair(),
        names in Just((0..NOUNS).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let object = relation(below(&data, stated.0), below(&data, denied.0));
        let recipient = relation(below(&parties, stated.1), below(&parties, denied.1));
        let expected: BTreeSet<String> = verdict(object, recipient)
            .into_iter()
            .map(|verdict| match verdict {
                Verdict::Inside => "denied-but-stated".to_owned(),
                Verdict::Perhaps => "denied-perhaps".to_owned(),
                Verdict::InPart => "denied-in-part".to_owned(),
            })
            .collect();
        let plain: Vec<usize> = (0..NOUNS).collect();
        prop_assert_eq!(&codes(&policy(&data, &parties, denied, stated, &plain, false)), &expected);
        prop_assert_eq!(&codes(&policy(&data, &parties, denied, stated, &names, false)), &expected, "names");
        prop_assert_eq!(&codes(&policy(&data, &parties, denied, stated, &names, true)), &expected, "sentences");
    }
}

#[test]
fn the_sixteen_cases_are_those_of_the_table() {
    use Relation::{Apart, Narrower, Overlapping, Same, Wider};
    let rows = [
        (Same, [Some(Verdict::Inside), Some(Verdict::Inside), Some(Verdict::InPart), Some(Verdict::Perhaps)]),
        (Narrower, [Some(Verdict::Inside), Some(Verdict::Inside), Some(Verdict::InPart), Some(Verdict::Perhaps)]),
        (Wider, [Some(Verdict::InPart), Some(Verdict::Inside), Some(Verdict::InPart), Some(Verdict::Perhaps)]),
        (Overlapping, [Some(Verdict::Perhaps); 4]),
    ];
    for (recipient, cells) in rows {
        for (object, cell) in [Same, Narrower, Wider, Overlapping].into_iter().zip(cells) {
            assert_eq!(verdict(object, recipient), cell, "{object:?} {recipient:?}");
            assert_eq!(verdict(Apart, recipient), None);
            assert_eq!(verdict(object, Apart), None);
        }
    }
}

#[test]
fn every_known_contradiction_has_a_fixture_or_a_reason() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(root.join("tests/contradictions.tsv")).unwrap_or_default();
    let mut faults = String::new();
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let [name, fixture, reason] = line.split('\t').collect::<Vec<_>>()[..] else {
            let _ = writeln!(faults, "{line}: three columns");
            continue;
        };
        rows += 1;
        let path = root.join(format!("tests/fixtures/{fixture}.policy"));
        if fixture == "-" && reason.is_empty() || fixture != "-" && !path.exists() {
            let _ = writeln!(faults, "{name}: no {fixture}, and no reason");
        }
    }
    assert_eq!(rows, 82);
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn historical_policies_have_their_findings() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = String::from("policy\tfinding\tat\n");
    for name in ["confluent", "convox-console", "raygun", "sentry-2015", "sentry-2017"] {
        let text = std::fs::read_to_string(root.join(format!("examples/{name}.policy")))?;
        let compilation = compile(Source::new(name, text), &NoFiles, &Options::default());
        for finding in &compilation.diagnostics {
            let place = compilation.sources.slice(finding.primary.span);
            let place: Vec<&str> = place.split_whitespace().collect();
            let words: String = place.join(" ").chars().take(80).collect();
            let _ = writeln!(found, "{name}\t{} {}\t{words}", finding.level.word(), finding.code.name);
        }
    }
    assert_eq!(found, std::fs::read_to_string(root.join("tests/facts/findings.tsv"))?);
    Ok(())
}
