//! How long things last: a part and its whole, an item and the greatest period, what is deleted and what survives.

use foldhash::HashSet;

use super::boxes::{self, Side};
use super::denied::is_stated;
use super::guards::{self, Meeting};
use super::{Ground, periods, say};
use crate::check::orders::Relation;
use crate::check::rows::{Row, tests_of};
use crate::codes::lasting as codes;
use crate::diagnostic::Sink;
use crate::policy::{ClauseValue, Entry, NounId, Period};
use crate::syntax::words::{Bound, Kind, Quantifier, Slot};
use crate::vocabulary::Class;

/// Reports what lasts longer than something else lets it.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        match row.class() {
            Some(Class::Retention) => kept(row, ground, sink),
            Some(Class::Deletion) => deleted(row, ground, sink),
            _ => {}
        }
    }
}

/// The period for which a box says that something is kept, if it is one number.
fn period<'r>(side: &Side<'r, '_>) -> Option<&'r Period> {
    let found = side.entries(Slot::For).into_iter().find_map(Entry::period);
    found.or_else(|| side.entries(Slot::Kept).into_iter().find_map(Entry::period))
}

/// Whether a period has one length, counted from its start and ended by nothing else.
fn is_plain(period: &Period) -> bool {
    period
        .steps
        .iter()
        .all(|step| step.amount.is_some() && step.until.is_none() && step.lasting.is_none() && step.whichever.is_none())
}

fn bound(period: &Period) -> Bound {
    match period.steps.as_slice() {
        [step] => step.bound,
        _ => Bound::Exact,
    }
}

/// The places where the data lie during a period, those of the sentence and those of its steps.
fn stores(side: &Side<'_, '_>, period: &Period) -> Vec<NounId> {
    let own = side.entries(Slot::At).into_iter().filter_map(Entry::noun_id);
    own.chain(period.stores().filter_map(Entry::noun_id)).collect()
}

/// What is kept no longer than so, or as a whole, against what is kept of it.
fn kept(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    for object in boxes::named(&*row.objects) {
        let whole = Side { row, object: Some(object) };
        // What is left over is what no other sentence speaks of.
        if object.entry.is_part() || object.outer.is_part() || object.entry.other {
            continue;
        }
        let (Some(id), Some(limit)) = (object.noun(), period(&whole).filter(|period| is_plain(period))) else {
            continue;
        };
        let Some((_, most)) = periods::length(limit).filter(|_| bound(limit) != Bound::AtLeast) else { continue };
        let is_maximum = bound(limit) == Bound::AtMost;
        let mut told = HashSet::default();
        for below in orders.below(id) {
            for stated in ground.index.about(Class::Retention, Some(*below)) {
                if !ground.spend() {
                    return;
                }
                let Some(other_period) = period(stated).filter(|period| is_plain(period)) else { continue };
                let Some((least, _)) = periods::length(other_period) else { continue };
                let is_whole = *below == id;
                // Two exact periods of the same data are told of by `two-periods`.
                let breaks = match bound(other_period) {
                    Bound::AtLeast | Bound::Exact => least > most,
                    Bound::AtMost => least > most && !is_whole,
                    Bound::Roughly | Bound::Last => false,
                };
                let is_part = !is_whole && is_member(id, *below, ground);
                if !breaks
                    || stated.row.statement == row.statement
                    || (is_whole && bound(other_period) == Bound::AtMost)
                    || !(is_maximum || is_part)
                    || (is_whole && !is_maximum)
                    || periods::starts(limit) != periods::starts(other_period)
                    || stores(&whole, limit) != stores(stated, other_period)
                    || guards::meeting(&whole, stated, &[Slot::For, Slot::Under, Slot::At], orders) != Meeting::Surely
                    || guards::excepted(&whole, stated, orders) != Meeting::Apart
                    || !told.insert(stated.place())
                {
                    continue;
                }
                let (one, other) = (say::shown(*below, policy), say::shown(id, policy));
                sink.report(match (is_whole, is_maximum) {
                    (true, _) if bound(other_period) == Bound::AtLeast => {
                        codes::minimum_above_maximum(stated.place(), &one, whole.place())
                    }
                    (true, _) => codes::longer_than_at_most(stated.place(), &one, whole.place()),
                    (false, true) => codes::beyond_maximum(stated.place(), &one, &other, whole.place()),
                    (false, false) => codes::part_outlives_whole(stated.place(), &one, &other, whole.place()),
                });
            }
        }
    }
}

