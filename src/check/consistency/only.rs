//! What lies outside of an `only`: of a clause, of an actor, of a complete list of cases, of what a basis covers.

use foldhash::{HashMap, HashSet};

use super::boxes::{self, Recipient, Side, is_root};
use super::denied::{self, MOST_PLACES, is_stated};
use super::guards::{self, Meeting};
use super::verbs::Reach;
use super::{Ground, say, verbs};
use crate::check::orders::{Orders, Relation};
use crate::check::rows::{Origin, Row, entries_of, is_us, values_of};
use crate::codes::consistency as codes;
use crate::diagnostic::Sink;
use crate::policy::{Clause, ClauseValue, Condition, Entry, Head, Period, Test, Value};
use crate::source::Span;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Class;

/// The slots in which an `only` can be held against what another sentence says.
const LIMITED: [Slot; 12] = [
    Slot::With,
    Slot::To,
    Slot::For,
    Slot::Under,
    Slot::From,
    Slot::On,
    Slot::In,
    Slot::At,
    Slot::About,
    Slot::Via,
    Slot::When,
    Slot::While,
];

/// Something outside of an `only`.
struct Leak {
    place: Span,
    what: String,
    is_wider: bool,
}

/// Reports what lies outside of an `only`.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let mut cases: HashMap<usize, Vec<&Row<'_>>> = HashMap::default();
    for row in ground.rows {
        if let Some(of) = row.case_of {
            cases.entry(of).or_default().push(row);
        }
    }
    for (index, row) in ground.rows.iter().enumerate() {
        if row.internal || row.denied {
            continue;
        }
        if row.has_cases {
            let cases = cases.get(&index).map_or(&[][..], Vec::as_slice);
            tell(row, beyond_cases(index, cases, row, ground), ground, sink);
            continue;
        }
        if !is_stated(row) {
            continue;
        }
        if row.only_actor {
            tell(row, other_actors(row, ground), ground, sink);
        }
        for clause in row.clauses.iter().filter(|clause| clause.only && LIMITED.contains(&clause.slot)) {
            tell(row, beyond_clause(row, clause, ground), ground, sink);
        }
    }
    beyond_consent(ground, sink);
}

fn tell(row: &Row<'_>, leaks: Vec<Leak>, ground: &Ground<'_, '_>, sink: &mut Sink) {
    let span = row.objects.first().and_then(|object| object.place.0).unwrap_or(row.span);
    let object = row.objects.first().map_or_else(String::new, |object| say::entry(object, ground.policy));
    for is_wider in [false, true] {
        let mut seen = HashSet::default();
        let mut group =
            leaks.iter().filter(|leak| leak.is_wider == is_wider && seen.insert(leak.place)).take(MOST_PLACES);
        let Some(first) = group.next() else { continue };
        let finding = if is_wider {
            codes::only_and_wider(span, &object, &first.what)
        } else {
            codes::only_but_more(span, &object, &first.what)
        };
        let finding = finding.and(first.place, first.what.clone());
        sink.report(group.fold(finding, |finding, leak| finding.and(leak.place, leak.what.clone())));
    }
}

/// The boxes that speak of what a limited row speaks of, each with how its object lies to that of the row.
fn others<'r, 'p>(row: &'r Row<'p>, ground: &Ground<'r, 'p>) -> Vec<(Side<'r, 'p>, Side<'r, 'p>, Relation)> {
    let mut classes: Vec<Class> = row.verbs.iter().flat_map(|verb| verbs::classes(verb)).copied().collect();
    // Where data may lie also says where they may go.
    if row.class() == Some(Class::Retention) {
        classes.push(Class::Transfer);
    }
    classes.sort_unstable();
    classes.dedup();
    let mut found = Vec::new();
    for object in boxes::named(&*row.objects) {
        let limit = Side { row, object: Some(object) };
        let Some(id) = object.noun() else { continue };
        for (noun, relation) in ground.orders.related(id).iter() {
            for stated in classes.iter().flat_map(|class| ground.index.about(*class, Some(*noun))) {
                if !ground.spend() {
                    return found;
                }
                if stated.row.statement != row.statement && stated.row.origin != Origin::Exception {
                    found.push((limit, *stated, *relation));
                }
            }
        }
    }
    found
}

