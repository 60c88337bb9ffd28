//! Signing, for tests.

use super::key::{InvalidToken, Key};
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
/// It is not part of a [`Verifier`](super::Verifier), so that a receiver has no expected signature
/// to show to anybody. `Debug` shows no token.
#[derive(Clone, Debug)]
pub struct Signer(Key);

impl Signer {
    /// Takes the token of a webhook.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] when it is not base64, or empty.
    pub fn new(token: impl AsRef<str>) -> Result<Self, InvalidToken> {
        Key::read(token.as_ref()).map(Self).map_err(|fault| InvalidToken::new(0, fault))
    }

    /// The signature of a body, as it stands in the header. In a query it is to be encoded.
    pub fn sign(&self, body: &[u8]) -> String {
        signature::encode(self.0.sign(body))
    }
}
