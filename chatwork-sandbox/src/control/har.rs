//! The record as HAR 1.2, which browsers and other tools open.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::http::LoggedRequest;

#[derive(Serialize)]
pub(super) struct Har<'a> {
    log: Log<'a>,
}

#[derive(Serialize)]
struct Log<'a> {
    version: &'static str,
    creator: Creator,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Creator {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    started_date_time: String,
    time: u8,
    request: Request<'a>,
    response: Response<'a>,
    cache: Empty,
    timings: Timings,
    comment: String,
}

#[derive(Serialize)]
struct Empty {}

/// The sandbox does not measure time: its clock may stand still.
#[derive(Serialize)]
struct Timings {
    send: u8,
    wait: u8,
    receive: u8,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    method: &'a str,
    url: String,
    http_version: &'static str,
    cookies: [Empty; 0],
    headers: Vec<Pair>,
    query_string: Vec<Pair>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_data: Option<PostData<'a>>,
    headers_size: i8,
    body_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    mime_type: &'a str,
    params: [Empty; 0],
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Response<'a> {
    status: u16,
    status_text: &'a str,
    http_version: &'static str,
    cookies: [Empty; 0],
    headers: Vec<Pair>,
    content: Content<'a>,
    #[serde(rename = "redirectURL")]
    redirect_url: &'a str,
    headers_size: i8,
    body_size: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
    size: usize,
    mime_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

#[derive(Serialize)]
struct Pair {
    name: String,
    value: String,
}

const HTTP: &str = "HTTP/1.1";

/// The requests to the sandbox at this address. A connection that was closed has the status 0, as in
/// browsers.
pub(super) fn of<'a>(origin: &str, requests: &'a [LoggedRequest]) -> Har<'a> {
    let creator = Creator { name: "chatwork-sandbox", version: env!("CARGO_PKG_VERSION") };
    let entries = requests.iter().map(|request| entry(origin, request)).collect();
    Har { log: Log { version: "1.2", creator, entries } }
}

fn entry<'a>(origin: &str, request: &'a LoggedRequest) -> Entry<'a> {
    let query = if request.query.is_empty() { "" } else { "?" };
    let body = request.body.as_deref();
    let mime_type = request.content_type.as_deref().unwrap_or_default();
    let why = request.reason.iter().chain(&request.notes).cloned().collect::<Vec<_>>();
    Entry {
        started_date_time: iso(request.at),
        time: 0,
        request: Request {
            method: &request.method,
            url: format!("{origin}{}{query}{}", request.path, request.query),
            http_version: HTTP,
            cookies: [],
            headers: pairs(&request.headers),
            query_string: parameters(&request.query),
            post_data: body.map(|text| PostData { mime_type, params: [], text }),
            headers_size: -1,
            body_size: request.body_bytes,
        },
        response: response(request),
        cache: Empty {},
        timings: Timings { send: 0, wait: 0, receive: 0 },
        comment: why.join("; "),
    }
}

fn response(request: &LoggedRequest) -> Response<'_> {
    let reply = request.reply.as_ref();
    let header = |name: &str| {
        let found = reply.and_then(|reply| reply.headers.get(name));
        found.map_or("", String::as_str)
    };
    let status = request.status.unwrap_or(0);
    let known = axum::http::StatusCode::from_u16(status).ok();
    let size = reply.map_or(0, |reply| reply.body_bytes);
    Response {
        status,
        status_text: known.and_then(|status| status.canonical_reason()).unwrap_or_default(),
        http_version: HTTP,
        cookies: [],
        headers: reply.map_or_else(Vec::new, |reply| pairs(&reply.headers)),
        content: Content {
            size,
            mime_type: header("content-type"),
            text: reply.and_then(|reply| reply.body.as_deref()),
        },
        redirect_url: header("location"),
        headers_size: -1,
        body_size: size,
    }
}

fn pairs(headers: &BTreeMap<String, String>) -> Vec<Pair> {
    let pair =
        |(name, value): (&String, &String)| Pair { name: name.clone(), value: value.clone() };
    headers.iter().map(pair).collect()
}

fn parameters(query: &str) -> Vec<Pair> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Pair { name: name.to_owned(), value: value.to_owned() }
    };
    parts.map(pair).collect()
}

/// A Unix time in seconds as `2025-06-25T06:00:00Z`.
fn iso(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_har_wants_it() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_868_799, "2000-02-29T23:59:59Z"),
            (1_750_831_200, "2025-06-25T06:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] {
            assert_eq!(iso(seconds), text);
        }
    }
}
