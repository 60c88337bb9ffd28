//! The state over HTTP.
//!
//! A request goes through these stations, in this order: its body is read, its operation found,
//! a fault of the queue happens or not, the token is looked at (401), the account's limit (429),
//! the path (400), the scope (403); then the operation's own function reads the parameters (400)
//! and lets the state act (403, 404, 400, 429).

mod app;
mod auth;
mod body;
mod call;
mod cut;
mod download;
mod form;
mod handlers;
mod invitation;
mod limits;
mod log;
pub(crate) mod oauth;
mod params;
mod pipeline;
mod reply;
mod route;
mod router;
mod serve;
mod upload;
mod view;

pub(crate) use app::App;
pub use log::LoggedRequest;
pub(crate) use reply::Reply;
pub(crate) use router::router;
pub(crate) use serve::serve;
