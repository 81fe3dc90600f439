//! A document as CommonMark with tables.
//!
//! Each paragraph is one line. Every character that CommonMark, a common extension of it or the template
//! language of a site generator could read as markup is escaped, so the author's text survives exactly.

use super::front_matter::front_matter;
use super::{Page, anchor};
use crate::document::{Block, Document, Inline, Item, Row, Span, plain};

/// The whole page: front matter if it is asked for, the title, the text and the hash in a closing comment.
#[must_use]
pub fn page(document: &Document, hash: &str, page: Page<'_>) -> String {
    let mut out =
        page.front_matter.map_or_else(String::new, |matter| front_matter(document, hash, matter, page.flavour));
    out.push_str(&body(document, page));
    out.push_str("\n<!-- candor ");
    out.push_str(hash);
    out.push_str(" -->\n");
    out
}

/// The page without its hash.
#[must_use]
pub fn body<'p>(document: &Document, page: impl Into<Page<'p>>) -> String {
    let page = page.into();
    let mut writer = Writer { out: String::new(), page, pending: None };
    if !page.is_fragment {
        writer.out.push_str(&"#".repeat(page.heading(1)));
        writer.out.push(' ');
        // Words in braces at the end of a title would be taken for its id if it had none.
        writer.heading(&document.title, page.flavour.has_heading_ids.then_some("text"));
    }
    if let Some(updated) = &document.updated {
        if !page.is_fragment {
            writer.out.push('\n');
        }
        writer.line(updated);
    }
    writer.blocks(&document.blocks, 2, "");
    writer.out
}

