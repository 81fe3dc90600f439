//! Whatever stands in a file, the compiler answers with findings: it never panics, never overflows its stack
//! and never runs away. No test here holds a clock; a text that takes minutes would show as a hang.

#[path = "support/policies.rs"]
mod policies;

use candor::Compilation;
use candor::emit::{Style, human};

/// The stack of a thread that nobody configured.
const STACK: usize = 2 * 1024 * 1024;

/// Up to this size a text is cut at every character, above it at some lines and at every early token.
const SMALL: usize = 2 * 1024;

/// Runs on an ordinary stack.
fn ordinary(run: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).expect("a thread");
        thread.join().expect("no panic");
    });
}

/// Compiles; an error keeps anything from being published.
fn read(text: &str) -> Compilation {
    let compilation = policies::compile_text(text);
    assert!(!(compilation.has_errors() && compilation.published.is_some()), "published in spite of an error");
    compilation
}

/// Compiles, renders what there is and prints every finding.
fn compile(text: &str) -> Compilation {
    let compilation = read(text);
    let _ = human(&compilation.diagnostics, &compilation.sources, Style::Short, false);
    if let Some(published) = &compilation.published {
        for format in candor::Format::ALL {
            assert!(!published.render(format).is_empty());
        }
    }
    compilation
}

/// Compiles a text that must be refused.
fn refused(name: &str, text: &str) {
    ordinary(|| {
        let compilation = compile(text);
        assert!(compilation.has_errors(), "{name} is not refused");
    });
}

/// The texts whose pieces are compiled: every fixture and example.
fn texts() -> Vec<String> {
    policies::all().into_iter().map(|(_, text)| text).collect()
}

/// The places to cut a text at.
fn cuts(text: &str) -> Vec<usize> {
    if text.len() <= SMALL {
        return text.char_indices().map(|(at, _)| at).collect();
    }
    let lines = spread(text.match_indices('\n').map(|(at, _)| at).collect()).into_iter().flat_map(|at| [at, at + 1]);
    let mut sink = candor::diagnostic::Sink::default();
    let tree = candor::syntax::tree::parse(candor::source::FileId(0), text, &mut sink);
    // Each kind of token is cut off at its end in the first part of a text; lines cover the rest.
    let tokens = tree.tokens.iter().map(|token| token.span.end as usize).take_while(|end| *end < SMALL);
    let mut cuts: Vec<usize> = lines.chain(tokens).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// How many places of one text are tried, spread evenly over it.
const PLACES: usize = 120;

/// At most so many of these, the first among them, at even distances.
fn spread(all: Vec<usize>) -> Vec<usize> {
    let step = all.len().div_ceil(PLACES).max(1);
    all.into_iter().step_by(step).collect()
}

/// Spreads work over the processors, on ordinary stacks.
fn each<T: Sync>(items: &[T], run: impl Fn(&T) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            let run = &run;
            let part = move || items.iter().skip(first).step_by(threads).for_each(run);
            let spawn = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, part);
            spawn.expect("a thread");
        }
    });
}

#[test]
fn every_prefix_gives_findings() {
    let texts = texts();
    let all: Vec<(&str, usize)> =
        texts.iter().flat_map(|text| cuts(text).into_iter().map(move |cut| (text.as_str(), cut))).collect();
    each(&all, |(text, cut)| {
        read(&text[..*cut]);
    });
}

#[test]
fn every_line_can_be_missing() {
    for text in texts() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let numbers = spread((0..lines.len()).collect());
        each(&numbers, |missing| {
            let rest: String =
                lines.iter().enumerate().filter(|(at, _)| at != missing).map(|(_, line)| *line).collect();
            read(&rest);
        });
    }
}

#[test]
fn every_suffix_of_lines_gives_findings() {
    for text in texts() {
        let cuts = spread(text.match_indices('\n').map(|(at, _)| at + 1).collect());
        each(&cuts, |cut| {
            read(&text[*cut..]);
        });
    }
}

#[test]
fn nothing_and_white_space_are_no_policy() {
    for text in ["", " ", "\n", "\r\n\r\n", "\t", "# only a comment", "\u{feff}", "\u{feff}# x", ";", ";;;"] {
        ordinary(|| {
            let compilation = compile(text);
            assert!(compilation.published.is_none(), "{text:?} is published");
            assert!(!compilation.diagnostics.is_empty(), "nothing is said of {text:?}");
        });
    }
}

