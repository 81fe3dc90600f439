//! The command as a user runs it: what it writes, what it says, and how it ends.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

#[path = "support/command.rs"]
mod command;

use command::{Ended, Folder};

const GOOD: &str = "policy \"Privacy Policy\" { we are acme; you are customer; updated \"Last updated\" 2026-01-31; }\n\
                    party acme \"Acme\";\npeople customer \"our customers\";\nwe collect name from you;\n";
const BAD: &str = "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\";\nwe collect name\n";

// ── build ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn build_writes_three_files_beside_the_source() {
    let folder = Folder::new();
    folder.write("site/privacy.policy", GOOD);
    let ended = folder
        .run(&["build", "site/privacy.policy"])
        .with(0, "site/privacy.policy: published as site/privacy.md, site/privacy.html and site/privacy.json\n");
    assert_eq!(ended.out, "");
    assert!(folder.read("site/privacy.md").starts_with("# Privacy Policy"));
    assert!(folder.read("site/privacy.html").contains("<title>Privacy Policy</title>"));
    assert!(folder.read("site/privacy.json").contains("\"formatVersion\": 1"));
}

#[test]
fn build_writes_into_a_folder_that_it_creates() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("b.policy", GOOD);
    folder
        .run(&["build", "--out", "deep/out", "--format", "html,md", "a.policy", "b.policy"])
        .with(0, "deep/out/b.html");
    assert!(folder.has("deep/out/a.md") && folder.has("deep/out/a.html") && folder.has("deep/out/b.md"));
    assert!(!folder.has("deep/out/a.json") && !folder.has("a.md"));
}

#[test]
fn build_leaves_a_file_with_the_same_bytes_alone() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.run(&["build", "a.policy"]).with(0, "published as");
    let path = folder.path().join("a.html");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago)).expect("a time is set");
    fs::write(folder.path().join("a.md"), "other").expect("a page is changed");
    folder.run(&["build", "a.policy"]).with(0, "a.policy: published as a.md\n");
    folder.run(&["build", "a.policy"]).with(0, "nothing changed");
    assert_eq!(fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a time"), long_ago);
}

#[test]
fn a_policy_that_breaks_leaves_what_was_published() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.run(&["build", "a.policy"]).with(0, "published");
    let before = ["a.md", "a.html", "a.json"].map(|name| folder.read(name));
    folder.write("a.policy", BAD);
    let ended = folder.run(&["build", "a.policy"]).with(1, "missing-semicolon");
    assert!(ended.err.contains("a.policy: not published, 1 error"), "{}", ended.err);
    assert_eq!(["a.md", "a.html", "a.json"].map(|name| folder.read(name)), before);
    assert_eq!(folder.names(), ["a.html", "a.json", "a.md", "a.policy"]);
}

#[test]
fn a_page_that_cannot_be_written_leaves_the_others() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("a.md", "old");
    folder.write("a.html", "old");
    folder.write("a.json/in-the-way", "");
    folder.run(&["build", "a.policy"]).with(2, "candor: cannot write a.json: it is a folder\n");
    assert_eq!((folder.read("a.md"), folder.read("a.html")), ("old".to_owned(), "old".to_owned()));
    assert_eq!(folder.names(), ["a.html", "a.json", "a.md", "a.policy"]);
}

#[test]
fn a_folder_that_cannot_be_created_is_a_failure() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("out", "a file");
    folder
        .run(&["build", "--out", "out", "a.policy"])
        .with(2, "candor: cannot create the folder out: it is not a folder\n");
    folder.run(&["build", "--out", "out/deeper", "a.policy"]).with(2, "candor: cannot create the folder out/deeper:");
    assert_eq!(folder.names(), ["a.policy", "out"]);
}

#[test]
fn the_good_policies_of_a_call_are_published() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("b.policy", BAD);
    folder.write("c.policy", GOOD);
    let ended =
        folder.run(&["build", "--format", "md", "c.policy", "b.policy", "a.policy"]).with(1, "b.policy: not published");
    assert!(folder.has("a.md") && !folder.has("b.md") && folder.has("c.md"));
    let place = |text: &str| ended.err.find(text).unwrap_or_else(|| panic!("{text} is not in: {}", ended.err));
    assert!(
        place("c.policy: published") < place("b.policy: not") && place("b.policy: not") < place("a.policy: published")
    );
}

#[test]
fn what_would_be_written_twice_is_refused_before_anything_is() {
    let folder = Folder::new();
    folder.write("a/privacy.policy", GOOD);
    folder.write("b/privacy.policy", GOOD);
    folder.write("privacy.md", GOOD);
    let said = "candor: a/privacy.policy and b/privacy.policy: both would be published as out/privacy.md\n";
    folder.run(&["build", "--out", "out", "a/privacy.policy", "b/privacy.policy"]).with(2, said);
    folder.run(&["build", "a/privacy.policy", "b/../a/privacy.policy"]).with(2, "both would be published as");
    folder.run(&["build", "a/privacy.policy", "a/privacy.policy"]).with(2, "a/privacy.policy is given twice");
    folder.run(&["build", "privacy.md"]).with(2, "privacy.md would be overwritten by what is published of privacy.md");
    assert_eq!(folder.names(), ["a", "b", "privacy.md"]);
    assert_eq!(folder.read("privacy.md"), GOOD);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_page_stays_a_link() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("site/page.html", "old");
    std::os::unix::fs::symlink("site/page.html", folder.path().join("a.html")).expect("a link");
    folder.run(&["build", "--format", "html", "a.policy"]).with(0, "published as a.html");
    assert!(folder.read("site/page.html").contains("<title>"));
    assert!(fs::symlink_metadata(folder.path().join("a.html")).is_ok_and(|metadata| metadata.is_symlink()));
}

