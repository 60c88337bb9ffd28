//! Names that no one guesses.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// Returns 32 hexadecimal digits that depend on the random keys of this process alone.
pub(crate) fn token() -> String {
    let half = || RandomState::new().hash_one(std::process::id());
    format!("{:016x}{:016x}", half(), half())
}
