//! From `candor.toml` to settings: what is published, from which files, where and how.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use candor::codes::project as findings;
use candor::diagnostic::Diagnostic;
use candor::source::{FileId, Source, Sources, Span};
use candor::syntax::ast::LevelWord;
use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use toml::Spanned;

use super::files::{self, Input};
use super::settings::{PageStyle, Placed, PolicySettings, Refusal, Settings};
use super::terminal::{reason, shown};
use super::values::{class_prefix, date, flavour, front_matter_key, heading_offset};
use super::{FormatArg, FrontMatterArg};

/// What the project file is called.
pub(super) const NAME: &str = "candor.toml";

/// The project file of the current folder or of the nearest one above it that has one.
pub(super) fn find() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let levels = here.ancestors().count();
    (0..levels).map(|up| std::iter::repeat_n("..", up).collect::<PathBuf>().join(NAME)).find(|path| path.is_file())
}

/// The file as it is written. Names equal those of the arguments.
#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ProjectFile {
    #[serde(default)]
    policies: Vec<Spanned<PolicyEntry>>,
    #[serde(default)]
    documents: Vec<Spanned<String>>,
    #[serde(default)]
    formats: Vec<FormatArg>,
    out: Option<PathBuf>,
    #[serde(default)]
    packs: Vec<Spanned<PathBuf>>,
    as_of: Option<Spanned<toml::Value>>,
    #[serde(default)]
    allow: Vec<Spanned<String>>,
    #[serde(default)]
    warn: Vec<Spanned<String>>,
    #[serde(default)]
    deny: Vec<Spanned<String>>,
    #[serde(default)]
    page: PageTable,
    templates: Option<Spanned<PathBuf>>,
}

/// One policy: the name of its file, or a table.
enum PolicyEntry {
    File(PathBuf),
    Table(PolicyTable),
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PolicyTable {
    file: Spanned<PathBuf>,
    values: Option<Spanned<PathBuf>>,
    #[serde(default)]
    set: Pairs,
    out: Option<PathBuf>,
    #[serde(default)]
    documents: Vec<Spanned<String>>,
    #[serde(default)]
    earlier: Vec<Spanned<String>>,
}

/// How pages are written.
#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, expecting = "a table")]
struct PageTable {
    fragment: Option<bool>,
    heading_offset: Option<Spanned<i64>>,
    class_prefix: Option<Spanned<String>>,
    stylesheet: Option<String>,
    flavour: Option<Spanned<String>>,
    front_matter: Option<FrontMatterArg>,
    #[serde(default)]
    front_matter_keys: Pairs,
}

/// A table of texts, in the order in which it is written.
#[derive(Default)]
struct Pairs(Vec<(Spanned<String>, String)>);

impl<'de> Deserialize<'de> for PolicyEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PolicyEntry, D::Error> {
        struct Entry;
        impl<'de> Visitor<'de> for Entry {
            type Value = PolicyEntry;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("the name of a file, or a table with a `file`")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<PolicyEntry, E> {
                Ok(PolicyEntry::File(name.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PolicyEntry, A::Error> {
                PolicyTable::deserialize(MapAccessDeserializer::new(map)).map(PolicyEntry::Table)
            }
        }
        deserializer.deserialize_any(Entry)
    }
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pairs, D::Error> {
        struct Table;
        impl<'de> Visitor<'de> for Table {
            type Value = Pairs;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a table of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Table)
    }
}

/// Reads a project file.
///
/// # Errors
///
/// Every fault of it, or why it cannot be read.
pub(super) fn read(path: &Path) -> Result<Settings, Refusal> {
    let source = match files::read(path) {
        Input::Text(source) => source,
        Input::Faulty(finding, sources) => return Err(Refusal::found(vec![*finding], sources)),
        Input::Failed(text) => return Err(Refusal::said(text)),
    };
    let text = source.text.clone();
    let file = match toml::from_str(&text) {
        Ok(file) => file,
        Err(error) => return Err(Refusal::found(vec![described(&error, &text)], Sources::from(source))),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut reader = Reader { folder, text: &text, faults: Vec::new(), named: Vec::new() };
    let settings = reader.settings(file, source.clone());
    if reader.faults.is_empty() {
        return Ok(settings);
    }
    Err(Refusal::found(reader.faults, Sources::from(source)).after(reader.named))
}

/// From values of the right type to settings.
struct Reader<'t> {
    folder: &'t Path,
    text: &'t str,
    faults: Vec<Diagnostic>,
    /// The files that are named, whether or not they are there.
    named: Vec<PathBuf>,
}

impl Reader<'_> {
    fn settings(&mut self, file: ProjectFile, source: Source) -> Settings {
        if file.policies.is_empty() {
            self.faults
                .push(findings::no_policies(span(self.text, self.text.find("policies").map_or(0..0, |at| at..at + 8))));
        }
        let policies = file.policies.into_iter().map(|policy| self.policy(policy)).collect();
        let packs = file.packs.into_iter().filter_map(|pack| self.file(&pack)).collect();
        let words = [(LevelWord::Allow, file.allow), (LevelWord::Warn, file.warn), (LevelWord::Deny, file.deny)];
        let levels = words.into_iter().flat_map(|(word, codes)| codes.into_iter().map(move |code| (word, code)));
        let as_of = file.as_of.as_ref().and_then(|day| {
            let span = self.span(day.span());
            self.checked(span, day_of(day.get_ref()))
        });
        Settings {
            policies,
            documents: file.documents.into_iter().map(|name| self.placed(name)).collect(),
            formats: file.formats.into_iter().map(FormatArg::format).collect(),
            out: file.out.map(|out| self.folder.join(out)),
            packs,
            as_of,
            levels: levels.map(|(word, code)| (word, self.placed(code))).collect(),
            page: self.page(file.page),
            templates: file.templates.and_then(|folder| self.named_folder(&folder)),
            project: Some(source),
        }
    }

