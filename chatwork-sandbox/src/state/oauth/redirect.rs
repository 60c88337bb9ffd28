//! Redirect addresses.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::OAuthRefusal;
use crate::world::AppSeed;

/// The characters that a query holds unescaped.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The starts of an address of this machine.
const LOOPBACK: [&str; 3] = ["http://127.0.0.1", "http://[::1]", "http://localhost"];

/// Returns the redirect address of a request.
pub(super) fn choose(app: &AppSeed, asked: Option<&str>) -> Result<String, OAuthRefusal> {
    let known: Vec<_> = app.redirect_uris.iter().chain(&app.test_redirect_uris).collect();
    match (asked, known.as_slice()) {
        (Some(asked), known) => match known.iter().any(|known| is_same(known, asked)) {
            true => Ok(asked.to_owned()),
            false => Err(OAuthRefusal::request("The redirect URI is unregistered.")),
        },
        (None, [only]) => Ok((*only).clone()),
        (None, _) => {
            let text = "redirect_uri is required: several are registered for the app";
            Err(OAuthRefusal::request(text))
        }
    }
}

/// Whether an address is one of those that the service refuses to register.
pub(super) fn is_for_tests(app: &AppSeed, uri: &str) -> bool {
    let is_same_as = |known: &String| is_same(known, uri);
    app.test_redirect_uris.iter().any(is_same_as) && !app.redirect_uris.iter().any(is_same_as)
}

/// Compares character by character. The port of an address of this machine may differ (RFC 8252,
/// 7.3).
fn is_same(known: &str, asked: &str) -> bool {
    known == asked || portless(known).is_some_and(|known| portless(asked) == Some(known))
}

/// The host and what follows the port; `None` if the address is not of this machine or its port is
/// invalid.
fn portless(uri: &str) -> Option<(&str, &str)> {
    let host = LOOPBACK.into_iter().find(|host| uri.starts_with(host))?;
    let rest = uri.strip_prefix(host)?;
    let rest = match rest.strip_prefix(':') {
        Some(rest) => {
            let (port, rest) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
            port.parse::<u16>().ok().filter(|number| *number > 0 && is_plain(port))?;
            rest
        }
        None => rest,
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

/// Whether a port has neither a sign nor leading zeros.
fn is_plain(port: &str) -> bool {
    port.starts_with(|c: char| ('1'..='9').contains(&c))
}

/// Adds parameters to an address.
pub(super) fn with(uri: &str, parameters: &[(&str, &str)]) -> String {
    let mut uri = uri.to_owned();
    for (name, value) in parameters {
        uri.push(if uri.contains('?') { '&' } else { '?' });
        uri.push_str(name);
        uri.push('=');
        uri.extend(utf8_percent_encode(value, &PLAIN));
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_machine_may_have_any_port() {
        for (known, asked) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:4711/cb"),
            ("http://127.0.0.1:80/cb", "http://127.0.0.1/cb"),
            ("http://[::1]/cb", "http://[::1]:1/cb"),
            ("http://localhost/cb?a=1", "http://localhost:8/cb?a=1"),
            ("https://a.example/cb", "https://a.example/cb"),
        ] {
            assert!(is_same(known, asked), "{known} {asked}");
        }
    }

    #[test]
    fn everything_else_has_to_be_the_same() {
        for (known, asked) in [
            ("http://127.0.0.1/cb", "http://127.0.0.1:4711/cb/"),
            ("http://127.0.0.1/cb", "http://127.0.0.1.example.com/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:1@evil.example/cb"),
            ("http://127.0.0.1/cb", "http://localhost/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:0/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:99999/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:/cb"),
            ("http://127.0.0.1/cb", "http://127.0.0.1:080/cb"),
            ("https://a.example/cb", "https://a.example:8443/cb"),
            ("https://a.example/cb", "https://a.example/cb?x"),
            ("https://a.example/cb", "https://a.example/CB"),
        ] {
            assert!(!is_same(known, asked), "{known} {asked}");
        }
    }

    #[test]
    fn parameters_are_added_to_the_query() {
        let parameters = [("code", "a b"), ("state", "ü&=")];
        assert_eq!(with("a:/?x=1", &parameters), "a:/?x=1&code=a%20b&state=%C3%BC%26%3D");
        assert_eq!(with("a:/", &parameters[..1]), "a:/?code=a%20b");
    }
}
