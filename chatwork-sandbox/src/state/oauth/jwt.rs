//! Access tokens in the form of the service's: a JWT that names RS256.
//!
//! No client can verify one, since the service publishes no key, so the signature is random. The
//! claims are those of the official sample.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::opaque::Opaque;

/// The length of an RS256 signature with a key of 2,048 bits.
const SIGNATURE: usize = 256;

/// What an access token says.
pub(super) struct Claims<'a> {
    pub(super) client_id: &'a str,
    pub(super) account: i64,
    pub(super) scope: &'a [&'static str],
    pub(super) expires: i64,
}

/// A new token.
pub(super) fn token(claims: &Claims<'_>, opaque: &mut Opaque) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT" });
    let payload = json!({
        "aud": claims.client_id,
        "iss": "chatwork-sandbox",
        "sub": claims.account.to_string(),
        "account_id": claims.account.to_string(),
        "scope": claims.scope,
        "exp": claims.expires,
    });
    let mut signature = Vec::new();
    while signature.len() < SIGNATURE {
        signature.extend(opaque.bytes());
    }
    let part = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
    let (header, payload) = (header.to_string(), payload.to_string());
    format!("{}.{}.{}", part(header.as_bytes()), part(payload.as_bytes()), part(&signature))
}
