//! Entries, groups and conditions: names to nouns, literals to values.

use foldhash::HashMap;

use super::Resolver;
use super::kinds::{self, Site, in_words};
use super::labels::Frame;
use crate::codes::{meaning, names, nearest, time};
use crate::policy::{
    Arm, Clause, ClauseValue, Condition, Entry, Group, Head, NounId, Period, PeriodStart, PeriodStep, Place, Test,
    Value,
};
use crate::source::Span;
use crate::syntax::ast::{self, Literal};
use crate::syntax::calendar::{least_seconds, most_seconds};
use crate::syntax::words::{Absence, Bound, Join, Kind, Slot};
use crate::vendors;
use crate::vocabulary::{self, Class, Kinds};

impl<'a> Resolver<'a, '_, '_> {
    pub(super) fn entries(&mut self, entries: &[ast::Entry<'a>], allowed: Kinds, site: Site) -> Vec<Entry> {
        self.check_doubles(entries);
        entries.iter().map(|entry| self.entry(entry, allowed, site)).collect()
    }

    /// A list says each thing once. What says more than a name may differ.
    pub(super) fn check_doubles<'e>(&mut self, entries: impl IntoIterator<Item = &'e ast::Entry<'a>>)
    where
        'a: 'e,
    {
        let mut seen: HashMap<&str, Span> = HashMap::default();
        let bare = entries.into_iter().filter_map(|entry| match entry.head {
            Some(ast::Head::Name(name)) if name.span == entry.span => Some(name),
            _ => None,
        });
        for name in bare {
            match seen.get(name.value) {
                Some(first) => self.sink.report(meaning::double_entry(name.span, name.value, *first)),
                None => {
                    seen.insert(name.value, name.span);
                }
            }
        }
    }

    /// One entry. A name that refers to nothing gives [`Head::Everything`], and a finding.
    pub(super) fn entry(&mut self, entry: &ast::Entry<'a>, allowed: Kinds, site: Site) -> Entry {
        let declared = self.by_place.get(&(entry.span.file, entry.span.start)).copied();
        let head = match (&entry.head, declared) {
            (Some(ast::Head::We(_)), _) => Head::We,
            (Some(ast::Head::You(_)), _) => Head::You,
            (Some(ast::Head::Literal(literal)), _) => Head::Value(self.literal(literal)),
            (Some(ast::Head::Period(period)), _) => Head::Period(Box::new(self.period(period))),
            (_, Some(id)) => {
                self.fill(id, entry);
                self.take(id, entry);
                self.mention(id, entry.span);
                Head::Noun(id)
            }
            // In a field, reserved words are read as names.
            (Some(ast::Head::Name(name)), None) if matches!(name.value, "we" | "us") => Head::We,
            (Some(ast::Head::Name(name)), None) if name.value == "you" => Head::You,
            (Some(ast::Head::Name(name)), None) => match Absence::from_word(name.value) {
                Some(absence) if matches!(site, Site::Field) && self.find_author(name.value).is_none() => {
                    Head::Value(Value::Absent(absence))
                }
                _ => self.refer(*name, allowed, site),
            },
            (None, None) => match (&entry.code, entry.link) {
                (Some(code), _)
                    if matches!(site, Site::Clause(Slot::Under))
                        || (matches!(site, Site::Field) && allowed.first == Kind::Law) =>
                {
                    Head::Value(Value::Citation(self.citation(code)))
                }
                (Some(code), _) => self.code(code),
                (None, Some(link)) => {
                    self.address(link).map_or(Head::Everything, |link| Head::Value(Value::Link(link)))
                }
                (None, None) => Head::Everything,
            },
        };
        let declares_here = declared.is_some();
        if let (false, Some(vendor)) = (declares_here, &entry.vendor) {
            self.sink.report(names::vendor_not_taken(vendor.span, vendor.value, None));
        }
        let that = entry.that.as_ref().map(|that| {
            self.check_label(that, Frame::That, false);
            that.text.as_ref().into()
        });
        // On a declaring entry, `of` and the members belong to the noun, so that a later mention has them too.
        let of = match &entry.of {
            Some(of) if !declares_here => Some(Box::new(self.entry(of, kinds::OF, Site::Of))),
            _ => None,
        };
        let group = match &entry.group {
            Some(group) if !declares_here => Some(self.group(group, allowed)),
            _ => None,
        };
        let tail = self.clauses(&entry.tail, &[], entry.span);
        let except = entry
            .except
            .as_ref()
            .map_or_else(Vec::new, |except| self.entries(&except.entries, kinds::ANY, Site::Member));
        let display = self.display(std::slice::from_ref(entry), entry.display.as_ref());
        let citation = match (&entry.code, &head) {
            (Some(code), Head::Noun(_)) if !declares_here => Some(Box::new(self.citation(code))),
            // Behind a ground in a sentence, code is its provision, whether or not the ground is declared there.
            (Some(code), Head::Noun(id))
                if matches!(site, Site::Clause(Slot::Under)) && self.policy.noun(*id).kind == Kind::Basis =>
            {
                if let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) {
                    noun.code = None;
                }
                Some(Box::new(self.citation(code)))
            }
            _ => None,
        };
        Entry {
            other: entry.other,
            quantifier: entry.quantifier.map(|quantifier| quantifier.value),
            head,
            that,
            of,
            group,
            tail,
            except,
            display,
            citation,
            place: Place(Some(entry.span)),
        }
    }

