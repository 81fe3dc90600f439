//! Findings about what lasts longer than it may.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    PART_OUTLIVES_WHOLE = "part-outlives-whole", Warning {
        summary: "A part is kept longer than the whole.",
        explanation: "When the whole is gone its parts are gone. A group whose members are kept for different times is better not given a time of its own. Periods are compared whatever the calendar: a month has 28 days at least and 31 at most.",
        bad: "data account \"your account\" namely { username, password };\nwe keep account for 1 year;\nwe keep username for 3 years;\n",
        good: "data account \"your account\" namely { username, password };\nwe keep account for 1 year;\nwe keep username for 3 months;\n",
    }
    BEYOND_MAXIMUM = "beyond-maximum", Error (Reasoned) {
        summary: "Something is kept longer than anything of its kind is.",
        explanation: "`for 3 years` said of everything is a default, and a more exact sentence takes its place. `at-most` is a promise about everything, and a longer period breaks it.",
        bad: "we keep all personal for at-most 1 year;\nwe keep server-logs for 3 years;\n",
        good: "we keep all personal for at-most 1 year except server-logs;\nwe keep server-logs for 3 years;\n",
    }
    MINIMUM_ABOVE_MAXIMUM = "minimum-above-maximum", Error (Reasoned) {
        summary: "The least period is longer than the greatest.",
        explanation: "No time is at least as long as the one and at most as long as the other.",
        bad: "we keep name for at-least 10 years;\nwe keep name for at-most 7 years;\n",
        good: "we keep name for at-least 7 years;\nwe keep name for at-most 10 years;\n",
    }
    DELETED_BUT_KEPT = "deleted-but-kept", Warning {
        summary: "What is deleted is kept longer elsewhere.",
        explanation: "A sentence says that data are deleted when something happens, and another one keeps them, a part of them or a copy in the backups for longer from then on, or for years because the law asks for it. Written as an exception of the first, the promise is one that holds.",
        bad: "we immediately delete all personal when account-closure;\nwe keep name for 90 days after account-closure at backup;\n",
        good: "we immediately delete all personal when account-closure except name;\nwe keep name for 90 days after account-closure at backup;\n",
    }
}

/// A part beyond its whole.
#[must_use]
pub fn part_outlives_whole(span: Span, part: &str, whole: &str, first: Span) -> Diagnostic {
    Diagnostic::new(
        &PART_OUTLIVES_WHOLE,
        span,
        format!("{part} is kept longer than {whole}, of which it is a part"),
        "kept longer",
    )
    .and(first, "the whole is gone by then")
    .help("shorten the period of the part, or give each part its own")
}

/// An item beyond the greatest period.
#[must_use]
pub fn beyond_maximum(span: Span, part: &str, whole: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&BEYOND_MAXIMUM, span, format!("{part} is kept longer than {whole} is at most"), "kept longer")
        .and(first, "at most so long")
        .help(format!("write `except {}` behind the greatest period, or shorten this one", part.trim_matches('`')))
}

/// A period of the same data that is longer than their greatest.
#[must_use]
pub fn longer_than_at_most(span: Span, datum: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&BEYOND_MAXIMUM, span, format!("{datum} is kept longer than it is at most"), "kept longer")
        .and(first, "at most so long")
        .help("correct one of the two, or say what tells them apart")
}

/// A minimum above a maximum.
#[must_use]
pub fn minimum_above_maximum(span: Span, datum: &str, maximum: Span) -> Diagnostic {
    Diagnostic::new(
        &MINIMUM_ABOVE_MAXIMUM,
        span,
        format!("the least period of {datum} is longer than the greatest"),
        "at least so long",
    )
    .and(maximum, "at most so long")
    .help("correct one of the two")
}

/// Something that is deleted and kept.
#[must_use]
pub fn deleted_but_kept(span: Span, part: &str, whole: &str, kept: Span) -> Diagnostic {
    let what = if part == whole {
        format!("{part} is deleted here and kept longer elsewhere")
    } else {
        format!("{whole} is deleted here, and {part}, a part of it, is kept longer")
    };
    Diagnostic::new(&DELETED_BUT_KEPT, span, what, "deleted here")
        .and(kept, "kept here")
        .help(format!("write it as an exception: `except {}`", part.trim_matches('`')))
}
