//! The levels that an author sets: `allow`, `warn` and `deny`, in the text and for one run.
//!
//! What is written holds in its block, and of several the innermost counts. What is set for a run is where all files
//! of that run start from, so that what is written, which is nearer to the fact, wins over it. Only `deny` for a run
//! wins over what is written without a reason: a reason is what makes an exception more than a habit.
//!
//! Nothing that is set lower gets lost: it becomes an [`Allowance`].

use std::borrow::Cow;

use crate::codes::{Register, meaning};
use crate::diagnostic::{Allowance, Code, Control, Diagnostic, Level};
use crate::source::Span;
use crate::syntax::ast::{File, Item, LevelSetting, LevelWord};

/// A level that is set for one run, whatever the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunSetting {
    word: LevelWord,
    code: String,
}

impl RunSetting {
    /// The setting of a code.
    ///
    /// # Errors
    ///
    /// A sentence that says why the code cannot be set so.
    pub fn new(word: LevelWord, code: &str, register: &Register) -> Result<RunSetting, String> {
        let Some(found) = register.find(code) else {
            let hint = match register.nearest(code) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`candor explain --list` lists them all".to_owned(),
            };
            return Err(format!("no finding is called `{code}`; {hint}"));
        };
        if found.control == Control::Fixed {
            return Err(format!("`{code}` is always an error"));
        }
        if takes_reason(found, word) {
            return Err(format!(
                "`{code}` is set lower only for a reason, which stands in the policy: `{} {code} because \"…\";`",
                written(word)
            ));
        }
        Ok(RunSetting { word, code: code.to_owned() })
    }

    /// The level that is set.
    #[must_use]
    pub fn word(&self) -> LevelWord {
        self.word
    }

    /// The code it is set for.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// Findings at the levels that were set.
#[derive(Debug, Default)]
pub struct Levelled {
    /// What is left to report, in the order of the places.
    pub findings: Vec<Diagnostic>,
    /// What was accepted or set lower.
    pub allowances: Vec<Allowance>,
}

/// Gives each finding the level that is set for it, and reports settings that are wrong or change nothing.
#[must_use]
pub fn apply<'r>(
    files: &[File<'_>],
    run: &[RunSetting],
    register: impl FnOnce(&[&str]) -> &'r Register,
    findings: Vec<Diagnostic>,
) -> Levelled {
    let mut written = Vec::new();
    files.iter().for_each(|file| collect(&file.items, &mut written));
    // Who sets nothing pays for no law that is not turned on.
    if written.is_empty() && run.is_empty() {
        return Levelled { findings, allowances: Vec::new() };
    }
    let names: Vec<&str> = written.iter().map(|setting| setting.code.value).collect();
    let register = register(&names);
    let mut settings = Settings { used: vec![false; written.len()], written, run, allowances: Vec::new() };
    let mut left: Vec<Diagnostic> = findings.into_iter().filter_map(|finding| settings.levelled(finding)).collect();
    // What sets the level of unused settings is used if one of the others is unused, and so comes after them.
    let (of_settings, others): (Vec<usize>, Vec<usize>) = (0..settings.written.len())
        .partition(|index| settings.written.get(*index).is_some_and(|setting| is_of_unused(setting)));
    for index in others {
        let fault = settings.fault(index, register);
        left.extend(fault.and_then(|fault| settings.levelled(fault)));
    }
    left.extend(of_settings.into_iter().filter_map(|index| settings.fault(index, register)));
    left.sort_by_key(|finding| (finding.primary.span.file, finding.primary.span.start, finding.primary.span.end));
    Levelled { findings: left, allowances: settings.allowances }
}

/// Whether a setting speaks of settings.
fn is_of_unused(setting: &LevelSetting<'_>) -> bool {
    setting.code.value == meaning::UNUSED_SETTING.name
}

/// The settings of a text, and what they did.
struct Settings<'s, 'a> {
    written: Vec<&'s LevelSetting<'a>>,
    /// Which of them some finding was under.
    used: Vec<bool>,
    run: &'s [RunSetting],
    allowances: Vec<Allowance>,
}

/// What is set for one code in one place.
struct Answer {
    word: LevelWord,
    /// Where it is written; none if it is set for the run.
    setting: Option<Span>,
    reason: Option<String>,
}

impl Settings<'_, '_> {
    /// A finding at its level; none if all that asks for it is accepted.
    fn levelled(&mut self, mut finding: Diagnostic) -> Option<Diagnostic> {
        let place = finding.primary.span;
        let own = self.answer(&finding.code, place);
        let others: Vec<Option<Answer>> = finding.also.iter().map(|also| self.answer(&also.code, place)).collect();
        if own.is_none() && others.iter().all(Option::is_none) {
            return Some(finding);
        }
        let own = self.part(finding.code.clone(), finding.level, own, &finding.message, place);
        let mut highest = own;
        let also = std::mem::take(&mut finding.also);
        for (mut also, answer) in also.into_iter().zip(others) {
            if let Some(level) = self.part(also.code.clone(), also.level, answer, &also.message, place) {
                highest = highest.max(Some(level));
                also.level = level;
                finding.also.push(also);
            }
        }
        finding.level = highest?;
        // The first of those that are left tells the finding.
        if own.is_none() && !finding.also.is_empty() {
            let first = finding.also.remove(0);
            finding.code = first.code;
            finding.message = first.message;
        }
        Some(finding)
    }

