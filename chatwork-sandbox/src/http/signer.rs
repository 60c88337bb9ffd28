//! Signs the addresses from which files are downloaded.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chatwork_api::types::{FileId, RoomId};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::form::Form;
use super::params::id;

/// How long an address is valid, in seconds.
const VALIDITY: i64 = 30;

/// Signs addresses with a random key, so an address of another run is invalid.
pub(crate) struct Signer([u8; 32]);

impl Default for Signer {
    fn default() -> Self {
        let mut key = [0; 32];
        for chunk in key.chunks_mut(8) {
            // `RandomState` has random keys, which differ on each call.
            let random = RandomState::new().build_hasher().finish();
            chunk.copy_from_slice(&random.to_le_bytes());
        }
        Self(key)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer")
    }
}

impl Signer {
    /// Returns the address of a file, valid for 30 seconds.
    pub(super) fn address(&self, origin: &str, room: RoomId, file: FileId, now: i64) -> String {
        let expires = now.saturating_add(VALIDITY);
        let signature = self.mac(room, file, expires);
        let signature = signature.map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
        let signature = signature.unwrap_or_default();
        format!("{origin}/_sandbox/download/{room}/{file}?Expires={expires}&Signature={signature}")
    }

    /// Whether a query holds a valid signature that has not expired.
    pub(super) fn is_valid(&self, room: RoomId, file: FileId, query: &Form, now: i64) -> bool {
        let text = |name| query.text(name).ok().flatten();
        let Some(expires) = text("Expires").and_then(id).filter(|expires| now < *expires) else {
            return false;
        };
        let signature = text("Signature").and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        let mac = self.mac(room, file, expires);
        mac.zip(signature).is_some_and(|(mac, given)| mac.verify_slice(&given).is_ok())
    }

    fn mac(&self, room: RoomId, file: FileId, expires: i64) -> Option<Hmac<Sha256>> {
        // HMAC takes keys of any length, so this is always `Some`.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(format!("{room}/{file}/{expires}").as_bytes());
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId(1);
    const FILE: FileId = FileId(2);

    fn query(address: &str) -> Form {
        Form::parse(address.split_once('?').unwrap().1.as_bytes())
    }

    #[test]
    fn an_address_is_valid_for_thirty_seconds() {
        let signer = Signer::default();
        let query = query(&signer.address("http://x", ROOM, FILE, 100));
        assert!(signer.is_valid(ROOM, FILE, &query, 129));
        assert!(!signer.is_valid(ROOM, FILE, &query, 130));
    }

    #[test]
    fn an_address_is_valid_for_its_file_and_time_only() {
        let signer = Signer::default();
        let address = signer.address("http://x", ROOM, FILE, 100);
        assert!(!signer.is_valid(ROOM, FileId(3), &query(&address), 100));
        let later = address.replace("Expires=130", "Expires=999");
        assert!(!signer.is_valid(ROOM, FILE, &query(&later), 100));
        assert!(!Signer::default().is_valid(ROOM, FILE, &query(&address), 100));
    }
}
