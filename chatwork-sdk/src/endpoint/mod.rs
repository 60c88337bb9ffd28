//! The operations. Each file holds one noun of the API: the handle, its requests and their options.
//!
//! | file | what is in it |
//! |---|---|
//! | `account`, `contacts`, `files`, `members`, `messages`, `rooms`, `tasks`, `link` | a noun each |
//! | `edit_link` | changing a link without resetting it |
//! | `list` | lists, read item by item |
//! | `marks` | messages marked as read and unread |
//! | `post_all` | a text of any length, posted in parts |
//! | `roles` | which account has which role |
//!
//! An item of a list that cannot be read is set aside ([`SetAside`]). What reads first and then
//! writes everything back must not lose such an item, so it asks for a strict list instead.

mod account;
mod contacts;
mod edit_link;
mod files;
mod link;
mod list;
mod marks;
mod members;
mod messages;
mod post_all;
mod roles;
mod rooms;
mod tasks;

pub use account::*;
pub use contacts::*;
pub use edit_link::*;
pub use files::*;
pub use link::*;
pub use list::{List, SetAside};
pub use marks::*;
pub use members::*;
pub use messages::*;
pub use post_all::*;
pub use rooms::*;
pub use tasks::*;

/// What every file here needs.
mod prelude {
    pub(super) use chatwork_api::types::*;
    pub(super) use chatwork_api::{
        Client as Api, MessageLimitation, Operation, ResponseValue, limits, operations,
    };

    pub(super) use super::list::{self, List};
    pub(super) use crate::call::{Endpoint, SendError};
    pub(super) use crate::client::Client;
    pub(super) use crate::error::Result;
    pub(super) use crate::request::Request;
    pub(super) use crate::validate;

    /// The reply of one attempt.
    pub(super) type Sent<T> = std::result::Result<ResponseValue<T>, SendError>;
}
