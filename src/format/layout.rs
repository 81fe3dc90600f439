//! Where lines break.
//!
//! A statement that fits stays on one line. Else it is broken in front of its clauses; a clause that still does not
//! fit is broken behind its commas (or in front of `and` and `or`), an entry in front of its attributes. Braces at
//! the end of what does not fit are opened, one entry a line, and a period is broken in front of its steps. A comment
//! breaks its line wherever it stands.

use super::writer::{Writer, is_spaced};
use super::{Marks, Piece, WIDTH, opens_clause};
use crate::syntax::tree::TokenKind;
use crate::syntax::words::{Kind, is_modal};

/// How far a block and a broken line are indented.
const STEP: usize = 2;

/// Words that begin a part of the declaration of a parameter.
const PARAMETER_PARTS: [&str; 5] = ["at-least", "at-most", "namely", "default", "means"];

/// Words that stand in front of what is said of an entry.
const ATTRIBUTES: [&str; 9] = ["is", "means", "one", "many", "noun", "that", "namely", "such", "including"];

/// The pieces from the first to the one before the second.
type Range = (usize, usize);

/// Where a statement stands.
#[derive(Clone, Copy)]
struct Place {
    indent: usize,
    /// Whether it is the first in its block.
    is_first: bool,
    /// Whether it is a field of a noun or of the header.
    is_field: bool,
}

/// Writes a whole file.
pub(super) fn lay_out(pieces: &[Piece<'_>], marks: &Marks) -> String {
    let mut layout = Layout { pieces, marks, writer: Writer::new() };
    // INVARIANT: the last piece is the end of the file, which only carries comments.
    let end = pieces.len().saturating_sub(1);
    layout.statements((0, end), 0, false);
    if let Some(last) = pieces.get(end) {
        let first = layout.writer.is_empty();
        layout.writer.comments_above(last, 0, first, true);
    }
    layout.writer.finish()
}

struct Layout<'p, 'a> {
    pieces: &'p [Piece<'a>],
    marks: &'p Marks,
    writer: Writer,
}

impl<'p, 'a> Layout<'p, 'a> {
    // ── statements ──────────────────────────────────────────────────────────────────────────────────────

    fn statements(&mut self, (start, end): Range, indent: usize, are_fields: bool) {
        let mut at = start;
        while at < end {
            let next = self.statement_end(at, end);
            let place = Place { indent, is_first: at == start, is_field: are_fields };
            self.statement((at, next), place);
            at = next;
        }
    }

    /// One past the last piece of the statement that begins at a piece.
    fn statement_end(&self, start: usize, end: usize) -> usize {
        let mut at = start;
        while at < end {
            match self.kind(at) {
                Some(TokenKind::Semicolon) => return at + 1,
                Some(TokenKind::Prose) => return at + 1 + usize::from(self.kind(at + 1) == Some(TokenKind::Semicolon)),
                Some(TokenKind::BlockOpen) if !self.is_group(at) => return (self.closer(at) + 1).min(end),
                _ => at = self.behind(at),
            }
        }
        end
    }

    fn statement(&mut self, (start, end): Range, Place { indent, is_first, is_field }: Place) {
        let Some(piece) = self.pieces.get(start) else { return };
        let is_lone = piece.kind == TokenKind::Semicolon && piece.above.is_empty();
        if is_lone && !is_first && !self.writer.is_at_line_start() {
            self.writer.piece(piece, indent);
            return;
        }
        self.writer.comments_above(piece, indent, is_first, false);
        let opener =
            self.top_level((start, end)).find(|&at| self.kind(at) == Some(TokenKind::BlockOpen) && !self.is_group(at));
        let Some(opener) = opener else {
            if is_field {
                self.field((start, end), indent);
            } else {
                self.header((start, end), indent);
            }
            return;
        };
        let has_fields = self.word(start) == Some("policy") || self.is_noun(start);
        let is_one_line = self.pieces.get(opener).is_some_and(|piece| piece.one_line);
        if has_fields && is_one_line && self.fits((start, end), indent) {
            self.flat((start, end), indent);
            return;
        }
        self.header((start, opener + 1), indent);
        let closer = self.closer(opener);
        let Some(closing) = self.pieces.get(closer) else { return };
        if opener + 1 == closer && closing.above.is_empty() && !self.writer.is_at_line_start() {
            self.writer.piece(closing, indent);
            return;
        }
        self.statements((opener + 1, closer), indent + STEP, has_fields);
        self.writer.comments_above(closing, indent + STEP, opener + 1 == closer, true);
        self.writer.new_line(indent);
        self.writer.piece(closing, indent);
    }

