//! Codes and tokens: random texts.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Makes random texts: hashes of a counter and a random key.
#[derive(Clone)]
pub(super) struct Opaque {
    key: [u64; 4],
    count: u64,
}

impl Default for Opaque {
    fn default() -> Self {
        // `RandomState` has random keys, which differ on each call.
        let random = || RandomState::new().hash_one(0_u8);
        Self { key: [random(), random(), random(), random()], count: 0 }
    }
}

impl Opaque {
    /// How many texts were made.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// A text that begins with its kind.
    pub(super) fn next(&mut self, kind: &str) -> String {
        format!("{kind}-{}", URL_SAFE_NO_PAD.encode(self.bytes()))
    }

    /// 32 bytes.
    pub(super) fn bytes(&mut self) -> [u8; 32] {
        self.count += 1;
        let mut hash = Sha256::new();
        for part in self.key {
            hash.update(part.to_le_bytes());
        }
        hash.update(self.count.to_le_bytes());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_different() {
        let (mut one, mut other) = (Opaque::default(), Opaque::default());
        let made = [one.next("code"), one.next("code"), other.next("code"), other.next("code")];
        let different: std::collections::HashSet<_> = made.iter().collect();
        assert_eq!(different.len(), 4);
    }
}
