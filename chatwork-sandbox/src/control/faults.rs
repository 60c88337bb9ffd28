//! `/_sandbox/faults`: adds, lists and removes faults.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::Response;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Shared, read, refuse, refuse_with, show};
use crate::fault::{Fault, preset};
use crate::http::{App, Whole};

pub(super) async fn list(State(app): Shared) -> Response<Body> {
    pending(&app)
}

pub(super) async fn add(State(app): Shared, body: Whole) -> Response<Body> {
    let is_preset = read::<Peek>(&body).is_ok_and(|peek| peek.preset.is_some());
    let fault = match is_preset {
        true => read::<FromPreset>(&body).and_then(FromPreset::fault),
        false => read::<Fault>(&body),
    };
    let fault = fault.and_then(|fault| match fault.validate() {
        Ok(()) => Ok(fault),
        Err(invalid) => Err(invalid.to_string()),
    });
    match fault {
        Ok(fault) => {
            app.core().faults.add(fault);
            pending(&app)
        }
        Err(text) => refuse(&app, &text),
    }
}

#[derive(Deserialize)]
struct Peek {
    preset: Option<IgnoredAny>,
}

/// A preset, and for which requests it happens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FromPreset {
    preset: String,
    operation: Option<String>,
    account: Option<String>,
    room: Option<i64>,
    path: Option<String>,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    from: Option<i64>,
    until: Option<i64>,
    probability: Option<f64>,
    #[serde(default)]
    seed: u64,
    #[serde(default)]
    sequence: Vec<bool>,
    times: Option<u32>,
    #[serde(default)]
    skip: u32,
}

impl FromPreset {
    fn fault(self) -> Result<Fault, String> {
        let asked = self;
        let mut fault = preset::named(&asked.preset).ok_or_else(|| {
            format!("Unknown `preset` {}: expected {}", asked.preset, preset::NAMES.join(", "))
        })?;
        fault = given(fault, asked.operation, Fault::operation);
        fault = given(fault, asked.account, Fault::account);
        fault = given(fault, asked.room, Fault::room);
        fault = given(fault, asked.path, Fault::path);
        fault = given(fault, asked.from, Fault::from);
        fault = given(fault, asked.until, Fault::until);
        fault = given(fault, asked.times, Fault::times);
        for (name, value) in asked.parameters {
            fault = fault.parameter(name, value);
        }
        if let Some(probability) = asked.probability {
            fault = fault.probability(probability, asked.seed);
        }
        if !asked.sequence.is_empty() {
            fault = fault.sequence(asked.sequence);
        }
        Ok(fault.skip(asked.skip))
    }
}

fn given<T>(fault: Fault, value: Option<T>, set: impl FnOnce(Fault, T) -> Fault) -> Fault {
    match value {
        Some(value) => set(fault, value),
        None => fault,
    }
}

/// `DELETE /_sandbox/faults/ID`.
pub(super) async fn remove(
    State(app): Shared,
    id: Result<Path<String>, PathRejection>,
) -> Response<Body> {
    let id = id.ok().and_then(|Path(id)| id.parse().ok());
    match id.is_some_and(|id| app.core().faults.remove(id)) {
        true => pending(&app),
        false => refuse_with(&app, 404, "Unknown fault: GET /_sandbox/faults lists all"),
    }
}

/// `GET /_sandbox/faults/presets`: their names.
pub(super) async fn presets(State(app): Shared) -> Response<Body> {
    show(&app, &preset::NAMES)
}

pub(super) async fn clear(State(app): Shared) -> Response<Body> {
    app.core().faults.clear();
    pending(&app)
}

fn pending(app: &App) -> Response<Body> {
    let faults = app.core().faults.armed();
    show(app, &faults)
}
