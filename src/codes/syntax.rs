//! Findings about form: what the parser and the lowering cannot read.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    UNEXPECTED_TEXT = "unexpected-text", Error {
        summary: "Something stands where the language expects something else.",
        explanation: "The label says what was expected here. Everything in front of this place was understood, and reading goes on at the next statement, so one mistake is reported once.",
        bad: "we use usage-data for analytics, ;\n",
        good: "we use usage-data for analytics;\n",
    }
    MISSING_SEMICOLON = "missing-semicolon", Error {
        summary: "A statement does not end.",
        explanation: "Every statement ends with `;` or with a block in braces. Line breaks mean nothing, so a statement without its end runs into the next one.",
        bad: "party acme \"Acme\"\nwe share name with acme;\n",
        good: "party acme \"Acme\";\nwe share name with acme;\n",
    }
    MISSING_COMMA = "missing-comma", Error {
        summary: "Two entries of a list are not separated.",
        explanation: "The entries of a list are separated by commas. A word behind an entry that is neither a clause word nor a comma belongs to nothing.",
        bad: "we collect name password;\n",
        good: "we collect name, password;\n",
    }
    UNCLOSED_QUOTE = "unclosed-quote", Error {
        summary: "A label has no closing quote on its line.",
        explanation: "A label begins and ends with `\"` on one line. Write `\\\"` for a quote inside it.",
        bad: "we collect notes \"your notes;\n",
        good: "we collect notes \"your notes\";\n",
    }
    UNCLOSED_BLOCK = "unclosed-block", Error {
        summary: "A block is never closed.",
        explanation: "Every `{` needs its `}`. Where the `}` is missing is guessed from the indentation; where that says nothing, the block runs to the end of the file, and the missing brace may belong to one inside it.",
        bad: "section sharing \"Sharing\" {\n  we share name with third-party;\n",
        good: "section sharing \"Sharing\" {\n  we share name with third-party;\n}\n",
    }
    STRAY_BRACE = "stray-brace", Error {
        summary: "A closing brace closes nothing.",
        explanation: "There is one `}` too many, or the `{` that it should close is missing.",
        bad: "we collect name; }\n",
        good: "we collect name;\n",
    }
    UNEXPECTED_CHARACTER = "unexpected-character", Error {
        summary: "A character begins nothing in this language.",
        explanation: "Names are written with `a` to `z`, digits and hyphens. All other text stands in quotes.",
        bad: "we collect notes = \"your notes\";\n",
        good: "we collect notes \"your notes\";\n",
    }
    NESTED_TOO_DEEP = "nested-too-deep", Error {
        summary: "Blocks, lists or conditions are nested more deeply than any reader could follow.",
        explanation: "The limit is 64 levels. Policies that people can read need fewer than ten.",
        bad: "{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{\n",
        good: "section a \"A\" { section b \"B\" { we collect name; } }\n",
    }
    INPUT_TOO_LARGE = "input-too-large", Error {
        summary: "A file is larger than a policy can be.",
        explanation: "The limit is 16 MiB for one file, about two hundred times the longest policies in use. Such a file is not read at all.",
        bad: "",
        good: "we collect name;\n",
    }
    BAD_NAME = "bad-name", Error {
        summary: "A name is not spelt as names are.",
        explanation: "Names begin with a lower-case letter and go on with lower-case letters, digits and hyphens. Reserved words, such as `for`, `you` and `any`, are never names.",
        bad: "party Acme \"Acme\";\nwe share name with third-party;\n",
        good: "party acme \"Acme\";\nwe share name with acme;\n",
    }
    INVALID_DATE = "invalid-date", Error {
        summary: "A date names a day that does not exist.",
        explanation: "Dates are written year, month, day: `2026-02-28`. The day must exist in the calendar.",
        bad: "we keep name until 2026-02-30;\n",
        good: "we keep name until 2026-02-28;\n",
    }
    MAY_NOT = "may-not", Error {
        summary: "`may not` reads two ways.",
        explanation: "\"You may not opt out\" can forbid, and \"we may not see it\" can doubt. Write `must not` for what is forbidden and `might not` for what is uncertain.",
        bad: "you may not opt-out-of notices \"security notices\";\n",
        good: "you must not opt-out-of notices \"security notices\";\n",
    }
    CONDITION_COMMA = "condition-comma", Error {
        summary: "A comma joins conditions.",
        explanation: "A comma between conditions leaves open whether both must hold or one is enough. Write `and` or `or`.",
        bad: "we collect name when \"you register\", \"you subscribe\";\n",
        good: "we collect name when \"you register\" or \"you subscribe\";\n",
    }
    MIXED_JOINS = "mixed-joins", Error {
        summary: "`and`, `or`, `and-or` or commas are mixed without parentheses.",
        explanation: "`a and b or c` has two readings. Parentheses decide which one is meant.",
        bad: "we collect name when \"you register\" and \"you agree\" or \"you subscribe\";\n",
        good: "we collect name when (\"you register\" and \"you agree\") or \"you subscribe\";\n",
    }
}

