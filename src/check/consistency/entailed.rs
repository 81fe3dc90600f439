//! What a statement makes necessary and nobody says, and what is stated for nothing.

use foldhash::HashSet;

use super::Ground;
use super::boxes::is_root;
use super::denied::{is_denial, is_stated};
use crate::check::rows::{Origin, Row, tests_of};
use crate::codes::unsaid as codes;
use crate::diagnostic::Sink;
use crate::policy::{ClauseValue, Entry, Head, NounId, Period};
use crate::source::Span;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::{self, Class};

/// Reports what is left unsaid. A fragment leaves out most of everything, and a policy that lists no right leaves them
/// to others: only what lists rights is taken to list all of them.
pub fn check(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let policy = ground.policy;
    topics(ground, sink);
    let Some(first) = ground.rows.iter().find(|row| is_stated(row) && right_of(row, ground).is_some()) else { return };
    if policy.header.span.is_none() || tells_elsewhere(ground) {
        return;
    }
    let rests = |basis: &str| {
        ground.rows.iter().filter(|row| is_stated(row) && row.is_ours(policy)).find_map(|row| {
            let mut under = row
                .entries(Slot::Under)
                .filter(|entry| entry.noun_id().is_some_and(|id| ground.orders.is(id, Kind::Basis, basis)));
            under.next().map(|entry| entry.place.0.unwrap_or(row.span))
        })
    };
    let lists = |right: &str| has_right(right, ground);
    let chooses = has_choice(ground);
    let rights: HashSet<NounId> = ground
        .rows
        .iter()
        .filter(|row| is_stated(row))
        .filter_map(|row| right_of(row, ground))
        .chain(
            ground
                .rows
                .iter()
                .filter(|row| is_stated(row) && right_of(row, ground).is_some())
                .flat_map(|row| row.objects.iter().filter_map(Entry::noun_id)),
        )
        .collect();
    // Whoever grants every right of data protection grants each.
    let lists_all = rights.iter().any(|id| policy.noun(*id).standard == vocabulary::find(Kind::Right, "data-right"));
    if let Some(span) =
        rests("consent").filter(|_| !chooses && !lists("withdraw-consent") && !lists("opt-out") && !withdraws(ground))
    {
        sink.report(codes::withdrawal_unsaid(span, first.span));
    }
    if let Some(span) = rests("legitimate-interests").filter(|_| !lists("objection") && !lists("opt-out") && !lists_all)
    {
        sink.report(codes::objection_unsaid(span, first.span));
    }
    if rights.len() > 1 && !has_channel(ground) {
        sink.report(codes::channel_unsaid(first.span));
    }
    if let Some(span) = until_closure(ground).filter(|_| !lists("closure") && !lists("erasure") && !closes(ground)) {
        sink.report(codes::closure_unsaid(span));
    }
    if let Some(span) = markets(ground).filter(|_| {
        !chooses && ["objection", "opt-out", "withdraw-consent"].iter().all(|right| !lists(right)) && !withdraws(ground)
    }) {
        sink.report(codes::unsubscribe_unsaid(span, first.span));
    }
    for_nothing(ground, sink);
}

/// Whether another document, or a section of prose, describes the rights.
fn tells_elsewhere(ground: &Ground<'_, '_>) -> bool {
    let describes = |row: &&Row<'_>| {
        row.verbs.iter().any(|verb| matches!(&*verb.name, "describe" | "explain" | "cover"))
            && row.actors.iter().filter_map(Entry::noun_id).any(|id| ground.policy.noun(id).kind == Kind::Document)
    };
    ground.rows.iter().any(|row| describes(&row))
}

/// The right that a row gives to the reader.
fn right_of(row: &Row<'_>, ground: &Ground<'_, '_>) -> Option<NounId> {
    let has = row.verbs.iter().any(|verb| matches!(&*verb.name, "have" | "exercise" | "request" | "be-entitled-to"));
    let rights = row.objects.iter().filter_map(Entry::noun_id).filter(|id| ground.policy.noun(*id).kind == Kind::Right);
    rights.into_iter().find(|_| has)
}

fn has_right(name: &str, ground: &Ground<'_, '_>) -> bool {
    let wanted = vocabulary::find(Kind::Right, name);
    ground.rows.iter().filter(|row| is_stated(row)).any(|row| {
        let grants = row.grants.zip(wanted).is_some_and(|(right, wanted)| vocabulary::is(right, wanted));
        let mut objects = row.objects.iter().filter_map(Entry::noun_id);
        grants
            || objects.any(|id| ground.orders.is(id, Kind::Right, name) && ground.policy.noun(id).kind == Kind::Right)
    })
}

