//! The address of a receiver.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::http::Uri;
use axum::http::uri::Scheme;
use tokio::net::TcpStream;

/// The path of an address without one.
const ROOT: &str = "/";

/// An address on this machine, or on a host that was allowed by its name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    to: Where,
    /// The header `host`.
    pub(super) authority: String,
    /// The path and the query.
    pub(super) path: String,
}

/// What a delivery connects to.
#[derive(Clone, Debug, PartialEq)]
enum Where {
    /// These addresses of this machine, in this order.
    Here(Vec<SocketAddr>),
    /// A host that was allowed, and the port. It is looked up for each delivery: a container that is
    /// started again has another address.
    Named(String, u16),
}

impl Target {
    /// Parses an address. Refuses everything but plain HTTP to this machine and to hosts that were
    /// allowed by name, so that a sandbox sends no request to others.
    pub(super) fn read(url: &str, allowed: &[String]) -> Result<Self, String> {
        let wrong = |text: &str| format!("{text}, as in `http://127.0.0.1:8080/webhook`");
        let uri: Uri = url.parse().map_err(|_| wrong("invalid address: expected one"))?;
        if uri.scheme() != Some(&Scheme::HTTP) {
            return Err(wrong("the sandbox speaks plain HTTP: expected `http://`"));
        }
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        if authority.contains('@') {
            return Err(wrong("user in the address: expected an address without one"));
        }
        let host = uri.host().unwrap_or_default();
        let port = port(authority).ok_or_else(|| wrong("invalid port: expected 1 to 65535"));
        let is_allowed = allowed.iter().any(|known| known.eq_ignore_ascii_case(host));
        let to = match hosts(host) {
            Some(hosts) => {
                let port = port?;
                Where::Here(hosts.into_iter().map(|host| (host, port).into()).collect())
            }
            None if is_allowed => Where::Named(host.to_owned(), port?),
            None => {
                return Err(wrong(
                    "the sandbox sends to this machine and to hosts of `--webhook-host` only: \
                     expected its address",
                ));
            }
        };
        let path = uri.path_and_query().map_or(ROOT, |path| path.as_str());
        Ok(Self { to, authority: authority.to_owned(), path: path.to_owned() })
    }

    /// Opens a connection.
    pub(super) async fn connect(&self) -> std::io::Result<TcpStream> {
        match &self.to {
            Where::Here(addresses) => TcpStream::connect(addresses.as_slice()).await,
            Where::Named(host, port) => TcpStream::connect((host.as_str(), *port)).await,
        }
    }

    /// The path with one more parameter, which is encoded already.
    pub(super) fn path_with(&self, parameter: &str) -> String {
        let sign = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{sign}{parameter}", self.path)
    }
}

/// The port of an authority, 80 without one. `None` if it is invalid.
fn port(authority: &str) -> Option<u16> {
    match authority.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse().ok().filter(|port| *port > 0),
        _ => Some(80),
    }
}

/// The addresses of a host that is this machine. Looks up no name: a name server could answer
/// any address.
fn hosts(host: &str) -> Option<Vec<IpAddr>> {
    let (v4, v6) = (IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST));
    if host.eq_ignore_ascii_case("localhost") {
        return Some(vec![v4, v6]);
    }
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok().filter(IpAddr::is_loopback).map(|host| vec![host])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(url: &str) -> Vec<SocketAddr> {
        match read(url).to {
            Where::Here(addresses) => addresses,
            Where::Named(..) => panic!("{url} is not this machine"),
        }
    }

    fn read(url: &str) -> Target {
        Target::read(url, &[]).unwrap()
    }

    #[test]
    fn every_name_of_this_machine_is_accepted() {
        assert_eq!(here("http://127.0.0.1:8080/hook"), [([127, 0, 0, 1], 8080).into()]);
        assert_eq!(here("http://localhost:8080").len(), 2);
        assert!(here("http://[::1]:8080/")[0].is_ipv6());
    }

    #[test]
    fn without_port_and_path_an_address_has_port_80_and_the_root() {
        let target = read("http://127.0.0.1");
        assert_eq!((here("http://127.0.0.1")[0].port(), target.path.as_str()), (80, "/"));
    }

    #[test]
    fn an_invalid_port_is_refused() {
        for port in ["0", "65536", "99999", "", "x"] {
            assert!(Target::read(&format!("http://127.0.0.1:{port}/hook"), &[]).is_err(), "{port}");
        }
        assert_eq!(here("http://[::1]/")[0].port(), 80);
        assert_eq!(here("http://[::1]:65535/")[0].port(), 65_535);
    }

    #[test]
    fn a_parameter_is_added_to_the_query() {
        assert_eq!(read("http://127.0.0.1/a").path_with("b=c"), "/a?b=c");
        assert_eq!(read("http://127.0.0.1/a?x=1").path_with("b=c"), "/a?x=1&b=c");
    }

    #[test]
    fn an_address_of_another_machine_is_refused() {
        for url in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://192.0.2.1/",
            "http://0.0.0.0/",
            "http://127.0.0.1.example.com/",
            "http://localhost@example.com/",
            "http://me:secret@127.0.0.1/",
            "http://[::2]/",
            "127.0.0.1:8080",
            "/hook",
            "",
        ] {
            assert!(Target::read(url, &[]).is_err(), "{url}");
        }
    }

    #[test]
    fn a_host_that_was_allowed_is_a_target_by_its_name() {
        let allowed = ["app".to_owned()];
        let target = Target::read("http://App:3000/hook", &allowed).unwrap();
        assert_eq!(target.to, Where::Named("App".to_owned(), 3000));
        for url in ["http://other:3000/", "http://app.example/", "https://app/"] {
            assert!(Target::read(url, &allowed).is_err(), "{url}");
        }
    }
}
