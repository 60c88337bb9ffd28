//! Where the HTTP client of a client comes from.

use std::fmt;
use std::sync::Arc;

use chatwork_api::reqwest::{self, ClientBuilder as HttpBuilder};

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
    /// Whether the program changed nothing in the HTTP client.
    pub(super) fn is_default(&self) -> bool {
        match self {
            Self::Made(configure) => configure.is_none(),
            Self::Given(_) => false,
            #[cfg(feature = "oauth")]
            Self::Shared { configured, .. } => !configured,
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
