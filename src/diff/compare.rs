//! From the claims of two versions to changes: what is claimed on one side alone, and the nearest that the other side
//! claims of the same.
//!
//! A claim that both make is no change, whichever sentences make it. One that the other side makes of something wider
//! is only said more or less exactly. Of what is left, the first thing that the other side does not know (the datum,
//! the recipient, the purpose) is what is new; where it knows them all, the nearest claim says what differs.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use foldhash::HashSet;

use super::Part;
use super::claims::{Claim, Dimension, Named, Version, force_rank};
use super::class::ChangeClass as C;
use super::grouped::Grouped;
use super::index::{Index, Near, holds_in, is_everything, is_same_object};
use super::periods;
use super::stance::{Stance, is_sale, stance};
use super::things::{Side, Thing};
use crate::check::places::lies_in;
use crate::check::rows::entries_of;
use crate::policy::Entry;
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::{self, Class};

/// What the claims of two versions differ in.
pub(super) fn compare<'v>(old: (&Version<'v>, &[Claim<'v>]), new: (&Version<'v>, &[Claim<'v>]), changes: &mut Grouped) {
    let (before, after) = (Index::new(old.0, old.1), Index::new(new.0, new.1));
    let mut comparison = Comparison {
        before,
        after,
        kept_old: HashSet::default(),
        kept_new: HashSet::default(),
        told_old: HashSet::default(),
        changes,
    };
    let unmatched = comparison.match_equal();
    for at in unmatched {
        comparison.explain_new(at);
    }
    for at in 0..old.1.len() {
        if !comparison.kept_old.contains(&at) && !comparison.told_old.contains(&at) {
            comparison.explain_old(at);
        }
    }
}

struct Comparison<'c, 'v, 'g> {
    before: Index<'c, 'v>,
    after: Index<'c, 'v>,
    /// The old claims that the new version makes as well.
    kept_old: HashSet<usize>,
    /// The new claims that the old version makes as well.
    kept_new: HashSet<usize>,
    /// The old claims that a reported change speaks of.
    told_old: HashSet<usize>,
    changes: &'g mut Grouped,
}

