//! The published JSON and its schema fit each other in both directions: what is published is valid, and what
//! is not published, or is published wrong, is not.

#[path = "support/generate.rs"]
mod generate;
#[path = "support/hostile.rs"]
mod hostile;
#[path = "support/policies.rs"]
mod policies;

use candor::Format;
use candor::syntax::words::{Kind, Quantifier, Slot, UNITS};
use jsonschema::Validator;
use serde_json::{Value, json};

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schema.json");
    let text = std::fs::read_to_string(path).expect("the schema is there");
    serde_json::from_str(&text).expect("the schema is JSON")
}

fn validator() -> Validator {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema), "the schema is no schema");
    jsonschema::draft202012::new(&schema).expect("the schema compiles")
}

/// Policies from numbers that are always the same.
fn generated(count: usize) -> impl Iterator<Item = String> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 16) as u32
    };
    (0..count).map(move |_| {
        let tape: Vec<u32> = (0..next() % 500).map(|_| next()).collect();
        generate::policy(&tape).text
    })
}

/// Everything that is published of the fixtures, the examples and generated policies.
fn published() -> Vec<(String, Value)> {
    let files = policies::all().into_iter().map(|(path, text)| {
        let compilation = policies::compile_file(&path, &text);
        (path.display().to_string(), compilation.published)
    });
    let generated = generated(150).map(|text| {
        let published = policies::compile_text(&text).published;
        (text, published)
    });
    let texts = files.chain(generated).filter_map(|(name, published)| Some((name, published?.render(Format::Json))));
    texts.map(|(name, text)| (name, serde_json::from_str(&text).expect("it is JSON"))).collect()
}

#[test]
fn everything_published_is_valid() {
    let validator = validator();
    for (name, value) in published() {
        let errors: Vec<String> =
            validator.iter_errors(&value).map(|error| format!("{}: {error:.300}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}:\n{}", errors.join("\n"));
    }
}

/// A policy that uses most of the shape.
const WIDE: &str = r#"
policy "P" { we are acme; you are reader; covers site; describes "what we do"; updated "Last updated" 2026-02-28; contents on; }
party acme "Acme" { legal "Acme Ltd"; }
people reader "our readers" one "a reader";
product site "Acme Site" <https://acme.example>;
law grow-act "the Growth Act";
setting cookies-setting "cookie storage" { default "on"; };
people club "club members" one "a club member";
document forum-notice "the forum notice" <https://acme.example/forum>;
store backups "our backups" is backup;
basis photo-consent "your consent to advice" is consent {
  covers advise; refusal not-required; effect { about club: "it ends at once" otherwise: "it ends in a day" as "within a day" };
}
contact help "questions" { email help@acme.example; post "Street 1"; }
document short "At a glance" is short-notice { updated 2026-01-31; }
we use email-address for security see short;
section data "Data" {
  we may knowingly collect any name, thing "things" `code` means "whatever" such as { one-thing "one", two-thing "two" }, other "matters" from reader when "you agree" and not "you refuse" because "the law asks for it" see data;
  acme, site do not sell or rent name except when cookies-setting is disabled;
  only we might keep name or email-address for 8 years;
  we share email-address with plausible is vendor plausible;
  we will share name with helper "helpers" only in { we share name with helper (when "you ask"); }
  when "you ask" { we collect email-address for first "send news" via "the first form"; }
  advice: we use photos "photos" (only for advise "give advice"), notes "notes" (optional), email-address (required because "we write to you")
    for advise under contract `gdpr 6(1)(b) with grow-act 3(1)` kept 1 year;
  we use notes for advise under { about club: consent otherwise: legitimate-interests };
  we keep photos for at-most 1 week after "you leave" at backups whichever first then 5 weeks of "your request" until "you come back" while "the law says so" by "how long you stay" then delete total at-most 10 weeks;
  we keep rest of personal (except photos) for 3 years;
  we never sell personal sense ccpa within last 12 months;
  forum-notice describes thing;
  about club { advice: kept 14 days; }
  edition winter "Winter" since 2026-05-01 until 2027-01-01 { we keep notes for { about club: 5 months otherwise: 2 years }; }
  steps off "turn it off" { you use site; }
  """Some *kind* and **bold** `code` of [prose](https://acme.example) and {see data}."""
}
"#;

fn wide() -> Value {
    let compilation = policies::compile_text(WIDE);
    let published = compilation.published.as_ref().unwrap_or_else(|| panic!("{}", compilation.report()));
    serde_json::from_str(&published.render(Format::Json)).expect("it is JSON")
}

/// The pointers to every value, outermost first.
fn pointers(value: &Value, at: String, out: &mut Vec<String>) {
    out.push(at.clone());
    match value {
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(index, value)| pointers(value, format!("{at}/{index}"), out));
        }
        Value::Object(map) => map.iter().for_each(|(key, value)| pointers(value, format!("{at}/{key}"), out)),
        _ => {}
    }
}

