//! Any body and any signature.

#![no_main]

use chatwork_sdk::reqwest::header::HeaderMap;
use chatwork_sdk::webhook::{Deduplicator, Signer, Verifier, WebhookError, WebhookEvent};
use libfuzzer_sys::fuzz_target;

const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";

// The first line is a token, the second one a signature and a query; the rest is a body.
fuzz_target!(|data: &[u8]| {
    let mut lines = data.splitn(3, |byte| *byte == b'\n');
    let mut line = || lines.next().unwrap_or_default();
    let (token, signature, body) = (line(), line(), line());
    refuses(&String::from_utf8_lossy(signature), body);
    reads(body);
    if let Ok(token) = std::str::from_utf8(token) {
        takes(token, body);
    }
});

/// Rejects every signature but the right one, in the header and in the query.
fn refuses(signature: &str, body: &[u8]) {
    let verifier = Verifier::new(TOKEN).expect("a token");
    let right = Signer::new(TOKEN).expect("a token").sign(body);
    if let Err(error) = verifier.verify(body, signature) {
        assert!(error.is_unauthenticated() || signature == right, "{error}");
    } else {
        assert_eq!(signature, right);
    }
    let taken = verifier.verify_request(&HeaderMap::new(), Some(signature), body);
    assert!(taken.is_err() || signature.contains("chatwork_webhook_signature="));
}

fn verify(body: &[u8]) -> Result<WebhookEvent, WebhookError> {
    let signature = Signer::new(TOKEN).expect("a token").sign(body);
    Verifier::new(TOKEN).expect("a token").verify(body, &signature)
}

/// Signed JSON is an event that is written as it was read. An unknown event may contain numbers
/// that no float represents exactly; they are rounded.
fn reads(body: &[u8]) {
    match verify(body) {
        Ok(event) => {
            let written = serde_json::to_vec(&event).expect("JSON");
            let again = verify(&written).expect("an event");
            assert_eq!(again.event_type(), event.event_type());
            assert!(again == event || matches!(event, WebhookEvent::Unknown(_)));
            let deduplicator = Deduplicator::new(1);
            drop(deduplicator.claim(&event).expect("a new message"));
            assert!(!deduplicator.is_duplicate(&event));
            assert_eq!(deduplicator.is_duplicate(&event), event.message_id().is_some());
        }
        Err(error) => assert!(matches!(error, WebhookError::Unreadable(_)), "{error}"),
    }
}

/// A text is rejected as a token, or verifies what it has signed.
fn takes(token: &str, body: &[u8]) {
    let Ok(signer) = Signer::new(token) else {
        assert!(Verifier::new(token).is_err());
        return;
    };
    let verifier = Verifier::new(token).expect("a signer took it");
    let result = verifier.verify(body, &signer.sign(body));
    assert!(!result.is_err_and(|error| error.is_unauthenticated()));
}
