//! OAuth 2.0: consent, tokens, and clients that refresh them.

mod authorize;
mod callback;
mod exchange;
mod failures;
mod files;
mod flow;
mod once;
mod party;
mod pkce;
mod privacy;
mod processes;
mod refresh;
mod scopes;
mod stores;
mod users;
