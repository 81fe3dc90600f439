//! How far a verb reaches: what else is denied when it is denied, and what else is limited when it is limited.
//!
//! A few verbs of each class are said for the whole of it, the others for themselves and for their twins. This is the
//! one table of that; `docs/checks.md` prints its rules in words.

use crate::vocabulary::{Class, SALE, Verb};

/// How surely a denial of one verb is one of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// One may be done without the other in some sense of the words.
    Perhaps,
    /// Whoever does one does the other.
    Surely,
}

/// The verbs of a class that are said for the whole of it, and those of it that nobody means by them.
const GENERAL: [(Class, &[&str], &[&str]); 7] = [
    (Class::Collection, &["collect", "gather", "obtain", "acquire", "receive"], &["infer", "derive"]),
    (
        Class::Use,
        &["use", "handle"],
        &[
            "anonymise",
            "anonymize",
            "pseudonymise",
            "pseudonymize",
            "de-identify",
            "hash",
            "convert",
            "aggregate",
            "treat",
            "employ",
            "rely-on",
            "generate",
            "test",
            "train",
            "decide",
            "decide-on",
        ],
    ),
    (
        Class::Disclosure,
        &[
            "disclose",
            "share",
            "give",
            "provide",
            "pass",
            "pass-on",
            "make-available",
            "release",
            "reveal",
            "communicate",
            "distribute",
        ],
        &["permit-collection-of", "return", "grant"],
    ),
    (Class::Access, &["access", "have-access-to", "read", "view"], &["download", "copy", "reach"]),
    (Class::Retention, &["keep", "store", "retain", "hold", "save"], &[]),
    (Class::Deletion, &["delete", "erase", "remove", "destroy", "purge", "wipe"], &["clear", "overwrite"]),
    (
        Class::Tracking,
        &["track", "follow", "monitor", "keep-track-of"],
        &[
            "measure",
            "count",
            "remember",
            "identify",
            "re-identify",
            "recognise",
            "recognize",
            "target",
            "locate",
            "place",
            "issue",
        ],
    ),
];

/// Whether a verb is said for the whole of its class.
#[must_use]
pub fn is_general(verb: &Verb) -> bool {
    let name = &*verb.name;
    verb.class == Class::Transfer
        || name == "process"
        || GENERAL.iter().any(|(class, general, _)| *class == verb.class && general.contains(&name))
}

/// One name for all verbs that say the same as a verb: its class if it is said for the whole of it, else the first of
/// its twins. What brings a tracker to a device is one.
#[must_use]
pub fn family(verb: &Verb, of_trackers: bool) -> &str {
    let name = &*verb.name;
    if of_trackers && SETTING.contains(&name) {
        return SETTING[0];
    }
    if is_general(verb) {
        return verb.class.name();
    }
    TWINS.iter().find(|twins| twins.contains(&name)).and_then(|twins| twins.first()).copied().unwrap_or(name)
}

/// Verbs that say the same.
const TWINS: [&[&str]; 21] = [
    &["transfer", "export", "move"],
    &["honor", "honour", "respect", "respond-to", "obey"],
    &["analyse", "analyze", "study", "evaluate", "assess"],
    &["anonymise", "anonymize", "de-identify"],
    &["pseudonymise", "pseudonymize"],
    &["personalise", "personalize", "tailor", "customise", "customize"],
    &["recognise", "recognize", "identify"],
    &["fulfil", "fulfill"],
    &["authorise", "authorize", "approve", "permit", "allow"],
    &["show", "display"],
    &["make-public", "publish", "post"],
    &["send", "forward", "hand-over", "convey", "submit", "supply"],
    &["buy", "acquire"],
    &["record", "log", "capture"],
    &["scan", "read"],
    &["decide", "decide-on"],
    &["correct", "rectify", "amend", "edit"],
    &["opt-out-of", "unsubscribe-from"],
    &["notify", "inform", "tell", "warn"],
    &["place", "issue", "set"],
    &["have", "appoint", "designate"],
];

/// The verbs by which trackers come to a device.
const SETTING: [&str; 8] = ["use", "place", "issue", "set", "employ", "store", "send", "process"];

/// Whether a verb is about what no other sentence says: "we do not otherwise disclose it".
fn is_of_the_rest(verb: &Verb) -> bool {
    verb.name.starts_with("otherwise-")
}

