//! The sandbox's own time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// The time by which a sandbox lives: rate limits, `send_time`, download addresses, `Date`.
///
/// It either runs with real time or stands still, and in both cases goes where it is moved. Clones
/// are the same clock.
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
    /// What is shown, or with real time, how far it is off; in milliseconds.
    millis: i64,
    runs: bool,
    /// Both as they were at first.
    first: (i64, bool),
}

impl Clock {
    /// A clock that runs with real time.
    pub fn real() -> Self {
        Self::new(0, true)
    }

    /// A clock that stands still at a Unix time.
    pub fn manual(seconds: i64) -> Self {
        Self::new(seconds.saturating_mul(1_000), false)
    }

    fn new(millis: i64, runs: bool) -> Self {
        Self(Arc::new(Mutex::new(Time { millis, runs, first: (millis, runs) })))
    }

    /// The Unix time in seconds.
    pub fn now(&self) -> i64 {
        self.now_millis().div_euclid(1_000)
    }

    /// The Unix time in milliseconds.
    pub fn now_millis(&self) -> i64 {
        self.with(|time| time.shown())
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: Duration) {
        let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.with(|time| time.millis = time.millis.saturating_add(millis).min(LATEST));
    }

    /// Sets the clock to a Unix time; whether it runs stays as it is.
    pub fn set(&self, seconds: i64) {
        let wanted = seconds.saturating_mul(1_000).clamp(0, LATEST);
        self.with(|time| time.show(wanted));
    }

    /// Lets the clock stand still.
    pub fn stop(&self) {
        self.turn(false);
    }

    /// Lets the clock run with real time, from where it is.
    pub fn run(&self) {
        self.turn(true);
    }

    /// Whether the clock runs.
    pub fn is_running(&self) -> bool {
        self.with(|time| time.runs)
    }

    /// Back to how it was at first.
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

/// The year 9999: what `Date` can say.
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
    fn a_manual_clock_stands_until_it_is_moved() {
        let clock = Clock::manual(1_000);
        clock.advance(Duration::from_millis(1_500));
        assert_eq!(clock.now_millis(), 1_001_500);
        clock.set(5);
        assert_eq!(clock.now(), 5);
    }

    #[test]
    fn no_clock_shows_what_a_date_cannot_say() {
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
    fn a_reset_clock_is_as_it_was_at_first() {
        let clock = Clock::manual(7);
        clock.run();
        clock.advance(Duration::from_secs(9));
        clock.reset();
        assert_eq!((clock.now(), clock.is_running()), (7, false));
    }
}