#[test]
fn a_library_is_nothing_to_publish() {
    let folder = Folder::new();
    folder.write("a.policy", "party acme \"Acme\";\n");
    folder.run(&["build", "a.policy"]).with(0, "nothing-to-publish");
    assert_eq!(folder.names(), ["a.policy"]);
}

#[test]
fn warnings_can_be_denied() {
    let folder = Folder::new();
    folder.write("a.policy", format!("{GOOD}party unused \"An unused party\";\n"));
    folder.run(&["check", "a.policy"]).with(0, "1 warning");
    folder.run(&["check", "--deny", "warnings", "a.policy"]).with(1, "1 warning");
    folder.run(&["build", "--deny", "warnings", "a.policy"]).with(1, "not published");
    assert!(!folder.has("a.md"));
    folder.run(&["build", "a.policy"]).with(0, "published");
}

#[test]
fn a_run_sets_levels() {
    let folder = Folder::new();
    folder.write("a.policy", format!("{GOOD}party unused \"An unused party\";\n"));
    folder.run(&["check", "--allow", "unused-noun", "a.policy"]).with(0, "checked a.policy: no findings\n");
    folder.run(&["check", "--deny", "unused-noun", "a.policy"]).with(1, "error[unused-noun]");
    folder.run(&["build", "--deny", "unused-noun", "a.policy"]).with(1, "not published, 1 error\n");
    folder.run(&["check", "--deny", "warnings", "--deny", "two-periods", "a.policy"]).with(1, "1 warning");
    folder.run(&["check", "--deny", "warnings", "--warn", "unused-noun", "a.policy"]).with(1, "1 warning");
    folder.run(&["check", "--deny", "warnings", "--allow", "unused-noun", "a.policy"]).with(0, "no findings");
    folder.run(&["check", "--allow", "unused-noun", "--allow", "unused-noun", "a.policy"]).with(0, "no findings");
    // What the policy says with a reason stands; without one it gives way to `--deny`.
    folder.write("b.policy", format!("{GOOD}allow unused-noun {{ party unused \"An unused party\"; }}\n"));
    folder.run(&["check", "b.policy"]).with(0, "no findings");
    folder.run(&["check", "--deny", "unused-noun", "b.policy"]).with(1, "error[unused-noun]");
    let text = folder.read("b.policy").replace("allow unused-noun", "allow unused-noun because \"for the app\"");
    folder.write("b.policy", text);
    folder.run(&["check", "--deny", "unused-noun", "b.policy"]).with(0, "no findings");
    // A file without a header is nothing to publish, and may be meant so.
    folder.write("library.policy", "party acme \"Acme\";\n");
    let ended = folder.run(&["build", "--allow", "nothing-to-publish", "library.policy"]).with(0, "");
    assert_eq!(ended.err, "");
    folder.run(&["build", "--deny", "nothing-to-publish", "library.policy"]).with(1, "error[nothing-to-publish]");
}

#[test]
fn a_run_sets_no_level_that_cannot_be_set() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    for (arguments, said) in [
        (["--allow", "unused-nuon"], "no finding is called `unused-nuon`; did you mean `unused-noun`?"),
        (["--deny", "zzzzzzzz"], "no finding is called `zzzzzzzz`; `candor explain --list` lists them all"),
        (["--allow", "unknown-name"], "`unknown-name` is always an error"),
        (["--warn", "warnings"], "`--warn` takes a code; only `--deny` takes `warnings`"),
    ] {
        for command in ["check", "build"] {
            let arguments = [&[command], &arguments[..], &["a.policy"]].concat();
            folder.run(&arguments).with(2, &format!("candor: {said}\n"));
        }
    }
    folder
        .run(&["check", "--deny", "unused-noun", "--allow", "unused-noun", "a.policy"])
        .with(2, "candor: `unused-noun` is given to `--allow` and to `--deny`\n");
    assert_eq!(folder.names(), ["a.policy"]);
}

#[test]
fn standard_input_becomes_standard_output() {
    let folder = Folder::new();
    for (format, start) in [("md", "# Privacy Policy"), ("html", "<!DOCTYPE html>"), ("json", "{\n")] {
        let ended = folder.run_with(&["build", "--format", format, "-"], GOOD.as_bytes()).with(0, "");
        assert!(ended.out.to_lowercase().starts_with(&start.to_lowercase()), "{}", ended.out);
        assert_eq!(ended.err, "");
    }
    let ended = folder.run_with(&["build", "--format", "md", "-"], BAD.as_bytes()).with(1, "missing-semicolon");
    assert_eq!(ended.out, "");
    folder.run_with(&["build", "-"], GOOD.as_bytes()).with(2, "give one format");
    folder.run_with(&["build", "--format", "md,html", "-"], GOOD.as_bytes()).with(2, "give one format");
    folder.run_with(&["build", "--format", "md", "--out", "x", "-"], GOOD.as_bytes()).with(2, "takes no `--out`");
    folder.run_with(&["build", "--format", "md", "-", "-"], GOOD.as_bytes()).with(2, "only once");
    assert!(folder.names().is_empty());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    for (format, name) in [("md", "a.md"), ("html", "a.html"), ("json", "a.json")] {
        folder.run(&["build", "--format", format, "a.policy"]).with(0, "published");
        let ended = folder.run_with(&["build", "--format", format, "-"], GOOD.as_bytes());
        assert_eq!(ended.out, folder.read(name));
    }
}

