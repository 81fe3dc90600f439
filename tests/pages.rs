//! How pages are written for a site: alone or in a page of its own, with front matter, under a strict policy for content.

use candor::render::{Files, FrontMatter, FrontMatterLanguage, Page, Templates, html};
use candor::{Format, NoFiles, Options, Published, Source, compile};

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
    assert!(fragment.starts_with("<div class=\"policy\" lang=\"en-US\" dir=\"ltr\">\n<h3>"), "{}", &fragment[..80]);
    assert!(fragment.contains("<h4 id=\"section-data\">"));
    let markdown = rendered(Format::Markdown, Page { is_fragment: true, heading_offset: 2, ..plain() });
    assert!(!markdown.contains("Acme\"") && markdown.contains("\n#### "), "{markdown}");
}

#[test]
fn headings_end_at_the_sixth_level() {
    let page = rendered(Format::Html, Page { heading_offset: 5, ..plain() });
    assert!(page.contains("<h6>") && !page.contains("<h7"));
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
