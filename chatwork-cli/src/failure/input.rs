//! Arguments that the SDK refuses before they are sent, and settings that make no client.

use chatwork_sdk::error::{FileError, InputError, Limit};

use super::{Failure, system};
use crate::words;

pub(super) fn input(error: &InputError) -> Failure {
    let field = error.field();
    let failed = |message: String| Failure::new("input", message);
    match error.limit() {
        Limit::Length { min, max, given } => failed(words::LENGTH.fill(&[
            ("field", &field),
            ("given", given),
            ("min", min),
            ("max", max),
        ])),
        Limit::Bytes { max, given } => {
            failed(words::BYTES.fill(&[("field", &field), ("given", given), ("max", max)]))
        }
        Limit::Empty => failed(words::EMPTY_LIST.fill(&[("field", &field)])),
        Limit::Character { position, allowed } => failed(words::INPUT_CHARACTER.fill(&[
            ("field", &field),
            ("position", &position.saturating_add(1)),
            ("allowed", allowed),
        ])),
        Limit::Twice { other, id } => {
            failed(words::INPUT_TWICE.fill(&[("field", &field), ("other", other), ("id", id)]))
        }
        Limit::Other(_) => other(field),
        _ => failed(words::INPUT_OTHER.fill(&[("field", &field)])),
    }
}

/// A limit that the SDK has only words for. Each field has one of these.
fn other(field: &str) -> Failure {
    let (message, hint) = match field {
        "path" => (words::INPUT_PATH, None),
        "limit" => (words::INPUT_DUE, None),
        "file" => (words::INPUT_FILE, Some(words::INPUT_FILE_HINT)),
        "update" => (words::NOTHING_TO_CHANGE, Some(words::NOTHING_TO_CHANGE_HINT)),
        "link" => (words::INPUT_NO_LINK, Some(words::INPUT_NO_LINK_HINT)),
        "code" => (words::INPUT_LINK_CODE, Some(words::INPUT_LINK_CODE_HINT)),
        "need_acceptance" => (words::INPUT_APPROVAL, Some(words::INPUT_APPROVAL_HINT)),
        _ => (words::INPUT_OTHER, None),
    };
    let failure = Failure::new("input", message.fill(&[("field", &field)]));
    match hint {
        Some(hint) => failure.hinted(hint),
        None => failure,
    }
}

pub(super) fn file(error: &FileError) -> Failure {
    let text = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let reason = system::of_kind(error.kind(), &text);
    let message = match error.path() {
        Some(path) => words::FILE_FAILED.fill(&[("path", &path.display()), ("reason", &reason)]),
        None => words::SOURCE_FAILED.fill(&[("reason", &reason)]),
    };
    Failure::new("file", message)
}

/// Options of a client that the SDK refuses. It has only words for them.
pub(super) fn settings(what: &str) -> Failure {
    match what {
        what if what.contains("http://") && what.contains("clear text") => {
            Failure::new("settings", words::SETTINGS_HTTP.text()).hinted(words::INSECURE_HINT)
        }
        what if what.starts_with("invalid base URL") => {
            Failure::new("settings", words::SETTINGS_URL.text())
        }
        what => Failure::new("settings", words::SETTINGS.fill(&[("reason", &what)])),
    }
}
