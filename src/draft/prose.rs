//! The author's Markdown as blocks of the document.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Drafter;
use crate::document::{Block, Inline, Item, Span, Spans};
use crate::policy::{NounId, Prose, ProsePart};
use crate::syntax::words::Kind;

/// Stands in the Markdown for a reference, so that no text of a noun is read as markup. It is a private-use
/// character with the number of the reference behind it and a second one at the end.
const OPEN: char = '\u{F8F0}';
const CLOSE: char = '\u{F8F1}';

impl<'p> Drafter<'p> {
    pub(super) fn prose(&mut self, prose: &'p Prose, out: &mut Vec<Block>) {
        let mut text = String::new();
        let mut references: Vec<Vec<Inline>> = Vec::new();
        for part in &prose.parts {
            match part {
                ProsePart::Text(part) => text.push_str(part),
                ProsePart::Reference(entry) => {
                    let words = self.entry(entry, false, false);
                    text.push_str(&format!("{OPEN}{}{CLOSE}", references.len()));
                    references.push(words.into_inlines());
                }
                ProsePart::See(entry) => {
                    let words = self.entry(entry, false, false);
                    // Only what has a place in the document can be pointed at.
                    let has_place = |id: NounId| {
                        let noun = self.policy.noun(id);
                        let placed = matches!(noun.kind, Kind::Section | Kind::Steps) || self.has_place(id);
                        placed && noun.link.is_none()
                    };
                    let inlines = match entry.noun_id() {
                        Some(id) if has_place(id) => {
                            vec![Inline::Reference {
                                document: None,
                                id: self.policy.noun(id).id.to_string(),
                                content: crate::wording::phrase(words.plain()).into_inlines(),
                            }]
                        }
                        _ => words.into_inlines(),
                    };
                    text.push_str(&format!("{OPEN}{}{CLOSE}", references.len()));
                    references.push(inlines);
                }
            }
        }
        let mut reader = Reader { references, facts: Vec::new() };
        let mut events =
            Parser::new(&dedent(&text)).collect::<Vec<_>>().into_iter().map(owned).collect::<Vec<_>>().into_iter();
        let mut blocks = reader.blocks(&mut events, None);
        let id = prose.id.to_string();
        self.targets.insert(id.clone());
        // The whole prose is one fact; what it refers to is stated with it.
        let mut facts = vec![id.clone()];
        facts.append(&mut self.facts);
        facts.append(&mut reader.facts);
        let mentions: Vec<String> = self.mentions.drain(..).map(|id| self.policy.noun(id).id.to_string()).collect();
        mark(&mut blocks, &facts, &mentions);
        out.push(Block::Prose { id, blocks });
        self.details(out);
    }
}

/// Puts the facts on every span of the prose.
fn mark(blocks: &mut [Block], facts: &[String], mentions: &[String]) {
    let each = |spans: &mut Spans| {
        for span in spans {
            span.facts = facts.to_vec();
            span.mentions = mentions.to_vec();
        }
    };
    for block in blocks {
        match block {
            Block::Paragraph { spans } => each(spans),
            Block::List { lead, items, .. } => {
                each(lead);
                for item in items {
                    each(&mut item.spans);
                    mark(&mut item.blocks, facts, mentions);
                }
            }
            Block::Section { blocks, .. } | Block::Prose { blocks, .. } => mark(blocks, facts, mentions),
            Block::Table { .. } | Block::Contents { .. } => {}
        }
    }
}

/// Removes the indentation that all lines of the prose share with the source around it.
fn dedent(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let indent = lines
        .iter()
        .skip(1)
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let lines: Vec<&str> = lines
        .iter()
        .enumerate()
        .map(
            |(index, line)| {
                if index == 0 { line.trim_start() } else { line.get(indent.min(line.len())..).unwrap_or("") }
            },
        )
        .collect();
    lines.join("\n")
}

/// The events that prose may hold; everything else is text.
enum Piece {
    Start(Frame),
    End(Frame),
    Text(String),
    Code(String),
    Break,
}

#[derive(Clone, PartialEq, Eq)]
enum Frame {
    Paragraph,
    List(bool),
    Item,
    Strong,
    Emphasis,
    Link(String),
    Other,
}

fn owned(event: Event<'_>) -> Piece {
    match event {
        Event::Start(tag) => Piece::Start(match tag {
            Tag::Paragraph => Frame::Paragraph,
            Tag::List(start) => Frame::List(start.is_some()),
            Tag::Item => Frame::Item,
            Tag::Strong => Frame::Strong,
            Tag::Emphasis => Frame::Emphasis,
            Tag::Link { dest_url, .. } => Frame::Link(dest_url.into_string()),
            _ => Frame::Other,
        }),
        Event::End(tag) => Piece::End(match tag {
            TagEnd::Paragraph => Frame::Paragraph,
            TagEnd::List(ordered) => Frame::List(ordered),
            TagEnd::Item => Frame::Item,
            TagEnd::Strong => Frame::Strong,
            TagEnd::Emphasis => Frame::Emphasis,
            TagEnd::Link => Frame::Link(String::new()),
            _ => Frame::Other,
        }),
        Event::Text(text) => Piece::Text(text.into_string()),
        Event::Code(text) => Piece::Code(text.into_string()),
        Event::SoftBreak | Event::HardBreak => Piece::Break,
        Event::Html(text) | Event::InlineHtml(text) => Piece::Text(text.into_string()),
        Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
            Piece::Text(text.into_string())
        }
        Event::Rule => Piece::Break,
        Event::TaskListMarker(_) => Piece::Text(String::new()),
    }
}

