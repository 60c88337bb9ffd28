//! Faults on demand.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use axum::http::header::{CONTENT_LENGTH, TRANSFER_ENCODING};
use axum::http::{HeaderName, HeaderValue};
use chatwork_api::operations;
use serde::{Deserialize, Serialize};

/// The name by which faults speak of the token endpoint of OAuth 2.0.
pub(crate) const TOKEN_ENDPOINT: &str = "oauthToken";

/// Something that goes wrong with the next requests.
///
/// ```
/// use std::time::Duration;
/// use chatwork_sandbox::{Fault, FaultLimit};
///
/// let busy = Fault::status(503).body("<html>busy</html>").times(2);
/// let slow = Fault::delay(Duration::from_secs(20)).operation("listRooms");
/// let lost = Fault::close().acting();      // the message is posted, the reply never comes
/// let half = Fault::cut(10);
/// let wait = Fault::rate_limit(FaultLimit::RoomPosting).operation("createRoomMessage");
/// ```
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The operationId to which it happens; left out, it happens to every operation.
    #[serde(default)]
    operation: Option<String>,
    /// How many requests it happens to.
    #[serde(default = "one")]
    times: u32,
    /// How many requests go well before.
    #[serde(default)]
    skip: u32,
    /// How long the reply takes, in milliseconds of real time (of tokio's, to be exact).
    #[serde(default)]
    delay_ms: u64,
    /// A status in the place of the real one.
    #[serde(default)]
    status: Option<u16>,
    /// The headers that go with it.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// The body that goes with it.
    #[serde(default)]
    body: Option<String>,
    /// A 429 with the headers and the text of a rate limit.
    #[serde(default)]
    rate_limit: Option<FaultLimit>,
    /// The connection is closed without a reply.
    #[serde(default)]
    close: bool,
    /// The connection is closed after so many bytes of the body.
    #[serde(default)]
    cut: Option<usize>,
    /// Whether the request is carried out before the reply goes wrong.
    #[serde(default)]
    act: bool,
}

/// Which rate limit a fault pretends to.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultLimit {
    /// 300 requests in 5 minutes.
    Account,
    /// 10 posts to a room in 10 seconds.
    RoomPosting,
}

fn one() -> u32 {
    1
}

impl Fault {
    fn none() -> Self {
        Self {
            operation: None,
            times: 1,
            skip: 0,
            delay_ms: 0,
            status: None,
            headers: BTreeMap::new(),
            body: None,
            rate_limit: None,
            close: false,
            cut: None,
            act: false,
        }
    }

    /// A reply of this status in the place of the real one, with nothing but what is set.
    pub fn status(status: u16) -> Self {
        Self { status: Some(status), ..Self::none() }
    }

    /// A 429 as the rate limit answers it. The limit itself is not touched.
    pub fn rate_limit(limit: FaultLimit) -> Self {
        Self { rate_limit: Some(limit), ..Self::none() }
    }

    /// A connection that is closed without a reply.
    pub fn close() -> Self {
        Self { close: true, ..Self::none() }
    }

    /// A connection that is closed after so many bytes of the body.
    pub fn cut(after: usize) -> Self {
        Self { cut: Some(after), ..Self::none() }
    }

    /// The real reply, late. Time is tokio's: paused in a test, it costs none.
    pub fn delay(by: Duration) -> Self {
        Self { delay_ms: u64::try_from(by.as_millis()).unwrap_or(u64::MAX), ..Self::none() }
    }

