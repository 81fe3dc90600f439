//! What is denied and stated nonetheless.
//!
//! A denial and a stated box are held against each other in two orders, that of their objects and that of their
//! recipients; the sixteen cases of the two decide, and the guards make the verdict milder.

use foldhash::{HashMap, HashSet};

use super::boxes::{self, Named, Recipient, Side, is_root};
use super::guards::{self, Meeting};
use super::verbs::{self, Reach};
use super::{Ground, places, say};
use crate::check::orders::{Orders, Relation};
use crate::check::rows::{Origin, Row};
use crate::codes::consistency as codes;
use crate::diagnostic::Sink;
use crate::policy::{Entry, Head, NounId};
use crate::source::Span;
use crate::syntax::words::{Force, Kind, Openness, Quantifier, Slot};
use crate::vocabulary::Class;

/// How a stated box lies to what is denied, in both orders together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// All of what is stated is denied: C1 to C5.
    Inside,
    /// The two have a part in common: C6 to C12, and what the guards are not sure of.
    Perhaps,
    /// More is stated than is denied, as if the denial were an exception: N1 to N4.
    InPart,
}

/// The sixteen cases: what is stated lies so to what is denied, in its object and in its recipient.
#[must_use]
pub fn verdict(object: Relation, recipient: Relation) -> Option<Verdict> {
    use Relation::{Apart, Narrower, Overlapping, Same, Wider};
    match (object, recipient) {
        (Apart, _) | (_, Apart) => None,
        (Same | Narrower, Same | Narrower) | (Narrower, Wider) => Some(Verdict::Inside),
        (Overlapping, _) | (_, Overlapping) => Some(Verdict::Perhaps),
        (Wider, _) | (Same, Wider) => Some(Verdict::InPart),
    }
}

/// Where stated boxes are found: by the class of their verbs and the noun they are about.
pub struct Index<'r, 'p> {
    boxes: Vec<Side<'r, 'p>>,
    places: HashMap<(Class, Option<NounId>), Vec<u32>>,
    towards: HashMap<(Class, Option<NounId>, NounId), Vec<u32>>,
    all: HashMap<Class, Vec<u32>>,
}

/// From how many boxes on those of a noun are looked up by their recipients too.
const MANY: usize = 32;

impl<'r, 'p> Index<'r, 'p> {
    /// The index of these rows.
    #[must_use]
    pub fn new(rows: &'r [Row<'p>], orders: &Orders<'_>) -> Index<'r, 'p> {
        let mut index = Index {
            boxes: Vec::new(),
            places: HashMap::default(),
            towards: HashMap::default(),
            all: HashMap::default(),
        };
        for row in rows.iter().filter(|row| is_stated(row)) {
            let mut classes: Vec<Class> = row.verbs.iter().map(|verb| verb.class).collect();
            classes.dedup();
            for object in boxes::named(&*row.objects) {
                let place = index.boxes.len() as u32;
                let side = Side { row, object: Some(object) };
                index.boxes.push(side);
                let recipients = boxes::recipients(&side, orders);
                for class in &classes {
                    index.places.entry((*class, object.noun())).or_default().push(place);
                    for recipient in &recipients {
                        if let Recipient::Noun { id, .. } = recipient {
                            index.towards.entry((*class, object.noun(), *id)).or_default().push(place);
                        }
                    }
                    index.all.entry(*class).or_default().push(place);
                }
            }
        }
        index
    }

    fn side(&self, place: u32) -> Option<&Side<'r, 'p>> {
        self.boxes.get(place as usize)
    }

    /// The boxes of a class about one noun.
    pub fn about(&self, class: Class, noun: Option<NounId>) -> impl Iterator<Item = &Side<'r, 'p>> {
        self.places.get(&(class, noun)).into_iter().flatten().filter_map(|place| self.side(*place))
    }

    /// The boxes of a class about one noun that may go to one of some recipients; all of them if there are few.
    fn towards(&self, class: Class, noun: NounId, wanted: Option<&[NounId]>) -> Vec<&Side<'r, 'p>> {
        let all = self.places.get(&(class, Some(noun))).map_or(&[][..], Vec::as_slice);
        match wanted.filter(|_| all.len() > MANY) {
            None => all.iter().filter_map(|place| self.side(*place)).collect(),
            Some(wanted) => {
                let places = wanted.iter().filter_map(|id| self.towards.get(&(class, Some(noun), *id)));
                let mut places: Vec<u32> = places.flatten().copied().collect();
                places.sort_unstable();
                places.dedup();
                places.into_iter().filter_map(|place| self.side(place)).collect()
            }
        }
    }

    /// The boxes of a class.
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &Side<'r, 'p>> {
        self.all.get(&class).into_iter().flatten().filter_map(|place| self.side(*place))
    }
}

