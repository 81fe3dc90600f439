//! How pages are written for a site: alone or in a page of its own, with front matter, under a strict policy for content.

#[path = "support/normalise.rs"]
mod normalise;
#[path = "support/policies.rs"]
mod policies;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::LazyLock;

use candor::document::Document;
use candor::render::{Files, FrontMatter, FrontMatterLanguage, Page, Templates, html};
use candor::{Format, NoFiles, Options, Published, Source, compile};
use rayon::prelude::*;
use serde_json::Value;

/// A policy whose title would break out of everything that it stands in.
const HOSTILE: &str = r#"policy "</script><b>\"Acme\"</b> --- +++ ]]> & `x` {y} %" { we are acme; you are user; updated 2031-02-01; }
party acme "Acme"; people user "our users";
section data "What we collect" { we collect name from you; }
section more "Cookies" {
  tracker basket "basket cookie" { provider acme; class necessary; }
  we use basket;
}
"#;

const TITLE: &str = r#"</script><b>"Acme"</b> --- +++ ]]> & `x` {y} %"#;

fn published() -> Published {
    let compilation = compile(Source::new("hostile.policy", HOSTILE), &NoFiles, &Options::default());
    let report = compilation.report();
    compilation.published.unwrap_or_else(|| panic!("{report}"))
}

fn plain() -> Page<'static> {
    Page::from(Files::default())
}

fn rendered(format: Format, page: Page<'_>) -> String {
    let published = published();
    published.render_document(&published.documents[0], format, page)
}

/// What stands between two texts.
fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("there is no {start}"));
    rest.split_once(end).unwrap_or_else(|| panic!("there is no {end}")).0
}

