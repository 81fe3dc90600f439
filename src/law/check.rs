//! Whether the words of packs mean something: every name is one of the vocabulary or of a pack, and `that` has an
//! `each`.

use std::collections::BTreeSet;

use super::names::{Names, is_code, kind_word};
use super::parse::{Mention, What, Written};
use super::{Actor, Condition, Determiner, Pack, PatternEntry, PatternValue, Rule};
use crate::codes::laws as codes;
use crate::diagnostic::Sink;
use crate::source::Span;
use crate::syntax::words::Kind;

/// How many things a rule may find: more joins than this nobody follows.
const MOST_FOUND: usize = 3;

/// The fields that a rule may ask for: those of nouns, and `contact` for every way to reach somebody.
pub const FIELDS: [&str; 74] = [
    "account",
    "agent",
    "aggregated-from",
    "also",
    "answer",
    "appeal",
    "asked",
    "at",
    "ccpa",
    "channels",
    "class",
    "contact",
    "controls",
    "country",
    "covers",
    "default",
    "effect",
    "email",
    "examples",
    "extension",
    "features",
    "fee",
    "final",
    "for",
    "form",
    "free",
    "from",
    "gets",
    "guarantee",
    "hashed-from",
    "host",
    "in",
    "inferred-from",
    "kind",
    "lasts",
    "leaves",
    "legal",
    "limit",
    "means",
    "names",
    "notice",
    "of",
    "older-than",
    "on",
    "owner",
    "per",
    "phone",
    "platforms",
    "policy",
    "post",
    "principles",
    "proof",
    "provider",
    "purposes",
    "reading-level",
    "refusal",
    "regulator",
    "resident",
    "role",
    "sample",
    "seat",
    "short",
    "since",
    "site",
    "subscribe",
    "terms",
    "truncated-from",
    "under",
    "unit",
    "until",
    "updated",
    "versions",
    "withdraw",
    "younger-than",
];

/// Holds the words of packs against the vocabulary and against each other.
pub fn check(packs: &[Written], names: &Names, sink: &mut Sink) {
    for (index, written) in packs.iter().enumerate() {
        let mut checker =
            Checker { packs, written, names, sink, rule: None, bound: Bound::default(), outer: Vec::new() };
        checker.names_of_pack(index);
        for mention in &written.mentions {
            checker.mention(mention);
        }
    }
}

/// What the tests read so far have found: things and rows.
#[derive(Clone, Debug, Default)]
struct Bound {
    things: BTreeSet<String>,
    rows: BTreeSet<String>,
}

impl Bound {
    fn meet(&mut self, other: &Bound) {
        self.things.retain(|name| other.things.contains(name));
        self.rows.retain(|name| other.rows.contains(name));
    }
}

/// What was found in front of alternatives, and what all of them find.
struct Outer {
    before: Bound,
    all: Option<Bound>,
}

struct Checker<'a> {
    packs: &'a [Written],
    written: &'a Written,
    names: &'a Names,
    sink: &'a mut Sink,
    rule: Option<&'a Rule>,
    bound: Bound,
    outer: Vec<Outer>,
}