/// Whether a row states that something is done or may be.
#[must_use]
pub fn is_stated(row: &Row<'_>) -> bool {
    !row.denied && !row.internal && !row.has_cases && !matches!(row.force, Force::Should | Force::Can)
}

/// Whether a row denies something, and does not merely say that it may fail or should not be.
#[must_use]
pub fn is_denial(row: &Row<'_>) -> bool {
    row.denied
        && !row.internal
        && !row.has_cases
        && !row.verbs.iter().any(|verb| verb.negative)
        && !matches!(row.force, Force::Might | Force::Should)
}

/// One stated box that meets a denial.
struct Hit<'r, 'p> {
    stated: Side<'r, 'p>,
    recipient: Option<Named<'r>>,
    verdict: Verdict,
}

/// Reports every denial that what is stated goes against.
pub fn check<'r, 'p>(ground: &Ground<'r, 'p>, sink: &mut Sink) {
    let mut known: HashSet<String> = HashSet::default();
    for row in ground.rows.iter().filter(|row| is_denial(row)) {
        for object in boxes::named(&*row.objects).into_iter().filter(|object| is_whole(object)) {
            let denial = Side { row, object: Some(object) };
            let hits = hits(&denial, ground);
            if !hits.is_empty() && known.insert(format!("{} {:?}", row.statement, denial.place())) {
                report(&denial, &hits, ground, sink);
            }
        }
    }
}

/// Whether a denied object is all of what it names.
fn is_whole(object: &Named<'_>) -> bool {
    let is_all = |quantifier| matches!(quantifier, None | Some(Quantifier::Any | Quantifier::Each));
    is_all(object.entry.quantifier) && is_all(object.outer.quantifier) && !object.entry.other
}

fn hits<'r, 'p>(denial: &Side<'r, 'p>, ground: &Ground<'r, 'p>) -> Vec<Hit<'r, 'p>> {
    let mut classes: Vec<Class> = denial.row.verbs.iter().flat_map(|verb| verbs::classes(verb)).copied().collect();
    classes.sort_unstable();
    classes.dedup();
    let mut found = Vec::new();
    let mut told: HashSet<(Span, Verdict)> = HashSet::default();
    let mut consider = |stated: &Side<'r, 'p>, relation: Relation| {
        if ground.spend()
            && let Some(hit) = hit(denial, stated, relation, ground)
            && told.insert((stated.place(), hit.verdict))
        {
            found.push(hit);
        }
    };
    match denial.object.map(|object| &object.entry.head) {
        Some(Head::Noun(id)) => {
            let wanted = wanted_recipients(denial, ground.orders);
            for (noun, relation) in ground.orders.related(*id).iter() {
                for class in &classes {
                    let stated = ground.index.towards(*class, *noun, wanted.as_deref());
                    stated.into_iter().for_each(|stated| consider(stated, *relation));
                }
            }
            if is_root(*id, ground.orders) {
                let everything = classes.iter().flat_map(|class| ground.index.about(*class, None));
                everything
                    .filter(|stated| stated.object.is_some_and(|object| object.entry.head == Head::Everything))
                    .for_each(|stated| consider(stated, Relation::Same));
            }
        }
        Some(Head::Everything) => {
            for stated in classes.iter().flat_map(|class| ground.index.of_class(*class)) {
                let is_data = stated.object.is_some_and(|object| match object.noun() {
                    Some(id) => ground.policy.noun(id).kind == Kind::Data,
                    None => object.entry.head == Head::Everything,
                });
                if is_data {
                    consider(stated, Relation::Narrower);
                }
            }
        }
        _ => {}
    }
    // A sentence of which a part goes against the denial is told of once.
    let inside: HashSet<Span> =
        found.iter().filter(|hit| hit.verdict == Verdict::Inside).map(|hit| hit.stated.row.span).collect();
    found.retain(|hit| hit.verdict == Verdict::Inside || !inside.contains(&hit.stated.row.span));
    found
}

