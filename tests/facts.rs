//! Five published policies, restated from 410 facts: each fact is stated, in every format, and nothing else is.
//!
//! `tests/facts/NAME.tsv` lists the facts, `NAME.coverage.tsv` the ids that state each. Coverage is by meaning:
//! the ids were chosen by reading. What can be checked by machine is checked here.

#[path = "support/facts.rs"]
mod support;

use std::collections::{HashMap, HashSet};

use candor::facts::{Clause, ClauseValue, ConditionTree, Facts, Item, Sentence, Statement, What};
use candor::{Format, Published};
use support::{Case, Fact, POLICIES, Shown, case, cases, collapse, holds, pieces, read, stated, table};

/// Fails with every finding at once.
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

fn sentences(facts: &Facts) -> HashMap<&str, &Sentence> {
    facts
        .statements
        .iter()
        .filter_map(|statement| match statement {
            Statement::Sentence(sentence) => Some((sentence.id.as_str(), &**sentence)),
            Statement::Section { .. }
            | Statement::Steps { .. }
            | Statement::Prose { .. }
            | Statement::Addition { .. }
            | Statement::Edition { .. } => None,
        })
        .collect()
}

/// The id, in the whole document, that shares most words with a text.
fn nearest(published: &Published, words: &str) -> String {
    let wanted: HashSet<String> = words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut best = (0, String::from("none"));
    published.documents[0].each_span(&mut |span| {
        let text = candor::document::plain(&span.text).to_lowercase();
        let shared = text.split_whitespace().filter(|word| wanted.contains(*word)).count();
        if let (true, Some(id)) = (shared > best.0, span.facts.first()) {
            best = (shared, id.clone());
        }
    });
    best.1
}

#[test]
fn the_fact_lists_are_complete() {
    let mut findings = Vec::new();
    for ((name, count), case) in POLICIES.into_iter().zip(cases()) {
        let ids: HashSet<&str> = case.facts.iter().map(|fact| fact.id.as_str()).collect();
        if ids.len() != count || case.facts.len() != count {
            findings.push(format!(
                "{name}: {} facts, {} of them different; expected {count}",
                case.facts.len(),
                ids.len()
            ));
        }
        let covered: HashSet<&str> = case.covered.iter().map(String::as_str).collect();
        if covered.len() != case.covered.len() {
            findings.push(format!("{name}: a fact is covered in two rows"));
        }
        findings.extend(ids.difference(&covered).map(|id| format!("{name}: {id} has no row of coverage")));
        findings.extend(covered.difference(&ids).map(|id| format!("{name}: {id} is covered but not a fact")));
    }
    assert_eq!(POLICIES.iter().map(|(_, count)| count).sum::<usize>(), 410);
    none(&findings);
}

#[test]
fn every_fact_has_ids_that_exist() {
    let mut findings = Vec::new();
    for case in cases() {
        let facts = &case.published.policy;
        let mut known: HashSet<String> = stated(&case.published.documents[0]);
        known.extend(facts.statements.iter().map(|statement| statement.id().to_owned()));
        known.extend(facts.nouns.iter().map(|noun| noun.id.clone()));
        known.extend(facts.nouns.iter().flat_map(|noun| &noun.fields).map(|field| field.id.clone()));
        for fact in &case.facts {
            if fact.ids.is_empty() {
                findings.push(format!("{}: no ids; nearest {}", fact.id, nearest(&case.published, &fact.text)));
            }
            for id in fact.ids.iter().filter(|id| !known.contains(*id)) {
                findings.push(format!("{}: no `{id}`; nearest {}", fact.id, nearest(&case.published, &fact.text)));
            }
        }
    }
    none(&findings);
}

#[test]
fn every_fact_is_printed() {
    let mut findings = Vec::new();
    for case in cases() {
        let document = &case.published.documents[0];
        let stated = stated(document);
        for fact in &case.facts {
            for id in &fact.ids {
                // A contents list has no words of its own beyond the titles.
                if pieces(document, id).is_empty() && !stated.contains(id) {
                    findings.push(format!(
                        "{}: `{id}` is nowhere in the text; nearest {}",
                        fact.id,
                        nearest(&case.published, &fact.text)
                    ));
                }
            }
        }
    }
    none(&findings);
}

