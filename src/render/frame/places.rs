//! Where in a page a browser meets what a frame prints.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::Holds;

/// A mark stands between two characters that are of no script, with a space in it: a value without quotes would end
/// there, and the mark would not be whole.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// The mark with this number.
pub(super) fn mark(index: usize) -> String {
    format!("{OPEN}{index} {CLOSE}")
}

/// A text that holds no mark of its own.
pub(super) fn without_marks(text: &str) -> String {
    text.replace([OPEN, CLOSE], "\u{FFFD}")
}

/// Where a mark stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Between tags.
    Text,
    /// Between tags of an element that browsers do not show.
    Unshown(&'static str),
    /// In the text of an element that holds text alone, where references to characters are read.
    Title,
    /// In a quoted value of this attribute.
    Attribute(String),
    /// In a script.
    Script,
    /// In a script of linked data.
    LinkedData,
    /// In a style.
    Style,
    /// In the text of an element whose text is read as it stands.
    Raw(String),
    /// In a comment.
    Comment,
    /// In the name of a tag or an attribute, in a value without quotes, or where a browser drops it.
    Markup,
}

/// Attributes that hold an address.
const ADDRESSES: [&str; 12] = [
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "background",
    "ping",
    "xlink:href",
    "manifest",
];

impl Place {
    /// The place in words, behind "cannot stand".
    pub(super) fn words(&self) -> String {
        match self {
            Place::Text => "between tags".to_owned(),
            Place::Unshown(tag) => format!("in a `<{tag}>`, which browsers do not show"),
            Place::Title => "in an element that holds text alone".to_owned(),
            Place::Attribute(name) => format!("in the attribute `{name}`"),
            Place::Script | Place::LinkedData => "in a script".to_owned(),
            Place::Style => "in a style".to_owned(),
            Place::Raw(tag) => format!("in an element `{tag}`, whose text is not escaped"),
            Place::Comment => "in a comment".to_owned(),
            Place::Markup => {
                "in the name of a tag or an attribute, in a value without quotes, or where browsers drop it".to_owned()
            }
        }
    }

    /// Where something should stand that cannot stand here; none if it can.
    pub(super) fn refuses(&self, holds: Holds) -> Option<&'static str> {
        let attribute = |fits: fn(&str) -> bool| matches!(self, Place::Attribute(name) if fits(name));
        let is_shown_text = matches!(self, Place::Text | Place::Unshown(_) | Place::Title | Place::Comment);
        let (fits, right) = match holds {
            Holds::Words => (
                is_shown_text || attribute(|name| is_harmless(name) && !ADDRESSES.contains(&name)),
                "between tags, or into an attribute in quotes that is no address and no script",
            ),
            Holds::Address => (is_shown_text || attribute(is_harmless), "into an attribute in quotes, such as `href`"),
            Holds::Token => (!matches!(self, Place::Markup), "between tags or into an attribute in quotes"),
            Holds::Html => (matches!(self, Place::Text), "between tags, where browsers show it"),
            Holds::Style => (matches!(self, Place::Style), "into a `<style>`"),
            Holds::Data => (matches!(self, Place::LinkedData), "into a `<script type=\"application/ld+json\">`"),
        };
        (!fits).then_some(right)
    }
}

/// Whether the value of an attribute is neither script nor style nor a page.
fn is_harmless(attribute: &str) -> bool {
    !attribute.starts_with("on") && !matches!(attribute, "style" | "srcdoc")
}

/// Where each of so many marks stands in a page.
pub(super) fn places(html: &str, marks: usize) -> Vec<Place> {
    let reader = Reader {
        // What a browser drops is never met.
        places: RefCell::new(vec![Place::Markup; marks]),
        text: RefCell::default(),
        inside: RefCell::new(Place::Text),
        unshown: RefCell::default(),
    };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // A script would stop the reader; it goes on behind it.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.flush();
    tokenizer.sink.places.take()
}

struct Reader {
    places: RefCell<Vec<Place>>,
    /// Text since the last tag.
    text: RefCell<String>,
    /// What text is part of now.
    inside: RefCell<Place>,
    /// The elements around it that browsers do not show.
    unshown: RefCell<Vec<&'static str>>,
}

impl Reader {
    /// Puts the marks of a text in their place.
    fn meet(&self, text: &str, place: &Place) {
        let mut rest = text;
        while let Some((_, behind)) = rest.split_once(OPEN) {
            let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
            let (index, after) = behind.split_at(digits);
            // A mark without its end was cut by a space.
            let whole = after.starts_with(' ') && after.get(1..).is_some_and(|after| after.starts_with(CLOSE));
            if let Ok(index) = index.parse::<usize>()
                && let Some(slot) = self.places.borrow_mut().get_mut(index)
            {
                *slot = if whole { place.clone() } else { Place::Markup };
            }
            rest = after;
        }
    }

    fn flush(&self) {
        let text = self.text.take();
        let inside = self.inside.borrow().clone();
        let unshown = self.unshown.borrow().last().copied();
        match (inside, unshown) {
            (Place::Text, Some(tag)) => self.meet(&text, &Place::Unshown(tag)),
            (inside, _) => self.meet(&text, &inside),
        }
    }

    fn tag(&self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let refreshes = tag
            .attrs
            .iter()
            .any(|attribute| &*attribute.name.local == "http-equiv" && attribute.value.eq_ignore_ascii_case("refresh"));
        for attribute in &tag.attrs {
            let local = &*attribute.name.local;
            let place = match local {
                // A page that leads on to an address holds the address here.
                "content" if refreshes => Place::Attribute("href".to_owned()),
                _ => Place::Attribute(local.to_owned()),
            };
            self.meet(&attribute.value, &place);
        }
        let unshown = ["noscript", "template"].into_iter().find(|unshown| *unshown == name);
        if tag.kind == TagKind::EndTag {
            self.inside.replace(Place::Text);
            if let Some(unshown) = unshown {
                let mut open = self.unshown.borrow_mut();
                if let Some(at) = open.iter().rposition(|open| *open == unshown) {
                    open.truncate(at);
                }
            }
            return TokenSinkResult::Continue;
        }
        self.unshown.borrow_mut().extend(unshown);
        let is_linked_data = || {
            tag.attrs.iter().any(|attribute| {
                &*attribute.name.local == "type" && attribute.value.trim().eq_ignore_ascii_case("application/ld+json")
            })
        };
        let (inside, kind) = match name {
            "title" | "textarea" => (Place::Title, RawKind::Rcdata),
            "style" => (Place::Style, RawKind::Rawtext),
            "script" if is_linked_data() => (Place::LinkedData, RawKind::ScriptData),
            "script" => (Place::Script, RawKind::ScriptData),
            "xmp" | "iframe" | "noembed" | "noframes" => (Place::Raw(name.to_owned()), RawKind::Rawtext),
            "plaintext" => {
                self.inside.replace(Place::Raw(name.to_owned()));
                return TokenSinkResult::Plaintext;
            }
            _ => return TokenSinkResult::Continue,
        };
        self.inside.replace(inside);
        TokenSinkResult::RawData(kind)
    }
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::CharacterTokens(text) => {
                self.text.borrow_mut().push_str(&text);
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => {
                self.flush();
                self.tag(&tag)
            }
            Token::CommentToken(text) => {
                self.flush();
                self.meet(&text, &Place::Comment);
                TokenSinkResult::Continue
            }
            Token::DoctypeToken(_) | Token::NullCharacterToken | Token::EOFToken | Token::ParseError(_) => {
                TokenSinkResult::Continue
            }
        }
    }
}
