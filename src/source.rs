//! Source texts and places in them.
//!
//! Every stage points at the author's text through a [`Span`]; [`Sources`] turns a span back into a file,
//! a line and a column.

use std::sync::OnceLock;

/// One of the texts of a compilation, by its position in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

/// A range of bytes in one file. `start` and `end` always lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the bytes are in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The smallest span that holds both; `self` and `other` must be of one file, else `self` is returned.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        if self.file == other.file {
            Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
        } else {
            self
        }
    }

    /// Whether another span lies in this one.
    #[must_use]
    pub fn covers(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// The empty span right behind this one.
    #[must_use]
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A text with the name it is reported under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A path, or `-` for standard input; only shown, never opened.
    pub name: String,
    /// The text itself.
    pub text: String,
}

impl Source {
    /// A text under a name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        Source { name: name.into(), text: text.into() }
    }
}

/// All texts of one compilation; the first is the one that was asked for.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// The first byte of each line of each file, found when a place is first asked for.
    line_starts: Vec<OnceLock<Vec<u32>>>,
}

impl From<Source> for Sources {
    fn from(source: Source) -> Sources {
        let mut sources = Sources::default();
        sources.add(source);
        sources
    }
}

impl Sources {
    /// Adds a text.
    ///
    /// # Panics
    ///
    /// Never in practice: a compilation refuses to include more files than a [`FileId`] can count.
    pub fn add(&mut self, source: Source) -> FileId {
        let id = FileId(u16::try_from(self.files.len()).unwrap_or(u16::MAX));
        self.files.push(source);
        self.line_starts.push(OnceLock::new());
        id
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(usize::from(id.0))
    }

    /// All texts, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.files.iter()
    }

    /// The bytes a span covers; empty if the span is of another compilation.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).and_then(|source| source.text.get(span.start as usize..span.end as usize)).unwrap_or("")
    }

    /// The number of texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Where a span begins, for a list: `privacy.policy:12`.
    #[must_use]
    pub fn place(&self, span: Span) -> String {
        let name = self.get(span.file).map_or("", |source| source.name.as_str());
        format!("{name}:{}", self.line_column(span.file, span.start).0)
    }

    /// Line and column of a byte, both counted from one, the column in characters.
    #[must_use]
    pub fn line_column(&self, file: FileId, byte: u32) -> (usize, usize) {
        let (Some(source), Some(starts)) = (self.get(file), self.line_starts.get(usize::from(file.0))) else {
            return (1, 1);
        };
        let starts = starts.get_or_init(|| line_starts(&source.text));
        let line = starts.partition_point(|start| *start <= byte);
        let start = line.checked_sub(1).and_then(|line| starts.get(line)).copied().unwrap_or(0);
        (line, source.text.get(start as usize..byte as usize).unwrap_or("").chars().count() + 1)
    }
}

/// The first byte of each line.
fn line_starts(text: &str) -> Vec<u32> {
    let behind = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index as u32 + 1);
    std::iter::once(0).chain(behind).collect()
}
