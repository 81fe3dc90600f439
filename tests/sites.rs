//! The sites of `tests/sites` are built the way their recipes say, with the generators themselves, and a browser reads
//! the pages: title and sentences as the policy says them, every link to where it leads.
//!
//! A generator that is not installed is said to be missing; with `CANDOR_SITES=required` in the environment that is a
//! failure. `tests/sites/install` brings them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use candor::document::{Document, plain_spans};
use candor::{Format, Published};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A generator and its site.
struct Site {
    /// The name of the folder, and of the flavour.
    name: &'static str,
    /// Where Markdown stands in the site.
    content: &'static str,
    /// What `candor build` is asked besides.
    arguments: &'static [&'static str],
    /// The program with its arguments, in the folder of the site.
    program: PathBuf,
    build: &'static [&'static str],
    /// The page of a document, by the stem of its file.
    page: fn(&str) -> String,
}

fn sites() -> [Site; 3] {
    [
        Site {
            name: "mdbook",
            content: "src",
            arguments: &[],
            program: root().join("target/sites/bin/mdbook"),
            build: &["build"],
            page: |stem| format!("book/{stem}.html"),
        },
        Site {
            name: "eleventy",
            content: ".",
            arguments: &["--fragment", "--front-matter-key", "layout=page.liquid"],
            program: root().join("tests/sites/eleventy/node_modules/.bin/eleventy"),
            build: &["--quiet"],
            page: |stem| format!("_site/{stem}/index.html"),
        },
        Site {
            name: "hugo",
            content: "content",
            arguments: &["--fragment"],
            program: "hugo".into(),
            build: &["--quiet"],
            page: |stem| format!("public/{stem}/index.html"),
        },
    ]
}

fn run(program: &Path, arguments: &[&str], folder: &Path) -> Result<String, String> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    let output = command.output().map_err(|error| format!("{}: {error}", program.display()))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(format!("{} failed:\n{}{}", program.display(), text(&output.stdout), text(&output.stderr)))
    }
}

/// Copies a folder, without what a package manager put there.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()? {
            _ if entry.file_name() == "node_modules" => {}
            kind if kind.is_dir() => copy(&entry.path(), &target)?,
            _ => {
                fs::copy(entry.path(), target)?;
            }
        }
    }
    Ok(())
}

fn chromium() -> PathBuf {
    std::env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from)
}

/// A page as a browser has it once it is loaded.
fn loaded(page: &Path, folder: &Path) -> Result<String, String> {
    let profile = folder.join("profile");
    let (profile, page) = (format!("--user-data-dir={}", profile.display()), format!("file://{}", page.display()));
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        &profile,
        "--dump-dom",
        &page,
    ];
    run(&chromium(), &arguments, folder)
}

/// What a page says, with its white space as a browser shows it, its ids and its links.
#[derive(Default)]
struct Read {
    title: String,
    words: String,
    ids: Vec<String>,
    links: Vec<String>,
}

