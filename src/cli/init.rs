//! `candor init`: a first policy to start from.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::terminal::{Terminal, reason, shown};
use super::{InitArgs, Status};

/// The policy that is written.
const POLICY: &str = include_str!("../../templates/init.policy");

pub(super) fn run(args: &InitArgs, terminal: &mut Terminal) -> Status {
    let folder = args.folder.as_path();
    if let Err(error) = fs::create_dir_all(folder) {
        let reason = if folder.exists() && !folder.is_dir() { "it is not a folder".to_owned() } else { reason(&error) };
        return terminal.fail(&format!("cannot create the folder {}: {reason}", shown(folder)));
    }
    let path = if folder == Path::new(".") { "privacy.policy".into() } else { folder.join("privacy.policy") };
    // `create_new` looks and creates in one step, so that nothing is overwritten whatever else happens.
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    let written = file.and_then(|mut file| {
        file.write_all(POLICY.as_bytes()).inspect_err(|_| {
            // Half a policy is worse than none; what is left cannot be told apart from the failure itself.
            let _ = fs::remove_file(&path);
        })
    });
    match written {
        Ok(()) => {
            terminal.say(&format!(
                "wrote {path}; change what is about Acme, then run: candor build {path}",
                path = shown(&path)
            ));
            Status::Clean
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            terminal.fail(&format!("{} is there already and is not overwritten", shown(&path)))
        }
        Err(error) => terminal.fail(&format!("cannot write {}: {}", shown(&path), reason(&error))),
    }
}
