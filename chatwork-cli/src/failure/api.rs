//! Failures of requests.

use chatwork_sdk::error::{ApiError, DecodeError, Effect, NetworkError, NetworkFault};
use chatwork_sdk::error::{RateLimitedError, WaitError, WaitedFor};
use chatwork_sdk::oauth::operations::ALL;
use chatwork_sdk::{Error, RateLimitName, UnixTime};

use super::{Failure, exit};
use crate::out::time;
use crate::words;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let failure = of(error);
        match error.effect() {
            Effect::Unknown if !failure.is_of_read() => {
                failure.hinted(words::MAYBE_DONE).uncertain()
            }
            Effect::Done if !failure.is_of_read() => failure.hinted(words::WAS_DONE).uncertain(),
            _ => failure,
        }
    }
}

fn of(error: &Error) -> Failure {
    match error {
        Error::Input(error) => super::input::input(error),
        Error::Api(api) => refused(error, api),
        Error::RateLimited(error) => limited(error),
        Error::Network(error) => network(error),
        Error::Decode(error) => unreadable(error),
        Error::Config(what) => super::input::settings(what),
        Error::File(error) => super::input::file(error),
        Error::Token(reason) => match error.oauth() {
            Some(error) => error.into(),
            None => Failure::new("token", words::TOKEN_SOURCE.fill(&[("reason", reason)])),
        },
        Error::Wait(error) => waited(error),
        Error::LimitStore(error) => {
            let reason = std::error::Error::source(&**error).map(ToString::to_string);
            let reason = reason.unwrap_or_default();
            Failure::new("limits", words::LIMIT_STORE.fill(&[("reason", &reason)]))
                .of(error.operation().id, None)
        }
        error => Failure::new("failed", words::OTHER_FAILURE.fill(&[("reason", error)])),
    }
}

fn unreadable(error: &DecodeError) -> Failure {
    let (operation, status) = (error.operation().id, error.status().as_u16());
    let place = if error.path().is_empty() { "." } else { error.path() };
    let message = words::UNREADABLE.fill(&[
        ("operation", &operation),
        ("status", &status),
        ("place", &chatwork_app::one_line(place)),
    ]);
    Failure::new("unreadable", message).of(operation, Some(status)).hinted(words::UNREADABLE_HINT)
}

fn waited(error: &WaitError) -> Failure {
    let seconds = error.limit().as_secs();
    let words = match error.waited_for() {
        WaitedFor::Token => words::TOKEN_WAIT,
        WaitedFor::OtherChange => words::OTHER_CHANGE,
        _ => words::OTHER_CHANGE,
    };
    Failure::new("timeout", words.fill(&[("seconds", &seconds)])).of(error.operation().id, None)
}

impl Failure {
    /// Returns whether the request that failed was one that reads. To the SDK, listing the new
    /// messages of a room is a write, since it moves a mark; a person repeats it without harm.
    fn is_of_read(&self) -> bool {
        let mut reads = ALL.iter().filter(|operation| operation.method.as_str() == "GET");
        reads.any(|operation| Some(operation.id) == self.0.operation)
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
        403 if api.is_bearer() && !api.scopes().is_empty() => {
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
        NetworkFault::Body => ("network", words::BODY_CUT),
        NetworkFault::FileHost => ("network", words::FILE_HOST),
        NetworkFault::NoAddress => ("network", words::FILE_ADDRESS),
        NetworkFault::Other => ("network", words::NETWORK),
        _ => ("network", words::NETWORK),
    };
    let failure = Failure::new(code, words.fill(&[("address", &address)]))
        .of(error.operation().id, error.status().map(|status| status.as_u16()));
    match error.fault() {
        NetworkFault::Connect => failure.hinted(words::UNREACHABLE_HINT),
        _ => failure.hinted(words::TRY_AGAIN),
    }
}
