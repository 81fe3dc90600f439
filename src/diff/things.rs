//! From the nouns of two versions to the things that both speak of.
//!
//! Nouns are the same thing if the vocabulary says so, else if the authors call them the same and mean the same, else
//! if they have one name. So a noun that is renamed or moved stays what it was, and two policies that were written
//! apart meet in what the vocabulary knows.

use foldhash::{HashMap, HashSet};

use crate::check::orders::Orders;
use crate::check::rows::{Row, values_of};
use crate::policy::{NounId, Policy};
use crate::resolve::{collect_clause, collect_nouns};
use crate::syntax::words::Kind;

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

impl Side {
    /// The other version.
    pub(super) fn other(self) -> Side {
        match self {
            Side::Old => Side::New,
            Side::New => Side::Old,
        }
    }
}

/// Something of each version.
#[derive(Clone, Debug, Default)]
pub(super) struct Both<T> {
    pub(super) old: T,
    pub(super) new: T,
}

impl<T> Both<T> {
    /// What is of one of them.
    pub(super) fn of(&self, side: Side) -> &T {
        match side {
            Side::Old => &self.old,
            Side::New => &self.new,
        }
    }
}

/// A thing of either version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    /// An entry of the vocabulary.
    Standard(u16),
    /// A noun of the authors', in one version or both.
    Own(u32),
}

/// What each noun of both versions is, and what lies above it.
pub(super) struct Things {
    of: Both<Vec<Thing>>,
    above: Both<HashMap<Thing, Box<[Thing]>>>,
    nouns: Both<HashMap<Thing, NounId>>,
}

impl Things {
    /// The things of two versions.
    pub(super) fn new(old: (&Orders<'_>, &[Row<'_>]), new: (&Orders<'_>, &[Row<'_>])) -> Things {
        let spoken = Both { old: spoken_of(old.0.policy(), old.1), new: spoken_of(new.0.policy(), new.1) };
        let (old, new) = (old.0, new.0);
        let pairs = pairs(old, new, spoken);
        let mut next = 0;
        let mut fresh = || {
            next += 1;
            Thing::Own(next - 1)
        };
        let mut of_old: Vec<Option<Thing>> = vec![None; old.policy().nouns.len()];
        let mut of_new: Vec<Option<Thing>> = vec![None; new.policy().nouns.len()];
        for (ones, others) in pairs {
            let standard =
                ones.iter().map(|id| old.policy().noun(*id)).chain(others.iter().map(|id| new.policy().noun(*id)));
            let thing = standard.filter_map(|noun| noun.standard).next().map_or_else(&mut fresh, Thing::Standard);
            for (things, ids) in [(&mut of_old, ones), (&mut of_new, others)] {
                for id in ids {
                    if let Some(place) = things.get_mut(id.0 as usize) {
                        *place = Some(thing);
                    }
                }
            }
        }
        let mut all = |policy: &Policy, things: Vec<Option<Thing>>| -> Vec<Thing> {
            let nouns = policy.nouns.iter().zip(things);
            nouns
                .map(|(noun, thing)| thing.unwrap_or_else(|| noun.standard.map_or_else(&mut fresh, Thing::Standard)))
                .collect()
        };
        let of = Both { old: all(old.policy(), of_old), new: all(new.policy(), of_new) };
        let above = Both { old: above(old, &of.old), new: above(new, &of.new) };
        let nouns = |of: &[Thing]| {
            let ids = of.iter().enumerate().map(|(index, thing)| (*thing, NounId(index as u32)));
            // What the authors declare comes first, and is what they say of a thing.
            ids.rev().collect()
        };
        let nouns = Both { old: nouns(&of.old), new: nouns(&of.new) };
        Things { of, above, nouns }
    }

    /// What a noun of one version is.
    pub(super) fn of(&self, side: Side, id: NounId) -> Option<Thing> {
        self.of.of(side).get(id.0 as usize).copied()
    }

    /// The noun of one version that is a thing.
    pub(super) fn noun(&self, side: Side, thing: Thing) -> Option<NounId> {
        self.nouns.of(side).get(&thing).copied()
    }

    /// The things at or above a thing: as the version that makes the statement knows them, or, where it does not know
    /// the thing, as the other one does.
    pub(super) fn above(&self, stated: Side, thing: Thing) -> &[Thing] {
        let known = self.above.of(stated).get(&thing).or_else(|| self.above.of(stated.other()).get(&thing));
        known.map_or(&[], |above| above)
    }
}

