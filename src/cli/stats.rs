//! `candor stats`: from files to the figures of their pages.

use candor::document::Document;
use candor::stats::{Stats, stats};
use serde::Serialize;

use super::check::{Outcome, Pages, Tally, compile_all, options};
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
    let options = match options(&args.common, &args.files) {
        Ok(options) => options,
        Err(text) => return terminal.fail(&text),
    };
    let mut status = Status::Clean;
    let mut records = Vec::new();
    for (path, outcome) in args.files.iter().zip(compile_all(&args.files, &options)) {
        let (findings, allowances, sources, pages) = match outcome {
            Outcome::Failed(text) => {
                status = status.max(terminal.fail(&text));
                continue;
            }
            Outcome::Compiled { findings, allowances, sources, result, .. } => (findings, allowances, sources, result),
        };
        let tally = Tally::of(&findings);
        let Some(pages) = pages.filter(|_| !tally.is_refused(&args.common)) else {
            terminal.findings(&findings, &allowances, &sources);
            terminal.say(&format!("{}: not measured, {}", shown(path), tally.words()));
            // A library has a note that says so.
            status = status.max(if tally.is_refused(&args.common) { Status::Faulty } else { Status::Clean });
            continue;
        };
        for name in &args.document {
            match find(&pages, name) {
                Some(document) => {
                    records.push(Record { file: shown(path), document: name, stats: stats(document) });
                }
                None => {
                    status = status.max(terminal.fail(&pages.unknown_document(path, name)));
                }
            }
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

fn find<'p>(pages: &'p Pages, name: &str) -> Option<&'p Document> {
    let internal = || pages.records.iter().map(|record| &record.document).find(|document| document.name == name);
    pages.published.document(name).or_else(internal)
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
