//! Every `tests/cells/<name>.policy` is one test: an interaction of relations, with its control, and beside it the
//! resolved cells, one line each.

use std::fmt::Write as _;
use std::path::Path;

use candor::cells::{Cell, Guard};
use candor::facts::{Amount, Clause, ClauseValue, ConditionTree, Item, Period, What};
use candor::{Format, NoFiles, Options, Published, Source, compile};

/// An entry in a few characters: `data-photos`, `rest data-personal except data-photos`, `basis-consent(when …)`.
fn item(item: &Item) -> String {
    let mut text = match &item.what {
        What::Publisher => "we".to_owned(),
        What::Reader => "you".to_owned(),
        What::Noun { id } | What::Field { id } => id.clone(),
        What::Everything => "*".to_owned(),
        What::Period(inner) => period(inner),
        What::Absent { state } => state.clone(),
        What::Citation(citation) => citation.words.clone(),
        What::Number { value } => value.to_string(),
        What::Date { value }
        | What::Place { value }
        | What::Locale { value }
        | What::Email { value }
        | What::Code { value }
        | What::Link { value }
        | What::Text { value } => value.clone(),
    };
    if let Some(quantifier) = &item.quantifier {
        text = format!("{quantifier} {text}");
    }
    if let Some(citation) = &item.citation {
        let _ = write!(text, "`{}`", citation.words);
    }
    if !item.except.is_empty() {
        let _ = write!(text, " except {}", list(&item.except));
    }
    if !item.clauses.is_empty() {
        let _ = write!(text, "({})", clauses(&item.clauses));
    }
    text
}

fn list(items: &[Item]) -> String {
    items.iter().map(item).collect::<Vec<_>>().join(", ")
}

fn condition(tree: &ConditionTree) -> String {
    match tree {
        ConditionTree::Test { item: tested, not, state } => {
            let not = if *not { "not " } else { "" };
            let state = state.as_ref().map_or(String::new(), |state| format!(" is {state}"));
            format!("{not}{}{state}", item(tested))
        }
        ConditionTree::Joined { conditions, join } => {
            format!("[{}]", conditions.iter().map(condition).collect::<Vec<_>>().join(&format!(" {join} ")))
        }
    }
}

