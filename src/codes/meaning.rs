//! Findings about sentences and headers: what fits together and what does not.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    CLAUSE_NOT_TAKEN = "clause-not-taken", Error {
        summary: "A verb does not take this clause.",
        explanation: "Each verb takes the clauses that make sense with it: `share` takes `with`, `sell` takes `to`. A clause that a verb does not take could not be said on the page.",
        bad: "party acme \"Acme\";\nwe share name to acme;\n",
        good: "party acme \"Acme\";\nwe share name with acme;\n",
    }
    UNFIT_VALUE = "unfit-value", Error {
        summary: "A clause takes no value of this type.",
        explanation: "A period says how long or how soon (`for`, `kept`, `within`, `before`, `after`, `until`), a place where (`in`, `at`, `to`, `from`). In another clause the page would say nothing that can be understood.",
        bad: "we collect name when 3 days;\n",
        good: "we keep name for 3 days;\n",
    }
    SEVERAL_PERIODS = "several-periods", Error {
        summary: "A clause holds a period and something else.",
        explanation: "A clause says one period and nothing beside it: of two nobody could tell which one holds. What follows stands behind `then`, and a purpose in a sentence about use, with `kept` for its period.",
        bad: "we keep name for at-most 90 days, 5 years;\n",
        good: "we keep name for 90 days then 5 years;\n",
    }
    NOT_A_PERIOD = "not-a-period", Error {
        summary: "Something else stands where a period belongs.",
        explanation: "`kept`, and `for` behind a verb such as `keep`, say how long: `2 years`, `until account-closure`, `2 years after purchase`, `by \"how long we need it\"`. An event alone is a moment and no length of time, and a period in quotes is words that nothing can be held against.",
        bad: "we use name for payment kept purchase;\n",
        good: "we use name for payment kept 2 years after purchase;\n",
    }
    CLAUSE_REPLACED = "clause-replaced", Error {
        summary: "A clause would take the place of one around it.",
        explanation: "What stands in front of a block holds for every sentence in it. Conditions add up; any other clause that is there again inside would silently take the place of the outer one, unless it only says more exactly what the outer one says. Move the sentence out of the block, or say both in one clause.",
        bad: "party bank \"Bank\";\nparty courier \"Courier\";\nwith bank { we share name with courier; }\n",
        good: "party bank \"Bank\";\nparty courier \"Courier\";\nwe share name with bank, courier;\n",
    }
    DOUBLE_ENTRY = "double-entry", Warning {
        summary: "A list names a thing twice.",
        explanation: "The page would say it twice as well. Remove one of them, or say what tells them apart behind each.",
        bad: "we collect name, email-address, name;\n",
        good: "we collect name, email-address;\n",
    }
    DOUBLE_CLAUSE = "double-clause", Error {
        summary: "A clause is there twice.",
        explanation: "Each clause stands at most once in a sentence and in the blocks around it. Put the entries into one list, or write two sentences.",
        bad: "we use name for analytics for security;\n",
        good: "we use name for analytics, security;\n",
    }
    AGREEMENT = "agreement", Error {
        summary: "The form of a verb does not agree with who acts.",
        explanation: "One party collects, several collect; \"we\" and \"you\" collect; behind `may`, `will` and the other modalities stands the base form. The form tells how the page prints the sentence, so it must be right.",
        bad: "we collects name;\n",
        good: "we collect name;\n",
    }
    MISSING_OBJECT = "missing-object", Error {
        summary: "A verb does not say what it is done to.",
        explanation: "Verbs of collection, use, disclosure, retention and deletion are done to something. Without it the page would say \"We collect.\" Write `any` for whatever data there is.",
        bad: "we collect for analytics;\n",
        good: "we collect usage-data for analytics;\n",
    }
    EXCEPT_WITH_CASES = "except-with-cases", Error {
        summary: "A closed list of cases has an exception.",
        explanation: "`only in { … }` is the complete list of cases. An exception to it would be a further case; put it into the list.",
        bad: "we share name with third-party only in { we share name with authority; } except when \"you agree\";\n",
        good: "we share name with third-party only in { we share name with authority; }\n",
    }
    NO_CASES = "no-cases", Error {
        summary: "A closed list of cases is empty.",
        explanation: "`only in { … }` is the complete list of cases, and the page would announce cases that never come. What is done in no case is denied.",
        bad: "we share name with third-party only in { }\n",
        good: "we never share name with third-party;\n",
    }
    DOUBLE_SLOT = "double-slot", Error {
        summary: "A named sentence has the same clause twice in one scope.",
        explanation: "`name: under contract;` adds a clause to the sentence called `name`. Each clause is filled once in each scope: once for everybody, and once more inside `you are X { … }` or `about X { … }` for those it differs for.",
        bad: "moderation: we use posts \"posts\" for security under contract;\nmoderation: under consent;\n",
        good: "people member \"members\" one \"a member\";\nmoderation: we use posts \"posts\" for security under contract;\nyou are member { moderation: under consent; }\n",
    }
    ARM_BEHIND_OTHERWISE = "arm-behind-otherwise", Error {
        summary: "A value stands behind `otherwise`, where it can never hold.",
        explanation: "The first guard that fits decides. `otherwise` fits always, so it comes last.",
        bad: "people member \"members\";\nwe use name for security under { otherwise: consent about member: contract };\n",
        good: "people member \"members\";\nwe use name for security under { about member: contract otherwise: consent };\n",
    }
    INTERNAL_IN_PUBLIC = "internal-in-public", Error {
        summary: "A public statement names something internal.",
        explanation: "What is `internal` appears in the record of processing and nowhere else. A public statement that names it could not be printed. Make the statement internal too, or the noun public.",
        bad: "internal { party warehouse \"the data warehouse team\"; }\nwe share name with warehouse;\n",
        good: "internal { party warehouse \"the data warehouse team\"; }\ninternal we share name with warehouse;\nwe collect name;\n",
    }
    DOUBLE_POLICY = "double-policy", Error {
        summary: "A document has two headers.",
        explanation: "A file holds one policy, and a policy has one header.",
        bad: "policy \"One\" { we are acme; }\npolicy \"Two\" { we are acme; }\nparty acme \"Acme\";\n",
        good: "policy \"One\" { we are acme; }\nparty acme \"Acme\";\n",
    }
    MISSING_PUBLISHER = "missing-publisher", Error {
        summary: "A policy does not say who publishes it.",
        explanation: "The header names the publisher, whom \"we\" stands for: `we are acme;`.",
        bad: "policy \"Privacy Policy\" { you are user; }\nwe collect name;\n",
        good: "policy \"Privacy Policy\" { we are acme; you are user; }\nparty acme \"Acme\";\nwe collect name;\n",
    }
    MISSING_TITLE = "missing-title", Error {
        summary: "A policy or a section has no title.",
        explanation: "The title stands in quotes behind `policy`, and behind the name of a section. It is the heading of the page.",
        bad: "policy { we are acme; }\nparty acme \"Acme\";\n",
        good: "policy \"Privacy Policy\" { we are acme; }\nparty acme \"Acme\";\n",
    }
    UNKNOWN_HEADER_FIELD = "unknown-header-field", Error {
        summary: "The header of a policy has no such field, or the field has no such value.",
        explanation: "A header has `we are`, `you are`, `covers`, `describes`, `language`, `updated`, `laws`, `voice` and `contents`.",
        bad: "policy \"Privacy Policy\" { we are acme; date 2026-01-01; }\nparty acme \"Acme\";\n",
        good: "policy \"Privacy Policy\" { we are acme; updated \"Last updated\" 2026-01-01; }\nparty acme \"Acme\";\n",
    }
    UNSUPPORTED_LANGUAGE = "unsupported-language", Error {
        summary: "The page cannot be written in this language.",
        explanation: "The wording exists for English: `en-US`, `en-GB` and the other regions, which decide how dates and lists are printed.",
        bad: "policy \"Privacy Policy\" { we are acme; language de-DE; }\nparty acme \"Acme\";\n",
        good: "policy \"Privacy Policy\" { we are acme; language en-GB; }\nparty acme \"Acme\";\n",
    }
    UNSAFE_LINK = "unsafe-link", Error {
        summary: "An address is none that a page may link to.",
        explanation: "Only `https:`, `http:` and `mailto:` addresses become links, spelt as the standard for addresses asks. Anything else could run in the reader's browser or lead nowhere.",
        bad: "link help \"our help\" <javascript:alert>;\nwe collect name see help;\n",
        good: "link help \"our help\" <https://acme.example/help>;\nwe collect name see help;\n",
    }
    UNKNOWN_CODE = "unknown-code", Error {
        summary: "`allow`, `warn` or `deny` names no finding.",
        explanation: "The code is the word in brackets behind `error`, `warning` or `note`; `docs/codes.md` lists all.",
        bad: "allow unused-nuon because \"kept for the app\";\n",
        good: "allow unused-noun because \"kept for the app\";\ndata shoe-size \"shoe size\";\nwe collect name;\n",
    }
    FIXED_LEVEL = "fixed-level", Error {
        summary: "The level of this finding cannot be changed.",
        explanation: "A name that refers to nothing or a statement that cannot be read leaves nothing to publish. Such errors are mended, not allowed.",
        bad: "allow unknown-name because \"later\";\n",
        good: "allow unused-noun because \"kept for the app\";\ndata shoe-size \"shoe size\";\nwe collect name;\n",
    }
    REASON_MISSING = "reason-missing", Error {
        summary: "A finding is set lower without a reason.",
        explanation: "What a law asks for can be left out only for a reason, which whoever reviews the policy reads beside it. Until there is one, the setting has no effect.",
        bad: "",
        good: "we collect name;\n",
    }
    UNUSED_SETTING = "unused-setting", Warning {
        summary: "`allow`, `warn` or `deny` changes nothing.",
        explanation: "No finding of this code is raised in its block. A setting that is not needed hides the finding that comes later.",
        bad: "allow unused-noun because \"kept for the app\";\nwe collect name;\n",
        good: "we collect name;\n",
    }
    PROSE_REFERENCE = "prose-reference", Error {
        summary: "A reference in prose cannot be read.",
        explanation: "In prose, `{name}` prints the words of a noun or a field, and `{see name}` links to it. Write `\\{` for a brace of the text.",
        bad: "\"\"\"Write to {the address}.\"\"\"\n",
        good: "contact main \"questions\" { email help@acme.example; }\n\"\"\"Write to {main.email}.\"\"\"\n",
    }
    PROSE_MARKUP = "prose-markup", Error {
        summary: "Prose holds Markdown that cannot be published.",
        explanation: "Prose may hold paragraphs, lists, emphasis, code and links. Headings belong to sections; HTML and images cannot be checked; code blocks, quotations and rules would differ between the formats.",
        bad: "\"\"\"<script>alert(1)</script>\"\"\"\n",
        good: "\"\"\"We *care* about this.\"\"\"\n",
    }
    DENIED_CLAUSE = "denied-clause", Error {
        summary: "A sentence denies something and says how long it is kept, or that it must be given.",
        explanation: "`kept`, `required` and `optional` speak of data that are there. What is not done leaves nothing to keep or to give, so a denied sentence cannot say it; say it in a sentence about what is done.",
        bad: "we do not share name kept 3 days;\n",
        good: "we do not share name;\nwe keep name for 3 days;\n",
    }
}

