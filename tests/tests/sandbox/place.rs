//! What calls are about.

use chatwork_sandbox::{Message, Sandbox};
use chatwork_sdk::{AccountId, FileId, MessageId, RequestId, RoomId, TaskId};

pub(crate) const HANAKO: AccountId = AccountId(1_484_814);
pub(crate) const KEN: AccountId = AccountId(2_739_132);
/// Neither a contact nor a colleague of Hanako.
pub(crate) const DAICHI: AccountId = AccountId(5_105_230);

/// Hanako's direct chat with Ken.
pub(crate) const DIRECT: RoomId = RoomId(30_905_771);
/// A group: Hanako and Ken are admins, Alex may read.
pub(crate) const PROJECT: RoomId = RoomId(93_207_172);
/// A group: Ken is admin, Hanako a member. All is read, and the link is closed.
pub(crate) const SALES: RoomId = RoomId(93_310_055);
/// A group in which Hanako may only read.
pub(crate) const NOTES: RoomId = RoomId(93_455_120);

/// What calls are about.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) room: RoomId,
    /// A message that Hanako wrote.
    pub(crate) message: MessageId,
    /// A message that Hanako has not read.
    pub(crate) unread: MessageId,
    pub(crate) task: TaskId,
    pub(crate) file: FileId,
    pub(crate) request: RequestId,
}

impl Place {
    /// The project, in which everything is.
    pub(crate) fn project(sandbox: &Sandbox) -> Self {
        Self {
            room: PROJECT,
            message: message(sandbox, |message| message.account == HANAKO && !message.system),
            unread: message(sandbox, |message| message.body.starts_with("会議室は")),
            task: TaskId(3_071_284),
            file: FileId(1_341_384_457),
            request: RequestId(1_204_857),
        }
    }

    /// An empty room.
    pub(crate) fn bare(room: RoomId) -> Self {
        Self {
            room,
            message: MessageId("1".to_owned()),
            unread: MessageId("1".to_owned()),
            task: TaskId(1),
            file: FileId(1),
            request: RequestId(1),
        }
    }
}

/// The first message of the project that is meant.
pub(crate) fn message(sandbox: &Sandbox, meant: impl Fn(&Message) -> bool) -> MessageId {
    let state = sandbox.state();
    let room = state.rooms().find(|room| room.id == PROJECT).unwrap();
    room.messages.iter().find(|message| meant(message)).unwrap().id.into()
}
