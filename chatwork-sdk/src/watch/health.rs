//! How a watch is doing.

use std::time::Duration;

use chatwork_api::types::UnixTime;
use tokio::sync::watch;
use tokio::time::Instant;

/// Reports the state of a [`Watch`](super::Watch), from another task: for a health check, metrics,
/// or a test that waits until a bot listens.
///
/// [`Watch::health`](super::Watch::health) returns it. Clones are about the same watch, and keep
/// the last values after it was dropped.
///
/// ```
/// # use chatwork_sdk::watch::WatchHealth;
/// # use std::time::Duration;
/// /// Whether the bot's last good round is at most five minutes ago.
/// fn is_alive(health: &WatchHealth) -> bool {
///     health.last_round().is_some_and(|round| round.ended.elapsed() < Duration::from_secs(300))
/// }
/// ```
#[derive(Clone, Debug)]
pub struct WatchHealth {
    latest: watch::Receiver<Report>,
}

/// What one round did.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct RoundReport {
    /// When the round ended.
    pub ended: Instant,
    /// When the server answered last, by its own clock.
    pub at: UnixTime,
    /// How many requests it made.
    pub requests: u32,
    /// How many rooms it read.
    pub rooms: u32,
    /// How many events it found.
    pub events: u32,
}

/// All that is measured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Report {
    started: bool,
    rounds: u64,
    waits: u64,
    failures: u64,
    lag: Option<Duration>,
    last_round: Option<RoundReport>,
    ended: bool,
}

impl WatchHealth {
    /// Returns how many rounds ended without a failure.
    pub fn rounds(&self) -> u64 {
        self.latest.borrow().rounds
    }

    /// Returns how often the watch waited for the rate limit: because the limit or the reserve was
    /// used up, or to make the rest last until the window ends.
    pub fn waits(&self) -> u64 {
        self.latest.borrow().waits
    }

    /// Returns how many requests failed, or were refused.
    pub fn failures(&self) -> u64 {
        self.latest.borrow().failures
    }

    /// Returns how long the newest message had been there when the watch found it, by the server's
    /// clock. `None` before the first message.
    pub fn lag(&self) -> Option<Duration> {
        self.latest.borrow().lag
    }

    /// Returns what the last round without a failure did. `None` before the first.
    pub fn last_round(&self) -> Option<RoundReport> {
        self.latest.borrow().last_round
    }

    /// Returns whether the watch has begun: messages sent from now on are emitted.
    pub fn has_started(&self) -> bool {
        self.latest.borrow().started
    }

    /// Waits until the watch has begun. Returns `false` if it ended or was dropped before.
    ///
    /// A watch only works while a task awaits its events, so this is for another task than the
    /// one that does. Messages sent after it returns are emitted.
    pub async fn started(&self) -> bool {
        let mut latest = self.latest.clone();
        match latest.wait_for(|report| report.started || report.ended).await {
            Ok(report) => report.started,
            Err(_) => false,
        }
    }
}

/// The side of the watch.
#[derive(Debug)]
pub(super) struct Recorder {
    latest: watch::Sender<Report>,
}

impl Recorder {
    pub(super) fn new() -> Self {
        Self { latest: watch::Sender::new(Report::default()) }
    }

    pub(super) fn reader(&self) -> WatchHealth {
        WatchHealth { latest: self.latest.subscribe() }
    }

    pub(super) fn has_started(&self) -> bool {
        self.latest.borrow().started
    }

    pub(super) fn start(&self) {
        self.latest.send_if_modified(|report| !std::mem::replace(&mut report.started, true));
    }

    pub(super) fn end(&self) {
        self.latest.send_modify(|report| report.ended = true);
    }

    pub(super) fn wait(&self) {
        self.latest.send_modify(|report| report.waits += 1);
    }

    pub(super) fn fail(&self) {
        self.latest.send_modify(|report| report.failures += 1);
    }

    /// A message sent at `sent` was found in a reply of `date`.
    pub(super) fn found(&self, sent: UnixTime, date: UnixTime) {
        let lag = u64::try_from(date.0.saturating_sub(sent.0)).unwrap_or_default();
        self.latest.send_modify(|report| report.lag = Some(Duration::from_secs(lag)));
    }

    pub(super) fn round(&self, round: RoundReport) {
        self.latest.send_modify(|report| {
            report.rounds += 1;
            report.last_round = Some(round);
        });
    }
}
