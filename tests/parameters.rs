//! Values of parameters on the command line and from a file, as a user gives them.

use std::fs;
use std::path::Path;
use std::process::Command;

use candor::{Format, NoFiles, Options, Source, compile};
use tempfile::TempDir;

const POLICY: &str = "policy \"Privacy Policy\" { we are club; you are member; }
parameter club-name is text;
parameter home is link default <https://club.example/>;
parameter keep is period at-least 1 day at-most 60 days;
parameter newsletter is flag default no;
party club param club-name param home;
people member \"our members\";
store backups \"our backups\" is backup;
we keep name for param keep then 2 weeks at backups then delete total at-most 11 weeks;
given newsletter { we send news \"our newsletter\" to you; }
";

/// A folder with a policy and a file of values.
fn folder(policy: &str, values: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("club.policy"), policy).expect("a policy");
    fs::write(folder.path().join("north.values"), values).expect("values");
    folder
}

/// The exit status and what was said.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command runs");
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).expect("text"))
}

fn page(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn values_of_a_file_are_published() {
    let folder = folder(POLICY, "# north\nclub-name \"Nordlicht\";\nkeep 3 weeks;   # short\n\nnewsletter yes;\n");
    let (code, err) = run(folder.path(), &["build", "--values", "north.values", "--out", "north", "club.policy"]);
    assert_eq!((code, err.contains("published as")), (0, true), "{err}");
    let page = page(folder.path(), "north/club.md");
    for words in ["Nordlicht", "3 weeks", "our newsletter", "https://club.example/"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn the_command_line_goes_before_the_file() {
    let folder = folder(POLICY, "club-name \"Nordlicht\";\nkeep 3 weeks;\n");
    let arguments = ["build", "--set", "keep=10 days", "--values", "north.values", "club.policy"];
    assert_eq!(run(folder.path(), &arguments).0, 0);
    let page = page(folder.path(), "club.md");
    assert!(page.contains("10 days") && !page.contains("3 weeks") && !page.contains("newsletter"), "{page}");
}

#[test]
fn words_and_addresses_need_no_quotes_on_the_command_line() {
    for (name, words) in
        [("club-name=A = \"B\" & <C>", "A = \"B\" & <C>"), ("club-name=\"quoted \\\" words\"", "quoted \" words")]
    {
        let folder = folder(POLICY, "");
        let arguments =
            ["build", "--set", name, "--set", "home=https://x.example/?a=b", "--set", "keep=1 day", "club.policy"];
        let (code, err) = run(folder.path(), &arguments);
        assert_eq!(code, 0, "{err}");
        let published: serde_json::Value =
            serde_json::from_str(&page(folder.path(), "club.json")).expect("the JSON can be read");
        let nouns = published["policy"]["nouns"].as_array().expect("nouns");
        let club = nouns.iter().find(|noun| noun["id"] == "party-club").expect("the club");
        assert_eq!((club["label"].as_str(), club["link"].as_str()), (Some(words), Some("https://x.example/?a=b")));
    }
}

#[test]
fn nothing_is_published_while_a_value_is_missing() {
    let folder = folder(POLICY, "");
    let (code, err) = run(folder.path(), &["build", "--set", "club-name=Nordlicht", "club.policy"]);
    assert_eq!(code, 1, "{err}");
    assert!(err.contains("unset-parameter") && err.contains("--set keep=VALUE"), "{err}");
    assert!(!err.contains("--set club-name") && !folder.path().join("club.md").exists(), "{err}");
}

#[test]
fn check_needs_no_values_and_looks_at_both_ends() {
    let fine = folder(POLICY, "");
    assert_eq!(run(fine.path(), &["check", "club.policy"]).0, 0);
    let broken = folder(&POLICY.replace("11 weeks", "10 weeks"), "club-name \"Nordlicht\";\nkeep 1 day;\n");
    for arguments in [
        ["check", "--message-format", "short", "club.policy"].as_slice(),
        &["check", "--values", "north.values", "club.policy"],
        &["build", "--values", "north.values", "club.policy"],
    ] {
        let (code, err) = run(broken.path(), arguments);
        assert_eq!(code, 1, "{err}");
        assert_eq!(err.matches("[chain-exceeds-total]").count(), 1, "{err}");
    }
    let (_, err) = run(broken.path(), &["check", "club.policy"]);
    assert!(err.contains("arises when `keep` is 60 days"), "{err}");
}

#[test]
fn what_is_wrong_with_a_value_is_shown_where_it_is_given() {
    let folder = folder(POLICY, "club-name \"Nordlicht\";\nkeep 61 days;\nkeep 2 days;\nkept-for 3 days;\n");
    let (code, err) =
        run(folder.path(), &["check", "--message-format", "short", "--values", "north.values", "club.policy"]);
    assert_eq!(code, 1, "{err}");
    for place in [
        "north.values:2:6: error[out-of-range]",
        "north.values:3:1: error[double-value]",
        "north.values:4:1: error[needless-value]",
    ] {
        assert!(err.contains(place), "{place}: {err}");
    }
    let arguments = [
        "check",
        "--message-format",
        "short",
        "--set",
        "keep=soon",
        "--set",
        "newsletter=yes",
        "--set",
        "newsletter=no",
        "club.policy",
    ];
    let (code, err) = run(folder.path(), &arguments);
    assert_eq!(code, 1, "{err}");
    for place in ["the value of keep:1:1: error[wrong-type]", "the value of newsletter:1:1: error[double-value]"] {
        assert!(err.contains(place), "{place}: {err}");
    }
}

#[test]
fn a_file_of_values_that_cannot_be_read_fails_the_command() {
    let folder = folder(POLICY, "");
    for (values, reason) in [("missing.values", "it does not exist"), ("-", "takes a file"), (".", "it is a folder")] {
        let (code, err) = run(folder.path(), &["build", "--values", values, "club.policy"]);
        assert_eq!((code, err.contains(reason)), (2, true), "{err}");
    }
    for set in ["keep", "=30 days"] {
        let (code, err) = run(folder.path(), &["build", "--set", set, "club.policy"]);
        assert_eq!((code, err.contains("NAME=VALUE")), (2, true), "{err}");
    }
}

#[test]
fn values_are_never_overwritten() {
    let folder = folder(POLICY, "");
    fs::write(folder.path().join("club.md"), "club-name \"Nordlicht\";\nkeep 3 weeks;\n").expect("values");
    let (code, err) = run(folder.path(), &["build", "--values", "club.md", "club.policy"]);
    assert_eq!((code, err.contains("would be overwritten")), (2, true), "{err}");
}

#[test]
fn no_value_breaks_out_of_its_place() {
    for value in ["x\"; we sell name to you; party y \"y", "x\"", "\\", "}", "# x", "\"\"\"", "a\nb", "", " "] {
        let options = Options { values: vec![("words".to_owned(), value.to_owned())], ..Options::default() };
        let text = "policy \"Privacy Policy\" { we are acme; you are user; }\nparameter words is text;\nparty acme param words;\npeople user \"you\";\nwe collect name;\n";
        let compilation = compile(Source::new("a.policy", text), &NoFiles, &options);
        let Some(published) = compilation.published else { continue };
        let json: serde_json::Value = serde_json::from_str(&published.render(Format::Json)).expect("JSON");
        assert_eq!(json["policy"]["statements"].as_array().map(Vec::len), Some(1), "{value}");
        let acme = json["policy"]["nouns"]
            .as_array()
            .and_then(|nouns| nouns.iter().find(|noun| noun["id"] == "party-acme").cloned());
        assert_eq!(acme.expect("the party")["label"], value);
    }
}

#[test]
fn the_example_is_published_for_both_clubs() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let text = fs::read_to_string(examples.join("club.policy")).expect("the example");
    let publish = |values: &str| {
        let file = Source::new(values, fs::read_to_string(examples.join(values)).expect("its values"));
        let options = Options { values_file: Some(file), ..Options::default() };
        let compilation = compile(Source::new("club.policy", text.as_str()), &NoFiles, &options);
        assert_eq!(compilation.report(), "");
        compilation.published.expect("it is published").render(Format::Markdown)
    };
    let (north, south) = (publish("club-north.values"), publish("club-south.values"));
    assert!(
        north.contains("Nordlicht Athletics Club") && north.contains("10 years") && !north.contains("our newsletter")
    );
    assert!(south.contains("Sunny Hills Tennis Club") && south.contains("2 years") && south.contains("our newsletter"));
    assert!(north.contains("our own computer") && south.contains("Our hosting company"));
}
