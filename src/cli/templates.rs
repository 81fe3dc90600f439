//! `--templates` and `candor templates`: the templates of a site read from a folder, and the built-in ones to start
//! from.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use candor::codes::nearest;
use candor::render::{TemplateFiles, frame, html};
use candor::wording::Template;
use clap::Args;

use super::Status;
use super::files;
use super::terminal::{Terminal, reason, shown};

#[derive(Args)]
pub(super) struct TemplatesArgs {
    /// The names of templates; `page.html` is the frame of a page, `page.css` its style
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// The files that stand for themselves, with what they are and what is built in.
const FILES: [(&str, &str, &str); 2] =
    [("page.html", "the frame of a page", frame::FRAME), ("page.css", "the style of a page", html::STYLE)];

/// The folder of the wording in a language.
const LANGUAGE: &str = "en";

/// Reads the templates of a folder.
///
/// # Errors
///
/// A sentence that says what cannot be read, or is there and would never be.
pub(super) fn read(folder: &Path) -> Result<TemplateFiles, String> {
    let mut files = TemplateFiles::default();
    let mut paths = list(folder)?;
    let of_language = folder.join(LANGUAGE);
    if of_language.is_dir() {
        paths.extend(list(&of_language)?.into_iter().filter(|path| has_extension(path, "hbs")));
    }
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if has_extension(&path, "hbs") {
            files.wording.push(files::text(&path)?);
        } else if name == "page.html" {
            files.frame = Some(files::text(&path)?);
        } else if name == "page.css" {
            files.style = Some(files::text(&path)?);
        } else if let Some(extension) = ["html", "css"].into_iter().find(|extension| has_extension(&path, extension)) {
            return Err(format!(
                "{} would never be read: the only template with this ending is `page.{extension}`",
                shown(&path)
            ));
        }
    }
    if files.is_empty() {
        return Err(format!(
            "{} holds no templates; they are called `page.html`, `page.css` and `NAME.hbs`",
            shown(folder)
        ));
    }
    Ok(files)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// What a folder holds, in the order of names, without what is hidden.
fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("cannot read the folder {}: {}", shown(folder), reason(&error));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().to_string_lossy().starts_with('.') && !entry.path().is_dir() {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

pub(super) fn run(args: &TemplatesArgs, terminal: &mut Terminal) -> Status {
    match args.names.as_slice() {
        [] => {
            terminal.out(&listing());
            Status::Clean
        }
        [name] if FILES.iter().any(|(file, ..)| file == name) => {
            FILES.iter().filter(|(file, ..)| file == name).for_each(|(.., text)| terminal.out(text));
            Status::Clean
        }
        names => match wording(names) {
            Ok(text) => {
                terminal.out(&text);
                Status::Clean
            }
            Err(text) => terminal.fail(&text),
        },
    }
}

/// Every template with its words.
fn listing() -> String {
    let files = FILES.iter().map(|(name, what, _)| (*name, (*what).to_owned()));
    let rows: Vec<(&str, String)> =
        files.chain(Template::all().map(|template| (template.name(), template.written()))).collect();
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    rows.iter().fold(String::new(), |mut out, (name, words)| {
        // Writing into a string cannot fail.
        let _ = writeln!(out, "{name:longest$}  {words}");
        out
    })
}

/// Wording templates as a file of a site holds them.
fn wording(names: &[String]) -> Result<String, String> {
    let mut out = String::new();
    for name in names {
        let Some(template) = Template::find(name) else {
            if FILES.iter().any(|(file, ..)| file == name) {
                return Err(format!("`{name}` is a file of its own; ask for it alone"));
            }
            let known = FILES.iter().map(|(file, ..)| *file).chain(Template::all().map(Template::name));
            let hint = match nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`candor templates` lists them all".to_owned(),
            };
            return Err(format!("no template is called `{name}`; {hint}"));
        };
        let _ = write!(out, "{{{{!-- {name} --}}}}\n{}\n", template.written());
    }
    Ok(out)
}
