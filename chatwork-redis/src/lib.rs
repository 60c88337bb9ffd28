//! One budget and one OAuth grant for all programs that call Chatwork as one account, on Redis or
//! Valkey.
//!
//! | to | use |
//! |---|---|
//! | share rate limits | [`RedisLimits`] |
//! | share the tokens of a consent | `RedisTokens`, with the feature `oauth` |
//! | choose the server, its user and TLS | [`Server`] |
//!
//! ```no_run
//! use chatwork_redis::{RedisLimits, Server};
//! use chatwork_sdk::Client;
//!
//! # fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let redis = Server::open("redis://bot:secret@10.0.0.5:6379")?;
//! let chatwork = Client::builder()
//!     .token("0123456789abcdef")
//!     .limits(RedisLimits::new(&redis))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! The README has what happens if the server is away, which commands an ACL user needs, and what is
//! not possible.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `oauth` | `RedisTokens` |
//! | `encryption` | `RedisTokens::encrypted`; includes `oauth` |
//! | `rustls` | `rediss://` addresses by rustls, with the certificates of the system |
//! | `native-tls` | `rediss://` addresses by the system's library |
//!
//! None is enabled by default. TLS to Chatwork is chosen by the features of `chatwork-sdk`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod error;
mod limits;
mod server;
#[cfg(feature = "oauth")]
mod tokens;

pub use error::Error;
pub use limits::RedisLimits;
pub use server::Server;
#[cfg(feature = "oauth")]
pub use tokens::RedisTokens;

/// Returns a hash tag for keys that holds no character of the name.
fn hash(name: &str) -> String {
    let hash = hmac_sha256::Hash::hash(name.as_bytes());
    hex(hash.get(..16).unwrap_or(&hash))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The README's code, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
