//! Access tokens in the form of the service's: a JWT that names RS256.
//!
//! No client can verify one, since the service publishes no key, so the signature is random. The
//! claims are those of the official sample.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;

use super::opaque::Opaque;

/// The length of an RS256 signature with a key of 2,048 bits.
const SIGNATURE: usize = 256;

/// The claims of an access token.
pub(super) struct Claims<'a> {
    pub(super) client_id: &'a str,
    pub(super) account: i64,
    pub(super) scope: &'a [&'static str],
    pub(super) expires: i64,
}

/// The first part of a token.
#[derive(Serialize)]
struct Header {
    alg: &'static str,
    typ: &'static str,
}

/// The second part of a token.
#[derive(Serialize)]
struct Payload<'a> {
    aud: &'a str,
    iss: &'static str,
    sub: String,
    account_id: String,
    scope: &'a [&'static str],
    exp: i64,
}

/// Returns a new token.
pub(super) fn token(claims: &Claims<'_>, opaque: &mut Opaque) -> String {
    let header = Header { alg: "RS256", typ: "JWT" };
    let payload = Payload {
        aud: claims.client_id,
        iss: "chatwork-sandbox",
        sub: claims.account.to_string(),
        account_id: claims.account.to_string(),
        scope: claims.scope,
        exp: claims.expires,
    };
    let mut signature = Vec::new();
    while signature.len() < SIGNATURE {
        signature.extend(opaque.bytes());
    }
    let signature = URL_SAFE_NO_PAD.encode(signature);
    format!("{}.{}.{signature}", part(&header), part(&payload))
}

fn part(value: &impl Serialize) -> String {
    // Strings and numbers can always be written.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(value).unwrap_or_default())
}
