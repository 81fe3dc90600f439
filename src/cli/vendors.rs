//! `candor vendors`: the vendor catalogue, and what an author writes to take an entry of it.

use std::fmt::Write as _;

use candor::codes;
use candor::syntax::words::Kind;
use candor::vendors::{self, Given, Key, Part, VENDORS, Vendor};

use super::terminal::Terminal;
use super::{Status, VendorsArgs};

pub(super) fn run(args: &VendorsArgs, terminal: &mut Terminal) -> Status {
    let Some(name) = &args.name else {
        terminal.out(&list());
        return Status::Clean;
    };
    match vendors::find(name) {
        Some(vendor) => {
            terminal.out(&show(vendor));
            Status::Clean
        }
        None => terminal.fail(&format!("no vendor is called `{name}`; {}", hint(name))),
    }
}

fn list() -> String {
    let longest = VENDORS.iter().map(|vendor| vendor.name.len()).max().unwrap_or(0);
    let widest = VENDORS.iter().map(|vendor| vendor.label.chars().count()).max().unwrap_or(0);
    VENDORS.iter().fold(String::new(), |mut out, vendor| {
        let facts = vendor.fields.len();
        let unit = if facts == 1 { "field" } else { "fields" };
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{:longest$}  {:widest$}  {facts} {unit}", vendor.name, vendor.label);
        out
    })
}

/// What may have been meant: somebody may have a host or a cookie at hand and look for whose it is.
fn hint(name: &str) -> String {
    let names = |found: Vec<&Vendor>| {
        let names: Vec<String> = found.iter().map(|vendor| format!("`{}`", vendor.name)).collect();
        names.join(", ")
    };
    let (hosts, cookies) = (names(vendors::by_host(name)), names(vendors::by_cookie(name)));
    match (hosts.is_empty(), cookies.is_empty()) {
        (false, _) => format!("it is a host of {hosts}"),
        (true, false) => format!("it is a cookie of {cookies}"),
        (true, true) => match codes::nearest(name, VENDORS.iter().map(|vendor| vendor.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`candor vendors` lists them all".to_owned(),
        },
    }
}

fn show(vendor: &Vendor) -> String {
    let mut out = format!("{}: {}\n\n", vendor.name, vendor.label);
    let longest = Key::ALL.iter().map(|key| key.word().len()).max().unwrap_or(0);
    for field in vendor.fields {
        let values: Vec<String> = field.values.iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "{:longest$}  {}", field.key.word(), values.join(", "));
        let _ = writeln!(out, "{:longest$}  from <{}>, {}", "", field.origin.address, field.origin.date);
    }
    let unsaid: Vec<&str> = Key::ALL.into_iter().filter(|key| vendor.field(*key).is_none()).map(Key::word).collect();
    if !unsaid.is_empty() {
        let _ = writeln!(out, "\nThe catalogue does not know: {}.", unsaid.join(", "));
    }
    let _ = writeln!(
        out,
        "\nTo take it, write one of these. A field of your own stands in the place of the same field here."
    );
    let name = vendor.name;
    let forms = [
        (Kind::Party, format!("party {name} is vendor {name};")),
        (Kind::Engagement, format!("engagement service \"what it does for you\" is vendor {name};")),
        (Kind::Tracker, format!("tracker cookies \"its cookies\" is vendor {name};")),
    ];
    for (kind, form) in forms {
        let taken = taken(vendor, kind);
        if !taken.is_empty() {
            let _ = writeln!(out, "\n    {form}\n    # takes {}", taken.join(", "));
        }
    }
    out
}

/// What a noun of a kind takes of an entry; nothing if the entry has no fact that fits.
fn taken(vendor: &Vendor, kind: Kind) -> Vec<String> {
    let mut fits = false;
    let taken = vendors::taken_by(kind).filter_map(|(given, part)| {
        let word = match given {
            Given::Label => "label",
            Given::Party => "the vendor",
            Given::Fact(key) => {
                vendor.field(key)?;
                key.word()
            }
        };
        fits |= given != Given::Party;
        Some(match part {
            Part::Field(field) if field != word => format!("{word} as `{field}`"),
            Part::Link => format!("{word} as its link"),
            Part::Owner => format!("{word} as what it is `of`"),
            Part::Label | Part::Field(_) => word.to_owned(),
        })
    });
    let taken = taken.collect();
    if fits { taken } else { Vec::new() }
}
