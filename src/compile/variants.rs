//! A policy with parameters is checked for the values it is built with and at the ends of every range.
//!
//! Each variant is lowered and resolved as a policy of its own. A finding of several of them is reported once; one
//! that only some of them have says which value it comes from.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::thread::Builder;

use foldhash::{HashMap, HashSet};

use super::{Options, Texts, documents, file_id, register_with};
use crate::cells::{self, Cell, periods};
use crate::check::{self, report::Report};
use crate::codes::{Register, files as library, names, parameters as codes};
use crate::diagnostic::{Allowance, Code, Diagnostic, Label, Level, Sink};
use crate::facts::{Facts, facts};
use crate::law::{self, Pack};
use crate::levels::{self, Levelled};
use crate::packs;
use crate::publish::Published;
use crate::render::Templates;
use crate::resolve::{Input, Resolution, resolve};
use crate::source::{FileId, Span, Spanned};
use crate::syntax::ast::{File, Item, Parameter};
use crate::syntax::parameters::{Assignment, Given, Table, Value};
use crate::syntax::{lower, tree};

/// Where the values of a variant come from.
enum Cause<'a> {
    /// What was given, and for the rest what is usual. Only this one is published.
    Built,
    /// The defaults, or the first value of each parameter.
    Usual,
    /// What is usual, but for one parameter.
    One(&'a str, Spanned<Value<'a>>),
    /// The least or first of everything.
    Lowest,
    /// The greatest or last of everything.
    Highest,
}

/// One way to set every parameter.
struct Variant<'t, 'a> {
    cause: Cause<'a>,
    assignment: Assignment<'t, 'a>,
}

/// What a policy means in one variant.
pub(super) struct Meaning {
    pub(super) resolution: Resolution,
    pub(super) facts: Facts,
    pub(super) cells: Vec<Cell>,
    /// What the laws ask for.
    pub(super) report: Report,
    /// What is to be published, if it was drafted while the policy was checked.
    pub(super) published: Option<Published>,
}

impl Meaning {
    fn new(resolution: Resolution) -> Meaning {
        let facts = facts(&resolution.policy);
        let cells = cells::cells(&resolution.policy, &facts);
        Meaning { resolution, facts, cells, report: Report::default(), published: None }
    }
}

/// What is known of a policy in all its variants.
pub(super) struct Checked {
    /// What the built one means.
    pub(super) meaning: Meaning,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) allowances: Vec<Allowance>,
}

/// The bytes from which on a policy is drafted while it is checked, on a thread of its own: for a shorter one, the thread
/// would take as long as what it spares.
const LONG: usize = 30_000;

/// Reads, resolves and checks a policy in every variant.
pub(super) fn check(texts: &Texts, options: &Options) -> Checked {
    let mut sink = Sink::default();
    texts.findings.iter().for_each(|finding| sink.report(finding.clone()));
    let sources: Vec<(&str, &tree::Tree)> = texts.texts.iter().map(String::as_str).zip(&texts.trees).collect();
    let Declarations { table, used, has_statements } = declarations(&sources, &mut sink);
    let given = given(texts, &table, &mut sink);
    // What a file for others declares is used and set by them.
    if has_statements {
        report_unused_and_unset(&table, &used, &given, &mut sink);
    }
    let packs = further_packs(texts, &mut sink);
    let common = sink.into_sorted();

    let is_long = sources.iter().map(|(text, _)| text.len()).sum::<usize>() >= LONG;
    let variants = variants(&table, &given);
    let mut meaning = None;
    let mut findings: Vec<Vec<Diagnostic>> = Vec::with_capacity(variants.len());
    let mut accepted = Accepted::default();
    let start = first_word(texts.texts.first().map_or("", String::as_str));
    for (index, variant) in variants.iter().enumerate() {
        let before = variants.iter().take(index).position(|other| other.assignment.values == variant.assignment.values);
        if let Some(same) = before.and_then(|before| findings.get(before)).cloned() {
            findings.push(same);
            continue;
        }
        let drafted = matches!(variant.cause, Cause::Built).then_some(&texts.templates).filter(|_| is_long);
        let Checked { meaning: meant, findings: found, allowances } =
            run(&sources, &variant.assignment, &common, start, (options, &packs), drafted);
        meaning.get_or_insert(meant);
        findings.push(found);
        accepted.add(allowances);
    }
    let meaning = meaning.unwrap_or_else(|| Meaning::new(resolve(&[], &mut Sink::default())));
    let mut all = merge(&table, &variants, &given, findings);
    // What a file that cannot be read declares is unknown to nobody but the compiler.
    if texts.findings.iter().any(|finding| finding.code.name == library::CANNOT_USE.name) {
        all.retain(|finding| finding.code.name != names::UNKNOWN_NAME.name);
    }
    // What keeps a file from being published is more than that it would not be.
    let is_of_libraries = |finding: &Diagnostic| finding.code.name == library::NOTHING_TO_PUBLISH.name;
    if all.iter().any(|finding| finding.level == Level::Error && !is_of_libraries(finding)) {
        all.retain(|finding| !is_of_libraries(finding));
    }
    Checked { meaning, findings: all, allowances: accepted.into_sorted() }
}