/// What may be left out: the JSON itself leaves it out where it says nothing.
const OPTIONAL: &[&str] = &[
    "covers",
    "describes",
    "notSaid",
    "updated",
    "code",
    "fields",
    "from",
    "is",
    "label",
    "link",
    "linkTaken",
    "taken",
    "vendor",
    "many",
    "means",
    "members",
    "noun",
    "of",
    "one",
    "that",
    "display",
    "actorJoin",
    "objectJoin",
    "verbJoin",
    "join",
    "closed",
    "onlyActor",
    "except",
    "manner",
    "sense",
    "inherited",
    "only",
    "not",
    "state",
    "clauses",
    "other",
    "quantifier",
    "facts",
    "mentions",
    "targets",
    "blocks",
    "document",
    "leavesOut",
    "arms",
    "citation",
    "law",
    "end",
    "total",
    "after",
    "amount",
    "at",
    "criterion",
    "lasting",
    "until",
    "since",
    "whichever",
    "delegatedTo",
];

/// What a cell and its guards may leave out besides.
const OPTIONAL_IN_CELLS: &[&str] = &[
    "about",
    "bases",
    "byDefault",
    "clock",
    "conditions",
    "edition",
    "exception",
    "fromRule",
    "given",
    "guards",
    "period",
    "places",
    "products",
    "purposes",
    "readers",
    "reasons",
    "recipients",
    "roles",
    "sources",
    "stores",
    "symbolic",
    "unless",
];

/// Whether a field may be left out in the record at a pointer.
fn is_optional(pointer: &str, key: &str) -> bool {
    let mut parts = pointer.rsplit('/').skip(1);
    let around = parts.next().unwrap_or("");
    OPTIONAL.contains(&key)
        || (pointer.starts_with("/cells/")
            && OPTIONAL_IN_CELLS.contains(&key)
            && (matches!(around, "guards" | "unless") || (around == "cells" && key != "readers")))
}

#[test]
fn a_missing_field_is_invalid() {
    let (validator, wide) = (validator(), wide());
    assert!(validator.is_valid(&wide));
    let mut all = Vec::new();
    pointers(&wide, String::new(), &mut all);
    let mut removed = 0;
    for pointer in &all {
        let Some(map) = wide.pointer(pointer).and_then(Value::as_object) else { continue };
        for key in map.keys().filter(|key| !is_optional(pointer, key)) {
            let mut faulty = wide.clone();
            if let Some(map) = faulty.pointer_mut(pointer).and_then(Value::as_object_mut) {
                map.remove(key);
            }
            assert!(!validator.is_valid(&faulty), "`{key}` can be missing at {pointer}");
            removed += 1;
        }
    }
    assert!(removed > 300, "only {removed} fields were removed");
}

#[test]
fn a_further_field_is_invalid() {
    let (validator, wide) = (validator(), wide());
    let mut all = Vec::new();
    pointers(&wide, String::new(), &mut all);
    for pointer in &all {
        let mut faulty = wide.clone();
        if let Some(map) = faulty.pointer_mut(pointer).and_then(Value::as_object_mut) {
            map.insert("surplus".to_owned(), json!(true));
            assert!(!validator.is_valid(&faulty), "a further field fits at {pointer}");
        }
    }
}

#[test]
fn a_value_of_another_type_is_invalid() {
    let (validator, wide) = (validator(), wide());
    let mut all = Vec::new();
    pointers(&wide, String::new(), &mut all);
    for pointer in &all {
        for other in [Value::Null, json!({}), json!(-1)] {
            let mut faulty = wide.clone();
            if let Some(value) = faulty.pointer_mut(pointer) {
                *value = other.clone();
            }
            assert!(!validator.is_valid(&faulty), "{other} fits at {pointer}");
        }
    }
}

