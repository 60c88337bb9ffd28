// Written by `cargo xtask codegen` from spec/chatwork.yaml. Do not edit: change the document and
// run the command again.

//! What the document says of each operation besides its types.
use crate::operation::{Method, Operation, RetrySafety};
/// Where the API is served, without a slash at the end.
pub const BASE_URL: &str = "https://api.chatwork.com/v2";
/// Where people are asked for their consent (OAuth 2.0).
pub const AUTHORIZATION_URL: &str = "https://www.chatwork.com/packages/oauth2/login.php";
/// Where access tokens are had (OAuth 2.0).
pub const TOKEN_URL: &str = "https://oauth.chatwork.com/token";
/// The rate limits that the API keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RateLimitName {
    /// Every request counts against it.
    Account,
    /// Messages and tasks posted to one room count together.
    RoomPosting,
}
impl RateLimitName {
    /// How many requests fit into [`RateLimitName::seconds`].
    pub const fn requests(self) -> u64 {
        match self {
            Self::Account => 300,
            Self::RoomPosting => 10,
        }
    }
    /// The length of the window in seconds.
    pub const fn seconds(self) -> u64 {
        match self {
            Self::Account => 300,
            Self::RoomPosting => 10,
        }
    }
    /// What is counted separately: `account`, or the path parameter of that name.
    pub const fn per(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::RoomPosting => "room_id",
        }
    }
    /// The error text of this limit's 429, `None` if it has the usual text.
    pub const fn error(self) -> Option<&'static str> {
        match self {
            Self::Account => None,
            Self::RoomPosting => {
                Some("Rate limit for message posting per room exceeded.")
            }
        }
    }
}
/// What an OAuth 2.0 access token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Scope {
    /// `offline_access`: Keep a refresh token that does not expire (confidential clients only)
    OfflineAccess,
    /// `users.all:read`: Read everything about your own account
    UsersAllRead,
    /// `users.profile.me:read`: Read your own profile
    UsersProfileMeRead,
    /// `users.status.me:read`: Read your own unread and task counts
    UsersStatusMeRead,
    /// `users.tasks.me:read`: Read the tasks assigned to you
    UsersTasksMeRead,
    /// `rooms.all:read_write`: Read and change everything in your rooms
    RoomsAllReadWrite,
    /// `rooms.all:read`: Read everything in your rooms
    RoomsAllRead,
    /// `rooms.all:write`: Change everything in your rooms
    RoomsAllWrite,
    /// `rooms:write`: Create, leave and delete rooms
    RoomsWrite,
    /// `rooms.info:read`: Read the data and the invitation links of your rooms
    RoomsInfoRead,
    /// `rooms.info:write`: Change the data and the invitation links of your rooms
    RoomsInfoWrite,
    /// `rooms.members:read`: Read who is in your rooms
    RoomsMembersRead,
    /// `rooms.members:write`: Change who is in your rooms
    RoomsMembersWrite,
    /// `rooms.messages:read`: Read messages in your rooms
    RoomsMessagesRead,
    /// `rooms.messages:write`: Post, edit, delete and mark messages in your rooms
    RoomsMessagesWrite,
    /// `rooms.tasks:read`: Read tasks in your rooms
    RoomsTasksRead,
    /// `rooms.tasks:write`: Add tasks to your rooms, finish and reopen them
    RoomsTasksWrite,
    /// `rooms.files:read`: Read files in your rooms
    RoomsFilesRead,
    /// `rooms.files:write`: Upload files to your rooms
    RoomsFilesWrite,
    /// `contacts.all:read_write`: Read your contacts and contact requests, and answer the requests
    ContactsAllReadWrite,
    /// `contacts.all:read`: Read your contacts and contact requests
    ContactsAllRead,
    /// `contacts.all:write`: Answer contact requests
    ContactsAllWrite,
}
impl Scope {
    /// Every scope, in the order of the document.
    pub const ALL: [Self; 22usize] = [
        Self::OfflineAccess,
        Self::UsersAllRead,
        Self::UsersProfileMeRead,
        Self::UsersStatusMeRead,
        Self::UsersTasksMeRead,
        Self::RoomsAllReadWrite,
        Self::RoomsAllRead,
        Self::RoomsAllWrite,
        Self::RoomsWrite,
        Self::RoomsInfoRead,
        Self::RoomsInfoWrite,
        Self::RoomsMembersRead,
        Self::RoomsMembersWrite,
        Self::RoomsMessagesRead,
        Self::RoomsMessagesWrite,
        Self::RoomsTasksRead,
        Self::RoomsTasksWrite,
        Self::RoomsFilesRead,
        Self::RoomsFilesWrite,
        Self::ContactsAllReadWrite,
        Self::ContactsAllRead,
        Self::ContactsAllWrite,
    ];
    /// The name that goes over the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OfflineAccess => "offline_access",
            Self::UsersAllRead => "users.all:read",
            Self::UsersProfileMeRead => "users.profile.me:read",
            Self::UsersStatusMeRead => "users.status.me:read",
            Self::UsersTasksMeRead => "users.tasks.me:read",
            Self::RoomsAllReadWrite => "rooms.all:read_write",
            Self::RoomsAllRead => "rooms.all:read",
            Self::RoomsAllWrite => "rooms.all:write",
            Self::RoomsWrite => "rooms:write",
            Self::RoomsInfoRead => "rooms.info:read",
            Self::RoomsInfoWrite => "rooms.info:write",
            Self::RoomsMembersRead => "rooms.members:read",
            Self::RoomsMembersWrite => "rooms.members:write",
            Self::RoomsMessagesRead => "rooms.messages:read",
            Self::RoomsMessagesWrite => "rooms.messages:write",
            Self::RoomsTasksRead => "rooms.tasks:read",
            Self::RoomsTasksWrite => "rooms.tasks:write",
            Self::RoomsFilesRead => "rooms.files:read",
            Self::RoomsFilesWrite => "rooms.files:write",
            Self::ContactsAllReadWrite => "contacts.all:read_write",
            Self::ContactsAllRead => "contacts.all:read",
            Self::ContactsAllWrite => "contacts.all:write",
        }
    }
    /// What it allows, in a few English words.
    pub const fn description(self) -> &'static str {
        match self {
            Self::OfflineAccess => {
                "Keep a refresh token that does not expire (confidential clients only)"
            }
            Self::UsersAllRead => "Read everything about your own account",
            Self::UsersProfileMeRead => "Read your own profile",
            Self::UsersStatusMeRead => "Read your own unread and task counts",
            Self::UsersTasksMeRead => "Read the tasks assigned to you",
            Self::RoomsAllReadWrite => "Read and change everything in your rooms",
            Self::RoomsAllRead => "Read everything in your rooms",
            Self::RoomsAllWrite => "Change everything in your rooms",
            Self::RoomsWrite => "Create, leave and delete rooms",
            Self::RoomsInfoRead => "Read the data and the invitation links of your rooms",
            Self::RoomsInfoWrite => {
                "Change the data and the invitation links of your rooms"
            }
            Self::RoomsMembersRead => "Read who is in your rooms",
            Self::RoomsMembersWrite => "Change who is in your rooms",
            Self::RoomsMessagesRead => "Read messages in your rooms",
            Self::RoomsMessagesWrite => {
                "Post, edit, delete and mark messages in your rooms"
            }
            Self::RoomsTasksRead => "Read tasks in your rooms",
            Self::RoomsTasksWrite => "Add tasks to your rooms, finish and reopen them",
            Self::RoomsFilesRead => "Read files in your rooms",
            Self::RoomsFilesWrite => "Upload files to your rooms",
            Self::ContactsAllReadWrite => {
                "Read your contacts and contact requests, and answer the requests"
            }
            Self::ContactsAllRead => "Read your contacts and contact requests",
            Self::ContactsAllWrite => "Answer contact requests",
        }
    }
}
impl ::std::fmt::Display for Scope {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}
impl ::std::str::FromStr for Scope {
    type Err = crate::UnknownScope;
    fn from_str(name: &str) -> ::std::result::Result<Self, crate::UnknownScope> {
        match name {
            "offline_access" => Ok(Self::OfflineAccess),
            "users.all:read" => Ok(Self::UsersAllRead),
            "users.profile.me:read" => Ok(Self::UsersProfileMeRead),
            "users.status.me:read" => Ok(Self::UsersStatusMeRead),
            "users.tasks.me:read" => Ok(Self::UsersTasksMeRead),
            "rooms.all:read_write" => Ok(Self::RoomsAllReadWrite),
            "rooms.all:read" => Ok(Self::RoomsAllRead),
            "rooms.all:write" => Ok(Self::RoomsAllWrite),
            "rooms:write" => Ok(Self::RoomsWrite),
            "rooms.info:read" => Ok(Self::RoomsInfoRead),
            "rooms.info:write" => Ok(Self::RoomsInfoWrite),
            "rooms.members:read" => Ok(Self::RoomsMembersRead),
            "rooms.members:write" => Ok(Self::RoomsMembersWrite),
            "rooms.messages:read" => Ok(Self::RoomsMessagesRead),
            "rooms.messages:write" => Ok(Self::RoomsMessagesWrite),
            "rooms.tasks:read" => Ok(Self::RoomsTasksRead),
            "rooms.tasks:write" => Ok(Self::RoomsTasksWrite),
            "rooms.files:read" => Ok(Self::RoomsFilesRead),
            "rooms.files:write" => Ok(Self::RoomsFilesWrite),
            "contacts.all:read_write" => Ok(Self::ContactsAllReadWrite),
            "contacts.all:read" => Ok(Self::ContactsAllRead),
            "contacts.all:write" => Ok(Self::ContactsAllWrite),
            other => Err(crate::UnknownScope::new(other)),
        }
    }
}
/// Get your own profile: `GET /me`.
pub const GET_ME: Operation = Operation {
    id: "getMe",
    method: Method::Get,
    path: "/me",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::UsersAllRead, Scope::UsersProfileMeRead],
    reference: "https://developer.chatwork.com/reference/get-me",
};
/// Get your own unread and task counts: `GET /my/status`.
pub const GET_MY_STATUS: Operation = Operation {
    id: "getMyStatus",
    method: Method::Get,
    path: "/my/status",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::UsersAllRead, Scope::UsersStatusMeRead],
    reference: "https://developer.chatwork.com/reference/get-my-status",
};
/// List the tasks assigned to you: `GET /my/tasks`.
pub const LIST_MY_TASKS: Operation = Operation {
    id: "listMyTasks",
    method: Method::Get,
    path: "/my/tasks",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::UsersAllRead, Scope::UsersTasksMeRead],
    reference: "https://developer.chatwork.com/reference/get-my-tasks",
};
/// List your contacts: `GET /contacts`.
pub const LIST_CONTACTS: Operation = Operation {
    id: "listContacts",
    method: Method::Get,
    path: "/contacts",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::ContactsAllReadWrite, Scope::ContactsAllRead],
    reference: "https://developer.chatwork.com/reference/get-contacts",
};
/// List the contact requests that you have not answered: `GET /incoming_requests`.
pub const LIST_INCOMING_REQUESTS: Operation = Operation {
    id: "listIncomingRequests",
    method: Method::Get,
    path: "/incoming_requests",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::ContactsAllReadWrite, Scope::ContactsAllRead],
    reference: "https://developer.chatwork.com/reference/get-incoming_requests",
};
/// Accept a contact request: `PUT /incoming_requests/{request_id}`.
pub const ACCEPT_INCOMING_REQUEST: Operation = Operation {
    id: "acceptIncomingRequest",
    method: Method::Put,
    path: "/incoming_requests/{request_id}",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::ContactsAllReadWrite, Scope::ContactsAllWrite],
    reference: "https://developer.chatwork.com/reference/put-incoming_requests-request_id",
};
/// Decline a contact request: `DELETE /incoming_requests/{request_id}`.
pub const DECLINE_INCOMING_REQUEST: Operation = Operation {
    id: "declineIncomingRequest",
    method: Method::Delete,
    path: "/incoming_requests/{request_id}",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::ContactsAllReadWrite, Scope::ContactsAllWrite],
    reference: "https://developer.chatwork.com/reference/delete-incoming_requests-request_id",
};
/// List the rooms that you are in: `GET /rooms`.
pub const LIST_ROOMS: Operation = Operation {
    id: "listRooms",
    method: Method::Get,
    path: "/rooms",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsInfoRead],
    reference: "https://developer.chatwork.com/reference/get-rooms",
};
/// Create a group chat: `POST /rooms`.
pub const CREATE_ROOM: Operation = Operation {
    id: "createRoom",
    method: Method::Post,
    path: "/rooms",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsWrite],
    reference: "https://developer.chatwork.com/reference/post-rooms",
};
/// Get a room: `GET /rooms/{room_id}`.
pub const GET_ROOM: Operation = Operation {
    id: "getRoom",
    method: Method::Get,
    path: "/rooms/{room_id}",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsInfoRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id",
};
/// Change the name, description or icon of a group chat: `PUT /rooms/{room_id}`.
pub const UPDATE_ROOM: Operation = Operation {
    id: "updateRoom",
    method: Method::Put,
    path: "/rooms/{room_id}",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsInfoWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id",
};
/// Leave or delete a group chat: `DELETE /rooms/{room_id}`.
pub const DELETE_OR_LEAVE_ROOM: Operation = Operation {
    id: "deleteOrLeaveRoom",
    method: Method::Delete,
    path: "/rooms/{room_id}",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsWrite],
    reference: "https://developer.chatwork.com/reference/delete-rooms-room_id",
};
/// List the members of a room: `GET /rooms/{room_id}/members`.
pub const LIST_ROOM_MEMBERS: Operation = Operation {
    id: "listRoomMembers",
    method: Method::Get,
    path: "/rooms/{room_id}/members",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsMembersRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-members",
};
/// Replace the members of a group chat: `PUT /rooms/{room_id}/members`.
pub const REPLACE_ROOM_MEMBERS: Operation = Operation {
    id: "replaceRoomMembers",
    method: Method::Put,
    path: "/rooms/{room_id}/members",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsMembersWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id-members",
};
/// List messages of a room: `GET /rooms/{room_id}/messages`.
pub const LIST_ROOM_MESSAGES: Operation = Operation {
    id: "listRoomMessages",
    method: Method::Get,
    path: "/rooms/{room_id}/messages",
    retry: RetrySafety::SafeWhen {
        parameter: "force",
        equals: "1",
    },
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsMessagesRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-messages",
};
/// Post a message to a room: `POST /rooms/{room_id}/messages`.
pub const CREATE_ROOM_MESSAGE: Operation = Operation {
    id: "createRoomMessage",
    method: Method::Post,
    path: "/rooms/{room_id}/messages",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account, RateLimitName::RoomPosting],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsMessagesWrite],
    reference: "https://developer.chatwork.com/reference/post-rooms-room_id-messages",
};
/// Mark messages of a room as read: `PUT /rooms/{room_id}/messages/read`.
pub const MARK_ROOM_MESSAGES_READ: Operation = Operation {
    id: "markRoomMessagesRead",
    method: Method::Put,
    path: "/rooms/{room_id}/messages/read",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsMessagesWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id-messages-read",
};
/// Mark messages of a room as unread: `PUT /rooms/{room_id}/messages/unread`.
pub const MARK_ROOM_MESSAGES_UNREAD: Operation = Operation {
    id: "markRoomMessagesUnread",
    method: Method::Put,
    path: "/rooms/{room_id}/messages/unread",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsMessagesWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id-messages-unread",
};
/// Get a message: `GET /rooms/{room_id}/messages/{message_id}`.
pub const GET_ROOM_MESSAGE: Operation = Operation {
    id: "getRoomMessage",
    method: Method::Get,
    path: "/rooms/{room_id}/messages/{message_id}",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsMessagesRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-messages-message_id",
};
/// Edit a message: `PUT /rooms/{room_id}/messages/{message_id}`.
pub const UPDATE_ROOM_MESSAGE: Operation = Operation {
    id: "updateRoomMessage",
    method: Method::Put,
    path: "/rooms/{room_id}/messages/{message_id}",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsMessagesWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id-messages-message_id",
};
/// Delete a message: `DELETE /rooms/{room_id}/messages/{message_id}`.
pub const DELETE_ROOM_MESSAGE: Operation = Operation {
    id: "deleteRoomMessage",
    method: Method::Delete,
    path: "/rooms/{room_id}/messages/{message_id}",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsMessagesWrite],
    reference: "https://developer.chatwork.com/reference/delete-rooms-room_id-messages-message_id",
};
/// List tasks of a room: `GET /rooms/{room_id}/tasks`.
pub const LIST_ROOM_TASKS: Operation = Operation {
    id: "listRoomTasks",
    method: Method::Get,
    path: "/rooms/{room_id}/tasks",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsTasksRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-tasks",
};
/// Add a task to a room: `POST /rooms/{room_id}/tasks`.
pub const CREATE_ROOM_TASK: Operation = Operation {
    id: "createRoomTask",
    method: Method::Post,
    path: "/rooms/{room_id}/tasks",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account, RateLimitName::RoomPosting],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsTasksWrite],
    reference: "https://developer.chatwork.com/reference/post-rooms-room_id-tasks",
};
/// Get a task: `GET /rooms/{room_id}/tasks/{task_id}`.
pub const GET_ROOM_TASK: Operation = Operation {
    id: "getRoomTask",
    method: Method::Get,
    path: "/rooms/{room_id}/tasks/{task_id}",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsTasksRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-tasks-task_id",
};
/// Finish or reopen a task: `PUT /rooms/{room_id}/tasks/{task_id}/status`.
pub const UPDATE_ROOM_TASK_STATUS: Operation = Operation {
    id: "updateRoomTaskStatus",
    method: Method::Put,
    path: "/rooms/{room_id}/tasks/{task_id}/status",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsTasksWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id-tasks-task_id-status",
};
/// List files of a room: `GET /rooms/{room_id}/files`.
pub const LIST_ROOM_FILES: Operation = Operation {
    id: "listRoomFiles",
    method: Method::Get,
    path: "/rooms/{room_id}/files",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsFilesRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-files",
};
/// Upload a file to a room: `POST /rooms/{room_id}/files`.
pub const UPLOAD_ROOM_FILE: Operation = Operation {
    id: "uploadRoomFile",
    method: Method::Post,
    path: "/rooms/{room_id}/files",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsFilesWrite],
    reference: "https://developer.chatwork.com/reference/post-rooms-room_id-files",
};
/// Get a file's data and download address: `GET /rooms/{room_id}/files/{file_id}`.
pub const GET_ROOM_FILE: Operation = Operation {
    id: "getRoomFile",
    method: Method::Get,
    path: "/rooms/{room_id}/files/{file_id}",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsFilesRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-files-file_id",
};
/// Get the invitation link of a room: `GET /rooms/{room_id}/link`.
pub const GET_ROOM_LINK: Operation = Operation {
    id: "getRoomLink",
    method: Method::Get,
    path: "/rooms/{room_id}/link",
    retry: RetrySafety::Safe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllRead, Scope::RoomsInfoRead],
    reference: "https://developer.chatwork.com/reference/get-rooms-room_id-link",
};
/// Create the invitation link of a room: `POST /rooms/{room_id}/link`.
pub const CREATE_ROOM_LINK: Operation = Operation {
    id: "createRoomLink",
    method: Method::Post,
    path: "/rooms/{room_id}/link",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsInfoWrite],
    reference: "https://developer.chatwork.com/reference/post-rooms-room_id-link",
};
/// Replace the invitation link of a room: `PUT /rooms/{room_id}/link`.
pub const REPLACE_ROOM_LINK: Operation = Operation {
    id: "replaceRoomLink",
    method: Method::Put,
    path: "/rooms/{room_id}/link",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsInfoWrite],
    reference: "https://developer.chatwork.com/reference/put-rooms-room_id-link",
};
/// Delete the invitation link of a room: `DELETE /rooms/{room_id}/link`.
pub const DELETE_ROOM_LINK: Operation = Operation {
    id: "deleteRoomLink",
    method: Method::Delete,
    path: "/rooms/{room_id}/link",
    retry: RetrySafety::Unsafe,
    rate_limits: &[RateLimitName::Account],
    scopes: &[Scope::RoomsAllReadWrite, Scope::RoomsAllWrite, Scope::RoomsInfoWrite],
    reference: "https://developer.chatwork.com/reference/delete-rooms-room_id-link",
};
/// Every operation, in the order of the document.
pub const ALL: [Operation; 32usize] = [
    GET_ME,
    GET_MY_STATUS,
    LIST_MY_TASKS,
    LIST_CONTACTS,
    LIST_INCOMING_REQUESTS,
    ACCEPT_INCOMING_REQUEST,
    DECLINE_INCOMING_REQUEST,
    LIST_ROOMS,
    CREATE_ROOM,
    GET_ROOM,
    UPDATE_ROOM,
    DELETE_OR_LEAVE_ROOM,
    LIST_ROOM_MEMBERS,
    REPLACE_ROOM_MEMBERS,
    LIST_ROOM_MESSAGES,
    CREATE_ROOM_MESSAGE,
    MARK_ROOM_MESSAGES_READ,
    MARK_ROOM_MESSAGES_UNREAD,
    GET_ROOM_MESSAGE,
    UPDATE_ROOM_MESSAGE,
    DELETE_ROOM_MESSAGE,
    LIST_ROOM_TASKS,
    CREATE_ROOM_TASK,
    GET_ROOM_TASK,
    UPDATE_ROOM_TASK_STATUS,
    LIST_ROOM_FILES,
    UPLOAD_ROOM_FILE,
    GET_ROOM_FILE,
    GET_ROOM_LINK,
    CREATE_ROOM_LINK,
    REPLACE_ROOM_LINK,
    DELETE_ROOM_LINK,
];