/// What the variants accept, each time once.
#[derive(Default)]
struct Accepted {
    all: Vec<Allowance>,
    known: HashMap<Accepting, usize>,
}

/// What is accepted, where, by which setting, and what became of it. One place may have the same finding several times.
type Accepting = (Cow<'static, str>, Span, Option<Span>, Option<&'static str>);

impl Accepted {
    fn add(&mut self, of_variant: Vec<Allowance>) {
        let mut counts: HashMap<Accepting, usize> = HashMap::default();
        for allowance in of_variant {
            let Allowance { code, place, setting, after, .. } = &allowance;
            let accepting = (code.name.clone(), *place, *setting, after.map(Level::word));
            let count = counts.entry(accepting.clone()).or_default();
            *count += 1;
            let known = self.known.entry(accepting).or_default();
            if *count > *known {
                *known = *count;
                self.all.push(allowance);
            }
        }
    }

    fn into_sorted(mut self) -> Vec<Allowance> {
        self.all.sort_by_key(|allowance| (allowance.place.file, allowance.place.start, allowance.place.end));
        self.all
    }
}

/// Where the first line of a text that is neither blank nor a comment begins.
fn first_word(text: &str) -> Span {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if !trimmed.is_empty() && !trimmed.starts_with('#') {
            start += line.len() - trimmed.len();
            break;
        }
        start += line.len();
    }
    let start = if start < text.len() { start as u32 } else { 0 };
    Span { file: FileId(0), start, end: start }
}

/// The packs that are given besides those of the compiler.
fn further_packs(texts: &Texts, sink: &mut Sink) -> Vec<Pack> {
    let first = texts.texts.len() - texts.packs;
    let given = texts.texts.get(first..).unwrap_or_default();
    if given.is_empty() {
        return Vec::new();
    }
    let names = packs::vocabulary();
    let read = |(index, text): (usize, &String)| law::read(file_id(first + index), text, &names, sink);
    let written: Vec<law::Written> = given.iter().enumerate().filter_map(read).collect();
    let given = written.len();
    // Those of the compiler are known to them, but for one whose place a given pack takes.
    let embedded = packs::all();
    let others = embedded.packs().iter().filter(|pack| !written.iter().any(|given| given.pack.name == pack.name));
    let others: Vec<law::Written> = others.map(|pack| law::Written::from((*pack).clone())).collect();
    let mut all = written;
    all.extend(others);
    law::check(&all, &names, sink);
    all.truncate(given);
    all.into_iter().map(|written| written.pack).collect()
}

/// What the files say of parameters.
struct Declarations<'a> {
    table: Table<'a>,
    /// The names that are used.
    used: HashSet<&'a str>,
    /// Whether more is there than declarations for others to use.
    has_statements: bool,
}

