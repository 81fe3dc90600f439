//! The project file: what it says is done, wherever the command is called, and every fault of it is shown in its place.

use std::fs;
use std::time::{Duration, SystemTime};

#[path = "support/command.rs"]
mod command;

use command::Folder;

const GOOD: &str = "policy \"Privacy Policy\" { we are acme; you are customer; updated \"Last updated\" 2026-01-31; }\n\
                    party acme \"Acme\";\npeople customer \"our customers\";\nwe collect name from you;\n";

/// A policy with a parameter, a second document and a record of processing.
const CLUB: &str = "policy \"Club\" { we are acme; you are member; updated 2026-01-31; }\n\
                    parameter keep is period;\nparty acme \"Acme\";\npeople member \"our members\";\n\
                    document short \"In short\" is short-notice;\ndocument log \"Record\" is processing-record;\n\
                    we collect name from you;\nwe keep name for param keep;\n";

/// Two policies, one of them for two operators.
const PROJECT: &str = r#"# What we publish.
policies = [
  "privacy.policy",
  { file = "club/club.policy", values = "club/north.values", out = "site/north" },
  { file = "club/club.policy", set = { keep = "20 days" }, out = "site/south", documents = ["policy", "short"] },
]
formats = ["html", "json"]
out = "site"

[page]
heading-offset = 1
class-prefix = "p-"
"#;

fn project() -> Folder {
    let folder = Folder::new();
    folder.write("candor.toml", PROJECT);
    folder.write("privacy.policy", GOOD);
    folder.write("club/club.policy", CLUB);
    folder.write("club/north.values", "keep 10 days;\n");
    folder
}

/// What the command says of a project file beside one good policy.
#[track_caller]
fn fault(text: &str, code: &str, said: &[&str]) {
    let folder = Folder::new();
    folder.write("privacy.policy", GOOD);
    folder.write("candor.toml", text);
    let ended = folder.run(&["build"]);
    assert_eq!(ended.code, 2, "{}", ended.err);
    for said in said.iter().chain([&&*format!("error[{code}]: "), &"candor.toml:"]) {
        assert!(ended.err.contains(said), "{said} is not in: {}", ended.err);
    }
    assert_eq!(folder.names(), ["candor.toml", "privacy.policy"], "nothing is written");
    // It is the same fault for every command that meets it: one that writes nothing overwrites nothing.
    if code != "project-overwrite" {
        folder.run(&["check"]).with(2, code);
    }
}

#[test]
fn build_does_what_the_project_says() {
    let folder = project();
    let ended =
        folder.run(&["build"]).with(0, "privacy.policy: published as site/privacy.html and site/privacy.json\n");
    assert!(ended.err.contains("`log` is internal; it is written when `documents` names it"), "{}", ended.err);
    assert!(folder.read("site/privacy.html").contains("<h2"), "headings are lowered");
    assert!(folder.read("site/north/club.html").contains("10 days"));
    assert!(folder.read("site/south/club.html").contains("20 days"));
    for there in ["site/north/club-short.html", "site/north/club.json", "site/south/club-short.html"] {
        assert!(folder.has(there), "{there}");
    }
    for none in ["site/privacy.md", "site/north/club-log.html", "privacy.html"] {
        assert!(!folder.has(none), "{none}");
    }
    folder.run(&["build"]).with(0, "nothing changed");
}

#[test]
fn the_project_is_found_from_below_and_gives_the_same() {
    let here = project();
    here.run(&["build"]).with(0, "published");
    let below = project();
    below.write("deep/er/x", "");
    let run = |folder: &Folder| folder.command(&["build"]).current_dir(folder.path().join("deep/er")).output();
    let output = run(&below).expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("../../privacy.policy: published as ../../site/privacy.html"), "{said}");
    let elsewhere = project();
    elsewhere.write("away/x", "");
    let path = elsewhere.path().join("candor.toml");
    let away = elsewhere.command(&["build", "--project", &path.to_string_lossy()]);
    let mut away = away;
    assert!(away.current_dir(elsewhere.path().join("away")).status().expect("it runs").success());
    for page in ["site/privacy.html", "site/privacy.json", "site/north/club.json", "site/south/club-short.html"] {
        assert_eq!(here.read(page), below.read(page), "{page}");
        assert_eq!(here.read(page), elsewhere.read(page), "{page}");
    }
}

