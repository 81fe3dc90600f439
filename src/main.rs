//! The `candor` command: arguments in, exit status out. Everything it does is in the `cli` module.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::main()
}
