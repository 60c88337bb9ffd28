//! The sandbox over real HTTP. Every reply of the API in here is compared with spec/chatwork.yaml:
//! see `support/contract.rs`.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod support;

mod auth;
mod clock;
mod conditions;
mod contacts;
mod control;
mod endpoints;
mod faults;
mod files;
mod forms;
mod free_plan;
mod limits;
mod links;
mod load;
mod marks;
mod members;
mod messages;
mod notes;
mod oauth;
mod oddities;
mod page;
#[cfg(feature = "workbench")]
mod reach;
mod record;
#[cfg(feature = "reference")]
mod reference;
mod rights;
mod rooms;
#[cfg(feature = "workbench")]
mod saved;
mod tasks;
mod webhooks;
mod wire;
mod workbench;
#[cfg(feature = "workbench")]
mod world;