/// What another sentence says in a slot that a clause limits.
fn beyond_clause(row: &Row<'_>, clause: &Clause, ground: &Ground<'_, '_>) -> Vec<Leak> {
    let orders = ground.orders;
    let allowed = entries_of(&clause.value);
    let is_recipient = matches!(clause.slot, Slot::With | Slot::To);
    let but: &[Slot] = if is_recipient { &[] } else { std::slice::from_ref(&clause.slot) };
    let mut leaks = Vec::new();
    for (limit, stated, relation) in others(row, ground) {
        let is_place = clause.slot == Slot::In && row.class() == Some(Class::Retention);
        let goes_there = is_place && stated.row.class() == Some(Class::Transfer);
        if (!goes_there && denied::verbs_meet(&limit, &stated, ground) != Some(Reach::Surely))
            || guards::meeting(&limit, &stated, but, orders) != Meeting::Surely
            || guards::excepted(&limit, &stated, orders) != Meeting::Apart
            || (!is_recipient && !goes_there && !recipients_meet(&limit, &stated, ground))
        {
            continue;
        }
        let said: Vec<&Entry> = if is_recipient {
            let named = boxes::recipients(&stated, orders).into_iter().filter_map(|recipient| match recipient {
                Recipient::Noun { named, .. } => Some(named.entry),
                Recipient::Us | Recipient::Reader => None,
            });
            named.collect()
        } else {
            said_in(&stated, clause.slot)
        };
        let beyond = match &clause.value {
            ClauseValue::Condition(condition) => beyond_condition(condition, &stated, clause.slot, orders),
            _ => None,
        };
        let outside = said.into_iter().find(|entry| {
            is_comparable(entry, clause.slot, &allowed, ground)
                && !allowed.iter().any(|allowed| {
                    guards::is_within(allowed, entry, orders)
                        || if is_recipient {
                            guards::is_recipient_within(entry, allowed, &stated, orders)
                        } else {
                            guards::is_within(entry, allowed, orders)
                        }
                })
        });
        let Some(outside) = outside.or(beyond) else { continue };
        let is_wider = match relation {
            Relation::Same | Relation::Narrower => false,
            // What is said of more data than these is said of these as well, unless it cuts them out.
            Relation::Wider => {
                let Some(object) = stated.object else { continue };
                let is_cut = limit.object.and_then(|limit| limit.noun()).is_some_and(|id| {
                    let row = stated.row.except.into_iter().flat_map(|except| &except.entries);
                    row.chain(&object.outer.except)
                        .filter_map(Entry::noun_id)
                        .any(|cut| orders.covers(cut, id) || orders.covers(id, cut))
                });
                // A limit within a limit: what is left is what both allow.
                let is_limit = stated.clauses(clause.slot).iter().any(|clause| clause.only);
                if is_limit
                    || object.is_open(orders)
                    || object.entry.that.is_some()
                    || object.entry.of.is_some()
                    || is_cut
                {
                    continue;
                }
                true
            }
            Relation::Overlapping | Relation::Apart => continue,
        };
        let value = say::entry(outside, ground.policy);
        leaks.push(Leak {
            place: outside.place.0.unwrap_or(stated.place()),
            what: format!("{} {value}", clause.slot.word()),
            is_wider,
        });
    }
    leaks
}

/// What a box says in a slot; a period says where something lies while it lasts.
pub fn said_in<'r>(stated: &Side<'r, '_>, slot: Slot) -> Vec<&'r Entry> {
    let mut said = stated.entries(slot);
    if slot == Slot::At {
        let periods = [Slot::For, Slot::Kept].into_iter().flat_map(|slot| stated.entries(slot));
        said.extend(periods.filter_map(Entry::period).flat_map(Period::stores));
    }
    said
}

