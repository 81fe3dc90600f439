//! The templates that a site sets anew: its wording, the frame of its pages and their style.

use super::frame::Frame;
use crate::codes::templates as codes;
use crate::diagnostic::Sink;
use crate::source::{FileId, Source, Span};
use crate::wording::overrides::Overrides;

/// The template files of a site, as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateFiles {
    /// The frame of a page, in the place of the built-in `page.html`.
    pub frame: Option<Source>,
    /// The stylesheet, in the place of the built-in `page.css`.
    pub style: Option<Source>,
    /// Files of wording templates.
    pub wording: Vec<Source>,
}

impl TemplateFiles {
    /// All of them, in one order.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.frame.iter().chain(&self.style).chain(&self.wording)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a site sets anew, held against what is built in.
#[derive(Clone, Debug)]
pub struct Templates {
    /// The frame of a page.
    pub(super) frame: Option<Frame>,
    /// The stylesheet.
    pub(super) style: Option<String>,
    /// The wording.
    pub wording: Overrides,
}

impl Default for Templates {
    fn default() -> Templates {
        Templates::built_in().clone()
    }
}

impl Templates {
    /// Everything as it is built in.
    #[must_use]
    pub fn built_in() -> &'static Templates {
        static BUILT_IN: Templates = Templates { frame: None, style: None, wording: Overrides::NONE };
        &BUILT_IN
    }

    /// Whether pages stand in a frame of the site.
    #[must_use]
    pub fn has_frame(&self) -> bool {
        self.frame.is_some()
    }

    /// Reads the files of a site. `id` gives each file its id, by its place in their order. What is wrong is reported.
    #[must_use]
    pub fn read(files: &TemplateFiles, id: impl Fn(usize) -> FileId, sink: &mut Sink) -> Templates {
        let mut next = 0;
        let mut numbered = |source: &Source| {
            let file = id(next);
            next += 1;
            (file, source.text.clone())
        };
        let frame = files.frame.as_ref().map(&mut numbered);
        let style = files.style.as_ref().map(&mut numbered);
        let wording: Vec<(FileId, String)> = files.wording.iter().map(numbered).collect();
        Templates {
            frame: frame.and_then(|(file, text)| Frame::read(file, &text, sink)),
            style: style.and_then(|(file, text)| style_of(file, text, sink)),
            wording: Overrides::read(wording.iter().map(|(file, text)| (*file, text.as_str())), sink),
        }
    }
}

/// A stylesheet that a page can hold.
fn style_of(file: FileId, text: String, sink: &mut Sink) -> Option<String> {
    const END: &str = "</style";
    if let Some(at) = text.to_ascii_lowercase().find(END) {
        sink.report(codes::style_ends_early(Span { file, start: at as u32, end: (at + END.len()) as u32 }));
        return None;
    }
    Some(text)
}