/// Whether a noun is a member of a group, and not only a kind of it.
fn is_member(whole: NounId, part: NounId, ground: &Ground<'_, '_>) -> bool {
    let members = ground.policy.noun(whole).group.iter().flat_map(|group| &group.entries);
    members.filter_map(Entry::noun_id).any(|member| ground.orders.covers(member, part))
}

/// The events at which a sentence deletes.
fn triggers(row: &Row<'_>) -> Vec<NounId> {
    let conditions = row.clauses.iter().filter(|clause| matches!(clause.slot, Slot::When | Slot::After));
    let events = conditions.filter_map(|clause| match &clause.value {
        ClauseValue::Condition(condition) => Some(tests_of(condition)),
        _ => None,
    });
    let mut found: Vec<NounId> = events.flatten().filter_map(|(entry, _)| entry.noun_id()).collect();
    found.extend(row.entries(Slot::Within).filter_map(Entry::period).flat_map(periods::starts));
    found
}

/// What is deleted, against what is kept longer from the same event on, and against what the law keeps of it.
fn deleted(row: &Row<'_>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let triggers = triggers(row);
    let manner = row.manner.and_then(|id| policy.noun(id).name.as_deref());
    let within = row.entries(Slot::Within).find_map(Entry::period);
    let deadline = match within {
        Some(within) => periods::length(within).map(|(_, most)| most),
        None => matches!(manner, Some("immediately" | "promptly")).then_some(0),
    };
    if triggers.is_empty() || !row.is_ours(policy) {
        return;
    }
    for object in boxes::named(&*row.objects) {
        let gone = Side { row, object: Some(object) };
        let Some(id) = object.noun() else { continue };
        if object.entry.is_part() || object.entry.other || object.entry.that.is_some() {
            continue;
        }
        let says_all = matches!(object.entry.quantifier, Some(Quantifier::All));
        let mut told = HashSet::default();
        let related = orders.related(id);
        let reached = related.iter().filter(|(_, relation)| matches!(relation, Relation::Same | Relation::Narrower));
        for (below, relation) in reached {
            for stated in ground.index.about(Class::Retention, Some(*below)) {
                if !ground.spend() {
                    return;
                }
                let Some(period) = period(stated) else { continue };
                let Some((least, _)) = periods::length(period) else { continue };
                let starts = periods::starts(period);
                let from_here = starts.iter().any(|start| triggers.contains(start));
                let outlives = from_here && deadline.is_some_and(|deadline| least > deadline);
                let is_law = stated.entries(Slot::Under).into_iter().filter_map(Entry::noun_id).any(|basis| {
                    orders.is(basis, Kind::Basis, "legal-obligation") || orders.is(basis, Kind::Law, "applicable-law")
                });
                let by_law =
                    says_all && is_law && least > 365 * 86_400 && starts.is_empty() && *relation == Relation::Narrower;
                let own_steps = within.is_some_and(|within| within.steps.len() > 1);
                if !(outlives || by_law)
                    || own_steps
                    || bound(period) == Bound::AtMost && !outlives
                    || stated.row.statement == row.statement
                    || survivors_are_elsewhere(&gone, stated, period, ground)
                    || guards::excepted(&gone, stated, orders) != Meeting::Apart
                    || !told.insert(stated.place())
                {
                    continue;
                }
                let (one, other) = (say::shown(*below, policy), say::shown(id, policy));
                sink.report(codes::deleted_but_kept(gone.place(), &one, &other, stated.place()));
            }
        }
    }
}

/// Whether a deletion speaks of one store and what is kept lies in another, or they speak of other people or products.
fn survivors_are_elsewhere(
    gone: &Side<'_, '_>,
    stated: &Side<'_, '_>,
    period: &Period,
    ground: &Ground<'_, '_>,
) -> bool {
    let at: Vec<NounId> = [Slot::At, Slot::From]
        .into_iter()
        .flat_map(|slot| gone.entries(slot))
        .filter_map(Entry::noun_id)
        .filter(|id| ground.policy.noun(*id).kind == Kind::Store)
        .collect();
    let lies = stores(stated, period);
    let elsewhere = !at.is_empty() && !lies.iter().any(|store| at.iter().any(|at| ground.orders.covers(*at, *store)));
    let slots =
        [Slot::When, Slot::After, Slot::Within, Slot::For, Slot::At, Slot::From, Slot::Via, Slot::Under, Slot::Until];
    // How soon something is deleted tells it from nothing else.
    let row = Row { manner: None, ..gone.row.clone() };
    elsewhere || guards::meeting(&Side { row: &row, object: None }, stated, &slots, ground.orders) != Meeting::Surely
}