struct Writer<'f> {
    out: String,
    page: Page<'f>,
    /// The id of prose whose first words are still to come.
    pending: Option<String>,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], level: usize, indent: &str) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            if before.is_some_and(ends_in_list) && begins_with_list(block) {
                // Two lists with nothing between them would be read as one.
                self.out.push('\n');
                self.out.push_str(indent);
                self.out.push_str("<!-- -->\n");
            }
            self.block(block, level, indent);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, level: usize, indent: &str) {
        match block {
            Block::Section { id, title, blocks } => {
                self.out.push('\n');
                self.out.push_str(indent);
                self.out.push_str(&"#".repeat(self.page.heading(level)));
                self.out.push(' ');
                self.heading(title, Some(id));
                self.blocks(blocks, level + 1, indent);
            }
            Block::Paragraph { spans } => {
                self.out.push('\n');
                self.out.push_str(indent);
                self.line(spans);
            }
            Block::List { lead, ordered, items } => {
                if !lead.is_empty() {
                    self.out.push('\n');
                    self.out.push_str(indent);
                    self.line(lead);
                }
                self.out.push('\n');
                self.list(*ordered, items, level, indent);
            }
            Block::Table { caption, columns, rows } => self.table(caption, columns, rows, indent),
            Block::Contents { title, entries, .. } => {
                self.out.push('\n');
                self.out.push_str(indent);
                let start = self.out.len();
                self.text(title);
                self.guard_line_start(start);
                self.out.push_str("\n\n");
                for entry in entries {
                    self.out.push_str(indent);
                    self.out.push_str("- [");
                    self.text(&entry.title);
                    self.out.push_str("](#");
                    self.out.push_str(&anchor(&entry.id));
                    self.out.push_str(")\n");
                }
            }
            Block::Prose { id, blocks } => {
                self.pending = Some(id.clone());
                self.blocks(blocks, level, indent);
                self.pending = None;
            }
        }
    }

    /// A list is tight where no item holds more than its words; CommonMark prints either form alike here.
    fn list(&mut self, ordered: bool, items: &[Item], level: usize, indent: &str) {
        for (index, item) in items.iter().enumerate() {
            let marker = if ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
            self.out.push_str(indent);
            self.out.push_str(&marker);
            let inner = format!("{indent}{}", " ".repeat(marker.len()));
            if item.spans.is_empty() {
                self.out.push_str("<!-- -->\n");
            } else {
                self.line(&item.spans);
            }
            match item.blocks.as_slice() {
                // A list right under its item needs no blank line between them.
                [Block::List { lead, ordered, items }] if lead.is_empty() => self.list(*ordered, items, level, &inner),
                blocks => self.blocks(blocks, level, &inner),
            }
        }
    }

    fn table(&mut self, caption: &[Span], columns: &[String], rows: &[Row], indent: &str) {
        self.out.push('\n');
        self.out.push_str(indent);
        self.line(caption);
        self.out.push('\n');
        self.out.push_str(indent);
        for column in columns {
            self.out.push_str("| ");
            self.text(column);
            self.out.push(' ');
        }
        self.out.push_str("|\n");
        self.out.push_str(indent);
        self.out.push_str(&"| --- ".repeat(columns.len()));
        self.out.push_str("|\n");
        for row in rows {
            self.out.push_str(indent);
            for cell in &row.cells {
                self.out.push_str("| ");
                self.span(cell);
                self.out.push(' ');
            }
            self.out.push_str("|\n");
        }
    }

    /// The words of a heading and its id. A `#` at their end would be read as the end of the markup.
    fn heading(&mut self, spans: &[Span], id: Option<&str>) {
        // Dialects agree on these letters.
        let is_plain = |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let at_end = id.filter(|id| self.page.flavour.has_heading_ids && is_plain(id));
        if let (Some(id), None) = (id, at_end) {
            self.target(id);
        }
        let start = self.out.len();
        self.spans(spans);
        let words = self.out.get(start..).and_then(|words| words.strip_suffix('#'));
        let backslashes = |words: &str| words.len() - words.trim_end_matches('\\').len();
        if words.is_some_and(|words| backslashes(words).is_multiple_of(2)) {
            self.out.pop();
            self.out.push_str("\\#");
        }
        if let Some(id) = at_end {
            self.out.push_str(&format!(" {{#{id}}}"));
        }
        self.out.push('\n');
    }

    /// Sentences on one line.
    fn line(&mut self, spans: &[Span]) {
        if let Some(id) = self.pending.take() {
            self.target(&id);
        }
        let start = self.out.len();
        self.spans(spans);
        self.guard_line_start(start);
        self.out.push('\n');
    }

    fn spans(&mut self, spans: &[Span]) {
        for (index, span) in spans.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            self.span(span);
        }
    }

    fn span(&mut self, span: &Span) {
        for target in &span.targets {
            self.target(target);
        }
        self.inlines(&span.text, true);
    }

    /// A place that links can point at; it has no text.
    fn target(&mut self, id: &str) {
        self.out.push_str("<a id=\"");
        self.out.push_str(&anchor(id));
        self.out.push_str("\"></a>");
    }

    /// Words and their markup. Behind the last of what stands `alone` comes a space or the end of the line.
    fn inlines(&mut self, inlines: &[Inline], alone: bool) {
        for (index, inline) in inlines.iter().enumerate() {
            let ends_word = match inlines.get(index + 1) {
                Some(Inline::Text(next)) => next.starts_with(char::is_whitespace),
                Some(_) => false,
                None => alone,
            };
            match inline {
                Inline::Text(text) | Inline::Time { text, .. } => self.text(text),
                Inline::Strong { content } => self.stressed("**", "strong", content, ends_word),
                Inline::Emphasis { content } => self.stressed("*", "em", content, ends_word),
                Inline::Code(text) => self.code(text),
                Inline::Link { href, content } => {
                    self.out.push('[');
                    self.inlines(content, false);
                    self.out.push_str("](<");
                    for character in href.chars() {
                        match character {
                            // An address that a page may link to holds nothing else that could end it or mean more.
                            '&' => self.out.push_str("&amp;"),
                            _ => self.out.push(character),
                        }
                    }
                    self.out.push_str(">)");
                }
                Inline::Reference { id, document, content } => {
                    self.out.push('[');
                    self.inlines(content, false);
                    self.out.push_str("](");
                    let Page { flavour, files, .. } = self.page;
                    self.out.push_str(&match document {
                        Some(document) => flavour.address(files, document, id),
                        None => files.address(None, id, ""),
                    });
                    self.out.push(')');
                }
            }
        }
    }

    /// Stressed words. Asterisks mean that only between a space, or a mark, and what is no space; elsewhere, and where one
    /// stress holds another, an element says it, which some tools leave out of a page.
    fn stressed(&mut self, mark: &str, element: &str, content: &[Inline], ends_word: bool) {
        let begins_word = match self.out.chars().next_back() {
            None => true,
            Some(before) => before.is_whitespace() || before == '>',
        };
        let is_nested = content.iter().any(|inline| matches!(inline, Inline::Strong { .. } | Inline::Emphasis { .. }));
        let words = plain(content);
        let is_tight = !words.is_empty() && words.trim() == words;
        if begins_word && ends_word && is_tight && !is_nested {
            self.out.push_str(mark);
            self.inlines(content, false);
            self.out.push_str(mark);
        } else {
            self.out.push_str(&format!("<{element}>"));
            self.inlines(content, false);
            self.out.push_str(&format!("</{element}>"));
        }
    }

    /// A literal: fenced by more backticks than it holds in a row. Braces would reach a template language
    /// even in code, so such a literal is written as HTML.
    fn code(&mut self, text: &str) {
        let risky = text.contains("{{")
            || text.contains("{%")
            || text.contains("{#")
            || text.contains('|')
            || text.contains('\n');
        if risky {
            self.out.push_str("<code>");
            for character in text.chars() {
                match character {
                    '&' => self.out.push_str("&amp;"),
                    '<' => self.out.push_str("&lt;"),
                    '>' => self.out.push_str("&gt;"),
                    character if character.is_ascii_punctuation() => {
                        self.out.push_str(&format!("&#{};", character as u32));
                    }
                    character => self.out.push(character),
                }
            }
            self.out.push_str("</code>");
            return;
        }
        let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest + 1);
        let pad = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
        let pad = if pad && !text.trim().is_empty() { " " } else { "" };
        self.out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
    }

    /// Words, with everything escaped that could be read as markup.
    fn text(&mut self, text: &str) {
        let is_typographic = self.page.flavour.is_typographic;
        let mut characters = text.chars().peekable();
        let mut before = self.out.chars().next_back().unwrap_or('\n');
        while let Some(character) = characters.next() {
            let next = characters.peek().copied();
            let doubled = next == Some(character) || before == character;
            let escape = match character {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '{' | '}' | '$' | '^' => true,
                // An entity, a heading of a shortcode, an image.
                '&' => next.is_none_or(|next| next.is_ascii_alphanumeric() || next == '#'),
                // A link may follow the last character.
                '!' => next.is_none_or(|next| next == '['),
                '%' | '#' => before == '{' || next == Some('}'),
                // `http://` and `www.` become links in GitHub's dialect, `:smile:` a picture, `==` a highlight.
                ':' => matches!(next, Some('/' | ':')) || next.is_some_and(|next| next.is_ascii_alphabetic()),
                '.' => (before == 'w' && self.out.ends_with("www")) || (is_typographic && doubled),
                '=' | '+' => doubled,
                '-' if is_typographic => doubled,
                '-' => next == Some('-') && before == '-',
                '"' | '\'' => is_typographic,
                '@' => true,
                _ => false,
            };
            match character {
                // Some dialects know no backslash in front of these.
                '@' | '%' | '^' | '&' if escape => self.reference(character),
                _ => {
                    if escape {
                        self.out.push('\\');
                    }
                    self.out.push(character);
                }
            }
            before = character;
        }
    }

    /// A character by its number, which is read as that character and as nothing else.
    fn reference(&mut self, character: char) {
        self.out.push_str(&format!("&#{};", character as u32));
    }

    /// Escapes what only the beginning of a line gives a meaning: headings, list markers, rules, indentation.
    fn guard_line_start(&mut self, start: usize) {
        let line = self.out.get(start..).unwrap_or("").to_owned();
        let guarded = if line.starts_with(['#', '+', '-', '=', ':']) {
            format!("\\{line}")
        } else if let Some(rest) = line.strip_prefix("import ") {
            // Where Markdown may hold programs, such a line is one.
            format!("&#105;mport {rest}")
        } else if let Some(rest) = line.strip_prefix("export ") {
            format!("&#101;xport {rest}")
        } else if let Some(rest) = line.strip_prefix(' ') {
            format!("&#32;{rest}")
        } else {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            match line.as_bytes().get(digits) {
                Some(b'.' | b')') if digits > 0 => {
                    let (number, rest) = line.split_at(digits);
                    format!("{number}\\{rest}")
                }
                _ => line,
            }
        };
        self.out.truncate(start);
        self.out.push_str(&guarded);
    }
}

/// Whether the last thing that a block prints is a list.
fn ends_in_list(block: &Block) -> bool {
    match block {
        Block::List { .. } | Block::Contents { .. } => true,
        Block::Section { blocks, .. } | Block::Prose { blocks, .. } => blocks.last().is_some_and(ends_in_list),
        Block::Paragraph { .. } | Block::Table { .. } => false,
    }
}

/// Whether the first thing that a block prints is a list.
fn begins_with_list(block: &Block) -> bool {
    match block {
        Block::List { lead, .. } => lead.is_empty(),
        Block::Prose { blocks, .. } => blocks.first().is_some_and(begins_with_list),
        Block::Section { .. } | Block::Paragraph { .. } | Block::Table { .. } | Block::Contents { .. } => false,
    }
}