/// The condition of a box that is none of those that a limit allows. One without any says nothing about when.
fn beyond_condition<'r>(
    allowed: &Condition,
    stated: &Side<'r, '_>,
    slot: Slot,
    orders: &Orders<'_>,
) -> Option<&'r Entry> {
    let allowed = allowed.tests();
    let said: Vec<&'r Test> = stated
        .clauses(slot)
        .into_iter()
        .filter_map(|clause| match &clause.value {
            ClauseValue::Condition(condition) => Some(condition.tests()),
            _ => None,
        })
        .flatten()
        .collect();
    let is_allowed = |said: &&Test| {
        allowed.iter().any(|allowed| {
            let (state, other) = (said.state.map(|(_, state)| state), allowed.state.map(|(_, state)| state));
            said.not == allowed.not && state == other && guards::is_within(&said.entry, &allowed.entry, orders)
        })
    };
    if said.iter().any(is_allowed) { None } else { said.first().map(|test| &test.entry) }
}

/// Whether an entry can be held against those that are allowed: they are of one kind, and no statute is meant.
fn is_comparable(entry: &Entry, slot: Slot, allowed: &[&Entry], ground: &Ground<'_, '_>) -> bool {
    let kind = |entry: &Entry| match &entry.head {
        Head::Noun(id) if ground.orders.is(*id, Kind::Law, "applicable-law") => None,
        // Whatever stands there is a means.
        Head::Noun(_) if slot == Slot::Via => Some(Kind::Way),
        Head::Noun(id) => {
            let kind = ground.policy.noun(*id).kind;
            Some(if matches!(kind, Kind::Engagement | Kind::People) { Kind::Party } else { kind })
        }
        Head::Value(Value::Place(_)) => Some(Kind::Place),
        Head::We | Head::You => Some(Kind::Party),
        _ => None,
    };
    let own = kind(entry);
    own.is_some() && !entry.other && allowed.iter().any(|allowed| kind(allowed) == own)
}

/// Whether a box goes to whom a limited one speaks of, if it speaks of anybody.
fn recipients_meet(limit: &Side<'_, '_>, stated: &Side<'_, '_>, ground: &Ground<'_, '_>) -> bool {
    let limits = boxes::recipients(limit, ground.orders);
    let said = boxes::recipients(stated, ground.orders);
    limits.is_empty()
        || limits.iter().any(|one| {
            said.iter().any(|other| match (one, other) {
                (Recipient::Noun { id: one, .. }, Recipient::Noun { id: other, .. }) => {
                    ground.orders.covers(*one, *other)
                }
                (Recipient::Us, Recipient::Us) | (Recipient::Reader, Recipient::Reader) => true,
                _ => false,
            })
        })
}

/// Who else does what only somebody may do.
fn other_actors(row: &Row<'_>, ground: &Ground<'_, '_>) -> Vec<Leak> {
    let (policy, orders) = (ground.policy, ground.orders);
    let is_reader = |entry: &Entry| match &entry.head {
        Head::You => true,
        Head::Noun(id) => policy.header.you.contains(id),
        _ => false,
    };
    let mut leaks = Vec::new();
    let mut limit_row = row.clone();
    for (limit, stated, relation) in others(row, ground) {
        if !matches!(relation, Relation::Same | Relation::Narrower) {
            continue;
        }
        limit_row.actors = stated.row.actors.clone();
        let same = Side { row: &limit_row, object: limit.object };
        if denied::verbs_meet(&limit, &stated, ground) != Some(Reach::Surely)
            || guards::meeting(&same, &stated, &[], orders) != Meeting::Surely
        {
            continue;
        }
        let is_allowed = |actor: &Entry| {
            let among = row.actors.iter().any(|allowed| guards::is_within(actor, allowed, orders));
            among || is_us(actor, policy) || is_reader(actor)
        };
        if let Some(actor) = stated.row.actors.iter().find(|actor| !is_allowed(actor) && actor.noun_id().is_some()) {
            leaks.push(Leak {
                place: stated.place(),
                what: format!("by {}", say::entry(actor, policy)),
                is_wider: false,
            });
        }
    }
    if row.class() == Some(Class::Access) {
        leaks.extend(published(row, ground));
    }
    leaks
}

