//! `api`, `sandbox`, `completion`, `man`, `config` and `help`.

mod api;
mod config;
#[cfg(feature = "sandbox")]
mod sandbox;

use clap::CommandFactory;
use clap_complete::env::Shells;

pub(super) use self::api::run as api;
pub(super) use self::config::run as config;
#[cfg(feature = "sandbox")]
pub(super) use self::sandbox::run as sandbox;
use crate::NAME;
use crate::args::{Cli, Man};
use crate::context::Context;
use crate::failure::{Done, Failure, file};
use crate::localize::localize;
use crate::out::note;
use crate::words;

/// The variable by which a shell asks for candidates.
const COMPLETE: &str = "COMPLETE";

/// Writes what a shell has to load. It calls this program for candidates.
pub(super) fn completion(context: &Context, shell: &str) -> Done {
    let shells = Shells::builtins();
    let Some(completer) = shells.completer(shell) else {
        let known: Vec<_> = shells.names().collect();
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("value", &chatwork_app::one_line(shell)), ("argument", &"<SHELL>")];
        return Err(Failure::usage(words::USAGE_VALUE.fill(&values))
            .hint(words::USAGE_VALUES.fill(&[("values", &known.join(", "))])));
    };
    let mut script = Vec::new();
    completer.write_registration(COMPLETE, NAME, NAME, NAME, &mut script)?;
    context.out.write(&String::from_utf8_lossy(&script))
}

/// Writes manual pages.
pub(super) fn man(context: &Context, arguments: &Man) -> Done {
    let command = localize(Cli::command());
    let Some(folder) = &arguments.dir else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        return context.out.write(&String::from_utf8_lossy(&page));
    };
    std::fs::create_dir_all(folder).map_err(|error| file(folder, &error))?;
    clap_mangen::generate_to(command, folder).map_err(|error| file(folder, &error))?;
    let count = std::fs::read_dir(folder).map_err(|error| file(folder, &error))?.count();
    note(&words::PAGES_WRITTEN.fill(&[("count", &count), ("path", &folder.display())]));
    Ok(())
}

/// Shows the help of a command.
pub(super) fn help(context: &Context, path: &[String]) -> Done {
    let mut command = localize(Cli::command());
    command.build();
    let mut found = &mut command;
    for name in path {
        let given = chatwork_app::one_line(name).into_owned();
        found = found
            .find_subcommand_mut(name)
            .ok_or_else(|| Failure::usage(words::USAGE_SUBCOMMAND.fill(&[("given", &given)])))?;
    }
    context.out.write(&found.render_help().to_string())
}
