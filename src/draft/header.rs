//! What a policy says of itself: its date, its publisher, its readers, what it covers.

use super::Drafter;
use super::nouns::Listing;
use crate::document::{Block, Inline, Span, Spans};
use crate::policy::{Head, Value, Voice};
use crate::syntax::words::{Join, Kind};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

impl Drafter<'_> {
    pub(super) fn updated(&mut self) -> Option<Spans> {
        let updated = self.policy.header.updated.as_ref()?;
        let date = self.value(&Value::Date(updated.date));
        let label = phrase(updated.label.trim_end_matches(':'));
        let words = self.dated(label, &date);
        Some(vec![self.span(words, vec!["policy.updated".to_owned()])])
    }

    /// A day behind its label: "Last updated: …", but "… was last modified on …".
    pub(super) fn dated(&self, label: Phrase, date: &Phrase) -> Phrase {
        let goes_on = label.plain().rsplit(' ').next().is_some_and(super::grammar::is_preposition);
        let template = if goes_on { t::UPDATED_ON } else { t::UPDATED };
        self.words.fill(template, &[("label", &label), ("date", date)])
    }

    pub(super) fn header_blocks(&mut self) -> Vec<Block> {
        let header = &self.policy.header;
        let mut spans: Vec<Span> = Vec::new();
        let names_readers = self.covers_readers();
        if !header.covers.is_empty() {
            let publisher = self.publisher_in_full();
            let mut facts = vec!["policy.covers".to_owned(), "policy.we".to_owned()];
            let words = if names_readers {
                facts.push("policy.you".to_owned());
                let people = self.readers_with_links();
                self.words.fill(t::HEADER_COVERS_PEOPLE, &[("publisher", &publisher), ("people", &people)])
            } else {
                let list = self.list(&header.covers.clone(), Listing::objects(Join::And));
                self.words.fill(t::HEADER_COVERS, &[("publisher", &publisher), ("list", &list)])
            };
            spans.push(self.sentence_span(words, facts));
        }
        spans.extend(self.who_we_are(!header.covers.is_empty(), t::HEADER_WE));
        if !header.you.is_empty() && !names_readers {
            let ids = header.you.clone();
            let phrases = ids.into_iter().map(|id| self.noun(id)).collect();
            let people = self.words.join(phrases, Join::And);
            let words = self.words.fill(t::HEADER_YOU, &[("people", &people)]);
            spans.push(self.sentence_span(words, vec!["policy.you".to_owned()]));
        }
        if !header.describes.is_empty() {
            let phrases = header.describes.iter().map(|text| phrase(&**text)).collect();
            let list = self.words.join(phrases, Join::And);
            let words = self.words.fill(t::HEADER_DESCRIBES, &[("list", &list)]);
            spans.push(self.sentence_span(words, vec!["policy.describes".to_owned()]));
        }
        spans.extend(self.detail_spans());
        if spans.is_empty() { Vec::new() } else { vec![Block::Paragraph { spans }] }
    }

    /// "In this policy, “we” means Acme": who publishes it, unless that was said with all names already.
    pub(super) fn who_we_are(&mut self, named: bool, opening: Template) -> Option<Span> {
        let header = &self.policy.header;
        if header.we.is_empty() {
            return None;
        }
        let words = match header.voice {
            Voice::We => {
                let publisher = if named { self.publishers() } else { self.publisher_in_full() };
                self.words.fill(opening, &[("publisher", &publisher)])
            }
            Voice::Name if named => return None,
            Voice::Name => {
                let publisher = self.publisher_in_full();
                let template = if header.we.len() > 1 { t::HEADER_PUBLISHERS } else { t::HEADER_PUBLISHER };
                self.words.fill(template, &[("publisher", &publisher)])
            }
        };
        Some(self.sentence_span(words, vec!["policy.we".to_owned()]))
    }

    /// The publishers by name.
    fn publishers(&mut self) -> Phrase {
        let ids = self.policy.header.we.clone();
        let phrases = ids.into_iter().map(|id| self.noun(id)).collect();
        self.words.join(phrases, Join::And)
    }

    /// The publishers with their legal names: the legal name alone where the name is a part of it.
    pub(super) fn publisher_in_full(&mut self) -> Phrase {
        let ids = self.policy.header.we.clone();
        let mut phrases = Vec::new();
        for id in ids {
            let noun = self.policy.noun(id);
            let position = noun.fields.iter().position(|field| &*field.key == "legal");
            let legal = position.map(|position| self.field(id, position));
            phrases.push(match legal {
                Some(legal) => {
                    // Its legal name is said here, in the way of the voice.
                    if let Some(seen) = self.seen.get_mut(id.0 as usize) {
                        *seen = true;
                    }
                    if !noun.fields.is_empty() && !self.details_due.contains(&id) {
                        self.details_due.push(id);
                    }
                    self.targets.insert(format!("{}.legal", noun.id));
                    if legal.plain().contains(&*noun.words()) && self.policy.header.voice == Voice::Name {
                        legal
                    } else {
                        let name = self.noun(id);
                        self.words.fill(t::LEGAL_AND_NAME, &[("name", &name), ("legal", &legal)])
                    }
                }
                None => self.noun(id),
            });
        }
        self.words.join(phrases, Join::And)
    }

    /// Whether the words for the readers name all that the policy covers, so that one sentence says both.
    fn covers_readers(&self) -> bool {
        let header = &self.policy.header;
        let readers: Vec<_> = header.you.iter().map(|id| self.policy.noun(*id).words()).collect();
        !readers.is_empty()
            && !header.covers.is_empty()
            && header.covers.iter().all(|entry| {
                entry.noun_id().is_some_and(|id| {
                    let noun = self.policy.noun(id);
                    noun.kind == Kind::Product
                        && entry.of.is_none()
                        && entry.quantifier.is_none()
                        && readers.iter().any(|reader| reader.contains(&*noun.words()))
                })
            })
    }

    /// The readers, with the products that their words name linked.
    fn readers_with_links(&mut self) -> Phrase {
        let ids = self.policy.header.you.clone();
        let covers = self.policy.header.covers.clone();
        let phrases = ids
            .into_iter()
            .map(|id| {
                let words = self.noun(id).plain();
                for entry in &covers {
                    let Head::Noun(product) = entry.head else { continue };
                    let noun = self.policy.noun(product);
                    let name = noun.words();
                    if noun.means.is_some() && !self.details_due.contains(&product) {
                        self.details_due.push(product);
                        if let Some(seen) = self.seen.get_mut(product.0 as usize) {
                            *seen = true;
                        }
                    }
                    let (Some(link), Some(at)) = (&noun.link, words.find(&*name)) else { continue };
                    if let Some(seen) = self.seen.get_mut(product.0 as usize) {
                        *seen = true;
                    }
                    self.mentions.push(product);
                    self.facts.push(format!("{}.link", noun.id));
                    let mut linked = phrase(words.get(..at).unwrap_or(""));
                    linked.push(Inline::Link { href: link.to_string(), content: vec![Inline::text(&*name)] });
                    linked.push_str(words.get(at + name.len()..).unwrap_or(""));
                    return linked;
                }
                phrase(words)
            })
            .collect();
        self.words.join(phrases, Join::And)
    }
}
