//! The first walk: every label declares a noun.

use std::borrow::Cow;

use super::Resolver;
use super::kinds::{self, FieldValues};
use super::labels::Frame;
use crate::codes::{meaning, names, nearest};
use crate::policy::{Noun, NounId, VerbId};
use crate::source::Span;
use crate::syntax::ast;
use crate::syntax::words::{Kind, Polarity, Slot};
use crate::vendors::{self, Part};
use crate::vocabulary::{self, Class, Kinds, Placement, SlotFrame, Verb};

impl<'a, 's> Resolver<'a, 's, '_> {
    /// Declares the author's verbs and manners, which everything else depends on.
    pub(super) fn declare_verbs(&mut self, items: &[ast::Item<'a>]) {
        for item in items {
            match item {
                ast::Item::Noun(noun) => self.declare_word(noun),
                ast::Item::Section(section) => self.declare_verbs(&section.items),
                ast::Item::Steps(steps) => self.declare_verbs(&steps.items),
                ast::Item::Scope(scope) => self.declare_verbs(&scope.items),
                ast::Item::Block(items, _) => self.declare_verbs(items),
                ast::Item::Setting(setting) => self.declare_verbs(setting.body.as_deref().unwrap_or_default()),
                ast::Item::Internal(items, _) => self.declare_verbs(items),
                ast::Item::Edition(edition) => self.declare_verbs(&edition.items),
                ast::Item::Policy(_)
                | ast::Item::Use(_)
                | ast::Item::Sentence(_)
                | ast::Item::Prose(_)
                | ast::Item::Addition(_) => {}
            }
        }
    }

    fn declare_word(&mut self, noun: &ast::Noun<'a>) {
        let Some(ast::Head::Name(name)) = noun.entry.head else { return };
        match noun.kind.value {
            Kind::Manner => {
                self.manners.insert(name.value);
            }
            Kind::Verb => self.declare_verb(noun, name),
            _ => {}
        }
    }

    fn declare_verb(&mut self, noun: &ast::Noun<'a>, name: ast::Name<'a>) {
        if let Some(first) = self.verb_places.get(name.value).copied() {
            self.sink.report(names::double_declaration(name.span, name.value, "verb", first));
            return;
        }
        self.verb_places.insert(name.value, name.span);
        let class_name = noun.entry.is.first();
        let class = class_name.and_then(|class| Class::from_name(class.value));
        let class = class
            .or_else(|| class_name.and_then(|other| vocabulary::find_verb(other.value)).map(|(verb, _)| verb.class));
        if let (None, Some(unknown)) = (class, class_name) {
            let candidates = Class::ALL.into_iter().map(Class::name);
            let near = nearest(unknown.value, candidates);
            let instead =
                "name a class, such as `collection`, `use`, `disclosure` or `conduct`, or a verb of the same class";
            self.sink.report(names::unknown_word(unknown.span, unknown.value, "class of verbs", near, instead));
        }
        let class = class.unwrap_or(Class::Conduct);
        // A verb of one's own takes what its class takes; the class is known by any standard verb of it.
        let model = vocabulary::VERBS.iter().find(|verb| verb.class == class);
        let mut objects = model.and_then(|verb| verb.objects);
        let mut frame: Vec<SlotFrame> = model.map(|verb| verb.frame.to_vec()).unwrap_or_default();
        let base =
            noun.entry.label.as_ref().map_or_else(|| name.value.replace('-', " "), |label| label.text.to_string());
        let mut verb = Verb {
            name: Cow::Owned(name.value.to_owned()),
            third: Cow::Owned(format!("{base}s")),
            plural: Cow::Borrowed(""),
            past: Cow::Owned(format!("{base}ed")),
            gerund: Cow::Owned(format!("{base}ing")),
            base: Cow::Owned(base),
            class,
            dative: false,
            negative: false,
            parted: false,
            adverse: false,
            objects: None,
            frame: Cow::Borrowed(&[]),
        };
        for field in &noun.fields {
            let text = field.values.first().and_then(|value| value.label.as_ref()).map(|label| label.text.to_string());
            match (field.key.value, text) {
                ("third", Some(text)) => verb.third = Cow::Owned(text),
                ("plural", Some(text)) => verb.plural = Cow::Owned(text),
                ("past", Some(text)) => verb.past = Cow::Owned(text),
                ("gerund", Some(text)) => verb.gerund = Cow::Owned(text),
                ("dative", None) => verb.dative = true,
                ("negative", None) => verb.negative = true,
                ("parted", None) => verb.parted = true,
                ("adverse", None) => verb.adverse = true,
                ("objects", None) => objects = self.frame_kinds(field).or(objects),
                (key, None) if Slot::from_word(key).is_some() => {
                    if let (Some(slot), Some(kinds)) = (Slot::from_word(key), self.frame_kinds(field)) {
                        let word = field
                            .display
                            .as_ref()
                            .map_or(Cow::Borrowed(""), |label| Cow::Owned(label.text.to_string()));
                        frame.retain(|frame| frame.slot != slot);
                        frame.push(SlotFrame { slot, kinds, word });
                    }
                }
                (key, _) => {
                    const FIELDS: [&str; 9] =
                        ["third", "plural", "past", "gerund", "dative", "negative", "parted", "adverse", "objects"];
                    self.sink.report(names::unknown_field(field.key.span, key, "verb", &FIELDS));
                }
            }
        }
        verb.objects = objects;
        verb.frame = Cow::Owned(frame);
        let id = VerbId(self.policy.verbs.len() as u32);
        self.policy.verbs.push(verb);
        self.verbs.insert(name.value.to_owned(), id);
    }

    fn frame_kinds(&mut self, field: &ast::Field<'a>) -> Option<Kinds> {
        let mut found = Vec::new();
        for value in &field.values {
            if let Some(ast::Head::Name(name)) = value.head {
                match Kind::from_word(name.value) {
                    Some(kind) => found.push(kind),
                    None => {
                        let known = nearest(name.value, Kind::ALL.into_iter().map(Kind::word));
                        let instead = "name a kind, such as `data`, `party` or `purpose`";
                        self.sink.report(names::unknown_word(name.span, name.value, "kind of noun", known, instead));
                    }
                }
            }
        }
        (!found.is_empty()).then(|| Kinds::of(&found))
    }

    pub(super) fn declare_items(&mut self, items: &'s [ast::Item<'a>]) {
        for item in items {
            match item {
                ast::Item::Policy(policy) => {
                    self.declare_entries(&policy.we, kinds::PUBLISHER);
                    self.declare_entries(&policy.you, kinds::READER);
                    for field in policy.fields.iter().filter(|field| field.key.value == "covers") {
                        self.declare_entries(&field.values, kinds::COVERS);
                    }
                }
                ast::Item::Noun(noun) => self.declare_noun(noun),
                ast::Item::Section(section) => {
                    self.declare_heading(Kind::Section, section.name, section.title.as_ref(), section.span);
                    self.declare_items(&section.items);
                }
                ast::Item::Steps(steps) => {
                    self.declare_heading(Kind::Steps, steps.name, steps.label.as_ref(), steps.span);
                    self.declare_clauses(&steps.clauses, &[]);
                    self.declare_items(&steps.items);
                }
                ast::Item::Scope(scope) => {
                    self.declare_entries(&scope.you, kinds::READER);
                    self.declare_clauses(&scope.clauses, &[]);
                    self.declare_items(&scope.items);
                }
                ast::Item::Sentence(sentence) => self.declare_sentence(sentence),
                ast::Item::Setting(setting) => self.declare_items(setting.body.as_deref().unwrap_or_default()),
                ast::Item::Block(items, _) => self.declare_items(items),
                ast::Item::Internal(items, _) => {
                    let outer = std::mem::replace(&mut self.internal, true);
                    self.declare_items(items);
                    self.internal = outer;
                }
                ast::Item::Edition(edition) => {
                    let known = edition.name.and_then(|name| self.by_name.get(Kind::Edition, name.value));
                    // An edition may go on elsewhere: `edition winter { … }`.
                    let goes_on = edition.label.is_none() && edition.since.is_none() && edition.until.is_none();
                    match known.filter(|_| goes_on) {
                        Some(known) => {
                            self.by_place.insert((edition.span.file, edition.span.start), known);
                        }
                        None => self.declare_heading(Kind::Edition, edition.name, edition.label.as_ref(), edition.span),
                    }
                    self.declare_items(&edition.items);
                }
                ast::Item::Addition(addition) => {
                    // What may stand in the clauses depends on the sentence, which may come later.
                    self.additions.push((addition, self.internal));
                }
                ast::Item::Use(_) | ast::Item::Prose(_) => {}
            }
        }
    }

    fn declare_sentence(&mut self, sentence: &'s ast::Sentence<'a>) {
        let predicate = self.predicate(sentence);
        let verbs = self.likely_verbs(&predicate.verbs);
        let denied = sentence.modality.is_some_and(|modality| modality.polarity != Polarity::Positive);
        let outer = std::mem::replace(&mut self.words.denied, denied);
        self.words.guaranteed = predicate.verbs.iter().any(|verb| verb.value == "guarantee");
        if let Some(id) = sentence.id {
            self.named_verbs.entry(id.value).or_insert_with(|| verbs.clone());
        }
        self.declare_entries(&sentence.actors.entries, kinds::ACTOR);
        let objects = self.object_kinds(&verbs);
        for entry in &predicate.objects {
            self.declare_entry(entry, objects);
        }
        self.declare_clauses(&sentence.clauses, &verbs);
        if let Some(except) = &sentence.except {
            if let Some(list) = &except.list {
                self.declare_entries(&list.entries, objects);
            }
            self.declare_clauses(&except.clauses, &verbs);
        }
        self.words.denied = outer;
        self.words.guaranteed = false;
        if let Some(cases) = &sentence.only_in {
            self.declare_items(cases);
        }
    }

    /// The verbs of a sentence; for an unknown one the verb that was probably meant, so that what the sentence
    /// declares gets the kind that its author meant.
    pub(super) fn likely_verbs(&mut self, names: &[ast::Name<'a>]) -> Vec<VerbId> {
        let mut verbs = Vec::with_capacity(names.len());
        for name in names {
            let known = self.find_verb(name.value).or_else(|| {
                let near = self.nearest_verb(name.value)?;
                self.find_verb(&near)
            });
            verbs.extend(known.map(|(verb, _)| verb));
        }
        verbs
    }

    /// What the objects of a sentence with these verbs may be.
    pub(super) fn object_kinds(&self, verbs: &[VerbId]) -> Kinds {
        verbs
            .iter()
            .filter_map(|verb| self.policy.verb(*verb).objects)
            .reduce(Kinds::union)
            .unwrap_or(Kinds::of(&[Kind::Term]))
    }

    /// What a clause of a sentence with these verbs takes; none if no verb takes the clause.
    pub(super) fn clause_kinds(&self, verbs: &[VerbId], slot: Slot) -> Option<Kinds> {
        if kinds::universal(slot) || verbs.is_empty() {
            return Some(kinds::of_slot(slot));
        }
        let kinds = verbs
            .iter()
            .filter_map(|verb| self.policy.verb(*verb).slot(slot))
            .map(|frame| frame.kinds)
            .reduce(Kinds::union);
        match (kinds, kinds::with_every_verb(slot)) {
            (Some(kinds), Some(more)) => Some(kinds.union(more)),
            (kinds, _) => kinds,
        }
    }

    /// Declares what the additions declare, when every sentence is known.
    pub(super) fn declare_additions(&mut self) {
        for (addition, internal) in std::mem::take(&mut self.additions) {
            let outer = std::mem::replace(&mut self.internal, internal);
            let verbs = self.named_verbs.get(addition.of.value).cloned().unwrap_or_default();
            self.declare_clauses(&addition.clauses, &verbs);
            self.internal = outer;
        }
    }

    fn declare_clauses(&mut self, clauses: &[ast::Clause<'a>], verbs: &[VerbId]) {
        for clause in clauses {
            let allowed = self.clause_kinds(verbs, clause.slot.value).unwrap_or(kinds::of_slot(clause.slot.value));
            self.declare_value(&clause.value, allowed);
        }
    }

    fn declare_value(&mut self, value: &ast::ClauseValue<'a>, allowed: Kinds) {
        match value {
            ast::ClauseValue::List(list) => self.declare_entries(&list.entries, allowed),
            ast::ClauseValue::Topic(topic, list) => {
                self.check_label(topic, Frame::Kind(Kind::Term), false);
                self.declare_entries(&list.entries, allowed);
            }
            ast::ClauseValue::Condition(condition) => self.declare_condition(condition),
            ast::ClauseValue::Flag => {}
            ast::ClauseValue::Guarded(arms) => {
                for arm in arms {
                    self.declare_clauses(&arm.guard, &[]);
                    self.declare_value(&arm.value, allowed);
                }
            }
        }
    }

    fn declare_period(&mut self, period: &ast::Period<'a>) {
        for step in &period.steps {
            match &step.start {
                Some(ast::PeriodStart::Of(entry)) => self.declare_entry(entry, kinds::OF_PERIOD),
                Some(ast::PeriodStart::After(condition) | ast::PeriodStart::Before(condition)) => {
                    self.declare_condition(condition);
                }
                None => {}
            }
            step.until.iter().chain(&step.lasting).for_each(|condition| self.declare_condition(condition));
            if let Some(criterion) = &step.criterion {
                self.check_label(criterion, Frame::Kind(Kind::Term), false);
            }
            if let Some(stores) = &step.store {
                self.declare_entries(&stores.entries, kinds::of_slot(Slot::At));
            }
        }
    }

    fn declare_condition(&mut self, condition: &ast::Condition<'a>) {
        match condition {
            ast::Condition::Test(test) => self.declare_entry(&test.entry, kinds::CONDITION),
            ast::Condition::Joined(_, operands) => operands.iter().for_each(|operand| self.declare_condition(operand)),
        }
    }

    pub(super) fn declare_entries(&mut self, entries: &[ast::Entry<'a>], allowed: Kinds) {
        for entry in entries {
            self.declare_entry(entry, allowed);
        }
    }

    /// Declares what an entry and the entries inside it declare.
    pub(super) fn declare_entry(&mut self, entry: &ast::Entry<'a>, allowed: Kinds) {
        let mut kind = allowed.first;
        let declares = entry.label.is_some()
            || !entry.is.is_empty()
            || entry.means.is_some()
            || entry.vendor.is_some()
            || entry.one.is_some()
            || entry.many.is_some()
            || entry.noun.is_some();
        match entry.head {
            Some(ast::Head::Name(name)) if declares && !name.value.contains('.') => {
                kind = self.kind_to_declare(name.value, allowed, entry);
                self.declare(kind, Some(name), entry);
            }
            None if entry.label.is_some() || entry.noun.is_some() => {
                kind = self.kind_to_declare("", allowed, entry);
                self.declare(kind, None, entry);
            }
            Some(ast::Head::Name(name)) => {
                if let Some((found, _)) = self.by_name.among(name.value, allowed) {
                    kind = found;
                }
            }
            Some(ast::Head::Period(ref period)) => self.declare_period(period),
            Some(ast::Head::We(_) | ast::Head::You(_) | ast::Head::Literal(_)) | None => {}
        }
        if let Some(of) = &entry.of {
            self.declare_entry(of, kinds::OF);
        }
        if let Some(group) = &entry.group {
            self.remember_members(kind, entry, group);
            let members = Kinds { first: kind, mask: allowed.mask | (1 << kind as u32) };
            self.declare_entries(&group.list.entries, members);
        }
        if let Some(from) = &entry.from {
            self.declare_entries(&from.entries, kinds::SOURCE);
        }
        if let Some(except) = &entry.except {
            self.declare_entries(&except.entries, Kinds { first: kind, ..kinds::ANY });
        }
        self.declare_clauses(&entry.tail, &[]);
    }

    /// Remembers the names of a noun's members for references such as `account.email`.
    fn remember_members(&mut self, kind: Kind, owner: &ast::Entry<'a>, group: &ast::Group<'a>) {
        let declared = self.by_place.get(&(owner.span.file, owner.span.start)).copied();
        let id = declared.or_else(|| self.by_name.get(kind, owner.head_name()));
        if let Some(id) = id {
            let names = group.list.entries.iter().map(ast::Entry::head_name).filter(|name| !name.is_empty());
            self.members.entry(id).or_default().extend(names);
        }
    }

    /// The kind a new label gets: the one its name has in the vocabulary, or what it `is`, if that kind may stand
    /// here. A vendor is
    /// a party, wherever a party may stand, unless the place makes it another noun that takes from vendors.
    fn kind_to_declare(&self, name: &str, allowed: Kinds, entry: &ast::Entry<'a>) -> Kind {
        let standard = |name: &str| vocabulary::find_among(name, allowed).map(|index| vocabulary::entry(index).kind);
        let of_parent = || {
            let parent = entry.is.first()?.value;
            self.by_name.among(parent, allowed).map(|(kind, _)| kind).or_else(|| standard(parent))
        };
        let kind = standard(name).or_else(of_parent).unwrap_or(allowed.first);
        let party = entry.vendor.is_some() && allowed.contains(Kind::Party) && vendors::taken_by(kind).next().is_none();
        if party { Kind::Party } else { kind }
    }

    fn declare_noun(&mut self, noun: &ast::Noun<'a>) {
        let kind = noun.kind.value;
        if kind == Kind::Verb {
            return;
        }
        if matches!(kind, Kind::Class | Kind::Vendor) {
            self.sink.report(names::kind_of_the_vocabulary(noun.kind.span, kind.word()));
            return;
        }
        let name = match noun.entry.head {
            Some(ast::Head::Name(name)) => Some(name),
            _ => None,
        };
        self.declare(kind, name, &noun.entry);
        if let Some(of) = &noun.entry.of {
            self.declare_entry(of, kinds::OF);
        }
        if let Some(group) = &noun.entry.group {
            self.remember_members(kind, &noun.entry, group);
            self.declare_entries(
                &group.list.entries,
                Kinds { first: kind, mask: kinds::ANY.mask | (1 << kind as u32) },
            );
        }
        if let Some(from) = &noun.entry.from {
            self.declare_entries(&from.entries, kinds::SOURCE);
        }
        for field in &noun.fields {
            let outer = self.internal;
            self.internal |= field.internal;
            let known = kinds::fields(kind).iter().find(|(key, _)| *key == field.key.value).map(|(_, takes)| *takes);
            for arm in &field.arms {
                self.declare_clauses(&arm.guard, &[]);
            }
            let values = || field.values.iter().chain(field.arms.iter().flat_map(|arm| &arm.values));
            match known {
                Some(FieldValues::Nouns(allowed)) => {
                    for value in values() {
                        self.declare_entry(value, allowed);
                    }
                }
                Some(FieldValues::Values(_) | FieldValues::Everything) | None => {
                    for value in values() {
                        if let Some(ast::Head::Period(period)) = &value.head {
                            self.declare_period(period);
                        }
                        self.declare_clauses(&value.tail, &[]);
                    }
                }
            }
            self.internal = outer;
        }
    }

    fn declare_heading(&mut self, kind: Kind, name: Option<ast::Name<'a>>, label: Option<&ast::Label<'a>>, span: Span) {
        if let Some(label) = label {
            let frame =
                if matches!(kind, Kind::Section | Kind::Edition) { Frame::Title } else { Frame::Kind(Kind::Purpose) };
            self.check_label(label, frame, false);
        }
        let text = label.map(|label| label.text.as_ref().into());
        let id = self.push(kind, name, text, span);
        self.by_place.insert((span.file, span.start), id);
    }

    /// Adds a noun and remembers its name and its place.
    fn declare(&mut self, kind: Kind, name: Option<ast::Name<'a>>, entry: &ast::Entry<'a>) {
        let whose = name
            .and_then(|name| vocabulary::find(kind, name.value))
            .is_some_and(|index| vocabulary::entry(index).yours)
            || entry.is.iter().filter_map(|parent| vocabulary::find(kind, parent.value)).any(|index| {
                let mut stack = vec![index];
                while let Some(next) = stack.pop() {
                    if vocabulary::entry(next).yours {
                        return true;
                    }
                    stack.extend(vocabulary::entry(next).parents);
                }
                false
            });
        let labelled = [
            (&entry.label, Frame::Kind(kind)),
            (&entry.one, Frame::Kind(kind)),
            (&entry.many, Frame::Kind(kind)),
            (&entry.noun, Frame::Kind(Kind::Term)),
            (&entry.means, Frame::Means),
        ];
        for (label, frame) in labelled {
            if let Some(label) = label {
                self.check_label(label, frame, whose);
            }
        }
        let vendor = entry.vendor.and_then(|vendor| vendors::find(vendor.value));
        let taken = vendor.filter(|_| vendors::taken_by(kind).any(|(_, part)| part == Part::Label));
        let text = entry.label.as_ref().map(|label| label.text.as_ref().into());
        let text = text.or_else(|| taken.map(|vendor| vendor.label.into()));
        let span = entry.span;
        if let Some(name) = name
            && let Some(first) = self.by_name.get(kind, name.value)
        {
            self.by_place.insert((span.file, span.start), first);
            let first_span = self.policy.noun(first).span;
            self.sink.report(names::double_declaration(name.span, name.value, kind.word(), first_span));
            return;
        }
        let id = self.push(kind, name, text, name.map_or(span, |name| name.span));
        if let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) {
            // Known before anything is resolved, so that a tracker finds the party that is the same vendor.
            noun.vendor = vendor;
        }
        self.by_place.insert((span.file, span.start), id);
    }

    fn push(&mut self, kind: Kind, name: Option<ast::Name<'a>>, label: Option<Box<str>>, span: Span) -> NounId {
        let id = NounId(self.policy.nouns.len() as u32);
        let standard = name.and_then(|name| vocabulary::find(kind, name.value));
        let text = |text: &'static str| (!text.is_empty()).then(|| text.into());
        let model = standard.map(vocabulary::entry);
        let label_of_author = label.is_some();
        self.policy.nouns.push(Noun {
            name: name.map(|name| name.value.into()),
            label: label.or_else(|| model.map(|model| model.label.into())),
            // The standard forms belong to the standard words; they are not mixed with the author's.
            one: model.filter(|_| !label_of_author).and_then(|model| text(model.one)),
            many: model.filter(|_| !label_of_author).and_then(|model| text(model.many)),
            noun: model.filter(|_| !label_of_author).and_then(|model| text(model.noun)),
            standard,
            declared: true,
            internal: self.internal,
            placement: model.map_or(Placement::Before, |model| model.placement),
            ..Noun::new(kind, span)
        });
        if self.library {
            self.library_nouns.insert(id);
        }
        if let Some(name) = name {
            match self.by_name.get(kind, name.value) {
                Some(first) => {
                    let first_span = self.policy.noun(first).span;
                    self.sink.report(names::double_declaration(name.span, name.value, kind.word(), first_span));
                }
                None => {
                    self.by_name.insert(kind, name.value, id);
                }
            }
        }
        id
    }

    /// The noun of a standard entry that is mentioned without words of the author's.
    pub(super) fn standard_noun(&mut self, index: u16, span: Span) -> NounId {
        if let Some(id) = self.standard.get(&index) {
            return *id;
        }
        let model = vocabulary::entry(index);
        let text = |text: &'static str| (!text.is_empty()).then(|| text.into());
        let id = NounId(self.policy.nouns.len() as u32);
        self.policy.nouns.push(Noun {
            name: Some(model.name.into()),
            label: Some(model.label.into()),
            one: text(model.one),
            many: text(model.many),
            noun: text(model.noun),
            standard: Some(index),
            internal: self.internal,
            placement: model.placement,
            ..Noun::new(model.kind, span)
        });
        self.standard.insert(index, id);
        id
    }

    /// Checks an address and gives it back if a page may link to it.
    pub(super) fn address(&mut self, link: crate::source::Spanned<&'a str>) -> Option<Box<str>> {
        if crate::syntax::address::is_safe_address(link.value) {
            self.keep_address(link.value, link.span);
            return Some(link.value.into());
        }
        self.sink.report(meaning::unsafe_link(link.span, link.value));
        None
    }
}
