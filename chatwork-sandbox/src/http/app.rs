//! The state that all requests share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[cfg(feature = "workbench")]
use chatwork_api::Secret;
use tokio::sync::broadcast;

use super::limits::Limits;
use super::log::RequestLog;
use super::signer::Signer;
use super::start::Start;
use crate::clock::Clock;
use crate::fault::Queue;
use crate::state::{Event, State};
use crate::webhook::{Hub, Webhook, WebhookRefused};
use crate::world::WebhookSeed;

/// How many events a slow subscriber may be behind.
const EVENTS: usize = 4_096;

/// The state that all requests share.
#[derive(Debug)]
pub(crate) struct App {
    /// The address without a path: `http://127.0.0.1:8899`.
    pub(crate) origin: String,
    pub(crate) clock: Clock,
    pub(crate) signer: Signer,
    /// Host names besides those of this machine that a request may be addressed to.
    pub(crate) hosts: Vec<String>,
    /// Whether requests may be addressed to any address of this machine, as a number.
    pub(crate) any_address: bool,
    /// The key of the control API; `None` if it needs none.
    #[cfg(feature = "workbench")]
    pub(crate) key: Option<Secret>,
    /// Whether pages of other sites may call `/v2`.
    #[cfg(feature = "workbench")]
    pub(crate) cors: bool,
    pub(crate) webhooks: Hub,
    start: Mutex<Arc<Start>>,
    limited: bool,
    events: broadcast::Sender<Event>,
    /// Told after each request that may have changed the state.
    #[cfg(feature = "workbench")]
    pub(crate) changed: tokio::sync::Notify,
    core: Mutex<Core>,
}

/// What changes, behind the lock.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) state: State,
    pub(crate) limits: Limits,
    pub(crate) faults: Queue,
    pub(crate) log: RequestLog,
}

/// The options of a sandbox.
pub(crate) struct Settings {
    pub(crate) origin: String,
    pub(crate) clock: Clock,
    pub(crate) start: Start,
    pub(crate) limited: bool,
    pub(crate) hosts: Vec<String>,
    pub(crate) any_address: bool,
    /// The hosts to which webhooks may go besides this machine.
    pub(crate) webhook_hosts: Vec<String>,
    #[cfg(feature = "workbench")]
    pub(crate) key: Option<Secret>,
    #[cfg(feature = "workbench")]
    pub(crate) cors: bool,
}

impl App {
    pub(crate) fn new(settings: Settings) -> Self {
        let Settings { origin, clock, start, limited, hosts, any_address, .. } = settings;
        let core = Core::new(&start, limited, clock.now());
        let webhooks = Hub::new(settings.webhook_hosts);
        webhooks.begin(start.webhooks(), &core.state);
        Self {
            origin,
            clock,
            signer: Signer::default(),
            hosts,
            any_address,
            #[cfg(feature = "workbench")]
            key: settings.key,
            #[cfg(feature = "workbench")]
            cors: settings.cors,
            webhooks,
            start: Mutex::new(Arc::new(start)),
            limited,
            events: broadcast::channel(EVENTS).0,
            #[cfg(feature = "workbench")]
            changed: tokio::sync::Notify::new(),
            core: Mutex::new(core),
        }
    }

    /// Locks everything that changes. Never hold the lock across an await.
    pub(crate) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Restores the world and the clock of the start.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        self.begin(&self.start());
    }

    /// Starts over with another world, to which a reset returns from now on. The clock stays.
    #[cfg(feature = "workbench")]
    pub(crate) fn load(&self, start: Start) {
        let start = Arc::new(start);
        self.begin(&start);
        *self.start.lock().unwrap_or_else(PoisonError::into_inner) = start;
    }

    fn begin(&self, start: &Start) {
        let fresh = Core::new(start, self.limited, self.clock.now());
        let mut core = self.core();
        let log = core.log.successor();
        let old = std::mem::replace(&mut *core, Core { log, ..fresh });
        self.webhooks.begin(start.webhooks(), &core.state);
        drop(core);
        // Freeing a large state takes time, which no request has to wait for.
        drop(old);
    }

    /// What the sandbox started with.
    pub(crate) fn start(&self) -> Arc<Start> {
        Arc::clone(&self.start.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Subscribes to messages from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Adds a webhook.
    pub(crate) fn add_webhook(&self, seed: &WebhookSeed) -> Result<Webhook, WebhookRefused> {
        self.webhooks.add(seed, &self.core().state)
    }

    /// Sends the events of a request to subscribers and webhooks, while the state is locked, so
    /// that all of them get events in one order.
    pub(crate) fn announce(&self, core: &mut Core, at: i64) {
        let events = core.state.take_events();
        self.webhooks.send(&events, &core.state, at);
        for event in events {
            // An error means that there is no subscriber.
            let _ = self.events.send(event);
        }
    }
}

impl Core {
    fn new(start: &Start, limited: bool, now: i64) -> Self {
        Self {
            state: start.state(now),
            limits: Limits::new(limited, start.limits()),
            faults: Queue::default(),
            log: RequestLog::default(),
        }
    }
}
