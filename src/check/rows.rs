//! From the statements of a policy to rows: each sentence once for each case in which it holds, with everything that
//! the blocks around it, its additions and the fields of nouns say for it. Every check is a query over rows.
//!
//! A row is never the product of its slots: the data, the recipients and the purposes of one sentence stay lists, and
//! what an item says in its own tail is read when that item is asked for. So there are as many rows as sentences,
//! additions and fields that say the same as a sentence would.

use std::borrow::Cow;

use foldhash::HashMap;

use crate::policy::{
    Addition, Clause, ClauseValue, Condition, Entry, Except, Field, Head, Node, Noun, NounId, Policy, Sentence, Test,
    Value,
};
use crate::source::Span;
use crate::syntax::words::{Force, Join, Kind, Polarity, Slot};
use crate::vocabulary::{self, Class, Verb};

mod follow;

/// Why a row is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A sentence says it.
    Said,
    /// A denial allows it.
    Exception,
    /// A noun's fields, or another clause of a sentence, say it.
    Follows,
    /// A sentence that something is kept with somebody says where it lies.
    KeptWith,
}

/// One thing that the policy says, with all its circumstances.
#[derive(Clone, Debug)]
pub struct Row<'p> {
    /// The id of the statement, the same in every output.
    pub statement: &'p str,
    /// Where it is written.
    pub span: Span,
    /// Why it is there.
    pub origin: Origin,
    /// Who acts.
    pub actors: Cow<'p, [Entry]>,
    /// Whether nobody else does.
    pub only_actor: bool,
    /// What is done.
    pub verbs: Vec<&'p Verb>,
    /// The right that it grants without naming it, as an entry of the vocabulary.
    pub grants: Option<u16>,
    /// How firmly.
    pub force: Force,
    /// Whether it is denied.
    pub denied: bool,
    /// Whether it is denied for all time.
    pub never: bool,
    /// How.
    pub manner: Option<NounId>,
    /// To what.
    pub objects: Cow<'p, [Entry]>,
    /// Whether one of the objects may be meant alone.
    pub one_object: bool,
    /// The other slots, the innermost first.
    pub clauses: Vec<Cow<'p, Clause>>,
    /// What is cut out.
    pub except: Option<&'p Except>,
    /// Whether a complete list of cases follows, which are rows of their own.
    pub has_cases: bool,
    /// The row whose complete list this case is of.
    pub case_of: Option<usize>,
    /// The people that "you" means here.
    pub readers: &'p [NounId],
    /// The edition in which it holds.
    pub edition: Option<NounId>,
    /// The section around it, and whether it is one of its own for this kind of statement.
    pub section: Option<NounId>,
    /// Whether only the record of processing may print it.
    pub internal: bool,
}

impl<'p> Row<'p> {
    /// The class of what is done.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        self.verbs.first().map(|verb| verb.class)
    }

    /// What stands in a slot of the sentence, wherever it was written; conditions may stand there several times.
    pub fn in_slot(&self, slot: Slot) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().map(AsRef::as_ref).filter(move |clause| clause.slot == slot)
    }

    /// What stands in a slot for one of the objects: its own tail goes before the sentence.
    pub fn for_object<'r>(&'r self, object: &'r Entry, slot: Slot) -> Vec<&'r Clause> {
        let own: Vec<&Clause> = object.tail.iter().filter(|clause| clause.slot == slot).collect();
        if own.is_empty() || slot.takes_condition() { own.into_iter().chain(self.in_slot(slot)).collect() } else { own }
    }

    /// The entries in a slot, arms of values that differ included.
    pub fn entries(&self, slot: Slot) -> impl Iterator<Item = &Entry> {
        self.in_slot(slot).flat_map(|clause| entries_of(&clause.value))
    }

    /// The recipients, whichever word the verb has for them.
    pub fn recipients(&self) -> impl Iterator<Item = &Entry> {
        self.entries(Slot::With).chain(self.entries(Slot::To))
    }

    /// Whether the publisher acts.
    #[must_use]
    pub fn is_ours(&self, policy: &Policy) -> bool {
        self.actors.iter().any(|actor| is_us(actor, policy))
    }
}

/// Whether an entry is the publisher, by the pronoun or by name.
#[must_use]
pub fn is_us(entry: &Entry, policy: &Policy) -> bool {
    match &entry.head {
        Head::We => true,
        Head::Noun(id) => policy.header.we.contains(id),
        Head::You | Head::Field(..) | Head::Value(_) | Head::Period(_) | Head::Everything => false,
    }
}

