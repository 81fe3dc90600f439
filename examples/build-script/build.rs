//! Compiles the policy into a page. A policy with errors stops the build, and warnings are those of cargo.

use std::path::Path;
use std::{env, fs, io};

use candor::{Format, NoFiles, Options, Source, compile};

fn main() -> io::Result<()> {
    let path = "../shutter.policy";
    println!("cargo::rerun-if-changed={path}");
    let compilation = compile(Source::new(path, fs::read_to_string(path)?), &NoFiles, &Options::default());
    for finding in compilation.report().lines() {
        println!("cargo::warning={finding}");
    }
    let published = compilation.published.ok_or_else(|| io::Error::other(format!("{path} has errors")))?;
    let folder = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&folder).join("privacy.html"), published.render(Format::Html))
}
