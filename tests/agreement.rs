//! Markdown, HTML and JSON say the same thing: over every fixture and every example, and the checks notice
//! when they do not.

#[path = "support/agree.rs"]
mod agree;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/normalise.rs"]
mod normalise;
#[path = "support/policies.rs"]
mod policies;

use candor::Format;
use candor::render::{html, markdown};
use normalise::{normalise, texts};
use rayon::prelude::*;

#[test]
fn every_policy_agrees_in_all_formats() {
    let mut faults = Vec::new();
    let mut published = 0;
    for (path, text) in policies::all() {
        let compilation = policies::compile_file(&path, &text);
        let Some(one) = &compilation.published else { continue };
        published += 1;
        let again = policies::compile_file(&path, &text);
        let again = again.published.expect("it was published before");
        for format in Format::ALL {
            if again.render(format) != one.render(format) {
                faults.push(format!("{}: {format:?} is not the same twice", path.display()));
            }
        }
        faults.extend(agree::all(one).into_iter().map(|fault| format!("{}: {fault}", path.display())));
    }
    assert!(published >= 5, "only {published} policies were published");
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_example_is_published() {
    for (path, text) in policies::all() {
        if path.components().any(|part| part.as_os_str() == "examples") {
            let compilation = policies::compile_file(&path, &text);
            // A file that others bring in has nothing to publish.
            if compilation.diagnostics.iter().all(|finding| finding.code.name == "nothing-to-publish")
                && !compilation.diagnostics.is_empty()
            {
                continue;
            }
            assert!(compilation.published.is_some(), "{}:\n{}", path.display(), compilation.report());
        }
    }
}

/// A policy with everything that a fault can be sown into.
const SOWN: &str = r#"
policy "Sown *Policy*" { we are acme; you are customer; covers site; updated "Last updated" 2026-02-28; }
party acme "Acme | Sons" <https://acme.example/about>;
people customer "our <b>customers</b>";
product site "Acme Site";
section data "Data & more" {
  we collect name from customer;
  we never sell name to broker "[brokers](javascript:x)";
  """
  See our {see data} and [help](https://acme.example/help).

  - first *thing*
  - second `thing|x`
  """
}
"#;

/// The bodies of [`SOWN`], the Markdown first.
fn sown() -> (String, String) {
    let compilation = policies::compile_text(SOWN);
    let published = compilation.published.as_ref().unwrap_or_else(|| panic!("{}", compilation.report()));
    let faults = agree::all(published);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let document = &published.documents[0];
    (markdown::body(document, agree::FILES), html::body(document, agree::FILES))
}

/// Replaces the first occurrence, which must be there.
fn replaced(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "`{from}` is not in:\n{text}");
    text.replacen(from, to, 1)
}

#[test]
fn faults_sown_into_markdown_are_found() {
    let (markdown, html) = sown();
    let faults = [
        ("a sentence dropped", "We never sell your name to \\[brokers\\](javascript\\:x).", ""),
        ("a word changed", "We never sell", "We may sell"),
        ("a word dropped", "never ", ""),
        ("a character dropped", "Acme Site", "Acme Sit"),
        ("items reordered", "- first *thing*\n- second", "- second *thing*\n- first"),
        ("an item made a paragraph", "\n- second", "\n\nsecond"),
        ("a label not escaped", "Sown \\*Policy\\*", "Sown *Policy*"),
        ("a tag not escaped", "\\<b\\>", "<b>"),
        ("a link not escaped", "\\[brokers\\](javascript\\:x)", "[brokers](javascript:x)"),
        ("an address changed", "<https://acme.example/help>", "<https://acme.example/hell>"),
        ("an internal link changed", "(#section-data)", "(#section-date)"),
        ("a link dropped", "[help](<https://acme.example/help>)", "help"),
        ("emphasis dropped", "*thing*", "thing"),
        ("a heading made text", "## ", ""),
        ("a heading of another level", "## ", "### "),
        ("two paragraphs joined", "\n\n<a id=\"prose\">", " <a id=\"prose\">"),
    ];
    for (what, from, to) in faults {
        assert!(!agree::bodies(&replaced(&markdown, from, to), &html).is_empty(), "unnoticed in Markdown: {what}");
    }
}

