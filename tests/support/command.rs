//! The command as a user runs it, in a folder of its own.

#![allow(dead_code, reason = "each test that runs the command needs a part of this")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use tempfile::TempDir;

/// A folder of its own for one test.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a folder for the test"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file for the test");
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn has(&self, name: &str) -> bool {
        fs::symlink_metadata(self.path().join(name)).is_ok()
    }

    /// The names in the folder, those of temporary files included.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path()).expect("the folder");
        let mut names: Vec<String> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_candor"));
        command.current_dir(self.path()).args(arguments).env_remove("NO_COLOR").stdin(Stdio::null());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().expect("the command runs"))
    }

    pub fn run_with(&self, arguments: &[&str], input: &[u8]) -> Ended {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        // It may end without reading everything.
        let _ = child.stdin.take().expect("its input").write_all(input);
        Ended::from(child.wait_with_output().expect("the command ends"))
    }
}

/// How a command ended.
pub struct Ended {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Ended {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("what is printed is text");
        let err = text(output.stderr);
        assert!(!err.contains("panicked"), "{err}");
        Ended { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err }
    }
}

impl Ended {
    #[track_caller]
    pub fn with(self, code: i32, said: &str) -> Ended {
        assert_eq!(self.code, code, "{}", self.err);
        assert!(self.err.contains(said), "{said} is not in: {}", self.err);
        self
    }
}

/// How long something that must come is waited for. It comes much sooner, unless the machine is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A command that goes on until it is told to end.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Folder {
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the command runs");
        let (sender, lines) = mpsc::channel();
        let out: Box<dyn Read + Send> = Box::new(child.stdout.take().expect("its output"));
        let err: Box<dyn Read + Send> = Box::new(child.stderr.take().expect("its findings"));
        for pipe in [out, err] {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        Running { child, lines }
    }
}

impl Running {
    /// Waits for a line with this in it, and gives back everything up to there.
    #[track_caller]
    pub fn until(&self, said: &str) -> String {
        self.until_all(&[said])
    }

    /// Waits until a line was printed with each of these in it, in whichever order.
    #[track_caller]
    pub fn until_all(&self, said: &[&str]) -> String {
        let mut all = String::new();
        while !said.iter().all(|said| all.contains(said)) {
            let line = self.lines.recv_timeout(PATIENCE);
            all += &line.unwrap_or_else(|error| panic!("{said:?} was never said ({error}): {all}"));
            all.push('\n');
        }
        all
    }

    /// Ends it as Ctrl-C does; gives back how it ended and what was left to say.
    #[cfg(unix)]
    pub fn interrupt(mut self) -> (Option<i32>, String) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal is sent");
        let status = self.child.wait().expect("the command ends");
        let rest = std::iter::from_fn(|| self.lines.recv_timeout(PATIENCE).ok()).map(|line| line + "\n");
        (status.code(), rest.collect())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