fn read(html: &str) -> Read {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{Handle, NodeData, RcDom};

    fn walk(node: &Handle, in_title: bool, read: &mut Read) {
        let mut in_title = in_title;
        match &node.data {
            NodeData::Text { contents } => {
                if in_title { &mut read.title } else { &mut read.words }.push_str(&contents.borrow());
            }
            NodeData::Element { name, attrs, .. } => {
                if matches!(&*name.local, "script" | "style") {
                    return;
                }
                in_title = &*name.local == "title";
                for attribute in attrs.borrow().iter() {
                    match &*attribute.name.local {
                        "id" => read.ids.push(attribute.value.to_string()),
                        "href" if &*name.local == "a" => read.links.push(attribute.value.to_string()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
        for child in node.children.borrow().iter() {
            walk(child, in_title, read);
        }
    }

    let mut found = Read::default();
    let page = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
    walk(&page.document, false, &mut found);
    found.words = one_line(&found.words);
    found
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of a document.
fn sentences(document: &Document) -> Vec<String> {
    let mut sentences = Vec::new();
    document.each_span(&mut |span| sentences.push(one_line(&plain_spans(std::slice::from_ref(span)))));
    sentences
}

/// Builds one site and reads its pages.
fn build(site: &Site) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let folder = tempfile::tempdir().map_err(failed)?;
    let sources = root().join("tests/sites");
    copy(&sources.join(site.name), folder.path()).map_err(failed)?;
    let policy = folder.path().join("privacy.policy");
    fs::copy(sources.join("privacy.policy"), &policy).map_err(failed)?;
    let candor = Path::new(env!("CARGO_BIN_EXE_candor"));
    let content = folder.path().join(site.content).display().to_string();
    let mut arguments = vec!["build", "--format", "md", "--flavour", site.name, "--out", &content];
    arguments.extend(site.arguments);
    run(candor, &[&arguments[..], &["privacy.policy"]].concat(), folder.path())?;
    run(candor, &["build", "--format", "json", "--out", "data", "privacy.policy"], folder.path())?;
    run(&site.program, site.build, folder.path())?;

    let json = fs::read_to_string(folder.path().join("data/privacy.json")).map_err(failed)?;
    let published = Published::from_json(&json).map_err(|error| error.to_string())?;
    assert_eq!(published.render(Format::Json), json);
    let mut pages = Vec::new();
    for document in &published.documents {
        let stem = format!("privacy{}", candor::document::file_suffix(&document.name));
        let path = folder.path().join((site.page)(&stem));
        let page = read(&loaded(&path, folder.path())?);
        pages.push((document, path, page));
    }
    let mut faults = Vec::new();
    for (document, path, page) in &pages {
        let mut miss = |what: String| faults.push(format!("{} of {}: {what}", document.name, site.name));
        let title = plain_spans(&document.title);
        if !page.title.contains(&title) && site.name != "mdbook" {
            miss(format!("its title is {:?} and not {title:?}", page.title));
        }
        for sentence in sentences(document) {
            if !page.words.contains(&sentence) {
                miss(format!("{sentence:?} is not in it:\n{}", page.words));
            }
        }
        let mut across = 0;
        for link in page.links.iter().filter(|link| link.starts_with('#') || link.contains("privacy")) {
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = match file.strip_prefix('/') {
                Some(file) => path.parent().and_then(Path::parent).map(|root| root.join(file)),
                None if file.is_empty() => Some(path.clone()),
                None => path.parent().map(|parent| parent.join(file)),
            };
            let target = target.map(|target| if target.is_dir() { target.join("index.html") } else { target });
            let target = target.and_then(|target| fs::canonicalize(target).ok());
            let other = pages.iter().find(|(_, path, _)| fs::canonicalize(path).ok() == target);
            across += usize::from(!file.is_empty() && other.is_some());
            let leads = other.is_some_and(|(.., page)| place.is_empty() || page.ids.iter().any(|id| id == place));
            // A generator may lead from its own navigation to pages that are no documents.
            if target.is_none() || (other.is_some() && !leads) {
                miss(format!("the link {link} leads nowhere"));
            }
        }
        if document.name == "short" && across == 0 {
            miss("no link of it leads to the full policy".to_owned());
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

/// Whether a program can be run.
fn is_there(program: &Path) -> bool {
    let version = if program.ends_with("hugo") { "version" } else { "--version" };
    let mut command = Command::new(program);
    command.arg(version).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn main() -> ExitCode {
    let is_required = std::env::var("CANDOR_SITES").is_ok_and(|value| value == "required");
    let mut has_failed = false;
    for site in sites() {
        if let Some(missing) = [site.program.clone(), chromium()].iter().find(|program| !is_there(program)) {
            println!(
                "NOT BUILT: {}, because {} is not installed; tests/sites/install brings it",
                site.name,
                missing.display()
            );
            has_failed |= is_required;
            continue;
        }
        match build(&site) {
            Ok(()) => println!("{}: every sentence and every link came through", site.name),
            Err(faults) => {
                println!("{}: FAILED\n{faults}", site.name);
                has_failed = true;
            }
        }
    }
    if has_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
