//! Findings about the documents that a policy is made into.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    UNKNOWN_DOCUMENT = "unknown-document", Error {
        summary: "A document is of no known kind and has no address.",
        explanation: "A document is made from the policy, and then its kind says of what (`short-notice`, `cookie-policy`, `processor-list`, …), or it lies elsewhere, and then it has an address or is `their-document`. Otherwise nobody could find it.",
        bad: "document short \"At a glance\";\n",
        good: "document short \"At a glance\" is short-notice;\n",
    }
    DOUBLE_OUTPUT = "double-output", Error {
        summary: "Two documents would be written to the same file.",
        explanation: "A document is written to files that are called like the policy with the name of the document behind it: `privacy-short.html`. The full policy has no name behind it and is called `policy` among the documents, editions are called by their names, and large and small letters are the same in many file systems.",
        bad: "document policy \"At a glance\" is short-notice;\n",
        good: "document short \"At a glance\" is short-notice;\n",
    }
    UNFIT_FIELD = "unfit-field", Error {
        summary: "A field does not fit the document.",
        explanation: "Every document that is made from a policy has a day (`updated`) and a `contact` of its own, a list of processors also a `notice` and a way to `subscribe`, a notice for children a `reading-level`. The full policy takes its day and its contacts from the policy, and a document that lies elsewhere is not ours to describe.",
        bad: "document short \"At a glance\" is short-notice { notice 30 days; }\n",
        good: "document processors \"Our processors\" is processor-list { notice 30 days; }\n",
    }
}

/// A document that nobody could find.
#[must_use]
pub fn unknown_document(span: Span, name: &str) -> Diagnostic {
    let message = format!("nothing says what the document `{name}` is made of or where it lies");
    Diagnostic::new(&UNKNOWN_DOCUMENT, span, message, "is of no known kind and has no address")
        .help("say what it is, such as `is cookie-policy`, or where it lies: `<https://…>`")
}

/// Two documents with one file.
#[must_use]
pub fn double_output(span: Span, name: &str, first: Span) -> Diagnostic {
    let message = format!("another document would be written to the same files as `{name}`");
    Diagnostic::new(&DOUBLE_OUTPUT, span, message, "has the same files")
        .and(first, "as this one")
        .help("give one of them another name")
}

/// A document that takes the name of the full policy.
#[must_use]
pub fn name_of_the_policy(span: Span, name: &str) -> Diagnostic {
    let message = format!("`{name}` is the name of the full policy among the documents");
    Diagnostic::new(&DOUBLE_OUTPUT, span, message, "is another document").help("give it another name")
}

/// A field that a document of this kind does not have.
#[must_use]
pub fn unfit_field(span: Span, key: &str, kind: &str, fields: &[&str]) -> Diagnostic {
    let message = format!("a document that is a `{kind}` has no field `{key}`");
    let diagnostic = Diagnostic::new(&UNFIT_FIELD, span, message, "does not fit");
    match fields {
        [] => diagnostic.help("write it into the policy itself, or remove it"),
        fields => diagnostic.help(format!("it has the fields `{}`", fields.join("`, `"))),
    }
}

/// A field of a document that is not made here.
#[must_use]
pub fn field_of_other_document(span: Span, key: &str) -> Diagnostic {
    let message = format!("the field `{key}` describes a document that is not made from this policy");
    Diagnostic::new(&UNFIT_FIELD, span, message, "does not fit").help("remove it")
}

/// A day that is none.
#[must_use]
pub fn unfit_day(span: Span) -> Diagnostic {
    Diagnostic::new(&UNFIT_FIELD, span, "`updated` of a document takes one day", "is no day")
        .help("write year, month, day: `updated 2031-02-01;`")
}
