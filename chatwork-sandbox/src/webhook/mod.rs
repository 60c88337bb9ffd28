//! Webhooks: posts events of messages to receivers on this machine.
//!
//! | module | what it holds |
//! |---|---|
//! | `event_type` | the types of events |
//! | `target` | the address of a receiver |
//! | `token` | tokens and signatures |
//! | `check` | refuses invalid webhooks |
//! | `payload` | the body of a delivery |
//! | `hub` | all webhooks of a sandbox |
//! | `shared` | what the hub and its workers share |
//! | `entry` | one webhook and its waiting deliveries |
//! | `worker` | sends the deliveries of a webhook one after the other |
//! | `post` | sends one request |
//! | `delivery` | the result of a delivery |

mod check;
mod delivery;
mod entry;
mod event_type;
mod hub;
mod payload;
mod post;
mod shared;
mod target;
mod token;
mod view;
mod worker;

pub(crate) use check::{faults, is_full, too_many};
pub use delivery::{Delivery, DeliveryOutcome};
pub use event_type::WebhookEventType;
pub(crate) use hub::Hub;
pub use view::{Webhook, WebhookRefused};
