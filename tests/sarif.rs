//! Findings as SARIF: the log is what the standard's schema says, and its places, names and fingerprints are right.

use std::borrow::Cow;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use candor::codes::files::NOTHING_TO_PUBLISH;
use candor::diagnostic::{Also, Diagnostic, Level};
use candor::emit::sarif::Log;
use candor::source::{FileId, Sources, Span};
use candor::{Compilation, Loader, NoFiles, Options, Source, compile};
use jsonschema::Validator;
use serde_json::{Value, json};

const HEADER: &str = "policy \"P\" { we are acme; you are user; updated \"Last updated\" 2026-01-31; }\n\
                      party acme \"Acme\";\npeople user \"our users\";\n";

/// The schema of the standard.
static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/sarif-schema-2.1.0.json");
    let schema = std::fs::read_to_string(path).expect("the schema is there");
    let mut schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    // The standard's own pattern of a language has a bracket too many; a log of ours names none.
    for object in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][object]["properties"]["language"];
        assert!(language.as_object_mut().expect("a property").remove("pattern").is_some());
    }
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema compiles")
});

/// The log as JSON, held against the schema.
fn checked(text: &str) -> Value {
    let log: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let faults: Vec<String> =
        SCHEMA.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}\n{text}", faults.join("\n"));
    log
}

fn compiled(name: &str, text: &str) -> Compilation {
    compile(Source::new(name, text), &NoFiles, &Options::default())
}

fn log(name: &str, text: &str) -> Value {
    let compilation = compiled(name, text);
    let mut log = Log::default();
    log.add(&compilation.diagnostics, &compilation.allowances, &compilation.sources);
    checked(&log.render())
}

/// The run of a log.
fn run(log: &Value) -> &Value {
    assert_eq!(log["runs"].as_array().map(Vec::len), Some(1));
    &log["runs"][0]
}

fn results(log: &Value) -> &Vec<Value> {
    run(log)["results"].as_array().expect("results")
}

/// The fingerprints of a text's findings.
fn fingerprints(text: &str) -> Vec<String> {
    let log = log("a.policy", text);
    let of = |result: &Value| result["partialFingerprints"]["candorFinding/v1"].as_str().expect("one").to_owned();
    results(&log).iter().map(of).collect()
}

#[test]
fn a_log_says_what_was_found() {
    let text = format!("{HEADER}we use name for \"sending news\";\nwe collect zzz;\n");
    let log = log("site/a.policy", &text);
    assert_eq!((&log["version"], &run(&log)["columnKind"]), (&json!("2.1.0"), &json!("utf16CodeUnits")));
    let driver = &run(&log)["tool"]["driver"];
    assert_eq!((&driver["name"], &driver["version"]), (&json!("candor"), &json!(env!("CARGO_PKG_VERSION"))));
    assert_eq!(run(&log)["invocations"][0]["executionSuccessful"], true);
    let [purpose, name] = results(&log).as_slice() else { panic!("{log}") };
    assert_eq!((&purpose["ruleId"], &purpose["level"]), (&json!("label-purpose"), &json!("warning")));
    assert_eq!((&name["ruleId"], &name["level"]), (&json!("unknown-name"), &json!("error")));
    let place = &purpose["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"], json!({ "uri": "site/a.policy" }));
    assert_eq!(place["region"], json!({ "startLine": 4, "startColumn": 17, "endLine": 4, "endColumn": 31 }));
    assert_eq!(purpose["locations"][0]["message"]["text"], "not a base verb phrase");
    let said = purpose["message"]["text"].as_str().expect("a message");
    assert!(said.starts_with("the purpose reads as \"in order to sending news\"\nhelp: begin with"), "{said}");
    for result in results(&log) {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        let rule = &driver["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
        for part in ["shortDescription", "fullDescription", "help"] {
            assert!(rule[part]["text"].as_str().is_some_and(|text| !text.is_empty()), "{part}");
        }
    }
    assert_eq!(driver["rules"].as_array().map(Vec::len), Some(2), "only what occurs");
}

#[test]
fn a_log_without_findings_is_one_too() {
    let log = log("a.policy", &format!("{HEADER}we collect name;\n"));
    assert_eq!((results(&log).len(), &run(&log)["tool"]["driver"]["rules"]), (0, &json!([])));
}

