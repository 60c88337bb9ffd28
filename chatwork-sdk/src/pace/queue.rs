//! The calls that wait for a permit.
//!
//! 1. A call enters the line of its room with a ticket. Tickets grow, so each line is a FIFO queue.
//!    Calls that count against no room form a line of their own.
//! 2. A line is ready, or full until a time. The time is unknown if requests in flight decide.
//! 3. [`Queue::first_ready`] returns the oldest head of all ready lines: calls go in the order of
//!    their arrival, and a full room is passed over.
//! 4. [`Queue::close`] takes a line out of the ready ones, [`Queue::open`] and [`Queue::open_due`]
//!    put it back.
//! 5. A call leaves by [`Queue::pop`] when it gets its permit, or by [`Queue::remove`] when it is
//!    cancelled.
//!
//! Every step looks at O(log n) of the waiting calls, however many wait for one room. A new head of a
//! line moves at most the heads of the other lines in memory.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use chatwork_api::types::RoomId;
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::sorted_map::SortedMap;

/// The room that a line waits for; `None` for calls that wait for the account alone.
pub(super) type Key = Option<RoomId>;

/// The waiting calls.
#[derive(Debug, Default)]
pub(super) struct Queue {
    lines: HashMap<Key, Line>,
    /// The first ticket of each line.
    heads: SortedMap<u64, Key>,
    /// The first ticket of each line that is ready.
    ready: SortedMap<u64, Key>,
    /// The lines that time alone makes ready.
    full: SortedMap<(Instant, Key), ()>,
    /// How many lines and calls were looked at: what the queue costs, without a clock.
    #[cfg(test)]
    pub(super) visited: usize,
}

/// The calls that wait for one room.
#[derive(Debug, Default)]
struct Line {
    /// The calls by ticket, in order. A call that has left is `None`, except at both ends.
    calls: VecDeque<(u64, Option<Arc<Notify>>)>,
    state: LineState,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum LineState {
    #[default]
    Ready,
    Full {
        until: Option<Instant>,
    },
}

impl Line {
    fn head(&self) -> Option<u64> {
        self.calls.front().map(|(ticket, _)| *ticket)
    }

    /// Adds a call at the end, or where it was if it returns.
    fn enter(&mut self, ticket: u64, wake: Arc<Notify>) {
        // Calls that return were among the first: few are before them.
        let mut before = Vec::new();
        if self.calls.back().is_some_and(|(last, _)| *last > ticket) {
            while self.head().is_some_and(|head| head < ticket) {
                before.extend(self.calls.pop_front());
            }
            self.calls.push_front((ticket, Some(wake)));
        } else {
            self.calls.push_back((ticket, Some(wake)));
        }
        before.into_iter().rev().for_each(|call| self.calls.push_front(call));
    }

    fn leave(&mut self, ticket: u64) -> Option<Arc<Notify>> {
        let place = self.calls.binary_search_by_key(&ticket, |(known, _)| *known).ok()?;
        let wake = self.calls.get_mut(place)?.1.take();
        while self.calls.front().is_some_and(|(_, wake)| wake.is_none()) {
            self.calls.pop_front();
        }
        while self.calls.back().is_some_and(|(_, wake)| wake.is_none()) {
            self.calls.pop_back();
        }
        wake
    }
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Adds a call to its line: at the end, or where it was if it returns. Returns whether it is
    /// the first of its line.
    pub(super) fn push(&mut self, ticket: u64, key: Key, wake: Arc<Notify>) -> bool {
        self.visit();
        let line = self.lines.entry(key).or_default();
        let head = line.head();
        line.enter(ticket, wake);
        if head.is_some_and(|head| head < ticket) {
            return false;
        }
        if let Some(head) = head {
            self.heads.remove(head);
            self.ready.remove(head);
        }
        self.heads.insert(ticket, key);
        if line.state == LineState::Ready {
            self.ready.insert(ticket, key);
        }
        true
    }

    #[cfg(test)]
    pub(super) fn contains(&self, ticket: u64, key: Key) -> bool {
        let waits = |(known, wake): &(u64, Option<_>)| *known == ticket && wake.is_some();
        self.lines.get(&key).is_some_and(|line| line.calls.iter().any(waits))
    }

