//! Findings about names: what they refer to, and what declares them.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    UNKNOWN_NAME = "unknown-name", Error {
        summary: "A name refers to nothing.",
        explanation: "A name without a label refers to a noun of this policy or of the standard vocabulary. Declare it with a label, where it is used or at the top, or mend its spelling.",
        bad: "we collect favourite-colour;\n",
        good: "we collect favourite-colour \"favourite colour\";\n",
    }
    WRONG_KIND = "wrong-kind", Error {
        summary: "A noun stands where its kind cannot.",
        explanation: "The verb and the clause decide which kinds of noun may stand in a place: data is collected, a purpose follows `for`, a party receives. One name may be declared for several kinds; the place picks the one that fits.",
        bad: "party acme \"Acme\";\nwe use usage-data for acme;\n",
        good: "party acme \"Acme\";\nwe share usage-data with acme for analytics;\n",
    }
    DOUBLE_DECLARATION = "double-declaration", Error {
        summary: "A name is declared twice.",
        explanation: "A name has one label and one place in the vocabulary. Where it is used again, write the name alone.",
        bad: "data shoe-size \"shoe size\";\nwe collect shoe-size \"size of your shoes\";\n",
        good: "data shoe-size \"shoe size\";\nwe collect shoe-size;\n",
    }
    UNKNOWN_VERB = "unknown-verb", Error {
        summary: "A verb is not in the vocabulary.",
        explanation: "What is done is said with a verb of the vocabulary, so that it can be compared with what is said elsewhere. The nearest verb is offered, and `docs/vocabulary.md` lists all. A policy may declare a verb of its own: `verb pledge \"pledge\" is conduct { third \"pledges\"; past \"pledged\"; gerund \"pledging\"; }`.",
        bad: "we colect name;\n",
        good: "we collect name;\n",
    }
    UNKNOWN_MANNER = "unknown-manner", Error {
        summary: "The word in front of the verb is no manner.",
        explanation: "A manner is one word of the vocabulary, such as `automatically`, `knowingly` or `at-any-time`. A policy may declare one of its own: `manner tenderly \"tenderly\";`.",
        bad: "we automaticaly collect ip-address;\n",
        good: "we automatically collect ip-address;\n",
    }
    UNKNOWN_KIND = "unknown-kind", Error {
        summary: "A statement opens with a word that is neither a kind nor an actor.",
        explanation: "A noun opens with its kind (`party`, `data`, `purpose`, …), a sentence with who acts.",
        bad: "partie stripe \"Stripe\";\nwe share name with stripe;\n",
        good: "party stripe \"Stripe\";\nwe share name with stripe;\n",
    }
    CYCLIC_ORDER = "cyclic-order", Error {
        summary: "A noun is a kind or a part of itself.",
        explanation: "`is` puts a noun below others, `of` and the lists of members put others into it. Following them must never lead back to where it began, nor through more than 32 nouns, nor to more than 10,000 words.",
        bad: "we collect shoe \"shoes\" is clothing, clothing \"clothes\" is shoe;\n",
        good: "we collect shoe \"shoes\" is clothing, clothing \"clothes\";\n",
    }
    UNUSED_NOUN = "unused-noun", Warning {
        summary: "A noun is declared and never mentioned.",
        explanation: "What no sentence mentions does not appear on the page, so it states nothing. Mention it or remove it.",
        bad: "data shoe-size \"shoe size\";\nwe collect name;\n",
        good: "data shoe-size \"shoe size\";\nwe collect name, shoe-size;\n",
    }
    UNKNOWN_STATEMENT = "unknown-statement", Error {
        summary: "No sentence has this name.",
        explanation: "`name: under contract;` adds clauses to the sentence that is called so: `name: we use …;`. Such a sentence is missing, or its name is spelt otherwise.",
        bad: "moderation: we use posts \"posts\" for security;\nmoderatoin: under contract;\n",
        good: "moderation: we use posts \"posts\" for security;\nmoderation: under contract;\n",
    }
    UNKNOWN_PLACE = "unknown-place", Error {
        summary: "No country has this code.",
        explanation: "Places are written as ISO 3166 codes, two letters for a country and, for a state, the country in front of it: `DE`, `US-CA`; `EU`, `EEA` and `UK` are known as well. A place of another kind is declared with its words: `place hall \"our hall\"`.",
        bad: "we store name in XX;\n",
        good: "we store name in IE;\n",
    }
    UNKNOWN_FIELD = "unknown-field", Error {
        summary: "A noun of this kind has no such field.",
        explanation: "Each kind has its own fields, listed in the reference. A field that nothing reads would be lost, so it is refused.",
        bad: "party acme \"Acme\" { lasts 3 days; }\nwe share name with acme;\n",
        good: "party acme \"Acme\" { legal \"Acme Ltd\"; }\nwe share name with acme;\n",
    }
    VENDOR_NOT_TAKEN = "vendor-not-taken", Warning {
        summary: "`is vendor` takes nothing from the catalogue.",
        explanation: "A party, a service and a tracker take what the vendor catalogue says of a company, each what fits it; `docs/vendors.md` lists what that is. Other nouns take nothing, and neither does one for which the catalogue has no fact.",
        bad: "data card \"card number\" is vendor stripe;\nwe collect card;\n",
        good: "party stripe is vendor stripe;\nwe share payment-data with stripe;\n",
    }
    DUPLICATE_TRACKER = "duplicate-tracker", Warning {
        summary: "A tracker is declared twice.",
        explanation: "A tracker is known by its names, its provider, its kind and its host together. The same name of another provider, of another kind or on another host is another tracker; where all are the same, two rows would tell a reader two things about one.",
        bad: "party acme \"Acme\";\ntracker sid \"session\" { names `SID`; provider acme; lasts 1 day; }\ntracker login \"log-in\" { names `SID`; provider acme; lasts 2 days; }\nwe use sid, login;\n",
        good: "party acme \"Acme\";\nparty mapper \"Mapper\";\ntracker sid \"session\" { names `SID`; provider acme; lasts 1 day; }\ntracker map \"map\" { names `SID`; provider mapper; lasts 2 days; }\nwe use sid, map;\n",
    }
}

