//! Tokens and signatures of webhooks.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

/// Whether a text is a token: Base64 of at least one byte.
pub(super) fn is_token(token: &str) -> bool {
    STANDARD.decode(token).is_ok_and(|key| !key.is_empty())
}

/// The token of a webhook whose seed has none. It depends on the id only, so that two starts of a
/// world have the same token.
pub(super) fn of_id(id: i64) -> String {
    STANDARD.encode(Sha256::digest(format!("chatwork-sandbox webhook {id}")))
}

/// The signature of a body, in Base64.
pub(super) fn sign(token: &str, body: &[u8]) -> String {
    let key = STANDARD.decode(token).unwrap_or_default();
    // HMAC takes keys of any length, so this is always `Ok`.
    let mac = Hmac::<Sha256>::new_from_slice(&key).map(|mac| mac.chain_update(body));
    mac.map(|mac| STANDARD.encode(mac.finalize().into_bytes())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A delivery of the service that was published, with its token.
    #[test]
    fn a_published_delivery_of_the_service_has_the_same_signature() {
        let token = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
        let body = concat!(
            r#"{"webhook_setting_id":"581","webhook_event_type":"mention_to_me","#,
            r#""webhook_event_time":1516629767,"webhook_event":{"from_account_id":2861671,"#,
            r#""to_account_id":2739132,"room_id":93207172,"message_id":"1007287971738591232","#,
            r#""body":"[rp aid=2739132 to=93207172-1007287785163345920] sue445\ntest","#,
            r#""send_time":1516629766,"update_time":0}}"#,
        );
        let signature = sign(token, body.as_bytes());
        assert_eq!(signature, "NTIUzbXiwLvM7C/MT3Kd75Lw1w2N5tyWtcEieKiqhY0=");
    }

    #[test]
    fn a_derived_token_is_valid_and_differs_for_each_id() {
        assert!(is_token(&of_id(1)));
        assert_eq!(of_id(1).len(), 44);
        assert_ne!(of_id(1), of_id(2));
    }

    #[test]
    fn a_text_that_is_not_base64_is_not_a_token() {
        for text in ["", "a token", "abc", "YWJj="] {
            assert!(!is_token(text), "{text}");
        }
    }
}
