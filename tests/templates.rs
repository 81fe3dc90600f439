//! The templates of a site: every folder of `tests/templates` is one test, with what is found in it or the page that it
//! makes beside it, and `docs/templates.md` lists what can be set anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use candor::emit::{self, Style};
use candor::render::{Files, Page, TemplateFiles, frame};
use candor::wording::Template;
use candor::{Compilation, Format, NoFiles, Options, Published, Source, compile};

/// A policy whose words would break out of everything that they stand in.
const POLICY: &str = r#"policy "</title><script>alert(\"1\")</script> Policy" { we are acme; you are user; updated "Last change" 2031-02-01; contents on; }
party acme "Acme & \"Sons\" <onclick=x>"; people user "our users";
section data "What we collect" { we collect name, email-address from you; }
"#;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates")
}

/// The files of a folder with an extension, those in `en` behind the others.
fn sources(folder: &Path, extension: &str) -> Vec<Source> {
    let mut found = Vec::new();
    for folder in [folder.to_path_buf(), folder.join("en")] {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|found| found == extension)) {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            found.push(Source::new(name, std::fs::read_to_string(&path).expect("a template can be read")));
        }
    }
    found
}

fn files(name: &str) -> TemplateFiles {
    let folder = root().join(name);
    TemplateFiles {
        frame: sources(&folder, "html").pop(),
        style: sources(&folder, "css").pop(),
        wording: sources(&folder, "hbs"),
    }
}

fn compiled(templates: TemplateFiles) -> Compilation {
    let options = Options { templates, ..Options::default() };
    compile(Source::new("a.policy", POLICY), &NoFiles, &options)
}

fn page(compilation: &Compilation, published: &Published, format: Format, change: impl Fn(&mut Page<'_>)) -> String {
    let mut page = Page { templates: &compilation.templates, ..Page::from(Files::default()) };
    change(&mut page);
    published.render_document(&published.documents[0], format, page)
}

#[test]
fn folders() -> std::io::Result<()> {
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(root())? {
        let entry = entry?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    assert!(names.len() > 10, "only {} folders were found", names.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in names {
        let compilation = compiled(files(&name));
        let mut snapshot = emit::human(&compilation.diagnostics, &compilation.sources, Style::Full, false);
        match &compilation.published {
            Some(published) => {
                for format in [Format::Markdown, Format::Html] {
                    let text = page(&compilation, published, format, |page| page.class_prefix = "x-");
                    let _ = write!(snapshot, "── {} ──\n{text}", format.extension());
                }
            }
            None => snapshot.push_str("not published\n"),
        }
        settings.bind(|| insta::assert_snapshot!(name.as_str(), snapshot));
    }
    Ok(())
}

#[test]
fn the_hash_covers_the_wording_and_not_the_frame() {
    let hash = |files: TemplateFiles| compiled(files).published.map(|published| published.content_hash);
    let plain = hash(TemplateFiles::default());
    assert!(plain.is_some());
    assert_ne!(hash(files("wording")), plain, "documents are part of what is published");
    assert_eq!(hash(files("frame")), plain, "a frame is none");
}

#[test]
fn the_files_that_were_read_are_known() {
    let options = Options { templates: files("frame"), ..Options::default() };
    assert_eq!(options.files().collect::<Vec<_>>(), ["page.html", "page.css"]);
    let compilation = compiled(files("wording"));
    let names: Vec<&str> = compilation.sources.iter().map(|source| &*source.name).collect();
    assert_eq!(names, ["a.policy", "words.hbs", "more.hbs"]);
}

#[test]
fn everything_that_is_built_in_can_stand_in_a_folder() {
    let wording = Template::all().fold(String::new(), |mut text, template| {
        let _ = write!(text, "{{{{!-- {} --}}}}\n{}\n", template.name(), template.written());
        text
    });
    let files = TemplateFiles {
        frame: Some(Source::new("page.html", frame::FRAME)),
        style: Some(Source::new("page.css", candor::render::html::STYLE)),
        wording: vec![Source::new("words.hbs", wording)],
    };
    let (own, built_in) = (compiled(files), compiled(TemplateFiles::default()));
    assert_eq!(own.report(), built_in.report());
    let (Some(one), Some(other)) = (&own.published, &built_in.published) else { panic!("{}", own.report()) };
    for format in Format::ALL {
        for stylesheet in [None, Some("/a.css")] {
            let text = |compilation, published| {
                page(compilation, published, format, |page| {
                    page.stylesheet = stylesheet;
                })
            };
            assert_eq!(text(&own, one), text(&built_in, other));
        }
    }
}

/// `docs/templates.md`, from the templates that are built in.
fn reference() -> String {
    let mut text = String::from(
        "# Templates\n\n\
         <!-- Made from templates/ by tests/templates.rs; do not edit. -->\n\n\
         A site can set any sentence anew, the frame of its pages and their style, without a copy of Candor: \
         `candor build --templates DIR` takes them from a folder. What is not there stays as it is built in.\n\n\
         | file | holds |\n| --- | --- |\n\
         | `page.html` | the frame of a page |\n\
         | `page.css` | the style of a page |\n\
         | `*.hbs`, `en/*.hbs` | wording: a line `{{!-- NAME --}}` and under it the words, on one line |\n\n\
         ```sh\n\
         candor templates                                        # lists them with their words\n\
         candor templates contents-title header-we > legal/templates/words.hbs\n\
         candor templates page.html > legal/templates/page.html\n\
         candor build --templates legal/templates privacy.policy\n\
         ```\n\n\
         A wording is words and holes: `{{list}}`. It keeps the holes of the one that it replaces, in any order, because \
         a hole that is left out would leave out a fact. Its words are escaped in every format, so markup in them is \
         printed as it stands. Candor cannot tell whether they still say what the facts say: have them reviewed like the \
         policy. They are part of the documents, so the JSON holds them and the content hash changes with them; a frame \
         and a style change neither. A style is taken as it is: with `--class-prefix` its classes carry the prefix, as \
         those that `candor style --class-prefix PREFIX` prints.\n\n\
         What is wrong in a template is reported with its place, and nothing is published. `compile` takes the files as \
         texts in `Options::templates` and gives them back, checked, for `Page::templates`.\n\n\
         ## The frame of a page\n\n\
         A frame is HTML with these fields, and `{{#if FIELD}}…{{else}}…{{/if}}` or `{{#unless FIELD}}` around what \
         depends on one that can be empty. `{{{head}}}` and `{{{text}}}` stand in every frame, each once. Words stand \
         between tags or in an attribute in quotes, never in a script, a style or an address.\n\n\
         | field | is | can be empty |\n| --- | --- | --- |\n",
    );
    for field in frame::FIELDS {
        let empty = if field.is_optional { "yes" } else { "" };
        let _ = writeln!(text, "| `{}` | {} | {empty} |", field.written(), field.meaning);
    }
    text.push_str("\n## Wording\n\n| name | words |\n| --- | --- |\n");
    for template in Template::all() {
        let words = template.written().replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | `{words}` |", template.name());
    }
    text
}

#[test]
fn the_reference_is_current() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/templates.md");
    let reference = reference();
    if std::fs::read_to_string(path).unwrap_or_default() == reference {
        return Ok(());
    }
    std::fs::write(path, reference)?;
    panic!("docs/templates.md was stale and is rewritten; run the test again and commit it");
}
