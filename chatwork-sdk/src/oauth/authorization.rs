//! The request for consent, and the check of its callback.

use std::fmt;
use std::sync::Arc;

use chatwork_api::Secret;
use chatwork_api::operations::Scope;
use chatwork_api::reqwest::Url;
use serde::{Deserialize, Serialize};

use super::refusal::{Refusal, page, shown};
use super::{App, Error, ErrorCode, random};

/// A request for consent: the address for the person's browser, and what to keep until the browser
/// comes back.
#[non_exhaustive]
pub struct Authorization {
    /// The address of the consent page, for this request only.
    pub url: Url,
    /// Checks the callback. Keep it in the person's session.
    pub pending: PendingAuthorization,
}

/// A request for consent that waits for its callback. Keep it in the session of the person's
/// browser, for example as JSON (with serde).
///
/// It holds the verifier of PKCE, so keep it on the server, or in an encrypted cookie. It is for
/// one callback: remove it when the callback arrives. `Debug` shows no content.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingAuthorization {
    state: Secret,
    verifier: Secret,
    #[serde(default)]
    redirect_uri: Option<String>,
}

/// A code from a callback that was checked. [`App::exchange`] exchanges it for a grant, once,
/// within a minute. `Debug` shows no content.
pub struct AuthorizationCode {
    pub(super) code: Secret,
    pub(super) verifier: Secret,
    pub(super) redirect_uri: Option<String>,
}

impl App {
    /// Makes a request for consent to these scopes, with a random state and PKCE (S256). It sends
    /// nothing: redirect the person's browser to the address.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] if there is no scope, if a public client asks for
    /// [`Scope::OfflineAccess`], which is for confidential clients, or if the system returns no
    /// random numbers.
    ///
    /// ```
    /// use chatwork_sdk::Scope;
    /// use chatwork_sdk::oauth::App;
    ///
    /// let app = App::builder("id").redirect_uri("https://report.example/callback").build()?;
    /// let request = app.authorize([Scope::RoomsAllRead, Scope::UsersProfileMeRead])?;
    /// assert!(request.url.as_str().starts_with("https://www.chatwork.com/packages/oauth2/"));
    /// # Ok::<(), chatwork_sdk::oauth::Error>(())
    /// ```
    pub fn authorize(
        &self,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> Result<Authorization, Error> {
        let scope = self.scope(scopes)?;
        let (state, verifier) = (random::text()?, random::text()?);
        let mut url = self.authorization_url.clone();
        {
            let mut query = url.query_pairs_mut();
            query.append_pair("response_type", "code").append_pair("client_id", &self.client_id);
            if let Some(uri) = &self.redirect_uri {
                query.append_pair("redirect_uri", uri);
            }
            query.append_pair("scope", &scope).append_pair("state", &state);
            query.append_pair("code_challenge", &random::challenge(&verifier));
            query.append_pair("code_challenge_method", "S256");
        }
        let pending = PendingAuthorization {
            state: Secret::from(state),
            verifier: Secret::from(verifier),
            redirect_uri: self.redirect_uri.clone(),
        };
        Ok(Authorization { url, pending })
    }

    fn scope(&self, scopes: impl IntoIterator<Item = Scope>) -> Result<String, Error> {
        let mut chosen: Vec<Scope> = Vec::new();
        for scope in scopes {
            if !chosen.contains(&scope) {
                chosen.push(scope);
            }
        }
        if chosen.is_empty() {
            return Err(Error::config("no scope: expected at least one"));
        }
        if !self.is_confidential() && chosen.contains(&Scope::OfflineAccess) {
            let what = "`offline_access` is for confidential clients, and this app has no secret";
            return Err(Error::config(what));
        }
        Ok(chosen.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" "))
    }
}