impl<'c, 'v> Comparison<'c, 'v, '_> {
    /// Pairs the claims that both versions make, and gives the new ones that are left.
    fn match_equal(&mut self) -> Vec<usize> {
        let mut left = Vec::new();
        for (at, claim) in self.after.claims.iter().enumerate() {
            let same: Vec<usize> =
                self.before.about(claim).into_iter().filter(|old| self.before.claim(*old).says(claim)).collect();
            if same.is_empty() {
                left.push(at);
                continue;
            }
            if !same.iter().any(|old| self.before.claim(*old).words == claim.words)
                && let Some(old) = same.first()
                && !self.after.version.follows(claim.row)
            {
                self.report(C::Wording, Some(*old), Some(at));
            }
            self.kept_new.insert(at);
            self.kept_old.extend(same);
        }
        left
    }

    fn report(&mut self, class: C, old: Option<usize>, new: Option<usize>) {
        let before = old.map(|at| part(self.before.version, self.before.claim(at)));
        let after = new.map(|at| part(self.after.version, self.after.claim(at)));
        // That a part is said more exactly says nothing of the rest.
        if !class.is_exactness() {
            self.told_old.extend(old);
        }
        self.changes.add(class, before, after);
    }

    /// What is new about a claim of the new version.
    fn explain_new(&mut self, at: usize) {
        let claim = self.after.claim(at);
        if self.after.version.follows(claim.row) {
            return;
        }
        let old = &self.before;
        let (mut near, how) = old.near(claim, false);
        if claim.class == Some(Class::Collection) && is_named_first(claim, old) {
            near.clear();
        }
        if near.is_empty() {
            let is_given = claim.class == Some(Class::Disclosure) && stance(claim) == Stance::Practice;
            if let Some(sold) = old.other_sale(claim).filter(|_| is_given && !claim.act.denied) {
                let class = if is_sale(claim) { C::Changed } else { C::SaleRemoved };
                return self.report(class, Some(sold), Some(at));
            }
            // A right of some data is one of all data now.
            let is_left = |right: &usize| claim.object.is_none() && !self.kept_old.contains(right);
            if let Some(right) = old.of_right(claim).into_iter().find(is_left) {
                let before = old.claim(right);
                let class = match (holds_in(claim, before), holds_in(before, claim)) {
                    (true, _) => C::PromiseWider,
                    (false, true) => C::PromiseNarrower,
                    (false, false) => C::ReachChanged,
                };
                return self.report(class, Some(right), Some(at));
            }
            let class = new_class(claim, old);
            if class == C::NewStatement
                && let Some(opposite) = old.opposite(claim)
            {
                return self.report(C::Changed, Some(opposite), Some(at));
            }
            return self.report(class, None, Some(at));
        }
        let to = old.to(near, claim);
        if to.is_empty() {
            let class = match stance(claim) {
                Stance::Practice if is_sale(claim) => C::NewSale,
                Stance::Practice if claim.class == Some(Class::Transfer) => C::NewTransfer,
                Stance::Practice => C::NewRecipient,
                Stance::Promise => C::NewPromise,
                Stance::Neutral => C::NewStatement,
            };
            return self.report(class, None, Some(at));
        }
        let for_it = old.for_purpose(&to, claim);
        if for_it.is_empty() {
            let class = match stance(claim) {
                Stance::Practice if claim.is_kept_for_a_time() => C::RetentionStated,
                Stance::Practice if claim.class != Some(Class::Disclosure) && old.is_used_for(claim) => C::MoreExact,
                Stance::Practice => C::NewPurpose,
                Stance::Promise => C::NewPromise,
                Stance::Neutral => C::NewStatement,
            };
            return self.report(class, None, Some(at));
        }
        let kept = &self.kept_old;
        let nearest = for_it.into_iter().min_by_key(|one| distance(old.claim(*one), claim, kept.contains(one)));
        let Some(nearest) = nearest else { return };
        match how {
            Near::Same => self.differences(nearest, at),
            Near::Part | Near::Elsewhere => {
                let class = stance(claim).pick(C::ReachWider, C::PromiseWider, C::ReachChanged);
                self.report(class, Some(nearest), Some(at));
            }
        }
    }

    /// What became of a claim of the old version.
    fn explain_old(&mut self, at: usize) {
        let claim = self.before.claim(at);
        if self.before.version.follows(claim.row) {
            return;
        }
        let new = &self.after;
        let (near, how) = new.near(claim, true);
        if near.is_empty() {
            // A right of all data is one of some data now, or is had in other cases.
            let is_less = |right: &usize| claim.object.is_none() || new.claim(*right).object.is_none();
            if let Some(right) = new.of_right(claim).into_iter().find(is_less) {
                return self.report(C::PromiseNarrower, Some(at), Some(right));
            }
            let class = removed_class(claim, new);
            return self.report(class, Some(at), None);
        }
        let to = new.to(near.clone(), claim);
        if to.is_empty() && claim.act.denied && stance(claim) == Stance::Promise {
            return self.report(C::PromiseNarrower, Some(at), near.first().copied());
        }
        if to.is_empty() {
            let class = match stance(claim) {
                Stance::Practice if is_sale(claim) => C::SaleRemoved,
                Stance::Practice if claim.class == Some(Class::Transfer) => C::TransferRemoved,
                Stance::Practice => C::RecipientRemoved,
                Stance::Promise => C::PromiseRemoved,
                Stance::Neutral => C::StatementRemoved,
            };
            return self.report(class, Some(at), None);
        }
        let for_it = new.for_purpose(&to, claim);
        if for_it.is_empty() {
            let says_none = to.iter().all(|one| new.claim(*one).purpose.is_none());
            let bare = to.first().copied().filter(|_| says_none);
            return match stance(claim) {
                Stance::Practice if claim.is_kept_for_a_time() && new.is_used_for(claim) => {
                    self.report(C::RetentionUnsaid, Some(at), None);
                }
                Stance::Practice if claim.class != Some(Class::Disclosure) && new.is_used_for(claim) => {
                    self.report(C::LessExact, Some(at), None);
                }
                Stance::Practice if bare.is_some() => self.report(C::PurposeUnsaid, Some(at), bare),
                Stance::Practice => self.report(C::PurposeRemoved, Some(at), None),
                Stance::Promise if claim.act.denied => self.report(C::PromiseNarrower, Some(at), to.first().copied()),
                Stance::Promise => self.report(C::PromiseRemoved, Some(at), None),
                Stance::Neutral => self.report(C::StatementRemoved, Some(at), None),
            };
        }
        let nearest = for_it.into_iter().min_by_key(|one| distance(claim, new.claim(*one), false));
        let Some(nearest) = nearest else { return };
        let practice = match how {
            Near::Same => return self.differences(at, nearest),
            // What was said beside it of a part is no part of it that is left.
            Near::Part if self.kept_new.contains(&nearest) => {
                let class = if claim.is_kept_for_a_time() { C::RetentionUnsaid } else { removed_class(claim, new) };
                return self.report(class, Some(at), None);
            }
            // The rest of the same data has no limit any more.
            Near::Part if claim.is_kept_for_a_time() && claim.thing() == new.claim(nearest).thing() => {
                C::RetentionUnsaid
            }
            Near::Part => C::MoreExact,
            Near::Elsewhere => C::ReachNarrower,
        };
        let class = stance(claim).pick(practice, C::PromiseNarrower, C::ReachChanged);
        self.report(class, Some(at), Some(nearest));
    }

    /// What two claims about the same differ in.
    fn differences(&mut self, old: usize, new: usize) {
        let (before, after) = (self.before.claim(old), self.after.claim(new));
        let is_same = is_same_object(before, after);
        // Where the only source or means is no longer the only one, that says it all.
        let is_opened = differing(before, after).contains(&Dimension::Only);
        let is_said = |dimension: &Dimension| {
            !(is_opened
                && matches!(dimension, Dimension::Source | Dimension::Means)
                && after.said(*dimension).is_none())
        };
        // Of something wider, what counts is what limits it.
        let counts = |dimension: &Dimension| {
            is_same
                || matches!(dimension, Dimension::Period | Dimension::Deadline | Dimension::Basis | Dimension::Place)
        };
        let is_kept = (self.kept_old.contains(&old), self.kept_new.contains(&new));
        let dimensions = differing(before, after).into_iter().filter(counts).filter(is_said);
        let delay = delay(before, after);
        let dimensions = dimensions
            .filter(|dimension| delay.is_none() || !matches!(dimension, Dimension::Deadline | Dimension::Reach));
        let mut classes: Vec<C> = delay
            .into_iter()
            .chain(dimensions.map(|dimension| self.class_of(dimension, before, after, is_kept)))
            .collect();
        let is_promise = stance(after) == Stance::Promise && !after.act.denied;
        match (&before.recipient, &after.recipient) {
            // Whoever is not named may be anybody.
            (Some(_), None) if stance(after) == Stance::Practice => classes.push(C::ReachWider),
            _ => {}
        }
        match (&before.purpose, &after.purpose) {
            (None, Some(_)) if is_promise => classes.push(C::PromiseNarrower),
            (Some(_), None) if is_promise => classes.push(C::PromiseWider),
            _ => {}
        }
        if classes.is_empty() {
            let is_wider = self.before.covers(before.object.as_ref(), after.object.as_ref());
            classes.push(if is_wider { C::MoreExact } else { C::LessExact });
        }
        for class in classes {
            self.report(class, Some(old), Some(new));
        }
    }

    fn class_of(
        &self,
        dimension: Dimension,
        before: &Claim<'_>,
        after: &Claim<'_>,
        (is_old_kept, is_new_kept): (bool, bool),
    ) -> C {
        let empty = BTreeSet::new();
        let (one, other) = (before.said(dimension).unwrap_or(&empty), after.said(dimension).unwrap_or(&empty));
        let stance = stance(after);
        let by_stance = |practice: C, promise: C, neutral: C| stance.pick(practice, promise, neutral);
        // What one of the two says beside another claim of both is more than the other says.
        let both: BTreeSet<String> = one.union(other).cloned().collect();
        let is_shared = matches!(
            dimension,
            Dimension::Source
                | Dimension::Place
                | Dimension::Store
                | Dimension::Means
                | Dimension::Basis
                | Dimension::Safeguard
        );
        let one = if is_shared && is_new_kept { &both } else { one };
        let other = if is_shared && is_old_kept { &both } else { other };
        let (only_less, only_more) = (other.is_subset(one), one.is_subset(other));
        // Whatever is said beside a denial limits it.
        let limits = matches!(dimension, Dimension::Force | Dimension::Reach | Dimension::Only);
        if after.act.denied && stance == Stance::Promise && !limits {
            return match (one.is_empty(), other.is_empty()) {
                (true, _) => C::PromiseNarrower,
                (_, true) => C::PromiseWider,
                (false, false) => C::ReachChanged,
            };
        }
        match dimension {
            // What was said is said as before, and this beside it; or the other way round.
            Dimension::Reach if is_old_kept => by_stance(C::ReachWider, C::PromiseWider, C::ReachChanged),
            Dimension::Reach if is_new_kept => by_stance(C::ReachNarrower, C::PromiseNarrower, C::ReachChanged),
            Dimension::Reach if before.is_kept_for_a_time() && after.is_kept_for_a_time() => limit_class(before, after),
            // Of what is promised, `only` takes something away.
            Dimension::Only if only_less => by_stance(C::ReachWider, C::PromiseWider, C::ReachChanged),
            Dimension::Only if only_more => by_stance(C::ReachNarrower, C::PromiseNarrower, C::ReachChanged),
            Dimension::Only => C::ReachChanged,
            Dimension::Reach if holds_in(after, before) => by_stance(C::ReachWider, C::PromiseWider, C::ReachChanged),
            Dimension::Reach if holds_in(before, after) => {
                by_stance(C::ReachNarrower, C::PromiseNarrower, C::ReachChanged)
            }
            Dimension::Reach => C::ReachChanged,
            Dimension::Force => match force_rank(before.force).cmp(&force_rank(after.force)) {
                Ordering::Less => by_stance(C::Firmer, C::PromiseFirmer, C::Changed),
                Ordering::Greater => by_stance(C::Looser, C::PromiseLooser, C::Changed),
                // What is never done is more than what is not done.
                Ordering::Equal if only_more => by_stance(C::Changed, C::PromiseFirmer, C::Changed),
                Ordering::Equal => C::Changed,
            },
            Dimension::Period => period_class(before, after),
            Dimension::Deadline => deadline_class(before, after, stance),
            Dimension::Basis if one.is_empty() => C::BasisStated,
            Dimension::Basis if other.is_empty() => C::BasisUnsaid,
            Dimension::Basis if self.is_weaker(before, after) => C::BasisWeaker,
            Dimension::Basis => C::BasisChanged,
            Dimension::Safeguard if one.is_empty() => C::SafeguardStated,
            Dimension::Safeguard if other.is_empty() => C::SafeguardUnsaid,
            Dimension::Safeguard => C::Changed,
            // It may go anywhere now.
            Dimension::Place if other.is_empty() => by_stance(C::ReachWider, C::Changed, C::Changed),
            Dimension::Place if one.is_empty() || !are_in(other, one) => {
                by_stance(C::NewTransfer, C::Changed, C::Changed)
            }
            Dimension::Place => by_stance(C::TransferRemoved, C::Changed, C::Changed),
            Dimension::Store if one.is_empty() => by_stance(C::MoreExact, C::Changed, C::MoreExact),
            Dimension::Store if other.is_empty() || only_more => by_stance(C::ReachWider, C::Changed, C::Changed),
            Dimension::Store if only_less => by_stance(C::ReachNarrower, C::Changed, C::Changed),
            Dimension::Store => C::Changed,
            Dimension::Means if after.class == Some(Class::Protection) && only_less => C::ProtectionRemoved,
            Dimension::Means if after.class == Some(Class::Protection) && only_more => C::ProtectionAdded,
            // Who says nothing of a source may have meant the reader, and nobody else.
            Dimension::Source if one.is_empty() && !other.contains("From:you") => {
                by_stance(C::NewSource, C::Changed, C::Changed)
            }
            Dimension::Means if one.is_empty() && self.is_tracked(after) => {
                by_stance(C::NewTracking, C::Changed, C::Changed)
            }
            Dimension::Source | Dimension::Means if one.is_empty() => by_stance(C::MoreExact, C::Changed, C::MoreExact),
            Dimension::Source | Dimension::Means if other.is_empty() => C::Changed,
            Dimension::Source if only_less => by_stance(C::SourceRemoved, C::Changed, C::Changed),
            Dimension::Source => by_stance(C::NewSource, C::Changed, C::Changed),
            Dimension::Means | Dimension::Manner | Dimension::Rest => C::Changed,
        }
    }

    /// Whether something is done by means that follow readers, of which the earlier version does not speak.
    fn is_tracked(&self, after: &Claim<'_>) -> bool {
        let version = self.after.version;
        let tracking = vocabulary::find(Kind::Tracker, "tracking-technology").map(Thing::Standard);
        let clauses = version.rows.get(after.row).into_iter().flat_map(|row| row.in_slot(Slot::Via));
        let means = clauses.flat_map(|clause| entries_of(&clause.value)).filter_map(Entry::noun_id);
        means.filter_map(|id| version.things.of(Side::New, id)).any(|thing| {
            let above = version.things.above(Side::New, thing);
            tracking.is_some_and(|tracking| above.contains(&tracking))
                && above.iter().all(|above| version.things.noun(Side::Old, *above).is_none())
        })
    }

    /// Whether readers could end it and no longer can: consent can be withdrawn (Art 7(3) of the GDPR), and what rests
    /// on legitimate interests or a public task can be objected to (Art 21(1)).
    fn is_weaker(&self, before: &Claim<'_>, after: &Claim<'_>) -> bool {
        let has = |side: Side, claim: &Claim<'_>, name: &str| {
            let basis = vocabulary::find(Kind::Basis, name).map(Thing::Standard);
            let above = |thing: &Thing| self.before.things().above(side, *thing);
            claim.bases.iter().any(|thing| basis.is_some_and(|basis| above(thing).contains(&basis)))
        };
        let had = |name: &str| has(Side::Old, before, name);
        let has = |name: &str| has(Side::New, after, name);
        let objectable = ["legitimate-interests", "public-task"];
        if had("consent") {
            return !has("consent");
        }
        objectable.iter().any(|name| had(name)) && !objectable.iter().any(|name| has(name)) && !has("consent")
    }
}

