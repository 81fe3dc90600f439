//! Findings as SARIF 2.1.0, which code hosts and editors read.
//!
//! One [`Log`] holds all files of a call. The types here are the few that are needed of those that the standard has;
//! the schema that the tests hold them against is the standard's own.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::visible;
use crate::diagnostic::{Allowance, Code, Diagnostic, Label, Level};
use crate::source::{Source, Sources, Span};

/// Everything that one call has to say.
#[derive(Debug, Default)]
pub struct Log {
    /// The folder that names are relative to.
    base: Option<String>,
    rules: BTreeMap<String, Rule>,
    results: Vec<Finding>,
    failures: Vec<Notification>,
    /// The file and fingerprint of each result. What several policies bring in is said once.
    known: HashSet<(String, String)>,
}

impl Log {
    /// A log whose files are named from a folder, if they lie in it.
    #[must_use]
    pub fn new(base: Option<String>) -> Log {
        Log { base, ..Log::default() }
    }

    /// Adds what was found in one compilation, and what was accepted there.
    pub fn add(&mut self, findings: &[Diagnostic], allowances: &[Allowance], sources: &Sources) {
        // Both in the order of their places, so that what is accepted later keeps its fingerprint.
        let mut all: Vec<(Span, Either<'_>)> =
            findings.iter().map(|finding| (finding.primary.span, Either::Finding(finding))).collect();
        let accepted = allowances.iter().filter(|allowance| allowance.after.is_none());
        all.extend(accepted.map(|allowance| (allowance.place, Either::Allowance(allowance))));
        all.sort_by_key(|(span, _)| (span.file, span.start, span.end));
        // How often each was there in this compilation, so that equal ones can be told apart.
        let mut counts: HashMap<String, usize> = HashMap::default();
        for (span, either) in all {
            let finding = match either {
                Either::Finding(finding) => self.finding(finding, &mut counts, sources),
                Either::Allowance(allowance) => self.accepted(allowance, &mut counts, sources),
            };
            let name = sources.get(span.file).map_or_else(String::new, |source| source.name.clone());
            if self.known.insert((name, finding.partial_fingerprints.finding.clone())) {
                self.results.push(finding);
            }
        }
    }

    /// Adds why the call could not do its work.
    pub fn fail(&mut self, text: &str) {
        self.failures.push(Notification { level: Level::Error.word(), message: Message::new(text) });
    }

    /// The log as a JSON text.
    #[must_use]
    pub fn render(&self) -> String {
        let indices: HashMap<&str, usize> =
            self.rules.keys().enumerate().map(|(index, name)| (name.as_str(), index)).collect();
        let results = self.results.iter().map(|finding| {
            let index = indices.get(finding.rule_id.as_str()).copied().unwrap_or_default();
            Indexed { rule_index: index, finding }
        });
        let homepage = env!("CARGO_PKG_HOMEPAGE");
        let file = File {
            schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            version: "2.1.0",
            runs: [Run {
                tool: Tool {
                    driver: Driver {
                        name: "candor",
                        version: env!("CARGO_PKG_VERSION"),
                        semantic_version: env!("CARGO_PKG_VERSION"),
                        information_uri: (!homepage.is_empty()).then_some(homepage),
                        rules: self.rules.values().collect(),
                    },
                },
                invocations: [Invocation {
                    execution_successful: self.failures.is_empty(),
                    tool_execution_notifications: &self.failures,
                }],
                column_kind: "utf16CodeUnits",
                results: results.collect(),
            }],
        };
        // Serialising strings and numbers into memory cannot fail.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    fn finding(&mut self, finding: &Diagnostic, counts: &mut HashMap<String, usize>, sources: &Sources) -> Finding {
        let mut text = finding.message.clone();
        for help in &finding.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        self.rule(&finding.code);
        let also: Vec<String> = finding.also.iter().map(|also| also.code.name.to_string()).collect();
        Finding {
            rule_id: finding.code.name.to_string(),
            level: finding.level.word(),
            message: Message::new(&text),
            locations: [self.labelled(&finding.primary, sources)],
            related_locations: finding.secondary.iter().map(|label| self.labelled(label, sources)).collect(),
            partial_fingerprints: fingerprints(&finding.code, &finding.message, finding.primary.span, counts, sources),
            suppressions: Vec::new(),
            properties: (!also.is_empty()).then_some(Properties { also }),
        }
    }

    fn accepted(&mut self, allowance: &Allowance, counts: &mut HashMap<String, usize>, sources: &Sources) -> Finding {
        self.rule(&allowance.code);
        let suppression = Suppression {
            // What is set for a run stands in no source.
            kind: if allowance.setting.is_some() { "inSource" } else { "external" },
            status: "accepted",
            justification: allowance.reason.as_deref().map(visible),
            location: allowance.setting.map(|setting| self.location(setting, "", sources)),
        };
        Finding {
            rule_id: allowance.code.name.to_string(),
            level: allowance.before.word(),
            message: Message::new(&allowance.message),
            locations: [self.location(allowance.place, "", sources)],
            related_locations: Vec::new(),
            partial_fingerprints: fingerprints(&allowance.code, &allowance.message, allowance.place, counts, sources),
            suppressions: vec![suppression],
            properties: None,
        }
    }

    fn rule(&mut self, code: &Code) {
        if self.rules.contains_key(&*code.name) {
            return;
        }
        let mut help = visible(&code.explanation);
        for (title, example) in [("This raises it", &*code.bad), ("This is right", &*code.good)] {
            if !example.is_empty() {
                help.push_str(&format!("\n\n{title}:\n"));
                visible(example).lines().for_each(|line| help.push_str(&format!("\n    {line}")));
            }
        }
        let rule = Rule {
            id: code.name.to_string(),
            short_description: Text { text: visible(&code.summary), markdown: None },
            full_description: Text { text: visible(&code.explanation), markdown: None },
            help: Text { markdown: Some(help.clone()), text: help },
            default_configuration: Configuration { level: code.level.word() },
        };
        self.rules.insert(rule.id.clone(), rule);
    }

    fn labelled(&self, label: &Label, sources: &Sources) -> Location {
        self.location(label.span, &label.text, sources)
    }

    fn location(&self, span: Span, text: &str, sources: &Sources) -> Location {
        let Span { file, start, end } = span;
        let source = sources.get(file);
        let place = |byte| source.map_or((1, 1), |source| line_column(&source.text, byte));
        let ((start_line, start_column), (end_line, end_column)) = (place(start), place(end));
        let name = source.map_or("", |source| &source.name);
        Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(name, self.base.as_deref()) },
                region: Region { start_line, start_column, end_line, end_column },
            },
            message: (!text.is_empty()).then(|| Message::new(text)),
        }
    }
}

