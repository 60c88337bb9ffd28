//! The state that all requests share.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::limits::Limits;
use super::log::RequestLog;
use super::signer::Signer;
use crate::clock::Clock;
use crate::fault::Queue;
use crate::state::{Event, State};
use crate::webhook::{Hub, Webhook, WebhookRefused};
use crate::world::{WebhookSeed, World};

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
    pub(crate) webhooks: Hub,
    world: World,
    limited: bool,
    events: broadcast::Sender<Event>,
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
    pub(crate) world: World,
    pub(crate) limited: bool,
    pub(crate) hosts: Vec<String>,
}

impl App {
    pub(crate) fn new(settings: Settings) -> Self {
        let Settings { origin, clock, world, limited, hosts } = settings;
        let core = Core::new(&world, limited, clock.now());
        let webhooks = Hub::default();
        webhooks.begin(&world, &core.state);
        Self {
            origin,
            clock,
            signer: Signer::default(),
            hosts,
            webhooks,
            world,
            limited,
            events: broadcast::channel(EVENTS).0,
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
        let mut core = self.core();
        *core = Core::new(&self.world, self.limited, self.clock.now());
        self.webhooks.begin(&self.world, &core.state);
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
    pub(super) fn announce(&self, core: &mut Core, at: i64) {
        let events = core.state.take_events();
        self.webhooks.send(&events, &core.state, at);
        for event in events {
            // An error means that there is no subscriber.
            let _ = self.events.send(event);
        }
    }
}

impl Core {
    fn new(world: &World, limited: bool, now: i64) -> Self {
        Self {
            state: State::new(world, now),
            limits: Limits::new(limited, world.limits),
            faults: Queue::default(),
            log: RequestLog::default(),
        }
    }
}
