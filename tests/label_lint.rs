//! The labels of the five policies are labels: short, no sentences, no modality or denial hidden in them.
//!
//! Prose pasted into quotes would state facts that no check can see. This lint shares nothing with the
//! compiler's own checks of labels but the syntax tree.

use candor::diagnostic::Sink;
use candor::source::FileId;
use candor::syntax::ast::{Clause, ClauseValue, Condition, Entry, Except, Field, Group, Item, List, Sentence};
use candor::syntax::words::{Kind, Slot};
use candor::syntax::{lower, tree};
use candor::{NoFiles, Options, Source, compile};

const POLICIES: [&str; 5] = ["convox-console", "sentry-2015", "sentry-2017", "confluent", "raygun"];

const MODALS: [&str; 13] =
    ["may", "might", "must", "should", "shall", "will", "would", "can", "cannot", "could", "ought", "won't", "can't"];
const NEGATIONS: [&str; 11] =
    ["not", "no", "never", "nor", "neither", "none", "nobody", "nothing", "don't", "doesn't", "isn't"];
const ABBREVIATIONS: [&str; 9] = ["inc.", "ltd.", "co.", "corp.", "u.s.", "u.k.", "e.g.", "i.e.", "etc."];
const LONGEST: usize = 20;

/// What a label is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// A phrase in a sentence.
    Phrase,
    /// A whole clause, which may deny: a reason, a definition, an event.
    Clause,
    /// A title, a name or an address, which is printed by itself.
    Verbatim,
}

