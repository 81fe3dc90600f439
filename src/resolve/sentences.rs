//! Statements: sections, scopes, steps and sentences with their verbs.

use std::borrow::Cow;

use super::Resolver;
use super::entries::join_of;
use super::kinds::{self, FieldValues, Site};
use super::labels::Frame;
use crate::codes::{self, meaning, names, nearest};
use crate::policy::{Except, Field, FieldArm, Head, Node, Noun, NounId, Scope, Section, Sentence, Steps, VerbId};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::words::{self, Force, Kind, Number, Polarity};
use crate::vocabulary::{self, Class, Placement};

/// What a sentence says is done, after words that shape alone misread were put right.
pub(super) struct Predicate<'s, 'a> {
    pub(super) manner: Option<ast::Name<'a>>,
    pub(super) verbs: Vec<ast::Name<'a>>,
    pub(super) objects: Vec<Cow<'s, ast::Entry<'a>>>,
}

impl<'a> Resolver<'a, '_, '_> {
    pub(super) fn items(&mut self, items: &[ast::Item<'a>]) -> Vec<Node> {
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            self.item(item, &mut nodes);
        }
        nodes
    }

    fn item(&mut self, item: &ast::Item<'a>, nodes: &mut Vec<Node>) {
        match item {
            // The header is read before the statements.
            ast::Item::Policy(_) | ast::Item::Use(_) => {}
            ast::Item::Noun(noun) => {
                if let Some(id) = self.noun(noun)
                    && kinds::has_own_place(self.policy.noun(id))
                {
                    // What is printed where it stands needs no sentence that names it.
                    let printed = kinds::is_printed_where_declared(self.policy.noun(id), self.in_section);
                    if printed && !self.library {
                        self.mentioned.insert(id);
                    }
                    nodes.push(Node::Noun(id));
                }
            }
            ast::Item::Internal(items, span) => {
                if self.refuse_in_library(*span) && !items.iter().all(|item| matches!(item, ast::Item::Noun(_))) {
                    return;
                }
                let outer = std::mem::replace(&mut self.internal, true);
                let inner = self.items(items);
                self.internal = outer;
                self.policy.internal.extend(inner);
            }
            ast::Item::Edition(edition) => {
                if self.refuse_in_library(edition.span) {
                    return;
                }
                nodes.extend(self.edition(edition));
            }
            ast::Item::Addition(addition) => {
                if self.refuse_in_library(addition.span) {
                    return;
                }
                nodes.extend(self.addition(addition).map(Node::Addition));
            }
            ast::Item::Setting(setting) => {
                if let Some(body) = &setting.body {
                    nodes.extend(self.items(body));
                }
            }
            ast::Item::Section(section) => {
                if self.refuse_in_library(section.span) {
                    return;
                }
                nodes.extend(self.section(section).map(Node::Section));
            }
            ast::Item::Steps(steps) => {
                if self.refuse_in_library(steps.span) {
                    return;
                }
                nodes.extend(self.steps(steps).map(Node::Steps));
            }
            ast::Item::Scope(scope) => {
                if self.refuse_in_library(scope.span) {
                    return;
                }
                let you = (!scope.you.is_empty()).then(|| self.people(&scope.you));
                let clauses = self.clauses(&scope.clauses, &[], scope.span);
                let inner = self.items(&scope.items);
                nodes.push(Node::Scope(Scope { you, clauses, nodes: inner }));
            }
            ast::Item::Block(items, span) => {
                if self.refuse_in_library(*span) {
                    return;
                }
                let inner = self.items(items);
                nodes.push(Node::Scope(Scope { you: None, clauses: Vec::new(), nodes: inner }));
            }
            ast::Item::Prose(prose) => {
                if self.refuse_in_library(prose.span) {
                    return;
                }
                let prose = self.prose(prose);
                nodes.push(Node::Prose(prose));
            }
            ast::Item::Sentence(sentence) => {
                if self.refuse_in_library(sentence.span) {
                    return;
                }
                nodes.extend(self.sentence(sentence).map(|sentence| Node::Sentence(Box::new(sentence))));
            }
        }
    }