    /// The author's words for values.
    pub(super) fn display(&mut self, values: &[ast::Entry<'a>], label: Option<&ast::Label<'a>>) -> Option<Box<str>> {
        label.map(|label| {
            if let [only] = values {
                self.check_display(only, label);
            }
            self.check_label(label, Frame::Verbatim, false);
            label.text.as_ref().into()
        })
    }

    /// Remembers that a noun is named; what is internal may not be named in public.
    pub(super) fn mention(&mut self, id: NounId, span: Span) {
        self.mentioned.insert(id);
        // A standard noun is public as soon as something public names it.
        if !self.internal
            && let Some(noun) = self.policy.nouns.get_mut(id.0 as usize)
            && !noun.declared
        {
            noun.internal = false;
        }
        let noun = self.policy.noun(id);
        if noun.internal && !self.internal {
            let report = meaning::internal_in_public(span, &noun.words(), noun.span);
            self.sink.report(report);
        }
    }

    /// A period with its names resolved.
    pub(super) fn period(&mut self, period: &ast::Period<'a>) -> Period {
        let steps: Vec<PeriodStep> = period
            .steps
            .iter()
            .map(|step| PeriodStep {
                bound: step.bound,
                amount: step.amount,
                start: match &step.start {
                    Some(ast::PeriodStart::Of(entry)) => {
                        Some(PeriodStart::Of(Box::new(self.entry(entry, kinds::OF_PERIOD, Site::Of))))
                    }
                    Some(ast::PeriodStart::After(condition)) => {
                        Some(PeriodStart::After(self.condition(condition, Site::Clause(Slot::After))))
                    }
                    Some(ast::PeriodStart::Before(condition)) => {
                        Some(PeriodStart::Before(self.condition(condition, Site::Clause(Slot::Before))))
                    }
                    None => None,
                },
                until: step.until.as_ref().map(|until| self.condition(until, Site::Clause(Slot::Until))),
                lasting: step.lasting.as_ref().map(|lasting| self.condition(lasting, Site::Clause(Slot::While))),
                criterion: step.criterion.as_ref().map(|criterion| criterion.text.as_ref().into()),
                stores: step.store.as_ref().map_or_else(Vec::new, |stores| {
                    self.entries(&stores.entries, kinds::of_slot(Slot::At), Site::Clause(Slot::At))
                }),
                whichever: step.whichever,
            })
            .collect();
        let resolved = Period { steps, end: period.end, total: period.total };
        if let Some((bound, total)) = period.total {
            let sum: u64 = resolved.steps.iter().filter_map(|step| step.amount).map(least_seconds).sum();
            // Steps that may last longer than a total of at least so long are what such a total means.
            if bound != Bound::AtLeast && sum > most_seconds(total) {
                self.sink.report(time::chain_exceeds_total(period.span));
            }
        }
        resolved
    }

    pub(super) fn group(&mut self, group: &ast::Group<'a>, allowed: Kinds) -> Group {
        Group {
            openness: group.openness,
            entries: self.entries(&group.list.entries, allowed, Site::Member),
            join: group.list.join,
        }
    }

    /// Gives a noun what its declaration says of it.
    pub(super) fn fill(&mut self, id: NounId, entry: &ast::Entry<'a>) {
        let kind = self.policy.noun(id).kind;
        let mut parents = Vec::new();
        for parent in &entry.is {
            let found = self.find(kind, parent.value, parent.span);
            if found.is_none() {
                self.misread.insert(id);
            }
            match found {
                Some(found) => parents.push(found),
                None if self.broken.contains(parent.value) => {}
                None => match self.other_kind(parent.value, kind) {
                    Some(other) => self.sink.report(names::wrong_kind(
                        parent.span,
                        parent.value,
                        other.word(),
                        "`is`",
                        &in_words(Kinds::of(&[kind])),
                        None,
                    )),
                    None => {
                        let near = self.nearest_name(parent.value, Kinds::of(&[kind]));
                        let instead = "name an entry of the vocabulary, or declare it in a statement of its own";
                        let report =
                            names::unknown_word(parent.span, parent.value, kind.word(), near.as_deref(), instead);
                        self.sink.report(report);
                    }
                },
            }
        }
        let text = |label: &Option<ast::Label<'a>>| label.as_ref().map(|label| Box::<str>::from(label.text.as_ref()));
        let link = entry.link.and_then(|link| self.address(link));
        let of = entry.of.as_ref().map(|of| Box::new(self.entry(of, kinds::OF, Site::Of)));
        let members = Kinds { first: kind, mask: kinds::ANY.mask | (1 << kind as u32) };
        let group = entry.group.as_ref().map(|group| self.group(group, members));
        let from = match &entry.from {
            Some(from) => self.entries(&from.entries, kinds::SOURCE, Site::Clause(Slot::From)),
            None => Vec::new(),
        };
        if let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) {
            noun.parents = parents;
            noun.one = text(&entry.one).or_else(|| noun.one.take());
            noun.many = text(&entry.many).or_else(|| noun.many.take());
            noun.noun = text(&entry.noun).or_else(|| noun.noun.take());
            noun.means = text(&entry.means);
            noun.code = text(&entry.code);
            noun.link = link;
            noun.of = of;
            noun.group = group;
            noun.from = from;
            // A group without a label stands for its members.
            if entry.label.is_none() && noun.group.is_some() && noun.standard.is_none() {
                noun.label = None;
            }
            // `noun "…"` without a label asks for the noun phrase, not for the standard words of the name.
            if entry.label.is_none() && entry.noun.is_some() {
                noun.label = None;
            }
        }
    }

