//! One budget for many processes.
//!
//! The rate limits belong to an account, not to a process. A client keeps them by itself; programs
//! that share a token then each count alone, and meet in 429s. With a [`LimitStore`] they share one
//! budget: [`ClientBuilder::limits`](crate::ClientBuilder::limits). [`FileLimits`] is a store for
//! the programs of one machine.
//!
//! ```no_run
//! use chatwork_sdk::Client;
//! use chatwork_sdk::limits::FileLimits;
//!
//! # fn example() -> Result<(), chatwork_sdk::Error> {
//! let chatwork = Client::builder()
//!     .token("0123456789abcdef")
//!     .limits(FileLimits::shared())
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # How it works
//!
//! 1. The queue of a client decides which calls may go next, as without a store.
//! 2. For these calls it asks the store for leases, up to 32 at once.
//! 3. A call that has a lease is sent. Its lease is settled with what the reply said, in the
//!    background.
//! 4. A call without a lease stays in its place in the queue. The client asks again when the store
//!    says so. If only requests of other processes can make capacity, it asks after 25 ms, then
//!    less and less often, at least every second.
//! 5. If the store fails or does not answer within two seconds, the client paces by itself, warns
//!    once, and asks again a little later. With
//!    [`limits_required`](crate::ClientBuilder::limits_required) the call fails instead.
//!
//! A lease that is never settled, because its process died, counts as a request and as a post until
//! its deadline: the [time limit](crate::ClientBuilder::timeout) of a call and 15 seconds. Then the
//! post counts against its room for ten more seconds.
//! A call with a longer time limit of its own can outlive its lease: from the lease's deadline on it
//! counts as a request that was sent, and its reply is reported all the same.
//!
//! A program that ends calls [`Client::settle_limits`](crate::Client::settle_limits) first.
//! Otherwise the leases of its last calls are held until their deadline.

mod account;
#[doc(hidden)]
pub mod contract;
mod file;
mod memory;
pub mod policy;
mod store;
#[cfg(test)]
mod tests;

pub use account::TokenHash;
pub(crate) use account::{Accounts, Named};
pub use file::FileLimits;
pub(crate) use file::NoFolder;
pub use memory::MemoryLimits;
pub use store::{Delay, Granted, LimitStore, Settled, StoreError, StoreFuture, Want};
