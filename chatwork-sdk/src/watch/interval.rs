//! How long to wait between two rounds.

use std::time::Duration;

/// The shortest floor. A round each second uses the whole rate limit of an account.
const LEAST: Duration = Duration::from_secs(1);
/// The factor by which the wait grows after each round without an event.
const GROWTH: f64 = 1.5;

/// A wait between a floor and a ceiling. It is the floor while events come, and grows up to the
/// ceiling while none come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Interval {
    floor: Duration,
    ceiling: Duration,
    current: Duration,
}

impl Interval {
    pub(super) fn floor(&self) -> Duration {
        self.floor
    }

    pub(super) fn new(floor: Duration, ceiling: Duration) -> Self {
        let floor = floor.max(LEAST);
        Self { floor, ceiling: ceiling.max(floor), current: floor }
    }

    /// Returns the wait after a round, which found something if `active`.
    pub(super) fn after(&mut self, active: bool) -> Duration {
        if active {
            self.current = self.floor;
            return self.floor;
        }
        let wait = self.current;
        let longer = wait.as_secs_f64() * GROWTH;
        self.current = match Duration::try_from_secs_f64(longer) {
            Ok(longer) => longer.min(self.ceiling),
            Err(_) => self.ceiling,
        };
        wait
    }

    /// Returns the wait after a number of failures in a row, from 1.
    pub(super) fn after_failures(&self, failures: u32) -> Duration {
        self.floor.saturating_mul(1 << failures.min(16)).min(self.ceiling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn quiet_rounds_are_further_and_further_apart_up_to_the_ceiling() {
        let mut interval = Interval::new(4 * SECOND, 12 * SECOND);
        let waits: Vec<_> = (0..5).map(|_| interval.after(false).as_secs()).collect();
        assert_eq!(waits, [4, 6, 9, 12, 12]);
    }

    #[test]
    fn activity_brings_the_floor_back() {
        let mut interval = Interval::new(4 * SECOND, 60 * SECOND);
        for _ in 0..9 {
            interval.after(false);
        }
        assert_eq!(interval.after(true), 4 * SECOND);
        assert_eq!(interval.after(false), 4 * SECOND);
    }

    #[test]
    fn no_interval_is_shorter_than_a_second_or_ends_below_where_it_begins() {
        let mut interval = Interval::new(Duration::ZERO, Duration::ZERO);
        assert_eq!([interval.after(true), interval.after(false)], [SECOND; 2]);
    }

    #[test]
    fn failures_double_the_wait() {
        let interval = Interval::new(5 * SECOND, 60 * SECOND);
        let waits: Vec<_> = (1..5).map(|n| interval.after_failures(n).as_secs()).collect();
        assert_eq!(waits, [10, 20, 40, 60]);
    }

    #[test]
    fn the_longest_durations_do_no_harm() {
        let mut interval = Interval::new(Duration::MAX, Duration::MAX);
        assert_eq!(interval.after(false), Duration::MAX);
        assert_eq!(interval.after_failures(u32::MAX), Duration::MAX);
    }
}
