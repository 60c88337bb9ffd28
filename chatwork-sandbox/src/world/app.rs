//! Registered apps of a world.

use std::collections::HashSet;
use std::fmt;

use chatwork_api::operations::Scope;
use serde::Deserialize;

/// A registered app (OAuth 2.0 client).
#[derive(Clone, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct AppSeed {
    /// The name that people are shown when they are asked for their consent.
    pub name: String,
    /// The client id.
    pub client_id: String,
    /// The client secret of a confidential client; left out, the client is a public one.
    pub client_secret: Option<String>,
    /// Where people may be sent back to, at least one. An `http` address of this machine stands for
    /// the same address with any port.
    pub redirect_uris: Vec<String>,
    /// The scopes that the app may ask for; left out, all.
    pub scopes: Option<Vec<String>>,
}

impl AppSeed {
    /// What is wrong with it: the field, and the text.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut require = |holds: bool, field: &str, text: String| {
            if !holds {
                faults.push((field.to_owned(), text));
            }
        };
        require(!self.name.is_empty(), "name", "it is required".to_owned());
        let text = "it is made of printable ASCII without spaces and colons".to_owned();
        require(is_credential(&self.client_id), "client_id", text.clone());
        let secret = self.client_secret.as_deref();
        require(secret.is_none_or(is_credential), "client_secret", text);
        require(!self.redirect_uris.is_empty(), "redirect_uris", "one is required".to_owned());
        let mut seen = HashSet::new();
        for (index, uri) in self.redirect_uris.iter().enumerate() {
            let field = format!("redirect_uris[{index}]");
            let text = "it is an absolute address without a fragment".to_owned();
            require(is_redirect_uri(uri), &field, text);
            require(seen.insert(uri), &field, "it is there twice".to_owned());
        }
        for scope in self.scopes.iter().flatten() {
            let known = scope.parse::<Scope>().is_ok();
            require(known, "scopes", format!("there is no scope `{scope}`"));
        }
        faults
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
    fn an_app_without_a_redirect_address_is_none() {
        let app = AppSeed { name: "A".into(), client_id: "a".into(), ..AppSeed::default() };
        assert_eq!(app.faults(), [("redirect_uris".to_owned(), "one is required".to_owned())]);
    }
}
