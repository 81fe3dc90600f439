//! From a file of wording templates to literals and holes.
//!
//! A file holds several templates, each under a line `{{!-- name --}}`. A template is one line of Handlebars
//! with holes and nothing else: no conditions, no helpers, no partials. Handlebars parses it; that it holds
//! only text and plain holes is checked here. The templates that are built in are read when the program is built,
//! those of a site when they are given.

use std::borrow::Cow;
use std::ops::Range;

use handlebars::Path;
use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that are always printed.
    Literal(Cow<'static, str>),
    /// A place where a phrase goes, by its name.
    Hole(Cow<'static, str>),
}

/// What a file says, in its order. Places are ranges of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A name with the line under it.
    Template {
        /// Where the name stands.
        name: Range<usize>,
        /// Where the line stands.
        line: Range<usize>,
    },
    /// A name with nothing under it.
    Empty {
        /// Where the name stands.
        name: Range<usize>,
    },
    /// A line that no name stands above.
    Nameless {
        /// Where the line stands.
        line: Range<usize>,
    },
}

/// Why a line is no template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Handlebars cannot read it.
    Unreadable,
    /// It holds something other than words and plain holes.
    MoreThanHoles,
}

/// Reads a file.
#[must_use]
pub fn entries(text: &str) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut name: Option<Range<usize>> = None;
    let (mark, rest) = text.split_at(if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let mut start = mark.len();
    for line in rest.split_inclusive('\n') {
        let words = line.trim_end_matches(['\n', '\r']);
        let bare = start..start + words.len();
        if let Some(heading) = words.trim().strip_prefix("{{!--").and_then(|rest| rest.strip_suffix("--}}")) {
            let heading = heading.trim();
            entries.extend(name.take().map(|name| Entry::Empty { name }));
            // A heading with a space is a remark about the templates that follow.
            if !heading.contains(char::is_whitespace) && !heading.is_empty() {
                let at = bare.start + words.find(heading).unwrap_or(0);
                name = Some(at..at + heading.len());
            }
        } else if !words.trim().is_empty() {
            entries.push(match name.take() {
                Some(name) => Entry::Template { name, line: bare },
                None => Entry::Nameless { line: bare },
            });
        }
        start += line.len();
    }
    entries.extend(name.map(|name| Entry::Empty { name }));
    entries
}

/// One template as literals and holes, each hole with the byte at which it begins.
///
/// # Errors
///
/// Why it is none, and the byte at which that shows.
pub fn compile(line: &str) -> Result<Vec<(Piece, usize)>, (Fault, usize)> {
    let template = Template::compile(line).map_err(|error| (Fault::Unreadable, byte(line, error.pos())))?;
    let places = places(&template, line, 0);
    let mut pieces: Vec<(Piece, usize)> = Vec::new();
    for (element, at) in template.elements.into_iter().zip(places) {
        match element {
            // Words around an escaped brace come in two parts.
            TemplateElement::RawString(text) => match pieces.last_mut() {
                Some((Piece::Literal(before), _)) => before.to_mut().push_str(&text),
                Some((Piece::Hole(_), _)) | None => pieces.push((Piece::Literal(text.into()), at)),
            },
            TemplateElement::Expression(expression) => match plain_name(*expression) {
                Some(name) => pieces.push((Piece::Hole(name.into()), at)),
                None => return Err((Fault::MoreThanHoles, at)),
            },
            _ => return Err((Fault::MoreThanHoles, at)),
        }
    }
    Ok(pieces)
}

/// The name in an expression that is a name and nothing else.
#[must_use]
pub fn plain_name(expression: HelperTemplate) -> Option<String> {
    if !expression.params.is_empty() || !expression.hash.is_empty() {
        return None;
    }
    match expression.name {
        Parameter::Path(path) => Some(raw(&path).to_owned()),
        Parameter::Name(name) => Some(name),
        _ => None,
    }
}

/// A path as it was written.
#[must_use]
pub fn raw(path: &Path) -> &str {
    match path {
        Path::Relative((_, raw)) | Path::Local((_, _, raw)) => raw,
    }
}

/// Where each element of a template begins. What Handlebars knows no place of is said to be where the one before is, or
/// at `start`.
#[must_use]
pub fn places(template: &Template, text: &str, start: usize) -> Vec<usize> {
    let mut place = start;
    (0..template.elements.len())
        .map(|index| {
            if let Some(known) = template.mapping.get(index) {
                place = byte(text, Some((known.0, known.1)));
            }
            place
        })
        .collect()
}

/// The byte of a line and a column, both counted from one, the column in characters.
#[must_use]
pub fn byte(text: &str, place: Option<(usize, usize)>) -> usize {
    let Some((line, column)) = place else { return 0 };
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or("");
    let within = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at);
    start + within
}
