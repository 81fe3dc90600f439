//! The figures of every example, so that a change of wording shows in figures, and what they are made of.

#[path = "support/policies.rs"]
mod policies;

use std::fmt::Write as _;
use std::path::Path;

use candor::document::{Block, Document, Inline, Item, Row, Span};
use candor::english::tokens::tokens;
use candor::english::vague::vague;
use candor::stats::{Stats, sentences_of, stats};
use candor::wording::template::Piece;
use candor::wording::templates;
use candor::{Options, Published, Source, compile};
use policies::Beside;

/// Policies that restate historical documents: their labels are as they were published.
const HISTORICAL: [&str; 5] = ["confluent", "convox-console", "raygun", "sentry-2015", "sentry-2017"];

/// The examples that can be published, by name. The one with parameters has the values of a club.
fn examples() -> Vec<(String, Published)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the examples are there")
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "policy"))
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    let read = |name: &str| {
        let path = folder.join(name);
        let text = std::fs::read_to_string(&path).expect("the example can be read");
        Source::new(path.display().to_string(), text)
    };
    let publish = |name: String| {
        let values_file = (name == "club").then(|| read("club-south.values"));
        let options = Options { values_file, ..Options::default() };
        let published = compile(read(&format!("{name}.policy")), &Beside, &options).published?;
        Some((name, published))
    };
    names.into_iter().filter_map(publish).collect()
}

fn full(published: &Published) -> &Document {
    published.document("policy").expect("the full policy is there")
}

fn line(name: &str, stats: &Stats) -> String {
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.1}"));
    format!(
        "{name:<24} {:>6} {:>8.1} {:>10} {:>6} {:>6} {:>6} {:>6} {:>8} {:>10}\n",
        stats.words,
        stats.minutes,
        stats.sentences,
        figure(stats.words_per_sentence),
        figure(stats.reading_ease),
        figure(stats.grade),
        figure(stats.vague_generated),
        figure(stats.vague_author),
        figure(stats.structure),
    )
}

#[test]
fn the_figures_of_the_examples() {
    let mut out = format!(
        "{:<24} {:>6} {:>8} {:>10} {:>6} {:>6} {:>6} {:>6} {:>8} {:>10}\n",
        "document", "words", "minutes", "sentences", "w/s", "ease", "grade", "vague", "author's", "structure"
    );
    for (name, published) in examples() {
        out.push_str(&line(&name, &stats(full(&published))));
        let short = published.document("short");
        out.extend(short.map(|short| line(&format!("{name}, short"), &stats(short))));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "stats" }, {
        insta::assert_snapshot!("examples", out);
    });
}

#[test]
fn modern_examples_read_easily() {
    let mut faults = String::new();
    for (name, published) in examples().iter().filter(|(name, _)| !HISTORICAL.contains(&name.as_str())) {
        let stats = stats(full(published));
        let misses = [
            ("reading ease is below 50", stats.reading_ease.is_some_and(|ease| ease < 50.0)),
            ("the grade is above 9", stats.grade.is_some_and(|grade| grade > 9.0)),
            ("more than 2 % of the sentences are vague", stats.vague_generated.is_some_and(|share| share > 2.0)),
            ("a sentence has more than 16 words", stats.words_per_sentence.is_some_and(|words| words > 16.0)),
        ];
        for (miss, _) in misses.iter().filter(|(_, missed)| *missed) {
            let _ = writeln!(faults, "{name}: {miss}");
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
/// Templates that hold one of the forty terms, and why they may.
const VAGUE_TEMPLATES: [(&str, &str); 16] = [
    ("california-may", "it prints a modality of the author's"),
    ("california-some-cases", "the cell has no room for the condition, which the policy states"),
    ("children-choices", "it is the title of what the readers are allowed"),
    ("children-seen", "it is the title of a list that names them"),
    ("field-extension", "it says what is allowed, not what is likely"),
    ("force-can", "it prints a modality of the author's"),
    ("force-may", "it prints a modality of the author's"),
    ("force-may-have", "it prints a modality of the author's"),
    ("force-might-not", "it prints a modality of the author's"),
    ("force-might-not-able", "it prints a modality of the author's"),
    ("force-might-not-have", "it prints a modality of the author's"),
    ("under-setting", "the setting that it depends on is named behind it"),
    ("view-complain", "what it depends on is named behind it"),
    ("view-depending", "the short notice leaves the cases to the policy, where its link leads"),
    ("view-in-cases", "the short notice leaves the cases to the policy, where its link leads"),
    ("view-possibly", "it prints a modality of the author's"),
];

#[test]
fn templates_are_not_vague() {
    let mut found = Vec::new();
    for (name, pieces) in templates::ENGLISH {
        let holes = pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text,
            Piece::Hole(_) => "it",
        });
        if !vague(&tokens(&holes.collect::<String>()), &[]).is_empty() {
            found.push(*name);
        }
    }
    let allowed: Vec<&str> = VAGUE_TEMPLATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, allowed);
}

