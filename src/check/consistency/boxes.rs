//! From rows to boxes: one object of a row with everything that the row, the object's own tail and the list it
//! stands in say for it. Checks compare boxes, never sentences.

use crate::check::orders::Orders;
use crate::check::rows::{Row, entries_of, is_us};
use crate::policy::{Clause, Entry, Head, NounId, Policy};
use crate::source::Span;
use crate::syntax::words::{Kind, Quantifier, Slot};

/// An entry of a list, or a member of one.
#[derive(Clone, Copy, Debug)]
pub struct Named<'r> {
    /// The entry.
    pub entry: &'r Entry,
    /// The entry of the list that it stands in; itself if it is no member.
    pub outer: &'r Entry,
}

impl<'r> Named<'r> {
    /// The noun that it names.
    #[must_use]
    pub fn noun(&self) -> Option<NounId> {
        self.entry.noun_id()
    }

    /// Whether it speaks of a part that the author leaves open, so that it conflicts only with what covers all of it.
    #[must_use]
    pub fn is_open(&self, orders: &Orders<'_>) -> bool {
        let entry = self.entry;
        match entry.quantifier {
            Some(Quantifier::Any | Quantifier::Some | Quantifier::Most | Quantifier::Certain | Quantifier::Rest) => {
                true
            }
            Some(Quantifier::All | Quantifier::Each) => false,
            // Whoever says "personal information" and no more does not mean every kind of it.
            None => {
                entry.other || self.noun().is_none_or(|id| is_root(id, orders) || is_bare_tracker(entry, id, orders))
            }
        }
    }
}

/// Whether an entry is the word of the vocabulary for a sort of trackers and nothing more: who uses "cookies" does not use
/// every sort of them.
fn is_bare_tracker(entry: &Entry, id: NounId, orders: &Orders<'_>) -> bool {
    let noun = orders.policy().noun(id);
    noun.kind == Kind::Tracker && noun.standard.is_some() && noun.fields.is_empty() && entry.group.is_none()
}

/// Whether a noun is the whole of its kind.
#[must_use]
pub fn is_root(id: NounId, orders: &Orders<'_>) -> bool {
    let noun = orders.policy().noun(id);
    let name = noun.standard.map(|entry| crate::vocabulary::entry(entry).name);
    match noun.kind {
        Kind::Data => matches!(name, Some("information" | "personal" | "other-information")),
        Kind::Party => matches!(name, Some("anyone" | "recipient")),
        _ => false,
    }
}

/// The entries of a list and the members that are named in it.
#[must_use]
pub fn named<'r>(entries: impl IntoIterator<Item = &'r Entry>) -> Vec<Named<'r>> {
    fn add<'r>(entry: &'r Entry, outer: &'r Entry, depth: usize, into: &mut Vec<Named<'r>>) {
        into.push(Named { entry, outer });
        if depth < 16 {
            for member in entry.group.iter().flat_map(|group| &group.entries) {
                add(member, outer, depth + 1, into);
            }
        }
    }
    let mut all = Vec::new();
    entries.into_iter().for_each(|entry| add(entry, entry, 0, &mut all));
    all
}

/// One object of a row.
#[derive(Clone, Copy, Debug)]
pub struct Side<'r, 'p> {
    /// The row.
    pub row: &'r Row<'p>,
    /// The object; none if the row has none.
    pub object: Option<Named<'r>>,
}

impl<'r, 'p> Side<'r, 'p> {
    /// What stands in a slot for this object: its own tail goes before the sentence, and conditions add up.
    #[must_use]
    pub fn clauses(&self, slot: Slot) -> Vec<&'r Clause> {
        let mut own: Vec<&'r Clause> = Vec::new();
        if let Some(object) = self.object {
            own.extend(object.entry.tail.iter().filter(|clause| clause.slot == slot));
            if own.is_empty() && !std::ptr::eq(object.entry, object.outer) {
                own.extend(object.outer.tail.iter().filter(|clause| clause.slot == slot));
            }
        }
        if own.is_empty() || slot.takes_condition() {
            own.extend(self.row.in_slot(slot));
        }
        own
    }

    /// The entries in a slot for this object.
    #[must_use]
    pub fn entries(&self, slot: Slot) -> Vec<&'r Entry> {
        self.clauses(slot).into_iter().flat_map(|clause| entries_of(&clause.value)).collect()
    }

    /// The entries in a slot and the members named there.
    #[must_use]
    pub fn named(&self, slot: Slot) -> Vec<Named<'r>> {
        named(self.entries(slot))
    }

    /// The purposes: what stands behind `for` and is no period.
    #[must_use]
    pub fn purposes(&self, policy: &Policy) -> Vec<Named<'r>> {
        let is_purpose = |named: &Named<'_>| named.noun().is_some_and(|id| policy.noun(id).kind == Kind::Purpose);
        self.named(Slot::For).into_iter().filter(is_purpose).collect()
    }

    /// Where it is written.
    #[must_use]
    pub fn place(&self) -> Span {
        let place = |named: Named<'_>| named.entry.place.0.or(named.outer.place.0);
        self.object.and_then(place).unwrap_or(self.row.span)
    }
}

/// Whom data go to.
#[derive(Clone, Copy, Debug)]
pub enum Recipient<'r> {
    /// The publisher.
    Us,
    /// The reader.
    Reader,
    /// A noun; a service stands for its party.
    Noun {
        /// The party or the people.
        id: NounId,
        /// Whether it gets the data as a processor.
        is_processor: bool,
        /// The entry that names it.
        named: Named<'r>,
    },
}

/// The recipients of a box, places left out.
#[must_use]
pub fn recipients<'r>(side: &Side<'r, '_>, orders: &Orders<'_>) -> Vec<Recipient<'r>> {
    let policy = orders.policy();
    let mut found = Vec::new();
    for named in side.named(Slot::With).into_iter().chain(side.named(Slot::To)) {
        if is_us(named.entry, policy) {
            found.push(Recipient::Us);
            continue;
        }
        match &named.entry.head {
            Head::You => found.push(Recipient::Reader),
            Head::Noun(id) => {
                let noun = policy.noun(*id);
                if noun.kind == Kind::Place {
                    continue;
                }
                if noun.kind == Kind::People && (side.row.readers.contains(id) || policy.header.you.contains(id)) {
                    found.push(Recipient::Reader);
                    continue;
                }
                let party = noun.of.as_deref().filter(|_| noun.kind == Kind::Engagement).and_then(Entry::noun_id);
                let by_service = party.is_some()
                    && (has_role(*id, "processor", orders) || has_role(*id, "service-provider", orders));
                let by_clause = side.entries(Slot::As).into_iter().filter_map(Entry::noun_id).any(|role| {
                    orders.is(role, Kind::Role, "processor") || orders.is(role, Kind::Role, "service-provider")
                });
                let id = party.unwrap_or(*id);
                found.push(Recipient::Noun { id, is_processor: by_service || by_clause, named });
            }
            _ => {}
        }
    }
    found
}

/// Whether a service has a role.
#[must_use]
pub fn has_role(service: NounId, role: &str, orders: &Orders<'_>) -> bool {
    let fields = orders.policy().noun(service).fields.iter().filter(|field| &*field.key == "role");
    fields.flat_map(|field| &field.values).filter_map(Entry::noun_id).any(|id| orders.is(id, Kind::Role, role))
}