fn text(name: &str) -> String {
    let path = format!("{}/examples/{name}.policy", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every label of a policy with its frame.
fn labels(text: &str) -> Vec<(String, Frame)> {
    let mut sink = Sink::default();
    let tree = tree::parse(FileId(0), text, &mut sink);
    let file = lower::lower(FileId(0), text, &tree, &mut sink);
    let mut found = Vec::new();
    items(&file.items, &mut found);
    let meanings = file.parameters.iter().filter_map(|parameter| parameter.means.as_ref());
    found.extend(meanings.map(|label| (label.text.to_string(), Frame::Clause)));
    found
}

fn items(list: &[Item<'_>], found: &mut Vec<(String, Frame)>) {
    for item in list {
        match item {
            Item::Policy(policy) => {
                found.extend(policy.title.iter().map(|title| (title.text.to_string(), Frame::Verbatim)));
                policy.we.iter().chain(&policy.you).for_each(|item| entry(item, Frame::Phrase, found));
                policy.fields.iter().for_each(|item| field(item, found));
            }
            Item::Use(_) => {}
            Item::Setting(setting) => {
                found.extend(setting.reason.iter().map(|reason| (reason.text.to_string(), Frame::Clause)));
                items(setting.body.as_deref().unwrap_or_default(), found);
            }
            Item::Section(section) => {
                found.extend(section.title.iter().map(|title| (title.text.to_string(), Frame::Verbatim)));
                items(&section.items, found);
            }
            Item::Steps(steps) => {
                found.extend(steps.label.iter().map(|label| (label.text.to_string(), Frame::Phrase)));
                steps.clauses.iter().for_each(|item| clause(item, found));
                items(&steps.items, found);
            }
            Item::Scope(scope) => {
                scope.you.iter().for_each(|item| entry(item, Frame::Phrase, found));
                scope.clauses.iter().for_each(|item| clause(item, found));
                items(&scope.items, found);
            }
            Item::Noun(noun) => {
                let frame = match noun.kind.value {
                    Kind::Event | Kind::Reason => Frame::Clause,
                    _ => Frame::Phrase,
                };
                entry(&noun.entry, frame, found);
                noun.fields.iter().for_each(|item| field(item, found));
            }
            Item::Sentence(item) => sentence(item, found),
            Item::Prose(prose) => found.push((prose.text.to_owned(), Frame::Phrase)),
            Item::Block(list, _) | Item::Internal(list, _) => items(list, found),
            Item::Addition(addition) => addition.clauses.iter().for_each(|item| clause(item, found)),
            Item::Edition(edition) => {
                found.extend(edition.label.iter().map(|label| (label.text.to_string(), Frame::Phrase)));
                items(&edition.items, found);
            }
        }
    }
}

fn field(field: &Field<'_>, found: &mut Vec<(String, Frame)>) {
    found.extend(field.display.iter().map(|label| (label.text.to_string(), Frame::Phrase)));
    // A legal name, a postal address, the words in front of a date.
    field.values.iter().for_each(|item| entry(item, Frame::Verbatim, found));
    for arm in &field.arms {
        found.extend(arm.display.iter().map(|label| (label.text.to_string(), Frame::Phrase)));
        arm.guard.iter().for_each(|item| clause(item, found));
        arm.values.iter().for_each(|item| entry(item, Frame::Verbatim, found));
    }
}

fn sentence(sentence: &Sentence<'_>, found: &mut Vec<(String, Frame)>) {
    entries(&sentence.actors, found);
    sentence.objects.iter().for_each(|list| entries(list, found));
    sentence.clauses.iter().for_each(|item| clause(item, found));
    if let Some(Except { list, clauses, .. }) = &sentence.except {
        list.iter().for_each(|list| entries(list, found));
        clauses.iter().for_each(|item| clause(item, found));
    }
    items(sentence.only_in.as_deref().unwrap_or_default(), found);
}

fn entries(list: &List<'_>, found: &mut Vec<(String, Frame)>) {
    list.entries.iter().for_each(|item| entry(item, Frame::Phrase, found));
}

fn clause(clause: &Clause<'_>, found: &mut Vec<(String, Frame)>) {
    value(clause.slot.value, &clause.value, found);
}

fn value(slot: Slot, value_: &ClauseValue<'_>, found: &mut Vec<(String, Frame)>) {
    match value_ {
        ClauseValue::List(list) => {
            let frame = if slot == Slot::Because { Frame::Clause } else { Frame::Phrase };
            list.entries.iter().for_each(|item| entry(item, frame, found));
        }
        ClauseValue::Condition(item) => condition(item, found),
        ClauseValue::Topic(topic, list) => {
            found.push((topic.text.to_string(), Frame::Phrase));
            entries(list, found);
        }
        ClauseValue::Flag => {}
        ClauseValue::Guarded(arms) => {
            for arm in arms {
                arm.guard.iter().for_each(|item| clause(item, found));
                value(slot, &arm.value, found);
            }
        }
    }
}

fn condition(condition_: &Condition<'_>, found: &mut Vec<(String, Frame)>) {
    match condition_ {
        Condition::Test(test) => entry(&test.entry, Frame::Clause, found),
        Condition::Joined(_, operands) => operands.iter().for_each(|item| condition(item, found)),
    }
}

fn entry(entry_: &Entry<'_>, frame: Frame, found: &mut Vec<(String, Frame)>) {
    let own = [&entry_.label, &entry_.one, &entry_.many, &entry_.noun];
    found.extend(own.into_iter().flatten().map(|label| (label.text.to_string(), frame)));
    found.extend(entry_.that.iter().map(|label| (label.text.to_string(), Frame::Phrase)));
    found.extend(entry_.means.iter().map(|label| (label.text.to_string(), Frame::Clause)));
    entry_.of.iter().for_each(|item| entry(item, Frame::Phrase, found));
    entry_.from.iter().for_each(|list| entries(list, found));
    if let Some(Group { list, .. }) = &entry_.group {
        list.entries.iter().for_each(|item| entry(item, Frame::Phrase, found));
    }
    entry_.tail.iter().for_each(|item| clause(item, found));
}

/// Whether a sentence ends in a label or behind it.
fn ends_sentence(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.iter().enumerate().any(|(at, word)| {
        let bare = word.trim_end_matches(['"', '\'', ')', '”', '’']);
        let stop = bare.ends_with(['.', '!', '?', ';']);
        let abbreviation = ABBREVIATIONS.contains(&bare.trim_start_matches(['(', '"', '\'']).to_lowercase().as_str());
        // "EU-U.S." is an abbreviation behind a hyphen.
        let compound =
            bare.rsplit('-').next().is_some_and(|part| ABBREVIATIONS.contains(&part.to_lowercase().as_str()));
        let last = at + 1 == words.len();
        stop && !abbreviation && !compound && (last || words[at + 1].starts_with(char::is_uppercase))
    })
}

/// What is wrong with a label.
fn faults(label: &str, frame: Frame) -> Vec<&'static str> {
    let mut faults = Vec::new();
    // A capital inside marks a part of a name: "Do Not Track".
    let in_name = |(at, word): &(usize, &str)| *at > 0 && word.starts_with(char::is_uppercase);
    let words: Vec<String> = label
        .split_whitespace()
        .enumerate()
        .map(|pair| if in_name(&pair) { "Name" } else { pair.1 })
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'').to_lowercase().replace('’', "'"))
        .collect();
    if frame == Frame::Verbatim {
        return faults;
    }
    if words.len() > LONGEST {
        faults.push("over twenty words");
    }
    if ends_sentence(label) {
        faults.push("the end of a sentence");
    }
    if frame == Frame::Phrase {
        // "May 2016" and "a will" are no modal verbs, but none of the five needs them.
        if words.iter().any(|word| MODALS.contains(&word.as_str())) {
            faults.push("a modal verb");
        }
        if words.iter().any(|word| NEGATIONS.contains(&word.as_str())) {
            faults.push("a negation");
        }
    }
    faults
}

