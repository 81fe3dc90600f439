//! From a policy to its public facts: what the published JSON says of every noun and every sentence.
//!
//! What is stated, what is denied and what the author left unsaid are kept apart; nothing is ever null.

use foldhash::{HashMap, HashSet};
use serde::{Deserialize, Serialize};

use crate::policy::{self, Condition, Head, Node, NounId, Policy, Value};
use crate::syntax::words::{Bound, Force, Join, Kind, Number, Openness, Polarity, Slot, State};
use crate::vocabulary::Class;

/// The public facts of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Facts {
    /// The header.
    pub header: Header,
    /// Every noun that is declared or mentioned.
    pub nouns: Vec<Noun>,
    /// Every statement, in source order.
    pub statements: Vec<Statement>,
}

/// The header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    /// What it covers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Item>,
    /// What it describes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub describes: Vec<String>,
    /// The language and region.
    pub language: String,
    /// The fields that the author left unsaid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_said: Vec<String>,
    /// The ids of the publishers.
    pub publisher: Vec<String>,
    /// The ids of the people it addresses.
    pub readers: Vec<String>,
    /// The title.
    pub title: String,
    /// The date with its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Updated>,
}

/// The date of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Updated {
    /// The day, in ISO 8601.
    pub date: String,
    /// The words in front of it.
    pub label: String,
}

/// A noun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Noun {
    /// The literal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Whether the author declared it, or the standard vocabulary.
    pub declared: bool,
    /// The ids of the documents that describe or govern it instead of this policy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delegated_to: Vec<String>,
    /// Its fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Where all of it comes from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<Item>,
    /// The id.
    pub id: String,
    /// The ids or standard names of what it is a kind of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// The kind.
    pub kind: String,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Where the address is from, if it is taken from the vendor catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_taken: Option<Taken>,
    /// The words for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub many: Option<String>,
    /// The definition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub means: Option<String>,
    /// Its members.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
    /// For an engagement, a tracker, a right, a basis or a setting: the fields that the author left unsaid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_said: Vec<String>,
    /// The noun phrase of a purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
    /// What it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Box<Item>>,
    /// The words for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one: Option<String>,
    /// The restricting clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub that: Option<String>,
    /// The name in the vendor catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
}

/// The page that a fact of the vendor catalogue is from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Taken {
    /// The day of the page, in ISO 8601.
    pub date: String,
    /// The address of the page.
    pub source: String,
}

/// A field of a noun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// Values that differ by guard, instead of `values`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arms: Vec<FieldArm>,
    /// The words that are printed instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// The id: that of the noun, a dot and the key.
    pub id: String,
    /// How the values are joined.
    #[serde(default = "and", skip_serializing_if = "is_and")]
    pub join: String,
    /// The key.
    pub key: String,
    /// Where it is from, if it is taken from the vendor catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<Taken>,
    /// The values.
    pub values: Vec<Item>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Statement {
    /// A heading.
    Section {
        /// The id.
        id: String,
        /// The title.
        title: String,
        /// The id of the statement around it; empty at the top.
        within: String,
    },
    /// A list of steps.
    Steps {
        /// The clauses of all steps.
        clauses: Vec<Clause>,
        /// The id.
        id: String,
        /// What the steps do.
        label: String,
        /// The id of the statement around it; empty at the top.
        within: String,
    },
    /// Further clauses of a sentence that stands elsewhere.
    Addition {
        /// The clauses, its own and those of the blocks around it.
        clauses: Vec<Clause>,
        /// The id.
        id: String,
        /// The id of the sentence.
        of: String,
        /// The ids of the people that "you" means here.
        readers: Vec<String>,
        /// The id of the statement around it; empty at the top.
        within: String,
    },
    /// Statements that hold in one edition.
    Edition {
        /// The id.
        id: String,
        /// The words for it.
        label: String,
        /// The first day, in ISO 8601.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<String>,
        /// The first day that is not valid, in ISO 8601.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
        /// The id of the statement around it; empty at the top.
        within: String,
    },
    /// Text that the author wrote as prose.
    Prose {
        /// The id.
        id: String,
        /// The id of the statement around it; empty at the top.
        within: String,
    },
    /// A sentence.
    Sentence(Box<Sentence>),
}

