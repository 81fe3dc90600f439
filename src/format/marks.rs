//! What the layout asks of the statements: where their verbs end, and where guarded values and periods are.

use crate::source::Span;
use crate::syntax::ast::{Clause, ClauseValue, Entry, Except, Field, File, Head, Item, List, Noun};

/// Places of one text, by their bytes.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The byte behind the last verb of every sentence, in order.
    pub verb_ends: Vec<u32>,
    /// The first byte of every arm of a guarded value, in order.
    pub arms: Vec<u32>,
    /// The first byte of every period and the one behind it, in order. Clause words inside belong to the period.
    pub periods: Vec<(u32, u32)>,
}

impl Marks {
    /// The marks of a file.
    pub(super) fn of(file: &File<'_>) -> Marks {
        let mut marks = Marks::default();
        marks.items(&file.items);
        marks.verb_ends.sort_unstable();
        marks.arms.sort_unstable();
        marks.periods.sort_unstable();
        marks
    }

    /// Whether a byte lies inside a period and behind its first word.
    pub(super) fn is_in_period(&self, byte: u32) -> bool {
        let behind = self.periods.partition_point(|(start, _)| *start < byte);
        // Periods may stand inside others; the first that ends behind the byte holds it.
        self.periods.get(..behind).unwrap_or_default().iter().rev().take(8).any(|(_, end)| byte < *end)
    }

    /// Whether an arm of a guarded value begins at a byte.
    pub(super) fn is_arm(&self, byte: u32) -> bool {
        self.arms.binary_search(&byte).is_ok()
    }

    fn items(&mut self, items: &[Item<'_>]) {
        for item in items {
            match item {
                Item::Sentence(sentence) => {
                    self.verb_ends.extend(sentence.verbs.last().map(|verb| verb.span.end));
                    self.list(&sentence.actors);
                    sentence.objects.iter().for_each(|objects| self.list(objects));
                    self.clauses(&sentence.clauses);
                    if let Some(Except { list, clauses, .. }) = &sentence.except {
                        list.iter().for_each(|list| self.list(list));
                        self.clauses(clauses);
                    }
                    self.items(sentence.only_in.as_deref().unwrap_or_default());
                }
                Item::Setting(setting) => self.items(setting.body.as_deref().unwrap_or_default()),
                Item::Section(section) => self.items(&section.items),
                Item::Steps(steps) => {
                    self.clauses(&steps.clauses);
                    self.items(&steps.items);
                }
                Item::Scope(scope) => {
                    self.clauses(&scope.clauses);
                    self.items(&scope.items);
                }
                Item::Block(items, _) | Item::Internal(items, _) => self.items(items),
                Item::Edition(edition) => self.items(&edition.items),
                Item::Addition(addition) => self.clauses(&addition.clauses),
                Item::Policy(policy) => self.fields(&policy.fields),
                Item::Noun(noun) => {
                    let Noun { entry, fields, .. } = noun.as_ref();
                    self.entry(entry);
                    self.fields(fields);
                }
                Item::Use(_) | Item::Prose(_) => {}
            }
        }
    }

    fn fields(&mut self, fields: &[Field<'_>]) {
        for field in fields {
            field.values.iter().for_each(|value| self.entry(value));
            for arm in &field.arms {
                self.arm(arm.span, &arm.guard);
                arm.values.iter().for_each(|value| self.entry(value));
            }
        }
    }

    fn arm(&mut self, span: Span, guard: &[Clause<'_>]) {
        self.arms.push(span.start);
        self.clauses(guard);
    }

    fn clauses(&mut self, clauses: &[Clause<'_>]) {
        clauses.iter().for_each(|clause| self.value(&clause.value));
    }

    fn value(&mut self, value: &ClauseValue<'_>) {
        match value {
            ClauseValue::List(list) | ClauseValue::Topic(_, list) => self.list(list),
            ClauseValue::Guarded(arms) => {
                for arm in arms {
                    self.arm(arm.span, &arm.guard);
                    self.value(&arm.value);
                }
            }
            ClauseValue::Condition(_) | ClauseValue::Flag => {}
        }
    }

    fn list(&mut self, list: &List<'_>) {
        list.entries.iter().for_each(|entry| self.entry(entry));
    }

    fn entry(&mut self, entry: &Entry<'_>) {
        if let Some(Head::Period(period)) = &entry.head {
            self.periods.push((period.span.start, period.span.end));
        }
        self.clauses(&entry.tail);
        entry.of.iter().for_each(|of| self.entry(of));
        entry.from.iter().chain(&entry.except).for_each(|list| self.list(list));
        entry.group.iter().for_each(|group| self.list(&group.list));
    }
}