const VALID: &str = "policy \"P\" {\n  we are acme;\n}\nparty acme \"Acme\";\nwe collect name;\n";

#[test]
fn line_ends_and_marks_change_nothing() {
    let plain = compile(VALID).published.expect("it is valid");
    for text in
        [VALID.replace('\n', "\r\n"), VALID.replace('\n', "\r"), format!("\u{feff}{VALID}"), VALID.replace(' ', "\t")]
    {
        assert_eq!(compile(&text).published.as_ref(), Some(&plain), "{text:?}");
    }
}

#[test]
fn odd_characters_are_findings() {
    for odd in ["\0", "\u{1}", "\u{7f}", "\u{85}", "\u{2028}", "\u{feff}", "\u{fffe}", "é", "\u{10ffff}", "\u{202e}"] {
        for at in VALID.char_indices().map(|(at, _)| at).chain([VALID.len()]) {
            let (before, after) = VALID.split_at(at);
            compile(&format!("{before}{odd}{after}"));
        }
        refused(odd, &format!("{VALID}{odd}"));
    }
    refused("a control character in a label", &VALID.replace("Acme", "Ac\0me"));
}

#[test]
fn nesting_has_a_limit() {
    for (open, close) in [
        ("{", "}"),
        ("(", ")"),
        ("[", "]"),
        ("section s \"S\" {", "}"),
        ("we collect x such as {", "}"),
        ("when (", ")"),
        ("we collect x (for y ", ")"),
        ("we keep x for { about y: ", "}"),
        ("internal {", "}"),
        ("edition e since 2026-01-01 {", "}"),
        ("given f {", "}"),
    ] {
        for count in [10, 63, 64, 65, 100, 1000, 50_000] {
            let nested = format!("{}{}", open.repeat(count), close.repeat(count));
            let texts = [
                nested.clone(),
                open.repeat(count),
                format!("{VALID}we collect name {nested};"),
                format!("{VALID}we collect name when {nested};"),
            ];
            for text in texts {
                if count > candor::syntax::tree::MAXIMUM_DEPTH {
                    refused(open, &text);
                } else {
                    ordinary(|| {
                        compile(&text);
                    });
                }
            }
        }
    }
}