    fn policy(&mut self, entry: Spanned<PolicyEntry>) -> PolicySettings {
        let whole = entry.span();
        let table = match entry.into_inner() {
            PolicyEntry::File(file) => PolicyTable {
                file: Spanned::new(whole, file),
                values: None,
                set: Pairs::default(),
                out: None,
                documents: Vec::new(),
                earlier: Vec::new(),
            },
            PolicyEntry::Table(table) => table,
        };
        let place = self.span(table.file.span());
        let path = self.file(&table.file).map_or_else(PathBuf::new, |path| path.value);
        PolicySettings {
            path: Placed { value: path, place: Some(place) },
            values: table.values.and_then(|values| self.file(&values)),
            set: table.set.0.into_iter().map(|(name, value)| (name.into_inner(), value)).collect(),
            out: table.out.map(|out| self.folder.join(out)),
            documents: table.documents.into_iter().map(|name| self.placed(name)).collect(),
            earlier: table.earlier.into_iter().map(|name| self.version(name)).collect(),
        }
    }

    fn page(&mut self, table: PageTable) -> PageStyle {
        let offset = table.heading_offset.and_then(|offset| {
            let span = self.span(offset.span());
            self.checked(span, heading_offset(*offset.get_ref()))
        });
        let prefix = table.class_prefix.and_then(|prefix| {
            let span = self.span(prefix.span());
            self.checked(span, class_prefix(prefix.get_ref()))
        });
        let flavour = table.flavour.and_then(|name| {
            let span = self.span(name.span());
            self.checked(span, flavour(name.get_ref()))
        });
        let by_flavour = flavour.and_then(|flavour| flavour.front_matter);
        let has_front_matter = table.front_matter.map_or(by_flavour, FrontMatterArg::language).is_some();
        let mut keys = Vec::new();
        for (key, value) in table.front_matter_keys.0 {
            let span = self.span(key.span());
            self.checked(span, front_matter_key(key.get_ref()));
            if !has_front_matter && keys.is_empty() {
                self.checked(
                    span,
                    Err::<(), _>("a key of the front matter takes `front-matter` or `flavour`".to_owned()),
                );
            }
            keys.push((key.into_inner(), value));
        }
        PageStyle {
            is_fragment: table.fragment.unwrap_or(false),
            heading_offset: offset.unwrap_or(0),
            class_prefix: prefix.unwrap_or_default(),
            stylesheet: table.stylesheet,
            flavour,
            front_matter: table.front_matter,
            front_matter_keys: keys,
        }
    }

    /// A version: a file by its path from here, or what git holds.
    fn version(&mut self, name: Spanned<String>) -> Placed<String> {
        let beside = self.folder.join(name.get_ref());
        let mut placed = self.placed(name);
        if beside.exists() || !placed.value.contains(':') {
            placed.value = beside.to_string_lossy().into_owned();
            self.named.push(beside);
        }
        placed
    }

