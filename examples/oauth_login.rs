//! OAuth 2.0 for a program on one's own machine: from the browser to the first call.
//!
//! ```sh
//! cargo run --example oauth_login
//! ```
//!
//! It needs no account: it starts a sandbox in its own process, and says yes on the consent page by
//! itself. With `-- --browser` you open the page and say yes or no.
//!
//! With an app of your own it talks to the real service. The redirect URI has to be registered for
//! the app, and lead to this machine:
//!
//! ```sh
//! CHATWORK_CLIENT_ID=… CHATWORK_REDIRECT_URI=http://127.0.0.1:8765/callback \
//!     cargo run --example oauth_login
//! ```
//!
//! `CHATWORK_CLIENT_SECRET` is for confidential clients. The tokens go into the file of
//! `CHATWORK_TOKEN_FILE`; the next run finds them there and asks nobody.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use chatwork_sandbox::Sandbox;
use chatwork_sdk::oauth::{App, AuthorizationCode, FileStore, PendingAuthorization};
use chatwork_sdk::oauth::{operations, scopes_for};
use chatwork_sdk::{Client, reqwest};
use examples::{Result, exit};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

/// How long to listen to a browser that says nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The answer to the browser.
const PAGE: &str = "<!doctype html><meta charset=utf-8><p>Done: go back to the program.";
const OTHER: &str = "<!doctype html><meta charset=utf-8><p>This is not what was waited for.";

#[tokio::main]
async fn main() -> ExitCode {
    exit("oauth_login", run().await)
}

async fn run() -> Result<()> {
    let by_hand = std::env::args().any(|argument| argument == "--browser");
    if let Some(client_id) = variable("CHATWORK_CLIENT_ID") {
        let uri = variable("CHATWORK_REDIRECT_URI").ok_or("CHATWORK_REDIRECT_URI is not set")?;
        let address = reqwest::Url::parse(&uri)?;
        let port = address.port().ok_or("the redirect URI has no port")?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let mut app = App::builder(client_id).redirect_uri(uri);
        if let Some(secret) = variable("CHATWORK_CLIENT_SECRET") {
            app = app.secret(secret);
        }
        let callback = Callback { listener, path: address.path().to_owned() };
        return sign_in(&app.build()?, Client::builder(), callback, Visit::ByHand).await;
    }
    let sandbox = Sandbox::start().await?;
    println!("No app in CHATWORK_CLIENT_ID: this is a sandbox, in this process.");
    // Whoever listens chooses the port, so that no other program can have it.
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let uri = format!("http://127.0.0.1:{}/callback", listener.local_addr()?.port());
    let app = App::builder("sandbox-public-app")
        .redirect_uri(uri)
        .endpoints(sandbox.authorization_url(), sandbox.token_url())
        .build()?;
    let client = Client::builder().base_url(sandbox.base_url());
    let callback = Callback { listener, path: "/callback".to_owned() };
    sign_in(&app, client, callback, if by_hand { Visit::ByHand } else { Visit::ByItself }).await
}

/// Where the browser comes back to.
struct Callback {
    listener: TcpListener,
    path: String,
}

/// Who opens the consent page.
enum Visit {
    ByHand,
    ByItself,
}

/// Finds tokens in the file, or asks for consent; then makes the first calls.
async fn sign_in(
    app: &App,
    client: chatwork_sdk::ClientBuilder,
    callback: Callback,
    visit: Visit,
) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = variable("CHATWORK_TOKEN_FILE").map(PathBuf::from);
    let store = FileStore::new(file.unwrap_or_else(|| folder.path().join("tokens.json")));
    let source = app.source(store.clone());
    match source.access_token().await {
        Ok(_) => println!("There are tokens in {}.", store.path().display()),
        Err(error) if error.is_consent_needed() => {
            let request =
                app.authorize(scopes_for([operations::GET_ME, operations::LIST_ROOMS]))?;
            let visiting = match visit {
                Visit::ByHand => {
                    println!("Open this page in a browser:\n\n  {}\n", request.url);
                    None
                }
                Visit::ByItself => Some(tokio::spawn(say_yes(request.url.clone()))),
            };
            let code = wait(callback, &request.pending).await?;
            println!("The browser came back with a code.");
            let grant = app.exchange(code).await?;
            println!("Granted: {}", grant.scope);
            source.replace(grant).await?;
            println!("The tokens are in {}.", store.path().display());
            if let Some(visiting) = visiting {
                visiting.await??;
            }
        }
        Err(error) => return Err(error.into()),
    }
    let chatwork = client.token_source(source).build()?;
    let me = chatwork.me().await?;
    let rooms = chatwork.rooms().await?;
    println!("Acting for {}, who is in {} rooms.", me.name, rooms.len());
    Ok(())
}

/// Waits for the browser. What is not the answer to the request is told so, and waited on.
async fn wait(callback: Callback, pending: &PendingAuthorization) -> Result<AuthorizationCode> {
    loop {
        let (stream, _) = callback.listener.accept().await?;
        // Browsers open connections ahead of need, and say nothing on them.
        let Ok(Ok((target, stream))) = timeout(PATIENCE, target(stream)).await else {
            continue;
        };
        let checked = match target.split('?').next() {
            Some(path) if path == callback.path => pending.check(&target),
            _ => Err(chatwork_sdk::oauth::Error::State),
        };
        let page = if checked.is_ok() { PAGE } else { OTHER };
        // A browser that does not wait for the page has been here all the same.
        let _ = answer(stream, page).await;
        match checked {
            Err(chatwork_sdk::oauth::Error::State) => {}
            Err(error) if error.is_denied() => return Err("you said no".into()),
            result => return Ok(result?),
        }
    }
}

/// The target of a request: the second word of its first line.
async fn target(stream: TcpStream) -> Result<(String, BufStream<TcpStream>)> {
    let mut stream = BufStream::new(stream);
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let target = line.split(' ').nth(1).ok_or("not HTTP")?.to_owned();
    // The headers say nothing of interest, but the answer comes after them.
    while line.trim() != "" {
        line.clear();
        stream.read_line(&mut line).await?;
    }
    Ok((target, stream))
}

async fn answer(mut stream: BufStream<TcpStream>, page: &str) -> std::io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close";
    let reply = format!("{head}\r\ncontent-length: {}\r\n\r\n{page}", page.len());
    stream.write_all(reply.as_bytes()).await?;
    stream.flush().await
}

/// Does what a person does in a browser, as the sandbox allows.
async fn say_yes(mut url: reqwest::Url) -> reqwest::Result<()> {
    url.query_pairs_mut().append_pair("auto", "allow");
    println!("Saying yes at {}", url.path());
    reqwest::get(url).await?.error_for_status()?;
    Ok(())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
