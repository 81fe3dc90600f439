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

    ONLY_BUT_MORE = "only-but-more", Error (Reasoned) {
        summary: "Something lies outside of what the policy says is all.",
        explanation: "`only` in a clause, in front of an actor or in front of a list of cases denies the rest. Another sentence about the same data, at or below what the `only` speaks of, says more. An `only` in the tail of an entry reaches its own sentence and no other.",
        bad: "we share email-address only with processor;\nwe share email-address with advertiser;\n",
        good: "we share email-address only with processor;\nwe share phone-number with advertiser;\n",
    }
    ONLY_AND_WIDER = "only-and-wider", Warning {
        summary: "A wider sentence says more than an `only` allows for a part of it.",
        explanation: "What is said of all contact details is said of the email address too. Whoever reads the wider sentence alone does not know of the limit, so the wider sentence should name the exception.",
        bad: "we use email-address only for service-messages;\nwe use contact-data for marketing;\n",
        good: "we use email-address only for service-messages;\nwe use contact-data for marketing except email-address;\n",
    }
    BEYOND_BASIS = "beyond-basis", Error (Reasoned) {
        summary: "A purpose rests on a consent that does not cover it.",
        explanation: "`covers` says what a consent is asked for. What it does not cover nobody consented to.",
        bad: "basis news-consent \"your consent to news\" is consent { covers newsletter; }\nwe use email-address for newsletter under news-consent;\nwe use name for analytics under news-consent;\n",
        good: "basis news-consent \"your consent to news\" is consent { covers newsletter; }\nwe use email-address for newsletter under news-consent;\n",
    }
    TWO_BASES = "two-bases", Warning {
        summary: "The same data have two legal bases for one purpose.",
        explanation: "The basis decides which rights somebody has: consent can be withdrawn, legitimate interests can be objected to. Where two sentences give two, nobody can tell which holds. Where both hold, one sentence gives both, each with what it holds for.",
        bad: "we use name for analytics under consent;\nwe use name, photo for analytics under legitimate-interests;\n",
        good: "we use name for analytics under consent;\nwe use photo for analytics under legitimate-interests;\n",
    }
    BASIS_CITED = "basis-cited", Error (Reasoned) {
        summary: "A legal basis is cited with a provision that is about another one.",
        explanation: "Article 6(1) of the GDPR lists the legal bases, and Article 9(2) the conditions for special categories, one under each letter. A basis with the letter of another one leaves open which of them is meant, and a letter that is not there means none.",
        bad: "we use name for payment under consent `gdpr 6(1)(b)`;\n",
        good: "we use name for payment under contract `gdpr 6(1)(b)`;\n",
    }
    REQUIRED_AND_OPTIONAL = "required-and-optional", Error (Reasoned) {
        summary: "The same data must be given and need not be.",
        explanation: "Whether something must be given may differ by purpose, by product, by where it is asked for. Where nothing tells two sentences apart, one of them is wrong.",
        bad: "we collect phone-number required;\nwe collect phone-number, name optional;\n",
        good: "we collect phone-number required;\nwe collect name optional;\n",
    }
    TWO_DEADLINES = "two-deadlines", Error (Reasoned) {
        summary: "A right is answered later than all requests are.",
        explanation: "A sentence about all requests holds for each right. A right with a longer answer breaks the promise, whatever the calendar.",
        bad: "right access \"get a copy\" { answer 90 days; }\nyou have access;\nwe answer request-of-reader within 30 days;\n",
        good: "right access \"get a copy\" { answer 30 days; }\nyou have access;\nwe answer request-of-reader within 1 month;\n",
    }
    FEE_AND_FREE = "fee-and-free", Error (Reasoned) {
        summary: "A right costs a fee although all requests are free.",
        explanation: "A sentence about all requests holds for each right. Where the first request is free and the next is not, `free` beside `fee` says so.",
        bad: "right access \"get a copy\" { fee \"10 euros\"; }\nyou have access;\nwe free-of-charge answer request-of-reader;\n",
        good: "right access \"get a copy\" { fee \"10 euros\"; free \"one copy a year\"; }\nyou have access;\nwe free-of-charge answer request-of-reader;\n",
    }
    SESSION_THAT_LASTS = "session-that-lasts", Error (Reasoned) {
        summary: "A session cookie lasts longer than a session.",
        explanation: "A session cookie is gone when the browser is closed. One that has a lifetime in days is a persistent cookie.",
        bad: "party acme \"Acme\";\nsection cookies \"Cookies\" { tracker sid \"sign-in\" is session-cookie { names `sid`; provider acme; lasts 1 year; } }\n",
        good: "party acme \"Acme\";\nsection cookies \"Cookies\" { tracker sid \"sign-in\" is session-cookie { names `sid`; provider acme; lasts session; } }\n",
    }
    TWO_ROLES = "two-roles", Error (Reasoned) {
        summary: "One service is rendered as a processor and as a controller.",
        explanation: "A processor acts on instructions, a controller decides. One company may be both, for two services.",
        bad: "party bruma \"Bruma\";\nengagement hosting \"hosting\" of bruma { role processor, controller; gets name; }\n",
        good: "party bruma \"Bruma\";\nengagement hosting \"hosting\" of bruma { role processor; gets name; }\n",
    }
    KINDS_EXCLUDE = "kinds-exclude", Error (Reasoned) {
        summary: "Something is of two kinds that exclude each other.",
        explanation: "What is anonymous is about nobody, so that it cannot be personal; nor can a member of it. Whoever works on instructions is no broker of data, no advertiser and no advertising network for them.",
        bad: "data figures \"figures\" is anonymous namely { user-id };\nwe use figures for analytics;\n",
        good: "data figures \"figures\" is pseudonymous namely { user-id };\nwe use figures for analytics;\n",
    }
    TWO_COUNTRIES = "two-countries", Warning {
        summary: "Data go to a country in which the recipient is not.",
        explanation: "A service says where it is rendered. A sentence that sends data to the service somewhere else contradicts it.",
        bad: "party bruma \"Bruma\";\nengagement logs \"logs\" of bruma { role processor; gets name; in US; }\nwe transfer name to logs in CA;\n",
        good: "party bruma \"Bruma\";\nengagement logs \"logs\" of bruma { role processor; gets name; in US; }\nwe transfer name to logs in US;\n",
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

/// Something outside of an `only`.
#[must_use]
pub fn only_but_more(span: Span, object: &str, what: &str) -> Diagnostic {
    Diagnostic::new(
        &ONLY_BUT_MORE,
        span,
        format!("{object}: {what} is outside of what the `only` here allows"),
        "limited here",
    )
    .help("widen the `only`, say what tells the two apart, or delete one of them")
}

/// A wider sentence outside of an `only`.
#[must_use]
pub fn only_and_wider(span: Span, object: &str, what: &str) -> Diagnostic {
    Diagnostic::new(
        &ONLY_AND_WIDER,
        span,
        format!("{object}: {what} is said of more data, these among them"),
        "limited here",
    )
    .help(format!("write `except {}` in the wider sentence", object.trim_matches('`')))
}

/// A purpose beyond a consent.
#[must_use]
pub fn beyond_basis(span: Span, basis: &str, purpose: &str, covers: Span) -> Diagnostic {
    Diagnostic::new(&BEYOND_BASIS, span, format!("{basis} does not cover {purpose}"), "rests on it")
        .and(covers, "covers this and no more")
        .help("add the purpose to `covers`, or name another basis")
}

/// Two bases for one cell.
#[must_use]
pub fn two_bases(span: Span, datum: &str, purpose: &str, first: Span) -> Diagnostic {
    Diagnostic::new(
        &TWO_BASES,
        span,
        format!("{datum} has another legal basis for {purpose} already"),
        "another basis here",
    )
    .and(first, "the first basis")
    .help("keep one, or give both in one sentence, each with what it holds for: `consent (only for x)`")
}

/// A basis with a provision that is not its own.
#[must_use]
pub fn basis_cited(span: Span, basis: &str, provision: &str, other: Option<&str>) -> Diagnostic {
    let is = match other {
        Some(other) => format!("is about `{other}`"),
        None => "lists no legal basis".to_owned(),
    };
    Diagnostic::new(&BASIS_CITED, span, format!("{basis} is cited with `{provision}`, which {is}"), "cited here")
        .help("correct the provision or the basis")
}

/// Data that must be given and need not be.
#[must_use]
pub fn required_and_optional(span: Span, datum: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&REQUIRED_AND_OPTIONAL, span, format!("{datum} is required and optional"), "here")
        .and(first, "said otherwise here")
        .help("keep one, or say what tells the two apart, a purpose or a product")
}

