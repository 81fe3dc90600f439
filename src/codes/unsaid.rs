//! Findings about what a policy leaves unsaid although it says what makes it necessary, and the other way round.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    WITHDRAWAL_UNSAID = "withdrawal-unsaid", Warning {
        summary: "Something rests on consent, and nobody says how it is withdrawn.",
        explanation: "A policy that lists rights is taken to list all of them. Consent can be withdrawn, by a right, a switch, or the `withdraw` of the consent itself.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe use name for analytics under consent;\nyou have access, erasure;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe use name for analytics under consent;\nyou have access, erasure, withdraw-consent;\n",
    }
    OBJECTION_UNSAID = "objection-unsaid", Warning {
        summary: "Something rests on legitimate interests, and nobody says that one may object.",
        explanation: "A policy that lists rights is taken to list all of them. Whoever relies on legitimate interests owes the right to object.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe use name for security under legitimate-interests;\nyou have access, erasure;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe use name for security under legitimate-interests;\nyou have access, erasure, objection;\n",
    }
    CHANNEL_UNSAID = "channel-unsaid", Warning {
        summary: "Rights are offered, and nobody says how to use them.",
        explanation: "A right needs somebody to turn to: a contact, an address of the publisher, the `means` of the right, a page or a form.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\"; people user \"our users\";\nyou have access, erasure;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nyou have access, erasure;\n",
    }
    CLOSURE_UNSAID = "closure-unsaid", Warning {
        summary: "Data are kept until an account is closed, and nobody says that one can close it.",
        explanation: "A period that ends with what the reader does needs a way to do it: the right to close an account, or to have data erased.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe keep name until account-closure;\nyou have access;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe keep name until account-closure;\nyou have access, closure;\n",
    }
    UNSUBSCRIBE_UNSAID = "unsubscribe-unsaid", Warning {
        summary: "Marketing messages are sent, and nobody says how they are stopped.",
        explanation: "A policy that lists rights is taken to list all of them. Marketing messages can be refused, by a right to object or to opt out, or by what the reader may do.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe use email-address for newsletter;\nyou have access;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe use email-address for newsletter;\nyou have access, objection;\n",
    }
    TOPIC_MISSING = "topic-missing", Note {
        summary: "A whole policy leaves out what readers look for first.",
        explanation: "A policy with fifteen sentences about data or more is taken to be a whole one. Readers look for whom to turn to, the date, how long data are kept, how they are protected, and their rights. A policy that names `laws` is asked for topics by these, and one of which another document tells the rest is not asked.",
        bad: "",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\"; people user \"our users\";\nwe collect name;\n",
    }
    CHOICE_ABOUT_NOTHING = "choice-about-nothing", Note {
        summary: "A right is about something that does not happen.",
        explanation: "Nobody can opt out of a sale where nothing is sold, or withdraw a consent where nothing rests on one. Either the right is not needed or something is left unsaid.",
        bad: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe never sell personal;\nyou have ccpa-opt-out-sale-sharing;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; updated 2031-02-01; }\nparty acme \"Acme\" { post \"1 Mill Lane, Leeds\"; } people user \"our users\";\nwe never sell personal;\nyou have access;\n",
    }
}

/// Consent without withdrawal.
#[must_use]
pub fn withdrawal_unsaid(span: Span, rights: Span) -> Diagnostic {
    Diagnostic::new(&WITHDRAWAL_UNSAID, span, "nobody says how this consent is withdrawn", "rests on consent")
        .and(rights, "the rights that are listed")
        .help("add `withdraw-consent` to the rights, or `withdraw` to the consent")
}

/// Legitimate interests without objection.
#[must_use]
pub fn objection_unsaid(span: Span, rights: Span) -> Diagnostic {
    Diagnostic::new(&OBJECTION_UNSAID, span, "nobody says that one may object to this", "rests on legitimate interests")
        .and(rights, "the rights that are listed")
        .help("add `objection` to the rights")
}

/// Rights without a way to use them.
#[must_use]
pub fn channel_unsaid(span: Span) -> Diagnostic {
    Diagnostic::new(&CHANNEL_UNSAID, span, "nobody says how these rights are used", "offered here")
        .help("declare a contact, give the publisher an address, or write `via`")
}

/// A period that ends with an account that cannot be closed.
#[must_use]
pub fn closure_unsaid(span: Span) -> Diagnostic {
    Diagnostic::new(&CLOSURE_UNSAID, span, "nobody says that an account can be closed", "kept until then")
        .help("add `closure` or `erasure` to the rights")
}

/// Marketing that cannot be stopped.
#[must_use]
pub fn unsubscribe_unsaid(span: Span, rights: Span) -> Diagnostic {
    Diagnostic::new(&UNSUBSCRIBE_UNSAID, span, "nobody says how these messages are stopped", "sent for marketing")
        .and(rights, "the rights that are listed")
        .help("add `objection` or `opt-out` to the rights, or say what the reader may do")
}

/// Topics that are left out.
#[must_use]
pub fn topic_missing(span: Span, missing: &[&str]) -> Diagnostic {
    let words: Vec<String> = missing.iter().map(|topic| (*topic).to_owned()).collect();
    let list = super::listed(&words);
    Diagnostic::new(&TOPIC_MISSING, span, format!("the policy does not say {list}"), "in this policy")
}

/// A right about nothing.
#[must_use]
pub fn choice_about_nothing(span: Span, what: &str, denial: Span) -> Diagnostic {
    let finding = Diagnostic::new(
        &CHOICE_ABOUT_NOTHING,
        span,
        format!("this right is about {what}, and there is none"),
        "offered here",
    );
    if denial == span { finding } else { finding.and(denial, "denied here") }
}
