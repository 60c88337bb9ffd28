//! A room and its members.

use std::collections::{BTreeMap, BTreeSet};

use chatwork_api::types::{AccountId, FileId, RoomId, TaskId};
use serde::{Deserialize, Serialize};

use super::credential::CredentialId;
use super::file::StoredFile;
use super::link::Link;
use super::message::{Message, MessageNumber};
use super::task::{Task, TaskStatus};

/// What kind of chat a room is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RoomKind {
    /// A My Chat, with one member.
    My,
    /// A direct chat, with two members.
    Direct,
    /// A group chat.
    Group,
}

/// The rights of a member in a room.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything.
    Admin,
    /// Write.
    Member,
    /// Read.
    Readonly,
}

impl RoomKind {
    /// `my`, `direct` or `group`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::My => "my",
            Self::Direct => "direct",
            Self::Group => "group",
        }
    }
}

impl Role {
    pub(super) fn may_write(self) -> bool {
        self != Self::Readonly
    }

    pub(super) fn may_manage(self) -> bool {
        self == Self::Admin
    }
}

/// A member of a room.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Member {
    /// The account.
    pub account: AccountId,
    /// The role.
    pub role: Role,
    /// Whether the room is pinned.
    pub sticky: bool,
    /// The messages that are unread.
    pub unread: BTreeSet<MessageNumber>,
    /// The unread messages that mention this member.
    pub mentions: BTreeSet<MessageNumber>,
}

impl Member {
    pub(super) fn new(account: AccountId, role: Role) -> Self {
        Self { account, role, sticky: false, unread: BTreeSet::new(), mentions: BTreeSet::new() }
    }
}

/// A room with everything in it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Room {
    /// The id.
    pub id: RoomId,
    /// The kind.
    pub kind: RoomKind,
    /// The name of a group.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The name of a group's ready-made icon.
    pub icon: String,
    /// Who is in it.
    pub members: Vec<Member>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The tasks.
    pub tasks: BTreeMap<TaskId, Task>,
    /// The files.
    pub files: BTreeMap<FileId, StoredFile>,
    /// The invitation link.
    pub link: Option<Link>,
    /// When something last changed, in Unix seconds.
    pub updated: i64,
    /// For each token, the last message that it has read.
    pub(super) cursors: BTreeMap<CredentialId, MessageNumber>,
}

impl Room {
    pub(super) fn new(id: RoomId, kind: RoomKind, members: Vec<Member>, at: i64) -> Self {
        Self {
            id,
            kind,
            name: String::new(),
            description: String::new(),
            icon: "group".to_owned(),
            members,
            messages: Vec::new(),
            tasks: BTreeMap::new(),
            files: BTreeMap::new(),
            link: None,
            updated: at,
            cursors: BTreeMap::new(),
        }
    }

    /// Returns the membership of an account.
    pub fn member(&self, account: AccountId) -> Option<&Member> {
        self.members.iter().find(|member| member.account == account)
    }

    pub(super) fn member_mut(&mut self, account: AccountId) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.account == account)
    }

    /// Returns the role of an account, or `None` if it is not in the room.
    pub fn role(&self, account: AccountId) -> Option<Role> {
        self.member(account).map(|member| member.role)
    }

    /// The other one in a direct chat.
    pub fn partner(&self, account: AccountId) -> Option<AccountId> {
        let others = self.members.iter().map(|member| member.account);
        others.into_iter().find(|other| self.kind == RoomKind::Direct && *other != account)
    }

    /// A message.
    pub fn message(&self, id: MessageNumber) -> Option<&Message> {
        let index = self.messages.binary_search_by_key(&id, |message| message.id).ok()?;
        self.messages.get(index)
    }

    pub(super) fn message_mut(&mut self, id: MessageNumber) -> Option<&mut Message> {
        let index = self.messages.binary_search_by_key(&id, |message| message.id).ok()?;
        self.messages.get_mut(index)
    }

    /// How many open tasks of an account are here.
    pub fn open_tasks(&self, account: AccountId) -> usize {
        let mine = |task: &&Task| task.assignee == account && task.status == TaskStatus::Open;
        self.tasks.values().filter(mine).count()
    }

    /// The accounts in a role, in the order in which they came.
    pub fn accounts(&self, role: Role) -> Vec<AccountId> {
        let of_role = self.members.iter().filter(|member| member.role == role);
        of_role.map(|member| member.account).collect()
    }
}
