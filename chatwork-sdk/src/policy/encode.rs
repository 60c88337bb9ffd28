//! The bytes of a state, for stores that keep it in a file.
//!
//! All numbers are 64-bit words, little-endian: a magic number, the version, the number of words
//! that follow, the checksum of the version and those words, and those words. So a few hundred leases are read in a few thousand
//! instructions, and a file that was cut or overwritten is noticed.

use std::fmt;

use super::{Held, LimitState, Millis, RoomId, RoomWindow, Rules};

/// The version of the bytes. Programs with another version keep a state of their own.
pub const STATE_VERSION: u64 = 1;

/// `cwlimits`
const MAGIC: u64 = u64::from_le_bytes(*b"cwlimits");
const WORD: usize = size_of::<u64>();
const HEADER: usize = 4 * WORD;
const NONE: u64 = u64::MAX;

/// Why bytes are not a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeFault {
    /// The bytes were cut, changed, or never were a state.
    Damaged,
    /// The bytes are of another version.
    Version(u64),
}

impl fmt::Display for DecodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("damaged: the checksum does not match"),
            Self::Version(version) => {
                write!(f, "version {version}: expected version {STATE_VERSION}")
            }
        }
    }
}

impl std::error::Error for DecodeFault {}

impl LimitState {
    /// Returns the state as bytes, without its rules and without rooms that are idle at its latest
    /// time.
    pub fn to_bytes(&mut self) -> Vec<u8> {
        self.sweep(self.now);
        let mut body = Writer(Vec::with_capacity(self.size()));
        self.write(&mut body);
        let Writer(body) = body;
        let mut bytes = Vec::with_capacity(HEADER + body.len());
        let count = (body.len() / WORD) as u64;
        for word in [MAGIC, STATE_VERSION, count, checksum(STATE_VERSION, words(&body))] {
            bytes.extend_from_slice(&word.to_le_bytes());
        }
        bytes.extend_from_slice(&body);
        bytes
    }

    /// Returns the state of these bytes, with rules that are not part of them. Bytes after the end
    /// of the state are ignored.
    ///
    /// # Errors
    ///
    /// [`DecodeFault`] if the bytes are damaged or of another version.
    pub fn from_bytes(rules: Rules, bytes: &[u8]) -> Result<Self, DecodeFault> {
        let (header, body) = bytes.split_at_checked(HEADER).ok_or(DecodeFault::Damaged)?;
        let mut header = words(header);
        let mut next = || header.next().unwrap_or_default();
        let (magic, version, count, sum) = (next(), next(), next(), next());
        if magic != MAGIC {
            return Err(DecodeFault::Damaged);
        }
        let length = usize::try_from(count).ok().and_then(|count| count.checked_mul(WORD));
        let body = length.and_then(|length| body.get(..length)).ok_or(DecodeFault::Damaged)?;
        if checksum(version, words(body)) != sum {
            return Err(DecodeFault::Damaged);
        }
        if version != STATE_VERSION {
            return Err(DecodeFault::Version(version));
        }
        Self::read(rules, &mut words(body)).ok_or(DecodeFault::Damaged)
    }

    /// Returns about how many bytes the state has.
    fn size(&self) -> usize {
        (16 + 5 * self.leases.len() + 8 * self.rooms.len()) * WORD
    }

    fn write(&self, words: &mut Writer) {
        let account = &self.account;
        words.extend([u64::from(account.limit), u64::from(account.remaining)]);
        words.extend([u64::from(account.unreported), account.unreported_at]);
        words.extend([account.began, account.ends, account.probe].map(word));
        words.extend([u64::from(account.reset.is_some()), account.reset.unwrap_or(0) as u64]);
        words.extend([u64::from(account.expired), u64::from(account.guesses)]);
        words.extend([self.latest, self.now, self.leases.len() as u64]);
        for (id, held) in self.leases.iter() {
            let room = held.room.map_or(0, |room| room.0 as u64);
            words.extend([id, u64::from(held.room.is_some()), room, held.granted, held.deadline]);
        }
        words.extend([self.rooms.len() as u64]);
        for (id, room) in self.rooms.iter() {
            let (in_flight, posts) = (u64::from(room.in_flight), room.answered.len() as u64);
            words.extend([id.0 as u64, in_flight, word(room.probe), word(room.refused_until)]);
            words.extend([posts]);
            room.answered.iter().for_each(|at| words.extend([*at]));
        }
    }

