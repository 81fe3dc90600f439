//! The ids of nouns and statements.
//!
//! A noun's id is its kind and its name; a nameless noun's is made of the first words of its label. A
//! statement's id is the author's name for it, or is made of its slots, taking one slot after another until no
//! other statement has it.

use foldhash::{HashMap, HashSet};

use crate::policy::{Clause, ClauseValue, Condition, Entry, Head, Node, Noun, Policy, Sentence, Value};
use crate::syntax::words::{Force, Kind, Polarity};

/// How many words of a label go into an id.
const WORDS: usize = 4;

/// Gives every noun and every statement its id.
pub(super) fn name_statements(policy: &mut Policy) {
    let mut taken = Taken::default();
    let mut ids: Vec<Box<str>> = Vec::with_capacity(policy.nouns.len());
    for noun in &policy.nouns {
        let name = match &noun.name {
            Some(name) => name.to_string(),
            None => slug(noun.label.as_deref().or(noun.noun.as_deref()).unwrap_or("")),
        };
        ids.push(unique(format!("{}-{name}", noun.kind.word()), &mut taken));
    }
    for (noun, id) in policy.nouns.iter_mut().zip(ids) {
        noun.id = id;
    }
    let mut nodes = std::mem::take(&mut policy.nodes);
    collect_names(&nodes, &mut taken);
    name_nodes(&mut nodes, policy, &mut taken);
    policy.nodes = nodes;
    let mut internal = std::mem::take(&mut policy.internal);
    collect_names(&internal, &mut taken);
    name_nodes(&mut internal, policy, &mut taken);
    policy.internal = internal;
}

/// The author's names are taken before any id is derived.
fn collect_names(nodes: &[Node], taken: &mut Taken) {
    for node in nodes {
        match node {
            Node::Section(section) => collect_names(&section.nodes, taken),
            Node::Scope(scope) => collect_names(&scope.nodes, taken),
            Node::Steps(steps) => collect_names(&steps.nodes, taken),
            Node::Sentence(sentence) => {
                if !sentence.id.is_empty() {
                    taken.insert(sentence.id.clone());
                }
                collect_names(sentence.cases.as_deref().unwrap_or_default(), taken);
            }
            Node::Prose(prose) => {
                if !prose.id.is_empty() {
                    taken.insert(prose.id.clone());
                }
            }
            Node::Edition(_, nodes) => collect_names(nodes, taken),
            Node::Noun(_) | Node::Addition(_) => {}
        }
    }
}

fn name_nodes(nodes: &mut [Node], policy: &Policy, taken: &mut Taken) {
    for node in nodes {
        match node {
            Node::Section(section) => {
                section.id = policy.noun(section.noun).id.clone();
                name_nodes(&mut section.nodes, policy, taken);
            }
            Node::Scope(scope) => name_nodes(&mut scope.nodes, policy, taken),
            Node::Steps(steps) => {
                steps.id = policy.noun(steps.noun).id.clone();
                name_nodes(&mut steps.nodes, policy, taken);
            }
            Node::Sentence(sentence) => {
                if sentence.id.is_empty() {
                    sentence.id = derive(sentence, policy, taken);
                }
                if let Some(cases) = &mut sentence.cases {
                    name_nodes(cases, policy, taken);
                }
            }
            Node::Prose(prose) => {
                if prose.id.is_empty() {
                    prose.id = unique("prose".to_owned(), taken);
                }
            }
            Node::Edition(_, nodes) => name_nodes(nodes, policy, taken),
            Node::Addition(addition) => {
                let slots: Vec<&str> = addition.clauses.iter().map(|clause| clause.slot.word()).collect();
                addition.id = unique(format!("{}-{}", addition.of, slots.join("-")), taken);
            }
            Node::Noun(_) => {}
        }
    }
}

/// The ids that are taken, and where counting goes on for each base.
#[derive(Default)]
struct Taken {
    ids: HashSet<Box<str>>,
    counters: HashMap<Box<str>, usize>,
}

