//! Streamable HTTP.

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

    /// Allows web pages of these origins, such as `https://agents.example.com`. Without it, a request
    /// with a header `Origin` is refused.
    pub fn origins(mut self, origins: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.origins = origins.into_iter().map(Into::into).collect();
        self
    }
}
