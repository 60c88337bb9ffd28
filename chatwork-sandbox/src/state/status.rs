//! Unread messages, mentions and tasks of an account over all rooms.

use chatwork_api::types::{AccountId, TaskId};

use super::task::{Task, TaskStatus};
use super::{Actor, Room, State};

/// The most tasks, files and requests that one reply holds.
pub(super) const MOST: usize = 100;

/// Which tasks a list contains.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TaskFilter {
    pub(crate) assignee: Option<AccountId>,
    pub(crate) requester: Option<AccountId>,
    pub(crate) status: Option<TaskStatus>,
}

impl TaskFilter {
    pub(super) fn admits(self, task: &Task) -> bool {
        self.assignee.is_none_or(|account| task.assignee == account)
            && self.requester.is_none_or(|account| task.requester == account)
            && self.status.is_none_or(|status| task.status == status)
    }
}

/// The counts of `GET /my/status`.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Status {
    pub(crate) unread_rooms: usize,
    pub(crate) mention_rooms: usize,
    pub(crate) task_rooms: usize,
    pub(crate) unread: usize,
    pub(crate) mentions: usize,
    pub(crate) tasks: usize,
}

impl State {
    /// The counts over all rooms; of the tasks those that are open.
    pub(crate) fn status(&self, actor: Actor) -> Status {
        let mut status = Status::default();
        for room in self.rooms() {
            let Some(member) = room.member(actor.account) else {
                continue;
            };
            let tasks = room.open_tasks(actor.account);
            status.unread += member.unread.len();
            status.mentions += member.mentions.len();
            status.tasks += tasks;
            status.unread_rooms += usize::from(!member.unread.is_empty());
            status.mention_rooms += usize::from(!member.mentions.is_empty());
            status.task_rooms += usize::from(tasks > 0);
        }
        status
    }

    /// The tasks of the actor with their rooms, newest first, at most 100. Leaves out tasks in
    /// rooms that the actor is not in.
    pub(crate) fn my_tasks(&self, actor: Actor, filter: TaskFilter) -> Vec<(&Room, &Task)> {
        let filter = TaskFilter { assignee: Some(actor.account), ..filter };
        let rooms = self.rooms().filter(|room| room.role(actor.account).is_some());
        let mut tasks: Vec<_> = rooms
            .flat_map(|room| room.tasks.values().map(move |task| (room, task)))
            .filter(|(_, task)| filter.admits(task))
            .collect();
        tasks.sort_by_key(|(_, task)| std::cmp::Reverse::<TaskId>(task.id));
        tasks.truncate(MOST);
        tasks
    }
}