/// The codes of the places in some fields of a noun.
pub fn place_codes<'n>(noun: &'n Noun, keys: &'n [&str]) -> impl Iterator<Item = &'n str> {
    field_values(noun, keys).filter_map(|entry| match &entry.head {
        Head::Value(Value::Place(code)) => Some(&**code),
        _ => None,
    })
}

/// The entries of a value, those of every arm if it differs.
#[must_use]
pub fn entries_of(value: &ClauseValue) -> Vec<&Entry> {
    match value {
        ClauseValue::List(entries, _) | ClauseValue::Topic(_, entries) => entries.iter().collect(),
        ClauseValue::Guarded(arms) => arms.iter().flat_map(|arm| entries_of(&arm.value)).collect(),
        ClauseValue::Condition(_) | ClauseValue::Flag => Vec::new(),
    }
}

/// The events and settings that a condition names, each with whether it is negated.
#[must_use]
pub fn tests_of(condition: &Condition) -> Vec<(&Entry, bool)> {
    condition.tests().into_iter().map(|test| (&test.entry, test.not)).collect()
}

/// What the blocks around a statement say.
#[derive(Clone, Default)]
struct Around<'p> {
    clauses: Vec<Cow<'p, Clause>>,
    readers: &'p [NounId],
    edition: Option<NounId>,
    section: Option<NounId>,
    case_of: Option<usize>,
    internal: bool,
}

impl<'p> Around<'p> {
    /// The clauses of a statement with those around it: what it says itself goes first and takes the place of what
    /// is said around it, but for conditions, which add up.
    fn with(&self, own: &'p [Clause]) -> Vec<Cow<'p, Clause>> {
        over(own.iter().map(Cow::Borrowed).collect(), &self.clauses)
    }

    fn inside(&self, own: &'p [Clause]) -> Around<'p> {
        Around { clauses: self.with(own), ..self.clone() }
    }
}

fn over<'p>(own: Vec<Cow<'p, Clause>>, around: &[Cow<'p, Clause>]) -> Vec<Cow<'p, Clause>> {
    let mut all = own;
    let written = all.len();
    for outer in around {
        let recipient = |slot: Slot| matches!(slot, Slot::With | Slot::To);
        let same = |own: &Cow<'_, Clause>| own.slot == outer.slot || (recipient(own.slot) && recipient(outer.slot));
        let replaced = all.iter().take(written).any(same);
        if outer.slot.takes_condition() || !replaced {
            all.push(outer.clone());
        }
    }
    all
}

/// Every row of a policy: the sentences in source order, then what follows from nouns and clauses.
#[must_use]
pub fn rows(policy: &Policy) -> Vec<Row<'_>> {
    let mut additions: HashMap<&str, Vec<(&Addition, Around<'_>)>> = HashMap::default();
    let around = Around { readers: &policy.header.you, ..Around::default() };
    collect_additions(&policy.nodes, &around, &mut additions);
    let mut walk = Walk { policy, rows: Vec::new(), homes: HashMap::default(), additions };
    walk.nodes(&policy.nodes, &around);
    walk.nodes(&policy.internal, &Around { internal: true, ..around });
    let Walk { mut rows, homes, .. } = walk;
    follow::follow_from_rows(policy, &mut rows);
    follow::follow_from_nouns(policy, &homes, &mut rows);
    rows
}

fn collect_additions<'p>(
    nodes: &'p [Node],
    around: &Around<'p>,
    into: &mut HashMap<&'p str, Vec<(&'p Addition, Around<'p>)>>,
) {
    for node in nodes {
        match node {
            Node::Section(section) => collect_additions(&section.nodes, around, into),
            Node::Scope(scope) => {
                let mut inside = around.inside(&scope.clauses);
                inside.readers = scope.you.as_deref().unwrap_or(inside.readers);
                collect_additions(&scope.nodes, &inside, into);
            }
            Node::Steps(steps) => collect_additions(&steps.nodes, around, into),
            Node::Edition(edition, nodes) => {
                collect_additions(nodes, &Around { edition: Some(*edition), ..around.clone() }, into);
            }
            Node::Addition(addition) => into.entry(&addition.of).or_default().push((addition, around.clone())),
            Node::Sentence(_) | Node::Prose(_) | Node::Noun(_) => {}
        }
    }
}

struct Walk<'p> {
    policy: &'p Policy,
    rows: Vec<Row<'p>>,
    /// What stands around the nouns that are declared with details.
    homes: HashMap<NounId, Around<'p>>,
    additions: HashMap<&'p str, Vec<(&'p Addition, Around<'p>)>>,
}

impl<'p> Walk<'p> {
    fn nodes(&mut self, nodes: &'p [Node], around: &Around<'p>) {
        for node in nodes {
            match node {
                Node::Section(section) => {
                    self.nodes(&section.nodes, &Around { section: Some(section.noun), ..around.clone() });
                }
                Node::Scope(scope) => {
                    let mut inside = around.inside(&scope.clauses);
                    inside.readers = scope.you.as_deref().unwrap_or(inside.readers);
                    self.nodes(&scope.nodes, &inside);
                }
                Node::Steps(steps) => self.nodes(&steps.nodes, &around.inside(&steps.clauses)),
                Node::Edition(edition, nodes) => {
                    self.nodes(nodes, &Around { edition: Some(*edition), ..around.clone() });
                }
                Node::Sentence(sentence) => self.sentence(sentence, around),
                Node::Noun(noun) => {
                    self.homes.insert(*noun, around.clone());
                }
                Node::Prose(_) | Node::Addition(_) => {}
            }
        }
    }

