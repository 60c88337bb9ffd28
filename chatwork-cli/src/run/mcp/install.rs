//! `mcp install`.

use std::fmt::Display;

use chatwork_app::{Origin, Session};
use chatwork_mcp::install::{Change, Client, Entry, Folders, Target, Undo};
use serde_json::json;

use super::options;
use crate::args::{ClientName, Install};
use crate::context::{Context, USER_AGENT};
use crate::failure::{Done, Failure, file};
use crate::out::{Item, note, shape};
use crate::words;

/// What clients call the server if a person gives no name.
const NAME: &str = "chatwork";

pub(super) async fn run(context: &Context, arguments: &Install) -> Done {
    context.out.refuse_csv()?;
    let target = target(arguments)?;
    let name = arguments.name.as_deref().unwrap_or(NAME);
    if arguments.undo {
        return undo(context, &target, name);
    }
    let entry = entry(context, arguments, name).await?;
    if arguments.write {
        return write(context, &target, &entry);
    }
    let text = entry.text_for(target.client())?;
    note(
        &words::MCP_ENTRY
            .fill(&[("client", &target.client().title()), ("path", &target.path().display())]),
    );
    match context.out.is_json() {
        true => context.out.detail(&shape::mcp::INSTALLED, &report(&target, "none", None, &text)),
        false => context.out.write(&text),
    }
}

fn target(arguments: &Install) -> Done<Target> {
    let client = match arguments.client {
        ClientName::ClaudeCode => Client::ClaudeCode,
        ClientName::ClaudeDesktop => Client::ClaudeDesktop,
        ClientName::Codex => Client::Codex,
        ClientName::Cursor => Client::Cursor,
        ClientName::VsCode => Client::VsCode,
        ClientName::Gemini => Client::Gemini,
    };
    match &arguments.config {
        Some(path) => Ok(Target::at(client, path)),
        None if arguments.project => Ok(Target::of_project(client, ".")?),
        None => Ok(Target::of_user(client, &Folders::of_user()?)),
    }
}

/// Returns the entry: this program, the profiles and the options. It holds no token.
async fn entry(context: &Context, arguments: &Install, name: &str) -> Done<Entry> {
    let program = std::env::current_exe().map_err(|error| file("chatwork".as_ref(), &error))?;
    // A wrong option is an error now, and not when the client starts the server.
    let _ = options::read(context, &arguments.tools)?;
    let mut args = vec!["mcp".to_owned(), "serve".to_owned()];
    for profile in profiles(context).await? {
        args.extend(["--profile".to_owned(), profile]);
    }
    args.extend(options::write(context, &arguments.tools)?);
    Ok(Entry::new(name, &program, args)?)
}

/// Returns the profiles that are named, or the one that every command would use. Each must be
/// signed in.
async fn profiles(context: &Context) -> Done<Vec<String>> {
    for profile in &context.profiles {
        let settings = context.settings.clone().with_profile(Some(profile.clone()));
        Session::open(&context.paths, &settings, USER_AGENT).await?;
    }
    if !context.profiles.is_empty() {
        return Ok(context.profiles.clone());
    }
    match context.session().await?.origin() {
        Origin::Profile { name, .. } => Ok(vec![name.clone()]),
        _ => {
            Err(Failure::usage(words::MCP_NEEDS_PROFILE.text())
                .hinted(words::MCP_NEEDS_PROFILE_HINT))
        }
    }
}

fn write(context: &Context, target: &Target, entry: &Entry) -> Done {
    let written = target.write(entry)?;
    let (change, said) = match written.change {
        Change::Added => ("added", words::MCP_ADDED),
        Change::Replaced => ("replaced", words::MCP_REPLACED),
        _ => ("unchanged", words::MCP_UNCHANGED),
    };
    let client: &dyn Display = &target.client().title();
    note(&said.fill(&[("client", client), ("path", &target.path().display())]));
    if let Some(backup) = &written.backup {
        note(&words::MCP_BACKUP.fill(&[("path", &backup.display())]));
    }
    let backup = written.backup.map(|path| path.display().to_string());
    let text = entry.text_for(target.client())?;
    context.out.done(&shape::mcp::INSTALLED, &report(target, change, backup, &text))
}

fn undo(context: &Context, target: &Target, name: &str) -> Done {
    let (change, said) = match target.undo(name)?.how {
        Undo::Restored => ("restored", words::MCP_RESTORED),
        Undo::FileRemoved => ("file_removed", words::MCP_FILE_REMOVED),
        Undo::EntryRestored => ("entry_restored", words::MCP_ENTRY_RESTORED),
        _ => ("entry_removed", words::MCP_ENTRY_REMOVED),
    };
    note(&said.fill(&[("path", &target.path().display())]));
    context.out.done(&shape::mcp::INSTALLED, &report(target, change, None, ""))
}

fn report(target: &Target, change: &str, backup: Option<String>, text: &str) -> Item {
    let report = json!({
        "client": target.client().as_str(),
        "path": target.path().display().to_string(),
        "change": change,
        "backup": backup,
        "entry": text,
    });
    report.as_object().cloned().unwrap_or_default()
}