    /// The people of `you are`.
    pub(super) fn people(&mut self, entries: &[ast::Entry<'a>]) -> Vec<NounId> {
        self.entries(entries, kinds::READER, Site::Header).iter().filter_map(crate::policy::Entry::noun_id).collect()
    }

    fn noun(&mut self, noun: &ast::Noun<'a>) -> Option<NounId> {
        let span = noun.entry.span;
        let id = *self.by_place.get(&(span.file, span.start))?;
        self.fill(id, &noun.entry);
        let kind = noun.kind.value;
        if kind == Kind::Manner {
            self.placement(id, &noun.fields);
            return Some(id);
        }
        let mut fields: Vec<Field> = Vec::new();
        let mut internal_fields: Vec<Field> = Vec::new();
        for field in &noun.fields {
            let key = field.key.value;
            let known = kinds::fields(kind).iter().find(|(known, _)| *known == key);
            // What is internal needs no wording, so that a company may name it as it likes.
            let internal = field.internal || self.internal;
            let Some((_, takes)) = known.or(internal.then_some(&("", FieldValues::Everything))) else {
                self.sink.report(names::unknown_field(field.key.span, key, kind.word(), &kinds::fields_of(kind)));
                continue;
            };
            if fields.iter().chain(&internal_fields).any(|other| &*other.key == key) {
                self.sink.report(names::double_field(field.key.span, key));
                continue;
            }
            let takes = *takes;
            let outer = std::mem::replace(&mut self.internal, internal);
            self.words.field = key;
            if field.arms.is_empty() {
                self.check_values(field.key, &field.values, field.display.is_some(), takes);
            }
            for arm in &field.arms {
                self.check_values(field.key, &arm.values, arm.display.is_some(), takes);
            }
            let values = self.field_values(&field.values, takes);
            let guards: Vec<(bool, Span)> = field.arms.iter().map(|arm| (arm.guard.is_empty(), arm.span)).collect();
            self.check_arms(&guards);
            let arms = field
                .arms
                .iter()
                .map(|arm| FieldArm {
                    guard: self.clauses(&arm.guard, &[], arm.span),
                    values: self.field_values(&arm.values, takes),
                    display: self.display(&arm.values, arm.display.as_ref()),
                })
                .collect();
            self.internal = outer;
            let display = self.display(&field.values, field.display.as_ref());
            self.words.field = "";
            let resolved =
                Field { key: key.into(), values, join: field.join, display, arms, taken: None, span: field.span };
            if field.internal { internal_fields.push(resolved) } else { fields.push(resolved) }
        }
        let that = noun.entry.that.as_ref().map(|that| {
            self.check_label(that, Frame::That, false);
            that.text.as_ref().into()
        });
        if let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) {
            noun.fields = fields;
            noun.internal_fields = internal_fields;
            noun.that = that;
        }
        self.take(id, &noun.entry);
        Some(id)
    }

