//! New ids. They come from counters, so two runs make the same ids.

use super::message::MessageNumber;

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
        self.message += MESSAGE_STEP;
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

fn next(counter: &mut i64) -> i64 {
    let id = *counter;
    *counter = counter.saturating_add(1);
    id
}