    /// What a name or a dotted reference names.
    fn refer(&mut self, name: ast::Name<'a>, allowed: Kinds, site: Site) -> Head {
        if let Some((owner, member)) = name.value.split_once('.') {
            return self.member(name.span, owner, member);
        }
        let author = self.by_name.among(name.value, allowed);
        // A condition asks for an event: the standard event goes before another thing of the author's that has
        // its name.
        let event = match (site, author) {
            (Site::Clause(slot), Some((kind, _))) if slot.takes_condition() && kind != allowed.first => {
                vocabulary::find(allowed.first, name.value)
            }
            _ => None,
        };
        let author = match event {
            Some(event) => Some(self.standard_noun(event, name.span)),
            None => author.map(|(_, id)| id),
        };
        let found = author
            .or_else(|| vocabulary::find_among(name.value, allowed).map(|index| self.standard_noun(index, name.span)));
        if let Some(id) = found {
            self.mention(id, name.span);
            return Head::Noun(id);
        }
        if let Some(id) = self.find_author(name.value) {
            if self.broken.contains(name.value) {
                self.mentioned.insert(id);
                return Head::Noun(id);
            }
            let noun = self.policy.noun(id);
            let report = names::wrong_kind(
                name.span,
                name.value,
                noun.kind.word(),
                &site.words(),
                &in_words(allowed),
                Some(noun.span),
            );
            self.mentioned.insert(id);
            self.sink.report(report);
            return Head::Noun(id);
        }
        if self.broken.contains(name.value) {
            return Head::Everything;
        }
        match self.other_kind(name.value, allowed.first) {
            Some(other) => {
                self.sink.report(names::wrong_kind(
                    name.span,
                    name.value,
                    other.word(),
                    &site.words(),
                    &in_words(allowed),
                    None,
                ));
            }
            None => {
                let near = self.nearest_name(name.value, allowed);
                // The noun that was probably meant is mentioned, if only badly.
                let meant = near.as_deref().and_then(|near| self.by_name.among(near, allowed));
                self.mentioned.extend(meant.map(|(_, id)| id));
                let expected =
                    if matches!(site, Site::Actor | Site::Prose | Site::Of) { "noun" } else { allowed.first.word() };
                let report = match site {
                    Site::Prose => {
                        let instead = "declare it in a statement of its own, or write `\\{` for a brace of the text";
                        names::unknown_word(name.span, name.value, expected, near.as_deref(), instead)
                    }
                    _ if allowed.contains(Kind::Party) && vendors::find(name.value).is_some() => {
                        names::untaken_vendor(name.span, name.value)
                    }
                    _ => names::unknown_name(name.span, name.value, expected, near.as_deref()),
                };
                self.sink.report(report);
            }
        }
        Head::Everything
    }

