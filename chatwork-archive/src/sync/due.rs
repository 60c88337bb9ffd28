//! What is to be read of a room.

use chatwork_sdk::types::Room;

use super::options::Lists;
use crate::keep::RoomRow;

/// A room with something to read.
pub(super) struct Due {
    pub(super) room: Room,
    /// Its messages.
    pub(super) messages: bool,
    /// Its lists. What a run could not read of them stays due.
    pub(super) lists: Lists,
}

impl Due {
    /// Compares the entry of a room in the list with what was seen of it. `None` if nothing is to be
    /// read.
    pub(super) fn of(room: Room, known: Option<&RoomRow>, wanted: Lists) -> Option<Self> {
        let version = (room.last_update_time.0, room.message_num);
        let messages = known.is_none_or(|known| known.seen != Some(version));
        let is_new = |seen: fn(&RoomRow) -> Option<i64>, listed: i64| {
            known.is_none_or(|known| seen(known) != Some(listed))
        };
        let lists = Lists {
            members: wanted.members && (messages || known.is_none_or(|it| !it.seen_members)),
            tasks: wanted.tasks && (messages || is_new(|it| it.seen_task_num, room.task_num)),
            files: wanted.files && is_new(|it| it.seen_file_num, room.file_num),
        };
        (messages || lists.any()).then_some(Self { room, messages, lists })
    }
}
