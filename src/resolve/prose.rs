//! References in the author's prose.

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::Resolver;
use super::kinds::{self, Site};
use crate::codes::meaning;
use crate::english::tokens;
use crate::policy::{Entry, Head, Prose, ProsePart};
use crate::source::{Span, Spanned};
use crate::syntax::ast;

impl<'a> Resolver<'a, '_, '_> {
    pub(super) fn prose(&mut self, prose: &ast::Prose<'a>) -> Prose {
        if let Some(id) = prose.id {
            self.statement_ids.entry(id.value).or_insert(id.span);
        }
        self.check_markup(prose);
        let mut parts: Vec<ProsePart> = Vec::new();
        let mut text = String::new();
        let mut rest = prose.text;
        let mut offset = 0usize;
        while let Some(position) = rest.find(['{', '\\']) {
            let (before, from) = rest.split_at(position);
            text.push_str(before);
            if let Some(after) = from.strip_prefix("\\{") {
                text.push('{');
                offset += position + 2;
                rest = after;
            } else if let Some(inner) = from.strip_prefix('{') {
                let Some(end) = inner.find('}') else {
                    self.sink.report(meaning::prose_reference(place(prose.span, offset + position, from.len()), inner));
                    text.push_str(from);
                    rest = "";
                    break;
                };
                let reference = inner.get(..end).unwrap_or("");
                let span = place(prose.span, offset + position, end + 2);
                if !text.is_empty() {
                    parts.push(ProsePart::Text(std::mem::take(&mut text)));
                }
                parts.extend(self.prose_reference(reference, span));
                offset += position + end + 2;
                rest = inner.get(end + 1..).unwrap_or("");
            } else {
                text.push('\\');
                offset += position + 1;
                rest = from.get(1..).unwrap_or("");
            }
        }
        text.push_str(rest);
        if !text.is_empty() {
            parts.push(ProsePart::Text(text));
        }
        Prose { id: prose.id.map_or("", |id| id.value).into(), parts, span: prose.span }
    }

    /// Reports Markdown that has no form in every format, each sort of it once.
    fn check_markup(&mut self, prose: &ast::Prose<'a>) {
        // Drafting marks references with two private-use characters, which cannot be text as well.
        let unprintable = |c: char| {
            (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
                || matches!(c, '\u{F8F0}' | '\u{F8F1}' | '\u{FFFE}' | '\u{FFFF}')
        };
        if prose.text.chars().any(unprintable) {
            self.sink.report(crate::codes::labels::characters(prose.span));
        }
        // Each paragraph begins in the direction of the page again, as the annex says.
        if prose.text.lines().any(super::labels::turns_what_follows) {
            self.sink.report(crate::codes::labels::direction(prose.span));
        }
        let lines = dedent(prose.text);
        let text: String = lines.iter().map(|(line, _)| *line).collect();
        let mut seen: Vec<&str> = Vec::new();
        let mut says = false;
        let mut words = Plain::new(prose.text);
        for (event, range) in Parser::new(&text).into_offset_iter() {
            let span = original(prose.span, &lines, range.start, range.len());
            words.add(&event, span.start.saturating_sub(prose.span.start) as usize, range.len());
            if let Event::Start(Tag::Link { dest_url, link_type, .. }) = &event {
                if !crate::syntax::address::is_safe_address(dest_url) {
                    self.sink.report(meaning::unsafe_link(span, dest_url));
                } else if *link_type == LinkType::Inline {
                    // Of other links the address stands among the words, or elsewhere.
                    self.keep_address(dest_url, span);
                }
            }
            says |= matches!(&event, Event::Text(text) | Event::Code(text) if !text.trim().is_empty());
            let inside = text.get(range.clone()).unwrap_or("");
            if matches!(event, Event::Start(Tag::Link { .. })) && inside.replace("\\{", "").contains('{') {
                self.sink.report(meaning::prose_markup(span, "a reference inside of a link"));
            }
            let what = match event {
                Event::Start(Tag::Heading { .. }) => "headings",
                Event::Start(Tag::HtmlBlock) | Event::Html(_) | Event::InlineHtml(_) => "HTML",
                Event::Start(Tag::Image { .. }) => "images",
                Event::Start(Tag::CodeBlock(_)) => "code blocks",
                Event::Start(Tag::BlockQuote(_)) => "quotations",
                Event::Rule => "rules",
                _ => continue,
            };
            if !seen.contains(&what) {
                seen.push(what);
                self.sink.report(meaning::prose_markup(span, what));
            }
        }
        if !says && seen.is_empty() {
            self.sink.report(crate::codes::labels::empty(prose.span));
        }
        self.keep_prose(words.finish(), prose.span);
    }

    fn prose_reference(&mut self, reference: &'a str, span: Span) -> Option<ProsePart> {
        let (see, name) = match reference.trim().strip_prefix("see ") {
            Some(name) => (true, name.trim()),
            None => (false, reference.trim()),
        };
        let spelt = !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'.'));
        if !spelt {
            self.sink.report(meaning::prose_reference(span, reference));
            return None;
        }
        let mut entry = ast::Entry::at(span);
        entry.head = Some(ast::Head::Name(Spanned { value: name, span }));
        let resolved: Entry = self.entry(&entry, kinds::ANY, Site::Prose);
        if matches!(resolved.head, Head::Everything) {
            return None;
        }
        Some(if see { ProsePart::See(resolved) } else { ProsePart::Reference(resolved) })
    }
}