    fn field_values(&mut self, values: &[ast::Entry<'a>], takes: FieldValues) -> Vec<crate::policy::Entry> {
        match takes {
            FieldValues::Values(_) | FieldValues::Everything => self.values(values),
            FieldValues::Nouns(allowed) => self.entries(values, allowed, Site::Field),
        }
    }

    /// Where a manner of the author's stands.
    fn placement(&mut self, id: NounId, fields: &[ast::Field<'a>]) {
        for field in fields {
            let word = field.values.first().and_then(|value| match value.head {
                Some(ast::Head::Name(name)) => Some(name.value),
                _ => None,
            });
            let placement = match (field.key.value, word) {
                ("place", Some("before")) => Placement::Before,
                ("place", Some("after")) => Placement::After,
                ("place", Some("purpose")) => Placement::Purpose,
                ("place", Some("end")) => Placement::End,
                _ => {
                    self.sink.report(names::unknown_field(field.key.span, field.key.value, "manner", &["place"]));
                    continue;
                }
            };
            if let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) {
                noun.placement = placement;
            }
        }
    }

    fn section(&mut self, section: &ast::Section<'a>) -> Option<Section> {
        let noun = *self.by_place.get(&(section.span.file, section.span.start))?;
        let title = match &section.title {
            Some(title) => title.text.as_ref().into(),
            None => {
                self.sink.report(meaning::missing_title(section.span, "section"));
                "".into()
            }
        };
        let outer = std::mem::replace(&mut self.in_section, true);
        let nodes = self.items(&section.items);
        self.in_section = outer;
        Some(Section { id: "".into(), noun, title, nodes })
    }

    fn steps(&mut self, steps: &ast::Steps<'a>) -> Option<Steps> {
        let noun = *self.by_place.get(&(steps.span.file, steps.span.start))?;
        if steps.label.is_none() {
            self.sink.report(meaning::missing_title(steps.span, "list of steps"));
        }
        let clauses = self.clauses(&steps.clauses, &[], steps.span);
        let nodes = self.items(&steps.items);
        Some(Steps { id: "".into(), noun, clauses, nodes })
    }

    /// Splits manner, verbs and objects with the knowledge of which words are verbs.
    pub(super) fn predicate<'s>(&mut self, sentence: &'s ast::Sentence<'a>) -> Predicate<'s, 'a> {
        let objects: Vec<Cow<'s, ast::Entry<'a>>> =
            sentence.objects.iter().flat_map(|list| &list.entries).map(Cow::Borrowed).collect();
        let mut predicate = Predicate { manner: sentence.manner, verbs: sentence.verbs.clone(), objects };
        let [only] = predicate.verbs.as_slice() else { return predicate };
        let only = *only;
        if predicate.manner.is_some() || !self.is_manner(only.value) || self.is_verb(only.value) {
            return predicate;
        }
        // `we knowingly collect "a label"`: the manner was read as the verb, and the verb as its object.
        let mut verbs = Vec::new();
        while let Some(first) = predicate.objects.first() {
            let Some(ast::Head::Name(name)) = first.head else { break };
            if !self.is_verb(name.value) {
                break;
            }
            verbs.push(name);
            if first.label.is_some() {
                let mut rest = first.clone().into_owned();
                rest.head = None;
                if let Some(label) = &rest.label {
                    rest.span = label.span;
                }
                if let Some(slot) = predicate.objects.first_mut() {
                    *slot = Cow::Owned(rest);
                }
                break;
            }
            predicate.objects.remove(0);
        }
        if !verbs.is_empty() {
            predicate.manner = Some(only);
            predicate.verbs = verbs;
        }
        predicate
    }

