//! `auth`.

use chatwork_app::{
    AppError, Config, ConfigFile, Credentials, OAuthApp, Origin, Profile, SignIn, SignedIn,
    Storage, StorageChoice, one_line, sign_out,
};
use chatwork_sdk::oauth::operations;
use chatwork_sdk::oauth::{Error, scopes_for};
use chatwork_sdk::{Scope, Secret};
use serde_json::Value;

use crate::args::{self, Auth, Login};
use crate::ask;
use crate::context::{Context, USER_AGENT, set_address};
use crate::failure::{Done, Failure, exit};
use crate::out::{Item, note, shape, time};
use crate::words::{self, Words};

/// The profile of a person who names none.
const DEFAULT: &str = "default";

pub(super) async fn run(context: &Context, auth: Auth) -> Done {
    match auth {
        Auth::Login(login) => login_to(context, &login).await,
        Auth::Status => status(context).await,
        Auth::Switch { name } => switch(context, &name),
        Auth::Logout { name } => logout(context, name).await,
    }
}

async fn login_to(context: &Context, login: &Login) -> Done {
    context.out.refuse_csv()?;
    let name = profile(context);
    // A profile keeps its address, unless another one is named.
    let known = context.config.profiles.get(&name);
    let named = login.base_url.as_ref().or(context.settings.base_url.as_ref());
    let bound = known.filter(|_| named.is_none());
    let base_url = named.or(bound.map(|profile| &profile.base_url));
    let base_url = base_url.map_or(operations::BASE_URL, String::as_str);
    set_address(base_url);
    let is_insecure = login.allow_insecure_http || bound.is_some_and(|it| it.insecure_http);
    let mut sign_in = SignIn::new(&context.paths, name, base_url)
        .allow_insecure_http(is_insecure)
        .storage(choice(context, login))
        .user_agent(USER_AGENT)
        .replace(context.yes);
    // Before the person types a token.
    if let Err(error) = sign_in.check(None) {
        sign_in = confirm_replace(context, sign_in, error)?;
    }
    let signed_in = match login.oauth {
        true => consent(&sign_in, login).await?,
        false => {
            let prompt = words::PROMPT_TOKEN.fill(&[("address", &one_line(base_url))]);
            let token = ask::secret(&prompt)?;
            if token.is_empty() {
                return Err(Failure::new("not_a_token", words::EMPTY_TOKEN.text())
                    .hinted(words::NOT_A_TOKEN_HINT));
            }
            let token = Secret::from(token);
            match sign_in.with_token(token.clone()).await {
                // Whose token it is was not known before.
                Err(error @ AppError::OtherProfile { .. }) => {
                    confirm_replace(context, sign_in, error)?.with_token(token).await?
                }
                signed_in => signed_in?,
            }
        }
    };
    tell(context, base_url, &signed_in)
}

/// Asks before a profile of another address or account is lost.
fn confirm_replace(context: &Context, sign_in: SignIn, error: AppError) -> Done<SignIn> {
    let AppError::OtherProfile { profile, known } = error else { return Err(error.into()) };
    ask::confirm(context.yes, &replaced(&profile, &known))?;
    Ok(sign_in.replace(true))
}

/// Says which profile a new sign-in would replace.
pub(crate) fn replaced(name: &str, known: &Profile) -> String {
    about(words::ASK_REPLACE, name, known)
}

/// Fills a question with a profile.
fn about(question: Words, name: &str, known: &Profile) -> String {
    let account = known.account_name.as_deref().unwrap_or("?");
    question.fill(&[
        ("profile", &one_line(name)),
        ("account", &one_line(account)),
        ("address", &one_line(&known.base_url)),
    ])
}

/// Returns the profile to sign in to: the named one, or the current one, or a first one.
fn profile(context: &Context) -> String {
    let named = context.settings.profile.clone();
    named.or_else(|| context.config.profile.clone()).unwrap_or_else(|| DEFAULT.to_owned())
}

fn choice(context: &Context, login: &Login) -> StorageChoice {
    let configured = match context.config.storage.as_deref() {
        Some("file") => StorageChoice::File,
        Some("keyring") => StorageChoice::Keyring,
        _ => StorageChoice::Auto,
    };
    login.storage.map_or(configured, |storage| match storage {
        args::Storage::Auto => StorageChoice::Auto,
        args::Storage::Keyring => StorageChoice::Keyring,
        args::Storage::File => StorageChoice::File,
    })
}

