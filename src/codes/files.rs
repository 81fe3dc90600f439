//! Findings about files: what cannot be read or brought in.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    CANNOT_USE = "cannot-use", Error {
        summary: "A file that is brought in cannot be read.",
        explanation: "`use` takes a path relative to the file it stands in. The file must exist and hold declarations. While it cannot be read, names that it may declare are not looked for.",
        bad: "use \"missing.policy\";\n",
        good: "we collect name;\n",
    }
    CYCLIC_USE = "cyclic-use", Error {
        summary: "Files bring in each other.",
        explanation: "A file that is brought in may bring in others, but never one that is on the way to it.",
        bad: "",
        good: "we collect name;\n",
    }
    SENTENCE_IN_LIBRARY = "sentence-in-library", Error {
        summary: "A file that is brought in holds more than declarations.",
        explanation: "`use` brings in nouns. What the policy says stands in the policy itself, so that a reader of the source sees all of it in one place.",
        bad: "",
        good: "we collect name;\n",
    }
    NOTHING_TO_PUBLISH = "nothing-to-publish", Note {
        summary: "A file has no header, so there is no page to publish.",
        explanation: "A file without a `policy` block is a library: it can be checked and brought in with `use`, but nothing is published from it.",
        bad: "we collect name;\n",
        good: "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\";\nwe collect name;\n",
    }
    NOT_TEXT = "not-text", Error {
        summary: "A file is not text in UTF-8.",
        explanation: "Policies are written in UTF-8. The place shown is the first that is not; most editors can save a file in UTF-8.",
        bad: "",
        good: "we collect name;\n",
    }
}

/// A file that `use` cannot bring in.
pub fn cannot_use(span: Span, path: &str, reason: &str) -> Diagnostic {
    let help = if reason.contains("outside") {
        "copy it into the folder of the policy"
    } else {
        "name a file with declarations, by its path relative to this file"
    };
    Diagnostic::new(&CANNOT_USE, span, format!("`{path}` cannot be read: {reason}"), "brought in here").help(help)
}

/// A file on the way to itself.
pub fn cyclic_use(span: Span, path: &str) -> Diagnostic {
    Diagnostic::new(&CYCLIC_USE, span, format!("`{path}` brings itself in"), "leads back to the same file")
        .help("remove one `use` on the way")
}

/// A statement other than a noun in a file that is brought in.
pub fn sentence_in_library(span: Span) -> Diagnostic {
    Diagnostic::new(&SENTENCE_IN_LIBRARY, span, "a file that is brought in may only declare nouns", "not a declaration")
        .help("move this statement into the policy")
}

/// Bytes that are not UTF-8.
pub fn not_text(span: Span, byte: usize) -> Diagnostic {
    Diagnostic::new(&NOT_TEXT, span, format!("the file is not UTF-8 text from byte {byte} on"), "not text")
        .help("save the file in UTF-8")
}

/// A library where a policy was asked for.
pub fn nothing_to_publish(span: Span) -> Diagnostic {
    Diagnostic::new(
        &NOTHING_TO_PUBLISH,
        span,
        "the file has no `policy` block, so there is nothing to publish",
        "the file is a library",
    )
    .help("add a header: `policy \"Privacy Policy\" { we are NAME; you are user; }`")
}
