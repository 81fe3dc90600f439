//! Findings about the templates of a site: its wording, the frame of its pages and their style.

use super::{alternatives, declare, nearest};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    UNKNOWN_TEMPLATE = "unknown-template", Error {
        summary: "A site sets a template anew that does not exist.",
        explanation: "A template of a site takes the place of the built-in one of the same name. `candor templates` lists the names, and `docs/templates.md` shows them with their words.",
        bad: "",
        good: "we collect name;\n",
    }
    DOUBLE_TEMPLATE = "double-template", Error {
        summary: "A site sets a template anew twice.",
        explanation: "A template has one wording. The files of a folder are read together, so the other one may stand in another file.",
        bad: "",
        good: "we collect name;\n",
    }
    EMPTY_TEMPLATE = "empty-template", Error {
        summary: "A template has no words.",
        explanation: "A name stands above one line, its template. A template without words would drop what it says. What a page should not say is left out of the policy instead.",
        bad: "",
        good: "we collect name;\n",
    }
    NAMELESS_TEMPLATE = "nameless-template", Error {
        summary: "A line of a file of templates has no name above it.",
        explanation: "A template is one line, right under its name, which stands in a comment: `{{!-- contact --}}`. A name holds no spaces; a comment that does is a remark. A template of several lines is written as one.",
        bad: "",
        good: "we collect name;\n",
    }
    UNREADABLE_TEMPLATE = "unreadable-template", Error {
        summary: "A template cannot be read, or holds more than it may.",
        explanation: "A template of wording holds words and holes: `{{topic}}`, the name of a hole in two braces. Whether a sentence needs a word is decided by the policy, so there are no conditions in it. The frame of a page also takes `{{#if data}}…{{else}}…{{/if}}`. Two braces that are meant as text are written with a backslash in front.",
        bad: "",
        good: "we collect name;\n",
    }
    UNKNOWN_HOLE = "unknown-hole", Error {
        summary: "A template has a hole that the built-in one does not have.",
        explanation: "What a template can print is given by the sentence it is part of. The message lists the holes, and `candor templates NAME` shows the built-in wording with them.",
        bad: "",
        good: "we collect name;\n",
    }
    MISSING_HOLE = "missing-hole", Error {
        summary: "A template leaves out a hole that the built-in one has.",
        explanation: "What stands in a hole is a fact of the policy or leads to one. A wording without the hole would drop it from every page, while the JSON still says it. The order of the holes is free.",
        bad: "",
        good: "we collect name;\n",
    }
    UNKNOWN_FRAME_FIELD = "unknown-frame-field", Error {
        summary: "The frame of a page asks for something that a page does not have.",
        explanation: "A frame prints the fields of a page, which `docs/templates.md` lists. What else a site wants around the text, such as its menu, is written into the frame as it is. A condition takes a field that can be empty: `data`, `style`, `stylesheet`, `contents`, `prefix`.",
        bad: "",
        good: "we collect name;\n",
    }
    INCOMPLETE_FRAME = "incomplete-frame", Error {
        summary: "The frame of a page does not print the whole page.",
        explanation: "A frame holds `{{{head}}}`, the title and the date, and `{{{text}}}`, the policy itself: each of them once, in no condition, and where a browser shows it. Without them a page would not say what the JSON says.",
        bad: "",
        good: "we collect name;\n",
    }
    MISPLACED_FRAME_FIELD = "misplaced-frame-field", Error {
        summary: "A field of a frame stands where it could break the page.",
        explanation: "`{{title}}` and the other fields with words are written in two braces, which escape them, between tags or in an attribute in quotes. They never stand in a script, in a style, in an address or in an attribute that runs a script, because escaping does not hold there. `{{{head}}}`, `{{{text}}}` and `{{{contents}}}` are finished HTML: they are written in three braces and stand between tags. `{{{style}}}` stands in a `<style>` and `{{{linked_data}}}` in a `<script type=\"application/ld+json\">`.",
        bad: "",
        good: "we collect name;\n",
    }
    FRAME_WITHOUT_LANGUAGE = "frame-without-language", Warning {
        summary: "The frame of a page does not say the language of the page.",
        explanation: "Screen readers choose their voice and browsers their hyphenation by `<html lang=\"{{language}}\">`. A frame that names the language itself is right only as long as every policy is in that language.",
        bad: "",
        good: "we collect name;\n",
    }
    STYLE_ENDS_EARLY = "style-ends-early", Error {
        summary: "A stylesheet holds what ends the element it stands in.",
        explanation: "A page holds its style between `<style>` and `</style>`. `</style` in the stylesheet itself, in a comment or a text too, would end it there, and the rest would be printed on the page.",
        bad: "",
        good: "we collect name;\n",
    }
}

/// A template that is not there.
pub fn unknown_template(span: Span, name: &str, known: impl Iterator<Item = &'static str>) -> Diagnostic {
    let finding =
        Diagnostic::new(&UNKNOWN_TEMPLATE, span, format!("no template is called `{name}`"), "no template of this name");
    match nearest(name, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("`candor templates` lists the names"),
    }
}

/// A template that is there twice.
pub fn double_template(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_TEMPLATE, span, format!("the template `{name}` is set twice"), "set again here")
        .and(first, "first set here")
        .help("remove one of them")
}

/// A name with no template.
pub fn empty_template(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&EMPTY_TEMPLATE, span, format!("the template `{name}` has no words"), "nothing stands under it")
        .help(format!("write its words on the line below, or remove the name: `candor templates {name}` prints those that are built in"))
}

/// A line that is no template of any name.
pub fn nameless_template(span: Span) -> Diagnostic {
    Diagnostic::new(&NAMELESS_TEMPLATE, span, "this line has no name above it", "of no template")
        .help("put `{{!-- NAME --}}` above it, and write a template as one line")
}

