//! From what was written to what was meant: every name becomes an id, every sentence its slots.
//!
//! Two walks over the statements. The first declares: every label, wherever it stands, declares a noun whose
//! kind the place gives. The second resolves: names to nouns, words to verbs, clauses to slots. Faults go to
//! the sink; a policy always comes back, complete as far as it was understood.

use foldhash::{HashMap, HashSet};

use crate::codes::{names, nearest};
use crate::diagnostic::Sink;
use crate::policy::{ClauseValue, Condition, Entry, Head, Header, Node, NounId, Period, PeriodStart, Policy, VerbId};
use crate::source::{FileId, Span};
use crate::syntax::ast;
use crate::syntax::words::Kind;
use crate::vocabulary::{self, Kinds, Verb};

mod additions;
mod citations;
mod consistency;
mod declare;
mod documents;
mod entries;
mod except;
mod header;
mod ids;
mod kinds;
mod labels;
mod prose;
mod sentences;
mod spelling;
mod values;
mod vendors;
mod walk;
mod words;

pub use kinds::{fields_of, is_printed_where_declared};

/// A file to resolve.
pub struct Input<'s, 'a> {
    /// What was written in it.
    pub file: &'s ast::File<'a>,
    /// Whether it is brought in by `use` and may only declare.
    pub library: bool,
}

/// What resolving gives.
pub struct Resolution {
    /// The policy, complete as far as it was understood.
    pub policy: Policy,
    /// Whether there is a header, so that there is something to publish.
    pub has_header: bool,
}

/// Resolves a policy and the files it brings in, which come first.
pub fn resolve<'s, 'a>(inputs: &[Input<'s, 'a>], sink: &mut Sink) -> Resolution {
    let mut resolver = Resolver {
        policy: Policy {
            header: Header::default(),
            nouns: Vec::new(),
            verbs: Vec::new(),
            nodes: Vec::new(),
            internal: Vec::new(),
            editions: Vec::new(),
        },
        by_name: Names::default(),
        by_place: HashMap::default(),
        standard: HashMap::default(),
        verbs: HashMap::default(),
        manners: HashSet::default(),
        members: HashMap::default(),
        verb_places: HashMap::default(),
        mentioned: HashSet::default(),
        broken: inputs.iter().flat_map(|input| input.file.broken.iter().copied()).collect(),
        statement_ids: HashMap::default(),
        library: false,
        library_nouns: HashSet::default(),
        named_verbs: HashMap::default(),
        additions: Vec::new(),
        internal: false,
        edition_places: Vec::new(),
        in_section: false,
        misread: HashSet::default(),
        words: words::Gathered::default(),
        sink,
    };
    for input in inputs {
        resolver.declare_verbs(&input.file.items);
    }
    for input in inputs {
        resolver.library = input.library;
        resolver.declare_items(&input.file.items);
    }
    resolver.declare_additions();
    let mut has_header = false;
    for input in inputs {
        resolver.library = input.library;
        has_header |= resolver.header(&input.file.items);
    }
    for input in inputs {
        resolver.library = input.library;
        let nodes = resolver.items(&input.file.items);
        resolver.policy.nodes.extend(nodes);
    }
    resolver.check_editions();
    resolver.check_double_slots();
    resolver.check_denials();
    resolver.check_blocks();
    resolver.check_trackers();
    resolver.check_orders();
    resolver.check_extents();
    // A file of declarations alone is there for others to use.
    let declares_only = resolver.policy.nodes.iter().all(|node| matches!(node, Node::Noun(_)));
    let reached = resolver.reached();
    if has_header || !declares_only {
        resolver.check_unused(&reached);
    }
    resolver.drop_unmentioned(&reached);
    words::check(&resolver.words, &resolver.policy, has_header, resolver.sink);
    let mut policy = resolver.policy;
    spelling::localise(&mut policy);
    ids::name_statements(&mut policy);
    additions::join(&mut policy);
    documents::check(&policy, &resolver.misread, resolver.sink);
    Resolution { policy, has_header }
}

/// The author's nouns by name. A name may be declared once for each kind.
#[derive(Default)]
struct Names<'a> {
    nouns: HashMap<&'a str, Vec<(Kind, NounId)>>,
}

