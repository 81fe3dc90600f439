//! Findings about parameters and the values given for them.

use super::declare;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

declare! {
    UNKNOWN_PARAMETER = "unknown-parameter", Error {
        summary: "`param` or `given` names a parameter that is not declared.",
        explanation: "What differs between the operators of a policy is declared once, `parameter keep is period at-most 60 days;`, and then used as `param keep` and in `given`. Declare the parameter or mend its spelling.",
        bad: "parameter keep is period default 30 days;\nwe keep name for param keep;\nwe keep email-address for param kept-for;\n",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\nwe keep email-address for param keep;\n",
    }
    UNKNOWN_TYPE = "unknown-type", Error {
        summary: "A parameter has a type that does not exist.",
        explanation: "The types are `text`, `period`, `number`, `date`, `email`, `link`, `country`, `flag` and `choice`.",
        bad: "parameter keep is peroid default 30 days;\nwe keep name for param keep;\n",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\n",
    }
    DOUBLE_PARAMETER = "double-parameter", Error {
        summary: "A parameter is declared twice.",
        explanation: "A parameter has one type and one range, so it is declared once, in the policy or in a file that it brings in.",
        bad: "parameter keep is period default 30 days;\nparameter keep is period default 60 days;\nwe keep name for param keep;\n",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\n",
    }
    UNFIT_PART = "unfit-part", Error {
        summary: "A parameter is declared with a part that its type does not take, or without one that it needs.",
        explanation: "`at-least` and `at-most` belong to a period, a number or a date. `namely` belongs to a choice, which needs it.",
        bad: "parameter operator is text at-most 60 days default \"Acme\";\nparty acme \"Acme\" { legal param operator; }\nwe share name with acme;\n",
        good: "parameter operator is text default \"Acme\";\nparty acme \"Acme\" { legal param operator; }\nwe share name with acme;\n",
    }
    WRONG_TYPE = "wrong-type", Error {
        summary: "A value is not of the type of its parameter.",
        explanation: "The default, the ends of the range and the values that are given are written as the type asks: `\"words\"` for a text, `30 days` for a period, `2031-05-01` for a date, `yes` or `no` for a flag. A period is one amount of time; what it counts from is said in the sentence: `for at-most param keep after account-closure`.",
        bad: "parameter keep is period default 30;\nwe keep name for param keep;\n",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\n",
    }
    EMPTY_RANGE = "empty-range", Error {
        summary: "The range of a parameter holds no value.",
        explanation: "Both ends of a range are allowed, so `at-least` is never more than `at-most`. Days and months cannot always be compared: `30 days` is more than a February and less than a March.",
        bad: "parameter keep is period at-least 60 days at-most 30 days default 40 days;\nwe keep name for param keep;\n",
        good: "parameter keep is period at-least 30 days at-most 60 days default 40 days;\nwe keep name for param keep;\n",
    }
    OUT_OF_RANGE = "out-of-range", Error {
        summary: "A value lies outside the range of its parameter.",
        explanation: "The author of a policy says how far an operator may go, and both ends are allowed. Amounts of time are compared by the calendar: a month has 28 days at least and 31 at most, and a value counts as inside only if it always is.",
        bad: "parameter keep is period at-most 60 days default 3 months;\nwe keep name for param keep;\n",
        good: "parameter keep is period at-most 60 days default 1 month;\nwe keep name for param keep;\n",
    }
    UNKNOWN_CHOICE = "unknown-choice", Error {
        summary: "A value is none of the choices of its parameter.",
        explanation: "A choice is one of the names behind `namely`.",
        bad: "parameter hosting is choice namely cloud, own default cloud;\ngiven hosting is clowd { we collect name; }\n",
        good: "parameter hosting is choice namely cloud, own default cloud;\ngiven hosting is cloud { we collect name; }\n",
    }
    UNSET_PARAMETER = "unset-parameter", Error {
        summary: "A parameter has neither a value nor a default.",
        explanation: "Nothing is published while a value is missing. Give it with `--set NAME=VALUE` or as a line of the file behind `--values`, or declare a default. `candor check` needs no values: it checks the policy over the whole range.",
        bad: "parameter keep is period at-most 60 days;\nwe keep name for param keep;\n",
        good: "parameter keep is period at-most 60 days default 30 days;\nwe keep name for param keep;\n",
    }
    NEEDLESS_VALUE = "needless-value", Error {
        summary: "A value is given for a parameter that is not declared.",
        explanation: "A value that nothing uses is probably meant for a parameter whose name is spelt otherwise.",
        bad: "",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\n",
    }
    DOUBLE_VALUE = "double-value", Error {
        summary: "A value is given twice in one place.",
        explanation: "A file of values gives each value once, and so does the command line. A value on the command line goes before one in a file.",
        bad: "",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\n",
    }
    UNUSED_PARAMETER = "unused-parameter", Warning {
        summary: "A parameter is declared and never used.",
        explanation: "An operator who sets it would believe that it changes something. Use it as `param NAME` or in `given`, or remove it.",
        bad: "parameter keep is period default 30 days;\nwe keep name for 30 days;\n",
        good: "parameter keep is period default 30 days;\nwe keep name for param keep;\n",
    }
    UNDECIDED_GIVEN = "undecided-given", Error {
        summary: "`given` names a parameter that decides nothing.",
        explanation: "`given newsletter` and `given not newsletter` ask a flag; `given hosting is cloud` asks a choice which of its names is chosen. Parameters of other types are values and stand in sentences.",
        bad: "parameter keep is period default 30 days;\ngiven keep { we keep name for param keep; }\n",
        good: "parameter keep is period default 30 days;\nparameter archive is flag default yes;\ngiven archive { we keep name for param keep; }\n",
    }
    FLAG_AS_VALUE = "flag-as-value", Error {
        summary: "A flag stands where a value is expected.",
        explanation: "A flag is yes or no, which no page would print. It decides what a policy says: `given newsletter { … }`.",
        bad: "parameter newsletter is flag default yes;\nwe collect name for param newsletter;\n",
        good: "parameter newsletter is flag default yes;\ngiven newsletter { we collect name; }\n",
    }
    PARAMETER_IN_NAME = "parameter-in-name", Error {
        summary: "A name is made from a parameter.",
        explanation: "The name of a noun and the anchors made from it are the same for every operator, so that links to them last. Write a name in front of the words: `party operator param operator-name;`.",
        bad: "parameter host is text default \"Acme\";\nwe share name with param host;\n",
        good: "parameter host is text default \"Acme\";\nwe share name with hosting-company param host;\n",
    }
    TOO_MANY_VALUES = "too-many-values", Error {
        summary: "The parameters have more values to check than the compiler checks.",
        explanation: "A policy is checked once for each end of a range, each choice and both answers of a flag; a parameter without any counts once. Together they may be 200, so that a check takes its time and no more. What has so many variants is more than one policy: keep what they share in a file that each brings in with `use`.",
        bad: "",
        good: "parameter keep is period at-most 60 days default 30 days;\nwe keep name for param keep;\n",
    }
}

