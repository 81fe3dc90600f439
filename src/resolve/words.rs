//! The author's words against what can be told of words alone.
//!
//! Words are gathered where labels, prose and addresses are read, because only there are their places known, and
//! judged at the end, because only then is it known whether there is a page and whom it addresses.

use std::cell::LazyCell;
use std::ops::Range;

use foldhash::HashSet;

use super::Resolver;
use super::labels::{self, Frame};
use crate::codes::words as codes;
use crate::diagnostic::Sink;
use crate::english::tokens::{self, Token};
use crate::english::{holes, hosts, promises, vague};
use crate::policy::Policy;
use crate::source::Span;
use crate::syntax::ast::Label;
use crate::syntax::words::Kind;
use crate::vocabulary;

/// Fields whose words are names, addresses or samples: nothing in them is a statement.
const NAMES: [&str; 9] = ["legal", "post", "phone", "short", "unit", "versions", "host", "sample", "also"];

/// Fields whose words are shown as they are elsewhere.
const SAMPLES: [&str; 3] = ["versions", "host", "sample"];

/// Words to judge, with their place.
pub(super) enum Words<'a> {
    /// A label.
    Label(Label<'a>),
    /// Prose without its markup, byte for byte, and where it stands.
    Prose(String, Span),
}

/// Words with what their place says about them.
pub(super) struct Written<'a> {
    words: Words<'a>,
    /// Whether they state something; titles and names do not.
    states: bool,
    /// Whether they are shown as they are somewhere else, brackets and all.
    is_sample: bool,
    /// Whether they are internal: then nobody but the company reads them.
    internal: bool,
    /// Whether their sentence denies what they say.
    denied: bool,
    /// Whether their sentence guarantees what they say.
    guaranteed: bool,
}

/// What is gathered while a policy is resolved.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    texts: Vec<Written<'a>>,
    /// Addresses for examples that stand by themselves: in links and as e-mail addresses.
    addresses: Vec<(Span, Box<str>)>,
    /// The field whose values are read.
    pub(super) field: &'a str,
    /// Whether the sentence at hand is denied.
    pub(super) denied: bool,
    /// Whether the sentence at hand says `guarantee`.
    pub(super) guaranteed: bool,
}

impl<'a> Resolver<'a, '_, '_> {
    /// Checks a label against its frame and keeps its words to be judged.
    pub(super) fn check_label(&mut self, label: &Label<'a>, frame: Frame, whose: bool) {
        labels::check(&label.text, label.span, frame, whose, self.sink);
        let states = match frame {
            Frame::Title | Frame::Kind(Kind::Law | Kind::Link | Kind::Document | Kind::Manner) => false,
            Frame::Verbatim => !NAMES.contains(&self.words.field),
            Frame::Kind(_) | Frame::That | Frame::Means => true,
        };
        let written = Written {
            words: Words::Label(label.clone()),
            states,
            is_sample: SAMPLES.contains(&self.words.field),
            internal: self.internal,
            denied: self.words.denied,
            guaranteed: self.words.guaranteed,
        };
        self.words.texts.push(written);
    }

    /// Keeps the words of prose. What is no word in them is one of the bytes of [`tokens`].
    pub(super) fn keep_prose(&mut self, text: String, span: Span) {
        let written = Written {
            words: Words::Prose(text, span),
            states: true,
            is_sample: false,
            internal: self.internal,
            denied: false,
            guaranteed: false,
        };
        self.words.texts.push(written);
    }

    /// Judges an address: one of a template is a placeholder, one for examples is kept to be counted.
    pub(super) fn keep_address(&mut self, address: &str, span: Span) {
        let host = hosts::host_of(address);
        if hosts::is_of_template(host) {
            self.sink.report(codes::placeholder(span, address));
        } else if !self.internal && hosts::is_example(host) {
            self.words.addresses.push((span, address.into()));
        }
    }
}

impl Words<'_> {
    fn text(&self) -> &str {
        match self {
            Words::Label(label) => &label.text,
            Words::Prose(text, _) => text,
        }
    }

    fn place(&self, range: Range<usize>) -> Span {
        match self {
            Words::Label(label) => label.place(range),
            Words::Prose(_, span) => {
                let start = span.start + range.start as u32;
                Span { start, end: start + range.len() as u32, ..*span }
            }
        }
    }
}

