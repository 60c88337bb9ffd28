//! The token endpoint: one request, never repeated.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chatwork_api::Secret;
use chatwork_api::reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use chatwork_api::reqwest::{self, Request, Response, StatusCode};
use chatwork_api::types::{OAuthError, OAuthToken, UnixTime};
use serde_json::Value;
use tokio::time::sleep;
use tracing::{Instrument, field};

use super::refusal::{Refusal, page, shown};
use super::{App, AuthorizationCode, Error, ErrorCode, Grant};
use crate::client::http::ProxyHint;
use crate::error::{NetworkFault, network};

/// The most bytes that are read of a reply.
const LARGEST: usize = 64 * 1024;
/// The assumed lifetime of an access token in seconds, if the reply holds none. A 401 corrects it.
const USUAL_LIFE: i64 = 30 * 60;
/// The delays after a connect error.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(1)];

impl App {
    /// Exchanges a code for a grant: `POST https://oauth.chatwork.com/token`, grant
    /// `authorization_code`. [Store](super::TokenStore) the grant.
    ///
    /// If the code is for a [`GrantSource`](super::GrantSource), call
    /// [`GrantSource::exchange`](super::GrantSource::exchange): it finds out first whether the grant
    /// can be saved.
    ///
    /// # Errors
    ///
    /// - [`Error::Refused`]: `invalid_grant` if the code is older than a minute, used, or not for
    ///   this app and redirect address; `invalid_client` if the client id or the secret is wrong.
    /// - [`Error::Network`] and [`Error::Reply`] if there is no reply, or an invalid one. The
    ///   request is not repeated: a code has one use. Ask the person again.
    pub async fn exchange(&self, code: AuthorizationCode) -> Result<Grant, Error> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code.code.expose()),
            ("code_verifier", code.verifier.expose()),
        ];
        if let Some(uri) = &code.redirect_uri {
            form.push(("redirect_uri", uri));
        }
        let asked_at = UnixTime::now();
        let token = self.ask(form, &[code.code.expose(), code.verifier.expose()]).await?;
        Ok(Grant::new(token, asked_at, None))
    }

    /// Exchanges the refresh token of a grant for the next grant: grant `refresh_token`. The server
    /// may accept the old refresh token no longer.
    ///
    /// A [`GrantSource`](super::GrantSource) refreshes by itself and stores the result. Do not call
    /// this for a grant that a source holds.
    ///
    /// # Errors
    ///
    /// [`Error::NoRefreshToken`], and those of [`App::exchange`]. If [`Error::is_uncertain`] is
    /// `true`, the server may accept the refresh token no longer.
    ///
    /// A 400 or 401 with an empty body may mean that, or a fault of a gateway. [`Error::code`] is
    /// `None` then, and [`Error::is_consent_needed`] is `false`: try again after some seconds, and
    /// ask for a new consent if the reply is the same.
    pub async fn refresh(&self, grant: &Grant) -> Result<Grant, Error> {
        let token = grant.refresh_token.as_ref().ok_or(Error::NoRefreshToken)?.expose();
        let asked_at = UnixTime::now();
        let form = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
        let reply = self.ask(form, &[token, grant.access_token.expose()]).await?;
        Ok(Grant::new(reply, asked_at, Some(grant)))
    }

    /// Sends the request. Errors mask its secrets, even if the reply repeats them.
    async fn ask(&self, form: Vec<(&str, &str)>, secrets: &[&str]) -> Result<OAuthToken, Error> {
        let grant_type = form.first().map(|(_, grant_type)| *grant_type);
        let is_refresh = grant_type == Some("refresh_token");
        let span = tracing::debug_span!("chatwork_oauth", grant_type, status = field::Empty,);
        let secret = self.secret.as_ref().map_or("", Secret::expose);
        let secrets: Vec<&str> = secrets.iter().copied().chain([secret]).collect();
        let asked = async {
            let response = self.send(form).await?;
            let status = response.status();
            tracing::Span::current().record("status", status.as_u16());
            let body = self.read(response).await?;
            match status.is_success() {
                true => token(status, &body),
                false => Err(refused(status, &body, &secrets, is_refresh)),
            }
        };
        asked.instrument(span).await
    }

    async fn send(&self, mut form: Vec<(&str, &str)>) -> Result<Response, Error> {
        let mut request = self.http.post(self.token_url.clone());
        match &self.secret {
            Some(secret) => {
                request = request.header(AUTHORIZATION, basic(&self.client_id, secret)?);
            }
            None => form.push(("client_id", &self.client_id)),
        }
        let body = serde_urlencoded::to_string(form).map_err(|_| Error::config("no form"))?;
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        let request = request.build().map_err(|error| self.network(error))?;
        self.connect(request).await
    }

    /// Sends the request, and repeats it after a connect error, because nothing was sent then. A
    /// request that may have reached the server is never repeated.
    async fn connect(&self, request: Request) -> Result<Response, Error> {
        for wait in WAITS.iter().filter(|_| self.redirects_disabled) {
            let Some(again) = request.try_clone() else {
                break;
            };
            match self.http.execute(again).await {
                Err(error) if network::fault(&error) == NetworkFault::Connect => sleep(*wait).await,
                result => return result.map_err(|error| self.network(error)),
            }
        }
        self.http.execute(request).await.map_err(|error| self.network(error))
    }

    /// Reads the body of a reply.
    async fn read(&self, mut response: Response) -> Result<Vec<u8>, Error> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.network(error))? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST {
                return Err(Error::Reply(response.status(), "it is larger than 64 KiB"));
            }
        }
        Ok(body)
    }

    /// The error of a request without a reply, with the proxy to the token endpoint.
    fn network(&self, error: reqwest::Error) -> Error {
        // Only a client of the program may follow redirects: it may use other proxies, too.
        Error::network(error, ProxyHint::find(&self.token_url, self.redirects_disabled))
    }
}

