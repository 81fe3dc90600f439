//! The documentation says what the compiler does: every ```` ```policy ```` block compiles, and every
//! `snippet;` can be read.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use candor::diff::{ChangeClass, all_provisions};
use candor::syntax::words::{Kind, Slot};
use candor::vendors::{Given, Part, TAKEN, VENDORS, VendorValue};
use candor::vocabulary::{self, Class, ENTRIES, VERBS, Verb};
use candor::{Level, NoFiles, Options, Source, codes, compile};

/// Every page that shows policies, with its text.
fn pages() -> std::io::Result<Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("README.md")];
    for entry in std::fs::read_dir(root.join("docs"))? {
        paths.push(entry?.path());
    }
    paths.sort();
    let mut pages = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "md")) {
        pages.push((path.display().to_string(), std::fs::read_to_string(path)?));
    }
    for code in codes::all() {
        pages.push((format!("the explanation of {}", code.name), code.explanation.to_string()));
    }
    Ok(pages)
}

/// The errors of a fragment, those of form alone if asked so.
fn errors(fragment: &str, form_only: bool) -> Vec<String> {
    let compilation = compile(Source::new("fragment.policy", fragment), &NoFiles, &Options::default());
    compilation
        .diagnostics
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .filter(|finding| !form_only || codes::syntax::ALL.iter().any(|code| code.name == finding.code.name))
        .map(|finding| format!("{}: {}", finding.code.name, finding.message))
        .collect()
}

#[test]
fn blocks_compile() -> std::io::Result<()> {
    let mut faults = String::new();
    let mut blocks = 0;
    for (page, text) in pages()? {
        let mut block: Option<(usize, String)> = None;
        for (index, line) in text.lines().enumerate() {
            match (&mut block, line.trim()) {
                (None, "```policy") => block = Some((index + 2, String::new())),
                (Some((start, fragment)), "```") => {
                    blocks += 1;
                    for error in errors(fragment, false) {
                        let _ = writeln!(faults, "{page}:{start}: {error}");
                    }
                    block = None;
                }
                (Some((_, fragment)), _) => {
                    fragment.push_str(line);
                    fragment.push('\n');
                }
                (None, _) => {}
            }
        }
    }
    assert!(blocks > 40, "only {blocks} blocks were found");
    assert!(faults.is_empty(), "\n{faults}");
    Ok(())
}

/// Pages whose snippets are no policies.
const OTHERS: [&str; 3] = ["law-packs.md", "recipes.md", "templates.md"];