    /// A folder that must be there, by its path from here.
    fn named_folder(&mut self, named: &Spanned<PathBuf>) -> Option<Placed<PathBuf>> {
        let span = self.span(named.span());
        let path = self.folder.join(named.get_ref());
        self.named.push(path.clone());
        let found = std::fs::metadata(&path).map_err(|error| reason(&error));
        match found.and_then(|found| if found.is_dir() { Ok(()) } else { Err("it is no folder".to_owned()) }) {
            Ok(()) => Some(Placed { value: path, place: Some(span) }),
            Err(reason) => {
                self.faults.push(findings::unread_file(span, &shown(named.get_ref()), &reason));
                None
            }
        }
    }

    /// A file that must be there, by its path from here.
    fn file(&mut self, named: &Spanned<PathBuf>) -> Option<Placed<PathBuf>> {
        let name = named.get_ref();
        let span = self.span(named.span());
        if name.as_os_str().is_empty() || files::is_stdin(name) {
            self.faults.push(findings::wrong_value(span, "a project takes files, and this names none"));
            return None;
        }
        let path = self.folder.join(name);
        self.named.push(path.clone());
        let found = std::fs::metadata(&path);
        let fault = match found {
            Err(error) => Some(reason(&error)),
            Ok(metadata) if metadata.is_dir() => Some("it is a folder".to_owned()),
            Ok(_) => None,
        };
        match fault {
            Some(reason) => {
                self.faults.push(findings::unread_file(span, &shown(name), &reason));
                None
            }
            None => Some(Placed { value: path, place: Some(span) }),
        }
    }

    fn checked<T>(&mut self, span: Span, value: Result<T, String>) -> Option<T> {
        value.map_err(|reason| self.faults.push(findings::wrong_value(span, &reason))).ok()
    }

    fn placed(&self, name: Spanned<String>) -> Placed<String> {
        let place = Some(self.span(name.span()));
        Placed { value: name.into_inner(), place }
    }

    fn span(&self, range: Range<usize>) -> Span {
        span(self.text, range)
    }
}

/// A place in the project file.
fn span(text: &str, range: Range<usize>) -> Span {
    let on_boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let (start, end) = (on_boundary(range.start), on_boundary(range.end));
    Span { file: FileId(0), start: start as u32, end: end as u32 }
}

/// A day, written as TOML writes days or as a text.
fn day_of(value: &toml::Value) -> Result<Date, String> {
    match value {
        toml::Value::String(text) => date(text),
        toml::Value::Datetime(day) => date(&day.to_string()),
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Array(_)
        | toml::Value::Table(_) => Err("a date is written year, month, day: 2026-01-31".to_owned()),
    }
}

/// What the reader of TOML found, in our words.
///
/// INVARIANT: the sentences of serde are part of what it promises its formats; one that is not known here is shown as it
/// is.
fn described(error: &toml::de::Error, text: &str) -> Diagnostic {
    let span = span(text, error.span().unwrap_or(0..0));
    let message = error.message();
    let (found, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let quoted = |text: &'_ str| -> Vec<String> { text.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let known = quoted(expected);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let word = |prefix: &str| found.strip_prefix(prefix).map(|rest| rest.trim_matches('`'));
    if let Some(key) = word("unknown field ") {
        findings::unknown_key(span, key, &known)
    } else if let Some(key) = word("missing field ") {
        findings::missing_key(span, key)
    } else if let Some(variant) = word("unknown variant ") {
        findings::unknown_word(span, variant, &known)
    } else if let Some(found) = found.strip_prefix("invalid type: ").or(found.strip_prefix("invalid value: ")) {
        findings::wrong_type(span, &in_words(found), &in_words(expected))
    } else {
        findings::not_toml(span, message)
    }
}

/// A type of serde as people call it.
fn in_words(words: &str) -> String {
    let (kind, rest) = words.split_at(words.find([' ', '`', '"']).unwrap_or(words.len()));
    match (kind, words) {
        (_, "a string" | "path string") => "a text".to_owned(),
        (_, "a sequence") => "a list".to_owned(),
        (_, "a map") => "a table".to_owned(),
        (_, "a boolean") => "`true` or `false`".to_owned(),
        (_, "i64") => "a whole number".to_owned(),
        ("string", _) => format!("text{rest}"),
        ("sequence", _) => format!("list{rest}"),
        ("map", _) => format!("table{rest}"),
        _ => words.to_owned(),
    }
}
