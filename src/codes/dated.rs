//! Findings about days, and about what was in force on them.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    NOT_IN_FORCE = "not-in-force", Error (Reasoned) {
        summary: "A transfer rests on what was not in force on the day of the policy.",
        explanation: "The EU-U.S. Privacy Shield ended on 16 July 2020. The standard clauses before those of 2021 could not be agreed on from 27 September 2021 on, and ended on 27 December 2022: a service with `since` is judged by the day on which it began as well, one without it by the later date alone. The day is that of `--as-of`, else that of the policy, within the days of the edition.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2024-05-01; }\nparty acme \"Acme\"; party bruma \"Bruma\"; people user \"our users\";\nwe transfer name to bruma in US under privacy-shield;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2019-05-01; }\nparty acme \"Acme\"; party bruma \"Bruma\"; people user \"our users\";\nwe transfer name to bruma in US under privacy-shield;\n",
    }
    UNDATED_POLICY = "undated-policy", Note {
        summary: "What is in force cannot be checked without a day.",
        explanation: "The policy rests on something that has ended, or that ends, and has no date. `updated` in its header or `--as-of` gives one.",
        bad: "party bruma \"Bruma\";\nwe transfer name to bruma in US under privacy-shield;\n",
        good: "party bruma \"Bruma\";\nwe transfer name to bruma in US under dpf;\n",
    }
    OLDER_LAW = "older-law", Note {
        summary: "A law is asked as of a day before its oldest known text.",
        explanation: "Its rules are written from the text of a certain day. What it asked for before that day is not known here, so that silence is no sign of compliance.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2020-02-01; laws coppa; }\nparty acme \"Acme\"; people user \"our users\";\nwe collect name;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2020-02-01; }\nparty acme \"Acme\"; people user \"our users\";\nwe collect name;\n",
    }
    LAW_NOT_CHECKED = "law-not-checked", Note {
        summary: "A law is named, and nothing is known of what it asks for.",
        explanation: "`laws` turns on the rules of the laws that it names. Some laws are only names: sentences can cite them, and nothing checks what they ask for, so that silence is no sign of compliance. `candor explain --list` shows the laws that have rules; `--pack` gives rules of your own.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; laws hipaa; }\nparty acme \"Acme\"; people user \"our users\";\nwe collect name;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; }\nparty acme \"Acme\"; people user \"our users\";\nwe collect name;\n",
    }
    WRONG_COUNTRY = "wrong-country", Error (Reasoned) {
        summary: "What makes a transfer lawful is about another country.",
        explanation: "The Data Privacy Framework has recipients in the United States only, and an adequacy decision is about one country. A representative is established where it represents.",
        bad: "party bruma \"Bruma\";\nwe transfer name to bruma in PH under dpf;\n",
        good: "party bruma \"Bruma\";\nwe transfer name to bruma in PH under scc-2021-914;\n",
    }
    NEEDLESS_REPRESENTATIVE = "needless-representative", Note {
        summary: "A representative is named where the publisher is established.",
        explanation: "A representative stands for a publisher that is not established in a region.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { country FR; } party harbor \"Harbor\" { seat IE; } people user \"our users\";\nharbor represents us in EU;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { country US; } party harbor \"Harbor\" { seat IE; } people user \"our users\";\nharbor represents us in EU;\n",
    }
    DATE_IN_FUTURE = "date-in-future", Warning {
        summary: "The policy was changed after the day for which it is built.",
        explanation: "`--as-of` gives the day at hand. A policy that is dated later is either not published yet or wrongly dated. The clock is never read.",
        bad: "",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\"; people user \"our users\";\nwe collect name;\n",
    }
    DATE_ORDER = "date-order", Warning {
        summary: "A service began after the last change of the policy.",
        explanation: "A policy that names a service was changed when the service began, or after it.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\"; party bruma \"Bruma\"; people user \"our users\";\nengagement mail \"mail\" of bruma { role processor; gets name; since 2031-06-01; }\nwe share name with mail;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-06-01; }\nparty acme \"Acme\"; party bruma \"Bruma\"; people user \"our users\";\nengagement mail \"mail\" of bruma { role processor; gets name; since 2031-06-01; }\nwe share name with mail;\n",
    }
}

/// Something that was not in force.
#[must_use]
pub fn not_in_force(span: Span, law: &str, words: &str) -> Diagnostic {
    Diagnostic::new(&NOT_IN_FORCE, span, format!("{law} {words}"), "not in force")
        .help("name what the transfer rests on now, or allow this finding with a reason")
}

/// A law as of a day before its oldest known text.
#[must_use]
pub fn older_law(span: Span, law: &str, known_from: &str) -> Diagnostic {
    let message = format!("the rules of `{law}` are those of {known_from}, and the policy is older");
    Diagnostic::new(&OLDER_LAW, span, message, "asked for what is known of it")
        .help("read what it asked for before that day, or check with `--as-of`")
}

/// A law without rules.
#[must_use]
pub fn law_not_checked(span: Span, law: &str) -> Diagnostic {
    let message = format!("nothing is checked for `{law}`, because it has no rules here");
    Diagnostic::new(&LAW_NOT_CHECKED, span, message, "known by its name only")
        .help("leave it out, or give rules of your own with `--pack`")
}

/// A policy without a day.
#[must_use]
pub fn undated_policy(span: Span) -> Diagnostic {
    Diagnostic::new(
        &UNDATED_POLICY,
        span,
        "whether this is in force depends on a day, and the policy has none",
        "has ended, or ends",
    )
    .help("add `updated` to the header, or give `--as-of`")
}

/// A mechanism for another country.
#[must_use]
pub fn wrong_country(span: Span, words: &str) -> Diagnostic {
    Diagnostic::new(&WRONG_COUNTRY, span, words, "for another country").help("name what holds for this country")
}

/// A representative where none is needed.
#[must_use]
pub fn needless_representative(span: Span, region: &str) -> Diagnostic {
    Diagnostic::new(
        &NEEDLESS_REPRESENTATIVE,
        span,
        format!("the publisher is established in {region} itself"),
        "represented here",
    )
}

/// A date behind the day at hand.
#[must_use]
pub fn date_in_future(span: Span, updated: &str, as_of: &str) -> Diagnostic {
    Diagnostic::new(
        &DATE_IN_FUTURE,
        span,
        format!("the policy is of {updated}, behind {as_of}"),
        "`updated` in this header",
    )
}

/// A service behind the policy.
#[must_use]
pub fn date_order(span: Span, service: &str, since: &str, updated: &str) -> Diagnostic {
    Diagnostic::new(
        &DATE_ORDER,
        span,
        format!("`{service}` began on {since}, and the policy was last changed on {updated}"),
        "began later",
    )
    .help("correct the day, or that of the policy")
}
