//! The rule for redirect addresses.

use chatwork_api::reqwest::Url;

use super::Error;
use crate::client::address::is_loopback;

/// Refuses a redirect address that Chatwork does not register: for a confidential client all but
/// `https://`, for a public client `http://`. `allow_http` allows `http://` to this machine.
pub(super) fn check(uri: &str, is_confidential: bool, allow_http: bool) -> Result<(), Error> {
    let refuse = |what: &str| Err(Error::config(format!("invalid redirect URI: {what}")));
    let Some(url) = Url::parse(uri).ok().filter(|url| url.fragment().is_none()) else {
        return refuse("expected an absolute address without a fragment");
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if allow_http && is_loopback(&url) => Ok(()),
        "http" if allow_http => refuse(
            "`allow_http_redirect_uri` allows http:// to this machine only, for example \
             http://127.0.0.1:8765/callback",
        ),
        "http" => refuse(
            "Chatwork registers no http:// address: expected https://, or, in a test with a \
             sandbox, `allow_http_redirect_uri`",
        ),
        scheme if is_confidential => refuse(&format!(
            "Chatwork registers only https:// addresses for an app with a secret, not {scheme}:"
        )),
        _ => Ok(()),
    }
}