fn span(text: Vec<Inline>) -> Span {
    Span { text, ..Span::default() }
}

fn document(blocks: Vec<Block>) -> Document {
    Document {
        blocks,
        kind: "full-policy".to_owned(),
        language: "en-GB".to_owned(),
        leaves_out: Vec::new(),
        name: "policy".to_owned(),
        title: vec![span(vec![Inline::text("Privacy Policy")])],
        updated: None,
    }
}

#[test]
fn figures_are_those_of_the_formulas() {
    let text = "We keep your name. We keep it for a year, and then we delete it.";
    let measured = stats(&document(vec![Block::Paragraph { spans: vec![span(vec![Inline::text(text)])] }]));
    // 15 words of 16 syllables in 2 sentences, and 2 words of the title.
    assert_eq!((measured.words, measured.sentences, measured.words_per_sentence), (17, 2, Some(7.5)));
    let ease: f64 = 206.835 - 1.015 * 7.5 - 84.6 * 16.0 / 15.0;
    let grade: f64 = 0.39 * 7.5 + 11.8 * 16.0 / 15.0 - 15.59;
    assert_eq!(measured.reading_ease, Some((ease * 10.0).round() / 10.0));
    assert_eq!(measured.grade, Some((grade * 10.0).round() / 10.0));
    assert_eq!((measured.minutes, measured.structure), (0.1, Some(0.0)));
}

#[test]
fn tables_and_lists_are_structure_and_only_lists_have_sentences() {
    let item = |text: &str| Item { blocks: Vec::new(), spans: vec![span(vec![Inline::text(text)])] };
    let row = Row { cells: vec![span(vec![Inline::text("three years. Or four")])], facts: Vec::new() };
    let measured = stats(&document(vec![
        Block::List {
            lead: vec![span(vec![Inline::text("We keep these:")])],
            items: vec![item("your name"), item("your address")],
            ordered: false,
        },
        Block::Table { caption: Vec::new(), columns: vec!["How long".to_owned()], rows: vec![row] },
    ]));
    // 2 of the title, 3 of the lead, 4 of the items, 2 of the head, 4 of the cell.
    assert_eq!((measured.words, measured.sentences), (15, 3));
    assert_eq!(measured.structure, Some(66.7));
}

#[test]
fn names_addresses_and_code_do_not_count_for_ease() {
    let plain = "We share it with them under the law.";
    let named = vec![
        Inline::text("We share it with "),
        Inline::Code("__utma".to_owned()),
        Inline::text(" them under the law of Internationalisation University (privacy@acme.com)."),
    ];
    let sentence = |text: Vec<Inline>| {
        let measured = document(vec![Block::Paragraph { spans: vec![span(text)] }]);
        sentences_of(&measured).pop().expect("there is a sentence")
    };
    let (plain, named) = (sentence(vec![Inline::text(plain)]), sentence(named));
    assert_eq!((plain.counted, plain.syllables), (8, 9));
    assert_eq!((named.words, named.counted, named.syllables), (13, 9, 10));
}

#[test]
fn what_a_template_says_is_not_what_the_author_says() {
    let vague_of = |text: &str| {
        let measured = document(vec![Block::Paragraph { spans: vec![span(vec![Inline::text(text)])] }]);
        let sentence = sentences_of(&measured).pop().expect("there is a sentence");
        (sentence.generated, sentence.author)
    };
    assert_eq!(vague_of("We may share it."), (vec![], vec!["may"]));
    assert_eq!(vague_of("We share various data."), (vec![], vec!["various"]));
    assert_eq!(vague_of("The time to answer can be extended by 2 months."), (vec!["can"], vec![]));
    assert_eq!(vague_of("You can ask us."), (vec![], vec![]));
}

#[test]
fn nothing_is_measured_on_nothing() {
    let measured = stats(&document(Vec::new()));
    assert_eq!((measured.words, measured.sentences, measured.reading_ease, measured.grade), (2, 0, None, None));
}