    /// A field. It is broken behind its key and its commas alone: a line break anywhere else ends it.
    fn field(&mut self, range: Range, indent: usize) {
        let cont = indent + STEP;
        let lead = self.lead_end(range);
        let entries = self.by_commas((lead, range.1));
        if !self.fits(range, indent) && self.open_last_braces(range, cont) {
            return;
        }
        if self.fits(range, indent) || entries.len() < 2 {
            self.flat(range, cont);
            return;
        }
        self.flat((range.0, lead), cont);
        for entry in entries {
            self.writer.new_line(cont);
            self.flat(entry, cont);
        }
    }

    /// A statement up to its end or to the opening of its block.
    fn header(&mut self, range: Range, indent: usize) {
        let (start, end) = range;
        let cont = indent + STEP;
        if self.fits(range, indent) || self.top_level(range).any(|at| self.kind(at) == Some(TokenKind::Prose)) {
            self.flat(range, cont);
            return;
        }
        if self.is_noun(start) {
            self.noun(range, indent);
            return;
        }
        if self.word(start) == Some("parameter") && self.word(start + 2) == Some("is") {
            let parts =
                self.split_before(range, |at| self.word(at).is_some_and(|word| PARAMETER_PARTS.contains(&word)));
            self.parts(&parts, cont);
            return;
        }
        let segments = self.segments(range);
        let (head, clauses) = match segments.split_first() {
            Some((head, clauses)) => (*head, clauses),
            None => (range, [].as_slice()),
        };
        if clauses.len() < 2 && self.open_last_braces(range, cont) {
            return;
        }
        if let [clause] = clauses {
            let list = (self.clause_opener_end(*clause), clause.1);
            let is_broken = list.0 > 0 && self.pieces.get(list.0 - 1).is_some_and(|piece| piece.behind.is_some());
            let entries = if is_broken { self.list(list) } else { self.by_commas(list) };
            if entries.len() > 1 && !self.fits_at(*clause, cont) && self.fits((start, list.0), indent) {
                self.flat((start, list.0), cont);
                self.lines(&entries, cont);
                return;
            }
        }
        self.head(head, indent);
        for clause in clauses {
            let closes = self.kind(clause.0.saturating_sub(1)) == Some(TokenKind::BracesClose);
            if closes && self.writer.column < cont && self.fits((clause.0, end), cont) {
                self.flat((clause.0, end), cont);
                return;
            }
            self.writer.new_line(cont);
            self.clause(*clause, cont);
        }
    }

    /// A sentence up to its first clause.
    fn head(&mut self, range: Range, indent: usize) {
        let cont = indent + STEP;
        if self.fits(range, indent) {
            self.flat(range, cont);
            return;
        }
        if self.open_last_braces(range, cont) {
            return;
        }
        let lead = self.lead_end(range);
        let entries = self.list((lead, range.1));
        if entries.len() > 1 {
            self.sequence((range.0, lead), cont);
            self.lines(&entries, cont);
        } else {
            self.fill(range, cont);
        }
    }

    fn clause(&mut self, range: Range, indent: usize) {
        let cont = indent + STEP;
        if self.fits(range, indent) {
            self.flat(range, cont);
            return;
        }
        if self.open_last_braces(range, cont) {
            return;
        }
        let opener_end = self.clause_opener_end(range);
        let mut steps = self.split_before(range, |at| matches!(self.word(at), Some("then" | "total")));
        if steps.iter().any(|step| !self.fits_at(*step, cont)) {
            steps =
                self.split_before(range, |at| self.is_in_period(at) && self.word(at).is_some_and(opens_period_part));
        }
        if steps.len() > 1 {
            self.parts(&steps, cont);
            return;
        }
        let list_start = self.open_list_start((opener_end, range.1));
        if let Some(list_start) = list_start {
            let entries = self.by_commas((list_start, range.1));
            if entries.len() > 1 {
                self.fill((range.0, list_start), cont);
                self.lines(&entries, cont);
                return;
            }
        }
        let entries = self.list((opener_end, range.1));
        self.flat((range.0, opener_end), cont);
        let deeper = if entries.len() > 1 { cont + STEP } else { cont };
        for (index, entry) in entries.iter().enumerate() {
            if index > 0 || self.writer.is_at_line_start() {
                self.writer.new_line(cont);
            }
            self.entry(*entry, cont, deeper);
        }
    }

