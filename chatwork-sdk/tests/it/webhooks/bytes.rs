//! One delivery is good: no other body, no other token, no other signature.

use chatwork_sdk::webhook::{Verifier, WebhookError};

use super::{BODY, SIGNATURE, TOKEN, sign, verifier};

/// Every text that differs in one character, which may be any of ASCII.
fn changed(text: &str) -> impl Iterator<Item = String> {
    (0..text.len()).flat_map(move |place| {
        (0..0x80).filter_map(move |byte| {
            let mut other = text.as_bytes().to_vec();
            let before = std::mem::replace(&mut other[place], byte);
            (before != byte).then(|| String::from_utf8(other).unwrap())
        })
    })
}

/// Every text that ends too early or too late.
fn cut_or_stretched(text: &str) -> impl Iterator<Item = String> {
    let cut = (0..text.len()).map(|end| text[..end].to_owned());
    let cut_in_front = (1..text.len()).map(|start| text[start..].to_owned());
    let tails = ["=", "A", "AA", "AAA", "AAAA", " ", "\n", "\0", "}", text];
    let stretched =
        tails.into_iter().flat_map(move |tail| [format!("{text}{tail}"), format!("{tail}{text}")]);
    cut.chain(cut_in_front).chain(stretched)
}

fn accepts(token: &str, body: &[u8], signature: &str) -> bool {
    Verifier::new(token).is_ok_and(|verifier| verifier.verify(body, signature).is_ok())
}

#[test]
fn the_published_delivery_verifies() {
    assert!(accepts(TOKEN, BODY.as_bytes(), SIGNATURE));
    assert_eq!(BODY.len(), 329);
}

#[test]
fn the_published_body_is_signed_as_it_was() {
    assert_eq!(sign(BODY.as_bytes()), SIGNATURE);
}

#[test]
fn a_body_with_one_other_byte_fails() {
    let verifier = verifier();
    for place in 0..BODY.len() {
        for bit in 0..8 {
            let mut body = BODY.as_bytes().to_vec();
            body[place] ^= 1 << bit;
            let error = verifier.verify(&body, SIGNATURE).unwrap_err();
            assert_eq!(error, WebhookError::WrongSignature { tokens: 1 }, "{place} {bit}");
        }
    }
}

#[test]
fn a_body_that_is_cut_or_stretched_fails() {
    for body in cut_or_stretched(BODY) {
        assert!(!accepts(TOKEN, body.as_bytes(), SIGNATURE), "{body:?}");
    }
}

#[test]
fn a_token_with_one_other_byte_fails() {
    for token in changed(TOKEN) {
        assert!(!accepts(&token, BODY.as_bytes(), SIGNATURE), "{token:?}");
    }
}

#[test]
fn a_token_that_is_cut_or_stretched_fails() {
    for token in cut_or_stretched(TOKEN) {
        assert!(!accepts(&token, BODY.as_bytes(), SIGNATURE), "{token:?}");
    }
}

#[test]
fn a_signature_with_one_other_byte_fails() {
    for signature in changed(SIGNATURE) {
        assert!(!accepts(TOKEN, BODY.as_bytes(), &signature), "{signature:?}");
    }
}

#[test]
fn a_signature_that_is_cut_or_stretched_fails() {
    for signature in cut_or_stretched(SIGNATURE) {
        assert!(!accepts(TOKEN, BODY.as_bytes(), &signature), "{signature:?}");
    }
}

#[test]
fn the_same_event_written_otherwise_fails() {
    let json: serde_json::Value = serde_json::from_str(BODY).unwrap();
    let spaced = serde_json::to_string_pretty(&json).unwrap();
    assert!(!accepts(TOKEN, spaced.as_bytes(), SIGNATURE));
}
