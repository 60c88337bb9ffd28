//! Classifies a fault: whether to retry, and which error the caller gets.

use chatwork_api::{Error as Fault, Operation, UnreadableFault};

use super::rate_limit;
use crate::error::{
    ApiError, DecodeError, Error, InputError, NetworkError, NetworkFault, RateLimitedError, network,
};
use crate::pace::WaitSource;
use crate::retry::Failure;

/// Whether nothing has reached the server.
///
/// A connection that was not made says so only where the HTTP client is known to keep to its
/// target: after a redirect it is another connection, and the API has had the call by then.
pub(super) fn is_unsent(fault: &Fault, redirects_disabled: bool) -> bool {
    match fault {
        Fault::Invalid(_) => true,
        Fault::Transport(error) => {
            redirects_disabled && network::fault(error) == NetworkFault::Connect
        }
        _ => false,
    }
}

/// Classifies a failed attempt for the retry policy.
pub(super) fn classify(operation: &Operation, fault: &Fault, redirects_disabled: bool) -> Failure {
    match fault {
        Fault::Refused(refusal) => match rate_limit::of(operation, refusal) {
            Some(refused) => {
                let guessed = refused.source == WaitSource::Guess;
                Failure::RateLimited { wait: refused.wait, guessed }
            }
            None if refusal.status().is_server_error() => {
                Failure::Transient { retry_after: rate_limit::retry_after(refusal.headers()) }
            }
            None => Failure::Permanent,
        },
        Fault::Transport(_) if is_unsent(fault, redirects_disabled) => Failure::Unsent,
        Fault::Transport(_) => Failure::Transient { retry_after: None },
        Fault::Unreadable(reply) if is_cut_or_mangled(reply.fault()) => {
            Failure::Transient { retry_after: None }
        }
        _ => Failure::Permanent,
    }
}

/// Whether a repeated read may bring a reply that can be read.
fn is_cut_or_mangled(fault: UnreadableFault) -> bool {
    use UnreadableFault::{Broken, NotJson, Truncated};
    matches!(fault, Broken | Truncated | NotJson)
}

/// The error that the caller gets.
pub(super) fn describe(operation: &'static Operation, fault: Fault, bearer: bool) -> Error {
    match fault {
        Fault::Invalid(what) => InputError::other("request", what).into(),
        Fault::Transport(error) => {
            Error::Network(Box::new(NetworkError::transport(operation, error)))
        }
        Fault::Unreadable(reply) if reply.fault() == UnreadableFault::Broken => {
            Error::Network(Box::new(NetworkError::body(operation, *reply)))
        }
        Fault::Unreadable(reply) => Error::Decode(Box::new(DecodeError::new(operation, *reply))),
        Fault::Refused(refusal) => match rate_limit::of(operation, &refusal) {
            Some(refused) => {
                let (limit, wait) = (refused.limit, refused.wait);
                let error = RateLimitedError::new(operation, limit, wait, Some(*refusal));
                Error::RateLimited(Box::new(error))
            }
            None => Error::Api(Box::new(ApiError::new(operation, *refusal, bearer))),
        },
        other => InputError::other("request", other.to_string()).into(),
    }
}
