//! The faults that have not happened yet.

use std::collections::VecDeque;

use serde::Serialize;

use super::{Fault, Seen};

/// How many requests of a fault are remembered.
const REMEMBERED: usize = 20;

/// The faults that have not happened yet, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    last_id: u64,
    armed: VecDeque<Armed>,
}

/// A fault of the queue, and what it did so far.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Armed {
    pub(crate) id: u64,
    /// How often it happened.
    happened: u64,
    /// The numbers of the last requests to which it happened.
    requests: VecDeque<u64>,
    /// How many requests it was meant for.
    #[serde(skip)]
    met: u64,
    #[serde(skip)]
    random: u64,
    #[serde(flatten)]
    pub(crate) fault: Fault,
}

impl Queue {
    /// Adds a fault, and returns its id.
    pub(crate) fn add(&mut self, fault: Fault) -> u64 {
        let fault = fault.settled();
        self.last_id += 1;
        let id = self.last_id;
        let (requests, random) = (VecDeque::new(), fault.seed);
        self.armed.push_back(Armed { id, happened: 0, requests, met: 0, random, fault });
        id
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    /// Removes a fault. Returns whether it was there.
    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let before = self.armed.len();
        self.armed.retain(|armed| armed.id != id);
        self.armed.len() < before
    }

    pub(crate) fn pending(&self) -> Vec<Fault> {
        self.armed.iter().map(|armed| armed.fault.clone()).collect()
    }

    pub(crate) fn armed(&self) -> Vec<Armed> {
        self.armed.iter().cloned().collect()
    }

    /// Remembers the request to which a fault happened.
    pub(crate) fn note(&mut self, id: u64, request: u64) {
        let Some(armed) = self.armed.iter_mut().find(|armed| armed.id == id) else {
            return;
        };
        if armed.requests.len() == REMEMBERED {
            armed.requests.pop_front();
        }
        armed.requests.push_back(request);
    }

    /// Takes the first fault that happens to a request, with its id. A fault that is meant for the
    /// request, and passes it by `skip`, `sequence` or `probability`, leaves it to the next fault.
    pub(crate) fn take(&mut self, seen: &Seen<'_>) -> Option<(u64, Fault)> {
        for index in 0..self.armed.len() {
            let Some(armed) = self.armed.get_mut(index).filter(|armed| armed.fault.is_for(seen))
            else {
                continue;
            };
            if !armed.happens() {
                continue;
            }
            armed.happened += 1;
            armed.fault.times = armed.fault.times.map(|times| times.saturating_sub(1));
            let taken = (armed.id, armed.fault.clone());
            if taken.1.times == Some(0) {
                self.armed.remove(index);
            }
            return Some(taken);
        }
        None
    }
}

impl Armed {
    /// Whether the fault happens to the next request that it is meant for.
    fn happens(&mut self) -> bool {
        if self.fault.skip > 0 {
            self.fault.skip -= 1;
            return false;
        }
        let length = self.fault.sequence.len() as u64;
        let place = self.met.checked_rem(length).and_then(|place| usize::try_from(place).ok());
        self.met += 1;
        let in_turn = place.is_none_or(|place| self.fault.sequence.get(place) == Some(&true));
        let by_chance =
            self.fault.probability.is_none_or(|probability| self.chance() < probability);
        in_turn && by_chance
    }

    /// A number from 0 on and below 1: SplitMix64, so that a seed means the same in every version.
    fn chance(&mut self) -> f64 {
        self.random = self.random.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.random ^ (self.random >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        // The upper 53 bits: as many as the fraction of a number holds.
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::super::TOKEN_ENDPOINT;
    use super::*;

    fn take(queue: &mut Queue, operation: Option<&str>) -> Option<Fault> {
        let has = |_: &str, _: &str| false;
        let seen = Seen { operation, account: None, path: "/v2/me", now: 0, has: &has };
        queue.take(&seen).map(|(_, fault)| fault)
    }

    fn happened(fault: Fault, requests: usize) -> Vec<bool> {
        let mut queue = Queue::default();
        queue.add(fault);
        (0..requests).map(|_| take(&mut queue, None).is_some()).collect()
    }

    #[test]
    fn a_fault_happens_as_often_as_it_says() {
        assert_eq!(happened(Fault::status(503).times(2).skip(1), 4), [false, true, true, false]);
    }

    #[test]
    fn a_sequence_says_which_requests_fail() {
        let fault = || Fault::status(503).sequence([true, true, false]);
        assert_eq!(happened(fault(), 5), [true, true, false, false, false]);
        // More often, it begins again.
        let expected = [true, true, false, true, true, false, false];
        assert_eq!(happened(fault().times(4), 7), expected);
    }

    #[test]
    fn a_probability_gives_the_same_requests_for_the_same_seed() {
        let of = |seed| happened(Fault::status(503).probability(0.3, seed), 1_000);
        let count = of(1).iter().filter(|happened| **happened).count();
        assert!((250..350).contains(&count), "{count}");
        assert_eq!(of(1), of(1));
        assert_ne!(of(1), of(2));
        assert!(happened(Fault::close().probability(1.0, 0), 50).iter().all(|it| *it));
        assert!(!happened(Fault::close().probability(0.0, 0), 50).iter().any(|it| *it));
    }

    #[test]
    fn a_fault_that_passes_a_request_leaves_it_to_the_next_one() {
        let mut queue = Queue::default();
        queue.add(Fault::status(500).sequence([false, true]));
        queue.add(Fault::close());
        assert!(take(&mut queue, None).unwrap().closes());
        assert!(!take(&mut queue, None).unwrap().closes());
    }

    #[test]
    fn a_fault_of_one_operation_leaves_others_alone() {
        let mut queue = Queue::default();
        queue.add(Fault::close().operation("listRooms"));
        assert!(take(&mut queue, Some("getMe")).is_none());
        assert!(take(&mut queue, Some("listRooms")).is_some());
    }

    #[test]
    fn the_token_endpoint_is_hit_only_when_it_is_named() {
        let mut queue = Queue::default();
        queue.add(Fault::close());
        queue.add(Fault::status(500).operation(TOKEN_ENDPOINT));
        let taken = take(&mut queue, Some(TOKEN_ENDPOINT)).unwrap();
        assert_eq!((taken.closes(), queue.pending().len()), (false, 1));
    }

    #[test]
    fn a_fault_is_removed_by_its_id() {
        let mut queue = Queue::default();
        let (one, two) = (queue.add(Fault::close()), queue.add(Fault::status(500)));
        assert!(queue.remove(one) && !queue.remove(one));
        assert_eq!(queue.armed()[0].id, two);
        assert!(queue.add(Fault::close()) > two, "ids are not used again");
    }
}
