//! From a document to text: one exhaustive match over its blocks for each format.

use crate::document::file_suffix;

pub mod html;
pub mod markdown;

/// The stem of the files where none is given, as for standard input: links between documents lead to
/// `privacy.html` and `privacy-NAME.html`.
pub const DEFAULT_STEM: &str = "privacy";

/// How the files of a policy are called, so that its documents can link to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Files<'a> {
    /// The name without the extension: `privacy` for `privacy.html`.
    pub stem: &'a str,
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
            encode(id, &mut address);
        }
        address
    }
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
