//! From the statements of a policy to rows: each sentence once for each case in which it holds, with everything that
//! the blocks around it, its additions and the fields of nouns say for it. Every check is a query over rows.
//!
//! A row is never the product of its slots: the data, the recipients and the purposes of one sentence stay lists, and
//! what an item says in its own tail is read when that item is asked for. So there are as many rows as sentences,
//! additions and fields that say the same as a sentence would.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::policy::{
    Addition, Clause, ClauseValue, Condition, Entry, Except, Field, Head, Node, Noun, NounId, Place, Policy, Sentence,
    Test, Value,
};
use crate::source::Span;
use crate::syntax::words::{Force, Join, Kind, Polarity, Slot};
use crate::vocabulary::{self, Class, Verb};

/// Why a row is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A sentence says it.
    Said,
    /// A denial allows it.
    Exception,
    /// A noun's fields, or another clause of a sentence, say it.
    Follows,
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
    match condition {
        Condition::Test(test) => vec![(&test.entry, test.not)],
        Condition::Joined(_, conditions) => conditions.iter().flat_map(tests_of).collect(),
    }
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
        let replaced = all.iter().take(written).any(|own| own.slot == outer.slot);
        if outer.slot.takes_condition() || !replaced {
            all.push(outer.clone());
        }
    }
    all
}

/// Every row of a policy: the sentences in source order, then what follows from nouns and clauses.
#[must_use]
pub fn rows(policy: &Policy) -> Vec<Row<'_>> {
    let mut additions: HashMap<&str, Vec<(&Addition, Around<'_>)>> = HashMap::new();
    let around = Around { readers: &policy.header.you, ..Around::default() };
    collect_additions(&policy.nodes, &around, &mut additions);
    let mut walk = Walk { policy, rows: Vec::new(), additions };
    walk.nodes(&policy.nodes, &around);
    walk.nodes(&policy.internal, &Around { internal: true, ..around });
    let mut rows = walk.rows;
    follow_from_rows(policy, &mut rows);
    follow_from_nouns(policy, &mut rows);
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
                Node::Prose(_) | Node::Noun(_) | Node::Addition(_) => {}
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

/// What the clauses of a sentence say beside the sentence: that data are kept, given, or go to another country.
fn follow_from_rows<'p>(policy: &'p Policy, rows: &mut Vec<Row<'p>>) {
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| !row.denied) {
        kept(row, &mut found);
        given(row, &mut found);
        deleted(row, &mut found);
        sent_abroad(policy, row, &mut found);
    }
    rows.extend(found);
}

fn standard_verb(name: &str) -> Option<&'static Verb> {
    vocabulary::find_verb(name).map(|(verb, _)| verb)
}

/// A row that follows from another one.
fn following<'p>(row: &Row<'p>, verb: &str) -> Option<Row<'p>> {
    let verb = standard_verb(verb)?;
    Some(Row {
        origin: Origin::Follows,
        verbs: vec![verb],
        grants: None,
        has_cases: false,
        only_actor: false,
        except: None,
        ..row.clone()
    })
}

/// `kept 3 years`, of the sentence or of one of its objects, says that the data are kept so long.
fn kept<'p>(row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    let groups = row.objects.iter().map(|object| (object, row.for_object(object, Slot::Kept)));
    for (object, clauses) in groups {
        for kept in clauses {
            let Some(mut keeping) = following(row, "keep") else { continue };
            let period = Clause { slot: Slot::For, only: false, value: kept.value.clone() };
            keeping.objects = Cow::Owned(vec![object.clone()]);
            keeping.clauses.retain(|clause| {
                !matches!(clause.slot, Slot::For | Slot::Kept | Slot::With | Slot::To | Slot::Under | Slot::Because)
            });
            keeping.clauses.insert(0, Cow::Owned(period));
            found.push(keeping);
        }
    }
}

