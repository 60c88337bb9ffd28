//! Tokens of webhooks, as keys.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The key in a webhook's token. `Debug` shows nothing of it.
#[derive(Clone)]
pub(super) struct Key(Vec<u8>);

impl Key {
    /// Reads a token: base64 in the standard alphabet, with padding.
    pub(super) fn read(token: &str) -> Result<Self, TokenFault> {
        if token.is_empty() {
            return Err(TokenFault::Empty);
        }
        if token.contains(char::is_whitespace) {
            return Err(TokenFault::WhiteSpace);
        }
        let key = STANDARD.decode(token).map_err(|_| TokenFault::NotBase64)?;
        if has_trailing_byte(&key) { Err(TokenFault::TrailingByte) } else { Ok(Self(key)) }
    }

    /// The signature of a body.
    pub(super) fn sign(&self, body: &[u8]) -> [u8; 32] {
        hmac_sha256::HMAC::mac(body, &self.0)
    }

    /// Whether a signature is that of a body; takes as long wherever the first difference is.
    pub(super) fn verifies(&self, body: &[u8], signature: &[u8; 32]) -> bool {
        hmac_sha256::HMAC::verify(body, &self.0, signature)
    }
}

/// Whether a zero byte was put behind a key: `wkA` for `wk=` at the end of a token. HMAC itself
/// fills keys up with zeros, so both would verify. Keys are made in whole words, and one of these
/// may end in a zero.
fn has_trailing_byte(key: &[u8]) -> bool {
    key.last() == Some(&0) && !key.len().is_multiple_of(8)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// A token that is none: says which one and why, and never what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidToken {
    position: usize,
    fault: TokenFault,
}

/// What is wrong with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenFault {
    /// There is no token at all.
    Empty,
    /// There is white space in it, most likely from copying.
    WhiteSpace,
    /// It is not base64 in the standard alphabet, with padding.
    NotBase64,
    /// It has a character too many at its end.
    TrailingByte,
}

impl InvalidToken {
    pub(super) fn new(position: usize, fault: TokenFault) -> Self {
        Self { position, fault }
    }

    /// The place of the token among those that were given, counted from 0.
    pub fn position(&self) -> usize {
        self.position
    }

    /// What is wrong with it.
    pub fn fault(&self) -> TokenFault {
        self.fault
    }
}

impl fmt::Display for InvalidToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            TokenFault::Empty => "is empty",
            TokenFault::WhiteSpace => "has white space in it",
            TokenFault::NotBase64 => "is not base64 with padding",
            TokenFault::TrailingByte => "has a character too many at its end",
        };
        let place = self.position;
        write!(
            f,
            "the webhook token at position {place} {what}: expected the token of the webhook's \
             settings as it stands there, such as 44 characters that end in `=`"
        )
    }
}

impl std::error::Error for InvalidToken {}