/// A parameter that nothing declares.
#[must_use]
pub fn unknown_parameter(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let report =
        Diagnostic::new(&UNKNOWN_PARAMETER, span, format!("no parameter is called `{name}`"), "not declared anywhere");
    match near {
        Some(near) => report.help(format!("perhaps `{near}` is meant")),
        None => report.help(format!("declare it: `parameter {name} is TYPE;`")),
    }
}

/// A type that does not exist.
#[must_use]
pub fn unknown_type(span: Span, word: &str, near: Option<&str>) -> Diagnostic {
    let report = Diagnostic::new(&UNKNOWN_TYPE, span, format!("`{word}` is no type of a parameter"), "not a type");
    match near {
        Some(near) => report.help(format!("perhaps `{near}` is meant")),
        None => report.help("write `text`, `period`, `number`, `date`, `email`, `link`, `country`, `flag` or `choice`"),
    }
}

/// A second declaration.
#[must_use]
pub fn double_parameter(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_PARAMETER, span, format!("the parameter `{name}` is declared twice"), "declared again")
        .and(first, "declared here first")
        .help("remove one of the declarations")
}

/// A range or choices that the type does not take.
#[must_use]
pub fn unfit_part(span: Span, word: &str, kind: &str) -> Diagnostic {
    Diagnostic::new(
        &UNFIT_PART,
        span,
        format!("a parameter of the type `{kind}` takes no `{word}`"),
        "has no place here",
    )
    .help(format!("remove `{word}`, or give the parameter another type"))
}

/// A choice without choices.
#[must_use]
pub fn no_choices(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&UNFIT_PART, span, format!("the choice `{name}` has nothing to choose from"), "this choice")
        .help(format!("name the choices: `parameter {name} is choice namely cloud, own;`"))
}

/// A choice that is there twice.
#[must_use]
pub fn double_choice(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&UNFIT_PART, span, format!("the choice `{name}` is there twice"), "named again")
        .and(first, "named here first")
        .help("remove one of them")
}

/// A value of another type.
#[must_use]
pub fn wrong_type(span: Span, name: &str, kind: &str, example: &str, declared: Option<Span>) -> Diagnostic {
    let message = format!("the value of `{name}` is not of the type `{kind}`");
    let report = Diagnostic::new(&WRONG_TYPE, span, message, "this value").help(format!("write {example}"));
    match declared {
        Some(declared) => report.and(declared, "declared here"),
        None => report,
    }
}

