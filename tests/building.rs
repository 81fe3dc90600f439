//! Building for other tools: what is stale, what depends on what, and building again at every change.

use std::fs;
use std::process::Command;

#[path = "support/command.rs"]
mod command;

use command::Folder;

const GOOD: &str = "policy \"Privacy Policy\" { we are acme; you are customer; updated \"Last updated\" 2026-01-31; }\n\
                    party acme \"Acme\";\npeople customer \"our customers\";\nwe collect name from you;\n";
const BAD: &str = "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\";\nwe collect name\n";

// ── --check ─────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn check_names_what_is_stale_or_missing_and_writes_nothing() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let ended = folder.run(&["build", "--check", "--out", "site", "a.policy"]);
    let ended = ended.with(1, "3 files are not as they would be built; run `candor build`");
    assert_eq!(ended.out, "site/a.md: missing\nsite/a.html: missing\nsite/a.json: missing\n");
    assert_eq!(folder.names(), ["a.policy"]);
    folder.run(&["build", "--out", "site", "a.policy"]).with(0, "published");
    let ended = folder.run(&["build", "--check", "--out", "site", "a.policy"]).with(0, "");
    assert_eq!((&*ended.out, &*ended.err), ("", ""));
    folder.write("site/a.html", "changed by hand");
    let ended = folder.run(&["build", "--check", "--out", "site", "a.policy"]);
    assert_eq!(ended.with(1, "1 file is not").out, "site/a.html: stale\n");
    assert_eq!(folder.read("site/a.html"), "changed by hand");
    folder.write("a.policy", BAD);
    folder.run(&["build", "--check", "--out", "site", "a.policy"]).with(1, "a.policy: not published, 1 error");
    folder.run(&["build", "--check", "--watch", "a.policy"]).with(2, "cannot be used with");
    folder.run(&["build", "--check", "--depfile", "x.d", "a.policy"]).with(2, "cannot be used with");
    folder
        .run_with(&["build", "--check", "--format", "md", "-"], GOOD.as_bytes())
        .with(2, "no file to hold it against");
}

#[test]
fn check_takes_the_project() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("candor.toml", "policies = [\"a.policy\"]\nformats = [\"md\"]\n");
    assert_eq!(folder.run(&["build", "--check"]).with(1, "1 file is not").out, "a.md: missing\n");
    folder.run(&["build"]).with(0, "published as a.md");
    folder.run(&["build", "--check"]).with(0, "");
}

// ── --depfile ───────────────────────────────────────────────────────────────────────────────────────────────────────

/// A project whose names hold what make reads as its own.
fn odd_project() -> Folder {
    let folder = Folder::new();
    folder.write("src/a b#c$d%e:f|g\\ h.policy", format!("use \"[lang]/da*ta$~?.policy\";\n{GOOD}we collect shoes;\n"));
    folder.write("src/[lang]/da*ta$~?.policy", "data shoes \"shoes\";\n");
    folder.write(
        "src/~club.policy",
        "policy \"Club\" { we are acme; you are member; }\nparameter keep is period;\nparty acme \"Acme\";\n\
         people member \"our members\";\nwe collect name from you;\nwe keep name for param keep;\n",
    );
    folder.write("values \\$(x).values", "keep 10 days;\n");
    folder.write(
        "candor.toml",
        "policies = [\"src/a b#c$d%e:f|g\\\\ h.policy\", { file = \"src/~club.policy\", values = \"values \\\\$(x).values\" }]\n\
         out = \"the site\"\n",
    );
    folder
}

#[test]
fn a_depfile_names_every_input_once() {
    let folder = odd_project();
    folder.run(&["build", "--depfile", "pages.d"]).with(0, "published");
    let rule = folder.read("pages.d");
    let first = rule.split("\n\n").next().expect("a rule");
    let (targets, inputs) = first.split_once(": \\\n").expect("targets and inputs");
    assert_eq!(targets.lines().count(), 6, "{rule}");
    assert_eq!(inputs.lines().count(), 5, "{rule}");
    for input in inputs.lines() {
        let name = input.trim_start().trim_end_matches(" \\");
        assert_eq!(inputs.matches(name).count(), 1, "{name}");
    }
    assert!(inputs.contains("  candor.toml"), "{rule}");
    assert_eq!(rule.split("\n\n").count(), 6, "a rule without a recipe for each input: {rule}");
}