    /// Returns about how many calls are before this one in its line, and one more if another line
    /// has an older call. It is never too few.
    pub(super) fn rank(&self, ticket: u64, key: Key) -> u64 {
        let head = self.lines.get(&key).and_then(Line::head).unwrap_or(ticket);
        let oldest = self.heads.first().is_some_and(|(oldest, _)| oldest == head);
        ticket.saturating_sub(head) + u64::from(!oldest)
    }

    /// Removes a call. Returns whether it was waiting.
    pub(super) fn remove(&mut self, ticket: u64, key: Key) -> bool {
        self.take(ticket, key).is_some()
    }

    /// Removes the first call of a line, and returns its ticket with what wakes it.
    pub(super) fn pop(&mut self, key: Key) -> Option<(u64, Arc<Notify>)> {
        let head = self.lines.get(&key).and_then(Line::head)?;
        self.take(head, key).map(|wake| (head, wake))
    }

    /// Removes all calls, and returns their tickets with what wakes each.
    #[cfg(feature = "limits")]
    pub(super) fn drain(&mut self) -> Vec<(u64, Arc<Notify>)> {
        let Self { lines, heads, ready, full, .. } = self;
        (*heads, *ready, *full) = Default::default();
        let calls = std::mem::take(lines).into_values().flat_map(|line| line.calls);
        calls.filter_map(|(ticket, wake)| Some((ticket, wake?))).collect()
    }

    fn take(&mut self, ticket: u64, key: Key) -> Option<Arc<Notify>> {
        self.visit();
        let line = self.lines.get_mut(&key)?;
        let first = line.head() == Some(ticket);
        let wake = line.leave(ticket)?;
        if !first {
            return Some(wake);
        }
        self.heads.remove(ticket);
        let ready = self.ready.remove(ticket).is_some();
        match (line.head(), line.state) {
            (Some(next), _) => {
                self.heads.insert(next, key);
                if ready {
                    self.ready.insert(next, key);
                }
            }
            (None, state) => {
                if let LineState::Full { until: Some(until) } = state {
                    self.full.remove((until, key));
                }
                self.lines.remove(&key);
            }
        }
        Some(wake)
    }

    /// Returns the line whose head is the oldest of all ready lines.
    pub(super) fn first_ready(&mut self) -> Option<Key> {
        self.visit();
        self.ready.first().map(|(_, key)| *key)
    }

    /// Takes a line out of the ready ones, until a time or until [`Self::open`].
    pub(super) fn close(&mut self, key: Key, until: Option<Instant>) {
        self.open(key);
        let Some(line) = self.lines.get_mut(&key) else { return };
        line.state = LineState::Full { until };
        if let Some(head) = line.head() {
            self.ready.remove(head);
        }
        if let Some(until) = until {
            self.full.insert((until, key), ());
        }
    }

    /// Makes a line ready.
    pub(super) fn open(&mut self, key: Key) {
        let Some(line) = self.lines.get_mut(&key) else { return };
        if let LineState::Full { until } = line.state {
            line.state = LineState::Ready;
            if let Some(head) = line.head() {
                self.ready.insert(head, key);
            }
            if let Some(until) = until {
                self.full.remove((until, key));
            }
        }
        self.visit();
    }

    /// Makes the lines ready whose time has come.
    pub(super) fn open_due(&mut self, now: Instant) {
        while let Some(((_, key), ())) = self.full.first().filter(|((until, _), _)| *until <= now) {
            self.open(key);
        }
    }

    /// Returns when time alone makes a line ready.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.full.first().map(|((until, _), _)| until)
    }

    /// Returns when time alone makes the line of a room ready. `None` if the line is ready, or if
    /// requests in flight decide.
    pub(super) fn full_until(&self, key: Key) -> Option<Instant> {
        match self.lines.get(&key)?.state {
            LineState::Full { until } => until,
            LineState::Ready => None,
        }
    }

    /// Wakes the first call of a line, so that it sets its timer anew.
    pub(super) fn wake_head(&self, key: Key) {
        let head = self.lines.get(&key).and_then(|line| line.calls.front());
        if let Some((_, Some(wake))) = head {
            wake.notify_one();
        }
    }

