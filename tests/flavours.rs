//! Markdown for each tool says what the HTML says, read the way the tool reads it.

#[path = "support/agree.rs"]
mod agree;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/normalise.rs"]
mod normalise;
#[path = "support/policies.rs"]
mod policies;

use candor::document::{Document, file_suffix};
use candor::render::{Files, Flavour, FrontMatter, FrontMatterLanguage, Page, html, markdown};
use candor::{Format, Published};
use normalise::normalise;
use pulldown_cmark::Options;
use rayon::prelude::*;

/// What a tool makes of Markdown besides what CommonMark says: everything that any of them knows, and quotes and ids
/// of headings where the flavour is for such a tool.
fn dialect(flavour: Flavour) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_MATH
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_GFM;
    if matches!(flavour.name, "hugo" | "zola" | "jekyll" | "mdbook") {
        options |= Options::ENABLE_SMART_PUNCTUATION;
    }
    if matches!(flavour.name, "hugo" | "zola" | "jekyll" | "docusaurus" | "mdbook") {
        options |= Options::ENABLE_HEADING_ATTRIBUTES;
    }
    options
}

fn page(flavour: Flavour) -> Page<'static> {
    Page { flavour, ..Page::from(agree::FILES) }
}

/// The address of a document in Markdown of a flavour and in HTML, up to the place in it.
fn addresses(flavour: Flavour, document: &Document) -> [String; 2] {
    let suffix = file_suffix(&document.name);
    let encoded = format!("{}{suffix}", agree::ENCODED_STEM);
    let written = match flavour.name {
        "hugo" => format!("]({{{{< relref \"{}{suffix}.md", agree::FILES.stem.replace('"', "\\\"")),
        "zola" | "eleventy" | "astro" => format!("](../{encoded}/"),
        "jekyll" => format!("]({encoded}.html"),
        _ => format!("]({encoded}.md"),
    };
    [written, format!("]({encoded}.html")]
}

/// Markdown with its links as HTML has them; nothing else in it may differ.
fn undone(text: &str, flavour: Flavour, published: &Published) -> String {
    let text = published.documents.iter().fold(text.to_owned(), |text, document| {
        let [written, read] = addresses(flavour, document);
        text.replace(&written, &read)
    });
    if flavour.name == "hugo" { text.replace("\" >}})", ")") } else { text }
}

fn faults_of(published: &Published) -> Vec<String> {
    let mut faults = Vec::new();
    for document in &published.documents {
        let right = normalise(&html::body(document, agree::FILES));
        for flavour in Flavour::ALL {
            faults.extend(faults_in(document, flavour, published, &right));
        }
    }
    faults
}

fn faults_in(document: &Document, flavour: Flavour, published: &Published, right: &[normalise::Block]) -> Vec<String> {
    let mut faults = Vec::new();
    let body = undone(&markdown::body(document, page(flavour)), flavour, published);
    // What a template language looks for must be nowhere in it.
    for mark in ["{{", "{%", "\n:::"] {
        if body.contains(mark) {
            faults.push(format!("{}: it holds {mark}", flavour.name));
        }
    }
    if body.lines().any(|line| line.starts_with("import ") || line.starts_with("export ")) {
        faults.push(format!("{}: a line of it is a program", flavour.name));
    }
    let mut read = String::new();
    pulldown_cmark::html::push_html(&mut read, pulldown_cmark::Parser::new_ext(&body, dialect(flavour)));
    let left = normalise(&read);
    if left != right {
        let at = left.iter().zip(right).take_while(|(left, right)| left == right).count();
        faults.push(format!("{}, {}:\n  {:?}\n  {:?}", flavour.name, document.name, left.get(at), right.get(at)));
    }
    faults
}

