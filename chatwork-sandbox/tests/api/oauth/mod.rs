//! OAuth 2.0: the consent page and the token endpoint.

mod authorize;
mod calls;
mod clients;
mod codes;
mod flow;
mod page;
mod pkce;
mod refresh;
