//! Every fact of a policy that can be taken out by itself, found in its syntax.

use std::ops::Range;

use candor::diagnostic::Sink;
use candor::source::{FileId, Span};
use candor::syntax::ast::{Clause, ClauseValue, Entry, Field, Item, List, Noun, Scope, Section, Sentence};
use candor::syntax::words::Slot;
use candor::syntax::{lower, tree};

/// A part of a policy that can be left out.
pub struct Removal {
    /// The statement, and behind `›` what of it: `accounts › for open-account`.
    pub key: String,
    /// The text that goes.
    pub cuts: Vec<Range<usize>>,
}

/// What can be left out of a policy, in the order of its text.
pub fn removals(text: &str) -> Vec<Removal> {
    let mut sink = Sink::default();
    let tree = tree::parse(FileId(0), text, &mut sink);
    let file = lower::lower(FileId(0), text, &tree, &mut sink);
    let mut walk = Walk { text, found: Vec::new(), of: String::new() };
    walk.items(&file.items);
    walk.found
}

/// The text without some of its parts.
pub fn without<'r>(text: &str, removals: impl IntoIterator<Item = &'r Removal>) -> String {
    let mut cuts: Vec<&Range<usize>> = removals.into_iter().flat_map(|removal| &removal.cuts).collect();
    cuts.sort_by_key(|cut| cut.start);
    let (mut left, mut at) = (String::new(), 0);
    for cut in cuts {
        left.push_str(text.get(at..cut.start).unwrap_or(""));
        at = at.max(cut.end);
    }
    left + &text[at..]
}

/// The first words of a part, as far as they are words of the language.
fn words(text: &str, most: usize) -> String {
    let words = text.split_whitespace().take(most);
    let words: Vec<&str> = words.take_while(|word| !word.starts_with(['"', '`', '(', '{', '<'])).collect();
    words.join(" ").trim_end_matches([',', ';']).to_owned()
}

struct Walk<'a> {
    text: &'a str,
    found: Vec<Removal>,
    /// The key of the statement that is walked.
    of: String,
}

