//! A sandbox that runs.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

use chatwork_api::types::{AccountId, RoomId};
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::http::{self, App, LoggedRequest};
use crate::state::{Event, RoomKind, State};
use crate::webhook::{Delivery, Webhook, WebhookRefused};
use crate::world::{WebhookSeed, World, WorldError};

/// A Chatwork on this machine. Dropped, it is gone, with all its connections.
///
/// It lives in the tokio runtime in which it was started.
#[derive(Debug)]
pub struct Sandbox {
    app: Arc<App>,
    tokens: Vec<AccountEntry>,
    task: JoinHandle<()>,
}

/// An account as a person who tries something needs it.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AccountEntry {
    /// The key in the world.
    pub key: String,
    /// The name shown to others.
    pub name: String,
    /// The account id.
    pub account_id: AccountId,
    /// The room of the account's My Chat.
    pub room_id: RoomId,
    /// The API token, if it has one.
    pub token: Option<String>,
}

/// Shows no token.
impl fmt::Debug for AccountEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountEntry")
            .field("key", &self.key)
            .field("name", &self.name)
            .field("account_id", &self.account_id)
            .field("room_id", &self.room_id)
            .finish_non_exhaustive()
    }
}

/// A registered app as a person who tries something needs it.
#[derive(Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AppEntry {
    /// The name.
    pub name: String,
    /// The client id.
    pub client_id: String,
    /// The client secret; none of a public client.
    pub client_secret: Option<String>,
    /// Where people may be sent back to; any port of this machine will do.
    pub redirect_uris: Vec<String>,
}

/// Shows no secret.
impl fmt::Debug for AppEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppEntry")
            .field("name", &self.name)
            .field("client_id", &self.client_id)
            .field("redirect_uris", &self.redirect_uris)
            .finish_non_exhaustive()
    }
}

/// A room as a person who tries something needs it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RoomEntry {
    /// The id.
    pub room_id: RoomId,
    /// `my`, `direct` or `group`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The name; for the other two kinds the names of who is in it.
    pub name: String,
}

/// Why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The world cannot be had.
    #[error(transparent)]
    World(#[from] WorldError),
    /// The port is taken, most likely.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Listen {
        /// The port.
        port: u16,
        /// Why.
        source: std::io::Error,
    },
}

/// How a sandbox is to be.
#[derive(Clone, Debug, Default)]
pub struct SandboxBuilder {
    world: Option<World>,
    clock: Option<Clock>,
    unlimited: bool,
    port: u16,
}

impl SandboxBuilder {
    /// Another world than the one that comes with the sandbox.
    #[must_use]
    pub fn world(mut self, world: World) -> Self {
        self.world = Some(world);
        self
    }

    /// Another clock than one that runs with real time.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Whether the rate limits are kept; without, the headers say that nothing is used up.
    #[must_use]
    pub fn limits(mut self, kept: bool) -> Self {
        self.unlimited = !kept;
        self
    }

    /// A port; 0, as without this, takes one that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// A [`StartError`] when the world has faults or the port is taken.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let world = match self.world {
            Some(world) => world,
            None => World::standard()?,
        };
        world.check()?;
        let failed = |source| StartError::Listen { port: self.port, source };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(failed)?;
        let origin = format!("http://{}", listener.local_addr().map_err(failed)?);
        let clock = self.clock.unwrap_or_else(Clock::real);
        let app = Arc::new(App::new(origin, clock, world.clone(), !self.unlimited));
        let task = tokio::spawn(http::serve(listener, http::router(Arc::clone(&app))));
        let tokens = accounts(&app.core().state, &world);
        Ok(Sandbox { app, tokens, task })
    }
}

impl Sandbox {
    /// Starts a sandbox with the world that comes with it, on a free port.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), chatwork_sandbox::StartError> {
    /// let sandbox = chatwork_sandbox::Sandbox::start().await?;
    /// assert!(sandbox.base_url().ends_with("/v2"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// A [`StartError`] when no port can be had.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Says how a sandbox is to be.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Where the API is: `http://127.0.0.1:PORT/v2`.
    pub fn base_url(&self) -> String {
        format!("{}/v2", self.app.origin)
    }

    /// The address without a path, below which `/_sandbox` is.
    pub fn origin(&self) -> &str {
        &self.app.origin
    }

    /// The API token of an account, by its key in the world; empty if there is none, which the
    /// sandbox answers with 401.
    pub fn token(&self, key: &str) -> &str {
        let account = self.tokens.iter().find(|account| account.key == key);
        account.and_then(|account| account.token.as_deref()).unwrap_or_default()
    }

    /// All accounts of the world, in its order.
    pub fn accounts(&self) -> &[AccountEntry] {
        &self.tokens
    }

    /// An account of the world, by its key.
    pub fn account(&self, key: &str) -> Option<&AccountEntry> {
        self.tokens.iter().find(|account| account.key == key)
    }

    /// Where an app asks people for their consent (OAuth 2.0). With `auto=allow` or `auto=deny`, and
    /// `account_id` if it is not to be the account with the lowest one, added to the query, it
    /// decides by itself.
    pub fn authorization_url(&self) -> String {
        format!("{}{}", self.app.origin, http::oauth::AUTHORIZE)
    }

    /// Where an app gets tokens (OAuth 2.0).
    pub fn token_url(&self) -> String {
        format!("{}{}", self.app.origin, http::oauth::TOKEN)
    }

