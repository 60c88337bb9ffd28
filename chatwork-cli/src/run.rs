//! What the commands do.

pub(crate) mod accounts;
#[cfg(feature = "archive")]
mod archive;
mod files;
mod link;
mod live;
#[cfg(feature = "mcp")]
mod mcp;
mod messages;
mod people;
mod rooms;
mod tasks;
mod tools;
mod written;

use chatwork_sdk::List;
#[cfg(feature = "mcp")]
pub(crate) use mcp::unknown_tool;
use serde::Serialize;

use self::written::Written;
use crate::args::{Auth, Command};
use crate::context::Context;
use crate::failure::Done;
use crate::out::{self, Item, item, shape};
use crate::words;

/// Runs a command.
pub(crate) async fn run(context: &Context, command: Command) -> Done {
    // To sign in and out takes no account from the environment.
    if !matches!(command, Command::Auth(Auth::Login(_) | Auth::Switch { .. } | Auth::Logout { .. }))
    {
        context.refuse_two_accounts()?;
    }
    context.refuse_several_profiles(&command)?;
    // Before the first request: a message that was sent stays sent.
    match written::of(&command) {
        Written::Fields(shape) => context.out.check_fields(shape)?,
        Written::Reply => {}
        Written::NoFields => context.out.refuse_fields()?,
    }
    match command {
        Command::Auth(auth) => accounts::run(context, auth).await,
        Command::Me => me(context).await,
        Command::Status => status(context).await,
        Command::Limits => limits(context).await,
        Command::Rooms(rooms) => rooms::run(context, rooms).await,
        Command::Messages(messages) => messages::run(context, messages).await,
        Command::Send(send) => messages::send(context, send).await,
        Command::Tasks(tasks) => tasks::run(context, tasks).await,
        Command::Files(files) => files::run(context, files).await,
        Command::Link(link) => link::run(context, link).await,
        Command::Contacts(_) => people::contacts(context).await,
        Command::Requests(requests) => people::requests(context, requests).await,
        Command::Watch(watch) => live::watch(context, watch).await,
        Command::Webhooks(webhooks) => live::webhooks(context, webhooks).await,
        #[cfg(feature = "archive")]
        Command::Archive(archive) => archive::run(context, archive).await,
        #[cfg(feature = "mcp")]
        Command::Mcp(mcp) => mcp::run(context, mcp).await,
        Command::Api(api) => tools::api(context, api).await,
        #[cfg(feature = "sandbox")]
        Command::Sandbox(sandbox) => tools::sandbox(context, sandbox).await,
        Command::Completion { shell } => tools::completion(context, &shell),
        Command::Man(man) => tools::man(context, &man),
        Command::Config(config) => tools::config(context, config).await,
        Command::Help { command } => tools::help(context, &command),
    }
}

async fn me(context: &Context) -> Done {
    let me = context.client().await?.me().await?;
    context.out.detail(&shape::ME, &item(&me, &[]))
}

async fn status(context: &Context) -> Done {
    let status = context.client().await?.my_status().await?;
    context.out.detail(&shape::MY_STATUS, &item(&status, &[]))
}

async fn limits(context: &Context) -> Done {
    let (_, meta) = context.client().await?.me().with_meta().await?;
    let mut limits = Item::new();
    if let Some(limit) = meta.rate_limit() {
        limits.insert("limit".to_owned(), limit.limit.into());
        limits.insert("remaining".to_owned(), limit.remaining.into());
        limits.insert("reset".to_owned(), limit.reset.0.into());
    }
    context.out.detail(&shape::LIMITS, &limits)
}

/// Returns the entries of a list, and notes on stderr if some could not be read.
fn items<T: Serialize>(list: &List<T>) -> Vec<Item> {
    note_set_aside(list.set_aside().len());
    list.iter().map(|entry| item(entry, &[])).collect()
}

/// Sets an option of a request, if the person has given it.
fn given<R, T>(request: R, option: Option<T>, set: impl FnOnce(R, T) -> R) -> R {
    match option {
        Some(value) => set(request, value),
        None => request,
    }
}

fn note_set_aside(count: usize) {
    if count > 0 {
        out::note(&words::UNREADABLE_ITEMS.fill(&[("count", &count)]));
    }
}
