//! Turns the standard vocabulary and the wording templates into static tables.
//!
//! The vocabulary is read by the same syntax modules that read policies; a fault in it stops the build with
//! the finding an author would see.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

#[path = "src"]
#[allow(dead_code, unused_imports, reason = "the modules are shared with the library, which uses all of them")]
mod shared {
    pub mod codes;
    pub mod diagnostic;
    pub mod source;
    pub mod syntax;
    #[path = "wording/template.rs"]
    pub mod template;
}

use shared::syntax::ast::{Entry, Field, Head, Item, Literal, Noun};
use shared::syntax::words::{Kind, Slot};
#[allow(unused_imports, reason = "the shared modules name one another from the crate root")]
use shared::{codes, diagnostic, source, syntax, template};

fn main() {
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    println!("cargo::rerun-if-changed=build.rs");
    for watched in ["src/vocabulary", "src/syntax", "src/codes", "src/wording/template.rs", "templates", "grammar"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let vocabulary = vocabulary();
    write(&Path::new(&out).join("vocabulary.rs"), &vocabulary);
    write(&Path::new(&out).join("templates.rs"), &templates());
}

fn write(path: &Path, text: &str) {
    if let Err(error) = std::fs::write(path, text) {
        panic!("cannot write {}: {error}", path.display());
    }
}

/// The files of a folder with an extension, in the order of their names.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot read {folder}: {error}"));
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|found| found == extension) {
            let text = std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    files
}

// ── vocabulary ──────────────────────────────────────────────────────────────────────────────────────────

/// An entry while the tables are being made.
struct Row<'a> {
    noun: Noun<'a>,
    place: String,
}

fn vocabulary() -> String {
    let files = files("src/vocabulary", "policy");
    let mut sink = diagnostic::Sink::default();
    let mut rows: BTreeMap<(Kind, &str), Row<'_>> = BTreeMap::new();
    let mut faults = Vec::new();
    for (index, (path, text)) in files.iter().enumerate() {
        let file = source::FileId(index as u16);
        let tree = syntax::tree::parse(file, text, &mut sink);
        for item in syntax::lower::lower(file, text, &tree, &mut sink).items {
            let Item::Noun(noun) = item else {
                faults.push(format!("{path}: only nouns may stand in the vocabulary"));
                continue;
            };
            let line = text.get(..noun.span.start as usize).unwrap_or("").matches('\n').count() + 1;
            let place = format!("{path}:{line}");
            let Some(Head::Name(name)) = noun.entry.head.clone() else {
                faults.push(format!("{place}: an entry of the vocabulary needs a name"));
                continue;
            };
            if let Some(other) = rows.insert((noun.kind.value, name.value), Row { noun: *noun, place: place.clone() }) {
                faults.push(format!("{place}: `{}` is declared before, at {}", name.value, other.place));
            }
        }
    }
    for found in sink.into_sorted() {
        let (path, text) = &files[usize::from(found.primary.span.file.0)];
        let line = text.get(..found.primary.span.start as usize).unwrap_or("").matches('\n').count() + 1;
        faults.push(format!("{path}:{line}: {}: {}", found.code.name, found.message));
    }
    let mut out = String::new();
    // By name, so that one search finds a name under every kind.
    let mut entries: Vec<(Kind, &str)> =
        rows.keys().copied().filter(|(kind, _)| !matches!(kind, Kind::Verb | Kind::Class)).collect();
    entries.sort_by_key(|(kind, name)| (*name, *kind));
    let _ = writeln!(
        out,
        "/// Every standard entry but the verbs, in the order of name and kind.\npub static ENTRIES: &[Entry] = &["
    );
    for key in &entries {
        entry_row(&mut out, &rows[key], &entries, &mut faults);
    }
    let _ = writeln!(out, "];");
    verb_rows(&mut out, &rows, &mut faults);
    check_orders(&rows, &mut faults);
    assert!(faults.is_empty(), "the standard vocabulary has faults:\n{}", faults.join("\n"));
    out
}

fn text<'a>(label: Option<&'a syntax::ast::Label<'a>>) -> &'a str {
    label.map_or("", |label| &label.text)
}

fn values(field: &Field<'_>) -> Vec<String> {
    field.values.iter().map(value).collect()
}

fn value(entry: &Entry<'_>) -> String {
    if let Some(label) = &entry.label {
        return label.text.clone().into_owned();
    }
    if let Some(link) = entry.link {
        return link.value.to_owned();
    }
    match &entry.head {
        Some(Head::Name(name)) => name.value.to_owned(),
        Some(Head::Literal(literal)) => match &literal.value {
            Literal::Date(date) => date.to_string(),
            Literal::Place(word) | Literal::Locale(word) | Literal::Email(word) => (*word).to_owned(),
            Literal::Number(number) => number.to_string(),
        },
        Some(Head::We(_) | Head::You(_) | Head::Period(_)) | None => String::new(),
    }
}

