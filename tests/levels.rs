//! What `allow`, `warn` and `deny` do to a finding, to one that several laws ask for, and for one run.
//!
//! What needs no reason is shown by the fixtures; no finding of the compiler itself takes one, so that the findings
//! here are made up.

use std::borrow::Cow;

use candor::codes::Register;
use candor::diagnostic::{Also, Code, Control, Diagnostic, Level};
use candor::levels::{Levelled, RunSetting, apply};
use candor::source::{FileId, Span};
use candor::syntax::ast::LevelWord;
use candor::syntax::{lower, tree};
use candor::{Format, NoFiles, Options, Source, compile};

fn code(name: &'static str, level: Level, control: Control) -> Cow<'static, Code> {
    let text = || Cow::Borrowed("");
    Cow::Owned(Code {
        name: Cow::Borrowed(name),
        level,
        control,
        summary: text(),
        explanation: text(),
        bad: text(),
        good: text(),
    })
}

fn gdpr() -> Cow<'static, Code> {
    code("gdpr/retention-missing", Level::Error, Control::Reasoned)
}

fn lgpd() -> Cow<'static, Code> {
    code("lgpd/retention-missing", Level::Error, Control::Reasoned)
}

/// A rule that is only a warning, and may be set lower for a reason.
fn soft() -> Cow<'static, Code> {
    code("popia/retention-missing", Level::Warning, Control::Reasoned)
}

fn register() -> Register {
    Register::new([gdpr(), lgpd(), soft()])
}

/// A finding of three laws at the first place where a word stands.
fn finding(text: &str, word: &str) -> Diagnostic {
    let start = text.find(word).expect("the word is there") as u32;
    let span = Span { file: FileId(0), start, end: start + word.len() as u32 };
    let mut finding = Diagnostic::of(gdpr(), span, "GDPR asks how long", "kept for how long?");
    for (code, law) in [(lgpd(), "LGPD"), (soft(), "POPIA")] {
        let (level, words) = (code.level, format!("{law} Art 1"));
        finding.also.push(Also { code, level, words, message: format!("{law} asks how long") });
    }
    finding
}

/// What the settings of a text and of a run make of such a finding at `here`.
fn levelled(text: &str, run: &[(LevelWord, &str)]) -> Levelled {
    let mut sink = candor::diagnostic::Sink::default();
    let tree = tree::parse(FileId(0), text, &mut sink);
    let file = lower::lower(FileId(0), text, &tree, &mut sink);
    assert!(sink.is_empty(), "{:?}", sink.into_sorted());
    let register = register();
    let run: Vec<RunSetting> =
        run.iter().map(|(word, code)| RunSetting::new(*word, code, &register).expect("a setting of a run")).collect();
    apply(&[file], &run, |_| &register, vec![finding(text, "here")])
}

/// The findings in words: level, code and the codes that stand with it.
fn said(levelled: &Levelled) -> Vec<String> {
    let words = |finding: &Diagnostic| {
        let also: Vec<&str> = finding.also.iter().map(|also| &*also.code.name).collect();
        format!("{} {} [{}]", finding.level.word(), finding.code.name, also.join(", "))
    };
    levelled.findings.iter().map(words).collect()
}

/// The allowances in words: code, level before, level after, reason.
fn accepted(levelled: &Levelled) -> Vec<String> {
    let words = |allowance: &candor::Allowance| {
        let (after, reason) = (allowance.after.map_or("none", Level::word), allowance.reason.as_deref());
        format!("{} {} {after}: {}", allowance.code.name, allowance.before.word(), reason.unwrap_or("no reason"))
    };
    levelled.allowances.iter().map(words).collect()
}

const ALL: &str = "error gdpr/retention-missing [lgpd/retention-missing, popia/retention-missing]";

#[test]
fn without_a_setting_nothing_changes() {
    let levelled = levelled("we collect here;", &[]);
    assert_eq!(said(&levelled), [ALL]);
    assert!(levelled.allowances.is_empty());
}

#[test]
fn an_allowance_of_one_law_leaves_the_others() {
    let levelled = levelled("allow gdpr/retention-missing because \"an appendix says it\"; we collect here;", &[]);
    assert_eq!(said(&levelled), ["error lgpd/retention-missing [popia/retention-missing]"]);
    assert_eq!(levelled.findings[0].message, "LGPD asks how long");
    assert_eq!(accepted(&levelled), ["gdpr/retention-missing error none: an appendix says it"]);
    assert_eq!(levelled.allowances[0].message, "GDPR asks how long");
}

#[test]
fn an_allowance_of_another_law_leaves_the_first() {
    let levelled = levelled("allow lgpd/retention-missing because \"no such readers\" { we collect here; }", &[]);
    assert_eq!(said(&levelled), ["error gdpr/retention-missing [popia/retention-missing]"]);
    assert_eq!(levelled.findings[0].message, "GDPR asks how long");
    assert_eq!(accepted(&levelled), ["lgpd/retention-missing error none: no such readers"]);
    assert_eq!(levelled.allowances[0].message, "LGPD asks how long");
}