impl Statement {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Statement::Section { id, .. }
            | Statement::Steps { id, .. }
            | Statement::Prose { id, .. }
            | Statement::Addition { id, .. }
            | Statement::Edition { id, .. } => id,
            Statement::Sentence(sentence) => &sentence.id,
        }
    }
}

/// A sentence with all its slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Sentence {
    /// How the actors are joined.
    #[serde(default = "and", skip_serializing_if = "is_and")]
    pub actor_join: String,
    /// Who acts.
    pub actors: Vec<Item>,
    /// The clauses, its own and those of the blocks around it.
    pub clauses: Vec<Clause>,
    /// Whether the statements within it are the complete list of cases.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closed: bool,
    /// What is cut out; of a denial, what is allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub except: Option<Except>,
    /// `does`, `may`, `must`, `will`, `should`, `can` or `commits`.
    pub force: String,
    /// The id.
    pub id: String,
    /// How.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manner: Option<String>,
    /// The clauses that its verbs take and the author left unsaid.
    pub not_said: Vec<String>,
    /// How the objects are joined.
    #[serde(default = "and", skip_serializing_if = "is_and")]
    pub object_join: String,
    /// To what.
    pub objects: Vec<Item>,
    /// Whether nobody else does it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub only_actor: bool,
    /// `positive`, `negative` or `never`.
    pub polarity: String,
    /// The ids of the people that "you" means here.
    pub readers: Vec<String>,
    /// `possible` where `may` means that something can happen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sense: Option<String>,
    /// `stated` or `denied`.
    pub state: String,
    /// How the verbs are joined.
    #[serde(default = "and", skip_serializing_if = "is_and")]
    pub verb_join: String,
    /// What is done.
    pub verbs: Vec<String>,
    /// The id of the statement around it; empty at the top.
    pub within: String,
}

/// A clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Clause {
    /// Whether it stands on a block around the sentence.
    #[serde(default, skip_serializing_if = "is_false")]
    pub inherited: bool,
    /// Whether it is exclusive.
    #[serde(default, skip_serializing_if = "is_false")]
    pub only: bool,
    /// The clause word.
    pub slot: String,
    /// What stands in it.
    pub value: ClauseValue,
}

/// What stands in a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ClauseValue {
    /// Entries.
    List {
        /// The entries.
        items: Vec<Item>,
        /// How they are joined.
        #[serde(default = "and", skip_serializing_if = "is_and")]
        join: String,
    },
    /// Entries under a topic.
    Topic {
        /// The entries.
        items: Vec<Item>,
        /// The topic.
        topic: String,
    },
    /// A condition.
    Condition {
        /// The condition.
        condition: ConditionTree,
    },
    /// Nothing but the clause word.
    Flag,
    /// Values that differ by guard; the first whose guard fits holds.
    Guarded {
        /// The arms, in source order.
        arms: Vec<Arm>,
    },
}

/// A condition as a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ConditionTree {
    /// One test.
    Test {
        /// The event, setting or tracker.
        item: Box<Item>,
        /// Whether it must not hold.
        #[serde(default, skip_serializing_if = "is_false")]
        not: bool,
        /// `enabled` or `disabled`, for a setting or a tracker.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<String>,
    },
    /// Several.
    Joined {
        /// The conditions.
        conditions: Vec<ConditionTree>,
        /// `and`, `or` or `and-or`.
        #[serde(default = "and", skip_serializing_if = "is_and")]
        join: String,
    },
}

/// What is cut out of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Except {
    /// When, why, for whom.
    pub clauses: Vec<Clause>,
    /// The entries cut out.
    pub items: Vec<Item>,
    /// How they are joined.
    #[serde(default = "and", skip_serializing_if = "is_and")]
    pub join: String,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Item {
    /// The provision behind a legal basis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation: Option<Citation>,
    /// Clauses of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
    /// The words that are printed for a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// What is cut out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Item>,
    /// Members named where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
    /// What it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Box<Item>>,
    /// Whether it is an open tail.
    #[serde(default, skip_serializing_if = "is_false")]
    pub other: bool,
    /// `any`, `all`, `each`, `some`, `most` or `certain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantifier: Option<String>,
    /// The restricting clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub that: Option<String>,
    /// What it names.
    pub what: What,
}

/// A period: one step after the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Period {
    /// What becomes of the data: `delete`, `anonymise`, `hide`, `restrict`, `unlink`, `aggregate`, `archive`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// How long all steps together last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Total>,
}

