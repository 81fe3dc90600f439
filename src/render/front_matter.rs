//! What site generators read in front of Markdown: the title, the day of the last change, the language, the hash and the
//! author's own keys.

use super::{Flavour, FrontMatter, FrontMatterLanguage};
use crate::document::{Document, Inline, plain_spans};

/// The front matter of a document with its fences and an empty line behind it.
///
/// INVARIANT: a text in JSON is the same text in double quotes in YAML 1.2 and in TOML 1.0, and the JSON written here
/// holds no line break, so that no title can end the front matter.
#[must_use]
pub fn front_matter(document: &Document, hash: &str, matter: FrontMatter<'_>, flavour: Flavour) -> String {
    // What stands under `extra` is indented in one language and follows a heading in the other.
    let (fence, between, extra, indent) = match matter.language {
        FrontMatterLanguage::Yaml => ("---\n", ": ", "extra:\n", "  "),
        FrontMatterLanguage::Toml => ("+++\n", " = ", "[extra]\n", ""),
    };
    let mut lines = vec![("title", quoted(&plain_spans(&document.title)))];
    // A day without quotes is a day in both languages.
    lines.extend(updated(document).map(|day| ("date", day.to_owned())));
    lines.push(("language", quoted(&document.language)));
    lines.push(("content_hash", quoted(hash)));
    lines.extend(matter.keys.iter().map(|(key, value)| (key.as_str(), quoted(value))));
    let is_top = |key: &str| flavour.top_keys.is_none_or(|keys| keys.contains(&key));
    let (top, others): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(key, _)| is_top(key));
    let mut out = String::from(fence);
    for (key, value) in top {
        out.push_str(&format!("{key}{between}{value}\n"));
    }
    if !others.is_empty() {
        out.push_str(extra);
    }
    for (key, value) in others {
        out.push_str(&format!("{indent}{key}{between}{value}\n"));
    }
    if let (FrontMatterLanguage::Yaml, Some(further)) = (matter.language, flavour.further) {
        out.push_str(further);
        out.push('\n');
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