impl<'a> Names<'a> {
    fn get(&self, kind: Kind, name: &str) -> Option<NounId> {
        self.nouns.get(name)?.iter().find(|(found, _)| *found == kind).map(|(_, id)| *id)
    }

    /// The noun with this name and the first of these kinds that has it.
    fn among(&self, name: &str, kinds: Kinds) -> Option<(Kind, NounId)> {
        let found = self.nouns.get(name)?;
        found
            .iter()
            .find(|(kind, _)| *kind == kinds.first)
            .or_else(|| found.iter().find(|(kind, _)| kinds.contains(*kind)))
            .copied()
    }

    /// The noun with this name that was declared first.
    fn any(&self, name: &str) -> Option<NounId> {
        self.nouns.get(name)?.first().map(|(_, id)| *id)
    }

    fn insert(&mut self, kind: Kind, name: &'a str, id: NounId) {
        self.nouns.entry(name).or_default().push((kind, id));
    }

    /// Every name with its kinds.
    fn iter(&self) -> impl Iterator<Item = (&'a str, &[(Kind, NounId)])> {
        self.nouns.iter().map(|(name, nouns)| (*name, nouns.as_slice()))
    }
}

/// What is known while a policy is resolved.
struct Resolver<'a, 's, 'k> {
    policy: Policy,
    /// The author's nouns.
    by_name: Names<'a>,
    /// The noun that an entry declares, by where the entry begins.
    by_place: HashMap<(FileId, u32), NounId>,
    /// The standard nouns that are mentioned.
    standard: HashMap<u16, NounId>,
    /// The verbs that are used, by their base name.
    verbs: HashMap<String, VerbId>,
    /// The author's manners.
    manners: HashSet<&'a str>,
    /// The names of the members that nouns are declared with.
    members: HashMap<NounId, Vec<&'a str>>,
    /// Where the author's verbs are declared.
    verb_places: HashMap<&'a str, Span>,
    /// The nouns that something mentions.
    mentioned: HashSet<NounId>,
    /// Words of statements that could not be read.
    broken: HashSet<&'a str>,
    /// The names authors gave to statements.
    statement_ids: HashMap<&'a str, Span>,
    /// Whether the file at hand is brought in by `use`.
    library: bool,
    /// The nouns of files that are brought in.
    library_nouns: HashSet<NounId>,
    /// The verbs of the sentences that have names.
    named_verbs: HashMap<&'a str, Vec<VerbId>>,
    /// The additions whose clauses are still to be declared, and whether they are internal.
    additions: Vec<(&'s ast::Addition<'a>, bool)>,
    /// Whether the statements at hand are internal.
    internal: bool,
    /// Where the editions are written, in the order of [`Policy::editions`].
    edition_places: Vec<Span>,
    /// Whether the statements at hand stand in a section.
    in_section: bool,
    /// The nouns that are something nobody understood, which was reported.
    misread: HashSet<NounId>,
    /// The author's words, to be judged at the end.
    words: words::Gathered<'a>,
    sink: &'k mut Sink,
}

impl<'a> Resolver<'a, '_, '_> {
    /// The noun with this kind and name, the author's before the standard one.
    fn find(&mut self, kind: Kind, name: &str, span: Span) -> Option<NounId> {
        if let Some(id) = self.by_name.get(kind, name) {
            return Some(id);
        }
        vocabulary::find(kind, name).map(|index| self.standard_noun(index, span))
    }

    /// The author's noun with this name, of any kind.
    fn find_author(&self, name: &str) -> Option<NounId> {
        self.by_name.any(name)
    }

    /// The nearest known verb to a word that is none, for suggestions and for reading on.
    fn nearest_verb(&self, word: &str) -> Option<String> {
        let own: Vec<&str> = self.policy.verbs.iter().map(|verb| &*verb.name).collect();
        let standard = vocabulary::VERBS.iter().map(|verb| &*verb.name);
        // Nothing is spelt nearly so: perhaps a preposition is missing, as in `unsubscribe` for `unsubscribe-from`.
        let goes_on = |verb: &&str| verb.strip_prefix(word).is_some_and(|rest| rest.starts_with('-'));
        let found = nearest(word, standard.clone().chain(own.iter().copied()));
        found.or_else(|| standard.chain(own.iter().copied()).find(goes_on)).map(str::to_owned)
    }