    fn sentence(&mut self, sentence: &ast::Sentence<'a>) -> Option<Sentence> {
        if let Some(id) = sentence.id {
            if let Some(first) = self.statement_ids.get(id.value) {
                self.sink.report(names::double_statement(id.span, id.value, *first));
            } else {
                self.statement_ids.insert(id.value, id.span);
            }
        }
        let predicate = self.predicate(sentence);
        let Some(verbs) = self.verbs_of(sentence, &predicate) else {
            self.read_on(sentence, &predicate);
            return None;
        };
        let ids: Vec<VerbId> = verbs.iter().map(|(verb, ..)| *verb).collect();
        let manner = predicate.manner.and_then(|name| self.manner(name));
        let actors = self.entries(&sentence.actors.entries, kinds::ACTOR, Site::Actor);
        self.check_agreement(sentence, &actors, &verbs);
        let object_kinds = self.object_kinds(&ids);
        self.check_doubles(predicate.objects.iter().map(AsRef::as_ref));
        if predicate.objects.is_empty()
            && let Some((_, _, name)) = verbs.iter().find(|(verb, ..)| needs_object(self.policy.verb(*verb).class))
        {
            self.sink.report(meaning::missing_object(name.span, name.value));
        }
        let objects =
            predicate.objects.iter().map(|entry| self.entry(entry, object_kinds, Site::Object)).collect::<Vec<_>>();
        let verb_span = predicate.verbs.first().map_or(sentence.span, |verb| verb.span);
        let clauses = self.clauses(&sentence.clauses, &ids, verb_span);
        let except = sentence.except.as_ref().map(|except| {
            let entries = except.list.as_ref().map_or(&[][..], |list| &list.entries);
            let entries = self.excepted(sentence, entries, &ids, object_kinds);
            let clauses = self.clauses(&except.clauses, &ids, verb_span);
            Except { entries, join: join_of(except.list.as_ref()), clauses }
        });
        let cases = sentence.only_in.as_ref().map(|cases| self.items(cases));
        let modality = sentence.modality;
        Some(Sentence {
            id: sentence.id.map_or("", |id| id.value).into(),
            named: sentence.id.is_some(),
            only_actor: sentence.only_actor,
            actors,
            actor_join: sentence.actors.join,
            force: modality.map_or(Force::Does, |modality| modality.force),
            polarity: modality.map_or(Polarity::Positive, |modality| modality.polarity),
            manner,
            verbs: ids,
            verb_join: sentence.verb_join,
            objects,
            object_join: join_of(sentence.objects.as_ref()),
            clauses,
            added: Vec::new(),
            except,
            cases,
            span: sentence.span,
        })
    }

    /// Reads a sentence whose verb is unknown, so that other faults in it are reported and what it names does
    /// not count as unmentioned. Without a verb anything may stand anywhere.
    fn read_on(&mut self, sentence: &ast::Sentence<'a>, predicate: &Predicate<'_, 'a>) {
        let names_verb =
            |entry: &ast::Entry<'a>| matches!(entry.head, Some(ast::Head::Name(_))) && entry.label.is_none();
        let verbs = self.likely_verbs(&predicate.verbs);
        for entry in &sentence.actors.entries {
            // `company stripe "Stripe";` is reported as a whole.
            if !names_verb(entry) || self.find_author(entry.head_name()).is_some() {
                self.entry(entry, kinds::ANY, Site::Actor);
            }
        }
        if verbs.is_empty() {
            // What stands behind the unknown word may be meant in any way: as verb, object or declaration.
            self.broken.extend(predicate.verbs.iter().map(|name| name.value));
            for entry in &predicate.objects {
                self.broken.extend((!entry.head_name().is_empty()).then(|| entry.head_name()));
            }
        } else {
            for entry in &predicate.objects {
                self.entry(entry, kinds::ANY, Site::Object);
            }
        }
        self.clauses(&sentence.clauses, &[], sentence.span);
        if let Some(cases) = &sentence.only_in {
            self.items(cases);
        }
    }

    fn manner(&mut self, name: ast::Name<'a>) -> Option<NounId> {
        if let Some(id) = self.find(Kind::Manner, name.value, name.span) {
            self.mentioned.insert(id);
            return Some(id);
        }
        let mut candidates: Vec<&str> = self.manners.iter().copied().collect();
        candidates.sort_unstable();
        candidates.extend(vocabulary::names(Kind::Manner).map(|name| -> &str { name }));
        candidates.extend(words::modals().iter().map(|name| -> &str { name }));
        let near = nearest(name.value, candidates);
        self.sink.report(names::unknown_manner(name.span, name.value, near));
        None
    }

    /// The verbs of a sentence with the form each is written in; none if one is unknown.
    fn verbs_of(
        &mut self,
        sentence: &ast::Sentence<'a>,
        predicate: &Predicate<'_, 'a>,
    ) -> Option<Vec<(VerbId, bool, ast::Name<'a>)>> {
        let mut verbs = Vec::with_capacity(predicate.verbs.len());
        for name in &predicate.verbs {
            match self.find_verb(name.value) {
                Some((verb, third)) => verbs.push((verb, third, *name)),
                None => {
                    self.report_unknown_verb(sentence, predicate, *name);
                    return None;
                }
            }
        }
        Some(verbs)
    }