/// A kind with its article: "a party", "an event"; "data" and "people" have none.
fn with_article(kind: &str) -> String {
    match kind {
        "data" | "people" | "steps" => kind.to_owned(),
        "event" | "engagement" => format!("an {kind}"),
        _ => format!("a {kind}"),
    }
}

/// A name that nothing declares.
pub fn unknown_name(span: Span, name: &str, expected: &str, nearest: Option<&str>) -> Diagnostic {
    let is = if matches!(expected, "people" | "steps") { "are" } else { "is" };
    let diagnostic =
        Diagnostic::new(&UNKNOWN_NAME, span, format!("no {expected} {is} called `{name}`"), "refers to nothing");
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help(format!("declare it here with its words: `{name} \"…\"`")),
    }
}

/// The name of a vendor of the catalogue that the policy has not taken.
pub fn untaken_vendor(span: Span, name: &str) -> Diagnostic {
    let message = format!("no party is called `{name}`");
    Diagnostic::new(&UNKNOWN_NAME, span, message, "refers to nothing")
        .help(format!("take it from the vendor catalogue: `party {name} is vendor {name};`"))
}

/// People that are there and not mentioned, where nobody is addressed.
pub fn nobody_addressed(span: Span, name: &str) -> Diagnostic {
    let message = format!("no sentence mentions the people `{name}`, and the header addresses nobody");
    Diagnostic::new(&UNUSED_NOUN, span, message, "will not appear on the page")
        .help(format!("write `you are {name};` in the header, or mention it in a sentence"))
}

/// A name in a place where nothing can be declared; `instead` is what to do.
pub fn unknown_word(span: Span, name: &str, expected: &str, nearest: Option<&str>, instead: &str) -> Diagnostic {
    let is = if matches!(expected, "people" | "steps") { "are" } else { "is" };
    let diagnostic =
        Diagnostic::new(&UNKNOWN_NAME, span, format!("no {expected} {is} called `{name}`"), "refers to nothing");
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help(instead),
    }
}

/// A field that is given twice.
pub fn double_field(span: Span, key: &str) -> Diagnostic {
    Diagnostic::new(&DOUBLE_DECLARATION, span, format!("the field `{key}` is given twice"), "given again here")
        .help("keep one of them, or put the values into one list")
}

