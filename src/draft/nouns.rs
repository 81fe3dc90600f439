//! Entries as phrases: labels, members, "your", links at first mention.

use super::Drafter;
use super::grammar::{self, indefinite_article};
use crate::document::Inline;
use crate::policy::{DocumentKind, Entry, Field, Group, Head, NounId, Value, Voice};
use crate::syntax::ast::{Unit, iso_duration};
use crate::syntax::words::{Absence, Join, Kind, Number, Openness, Quantifier};
use crate::wording::phrase::Phrase;
use crate::wording::{Template, phrase, templates as t};

/// How a list is said.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listing {
    pub join: Join,
    /// Whether "your" may stand in front.
    pub your: bool,
    /// Whether the entries act.
    pub subject: bool,
}

/// In which of its forms a noun is named, if it has that form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Its label.
    Label,
    /// Purposes as things: "our newsletter" instead of "send you our newsletter".
    Thing,
    /// Roles of several: "joint controllers".
    Many,
}

impl Listing {
    pub(super) fn objects(join: Join) -> Listing {
        Listing { join, your: false, subject: false }
    }
}

impl Drafter<'_> {
    /// Entries as a list.
    pub(super) fn list(&mut self, entries: &[Entry], listing: Listing) -> Phrase {
        let mut your = listing.your;
        let count = entries.len();
        let phrases = entries
            .iter()
            .enumerate()
            .map(|(index, entry)| {
                let inside = index + 1 < count;
                let theirs = listing.your && self.takes_your(entry);
                // A denial is about all of them: "we never collect your messages".
                let single = theirs && !self.denied;
                let mut words = self.entry_as(entry, inside, listing.subject, single);
                if your && theirs {
                    words = self.words.fill(t::YOUR, &[("noun", &words)]);
                    your = false;
                }
                words
            })
            .collect();
        self.words.join(phrases, listing.join)
    }

    /// Whether "your" belongs in front of an entry: data of the reader's without a word that says whose.
    pub(super) fn takes_your(&self, entry: &Entry) -> bool {
        let Head::Noun(id) = entry.head else { return false };
        let noun = self.policy.noun(id);
        if entry.quantifier.is_some() || entry.other || entry.that.is_some() || !self.policy.is_yours(id) {
            return false;
        }
        let owned = entry.of.as_ref().or(noun.of.as_ref()).is_some_and(|of| matches!(of.head, Head::You | Head::We));
        !owned && !noun.is_its_members() && !grammar::has_determiner(&noun.words())
    }

    /// One entry with its members and its own clauses. `inside` says that more entries follow.
    pub(super) fn entry(&mut self, entry: &Entry, inside: bool, subject: bool) -> Phrase {
        self.entry_as(entry, inside, subject, false)
    }

    /// One entry; with `theirs` in the form that stands behind "your".
    fn entry_as(&mut self, entry: &Entry, inside: bool, subject: bool, theirs: bool) -> Phrase {
        // The members of a noun that is named first here stand behind all that restricts it.
        let members = self.printed_group(entry).cloned();
        let mut words = match &entry.display {
            Some(display) => self.displayed(entry, display),
            None => self.head(entry, subject, theirs),
        };
        if entry.other {
            words = self.words.fill(t::OTHER, &[("noun", &words)]);
        }
        if let Some(quantifier) = entry.quantifier
            && !matches!(entry.head, Head::Everything)
        {
            let mark = phrase(match quantifier {
                Quantifier::Rest if self.denied => "any other",
                _ => quantifier_word(quantifier),
            });
            words = self.words.fill(t::QUANTIFIED, &[("quantifier", &mark), ("noun", &words)]);
        }
        if let Some(of) = &entry.of {
            words = self.of(words, of);
        }
        if let Some(that) = &entry.that {
            words = self.words.fill(t::THAT, &[("noun", &words), ("clause", &phrase(&**that))]);
        }
        if let Some(group) = &members {
            words = self.group(words, group, inside);
        }
        self.tail(words, entry, inside)
    }

    /// A value in the author's words; what machines can read of it stays.
    fn displayed(&mut self, entry: &Entry, display: &str) -> Phrase {
        let value = match &entry.head {
            Head::Value(Value::Link(address)) => {
                let content = vec![Inline::text(display)];
                return Phrase::from(vec![Inline::Link { href: address.to_string(), content }]);
            }
            Head::Value(Value::Date(date)) => Some(date.to_string()),
            Head::Period(period) => period.amount().map(|(count, unit)| iso_duration(count, unit)),
            Head::We | Head::You | Head::Noun(_) | Head::Field(..) | Head::Value(_) | Head::Everything => None,
        };
        match value {
            Some(value) => Phrase::from(vec![Inline::Time { value, text: display.to_owned() }]),
            None => phrase(display),
        }
    }

    pub(super) fn of(&mut self, words: Phrase, of: &Entry) -> Phrase {
        let event = of.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Event);
        let template = match of.quantifier {
            _ if event => t::OF_EVENT,
            Some(Quantifier::Each) => t::OF_EACH,
            _ => t::OF,
        };
        let theirs = self.your_of && self.takes_your(of);
        let reader = match of.head {
            Head::You => true,
            Head::Noun(id) => is_whole(of) && self.readers == [id],
            _ => false,
        };
        // "your end users", not "end users of you".
        if reader && !grammar::has_determiner(&words.plain()) {
            self.mentions.extend(of.noun_id());
            return self.words.fill(t::YOUR, &[("noun", &words)]);
        }
        let mut owner = self.entry_as(of, false, false, theirs);
        if theirs {
            owner = self.words.fill(t::YOUR, &[("noun", &owner)]);
        }
        self.words.fill(template, &[("noun", &words), ("owner", &owner)])
    }

    fn head(&mut self, entry: &Entry, subject: bool, theirs: bool) -> Phrase {
        match &entry.head {
            Head::We => self.publisher(subject),
            Head::You => phrase("you"),
            Head::Noun(id) if is_whole(entry) && self.readers == [*id] => {
                self.mentions.push(*id);
                phrase("you")
            }
            Head::Noun(id) if self.policy.noun(*id).kind == Kind::Right && !self.in_rights => {
                let words = self.noun_as(*id, false);
                self.words.fill(t::THE_RIGHT_TO, &[("list", &words)])
            }
            Head::Noun(id) => self.noun_as(*id, theirs || entry.quantifier == Some(Quantifier::Each)),
            Head::Field(id, position) => self.field(*id, usize::from(*position)),
            Head::Value(value) => self.value(value),
            Head::Period(period) => self.period(period),
            Head::Everything => match entry.quantifier {
                Some(quantifier) => {
                    self.words.fill(t::EVERYTHING, &[("quantifier", &phrase(quantifier_word(quantifier)))])
                }
                None => phrase(self.words.of(t::EVERYTHING_BARE)),
            },
        }
    }

    /// "we", "us", or the publisher's name.
    pub(super) fn publisher(&mut self, subject: bool) -> Phrase {
        match self.policy.header.voice {
            Voice::We if subject => phrase("we"),
            Voice::We => phrase("us"),
            Voice::Name => {
                let ids = self.policy.header.we.clone();
                let phrases = ids.into_iter().map(|id| self.noun(id)).collect();
                self.words.join(phrases, Join::And)
            }
        }
    }

    /// What is said while nouns take this form.
    pub(super) fn in_form(&mut self, form: Form, say: impl FnOnce(&mut Self) -> Phrase) -> Phrase {
        let before = std::mem::replace(&mut self.form, form);
        let words = say(self);
        self.form = before;
        words
    }

    /// A noun where nothing follows it.
    pub(super) fn noun(&mut self, id: NounId) -> Phrase {
        self.noun_as(id, false)
    }

    /// One of what an entry names, without its article: "cookie".
    pub(super) fn single(&mut self, entry: &Entry) -> Phrase {
        match entry.head {
            Head::Noun(id) => self.noun_as(id, true),
            _ => self.entry(entry, false, false),
        }
    }

    /// A noun as it is printed: its label, linked where it is named first, or its form for one.
    fn noun_as(&mut self, id: NounId, single: bool) -> Phrase {
        let noun = self.policy.noun(id);
        self.mentions.push(id);
        let first = match self.seen.get_mut(id.0 as usize) {
            Some(seen) => !std::mem::replace(seen, true),
            None => false,
        };
        let label = match (&noun.one, single) {
            (Some(one), true) => strip_article(one).to_owned(),
            _ => match (self.form, noun.kind) {
                (Form::Thing, Kind::Purpose) => noun.noun.as_deref(),
                (Form::Many, Kind::Role) => noun.many.as_deref(),
                (Form::Label | Form::Thing | Form::Many, _) => None,
            }
            .map_or_else(|| noun.words().into_owned(), str::to_owned),
        };
        let mut words = match &noun.group {
            _ if noun.kind == Kind::Engagement => self.engagement(id, label, first),
            Some(group) if noun.is_its_members() => self.list(&group.entries, Listing::objects(group.join)),
            _ => self.linked(id, label, first),
        };
        if let Some(code) = &noun.code
            && first
        {
            let code = Phrase::from(vec![Inline::Code(code.to_string())]);
            words = self.words.fill(t::WITH_CODE, &[("noun", &words), ("code", &code)]);
            self.facts.push(format!("{}.code", noun.id));
        }
        if first {
            words = self.introduced(id, words);
        }
        if let Some(of) = noun.of.as_ref().filter(|_| noun.kind != Kind::Engagement) {
            words = self.of(words, of);
        }
        if let Some(that) = &noun.that {
            words = self.words.fill(t::THAT, &[("noun", &words), ("clause", &phrase(&**that))]);
        }
        if first
            && !self.has_place(id)
            && (noun.means.is_some() || (noun.kind != Kind::Document && !noun.fields.is_empty()))
        {
            self.details_due.push(id);
        }
        words
    }

    /// The label, as a link where the noun has an address or a place of its own in the document.
    pub(super) fn linked(&mut self, id: NounId, label: String, first: bool) -> Phrase {
        let noun = self.policy.noun(id);
        let defined = self.definition_to_link(id);
        let inner = vec![Inline::text(label)];
        let always = noun.kind == Kind::Link;
        let inline = match (&noun.link, noun.kind) {
            (Some(link), _) if first || always => {
                self.facts.push(format!("{}.link", noun.id));
                Inline::Link { href: link.to_string(), content: inner }
            }
            (None, Kind::Section | Kind::Steps) => {
                Inline::Reference { content: inner, document: None, id: noun.id.to_string() }
            }
            (None, _) if self.has_place(id) => {
                Inline::Reference { content: inner, document: None, id: noun.id.to_string() }
            }
            // The record of processing is not public, so a public page has nothing to link to.
            (None, Kind::Document) if self.policy.document_kind(id).is_some_and(DocumentKind::is_public) => {
                let document = Some(self.policy.document_name(id).to_owned());
                Inline::Reference { content: inner, document, id: String::new() }
            }
            _ => match defined {
                Some(id) => Inline::Reference { content: inner, document: None, id },
                None => return Phrase::from(inner),
            },
        };
        Phrase::from(vec![inline])
    }

    /// Where the definition of a noun stands, if the noun is named for the first time in a section that comes behind
    /// the one that defines it: a word that is met again far from its meaning leads there, once in a section.
    fn definition_to_link(&mut self, id: NounId) -> Option<String> {
        let noun = self.policy.noun(id);
        noun.means.as_ref()?;
        let definition = format!("{}.means", noun.id);
        let is_first_here = self.named_here.insert(id);
        (is_first_here && self.targets.contains(&definition)).then_some(definition)
    }

    /// A noun with its members.
    pub(super) fn group(&mut self, noun: Phrase, group: &Group, inside: bool) -> Phrase {
        let close = noun.words() == 1;
        let template = match (group.openness, inside) {
            (Openness::Namely, _) => t::GROUP_NAMELY,
            (Openness::SuchAs, true) => t::GROUP_SUCH_AS_INSIDE,
            (Openness::SuchAs, false) if close => t::GROUP_SUCH_AS_CLOSE,
            (Openness::SuchAs, false) => t::GROUP_SUCH_AS,
            (Openness::Including, true) => t::GROUP_INCLUDING_INSIDE,
            (Openness::Including, false) => t::GROUP_INCLUDING,
            (Openness::WithoutLimitation, true) => t::GROUP_WITHOUT_LIMITATION_INSIDE,
            (Openness::WithoutLimitation, false) => t::GROUP_WITHOUT_LIMITATION,
        };
        let list = self.members(group);
        // What follows a list that a comma opened is set off by another.
        self.open_list = !inside && group.openness != Openness::Namely;
        self.words.fill(template, &[("noun", &noun), ("list", &list)])
    }

    /// The members of a group; purposes take their "to".
    fn members(&mut self, group: &Group) -> Phrase {
        let purposes = group.entries.iter().any(|entry| {
            entry.noun_id().is_some_and(|id| self.policy.noun(id).kind == Kind::Purpose && !self.is_noun_purpose(id))
        });
        if purposes {
            self.purposes_each(&group.entries, group.join)
        } else {
            self.list(&group.entries, Listing::objects(group.join))
        }
    }

    /// The value of a field.
    pub(super) fn field(&mut self, id: NounId, position: usize) -> Phrase {
        let noun = self.policy.noun(id);
        self.mentions.push(id);
        let Some(field) = noun.fields.get(position) else { return Phrase::default() };
        if !self.has_place(id) && !self.seen.get(id.0 as usize).copied().unwrap_or(false) {
            self.details_due.push(id);
        }
        let fact = format!("{}.{}", noun.id, field.key);
        if !self.facts.contains(&fact) {
            self.facts.push(fact);
        }
        self.field_value(field)
    }

    /// What a field says.
    pub(super) fn field_value(&mut self, field: &Field) -> Phrase {
        if !field.arms.is_empty() {
            return self.field_arms(&field.arms);
        }
        match (&field.display, field.values.as_slice()) {
            (Some(words), [only]) => self.displayed(only, words),
            (Some(words), _) => phrase(&**words),
            (None, values) => self.field_list(&field.key, values, field.join),
        }
    }

    pub(super) fn value(&mut self, value: &Value) -> Phrase {
        let inline = match value {
            Value::Date(date) => Inline::Time { value: date.to_string(), text: self.words.date(*date) },
            Value::Absent(absence) => Inline::text(self.words.of(absence_words(*absence))),
            Value::Citation(citation) => return self.citation(citation),
            Value::Place(code) => Inline::text(super::slots::place_name(code)),
            Value::Locale(text) | Value::Text(text) => Inline::text(&**text),
            Value::Email(address) => {
                Inline::Link { href: format!("mailto:{address}"), content: vec![Inline::text(&**address)] }
            }
            Value::Number(number) => Inline::text(number.to_string()),
            Value::Code(text) => Inline::Code(text.to_string()),
            Value::Link(address) => Inline::Link { href: address.to_string(), content: vec![Inline::text(&**address)] },
        };
        Phrase::from(vec![inline])
    }

    /// People, one of them: "a resident of …".
    pub(super) fn one_of(&mut self, ids: &[NounId]) -> Phrase {
        let phrases = ids
            .iter()
            .map(|id| {
                let noun = self.policy.noun(*id);
                self.mentions.push(*id);
                let first = self.introduce_people(*id);
                let words = match &noun.one {
                    Some(one) => one.to_string(),
                    None => match grammar::number_of(noun) {
                        Number::Plural => format!("one of the {}", strip_article(&noun.words())),
                        Number::Singular => noun.words().into_owned(),
                    },
                };
                self.linked(*id, words, first)
            })
            .collect();
        self.words.join(phrases, Join::Or)
    }

    /// The possessive of a name.
    pub(super) fn possessive(&mut self, owner: &Phrase) -> Phrase {
        let template = if owner.plain().ends_with('s') { t::POSSESSIVE_PLURAL } else { t::POSSESSIVE };
        self.words.fill(template, &[("owner", owner)])
    }

    /// A role with its article, unless the author's words bring one.
    pub(super) fn role(&mut self, entry: &Entry) -> Phrase {
        // Whose role it is stands behind it, said by another template.
        let bare = Entry { of: None, ..entry.clone() };
        let words = self.entry(&bare, false, false);
        let noun = entry.noun_id().map(|id| self.policy.noun(id));
        if noun.is_some_and(|noun| noun.declared || (self.form == Form::Many && noun.many.is_some())) {
            return words;
        }
        let article = indefinite_article(&words.plain());
        let mut out = phrase(format!("{article} "));
        out.append(words);
        out
    }
}

