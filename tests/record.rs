//! The record of processing: its JSON fits its schema in both directions, its CSV can be read back, and what is
//! internal stands in it and nowhere else.

#[path = "support/policies.rs"]
mod policies;

use candor::document::Document;
use candor::record::Processing;
use candor::render::Files;
use candor::{Compilation, Format, Record};
use jsonschema::Validator;
use serde_json::{Value, json};

const FILES: Files<'static> = Files { stem: "privacy" };

fn validator() -> Validator {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/record.schema.json");
    let text = std::fs::read_to_string(path).expect("the schema is there");
    let schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    assert!(jsonschema::meta::is_valid(&schema), "the schema is no schema");
    jsonschema::draft202012::new(&schema).expect("the schema compiles")
}

/// Every record of the fixtures and examples. Policies that declare none are given one.
fn records() -> Vec<(String, Record)> {
    let mut found = Vec::new();
    for (path, text) in policies::all() {
        let name = path.display().to_string();
        let mut compilation = policies::compile_file(&path, &text);
        if compilation.records().is_empty() {
            let text = format!("{text}\ndocument the-record \"Record\" is processing-record;\n");
            compilation = policies::compile_file(&path, &text);
        }
        found.extend(compilation.records().into_iter().map(|record| (name.clone(), record)));
    }
    assert!(found.len() > 50, "only {} records", found.len());
    found
}

fn json_of(record: &Record) -> Value {
    serde_json::from_str(&record.render(Format::Json, FILES)).expect("it is JSON")
}

#[test]
fn every_record_is_valid_and_can_be_read_back() {
    let validator = validator();
    for (name, record) in records() {
        let text = record.render(Format::Json, FILES);
        let value = json_of(&record);
        let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert_eq!(Processing::from_json(&text).expect("it is a record"), record.processing, "{name}");
    }
}

const WIDE: &str = r#"
policy "P" { we are acme; you are reader; updated 2031-02-01; }
party acme "Acme" { legal "Acme Ltd"; email help@acme.example; }
people reader "our readers";
document book "Record" is processing-record;
we use name for security under contract;
we process email-address for invoices "send invoices" as processor of "a customer";
internal we store name at "rack 9";
internal we use phone-number for "call back";
"#;

fn wide() -> Compilation {
    policies::compile_text(WIDE)
}

#[test]
fn what_is_missing_or_foreign_is_refused() {
    let validator = validator();
    let compilation = wide();
    let records = compilation.records();
    let record = records.first().unwrap_or_else(|| panic!("{}", compilation.report()));
    let value = json_of(record);
    assert!(validator.is_valid(&value));
    let mut pointers = vec![String::new()];
    let mut at = 0;
    while let Some(pointer) = pointers.get(at).cloned() {
        at += 1;
        match value.pointer(&pointer) {
            Some(Value::Object(map)) => pointers.extend(map.keys().map(|key| format!("{pointer}/{key}"))),
            Some(Value::Array(list)) => pointers.extend((0..list.len()).map(|index| format!("{pointer}/{index}"))),
            _ => {}
        }
    }
    for pointer in &pointers {
        let mut nulled = value.clone();
        *nulled.pointer_mut(pointer).expect("it is there") = Value::Null;
        assert!(!validator.is_valid(&nulled), "null at {pointer}");
        assert!(Processing::from_json(&nulled.to_string()).is_err() || pointer == "/updated", "null read at {pointer}");
        if let Some(Value::Object(map)) = value.pointer(pointer) {
            for key in map.keys() {
                let mut without = value.clone();
                if let Some(Value::Object(map)) = without.pointer_mut(pointer) {
                    map.remove(key);
                }
                let optional = pointer.is_empty() && ["updated"].contains(&key.as_str());
                assert_eq!(validator.is_valid(&without), optional, "{pointer} without {key}");
            }
            let mut more = value.clone();
            if let Some(Value::Object(map)) = more.pointer_mut(pointer) {
                map.insert("foreign".to_owned(), json!("x"));
            }
            assert!(!validator.is_valid(&more), "foreign at {pointer}");
            assert!(Processing::from_json(&more.to_string()).is_err(), "foreign read at {pointer}");
        }
    }
}

/// Reads CSV as RFC 4180 has it.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let row = rows.last_mut().expect("there is a row");
        let cell = row.last_mut().expect("there is a cell");
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => cell.push(rest.next().unwrap_or('"')),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => cell.push(other),
        }
    }
    assert!(!quoted, "an open quote");
    let last = rows.pop();
    assert_eq!(last, Some(vec![String::new()]), "the last line ends like the others");
    rows
}

