//! Findings about what cannot all be true, whatever the law.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    DENIED_BUT_STATED = "denied-but-stated", Error (Reasoned) {
        summary: "What the policy denies it states elsewhere.",
        explanation: "A denial reaches everything at or below what it names: every kind of the data, every kind of the recipient, every verb that the denied one is said for. Data that are placed nowhere are personal, and a company that is placed nowhere, and works as no processor, is a third party. Where the denial is limited, to a purpose, a product, a group of readers, a sense of the word, and what is stated lies outside of the limit, nothing is wrong.",
        bad: "party acme \"Acme\";\nwe never share contact-data with third-party;\nwe share email-address with acme;\n",
        good: "party acme \"Acme\";\nwe never share contact-data with third-party except email-address with acme;\nwe share email-address with acme;\n",
    }
    DENIED_IN_PART = "denied-in-part", Warning {
        summary: "A denial takes back a part of what is stated elsewhere.",
        explanation: "Read alone, the wider sentence says more than is true. Readers who look for one answer find it and stop. Written as an exception, the two cannot be read apart.",
        bad: "we share contact-data with advertiser;\nwe never share phone-number with advertiser;\n",
        good: "we share contact-data with advertiser except phone-number;\nwe never share phone-number with advertiser;\n",
    }
    DENIED_PERHAPS = "denied-perhaps", Warning {
        summary: "A denial may reach what is stated elsewhere.",
        explanation: "The two have something in common, but neither lies inside the other, or the case in which the one is allowed need not be the case of which the other speaks. A reader cannot tell which of them counts there.",
        bad: "data visits \"visits to a doctor\" is health, location-data;\nwe never share health with advertiser;\nwe share location-data with advertiser;\nwe collect visits;\n",
        good: "data visits \"visits to a doctor\" is health, location-data;\nwe never share health with advertiser;\nwe share location-data with advertiser except visits;\nwe collect visits;\n",
    }
}

/// Something that is denied and stated.
#[must_use]
pub fn denied_but_stated(span: Span, told: &str, count: usize, here: &str) -> Diagnostic {
    let more = match count {
        0 | 1 => String::new(),
        2 => ", and one more thing like it is stated".to_owned(),
        _ => format!(", and {} more things like it are stated", count - 1),
    };
    Diagnostic::new(
        &DENIED_BUT_STATED,
        span,
        format!("{told}, which is denied{more}"),
        format!("{here} is denied here"),
    )
}

/// A denial that takes back a part of what is stated.
#[must_use]
pub fn denied_in_part(span: Span, told: &str, here: &str) -> Diagnostic {
    Diagnostic::new(
        &DENIED_IN_PART,
        span,
        format!("{told} without a word of what is denied"),
        format!("{here} is denied here"),
    )
}

/// A denial that may reach what is stated.
#[must_use]
pub fn denied_perhaps(span: Span, told: &str, here: &str) -> Diagnostic {
    Diagnostic::new(&DENIED_PERHAPS, span, format!("{told}, which may be denied"), format!("{here} is denied here"))
}

/// A thing that is denied and there.
#[must_use]
pub fn denied_thing(span: Span, what: &str, here: String) -> Diagnostic {
    Diagnostic::new(&DENIED_BUT_STATED, span, format!("{what} is denied and stated"), here)
        .help("say what tells the two apart, or delete one of them")
}
