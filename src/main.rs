//! The `candor` command: arguments in, exit status out. Everything it does is in the `cli` module.

#![warn(clippy::disallowed_methods, clippy::disallowed_macros)]
// Whatever the text, the compiler answers with findings.
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::main()
}
