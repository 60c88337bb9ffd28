//! Adds and removes webhooks, and lists deliveries.

use crate::http::App;
use crate::webhook::{Delivery, Webhook, WebhookRefused};
use crate::world::WebhookSeed;

/// The webhooks of a sandbox and their deliveries.
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
/// // An account mentions the bot. Then:
/// sandbox.webhooks().idle().await;
/// assert!(sandbox.webhooks().deliveries().iter().all(|one| one.outcome.is_success()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Webhooks<'a>(pub(super) &'a App);

impl Webhooks<'_> {
    /// Adds a webhook.
    ///
    /// # Errors
    ///
    /// [`WebhookRefused`] if the account does not exist, has five webhooks already, or is not in
    /// the room; if the address is not on this machine; if events and room do not go together.
    pub fn add(&self, seed: &WebhookSeed) -> Result<Webhook, WebhookRefused> {
        self.0.add_webhook(seed)
    }

    /// Returns all webhooks in the order in which they were added.
    pub fn all(&self) -> Vec<Webhook> {
        self.0.webhooks.all()
    }

    /// Removes a webhook and its waiting deliveries. Returns `None` if the id is unknown.
    pub fn remove(&self, id: i64) -> Option<Webhook> {
        self.0.webhooks.remove(id)
    }

    /// Switches a webhook on or off. Returns `None` if the id is unknown.
    ///
    /// Switching on clears the count of failures. Events that happened while the webhook was off
    /// are not sent.
    pub fn switch(&self, id: i64, enabled: bool) -> Option<Webhook> {
        self.0.webhooks.switch(id, enabled)
    }

    /// Returns the newest 1,000 deliveries, oldest first.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.0.webhooks.deliveries()
    }

    /// Waits until every delivery has ended: up to five seconds for each delivery that the
    /// receiver does not answer. It does not wait for work that the receiver does after its
    /// answer.
    pub async fn idle(&self) {
        self.0.webhooks.idle().await;
    }
}
