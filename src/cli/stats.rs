//! `candor stats`: from files to the figures of their pages.

use candor::document::FULL_POLICY;
use candor::stats::{Stats, stats};
use serde::Serialize;

use super::compile::{Outcome, Tally, compile_all};
use super::outputs::unknown_documents;
use super::settings::{Asked, Plan};
use super::terminal::{Terminal, shown};
use super::{FiguresArg, StatsArgs, Status};

/// The figures of one document.
#[derive(Serialize)]
struct Record<'a> {
    file: String,
    document: &'a str,
    #[serde(flatten)]
    stats: Stats,
}

pub(super) fn run(args: &StatsArgs, terminal: &mut Terminal) -> Status {
    let asked = Asked { documents: &args.document, ..Asked::default() };
    let plan = match Plan::new(&args.sources, &args.common, asked) {
        Ok(plan) => plan,
        Err(refusal) => return refusal.show(terminal),
    };
    let compiled = compile_all(&plan, &[]);
    let mut status = Status::Clean;
    let mut records = Vec::new();
    for (target, compiled) in plan.targets.iter().zip(&compiled) {
        let path = &target.path.value;
        let (findings, allowances, sources, pages) = match &compiled.outcome {
            Outcome::Failed(text) => {
                status = status.max(terminal.fail(text));
                continue;
            }
            Outcome::Compiled { findings, allowances, sources, result, .. } => (findings, allowances, sources, result),
        };
        let tally = Tally::of(findings);
        let Some(pages) = pages.as_ref().filter(|_| !tally.is_refused(&plan)) else {
            terminal.findings(findings, allowances, sources);
            terminal.say(&format!("{}: not measured, {}", shown(path), tally.words()));
            // A library has a note that says so.
            status = status.max(if tally.is_refused(&plan) { Status::Faulty } else { Status::Clean });
            continue;
        };
        if let Some(refusal) = unknown_documents(&plan, target, pages) {
            status = status.max(refusal.show(terminal));
        }
        let named: Vec<&str> = target.documents.iter().map(|name| name.value.as_str()).collect();
        for name in if named.is_empty() { vec![FULL_POLICY] } else { named } {
            let figures = pages.document(name).map(|document| Record {
                file: shown(path),
                document: &document.name,
                stats: stats(document),
            });
            records.extend(figures);
        }
    }
    match args.format {
        FiguresArg::Table if records.is_empty() => {}
        FiguresArg::Table => terminal.out(&table(&records)),
        FiguresArg::Json => {
            for record in &records {
                // Figures are finite and names are text, so that there is nothing that JSON cannot hold.
                let line = serde_json::to_string(record).unwrap_or_default();
                terminal.out(&format!("{line}\n"));
            }
        }
    }
    status
}

/// The figures in columns.
fn table(records: &[Record<'_>]) -> String {
    let heads = [
        "file",
        "document",
        "words",
        "minutes",
        "sentences",
        "words a sentence",
        "ease",
        "grade",
        "vague",
        "author's",
        "structure",
    ];
    let figure = |figure: Option<f64>| figure.map_or_else(|| "–".to_owned(), |figure| format!("{figure:.1}"));
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| format!("{share:.1} %"));
    let mut rows = vec![heads.map(str::to_owned)];
    for Record { file, document, stats } in records {
        rows.push([
            file.clone(),
            (*document).to_owned(),
            stats.words.to_string(),
            figure(Some(stats.minutes)),
            stats.sentences.to_string(),
            figure(stats.words_per_sentence),
            figure(stats.reading_ease),
            figure(stats.grade),
            share(stats.vague_generated),
            share(stats.vague_author),
            share(stats.structure),
        ]);
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..heads.len()).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 | 1 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        out.push('\n');
    }
    out
}