#[test]
fn a_word_that_is_none_is_invalid() {
    const WORDS: &[&str] = &[
        "force",
        "polarity",
        "state",
        "slot",
        "kind",
        "openness",
        "quantifier",
        "actorJoin",
        "objectJoin",
        "verbJoin",
        "join",
        "sense",
        "unit",
        "key",
        "contentHash",
        "href",
        "date",
        "bound",
        "clock",
        "given",
        "end",
        "iso",
        "since",
        "until",
        "whichever",
    ];
    let (validator, wide) = (validator(), wide());
    let mut all = Vec::new();
    pointers(&wide, String::new(), &mut all);
    let mut tried = std::collections::BTreeSet::new();
    for pointer in &all {
        let key = pointer.rsplit('/').next().unwrap_or("");
        if !WORDS.contains(&key) {
            continue;
        }
        tried.insert(key.to_owned());
        let mut faulty = wide.clone();
        if let Some(value) = faulty.pointer_mut(pointer) {
            *value = json!("nonsense");
        }
        assert!(!validator.is_valid(&faulty), "nonsense fits at {pointer}");
    }
    let missed: Vec<&&str> = WORDS.iter().filter(|word| !tried.contains(**word)).collect();
    assert!(missed.iter().all(|word| ["actorJoin", "join"].contains(word)), "not in the policy: {missed:?}");
}

/// The words that the schema lists in the first `enum` under a pointer.
fn listed(pointer: &str) -> Vec<String> {
    let schema = schema();
    let values = schema.pointer(pointer).and_then(|value| value.get("enum")).and_then(Value::as_array).cloned();
    values.unwrap_or_default().iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

#[test]
fn the_schema_lists_the_words_of_the_language() {
    let slots: Vec<String> = Slot::ALL.iter().map(|slot| slot.word().to_owned()).collect();
    assert_eq!(listed("/$defs/clause/properties/slot"), slots);
    assert_eq!(listed("/$defs/sentence/properties/notSaid/items"), slots);
    let quantifiers: Vec<String> = Quantifier::ALL.iter().map(|quantifier| quantifier.word().to_owned()).collect();
    assert_eq!(listed("/$defs/item/properties/quantifier"), quantifiers);
    let hidden = [Kind::Verb, Kind::Manner, Kind::Class, Kind::Section, Kind::Steps, Kind::Edition, Kind::Vendor];
    let kinds: Vec<String> =
        Kind::ALL.iter().filter(|kind| !hidden.contains(kind)).map(|kind| kind.word().to_owned()).collect();
    assert_eq!(listed("/$defs/noun/properties/kind"), kinds);
    let mut fields: Vec<String> =
        Kind::ALL.iter().flat_map(|kind| candor::resolve::fields_of(*kind)).map(str::to_owned).collect();
    fields.sort_unstable();
    fields.dedup();
    let mut in_schema = listed("/$defs/fieldKey");
    in_schema.sort_unstable();
    assert_eq!(in_schema, fields);
    assert!(
        schema().to_string().contains(&json!(UNITS).to_string()),
        "the units of durations are not those of the language"
    );
}

/// Whether a value is somewhere in another.
fn holds(whole: &Value, part: &Value) -> bool {
    whole == part
        || match whole {
            Value::Array(values) => values.iter().any(|value| holds(value, part)),
            Value::Object(map) => map.values().any(|value| holds(value, part)),
            _ => false,
        }
}

/// The blocks of a page in one language.
fn blocks<'p>(page: &'p str, language: &str) -> Vec<&'p str> {
    let fence = format!("```{language}\n");
    page.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect()
}

#[test]
fn the_page_about_the_json_shows_what_is_published() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/json.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    let policy = blocks(&page, "policy").concat();
    let compilation = policies::compile_text(&policy);
    assert!(compilation.diagnostics.is_empty(), "{}", compilation.report());
    let published = compilation.published.expect("it is published").render(Format::Json);
    let published: Value = serde_json::from_str(&published).expect("it is JSON");
    let shown = blocks(&page, "json");
    assert!(shown.len() > 3, "only {} pieces of JSON are shown", shown.len());
    for block in shown {
        let part: Value = serde_json::from_str(block).unwrap_or_else(|error| panic!("{error}: {block}"));
        assert!(holds(&published, &part), "not published: {block}\n{}", published["cells"]);
    }
}
