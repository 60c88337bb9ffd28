//! What has changed, for pages that are open.
//!
//! The state changes by requests alone, so each request that is answered tells what it may have
//! changed. A page reads again what concerns it.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::Response;
use axum::middleware::Next;
use tokio::sync::broadcast;

/// How many changes a slow page may be behind. One that is further behind reads everything again.
const CAPACITY: usize = 1_024;

/// What a request may have changed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Change {
    /// A room: its messages, marks, tasks, files, members.
    Room(i64),
    /// Which rooms there are.
    World,
    Faults,
    Clock,
    Webhooks,
    Grants,
    Reset,
    /// Nothing but the log of requests.
    Log,
}

impl Change {
    /// What a request may have changed; `None` for what no page shows.
    pub(super) fn of(method: &str, path: &str) -> Option<Self> {
        let reads = matches!(method, "GET" | "HEAD" | "OPTIONS");
        if let Some(control) = path.strip_prefix("/_sandbox/") {
            return Self::of_control(control).filter(|_| !reads);
        }
        if path == crate::http::oauth::TOKEN || path == crate::http::oauth::AUTHORIZE {
            return Some(Self::Grants);
        }
        let Some(api) = path.strip_prefix("/v2/").filter(|_| !reads) else {
            return Some(Self::Log);
        };
        let room = api.strip_prefix("rooms/").and_then(|rest| rest.split_once('/'));
        let room = room.and_then(|(id, _)| id.parse().ok());
        Some(room.map_or(Self::World, Self::Room))
    }

    fn of_control(path: &str) -> Option<Self> {
        let first = path.split('/').next().unwrap_or_default();
        Some(match first {
            "faults" => Self::Faults,
            "clock" => Self::Clock,
            "webhooks" => Self::Webhooks,
            "revoke" => Self::Grants,
            "reset" | "world" => Self::Reset,
            "rooms" => of_room(path).map_or(Self::World, Self::Room),
            "accounts" | "tokens" | "contact_requests" => Self::World,
            _ => return None,
        })
    }
}

/// The room of a control path whose messages or members change: what is below it.
fn of_room(path: &str) -> Option<i64> {
    path.strip_prefix("rooms/")?.split_once('/')?.0.parse().ok()
}

/// The channel to the open pages.
#[derive(Clone, Debug)]
pub(in crate::http) struct News(broadcast::Sender<Change>);

impl Default for News {
    fn default() -> Self {
        Self(broadcast::channel(CAPACITY).0)
    }
}

impl News {
    pub(super) fn listen(&self) -> broadcast::Receiver<Change> {
        self.0.subscribe()
    }
}

/// Passes a request on, and tells what it has changed once it is answered.
pub(super) async fn tell(State(news): State<News>, request: Request, next: Next) -> Response<Body> {
    let change = Change::of(request.method().as_str(), request.uri().path());
    let response = next.run(request).await;
    // An operation that was called by `act` is in the body of the request.
    let acted = response.extensions().get::<Change>().copied();
    if let Some(change) = acted.or(change) {
        // An error means that no page is open.
        let _ = news.0.send(change);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_room_names_the_room() {
        let of = Change::of;
        assert_eq!(of("POST", "/v2/rooms/7/messages"), Some(Change::Room(7)));
        assert_eq!(of("PUT", "/v2/rooms/7/tasks/1/status"), Some(Change::Room(7)));
        assert_eq!(of("POST", "/v2/rooms"), Some(Change::World));
        assert_eq!(of("DELETE", "/v2/rooms/7"), Some(Change::World));
        assert_eq!(of("PUT", "/v2/incoming_requests/1"), Some(Change::World));
    }

    #[test]
    fn a_read_changes_the_log_alone() {
        assert_eq!(Change::of("GET", "/v2/rooms/7/messages"), Some(Change::Log));
        assert_eq!(Change::of("GET", "/elsewhere"), Some(Change::Log));
    }

    #[test]
    fn controls_tell_what_they_change_and_reading_them_tells_nothing() {
        for (path, change) in [
            ("faults", Change::Faults),
            ("clock", Change::Clock),
            ("webhooks/1", Change::Webhooks),
            ("revoke", Change::Grants),
            ("reset", Change::Reset),
            ("world", Change::Reset),
            ("accounts/anna", Change::World),
            ("rooms", Change::World),
            ("rooms/7", Change::World),
            ("rooms/7/messages", Change::Room(7)),
            ("contact_requests/1", Change::World),
        ] {
            let path = format!("/_sandbox/{path}");
            assert_eq!(Change::of("POST", &path), Some(change), "{path}");
            assert_eq!(Change::of("GET", &path), None, "{path}");
        }
        assert_eq!(Change::of("POST", "/_sandbox/notation"), None);
        assert_eq!(Change::of("POST", "/token"), Some(Change::Grants));
    }
}
