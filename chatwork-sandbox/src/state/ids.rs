//! New ids. They come from counters, so two runs make the same ids.

use super::message::MessageNumber;
#[cfg(feature = "workbench")]
use super::room::Room;
use super::saved::NextIds;

/// The first message of a world. Message ids exceed 2^53 by far, as the service's do.
const FIRST_MESSAGE: u64 = 1_928_374_655_918_273_645;
/// The difference between two message ids. Any other figure would do.
const MESSAGE_STEP: u64 = 1_048_583;

/// The next ids.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    message: u64,
    room: i64,
    task: i64,
    file: i64,
    code: u64,
}

impl Default for Ids {
    fn default() -> Self {
        Self {
            message: FIRST_MESSAGE,
            room: 500_000_001,
            task: 9_000_001,
            file: 1_500_000_001,
            code: 0,
        }
    }
}

impl Ids {
    pub(super) fn message(&mut self) -> MessageNumber {
        let id = self.message;
        self.message = self.message.saturating_add(MESSAGE_STEP);
        MessageNumber(id)
    }

    pub(super) fn room(&mut self) -> i64 {
        next(&mut self.room)
    }

    pub(super) fn task(&mut self) -> i64 {
        next(&mut self.task)
    }

    pub(super) fn file(&mut self) -> i64 {
        next(&mut self.file)
    }

    /// The ids that come next: of a message, a room, a task, a file, and the number of a link code.
    pub(super) fn next(&self) -> NextIds {
        NextIds {
            message: MessageNumber(self.message),
            room: self.room,
            task: self.task,
            file: self.file,
            link_code: self.code,
        }
    }

    /// The number that makes a link code unique.
    pub(super) fn code(&mut self) -> u64 {
        self.code += 1;
        self.code
    }

    /// Ids of a world may be high: new ones are above them.
    pub(super) fn room_taken(&mut self, id: i64) {
        self.room = self.room.max(id.saturating_add(1));
    }

    pub(super) fn task_taken(&mut self, id: i64) {
        self.task = self.task.max(id.saturating_add(1));
    }

    pub(super) fn file_taken(&mut self, id: i64) {
        self.file = self.file.max(id.saturating_add(1));
    }
}

#[cfg(feature = "workbench")]
impl Ids {
    /// The ids that a saved state would give next.
    pub(super) fn from_next(next: &NextIds) -> Self {
        Self {
            message: next.message.0,
            room: next.room,
            task: next.task,
            file: next.file,
            code: next.link_code,
        }
    }

    /// New ids are above those of a room, in a saved state that was edited as well.
    pub(super) fn in_use(&mut self, room: &Room) {
        self.room_taken(room.id.0);
        room.tasks.keys().for_each(|id| self.task_taken(id.0));
        room.files.keys().for_each(|id| self.file_taken(id.0));
        if let Some(last) = room.messages.last() {
            self.message = self.message.max(last.id.0.saturating_add(MESSAGE_STEP));
        }
    }
}

fn next(counter: &mut i64) -> i64 {
    let id = *counter;
    *counter = counter.saturating_add(1);
    id
}