#[test]
fn what_is_left_has_the_highest_level_of_its_parts() {
    let both = "allow gdpr/retention-missing because \"a\"; allow lgpd/retention-missing because \"b\"; ";
    let one = levelled(&format!("{both}we collect here;"), &[]);
    assert_eq!(said(&one), ["warning popia/retention-missing []"]);
    let lowered = levelled("warn gdpr/retention-missing because \"a\"; we collect here;", &[]);
    assert_eq!(said(&lowered), [ALL], "another law still makes it an error");
    assert_eq!(accepted(&lowered), ["gdpr/retention-missing error warning: a"]);
    let text = "warn gdpr/retention-missing because \"a\"; warn lgpd/retention-missing because \"b\"; we collect here;";
    let all = levelled(text, &[]);
    assert_eq!(said(&all), [ALL.replace("error", "warning")]);
    assert_eq!(all.allowances.len(), 2, "a warning that is set to a warning is no allowance");
}

#[test]
fn only_all_allowances_together_accept_a_finding() {
    let text = "allow gdpr/retention-missing because \"a\"; allow lgpd/retention-missing because \"b\"; \
                allow popia/retention-missing because \"c\"; we collect here;";
    let levelled = levelled(text, &[]);
    assert_eq!(said(&levelled), [""; 0]);
    assert_eq!(levelled.allowances.len(), 3);
}

#[test]
fn what_is_set_lower_without_a_reason_is_an_error_and_has_no_effect() {
    let fault = "error reason-missing []";
    for setting in ["allow gdpr/retention-missing", "warn gdpr/retention-missing", "allow popia/retention-missing"] {
        for reason in ["", " because \"\"", " because \"  \""] {
            let levelled = levelled(&format!("{setting}{reason}; we collect here;"), &[]);
            assert_eq!(said(&levelled), [fault, ALL], "{setting}{reason}");
            assert!(levelled.allowances.is_empty());
        }
    }
    // The setting around it holds, as if the one without a reason were not there.
    let text = "warn gdpr/retention-missing because \"a\"; allow gdpr/retention-missing { we collect here; }";
    let levelled = levelled(text, &[]);
    assert_eq!(said(&levelled), [fault, ALL]);
    assert_eq!(accepted(&levelled), ["gdpr/retention-missing error warning: a"]);
}

#[test]
fn what_is_not_set_lower_needs_no_reason() {
    let levelled = levelled(
        "deny gdpr/retention-missing; warn popia/retention-missing { deny popia/retention-missing { we collect here; } }",
        &[],
    );
    let said = said(&levelled);
    assert_eq!(said, ["warning unused-setting []", ALL], "the outer of two changes nothing");
    assert!(levelled.allowances.is_empty());
}

#[test]
fn a_setting_of_a_law_that_is_not_asked_is_unused_and_not_unknown() {
    let text = "allow lgpd/retention-missing because \"a\"; we collect here;";
    let mut alone = finding(text, "here");
    alone.also.clear();
    let tree = tree::parse(FileId(0), text, &mut candor::diagnostic::Sink::default());
    let file = lower::lower(FileId(0), text, &tree, &mut candor::diagnostic::Sink::default());
    let register = register();
    let levelled = apply(&[file], &[], |_| &register, vec![alone]);
    assert_eq!(said(&levelled), ["warning unused-setting []", "error gdpr/retention-missing []"]);
    let unknown = self::levelled("allow gdpr/retention-mising because \"a\"; we collect here;", &[]);
    assert_eq!(said(&unknown), ["error unknown-code []", ALL]);
    assert_eq!(unknown.findings[0].help, ["did you mean `gdpr/retention-missing`?"]);
}

#[test]
fn what_is_set_in_no_block_holds_in_the_header_and_what_is_set_in_one_does_not() {
    let header = "policy \"P\" { we are acme; laws here; }\nparty acme \"Acme\";\n";
    let covered = levelled(&format!("{header}allow gdpr/retention-missing because \"a\";\n"), &[]);
    assert_eq!(said(&covered), ["error lgpd/retention-missing [popia/retention-missing]"]);
    let text = format!("{header}section \"S\" {{ allow gdpr/retention-missing because \"a\"; }}\n");
    assert_eq!(said(&levelled(&text, &[])), [ALL, "warning unused-setting []"]);
}

