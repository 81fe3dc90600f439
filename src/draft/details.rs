//! What is known of a noun beyond its name: said where it is named first, in the sentence or right behind it.

use std::collections::BTreeMap;

use super::Drafter;
use super::nouns::Listing;
use crate::document::{Block, Row, Span};
use crate::policy::{Entry, Field, Head, Noun, NounId, Value, Voice};
use crate::syntax::words::{Join, Kind};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

/// The fields that say how to reach somebody.
const ADDRESSES: [&str; 4] = ["post", "email", "phone", "site"];

impl Drafter<'_> {
    /// The details of what was just named, as sentences.
    pub(super) fn detail_spans(&mut self) -> Vec<Span> {
        // A detail between two sentences of one case would take the "that" of "in that case".
        if self.hold_details {
            return Vec::new();
        }
        let mut spans = Vec::new();
        // Saying a detail may name further nouns, whose details follow.
        while !self.details_due.is_empty() {
            let due = std::mem::take(&mut self.details_due);
            for id in due {
                self.details_of(id, &mut spans);
            }
        }
        spans
    }

    fn details_of(&mut self, id: NounId, spans: &mut Vec<Span>) {
        let noun = self.policy.noun(id);
        if let Some(means) = &noun.means
            && !self.targets.contains(&format!("{}.means", noun.id))
        {
            let words = self.definition(id, means);
            let span = self.sentence_span(words, vec![format!("{}.means", noun.id)]);
            spans.push(span);
        }
        self.reach(id, spans);
        // A document says its own fields.
        if noun.kind == Kind::Document {
            return;
        }
        for (position, field) in noun.fields.iter().enumerate() {
            let fact = format!("{}.{}", noun.id, field.key);
            let in_rows = matches!(&*field.key, "seat" | "country") && self.renders_services(id);
            if self.targets.contains(&fact) || in_rows || is_said_elsewhere(noun.kind, &field.key) {
                continue;
            }
            let Some(template) = field_template(noun, field) else { continue };
            let value = self.field(id, position);
            let mut name = phrase(noun.words());
            if noun.kind == Kind::Data && !self.readers.is_empty() && self.takes_your(&Entry::noun(id)) {
                name = self.words.fill(t::YOUR, &[("noun", &name)]);
            }
            let absent = |value: &Entry| matches!(value.head, Head::Value(Value::Absent(_)));
            let words = if field.values.iter().any(absent) {
                self.words.fill(
                    t::ABSENT_FIELD,
                    &[("noun", &name), ("title", &field_title(&field.key, self.words)), ("value", &value)],
                )
            } else {
                self.words.fill(template, &[("noun", &name), ("value", &value)])
            };
            let span = self.sentence_span(words, vec![fact]);
            spans.push(span);
        }
    }

    /// "A Rack is a software deployment platform", "Cookies are small files …", "“Services” means …".
    pub(super) fn definition(&mut self, id: NounId, means: &str) -> Phrase {
        let noun = self.policy.noun(id);
        self.mentions.push(id);
        let meaning = phrase(means);
        let label = noun.words();
        let word = label
            .split(' ')
            .skip_while(|word| matches!(*word, "our" | "the" | "a" | "an"))
            .collect::<Vec<_>>()
            .join(" ");
        let defined_word = word.starts_with(char::is_uppercase) && noun.one.is_none();
        if defined_word {
            return self.words.fill(t::MEANS_WORD, &[("noun", &phrase(word)), ("meaning", &meaning)]);
        }
        let number = super::grammar::number_of(noun);
        match (&noun.one, number) {
            (Some(one), _) if matches!(noun.kind, Kind::Term | Kind::People | Kind::Party) => {
                self.words.fill(t::MEANS_ONE, &[("noun", &phrase(&**one)), ("meaning", &meaning)])
            }
            (_, crate::syntax::words::Number::Singular) => {
                self.words.fill(t::MEANS_ONE, &[("noun", &phrase(label)), ("meaning", &meaning)])
            }
            (_, crate::syntax::words::Number::Plural) => {
                self.words.fill(t::MEANS_MANY, &[("noun", &phrase(label)), ("meaning", &meaning)])
            }
        }
    }

    /// Whether a party has a row for a service of its own, which says where it is based.
    fn renders_services(&self, party: NounId) -> bool {
        self.placed.iter().any(|id| {
            let noun = self.policy.noun(*id);
            noun.kind == Kind::Engagement && noun.of.as_ref().and_then(|of| of.noun_id()) == Some(party)
        })
    }

    /// "You can reach Acme at …": all addresses of a party in one sentence.
    fn reach(&mut self, id: NounId, spans: &mut Vec<Span>) {
        let noun = self.policy.noun(id);
        if noun.kind != Kind::Party {
            return;
        }
        let mut addresses = Vec::new();
        for key in ADDRESSES {
            let due = noun.fields.iter().position(|field| &*field.key == key);
            let Some(position) = due.filter(|_| !self.targets.contains(&format!("{}.{key}", noun.id))) else {
                continue;
            };
            addresses.push(self.field(id, position));
        }
        if addresses.is_empty() {
            return;
        }
        let we = self.policy.header.voice == Voice::We && self.policy.header.we == [id];
        let who = if we { self.publisher(false) } else { phrase(noun.words()) };
        let list = self.words.join(addresses, Join::Or);
        let words = self.words.fill(t::REACH, &[("party", &who), ("list", &list)]);
        let span = self.sentence_span(words, Vec::new());
        spans.push(span);
    }

    /// What stands in brackets behind a noun that is named for the first time: its legal name, its short name,
    /// examples of it.
    pub(super) fn introduced(&mut self, id: NounId, words: Phrase) -> Phrase {
        let noun = self.policy.noun(id);
        let position = |key: &str| noun.fields.iter().position(|field| &*field.key == key);
        match noun.kind {
            Kind::Party => {
                let Some(legal) = position("legal") else { return words };
                let legal = self.field(id, legal);
                if legal.plain() == noun.words() {
                    return words;
                }
                self.words.fill(t::LEGAL_AND_NAME, &[("name", &words), ("legal", &legal)])
            }
            Kind::Law => {
                let mut asides = Vec::new();
                if let Some(short) = position("short") {
                    let short = self.field(id, short);
                    let said = words.plain();
                    if !said.contains(&format!("({})", short.plain())) && !said.ends_with(&short.plain()) {
                        asides.push(short);
                    }
                }
                if let Some(country) = position("country") {
                    asides.push(self.field(id, country));
                }
                if asides.is_empty() {
                    return words;
                }
                let asides = self.words.join(asides, Join::And);
                self.words.fill(t::WITH_CODE, &[("noun", &words), ("code", &asides)])
            }
            Kind::Data => {
                let Some(examples) = position("examples") else { return words };
                let examples = self.field(id, examples);
                let mut words = words;
                words.push_str(" ");
                words.append(self.words.fill(t::FOR_EXAMPLE, &[("list", &examples)]));
                words
            }
            _ => {
                self.said_by_label(id);
                words
            }
        }
    }

    /// People who are named as one of them: what is known of them is said behind the block. Gives back whether they
    /// were not named before.
    pub(super) fn introduce_people(&mut self, id: NounId) -> bool {
        let first = self.seen.get_mut(id.0 as usize).is_some_and(|seen| !std::mem::replace(seen, true));
        if first {
            self.said_by_label(id);
            self.details_due.push(id);
        }
        first
    }

    /// What the label of people says already is not said again: "children under 13" are younger than 13.
    fn said_by_label(&mut self, id: NounId) {
        let noun = self.policy.noun(id);
        if noun.kind != Kind::People {
            return;
        }
        let label = format!("{} {}", noun.words(), noun.one.as_deref().unwrap_or(""));
        for field in &noun.fields {
            let said = |value: &Entry| match &value.head {
                Head::Value(Value::Number(number)) => {
                    label.split(|c: char| !c.is_ascii_digit()).any(|word| word == number.to_string())
                }
                Head::Value(Value::Place(code)) => {
                    let name = super::slots::place_name(code);
                    label.contains(name.strip_prefix("the ").unwrap_or(&name))
                        || label.split(' ').any(|word| word == &**code)
                }
                _ => false,
            };
            if !field.values.is_empty() && field.arms.is_empty() && field.values.iter().all(said) {
                self.facts.push(format!("{}.{}", noun.id, field.key));
            }
        }
    }

    /// The categories of a statute that the author's data belong to, as a table near the end: category by category,
    /// because that is how the statute and its readers ask.
    pub(super) fn categories(&mut self) -> Vec<Block> {
        let mut by_category: BTreeMap<String, Vec<NounId>> = BTreeMap::new();
        for (index, noun) in self.policy.nouns.iter().enumerate() {
            let id = NounId(index as u32);
            let named = self.seen.get(index).copied().unwrap_or(false);
            for field in noun.fields.iter().filter(|field| named && &*field.key == "ccpa") {
                for value in &field.values {
                    let nouns = by_category.entry(self.value_words(value)).or_default();
                    if !nouns.contains(&id) {
                        nouns.push(id);
                    }
                }
            }
        }
        if by_category.is_empty() {
            return Vec::new();
        }
        let caption = vec![self.span(phrase(self.words.of(t::CATEGORIES)), Vec::new())];
        let columns = vec![self.words.of(t::HEAD_CATEGORY).to_owned(), self.words.of(t::HEAD_INFORMATION).to_owned()];
        let mut rows = Vec::new();
        for (category, nouns) in by_category {
            let facts: Vec<String> = nouns.iter().map(|id| format!("{}.ccpa", self.policy.noun(*id).id)).collect();
            let entries: Vec<Entry> = nouns.into_iter().map(Entry::noun).collect();
            let mut list = self.list(&entries, Listing::objects(Join::And));
            list.capitalise();
            let category = category_words(&category, self.words).unwrap_or_else(|| phrase(category));
            let cells = vec![self.span(category, facts.clone()), self.span(list, Vec::new())];
            rows.push(Row { facts, cells });
        }
        vec![Block::Table { caption, columns, rows }]
    }

    fn value_words(&mut self, value: &Entry) -> String {
        self.list(std::slice::from_ref(value), Listing::objects(Join::And)).plain()
    }
}

