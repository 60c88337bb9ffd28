//! OAuth 2.0 in a web service with many users: each signs in with Chatwork, and the service acts
//! for each.
//!
//! ```sh
//! cargo run --example oauth_web
//! ```
//!
//! It starts a sandbox in its own process and lets three people sign in, lets half an hour pass,
//! and has many requests of all of them at once. With `-- --serve` it waits for a browser instead.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chatwork_sandbox::Sandbox;
use chatwork_sdk::oauth::{App, FileStore, PendingAuthorization, Users};
use chatwork_sdk::oauth::{operations, scopes_for};
use chatwork_sdk::{AccountId, Client, reqwest};
use examples::exit;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T, E = Error> = std::result::Result<T, E>;

/// The service.
struct Service {
    app: App,
    users: Users<AccountId>,
    base_url: String,
    sessions: Mutex<HashMap<String, Session>>,
}

/// What a browser's cookie stands for. In a real service it is in a database, and ends some day.
enum Session {
    Asking(PendingAuthorization),
    SignedIn(AccountId),
}

type Shared = State<Arc<Service>>;

impl Service {
    /// Makes a session, and the cookie for it. `Lax`, for the browser comes back from another site;
    /// behind https, add `Secure`.
    fn begin(&self, session: Session) -> Result<String> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
        let id: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let cookie = format!("session={id}; Path=/; HttpOnly; SameSite=Lax");
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).insert(id, session);
        Ok(cookie)
    }

    /// Takes a session out: what is pending is good for one answer.
    fn end(&self, headers: &HeaderMap) -> Option<Session> {
        let id = session_of(headers)?;
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner).remove(&id)
    }

    fn user(&self, headers: &HeaderMap) -> Option<AccountId> {
        let id = session_of(headers)?;
        match self.sessions.lock().unwrap_or_else(PoisonError::into_inner).get(&id)? {
            Session::SignedIn(account) => Some(*account),
            Session::Asking(_) => None,
        }
    }
}

fn session_of(headers: &HeaderMap) -> Option<String> {
    let mut cookies = headers.get(COOKIE)?.to_str().ok()?.split(';');
    cookies.find_map(|cookie| cookie.trim().strip_prefix("session=")).map(ToOwned::to_owned)
}

/// `GET /`: what the service does for a person who is signed in.
async fn home(State(service): Shared, headers: HeaderMap) -> Result<Response, Failure> {
    let Some(account) = service.user(&headers) else {
        return Ok(Html("<a href=\"/login\">Chatwork でログイン / Sign in</a>").into_response());
    };
    match service.users.client(&account)?.rooms().await {
        Ok(rooms) => Ok(format!("{account}: {} rooms\n", rooms.len()).into_response()),
        // The consent was taken back, or its tokens are lost.
        Err(error) if error.is_consent_needed() => Ok(Redirect::to("/login").into_response()),
        Err(error) => Err(error.into()),
    }
}

/// `GET /login`: to the consent page.
async fn login(State(service): Shared) -> Result<Response, Failure> {
    let request =
        service.app.authorize(scopes_for([operations::GET_ME, operations::LIST_ROOMS]))?;
    let cookie = service.begin(Session::Asking(request.pending))?;
    Ok(([(SET_COOKIE, cookie)], Redirect::to(request.url.as_str())).into_response())
}

/// `GET /callback`: back from the consent page.
async fn callback(
    State(service): Shared,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let Some(Session::Asking(pending)) = service.end(&headers) else {
        return Ok((StatusCode::BAD_REQUEST, "Please sign in again.\n").into_response());
    };
    let code = match pending.check(&query.unwrap_or_default()) {
        Ok(code) => code,
        Err(error) if error.is_denied() => return Ok(Redirect::to("/").into_response()),
        Err(error) => return Err(error.into()),
    };
    let grant = service.app.exchange(code).await?;
    // Who it is, is not in the grant: one call says so.
    let token = grant.access_token.expose();
    let client = Client::builder().base_url(&service.base_url).bearer(token).build()?;
    let account = client.me().await?.account_id;
    service.users.sign_in(&account, grant).await?;
    let cookie = service.begin(Session::SignedIn(account))?; // a new, secret id
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

/// `POST /logout`: the session ends, and the service forgets the tokens.
async fn logout(State(service): Shared, headers: HeaderMap) -> Result<Response, Failure> {
    if let Some(Session::SignedIn(account)) = service.end(&headers) {
        service.users.sign_out(&account).await?;
    }
    Ok(Redirect::to("/").into_response())
}

/// An error, which the log gets to see and the browser does not.
struct Failure;

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        eprintln!("oauth_web: {}", error.into());
        Self
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::BAD_GATEWAY, "Something went wrong. Please try again.\n").into_response()
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    exit("oauth_web", run().await)
}

