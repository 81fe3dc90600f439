//! Findings about time: periods and editions.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    CHAIN_EXCEEDS_TOTAL = "chain-exceeds-total", Error {
        summary: "The steps of a period last longer than it says in total.",
        explanation: "A period may have steps, `1 week then 4 weeks`, and say how long they last together, `total at-most 10 weeks`. The steps must fit, whatever the calendar: a month counts as 28 days at least and 31 at most.",
        bad: "store backups \"our backups\" is backup;\nwe keep name for 6 weeks then 5 weeks at backups total at-most 10 weeks;\n",
        good: "store backups \"our backups\" is backup;\nwe keep name for 5 weeks then 5 weeks at backups total at-most 10 weeks;\n",
    }
    EDITION_WITHOUT_DAY = "edition-without-day", Error {
        summary: "An edition does not say from when on it is valid.",
        explanation: "Editions follow one another: `edition winter since 2031-05-01 { … }`. The first may say only until when it is valid.",
        bad: "edition winter \"Winter\" { we collect name; }\n",
        good: "edition winter \"Winter\" since 2031-05-01 { we collect name; }\n",
    }
    EDITION_ENDS_FIRST = "edition-ends-first", Error {
        summary: "An edition ends before it begins.",
        explanation: "`until` is the first day on which an edition is no longer valid, so it lies behind `since`.",
        bad: "edition winter \"Winter\" since 2031-05-01 until 2031-01-01 { we collect name; }\n",
        good: "edition winter \"Winter\" since 2031-01-01 until 2031-05-01 { we collect name; }\n",
    }
    EDITION_GAP = "edition-gap", Warning {
        summary: "Between two editions there are days without a policy.",
        explanation: "An edition is valid up to its `until`, the next from its `since` on. If nothing was valid in between, say so with `allow edition-gap because`.",
        bad: "edition summer \"Summer\" since 2031-01-01 until 2031-05-01 { we collect name; }\nedition winter \"Winter\" since 2031-06-01 { we collect email-address; }\n",
        good: "edition summer \"Summer\" since 2031-01-01 until 2031-05-01 { we collect name; }\nedition winter \"Winter\" since 2031-05-01 { we collect email-address; }\n",
    }
    EDITION_OVERLAP = "edition-overlap", Error {
        summary: "Two editions are valid on the same day.",
        explanation: "On each day one edition is valid, or nobody could say what the policy was. `until` of one is at most `since` of the next; without `until` an edition ends where the next begins.",
        bad: "edition summer \"Summer\" since 2031-01-01 until 2031-06-01 { we collect name; }\nedition winter \"Winter\" since 2031-05-01 { we collect email-address; }\n",
        good: "edition summer \"Summer\" since 2031-01-01 { we collect name; }\nedition winter \"Winter\" since 2031-05-01 { we collect email-address; }\n",
    }
    TWO_PERIODS = "two-periods", Warning {
        summary: "Two sentences give the same data different periods.",
        explanation: "Each datum is kept for one period in each place, for each product and for each audience. Periods may differ where something tells them apart: another store, another group of people, another event they count from, another edition; and what is said of a datum by name takes the place of what is said of all data. Where nothing does, a reader cannot know which one counts.",
        bad: "we keep name for 2 years;\nwe store name for 3 years;\n",
        good: "we keep personal for 2 years;\nwe keep name for 3 years;\n",
    }
}

/// Steps that do not fit into the total.
#[must_use]
pub fn chain_exceeds_total(span: Span) -> Diagnostic {
    Diagnostic::new(&CHAIN_EXCEEDS_TOTAL, span, "the steps of this period last longer than its total", "these steps")
        .help("shorten a step, or raise the total")
}

/// An edition without any day.
#[must_use]
pub fn edition_without_day(span: Span) -> Diagnostic {
    Diagnostic::new(&EDITION_WITHOUT_DAY, span, "the edition does not say from when on it is valid", "this edition")
        .help("add its first day: `since 2031-05-01`")
}

/// An edition whose end lies before its beginning.
#[must_use]
pub fn edition_ends_first(span: Span) -> Diagnostic {
    Diagnostic::new(&EDITION_ENDS_FIRST, span, "the edition ends before it begins", "this edition")
        .help("`until` is the first day on which it is no longer valid, so it lies behind `since`")
}

/// Two periods for the same data.
#[must_use]
pub fn two_periods(span: Span, datum: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&TWO_PERIODS, span, format!("`{datum}` has another period already"), "another period here")
        .and(first, "the first period")
        .help(
            "say what tells the two apart, a store, a group of people or an event, or join them with `whichever first`",
        )
}

/// Days between two editions.
#[must_use]
pub fn edition_gap(span: Span, from: &str, to: &str, before: Span) -> Diagnostic {
    Diagnostic::new(
        &EDITION_GAP,
        span,
        format!("no edition is valid from {from} to the day before {to}"),
        "begins here",
    )
    .and(before, "the one before ends earlier")
    .help("move `since` or `until`, or allow this finding with a reason")
}

/// Two editions on one day.
#[must_use]
pub fn edition_overlap(span: Span, before: Span) -> Diagnostic {
    Diagnostic::new(&EDITION_OVERLAP, span, "this edition begins before the other one ends", "begins here")
        .and(before, "is still valid then")
        .help("let the other one end where this one begins")
}