    /// The author's verb or the standard verb with this word, and whether the word is its third person.
    fn find_verb(&mut self, word: &str) -> Option<(VerbId, bool)> {
        if let Some(id) = self.verbs.get(word) {
            return Some((*id, false));
        }
        let author = self
            .policy
            .verbs
            .iter()
            .position(|verb| matches!(verb.name, std::borrow::Cow::Owned(_)) && verb.third_name() == word);
        if let Some(index) = author {
            return Some((VerbId(index as u32), true));
        }
        let (verb, third) = vocabulary::find_verb(word)?;
        Some((self.verb_id(verb), third))
    }

    fn verb_id(&mut self, verb: &Verb) -> VerbId {
        if let Some(id) = self.verbs.get(&*verb.name) {
            return *id;
        }
        let id = VerbId(self.policy.verbs.len() as u32);
        self.policy.verbs.push(verb.clone());
        self.verbs.insert(verb.name.clone().into_owned(), id);
        id
    }

    fn is_verb(&mut self, word: &str) -> bool {
        self.find_verb(word).is_some()
    }

    fn is_manner(&self, word: &str) -> bool {
        self.manners.contains(word) || vocabulary::find(Kind::Manner, word).is_some()
    }

    /// The nouns that are kinds of themselves.
    fn check_orders(&mut self) {
        for index in 0..self.policy.nouns.len() {
            let start = NounId(index as u32);
            let mut stack = self.policy.noun(start).parents.clone();
            let mut seen = HashSet::default();
            while let Some(next) = stack.pop() {
                if next == start {
                    let noun = self.policy.noun(start);
                    let itself = noun.name.as_deref().filter(|_| noun.parents.contains(&start));
                    self.sink.report(match itself {
                        Some(name) => names::is_itself(noun.span, name, noun.standard.is_some()),
                        None => names::cyclic_order(noun.span, &noun.words()),
                    });
                    // The policy is not published, but later stages must not run in circles.
                    if let Some(noun) = self.policy.nouns.get_mut(index) {
                        noun.parents.clear();
                    }
                    break;
                }
                if seen.insert(next) {
                    stack.extend(self.policy.noun(next).parents.iter().copied());
                }
            }
        }
    }

    /// The nouns whose words hold their own through `of` and members, or more than a page could print.
    fn check_extents(&mut self) {
        let mut known: HashMap<NounId, Option<u32>> = HashMap::default();
        for index in 0..self.policy.nouns.len() {
            if self.extent(NounId(index as u32), 0, &mut known).is_none() {
                let noun = self.policy.noun(NounId(index as u32));
                self.sink.report(names::endless_noun(noun.span, &noun.words()));
            }
        }
    }

    /// How many nouns are printed for one; none if that has no end.
    fn extent(&self, id: NounId, depth: usize, known: &mut HashMap<NounId, Option<u32>>) -> Option<u32> {
        const DEEPEST: usize = 32;
        const MOST: u32 = 10_000;
        if let Some(extent) = known.get(&id) {
            return *extent;
        }
        // A noun that is met again while it is counted has no end.
        known.insert(id, None);
        if depth > DEEPEST {
            return None;
        }
        let noun = self.policy.noun(id);
        let mut below: Vec<NounId> = Vec::new();
        noun.group.iter().flat_map(|group| &group.entries).for_each(|entry| collect_nouns(entry, &mut below));
        noun.of.iter().for_each(|of| collect_nouns(of, &mut below));
        let mut extent: Option<u32> = Some(1);
        for next in below {
            let inner = self.extent(next, depth + 1, known);
            extent = extent.zip(inner).map(|(one, other)| one.saturating_add(other)).filter(|extent| *extent <= MOST);
        }
        known.insert(id, extent);
        extent
    }

    /// What is brought in and never mentioned is no fact of this policy.
    fn drop_unmentioned(&mut self, reached: &HashSet<NounId>) {
        let dropped: HashSet<NounId> = self.library_nouns.difference(reached).copied().collect();
        for id in &dropped {
            if let Some(noun) = self.policy.nouns.get_mut(id.0 as usize) {
                noun.dropped = true;
            }
        }
        self.policy.nodes.retain(|node| !matches!(node, Node::Noun(id) if dropped.contains(id)));
    }

