//! How long a document is and how easily it reads.
//!
//! Length counts everything that is printed. Reading ease is measured on sentences: paragraphs and lists, because
//! a cell of a table is none. The summary is left out of it, because it says once more what is measured where it is
//! said, and so are names and the titles of laws, since no wording makes them easier.
//! A word is generated if a template puts it there, and the author's if it comes from a label, a modality, a
//! quantifier or a manner.

use std::ops::Range;

use serde::Serialize;

use crate::document::{Block, Document, FULL_POLICY, Inline, Item, SUMMARY, Span, plain, plain_spans};
use crate::english::sentences::sentences;
use crate::english::syllables::syllables;
use crate::english::tokens::tokens;
use crate::english::vague::vague;
use crate::wording::template::Piece;
use crate::wording::templates;

/// How many words a reader takes in a minute.
const WORDS_A_MINUTE: f64 = 250.0;

/// What is measured of a document. Shares are percentages; a figure is missing if there is nothing to measure it on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stats {
    /// All words that are printed, but for the list of contents.
    pub words: usize,
    /// How many minutes it takes to read them, at 250 words a minute.
    pub minutes: f64,
    /// How many sentences there are outside tables and the summary; an item of a list is one at least.
    pub sentences: usize,
    /// How many words a sentence has on average.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words_per_sentence: Option<f64>,
    /// Flesch reading ease: 100 is easy, 0 is hard.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading_ease: Option<f64>,
    /// The Flesch-Kincaid grade: years of school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<f64>,
    /// The share of sentences in which a template is vague.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vague_generated: Option<f64>,
    /// The share of sentences in which the author is vague: in a label, by a modality, a quantifier or a manner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vague_author: Option<f64>,
    /// The share of words that stand in tables and lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<f64>,
}

/// A sentence with the figures that it adds to those of its document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// How many there are.
    pub words: usize,
    /// How many of them count for reading ease: neither names nor addresses.
    pub counted: usize,
    /// The syllables of those.
    pub syllables: usize,
    /// The vague terms that a template put there.
    pub generated: Vec<&'static str>,
    /// The vague terms that are the author's.
    pub author: Vec<&'static str>,
}

impl Sentence {
    /// The Flesch-Kincaid grade of the sentence alone.
    #[must_use]
    pub fn grade(&self) -> Option<f64> {
        grade(self.counted, 1, self.syllables)
    }
}

/// Measures a document.
#[must_use]
pub fn stats(document: &Document) -> Stats {
    let mut text = Text::default();
    text.add_spans(&document.title, false);
    text.words += document.updated.as_ref().map_or(0, |updated| count(&plain_spans(updated)));
    text.add_blocks(&document.blocks, false);
    let sentences = measured(document, text.passages);
    let sum = |of: fn(&Sentence) -> usize| sentences.iter().map(of).sum::<usize>();
    let (counted, syllables) = (sum(|sentence| sentence.counted), sum(|sentence| sentence.syllables));
    let number = sentences.len();
    let vague = |of: fn(&Sentence) -> bool| percent(sentences.iter().filter(|sentence| of(sentence)).count(), number);
    Stats {
        words: text.words,
        minutes: rounded(text.words as f64 / WORDS_A_MINUTE),
        sentences: number,
        words_per_sentence: (number > 0).then(|| rounded(sum(|sentence| sentence.words) as f64 / number as f64)),
        reading_ease: ease(counted, number, syllables).map(rounded),
        grade: grade(counted, number, syllables).map(rounded),
        vague_generated: vague(|sentence| !sentence.generated.is_empty()),
        vague_author: vague(|sentence| !sentence.author.is_empty()),
        structure: percent(text.structured, text.words),
    }
}

/// The sentences of a document, outside tables, each with its figures.
#[must_use]
pub fn sentences_of(document: &Document) -> Vec<Sentence> {
    let mut text = Text::default();
    text.add_blocks(&document.blocks, false);
    measured(document, text.passages)
}

