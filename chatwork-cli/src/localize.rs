//! The help of all commands in Japanese.
//!
//! The English help is where the commands are, in `args`. The Japanese one is in `help.ja.txt`: a
//! section for each command, and in it a line for the command itself (`about`) and for each of its
//! arguments. A test walks through all commands and finds what is missing or not used.

use std::collections::HashMap;

use clap::builder::StyledStr;
use clap::{Arg, Command};

use crate::lang::{Lang, lang};
use crate::words;

const CATALOGUE: &str = include_str!("help.ja.txt");

/// The texts of commands and arguments, by the path of the command and the name within it.
type Catalogue<'a> = HashMap<(&'a str, &'a str), &'a str>;

/// Returns the commands with their help in the chosen language.
pub(crate) fn localize(command: Command) -> Command {
    match lang() {
        Lang::En => command.mut_subcommands(with_examples),
        Lang::Ja => {
            let catalogue = read(CATALOGUE);
            let path = command.get_name().to_owned();
            translate(command, &path, &catalogue)
        }
    }
}

/// Reads the catalogue: `[chatwork rooms]`, then `name = text`.
fn read(text: &str) -> Catalogue<'_> {
    let mut path = "";
    let mut catalogue = Catalogue::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(section) => path = section,
            None => {
                if let Some((name, text)) = line.split_once(" = ") {
                    catalogue.insert((path, name), text);
                }
            }
        }
    }
    catalogue
}

fn translate(command: Command, path: &str, catalogue: &Catalogue<'_>) -> Command {
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        words::HELP_USAGE.text()
    );
    let mut command = command
        .help_template(template)
        .subcommand_help_heading(words::HELP_COMMANDS.text())
        .mut_args(|arg| translate_arg(arg, path, catalogue))
        .mut_subcommands(|sub| {
            let path = format!("{path} {}", sub.get_name());
            translate(sub, &path, catalogue)
        });
    if let Some(about) = catalogue.get(&(path, "about")) {
        command = command.about((*about).to_owned());
    }
    with_heading_of_examples(command)
}

fn translate_arg(arg: Arg, path: &str, catalogue: &Catalogue<'_>) -> Arg {
    let is_global = arg.get_help_heading().is_some();
    let heading = match (is_global, arg.is_positional()) {
        (true, _) => words::HELP_GLOBAL,
        (_, true) => words::HELP_ARGUMENTS,
        _ => words::HELP_OPTIONS,
    };
    let name = name(&arg);
    let Some(text) = catalogue.get(&(path, name.as_str())) else {
        return arg.help_heading(heading.text());
    };
    let values: Vec<String> =
        arg.get_possible_values().iter().map(|it| it.get_name().to_owned()).collect();
    let arg = arg.help_heading(heading.text());
    // A flag has the values of a `bool`, which nobody types.
    match values.is_empty() || !arg.get_action().takes_values() {
        true => arg.help((*text).to_owned()),
        false => {
            // In place of the English words of clap.
            let values = words::HELP_VALUES.fill(&[("values", &values.join(", "))]);
            arg.help(format!("{text}［{values}］")).hide_possible_values(true)
        }
    }
}

/// The name of an argument in the catalogue: `--long`, or that of its value in capitals.
fn name(arg: &Arg) -> String {
    match arg.get_long() {
        Some(long) => format!("--{long}"),
        None => {
            let names = arg.get_value_names().unwrap_or_default();
            names.first().map(ToString::to_string).unwrap_or_default()
        }
    }
}

fn with_examples(command: Command) -> Command {
    with_heading_of_examples(command.mut_subcommands(with_examples))
}

/// Examples are the same in both languages; their heading is not.
fn with_heading_of_examples(command: Command) -> Command {
    match command.get_after_help().map(StyledStr::to_string) {
        None => command,
        Some(examples) => {
            let lines: String =
                examples.lines().map(|line| format!("\n  {}", line.trim())).collect();
            command.after_help(format!("{}{lines}", words::HELP_EXAMPLES.text()))
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    /// What the help of all commands needs.
    #[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
    fn needed(command: &Command, path: &str, names: &mut BTreeSet<(String, String)>) {
        names.insert((path.to_owned(), "about".to_owned()));
        for arg in command.get_arguments() {
            names.insert((path.to_owned(), name(arg)));
            assert!(arg.get_help().is_some(), "{path} {}: no help", name(arg));
        }
        assert!(command.get_about().is_some(), "{path}: no help");
        for sub in command.get_subcommands() {
            needed(sub, &format!("{path} {}", sub.get_name()), names);
        }
    }

    // Without a feature its commands are missing, and their texts are not used.
    #[cfg(all(feature = "archive", feature = "mcp", feature = "sandbox"))]
    #[test]
    fn every_command_and_argument_has_a_japanese_help_and_no_more() {
        let mut names = BTreeSet::new();
        needed(&Cli::command(), "chatwork", &mut names);
        let catalogue = read(CATALOGUE);
        let known: BTreeSet<_> =
            catalogue.keys().map(|(path, name)| ((*path).to_owned(), (*name).to_owned())).collect();
        let missing: Vec<_> = names.difference(&known).collect();
        let unused: Vec<_> = known.difference(&names).collect();
        assert!(missing.is_empty() && unused.is_empty(), "missing {missing:#?} unused {unused:#?}");
    }

    #[test]
    fn the_commands_are_sound() {
        localize(Cli::command()).debug_assert();
        translate(Cli::command(), "chatwork", &read(CATALOGUE)).debug_assert();
    }
}
