//! The state as `/_sandbox/state` shows it. Structs, not JSON values: the order of the keys of a JSON
//! value depends on features of serde_json that other crates of a build turn on.

use chatwork_api::types::{AccountId, FileId, OrganizationId, RequestId, RoomId, TaskId};
use serde::Serialize;

use crate::state::{self, Role};

#[derive(Serialize)]
pub(crate) struct Account<'a> {
    key: &'a str,
    account_id: AccountId,
    name: &'a str,
    room_id: RoomId,
    organization_id: OrganizationId,
}

impl<'a> Account<'a> {
    pub(crate) fn new(account: &'a state::Account) -> Self {
        Self {
            key: &account.profile.key,
            account_id: account.id,
            name: account.name(),
            room_id: account.own_room,
            organization_id: account.organization_id,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct ContactRequest<'a> {
    request_id: RequestId,
    from: AccountId,
    to: AccountId,
    message: &'a str,
}

impl<'a> ContactRequest<'a> {
    pub(crate) fn new(request: &'a state::ContactRequest) -> Self {
        let message = &request.message;
        Self { request_id: request.id, from: request.from, to: request.to, message }
    }
}

/// A room without its messages.
#[derive(Serialize)]
pub(crate) struct Room<'a> {
    room_id: RoomId,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    description: &'a str,
    last_update_time: i64,
    link: Option<Link<'a>>,
    members: Vec<Member>,
    tasks: Vec<Task<'a>>,
    files: Vec<File<'a>>,
}

impl<'a> Room<'a> {
    pub(crate) fn new(room: &'a state::Room) -> Self {
        Self {
            room_id: room.id,
            kind: room.kind.as_str(),
            name: &room.name,
            description: &room.description,
            last_update_time: room.updated,
            link: room.link.as_ref().map(Link::new),
            members: room.members.iter().map(Member::new).collect(),
            tasks: room.tasks.values().map(Task::new).collect(),
            files: room.files.values().map(File::new).collect(),
        }
    }
}

#[derive(Serialize)]
struct Link<'a> {
    code: &'a str,
    public: bool,
    need_acceptance: bool,
    description: &'a str,
}

impl<'a> Link<'a> {
    fn new(link: &'a state::Link) -> Self {
        Self {
            code: &link.code,
            public: link.public,
            need_acceptance: link.need_acceptance,
            description: &link.description,
        }
    }
}

#[derive(Serialize)]
struct Member {
    account_id: AccountId,
    role: &'static str,
    sticky: bool,
    unread_num: usize,
    mention_num: usize,
}

impl Member {
    fn new(member: &state::Member) -> Self {
        let role = match member.role {
            Role::Admin => "admin",
            Role::Member => "member",
            Role::Readonly => "readonly",
        };
        Self {
            account_id: member.account,
            role,
            sticky: member.sticky,
            unread_num: member.unread.len(),
            mention_num: member.mentions.len(),
        }
    }
}

#[derive(Serialize)]
struct Task<'a> {
    task_id: TaskId,
    account_id: AccountId,
    assigned_by_account_id: AccountId,
    message_id: String,
    body: &'a str,
    limit_time: i64,
    limit_type: &'static str,
    status: &'static str,
}

impl<'a> Task<'a> {
    fn new(task: &'a state::Task) -> Self {
        Self {
            task_id: task.id,
            account_id: task.assignee,
            assigned_by_account_id: task.requester,
            message_id: task.message.to_string(),
            body: &task.body,
            limit_time: task.limit,
            limit_type: task.limit_type.as_str(),
            status: task.status.as_str(),
        }
    }
}

#[derive(Serialize)]
struct File<'a> {
    file_id: FileId,
    account_id: AccountId,
    message_id: String,
    filename: &'a str,
    filesize: usize,
    upload_time: i64,
}

impl<'a> File<'a> {
    fn new(file: &'a state::StoredFile) -> Self {
        Self {
            file_id: file.id,
            account_id: file.account,
            message_id: file.message.to_string(),
            filename: &file.name,
            filesize: file.bytes.len(),
            upload_time: file.uploaded,
        }
    }
}

#[derive(Serialize)]
pub(crate) struct Message<'a> {
    message_id: String,
    account_id: AccountId,
    body: &'a str,
    send_time: i64,
    update_time: i64,
    system: bool,
    deleted: bool,
}

impl<'a> Message<'a> {
    pub(crate) fn new(message: &'a state::Message) -> Self {
        Self {
            message_id: message.id.to_string(),
            account_id: message.account,
            body: &message.body,
            send_time: message.sent,
            update_time: message.updated,
            system: message.system,
            deleted: message.deleted,
        }
    }
}
