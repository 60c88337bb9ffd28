//! Decodes webhook tokens into HMAC keys.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::error::TokenFault;

/// How many bytes a key has at least. All tokens that were published have exactly as many, which
/// are 44 characters. Longer keys are accepted: no page promises the length.
const KEY_LENGTH: usize = 32;

/// How many hexadecimal digits an API token has.
const API_TOKEN_LENGTH: usize = 32;

/// The key in a webhook's token. `Debug` does not show it.
#[derive(Clone)]
pub(super) struct Key(Vec<u8>);

impl Key {
    /// Decodes a token: base64 in the standard alphabet, with padding.
    pub(super) fn read(token: &str) -> Result<Self, TokenFault> {
        if token.is_empty() {
            return Err(TokenFault::Empty);
        }
        if token.contains(char::is_whitespace) {
            return Err(TokenFault::WhiteSpace);
        }
        if is_api_token(token) {
            return Err(TokenFault::ApiToken);
        }
        if is_cut(token) {
            return Err(TokenFault::TooShort { length: token.len() });
        }
        let key = STANDARD.decode(token).map_err(|_| TokenFault::NotBase64)?;
        match has_trailing_byte(&key) {
            true => Err(TokenFault::TrailingByte),
            false if key.len() < KEY_LENGTH => Err(TokenFault::TooShort { length: token.len() }),
            false => Ok(Self(key)),
        }
    }

    /// Returns the signature of a body.
    pub(super) fn sign(&self, body: &[u8]) -> [u8; 32] {
        hmac_sha256::HMAC::mac(body, &self.0)
    }

    /// Returns whether the signature is that of the body, in constant time.
    pub(super) fn verifies(&self, body: &[u8], signature: &[u8; 32]) -> bool {
        hmac_sha256::HMAC::verify(body, &self.0, signature)
    }
}

/// Returns whether the text has the form of an API token. It decodes as base64, so without this
/// check every delivery would be answered with 401 until Chatwork switches the webhook off.
fn is_api_token(token: &str) -> bool {
    token.len() == API_TOKEN_LENGTH && token.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns whether the text is base64 whose end, or whose padding, is missing.
fn is_cut(token: &str) -> bool {
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    token.len() < KEY_LENGTH.div_ceil(3) * 4 && token.bytes().all(is_base64)
}

/// Returns whether a zero byte was appended to a key, as by `wkA` for `wk=` at the end of a token.
/// HMAC itself pads keys with zeros, so both would verify. Keys have a multiple of 8 bytes, and
/// such a key may end in a zero of its own.
fn has_trailing_byte(key: &[u8]) -> bool {
    key.last() == Some(&0) && !key.len().is_multiple_of(8)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
