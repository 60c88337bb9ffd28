//! Command lines that cannot be understood, in the words of the catalogue.

use std::ffi::OsString;

use chatwork_sdk::types;
use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::failure::Failure;
use crate::words;

/// Returns the failure for an error of clap. `None` if it is the help or the version, which clap
/// prints itself.
pub(crate) fn failure(error: &clap::Error, command: &str) -> Option<Failure> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::StyledStrs(texts)) => {
            Some(texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
        }
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => words::USAGE_UNKNOWN.fill(&[("given", &argument)]),
        ErrorKind::InvalidSubcommand => {
            let given = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            words::USAGE_SUBCOMMAND.fill(&[("given", &given)])
        }
        ErrorKind::MissingSubcommand => words::USAGE_MISSING_COMMAND.text().to_owned(),
        ErrorKind::MissingRequiredArgument => words::USAGE_MISSING.fill(&[("missing", &argument)]),
        ErrorKind::InvalidValue if value.is_empty() => {
            words::USAGE_NO_VALUE.fill(&[("argument", &argument)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words::USAGE_VALUE.fill(&[("value", &value), ("argument", &argument)])
        }
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(other) if other != argument => {
                words::USAGE_CONFLICT.fill(&[("argument", &argument), ("other", &other)])
            }
            _ => words::USAGE_TWICE.fill(&[("argument", &argument)]),
        },
        ErrorKind::InvalidUtf8 => words::USAGE_UTF8.text().to_owned(),
        _ => words::USAGE_OTHER.text().to_owned(),
    };
    let similar = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    let similar = similar.into_iter().chain([ContextKind::SuggestedValue]).find_map(text);
    let values = text(ContextKind::ValidValue).filter(|values| !values.is_empty());
    let hint = match (similar, values) {
        (Some(similar), _) => words::USAGE_SIMILAR.fill(&[("similar", &similar)]),
        (_, Some(values)) => words::USAGE_VALUES.fill(&[("values", &values)]),
        _ => words::USAGE_HINT.fill(&[("command", &command)]),
    };
    Some(Failure::usage(message).hint(hint))
}

/// Returns the command that the arguments name, as far as they name one: `chatwork rooms view`.
pub(crate) fn path(command: &Command, args: &[OsString]) -> String {
    let mut found = command;
    let mut path = found.get_name().to_owned();
    for arg in args.iter().skip(1) {
        let Some(sub) = found.find_subcommand(arg) else { break };
        found = sub;
        path = format!("{path} {}", sub.get_name());
    }
    path
}

/// Returns the failure if the fields of `--json` are behind a space, as `gh` takes them: here they
/// would be read as something else.
pub(crate) fn spaced_fields(args: &[OsString]) -> Option<Failure> {
    let mut pairs = args.windows(2).filter_map(|pair| match pair {
        [first, second] => Some((first.to_str()?, second.to_str()?)),
        _ => None,
    });
    let (_, fields) = pairs.find(|(first, second)| *first == "--json" && are_fields(second))?;
    let hint = words::JSON_SPACE_HINT.fill(&[("fields", &fields)]);
    Some(Failure::usage(words::JSON_SPACE.text()).hint(hint))
}

/// Returns whether a text can only be a list of fields: names with commas, or the name of a field
/// that is not an ordinary word.
fn are_fields(text: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|it| it.is_ascii_lowercase() || it == b'_')
    };
    let known = || {
        let fields = [types::Room::FIELDS, types::Message::FIELDS, types::Task::FIELDS];
        fields.into_iter().flatten().any(|field| *field == text)
    };
    let mut names = text.split(',');
    names.all(is_name) && (text.contains(',') || text.contains('_') || known())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Cli;

    fn args(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn fields_behind_a_space_are_noticed() {
        assert!(spaced_fields(&args("chatwork rooms list --json room_id,name")).is_some());
        assert!(spaced_fields(&args("chatwork rooms list --json name")).is_some());
        assert!(spaced_fields(&args("chatwork messages list --json sales")).is_none());
        assert!(spaced_fields(&args("chatwork rooms list --json=room_id,name")).is_none());
        assert!(spaced_fields(&args("chatwork rooms list --json --csv")).is_none());
    }

    #[test]
    fn the_help_that_is_named_is_that_of_the_command() {
        let path = |line| path(&Cli::command(), &args(line));
        assert_eq!(path("chatwork rooms view --unknown"), "chatwork rooms view");
        assert_eq!(path("chatwork room lits"), "chatwork rooms");
        assert_eq!(path("chatwork --csv"), "chatwork");
    }

    #[test]
    fn errors_of_clap_become_sentences() {
        for line in [
            "chatwork rooms lits",
            "chatwork rooms view",
            "chatwork rooms list --type x",
            "chatwork rooms list --unknown",
            "chatwork tasks view 1 x",
            "chatwork me --utc --time-zone=UTC",
            "chatwork watch --every 0",
        ] {
            let error = Cli::command().try_get_matches_from(args(line)).unwrap_err();
            let failure = failure(&error, "chatwork").map(|failure| format!("{failure:?}"));
            let failure = failure.unwrap_or_else(|| panic!("{line}"));
            assert!(
                !failure.contains("do not fit") && !failure.contains("``"),
                "{line}: {failure}"
            );
        }
    }
}