/// A right that is answered too late.
#[must_use]
pub fn two_deadlines(span: Span, right: &str, general: Span) -> Diagnostic {
    Diagnostic::new(
        &TWO_DEADLINES,
        span,
        format!("`{right}` is answered later than all requests are"),
        "a longer period",
    )
    .and(general, "all requests")
    .help("give one period for both, or name the right as an exception")
}

/// A right with a fee where all are free.
#[must_use]
pub fn fee_and_free(span: Span, right: &str, general: Span) -> Diagnostic {
    Diagnostic::new(&FEE_AND_FREE, span, format!("`{right}` has a fee although all requests are free"), "a fee")
        .and(general, "free of charge")
        .help("say what is free: `free \"one copy a year\"`, or delete one of them")
}

/// A session cookie with a lifetime.
#[must_use]
pub fn session_that_lasts(span: Span, tracker: &str, noun: Span) -> Diagnostic {
    Diagnostic::new(
        &SESSION_THAT_LASTS,
        span,
        format!("`{tracker}` is a session cookie and lasts longer"),
        "its lifetime",
    )
    .and(noun, "ends with the session")
    .help("write `lasts session`, or `is persistent-cookie`")
}

/// A service in two roles.
#[must_use]
pub fn two_roles(span: Span, service: &str) -> Diagnostic {
    Diagnostic::new(
        &TWO_ROLES,
        span,
        format!("`{service}` is rendered as a processor and as a controller"),
        "two roles",
    )
    .help("declare two engagements, one for each role")
}

/// A transfer to where the recipient is not.
#[must_use]
pub fn two_countries(span: Span, who: &str, place: &str, known: Span) -> Diagnostic {
    Diagnostic::new(&TWO_COUNTRIES, span, format!("{who} is not in {place}"), "sent here")
        .and(known, "rendered here")
        .help("add the country to the service, or correct the transfer")
}

/// A noun of two kinds that exclude each other.
#[must_use]
pub fn kinds_exclude(span: Span, noun: &str, one: &str, other: &str) -> Diagnostic {
    Diagnostic::new(
        &KINDS_EXCLUDE,
        span,
        format!("{noun} is `{one}` and `{other}`, which exclude each other"),
        "of two kinds",
    )
    .help("keep one of the two; what a group is, its members are as well")
}