    fn report_unknown_verb(
        &mut self,
        sentence: &ast::Sentence<'a>,
        predicate: &Predicate<'_, 'a>,
        name: ast::Name<'a>,
    ) {
        // `partie stripe "Stripe";` has the shape of a sentence. Nobody is called so, but a kind nearly is.
        if let [actor] = sentence.actors.entries.as_slice()
            && let Some(ast::Head::Name(first)) = actor.head
            && sentence.modality.is_none()
            && self.find_author(first.value).is_none()
            && !kinds::ACTOR.iter().any(|kind| vocabulary::find(kind, first.value).is_some())
        {
            let openers = Kind::ALL.into_iter().map(Kind::word).chain(words::STATEMENT_WORDS);
            if let Some(near) = nearest(first.value, openers) {
                self.sink.report(names::unknown_kind(first.span, first.value, Some(near)));
                return;
            }
            // `company stripe "Stripe";`: an unknown word, a name and its label make a noun, not a sentence.
            if let ([object], [_], None) = (predicate.objects.as_slice(), predicate.verbs.as_slice(), predicate.manner)
                && object.head.is_none()
                && object.label.is_some()
                && self.nearest_verb(name.value).is_none()
            {
                self.sink.report(names::unknown_kind(first.span, first.value, None));
                return;
            }
        }
        // A misspelt modality reads as a manner: `we wil collect name`.
        if let Some(manner) = predicate.manner
            && !self.is_manner(manner.value)
            && self.is_verb(manner.value)
        {
            // `we collect name password`: the first of three words is the verb after all.
            match predicate.objects.first() {
                Some(second) if !second.head_name().is_empty() => {
                    let before = [manner.value, name.value];
                    self.sink.report(codes::syntax::missing_comma(second.span, second.head_name(), before, None));
                }
                Some(second) if matches!(second.head, Some(ast::Head::Period(_))) => {
                    self.sink.report(codes::syntax::period_without_clause(name.span, name.value));
                }
                _ => {
                    self.sink.report(codes::syntax::missing_comma(name.span, name.value, ["", manner.value], None));
                }
            }
            return;
        }
        // `may at-any-time unsubscribe from …`: the manner is there, and what follows it is no verb.
        let name = match predicate.objects.first().and_then(|object| object.head.as_ref()) {
            Some(ast::Head::Name(second)) if self.is_manner(name.value) => *second,
            _ => name,
        };
        let verb = self.nearest_verb(name.value);
        let near = verb.as_deref().or_else(|| nearest(name.value, words::modals().iter().copied()));
        self.sink.report(names::unknown_verb(name.span, name.value, near));
    }

