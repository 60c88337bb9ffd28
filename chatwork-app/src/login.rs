//! Signing in and out.

use std::fmt;

use chatwork_sdk::oauth::{App, Grant, PendingAuthorization};
use chatwork_sdk::types::Me;
use chatwork_sdk::{Scope, Secret, UnixTime};

use crate::config::{ConfigFile, OAuthApp, Profile};
use crate::credentials::{Credentials, Storage, StorageChoice};
use crate::error::{AppError, Result};
use crate::paths::Paths;
use crate::session::{builder, grant_source, oauth_app, trimmed};

/// How long a consent lasts without `offline_access`, which only confidential apps get.
const CONSENT_DAYS: i64 = 14;

/// Signs a person in: checks a token with `GET /me`, stores it, and makes its profile the current
/// one.
#[derive(Clone, Debug)]
#[must_use]
pub struct SignIn {
    paths: Paths,
    profile: String,
    base_url: String,
    insecure_http: bool,
    choice: StorageChoice,
    user_agent: String,
}

/// A person who has signed in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SignedIn {
    /// The profile.
    pub profile: String,
    /// The account.
    pub me: Me,
    /// Where the token is.
    pub storage: Storage,
    /// When the consent ends; `None` for an API token.
    pub ends_at: Option<UnixTime>,
}

impl SignIn {
    /// Signs in to a profile at an address. A profile of this name is replaced.
    pub fn new(paths: &Paths, profile: impl Into<String>, base_url: &str) -> Self {
        Self {
            paths: paths.clone(),
            profile: profile.into(),
            base_url: trimmed(base_url),
            insecure_http: false,
            choice: StorageChoice::Auto,
            user_agent: concat!("chatwork-app/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    /// Allows an address with `http://` to another machine. Default: not allowed.
    pub fn allow_insecure_http(self, allow: bool) -> Self {
        Self { insecure_http: allow, ..self }
    }

    /// Sets where the token is stored. Default: in the keyring if it works, else in the file.
    pub fn storage(self, choice: StorageChoice) -> Self {
        Self { choice, ..self }
    }

    /// Sets the name of the program for the header `User-Agent`.
    pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
        Self { user_agent: user_agent.into(), ..self }
    }

    /// Signs in with an API token.
    ///
    /// # Errors
    ///
    /// The token is refused (401), or cannot be stored. Then the profile stays as it was.
    pub async fn with_token(&self, token: Secret) -> Result<SignedIn> {
        let client = builder(&self.user_agent)
            .token(token.clone())
            .base_url(&self.base_url)
            .allow_insecure_http(self.insecure_http)
            .build()?;
        let me = client.me().await?;
        client.settle_limits().await;
        let credentials = Credentials::new(&self.paths);
        let (profile, base_url, choice) =
            (self.profile.clone(), self.base_url.clone(), self.choice);
        // The keyring may wait for a person.
        let stored = tokio::task::spawn_blocking(move || {
            credentials.store(&profile, &base_url, &token, choice)
        });
        let storage = stored.await.map_err(|_| AppError::Keyring {
            reason: "it failed in an unexpected way".to_owned(),
        })??;
        self.keep(me, storage, None)
    }

    /// Begins a consent (OAuth 2.0, PKCE) of a registered public app.
    ///
    /// # Errors
    ///
    /// The app or the scopes are invalid.
    pub fn with_oauth(
        &self,
        app: OAuthApp,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> Result<OAuthLogin> {
        let registered = oauth_app(&self.new_profile(), &app)?;
        let request = registered.authorize(scopes)?;
        Ok(OAuthLogin {
            sign_in: self.clone(),
            app,
            registered,
            url: request.url.to_string(),
            pending: request.pending,
        })
    }

    fn new_profile(&self) -> Profile {
        let mut profile = Profile::new(&self.base_url);
        profile.insecure_http = self.insecure_http;
        profile
    }

    /// Writes the profile, and makes it the current one.
    fn keep(&self, me: Me, storage: Storage, oauth: Option<OAuthApp>) -> Result<SignedIn> {
        let ends_at = oauth.as_ref().and_then(|app| app.ends_at).map(UnixTime);
        let mut profile = self.new_profile();
        profile.account_id = Some(me.account_id);
        profile.account_name = Some(me.name.clone());
        profile.storage = storage;
        profile.oauth = oauth;
        ConfigFile::new(&self.paths).edit(|config| {
            config.profiles.insert(self.profile.clone(), profile);
            config.profile = Some(self.profile.clone());
            Ok(())
        })?;
        Ok(SignedIn { profile: self.profile.clone(), me, storage, ends_at })
    }
}

/// A consent that waits for the address that the browser came back to. `Debug` shows no secret.
#[must_use]
pub struct OAuthLogin {
    sign_in: SignIn,
    app: OAuthApp,
    registered: App,
    url: String,
    pending: PendingAuthorization,
}

impl OAuthLogin {
    /// Returns the address that the person opens in a browser.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Checks the address that the browser came back to, exchanges its code, and signs in. The code
    /// is valid for a minute.
    ///
    /// # Errors
    ///
    /// [`AppError::OAuth`]: if the address does not belong to this consent, the person may paste
    /// another one. Others as in [`SignIn::with_token`].
    pub async fn finish(&self, address: &str) -> Result<SignedIn> {
        let code = self.pending.check(address.trim())?;
        let grant = self.registered.exchange(code).await?;
        let mut app = self.app.clone();
        app.ends_at = ends_at(&grant);
        let sign_in = &self.sign_in;
        let profile = sign_in.new_profile();
        let source = grant_source(&sign_in.paths, &sign_in.profile, &profile, &app)?;
        crate::files::make_folder(sign_in.paths.config())?;
        source.replace(grant).await?;
        let client = builder(&sign_in.user_agent)
            .token_source(source.clone())
            .base_url(&sign_in.base_url)
            .allow_insecure_http(sign_in.insecure_http)
            .build()?;
        let me = client.me().await?;
        client.settle_limits().await;
        source.settle().await?;
        sign_in.keep(me, Storage::File, Some(app))
    }
}

/// Returns when a consent ends, or `None` if it lasts until it is revoked.
fn ends_at(grant: &Grant) -> Option<i64> {
    let lasts = grant.scopes().contains(&Scope::OfflineAccess);
    (!lasts).then(|| grant.obtained_at.0.saturating_add(CONSENT_DAYS * 24 * 3600))
}

impl fmt::Debug for OAuthLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthLogin").field("app", &self.app).finish_non_exhaustive()
    }
}

/// Removes a profile with its token. The token stays valid: its owner revokes it in Chatwork.
///
/// # Errors
///
/// [`AppError::NoProfile`] if there is no such profile; an error of the storage. Then the profile
/// stays.
pub fn sign_out(paths: &Paths, name: &str) -> Result<Profile> {
    let file = ConfigFile::new(paths);
    file.edit(|config| {
        let Some(profile) = config.profiles.get(name).cloned() else {
            let known = config.profiles.keys().cloned().collect();
            return Err(AppError::NoProfile { name: name.to_owned(), known });
        };
        Credentials::new(paths).remove(name, &profile.base_url, profile.storage)?;
        if profile.oauth.is_some() {
            let grant = paths.grant(name);
            match std::fs::remove_file(&grant) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(AppError::file(&grant)(error));
                }
                _ => {}
            }
        }
        config.profiles.remove(name);
        if config.profile.as_deref() == Some(name) {
            // With one other profile there is nothing to choose.
            let mut names = config.profiles.keys();
            config.profile = names.next().cloned().filter(|_| names.next().is_none());
        }
        Ok(profile)
    })
}