// ── check ───────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn check_reports_and_writes_nothing() {
    let folder = Folder::new();
    folder.write("good.policy", GOOD);
    folder.write("bad.policy", BAD);
    folder.write("library.policy", "party acme \"Acme\";\n");
    folder.run(&["check", "good.policy"]).with(0, "checked good.policy: no findings\n");
    let ended = folder.run(&["check", "library.policy"]).with(0, "checked library.policy");
    assert!(!ended.err.contains("nothing-to-publish"), "{}", ended.err);
    folder.run(&["check", "good.policy", "bad.policy"]).with(1, "checked 2 files: 1 error\n");
    folder.run_with(&["check", "-"], BAD.as_bytes()).with(1, "missing-semicolon");
    assert_eq!(folder.names(), ["bad.policy", "good.policy", "library.policy"]);
}

#[test]
fn stats_measures_documents() {
    let folder = Folder::new();
    folder.write("a.policy", DOCUMENTS);
    folder.write("bad.policy", BAD);
    folder.write("library.policy", "party acme \"Acme\";\n");
    let ended = folder.run(&["stats", "--document", "policy", "--document", "short", "a.policy"]).with(0, "");
    let lines: Vec<&str> = ended.out.lines().collect();
    assert!(lines[0].starts_with("file      document  words  minutes"), "{}", ended.out);
    assert!(lines[1].starts_with("a.policy  policy") && lines[2].starts_with("a.policy  short"), "{}", ended.out);
    // Each figure stands under its head.
    assert_eq!(lines[1].chars().count(), lines[0].chars().count(), "{}", ended.out);
    let ended = folder.run(&["stats", "--format", "json", "a.policy", "bad.policy"]).with(1, "not measured, 1 error");
    let record: serde_json::Value = serde_json::from_str(&ended.out).expect("one object");
    assert_eq!((&record["file"], &record["document"]), (&"a.policy".into(), &"policy".into()));
    assert!(record["words"].as_u64() > Some(10) && record["readingEase"].is_number(), "{record}");
    folder.run(&["stats", "library.policy"]).with(0, "nothing-to-publish");
    folder.run(&["stats", "--document", "shrot", "a.policy"]).with(2, "a.policy has no document `shrot`; it has");
    folder.run(&["stats", "-", "-"]).with(2, "`-` can be given only once");
    assert_eq!(folder.run_with(&["stats", "-"], GOOD.as_bytes()).with(0, "").out.lines().count(), 2);
}

#[test]
fn findings_can_be_read_by_programs() {
    let folder = Folder::new();
    folder.write("bad.policy", BAD);
    let ended =
        folder.run(&["check", "--message-format", "json", "bad.policy", "missing.policy"]).with(2, "missing-semicolon");
    let records: Vec<serde_json::Value> = ended
        .err
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert_eq!(records[0]["code"], "missing-semicolon");
    assert_eq!(records[0]["file"], "bad.policy");
    assert_eq!(records[0]["line"], 3);
    assert_eq!(records[1]["level"], "error");
    assert_eq!(records[1]["message"], "cannot read missing.policy: it does not exist");
    let ended = folder.run(&["check", "--message-format", "short", "bad.policy"]).with(1, "bad.policy:3:");
    assert_eq!(ended.err.lines().count(), 2, "{}", ended.err);
}

#[test]
fn colour_is_asked_for_or_left_out() {
    let folder = Folder::new();
    folder.write("bad.policy", BAD);
    let escapes = |arguments: &[&str]| folder.run(arguments).err.contains('\u{1B}');
    assert!(escapes(&["check", "--color", "always", "bad.policy"]));
    assert!(!escapes(&["check", "--color", "never", "bad.policy"]));
    assert!(!escapes(&["check", "bad.policy"]));
}

// ── what is no policy ───────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let folder = Folder::new();
    folder.write("a.policy", b"party acme \"Acme\";\n\xFF\xFE");
    folder.write("b.policy", b"\xC3");
    folder.write("c.policy", GOOD);
    let ended = folder.run(&["build", "--format", "md", "a.policy", "b.policy", "c.policy"]).with(1, "not-text");
    assert!(ended.err.contains("a.policy:2:1") && ended.err.contains("from byte 19 on"), "{}", ended.err);
    assert!(folder.has("c.md"));
    folder.run(&["fmt", "a.policy"]).with(1, "not-text");
}