impl PendingAuthorization {
    /// Returns the random `state` of this request. The callback brings it back.
    ///
    /// A session that holds several requests finds the right one by it, for example if a person
    /// has opened two tabs. Look only in the session of the browser that came back: a `state` from
    /// another session is an attack.
    ///
    /// ```
    /// # use chatwork_sdk::Scope;
    /// # use chatwork_sdk::oauth::App;
    /// let app = App::builder("id").redirect_uri("https://report.example/callback").build()?;
    /// let request = app.authorize([Scope::RoomsAllRead])?;
    /// let mut query = request.url.query_pairs();
    /// assert!(query.any(|(name, value)| name == "state" && value == request.pending.state()));
    /// # Ok::<(), chatwork_sdk::oauth::Error>(())
    /// ```
    #[must_use]
    pub fn state(&self) -> &str {
        self.state.expose()
    }

    /// Checks a callback: the address that the browser came back to, or only its query. Returns the
    /// code in it.
    ///
    /// # Errors
    ///
    /// - [`Error::State`] if the callback does not answer this request. This check comes first. An
    ///   attacker may have sent the code of another account. Or the person has two tabs open, or
    ///   came back with an old address.
    /// - [`Error::Refused`] with the code of the consent page. If the person denied the consent,
    ///   [`Error::is_denied`] is `true`.
    /// - [`Error::Callback`] if there is neither a code nor an error, or one of them twice.
    ///
    /// ```
    /// # use chatwork_sdk::Scope;
    /// # use chatwork_sdk::oauth::{App, Error};
    /// # let app = App::builder("id").build()?;
    /// let request = app.authorize([Scope::RoomsAllRead])?;
    /// let forged = request.pending.check("/callback?code=stolen&state=guessed");
    /// assert!(matches!(forged, Err(Error::State)));
    /// # Ok::<(), Error>(())
    /// ```
    pub fn check(&self, callback: &str) -> Result<AuthorizationCode, Error> {
        let callback = Callback::read(callback)?;
        let state = callback.only("state")?.ok_or(Error::State)?;
        if !random::is_same(state, self.state.expose()) {
            return Err(Error::State);
        }
        if let Some(code) = callback.only("error")? {
            return Err(self.refused(code, &callback));
        }
        match callback.only("code")? {
            Some(code) if !code.is_empty() => Ok(AuthorizationCode {
                code: Secret::from(code.to_owned()),
                verifier: self.verifier.clone(),
                redirect_uri: self.redirect_uri.clone(),
            }),
            _ => Err(Error::Callback("it has neither a `code` nor an `error`")),
        }
    }

    fn refused(&self, code: &str, callback: &Callback) -> Error {
        let secrets = [self.state.expose(), self.verifier.expose()];
        let text = |name| callback.only(name).ok().flatten().map(|text| shown(text, &secrets));
        Error::Refused(Arc::new(Refusal {
            status: None,
            code: Some(ErrorCode::from(&*shown(code, &secrets))),
            description: text("error_description"),
            uri: callback.only("error_uri").ok().flatten().and_then(|uri| page(uri, &secrets)),
            is_empty_refresh: false,
            is_repeated: false,
        }))
    }
}

/// The parameters of a callback.
struct Callback(Vec<(String, String)>);

impl Callback {
    /// Reads an address, a path with a query, or a query alone.
    fn read(text: &str) -> Result<Self, Error> {
        let text = text.split_once('#').map_or(text, |(text, _)| text);
        let is_address = text.starts_with('/') || has_scheme(text);
        // In a query alone, a value may hold a `?`.
        let query = match text.split_once('?') {
            Some((start, query)) if is_address || !start.contains(['=', '&']) => query,
            _ => text,
        };
        let pairs = serde_urlencoded::from_str(query);
        pairs.map(Self).map_err(|_| Error::Callback("it is not form-encoded"))
    }

    /// Returns the value of a parameter that must not be repeated.
    fn only(&self, name: &str) -> Result<Option<&str>, Error> {
        let mut values = self.0.iter().filter(|(known, _)| known == name);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Error::Callback("a parameter is repeated")),
            (first, None) => Ok(first.map(|(_, value)| value.as_str())),
        }
    }
}

fn has_scheme(text: &str) -> bool {
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    text.split_once(":/").is_some_and(|(start, _)| start.chars().all(is_of_scheme))
}

impl fmt::Debug for Authorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Authorization(…)")
    }
}

impl fmt::Debug for PendingAuthorization {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PendingAuthorization(…)")
    }
}

impl fmt::Debug for AuthorizationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AuthorizationCode(…)")
    }
}
