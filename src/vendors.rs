//! The vendor catalogue: what public pages say of services that sites use, each fact with its page and its day.
//!
//! It is written in `src/vendors/*.policy` and turned into a static table by the build script. Nothing of it
//! is printed or counts as said unless an author takes it with `is vendor`; [`TAKEN`] says what is taken.

use jiff::civil::Date;

use crate::syntax::words::Kind;

include!(concat!(env!("OUT_DIR"), "/vendors.rs"));

/// A service of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Vendor {
    /// The name that `is vendor` takes.
    pub name: &'static str,
    /// What the service is called.
    pub label: &'static str,
    /// What public pages say of it, in the order of [`Key::ALL`]. What none of them confirms is left out.
    pub fields: &'static [VendorField],
}

impl Vendor {
    /// The field with this key, if a public page confirms it.
    #[must_use]
    pub fn field(&self, key: Key) -> Option<&'static VendorField> {
        self.fields.iter().find(|field| field.key == key)
    }
}

/// A fact about a service.
#[derive(Debug, PartialEq, Eq)]
pub struct VendorField {
    /// What it tells.
    pub key: Key,
    /// The values; never empty.
    pub values: &'static [VendorValue],
    /// Where they are from.
    pub origin: Origin,
}

/// The public page that a fact was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The address of the page.
    pub address: &'static str,
    /// The day of the page.
    pub date: Date,
}

/// What a fact tells of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// The company by its legal name.
    Legal,
    /// The country of the company.
    Seat,
    /// The website.
    Site,
    /// The privacy policy.
    Policy,
    /// The capacities it acts in.
    Role,
    /// What it is usually used for.
    Purposes,
    /// The hosts it is reached at; `*.` stands for any host below.
    Hosts,
    /// The cookies it sets; `{…}` stands for what differs.
    Cookies,
}

impl Key {
    /// Every key, in the order of the catalogue.
    pub const ALL: [Key; 8] =
        [Key::Legal, Key::Seat, Key::Site, Key::Policy, Key::Role, Key::Purposes, Key::Hosts, Key::Cookies];

    /// The word as written in the catalogue.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Key::Legal => "legal",
            Key::Seat => "seat",
            Key::Site => "site",
            Key::Policy => "policy",
            Key::Role => "role",
            Key::Purposes => "purposes",
            Key::Hosts => "hosts",
            Key::Cookies => "cookies",
        }
    }
}

/// A value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VendorValue {
    /// Words.
    Text(&'static str),
    /// An address that a page may link to.
    Link(&'static str),
    /// A host or a cookie.
    Code(&'static str),
    /// The name of a standard noun: a role or a purpose.
    Name(Kind, &'static str),
    /// A country by its code.
    Place(&'static str),
}

impl VendorValue {
    /// The value without marks.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            VendorValue::Text(text)
            | VendorValue::Link(text)
            | VendorValue::Code(text)
            | VendorValue::Name(_, text)
            | VendorValue::Place(text) => text,
        }
    }
}

impl std::fmt::Display for VendorValue {
    /// The value as a policy writes it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            VendorValue::Text(text) => write!(formatter, "\"{text}\""),
            VendorValue::Link(text) => write!(formatter, "<{text}>"),
            VendorValue::Code(text) => write!(formatter, "`{text}`"),
            VendorValue::Name(_, text) | VendorValue::Place(text) => formatter.write_str(text),
        }
    }
}

/// What of an entry is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// What the service is called.
    Label,
    /// The service itself, as a party: the one that takes the same entry, or has its name.
    Party,
    /// A fact.
    Fact(Key),
}

/// What it becomes of the noun that takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its label.
    Label,
    /// Its address. A field `site` of the author's stands in its place.
    Link,
    /// What it is `of`.
    Owner,
    /// A field.
    Field(&'static str),
}

