//! `candor diff` as a user runs it: files, texts of git, formats and exit statuses.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

const HEADER: &str = "policy \"Privacy\" { we are acme; you are reader; updated \"Updated\" 2030-01-01; }\n\
                      party acme \"Acme\";\npeople reader \"our readers\" one \"one of our readers\";\n";

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn run(program: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    // What the user has set for git must not decide a test.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    command.current_dir(folder).args(arguments).output().expect("the program runs")
}

fn diff(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let all: Vec<&str> = std::iter::once("diff").chain(arguments.iter().copied()).collect();
    let output = run(env!("CARGO_BIN_EXE_candor"), folder, &all);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn write(folder: &Path, name: &str, statements: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, format!("{HEADER}{statements}")).expect("a file for the test");
}

#[test]
fn files_are_compared_and_the_status_says_what_weighs() {
    let folder = folder();
    let at = folder.path();
    write(at, "old.policy", "we collect name;\nwe keep name for 30 days;\n");
    write(at, "new.policy", "we keep name for 3 years;\nwe collect name;\n");
    let (status, out, _) = diff(at, &["old.policy", "new.policy"]);
    assert_eq!(status, Some(0), "{out}");
    assert!(out.contains("material[retention-longer] new.policy:4"), "{out}");
    assert!(out.contains("We keep your name for 3 years."), "{out}");
    for (weight, expected) in [("never", 0), ("material", 1), ("unclear", 1), ("any", 1)] {
        let (status, ..) = diff(at, &["--fail-on", weight, "old.policy", "new.policy"]);
        assert_eq!(status, Some(expected), "{weight}");
        let (status, ..) = diff(at, &["--fail-on", weight, "old.policy", "old.policy"]);
        assert_eq!(status, Some(0), "{weight}");
    }
    // Less is kept: nothing is material.
    let (status, out, _) = diff(at, &["--fail-on", "material", "new.policy", "old.policy"]);
    assert_eq!(status, Some(0), "{out}");
}

#[test]
fn markdown_can_be_published_and_json_read() {
    let folder = folder();
    let at = folder.path();
    write(at, "old.policy", "we collect name;\n");
    write(
        at,
        "new.policy",
        "we collect name;\ndata x \"a <b>*very*</b> [odd](x) thing\" is phone-number;\nwe collect x;\n",
    );
    let (_, markdown, _) = diff(at, &["--format", "markdown", "old.policy", "new.policy"]);
    assert!(markdown.contains("## ") && markdown.contains("What changed"), "{markdown}");
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new(&markdown));
    assert!(html.contains("a &lt;b&gt;*very*&lt;/b&gt; [odd](x) thing"), "{html}");
    let (_, json, _) = diff(at, &["--format", "json", "old.policy", "new.policy"]);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["weight"], "material");
    assert_eq!(value["changes"][0]["class"], "new-data");
    assert_eq!(value["changes"][0]["after"]["text"], "We collect a <b>*very*</b> [odd](x) thing.");
    assert_eq!(value["changes"][0]["after"]["place"], "new.policy:6");
}