fn declarations<'a>(sources: &[(&'a str, &tree::Tree)], sink: &mut Sink) -> Declarations<'a> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let mut broken = HashSet::default();
    let mut used = HashSet::default();
    let mut has_statements = false;
    // A policy without parameters is not read once more.
    if sources.iter().any(|(text, _)| text.contains("param")) {
        for (index, (text, tree)) in sources.iter().enumerate() {
            // What is wrong in the statements is reported when they are read with values.
            let file = lower::lower(file_id(index), text, tree, &mut Sink::default());
            parameters.extend(file.parameters);
            broken.extend(file.broken);
            used.extend(file.uses.iter().map(|name| name.value));
            has_statements |=
                file.items.iter().any(|item| !matches!(item, Item::Noun(_) | Item::Use(_) | Item::Setting(_)));
        }
    }
    Declarations { table: Table::new(&parameters, broken, sink), used, has_statements }
}

/// The values that are given; those given one by one go before those of the file.
fn given<'a>(texts: &'a Texts, table: &Table<'a>, sink: &mut Sink) -> Given<'a> {
    let mut next = texts.trees.len();
    let mut of_file = Given::default();
    if let Some(text) = texts.texts.get(next).filter(|_| texts.has_values_file) {
        let tree = tree::parse(file_id(next), text, sink);
        of_file = table.read_lines(&lower::lower_values(file_id(next), text, &tree, sink), sink);
        next += 1;
    }
    let single: Vec<(&str, &str, Span)> = texts
        .given
        .iter()
        .zip(texts.texts.get(next..).unwrap_or_default())
        .enumerate()
        .map(|(index, (name, text))| {
            let span = Span { file: file_id(next + index), start: 0, end: text.len() as u32 };
            (name.as_str(), text.as_str(), span)
        })
        .collect();
    table.read_texts(&single, |text, span| lower::lower_value(span.file, text), sink).or(of_file)
}

fn report_unused_and_unset(table: &Table<'_>, used: &HashSet<&str>, given: &Given<'_>, sink: &mut Sink) {
    for declaration in &table.declarations {
        let name = declaration.name;
        // A library may declare more than one policy uses.
        if name.span.file == file_id(0) && !used.contains(name.value) {
            sink.report(codes::unused_parameter(name.span, name.value));
        }
        let is_set = declaration.default.is_some() || given.places.contains_key(name.value);
        if !is_set && !declaration.is_broken {
            sink.report(codes::unset_parameter(name.span, name.value));
        }
    }
}

/// The ways to set the parameters that are checked, the built one first.
fn variants<'t, 'a>(table: &'t Table<'a>, given: &Given<'a>) -> Vec<Variant<'t, 'a>> {
    let mut usual = Assignment { table, values: HashMap::default(), stand_ins: HashSet::default() };
    for declaration in &table.declarations {
        let name = declaration.name.value;
        if let Some(value) = declaration.usual() {
            usual.values.insert(name, value);
        } else if let Some(value) = declaration.stand_in() {
            usual.values.insert(name, value);
            usual.stand_ins.insert(name);
        }
    }
    let mut built = usual.clone();
    for (name, value) in &given.values {
        built.values.insert(name, value.clone());
        built.stand_ins.remove(name);
        // Nothing needs to stand in for a value that is given.
        if usual.stand_ins.remove(name) {
            usual.values.insert(name, value.clone());
        }
    }
    let (mut lowest, mut highest) = (usual.clone(), usual.clone());
    let mut single = Vec::new();
    for declaration in &table.declarations {
        let name = declaration.name.value;
        let edges = declaration.edges();
        // A range with one end leaves the other where it usually is.
        let has_ends = declaration.low.is_some() || declaration.high.is_some();
        let (first, last) = if has_ends {
            (declaration.low.clone(), declaration.high.clone())
        } else {
            (edges.first().cloned(), edges.last().cloned())
        };
        lowest.values.extend(first.map(|first| (name, first)));
        highest.values.extend(last.map(|last| (name, last)));
        for edge in edges {
            let mut assignment = usual.clone();
            assignment.values.insert(name, edge.clone());
            single.push(Variant { cause: Cause::One(name, edge), assignment });
        }
    }
    let mut variants = vec![Variant { cause: Cause::Built, assignment: built }];
    if !table.declarations.is_empty() && !table.is_over {
        variants.push(Variant { cause: Cause::Usual, assignment: usual });
        variants.extend(single);
        variants.push(Variant { cause: Cause::Lowest, assignment: lowest });
        variants.push(Variant { cause: Cause::Highest, assignment: highest });
    }
    variants
}