    fn sentence(&mut self, sentence: &'p Sentence, around: &Around<'p>) {
        let verbs: Vec<&'p Verb> = sentence.verbs.iter().map(|verb| self.policy.verb(*verb)).collect();
        let negative = verbs.iter().any(|verb| verb.negative);
        let row = Row {
            statement: &sentence.id,
            span: sentence.span,
            origin: Origin::Said,
            actors: Cow::Borrowed(&sentence.actors),
            only_actor: sentence.only_actor,
            grants: granted(
                self.policy,
                &sentence.actors,
                sentence.force,
                &verbs,
                &sentence.objects,
                &sentence.clauses,
            ),
            verbs,
            force: sentence.force,
            denied: sentence.polarity != Polarity::Positive || negative,
            never: sentence.polarity == Polarity::Never,
            manner: sentence.manner,
            objects: Cow::Borrowed(&sentence.objects),
            one_object: sentence.object_join == Join::Or,
            clauses: around.with(&sentence.clauses),
            except: sentence.except.as_ref(),
            has_cases: sentence.cases.is_some(),
            case_of: around.case_of,
            readers: around.readers,
            edition: around.edition,
            section: around.section,
            internal: around.internal,
        };
        let place = self.rows.len();
        let mut base = row.clone();
        let joined = sentence.added.iter().flat_map(|addition| &addition.clauses).map(Cow::Borrowed).collect();
        base.clauses = over(joined, &row.clauses);
        let allowed = exception(self.policy, &base);
        self.rows.push(base);
        self.rows.extend(allowed);
        for (addition, scope) in self.additions.get(&*sentence.id).into_iter().flatten() {
            if addition.is_joined {
                continue;
            }
            let mut variant = row.clone();
            let own = scope.with(&addition.clauses);
            variant.statement = &addition.id;
            variant.span = addition.span;
            variant.clauses = over(own, &row.clauses);
            variant.readers = scope.readers;
            variant.edition = scope.edition.or(row.edition);
            self.rows.push(variant);
        }
        if let Some(cases) = &sentence.cases {
            let inside = Around { case_of: Some(place), ..around.inside(&sentence.clauses) };
            self.nodes(cases, &inside);
        }
    }
}

/// What a denial allows: other data, other recipients or purposes, or the same in further circumstances.
fn exception<'p>(policy: &Policy, row: &Row<'p>) -> Option<Row<'p>> {
    let except = row.except.filter(|_| row.denied)?;
    let kind = |entry: &Entry| entry.noun_id().map(|id| policy.noun(id).kind);
    let of = |kinds: &[Kind]| -> Vec<Entry> {
        except.entries.iter().filter(|entry| kind(entry).is_some_and(|kind| kinds.contains(&kind))).cloned().collect()
    };
    let mut own: Vec<Cow<'p, Clause>> = except.clauses.iter().map(Cow::Borrowed).collect();
    let recipient_slot = if row.in_slot(Slot::With).next().is_some() { Slot::With } else { Slot::To };
    for (slot, kinds) in
        [(recipient_slot, &[Kind::Party, Kind::People, Kind::Engagement][..]), (Slot::For, &[Kind::Purpose])]
    {
        let entries = of(kinds);
        if !entries.is_empty() {
            own.push(Cow::Owned(clause(slot, entries)));
        }
    }
    for entry in of(&[Kind::Event, Kind::Setting]) {
        let condition = Condition::Test(Box::new(Test { not: false, entry, state: None }));
        own.push(Cow::Owned(Clause { slot: Slot::When, only: false, value: ClauseValue::Condition(condition) }));
    }
    let data = of(&[Kind::Data, Kind::Tracker]);
    let mut allowed = row.clone();
    allowed.origin = Origin::Exception;
    allowed.denied = false;
    allowed.except = None;
    allowed.clauses = over(own, &row.clauses);
    if !data.is_empty() {
        allowed.objects = Cow::Owned(data);
    }
    Some(allowed)
}