/// Reads events into blocks.
struct Reader {
    references: Vec<Vec<Inline>>,
    facts: Vec<String>,
}

impl Reader {
    fn blocks(&mut self, events: &mut std::vec::IntoIter<Piece>, until: Option<&Frame>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose: Vec<Inline> = Vec::new();
        let flush = |loose: &mut Vec<Inline>, blocks: &mut Vec<Block>| {
            if !loose.is_empty() {
                blocks.push(paragraph(std::mem::take(loose)));
            }
        };
        while let Some(piece) = events.next() {
            match piece {
                Piece::End(frame) if until.is_some_and(|until| same(until, &frame)) => break,
                Piece::End(_) => {}
                Piece::Start(Frame::Paragraph | Frame::Other) => {
                    flush(&mut loose, &mut blocks);
                    let inlines = self.inlines(events);
                    if !inlines.is_empty() {
                        blocks.push(paragraph(inlines));
                    }
                }
                Piece::Start(Frame::List(ordered)) => {
                    flush(&mut loose, &mut blocks);
                    blocks.push(self.list(events, ordered));
                }
                Piece::Start(Frame::Item) => {}
                other => self.inline(other, events, &mut loose),
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    fn list(&mut self, events: &mut std::vec::IntoIter<Piece>, ordered: bool) -> Block {
        let mut items = Vec::new();
        while let Some(piece) = events.next() {
            match piece {
                Piece::Start(Frame::Item) => {
                    let mut blocks = self.blocks(events, Some(&Frame::Item));
                    let spans = match blocks.first() {
                        Some(Block::Paragraph { spans }) => {
                            let spans = spans.clone();
                            blocks.remove(0);
                            spans
                        }
                        _ => Vec::new(),
                    };
                    items.push(Item { spans, blocks });
                }
                Piece::End(Frame::List(_)) => break,
                Piece::Start(_) | Piece::End(_) | Piece::Text(_) | Piece::Code(_) | Piece::Break => {}
            }
        }
        Block::List { lead: Vec::new(), ordered, items }
    }

    /// The pieces up to the end of the paragraph, emphasis or link that is open.
    fn inlines(&mut self, events: &mut std::vec::IntoIter<Piece>) -> Vec<Inline> {
        let mut inlines = Vec::new();
        while let Some(piece) = events.next() {
            if matches!(piece, Piece::End(_)) {
                break;
            }
            self.inline(piece, events, &mut inlines);
        }
        inlines
    }

    fn inline(&mut self, piece: Piece, events: &mut std::vec::IntoIter<Piece>, out: &mut Vec<Inline>) {
        match piece {
            Piece::Text(text) => self.text(&text, out),
            Piece::Code(text) => {
                let mut inner = Vec::new();
                self.text(&text, &mut inner);
                out.push(Inline::Code(crate::document::plain(&inner)));
            }
            Piece::Break => push_text(out, " "),
            Piece::Start(Frame::Strong) => {
                let content = self.inlines(events);
                out.push(Inline::Strong { content });
            }
            Piece::Start(Frame::Emphasis) => {
                let content = self.inlines(events);
                out.push(Inline::Emphasis { content });
            }
            Piece::Start(Frame::Link(href)) => {
                let content = self.inlines(events);
                if crate::syntax::address::is_safe_address(&href) && !content.is_empty() {
                    out.push(Inline::Link { href, content });
                } else {
                    // An address that a page may not link to is shown as what it is.
                    for inline in content {
                        match inline {
                            Inline::Text(text) => push_text(out, &text),
                            other => out.push(other),
                        }
                    }
                    push_text(out, &format!(" ({href})"));
                }
            }
            Piece::Start(_) => {
                let content = self.inlines(events);
                out.extend(content);
            }
            Piece::End(_) => {}
        }
    }

    /// Text with its references put back.
    fn text(&mut self, text: &str, out: &mut Vec<Inline>) {
        let mut rest = text;
        while let Some(at) = rest.find(OPEN) {
            push_text(out, rest.get(..at).unwrap_or(""));
            let after = rest.get(at + OPEN.len_utf8()..).unwrap_or("");
            let Some(end) = after.find(CLOSE) else {
                rest = after;
                continue;
            };
            let reference = after.get(..end).and_then(|number| number.parse::<usize>().ok());
            if let Some(inlines) = reference.and_then(|number| self.references.get(number)) {
                for inline in inlines.clone() {
                    match inline {
                        Inline::Text(text) => push_text(out, &text),
                        other => out.push(other),
                    }
                }
            }
            rest = after.get(end + CLOSE.len_utf8()..).unwrap_or("");
        }
        push_text(out, rest);
    }
}

fn same(one: &Frame, other: &Frame) -> bool {
    matches!((one, other), (Frame::Item, Frame::Item)) || one == other
}

fn push_text(out: &mut Vec<Inline>, words: &str) {
    if words.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(Inline::Text(text)) => text.push_str(words),
        _ => out.push(Inline::text(words)),
    }
}

fn paragraph(text: Vec<Inline>) -> Block {
    Block::Paragraph { spans: vec![Span { text, ..Span::default() }] }
}
