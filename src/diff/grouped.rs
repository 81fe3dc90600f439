//! From single differences to changes: those of one class and one pair of statements are one.

use foldhash::{HashMap, HashSet};

use super::class::ChangeClass as C;
use super::things::Side;
use super::{Change, Part};

/// Changes, those of one class and one pair of statements together.
#[derive(Default)]
pub(super) struct Grouped {
    changes: Vec<Change>,
    places: HashMap<(C, String, String), usize>,
}

impl Grouped {
    pub(super) fn add(&mut self, class: C, before: Option<Part>, after: Option<Part>) {
        let key = |part: &Option<Part>| part.as_ref().map(Part::key).unwrap_or_default();
        let key = (class, key(&before), key(&after));
        match self.places.get(&key).and_then(|at| self.changes.get_mut(*at)) {
            Some(change) => {
                change.before = merged(change.before.take(), before);
                change.after = merged(change.after.take(), after);
            }
            None => {
                self.places.insert(key, self.changes.len());
                self.changes.push(Change { class, before, after });
            }
        }
    }

    /// The changes. That something is said in other words, or more or less exactly, is left out where more is to be said
    /// of it.
    pub(super) fn into_changes(self) -> Vec<Change> {
        let is_said_anyway = |change: &Change| change.class.is_exactness() || change.class == C::Wording;
        let key = |part: &Option<Part>| part.as_ref().map(Part::key);
        let others = self.changes.iter().filter(|change| !is_said_anyway(change));
        let told: HashSet<(Side, String)> = others
            .flat_map(|change| [(Side::Old, key(&change.before)), (Side::New, key(&change.after))])
            .filter_map(|(side, key)| Some((side, key?)))
            .collect();
        let is_told_of = |side: Side, part: &Option<Part>| key(part).is_some_and(|key| told.contains(&(side, key)));
        let is_told = |change: &Change| match change.class {
            C::MoreExact => is_told_of(Side::New, &change.after),
            C::Wording => is_told_of(Side::Old, &change.before) || is_told_of(Side::New, &change.after),
            _ => is_told_of(Side::Old, &change.before),
        };
        // A sentence with several verbs is one change, of the class that matters most.
        let mut of_part: HashMap<(Option<String>, Option<String>), Vec<&Change>> = HashMap::default();
        for change in self.changes.iter().filter(|change| change.before.is_none() || change.after.is_none()) {
            of_part.entry((key(&change.before), key(&change.after))).or_default().push(change);
        }
        let is_weaker = |change: &Change| {
            let others = of_part.get(&(key(&change.before), key(&change.after)));
            others
                .into_iter()
                .flatten()
                .any(|other| other.class < change.class && other.before == change.before && other.after == change.after)
        };
        let is_left_out: Vec<bool> =
            self.changes.iter().map(|change| is_said_anyway(change) && is_told(change) || is_weaker(change)).collect();
        self.changes.into_iter().zip(is_left_out).filter(|(_, out)| !out).map(|(change, _)| change).collect()
    }
}

fn merged(known: Option<Part>, further: Option<Part>) -> Option<Part> {
    let (Some(Part::Statement(mut known)), Some(Part::Statement(further))) = (known.clone(), further) else {
        return known;
    };
    for (into, from) in [
        (&mut known.objects, further.objects),
        (&mut known.recipients, further.recipients),
        (&mut known.purposes, further.purposes),
    ] {
        for entry in from {
            if !into.contains(&entry) {
                into.push(entry);
            }
        }
    }
    Some(Part::Statement(known))
}
