//! Turns the standard vocabulary, the vendor catalogue and the wording templates into static tables, and the packs
//! of laws into JSON.
//!
//! Vocabulary, catalogue and packs are read by the same modules that read policies; a fault in them stops the build
//! with the finding an author would see.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

#[path = "src"]
#[allow(dead_code, unused_imports, reason = "the modules are shared with the library, which uses all of them")]
mod shared {
    pub mod codes;
    pub mod diagnostic;
    pub mod law;
    pub mod source;
    pub mod syntax;
    #[path = "wording/template.rs"]
    pub mod template;
}

use shared::syntax::ast::{ClauseValue, Entry, Field, Head, Item, Literal, Noun};
use shared::syntax::words::{Kind, Slot};
#[allow(unused_imports, reason = "the shared modules name one another from the crate root")]
use shared::{codes, diagnostic, law, source, syntax, template};

fn main() {
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    println!("cargo::rerun-if-changed=build.rs");
    for watched in [
        "src/vocabulary",
        "src/vendors",
        "src/law",
        "src/law.rs",
        "src/syntax",
        "src/codes",
        "src/wording/template.rs",
        "templates",
        "grammar",
    ] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let (vocabulary, names) = vocabulary();
    write(&Path::new(&out).join("vocabulary.rs"), &vocabulary);
    write(&Path::new(&out).join("vendors.rs"), &vendors(&names));
    write(&Path::new(&out).join("packs.rs"), &packs(Path::new(&out), &names));
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
    name: &'a str,
    noun: Noun<'a>,
    place: String,
}

/// The entries of some files, in their order. Whatever else stands there is a fault.
fn entries<'a>(files: &'a [(String, String)], faults: &mut Vec<String>) -> Vec<Row<'a>> {
    let mut sink = diagnostic::Sink::default();
    let mut rows = Vec::new();
    for (index, (path, text)) in files.iter().enumerate() {
        let file = source::FileId(index as u16);
        let tree = syntax::tree::parse(file, text, &mut sink);
        for item in syntax::lower::lower(file, text, &tree, &mut sink).items {
            let Item::Noun(noun) = item else {
                faults.push(format!("{path}: only nouns may stand here"));
                continue;
            };
            let place = format!("{path}:{}", line_of(text, noun.span.start));
            match noun.entry.head.clone() {
                Some(Head::Name(name)) => rows.push(Row { name: name.value, noun: *noun, place }),
                _ => faults.push(format!("{place}: an entry needs a name")),
            }
        }
    }
    draw(sink, files, faults);
    rows
}

/// The line of a byte, counted from one.
fn line_of(text: &str, at: u32) -> usize {
    text.get(..at as usize).unwrap_or("").matches('\n').count() + 1
}

/// Adds what the sink tells of some files.
fn draw(sink: diagnostic::Sink, files: &[(String, String)], faults: &mut Vec<String>) {
    for found in sink.into_sorted() {
        let (path, text) = &files[usize::from(found.primary.span.file.0)];
        let line = line_of(text, found.primary.span.start);
        let help: String = found.help.iter().map(|help| format!("; {help}")).collect();
        faults.push(format!("{path}:{line}: {}: {}{help}", found.code.name, found.message));
    }
}

/// The names of the vocabulary under their kinds.
type Names = BTreeSet<(Kind, String)>;

