//! From a policy to what every rule of every law asks of it, worked out once.

use std::cell::RefCell;

use foldhash::HashMap;

use super::Mentions;
use crate::check::homes::Homes;
use crate::check::orders::Orders;
use crate::check::rows::{Origin, Row, entries_of};
use crate::policy::{Entry, NounId};
use crate::syntax::words::{Kind, Slot};
use crate::vocabulary::Class;

/// A policy laid out for questions.
pub struct Layout<'p, 'k> {
    /// The orders of its nouns.
    pub orders: &'k Orders<'p>,
    /// Its rows.
    pub rows: &'k [Row<'p>],
    /// Where groups of people live.
    pub homes: Homes<'p, 'k>,
    /// The codes of the places where its readers live; anywhere if there is none.
    pub audience: Vec<String>,
    /// The rows by the nouns that are their objects.
    pub objects: Mentions,
    /// The rows by the nouns that they name anywhere.
    pub anywhere: Mentions,
    /// The rows of each class of verbs.
    pub by_class: HashMap<Class, Vec<usize>>,
    /// The rows of each verb, by its name.
    pub by_verb: HashMap<&'p str, Vec<usize>>,
    /// The rows that grant a right, whatever their verb.
    pub grants: Vec<usize>,
    /// Whether some entry holds only for some data or purposes: `consent (only for photos)`.
    pub has_limits: bool,
    /// The homes of each group of people that rows speak to; none where they may live anywhere.
    pub groups: Vec<Option<Vec<String>>>,
    /// Which of these groups each row speaks to.
    group_of: Vec<usize>,
    /// The rows about what is done for somebody else who decides about it.
    for_others: Vec<bool>,
    /// The slots of each row and of the tails of its objects, a bit for each.
    slots: Vec<u32>,
    /// The rows that say no more than others do.
    elsewhere: Vec<bool>,
    /// Whether each section that was asked about stands apart.
    apart: RefCell<HashMap<NounId, bool>>,
}

impl<'p, 'k> Layout<'p, 'k> {
    /// Lays a policy out.
    #[must_use]
    pub fn new(orders: &'k Orders<'p>, rows: &'k [Row<'p>]) -> Layout<'p, 'k> {
        let homes = Homes::new(orders);
        let mut by_class: HashMap<Class, Vec<usize>> = HashMap::default();
        let mut by_verb: HashMap<&str, Vec<usize>> = HashMap::default();
        let mut known: HashMap<&[NounId], usize> = HashMap::default();
        let mut groups = Vec::new();
        let mut group_of = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            for verb in &row.verbs {
                by_class.entry(verb.class).or_default().push(index);
                by_verb.entry(&*verb.name).or_default().push(index);
            }
            group_of.push(*known.entry(row.readers).or_insert_with(|| {
                groups.push(homes.of(row.readers));
                groups.len() - 1
            }));
        }
        let objects = Mentions::of_objects(rows);
        let elsewhere = rows.iter().map(|row| row.has_cases || is_restated(orders, &objects, rows, row)).collect();
        let is_limited = |entry: &Entry| entry.tail.iter().any(|clause| clause.only && clause.slot == Slot::For);
        let mut entries = rows.iter().flat_map(|row| row.clauses.iter()).flat_map(|clause| entries_of(&clause.value));
        Layout {
            audience: homes.of(&orders.policy().header.you).unwrap_or_default(),
            for_others: rows.iter().map(|row| is_as_processor(orders, row) || is_on_device(orders, row)).collect(),
            grants: (0..rows.len()).filter(|index| rows.get(*index).is_some_and(|row| row.grants.is_some())).collect(),
            has_limits: entries.any(is_limited),
            anywhere: Mentions::anywhere(rows),
            apart: RefCell::default(),
            orders,
            rows,
            homes,
            objects,
            by_class,
            by_verb,
            slots: rows.iter().map(slots).collect(),
            groups,
            group_of,
            elsewhere,
        }
    }

    /// Whether something stands in a slot of a row, or in a tail of one of its objects.
    #[must_use]
    pub fn has_slot(&self, row: usize, slot: Slot) -> bool {
        self.slots.get(row).is_some_and(|slots| slots & bit(slot) != 0)
    }

    /// The group of people that a row speaks to.
    #[must_use]
    pub fn group(&self, row: usize) -> usize {
        self.group_of.get(row).copied().unwrap_or_default()
    }

    /// Whether a row is a reason to ask for something: it says more than others do, and the publisher decides about it
    /// where the law is one for those who decide.
    #[must_use]
    pub fn is_reason(&self, row: usize, of_controllers: bool) -> bool {
        let is = |list: &[bool]| list.get(row).copied().unwrap_or_default();
        let decided_by_others = of_controllers && is(&self.for_others);
        !decided_by_others && !is(&self.elsewhere)
    }

    /// Whether a statement stands under a heading where nothing else is said.
    #[must_use]
    pub fn stands_apart(&self, row: &Row<'_>) -> bool {
        let Some(section) = row.section else { return false };
        if let Some(known) = self.apart.borrow().get(&section) {
            return *known;
        }
        let rows = self.rows.iter().filter(|other| other.section == Some(section) && other.origin == Origin::Said);
        let about_rights = |other: &Row<'_>| {
            matches!(other.class(), Some(Class::Right | Class::Choice | Class::Consent | Class::Duty))
        };
        let policy = self.orders.policy();
        let granted = rows.clone().flat_map(|other| other.objects.iter()).filter_map(Entry::noun_id);
        let mut rights: Vec<NounId> = granted.filter(|id| policy.noun(*id).kind == Kind::Right).collect();
        rights.sort_unstable();
        rights.dedup();
        let apart = rows.clone().all(about_rights) && rights.len() <= 2;
        self.apart.borrow_mut().insert(section, apart);
        apart
    }
}