/// Does one thing and, on a thread of its own, another. The other is not done where there can be no thread.
fn beside<One, Other: Send>(
    one: impl FnOnce() -> One,
    other: Option<impl FnOnce() -> Other + Send>,
) -> (One, Option<Other>) {
    std::thread::scope(|scope| {
        let thread = other.and_then(|other| Builder::new().spawn_scoped(scope, other).ok());
        let one = one();
        (one, thread.and_then(|thread| thread.join().ok()))
    })
}

/// Reads and resolves one variant; its findings are those of all variants and its own.
fn run(
    sources: &[(&str, &tree::Tree)],
    assignment: &Assignment<'_, '_>,
    common: &[Diagnostic],
    start: Span,
    (options, packs): (&Options, &[Pack]),
    drafted: Option<&Templates>,
) -> Checked {
    let mut sink = Sink::default();
    let files: Vec<File<'_>> = sources
        .iter()
        .enumerate()
        .map(|(index, (text, tree))| lower::lower_with(file_id(index), text, tree, Some(assignment), &mut sink))
        .collect();
    common.iter().for_each(|finding| sink.report(finding.clone()));
    // Files that are brought in come first, so that what they declare is there.
    let libraries = files.iter().skip(1).map(|file| Input { file, library: true });
    let inputs: Vec<Input<'_, '_>> =
        libraries.chain(files.first().map(|file| Input { file, library: false })).collect();
    let mut meaning = Meaning::new(resolve(&inputs, &mut sink));
    periods::check(&meaning.resolution.policy, &meaning.facts, &meaning.cells, &mut sink);
    let policy = &meaning.resolution.policy;
    check::check_names(policy, packs, &mut sink);
    // What is not understood is not held against anything.
    if !sink.has_errors() {
        let draft = drafted.filter(|_| meaning.resolution.has_header);
        let (facts, cells) = (&meaning.facts, &meaning.cells);
        let draft = draft.map(|templates| {
            move || Published::new(facts.clone(), cells.clone(), documents(policy, templates, options.as_of))
        });
        (meaning.report, meaning.published) = beside(|| check::check(policy, options.as_of, packs, &mut sink), draft);
    }
    if !meaning.resolution.has_header {
        sink.report(library::nothing_to_publish(start));
    }
    let known: OnceCell<Cow<'static, Register>> = OnceCell::new();
    let Levelled { mut findings, mut allowances } = levels::apply(
        &files,
        &options.levels,
        |names| known.get_or_init(|| register_with(packs, names)),
        sink.into_sorted(),
    );
    let uses: HashMap<Span, &str> =
        files.iter().flat_map(|file| &file.uses).map(|name| (name.span, name.value)).collect();
    let of_value = |finding: &Diagnostic| uses.get(&finding.primary.span).copied();
    // A value that nobody gave is nobody's mistake.
    let is_given = |place: &Span| uses.get(place).is_none_or(|name| !assignment.stand_ins.contains(name));
    findings.retain(|finding| is_given(&finding.primary.span));
    allowances.retain(|allowance| is_given(&allowance.place));
    let is_of_parameters = |finding: &Diagnostic| codes::ALL.iter().any(|code| code.name == finding.code.name);
    for finding in findings.iter_mut().filter(|finding| !is_of_parameters(finding)) {
        if let Some((name, value)) = of_value(finding).and_then(|name| Some((name, assignment.values.get(name)?))) {
            finding.secondary.push(Label { span: value.span, text: format!("`{name}` is {}", value.value.words()) });
        }
    }
    Checked { meaning, findings, allowances }
}