/// Something other than what the language expects.
pub fn unexpected(span: Span, expected: &str, found: &str) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, format!("{found} cannot stand here"), format!("expected {expected}"))
}

/// A word that cannot stand here; `before` is what stands in front of it, and a clause or a modality may begin with it.
pub fn unexpected_word(
    span: Span,
    expected: &str,
    word: &str,
    before: &str,
    is_clause: bool,
    is_modal: bool,
) -> Diagnostic {
    let diagnostic = unexpected(span, expected, &format!("`{word}`"));
    match (before, word) {
        (_, "only") => {
            diagnostic.help("write `only` in front of what it restricts: `only with acme`, `only for payment`")
        }
        (_, "see") if expected == "a verb" => {
            diagnostic.help("write `access` or `read` for looking at data; `see` points to another page")
        }
        (",", word) if is_clause => diagnostic.help(format!("leave the comma out; `{word}` begins a clause")),
        ("if" | "If", _) => diagnostic.help("put the condition at the end: `we collect name when \"you book\";`"),
        _ if expected == "a name or a label" && is_modal => {
            diagnostic.help(format!("begin with who acts: `we {word} …`"))
        }
        _ if expected.starts_with("`{` and the statements this applies to") => {
            diagnostic.help("put what holds for one sentence at its end: `we collect name when \"you book\";`")
        }
        _ => diagnostic,
    }
}

/// A statement that its block or its file cuts off.
pub fn breaks_off(span: Span, expected: &str) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, "the statement breaks off", format!("expected {expected}"))
}

/// `we are` outside the header.
pub fn header_outside(span: Span) -> Diagnostic {
    Diagnostic::new(
        &UNEXPECTED_TEXT,
        span,
        "`we are` stands outside the header",
        "only a `policy` block says who \"we\" is",
    )
    .help("move it into the header: `policy \"Privacy Policy\" { we are NAME; }`")
}

/// `and` between the entries of a list.
pub fn and_in_list(span: Span) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, "`and` cannot join the entries of a list", "joins conditions only")
        .help("write `,` instead; the page says \"and\" by itself")
}

/// A name without kind or verb.
pub fn no_kind_no_verb(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        &UNEXPECTED_TEXT,
        span,
        format!("nothing says what `{name}` is or does"),
        "neither a kind in front nor a verb behind",
    )
    .help("declare it with its kind, as in `party acme \"Acme\";`, or go on with a verb")
}

/// A colon behind a noun's name.
pub fn colon_behind_name(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, "`:` cannot stand here", "a label stands right behind its name")
        .help(format!("write `{name} \"…\"`"))
}

/// Words without their quotes.
pub fn unquoted(span: Span, words: &str) -> Diagnostic {
    let shown: String = words.chars().take(60).collect();
    Diagnostic::new(
        &UNEXPECTED_TEXT,
        span,
        format!("`{shown}` stands without quotes"),
        "the author's words stand in quotes",
    )
    .help(format!("write `\"{shown}\"`"))
}

/// A number in words.
pub fn number_in_words(span: Span, word: &str, digits: u32) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, format!("`{word}` is a number in words"), "a period is written in digits")
        .help(format!("write `{digits}`"))
}

