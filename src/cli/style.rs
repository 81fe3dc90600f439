//! `candor style`: the stylesheet of the pages, for sites that serve it as a file or allow it by its hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor::diagnostic::Sink;
use candor::render::{TemplateFiles, Templates, html};
use candor::source::{FileId, Sources};
use sha2::{Digest as _, Sha256};

use super::compile::Tally;
use super::terminal::Terminal;
use super::{Status, StyleArgs, templates};

pub(super) fn run(args: &StyleArgs, terminal: &mut Terminal) -> Status {
    let templates = match args.templates.as_deref().map(templates::read).transpose() {
        Ok(files) => checked(&files.unwrap_or_default(), terminal),
        Err(text) => return terminal.fail(&text),
    };
    let Some(templates) = templates else { return Status::Faulty };
    let style = html::style(&args.class_prefix, &templates);
    if args.csp {
        terminal.out(&format!("default-src 'none'; style-src 'sha256-{}'\n", hash(&style)));
    } else {
        terminal.out(&style);
    }
    Status::Clean
}

/// The templates of a site; none if something is wrong with them, which is shown.
fn checked(files: &TemplateFiles, terminal: &mut Terminal) -> Option<Templates> {
    let mut sources = Sources::default();
    files.iter().for_each(|file| {
        sources.add(file.clone());
    });
    let mut sink = Sink::default();
    let templates = Templates::read(files, |index| FileId(u16::try_from(index).unwrap_or(u16::MAX)), &mut sink);
    let findings = sink.into_sorted();
    terminal.findings(&findings, &[], &sources);
    (Tally::of(&findings).errors == 0).then_some(templates)
}

/// The hash of an inline style as a content security policy names it: of what stands between the tags, in the line
/// break behind the opening one as well.
pub(super) fn hash(style: &str) -> String {
    STANDARD.encode(Sha256::digest(format!("\n{style}")))
}