/// What a noun of each kind takes with `is vendor`, unless its author says it himself.
///
/// The usual purposes of a service are not those of each of its cookies, so that a tracker does not take them.
pub const TAKEN: [(Kind, Given, Part); 11] = [
    (Kind::Party, Given::Label, Part::Label),
    (Kind::Party, Given::Fact(Key::Legal), Part::Field("legal")),
    (Kind::Party, Given::Fact(Key::Seat), Part::Field("seat")),
    (Kind::Party, Given::Fact(Key::Site), Part::Link),
    (Kind::Party, Given::Fact(Key::Policy), Part::Field("policy")),
    (Kind::Engagement, Given::Party, Part::Owner),
    (Kind::Engagement, Given::Fact(Key::Role), Part::Field("role")),
    (Kind::Engagement, Given::Fact(Key::Purposes), Part::Field("for")),
    (Kind::Tracker, Given::Party, Part::Field("provider")),
    (Kind::Tracker, Given::Fact(Key::Cookies), Part::Field("names")),
    (Kind::Tracker, Given::Fact(Key::Hosts), Part::Field("host")),
];

/// What a noun of a kind takes; nothing for most kinds.
pub fn taken_by(kind: Kind) -> impl Iterator<Item = (Given, Part)> {
    TAKEN.into_iter().filter(move |(taker, ..)| *taker == kind).map(|(_, given, part)| (given, part))
}

/// The entry with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Vendor> {
    VENDORS.binary_search_by(|vendor| vendor.name.cmp(name)).ok().and_then(|index| VENDORS.get(index))
}

/// The services that are reached at a host: those whose entries name it most exactly, so that
/// `m.stripe.network` is not everybody who is reached below `network`.
#[must_use]
pub fn by_host(host: &str) -> Vec<&'static Vendor> {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    nearest_fit(Key::Hosts, |pattern| {
        let (below, name) = pattern.strip_prefix("*.").map_or((false, pattern), |name| (true, name));
        let fits = match host.strip_suffix(name) {
            Some("") => !below,
            // What belongs to a host belongs to the hosts below it.
            Some(before) => before.len() > 1 && before.ends_with('.'),
            None => false,
        };
        fits.then_some(name.len())
    })
}

/// The services that set a cookie with this name: those whose entries name it most exactly.
#[must_use]
pub fn by_cookie(name: &str) -> Vec<&'static Vendor> {
    nearest_fit(Key::Cookies, |pattern| cookie_fit(pattern, name))
}

/// The entries with the value that fits best; `fit` counts the characters that a value and what is asked share.
fn nearest_fit(key: Key, fit: impl Fn(&str) -> Option<usize>) -> Vec<&'static Vendor> {
    let mut found: Vec<(usize, &'static Vendor)> = Vec::new();
    for vendor in VENDORS {
        let values = vendor.field(key).map_or(&[][..], |field| field.values);
        found.extend(values.iter().filter_map(|value| fit(value.text())).max().map(|shared| (shared, vendor)));
    }
    let most = found.iter().map(|(shared, _)| *shared).max();
    found.into_iter().filter(|(shared, _)| Some(*shared) == most).map(|(_, vendor)| vendor).collect()
}

/// How many characters of a cookie's name its pattern fixes, if the pattern fits. A hole such as `{id}` stands
/// for one character or more.
fn cookie_fit(pattern: &str, name: &str) -> Option<usize> {
    let mut pieces = pattern.split('{').map(|piece| piece.rsplit('}').next().unwrap_or(piece));
    let first = pieces.next()?;
    let mut rest = name.strip_prefix(first)?;
    let mut fixed = first.len();
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty().then_some(fixed);
    }
    while let Some(piece) = pieces.next() {
        fixed += piece.len();
        let behind_hole = rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at);
        let (hole, open) = rest.split_at_checked(behind_hole)?;
        if hole.is_empty() {
            return None;
        }
        rest = match pieces.peek() {
            // The last piece ends the name.
            None => return open.ends_with(piece).then_some(fixed),
            Some(_) => open.split_once(piece)?.1,
        };
    }
    None
}