/// Whether a finding says that something is not used. What one variant leaves out another may use, so that it
/// counts only if every variant says so.
fn is_of_all(code: &Code) -> bool {
    code.name.starts_with("unused-")
}

/// The findings of all variants, each once.
fn merge(
    table: &Table<'_>,
    variants: &[Variant<'_, '_>],
    given: &Given<'_>,
    findings: Vec<Vec<Diagnostic>>,
) -> Vec<Diagnostic> {
    let mut merged: Vec<(Diagnostic, Vec<bool>)> = Vec::new();
    let mut places: HashMap<(Cow<'static, str>, Span, usize), usize> = HashMap::default();
    for (variant, list) in findings.into_iter().enumerate() {
        // One place may have the same finding several times.
        let mut counts: HashMap<(Cow<'static, str>, Span), usize> = HashMap::default();
        for finding in list {
            let key = (finding.code.name.clone(), finding.primary.span);
            let count = counts.entry(key.clone()).or_default();
            let place = *places.entry((key.0, key.1, *count)).or_insert(merged.len());
            *count += 1;
            if place == merged.len() {
                merged.push((finding, vec![false; variants.len()]));
            }
            if let Some(has) = merged.get_mut(place).and_then(|(_, has)| has.get_mut(variant)) {
                *has = true;
            }
        }
    }
    let mut reported: Vec<Diagnostic> = Vec::with_capacity(merged.len());
    for (finding, has) in merged {
        if has.iter().all(|has| *has) {
            reported.push(finding);
        } else if !is_of_all(&finding.code) {
            reported.push(explained(finding, &has, table, variants, given));
        }
    }
    reported.sort_by_key(|finding| (finding.primary.span.file, finding.primary.span.start, finding.primary.span.end));
    reported
}

/// A finding with the values that it comes from.
fn explained(
    mut finding: Diagnostic,
    has: &[bool],
    table: &Table<'_>,
    variants: &[Variant<'_, '_>],
    given: &Given<'_>,
) -> Diagnostic {
    let causes = || variants.iter().zip(has).map(|(variant, has)| (&variant.cause, *has));
    let usual = |name: &str| table.find(name).and_then(|declaration| declaration.usual());
    let is_usual = causes().any(|(cause, has)| has && matches!(cause, Cause::Usual));
    let single = || {
        causes().filter_map(|(cause, has)| match cause {
            Cause::One(name, value) => Some((*name, value, has)),
            Cause::Built | Cause::Usual | Cause::Lowest | Cause::Highest => None,
        })
    };
    // The first parameter that makes a difference, with the values at which the finding is there.
    if let Some((name, ..)) = single().find(|(.., has)| *has != is_usual) {
        if let Some(usual) = usual(name).filter(|_| is_usual) {
            put(&mut finding, name, &usual);
            return finding;
        }
        for (_, value, _) in single().filter(|(of, _, has)| *of == name && *has) {
            put(&mut finding, name, value);
        }
        return finding;
    }
    match causes().find(|(_, has)| *has) {
        Some((Cause::Built, _)) => {
            let mut values: Vec<_> = given.values.iter().collect();
            values.sort_by_key(|(_, value)| (value.span.file, value.span.start));
            for (name, value) in values {
                if usual(name).is_none_or(|usual| usual.value != value.value) {
                    put(&mut finding, name, value);
                }
            }
            finding
        }
        Some((Cause::Lowest, _)) => finding.help("this arises when every parameter has its least or first value"),
        Some((Cause::Highest, _)) => finding.help("this arises when every parameter has its greatest or last value"),
        Some((Cause::Usual | Cause::One(..), _)) | None => finding,
    }
}

/// Says at a value that a finding comes from it.
fn put(finding: &mut Diagnostic, name: &str, value: &Spanned<Value<'_>>) {
    let text = format!("arises when `{name}` is {}", value.value.words());
    match finding.secondary.iter_mut().find(|label| label.span == value.span) {
        Some(label) => label.text = text,
        None => finding.secondary.push(Label { span: value.span, text }),
    }
}
