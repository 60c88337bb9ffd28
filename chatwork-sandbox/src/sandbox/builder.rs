//! The options of a sandbox, and its start.

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::{Sandbox, entries};
use crate::clock::Clock;
use crate::http::{self, App, Settings, Start};
use crate::world::{RefreshTokens, World, WorldError};

/// An error that prevents a sandbox from starting.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The world is invalid.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The file of the state cannot be used.
    #[cfg(feature = "workbench")]
    #[error("cannot keep the state in {path}: {source}")]
    Keep {
        /// The file.
        path: std::path::PathBuf,
        /// The reason.
        source: std::io::Error,
    },
    /// The port cannot be opened. Usually another program uses it.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port.
        port: u16,
        /// The reason.
        source: std::io::Error,
    },
}

/// The options of a sandbox.
#[derive(Clone, Debug, Default)]
pub struct SandboxBuilder {
    start: Option<Start>,
    clock: Option<Clock>,
    unlimited: bool,
    port: u16,
    hosts: Vec<String>,
    refresh_tokens: Option<RefreshTokens>,
    #[cfg(feature = "workbench")]
    keep: Option<std::path::PathBuf>,
}

impl SandboxBuilder {
    /// Sets the world. Default: the world that is part of this crate.
    #[must_use]
    pub fn world(mut self, world: World) -> Self {
        self.start = Some(Start::World(Box::new(world)));
        self
    }

    /// Starts with a saved state instead of a world.
    #[cfg(feature = "workbench")]
    #[must_use]
    pub fn state(mut self, saved: super::SavedState) -> Self {
        self.start = Some(Start::Saved(Box::new(saved.0)));
        self
    }

    /// Starts with the world or the saved state in a file: JSON with a `version` is a saved state.
    ///
    /// # Errors
    ///
    /// Those of [`World::load`] and [`SavedState::load`](super::SavedState::load).
    #[cfg(feature = "workbench")]
    pub fn file(mut self, path: &std::path::Path) -> Result<Self, WorldError> {
        self.start = Some(World::read_file(path, Start::parse)?);
        Ok(self)
    }

    /// Sets the clock. Default: a clock that follows real time.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Enforces the rate limits or not. Default: `true`. With `false`, the headers always report
    /// the full quota.
    #[must_use]
    pub fn limits(mut self, enforced: bool) -> Self {
        self.unlimited = !enforced;
        self
    }

    /// Sets the port. Default: 0, which takes a free port.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets what a refresh does to the refresh token (OAuth 2.0). Default: that of the world.
    ///
    /// What the service does is not known, so try a program with both.
    #[must_use]
    pub fn refresh_tokens(mut self, refresh_tokens: RefreshTokens) -> Self {
        self.refresh_tokens = Some(refresh_tokens);
        self
    }

    /// Accepts requests to this host name, as of a container. May be called repeatedly.
    ///
    /// Without it, the sandbox refuses every request whose `Host` or `Origin` is not this machine,
    /// since a web page could have caused it.
    #[must_use]
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.hosts.push(name.into());
        self
    }

    /// Keeps the state in this file: a sandbox that is started with it again goes on from there. If the
    /// file does not exist yet, the sandbox starts with its world.
    ///
    /// The state is saved about a second after a change, and by [`Sandbox::close`]. The file holds
    /// tokens, so only its owner may read it. A lock file next to it keeps a second sandbox away. A
    /// [reset](Sandbox::reset) returns to the state of the start.
    #[cfg(feature = "workbench")]
    #[must_use]
    pub fn keep(mut self, path: impl Into<std::path::PathBuf>) -> Self {
        self.keep = Some(path.into());
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// [`StartError::World`] if the world is invalid, [`StartError::Listen`] if the port is taken,
    /// `StartError::Keep` if the file of the state cannot be used.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        #[cfg(feature = "workbench")]
        let (file, kept) = locked(self.keep.as_deref())?;
        #[cfg(not(feature = "workbench"))]
        let kept: Option<Start> = None;
        let mut start = match kept.or(self.start) {
            Some(start) => start,
            None => Start::World(Box::new(World::standard()?)),
        };
        start.check()?;
        if let Some(refresh_tokens) = self.refresh_tokens {
            start.set_refresh_tokens(refresh_tokens);
        }
        let failed = |source| StartError::Listen { port: self.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(failed)?;
        let origin = format!("http://{}", listener.local_addr().map_err(failed)?);
        let clock = self.clock.unwrap_or_else(Clock::real);
        let app = Arc::new(App::new(Settings {
            origin,
            clock,
            start,
            limited: !self.unlimited,
            hosts: self.hosts,
        }));
        let task = tokio::spawn(http::serve(listener, http::router(Arc::clone(&app))));
        let accounts = entries::accounts(&app.core().state, &app.start());
        #[cfg(feature = "workbench")]
        let keeper = match (file, self.keep) {
            (Some(file), Some(path)) => {
                let failed = |source| StartError::Keep { path, source };
                let started = super::keep::Keeper::start(Arc::clone(&app), file).await;
                if started.is_err() {
                    task.abort();
                }
                Some(started.map_err(failed)?)
            }
            _ => None,
        };
        Ok(Sandbox {
            app,
            accounts,
            task,
            #[cfg(feature = "workbench")]
            keeper,
        })
    }
}

/// Locks the file of a state, and reads the state in it.
#[cfg(feature = "workbench")]
fn locked(
    path: Option<&std::path::Path>,
) -> Result<(Option<super::keep::StateFile>, Option<Start>), StartError> {
    let Some(path) = path else {
        return Ok((None, None));
    };
    let failed = |source| StartError::Keep { path: path.to_owned(), source };
    let file = super::keep::StateFile::lock(path).map_err(failed)?;
    let start = file.load()?;
    Ok((Some(file), start))
}