#[test]
fn the_title_cannot_break_out_of_the_linked_data() {
    let page = rendered(Format::Html, plain());
    let data = between(&page, "<script type=\"application/ld+json\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(data).expect("linked data is JSON");
    assert_eq!(data["name"], TITLE);
    assert_eq!(data["@type"], "WebPage");
    assert_eq!(data["dateModified"], "2031-02-01");
    assert_eq!(page.matches("<script").count(), 1, "there is no other script");
}

#[test]
fn a_page_leads_to_its_data_and_to_the_full_policy() {
    let page = rendered(Format::Html, Page::from(Files { stem: "a b" }));
    assert!(page.contains("<link rel=\"alternate\" type=\"application/json\" href=\"a%20b.json\">"));
    assert!(page.contains("<link rel=\"privacy-policy\" href=\"#text\">"));
    let without = rendered(Format::Html, Page { has_data: false, ..plain() });
    assert!(!without.contains("rel=\"alternate\""), "nothing leads to data that are not there");
    assert!(page.contains("<html lang=\"en-US\" dir=\"ltr\">"), "{}", &page[..200]);
}

#[test]
fn a_fragment_is_the_text_alone() {
    let fragment = rendered(Format::Html, Page { is_fragment: true, heading_offset: 2, ..plain() });
    for frame in ["<html", "<head", "<style", "<script", "<nav", "<main", "<h1", "<h2"] {
        assert!(!fragment.contains(frame), "{frame} stands in a fragment");
    }
    assert!(
        fragment.starts_with("<div class=\"policy\" lang=\"en-US\" dir=\"ltr\">\n<h3 data-facts"),
        "{}",
        &fragment[..80]
    );
    assert!(fragment.contains("<h4 id=\"section-data\""));
    let markdown = rendered(Format::Markdown, Page { is_fragment: true, heading_offset: 2, ..plain() });
    assert!(!markdown.contains("Acme\"") && markdown.contains("\n#### "), "{markdown}");
}

#[test]
fn headings_end_at_the_sixth_level() {
    let page = rendered(Format::Html, Page { heading_offset: 5, ..plain() });
    assert!(page.contains("<h6 ") && !page.contains("<h7"));
    assert!(!rendered(Format::Markdown, Page { heading_offset: 5, ..plain() }).contains("#######"));
}

#[test]
fn every_class_has_the_prefix_and_a_style() {
    let page = rendered(Format::Html, Page { class_prefix: "acme-", ..plain() });
    let style = between(&page, "<style>", "</style>").to_owned();
    let classes: Vec<&str> = page.split(" class=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(classes.len() > 2, "there are classes in the page");
    for class in classes {
        assert!(class.starts_with("acme-"), "{class} has no prefix");
        assert!(style.contains(&format!(".{class}")), "{class} has no style");
    }
    for after in html::style("acme-", Templates::built_in())
        .split('.')
        .skip(1)
        .filter(|after| after.starts_with(char::is_alphabetic))
    {
        assert!(after.starts_with("acme-"), "a class of the style has no prefix: .{}", &after[..after.len().min(20)]);
    }
}

#[test]
fn a_stylesheet_of_its_own_takes_the_place_of_the_style() {
    let page = rendered(Format::Html, Page { stylesheet: Some("/a\"b.css"), ..plain() });
    assert!(page.contains("<link rel=\"stylesheet\" href=\"/a&quot;b.css\">"));
    assert!(!page.contains("<style"));
}

#[test]
fn front_matter_holds_the_title_as_it_is() {
    let keys = [("layout".to_owned(), "legal \"page\"\nx: y".to_owned())];
    for (language, fence, between_them) in
        [(FrontMatterLanguage::Yaml, "---\n", ": "), (FrontMatterLanguage::Toml, "+++\n", " = ")]
    {
        let page = Page { front_matter: Some(FrontMatter { language, keys: &keys }), ..plain() };
        let text = rendered(Format::Markdown, page);
        let matter = text.strip_prefix(fence).expect("front matter comes first");
        let (matter, rest) = matter.split_once(&format!("\n{fence}")).expect("front matter ends");
        assert!(rest.starts_with("\n# "), "the page comes behind it");
        let lines: Vec<(&str, &str)> =
            matter.lines().map(|line| line.split_once(between_them).expect("a key and a value")).collect();
        let keys: Vec<&str> = lines.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["title", "date", "language", "content_hash", "layout"]);
        let text = |index: usize| -> String { serde_json::from_str(lines[index].1).expect("a text in quotes") };
        assert_eq!(text(0), TITLE);
        assert_eq!(lines[1].1, "2031-02-01");
        assert_eq!(text(4), "legal \"page\"\nx: y");
    }
}

/// Every policy of the project that is published.
static PUBLISHED: LazyLock<Vec<(PathBuf, Published)>> = LazyLock::new(|| {
    let all = policies::all().into_par_iter();
    all.filter_map(|(path, text)| Some((path.clone(), policies::compile_file(&path, &text).published?))).collect()
});

/// What is wrong with a page of a document, as a browser reads it.
type Question = fn(&Published, &Document, &normalise::Page) -> Vec<String>;

/// Asks of every page of every policy of the project.
fn of_every_page(question: Question) {
    let faults: Vec<String> = PUBLISHED
        .par_iter()
        .flat_map_iter(|(path, published)| {
            let of_one = |document: &Document| {
                let page = normalise::Page::parse(&published.render_document(document, Format::Html, plain()));
                question(published, document, &page)
                    .into_iter()
                    .map(|fault| format!("{}, {}: {fault}", path.display(), document.name))
                    .collect::<Vec<_>>()
            };
            published.documents.iter().flat_map(of_one).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

fn has(attributes: &[(String, String)], key: &str, value: &str) -> bool {
    attributes.iter().any(|(found, of_it)| found == key && of_it == value)
}

fn value<'a>(attributes: &'a [(String, String)], key: &str) -> Option<&'a str> {
    attributes.iter().find(|(found, _)| found == key).map(|(_, value)| value.as_str())
}

#[test]
fn without_its_style_a_page_reads_as_an_outline() {
    of_every_page(|_, _, page| {
        let mut faults = Vec::new();
        let mut above = 0;
        page.each(&mut |name, _, _| {
            let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok()) else { return };
            if above == 0 && level != 1 {
                faults.push(format!("the first heading is of level {level}"));
            } else if above > 0 && level == 1 {
                faults.push("there is a second heading of the first level".to_owned());
            } else if level > above + 1 {
                faults.push(format!("a heading of level {level} follows one of level {above}"));
            }
            above = level;
        });
        if above == 0 {
            faults.push("there is no heading".to_owned());
        }
        faults
    });
}

#[test]
fn every_fact_of_a_document_stands_in_its_page_and_in_the_json() {
    of_every_page(|published, document, page| {
        let stated: BTreeSet<&str> = document.facts().into_iter().collect();
        let lists = page.values("data-facts");
        let found: BTreeSet<&str> = lists.iter().flat_map(|list| list.split(' ')).collect();
        let mut faults: Vec<String> = stated
            .symmetric_difference(&found)
            .map(|fact| format!("`{fact}` is in one of page and document"))
            .collect();
        let json = serde_json::to_value(&published.policy).expect("facts are JSON");
        let mut known = BTreeSet::from(["policy.we", "policy.you", "policy.contents"].map(str::to_owned));
        add_ids(&json, &mut known);
        let header = json["header"].as_object().expect("the header has keys");
        known.extend(header.keys().map(|key| format!("policy.{key}")));
        faults.extend(
            found.iter().filter(|fact| !known.contains(**fact)).map(|fact| format!("the JSON has no `{fact}`")),
        );
        faults
    });
}

/// Adds each id of the JSON, and `ID.KEY` for each key beside it.
fn add_ids(value: &Value, known: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| add_ids(value, known)),
        Value::Object(map) => {
            if let Some(id) = map.get("id").and_then(Value::as_str) {
                known.extend(map.keys().map(|key| format!("{id}.{key}")));
                known.insert(id.to_owned());
            }
            map.values().for_each(|value| add_ids(value, known));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn sections_have_labels_and_tables_have_captions_and_scopes() {
    of_every_page(|published, document, page| {
        let mut faults = Vec::new();
        let mut names: HashMap<String, String> = HashMap::new();
        let (mut tables, mut captions, mut navigations, mut sections) = (0, 0, 0, 0);
        page.each(&mut |name, attributes, _| {
            if let Some(id) = value(attributes, "id") {
                names.insert(id.to_owned(), name.to_owned());
            }
            match name {
                "html" if value(attributes, "lang") != Some(&document.language) => faults.push("lang".to_owned()),
                "html" if value(attributes, "dir").is_none() => faults.push("dir".to_owned()),
                "table" => tables += 1,
                "caption" => captions += 1,
                "nav" => navigations += 1,
                "section" => sections += 1,
                "th" if !has(attributes, "scope", "col") && !has(attributes, "scope", "row") => {
                    faults.push("a heading of a table has no scope".to_owned());
                }
                _ => {}
            }
        });
        if tables != captions {
            faults.push(format!("{tables} tables have {captions} captions"));
        }
        if navigations != usize::from(sections > 0) {
            faults.push(format!("{sections} sections have {navigations} contents lists"));
        }
        for label in page.values("aria-labelledby") {
            let is_heading = names.get(&label).is_some_and(|name| name.starts_with('h'));
            let noun = published.policy.nouns.iter().any(|noun| noun.id == label);
            let view = document.kind != "full-policy";
            if !is_heading || !(noun || view || label.starts_with("section-") || label == "policy__summary") {
                faults.push(format!("the section `{label}` has no heading, or its id is not one of the policy"));
            }
        }
        faults
    });
}

#[test]
fn a_page_says_to_machines_what_it_is() {
    of_every_page(|published, document, page| {
        let mut found = BTreeSet::new();
        page.each(&mut |name, attributes, _| {
            let key = ["property", "name", "rel"].into_iter().find_map(|key| value(attributes, key));
            let content = ["content", "href"].into_iter().find_map(|key| value(attributes, key));
            if let ("meta" | "link", Some(key), Some(content)) = (name, key, content) {
                found.insert(format!("{key} {content}"));
            }
        });
        let title = candor::document::plain_spans(&document.title);
        let policy = if document.name == "policy" { "#text" } else { "privacy.html" };
        [
            format!("og:title {title}"),
            "og:type website".to_owned(),
            format!("og:locale {}", document.language.replace('-', "_")),
            format!("privacy-policy {policy}"),
            "alternate privacy.json".to_owned(),
            format!("content-hash {}", published.content_hash),
        ]
        .into_iter()
        .filter(|expected| !found.contains(expected))
        .collect()
    });
}

#[test]
fn an_address_is_known_by_its_words() {
    let text = "policy \"P\" { we are acme; you are user; }\n\
        party acme \"Acme\" <https://acme.alt/>; people user \"users\"; party office \"our office\";\n\
        we share name with office for analytics;\n\"\"\"Read <https://acme.alt/terms> and [our terms](https://acme.alt/terms).\"\"\"\n";
    let compilation = policies::compile_text(text);
    let published = compilation.published.as_ref().unwrap_or_else(|| panic!("{}", compilation.report()));
    let page = published.render_document(&published.documents[0], Format::Html, plain());
    assert!(page.contains("<a class=\"address\" href=\"https://acme.alt/terms\">https://acme.alt/terms</a>"), "{page}");
    assert!(page.contains("<a href=\"https://acme.alt/terms\">our terms</a>"), "{page}");
}

#[test]
fn periods_are_durations_that_html_can_read() {
    const PERIODS: &str = r#"policy "Periods" { we are acme; you are user; }
party acme "Acme"; people user "our users"; data order-history "orders";
section keeping "How long" {
  we keep name for 30 days;
  we keep email-address for 2 weeks as "a fortnight";
  we keep phone-number for 15 minutes;
  we keep postal-address for 3 months;
  we keep order-history for 10 years;
}
"#;
    let compilation = compile(Source::new("periods.policy", PERIODS), &NoFiles, &Options::default());
    let report = compilation.report();
    let published = compilation.published.unwrap_or_else(|| panic!("{report}"));
    let page = published.render_document(&published.documents[0], Format::Html, plain());
    for time in [
        "<time datetime=\"P30D\">30 days</time>",
        // A week has seven days; behind a P, HTML reads days and no weeks.
        "<time datetime=\"P14D\">a fortnight</time>",
        "<time datetime=\"PT15M\">15 minutes</time>",
    ] {
        assert!(page.contains(time), "{time} is not in:\n{page}");
    }
    // Months and years differ in length, so that HTML knows no such durations.
    assert_eq!(page.matches("<time").count(), 3, "{page}");
    assert!(
        page.contains("<data value=\"P3M\">3 months</data>") && page.contains("<data value=\"P10Y\">10 years</data>")
    );
    let json = published.render(Format::Json);
    for value in ["P30D", "P2W", "PT15M", "P3M", "P10Y"] {
        assert!(json.contains(&format!("\"{value}\"")), "{value} is not in the JSON");
    }
}