fn entry_row(out: &mut String, row: &Row<'_>, entries: &[(Kind, &str)], faults: &mut Vec<String>) {
    let noun = &row.noun;
    let entry = &noun.entry;
    let Some(Head::Name(name)) = &entry.head else { return };
    let mut parents = Vec::new();
    for parent in &entry.is {
        let key = (parent.value, noun.kind.value);
        match entries.binary_search_by(|(kind, name)| (*name, *kind).cmp(&key)) {
            Ok(index) => parents.push(index),
            Err(_) => faults.push(format!("{}: no {} is called `{}`", row.place, noun.kind.value.word(), parent.value)),
        }
    }
    let mut fields = String::new();
    let (mut yours, mut placement) = (false, "Before");
    for field in &noun.fields {
        match field.key.value {
            "yours" => yours = true,
            "place" if noun.kind.value == Kind::Manner => {
                placement = match values(field).first().map(String::as_str) {
                    Some("before") => "Before",
                    Some("after") => "After",
                    Some("purpose") => "Purpose",
                    Some("end") => "End",
                    _ => {
                        faults.push(format!(
                            "{}: a manner stands `before`, `after`, in front of the `purpose` or at the `end`",
                            row.place
                        ));
                        "Before"
                    }
                };
            }
            key => {
                let _ = write!(fields, "({key:?}, &{:?}), ", values(field));
            }
        }
    }
    let label = entry.label.as_ref().map_or_else(|| name.value.replace('-', " "), |label| label.text.to_string());
    let _ = writeln!(
        out,
        "    Entry {{ kind: Kind::{:?}, name: {:?}, label: {label:?}, one: {:?}, many: {:?}, noun: {:?}, parents: &{parents:?}, \
         yours: {yours}, placement: Placement::{placement}, fields: &[{fields}] }},",
        noun.kind.value,
        name.value,
        text(entry.one.as_ref()),
        text(entry.many.as_ref()),
        text(entry.noun.as_ref()),
    );
}

/// The frame a verb or a class declares: for each clause (none for the objects) its kinds and its word.
type Frame = BTreeMap<Option<Slot>, (Vec<Kind>, String)>;

fn frame(row: &Row<'_>, faults: &mut Vec<String>) -> Frame {
    let mut frame = Frame::new();
    for field in &row.noun.fields {
        let slot = match field.key.value {
            "objects" => None,
            word => match Slot::from_word(word) {
                Some(slot) => Some(slot),
                None => continue,
            },
        };
        let mut kinds = Vec::new();
        for word in values(field) {
            match Kind::from_word(&word) {
                Some(kind) => kinds.push(kind),
                None => faults.push(format!("{}: `{word}` is no kind", row.place)),
            }
        }
        if kinds.is_empty() {
            faults.push(format!("{}: `{}` names no kind", row.place, field.key.value));
        } else {
            frame.insert(slot, (kinds, text(field.display.as_ref()).to_owned()));
        }
    }
    frame
}

fn verb_rows(out: &mut String, rows: &BTreeMap<(Kind, &str), Row<'_>>, faults: &mut Vec<String>) {
    let mut forms: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    let kinds = |kinds: &[Kind]| {
        let list: Vec<String> = kinds.iter().map(|kind| format!("Kind::{kind:?}")).collect();
        format!("Kinds::of(&[{}])", list.join(", "))
    };
    let _ = writeln!(out, "/// Every standard verb, in the order of names.\npub static VERBS: &[Verb] = &[");
    let verbs = rows.iter().filter(|((kind, _), _)| *kind == Kind::Verb);
    for (index, ((_, name), row)) in verbs.enumerate() {
        let entry = &row.noun.entry;
        let class = entry.is.first().map_or("", |class| class.value);
        let Some(class_row) = rows.get(&(Kind::Class, class)) else {
            faults.push(format!("{}: no class is called `{class}`", row.place));
            continue;
        };
        let mut slots = frame(class_row, faults);
        slots.extend(frame(row, faults));
        let field = |key: &str| {
            row.noun
                .fields
                .iter()
                .find(|field| field.key.value == key)
                .and_then(|field| values(field).into_iter().next())
        };
        let flag = |key: &str| row.noun.fields.iter().any(|field| field.key.value == key);
        let base = entry.label.as_ref().map_or_else(|| name.replace('-', " "), |label| label.text.to_string());
        let [third, past, gerund] = ["third", "past", "gerund"].map(|form| {
            field(form).unwrap_or_else(|| {
                faults.push(format!("{}: `{name}` has no {form}", row.place));
                String::new()
            })
        });
        let third_name = third_name(name, &base, &third);
        for (form, is_third) in [((*name).to_owned(), false), (third_name, true)] {
            if forms.insert(form.clone(), (index, is_third)).is_some() {
                faults.push(format!("{}: `{form}` is a form of two verbs", row.place));
            }
        }
        let objects =
            slots.remove(&None).map_or_else(|| "None".to_owned(), |(found, _)| format!("Some({})", kinds(&found)));
        let mut listed = String::new();
        for (slot, (found, word)) in &slots {
            if let Some(slot) = slot {
                let _ = write!(
                    listed,
                    "SlotFrame {{ slot: Slot::{slot:?}, kinds: {}, word: Cow::Borrowed({word:?}) }}, ",
                    kinds(found)
                );
            }
        }
        let mut class_name = class.to_owned();
        if let Some(first) = class_name.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let _ = writeln!(
            out,
            "    Verb {{ name: Cow::Borrowed({name:?}), base: Cow::Borrowed({base:?}), third: Cow::Borrowed({third:?}), \
             plural: Cow::Borrowed({:?}), past: Cow::Borrowed({past:?}), gerund: Cow::Borrowed({gerund:?}), class: Class::{class_name}, \
             dative: {}, negative: {}, objects: {objects}, frame: Cow::Borrowed(&[{listed}]) }},",
            field("plural").unwrap_or_default(),
            flag("dative"),
            flag("negative"),
        );
    }
    let _ = writeln!(
        out,
        "];\n/// Every written form of a standard verb: the word, the verb's place in [`VERBS`], whether it is the third person."
    );
    let _ = writeln!(out, "static VERB_FORMS: &[(&str, u16, bool)] = &[");
    for (form, (verb, third)) in forms {
        let _ = writeln!(out, "    ({form:?}, {verb}, {third}),");
    }
    let _ = writeln!(out, "];");
}