    /// `owner.member`: a member of a group, or a field.
    fn member(&mut self, span: Span, owner: &str, member: &str) -> Head {
        let Some(id) = self.find_author(owner) else {
            if !self.broken.contains(owner) {
                let near = self.nearest_name(owner, kinds::ANY);
                self.sink.report(names::unknown_name(span, owner, "noun", near.as_deref()));
            }
            return Head::Everything;
        };
        self.mentioned.insert(id);
        let noun = self.policy.noun(id);
        if let Some(position) = noun.fields.iter().position(|field| &*field.key == member) {
            return Head::Field(id, position as u16);
        }
        let kind = noun.kind;
        let fields: Vec<String> = noun.fields.iter().map(|field| field.key.to_string()).collect();
        // The members are looked up by what the statements declare, because the noun may not be filled yet.
        let members = self.members.get(&id).cloned().unwrap_or_default();
        if members.contains(&member)
            && let Some(found) = self.find(kind, member, span)
        {
            self.mentioned.insert(found);
            return Head::Noun(found);
        }
        if kinds::fields(kind).iter().any(|(key, _)| *key == member) {
            self.sink.report(names::unknown_member(span, owner, member, &[]));
            return Head::Everything;
        }
        let known: Vec<String> = members.iter().map(|member| (*member).to_owned()).chain(fields).collect();
        self.sink.report(names::unknown_member(span, owner, member, &known));
        Head::Everything
    }

    /// Another kind under which the vocabulary or the author knows a name.
    fn other_kind(&self, name: &str, not: Kind) -> Option<Kind> {
        Kind::ALL
            .into_iter()
            .filter(|kind| *kind != not)
            .find(|kind| self.by_name.get(*kind, name).is_some() || vocabulary::find(*kind, name).is_some())
    }

    /// The nearest name that may stand here.
    pub(super) fn nearest_name(&self, name: &str, allowed: Kinds) -> Option<String> {
        let fits = |nouns: &[(Kind, NounId)]| nouns.iter().any(|(kind, _)| allowed.contains(*kind));
        let authors = self.by_name.iter().filter(|(_, nouns)| fits(nouns)).map(|(name, _)| name);
        let mut candidates: Vec<&str> = authors.collect();
        candidates.sort_unstable();
        candidates.extend(allowed.iter().flat_map(vocabulary::names).map(|name| -> &str { name }));
        // Nothing is spelt nearly so: perhaps the word is a part of the name, as `email` is of `email-address`.
        let part_of = |candidate: &&str| candidate.split('-').any(|part| part == name);
        nearest(name, candidates.iter().copied())
            .or_else(|| vocabulary::names(allowed.first).filter(part_of).min_by_key(|candidate| candidate.len()))
            .map(str::to_owned)
    }