impl Taken {
    fn contains(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    fn insert(&mut self, id: Box<str>) {
        self.ids.insert(id);
    }
}

fn unique(base: String, taken: &mut Taken) -> Box<str> {
    let mut candidate = base.clone();
    let mut counter = taken.counters.get(base.as_str()).copied().unwrap_or(2);
    while taken.contains(candidate.as_str()) {
        candidate = format!("{base}-{counter}");
        counter += 1;
    }
    taken.counters.insert(base.into(), counter);
    taken.insert(candidate.clone().into());
    candidate.into()
}

/// An id made of the slots: actor, force, verb and first object, then one slot after another until it is free.
fn derive(sentence: &Sentence, policy: &Policy, taken: &mut Taken) -> Box<str> {
    let mut id = sentence.actors.first().map_or_else(String::new, |actor| entry_name(actor, policy));
    match sentence.polarity {
        Polarity::Positive => {}
        Polarity::Negative => id.push_str("-not"),
        Polarity::Never => id.push_str("-never"),
    }
    if let Some(verb) = sentence.verbs.first() {
        id.push('-');
        id.push_str(&policy.verb(*verb).name);
    }
    if let Some(object) = sentence.objects.first() {
        id.push('-');
        id.push_str(&entry_name(object, policy));
    }
    if !taken.contains(id.as_str()) {
        taken.insert(id.clone().into());
        return id.into();
    }
    for detail in details(sentence, policy) {
        id.push('-');
        id.push_str(&detail);
        if !taken.contains(id.as_str()) {
            taken.insert(id.clone().into());
            return id.into();
        }
    }
    unique(id, taken)
}

/// What tells a sentence from others of the same actor, verb and object, the most telling first.
fn details(sentence: &Sentence, policy: &Policy) -> Vec<String> {
    let mut details = Vec::new();
    for clause in &sentence.clauses {
        details.push(format!("{}-{}", clause.slot.word(), clause_name(clause, policy)));
    }
    let force = match sentence.force {
        Force::Does => None,
        Force::May => Some("may"),
        Force::Might => Some("might"),
        Force::Must => Some("must"),
        Force::Will => Some("will"),
        Force::Should => Some("should"),
        Force::Can => Some("can"),
        Force::Commits => Some("commits"),
    };
    details.extend(force.map(str::to_owned));
    details.extend(sentence.verbs.iter().skip(1).map(|verb| policy.verb(*verb).name.to_string()));
    details.extend(sentence.objects.iter().skip(1).map(|object| entry_name(object, policy)));
    details.extend(sentence.manner.map(|manner| noun_name(policy.noun(manner))));
    details
}

fn clause_name(clause: &Clause, policy: &Policy) -> String {
    fn of_condition(condition: &Condition, policy: &Policy) -> String {
        match condition {
            Condition::Test(test) => entry_name(&test.entry, policy),
            Condition::Joined(_, operands) => {
                operands.first().map_or_else(String::new, |first| of_condition(first, policy))
            }
        }
    }
    match &clause.value {
        ClauseValue::List(entries, _) | ClauseValue::Topic(_, entries) => {
            entries.first().map_or_else(String::new, |entry| entry_name(entry, policy))
        }
        ClauseValue::Condition(condition) => of_condition(condition, policy),
        ClauseValue::Flag => String::new(),
        ClauseValue::Guarded(arms) => arms.first().map_or_else(String::new, |arm| {
            clause_name(&Clause { value: arm.value.clone(), ..clause.clone() }, policy)
        }),
    }
}

fn noun_name(noun: &Noun) -> String {
    match &noun.name {
        Some(name) => name.replace('_', "-"),
        None => slug(&noun.words()),
    }
}

fn entry_name(entry: &Entry, policy: &Policy) -> String {
    match &entry.head {
        Head::We => "we".to_owned(),
        Head::You => "you".to_owned(),
        Head::Noun(id) | Head::Field(id, _) => noun_name(policy.noun(*id)),
        Head::Period(period) => match period.amount() {
            Some((count, unit)) => format!("{count}-{unit:?}").to_lowercase(),
            None => "period".to_owned(),
        },
        Head::Value(Value::Absent(absence)) => absence.word().to_owned(),
        Head::Value(Value::Citation(citation)) => slug(&citation.words),
        Head::Value(Value::Date(date)) => date.to_string(),
        Head::Value(Value::Number(number)) => number.to_string(),
        Head::Value(
            Value::Place(text)
            | Value::Locale(text)
            | Value::Email(text)
            | Value::Code(text)
            | Value::Link(text)
            | Value::Text(text),
        ) => slug(text),
        Head::Everything => entry.quantifier.map_or("other", |quantifier| quantifier.word()).to_owned(),
    }
}

/// The first words of a text as a name.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(WORDS) {
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    if slug.is_empty() { Kind::Term.word().to_owned() } else { slug }
}