#[test]
fn the_table_says_what_the_json_says() {
    for (name, record) in records() {
        let csv = record.render(Format::Csv, FILES);
        assert_eq!(csv.matches("\r\n").count(), csv.matches('\r').count(), "{name}");
        let rows = rows(&csv);
        let processing = &record.processing;
        let activities: Vec<_> = processing.activities.iter().chain(&processing.on_behalf_of_others).collect();
        assert_eq!(rows.len(), activities.len() + 1, "{name}");
        let header = &rows[0];
        assert_eq!(header.len(), 17, "{name}");
        for (row, activity) in rows.iter().skip(1).zip(activities) {
            assert_eq!(row.len(), header.len(), "{name}");
            let value = serde_json::to_value(activity).expect("it is JSON");
            for (key, cell) in header.iter().zip(row) {
                let expected = match &value[key.as_str()] {
                    Value::String(text) => text.clone(),
                    Value::Array(items) => {
                        let texts: Vec<&str> = items.iter().filter_map(|item| item["text"].as_str()).collect();
                        texts.join("\n")
                    }
                    other => panic!("{name}: {key} is {other}"),
                };
                assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), expected, "{name}: {key}");
            }
        }
    }
}

#[test]
fn no_cell_is_a_formula() {
    let hostile = ["=1+1", "+1", "-1", "@sum", "=HYPERLINK(\"https://x.example\")"];
    for words in hostile {
        let label = words.replace('"', "\\\"");
        let text = format!(
            "policy \"P\" {{ we are acme; }}\nparty acme \"Acme\";\ndocument book \"Record\" is processing-record;\n\
             we use data-of-ours \"{label}\" for security;\n",
        );
        let compilation = policies::compile_text(&text);
        let records = compilation.records();
        let record = records.first().unwrap_or_else(|| panic!("{}", compilation.report()));
        let rows = rows(&record.render(Format::Csv, FILES));
        let cells: Vec<&String> = rows.iter().flatten().collect();
        assert!(cells.iter().any(|cell| **cell == format!("'{words}")), "{words}: {cells:?}");
        assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t'])), "{words}: {cells:?}");
    }
}

/// Everything public of a policy, in every format.
fn public(compilation: &Compilation) -> String {
    let published = compilation.published.as_ref().unwrap_or_else(|| panic!("{}", compilation.report()));
    let mut all = String::new();
    for format in Format::ALL {
        let pages = published.documents.iter().map(|page: &Document| published.render_document(page, format, FILES));
        all.extend(pages);
    }
    all
}

const SECRETS: &str = r#"
policy "P" { we are acme; you are reader; updated 2031-02-01; }
party acme "Acme" { internal owner "zebra-one"; }
people reader "our readers";
document book "Record" is processing-record;
document short "At a glance" is short-notice;
document cookies "Cookies" is cookie-policy;
document list "Processors" is processor-list;
document california "California" is california-notice;
document kids "Children" is children-notice;
data soil "soil data" { internal system "zebra-two"; internal assessment "zebra-three"; }
internal party guard "zebra-four" is data-protection-officer { email zebra-five@acme.example; }
internal data secret-data "zebra-six" means "zebra-seven";
tuning: we use soil for security under contract;
internal tuning: at "zebra-eight";
engagement hosting "hosting" of "Cloudy" { gets soil; internal contract-number "zebra-nine"; internal for "zebra-fifteen"; }
internal { we use secret-data for "zebra-ten"; engagement hidden "zebra-eleven" of acme { gets soil; } }
internal section zebra-section "zebra-twelve" { we store soil at "zebra-thirteen"; }
internal """zebra-fourteen"""
"#;

#[test]
fn what_is_internal_is_in_the_record_and_nowhere_else() {
    let compilation = policies::compile_text(SECRETS);
    let public = public(&compilation);
    assert!(!public.contains("zebra"), "{}", public.lines().find(|line| line.contains("zebra")).unwrap_or(""));
    let records = compilation.records();
    let record = records.first().expect("there is a record");
    for format in [Format::Markdown, Format::Html, Format::Json] {
        let page = record.render(format, FILES);
        for number in ["one", "two", "three", "four", "five", "six", "eight", "nine", "ten", "eleven", "thirteen"] {
            assert!(page.contains(&format!("zebra-{number}")), "zebra-{number} is not in the record\n{page}");
        }
    }
    // The same without what is internal is published the same.
    let without: String = SECRETS
        .lines()
        .filter(|line| !line.starts_with("internal"))
        .map(|line| {
            let mut line = line.to_owned();
            while let Some(at) = line.find(" internal ") {
                let end = line[at..].find(';').map_or(line.len(), |end| at + end + 1);
                line.replace_range(at..end, "");
            }
            line.replace(" { }", ";") + "\n"
        })
        .collect();
    let bare = policies::compile_text(&without);
    let hash = |compilation: &Compilation| compilation.published.as_ref().map(|published| published.hash());
    assert_eq!(hash(&bare), hash(&compilation), "{}", bare.report());
}
