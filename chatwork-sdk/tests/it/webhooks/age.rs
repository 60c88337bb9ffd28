//! How old an event may be.

use std::time::Duration;

use chatwork_sdk::UnixTime;
use chatwork_sdk::webhook::{Verifier, WebhookError};
use serde_json::json;

use super::{BODY, SENT, SIGNATURE, sign, verifier};

const LIMIT: Duration = Duration::from_secs(300);

/// A verifier with a limit, so many seconds after the event was sent.
fn after(seconds: i64) -> Verifier {
    verifier().max_age(LIMIT).clock(move || UnixTime(SENT + seconds))
}

fn is_taken(verifier: &Verifier) -> bool {
    verifier.verify(BODY.as_bytes(), SIGNATURE).is_ok()
}

#[test]
fn an_event_is_taken_until_it_is_too_old() {
    assert!(is_taken(&after(0)) && is_taken(&after(300)));
    assert!(!is_taken(&after(301)));
}

#[test]
fn an_event_from_the_future_is_taken_within_the_limit() {
    assert!(is_taken(&after(-300)));
    assert!(!is_taken(&after(-301)));
}

#[test]
fn the_error_tells_both_times() {
    let error = after(301).verify(BODY.as_bytes(), SIGNATURE).unwrap_err();
    let (event_time, now) = (UnixTime(SENT), UnixTime(SENT + 301));
    assert_eq!(error, WebhookError::TimestampOutOfTolerance { event_time, now, max_age: LIMIT });
}

#[test]
fn without_a_limit_no_age_is_too_old() {
    assert!(is_taken(&verifier().clock(|| UnixTime(i64::MAX))));
}

#[test]
fn the_clock_of_the_machine_is_the_default() {
    assert!(!is_taken(&verifier().max_age(LIMIT)), "the delivery is years old");
    let hour = Duration::from_secs(3_600);
    let body = json!({ "webhook_event_type": "x", "webhook_event_time": UnixTime::now() });
    let body = body.to_string();
    verifier().max_age(hour).verify(body.as_bytes(), &sign(body.as_bytes())).unwrap();
}

#[test]
fn an_event_without_a_time_is_rejected_if_its_age_matters() {
    for body in
        [r#"{"webhook_event_type":"x"}"#, r#"{"webhook_event_type":"x","webhook_event_time":0}"#]
    {
        let error = after(0).verify(body.as_bytes(), &sign(body.as_bytes())).unwrap_err();
        assert_eq!(error, WebhookError::MissingTimestamp);
        assert!(error.to_string().contains("webhook_event_time"), "{error}");
    }
}

#[test]
fn a_wrong_clock_is_never_answered_with_401() {
    let error = after(i64::from(u32::MAX)).verify(BODY.as_bytes(), SIGNATURE).unwrap_err();
    assert!(!error.is_unauthenticated(), "enough of them switch the webhook off");
    assert!(!WebhookError::MissingTimestamp.is_unauthenticated());
}

#[test]
fn times_beyond_all_clocks_are_too_far() {
    for time in [i64::MIN, i64::MAX] {
        let body = json!({ "webhook_event_type": "x", "webhook_event_time": time }).to_string();
        assert!(after(0).verify(body.as_bytes(), &sign(body.as_bytes())).is_err(), "{time}");
    }
}
