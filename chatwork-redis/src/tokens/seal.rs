//! A grant as it is stored: as JSON, or encrypted.

#[cfg(feature = "encryption")]
use chacha20poly1305::aead::{Aead, Payload};
#[cfg(feature = "encryption")]
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};

use crate::error::Error;

/// What an encrypted grant begins with. JSON does not.
const ENCRYPTED: &[u8] = b"xchacha20poly1305:";

/// The length of the number that each encrypted grant has of its own.
#[cfg(feature = "encryption")]
const NONCE: usize = 24;

/// Encrypts, if there is a key.
#[derive(Clone)]
pub(super) enum Seal {
    /// As JSON.
    Open,
    /// With a key.
    #[cfg(feature = "encryption")]
    Key(std::sync::Arc<XChaCha20Poly1305>),
}

impl Seal {
    #[cfg(feature = "encryption")]
    pub(super) fn with_key(key: &[u8; 32]) -> Self {
        Self::Key(XChaCha20Poly1305::new(&(*key).into()).into())
    }

    /// Returns what is stored for a text that belongs to `bound_to`.
    pub(super) fn close(&self, bound_to: &str, text: Vec<u8>) -> Result<Vec<u8>, Error> {
        _ = bound_to;
        match self {
            Self::Open => Ok(text),
            #[cfg(feature = "encryption")]
            Self::Key(cipher) => {
                let mut nonce = [0; NONCE];
                getrandom::fill(&mut nonce)
                    .map_err(|_| Error::Grant("the system has no random numbers"))?;
                let payload = Payload { msg: &text, aad: bound_to.as_bytes() };
                let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
                let sealed = sealed.map_err(|_| Error::Grant("it cannot be encrypted"))?;
                Ok([ENCRYPTED, &nonce, &sealed].concat())
            }
        }
    }

    /// Returns the text of what is stored.
    pub(super) fn open(&self, bound_to: &str, stored: &[u8]) -> Result<Vec<u8>, Error> {
        _ = bound_to;
        match (self, stored.strip_prefix(ENCRYPTED)) {
            (Self::Open, None) => Ok(stored.to_vec()),
            (Self::Open, Some(_)) => Err(Error::Grant("it is encrypted, and no key is given")),
            #[cfg(feature = "encryption")]
            (Self::Key(_), None) => Err(Error::Grant("it is not encrypted, but a key is given")),
            #[cfg(feature = "encryption")]
            (Self::Key(cipher), Some(sealed)) => {
                let other = || Error::Grant("it is encrypted with another key, or was changed");
                let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or_else(other)?;
                let payload = Payload { msg: sealed, aad: bound_to.as_bytes() };
                cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| other())
            }
        }
    }
}