/// What Handlebars cannot read.
pub fn unreadable_template(span: Span) -> Diagnostic {
    Diagnostic::new(&UNREADABLE_TEMPLATE, span, "this template cannot be read from here on", "not words and holes")
        .help("close every `{{` with `}}`, and write braces that are meant as text as `\\{{`")
}

/// A template of wording with more than words and holes.
pub fn more_than_holes(span: Span) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE_TEMPLATE,
        span,
        "a template of wording holds words and plain holes only",
        "more than a hole",
    )
    .help("write a hole as its name in two braces, such as `{{list}}`, and leave conditions to the policy")
}

/// A frame with more than fields and conditions.
pub fn more_than_fields(span: Span) -> Diagnostic {
    Diagnostic::new(
        &UNREADABLE_TEMPLATE,
        span,
        "a frame holds fields and `{{#if}}` or `{{#unless}}` around them only",
        "more than that",
    )
    .help("write what the site needs into the frame as plain HTML")
}

/// A hole that the built-in template does not have.
pub fn unknown_hole(span: Span, template: &str, hole: &str, holes: &[&str]) -> Diagnostic {
    let message = format!("`{template}` has no hole `{hole}`");
    let finding = Diagnostic::new(&UNKNOWN_HOLE, span, message, "no such hole");
    let finding = match nearest(hole, holes.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{{{{{near}}}}}`?")),
        None => finding,
    };
    finding.help(match holes {
        [] => format!("`{template}` has no holes; write its words alone"),
        holes => format!("its holes are {}", braced(holes)),
    })
}

/// A hole that is left out.
pub fn missing_hole(span: Span, template: &str, hole: &str, holes: &[&str]) -> Diagnostic {
    let message = format!("`{template}` leaves out `{{{{{hole}}}}}`, so what the policy says there would be dropped");
    Diagnostic::new(&MISSING_HOLE, span, message, format!("`{{{{{hole}}}}}` is missing"))
        .help(format!("write all of its holes, in any order: {}", braced(holes)))
}

fn quoted(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("`{name}`")).collect()
}

fn braced(holes: &[&str]) -> String {
    let holes: Vec<String> = holes.iter().map(|hole| format!("`{{{{{hole}}}}}`")).collect();
    holes.join(", ")
}

/// A field that a page does not have.
pub fn unknown_frame_field(span: Span, field: &str, known: &[&str]) -> Diagnostic {
    let finding =
        Diagnostic::new(&UNKNOWN_FRAME_FIELD, span, format!("a page has no field `{field}`"), "no such field");
    match nearest(field, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("its fields are {}", quoted(known).join(", "))),
    }
}

/// A condition on a field that is always there.
pub fn needless_condition(span: Span, field: &str, optional: &[&str]) -> Diagnostic {
    Diagnostic::new(
        &UNKNOWN_FRAME_FIELD,
        span,
        format!("`{field}` is never empty, so nothing can depend on it"),
        "always there",
    )
    .help(format!("leave the condition out, or ask for {}", alternatives(&quoted(optional))))
}

/// A frame that does not print a part of the page.
pub fn incomplete_frame(span: Span, field: &str) -> Diagnostic {
    Diagnostic::new(
        &INCOMPLETE_FRAME,
        span,
        format!("the frame does not always print `{{{{{{{field}}}}}}}`"),
        "a part of the page is missing",
    )
    .help(format!("write `{{{{{{{field}}}}}}}` where readers see it, in no condition"))
}

/// A part of the page that is printed twice.
pub fn repeated_in_frame(span: Span, field: &str) -> Diagnostic {
    Diagnostic::new(
        &INCOMPLETE_FRAME,
        span,
        format!("the frame prints `{{{{{{{field}}}}}}}` more than once"),
        "printed again here",
    )
    .help("remove one of them: places that links lead to must be there once")
}

/// A field with words in three braces.
pub fn unescaped_field(span: Span, field: &str) -> Diagnostic {
    let message = format!("`{field}` holds words, which three braces would print without escaping");
    Diagnostic::new(&MISPLACED_FRAME_FIELD, span, message, "not escaped").help(format!("write `{{{{{field}}}}}`"))
}

/// Finished HTML in two braces.
pub fn escaped_field(span: Span, field: &str) -> Diagnostic {
    let message = format!("`{field}` is finished HTML, which two braces would print as text");
    Diagnostic::new(&MISPLACED_FRAME_FIELD, span, message, "escaped").help(format!("write `{{{{{{{field}}}}}}}`"))
}

/// A field where it could break the page; `place` and `right` say where it stands and where it may.
pub fn misplaced_field(span: Span, field: &str, place: &str, right: &str) -> Diagnostic {
    let message = format!("`{field}` cannot stand {place}");
    Diagnostic::new(&MISPLACED_FRAME_FIELD, span, message, "it could break the page here")
        .help(format!("put it {right}"))
}

/// A frame that does not say the language.
pub fn frame_without_language(span: Span) -> Diagnostic {
    Diagnostic::new(
        &FRAME_WITHOUT_LANGUAGE,
        span,
        "the frame does not say which language the page is in",
        "no `{{language}}`",
    )
    .help("write `<html lang=\"{{language}}\" dir=\"{{direction}}\">`")
}

/// A stylesheet with the end of its element.
pub fn style_ends_early(span: Span) -> Diagnostic {
    Diagnostic::new(&STYLE_ENDS_EARLY, span, "`</style` would end the style of the page here", "ends the element")
        .help("remove it, or write the `<` as `\\3c ` in a text of the stylesheet")
}