fn clauses(clauses: &[Clause]) -> String {
    let one = |clause: &Clause| {
        let only = if clause.only { "only " } else { "" };
        format!("{only}{} {}", clause.slot, value(&clause.value)).trim_end().to_owned()
    };
    clauses.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn value(value_: &ClauseValue) -> String {
    match value_ {
        ClauseValue::List { items, .. } | ClauseValue::Topic { items, .. } => list(items),
        ClauseValue::Condition { condition: tree } => condition(tree),
        ClauseValue::Flag => String::new(),
        ClauseValue::Guarded { arms } => {
            let arms = arms.iter().map(|arm| match arm.guard.as_slice() {
                [] => format!("otherwise: {}", value(&arm.value)),
                guard => format!("{}: {}", clauses(guard), value(&arm.value)),
            });
            format!("{{{}}}", arms.collect::<Vec<_>>().join(" "))
        }
    }
}

fn amount(bound: &str, amount: &Amount) -> String {
    let bound = if bound == "exact" { String::new() } else { format!("{bound} ") };
    format!("{bound}{}", amount.iso)
}

fn period(period: &Period) -> String {
    let steps = period.steps.iter().map(|step| {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(step.amount.as_ref().map(|count| amount(&step.bound, count)));
        parts.extend(step.after.as_ref().map(|after| format!("after {}", condition(after))));
        parts.extend(step.before.as_ref().map(|before| format!("before {}", condition(before))));
        parts.extend(step.of.as_ref().map(|of| format!("of {}", item(of))));
        parts.extend(step.until.as_ref().map(|until| format!("until {}", condition(until))));
        parts.extend(step.lasting.as_ref().map(|lasting| format!("while {}", condition(lasting))));
        parts.extend(step.criterion.as_ref().map(|criterion| format!("by \"{criterion}\"")));
        parts.extend(step.whichever.as_ref().map(|which| format!("whichever {which}")));
        if !step.at.is_empty() {
            parts.push(format!("at {}", list(&step.at)));
        }
        parts.join(" ")
    });
    let mut text = steps.collect::<Vec<_>>().join(" then ");
    if let Some(end) = &period.end {
        let _ = write!(text, " then {end}");
    }
    if let Some(total) = &period.total {
        let _ = write!(text, " total {}", amount(&total.bound, &total.amount));
    }
    text
}

fn guard(guard: &Guard) -> String {
    let mut parts = Vec::new();
    if !guard.clauses.is_empty() {
        parts.push(clauses(&guard.clauses));
    }
    parts.extend(guard.edition.clone());
    if !guard.readers.is_empty() {
        parts.push(format!("readers {}", guard.readers.join(", ")));
    }
    parts.join("; ")
}

/// One line for a cell: what it is about, and every field that says something.
fn line(cell: &Cell, readers: &[String]) -> String {
    let force = if cell.force == "does" { String::new() } else { format!("{} ", cell.force) };
    let done = format!("{} {force}{}", list(&cell.actors), cell.verbs.join("/"));
    let mut text = format!("{}: {done} {}", cell.statement, list(&cell.data));
    let mut put = |key: &str, value: String| {
        if !value.is_empty() {
            let _ = write!(text, " | {key} {value}");
        }
    };
    let flag = |flag: bool| if flag { "yes" } else { "" }.to_owned();
    put("exception", flag(cell.exception));
    put("symbolic", flag(cell.symbolic));
    put("for", list(&cell.purposes));
    put("under", list(&cell.bases));
    put("to", list(&cell.recipients));
    put("from", list(&cell.sources));
    put("as", list(&cell.roles));
    put("about", list(&cell.about));
    put("on", list(&cell.products));
    put("at", list(&cell.stores));
    put("in", list(&cell.places));
    put("given", cell.given.clone().unwrap_or_default());
    put("because", list(&cell.reasons));
    put("conditions", clauses(&cell.conditions));
    put("clauses", clauses(&cell.clauses));
    put("kept", cell.period.as_ref().map(period).unwrap_or_default());
    put("clock", cell.clock.clone().filter(|clock| clock != "age").unwrap_or_default());
    put("rule", cell.from_rule.clone().filter(|rule| *rule != cell.statement).unwrap_or_default());
    put("by default", flag(cell.by_default));
    put("edition", cell.edition.clone().unwrap_or_default());
    put("readers", if cell.readers == readers { String::new() } else { cell.readers.join(", ") });
    put("where", cell.guards.iter().map(guard).collect::<Vec<_>>().join(" and "));
    put("unless", cell.unless.iter().map(guard).collect::<Vec<_>>().join(" or "));
    let except = cell.except.as_ref();
    put(
        "except",
        except.map(|except| format!("{} {}", list(&except.items), clauses(&except.clauses))).unwrap_or_default(),
    );
    text
}

fn cells(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let compilation = compile(Source::new(format!("{name}.policy"), text), &NoFiles, &Options::default());
    let Some(published) = &compilation.published else { return Err(compilation.report().into()) };
    // What a program reads is what counts, not what was in memory.
    let read = Published::from_json(&published.render(Format::Json))?;
    let mut snapshot: String =
        compilation.report().lines().fold(String::new(), |report, line| format!("{report}# {line}\n"));
    for cell in &read.cells {
        let _ = writeln!(snapshot, "{}", line(cell, &read.policy.header.readers));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path.parent().unwrap_or(Path::new(".")).canonicalize()?);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.as_str(), snapshot));
    Ok(())
}

datatest_stable::harness! {
    { test = cells, root = "tests/cells", pattern = r"^[^/]+\.policy$" },
}