    fn noun(&mut self, range: Range, indent: usize) {
        let cont = indent + STEP;
        if self.open_last_braces(range, cont) {
            return;
        }
        if let Some(list_start) = self.open_list_start(range) {
            let entries = self.by_commas((list_start, range.1));
            if entries.len() > 1 {
                self.fill((range.0, list_start), cont);
                self.lines(&entries, cont);
                return;
            }
        }
        self.fill(range, cont);
    }

    // ── lists ───────────────────────────────────────────────────────────────────────────────────────────

    /// Entries, each on a line of its own.
    fn lines(&mut self, entries: &[Range], indent: usize) {
        for entry in entries {
            self.writer.new_line(indent);
            self.entry(*entry, indent, indent + STEP);
        }
    }

    /// One entry with the comma behind it. `cont` is the indentation of the lines it is broken into.
    fn entry(&mut self, range: Range, indent: usize, cont: usize) {
        if self.fits(range, indent) {
            self.flat(range, cont);
        } else if !self.open_last_braces(range, cont) {
            self.fill(range, cont);
        }
    }

    /// Attributes and clauses in parentheses, as many on a line as fit.
    fn fill(&mut self, range: Range, cont: usize) {
        let clauses = self.segments(range);
        let is_start = |at: usize| {
            self.kind(at) == Some(TokenKind::TailOpen)
                || self.word(at).is_some_and(|word| ATTRIBUTES.contains(&word))
                || clauses.iter().any(|clause| clause.0 == at)
        };
        let parts = self.split_before(range, is_start);
        for (index, part) in parts.into_iter().enumerate() {
            if self.fits(part, cont) {
                self.flat(part, cont);
                continue;
            }
            if self.open_last_braces(part, cont) {
                continue;
            }
            if index > 0 {
                self.writer.new_line(cont);
            }
            if self.fits(part, cont) {
                self.flat(part, cont);
            } else if !self.open_last_braces(part, cont) {
                self.sequence(part, cont);
            }
        }
    }

