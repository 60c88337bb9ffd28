//! Finds the signature of a request, and decodes it.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chatwork_api::reqwest::header::HeaderMap;
use percent_encoding::percent_decode_str;

use super::error::WebhookError;
use super::headers::{SIGNATURE_HEADER, SIGNATURE_PARAMETER};

/// Decodes a signature. Only the canonical encoding is valid: no line breaks, no missing padding,
/// no other last character. So no second text passes for the same signature.
pub(super) fn decode(signature: &str) -> Result<[u8; 32], WebhookError> {
    let malformed = WebhookError::MalformedSignature { length: signature.len() };
    let bytes = STANDARD.decode(signature).map_err(|_| malformed.clone())?;
    bytes.try_into().map_err(|_| malformed)
}

pub(super) fn encode(signature: [u8; 32]) -> String {
    STANDARD.encode(signature)
}

/// Returns the signature of a request: from the header, or without it from the query.
pub(super) fn of_request<'a>(
    headers: &'a HeaderMap,
    query: Option<&'a str>,
) -> Result<Cow<'a, str>, WebhookError> {
    if let Some(value) = headers.get(SIGNATURE_HEADER) {
        let malformed = |_| WebhookError::MalformedSignature { length: value.len() };
        return value.to_str().map(Cow::Borrowed).map_err(malformed);
    }
    query.and_then(in_query).map(Cow::Owned).ok_or(WebhookError::MissingSignature)
}

/// Returns the signature in a query. A `+` stays a `+`: base64 contains it, but no space.
fn in_query(query: &str) -> Option<String> {
    let named = |pair: &'_ str| {
        let (name, value) = pair.split_once('=')?;
        (name == SIGNATURE_PARAMETER).then(|| percent_decode_str(value).decode_utf8_lossy().into())
    };
    query.trim_start_matches('?').split('&').find_map(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNATURE: &str = "NTIUzbXiwLvM7C/MT3Kd75Lw1w2N5tyWtcEieKiqhY0=";

    fn header(value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(SIGNATURE_HEADER.parse().unwrap(), value.parse().unwrap())])
    }

    fn found(headers: &HeaderMap, query: Option<&str>) -> Option<String> {
        of_request(headers, query).ok().map(Cow::into_owned)
    }

    #[test]
    fn the_header_counts_before_the_query() {
        let query = format!("{SIGNATURE_PARAMETER}=other");
        assert_eq!(found(&header("this"), Some(&query)).unwrap(), "this");
    }

    #[test]
    fn the_query_counts_without_a_header() {
        let query = format!("a=b&{SIGNATURE_PARAMETER}=this&c");
        assert_eq!(found(&HeaderMap::new(), Some(&query)).unwrap(), "this");
    }

    #[test]
    fn the_query_is_read_encoded_and_as_it_is() {
        for written in ["a+b/c=", "a%2Bb%2Fc%3D", "a%2bb/c%3d"] {
            let query = format!("?{SIGNATURE_PARAMETER}={written}");
            assert_eq!(found(&HeaderMap::new(), Some(&query)).unwrap(), "a+b/c=", "{written}");
        }
    }

    #[test]
    fn neither_of_them_is_an_error() {
        let empty = HeaderMap::new();
        for query in [None, Some(""), Some("signature=this"), Some(SIGNATURE_PARAMETER)] {
            assert_eq!(of_request(&empty, query), Err(WebhookError::MissingSignature), "{query:?}");
        }
    }

    #[test]
    fn a_header_that_is_no_text_is_malformed() {
        let bytes = chatwork_api::reqwest::header::HeaderValue::from_bytes(b"\xff").unwrap();
        let headers = HeaderMap::from_iter([(SIGNATURE_HEADER.parse().unwrap(), bytes)]);
        let error = of_request(&headers, None).unwrap_err();
        assert_eq!(error, WebhookError::MalformedSignature { length: 1 });
    }

    #[test]
    fn a_signature_has_one_way_to_be_written() {
        let bytes = decode(SIGNATURE).unwrap();
        assert_eq!(encode(bytes), SIGNATURE);
        let url_safe = SIGNATURE.replace('/', "_");
        let other_end = SIGNATURE.replace("0=", "1=");
        let no_padding = SIGNATURE.trim_end_matches('=');
        let stretched = SIGNATURE.replace('=', "A");
        let broken = format!("{SIGNATURE}\n");
        for other in [&url_safe, &other_end, no_padding, &stretched, &broken, ""] {
            assert!(decode(other).is_err(), "{other:?}");
        }
    }
}
