//! From findings to text for people and for programs.
//!
//! The only place that names codespan-reporting; [`sarif`] is the form that code hosts and editors read. Source text is shown with control and bidirectional
//! characters replaced, so that a policy can neither drive a terminal nor reorder what is shown.

use std::borrow::Cow;

use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::termcolor::Buffer;
use codespan_reporting::term::{self, Chars, Config, DisplayStyle, StylesWriter};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Label, Level};
use crate::source::{Sources, Span};

pub mod sarif;

/// How findings are drawn for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// With the source, carets and help.
    Full,
    /// One line each.
    Short,
}

/// Draws findings for people.
#[must_use]
pub fn human(diagnostics: &[Diagnostic], sources: &Sources, style: Style, color: bool) -> String {
    let mut files: SimpleFiles<String, String> = SimpleFiles::new();
    for source in sources.iter() {
        files.add(visible(&source.name), visible(&source.text));
    }
    let config = Config {
        display_style: match style {
            Style::Full => DisplayStyle::Rich,
            Style::Short => DisplayStyle::Short,
        },
        chars: Chars::box_drawing(),
        ..Config::default()
    };
    let styles = term::Styles::default();
    let mut buffer = if color { Buffer::ansi() } else { Buffer::no_color() };
    let mut writer = StylesWriter::new(&mut buffer, &styles);
    for diagnostic in diagnostics {
        // Writing into memory cannot fail, and every span is of these sources.
        let _ = term::emit_to_write_style(&mut writer, &config, &files, &drawn(diagnostic));
    }
    String::from_utf8_lossy(buffer.as_slice()).into_owned()
}

fn drawn(diagnostic: &Diagnostic) -> codespan::Diagnostic<usize> {
    let severity = match diagnostic.level {
        Level::Note => codespan::Severity::Note,
        Level::Warning => codespan::Severity::Warning,
        Level::Error => codespan::Severity::Error,
    };
    let label = |label: &Label, style| {
        let span = label.span;
        codespan::Label::new(style, usize::from(span.file.0), span.start as usize..span.end as usize)
            .with_message(visible(&label.text))
    };
    let mut labels = vec![label(&diagnostic.primary, codespan::LabelStyle::Primary)];
    labels.extend(diagnostic.secondary.iter().map(|secondary| label(secondary, codespan::LabelStyle::Secondary)));
    let others: Vec<String> =
        diagnostic.also.iter().map(|also| format!("{} ({})", also.words, also.code.name)).collect();
    let also = (!others.is_empty()).then(|| format!("also asked for by {}", visible(&others.join(", ")))).into_iter();
    codespan::Diagnostic::new(severity)
        .with_code(&*diagnostic.code.name)
        .with_message(visible(&diagnostic.message))
        .with_labels(labels)
        .with_notes(also.chain(diagnostic.help.iter().map(|help| format!("help: {}", visible(help)))).collect())
}

/// A finding as programs read it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    code: Cow<'static, str>,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    labels: Vec<Place<'a>>,
    help: &'a [String],
    /// The codes of other laws that ask for the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<&'a str>,
}

/// A place with what is said about it; lines and columns count from one, columns in characters.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
}

/// Findings as JSON, one object a line.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let place = |label: &Label| {
        let Span { file, start, end } = label.span;
        let (line, column) = sources.line_column(file, start);
        let (end_line, end_column) = sources.line_column(file, end);
        let file = sources.get(file).map_or("", |source| &source.name);
        Place { file, line, column, end_line, end_column, label: "" }
    };
    let mut out = String::new();
    for diagnostic in diagnostics {
        let record = Record {
            code: diagnostic.code.name.clone(),
            level: diagnostic.level.word(),
            message: &diagnostic.message,
            place: Place { label: &diagnostic.primary.text, ..place(&diagnostic.primary) },
            labels: diagnostic
                .secondary
                .iter()
                .map(|secondary| Place { label: &secondary.text, ..place(secondary) })
                .collect(),
            help: &diagnostic.help,
            also: diagnostic.also.iter().map(|also| &*also.code.name).collect(),
        };
        // Serialising strings and numbers into memory cannot fail.
        out.push_str(&serde_json::to_string(&record).unwrap_or_default());
        out.push('\n');
    }
    out
}

/// Replaces characters that drive a terminal or reorder text by harmless ones of the same length in bytes, so
/// that places stay right.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut rest = text.chars().peekable();
    std::iter::from_fn(|| rest.next().map(|character| (character, rest.peek().copied())))
        .map(|(character, next)| match character {
            '\n' | '\t' => character,
            // Alone it would let the rest of a line be written over its beginning.
            '\r' if next == Some('\n') => character,
            '\u{0}'..='\u{1F}' | '\u{7F}' => '?',
            '\u{80}'..='\u{9F}' => '¿',
            '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}' => '\u{FFFD}',
            '\u{61C}' => '¿',
            _ => character,
        })
        .collect()
}
