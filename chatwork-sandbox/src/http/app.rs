//! What all requests share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::download::Signer;
use super::limits::Limits;
use super::log::RequestLog;
use crate::clock::Clock;
use crate::fault::Queue;
use crate::state::{Event, State};
use crate::webhook::{Hub, Webhook, WebhookRefused};
use crate::world::{WebhookSeed, World};

/// How many events a slow listener may be behind.
const EVENTS: usize = 4_096;

/// What all requests share.
#[derive(Debug)]
pub(crate) struct App {
    /// The address without a path: `http://127.0.0.1:8899`.
    pub(crate) origin: String,
    pub(crate) clock: Clock,
    pub(crate) signer: Signer,
    pub(crate) webhooks: Arc<Hub>,
    world: World,
    limited: bool,
    events: broadcast::Sender<Event>,
    core: Mutex<Core>,
}

/// What changes.
#[derive(Debug)]
pub(crate) struct Core {
    pub(crate) state: State,
    pub(crate) limits: Limits,
    pub(crate) faults: Queue,
    pub(crate) log: RequestLog,
}

impl App {
    pub(crate) fn new(origin: String, clock: Clock, world: World, limited: bool) -> Self {
        let core = Core::new(&world, limited, clock.now());
        let webhooks = Arc::<Hub>::default();
        webhooks.begin(&world, &core.state);
        Self {
            origin,
            clock,
            signer: Signer::default(),
            webhooks,
            world,
            limited,
            events: broadcast::channel(EVENTS).0,
            core: Mutex::new(core),
        }
    }

    /// Everything that changes, for as long as nobody waits.
    pub(crate) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Back to the world as it was at the start, at the time of the start.
    pub(crate) fn reset(&self) {
        self.clock.reset();
        let mut core = self.core();
        *core = Core::new(&self.world, self.limited, self.clock.now());
        self.webhooks.begin(&self.world, &core.state);
    }

    /// Hears of messages from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Makes a webhook.
    pub(crate) fn add_webhook(&self, seed: &WebhookSeed) -> Result<Webhook, WebhookRefused> {
        self.webhooks.add(seed, &self.core().state)
    }

    /// Tells everybody who listens, webhooks too. They hear of it before anything else happens.
    pub(super) fn announce(&self, core: &mut Core, at: i64) {
        let events = core.state.take_events();
        self.webhooks.hear(&events, &core.state, at);
        for event in events {
            // An error says that nobody listens, which is nobody's fault.
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