#[test]
fn pages_depend_on_the_sources_alone() {
    let read = |folder: &Folder| {
        ["site/privacy.html", "site/privacy.json", "site/north/club.html", "site/south/club.json"]
            .map(|page| folder.read(page))
    };
    let plain = project();
    plain.run(&["build"]).with(0, "published");
    let expected = read(&plain);
    let odd = [("RAYON_NUM_THREADS", "1"), ("RAYON_NUM_THREADS", "7"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "ar_EG")];
    let odd = odd.into_iter().chain([("TZ", "Pacific/Kiritimati"), ("SOURCE_DATE_EPOCH", "0"), ("HOME", "/nowhere")]);
    for (name, value) in odd {
        let folder = project();
        let ended = folder.command(&["build"]).env_clear().env(name, value).output().expect("the command runs");
        assert!(ended.status.success(), "{name}");
        assert_eq!(read(&folder), expected, "{name}={value}");
    }
    // Neither does the time of a file count.
    let old = project();
    let file = fs::File::options().write(true).open(old.path().join("privacy.policy")).expect("the policy");
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1)).expect("a time is set");
    old.run(&["build"]).with(0, "published");
    assert_eq!(read(&old), expected);
}

#[test]
fn files_leave_the_project_aside() {
    let folder = project();
    folder.run(&["build", "privacy.policy"]).with(0, "published as privacy.md, privacy.html and privacy.json");
    assert!(!folder.has("site"));
    folder.write("candor.toml", "nonsense");
    folder.run(&["check", "privacy.policy"]).with(0, "no findings");
    folder.run(&["build", "--project", "candor.toml", "privacy.policy"]).with(2, "cannot be used with");
}

#[test]
fn arguments_win_over_the_project() {
    let folder = project();
    folder.run(&["build", "--format", "md", "--heading-offset", "0", "--set", "keep=7 days"]).with(1, "needless-value");
    assert!(folder.read("site/north/club.md").contains("7 days"));
    assert!(folder.read("site/south/club.md").starts_with("# Club"));
    assert!(!folder.has("site/north/club.html"));
    // All go to one place then, where two of them meet.
    folder
        .run(&["build", "--out", "other"])
        .with(2, "error[project-overwrite]: two policies would be published as `other/club.");
    assert!(!folder.has("other"));
    folder.run(&["build", "--document", "log", "--format", "csv"]).with(2, "privacy.policy has no document `log`");
    assert!(folder.has("site/north/club-log.csv"));
}

#[test]
fn levels_and_packs_of_the_project_hold() {
    let folder = Folder::new();
    folder.write("privacy.policy", format!("{GOOD}data shoes \"shoes\";\n"));
    folder.write("candor.toml", "policies = [\"privacy.policy\"]\ndeny = [\"unused-noun\"]\n");
    folder.run(&["check"]).with(1, "error[unused-noun]");
    folder.run(&["build"]).with(1, "not published, 1 error");
    folder.run(&["check", "--warn", "unused-noun"]).with(0, "warning[unused-noun]");
    folder.write("candor.toml", "policies = [\"privacy.policy\"]\ndeny = [\"warnings\"]\n");
    folder.run(&["check"]).with(1, "checked privacy.policy: 1 warning");
    folder.write("candor.toml", "policies = [\"privacy.policy\"]\nallow = [\"unused-noun\"]\ndeny = [\"warnings\"]\n");
    folder.run(&["check"]).with(0, "no findings");
    folder.write("house.pack", "nonsense\n");
    folder.write("candor.toml", "policies = [\"privacy.policy\"]\npacks = [\"house.pack\"]\n");
    folder.run(&["check"]).with(1, "house.pack");
}

