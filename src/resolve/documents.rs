//! What must hold of the documents that a policy declares.

use foldhash::{HashMap, HashSet};

use crate::codes::documents as codes;
use crate::diagnostic::Sink;
use crate::document::FULL_POLICY;
use crate::policy::{DocumentKind, Head, Noun, NounId, Policy, Value};
use crate::source::Span;
use crate::syntax::words::Kind;

/// Checks the documents of a policy whose nouns have their ids. What a document in `misread` is nobody knows, and
/// that was reported.
pub(super) fn check(policy: &Policy, misread: &HashSet<NounId>, sink: &mut Sink) {
    for (index, noun) in policy.nouns.iter().enumerate() {
        let id = NounId(index as u32);
        if noun.kind != Kind::Document || !noun.declared || misread.contains(&id) {
            continue;
        }
        if !policy.is_known_document(id) {
            sink.report(codes::unknown_document(noun.span, &noun.words()));
            continue;
        }
        fields(policy.document_kind(id), noun, sink);
    }
    outputs(policy, sink);
}

fn fields(kind: Option<DocumentKind>, noun: &Noun, sink: &mut Sink) {
    for field in noun.fields.iter().chain(&noun.internal_fields) {
        let Some(kind) = kind else {
            sink.report(codes::field_of_other_document(field.span, &field.key));
            continue;
        };
        let is_internal_of_record = !kind.is_public() && noun.internal_fields.iter().any(|own| own.key == field.key);
        if !kind.fields().contains(&&*field.key) && !is_internal_of_record {
            sink.report(codes::unfit_field(field.span, &field.key, kind.name(), kind.fields()));
        }
        let is_day = matches!(field.values.as_slice(), [only] if matches!(only.head, Head::Value(Value::Date(_))));
        if &*field.key == "updated" && !is_day {
            sink.report(codes::unfit_day(field.span));
        }
    }
}

/// Every document and every edition has files of its own.
fn outputs(policy: &Policy, sink: &mut Sink) {
    let editions = policy.editions.iter().map(|edition| {
        let noun = policy.noun(edition.noun);
        (noun.name.as_deref().unwrap_or_default(), noun, false)
    });
    let documents = policy
        .documents()
        .map(|(id, kind)| (policy.document_name(id), policy.noun(id), kind == DocumentKind::FullPolicy));
    let mut taken: HashMap<String, Span> = HashMap::default();
    for (name, noun, is_full) in editions.chain(documents) {
        let file = name.to_ascii_lowercase();
        if file == FULL_POLICY && !is_full {
            sink.report(codes::name_of_the_policy(noun.span, name));
        } else if let Some(first) = taken.insert(file, noun.span) {
            sink.report(codes::double_output(noun.span, &noun.words(), first));
        }
    }
}
