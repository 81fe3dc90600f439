//! Whether the frame of a site prints the whole page, and nothing that could break it.
//!
//! A frame is read the way a browser reads it, once for each way its conditions can come out, with a mark in the place
//! of every field. Where a mark arrives decides whether the field may stand there.

use std::collections::BTreeMap;

use handlebars::template::{HelperTemplate, Parameter, Template, TemplateElement};

use super::places::{Place, places as places_in};
use super::{FIELDS, Field, find};
use crate::codes::templates as codes;
use crate::diagnostic::{Diagnostic, Level};
use crate::source::{FileId, Span};
use crate::wording::template::{byte, places, plain_name, raw};

/// What every page says, so that every frame prints it.
const REQUIRED: [&str; 2] = ["head", "text"];

/// A frame as Handlebars reads it, with what is worth knowing about it.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn check(file: FileId, text: &str) -> Result<(Template, Vec<Diagnostic>), Vec<Diagnostic>> {
    let frame = Source { file, text };
    let template = Template::compile(text).map_err(|error| {
        let at = byte(text, error.pos());
        vec![codes::unreadable_template(Span { end: frame.line_end(at), ..frame.span(at, 0) })]
    })?;
    let mut names = Names { frame, conditions: Vec::new(), findings: Vec::new() };
    names.read(&template, 0);
    let Names { conditions, findings, .. } = names;
    if !findings.is_empty() {
        return Err(findings);
    }
    let mut found = BTreeMap::new();
    for setting in 0..1usize << conditions.len() {
        let is_set = |name: &str| {
            let at = conditions.iter().position(|condition| *condition == name);
            at.is_none_or(|at| (setting >> at) & 1 == 1)
        };
        let mut flat = Flat { frame, html: String::new(), marks: Vec::new() };
        flat.add(&template, 0, &is_set);
        judge(&flat, &mut found);
    }
    let findings: Vec<Diagnostic> = found.into_values().collect();
    if findings.iter().any(|finding| finding.level == Level::Error) { Err(findings) } else { Ok((template, findings)) }
}

/// A frame as it was written.
#[derive(Clone, Copy)]
struct Source<'t> {
    file: FileId,
    text: &'t str,
}

impl Source<'_> {
    /// So many bytes, at most to the end.
    fn span(self, start: usize, length: usize) -> Span {
        let end = (start + length).min(self.text.len());
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    /// Where the line of a byte ends.
    fn line_end(self, at: usize) -> u32 {
        let rest = self.text.get(at..).unwrap_or("");
        (at + rest.find('\n').unwrap_or(rest.len())) as u32
    }

    /// The tag of Handlebars that begins at a byte.
    fn tag(self, at: usize) -> Span {
        let rest = self.text.get(at..).unwrap_or("");
        let length = rest.find("}}").map_or(rest.len(), |end| {
            let closing = rest.get(end..).unwrap_or("").bytes().take_while(|byte| *byte == b'}').count();
            end + closing
        });
        self.span(at, length)
    }

    /// The first line, for what is about the frame as a whole.
    fn first_line(self) -> Span {
        Span { end: self.line_end(0), ..self.span(0, 0) }
    }
}

/// The elements of a template with the bytes at which they begin; `start` is where the template does.
fn elements<'t>(template: &'t Template, frame: Source<'_>, start: usize) -> Vec<(&'t TemplateElement, usize)> {
    template.elements.iter().zip(places(template, frame.text, start)).collect()
}

/// Whether a block asks that its field be there, or that it not be; none if it is no such block.
fn asks(block: &HelperTemplate) -> Option<(bool, &'static Field)> {
    let asks = match &block.name {
        Parameter::Name(name) if name == "if" => true,
        Parameter::Name(name) if name == "unless" => false,
        _ => return None,
    };
    let ([Parameter::Path(path)], true, true) =
        (block.params.as_slice(), block.hash.is_empty(), block.block_param.is_none())
    else {
        return None;
    };
    Some((asks, find(raw(path))?))
}

/// Reads what a frame names.
struct Names<'t> {
    frame: Source<'t>,
    /// The fields that conditions ask for, each once.
    conditions: Vec<&'static str>,
    findings: Vec<Diagnostic>,
}