    fn read(rules: Rules, words: &mut impl Iterator<Item = u64>) -> Option<Self> {
        let mut state = Self::with_rules(rules);
        let account = &mut state.account;
        account.limit = u32::try_from(words.next()?).ok()?;
        account.remaining = u32::try_from(words.next()?).ok()?;
        account.unreported = u32::try_from(words.next()?).ok()?;
        account.unreported_at = words.next()?;
        account.began = option(words.next()?);
        account.ends = option(words.next()?);
        account.probe = option(words.next()?);
        let (known, reset) = (words.next()? != 0, words.next()? as i64);
        account.reset = known.then_some(reset);
        account.expired = words.next()? != 0;
        account.guesses = u32::try_from(words.next()?).ok()?;
        (state.latest, state.now) = (words.next()?, words.next()?);
        for _ in 0..words.next()? {
            let (id, posts, room) = (words.next()?, words.next()? != 0, words.next()? as i64);
            let room = posts.then_some(RoomId(room));
            let (granted, deadline) = (words.next()?, words.next()?);
            state.next_deadline = state.next_deadline.min(deadline);
            state.leases.insert(id, Held { room, granted, deadline });
        }
        for _ in 0..words.next()? {
            let id = RoomId(words.next()? as i64);
            let in_flight = u32::try_from(words.next()?).ok()?;
            let (probe, refused_until) = (option(words.next()?), option(words.next()?));
            let mut room = RoomWindow { in_flight, probe, refused_until, answered: Vec::new() };
            for _ in 0..words.next()? {
                room.answered.push(words.next()?);
            }
            state.rooms.insert(id, room);
        }
        Some(state)
    }
}

/// The words after the header.
struct Writer(Vec<u8>);

impl Writer {
    fn extend<const N: usize>(&mut self, words: [u64; N]) {
        for word in words {
            self.0.extend_from_slice(&word.to_le_bytes());
        }
    }
}

fn word(at: Option<Millis>) -> u64 {
    at.unwrap_or(NONE)
}

fn option(word: u64) -> Option<Millis> {
    (word != NONE).then_some(word)
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u64> {
    let (words, _) = bytes.as_chunks::<WORD>();
    words.iter().map(|word| u64::from_le_bytes(*word))
}

/// Returns the bytes of a state as another version would write them.
#[cfg(test)]
pub(crate) fn with_version(mut bytes: Vec<u8>, version: u64) -> Vec<u8> {
    let sum = checksum(version, words(&bytes[HEADER..]));
    bytes[WORD..2 * WORD].copy_from_slice(&version.to_le_bytes());
    bytes[3 * WORD..HEADER].copy_from_slice(&sum.to_le_bytes());
    bytes
}

/// Notices a file that was cut or overwritten. It is no protection against intent.
fn checksum(version: u64, words: impl Iterator<Item = u64>) -> u64 {
    const PRIME: u64 = 0x9E37_79B9_7F4A_7C15;
    words.fold(PRIME ^ version, |sum, word| (sum ^ word).wrapping_mul(PRIME).rotate_left(29))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::policy::{Outcome, RateLimitHeaders};

    const NOW: Millis = 1_700_000_000_000;

    /// A state with all there is: a window, leases, rooms that are full or refused.
    fn state() -> LimitState {
        let mut state = LimitState::new();
        let hold = Duration::from_secs(60);
        for room in [None, Some(RoomId(1)), Some(RoomId(-7)), Some(RoomId(1))] {
            let lease = state.acquire(NOW, room, hold).unwrap();
            let reset_in = Duration::from_secs(200);
            let account =
                RateLimitHeaders { limit: 300, remaining: 290, reset: 1_700_000_200, reset_in };
            let outcome = Outcome { account: Some(account), answered: true, ..Outcome::default() };
            state.settle(NOW + 20, &lease, &outcome);
            state.acquire(NOW + 30, room, hold).unwrap();
        }
        state
    }

    /// Computes anew what is not part of the bytes.
    fn refresh(state: &mut LimitState) {
        state.swept = 0;
        state.expire();
    }

    #[test]
    fn a_state_comes_back_from_its_bytes() {
        let mut state = state();
        let bytes = state.to_bytes();
        refresh(&mut state);
        assert_eq!(LimitState::from_bytes(Rules::default(), &bytes), Ok(state));
    }

    #[test]
    fn bytes_after_the_end_are_ignored() {
        let mut state = state();
        let mut bytes = state.to_bytes();
        refresh(&mut state);
        bytes.extend([7; 100]);
        assert_eq!(LimitState::from_bytes(Rules::default(), &bytes), Ok(state));
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_noticed() {
        let bytes = state().to_bytes();
        for end in 0..bytes.len() {
            let cut = LimitState::from_bytes(Rules::default(), &bytes[..end]);
            assert_eq!(cut, Err(DecodeFault::Damaged), "{end}");
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x40;
            let read = LimitState::from_bytes(Rules::default(), &changed);
            assert_eq!(read, Err(DecodeFault::Damaged), "{at}");
        }
    }

    #[test]
    fn another_version_is_named() {
        let bytes = with_version(state().to_bytes(), 2);
        let read = LimitState::from_bytes(Rules::default(), &bytes);
        assert_eq!(read, Err(DecodeFault::Version(2)));
    }
}
