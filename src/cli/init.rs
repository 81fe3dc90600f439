//! `candor init`: a first policy to start from, and the project file that publishes it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::terminal::{Terminal, reason, shown};
use super::{InitArgs, Status, project};

/// The policy that is written.
const POLICY: &str = include_str!("../../templates/init.policy");
/// The project file that is written beside it.
const PROJECT: &str = include_str!("../../templates/init.toml");

pub(super) fn run(args: &InitArgs, terminal: &mut Terminal) -> Status {
    let folder = args.folder.as_path();
    if let Err(error) = fs::create_dir_all(folder) {
        let reason = if folder.exists() && !folder.is_dir() { "it is not a folder".to_owned() } else { reason(&error) };
        return terminal.fail(&format!("cannot create the folder {}: {reason}", shown(folder)));
    }
    let is_here = folder == Path::new(".");
    let place = |name: &str| if is_here { name.into() } else { folder.join(name) };
    let (policy, project) = (place("privacy.policy"), place(project::NAME));
    if let Err(error) = create(&policy, POLICY) {
        return terminal.fail(&not_written(&policy, &error));
    }
    let there = if is_here { String::new() } else { format!("cd {}; ", quoted(&shown(folder))) };
    match create(&project, PROJECT) {
        Ok(()) => {
            terminal.say(&format!(
                "wrote {} and {}; change what is about Acme, then run: {there}candor build",
                shown(&policy),
                shown(&project)
            ));
            Status::Clean
        }
        // A project that is there already says itself what it publishes.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            terminal.say(&format!(
                "wrote {policy}; change what is about Acme, see that `policies` in {project} names it, then run: {there}candor build",
                policy = shown(&policy),
                project = shown(&project)
            ));
            Status::Clean
        }
        Err(error) => {
            // What was not asked for alone does not stay alone.
            let _ = fs::remove_file(&policy);
            terminal.fail(&not_written(&project, &error))
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | '\\' | ':');
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// Writes a new file. `create_new` looks and creates in one step, so that nothing is overwritten whatever else happens.
fn create(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes()).inspect_err(|_| {
        // Half a file is worse than none; what is left cannot be told apart from the failure itself.
        let _ = fs::remove_file(path);
    })
}

fn not_written(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AlreadyExists => format!("{} is there already and is not overwritten", shown(path)),
        _ => format!("cannot write {}: {}", shown(path), reason(error)),
    }
}