/// Returns the credentials of a confidential client, each form-encoded first (RFC 6749, 2.3.1).
fn basic(client_id: &str, secret: &Secret) -> Result<HeaderValue, Error> {
    let encoded = |text: &str| {
        let pair = serde_urlencoded::to_string([("", text)]).unwrap_or_default();
        pair.trim_start_matches('=').to_owned()
    };
    let pair = format!("{}:{}", encoded(client_id), encoded(secret.expose()));
    let value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair)));
    let mut value = value.map_err(|_| Error::config("the client id cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

fn token(status: StatusCode, body: &[u8]) -> Result<OAuthToken, Error> {
    // The text of serde's error could repeat a token.
    let token: OAuthToken = serde_json::from_slice(body)
        .and_then(|json| serde_json::from_value(completed(json)))
        .map_err(|_| Error::Reply(status, "it is not the JSON of a token"))?;
    if !token.token_type.eq_ignore_ascii_case("bearer") {
        return Err(Error::Reply(status, "its `token_type` is not Bearer"));
    }
    if token.access_token.expose().is_empty() {
        return Err(Error::Reply(status, "its `access_token` is empty"));
    }
    Ok(token)
}

/// Adds what RFC 6749 (5.1) lets a server leave out, and replaces invalid values. Such a reply must
/// not fail: its refresh token may be the only valid one.
fn completed(mut json: Value) -> Value {
    if let Some(reply) = json.as_object_mut() {
        let is_number = |text: &str| text.parse::<i64>().is_ok();
        let life = reply.get("expires_in");
        if !life.is_some_and(|life| life.is_i64() || life.as_str().is_some_and(is_number)) {
            reply.insert("expires_in".to_owned(), USUAL_LIFE.into());
        }
        if !reply.get("scope").is_some_and(Value::is_string) {
            reply.insert("scope".to_owned(), "".into());
        }
    }
    json
}

/// Reads a refusal. The body may be JSON, HTML or empty.
fn refused(status: StatusCode, body: &[u8], secrets: &[&str], is_refresh: bool) -> Error {
    let said: Option<OAuthError> = serde_json::from_slice(body).ok();
    let is_client_error = [StatusCode::BAD_REQUEST, StatusCode::UNAUTHORIZED].contains(&status);
    let is_empty_refresh = is_refresh && is_client_error && body.trim_ascii().is_empty();
    let text = |text: String| shown(&text, secrets);
    let refusal = match said {
        Some(said) => Refusal {
            status: Some(status),
            code: Some(ErrorCode::from(&*shown(&said.error, secrets))),
            description: said.error_description.map(text),
            uri: said.error_uri.and_then(|uri| page(&uri, secrets)),
            is_empty_refresh,
            is_repeated: false,
        },
        None => Refusal {
            status: Some(status),
            code: None,
            description: None,
            uri: None,
            is_empty_refresh,
            is_repeated: false,
        },
    };
    Error::Refused(Arc::new(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_form_encoded_before_they_are_joined() {
        let secret = Secret::from("s:/ü".to_owned());
        let value = basic("a b", &secret).unwrap();
        let pair = STANDARD.decode(value.to_str().unwrap().strip_prefix("Basic ").unwrap());
        assert_eq!(pair.unwrap(), b"a+b:s%3A%2F%C3%BC");
        assert!(value.is_sensitive());
    }
}
