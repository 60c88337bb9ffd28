//! The server.

use std::sync::Arc;

use rmcp::transport::IntoTransport;
use rmcp::{RoleServer, ServiceExt};

use crate::accounts::Accounts;
use crate::error::ServerError;
use crate::handler::Handler;
use crate::options::Options;
use crate::shared::Shared;

/// An MCP server. Clones are the same server.
#[derive(Clone)]
pub struct Server {
    pub(crate) shared: Arc<Shared>,
}

impl Server {
    /// Makes a server. Sends no request.
    ///
    /// # Errors
    ///
    /// [`ServerError`] if an option names what does not exist, a folder or an archive cannot be
    /// opened, or the accounts have no different names.
    pub fn new(options: Options, accounts: Accounts) -> Result<Self, ServerError> {
        Ok(Self { shared: Arc::new(Shared::new(options, accounts)?) })
    }

    /// Serves one client over standard input and output, until it closes them. Then
    /// [settles](Self::settle). Write nothing else to standard output.
    ///
    /// # Errors
    ///
    /// [`ServerError::Protocol`] if the client does not begin as the protocol says.
    pub async fn serve_stdio(self) -> Result<(), ServerError> {
        self.serve(rmcp::transport::stdio()).await
    }

    /// Serves one client over a transport of rmcp, until the client closes it. Then
    /// [settles](Self::settle).
    ///
    /// # Errors
    ///
    /// [`ServerError::Protocol`] if the client does not begin as the protocol says.
    pub async fn serve<T, E, A>(self, transport: T) -> Result<(), ServerError>
    where
        T: IntoTransport<RoleServer, E, A>,
        E: std::error::Error + Send + Sync + 'static,
    {
        let handler = Handler::new(Arc::clone(&self.shared), false);
        let protocol = |error: &dyn std::error::Error| {
            ServerError::Protocol(chatwork_app::one_line(&error.to_string()).into_owned())
        };
        let running = handler.serve(transport).await.map_err(|error| protocol(&error))?;
        let ended = running.waiting().await;
        self.settle().await;
        ended.map(drop).map_err(|error| protocol(&error))
    }

    /// Serves clients over streamable HTTP at `/mcp`, until the future is dropped or the listener
    /// fails. Await [`settle`](Self::settle) afterwards.
    ///
    /// # Errors
    ///
    /// - [`ServerError::NotLoopback`] if the listener has an address that other machines reach, and
    ///   [`HttpOptions::allow_remote`](crate::HttpOptions::allow_remote) is not set.
    /// - [`ServerError::FilesOverHttp`] if a folder for uploads or downloads is set.
    #[cfg(feature = "http")]
    pub async fn serve_http(
        &self,
        listener: tokio::net::TcpListener,
        options: crate::HttpOptions,
    ) -> Result<(), ServerError> {
        crate::http::serve(&self.shared, listener, options).await
    }

    /// Waits for the writes that are under way, and settles the sessions of all accounts. Await it
    /// before the program ends.
    pub async fn settle(&self) {
        self.shared.settle().await;
    }
}
