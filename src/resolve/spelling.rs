//! The standard words in the spelling of the policy's region. The vocabulary is written as in the United States;
//! the author's own words are never touched.

use crate::policy::Policy;
use crate::vocabulary;

/// The regions that spell "organisation" and "behaviour".
const BRITISH: [&str; 8] = ["en-GB", "en-IE", "en-AU", "en-NZ", "en-ZA", "en-IN", "en-MT", "en-SG"];

/// What differs in the words of the vocabulary: American and British stems.
const STEMS: [(&str, &str); 12] = [
    ("uthoriz", "uthoris"),
    ("ecogniz", "ecognis"),
    ("ersonaliz", "ersonalis"),
    ("seudonymiz", "seudonymis"),
    ("nonymiz", "nonymis"),
    ("rganiz", "rganis"),
    ("inimiz", "inimis"),
    ("ustomiz", "ustomis"),
    ("nalyz", "nalys"),
    ("ehavior", "ehaviour"),
    ("onor", "onour"),
    ("anceled", "ancelled"),
];

/// Gives the standard words of a policy the spelling of its region.
pub(super) fn localise(policy: &mut Policy) {
    if !BRITISH.contains(&&*policy.header.language) {
        return;
    }
    for noun in &mut policy.nouns {
        let Some(model) = noun.standard.map(vocabulary::entry) else { continue };
        let standard = [
            (&mut noun.label, model.label),
            (&mut noun.one, model.one),
            (&mut noun.many, model.many),
            (&mut noun.noun, model.noun),
        ];
        for (words, of_model) in standard {
            if let Some(text) = words.as_mut().filter(|text| &***text == of_model) {
                let british = STEMS.iter().fold(text.to_string(), |text, (from, to)| text.replace(from, to));
                *text = british.into();
            }
        }
    }
}
