//! One token or several, and invalid ones.

use chatwork_sdk::reqwest::header::HeaderMap;
use chatwork_sdk::webhook::{SIGNATURE_HEADER, Signer, TokenFault, Verifier, WebhookError};

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
fn the_fault_of_an_invalid_token_is_named() {
    assert_eq!(fault(""), TokenFault::Empty);
    assert_eq!(fault(&format!("{TOKEN}\n")), TokenFault::WhiteSpace);
    assert_eq!(fault("not a token"), TokenFault::WhiteSpace);
    assert_eq!(fault(&TOKEN.replace('/', "_")), TokenFault::NotBase64);
    assert_eq!(fault(&format!("{TOKEN}{TOKEN}")), TokenFault::NotBase64);
}

#[test]
fn an_api_token_is_not_taken_for_the_token_of_a_webhook() {
    for token in ["0123456789abcdef0123456789abcdef", "0123456789ABCDEF0123456789ABCDEF"] {
        let error = Verifier::new(token).unwrap_err();
        assert_eq!(error.fault(), TokenFault::ApiToken);
        assert!(error.to_string().contains("API token"), "{error}");
    }
    assert_eq!(Signer::new("0".repeat(32)).unwrap_err().fault(), TokenFault::ApiToken);
}

#[test]
fn a_token_that_is_cut_is_refused_wherever_it_is_cut() {
    for length in 1..TOKEN.len() {
        assert_eq!(fault(&TOKEN[..length]), TokenFault::TooShort { length }, "{length}");
    }
    assert_eq!(fault("dG9rZW4="), TokenFault::TooShort { length: 8 });
    let error = Verifier::new(&TOKEN[..20]).unwrap_err();
    assert!(error.to_string().contains("only 20 characters"), "{error}");
}

#[test]
fn a_longer_key_is_accepted() {
    let token = format!("{}{}=", "A".repeat(84), "AAE");
    assert!(Verifier::new(token).is_ok(), "no page promises the length");
}

#[test]
fn the_token_that_signed_is_told() {
    let verifier = Verifier::with_tokens([OTHER, TOKEN, OTHER]).unwrap();
    let by_other = Signer::new(OTHER).unwrap().sign(BODY.as_bytes());
    let position =
        |signature: &str| verifier.identify(BODY.as_bytes(), signature).unwrap().token_position;
    assert_eq!(position(SIGNATURE), 1);
    assert_eq!(position(&by_other), 0, "the first of two that are the same");
    let headers =
        HeaderMap::from_iter([(SIGNATURE_HEADER.parse().unwrap(), SIGNATURE.parse().unwrap())]);
    let verified = verifier.identify_request(&headers, None, BODY.as_bytes()).unwrap();
    assert_eq!(verified.token_position, 1);
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