#[test]
fn odd_texts_are_taken_or_refused_in_order() {
    let folder = Folder::new();
    folder.write("empty.policy", "");
    folder.run(&["check", "empty.policy"]).with(0, "no findings");
    folder.write("blank.policy", " \n\t\r\n");
    folder.run(&["build", "blank.policy"]).with(0, "nothing-to-publish");
    folder.write("nul.policy", "we collect \0 name;\n");
    folder.run(&["check", "nul.policy"]).with(1, "unexpected-character");
    folder.write("bom.policy", format!("\u{FEFF}{GOOD}"));
    folder.write("crlf.policy", GOOD.replace('\n', "\r\n"));
    folder.write("plain.policy", GOOD);
    folder.run(&["build", "--format", "html", "bom.policy", "crlf.policy", "plain.policy"]).with(0, "published");
    assert_eq!(folder.read("bom.html"), folder.read("plain.html"));
    assert_eq!(folder.read("crlf.html"), folder.read("plain.html"));
}

#[test]
fn a_text_never_drives_the_terminal() {
    let folder = Folder::new();
    folder.write(
        "a.policy",
        "we \u{1B}[2J\u{9B}31m\rcollect \u{202E}name \"\u{1B}]0;x\u{7}\" oops;\nparty \"\u{8}\u{1B}c\" x;\n",
    );
    for style in ["human", "short"] {
        let ended = folder.run(&["check", "--message-format", style, "a.policy"]).with(1, "error");
        let is_plain = |c: char| !c.is_control() || c == '\n' || c == '\t';
        assert!(ended.err.chars().all(|c| is_plain(c) && c != '\u{202E}'), "{:?}", ended.err);
    }
    let ended = folder.run(&["check", "\u{1B}[31m\n.policy"]).with(2, "cannot read ?[31m?.policy");
    assert_eq!(ended.err.lines().count(), 1);
}

#[test]
fn a_file_that_is_too_large_is_a_finding() {
    let folder = Folder::new();
    folder.write("large.policy", "# a comment to fill a line of the file\n".repeat(20 * 1024 * 1024 / 39));
    folder.run(&["check", "large.policy"]).with(1, "input-too-large");
    folder.run(&["fmt", "large.policy"]).with(1, "input-too-large");
}

#[test]
fn deep_nesting_is_a_finding_and_no_crash() {
    let folder = Folder::new();
    folder.write("deep.policy", "{".repeat(1_000_000));
    folder.run(&["build", "deep.policy"]).with(1, "nested-too-deep");
    folder.run(&["fmt", "deep.policy"]).with(1, "nested-too-deep");
    let within = 60;
    let nested = format!("{GOOD}{}we use name;{}", "section \"S\" { ".repeat(within), "}".repeat(within));
    folder.write("within.policy", &nested);
    folder.run(&["build", "within.policy"]).with(0, "published");
    folder.run(&["fmt", "within.policy"]).with(0, "laid out 1 file");
    folder.write(
        "braces.policy",
        format!("{GOOD}we use x such as {}a{};", "{ a such as ".repeat(within), "}".repeat(within)),
    );
    assert!(folder.run(&["build", "braces.policy"]).code < 2);
    folder.write(
        "tails.policy",
        format!("{GOOD}we use name when {}a \"b\"{};", "(not ".repeat(within), ")".repeat(within)),
    );
    assert!(folder.run(&["build", "tails.policy"]).code < 2);
}

#[test]
fn what_cannot_be_read_is_a_failure_and_the_rest_goes_on() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("folder.policy/x", "");
    folder.run(&["check", "missing.policy"]).with(2, "candor: cannot read missing.policy: it does not exist\n");
    folder
        .run(&["check", "a.policy/x"])
        .with(2, "candor: cannot read a.policy/x: a part of its path is not a folder\n");
    folder
        .run(&["build", "--format", "md", "folder.policy", "a.policy"])
        .with(2, "candor: cannot read folder.policy: it is a folder\n");
    assert!(folder.has("a.md"));
    folder.run(&["fmt", "folder.policy", "a.policy"]).with(2, "it is a folder");
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_are_a_failure() {
    let folder = Folder::new();
    std::os::unix::fs::symlink("gone", folder.path().join("dangling.policy")).expect("a link");
    std::os::unix::fs::symlink("circle.policy", folder.path().join("circle.policy")).expect("a link");
    folder.run(&["check", "dangling.policy"]).with(2, "candor: cannot read dangling.policy: it is a link to nothing\n");
    folder.run(&["check", "circle.policy"]).with(2, "candor: cannot read circle.policy: ");
}

// ── use ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn use_takes_files_from_the_folder_of_the_policy() {
    let folder = Folder::new();
    folder.write(
        "site/a.policy",
        format!("use \"shared/company.policy\";\n{}", GOOD.replace("party acme \"Acme\";\n", "")),
    );
    folder.write("site/shared/company.policy", "use \"../laws.policy\";\nparty acme \"Acme of the library\";\n");
    folder.write("site/laws.policy", "law act \"the Act\";\n");
    folder.run(&["build", "site/a.policy"]).with(0, "published");
    assert!(folder.read("site/a.md").contains("Acme of the library"));
    let text = folder.read("site/a.policy");
    let inside = folder.path().join("site");
    let ended = Command::new(env!("CARGO_BIN_EXE_candor")).current_dir(&inside).args(["check", "a.policy"]).output();
    assert_eq!(ended.map(Ended::from).map(|ended| ended.code).ok(), Some(0));
    assert!(text.starts_with("use"));
}