    /// The body of the reply, whatever it is.
    #[must_use]
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// A header of the reply.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into(), value.into());
        self
    }

    /// Only to this operation, by its operationId; `oauthToken` is the token endpoint of OAuth 2.0,
    /// to which nothing happens unless it is named.
    #[must_use]
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.operation = Some(id.into());
        self
    }

    /// To so many requests rather than one; 0 is refused when the fault is added.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Not to the first so many requests.
    #[must_use]
    pub fn skip(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Late as well.
    #[must_use]
    pub fn delayed(mut self, by: Duration) -> Self {
        self.delay_ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        self
    }

    /// The request is carried out, only its reply goes wrong.
    #[must_use]
    pub fn acting(mut self) -> Self {
        self.act = true;
        self
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

    /// The status, headers and body that it answers with, if it does.
    pub(crate) fn reply(&self) -> Option<(u16, &BTreeMap<String, String>, &str)> {
        let body = self.body.as_deref().unwrap_or_default();
        self.status.map(|status| (status, &self.headers, body))
    }

    /// Whether the request is carried out: a late or cut reply is the real one.
    pub(crate) fn acts(&self) -> bool {
        self.act || !(self.close || self.status.is_some() || self.rate_limit.is_some())
    }

    /// What makes no sense about it.
    pub(crate) fn nonsense(&self) -> Option<String> {
        let replies = [self.status.is_some(), self.rate_limit.is_some(), self.close];
        if replies.iter().filter(|is| **is).count() > 1 {
            return Some("`status`, `rate_limit` and `close` exclude each other".to_owned());
        }
        if self.status.is_none() && (self.body.is_some() || !self.headers.is_empty()) {
            return Some("`body` and `headers` go with `status`".to_owned());
        }
        if self.status.is_some_and(|status| !(200..=599).contains(&status)) {
            return Some("`status` is 200 to 599".to_owned());
        }
        if replies == [false; 3] && self.cut.is_none() && self.delay_ms == 0 {
            return Some("one of `status`, `rate_limit`, `close`, `cut`, `delay_ms`".to_owned());
        }
        if self.times == 0 {
            return Some("`times` is 1 or more".to_owned());
        }
        if matches!(self.status, Some(204 | 304)) && self.body.is_some() {
            return Some("a reply with `status` 204 or 304 has no `body`".to_owned());
        }
        self.unsendable_header().or_else(|| self.unknown_target())
    }

    /// What makes no sense about its headers: a length that is wrong would end the connection in
    /// a way of its own, for which there is `cut`.
    fn unsendable_header(&self) -> Option<String> {
        self.headers.iter().find_map(|(name, value)| match HeaderName::try_from(name) {
            Err(_) => Some(format!("`{name}` is no name of a header")),
            Ok(CONTENT_LENGTH | TRANSFER_ENCODING) => {
                Some(format!("`{name}` is set by itself; `cut` sends less than it promises"))
            }
            Ok(_) if HeaderValue::from_str(value).is_err() => {
                Some(format!("the value of `{name}` is none that a header can have"))
            }
            Ok(_) => None,
        })
    }

    /// What makes no sense about the operation that it is meant for.
    fn unknown_target(&self) -> Option<String> {
        let id = self.operation.as_deref()?;
        let is_endpoint = id == TOKEN_ENDPOINT;
        if is_endpoint && self.rate_limit.is_some() {
            return Some("the token endpoint has no rate limit".to_owned());
        }
        let known = is_endpoint || operations::ALL.iter().any(|operation| operation.id == id);
        (!known).then(|| format!("there is no operation `{id}`"))
    }
}

/// The faults that are still to happen, in the order in which they were asked for.
#[derive(Debug, Default)]
pub(crate) struct Queue(VecDeque<Fault>);

impl Queue {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.0.push_back(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn pending(&self) -> Vec<Fault> {
        self.0.iter().cloned().collect()
    }

    /// The fault that happens to a request of this operation. The first that fits is used up by
    /// one; one that still skips lets the request through to the next.
    pub(crate) fn take(&mut self, operation: Option<&str>) -> Option<Fault> {
        let any = operation != Some(TOKEN_ENDPOINT);
        let fits = |fault: &Fault| match fault.operation.as_deref() {
            None => any,
            named => named == operation,
        };
        for index in 0..self.0.len() {
            let Some(fault) = self.0.get_mut(index).filter(|fault| fits(fault)) else {
                continue;
            };
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.times = fault.times.saturating_sub(1);
            let taken = fault.clone();
            if taken.times == 0 {
                self.0.remove(index);
            }
            return Some(taken);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_it_says() {
        let mut queue = Queue::default();
        queue.add(Fault::status(503).times(2).skip(1));
        let happened: Vec<_> = (0..4).map(|_| queue.take(None).is_some()).collect();
        assert_eq!(happened, [false, true, true, false]);
    }

    #[test]
    fn a_fault_of_one_operation_leaves_others_alone() {
        let mut queue = Queue::default();
        queue.add(Fault::close().operation("listRooms"));
        assert!(queue.take(Some("getMe")).is_none());
        assert!(queue.take(Some("listRooms")).is_some());
    }

    #[test]
    fn the_token_endpoint_is_hit_only_when_it_is_named() {
        let mut queue = Queue::default();
        queue.add(Fault::close());
        queue.add(Fault::status(500).operation(TOKEN_ENDPOINT));
        let taken = queue.take(Some(TOKEN_ENDPOINT)).unwrap();
        assert_eq!((taken.closes(), queue.pending().len()), (false, 1));
    }

    #[test]
    fn nonsense_is_refused() {
        for fault in [
            Fault::none(),
            Fault::status(99),
            Fault::close().body("x"),
            Fault::close().times(0),
            Fault::status(204).body("x"),
            Fault::status(500).header("Content-Length", "3").body("hello"),
            Fault::status(500).header("transfer-encoding", "chunked"),
            Fault::status(500).header("no name", "x"),
            Fault::status(500).header("x", "a\nb"),
            Fault::close().operation("listRoom"),
            Fault::rate_limit(FaultLimit::Account).operation(TOKEN_ENDPOINT),
        ] {
            assert!(fault.nonsense().is_some(), "{fault:?}");
        }
        assert_eq!(Fault::cut(3).nonsense(), None);
    }
}
