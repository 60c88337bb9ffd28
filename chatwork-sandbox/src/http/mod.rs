//! The API over HTTP.
//!
//! The steps of a request, in this order: check where it comes from (403), read the body, find the
//! operation, take a fault from the queue, check the token (401), the account limit (429), the path
//! (400) and the scope (403), call the handler. The handler reads the parameters (400) and changes
//! the state (403, 404, 400, 429). An operation without a handler is 501.
//!
//! | module | what it holds |
//! |---|---|
//! | `serve` | the loop that accepts connections; `stalled` is the time limit of a request head |
//! | `guard` | the check of Host, Origin and Sec-Fetch-Site |
//! | `access`, `cors` | who may call the control API, and `/v2` from a page of another site |
//! | `router` | which module a path belongs to |
//! | `method` | refuses a known path with another method |
//! | `incoming` | reads a request; `body`, `form` and `upload` parse it |
//! | `pipeline` | processes a request to the API |
//! | `route` | finds the operation of a method and a path |
//! | `handlers` | one function for each operation; `call` is what it gets |
//! | `ignored` | the notes on what was ignored in a request |
//! | `fault_reply` | replies of a fault; `cut` shortens a body, `lag` a list |
//! | `reply`, `view` | the state in the types of the API, and JSON |
//! | `log`, `record` | the log of requests, and what it keeps of headers and bodies |
//! | `download` | files at addresses that `signer` has signed |
//! | `reference` | the page of the API and the document |
//! | `oauth` | the consent page and the token endpoint |
//! | `page` | the page at `/_sandbox/`; `html` escapes text for pages |

#[cfg(feature = "workbench")]
pub(crate) mod access;
mod app;
mod auth;
mod body;
mod call;
#[cfg(feature = "workbench")]
mod cors;
mod cut;
mod download;
mod fault_reply;
mod form;
mod guard;
mod handlers;
mod html;
mod ignored;
mod incoming;
mod invitation;
mod lag;
mod limits;
mod log;
mod method;
pub(crate) mod oauth;
#[cfg(feature = "page")]
mod page;
mod params;
mod pipeline;
mod record;
#[cfg(feature = "reference")]
mod reference;
mod reply;
mod route;
mod router;
mod serve;
mod signer;
mod stalled;
mod start;
mod upload;
mod view;

#[cfg(feature = "workbench")]
pub(crate) use app::Core;
pub(crate) use app::{App, Settings};
#[cfg(feature = "workbench")]
pub(crate) use body::Large;
pub(crate) use body::Whole;
pub(crate) use form::query_values;
pub use log::{LoggedRequest, RequestFilter};
pub use record::LoggedReply;
pub(crate) use reply::Reply;
pub(crate) use router::router;
pub(crate) use serve::serve;
pub(crate) use start::Start;
