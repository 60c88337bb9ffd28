//! What happens, by chance, and each kind of it.

use std::time::Duration;

use chatwork_sandbox::{Fault, FaultLimit};
use fastrand::Rng;

/// The calls that faults meet.
pub(super) const OPERATIONS: [&str; 3] = ["listRooms", "listRoomMessages", "getMe"];
/// The faults, by what the log of the sandbox says of them.
pub(super) const FAULTS: [&str; 5] =
    ["status 500", "rate_limit account", "cut after", "fault: close", "ms late"];

/// Kinds that come in a random order, each once before one comes again.
pub(super) struct Deck {
    kinds: usize,
    left: Vec<usize>,
}

impl Deck {
    pub(super) fn new(kinds: usize) -> Self {
        Self { kinds, left: Vec::new() }
    }

    pub(super) fn draw(&mut self, rng: &mut Rng) -> usize {
        if self.left.is_empty() {
            self.left.extend(0..self.kinds);
            rng.shuffle(&mut self.left);
        }
        self.left.pop().unwrap()
    }
}

/// Returns the call that a kind of fault meets, and the words of the log.
pub(super) fn kind_of(kind: usize) -> (&'static str, &'static str) {
    (OPERATIONS[kind / FAULTS.len()], FAULTS[kind % FAULTS.len()])
}

/// A fault of a kind. So many of the calls for messages pass before.
pub(super) fn fault(kind: usize, skip: u32, rng: &mut Rng) -> Fault {
    let fault = match kind % FAULTS.len() {
        0 => Fault::status(500),
        1 => Fault::rate_limit(FaultLimit::Account),
        2 => Fault::cut(rng.usize(1..60)),
        3 => Fault::close(),
        _ => Fault::delay(Duration::from_secs(rng.u64(1..20))),
    };
    let (operation, _) = kind_of(kind);
    let skip = if operation == "listRoomMessages" { skip } else { 0 };
    fault.operation(operation).skip(skip)
}

/// How many messages come at once: more than a look shows, exactly as many, not quite, or a few.
pub(super) fn count(kind: usize, rng: &mut Rng) -> usize {
    match kind {
        0 => rng.usize(101..130),
        1 => 100,
        2 => rng.usize(90..100),
        _ => rng.usize(1..12),
    }
}
