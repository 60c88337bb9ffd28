//! The deliveries that were accepted and not answered yet.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chatwork_sdk::types::WebhookEvent;
use tokio::sync::{Notify, mpsc, oneshot};

/// How many deliveries may wait for a slow command. Further ones are answered 503.
const MOST: usize = 1_000;

/// What waits: the event and the message of each delivery, by the order of their arrival.
#[derive(Default)]
struct Waiting {
    next: u64,
    /// No further delivery is accepted.
    is_closed: bool,
    entries: BTreeMap<u64, (String, String)>,
}

#[derive(Clone, Default)]
struct Shared(Arc<(Mutex<Waiting>, Notify)>);

impl Shared {
    /// No change can panic half-way, so a poisoned lock is usable.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn closed(&self) -> &Notify {
        &self.0.1
    }
}

/// A delivery that was accepted. Its sender waits for the answer.
pub(super) struct Delivery {
    pub(super) event: WebhookEvent,
    number: u64,
    waiting: Shared,
    answer: oneshot::Sender<bool>,
}

impl Delivery {
    /// Ends the delivery. A sender that waits no longer is no failure.
    pub(super) fn answer(self, is_done: bool) {
        self.waiting.lock().entries.remove(&self.number);
        let _ = self.answer.send(is_done);
    }
}

/// The end of the queue at which deliveries come in.
#[derive(Clone)]
pub(super) struct Entrance {
    sender: mpsc::Sender<Delivery>,
    waiting: Shared,
}

/// The end of the queue at which deliveries are taken out.
pub(super) struct Queue {
    receiver: mpsc::Receiver<Delivery>,
    waiting: Shared,
}

/// Returns the two ends of a queue.
pub(super) fn queue() -> (Entrance, Queue) {
    let (sender, receiver) = mpsc::channel(MOST);
    let waiting = Shared::default();
    (Entrance { sender, waiting: waiting.clone() }, Queue { receiver, waiting })
}

impl Entrance {
    /// Accepts a delivery, and returns what tells how it ended. `None` if it is not accepted.
    pub(super) fn enter(&self, event: WebhookEvent) -> Option<oneshot::Receiver<bool>> {
        let (answer, ended) = oneshot::channel();
        let mut waiting = self.waiting.lock();
        if waiting.is_closed {
            return None;
        }
        let number = waiting.next;
        let name = event.event_type().unwrap_or("other").to_owned();
        let room = event.room_id().map(|room| room.to_string()).unwrap_or_default();
        let message = event.message_id().map(|message| format!("{room}-{message}"));
        let delivery = Delivery { event, number, waiting: self.waiting.clone(), answer };
        self.sender.try_send(delivery).ok()?;
        waiting.next += 1;
        waiting.entries.insert(number, (name, message.unwrap_or(room)));
        Some(ended)
    }

    /// Accepts no further delivery.
    pub(super) fn close(&self) {
        self.waiting.lock().is_closed = true;
        self.waiting.closed().notify_one();
    }

    /// Returns the event and the message of each delivery that was not answered yet.
    pub(super) fn waiting(&self) -> Vec<(String, String)> {
        self.waiting.lock().entries.values().cloned().collect()
    }
}

impl Queue {
    /// Waits for a delivery. Returns `None` if none waits and none is accepted any more.
    pub(super) async fn next(&mut self) -> Option<Delivery> {
        loop {
            if let Ok(delivery) = self.receiver.try_recv() {
                return Some(delivery);
            }
            let is_closed = self.waiting.lock().is_closed;
            if is_closed {
                return None;
            }
            tokio::select! {
                delivery = self.receiver.recv() => return delivery,
                () = self.waiting.closed().notified() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(message: u32) -> WebhookEvent {
        let json = serde_json::json!({
            "webhook_setting_id": "1",
            "webhook_event_type": "message_created",
            "webhook_event_time": 1,
            "webhook_event": {
                "message_id": message.to_string(), "room_id": 7, "account_id": 1, "body": "x",
                "send_time": 1, "update_time": 0,
            },
        });
        serde_json::from_value(json).unwrap()
    }

    #[tokio::test]
    async fn a_delivery_waits_until_it_is_answered() {
        let (entrance, mut queue) = queue();
        let first = entrance.enter(event(1)).unwrap();
        let second = entrance.enter(event(2)).unwrap();
        queue.next().await.unwrap().answer(true);
        assert!(first.await.unwrap());
        let left = [("message_created".to_owned(), "7-2".to_owned())];
        assert_eq!(entrance.waiting(), left);
        // Taken out, and not answered yet.
        let delivery = queue.next().await.unwrap();
        assert_eq!(entrance.waiting(), left);
        delivery.answer(false);
        assert!(!second.await.unwrap() && entrance.waiting().is_empty());
    }

    #[tokio::test]
    async fn a_closed_queue_accepts_none_and_ends_behind_those_that_wait() {
        let (entrance, mut queue) = queue();
        let _first = entrance.enter(event(1)).unwrap();
        entrance.close();
        assert!(entrance.enter(event(2)).is_none());
        queue.next().await.unwrap().answer(true);
        assert!(queue.next().await.is_none());
    }
}