#[test]
fn verbatim_terms_stand_where_their_fact_is_stated() {
    let mut findings = Vec::new();
    for case in cases() {
        let document = &case.published.documents[0];
        for fact in &case.facts {
            let pieces: Vec<_> = fact.ids.iter().flat_map(|id| pieces(document, id)).collect();
            for term in &fact.terms {
                let shows = |shown: &Shown| {
                    pieces.iter().any(|piece| {
                        (holds(&piece.text, term) && shown.text.contains(&piece.text))
                            || piece.addresses.iter().any(|at| holds(at, term) && shown.addresses.contains(at))
                    })
                };
                let lost: Vec<Format> =
                    case.shown.iter().filter(|(_, shown)| !shows(shown)).map(|(format, _)| *format).collect();
                if !lost.is_empty() {
                    let near = nearest(&case.published, term);
                    findings
                        .push(format!("{}: \"{term}\" is not in {:?} in {lost:?}; nearest {near}", fact.id, fact.ids));
                }
            }
        }
    }
    none(&findings);
}

/// Words that say nothing of what a fact is about.
const EMPTY: [&str; 66] = [
    "about",
    "after",
    "also",
    "been",
    "being",
    "collect",
    "collected",
    "confluent",
    "convox",
    "data",
    "does",
    "each",
    "example",
    "examples",
    "from",
    "given",
    "have",
    "here",
    "information",
    "into",
    "itself",
    "just",
    "like",
    "listed",
    "more",
    "most",
    "named",
    "namely",
    "only",
    "other",
    "ours",
    "over",
    "person",
    "personal",
    "provide",
    "provided",
    "provides",
    "raygun",
    "sentry",
    "some",
    "such",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "themselves",
    "they",
    "this",
    "those",
    "under",
    "upon",
    "used",
    "user",
    "users",
    "very",
    "what",
    "when",
    "where",
    "which",
    "while",
    "will",
    "your",
    "yourself",
];

/// The beginnings of the words that carry the meaning of a text.
fn stems(text: &str) -> HashSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '@' && c != '.')
        .map(|word| word.trim_matches(['-', '.']))
        .filter(|word| word.chars().count() > 3 && !EMPTY.contains(word))
        .map(|word| word.chars().take(4).collect())
        .collect()
}

#[test]
fn every_part_of_a_fact_is_in_its_words() {
    // Where the page says a part in other words, a row names them: fact, part, the words of the page.
    let mut said: HashMap<(String, String), String> = table("tests/facts/wordings.tsv")
        .into_iter()
        .map(|row| ((row["fact"].clone(), row["part"].clone()), row["said"].clone()))
        .collect();
    let mut findings = Vec::new();
    for case in cases() {
        let document = &case.published.documents[0];
        for fact in &case.facts {
            let text: Vec<String> =
                fact.ids.iter().flat_map(|id| pieces(document, id)).map(|piece| piece.text).collect();
            let text = text.join("\n");
            let printed = stems(&text);
            for part in &fact.parts {
                if let Some(words) = said.remove(&(fact.id.clone(), part.clone())) {
                    if words.is_empty() || !text.contains(&words) {
                        findings.push(format!("{}: \"{part}\" is not said as \"{words}\" in {text:?}", fact.id));
                    }
                    continue;
                }
                let wanted = stems(part);
                let missing: Vec<&String> = wanted.difference(&printed).collect();
                if missing.len() * 2 > wanted.len() {
                    findings.push(format!("{}: \"{part}\" is not in {text:?}: {missing:?}", fact.id));
                }
            }
        }
    }
    findings.extend(said.keys().map(|(fact, part)| format!("{fact}: no part \"{part}\"")));
    none(&findings);
}

#[test]
fn what_states_a_fact_is_the_same_in_every_format() {
    let mut findings = Vec::new();
    for case in cases() {
        let document = &case.published.documents[0];
        let ids: HashSet<&String> = case.facts.iter().flat_map(|fact| &fact.ids).collect();
        for id in ids {
            for piece in pieces(document, id) {
                for (format, shown) in &case.shown {
                    if !shown.text.contains(&piece.text)
                        || !piece.addresses.iter().all(|at| shown.addresses.contains(at))
                    {
                        findings.push(format!("{} {format:?}: {id}: {:?}", case.name, piece.text));
                    }
                }
            }
        }
    }
    none(&findings);
}