const _: () = assert!(Slot::ALL.len() <= u32::BITS as usize);

fn bit(slot: Slot) -> u32 {
    1 << slot as u32
}

fn slots(row: &Row<'_>) -> u32 {
    let tails = row.objects.iter().flat_map(|object| &object.tail).map(|clause| clause.slot);
    let own = row.clauses.iter().map(|clause| clause.slot);
    own.chain(tails).fold(0, |slots, slot| slots | bit(slot))
}

/// Whether a row is about what is done for somebody else who decides about it.
fn is_as_processor(orders: &Orders<'_>, row: &Row<'_>) -> bool {
    let is_helper = |id: NounId| {
        ["processor", "service-provider", "business-associate"].iter().any(|role| orders.is(id, Kind::Role, role))
    };
    !matches!(row.origin, Origin::Follows | Origin::KeptWith)
        && row.entries(Slot::As).filter_map(Entry::noun_id).any(is_helper)
}

/// Whether a row is about what a product does on the reader's own device, where nobody else controls it.
fn is_on_device(orders: &Orders<'_>, row: &Row<'_>) -> bool {
    let policy = orders.policy();
    let is_product =
        |entry: &Entry| entry.noun_id().is_some_and(|id| matches!(policy.noun(id).kind, Kind::Product | Kind::Term));
    let is_device = |entry: &Entry| entry.noun_id().is_some_and(|id| orders.is(id, Kind::Store, "device"));
    let mut places = row.entries(Slot::At).peekable();
    places.peek().is_some() && places.all(is_device) && row.actors.iter().all(is_product)
}

/// Whether a row is what a denial cuts out, and other sentences say the same of all of it. They say it in full, while
/// the denial lends its own wide words to what it cuts out.
fn is_restated(orders: &Orders<'_>, objects: &Mentions, rows: &[Row<'_>], row: &Row<'_>) -> bool {
    let says = |other: &Row<'_>| {
        !other.denied
            && !other.internal
            && !other.has_cases
            && other.origin != Origin::Exception
            && other.class() == row.class()
    };
    let is_said = |id: NounId| {
        orders.above(id).iter().chain(std::iter::once(&id)).any(|wide| {
            objects.naming(*wide).iter().any(|index| {
                rows.get(*index).is_some_and(|other| {
                    says(other) && other.objects.iter().any(|object| object.noun_id() == Some(*wide))
                })
            })
        })
    };
    row.origin == Origin::Exception
        && !row.objects.is_empty()
        && row.objects.iter().all(|object| object.noun_id().is_some_and(is_said))
}
