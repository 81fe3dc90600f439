//! Code in a legal ground to the provisions of laws.

use super::Resolver;
use super::labels::{self, Frame};
use crate::codes::fields as codes;
use crate::policy::{Citation, Provision};
use crate::syntax::ast::Label;
use crate::syntax::words::Kind;
use crate::vocabulary::{self, Kinds};

/// What authors write in front of a number, and the page adds by itself.
const UNITS: [&str; 8] = ["article ", "art. ", "art ", "section ", "sec. ", "s. ", "paragraph ", "para. "];

impl Resolver<'_, '_, '_> {
    /// Provisions as they are cited: `gdpr 6(1)(e) with bdsg 22(1)`.
    pub(super) fn citation(&mut self, code: &Label<'_>) -> Citation {
        labels::check(&code.text, code.span, Frame::Verbatim, false, self.sink);
        let mut last = None;
        let mut right: Vec<String> = Vec::new();
        let mut wrong = None;
        let mut provisions = Vec::new();
        for part in code.text.split(" with ") {
            let part = part.trim_matches(' ');
            // "6(1)(c) with 7(1)": the second is of the same law.
            let (name, reference) = match last {
                Some(_) if part.starts_with(|c: char| c.is_ascii_digit()) => ("", part),
                _ => part.split_once(' ').unwrap_or((part, "")),
            };
            let law = if name.is_empty() { last } else { self.find(Kind::Law, name, code.span) };
            let reference = reference.trim_matches(' ');
            if law.is_none() || !is_reference(reference) {
                wrong.get_or_insert(part);
            }
            right.push(self.right_provision(name, reference));
            match law {
                Some(law) => {
                    self.mention(law, code.span);
                    provisions.push(Provision { law: Some(law), reference: reference.into() });
                }
                None => provisions.push(Provision { law: None, reference: part.into() }),
            }
            last = law.or(last);
        }
        if let Some(wrong) = wrong {
            let right = right.join(" with ");
            let is_right = right.split(" with ").all(|part| {
                let (name, reference) = part.split_once(' ').unwrap_or(("", part));
                (name.is_empty() || self.knows_law(name)) && is_reference(reference)
            });
            self.sink.report(codes::citation_form(code.span, wrong, is_right.then_some(&right)));
        }
        Citation { words: code.text.as_ref().into(), provisions }
    }

    fn knows_law(&self, name: &str) -> bool {
        self.by_name.get(Kind::Law, name).is_some() || vocabulary::find(Kind::Law, name).is_some()
    }

    /// A provision as it was probably meant: `GDPR art. 6.1.a` is `gdpr 6(1)(a)`.
    fn right_provision(&self, name: &str, reference: &str) -> String {
        let lower = name.to_lowercase();
        let near = if name.is_empty() || self.knows_law(name) {
            None
        } else {
            self.nearest_name(&lower, Kinds::of(&[Kind::Law]))
        };
        let law = near.as_deref().unwrap_or(name);
        let bare = UNITS.iter().find_map(|unit| {
            let start = reference.get(..unit.len()).filter(|start| start.eq_ignore_ascii_case(unit));
            start.and_then(|_| reference.get(unit.len()..))
        });
        let bare = bare.unwrap_or(reference).trim();
        let reference = match bare.split_once('.') {
            Some((first, rest)) if ends_in_letter(bare) => {
                let levels: Vec<String> = rest.split('.').map(|level| format!("({level})")).collect();
                format!("{first}{}", levels.concat())
            }
            _ => bare.to_owned(),
        };
        if law.is_empty() { reference } else { format!("{law} {reference}") }
    }
}

/// Whether a reference is the number of a provision, with what stands behind it: `6(1)(b)`, `147(1) no. 4`,
/// `312.5(c)(7)`, `22C`.
fn is_reference(reference: &str) -> bool {
    let number = reference.trim_start_matches('§').trim_start();
    number.starts_with(|c: char| c.is_ascii_digit()) && !ends_in_letter(number)
}

/// Whether the last of several levels divided by full stops is a letter, as in `6.1.a`: such levels stand in
/// parentheses, while `312.5` is the number of a section.
fn ends_in_letter(number: &str) -> bool {
    number
        .rsplit_once('.')
        .is_some_and(|(_, last)| last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_lowercase()))
}