#[test]
fn the_labels_of_the_five_are_labels() {
    let mut findings = Vec::new();
    for name in POLICIES {
        let labels = labels(&text(name));
        assert!(labels.len() > 50, "{name}: only {} labels were found", labels.len());
        for (label, frame) in labels {
            findings.extend(faults(&label, frame).into_iter().map(|fault| format!("{name}: {fault}: \"{label}\"")));
        }
    }
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

#[test]
fn every_quote_in_the_five_was_looked_at() {
    for name in POLICIES {
        let text = text(name);
        // Comments hold no quotes, so every pair of quotes is a label.
        let code: String = text
            .lines()
            .map(|line| line.split(" # ").next().unwrap_or(line))
            .filter(|line| !line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n");
        let escaped = code.matches("\\\"").count();
        let quotes = (code.matches('"').count() - escaped) / 2;
        assert_eq!(labels(&text).len(), quotes, "{name}");
    }
}

#[test]
fn no_policy_of_the_five_has_prose() {
    for name in POLICIES {
        assert!(!text(name).contains("\"\"\""), "{name}");
    }
}

#[test]
fn the_compiler_warns_of_nothing_in_the_five() {
    // What they contradict themselves in is theirs, and is listed in tests/facts/findings.tsv.
    let theirs = std::fs::read_to_string("tests/facts/findings.tsv").unwrap_or_default();
    let mut findings = Vec::new();
    for name in POLICIES {
        let compilation =
            compile(Source::new(format!("examples/{name}.policy"), text(name)), &NoFiles, &Options::default());
        let ours = compilation.diagnostics.iter().filter(|finding| {
            let row = format!("{name}\t{} {}\t", finding.level.word(), finding.code.name);
            !theirs.contains(&row)
        });
        findings.extend(ours.map(|finding| finding.message.clone()));
    }
    assert_eq!(findings.concat(), "");
}

#[test]
fn the_lint_finds_what_it_is_for() {
    let faulty = [
        ("we keep it. It is safe", Frame::Phrase, "the end of a sentence"),
        ("keep it safe.", Frame::Clause, "the end of a sentence"),
        ("data that we may sell", Frame::Phrase, "a modal verb"),
        ("data we do not sell", Frame::Phrase, "a negation"),
        (
            "one two three four five six seven eight nine ten one two three four five six seven eight nine ten more",
            Frame::Clause,
            "over twenty words",
        ),
    ];
    for (label, frame, fault) in faulty {
        assert!(faults(label, frame).contains(&fault), "{label}");
    }
    let fine = [
        ("the EU-U.S. Privacy Shield", Frame::Phrase),
        ("Convox, Inc.", Frame::Phrase),
        ("visit us from outside the United States (U.S.)", Frame::Phrase),
        ("you do not want cookies", Frame::Clause),
    ];
    for (label, frame) in fine {
        assert_eq!(faults(label, frame), Vec::<&str>::new(), "{label}");
    }
}
