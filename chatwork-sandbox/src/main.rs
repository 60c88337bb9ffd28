//! A Chatwork on your own machine.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chatwork_sandbox::{Clock, Sandbox, World};
use clap::{Parser, ValueEnum, value_parser};
use tracing_subscriber::EnvFilter;

/// A local stand-in for the Chatwork API v2, to try and to test without an account.
///
/// The first line on stdout is one JSON object: the addresses, the accounts with their tokens, the
/// apps, the rooms. What comes in is logged on stderr.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// The port on 127.0.0.1; 0 takes one that is free.
    #[arg(long, default_value_t = 8899)]
    port: u16,
    /// A world to start with (YAML or JSON) in the place of the one that comes along.
    #[arg(long, value_name = "FILE")]
    world: Option<PathBuf>,
    /// Whether the rate limits are kept.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    limits: Switch,
    /// A Unix time at which the clock stands still until it is moved; left out, it runs.
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = value_parser!(i64).range(0..))]
    clock: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = EnvFilter::try_from_env("CHATWORK_SANDBOX_LOG");
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(filter.unwrap_or_else(|_| EnvFilter::new("info")))
        .with_target(false)
        // Whoever read the log may be gone; that it cannot be told would be a panic.
        .log_internal_errors(false)
        .init();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Sandbox::builder().port(arguments.port);
    if let Some(file) = &arguments.world {
        builder = builder.world(World::load(file)?);
    }
    if let Some(seconds) = arguments.clock {
        builder = builder.clock(Clock::manual(seconds));
    }
    let sandbox = builder.limits(arguments.limits == Switch::On).start().await?;
    tokio::select! {
        // In this order: who has read the first line can end it.
        biased;
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        failed = serve(&sandbox) => failed?,
    }
    // Nothing is kept, so nothing has to be brought to an end.
    std::process::exit(0)
}

/// Says that it is there, and stays.
async fn serve(sandbox: &Sandbox) -> std::io::Result<()> {
    announce(sandbox)?;
    tracing::info!("listening on {}, Ctrl-C ends it", sandbox.base_url());
    std::future::pending().await
}

fn announce(sandbox: &Sandbox) -> std::io::Result<()> {
    let line = serde_json::json!({
        "base_url": sandbox.base_url(),
        "authorization_url": sandbox.authorization_url(),
        "token_url": sandbox.token_url(),
        "accounts": sandbox.accounts(),
        "apps": sandbox.apps(),
        "rooms": sandbox.rooms(),
        "webhooks": sandbox.webhooks().all(),
    });
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}