/// A clause outside the verb's frame.
pub fn clause_not_taken(span: Span, verb: &str, clause: &str, instead: Option<&str>, verb_span: Span) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &CLAUSE_NOT_TAKEN,
        span,
        format!("`{verb}` does not take `{clause}`"),
        "could not be said on the page",
    )
    .and(verb_span, "the verb it would go with");
    match instead {
        Some(instead) => diagnostic.help(format!("write `{instead}`")),
        None => diagnostic.help("remove it, or say it in a sentence of its own"),
    }
}

/// A value of a type that a clause does not take.
pub fn unfit_value(span: Span, clause: &str, what: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(&UNFIT_VALUE, span, format!("`{clause}` takes no {what}"), "would say nothing here").help(instead)
}

/// A period beside another value.
pub fn several_periods(span: Span, clause: &str) -> Diagnostic {
    Diagnostic::new(
        &SEVERAL_PERIODS,
        span,
        format!("`{clause}` takes one period and nothing else"),
        "one value too many",
    )
    .help("join what follows with `then`, or say it in a sentence of its own, such as `we use … for … kept 3 years`")
}

/// Something else where a period belongs.
pub fn not_a_period(span: Span, clause: &str, written: &str, what: NoPeriod) -> Diagnostic {
    let (message, help) = match what {
        NoPeriod::Event => (
            format!("`{clause}` takes a period, and `{written}` is a moment"),
            format!("write `until {written}`, or how long after it, such as `2 years after {written}`"),
        ),
        NoPeriod::Quoted => (
            format!("`{written}` is a period, and in quotes only words"),
            format!("write it without quotes: `{written}`"),
        ),
        NoPeriod::Other => (
            format!("`{clause}` takes a period, and `{written}` is none"),
            "write how long, such as `3 years`, or what it depends on, such as `by \"how long we need it\"`".to_owned(),
        ),
    };
    Diagnostic::new(&NOT_A_PERIOD, span, message, "how long belongs here").help(help)
}

