//! Executes a call: acquire a permit, send, update the limits, retry where that is safe, and map
//! the error.
//!
//! | file | holds |
//! |---|---|
//! | `endpoint` | what a call needs of an operation: the trait [`Endpoint`] |
//! | `dyn_endpoint` | an endpoint without its types, so that the rest is compiled once |
//! | `execute` | the loop over the attempts of a call |
//! | `attempt` | one attempt: its permit, its token, its request |
//! | `update` | the limits after an attempt |
//! | `fault` | whether a fault is retried, and which error it becomes |
//! | `rate_limit` | which limit a 429 is of, and how long to wait |
//! | `wait` | waits that have an end: for a token, for another change of a room |
//! | `trace` | the span of a call |
//!
//! Rare branches are boxed, so the future of a call that succeeds at once stays small.

mod attempt;
mod dyn_endpoint;
mod endpoint;
mod execute;
mod fault;
pub(crate) mod rate_limit;
mod trace;
mod update;
mod wait;

pub use endpoint::Endpoint;
pub(crate) use endpoint::SendError;
pub(crate) use execute::run;
pub(crate) use wait::lock_room;
