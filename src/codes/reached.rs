//! Findings about what can never happen, never ends or leads nowhere.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    NEVER_REACHED = "never-reached", Warning {
        summary: "A sentence holds in a case that cannot be.",
        explanation: "The conditions of a sentence and of the blocks around it add up. Here one of them excludes another, so that the sentence says nothing.",
        bad: "setting sync \"sync\" { default disabled; }\nwhen sync is enabled {\n  we collect name when sync is disabled;\n}\n",
        good: "setting sync \"sync\" { default disabled; }\nwhen sync is enabled {\n  we collect name;\n}\n",
    }
    BEFORE_CONSENT = "before-consent", Error (Reasoned) {
        summary: "A tracker that waits for consent is set before it.",
        explanation: "One sentence says that the tracker needs consent, another one that it is there before anybody could consent.",
        bad: "we use pixel under consent;\nwe place pixel before consent;\n",
        good: "we use pixel under consent;\nwe place session-cookie before consent;\n",
    }
    OPEN_ENDED = "open-ended", Note {
        summary: "Data are kept without an end that anybody could know.",
        explanation: "`indefinitely`, `while necessary` and `until no-longer-needed` give a reader no time. A number, an event or a criterion does, or a greatest period beside them.",
        bad: "we keep name while necessary;\n",
        good: "we keep name for at-most 2 years while necessary;\n",
    }
    DEAD_END_CHOICE = "dead-end-choice", Warning {
        summary: "The only way to choose something is closed elsewhere.",
        explanation: "A choice that is made only in one way needs that way everywhere. Another sentence says that it may not be there.",
        bad: "setting panel \"the settings of your browser\";\nyou may opt-out-of \"tracking\" only via panel;\nyou cannot block cookie via panel;\n",
        good: "setting panel \"the settings of your browser\";\nyou may opt-out-of \"tracking\" via panel, \"a mail to us\";\nyou cannot block cookie via panel;\n",
    }
}

/// A case that cannot be.
#[must_use]
pub fn never_reached(condition: Span, sentence: Span) -> Diagnostic {
    let finding = Diagnostic::new(
        &NEVER_REACHED,
        sentence,
        "this can never be, because one condition excludes another",
        "holds in no case",
    );
    if condition == sentence { finding } else { finding.and(condition, "excludes another condition of this sentence") }
}

/// A tracker before its consent.
#[must_use]
pub fn before_consent(span: Span, consent: Span) -> Diagnostic {
    Diagnostic::new(&BEFORE_CONSENT, span, "this is set before the consent for which it waits", "set before consent")
        .and(consent, "waits for consent")
        .help("set it after consent, or say that it needs none")
}

/// Data without an end.
#[must_use]
pub fn open_ended(span: Span, erasure: Option<Span>) -> Diagnostic {
    let finding = Diagnostic::new(&OPEN_ENDED, span, "nobody can know when this ends", "kept without an end");
    let finding = match erasure {
        Some(erasure) => finding.and(erasure, "erased on request"),
        None => finding,
    };
    finding.help("give a number, an event, a criterion or a greatest period")
}

/// A choice whose way is closed.
#[must_use]
pub fn dead_end_choice(span: Span, closed: Span) -> Diagnostic {
    Diagnostic::new(&DEAD_END_CHOICE, span, "the only way to this choice may not be there", "only in this way")
        .and(closed, "may not be there")
        .help("name a second way")
}
