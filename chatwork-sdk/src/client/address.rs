//! Addresses that tokens and secrets are sent to: which are valid, and which are this machine.

use std::net::{IpAddr, Ipv6Addr};

use chatwork_api::operations::BASE_URL;
use chatwork_api::reqwest::Url;

/// Parses the address of a service, such as the base URL of the API.
///
/// A token or a secret goes to that address. So plain `http://` is refused unless the address is
/// this machine, or `allow_http` is set. The error names `allowed_by`, the setting that sets
/// `allow_http`. It quotes no user name and no password.
pub(crate) fn service_url(text: &str, allow_http: bool, allowed_by: &str) -> Result<Url, String> {
    let url = Url::parse(text).ok().filter(|url| url.has_host());
    let web = |url: &Url| ["http", "https"].contains(&url.scheme());
    let Some(url) = url.filter(web) else {
        return Err(format!("expected an http or https URL, for example {BASE_URL}"));
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it holds a user name or a password: expected neither".to_owned());
    }
    if url.fragment().is_some() {
        return Err("it holds a fragment: expected none".to_owned());
    }
    if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
        let host = url.host_str().unwrap_or_default();
        return Err(format!(
            "http:// to `{host}` sends tokens in clear text: expected https://, or {allowed_by}"
        ));
    }
    Ok(url)
}

/// Whether an address is this machine: `localhost`, 127.0.0.0/8 or `::1`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback(),
        Ok(IpAddr::V6(address)) => is_loopback_v6(address),
        Err(_) => host.strip_suffix('.').unwrap_or(host) == "localhost",
    }
}

fn is_loopback_v6(address: Ipv6Addr) -> bool {
    address.is_loopback() || address.to_ipv4_mapped().is_some_and(|address| address.is_loopback())
}

/// Writes an address without its user name and password, which do not belong into a log.
pub(super) fn without_credentials(text: &str) -> String {
    match Url::parse(text) {
        Ok(url) if url.username().is_empty() && url.password().is_none() => text.to_owned(),
        Ok(mut url) => {
            let removed = url.set_username("").and_then(|()| url.set_password(None));
            if removed.is_ok() { url.into() } else { "…".to_owned() }
        }
        Err(_) if text.contains('@') => "…".to_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_each_of_its_addresses() {
        let here = ["127.0.0.1", "127.8.9.10", "localhost", "LOCALHOST.", "[::1]", "127.1"];
        for host in here.into_iter().chain(["[::ffff:127.0.0.1]"]) {
            let url = Url::parse(&format!("http://{host}:8080/v2")).unwrap();
            assert!(is_loopback(&url), "{host}");
        }
    }

    #[test]
    fn an_address_that_looks_like_this_machine_is_another() {
        let there = ["localhost.example", "127.0.0.1.example", "128.0.0.1", "[::2]", "sandbox"];
        for host in there {
            let url = Url::parse(&format!("http://{host}/v2")).unwrap();
            assert!(!is_loopback(&url), "{host}");
            let error = service_url(url.as_str(), false, "`allow`").unwrap_err();
            assert!(error.ends_with("in clear text: expected https://, or `allow`"), "{error}");
            assert!(service_url(url.as_str(), true, "`allow`").is_ok(), "{host}");
        }
    }

    #[test]
    fn an_address_is_shown_without_its_password() {
        for text in ["http://user:hunter2@host/v2", "//user:hunter2@host", "data:hunter2@"] {
            let shown = without_credentials(text);
            assert!(!shown.contains("user:hunter2"), "{shown}");
        }
        assert_eq!(without_credentials("https://host/v2"), "https://host/v2");
    }
}