/// What a field is called inside a sentence; a key that no template knows is the author's own.
pub(super) fn field_title(key: &str, words: &Words) -> Phrase {
    let known = Template::find(&format!("label-{key}"));
    phrase(known.map_or_else(|| key.replace('-', " "), |found| words.of(found).to_lowercase()))
}

/// A category of the Californian statute, by its letter: "A. Identifiers". The last has no letter: "other".
pub(super) fn category_words(letter: &str, words: &Words) -> Option<Phrase> {
    let term = phrase(words.of(Template::find(&format!("ccpa-{letter}"))?));
    Some(match letter {
        "other" => term,
        _ => words.fill(t::CALIFORNIA_CATEGORY, &[("letter", &phrase(letter)), ("term", &term)]),
    })
}

/// Whether a field has another place than a sentence behind its noun: in brackets, in citations, in a table.
fn is_said_elsewhere(kind: Kind, key: &str) -> bool {
    matches!((kind, key), (Kind::Law, "short" | "unit" | "country") | (Kind::Data, "ccpa" | "examples"))
}

/// The sentence about a field: the one for its kind of noun, for several values, for a noun in the plural, or for all.
fn field_template(noun: &Noun, field: &Field) -> Option<Template> {
    let plural = super::grammar::number_of(noun) == crate::syntax::words::Number::Plural;
    let of_kind = Template::find(&format!("field-{}-{}", noun.kind.word(), field.key));
    let several =
        || (field.values.len() > 1).then(|| Template::find(&format!("field-{}-several", field.key))).flatten();
    let many = || plural.then(|| Template::find(&format!("field-{}-many", field.key))).flatten();
    of_kind.or_else(several).or_else(many).or_else(|| Template::find(&format!("field-{}", field.key)))
}