#[test]
fn use_in_standard_input_takes_files_from_here() {
    let folder = Folder::new();
    folder.write("company.policy", "party acme \"Acme\";\n");
    let text = format!("use \"company.policy\";\n{}", GOOD.replace("party acme \"Acme\";\n", ""));
    let ended = folder.run_with(&["build", "--format", "md", "-"], text.as_bytes()).with(0, "");
    assert!(ended.out.contains("Acme"));
}

#[test]
fn use_says_why_a_file_cannot_be_brought_in() {
    let folder = Folder::new();
    folder.write("outside.policy", "party acme \"Acme\";\n");
    folder.write("site/folder/x", "");
    folder.write("site/binary.policy", b"\xFF");
    for (path, reason) in [
        ("missing.policy", "it does not exist"),
        ("../outside.policy", "it lies outside the folder of the policy"),
        ("../nowhere.policy", "it lies outside the folder of the policy"),
        ("folder/../../outside.policy", "it lies outside the folder of the policy"),
        ("/etc/hostname", "its path is not relative to this file"),
        ("folder", "it is a folder"),
        ("binary.policy", "the file is not UTF-8 text from byte 0 on"),
        ("", "it has no name"),
    ] {
        folder.write("site/a.policy", format!("use \"{path}\";\n{GOOD}"));
        folder.run(&["check", "site/a.policy"]).with(1, &format!("`{path}` cannot be read: {reason}"));
    }
}

#[test]
fn files_that_bring_in_each_other_are_a_finding() {
    let folder = Folder::new();
    folder.write("a.policy", format!("use \"b.policy\";\n{GOOD}"));
    folder.write("b.policy", "use \"./c/../c/c.policy\";\n");
    folder.write("c/c.policy", "use \"../b.policy\";\n");
    folder.run(&["check", "a.policy"]).with(1, "cyclic-use");
    folder.write("a.policy", format!("use \"./a.policy\";\n{GOOD}"));
    folder.run(&["check", "a.policy"]).with(1, "cyclic-use");
}

#[cfg(unix)]
#[test]
fn use_follows_no_link_out_of_the_folder() {
    let folder = Folder::new();
    folder.write("outside.policy", "party acme \"Acme\";\n");
    folder.write("site/inside.policy", "party partner \"Partner\";\n");
    folder.write("site/a.policy", format!("use \"link.policy\";\n{GOOD}"));
    let link = folder.path().join("site/link.policy");
    std::os::unix::fs::symlink("../outside.policy", &link).expect("a link");
    folder.run(&["check", "site/a.policy"]).with(1, "it is a link that leads outside the folder of the policy");
    fs::remove_file(&link).expect("the link goes");
    std::os::unix::fs::symlink("inside.policy", &link).expect("a link");
    folder.run(&["check", "site/a.policy"]).with(0, "");
}

// ── explain ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn explain_tells_every_finding() {
    let folder = Folder::new();
    let list = folder.run(&["explain", "--list"]).with(0, "").out;
    assert!(list.lines().count() > 30);
    for line in list.lines() {
        let name = line.split_whitespace().next().expect("a name");
        let ended = folder.run(&["explain", name]).with(0, "");
        assert!(ended.out.starts_with(&format!("{name} (")), "{}", ended.out);
    }
    let ended = folder.run(&["explain", "error[missing-semicolon]"]).with(0, "");
    assert!(ended.out.contains("This raises it:\n\n    party acme \"Acme\"\n"), "{}", ended.out);
    assert!(ended.out.contains("This is right:\n\n    party acme \"Acme\";\n"), "{}", ended.out);
    assert!(ended.out.contains("\nIts level cannot be changed"), "{}", ended.out);
    let ended = folder.run(&["explain", "unused-noun"]).with(0, "");
    assert!(ended.out.contains("\nIts level can be set, with a reason or without"), "{}", ended.out);
}

#[test]
fn explain_knows_what_was_meant() {
    let folder = Folder::new();
    folder
        .run(&["explain", "missing-semicolom"])
        .with(2, "candor: no finding is called `missing-semicolom`; did you mean `missing-semicolon`?\n");
    folder.run(&["explain", "zzzzzz"]).with(2, "`candor explain --list` lists them all");
    folder.run(&["explain"]).with(2, "Usage: candor explain");
    folder.run(&["explain", "--pack", "gdpr"]).with(2, "--list");
    folder.run(&["explain", "--list", "--pack", "zzzzzz"]).with(2, "candor: no law with findings is called `zzzzzz`");
}

// ── vendors ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn vendors_shows_every_entry_and_the_lines_that_take_it() {
    let folder = Folder::new();
    let list = folder.run(&["vendors"]).with(0, "").out;
    let header = "policy \"P\" { we are acme; }\nparty acme \"Acme\";\n";
    let mut policies = Vec::new();
    for line in list.lines() {
        let name = line.split_whitespace().next().expect("a name");
        assert!(line.ends_with(" fields") || line.ends_with(" 1 field"), "{line}");
        let shown = folder.run(&["vendors", name]).with(0, "").out;
        assert!(shown.starts_with(&format!("{name}: ")), "{shown}");
        let lines: Vec<&str> =
            shown.lines().filter_map(|line| line.strip_prefix("    ")).filter(|line| !line.starts_with(' ')).collect();
        assert!(lines[0].starts_with("party "), "{shown}");
        let file = format!("{name}.policy");
        // Nothing mentions what the lines declare.
        folder.write(&file, format!("{header}warn unused-noun because \"shown\" {{\n{}\n}}\n", lines.join("\n")));
        policies.push(file);
    }
    assert!(policies.len() >= 60, "only {} entries", policies.len());
    let mut arguments = vec!["check"];
    arguments.extend(policies.iter().map(String::as_str));
    let ended = folder.run(&arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.err.contains("vendor-not-taken"), "{}", ended.err);
}

