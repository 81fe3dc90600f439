//! Nouns with fields, printed where they are declared: several of a kind as a table, one as a list.

use foldhash::HashSet;

use super::Drafter;
use crate::document::{Block, Item, Row};
use crate::policy::{Entry, Head, Node, NounId, Sentence};
use crate::syntax::words::{Force, Join, Kind, Polarity};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, Words, phrase, templates as t};

use super::nouns::Listing;

/// A column of a table of nouns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What it is called.
    Name,
    /// Whose it is.
    Owner,
    /// What it means.
    Meaning,
    /// A field.
    Field(&'static str),
}

impl Drafter<'_> {
    /// Nouns of one kind in a row.
    pub(super) fn rows(&mut self, nouns: Vec<NounId>, out: &mut Vec<Block>) {
        match nouns.as_slice() {
            [] => {}
            [only] => self.noun_list(*only, out),
            several => {
                let columns = self.columns(several);
                let caption = self.rows_caption(several);
                self.noun_table(several, &columns, caption, out);
            }
        }
        self.details(out);
    }

    /// The columns that nouns of one kind fill.
    pub(super) fn columns(&self, nouns: &[NounId]) -> Vec<Column> {
        let kind = nouns.first().map_or(Kind::Term, |id| self.policy.noun(*id).kind);
        let any = |test: &dyn Fn(&crate::policy::Noun) -> bool| nouns.iter().any(|id| test(self.policy.noun(*id)));
        let mut columns = Vec::new();
        if any(&|noun| noun.of.is_some()) {
            columns.push(Column::Owner);
        }
        columns.push(Column::Name);
        if any(&|noun| noun.means.is_some()) {
            columns.push(Column::Meaning);
        }
        let fields = crate::resolve::fields_of(kind).into_iter();
        columns.extend(
            fields.filter(|key| any(&|noun| noun.fields.iter().any(|field| &*field.key == *key))).map(Column::Field),
        );
        columns
    }

    /// What leads to a table of nouns of one kind.
    fn rows_caption(&self, nouns: &[NounId]) -> Phrase {
        let kind = nouns.first().map_or(Kind::Term, |id| self.policy.noun(*id).kind);
        let processors = kind == Kind::Engagement && nouns.iter().all(|id| self.is_processor_service(*id));
        phrase(self.words.of(if processors { t::ROWS_PROCESSORS } else { caption_of(kind) }))
    }

    /// Nouns of one kind as the rows of a table.
    pub(super) fn noun_table(&mut self, nouns: &[NounId], columns: &[Column], caption: Phrase, out: &mut Vec<Block>) {
        let outer = std::mem::replace(&mut self.in_cell, true);
        self.noun_rows(nouns, columns, caption, out);
        self.in_cell = outer;
    }

    fn noun_rows(&mut self, nouns: &[NounId], columns: &[Column], caption: Phrase, out: &mut Vec<Block>) {
        let kind = nouns.first().map_or(Kind::Term, |id| self.policy.noun(*id).kind);
        let said = if kind == Kind::Right { self.rights_said.take() } else { None };
        let caption = if said.is_some() { phrase(self.words.of(t::YOU_HAVE_RIGHTS)) } else { caption };
        let caption = vec![self.span(caption, said.into_iter().collect())];
        let headings = columns.iter().map(|column| heading(kind, *column, self.words)).collect();
        let rows = nouns
            .iter()
            .map(|id| {
                let noun = self.policy.noun(*id);
                let mut facts = vec![noun.id.to_string()];
                facts.extend(noun.fields.iter().map(|field| format!("{}.{}", noun.id, field.key)));
                let cells = columns
                    .iter()
                    .map(|column| {
                        let (mut words, fact) = self.noun_cell(*id, *column);
                        // The names of cookies and hosts are literals.
                        let literal = match column {
                            Column::Name => {
                                kind == Kind::Tracker && !noun.fields.iter().any(|field| &*field.key == "names")
                            }
                            Column::Field(key) => matches!(*key, "host" | "names"),
                            Column::Owner | Column::Meaning => false,
                        };
                        if !literal {
                            words.capitalise();
                        }
                        self.span(words, fact)
                    })
                    .collect();
                Row { facts, cells }
            })
            .collect();
        out.push(Block::Table { caption, columns: headings, rows });
    }

    /// What stands in a cell, with the facts it states.
    fn noun_cell(&mut self, id: NounId, column: Column) -> (Phrase, Vec<String>) {
        let noun = self.policy.noun(id);
        match column {
            Column::Name => {
                self.mentions.push(id);
                (self.topic(id), vec![noun.id.to_string()])
            }
            Column::Owner => match &noun.of {
                Some(of) => (self.owner(of), Vec::new()),
                None => (phrase(self.words.of(t::NOT_SAID)), Vec::new()),
            },
            Column::Meaning => match &noun.means {
                Some(means) => (phrase(&**means), vec![format!("{}.means", noun.id)]),
                None => (phrase(self.words.of(t::NOT_SAID)), Vec::new()),
            },
            Column::Field(key) => match noun.fields.iter().position(|field| &*field.key == key) {
                Some(position) => (self.field(id, position), Vec::new()),
                None => (phrase(self.words.of(t::NOT_SAID)), Vec::new()),
            },
        }
    }

    /// Whoever renders a service, with the country of the seat, which readers of the table look for.
    fn owner(&mut self, of: &Entry) -> Phrase {
        let words = self.entry(of, false, false);
        let Some(id) = of.noun_id() else { return words };
        let noun = self.policy.noun(id);
        let seat = noun.fields.iter().position(|field| matches!(&*field.key, "seat" | "country"));
        match seat {
            Some(position) => {
                let place = self.field(id, position);
                self.words.fill(t::OWNER_SEAT, &[("owner", &words), ("seat", &place)])
            }
            None => words,
        }
    }

    /// One noun with its fields as items.
    fn noun_list(&mut self, id: NounId, out: &mut Vec<Block>) {
        let noun = self.policy.noun(id);
        let mut items = Vec::new();
        if let Some(seen) = self.seen.get_mut(id.0 as usize) {
            *seen = true;
        }
        for column in self.columns(&[id]) {
            if matches!(column, Column::Name | Column::Owner) {
                continue;
            }
            let (words, facts) = self.noun_cell(id, column);
            let title = phrase(heading(noun.kind, column, self.words));
            let words = self.words.fill(t::NOUN_FIELD, &[("title", &title), ("value", &words)]);
            items.push(Item { spans: vec![self.span(words, facts)], blocks: Vec::new() });
        }
        let mut topic = self.topic(id);
        if noun.kind == Kind::Right {
            topic = self.words.fill(t::THE_RIGHT_TO, &[("list", &topic)]);
        }
        if let Some(of) = &noun.of {
            let party = self.owner(of);
            topic = self.words.fill(t::ENGAGEMENT, &[("party", &party), ("service", &topic)]);
        }
        let mut words = self.words.fill(t::CONTACT, &[("topic", &topic)]);
        words.capitalise();
        let lead = vec![self.span(words, vec![noun.id.to_string()])];
        out.push(Block::List { lead, ordered: false, items });
    }

    /// The sentence "you have …" whose rights are exactly the rows of the table beside it: the table says it.
    pub(super) fn rights_said_by_table(&self, nodes: &[&Node]) -> Option<String> {
        let rows: HashSet<NounId> = nodes
            .iter()
            .filter_map(|node| match node {
                Node::Noun(id) if self.has_place(*id) && self.policy.noun(*id).kind == Kind::Right => Some(*id),
                _ => None,
            })
            .collect();
        let says = |sentence: &Sentence| {
            let bare = |entry: &Entry| entry.noun_id().filter(|id| *entry == Entry::noun(*id));
            let named: Option<HashSet<NounId>> = sentence.objects.iter().map(bare).collect();
            matches!(sentence.actors.as_slice(), [only] if matches!(only.head, Head::You))
                && matches!(sentence.verbs.as_slice(), [verb] if self.policy.verb(*verb).name == "have")
                && sentence.force == Force::Does
                && sentence.polarity == Polarity::Positive
                && sentence.manner.is_none()
                && sentence.clauses.is_empty()
                && sentence.except.is_none()
                && sentence.cases.is_none()
                && named.is_some_and(|named| named == rows)
        };
        let said = nodes.iter().find_map(|node| match node {
            Node::Sentence(sentence) if says(sentence) => Some(&sentence.id),
            _ => None,
        })?;
        // The rows make one table only if nothing else stands between them.
        let others = nodes.iter().filter(|node| !matches!(node, Node::Sentence(sentence) if sentence.id == *said));
        let is_row = |node: &&&Node| matches!(node, Node::Noun(id) if rows.contains(id));
        let in_a_row = others.skip_while(|node| !is_row(node)).take_while(is_row).count();
        (rows.len() > 1 && in_a_row == rows.len()).then(|| said.to_string())
    }

    /// The values of a field: purposes with "to", others as they are.
    pub(super) fn field_list(&mut self, key: &str, values: &[Entry], join: Join) -> Phrase {
        // What is made of the reader's data is made of "your" data.
        if matches!(key, "inferred-from" | "hashed-from" | "truncated-from" | "aggregated-from") {
            let your = !self.readers.is_empty();
            return self.list(values, Listing { join, your, subject: false });
        }
        // A cookie is one: "cookie", not "cookies".
        if key == "kind" {
            let phrases = values.iter().map(|entry| self.single(entry)).collect();
            return self.words.join(phrases, join);
        }
        if let ("lasts", [Entry { head: crate::policy::Head::Value(crate::policy::Value::Text(word)), .. }]) =
            (key, values)
        {
            match &**word {
                "session" => return phrase(self.words.of(t::LASTS_SESSION)),
                "persistent" => return phrase(self.words.of(t::LASTS_PERSISTENT)),
                _ => {}
            }
        }
        let purposes = values.iter().any(|entry| self.is_verb_purpose(entry) && self.is_purpose(entry));
        if purposes && matches!(key, "for" | "covers" | "controls" | "leaves") {
            self.purposes(values, join)
        } else {
            self.list(values, Listing::objects(join))
        }
    }
}