#[test]
fn the_day_is_written_with_quotes_or_without() {
    let editions = "policy \"P\" { we are acme; you are user; }\nparty acme \"Acme\";\npeople user \"our users\";\n\
                    edition old \"Old\" until 2025-12-31;\nedition new \"New\" since 2026-01-01;\n\
                    on old { we collect name from you; }\non new { we collect email-address from you; }\n";
    for day in ["2025-06-01", "\"2025-06-01\""] {
        let folder = Folder::new();
        folder.write("privacy.policy", editions);
        folder.write("candor.toml", format!("policies = [\"privacy.policy\"]\nas-of = {day}\n"));
        let by_project = folder.run(&["build"]);
        let pages = folder.names();
        let by_argument = Folder::new();
        by_argument.write("privacy.policy", editions);
        let ended = by_argument.run(&["build", "--as-of", "2025-06-01", "privacy.policy"]);
        assert_eq!((by_project.code, by_project.err), (ended.code, ended.err));
        for page in by_argument.names() {
            assert_eq!(folder.read(&page), by_argument.read(&page));
        }
        assert_eq!(pages.len(), by_argument.names().len() + 1);
    }
}

#[test]
fn fmt_and_stats_take_the_project() {
    let folder = project();
    folder.write("privacy.policy", format!("use \"parts/data.policy\";\n{GOOD}we  collect shoes;\n"));
    folder.write("parts/data.policy", "data   shoes \"shoes\";\n");
    let ended = folder.run(&["fmt", "--check"]).with(1, "would change");
    assert!(ended.out.contains("privacy.policy\nparts/data.policy\n"), "{}", ended.out);
    folder.run(&["fmt"]).with(0, "laid out");
    folder.run(&["fmt", "--check"]).with(0, "");
    assert_eq!(folder.read("parts/data.policy"), "data shoes \"shoes\";\n");
    let figures = folder.run(&["stats"]).with(0, "").out;
    let documents: Vec<Vec<&str>> =
        figures.lines().skip(1).map(|line| line.split_whitespace().take(2).collect()).collect();
    assert_eq!(
        documents,
        [
            ["privacy.policy", "policy"],
            ["club/club.policy", "policy"],
            ["club/club.policy", "policy"],
            ["club/club.policy", "short"]
        ]
    );
}

#[test]
fn every_fault_is_shown_in_its_place() {
    let with = |rest: &str| format!("policies = [\"privacy.policy\"]\n{rest}\n");
    fault("policies = [\"privacy.policy\"\n", "project-syntax", &["cannot be read as TOML", "unclosed array"]);
    fault(&with("polices = []"), "project-key", &["no key is called `polices` here", "write `policies`", "toml:2:1"]);
    fault(&with("colour = 1"), "project-key", &["there are `policies`, `documents`, `formats`"]);
    fault("", "project-key", &["the project file names no policy", "policies = [\"privacy.policy\"]"]);
    fault("policies = []", "project-key", &["the project file names no policy", "toml:1:1"]);
    fault("policies = [{ out = \"x\" }]", "project-key", &["`file` is missing", "toml:1:13"]);
    fault(&with("[page]\nfragmnet = true"), "project-key", &["write `fragment`", "toml:3:1"]);
    fault(
        "policies = [{ file = \"privacy.policy\", vlaues = \"x\" }]",
        "project-key",
        &["no key is called `vlaues` here", "write `values`"],
    );
    fault(&with("out = 3"), "project-value", &["expected a text, found integer `3`", "toml:2:7"]);
    fault(&with("documents = \"short\""), "project-value", &["expected a list, found text \"short\""]);
    fault("policies = [4]", "project-value", &["expected the name of a file, or a table with a `file`, found integer"]);
    fault(
        &with("formats = [\"html\", \"pdf\"]"),
        "project-value",
        &["`pdf` is none", "`md`, `html`, `json` and `csv`"],
    );
    fault(&with("as-of = 2026-02-30"), "project-syntax", &["toml:2:9"]);
    fault(&with("as-of = \"yesterday\""), "project-value", &["a date is written year, month, day: 2026-01-31"]);
    fault(&with("as-of = 2026-01-31T10:00:00Z"), "project-value", &["a date is written year, month, day: 2026-01-31"]);
    fault(&with("deny = [\"unused-nuon\"]"), "project-value", &["did you mean `unused-noun`?", "toml:2:9"]);
    fault(&with("allow = [\"warnings\"]"), "project-value", &["`allow` takes a code; only `deny` takes `warnings`"]);
    fault(
        &with("warn = [\"unused-noun\"]\ndeny = [\"unused-noun\"]"),
        "project-value",
        &["is given to `warn` and to `deny`"],
    );
    fault(&with("[page]\nheading-offset = 300"), "project-value", &["headings are lowered by 0 to 5 levels"]);
    fault(&with("[page]\nclass-prefix = \"1 x\""), "project-value", &["a prefix begins with a letter"]);
    fault(&with("[page]\nfront-matter-keys = { layout = \"x\" }"), "project-value", &["takes `front-matter`"]);
    fault(
        &with("[page]\nfront-matter = \"yaml\"\nfront-matter-keys = { title = \"x\" }"),
        "project-value",
        &["`title` is written already"],
    );
    fault("policies = [\"-\"]", "project-value", &["a project takes files"]);
    fault(
        "policies = [\"privcay.policy\"]",
        "project-file",
        &["cannot read `privcay.policy`: it does not exist", "toml:1:13"],
    );
    fault("policies = [\".\"]", "project-file", &["it is a folder"]);
    fault(&with("packs = [\"house.pack\"]"), "project-file", &["cannot read `house.pack`"]);
    fault(
        &with("documents = [\"shrot\"]"),
        "project-document",
        &["privacy.policy has no document `shrot`; it has `policy`"],
    );
    fault(
        "policies = [\"privacy.policy\", { file = \"privacy.policy\" }]",
        "project-overwrite",
        &["two policies would be published as `privacy.md`", "published there as well"],
    );
    fault("policies = [\"privacy.policy\"]\nolicies = 1\npolicies = 2", "project-syntax", &["duplicate key"]);
}