async fn consent(sign_in: &SignIn, login: &Login) -> Done<SignedIn> {
    let (Some(client_id), Some(redirect_uri)) = (&login.client_id, &login.redirect_uri) else {
        return Err(Failure::usage(words::OAUTH_NEEDS.text()));
    };
    let mut app = OAuthApp::new(client_id, redirect_uri);
    app.endpoints = login.authorization_url.clone().zip(login.token_url.clone());
    let request = sign_in.with_oauth(app, scopes(&login.scopes)?)?;
    note(&format!("{}\n\n  {}\n", words::OAUTH_OPEN.text(), request.url()));
    note(words::OAUTH_PASTE.text());
    loop {
        let address = ask::line(words::PROMPT_ADDRESS.text())?;
        if address.is_empty() {
            let failure = Failure::new("oauth", words::OAUTH_NO_ADDRESS.text());
            return Err(failure.exit(exit::NOT_SIGNED_IN));
        }
        match request.finish(&address).await {
            // Another address may have been in the clipboard.
            Err(AppError::OAuth(error @ (Error::State | Error::Callback(_)))) => {
                note(Failure::from(&error).message());
            }
            finished => return Ok(finished?),
        }
    }
}

/// Returns the scopes that were named, or the narrowest ones that allow all operations.
fn scopes(names: &[String]) -> Done<Vec<Scope>> {
    if names.is_empty() {
        return Ok(scopes_for(operations::ALL));
    }
    let scope = |name: &String| {
        name.parse::<Scope>().map_err(|_| {
            let given = one_line(name).into_owned();
            Failure::usage(words::OAUTH_SCOPE.fill(&[("scope", &given)]))
        })
    };
    names.iter().map(scope).collect()
}

fn tell(context: &Context, base_url: &str, signed_in: &SignedIn) -> Done {
    if context.out.is_json() {
        let mut item = Item::new();
        let mut insert = |name: &str, value: Value| _ = item.insert(name.to_owned(), value);
        insert("profile", signed_in.profile.clone().into());
        insert("current", true.into());
        insert("signed_in", true.into());
        insert("base_url", base_url.into());
        insert("account_id", signed_in.me.account_id.0.into());
        insert("account_name", signed_in.me.name.clone().into());
        insert("storage", storage(signed_in.storage).into());
        insert("consent_ends", signed_in.ends_at.map(|time| time.0).into());
        let written = context.out.detail(&shape::PROFILES, &item);
        return written.map_err(|failure| failure.behind_write(vec![signed_in.profile.clone()]));
    }
    note(&words::SIGNED_IN.fill(&[
        ("name", &one_line(&signed_in.me.name)),
        ("account", &signed_in.me.account_id),
        ("address", &one_line(base_url)),
        ("profile", &one_line(&signed_in.profile)),
    ]));
    if let Some(ends) = signed_in.ends_at {
        note(&words::CONSENT_ENDS.fill(&[("day", &time::shown(ends.0))]));
    }
    match (signed_in.storage, signed_in.ends_at) {
        (Storage::Keyring, _) => note(words::STORED_KEYRING.text()),
        (_, None) => {
            let path = Credentials::new(&context.paths).path().to_owned();
            note(&words::STORED_FILE.fill(&[("path", &path.display())]));
        }
        _ => {}
    }
    Ok(())
}

fn storage(storage: Storage) -> &'static str {
    match storage {
        Storage::Keyring => "keyring",
        _ => "file",
    }
}

