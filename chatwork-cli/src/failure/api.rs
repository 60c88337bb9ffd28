//! Failures of requests.

use chatwork_sdk::error::RateLimitedError;
use chatwork_sdk::error::{ApiError, Effect, InputError, Limit, NetworkError, NetworkFault};
use chatwork_sdk::oauth::operations::ALL;
use chatwork_sdk::{Error, RateLimitName, UnixTime};

use super::{Failure, exit};
use crate::out::time;
use crate::words;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let effect = error.effect();
        let failure = match &error {
            Error::Input(error) => input(error),
            Error::Api(api) => refused(&error, api),
            Error::RateLimited(error) => limited(error),
            Error::Network(error) => network(error),
            Error::Decode(error) => {
                let message = words::UNREADABLE.fill(&[("reason", error)]);
                Self::new("unreadable", message)
                    .of(error.operation().id, Some(error.status().as_u16()))
                    .hinted(words::UNREADABLE_HINT)
            }
            Error::Token(_) if error.is_consent_needed() => {
                let failure = Self::new("consent_needed", words::CONSENT_NEEDED.text());
                failure.exit(exit::NOT_SIGNED_IN).hinted(words::NOT_SIGNED_IN_HINT)
            }
            Error::Config(what) => {
                let failure = Self::new("settings", words::SETTINGS.fill(&[("reason", what)]));
                match what.contains("http://") {
                    true => failure.hinted(words::INSECURE_HINT),
                    false => failure,
                }
            }
            Error::File(error) => {
                Self::new("file", words::OTHER_FAILURE.fill(&[("reason", error)]))
            }
            _ => Self::new("failed", words::OTHER_FAILURE.fill(&[("reason", &error)])),
        };
        match effect {
            Effect::Unknown if !failure.is_of_read() => {
                failure.hinted(words::MAYBE_DONE).uncertain()
            }
            Effect::Done if !failure.is_of_read() => failure.hinted(words::WAS_DONE).uncertain(),
            _ => failure,
        }
    }
}

impl Failure {
    /// Returns whether the request that failed was one that reads. To the SDK, listing the new
    /// messages of a room is a write, since it moves a mark; a person repeats it without harm.
    fn is_of_read(&self) -> bool {
        let mut reads = ALL.iter().filter(|operation| operation.method.as_str() == "GET");
        reads.any(|operation| Some(operation.id) == self.0.operation)
    }
}

fn input(error: &InputError) -> Failure {
    let field = error.field();
    let message = match error.limit() {
        Limit::Length { min, max, given } => {
            words::LENGTH.fill(&[("field", &field), ("given", given), ("min", min), ("max", max)])
        }
        Limit::Bytes { max, given } => {
            words::BYTES.fill(&[("field", &field), ("given", given), ("max", max)])
        }
        Limit::Empty => words::EMPTY_LIST.fill(&[("field", &field)]),
        // The text of the error says that nothing was sent, too.
        _ => {
            let text = error.to_string();
            words::INPUT.fill(&[("reason", &text.trim_start_matches("not sent: "))])
        }
    };
    let failure = Failure::new("input", message);
    match error.limit() {
        Limit::Length { max, given, .. } if field == "body" && given > max => {
            failure.hinted(words::LENGTH_HINT_BODY)
        }
        _ => failure,
    }
}

fn refused(error: &Error, api: &ApiError) -> Failure {
    let status = api.status().as_u16();
    let reason = match api.errors() {
        [] => format!("{status}"),
        errors => errors.join(" / "),
    };
    let reason: &dyn std::fmt::Display = &reason;
    let failure = match status {
        401 => Failure::new("unauthorized", words::TOKEN_REFUSED.text())
            .exit(exit::NOT_SIGNED_IN)
            .hinted(words::NOT_SIGNED_IN_HINT),
        403 if !api.scopes().is_empty() => {
            let scopes: Vec<_> = api.scopes().iter().map(|scope| scope.as_str()).collect();
            Failure::new("forbidden", words::FORBIDDEN.fill(&[("reason", reason)]))
                .hint(words::FORBIDDEN_SCOPES.fill(&[("scopes", &scopes.join(", "))]))
        }
        403 => Failure::new("forbidden", words::FORBIDDEN.fill(&[("reason", reason)]))
            .hinted(words::FORBIDDEN_HINT),
        404 if error.is_hidden() => Failure::new("hidden", words::HIDDEN.text()),
        404 => Failure::new("not_found", words::NOT_FOUND.fill(&[("reason", reason)]))
            .hinted(words::NOT_FOUND_HINT),
        500.. => Failure::new("service", words::SERVICE_FAILED.fill(&[("status", &status)]))
            .hinted(words::TRY_AGAIN),
        _ => Failure::new("refused", words::REFUSED.fill(&[("reason", reason)])),
    };
    failure.of(api.operation().id, Some(status))
}

fn limited(error: &RateLimitedError) -> Failure {
    let retry_at = UnixTime::try_from(error.until()).ok();
    let shown = retry_at.map(time::shown_in_full).unwrap_or_default();
    let words = match error.limit() {
        RateLimitName::RoomPosting => words::RATE_ROOM,
        _ => words::RATE_ACCOUNT,
    };
    let mut failure = Failure::new("rate_limited", words.fill(&[("time", &shown)]))
        .of(error.operation().id, error.status().map(|status| status.as_u16()));
    failure.0.retry_at = retry_at;
    failure.exit(exit::RATE_LIMITED).hinted(words::RATE_HINT)
}

fn network(error: &NetworkError) -> Failure {
    let address = crate::context::address();
    let (code, words) = match error.fault() {
        NetworkFault::Connect => ("unreachable", words::UNREACHABLE),
        NetworkFault::Timeout => ("timeout", words::TIMED_OUT),
        _ => ("network", words::NETWORK),
    };
    let failure = Failure::new(code, words.fill(&[("address", &address)]))
        .of(error.operation().id, error.status().map(|status| status.as_u16()));
    match error.fault() {
        NetworkFault::Connect => failure.hinted(words::UNREACHABLE_HINT),
        _ => failure.hinted(words::TRY_AGAIN),
    }
}