/// The third person as it is written in policies; `Verb::third_name` says the same for verbs of authors.
fn third_name(name: &str, base: &str, third: &str) -> String {
    if base.replace(' ', "-") == name {
        return third.replace(' ', "-");
    }
    let (head, rest) = name.split_at(name.find('-').unwrap_or(name.len()));
    let first = |words: &str| words.split(' ').next().unwrap_or("").to_owned();
    if first(base) == head { format!("{}{rest}", first(third)) } else { format!("{head}s{rest}") }
}

/// Orders are graphs without cycles.
fn check_orders(rows: &BTreeMap<(Kind, &str), Row<'_>>, faults: &mut Vec<String>) {
    fn visit<'a>(key: (Kind, &'a str), rows: &'a BTreeMap<(Kind, &'a str), Row<'a>>, path: &mut Vec<&'a str>) -> bool {
        if path.contains(&key.1) {
            return false;
        }
        path.push(key.1);
        let fine = rows
            .get(&key)
            .is_none_or(|row| row.noun.entry.is.iter().all(|parent| visit((key.0, parent.value), rows, path)));
        path.pop();
        fine
    }
    for (key, row) in rows.iter().filter(|((kind, _), _)| !matches!(kind, Kind::Verb)) {
        if !visit(*key, rows, &mut Vec::new()) {
            faults.push(format!("{}: `{}` is above itself", row.place, key.1));
        }
    }
}

// ── templates ───────────────────────────────────────────────────────────────────────────────────────────

/// One static table of all wording templates as literals and holes, and a constant for each.
fn templates() -> String {
    let mut found: BTreeMap<String, Vec<template::Piece>> = BTreeMap::new();
    for (path, text) in files("templates/en", "hbs") {
        match template::read(&text) {
            Ok(list) => {
                for (name, pieces) in list {
                    assert!(
                        found.insert(name.clone(), pieces).is_none(),
                        "{path}: the template `{name}` is there twice"
                    );
                }
            }
            Err(fault) => panic!("{path}: {fault}"),
        }
    }
    let mut out = String::new();
    let _ = writeln!(out, "/// Every English wording template: its name and its pieces, in the order of names.");
    let _ = writeln!(out, "pub static ENGLISH: &[(&str, &[StaticPiece])] = &[");
    for (name, pieces) in &found {
        let _ = write!(out, "    ({name:?}, &[");
        for piece in pieces {
            let _ = match piece {
                template::Piece::Literal(text) => write!(out, "StaticPiece::Literal({text:?}), "),
                template::Piece::Hole(name) => write!(out, "StaticPiece::Hole({name:?}), "),
            };
        }
        let _ = writeln!(out, "]),");
    }
    let _ = writeln!(out, "];");
    for (index, name) in
        found.keys().enumerate().filter(|(_, name)| !BY_NAME.iter().any(|family| name.starts_with(family)))
    {
        let constant = name.replace('-', "_").to_uppercase();
        let _ = writeln!(out, "/// The template `{name}`.\npub const {constant}: Template = Template({index});");
    }
    out
}

/// Families of templates that are found by their names, because a word of the policy is a part of it.
const BY_NAME: [&str; 5] = ["cell-", "column-", "title-", "field-", "label-"];
