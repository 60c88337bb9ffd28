//! `POST /_sandbox/world`: another world in place of the present one.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::super::{Shared, refuse, show};
use crate::http::{App, Large, Start};
use crate::world::{Generate, World};

/// How much there is now.
#[derive(Serialize)]
struct Loaded {
    accounts: usize,
    rooms: usize,
    messages: usize,
}

/// Starts over with a world, or with a state that `GET /_sandbox/state` returned, both as JSON. A
/// reset returns to it from now on.
pub(super) async fn load(State(app): Shared, body: Large) -> Response<Body> {
    // A large world takes a while: other requests are answered meanwhile.
    let hosts = app.webhooks.hosts().to_vec();
    let parsed = tokio::task::spawn_blocking(move || parse(&body, &hosts)).await;
    let start = match parsed.unwrap_or_else(|_| Err("The world cannot be read".to_owned())) {
        Ok(start) => start,
        Err(text) => return refuse(&app, &text),
    };
    app.load(start);
    tracing::info!("another world was loaded");
    show(&app, &count(&app))
}

fn parse(body: &Large, hosts: &[String]) -> Result<Start, String> {
    let text = std::str::from_utf8(body.bytes()?);
    let text = text.map_err(|_| "Invalid body: expected UTF-8".to_owned())?;
    if !text.trim_start().starts_with('{') {
        return Err("Invalid body: expected a JSON object".to_owned());
    }
    let generates = serde_json::from_str(text).is_ok_and(|peek: Peek| peek.generate.is_some());
    if !generates {
        return Start::parse(text, hosts).map_err(|error| error.to_string());
    }
    let size: ToGenerate =
        serde_json::from_str(text).map_err(|error| format!("Invalid body: {error}"))?;
    Ok(Start::World(Box::new(World::generate(size.generate))))
}

/// `{"generate": {"rooms": 1000, "messages": 100000, "seed": 1}}` instead of a world.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ToGenerate {
    generate: Generate,
}

#[derive(Deserialize)]
struct Peek {
    generate: Option<IgnoredAny>,
}

fn count(app: &App) -> Loaded {
    let core = app.core();
    Loaded {
        accounts: core.state.accounts().count(),
        rooms: core.state.rooms().count(),
        messages: core.state.rooms().map(|room| room.messages.len()).sum(),
    }
}