/// How long all steps of a period last together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Total {
    /// How long.
    pub amount: Amount,
    /// How exactly that is meant.
    pub bound: String,
}

/// A number of units of time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Amount {
    /// How many.
    pub count: u32,
    /// The duration in ISO 8601.
    pub iso: String,
    /// Of what: `day`, `month`, …
    pub unit: String,
}

/// One step of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Step {
    /// The event it counts from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ConditionTree>,
    /// How long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// Where the data lies meanwhile.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<Item>,
    /// The event it lies in front of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<ConditionTree>,
    /// `exact`, `at-most`, `at-least`, `roughly` or `last`.
    pub bound: String,
    /// What it depends on, where no number is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// What it lasts as long as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasting: Option<ConditionTree>,
    /// What it counts from: "30 days of your request".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Box<Item>>,
    /// What ends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<ConditionTree>,
    /// Which of several ends counts: `first` or `last`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whichever: Option<String>,
}

/// Provisions of laws, read together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Citation {
    /// The provisions.
    pub provisions: Vec<Provision>,
    /// As the author wrote them.
    pub words: String,
}

/// One provision of a law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Provision {
    /// The id of the law, if it is one that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law: Option<String>,
    /// The place in the law, verbatim.
    pub reference: String,
}

/// One arm of a field whose values differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FieldArm {
    /// The words that are printed instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
    /// When it holds; empty for `otherwise`.
    pub guard: Vec<Clause>,
    /// The values.
    pub values: Vec<Item>,
}

/// One arm of a clause whose values differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Arm {
    /// When it holds; empty for `otherwise`.
    pub guard: Vec<Clause>,
    /// The value.
    pub value: ClauseValue,
}

/// How lists are joined unless the record says otherwise.
fn and() -> String {
    "and".to_owned()
}

fn is_and(join: &str) -> bool {
    join == "and"
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What an entry names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum What {
    /// The publisher.
    Publisher,
    /// The reader.
    Reader,
    /// A noun, by its id.
    Noun {
        /// The id.
        id: String,
    },
    /// A field of a noun, by its id.
    Field {
        /// The id.
        id: String,
    },
    /// Whatever is in sight.
    Everything,
    /// A day, in ISO 8601.
    Date {
        /// The day.
        value: String,
    },
    /// A period.
    Period(Box<Period>),
    /// Nothing, and why nothing: `none`, `not-required`, `not-applicable`, `unspecified`, `not-yet`.
    Absent {
        /// Why.
        state: String,
    },
    /// Provisions of laws.
    Citation(Citation),
    /// A country, region or group of countries by its code.
    Place {
        /// The code.
        value: String,
    },
    /// A language with its region.
    Locale {
        /// The language tag.
        value: String,
    },
    /// An e-mail address.
    Email {
        /// The address.
        value: String,
    },
    /// A number.
    Number {
        /// The number.
        value: u32,
    },
    /// A literal.
    Code {
        /// The literal.
        value: String,
    },
    /// An address.
    Link {
        /// The address.
        value: String,
    },
    /// Words.
    Text {
        /// The words.
        value: String,
    },
}

/// Members of a noun or an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Members {
    /// The members.
    pub items: Vec<Item>,
    /// How they are joined.
    #[serde(default = "and", skip_serializing_if = "is_and")]
    pub join: String,
    /// `namely`, `such-as`, `including` or `without-limitation`.
    pub openness: String,
}

/// The public facts of a policy.
#[must_use]
pub fn facts(policy: &Policy) -> Facts {
    let mut reader = Reader { policy, statements: Vec::new(), delegations: HashMap::default() };
    let readers = reader.ids(&policy.header.you);
    reader.nodes(&policy.nodes, "", &readers, &[]);
    let statements = std::mem::take(&mut reader.statements);
    reader.delegations = delegations(policy, &statements);
    let nouns = policy
        .nouns
        .iter()
        .filter(|noun| {
            !noun.internal
                && !noun.dropped
                && !matches!(noun.kind, Kind::Section | Kind::Steps | Kind::Manner | Kind::Edition)
        })
        .map(|noun| reader.noun(noun))
        .collect();
    Facts { header: reader.header(), nouns, statements }
}

struct Reader<'p> {
    policy: &'p Policy,
    statements: Vec<Statement>,
    /// Which documents speak of a noun instead of this policy.
    delegations: HashMap<String, Vec<String>>,
}