/// A member that a group does not have.
pub fn unknown_member(span: Span, owner: &str, member: &str, known: &[String]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNKNOWN_NAME,
        span,
        format!("`{owner}` has no member or field called `{member}`"),
        "refers to nothing",
    );
    match super::nearest(member, known.iter().map(String::as_str)) {
        Some(nearest) => diagnostic.help(format!("did you mean `{owner}.{nearest}`?")),
        None if known.is_empty() => {
            diagnostic.help(format!("give `{owner}` members with `namely`, or a field in a block"))
        }
        None => diagnostic.help(format!("use one of `{}`", known.join("`, `"))),
    }
}

/// A noun of a kind that cannot stand here.
pub fn wrong_kind(
    span: Span,
    name: &str,
    kind: &str,
    place: &str,
    expected: &str,
    declared: Option<Span>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &WRONG_KIND,
        span,
        format!("`{name}` cannot stand here, because it is {}", with_article(kind)),
        format!("{place} takes {expected}"),
    )
    .help("name a noun of the right kind, or write the words themselves in quotes");
    match declared {
        Some(declared) => diagnostic.and(declared, format!("declared here as {}", with_article(kind))),
        None => diagnostic,
    }
}

/// A noun behind `except` that belongs into a clause of the sentence.
pub fn except_without_clause(span: Span, name: &str, kind: &str, clause: &str) -> Diagnostic {
    Diagnostic::new(
        &WRONG_KIND,
        span,
        format!("`{name}` cannot stand here, because it is {}", with_article(kind)),
        "not what the verb is about",
    )
    .help(format!("write `except {clause} {name}`"))
}

/// A code that no country has.
pub fn unknown_place(span: Span, code: &str) -> Diagnostic {
    Diagnostic::new(&UNKNOWN_PLACE, span, format!("no country has the code `{code}`"), "refers to nothing")
        .help("write the two letters of ISO 3166, such as `IE`, or the words themselves in quotes")
}

/// A second declaration.
pub fn double_declaration(span: Span, name: &str, kind: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_DECLARATION, span, format!("the {kind} `{name}` is declared twice"), "declared again here")
        .and(first, "declared here first")
        .help(format!("delete one of them or give it another name; where it is used again, `{name}` alone is enough"))
}

/// A name given to two statements.
pub fn double_statement(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_DECLARATION, span, format!("two statements are called `{name}`"), "named again here")
        .and(first, "named here first")
        .help("give one of them another name")
}

/// A word where a verb belongs.
pub fn unknown_verb(span: Span, word: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNKNOWN_VERB,
        span,
        format!("`{word}` is not a verb of the vocabulary"),
        "a verb belongs here",
    );
    if let Some(modality) = modality_for(word) {
        return diagnostic.help(format!("write `{modality}`"));
    }
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help(format!(
            "use a verb of the vocabulary, or declare your own: `verb {word} \"…\" is conduct {{ third \"…\"; past \"…\"; gerund \"…\"; }}`"
        )),
    }
}

/// The modality that says what an English word outside of the language says.
fn modality_for(word: &str) -> Option<&'static str> {
    Some(match word {
        "can" | "could" => "may",
        "shall" => "must` or `will",
        "would" => "will",
        "ought" => "should",
        _ => return None,
    })
}

/// A word where a manner belongs.
pub fn unknown_manner(span: Span, word: &str, nearest: Option<&str>) -> Diagnostic {
    if let Some(modality) = modality_for(word) {
        return Diagnostic::new(
            &UNKNOWN_MANNER,
            span,
            format!("`{word}` is no word of the language"),
            "a modality or a manner belongs here",
        )
        .help(format!("write `{modality}`"));
    }
    let diagnostic = Diagnostic::new(
        &UNKNOWN_MANNER,
        span,
        format!("`{word}` is not a manner of the vocabulary"),
        "a modality or a manner belongs in front of the verb",
    );
    match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help(format!("use a manner of the vocabulary, or declare your own: `manner {word} \"…\";`")),
    }
}

/// A word that opens no statement.
pub fn unknown_kind(span: Span, word: &str, nearest: Option<&str>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&UNKNOWN_KIND, span, format!("`{word}` opens no statement"), "neither a kind nor an actor");
    match nearest {
        // It is spelt right, and what belongs behind it is missing.
        Some("policy") if word == "policy" => {
            diagnostic.help("put the title in quotes behind it: `policy \"Privacy Policy\" { … }`")
        }
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic.help("begin a noun with its kind, such as `party`, `people`, `data` or `purpose`"),
    }
}

