//! The operations, one file for each noun of the API: its requests, and the handle that makes them.

mod account;
mod contacts;
mod edit_link;
mod files;
mod link;
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

    pub(super) use crate::client::Client;
    pub(super) use crate::error::Result;
    pub(super) use crate::request::{Endpoint, Request, SendError};
    pub(super) use crate::validate;

    /// The reply of one try.
    pub(super) type Sent<T> = std::result::Result<ResponseValue<T>, SendError>;
    /// A reply that 204 makes empty.
    pub(super) type List<T> = Option<Vec<T>>;
}