fn is_reader(row: &Row<'_>, ground: &Ground<'_, '_>) -> bool {
    row.actors.iter().any(|actor| match &actor.head {
        Head::You => true,
        Head::Noun(id) => ground.policy.noun(*id).kind == Kind::People,
        _ => false,
    })
}

/// Whether the reader chooses something.
fn has_choice(ground: &Ground<'_, '_>) -> bool {
    let chooses = |row: &&Row<'_>| is_stated(row) && row.class() == Some(Class::Choice) && is_reader(row, ground);
    ground.rows.iter().any(|row| chooses(&row))
        || ground.policy.nouns.iter().any(|noun| noun.kind == Kind::Setting && noun.declared && !noun.dropped)
}

/// Whether a consent says how it is taken back.
fn withdraws(ground: &Ground<'_, '_>) -> bool {
    let bases = ground.policy.nouns.iter().filter(|noun| noun.kind == Kind::Basis);
    bases.flat_map(|noun| &noun.fields).any(|field| &*field.key == "withdraw")
}

/// Whether the policy says how to reach somebody.
fn has_channel(ground: &Ground<'_, '_>) -> bool {
    let policy = ground.policy;
    let reaches = |noun: &crate::policy::Noun| match noun.kind {
        Kind::Contact | Kind::Steps => noun.declared || noun.name.is_some(),
        Kind::Party => {
            noun.fields.iter().any(|field| matches!(&*field.key, "email" | "post" | "phone" | "site"))
                || noun.link.is_some()
        }
        Kind::Right => noun.fields.iter().any(|field| &*field.key == "means"),
        _ => false,
    };
    policy.nouns.iter().any(|noun| !noun.dropped && reaches(noun))
        || ground.rows.iter().filter(|row| is_stated(row) && is_reader(row, ground)).any(|row| {
            row.in_slot(Slot::Via).next().is_some()
                || row.in_slot(Slot::See).next().is_some()
                || row.verbs.iter().any(|verb| matches!(&*verb.name, "contact" | "write-to" | "email" | "call"))
        })
}

/// The events that end, or bound, what a row says.
fn events(row: &Row<'_>) -> Vec<NounId> {
    let of_period = |period: &Period| -> Vec<NounId> {
        let ends = period.steps.iter().flat_map(|step| step.until.iter().chain(&step.lasting));
        ends.flat_map(tests_of).filter_map(|(entry, _)| entry.noun_id()).collect()
    };
    row.clauses
        .iter()
        .filter(|clause| clause.slot != Slot::After)
        .flat_map(|clause| match &clause.value {
            ClauseValue::Condition(condition) => {
                tests_of(condition).into_iter().filter_map(|(entry, _)| entry.noun_id()).collect()
            }
            value => {
                let periods = crate::check::rows::entries_of(value).into_iter().filter_map(Entry::period);
                periods.flat_map(of_period).collect::<Vec<_>>()
            }
        })
        .collect()
}

/// Where data are kept until an account is closed.
fn until_closure(ground: &Ground<'_, '_>) -> Option<Span> {
    let kept = |row: &&Row<'_>| {
        is_stated(row)
            && row.class() == Some(Class::Retention)
            && events(row).into_iter().any(|id| ground.orders.is(id, Kind::Event, "account-closure"))
    };
    ground.rows.iter().find(kept).map(|row| row.span)
}

/// Whether somebody may close an account or delete what is kept.
fn closes(ground: &Ground<'_, '_>) -> bool {
    ground.rows.iter().filter(|row| is_stated(row) && is_reader(row, ground)).any(|row| {
        row.class() == Some(Class::Deletion) || row.verbs.iter().any(|verb| matches!(&*verb.name, "close" | "cancel"))
    })
}

/// Where marketing messages are sent.
fn markets(ground: &Ground<'_, '_>) -> Option<Span> {
    ground.rows.iter().filter(|row| is_stated(row) && row.is_ours(ground.policy)).find_map(|row| {
        let is_mail = |id: NounId| {
            ground.orders.is(id, Kind::Term, "marketing-emails")
                || ground.orders.is(id, Kind::Purpose, "direct-marketing")
        };
        let said = row.entries(Slot::For).chain(row.objects.iter());
        said.into_iter()
            .find(|entry| entry.noun_id().is_some_and(is_mail))
            .map(|entry| entry.place.0.unwrap_or(row.span))
    })
}

