//! Faults on demand.
//!
//! | module | what it holds |
//! |---|---|
//! | `condition` | for which requests a fault happens |
//! | `preset` | what programs meet at the service, with a name |
//! | `validate` | refuses faults that cannot happen |
//! | `queue` | the faults that have not happened yet |

mod condition;
pub(crate) mod preset;
mod queue;
mod validate;

use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) use condition::Seen;
#[cfg(feature = "page")]
pub(crate) use queue::Armed;
pub(crate) use queue::Queue;
use serde::{Deserialize, Serialize};
pub use validate::InvalidFault;

/// The name of the token endpoint (OAuth 2.0) in [`Fault::operation`].
pub(crate) const TOKEN_ENDPOINT: &str = "oauthToken";

/// A fault that happens to one of the next requests.
///
/// ```
/// use std::time::Duration;
/// use chatwork_sandbox::{Fault, FaultLimit};
///
/// let busy = Fault::status(503).body("<html>busy</html>").times(2);
/// let slow = Fault::delay(Duration::from_secs(20)).operation("listRooms");
/// let lost = Fault::close().after_processing(); // the message is posted, the reply is lost
/// let half = Fault::cut(10);
/// let wait = Fault::rate_limit(FaultLimit::RoomPosting).operation("createRoomMessage");
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The operationId; `None` for every operation.
    #[serde(default)]
    operation: Option<String>,
    /// The key of the account; `None` for every account.
    #[serde(default)]
    account: Option<String>,
    /// The id of the room in the path.
    #[serde(default)]
    room: Option<i64>,
    /// The path, with `/v2`. With `*` at its end, the beginning of the path.
    #[serde(default)]
    path: Option<String>,
    /// Parameters of the path, the query or a form, with the values that they must have.
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    /// The Unix time by the sandbox's clock from which on it happens.
    #[serde(default)]
    from: Option<i64>,
    /// The Unix time at which it ends.
    #[serde(default)]
    until: Option<i64>,
    /// How likely it happens to each of these requests.
    #[serde(default)]
    probability: Option<f64>,
    /// The seed of the chance.
    #[serde(default)]
    seed: u64,
    /// To which of these requests it happens, again and again.
    #[serde(default)]
    sequence: Vec<bool>,
    /// The number of requests to which it happens; `None` for the default, and then for no end.
    #[serde(default)]
    times: Option<u32>,
    /// The number of requests that succeed before.
    #[serde(default)]
    skip: u32,
    /// The delay of the reply in milliseconds of tokio's clock.
    #[serde(default)]
    delay_ms: u64,
    /// A status that replaces the real one.
    #[serde(default)]
    status: Option<u16>,
    /// The headers that go with the status.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// The body that goes with the status.
    #[serde(default)]
    body: Option<String>,
    /// A 429 with the headers and the text of a rate limit.
    #[serde(default)]
    rate_limit: Option<FaultLimit>,
    /// Closes the connection without a reply.
    #[serde(default)]
    close: bool,
    /// Closes the connection after this many bytes of the body.
    #[serde(default)]
    cut: Option<usize>,
    /// Drops so many of the newest entries of a list.
    #[serde(default)]
    lag: Option<usize>,
    /// Whether the request is processed before its reply fails.
    #[serde(default)]
    act: bool,
}

/// The rate limit that a fault imitates.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultLimit {
    /// 300 requests in 5 minutes.
    Account,
    /// 10 posts to a room in 10 seconds.
    RoomPosting,
}

impl Fault {
    fn none() -> Self {
        Self {
            operation: None,
            account: None,
            room: None,
            path: None,
            parameters: BTreeMap::new(),
            from: None,
            until: None,
            probability: None,
            seed: 0,
            sequence: Vec::new(),
            times: None,
            skip: 0,
            delay_ms: 0,
            status: None,
            headers: BTreeMap::new(),
            body: None,
            rate_limit: None,
            close: false,
            cut: None,
            lag: None,
            act: false,
        }
    }