    /// Clauses. With verbs, each must be one that a verb takes; `owner` is what the clauses belong to.
    pub(super) fn clauses(
        &mut self,
        clauses: &[ast::Clause<'a>],
        verbs: &[crate::policy::VerbId],
        owner: Span,
    ) -> Vec<Clause> {
        let mut resolved: Vec<Clause> = Vec::with_capacity(clauses.len());
        let mut seen: Vec<(Slot, Span, bool)> = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let slot = clause.slot.value;
            let lasts = slot == Slot::For && is_period(&clause.value);
            if let Some((_, first, other)) = seen.iter().find(|(other, ..)| *other == slot) {
                self.sink.report(if lasts == *other {
                    meaning::double_clause(clause.slot.span, slot.word(), *first)
                } else {
                    meaning::period_and_purpose(clause.slot.span, *first)
                });
                continue;
            }
            seen.push((slot, clause.slot.span, lasts));
            let allowed = match self.clause_kinds(verbs, slot) {
                Some(allowed) => allowed,
                None => {
                    self.refuse_clause(clause, verbs, owner);
                    kinds::of_slot(slot)
                }
            };
            let keeps = verbs.iter().any(|verb| self.policy.verb(*verb).class == Class::Retention);
            let value = self.clause_value(&clause.value, allowed, slot, keeps);
            resolved.push(Clause { slot, only: clause.only, value });
        }
        resolved
    }

    fn clause_value(&mut self, value: &ast::ClauseValue<'a>, allowed: Kinds, slot: Slot, keeps: bool) -> ClauseValue {
        let site = Site::Clause(slot);
        match value {
            ast::ClauseValue::List(list) => {
                self.check_types(slot, &list.entries);
                let entries = self.entries(&list.entries, allowed, site);
                self.check_lengths(slot, &list.entries, &entries, keeps);
                ClauseValue::List(entries, list.join)
            }
            ast::ClauseValue::Topic(topic, list) => {
                ClauseValue::Topic(topic.text.as_ref().into(), self.entries(&list.entries, allowed, site))
            }
            ast::ClauseValue::Condition(condition) => ClauseValue::Condition(self.condition(condition, site)),
            ast::ClauseValue::Flag => ClauseValue::Flag,
            ast::ClauseValue::Guarded(arms) => {
                let guards: Vec<(bool, Span)> = arms.iter().map(|arm| (arm.guard.is_empty(), arm.span)).collect();
                self.check_arms(&guards);
                ClauseValue::Guarded(
                    arms.iter()
                        .map(|arm| Arm {
                            guard: self.clauses(&arm.guard, &[], arm.span),
                            value: self.clause_value(&arm.value, allowed, slot, keeps),
                        })
                        .collect(),
                )
            }
        }
    }

    /// A value that is written as it is.
    fn literal(&mut self, literal: &crate::source::Spanned<Literal<'a>>) -> Value {
        if let Literal::Place(code) = literal.value
            && !is_place(code)
        {
            self.sink.report(names::unknown_place(literal.span, code));
        }
        if let Literal::Email(address) = literal.value {
            self.keep_address(address, literal.span);
        }
        value(&literal.value)
    }

    /// `otherwise` comes last, because nothing behind it could ever hold.
    pub(super) fn check_arms(&mut self, arms: &[(bool, Span)]) {
        let otherwise = arms.iter().position(|(is_otherwise, _)| *is_otherwise);
        if let Some((_, span)) = otherwise.and_then(|at| arms.get(at + 1)) {
            self.sink.report(meaning::arm_behind_otherwise(*span));
        }
    }

    fn refuse_clause(&mut self, clause: &ast::Clause<'a>, verbs: &[crate::policy::VerbId], owner: Span) {
        let Some(verb) = verbs.first().map(|verb| self.policy.verb(*verb)) else { return };
        let slot = clause.slot.value;
        let instead = match slot {
            Slot::With => Some(Slot::To),
            Slot::To => Some(Slot::With),
            Slot::On => Some(Slot::In),
            Slot::In | Slot::At => Some(Slot::On),
            _ => None,
        };
        let instead = instead.filter(|instead| verb.slot(*instead).is_some()).map(Slot::word);
        let report = meaning::clause_not_taken(clause.slot.span, &verb.name, slot.word(), instead, owner);
        self.sink.report(report);
    }

