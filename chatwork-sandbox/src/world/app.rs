//! Registered apps of a world.

use std::collections::HashSet;
use std::fmt;

use axum::http::Uri;
use chatwork_api::operations::Scope;
use serde::{Deserialize, Serialize};

/// A registered app (OAuth 2.0 client).
#[derive(Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AppSeed {
    /// The name that people are shown when they are asked for their consent.
    pub name: String,
    /// The client id.
    pub client_id: String,
    /// The client secret of a confidential client. Without it, the client is public.
    pub client_secret: Option<String>,
    /// The redirect addresses, one to five, as the service registers them: `https://` for a
    /// confidential client, every scheme but `http://` for a public one.
    pub redirect_uris: Vec<String>,
    /// Redirect addresses that only the sandbox allows: `http://` addresses of this machine, for a
    /// program that listens itself. Each stands for the same address with any port. The log marks
    /// their use, since the service registers no such address.
    pub test_redirect_uris: Vec<String>,
    /// The scopes that the app may ask for. `None` means all.
    pub scopes: Option<Vec<String>>,
}

impl AppSeed {
    /// The faults, each with its field.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, field: &str, text: String| {
            if !holds {
                faults.push((field.to_owned(), text));
            }
        };
        require(!self.name.is_empty(), "name", "it is required".to_owned());
        let text = "expected printable ASCII without spaces and colons".to_owned();
        require(is_credential(&self.client_id), "client_id", text.clone());
        let secret = self.client_secret.as_deref();
        require(secret.is_none_or(is_credential), "client_secret", text);
        let all = self.redirect_uris.len() + self.test_redirect_uris.len();
        require(all > 0, "redirect_uris", "one is required".to_owned());
        let text = "the service registers five at most".to_owned();
        require(self.redirect_uris.len() <= 5, "redirect_uris", text);
        faults.extend(self.redirect_faults());
        for scope in self.scopes.iter().flatten() {
            let known = scope.parse::<Scope>().is_ok();
            if !known {
                faults.push(("scopes".to_owned(), format!("unknown scope `{scope}`")));
            }
        }
        faults
    }

    fn redirect_faults(&self) -> Vec<(String, String)> {
        let mut seen = HashSet::new();
        let registered = self.redirect_uris.iter().enumerate().map(|(index, uri)| {
            (format!("redirect_uris[{index}]"), uri, self.registered_fault(uri))
        });
        let for_tests = self
            .test_redirect_uris
            .iter()
            .enumerate()
            .map(|(index, uri)| (format!("test_redirect_uris[{index}]"), uri, test_fault(uri)));
        let faults = registered.chain(for_tests).flat_map(|(field, uri, fault)| {
            let twice = (!seen.insert(uri)).then_some("it is listed twice");
            let texts = fault.into_iter().chain(twice);
            texts.map(move |text| (field.clone(), text.to_owned())).collect::<Vec<_>>()
        });
        faults.collect()
    }

    /// Why the service would refuse to register an address.
    fn registered_fault(&self, uri: &str) -> Option<&'static str> {
        let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        match (is_redirect_uri(uri), self.client_secret.is_some()) {
            (false, _) => {
                Some("expected an absolute address without a fragment, with a valid port")
            }
            (true, true) if scheme != "https" => Some(
                "the service registers `https://` addresses only for a confidential client: move \
                 an address of this machine to `test_redirect_uris`",
            ),
            (true, false) if scheme == "http" => Some(
                "the service registers no `http://` address: move an address of this machine to \
                 `test_redirect_uris`",
            ),
            (true, _) => None,
        }
    }
}

/// Shows no secret.
impl fmt::Debug for AppSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppSeed")
            .field("name", &self.name)
            .field("client_id", &self.client_id)
            .field("confidential", &self.client_secret.is_some())
            .field("redirect_uris", &self.redirect_uris)
            .field("test_redirect_uris", &self.test_redirect_uris)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

fn is_credential(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':')
}

