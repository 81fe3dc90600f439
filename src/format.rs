//! From a policy's text to the same policy in the one canonical layout.
//!
//! The layout works on the tokens of [`tree`], so comments and prose are in it and nothing can get lost: only the
//! white space between tokens changes. The statements that [`lower`] reads are asked for what tokens do not show: where
//! the verbs of a sentence end, and where guarded values and periods are.

use crate::diagnostic::{Diagnostic, Level, Sink};
use crate::source::FileId;
use crate::syntax::tree::{self, TokenKind};
use crate::syntax::{lower, words};

mod layout;
mod marks;
mod writer;

use marks::Marks;

/// How many columns a line may have, a comment at its end not counted.
pub const WIDTH: usize = 100;

/// Gives a policy its canonical layout. The layout of a policy in canonical layout is itself.
///
/// Line ends become LF, also inside prose, a byte order mark goes, and the text ends with one line end.
/// Comments keep their words and their places between the tokens.
///
/// # Errors
///
/// The findings, if the text has faults of syntax; a text that was not understood is not moved about.
///
/// # Examples
///
/// ```
/// let text = "we   collect name , password ;  # both";
/// assert_eq!(candor::format::format(text).unwrap(), "we collect name, password;   # both\n");
/// ```
pub fn format(text: &str) -> Result<String, Vec<Diagnostic>> {
    let file = FileId(0);
    let mut sink = Sink::default();
    let tree = tree::parse(file, text, &mut sink);
    let ast = lower::lower(file, text, &tree, &mut sink);
    let errors: Vec<Diagnostic> =
        sink.into_sorted().into_iter().filter(|finding| finding.level == Level::Error).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let laid_out = layout::lay_out(&pieces(text, &tree), &Marks::of(&ast));
    // INVARIANT: layout never changes what is written. Should it ever, the text is left as it is.
    Ok(if same_tokens(text, &tree, &laid_out) { laid_out } else { text.to_owned() })
}

/// Whether a laid out text has the tokens of its source, one by one.
fn same_tokens(text: &str, tree: &tree::Tree, laid_out: &str) -> bool {
    let again = tree::parse(FileId(0), laid_out, &mut Sink::default());
    // Line ends in prose and comments become `\n`, and a byte order mark is dropped.
    let words = |text: &str, tree: &tree::Tree| -> Vec<String> {
        let shown = tree.tokens.iter().filter(|token| token.kind != TokenKind::Mark);
        shown
            .map(|token| text.get(token.span.start as usize..token.span.end as usize).unwrap_or(""))
            .map(|token| token.replace("\r\n", "\n").replace('\r', "\n").trim_end().to_owned())
            .collect()
    };
    let mut before = words(text, tree);
    let mut after = words(laid_out, &again);
    before.sort_unstable();
    after.sort_unstable();
    before == after
}

/// A token that is no comment, with the comments that go along with it.
#[derive(Debug)]
struct Piece<'a> {
    kind: TokenKind,
    text: &'a str,
    /// The byte behind it in the source.
    end: u32,
    /// For an opener, the index of its closer among the pieces; for any other its own index.
    closer: usize,
    /// The comments on lines of their own in front of it, each with whether a blank line is above it.
    above: Vec<(bool, &'a str)>,
    /// Whether a blank line is in front of it and below its comments.
    blank: bool,
    /// The comment behind it on its line.
    behind: Option<&'a str>,
    /// For the opener of a block, whether the source has the block on one line.
    one_line: bool,
}

/// Joins every comment to the token that it stands behind or above. The last piece is the end of the file.
fn pieces<'a>(text: &'a str, tree: &tree::Tree) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(tree.tokens.len() + 1);
    let mut places = vec![0usize; tree.tokens.len()];
    let mut above: Vec<(bool, &'a str)> = Vec::new();
    let mut previous_end = 0usize;
    for (index, token) in tree.tokens.iter().enumerate() {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        let gap = text.get(previous_end..start).unwrap_or("");
        let inside = text.get(start..end).unwrap_or("");
        if let Some(place) = places.get_mut(index) {
            *place = pieces.len();
        }
        match token.kind {
            TokenKind::Mark => {}
            TokenKind::Comment => match pieces.last_mut() {
                Some(last) if above.is_empty() && line_breaks(gap) == 0 => last.behind = Some(inside),
                _ => above.push((line_breaks(gap) > 1, inside)),
            },
            _ => pieces.push(Piece {
                kind: token.kind,
                text: inside,
                end: token.span.end,
                closer: token.closer as usize,
                above: std::mem::take(&mut above),
                blank: line_breaks(gap) > 1,
                behind: None,
                one_line: false,
            }),
        }
        previous_end = end;
    }
    for piece in &mut pieces {
        if let Some(closing) = tree.tokens.get(piece.closer) {
            let inside = text.get(piece.end as usize..closing.span.start as usize).unwrap_or("");
            piece.one_line = line_breaks(inside) == 0;
        }
        piece.closer = places.get(piece.closer).copied().unwrap_or_default();
    }
    let end = pieces.len();
    pieces.push(Piece {
        kind: TokenKind::BlockUnclosed,
        text: "",
        end: text.len() as u32,
        closer: end,
        above,
        blank: false,
        behind: None,
        one_line: false,
    });
    pieces
}

/// How many lines end in white space; LF, CRLF and CR each end one.
///
/// What is counted may hold other text as well.
fn line_breaks(gap: &str) -> usize {
    let bytes = gap.as_bytes();
    let ends = bytes.iter().enumerate().filter(|&(index, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.count()
}

/// Whether a word opens a clause, `except` included.
fn opens_clause(word: &str) -> bool {
    words::Slot::from_word(word).is_some() || word == "except"
}
