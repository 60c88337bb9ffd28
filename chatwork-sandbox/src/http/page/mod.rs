//! The page at `/_sandbox/`: rooms, requests, webhooks, faults and the clock for people.
//!
//! | module | what it holds |
//! |---|---|
//! | `assets` | the files of the folder `page`, which are part of the program |
//! | `language` | Japanese or English |
//! | `texts` | the texts of a language, and how they come into the page |
//! | `notation` | the parts of message texts |
//! | `rooms` | accounts, rooms and messages, a piece at a time |
//! | `act` | calls an operation as an account |
//! | `deliveries` | one delivery of a webhook, and sending it again |
//! | `grants` | OAuth consents |
//! | `news`, `events` | what has changed, as server-sent events |
//! | `json` | bodies of calls and replies |
//!
//! The page has no rights of its own. Every program can call the same paths.

mod act;
mod assets;
mod deliveries;
mod events;
mod grants;
mod json;
mod language;
mod news;
mod notation;
mod rooms;
mod texts;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION,
    REFERRER_POLICY, SET_COOKIE, VARY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderName, Request, Response};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use bytes::Bytes;
use serde::Serialize;

use super::app::App;
use super::reply::Reply;
use language::Language;
pub(super) use news::News;

/// The address of the page.
const PAGE: &str = "/_sandbox/";
/// The page loads its own scripts and styles, calls the sandbox, and nothing else. A script that gets
/// into the page by a fault of ours can reach no other host.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; \
                      form-action 'none'";
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The paths of the page, and those that it calls.
pub(super) fn router(news: &News) -> Router<Arc<App>> {
    let news = news.clone();
    let listen = move |app: State<Arc<App>>| events::serve(app, news.clone());
    Router::new()
        .route("/_sandbox", get(redirect))
        .route(PAGE, get(show))
        .route("/_sandbox/page/{file}", get(asset))
        .route("/_sandbox/notation", post(notation::parse))
        .route("/_sandbox/operations", get(operations))
        .route("/_sandbox/accounts", get(rooms::accounts))
        .route("/_sandbox/rooms", get(rooms::list))
        .route("/_sandbox/rooms/{room_id}", get(rooms::one))
        .route("/_sandbox/rooms/{room_id}/messages", get(rooms::messages))
        .route("/_sandbox/act", post(act::serve))
        .route("/_sandbox/grants", get(grants::list))
        .route("/_sandbox/webhooks/deliveries/{number}", get(deliveries::body))
        .route("/_sandbox/webhooks/deliveries/{number}/resend", post(deliveries::resend))
        .route("/_sandbox/events", get(listen))
}

/// Tells open pages what each request has changed.
pub(super) fn watch(router: Router, news: News) -> Router {
    router.layer(from_fn_with_state(news, news::tell))
}

async fn redirect(State(app): State<Arc<App>>) -> Response<Body> {
    Reply::empty(308).with(LOCATION, PAGE).into_response(app.clock.now())
}

async fn show(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (parts, _) = request.into_parts();
    page(&parts).into_response(app.clock.now())
}

/// The page in the language of the request. The page keeps a language that its address names.
fn page(parts: &Parts) -> Reply {
    let (language, chosen) = Language::of(parts);
    let html = texts::fill(assets::PAGE, language);
    let reply = file("text/html; charset=utf-8", Bytes::from(html))
        .with(CONTENT_SECURITY_POLICY, POLICY)
        .with(X_FRAME_OPTIONS, "DENY")
        .with(OPENER_POLICY, "same-origin")
        .with(CONTENT_LANGUAGE, language.code())
        .with(VARY, "accept-language, cookie");
    match chosen {
        true => reply.with(SET_COOKIE, language.cookie()),
        false => reply,
    }
}

async fn asset(
    State(app): State<Arc<App>>,
    name: Result<Path<String>, PathRejection>,
) -> Response<Body> {
    let asset = name.ok().and_then(|Path(name)| assets::find(&name));
    let reply = match asset {
        Some((kind, text)) => file(kind, Bytes::from_static(text.as_bytes())),
        None => Reply::error(404, "The page has no such file"),
    };
    reply.into_response(app.clock.now())
}

/// An operation of the API, for which a fault can be armed.
#[derive(Serialize)]
struct Operation {
    id: &'static str,
    method: &'static str,
    path: &'static str,
}

/// `GET /_sandbox/operations`.
async fn operations(State(app): State<Arc<App>>) -> Response<Body> {
    let list: Vec<_> = chatwork_api::operations::ALL
        .iter()
        .map(|operation| Operation {
            id: operation.id,
            method: operation.method.as_str(),
            path: operation.path,
        })
        .collect();
    json::show(&app, &list)
}

/// A file that no page of another site can load, and that is not kept for another version.
fn file(kind: &str, body: Bytes) -> Reply {
    let mut reply = Reply::empty(200);
    reply.body = body;
    reply
        .with(CONTENT_TYPE, kind)
        .with(CACHE_CONTROL, "no-cache")
        .with(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .with(REFERRER_POLICY, "no-referrer")
        .with(RESOURCE_POLICY, "same-origin")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(uri: &str, headers: &[(&str, &str)]) -> Reply {
        let builder = headers.iter().fold(Request::builder().uri(uri), |builder, (name, value)| {
            builder.header(*name, *value)
        });
        page(&builder.body(()).unwrap().into_parts().0)
    }

    fn header(reply: &Reply, name: HeaderName) -> &str {
        reply.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[test]
    fn the_page_may_load_and_call_the_sandbox_only() {
        let reply = answered("/_sandbox/", &[]);
        let policy = header(&reply, CONTENT_SECURITY_POLICY);
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "connect-src 'self'",
            "img-src 'self' data:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ] {
            assert!(policy.split("; ").any(|given| given == part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(header(&reply, X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(header(&reply, REFERRER_POLICY), "no-referrer");
    }

    #[test]
    fn the_page_has_no_script_and_no_style_of_its_own() {
        for language in Language::ALL {
            let html = texts::fill(assets::PAGE, language);
            for part in ["style=", "<style", " onclick=", "javascript:", "http://", "https://"] {
                assert!(!html.contains(part), "{part}");
            }
            assert_eq!(html.matches("<script").count(), html.matches("<script src=").count());
        }
    }

    #[test]
    fn a_language_in_the_address_is_kept_in_a_cookie_of_this_site() {
        let reply = answered("/_sandbox/?lang=ja", &[("accept-language", "en")]);
        assert_eq!(header(&reply, CONTENT_LANGUAGE), "ja");
        let cookie = header(&reply, SET_COOKIE);
        assert!(cookie.contains("=ja;") && cookie.contains("SameSite=Strict"), "{cookie}");
        assert!(std::str::from_utf8(&reply.body).unwrap().contains("<html lang=\"ja\""));
    }

    #[test]
    fn a_language_that_the_browser_asks_for_sets_no_cookie() {
        let reply = answered("/_sandbox/", &[("accept-language", "ja")]);
        assert_eq!(header(&reply, CONTENT_LANGUAGE), "ja");
        assert_eq!(header(&reply, SET_COOKIE), "");
    }
}