    /// The form of each verb must fit the actor and the modality.
    fn check_agreement(
        &mut self,
        sentence: &ast::Sentence<'a>,
        actors: &[crate::policy::Entry],
        verbs: &[(VerbId, bool, ast::Name<'a>)],
    ) {
        let modality = sentence.modality;
        let bare =
            modality.is_some_and(|modality| !(modality.force == Force::Does && modality.polarity == Polarity::Never));
        if let Some(modality) = modality.filter(|_| bare) {
            for (verb, third, name) in verbs {
                if *third {
                    let right = self.policy.verb(*verb).name.to_string();
                    let shown = "the modality in front of it";
                    let because = Some((modality.span, "asks for the base form"));
                    self.sink.report(meaning::agreement(
                        name.span,
                        name.value,
                        "is the form for one",
                        &right,
                        shown,
                        because,
                    ));
                }
            }
            let Some(number) = modality.number else { return };
            let written = match (modality.force, number) {
                (Force::Commits, Number::Singular) => "commits to",
                (Force::Commits, Number::Plural) => "commit to",
                (_, Number::Singular) => "does not",
                (_, Number::Plural) => "do not",
            };
            let written = (written, number, modality.span);
            self.check_number(sentence, actors, written, |number| match (modality.force, number) {
                (Force::Commits, Number::Singular) => "commits to".to_owned(),
                (Force::Commits, Number::Plural) => "commit to".to_owned(),
                (_, Number::Singular) => "does not".to_owned(),
                (_, Number::Plural) => "do not".to_owned(),
            });
            return;
        }
        for (verb, third, name) in verbs {
            let number = if *third { Number::Singular } else { Number::Plural };
            let verb = self.policy.verb(*verb);
            let (base, third_name) = (verb.name.to_string(), verb.third_name());
            self.check_number(sentence, actors, (name.value, number, name.span), |number| match number {
                Number::Singular => third_name.clone(),
                Number::Plural => base.clone(),
            });
        }
    }

    /// Holds a written number against the actor's, and remembers it where the actor's is not known yet.
    fn check_number(
        &mut self,
        sentence: &ast::Sentence<'a>,
        actors: &[crate::policy::Entry],
        (word, written, span): (&str, Number, Span),
        right: impl Fn(Number) -> String,
    ) {
        let mut because = None;
        let expected = match actors {
            [only] => match only.head {
                Head::We | Head::You => Some(Number::Plural),
                Head::Noun(_) if only.quantifier == Some(words::Quantifier::Each) => Some(Number::Singular),
                Head::Noun(id) => match self.policy.noun(id).number {
                    Some(number) => {
                        because =
                            Some((self.policy.noun(id).span, "another sentence shows whether this is one or several"));
                        Some(number)
                    }
                    None => {
                        let expected = number_of_kind(self.policy.noun(id));
                        if expected.is_none()
                            && let Some(noun) = self.policy.nouns.get_mut(id.0 as usize)
                        {
                            noun.number = Some(written);
                        }
                        expected
                    }
                },
                Head::Field(..) => Some(Number::Singular),
                Head::Value(_) | Head::Period(_) | Head::Everything => None,
            },
            _ if sentence.actors.join == words::Join::And => Some(Number::Plural),
            _ => None,
        };
        if let Some(expected) = expected.filter(|expected| *expected != written) {
            let right = right(expected);
            let here = match written {
                Number::Singular => "is the form for one",
                Number::Plural => "is the form for several",
            };
            let actor = match actors {
                [only] => match only.head {
                    Head::We => "`we`".to_owned(),
                    Head::You => "`you`".to_owned(),
                    Head::Noun(id) | Head::Field(id, _) => format!("`{}`", self.policy.noun(id).words()),
                    Head::Value(_) | Head::Period(_) | Head::Everything => "the actor".to_owned(),
                },
                _ => "several actors".to_owned(),
            };
            self.sink.report(meaning::agreement(span, word, here, &right, &actor, because));
        }
    }
}

/// Whether verbs of a class say nothing without an object.
fn needs_object(class: Class) -> bool {
    match class {
        Class::Collection | Class::Use | Class::Disclosure | Class::Retention | Class::Deletion => true,
        Class::Access
        | Class::Protection
        | Class::Tracking
        | Class::Right
        | Class::Choice
        | Class::Duty
        | Class::Consent
        | Class::Change
        | Class::Transfer
        | Class::Legal
        | Class::Claim
        | Class::Offer
        | Class::Conduct => false,
    }
}

/// The number that the kind of a noun decides by itself: a named company is one.
fn number_of_kind(noun: &Noun) -> Option<Number> {
    match noun.kind {
        Kind::Product | Kind::Law | Kind::Place if noun.label.as_ref().is_some_and(|label| !label.ends_with('s')) => {
            Some(Number::Singular)
        }
        // People are named in the plural, and so are standard parties that have a form for one besides.
        Kind::People => Some(Number::Plural),
        Kind::Party => {
            let standard = noun.standard.filter(|_| !noun.declared).map(vocabulary::entry);
            standard.filter(|entry| !entry.one.is_empty()).map(|_| Number::Plural)
        }
        _ => None,
    }
}
