//! Findings about packs of laws. Authors never write a pack and never meet these: they stop the build of the compiler.

use super::{declare, nearest};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    PACK_FAULT = "pack-fault", Error {
        summary: "A pack of rules cannot be read.",
        explanation: "A pack is a file in `src/law`, and `docs/law-packs.md` says how it is written. Every word of it is known, or it is a fault: a rule whose misspelt word was passed over would ask for something else than the law does.",
        bad: "pack act \"the Act\" { short \"Act\"; colour red; }\n",
        good: "pack act \"the Act\" { short \"Act\"; }\n",
    }
}

fn fault(span: Span, message: String, here: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&PACK_FAULT, span, message, here)
}

/// Something else was expected; `found` is what stands there, and nothing if the statement ends.
pub fn unexpected(span: Span, expected: &str, found: Option<&str>) -> Diagnostic {
    let message = match found {
        Some(found) => format!("{found} stands where {expected} is expected"),
        None => format!("the statement ends where {expected} is expected"),
    };
    fault(span, message, "not expected here")
}

/// A reserved word where a name is expected.
pub fn reserved(span: Span, word: &str, expected: &str) -> Diagnostic {
    fault(span, format!("`{word}` is a reserved word and stands where {expected} is expected"), "cannot be a name")
}

/// A word that none of several takes the place of.
pub fn unknown_word<'a>(span: Span, word: &str, what: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let finding = fault(span, format!("`{word}` is no {what}"), "not known");
    match nearest(word, known) {
        Some(near) => finding.help(format!("write `{near}`")),
        None => finding,
    }
}

/// A line, a clause or a name that may stand once only.
pub fn twice(span: Span, what: &str) -> Diagnostic {
    fault(span, format!("{what} stands here a second time"), "once is enough")
}

/// A line that every pack or rule has.
pub fn missing_line(span: Span, owner: &str, line: &str) -> Diagnostic {
    fault(span, format!("{owner} has no line `{line}`"), "it is missing")
}

/// A file that does not begin with a pack.
pub fn no_pack(span: Span) -> Diagnostic {
    fault(span, "the file does not begin with a pack".to_owned(), "expected `pack`, a name and its title")
}

/// `each` where nothing is bound.
pub fn each_outside(span: Span) -> Diagnostic {
    fault(span, "`each` stands outside of `where`".to_owned(), "nothing is found here")
        .help("write `any` for one of them, or `that` for one that a `where` found")
}

/// A word of a kind that no determiner stands in front of.
pub fn bare_kind(span: Span, word: &str) -> Diagnostic {
    fault(span, format!("`{word}` is the word of a kind and stands alone"), "which of them?").help(format!(
        "write `each {word}` to find them, `that {word}` for one that was found, `any {word}` if one is enough, or `all {word}`"
    ))
}

/// A noun that is asked about without a determiner.
pub fn bare_subject(span: Span, name: &str) -> Diagnostic {
    fault(span, format!("`{name}` stands alone in front of what is asked of it"), "which of them?")
        .help(format!("write `any {name}`, or `that {name}` for one that a `where` found"))
}

/// `that` without `each`.
pub fn unbound(span: Span, name: &str) -> Diagnostic {
    fault(span, format!("no `where` in front of this finds `each {name}`"), "not found before")
}

/// Two of a name that `that` could mean.
pub fn bound_twice(span: Span, name: &str) -> Diagnostic {
    fault(span, format!("`each {name}` stands in this rule a second time"), "`that` could be either of them")
}

/// More joins than a person can follow.
pub fn too_many_bound(span: Span, most: usize) -> Diagnostic {
    fault(span, format!("a rule finds more than {most} things"), "one too many")
}

/// A row that no `where` names.
pub fn unknown_row(span: Span, name: &str) -> Diagnostic {
    fault(span, format!("no `where` names its row `{name}`"), "not named before")
        .help(format!("write `where {name}: …;`"))
}

/// A word that stands in front of another kind of period.
pub fn bad_bound(span: Span, word: &str) -> Diagnostic {
    fault(span, format!("`{word}` bounds nothing in a law"), "not a bound of a law")
        .help("write `at-most` or `at-least`")
}

/// A period where none can stand.
pub fn period_outside(span: Span) -> Diagnostic {
    fault(span, "a period stands where none can be".to_owned(), "no period here")
        .help("write it behind `for`, `within` or `kept`; any of them is `any period`")
}

/// Two ways of joining in one list.
pub fn mixed_joins(span: Span) -> Diagnostic {
    fault(span, "commas and `or` stand in one list".to_owned(), "all of them, or one of them?")
}

/// Alternatives that leave no choice.
pub fn too_few(span: Span) -> Diagnostic {
    fault(span, "`some-of` has fewer than two members".to_owned(), "leaves no choice")
}

/// A clause that is asked for and may be missing.
pub fn optional_demand(span: Span, clause: &str) -> Diagnostic {
    fault(span, format!("the clause `{clause}` is asked for and stands in parentheses"), "must it be there?")
}

/// A demand that has no form.
pub fn cannot_be_denied(span: Span, what: &str) -> Diagnostic {
    fault(span, format!("`not` cannot stand in front of `{what}`"), "nothing asks for this")
}

/// A rule that asks for nothing and does not say why.
pub fn asks_for_nothing(span: Span, rule: &str) -> Diagnostic {
    fault(span, format!("the rule `{rule}` asks for nothing"), "no demand")
        .help("write what must be said, or `unchecked` and why nothing can be checked")
}

/// A rule that says that nothing is checked and checks something.
pub fn asks_and_does_not(span: Span, rule: &str) -> Diagnostic {
    fault(span, format!("the rule `{rule}` is unchecked and asks for something"), "one of the two")
}

/// A rule that leads back to itself.
pub fn like_itself(span: Span, rule: &str) -> Diagnostic {
    fault(span, format!("the rule `{rule}` is like itself"), "leads back to it")
}

/// A pack whose rules lead back to it.
pub fn takes_itself(span: Span, pack: &str) -> Diagnostic {
    fault(span, format!("the pack `{pack}` takes itself"), "leads back to it")
}

/// Days in the wrong order.
pub fn ends_first(span: Span) -> Diagnostic {
    fault(span, "the end does not lie behind the beginning".to_owned(), "`until` is the first day that is out")
}

/// An arm of a limit that nothing can reach.
pub fn arm_behind_otherwise(span: Span) -> Diagnostic {
    fault(span, "an arm stands behind `otherwise`".to_owned(), "never reached")
}

/// A name that a class, a limit or a rule cannot have.
pub fn taken_name(span: Span, name: &str, by: &str) -> Diagnostic {
    fault(span, format!("`{name}` is the name of {by}"), "needs another name")
}