fn measured(document: &Document, passages: Vec<Passage>) -> Vec<Sentence> {
    let generated = vague_literals(document);
    let mut found = Vec::new();
    for passage in passages {
        let mut skipped = passage.skipped.as_slice();
        let mut at = 0;
        for sentence in sentences(&passage.text) {
            let start = passage.text.get(at..).and_then(|rest| rest.find(sentence)).map_or(at, |found| at + found);
            at = start + sentence.len();
            // What is code or an address was marked when the passage was read.
            while let [first, rest @ ..] = skipped
                && first.end <= start
            {
                skipped = rest;
            }
            found.push(measure(sentence, start, skipped, &generated));
        }
    }
    found
}

/// Measures one sentence, which begins at a place of its passage; `skipped` are the places that are no words.
fn measure(sentence: &str, start: usize, skipped: &[Range<usize>], generated: &[String]) -> Sentence {
    let mut measured = Sentence {
        text: sentence.to_owned(),
        words: 0,
        counted: 0,
        syllables: 0,
        generated: Vec::new(),
        author: Vec::new(),
    };
    let words: Vec<(usize, &str)> = words(sentence).collect();
    for (index, (at, word)) in words.iter().enumerate() {
        measured.words += 1;
        let place = start + at;
        let is_skipped = skipped.iter().take_while(|range| range.start <= place).any(|range| place < range.end);
        let next = words.get(index + 1).map(|(_, next)| *next);
        let begins = index == 0 || sentence.get(..*at).is_some_and(|front| front.trim_end().ends_with([':', '“', '(']));
        if is_skipped || is_name(word, begins, next) || is_literal(word) {
            continue;
        }
        measured.counted += 1;
        measured.syllables += syllables(word);
    }
    let lower = sentence.to_lowercase();
    for found in vague(&tokens(sentence), &[]) {
        // Lower case has the same length but for letters that no template has.
        let is_generated = generated.iter().any(|literal| {
            lower
                .match_indices(literal.as_str())
                .any(|(at, _)| at <= found.range.start && found.range.end <= at + literal.len())
        });
        let terms = if is_generated { &mut measured.generated } else { &mut measured.author };
        if !terms.contains(&found.term.words) {
            terms.push(found.term.words);
        }
    }
    measured
}

/// Templates that print what an author said by a modality.
const MODAL: [&str; 3] = ["force-", "view-possibly", "california-may"];

/// The words of templates that are vague, in lower case, each with the words around it. Templates that print a
/// modality are not among them, and those of other documents only count in those.
fn vague_literals(document: &Document) -> Vec<String> {
    let is_full = document.kind == "full-policy" || document.name == FULL_POLICY;
    let mut found = Vec::new();
    for (name, pieces) in templates::ENGLISH {
        let of_view = ["view-", "california-", "children-", "record-"].iter().any(|family| name.starts_with(family));
        if MODAL.iter().any(|family| name.starts_with(family)) || (is_full && of_view) {
            continue;
        }
        for piece in *pieces {
            let Piece::Literal(text) = piece else { continue };
            if !vague(&tokens(text), &[]).is_empty() {
                found.push(text.trim().to_lowercase());
            }
        }
    }
    found
}

/// Whether a word is a name: a capital letter stands where no sentence begins. The first word is one if the next is.
fn is_name(word: &str, begins: bool, next: Option<&str>) -> bool {
    let capital = |word: &str| word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
    let inside = |word: &str| word.chars().filter(|c| c.is_alphabetic()).skip(1).any(char::is_uppercase);
    if !capital(word) {
        return inside(word);
    }
    !begins || inside(word) || next.is_some_and(|next| capital(next) && next != "I") && !is_common_start(word)
}

/// Words that begin sentences and no names.
fn is_common_start(word: &str) -> bool {
    const WORDS: [&str; 14] =
        ["we", "you", "our", "your", "the", "this", "when", "if", "for", "in", "to", "under", "only", "these"];
    WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether a word is an address or a number of a provision: `privacy@acme.com`, `6(1)(f)`, `§`.
fn is_literal(word: &str) -> bool {
    let word = word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '“' | '”'));
    word.contains(['@', '/', '§', '(', '_']) || word.split_once('.').is_some_and(|(_, rest)| !rest.is_empty())
}

