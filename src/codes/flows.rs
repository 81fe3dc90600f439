//! Findings about data that come from nowhere, serve nothing or go where nothing says that they may.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    USED_UNCOLLECTED = "used-uncollected", Warning {
        summary: "Data are used, and nothing says where they come from.",
        explanation: "The policy says of nearly all data that it uses where they come from, and not of these. Derived data, data of devices that stay there, and data that others give are not asked for.",
        bad: "we collect name, email-address, phone-number from you;\nwe use name, email-address, phone-number, location-data for service;\n",
        good: "we collect name, email-address, phone-number, location-data from you;\nwe use name, email-address, phone-number, location-data for service;\n",
    }
    COLLECTED_UNUSED = "collected-unused", Note {
        summary: "Data are collected, and nothing says what for.",
        explanation: "The policy says of nearly all data that it collects what they are used for, and not of these.",
        bad: "we collect name, email-address, phone-number, date-of-birth from you;\nwe use name, email-address, phone-number for service;\n",
        good: "we collect name, email-address, phone-number, date-of-birth from you;\nwe use name, email-address, phone-number, date-of-birth for service;\n",
    }
    FLOW_BEYOND_USE = "flow-beyond-use", Warning {
        summary: "A processor gets data for what the policy does not use them for.",
        explanation: "A processor serves the purposes of the publisher. Marketing, statistics, profiles and the training of models are such purposes only if a sentence about these data says so.",
        bad: "party bruma \"Bruma\";\nwe use email-address for service-messages;\nengagement mail \"mail\" of bruma { role processor; for marketing; gets email-address; }\nwe share email-address with mail;\n",
        good: "party bruma \"Bruma\";\nwe use email-address for service-messages, marketing;\nengagement mail \"mail\" of bruma { role processor; for marketing; gets email-address; }\nwe share email-address with mail;\n",
    }
    PROVIDER_UNSAID = "provider-unsaid", Warning {
        summary: "A company sets a tracker and is no recipient.",
        explanation: "Whoever sets a cookie reads it. The policy names its recipients, and not this one.",
        bad: "party bruma \"Bruma\"; party corvo \"Corvo\"; party dune \"Dune\"; party elan \"Elan\";\nwe share name with bruma, corvo, dune;\nsection cookies \"Cookies\" { tracker px \"pixel\" is pixel { names `px`; provider elan; lasts 1 day; } }\n",
        good: "party bruma \"Bruma\"; party corvo \"Corvo\"; party dune \"Dune\"; party elan \"Elan\";\nwe share name with bruma, corvo, dune;\nwe share usage-data with elan;\nsection cookies \"Cookies\" { tracker px \"pixel\" is pixel { names `px`; provider elan; lasts 1 day; } }\n",
    }
    SECRET_IN_BROAD_USE = "secret-in-broad-use", Warning {
        summary: "Passwords are among all that is given to others or used for statistics.",
        explanation: "Whoever writes `all` means passwords and keys as well, once they are collected. Nobody wants to have written that.",
        bad: "we collect password from you;\nwe use all personal for analytics;\n",
        good: "we collect password from you;\nwe use all personal for analytics except credential;\n",
    }
}

/// Data from nowhere.
#[must_use]
pub fn used_uncollected(span: Span, datum: &str) -> Diagnostic {
    Diagnostic::new(&USED_UNCOLLECTED, span, format!("nothing says where {datum} comes from"), "used here")
        .help("say that it is collected, or what it is derived from")
}

/// Data for nothing.
#[must_use]
pub fn collected_unused(span: Span, datum: &str) -> Diagnostic {
    Diagnostic::new(&COLLECTED_UNUSED, span, format!("nothing says what {datum} is used for"), "collected here")
}

/// A flow beyond what is used.
#[must_use]
pub fn flow_beyond_use(span: Span, datum: &str, purpose: &str, flow: Span) -> Diagnostic {
    Diagnostic::new(
        &FLOW_BEYOND_USE,
        span,
        format!("nothing says that {datum} is used for {purpose}"),
        "given for this",
    )
    .and(flow, "given here")
    .help("say it where the use of these data is said, or correct the purpose of the service")
}

/// A provider that is no recipient.
#[must_use]
pub fn provider_unsaid(span: Span, party: &str) -> Diagnostic {
    Diagnostic::new(
        &PROVIDER_UNSAID,
        span,
        format!("{party} sets a tracker and is named among the recipients nowhere"),
        "reads what it sets",
    )
    .help("say what it gets")
}

/// Secrets in a broad use.
#[must_use]
pub fn secret_in_broad_use(span: Span, all: &str, secret: &str, place: Span) -> Diagnostic {
    Diagnostic::new(&SECRET_IN_BROAD_USE, span, format!("{secret} is among all of {all}"), "all of it")
        .and(place, "collected here")
        .help("write `except credential`")
}
