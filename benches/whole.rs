//! How long the command takes as a whole process: for each example, and for 1,000 policies in one call beside
//! a plain copy of the bytes they become.
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
    many(binary, &folder)?;
    std::fs::remove_dir_all(&folder)
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
    let copied = folder.join("copied");
    let copy = median(|| {
        let _ = std::fs::remove_dir_all(&copied);
        let _ = std::fs::create_dir_all(&copied);
        let started = Instant::now();
        for entry in std::fs::read_dir(&out).into_iter().flatten().flatten() {
            let _ = std::fs::copy(entry.path(), copied.join(entry.file_name()));
        }
        started.elapsed()
    });
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
