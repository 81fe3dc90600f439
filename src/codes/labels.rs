//! Findings about labels: whether they complete their phrase, and whether they say what another slot should.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    LABEL_CHARACTERS = "label-characters", Error {
        summary: "A label or prose holds control characters.",
        explanation: "Control characters have no form on a page: browsers drop or replace them, so the text could not survive exactly.",
        bad: "party acme \"Ac\u{7}me\";\nwe share name with acme;\n",
        good: "party acme \"Acme\";\nwe share name with acme;\n",
    }
    LABEL_DIRECTION = "label-direction", Error {
        summary: "A label or prose turns the direction of what follows it.",
        explanation: "Invisible characters can begin text that runs the other way, up to a character that ends it (Unicode Standard Annex 9). Without that end, or with one too many, the sentences behind are turned as well: readers would read what nobody wrote.",
        bad: "party acme \"Ac\u{202E}me\";\nwe share name with acme;\n",
        good: "party acme \"Ac\u{202E}me\u{202C}\";\nwe share name with acme;\n",
    }
    LABEL_SPACES = "label-spaces", Warning {
        summary: "A label begins or ends with a space, or holds two in a row.",
        explanation: "Pages fold spaces, so these would be lost in front of the reader.",
        bad: "party acme \"Acme  Ltd \";\nwe share name with acme;\n",
        good: "party acme \"Acme Ltd\";\nwe share name with acme;\n",
    }
    LABEL_EMPTY = "label-empty", Error {
        summary: "A label is empty.",
        explanation: "A label is printed; an empty one would leave a hole in the sentence.",
        bad: "we share name with third-party for \"\";\n",
        good: "we share name with third-party for \"send parcels\";\n",
    }
    LABEL_LONG = "label-long", Warning {
        summary: "A label is longer than a phrase.",
        explanation: "A label of more than 20 words usually hides a condition, a purpose or a second fact that no check can see. Say it with clauses.",
        bad: "we collect \"one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty twenty-one\";\n",
        good: "we collect \"what you write to us\";\n",
    }
    LABEL_SENTENCE = "label-sentence", Warning {
        summary: "A label holds the end of a sentence.",
        explanation: "A label completes a phrase of a sentence that goes on behind it. A full stop inside it breaks the sentence apart.",
        bad: "we collect \"notes. We also read them\";\n",
        good: "we collect notes \"notes\";\nwe read notes;\n",
    }
    LABEL_SLOT = "label-slot", Warning {
        summary: "A label says what a clause or a modality should say.",
        explanation: "Words such as `may`, `not`, `only`, `unless` and `if` inside a label are invisible to every check. Modality, denial, condition and exclusivity have their own words in the language.",
        bad: "we use name for \"send news only\";\n",
        good: "we use name only for \"send news\";\n",
    }
    LABEL_OWNER = "label-owner", Warning {
        summary: "The label of data begins with `your` or `our`.",
        explanation: "The page adds \"your\" where the data are the reader's. Written into the label it is wrong as soon as the data are somebody else's.",
        bad: "we collect shoe-size \"your shoe size\" is preferences;\n",
        good: "we collect shoe-size \"shoe size\" is preferences;\n",
    }
    LABEL_PURPOSE = "label-purpose", Warning {
        summary: "The label of a purpose is not a base verb phrase.",
        explanation: "A purpose completes \"in order to …\": `send news`. An -ing form, a `to` or an article in front gives broken English; a noun phrase is written `noun \"…\"`.",
        bad: "we use name for \"sending news\";\n",
        good: "we use name for \"send news\";\n",
    }
    LABEL_EVENT = "label-event", Warning {
        summary: "The label of an event is not a clause of its own.",
        explanation: "An event completes \"when …\": `you create an account`. A conjunction in front gives \"when when you …\".",
        bad: "we collect name when \"when you register\";\n",
        good: "we collect name when \"you register\";\n",
    }
    LABEL_BECAUSE = "label-because", Warning {
        summary: "A reason is not a full clause.",
        explanation: "A reason completes \"because …\": `the law asks for it`. It begins with what acts, not with `because`, `to` or `for`.",
        bad: "we collect name because \"to know you\";\n",
        good: "we collect name because \"a contract needs a name\";\n",
    }
    LABEL_THAT = "label-that", Warning {
        summary: "A `that` clause names its noun again.",
        explanation: "`that` restricts the noun in front of it, which is left out of the clause: \"the rack that you manage\", not \"that you manage it\".",
        bad: "we collect notes \"notes\" that \"you write them\";\n",
        good: "we collect notes \"notes\" that \"you write\";\n",
    }
    DISPLAY_DIFFERS = "display-differs", Warning {
        summary: "The words that are printed for a value say another value.",
        explanation: "`14 days as \"a fortnight\"` prints the words and gives programs the value. Words that are read as an amount of time, a date, a number, an e-mail address or a web address must be the same value; other words are the author's. `30 days as \"1 month\"` is left alone, because it depends on the month.",
        bad: "tracker sid \"session\" { lasts 14 days as \"15 days\"; }\nwe use sid;\n",
        good: "tracker sid \"session\" { lasts 14 days as \"2 weeks\"; }\nwe use sid;\n",
    }
}