fn above(orders: &Orders<'_>, of: &[Thing]) -> HashMap<Thing, Box<[Thing]>> {
    let mut above: HashMap<Thing, Vec<Thing>> = HashMap::default();
    for (index, thing) in of.iter().enumerate() {
        let id = NounId(index as u32);
        let own = orders.above(id).iter().filter_map(|id| of.get(id.0 as usize)).copied();
        let standard = orders.entries(id).iter().map(|entry| Thing::Standard(*entry));
        above.entry(*thing).or_default().extend(own.chain(standard).chain([*thing]));
    }
    let sorted = |mut things: Vec<Thing>| {
        things.sort_unstable();
        things.dedup();
        things.into()
    };
    above.into_iter().map(|(thing, things)| (thing, sorted(things))).collect()
}

/// The words of a noun, such as case and articles do not change them.
pub(super) fn plain_words(policy: &Policy, id: NounId) -> String {
    let words = policy.noun(id).words().to_lowercase();
    let is_article = |word: &&str| !matches!(*word, "a" | "an" | "the" | "your" | "our");
    words.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).filter(is_article).fold(
        String::new(),
        |mut all, word| {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(word);
            all
        },
    )
}

/// Words that turn what is said around, or move it to somebody else.
const TURNING: [&str; 25] = [
    "not", "no", "never", "without", "unless", "except", "only", "or", "and", "other", "all", "any", "some", "may",
    "might", "must", "can", "cannot", "we", "us", "you", "they", "them", "he", "she",
];

/// Whether the same words that turn a meaning stand in both.
pub(super) fn turn_alike(one: &str, other: &str) -> bool {
    let turning = |words: &'_ str| -> Vec<String> {
        words.split(' ').filter(|word| TURNING.contains(word)).map(str::to_owned).collect()
    };
    turning(one) == turning(other)
}