/// The table of the vocabulary, and its names.
fn vocabulary() -> (String, Names) {
    let files = files("src/vocabulary", "policy");
    let mut rows: BTreeMap<(Kind, &str), Row<'_>> = BTreeMap::new();
    let mut faults = Vec::new();
    for row in entries(&files, &mut faults) {
        let (name, kind, place) = (row.name, row.noun.kind.value, row.place.clone());
        if kind == Kind::Vendor {
            faults.push(format!("{place}: vendors stand in src/vendors"));
        } else if let Some(other) = rows.insert((kind, name), row) {
            faults.push(format!("{place}: `{name}` is declared before, at {}", other.place));
        }
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
    (out, rows.into_keys().map(|(kind, name)| (kind, name.to_owned())).collect())
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
    if let Some(code) = &entry.code {
        return code.text.clone().into_owned();
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
             dative: {}, negative: {}, parted: {}, adverse: {}, objects: {objects}, frame: Cow::Borrowed(&[{listed}]) }},",
            field("plural").unwrap_or_default(),
            flag("dative"),
            flag("negative"),
            flag("parted"),
            flag("adverse"),
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

// ── vendors ─────────────────────────────────────────────────────────────────────────────────────────────

/// What the values of a fact about a vendor are.
#[derive(Clone, Copy)]
enum Takes {
    Text,
    Place,
    Link,
    Name(Kind),
    Host,
    Cookie,
}

/// The facts about a vendor, in their order, with what they take and whether they take several.
const FACTS: [(&str, Takes, bool); 8] = [
    ("legal", Takes::Text, false),
    ("seat", Takes::Place, false),
    ("site", Takes::Link, false),
    ("policy", Takes::Link, false),
    ("role", Takes::Name(Kind::Role), true),
    ("purposes", Takes::Name(Kind::Purpose), true),
    ("hosts", Takes::Host, true),
    ("cookies", Takes::Cookie, true),
];

/// The table of the vendor catalogue.
fn vendors(names: &Names) -> String {
    let files = files("src/vendors", "policy");
    let mut faults = Vec::new();
    let mut out = String::from("/// Every entry, in the order of names.\npub static VENDORS: &[Vendor] = &[\n");
    let mut last = "";
    for row in entries(&files, &mut faults) {
        vendor_row(&mut out, &row, names, &mut faults);
        if row.name <= last {
            faults.push(format!("{}: `{}` stands behind `{last}`; entries are sorted", row.place, row.name));
        }
        last = row.name;
    }
    out.push_str("];\n");
    assert!(faults.is_empty(), "the vendor catalogue has faults:\n{}", faults.join("\n"));
    out
}

fn vendor_row(out: &mut String, row: &Row<'_>, names: &Names, faults: &mut Vec<String>) {
    let Row { name, noun, place } = row;
    let mut fault = |text: String| faults.push(format!("{place}: `{name}`: {text}"));
    let label = text(noun.entry.label.as_ref());
    if noun.kind.value != Kind::Vendor || label.is_empty() || noun.fields.is_empty() {
        fault("an entry is a vendor with a label and fields".to_owned());
    }
    let _ = writeln!(out, "    Vendor {{ name: {name:?}, label: {label:?}, fields: &[");
    let mut next = 0;
    for field in &noun.fields {
        let key = field.key.value;
        let Some((index, (_, takes, several))) = FACTS.iter().enumerate().find(|(_, (known, ..))| *known == key) else {
            fault(format!("`{key}` is no field of a vendor"));
            continue;
        };
        if index < next {
            fault(format!("`{key}` stands too late, or twice"));
        }
        next = index + 1;
        if !several && field.values.len() > 1 {
            fault(format!("`{key}` takes one value"));
        }
        let mut listed = Vec::new();
        for value in &field.values {
            match vendor_value(value, *takes, names) {
                Some(value) if listed.contains(&value) => fault(format!("`{key}` says the same twice")),
                Some(value) => listed.push(value),
                None => fault(format!("`{key}` has a value that it cannot take: {}", self::value(value))),
            }
        }
        let Some((address, date)) = origin(field) else {
            fault(format!("`{key}` does not say `(from <https://…>, DATE)` behind its last value"));
            continue;
        };
        let mut variant = key.to_owned();
        if let Some(first) = variant.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        let _ = writeln!(
            out,
            "        VendorField {{ key: Key::{variant}, values: &[{}], origin: Origin {{ address: {address:?}, date: \
             jiff::civil::date({}, {}, {}) }} }},",
            listed.join(", "),
            date.year(),
            date.month(),
            date.day(),
        );
    }
    out.push_str("    ] },\n");
}

/// A value as it stands in the table, if it is what the fact takes.
fn vendor_value(entry: &Entry<'_>, takes: Takes, names: &Names) -> Option<String> {
    let found = value(entry);
    let is_name = |kind: Kind, name: String| names.contains(&(kind, name));
    match (takes, &entry.head) {
        (Takes::Text, None) if entry.label.is_some() => Some(format!("VendorValue::Text({found:?})")),
        (Takes::Place, Some(Head::Literal(literal))) if matches!(literal.value, Literal::Place(code) if is_name(Kind::Place, format!("place-{}", code.to_lowercase()))) => {
            Some(format!("VendorValue::Place({found:?})"))
        }
        (Takes::Link, None) if is_page(&found) => Some(format!("VendorValue::Link({found:?})")),
        (Takes::Name(kind), Some(Head::Name(_))) if is_name(kind, found.clone()) => {
            Some(format!("VendorValue::Name(Kind::{kind:?}, {found:?})"))
        }
        (Takes::Host, None) if entry.code.is_some() && is_host(&found) => Some(format!("VendorValue::Code({found:?})")),
        (Takes::Cookie, None) if entry.code.is_some() && is_cookie(&found) => {
            Some(format!("VendorValue::Code({found:?})"))
        }
        _ => None,
    }
}

/// The page and the day that a field names behind its last value.
fn origin<'a>(field: &Field<'a>) -> Option<(&'a str, jiff::civil::Date)> {
    let (last, others) = field.values.split_last()?;
    let [clause] = last.tail.as_slice() else { return None };
    let ClauseValue::List(list) = &clause.value else { return None };
    let [page, day] = list.entries.as_slice() else { return None };
    let Some(Head::Literal(literal)) = &day.head else { return None };
    let Literal::Date(date) = literal.value else { return None };
    let bare = clause.slot.value == Slot::From && others.iter().all(|value| value.tail.is_empty());
    let address = page.link.filter(|link| is_page(link.value))?;
    bare.then_some((address.value, date))
}