/// The words of a text, with their places: what white space divides and holds a letter or a digit.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_whitespace().filter_map(move |word| {
        let start = text.get(at..).and_then(|rest| rest.find(word)).map_or(at, |found| at + found);
        at = start + word.len();
        word.chars().any(char::is_alphanumeric).then_some((start, word))
    })
}

fn count(text: &str) -> usize {
    words(text).count()
}

/// Text that sentences are looked for in, with the places of what is no word.
struct Passage {
    text: String,
    skipped: Vec<Range<usize>>,
}

/// What is read of a document.
#[derive(Default)]
struct Text {
    words: usize,
    structured: usize,
    passages: Vec<Passage>,
}

impl Text {
    fn add_spans(&mut self, spans: &[Span], is_structure: bool) {
        let number = count(&plain_spans(spans));
        self.words += number;
        self.structured += if is_structure { number } else { 0 };
    }

    fn add_passage(&mut self, spans: &[Span], is_structure: bool) {
        self.add_spans(spans, is_structure);
        let mut passage = Passage { text: String::new(), skipped: Vec::new() };
        for span in spans {
            if !passage.text.is_empty() {
                passage.text.push(' ');
            }
            mark(&span.text, &mut passage);
        }
        self.passages.push(passage);
    }

    fn add_blocks(&mut self, blocks: &[Block], is_structure: bool) {
        for block in blocks {
            match block {
                Block::Section { id, title, blocks } => {
                    self.add_spans(title, is_structure);
                    let known = self.passages.len();
                    self.add_blocks(blocks, is_structure);
                    // It repeats in short what is measured where it is said.
                    if id == SUMMARY {
                        self.passages.truncate(known);
                    }
                }
                Block::Paragraph { spans } => self.add_passage(spans, is_structure),
                Block::List { lead, items, .. } => {
                    if !lead.is_empty() {
                        self.add_passage(lead, is_structure);
                    }
                    for Item { spans, blocks } in items {
                        self.add_passage(spans, true);
                        self.add_blocks(blocks, true);
                    }
                }
                Block::Table { caption, columns, rows } => {
                    self.add_passage(caption, is_structure);
                    let heads: usize = columns.iter().map(|column| count(column)).sum();
                    let cells: usize =
                        rows.iter().flat_map(|row| &row.cells).map(|cell| count(&plain(&cell.text))).sum();
                    self.words += heads + cells;
                    self.structured += heads + cells;
                }
                Block::Contents { .. } => {}
                Block::Prose { blocks, .. } => self.add_blocks(blocks, is_structure),
            }
        }
    }
}

/// Adds the words of a run of text, and remembers where code and days stand.
fn mark(inlines: &[Inline], passage: &mut Passage) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => passage.text.push_str(text),
            Inline::Code(text) => {
                let start = passage.text.len();
                passage.text.push_str(text);
                passage.skipped.push(start..passage.text.len());
            }
            Inline::Time { text, .. } => passage.text.push_str(text),
            Inline::Strong { content }
            | Inline::Emphasis { content }
            | Inline::Link { content, .. }
            | Inline::Reference { content, .. } => mark(content, passage),
        }
    }
}

/// Flesch's formula of 1948.
fn ease(words: usize, sentences: usize, syllables: usize) -> Option<f64> {
    let (length, weight) = averages(words, sentences, syllables)?;
    Some(206.835 - 1.015 * length - 84.6 * weight)
}

/// Kincaid's formula of 1975.
fn grade(words: usize, sentences: usize, syllables: usize) -> Option<f64> {
    let (length, weight) = averages(words, sentences, syllables)?;
    Some(0.39 * length + 11.8 * weight - 15.59)
}

/// The words of a sentence and the syllables of a word, on average.
fn averages(words: usize, sentences: usize, syllables: usize) -> Option<(f64, f64)> {
    (words > 0 && sentences > 0).then(|| (words as f64 / sentences as f64, syllables as f64 / words as f64))
}

fn percent(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| rounded(100.0 * part as f64 / whole as f64))
}

/// One digit behind the point: more would pretend to an exactness that counting syllables does not have.
fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}
