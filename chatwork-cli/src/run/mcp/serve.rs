//! `mcp serve`.

use std::path::PathBuf;

use chatwork_app::Session;
use chatwork_mcp::{Account, Accounts, HttpOptions, MAX_WAIT, Server};
use tokio::net::TcpListener;

use super::options;
use crate::args::{Serve, ToolArgs};
use crate::context::{Context, USER_AGENT, set_address};
use crate::failure::{Done, Failure, listening};
use crate::out::note;
use crate::signals::ended;
use crate::words;

pub(super) async fn run(context: &Context, arguments: Serve) -> Done {
    context.out.refuse_csv()?;
    let options = options::read(context, &arguments.tools)?;
    let server = Server::new(options, accounts(context, &arguments.tools).await?)?;
    let done = tokio::select! {
        biased;
        ended = ended() => Err(ended.map_or_else(Failure::from, |()| Failure::interrupted())),
        served = serve(server.clone(), &arguments) => served,
    };
    // Writes that are under way are finished, also when the program is stopped.
    server.settle().await;
    done
}

async fn serve(server: Server, arguments: &Serve) -> Done {
    let Some(address) = arguments.http else { return Ok(server.serve_stdio().await?) };
    let failed = |error: std::io::Error| listening(address, &error);
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    let options = HttpOptions::new()
        .allow_remote(arguments.allow_remote)
        .hosts(&arguments.allow_host)
        .origins(&arguments.allow_origin);
    note(&words::MCP_LISTENING.fill(&[("address", &format!("http://{bound}/mcp"))]));
    Ok(server.serve_http(listener, options).await?)
}

/// Opens the accounts of the named profiles, or the one that every command would use.
async fn accounts(context: &Context, flags: &ToolArgs) -> Done<Accounts> {
    let wait = context.settings.max_wait.map_or(MAX_WAIT, |wait| wait.min(MAX_WAIT));
    let settings = context.settings.clone().with_max_wait(Some(wait));
    let profiles: Vec<Option<String>> = match context.profiles.as_slice() {
        [] => vec![None],
        names => names.iter().cloned().map(Some).collect(),
    };
    let mut accounts = Vec::new();
    for profile in profiles {
        let settings = settings.clone().with_profile(profile);
        let session = Session::open(&context.paths, &settings, USER_AGENT).await?;
        set_address(session.base_url());
        let archive = archive(context, flags, &session);
        let aliases = (context.config.rooms.clone(), context.config.people.clone());
        let account = Account::of_session(session).aliases(aliases.0, aliases.1);
        accounts.push(match archive {
            Some(path) => account.archive(path),
            None => account,
        });
    }
    Ok(accounts.into_iter().collect())
}

/// Returns the archive of an account: the named one, or that of the profile's account if it exists.
#[cfg(feature = "archive")]
fn archive(context: &Context, flags: &ToolArgs, session: &Session) -> Option<PathBuf> {
    let own = session.account().map(|account| crate::run::archive::path_of(context, account));
    flags.archive.clone().or(own.filter(|path| path.exists()))
}

#[cfg(not(feature = "archive"))]
fn archive(_: &Context, _: &ToolArgs, _: &Session) -> Option<PathBuf> {
    None
}
