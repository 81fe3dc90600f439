//! `candor check`: from files to findings.

use candor::check::report::Report;
use candor::codes::files::NOTHING_TO_PUBLISH;
use candor::codes::parameters::UNSET_PARAMETER;
use candor::diagnostic::{Allowance, Code, Diagnostic};

use super::compile::{Outcome, Tally, compile_all};
use super::outputs::unknown_documents;
use super::settings::{Asked, Plan};
use super::terminal::{Terminal, count, shown};
use super::{CheckArgs, ReportFormat, Status};

pub(super) fn run(args: &CheckArgs, terminal: &mut Terminal) -> Status {
    let plan = match Plan::new(&args.sources, &args.common, Asked::default()) {
        Ok(plan) => plan,
        Err(refusal) => return refusal.show(terminal),
    };
    let compiled = compile_all(&plan, &[]);
    let mut status = Status::Clean;
    let mut total = Tally::default();
    let mut checked = 0;
    let mut reports = Vec::new();
    for (target, compiled) in plan.targets.iter().zip(&compiled) {
        match &compiled.outcome {
            Outcome::Failed(text) => status = status.max(terminal.fail(text)),
            Outcome::Compiled { findings, allowances, sources, report, result } => {
                // Nobody asked to publish it.
                let is_asked = |code: &Code| ![&NOTHING_TO_PUBLISH.name, &UNSET_PARAMETER.name].contains(&&code.name);
                let findings: Vec<Diagnostic> =
                    findings.iter().filter(|finding| is_asked(&finding.code)).cloned().collect();
                let allowances: Vec<Allowance> =
                    allowances.iter().filter(|allowance| is_asked(&allowance.code)).cloned().collect();
                terminal.findings(&findings, &allowances, sources);
                if let Some(refusal) = result.as_ref().and_then(|pages| unknown_documents(&plan, target, pages)) {
                    status = status.max(refusal.show(terminal));
                }
                let tally = Tally::of(&findings);
                if tally.is_refused(&plan) {
                    status = status.max(Status::Faulty);
                }
                total = total.and(tally);
                checked += 1;
                reports.push(report);
            }
        }
    }
    let what = match plan.targets.as_slice() {
        [target] => shown(&target.path.value),
        _ => count(checked, "file"),
    };
    if let Some(format) = args.report {
        terminal.out(&written_reports(&reports, format));
    }
    if checked > 0 {
        terminal.say(&format!("checked {what}: {}", total.words()));
    }
    status
}

/// Reports as one text; as JSON they are a list, so that one file and several are read the same way.
fn written_reports(reports: &[&Report], format: ReportFormat) -> String {
    match format {
        ReportFormat::Text => reports.iter().map(|report| report.text()).collect::<Vec<_>>().join("\n"),
        ReportFormat::Markdown => reports.iter().map(|report| report.markdown()).collect::<Vec<_>>().join("\n"),
        // A report is plain data, which JSON can always hold.
        ReportFormat::Json => serde_json::to_string_pretty(reports).unwrap_or_default() + "\n",
    }
}