/// The recipients that a denial may meet; none if it names nobody, or everybody.
fn wanted_recipients(denial: &Side<'_, '_>, orders: &Orders<'_>) -> Option<Vec<NounId>> {
    let mut wanted = Vec::new();
    for recipient in boxes::recipients(denial, orders) {
        match recipient {
            Recipient::Noun { id, .. } if !is_root(id, orders) => {
                wanted.extend(orders.related(id).iter().map(|(near, _)| *near));
            }
            _ => return None,
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    (!wanted.is_empty()).then_some(wanted)
}

/// Whether a box says only where what is kept lies, against a denial that is not about places: to store data with
/// somebody abroad is no other sharing than to store them with somebody at home.
fn is_kept_abroad(denial: &Side<'_, '_>, stated: &Side<'_, '_>) -> bool {
    stated.row.origin == Origin::KeptWith && denial.row.class() != Some(Class::Transfer)
}

/// What a stated box has against a denial.
fn hit<'r, 'p>(
    denial: &Side<'r, 'p>,
    stated: &Side<'r, 'p>,
    relation: Relation,
    ground: &Ground<'r, 'p>,
) -> Option<Hit<'r, 'p>> {
    let orders = ground.orders;
    if stated.row.statement == denial.row.statement || is_kept_abroad(denial, stated) {
        return None;
    }
    let reach = verbs_meet(denial, stated, ground)?;
    let relation = object_relation(denial, stated, relation, orders)?;
    let (towards, recipient) = recipient_relation(denial, stated, orders)?;
    let verdict = verdict(relation, towards)?;
    let meeting = guards::meeting(denial, stated, &[], orders)
        .min(guards::excepted(denial, stated, orders).reverse())
        .min(if reach == Reach::Surely { Meeting::Surely } else { Meeting::Perhaps });
    let verdict = match (meeting, verdict) {
        // Who cannot do something has not got it, or has no way: that limits nothing wider.
        (_, Verdict::Perhaps | Verdict::InPart) | (Meeting::Perhaps, _) if denial.row.force == Force::Can => {
            return None;
        }
        (Meeting::Surely, verdict) => verdict,
        (Meeting::Perhaps, Verdict::Inside) => Verdict::Perhaps,
        (Meeting::Perhaps | Meeting::Apart, _) => return None,
    };
    Some(Hit { stated: *stated, recipient, verdict })
}

/// Whether the verbs of two boxes meet, in the sense of the statutes that they name.
pub fn verbs_meet(denial: &Side<'_, '_>, stated: &Side<'_, '_>, ground: &Ground<'_, '_>) -> Option<Reach> {
    let orders = ground.orders;
    let law = |side: &Side<'_, '_>| side.entries(Slot::Sense).into_iter().find_map(Entry::noun_id);
    let (denied_in, stated_in) = (law(denial), law(stated));
    let is_ccpa = |law: Option<NounId>| law.is_some_and(|law| orders.is(law, Kind::Law, "ccpa"));
    let of_tracker = |side: &Side<'_, '_>| {
        side.object.and_then(|object| object.noun()).is_some_and(|id| ground.policy.noun(id).kind == Kind::Tracker)
    };
    let has_purposes = !denial.purposes(ground.policy).is_empty();
    let pairs = denial.row.verbs.iter().flat_map(|one| stated.row.verbs.iter().map(move |other| (*one, *other)));
    pairs
        .filter_map(|(one, other)| {
            if let Some(law) = denied_in {
                if !is_ccpa(Some(law)) {
                    return verbs::reach(one, other)
                        .filter(|_| stated_in.is_some_and(|other| orders.covers(law, other)));
                }
                let reach = verbs::reach_in_ccpa(one, other)?;
                let sells = matches!(&*one.name, "sell" | "trade" | "rent" | "lease" | "license");
                let is_shared = is_ccpa(stated_in) || (stated_in.is_none() && advertises(stated, ground));
                return (is_shared || (sells && stated_in.is_none())).then_some(reach);
            }
            if is_ccpa(stated_in) {
                return verbs::reach_in_ccpa(one, other);
            }
            if of_tracker(denial) && of_tracker(stated) {
                return verbs::reach_of_trackers(one, other);
            }
            if has_purposes { verbs::reach_for_purposes(one, other) } else { verbs::reach(one, other) }
        })
        .max()
}

/// Whether a box serves advertising across contexts, which the CCPA calls sharing.
fn advertises(side: &Side<'_, '_>, ground: &Ground<'_, '_>) -> bool {
    let mut purposes = side.purposes(ground.policy).into_iter().filter_map(|named| named.noun());
    purposes.any(|id| ground.orders.is(id, Kind::Purpose, "targeted-advertising"))
}

/// How a stated object lies to a denied one, when parts that are left open and parts that are cut out are seen.
fn object_relation(
    denial: &Side<'_, '_>,
    stated: &Side<'_, '_>,
    relation: Relation,
    orders: &Orders<'_>,
) -> Option<Relation> {
    let (denied, said) = (denial.object?, stated.object?);
    let is_worded = denied.entry.that.is_some() || denied.entry.of.is_some();
    if is_worded && (denied.entry.that != said.entry.that || denied.entry.of != said.entry.of) {
        return None;
    }
    if matches!(relation, Relation::Same | Relation::Narrower) {
        return Some(relation);
    }
    // What stands for its members is each of them, and nothing else if there are no others.
    if let (Some(whole), Some(part)) = (said.noun(), denied.noun())
        && said.entry.quantifier.is_none()
        && let Some(group) = said.entry.group.as_ref().or(orders.policy().noun(whole).group.as_ref())
    {
        let members = group.entries.iter().filter_map(Entry::noun_id);
        let leaves: Vec<NounId> = members.flat_map(|member| orders.leaves(member)).collect();
        // The members that a sentence lists are boxes of their own.
        if said.entry.group.is_none() && leaves.iter().any(|leaf| orders.covers(part, *leaf)) {
            return Some(Relation::Narrower);
        }
        let is_apart = |leaf: &NounId| orders.relation(*leaf, part) == Relation::Apart;
        if group.openness == Openness::Namely && leaves.iter().all(is_apart) {
            return None;
        }
    }
    if said.is_open(orders) || said.outer.is_part() || said.entry.that.is_some() || said.entry.of.is_some() {
        return None;
    }
    let row = stated.row.except.into_iter().flat_map(|except| &except.entries);
    let cut = row.chain(&said.entry.except).chain(&said.outer.except);
    let is_cut = denied.noun().is_some_and(|id| {
        cut.filter_map(Entry::noun_id).any(|except| orders.covers(except, id) || orders.covers(id, except))
    });
    (!is_cut).then_some(relation)
}

/// How the recipients of a stated box lie to those of a denial, and which of them lies so.
fn recipient_relation<'r>(
    denial: &Side<'r, '_>,
    stated: &Side<'r, '_>,
    orders: &Orders<'_>,
) -> Option<(Relation, Option<Named<'r>>)> {
    let policy = orders.policy();
    let places_of = |side: &Side<'r, '_>, slots: &[Slot]| -> Vec<&'r Entry> {
        slots.iter().flat_map(|slot| side.entries(*slot)).filter(|entry| places::is_place(entry, orders)).collect()
    };
    let denied_places = places_of(denial, &[Slot::To, Slot::With]);
    if !denied_places.is_empty() {
        let said = places_of(stated, &[Slot::To, Slot::With, Slot::In]);
        let is_there = said.iter().any(|place| denied_places.iter().any(|wide| guards::is_within(place, wide, orders)));
        return is_there.then_some((Relation::Same, None));
    }
    let (denied, said) = (boxes::recipients(denial, orders), boxes::recipients(stated, orders));
    let is_data = stated.object.and_then(|object| object.noun()).is_none_or(|id| policy.noun(id).kind == Kind::Data);
    let is_anybody = denied.is_empty() && denial.entries(Slot::With).is_empty() && denial.entries(Slot::To).is_empty();
    let is_anyone = |recipient: &Recipient<'_>| match recipient {
        Recipient::Noun { id, named, .. } => {
            named.entry.that.is_none()
                && orders.is(*id, Kind::Party, "anyone")
                && policy.is(*id, "anyone")
                && is_root(*id, orders)
        }
        _ => false,
    };
    if is_anybody || denied.iter().any(is_anyone) {
        if said.is_empty() {
            let goes_nowhere = stated.entries(Slot::With).is_empty() && stated.entries(Slot::To).is_empty();
            return (goes_nowhere || is_anybody).then_some((Relation::Same, None));
        }
        let other = said.iter().find_map(|recipient| match recipient {
            Recipient::Noun { named, .. } => Some(*named),
            Recipient::Us | Recipient::Reader => None,
        });
        // What goes to the reader or to the publisher goes to nobody else.
        return match other {
            Some(named) => Some((Relation::Narrower, Some(named))),
            None if is_anybody && !is_data => Some((Relation::Same, None)),
            None => None,
        };
    }
    let mut best: Option<(Relation, Option<Named<'r>>)> = None;
    for one in &denied {
        for other in &said {
            let Some(relation) = one_recipient(one, other, orders) else { continue };
            let rank = |relation: &Relation| match relation {
                Relation::Same => 0,
                Relation::Narrower => 1,
                Relation::Wider => 2,
                Relation::Overlapping => 3,
                Relation::Apart => 4,
            };
            if best.as_ref().is_none_or(|(known, _)| rank(&relation) < rank(known)) {
                let named = match other {
                    Recipient::Noun { named, .. } => Some(*named),
                    Recipient::Us | Recipient::Reader => None,
                };
                best = Some((relation, named));
            }
        }
    }
    best
}