/// Whether data are named that the other side does not name, but for all information that there is.
fn is_named_first(claim: &Claim<'_>, old: &Index<'_, '_>) -> bool {
    let thing = claim.thing();
    let is_practice = stance(claim) == Stance::Practice && !claim.act.denied;
    is_practice && thing.is_some_and(|thing| !is_everything(thing)) && !old.knows(claim.object.as_ref())
}

/// What a claim is that nothing on the other side is about.
fn new_class(claim: &Claim<'_>, old: &Index<'_, '_>) -> C {
    match (stance(claim), claim.class) {
        (Stance::Practice, _) if claim.act.denied => C::RightDenied,
        (Stance::Practice, Some(Class::Collection)) => C::NewData,
        (Stance::Practice, Some(Class::Disclosure)) if is_sale(claim) => C::NewSale,
        (Stance::Practice, Some(Class::Disclosure)) => C::NewRecipient,
        (Stance::Practice, Some(Class::Access)) if claim.act.actor != "we" => C::NewRecipient,
        (Stance::Practice, Some(Class::Tracking)) => C::NewTracking,
        (Stance::Practice, Some(Class::Transfer)) => C::NewTransfer,
        (Stance::Practice, Some(Class::Retention)) if claim.said(Dimension::Period).is_some() => C::RetentionStated,
        (Stance::Practice, _) if claim.purpose.is_some() && old.is_used_for(claim) => C::MoreExact,
        (Stance::Practice, _) if claim.purpose.is_some() => C::NewPurpose,
        (Stance::Practice, _) => C::NewUse,
        (Stance::Promise, Some(Class::Right | Class::Choice)) if !claim.act.denied => C::NewRight,
        (Stance::Promise, _) if claim.is_right() => C::NewRight,
        (Stance::Promise, _) => C::NewPromise,
        (Stance::Neutral, _) => C::NewStatement,
    }
}

