//! Findings about what cannot be of two kinds at once.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    NEEDLESS_NECESSITY = "needless-necessity", Error (Reasoned) {
        summary: "A tracker that is called necessary serves what nobody needs.",
        explanation: "What is strictly necessary runs what the reader asked for. Statistics, advertising, personal offers and the features of social networks are not, so that such a tracker needs consent.",
        bad: "party acme \"Acme\";\nsection cookies \"Cookies\" { tracker px \"counter\" { names `px`; provider acme; class necessary; purposes analytics; lasts 1 year; } }\n",
        good: "party acme \"Acme\";\nsection cookies \"Cookies\" { tracker px \"counter\" { names `px`; provider acme; class analytics; purposes analytics; lasts 1 year; } }\n",
    }
    FIRST_PARTY_OF_OTHERS = "first-party-of-others", Warning {
        summary: "A first-party cookie is somebody else's.",
        explanation: "A cookie may lie under the publisher's own address and be read by a vendor all the same. Readers take the word as a promise that nobody else sees it.",
        bad: "party acme \"Acme\"; party bruma \"Bruma\";\nsection cookies \"Cookies\" { tracker tp \"counter\" is first-party-cookie { names `tp`; provider bruma; lasts 1 year; } }\nacme runs site \"this site\";\n",
        good: "party bruma \"Bruma\";\nsection cookies \"Cookies\" { tracker tp \"counter\" is third-party-cookie { names `tp`; provider bruma; lasts 1 year; } }\n",
    }
    PROCESSOR_AND_BUYER = "processor-and-buyer", Error (Reasoned) {
        summary: "Data are sold to a processor.",
        explanation: "A processor works with data on instructions and may not use them for itself, so that it has nothing to buy.",
        bad: "party bruma \"Bruma\" is processor;\nwe sell email-address to bruma;\n",
        good: "party bruma \"Bruma\" is processor;\nwe share email-address with bruma;\n",
    }
    PROCESSOR_OWN_PURPOSE = "processor-own-purpose", Error (Reasoned) {
        summary: "A processor uses data for the purposes of others.",
        explanation: "Whoever markets the products of third parties, or advertises by what people do elsewhere, decides about the data and is no processor for that. One company may be both, for two services.",
        bad: "party bruma \"Bruma\" is processor;\nbruma uses email-address for third-party-marketing;\n",
        good: "party bruma \"Bruma\" is processor;\nbruma uses email-address for newsletter;\n",
    }
    CONSENT_BY_USE = "consent-by-use", Error (Reasoned) {
        summary: "Consent is given by merely using something.",
        explanation: "Consent is a clear act by which somebody agrees to one thing. Whoever comes to read the policy has used the site already.",
        bad: "you consent-to collection via \"using our site\";\n",
        good: "you consent-to collection via \"a box that you tick\";\n",
    }
    ADVERTISING_TO_CHILDREN = "advertising-to-children", Error (Reasoned) {
        summary: "Data about children serve advertising that is aimed at them.",
        explanation: "Advertising that is chosen by what a child does is forbidden or restricted wherever a law speaks of it.",
        bad: "about child { we use usage-data for targeted-advertising; }\n",
        good: "about child { we use usage-data for debugging; }\n",
    }
    REQUIRED_ON_CONSENT = "required-on-consent", Warning {
        summary: "Data must be given, and all that is done with them rests on consent.",
        explanation: "Consent is free only if refusing it costs nothing. Data without which there is no service rest on a contract, or are not required. What is required for one purpose alone is said in the sentence of that purpose.",
        bad: "we collect phone-number required;\nwe use phone-number for marketing under consent;\n",
        good: "we collect phone-number optional;\nwe use phone-number for marketing under consent;\n",
    }
}

/// A necessary tracker for what is not.
#[must_use]
pub fn needless_necessity(span: Span, tracker: &str, purpose: &str, noun: Span) -> Diagnostic {
    Diagnostic::new(
        &NEEDLESS_NECESSITY,
        span,
        format!("{tracker} is called necessary and serves {purpose}"),
        "not necessary",
    )
    .and(noun, "called necessary")
    .help("give it the class of this purpose, and let it wait for consent")
}

/// A first-party cookie of somebody else.
#[must_use]
pub fn first_party_of_others(span: Span, tracker: &str, party: &str, noun: Span) -> Diagnostic {
    Diagnostic::new(
        &FIRST_PARTY_OF_OTHERS,
        span,
        format!("{tracker} is a first-party cookie of {party}"),
        "not the publisher",
    )
    .and(noun, "first-party")
    .help("say who reads it, or write `is third-party-cookie`")
}

/// A processor that buys.
#[must_use]
pub fn processor_and_buyer(span: Span, party: &str, role: Span) -> Diagnostic {
    Diagnostic::new(&PROCESSOR_AND_BUYER, span, format!("{party} is a processor and buys data"), "sold to it")
        .and(role, "a processor")
        .help("share the data with it, or give it another role")
}

/// A processor with purposes of its own.
#[must_use]
pub fn processor_own_purpose(span: Span, party: &str, purpose: &str, role: Span) -> Diagnostic {
    Diagnostic::new(
        &PROCESSOR_OWN_PURPOSE,
        span,
        format!("{party} is a processor and uses data for {purpose}"),
        "not on instructions",
    )
    .and(role, "a processor")
    .help("declare an engagement of its own for this purpose, with another role")
}

/// Consent by mere use.
#[must_use]
pub fn consent_by_use(span: Span, sentence: Span) -> Diagnostic {
    Diagnostic::new(&CONSENT_BY_USE, span, "nobody consents by merely using something", "no clear act")
        .and(sentence, "said to be consent")
        .help("ask for consent, or name the basis on which this rests without it")
}

/// Advertising to children.
#[must_use]
pub fn advertising_to_children(span: Span, child: &str, sentence: Span) -> Diagnostic {
    Diagnostic::new(
        &ADVERTISING_TO_CHILDREN,
        span,
        format!("data about {child} serve advertising aimed at them"),
        "aimed at them",
    )
    .and(sentence, "about children")
    .help("leave children out: `except` or another `about`")
}

/// Required data on consent.
#[must_use]
pub fn required_on_consent(span: Span, datum: &str, consent: Span) -> Diagnostic {
    Diagnostic::new(
        &REQUIRED_ON_CONSENT,
        span,
        format!("{datum} is required, and its use rests on consent alone"),
        "required",
    )
    .and(consent, "rests on consent")
    .help("write `optional`, or say in the sentence of the purpose that it is required for it")
}
