//! The frame around a page: the one that is built in, or that of a site, which is held against what a page needs.

use std::sync::LazyLock;

use handlebars::Handlebars;
use handlebars::template::Template;
use serde::Serialize;

use crate::diagnostic::Sink;
use crate::source::FileId;

mod check;
mod places;

/// The frame that is built in.
pub const FRAME: &str = include_str!("../../templates/page.html");

/// What a frame prints.
#[derive(Serialize)]
pub(super) struct Fields<'a> {
    pub(super) language: &'a str,
    pub(super) locale: String,
    pub(super) direction: &'static str,
    pub(super) title: String,
    pub(super) hash: &'a str,
    pub(super) prefix: &'a str,
    /// The style, unless it stands in a file of its own.
    pub(super) style: Option<String>,
    pub(super) stylesheet: Option<&'a str>,
    pub(super) full_policy: String,
    pub(super) data: Option<String>,
    pub(super) linked_data: String,
    pub(super) contents: String,
    pub(super) contents_title: &'a str,
    pub(super) head: String,
    pub(super) text: String,
}

/// What a field holds, which decides where it may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Words, the author's among them.
    Words,
    /// A word of letters, digits and a few marks that mean nothing anywhere.
    Token,
    /// An address.
    Address,
    /// Finished HTML.
    Html,
    /// A stylesheet.
    Style,
    /// Linked data.
    Data,
}

/// A field that a frame can print.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    holds: Holds,
    /// Whether it can be empty, so that a condition may ask for it.
    pub is_optional: bool,
    /// What it is, for the reference.
    pub meaning: &'static str,
}

impl Field {
    /// How a frame writes it.
    #[must_use]
    pub fn written(&self) -> String {
        if self.is_finished() { format!("{{{{{{{}}}}}}}", self.name) } else { format!("{{{{{}}}}}", self.name) }
    }

    /// Whether it is printed without escaping.
    fn is_finished(&self) -> bool {
        matches!(self.holds, Holds::Html | Holds::Style | Holds::Data)
    }
}

const fn field(name: &'static str, holds: Holds, is_optional: bool, meaning: &'static str) -> Field {
    Field { name, holds, is_optional, meaning }
}

/// Every field of a page.
pub const FIELDS: [Field; 15] = [
    field("head", Holds::Html, false, "the title as a heading, and the date"),
    field("text", Holds::Html, false, "the policy"),
    field("contents", Holds::Html, true, "the list of sections, for navigation"),
    field("contents_title", Holds::Words, false, "what the list of sections is called"),
    field("title", Holds::Words, false, "the title as words"),
    field("language", Holds::Token, false, "the language and region, such as `en-GB`"),
    field("locale", Holds::Token, false, "the same as OpenGraph writes it, such as `en_GB`"),
    field("direction", Holds::Token, false, "`ltr` or `rtl`"),
    field("hash", Holds::Token, false, "the hash over everything that is published"),
    field("prefix", Holds::Token, true, "what `--class-prefix` gives"),
    field("style", Holds::Style, true, "the stylesheet, unless `--stylesheet` is given"),
    field("stylesheet", Holds::Address, true, "what `--stylesheet` gives"),
    field("data", Holds::Address, true, "the address of the JSON, if it is written beside the page"),
    field("full_policy", Holds::Address, false, "the address of the full policy; on its own page `#text`"),
    field(
        "linked_data",
        Holds::Data,
        false,
        "the page as a `WebPage` of schema.org, for a script of type `application/ld+json`",
    ),
];

fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// A frame of a site that has been held against what a page needs.
#[derive(Clone, Debug)]
pub struct Frame(Handlebars<'static>);

static BUILT_IN: LazyLock<Frame> = LazyLock::new(|| {
    // A test reads the built-in frame; a fault in it would show there.
    Frame::of(Template::compile(FRAME).unwrap_or_default())
});

impl Frame {
    fn of(template: Template) -> Frame {
        let mut handlebars = Handlebars::new();
        handlebars.set_strict_mode(true);
        handlebars.register_template("page", template);
        Frame(handlebars)
    }

    /// The frame that is built in.
    pub(super) fn built_in() -> &'static Frame {
        &BUILT_IN
    }

    /// A page in this frame.
    pub(super) fn render(&self, fields: &Fields<'_>) -> String {
        // A frame names only fields that there are, which was checked when it was read.
        self.0.render("page", fields).unwrap_or_default()
    }

    /// Reads the frame of a site. What is wrong with it is reported; then there is none.
    #[must_use]
    pub fn read(file: FileId, text: &str, sink: &mut Sink) -> Option<Frame> {
        match check::check(file, text) {
            Ok((template, warnings)) => {
                warnings.into_iter().for_each(|warning| sink.report(warning));
                Some(Frame::of(template))
            }
            Err(findings) => {
                findings.into_iter().for_each(|finding| sink.report(finding));
                None
            }
        }
    }
}
