//! The options of a sandbox, and its start.

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::net::TcpListener;

use super::{Sandbox, entries};
use crate::clock::Clock;
use crate::http::{self, App, Settings};
use crate::world::{RefreshTokens, World, WorldError};

/// An error that prevents a sandbox from starting.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The world is invalid.
    #[error(transparent)]
    World(#[from] WorldError),
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
    world: Option<World>,
    clock: Option<Clock>,
    unlimited: bool,
    port: u16,
    hosts: Vec<String>,
    refresh_tokens: Option<RefreshTokens>,
}

impl SandboxBuilder {
    /// Sets the world. Default: the world that is part of this crate.
    #[must_use]
    pub fn world(mut self, world: World) -> Self {
        self.world = Some(world);
        self
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

    /// Starts the sandbox.
    ///
    /// # Errors
    ///
    /// [`StartError::World`] if the world is invalid, [`StartError::Listen`] if the port is taken.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let mut world = match self.world {
            Some(world) => world,
            None => World::standard()?,
        };
        world.check()?;
        if let Some(refresh_tokens) = self.refresh_tokens {
            world.oauth.refresh_tokens = refresh_tokens;
        }
        let failed = |source| StartError::Listen { port: self.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(failed)?;
        let origin = format!("http://{}", listener.local_addr().map_err(failed)?);
        let clock = self.clock.unwrap_or_else(Clock::real);
        let app = Arc::new(App::new(Settings {
            origin,
            clock,
            world: world.clone(),
            limited: !self.unlimited,
            hosts: self.hosts,
        }));
        let task = tokio::spawn(http::serve(listener, http::router(Arc::clone(&app))));
        let accounts = entries::accounts(&app.core().state, &world);
        Ok(Sandbox { app, accounts, task })
    }
}
