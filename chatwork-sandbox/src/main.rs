//! The program: a sandbox with a command line.

mod program;

use chatwork_sandbox::{Clock, Sandbox, World};
use clap::Parser;
use program::{Arguments, Stderr, announce};

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let log = Stderr::start();
    program::log_to(&log);
    let result = run(arguments).await;
    if let Err(error) = &result {
        tracing::error!("{error}");
        log.flush();
    }
    // The state is saved, so no connection has to be ended first.
    std::process::exit(i32::from(result.is_err()))
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Sandbox::builder().port(arguments.port);
    for name in arguments.webhook_host {
        builder = builder.webhook_host(name);
    }
    if let Some(file) = &arguments.world {
        builder = builder.file(file)?;
    }
    if let Some(size) = arguments.generate {
        builder = builder.world(World::generate(size));
    }
    if let Some(file) = arguments.state {
        builder = builder.keep(file);
    }
    if let Some(seconds) = arguments.clock {
        builder = builder.clock(Clock::manual(seconds));
    }
    if let Some(mode) = arguments.refresh_tokens {
        builder = builder.refresh_tokens(mode.into());
    }
    builder = builder.host(arguments.host).cors(arguments.cors);
    if let Some(origin) = arguments.origin {
        builder = builder.origin(origin);
    }
    if let Some(key) = arguments.control_key {
        builder = builder.control_key(key);
    }
    for name in arguments.allow_host {
        builder = builder.allow_host(name);
    }
    let is_open = !arguments.host.is_loopback();
    let sandbox = builder.limits(arguments.limits.is_on()).start().await?;
    let stdin = async {
        match arguments.exit_with_stdin {
            true => program::closed().await,
            false => std::future::pending().await,
        }
    };
    if is_open {
        tracing::warn!(
            "everyone who reaches {} can use the API with the tokens of the world; the control API \
             needs the key in the first line on stdout",
            arguments.host
        );
    }
    let ended = tokio::select! {
        // In this order: a program that has read the first line can interrupt the sandbox.
        biased;
        interrupted = program::interrupted() => interrupted,
        () = stdin => Ok(()),
        failed = serve(&sandbox) => failed,
    };
    // A line that could not be printed is no reason to lose the state.
    sandbox.close().await?;
    Ok(ended?)
}

/// Prints the first line, and waits.
async fn serve(sandbox: &Sandbox) -> std::io::Result<()> {
    let line = announce(sandbox);
    // On a thread of its own: the line of a large world blocks until a program reads it.
    tokio::task::spawn_blocking(move || program::print(&line)).await??;
    tracing::info!("listening on {}, Ctrl-C ends it", sandbox.base_url());
    std::future::pending().await
}