/// Rights about what does not happen.
fn for_nothing(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let (policy, orders) = (ground.policy, ground.orders);
    let offered = |name: &str| {
        ground.rows.iter().filter(|row| is_stated(row)).find(|row| {
            row.objects.iter().filter_map(Entry::noun_id).any(|id| {
                orders.is(id, Kind::Right, name)
                    || (name.contains("sale")
                        && row.class() == Some(Class::Choice)
                        && orders.is(id, Kind::Term, "sale"))
            })
        })
    };
    let is_sale = |row: &&Row<'_>| {
        let sells = row.verbs.iter().any(|verb| &*verb.name == "sell");
        let shares = row.entries(Slot::Sense).next().is_some();
        let advertises = row.class() == Some(Class::Disclosure)
            && row
                .entries(Slot::For)
                .filter_map(Entry::noun_id)
                .any(|id| orders.is(id, Kind::Purpose, "targeted-advertising"));
        sells || shares || advertises
    };
    let denies_sale = ground.rows.iter().filter(|row| is_denial(row)).find(|row| {
        row.verbs.iter().any(|verb| &*verb.name == "sell")
            && row.except.is_none()
            && row.recipients().next().is_none()
            && row.objects.iter().any(|object| match object.head {
                Head::Noun(id) => is_root(id, orders),
                Head::Everything => true,
                _ => false,
            })
    });
    let sells = ground.rows.iter().filter(|row| is_stated(row)).any(|row| is_sale(&row));
    if let (Some(offer), Some(denial), false) = (offered("ccpa-opt-out-sale-sharing"), denies_sale, sells) {
        sink.report(codes::choice_about_nothing(offer.span, "sale", denial.span));
    }
    let mut bases = ground
        .rows
        .iter()
        .filter(|row| is_stated(row))
        .flat_map(|row| row.entries(Slot::Under))
        .filter_map(Entry::noun_id);
    let first = bases.find(|id| orders.is(*id, Kind::Basis, "legal-basis"));
    let names_consent = policy.nouns.iter().enumerate().any(|(index, noun)| {
        let id = NounId(index as u32);
        let is = |kind: Kind| noun.kind == kind && !noun.dropped && orders.is(id, kind, "consent");
        is(Kind::Basis) || is(Kind::Event)
    }) || ground.rows.iter().any(|row| row.class() == Some(Class::Consent));
    if let (Some(offer), Some(_), false) = (offered("withdraw-consent"), first, names_consent) {
        sink.report(codes::choice_about_nothing(offer.span, "consent", offer.span));
    }
}

/// How many sentences about data a policy has at least that is taken to be a whole one.
const WHOLE: usize = 15;

/// The topics that every policy of some size answers, and that this one does not, in one note. Where the policy names
/// the laws that it is meant for, they ask.
fn topics(ground: &Ground<'_, '_>, sink: &mut Sink) {
    let policy = ground.policy;
    let Some(span) = policy.header.span.filter(|_| policy.header.laws.is_empty()) else { return };
    let practice = |row: &&Row<'_>| {
        matches!(row.class(), Some(Class::Collection | Class::Use | Class::Disclosure)) && row.origin == Origin::Said
    };
    if ground.rows.iter().filter(|row| is_stated(row)).filter(practice).count() < WHOLE {
        return;
    }
    let any = |is: &dyn Fn(&Row<'_>) -> bool| ground.rows.iter().any(is);
    let describes = |row: &Row<'_>| {
        row.class() == Some(Class::Claim)
            && row.actors.iter().filter_map(Entry::noun_id).any(|id| policy.noun(id).kind == Kind::Document)
    };
    if any(&describes) {
        return;
    }
    let mut missing = Vec::new();
    if !has_channel(ground) {
        missing.push("whom to turn to");
    }
    if policy.header.updated.is_none() && policy.editions.is_empty() {
        missing.push("its date");
    }
    if !any(&|row| row.class() == Some(Class::Retention) && !row.denied) {
        missing.push("how long data are kept");
    }
    if !any(&|row| row.class() == Some(Class::Protection)) {
        missing.push("how data are protected");
    }
    if !any(&|row| right_of(row, ground).is_some() || row.grants.is_some()) {
        missing.push("the rights of the reader");
    }
    if !missing.is_empty() {
        sink.report(codes::topic_missing(span, &missing));
    }
}