#[test]
fn every_policy_agrees_in_every_flavour() {
    let all = policies::all();
    let faults: Vec<String> = all
        .par_iter()
        .flat_map_iter(|(path, text)| {
            let published = policies::compile_file(path, text).published;
            published.iter().flat_map(faults_of).map(|fault| format!("{}: {fault}", path.display())).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// One place for each way a flavour writes words.
const PLACES: [&str; 5] = ["title", "section title", "data", "definition", "code"];

/// What the tools look for, besides what the other tests hold already.
const LABELS: [&str; 16] = [
    "import x from 'y'",
    "export const a = 1",
    "{expression}",
    "{#id}",
    "x {#id .class}",
    ":::note",
    "::: tip",
    ": term",
    "[[wiki]] #tag @mention",
    "{{#include file.md}}",
    "{{ page.title }} {% raw %} {{< x >}} {{% x %}} {# x #}",
    "it's \"quoted\" -- 'and' --- dashed ... (c) 1/2 <<x>>",
    "'",
    "--",
    "...",
    "> [!NOTE]",
];

#[test]
fn hostile_labels_survive_in_every_flavour() {
    let labels: Vec<&str> = LABELS.iter().chain(hostile::LABELS).copied().collect();
    let places: Vec<_> = hostile::PLACES.iter().filter(|(name, _)| PLACES.contains(name)).collect();
    assert_eq!(places.len(), PLACES.len());
    let faults: Vec<String> = places
        .par_iter()
        .flat_map(|(name, place)| {
            labels.par_iter().flat_map_iter(move |label| {
                let published = policies::compile_text(&hostile::policy(place, label)).published;
                published
                    .iter()
                    .flat_map(faults_of)
                    .map(|fault| format!("{name}, {label:?}: {fault}"))
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

const POLICY: &str = r#"policy "Policy" { we are acme; you are user; updated 2026-02-01; }
party acme "Acme"; people user "our users";
document short "Short notice" is short-notice;
section data "What we collect" { we collect name from you; }
"#;

fn rendered(flavour: Flavour, front_matter: Option<FrontMatterLanguage>) -> String {
    let published = policies::compile_text(POLICY).published.expect("it is valid");
    let keys = [("template".to_owned(), "legal.html".to_owned()), ("menu".to_owned(), "foot".to_owned())];
    let front_matter = front_matter.map(|language| FrontMatter { language, keys: &keys });
    let page = Page { flavour, front_matter, ..Page::from(Files { stem: "a b" }) };
    published.render_document(published.document("short").expect("it is declared"), Format::Markdown, page)
}

#[test]
fn front_matter_has_the_shape_of_the_tool() {
    let find = |name| Flavour::find(name).expect("the flavour is there");
    let begins = |name, language, matter: &str| {
        let text = rendered(find(name), Some(language));
        let (_, hash) = text.split_once("content_hash").expect("the hash is there");
        let hash = hash.split('"').nth(1).expect("it is a text");
        assert!(text.replace(hash, "HASH").starts_with(matter), "{name}:\n{text}");
    };
    let (yaml, toml) = (FrontMatterLanguage::Yaml, FrontMatterLanguage::Toml);
    begins(
        "zola",
        toml,
        "+++\ntitle = \"Short notice\"\ndate = 2026-02-01\ntemplate = \"legal.html\"\n[extra]\nlanguage = \"en-US\"\n\
         content_hash = \"HASH\"\nmenu = \"foot\"\n+++\n\n# ",
    );
    begins(
        "zola",
        yaml,
        "---\ntitle: \"Short notice\"\ndate: 2026-02-01\ntemplate: \"legal.html\"\nextra:\n  language: \"en-US\"\n  \
         content_hash: \"HASH\"\n  menu: \"foot\"\n---\n\n# ",
    );
    begins(
        "docusaurus",
        yaml,
        "---\ntitle: \"Short notice\"\ndate: 2026-02-01\nlanguage: \"en-US\"\ncontent_hash: \"HASH\"\ntemplate: \"legal.html\"\n\
         menu: \"foot\"\nmdx: {\"format\": \"md\"}\n---\n\n# ",
    );
    assert!(rendered(find("mdbook"), find("mdbook").front_matter).starts_with("# "));
}

#[test]
fn links_between_documents_are_those_of_the_tool() {
    for (name, link) in [
        ("plain", "(a%20b.md)"),
        ("hugo", "({{< relref \"a b.md\" >}})"),
        ("zola", "(../a%20b/)"),
        ("jekyll", "(a%20b.html)"),
        ("eleventy", "(../a%20b/)"),
        ("astro", "(../a%20b/)"),
        ("docusaurus", "(a%20b.md)"),
        ("mdbook", "(a%20b.md)"),
    ] {
        let text = rendered(Flavour::find(name).expect("the flavour is there"), None);
        assert!(text.contains(link), "{name}:\n{text}");
    }
}
