//! Policies made from a tape of numbers: each number is one choice, so that a failing tape can be shrunk. An
//! empty tape gives the simplest policy.
//!
//! Nearly all are valid: verbs get the clauses their frames take, names are declared before they are used.
//! What is used is noted under a name, so that a test can ask what the generator reaches.

#![allow(dead_code, reason = "each test takes the part it needs")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use candor::syntax::words::{Absence, Kind, Quantifier, Slot};
use candor::vocabulary::{self, Verb};

use crate::hostile;

/// The text of a policy and what was used in it.
pub struct Generated {
    pub text: String,
    pub used: BTreeSet<String>,
}

/// Makes a policy.
pub fn policy(tape: &[u32]) -> Generated {
    let mut maker = Maker {
        tape,
        position: 0,
        out: String::new(),
        used: BTreeSet::new(),
        names: Vec::new(),
        later: Vec::new(),
        facts: Vec::new(),
        secret: false,
        in_tail: false,
        counter: 0,
        depth: 0,
    };
    maker.file();
    Generated { text: maker.out, used: maker.used }
}

/// The kinds an author may declare.
pub const KINDS: [Kind; 23] = [
    Kind::Party,
    Kind::People,
    Kind::Product,
    Kind::Data,
    Kind::Purpose,
    Kind::Event,
    Kind::Way,
    Kind::Tracker,
    Kind::Setting,
    Kind::Law,
    Kind::Basis,
    Kind::Right,
    Kind::Role,
    Kind::Place,
    Kind::Term,
    Kind::Link,
    Kind::Contact,
    Kind::Reason,
    Kind::Verb,
    Kind::Manner,
    Kind::Store,
    Kind::Engagement,
    Kind::Document,
];

/// Every modality, with the form for one and for several.
pub const MODALITIES: [(&str, &str, Form); 15] = [
    ("", "", Form::Agreeing),
    ("does not", "do not", Form::Base),
    ("never", "never", Form::Agreeing),
    ("may", "may", Form::Base),
    ("might", "might", Form::Base),
    ("might not", "might not", Form::Base),
    ("must", "must", Form::Base),
    ("must not", "must not", Form::Base),
    ("will", "will", Form::Base),
    ("will not", "will not", Form::Base),
    ("will never", "will never", Form::Base),
    ("should", "should", Form::Base),
    ("should not", "should not", Form::Base),
    ("cannot", "cannot", Form::Base),
    ("commits to", "commit to", Form::Base),
];

/// The form of the verb behind a modality.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Base,
    Agreeing,
}

/// Every kind of statement and entry that the generator makes, besides kinds, clauses and modalities.
pub const SHAPES: &[&str] = &[
    "section",
    "nested section",
    "steps",
    "scope",
    "you are",
    "bare block",
    "closed list",
    "setting",
    "prose",
    "sentence name",
    "only actor",
    "only clause",
    "except",
    "manner",
    "verbs and",
    "verbs or",
    "list and",
    "list or",
    "such as",
    "namely",
    "including",
    "including without limitation",
    "braces",
    "tail",
    "of",
    "that",
    "other",
    "means",
    "vendor",
    "one",
    "many",
    "noun",
    "is",
    "link",
    "code",
    "from",
    "label alone",
    "condition and",
    "condition or",
    "condition and-or",
    "condition not",
    "condition parentheses",
    "state is enabled",
    "state are disabled",
    "we",
    "you",
    "date",
    "duration",
    "period",
    "place",
    "email",
    "address",
    "literal code",
    "everything",
    "member",
    "field",
    "topic",
    "rows",
    "prose list",
    "prose ordered list",
    "prose emphasis",
    "prose strong",
    "prose code",
    "prose link",
    "prose reference",
    "prose see",
    "long list",
    "comment",
    "covers",
    "describes",
    "voice",
    "updated",
    "contents",
    "laws",
    "tail except",
    "tail several",
    "citation",
    "period bound",
    "period of",
    "period after",
    "period before",
    "period until",
    "period while",
    "period by",
    "period at",
    "period whichever",
    "period chain",
    "period end",
    "period total",
    "period open",
    "guarded clause",
    "guarded field",
    "display",
    "display in a field",
    "absence",
    "or in a field",
    "internal field",
    "internal statement",
    "internal block",
    "internal noun",
    "addition",
    "addition for a reader",
    "edition",
    "edition goes on",
    "document",
];

/// Stands in every label that is internal, so that a test can look for it on pages.
pub const SECRET: &str = "zqsecret";

struct Maker<'t> {
    tape: &'t [u32],
    position: usize,
    out: String,
    used: BTreeSet<String>,
    /// What is declared so far.
    names: Vec<(Kind, String)>,
    /// Names of members and fields with their owners.
    later: Vec<String>,
    /// The sentences with names, the slots they fill, and whether they deny.
    facts: Vec<(String, BTreeSet<Slot>, bool)>,
    /// Whether labels are internal at the moment.
    secret: bool,
    /// Whether a tail is being written, which holds no further one.
    in_tail: bool,
    counter: usize,
    depth: usize,
}

/// What nouns of a kind may stand in a clause, for the clauses that no verb decides.
fn of_slot(slot: Slot) -> &'static [Kind] {
    match slot {
        Slot::About => &[Kind::People, Kind::Data, Kind::Party, Kind::Product, Kind::Term],
        Slot::From => &[Kind::Party, Kind::People, Kind::Product, Kind::Place, Kind::Tracker],
        Slot::Via => &[Kind::Way, Kind::Tracker, Kind::Contact, Kind::Link, Kind::Steps, Kind::Product],
        Slot::On => &[Kind::Product, Kind::Link, Kind::Tracker, Kind::Place],
        Slot::With | Slot::To => &[Kind::Party, Kind::People, Kind::Place],
        Slot::For => &[Kind::Purpose],
        Slot::Under => &[Kind::Law, Kind::Basis, Kind::Setting, Kind::Link, Kind::Term],
        Slot::As => &[Kind::Role],
        Slot::In | Slot::At => &[Kind::Place, Kind::Product, Kind::Store],
        Slot::When | Slot::Unless | Slot::While | Slot::Until | Slot::Before | Slot::After => &[Kind::Event],
        Slot::Within | Slot::Kept => &[Kind::Event],
        Slot::Because | Slot::Required | Slot::Optional => &[Kind::Reason],
        Slot::Sense => &[Kind::Law],
        Slot::See => &[Kind::Link, Kind::Contact, Kind::Section, Kind::Steps, Kind::Party, Kind::Product, Kind::Law],
    }
}

