//! From a preview to the frame around it: the list of pages, the page, and the findings beside it. It is never published.

use std::sync::LazyLock;

use handlebars::Handlebars;
use serde::Serialize;

use super::preview::Preview;
use crate::cli::Status;

/// The style and the script of the frame.
pub(super) const STYLE: &str = include_str!("../../../templates/preview.css");
pub(super) const SCRIPT: &str = include_str!("../../../templates/preview.js");

static FRAMES: LazyLock<Handlebars<'static>> = LazyLock::new(|| {
    let mut handlebars = Handlebars::new();
    handlebars.set_strict_mode(true);
    // The tests of the preview read what these print; a fault in them would show there.
    let _ = handlebars.register_template_string("frame", include_str!("../../../templates/preview.html"));
    let _ = handlebars.register_template_string("findings", include_str!("../../../templates/preview-findings.html"));
    handlebars
});

/// What the frame prints.
#[derive(Serialize)]
struct Frame<'a> {
    title: &'a str,
    version: String,
    content: String,
    pages: Vec<Entry<'a>>,
    /// The address of the page that is shown; none if there is none or the list is.
    page: Option<&'a str>,
    is_index: bool,
    findings: String,
}

/// A page in the list.
#[derive(Serialize)]
struct Entry<'a> {
    address: &'a str,
    title: &'a str,
    file: &'a str,
    is_shown: bool,
}

/// What the list of findings prints.
#[derive(Serialize)]
struct Findings<'a> {
    reports: Vec<Entries<'a>>,
}

/// The findings of one policy.
#[derive(Serialize)]
struct Entries<'a> {
    class: &'static str,
    summary: &'a str,
    findings: &'a str,
}

/// The frame with one page, or with a list of all of them.
pub(super) fn frame(preview: &Preview, page: Option<&str>) -> String {
    let pages: Vec<Entry<'_>> = preview
        .pages()
        .map(|entry| Entry {
            address: &entry.address,
            title: &entry.title,
            file: &entry.file,
            is_shown: Some(entry.address.as_str()) == page,
        })
        .collect();
    let title = pages.iter().find(|entry| entry.is_shown).map_or("Candor", |entry| entry.title);
    let frame = Frame {
        title,
        version: preview.version(),
        content: preview.content(),
        is_index: page.is_none(),
        page,
        findings: findings(preview),
        pages,
    };
    // Printing plain data into memory does not fail.
    FRAMES.render("frame", &frame).unwrap_or_default()
}

/// The list of findings alone, for a frame that is open.
pub(super) fn findings(preview: &Preview) -> String {
    let reports = preview.reports.iter().map(|report| Entries {
        class: match report.status {
            Status::Clean => "clean",
            Status::Faulty | Status::Failed => "faulty",
        },
        summary: &report.summary,
        findings: report.findings.trim_end(),
    });
    let findings = Findings { reports: reports.collect() };
    FRAMES.render("findings", &findings).unwrap_or_default()
}
