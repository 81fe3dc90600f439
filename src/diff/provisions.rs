//! Which provision asks that readers are told of a change, by law and by what changed.
//!
//! A law stands here with what it asks for in its own words; what was not held against the text of the law says so.
//! Nothing of it decides whether a change is material: that a law asks for notice is one more reason.

use super::ChangeClass as C;
use super::Weight;

/// A provision that asks for notice of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Provision {
    /// The name of the law in a policy.
    pub law: &'static str,
    /// The law and its article.
    pub citation: &'static str,
    /// What it asks for.
    pub asks: &'static str,
    /// Whether it was held against the text of the law.
    pub verified: bool,
}

const fn provision(law: &'static str, citation: &'static str, asks: &'static str, verified: bool) -> Provision {
    Provision { law, citation, asks, verified }
}

/// What a law asks for when something of these classes changes; no class for everything that is material.
const TABLE: [(&[C], Provision); 22] = [
    (
        &[C::NewPurpose, C::NewUse],
        provision("gdpr", "GDPR Art 13(3)", "information on a further purpose before the data is used for it", true),
    ),
    (&[C::Controller], provision("gdpr", "GDPR Art 13(1)(a)", "the identity of the controller", true)),
    (
        &[C::ContactChanged],
        provision(
            "gdpr",
            "GDPR Art 13(1)(a)-(b)",
            "the contact details of the controller and its data protection officer",
            true,
        ),
    ),
    (
        &[C::BasisWeaker, C::BasisChanged, C::BasisUnsaid],
        provision("gdpr", "GDPR Art 13(1)(c)", "the legal basis of each purpose", true),
    ),
    (&[C::NewRecipient, C::NewSale], provision("gdpr", "GDPR Art 13(1)(e)", "the recipients of the data", true)),
    (
        &[C::NewTransfer, C::SafeguardUnsaid],
        provision("gdpr", "GDPR Art 13(1)(f)", "transfers to third countries and their safeguards", true),
    ),
    (
        &[C::RetentionLonger, C::RetentionUnsaid],
        provision("gdpr", "GDPR Art 13(2)(a)", "how long the data is stored", true),
    ),
    (&[C::RightRemoved, C::RightDenied], provision("gdpr", "GDPR Art 13(2)(b)", "the rights of data subjects", true)),
    (
        &[C::NewSource],
        provision("gdpr", "GDPR Art 14(2)(f)", "the source of data that does not come from the reader", true),
    ),
    (
        &[],
        provision(
            "gdpr",
            "WP260 rev.01, paragraph 29",
            "material changes brought to readers in a way that they notice",
            false,
        ),
    ),
    (
        &[C::NewPurpose, C::NewUse],
        provision("uk", "UK GDPR Art 13(3)", "information on a further purpose before the data is used for it", true),
    ),
    (&[C::NewRecipient, C::NewSale], provision("uk", "UK GDPR Art 13(1)(e)", "the recipients of the data", true)),
    (
        &[C::RetentionLonger, C::RetentionUnsaid],
        provision("uk", "UK GDPR Art 13(2)(a)", "how long the data is stored", true),
    ),
    (
        &[C::NewData, C::NewPurpose],
        provision(
            "ccpa",
            "Cal. Civ. Code 1798.100(a)(1)",
            "notice before further categories are collected, or used for further purposes",
            true,
        ),
    ),
    (
        &[C::NewSale],
        provision(
            "ccpa",
            "Cal. Civ. Code 1798.120(b)",
            "notice that data may be sold or shared, and of the right to opt out",
            true,
        ),
    ),
    (
        &[C::RetentionLonger, C::RetentionUnsaid],
        provision("ccpa", "Cal. Civ. Code 1798.100(a)(3)", "how long each category is kept", true),
    ),
    (
        &[],
        provision(
            "caloppa",
            "Cal. B&P Code 22575(b)(3)",
            "the way in which readers are told of material changes",
            true,
        ),
    ),
    (
        &[C::NewData, C::NewPurpose, C::NewUse, C::NewRecipient, C::NewSale],
        provision("coppa", "16 CFR 312.4(b)", "notice to parents of material changes in what they consented to", false),
    ),
    (
        &[C::NewPurpose, C::NewUse],
        provision(
            "lgpd",
            "LGPD Art 9 §2",
            "information on a change of purpose, and the right to withdraw consent",
            true,
        ),
    ),
    (
        &[C::Controller, C::NewRecipient, C::NewSale, C::RetentionLonger],
        provision("lgpd", "LGPD Art 8 §6", "specific notice of a changed controller, form, duration or sharing", true),
    ),
    (
        &[],
        provision(
            "us-states",
            "Minn. Stat. 325M.16(1)(e)",
            "notice of material changes, and a chance to withdraw consent",
            true,
        ),
    ),
    (
        &[C::NewPurpose, C::NewUse],
        provision(
            "google-api",
            "Google API Services User Data Policy",
            "notice and consent before data of Google users is used in a new way",
            true,
        ),
    ),
];

/// The provisions of some laws that ask for notice of a change.
pub fn provisions<'l>(class: C, laws: &'l [&'l str]) -> impl Iterator<Item = &'static Provision> + 'l {
    let is_meant = move |classes: &[C]| {
        if classes.is_empty() { class.weight() == Weight::Material } else { classes.contains(&class) }
    };
    let known = |law: &str| laws.contains(&law);
    TABLE
        .iter()
        .filter(move |(classes, provision)| is_meant(classes) && known(provision.law))
        .map(|(_, provision)| provision)
}

/// Every provision with the classes of changes that it speaks of; none for whatever is material.
pub fn all_provisions() -> impl Iterator<Item = (&'static [C], &'static Provision)> {
    TABLE.iter().map(|(classes, provision)| (*classes, provision))
}
