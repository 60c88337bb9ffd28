//! `/_sandbox/requests`: the record of requests, as a whole or what a filter lets through.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::Response;
use serde::Serialize;
use tokio::time::{Instant, timeout_at};

use super::{Shared, refuse, refuse_with, show};
use crate::http::{App, RequestFilter, query_values};

/// The longest wait, in seconds: shorter than the patience of most clients.
const LONGEST: u64 = 60;

/// The parameters of the record.
const NAMES: [&str; 9] =
    ["operation", "status", "account", "room", "method", "path", "after", "wait", "count"];

/// What a query asks for.
struct Asked {
    filter: RequestFilter,
    wait: Option<Duration>,
    count: usize,
}

/// `GET /_sandbox/requests`. With `wait`, waits until as many requests are there as `count` says.
pub(super) async fn list(State(app): Shared, RawQuery(query): RawQuery) -> Response<Body> {
    let asked = match asked(query.as_deref().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(text) => return refuse(&app, &text),
    };
    let found = match asked.wait {
        None => app.core().log.matching(&asked.filter),
        Some(wait) => match app.requests(&asked.filter, asked.count, wait).await {
            Ok(found) => found,
            Err(found) => {
                let (count, seconds) = (asked.count, wait.as_secs_f64());
                let text = format!(
                    "{count} such requests were expected within {seconds} s, and {found} came: \
                     GET /_sandbox/requests without `wait` lists all"
                );
                return refuse_with(&app, 408, &text);
            }
        },
    };
    show(&app, &found)
}

#[derive(Serialize)]
struct Count {
    count: usize,
}

/// `GET /_sandbox/requests/count`.
pub(super) async fn count(State(app): Shared, RawQuery(query): RawQuery) -> Response<Body> {
    match asked(query.as_deref().unwrap_or_default()) {
        Ok(Asked { wait: Some(_), .. }) => {
            refuse(&app, "`wait` is of GET /_sandbox/requests alone")
        }
        Ok(asked) => show(&app, &Count { count: app.core().log.matching(&asked.filter).len() }),
        Err(text) => refuse(&app, &text),
    }
}

#[derive(Serialize)]
struct Cleared {
    cleared: usize,
}

/// `DELETE /_sandbox/requests`: forgets all. The world stays, and the numbers go on.
pub(super) async fn clear(State(app): Shared) -> Response<Body> {
    let cleared = app.core().log.clear();
    show(&app, &Cleared { cleared })
}

/// `GET /_sandbox/requests/har`: the record as HAR 1.2.
#[cfg(feature = "workbench")]
pub(super) async fn har(State(app): Shared, RawQuery(query): RawQuery) -> Response<Body> {
    match asked(query.as_deref().unwrap_or_default()) {
        Ok(Asked { wait: Some(_), .. }) => {
            refuse(&app, "`wait` is of GET /_sandbox/requests alone")
        }
        Ok(asked) => {
            let requests = app.core().log.matching(&asked.filter);
            show(&app, &super::har::of(&app.origin, &requests))
        }
        Err(text) => refuse(&app, &text),
    }
}

fn asked(query: &str) -> Result<Asked, String> {
    let [operation, status, account, room, method, path, after, wait, count] =
        query_values(query, NAMES)?;
    let number = |name: &str, text: Option<String>, expected: &str| {
        text.map(|text| text.parse::<u64>().map_err(|_| format!("Invalid `{name}`: {expected}")))
            .transpose()
    };
    if let Some(id) = &operation
        && !RequestFilter::knows(id)
    {
        return Err(format!("Unknown `operation` {id}: expected an operationId, as `getMe`"));
    }
    let status = status.map(|text| match text.as_str() {
        "closed" => Ok(None),
        text => match text.parse::<u16>() {
            Ok(status @ 100..=599) => Ok(Some(status)),
            _ => Err("Invalid `status`: expected 100 to 599, or closed".to_owned()),
        },
    });
    let room = number("room", room, "expected a room id")?;
    let after = number("after", after, "expected the `number` of a request")?;
    let count = number("count", count, "expected 1 to 1000")?;
    if !count.is_none_or(|count| (1..=1_000).contains(&count)) {
        return Err("Invalid `count`: expected 1 to 1000".to_owned());
    }
    let wait = match wait.map(|text| text.parse::<f64>()) {
        None => None,
        Some(Ok(seconds)) if (0.0..=LONGEST as f64).contains(&seconds) => {
            Some(Duration::from_secs_f64(seconds))
        }
        Some(_) => return Err(format!("Invalid `wait`: expected 0 to {LONGEST} seconds")),
    };
    if wait.is_none() && count.is_some() {
        return Err("`count` needs `wait`: GET /_sandbox/requests/count counts".to_owned());
    }
    let filter = RequestFilter {
        operation,
        status: status.transpose()?,
        account,
        room: room.map(|room| room.to_string()),
        method: method.map(|method| method.to_ascii_uppercase()),
        path,
        after: after.unwrap_or(0),
    };
    Ok(Asked { filter, wait, count: usize::try_from(count.unwrap_or(1)).unwrap_or(1) })
}

impl App {
    /// Waits until the record has so many requests. Returns how many there are if the time is over.
    pub(crate) async fn requests(
        self: &Arc<Self>,
        filter: &RequestFilter,
        count: usize,
        wait: Duration,
    ) -> Result<Vec<crate::http::LoggedRequest>, usize> {
        let deadline = Instant::now() + wait;
        loop {
            let logged = self.core().log.changed();
            let logged = logged.notified();
            let mut logged = std::pin::pin!(logged);
            // From here on, so that a request between the check and the wait is not missed.
            logged.as_mut().enable();
            let found = self.core().log.matching(filter);
            if found.len() >= count {
                return Ok(found);
            }
            if timeout_at(deadline, logged).await.is_err() {
                return Err(found.len());
            }
        }
    }
}