/// The named exceptions: fact, what it is excepted from, why.
fn exceptions(rule: &str) -> HashSet<String> {
    let rows = table("tests/facts/exceptions.tsv");
    rows.into_iter()
        .filter(|row| row["rule"] == rule && !row["reason"].is_empty())
        .map(|row| row["fact"].clone())
        .collect()
}

/// Whether a sentence has the modality that a fact asks for.
fn has_modality(sentence: &Sentence, modality: &str) -> bool {
    let positive = sentence.polarity == "positive";
    match modality {
        // What the publisher does, what it advises or requests, and where it points.
        "does" => {
            (positive && matches!(sentence.force.as_str(), "does" | "should"))
                || sentence.clauses.iter().any(|clause| clause.slot == "see")
        }
        // "You might not be able to" is a possibility, not a denial.
        "may" => matches!(sentence.force.as_str(), "may" | "can") && (positive || sentence.sense.is_some()),
        "will" => positive && sentence.force == "will",
        "commits" => positive && sentence.force == "commits",
        "must" => positive && matches!(sentence.force.as_str(), "must" | "should"),
        "does-not" => !positive,
        other => panic!("unknown modality {other}"),
    }
}

/// Whether what an id names is no sentence: a noun, a field, a definition, the header, a list of steps.
fn is_no_sentence(facts: &Facts, id: &str) -> bool {
    !facts.statements.iter().any(|statement| matches!(statement, Statement::Sentence(sentence) if sentence.id == id))
}

#[test]
fn modality_is_the_facts() {
    let excepted = exceptions("modality");
    let mut findings = Vec::new();
    let mut unneeded = excepted.clone();
    for case in cases() {
        let facts = &case.published.policy;
        let sentences = sentences(facts);
        for fact in &case.facts {
            let cited: Vec<&&Sentence> = fact.ids.iter().filter_map(|id| sentences.get(id.as_str())).collect();
            let by_sentence = cited.iter().any(|sentence| has_modality(sentence, &fact.modality));
            let by_noun = fact.modality == "does" && fact.ids.iter().any(|id| is_no_sentence(facts, id));
            let by_steps = fact.modality == "may" && fact.ids.iter().any(|id| id.starts_with("steps-"));
            if by_sentence || by_noun || by_steps {
                continue;
            }
            unneeded.remove(&fact.id);
            if !excepted.contains(&fact.id) {
                let is: Vec<String> = cited
                    .iter()
                    .map(|sentence| format!("{} is {} {}", sentence.id, sentence.polarity, sentence.force))
                    .collect();
                findings.push(format!("{}: {} expected, but {}", fact.id, fact.modality, is.join(", ")));
            }
        }
    }
    findings.extend(unneeded.iter().map(|fact| format!("{fact}: the exception is not needed")));
    assert!(excepted.len() <= 4, "too many exceptions");
    none(&findings);
}