    /// Replaces the reply by one with this status, and with only those headers and that body that
    /// are set here.
    pub fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::none() }
    }

    /// Replaces the reply by the 429 of a rate limit. The limit itself does not change.
    pub fn rate_limit(limit: FaultLimit) -> Self {
        Self { rate_limit: Some(limit), ..Self::none() }
    }

    /// Closes the connection without a reply.
    pub fn close() -> Self {
        Self { close: true, ..Self::none() }
    }

    /// Closes the connection after this many bytes of the body.
    pub fn cut(after: usize) -> Self {
        Self { cut: Some(after), ..Self::none() }
    }

    /// Delays the real reply. The delay uses tokio's clock, which a test can pause.
    pub fn delay(by: Duration) -> Self {
        Self::none().delayed(by)
    }

    /// Drops so many of the newest entries of a list, as if the service lagged behind.
    pub fn lag(entries: usize) -> Self {
        Self { lag: Some(entries), ..Self::none() }
    }

    /// Returns a fault that programs meet at the service, by its name. The README of this crate lists
    /// them. `None` if there is none of this name.
    pub fn preset(name: &str) -> Option<Self> {
        preset::named(name)
    }

    /// Limits the fault to one account, by its key.
    #[must_use]
    pub fn account(mut self, key: impl Into<String>) -> Self {
        self.account = Some(key.into());
        self
    }

    /// Limits the fault to requests with this room in their path.
    #[must_use]
    pub fn room(mut self, room: i64) -> Self {
        self.room = Some(room);
        self
    }

    /// Limits the fault to a path, with `/v2`. With `*` at its end, to paths that begin so.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Limits the fault to requests in which a parameter has this value: of the path, the query or a
    /// form. One entry of a list with commas is enough.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Lets the fault happen from a Unix time on, by the sandbox's clock.
    #[must_use]
    pub fn from(mut self, seconds: i64) -> Self {
        self.from = Some(seconds);
        self
    }

    /// Lets the fault happen before a Unix time only, by the sandbox's clock.
    #[must_use]
    pub fn until(mut self, seconds: i64) -> Self {
        self.until = Some(seconds);
        self
    }

    /// Lets the fault happen by chance, from 0 (never) to 1 (always). A seed gives the same requests
    /// each time. Without [`times`](Self::times), it has no end.
    #[must_use]
    pub fn probability(mut self, probability: f64, seed: u64) -> Self {
        (self.probability, self.seed) = (Some(probability), seed);
        self
    }

    /// Lets the fault happen to some of the requests, in turn: `[true, true, false]` fails twice and
    /// succeeds once. Without [`times`](Self::times), it ends after one round.
    #[must_use]
    pub fn sequence(mut self, sequence: impl Into<Vec<bool>>) -> Self {
        self.sequence = sequence.into();
        self
    }

    /// Sets the body of the reply. Needs a status.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Adds a header to the reply. Needs a status.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Limits the fault to one operation, by its operationId. `oauthToken` names the token
    /// endpoint of OAuth 2.0, to which a fault happens only if it is named.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.operation = Some(id.into());
        self
    }

    /// Sets to how many requests the fault happens. Default: 1; one round of a sequence; no end with a
    /// probability or an `until`. 0 is refused when the fault is added.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// Sets how many requests succeed before the fault happens. Default: 0.
    #[must_use]
    pub fn skip(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Delays the reply of any other fault.
    #[must_use]
    pub fn delayed(mut self, by: Duration) -> Self {
        self.delay_ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// Processes the request before its reply fails. Default: the request has no effect.
    #[must_use]
    pub fn after_processing(mut self) -> Self {
        self.act = true;
        self
    }

    /// The fault with its default of `times`.
    pub(crate) fn settled(mut self) -> Self {
        let round = self.sequence.iter().filter(|fails| **fails).count();
        let has_no_end = self.probability.is_some() || self.until.is_some();
        self.times = match self.times {
            Some(times) => Some(times),
            None if round > 0 => u32::try_from(round).ok(),
            None if has_no_end => None,
            None => Some(1),
        };
        self
    }

    pub(crate) fn lagging(&self) -> Option<usize> {
        self.lag
    }

    pub(crate) fn wait(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }

    pub(crate) fn closes(&self) -> bool {
        self.close
    }

    pub(crate) fn cut_after(&self) -> Option<usize> {
        self.cut
    }

    pub(crate) fn limit(&self) -> Option<FaultLimit> {
        self.rate_limit
    }

    /// The status, headers and body that replace the real reply, if any.
    pub(crate) fn reply(&self) -> Option<(u16, &BTreeMap<String, String>, &str)> {
        let body = self.body.as_deref().unwrap_or_default();
        self.status.map(|status| (status, &self.headers, body))
    }

    /// Whether the request is processed. A reply that is only late or cut is the real one.
    pub(crate) fn processes(&self) -> bool {
        self.act || !(self.close || self.status.is_some() || self.rate_limit.is_some())
    }

    /// The note in the log of a request that the fault affected.
    pub(crate) fn note(&self) -> String {
        let what = match (self.status, self.rate_limit, self.cut) {
            (Some(status), ..) => format!("status {status}"),
            (_, Some(FaultLimit::Account), _) => "rate_limit account".to_owned(),
            (_, Some(FaultLimit::RoomPosting), _) => "rate_limit room_posting".to_owned(),
            (.., Some(after)) => format!("cut after {after} bytes"),
            _ if self.lag.is_some() => "a list that lags".to_owned(),
            _ if self.close => "close".to_owned(),
            _ => format!("{} ms late", self.delay_ms),
        };
        let processed = if self.processes() { "processed" } else { "not processed" };
        format!("fault: {what}; the request was {processed}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_names_the_fault_and_whether_the_request_was_processed() {
        for (fault, note) in [
            (Fault::status(503), "fault: status 503; the request was not processed"),
            (
                Fault::rate_limit(FaultLimit::Account),
                "fault: rate_limit account; the request was not processed",
            ),
            (
                Fault::rate_limit(FaultLimit::RoomPosting),
                "fault: rate_limit room_posting; the request was not processed",
            ),
            (Fault::cut(12), "fault: cut after 12 bytes; the request was processed"),
            (Fault::close(), "fault: close; the request was not processed"),
            (Fault::close().after_processing(), "fault: close; the request was processed"),
        ] {
            assert_eq!(fault.note(), note);
        }
    }
}