/// `required` and `optional` say whether the reader must give the data.
fn given<'p>(row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    for (slot, force) in [(Slot::Required, Force::Must), (Slot::Optional, Force::May)] {
        for object in row.objects.iter().filter(|object| !row.for_object(object, slot).is_empty()) {
            let Some(mut giving) = following(row, "provide") else { continue };
            giving.actors = Cow::Owned(vec![Entry::of_head(Head::You)]);
            giving.force = force;
            giving.objects = Cow::Owned(vec![object.clone()]);
            giving.clauses.retain(|clause| matches!(clause.slot, Slot::Because | Slot::For | Slot::On | Slot::About));
            found.push(giving);
        }
    }
}

/// What is deleted when something happens is kept until then.
fn deleted<'p>(row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    let ends = |clause: &Clause| matches!(clause.slot, Slot::When | Slot::After | Slot::Within);
    if row.class() != Some(Class::Deletion) || !row.clauses.iter().any(|clause| ends(clause)) {
        return;
    }
    let Some(mut keeping) = following(row, "keep") else { return };
    keeping.clauses = row
        .clauses
        .iter()
        .filter(|clause| !matches!(clause.slot, Slot::For | Slot::Via))
        .map(|clause| match clause.slot {
            Slot::When | Slot::After => Cow::Owned(Clause { slot: Slot::Until, ..clause.as_ref().clone() }),
            Slot::Within => Cow::Owned(Clause { slot: Slot::For, ..clause.as_ref().clone() }),
            _ => clause.clone(),
        })
        .collect();
    found.push(keeping);
}

/// Data that go to somebody whose country is known go to that country.
fn sent_abroad<'p>(policy: &'p Policy, row: &Row<'p>, found: &mut Vec<Row<'p>>) {
    if !matches!(row.class(), Some(Class::Disclosure | Class::Access | Class::Retention)) {
        return;
    }
    for recipient in row.recipients() {
        let Some(party) = recipient.noun_id().map(|id| policy.noun(id)) else { continue };
        let places: Vec<Entry> = match row.entries(Slot::In).next() {
            Some(_) => row.entries(Slot::In).cloned().collect(),
            None => field_values(party, &["country", "seat"]).cloned().collect(),
        };
        if places.is_empty() || party.kind == Kind::Engagement {
            continue;
        }
        let Some(mut transfer) = following(row, "transfer") else { continue };
        transfer.clauses.retain(|clause| !matches!(clause.slot, Slot::With | Slot::To | Slot::In));
        transfer.clauses.push(Cow::Owned(clause(Slot::To, vec![recipient.clone()])));
        transfer.clauses.push(Cow::Owned(clause(Slot::In, places)));
        found.push(transfer);
    }
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
    let right = verbs.iter().find_map(right)?;
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

/// What the fields of services, trackers, consents and rights say, as the sentence that would say it.
fn follow_from_nouns<'p>(policy: &'p Policy, rows: &mut Vec<Row<'p>>) {
    for (index, noun) in policy.nouns.iter().enumerate() {
        let id = NounId(index as u32);
        if noun.dropped || !(noun.declared || noun.vendor.is_some()) {
            continue;
        }
        match noun.kind {
            Kind::Engagement => service(policy, id, noun, rows),
            Kind::Tracker => tracker(policy, id, noun, rows),
            Kind::Basis => withdrawal(policy, id, noun, rows),
            Kind::Right => answer(policy, id, noun, rows),
            _ => {}
        }
    }
}

/// A row that a noun's fields say.
fn of_noun<'p>(policy: &'p Policy, noun: &'p Noun, actor: Head, verb: &str) -> Option<Row<'p>> {
    Some(Row {
        statement: &noun.id,
        span: noun.span,
        origin: Origin::Follows,
        actors: Cow::Owned(vec![Entry::of_head(actor)]),
        only_actor: false,
        verbs: vec![standard_verb(verb)?],
        grants: None,
        force: Force::Does,
        denied: false,
        manner: None,
        objects: Cow::Borrowed(&[]),
        one_object: false,
        clauses: Vec::new(),
        except: None,
        has_cases: false,
        case_of: None,
        readers: &policy.header.you,
        edition: None,
        section: None,
        internal: noun.internal,
    })
}

