//! Findings: what is wrong, where, why, and what to do.
//!
//! A finding always carries a [`Code`], whose explanation `candor explain` prints. Findings are collected in
//! a [`Sink`]; nothing here prints.

use std::borrow::Cow;

use crate::source::Span;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Worth knowing; never stops anything.
    Note,
    /// Probably a mistake; the page is still published.
    Warning,
    /// Publishing would be wrong; nothing is published.
    Error,
}

impl Level {
    /// The word shown in front of a message.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// What an author may do about a finding besides mending it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Nothing: what cannot be read leaves nothing to publish.
    Fixed,
    /// Set another level, with or without a reason.
    Free,
    /// Set another level. A lower one needs a reason, because it is what a reviewer asks for.
    Reasoned,
}

/// One kind of finding, with everything `candor explain` says about it.
///
/// The texts of most codes are part of the compiler; those of a law's rules come from its pack.
#[derive(Clone, Debug)]
pub struct Code {
    /// The kebab-case name, the same in sources, messages and documentation: `unknown-name`, `gdpr/purpose-missing`.
    pub name: Cow<'static, str>,
    /// The level unless the author sets another.
    pub level: Level,
    /// What an author may do about it.
    pub control: Control,
    /// What is wrong, in one sentence.
    pub summary: Cow<'static, str>,
    /// Why it matters and what to do.
    pub explanation: Cow<'static, str>,
    /// A policy fragment that raises this code.
    pub bad: Cow<'static, str>,
    /// The same fragment, mended.
    pub good: Cow<'static, str>,
}

/// A place in the source with what is to be said about it.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is wrong or relevant here.
    pub text: String,
}

/// Another code that a finding stands for.
#[derive(Clone, Debug)]
pub struct Also {
    /// The code.
    pub code: Cow<'static, Code>,
    /// Its level, before the author's settings.
    pub level: Level,
    /// Who asks for it and where: "LGPD Art 9 I".
    pub words: String,
    /// What the finding says once the codes in front of this one are accepted.
    pub message: String,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Cow<'static, Code>,
    /// The codes of other laws that ask for the same, each with the words of its demand.
    pub also: Vec<Also>,
    /// Its level, after the author's settings.
    pub level: Level,
    /// What is wrong, in one lower-case sentence without a full stop.
    pub message: String,
    /// The place it is about.
    pub primary: Label,
    /// Other places that matter.
    pub secondary: Vec<Label>,
    /// The edits that would mend it.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding at its code's own level.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>, here: impl Into<String>) -> Diagnostic {
        Diagnostic::of(Cow::Borrowed(code), span, message, here)
    }

    /// A finding whose code is not part of the compiler.
    pub fn of(code: Cow<'static, Code>, span: Span, message: impl Into<String>, here: impl Into<String>) -> Diagnostic {
        Diagnostic {
            level: code.level,
            code,
            also: Vec::new(),
            message: message.into(),
            primary: Label { span, text: here.into() },
            secondary: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Takes in a finding that tells of the same, with all that it stands for itself. `words` say who asks for it.
    pub fn join(&mut self, other: Diagnostic, words: String) {
        self.level = self.level.max(other.level);
        self.also.push(Also { code: other.code, level: other.level, words, message: other.message });
        self.also.extend(other.also);
    }

    /// Adds another place.
    #[must_use]
    pub fn and(mut self, span: Span, text: impl Into<String>) -> Diagnostic {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    /// Adds the edit to make.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help.push(text.into());
        self
    }
}

/// What an author accepted: a finding, or one law's part of it, that a setting made less serious.
///
/// It is for whoever reviews the policy, and never part of what is published.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The code that was set.
    pub code: Cow<'static, Code>,
    /// What the finding said.
    pub message: String,
    /// The place it was about.
    pub place: Span,
    /// The code in the setting that did it; none if it was set for the run.
    pub setting: Option<Span>,
    /// Why, if a reason was given.
    pub reason: Option<String>,
    /// The level before.
    pub before: Level,
    /// The level after; none if it is no longer reported.
    pub after: Option<Level>,
}

/// How many findings of one level are kept. Nobody reads more, and a file that is no policy can raise millions.
pub const MOST_OF_A_LEVEL: usize = 1000;

/// Where stages put their findings.
///
/// Of each level the first [`MOST_OF_A_LEVEL`] are kept and the others only counted, so that an error is never
/// lost behind warnings.
#[derive(Debug, Default)]
pub struct Sink {
    diagnostics: Vec<Diagnostic>,
    /// How many there were of each level.
    counts: [usize; 3],
}

impl Sink {
    /// Records a finding.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let count = self.count(diagnostic.level);
        *count += 1;
        if *count <= MOST_OF_A_LEVEL {
            self.diagnostics.push(diagnostic);
        }
    }

    fn count(&mut self, level: Level) -> &mut usize {
        match level {
            Level::Note => &mut self.counts[0],
            Level::Warning => &mut self.counts[1],
            Level::Error => &mut self.counts[2],
        }
    }

    /// Joins a finding to the first one that tells of the same, or records it if there is none. `words` say who asks
    /// for it.
    pub fn join_or_report(&mut self, finding: Diagnostic, words: String, is_same: impl Fn(&Diagnostic) -> bool) {
        let Some(known) = self.diagnostics.iter_mut().find(|known| is_same(known)) else {
            return self.report(finding);
        };
        let before = known.level;
        known.join(finding, words);
        let after = known.level;
        *self.count(before) -= 1;
        *self.count(after) += 1;
    }

    /// How many findings there were, kept or only counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether there is an error among them.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.counts[2] > 0
    }

    /// All findings, in the order of their places.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.diagnostics.sort_by_key(|diagnostic| {
            (diagnostic.primary.span.file, diagnostic.primary.span.start, diagnostic.primary.span.end)
        });
        self.diagnostics
    }
}
