//! Webhooks: what happens to messages is posted to receivers on this machine.
//!
//! | module | what it holds |
//! |---|---|
//! | `event_type` | what a webhook may hear of |
//! | `target` | where it leads |
//! | `token` | what it is signed with |
//! | `check` | what keeps a webhook from being made |
//! | `payload` | the body of a delivery |
//! | `hub` | all webhooks of a sandbox |
//! | `entry` | one of them, and what waits to be sent |
//! | `worker` | sends it, one after the other |
//! | `post` | one request |
//! | `delivery` | what came of it |

mod check;
mod delivery;
mod entry;
mod event_type;
mod hub;
mod payload;
mod post;
mod target;
mod token;
mod view;
mod worker;

pub(crate) use check::{faults, is_full, too_many};
pub use delivery::{Delivery, DeliveryOutcome};
pub use event_type::WebhookEventType;
pub(crate) use hub::Hub;
pub use view::{Webhook, WebhookRefused};
