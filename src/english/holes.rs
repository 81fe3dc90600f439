//! Holes of a template that were never filled: "[Company]", "{{name}}", "TODO", "lorem ipsum".

use std::ops::Range;

use super::tokens::{Sort, Token, phrase_at};

/// Words that say what belongs into a hole.
const FILLINGS: [&str; 47] = [
    "company",
    "name",
    "names",
    "date",
    "insert",
    "enter",
    "website",
    "site",
    "url",
    "address",
    "email",
    "mail",
    "phone",
    "telephone",
    "number",
    "country",
    "city",
    "state",
    "jurisdiction",
    "product",
    "service",
    "services",
    "app",
    "application",
    "organisation",
    "organization",
    "business",
    "entity",
    "contact",
    "title",
    "department",
    "authority",
    "controller",
    "placeholder",
    "describe",
    "specify",
    "choose",
    "select",
    "link",
    "domain",
    "logo",
    "day",
    "month",
    "year",
    "period",
    "tbd",
    "todo",
];
/// Marks that a writer leaves for later. Only capital letters are such marks: "todo" is a word of its own.
const MARKS: [&str; 6] = ["TODO", "TBD", "TBA", "TBC", "FIXME", "XXX"];
/// What stands behind a mark that is a name, and in front of one that is a number.
const NAMED_BEHIND: [&str; 18] = [
    "list", "lists", "app", "apps", "item", "items", "ltd", "inc", "gmbh", "llc", "ag", "limited", "rated", "content",
    "videos", "films", "sites", "domains",
];
const NUMBERED_BEFORE: [&str; 10] =
    ["article", "title", "chapter", "part", "section", "annex", "schedule", "bowl", "volume", "appendix"];
/// Elements of HTML that a label may speak of.
const ELEMENTS: [&str; 20] = [
    "br", "hr", "div", "span", "img", "script", "noscript", "iframe", "head", "body", "html", "meta", "style", "input",
    "video", "audio", "canvas", "svg", "object", "embed",
];
/// What brackets around words hold at most.
const LONGEST: usize = 60;

/// The holes of a text, in the order of their places.
#[must_use]
pub fn holes(text: &str, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (open, close, is_hole) in [
        ("{{", "}}", is_filling as fn(&str) -> bool),
        ("{%", "%}", is_filling),
        ("<%", "%>", is_filling),
        ("${", "}", is_variable),
        ("{", "}", is_constant),
        ("[", "]", is_bracketed),
        ("<", ">", is_angled),
        ("%", "%", is_constant),
        ("__", "__", is_constant),
    ] {
        for (start, _) in text.match_indices(open) {
            let begins = start + open.len();
            let Some(length) = inside_of(text.get(begins..).unwrap_or(""), close) else { continue };
            let inside = text.get(begins..begins + length).unwrap_or("");
            // `cart[items]`, `a[Company]`: what touches a word is a part of it.
            let touches = text.get(..start).is_some_and(|front| front.ends_with(char::is_alphanumeric));
            if !touches && is_hole(inside) {
                found.push(start..begins + length + close.len());
            }
        }
    }
    found.extend(blanks(text));
    found.extend(marks(tokens));
    found.extend(phrases(tokens));
    found.sort_by_key(|range| (range.start, range.end));
    let mut end = 0;
    found.retain(|range| {
        let kept = range.start >= end;
        end = end.max(range.end);
        kept
    });
    found
}

/// How many bytes stand in front of what closes a hole; nothing if that is not near.
fn inside_of(rest: &str, close: &str) -> Option<usize> {
    rest.char_indices()
        .take(LONGEST)
        .map(|(at, _)| at)
        .find(|at| rest.get(*at..).is_some_and(|rest| rest.starts_with(close)))
}

fn is_filling(inside: &str) -> bool {
    inside.chars().any(char::is_alphabetic)
}

/// `name`, `company_name`: the name of a variable.
fn is_variable(inside: &str) -> bool {
    is_filling(inside)
        && inside.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-'))
}

/// `COMPANY_NAME`.
fn is_constant(inside: &str) -> bool {
    inside.len() > 2
        && inside.starts_with(|character: char| character.is_ascii_uppercase())
        && inside.chars().all(|character| character.is_ascii_uppercase() || character == '_')
}

/// Words that say what is to be filled in. A footnote, a letter that a quotation changed, an omission, "[sic]" and
/// "[emphasis added]" are no holes.
fn is_bracketed(inside: &str) -> bool {
    let trimmed = inside.trim();
    if !trimmed.is_empty() && trimmed.chars().all(|character| matches!(character, '_' | '•' | '●' | '■')) {
        return true;
    }
    let words: Vec<String> = words_in(trimmed);
    let is_your = words.len() > 1 && words.first().is_some_and(|first| first == "your");
    words.len() <= 8 && (is_your || words.iter().any(|word| FILLINGS.contains(&word.as_str())))
}

/// `<company>`, `<your name>`, but neither `a < b > c`, nor an address, nor an element of HTML.
fn is_angled(inside: &str) -> bool {
    let plain = inside.starts_with(|character: char| character.is_ascii_alphabetic())
        && inside
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, ' ' | '-' | '_' | '\''))
        && !inside.ends_with(' ');
    plain && inside.len() > 1 && !ELEMENTS.contains(&inside.to_ascii_lowercase().as_str())
}

