//! How the tools that read Markdown differ, as data: each difference is a choice that the one renderer makes.

use super::{Files, FrontMatterLanguage};
use crate::document::file_suffix;

/// What a tool reads otherwise than CommonMark says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flavour {
    /// The name that a user gives.
    pub name: &'static str,
    /// How front matter is written unless the user says otherwise; none if the tool reads none.
    pub front_matter: Option<FrontMatterLanguage>,
    /// The keys that stand at the top of the front matter, where others stand under `extra`; none if all do.
    pub(super) top_keys: Option<&'static [&'static str]>,
    /// A line of front matter that the tool needs, in YAML.
    pub(super) further: Option<&'static str>,
    /// Whether quotes, dashes and dots are made into others unless they are escaped.
    pub(super) is_typographic: bool,
    /// Whether a heading takes its id from `{#id}` at its end.
    pub(super) has_heading_ids: bool,
    /// Where a link to another document leads.
    pub(super) links: Links,
}

/// Where a link to another document leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    /// To the file of Markdown: `privacy-short.md`.
    Source,
    /// To the page beside it: `privacy-short.html`.
    Page,
    /// To the folder beside that of the page: `../privacy-short/`.
    Folder,
    /// Wherever Hugo puts the page of this file.
    Reference,
}

/// Markdown that every tool reads.
const PLAIN: Flavour = Flavour {
    name: "plain",
    front_matter: None,
    top_keys: None,
    further: None,
    is_typographic: false,
    has_heading_ids: false,
    links: Links::Source,
};

/// What stands at the top of the front matter of Zola; it refuses a key that it does not know.
const ZOLA_KEYS: [&str; 14] = [
    "aliases",
    "authors",
    "date",
    "description",
    "draft",
    "in_search_index",
    "path",
    "render",
    "slug",
    "template",
    "title",
    "translation_key",
    "updated",
    "weight",
];

impl Flavour {
    /// CommonMark with tables, as GitHub shows it.
    pub const PLAIN: Flavour = PLAIN;

    /// Every flavour.
    pub const ALL: [Flavour; 8] = [
        PLAIN,
        Flavour {
            name: "hugo",
            front_matter: Some(FrontMatterLanguage::Yaml),
            is_typographic: true,
            has_heading_ids: true,
            links: Links::Reference,
            ..PLAIN
        },
        Flavour {
            name: "zola",
            front_matter: Some(FrontMatterLanguage::Toml),
            top_keys: Some(&ZOLA_KEYS),
            is_typographic: true,
            has_heading_ids: true,
            links: Links::Folder,
            ..PLAIN
        },
        Flavour {
            name: "jekyll",
            front_matter: Some(FrontMatterLanguage::Yaml),
            is_typographic: true,
            has_heading_ids: true,
            links: Links::Page,
            ..PLAIN
        },
        Flavour { name: "eleventy", front_matter: Some(FrontMatterLanguage::Yaml), links: Links::Folder, ..PLAIN },
        Flavour { name: "astro", front_matter: Some(FrontMatterLanguage::Yaml), links: Links::Folder, ..PLAIN },
        Flavour {
            name: "docusaurus",
            front_matter: Some(FrontMatterLanguage::Yaml),
            // Without it the text is read as a program.
            further: Some("mdx: {\"format\": \"md\"}"),
            has_heading_ids: true,
            ..PLAIN
        },
        Flavour { name: "mdbook", is_typographic: true, has_heading_ids: true, ..PLAIN },
    ];

    /// The flavour with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Flavour> {
        Flavour::ALL.into_iter().find(|flavour| flavour.name == name)
    }

    /// The address of a place in another document, as it stands between the brackets of a link.
    pub(super) fn address(self, files: Files<'_>, document: &str, id: &str) -> String {
        match self.links {
            Links::Source => files.address(Some(document), id, "md"),
            Links::Page => files.address(Some(document), id, "html"),
            Links::Folder => {
                let page = files.address(Some(document), "", "");
                let place = if id.is_empty() { String::new() } else { files.address(None, id, "") };
                format!("../{}/{place}", page.trim_end_matches('.'))
            }
            Links::Reference => {
                // The file has its name here, not an address; a place has its address.
                let name =
                    format!("{}{}.md", files.stem, file_suffix(document)).replace('\\', "\\\\").replace('"', "\\\"");
                let place = if id.is_empty() { String::new() } else { files.address(None, id, "") };
                format!("{{{{< relref \"{name}{place}\" >}}}}")
            }
        }
    }
}
