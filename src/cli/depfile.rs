//! From what a build read and wrote to a rule of make.

use std::path::Path;

use super::files::replace_all;
use super::terminal::shown;

/// Writes a rule that says which files every target depends on.
///
/// # Errors
///
/// A sentence that says what failed.
pub(super) fn write(path: &Path, targets: &[&Path], inputs: &[&Path]) -> Result<(), String> {
    let text = rule(targets, inputs)?;
    replace_all(&[(path.to_path_buf(), text)]).map(|_| ())
}

/// One rule for all targets, and one without a recipe for each input, so that make goes on where an input is gone.
fn rule(targets: &[&Path], inputs: &[&Path]) -> Result<String, String> {
    let mut out = String::new();
    if !targets.is_empty() {
        for target in targets {
            out.push_str(&escaped(target, Place::Target)?);
            out.push_str(if targets.last() == Some(target) { ":" } else { " \\\n  " });
        }
        for input in inputs {
            out.push_str(" \\\n  ");
            out.push_str(&escaped(input, Place::Prerequisite)?);
        }
        out.push('\n');
    }
    for input in inputs {
        out.push('\n');
        out.push_str(&escaped(input, Place::Target)?);
        out.push_str(":\n");
    }
    Ok(out)
}

/// Where a name stands in a rule; make reads a few characters in one place only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Target,
    Prerequisite,
}

/// A name as make reads it back.
///
/// A backslash stands for itself, except in front of a character that is escaped and at the end of a name, where it is
/// doubled. A few characters cannot be written at all.
fn escaped(path: &Path, place: Place) -> Result<String, String> {
    let unwritable = || format!("{} cannot be named in a rule of make; give it another name", shown(path));
    let name = path.to_str().ok_or_else(unwritable)?;
    let is_unwritable = |letter: char| letter.is_control() || matches!(letter, ';' | '=');
    // Make looks for files that match a pattern, and then reads what else is escaped in it once more.
    let is_pattern = name.contains(['*', '?', '[']);
    let is_escaped_twice = is_pattern && name.contains(['\\', ' ', '#', ':', '%', '|']);
    if name.contains(is_unwritable) || name.ends_with('&') || is_escaped_twice {
        return Err(unwritable());
    }
    // Make would look for a home.
    let mut out = String::from(if name.starts_with('~') { "./" } else { "" });
    let mut backslashes = 0;
    for letter in name.chars() {
        let is_special = match letter {
            ' ' | '#' | ':' | '*' | '?' | '[' => true,
            '%' => place == Place::Target,
            '|' => place == Place::Prerequisite,
            _ => false,
        };
        if is_special {
            out.extend(std::iter::repeat_n('\\', backslashes + 1));
        }
        backslashes = if letter == '\\' { backslashes + 1 } else { 0 };
        out.push_str(if letter == '$' { "$" } else { "" });
        out.push(letter);
    }
    out.extend(std::iter::repeat_n('\\', backslashes));
    Ok(out)
}
