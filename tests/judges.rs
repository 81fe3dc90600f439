//! Judges from outside read every page that we write: the Nu Html Checker, html-validate, and Chromium with axe.
//!
//! `tests/judges/install` installs them. A judge that is not installed is left out, and said so; with
//! `CANDOR_JUDGES=required` in the environment that is a failure. Each judge also reads the pages of
//! `tests/judges/faults`, and has to find what is said in each of them: `<!-- JUDGE: RULE AND WORDS -->`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

/// The policy that is written in every shape.
const WRENBOOK: &str = "examples/wrenbook.policy";

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judges");

/// One who reads pages and says what is wrong with them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judge {
    /// The Nu Html Checker of the W3C.
    Vnu,
    HtmlValidate,
    /// Chromium, with axe and our own questions.
    Chromium,
}

/// What a judge found.
struct Finding {
    path: PathBuf,
    /// The rule and the words.
    said: String,
    place: String,
}

/// The pages to judge.
struct Pages {
    ours: Vec<PathBuf>,
    faulty: Vec<PathBuf>,
}

impl Judge {
    const ALL: [Judge; 3] = [Judge::Vnu, Judge::HtmlValidate, Judge::Chromium];

    fn name(self) -> &'static str {
        match self {
            Judge::Vnu => "vnu",
            Judge::HtmlValidate => "html-validate",
            Judge::Chromium => "chromium",
        }
    }

    /// What the judge cannot run without, and is not here.
    fn missing(self) -> Vec<String> {
        let package = |name: &str| Path::new(FOLDER).join("node_modules").join(name);
        let (programs, packages): (&[PathBuf], &[&str]) = match self {
            Judge::Vnu => (&["java".into()], &["vnu-jar"]),
            Judge::HtmlValidate => (&[node()], &["html-validate"]),
            Judge::Chromium => (&[node(), chromium()], &["puppeteer-core", "axe-core"]),
        };
        let programs = programs.iter().filter(|program| !runs(program)).map(|program| program.display().to_string());
        let packages = packages.iter().filter(|name| !package(name).is_dir()).map(|name| (*name).to_owned());
        programs.chain(packages).collect()
    }

    /// What the judge says of the pages.
    fn findings(self, pages: &[PathBuf]) -> Result<Vec<Finding>, Failed> {
        let script = |name: &str| {
            let mut command = Command::new(node());
            command.arg(Path::new(FOLDER).join(name));
            run(&mut command, pages)
        };
        match self {
            Judge::Vnu => {
                let jar = Path::new(FOLDER).join("node_modules/vnu-jar/build/dist/vnu.jar");
                let mut command = Command::new("java");
                command.arg("-jar").arg(jar).args(["--stdout", "--exit-zero-always", "--format", "json"]).args(pages);
                let said: Value = serde_json::from_str(&run(&mut command, &[])?)?;
                let messages = said["messages"].as_array().ok_or("the checker gave no list of messages")?;
                Ok(messages.iter().map(of_vnu).collect())
            }
            Judge::HtmlValidate => of_lines(&script("html-validate.mjs")?),
            Judge::Chromium => of_lines(&script("browser.mjs")?),
        }
    }
}

/// The Node.js to run with: one that was installed beside the judges, or that of the machine.
fn node() -> PathBuf {
    let beside = ["x64", "arm64"].map(|platform| format!("{FOLDER}/node_modules/node-linux-{platform}/bin/node"));
    beside.into_iter().map(PathBuf::from).find(|path| path.is_file()).unwrap_or_else(|| "node".into())
}

fn chromium() -> PathBuf {
    std::env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from)
}

