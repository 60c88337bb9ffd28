//! Which Rust type a schema of the document has become.

use chatwork_api::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// Reads JSON into a type and writes it again.
pub(crate) type RoundTrip = fn(Value) -> Result<Value, Error>;

pub(crate) fn round_trip<T: DeserializeOwned + Serialize>(value: Value) -> Result<Value, Error> {
    serde_json::from_value::<T>(value).and_then(serde_json::to_value)
}

macro_rules! table {
    ($($name:ident),+ $(,)?) => {
        /// The round trip of a component, or with `[]` around its name of a list of them.
        ///
        /// # Panics
        ///
        /// When the schema is not in the table: add it there.
        pub(crate) fn by_schema(name: &str) -> RoundTrip {
            $(
                if name == stringify!($name) {
                    return round_trip::<types::$name>;
                }
                if name == concat!("[", stringify!($name), "]") {
                    return round_trip::<Vec<types::$name>>;
                }
            )+
            panic!("no Rust type for the schema `{name}`: add it to the table in by_schema.rs")
        }
    };
}

table![
    AccountId,
    AccountIdList,
    AccountSummary,
    Contact,
    ErrorResponse,
    FileId,
    FileRef,
    IconPreset,
    IncomingRequest,
    Me,
    MentionEventBody,
    MentionToMeEvent,
    Message,
    MessageCreatedEvent,
    MessageEventBody,
    MessageId,
    MessageRef,
    MessageUpdatedEvent,
    MyStatus,
    MyTask,
    OAuthError,
    OAuthToken,
    OrganizationId,
    RequestId,
    Room,
    RoomActionType,
    RoomDetails,
    RoomFile,
    RoomFileDetails,
    RoomId,
    RoomLink,
    RoomMember,
    RoomMemberIds,
    RoomRef,
    RoomRole,
    RoomType,
    Task,
    TaskId,
    TaskLimitType,
    TaskRefs,
    TaskRoom,
    TaskStatus,
    UnixTime,
    UnreadCounts,
    UpdatedTask,
    WebhookEvent,
];