#[test]
fn long_chains_are_read_or_refused() {
    const MANY: usize = 20_000;
    let chains = [
        ("such as", format!("{VALID}we collect x {};", "such as y ".repeat(MANY))),
        ("such as labels", format!("{VALID}we collect \"x\" {};", "such as \"y\" ".repeat(MANY))),
        ("of", format!("{VALID}we collect name {};", "of name ".repeat(MANY))),
        ("of labels", format!("{VALID}we collect \"x\" {};", "of \"y\" ".repeat(MANY))),
        ("not", format!("{VALID}we collect name when {} \"x\";", "not ".repeat(MANY))),
        ("mixed", format!("{VALID}we collect name when {} \"x\";", "\"y\" and \"z\" or ".repeat(MANY))),
        ("clauses", format!("{VALID}we collect name {};", "for analytics ".repeat(MANY))),
        ("modals", format!("{VALID}we {} collect name;", "may ".repeat(MANY))),
        ("other", format!("{VALID}we collect {} \"x\";", "other ".repeat(MANY))),
        ("that", format!("{VALID}we collect \"x\" {};", "that \"y\" ".repeat(MANY))),
        ("tails", format!("{VALID}we collect name {};", "(for analytics) ".repeat(MANY))),
        ("groups", format!("{VALID}we collect name {};", "such as { email-address } ".repeat(MANY))),
        ("see for", format!("{VALID}we collect name {};", "see for \"x\" ".repeat(MANY))),
        ("colons", format!("{VALID}{}", "a: ".repeat(MANY))),
        ("only", format!("{VALID}{} we collect name;", "only ".repeat(MANY))),
        ("totals", format!("{VALID}we keep name for 1 day {};", "total 1 day ".repeat(MANY))),
        ("ends", format!("{VALID}we keep name for 1 day {};", "then delete ".repeat(MANY))),
        ("bounds", format!("{VALID}we keep name for {} 1 day;", "at-most ".repeat(MANY))),
        ("open guards", format!("{VALID}we keep name for {}", "{ about you: ".repeat(MANY))),
        ("displays", format!("{VALID}we keep name for 1 day {};", "as \"x\" ".repeat(MANY))),
        ("internals", format!("{VALID}{} we collect name;", "internal ".repeat(MANY))),
        ("citations", format!("{VALID}we use name under contract {};", "`gdpr 6` ".repeat(MANY))),
        ("excepts", format!("{VALID}we collect name ({});", "except name ".repeat(MANY))),
        ("parameters", format!("{VALID}{}", "parameter p is flag default no;".repeat(MANY))),
        ("ranges", format!("{VALID}parameter p is number {};", "at-least 1 ".repeat(MANY))),
    ];
    for (name, text) in &chains {
        refused(name, text);
    }
    // These are right, however long they are.
    let fine = [
        ("and", format!("{VALID}we collect name when \"x\"{};", " and \"y\"".repeat(300))),
        ("or", format!("{VALID}we collect name when \"x\"{};", " or \"y\"".repeat(300))),
        ("commas", format!("{VALID}we collect \"x\"{};", ", \"y\"".repeat(300))),
        ("sentences", format!("{VALID}{}", "we collect name for \"send news\";\n".repeat(300))),
        ("sections", format!("{VALID}{}", "section \"S\" { we collect name; }\n".repeat(300))),
        ("braces", format!("{VALID}we collect \"x\" such as {{ \"y\"{} }};", ", \"y\"".repeat(300))),
        ("steps of a period", format!("{VALID}we keep name for 1 day{};", " then 1 day".repeat(10_000))),
        ("arms of a clause", format!("{VALID}{} otherwise: 1 year }};", guarded("we keep name for {", ARMS))),
        (
            "arms of a field",
            format!("{VALID}tracker t \"t\" {{ {} otherwise: 1 year }} }} we use t;", guarded("lasts {", ARMS)),
        ),
        ("tails", format!("{VALID}we collect \"x\"{};", ", \"y\" (for \"z\" optional)".repeat(300))),
        ("excepted", format!("{VALID}we collect rest of personal (except \"x\"{});", ", \"y\"".repeat(300))),
        ("values of a field", format!("{VALID}tracker t \"t\" {{ names `x`{}; }} we use t;", ", `y`".repeat(3000))),
        ("trackers", format!("{VALID}section c \"C\" {{ {} }}", trackers(500))),
        ("provisions", format!("{VALID}we use name under contract `gdpr 6{}`;", " with gdpr 7".repeat(3000))),
        ("additions", format!("{VALID}fact: we use name; {}", additions(200))),
    ];
    for (name, text) in &fine {
        ordinary(|| {
            let compilation = compile(text);
            assert!(compilation.published.is_some(), "{name}:\n{:.2000}", compilation.report());
        });
    }
}

/// How many arms a guarded value has at most in these tests.
const ARMS: usize = 10_000;

fn guarded(open: &str, arms: usize) -> String {
    (0..arms).fold(open.to_owned(), |text, days| format!("{text} about customer: {} days;", days + 1))
}

fn trackers(count: usize) -> String {
    (0..count)
        .map(|index| format!("tracker t{index} \"t\" {{ names `n{index}`, `x`; provider acme; }} we use t{index};\n"))
        .collect()
}

fn additions(count: usize) -> String {
    (0..count).map(|index| format!("about \"group {index}\" {{ fact: kept {} days; }}\n", index + 1)).collect()
}

#[test]
fn parameters_have_a_limit() {
    let many = (0..5000).fold(VALID.to_owned(), |text, index| {
        format!("{text}parameter p{index} is period at-least 1 day at-most 60 days default 30 days;\n")
    });
    let many = format!("{many}we keep name for param p0; we keep email-address for param p4999;");
    let choices = (0..20_000).fold(String::new(), |text, index| format!("{text}, c{index}"));
    let unknown = (0..5000).fold(VALID.to_owned(), |text, index| format!("{text}we keep name for param q{index};\n"));
    for (name, text) in [
        ("parameters", many),
        (
            "choices",
            format!("{VALID}parameter p is choice namely c{choices} default c;\ngiven p is c {{ we use name; }}"),
        ),
        ("double choices", format!("{VALID}parameter p is choice namely c{} default c;", ", c".repeat(20_000))),
        ("unknown parameters", unknown),
    ] {
        refused(name, &text);
    }
}

