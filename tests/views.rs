//! Every view states facts of the full policy, and what it states and what it lists as left out are together all
//! that it is about: over every fixture and every example, with a document of each kind added.

#[path = "support/agree.rs"]
mod agree;
#[path = "support/normalise.rs"]
mod normalise;
#[path = "support/policies.rs"]
mod policies;

use std::collections::BTreeSet;

use candor::document::{Block, Document, Inline, SUMMARY, Span, plain};
use candor::facts::{Facts, Noun, Statement};
use candor::{Format, Published};
use rayon::prelude::*;

/// A document of every public kind.
const DOCUMENTS: &str = "
document test-short \"At a glance\" is short-notice { updated 2031-02-01; }
document test-cookies \"Cookies\" is cookie-policy;
document test-vendors \"Companies\" is processor-list { notice 30 days; subscribe <https://acme.example/feed>; }
";

/// Every policy that is published, with the documents added.
fn published() -> Vec<(String, Published)> {
    let all = policies::all().into_par_iter().filter_map(|(path, text)| {
        let name = path.display().to_string();
        policies::compile_file(&path, &text).published.as_ref()?;
        let compilation = policies::compile_file(&path, &format!("{text}{DOCUMENTS}"));
        let published = compilation.published.as_ref();
        let published = published.unwrap_or_else(|| panic!("{name}:\n{}", compilation.report())).clone();
        Some((name, published))
    });
    all.collect()
}

fn document<'p>(published: &'p Published, kind: &str) -> &'p Document {
    published.documents.iter().find(|document| document.kind == kind).unwrap_or_else(|| panic!("no {kind}"))
}

/// What a document is about that it neither states nor leaves out, and what it leaves out beyond.
fn faults(name: &str, document: &Document, query: &BTreeSet<String>) -> Vec<String> {
    let stated: BTreeSet<&str> = document.facts().into_iter().collect();
    let left: BTreeSet<&str> = document.leaves_out.iter().map(String::as_str).collect();
    let lost = query.iter().filter(|id| !stated.contains(id.as_str()) && !left.contains(id.as_str()));
    let mut faults: Vec<String> = lost.map(|id| format!("{name}: {}: `{id}` is lost", document.kind)).collect();
    let beyond = left.iter().filter(|id| !query.contains(**id));
    faults.extend(beyond.map(|id| format!("{name}: {}: `{id}` is left out, but not asked for", document.kind)));
    faults
}

fn sentences(facts: &Facts) -> impl Iterator<Item = &Statement> {
    facts
        .statements
        .iter()
        .filter(|statement| !matches!(statement, Statement::Section { .. } | Statement::Edition { .. }))
}

/// The policies whose statements are all valid on the same days.
fn without_editions() -> Vec<(String, Published)> {
    let has_edition =
        |published: &Published| published.policy.statements.iter().any(|one| matches!(one, Statement::Edition { .. }));
    published().into_iter().filter(|(_, published)| !has_edition(published)).collect()
}

