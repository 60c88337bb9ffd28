//! One token or several, and what is none.

use chatwork_sdk::webhook::{Signer, TokenFault, Verifier, WebhookError};

use super::{BODY, SIGNATURE, TOKEN};

const OTHER: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

fn fault(token: &str) -> TokenFault {
    Verifier::new(token).unwrap_err().fault()
}

#[test]
fn while_a_webhook_is_replaced_both_tokens_count() {
    let verifier = Verifier::with_tokens([OTHER, TOKEN]).unwrap();
    let by_other = Signer::new(OTHER).unwrap().sign(BODY.as_bytes());
    assert!(verifier.verify(BODY.as_bytes(), SIGNATURE).is_ok());
    assert!(verifier.verify(BODY.as_bytes(), &by_other).is_ok());
}

#[test]
fn a_token_that_was_taken_away_counts_no_more() {
    let error = Verifier::new(OTHER).unwrap().verify(BODY.as_bytes(), SIGNATURE).unwrap_err();
    assert_eq!(error, WebhookError::WrongSignature { tokens: 1 });
}

#[test]
fn what_is_no_token_is_told_apart() {
    assert_eq!(fault(""), TokenFault::Empty);
    assert_eq!(fault(&format!("{TOKEN}\n")), TokenFault::WhiteSpace);
    assert_eq!(fault("not a token"), TokenFault::WhiteSpace);
    assert_eq!(fault("0123456789abcdef0123456789abcde"), TokenFault::NotBase64);
    assert_eq!(fault(&TOKEN.replace('/', "_")), TokenFault::NotBase64);
    assert_eq!(fault(TOKEN.trim_end_matches('=')), TokenFault::NotBase64);
}

#[test]
fn a_token_that_hmac_could_not_tell_from_another_is_none() {
    assert_eq!(fault(&TOKEN.replace('=', "A")), TokenFault::TrailingByte);
}

#[test]
fn a_key_that_ends_in_a_zero_of_its_own_is_one() {
    let whole = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHgA=";
    assert!(Verifier::new(whole).is_ok());
}

#[test]
fn the_error_names_the_position_of_the_token() {
    let error = Verifier::with_tokens([TOKEN, "no", TOKEN]).unwrap_err();
    assert_eq!(error.position(), 1);
}

#[test]
fn no_token_at_all_verifies_nothing() {
    let none: [&str; 0] = [];
    assert_eq!(Verifier::with_tokens(none).unwrap_err().fault(), TokenFault::Empty);
}

#[test]
fn a_signer_takes_the_same_tokens() {
    assert_eq!(Signer::new("").unwrap_err().fault(), TokenFault::Empty);
    assert!(Signer::new(TOKEN).is_ok());
}
