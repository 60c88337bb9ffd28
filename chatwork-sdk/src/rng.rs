//! Random numbers that need not be secret.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

/// A non-cryptographic random number, taken from the seed of `RandomState` to avoid a dependency.
pub(crate) fn number() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// A number from 0 to 1.
pub(crate) fn fraction() -> f64 {
    // As many bits as a float of 64 bits holds exactly.
    const BITS: u32 = f64::MANTISSA_DIGITS;
    (number() >> (u64::BITS - BITS)) as f64 / (1_u64 << BITS) as f64
}

#[cfg(test)]
mod tests {
    use super::{fraction, number};

    #[test]
    fn a_fraction_is_one() {
        assert!((0..1000).all(|_| (0.0..1.0).contains(&fraction())));
    }

    #[test]
    fn fractions_lie_everywhere() {
        let mut tenths: Vec<u8> = (0..1000).map(|_| (fraction() * 10.0) as u8).collect();
        tenths.sort_unstable();
        tenths.dedup();
        assert_eq!(tenths, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn two_numbers_differ() {
        assert_ne!(number(), number());
    }
}