    /// Parts one behind the other, each on a line of its own unless it fits behind the one before.
    fn parts(&mut self, parts: &[Range], cont: usize) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 && !self.fits(*part, cont) {
                self.writer.new_line(cont);
            }
            self.sequence(*part, cont + STEP);
        }
    }

    /// Pieces one behind the other, broken only behind commas and at comments, with groups opened where needed.
    fn sequence(&mut self, range: Range, cont: usize) {
        for (index, run) in self.by_commas(range).into_iter().enumerate() {
            if index > 0 && !self.fits(run, cont) {
                self.writer.new_line(cont);
            }
            let mut at = run.0;
            while at < run.1 {
                let next = self.behind(at);
                let glued = usize::from(matches!(
                    self.kind(next),
                    Some(TokenKind::Comma | TokenKind::Semicolon | TokenKind::BlockOpen)
                ));
                let group = (at, (next + glued).min(run.1));
                match self.kind(at) {
                    Some(TokenKind::BracesOpen | TokenKind::BlockOpen)
                        if self.is_group(at) && !self.fits(group, cont) =>
                    {
                        self.flat((at, at + 1), cont);
                        self.opened(at);
                    }
                    Some(TokenKind::TailOpen) if !self.fits(group, cont) => {
                        self.flat((at, at + 1), cont);
                        self.sequence((at + 1, next - 1), cont);
                        self.flat((next - 1, next), cont);
                    }
                    Some(TokenKind::Label | TokenKind::Link | TokenKind::Code)
                        if !self.fits(group, cont) && self.fits_at(group, cont) =>
                    {
                        self.writer.new_line(cont);
                        self.flat((at, next), cont);
                    }
                    _ => self.flat((at, next), cont),
                }
                at = next;
            }
        }
    }

    /// If braces end a range and all in front of them fits, writes the range with the braces opened.
    fn open_last_braces(&mut self, range: Range, cont: usize) -> bool {
        let (start, end) = range;
        let mut top: Vec<usize> = self.top_level(range).collect();
        let is_end = |at: &usize| {
            matches!(self.kind(*at), Some(TokenKind::Comma | TokenKind::Semicolon | TokenKind::BlockOpen))
                && !self.is_group(*at)
        };
        while top.last().is_some_and(is_end) {
            top.pop();
        }
        let Some(&opener) = top.last().filter(|at| self.is_group(**at)) else {
            return false;
        };
        if !self.fits((start, opener + 1), cont) {
            return false;
        }
        self.flat((start, opener + 1), cont);
        self.opened(opener);
        self.flat((self.behind(opener), end), cont);
        true
    }

    /// What stands in braces, one entry a line, and the closing brace. The opening one is written.
    fn opened(&mut self, opener: usize) {
        let closer = self.closer(opener);
        let base = self.writer.line_indent;
        let inside = (opener + 1, closer);
        let arms = self.split_before(inside, |at| self.marks.is_arm(self.start_of(at)));
        let entries = if arms.len() > 1 { arms } else { self.list(inside) };
        self.lines(&entries, base + STEP);
        if let Some(closing) = self.pieces.get(closer) {
            self.writer.comments_above(closing, base + STEP, true, true);
            self.writer.new_line(base);
            self.writer.piece(closing, base);
        }
    }

    // ── where things begin ──────────────────────────────────────────────────────────────────────────────

    fn kind(&self, at: usize) -> Option<TokenKind> {
        self.pieces.get(at).map(|piece| piece.kind)
    }

    fn word(&self, at: usize) -> Option<&'a str> {
        self.pieces.get(at).filter(|piece| piece.kind == TokenKind::Word).map(|piece| piece.text)
    }

    fn closer(&self, at: usize) -> usize {
        self.pieces.get(at).map_or(at, |piece| piece.closer.max(at))
    }

    /// The first byte of a piece.
    fn start_of(&self, at: usize) -> u32 {
        self.pieces.get(at).map_or(0, |piece| piece.end.saturating_sub(piece.text.len() as u32))
    }

    /// Whether a piece stands in a period, behind its first word.
    fn is_in_period(&self, at: usize) -> bool {
        self.marks.is_in_period(self.start_of(at))
    }

    /// Whether braces open here that are a part of their statement: entries, or values with guards.
    fn is_group(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(TokenKind::BracesOpen) => true,
            Some(TokenKind::BlockOpen) => self.marks.is_arm(self.start_of(at + 1)),
            _ => false,
        }
    }

    /// The place behind a piece, or behind the group that it opens. The opening of a block of statements ends what is
    /// laid out as one, so nothing is skipped there.
    fn behind(&self, at: usize) -> usize {
        if self.kind(at) == Some(TokenKind::BlockOpen) && !self.is_group(at) { at + 1 } else { self.closer(at) + 1 }
    }

    /// The pieces of a range that are in no group of it; of a group its opener.
    fn top_level(&self, (start, end): Range) -> impl Iterator<Item = usize> + use<'_, 'p, 'a> {
        std::iter::successors(Some(start), |&at| Some(self.behind(at))).take_while(move |&at| at < end)
    }

    /// Cuts a range in front of the pieces that begin something, the first excepted.
    fn split_before(&self, range: Range, is_start: impl Fn(usize) -> bool) -> Vec<Range> {
        let mut parts = Vec::new();
        let mut from = range.0;
        for at in self.top_level(range) {
            if at > from && is_start(at) {
                parts.push((from, at));
                from = at;
            }
        }
        parts.push((from, range.1));
        parts
    }

    fn by_commas(&self, range: Range) -> Vec<Range> {
        self.split_before(range, |at| at > range.0 && self.kind(at - 1) == Some(TokenKind::Comma))
    }

    /// The entries of a list: cut behind commas, or else in front of what joins them.
    fn list(&self, range: Range) -> Vec<Range> {
        let entries = self.by_commas(range);
        if entries.len() > 1 {
            return entries;
        }
        self.split_before(range, |at| matches!(self.word(at), Some("and" | "or" | "and-or")))
    }

    /// A sentence cut in front of its clauses.
    fn segments(&self, range: Range) -> Vec<Range> {
        self.split_before(range, |at| {
            let opens = |at: usize| self.word(at).is_some_and(opens_clause);
            let is_free = |at: usize| {
                at > 0
                    && !opens(at - 1)
                    && !matches!(
                        self.word(at - 1),
                        Some("such" | "commit" | "commits" | "and" | "or" | "and-or" | "not" | "only" | "place")
                    )
                    && !matches!(self.kind(at - 1), Some(TokenKind::Comma | TokenKind::Colon))
                    && !self.is_in_period(at)
            };
            match self.word(at) {
                Some("only") => opens(at + 1) && is_free(at),
                Some(word) => opens_clause(word) && is_free(at),
                None => false,
            }
        })
    }

    fn is_noun(&self, start: usize) -> bool {
        self.word(start).is_some_and(|word| Kind::declared_by(word).is_some())
            && match self.kind(start + 1) {
                Some(TokenKind::Word) => self.word(start + 1).is_none_or(|word| !is_modal(word)),
                Some(TokenKind::Label) => true,
                _ => false,
            }
    }

    /// Where the objects of a sentence or the values of a field begin.
    fn lead_end(&self, (start, end): Range) -> usize {
        let from = self.pieces.get(start).map_or(0, |piece| piece.end);
        let to = self.pieces.get(end.saturating_sub(1)).map_or(from, |piece| piece.end);
        let index = self.marks.verb_ends.partition_point(|&verb| verb < from);
        match self.marks.verb_ends.get(index).filter(|&&verb| verb <= to) {
            Some(&verb) => {
                start + self.pieces.get(start..end).unwrap_or_default().partition_point(|piece| piece.end <= verb)
            }
            None => (start + if self.word(start + 1) == Some("are") { 2 } else { 1 }).min(end),
        }
    }

    /// Where the list of a clause begins.
    fn clause_opener_end(&self, (start, end): Range) -> usize {
        let mut at = start + usize::from(self.word(start) == Some("only"));
        while at < end && self.word(at).is_some_and(|word| opens_clause(word) || (at > start && word == "only")) {
            at += 1;
        }
        let has_topic = at > start + 1 && self.word(at - 1) == Some("for") && self.word(at - 2) == Some("see");
        (at + usize::from(has_topic)).min(end)
    }

    /// Where the members begin that `namely`, `such as` or `including` opens without braces.
    fn open_list_start(&self, range: Range) -> Option<usize> {
        let opener =
            self.top_level(range).find(|&at| matches!(self.word(at), Some("namely" | "such" | "including")))?;
        let start = match (self.word(opener), self.word(opener + 1)) {
            (Some("such"), _) => opener + 2,
            (Some("including"), Some("without")) => opener + 3,
            _ => opener + 1,
        };
        (start < range.1 && self.kind(start) != Some(TokenKind::BracesOpen)).then_some(start)
    }

    // ── measuring and writing ───────────────────────────────────────────────────────────────────────────

    /// Whether a range fits on the current line, or on the one that is about to begin.
    fn fits(&self, range: Range, indent: usize) -> bool {
        self.pieces.get(range.0).is_some_and(|piece| self.fits_at(range, self.writer.next_column(piece, indent)))
    }

    /// Whether a range fits on one line from a column on.
    fn fits_at(&self, (start, end): Range, column: usize) -> bool {
        let mut column = column;
        let mut previous: Option<&Piece<'_>> = None;
        for piece in self.pieces.get(start..end).unwrap_or_default() {
            if let Some(previous) = previous {
                if previous.behind.is_some() || !piece.above.is_empty() {
                    return false;
                }
                column += usize::from(is_spaced(previous.kind, piece.kind));
            }
            column += piece.text.chars().count();
            if column > WIDTH {
                return false;
            }
            previous = Some(piece);
        }
        true
    }

    fn flat(&mut self, (start, end): Range, cont: usize) {
        for piece in self.pieces.get(start..end).unwrap_or_default() {
            self.writer.piece(piece, cont);
        }
    }
}

/// Whether a word begins a part of a period.
fn opens_period_part(word: &str) -> bool {
    matches!(word, "then" | "total" | "after" | "until" | "while" | "by" | "at" | "whichever")
}
