//! OAuth 2.0 for a program on one's own machine: from the browser to the first call.
//!
//! ```sh
//! cargo run --example oauth_login
//! ```
//!
//! The example needs no account: it starts a sandbox in its own process, and allows the consent by
//! itself. With `-- --browser` you open the consent page and paste the address.
//!
//! With an app of your own the example talks to the real service:
//!
//! ```sh
//! CHATWORK_CLIENT_ID=… CHATWORK_REDIRECT_URI=https://report.example/callback \
//!     cargo run --example oauth_login
//! ```
//!
//! Chatwork registers no `http://` redirect address, so a program cannot listen for the browser on
//! this machine. Open the consent page, allow, and paste the address that the browser came back to.
//! That page may show an error: only its address matters. The code in the address is valid for one
//! minute.
//!
//! `CHATWORK_CLIENT_SECRET` is for confidential clients. The tokens go into the file of
//! `CHATWORK_TOKEN_FILE`; the next run reads them from there and asks for no consent.

use std::path::PathBuf;
use std::process::ExitCode;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::oauth::{
    App, Authorization, AuthorizationCode, Error, FileStore, operations, scopes_for,
};
use chatwork_sdk::{Client, reqwest};
use examples::{Result, exit};

/// A redirect address of the sandbox's public app. No browser can open it.
const SANDBOX_REDIRECT_URI: &str = "com.example.sandbox:/callback";

#[tokio::main]
async fn main() -> ExitCode {
    exit("oauth_login", run().await)
}

async fn run() -> Result<()> {
    if let Some(client_id) = variable("CHATWORK_CLIENT_ID") {
        let uri = variable("CHATWORK_REDIRECT_URI").ok_or("CHATWORK_REDIRECT_URI is not set")?;
        let mut app = App::builder(client_id).redirect_uri(uri);
        if let Some(secret) = variable("CHATWORK_CLIENT_SECRET") {
            app = app.secret(secret);
        }
        return sign_in(&app.build()?, Client::builder(), Visit::ByHand).await;
    }
    let sandbox = Sandbox::start().await?;
    println!("No app in CHATWORK_CLIENT_ID: this is a sandbox, in this process.");
    let app = App::builder("sandbox-public-app")
        .redirect_uri(SANDBOX_REDIRECT_URI)
        .endpoints(sandbox.authorization_url(), sandbox.token_url())
        .build()?;
    let client = Client::builder().base_url(sandbox.base_url());
    let by_hand = std::env::args().any(|argument| argument == "--browser");
    sign_in(&app, client, if by_hand { Visit::ByHand } else { Visit::ByItself }).await
}

/// Who opens the consent page.
enum Visit {
    ByHand,
    ByItself,
}

/// Reads the tokens from the file, or asks for consent. Then makes the first calls.
async fn sign_in(app: &App, client: chatwork_sdk::ClientBuilder, visit: Visit) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = variable("CHATWORK_TOKEN_FILE").map(PathBuf::from);
    let store = FileStore::new(file.unwrap_or_else(|| folder.path().join("tokens.json")));
    let source = app.source(store.clone());
    match source.access_token().await {
        Ok(_) => println!("There are tokens in {}.", store.path().display()),
        Err(error) if error.is_consent_needed() => {
            let grant = source.exchange(consent(app, visit).await?).await?;
            println!("Granted: {}", grant.scope);
            println!("The tokens are in {}.", store.path().display());
        }
        Err(error) => return Err(error.into()),
    }
    let chatwork = client.token_source(source.clone()).build()?;
    let shown = show(&chatwork).await;
    // A refresh that is cut off by the end of the program can cost the consent.
    source.settle().await?;
    shown
}

async fn show(chatwork: &Client) -> Result<()> {
    let me = chatwork.me().await?;
    let rooms = chatwork.rooms().await?;
    println!("Acting for {}, who is in {} rooms.", me.name, rooms.len());
    Ok(())
}

/// Asks for consent, and returns the code from the address that the browser came back to.
async fn consent(app: &App, visit: Visit) -> Result<AuthorizationCode> {
    let request = app.authorize(scopes_for([operations::GET_ME, operations::LIST_ROOMS]))?;
    match visit {
        Visit::ByItself => Ok(request.pending.check(&allow(request.url).await?)?),
        Visit::ByHand => ask(&request).await,
    }
}

/// Asks the person for the address, until it answers this request.
async fn ask(request: &Authorization) -> Result<AuthorizationCode> {
    println!("Open this page in a browser:\n\n  {}\n", request.url);
    loop {
        println!("Then paste the address that the browser came back to, and press Enter:");
        let line = tokio::task::spawn_blocking(|| std::io::stdin().lines().next()).await?;
        let address = line.ok_or("no address was pasted: the input has ended")??;
        match request.pending.check(address.trim()) {
            Err(error @ (Error::State | Error::Callback(_))) => println!("{error}"),
            Err(error) if error.is_denied() => return Err("the consent was denied".into()),
            result => return Ok(result?),
        }
    }
}

/// Does what a person does in a browser, as the sandbox allows. Returns the address to which the
/// consent page sends the browser.
async fn allow(mut url: reqwest::Url) -> Result<String> {
    url.query_pairs_mut().append_pair("auto", "allow");
    println!("Allowing the consent at {}", url.path());
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let reply = browser.no_proxy().build()?.get(url).send().await?.error_for_status()?;
    let address = reply.headers().get("location").ok_or("the consent page did not redirect")?;
    println!("The browser came back with a code.");
    Ok(address.to_str()?.to_owned())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