    pub(super) fn condition(&mut self, condition: &ast::Condition<'a>, site: Site) -> Condition {
        match condition {
            ast::Condition::Test(test) => {
                if let Site::Clause(slot @ (Slot::When | Slot::Unless | Slot::While)) = site
                    && matches!(test.entry.head, Some(ast::Head::Period(_)))
                {
                    let instead = "name what happens, or write `within` in front of a period";
                    self.sink.report(meaning::unfit_value(test.entry.span, slot.word(), "period", instead));
                }
                Condition::Test(Box::new(Test {
                    not: test.not,
                    entry: self.entry(&test.entry, kinds::CONDITION, site),
                    state: test.state,
                }))
            }
            ast::Condition::Joined(join, operands) => {
                Condition::Joined(*join, operands.iter().map(|operand| self.condition(operand, site)).collect())
            }
        }
    }

    /// The values of a field that holds words and typed values.
    pub(super) fn values(&mut self, entries: &[ast::Entry<'a>]) -> Vec<Entry> {
        entries.iter().map(|entry| self.field_value(entry)).collect()
    }

    fn field_value(&mut self, entry: &ast::Entry<'a>) -> Entry {
        let head = match (&entry.label, entry.link, &entry.code, &entry.head) {
            // Words with an address behind them are the words of the address.
            (Some(_), Some(link), ..) => {
                self.address(link).map_or(Head::Everything, |link| Head::Value(Value::Link(link)))
            }
            (Some(label), ..) => {
                self.check_label(label, Frame::Verbatim, false);
                Head::Value(Value::Text(label.text.as_ref().into()))
            }
            (None, Some(link), ..) => {
                self.address(link).map_or(Head::Everything, |link| Head::Value(Value::Link(link)))
            }
            (None, None, Some(code), _) => self.code(code),
            (None, None, None, Some(ast::Head::Literal(literal))) => Head::Value(self.literal(literal)),
            (None, None, None, Some(ast::Head::Period(period))) => Head::Period(Box::new(self.period(period))),
            (None, None, None, Some(ast::Head::Name(name))) => Head::Value(match Absence::from_word(name.value) {
                Some(absence) => Value::Absent(absence),
                None => Value::Text(name.value.into()),
            }),
            (None, None, None, Some(ast::Head::We(_) | ast::Head::You(_)) | None) => Head::Everything,
        };
        let tail = self.clauses(&entry.tail, &[], entry.span);
        let words = entry.label.as_ref().filter(|_| entry.link.is_some());
        let display = self.display(std::slice::from_ref(entry), words.or(entry.display.as_ref()));
        Entry { tail, display, place: Place(Some(entry.span)), ..Entry::of_head(head) }
    }
}

/// Entries joined as a list.
pub(super) fn join_of(list: Option<&ast::List<'_>>) -> Join {
    list.map_or(Join::And, |list| list.join)
}

/// Whether a code is that of a place. Parts of countries are known for the United States alone, so those of others
/// are taken as they are.
fn is_place(code: &str) -> bool {
    let known = |code: &str| vocabulary::place(code).is_some();
    match code.split_once('-') {
        Some(("US", _)) | None => known(code),
        Some((country, _)) => known(country),
    }
}

fn value(literal: &Literal<'_>) -> Value {
    match literal {
        Literal::Date(date) => Value::Date(*date),
        Literal::Place(word) => Value::Place((*word).into()),
        Literal::Locale(word) => Value::Locale((*word).into()),
        Literal::Email(word) => Value::Email((*word).into()),
        Literal::Number(number) => Value::Number(*number),
    }
}

/// Whether a clause says how long, and not why.
fn is_period(value: &ast::ClauseValue<'_>) -> bool {
    match value {
        ast::ClauseValue::List(list) => {
            matches!(list.entries.as_slice(), [only] if matches!(only.head, Some(ast::Head::Period(_))))
        }
        ast::ClauseValue::Condition(_)
        | ast::ClauseValue::Topic(..)
        | ast::ClauseValue::Flag
        | ast::ClauseValue::Guarded(_) => false,
    }
}
