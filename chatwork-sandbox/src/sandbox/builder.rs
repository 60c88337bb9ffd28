//! The options of a sandbox, and its start.

use std::net::{IpAddr, Ipv4Addr};
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
    /// The key of the control API, or the address of the sandbox, is invalid.
    #[cfg(feature = "workbench")]
    #[error("invalid {field}: {text}")]
    Reach {
        /// The field: `control_key` or `origin`.
        field: &'static str,
        /// What would be right.
        text: String,
    },
    /// The port cannot be opened. Usually another program uses it.
    #[error("cannot listen on {host}:{port}: {source}")]
    Listen {
        /// The address.
        host: IpAddr,
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
    webhook_hosts: Vec<String>,
    refresh_tokens: Option<RefreshTokens>,
    #[cfg(feature = "workbench")]
    keep: Option<std::path::PathBuf>,
    #[cfg(feature = "workbench")]
    reach: Reach,
}

/// Who can reach the sandbox.
#[cfg(feature = "workbench")]
#[derive(Clone, Default)]
struct Reach {
    host: Option<IpAddr>,
    origin: Option<String>,
    key: Option<String>,
    cors: bool,
}

/// Does not show the key.
#[cfg(feature = "workbench")]
impl std::fmt::Debug for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reach")
            .field("host", &self.host)
            .field("origin", &self.origin)
            .field("cors", &self.cors)
            .finish_non_exhaustive()
    }
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
        let hosts = &self.webhook_hosts;
        self.start = Some(World::read_file(path, |text| Start::parse(text, hosts))?);
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

    /// Sets the address to listen on. Default: 127.0.0.1, which only this machine can reach.
    ///
    /// With another address, everyone who reaches it can use the API with the tokens of the world. The
    /// control API needs a [key](Self::control_key) then.
    #[cfg(feature = "workbench")]
    #[must_use]
    pub fn host(mut self, address: IpAddr) -> Self {
        self.reach.host = Some(address);
        self
    }

    /// Sets the address under which programs reach the sandbox, as `http://sandbox:8899` of a container.
    /// Addresses in replies begin with it, and requests to its host are accepted.
    #[cfg(feature = "workbench")]
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.reach.origin = Some(origin.into());
        self
    }

    /// Sets a key that the control API needs: at least 16 of A-Z a-z 0-9 _ -. Default: none on this
    /// machine alone, and a random one with another [host](Self::host).
    #[cfg(feature = "workbench")]
    #[must_use]
    pub fn control_key(mut self, key: impl Into<String>) -> Self {
        self.reach.key = Some(key.into());
        self
    }

    /// Lets pages of other sites call `/v2`. Default: `false`. They never can call the control API.
    #[cfg(feature = "workbench")]
    #[must_use]
    pub fn cors(mut self, allowed: bool) -> Self {
        self.reach.cors = allowed;
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

    /// Lets webhooks go to a host of this name, as `app` of another container. May be called repeatedly,
    /// before `file`.
    ///
    /// Without it, webhooks go to this machine only. The name is looked up for each delivery.
    #[must_use]
    pub fn webhook_host(mut self, name: impl Into<String>) -> Self {
        self.webhook_hosts.push(name.into());
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
        let (file, kept) = locked(self.keep.as_deref(), &self.webhook_hosts)?;
        #[cfg(not(feature = "workbench"))]
        let kept: Option<Start> = None;
        let mut start = match kept.or(self.start) {
            Some(start) => start,
            None => Start::World(Box::new(World::standard()?)),
        };
        start.check(&self.webhook_hosts)?;
        if let Some(refresh_tokens) = self.refresh_tokens {
            start.set_refresh_tokens(refresh_tokens);
        }
        #[cfg(feature = "workbench")]
        let host = self.reach.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        #[cfg(not(feature = "workbench"))]
        let host = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let failed = |source| StartError::Listen { host, port: self.port, source };
        let listener = TcpListener::bind((host, self.port)).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        #[cfg(feature = "workbench")]
        let (origin, hosts, key) = self.reach.resolved(bound, self.hosts)?;
        #[cfg(not(feature = "workbench"))]
        let (origin, hosts) = (format!("http://{bound}"), self.hosts);
        let clock = self.clock.unwrap_or_else(Clock::real);
        let app = Arc::new(App::new(Settings {
            origin,
            clock,
            start,
            limited: !self.unlimited,
            hosts,
            any_address: !host.is_loopback(),
            webhook_hosts: self.webhook_hosts,
            #[cfg(feature = "workbench")]
            key: key.map(Into::into),
            #[cfg(feature = "workbench")]
            cors: self.reach.cors,
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
    hosts: &[String],
) -> Result<(Option<super::keep::StateFile>, Option<Start>), StartError> {
    let Some(path) = path else {
        return Ok((None, None));
    };
    let failed = |source| StartError::Keep { path: path.to_owned(), source };
    let file = super::keep::StateFile::lock(path).map_err(failed)?;
    let start = file.load(hosts)?;
    Ok((Some(file), start))
}

#[cfg(feature = "workbench")]
impl Reach {
    /// Returns the address for programs, the hosts that requests may be addressed to, and the key.
    fn resolved(
        &self,
        bound: std::net::SocketAddr,
        mut hosts: Vec<String>,
    ) -> Result<(String, Vec<String>, Option<String>), StartError> {
        let origin = match &self.origin {
            Some(origin) => {
                let uri = origin.parse::<axum::http::Uri>().ok().filter(|uri| {
                    let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
                    is_web && matches!(uri.path(), "" | "/") && uri.query().is_none()
                });
                let host = uri.as_ref().and_then(|uri| uri.host()).filter(|host| !host.is_empty());
                let text = "expected http:// or https:// with a host and a port, and no path";
                let invalid = || StartError::Reach { field: "origin", text: text.to_owned() };
                hosts.push(host.ok_or_else(invalid)?.to_owned());
                origin.trim_end_matches('/').to_owned()
            }
            // An address that stands for all of them is none to connect to.
            None if bound.ip().is_unspecified() => {
                format!("http://{}:{}", Ipv4Addr::LOCALHOST, bound.port())
            }
            None => format!("http://{bound}"),
        };
        let key = match &self.key {
            Some(key) if http::access::is_usable(key) => Some(key.clone()),
            Some(_) => {
                let text = "expected at least 16 characters of A-Z a-z 0-9 _ -".to_owned();
                return Err(StartError::Reach { field: "control_key", text });
            }
            None if bound.ip().is_loopback() => None,
            None => Some(crate::state::random_text("key")),
        };
        Ok((origin, hosts, key))
    }
}