/// What a claim was that nothing on the other side is about any more.
fn removed_class(claim: &Claim<'_>, new: &Index<'_, '_>) -> C {
    match (stance(claim), claim.class) {
        (Stance::Practice, _) if claim.act.denied => C::RightUndenied,
        (Stance::Practice, Some(Class::Collection)) => C::DataRemoved,
        (Stance::Practice, Some(Class::Disclosure)) if is_sale(claim) => C::SaleRemoved,
        (Stance::Practice, Some(Class::Disclosure)) => C::RecipientRemoved,
        (Stance::Practice, Some(Class::Access)) if claim.act.actor != "we" => C::RecipientRemoved,
        (Stance::Practice, Some(Class::Tracking)) => C::TrackingRemoved,
        (Stance::Practice, Some(Class::Transfer)) => C::TransferRemoved,
        (Stance::Practice, Some(Class::Retention))
            if claim.said(Dimension::Period).is_some() && new.knows(claim.object.as_ref()) =>
        {
            C::RetentionUnsaid
        }
        (Stance::Practice, _) if claim.purpose.is_some() && new.is_used_for(claim) => C::LessExact,
        (Stance::Practice, _) if claim.purpose.is_some() => C::PurposeRemoved,
        (Stance::Practice, _) => C::UseRemoved,
        (Stance::Promise, Some(Class::Right | Class::Choice)) if !claim.act.denied => C::RightRemoved,
        (Stance::Promise, _) if claim.is_right() => C::RightRemoved,
        (Stance::Promise, _) => C::PromiseRemoved,
        (Stance::Neutral, _) => C::StatementRemoved,
    }
}

