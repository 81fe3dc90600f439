//! Every kind of finding: its examples do what they say, and `docs/codes.md` says what the declarations say.

use std::fmt::Write as _;

use candor::diagnostic::Control;
use candor::{Level, NoFiles, Options, Source, codes, compile};

/// Codes that cannot be shown in one file of text, and why.
const NOT_SHOWN: [(&str, &str); 28] = [
    ("cyclic-use", "it takes two files"),
    ("date-in-future", "it takes a day to build for"),
    ("double-template", "it takes templates"),
    ("double-value", "it takes values"),
    ("empty-template", "it takes templates"),
    ("frame-without-language", "it takes templates"),
    ("incomplete-frame", "it takes templates"),
    ("input-too-large", "it takes 16 MiB"),
    ("misplaced-frame-field", "it takes templates"),
    ("missing-hole", "it takes templates"),
    ("nameless-template", "it takes templates"),
    ("needless-value", "it takes values"),
    ("not-text", "it takes bytes that are no text"),
    ("project-document", "it takes a project file"),
    ("project-file", "it takes a project file"),
    ("project-key", "it takes a project file"),
    ("project-overwrite", "it takes a project file"),
    ("project-syntax", "it takes a project file"),
    ("project-value", "it takes a project file"),
    ("reason-missing", "no finding of the compiler itself takes a reason"),
    ("sentence-in-library", "it takes two files"),
    ("style-ends-early", "it takes templates"),
    ("too-many-values", "it takes 200 values"),
    ("topic-missing", "it takes fifteen sentences"),
    ("unknown-frame-field", "it takes templates"),
    ("unknown-hole", "it takes templates"),
    ("unknown-template", "it takes templates"),
    ("unreadable-template", "it takes templates"),
];

/// Codes that a bad example raises besides its own.
const BESIDES: [(&str, &str); 1] = [("setting-without-reason", "denied-but-stated")];

/// The codes that a fragment raises, but for the note that a fragment is no policy.
fn raised(fragment: &str) -> Vec<String> {
    let compilation = compile(Source::new("example.policy", fragment), &NoFiles, &Options::default());
    let mut raised: Vec<String> = compilation.diagnostics.iter().map(|finding| finding.code.name.to_string()).collect();
    raised.sort_unstable();
    raised.dedup();
    raised
}

#[test]
fn bad_examples_raise_their_code_and_good_ones_raise_nothing() {
    let mut faults = String::new();
    for code in codes::all() {
        let shown = NOT_SHOWN.iter().all(|(name, _)| *name != &*code.name);
        if shown == code.bad.is_empty() {
            let _ = writeln!(faults, "{}: the list of codes that are not shown is wrong about it", code.name);
        }
        let mut bad = raised(&code.bad);
        bad.retain(|name| {
            *name == code.name || name != "nothing-to-publish" && !BESIDES.contains(&(&*code.name, name.as_str()))
        });
        if shown && bad != [&*code.name] {
            let _ = writeln!(faults, "{}: the bad example raises {bad:?}", code.name);
        }
        let mut good = raised(&code.good);
        good.retain(|name| *name != "nothing-to-publish" || code.name == "nothing-to-publish");
        if !good.is_empty() {
            let _ = writeln!(faults, "{}: the good example raises {good:?}", code.name);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn declarations_are_well_formed() {
    let mut faults = String::new();
    let codes = codes::all();
    for (index, code) in codes.iter().enumerate() {
        let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
        if !code.name.split('-').all(part) {
            let _ = writeln!(faults, "{}: the name is not in kebab-case", code.name);
        }
        if codes.iter().skip(index + 1).any(|other| other.name == code.name) {
            let _ = writeln!(faults, "{}: two codes have this name", code.name);
        }
        let ends = code.summary.matches(['.', '!', '?']).count();
        if ends != 1
            || !code.summary.ends_with('.')
            || !code.summary.starts_with(|c: char| c.is_uppercase() || c == '`')
        {
            let _ = writeln!(faults, "{}: the summary is not one sentence", code.name);
        }
        if !code.explanation.ends_with('.') {
            let _ = writeln!(faults, "{}: the explanation does not end with a full stop", code.name);
        }
        for example in [&code.bad, &code.good] {
            if !example.is_empty() && !example.ends_with('\n') {
                let _ = writeln!(faults, "{}: an example does not end its line", code.name);
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// `docs/codes.md`, from the declarations.
fn reference() -> String {
    let mut page = String::from(
        "# Findings\n\n\
         <!-- Made from src/codes by tests/codes.rs; do not edit. -->\n\n\
         What the compiler finds, by name. An **error** keeps the page from being published; a **warning** and a **note** do not.\n\n\
         ## Setting levels\n\n\
         `allow CODE because \"…\";` leaves a finding out, `warn …` makes it a warning, `deny …` an error: in the block the setting stands in, \
         in the whole file where it stands in none, or in the block behind it: `allow CODE because \"…\" { … }`. The innermost counts.\n\n\
         The column *can be set* says what may be set. **no**: it is mended, never allowed. **yes**: any level, with a reason or without. \
         **with a reason**: any level, but a lower one only with `because \"…\"`; that is so for what laws ask for, whose codes have a slash, such as `gdpr/purpose-missing`.\n\n\
         A finding that several laws ask for is accepted law by law: an allowance of one code leaves those of the others.\n\n\
         `--allow CODE`, `--warn CODE` and `--deny CODE` set levels for one run, where the policy sets none. `--deny CODE` also wins over settings that give no reason. \
         No reason can be given there, so what takes one cannot be set lower. `--deny warnings` refuses a policy that has warnings and leaves their level alone.\n\n\
         ## All findings\n\n\
         | code | level | can be set | what is wrong |\n| --- | --- | --- | --- |\n",
    );
    for code in codes::all() {
        let control = match code.control {
            Control::Fixed => "no",
            Control::Free => "yes",
            Control::Reasoned => "with a reason",
        };
        let _ = writeln!(page, "| [`{0}`](#{0}) | {1} | {control} | {2} |", code.name, code.level.word(), code.summary);
    }
    for code in codes::all() {
        let _ = write!(
            page,
            "\n## {}\n\n**{}.** {}\n\n{}\n",
            code.name,
            capital(code.level),
            code.summary,
            code.explanation
        );
        if !code.bad.is_empty() {
            let _ = write!(page, "\n```policy,bad\n{}```\n", shown(&code.bad));
        }
        if !code.good.is_empty() {
            let _ = write!(page, "\n```policy\n{}```\n", shown(&code.good));
        }
    }
    page
}

/// An example as a page shows it: control characters are replaced.
fn shown(example: &str) -> String {
    candor::emit::visible(example)
}

fn capital(level: Level) -> &'static str {
    match level {
        Level::Note => "Note",
        Level::Warning => "Warning",
        Level::Error => "Error",
    }
}

#[test]
fn the_reference_is_current() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes.md");
    let reference = reference();
    if std::fs::read_to_string(path).unwrap_or_default() == reference {
        return Ok(());
    }
    std::fs::write(path, reference)?;
    Err(std::io::Error::other("docs/codes.md was stale and has been rewritten; look at it and run the test again"))
}