    /// All registered apps of the world, in its order.
    pub fn apps(&self) -> Vec<AppEntry> {
        let core = self.app.core();
        let entries = core.state.apps().iter().map(|app| AppEntry {
            name: app.name.clone(),
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
            redirect_uris: app.redirect_uris.clone(),
        });
        entries.collect()
    }

    /// Takes back what an account has allowed an app, with all tokens; says whether there was
    /// anything.
    pub fn revoke(&self, client_id: &str, account: AccountId) -> bool {
        self.app.core().state.revoke(client_id, account)
    }

    /// All rooms that there are now.
    pub fn rooms(&self) -> Vec<RoomEntry> {
        rooms(&self.app.core().state)
    }

    /// The clock by which it lives.
    pub fn clock(&self) -> &Clock {
        &self.app.clock
    }

    /// What is to go wrong.
    pub fn faults(&self) -> Faults<'_> {
        Faults(&self.app)
    }

    /// The newest 1,000 requests, the oldest of them first.
    pub fn requests(&self) -> Vec<LoggedRequest> {
        self.app.core().log.all()
    }

    /// A picture of everything that is there now.
    pub fn state(&self) -> State {
        self.app.core().state.clone()
    }

    /// Hears of every message that is posted or edited from now on.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.app.listen()
    }

    /// What is sent to receivers on this machine.
    pub fn webhooks(&self) -> Webhooks<'_> {
        Webhooks(&self.app)
    }

    /// Starts over: the world and the clock as they were at first; no faults, no requests.
    pub fn reset(&self) {
        self.app.reset();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.task.abort();
        self.app.webhooks.stop();
    }
}

/// The webhooks of a sandbox, and what came of their deliveries.
///
/// ```no_run
/// use chatwork_sandbox::{Sandbox, WebhookSeed};
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::start().await?;
/// let seed = WebhookSeed::mentions("bot", "http://127.0.0.1:8080/webhook");
/// let webhook = sandbox.webhooks().add(&seed)?;
/// let token = webhook.token.expose(); // for the receiver
///
/// // Somebody mentions the bot. Then:
/// sandbox.webhooks().idle().await;
/// assert!(sandbox.webhooks().deliveries().iter().all(|one| one.outcome.is_success()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Webhooks<'a>(&'a App);

impl Webhooks<'_> {
    /// Makes a webhook. It hears of what happens from now on.
    ///
    /// # Errors
    ///
    /// [`WebhookRefused`] when the account has five, is not in the room, or is not there; when the
    /// address is not on this machine; when events and room do not go together.
    pub fn add(&self, seed: &WebhookSeed) -> Result<Webhook, WebhookRefused> {
        self.0.add_webhook(seed)
    }

    /// All webhooks, in the order in which they were made.
    pub fn all(&self) -> Vec<Webhook> {
        self.0.webhooks.all()
    }

    /// Takes a webhook away, with all that waits to be sent; nothing if there is none of the id.
    pub fn remove(&self, id: i64) -> Option<Webhook> {
        self.0.webhooks.remove(id)
    }

    /// Switches a webhook on, as after too many failures, or off; nothing if there is none of the
    /// id. What happened while it was off is not sent.
    pub fn switch(&self, id: i64, enabled: bool) -> Option<Webhook> {
        self.0.webhooks.switch(id, enabled)
    }

    /// The newest 1,000 deliveries, the oldest of them first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.0.webhooks.deliveries()
    }

    /// Waits until every delivery has come to its end, which may take five seconds for each one
    /// that is not answered. What a receiver does after its answer is not waited for.
    pub async fn idle(&self) {
        self.0.webhooks.idle().await;
    }
}

/// The faults that are still to happen.
#[derive(Clone, Copy, Debug)]
pub struct Faults<'a>(&'a App);

impl Faults<'_> {
    /// Lets something go wrong, after what was asked for before.
    ///
    /// # Errors
    ///
    /// [`SenselessFault`] when there is no such operation or the parts contradict each other.
    pub fn add(&self, fault: Fault) -> Result<(), SenselessFault> {
        match fault.nonsense() {
            Some(text) => Err(SenselessFault(text)),
            None => {
                self.0.core().faults.add(fault);
                Ok(())
            }
        }
    }

    /// Lets nothing go wrong any more.
    pub fn clear(&self) {
        self.0.core().faults.clear();
    }

    /// What is still to happen.
    pub fn pending(&self) -> Vec<Fault> {
        self.0.core().faults.pending()
    }
}

/// A fault that makes no sense.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the fault makes no sense: {0}")]
pub struct SenselessFault(String);

fn accounts(state: &State, world: &World) -> Vec<AccountEntry> {
    let seeds = world.accounts.iter();
    let entries = seeds.filter_map(|seed| {
        let account = state.account(AccountId(seed.id))?;
        Some(AccountEntry {
            key: seed.key.clone(),
            name: seed.name.clone(),
            account_id: account.id,
            room_id: account.own_room,
            token: seed.token.clone(),
        })
    });
    entries.collect()
}

fn rooms(state: &State) -> Vec<RoomEntry> {
    let entries = state.rooms().map(|room| RoomEntry {
        room_id: room.id,
        kind: match room.kind {
            RoomKind::My => "my",
            RoomKind::Direct => "direct",
            RoomKind::Group => "group",
        },
        name: match room.kind {
            RoomKind::Group => room.name.clone(),
            _ => names(state, room).join(", "),
        },
    });
    entries.collect()
}

fn names<'a>(state: &'a State, room: &crate::state::Room) -> Vec<&'a str> {
    let members = room.members.iter();
    members.filter_map(|member| state.account(member.account)).map(|known| known.name()).collect()
}