fn words_in(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Three underscores and more, to write on.
fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find("___")).map(|start| at + start) {
        let length = text.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches('_').len());
        let touches = text.get(..start).is_some_and(|front| front.ends_with(char::is_alphanumeric))
            || text.get(start + length..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if !touches {
            found.push(start..start + length);
        }
        at = start + length;
    }
    found
}

fn marks<'v>(tokens: &'v [Token<'_>]) -> impl Iterator<Item = Range<usize>> + 'v {
    tokens.iter().enumerate().filter(|(_, token)| MARKS.contains(&token.text)).filter_map(|(at, token)| {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let after = tokens.get(at + 1);
        // `XXX-XX-1234`, `XXX.XXX`: a pattern of digits.
        let joins = |token: &Token<'_>| matches!(token.sort, Sort::Mark('-' | '/' | '_' | '*' | '#' | '@'));
        let touches =
            |one: &Token<'_>, other: &Token<'_>| one.range.end == other.range.start && (joins(one) || joins(other));
        let joined =
            before.is_some_and(|before| touches(before, token)) || after.is_some_and(|after| touches(token, after));
        let named = after.is_some_and(|after| NAMED_BEHIND.contains(&after.lower.as_ref()))
            || before.is_some_and(|before| NUMBERED_BEFORE.contains(&before.lower.as_ref()));
        (!joined && !named).then(|| token.range.clone())
    })
}

/// "Lorem ipsum", "your company here", "insert your name here", "INSERT NAME".
fn phrases(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (first, token) in tokens.iter().enumerate() {
        let rest = tokens.get(first..).unwrap_or_default();
        let begins = first.checked_sub(1).and_then(|at| tokens.get(at)).is_none_or(|before| before.sort != Sort::Word);
        let last = match token.lower.as_ref() {
            "lorem" => phrase_at(rest, "lorem ipsum").map(|used| used - 1),
            // `INSERT NAME` asks for one; `INSERT statements` of a database does not.
            "insert" if token.text == "INSERT" => rest
                .get(1)
                .filter(|next| next.is_upper() && next.lower != "into")
                .map(|_| rest.iter().take_while(|next| next.is_upper()).count() - 1),
            "insert" | "enter" | "add" | "put" | "your" if begins => said_here(rest),
            _ => None,
        };
        if let Some(end) = last.and_then(|last| rest.get(last)) {
            found.push(token.range.start..end.range.end);
        }
    }
    found
}

/// "Your company name here": a few words, one of them a filling, up to "here", behind which nothing goes on.
fn said_here(rest: &[Token<'_>]) -> Option<usize> {
    let here = rest.iter().take(7).position(|token| token.lower == "here")?;
    let words = rest.get(1..here)?;
    let plain = words.iter().all(|token| token.sort == Sort::Word);
    let filled = words.iter().any(|token| FILLINGS.contains(&token.lower.as_ref()) || token.lower == "text");
    let ends = rest.get(here + 1).is_none_or(|token| token.sort != Sort::Word);
    (plain && filled && ends).then_some(here)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english::tokens::tokens;

    fn found(text: &str) -> Vec<&str> {
        holes(text, &tokens(text)).into_iter().map(|range| text.get(range).unwrap_or("")).collect()
    }

    #[test]
    fn holes_are_found() {
        for (text, hole) in [
            ("[Company] collects it", "[Company]"),
            ("we are [INSERT NAME]", "[INSERT NAME]"),
            ("write to [your e-mail address]", "[your e-mail address]"),
            ("as of [date]", "[date]"),
            ("we are [●] Ltd", "[●]"),
            ("{{name}} collects it", "{{name}}"),
            ("{{ company.name }}", "{{ company.name }}"),
            ("${company}", "${company}"),
            ("%COMPANY_NAME%", "%COMPANY_NAME%"),
            ("__COMPANY__", "__COMPANY__"),
            ("{COMPANY}", "{COMPANY}"),
            ("we are <company>", "<company>"),
            ("<Your Name> Ltd", "<Your Name>"),
            ("TODO: ask legal", "TODO"),
            ("TODO ask legal", "TODO"),
            ("the period is TBD", "TBD"),
            ("FIXME", "FIXME"),
            ("for XXX days", "XXX"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("Your Company Here", "Your Company Here"),
            ("insert your company name here", "insert your company name here"),
            ("INSERT ADDRESS", "INSERT ADDRESS"),
            ("we are ________", "________"),
        ] {
            assert_eq!(found(text), [hole], "{text}");
        }
    }

    #[test]
    fn near_misses_are_quiet() {
        for text in [
            "cart[items]",
            "field[name]",
            "see the footnote [1]",
            "they recieve [sic] it",
            "[t]he words […] of the law [...]",
            "[emphasis added]",
            "[ ] and [x]",
            "[our] users",
            "your todos",
            "the Todo app",
            "Microsoft To Do",
            "ante todo y sobre todo",
            "your TODO list",
            "the number XXX-XX-1234",
            "Article XXX of the treaty",
            "XXX-rated videos",
            "if a < b and c > d",
            "the companies A & B <C>",
            "the <script> element",
            "<https://acme.com>",
            "a set {a, b}",
            "50% of 100% and 20%",
            "the cookie __session",
            "snake___case",
            "TBD Ltd",
            "you write your name here and there",
            "you can add your address here",
            "we insert advertisements",
            "an INSERT statement",
            "INSERT INTO a table",
            "the method todo",
            "company names",
            "name of your company",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
