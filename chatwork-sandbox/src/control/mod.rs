//! `/_sandbox/…`: the controls of the sandbox, which the service does not have. They need no token, and
//! a key if other machines can reach them.

mod clock;
mod faults;
#[cfg(feature = "workbench")]
mod har;
mod requests;
mod revoke;
pub(crate) mod state;
mod webhooks;
#[cfg(feature = "workbench")]
mod world;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::routing::{delete, get, post};
use axum::{Router, routing::MethodRouter};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::http::{App, Reply, Whole};

type Shared = State<Arc<App>>;

/// The paths below `/_sandbox`.
pub(crate) fn router() -> Router<Arc<App>> {
    let known: [(&str, MethodRouter<Arc<App>>); 14] = [
        ("/health", get(health)),
        ("/faults", get(faults::list).post(faults::add).delete(faults::clear)),
        ("/faults/presets", get(faults::presets)),
        ("/faults/{id}", delete(faults::remove)),
        ("/clock", get(clock::get).post(clock::set)),
        ("/requests", get(requests::list).delete(requests::clear)),
        ("/requests/count", get(requests::count)),
        ("/state", get(state::get)),
        ("/revoke", post(revoke::revoke)),
        ("/reset", post(reset)),
        ("/webhooks", get(webhooks::list).post(webhooks::add)),
        ("/webhooks/deliveries", get(webhooks::deliveries)),
        ("/webhooks/idle", get(webhooks::idle)),
        ("/webhooks/{id}", post(webhooks::switch).delete(webhooks::remove)),
    ];
    let router =
        known.into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    #[cfg(feature = "workbench")]
    let router = router.route("/login", post(crate::http::access::login));
    #[cfg(feature = "workbench")]
    let router = router.merge(world::router()).route("/requests/har", get(requests::har));
    router
}

#[derive(Serialize)]
struct Done {
    reset: bool,
}

/// That the sandbox answers, and its version.
#[derive(Serialize)]
struct Health {
    ready: bool,
    version: &'static str,
}

async fn health(State(app): Shared) -> Response<Body> {
    show(&app, &Health { ready: true, version: env!("CARGO_PKG_VERSION") })
}

async fn reset(State(app): Shared) -> Response<Body> {
    app.reset();
    tracing::info!("reset");
    show(&app, &Done { reset: true })
}

/// 200 with a value.
fn show(app: &App, value: &impl Serialize) -> Response<Body> {
    Reply::json(200, value).into_response(app.clock.now())
}

/// 400 with the reason, which is logged as well.
fn refuse(app: &App, text: &str) -> Response<Body> {
    refuse_with(app, 400, text)
}

fn refuse_with(app: &App, status: u16, text: &str) -> Response<Body> {
    tracing::warn!("/_sandbox {status}\n  refused: {text}");
    Reply::error(status, text).into_response(app.clock.now())
}

/// Parses a JSON object. `http/access` has refused other content types.
fn read<T: DeserializeOwned>(body: &Whole) -> Result<T, String> {
    let body = body.bytes()?;
    // serde reads a struct from an array as well, so `[]` would be a command without options.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err("Invalid body: expected a JSON object".to_owned());
    }
    serde_json::from_slice(body).map_err(|error| format!("Invalid body: {error}"))
}
