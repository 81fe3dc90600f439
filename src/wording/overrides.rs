//! The wording templates that a site sets anew, held against those that are built in.
//!
//! A template of a site has the name and the holes of the one in whose place it stands: a hole that is left out
//! could leave out a fact. Its words are words, which every format escapes.

use super::Template;
use super::template::{Entry, Fault, Piece, compile, entries};
use crate::codes::templates as codes;
use crate::diagnostic::Sink;
use crate::source::{FileId, Span};

/// Templates of a site in the place of those that are built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// In the order of the templates.
    templates: Vec<(Template, Vec<Piece>)>,
}

impl Overrides {
    /// What stands in the place of none.
    pub const NONE: Overrides = Overrides { templates: Vec::new() };

    /// The pieces of a template, in order: the site's own, else those that are built in.
    #[must_use]
    pub fn pieces(&self, template: Template) -> &[Piece] {
        let own = self.templates.binary_search_by_key(&template, |(found, _)| *found).ok();
        own.and_then(|at| self.templates.get(at)).map_or(template.pieces(), |(_, pieces)| pieces)
    }

    /// A template without holes as words.
    #[must_use]
    pub fn of(&self, template: Template) -> &str {
        match self.pieces(template) {
            [Piece::Literal(text)] => text,
            _ => "",
        }
    }

    /// Reads the files of a site. What is wrong in them is reported and left out.
    #[must_use]
    pub fn read<'t>(files: impl IntoIterator<Item = (FileId, &'t str)>, sink: &mut Sink) -> Overrides {
        let mut templates: Vec<(Template, Vec<Piece>)> = Vec::new();
        let mut named: Vec<(&str, Span)> = Vec::new();
        for (file, text) in files {
            let span = |start: usize, end: usize| Span { file, start: start as u32, end: end as u32 };
            for entry in entries(text) {
                let (name, line) = match entry {
                    Entry::Template { name, line } => (name, line),
                    Entry::Empty { name } => {
                        let words = text.get(name.clone()).unwrap_or("");
                        sink.report(codes::empty_template(span(name.start, name.end), words));
                        continue;
                    }
                    Entry::Nameless { line } => {
                        sink.report(codes::nameless_template(span(line.start, line.end)));
                        continue;
                    }
                };
                let (at, words) = (span(name.start, name.end), text.get(name).unwrap_or(""));
                let template = Template::find(words);
                if template.is_none() {
                    sink.report(codes::unknown_template(at, words, Template::all().map(Template::name)));
                }
                if let Some((_, first)) = named.iter().find(|(known, _)| *known == words) {
                    sink.report(codes::double_template(at, words, *first));
                    continue;
                }
                named.push((words, at));
                let start = line.start;
                let end = line.end;
                let pieces = match compile(text.get(line).unwrap_or("")) {
                    Ok(pieces) => pieces,
                    Err((fault, at)) => {
                        let place = span((start + at).min(end), end);
                        sink.report(match fault {
                            Fault::Unreadable => codes::unreadable_template(place),
                            Fault::MoreThanHoles => codes::more_than_holes(place),
                        });
                        continue;
                    }
                };
                let Some(template) = template else { continue };
                if has_the_holes(template, &pieces, span(start, end), sink) {
                    templates.push((template, pieces.into_iter().map(|(piece, _)| piece).collect()));
                }
            }
        }
        templates.sort_by_key(|(template, _)| *template);
        Overrides { templates }
    }
}

/// Whether a line has each hole of a template, and no other. It is reported if not.
fn has_the_holes(template: Template, pieces: &[(Piece, usize)], line: Span, sink: &mut Sink) -> bool {
    let holes = template.holes();
    let mut fits = true;
    for (piece, at) in pieces {
        if let Piece::Hole(hole) = piece
            && !holes.contains(&&**hole)
        {
            fits = false;
            let start = line.start + *at as u32;
            // The hole with its braces, as it is usually written.
            let place = Span { start, end: (start + hole.len() as u32 + 4).min(line.end), ..line };
            sink.report(codes::unknown_hole(place, template.name(), hole, &holes));
        }
    }
    if !fits {
        // A hole that is misspelt is missing under its right name, which is one mistake.
        return false;
    }
    for hole in &holes {
        if !pieces.iter().any(|(piece, _)| matches!(piece, Piece::Hole(found) if found == hole)) {
            fits = false;
            sink.report(codes::missing_hole(line, template.name(), hole, &holes));
        }
    }
    fits
}
