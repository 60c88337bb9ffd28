//! The client of a profile or of the environment.

use std::env::{self, VarError};
use std::fmt;
use std::time::Duration;

use chatwork_sdk::limits::FileLimits;
use chatwork_sdk::oauth::{App, FileStore, GrantSource};
use chatwork_sdk::{
    AccountId, BASE_URL_VARIABLE, Client, ClientBuilder, INSECURE_HTTP_VARIABLE, Pacing, Secret,
    TOKEN_VARIABLE,
};

use crate::config::{Config, ConfigFile, OAuthApp, Profile};
use crate::credentials::{Credentials, KeyringStore, Storage};
use crate::error::{AppError, Result};
use crate::paths::Paths;

/// The environment variable that names a profile.
pub const PROFILE_VARIABLE: &str = "CHATWORK_PROFILE";

/// The address of the service.
pub(crate) const SERVICE: &str = chatwork_sdk::oauth::operations::BASE_URL;

/// What the environment and the command line say about the account. `Debug` shows no token.
///
/// | precedence | account |
/// |---|---|
/// | 1 | the token in `CHATWORK_API_TOKEN`, at `CHATWORK_API_BASE_URL` or at the service |
/// | 2 | the profile of the command line, then that of `CHATWORK_PROFILE` |
/// | 3 | the profile of the configuration, if `CHATWORK_API_BASE_URL` is not set or is its address |
/// | 4 | the only profile, or the only one at `CHATWORK_API_BASE_URL` |
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// The API token of the environment.
    pub token: Option<Secret>,
    /// The base URL of the environment.
    pub base_url: Option<String>,
    /// Whether a token of the environment may go to another machine over `http://`.
    pub insecure_http: bool,
    /// The profile that the command line or the environment names.
    pub profile: Option<String>,
    /// How long a call waits for the rate limits at most; `None`: as long as they demand.
    pub max_wait: Option<Duration>,
}

impl Settings {
    /// Reads the settings of the environment. Empty variables count as not set.
    ///
    /// # Errors
    ///
    /// [`AppError::Variable`] if a variable is not UTF-8 or not of its form.
    pub fn from_env() -> Result<Self> {
        let insecure_http = match variable(INSECURE_HTTP_VARIABLE)?.as_deref() {
            None | Some("0" | "false") => false,
            Some("1" | "true") => true,
            Some(_) => {
                let expected = "expected 1 or 0";
                return Err(AppError::Variable { name: INSECURE_HTTP_VARIABLE, expected });
            }
        };
        Ok(Self {
            token: variable(TOKEN_VARIABLE)?.map(Secret::from),
            base_url: variable(BASE_URL_VARIABLE)?.map(|url| trimmed(&url)),
            insecure_http,
            profile: variable(PROFILE_VARIABLE)?,
            max_wait: None,
        })
    }

    /// Names a profile, which beats that of the environment.
    #[must_use]
    pub fn with_profile(self, profile: Option<String>) -> Self {
        Self { profile: profile.or(self.profile), ..self }
    }

    /// Sets how long a call waits for the rate limits at most.
    #[must_use]
    pub fn with_max_wait(self, max_wait: Option<Duration>) -> Self {
        Self { max_wait, ..self }
    }
}

fn variable(name: &'static str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(AppError::Variable { name, expected: "expected UTF-8" })
        }
    }
}

/// One address has one form: `…/v2` and `…/v2/` are the same.
pub(crate) fn trimmed(base_url: &str) -> String {
    base_url.trim().trim_end_matches('/').to_owned()
}

/// Where the token of a session comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// The variable `CHATWORK_API_TOKEN`.
    Environment,
    /// A profile, and where its token is stored.
    Profile {
        /// The name of the profile.
        name: String,
        /// Where the token is.
        storage: Storage,
        /// Whether it is a consent (OAuth 2.0) rather than an API token.
        is_oauth: bool,
    },
}

/// A client that acts for one account at one address.
///
/// It shares the account's rate limits with all other programs of this user
/// ([`FileLimits::shared`]). `Debug` shows no token.
#[derive(Clone)]
pub struct Session {
    client: Client,
    origin: Origin,
    base_url: String,
    account: Option<AccountId>,
    grant: Option<GrantSource>,
}

impl Session {
    /// Opens the session that the settings and the configuration name. Sends no request.
    ///
    /// # Errors
    ///
    /// - [`AppError::NotSignedIn`] if there is no token for the address.
    /// - [`AppError::NoneChosen`] if there are several profiles, and none of them is the current one.
    /// - [`AppError::NoProfile`] if the named profile does not exist.
    /// - [`AppError::OtherAddress`] if the named profile is bound to another address than the one
    ///   that the environment names.
    /// - Those of reading the configuration and the token.
    pub async fn open(paths: &Paths, settings: &Settings, user_agent: &str) -> Result<Self> {
        Self::open_with(paths, settings, user_agent, |client| client).await
    }