fn is_redirect_uri(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#')
        && (!is_web(scheme) || text.parse().is_ok_and(|uri: Uri| has_host_and_port(&uri)))
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

fn has_host_and_port(uri: &Uri) -> bool {
    let Some(authority) = uri.authority() else {
        return false;
    };
    let port = authority.as_str().rsplit_once(':').filter(|(_, port)| !port.ends_with(']'));
    let valid = port.is_none_or(|(_, port)| port.parse::<u16>().is_ok_and(|port| port > 0));
    valid && !authority.host().is_empty() && !authority.as_str().contains('@')
}

fn test_fault(uri: &str) -> Option<&'static str> {
    let parsed = uri.parse::<Uri>().ok().filter(|_| is_redirect_uri(uri));
    let is_local = parsed.is_some_and(|uri| {
        let host = uri.host().unwrap_or_default();
        uri.scheme_str() == Some("http") && ["127.0.0.1", "[::1]", "localhost"].contains(&host)
    });
    (!is_local).then_some("expected `http://` with 127.0.0.1, [::1] or localhost, and a valid port")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_an_app_is_named() {
        let app = AppSeed {
            client_id: "a:b".to_owned(),
            client_secret: Some(String::new()),
            redirect_uris: vec!["/callback".to_owned(), "https://a.example/#x".to_owned()],
            scopes: Some(vec!["rooms".to_owned()]),
            ..AppSeed::default()
        };
        let fields: Vec<_> = app.faults().into_iter().map(|(field, _)| field).collect();
        let expected = [
            "name",
            "client_id",
            "client_secret",
            "redirect_uris[0]",
            "redirect_uris[1]",
            "scopes",
        ];
        assert_eq!(fields, expected);
    }

    #[test]
    fn an_app_without_a_redirect_address_is_invalid() {
        let app = AppSeed { name: "A".into(), client_id: "a".into(), ..AppSeed::default() };
        assert_eq!(app.faults(), [("redirect_uris".to_owned(), "one is required".to_owned())]);
    }

    fn faults_of(secret: Option<&str>, uri: &str) -> Vec<String> {
        let app = AppSeed {
            name: "A".into(),
            client_id: "a".into(),
            client_secret: secret.map(ToOwned::to_owned),
            redirect_uris: vec![uri.to_owned()],
            ..AppSeed::default()
        };
        app.faults().into_iter().map(|(field, text)| format!("{field}: {text}")).collect()
    }

    #[test]
    fn a_confidential_client_registers_https_addresses_only() {
        assert_eq!(faults_of(Some("s"), "https://a.example/cb"), [""; 0]);
        for uri in ["http://127.0.0.1/cb", "http://a.example/cb", "HTTP://a.example/", "app:/cb"] {
            let faults = faults_of(Some("s"), uri);
            assert_eq!(faults.len(), 1, "{uri}");
            let starts = "redirect_uris[0]: the service registers `https://` addresses only";
            assert!(faults[0].starts_with(starts), "{faults:?}");
            assert!(faults[0].ends_with("to `test_redirect_uris`"), "{faults:?}");
        }
    }

    #[test]
    fn a_public_client_registers_every_scheme_but_http() {
        for uri in ["https://a.example/cb", "com.example.app:/cb", "app://cb"] {
            assert_eq!(faults_of(None, uri), [""; 0], "{uri}");
        }
        for uri in ["http://127.0.0.1/cb", "http://localhost:80/cb", "HTTP://a.example/"] {
            let faults = faults_of(None, uri);
            assert_eq!(faults.len(), 1, "{uri}");
            let starts = "redirect_uris[0]: the service registers no `http://` address";
            assert!(faults[0].starts_with(starts), "{faults:?}");
        }
    }

    #[test]
    fn an_address_for_tests_is_an_http_address_of_this_machine() {
        for uri in ["http://127.0.0.1/cb", "http://[::1]:80/cb", "http://localhost/cb?a=1"] {
            assert_eq!(test_fault(uri), None, "{uri}");
        }
        for uri in [
            "https://127.0.0.1/cb",
            "http://a.example/cb",
            "http://127.0.0.1.a.example/cb",
            "http://127.0.0.1:0/cb",
            "http://localhost@a.example/cb",
            "app:/cb",
            "/cb",
        ] {
            assert!(test_fault(uri).is_some(), "{uri}");
        }
    }
}