/// Prose without its markup, byte for byte: only what is printed as words is left, and what is printed and is none
/// is marked.
struct Plain<'t> {
    source: &'t str,
    bytes: Vec<u8>,
}

impl<'t> Plain<'t> {
    fn new(source: &'t str) -> Plain<'t> {
        let bytes = source.bytes().map(|byte| if byte.is_ascii_whitespace() { byte } else { tokens::MARKUP });
        Plain { source, bytes: bytes.collect() }
    }

    /// Adds a piece of the Markdown, which begins at a place of the source.
    fn add(&mut self, event: &Event<'_>, start: usize, length: usize) {
        match event {
            Event::Start(Tag::Item | Tag::Paragraph) => {
                // The white space in front is taken, so that no letter is lost.
                if let Some(byte) = start.checked_sub(1).and_then(|at| self.bytes.get_mut(at)) {
                    *byte = tokens::BREAK;
                }
            }
            Event::Text(_) => {
                let words = self.source.as_bytes().get(start..start + length);
                if let (Some(words), Some(into)) = (words, self.bytes.get_mut(start..start + length)) {
                    into.copy_from_slice(words);
                }
            }
            Event::Code(_) => self.hide(start..start + length),
            _ => {}
        }
    }

    fn hide(&mut self, range: std::ops::Range<usize>) {
        if let Some(bytes) = self.bytes.get_mut(range) {
            bytes.fill(tokens::OPAQUE);
        }
    }

    /// The words; those of references are not the author's.
    fn finish(mut self) -> String {
        let mut at = 0;
        while let Some(open) = self.source.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
            let escaped = open > 0 && self.source.as_bytes().get(open - 1) == Some(&b'\\');
            let close = self.source.get(open..).and_then(|rest| rest.find('}')).map(|close| open + close);
            match close.filter(|_| !escaped) {
                Some(close) => {
                    self.hide(open..close + 1);
                    at = close + 1;
                }
                None => at = open + 1,
            }
        }
        // INVARIANT: pieces begin and end at characters, so that what is left is text; if not, nothing is judged.
        String::from_utf8(self.bytes).unwrap_or_default()
    }
}

/// The lines of prose without the indentation that all but the first share, and where each begins.
fn dedent(text: &str) -> Vec<(&str, usize)> {
    let indent_of = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let indent = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent_of).min().unwrap_or(0);
    let mut start = 0;
    let mut lines = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let cut = if index == 0 { indent_of(line) } else { indent.min(indent_of(line)) };
        lines.push((line.get(cut..).unwrap_or(""), start + cut));
        start += line.len();
    }
    lines
}

/// A range of the text without indentation as a span of the file.
fn original(prose: Span, lines: &[(&str, usize)], start: usize, length: usize) -> Span {
    let mut before = 0;
    for (line, place_of_line) in lines {
        if start < before + line.len() {
            return place(prose, place_of_line + start - before, length.min(before + line.len() - start));
        }
        before += line.len();
    }
    prose
}

/// A range inside the prose as a span of the file.
fn place(prose: Span, start: usize, length: usize) -> Span {
    let start = prose.start + start as u32;
    Span { start, end: (start + length as u32).min(prose.end), ..prose }
}
