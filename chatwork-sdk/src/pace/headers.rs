//! The rate limit in the headers of a reply.

use std::time::{Duration, SystemTime};

use chatwork_api::RateLimit;
use chatwork_api::operations::RateLimitName;
use chatwork_api::reqwest::header::{DATE, HeaderMap};

use super::RateLimitHeaders;
use crate::http_date;

/// Parses the account's rate limit, with the reset as a distance from now.
///
/// The distance is measured by the reply's `Date`, since this machine's clock may be wrong. Without
/// a `Date` this machine's clock is used.
pub(crate) fn parse(headers: &HeaderMap) -> Option<RateLimitHeaders> {
    RateLimit::from_headers(headers).and_then(|limit| parse_reset(limit, headers))
}

/// Like [`parse`], for a limit that was parsed already.
pub(crate) fn parse_reset(rate_limit: RateLimit, headers: &HeaderMap) -> Option<RateLimitHeaders> {
    let RateLimit { limit, remaining, reset, .. } = rate_limit;
    let since_epoch = Duration::from_secs(u64::try_from(reset.0).ok()?);
    let reset_at = SystemTime::UNIX_EPOCH.checked_add(since_epoch)?;
    let now = date(headers).unwrap_or_else(SystemTime::now);
    let window = Duration::from_secs(RateLimitName::Account.seconds());
    // A reset further away than a window comes from a wrong clock.
    let reset_in = reset_at.duration_since(now).unwrap_or_default().min(window);
    Some(RateLimitHeaders { limit, remaining, reset: reset.0, reset_in })
}

/// Returns when the reply was written, by the server's clock.
pub(crate) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    http_date::parse(headers.get(DATE)?.to_str().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chatwork_api::reqwest::header::HeaderValue;

    fn headers(reset: &'static str, date: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-ratelimit-limit", HeaderValue::from_static("300"));
        headers.insert("x-ratelimit-remaining", HeaderValue::from_static("7"));
        headers.insert("x-ratelimit-reset", HeaderValue::from_static(reset));
        date.map(|date| headers.insert(DATE, HeaderValue::from_static(date)));
        headers
    }

    #[test]
    fn the_reset_is_measured_by_the_servers_date() {
        // 784111777 is that date: the example of the HTTP standard.
        let headers = headers("784111897", Some("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(parse(&headers).unwrap().reset_in, Duration::from_secs(120));
    }

    #[test]
    fn a_reset_that_has_passed_is_now() {
        let headers = headers("784111000", Some("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(parse(&headers).unwrap().reset_in, Duration::ZERO);
    }

    #[test]
    fn a_reset_far_away_is_a_window_away() {
        let headers = headers("884111000", Some("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(parse(&headers).unwrap().reset_in, Duration::from_secs(300));
    }

    #[test]
    fn a_reset_that_is_no_number_says_nothing() {
        assert!(parse(&headers("soon", None)).is_none());
    }
}
