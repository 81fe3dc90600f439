//! From the pages of one policy to files, all of them or none.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::files::replace_all;
use super::terminal::{reason, shown};

/// Writes the pages of one policy, into a folder that is created if it is missing.
///
/// Returns which files were written.
///
/// # Errors
///
/// A sentence that says what failed.
pub(super) fn publish(pages: Vec<(PathBuf, String)>, folder: Option<&Path>) -> Result<Vec<PathBuf>, String> {
    if let Some(folder) = folder {
        fs::create_dir_all(folder).map_err(|error| {
            // `AlreadyExists` is what a file in its place gives.
            let reason =
                if folder.is_dir() || !folder.exists() { reason(&error) } else { "it is not a folder".to_owned() };
            format!("cannot create the folder {}: {reason}", shown(folder))
        })?;
    }
    replace_all(&pages)
}

/// The one name of a file, whether or not it exists: its links are followed as far as there is something.
pub(super) fn real_path(path: &Path) -> PathBuf {
    if let Ok(real) = fs::canonicalize(path) {
        return real;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut rest: Vec<OsString> = Vec::new();
    let mut there = absolute.as_path();
    loop {
        if let Ok(real) = fs::canonicalize(there) {
            return rest.iter().rev().fold(real, |path, part| path.join(part));
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                rest.push(name.to_os_string());
                there = parent;
            }
            _ => return absolute,
        }
    }
}
