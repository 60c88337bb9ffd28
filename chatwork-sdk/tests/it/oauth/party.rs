//! An app, a sandbox, and a person who says yes or no.

use chatwork_sandbox::{Clock, Sandbox};
use chatwork_sdk::oauth::{
    App, Authorization, AuthorizationCode, Error, FileStore, Grant, GrantSource,
    PendingAuthorization, SaveIf, SaveOutcome, TokenStore,
};
use chatwork_sdk::reqwest::Url;
use chatwork_sdk::{Client, Scope, UnixTime};
use serde_json::{Value, json};

use crate::support::{Reply, Server, http, plain};

pub(super) const CALLBACK: &str = "http://127.0.0.1:4711/callback";
pub(super) const SCOPES: [Scope; 2] = [Scope::RoomsAllRead, Scope::UsersProfileMeRead];
pub(super) const START: i64 = 1_750_831_200;

pub(super) struct Party {
    pub(super) sandbox: Sandbox,
    pub(super) app: App,
}

impl Party {
    /// The app of the sandbox that has a secret.
    pub(super) async fn confidential() -> Self {
        Self::of(0, |secret| secret).await
    }

    /// The app of the sandbox that has none.
    pub(super) async fn public() -> Self {
        Self::of(1, |secret| secret).await
    }

    /// The same with another secret than the right one.
    pub(super) async fn of(index: usize, secret: fn(Option<String>) -> Option<String>) -> Self {
        let clock = Clock::manual(START);
        let sandbox = Sandbox::builder().clock(clock).start().await.expect("a sandbox");
        let entry = sandbox.apps()[index].clone();
        let builder =
            App::builder(entry.client_id).redirect_uri(CALLBACK).allow_http_redirect_uri(true);
        let builder = builder.endpoints(sandbox.authorization_url(), sandbox.token_url());
        let builder = match secret(entry.client_secret) {
            Some(secret) => builder.secret(secret),
            None => builder,
        };
        Self { app: builder.build().expect("an app"), sandbox }
    }

    pub(super) fn ask(&self) -> Authorization {
        self.app.authorize(SCOPES).expect("a request")
    }

    /// Where the consent page sends the browser.
    pub(super) async fn open(&self, url: &Url, auto: &str) -> String {
        let http = http();
        let mut url = url.clone();
        url.query_pairs_mut().append_pair("auto", auto);
        let reply = http.get(url).send().await.expect("a page");
        let location = reply.headers().get("location").map(|it| it.to_str().unwrap().to_owned());
        location.unwrap_or_default()
    }

    pub(super) async fn code(&self) -> AuthorizationCode {
        let Authorization { url, pending, .. } = self.ask();
        pending.check(&self.open(&url, "allow").await).expect("a code")
    }

    /// What a code gives when something about the pending request is changed.
    pub(super) async fn with(&self, field: &str, value: &str) -> Result<Grant, Error> {
        let Authorization { url, pending, .. } = self.ask();
        let callback = self.open(&url, "allow").await;
        let pending = changed(&pending, field, json!(value));
        self.app.exchange(pending.check(&callback).expect("a code")).await
    }

    /// A grant.
    pub(super) async fn consent(&self) -> Grant {
        self.app.exchange(self.code().await).await.expect("a grant")
    }

    /// A grant whose access token has ended, as far as this machine knows.
    pub(super) async fn ended(&self) -> Grant {
        ended(self.consent().await)
    }

    pub(super) fn client(&self, source: &GrantSource) -> Client {
        let builder = Client::builder().base_url(self.sandbox.base_url()).configure_http(plain);
        builder.token_source(source.clone()).build().expect("a client")
    }

    /// How many refreshes have come in, and with what status each.
    pub(super) fn refreshes(&self) -> Vec<Option<u16>> {
        let requests = self.sandbox.requests().into_iter().filter(|request| {
            let body = request.body.as_deref().unwrap_or_default();
            request.path == "/token" && body.contains("grant_type=refresh_token")
        });
        requests.map(|request| request.status).collect()
    }
}

pub(super) fn ended(mut grant: Grant) -> Grant {
    grant.expires_at = UnixTime(1);
    grant
}

/// A pending request with another value of a field.
pub(super) fn changed(
    pending: &PendingAuthorization,
    field: &str,
    value: Value,
) -> PendingAuthorization {
    let mut json = serde_json::to_value(pending).unwrap();
    json[field] = value;
    serde_json::from_value(json).unwrap()
}

/// An app whose token endpoint is a server of the test.
pub(super) fn app(server: &Server) -> App {
    let token_url = server.url("127.0.0.1", "/token");
    let app = App::builder("the-client").secret("the-client-secret");
    app.endpoints("http://127.0.0.1:9/login", token_url).build().expect("an app")
}

/// What a token endpoint answers, with the number of the answer in its tokens.
pub(super) fn tokens(number: u32) -> Value {
    json!({
        "access_token": format!("access-{number}"),
        "token_type": "Bearer",
        "expires_in": 1800,
        "refresh_token": format!("refresh-{number}"),
        "scope": "rooms.all:read",
    })
}

pub(super) fn given(number: u32) -> Reply {
    Reply::json(200, &tokens(number))
}

/// A grant with `access-0`, which has ended, and `refresh-0`.
pub(super) fn old() -> Grant {
    serde_json::from_value(tokens(0)).unwrap()
}

/// The same, as long as this machine's clock is before the year 2100.
pub(super) fn good() -> Grant {
    let mut json = tokens(0);
    json["obtained_at"] = json!(1);
    json["expires_at"] = json!(4_102_444_800_i64);
    serde_json::from_value(json).unwrap()
}

/// Saves a grant, whatever is in the store.
pub(super) async fn put(store: &impl TokenStore, grant: &Grant) {
    let outcome = store.save(grant, SaveIf::Always).await.unwrap();
    assert!(matches!(outcome, SaveOutcome::Saved(_)));
}

/// What is in a store.
pub(super) async fn loaded(store: &impl TokenStore) -> Option<Grant> {
    store.load().await.unwrap().map(|stored| stored.grant)
}

/// A write that a process did not finish: it was to replace what is in the store now.
pub(super) async fn unfinished(store: &FileStore, grant: &Grant) -> String {
    let stored = store.load().await.unwrap();
    let mut json = serde_json::to_value(grant).unwrap();
    let replaces = stored.map(|stored| stored.generation.to_string());
    json["replaces"] = json!(replaces.unwrap_or_default());
    json.to_string()
}
