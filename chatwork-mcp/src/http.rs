//! Streamable HTTP.

use std::sync::Arc;

use axum::Router;
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::error::ServerError;
use crate::handler::Handler;
use crate::shared::Shared;

/// The path of the only endpoint.
const PATH: &str = "/mcp";
/// The names of this machine in the header `Host`.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// The header by which a request names its account. It holds the name of an account of the server,
/// never a token.
pub const ACCOUNT_HEADER: &str = "Chatwork-Account";

/// How HTTP is served.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct HttpOptions {
    pub(crate) allow_remote: bool,
    pub(crate) hosts: Vec<String>,
    pub(crate) origins: Vec<String>,
}

impl HttpOptions {
    /// Returns the options of a server that only this machine reaches, and no web page.
    pub fn new() -> Self {
        Self::default()
    }

    /// Allows a listener that other machines reach. Nothing then asks who calls: put a proxy that
    /// does in front of it.
    pub fn allow_remote(self, allow: bool) -> Self {
        Self { allow_remote: allow, ..self }
    }

    /// Allows these values of the header `Host`, beside those of this machine.
    pub fn hosts(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.hosts = hosts.into_iter().map(Into::into).collect();
        self
    }

    /// Allows web pages of these origins, such as `https://agents.example.com:443`. Without it, a
    /// request with a header `Origin` is refused.
    pub fn origins(mut self, origins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.origins = origins.into_iter().map(Into::into).collect();
        self
    }
}

/// Serves clients until the future is dropped.
pub(crate) async fn serve(
    shared: &Arc<Shared>,
    listener: TcpListener,
    options: HttpOptions,
) -> Result<(), ServerError> {
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() && !options.allow_remote {
        return Err(ServerError::NotLoopback(address));
    }
    if shared.options.upload_dir.is_some() || shared.options.download_dir.is_some() {
        return Err(ServerError::FilesOverHttp);
    }
    let stop = CancellationToken::new();
    // Sessions have tasks of their own: they end with this future.
    let _guard = stop.clone().drop_guard();
    let handler = Handler::new(Arc::clone(shared), true);
    let sessions = Arc::new(LocalSessionManager::default());
    let config = config(options).with_cancellation_token(stop);
    let service = StreamableHttpService::new(move || Ok(handler.clone()), sessions, config);
    let router = Router::new().route_service(PATH, service);
    Ok(axum::serve(listener, router).await?)
}

/// rmcp checks `Origin` only if it is told to.
fn config(options: HttpOptions) -> StreamableHttpServerConfig {
    let hosts = LOOPBACK.into_iter().map(str::to_owned).chain(options.hosts);
    StreamableHttpServerConfig::default()
        .with_allowed_hosts(hosts)
        .with_allowed_origins(options.origins)
        .enforce_origin_validation()
}
