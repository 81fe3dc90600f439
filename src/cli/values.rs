//! From the text of an argument, or of a value in the project file, to what it means.

use candor::codes::nearest;
use candor::render::Flavour;
use jiff::civil::Date;

/// A day as the language writes it.
pub(super) fn date(text: &str) -> Result<Date, String> {
    // INVARIANT: jiff also reads times and years with a sign; a date of the language is digits and hyphens alone.
    let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|_| is_plain).ok_or_else(|| "a date is written year, month, day: 2026-01-31".to_owned())
}

/// A name and a value of `--set`.
pub(super) fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("a value is given as NAME=VALUE: keep=\"30 days\"".to_owned()),
    }
}

/// The most levels by which headings can be lowered.
pub(super) const MOST_OFFSET: i64 = 5;

/// By how many levels headings are lowered.
pub(super) fn heading_offset(levels: i64) -> Result<u8, String> {
    u8::try_from(levels)
        .ok()
        .filter(|levels| i64::from(*levels) <= MOST_OFFSET)
        .ok_or_else(|| format!("headings are lowered by 0 to {MOST_OFFSET} levels"))
}

/// The beginning of a class in HTML.
pub(super) fn class_prefix(text: &str) -> Result<String, String> {
    let is_class = |text: &str| {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
    };
    if text.is_empty() || is_class(text) {
        return Ok(text.to_owned());
    }
    Err("a prefix begins with a letter and holds letters, digits, `-` and `_`".to_owned())
}

/// The names of flavours, for the arguments.
pub(super) fn flavour_names() -> clap::builder::PossibleValuesParser {
    Flavour::ALL.map(|flavour| flavour.name).into()
}

/// The tool that Markdown is for.
pub(super) fn flavour(name: &str) -> Result<Flavour, String> {
    Flavour::find(name).ok_or_else(|| {
        let names = || Flavour::ALL.iter().map(|flavour| flavour.name);
        match nearest(name, names()) {
            Some(near) => format!("there is no flavour `{name}`; did you mean `{near}`?"),
            None => format!("there is no flavour `{name}`; there are {}", names().collect::<Vec<_>>().join(", ")),
        }
    })
}

/// The keys that front matter has of its own.
const FRONT_MATTER_KEYS: [&str; 4] = ["title", "date", "language", "content_hash"];

/// A key and a text of `--front-matter-key`.
pub(super) fn front_matter_pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("a key is given as KEY=TEXT: layout=legal")?;
    front_matter_key(key)?;
    Ok((key.to_owned(), value.to_owned()))
}

/// Whether a key can be added to front matter; else a sentence that says why not.
pub(super) fn front_matter_key(key: &str) -> Result<(), String> {
    let is_bare = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if key.is_empty() || !key.chars().all(is_bare) {
        return Err("a key holds letters, digits, `-` and `_`".to_owned());
    }
    if FRONT_MATTER_KEYS.contains(&key) {
        return Err(format!("`{key}` is written already"));
    }
    Ok(())
}