/// The entries of a sentence, with their members, tails and what they are of.
fn items(sentence: &Sentence) -> Vec<&Item> {
    fn below<'i>(item: &'i Item, into: &mut Vec<&'i Item>) {
        into.push(item);
        item.of.iter().for_each(|of| below(of, into));
        item.members.iter().flat_map(|members| &members.items).for_each(|member| below(member, into));
        item.clauses.iter().for_each(|clause| of_clause(clause, into));
        item.except.iter().for_each(|cut| below(cut, into));
    }
    fn of_condition<'i>(condition: &'i ConditionTree, into: &mut Vec<&'i Item>) {
        match condition {
            ConditionTree::Test { item, .. } => below(item, into),
            ConditionTree::Joined { conditions, .. } => conditions.iter().for_each(|inner| of_condition(inner, into)),
        }
    }
    fn of_clause<'i>(clause: &'i Clause, into: &mut Vec<&'i Item>) {
        of_value(&clause.value, into);
    }
    fn of_value<'i>(value: &'i ClauseValue, into: &mut Vec<&'i Item>) {
        match value {
            ClauseValue::List { items, .. } | ClauseValue::Topic { items, .. } => {
                items.iter().for_each(|item| below(item, into));
            }
            ClauseValue::Condition { condition } => of_condition(condition, into),
            ClauseValue::Flag => {}
            ClauseValue::Guarded { arms } => {
                for arm in arms {
                    arm.guard.iter().for_each(|guard| of_clause(guard, into));
                    of_value(&arm.value, into);
                }
            }
        }
    }
    let mut found = Vec::new();
    sentence.actors.iter().chain(&sentence.objects).for_each(|item| below(item, &mut found));
    sentence.clauses.iter().for_each(|clause| of_clause(clause, &mut found));
    if let Some(except) = &sentence.except {
        except.items.iter().for_each(|item| below(item, &mut found));
        except.clauses.iter().for_each(|clause| of_clause(clause, &mut found));
    }
    found
}

/// Whether a sentence says less than that something is always done with everything by its actor alone.
fn is_limited(facts: &Facts, sentence: &Sentence) -> bool {
    let limiting = [
        "when", "unless", "while", "until", "before", "after", "within", "with", "to", "from", "about", "under", "as",
        "in", "on", "at", "for", "via", "because", "see",
    ];
    sentence.only_actor
        || sentence.actors.iter().any(|actor| !matches!(actor.what, What::Publisher))
        || sentence.manner.is_some()
        || sentence.except.is_some()
        || sentence.closed
        || sentence.clauses.iter().any(|clause| clause.only || limiting.contains(&clause.slot.as_str()))
        || items(sentence).iter().any(|item| {
            let noun = match &item.what {
                What::Noun { id } | What::Field { id } => facts.nouns.iter().find(|noun| noun.id == *id),
                _ => None,
            };
            !item.clauses.is_empty()
                || item.that.is_some()
                || item.of.is_some()
                || item.quantifier.is_some()
                || matches!(item.what, What::Reader)
                || noun.is_some_and(|noun| {
                    matches!(noun.kind.as_str(), "party" | "people") || noun.that.is_some() || noun.of.is_some()
                })
        })
}

#[test]
fn a_fact_with_a_limit_cites_something_that_limits() {
    let excepted = exceptions("limit");
    let mut findings = Vec::new();
    let mut unneeded = excepted.clone();
    for case in cases() {
        let facts = &case.published.policy;
        let sentences = sentences(facts);
        for fact in case.facts.iter().filter(|fact| fact.limited) {
            let limited = fact.ids.iter().any(|id| {
                let base = id.split('.').next().unwrap_or(id);
                let noun = facts.nouns.iter().find(|noun| noun.id == base);
                let readers = |sentence: &Sentence| sentence.readers != facts.header.readers;
                noun.is_some_and(|noun| {
                    matches!(noun.kind.as_str(), "party" | "people" | "link" | "contact" | "product")
                }) || id.starts_with("steps-")
                    || sentences
                        .get(id.as_str())
                        .is_some_and(|sentence| is_limited(facts, sentence) || readers(sentence))
            });
            if limited {
                continue;
            }
            unneeded.remove(&fact.id);
            if !excepted.contains(&fact.id) {
                findings.push(format!(
                    "{}: nothing in {:?} limits; nearest {}",
                    fact.id,
                    fact.ids,
                    nearest(&case.published, &fact.text)
                ));
            }
        }
    }
    findings.extend(unneeded.iter().map(|fact| format!("{fact}: the exception is not needed")));
    assert!(excepted.len() <= 4, "too many exceptions");
    none(&findings);
}

#[test]
fn nine_facts_in_ten_are_structure() {
    let (mut prose, mut all) = (0, 0);
    for case in cases() {
        let written: HashSet<&str> = case
            .published
            .policy
            .statements
            .iter()
            .filter(|statement| matches!(statement, Statement::Prose { .. }))
            .map(Statement::id)
            .collect();
        all += case.facts.len();
        prose += case.facts.iter().filter(|fact| fact.ids.iter().any(|id| written.contains(id.as_str()))).count();
    }
    assert!(prose * 10 <= all, "{prose} of {all} facts are prose");
}