#[test]
fn vendors_knows_what_was_meant() {
    let folder = Folder::new();
    folder.run(&["vendors", "strpe"]).with(2, "candor: no vendor is called `strpe`; did you mean `stripe`?\n");
    folder.run(&["vendors", "js.stripe.com"]).with(2, "it is a host of `stripe`");
    folder.run(&["vendors", "__stripe_mid"]).with(2, "it is a cookie of `stripe`");
    folder.run(&["vendors", "zzzzzz"]).with(2, "`candor vendors` lists them all");
}

// ── fmt ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn fmt_lays_out_what_needs_it() {
    let folder = Folder::new();
    folder.write("a.policy", "we  collect name;   # why\r\n");
    folder.write("b.policy", "we collect name;\n");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let path = folder.path().join("b.policy");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(long_ago)).expect("a time is set");
    let ended = folder.run(&["fmt", "--check", "a.policy", "b.policy"]).with(1, "1 file would change");
    assert_eq!(ended.out, "a.policy\n");
    assert_eq!(folder.read("a.policy"), "we  collect name;   # why\r\n");
    folder.run(&["fmt", "a.policy", "b.policy"]).with(0, "laid out 1 file\n");
    assert_eq!(folder.read("a.policy"), "we collect name;   # why\n");
    assert_eq!(fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a time"), long_ago);
    let ended = folder.run(&["fmt", "--check", "a.policy", "b.policy"]).with(0, "");
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("", ""));
    assert_eq!(folder.names(), ["a.policy", "b.policy"]);
}

#[test]
fn fmt_leaves_what_it_does_not_understand() {
    let folder = Folder::new();
    folder.write("a.policy", "we  collect name");
    folder.run(&["fmt", "a.policy"]).with(1, "missing-semicolon");
    assert_eq!(folder.read("a.policy"), "we  collect name");
    let ended = folder.run_with(&["fmt", "-"], b"we  collect name").with(1, "missing-semicolon");
    assert_eq!(ended.out, "");
}

#[test]
fn fmt_reads_standard_input() {
    let folder = Folder::new();
    let ended = folder.run_with(&["fmt", "-"], b"we  collect name;").with(0, "");
    assert_eq!((ended.out.as_str(), ended.err.as_str()), ("we collect name;\n", ""));
    folder.run_with(&["fmt", "--check", "-"], b"we  collect name;").with(1, "would change");
    folder.run_with(&["fmt", "--check", "-"], b"we collect name;\n").with(0, "");
}

#[cfg(unix)]
#[test]
fn fmt_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = Folder::new();
    folder.write("real.policy", "we  collect name;");
    fs::set_permissions(folder.path().join("real.policy"), fs::Permissions::from_mode(0o640)).expect("permissions");
    std::os::unix::fs::symlink("real.policy", folder.path().join("link.policy")).expect("a link");
    folder.run(&["fmt", "link.policy"]).with(0, "laid out");
    assert_eq!(folder.read("real.policy"), "we collect name;\n");
    assert!(fs::symlink_metadata(folder.path().join("link.policy")).is_ok_and(|metadata| metadata.is_symlink()));
    let mode = fs::metadata(folder.path().join("real.policy")).expect("the file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

// ── init ────────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn init_writes_a_policy_that_is_clean() {
    let folder = Folder::new();
    folder
        .run(&["init"])
        .with(0, "wrote privacy.policy and candor.toml; change what is about Acme, then run: candor build\n");
    let ended = folder.run(&["build", "--deny", "warnings"]).with(0, "published as");
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
    folder.run(&["check"]).with(0, "no findings");
    folder.run(&["fmt", "--check"]).with(0, "");
}

#[test]
fn init_never_overwrites() {
    let folder = Folder::new();
    folder.run(&["init", "new/site"]).with(0, "wrote new/site/privacy.policy");
    folder.write("new/site/privacy.policy", "mine");
    folder
        .run(&["init", "new/site"])
        .with(2, "candor: new/site/privacy.policy is there already and is not overwritten\n");
    assert_eq!(folder.read("new/site/privacy.policy"), "mine");
    folder.write("other/candor.toml", "# mine\n");
    folder
        .run(&["init", "other"])
        .with(0, "see that `policies` in other/candor.toml names it, then run: cd other; candor build");
    assert_eq!(folder.read("other/candor.toml"), "# mine\n");
    folder.run(&["init", "new/site/privacy.policy"]).with(2, "it is not a folder");
}

