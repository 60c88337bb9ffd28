//! Where the signature of a request stands.

use chatwork_sdk::reqwest::header::HeaderMap;
use chatwork_sdk::webhook::{SIGNATURE_HEADER, SIGNATURE_PARAMETER, Verifier, WebhookError};

use super::{BODY, SIGNATURE, verifier};

fn header(signature: &str) -> HeaderMap {
    HeaderMap::from_iter([(SIGNATURE_HEADER.parse().unwrap(), signature.parse().unwrap())])
}

fn verify(headers: &HeaderMap, query: Option<&str>) -> Result<(), WebhookError> {
    verifier().verify_request(headers, query, BODY.as_bytes()).map(drop)
}

#[test]
fn the_header_is_enough() {
    verify(&header(SIGNATURE), None).unwrap();
}

#[test]
fn the_query_is_enough() {
    let encoded = SIGNATURE.replace('/', "%2F").replace('=', "%3D").replace('+', "%2B");
    verify(&HeaderMap::new(), Some(&format!("a=1&{SIGNATURE_PARAMETER}={encoded}"))).unwrap();
}

#[test]
fn a_bad_header_is_not_mended_by_a_good_query() {
    let query = format!("{SIGNATURE_PARAMETER}={SIGNATURE}");
    let other = SIGNATURE.replace('N', "M");
    let error = verify(&header(&other), Some(&query)).unwrap_err();
    assert_eq!(error, WebhookError::WrongSignature { tokens: 1 });
}

#[test]
fn without_a_signature_nothing_is_taken() {
    assert_eq!(verify(&HeaderMap::new(), None), Err(WebhookError::MissingSignature));
    assert_eq!(verify(&HeaderMap::new(), Some("a=1")), Err(WebhookError::MissingSignature));
}

#[test]
fn the_form_of_a_signature_is_known_before_the_body() {
    let check = Verifier::check_signature_form;
    assert_eq!(check(&header(SIGNATURE), None), Ok(()));
    assert_eq!(check(&header("short"), None), Err(WebhookError::MalformedSignature { length: 5 }));
    assert_eq!(check(&HeaderMap::new(), None), Err(WebhookError::MissingSignature));
}

#[test]
fn the_names_are_those_of_the_document() {
    let parameters = tests::spec::document().at("/components/parameters");
    assert_eq!(parameters["WebhookSignatureHeader"]["name"], SIGNATURE_HEADER);
    assert_eq!(parameters["WebhookSignatureQuery"]["name"], SIGNATURE_PARAMETER);
}