/// A range without values.
#[must_use]
pub fn empty_range(low: Span, high: Span, is_sure: bool) -> Diagnostic {
    let message = if is_sure {
        "the least value is more than the greatest"
    } else {
        "the least value can be more than the greatest, depending on the month"
    };
    Diagnostic::new(&EMPTY_RANGE, low, message, "the least value")
        .and(high, "the greatest value")
        .help("lower the one or raise the other")
}

/// A value outside the range; `than` is "less" or "more".
#[must_use]
pub fn out_of_range(span: Span, value: &str, than: &str, end: &str, declared: Span, is_sure: bool) -> Diagnostic {
    let message = if is_sure {
        format!("`{value}` is {than} than `{end}`, the end of the range")
    } else {
        format!("`{value}` can be {than} than `{end}`, the end of the range, depending on the month")
    };
    let help = if than == "less" { "at least" } else { "at most" };
    Diagnostic::new(&OUT_OF_RANGE, span, message, "outside the range")
        .and(declared, "the end of the range")
        .help(format!("give {help} `{end}`"))
}

/// A choice that does not exist.
#[must_use]
pub fn unknown_choice(span: Span, name: &str, parameter: &str, declared: Span, near: Option<&str>) -> Diagnostic {
    let message = format!("`{name}` is none of the choices of `{parameter}`");
    let report = Diagnostic::new(&UNKNOWN_CHOICE, span, message, "not a choice").and(declared, "declared here");
    match near {
        Some(near) => report.help(format!("perhaps `{near}` is meant")),
        None => report.help("write one of the names behind `namely`, or add this one to them"),
    }
}

/// A parameter without a value.
#[must_use]
pub fn unset_parameter(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        &UNSET_PARAMETER,
        span,
        format!("the parameter `{name}` has no value"),
        "declared without a default",
    )
    .help(format!("give it a value: `--set {name}=VALUE`, or the line `{name} VALUE;` in the file behind `--values`"))
}

/// A value for a parameter that is not declared.
#[must_use]
pub fn needless_value(span: Span, name: &str, near: Option<&str>) -> Diagnostic {
    let message = format!("a value is given for `{name}`, but no parameter is called so");
    let report = Diagnostic::new(&NEEDLESS_VALUE, span, message, "given here");
    match near {
        Some(near) => report.help(format!("perhaps `{near}` is meant")),
        None => report.help("remove it, or declare the parameter in the policy"),
    }
}

/// A value that is given twice.
#[must_use]
pub fn double_value(span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(&DOUBLE_VALUE, span, format!("the value of `{name}` is given twice"), "given again")
        .and(first, "given here first")
        .help("remove one of the two")
}

/// A parameter that nothing uses.
#[must_use]
pub fn unused_parameter(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&UNUSED_PARAMETER, span, format!("the parameter `{name}` is never used"), "declared here")
        .help(format!("use it as `param {name}` or in `given`, or remove it"))
}

/// `given` with a parameter that is no question.
#[must_use]
pub fn undecided_given(span: Span, name: &str, kind: &str, declared: Span) -> Diagnostic {
    let (message, help) = match kind {
        "flag" => {
            (format!("`{name}` is a flag, which is set or not and has no choices"), format!("write `given {name}`"))
        }
        "choice" => (
            format!("`{name}` is a choice, and nothing says which of its names is meant"),
            format!("write `given {name} is NAME`"),
        ),
        _ => (
            format!("`{name}` is of the type `{kind}`, which decides nothing"),
            "ask a parameter of the type `flag` or `choice`".to_owned(),
        ),
    };
    Diagnostic::new(&UNDECIDED_GIVEN, span, message, "asked here").and(declared, "declared here").help(help)
}

/// A flag as a value.
#[must_use]
pub fn flag_as_value(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(&FLAG_AS_VALUE, span, format!("`{name}` is a flag and stands for no value"), "a value is expected")
        .help(format!("let it decide: `given {name} {{ … }}`"))
}

/// A parameter in the place of a name.
#[must_use]
pub fn parameter_in_name(span: Span) -> Diagnostic {
    Diagnostic::new(
        &PARAMETER_IN_NAME,
        span,
        "a name is the same for every operator, so no parameter can stand for it",
        "a name is expected here",
    )
    .help("write a name in front of it")
}

/// More values than are checked, from this parameter on.
#[must_use]
pub fn too_many_values(span: Span, most: usize) -> Diagnostic {
    let message = format!("the parameters up to this one have more than {most} values to check");
    Diagnostic::new(&TOO_MANY_VALUES, span, message, "this one and those behind it are not read")
        .help("remove choices or parameters, or split the policy")
}