/// Every format of one policy, as its reader sees it, with its addresses.
fn outputs(case: &Case) -> Vec<(Format, String)> {
    case.shown
        .iter()
        .map(|(format, shown)| {
            let mut addresses: Vec<&String> = shown.addresses.iter().collect();
            addresses.sort();
            let addresses: Vec<&str> = addresses.into_iter().map(String::as_str).collect();
            (*format, format!("{}\n{}", shown.text, addresses.join("\n")))
        })
        .collect()
}

#[test]
fn convox_has_no_contact_address() {
    let case = case("convox-console");
    for (format, text) in outputs(&case) {
        for sign in ["@", "mailto:", "E-mail:", "Phone:", "Post:", "Contact us"] {
            assert!(!text.contains(sign), "{format:?} shows `{sign}`");
        }
    }
    assert!(!case.published.policy.nouns.iter().any(|noun| noun.kind == "contact"));
}

#[test]
fn raygun_has_no_date() {
    let case = case("raygun");
    assert!(case.published.policy.header.updated.is_none());
    assert!(case.published.policy.header.not_said.contains(&"updated".to_owned()));
    assert!(case.published.documents[0].updated.is_none());
    for format in Format::ALL {
        let output = case.published.render(format);
        assert!(!output.contains("<time"), "{format:?} has a time element");
        assert!(!output.contains("\"time\":"), "{format:?} has a time");
    }
    for (format, text) in outputs(&case) {
        assert_eq!(years(&text), Vec::<String>::new(), "{format:?}");
    }
}

/// The years of this century in a text.
fn years(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
        .map(str::to_owned)
        .collect()
}

