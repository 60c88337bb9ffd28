//! Signs bodies, for tests of receivers.

use super::error::InvalidToken;
use super::key::Key;
use super::signature;

/// Signs bodies as Chatwork does, to test a receiver without it.
///
/// ```
/// use chatwork_sdk::webhook::{SIGNATURE_HEADER, Signer};
///
/// let signer = Signer::new("iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=")?;
/// let header = (SIGNATURE_HEADER, signer.sign(b"{}"));
/// # Ok::<(), chatwork_sdk::webhook::InvalidToken>(())
/// ```
///
/// It is not part of [`Verifier`](super::Verifier): a receiver cannot print an expected signature
/// that it never computes. `Debug` shows no token.
#[derive(Clone, Debug)]
pub struct Signer(Key);

impl Signer {
    /// Takes the token of a webhook.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] if the text cannot be a webhook's token.
    pub fn new(token: impl AsRef<str>) -> Result<Self, InvalidToken> {
        Key::read(token.as_ref()).map(Self).map_err(|fault| InvalidToken::new(0, fault))
    }

    /// Returns the signature of a body, as the header carries it. Percent-encode it for a query.
    pub fn sign(&self, body: &[u8]) -> String {
        signature::encode(self.0.sign(body))
    }
}
