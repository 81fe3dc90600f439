//! How long each stage takes, in process: for the examples that are one file, and for one policy scaled to 10, 1,000 and
//! 10,000 kinds of data.
//!
//! Run with `cargo bench --bench stages`; the table shows fastest, slowest, median and mean.

use std::fmt::Write as _;

use candor::check::check;
use candor::diagnostic::Sink;
use candor::source::FileId;
use candor::syntax::{lower, tree};
use candor::wording::Words;
use candor::{Format, NoFiles, Options, Source, cells, compile, draft, facts, resolve};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// The inputs, by name.
const INPUTS: [&str; 12] = [
    "convox-console",
    "sentry-2015",
    "raygun",
    "confluent",
    "sentry-2017",
    "shutter",
    "strideway",
    "tallyho",
    "larder",
    "10-kinds",
    "1000-kinds",
    "10000-kinds",
];

/// The text of an input.
fn text(name: &str) -> String {
    match name.strip_suffix("-kinds").and_then(|count| count.parse().ok()) {
        Some(count) => scaled(count),
        None => std::fs::read_to_string(format!("examples/{name}.policy")).unwrap_or_default(),
    }
}

/// A policy with `count` kinds of data, each collected, used and shared in sentences of its own shape.
fn scaled(count: usize) -> String {
    let mut text = String::from(
        "policy \"Privacy Policy\" { we are acme; you are reader; language en-US; updated \"Last updated\" 2026-01-01; }\n\
         party acme \"Acme\" { legal \"Acme Ltd\"; }\nparty courier \"our couriers\";\npeople reader \"users of our shop\";\n",
    );
    for index in 0..count {
        if index % 50 == 0 {
            if index > 0 {
                text.push_str("}\n");
            }
            let _ = writeln!(text, "section part-{index} \"Part {index}\" {{");
        }
        let _ = writeln!(text, "  data item-{index} \"item number {index}\" is personal;");
        let _ = match index % 3 {
            0 => writeln!(text, "  we collect item-{index} from you when step-{index} \"you take step {index}\";"),
            1 => writeln!(text, "  we may use item-{index} for goal-{index} \"reach goal {index}\", analytics;"),
            _ => writeln!(text, "  we share item-{index} with courier for goal-{index} \"deliver parcel {index}\";"),
        };
    }
    text.push_str("}\n");
    text
}

#[divan::bench(args = INPUTS)]
fn a_parse(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.counter(BytesCount::of_str(&text)).bench(|| tree::parse(FileId(0), &text, &mut Sink::default()));
}

#[divan::bench(args = INPUTS)]
fn b_lower(bencher: Bencher, name: &str) {
    let text = text(name);
    let tree = tree::parse(FileId(0), &text, &mut Sink::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| lower::lower(FileId(0), &text, &tree, &mut Sink::default()));
}

#[divan::bench(args = INPUTS)]
fn c_resolve(bencher: Bencher, name: &str) {
    let text = text(name);
    let tree = tree::parse(FileId(0), &text, &mut Sink::default());
    let file = lower::lower(FileId(0), &text, &tree, &mut Sink::default());
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        resolve::resolve(&[resolve::Input { file: &file, library: false }], &mut Sink::default()).policy.nouns.len()
    });
}

#[divan::bench(args = INPUTS)]
fn d_draft(bencher: Bencher, name: &str) {
    let policy = compile(Source::new(name, text(name)), &NoFiles, &Options::default()).policy;
    let words = Words::new("en-US");
    bencher.bench(|| draft(&policy, &words, None));
}

#[divan::bench(args = INPUTS)]
fn e_facts(bencher: Bencher, name: &str) {
    let policy = compile(Source::new(name, text(name)), &NoFiles, &Options::default()).policy;
    bencher.bench(|| facts::facts(&policy));
}

#[divan::bench(args = INPUTS)]
fn e_cells(bencher: Bencher, name: &str) {
    let policy = compile(Source::new(name, text(name)), &NoFiles, &Options::default()).policy;
    let facts = facts::facts(&policy);
    bencher.bench(|| cells::cells(&policy, &facts).len());
}