#[test]
fn make_builds_what_a_depfile_says() {
    let Ok(version) = Command::new("make").arg("--version").output() else {
        eprintln!("SKIPPED: there is no make on this machine, so that nothing is known of depfiles");
        return;
    };
    assert!(String::from_utf8_lossy(&version.stdout).contains("GNU Make"), "the rules are written for GNU make");
    let folder = odd_project();
    folder.write("Makefile", "stamp:\n\t\"$(CANDOR)\" build --depfile pages.d\n\t@touch stamp\n\n-include pages.d\n");
    // A page that has no recipe is never out of date.
    folder.write("ask.mk", "include pages.d\n%:\n\t@true\n");
    let make = |arguments: &[&str]| {
        let mut make = Command::new("make");
        make.current_dir(folder.path()).args(["CANDOR=".to_owned() + env!("CARGO_BIN_EXE_candor")]).args(arguments);
        let output = make.output().expect("make runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, said) = make(&["stamp"]);
    assert_eq!(code, Some(0), "{said}");
    let pages: Vec<String> = fs::read_dir(folder.path().join("the site"))
        .expect("the pages")
        .flatten()
        .map(|entry| format!("the site/{}", entry.file_name().to_string_lossy()))
        .collect();
    assert_eq!(pages.len(), 6);
    let inputs = [
        "candor.toml",
        "src/a b#c$d%e:f|g\\ h.policy",
        "src/[lang]/da*ta$~?.policy",
        "src/~club.policy",
        "values \\$(x).values",
    ];
    // `-q` says whether make holds a page for older than one of the inputs.
    let is_current = |page: &str| {
        let (code, said) = make(&["-f", "ask.mk", "-q", "-r", page]);
        assert!(matches!(code, Some(0 | 1)), "{page}: {said}");
        code == Some(0)
    };
    let set = |name: &str, seconds: u64| {
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000 + seconds);
        let file = fs::File::options().append(true).open(folder.path().join(name)).expect(name);
        file.set_modified(time).expect("a time is set");
    };
    for page in &pages {
        set(page, 100);
        inputs.iter().for_each(|input| set(input, 50));
        assert!(is_current(page), "{page}");
        for input in inputs {
            set(input, 200);
            assert!(!is_current(page), "{page} does not depend on {input}");
            set(input, 50);
        }
    }
    // An input that is gone does not break make.
    folder.write("src/a b#c$d%e:f|g\\ h.policy", GOOD);
    fs::remove_file(folder.path().join("src/[lang]/da*ta$~?.policy")).expect("a file is removed");
    let (code, said) = make(&["-B", "stamp"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!folder.read("pages.d").contains("lang"));
}

#[test]
fn make_follows_a_depfile() {
    if Command::new("make").arg("--version").output().is_err() {
        eprintln!("SKIPPED: there is no make on this machine, so that nothing is known of depfiles");
        return;
    }
    let folder = Folder::new();
    folder.write("a.policy", format!("use \"data.policy\";\n{GOOD}we collect shoes;\n"));
    folder.write("data.policy", "data shoes \"shoes\";\n");
    folder.write(
        "Makefile",
        "site/a.html:\n\t\"$(CANDOR)\" build --out site --depfile site.d a.policy\n\n-include site.d\n",
    );
    let make = || {
        let mut make = Command::new("make");
        make.current_dir(folder.path()).arg("CANDOR=".to_owned() + env!("CARGO_BIN_EXE_candor"));
        let output = make.output().expect("make runs");
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(output.status.success(), "{said}");
        said
    };
    // The times of two writes can be the same, so that a page is made older than what changes after it.
    let age = || {
        let page = fs::File::options().append(true).open(folder.path().join("site/a.html")).expect("the page");
        page.set_modified(std::time::SystemTime::UNIX_EPOCH).expect("a time is set");
    };
    assert!(make().contains("published as site/a.md"));
    assert!(make().contains("up to date"));
    age();
    folder.write("data.policy", "data shoes \"boots\";\n");
    assert!(make().contains("published as site/a.md"));
    assert!(folder.read("site/a.html").contains("boots"));
    assert!(make().contains("up to date"));
    age();
    folder.write("a.policy", GOOD);
    fs::remove_file(folder.path().join("data.policy")).expect("a file is removed");
    assert!(make().contains("published as site/a.md"));
    assert!(make().contains("up to date"));
}

#[test]
fn a_depfile_is_written_for_a_whole_build_alone() {
    let folder = Folder::new();
    folder.write("a.policy", BAD);
    folder.run(&["build", "--depfile", "a.d", "a.policy"]).with(1, "not published");
    assert!(!folder.has("a.d"));
    folder.write("a.policy", GOOD);
    folder
        .run(&["build", "--depfile", "a.md", "a.policy"])
        .with(2, "`--depfile` names a.md, where a page is published");
    folder.run(&["build", "--depfile", "a.policy", "a.policy"]).with(2, "`--depfile` would overwrite a.policy");
    for name in ["b;c", "b=c", "b\tc", "b\nc", "b c*"] {
        folder.write(&format!("{name}.policy"), GOOD);
        let ended = folder.run(&["build", "--depfile", "a.d", &format!("{name}.policy")]);
        ended.with(2, "cannot be named in a rule of make");
    }
    assert!(!folder.has("a.d"));
    folder.run(&["build", "--depfile", "a.d", "a.policy"]).with(0, "published");
    assert_eq!(folder.read("a.d"), "a.md \\\n  a.html \\\n  a.json: \\\n  a.policy\n\na.policy:\n");
}

// ── --watch ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/// What is said when a build is done.
const WAITING: &str = "waiting for changes";

#[cfg(unix)]
#[test]
fn watch_builds_again_until_it_is_interrupted() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    let running = folder.start(&["build", "--watch", "--out", "site", "a.policy"]);
    let said = running.until(WAITING);
    assert!(said.contains("a.policy: published as site/a.md") && said.contains("built in "), "{said}");
    folder.write("a.policy", GOOD.replace("our customers", "our readers"));
    running.until("a.policy: published as site/a.md");
    running.until(WAITING);
    assert!(folder.read("site/a.md").contains("our readers"));
    // What breaks is told, and the last pages stay.
    folder.write("a.policy", BAD);
    let said = running.until("a.policy: not published, 1 error");
    assert!(said.contains("missing-semicolon"), "{said}");
    running.until(WAITING);
    assert!(folder.read("site/a.md").contains("our readers"));
    // Editors write a new file and put it into the place of the old one.
    folder.write("a.policy~", GOOD.replace("our customers", "our guests"));
    fs::rename(folder.path().join("a.policy~"), folder.path().join("a.policy")).expect("a file is replaced");
    running.until("a.policy: published as site/a.md");
    running.until(WAITING);
    assert!(folder.read("site/a.md").contains("our guests"));
    let (code, rest) = running.interrupt();
    assert_eq!(code, Some(0));
    assert!(!rest.contains("error"), "{rest}");
    assert_eq!(folder.names(), ["a.policy", "site"]);
}

#[cfg(unix)]
#[test]
fn watch_follows_the_project_and_what_it_brings_in() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.write("candor.toml", "policies = [\"a.policy\"]\nout = \"site\"\nformats = [\"md\"]\n");
    let running = folder.start(&["build", "--watch"]);
    running.until(WAITING);
    // A file that is not there yet is waited for, with its folder.
    folder.write("a.policy", format!("use \"parts/data.policy\";\n{GOOD}we collect shoes;\n"));
    running.until("`parts/data.policy` cannot be read: it does not exist");
    running.until(WAITING);
    folder.write("parts/data.policy", "data shoes \"shoes\";\n");
    running.until("a.policy: published as site/a.md");
    running.until(WAITING);
    assert!(folder.read("site/a.md").contains("shoes"));
    // It is watched from now on.
    folder.write("parts/data.policy", "data shoes \"your boots\";\n");
    running.until("a.policy: published as site/a.md");
    running.until(WAITING);
    assert!(folder.read("site/a.md").contains("boots"));
    // A folder that goes is waited for.
    fs::remove_dir_all(folder.path().join("parts")).expect("a folder is removed");
    running.until("`parts/data.policy` cannot be read: it does not exist");
    running.until(WAITING);
    folder.write("parts/data.policy", "data shoes \"your sandals\";\n");
    running.until("a.policy: published as site/a.md");
    assert!(folder.read("site/a.md").contains("sandals"));
    // A fault of the project file is told, and mending it goes on.
    folder.write("candor.toml", "policies = [\"a.policy\"]\nuot = \"site\"\n");
    running.until("error[project-key]");
    running.until(WAITING);
    folder.write("candor.toml", "policies = [\"a.policy\", \"b.policy\"]\nout = \"site\"\nformats = [\"md\"]\n");
    running.until("error[project-file]");
    running.until(WAITING);
    folder.write("b.policy", GOOD);
    running.until("b.policy: published as site/b.md");
    running.until(WAITING);
    // So does a project file that is away for a moment.
    let path = folder.path().join("candor.toml");
    fs::rename(&path, folder.path().join("away.toml")).expect("a file is moved");
    running.until("cannot read");
    running.until(WAITING);
    fs::rename(folder.path().join("away.toml"), &path).expect("a file is moved");
    running.until("nothing changed");
    running.until(WAITING);
    assert_eq!(running.interrupt().0, Some(0));
}

#[test]
fn watch_says_what_it_cannot_do() {
    let folder = Folder::new();
    folder.write("a.policy", GOOD);
    folder.run(&["build", "--watch"]).with(2, "there is no FILE, and no candor.toml");
    folder.run_with(&["build", "--watch", "--format", "md", "-"], GOOD.as_bytes()).with(2, "nothing to watch");
    folder.run(&["build", "--watch", "--message-format", "sarif", "a.policy"]).with(2, "cannot be one log of SARIF");
}
