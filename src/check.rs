//! From a resolved policy to what is wrong with it: statements that contradict each other, and laws that ask for more.
//!
//! The checker knows no law and no single contradiction. It lays the policy out as [`rows`] and asks how things lie
//! to each other in the [`orders`]; every check is a query over these two.

use jiff::civil::Date;

use crate::diagnostic::Sink;
use crate::law::{Library, Pack};
use crate::packs;
use crate::policy::Policy;

pub mod citations;
pub mod consistency;
pub mod homes;
pub mod laws;
pub mod matching;
pub mod orders;
pub mod places;
pub mod report;
pub mod rows;
pub mod rules;

/// Checks a policy as of a day, with further packs besides those that are part of the compiler; gives back what the
/// laws it names ask for and what became of that.
pub fn check(policy: &Policy, as_of: Option<Date>, further: &[Pack], sink: &mut Sink) -> report::Report {
    let day = as_of.or(policy.header.updated.as_ref().map(|updated| updated.date));
    let orders = orders::Orders::new(policy);
    let rows = rows::rows(policy);
    consistency::check(policy, &orders, &rows, as_of, sink);
    let wanted: Vec<&str> = policy.header.laws.iter().map(|law| &*law.name).collect();
    // Rules of a pack that is given may be like those of any other.
    let embedded = if further.is_empty() { packs::library(&wanted) } else { packs::all() };
    // A pack that is given takes the place of one of the same name.
    let own = embedded.packs().iter().copied().filter(|pack| !further.iter().any(|other| other.name == pack.name));
    let library = Library::new(own.chain(further));
    let verdicts = laws::judge(policy, &orders, &rows, &library, day);
    laws::report_unchecked(policy, &library, sink);
    laws::report(policy, &rows, &verdicts, day, sink);
    report::report(&policy.header.title, &verdicts, day)
}

/// Reports names of laws that are neither known nor declared.
pub fn check_names(policy: &Policy, further: &[Pack], sink: &mut Sink) {
    let names: Vec<&str> =
        packs::names().map(|name| -> &str { name }).chain(further.iter().map(|pack| pack.name.as_str())).collect();
    laws::report_unknown(policy, &names, sink);
}
