//! What people ask of replies.

use crate::types::{
    Message, MyTask, Room, RoomDetails, RoomMember, RoomMemberIds, RoomRole, RoomType, Task,
    TaskLimitType, TaskStatus, UnixTime,
};

impl Message {
    /// When the message was last edited, or `None` if it never was.
    pub fn edited_at(&self) -> Option<UnixTime> {
        Some(self.update_time).filter(|time| !time.is_zero())
    }

    /// Whether the message was deleted: it stays in the list, and this is its text.
    pub fn is_deleted(&self) -> bool {
        self.body == "[deleted]"
    }
}

/// The same questions to types that have the same fields.
macro_rules! rooms {
    ($($room:ty),*) => {$(
        impl $room {
            /// Whether it is a group chat.
            pub fn is_group(&self) -> bool {
                self.type_ == RoomType::Group
            }

            /// Whether it is a chat with one other account.
            pub fn is_direct(&self) -> bool {
                self.type_ == RoomType::Direct
            }

            /// Whether it is your own chat.
            pub fn is_my_chat(&self) -> bool {
                self.type_ == RoomType::My
            }

            /// Whether you are one of its administrators.
            pub fn is_admin(&self) -> bool {
                self.role == RoomRole::Admin
            }

            /// Whether you may post to it.
            pub fn can_post(&self) -> bool {
                self.role != RoomRole::Readonly
            }
        }
    )*};
}

macro_rules! tasks {
    ($($task:ty),*) => {$(
        impl $task {
            /// When the task is due, or `None` if it has no limit. The limit type says whether the
            /// day or the moment counts.
            pub fn due(&self) -> Option<UnixTime> {
                let limited = self.limit_type != TaskLimitType::None;
                Some(self.limit_time).filter(|time| limited && !time.is_zero())
            }

            /// Whether the task is done.
            pub fn is_done(&self) -> bool {
                self.status == TaskStatus::Done
            }
        }
    )*};
}

rooms!(Room, RoomDetails);
tasks!(MyTask, Task);

impl RoomMember {
    /// Whether this member is one of the administrators.
    pub fn is_admin(&self) -> bool {
        self.role == RoomRole::Admin
    }
}

impl RoomMemberIds {
    /// How many members the room has, over all roles.
    pub fn count(&self) -> usize {
        self.admin.len() + self.member.len() + self.readonly.len()
    }
}
