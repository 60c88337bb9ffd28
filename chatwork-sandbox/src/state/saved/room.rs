//! Rooms in a saved state.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chatwork_api::types::{AccountId, FileId, RoomId, TaskId};
#[cfg(feature = "workbench")]
use serde::Deserialize;
use serde::Serialize;

use crate::state::{self, LimitType, MessageNumber, Role, RoomKind, TaskStatus};

/// A room. `files` and `messages` are the last fields, so that they can be written piece by piece.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Room {
    pub(super) room_id: RoomId,
    #[serde(rename = "type")]
    pub(super) kind: RoomKind,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) name: String,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) description: String,
    #[cfg_attr(feature = "workbench", serde(default = "group_icon"))]
    pub(super) icon: String,
    pub(super) last_update_time: i64,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) link: Option<Link>,
    pub(super) members: Vec<Member>,
    /// For each token, by its id, the last message that it has read.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) cursors: BTreeMap<usize, MessageNumber>,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) tasks: Vec<Task>,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) files: Vec<File>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) messages: Option<Vec<Message>>,
}

#[cfg(feature = "workbench")]
fn group_icon() -> String {
    "group".to_owned()
}

impl Room {
    /// The room without its files, with an empty list of messages.
    pub(super) fn start(room: &state::Room) -> Self {
        let cursors = room.cursors.iter().map(|(id, message)| (id.0, *message)).collect();
        Self {
            room_id: room.id,
            kind: room.kind,
            name: room.name.clone(),
            description: room.description.clone(),
            icon: room.icon.clone(),
            last_update_time: room.updated,
            link: room.link.as_ref().map(Link::new),
            members: room.members.iter().map(Member::new).collect(),
            cursors,
            tasks: room.tasks.values().map(Task::new).collect(),
            files: Vec::new(),
            messages: Some(Vec::new()),
        }
    }

    /// The room as the page shows it: without messages, contents of files, and lists of what is
    /// unread.
    #[cfg(feature = "page")]
    pub(crate) fn brief(room: &state::Room) -> Self {
        let mut brief = Self::start(room);
        for member in &mut brief.members {
            member.unread.clear();
            member.mentions.clear();
        }
        brief.cursors.clear();
        brief.files = room.files.values().map(|file| File::new(file, false)).collect();
        brief.messages = None;
        brief
    }
}

/// An invitation link.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(super) struct Link {
    pub(super) code: String,
    pub(super) public: bool,
    pub(super) need_acceptance: bool,
    pub(super) description: String,
}

impl Link {
    fn new(link: &state::Link) -> Self {
        Self {
            code: link.code.clone(),
            public: link.public,
            need_acceptance: link.need_acceptance,
            description: link.description.clone(),
        }
    }
}

/// A member. The two numbers are for readers; the lists count.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(super) struct Member {
    pub(super) account_id: AccountId,
    pub(super) role: Role,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) sticky: bool,
    #[cfg_attr(feature = "workbench", serde(default))]
    unread_num: usize,
    #[cfg_attr(feature = "workbench", serde(default))]
    mention_num: usize,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) unread: Vec<MessageNumber>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) mentions: Vec<MessageNumber>,
}

impl Member {
    fn new(member: &state::Member) -> Self {
        Self {
            account_id: member.account,
            role: member.role,
            sticky: member.sticky,
            unread_num: member.unread.len(),
            mention_num: member.mentions.len(),
            unread: member.unread.iter().copied().collect(),
            mentions: member.mentions.iter().copied().collect(),
        }
    }
}

/// A task.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(super) struct Task {
    pub(super) task_id: TaskId,
    pub(super) account_id: AccountId,
    pub(super) assigned_by_account_id: AccountId,
    pub(super) message_id: MessageNumber,
    pub(super) body: String,
    pub(super) limit_time: i64,
    pub(super) limit_type: LimitType,
    pub(super) status: TaskStatus,
}

impl Task {
    fn new(task: &state::Task) -> Self {
        Self {
            task_id: task.id,
            account_id: task.assignee,
            assigned_by_account_id: task.requester,
            message_id: task.message,
            body: task.body.clone(),
            limit_time: task.limit,
            limit_type: task.limit_type,
            status: task.status,
        }
    }
}

/// A file.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct File {
    pub(super) file_id: FileId,
    pub(super) account_id: AccountId,
    pub(super) message_id: MessageNumber,
    pub(super) filename: String,
    /// For readers; the content counts.
    #[cfg_attr(feature = "workbench", serde(default))]
    filesize: usize,
    pub(super) upload_time: i64,
    /// The content in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) base64: Option<String>,
}

impl File {
    pub(crate) fn new(file: &state::StoredFile, with_content: bool) -> Self {
        Self {
            file_id: file.id,
            account_id: file.account,
            message_id: file.message,
            filename: file.name.clone(),
            filesize: file.bytes.len(),
            upload_time: file.uploaded,
            base64: with_content.then(|| STANDARD.encode(&file.bytes)),
        }
    }
}

/// A message.
#[derive(Serialize)]
#[cfg_attr(feature = "workbench", derive(Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Message {
    pub(super) message_id: MessageNumber,
    pub(super) account_id: AccountId,
    pub(super) body: String,
    pub(super) send_time: i64,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) update_time: i64,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) system: bool,
    #[cfg_attr(feature = "workbench", serde(default))]
    pub(super) deleted: bool,
}

impl Message {
    pub(crate) fn new(message: &state::Message) -> Self {
        Self {
            message_id: message.id,
            account_id: message.account,
            body: message.body.clone(),
            send_time: message.sent,
            update_time: message.updated,
            system: message.system,
            deleted: message.deleted,
        }
    }
}
