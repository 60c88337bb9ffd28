//! An app asks for consent.

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

use super::grant::GrantId;
use super::{CODE_LIFE, OAuthRefusal, pkce, redirect, scopes};
use crate::state::State;
use crate::world::AppSeed;

/// The parameters of an authorization request.
#[derive(Clone, Copy, Default)]
pub(crate) struct Ask<'a> {
    pub(crate) response_type: Option<&'a str>,
    pub(crate) client_id: Option<&'a str>,
    pub(crate) redirect_uri: Option<&'a str>,
    pub(crate) scope: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    pub(crate) code_challenge: Option<&'a str>,
    pub(crate) code_challenge_method: Option<&'a str>,
}

/// A request that may be put to a person.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) app: AppSeed,
    pub(crate) scopes: Vec<Scope>,
    /// As it was asked for: the token endpoint wants to see the same.
    redirect_uri: Option<String>,
    back: Back,
    challenge: Option<String>,
}

/// The way back to the app.
#[derive(Clone)]
struct Back {
    uri: String,
    state: Option<String>,
}

/// A request that may not.
#[derive(Clone)]
pub(crate) enum AskRefusal {
    /// It is not sure who asks, or where the way back leads: the person is told.
    Page(OAuthRefusal),
    /// The app is told, by sending the person to this address.
    Back(OAuthRefusal, String),
}

/// A code that was given.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) client_id: String,
    pub(super) account: AccountId,
    pub(super) scopes: Vec<Scope>,
    pub(super) redirect_uri: Option<String>,
    /// Where the code went.
    pub(super) uri: String,
    pub(super) challenge: Option<String>,
    pub(super) expires: i64,
    /// What was given for it: it is used then.
    pub(super) grant: Option<GrantId>,
}

impl Back {
    fn with<'a>(&'a self, mut parameters: Vec<(&'a str, &'a str)>) -> String {
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        redirect::with(&self.uri, &parameters)
    }

    fn refused(&self, refusal: &OAuthRefusal) -> String {
        self.with(vec![("error", refusal.code), ("error_description", &refusal.description)])
    }
}

impl State {
    /// Checks a request: first who asks and where the way back leads, then the rest.
    pub(crate) fn ask(&self, ask: Ask<'_>) -> Result<Asked, AskRefusal> {
        let (app, back) = self.asking(ask).map_err(AskRefusal::Page)?;
        let checked = check(app, ask);
        let (scopes, challenge) = checked.map_err(|refusal| {
            let address = back.refused(&refusal);
            AskRefusal::Back(refusal, address)
        })?;
        let redirect_uri = ask.redirect_uri.map(ToOwned::to_owned);
        Ok(Asked { app: app.clone(), scopes, redirect_uri, back, challenge })
    }

    fn asking(&self, ask: Ask<'_>) -> Result<(&AppSeed, Back), OAuthRefusal> {
        let client_id = ask.client_id.ok_or_else(|| OAuthRefusal::missing("client_id"))?;
        let app = self.oauth.app(client_id);
        let app = app.ok_or_else(|| OAuthRefusal::client("There is no app with this client_id"))?;
        let uri = redirect::choose(app, ask.redirect_uri)?;
        Ok((app, Back { uri, state: ask.state.map(ToOwned::to_owned) }))
    }

    /// The person says yes; the address to go to has the code.
    pub(crate) fn allow(&mut self, asked: Asked, account: AccountId, now: i64) -> String {
        let code = self.oauth.opaque.next("code");
        let address = asked.back.with(vec![("code", &code)]);
        let given = Code {
            client_id: asked.app.client_id,
            account,
            scopes: asked.scopes,
            redirect_uri: asked.redirect_uri,
            uri: asked.back.uri,
            challenge: asked.challenge,
            expires: now.saturating_add(CODE_LIFE),
            grant: None,
        };
        self.oauth.codes.insert(code, given);
        address
    }
}

impl Asked {
    /// The person says no; the address to go to says so.
    pub(crate) fn deny(&self) -> String {
        self.back.refused(&OAuthRefusal::denied())
    }
}

fn check(app: &AppSeed, ask: Ask<'_>) -> Result<(Vec<Scope>, Option<String>), OAuthRefusal> {
    match ask.response_type {
        Some("code") => {}
        Some(_) => return Err(OAuthRefusal::response_type()),
        None => return Err(OAuthRefusal::missing("response_type")),
    }
    let scopes = scopes(ask.scope.unwrap_or_default())?;
    check_scopes(app, &scopes)?;
    let challenge = pkce::challenge(ask.code_challenge, ask.code_challenge_method)?;
    if app.client_secret.is_none() && challenge.is_none() {
        let text = "code_challenge is required: the app is a public client";
        return Err(OAuthRefusal::request(text));
    }
    Ok((scopes, challenge))
}

fn check_scopes(app: &AppSeed, scopes: &[Scope]) -> Result<(), OAuthRefusal> {
    if scopes.is_empty() {
        return Err(OAuthRefusal::scope("scope is required"));
    }
    if app.client_secret.is_none() && scopes.contains(&Scope::OfflineAccess) {
        return Err(OAuthRefusal::scope("offline_access is for confidential clients"));
    }
    let Some(allowed) = &app.scopes else {
        return Ok(());
    };
    match scopes.iter().find(|scope| !allowed.iter().any(|name| name == scope.as_str())) {
        Some(scope) => Err(OAuthRefusal::scope(&format!("The app may not ask for {scope}"))),
        None => Ok(()),
    }
}
