//! Setting up the HTTP client: proxies, TLS, redirects, user agent.

use std::fmt;
use std::time::Duration;

use chatwork_api::reqwest::header::HeaderValue;
use chatwork_api::reqwest::{ClientBuilder as HttpBuilder, Url, redirect};
use hyper_util::client::proxy::matcher::Matcher;

use super::address::is_loopback;

pub(crate) const USER_AGENT: &str = concat!("chatwork-sdk/", env!("CARGO_PKG_VERSION"));
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Starts an HTTP client for a service.
///
/// If the service is on this machine, no proxy of the environment or the system is used: a proxy
/// cannot reach this machine.
pub(crate) fn builder(service: &Url) -> Result<HttpBuilder, String> {
    let http = with_tls(HttpBuilder::new())?;
    Ok(if is_loopback(service) { http.no_proxy() } else { http })
}

/// Chooses TLS: ring if only that feature is on, else what the HTTP library chooses.
fn with_tls(http: HttpBuilder) -> Result<HttpBuilder, String> {
    #[cfg(all(feature = "rustls-ring", not(feature = "rustls")))]
    let http = with_ring(http)?;
    Ok(http)
}

/// Refuses to go on without a cryptography provider: the HTTP library would panic.
pub(crate) fn require_provider() -> Result<(), String> {
    // With `native-tls` the HTTP library does not use rustls.
    #[cfg(all(
        feature = "rustls-no-provider",
        not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))
    ))]
    installed_provider()?;
    Ok(())
}

#[cfg(all(
    feature = "rustls-no-provider",
    any(test, not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))
))]
fn installed_provider() -> Result<(), String> {
    match rustls::crypto::CryptoProvider::get_default() {
        Some(_) => Ok(()),
        None => Err("TLS cannot be set up: rustls has no cryptography provider: expected one \
                     that `CryptoProvider::install_default` has installed"
            .to_owned()),
    }
}

/// Uses rustls with ring and the certificates of the platform. No provider is installed for the
/// whole process.
#[cfg(all(feature = "rustls-ring", any(test, not(feature = "rustls"))))]
fn with_ring(http: HttpBuilder) -> Result<HttpBuilder, String> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_platform_verifier())
        .map_err(|error| format!("TLS cannot be set up: {error}"))?;
    let mut config = config.with_no_client_auth();
    #[cfg(feature = "http2")]
    config.alpn_protocols.push(b"h2".to_vec());
    config.alpn_protocols.push(b"http/1.1".to_vec());
    Ok(http.tls_backend_preconfigured(config))
}

/// Follows no redirect from the API's host: a redirect would take the token to another host.
/// Files come from other hosts, which get no token, so their redirects are followed.
pub(super) fn redirects(base_url: &Url) -> redirect::Policy {
    let api = base_url.origin();
    redirect::Policy::custom(move |attempt| {
        let of_api = attempt.previous().first().is_none_or(|url| url.origin() == api);
        if of_api || attempt.previous().len() > 5 { attempt.stop() } else { attempt.follow() }
    })
}

/// The header `User-Agent`: a program's own name, then that of this crate.
pub(super) fn user_agent(name: Option<&str>) -> Result<HeaderValue, String> {
    let whole = match name {
        Some(name) => format!("{name} {USER_AGENT}"),
        None => USER_AGENT.to_owned(),
    };
    let visible = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    let fits = whole.bytes().all(visible) && name.is_none_or(|name| !name.trim().is_empty());
    let value = fits.then(|| HeaderValue::try_from(whole).ok()).flatten();
    value.ok_or_else(|| "invalid user agent: expected one line of visible ASCII".to_owned())
}

/// Whether an HTTP client uses the proxies of the environment and the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProxyUse {
    /// This crate set up the client, and it uses them.
    Yes,
    /// The program changed or made the client, so it may use them or not.
    Perhaps,
    /// This crate set up the client, and it uses none.
    No,
}

impl ProxyUse {
    /// Returns the proxy to an address, if there is one.
    pub(crate) fn find(self, url: &Url) -> Option<ProxyHint> {
        match self {
            Self::Yes => ProxyHint::find(url, true),
            Self::Perhaps => ProxyHint::find(url, false),
            Self::No => None,
        }
    }
}

/// The proxy between this machine and a service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProxyHint {
    /// Host and port, without credentials.
    address: String,
    /// Whether the HTTP client surely uses the proxy. A client that the program set up may not.
    certain: bool,
}

impl ProxyHint {
    /// Asks the environment and the system for the proxy to a service, as reqwest does.
    pub(crate) fn find(service: &Url, certain: bool) -> Option<Self> {
        if is_loopback(service) {
            return None;
        }
        let intercept = Matcher::from_system().intercept(&service.as_str().parse().ok()?)?;
        let uri = intercept.uri();
        let host = uri.host()?;
        let address = match uri.port_u16() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Some(Self { address, certain })
    }
}

/// Written behind the words of a connection error.
impl fmt::Display for ProxyHint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.certain {
            true => write!(f, "through the proxy {}", self.address),
            false => write!(f, "perhaps through the proxy {} of the environment", self.address),
        }
    }
}

#[cfg(all(test, feature = "rustls-ring"))]
mod tests {
    use super::*;

    #[test]
    fn a_program_without_a_cryptography_provider_gets_an_error_that_names_the_remedy() {
        let error = installed_provider().unwrap_err();
        assert!(error.contains("`CryptoProvider::install_default`"), "{error}");
    }

    #[test]
    fn ring_makes_a_client_and_installs_no_provider_for_the_process() {
        assert!(with_ring(HttpBuilder::new()).unwrap().build().is_ok());
        let url = Url::parse("https://api.chatwork.com/v2").unwrap();
        assert!(builder(&url).unwrap().build().is_ok());
        assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    }
}