fn one_recipient(denied: &Recipient<'_>, said: &Recipient<'_>, orders: &Orders<'_>) -> Option<Relation> {
    let policy = orders.policy();
    match (denied, said) {
        (Recipient::Reader, Recipient::Reader) | (Recipient::Us, Recipient::Us) => Some(Relation::Same),
        (Recipient::Noun { id: one, named: limit, .. }, Recipient::Noun { id: other, named, is_processor }) => {
            let is_worded = limit.entry.that.is_some() || limit.entry.of.is_some();
            let is_cut = limit.outer.except.iter().filter_map(Entry::noun_id).any(|cut| orders.covers(cut, *other));
            if limit.entry.other || is_cut || (is_worded && limit.entry.that != named.entry.that) {
                return None;
            }
            let relation = orders.relation(*other, *one);
            // Whoever gets data as a processor is no third party for them, unless the author says so.
            if *is_processor && relation == Relation::Narrower && !policy.covers(*one, *other) {
                let is_meant = ["processor", "service-provider", "recipient"]
                    .iter()
                    .any(|name| orders.is(*one, Kind::Party, name) && policy.noun(*one).standard.is_some());
                return is_meant.then_some(relation).filter(|_| !orders.is(*one, Kind::Party, "third-party"));
            }
            match relation {
                Relation::Apart => None,
                Relation::Same | Relation::Narrower => Some(relation),
                Relation::Wider | Relation::Overlapping => {
                    let is_open = named.is_open(orders) || named.entry.that.is_some() || named.entry.of.is_some();
                    let is_cut =
                        named.outer.except.iter().filter_map(Entry::noun_id).any(|cut| orders.covers(cut, *one));
                    let is_member = policy.noun(*other).group.is_some()
                        && orders.leaves(*other).iter().any(|leaf| leaf != other && orders.covers(*one, *leaf));
                    if is_member {
                        return Some(Relation::Narrower);
                    }
                    (!is_open && !is_cut).then_some(relation)
                }
            }
        }
        _ => None,
    }
}

