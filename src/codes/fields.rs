//! Findings about typed text: the values of fields, and the provisions of laws.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    FIELD_VALUE = "field-value", Error {
        summary: "A field has no value, or one that it does not take.",
        explanation: "Each field takes what it means: a deadline is a period, a seat a country, an address an address, and what the page prints as it stands is words in quotes. The reference lists what each field takes. A word that is neither known nor quoted would be printed as if it were meant. What is not there is `none`, `not-required`, `not-applicable`, `unspecified` or `not-yet`.",
        bad: "party acme \"Acme\" { country germany; }\nwe share name with acme;\n",
        good: "party acme \"Acme\" { country DE; }\nwe share name with acme;\n",
    }
    CITATION_FORM = "citation-form", Error {
        summary: "Code in a legal ground is not read as a provision.",
        explanation: "A citation is the name of a law, of the vocabulary or of this policy, and the number of the provision: `gdpr 6(1)(f)`. The page adds \"Article\" or \"section\" by itself. Several are joined with `with`.",
        bad: "we collect name under contract `GDPR art. 6(1)(b)`;\n",
        good: "we collect name under contract `gdpr 6(1)(b)`;\n",
    }
}

/// A value that a field does not take.
#[must_use]
pub fn field_value(span: Span, key: &str, written: &str, help: &str) -> Diagnostic {
    let shown: String = written.chars().take(40).collect();
    Diagnostic::new(&FIELD_VALUE, span, format!("`{shown}` is nothing that `{key}` takes"), "not a value of this field")
        .help(help)
}

/// A field without a value.
#[must_use]
pub fn field_without_value(span: Span, key: &str, help: &str) -> Diagnostic {
    Diagnostic::new(&FIELD_VALUE, span, format!("`{key}` says nothing"), "a value belongs behind it").help(help)
}

/// A provision that cannot be read; `right` is how it is written, if that can be told.
#[must_use]
pub fn citation_form(span: Span, written: &str, right: Option<&str>) -> Diagnostic {
    let shown: String = written.chars().take(40).collect();
    let diagnostic = Diagnostic::new(
        &CITATION_FORM,
        span,
        format!("`{shown}` is not read as a provision"),
        "not a law and a number",
    );
    match right {
        Some(right) => diagnostic.help(format!("write `{right}`")),
        None => diagnostic.help(
            "write the name of a law and the number of the provision, as in `gdpr 6(1)(b)`, and declare a law that is \
             not in the vocabulary",
        ),
    }
}
