//! One call of every operation.

use std::pin::Pin;
use std::time::Duration;

use chatwork_sdk::types::IconPreset;
use chatwork_sdk::{AccountId, Client, Due, Error, Meta, Operation, Role, TaskStatus, Upload};

use super::{ANNA, BOB, CAROL, FILE, REQUEST, TASK, message_id, room};

/// A call under way, whose result is dropped.
pub(crate) type Running<T = ()> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// A time limit that no call reaches.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// One call.
pub(crate) struct Call {
    /// The operation that it calls.
    pub(crate) operation: Operation,
    /// What tells it apart from other calls of the operation.
    pub(crate) name: &'static str,
    /// Makes it.
    pub(crate) run: fn(&Client) -> Running,
    /// Makes it with a time limit of its own, and returns what its reply says besides.
    pub(crate) meta: fn(&Client) -> Running<Meta>,
}

impl Call {
    /// Whether it may go out twice when nobody knows what the server did: it changes nothing.
    /// Asking for new messages moves a mark on the server.
    pub(crate) fn is_read(&self) -> bool {
        self.operation.method == chatwork_api::Method::Get && self.name != "new_messages"
    }

    /// Whether its reply has no body.
    pub(crate) fn is_silent(&self) -> bool {
        ["declineIncomingRequest", "deleteOrLeaveRoom"].contains(&self.operation.id)
    }
}

// A request without `send`, `timeout` or `with_meta` does not compile here.
macro_rules! calls {
    ($($operation:ident $name:ident: |$client:ident| $call:expr;)+) => {
        vec![$(Call {
            operation: chatwork_api::operations::$operation,
            name: stringify!($name),
            run: |$client| {
                let call = $call;
                Box::pin(async move { call.send().await.map(drop).map_err(Error::from) })
            },
            meta: |$client| {
                let call = $call.timeout(DAY);
                Box::pin(async move { Ok(call.with_meta().await.map_err(Error::from)?.1) })
            },
        }),+]
    };
}

/// Every public method that stands for one request.
pub(crate) fn all() -> Vec<Call> {
    calls! {
        GET_ME me: |c| c.me();
        GET_MY_STATUS my_status: |c| c.my_status();
        LIST_MY_TASKS my_tasks: |c| c.my_tasks().status(TaskStatus::Open).assigned_by(ANNA);
        LIST_CONTACTS contacts: |c| c.contacts();
        LIST_INCOMING_REQUESTS incoming_requests: |c| c.incoming_requests();
        ACCEPT_INCOMING_REQUEST accept: |c| c.incoming_request(REQUEST).accept();
        DECLINE_INCOMING_REQUEST decline: |c| c.incoming_request(REQUEST).decline();
        LIST_ROOMS rooms: |c| c.rooms();
        CREATE_ROOM create_room: |c| c.create_room("Launch", [ANNA]).members([BOB]);
        GET_ROOM get_room: |c| room(c).get();
        UPDATE_ROOM update_room: |c| room(c).update().icon(IconPreset::Star);
        DELETE_OR_LEAVE_ROOM leave: |c| room(c).leave();
        DELETE_OR_LEAVE_ROOM delete: |c| room(c).delete();
        LIST_ROOM_MEMBERS members: |c| room(c).members();
        REPLACE_ROOM_MEMBERS replace_members: |c| room(c).replace_members([ANNA]).members([BOB]);
        LIST_ROOM_MESSAGES new_messages: |c| room(c).new_messages();
        LIST_ROOM_MESSAGES latest_messages: |c| room(c).latest_messages();
        CREATE_ROOM_MESSAGE post: |c| room(c).post("Build is green");
        MARK_ROOM_MESSAGES_READ mark_read: |c| room(c).mark_read();
        MARK_ROOM_MESSAGES_UNREAD mark_unread: |c| room(c).mark_unread_from(message_id());
        GET_ROOM_MESSAGE get_message: |c| room(c).message(message_id()).get();
        UPDATE_ROOM_MESSAGE edit_message: |c| room(c).message(message_id()).edit("Green");
        DELETE_ROOM_MESSAGE delete_message: |c| room(c).message(message_id()).delete();
        LIST_ROOM_TASKS tasks: |c| room(c).tasks().assignee(BOB);
        CREATE_ROOM_TASK create_task: |c| room(c).create_task("Write", [BOB]).due(Due::none());
        GET_ROOM_TASK get_task: |c| room(c).task(TASK).get();
        UPDATE_ROOM_TASK_STATUS complete: |c| room(c).task(TASK).complete();
        UPDATE_ROOM_TASK_STATUS reopen: |c| room(c).task(TASK).reopen();
        LIST_ROOM_FILES files: |c| room(c).files().uploaded_by(CAROL);
        UPLOAD_ROOM_FILE upload: |c| room(c).upload(Upload::bytes("a.txt", "content"));
        GET_ROOM_FILE get_file: |c| room(c).file(FILE).get();
        GET_ROOM_LINK get_link: |c| room(c).link().get();
        CREATE_ROOM_LINK create_link: |c| room(c).link().create().code("launch");
        REPLACE_ROOM_LINK replace_link: |c| room(c).link().replace().code("launch");
        DELETE_ROOM_LINK delete_link: |c| room(c).link().delete();
    }
}

/// Who may only read in the document's example of a room's members.
const READER: AccountId = AccountId(2_861_671);

/// The calls that read first, and then write.
pub(crate) fn several() -> Vec<Call> {
    calls! {
        REPLACE_ROOM_MEMBERS add_members: |c| room(c).add_members(Role::Member, [CAROL]);
        REPLACE_ROOM_MEMBERS remove_members: |c| room(c).remove_members([READER]);
        REPLACE_ROOM_LINK edit_link: |c| room(c).link().edit().description("Come in");
    }
}

/// The calls that repeat one operation, as often as there is something to do.
pub(crate) fn repeated() -> Vec<Call> {
    calls! {
        CREATE_ROOM_MESSAGE post_all: |c| room(c).post_all("Build is green");
        MARK_ROOM_MESSAGES_READ mark_all_read: |c| c.mark_all_read();
    }
}