impl<'a> Walk<'a> {
    fn slice(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    fn cut(&mut self, key: String, cut: Range<usize>) {
        self.found.push(Removal { key, cuts: Vec::from([cut]) });
    }

    /// A statement or a field, with the `;` that ends it.
    fn whole(&mut self, key: String, span: Span) {
        let end = span.end as usize;
        let rest = &self.text[end..];
        let blank = rest.len() - rest.trim_start().len();
        let end = if rest.trim_start().starts_with(';') { end + blank + 1 } else { end };
        self.cut(key, span.start as usize..end);
    }

    /// A part of a statement, with the comma or the word that joins it to its neighbour.
    fn part(&mut self, name: &str, span: Span) {
        let (before, behind) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        let (left, right) = (before.trim_end(), behind.trim_start());
        if right.starts_with(',') {
            end += behind.len() - right.len() + 1;
        } else if let Some(word) = ["or", "and"].iter().find(|word| right.starts_with(&format!("{word} "))) {
            end += behind.len() - right.len() + word.len();
        } else if left.ends_with(',') {
            start = left.len() - 1;
        } else if left.ends_with('(') && right.starts_with(')') {
            (start, end) = (left.len() - 1, end + behind.len() - right.len() + 1);
        } else if let Some(word) = [" is", " or", " and"].iter().find(|word| left.ends_with(**word)) {
            start = left.len() - word.len();
        }
        let key = format!("{} › {name}", self.of);
        self.cut(key, start..end);
    }

    /// A heading or a clause in front of a block: what stands in the block stays.
    fn around(&mut self, key: String, opening: Span, items: &[Item<'_>]) {
        let last = items.last().map_or(opening.end, |item| self.end_of(item)) as usize;
        let first = items.first().map_or(opening.end, |item| span_of(item).start) as usize;
        let end = last + self.text[last..].find('}').map_or(0, |at| at + 1);
        let from = last + self.text[last..end].find(';').map_or(0, |at| at + 1);
        self.found.push(Removal { key, cuts: vec![opening.start as usize..first, from..end] });
        self.items(items);
    }

    /// Where a statement ends, its block included.
    fn end_of(&self, item: &Item<'_>) -> u32 {
        let (Item::Section(Section { items, .. }) | Item::Scope(Scope { items, .. })) = item else {
            return if let Item::Noun(noun) = item { self.block_end(noun) } else { span_of(item).end };
        };
        let last = items.last().map_or(span_of(item).end, |last| self.end_of(last));
        last + self.text[last as usize..].find('}').map_or(0, |at| at as u32 + 1)
    }

    fn items(&mut self, items: &[Item<'_>]) {
        for item in items {
            match item {
                Item::Policy(policy) => {
                    self.of = "policy".to_owned();
                    self.fields(&policy.fields);
                }
                Item::Section(Section { name, items, span, .. }) => {
                    let name = name.map_or("", |name| name.value);
                    self.around(format!("section {name}"), *span, items);
                }
                Item::Scope(scope) => {
                    let key = words(self.slice(scope.span), 5);
                    self.around(key, scope.span, &scope.items);
                }
                Item::Noun(noun) => self.noun(noun),
                Item::Sentence(sentence) => self.sentence(sentence),
                other => panic!("the example has no such statement: {other:?}"),
            }
        }
    }

    fn noun(&mut self, noun: &Noun<'_>) {
        self.of = format!("{} {}", noun.kind.value.word(), noun.entry.head_name());
        let span = Span { end: self.block_end(noun), ..noun.kind.span };
        self.whole(self.of.clone(), span);
        noun.entry.is.iter().for_each(|name| self.part(name.value, name.span));
        self.fields(&noun.fields);
    }

    /// Where a noun ends: behind its last field there is the brace of its block.
    fn block_end(&self, noun: &Noun<'_>) -> u32 {
        let Some(last) = noun.fields.last() else { return noun.span.end };
        let end = last.span.end as usize;
        self.text[end..].find('}').map_or(noun.span.end, |at| (end + at + 1) as u32)
    }

    fn fields(&mut self, fields: &[Field<'_>]) {
        let outer = self.of.clone();
        for field in fields {
            self.of = format!("{outer} › {}", field.key.value);
            self.whole(self.of.clone(), field.span);
            // The label of a date is no list.
            if field.values.len() > 1 && field.key.value != "updated" {
                field.values.iter().for_each(|value| self.part(&words(self.slice(value.span), 3), value.span));
            }
        }
    }

    fn sentence(&mut self, sentence: &Sentence<'_>) {
        self.of = match sentence.id {
            Some(id) => id.value.to_owned(),
            None => words(self.slice(sentence.span), 6),
        };
        self.whole(self.of.clone(), sentence.span);
        sentence.manner.iter().for_each(|manner| self.part(manner.value, manner.span));
        if sentence.verbs.len() > 1 {
            sentence.verbs.iter().for_each(|verb| self.part(verb.value, verb.span));
        }
        sentence.objects.iter().for_each(|objects| self.list(objects));
        self.clauses(&sentence.clauses);
    }

    /// A list of one is as good as what stands around it.
    fn list(&mut self, list: &List<'_>) {
        for entry in &list.entries {
            if list.entries.len() > 1 {
                self.part(entry.head_name(), entry.span);
            }
            self.tail(entry);
        }
    }

    fn tail(&mut self, entry: &Entry<'_>) {
        let outer = self.of.clone();
        self.of = format!("{outer} › {}", entry.head_name());
        if let Some(code) = &entry.code {
            let cut = code.span.start as usize..code.span.end as usize;
            self.cut(format!("{} › its article", self.of), cut);
        }
        self.clauses(&entry.tail);
        self.of = outer;
    }

    fn clauses(&mut self, clauses: &[Clause<'_>]) {
        for clause in clauses {
            let said = self.slice(clause.span);
            // `required because "…"` says two things.
            let reason =
                said.find(" because ").filter(|_| matches!(clause.slot.value, Slot::Required | Slot::Optional));
            if let Some(reason) = reason {
                let cut = clause.span.start as usize + reason..clause.span.end as usize;
                self.cut(format!("{} › because", self.of), cut);
            }
            self.part(&words(said, if reason.is_some() { 1 } else { 3 }), clause.span);
            match &clause.value {
                ClauseValue::List(list) => self.list(list),
                ClauseValue::Guarded(arms) => arms.iter().for_each(|arm| self.part("an arm", arm.span)),
                ClauseValue::Condition(_) | ClauseValue::Topic(..) | ClauseValue::Flag => {}
            }
        }
    }
}

/// Where a statement begins, and where its opening ends.
fn span_of(item: &Item<'_>) -> Span {
    match item {
        Item::Policy(policy) => policy.span,
        Item::Section(section) => section.span,
        Item::Scope(scope) => scope.span,
        Item::Noun(noun) => noun.kind.span.to(noun.span),
        Item::Sentence(sentence) => sentence.span,
        other => panic!("the example has no such statement: {other:?}"),
    }
}