/// Judges the words of a policy. `has_header` says whether there is a page on which somebody reads them.
pub(super) fn check(gathered: &Gathered<'_>, policy: &Policy, has_header: bool, sink: &mut Sink) {
    let readers: Vec<String> = readers(policy);
    let standard = LazyCell::new(Standard::new);
    let mut examples: Vec<(Span, &str)> =
        gathered.addresses.iter().map(|(span, address)| (*span, &**address)).collect();
    for written in &gathered.texts {
        let text = written.words.text();
        let tokens = tokens::tokens(text);
        if !written.is_sample {
            for range in holes::holes(text, &tokens) {
                let hole = printed(text, &range);
                sink.report(codes::placeholder(written.words.place(range), &hole));
            }
        }
        if written.internal {
            continue;
        }
        for range in hosts::examples(text) {
            let host = text.get(range.clone()).unwrap_or("");
            examples.push((written.words.place(range), host));
        }
        if !written.states {
            continue;
        }
        if !written.denied {
            for range in promises_of(written, &tokens) {
                let promise = printed(text, &range);
                sink.report(codes::promise(written.words.place(range), &promise));
            }
        }
        let (mut seen, mut paragraph): (Vec<&str>, usize) = (Vec::new(), 0);
        for found in vague::vague(&tokens, &readers) {
            let term = found.term;
            if found.paragraph != paragraph {
                seen.clear();
                paragraph = found.paragraph;
            }
            let is_name = matches!(written.words, Words::Label(_)) && begins_name(&tokens, &found.range);
            if seen.contains(&term.words) || is_name || standard.holds(text, &found.range) {
                continue;
            }
            seen.push(term.words);
            let word = printed(text, &found.range);
            let span = written.words.place(found.range);
            let (name, reason) = (term.category.name(), term.category.reason());
            sink.report(codes::vague(span, &word, name, reason, term.better));
        }
    }
    // The policy itself is the first file, so that its own addresses come before those of what it brings in.
    examples.sort_by_key(|(span, _)| (span.file, span.start));
    // An address and the words for it may be the same place.
    examples.dedup_by_key(|(span, _)| *span);
    if let Some((span, address)) = examples.first().filter(|_| has_header) {
        sink.report(codes::example_domain(*span, address, examples.len()));
    }
}

/// The words for whom the policy addresses: "our customers" is also "customers".
fn readers(policy: &Policy) -> Vec<String> {
    let nouns = policy.header.you.iter().map(|id| policy.noun(*id));
    let words = nouns.flat_map(|noun| [&noun.label, &noun.one, &noun.many]).flatten();
    let words = words.map(|words| words.to_lowercase());
    words
        .flat_map(|words| {
            let bare = ["our ", "the ", "a ", "an "].iter().find_map(|article| words.strip_prefix(article));
            let bare = bare.map(str::to_owned);
            std::iter::once(words).chain(bare)
        })
        .collect()
}

/// The words of the standard vocabulary, in lower case: what they mean is written down.
struct Standard {
    labels: HashSet<String>,
    laws: Vec<String>,
}

impl Standard {
    fn new() -> Standard {
        let of = |is_law: bool| {
            let entries = vocabulary::ENTRIES.iter().filter(move |entry| (entry.kind == Kind::Law) == is_law);
            entries.map(|entry| entry.label.to_lowercase()).filter(|label| !label.is_empty())
        };
        Standard { labels: of(false).collect(), laws: of(true).collect() }
    }

    /// Whether a text is such words, or a range of it lies in the name of a law.
    fn holds(&self, text: &str, range: &Range<usize>) -> bool {
        /// More bytes than words of the vocabulary have.
        const NEAR: usize = 120;
        if text.len() <= NEAR && self.labels.contains(&text.to_lowercase()) {
            return true;
        }
        let is_edge = |at: &usize| text.is_char_boundary(*at);
        let start = (range.start.saturating_sub(NEAR)..=range.start).find(is_edge).unwrap_or(range.start);
        let end = (range.end..=(range.end + NEAR).min(text.len())).rev().find(is_edge).unwrap_or(range.end);
        let near = text.get(start..end).unwrap_or("").to_lowercase();
        self.laws.iter().any(|law| {
            near.match_indices(law.as_str())
                .any(|(at, _)| start + at <= range.start && range.end <= start + at + law.len())
        })
    }
}

/// The promises in a text. Behind the verb `guarantee` the words are read as its object.
fn promises_of(written: &Written<'_>, tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    const VERB: &str = "guarantee ";
    if !written.guaranteed {
        return promises::promises(tokens);
    }
    let whole = format!("{VERB}{}", written.words.text());
    let found = promises::promises(&tokens::tokens(&whole));
    found.into_iter().map(|range| range.start.saturating_sub(VERB.len())..range.end - VERB.len()).collect()
}

/// Whether a label begins with a name, and the range is its first word: "Most Wanted Ltd".
fn begins_name(tokens: &[Token<'_>], range: &Range<usize>) -> bool {
    let [first, rest @ ..] = tokens else { return false };
    first.range.start == range.start && first.is_capital() && rest.first().is_none_or(Token::is_capital)
}

/// A part of a text as it is printed.
fn printed(text: &str, range: &Range<usize>) -> String {
    let text = text.get(range.clone()).unwrap_or("");
    let printed: String =
        text.chars().filter(|character| character.is_whitespace() || !character.is_control()).collect();
    printed.split_whitespace().collect::<Vec<_>>().join(" ")
}
