//! `GET /_sandbox/events`: what happens, as server-sent events.
//!
//! | event | data |
//! |---|---|
//! | `request` | a request, as in `GET /_sandbox/requests` |
//! | `requests` | more requests than are sent at once: read the list again |
//! | `delivery` | a delivery of a webhook, as in `GET /_sandbox/webhooks/deliveries` |
//! | `room` | `{"room_id": 1}`: something in the room changed |
//! | `world` | rooms came, went or have other names, or events were missed |
//! | `faults`, `clock`, `webhooks`, `grants` | these changed |
//! | `reset` | the world of the start was restored |
//!
//! What a Rust program changes without a request, as by `Sandbox::faults`, is told with the next
//! request.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use bytes::Bytes;
use futures_util::stream;
use serde::Serialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use super::news::{Change, News};
use crate::fault::Armed;
use crate::http::app::App;
use crate::http::reply::Reply;

/// The most requests and deliveries that are sent at once. A page that has missed more reads all.
const MOST: usize = 200;

pub(super) async fn serve(State(app): State<Arc<App>>, news: News) -> Response<Body> {
    let now = app.clock.now();
    let reply = Reply::empty(200)
        .with(CONTENT_TYPE, "text/event-stream")
        .with(CACHE_CONTROL, "no-store")
        .with(X_CONTENT_TYPE_OPTIONS, "nosniff");
    let mut response = reply.into_response(now);
    let feed = Feed::new(app, &news);
    *response.body_mut() = Body::from_stream(stream::unfold(feed, |mut feed| async move {
        let text = feed.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from(text)), feed))
    }));
    response
}

/// What one open page has been told.
struct Feed {
    app: Arc<App>,
    changes: Receiver<Change>,
    /// Whether the first line was sent, by which the page knows that it is connected.
    begun: bool,
    request: u64,
    delivery: u64,
    faults: Vec<Armed>,
}

impl Feed {
    fn new(app: Arc<App>, news: &News) -> Self {
        // Subscribes first, so that no change is missed between the two.
        let changes = news.listen();
        let core = app.core();
        let (request, faults) = (core.log.count(), core.faults.armed());
        drop(core);
        let delivery = app.webhooks.delivered();
        Self { app, changes, begun: false, request, delivery, faults }
    }

    /// Waits for news and returns them as text; `None` when the sandbox ends.
    async fn next(&mut self) -> Option<String> {
        if !self.begun {
            self.begun = true;
            return Some(": connected\n\n".to_owned());
        }
        loop {
            let app = Arc::clone(&self.app);
            let mut delivered = pin!(app.webhooks.changed());
            // Waits from here on, so that a delivery between the check and the wait is not missed.
            delivered.as_mut().enable();
            let text = self.deliveries();
            if !text.is_empty() {
                return Some(text);
            }
            let change = tokio::select! {
                change = self.changes.recv() => change,
                () = &mut delivered => continue,
            };
            let text = match change {
                Ok(change) => self.tell(change),
                Err(RecvError::Lagged(_)) => self.all_anew(),
                Err(RecvError::Closed) => return None,
            };
            if !text.is_empty() {
                return Some(text);
            }
        }
    }

    /// Tells a change and those that wait behind it, each once.
    fn tell(&mut self, first: Change) -> String {
        let mut changes = vec![first];
        loop {
            match self.changes.try_recv() {
                Ok(change) if changes.contains(&change) => {}
                Ok(change) => changes.push(change),
                Err(TryRecvError::Lagged(_)) => return self.all_anew(),
                Err(_) => break,
            }
        }
        if changes.contains(&Change::Reset) {
            self.catch_up();
            return event("reset", &Empty {});
        }
        let mut text: String = changes.iter().map(|change| named(*change)).collect();
        text.push_str(&self.requests());
        text
    }

    /// The requests since the last call, and whether one of them met a fault.
    fn requests(&mut self) -> String {
        let core = self.app.core();
        let (count, faults) = (core.log.count(), core.faults.armed());
        let requests = core.log.after(self.request, MOST);
        drop(core);
        let missed = count.saturating_sub(self.request) > MOST as u64;
        self.request = count;
        let mut text = match missed {
            true => event("requests", &Empty {}),
            false => requests.iter().map(|request| event("request", request)).collect(),
        };
        if faults != self.faults {
            self.faults = faults;
            text.push_str(&event("faults", &Empty {}));
        }
        text
    }

    fn deliveries(&mut self) -> String {
        let deliveries = self.app.webhooks.deliveries_after(self.delivery);
        if let Some(last) = deliveries.last() {
            self.delivery = last.number;
        }
        deliveries.iter().map(|delivery| event("delivery", delivery)).collect()
    }

    fn all_anew(&mut self) -> String {
        self.catch_up();
        event("world", &Empty {})
    }

    fn catch_up(&mut self) {
        let core = self.app.core();
        (self.request, self.faults) = (core.log.count(), core.faults.armed());
        drop(core);
        self.delivery = self.app.webhooks.delivered();
    }
}

#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
struct OfRoom {
    room_id: i64,
}

/// The event of a change; empty for a change that only the requests show.
fn named(change: Change) -> String {
    let name = match change {
        Change::Room(room_id) => return event("room", &OfRoom { room_id }),
        Change::Log => return String::new(),
        Change::World => "world",
        Change::Faults => "faults",
        Change::Clock => "clock",
        Change::Webhooks => "webhooks",
        Change::Grants => "grants",
        Change::Reset => "reset",
    };
    event(name, &Empty {})
}

fn event(name: &str, data: &impl Serialize) -> String {
    // Strings and numbers can always be written. JSON has no line break outside of its strings.
    let data = serde_json::to_string(data).unwrap_or_default();
    format!("event: {name}\ndata: {data}\n\n")
}
