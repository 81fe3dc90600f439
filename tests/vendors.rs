//! The vendor catalogue: every entry can be taken, what is taken survives, and a host or a cookie finds its entry.

use candor::syntax::words::Kind;
use candor::vendors::{self, Given, Key, Part, VENDORS, Vendor};
use candor::{Compilation, Format, NoFiles, Options, Source, compile};
use serde_json::Value;

const HEADER: &str = "policy \"P\" { we are acme; you are reader; updated \"Updated\" 2026-01-31; }\n\
                      party acme \"Acme\";\npeople reader \"our readers\" one \"a reader\";\n";

fn compiled(statements: &str) -> Compilation {
    compile(Source::new("vendors.policy", format!("{HEADER}{statements}")), &NoFiles, &Options::default())
}

/// The published noun of a kind that takes from an entry, from a policy without findings.
fn noun(statements: &str, kind: Kind) -> Value {
    let compilation = compiled(statements);
    let findings: Vec<&String> = compilation.diagnostics.iter().map(|finding| &finding.message).collect();
    assert!(findings.is_empty(), "{statements}{findings:?}");
    let published = compilation.published.expect("it has a header").render(Format::Json);
    let json: Value = serde_json::from_str(&published).expect("it is JSON");
    let nouns = json.pointer("/policy/nouns").and_then(Value::as_array).cloned().unwrap_or_default();
    let found = nouns.into_iter().find(|noun| noun["kind"] == kind.word() && noun.get("vendor").is_some());
    found.unwrap_or_else(|| panic!("no {} of the catalogue is published: {statements}", kind.word()))
}

/// The text of a published value, whatever its type; the name of a noun.
fn text_of(value: &Value) -> String {
    let what = value.get("what").and_then(Value::as_object).and_then(|what| what.values().next());
    let text = what.and_then(|what| what.get("value").or_else(|| what.get("id"))).and_then(Value::as_str);
    let text = text.unwrap_or_else(|| panic!("{value} has no text"));
    ["role-", "purpose-"].iter().find_map(|kind| text.strip_prefix(kind)).unwrap_or(text).to_owned()
}

/// Holds what a noun takes from an entry against what is published of it.
fn check(vendor: &Vendor, kind: Kind, noun: &Value) {
    let name = vendor.name;
    assert_eq!(noun["vendor"], name);
    let mut fields = 0;
    for (given, part) in vendors::taken_by(kind) {
        let Given::Fact(key) = given else { continue };
        let published = noun.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
        let published = match part {
            Part::Field(field) => published.into_iter().find(|published| published["key"] == field),
            Part::Link => None,
            Part::Label | Part::Owner => panic!("{key:?} is no field"),
        };
        let Some(field) = vendor.field(key) else {
            assert_eq!(published, None, "{name}: {key:?} is published, and nobody said it");
            continue;
        };
        let values: Vec<&str> = field.values.iter().map(|value| value.text()).collect();
        let taken = if part == Part::Link {
            assert_eq!(noun["link"], values[0], "{name}");
            &noun["linkTaken"]
        } else {
            fields += 1;
            let published = published.as_ref().unwrap_or_else(|| panic!("{name}: {key:?} is missing"));
            let texts: Vec<String> = published["values"].as_array().into_iter().flatten().map(text_of).collect();
            assert_eq!(texts, values, "{name}: {key:?}");
            &published["taken"].clone()
        };
        assert_eq!(taken["source"], field.origin.address, "{name}: {key:?}");
        assert_eq!(taken["date"], field.origin.date.to_string(), "{name}: {key:?}");
    }
    let taken = noun
        .get("fields")
        .and_then(Value::as_array)
        .map_or(0, |fields| fields.iter().filter(|field| field.get("taken").is_some()).count());
    assert_eq!(taken, fields, "{name}: more is taken than the table says");
}

#[test]
fn every_entry_can_be_taken_by_a_party() {
    for vendor in VENDORS {
        let name = vendor.name;
        let noun = noun(&format!("party {name} is vendor {name};\nwe share name with {name};\n"), Kind::Party);
        assert_eq!(noun["label"], vendor.label);
        check(vendor, Kind::Party, &noun);
    }
}

#[test]
fn every_entry_can_be_taken_by_a_service_and_a_tracker() {
    for vendor in VENDORS {
        let name = vendor.name;
        let service = format!("engagement help \"help\" is vendor {name};\nwe share name with help;\n");
        check(vendor, Kind::Engagement, &noun(&service, Kind::Engagement));
        let tracker = format!("tracker cookies \"cookies\" is vendor {name};\nwe use cookies;\n");
        check(vendor, Kind::Tracker, &noun(&tracker, Kind::Tracker));
    }
}

/// A label of the catalogue is one that an author could write.
#[test]
fn labels_are_labels() {
    for vendor in VENDORS {
        let statements = format!("party it \"{}\";\nwe share name with it;\n", vendor.label);
        let compilation = compiled(&statements);
        assert!(compilation.diagnostics.is_empty(), "{}: {}", vendor.name, compilation.diagnostics[0].message);
    }
}

fn names(found: Vec<&'static Vendor>) -> Vec<&'static str> {
    found.into_iter().map(|vendor| vendor.name).collect()
}

#[test]
fn a_host_finds_its_entry() {
    assert_eq!(names(vendors::by_host("js.stripe.com")), ["stripe"]);
    assert_eq!(names(vendors::by_host("JS.Stripe.com.")), ["stripe"]);
    assert_eq!(names(vendors::by_host("q.stripe.com")), ["stripe"], "`*.stripe.com`");
    assert!(vendors::by_host("evilstripe.com").is_empty());
    assert!(vendors::by_host("stripe.com.example").is_empty());
    assert!(vendors::by_host("com").is_empty());
    assert!(vendors::by_host("").is_empty());
    assert!(vendors::by_host(".stripe.com").is_empty());
}

#[test]
fn a_cookie_finds_its_entry() {
    assert_eq!(names(vendors::by_cookie("__stripe_mid")), ["stripe"]);
    assert!(names(vendors::by_cookie("_ga")).contains(&"google-analytics"));
    assert!(names(vendors::by_cookie("_ga_1A2B")).contains(&"google-analytics"), "`_ga_{{id}}`");
    assert!(vendors::by_cookie("_ga_").is_empty(), "a hole is never empty");
    assert!(vendors::by_cookie("__STRIPE_MID").is_empty(), "names of cookies are what they are");
    assert!(vendors::by_cookie("").is_empty());
}

/// Every host and cookie finds the entry it stands in, holes filled.
#[test]
fn every_host_and_cookie_finds_its_entry() {
    let fill = |pattern: &str| {
        let pieces = pattern.split('{').map(|piece| piece.rsplit('}').next().unwrap_or(piece));
        pieces.collect::<Vec<_>>().join("7é7")
    };
    for vendor in VENDORS {
        let values = |key| vendor.field(key).map_or(&[][..], |field| field.values);
        for host in values(Key::Hosts) {
            let host = host.text().replace('*', "any-of-them");
            assert!(vendors::by_host(&host).contains(&vendor), "{}: {host}", vendor.name);
        }
        for cookie in values(Key::Cookies) {
            let cookie = fill(cookie.text());
            assert!(vendors::by_cookie(&cookie).contains(&vendor), "{}: {cookie}", vendor.name);
        }
    }
}