/// A number joined to its unit, or a misspelt unit.
pub fn bad_duration(span: Span, written: &str, right: &str) -> Diagnostic {
    Diagnostic::new(
        &UNEXPECTED_TEXT,
        span,
        format!("`{written}` is not a period of time"),
        "a number and a unit belong here",
    )
    .help(format!("write `{right}`"))
}

/// Text that no rule of the grammar takes.
pub fn unexpected_text(span: Span) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, "this text belongs to no statement", "cannot be read")
}

/// A comma where a statement ends.
pub fn comma_for_semicolon(span: Span) -> Diagnostic {
    Diagnostic::new(&MISSING_SEMICOLON, span, "the statement ends with a comma", "a new statement begins behind it")
        .help("write `;` instead of `,`")
}

/// A statement that runs into the next one.
pub fn missing_semicolon(span: Span) -> Diagnostic {
    Diagnostic::new(&MISSING_SEMICOLON, span, "the statement does not end", "`;` is missing here")
        .help("end the statement with `;`")
}

/// Two entries side by side; `before` is what stands in front of them, the nearest last.
pub fn missing_comma(span: Span, word: &str, before: [&str; 2], clause: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        &MISSING_COMMA,
        span,
        format!("`{word}` belongs to nothing"),
        "neither a clause nor a new entry",
    );
    match (foreign_word(word, before), clause) {
        (Some(advice), _) => diagnostic.help(advice),
        (None, Some(clause)) => diagnostic.help(format!("did you mean the clause `{clause}`?")),
        (None, None) => diagnostic.help("separate entries with `,`, and put words that are to be printed in quotes"),
    }
}

/// A period behind data, without the word that says what it is for.
pub fn period_without_clause(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_COMMA, span, format!("`{word}` runs into a period"), "no clause stands between")
        .help("write `for` in front of the period, as in `for 2 years`, or `after` in front of what must be over")
}

/// What to write for a word of English that is none of the language.
fn foreign_word(word: &str, [first, second]: [&str; 2]) -> Option<String> {
    let opens_condition = |word: &str| matches!(word, "when" | "unless" | "while" | "until" | "before" | "after");
    Some(match (second, word) {
        (_, "if") => "write `when` and put the condition in quotes: `when \"you book\"`".to_owned(),
        (_, "by") => "write `via` in front of a means".to_owned(),
        (_, "against") | ("against", _) => "write `from` instead of `against`".to_owned(),
        (_, "without") | ("without", _) => "write `unless` and put the condition in quotes: `unless \"…\"`".to_owned(),
        ("outside", _) => "name the countries, or put the words in quotes: `\"anybody outside the EEA\"`".to_owned(),
        ("the" | "a" | "an", _) => format!("leave `{second}` out; the words in quotes have their article"),
        ("your", _) => "leave `your` out; the page adds it".to_owned(),
        ("all", "other") => "write `rest of`, as in `rest of personal`".to_owned(),
        (_, "at-any-time" | "from-time-to-time" | "free-of-charge" | "automatically") => {
            format!("write `{word}` in front of the verb")
        }
        ("least" | "most", _) => format!("write `within at-{second}`, as in `within at-{second} 14 days`"),
        (_, "then") if matches!(first, "until" | "while" | "after") => {
            format!("write the steps behind `for` or `kept`: `for {first} {second} then …`")
        }
        _ if opens_condition(second) || opens_condition(first) => {
            let clause = if opens_condition(second) { second } else { first };
            format!("put the condition in quotes: `{clause} \"…\"`")
        }
        _ if second == "because" || first == "because" => "put the reason in quotes: `because \"…\"`".to_owned(),
        _ if first == "under" && word.starts_with(|c: char| c.is_ascii_digit()) => {
            "write a provision between backticks, behind the ground: contract `gdpr 6(1)(b)`".to_owned()
        }
        _ => return None,
    })
}

/// A label that its line cuts off.
pub fn unclosed_quote(span: Span) -> Diagnostic {
    Diagnostic::new(&UNCLOSED_QUOTE, span, "the label has no closing quote", "ends with the line")
        .help("write `\"` behind the last word of the label")
}