/// Control characters.
pub fn characters(span: Span) -> Diagnostic {
    Diagnostic::new(&LABEL_CHARACTERS, span, "the text holds control characters", "cannot be printed")
        .help("remove them")
}

/// Direction that is begun and not ended, or ended and not begun.
pub fn direction(span: Span) -> Diagnostic {
    let message = "the text turns the direction of what follows it";
    Diagnostic::new(&LABEL_DIRECTION, span, message, "begins or ends a direction alone")
        .help("end with U+202C what U+202A, U+202B, U+202D or U+202E begins, and with U+2069 what U+2066 to U+2068 begin, or remove them")
}

/// Spaces that a page would fold.
pub fn spaces(span: Span) -> Diagnostic {
    Diagnostic::new(&LABEL_SPACES, span, "the label has spaces that a page folds", "leading, trailing or doubled space")
        .help("keep one space between words")
}

/// Nothing between the quotes.
pub fn empty(span: Span) -> Diagnostic {
    Diagnostic::new(&LABEL_EMPTY, span, "the label is empty", "nothing to print").help("write the words to print")
}

/// More words than a phrase has.
pub fn long(span: Span, words: usize) -> Diagnostic {
    Diagnostic::new(&LABEL_LONG, span, format!("the label has {words} words"), "longer than a phrase")
        .help("say its conditions, purposes and parts with clauses and lists")
}

/// A full stop inside.
pub fn sentence(span: Span) -> Diagnostic {
    Diagnostic::new(&LABEL_SENTENCE, span, "the label holds the end of a sentence", "a sentence ends in here")
        .help("write two sentences")
}

/// A word that belongs to another slot.
pub fn slot(span: Span, word: &str, instead: &str) -> Diagnostic {
    Diagnostic::new(&LABEL_SLOT, span, format!("`{word}` stands inside a label"), "invisible to every check")
        .help(instead)
}

/// A possessive in front of data.
pub fn owner(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(&LABEL_OWNER, span, format!("the label begins with `{word}`"), "the page adds \"your\" itself")
        .help(format!("drop `{word}`"))
}

/// A purpose that is no verb phrase.
pub fn purpose(span: Span, label: &str) -> Diagnostic {
    let shown: String = label.chars().take(40).collect();
    Diagnostic::new(
        &LABEL_PURPOSE,
        span,
        format!("the purpose reads as \"in order to {shown}\""),
        "not a base verb phrase",
    )
    .help("begin with the base form of a verb, or write `noun \"…\"` for a noun phrase")
}

/// An event behind a conjunction.
pub fn event(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(&LABEL_EVENT, span, format!("the event reads as \"when {word} …\""), "not a clause of its own")
        .help(format!("drop `{word}`"))
}

/// A reason that is no clause.
pub fn because(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(&LABEL_BECAUSE, span, format!("the reason reads as \"because {word} …\""), "not a full clause")
        .help("begin with what acts: `because \"the law asks for it\"`")
}

/// A `that` clause with its noun.
pub fn that(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(&LABEL_THAT, span, format!("the clause behind `that` holds `{word}`"), "names the noun again")
        .help("leave the noun out: `that \"you manage\"`")
}

/// Printed words that are another value.
pub fn display(span: Span, words: &str, value: Span) -> Diagnostic {
    let message = format!("`{words}` is another value than the one it is printed for");
    Diagnostic::new(&DISPLAY_DIFFERS, span, message, "these words")
        .and(value, "the value")
        .help("let both say the same")
}