async fn run() -> Result<()> {
    let sandbox = Sandbox::start().await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let folder = tempfile::tempdir()?;
    let service = Arc::new(service(&sandbox, &origin, folder.path())?);
    let router = router(Arc::clone(&service));
    tokio::spawn(async move { axum::serve(listener, router).await });
    if std::env::args().any(|argument| argument == "--serve") {
        println!("Open {origin} in a browser; Ctrl-C ends it.");
        return std::future::pending().await;
    }
    let told = tell(&sandbox, &origin).await;
    // Refreshes that are cut off by the end of the program can cost consents. A real service does
    // this after its graceful shutdown.
    service.users.settle().await?;
    told
}

fn service(sandbox: &Sandbox, origin: &str, folder: &std::path::Path) -> Result<Service> {
    let app = App::builder("sandbox-confidential-app")
        .secret("sandbox-confidential-secret")
        .redirect_uri(format!("{origin}/callback"))
        .allow_http_redirect_uri(true) // for the sandbox: Chatwork registers https:// only
        .endpoints(sandbox.authorization_url(), sandbox.token_url())
        .build()?;
    let client = Client::builder().base_url(sandbox.base_url());
    let folder = folder.to_owned();
    let users = Users::new(app.clone(), client, move |account: &AccountId| {
        FileStore::for_user(&folder, account.to_string())
    })?;
    let (base_url, sessions) = (sandbox.base_url(), Mutex::default());
    Ok(Service { app, users, base_url, sessions })
}

fn router(service: Arc<Service>) -> Router {
    let router = Router::new().route("/", get(home)).route("/login", get(login));
    let router = router.route("/callback", get(callback)).route("/logout", post(logout));
    router.with_state(service)
}

/// The story that the example tells by itself.
async fn tell(sandbox: &Sandbox, origin: &str) -> Result<()> {
    let mut browsers = Vec::new();
    for key in ["hanako", "ken", "alex"] {
        let account = sandbox.account(key).ok_or("no such account")?.account_id;
        let browser = Browser::sign_in(origin, account).await?;
        print!("{key} is signed in as {}", browser.open().await?);
        browsers.push(browser);
    }
    println!("Half an hour later, twenty requests of each at once:");
    sandbox.clock().advance(Duration::from_secs(1800));
    let mut requests = JoinSet::new();
    for browser in browsers.iter().cycle().take(60) {
        let browser = browser.clone();
        requests.spawn(async move { browser.open().await });
    }
    while let Some(reply) = requests.join_next().await {
        reply??;
    }
    let log = sandbox.requests();
    let forms = log.iter().filter_map(|request| request.body.as_deref());
    let refreshes = forms.filter(|form| form.contains("refresh_token")).count();
    println!("all were answered, with {refreshes} refreshes: one for each person.");
    for browser in &browsers {
        browser.sign_out().await?;
    }
    println!("All have signed out.");
    Ok(())
}

/// What a browser does, and the cookie that it has.
#[derive(Clone)]
struct Browser {
    http: reqwest::Client,
    origin: String,
    cookie: String,
}

impl Browser {
    async fn sign_in(origin: &str, account: AccountId) -> Result<Self> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
        let mut browser =
            Self { http: http.build()?, origin: origin.to_owned(), cookie: String::new() };
        let mut consent = browser.follow(format!("{origin}/login")).await?;
        consent.push_str(&format!("&auto=allow&account_id={account}"));
        let callback = browser.follow(consent).await?;
        browser.follow(callback).await?;
        Ok(browser)
    }

    /// Where an address leads.
    async fn follow(&mut self, url: String) -> Result<String> {
        let reply = self.http.get(url).header(COOKIE, &self.cookie).send().await?;
        if let Some(cookie) = reply.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str()?.split(';').next().unwrap_or_default();
            self.cookie = cookie.to_owned();
        }
        let location = reply.headers().get(LOCATION).ok_or("no redirect")?;
        Ok(location.to_str()?.to_owned())
    }

    async fn sign_out(&self) -> Result<()> {
        let request =
            self.http.post(format!("{}/logout", self.origin)).header(COOKIE, &self.cookie);
        request.send().await?.error_for_status()?;
        Ok(())
    }

    async fn open(&self) -> Result<String> {
        let request = self.http.get(&self.origin).header(COOKIE, &self.cookie);
        Ok(request.send().await?.error_for_status()?.text().await?)
    }
}
