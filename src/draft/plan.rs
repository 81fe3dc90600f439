//! A sentence on its way to the page: its slots after what surrounds it was added and neighbours were merged.

use crate::policy::{
    Clause, ClauseValue, Condition, Entry, Except, Head, NounId, Period, PeriodStep, Policy, Sentence, VerbId,
};
use crate::syntax::words::{Bound, Force, Join, Polarity, Slot};
use crate::vocabulary::Class;

use super::Inherited;

/// A sentence to be said.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub only_actor: bool,
    pub actors: Vec<Entry>,
    pub actor_join: Join,
    pub force: Force,
    pub polarity: Polarity,
    pub manner: Option<NounId>,
    pub verbs: Vec<VerbId>,
    pub verb_join: Join,
    pub objects: Vec<Entry>,
    pub object_join: Join,
    pub clauses: Vec<Clause>,
    /// The slots that a block around the sentence filled.
    pub inherited: Vec<Slot>,
    pub except: Option<Except>,
    /// The reader of a block around it, to be said as a condition.
    pub reader: Option<Vec<NounId>>,
    /// The condition of the sentence before that this one shares: "in that case" opens it.
    pub in_that_case: Option<Slot>,
    /// The facts it states. A merged sentence states several.
    pub facts: Vec<String>,
    /// For a merged list, the facts of each entry; else empty.
    pub entry_facts: Vec<Vec<String>>,
}

/// A clause under one of a block around it in the same slot. Both conditions hold; of other values the inner one
/// says more exactly what the outer one says.
pub(super) fn under(outer: &Clause, inner: &Clause) -> Clause {
    let (ClauseValue::Condition(around), ClauseValue::Condition(own)) = (&outer.value, &inner.value) else {
        return inner.clone();
    };
    if around == own {
        return inner.clone();
    }
    // "Unless a" and "unless b" hold together only if neither happens.
    let join = if inner.slot == Slot::Unless { Join::Or } else { Join::And };
    let both = Condition::Joined(join, vec![around.clone(), own.clone()]);
    Clause { only: outer.only || inner.only, slot: inner.slot, value: ClauseValue::Condition(both) }
}

impl Plan {
    pub(super) fn new(sentence: &Sentence, inherited: &Inherited) -> Plan {
        let mut clauses = sentence.clauses.clone();
        let mut facts = vec![sentence.id.to_string()];
        for addition in &sentence.added {
            clauses.extend(addition.clauses.iter().cloned());
            facts.push(addition.id.to_string());
        }
        let mut slots = Vec::new();
        for clause in &inherited.clauses {
            match clauses.iter_mut().find(|own| own.slot == clause.slot) {
                Some(own) => *own = under(clause, own),
                None => {
                    clauses.push(clause.clone());
                    slots.push(clause.slot);
                }
            }
        }
        Plan {
            only_actor: sentence.only_actor,
            actors: sentence.actors.clone(),
            actor_join: sentence.actor_join,
            force: sentence.force,
            polarity: sentence.polarity,
            manner: sentence.manner,
            verbs: sentence.verbs.clone(),
            verb_join: sentence.verb_join,
            objects: sentence.objects.clone(),
            object_join: sentence.object_join,
            clauses,
            inherited: slots,
            except: sentence.except.clone(),
            reader: inherited.reader.clone(),
            in_that_case: None,
            facts,
            entry_facts: Vec::new(),
        }
    }

    /// Says how long as one period, whichever clause the author chose: "until you leave" answers the same question as
    /// "for 3 years", and stands in the same column.
    pub(super) fn with_one_period(mut self, policy: &Policy) -> Plan {
        if self.class(policy) != Class::Retention || self.clause(Slot::For).is_some() {
            return self;
        }
        let lasts = |clause: &Clause| matches!(clause.slot, Slot::Until | Slot::While) && !clause.only;
        let Some(at) = self.clauses.iter().position(lasts) else { return self };
        if self.clauses.iter().filter(|clause| lasts(clause)).count() > 1
            || self.clauses.get(at).is_some_and(|clause| self.inherited.contains(&clause.slot))
        {
            return self;
        }
        let clause = self.clauses.remove(at);
        let ClauseValue::Condition(condition) = clause.value else {
            self.clauses.insert(at, clause);
            return self;
        };
        let (until, lasting) =
            if clause.slot == Slot::Until { (Some(condition), None) } else { (None, Some(condition)) };
        let step = PeriodStep {
            bound: Bound::Exact,
            amount: None,
            start: None,
            until,
            lasting,
            criterion: None,
            stores: Vec::new(),
            whichever: None,
        };
        let period = Period { steps: vec![step], end: None, total: None };
        let entry = Entry::of_head(Head::Period(Box::new(period)));
        self.clauses.push(Clause { slot: Slot::For, only: false, value: ClauseValue::List(vec![entry], Join::And) });
        self
    }

    pub(super) fn fact_ids(&self) -> Vec<String> {
        self.facts.clone()
    }

    pub(super) fn clause(&self, slot: Slot) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.slot == slot)
    }

    /// The entries in a slot; none if it is empty.
    pub(super) fn entries(&self, slot: Slot) -> &[Entry] {
        self.clause(slot).map_or(&[], |clause| clause.value.entries())
    }

    /// The class that decides the order of slots: the first verb's, or disclosure if any verb discloses to
    /// somebody.
    pub(super) fn class(&self, policy: &Policy) -> Class {
        let mut classes = self.verbs.iter().map(|verb| policy.verb(*verb).class);
        let first = classes.next().unwrap_or(Class::Conduct);
        let receives = self.clause(Slot::With).is_some() || self.clause(Slot::To).is_some();
        if receives && classes.any(|class| class == Class::Disclosure) { Class::Disclosure } else { first }
    }

    pub(super) fn is_denied(&self, policy: &Policy) -> bool {
        self.polarity != Polarity::Positive || self.verbs.iter().any(|verb| policy.verb(*verb).negative)
    }

    /// The entries of a clause that hold a list, to be extended when neighbours merge.
    pub(super) fn entries_mut(&mut self, slot: Slot) -> Option<&mut Vec<Entry>> {
        self.clauses.iter_mut().find(|clause| clause.slot == slot).and_then(|clause| match &mut clause.value {
            ClauseValue::List(entries, _) => Some(entries),
            ClauseValue::Condition(_) | ClauseValue::Topic(..) | ClauseValue::Flag | ClauseValue::Guarded(_) => None,
        })
    }
}

impl Plan {
    /// A plan without words, for clauses that belong to no verb.
    pub(super) fn empty() -> Plan {
        Plan {
            only_actor: false,
            actors: Vec::new(),
            actor_join: Join::And,
            force: Force::Does,
            polarity: Polarity::Positive,
            manner: None,
            verbs: Vec::new(),
            verb_join: Join::And,
            objects: Vec::new(),
            object_join: Join::And,
            clauses: Vec::new(),
            inherited: Vec::new(),
            except: None,
            reader: None,
            in_that_case: None,
            facts: Vec::new(),
            entry_facts: Vec::new(),
        }
    }
}