    /// Wakes the oldest call of all, unless it is the caller.
    pub(super) fn wake_oldest(&self, asking: Option<u64>) {
        if let Some((oldest, key)) = self.heads.first()
            && Some(oldest) != asking
        {
            self.wake_head(*key);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        let calls = self.lines.values().flat_map(|line| &line.calls);
        calls.filter(|(_, wake)| wake.is_some()).count()
    }

    #[cfg(test)]
    fn visit(&mut self) {
        self.visited += 1;
    }

    #[cfg(not(test))]
    fn visit(&mut self) {}
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const NONE: Key = None;
    const A: Key = Some(RoomId(1));
    const B: Key = Some(RoomId(2));

    fn queue(calls: &[(u64, Key)]) -> Queue {
        let mut queue = Queue::default();
        for (ticket, key) in calls {
            queue.push(*ticket, *key, Arc::default());
        }
        queue
    }

    #[test]
    fn the_oldest_call_of_all_lines_is_first() {
        let mut queue = queue(&[(0, A), (1, NONE), (2, A)]);
        for expected in [A, NONE, A] {
            assert_eq!(queue.first_ready(), Some(expected));
            queue.pop(expected);
        }
        assert!(queue.is_empty() && queue.first_ready().is_none());
    }

    #[test]
    fn a_full_line_is_passed_over_until_its_time() {
        let (mut queue, now) = (queue(&[(0, A), (1, B)]), Instant::now());
        let until = now + Duration::from_secs(1);
        queue.close(A, Some(until));
        assert_eq!((queue.first_ready(), queue.next_due()), (Some(B), Some(until)));
        queue.open_due(now);
        assert_eq!(queue.first_ready(), Some(B));
        queue.open_due(until);
        assert_eq!((queue.first_ready(), queue.next_due()), (Some(A), None));
    }

    #[test]
    fn a_line_closed_twice_has_the_later_time() {
        let (mut queue, now) = (queue(&[(0, A)]), Instant::now());
        let later = now + Duration::from_secs(1);
        queue.close(A, Some(now));
        queue.close(A, Some(later));
        assert_eq!(queue.next_due(), Some(later));
        queue.open_due(now);
        assert_eq!(queue.first_ready(), None);
    }

    #[test]
    fn a_call_that_leaves_a_full_line_does_not_open_it() {
        let mut queue = queue(&[(0, A), (1, A)]);
        queue.close(A, None);
        assert!(queue.remove(0, A));
        assert_eq!(queue.first_ready(), None);
        queue.open(A);
        assert_eq!(queue.first_ready(), Some(A));
        assert!(!queue.contains(0, A) && queue.contains(1, A));
    }

    #[test]
    fn the_last_call_of_a_full_line_takes_the_line_with_it() {
        let (mut queue, now) = (queue(&[(0, A)]), Instant::now());
        queue.close(A, Some(now));
        assert!(queue.remove(0, A) && !queue.remove(0, A));
        assert!(queue.is_empty() && queue.next_due().is_none());
    }

    #[test]
    fn a_call_that_returns_is_where_it_was() {
        let (mut queue, now) = (queue(&[(0, A), (1, A), (2, B)]), Instant::now());
        let (ticket, wake) = queue.pop(A).unwrap();
        assert!(queue.push(ticket, A, wake));
        assert_eq!(queue.first_ready(), Some(A));
        assert_eq!(queue.pop(A).map(|(ticket, _)| ticket), Some(0));
        queue.close(A, Some(now));
        queue.push(0, A, Arc::default());
        assert_eq!(queue.first_ready(), Some(B), "a full line stays closed");
        queue.open(A);
        assert_eq!(queue.pop(A).map(|(ticket, _)| ticket), Some(0));
    }

    #[test]
    fn the_rank_counts_those_before_and_another_line_that_is_older() {
        let queue = queue(&[(0, A), (1, A), (2, B), (3, B)]);
        assert_eq!(
            [(0, A), (1, A), (2, B), (3, B)].map(|(it, key)| queue.rank(it, key)),
            [0, 1, 1, 2]
        );
    }

    /// Whether a call was woken.
    async fn is_woken(wake: &Notify) -> bool {
        tokio::time::timeout(Duration::ZERO, wake.notified()).await.is_ok()
    }

    #[tokio::test]
    async fn the_oldest_call_is_woken_unless_it_asks() {
        let mut queue = queue(&[(1, A)]);
        let wake = Arc::new(Notify::new());
        queue.push(0, B, Arc::clone(&wake));
        queue.wake_oldest(Some(0));
        assert!(!is_woken(&wake).await);
        queue.wake_oldest(Some(1));
        assert!(is_woken(&wake).await);
    }
}