/// Whether an entry means all of what it names, perhaps in some cases only.
fn is_whole(entry: &Entry) -> bool {
    let bare = Entry { tail: Vec::new(), ..entry.clone() };
    is_bare(&bare)
}

/// Whether an entry is a name and nothing else.
fn is_bare(entry: &Entry) -> bool {
    !entry.other
        && entry.quantifier.is_none()
        && entry.of.is_none()
        && entry.that.is_none()
        && entry.group.is_none()
        && entry.tail.is_empty()
}

fn quantifier_word(quantifier: Quantifier) -> &'static str {
    match quantifier {
        Quantifier::Most => "most of",
        Quantifier::Rest => "all other",
        other => other.word(),
    }
}

/// A label without its article.
fn strip_article(label: &str) -> &str {
    ["a ", "an ", "the ", "our ", "your "].into_iter().find_map(|article| label.strip_prefix(article)).unwrap_or(label)
}

/// The words for a value that is not there.
fn absence_words(absence: Absence) -> Template {
    match absence {
        Absence::None => t::ABSENT_NONE,
        Absence::NotRequired => t::ABSENT_NOT_REQUIRED,
        Absence::NotApplicable => t::ABSENT_NOT_APPLICABLE,
        Absence::Unspecified => t::ABSENT_UNSPECIFIED,
        Absence::NotYet => t::ABSENT_NOT_YET,
    }
}