/// Whether each of some places is one of others, or lies in one of them.
fn are_in(places: &BTreeSet<String>, regions: &BTreeSet<String>) -> bool {
    let split = |text: &'_ str| text.split_once(':').map(|(slot, place)| (slot.to_owned(), place.to_owned()));
    places.iter().all(|place| {
        regions.contains(place)
            || regions.iter().any(|region| match (split(place), split(region)) {
                (Some((slot, place)), Some((other, region))) => slot == other && lies_in(&place, &region, None),
                _ => false,
            })
    })
}

/// The dimensions in which two claims differ.
fn differing(before: &Claim<'_>, after: &Claim<'_>) -> Vec<Dimension> {
    let all: BTreeSet<Dimension> = before.circumstances.keys().chain(after.circumstances.keys()).copied().collect();
    all.into_iter().filter(|dimension| before.said(*dimension) != after.said(*dimension)).collect()
}

/// How far two claims are apart: what differs, and whether they name the same things.
fn distance(old: &Claim<'_>, new: &Claim<'_>, is_kept: bool) -> (usize, usize, bool) {
    fn named<'n>(part: &'n Option<(Named, &Entry)>) -> Option<&'n Named> {
        part.as_ref().map(|(named, _)| named)
    }
    let others = [(&old.object, &new.object), (&old.recipient, &new.recipient), (&old.purpose, &new.purpose)];
    let apart = others.iter().filter(|(one, other)| named(one) != named(other)).count();
    (apart, differing(old, new).len(), is_kept)
}

