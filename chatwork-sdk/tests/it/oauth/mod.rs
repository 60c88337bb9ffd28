//! OAuth 2.0: consent, tokens, and clients that refresh them.

mod authorize;
mod callback;
mod doubles;
mod exchange;
mod failures;
mod files;
mod flow;
mod hung;
mod once;
mod party;
mod pkce;
mod privacy;
mod processes;
mod refresh;
mod rejections;
mod scopes;
mod settle;
mod sign_out;
mod stores;
mod users;
