//! The words of a language: templates with their holes, how lists are joined, how days are printed.
//!
//! Templates are Handlebars, compiled into literals and holes when the program is built; filling one copies
//! words and phrases and decides nothing. A site may set any of them anew ([`overrides`]).

use icu_calendar::Date;
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::YMD;
use icu_list::options::ListFormatterOptions;
use icu_list::{ListFormatter, ListFormatterPreferences};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

use crate::document::Inline;
use crate::syntax::words::Join;

pub mod overrides;
pub mod phrase;
pub mod template;

use overrides::Overrides;
use phrase::Phrase;
use template::Piece;

/// A template of the wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Template(usize);

/// The built-in templates and a constant for each.
pub mod templates {
    use std::borrow::Cow;

    use super::Template;
    use super::template::Piece;
    include!(concat!(env!("OUT_DIR"), "/templates.rs"));
}

impl Template {
    /// The template with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Template> {
        templates::ENGLISH.binary_search_by(|(found, _)| (*found).cmp(name)).ok().map(Template)
    }

    /// Every template, in the order of names.
    pub fn all() -> impl Iterator<Item = Template> {
        (0..templates::ENGLISH.len()).map(Template)
    }

    /// The pieces as they are built in, in order.
    #[must_use]
    pub fn pieces(self) -> &'static [Piece] {
        templates::ENGLISH.get(self.0).map_or(&[], |(_, pieces)| pieces)
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        templates::ENGLISH.get(self.0).map_or("", |(name, _)| name)
    }

    /// The line as it is built in, with its holes in braces.
    #[must_use]
    pub fn written(self) -> String {
        let pieces = self.pieces().iter().map(|piece| match piece {
            Piece::Literal(text) => text.to_string(),
            Piece::Hole(hole) => format!("{{{{{hole}}}}}"),
        });
        pieces.collect()
    }

    /// The holes as they are built in, each once, in order.
    #[must_use]
    pub fn holes(self) -> Vec<&'static str> {
        let mut holes = Vec::new();
        for piece in self.pieces() {
            if let Piece::Hole(hole) = piece
                && !holes.contains(&&**hole)
            {
                holes.push(hole);
            }
        }
        holes
    }
}

/// What separates the entries of a list.
#[derive(Clone, Debug)]
struct Separators {
    two: String,
    middle: String,
    last: String,
}

/// The words of one language and region.
#[derive(Debug)]
pub struct Words {
    and: Separators,
    or: Separators,
    locale: Locale,
    overrides: Overrides,
}

impl Words {
    /// The words for a language and region such as `en-GB`. An unknown region falls back to its language.
    #[must_use]
    pub fn new(language: &str) -> Words {
        Words::with(language, Overrides::default())
    }

    /// The same with templates of a site in the place of those that are built in.
    #[must_use]
    pub fn with(language: &str, overrides: Overrides) -> Words {
        let locale: Locale = language.parse().unwrap_or(Locale::UNKNOWN);
        let preferences = ListFormatterPreferences::from(&locale);
        let options = ListFormatterOptions::default();
        let and = ListFormatter::try_new_and(preferences, options).ok();
        let or = ListFormatter::try_new_or(preferences, options).ok();
        Words { and: separators(and.as_ref(), " and "), or: separators(or.as_ref(), " or "), locale, overrides }
    }

    /// The pieces of a template, in order: the site's own, else those that are built in.
    #[must_use]
    pub fn pieces(&self, template: Template) -> &[Piece] {
        self.overrides.pieces(template)
    }

    /// Fills the holes of a template. An empty hole takes the space in front of it along.
    ///
    /// Every hole of the template must be given; a test fills each template from a policy.
    #[must_use]
    pub fn fill(&self, template: Template, holes: &[(&str, &Phrase)]) -> Phrase {
        let mut out = Phrase::default();
        for piece in self.pieces(template) {
            match piece {
                Piece::Literal(text) => out.push_literal(text),
                Piece::Hole(name) => {
                    let found = holes.iter().find(|(hole, _)| hole == name);
                    debug_assert!(found.is_some(), "the template `{}` has no phrase for `{name}`", template.name());
                    if let Some((_, phrase)) = found {
                        out.push_phrase(phrase);
                    }
                }
            }
        }
        out.trim_end();
        out
    }

    /// A template without holes as words.
    #[must_use]
    pub fn of(&self, template: Template) -> &str {
        self.overrides.of(template)
    }

    /// A day as the region prints it: "May 25, 2016", "25 May 2016".
    #[must_use]
    pub fn date(&self, date: jiff::civil::Date) -> String {
        let iso = Date::try_new_iso(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
        match (DateTimeFormatter::try_new((&self.locale).into(), YMD::long()), iso) {
            (Ok(formatter), Ok(iso)) => formatter.format(&iso).to_string(),
            _ => date.to_string(),
        }
    }

    /// Whether a number of things is said in the plural: "0 days", "1 day", "2 days".
    #[must_use]
    pub fn is_plural(&self, count: u32) -> bool {
        let rules = PluralRules::try_new_cardinal((&self.locale).into());
        rules.is_ok_and(|rules| rules.category_for(count) != PluralCategory::One)
    }

    /// Phrases joined as a list: "a", "a and b", "a, b, and c".
    #[must_use]
    pub fn join(&self, phrases: Vec<Phrase>, join: Join) -> Phrase {
        let separators = match join {
            Join::And => &self.and,
            Join::Or | Join::AndOr => &self.or,
        };
        let count = phrases.len();
        // Where an entry holds the joining word itself, a comma in front of the last one keeps them apart.
        let holds_join = count > 2
            && phrases.iter().any(|phrase| {
                let words = phrase.plain();
                words.contains(" and ") || words.contains(" or ")
            });
        let mut out = Phrase::default();
        for (index, phrase) in phrases.into_iter().enumerate() {
            if index > 0 {
                let separator = match (join, index + 1 == count, count) {
                    (Join::AndOr, true, _) => " and/or ",
                    (_, true, 2) => &separators.two,
                    (_, true, _) => &separators.last,
                    (_, false, _) => &separators.middle,
                };
                if holds_join && index + 1 == count && !separator.starts_with(',') {
                    out.push_str(",");
                }
                out.push_str(separator);
            }
            out.append(phrase);
        }
        out
    }
}

/// Reads the separators off a formatted list of marks.
fn separators(formatter: Option<&ListFormatter>, fallback: &str) -> Separators {
    const MARK: &str = "\u{E000}";
    let formatted = |count: usize| {
        let text = formatter.map_or_else(
            || vec![MARK; count].join(", ").replacen(", ", fallback, usize::from(count == 2)),
            |formatter| formatter.format(std::iter::repeat_n(MARK, count)).to_string(),
        );
        let parts: Vec<String> = text.split(MARK).map(str::to_owned).collect();
        parts
    };
    let two = formatted(2);
    let four = formatted(4);
    let part = |parts: &[String], index: usize| parts.get(index).cloned().unwrap_or_default();
    Separators { two: part(&two, 1), middle: part(&four, 2), last: part(&four, 3) }
}

/// Words as a phrase.
#[must_use]
pub fn phrase(text: impl Into<String>) -> Phrase {
    Phrase::from(vec![Inline::text(text)])
}
