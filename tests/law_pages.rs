//! The pages about laws are made from the packs, so that they say what the checker asks.

use std::fmt::Write as _;
use std::path::Path;

use candor::check::laws;
use candor::law::{Alias, Found, Library, Pack};
use candor::packs;

/// The page of one law.
fn page(library: &Library<'_>, pack: &Pack) -> String {
    let mut page = format!(
        "# {}\n\n<!-- Made from src/law/{}.policy by tests/law_pages.rs; do not edit. -->\n\n",
        capital(&pack.title),
        pack.name
    );
    let _ = writeln!(page, "`laws {};` in the header of a policy turns it on.", pack.name);
    if !pack.laws.is_empty() {
        let named = |law: &Alias| match law.places.as_slice() {
            [] => format!("`{}`", law.name),
            places => format!("`{}` (for readers in {})", law.name, places.join(", ")),
        };
        let names: Vec<String> = pack.laws.iter().map(named).collect();
        let _ = writeln!(page, "So do the names {}.", names.join(", "));
    }
    if !pack.readers.is_empty() {
        let _ = writeln!(page, "It protects readers in {}.", pack.readers.join(", "));
    }
    if let Some(from) = pack.from {
        let _ = writeln!(page, "It is in force since {from}.");
    }
    if let Some(known) = pack.known_from {
        let _ =
            writeln!(page, "The rules are those of the text of {known}; what was asked for before is not known here.");
    }
    for take in &pack.takes {
        let except =
            if take.except.is_empty() { String::new() } else { format!(", except {}", take.except.join(", ")) };
        let _ = writeln!(page, "The rules of [{0}]({0}.md) hold here as well{except}.", take.pack);
    }
    for source in &pack.sources {
        let _ = writeln!(page, "The law: <{source}>");
    }
    page.push_str(
        "\nThis is no legal advice. `candor check --report` says for a policy which of these it meets, and where.\n",
    );
    let own: Vec<Found<'_>> = library
        .rules(&pack.name)
        .into_iter()
        .filter(|found| pack.rules.iter().any(|rule| std::ptr::eq(rule, found.rule)))
        .collect();
    page.push_str("\n| rule | asks for | provision | level | read |\n| --- | --- | --- | --- | --- |\n");
    for found in &own {
        let code = laws::code(found);
        let read = match found.rule.verified {
            candor::law::Verified::Yes => "yes",
            candor::law::Verified::Partly => "partly",
            candor::law::Verified::No => "no",
        };
        let level = if found.rule.unchecked.is_some() { "not checked" } else { code.level.word() };
        let _ = writeln!(
            page,
            "| [`{0}`](#{0}) | {1} | {2} | {level} | {read} |",
            found.rule.name,
            found.rule.label.replace('|', "\\|"),
            found.provisions().join(", ")
        );
    }
    for found in &own {
        let code = laws::code(found);
        let _ = write!(page, "\n## {}\n\n{}\n\n", found.rule.name, code.summary);
        for line in code.explanation.lines() {
            let _ = writeln!(page, "- {line}");
        }
        for (title, example) in [("This raises it", &code.bad), ("This meets it", &code.good)] {
            if !example.is_empty() {
                let _ = write!(page, "\n{title}:\n\n```policy\n{}\n```\n", example.trim());
            }
        }
    }
    page
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[test]
fn the_pages_are_current() -> std::io::Result<()> {
    let library = packs::all();
    let folder = Path::new("docs/laws");
    std::fs::create_dir_all(folder)?;
    let mut stale = Vec::new();
    let mut index = String::from(
        "# Laws\n\n<!-- Made from src/law by tests/law_pages.rs; do not edit. -->\n\nThe laws that a policy can be checked against. [law-packs.md](../law-packs.md) says how one is written.\n\n| name | law | rules |\n| --- | --- | --- |\n",
    );
    let mut pages = Vec::new();
    for pack in library.packs() {
        let _ = writeln!(index, "| [`{0}`]({0}.md) | {1} | {2} |", pack.name, pack.title, pack.rules.len());
        pages.push((folder.join(format!("{}.md", pack.name)), page(&library, pack)));
    }
    pages.push((folder.join("README.md"), index));
    for (path, page) in pages {
        if std::fs::read_to_string(&path).unwrap_or_default() != page {
            std::fs::write(&path, page)?;
            stale.push(path.display().to_string());
        }
    }
    assert!(
        stale.is_empty(),
        "these pages were stale and have been rewritten; run the test again: {}",
        stale.join(", ")
    );
    Ok(())
}