#[test]
fn every_finding_can_be_logged() {
    for code in candor::codes::all() {
        let log = log("a.policy", &code.bad);
        let is_there = results(&log).iter().any(|result| result["ruleId"] == json!(code.name));
        assert_eq!(is_there, !code.bad.is_empty(), "{}", code.name);
    }
}

#[test]
fn columns_are_counted_as_the_standard_counts() {
    // Outside the plane of most characters one counts as two, and a byte order mark does not count.
    let region = |text: &str| {
        let log = log("a.policy", text);
        let found = results(&log).iter().find(|result| result["ruleId"] == "unknown-name").expect("it is found");
        found["locations"][0]["physicalLocation"]["region"].clone()
    };
    let plain = region("we collect name (for \"a b\"), zzz;\n");
    let other = region("we collect name (for \"é 𝒳\"), zzz;\n");
    assert_eq!(plain, json!({ "startLine": 1, "startColumn": 30, "endLine": 1, "endColumn": 33 }));
    assert_eq!(other, json!({ "startLine": 1, "startColumn": 31, "endLine": 1, "endColumn": 34 }));
    assert_eq!(region("\u{FEFF}we collect name (for \"a b\"), zzz;\n"), plain);
    let below = region("\u{FEFF}# é\r\nwe collect zzz;\r\n");
    assert_eq!(below, json!({ "startLine": 2, "startColumn": 12, "endLine": 2, "endColumn": 15 }));
}

#[test]
fn names_become_addresses() {
    let uri = |name: &str, base: Option<&str>| {
        let compilation = compiled(name, "we collect zzz;");
        let mut log = Log::new(base.map(str::to_owned));
        log.add(&compilation.diagnostics, &[], &compilation.sources);
        let log = checked(&log.render());
        results(&log)[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone()
    };
    assert_eq!(uri("site/über uns #1%.policy", None), "site/%C3%BCber%20uns%20%231%25.policy");
    assert_eq!(uri("./site/../a.policy", None), "site/../a.policy");
    assert_eq!(uri("a:b.policy", None), "a%3Ab.policy");
    assert_eq!(uri("/home/me/site/a b.policy", Some("/home/me")), "site/a%20b.policy");
    assert_eq!(uri("/home/me/a.policy", Some("/home/me/")), "a.policy");
    if cfg!(unix) {
        assert_eq!(uri("/home/others/a.policy", Some("/home/o")), "file:///home/others/a.policy");
        assert_eq!(uri("a\\b.policy", None), "a%5Cb.policy");
    }
    if cfg!(windows) {
        assert_eq!(uri("C:\\site\\a.policy", Some("C:\\")), "site/a.policy");
        assert_eq!(uri("C:\\site\\a.policy", Some("D:\\")), "file:///C%3A/site/a.policy");
    }
}

#[test]
fn fingerprints_survive_moved_lines() {
    let text = format!("{HEADER}we use name for \"sending news\";\n");
    let first = fingerprints(&text);
    assert_eq!(first.len(), 1);
    assert_eq!(fingerprints(&text.replace("we use name", "\n# more\n\n    we use  name")), first);
    assert_eq!(fingerprints(&text.replace("we use name", "we use email-address")), first);
    // What is said of other words is another finding, and so is the same once more.
    assert_ne!(fingerprints(&text.replace("sending news", "sending ads")), first);
    let twice = fingerprints(&format!("{text}we use email-address for \"sending news\";\n"));
    assert_eq!((twice.len(), &twice[0]), (2, &first[0]));
    assert_ne!(twice[0], twice[1]);
    // Accepting a finding does not make another of it.
    let accepted = format!("{HEADER}allow label-purpose because \"so\" {{ we use name for \"sending news\"; }}\n");
    assert_eq!(fingerprints(&accepted), first);
}

#[test]
fn what_several_policies_bring_in_is_logged_once() {
    struct Library;
    impl Loader for Library {
        fn load(&self, _from: &str, path: &str) -> Result<Source, String> {
            let text = "purpose news \"sending news\";\npurpose more \"sending news\";\n";
            Ok(Source::new(path, text))
        }
    }
    let mut log = Log::default();
    for name in ["a.policy", "b.policy"] {
        let text = format!("{HEADER}use \"library.policy\";\nwe use name for news, more;\nwe collect zzz;\n");
        let compilation = compile(Source::new(name, text), &Library, &Options::default());
        log.add(&compilation.diagnostics, &compilation.allowances, &compilation.sources);
    }
    let log = checked(&log.render());
    let place = |result: &Value| {
        let place = &result["locations"][0]["physicalLocation"];
        format!("{} {}", place["artifactLocation"]["uri"], place["region"]["startLine"])
    };
    let places: Vec<String> = results(&log).iter().map(place).collect();
    assert_eq!(places, ["\"a.policy\" 6", "\"library.policy\" 1", "\"library.policy\" 2", "\"b.policy\" 6"]);
}

#[test]
fn what_is_accepted_is_suppressed_with_its_reason() {
    let text =
        format!("{HEADER}allow label-purpose because \"the words of 2016\";\nwe use name for \"sending news\";\n");
    let log = log("a.policy", &text);
    let [result] = results(&log).as_slice() else { panic!("{log}") };
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("label-purpose"), &json!("warning")));
    let [suppression] = result["suppressions"].as_array().expect("suppressions").as_slice() else { panic!("{log}") };
    assert_eq!((&suppression["kind"], &suppression["status"]), (&json!("inSource"), &json!("accepted")));
    assert_eq!(suppression["justification"], "the words of 2016");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 4);
    // What is only set lower is still there, at its new level.
    let warned =
        self::log("a.policy", &format!("{HEADER}warn unused-noun;\ndata shoe \"shoe size\";\nwe collect name;\n"));
    assert_eq!(results(&warned)[0]["suppressions"], Value::Null);
}