#[divan::bench(args = INPUTS)]
fn e_consistency(bencher: Bencher, name: &str) {
    let policy = compile(Source::new(name, text(name)), &NoFiles, &Options::default()).policy;
    bencher.bench(|| check(&policy, None, &[], &mut Sink::default()));
}

/// Sentences about kinds of data in an order of three levels, every tenth of them a denial, most of which nothing goes
/// against.
fn sentences(count: usize, laws: &str) -> String {
    let mut text = format!(
        "policy \"Privacy Policy\" {{ we are acme; you are reader; updated 2026-01-01; {laws} }}\nparty acme \"Acme\";\npeople reader \"our readers\";\n",
    );
    let kinds = (count / 4).max(40);
    for index in 0..kinds {
        let is = if index < 20 {
            "personal".to_owned()
        } else {
            format!("item-{}", index % 20 + 20 * usize::from(index >= 400))
        };
        let _ = writeln!(text, "data item-{index} \"item number {index}\" is {is};");
    }
    for index in 0..50 {
        let _ = writeln!(text, "party firm-{index} \"firm {index}\";");
    }
    for index in 0..count {
        let (item, firm) = (index * 7 % kinds, index % 50);
        let _ = match index % 10 {
            0 => writeln!(text, "we never share item-{item} with firm-{firm};"),
            1 | 4 | 7 => writeln!(text, "we use item-{item} for goal-{index} \"reach goal {index}\";"),
            2 | 5 | 8 => {
                writeln!(text, "we share item-{item} with firm-{firm} for goal-{index} \"reach goal {index}\";")
            }
            _ => writeln!(text, "we collect item-{item} from you;"),
        };
    }
    text
}

#[divan::bench(args = [2_000, 20_000])]
fn e_consistency_of_sentences(bencher: Bencher, count: usize) {
    check_sentences(bencher, count, "");
}

#[divan::bench(args = [2_000, 20_000])]
fn e_one_law_of_sentences(bencher: Bencher, count: usize) {
    check_sentences(bencher, count, "laws gdpr;");
}

#[divan::bench(args = [2_000, 20_000], sample_count = 5)]
fn e_six_laws_of_sentences(bencher: Bencher, count: usize) {
    check_sentences(bencher, count, "laws gdpr, uk, ccpa, us-states, coppa, lgpd;");
}

fn check_sentences(bencher: Bencher, count: usize, laws: &str) {
    let policy = compile(Source::new("sentences", sentences(count, laws)), &NoFiles, &Options::default()).policy;
    bencher.bench(|| check(&policy, None, &[], &mut Sink::default()));
}

/// The whole compile of the same text, to hold the checks against.
#[divan::bench(args = [2_000, 20_000])]
fn e_sentences_compiled(bencher: Bencher, count: usize) {
    let text = sentences(count, "");
    bencher
        .bench(|| compile(Source::new("sentences", text.clone()), &NoFiles, &Options::default()).published.is_some());
}

#[divan::bench(args = INPUTS)]
fn f_markdown(bencher: Bencher, name: &str) {
    render(bencher, name, Format::Markdown);
}

#[divan::bench(args = INPUTS)]
fn g_html(bencher: Bencher, name: &str) {
    render(bencher, name, Format::Html);
}

#[divan::bench(args = INPUTS)]
fn h_json(bencher: Bencher, name: &str) {
    render(bencher, name, Format::Json);
}

fn render(bencher: Bencher, name: &str, format: Format) {
    let compilation = compile(Source::new(name, text(name)), &NoFiles, &Options::default());
    if let Some(published) = &compilation.published {
        bencher.bench(|| published.render(format));
    }
}

/// From the text to what is published, without rendering.
#[divan::bench(args = INPUTS)]
fn i_compile(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        compile(Source::new(name, text.clone()), &NoFiles, &Options::default())
            .published
            .map(|published| published.content_hash)
    });
}

/// From the text to all three formats.
#[divan::bench(args = INPUTS)]
fn j_compile_and_render(bencher: Bencher, name: &str) {
    let text = text(name);
    bencher.counter(BytesCount::of_str(&text)).bench(|| {
        let compilation = compile(Source::new(name, text.clone()), &NoFiles, &Options::default());
        compilation.published.map(|published| Format::ALL.map(|format| published.render(format).len()))
    });
}
