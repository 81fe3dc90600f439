//! What was written, typed by its syntax. Names are still words, labels are read but not judged.

use std::borrow::Cow;

use crate::source::{Span, Spanned};
use crate::syntax::words::{Force, Join, Kind, Number, Openness, Polarity, Quantifier, Slot, State};

/// A name or reference with its place.
pub type Name<'a> = Spanned<&'a str>;

/// The author's words with the place of the quotes around them. Escapes are undone.
#[derive(Clone, Debug)]
pub struct Label<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// Where, quotes included.
    pub span: Span,
}

/// A file as a list of items.
#[derive(Clone, Debug, Default)]
pub struct File<'a> {
    /// In source order.
    pub items: Vec<Item<'a>>,
    /// The words of statements that could not be read. What they may declare is not reported as unknown.
    pub broken: Vec<&'a str>,
}

/// One statement.
#[derive(Clone, Debug)]
pub enum Item<'a> {
    /// `policy "Title" { … }`
    Policy(Box<Policy<'a>>),
    /// `use "file";`
    Use(Label<'a>),
    /// `allow code because "…";`
    Setting(LevelSetting<'a>),
    /// `section name "Title" { … }`
    Section(Section<'a>),
    /// `steps name "label" … { … }`
    Steps(Box<Steps<'a>>),
    /// Clauses in front of a block.
    Scope(Scope<'a>),
    /// A noun.
    Noun(Box<Noun<'a>>),
    /// A sentence.
    Sentence(Box<Sentence<'a>>),
    /// Markdown by the author.
    Prose(Prose<'a>),
    /// A bare block: one step of several.
    Block(Vec<Item<'a>>, Span),
}

/// The header of a document.
#[derive(Clone, Debug)]
pub struct Policy<'a> {
    /// The title.
    pub title: Option<Label<'a>>,
    /// `we are …`.
    pub we: Vec<Entry<'a>>,
    /// `you are …`.
    pub you: Vec<Entry<'a>>,
    /// The other fields.
    pub fields: Vec<Field<'a>>,
    /// Whether a part of it could not be read, so that what seems to be missing may be there.
    pub broken: bool,
    /// The whole header.
    pub span: Span,
}

/// A field of a noun or of the header: a key and its values.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The key.
    pub key: Name<'a>,
    /// The values.
    pub values: Vec<Entry<'a>>,
    /// Display words, `as "…"`.
    pub display: Option<Label<'a>>,
    /// The whole field.
    pub span: Span,
}

/// `allow`, `warn` or `deny` of a finding.
#[derive(Clone, Debug)]
pub struct LevelSetting<'a> {
    /// The word that opened it.
    pub level: Spanned<LevelWord>,
    /// The code, perhaps with a pack in front: `gdpr/purpose-missing`.
    pub code: Name<'a>,
    /// Why.
    pub reason: Option<Label<'a>>,
    /// The statements it applies to; none for the enclosing block.
    pub body: Option<Vec<Item<'a>>>,
    /// The text it applies to: its block, or the block around it.
    pub scope: Span,
    /// The whole statement.
    pub span: Span,
}

/// The level an author sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelWord {
    /// Not reported.
    Allow,
    /// Reported, and published all the same.
    Warn,
    /// Reported as an error.
    Deny,
}

/// A heading with its statements.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The name.
    pub name: Option<Name<'a>>,
    /// The title.
    pub title: Option<Label<'a>>,
    /// The statements.
    pub items: Vec<Item<'a>>,
    /// The opening line.
    pub span: Span,
}

/// An ordered list of steps.
#[derive(Clone, Debug)]
pub struct Steps<'a> {
    /// The name.
    pub name: Option<Name<'a>>,
    /// What the steps do: a verb phrase.
    pub label: Option<Label<'a>>,
    /// Clauses that hold for all of them.
    pub clauses: Vec<Clause<'a>>,
    /// The steps.
    pub items: Vec<Item<'a>>,
    /// The opening line.
    pub span: Span,
}

/// Clauses, or another reader, for every statement inside.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// `you are …`.
    pub you: Vec<Entry<'a>>,
    /// The clauses.
    pub clauses: Vec<Clause<'a>>,
    /// The statements.
    pub items: Vec<Item<'a>>,
    /// The opening line.
    pub span: Span,
}

/// A noun on its own.
#[derive(Clone, Debug)]
pub struct Noun<'a> {
    /// The kind.
    pub kind: Spanned<Kind>,
    /// The name, the label and all that is said of it.
    pub entry: Entry<'a>,
    /// The fields.
    pub fields: Vec<Field<'a>>,
    /// The whole statement.
    pub span: Span,
}

/// Markdown by the author.
#[derive(Clone, Debug)]
pub struct Prose<'a> {
    /// The name.
    pub id: Option<Name<'a>>,
    /// The text between the quotes.
    pub text: &'a str,
    /// Where the text between the quotes is.
    pub span: Span,
}

/// A sentence.
#[derive(Clone, Debug)]
pub struct Sentence<'a> {
    /// The name, `id: we …`.
    pub id: Option<Name<'a>>,
    /// `only` in front of the actor.
    pub only_actor: bool,
    /// Who acts.
    pub actors: List<'a>,
    /// How firmly.
    pub modality: Option<Modality>,
    /// How.
    pub manner: Option<Name<'a>>,
    /// What is done.
    pub verbs: Vec<Name<'a>>,
    /// How the verbs are joined.
    pub verb_join: Join,
    /// To what.
    pub objects: Option<List<'a>>,
    /// The clauses, in source order.
    pub clauses: Vec<Clause<'a>>,
    /// What is cut out.
    pub except: Option<Except<'a>>,
    /// `only in { … }`: the statements are the complete list of cases.
    pub only_in: Option<Vec<Item<'a>>>,
    /// The whole sentence without its end.
    pub span: Span,
}