/// The periods in a text: "45 days".
fn periods(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let units = ["second", "minute", "hour", "day", "week", "month", "quarter", "year"];
    let numbers = ["one", "two", "three", "four", "five", "six", "seven", "ten", "twelve", "thirty", "sixty", "ninety"];
    words
        .windows(2)
        .filter_map(|pair| match pair {
            [number, unit] => {
                let unit: String = unit.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
                let counted =
                    number.chars().all(|c| c.is_ascii_digit()) || numbers.contains(&number.to_lowercase().as_str());
                let is_unit = units.iter().any(|known| unit == *known || unit == format!("{known}s"));
                (counted && is_unit).then(|| format!("{number} {unit}"))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn no_period_is_invented() {
    for case in cases() {
        let expected = if case.name == "sentry-2017" { vec!["45 days".to_owned()] } else { Vec::new() };
        for (format, text) in outputs(&case) {
            assert_eq!(periods(&text), expected, "{} {format:?}", case.name);
        }
        let durations = case.published.policy.statements.iter().filter_map(|statement| match statement {
            Statement::Sentence(sentence) => Some(items(sentence)),
            _ => None,
        });
        let durations = durations.flatten().filter(|item| matches!(item.what, What::Period(_))).count();
        assert_eq!(durations, expected.len(), "{}", case.name);
    }
}

#[test]
fn nothing_of_the_vocabulary_is_printed() {
    let fields =
        ["w3id.org", "dpv", "NSPrivacy", "PSL_", "Google Play", "App Store", "data-personal", "purpose-", "candor"];
    for case in cases() {
        for (format, text) in outputs(&case) {
            for field in fields {
                assert!(!text.contains(field), "{} {format:?} shows `{field}`", case.name);
            }
        }
        let json: serde_json::Value = serde_json::from_str(&case.published.render(Format::Json)).expect("JSON");
        let json = json.to_string();
        for field in ["w3id.org", "\"dpv\"", "\"play\"", "\"apple\"", "NSPrivacy", "PSL_"] {
            assert!(!json.contains(field), "{}: the JSON has `{field}`", case.name);
        }
    }
}

/// The text, in quotes and comments left out, from which every number in the output must come.
#[test]
fn no_number_is_invented() {
    let numbers = |text: &str| -> HashSet<String> {
        text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).map(str::to_owned).collect()
    };
    for case in cases() {
        let mut written = numbers(&read(&format!("examples/{}.policy", case.name)));
        // 2016-05-25 is printed as May 25, 2016, and 2015-12-08 as 8 December 2015.
        written.extend(written.clone().iter().map(|number| number.trim_start_matches('0').to_owned()));
        for (format, text) in outputs(&case) {
            let invented: Vec<String> = numbers(&text).into_iter().filter(|number| !written.contains(number)).collect();
            assert!(invented.is_empty(), "{} {format:?}: {invented:?}", case.name);
        }
    }
}

/// What a careless renderer breaks: `(policy, text, where it stands)`.
const TRAPS: [(&str, &str, Place); 28] = [
    ("sentry-2017", "http://www.mozilla.org/projects/security/pki/psm/help_21/using_priv_help.html", Place::Address),
    ("sentry-2017", "https://www.privacyshield.gov/participant?id=a2zt0000000TNDzAAO", Place::Address),
    ("sentry-2017", "https://www.privacyshield.gov/", Place::Text),
    ("sentry-2017", "https://www.privacyshield.gov/article?id=ANNEX-I-introduction", Place::Address),
    ("sentry-2017", "http://www.microsoft.com/info/cookies.htm", Place::Address),
    (
        "sentry-2017",
        "http://ec.europa.eu/justice/data-protection/article-29/structure/data-protection-authorities/index_en.htm",
        Place::Address,
    ),
    ("sentry-2017", "Security & Compliance Policy", Place::Text),
    ("sentry-2017", "Data Integrity & Purpose Limitation", Place::Text),
    ("sentry-2017", "Recourse, Enforcement & Liability", Place::Text),
    ("sentry-2017", "132 Hawthorne St, San Francisco, CA 94107", Place::Text),
    ("sentry-2017", "rights, interests, or property", Place::Text),
    ("sentry-2017", "45 days", Place::Text),
    ("sentry-2017", "and/or", Place::Text),
    ("sentry-2017", "'Edit Profile'", Place::Text),
    ("sentry-2017", "Functional Software, Inc", Place::Text),
    ("sentry-2017", "security@sentry.io", Place::Text),
    ("sentry-2017", "mailto:security@sentry.io", Place::Address),
    ("sentry-2017", "October 17, 2017", Place::Text),
    ("sentry-2015", "and/or", Place::Text),
    ("sentry-2015", "'Edit Profile'", Place::Text),
    ("sentry-2015", "January 17, 2013", Place::Text),
    ("sentry-2015", "Privacy Policy | Sentry", Place::Text),
    ("confluent", "confluent.support.metrics.enable=false", Place::Code),
    ("confluent", "100%", Place::Text),
    ("confluent", "8 December 2015", Place::Text),
    ("confluent", "www.confluent.io/terms-of-use", Place::Text),
    ("convox-console", "May 25, 2016", Place::Text),
    ("raygun", "and/or", Place::Text),
];

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Address,
    Code,
}

#[test]
fn literals_survive_in_every_format() {
    let cases = cases();
    let mut findings = Vec::new();
    for (name, literal, place) in TRAPS {
        let case = cases.iter().find(|case| case.name == name).expect("one of the five");
        for (format, shown) in &case.shown {
            let output = case.published.render(*format);
            let survives = match place {
                Place::Text => shown.text.contains(literal),
                Place::Address => shown.addresses.contains(literal),
                Place::Code => {
                    shown.text.contains(literal)
                        && match format {
                            Format::Markdown => output.contains(&format!("`{literal}`")),
                            Format::Html => output.contains(&format!("<code>{literal}</code>")),
                            Format::Json => output.replace("\": ", "\":").contains(&format!("\"code\":\"{literal}\"")),
                            // Nothing public is published as a table.
                            Format::Csv => false,
                        }
                }
            };
            if !survives {
                findings.push(format!("{name} {format:?}: {literal}"));
            }
        }
    }
    none(&findings);
}

#[test]
fn a_legal_name_without_a_full_stop_gets_none() {
    for (format, text) in outputs(&case("sentry-2017")) {
        for end in text.match_indices("Functional Software, Inc").map(|(at, found)| &text[at + found.len()..]) {
            // A full stop there must be the end of a sentence, never a part of the name.
            assert!(
                !end.starts_with(". ") || end[2..].starts_with(|c: char| c.is_uppercase()),
                "{format:?}: Inc{}",
                &end[..20.min(end.len())]
            );
            assert!(!end.starts_with(".)") && !end.starts_with(".,"), "{format:?}");
        }
    }
}

#[test]
fn dates_sort_as_iso() {
    for (name, day) in [
        ("convox-console", "2016-05-25"),
        ("sentry-2015", "2013-01-17"),
        ("sentry-2017", "2017-10-17"),
        ("confluent", "2015-12-08"),
    ] {
        let case = case(name);
        assert_eq!(case.published.policy.header.updated.as_ref().map(|updated| updated.date.as_str()), Some(day));
        let html = case.published.render(Format::Html);
        assert!(html.contains(&format!("<time datetime=\"{day}\">")), "{name}");
    }
}

#[test]
fn lost_targets_are_text_and_never_links() {
    let case = case("raygun");
    for words in ["the GDPR page", "the CCPA page"] {
        for (format, shown) in &case.shown {
            assert!(shown.text.contains(words), "{format:?}: {words}");
        }
    }
    let addresses: HashSet<&str> = case
        .shown
        .iter()
        .flat_map(|(_, shown)| &shown.addresses)
        .map(String::as_str)
        .filter(|address| !address.starts_with('#'))
        .collect();
    assert_eq!(addresses, HashSet::from(["mailto:support@raygun.com", "mailto:dpa@raygun.com"]));
}

/// The matching rules themselves.
#[test]
fn terms_match_as_the_rules_say() {
    assert!(holds("Cookies are small files", "cookies"));
    assert!(holds("your IP\naddress".split_whitespace().collect::<Vec<_>>().join(" ").as_str(), "IP address"));
    assert!(!holds("your ip address", "IP address"));
    assert!(!holds("SECURITY@SENTRY.IO", "security@sentry.io"));
    assert!(holds("within 45 days of receipt", "45 days"));
    assert_eq!(collapse(" a\n  b "), "a b");
}

/// The checks must be able to fail: a fact taken away is missed.
#[test]
fn a_lost_fact_is_noticed() {
    let case = case("sentry-2017");
    let document = &case.published.documents[0];
    let fact: &Fact = case.facts.iter().find(|fact| fact.id == "SEN17-100").expect("a fact");
    let mut without = document.clone();
    let text = serde_json::to_string(&without).expect("JSON").replace("45 days", "some days");
    without = serde_json::from_str(&text).expect("a document");
    let found =
        |document| fact.ids.iter().flat_map(|id| pieces(document, id)).any(|piece| holds(&piece.text, "45 days"));
    assert!(found(document));
    assert!(!found(&without));
}

#[test]
fn a_changed_modality_is_noticed() {
    let case = case("convox-console");
    let sentences = sentences(&case.published.policy);
    let fact = case.facts.iter().find(|fact| fact.id == "CVX16-052").expect("a fact");
    let sentence = sentences[fact.ids[0].as_str()];
    assert!(has_modality(sentence, &fact.modality));
    let levelled = Sentence { force: "does".to_owned(), ..sentence.clone() };
    assert!(!has_modality(&levelled, &fact.modality));
    let denied = Sentence { polarity: "negative".to_owned(), ..sentence.clone() };
    assert!(!has_modality(&denied, &fact.modality));
}

#[test]
fn an_address_is_stated_where_it_is_shown() {
    let mut findings = Vec::new();
    for case in cases() {
        for noun in &case.published.policy.nouns {
            let Some(link) = &noun.link else { continue };
            let id = format!("{}.link", noun.id);
            let stating = pieces(&case.published.documents[0], &id);
            // The lead-in of a list belongs to what its items state, so one piece that shows the address is enough.
            let shown =
                stating.iter().any(|piece| piece.addresses.contains(link) || piece.text.contains(link.as_str()));
            if !stating.is_empty() && !shown {
                findings.push(format!("{id} in {:?}", stating.iter().map(|piece| &piece.text).collect::<Vec<_>>()));
            }
        }
    }
    none(&findings);
}
