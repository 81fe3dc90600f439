//! What holds of every policy: generated ones, and texts that are none.

#[path = "support/agree.rs"]
mod agree;
#[path = "support/generate.rs"]
mod generate;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/normalise.rs"]
mod normalise;
#[path = "support/policies.rs"]
mod policies;

use std::cell::RefCell;
use std::collections::BTreeMap;

use candor::Format;
use candor::diagnostic::Sink;
use candor::document::{Block, Inline};
use candor::source::FileId;
use candor::syntax::tree;
use candor::syntax::words::{Quantifier, Slot};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};

/// How many policies are generated.
const CASES: u32 = 1500;

/// Always the same cases, so that a failure is one for everybody.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// The tokens and the white space between them are the text.
fn lossless(text: &str) -> Result<(), TestCaseError> {
    let tree = tree::parse(FileId(0), text, &mut Sink::default());
    let mut end = 0;
    for token in &tree.tokens {
        let (start, stop) = (token.span.start as usize, token.span.end as usize);
        prop_assert!(end <= start && start <= stop, "tokens overlap at {start}");
        let gap = text.get(end..start);
        prop_assert!(gap.is_some_and(|gap| gap.trim_matches([' ', '\t', '\r', '\n']).is_empty()), "`{gap:?}` is lost");
        end = stop;
    }
    let gap = text.get(end..).unwrap_or("x");
    prop_assert!(gap.trim_matches([' ', '\t', '\r', '\n']).is_empty(), "`{gap}` is lost at the end");
    Ok(())
}

#[test]
fn generated_policies_agree_and_reach_the_whole_language() {
    let reached: RefCell<BTreeMap<String, u32>> = RefCell::default();
    let published = RefCell::new(0);
    let reach = |what: String| *reached.borrow_mut().entry(what).or_default() += 1;
    let result = runner(CASES).run(&vec(any::<u32>(), 0..900), |tape| {
        let generated = generate::policy(&tape);
        lossless(&generated.text)?;
        let compilation = policies::compile_text(&generated.text);
        let Some(one) = &compilation.published else { return Ok(()) };
        *published.borrow_mut() += 1;
        let faults = agree::all(one);
        prop_assert!(faults.is_empty(), "{}\n\n{}", faults.join("\n"), generated.text);
        for format in Format::ALL {
            let secret = one.render(format).contains(generate::SECRET);
            prop_assert!(!secret, "{format:?} shows what is internal\n\n{}", generated.text);
        }
        generated.used.iter().for_each(|used| reach(used.clone()));
        for document in &one.documents {
            agree::each_block(&document.blocks, &mut |block| reach(format!("block {}", block_name(block))));
            agree::each_inline(document, &mut |inline| reach(format!("inline {}", inline_name(inline))));
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let published = published.into_inner();
    // What is put together at random often contradicts itself, and is refused for that.
    assert!(published * 2 >= CASES, "only {published} of {CASES} were published");
    let reached = reached.into_inner();
    let kinds = generate::KINDS.iter().map(|kind| format!("kind {}", kind.word()));
    let clauses = Slot::ALL.iter().map(|slot| format!("clause {}", slot.word()));
    let modalities = generate::MODALITIES.iter().map(|(one, ..)| format!("modality {one}"));
    let quantifiers = Quantifier::ALL.iter().map(|quantifier| format!("quantifier {}", quantifier.word()));
    let tails = Slot::ALL.iter().map(|slot| format!("tail {}", slot.word()));
    let blocks = BLOCKS.iter().map(|name| format!("block {name}"));
    let inlines = INLINES.iter().map(|name| format!("inline {name}"));
    let shapes = generate::SHAPES.iter().map(|shape| (*shape).to_owned());
    let wanted = kinds
        .chain(clauses)
        .chain(tails)
        .chain(modalities)
        .chain(quantifiers)
        .chain(blocks)
        .chain(inlines)
        .chain(shapes);
    let missing: Vec<String> = wanted.filter(|what| !reached.contains_key(what)).collect();
    assert!(missing.is_empty(), "not reached in {published} policies: {missing:?}");
}

const BLOCKS: [&str; 6] = ["section", "paragraph", "list", "table", "contents", "prose"];

/// Exhaustive, so that a new block asks for its generator.
fn block_name(block: &Block) -> &'static str {
    match block {
        Block::Section { .. } => "section",
        Block::Paragraph { .. } => "paragraph",
        Block::List { .. } => "list",
        Block::Table { .. } => "table",
        Block::Contents { .. } => "contents",
        Block::Prose { .. } => "prose",
    }
}

const INLINES: [&str; 7] = ["text", "strong", "emphasis", "code", "link", "reference", "time"];

/// Exhaustive, so that a new inline asks for its generator.
fn inline_name(inline: &Inline) -> &'static str {
    match inline {
        Inline::Text(_) => "text",
        Inline::Strong { .. } => "strong",
        Inline::Emphasis { .. } => "emphasis",
        Inline::Code(_) => "code",
        Inline::Link { .. } => "link",
        Inline::Reference { .. } => "reference",
        Inline::Time { .. } => "time",
    }
}

/// Pieces of the language in any order.
const PIECES: &[&str] = &[
    "policy",
    "\"P\"",
    "{",
    "}",
    "(",
    ")",
    ";",
    ",",
    ":",
    "we",
    "you",
    "are",
    "is",
    "acme",
    "party",
    "data",
    "section",
    "steps",
    "collect",
    "share",
    "with",
    "for",
    "when",
    "not",
    "and",
    "or",
    "and-or",
    "only",
    "in",
    "except",
    "of",
    "that",
    "such",
    "as",
    "namely",
    "including",
    "without",
    "limitation",
    "other",
    "any",
    "each",
    "may",
    "must",
    "will",
    "never",
    "cannot",
    "does",
    "do",
    "commit",
    "to",
    "use",
    "allow",
    "because",
    "\"x",
    "\"\"\"",
    "`x`",
    "<https://x.example>",
    "#",
    "\n",
    "2026-01-01",
    "30",
    "days",
    "US",
    "en-GB",
    "a@b.example",
    "a.b",
    "\\",
    "\u{feff}",
    "é",
    "name",
    "means",
    "one",
    "noun",
    "from",
    "enabled",
    "see",
];

#[test]
fn no_text_makes_the_compiler_panic() {
    let pieces = vec((0..PIECES.len(), any::<bool>()), 0..80);
    let result = runner(1500).run(&pieces, |pieces| {
        let mut text = String::new();
        for (piece, space) in pieces {
            text.push_str(PIECES[piece]);
            if space {
                text.push(' ');
            }
        }
        lossless(&text)?;
        let compilation = policies::compile_text(&text);
        let _ = compilation.report();
        if let Some(published) = &compilation.published {
            let faults = agree::all(published);
            prop_assert!(faults.is_empty(), "{}\n\n{text}", faults.join("\n"));
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let result = runner(500).run(&"\\PC{0,60}", |text| {
        lossless(&text)?;
        let _ = policies::compile_text(&text).report();
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