#[test]
fn a_million_of_one_kind_is_not_published() {
    const MILLION: usize = 1_000_000;
    each(&["{", "}", "(", ")", "[", "]", "<", ",", "\"", ";", "a:", "\\", "é", "\u{feff}"], |piece| {
        let compilation = compile(&piece.repeat(MILLION));
        assert!(compilation.published.is_none(), "{piece:?} is published");
    });
    // These make a statement or a finding each, which takes its time in a build for tests.
    const MANY: usize = 50_000;
    let pieces = [
        ";x",
        "`",
        "#\n",
        "\"\"\"",
        "x ",
        "x,",
        "x;",
        "x ;\n",
        "\"x\" ",
        "{}",
        "()",
        "`x` ",
        "<x> ",
        "1 ",
        "@",
        "we ",
        "of ",
        "and ",
        "not ",
        "such as ",
        "\"\\",
        "we collect name",
        "{ x }",
        "use \"x\";",
        "party ",
        "for ",
        "because ",
        ">",
    ];
    each(&pieces, |piece| {
        let compilation = compile(&piece.repeat(MANY));
        assert!(compilation.published.is_none(), "{piece:?} is published");
    });
}

#[test]
fn a_text_that_is_too_large_is_refused() {
    let large = format!("{VALID}{}", "# padding\n".repeat(2 * 1024 * 1024));
    refused("20 MB", &large);
    let fits = format!("{VALID}{}", "# padding\n".repeat(1024 * 1024));
    assert!(compile(&fits).published.is_some());
}

#[test]
fn unclosed_tokens_are_findings() {
    for tail in [
        "\"",
        "\"x",
        "\"\\",
        "\"\\\"",
        "\"\"\"",
        "\"\"\"x",
        "\"\"\"x\"\"",
        "`",
        "`x",
        "`\\",
        "<",
        "<x",
        "{",
        "(",
        "we",
        "we collect",
        "we collect x \"",
        "x:",
        "x: \"\"\"",
        "policy",
        "policy \"",
        "section",
        "section x",
        "steps",
        "allow",
        "use",
        "use \"x\"",
        "when",
        "when {",
        "only",
        "you are",
        "party",
        "verb",
        "verb x {",
        "manner x",
        "we collect name only in",
        "we collect name only in {",
        "we collect name except",
        "we collect name such",
        "we collect name including without",
    ] {
        refused(tail, &format!("{VALID}{tail}"));
        refused(tail, tail);
    }
}

#[test]
fn circles_end() {
    let circles = [
        "data a \"x\" of b; data b \"y\" of a; we collect a, b;",
        "data a \"x\" of a; we collect a;",
        "data a namely { a }; we collect a;",
        "data a namely { b }; data b namely { a }; we collect a, b;",
        "data a \"x\" such as { a }; we collect a;",
        "data a \"x\" such as { b }; data b \"y\" such as { a }; we collect a, b;",
        "data a \"x\" from b; data b \"y\" from a; we collect a, b;",
        "data a \"x\" is b; data b \"y\" is a; we collect a, b;",
        "data a \"x\" is a; we collect a;",
        "tracker t \"x\" { provider p; purposes q; } party p \"y\" of t; purpose q \"z\"; we use t;",
        "party p \"y\" of q { legal \"L\"; } party q \"z\" of p { legal \"M\"; } we share name with p.legal, q;",
        "people e \"x\" of f; people f \"y\" of e; you are e { we collect name; }",
        "purpose a \"x\" namely { b }; purpose b \"y\" namely { a }; we use name for a, b;",
        "purpose a namely { a }; we use name for a;",
        "event a \"x\" of b; event b \"y\" of a; we collect name when a;",
    ];
    for circle in circles {
        ordinary(|| {
            compile(&format!("{VALID}{circle}"));
        });
    }
}