    /// Every noun that something mentions, directly or through others.
    fn reached(&self) -> HashSet<NounId> {
        let mut reached: HashSet<NounId> = self.mentioned.clone();
        let mut stack: Vec<NounId> = reached.iter().copied().collect();
        while let Some(id) = stack.pop() {
            let noun = self.policy.noun(id);
            let mut below: Vec<NounId> = Vec::new();
            let mut collect = |entry: &Entry| collect_nouns(entry, &mut below);
            noun.group.iter().flat_map(|group| &group.entries).for_each(&mut collect);
            noun.of.iter().for_each(|of| collect(of));
            noun.from.iter().for_each(&mut collect);
            let fields = || noun.fields.iter().chain(&noun.internal_fields);
            fields().flat_map(|field| &field.values).for_each(&mut collect);
            fields().flat_map(|field| &field.arms).flat_map(|arm| &arm.values).for_each(&mut collect);
            for next in below {
                if reached.insert(next) {
                    stack.push(next);
                }
            }
        }
        reached
    }

    fn check_unused(&mut self, reached: &HashSet<NounId>) {
        for (index, noun) in self.policy.nouns.iter().enumerate() {
            let id = NounId(index as u32);
            let structural = matches!(
                noun.kind,
                Kind::Section
                    | Kind::Steps
                    | Kind::Contact
                    | Kind::Verb
                    | Kind::Manner
                    | Kind::Document
                    | Kind::Edition
                    | Kind::Engagement
            );
            // The record of processing prints what is internal, mentioned or not.
            let recorded = noun.internal && (noun.means.is_some() || !noun.fields.is_empty());
            if structural || recorded || !noun.declared || reached.contains(&id) || self.library_nouns.contains(&id) {
                continue;
            }
            if let Some(name) = &noun.name
                && !self.broken.contains(&**name)
            {
                let is_alone = noun.kind == Kind::People && self.policy.header.you.is_empty();
                self.sink.report(match is_alone {
                    true => names::nobody_addressed(noun.span, name),
                    false => names::unused_noun(noun.span, name, noun.kind.word()),
                });
            }
        }
    }

    /// Reports a clause or statement that only a policy may hold.
    fn refuse_in_library(&mut self, span: Span) -> bool {
        if self.library {
            self.sink.report(crate::codes::files::sentence_in_library(span));
        }
        self.library
    }
}

/// Every noun an entry names, its members and its `of` included.
pub fn collect_nouns(entry: &Entry, into: &mut Vec<NounId>) {
    match entry.head {
        Head::Noun(id) | Head::Field(id, _) => into.push(id),
        Head::Period(ref period) => collect_period(period, into),
        Head::We | Head::You | Head::Value(_) | Head::Everything => {}
    }
    if let Some(of) = &entry.of {
        collect_nouns(of, into);
    }
    for member in entry.group.iter().flat_map(|group| &group.entries) {
        collect_nouns(member, into);
    }
    entry.except.iter().for_each(|except| collect_nouns(except, into));
    entry.tail.iter().for_each(|clause| collect_clause(&clause.value, into));
}

/// Every noun that the value of a clause names.
pub fn collect_clause(value: &ClauseValue, into: &mut Vec<NounId>) {
    match value {
        ClauseValue::List(entries, _) | ClauseValue::Topic(_, entries) => {
            entries.iter().for_each(|entry| collect_nouns(entry, into));
        }
        ClauseValue::Condition(condition) => collect_condition(condition, into),
        ClauseValue::Flag => {}
        ClauseValue::Guarded(arms) => {
            for arm in arms {
                arm.guard.iter().for_each(|clause| collect_clause(&clause.value, into));
                collect_clause(&arm.value, into);
            }
        }
    }
}

fn collect_condition(condition: &Condition, into: &mut Vec<NounId>) {
    condition.tests().iter().for_each(|test| collect_nouns(&test.entry, into));
}

fn collect_period(period: &Period, into: &mut Vec<NounId>) {
    for step in &period.steps {
        match &step.start {
            Some(PeriodStart::Of(entry)) => collect_nouns(entry, into),
            Some(PeriodStart::After(condition) | PeriodStart::Before(condition)) => collect_condition(condition, into),
            None => {}
        }
        step.until.iter().chain(&step.lasting).for_each(|condition| collect_condition(condition, into));
        step.stores.iter().for_each(|store| collect_nouns(store, into));
    }
}