impl Reader<'_> {
    fn ids(&self, nouns: &[NounId]) -> Vec<String> {
        nouns.iter().map(|id| self.policy.noun(*id).id.to_string()).collect()
    }

    fn header(&self) -> Header {
        let header = &self.policy.header;
        let mut not_said = Vec::new();
        let mut unsaid = |missing: bool, key: &str| {
            if missing {
                not_said.push(key.to_owned());
            }
        };
        unsaid(header.you.is_empty(), "readers");
        unsaid(header.covers.is_empty(), "covers");
        unsaid(header.describes.is_empty(), "describes");
        unsaid(header.updated.is_none(), "updated");
        Header {
            title: header.title.to_string(),
            publisher: self.ids(&header.we),
            readers: self.ids(&header.you),
            covers: self.items(&header.covers),
            describes: header.describes.iter().map(ToString::to_string).collect(),
            language: header.language.to_string(),
            updated: header
                .updated
                .as_ref()
                .map(|updated| Updated { label: updated.label.to_string(), date: updated.date.to_string() }),
            not_said,
        }
    }

    fn noun(&self, noun: &policy::Noun) -> Noun {
        let text = |text: &Option<Box<str>>| text.as_ref().map(ToString::to_string);
        let mut is = self.ids(&noun.parents);
        if let Some(standard) = noun.standard {
            let entry = crate::vocabulary::entry(standard);
            for parent in entry.parents {
                let parent = crate::vocabulary::entry(*parent);
                let id = format!("{}-{}", parent.kind.word(), parent.name);
                if !is.contains(&id) {
                    is.push(id);
                }
            }
        }
        Noun {
            id: noun.id.to_string(),
            kind: noun.kind.word().to_owned(),
            declared: noun.declared,
            delegated_to: self.delegations.get(&*noun.id).cloned().unwrap_or_default(),
            label: text(&noun.label),
            one: text(&noun.one),
            many: text(&noun.many),
            noun: text(&noun.noun),
            not_said: unsaid_fields(noun),
            is,
            means: text(&noun.means),
            link: text(&noun.link),
            link_taken: taken(noun.link_taken),
            vendor: noun.vendor.map(|vendor| vendor.name.to_owned()),
            code: text(&noun.code),
            that: text(&noun.that),
            of: noun.of.as_ref().map(|of| Box::new(self.item(of))),
            from: self.items(&noun.from),
            members: noun.group.as_ref().map(|group| self.members(group)),
            fields: noun
                .fields
                .iter()
                .map(|field| Field {
                    id: format!("{}.{}", noun.id, field.key),
                    join: join(field.join),
                    key: field.key.to_string(),
                    values: self.items(&field.values),
                    display: text(&field.display),
                    arms: self.arms(&field.arms),
                    taken: taken(field.taken),
                })
                .collect(),
        }
    }

    fn nodes(&mut self, nodes: &[Node], within: &str, readers: &[String], inherited: &[policy::Clause]) {
        for node in nodes {
            match node {
                Node::Section(section) => {
                    let id = section.id.to_string();
                    self.statements.push(Statement::Section {
                        id: id.clone(),
                        within: within.to_owned(),
                        title: section.title.to_string(),
                    });
                    self.nodes(&section.nodes, &id, readers, inherited);
                }
                Node::Scope(scope) => {
                    let mut clauses = not_replaced(inherited, &scope.clauses);
                    clauses.extend(scope.clauses.iter().cloned());
                    let inner = scope.you.as_ref().map_or_else(|| readers.to_vec(), |you| self.ids(you));
                    self.nodes(&scope.nodes, within, &inner, &clauses);
                }
                Node::Steps(steps) => {
                    let id = steps.id.to_string();
                    self.statements.push(Statement::Steps {
                        id: id.clone(),
                        within: within.to_owned(),
                        label: self.policy.noun(steps.noun).words().into_owned(),
                        clauses: self.clauses(&steps.clauses, inherited),
                    });
                    self.nodes(&steps.nodes, &id, readers, &[]);
                }
                Node::Prose(prose) => {
                    self.statements.push(Statement::Prose { id: prose.id.to_string(), within: within.to_owned() });
                }
                Node::Sentence(sentence) => {
                    let record = self.sentence(sentence, within, readers, inherited);
                    let id = record.id.clone();
                    self.statements.push(Statement::Sentence(Box::new(record)));
                    if let Some(cases) = &sentence.cases {
                        self.nodes(cases, &id, readers, &[]);
                    }
                }
                Node::Addition(addition) => {
                    let own = not_replaced(inherited, &addition.clauses);
                    self.statements.push(Statement::Addition {
                        clauses: self.clauses(&addition.clauses, &own),
                        id: addition.id.to_string(),
                        of: addition.of.to_string(),
                        readers: readers.to_vec(),
                        within: within.to_owned(),
                    });
                }
                Node::Edition(noun, nodes) => {
                    let edition = self.policy.editions.iter().find(|edition| edition.noun == *noun);
                    let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
                    let id = self.policy.noun(*noun).id.to_string();
                    self.statements.push(Statement::Edition {
                        id: id.clone(),
                        label: self.policy.noun(*noun).words().into_owned(),
                        since: day(edition.and_then(|edition| edition.since)),
                        until: day(edition.and_then(|edition| edition.until)),
                        within: within.to_owned(),
                    });
                    self.nodes(nodes, &id, readers, inherited);
                }
                Node::Noun(_) => {}
            }
        }
    }

    fn sentence(
        &self,
        sentence: &policy::Sentence,
        within: &str,
        readers: &[String],
        inherited: &[policy::Clause],
    ) -> Sentence {
        let verbs: Vec<&crate::vocabulary::Verb> = sentence.verbs.iter().map(|verb| self.policy.verb(*verb)).collect();
        let negative = verbs.iter().any(|verb| verb.negative);
        let polarity = match (sentence.polarity, negative) {
            (Polarity::Positive, false) => "positive",
            (Polarity::Positive, true) | (Polarity::Negative, _) => "negative",
            (Polarity::Never, _) => "never",
        };
        let own = not_replaced(inherited, &sentence.clauses);
        let clauses = self.clauses(&sentence.clauses, &own);
        let not_said = Slot::ALL
            .into_iter()
            .filter(|slot| verbs.iter().any(|verb| verb.slot(*slot).is_some()))
            .map(Slot::word)
            .filter(|word| !clauses.iter().any(|clause| clause.slot == *word))
            .map(str::to_owned)
            .collect();
        Sentence {
            id: sentence.id.to_string(),
            within: within.to_owned(),
            state: if polarity == "positive" { "stated" } else { "denied" }.to_owned(),
            readers: readers.to_vec(),
            actors: self.items(&sentence.actors),
            actor_join: join(sentence.actor_join),
            only_actor: sentence.only_actor,
            force: force(sentence.force).to_owned(),
            polarity: polarity.to_owned(),
            sense: (sentence.force == Force::Might).then(|| "possible".to_owned()),
            manner: sentence.manner.map(|manner| self.policy.noun(manner).words().into_owned()),
            verbs: verbs.iter().map(|verb| verb.name.to_string()).collect(),
            verb_join: join(sentence.verb_join),
            objects: self.items(&sentence.objects),
            object_join: join(sentence.object_join),
            clauses,
            except: sentence.except.as_ref().map(|except| Except {
                items: self.items(&except.entries),
                join: join(except.join),
                clauses: self.clauses(&except.clauses, &[]),
            }),
            closed: sentence.cases.is_some(),
            not_said,
        }
    }

    fn clauses(&self, own: &[policy::Clause], inherited: &[policy::Clause]) -> Vec<Clause> {
        let all = own.iter().map(|clause| (clause, false)).chain(inherited.iter().map(|clause| (clause, true)));
        all.map(|(clause, inherited)| Clause {
            slot: clause.slot.word().to_owned(),
            only: clause.only,
            inherited,
            value: self.clause_value(&clause.value),
        })
        .collect()
    }

    fn clause_value(&self, value: &policy::ClauseValue) -> ClauseValue {
        match value {
            policy::ClauseValue::List(entries, how) => {
                ClauseValue::List { items: self.items(entries), join: join(*how) }
            }
            policy::ClauseValue::Topic(topic, entries) => {
                ClauseValue::Topic { topic: topic.to_string(), items: self.items(entries) }
            }
            policy::ClauseValue::Condition(condition) => {
                ClauseValue::Condition { condition: self.condition(condition) }
            }
            policy::ClauseValue::Flag => ClauseValue::Flag,
            policy::ClauseValue::Guarded(arms) => ClauseValue::Guarded {
                arms: arms
                    .iter()
                    .map(|arm| Arm { guard: self.clauses(&arm.guard, &[]), value: self.clause_value(&arm.value) })
                    .collect(),
            },
        }
    }

    fn condition(&self, condition: &Condition) -> ConditionTree {
        match condition {
            Condition::Test(test) => ConditionTree::Test {
                not: test.not,
                item: Box::new(self.item(&test.entry)),
                state: test.state.map(|(_, state): (Number, State)| state.word().to_owned()),
            },
            Condition::Joined(how, operands) => ConditionTree::Joined {
                join: join(*how),
                conditions: operands.iter().map(|operand| self.condition(operand)).collect(),
            },
        }
    }

    fn items(&self, entries: &[policy::Entry]) -> Vec<Item> {
        entries.iter().map(|entry| self.item(entry)).collect()
    }

    fn item(&self, entry: &policy::Entry) -> Item {
        let what = match &entry.head {
            Head::We => What::Publisher,
            Head::You => What::Reader,
            Head::Noun(id) => What::Noun { id: self.policy.noun(*id).id.to_string() },
            Head::Field(id, position) => {
                let noun = self.policy.noun(*id);
                let key = noun.fields.get(usize::from(*position)).map_or("", |field| &field.key);
                What::Field { id: format!("{}.{key}", noun.id) }
            }
            Head::Everything => What::Everything,
            Head::Period(period) => What::Period(Box::new(self.period(period))),
            Head::Value(value) => match value {
                Value::Date(date) => What::Date { value: date.to_string() },
                Value::Absent(absence) => What::Absent { state: absence.word().to_owned() },
                Value::Citation(citation) => What::Citation(self.citation(citation)),
                Value::Place(value) => What::Place { value: value.to_string() },
                Value::Locale(value) => What::Locale { value: value.to_string() },
                Value::Email(value) => What::Email { value: value.to_string() },
                Value::Number(value) => What::Number { value: *value },
                Value::Code(value) => What::Code { value: value.to_string() },
                Value::Link(value) => What::Link { value: value.to_string() },
                Value::Text(value) => What::Text { value: value.to_string() },
            },
        };
        Item {
            what,
            quantifier: entry.quantifier.map(|quantifier| quantifier.word().to_owned()),
            other: entry.other,
            that: entry.that.as_ref().map(ToString::to_string),
            of: entry.of.as_ref().map(|of| Box::new(self.item(of))),
            members: entry.group.as_ref().map(|group| self.members(group)),
            clauses: self.clauses(&entry.tail, &[]),
            citation: entry.citation.as_ref().map(|citation| self.citation(citation)),
            display: entry.display.as_ref().map(ToString::to_string),
            except: self.items(&entry.except),
        }
    }

    fn citation(&self, citation: &policy::Citation) -> Citation {
        let provisions = citation.provisions.iter().map(|provision| Provision {
            law: provision.law.map(|law| self.policy.noun(law).id.to_string()),
            reference: provision.reference.to_string(),
        });
        Citation { provisions: provisions.collect(), words: citation.words.to_string() }
    }

    fn period(&self, period: &policy::Period) -> Period {
        let amount = |(count, unit): policy::Amount| Amount {
            count,
            iso: crate::syntax::ast::iso_duration(count, unit),
            unit: format!("{unit:?}").to_lowercase(),
        };
        let steps = period.steps.iter().map(|step| Step {
            after: match &step.start {
                Some(policy::PeriodStart::After(condition)) => Some(self.condition(condition)),
                Some(policy::PeriodStart::Of(_) | policy::PeriodStart::Before(_)) | None => None,
            },
            amount: step.amount.map(amount),
            at: self.items(&step.stores),
            before: match &step.start {
                Some(policy::PeriodStart::Before(condition)) => Some(self.condition(condition)),
                Some(policy::PeriodStart::Of(_) | policy::PeriodStart::After(_)) | None => None,
            },
            bound: bound(step.bound),
            criterion: step.criterion.as_ref().map(ToString::to_string),
            of: match &step.start {
                Some(policy::PeriodStart::Of(entry)) => Some(Box::new(self.item(entry))),
                Some(policy::PeriodStart::After(_) | policy::PeriodStart::Before(_)) | None => None,
            },
            until: step.until.as_ref().map(|until| self.condition(until)),
            whichever: step.whichever.map(|whichever| whichever.word().to_owned()),
            lasting: step.lasting.as_ref().map(|lasting| self.condition(lasting)),
        });
        Period {
            end: period.end.map(|end| end.word().to_owned()),
            steps: steps.collect(),
            total: period.total.map(|(how, total)| Total { amount: amount(total), bound: bound(how) }),
        }
    }

    fn arms(&self, arms: &[policy::FieldArm]) -> Vec<FieldArm> {
        arms.iter()
            .map(|arm| FieldArm {
                display: arm.display.as_ref().map(ToString::to_string),
                guard: self.clauses(&arm.guard, &[]),
                values: self.items(&arm.values),
            })
            .collect()
    }

    fn members(&self, group: &policy::Group) -> Members {
        let openness = match group.openness {
            Openness::Namely => "namely",
            Openness::SuchAs => "such-as",
            Openness::Including => "including",
            Openness::WithoutLimitation => "without-limitation",
        };
        Members { openness: openness.to_owned(), items: self.items(&group.entries), join: join(group.join) }
    }
}

