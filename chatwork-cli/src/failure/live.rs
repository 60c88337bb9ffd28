//! Failures of a watch and of deliveries, as sentences.

use chatwork_sdk::watch::{WatchError, WatchErrorKind};
use chatwork_sdk::webhook::axum::WebhookRejection;
use chatwork_sdk::webhook::{InvalidToken, TokenFault, WebhookError};

use super::{Failure, exit};
use crate::out::time;
use crate::words;

/// Why a watch has ended.
impl From<&WatchError> for Failure {
    fn from(error: &WatchError) -> Self {
        let reason = watch_reason(error);
        let failure = |code| Self::new(code, words::WATCH_ENDED.fill(&[("reason", &reason)]));
        match error.kind() {
            WatchErrorKind::Unauthorized => {
                failure("unauthorized").exit(exit::NOT_SIGNED_IN).hinted(words::NOT_SIGNED_IN_HINT)
            }
            WatchErrorKind::ConsentNeeded => failure("consent_needed")
                .exit(exit::NOT_SIGNED_IN)
                .hinted(words::NOT_SIGNED_IN_HINT),
            WatchErrorKind::Forbidden => failure("forbidden").hinted(words::FORBIDDEN_HINT),
            WatchErrorKind::RateLimited => failure("rate_limited").exit(exit::RATE_LIMITED),
            WatchErrorKind::Network => failure("network").hinted(words::TRY_AGAIN),
            _ => failure("failed"),
        }
    }
}

/// Returns why a request of a watch, or what keeps its state, failed.
pub(crate) fn watch_reason(error: &WatchError) -> String {
    if let Some(error) = error.error() {
        return Failure::from(error).message().to_owned();
    }
    match error.kind() {
        WatchErrorKind::Store => words::WATCH_STORE.fill(&[("reason", error)]),
        WatchErrorKind::Unauthorized => words::TOKEN_REFUSED.text().to_owned(),
        WatchErrorKind::ConsentNeeded => words::CONSENT_NEEDED.text().to_owned(),
        WatchErrorKind::Forbidden
        | WatchErrorKind::RateLimited
        | WatchErrorKind::Network
        | WatchErrorKind::Decode
        | WatchErrorKind::Input
        | WatchErrorKind::Other => words::WATCH_OTHER.fill(&[("reason", error)]),
        _ => words::WATCH_OTHER.fill(&[("reason", error)]),
    }
}

/// Returns why a delivery is refused.
pub(crate) fn delivery_reason(rejection: &WebhookRejection) -> String {
    match rejection {
        WebhookRejection::TooLarge => words::HOOK_TOO_LARGE.text().to_owned(),
        WebhookRejection::TimedOut => words::HOOK_TIMED_OUT.text().to_owned(),
        WebhookRejection::Broken => words::HOOK_BROKEN.text().to_owned(),
        WebhookRejection::Refused(error) => refused(error),
        _ => words::HOOK_OTHER.text().to_owned(),
    }
}

fn refused(error: &WebhookError) -> String {
    match error {
        WebhookError::MissingSignature => words::HOOK_UNSIGNED.text().to_owned(),
        WebhookError::MalformedSignature { length } => {
            words::HOOK_MALFORMED.fill(&[("length", length)])
        }
        WebhookError::WrongSignature { tokens } => words::HOOK_WRONG.fill(&[("tokens", tokens)]),
        WebhookError::TimestampOutOfTolerance { event_time, .. } => {
            words::HOOK_TIME.fill(&[("time", &time::shown_in_full(*event_time))])
        }
        WebhookError::MissingTimestamp => words::HOOK_NO_TIME.text().to_owned(),
        WebhookError::Unreadable(error) => {
            let (line, column) = (error.line(), error.column());
            words::HOOK_UNREADABLE.fill(&[("line", &line), ("column", &column)])
        }
        _ => words::HOOK_OTHER.text().to_owned(),
    }
}

/// Returns what is wrong with the token of a webhook.
pub(crate) fn token_reason(error: &InvalidToken) -> String {
    match error.fault() {
        TokenFault::Empty => words::HOOK_TOKEN_EMPTY.text().to_owned(),
        TokenFault::WhiteSpace => words::HOOK_TOKEN_SPACE.text().to_owned(),
        TokenFault::ApiToken => words::HOOK_TOKEN_API.text().to_owned(),
        TokenFault::TooShort { length } => words::HOOK_TOKEN_SHORT.fill(&[("length", &length)]),
        TokenFault::NotBase64 => words::HOOK_TOKEN_BASE64.text().to_owned(),
        TokenFault::TrailingByte => words::HOOK_TOKEN_LONG.text().to_owned(),
        _ => words::HOOK_TOKEN_OTHER.text().to_owned(),
    }
}
