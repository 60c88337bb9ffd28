//! The columns that several tables have.

use super::Kind::{Long, Message, Number, Room, Text, Time};
use super::{Column, column};
use crate::words;

pub(super) const ACCOUNT_ID: Column = column("account_id", words::ACCOUNT, Number);
pub(super) const ROOM_ID: Column = column("room_id", words::ROOM, Number);
pub(super) const ROOM: Column = column("room_id", words::ROOM, Room);
pub(super) const MESSAGE: Column = column("message_id", words::MESSAGE, Message);
pub(super) const UNREAD: Column = column("unread_num", words::UNREAD, Number);
pub(super) const MENTIONS: Column = column("mention_num", words::MENTIONS, Number);
pub(super) const LONG_NAME: Column = column("name", words::NAME, Long);
pub(super) const NAME: Column = column("name", words::NAME, Text);
pub(super) const SENT: Column = column("send_time", words::TIME, Time);
pub(super) const TEXT: Column = column("text", words::BODY, Long);
pub(super) const CHATWORK_ID: Column = column("chatwork_id", words::CHATWORK_ID, Text);
pub(super) const ORGANIZATION: Column = column("organization_name", words::ORGANIZATION, Text);
pub(super) const SENDER: Column = column("account.name", words::FROM, Text);
pub(super) const TASK_ID: Column = column("task_id", words::TASK, Number);
pub(super) const STATUS: Column = column("status", words::STATUS, Text);
pub(super) const TYPE: Column = column("type", words::TYPE, Text);
pub(super) const UPDATED: Column = column("last_update_time", words::LAST_UPDATE, Time);
pub(super) const ROLE: Column = column("role", words::ROLE, Text);
pub(super) const DESCRIPTION: Column = column("description", words::BODY, Long);
pub(super) const DUE: Column = column("due", words::DUE, Text);
pub(super) const BODY: Column = column("body", words::BODY, Long);
pub(super) const FILE_ID: Column = column("file_id", words::FILE_ID, Number);
pub(super) const BODIES: Column = column("bodies", words::BODY, Long);
#[cfg(feature = "archive")]
pub(super) const ARCHIVED_SENDER: Column = column("sender", words::FROM, Text);
#[cfg(feature = "archive")]
pub(super) const MESSAGES: Column = column("messages", words::MESSAGES, Number);