fn period_class(before: &Claim<'_>, after: &Claim<'_>) -> C {
    // Of a right or a choice, a period says something else.
    if stance(after) != Stance::Practice {
        return C::Changed;
    }
    match (before.said(Dimension::Period), after.said(Dimension::Period)) {
        (None, _) => C::RetentionStated,
        (_, None) => C::RetentionUnsaid,
        (Some(_), Some(_)) => match periods::order(&before.periods, &after.periods) {
            Some(Ordering::Greater) => C::RetentionLonger,
            Some(Ordering::Less) => C::RetentionShorter,
            Some(Ordering::Equal) | None => C::RetentionChanged,
        },
    }
}

/// What it is that the limit of a time holds in other cases: outside of them nothing limits it.
fn limit_class(before: &Claim<'_>, after: &Claim<'_>) -> C {
    match (holds_in(after, before), holds_in(before, after)) {
        (true, false) => C::RetentionStated,
        (false, true) => C::RetentionUnsaid,
        (true, true) | (false, false) => C::RetentionChanged,
    }
}

/// What it is that something promised happens some time after an event, and not at the event; or the other way round.
fn delay(before: &Claim<'_>, after: &Claim<'_>) -> Option<C> {
    let is_delayed = |at_once: &Claim<'_>, later: &Claim<'_>| {
        let empty = BTreeSet::new();
        let (events, left) =
            (at_once.said(Dimension::Reach).unwrap_or(&empty), later.said(Dimension::Reach).unwrap_or(&empty));
        let gone: Vec<&String> = events.difference(left).collect();
        let [event] = gone.as_slice() else { return false };
        let event = event.strip_prefix("When:");
        at_once.said(Dimension::Deadline).is_none()
            && left.is_subset(events)
            && event.is_some_and(|event| later.periods.iter().any(|period| period.is_after(event)))
    };
    if stance(after) != Stance::Promise || after.act.actor == "you" {
        None
    } else if is_delayed(before, after) {
        Some(C::DeadlineLonger)
    } else if is_delayed(after, before) {
        Some(C::DeadlineShorter)
    } else {
        None
    }
}