#[test]
fn a_finding_of_several_laws_names_them_and_words_stay_words() {
    let mut sources = Sources::default();
    sources.add(Source::new("a.policy", "one\ntwo\n"));
    let span = |start, end| Span { file: FileId(0), start, end };
    let mut finding = Diagnostic::new(&NOTHING_TO_PUBLISH, span(0, 3), "`{a}` [b](1) \\ \u{202E}", "here")
        .and(span(4, 7), "and here");
    finding.also.push(Also {
        code: Cow::Borrowed(&NOTHING_TO_PUBLISH),
        level: Level::Note,
        words: "LGPD Art 9 I".to_owned(),
        message: "LGPD asks".to_owned(),
    });
    let mut log = Log::default();
    log.add(&[finding], &[], &sources);
    let log = checked(&log.render());
    let result = &results(&log)[0];
    assert_eq!(result["message"]["text"], "`{{a}}` \\[b\\](1) \\\\ \u{FFFD}");
    assert_eq!(result["properties"], json!({ "also": ["nothing-to-publish"] }));
    let related = &result["relatedLocations"][0];
    assert_eq!((&related["message"]["text"], &result["relatedLocations"][1]), (&json!("and here"), &Value::Null));
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
}

#[test]
fn the_command_writes_one_log_for_all_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("a b.policy", &format!("{HEADER}we use name for \"sending news\";\nparty unused \"An unused party\";\n"));
    write("c.policy", &format!("{HEADER}we collect zzz;\n"));
    let run_with = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.current_dir(folder.path()).args(arguments).stdin(Stdio::null());
        let output = command.output().expect("the command runs");
        (output.status.code(), checked(&String::from_utf8(output.stderr).expect("text")))
    };
    let absolute = folder.path().canonicalize().expect("a path").join("c.policy");
    let absolute = absolute.to_str().expect("a path in text");
    let (status, log) =
        run_with(&["check", "--message-format", "sarif", "--allow", "unused-noun", "a b.policy", absolute]);
    assert_eq!(status, Some(1));
    let uris: Vec<&Value> = results(&log)
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
        .collect();
    assert_eq!(uris, ["a%20b.policy", "a%20b.policy", "c.policy"]);
    let unused = results(&log).iter().find(|result| result["ruleId"] == "unused-noun").expect("it is there");
    assert_eq!(unused["suppressions"], json!([{ "kind": "external", "status": "accepted" }]));

    let (status, log) = run_with(&["build", "--message-format", "sarif", "missing.policy", "a b.policy"]);
    assert_eq!(status, Some(2));
    let invocation = &run(&log)["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let said = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(said, "cannot read missing.policy: it does not exist");
    assert!(folder.path().join("a b.html").exists());

    let (status, log) = run_with(&["check", "--message-format", "sarif", "--allow", "nonsense", "c.policy"]);
    assert_eq!((status, results(&log).len()), (Some(2), 0));
}