/// Whether an address is that of a page on a host with encryption.
fn is_page(address: &str) -> bool {
    address.starts_with("https://") && address.contains('.') && syntax::address::is_safe_address(address)
}

/// Whether a text is the name of a host, perhaps with `*.` for all hosts below it.
fn is_host(text: &str) -> bool {
    let labels: Vec<&str> = text.strip_prefix("*.").unwrap_or(text).split('.').collect();
    let plain = |label: &&str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    labels.len() > 1 && labels.iter().all(plain)
}

/// Whether a text is the name of a cookie, perhaps with holes such as `{id}`, never two next to each other.
fn is_cookie(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        let Some((hole, after)) = behind.split_once('}') else { return false };
        let named = !hole.is_empty() && hole.bytes().all(|byte| byte.is_ascii_lowercase());
        if !named || before.contains('}') || after.starts_with('{') {
            return false;
        }
        rest = after;
    }
    !text.is_empty() && !rest.contains('}') && text.bytes().all(|byte| byte.is_ascii_graphic())
}

// ── packs ───────────────────────────────────────────────────────────────────────────────────────────────

/// The table of the packs, in the order of their names, each with its JSON in a file of its own.
fn packs(out: &Path, names: &Names) -> String {
    let files = files("src/law", "policy");
    let mut faults = Vec::new();
    let mut sink = diagnostic::Sink::default();
    let names: law::Names = names.iter().cloned().collect();
    let mut written = Vec::new();
    for (index, (path, text)) in files.iter().enumerate() {
        let read = law::read(source::FileId(index as u16), text, &names, &mut sink);
        if let Some(pack) = read.as_ref().map(|read| &read.pack)
            && Path::new(path).file_stem().is_none_or(|stem| stem != pack.name.as_str())
        {
            faults.push(format!("{path}: the pack `{}` stands in a file of another name", pack.name));
        }
        written.extend(read);
    }
    // What one pack says of another cannot be judged while the other is not there.
    if written.len() == files.len() {
        law::check(&written, &names, &mut sink);
    }
    draw(sink, &files, &mut faults);
    assert!(faults.is_empty(), "the packs of laws have faults:\n{}", faults.join("\n"));
    let mut table = format!(
        "/// Every pack: its name, the laws that mean it as well, its JSON, and what was read from it.\n\
         static PACKS: [Embedded; {}] = [\n",
        written.len()
    );
    for law::Written { pack, .. } in &written {
        let name = &pack.name;
        let json = serde_json::to_string(pack).unwrap_or_else(|error| panic!("cannot write the pack {name}: {error}"));
        write(&out.join(format!("pack-{name}.json")), &json);
        let _ = writeln!(
            table,
            "    ({name:?}, &{:?}, include_str!(concat!(env!(\"OUT_DIR\"), \"/pack-{name}.json\")), OnceLock::new()),",
            pack.laws.iter().map(|law| &law.name).collect::<Vec<_>>()
        );
    }
    table.push_str("];\n");
    table
}

// ── templates ───────────────────────────────────────────────────────────────────────────────────────────

/// One static table of all wording templates as literals and holes, and a constant for each.
fn templates() -> String {
    let mut found: BTreeMap<String, Vec<template::Piece>> = BTreeMap::new();
    for (path, text) in files("templates/en", "hbs") {
        for entry in template::entries(&text) {
            let template::Entry::Template { name, line } = entry else { panic!("{path}: {entry:?} is no template") };
            let (name, line) = (&text[name], &text[line]);
            let pieces = template::compile(line).unwrap_or_else(|fault| panic!("{path}: `{name}`: {fault:?}"));
            let pieces = pieces.into_iter().map(|(piece, _)| piece).collect();
            let before = found.insert(name.to_owned(), pieces);
            assert!(before.is_none(), "{path}: the template `{name}` is there twice");
        }
    }
    let mut out = String::new();
    let _ = writeln!(out, "/// Every English wording template: its name and its pieces, in the order of names.");
    let _ = writeln!(out, "pub static ENGLISH: &[(&str, &[Piece])] = &[");
    for (name, pieces) in &found {
        let _ = write!(out, "    ({name:?}, &[");
        for piece in pieces {
            let _ = match piece {
                template::Piece::Literal(text) => write!(out, "Piece::Literal(Cow::Borrowed({text:?})), "),
                template::Piece::Hole(name) => write!(out, "Piece::Hole(Cow::Borrowed({name:?})), "),
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
const BY_NAME: [&str; 8] = ["ccpa-", "spi-", "cell-", "change-", "column-", "title-", "field-", "label-"];
