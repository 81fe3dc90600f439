//! Findings about the project file, `candor.toml`.
//!
//! They are raised by the command and not by the compiler, and stand here because every code is declared in one place.

use super::{declare, listed, nearest};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    PROJECT_SYNTAX = "project-syntax", Error {
        summary: "The project file is not TOML.",
        explanation: "`candor.toml` is written in TOML: `key = value` in a line, texts in double quotes, lists in brackets. Nothing is built while it cannot be read, and what was published stays as it is.",
        bad: "",
        good: "",
    }
    PROJECT_KEY = "project-key", Error {
        summary: "The project file has a key that does not exist, or lacks one that must be there.",
        explanation: "A key that nobody knows would be a setting that nobody follows, so it is refused. The keys are called as the options of the command; those that take a list are in the plural: `policies`, `documents`, `formats`, `packs`.",
        bad: "",
        good: "",
    }
    PROJECT_VALUE = "project-value", Error {
        summary: "A value of the project file is not one that its key takes.",
        explanation: "Values are what the option of the same name takes on the command line: a text in double quotes, a number, or a list of them in brackets.",
        bad: "",
        good: "",
    }
    PROJECT_FILE = "project-file", Error {
        summary: "A file that the project file names cannot be read.",
        explanation: "Paths are relative to the folder of `candor.toml`, wherever the command is called.",
        bad: "",
        good: "",
    }
    PROJECT_DOCUMENT = "project-document", Error {
        summary: "The project file names a document that a policy does not have.",
        explanation: "`documents` names documents by the names that a policy declares them with; `policy` is the full policy. A table under `policies` can name its own.",
        bad: "",
        good: "",
    }
    PROJECT_OVERWRITE = "project-overwrite", Error {
        summary: "A policy of a project would be published in the place of another, or of a file that is read.",
        explanation: "Pages are called after the file of their policy. Where two files have the same name, or one file is published with several sets of values, each takes an `out` of its own.",
        bad: "",
        good: "",
    }
}

/// A text that is no TOML.
pub fn not_toml(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&PROJECT_SYNTAX, span, format!("the project file cannot be read as TOML: {reason}"), "here")
}

/// A key that does not exist where it stands.
pub fn unknown_key(span: Span, key: &str, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(&PROJECT_KEY, span, format!("no key is called `{key}` here"), "not a key");
    finding.help(hint(key, known))
}

/// A key that is missing.
pub fn missing_key(span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&PROJECT_KEY, span, format!("`{key}` is missing"), "here").help(format!("add `{key} = \"…\"`"))
}

/// A project without policies.
pub fn no_policies(span: Span) -> Diagnostic {
    Diagnostic::new(&PROJECT_KEY, span, "the project file names no policy", "no `policies`, or an empty list of them")
        .help("name the files: `policies = [\"privacy.policy\"]`")
}

/// A value of the wrong type; both in the words of TOML.
pub fn wrong_type(span: Span, found: &str, expected: &str) -> Diagnostic {
    let message = format!("expected {expected}, found {found}");
    let finding = Diagnostic::new(&PROJECT_VALUE, span, message, format!("not {expected}"));
    match expected {
        "a list" => finding.help("put it in brackets: `[\"…\"]`"),
        "a text" => finding.help("put it in quotes: `\"…\"`"),
        _ => finding,
    }
}

/// A word that is none of those that can stand here.
pub fn unknown_word(span: Span, word: &str, known: &[&str]) -> Diagnostic {
    Diagnostic::new(&PROJECT_VALUE, span, format!("`{word}` is none of the words that can stand here"), "not known")
        .help(hint(word, known))
}

/// A value that cannot be used, with the reason as a sentence.
pub fn wrong_value(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&PROJECT_VALUE, span, reason, "this value")
}

/// A file that cannot be read, with the reason as the end of a sentence.
pub fn unread_file(span: Span, path: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(&PROJECT_FILE, span, format!("cannot read `{path}`: {reason}"), "named here")
        .help("name a file by its path relative to the folder of the project file")
}

/// A document that a policy does not have; the reason is a sentence with those that it has.
pub fn unknown_document(span: Span, reason: &str) -> Diagnostic {
    Diagnostic::new(&PROJECT_DOCUMENT, span, reason, "not a document of this policy")
}

/// Two policies that would be published as the same file.
pub fn published_twice(span: Span, first: Span, path: &str) -> Diagnostic {
    let message = format!("two policies would be published as `{path}`");
    let finding = Diagnostic::new(&PROJECT_OVERWRITE, span, message, "this would overwrite the other");
    finding.and(first, "published there as well").help("give one of them an `out` of its own")
}

/// A policy whose pages would overwrite a file that is read.
pub fn overwrites_input(span: Span, output: &str, input: &str) -> Diagnostic {
    let message = format!("`{output}` would overwrite `{input}`, which is read");
    Diagnostic::new(&PROJECT_OVERWRITE, span, message, "what is published of this")
        .help("publish it into another folder")
}

/// What may have been meant, or everything that could be.
fn hint(word: &str, known: &[&str]) -> String {
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("write `{near}`"),
        None => format!("there are {}", listed(&known.iter().map(|known| format!("`{known}`")).collect::<Vec<_>>())),
    }
}