#[test]
fn snippets_can_be_read() -> std::io::Result<()> {
    let mut faults = String::new();
    // What stands on the page of packs is read by `tests/laws.rs`; templates and settings of other tools are no policy.
    for (page, text) in pages()?.into_iter().filter(|(page, _)| !OTHERS.iter().any(|other| page.ends_with(other))) {
        for (index, line) in text.lines().enumerate() {
            for snippet in line.split('`').skip(1).step_by(2) {
                let whole =
                    snippet.ends_with(';') && snippet.contains(' ') || snippet.ends_with('}') && snippet.contains(" {");
                // Words in upper case and dots stand for something else.
                let schematic = snippet.contains('…')
                    || snippet.starts_with('{')
                    || snippet.split(' ').any(|word| {
                        word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b';')
                    });
                if !whole || schematic {
                    continue;
                }
                // `we are acme;` and the fields of nouns stand in blocks.
                let header = format!("policy \"A\" {{ {snippet} }}");
                let field = format!("party acme \"A\" {{ {snippet} }}");
                let found = errors(snippet, true);
                if !found.is_empty() && !errors(&header, true).is_empty() && !errors(&field, true).is_empty() {
                    let _ = writeln!(faults, "{page}:{}: `{snippet}`: {found:?}", index + 1);
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
    Ok(())
}

#[test]
fn the_names_a_newcomer_needs_exist() -> std::io::Result<()> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language.md"))?;
    let section = text.split("## The names you will need").nth(1).and_then(|rest| rest.split("\n## ").next());
    let mut names = 0;
    for line in section.unwrap_or_default().lines().filter(|line| line.starts_with("| `")) {
        let mut words = line.split('`').skip(1).step_by(2);
        let kind = words.next().and_then(Kind::from_word).expect("a row begins with a kind");
        for name in words {
            assert!(vocabulary::find(kind, name).is_some(), "no {} is called `{name}`", kind.word());
            names += 1;
        }
    }
    assert!(names > 60, "only {names} names were found");
    Ok(())
}

/// The clause words that a verb takes besides those that all verbs take.
fn clauses(verb: &Verb) -> BTreeSet<usize> {
    Slot::ALL.into_iter().enumerate().filter(|(_, slot)| verb.slot(*slot).is_some()).map(|(index, _)| index).collect()
}

fn words(clauses: impl IntoIterator<Item = usize>) -> String {
    let words: Vec<String> = clauses.into_iter().map(|index| format!("`{}`", Slot::ALL[index].word())).collect();
    words.join(" ")
}

/// `docs/vocabulary.md`, from the tables that are compiled in.
fn vocabulary_page() -> String {
    let mut page = String::from(
        "# The standard vocabulary\n\n\
         <!-- Made from src/vocabulary by tests/docs.rs; do not edit. -->\n\n\
         Names that need no declaration. A policy may give any of them words of its own, and it keeps its place: \
         `purpose analytics \"count visits\";`.\n\n\
         ## Verbs\n\n\
         Every verb takes `when` `unless` `while` `until` `before` `after`, `as`, `because`, `see` and `except`. \
         Verbs of one class take the same clauses; a verb that takes more says which.\n",
    );
    for class in Class::ALL {
        let verbs: Vec<&Verb> = VERBS.iter().filter(|verb| verb.class == class).collect();
        let common =
            verbs.iter().map(|verb| clauses(verb)).reduce(|all, one| all.intersection(&one).copied().collect());
        let common = common.unwrap_or_default();
        let _ = write!(page, "\n### {}\n\nAll take {}.\n\n", class.name(), words(common.iter().copied()));
        let listed: Vec<String> = verbs
            .iter()
            .map(|verb| {
                let more: Vec<usize> = clauses(verb).difference(&common).copied().collect();
                if more.is_empty() {
                    format!("`{}`", verb.name)
                } else {
                    format!("`{}` (and {})", verb.name, words(more))
                }
            })
            .collect();
        let _ = writeln!(page, "{}.", listed.join(", "));
    }
    for kind in Kind::ALL {
        let entries: Vec<&vocabulary::Entry> = ENTRIES.iter().filter(|entry| entry.kind == kind).collect();
        if entries.is_empty() {
            continue;
        }
        let _ = write!(page, "\n## {}\n\n| name | words | is |\n| --- | --- | --- |\n", kind.word());
        for entry in entries {
            let above: Vec<String> =
                entry.parents.iter().map(|parent| format!("`{}`", vocabulary::entry(*parent).name)).collect();
            let _ = writeln!(page, "| `{}` | {} | {} |", entry.name, entry.label, above.join(", "));
        }
    }
    page
}

#[test]
fn the_vocabulary_page_is_current() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/vocabulary.md");
    let page = vocabulary_page();
    if std::fs::read_to_string(path).unwrap_or_default() == page {
        return Ok(());
    }
    std::fs::write(path, page)?;
    Err(std::io::Error::other("docs/vocabulary.md was stale and has been rewritten; look at it and run the test again"))
}

/// What a noun of each kind takes from the catalogue, as a table.
fn taken_table() -> String {
    let mut table = String::from("\n| kind | takes | as |\n| --- | --- | --- |\n");
    for (kind, given, part) in TAKEN {
        let given = match given {
            Given::Label => "the label".to_owned(),
            Given::Party => "the vendor".to_owned(),
            Given::Fact(key) => format!("`{}`", key.word()),
        };
        let part = match part {
            Part::Label => "its label".to_owned(),
            Part::Link => "its address".to_owned(),
            Part::Owner => "the party it is `of`".to_owned(),
            Part::Field(key) => format!("the field `{key}`"),
        };
        let _ = writeln!(table, "| `{}` | {given} | {part} |", kind.word());
    }
    table.push('\n');
    table
}

/// Every entry of the catalogue with its sources.
fn vendor_entries() -> String {
    let facts: usize = VENDORS.iter().map(|vendor| vendor.fields.len()).sum();
    let mut list = format!("\n{} services, {facts} facts.\n", VENDORS.len());
    for vendor in VENDORS {
        let _ = write!(list, "\n### `{}`: {}\n\n", vendor.name, vendor.label);
        for field in vendor.fields {
            let values: Vec<String> = field
                .values
                .iter()
                .map(|value| match value {
                    VendorValue::Text(text) | VendorValue::Place(text) => (*text).to_owned(),
                    VendorValue::Link(address) => format!("<{address}>"),
                    VendorValue::Code(text) | VendorValue::Name(_, text) => format!("`{text}`"),
                })
                .collect();
            let (key, origin) = (field.key.word(), field.origin);
            let _ = writeln!(list, "- {key}: {} ([{}](<{}>))", values.join(", "), origin.date, origin.address);
        }
    }
    list.push('\n');
    list
}

#[test]
fn the_page_of_vendors_is_current() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/vendors.md");
    let old = std::fs::read_to_string(path)?;
    let mut page = old.clone();
    for (name, made) in [("taken", taken_table()), ("entries", vendor_entries())] {
        page = with_table(&page, name, &made)?;
    }
    if old == page {
        return Ok(());
    }
    std::fs::write(path, page)?;
    Err(std::io::Error::other("docs/vendors.md was stale and has been rewritten; look at it and run the test again"))
}

