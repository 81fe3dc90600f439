//! References in the author's prose.

use pulldown_cmark::{Event, Parser, Tag};

use super::Resolver;
use super::kinds::{self, Site};
use crate::codes::meaning;
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
        Prose { id: prose.id.map_or("", |id| id.value).into(), parts }
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
        let lines = dedent(prose.text);
        let text: String = lines.iter().map(|(line, _)| *line).collect();
        let mut seen: Vec<&str> = Vec::new();
        let mut says = false;
        for (event, range) in Parser::new(&text).into_offset_iter() {
            let span = original(prose.span, &lines, range.start, range.len());
            if let Event::Start(Tag::Link { dest_url, .. }) = &event
                && !crate::syntax::address::is_safe_address(dest_url)
            {
                self.sink.report(meaning::unsafe_link(span, dest_url));
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
