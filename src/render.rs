//! From a document to text: one exhaustive match over its blocks for each format.

use crate::document::file_suffix;

mod flavour;
pub mod frame;
mod front_matter;
pub mod html;
pub mod markdown;
mod templates;

pub use flavour::Flavour;
pub use templates::{TemplateFiles, Templates};

/// The stem of the files where none is given, as for standard input: links between documents lead to
/// `privacy.html` and `privacy-NAME.html`.
pub const DEFAULT_STEM: &str = "privacy";

/// How the files of a policy are called, so that its documents can link to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Files<'a> {
    /// The name without the extension: `privacy` for `privacy.html`.
    pub stem: &'a str,
}

/// How a page is written, beside what it says.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// How the files of the policy are called.
    pub files: Files<'a>,
    /// Whether only the text is written, to stand in a page of somebody else: HTML without its frame, style and
    /// contents, Markdown without its title.
    pub is_fragment: bool,
    /// By how many levels headings are lowered: with 1 the title is a heading of the second level. Headings end at the
    /// sixth level.
    pub heading_offset: u8,
    /// What stands in front of each class in HTML, so that none is one of the site's own.
    pub class_prefix: &'a str,
    /// The address of the stylesheet; none if the page holds its style itself.
    pub stylesheet: Option<&'a str>,
    /// Whether the JSON of the policy lies beside the page, so that the page can lead to it.
    pub has_data: bool,
    /// What a site sets anew of the frame and the style.
    pub templates: &'a Templates,
    /// Which tool reads the Markdown.
    pub flavour: Flavour,
    /// What stands in front of Markdown.
    pub front_matter: Option<FrontMatter<'a>>,
}

impl<'a> From<Files<'a>> for Page<'a> {
    fn from(files: Files<'a>) -> Page<'a> {
        Page {
            files,
            is_fragment: false,
            heading_offset: 0,
            class_prefix: "",
            stylesheet: None,
            has_data: true,
            templates: Templates::built_in(),
            flavour: Flavour::PLAIN,
            front_matter: None,
        }
    }
}

impl Page<'_> {
    /// The level of a heading that is the `level`th from the top: 1 for the title.
    fn heading(self, level: usize) -> usize {
        (level + usize::from(self.heading_offset)).min(6)
    }
}

/// What site generators read in front of a page of Markdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter<'a> {
    /// How it is written.
    pub language: FrontMatterLanguage,
    /// Further keys with their values, which are text.
    pub keys: &'a [(String, String)],
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrontMatterLanguage {
    /// YAML between lines of `---`.
    Yaml,
    /// TOML between lines of `+++`.
    Toml,
}

impl Default for Files<'_> {
    fn default() -> Self {
        Files { stem: DEFAULT_STEM }
    }
}

impl Files<'_> {
    /// The address of a place: `#id` in the same document, `privacy-short.html#id` in another one.
    ///
    /// INVARIANT: the address holds the characters that RFC 3986 leaves unreserved, and our own `#` and `.`; it has
    /// no scheme and no folder, whatever the names are.
    fn address(self, document: Option<&str>, id: &str, extension: &str) -> String {
        let mut address = String::new();
        if let Some(document) = document {
            encode(self.stem, &mut address);
            encode(&file_suffix(document), &mut address);
            address.push('.');
            address.push_str(extension);
        }
        if document.is_none() || !id.is_empty() {
            address.push('#');
            encode(&anchor(id), &mut address);
        }
        address
    }
}

/// The id of a place as pages write it: `party-acme.legal` is `party-acme__legal`, because a dot in an id means a class
/// to a stylesheet. No name holds two underscores in a row, so no two ids become one.
#[must_use]
pub fn anchor(id: &str) -> String {
    id.replace('.', "__")
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
}
