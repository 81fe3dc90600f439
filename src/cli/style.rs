//! `candor style`: the stylesheet of the pages, for sites that serve it as a file or allow it by its hash.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor::render::html;
use sha2::{Digest as _, Sha256};

use super::terminal::Terminal;
use super::{Status, StyleArgs};

pub(super) fn run(args: &StyleArgs, terminal: &mut Terminal) -> Status {
    let style = html::style(&args.class_prefix);
    if args.csp {
        terminal.out(&format!("default-src 'none'; style-src 'sha256-{}'\n", hash(&style)));
    } else {
        terminal.out(&style);
    }
    Status::Clean
}

/// The hash of an inline style as a content security policy names it: of what stands between the tags, in the line
/// break behind the opening one as well.
pub(super) fn hash(style: &str) -> String {
    STANDARD.encode(Sha256::digest(format!("\n{style}")))
}
