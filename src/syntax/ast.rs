//! What was written, typed by its syntax. Names are still words, labels are read but not judged.

use crate::source::{Span, Spanned};
use crate::syntax::words::{
    Bound, EndState, Force, Join, Kind, Number, Openness, Polarity, Quantifier, Slot, State, Whichever,
};

/// A name or reference with its place.
pub type Name<'a> = Spanned<&'a str>;

pub use crate::syntax::label::Label;

/// A file as a list of items. Parameters are replaced by their values, and `given` is decided.
#[derive(Clone, Debug, Default)]
pub struct File<'a> {
    /// In source order.
    pub items: Vec<Item<'a>>,
    /// The words of statements that could not be read. What they may declare is not reported as unknown.
    pub broken: Vec<&'a str>,
    /// The parameters that are declared, wherever they stand.
    pub parameters: Vec<Parameter<'a>>,
    /// The names of the parameters that `param` and `given` use, and where.
    pub uses: Vec<Name<'a>>,
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
    /// `internal …`: what no public document may print.
    Internal(Vec<Item<'a>>, Span),
    /// `name: under …;`: further clauses of a sentence that stands elsewhere.
    Addition(Box<Addition<'a>>),
    /// `edition name since … { … }`
    Edition(Box<Edition<'a>>),
}

/// Further clauses of a sentence that stands elsewhere.
#[derive(Clone, Debug)]
pub struct Addition<'a> {
    /// The name of the sentence.
    pub of: Name<'a>,
    /// What is added.
    pub clauses: Vec<Clause<'a>>,
    /// The whole statement without its end.
    pub span: Span,
}

/// Statements that hold from a day on, or up to one.
#[derive(Clone, Debug)]
pub struct Edition<'a> {
    /// The name.
    pub name: Option<Name<'a>>,
    /// The words for it.
    pub label: Option<Label<'a>>,
    /// The first day.
    pub since: Option<Spanned<jiff::civil::Date>>,
    /// The first day that is not valid.
    pub until: Option<Spanned<jiff::civil::Date>>,
    /// The statements.
    pub items: Vec<Item<'a>>,
    /// The opening line.
    pub span: Span,
}

/// A value that whoever uses the policy gives.
#[derive(Clone, Debug)]
pub struct Parameter<'a> {
    /// The name.
    pub name: Name<'a>,
    /// The type: `text`, `period`, `number`, `date`, `email`, `link`, `country`, `flag` or `choice`.
    pub kind: Name<'a>,
    /// The least and the greatest value, both allowed.
    pub range: (Option<Entry<'a>>, Option<Entry<'a>>),
    /// For a choice, what may be chosen.
    pub choices: Vec<Entry<'a>>,
    /// The value that counts if none is given.
    pub default: Option<Entry<'a>>,
    /// What it is for.
    pub means: Option<Label<'a>>,
    /// The whole statement.
    pub span: Span,
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
    /// How the values are joined.
    pub join: Join,
    /// Display words, `as "…"`.
    pub display: Option<Label<'a>>,
    /// Values that differ by guard, instead of `values`.
    pub arms: Vec<FieldArm<'a>>,
    /// `internal` in front: no public document may print it.
    pub internal: bool,
    /// The whole field.
    pub span: Span,
}

/// One arm of a guarded field: `about eea-reader: 8 months`.
#[derive(Clone, Debug)]
pub struct FieldArm<'a> {
    /// The guard; empty for `otherwise`.
    pub guard: Vec<Clause<'a>>,
    /// The values.
    pub values: Vec<Entry<'a>>,
    /// Display words, `as "…"`.
    pub display: Option<Label<'a>>,
    /// The whole arm.
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
    /// `is vendor …`: the entry of the catalogue whose fields it takes.
    pub vendor: Option<Name<'a>>,
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
    /// `(except …)`: what is cut out of it.
    pub except: Option<List<'a>>,
    /// `as "…"` behind a value: the words that are printed.
    pub display: Option<Label<'a>>,
    /// The whole entry.
    pub span: Span,
}

impl<'a> Entry<'a> {
    /// The name it begins with; empty if it does not begin with a name.
    #[must_use]
    pub fn head_name(&self) -> &'a str {
        match self.head {
            Some(Head::Name(name)) => name.value,
            Some(Head::We(_) | Head::You(_) | Head::Literal(_) | Head::Period(_)) | None => "",
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
            vendor: None,
            means: None,
            link: None,
            code: None,
            of: None,
            from: None,
            group: None,
            tail: Vec::new(),
            except: None,
            display: None,
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
    /// A period.
    Period(Box<Period<'a>>),
}

/// How long: one type for retention, lifetimes, deadlines and notice periods.
#[derive(Clone, Debug)]
pub struct Period<'a> {
    /// The steps, one after the other; never empty.
    pub steps: Vec<PeriodStep<'a>>,
    /// `then delete`: what becomes of it.
    pub end: Option<EndState>,
    /// `total at-most 10 weeks`.
    pub total: Option<(Bound, Amount)>,
    /// The whole period.
    pub span: Span,
}

/// A number of units of time.
pub type Amount = (u32, Unit);

/// One step of a period; it says at least one thing.
#[derive(Clone, Debug)]
pub struct PeriodStep<'a> {
    /// How exactly the amount is meant.
    pub bound: Bound,
    /// How long.
    pub amount: Option<Amount>,
    /// `of` or `after`: what it counts from.
    pub start: Option<PeriodStart<'a>>,
    /// `until`: what ends it.
    pub until: Option<Condition<'a>>,
    /// `while`: what it lasts as long as.
    pub lasting: Option<Condition<'a>>,
    /// `by "…"`: what it depends on.
    pub criterion: Option<Label<'a>>,
    /// `at`: where the data lies meanwhile.
    pub store: Option<List<'a>>,
    /// `whichever first`.
    pub whichever: Option<Whichever>,
}

/// What a period counts from.
#[derive(Clone, Debug)]
pub enum PeriodStart<'a> {
    /// `of your request`
    Of(Box<Entry<'a>>),
    /// `after you leave`
    After(Condition<'a>),
    /// `before the change`
    Before(Condition<'a>),
}

/// A typed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal<'a> {
    /// `2016-05-25`; a day that exists.
    Date(jiff::civil::Date),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
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
    /// Nothing but the word.
    Flag,
    /// Values that differ by guard.
    Guarded(Vec<Arm<'a>>),
}

/// One arm of a guarded value: `about eea-reader: contract`.
#[derive(Clone, Debug)]
pub struct Arm<'a> {
    /// The guard; empty for `otherwise`.
    pub guard: Vec<Clause<'a>>,
    /// The value.
    pub value: ClauseValue<'a>,
    /// The whole arm.
    pub span: Span,
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

/// A period in ISO 8601.
#[must_use]
pub fn iso_duration(count: u32, unit: Unit) -> String {
    match unit {
        Unit::Second => format!("PT{count}S"),
        Unit::Minute => format!("PT{count}M"),
        Unit::Hour => format!("PT{count}H"),
        Unit::Day => format!("P{count}D"),
        Unit::Week => format!("P{count}W"),
        Unit::Month => format!("P{count}M"),
        Unit::Quarter => format!("P{}M", u64::from(count) * 3),
        Unit::Year => format!("P{count}Y"),
    }
}
