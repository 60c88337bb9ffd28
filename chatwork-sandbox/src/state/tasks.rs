//! Tasks: reading, adding, finishing.

use chatwork_api::types::{AccountId, RoomId, TaskId};

use super::message::MessageNumber;
use super::post::Draft;
use super::refusal::texts;
use super::status::{MOST, TaskFilter};
use super::task::{LimitType, Task, TaskStatus};
use super::{Actor, Refusal, Role, State, notation};

/// A task to be added, once for each assignee.
#[derive(Clone, Debug)]
pub(crate) struct NewTask {
    pub(crate) body: String,
    pub(crate) assignees: Vec<AccountId>,
    pub(crate) limit: i64,
    pub(crate) limit_type: LimitType,
}

impl NewTask {
    /// If the limit is 0 or its type is `None`, sets both: the task has no limit.
    pub(crate) fn normal(mut self) -> Self {
        if self.limit == 0 || self.limit_type == LimitType::None {
            self.limit = 0;
            self.limit_type = LimitType::None;
        }
        self
    }
}

impl State {
    /// The tasks of a room that match a filter, newest first, at most 100.
    pub(crate) fn list_tasks(
        &self,
        actor: Actor,
        room_id: RoomId,
        filter: TaskFilter,
    ) -> Result<Vec<&Task>, Refusal> {
        let room = self.entered(room_id, actor.account, texts::TASKS_GET)?;
        let tasks = room.tasks.values().rev().filter(|task| filter.admits(task));
        Ok(tasks.take(MOST).collect())
    }

    /// One task.
    pub(crate) fn get_task(
        &self,
        actor: Actor,
        room_id: RoomId,
        id: TaskId,
    ) -> Result<&Task, Refusal> {
        let room = self.entered(room_id, actor.account, texts::TASKS_GET)?;
        room.tasks.get(&id).ok_or(Refusal::not_found(texts::TASK_NOT_FOUND))
    }

    /// Whether the account may add this task.
    pub(crate) fn may_add_task(
        &self,
        actor: Actor,
        room_id: RoomId,
        assignees: &[AccountId],
    ) -> Result<(), Refusal> {
        let room = self.entered(room_id, actor.account, texts::TASKS_ADD)?;
        if !room.role(actor.account).is_some_and(Role::may_write) {
            return Err(Refusal::forbidden(texts::TASKS_ADD));
        }
        match assignees.iter().all(|account| room.role(*account).is_some()) {
            true => Ok(()),
            false => Err(Refusal::forbidden(texts::TASK_ASSIGNEE)),
        }
    }

    /// Adds a task for each assignee, and one message for all of them.
    pub(crate) fn add_tasks(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        new: NewTask,
    ) -> Result<Vec<TaskId>, Refusal> {
        self.may_add_task(actor, room_id, &new.assignees)?;
        let new = new.normal();
        let mut tasks: Vec<_> = new
            .assignees
            .iter()
            .map(|assignee| draft(&new, TaskId(self.ids.task()), actor.account, *assignee))
            .collect();
        if let Some(task) = tasks.first() {
            let body = notation::task_added(task, &new.assignees);
            let message = self.post(room_id, Draft::system(actor, body));
            let message = message.ok_or(Refusal::forbidden(texts::TASKS_ADD))?;
            tasks.iter_mut().for_each(|task| task.message = message);
        }
        let ids = tasks.iter().map(|task| task.id).collect();
        if let Some(room) = self.room_mut(room_id) {
            room.tasks.extend(tasks.into_iter().map(|task| (task.id, task)));
        }
        Ok(ids)
    }

    /// Finishes or reopens a task. Setting its present state has no effect.
    pub(crate) fn set_task_status(
        &mut self,
        actor: Actor,
        room_id: RoomId,
        id: TaskId,
        status: TaskStatus,
    ) -> Result<(), Refusal> {
        let room = self.entered_mut(room_id, actor.account, |_| true, texts::TASK_STATUS)?;
        let missing = Refusal::not_found(texts::TASK_NOT_FOUND);
        let task = room.tasks.get_mut(&id).ok_or(missing)?;
        if ![task.assignee, task.requester].contains(&actor.account) {
            return Err(Refusal::forbidden(texts::TASK_STATUS));
        }
        if task.status != status {
            task.status = status;
            let body = notation::task_changed(task);
            self.announce(actor, room_id, body);
        }
        Ok(())
    }
}

fn draft(new: &NewTask, id: TaskId, requester: AccountId, assignee: AccountId) -> Task {
    Task {
        id,
        assignee,
        requester,
        message: MessageNumber(0),
        body: new.body.clone(),
        limit: new.limit,
        limit_type: new.limit_type,
        status: TaskStatus::Open,
    }
}