// ── arguments and streams ───────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn wrong_arguments_are_a_failure() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.run(&[]).with(2, "Usage: candor");
    folder.run(&["build"]).with(2, "candor: there is no FILE, and no candor.toml here or in a folder above");
    folder.run(&["publish"]).with(2, "unrecognized subcommand");
    folder.run(&["build", "--format", "pdf", "a.policy"]).with(2, "invalid value 'pdf'");
    folder.run(&["build", "--as-of", "2026-02-30", "a.policy"]).with(2, "a date is written year, month, day");
    folder.run(&["build", "--as-of", "2026-02-03T10:00", "a.policy"]).with(2, "a date is written");
    folder.run(&["build", "--as-of", "2026-02-03", "a.policy"]).with(0, "published");
}

#[test]
fn help_teaches_every_command() {
    let folder = Folder::new();
    let ended = folder.run(&["--help"]).with(0, "");
    assert!(ended.out.contains("Exit status:"));
    for command in ["build", "check", "explain", "fmt", "init"] {
        let ended = folder.run(&[command, "--help"]).with(0, "");
        assert!(ended.out.contains(&format!("Examples:\n  candor {command}")), "{}", ended.out);
    }
    assert!(folder.run(&["--version"]).with(0, "").out.starts_with("candor "));
}

