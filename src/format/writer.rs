//! From pieces in order to lines: spaces between them, comments, and the breaks they force.

use super::Piece;
use crate::syntax::tree::TokenKind;

/// What stands in front of a comment at the end of a line.
const BEFORE_COMMENT: &str = "   ";

/// A text that grows piece by piece.
pub(super) struct Writer {
    out: String,
    /// The columns of the current line so far.
    pub column: usize,
    /// How far the current line is indented.
    pub line_indent: usize,
    /// The indentation of the line that the next piece begins, if it begins one.
    next_line: Option<usize>,
    /// The last piece was a comment, so that a line must end here.
    ended: bool,
    /// The comments above the next piece are written.
    commented: bool,
    previous: Option<TokenKind>,
}

impl Writer {
    pub(super) fn new() -> Writer {
        Writer {
            out: String::new(),
            column: 0,
            line_indent: 0,
            next_line: Some(0),
            ended: false,
            commented: false,
            previous: None,
        }
    }

    pub(super) fn finish(mut self) -> String {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.out
    }

    /// Lets the next piece begin a line.
    pub(super) fn new_line(&mut self, indent: usize) {
        self.next_line = Some(indent);
    }

    /// Whether nothing is written yet.
    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Whether the next piece begins a line.
    pub(super) fn is_at_line_start(&self) -> bool {
        self.next_line.is_some() || self.ended
    }

    /// The column that the next piece would begin at, if a line that a comment makes it begin has this indentation.
    pub(super) fn next_column(&self, piece: &Piece<'_>, indent: usize) -> usize {
        match self.next_line {
            Some(indent) => indent,
            None if self.ended || !piece.above.is_empty() => indent,
            None => self.column + usize::from(self.previous.is_some_and(|previous| is_spaced(previous, piece.kind))),
        }
    }

    /// Writes a piece with its comments. `indent` is that of a line which a comment makes it begin.
    pub(super) fn piece(&mut self, piece: &Piece<'_>, indent: usize) {
        if !std::mem::take(&mut self.commented) && !piece.above.is_empty() {
            let indent = self.next_line.unwrap_or(indent);
            for (_, comment) in &piece.above {
                self.comment_line(comment, indent);
            }
            self.next_line = Some(indent);
        }
        if self.ended && self.next_line.is_none() {
            self.next_line = Some(indent);
        }
        match self.next_line.take() {
            Some(indent) => self.begin_line(indent),
            None if self.previous.is_some_and(|previous| is_spaced(previous, piece.kind)) => self.push(" "),
            None => {}
        }
        if piece.kind == TokenKind::Prose {
            let text = piece.text.replace("\r\n", "\n");
            let last_line = text.rsplit('\n').next().unwrap_or("");
            if text.contains('\n') {
                self.column = 0;
            }
            self.column += last_line.chars().count();
            self.out.push_str(&text);
        } else {
            self.push(piece.text);
        }
        self.previous = Some(piece.kind);
        if let Some(comment) = piece.behind {
            self.out.push_str(BEFORE_COMMENT);
            self.out.push_str(comment);
            self.ended = true;
        }
    }

    /// Begins a statement, or ends a block: writes the comments above a piece, and the blank lines around them
    /// unless it is the `first` in its block. None is left in front of the end of a block.
    pub(super) fn comments_above(&mut self, piece: &Piece<'_>, indent: usize, first: bool, ends_block: bool) {
        for (index, (blank, comment)) in piece.above.iter().enumerate() {
            if *blank && !(first && index == 0) {
                self.out.push('\n');
            }
            self.comment_line(comment, indent);
        }
        if piece.blank && !ends_block && !(first && piece.above.is_empty()) {
            self.out.push('\n');
        }
        self.next_line = Some(indent);
        self.commented = true;
    }

    fn comment_line(&mut self, comment: &str, indent: usize) {
        self.begin_line(indent);
        self.out.push_str(comment);
    }

    fn begin_line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.column = indent;
        self.line_indent = indent;
        self.ended = false;
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.column += text.chars().count();
    }
}

/// Whether a space stands between two pieces on one line.
pub(super) fn is_spaced(previous: TokenKind, next: TokenKind) -> bool {
    !matches!(next, TokenKind::Comma | TokenKind::Semicolon | TokenKind::Colon | TokenKind::TailClose)
        && previous != TokenKind::TailOpen
        && !(previous == TokenKind::BlockOpen && next == TokenKind::BlockClose)
}