/// A modality as written.
#[derive(Clone, Copy, Debug)]
pub struct Modality {
    /// How firmly.
    pub force: Force,
    /// Stated or denied.
    pub polarity: Polarity,
    /// The number that `does`/`do` and `commits`/`commit` show.
    pub number: Option<Number>,
    /// The words.
    pub span: Span,
}

/// A list of entries.
#[derive(Clone, Debug)]
pub struct List<'a> {
    /// The entries; never empty.
    pub entries: Vec<Entry<'a>>,
    /// How they are joined.
    pub join: Join,
}

/// An entry: a name, a label, or both, with all that is said of it.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// `other` in front.
    pub other: bool,
    /// The quantifier in front.
    pub quantifier: Option<Spanned<Quantifier>>,
    /// What it names; none for a label alone and for a quantifier alone.
    pub head: Option<Head<'a>>,
    /// The label.
    pub label: Option<Label<'a>>,
    /// `one "…"`.
    pub one: Option<Label<'a>>,
    /// `many "…"`.
    pub many: Option<Label<'a>>,
    /// `noun "…"`.
    pub noun: Option<Label<'a>>,
    /// `that "…"`.
    pub that: Option<Label<'a>>,
    /// `is …`.
    pub is: Vec<Name<'a>>,
    /// `means "…"`.
    pub means: Option<Label<'a>>,
    /// `<…>`, without the brackets.
    pub link: Option<Spanned<&'a str>>,
    /// `` `…` ``.
    pub code: Option<Label<'a>>,
    /// `of …`.
    pub of: Option<Box<Entry<'a>>>,
    /// `from …`, on nouns only.
    pub from: Option<List<'a>>,
    /// Its members.
    pub group: Option<Group<'a>>,
    /// Clauses of its own, in parentheses.
    pub tail: Vec<Clause<'a>>,
    /// The whole entry.
    pub span: Span,
}

impl<'a> Entry<'a> {
    /// The name it begins with; empty if it does not begin with a name.
    #[must_use]
    pub fn head_name(&self) -> &'a str {
        match self.head {
            Some(Head::Name(name)) => name.value,
            Some(Head::We(_) | Head::You(_) | Head::Literal(_)) | None => "",
        }
    }
}

impl Entry<'_> {
    /// An entry at a place, with nothing said of it yet.
    #[must_use]
    pub fn at(span: Span) -> Self {
        Entry {
            other: false,
            quantifier: None,
            head: None,
            label: None,
            one: None,
            many: None,
            noun: None,
            that: None,
            is: Vec::new(),
            means: None,
            link: None,
            code: None,
            of: None,
            from: None,
            group: None,
            tail: Vec::new(),
            span,
        }
    }
}

/// Members of an entry.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// How complete they are.
    pub openness: Openness,
    /// The members.
    pub list: List<'a>,
}

/// What an entry names.
#[derive(Clone, Debug)]
pub enum Head<'a> {
    /// A name or a dotted reference.
    Name(Name<'a>),
    /// `we`, `us`.
    We(Span),
    /// `you`.
    You(Span),
    /// A value.
    Literal(Spanned<Literal<'a>>),
}

/// A typed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal<'a> {
    /// `2016-05-25`; a day that exists.
    Date(jiff::civil::Date),
    /// `45 days`.
    Duration(u32, Unit),
    /// `US`, `US-CA`, `EEA`.
    Place(&'a str),
    /// `en-GB`.
    Locale(&'a str),
    /// `privacy@acme.example`.
    Email(&'a str),
    /// `13`.
    Number(u32),
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 60 min.
    Hour,
    /// A calendar day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

impl Unit {
    /// The unit of a singular or plural word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Unit> {
        Some(match word.strip_suffix('s').unwrap_or(word) {
            "second" => Unit::Second,
            "minute" => Unit::Minute,
            "hour" => Unit::Hour,
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            _ => return None,
        })
    }
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause<'a> {
    /// The slot its word opens.
    pub slot: Spanned<Slot>,
    /// `only` in front.
    pub only: bool,
    /// What stands in it.
    pub value: ClauseValue<'a>,
    /// The whole clause.
    pub span: Span,
}

/// What stands in a clause.
#[derive(Clone, Debug)]
pub enum ClauseValue<'a> {
    /// Entries.
    List(List<'a>),
    /// A condition.
    Condition(Condition<'a>),
    /// A pointer with a topic: `see for "help" a, b`.
    Topic(Label<'a>, List<'a>),
}

/// What is cut out of a sentence.
#[derive(Clone, Debug)]
pub struct Except<'a> {
    /// The entries of the objects or recipients cut out.
    pub list: Option<List<'a>>,
    /// The clauses that say when.
    pub clauses: Vec<Clause<'a>>,
    /// The whole exception.
    pub span: Span,
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Condition<'a> {
    /// One test.
    Test(Box<Test<'a>>),
    /// Several, all joined alike; at least two.
    Joined(Join, Vec<Condition<'a>>),
}

/// One test of a condition.
#[derive(Clone, Debug)]
pub struct Test<'a> {
    /// `not` in front.
    pub not: bool,
    /// The event, setting, tracker or date.
    pub entry: Entry<'a>,
    /// `is enabled`, `are disabled`.
    pub state: Option<(Number, State)>,
}