/// Puts a table between the two comments that say where it stands.
fn with_table(page: &str, name: &str, table: &str) -> std::io::Result<String> {
    let (open, close) = (format!("<!-- {name}: made by tests/docs.rs -->\n"), format!("<!-- end of {name} -->"));
    let (Some(start), Some(end)) = (page.find(&open), page.find(&close)) else {
        return Err(std::io::Error::other(format!("the page has no place for the table of {name}")));
    };
    Ok(format!("{}{table}{}", &page[..start + open.len()], &page[end..]))
}

#[test]
fn the_page_about_changes_is_current() -> std::io::Result<()> {
    let mut classes = String::from("\n| class | weight | why |\n| --- | --- | --- |\n");
    for class in ChangeClass::ALL {
        let _ = writeln!(classes, "| `{}` | {} | {} |", class.name(), class.weight().name(), class.reason());
    }
    let mut provisions =
        String::from("\n| law | provision | asks for | of | read |\n| --- | --- | --- | --- | --- |\n");
    for (of, provision) in all_provisions() {
        let of: Vec<String> = of.iter().map(|class| format!("`{}`", class.name())).collect();
        let of = if of.is_empty() { "whatever is material".to_owned() } else { of.join(", ") };
        let read = if provision.verified { "yes" } else { "no" };
        let _ = writeln!(
            provisions,
            "| `{}` | {} | {} | {of} | {read} |",
            provision.law, provision.citation, provision.asks
        );
    }
    classes.push('\n');
    provisions.push('\n');
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff.md");
    let page = std::fs::read_to_string(&path)?;
    let current = with_table(&with_table(&page, "classes", &classes)?, "provisions", &provisions)?;
    if page == current {
        return Ok(());
    }
    std::fs::write(path, current)?;
    Err(std::io::Error::other("docs/diff.md was stale and has been rewritten; run the test again"))
}
