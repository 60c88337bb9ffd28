//! Errors of the YAML reader, in words for the author of the document.

use serde_saphyr::Error as Yaml;

use crate::error::Error;

const TOO_LARGE: &str = "the document is too large, or its aliases repeat too much";

/// Converts an error of the YAML reader to one with the place and a plain message.
pub(super) fn error(error: &Yaml) -> Error {
    let location = error.location();
    let line = location.map_or(1, |at| at.line());
    let column = location.map_or(1, |at| at.column());
    let message = match error.without_snippet() {
        Yaml::MultipleDocuments { .. } => "expected one document, found a second one".to_owned(),
        Yaml::NullIntoString { .. } => "expected a key, found null".to_owned(),
        Yaml::NonFiniteFloat { value, .. } => {
            format!("expected a number that JSON has, found {value}")
        }
        Yaml::AliasError { msg, .. } if msg.contains("budget") => TOO_LARGE.to_owned(),
        Yaml::Budget { .. }
        | Yaml::AliasReplayCounterOverflow { .. }
        | Yaml::AliasReplayLimitExceeded { .. }
        | Yaml::AliasExpansionLimitExceeded { .. }
        | Yaml::AliasReplayStackDepthExceeded { .. } => TOO_LARGE.to_owned(),
        Yaml::RecursiveReferencesRequireWeakTypes { .. } => {
            "an alias refers to its own parent: expected one without a cycle".to_owned()
        }
        other => words(other),
    };
    Error::Yaml { line, column, message }
}

/// The reader's own words, without the place and without advice on its options.
fn words(error: &Yaml) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    let place = first.rfind(" at line ").unwrap_or(first.len());
    let what = first.get(..place).unwrap_or(first);
    what.split(", set ").next().unwrap_or_default().to_owned()
}