#[test]
fn a_closed_pipe_is_no_crash() {
    let folder = Folder::new();
    let mut text = GOOD.to_owned();
    for index in 0..3000 {
        text.push_str(&format!("data d{index} \"thing number {index}\"; we use d{index};\n"));
    }
    folder.write("a.policy", &text);
    for arguments in
        [["explain", "--list", "--"].as_slice(), &["build", "--format", "json", "-"], &["fmt", "-"], &["--help"]]
    {
        let arguments: Vec<&str> = arguments.iter().copied().filter(|argument| *argument != "--").collect();
        let mut child = folder
            .command(&arguments)
            .stdin(fs::File::open(folder.path().join("a.policy")).expect("the policy"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the command ends");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let folder = Folder::new();
    let full = || fs::File::options().write(true).open("/dev/full").expect("a full disk");
    let output = folder.command(&["explain", "--list"]).stdout(full()).output().expect("the command runs");
    Ended::from(output).with(2, "candor: cannot write to standard output: the disk is full\n");
    // Findings that nobody can read are no reason to crash.
    folder.write("bad.policy", BAD);
    let status = folder.command(&["check", "bad.policy"]).stderr(full()).status().expect("the command runs");
    assert_eq!(status.code(), Some(1));
}

/// [`GOOD`] with a document, a list and a record.
const DOCUMENTS: &str = "policy \"Privacy Policy\" { we are acme; you are customer; updated \"Last updated\" 2026-01-31; }\n\
                         party acme \"Acme\";\npeople customer \"our customers\";\nwe collect name from you see vendors;\n\
                         document short \"At a glance\" is short-notice;\n\
                         document vendors \"our list\" is processor-list;\n\
                         document register \"Register\" is processing-record;\n";

#[test]
fn every_public_document_is_written() {
    let folder = Folder::new();
    folder.write("a.policy", DOCUMENTS);
    let ended = folder.run(&["build", "a.policy"]);
    let said = "published as a.md, a.html, a.json, a-short.md, a-short.html, a-vendors.md and a-vendors.html";
    ended.with(0, said).with(0, "a.policy: `register` is internal; it is written with `--document register` alone\n");
    let names =
        ["a-short.html", "a-short.md", "a-vendors.html", "a-vendors.md", "a.html", "a.json", "a.md", "a.policy"];
    assert_eq!(folder.names(), names);
    assert!(folder.read("a.html").contains("<a href=\"a-vendors.html\">our list</a>"));
    assert!(folder.read("a-vendors.md").contains("](a.md)"));
    folder.run(&["build", "a.policy"]).with(0, "nothing changed");
}

#[test]
fn documents_are_asked_for_by_name() {
    let folder = Folder::new();
    folder.write("a.policy", DOCUMENTS);
    let ended = folder.run(&["build", "--document", "short", "--document", "short", "a.policy"]);
    ended.with(0, "a.policy: published as a-short.md and a-short.html\n");
    folder
        .run(&["build", "--document", "register", "a.policy"])
        .with(0, "a-register.md, a-register.html and a-register.json");
    assert!(!folder.has("a.json"));
    folder.run(&["build", "--document", "policy", "a.policy"]).with(0, "published as a.md, a.html and a.json");
    let said = "candor: a.policy has no document `shrot`; it has `policy`, `short`, `vendors` and `register`\n";
    folder.run(&["build", "--document", "shrot", "a.policy"]).with(2, said);
    let said = "candor: the JSON of a.policy holds all its documents, so there is none of `short`";
    folder.run(&["build", "--document", "short", "--format", "json", "a.policy"]).with(2, said);
}

#[test]
fn one_document_goes_to_standard_output() {
    let folder = Folder::new();
    let arguments = ["build", "--document", "vendors", "--format", "html", "-"];
    let ended = folder.run_with(&arguments, DOCUMENTS.as_bytes()).with(0, "");
    assert!(
        ended.out.contains("<h1 id=\"document-vendors\" data-facts=\"document-vendors\">Our list</h1>"),
        "{}",
        ended.out
    );
    assert!(ended.out.contains("<a href=\"privacy.html\">Privacy Policy</a>"), "{}", ended.out);
    let arguments = ["build", "--document", "vendors", "--document", "short", "--format", "html", "-"];
    folder.run_with(&arguments, DOCUMENTS.as_bytes()).with(2, "give one `--document`");
    let ended = folder.run_with(&["build", "--format", "md", "-"], DOCUMENTS.as_bytes());
    assert!(ended.out.starts_with("# Privacy Policy\n"), "{}", ended.out);
}

#[test]
fn documents_that_would_overwrite_another_policy_are_refused() {
    let folder = Folder::new();
    folder.write("a.policy", DOCUMENTS);
    folder.write("a-short.policy", GOOD);
    let said = "candor: a.policy and a-short.policy: both would be published as a-short.md\n";
    folder.run(&["build", "a.policy", "a-short.policy"]).with(2, said);
    assert_eq!(folder.names(), ["a-short.policy", "a.policy"]);
}

#[test]
fn all_files_of_a_policy_are_replaced_together() {
    let folder = Folder::new();
    folder.write("a.policy", DOCUMENTS);
    folder.write("a.md", "old");
    // A folder in the place of the last file keeps the first from being replaced.
    fs::create_dir(folder.path().join("a-vendors.html")).expect("a folder");
    folder.run(&["build", "a.policy"]).with(2, "a.policy: not published");
    assert_eq!(folder.read("a.md"), "old");
    assert_eq!(folder.names(), ["a-vendors.html", "a.md", "a.policy"]);
}

#[test]
fn build_takes_templates_from_a_folder() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let start = folder.run(&["templates", "header-we"]);
    assert_eq!(start.out, "{{!-- header-we --}}\nIn this policy, “we” means {{publisher}}\n");
    folder.write("site/en/words.hbs", start.out.replace("In this policy, “we” means", "“We” stands for"));
    folder.write("site/page.html", folder.run(&["templates", "page.html"]).out.replace("<main ", "<main id=\"own\" "));
    folder.write("site/page.css", "p { color: red }\n");
    let ended = folder.run(&["build", "--templates", "site", "a.policy"]);
    assert_eq!((ended.code, ended.out.as_str()), (0, ""), "{}", ended.err);
    let page = folder.read("a.html");
    assert!(page.contains("“We” stands for Acme") && page.contains("<main id=\"own\" "), "{page}");
    assert!(page.contains("<style>\np { color: red }\n</style>"), "{page}");
    assert!(folder.read("a.md").contains("“We” stands for Acme"));
    assert!(folder.read("a.json").contains("“We” stands for Acme"));
    assert_eq!(folder.run(&["style", "--templates", "site"]).out, "p { color: red }\n");

    // What is wrong in them leaves what was published as it was.
    folder.write("site/en/words.hbs", "{{!-- header-we --}}\nWe are {{publishers}}\n");
    for command in ["build", "check", "stats"] {
        let ended = folder.run(&[command, "--templates", "site", "a.policy"]);
        assert_eq!(ended.code, 1, "{command}: {}", ended.err);
        assert!(
            ended.err.contains("error[unknown-hole]") && ended.err.contains("site/en/words.hbs:2:8"),
            "{}",
            ended.err
        );
    }
    assert_eq!(folder.read("a.html"), page);
}

#[test]
fn a_folder_of_templates_that_would_not_be_read_is_refused() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("empty/notes.txt", "nothing");
    folder.write("wrong/pages.html", "<p>");
    folder.write("page.policy", GOOD);
    folder.write("own/page.css", "p {}");
    for (arguments, words) in [
        (["build", "--templates", "nowhere", "a.policy"], "cannot read the folder nowhere: it does not exist"),
        (["build", "--templates", "a.policy", "a.policy"], "cannot read the folder a.policy"),
        (["build", "--templates", "empty", "a.policy"], "empty holds no templates"),
        (["build", "--templates", "wrong", "a.policy"], "wrong/pages.html would never be read"),
    ] {
        let ended = folder.run(&arguments);
        assert_eq!(ended.code, 2, "{}", ended.err);
        assert!(ended.err.contains(words), "{}", ended.err);
    }
    folder.write("own/page.html", folder.run(&["templates", "page.html"]).out);
    let ended = folder.run(&["build", "--templates", "own", "--out", "own", "page.policy"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("own/page.html would be overwritten"), "{}", ended.err);
    let ended = folder.run(&["templates", "header-wee"]);
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (2, "candor: no template is called `header-wee`; did you mean `header-we`?\n")
    );
}

#[test]
fn a_flavour_has_its_front_matter_unless_it_is_refused() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let build = |arguments: &[&str]| {
        let ended = folder.run(&[&["build", "--format", "md", "a.policy"], arguments].concat());
        (ended.code, ended.err, if folder.has("a.md") { folder.read("a.md") } else { String::new() })
    };
    assert!(build(&["--flavour", "zola"]).2.starts_with("+++\ntitle = "));
    assert!(build(&["--flavour", "zola", "--front-matter", "yaml"]).2.starts_with("---\ntitle: "));
    assert!(build(&["--flavour", "zola", "--front-matter", "none"]).2.starts_with("# Privacy Policy"));
    assert!(build(&["--flavour", "hugo", "--front-matter-key", "layout=a"]).2.contains("\nlayout: \"a\"\n"));
    let (code, err, _) = build(&["--front-matter-key", "layout=a"]);
    assert_eq!(code, 2);
    assert!(err.contains("needs front matter"), "{err}");
}