/// How surely whoever denies one verb denies another, whatever they are said of.
#[must_use]
pub fn reach(denied: &Verb, stated: &Verb) -> Option<Reach> {
    let (one, other) = (&*denied.name, &*stated.name);
    if is_of_the_rest(denied) {
        return None;
    }
    if one == other || TWINS.iter().any(|twins| twins.contains(&one) && twins.contains(&other)) {
        return Some(Reach::Surely);
    }
    if one == "sell" {
        return (other == "trade").then_some(Reach::Surely);
    }
    if one == "process" {
        let is_processing =
            matches!(stated.class, Class::Collection | Class::Use | Class::Retention | Class::Disclosure);
        return (is_processing && !is_apart(stated)).then_some(Reach::Surely);
    }
    // To transfer without a word of countries is one more way to disclose.
    let covers = |class: Class| {
        GENERAL.iter().any(|(of, general, _)| *of == class && general.contains(&one)) && !is_apart(stated)
    };
    let is_covered = match (denied.class, stated.class) {
        (one, other) if one == other => covers(one),
        (Class::Disclosure, Class::Transfer) => covers(Class::Disclosure),
        (Class::Transfer, Class::Disclosure) => one == "transfer" && !is_apart(stated),
        _ => false,
    };
    is_covered.then_some(Reach::Surely)
}

/// The same where purposes are denied: what is collected, kept or given to somebody for a purpose is used for it.
#[must_use]
pub fn reach_for_purposes(denied: &Verb, stated: &Verb) -> Option<Reach> {
    if reach(denied, stated).is_some() {
        return reach(denied, stated);
    }
    let is_use = matches!(&*denied.name, "use" | "handle");
    match stated.class {
        Class::Collection | Class::Retention if is_use => Some(Reach::Surely),
        Class::Disclosure if is_use => Some(Reach::Perhaps),
        _ => None,
    }
}

/// The same where trackers are the objects.
#[must_use]
pub fn reach_of_trackers(denied: &Verb, stated: &Verb) -> Option<Reach> {
    let sets = |verb: &Verb| SETTING.contains(&&*verb.name);
    if sets(denied) && sets(stated) { Some(Reach::Surely) } else { reach(denied, stated) }
}

/// The same in the sense of the CCPA, in which to sell is to give for anything of value.
#[must_use]
pub fn reach_in_ccpa(denied: &Verb, stated: &Verb) -> Option<Reach> {
    let sells = |verb: &Verb| SALE.contains(&&*verb.name);
    match (sells(denied), sells(stated)) {
        (true, true) => Some(Reach::Surely),
        (false, false) => reach(denied, stated),
        (true, false) | (false, true) => None,
    }
}

/// Whether a verb stands in a class without being meant by the words for the whole of it.
#[must_use]
pub fn is_apart(verb: &Verb) -> bool {
    GENERAL.iter().any(|(class, _, apart)| *class == verb.class && apart.contains(&&*verb.name))
}

/// The classes in which a denial may find something: that of the verb and those it reaches into.
#[must_use]
pub fn classes(denied: &Verb) -> &'static [Class] {
    match (denied.class, &*denied.name) {
        (Class::Use, _) => &[Class::Use, Class::Collection, Class::Retention, Class::Disclosure, Class::Tracking],
        (Class::Disclosure, "make-public") => &[Class::Disclosure, Class::Change],
        (Class::Disclosure, "send") => &[Class::Disclosure, Class::Use],
        (Class::Disclosure, _) | (Class::Transfer, "transfer") => &[Class::Disclosure, Class::Transfer],
        (Class::Collection, _) => &[Class::Collection],
        (Class::Access, _) => &[Class::Access, Class::Collection],
        (Class::Retention, _) => &[Class::Retention, Class::Use, Class::Tracking],
        (Class::Deletion, _) => &[Class::Deletion],
        (Class::Protection, _) => &[Class::Protection],
        (Class::Tracking, _) => &[Class::Tracking, Class::Use],
        (Class::Right, _) => &[Class::Right, Class::Legal],
        (Class::Choice, _) => &[Class::Choice, Class::Tracking, Class::Use],
        (Class::Duty, _) => &[Class::Duty, Class::Legal, Class::Consent],
        (Class::Consent, _) => &[Class::Consent, Class::Duty],
        (Class::Change, _) => &[Class::Change, Class::Disclosure],
        (Class::Transfer, _) => &[Class::Transfer],
        (Class::Legal, _) => &[Class::Legal, Class::Right, Class::Duty],
        (Class::Claim, _) => &[Class::Claim],
        (Class::Offer, _) => &[Class::Offer],
        (Class::Conduct, _) => &[Class::Conduct],
    }
}