impl<'a> Checker<'a> {
    fn pack(&self) -> &'a Pack {
        &self.written.pack
    }

    fn find(&self, name: &str) -> Option<&'a Pack> {
        self.packs.iter().map(|written| &written.pack).find(|pack| pack.name == name)
    }

    fn find_rule(&self, code: &str) -> Option<(&'a Pack, &'a Rule)> {
        let (pack, rule) = code.split_once('/')?;
        let pack = self.find(pack)?;
        pack.rules.iter().find(|other| other.name == rule).map(|rule| (pack, rule))
    }

    /// The pack and those whose rules it takes, near or far.
    fn scope(&self) -> Vec<&'a Pack> {
        let mut scope = vec![self.pack()];
        let mut next = 0;
        while let Some(pack) = scope.get(next).copied() {
            for other in pack.takes.iter().filter_map(|take| self.find(&take.pack)) {
                if !scope.iter().any(|known| known.name == other.name) {
                    scope.push(other);
                }
            }
            next += 1;
        }
        scope
    }

    fn has_class(&self, name: &str, kind: Option<&str>) -> bool {
        let classes = self.scope().into_iter().flat_map(|pack| &pack.classes);
        classes.into_iter().any(|class| class.name == name && kind.is_none_or(|kind| class.kind == kind))
    }

    fn classes(&self) -> Vec<&'a str> {
        self.scope().into_iter().flat_map(|pack| &pack.classes).map(|class| class.name.as_str()).collect()
    }

    fn unknown(&mut self, span: Span, word: &str, what: &str, known: &[&str]) {
        self.sink.report(codes::unknown_word(span, word, what, known.iter().copied()));
    }

    // ── names that the pack gives ───────────────────────────────────────────────────────────────────────

    /// Whether the names that the pack gives are free.
    fn names_of_pack(&mut self, index: usize) {
        let pack = self.pack();
        let before = self.packs.get(..index).unwrap_or_default();
        // A rule that is taken or like another means the classes of the pack it was written in, so that no two packs
        // may use one name for two of them.
        let names = |written: &'a Written| {
            let classes = written.pack.classes.iter().map(|class| class.name.as_str());
            classes.chain(written.pack.limits.iter().map(|limit| limit.name.as_str()))
        };
        let mut given: BTreeSet<&str> = before.iter().flat_map(names).collect();
        let mut rules: BTreeSet<&str> = BTreeSet::new();
        let file = self.written.mentions.first().map(|mention| mention.span);
        if let Some(file) = file
            && before.iter().any(|other| other.pack.name == pack.name)
        {
            let span = Span { start: 0, end: 0, ..file };
            self.sink.report(codes::taken_name(span, &pack.name, "another pack"));
        }
        for mention in &self.written.mentions {
            let taken = match &mention.what {
                What::Class(index) => pack.classes.get(*index).and_then(|class| {
                    let name = class.name.as_str();
                    let by = if kind_word(name).is_some() || name == "period" {
                        Some("a kind")
                    } else if self.names.has_noun(name) {
                        Some("an entry of the vocabulary")
                    } else {
                        (!given.insert(name)).then_some("another class or limit")
                    };
                    by.map(|by| (name, by.to_owned()))
                }),
                What::Limit(index) => pack.limits.get(*index).and_then(|limit| {
                    let name = limit.name.as_str();
                    (!given.insert(name)).then(|| (name, "another class or limit".to_owned()))
                }),
                What::Rule(index) => pack.rules.get(*index).and_then(|rule| {
                    let name = rule.name.as_str();
                    let from = pack.takes.iter().find(|take| {
                        let other = self.find(&take.pack);
                        !take.except.iter().any(|except| except == name)
                            && other.is_some_and(|other| other.rules.iter().any(|other| other.name == name))
                    });
                    if rules.insert(name) {
                        from.map(|take| (name, format!("a rule that is taken from `{}`", take.pack)))
                    } else {
                        Some((name, "another rule".to_owned()))
                    }
                }),
                _ => None,
            };
            if let Some((name, by)) = taken {
                self.sink.report(codes::taken_name(mention.span, name, &by));
            }
        }
    }

    // ── names that the pack uses ────────────────────────────────────────────────────────────────────────

    fn mention(&mut self, mention: &'a Mention) {
        let span = mention.span;
        match &mention.what {
            What::Class(_) | What::Limit(_) => {}
            What::Rule(index) => self.enter_rule(*index, span),
            What::Noun(determiner, name) => self.noun(*determiner, name, span),
            What::Kind(name) => {
                if !self.names.has_noun(name) && !self.has_class(name, None) {
                    self.unknown_noun(name, span);
                }
            }
            What::Member(kind, name) => {
                let found = Kind::from_word(kind).is_some_and(|kind| self.names.has(kind, name));
                if !found {
                    let names = self.names;
                    let known: Vec<&str> = Kind::from_word(kind).into_iter().flat_map(|kind| names.of(kind)).collect();
                    self.unknown(span, name, &format!("{kind} of the vocabulary"), &known);
                }
            }
            What::Place(name) => {
                if !self.names.has_place(name) && !self.has_class(name, Some("place")) {
                    let classes = self.classes();
                    self.unknown(span, name, "code of a place and no class of places", &classes);
                }
            }
            What::Code(name) => {
                if !self.names.has_place(name) {
                    self.unknown(span, name, "code of a place", &[]);
                }
            }
            What::Verb(name) => {
                if !self.names.has(Kind::Verb, name) {
                    let names = self.names;
                    let known: Vec<&str> = names.of(Kind::Verb).chain(names.of(Kind::Manner)).collect();
                    self.unknown(span, name, "verb of the vocabulary", &known);
                }
            }
            What::Field(name) => {
                if !FIELDS.contains(&name.as_str()) {
                    self.unknown(span, name, "field", &FIELDS);
                }
            }
            What::RowGiven(name) => {
                if !self.bound.rows.insert(name.clone()) {
                    self.sink.report(codes::twice(span, &format!("the row `{name}`")));
                }
            }
            What::RowAsked(name) => {
                if !self.bound.rows.contains(name) {
                    self.sink.report(codes::unknown_row(span, name));
                }
            }
            What::Bound(name) => {
                let limits: Vec<&str> =
                    self.scope().into_iter().flat_map(|pack| &pack.limits).map(|limit| limit.name.as_str()).collect();
                if !limits.contains(&name.as_str()) {
                    self.unknown(span, name, "limit", &limits);
                }
            }
            What::Pack(name) => self.taken_pack(name, span),
            What::OtherRule(pack, rule) => self.other_rule(pack, rule, span),
            What::Alternatives => self.outer.push(Outer { before: self.bound.clone(), all: None }),
            What::Alternative => {
                if let Some(outer) = self.outer.last_mut() {
                    let found = std::mem::replace(&mut self.bound, outer.before.clone());
                    match &mut outer.all {
                        Some(all) => all.meet(&found),
                        None => outer.all = Some(found),
                    }
                }
            }
            What::AlternativesEnd => {
                if let Some(outer) = self.outer.pop() {
                    self.bound = outer.all.unwrap_or(outer.before);
                }
            }
        }
    }

    /// Begins a rule. One without tests of its own has what the tests of the rule that it is like find.
    fn enter_rule(&mut self, index: usize, span: Span) {
        self.rule = self.pack().rules.get(index);
        self.bound = Bound::default();
        self.outer.clear();
        let Some(rule) = self.rule else { return };
        let mut conditions = rule.conditions.as_slice();
        let mut seen: Vec<&str> = Vec::new();
        let own = format!("{}/{}", self.pack().name, rule.name);
        let mut next = rule.like.as_deref();
        while let Some(code) = next {
            if seen.contains(&code) || code == own {
                self.sink.report(codes::like_itself(span, &rule.name));
                return;
            }
            seen.push(code);
            let Some((_, other)) = self.find_rule(code) else { break };
            if conditions.is_empty() {
                conditions = &other.conditions;
            }
            next = other.like.as_deref();
        }
        if rule.conditions.is_empty() {
            self.bound = found(conditions);
        }
    }

    fn unknown_noun(&mut self, name: &str, span: Span) {
        if is_code(name) {
            return self.unknown(span, name, "code of a place", &[]);
        }
        let mut known: Vec<&str> = self.classes();
        known.extend(self.names.nouns());
        self.unknown(span, name, "noun of the vocabulary and no class", &known);
    }

    fn noun(&mut self, determiner: Option<Determiner>, name: &str, span: Span) {
        let known = matches!(name, "us" | "you")
            || self.names.has_place(name)
            || (determiner.is_some() && kind_word(name).is_some())
            || self.names.has_noun(name)
            || self.has_class(name, None);
        if !known {
            self.unknown_noun(name, span);
        }
        match determiner {
            Some(Determiner::Each) => {
                if !self.bound.things.insert(name.to_owned()) {
                    self.sink.report(codes::bound_twice(span, name));
                } else if self.bound.things.len() > MOST_FOUND {
                    self.sink.report(codes::too_many_bound(span, MOST_FOUND));
                }
            }
            Some(Determiner::That) if !self.bound.things.contains(name) && known => {
                self.sink.report(codes::unbound(span, name));
            }
            _ => {}
        }
    }

    fn taken_pack(&mut self, name: &str, span: Span) {
        if self.find(name).is_none() {
            let known: Vec<&str> = self.packs.iter().map(|written| written.pack.name.as_str()).collect();
            return self.unknown(span, name, "pack", &known);
        }
        let mut next = vec![name];
        let mut seen: Vec<&str> = Vec::new();
        while let Some(other) = next.pop() {
            if other == self.pack().name {
                return self.sink.report(codes::takes_itself(span, other));
            }
            if !seen.contains(&other) {
                seen.push(other);
                next.extend(self.find(other).into_iter().flat_map(|pack| &pack.takes).map(|take| take.pack.as_str()));
            }
        }
    }

    fn other_rule(&mut self, pack: &str, rule: &str, span: Span) {
        let Some(other) = self.find(pack) else {
            // The pack that is taken was told already.
            if self.rule.is_some() {
                let known: Vec<&str> = self.packs.iter().map(|written| written.pack.name.as_str()).collect();
                self.unknown(span, pack, "pack", &known);
            }
            return;
        };
        if !other.rules.iter().any(|known| known.name == rule) {
            let known: Vec<&str> = other.rules.iter().map(|rule| rule.name.as_str()).collect();
            self.unknown(span, rule, &format!("rule of `{pack}`"), &known);
        }
    }
}