/// A clause that nobody wrote.
fn clause(slot: Slot, entries: Vec<Entry>) -> Clause {
    Clause { slot, only: false, value: ClauseValue::List(entries, Join::And) }
}

/// The ways in which a policy grants a right without naming it, and the right that each of them grants.
const GRANTING: [(&str, &str); 27] = [
    ("complain", "complaint"),
    ("access", "access"),
    ("view", "access"),
    ("download", "portability"),
    ("export", "portability"),
    ("correct", "rectification"),
    ("rectify", "rectification"),
    ("amend", "rectification"),
    ("edit", "rectification"),
    ("complete", "rectification"),
    ("update", "rectification"),
    ("change", "rectification"),
    ("delete", "erasure"),
    ("erase", "erasure"),
    ("remove", "erasure"),
    ("object-to", "objection"),
    ("opt-out-of", "opt-out"),
    ("opt-in-to", "opt-in"),
    ("withdraw", "withdraw-consent"),
    ("revoke", "withdraw-consent"),
    ("restrict", "restriction"),
    ("limit", "restriction"),
    ("contest", "automated-decision"),
    ("appeal", "appeal"),
    ("complain-to", "complaint"),
    ("close", "closure"),
    ("unsubscribe-from", "opt-out"),
];

/// The right that a sentence grants without naming it: `you may delete your photos` grants erasure as
/// `you have erasure` does.
fn granted(
    policy: &Policy,
    actors: &[Entry],
    force: Force,
    verbs: &[&Verb],
    objects: &[Entry],
    clauses: &[Clause],
) -> Option<u16> {
    let is_reader = actors.iter().any(|actor| matches!(actor.head, Head::You | Head::Noun(_)));
    if !is_reader || !matches!(force, Force::May | Force::Does | Force::Can) {
        return None;
    }
    let right = |verb: &&Verb| GRANTING.iter().find(|(name, _)| *name == &*verb.name).map(|(_, right)| *right);
    // "You may request deletion of your photos."
    let asked = || {
        let asks = verbs.iter().any(|verb| ["request", "ask-for", "obtain"].contains(&&*verb.name));
        let is = |entry: &Entry| {
            entry.noun_id().and_then(|id| policy.noun(id).standard).map(|of| vocabulary::entry(of).name)
        };
        objects.iter().filter(|_| asks).find_map(|object| match is(object)? {
            "deletion" => Some("erasure"),
            "correction" => Some("rectification"),
            "copy" => Some("access"),
            _ => None,
        })
    };
    let right = verbs.iter().find_map(right).or_else(asked)?;
    // Who complains to the publisher complains to nobody who supervises it.
    let to = clauses.iter().filter(|clause| matches!(clause.slot, Slot::To | Slot::With));
    let mut whom = objects.iter().chain(to.flat_map(|clause| entries_of(&clause.value)));
    if right == "complaint" && whom.any(|entry| is_us(entry, policy)) {
        return None;
    }
    vocabulary::find(Kind::Right, right)
}

/// The values of the first of these fields that a noun has, those of every arm if they differ.
pub fn field_values<'n>(noun: &'n Noun, keys: &'n [&str]) -> impl Iterator<Item = &'n Entry> {
    let field = keys.iter().find_map(|key| noun.fields.iter().find(|field| &*field.key == *key));
    field.into_iter().flat_map(values_of)
}

/// The values of a field, those of every arm if they differ.
pub fn values_of(field: &Field) -> impl Iterator<Item = &Entry> {
    field.values.iter().chain(field.arms.iter().flat_map(|arm| &arm.values))
}
