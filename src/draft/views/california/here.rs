//! What the sentences of a policy say to somebody who lives in California: those for people elsewhere are gone, and of
//! what differs by where people live only what holds there is left.

use super::categories::{PLACE, lives_in, residence};
use crate::draft::plan::Plan;
use crate::draft::views::practices::Practice;
use crate::policy::{Arm, Clause, ClauseValue, Entry, NounId, Policy};
use crate::syntax::words::{Polarity, Slot};
use crate::vocabulary::Class;

/// The sentences as they hold for the readers.
pub(super) fn here<'p>(policy: &Policy, found: Vec<Practice<'p>>, readers: &[NounId]) -> Vec<Practice<'p>> {
    let mut out = Vec::new();
    for mut practice in found {
        if practice.plan.reader.as_ref().is_some_and(|people| people.iter().all(|id| is_elsewhere(policy, *id))) {
            continue;
        }
        add_what_holds(policy, &mut practice);
        // The notice is for them: "if you are a California resident" is said once.
        if practice.plan.reader.as_ref().is_some_and(|people| people == readers) {
            practice.plan.reader = None;
        }
        for clause in &mut practice.plan.clauses {
            resolve(policy, clause);
        }
        let exception = exception(policy, &practice);
        out.push(practice);
        out.extend(exception);
    }
    out
}

/// What is added to a sentence without a condition holds like the sentence itself.
fn add_what_holds(policy: &Policy, practice: &mut Practice<'_>) {
    for added in &practice.additions {
        let holds =
            added.plan.reader.as_ref().is_none_or(|people| people.iter().any(|id| lives_in(policy, *id, PLACE)))
                && !added.plan.clauses.iter().any(|clause| clause.slot.takes_condition());
        if !holds {
            continue;
        }
        for clause in &added.plan.clauses {
            practice.plan.clauses.retain(|other| other.slot != clause.slot);
            practice.plan.clauses.push(clause.clone());
        }
        practice.plan.facts.extend(added.plan.facts.iter().cloned());
    }
}

/// Leaves of a clause that differs what may hold there; its value alone if nothing else may.
fn resolve(policy: &Policy, clause: &mut Clause) {
    let ClauseValue::Guarded(arms) = &clause.value else { return };
    let mut kept: Vec<Arm> = Vec::new();
    for arm in arms {
        let people: Vec<NounId> =
            arm.guard.iter().flat_map(|guard| guard.value.entries()).filter_map(Entry::noun_id).collect();
        let by_people = !people.is_empty() && arm.guard.iter().all(|guard| guard.slot == Slot::About);
        if by_people && people.iter().all(|id| is_elsewhere(policy, *id)) {
            continue;
        }
        let here = arm.guard.is_empty() || (by_people && people.iter().any(|id| lives_in(policy, *id, PLACE)));
        kept.push(arm.clone());
        if here {
            break;
        }
    }
    let holds = match kept.as_slice() {
        [only] if only.guard.is_empty() || is_here(policy, &only.guard) => Some(only.value.clone()),
        _ => None,
    };
    clause.value = holds.unwrap_or(ClauseValue::Guarded(kept));
}

fn is_here(policy: &Policy, guard: &[Clause]) -> bool {
    let mut people = guard.iter().flat_map(|guard| guard.value.entries()).filter_map(Entry::noun_id);
    guard.iter().all(|guard| guard.slot == Slot::About) && people.any(|id| lives_in(policy, id, PLACE))
}

/// Whether people live somewhere, and not in California.
pub(super) fn is_elsewhere(policy: &Policy, id: NounId) -> bool {
    !residence(policy, id).is_empty() && !lives_in(policy, id, PLACE)
}

/// What a denial of disclosure excepts by name is said to be done: "we do not sell your information, except your
/// postal address to Acme".
fn exception<'p>(policy: &Policy, practice: &Practice<'p>) -> Option<Practice<'p>> {
    let plan = &practice.plan;
    let except = plan.except.as_ref()?;
    let receives = except.clauses.iter().any(|clause| matches!(clause.slot, Slot::To | Slot::With));
    if plan.polarity == Polarity::Positive || plan.class(policy) != Class::Disclosure || !receives {
        return None;
    }
    let mut positive: Plan = plan.clone();
    positive.polarity = Polarity::Positive;
    positive.except = None;
    if !except.entries.is_empty() {
        positive.objects.clone_from(&except.entries);
    }
    for clause in &except.clauses {
        positive.clauses.retain(|other| other.slot != clause.slot);
        positive.clauses.push(clause.clone());
    }
    Some(Practice { plan: positive, additions: Vec::new(), ..practice.clone() })
}