/// Prose that the end of the file cuts off.
pub fn unclosed_prose(span: Span) -> Diagnostic {
    Diagnostic::new(&UNCLOSED_QUOTE, span, "the prose has no closing quotes", "runs to the end of the file")
        .help("write `\"\"\"` behind the prose")
}

/// A block that the end of the file cuts off, and the line before which its `}` seems to be missing.
pub fn unclosed_block(span: Span, before: Option<Span>) -> Diagnostic {
    let diagnostic = Diagnostic::new(&UNCLOSED_BLOCK, span, "the block is never closed", "opened here");
    match before {
        Some(before) => diagnostic
            .and(before, "the indentation says that it is over here")
            .help("write `}` in front of this line, or indent what belongs to the block"),
        None => diagnostic.help("write `}` where the block ends"),
    }
}

/// A brace too many.
pub fn stray_brace(span: Span) -> Diagnostic {
    Diagnostic::new(&STRAY_BRACE, span, "the closing brace closes nothing", "no block is open here")
        .help("remove it, or write the `{` that it should close")
}

/// A comment as other languages write it.
pub fn foreign_comment(span: Span, text: &str) -> Diagnostic {
    let opener = ["//", "/*", "<!--"].into_iter().find(|opener| text.starts_with(opener)).unwrap_or("//");
    Diagnostic::new(&UNEXPECTED_CHARACTER, span, format!("`{opener}` does not begin a comment"), "looks like a comment")
        .help("begin each line of a comment with `#`")
}

/// Characters outside the language; `word` is what stands right in front of them.
pub fn unexpected_character(span: Span, text: &str, word: &str) -> Diagnostic {
    let shown: String = text.chars().take(20).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
    if text.starts_with("://") {
        let address = "the address stands without `<` and `>`";
        return Diagnostic::new(&UNEXPECTED_CHARACTER, span, address, "a part of an address")
            .help(format!("write `<{word}{text}>`"));
    }
    let quote = text.starts_with(['\'', '“', '”', '‘', '’', '«', '„']);
    if quote && !word.is_empty() {
        let full = match word {
            "don" => "`do not`",
            "doesn" => "`does not`",
            "won" => "`will not`",
            "can" => "`cannot`",
            _ => "the words in full",
        };
        return Diagnostic::new(
            &UNEXPECTED_CHARACTER,
            span,
            "an apostrophe stands outside of quotes",
            "shortens a word",
        )
        .help(format!("write {full}, or put the author's words in double quotes"));
    }
    if quote && text.chars().nth(1).is_some() {
        let inner: String = text.chars().skip(1).collect();
        let inner = inner.trim_end_matches(['\'', '“', '”', '‘', '’', '»']);
        return Diagnostic::new(
            &UNEXPECTED_CHARACTER,
            span,
            "the label stands in the wrong quotes",
            "not straight double quotes",
        )
        .help(format!("write `\"{inner}\"`"));
    }
    let diagnostic = Diagnostic::new(
        &UNEXPECTED_CHARACTER,
        span,
        format!("`{shown}` begins nothing in this language"),
        "cannot stand here",
    );
    match text.chars().next() {
        Some('\'' | '“' | '”' | '‘' | '’' | '«' | '„') => {
            diagnostic.help("labels stand in straight double quotes: `\"…\"`")
        }
        Some('=') => diagnostic.help("a label stands right behind its name: `party acme \"Acme\";`"),
        Some('/' | '*') => diagnostic.help("a comment begins with `#`"),
        Some('<') => diagnostic.help("an address stands in `<` and `>` on one line, without spaces"),
        Some('(' | ')') => diagnostic.help("every `(` needs its `)`, with no `;` between them"),
        Some('`') => diagnostic.help("code stands between two backticks on one line"),
        Some('.') => diagnostic.help("end the statement with `;`"),
        Some('–' | '—' | '‑') => {
            diagnostic.help("write `-` inside of a name, and put the author's words in double quotes")
        }
        Some('\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}') => {
            diagnostic.help("it looks like a space and is another character; write a plain space")
        }
        _ => diagnostic
            .help("put the author's words in double quotes, and spell names with `a` to `z`, digits and hyphens"),
    }
}

