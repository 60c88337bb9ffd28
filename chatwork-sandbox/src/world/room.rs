//! The rooms of a world.

use serde::Deserialize;

use super::content::{FileSeed, MessageSeed, TaskSeed};
use crate::state::RoomKind;

/// A room with everything in it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct RoomSeed {
    /// The id, above 0.
    pub id: i64,
    /// `my` (one admin), `direct` (two members) or `group`.
    #[serde(rename = "type", default = "group")]
    pub kind: RoomKind,
    /// The name of a group; direct chats are called by the other's name, a My Chat マイチャット.
    #[serde(default)]
    pub name: String,
    /// What the room is about.
    #[serde(default)]
    pub description: String,
    /// The ready-made icon of a group.
    #[serde(default)]
    pub icon: Option<String>,
    /// Its members.
    pub members: MemberSeeds,
    /// The members that have pinned it, by key.
    #[serde(default)]
    pub sticky_for: Vec<String>,
    /// The invitation link of a group.
    #[serde(default)]
    pub link: Option<LinkSeed>,
    /// The messages.
    #[serde(default)]
    pub messages: Vec<MessageSeed>,
    /// The tasks.
    #[serde(default)]
    pub tasks: Vec<TaskSeed>,
    /// The files.
    #[serde(default)]
    pub files: Vec<FileSeed>,
}

fn group() -> RoomKind {
    RoomKind::Group
}

/// The members of a room, by key.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct MemberSeeds {
    /// The administrators.
    pub admin: Vec<String>,
    /// The ordinary members.
    pub member: Vec<String>,
    /// Those who may only read.
    pub readonly: Vec<String>,
}

/// An invitation link.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct LinkSeed {
    /// The last part of its address.
    pub code: String,
    /// Whether it is open. A closed link does not exist for the API, but its code stays taken.
    #[serde(default = "yes")]
    pub public: bool,
    /// Whether an administrator has to approve.
    #[serde(default = "yes")]
    pub need_acceptance: bool,
    /// The text shown with it.
    #[serde(default)]
    pub description: String,
}

fn yes() -> bool {
    true
}