    /// The level of one code of a finding; none if it is accepted. What makes it lower is remembered.
    fn part(
        &mut self,
        code: Cow<'static, Code>,
        before: Level,
        answer: Option<Answer>,
        message: &str,
        place: Span,
    ) -> Option<Level> {
        let Some(Answer { word, setting, reason }) = answer else { return Some(before) };
        let after = level(word);
        if after < Some(before) {
            self.allowances.push(Allowance {
                code,
                message: message.to_owned(),
                place,
                setting,
                reason,
                before,
                after,
            });
        }
        after
    }

    /// What is set for a code in a place.
    fn answer(&mut self, code: &Code, place: Span) -> Option<Answer> {
        if code.control == Control::Fixed {
            return None;
        }
        let run = self.run.iter().find(|setting| setting.code == code.name);
        let run = run.map(|setting| Answer { word: setting.word, setting: None, reason: None });
        let innermost = self
            .written
            .iter()
            .enumerate()
            .filter(|(_, setting)| {
                setting.code.value == code.name
                    && setting.scope.file == place.file
                    && setting.scope.start <= place.start
                    && place.end <= setting.scope.end
                    && !lacks_reason(code, setting)
            })
            .min_by_key(|(_, setting)| setting.scope.end - setting.scope.start);
        let Some((index, setting)) = innermost else { return run };
        if let Some(used) = self.used.get_mut(index) {
            *used = true;
        }
        let reason = reason(setting);
        match run {
            Some(run) if run.word == LevelWord::Deny && reason.is_none() => Some(run),
            _ => Some(Answer { word: setting.level.value, setting: Some(setting.code.span), reason }),
        }
    }

    /// What is wrong with a setting itself.
    fn fault(&self, index: usize, register: &Register) -> Option<Diagnostic> {
        let setting = self.written.get(index)?;
        let (span, word) = (setting.code.span, written(setting.level.value));
        match register.find(setting.code.value) {
            None => Some(meaning::unknown_code(span, setting.code.value, register.nearest(setting.code.value))),
            Some(code) if code.control == Control::Fixed => Some(meaning::fixed_level(span, &code.name)),
            Some(code) if lacks_reason(code, setting) => Some(meaning::reason_missing(span, word, &code.name)),
            Some(_) if self.used.get(index).is_some_and(|used| *used) => None,
            Some(code) => Some(meaning::unused_setting(span, word, &code.name)),
        }
    }
}

/// A word as it is written.
#[must_use]
pub fn written(word: LevelWord) -> &'static str {
    match word {
        LevelWord::Allow => "allow",
        LevelWord::Warn => "warn",
        LevelWord::Deny => "deny",
    }
}

/// The level that a word sets; none if nothing is reported.
fn level(word: LevelWord) -> Option<Level> {
    match word {
        LevelWord::Allow => None,
        LevelWord::Warn => Some(Level::Warning),
        LevelWord::Deny => Some(Level::Error),
    }
}

/// Whether a code may be set so only for a reason.
fn takes_reason(code: &Code, word: LevelWord) -> bool {
    code.control == Control::Reasoned && level(word) < Some(code.level)
}

/// Whether a setting has no effect, because it gives no reason for what takes one.
fn lacks_reason(code: &Code, setting: &LevelSetting<'_>) -> bool {
    takes_reason(code, setting.level.value) && reason(setting).is_none()
}

/// The reason that a setting gives; an empty one says nothing.
fn reason(setting: &LevelSetting<'_>) -> Option<String> {
    setting.reason.as_ref().map(|label| label.text.trim().to_owned()).filter(|reason| !reason.is_empty())
}

/// The settings among statements, however deep.
fn collect<'s, 'a>(items: &'s [Item<'a>], into: &mut Vec<&'s LevelSetting<'a>>) {
    for item in items {
        match item {
            Item::Setting(setting) => {
                into.push(setting);
                collect(setting.body.as_deref().unwrap_or_default(), into);
            }
            Item::Section(section) => collect(&section.items, into),
            Item::Steps(steps) => collect(&steps.items, into),
            Item::Scope(scope) => collect(&scope.items, into),
            Item::Block(items, _) | Item::Internal(items, _) => collect(items, into),
            Item::Sentence(sentence) => collect(sentence.only_in.as_deref().unwrap_or_default(), into),
            Item::Edition(edition) => collect(&edition.items, into),
            Item::Policy(_) | Item::Use(_) | Item::Noun(_) | Item::Prose(_) | Item::Addition(_) => {}
        }
    }
}