/// A name that begins with an underscore, as those of cookies do.
pub fn leading_underscore(span: Span, underscores: &str, rest: &str) -> Diagnostic {
    let name = rest.replace('_', "-").to_lowercase();
    Diagnostic::new(
        &UNEXPECTED_CHARACTER,
        span,
        format!("`{underscores}{rest}` is not spelt as a name"),
        "names begin with a letter",
    )
    .help(format!("name it `{name}`, and write the real name of a cookie into its field, between backticks: names `{underscores}{rest}`"))
}

/// More levels than the limit.
pub fn nested_too_deep(span: Span, limit: usize) -> Diagnostic {
    Diagnostic::new(&NESTED_TOO_DEEP, span, format!("this nests more than {limit} levels deep"), "one level too many")
        .help("split the statement, or remove the brackets that are not needed")
}

/// More bytes than the limit.
pub fn input_too_large(span: Span, size: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(&INPUT_TOO_LARGE, span, format!("the file has {size} bytes, and {limit} are the limit"), "not read")
        .help("split the policy with `use`")
}

/// A word in the place of a name.
pub fn bad_name(span: Span, word: &str, reserved: bool, is_modal: bool) -> Diagnostic {
    let diagnostic = if reserved {
        Diagnostic::new(&BAD_NAME, span, format!("`{word}` is a reserved word"), "cannot be a name")
    } else {
        Diagnostic::new(&BAD_NAME, span, format!("`{word}` is not spelt as a name"), "not a name")
    };
    let lower: String = word.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    if lower == "if" {
        diagnostic.help("put the condition at the end: `we collect name when \"you book\";`")
    } else if is_modal {
        diagnostic.help(format!("begin with who acts, as in `we {word} share name`, or use another word"))
    } else if reserved {
        diagnostic.help(format!("use another word, for instance `the-{word}`"))
    } else if lower.starts_with(|c: char| c.is_ascii_lowercase()) && lower != word {
        diagnostic.help(format!("write `{lower}`, or put words that are printed in quotes: `\"{word} …\"`"))
    } else {
        diagnostic.help("begin the name with a lower-case letter")
    }
}

/// A day that no calendar has.
pub fn invalid_date(span: Span, word: &str) -> Diagnostic {
    let spelt = word.len() == 10 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let diagnostic = if spelt {
        Diagnostic::new(&INVALID_DATE, span, format!("`{word}` is not a day of the calendar"), "no such day")
    } else {
        Diagnostic::new(
            &INVALID_DATE,
            span,
            format!("`{word}` is not written as dates are"),
            "neither a date nor a number",
        )
    };
    let is_fraction = word.contains('.') && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_fraction {
        return diagnostic.help("write a whole number of a smaller unit, such as `18 months` for a year and a half");
    }
    diagnostic.help("write year, month and day, as in `2026-02-28`")
}

/// `may not`.
pub fn may_not(span: Span) -> Diagnostic {
    Diagnostic::new(&MAY_NOT, span, "`may not` reads two ways", "forbidden, or uncertain?")
        .help("write `must not` for what is forbidden, or `might not` for what is uncertain")
}

/// `never` behind a modality that is denied with `not`.
pub fn never_behind(span: Span, word: &str) -> Diagnostic {
    let right = match word {
        "may" | "must" => "must not".to_owned(),
        "do" | "does" | "never" => "never".to_owned(),
        "cannot" => "cannot".to_owned(),
        _ => format!("{word} not"),
    };
    Diagnostic::new(&UNEXPECTED_TEXT, span, format!("`never` cannot stand behind `{word}`"), "only `will` takes it")
        .help(format!("write `{right}`"))
}

/// A comma between conditions.
pub fn condition_comma(span: Span) -> Diagnostic {
    Diagnostic::new(&CONDITION_COMMA, span, "a comma cannot join conditions", "must both hold, or is one enough?")
        .help("write `and`, or `or`")
}

/// Different joins side by side.
pub fn mixed_joins(span: Span) -> Diagnostic {
    Diagnostic::new(&MIXED_JOINS, span, "different joins stand side by side", "which belongs together?")
        .help("put parentheses around the parts of a condition, or braces around the members of a list")
}