/// A finding, or one that was accepted.
enum Either<'a> {
    Finding(&'a Diagnostic),
    Allowance(&'a Allowance),
}

/// What stays the same while other lines come and go: the code, the words it is about, what is said of them, and
/// which of several equal findings of one file it is.
fn fingerprints(
    code: &Code,
    message: &str,
    span: Span,
    counts: &mut HashMap<String, usize>,
    sources: &Sources,
) -> Fingerprints {
    let words = match sources.slice(span).trim() {
        "" => sources.get(span.file).map_or("", |source| line_of(source, span.start)),
        words => words,
    };
    let words: Vec<&str> = words.split_whitespace().collect();
    let parts = [&*code.name, &words.join(" "), message].join("\0");
    let count = counts.entry(format!("{}\0{parts}", span.file.0)).or_default();
    let digest = Sha256::digest(format!("{parts}\0{count}").as_bytes());
    *count += 1;
    Fingerprints { finding: digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect() }
}

/// The line that a byte stands in.
fn line_of(source: &Source, byte: u32) -> &str {
    let (before, behind) = source.text.split_at_checked(byte as usize).unwrap_or((&source.text, ""));
    let start = before.rfind('\n').map_or(0, |position| position + 1);
    let end = before.len() + behind.find('\n').unwrap_or(behind.len());
    source.text.get(start..end).unwrap_or("")
}

/// Line and column of a byte, both counted from one, the column in code units of UTF-16. The standard does not count
/// a byte order mark.
fn line_column(text: &str, byte: u32) -> (usize, usize) {
    let before = text.get(..byte as usize).unwrap_or(text);
    let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    (before.matches('\n').count() + 1, line.encode_utf16().count() + 1)
}

/// What an address holds as it is: what RFC 3986 calls unreserved, and the slashes between folders.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The name of a file as an address: relative where it is, or where it lies in the folder.
fn uri(name: &str, base: Option<&str>) -> String {
    let slashed = |name: &str| if cfg!(windows) { name.replace('\\', "/") } else { name.to_owned() };
    let (name, base) = (slashed(name), base.map(slashed));
    let inside = base.and_then(|base| name.strip_prefix(base.trim_end_matches('/'))?.strip_prefix('/'));
    let mut relative = inside.unwrap_or(&name);
    while let Some(rest) = relative.strip_prefix("./") {
        relative = rest;
    }
    let encoded = utf8_percent_encode(relative, KEPT);
    let has_drive = cfg!(windows) && relative.as_bytes().get(1) == Some(&b':');
    match relative.starts_with('/') {
        true => format!("file://{encoded}"),
        false if has_drive => format!("file:///{encoded}"),
        false => encoded.to_string(),
    }
}

#[derive(Serialize)]
struct File<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation<'a>; 1],
    column_kind: &'static str,
    results: Vec<Indexed<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<&'a Rule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    short_description: Text,
    full_description: Text,
    help: Text,
    default_configuration: Configuration,
}

/// Words of a rule. They are read as they stand, because nothing is ever filled into them.
#[derive(Debug, Serialize)]
struct Text {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'a> {
    execution_successful: bool,
    #[serde(skip_serializing_if = "<[Notification]>::is_empty")]
    tool_execution_notifications: &'a [Notification],
}

#[derive(Debug, Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Indexed<'a> {
    rule_index: usize,
    #[serde(flatten)]
    finding: &'a Finding,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    rule_id: String,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressions: Vec<Suppression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

/// The number says which way it is made, so that another way can be told apart.
#[derive(Debug, Serialize)]
struct Fingerprints {
    #[serde(rename = "candorFinding/v1")]
    finding: String,
}

#[derive(Debug, Serialize)]
struct Properties {
    /// The codes of other laws that ask for the same.
    also: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Location>,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// A message that says these words: whatever the standard fills in or makes a link of is marked as words.
    fn new(text: &str) -> Message {
        let mut text = visible(text).replace('\\', "\\\\").replace('{', "{{").replace('}', "}}");
        if text.contains("](") {
            text = text.replace('[', "\\[").replace(']', "\\]");
        }
        Message { text }
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}
