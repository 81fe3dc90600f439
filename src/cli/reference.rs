//! Keeps `docs/cli.md` in step with the help texts.

use std::fmt::Write as _;

#[test]
fn the_reference_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cli.md");
    let expected = reference();
    if std::fs::read_to_string(path).ok().as_deref() != Some(expected.as_str()) {
        std::fs::write(path, expected).expect("docs/cli.md can be written");
        panic!("docs/cli.md was stale and is rewritten; run the test again and commit it");
    }
}

#[test]
fn the_arguments_are_consistent() {
    super::command().debug_assert();
}

fn reference() -> String {
    let mut out = String::from(
        "# The command line\n\n\
         This page is written by `cargo test` from the help texts in `src/cli.rs`; change it there.\n",
    );
    let mut command = super::command().term_width(100).color(clap::ColorChoice::Never);
    command.build();
    section(&mut out, &mut command);
    for subcommand in command.get_subcommands_mut().filter(|subcommand| subcommand.get_name() != "help") {
        section(&mut out, subcommand);
    }
    out
}

fn section(out: &mut String, command: &mut clap::Command) {
    let name = command.get_bin_name().unwrap_or("candor").to_owned();
    let help = command.render_long_help().to_string();
    let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
    let _ = write!(out, "\n## `{name}`\n\n```text\n{}\n```\n", lines.join("\n").trim_end());
}