/// The nouns that documents are said to describe or to govern.
fn delegations(policy: &Policy, statements: &[Statement]) -> HashMap<String, Vec<String>> {
    let kinds: HashMap<&str, Kind> = policy.nouns.iter().map(|noun| (&*noun.id, noun.kind)).collect();
    let speaks: HashSet<&str> = policy
        .verbs
        .iter()
        .filter(|verb| matches!(verb.class, Class::Claim | Class::Legal))
        .map(|verb| &*verb.name)
        .collect();
    let mut found: HashMap<String, Vec<String>> = HashMap::default();
    for statement in statements {
        let Statement::Sentence(sentence) = statement else { continue };
        if sentence.state != "stated" || !sentence.verbs.iter().any(|verb| speaks.contains(verb.as_str())) {
            continue;
        }
        let ids = |items: &[Item], documents: bool| -> Vec<String> {
            let named = items.iter().filter_map(|item| match &item.what {
                What::Noun { id } => Some(id),
                _ => None,
            });
            named.filter(|id| (kinds.get(id.as_str()) == Some(&Kind::Document)) == documents).cloned().collect()
        };
        let documents = ids(&sentence.actors, true);
        if documents.is_empty() {
            continue;
        }
        for topic in ids(&sentence.objects, false) {
            let to = found.entry(topic).or_default();
            let new: Vec<String> = documents.iter().filter(|document| !to.contains(document)).cloned().collect();
            to.extend(new);
        }
    }
    found
}

