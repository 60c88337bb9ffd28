//! No token, no signature and no text in anything that is printed.

use std::error::Error as _;
use std::fmt::Debug;
use std::time::Duration;

use chatwork_sdk::webhook::{Deduplicator, Signer, Verifier, WebhookError};
use serde_json::json;

use super::{BODY, SIGNATURE, TOKEN, created, sign, signed_json, verifier};
use crate::support::spans::Spans;

/// What stands in a message of the tests.
const TEXTS: [&str; 2] = ["the text of a message", "sue445"];

fn assert_private(name: &str, printed: &str) {
    let key = TOKEN.trim_end_matches('=');
    let bytes = "137, 143"; // the first two bytes of the key
    let others = [key, "iY/h", bytes, SIGNATURE.trim_end_matches('='), "NTIU", "53, 50, 20"];
    for secret in others.into_iter().chain(TEXTS) {
        assert!(!printed.contains(secret), "{name} shows {secret:?}: {printed}");
    }
}

fn shown(thing: &impl Debug) -> String {
    format!("{thing:?}\n{thing:#?}")
}

fn shown_error(error: &WebhookError) -> String {
    let source = error.source().map(|source| format!("{source}\n{}", shown(&source)));
    format!("{error}\n{}\n{}", shown(error), source.unwrap_or_default())
}

#[test]
fn a_verifier_and_a_signer_are_private() {
    assert_private("verifier", &shown(&verifier().max_age(Duration::from_secs(1))));
    assert_private("signer", &shown(&Signer::new(TOKEN).unwrap()));
}

#[test]
fn a_token_that_is_refused_is_private() {
    for token in [TOKEN.trim_end_matches('='), &format!(" {TOKEN}"), &TOKEN.replace('=', "A")] {
        let error = Verifier::new(token).unwrap_err();
        assert_private("token", &format!("{error}\n{}", shown(&error)));
    }
}

#[test]
fn a_memory_is_private() {
    let deduplicator = Deduplicator::default();
    deduplicator.is_duplicate(&serde_json::from_str(BODY).unwrap());
    assert_private("deduplicator", &shown(&deduplicator));
    let other = serde_json::from_value(created()).unwrap();
    assert_private("claim", &shown(&deduplicator.claim(&other).unwrap()));
}

/// Everything for which a delivery is refused.
fn errors() -> Vec<WebhookError> {
    let (verifier, body) = (verifier(), BODY.as_bytes());
    let broken = format!("{{\"body\": \"{}\"", TEXTS[0]);
    vec![
        verifier.verify(body, &SIGNATURE[1..]).unwrap_err(),
        verifier.verify(&body[1..], SIGNATURE).unwrap_err(),
        verifier.verify(broken.as_bytes(), &sign(broken.as_bytes())).unwrap_err(),
        verifier.verify_request(&Default::default(), None, body).unwrap_err(),
        verifier.max_age(Duration::from_secs(1)).verify(body, SIGNATURE).unwrap_err(),
    ]
}

/// Reads events in unexpected shapes, whose places are logged.
fn read_shapes() {
    let mut shapes = [created(), created(), json!(TEXTS)];
    shapes[0]["webhook_event"]["room_id"] = json!(TEXTS[0]);
    shapes[1]["webhook_event_type"] = json!([TEXTS[0]]);
    shapes.iter().for_each(|shape| drop(signed_json(shape).unwrap()));
}

#[test]
fn an_error_is_private() {
    for error in errors() {
        assert_private("error", &shown_error(&error));
    }
}

#[cfg(feature = "axum-08")]
#[test]
fn a_rejection_is_private() {
    use chatwork_sdk::webhook::axum::WebhookRejection;

    for error in errors() {
        let rejection = WebhookRejection::from(error);
        assert_private("rejection", &format!("{rejection}\n{}", shown(&rejection)));
    }
}

#[test]
fn a_wrong_signature_does_not_tell_the_right_one() {
    let wrong = sign(b"another body");
    let error = verifier().verify(BODY.as_bytes(), &wrong).unwrap_err();
    let printed = shown_error(&error);
    assert_private("error", &printed);
    assert!(!printed.contains(&wrong[..8]), "{printed}");
}

#[test]
fn what_tracing_is_told_is_private() {
    let (spans, guard) = Spans::listen();
    errors();
    read_shapes();
    drop(guard);
    assert_private("spans", &spans.text());
}