/// Whether a clause speaks of data that are there, which a denial has none of.
fn is_of_data(slot: Slot) -> bool {
    slot == Slot::Kept || slot.is_flag()
}

impl Maker<'_> {
    fn next(&mut self) -> u32 {
        let number = self.tape.get(self.position).copied().unwrap_or(0);
        self.position += 1;
        number
    }

    fn below(&mut self, count: usize) -> usize {
        if count == 0 { 0 } else { self.next() as usize % count }
    }

    /// True in one of `count` cases, and never when the tape has run out.
    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    fn pick<T: Clone>(&mut self, choices: &[T]) -> T {
        let index = self.below(choices.len());
        choices[index].clone()
    }

    fn note(&mut self, what: impl Into<String>) {
        self.used.insert(what.into());
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A space of some kind; a comment now and then.
    fn gap(&mut self) {
        match self.below(30) {
            29 => {
                self.note("comment");
                self.put(" # a comment; with \"marks\" {\n");
            }
            28 => self.put("\n\t"),
            _ => self.put(" "),
        }
    }

    fn fresh(&mut self, stem: &str) -> String {
        self.counter += 1;
        format!("x-{stem}-{}", self.counter)
    }

    // ── labels ──────────────────────────────────────────────────────────────────────────────────────────

    fn words(&mut self) -> String {
        const PLAIN: &[&str] =
            &["send parcels", "the moon", "you agree", "old maps", "Alpine Ltd", "read logs", "a garden", "e-mail"];
        const PIECES: &[&str] = &[
            "a",
            "b ",
            " c",
            "*",
            "_",
            "`",
            "<",
            ">",
            "&",
            "|",
            "\\",
            "\"",
            "{",
            "}",
            "%",
            "[",
            "]",
            "(",
            ")",
            "!",
            "#",
            "-",
            ".",
            ":",
            "/",
            "@",
            "~",
            "=",
            "$",
            "^",
            "+",
            "1",
            "é",
            "ש",
            "\u{202e}x\u{202c}",
            "\u{200b}",
            "\u{301}",
            "🙂",
            "http://x.example",
            "www.x.example",
            "&amp;",
            "{{x}}",
            "</p>",
        ];
        match self.below(8) {
            0..=3 => {
                let plain = self.pick(PLAIN);
                let number = self.below(50);
                if number == 0 { plain.to_owned() } else { format!("{plain} {number}") }
            }
            4 | 5 => {
                let labels: Vec<&&str> = hostile::LABELS.iter().filter(|label| !label.contains('\n')).collect();
                (**self.pick(&labels)).to_owned()
            }
            _ => {
                let mut text = String::new();
                for _ in 0..=self.below(6) {
                    text.push_str(self.pick(PIECES));
                }
                if text.trim().is_empty() { "x".to_owned() } else { text }
            }
        }
    }

    fn label(&mut self) -> String {
        let secret = if self.secret { SECRET } else { "" };
        format!("\"{secret}{}\"", self.words().replace('\\', "\\\\").replace('"', "\\\""))
    }

    fn code(&mut self) -> String {
        let words = self.words();
        let words = words.trim_end_matches('\\');
        if words.is_empty() { "`x`".to_owned() } else { format!("`{}`", words.replace('`', "\\`")) }
    }

    fn address(&mut self) -> &'static str {
        self.pick(&[
            "<https://acme.example/>",
            "<http://acme.example/a_b*c?d=e&f=%20#g>",
            "<mailto:help@acme.example>",
            "<https://acme.example/é/(x)/[y]>",
            "<https://acme.example/a&amp;b>",
        ])
    }

    // ── the file ────────────────────────────────────────────────────────────────────────────────────────

    fn file(&mut self) {
        if self.one_in(20) {
            self.put("\u{feff}");
        }
        self.header();
        self.declare_base();
        for _ in 0..self.below(8) {
            let kind = self.pick(&KINDS);
            self.declare(kind);
        }
        if self.one_in(3) {
            self.statements(4);
        } else {
            for _ in 0..=self.below(4) {
                self.section();
            }
        }
        if self.one_in(4) {
            self.editions();
        }
        if self.one_in(2) {
            self.internal();
        }
        for _ in 0..self.below(3) {
            self.addition();
        }
        if self.one_in(5) {
            for _ in 0..=self.below(3) {
                self.declare(Kind::Document);
            }
        }
    }

    fn header(&mut self) {
        let title = self.label();
        // Many of the labels look like holes of templates, which would not be published.
        self.put("allow placeholder because \"these are the labels of a test\";\n");
        let _ = write!(self.out, "policy {title} {{ we are acme;");
        if self.one_in(2) {
            self.put(" you are reader;");
        }
        if self.one_in(3) {
            self.note("covers");
            self.put(" covers site;");
        }
        if self.one_in(3) {
            self.note("describes");
            let (one, two) = (self.label(), self.label());
            let _ = write!(self.out, " describes {one}, {two};");
        }
        if self.one_in(3) {
            self.note("voice");
            let voice = self.pick(&["we", "name"]);
            let _ = write!(self.out, " voice {voice};");
        }
        if self.one_in(3) {
            let language = self.pick(&["en-GB", "en-US", "en"]);
            let _ = write!(self.out, " language {language};");
        }
        if self.one_in(2) {
            self.note("updated");
            let label = self.label();
            let _ = write!(self.out, " updated {label} 2026-02-28;");
        }
        if self.one_in(3) {
            self.note("contents");
            self.put(" contents on;");
        }
        if self.one_in(4) {
            self.note("laws");
            self.put(" laws dsa;");
        }
        self.put(" }\n");
    }

    fn declare_base(&mut self) {
        let (acme, reader, site) = (self.label(), self.label(), self.label());
        let _ = write!(self.out, "party acme {acme}");
        if self.one_in(3) {
            let legal = self.label();
            let _ = writeln!(self.out, " {{ legal {legal}; }}");
            self.later.push("acme.legal".to_owned());
        } else {
            self.put(";\n");
        }
        let _ = writeln!(self.out, "people reader {reader};");
        let _ = writeln!(self.out, "product site {site} <https://acme.example/site>;");
        self.names.push((Kind::People, "reader".to_owned()));
        self.names.push((Kind::Product, "site".to_owned()));
    }

    fn declare(&mut self, kind: Kind) {
        self.note(format!("kind {}", kind.word()));
        let name = self.fresh(kind.word());
        let label = self.label();
        match kind {
            Kind::Verb => {
                let _ = writeln!(
                    self.out,
                    "verb {name} \"{name}\" is use {{ third \"{name}s\"; past \"{name}ed\"; gerund \"{name}ing\"; objects data, term; }}"
                );
                let _ = writeln!(self.out, "we {name} name;");
                return;
            }
            Kind::Manner => {
                let place = self.pick(&["before", "after", "end"]);
                let _ = writeln!(self.out, "manner {name} {label} {{ place {place}; }}");
                let _ = writeln!(self.out, "we {name} collect name;");
                return;
            }
            _ => {}
        }
        let _ = write!(self.out, "{} {name} {label}", kind.word());
        self.attributes(kind, true);
        match kind {
            Kind::Engagement => self.put(" of acme"),
            Kind::Document => {
                self.note("document");
                const PUBLIC: [&str; 5] =
                    ["short-notice", "cookie-policy", "processor-list", "california-notice", "children-notice"];
                let document = self.pick(&PUBLIC);
                let _ = write!(self.out, " is {document}");
            }
            _ => {}
        }
        let fields: &[&str] = match kind {
            Kind::Party => &[
                "legal LABEL",
                "country US",
                "seat IE as LABEL",
                "email help@acme.example as LABEL",
                "phone LABEL",
                "post LABEL",
                "site <https://acme.example/?a=1&b=2> as LABEL",
                "internal owner INTERNAL",
            ],
            Kind::People => &["younger-than 16 years", "resident US-CA", "account LABEL"],
            Kind::Product => &["versions LABEL", "default LABEL", "features LABEL, LABEL"],
            Kind::Data => &[
                "examples LABEL, LABEL",
                "also LABEL",
                "ccpa F",
                "sample LABEL",
                "inferred-from LABEL",
                "hashed-from email-address",
                "internal owner INTERNAL",
            ],
            Kind::Tracker => &[
                "names CODE, CODE, LABEL",
                "lasts PERIOD",
                "provider acme or LABEL",
                "host LABEL",
                "kind session-cookie",
                "class necessary",
                "purposes LABEL, analytics",
            ],
            Kind::Setting => {
                &["default LABEL", "owner acme", "controls analytics, LABEL", "leaves security", "at LABEL"]
            }
            Kind::Law => &[
                "from 2018-05-25 as LABEL",
                "until 2030-01-01",
                "short LABEL",
                "unit LABEL",
                "country DE",
                "regulator LABEL or LABEL",
            ],
            Kind::Basis => &[
                "covers LABEL, analytics",
                "asked LABEL",
                "withdraw LABEL or LABEL",
                "effect LABEL",
                "refusal LABEL",
                "final LABEL",
            ],
            Kind::Right => &[
                "under CODE",
                "answer PERIOD",
                "extension 2 months",
                "means LABEL or LABEL",
                "proof LABEL",
                "agent LABEL",
                "fee ABSENT",
                "free LABEL",
                "effect LABEL",
                "leaves backup",
                "limit LABEL",
                "appeal LABEL, LABEL",
            ],
            Kind::Store => &["in IE, LABEL", "of acme", "internal system INTERNAL"],
            Kind::Engagement => &[
                "role processor",
                "for LABEL, analytics",
                "gets name, LABEL",
                "on site",
                "in IE, US-CA",
                "under scc-2021-914 or LABEL",
                "guarantee ABSENT",
                "since 2026-01-01 as LABEL",
                "terms <https://acme.example/terms>",
            ],
            Kind::Document => &["updated 2026-01-01", "contact LABEL", "notice PERIOD", "reading-level LABEL"],
            Kind::Contact => {
                &["email help@acme.example", "post LABEL", "phone LABEL", "form <https://acme.example/form>"]
            }
            _ => &[],
        };
        let mut chosen: Vec<String> = Vec::new();
        for field in fields {
            if self.one_in(3) {
                let value = self.field(field);
                chosen.push(value);
            }
        }
        if kind == Kind::Contact && chosen.is_empty() {
            chosen.push("email help@acme.example".to_owned());
        }
        if chosen.is_empty() {
            self.put(";\n");
        } else {
            let _ = writeln!(self.out, " {{ {}; }}", chosen.join("; "));
            // What is internal has no name in public.
            let public = chosen.iter().find(|field| !field.starts_with("internal"));
            if let Some(key) = public.and_then(|field| field.split(' ').next()) {
                self.later.push(format!("{name}.{key}"));
            }
        }
        self.names.push((kind, name));
    }

    /// A field with what stands for its values.
    fn field(&mut self, pattern: &str) -> String {
        let mut text = String::new();
        for (index, word) in pattern.split(' ').enumerate() {
            if index > 0 {
                text.push(' ');
            }
            let (word, comma) = word.strip_suffix(',').map_or((word, ""), |word| (word, ","));
            match word {
                "LABEL" => text.push_str(&self.label()),
                "CODE" => text.push_str(&self.code()),
                "INTERNAL" => {
                    self.note("internal field");
                    let outer = std::mem::replace(&mut self.secret, true);
                    text.push_str(&self.label());
                    self.secret = outer;
                }
                "ABSENT" => {
                    self.note("absence");
                    let absence = self.pick(&Absence::ALL);
                    text.push_str(absence.word());
                    if self.one_in(3) {
                        let words = self.label();
                        let _ = write!(text, " as {words}");
                    }
                }
                "PERIOD" => text.push_str(&self.period_of_field()),
                "or" => {
                    self.note("or in a field");
                    text.push_str("or");
                }
                "as" => {
                    self.note("display in a field");
                    text.push_str("as");
                }
                other => text.push_str(other),
            }
            text.push_str(comma);
        }
        text
    }

    fn period_of_field(&mut self) -> String {
        let outer = std::mem::take(&mut self.out);
        match self.below(4) {
            3 => {
                self.note("guarded field");
                self.put("{ about reader: 30 days");
                if self.one_in(2) {
                    let words = self.label();
                    let _ = write!(self.out, " as {words}");
                }
                self.put("; otherwise: ");
                self.period(true);
                self.put(" }");
            }
            2 => {
                self.note("absence");
                let words = self.label();
                let _ = write!(self.out, "unspecified as {words}");
            }
            _ => self.period(true),
        }
        std::mem::replace(&mut self.out, outer)
    }

    /// Attributes behind a label. A noun at the top takes a few more.
    fn attributes(&mut self, kind: Kind, noun: bool) {
        if self.one_in(8) {
            self.note("means");
            let label = self.label();
            let _ = write!(self.out, " means {label}");
        }
        if self.one_in(6) {
            self.note("link");
            let address = self.address();
            let _ = write!(self.out, " {address}");
        }
        if self.one_in(12) {
            self.note("code");
            let code = self.code();
            let _ = write!(self.out, " {code}");
        }
        if self.one_in(12) {
            self.note("one");
            let label = self.label();
            let _ = write!(self.out, " one {label}");
        }
        if self.one_in(15) {
            self.note("many");
            let label = self.label();
            let _ = write!(self.out, " many {label}");
        }
        if kind == Kind::Purpose && self.one_in(8) {
            self.note("noun");
            let label = self.label();
            let _ = write!(self.out, " noun {label}");
        }
        if self.one_in(8)
            && let Some(name) = vocabulary::names(kind).next()
        {
            self.note("is");
            let _ = write!(self.out, " is {name}");
        }
        if self.one_in(6) && matches!(kind, Kind::Party | Kind::Tracker | Kind::Engagement) {
            self.note("vendor");
            let vendors: Vec<&str> = candor::vendors::VENDORS.iter().map(|vendor| vendor.name).collect();
            let vendor = self.pick(&vendors);
            let _ = write!(self.out, " is vendor {vendor}");
        }
        if self.one_in(10) {
            self.note("that");
            let label = self.label();
            let _ = write!(self.out, " that {label}");
        }
        if self.one_in(10) && matches!(kind, Kind::Data | Kind::Term | Kind::Party | Kind::People) {
            self.note("of");
            let owner = self.pick(&["us", "you", "site", "reader", "acme"]);
            let _ = write!(self.out, " of {owner}");
        }
        if noun && kind == Kind::Data && self.one_in(4) {
            self.note("from");
            self.put(" from site");
        }
        if self.one_in(6)
            && self.depth < 3
            && !matches!(kind, Kind::Event | Kind::Reason | Kind::Setting | Kind::Link | Kind::Contact)
        {
            self.group(kind);
        }
    }

    fn group(&mut self, kind: Kind) {
        let openness = self.pick(&["such as", "namely", "including", "including without limitation"]);
        self.note(openness);
        self.note("braces");
        let _ = write!(self.out, " {openness} {{ ");
        self.depth += 1;
        for index in 0..=self.below(4) {
            if index > 0 {
                self.put(", ");
            }
            self.simple_entry(&[kind]);
        }
        self.depth -= 1;
        self.put(" }");
    }

    // ── statements ──────────────────────────────────────────────────────────────────────────────────────

    fn section(&mut self) {
        let name = self.fresh("section");
        let title = self.label();
        self.note("section");
        if self.depth > 0 {
            self.note("nested section");
        }
        let _ = writeln!(self.out, "section {name} {title} {{");
        self.depth += 1;
        self.statements(5);
        if self.depth < 4 && self.one_in(4) {
            self.section();
        }
        self.depth -= 1;
        self.put("}\n");
        self.names.push((Kind::Section, name));
    }

    // ── what holds for some readers, on some days, or for nobody outside ───────────────────────────────

    /// Two editions, one behind the other. The first may go on further down.
    fn editions(&mut self) {
        self.note("edition");
        let (first, second) = (self.label(), self.label());
        let _ = writeln!(self.out, "edition x-old {first} since 2026-01-01 until 2026-06-01 {{");
        self.statements(2);
        let _ = writeln!(self.out, "}}\nedition x-new {second} since 2026-06-01 {{");
        self.section();
        self.put("}\n");
        if self.one_in(2) {
            self.note("edition goes on");
            self.put("edition x-old {\n");
            self.sentence(true);
            self.put("}\n");
        }
    }

    /// Further clauses of a sentence that has a name.
    fn addition(&mut self) {
        if self.facts.is_empty() {
            return;
        }
        let index = self.below(self.facts.len());
        let (name, filled, denied) = self.facts.remove(index);
        let slots: Vec<Slot> = [Slot::Because, Slot::Kept, Slot::When, Slot::See, Slot::Required]
            .into_iter()
            .filter(|slot| !(filled.contains(slot) || (denied && is_of_data(*slot))))
            .collect();
        if slots.is_empty() {
            return;
        }
        self.note("addition");
        let apart = self.one_in(2);
        if apart {
            self.note("addition for a reader");
            let reader = self.entry_of(&[Kind::People]);
            let _ = writeln!(self.out, "you are {reader} {{");
        }
        let slot = self.pick(&slots);
        let _ = write!(self.out, "{name}: {}", slot.word());
        self.put(" ");
        self.value_of(slot);
        self.put(if apart { ";\n}\n" } else { ";\n" });
    }

    /// What no page may show; what it declares stays inside.
    fn internal(&mut self) {
        let known = self.names.len();
        let (later, facts) = (self.later.len(), self.facts.len());
        self.secret = true;
        match self.below(3) {
            2 => {
                self.note("internal noun");
                let (name, label, value) = (self.fresh("party"), self.label(), self.label());
                let _ = writeln!(self.out, "internal party {name} {label} {{ owner {value}; }}");
            }
            1 => {
                self.note("internal block");
                self.put("internal {\n");
                self.sentence(true);
                self.sentence(true);
                self.put("}\n");
            }
            _ => {
                self.note("internal statement");
                self.put("internal ");
                self.sentence(false);
            }
        }
        self.secret = false;
        self.names.truncate(known);
        self.later.truncate(later);
        self.facts.truncate(facts);
    }

    fn statements(&mut self, most: usize) {
        for _ in 0..=self.below(most) {
            self.statement();
        }
    }

    fn statement(&mut self) {
        self.depth += 1;
        let deep = self.depth > 5;
        match if deep { 0 } else { self.below(16) } {
            0..=6 => self.sentence(true),
            7 => self.rows(),
            8 => self.scope(),
            9 => self.closed_list(),
            10 => self.steps(),
            11 | 12 => self.prose(),
            13 => {
                let kind = self.pick(&KINDS);
                self.declare(kind);
            }
            14 => self.setting(),
            _ => self.long_list(),
        }
        self.depth -= 1;
    }

    /// Statements in a block that holds nothing but sentences and what may stand among them.
    fn block(&mut self, most: usize) {
        self.put(" {\n");
        for _ in 0..=self.below(most) {
            self.sentence(true);
        }
        if self.depth < 4 && self.one_in(5) {
            self.statement();
        }
        self.put("}\n");
    }

    fn scope(&mut self) {
        match self.below(8) {
            7 => {
                self.note("you are");
                let people = self.entry_of(&[Kind::People]);
                let _ = write!(self.out, "you are {people}");
            }
            6 => self.note("bare block"),
            5 => {
                self.note("scope");
                let slot = self.pick(&[Slot::About, Slot::For, Slot::On, Slot::From, Slot::Via, Slot::In, Slot::Under]);
                let entry = self.entry_of(&of_slot(slot)[..1]);
                let _ = write!(self.out, "{} {entry}", slot.word());
            }
            _ => {
                self.note("scope");
                let slot = self.pick(&[Slot::When, Slot::Unless, Slot::While, Slot::After, Slot::Before, Slot::Until]);
                self.put(slot.word());
                self.put(" ");
                self.condition(0);
            }
        }
        self.block(3);
    }

    fn closed_list(&mut self) {
        self.note("closed list");
        let data = self.entry_of(&[Kind::Data]);
        let party = self.entry_of(&[Kind::Party]);
        let _ = writeln!(self.out, "we will share {data} with {party} only in {{");
        for _ in 0..=self.below(3) {
            self.sentence(false);
        }
        self.put("}\n");
    }

    fn steps(&mut self) {
        self.note("steps");
        let name = self.fresh("steps");
        let label = self.label();
        let _ = write!(self.out, "steps {name} {label}");
        if self.one_in(4) {
            self.put(" when ");
            self.condition(0);
        }
        self.put(" {\n");
        for _ in 0..=self.below(3) {
            match self.below(4) {
                3 => {
                    self.put("{ you use ");
                    self.simple_entry(&[Kind::Term]);
                    self.put("; you use ");
                    self.simple_entry(&[Kind::Product]);
                    self.put("; }\n");
                }
                2 => {
                    self.put("you may contact us via ");
                    self.simple_entry(&[Kind::Contact, Kind::Link]);
                    self.put(";\n");
                }
                _ => {
                    self.put("you use ");
                    self.simple_entry(&[Kind::Product]);
                    self.put(";\n");
                }
            }
        }
        self.put("}\n");
        self.names.push((Kind::Steps, name));
    }

    fn setting(&mut self) {
        self.note("setting");
        let level = self.pick(&["allow", "warn"]);
        let _ = writeln!(self.out, "{level} label-purpose because \"a test\" {{");
        self.sentence(false);
        self.put("}\n");
    }

    /// Sentences of one shape, which become a table.
    fn rows(&mut self) {
        self.note("rows");
        for _ in 0..3 + self.below(3) {
            let data = self.label();
            let purpose = self.label();
            let _ = writeln!(self.out, "we collect {data} for {purpose} via \"the form\";");
        }
    }

    fn long_list(&mut self) {
        self.note("long list");
        self.put("we collect ");
        for index in 0..5 + self.below(5) {
            if index > 0 {
                self.put(", ");
            }
            let label = self.label();
            self.put(&label);
            if self.one_in(6) {
                let address = self.address();
                self.put(" ");
                self.put(address);
            }
        }
        self.put(";\n");
    }

    // ── sentences ───────────────────────────────────────────────────────────────────────────────────────

    fn verb(&mut self) -> &'static Verb {
        const COMMON: &[&str] = &[
            "collect", "use", "share", "store", "keep", "sell", "delete", "protect", "contact", "track", "have",
            "transfer",
        ];
        if self.below(2) == 0 {
            let name = self.pick(COMMON);
            if let Some((verb, _)) = vocabulary::find_verb(name) {
                return verb;
            }
        }
        let index = self.below(vocabulary::VERBS.len());
        &vocabulary::VERBS[index]
    }

    fn sentence(&mut self, whole: bool) {
        let mut called = None;
        if whole && self.one_in(12) {
            self.note("sentence name");
            let name = self.fresh("fact");
            let _ = write!(self.out, "{name}: ");
            called = Some(name);
        }
        let only = self.one_in(20);
        if only {
            self.note("only actor");
            self.put("only ");
        }
        let plural = self.actor();
        self.gap();
        let modality = self.below(MODALITIES.len());
        let (one, several, form) = MODALITIES[modality];
        let written = if plural { several } else { one };
        self.note(format!("modality {one}"));
        if !written.is_empty() {
            self.put(written);
            self.put(" ");
        }
        let first = self.verb();
        let mut verbs = vec![first];
        if self.one_in(6) {
            let others: Vec<&'static Verb> = vocabulary::VERBS
                .iter()
                .filter(|verb| verb.class == first.class && verb.objects == first.objects)
                .collect();
            verbs.push(self.pick(&others));
        }
        if first.objects.is_some() && self.one_in(6) {
            self.note("manner");
            let manners: Vec<&str> = vocabulary::names(Kind::Manner).collect();
            let manner = self.pick(&manners);
            self.put(manner);
            self.put(" ");
        }
        let or = self.one_in(2);
        for (index, verb) in verbs.iter().enumerate() {
            if index > 0 {
                self.note(if or { "verbs or" } else { "verbs and" });
                self.put(if or { " or " } else { ", " });
            }
            let name = if form == Form::Base || plural { verb.name.to_string() } else { verb.third_name() };
            self.put(&name);
        }
        if let Some(kinds) = first.objects {
            self.put(" ");
            let kinds: Vec<Kind> = kinds.iter().collect();
            self.list(&kinds, 3);
        }
        let denied = one.contains("not") || one.contains("never");
        let filled = self.clauses(first, verbs.len() == 1, denied);
        if let Some(name) = called {
            self.facts.push((name, filled, denied));
        }
        if whole && self.one_in(10) {
            self.note("except");
            self.put(" except");
            match (first.objects, self.below(2)) {
                (Some(kinds), 0) => {
                    let kinds: Vec<Kind> = kinds.iter().collect();
                    let entry = self.entry_of(&kinds[..1]);
                    let _ = write!(self.out, " {entry}");
                }
                _ => {
                    self.put(" when ");
                    self.condition(0);
                }
            }
        }
        self.put(";\n");
    }

    /// Who acts; says whether that is plural.
    fn actor(&mut self) -> bool {
        match self.below(6) {
            0 | 1 => {
                self.note("we");
                self.put("we");
                true
            }
            2 => {
                self.note("you");
                self.put("you");
                true
            }
            3 => {
                let parties: Vec<String> =
                    self.names.iter().filter(|(kind, _)| *kind == Kind::Party).map(|(_, name)| name.clone()).collect();
                let party = if parties.is_empty() { "acme".to_owned() } else { self.pick(&parties) };
                self.put(&party);
                false
            }
            4 => {
                self.put("acme, site");
                true
            }
            _ => {
                let name = self.fresh("party");
                let label = self.label();
                let _ = write!(self.out, "{name} {label}");
                self.names.push((Kind::Party, name));
                false
            }
        }
    }

    /// Clauses of a sentence; gives the slots that they fill.
    fn clauses(&mut self, verb: &Verb, single: bool, denied: bool) -> BTreeSet<Slot> {
        let mut filled = BTreeSet::new();
        for slot in Slot::ALL {
            let universal = slot.takes_condition()
                || matches!(
                    slot,
                    Slot::Because | Slot::See | Slot::As | Slot::Kept | Slot::Sense | Slot::Required | Slot::Optional
                );
            let frame = verb.slot(slot).filter(|_| single);
            let wanted = if universal { self.one_in(14) } else { frame.is_some() && self.one_in(3) };
            if !wanted || (denied && is_of_data(slot)) {
                continue;
            }
            filled.insert(slot);
            self.note(format!("clause {}", slot.word()));
            self.gap();
            if !slot.is_flag() && self.one_in(12) {
                self.note("only clause");
                self.put("only ");
            }
            self.put(slot.word());
            self.put(" ");
            let kinds: Vec<Kind> = match frame {
                Some(frame) => frame.kinds.iter().collect(),
                None => of_slot(slot).to_vec(),
            };
            if !slot.is_flag() && !slot.takes_condition() && self.one_in(12) {
                self.guarded(slot, &kinds);
            } else {
                self.value(slot, &kinds);
            }
        }
        filled
    }

    /// The value of a clause that no verb decides.
    fn value_of(&mut self, slot: Slot) {
        self.value(slot, of_slot(slot));
    }

    fn value(&mut self, slot: Slot, kinds: &[Kind]) {
        match slot {
            _ if slot.is_flag() => {}
            _ if slot.takes_condition() => self.condition(0),
            Slot::Kept => self.period(true),
            Slot::Within => self.period(false),
            Slot::For if self.one_in(6) => self.period(false),
            Slot::For if self.one_in(12) => {
                self.note("display");
                let words = self.label();
                let _ = write!(self.out, "45 days as {words}");
            }
            Slot::In | Slot::At if self.one_in(4) => {
                self.note("place");
                let place = self.pick(&["US", "US-CA", "EEA"]);
                self.put(place);
            }
            Slot::Under if kinds.contains(&Kind::Basis) && self.one_in(3) => {
                self.note("citation");
                let basis = self.pick(&["contract", "legitimate-interests", "consent"]);
                let code = if self.one_in(2) {
                    self.code().replacen('`', "`gdpr 6 ", 1)
                } else {
                    "`gdpr 6(1)(b) with ccpa 4`".to_owned()
                };
                let _ = write!(self.out, "{basis} {code}");
            }
            Slot::See if self.one_in(3) => {
                self.note("topic");
                let topic = self.label();
                let _ = write!(self.out, "for {topic} ");
                self.list(of_slot(slot), 2);
            }
            Slot::On | Slot::See if self.one_in(4) => {
                self.note("address");
                let address = self.address();
                self.put(address);
            }
            _ => self.list(kinds, 3),
        }
    }

    /// Values that differ by guard.
    fn guarded(&mut self, slot: Slot, kinds: &[Kind]) {
        self.note("guarded clause");
        self.put("{ ");
        for _ in 0..=self.below(2) {
            let reader = self.entry_of(&[Kind::People]);
            let _ = write!(self.out, "about {reader}: ");
            self.value(slot, kinds);
            self.put("; ");
        }
        if self.below(3) > 0 {
            self.put("otherwise: ");
            self.value(slot, kinds);
            self.put("; ");
        }
        self.put("}");
    }

    /// A period with several of its parts; one that is `open` may lack an amount.
    fn period(&mut self, open: bool) {
        self.note("period");
        if open && self.one_in(6) {
            self.note("period open");
            match self.below(3) {
                2 => self.end_of_period("by"),
                1 => self.end_of_period("while"),
                _ => self.end_of_period("until"),
            }
            return;
        }
        let steps = if self.one_in(4) { 1 + self.below(4) } else { 1 };
        for index in 0..steps {
            if index > 0 {
                self.note("period chain");
                self.put(" then ");
            }
            self.period_step();
        }
        if self.one_in(3) {
            self.note("period end");
            let end = self.pick(&["delete", "anonymise", "hide", "restrict", "unlink", "aggregate", "archive"]);
            let _ = write!(self.out, " then {end}");
        }
        if steps > 1 && self.one_in(2) {
            self.note("period total");
            self.put(" total at-most 90 years");
        }
    }

    fn period_step(&mut self) {
        let bound = self.pick(&["", "at-most ", "at-least ", "roughly "]);
        if !bound.is_empty() {
            self.note("period bound");
        }
        let amount = self.pick(&["3 years", "1 month", "10 days", "2 quarters", "90 minutes", "1 hour"]);
        let _ = write!(self.out, "{bound}{amount}");
        match self.below(9) {
            6 => {
                self.note("period of");
                self.put(" of ");
                self.simple_entry(&[Kind::Event]);
            }
            7 => {
                self.note("period after");
                self.put(" after ");
                self.condition(1);
            }
            8 => {
                self.note("period before");
                self.put(" before ");
                self.condition(1);
            }
            _ => {}
        }
        for end in ["until", "while", "by"] {
            if self.one_in(8) {
                self.put(" ");
                self.end_of_period(end);
            }
        }
        if self.one_in(6) {
            self.note("period at");
            self.put(" at ");
            self.simple_entry(&[Kind::Store]);
        }
        if self.one_in(8) {
            self.note("period whichever");
            let which = self.pick(&["first", "last"]);
            let _ = write!(self.out, " whichever {which}");
        }
    }

    fn end_of_period(&mut self, word: &str) {
        self.note(format!("period {word}"));
        let _ = write!(self.out, "{word} ");
        if word == "by" {
            let criterion = self.label();
            self.put(&criterion);
        } else {
            self.condition(1);
        }
    }

    /// Clauses of an entry's own, of any slot, and what is cut out of it.
    fn tail(&mut self, kinds: &[Kind]) {
        self.note("tail");
        self.put(" (");
        self.in_tail = true;
        let except = self.one_in(5);
        let first = self.below(Slot::ALL.len());
        let count = if except { self.below(2) } else { 1 + self.below(2) };
        for index in 0..count {
            let Some(slot) = Slot::ALL.get((first + 7 * index) % Slot::ALL.len()).copied() else { continue };
            if index > 0 {
                self.note("tail several");
                self.put(" ");
            }
            self.note(format!("tail {}", slot.word()));
            if !slot.is_flag() && self.one_in(5) {
                self.put("only ");
            }
            self.put(slot.word());
            self.put(" ");
            self.value_of(slot);
        }
        if except {
            self.note("tail except");
            self.put(" except ");
            self.simple_entry(kinds);
        }
        self.in_tail = false;
        self.put(")");
    }

    fn list(&mut self, kinds: &[Kind], most: usize) {
        let count = 1 + self.below(most);
        let or = self.one_in(4);
        for index in 0..count {
            if index > 0 {
                self.note(if or { "list or" } else { "list and" });
                self.put(if or { " or " } else { ", " });
            }
            self.entry(kinds);
        }
    }

    /// A declared name of one of the kinds, or a new label.
    fn entry_of(&mut self, kinds: &[Kind]) -> String {
        let known: Vec<String> =
            self.names.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, name)| name.clone()).collect();
        if !known.is_empty() && self.below(3) > 0 {
            return self.pick(&known);
        }
        let kind =
            kinds.iter().copied().find(|kind| !matches!(kind, Kind::Section | Kind::Steps)).unwrap_or(Kind::Term);
        if kind != kinds[0] {
            return if known.is_empty() { self.label() } else { self.pick(&known) };
        }
        if kind == Kind::Data && self.below(3) == 0 {
            let names: Vec<&str> = vocabulary::names(kind).collect();
            return self.pick(&names).to_owned();
        }
        let name = self.fresh(kind.word());
        let label = self.label();
        self.names.push((kind, name.clone()));
        format!("{name} {label}")
    }

    fn simple_entry(&mut self, kinds: &[Kind]) {
        let entry = self.entry_of(kinds);
        self.put(&entry);
    }

    /// One entry with what may belong to it.
    fn entry(&mut self, kinds: &[Kind]) {
        let data = kinds.contains(&Kind::Data);
        match self.below(18) {
            0..=6 => self.simple_entry(kinds),
            7 => {
                self.note("label alone");
                let label = self.label();
                self.put(&label);
            }
            8 => {
                let quantifier = self.pick(&Quantifier::ALL);
                self.note(format!("quantifier {}", quantifier.word()));
                let entry = self.entry_of(kinds);
                let of = if quantifier == Quantifier::Rest { " of" } else { "" };
                let _ = write!(self.out, "{}{of} {entry}", quantifier.word());
            }
            9 => {
                self.note("other");
                let label = self.label();
                let _ = write!(self.out, "other {label}");
            }
            10 | 11 => {
                let name = self.fresh(kinds[0].word());
                let label = self.label();
                let _ = write!(self.out, "{name} {label}");
                let kind = kinds[0];
                if !matches!(kind, Kind::Section | Kind::Steps) {
                    self.attributes(kind, false);
                    self.names.push((kind, name));
                }
            }
            12 => {
                let known: Vec<String> =
                    self.names.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, name)| name.clone()).collect();
                if known.is_empty() {
                    self.simple_entry(kinds);
                } else {
                    self.note("that");
                    let name = self.pick(&known);
                    let that = self.label();
                    let _ = write!(self.out, "{name} that {that}");
                }
            }
            13 => {
                self.simple_entry(kinds);
                if !self.in_tail {
                    self.tail(kinds);
                }
            }
            14 if data => {
                self.note("everything");
                let word = self.pick(&["any", "all", "some", "certain"]);
                self.put(word);
            }
            15 if !self.later.is_empty() => {
                self.note("field");
                let field = self.pick(&self.later.clone());
                self.put(&field);
            }
            16 => {
                self.note("literal code");
                let code = self.code();
                self.put(&code);
            }
            17 => {
                // Most places take no period and no country.
                let rare = self.one_in(12);
                let literal = self.pick(if rare { &["45 days", "US"] } else { &["2026-02-28", "help@acme.example"] });
                self.note(match literal {
                    "2026-02-28" => "date",
                    "help@acme.example" => "email",
                    "US" => "place",
                    _ => "duration",
                });
                self.put(literal);
            }
            _ => {
                // A member by its group, which is declared for it.
                self.note("member");
                let group = self.fresh("group");
                let (one, two) = (self.label(), self.label());
                let _ = write!(self.out, "{group} {one} such as {{ {group}-m {two} }}");
            }
        }
    }

    fn condition(&mut self, depth: usize) {
        match if depth > 2 { 0 } else { self.below(10) } {
            6 => {
                let join = self.pick(&["and", "or", "and-or"]);
                self.note(format!("condition {join}"));
                self.test();
                let _ = write!(self.out, " {join} ");
                self.test();
                if self.one_in(2) {
                    let _ = write!(self.out, " {join} ");
                    self.test();
                }
            }
            7 => {
                self.note("condition parentheses");
                let (inner, outer) = self.pick(&[("and", "or"), ("or", "and"), ("and-or", "and")]);
                self.put("(");
                self.condition_of(inner, depth + 1);
                self.put(")");
                let _ = write!(self.out, " {outer} ");
                self.test();
            }
            8 => {
                self.note("condition not");
                self.put("not ");
                self.simple_entry(&[Kind::Event]);
            }
            9 => {
                let settings: Vec<String> = self
                    .names
                    .iter()
                    .filter(|(kind, _)| matches!(kind, Kind::Setting | Kind::Tracker))
                    .map(|(_, name)| name.clone())
                    .collect();
                let name = if settings.is_empty() { "cookie".to_owned() } else { self.pick(&settings) };
                let state = self.pick(&["is enabled", "are disabled"]);
                self.note(format!("state {state}"));
                let _ = write!(self.out, "{name} {state}");
            }
            _ => self.test(),
        }
    }

    fn condition_of(&mut self, join: &str, depth: usize) {
        self.test();
        let _ = write!(self.out, " {join} ");
        if depth < 2 && self.one_in(4) {
            self.put("(");
            self.condition(depth + 1);
            self.put(")");
        } else {
            self.test();
        }
    }

    fn test(&mut self) {
        if self.one_in(3) {
            let label = self.label();
            self.put(&label);
        } else {
            self.simple_entry(&[Kind::Event]);
        }
    }

    // ── prose ───────────────────────────────────────────────────────────────────────────────────────────

    fn prose(&mut self) {
        self.note("prose");
        if self.one_in(6) {
            let name = self.fresh("words");
            let _ = write!(self.out, "{name}: ");
        }
        self.put("\"\"\"");
        for index in 0..=self.below(4) {
            if index > 0 {
                let gap = self.pick(&["\n\n", "\n", "\n\n\n"]);
                self.put(gap);
            }
            self.prose_block();
        }
        self.put("\n\"\"\"\n");
    }

    fn prose_block(&mut self) {
        match self.below(8) {
            5 => {
                self.note("prose list");
                let mark = self.pick(&["- ", "* ", "+ "]);
                for _ in 0..=self.below(3) {
                    self.put(mark);
                    self.prose_words();
                    self.put("\n");
                    if self.one_in(4) {
                        self.put("  - ");
                        self.prose_words();
                        self.put("\n");
                    }
                    if self.one_in(5) {
                        self.put("\n  ");
                        self.prose_words();
                        self.put("\n");
                    }
                }
            }
            6 => {
                self.note("prose ordered list");
                for number in 0..=self.below(3) {
                    let _ = write!(self.out, "{}. ", number + 1);
                    self.prose_words();
                    self.put("\n");
                }
            }
            7 if self.one_in(3) => {
                // Whatever else Markdown has: it is refused or becomes text, but never makes the formats differ.
                let other = self.pick(&[
                    "# x",
                    "> x",
                    "---",
                    "    x",
                    "```\nx\n```",
                    "<b>x</b>",
                    "![x](y)",
                    "| a |\n| - |\n| b |",
                    "[x][y]\n\n[y]: z",
                ]);
                self.put(other);
            }
            _ => self.prose_words(),
        }
    }

    fn prose_words(&mut self) {
        for index in 0..=self.below(4) {
            if index > 0 {
                let gap = self.pick(&[" ", "", "\n", "  \n", "\\\n"]);
                self.put(gap);
            }
            match self.below(10) {
                4 => {
                    self.note("prose emphasis");
                    self.put("*kind*");
                }
                5 => {
                    self.note("prose strong");
                    self.put("**bold *and* kind**");
                }
                6 => {
                    self.note("prose code");
                    self.put("`` a|b ` \\{\\{x}} ``");
                }
                7 => {
                    self.note("prose link");
                    let refused = self.one_in(8);
                    let target = self.pick(if refused {
                        &["javascript:alert(1)", "#top", "/x"]
                    } else {
                        &["https://acme.example/a?b=c&d=e", "mailto:a@acme.example"]
                    });
                    let _ = write!(self.out, "[our *page*]({target})");
                }
                8 => {
                    let names: Vec<String> = self
                        .names
                        .iter()
                        .filter(|(kind, _)| !matches!(kind, Kind::Verb | Kind::Manner))
                        .map(|(_, name)| name.clone())
                        .collect();
                    self.note("prose reference");
                    let name = self.pick(&names);
                    let refused = self.one_in(8);
                    let form = self.pick(if refused {
                        &["[{NAME}](https://acme.example)"]
                    } else {
                        &["{NAME}", "*{NAME}*", "`{NAME}`"]
                    });
                    let text = form.replace("NAME", &name);
                    self.put(&text);
                }
                9 => {
                    let names: Vec<String> = self
                        .names
                        .iter()
                        .filter(|(kind, _)| matches!(kind, Kind::Section | Kind::Steps | Kind::Product))
                        .map(|(_, name)| name.clone())
                        .collect();
                    self.note("prose see");
                    let name = self.pick(&names);
                    let _ = write!(self.out, "{{see {name}}}");
                }
                _ => {
                    // Three quotes in a row would end the prose.
                    let words = self.words().replace('"', "\" ").replace('{', "\\{");
                    self.put(&words);
                }
            }
        }
    }
}