/// The fields of a noun that readers may expect and the author left unsaid; what stands in for others, like the
/// fields of a party, is expected of nobody.
fn unsaid_fields(noun: &policy::Noun) -> Vec<String> {
    if !noun.declared
        || !matches!(noun.kind, Kind::Engagement | Kind::Tracker | Kind::Right | Kind::Basis | Kind::Setting)
    {
        return Vec::new();
    }
    let said = |key: &str| noun.fields.iter().any(|field| &*field.key == key);
    crate::resolve::fields_of(noun.kind).into_iter().filter(|key| !said(key)).map(str::to_owned).collect()
}

/// The clauses of the blocks around that a statement's own do not replace. Conditions replace nothing: all hold.
fn not_replaced(around: &[policy::Clause], own: &[policy::Clause]) -> Vec<policy::Clause> {
    let replaced = |outer: &policy::Clause| own.iter().any(|own| own.slot == outer.slot);
    around.iter().filter(|outer| outer.slot.takes_condition() || !replaced(outer)).cloned().collect()
}

fn taken(origin: Option<crate::vendors::Origin>) -> Option<Taken> {
    origin.map(|origin| Taken { date: origin.date.to_string(), source: origin.address.to_owned() })
}

fn join(join: Join) -> String {
    match join {
        Join::And => "and",
        Join::Or => "or",
        Join::AndOr => "and-or",
    }
    .to_owned()
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::Exact => "exact",
        Bound::AtMost | Bound::AtLeast | Bound::Roughly | Bound::Last => bound.word(),
    }
    .to_owned()
}

fn force(force: Force) -> &'static str {
    match force {
        Force::Does => "does",
        Force::May | Force::Might => "may",
        Force::Must => "must",
        Force::Will => "will",
        Force::Should => "should",
        Force::Can => "can",
        Force::Commits => "commits",
    }
}
