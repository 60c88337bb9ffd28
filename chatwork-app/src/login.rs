//! Signing in and out.

mod clean;

use std::fmt;

use chatwork_sdk::oauth::{App, Grant, MemoryStore, PendingAuthorization};
use chatwork_sdk::types::Me;
use chatwork_sdk::{AccountId, Scope, Secret, UnixTime};

use crate::config::{ConfigFile, OAuthApp, Profile};
use crate::credentials::{Credentials, Storage, StorageChoice, check_keyring};
use crate::error::{AppError, Result};
use crate::paths::Paths;
use crate::session::{builder, grant_source, oauth_app, trimmed};

use self::clean::clean;
pub use self::clean::sign_out;

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
    replace: bool,
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
    /// Signs in to a profile at an address. A profile of this name is replaced if it has the same
    /// address and account, or if [`SignIn::replace`] allows it.
    pub fn new(paths: &Paths, profile: impl Into<String>, base_url: &str) -> Self {
        Self {
            paths: paths.clone(),
            profile: profile.into(),
            base_url: trimmed(base_url),
            insecure_http: false,
            choice: StorageChoice::Auto,
            user_agent: concat!("chatwork-app/", env!("CARGO_PKG_VERSION")).to_owned(),
            replace: false,
        }
    }

    /// Allows to replace a profile of another address or account, whose token is then removed.
    /// Default: not allowed.
    pub fn replace(self, replace: bool) -> Self {
        Self { replace, ..self }
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

    /// Checks whether to sign in would replace a profile of another address, or of another account
    /// if it is known already. Sends no request.
    ///
    /// # Errors
    ///
    /// [`AppError::OtherProfile`] with the profile that would be lost; those of reading the
    /// configuration.
    pub fn check(&self, account: Option<AccountId>) -> Result<()> {
        if self.replace {
            return Ok(());
        }
        let config = ConfigFile::new(&self.paths).load()?;
        let Some(known) = config.profiles.get(&self.profile) else { return Ok(()) };
        let is_other_account =
            known.account_id.zip(account).is_some_and(|(known, account)| known != account);
        match is_other_account || known.base_url != self.base_url {
            true => Err(AppError::OtherProfile {
                profile: self.profile.clone(),
                known: Box::new(known.clone()),
            }),
            false => Ok(()),
        }
    }

    /// Signs in with an API token.
    ///
    /// # Errors
    ///
    /// The token is refused (401), or cannot be stored; those of [`SignIn::check`]. Then the profile
    /// stays as it was.
    pub async fn with_token(&self, token: Secret) -> Result<SignedIn> {
        // Before the token goes anywhere.
        self.check(None)?;
        let client = builder(&self.user_agent)
            .token(token.clone())
            .base_url(&self.base_url)
            .allow_insecure_http(self.insecure_http)
            .build()?;
        let me = client.me().await?;
        client.settle_limits().await;
        self.check(Some(me.account_id))?;
        let credentials = Credentials::new(&self.paths);
        let (profile, base_url, choice) =
            (self.profile.clone(), self.base_url.clone(), self.choice);
        let storage =
            blocking(move || credentials.store(&profile, &base_url, &token, choice)).await?;
        self.keep(me, storage, None).await
    }

    /// Begins a consent (OAuth 2.0, PKCE) of a registered public app.
    ///
    /// # Errors
    ///
    /// The app or the scopes are invalid; those of [`SignIn::check`].
    pub fn with_oauth(
        &self,
        app: OAuthApp,
        scopes: impl IntoIterator<Item = Scope>,
    ) -> Result<OAuthLogin> {
        self.check(None)?;
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

    /// Returns where the tokens of a consent can be stored. Called before its code is spent, which has
    /// one use. The keyring is tried first, as for an API token.
    async fn check_store(&self) -> Result<Storage> {
        let folder = self.paths.config();
        crate::files::make_folder(folder)?;
        let keyring = match self.choice {
            StorageChoice::File => None,
            _ => Some(blocking(check_keyring).await),
        };
        let storage = match keyring {
            Some(Ok(())) => Storage::Keyring,
            Some(Err(error)) if self.choice == StorageChoice::Keyring => return Err(error),
            _ => {
                crate::files::make_private_folder(folder)?;
                Storage::File
            }
        };
        // The profile is in this folder, whichever place has the tokens.
        crate::files::try_writing(folder)?;
        Ok(storage)
    }

    /// Stores the tokens of a consent, and returns where they are.
    async fn store_grant(
        &self,
        storage: Storage,
        grant: &Grant,
        app: &OAuthApp,
    ) -> Result<Storage> {
        if storage == Storage::Keyring {
            match self.store_grant_in(storage, grant, app).await {
                Ok(()) => return Ok(storage),
                Err(error) if self.choice == StorageChoice::Keyring => return Err(error),
                // It may be that a keyring takes no value of this length.
                Err(_) => crate::files::make_private_folder(self.paths.config())?,
            }
        }
        self.store_grant_in(Storage::File, grant, app).await?;
        Ok(Storage::File)
    }

    async fn store_grant_in(&self, storage: Storage, grant: &Grant, app: &OAuthApp) -> Result<()> {
        let mut profile = self.new_profile();
        profile.storage = storage;
        let source = grant_source(&self.paths, &self.profile, &profile, app)?;
        source.replace(grant.clone()).await?;
        Ok(source.settle().await?)
    }

    fn new_profile(&self) -> Profile {
        let mut profile = Profile::new(&self.base_url);
        profile.insecure_http = self.insecure_http;
        profile
    }

    /// Writes the profile, makes it the current one, and removes what is stored of the profile that
    /// it replaces.
    async fn keep(&self, me: Me, storage: Storage, oauth: Option<OAuthApp>) -> Result<SignedIn> {
        let ends_at = oauth.as_ref().and_then(|app| app.ends_at).map(UnixTime);
        let mut profile = self.new_profile();
        profile.account_id = Some(me.account_id);
        profile.account_name = Some(me.name.clone());
        profile.storage = storage;
        profile.oauth = oauth;
        let replaced = ConfigFile::new(&self.paths).edit(|config| {
            config.profile = Some(self.profile.clone());
            Ok(config.profiles.insert(self.profile.clone(), profile.clone()))
        })?;
        let (paths, name) = (self.paths.clone(), self.profile.clone());
        blocking(move || clean(&paths, &name, replaced.as_ref(), &profile)).await?;
        Ok(SignedIn { profile: self.profile.clone(), me, storage, ends_at })
    }
}

/// Runs work that may wait for a person: the keyring may ask.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| AppError::Keyring { reason: "it failed in an unexpected way".to_owned() })?
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
    /// another one. Others as in [`SignIn::with_token`]. If the tokens could not be stored, the code is
    /// not spent.
    pub async fn finish(&self, address: &str) -> Result<SignedIn> {
        let code = self.pending.check(address.trim())?;
        let storage = self.sign_in.check_store().await?;
        let grant = self.registered.exchange(code).await?;
        let mut app = self.app.clone();
        app.ends_at = ends_at(&grant);
        let sign_in = &self.sign_in;
        // In memory until it is known whose it is: a consent that fails replaces none that works.
        let memory = MemoryStore::new(grant);
        let source = self.registered.source(memory.clone());
        let client = builder(&sign_in.user_agent)
            .token_source(source.clone())
            .base_url(&sign_in.base_url)
            .allow_insecure_http(sign_in.insecure_http)
            .build()?;
        let me = client.me().await?;
        client.settle_limits().await;
        source.settle().await?;
        sign_in.check(Some(me.account_id))?;
        let missing = || AppError::NotSignedIn {
            base_url: sign_in.base_url.clone(),
            profile: Some(sign_in.profile.clone()),
        };
        // The call may have refreshed it.
        let grant = memory.grant().ok_or_else(missing)?;
        let storage = sign_in.store_grant(storage, &grant, &app).await?;
        sign_in.keep(me, storage, Some(app)).await
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

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const HERE: &str = "https://api.chatwork.com/v2";

    pub(super) fn paths() -> (tempfile::TempDir, Paths) {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::below(folder.path());
        let mut profile = Profile::new(HERE);
        profile.account_id = Some(AccountId(1));
        let edit =
            |config: &mut crate::Config| Ok(config.profiles.insert("work".to_owned(), profile));
        ConfigFile::new(&paths).edit(edit).unwrap();
        (folder, paths)
    }

    #[test]
    fn a_profile_of_another_address_or_account_is_not_replaced_by_chance() {
        let (_folder, paths) = paths();
        let check = |name: &str, address: &str, account: Option<i64>| {
            SignIn::new(&paths, name, address).check(account.map(AccountId))
        };
        assert!(check("work", HERE, None).is_ok());
        assert!(check("work", &format!("{HERE}/"), Some(1)).is_ok());
        assert!(check("other", "http://127.0.0.1:1/v2", Some(2)).is_ok());
        for (address, account) in [(HERE, Some(2)), ("http://127.0.0.1:1/v2", None)] {
            let refused = check("work", address, account);
            assert!(matches!(refused, Err(AppError::OtherProfile { .. })), "{refused:?}");
        }
        let allowed = SignIn::new(&paths, "work", "http://127.0.0.1:1/v2").replace(true);
        assert!(allowed.check(Some(AccountId(2))).is_ok());
    }

    #[test]
    fn a_grant_is_for_one_address_and_app_alone() {
        let (_folder, paths) = paths();
        let (profile, app) = (Profile::new(HERE), OAuthApp::new("app", "x:/"));
        let path = paths.grant("work", &profile, &app);
        assert_eq!(path, paths.grant("work", &Profile::new(HERE), &app.clone()));
        assert_ne!(path, paths.grant("work", &Profile::new("https://evil.example"), &app));
        assert_ne!(path, paths.grant("work", &profile, &OAuthApp::new("other", "x:/")));
        let mut elsewhere = app.clone();
        elsewhere.endpoints = Some(("https://a".to_owned(), "https://evil.example".to_owned()));
        assert_ne!(path, paths.grant("work", &profile, &elsewhere));
    }
}