impl Names<'_> {
    fn read(&mut self, template: &Template, start: usize) {
        for (element, at) in elements(template, self.frame, start) {
            let place = self.frame.tag(at);
            match element {
                TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
                TemplateElement::Expression(expression) => self.field(expression, false, place),
                TemplateElement::HtmlExpression(expression) => self.field(expression, true, place),
                TemplateElement::HelperBlock(block) => {
                    self.condition(block, place);
                    [&block.template, &block.inverse].into_iter().flatten().for_each(|inner| self.read(inner, at));
                }
                _ => self.findings.push(codes::more_than_fields(place)),
            }
        }
    }

    fn field(&mut self, expression: &HelperTemplate, is_raw: bool, place: Span) {
        let Some(name) = plain_name(expression.clone()) else {
            return self.findings.push(codes::more_than_fields(place));
        };
        let finding = match find(&name) {
            None => codes::unknown_frame_field(place, &name, &FIELDS.map(|field| field.name)),
            Some(field) if field.is_finished() && !is_raw => codes::escaped_field(place, &name),
            Some(field) if !field.is_finished() && is_raw => codes::unescaped_field(place, &name),
            Some(_) => return,
        };
        self.findings.push(finding);
    }

    fn condition(&mut self, block: &HelperTemplate, place: Span) {
        if let Some((_, field)) = asks(block) {
            if !field.is_optional {
                let optional: Vec<&str> =
                    FIELDS.iter().filter(|field| field.is_optional).map(|field| field.name).collect();
                self.findings.push(codes::needless_condition(place, field.name, &optional));
            } else if !self.conditions.contains(&field.name) {
                self.conditions.push(field.name);
            }
            return;
        }
        self.findings.push(match (&block.name, block.params.as_slice()) {
            (Parameter::Name(name), [Parameter::Path(path)]) if matches!(&**name, "if" | "unless") => {
                codes::unknown_frame_field(place, raw(path), &FIELDS.map(|field| field.name))
            }
            _ => codes::more_than_fields(place),
        });
    }
}

/// A frame for one way its conditions can come out, with a mark for each field.
struct Flat<'t> {
    frame: Source<'t>,
    html: String,
    /// The field of each mark, and where it stands in the frame.
    marks: Vec<(&'static Field, Span)>,
}

impl Flat<'_> {
    fn add(&mut self, template: &Template, start: usize, is_set: &impl Fn(&str) -> bool) {
        for (element, at) in elements(template, self.frame, start) {
            match element {
                TemplateElement::RawString(text) => self.html.push_str(&super::places::without_marks(text)),
                TemplateElement::Expression(expression) | TemplateElement::HtmlExpression(expression) => {
                    if let Some(field) = plain_name((**expression).clone()).and_then(|name| find(&name)) {
                        self.html.push_str(&super::places::mark(self.marks.len()));
                        self.marks.push((field, self.frame.tag(at)));
                    }
                }
                TemplateElement::HelperBlock(block) => {
                    let Some((asks, field)) = asks(block) else { continue };
                    let chosen = if is_set(field.name) == asks { &block.template } else { &block.inverse };
                    chosen.iter().for_each(|inner| self.add(inner, at, is_set));
                }
                // What else there is was reported when the names were read.
                _ => {}
            }
        }
    }
}

/// Holds one way a frame can come out against what a page needs. Each finding is kept once.
fn judge(flat: &Flat<'_>, found: &mut BTreeMap<(u32, String), Diagnostic>) {
    let mut report = |finding: Diagnostic| {
        found.entry((finding.primary.span.start, finding.message.clone())).or_insert(finding);
    };
    let places = places_in(&flat.html, flat.marks.len());
    let mut has_language = false;
    let mut required: [Option<Span>; REQUIRED.len()] = [None; REQUIRED.len()];
    for ((field, span), place) in flat.marks.iter().zip(places) {
        has_language |= field.name == "language" && place == Place::Attribute("lang".to_owned());
        if let Some(right) = place.refuses(field.holds) {
            report(codes::misplaced_field(*span, field.name, &place.words(), right));
            continue;
        }
        let Some(slot) = REQUIRED.iter().position(|name| *name == field.name).and_then(|at| required.get_mut(at))
        else {
            continue;
        };
        if slot.is_some() {
            report(codes::repeated_in_frame(*span, field.name));
        }
        *slot = Some(*span);
    }
    let is_misplaced = |name: &str| flat.marks.iter().any(|(field, _)| field.name == name);
    for (name, span) in REQUIRED.iter().zip(required) {
        // One that is there in a wrong place is told of already.
        if span.is_none() && !is_misplaced(name) {
            report(codes::incomplete_frame(flat.frame.first_line(), name));
        }
    }
    if !has_language {
        report(codes::frame_without_language(flat.frame.first_line()));
    }
}
