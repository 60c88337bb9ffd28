//! Authenticates the app at the token endpoint.

use super::OAuthRefusal;
use crate::state::State;
use crate::world::AppSeed;

/// The credentials that an app presents.
#[derive(Clone, Default)]
pub(crate) struct PresentedClient<'a> {
    /// The client id and secret of `Authorization: Basic`.
    pub(crate) basic: Option<(String, String)>,
    /// Whether there is an `Authorization` that is not Basic or cannot be read.
    pub(crate) unreadable: bool,
    /// The `client_id` of the body.
    pub(crate) client_id: Option<&'a str>,
    /// Whether the body has a `client_secret`.
    pub(crate) secret_in_body: bool,
}

impl State {
    /// Authenticates the app.
    pub(crate) fn check_client(&self, presented: &PresentedClient<'_>) -> Result<(), OAuthRefusal> {
        self.client(presented).map(|_| ())
    }

    /// Returns the app if its credentials are right.
    pub(super) fn client(&self, presented: &PresentedClient<'_>) -> Result<AppSeed, OAuthRefusal> {
        if presented.secret_in_body {
            let text = "client_secret in the body: expected it in Authorization: Basic";
            return Err(OAuthRefusal::client(text));
        }
        if presented.unreadable {
            return Err(OAuthRefusal::client(
                "invalid Authorization: expected Basic client_id:client_secret",
            ));
        }
        let app = match &presented.basic {
            Some((id, secret)) => self.confidential(id, secret, presented.client_id),
            None => self.public(presented.client_id),
        };
        app.cloned()
    }

    fn confidential(
        &self,
        id: &str,
        secret: &str,
        in_body: Option<&str>,
    ) -> Result<&AppSeed, OAuthRefusal> {
        if in_body.is_some_and(|in_body| in_body != id) {
            let text = "client_id in the body differs from that of Authorization";
            return Err(OAuthRefusal::client(text));
        }
        let app = self.oauth.app(id);
        let app = app.filter(|app| app.client_secret.as_deref() == Some(secret));
        app.ok_or_else(|| OAuthRefusal::client("The client_id or the client_secret is wrong"))
    }

    fn public(&self, id: Option<&str>) -> Result<&AppSeed, OAuthRefusal> {
        let text =
            "no client: expected Authorization: Basic, or client_id in the body of a public client";
        let id = id.ok_or_else(|| OAuthRefusal::client(text))?;
        let app = self.oauth.app(id);
        let app = app.ok_or_else(|| OAuthRefusal::unknown_client(id))?;
        match app.client_secret {
            None => Ok(app),
            Some(_) => {
                let text = "The app is a confidential client: Authorization: Basic is required";
                Err(OAuthRefusal::client(text))
            }
        }
    }
}
