//! What site generators read in front of Markdown: the title, the day of the last change, the language, the hash and the
//! author's own keys.

use super::{FrontMatter, FrontMatterLanguage};
use crate::document::{Document, Inline, plain_spans};

/// The front matter of a document with its fences and an empty line behind it.
///
/// INVARIANT: a text in JSON is the same text in double quotes in YAML 1.2 and in TOML 1.0, and the JSON written here
/// holds no line break, so that no title can end the front matter.
#[must_use]
pub fn front_matter(document: &Document, hash: &str, matter: FrontMatter<'_>) -> String {
    let (fence, between) = match matter.language {
        FrontMatterLanguage::Yaml => ("---\n", ": "),
        FrontMatterLanguage::Toml => ("+++\n", " = "),
    };
    let mut out = String::from(fence);
    let mut line = |key: &str, value: &str| {
        out.push_str(key);
        out.push_str(between);
        out.push_str(value);
        out.push('\n');
    };
    line("title", &quoted(&plain_spans(&document.title)));
    if let Some(day) = updated(document) {
        // A day without quotes is a day in both languages.
        line("date", day);
    }
    line("language", &quoted(&document.language));
    line("content_hash", &quoted(hash));
    for (key, value) in matter.keys {
        line(key, &quoted(value));
    }
    out.push_str(fence);
    out.push('\n');
    out
}

/// A text in double quotes. Characters that end a line somewhere are written by their numbers.
fn quoted(text: &str) -> String {
    // A text can always be written as JSON.
    let text = serde_json::to_string(text).unwrap_or_default();
    text.replace('\u{7f}', "\\u007f")
        .replace('\u{85}', "\\u0085")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// The day on which a document was last changed, in ISO 8601.
#[must_use]
pub fn updated(document: &Document) -> Option<&str> {
    let inlines = document.updated.iter().flatten().flat_map(|span| &span.text);
    inlines.into_iter().find_map(|inline| match inline {
        Inline::Time { value, .. } => Some(value.as_str()),
        _ => None,
    })
}