/// What tests find.
fn found(conditions: &[Condition]) -> Bound {
    let mut bound = Bound::default();
    for condition in conditions {
        find(condition, &mut bound);
    }
    bound
}

fn find(condition: &Condition, bound: &mut Bound) {
    match condition {
        Condition::Row(name, pattern) => {
            bound.rows.extend(name.clone());
            let actor = match &pattern.actor {
                Actor::Entry(entry) => Some(entry),
                Actor::We | Actor::You => None,
            };
            let values = pattern.clauses.iter().flat_map(|clause| &clause.values);
            let values = values.filter_map(|value| match value {
                PatternValue::Entry(entry) => Some(entry),
                PatternValue::Period(_) => None,
            });
            let entries = actor.into_iter().chain(&pattern.objects).chain(values);
            let each = entries.filter(|entry: &&PatternEntry| entry.determiner == Determiner::Each);
            bound.things.extend(each.map(|entry| entry.name.clone()));
        }
        Condition::SomeOf(tests) => {
            let mut all: Option<Bound> = None;
            for test in tests {
                let mut one = bound.clone();
                find(test, &mut one);
                match &mut all {
                    Some(all) => all.meet(&one),
                    None => all = Some(one),
                }
            }
            *bound = all.unwrap_or_default();
        }
        Condition::Noun(_) | Condition::Absent(_) | Condition::Not(_) => {}
    }
}