#[test]
fn several_faults_are_shown_at_once() {
    let folder = Folder::new();
    folder
        .write("candor.toml", "policies = [\"a.policy\", \"b.policy\"]\ndeny = [\"x\"]\n[page]\nheading-offset = 9\n");
    let ended = folder.run(&["build", "--message-format", "short"]);
    assert_eq!(ended.err.lines().count(), 3, "{}", ended.err);
    let ended = folder.run(&["build", "--message-format", "json"]).with(2, "\"code\":\"project-file\"");
    assert_eq!(ended.err.lines().filter(|line| line.contains("\"file\":\"candor.toml\"")).count(), 3);
}

#[test]
fn a_project_overwrites_nothing_that_it_reads() {
    let folder = Folder::new();
    folder.write("data.json", "data shoes \"shoes\";\n");
    folder.write("data.policy", format!("use \"data.json\";\n{GOOD}we collect shoes;\n"));
    folder.write("candor.toml", "policies = [\"data.policy\"]\n");
    folder.run(&["build"]).with(2, "error[project-overwrite]: `data.json` would overwrite `data.json`, which is read");
    folder.run(&["build", "data.policy"]).with(2, "data.json would be overwritten by what is published of data.policy");
    assert_eq!(folder.read("data.json"), "data shoes \"shoes\";\n");
    assert!(!folder.has("data.md"));
}

#[test]
fn hostile_names_stay_in_their_place() {
    let folder = Folder::new();
    folder.write("candor.toml", "policies = [\"\\u001b[31m\\nx.policy\"]\n\"\\u202e`, expected `x\" = 1\n");
    let ended = folder.run(&["build"]).with(2, "project-key");
    assert!(!ended.err.contains(['\u{1b}', '\u{202e}']), "{}", ended.err);
    folder.write("candor.toml", "policies = [\"\\u001b[31m\\nx.policy\"]\n");
    let ended = folder.run(&["build"]).with(2, "cannot read `?[31m?x.policy`");
    assert!(!ended.err.contains('\u{1b}'));
    folder.write("candor.toml", [0xff, 0xfe]);
    folder.run(&["build"]).with(2, "not-text");
}

#[test]
fn a_missing_project_is_a_failure() {
    let folder = Folder::new();
    for command in ["build", "check", "fmt", "stats"] {
        folder.run(&[command]).with(2, "candor: there is no FILE, and no candor.toml here or in a folder above");
        folder.run(&[command, "--project", "x.toml"]).with(2, "candor: cannot read x.toml: it does not exist");
    }
}
