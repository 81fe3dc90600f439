//! From a file of wording templates to literals and holes.
//!
//! A file holds several templates, each under a line `{{!-- name --}}`. A template is one line of Handlebars
//! with holes and nothing else: no conditions, no helpers, no partials. Handlebars parses it; that it holds
//! only text and plain holes is checked here, once, when the program is built.

use handlebars::Path;
use handlebars::template::{Parameter, Template, TemplateElement};

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that are always printed.
    Literal(String),
    /// A place where a phrase goes, by its name.
    Hole(String),
}

/// Reads a file of templates, in its order.
///
/// # Errors
///
/// A sentence that names the template and what is wrong with it.
pub fn read(text: &str) -> Result<Vec<(String, Vec<Piece>)>, String> {
    let mut templates = Vec::new();
    let mut name: Option<String> = None;
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("{{!-- ").and_then(|rest| rest.strip_suffix(" --}}")) {
            // A heading with a space is a remark about the templates that follow.
            name = (!heading.contains(' ')).then(|| heading.to_owned());
        } else if !line.is_empty() {
            let Some(name) = name.take() else {
                return Err(format!("`{line}` has no name above it"));
            };
            let pieces = compile(line).map_err(|fault| format!("the template `{name}` {fault}"))?;
            templates.push((name, pieces));
        }
    }
    Ok(templates)
}

/// One template as literals and holes.
///
/// # Errors
///
/// What is wrong with it, as the end of a sentence.
pub fn compile(line: &str) -> Result<Vec<Piece>, String> {
    let template = Template::compile(line).map_err(|error| format!("is not Handlebars: {error}"))?;
    template
        .elements
        .into_iter()
        .map(|element| match element {
            TemplateElement::RawString(text) => Ok(Piece::Literal(text)),
            TemplateElement::Expression(expression) if expression.params.is_empty() && expression.hash.is_empty() => {
                match expression.name {
                    Parameter::Path(Path::Relative((_, raw)) | Path::Local((_, _, raw))) => Ok(Piece::Hole(raw)),
                    Parameter::Name(name) => Ok(Piece::Hole(name)),
                    _ => Err("holds something other than a name in a hole".to_owned()),
                }
            }
            _ => Err("holds something other than words and holes".to_owned()),
        })
        .collect()
}