/// A kind that only the standard vocabulary declares.
#[must_use]
pub fn kind_of_the_vocabulary(span: Span, word: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNKNOWN_KIND,
        span,
        format!("`{word}` opens no statement of a policy"),
        "only the vocabulary that is compiled in declares these",
    );
    match word {
        "vendor" => diagnostic.help("declare a party; what the catalogue says of a vendor is taken with `is vendor`"),
        _ => diagnostic.help("begin a noun with its kind, such as `party`, `people`, `data` or `purpose`"),
    }
}

/// A vendor from which nothing is taken: by a noun of a kind, or by what is no noun.
#[must_use]
pub fn vendor_not_taken(span: Span, vendor: &str, kind: Option<&str>) -> Diagnostic {
    let taker = kind.map_or_else(|| "this".to_owned(), with_article);
    Diagnostic::new(
        &VENDOR_NOT_TAKEN,
        span,
        format!("the catalogue says nothing of `{vendor}` that {taker} takes"),
        "takes nothing",
    )
    .help(format!("remove `is vendor {vendor}`, or give it to the party, the service or the tracker that is meant"))
}

/// A noun above itself.
pub fn cyclic_order(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&CYCLIC_ORDER, span, format!("`{name}` is a kind of itself"), "the order leads back here")
        .help("remove one of the `is` on the way")
}

/// A noun whose `is` names the noun itself; `standard` says that the vocabulary has the name, too.
pub fn is_itself(span: Span, name: &str, standard: bool) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(&CYCLIC_ORDER, span, format!("`{name}` is said to be a kind of itself"), "`is` names it again");
    if standard {
        let why = "a noun with a standard name keeps its place in the vocabulary";
        diagnostic.help(format!("remove `is {name}`: {why}"))
    } else {
        diagnostic.help(format!("remove `is {name}`, or name another noun"))
    }
}

/// A noun whose words hold its own, or so many that no page could print them.
pub fn endless_noun(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&CYCLIC_ORDER, span, format!("the words of `{name}` have no end"), "leads back here, or too far")
        .help("remove one of the `of` or of the members on the way")
}

/// A noun that nothing mentions.
pub fn unused_noun(span: Span, name: &str, kind: &str) -> Diagnostic {
    Diagnostic::new(
        &UNUSED_NOUN,
        span,
        format!("no sentence mentions the {kind} `{name}`"),
        "will not appear on the page",
    )
    .help("mention it in a sentence, or remove it")
}

/// The field that says what another word says.
fn field_for(word: &str) -> Option<&'static str> {
    Some(match word {
        "website" | "web" | "url" | "homepage" => "site",
        "address" => "post",
        "mail" | "e-mail" => "email",
        "telephone" | "tel" => "phone",
        "name" => "legal",
        "deadline" => "answer",
        "expires" | "lifetime" | "duration" => "lasts",
        _ => return None,
    })
}

/// A field that the kind does not have.
pub fn unknown_field(span: Span, key: &str, kind: &str, known: &[&'static str]) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &UNKNOWN_FIELD,
        span,
        format!("`{key}` is not a field of {}", with_article(kind)),
        "nothing would read it",
    );
    let listed: Vec<String> = known.iter().map(|field| format!("`{field}`")).collect();
    let meant = field_for(key).filter(|meant| known.contains(meant));
    match meant.or_else(|| super::nearest(key, known.iter().copied())) {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None if known.is_empty() => diagnostic.help("remove it; nouns of this kind have no fields"),
        None => diagnostic.help(format!("use one of {}, or say it in a sentence", listed.join(", "))),
    }
}

/// An addition to a sentence that is not there.
#[must_use]
pub fn unknown_statement(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name the sentence it belongs to: `{name}: we use …;`"),
    };
    Diagnostic::new(&UNKNOWN_STATEMENT, span, format!("no sentence is called `{name}`"), "clauses are added to it")
        .help(help)
}

/// A tracker that is declared before.
pub fn duplicate_tracker(span: Span, name: &str, first: Span) -> Diagnostic {
    let message = format!("`{name}` of this provider, kind and host is declared twice");
    Diagnostic::new(&DUPLICATE_TRACKER, span, message, "declared again")
        .and(first, "declared here first")
        .help("keep one of them, or say what tells them apart: `provider`, `kind` or `host`")
}