/// What stands where a period belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPeriod {
    /// A moment.
    Event,
    /// A period in quotes.
    Quoted,
    /// Anything else.
    Other,
}

/// A clause that a block around it has as well.
pub fn clause_replaced(span: Span, clause: &str) -> Diagnostic {
    Diagnostic::new(
        &CLAUSE_REPLACED,
        span,
        format!("`{clause}` stands in a block around this as well"),
        "would take the place of the outer one",
    )
    .help("move this out of the block, or say both in one clause")
}

/// A name that a list holds already.
pub fn double_entry(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_ENTRY, span, format!("`{name}` stands in this list twice"), "again here")
        .and(first, "first here")
        .help("remove one of them")
}

/// A clause for the second time.
pub fn double_clause(span: Span, clause: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_CLAUSE, span, format!("the sentence has `{clause}` twice"), "again here")
        .and(first, "first here")
        .help("put the entries into one list, or write a second sentence")
}

/// `for` twice, once for how long and once for why.
pub fn period_and_purpose(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_CLAUSE, span, "the sentence has `for` twice", "again here")
        .and(first, "first here")
        .help("write `kept` for how long and `for` for why: `for legal-claims kept 3 years`")
}

/// A verb in the wrong form. `here` says which form is written.
pub fn agreement(
    span: Span,
    written: &str,
    here: &str,
    right: &str,
    actor: &str,
    because: Option<(Span, &str)>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&AGREEMENT, span, format!("`{written}` does not agree with {actor}"), here)
        .help(format!("write `{right}`"));
    match because {
        Some((span, text)) => diagnostic.and(span, text),
        None => diagnostic,
    }
}