/// How many exceptions one finding offers.
const MOST_EXCEPTIONS: usize = 5;

/// How many places one finding shows.
pub const MOST_PLACES: usize = 20;

fn report(denial: &Side<'_, '_>, hits: &[Hit<'_, '_>], ground: &Ground<'_, '_>, sink: &mut Sink) {
    let policy = ground.policy;
    let denied = denial.object.map(|object| object.entry);
    for wanted in [Verdict::Inside, Verdict::Perhaps, Verdict::InPart] {
        let group: Vec<&Hit<'_, '_>> = hits.iter().filter(|hit| hit.verdict == wanted).collect();
        let Some(first) = group.first() else { continue };
        let told = told(first, policy);
        let here = denied.map_or_else(String::new, |entry| say::entry(entry, policy));
        let finding = match wanted {
            Verdict::Inside => codes::denied_but_stated(denial.place(), &told, group.len(), &here),
            Verdict::Perhaps => codes::denied_perhaps(denial.place(), &told, &here),
            Verdict::InPart => codes::denied_in_part(denial.place(), &told, &here),
        };
        let places = group.iter().take(MOST_PLACES);
        let mut finding =
            places.fold(finding, |finding, hit| finding.and(hit.stated.place(), label(denial, hit, ground)));
        if group.len() > MOST_PLACES {
            finding = finding.help(format!("{} more places are not shown", group.len() - MOST_PLACES));
        }
        let except = match wanted {
            Verdict::InPart => denied.map_or_else(String::new, |entry| say::entry(entry, policy)),
            Verdict::Inside | Verdict::Perhaps => exception(denial, &group, policy),
        };
        let except = except.replace('`', "");
        finding = match wanted {
            Verdict::InPart => finding.help(format!("write it as an exception of what is stated: `except {except}`")),
            _ if except.is_empty() => finding.help("say what tells the two apart, or delete one of them"),
            _ if denial.row.except.is_some() => {
                finding.help(format!("add `{except}` to the exception, say what tells the two apart, or delete one"))
            }
            _ => finding
                .help(format!("write an exception, `except {except}`, say what tells the two apart, or delete one")),
        };
        sink.report(finding);
    }
}