fn slot_of<'p>(noun: &'p Noun, key: &str, slot: Slot) -> Option<Cow<'p, Clause>> {
    let field = noun.fields.iter().find(|field| &*field.key == key)?;
    let values: Vec<Entry> = values_of(field)
        .filter(|value| !matches!(value.head, Head::Value(Value::Absent(_))))
        .map(|value| Entry { place: Place(value.place.0.or(Some(field.span))), ..value.clone() })
        .collect();
    (!values.is_empty()).then(|| Cow::Owned(clause(slot, values)))
}

/// A service gets its data for its purposes, and they go to its places.
fn service<'p>(policy: &'p Policy, _id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let Some(party) = noun.of.as_deref() else { return };
    let Some(mut flow) = of_noun(policy, noun, Head::We, "disclose") else { return };
    let data: Vec<Entry> = field_values(noun, &["gets"]).cloned().collect();
    let recipient = Entry { place: Place(Some(noun.span)), ..party.clone() };
    flow.objects = Cow::Owned(data);
    flow.clauses.push(Cow::Owned(clause(Slot::To, vec![recipient])));
    for (key, slot) in
        [("for", Slot::For), ("on", Slot::On), ("in", Slot::In), ("under", Slot::Under), ("role", Slot::As)]
    {
        flow.clauses.extend(slot_of(noun, key, slot));
    }
    let places = slot_of(noun, "in", Slot::In).or_else(|| {
        let party = party.noun_id().map(|id| policy.noun(id))?;
        slot_of(party, "country", Slot::In).or_else(|| slot_of(party, "seat", Slot::In))
    });
    if let (Some(places), Some(verb)) = (places, standard_verb("transfer")) {
        let mut transfer = flow.clone();
        transfer.verbs = vec![verb];
        transfer.clauses.retain(|clause| clause.slot != Slot::In);
        transfer.clauses.push(places);
        rows.push(transfer);
    }
    rows.push(flow);
}

/// A tracker that says what it is for is used for that.
fn tracker<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    // Standard trackers that are only mentioned say nothing of themselves.
    if noun.fields.is_empty() {
        return;
    }
    let Some(mut setting) = of_noun(policy, noun, Head::We, "use") else { return };
    let object = Entry { place: Place(Some(noun.span)), ..Entry::noun(id) };
    setting.objects = Cow::Owned(vec![object]);
    setting.clauses.extend(slot_of(noun, "purposes", Slot::For));
    rows.push(setting);
}

/// A consent that says how it is withdrawn can be withdrawn.
fn withdrawal<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let Some(means) = slot_of(noun, "withdraw", Slot::Via) else { return };
    let Some(mut taking_back) = of_noun(policy, noun, Head::You, "withdraw") else { return };
    taking_back.force = Force::May;
    taking_back.objects = Cow::Owned(vec![Entry { place: Place(Some(noun.span)), ..Entry::noun(id) }]);
    taking_back.clauses.push(means);
    taking_back.grants = vocabulary::find(Kind::Right, "withdraw-consent");
    rows.push(taking_back);
}

/// A right that says how soon it is answered is answered so soon.
fn answer<'p>(policy: &'p Policy, id: NounId, noun: &'p Noun, rows: &mut Vec<Row<'p>>) {
    let object = || Entry { place: Place(Some(noun.span)), ..Entry::noun(id) };
    if let Some(period) = slot_of(noun, "answer", Slot::Within)
        && let Some(mut answering) = of_noun(policy, noun, Head::We, "answer")
    {
        answering.objects = Cow::Owned(vec![object()]);
        answering.clauses.push(period);
        rows.push(answering);
    }
    if let Some(means) = slot_of(noun, "means", Slot::Via)
        && let Some(mut having) = of_noun(policy, noun, Head::You, "have")
    {
        having.objects = Cow::Owned(vec![object()]);
        having.clauses.push(means);
        rows.push(having);
    }
}