/// A verb without the object that it needs.
pub fn missing_object(span: Span, verb: &str) -> Diagnostic {
    Diagnostic::new(
        &MISSING_OBJECT,
        span,
        format!("`{verb}` does not say what it is done to"),
        "an object belongs behind it",
    )
    .help(format!("write `{verb} name`, `{verb} \"…\"`, or `{verb} any` for whatever data there is"))
}

/// An exception to a closed list.
pub fn except_with_cases(span: Span) -> Diagnostic {
    Diagnostic::new(&EXCEPT_WITH_CASES, span, "a complete list of cases cannot have an exception", "this exception")
        .help("make the exception one of the cases")
}

/// A closed list without cases.
pub fn no_cases(span: Span) -> Diagnostic {
    Diagnostic::new(&NO_CASES, span, "the complete list of cases is empty", "no case follows")
        .help("write the cases as sentences, or deny the sentence with `never`")
}

/// A second header.
pub fn double_policy(span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_POLICY, span, "the document has two headers", "this one is not read")
        .and(first, "first header")
        .help("keep one of them")
}

/// A header without `we are`.
pub fn missing_publisher(span: Span) -> Diagnostic {
    Diagnostic::new(&MISSING_PUBLISHER, span, "the policy does not say who publishes it", "this header names nobody")
        .help("add `we are NAME;` and declare the party: `party NAME \"…\";`")
}

/// A header or a section without a title.
pub fn missing_title(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_TITLE, span, format!("the {what} has no title"), "a title belongs behind this")
        .help("write the title in quotes, as in `\"Sharing\"`")
}

/// A header field that does not exist.
pub fn unknown_header_field(span: Span, key: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNKNOWN_HEADER_FIELD,
        span,
        format!("`{key}` is not a field of a policy"),
        "nothing would read it",
    );
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help(
            "use `we are`, `you are`, `covers`, `describes`, `language`, `updated`, `laws`, `voice` or `contents`",
        ),
    }
}

