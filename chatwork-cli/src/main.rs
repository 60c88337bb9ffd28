//! Chatwork in a terminal and in scripts: see README.md.

mod args;
mod ask;
mod context;
mod failure;
mod input;
mod lang;
mod localize;
mod out;
mod run;
mod signals;
mod usage;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use clap_complete::CompleteEnv;

use crate::args::Cli;
use crate::context::Context;
use crate::failure::{Done, Failure};

/// The name by which people call the program.
const NAME: &str = "chatwork";

fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    // Without the commands: to build them is most of the work of a start.
    if let [_, arg] = args.as_slice()
        && (arg == "--version" || arg == "-V")
    {
        return version();
    }
    // Answers a shell that asks for candidates, and ends the program then.
    CompleteEnv::with_factory(|| localize::localize(Cli::command())).bin(NAME).complete();
    let as_json = args
        .iter()
        .any(|arg| arg.to_str().is_some_and(|arg| arg == "--json" || arg.starts_with("--json=")));
    out::choose_notes(as_json);
    match parse(&args) {
        Ok(Some(cli)) => match start(cli) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => failure.report(as_json),
        },
        Ok(None) => ExitCode::SUCCESS,
        Err(failure) => failure.report(as_json),
    }
}

/// Writes the version, as clap does it behind a command.
fn version() -> ExitCode {
    let written = writeln!(std::io::stdout(), "{NAME} {}", env!("CARGO_PKG_VERSION"));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => Failure::from(error).report(false),
    }
}

/// Reads the command line. Returns `None` after the help or the version was printed.
fn parse(args: &[OsString]) -> Done<Option<Cli>> {
    if let Some(failure) = usage::spaced_fields(args) {
        return Err(failure);
    }
    let mut command = Cli::command();
    let parsed = command.try_get_matches_from_mut(args);
    let error = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => return Ok(Some(cli)),
        Err(error) => error,
    };
    match usage::failure(&error, &usage::path(&command, args)) {
        Some(failure) => Err(failure),
        None => show(error, args),
    }
}

/// Prints the version or the help. For the help alone the texts of all commands are translated: most
/// starts need none of them.
fn show(error: clap::Error, args: &[OsString]) -> Done<Option<Cli>> {
    let error = match error.kind() {
        ErrorKind::DisplayVersion => error,
        _ => {
            let localized = localize::localize(Cli::command());
            localized.try_get_matches_from(args).err().unwrap_or(error)
        }
    };
    error.print()?;
    match error.exit_code() {
        0 => Ok(None),
        // A command without its arguments: the help says which.
        _ => std::process::exit(i32::from(failure::exit::USAGE)),
    }
}

fn start(cli: Cli) -> Done {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        let context = Context::new(&cli.global)?;
        let done = run::run(&context, cli.command).await;
        context.settle().await;
        done.map_err(|failure| context.explain(failure))
    });
    // A read of the standard input cannot be cancelled: do not wait for it.
    runtime.shutdown_background();
    done
}

/// Waits for work, and ends it when the person (Ctrl-C) or the system (SIGTERM) ends the program.
///
/// Only for work that may take long and asks nothing: while it waits, neither ends the program by
/// itself.
pub(crate) async fn interruptible<T>(work: impl Future<Output = Done<T>>) -> Done<T> {
    tokio::select! {
        biased;
        interrupted = signals::ended() => {
            interrupted?;
            Err(Failure::interrupted())
        }
        done = work => done,
    }
}