fn caption_of(kind: Kind) -> Template {
    match kind {
        Kind::Engagement => t::ROWS_ENGAGEMENT,
        Kind::Tracker => t::ROWS_TRACKER,
        Kind::Setting => t::ROWS_SETTING,
        Kind::Basis => t::ROWS_BASIS,
        Kind::Right => t::ROWS_RIGHT,
        Kind::Party
        | Kind::People
        | Kind::Product
        | Kind::Data
        | Kind::Purpose
        | Kind::Event
        | Kind::Way
        | Kind::Law
        | Kind::Role
        | Kind::Place
        | Kind::Term
        | Kind::Link
        | Kind::Contact
        | Kind::Reason
        | Kind::Verb
        | Kind::Manner
        | Kind::Class
        | Kind::Section
        | Kind::Steps
        | Kind::Store
        | Kind::Document
        | Kind::Edition
        | Kind::Vendor => t::ROWS_OTHER,
    }
}

/// The heading of a column.
fn heading(kind: Kind, column: Column, words: &Words) -> String {
    match column {
        Column::Name => words
            .of(match kind {
                Kind::Engagement => t::HEAD_SERVICE,
                Kind::Right => t::HEAD_RIGHT,
                Kind::Basis => t::HEAD_CONSENT,
                Kind::Setting => t::HEAD_SETTING,
                Kind::Tracker => t::HEAD_TRACKER,
                _ => t::HEAD_NAME,
            })
            .to_owned(),
        Column::Owner => words.of(t::HEAD_OWNER).to_owned(),
        Column::Meaning => words.of(t::HEAD_MEANING).to_owned(),
        Column::Field(key) => {
            let own = Template::find(&format!("label-{}-{key}", kind.word()));
            own.or_else(|| Template::find(&format!("label-{key}")))
                .map_or_else(|| key.to_owned(), |found| words.of(found).to_owned())
        }
    }
}