/// Where everybody sees what only somebody may see.
fn published(row: &Row<'_>, ground: &Ground<'_, '_>) -> Vec<Leak> {
    let orders = ground.orders;
    let mut leaks = Vec::new();
    for id in row.objects.iter().filter_map(Entry::noun_id) {
        for noun in orders.below(id) {
            for stated in ground.index.about(Class::Disclosure, Some(*noun)) {
                let public = boxes::recipients(stated, orders).into_iter().find_map(|recipient| match recipient {
                    Recipient::Noun { id, named, .. } if is_public(id, ground) => Some(named.entry),
                    _ => None,
                });
                let is_unconditional = !stated.row.clauses.iter().any(|clause| clause.slot.takes_condition());
                if let Some(public) = public
                    .filter(|_| is_unconditional && !row.clauses.iter().any(|clause| clause.slot.takes_condition()))
                {
                    let what = format!("to {}", say::entry(public, ground.policy));
                    leaks.push(Leak { place: stated.place(), what, is_wider: false });
                }
            }
        }
    }
    leaks
}

fn is_public(id: crate::policy::NounId, ground: &Ground<'_, '_>) -> bool {
    ground.orders.is(id, Kind::Party, "the-public")
        || (is_root(id, ground.orders)
            && ground.orders.is(id, Kind::Party, "anyone")
            && ground.policy.noun(id).name.as_deref() == Some("anyone"))
}

/// What a complete list of cases leaves out.
fn beyond_cases(index: usize, cases: &[&Row<'_>], row: &Row<'_>, ground: &Ground<'_, '_>) -> Vec<Leak> {
    let orders = ground.orders;
    let mut leaks = Vec::new();
    for (limit, stated, relation) in others(row, ground) {
        if stated.row.case_of == Some(index)
            || !matches!(relation, Relation::Same | Relation::Narrower)
            || stated.object.is_some_and(|object| object.is_open(orders) && relation != Relation::Same)
            || denied::verbs_meet(&limit, &stated, ground) != Some(Reach::Surely)
            || !recipients_meet(&limit, &stated, ground)
            || boxes::recipients(&stated, orders).iter().all(|one| !matches!(one, Recipient::Noun { .. }))
            || guards::meeting(&limit, &stated, &[], orders) != Meeting::Surely
        {
            continue;
        }
        let in_case = |case: &&Row<'_>| {
            boxes::named(&*case.objects).into_iter().any(|object| {
                let case = Side { row: case, object: Some(object) };
                let same = object.noun().zip(stated.object.and_then(|object| object.noun()));
                same.is_some_and(|(wide, narrow)| orders.relation(wide, narrow) != Relation::Apart)
                    && recipients_meet(&case, &stated, ground)
            })
        };
        if !cases.iter().any(in_case) {
            let what = boxes::recipients(&stated, orders).into_iter().find_map(|recipient| match recipient {
                Recipient::Noun { named, .. } => Some(format!("to {}", say::entry(named.entry, ground.policy))),
                Recipient::Us | Recipient::Reader => None,
            });
            let what = what.unwrap_or_else(|| "outside of the list".to_owned());
            leaks.push(Leak { place: stated.place(), what, is_wider: false });
        }
    }
    leaks
}

/// Purposes that rest on a basis and that it does not cover.
fn beyond_consent(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let orders = ground.orders;
    for row in ground.rows.iter().filter(|row| is_stated(row)) {
        for basis in row.entries(Slot::Under) {
            let Some(noun) = basis.noun_id().map(|id| ground.policy.noun(id)) else { continue };
            let Some(field) = noun.fields.iter().find(|field| &*field.key == "covers") else { continue };
            let covered: Vec<&Entry> = values_of(field).collect();
            let is_purpose =
                |entry: &&Entry| entry.noun_id().is_some_and(|id| ground.policy.noun(id).kind == Kind::Purpose);
            if noun.kind != Kind::Basis || !covered.iter().all(is_purpose) {
                continue;
            }
            let others = row.entries(Slot::Under).filter(|other| other.noun_id() != basis.noun_id());
            if others.filter_map(Entry::noun_id).any(|id| ground.policy.noun(id).kind == Kind::Basis) {
                continue;
            }
            let outside = row.entries(Slot::For).find(|entry| {
                is_purpose(entry)
                    && !covered
                        .iter()
                        .any(|wide| guards::is_within(entry, wide, orders) || guards::is_within(wide, entry, orders))
            });
            if let Some(outside) = outside {
                let basis = say::entry(basis, ground.policy);
                let purpose = say::entry(outside, ground.policy);
                sink.report(codes::beyond_basis(outside.place.0.unwrap_or(row.span), &basis, &purpose, field.span));
            }
        }
    }
}
