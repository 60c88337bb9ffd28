//! The calls of the client, each operation among them.

use std::pin::Pin;

use chatwork_api::{Operation, operations};
use chatwork_sdk::{Client, Due, Error, IconPreset, Upload};

use crate::place::{HANAKO, KEN, Place};

/// A call under way, whose result is dropped.
pub(crate) type Running = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// One call.
pub(crate) struct Call {
    /// The operation that it calls.
    pub(crate) operation: Operation,
    /// Distinguishes it from other calls of the operation.
    pub(crate) name: &'static str,
    /// Makes it.
    pub(crate) run: fn(&Client, &Place) -> Running,
}

impl Call {
    /// Whether the document lists a status for it.
    pub(crate) fn may_answer(&self, status: u16) -> bool {
        tests::contract::documented().contains(&(self.operation.id, status))
    }

    /// Whether it is about a room.
    pub(crate) fn is_of_a_room(&self) -> bool {
        self.operation.path.starts_with("/rooms/{room_id}")
    }
}

/// Drops the result of a call.
pub(crate) fn running<T>(
    call: impl IntoFuture<Output = Result<T, Error>, IntoFuture: Send + 'static>,
) -> Running {
    let call = call.into_future();
    Box::pin(async move { call.await.map(drop) })
}

macro_rules! calls {
    ($($operation:ident $name:ident: |$client:ident, $place:ident| $call:expr;)+) => {
        vec![$(Call {
            operation: operations::$operation,
            name: stringify!($name),
            run: |$client, $place| running($call),
        }),+]
    };
}

/// The first call of an operation.
pub(crate) fn of(id: &str) -> Call {
    let found = all().into_iter().find(|call| call.operation.id == id);
    found.unwrap_or_else(|| panic!("there is no call of {id}"))
}

/// Every operation, those that have several forms in each.
pub(crate) fn all() -> Vec<Call> {
    calls! {
        GET_ME me: |c, _p| c.me();
        GET_MY_STATUS my_status: |c, _p| c.my_status();
        LIST_MY_TASKS my_tasks: |c, _p| c.my_tasks();
        LIST_CONTACTS contacts: |c, _p| c.contacts();
        LIST_INCOMING_REQUESTS incoming_requests: |c, _p| c.incoming_requests();
        ACCEPT_INCOMING_REQUEST accept: |c, p| c.incoming_request(p.request).accept();
        DECLINE_INCOMING_REQUEST decline: |c, p| c.incoming_request(p.request).decline();
        LIST_ROOMS rooms: |c, _p| c.rooms();
        CREATE_ROOM create_room: |c, _p| c.create_room("Launch", [HANAKO]).members([KEN]);
        GET_ROOM get_room: |c, p| c.room(p.room).get();
        UPDATE_ROOM update_room: |c, p| c.room(p.room).update().icon(IconPreset::Star);
        DELETE_OR_LEAVE_ROOM leave: |c, p| c.room(p.room).leave();
        DELETE_OR_LEAVE_ROOM delete: |c, p| c.room(p.room).delete();
        LIST_ROOM_MEMBERS members: |c, p| c.room(p.room).members();
        REPLACE_ROOM_MEMBERS replace_members:
            |c, p| c.room(p.room).replace_members([HANAKO]).members([KEN]);
        LIST_ROOM_MESSAGES new_messages: |c, p| c.room(p.room).new_messages();
        LIST_ROOM_MESSAGES latest_messages: |c, p| c.room(p.room).latest_messages();
        CREATE_ROOM_MESSAGE post: |c, p| c.room(p.room).post("Build is green 緑");
        MARK_ROOM_MESSAGES_READ mark_read: |c, p| c.room(p.room).mark_read();
        MARK_ROOM_MESSAGES_READ mark_read_up_to:
            |c, p| c.room(p.room).mark_read().up_to(&p.unread);
        MARK_ROOM_MESSAGES_UNREAD mark_unread:
            |c, p| c.room(p.room).mark_unread_from(&p.message);
        GET_ROOM_MESSAGE get_message: |c, p| c.room(p.room).message(&p.message).get();
        UPDATE_ROOM_MESSAGE edit_message: |c, p| c.room(p.room).message(&p.message).edit("Green");
        DELETE_ROOM_MESSAGE delete_message: |c, p| c.room(p.room).message(&p.message).delete();
        LIST_ROOM_TASKS tasks: |c, p| c.room(p.room).tasks();
        CREATE_ROOM_TASK create_task:
            |c, p| c.room(p.room).create_task("Write", [KEN]).due(Due::none());
        GET_ROOM_TASK get_task: |c, p| c.room(p.room).task(p.task).get();
        UPDATE_ROOM_TASK_STATUS complete: |c, p| c.room(p.room).task(p.task).complete();
        UPDATE_ROOM_TASK_STATUS reopen: |c, p| c.room(p.room).task(p.task).reopen();
        LIST_ROOM_FILES files: |c, p| c.room(p.room).files();
        UPLOAD_ROOM_FILE upload: |c, p| c.room(p.room).upload(Upload::bytes("a.txt", "content"));
        GET_ROOM_FILE get_file: |c, p| c.room(p.room).file(p.file).get();
        GET_ROOM_FILE download: |c, p| c.room(p.room).file(p.file).download();
        GET_ROOM_LINK get_link: |c, p| c.room(p.room).link().get();
        CREATE_ROOM_LINK create_link: |c, p| c.room(p.room).link().create().code("launch");
        REPLACE_ROOM_LINK replace_link: |c, p| c.room(p.room).link().replace().code("launch");
        DELETE_ROOM_LINK delete_link: |c, p| c.room(p.room).link().delete();
    }
}
