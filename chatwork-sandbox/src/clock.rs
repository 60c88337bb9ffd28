//! The sandbox's own time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The clock of a sandbox. Rate limits, `send_time`, download addresses and `Date` use it.
///
/// A clock follows real time or is stopped. Both kinds can be set and advanced. All clones of a clock
/// share one time.
///
/// ```
/// use std::time::Duration;
/// use chatwork_sandbox::Clock;
///
/// let clock = Clock::manual(1_750_831_200);
/// clock.advance(Duration::from_secs(300));
/// assert_eq!(clock.now(), 1_750_831_500);
/// ```
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Time>>);

#[derive(Clone, Copy, Debug)]
struct Time {
    /// The time of a stopped clock, or the offset from real time of a running one, in milliseconds.
    millis: i64,
    runs: bool,
    /// `millis` and `runs` at the start.
    first: (i64, bool),
}

impl Clock {
    /// Returns a clock that follows real time.
    pub fn real() -> Self {
        Self::new(0, true)
    }

    /// Returns a clock that is stopped at a Unix time.
    pub fn manual(seconds: i64) -> Self {
        Self::new(seconds.saturating_mul(1_000), false)
    }

    fn new(millis: i64, runs: bool) -> Self {
        Self(Arc::new(Mutex::new(Time { millis, runs, first: (millis, runs) })))
    }

    /// Returns the Unix time in seconds.
    pub fn now(&self) -> i64 {
        self.now_millis().div_euclid(1_000)
    }

    /// Returns the Unix time in milliseconds.
    pub fn now_millis(&self) -> i64 {
        self.with(|time| time.shown())
    }

    /// Advances the clock, at most to the end of the year 9999.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.with(|time| time.millis = time.millis.saturating_add(millis).min(LATEST));
    }

    /// Sets the clock to a Unix time between 0 and the end of the year 9999. A running clock runs on.
    pub fn set(&self, seconds: i64) {
        let wanted = seconds.saturating_mul(1_000).clamp(0, LATEST);
        self.with(|time| time.show(wanted));
    }

    /// Stops the clock at its present time.
    pub fn stop(&self) {
        self.turn(false);
    }

    /// Lets the clock follow real time, starting at its present time.
    pub fn run(&self) {
        self.turn(true);
    }

    /// Returns whether the clock follows real time.
    pub fn is_running(&self) -> bool {
        self.with(|time| time.runs)
    }

    /// Restores the state of the start.
    pub(crate) fn reset(&self) {
        self.with(|time| (time.millis, time.runs) = time.first);
    }

    fn turn(&self, runs: bool) {
        self.with(|time| {
            let shown = time.shown();
            time.runs = runs;
            time.show(shown);
        });
    }

    fn with<T>(&self, act: impl FnOnce(&mut Time) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The last second of the year 9999, the latest time that the header `Date` can hold.
const LATEST: i64 = 253_402_300_799_000;

impl Time {
    fn shown(self) -> i64 {
        let millis = match self.runs {
            true => real().saturating_add(self.millis),
            false => self.millis,
        };
        millis.clamp(0, LATEST)
    }

    fn show(&mut self, millis: i64) {
        self.millis = match self.runs {
            true => millis.saturating_sub(real()),
            false => millis,
        };
    }
}

fn real() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_keeps_its_time_until_it_is_moved() {
        let clock = Clock::manual(1_000);
        clock.advance(Duration::from_millis(1_500));
        assert_eq!(clock.now_millis(), 1_001_500);
        clock.set(5);
        assert_eq!(clock.now(), 5);
    }

    #[test]
    fn a_clock_shows_only_times_that_a_date_can_hold() {
        let clock = Clock::manual(i64::MAX);
        assert_eq!(clock.now_millis(), LATEST);
        clock.run();
        clock.advance(Duration::MAX);
        assert!(clock.now_millis() <= LATEST);
        assert_eq!(Clock::manual(-5).now(), 0);
    }

    #[test]
    fn a_stopped_clock_stays_where_it_was_set() {
        let clock = Clock::real();
        clock.stop();
        clock.set(42);
        assert_eq!(clock.now(), 42);
        assert!(!clock.is_running());
    }

    #[test]
    fn a_reset_clock_has_the_state_of_its_start() {
        let clock = Clock::manual(7);
        clock.run();
        clock.advance(Duration::from_secs(9));
        clock.reset();
        assert_eq!((clock.now(), clock.is_running()), (7, false));
    }
}