/// A header field with a value it does not have.
pub fn header_value(span: Span, key: &str, expected: &str) -> Diagnostic {
    let example = match key {
        "describes" => "describes \"what we collect\";",
        "language" => "language en-US;",
        "updated" => "updated \"Last updated\" 2026-02-28;",
        "laws" => "laws gdpr;",
        "voice" => "voice name;",
        _ => "contents on;",
    };
    Diagnostic::new(&UNKNOWN_HEADER_FIELD, span, format!("`{key}` cannot have this value"), format!("takes {expected}"))
        .help(format!("write for instance `{example}`"))
}

/// A language without wording.
pub fn unsupported_language(span: Span, language: &str) -> Diagnostic {
    Diagnostic::new(
        &UNSUPPORTED_LANGUAGE,
        span,
        format!("there is no wording for `{language}`"),
        "not a language of the page",
    )
    .help("write `language en-US;` or another region of English")
}

/// An address that cannot be a link.
pub fn unsafe_link(span: Span, address: &str) -> Diagnostic {
    let shown: String = address.chars().take(60).collect();
    Diagnostic::new(&UNSAFE_LINK, span, format!("`{shown}` is not an address that a page may link to"), "cannot become a link")
        .help("use an `https:`, `http:` or `mailto:` address, with special characters percent-encoded, or write the address as a label")
}

/// A setting of a code that does not exist.
pub fn unknown_code(span: Span, code: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNKNOWN_CODE, span, format!("no finding is called `{code}`"), "not a code");
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help("use the word in brackets behind `error`, `warning` or `note`"),
    }
}

/// A setting of a code that has a fixed level.
pub fn fixed_level(span: Span, code: &str) -> Diagnostic {
    Diagnostic::new(&FIXED_LEVEL, span, format!("`{code}` is always an error"), "cannot be changed")
        .help("remove this statement and mend what it is about")
}

/// A setting that lowers, without a reason, what takes one.
pub fn reason_missing(span: Span, word: &str, code: &str) -> Diagnostic {
    Diagnostic::new(&REASON_MISSING, span, format!("`{word} {code}` gives no reason"), "has no effect without one")
        .help(format!("say why, for those who review the policy: `{word} {code} because \"…\"`"))
}

/// A setting without effect.
pub fn unused_setting(span: Span, word: &str, code: &str) -> Diagnostic {
    Diagnostic::new(&UNUSED_SETTING, span, format!("`{word} {code}` changes nothing"), "no such finding in this block")
        .help("remove it")
}

/// Something other than a reference between braces in prose.
pub fn prose_reference(span: Span, text: &str) -> Diagnostic {
    let shown: String = text.chars().take(40).collect();
    Diagnostic::new(&PROSE_REFERENCE, span, format!("`{{{shown}}}` is not a reference"), "cannot be read")
        .help("write `{name}`, `{name.field}` or `{see name}`, and `\\{` for a brace of the text")
}

/// Markdown that has no form in every format.
pub fn prose_markup(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&PROSE_MARKUP, span, format!("prose cannot hold {what}"), "has no form in every format")
        .help("use paragraphs, lists, emphasis, code and links")
}

/// A slot of a named sentence that is filled before in the same scope.
#[must_use]
pub fn double_slot(span: Span, name: &str, slot: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_SLOT, span, format!("`{name}` has `{slot}` already"), "and here again")
        .and(first, "it is filled here")
        .help("keep one of them, or put this one into a block that says whom it is for: `you are customer { … }`")
}

/// An arm that no case reaches.
#[must_use]
pub fn arm_behind_otherwise(span: Span) -> Diagnostic {
    Diagnostic::new(&ARM_BEHIND_OTHERWISE, span, "this value can never hold", "behind `otherwise`")
        .help("move `otherwise` to the end")
}

/// Something internal named in public.
#[must_use]
pub fn internal_in_public(span: Span, words: &str, declared: Span) -> Diagnostic {
    Diagnostic::new(
        &INTERNAL_IN_PUBLIC,
        span,
        format!("`{words}` is internal, and this statement is public"),
        "named here",
    )
    .and(declared, "declared as internal")
    .help("write `internal` in front of this statement, or take the noun out of the internal block")
}

/// `kept`, `required` or `optional` in a sentence that denies.
#[must_use]
pub fn denied_clause(span: Span, slot: &str) -> Diagnostic {
    let message = format!("what is not done leaves nothing for `{slot}` to speak of");
    Diagnostic::new(&DENIED_CLAUSE, span, message, "denied here").help("say it in a sentence about what is done")
}
