//! Authorization requests.

use chatwork_api::operations::Scope;
use chatwork_api::types::AccountId;

use super::grant::GrantId;
use super::{CODE_VALIDITY, OAuth, OAuthRefusal, pkce, redirect, scopes};
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

/// A valid request, for a person to decide.
#[derive(Clone)]
pub(crate) struct Asked {
    pub(crate) app: AppSeed,
    pub(crate) scopes: Vec<Scope>,
    /// As in the request: the token endpoint compares it.
    redirect_uri: Option<String>,
    back: Back,
    challenge: Option<String>,
}

/// Where the person is redirected to.
#[derive(Clone)]
struct Back {
    uri: String,
    state: Option<String>,
}

/// A refused request.
#[derive(Clone)]
pub(crate) enum AskRefusal {
    /// The app or the redirect address is invalid, so the person sees a page.
    Page(OAuthRefusal),
    /// The browser is redirected to this address of the app, with the error.
    Back(OAuthRefusal, String),
}

/// An issued code.
#[derive(Clone)]
pub(super) struct Code {
    pub(super) client_id: String,
    pub(super) account: AccountId,
    pub(super) scopes: Vec<Scope>,
    pub(super) redirect_uri: Option<String>,
    /// The address that got the code.
    pub(super) uri: String,
    pub(super) challenge: Option<String>,
    pub(super) expires: i64,
    /// The grant that it was exchanged for; then it is used.
    pub(super) grant: Option<GrantId>,
    /// Counts the codes, to find the oldest.
    number: u64,
}

/// The most codes that are kept.
const CODES: usize = 1_000;

impl OAuth {
    /// Drops expired codes. A used code is kept as long as its grant, since using it again ends the
    /// grant. If a stopped clock keeps too many codes valid, drops the oldest.
    fn drop_codes(&mut self, now: i64) {
        let grants = &self.grants;
        self.codes.retain(|_, code| match code.grant {
            Some(grant) => grants.contains_key(&grant),
            None => code.expires > now,
        });
        if self.codes.len() >= CODES {
            let oldest = self.codes.iter().min_by_key(|(_, code)| code.number);
            let oldest = oldest.map(|(text, _)| text.clone());
            oldest.map(|text| self.codes.remove(&text));
        }
    }
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
    /// Checks a request: first app and redirect address, then the rest.
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
        let app = app.ok_or_else(|| OAuthRefusal::unknown_client(client_id))?;
        let uri = redirect::choose(app, ask.redirect_uri)?;
        Ok((app, Back { uri, state: ask.state.map(ToOwned::to_owned) }))
    }

    /// Allows the request. Returns the redirect address with the code.
    pub(crate) fn allow(&mut self, asked: Asked, account: AccountId, now: i64) -> String {
        self.oauth.drop_codes(now);
        let code = self.oauth.opaque.next("code");
        let address = asked.back.with(vec![("code", &code)]);
        let given = Code {
            client_id: asked.app.client_id,
            account,
            scopes: asked.scopes,
            redirect_uri: asked.redirect_uri,
            uri: asked.back.uri,
            challenge: asked.challenge,
            expires: now.saturating_add(CODE_VALIDITY),
            grant: None,
            number: self.oauth.opaque.count(),
        };
        self.oauth.codes.insert(code, given);
        address
    }
}

impl Asked {
    /// Denies the request. Returns the redirect address, which has `error` and `state` alone.
    pub(crate) fn deny(&self) -> String {
        self.back.with(vec![("error", "access_denied")])
    }

    /// The note in the log if the service would refuse the redirect address.
    pub(crate) fn note(&self) -> Option<String> {
        let is_test = redirect::is_for_tests(&self.app, &self.back.uri);
        is_test.then(|| {
            "redirect_uri is one of test_redirect_uris: the service registers no http:// address"
                .to_owned()
        })
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
        return Err(OAuthRefusal::scope("Scope is missing."));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{CodeForm, PresentedClient};
    use crate::world::World;

    const NOW: i64 = 1_000;
    const APP: &str = "sandbox-confidential-app";

    /// Issues a code at a time.
    fn issue(state: &mut State, now: i64) -> String {
        let ask = Ask {
            response_type: Some("code"),
            client_id: Some(APP),
            redirect_uri: Some("http://127.0.0.1/callback"),
            scope: Some("rooms.all:read"),
            ..Ask::default()
        };
        let Ok(asked) = state.ask(ask) else { panic!("a valid request was refused") };
        let account = state.accounts().next().unwrap().id;
        let address = state.allow(asked, account, now);
        address.split_once("code=").unwrap().1.to_owned()
    }

    fn exchange(state: &mut State, code: &str) -> Result<(), String> {
        let secret = "sandbox-confidential-secret".to_owned();
        let client =
            PresentedClient { basic: Some((APP.to_owned(), secret)), ..Default::default() };
        let redirect_uri = Some("http://127.0.0.1/callback");
        let form = CodeForm { code: Some(code), redirect_uri, code_verifier: None };
        state.exchange(&client, form, NOW).map(drop).map_err(|refusal| refusal.description)
    }

    fn state() -> State {
        State::new(&World::standard().unwrap(), NOW)
    }

    #[test]
    fn an_expired_code_is_dropped_when_the_next_code_is_issued() {
        let mut state = state();
        let old = issue(&mut state, NOW);
        issue(&mut state, NOW + CODE_VALIDITY - 1);
        assert!(state.oauth.codes.contains_key(&old));
        issue(&mut state, NOW + CODE_VALIDITY);
        assert!(!state.oauth.codes.contains_key(&old));
        assert_eq!(state.oauth.codes.len(), 2);
    }

    #[test]
    fn a_used_code_is_kept_as_long_as_its_grant() {
        let mut state = state();
        let code = issue(&mut state, NOW);
        exchange(&mut state, &code).unwrap();
        issue(&mut state, NOW + 10 * CODE_VALIDITY);
        assert!(state.oauth.codes.contains_key(&code));
        assert_eq!(exchange(&mut state, &code), Err("The code was used before".to_owned()));
        issue(&mut state, NOW + 10 * CODE_VALIDITY);
        assert!(!state.oauth.codes.contains_key(&code));
    }

    #[test]
    fn under_a_stopped_clock_the_newest_thousand_codes_are_kept() {
        let mut state = state();
        let oldest = issue(&mut state, NOW);
        let second = issue(&mut state, NOW);
        for _ in 2..=CODES {
            issue(&mut state, NOW);
        }
        assert_eq!(state.oauth.codes.len(), CODES);
        assert!(!state.oauth.codes.contains_key(&oldest));
        assert!(state.oauth.codes.contains_key(&second));
    }
}
