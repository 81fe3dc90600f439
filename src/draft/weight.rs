//! Which list of a sentence is too heavy to run on and becomes bullets. One per sentence, the heaviest.

use super::Drafter;
use super::plan::Plan;
use crate::policy::{ClauseValue, Condition, Entry, Group, Head};
use crate::syntax::words::Slot;

/// The list that becomes bullets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bulleted {
    /// The objects.
    Objects,
    /// The members of the last object.
    ObjectMembers,
    /// The entries of a clause.
    Slot(Slot),
    /// The members of the only entry of a clause.
    SlotMembers(Slot),
    /// The tests of a condition.
    Condition(Slot),
}

impl Drafter<'_> {
    /// The heaviest list of a sentence, if one is heavy enough.
    pub(super) fn bulleted(&self, plan: &Plan) -> Option<Bulleted> {
        let mut candidates: Vec<(usize, Bulleted)> = Vec::new();
        let mut consider = |weight: Option<usize>, bulleted: Bulleted| {
            if let Some(weight) = weight {
                candidates.push((weight, bulleted));
            }
        };
        if plan.except.is_none() || plan.objects.len() > 1 {
            // Entries that share the complement of the last one cannot be taken apart.
            let shared = plan.objects.last().is_some_and(|entry| {
                entry.of.is_some() || entry.noun_id().is_some_and(|id| self.policy.noun(id).of.is_some())
            });
            if !shared {
                consider(self.weight(&plan.objects), Bulleted::Objects);
            }
            if let Some(group) = plan.objects.last().and_then(|entry| self.printed_group(entry)) {
                consider(self.weight(&group.entries), Bulleted::ObjectMembers);
            }
        }
        for clause in &plan.clauses {
            match &clause.value {
                ClauseValue::List(entries, _)
                    if matches!(clause.slot, Slot::For | Slot::With | Slot::To | Slot::From | Slot::Via | Slot::In) =>
                {
                    consider(self.weight(entries), Bulleted::Slot(clause.slot));
                    if let [only] = entries.as_slice()
                        && let Some(group) = self.printed_group(only)
                    {
                        consider(self.weight(&group.entries), Bulleted::SlotMembers(clause.slot));
                    }
                }
                ClauseValue::Condition(condition) if clause.slot == Slot::When => {
                    consider(self.condition_weight(condition), Bulleted::Condition(clause.slot));
                }
                ClauseValue::List(..)
                | ClauseValue::Topic(..)
                | ClauseValue::Condition(_)
                | ClauseValue::Flag
                | ClauseValue::Guarded(_) => {}
            }
        }
        candidates.into_iter().max_by_key(|(weight, _)| *weight).map(|(_, bulleted)| bulleted)
    }

    /// The members that an entry prints where it stands: its own, or its noun's at the first mention.
    pub(super) fn printed_group<'e>(&'e self, entry: &'e Entry) -> Option<&'e Group> {
        if entry.group.is_some() {
            return entry.group.as_ref();
        }
        let Head::Noun(id) = entry.head else { return None };
        let noun = self.policy.noun(id);
        let seen = self.led.contains(&id) || self.seen.get(id.0 as usize).copied().unwrap_or(false);
        if seen || noun.is_its_members() { None } else { noun.group.as_ref() }
    }

    /// The weight of a list in words, if it is too heavy to run on.
    fn weight(&self, entries: &[Entry]) -> Option<usize> {
        let count = entries.len();
        if count < 2 {
            return None;
        }
        let words: usize = entries.iter().map(|entry| self.words_of(entry)).sum();
        let nested = entries.iter().any(|entry| self.printed_group(entry).is_some_and(|group| group.entries.len() > 2));
        let reasoned = entries.iter().any(|entry| entry.tail.iter().any(|clause| clause.slot == Slot::Because));
        let heavy = match count {
            2 | 3 => words > 30,
            4 | 5 => words > 20,
            _ => true,
        };
        (heavy || nested || reasoned).then_some(words.max(1))
    }

    pub(super) fn words_of(&self, entry: &Entry) -> usize {
        let own = match &entry.head {
            Head::Noun(id) | Head::Field(id, _) => {
                let noun = self.policy.noun(*id);
                noun.words().split_whitespace().count()
                    + noun.that.as_ref().map_or(0, |that| that.split_whitespace().count() + 1)
            }
            Head::Period(period) => period.steps.len() * 4,
            Head::We | Head::You | Head::Value(_) | Head::Everything => 1,
        };
        let that = entry.that.as_ref().map_or(0, |that| that.split_whitespace().count() + 1);
        let of = entry.of.as_ref().map_or(0, |of| self.words_of(of) + 1);
        let members: usize =
            self.printed_group(entry).map_or(0, |group| group.entries.iter().map(|entry| self.words_of(entry)).sum());
        let tail: usize = entry
            .tail
            .iter()
            .map(|clause| match &clause.value {
                crate::policy::ClauseValue::List(entries, _) | crate::policy::ClauseValue::Topic(_, entries) => {
                    entries.iter().map(|entry| self.words_of(entry)).sum::<usize>() + 1
                }
                crate::policy::ClauseValue::Condition(condition) => self.words_of_condition(condition) + 1,
                crate::policy::ClauseValue::Flag | crate::policy::ClauseValue::Guarded(_) => 1,
            })
            .sum();
        own + that + of + members + tail
    }

    fn condition_weight(&self, condition: &Condition) -> Option<usize> {
        match condition {
            Condition::Test(_) => None,
            Condition::Joined(_, operands) if operands.len() > 2 => {
                Some(operands.iter().map(|operand| self.words_of_condition(operand)).sum::<usize>().max(1))
            }
            Condition::Joined(..) => None,
        }
    }

    pub(super) fn words_of_condition(&self, condition: &Condition) -> usize {
        match condition {
            Condition::Test(test) => self.words_of(&test.entry) + if test.state.is_some() { 2 } else { 0 },
            Condition::Joined(_, operands) => operands.iter().map(|operand| self.words_of_condition(operand) + 1).sum(),
        }
    }
}