/// Shows all profiles. The one that commands use is asked whether its token works.
async fn status(context: &Context) -> Done {
    let session = context.session().await;
    let used = match session.as_ref().map(|session| session.origin()) {
        Ok(Origin::Profile { name, .. }) => Some(name.clone()),
        _ => None,
    };
    let mut items: Vec<Item> = context
        .config
        .profiles
        .iter()
        .map(|(name, profile)| entry(name, profile, used.as_ref() == Some(name)))
        .collect();
    let session = match session {
        Ok(session) => session,
        Err(failure) => {
            if !items.is_empty() {
                context.out.list(&shape::PROFILES, &items)?;
            }
            return Err(failure);
        }
    };
    if *session.origin() == Origin::Environment {
        let mut item = Item::new();
        item.insert("profile".to_owned(), words::STATUS_ENVIRONMENT.text().into());
        item.insert("current".to_owned(), true.into());
        item.insert("base_url".to_owned(), session.base_url().into());
        item.insert("storage".to_owned(), "environment".into());
        items.insert(0, item);
    }
    let asked = session.client().me().with_meta().await;
    let current = items.iter_mut().find(|item| item.get("current") == Some(&true.into()));
    if let Some(item) = current {
        item.insert("signed_in".to_owned(), asked.is_ok().into());
        if let Ok((me, meta)) = &asked {
            item.insert("account_id".to_owned(), me.account_id.0.into());
            item.insert("account_name".to_owned(), me.name.clone().into());
            if let Some(limit) = meta.rate_limit() {
                item.insert("limit".to_owned(), limit.limit.into());
                item.insert("remaining".to_owned(), limit.remaining.into());
                item.insert("reset".to_owned(), limit.reset.0.into());
            }
        }
    }
    context.out.list(&shape::PROFILES, &items)?;
    let (_, meta) = asked?;
    if let Some(limit) = meta.rate_limit().filter(|_| !context.out.is_json()) {
        note(&words::LIMIT_LEFT.fill(&[
            ("remaining", &limit.remaining),
            ("limit", &limit.limit),
            ("reset", &time::shown(limit.reset.0)),
        ]));
    }
    Ok(())
}

fn entry(name: &str, profile: &Profile, is_current: bool) -> Item {
    let mut item = Item::new();
    let mut insert = |name: &str, value: Value| _ = item.insert(name.to_owned(), value);
    insert("profile", name.into());
    insert("current", is_current.into());
    insert("base_url", profile.base_url.clone().into());
    insert("account_id", profile.account_id.map(|id| id.0).into());
    insert("account_name", profile.account_name.clone().into());
    insert("storage", storage(profile.storage).into());
    let app = profile.oauth.as_ref();
    insert("oauth", app.map(|app| app.client_id.clone()).into());
    insert("consent_ends", app.and_then(|app| app.ends_at).into());
    item
}

fn switch(context: &Context, name: &str) -> Done {
    context.out.refuse_csv()?;
    ConfigFile::new(&context.paths).edit(|config| {
        if !config.profiles.contains_key(name) {
            let known = config.profiles.keys().cloned().collect();
            return Err(AppError::NoProfile { name: name.to_owned(), known });
        }
        config.profile = Some(name.to_owned());
        Ok(())
    })?;
    note(&words::SWITCHED.fill(&[("profile", &one_line(name))]));
    Ok(())
}

/// Says which profile is the current one now, or how to choose one.
fn note_current(config: &Config) {
    let known: Vec<_> = config.profiles.keys().map(String::as_str).collect();
    match &config.profile {
        Some(profile) => note(&words::SWITCHED.fill(&[("profile", &one_line(profile))])),
        None if known.is_empty() => {}
        None => {
            let known = known.join(", ");
            note(&words::NONE_CHOSEN_HINT.fill(&[("known", &one_line(&known))]));
        }
    }
}

async fn logout(context: &Context, name: Option<String>) -> Done {
    context.out.refuse_csv()?;
    let name = name.unwrap_or_else(|| profile(context));
    if !context.config.profiles.contains_key(&name) {
        let known = context.config.profiles.keys().cloned().collect();
        return Err(AppError::NoProfile { name, known }.into());
    }
    let shown = one_line(&name).into_owned();
    if let Some(known) = context.config.profiles.get(&name) {
        ask::confirm(context.yes, &about(words::ASK_LOGOUT, &name, known))?;
    }
    let was_current = context.config.profile.as_ref() == Some(&name);
    let paths = context.paths.clone();
    // The keyring may wait for a person.
    let removed = tokio::task::spawn_blocking(move || sign_out(&paths, &name)).await;
    removed.map_err(|_| Failure::new("failed", words::OAUTH_RUNTIME.text()))??;
    note(&words::SIGNED_OUT.fill(&[("profile", &shown)]));
    if was_current {
        note_current(&ConfigFile::new(&context.paths).load()?);
    }
    Ok(())
}
