//! An app that runs the flow step by step.

use chatwork_sandbox::{Clock, Sandbox, World};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde_json::Value;

use crate::support::contract::check_schema;
use crate::support::{HANAKO, START, sandbox};

pub(crate) const SECRETIVE: &str = "sandbox-confidential-app";
pub(crate) const SECRET: &str = "sandbox-confidential-secret";
pub(crate) const PUBLIC: &str = "sandbox-public-app";
pub(crate) const CALLBACK: &str = "http://127.0.0.1:4711/callback";
/// The example of RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// An app against a sandbox.
pub(crate) struct App {
    pub(crate) sandbox: Sandbox,
    pub(crate) http: Client,
    client_id: &'static str,
}

/// What the token endpoint answers.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) json: Value,
}

/// What the consent page answers.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
    /// Where it sends the browser.
    pub(crate) location: Option<Url>,
}

impl Answer {
    pub(crate) fn text(&self, field: &str) -> &str {
        self.json[field].as_str().unwrap_or_default()
    }

    /// Status and code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        (self.status, self.text("error"))
    }
}

impl Shown {
    async fn of(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let location = headers.get("location").map(|it| it.to_str().unwrap().parse().unwrap());
        Self { status, headers, html: response.text().await.unwrap(), location }
    }

    /// A parameter of the redirect to the app; empty if it is missing.
    pub(crate) fn back(&self, name: &str) -> String {
        let pairs = self.location.iter().flat_map(|url| url.query_pairs());
        pairs.filter(|(known, _)| known == name).map(|(_, value)| value.into_owned()).collect()
    }
}

/// The parameters with another value of one, or without it if the value is empty.
pub(crate) fn but<'a>(mut pairs: Pairs<'a>, name: &'a str, value: &'a str) -> Pairs<'a> {
    pairs.retain(|(known, _)| *known != name);
    if !value.is_empty() {
        pairs.push((name, value));
    }
    pairs
}

impl App {
    /// The app of the standard world that has a secret.
    pub(crate) async fn confidential() -> Self {
        Self::new(sandbox().await, SECRETIVE)
    }

    /// The app of the standard world that has none.
    pub(crate) async fn public() -> Self {
        Self::new(sandbox().await, PUBLIC)
    }

    /// The app without a secret, with its address for tests alone.
    pub(crate) async fn with_one_address() -> Self {
        let mut world = World::standard().unwrap();
        for app in &mut world.apps {
            app.redirect_uris.clear();
        }
        let builder = Sandbox::builder().clock(Clock::manual(START)).world(world);
        Self::new(builder.start().await.unwrap(), PUBLIC)
    }

    pub(crate) fn new(sandbox: Sandbox, client_id: &'static str) -> Self {
        let http = Client::builder().no_proxy().redirect(Policy::none()).build().unwrap();
        Self { sandbox, http, client_id }
    }

    /// A request that is in order.
    pub(crate) fn request(&self) -> Pairs<'static> {
        vec![
            ("response_type", "code"),
            ("client_id", self.client_id),
            ("redirect_uri", CALLBACK),
            ("scope", "rooms.all:read users.profile.me:read"),
            ("state", "the state"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("auto", "allow"),
        ]
    }

    /// Opens the consent page.
    pub(crate) async fn open(&self, query: &[(&str, &str)]) -> Shown {
        let request = self.http.get(self.sandbox.authorization_url()).query(query);
        Shown::of(request.send().await.unwrap()).await
    }

    /// Sends its form.
    pub(crate) async fn submit(&self, form: &[(&str, &str)]) -> Shown {
        let request = self.http.post(self.sandbox.authorization_url()).form(form);
        Shown::of(request.send().await.unwrap()).await
    }

    /// A code for a request.
    pub(crate) async fn code(&self, query: &[(&str, &str)]) -> String {
        let shown = self.open(query).await;
        assert_eq!(shown.status, 302, "{}", shown.html);
        shown.back("code")
    }

    /// The form that turns a code into tokens.
    pub(crate) fn form<'a>(&self, code: &'a str) -> Pairs<'a> {
        let form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        if self.client_id == PUBLIC { but(form, "client_id", PUBLIC) } else { form }
    }

    /// Asks the token endpoint in the way of this app.
    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> Answer {
        let basic = (self.client_id != PUBLIC).then_some((self.client_id, SECRET));
        self.token_as(basic, form).await
    }

    /// Asks the token endpoint and compares the answer with the document.
    pub(crate) async fn token_as(
        &self,
        basic: Option<(&str, &str)>,
        form: &[(&str, &str)],
    ) -> Answer {
        let request = self.http.post(self.sandbox.token_url()).form(form);
        let request = match basic {
            Some((id, secret)) => request.basic_auth(id, Some(secret)),
            None => request,
        };
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let json = response.json().await.unwrap();
        check_schema(if status == 200 { "OAuthToken" } else { "OAuthError" }, &json);
        Answer { status, headers, json }
    }

    /// Tokens for a request.
    pub(crate) async fn tokens(&self, query: &[(&str, &str)]) -> Answer {
        let code = self.code(query).await;
        let answer = self.token(&self.form(&code)).await;
        assert_eq!(answer.status, 200, "{:?}", answer.json);
        answer
    }

    /// The form that turns a refresh token into new tokens.
    pub(crate) fn refreshing<'a>(&self, token: &'a str) -> Pairs<'a> {
        let form = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
        if self.client_id == PUBLIC { but(form, "client_id", PUBLIC) } else { form }
    }

    /// Whether an access token is good for `GET /me`.
    pub(crate) async fn me(&self, token: &str) -> u16 {
        let request = self.http.get(format!("{}/me", self.sandbox.base_url()));
        let response = request.bearer_auth(token).send().await.unwrap();
        let status = response.status().as_u16();
        if status == 200 {
            let me: Value = response.json().await.unwrap();
            assert_eq!(me["account_id"], HANAKO);
        }
        status
    }
}