    /// Like [`Session::open`], with a function that changes the settings of the client before its
    /// account, its address and its longest wait are set.
    ///
    /// ```no_run
    /// use chatwork_app::{Paths, Session, Settings};
    ///
    /// # async fn example() -> Result<(), chatwork_app::AppError> {
    /// let (paths, settings) = (Paths::of_user()?, Settings::from_env()?);
    /// let session = Session::open_with(&paths, &settings, "report/1.0", |client| {
    ///     client.on_wait(|wait| eprintln!("waiting {:?}", wait.expected))
    /// });
    /// let session = session.await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Session::open`].
    pub async fn open_with(
        paths: &Paths,
        settings: &Settings,
        user_agent: &str,
        configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Self> {
        let mut base = configure(builder(user_agent));
        if let Some(max_wait) = settings.max_wait {
            base = base.pacing(Pacing::default().max_wait(max_wait));
        }
        if let Some(token) = &settings.token {
            let base_url = settings.base_url.clone().unwrap_or_else(|| SERVICE.to_owned());
            let client = base
                .token(token.clone())
                .base_url(&base_url)
                .allow_insecure_http(settings.insecure_http)
                .build()?;
            let origin = Origin::Environment;
            return Ok(Self { client, origin, base_url, account: None, grant: None });
        }
        let config = ConfigFile::new(paths).load()?;
        let (name, profile) = choose(&config, settings)?;
        let base = base.base_url(&profile.base_url).allow_insecure_http(profile.insecure_http);
        let (client, grant) = match &profile.oauth {
            Some(app) => {
                let source = grant_source(paths, name, profile, app)?;
                (base.token_source(source.clone()).build()?, Some(source))
            }
            None => (base.token(stored_token(paths, name, profile).await?).build()?, None),
        };
        let origin = Origin::Profile {
            name: name.to_owned(),
            storage: profile.storage,
            is_oauth: profile.oauth.is_some(),
        };
        let (base_url, account) = (profile.base_url.clone(), profile.account_id);
        Ok(Self { client, origin, base_url, account, grant })
    }

    /// Returns the client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns where the token comes from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns the address of the API.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Returns the account of the profile, as it was when the person signed in; `None` for a token
    /// of the environment.
    pub fn account(&self) -> Option<AccountId> {
        self.account
    }

    /// Ends the session: waits for a refresh that is running, and returns what the limits of other
    /// programs need to know. Await it before the program ends.
    pub async fn settle(&self) {
        if let Some(grant) = &self.grant {
            // An error was returned by the call that caused the refresh.
            let _ = grant.settle().await;
        }
        self.client.settle_limits().await;
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("origin", &self.origin)
            .field("base_url", &self.base_url)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// Returns a builder with the limits that all programs of this user share.
pub(crate) fn builder(user_agent: &str) -> ClientBuilder {
    Client::builder().user_agent(user_agent).limits(FileLimits::shared())
}

/// Chooses a profile. An address of the environment never gets the token of a profile that is bound
/// to another one.
fn choose<'a>(config: &'a Config, settings: &Settings) -> Result<(&'a str, &'a Profile)> {
    if let Some(name) = &settings.profile {
        let found = config.profiles.get_key_value(name);
        let (name, profile) = found.ok_or_else(|| AppError::NoProfile {
            name: name.clone(),
            known: config.profiles.keys().cloned().collect(),
        })?;
        return match &settings.base_url {
            Some(named) if *named != profile.base_url => Err(AppError::OtherAddress {
                profile: name.clone(),
                bound: profile.base_url.clone(),
                named: named.clone(),
            }),
            _ => Ok((name.as_str(), profile)),
        };
    }
    let current = config.profile.as_ref().and_then(|name| config.profiles.get_key_value(name));
    let is_bound = |profile: &Profile| {
        settings.base_url.as_ref().is_none_or(|named| profile.base_url == *named)
    };
    let bound: Vec<_> = config.profiles.iter().filter(|(_, profile)| is_bound(profile)).collect();
    let found = match (current.filter(|(_, profile)| is_bound(profile)), bound.as_slice()) {
        (Some(current), _) => current,
        // There is nothing to choose.
        (None, [one]) => *one,
        (None, []) => {
            let base_url = settings.base_url.clone().unwrap_or_else(|| SERVICE.to_owned());
            return Err(AppError::NotSignedIn { base_url, profile: None });
        }
        (None, several) => {
            let known = several.iter().map(|(name, _)| (*name).clone()).collect();
            return Err(AppError::NoneChosen { known });
        }
    };
    Ok((found.0.as_str(), found.1))
}

async fn stored_token(paths: &Paths, name: &str, profile: &Profile) -> Result<Secret> {
    let (credentials, name) = (Credentials::new(paths), name.to_owned());
    let (base_url, storage) = (profile.base_url.clone(), profile.storage);
    let missing = AppError::NotSignedIn { base_url: base_url.clone(), profile: Some(name.clone()) };
    // The keyring may wait for a person.
    let loaded =
        tokio::task::spawn_blocking(move || credentials.load(&name, &base_url, storage)).await;
    match loaded {
        Ok(token) => token?.ok_or(missing),
        Err(_) => Err(missing),
    }
}

/// Returns the source of a profile's access tokens.
pub(crate) fn grant_source(
    paths: &Paths,
    name: &str,
    profile: &Profile,
    app: &OAuthApp,
) -> Result<GrantSource> {
    let registered = oauth_app(profile, app)?;
    Ok(match profile.storage {
        Storage::Keyring => registered.source(KeyringStore::new(paths, name, profile, app)),
        Storage::File => registered.source(FileStore::new(paths.grant(name, profile, app))),
    })
}

/// Builds the app of a profile. It has no secret: one in a program of a person would be none.
pub(crate) fn oauth_app(profile: &Profile, app: &OAuthApp) -> Result<App> {
    let mut builder = App::builder(&app.client_id).redirect_uri(&app.redirect_uri);
    if let Some((authorization, token)) = &app.endpoints {
        builder = builder.endpoints(authorization, token);
    }
    Ok(builder.allow_insecure_http(profile.insecure_http).build()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config() -> Config {
        let mut config = Config::default();
        config.profiles.insert("work".to_owned(), Profile::new(SERVICE));
        config.profiles.insert("sandbox".to_owned(), Profile::new("http://127.0.0.1:1/v2"));
        config.profile = Some("work".to_owned());
        config
    }

    fn chosen(settings: &Settings) -> Result<String> {
        choose(&config(), settings).map(|(name, _)| name.to_owned())
    }

    #[test]
    fn the_profile_of_the_configuration_is_the_last_choice() {
        assert_eq!(chosen(&Settings::default()).unwrap(), "work");
        let named = Settings { profile: Some("sandbox".to_owned()), ..Settings::default() };
        assert_eq!(chosen(&named).unwrap(), "sandbox");
        let unknown = Settings { profile: Some("x".to_owned()), ..Settings::default() };
        assert!(
            matches!(chosen(&unknown), Err(AppError::NoProfile { known, .. }) if known.len() == 2)
        );
    }

    #[test]
    fn without_a_current_profile_those_that_exist_are_named() {
        let mut config = config();
        config.profile = None;
        let named = |base_url: Option<&str>| {
            let base_url = base_url.map(str::to_owned);
            match choose(&config, &Settings { base_url, ..Settings::default() }) {
                Err(AppError::NoneChosen { known }) => known,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(named(None), ["sandbox", "work"]);
        let mut second = config.clone();
        second.profiles.insert("more".to_owned(), Profile::new(SERVICE));
        let named = Settings { base_url: Some(SERVICE.to_owned()), ..Settings::default() };
        let Err(AppError::NoneChosen { known }) = choose(&second, &named) else { panic!() };
        assert_eq!(known, ["more", "work"]);
        // None at all.
        let none =
            choose(&Config::default(), &Settings::default()).map(|(name, _)| name.to_owned());
        assert!(matches!(none, Err(AppError::NotSignedIn { .. })), "{none:?}");
    }

    #[test]
    fn no_stored_token_goes_to_an_address_of_the_environment() {
        let at = |url: &str, profile: Option<&str>| Settings {
            base_url: Some(url.to_owned()),
            profile: profile.map(str::to_owned),
            ..Settings::default()
        };
        let refused = chosen(&at("https://evil.example/v2", None));
        assert!(matches!(refused, Err(AppError::NotSignedIn { .. })));
        let refused = chosen(&at("https://evil.example/v2", Some("work")));
        assert!(matches!(refused, Err(AppError::OtherAddress { .. })));
        assert_eq!(chosen(&at("http://127.0.0.1:1/v2", None)).unwrap(), "sandbox");
        assert_eq!(chosen(&at(SERVICE, None)).unwrap(), "work");
    }
}
