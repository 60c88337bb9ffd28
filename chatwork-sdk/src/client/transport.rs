//! Where the HTTP client of a client comes from.

use std::fmt;
use std::sync::Arc;

use chatwork_api::reqwest::{self, ClientBuilder as HttpBuilder, Url};

use super::address::is_loopback;
use super::http::ProxyUse;

/// What a program changes in the HTTP client.
pub(super) type Configure = dyn Fn(HttpBuilder) -> HttpBuilder + Send + Sync;

/// Where the HTTP client comes from.
#[derive(Clone)]
pub(super) enum Http {
    /// This builder makes it.
    Made(Option<Arc<Configure>>),
    /// The program made it.
    Given(reqwest::Client),
    /// This crate made it before, for several clients.
    #[cfg(feature = "oauth")]
    Shared { http: reqwest::Client, configured: bool },
}

impl Http {
    /// Returns whether the HTTP client uses the proxies of the environment and the system.
    pub(super) fn proxy_use(&self, base_url: &Url) -> ProxyUse {
        let is_default = match self {
            Self::Made(configure) => configure.is_none(),
            Self::Given(_) => return ProxyUse::Perhaps,
            #[cfg(feature = "oauth")]
            Self::Shared { configured, .. } => !configured,
        };
        match is_default {
            // `http::builder` uses no proxy then, for no address.
            true if is_loopback(base_url) => ProxyUse::No,
            true => ProxyUse::Yes,
            false => ProxyUse::Perhaps,
        }
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Made(None) => "default",
            Self::Made(Some(_)) => "configured",
            #[cfg(feature = "oauth")]
            Self::Shared { .. } => "shared",
            Self::Given(_) => "given",
        })
    }
}
