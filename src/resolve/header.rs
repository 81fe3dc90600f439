//! The header of a policy.

use super::Resolver;
use super::kinds::{self, Site};
use super::labels::Frame;
use crate::codes::{meaning, names, nearest};
use crate::policy::{NamedLaw, Updated, Voice};
use crate::source::Span;
use crate::syntax::ast::{self, Head, Literal};
use crate::syntax::words::Kind;

const FIELDS: [&str; 7] = ["covers", "describes", "language", "updated", "laws", "voice", "contents"];

impl<'a> Resolver<'a, '_, '_> {
    /// Reads the header among the statements of a file; says whether there is one.
    pub(super) fn header(&mut self, items: &[ast::Item<'a>]) -> bool {
        let mut first: Option<Span> = None;
        for item in items {
            let ast::Item::Policy(policy) = item else { continue };
            if self.refuse_in_library(policy.span) {
                continue;
            }
            match first {
                Some(first) => self.sink.report(meaning::double_policy(policy.span, first)),
                None => {
                    first = Some(policy.span);
                    self.read_header(policy);
                }
            }
        }
        first.is_some()
    }

    fn read_header(&mut self, policy: &ast::Policy<'a>) {
        self.policy.header.span = Some(policy.span);
        self.policy.header.language = "en-US".into();
        match &policy.title {
            Some(title) => {
                self.check_label(title, Frame::Title, false);
                self.policy.header.title = title.text.as_ref().into();
            }
            None if policy.broken => {}
            None => self.sink.report(meaning::missing_title(policy.span, "policy")),
        }
        if policy.we.is_empty() && !policy.broken {
            self.sink.report(meaning::missing_publisher(policy.span));
        }
        let we = self.entries(&policy.we, kinds::PUBLISHER, Site::Header);
        self.policy.header.we = we.iter().filter_map(crate::policy::Entry::noun_id).collect();
        self.policy.header.you = self.people(&policy.you);
        let mut seen: Vec<&str> = Vec::new();
        for field in &policy.fields {
            let key = field.key.value;
            if seen.contains(&key) {
                self.sink.report(names::double_field(field.key.span, key));
                continue;
            }
            seen.push(key);
            self.header_field(field);
        }
    }

    fn header_field(&mut self, field: &ast::Field<'a>) {
        let key = field.key.value;
        let first = field.values.first();
        let word = first.and_then(|value| match value.head {
            Some(Head::Name(name)) => Some(name.value),
            _ => None,
        });
        match key {
            "covers" => {
                self.policy.header.covers = self.entries(&field.values, kinds::COVERS, Site::Header);
            }
            "describes" => {
                for value in &field.values {
                    match &value.label {
                        Some(label) => {
                            self.check_label(label, Frame::Kind(Kind::Event), false);
                            self.policy.header.describes.push(label.text.as_ref().into());
                        }
                        None => self.sink.report(meaning::header_value(value.span, key, "labels")),
                    }
                }
            }
            "language" => match first.map(|value| &value.head) {
                Some(Some(Head::Literal(literal))) if matches!(literal.value, Literal::Locale(_)) => {
                    if let Literal::Locale(locale) = literal.value {
                        if !locale.starts_with("en-") {
                            self.sink.report(meaning::unsupported_language(literal.span, locale));
                        }
                        self.policy.header.language = locale.into();
                    }
                }
                _ if word == Some("en") => self.policy.header.language = "en".into(),
                _ => match (word, first) {
                    (Some(word), Some(value)) => self.sink.report(meaning::unsupported_language(value.span, word)),
                    _ => self.sink.report(meaning::header_value(field.span, key, "a language")),
                },
            },
            "updated" => self.updated(field),
            "laws" => {
                for value in &field.values {
                    match value.head {
                        // Whether the law is known is decided where its rules are.
                        Some(Head::Name(name)) => {
                            let law = NamedLaw { name: name.value.into(), span: name.span };
                            self.policy.header.laws.push(law);
                        }
                        _ => self.sink.report(meaning::header_value(value.span, key, "names of laws")),
                    }
                }
            }
            "voice" => match word {
                Some("we") => self.policy.header.voice = Voice::We,
                Some("name") => self.policy.header.voice = Voice::Name,
                _ => self.sink.report(meaning::header_value(field.span, key, "`we` or `name`")),
            },
            "contents" => match word {
                Some("on" | "enabled") => self.policy.header.contents = true,
                Some("disabled") => self.policy.header.contents = false,
                _ => self.sink.report(meaning::header_value(field.span, key, "`on` or `disabled`")),
            },
            _ => self.sink.report(meaning::unknown_header_field(field.key.span, key, nearest(key, FIELDS))),
        }
    }

    /// `updated "Last updated" 2016-05-25`.
    fn updated(&mut self, field: &ast::Field<'a>) {
        let mut label = None;
        let mut date = None;
        for value in &field.values {
            if let Some(found) = &value.label {
                self.check_label(found, Frame::Title, false);
                label = Some(found.text.as_ref().into());
            }
            if let Some(Head::Literal(literal)) = &value.head
                && let Literal::Date(found) = literal.value
            {
                date = Some(found);
            }
        }
        match date {
            Some(date) => {
                let label = label.unwrap_or_else(|| "Last updated".into());
                self.policy.header.updated = Some(Updated { label, date });
            }
            None => self.sink.report(meaning::header_value(field.span, "updated", "a label and a date")),
        }
    }
}