/// The template of a period in one unit, for one and for several of it.
pub(super) fn duration(unit: Unit, plural: bool) -> Template {
    match (unit, plural) {
        (Unit::Second, false) => t::UNIT_SECOND_ONE,
        (Unit::Second, true) => t::UNIT_SECOND_OTHER,
        (Unit::Minute, false) => t::UNIT_MINUTE_ONE,
        (Unit::Minute, true) => t::UNIT_MINUTE_OTHER,
        (Unit::Hour, false) => t::UNIT_HOUR_ONE,
        (Unit::Hour, true) => t::UNIT_HOUR_OTHER,
        (Unit::Day, false) => t::UNIT_DAY_ONE,
        (Unit::Day, true) => t::UNIT_DAY_OTHER,
        (Unit::Week, false) => t::UNIT_WEEK_ONE,
        (Unit::Week, true) => t::UNIT_WEEK_OTHER,
        (Unit::Month, false) => t::UNIT_MONTH_ONE,
        (Unit::Month, true) => t::UNIT_MONTH_OTHER,
        (Unit::Quarter, false) => t::UNIT_QUARTER_ONE,
        (Unit::Quarter, true) => t::UNIT_QUARTER_OTHER,
        (Unit::Year, false) => t::UNIT_YEAR_ONE,
        (Unit::Year, true) => t::UNIT_YEAR_OTHER,
    }
}