#[test]
fn faults_sown_into_html_are_found() {
    let (markdown, html) = sown();
    let faults = [
        ("a word changed", "We never sell", "We may sell"),
        ("a word dropped", "never ", ""),
        ("a character dropped", "Acme Site", "Acme Sit"),
        ("an item's words moved", "first <em>thing</em>", "<em>thing</em>first "),
        ("a label not escaped", "&lt;b&gt;", "<b>"),
        ("an address changed", "https://acme.example/help", "https://acme.example/hell"),
        ("an internal link changed", "href=\"#section-data\"", "href=\"#section-date\""),
        ("emphasis dropped", "<em>thing</em>", "thing"),
        ("a heading of another level", "<h2 ", "<h3 "),
        ("a list made ordered", "<ul>", "<ol>"),
        ("a space added", "Acme Site", "Acme  Site"),
        ("a script added", "</section>", "<script>alert(1)</script></section>"),
        ("a picture added", "</section>", "<p><img src=\"x\"></p></section>"),
    ];
    for (what, from, to) in faults {
        let faulty = replaced(&html, from, to);
        assert!(!agree::bodies(&markdown, &faulty).is_empty(), "unnoticed in HTML: {what}");
    }
    let item = html.find("<li>").expect("there is a list");
    let end = html[item..].find("</li>").expect("the item is closed") + "</li>".len();
    let faulty = format!(
        "{}{}",
        &html[..item],
        replaced(&html[item + end..], "</ul>", &format!("{}</ul>", &html[item..item + end]))
    );
    assert!(!agree::bodies(&markdown, &faulty).is_empty(), "unnoticed in HTML: items reordered");
    let sentence = html.find("<span id=\"we-never-sell-name\"").expect("the sentence has its place");
    let end = html[sentence..].find("</span>").expect("the span is closed") + "</span>".len();
    let faulty = format!("{}{}", &html[..sentence], &html[sentence + end..]);
    assert!(!agree::bodies(&markdown, &faulty).is_empty(), "unnoticed in HTML: a sentence dropped");
}

#[test]
fn faults_sown_into_a_document_are_found() {
    let compilation = policies::compile_text(SOWN);
    let published = compilation.published.expect("it is valid");
    let right = html::body(&published.documents[0], agree::FILES);

    let mut unsaid = published.clone();
    unsaid.documents[0].blocks.truncate(1);
    assert!(!agree::text(&unsaid.documents[0], &right).is_empty(), "unnoticed: a block dropped");
    assert!(!agree::stated(&unsaid.policy, &[&unsaid.documents[0]]).is_empty(), "unnoticed: a fact dropped");
    assert!(!agree::all(&unsaid).is_empty(), "unnoticed: a wrong hash");

    let mut unnamed = published.clone();
    let candor::document::Block::Section { blocks, .. } = &mut unnamed.documents[0].blocks[1] else {
        panic!("the second block is the section");
    };
    blocks.remove(0);
    let faults = agree::stated(&unnamed.policy, &[&unnamed.documents[0]]);
    assert!(
        faults.iter().any(|fault| fault.contains("is not named")),
        "unnoticed: a noun that nothing names\n{faults:?}"
    );

    let mut ungrounded = published.clone();
    let candor::document::Block::Paragraph { spans } = &mut ungrounded.documents[0].blocks[0] else {
        panic!("the first block is the header");
    };
    spans[0].facts.clear();
    assert!(
        !agree::grounded(&ungrounded.policy, &ungrounded.documents[0]).is_empty(),
        "unnoticed: words without a fact"
    );
}

