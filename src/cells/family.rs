//! From the nouns of a policy and the vocabulary to what is a kind or a member of what.

use foldhash::{HashMap, HashSet};

use crate::facts::{Facts, What};
use crate::syntax::words::Kind;
use crate::vocabulary;

/// How many kinds may stand between a noun and what it is.
const FARTHEST: usize = 64;

/// What each noun is a kind or a member of, by ids.
pub(super) struct Family<'f> {
    above: HashMap<&'f str, Vec<&'f str>>,
}

impl<'f> Family<'f> {
    pub(super) fn new(facts: &'f Facts) -> Family<'f> {
        let mut above: HashMap<&str, Vec<&str>> = HashMap::default();
        for noun in &facts.nouns {
            above.entry(&noun.id).or_default().extend(noun.is.iter().map(String::as_str));
            for member in noun.members.iter().flat_map(|members| &members.items) {
                if let What::Noun { id } = &member.what {
                    above.entry(id).or_default().push(&noun.id);
                }
            }
        }
        Family { above }
    }

    /// A noun and all that it is, each with how far it is away; a line that is longer than any author's ends.
    pub(super) fn line(&self, id: &str) -> Vec<(String, usize)> {
        let mut line = vec![(id.to_owned(), 0)];
        let mut seen: HashSet<String> = HashSet::from_iter([id.to_owned()]);
        let mut next = 0;
        while let Some((id, far)) = line.get(next).cloned() {
            next += 1;
            if far >= FARTHEST {
                continue;
            }
            let known = self.above.get(id.as_str()).into_iter().flatten().map(|id| (*id).to_owned());
            for above in known.chain(standard(&id)) {
                if seen.insert(above.clone()) {
                    line.push((above, far + 1));
                }
            }
        }
        line
    }

    pub(super) fn is(&self, id: &str, ancestor: &str) -> bool {
        id == ancestor || self.line(id).iter().any(|(above, _)| above == ancestor)
    }
}

/// What a standard noun is a kind of.
fn standard(id: &str) -> impl Iterator<Item = String> {
    let entry = id.split_once('-').and_then(|(kind, name)| vocabulary::find(Kind::from_word(kind)?, name));
    let parents = entry.map_or(&[][..], |entry| vocabulary::entry(entry).parents);
    parents.iter().map(|parent| {
        let parent = vocabulary::entry(*parent);
        format!("{}-{}", parent.kind.word(), parent.name)
    })
}