/// What a stated box says: "`email-address` is sold to `acme`".
fn told(hit: &Hit<'_, '_>, policy: &crate::policy::Policy) -> String {
    let object = hit.stated.object.map_or_else(String::new, |object| say::entry(object.entry, policy));
    let verb = hit.stated.row.verbs.first().map_or("", |verb| &*verb.past);
    let may = if matches!(hit.stated.row.force, Force::May | Force::Might) { "may be" } else { "is" };
    let recipient = hit.recipient.map_or_else(String::new, |named| format!(" to {}", say::entry(named.entry, policy)));
    let recipient = if verb == "shared" { recipient.replacen(" to ", " with ", 1) } else { recipient };
    format!("{object} {may} {verb}{recipient}")
}

/// What stands at the place of a stated box, with the facts that join it to the denial.
fn label(denial: &Side<'_, '_>, hit: &Hit<'_, '_>, ground: &Ground<'_, '_>) -> String {
    let mut facts = Vec::new();
    if let (Some(denied), Some(said)) =
        (denial.object.and_then(|object| object.noun()), hit.stated.object.and_then(|object| object.noun()))
    {
        facts.extend(say::joins(said, denied, ground.orders));
    }
    let towards = boxes::recipients(denial, ground.orders);
    if let Some(said) = hit.recipient.and_then(|named| named.noun()) {
        let wide = towards.iter().find_map(|recipient| match recipient {
            Recipient::Noun { id, .. } if ground.orders.relation(said, *id) != Relation::Apart => Some(*id),
            _ => None,
        });
        facts.extend(wide.and_then(|wide| say::joins(said, wide, ground.orders)));
    }
    let verb = hit.stated.row.verbs.first().map_or("", |verb| &*verb.past);
    if facts.is_empty() { format!("{verb} here") } else { format!("{verb} here; {}", facts.join(", and ")) }
}

/// What the exception of a denial would name so that it lets these be; nothing if words cannot tell.
fn exception(denial: &Side<'_, '_>, hits: &[&Hit<'_, '_>], policy: &crate::policy::Policy) -> String {
    let denied = denial.object.and_then(|object| object.noun());
    let named = |id: NounId| policy.noun(id).name.is_some().then(|| say::shown(id, policy));
    let object = |hit: &&Hit<'_, '_>| {
        let said = hit.stated.object.and_then(|object| object.noun());
        said.filter(|_| said != denied).and_then(named)
    };
    let recipient = |hit: &&Hit<'_, '_>| hit.recipient.and_then(|recipient| recipient.noun()).and_then(named);
    let sorted = |mut words: Vec<String>| {
        words.sort();
        words.dedup();
        words.truncate(MOST_EXCEPTIONS);
        words.join(", ")
    };
    let objects = sorted(hits.iter().filter_map(object).collect());
    let recipients = sorted(hits.iter().filter_map(recipient).collect());
    let verb = denial.row.verbs.first();
    let slots = || [Slot::With, Slot::To].into_iter();
    let said = slots().find(|slot| denial.row.in_slot(*slot).next().is_some());
    let word = said.or_else(|| verb.and_then(|verb| slots().find(|slot| verb.slot(*slot).is_some())));
    match word.filter(|_| !recipients.is_empty()) {
        // Behind several entries a recipient would be that of the last one.
        Some(_) if objects.contains(", ") => objects,
        Some(word) if objects.is_empty() => format!("{} {recipients}", word.word()),
        Some(word) => format!("{objects} {} {recipients}", word.word()),
        None => objects,
    }
}