#[test]
fn a_short_notice_is_about_every_statement() {
    let mut found = Vec::new();
    for (name, published) in without_editions() {
        let query = sentences(&published.policy).map(|statement| statement.id().to_owned()).collect();
        found.extend(faults(&name, document(&published, "short-notice"), &query));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A short notice is read in a few minutes, however long the policy is; how to reach whom is not counted.
#[test]
fn a_short_notice_is_short() {
    const MOST_WORDS: usize = 850;
    let mut found = Vec::new();
    for (name, published) in published() {
        let notice = document(&published, "short-notice");
        let mut words = 0;
        for block in &notice.blocks {
            let is_contacts = matches!(block, Block::Section { id, .. } if id == "section-contacts");
            if !is_contacts {
                let mut block = block.clone();
                block.each_span_mut(&mut |span| words += plain(&span.text).split_whitespace().count());
            }
        }
        if words > MOST_WORDS {
            found.push(format!("{name}: {words} words"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_list_of_processors_is_about_every_service() {
    let mut found = Vec::new();
    for (name, published) in without_editions() {
        let services = published.policy.nouns.iter().filter(|noun| noun.kind == "engagement" && noun.declared);
        let mut query: BTreeSet<String> = services.map(|noun| noun.id.clone()).collect();
        let list = document(&published, "processor-list");
        // The sentences about processors are stated whole.
        query.extend(list.leaves_out.iter().filter(|id| !id.starts_with("engagement-")).cloned());
        found.extend(faults(&name, list, &query));
        for service in published.policy.nouns.iter().filter(|noun| noun.kind == "engagement" && noun.declared) {
            let stated = list.facts().contains(&service.id.as_str());
            if stated != is_processor(service) {
                found.push(format!("{name}: `{}` is {}stated", service.id, if stated { "" } else { "not " }));
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn is_processor(service: &Noun) -> bool {
    let role = service.fields.iter().find(|field| field.key == "role");
    let words = role.map_or_else(String::new, |role| format!("{:?}", role.values));
    ["role-processor", "role-sub-processor", "role-service-provider"].iter().any(|role| words.contains(role))
}

#[test]
fn a_cookie_policy_is_about_every_tracker() {
    let mut found = Vec::new();
    for (name, published) in without_editions() {
        let facts = &published.policy;
        let is_log = |noun: &Noun| noun.id == "tracker-log" || noun.is.iter().any(|parent| parent == "tracker-log");
        let trackers: BTreeSet<String> = facts
            .nouns
            .iter()
            .filter(|noun| noun.kind == "tracker" && !is_log(noun))
            .map(|noun| noun.id.clone())
            .collect();
        let listed = facts.nouns.iter().filter(|noun| trackers.contains(&noun.id) && !noun.fields.is_empty());
        let mut query: BTreeSet<String> = listed.map(|noun| noun.id.clone()).collect();
        for statement in
            sentences(facts).filter(|one| matches!(one, Statement::Sentence(_) | Statement::Addition { .. }))
        {
            let mut nouns = BTreeSet::new();
            agree::nouns_of(statement, &mut nouns);
            let in_steps = facts
                .statements
                .iter()
                .any(|around| matches!(around, Statement::Steps { id, .. } if within(facts, statement.id(), id)));
            if !in_steps && !nouns.is_disjoint(&trackers) {
                query.insert(statement.id().to_owned());
            }
        }
        let page = document(&published, "cookie-policy");
        let stated: BTreeSet<&str> = page.facts().into_iter().collect();
        let lost = query.iter().filter(|id| !stated.contains(id.as_str()));
        found.extend(lost.map(|id| format!("{name}: `{id}` is lost")));
        if !page.leaves_out.is_empty() {
            found.push(format!("{name}: leaves out {:?}", page.leaves_out));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Whether a statement stands in another, at any depth.
fn within(facts: &Facts, id: &str, around: &str) -> bool {
    let Some(statement) = facts.statements.iter().find(|statement| statement.id() == id) else { return false };
    let outer = match statement {
        Statement::Sentence(sentence) => &sentence.within,
        Statement::Section { within, .. }
        | Statement::Steps { within, .. }
        | Statement::Prose { within, .. }
        | Statement::Addition { within, .. }
        | Statement::Edition { within, .. } => within,
    };
    !outer.is_empty() && (outer == around || within(facts, outer, around))
}

#[test]
fn every_view_agrees_in_all_formats() {
    let faults: Vec<String> = published()
        .into_par_iter()
        .flat_map_iter(|(name, published)| {
            agree::all(&published).into_iter().map(move |fault| format!("{name}: {fault}")).collect::<Vec<_>>()
        })
        .collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_name_cannot_break_out_of_an_address() {
    let text = "policy \"P\" { we are acme; }\nparty acme \"Acme\";\nwe collect name see cookies-page;\n\
                document cookies-page \"Cookies\" is cookie-policy;\n";
    let compilation = policies::compile_text(text);
    let published = compilation.published.as_ref().unwrap_or_else(|| panic!("{}", compilation.report()));
    for stem in ["a\" onclick=\"x", "a)(b", "javascript:x", "//evil.example/x", "a b", "..", "<é>", "a#b?c%d"] {
        let files = candor::render::Files { stem };
        let html = published.render_document(&published.documents[0], Format::Html, files);
        let start = html.find("href=\"").map(|_| html.matches("-cookies-page.html\"").count());
        assert_eq!(start, Some(1), "{stem}");
        let address =
            html.split("href=\"").find_map(|rest| rest.split('"').next().filter(|one| one.ends_with(".html")));
        let address = address.expect("a link");
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
        assert!(address.bytes().all(safe), "{stem}: {address}");
        let markdown = published.render_document(&published.documents[0], Format::Markdown, files);
        assert!(markdown.contains(&format!("]({}md)", address.trim_end_matches("html"))), "{stem}: {markdown}");
    }
}

/// The summaries of the full policies, each with its document.
fn summaries(published: &Published) -> Vec<(&Document, &Block)> {
    let is_summary = |block: &&Block| matches!(block, Block::Section { id, .. } if id == SUMMARY);
    let mut found = Vec::new();
    for document in &published.documents {
        found.extend(document.blocks.iter().filter(is_summary).map(|block| (document, block)));
    }
    found
}

fn words(block: &Block) -> usize {
    let mut words = 0;
    block.each_span(&mut |span| words += plain(&span.text).split_whitespace().count());
    words
}

/// The ids of this document that a span leads to.
fn leads_to<'d>(inlines: &'d [Inline], out: &mut Vec<&'d str>) {
    for inline in inlines {
        match inline {
            Inline::Reference { document: None, id, .. } => out.push(id),
            Inline::Strong { content } | Inline::Emphasis { content } => leads_to(content, out),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Time { .. }
            | Inline::Link { .. }
            | Inline::Reference { document: Some(_), .. } => {}
        }
    }
}

#[test]
fn a_summary_is_short_and_says_what_stands_below() {
    let mut found = Vec::new();
    let mut number = 0;
    for (name, published) in published() {
        for (document, summary) in summaries(&published) {
            number += 1;
            let others: Vec<&Block> = document.blocks.iter().filter(|block| *block != summary).collect();
            let stated: BTreeSet<&str> = others.iter().flat_map(|block| block.facts()).collect();
            let beyond = summary.facts().into_iter().filter(|fact| !stated.contains(fact));
            found.extend(beyond.map(|fact| format!("{name}: `{fact}` stands in the summary only")));
            let (of_summary, of_others) = (words(summary), others.iter().map(|block| words(block)).sum::<usize>());
            if of_summary * 5 > of_summary + of_others || of_summary > 300 {
                found.push(format!("{name}: {of_summary} words of {of_others}"));
            }
            let sections: BTreeSet<&str> = others.iter().flat_map(|block| sections_of(block)).collect();
            summary.each_span(&mut |span: &Span| {
                let mut ids = Vec::new();
                leads_to(&span.text, &mut ids);
                let astray = ids.iter().filter(|id| !sections.contains(**id));
                found.extend(astray.map(|id| format!("{name}: the summary leads to `{id}`, which is no section")));
                if !span.targets.is_empty() {
                    found.push(format!("{name}: {:?} are targets in the summary", span.targets));
                }
            });
        }
    }
    assert!(number >= 12, "only {number} summaries");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn sections_of(block: &Block) -> Vec<&str> {
    match block {
        Block::Section { id, blocks, .. } => {
            std::iter::once(id.as_str()).chain(blocks.iter().flat_map(sections_of)).collect()
        }
        Block::Paragraph { .. }
        | Block::List { .. }
        | Block::Table { .. }
        | Block::Contents { .. }
        | Block::Prose { .. } => Vec::new(),
    }
}

/// Who reads that nothing is sold must not have to look elsewhere for what is.
#[test]
fn a_summary_that_denies_a_sale_names_every_sale() {
    const SALE: [&str; 5] = ["sell", "rent", "lease", "trade", "license"];
    let mut found = Vec::new();
    let mut denying = 0;
    for (name, published) in without_editions() {
        let of_us = |sentence: &candor::facts::Sentence| {
            sentence.verbs.iter().any(|verb| SALE.contains(&verb.as_str()))
                && sentence.actors.iter().any(|actor| matches!(actor.what, candor::facts::What::Publisher))
        };
        let sales: Vec<&candor::facts::Sentence> = published
            .policy
            .statements
            .iter()
            .filter_map(|statement| match statement {
                Statement::Sentence(sentence) => Some(&**sentence),
                _ => None,
            })
            .filter(|sentence| of_us(sentence))
            .collect();
        for (_, summary) in summaries(&published) {
            let stated = summary.facts();
            let is_stated = |sentence: &&&candor::facts::Sentence| stated.contains(&sentence.id.as_str());
            if !sales.iter().filter(|sale| sale.state == "denied").any(|sale| is_stated(&sale)) {
                continue;
            }
            denying += 1;
            let missing = sales.iter().filter(|sale| sale.state == "stated" && !is_stated(sale));
            found.extend(missing.map(|sale| format!("{name}: the summary denies a sale and hides `{}`", sale.id)));
        }
    }
    assert!(denying >= 5, "only {denying} summaries deny a sale");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