/// Whether two nouns have at least half of their words in common.
pub(super) fn are_alike(one: &str, other: &str) -> bool {
    let (one, other): (HashSet<&str>, HashSet<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let common = one.intersection(&other).count();
    common * 2 >= one.len().max(other.len())
}

/// The nouns that statements and the fields of nouns name. An entry of the vocabulary that a noun is only declared to be
/// is none of them.
fn spoken_of(policy: &Policy, rows: &[Row<'_>]) -> HashSet<NounId> {
    let mut nouns = Vec::new();
    let fields = policy.nouns.iter().flat_map(|noun| &noun.fields);
    fields.flat_map(values_of).for_each(|entry| collect_nouns(entry, &mut nouns));
    for row in rows {
        row.actors.iter().chain(row.objects.iter()).for_each(|entry| collect_nouns(entry, &mut nouns));
        row.clauses.iter().for_each(|clause| collect_clause(&clause.value, &mut nouns));
    }
    nouns.into_iter().collect()
}

/// Nouns of the earlier and of the later version that are one thing.
type Same = (Vec<NounId>, Vec<NounId>);

/// The nouns of two versions that are one thing.
fn pairs(old: &Orders<'_>, new: &Orders<'_>, spoken: Both<HashSet<NounId>>) -> Vec<Same> {
    let mut pairing = Pairing { old, new, spoken, taken: Both::default(), pairs: Vec::new() };
    let standard = |orders: &Orders<'_>, id: NounId| orders.policy().noun(id).standard;
    // Services of two companies are two, whatever they are called.
    let words = |orders: &Orders<'_>, id: NounId| {
        let words = plain_words(orders.policy(), id);
        let owner = orders.policy().noun(id).of.as_ref().and_then(|of| of.noun_id());
        match owner.filter(|_| orders.policy().noun(id).kind == Kind::Engagement && !words.is_empty()) {
            Some(owner) => format!("{words} of {}", plain_words(orders.policy(), owner)),
            None => words,
        }
    };
    let name = |orders: &Orders<'_>, id: NounId| orders.policy().noun(id).name.clone();
    let meaning = |orders: &Orders<'_>, id: NounId| orders.entries(id).to_vec();
    // A service of another company is another service.
    let owner = |policy: &Policy, id: NounId| policy.noun(id).of.as_ref().and_then(|of| of.noun_id());
    let alone = |one: NounId, other: NounId| {
        let is_service = old.policy().noun(one).kind == Kind::Engagement;
        match (owner(old.policy(), one), owner(new.policy(), other)) {
            (Some(one), Some(other)) if is_service => {
                old.policy().noun(one).name == new.policy().noun(other).name
                    || plain_words(old.policy(), one) == plain_words(new.policy(), other)
            }
            _ => true,
        }
    };
    let alike = |one: NounId, other: NounId| {
        alone(one, other) && are_alike(&plain_words(old.policy(), one), &plain_words(new.policy(), other))
    };
    pairing.by(standard, None);
    pairing
        .by(|orders, id| Some((words(orders, id), meaning(orders, id))).filter(|(words, _)| !words.is_empty()), None);
    // The vocabulary may be told more exactly, the words stay.
    pairing.by(|orders, id| Some((words(orders, id), name(orders, id)?)), Some(&alone));
    pairing.by(|orders, id| Some(words(orders, id)).filter(|words| !words.is_empty()), Some(&alone));
    pairing.by(|orders, id| Some((name(orders, id)?, meaning(orders, id))), Some(&alone));
    // What one version calls otherwise, and what means the same of all that is left.
    pairing.by(|orders, id| Some(meaning(orders, id)).filter(|meaning| !meaning.is_empty()), Some(&alike));
    pairing.by(name, Some(&alike));
    pairing.pairs
}

struct Pairing<'o, 'p> {
    old: &'o Orders<'p>,
    new: &'o Orders<'p>,
    spoken: Both<HashSet<NounId>>,
    taken: Both<HashSet<NounId>>,
    pairs: Vec<Same>,
}

impl Pairing<'_, '_> {
    /// Pairs what is not paired yet and has the same key, as far as it fits. Where the key decides alone, several nouns
    /// of one version may be one thing, such as a label that is written twice; else only what is alone in its version.
    fn by<K: std::hash::Hash + Eq>(
        &mut self,
        key: impl Fn(&Orders<'_>, NounId) -> Option<K>,
        fits: Option<&dyn Fn(NounId, NounId) -> bool>,
    ) {
        let found = |orders: &Orders<'_>, taken: &HashSet<NounId>, spoken: &HashSet<NounId>| {
            let mut found: HashMap<(Kind, K), Vec<NounId>> = HashMap::default();
            let nouns = orders.policy().nouns.iter().enumerate().filter(|(_, noun)| !noun.dropped && !noun.internal);
            for (index, noun) in nouns {
                let id = NounId(index as u32);
                let is_meant = orders.policy().noun(id).declared || spoken.contains(&id);
                if let Some(key) = key(orders, id).filter(|_| is_meant && !taken.contains(&id)) {
                    found.entry((noun.kind, key)).or_default().push(id);
                }
            }
            found
        };
        let mut others = found(self.new, &self.taken.new, &self.spoken.new);
        let mut pairs = Vec::new();
        for (key, ids) in found(self.old, &self.taken.old, &self.spoken.old) {
            let Some(others) = others.remove(&key) else { continue };
            // Several contacts and services are as many, though they are called alike.
            let is_alone = matches!(key.0, Kind::Contact | Kind::Engagement);
            let is_same = match (fits, ids.as_slice(), others.as_slice()) {
                (None, ..) if !is_alone => true,
                (None, [_], [_]) => true,
                (None, ..) => false,
                (Some(fits), [one], [other]) => fits(*one, *other),
                (Some(_), ..) => false,
            };
            if is_same {
                pairs.push((ids, others));
            }
        }
        pairs.sort_unstable();
        for (ones, others) in pairs {
            self.taken.old.extend(&ones);
            self.taken.new.extend(&others);
            self.pairs.push((ones, others));
        }
    }
}