#[test]
fn git_holds_versions_with_all_their_files() {
    let folder = folder();
    let at = folder.path();
    let git = |arguments: &[&str]| {
        let output = run("git", at, arguments);
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"]);
    fs::create_dir_all(at.join("legal/parts")).expect("a folder");
    fs::write(at.join("legal/parts/data.policy"), "data mail \"email address\" is email-address;\n").expect("a file");
    write(at, "legal/privacy.policy", "use \"parts/data.policy\";\nwe collect mail;\n");
    git(&["add", "--all"]);
    git(&["-c", "user.name=A", "-c", "user.email=a@acme.example", "commit", "--quiet", "--message", "first"]);
    // The library of the first version is gone from the folder.
    fs::remove_dir_all(at.join("legal/parts")).expect("no folder");
    write(at, "legal/privacy.policy", "we collect email-address;\nwe collect phone-number;\n");
    let (status, out, err) = diff(at, &["HEAD:legal/privacy.policy", "legal/privacy.policy"]);
    assert_eq!(status, Some(0), "{err}");
    assert_eq!(out.matches("new-data").count(), 1, "{out}");
    assert!(out.contains("We collect your phone number."), "{out}");
    let (status, _, err) = diff(&at.join("legal"), &["HEAD:./privacy.policy", "privacy.policy"]);
    assert_eq!(status, Some(0), "{err}");
    for wrong in ["HEAD:none.policy", "nowhere:legal/privacy.policy", "--output=x:legal/privacy.policy"] {
        let (status, out, err) = diff(at, &["--", wrong, "legal/privacy.policy"]);
        assert_eq!(status, Some(2), "{wrong}: {out}");
        assert!(err.contains("cannot read"), "{wrong}: {err}");
        assert!(!at.join("x").exists(), "git was given an option");
    }
}

#[test]
fn what_cannot_be_understood_is_not_compared() {
    let folder = folder();
    let at = folder.path();
    write(at, "good.policy", "we collect name;\n");
    write(at, "bad.policy", "we collect nmae;\n");
    let (status, out, err) = diff(at, &["bad.policy", "good.policy"]);
    assert_eq!((status, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.contains("nmae") && err.contains("is not compared"), "{err}");
    let (status, ..) = diff(at, &["good.policy", "none.policy"]);
    assert_eq!(status, Some(2));
    // A contradiction is understood.
    write(at, "odd.policy", "we collect name;\nwe do not collect name;\n");
    let (status, out, err) = diff(at, &["odd.policy", "good.policy"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("promise-removed"), "{out}");
}

#[test]
fn a_promise_of_notice_is_held_against_the_days() {
    let folder = folder();
    let at = folder.path();
    let promise = "we will notify you within at-least 30 days before policy-change;\n";
    write(at, "old.policy", promise);
    fs::write(
        at.join("new.policy"),
        format!("{HEADER}{promise}we collect name;\n").replace("2030-01-01", "2030-03-01"),
    )
    .expect("a file");
    for (announced, words) in [("2030-01-30", "which is kept"), ("2030-01-31", "on 2030-03-02 at the earliest")] {
        let arguments = ["--fail-on", "material", "--announced", announced, "old.policy", "new.policy"];
        let (ended, out, _) = diff(at, &arguments);
        // New data is material in itself; the words tell the two apart.
        assert_eq!(ended, Some(1), "{out}");
        assert!(out.contains(words), "{announced}: {out}");
    }
    let (_, out, _) = diff(at, &["old.policy", "new.policy"]);
    assert!(out.contains("it has to be told by 2030-01-30"), "{out}");
}

#[test]
fn a_page_says_what_changed_since_the_versions_before_it() {
    let folder = folder();
    let at = folder.path();
    write(at, "first.policy", "we collect name;\n");
    write(at, "second.policy", "we collect name;\nwe keep name for 30 days;\n");
    fs::write(
        at.join("privacy.policy"),
        format!("{HEADER}we keep name for 3 years;\nwe collect name;\n").replace("2030-01-01", "2031-01-01"),
    )
    .expect("a file");
    let candor = |arguments: &[&str]| run(env!("CARGO_BIN_EXE_candor"), at, arguments);
    let built = candor(&["build", "--earlier", "second.policy", "--earlier", "first.policy", "privacy.policy"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    for name in ["privacy.md", "privacy.html", "privacy.json"] {
        let text = fs::read_to_string(at.join(name)).expect("a page");
        for words in ["What changed", "Kept longer", "Before: We keep your name for", "Storage period"] {
            assert!(text.contains(words), "{name} does not say {words}:\n{text}");
        }
    }
    let page = fs::read_to_string(at.join("privacy.html")).expect("a page");
    // The project file says the same.
    fs::write(
        at.join("candor.toml"),
        "policies = [{ file = \"privacy.policy\", earlier = [\"second.policy\", \"first.policy\"] }]\n",
    )
    .expect("a file");
    let checked = candor(&["build", "--check"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
    // A version that is gone keeps what is published.
    fs::remove_file(at.join("first.policy")).expect("no file");
    let built = candor(&["build"]);
    assert_eq!(built.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&built.stderr).contains("first.policy"));
    assert_eq!(fs::read_to_string(at.join("privacy.html")).expect("a page"), page);
    let two = candor(&["build", "--earlier", "second.policy", "privacy.policy", "second.policy"]);
    assert_eq!(two.status.code(), Some(2));
}
