//! What only the program needs: options, the first line on stdout, the log on stderr, and the end of
//! stdin.

mod arguments;
mod hello;
mod signal;
mod stderr;
mod stdin;

use std::io::IsTerminal;

pub(crate) use arguments::Arguments;
pub(crate) use hello::{announce, print};
pub(crate) use signal::interrupted;
pub(crate) use stderr::Stderr;
pub(crate) use stdin::closed;
use tracing_subscriber::EnvFilter;

/// Writes the log to stderr. `CHATWORK_SANDBOX_LOG` sets the level.
pub(crate) fn log_to(stderr: &Stderr) {
    let filter = EnvFilter::try_from_env("CHATWORK_SANDBOX_LOG");
    let stderr = stderr.clone();
    tracing_subscriber::fmt()
        .with_writer(move || stderr.clone())
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter.unwrap_or_else(|_| EnvFilter::new("info")))
        .with_target(false)
        // The reader of the log may have ended: reporting that would be a panic.
        .log_internal_errors(false)
        .init();
}