#[test]
fn the_normaliser_drops_wrappers_and_nothing_else() {
    let same = [
        ("<p>a</p>", "<div><section><p><span id=x>a</span></p></section></div>"),
        ("<ul><li>a<p>b</p></li></ul>", "<ul><li><p>a</p>\n<p>b</p>\n</li></ul>"),
        (
            "<p>c</p><table><tbody><tr><td>a</td></tr></tbody></table>",
            "<table><caption>c</caption><tr><th scope=row>a</th></tr></table>",
        ),
        ("<p>a <a id=x></a>b</p>", "<p>a b</p>"),
        ("<p><a href='/%C3%A9'>a</a></p>", "<p><a href='/é'>a</a></p>"),
        ("<p> a </p>", "<p>a</p>"),
        ("<p><bdi>a</bdi> <time datetime=x>b</time></p>", "<p>a b</p>"),
    ];
    for (left, right) in same {
        assert_eq!(normalise(left), normalise(right), "{left} and {right}");
    }
    let different = [
        ("<p>a  b</p>", "<p>a b</p>"),
        ("<p>a\u{a0}b</p>", "<p>a b</p>"),
        ("<p>a</p><p>b</p>", "<p>ab</p>"),
        ("<p>a</p><p>b</p>", "<p>b</p><p>a</p>"),
        ("<p><a href=x>a</a></p>", "<p>a</p>"),
        ("<p><a href=x>a</a></p>", "<p><a href=y>a</a></p>"),
        ("<p><code>a</code></p>", "<p>a</p>"),
        ("<p><code> a</code></p>", "<p><code>a</code></p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>\u{200b}a</p>", "<p>a</p>"),
    ];
    for (left, right) in different {
        assert_ne!(normalise(left), normalise(right), "{left} and {right}");
    }
}

/// The label as a page shows it: HTML folds the white space at the edges of a block, which a finding says, and
/// a sentence may raise the first letter.
fn shown(words: &str, label: &str) -> bool {
    let lower = |text: &str| text.to_lowercase();
    words.contains(label) || lower(words).contains(&lower(label.trim_matches(normalise::is_space)))
}

/// What is wrong with a label in a place; nothing if it cannot stand there.
fn hostile_faults(name: &str, place: &str, label: &str) -> Option<Vec<String>> {
    let compilation = policies::compile_text(&hostile::policy(place, label));
    let Some(published) = &compilation.published else {
        // A label cannot hold a line break, and code cannot end in a backslash.
        let refused = label.contains('\n') || place.contains("CODE") && label.ends_with('\\');
        return (!refused).then(|| vec![format!("{name}, {label:?}: not published\n{}", compilation.report())]);
    };
    let mut faults: Vec<String> =
        agree::all(published).into_iter().map(|fault| format!("{name}, {label:?}: {fault}")).collect();
    for format in Format::ALL {
        if !shown(&agree::words_of(published, format), label) {
            faults.push(format!("{name}, {label:?}: not in {format:?}"));
        }
    }
    Some(faults)
}

/// What is wrong with a label that only the record of processing prints.
fn internal_faults(name: &str, place: &str, label: &str) -> Vec<String> {
    let compilation = policies::compile_text(&hostile::policy(place, label));
    let records = compilation.records();
    let (Some(published), [record]) = (&compilation.published, records.as_slice()) else {
        let refused = label.contains('\n');
        return if refused { Vec::new() } else { vec![format!("{name}, {label:?}: {}", compilation.report())] };
    };
    let document = &record.document;
    let (markdown, html) = (markdown::body(document, agree::FILES), html::body(document, agree::FILES));
    let mut faults = agree::bodies(&agree::leading_to_html(&markdown, published), &html);
    faults.extend(agree::text(document, &html));
    faults.extend(agree::well_formed(&record.render(Format::Html, agree::FILES)));
    let csv = record.render(Format::Csv, agree::FILES).replace("\"\"", "\"");
    let words = texts(&normalise(&html)).join("\n");
    // A party that the record names is no activity, and these alone are rows of the table.
    let csv = (name != "internal party").then_some(("CSV", csv));
    for (format, words) in [("HTML", words)].into_iter().chain(csv) {
        if !shown(&words, label) {
            faults.push(format!("not in {format}"));
        }
    }
    faults.iter().map(|fault| format!("{name}, {label:?}: {fault}")).collect()
}

#[test]
fn hostile_labels_survive_in_the_record() {
    let places = hostile::INTERNAL_PLACES.par_iter();
    let faults: Vec<String> = places
        .flat_map(|(name, place)| hostile::LABELS.par_iter().flat_map(|label| internal_faults(name, place, label)))
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn hostile_labels_survive_everywhere() {
    let places = hostile::PLACES.par_iter();
    let all =
        places.flat_map(|(name, place)| hostile::LABELS.par_iter().map(|label| hostile_faults(name, place, label)));
    let (published, refused): (Vec<_>, Vec<_>) = all.partition(Option::is_some);
    let faults: Vec<String> = published.iter().flatten().flatten().cloned().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(refused.len() * 20 < published.len(), "{} labels were refused", refused.len());
}
