//! Where people are sent back to.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::OAuthRefusal;
use crate::world::AppSeed;

/// What may stand in a query as it is.
const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What an address of this machine begins with.
const LOOPBACK: [&str; 3] = ["http://127.0.0.1", "http://[::1]", "http://localhost"];

/// The address that a request means.
pub(super) fn choose(app: &AppSeed, asked: Option<&str>) -> Result<String, OAuthRefusal> {
    match (asked, app.redirect_uris.as_slice()) {
        (Some(asked), known) => match known.iter().any(|known| is_same(known, asked)) {
            true => Ok(asked.to_owned()),
            false => Err(OAuthRefusal::request("redirect_uri is not one of the app's")),
        },
        (None, [only]) => Ok(only.clone()),
        (None, _) => {
            let text = "redirect_uri is required: several are registered for the app";
            Err(OAuthRefusal::request(text))
        }
    }
}

/// Compares character by character; the port of an address of this machine may be any (RFC 8252,
/// 7.3).
fn is_same(known: &str, asked: &str) -> bool {
    known == asked || portless(known).is_some_and(|known| portless(asked) == Some(known))
}

/// The host, and what comes after the port.
fn portless(uri: &str) -> Option<(&str, &str)> {
    let host = LOOPBACK.into_iter().find(|host| uri.starts_with(host))?;
    let rest = uri.strip_prefix(host)?;
    let rest = match rest.strip_prefix(':') {
        Some(rest) => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    (rest.is_empty() || rest.starts_with(['/', '?'])).then_some((host, rest))
}

/// The address with parameters added to those that it has.
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
            ("https://a.example/cb", "https://a.example:8443/cb"),
            ("https://a.example/cb", "https://a.example/cb?x"),
            ("https://a.example/cb", "https://a.example/CB"),
        ] {
            assert!(!is_same(known, asked), "{known} {asked}");
        }
    }

    #[test]
    fn parameters_are_added_to_those_that_are_there() {
        let parameters = [("code", "a b"), ("state", "ü&=")];
        assert_eq!(with("a:/?x=1", &parameters), "a:/?x=1&code=a%20b&state=%C3%BC%26%3D");
        assert_eq!(with("a:/", &parameters[..1]), "a:/?code=a%20b");
    }
}
