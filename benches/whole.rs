//! How long the command takes as a whole process: for each example, for all of them as one project, and for 1,000
//! policies in one call; the last two beside a plain copy of the files they become.
//!
//! Run with `cargo bench --bench whole`; it prints one line for each measurement, the median of several runs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// How often each command runs.
const RUNS: usize = 11;
/// How many policies are built in one call.
const MANY: usize = 1000;

fn main() -> std::io::Result<()> {
    let folder = std::env::temp_dir().join(format!("candor-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let binary = Path::new(env!("CARGO_BIN_EXE_candor"));
    let empty = median(|| run(Command::new(binary).arg("--version")));
    println!("{:<34} {:>10}", "what", "median");
    row("the command, doing nothing", empty);
    for name in ["convox-console", "sentry-2017", "shutter", "kontor", "strideway", "tallyho", "larder"] {
        let source = format!("examples/{name}.policy");
        let out = folder.join(name);
        let time = median(|| {
            // Every run writes: nothing is spared because it is there already.
            let _ = std::fs::remove_dir_all(&out);
            run(Command::new(binary).args(["build", &source, "--out"]).arg(&out))
        });
        row(&format!("build {name}, three formats"), time);
    }
    project(binary, &folder)?;
    many(binary, &folder)?;
    std::fs::remove_dir_all(&folder)
}

/// Every example with all its public documents in three formats, as one project: from nothing, and with nothing to
/// write.
fn project(binary: &Path, folder: &Path) -> std::io::Result<()> {
    let examples = std::fs::canonicalize("examples")?;
    let mut policies: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&examples)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name == "club.policy" {
            for operator in ["north", "south"] {
                let values = examples.join(format!("club-{operator}.values"));
                policies.push(format!("{{ file = {path:?}, values = {values:?}, out = \"out/{operator}\" }}"));
            }
        } else if name.ends_with(".policy") && name != "kontor-group.policy" {
            policies.push(format!("{path:?}"));
        }
    }
    policies.sort();
    let file = folder.join("candor.toml");
    std::fs::write(&file, format!("policies = [{}]\nout = \"out\"\n", policies.join(", ")))?;
    let out = folder.join("out");
    let build = || run(Command::new(binary).args(["build", "--project"]).arg(&file));
    let cold = median(|| {
        let _ = std::fs::remove_dir_all(&out);
        build()
    });
    row("build all examples, from nothing", cold);
    row("build all examples, nothing changed", median(build));
    let (files, bytes) = size(&out);
    row(&format!("copy what they become, {files} files"), copy(&out, &folder.join("copied-examples")));
    println!("{:<34} {:>7.2} MB", "their size", bytes as f64 / 1e6);
    Ok(())
}

/// How many files are below a folder, and how many bytes they have.
fn size(folder: &Path) -> (usize, u64) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.fold((0, 0), |(files, bytes), entry| match entry.metadata() {
        Ok(metadata) if metadata.is_dir() => {
            let (more, larger) = size(&entry.path());
            (files + more, bytes + larger)
        }
        Ok(metadata) => (files + 1, bytes + metadata.len()),
        Err(_) => (files, bytes),
    })
}

/// How long it takes to copy a folder, from nothing.
fn copy(from: &Path, to: &Path) -> Duration {
    median(|| {
        let _ = std::fs::remove_dir_all(to);
        let started = Instant::now();
        copy_all(from, to);
        started.elapsed()
    })
}

fn copy_all(from: &Path, to: &Path) {
    let _ = std::fs::create_dir_all(to);
    for entry in std::fs::read_dir(from).into_iter().flatten().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            let _ = std::fs::copy(entry.path(), target);
        }
    }
}

/// A thousand copies of one policy, each built on its own.
fn many(binary: &Path, folder: &Path) -> std::io::Result<()> {
    let text = std::fs::read_to_string("examples/convox-console.policy")?;
    let mut sources: Vec<PathBuf> = Vec::new();
    for index in 0..MANY {
        let path = folder.join(format!("policy-{index}.policy"));
        std::fs::write(&path, &text)?;
        sources.push(path);
    }
    let out = folder.join("many");
    let build = median(|| {
        let _ = std::fs::remove_dir_all(&out);
        run(Command::new(binary).arg("build").args(&sources).arg("--out").arg(&out))
    });
    row(&format!("build {MANY} policies in one call"), build);
    let copy = copy(&out, &folder.join("copied"));
    row("copy the files they become", copy);
    println!("{:<34} {:>9.1}×", "building against copying", build.as_secs_f64() / copy.as_secs_f64());
    Ok(())
}

fn run(command: &mut Command) -> Duration {
    let started = Instant::now();
    let output = command.output();
    let time = started.elapsed();
    assert!(output.is_ok_and(|output| output.status.success()), "the command failed");
    time
}

fn median(mut measure: impl FnMut() -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| measure()).collect();
    times.sort();
    times.get(RUNS / 2).copied().unwrap_or_default()
}

fn row(what: &str, time: Duration) {
    println!("{what:<34} {:>7.2} ms", time.as_secs_f64() * 1000.0);
}
