//! Which limit a 429 is of, and how long to wait for it.

use std::time::{Duration, SystemTime};

use chatwork_api::operations::RateLimitName;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::{HeaderMap, RETRY_AFTER};
use chatwork_api::{Error as Fault, Operation, Refusal};

use crate::http_date;
use crate::pace::headers::{date, parse};
use crate::pace::{Refused, SOON, WaitSource};

/// Returns the limit that a fault is a 429 of, and the wait, or `None` for any other fault.
pub(super) fn refused_by(operation: &Operation, fault: &Fault) -> Option<Refused> {
    match fault {
        Fault::Refused(refusal) => of(operation, refusal),
        _ => None,
    }
}

/// As [`refused_by`].
///
/// The texts of errors may change. So a 429 of an operation that posts is the room's, too, if the
/// account has requests left.
pub(super) fn of(operation: &Operation, refusal: &Refusal) -> Option<Refused> {
    if refusal.status() != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    let text = RateLimitName::RoomPosting.error();
    let named = refusal.errors().iter().any(|error| Some(error.as_str()) == text);
    let left = parse(refusal.headers()).is_some_and(|report| report.remaining > 0);
    let posts = operation.rate_limits.contains(&RateLimitName::RoomPosting);
    let limit = match named || (posts && left) {
        true => RateLimitName::RoomPosting,
        false => RateLimitName::Account,
    };
    let asked = retry_after(refusal.headers());
    let (wait, source) = wait_for(limit, refusal.headers(), asked);
    Some(Refused { limit, wait, source })
}

/// How long a limit demands to wait: until the account's reset, or a window for a room. The reset
/// time in a room's 429 belongs to the account.
///
/// If the reset time has passed, or the account has requests left, the wait is a guess: the clocks
/// differ, or the server is overloaded.
fn wait_for(
    limit: RateLimitName,
    headers: &HeaderMap,
    asked: Option<Duration>,
) -> (Duration, WaitSource) {
    let window = Duration::from_secs(limit.seconds());
    let report = parse(headers).filter(|_| limit == RateLimitName::Account);
    match (report, asked) {
        (Some(report), _) if report.remaining == 0 && report.reset_in >= SOON => {
            (report.reset_in, WaitSource::Window)
        }
        (Some(report), None) if report.remaining == 0 => (SOON, WaitSource::Guess),
        (_, Some(asked)) => (asked, WaitSource::RetryAfter),
        (Some(_), None) => (SOON, WaitSource::Guess),
        (None, None) => (window, WaitSource::Window),
    }
}

/// The longest wait that a `Retry-After` can ask for: an hour. The limits of Chatwork take at most
/// five minutes, and a wrong header must not stop a client for days.
const MAX_RETRY_AFTER: Duration = Duration::from_secs(60 * 60);

/// Returns the header `Retry-After` as a duration: seconds, or a date by the server's clock. A
/// longer one than [`MAX_RETRY_AFTER`] counts as that.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds).min(MAX_RETRY_AFTER));
    }
    let at = http_date::parse(value)?;
    let now = date(headers).unwrap_or_else(SystemTime::now);
    Some(at.duration_since(now).unwrap_or_default().min(MAX_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use chatwork_api::reqwest::header::HeaderValue;

    use super::*;

    fn asked(value: &str, at: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_str(value).unwrap());
        headers.insert("date", HeaderValue::from_str(at).unwrap());
        retry_after(&headers)
    }

    #[test]
    fn a_retry_after_of_more_than_an_hour_is_an_hour() {
        let at = "Fri, 20 Nov 2026 00:00:00 GMT";
        let hour = Some(Duration::from_secs(3600));
        assert_eq!(asked("86400", at), hour);
        assert_eq!(asked("18446744073709551615", at), hour);
        assert_eq!(asked("Sat, 21 Nov 2026 00:00:00 GMT", at), hour);
        assert_eq!(asked("30", at), Some(Duration::from_secs(30)));
    }
}