#[test]
fn what_is_written_wins_over_the_run_unless_the_run_denies_and_no_reason_is_given() {
    let text = "we use name for \"sending news\";";
    let level = |setting: &str, run: Option<LevelWord>| {
        let header = "policy \"P\" { we are acme; }\nparty acme \"Acme\";\n";
        let run = run.map(|word| RunSetting::new(word, "label-purpose", candor::register()).expect("a setting"));
        let options = Options { levels: run.into_iter().collect(), ..Options::default() };
        let compilation = compile(Source::new("a", format!("{header}{setting}{text}")), &NoFiles, &options);
        let found = compilation.diagnostics.iter().find(|finding| finding.code.name == "label-purpose");
        found.map_or("none", |finding| finding.level.word())
    };
    use LevelWord::{Allow, Deny, Warn};
    for (setting, run, expected) in [
        ("", None, "warning"),
        ("", Some(Allow), "none"),
        ("", Some(Warn), "warning"),
        ("", Some(Deny), "error"),
        ("allow label-purpose;", None, "none"),
        ("allow label-purpose;", Some(Warn), "none"),
        ("allow label-purpose;", Some(Deny), "error"),
        ("allow label-purpose because \"\";", Some(Deny), "error"),
        ("allow label-purpose because \"a\";", Some(Deny), "none"),
        ("warn label-purpose because \"a\";", Some(Deny), "warning"),
        ("warn label-purpose;", Some(Deny), "error"),
        ("warn label-purpose;", Some(Allow), "warning"),
        ("deny label-purpose;", Some(Allow), "error"),
    ] {
        assert_eq!(level(setting, run), expected, "`{setting}` with {run:?}");
    }
}

#[test]
fn a_run_gives_no_reasons() {
    let said = |word, code| RunSetting::new(word, code, &register()).expect_err("it cannot be set");
    let reason = "`gdpr/retention-missing` is set lower only for a reason, which stands in the policy: \
                  `allow gdpr/retention-missing because \"…\";`";
    assert_eq!(said(LevelWord::Allow, "gdpr/retention-missing"), reason);
    assert_eq!(said(LevelWord::Warn, "gdpr/retention-missing"), reason.replace("allow", "warn"));
    assert_eq!(said(LevelWord::Deny, "unknown-name"), "`unknown-name` is always an error");
    assert_eq!(
        said(LevelWord::Allow, "gdpr/retention-mising"),
        "no finding is called `gdpr/retention-mising`; did you mean `gdpr/retention-missing`?"
    );
    // A warning may stay one, and may be made an error.
    let raised = levelled("we collect here;", &[(LevelWord::Deny, "popia/retention-missing")]);
    assert_eq!(self::said(&raised), [ALL]);
    assert!(RunSetting::new(LevelWord::Warn, "popia/retention-missing", &register()).is_ok());
}

const POLICY: &str = "policy \"Privacy Policy\" { we are acme; you are customer; updated \"Last updated\" 2026-01-31; }\n\
                      party acme \"Acme\";\npeople customer \"our customers\";\n\
                      document register \"Register\" is processing-record;\n\
                      allow label-purpose because \"because of seven geese\" { we use name for \"sending news\"; }\n\
                      warn unused-noun because \"because of eight ducks\" { data shoe \"shoe size\"; }\n";

#[test]
fn what_is_accepted_is_kept_with_its_reason() {
    let compilation = compile(Source::new("a", POLICY), &NoFiles, &Options::default());
    let [allowance] = compilation.allowances.as_slice() else { panic!("{:?}", compilation.allowances) };
    assert_eq!(allowance.code.name, "label-purpose");
    assert_eq!(allowance.reason.as_deref(), Some("because of seven geese"));
    assert_eq!((allowance.before, allowance.after), (Level::Warning, None));
    assert_eq!(compilation.sources.slice(allowance.place), "\"sending news\"");
    assert_eq!(allowance.setting.map(|span| compilation.sources.slice(span)), Some("label-purpose"));
    assert_eq!(allowance.message, "the purpose reads as \"in order to sending news\"");
}

#[test]
fn nothing_that_is_accepted_is_published() {
    let compilation = compile(Source::new("a", POLICY), &NoFiles, &Options::default());
    let published = compilation.published.as_ref().expect("it is published");
    let formats = [Format::Markdown, Format::Html, Format::Json];
    let mut pages: Vec<String> = formats.iter().map(|format| published.render(*format)).collect();
    let files = candor::render::Files::default();
    for format in [Format::Markdown, Format::Html, Format::Json, Format::Csv] {
        pages.extend(compilation.records().iter().map(|record| record.render(format, files)));
    }
    assert_eq!(pages.len(), 7);
    for page in pages {
        for word in ["geese", "ducks", "label-purpose", "unused-noun", "llowance", "\"reason\""] {
            assert!(!page.contains(word), "{word} is in {page}");
        }
    }
}

#[test]
fn values_that_raise_the_same_are_one_allowance() {
    let text = POLICY.replace(
        "allow label-purpose",
        "parameter keep is period at-most 60 days default 30 days;\nwe keep name for param keep;\nallow label-purpose",
    );
    let compilation = compile(Source::new("a", text), &NoFiles, &Options::default());
    assert_eq!(compilation.allowances.len(), 1, "{:?}", compilation.diagnostics);
    let twice =
        POLICY.replace("we use name for \"sending news\";", "we use name for \"sending news\", \"sending ads\";");
    assert_eq!(compile(Source::new("a", twice), &NoFiles, &Options::default()).allowances.len(), 2);
}