fn runs(program: &Path) -> bool {
    let version = if program.ends_with("java") { "-version" } else { "--version" };
    let status = Command::new(program).arg(version).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

/// Runs a command with the paths as its input, one in a line, and gives what it printed.
fn run(command: &mut Command, pages: &[PathBuf]) -> Result<String, Failed> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let input = pages.iter().fold(String::new(), |mut input, page| {
        let _ = writeln!(input, "{}", page.display());
        input
    });
    child.stdin.take().ok_or("no standard input")?.write_all(input.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("{command:?} failed:\n{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn of_vnu(message: &Value) -> Finding {
    Finding {
        path: text(message, "url").trim_start_matches("file:").into(),
        said: format!("{} {}", text(message, "type"), text(message, "message")),
        place: format!("line {}, {}", message["lastLine"], text(message, "extract")),
    }
}

fn of_lines(lines: &str) -> Result<Vec<Finding>, Failed> {
    let finding = |line: &str| -> Result<Finding, Failed> {
        let value: Value = serde_json::from_str(line)?;
        Ok(Finding {
            path: text(&value, "path").into(),
            said: format!("{} {}", text(&value, "rule"), text(&value, "words")),
            place: text(&value, "place"),
        })
    };
    lines.lines().map(finding).collect()
}

/// No finding in our pages, and in each faulty one the finding that it asks for.
fn judge(judge: Judge, pages: &Pages) -> Result<(), Failed> {
    let missing = judge.missing();
    if !missing.is_empty() {
        return Err(format!("not installed: {}; run tests/judges/install", missing.join(", ")).into());
    }
    let all: Vec<PathBuf> = pages.ours.iter().chain(&pages.faulty).cloned().collect();
    let mut of_page: BTreeMap<PathBuf, Vec<Finding>> = BTreeMap::new();
    for finding in judge.findings(&all)? {
        of_page.entry(finding.path.clone()).or_default().push(finding);
    }
    let mut faults = String::new();
    for page in &pages.faulty {
        let found = of_page.remove(page).unwrap_or_default();
        for expected in expected(judge, page)? {
            if !found.iter().any(|finding| finding.said.contains(&expected)) {
                let _ = writeln!(faults, "{}: `{expected}` was not found", page.display());
            }
        }
    }
    for finding in of_page.values().flatten() {
        let _ = writeln!(faults, "{}: {} ({})", finding.path.display(), finding.said, finding.place);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// What a judge has to find in a faulty page.
fn expected(judge: Judge, page: &Path) -> Result<Vec<String>, Failed> {
    let start = format!("<!-- {}: ", judge.name());
    let text = std::fs::read_to_string(page)?;
    Ok(text.lines().filter_map(|line| line.strip_prefix(&start)?.strip_suffix(" -->")).map(str::to_owned).collect())
}

/// Runs the command and gives what it printed.
fn candor(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the command runs");
    assert!(output.status.success(), "candor {arguments:?}:\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the command prints text")
}

/// The files of a folder with this extension, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("there is such a folder");
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    found.sort();
    found
}

/// Everything that we write, in every shape, each page with the content security policy that it is served with.
fn write_pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges");
    let _ = std::fs::remove_dir_all(&root);
    let folder = |name: &str| root.join(name).display().to_string();
    let all = folder("all");
    let mut policies = files(Path::new("examples"), "policy");
    policies.extend(files(Path::new("tests/judges/policies"), "policy"));
    for policy in &policies {
        let text = std::fs::read_to_string(policy).expect("a policy can be read");
        if !text.lines().any(|line| line.starts_with("policy ")) {
            continue;
        }
        let path = policy.display().to_string();
        let mut arguments = vec!["build", &path, "--format", "html", "--out", &all];
        let stem = policy.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let values = format!("examples/{stem}-north.values");
        if Path::new(&values).is_file() {
            arguments.extend(["--values", &values]);
        }
        candor(&arguments);
    }
    let shape = |name: &str, policy: &str, arguments: &[&str]| {
        let folder = folder(name);
        let mut whole = vec!["build", policy, "--format", "html", "--out", &folder];
        whole.extend(arguments);
        candor(&whole);
        PathBuf::from(folder)
    };
    shape("record", "examples/strideway.policy", &["--document", "record"]);
    shape("prefix", WRENBOOK, &["--class-prefix", "acme-"]);
    let beside = shape("stylesheet", WRENBOOK, &["--stylesheet", "policy.css"]);
    std::fs::write(beside.join("policy.css"), candor(&["style"])).expect("the stylesheet is written");
    let fragments = shape("fragment", WRENBOOK, &["--fragment", "--heading-offset", "1", "--class-prefix", "acme-"]);
    for page in files(&fragments, "html") {
        let fragment = std::fs::read_to_string(&page).expect("a fragment can be read");
        std::fs::write(&page, host(&fragment)).expect("a page is written");
    }
    let mirrored = shape("right-to-left", WRENBOOK, &[]);
    for page in files(&mirrored, "html") {
        let text = std::fs::read_to_string(&page).expect("a page can be read");
        let turned = text.replace("<html lang=\"en-US\" dir=\"ltr\">", "<html lang=\"en-US\" dir=\"rtl\">");
        assert_ne!(turned, text, "the page says its direction");
        std::fs::write(&page, turned).expect("a page is written");
    }
    let mut pages = Vec::new();
    for folder in std::fs::read_dir(&root).expect("there are folders").flatten() {
        let policy = match folder.file_name().to_str() {
            Some("stylesheet") => "default-src 'none'; style-src 'self'".to_owned(),
            Some("prefix" | "fragment") => candor(&["style", "--csp", "--class-prefix", "acme-"]),
            _ => candor(&["style", "--csp"]),
        };
        for page in files(&folder.path(), "html") {
            std::fs::write(page.with_extension("csp"), &policy).expect("the policy is written");
            pages.push(page);
        }
    }
    pages.sort();
    assert!(pages.len() > 40, "there are {} pages", pages.len());
    pages
}

/// A page of a site with a fragment in it.
fn host(fragment: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Acme</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <style>\n{}</style>\n</head>\n<body>\n<main>\n<h1>Acme</h1>\n{fragment}</main>\n</body>\n</html>\n",
        candor(&["style", "--class-prefix", "acme-"])
    )
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let is_required = std::env::var("CANDOR_JUDGES").is_ok_and(|value| value == "required");
    let mut trials = Vec::new();
    // Pages are written only if somebody reads them.
    let mut pages: Option<Arc<Pages>> = None;
    for one in Judge::ALL {
        let missing = one.missing();
        let is_left_out = !missing.is_empty() && !is_required;
        if is_left_out {
            eprintln!(
                "JUDGE LEFT OUT: {} reads no page; not installed: {}; run tests/judges/install",
                one.name(),
                missing.join(", ")
            );
        }
        let pages = if is_left_out || arguments.list {
            Arc::new(Pages { ours: Vec::new(), faulty: Vec::new() })
        } else {
            let write = || Pages { ours: write_pages(), faulty: files(&Path::new(FOLDER).join("faults"), "html") };
            Arc::clone(pages.get_or_insert_with(|| Arc::new(write())))
        };
        trials.push(Trial::test(one.name(), move || judge(one, &pages)).with_ignored_flag(is_left_out));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}