fn deadline_class(before: &Claim<'_>, after: &Claim<'_>, stance: Stance) -> C {
    if stance != Stance::Promise {
        return C::DeadlineChanged;
    }
    // What readers may do within some time they may do for so long.
    if after.act.actor == "you" {
        return match (before.said(Dimension::Deadline), after.said(Dimension::Deadline)) {
            (None, _) => C::PromiseNarrower,
            (_, None) => C::PromiseWider,
            (Some(_), Some(_)) => match periods::order(&before.periods, &after.periods) {
                Some(Ordering::Greater) => C::PromiseWider,
                Some(Ordering::Less) => C::PromiseNarrower,
                Some(Ordering::Equal) | None => C::DeadlineChanged,
            },
        };
    }
    let is_notice = periods::are_notice(&before.periods) && periods::are_notice(&after.periods);
    match (before.said(Dimension::Deadline), after.said(Dimension::Deadline)) {
        (None, _) => C::DeadlineStated,
        (_, None) => C::DeadlineUnsaid,
        (Some(_), Some(_)) => match periods::order(&before.periods, &after.periods) {
            // Notice in good time is better the earlier it comes.
            Some(Ordering::Greater) if is_notice => C::PromiseWider,
            Some(Ordering::Less) if is_notice => C::PromiseNarrower,
            Some(Ordering::Greater) => C::DeadlineLonger,
            Some(Ordering::Less) => C::DeadlineShorter,
            Some(Ordering::Equal) | None => C::DeadlineChanged,
        },
    }
}

/// A claim as a part of the statement that makes it.
fn part(version: &Version<'_>, claim: &Claim<'_>) -> Part {
    let entries = |part: &Option<(Named, &Entry)>| part.iter().map(|(_, entry)| (*entry).clone()).collect();
    #[expect(clippy::indexing_slicing, reason = "a claim is of a row of its own version")]
    let row = &version.rows[claim.row];
    Part::Statement(super::Stated {
        id: row.statement.into(),
        span: row.span,
        objects: claim.named.into_iter().cloned().collect(),
        recipients: entries(&claim.recipient),
        purposes: entries(&claim.purpose),
    })
}
