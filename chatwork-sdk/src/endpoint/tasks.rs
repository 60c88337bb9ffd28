//! The tasks of a room.

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::due::Due;

impl RoomHandle {
    /// Lists the tasks of the room, at most 100.
    ///
    /// Calls `GET /rooms/{room_id}/tasks`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-tasks)).
    ///
    /// # Errors
    ///
    /// 403 when you are not in the room, or there is none.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// # let [anna, bob] = [1, 2].map(chatwork_sdk::AccountId);
    /// use chatwork_sdk::TaskStatus;
    ///
    /// let tasks = room.tasks().assignee(bob).assigned_by(anna).status(TaskStatus::Done).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn tasks(&self) -> Request<ListRoomTasks> {
        let (assignee, assigned_by, status) = (None, None, None);
        let endpoint = ListRoomTasks { room: self.id, assignee, assigned_by, status };
        Request::new(&self.client, endpoint)
    }

    /// Adds a task of at most 65535 characters, one for each assignee. Gives their ids.
    ///
    /// At most 10 messages and tasks together fit into 10 seconds for a room; the client waits for
    /// its turn (see [`Pacing`](crate::Pacing)).
    ///
    /// Calls `POST /rooms/{room_id}/tasks`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-tasks)).
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) before sending, when the text is too long or there is
    /// no assignee. 403 when you may not add tasks, or an assignee is not in the room.
    ///
    /// ```no_run
    /// # async fn example(room: chatwork_sdk::RoomHandle) -> Result<(), chatwork_sdk::Error> {
    /// # let [bob, carol] = [1, 2].map(chatwork_sdk::AccountId);
    /// use chatwork_sdk::Due;
    ///
    /// let ids = room
    ///     .create_task("Write the report", [bob, carol])
    ///     .due(Due::date(2026, 12, 1)?)
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn create_task(
        &self,
        body: impl Into<String>,
        assignees: impl IntoIterator<Item = AccountId>,
    ) -> Request<CreateRoomTask> {
        let assignees = validate::unique(assignees);
        let endpoint =
            CreateRoomTask { room: self.id, body: body.into(), assignees, due: Due::none() };
        Request::new(&self.client, endpoint)
    }

    /// A handle to one task. Asks nothing of the API.
    pub fn task(&self, id: TaskId) -> TaskHandle {
        TaskHandle { room: self.clone(), id }
    }
}

/// A handle to one task.
#[derive(Clone, Debug)]
pub struct TaskHandle {
    room: RoomHandle,
    id: TaskId,
}

impl TaskHandle {
    /// Gets the task.
    ///
    /// Calls `GET /rooms/{room_id}/tasks/{task_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-tasks-task_id)).
    ///
    /// # Errors
    ///
    /// 404 when there is no such task.
    pub fn get(&self) -> Request<GetRoomTask> {
        Request::new(&self.room.client, GetRoomTask { room: self.room.id, id: self.id })
    }

    /// Marks the task as done.
    ///
    /// Calls `PUT /rooms/{room_id}/tasks/{task_id}/status`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-tasks-task_id-status)).
    ///
    /// # Errors
    ///
    /// 403 when you are neither assignee nor requester, 404 when there is no such task.
    pub fn complete(&self) -> Request<UpdateRoomTaskStatus> {
        self.set(TaskStatus::Done)
    }

    /// Marks the task as still to be done.
    ///
    /// Calls `PUT /rooms/{room_id}/tasks/{task_id}/status`, as [`TaskHandle::complete`].
    pub fn reopen(&self) -> Request<UpdateRoomTaskStatus> {
        self.set(TaskStatus::Open)
    }

    fn set(&self, status: TaskStatus) -> Request<UpdateRoomTaskStatus> {
        let body = UpdateRoomTaskStatusBody { body: status };
        let endpoint = UpdateRoomTaskStatus { room: self.room.id, id: self.id, body };
        Request::new(&self.room.client, endpoint)
    }
}

/// The call of [`RoomHandle::tasks`].
pub struct ListRoomTasks {
    room: RoomId,
    assignee: Option<AccountId>,
    assigned_by: Option<AccountId>,
    status: Option<TaskStatus>,
}

impl Request<ListRoomTasks> {
    /// Only tasks of this assignee (担当者).
    pub fn assignee(mut self, account: AccountId) -> Self {
        self.endpoint.assignee = Some(account);
        self
    }

    /// Only tasks that this account requested (依頼者).
    pub fn assigned_by(mut self, account: AccountId) -> Self {
        self.endpoint.assigned_by = Some(account);
        self
    }

    /// Only tasks in this state.
    pub fn status(mut self, status: TaskStatus) -> Self {
        self.endpoint.status = Some(status);
        self
    }
}

impl Endpoint for ListRoomTasks {
    type Reply = List<Task>;
    type Output = Vec<Task>;
    const OPERATION: &'static Operation = &operations::LIST_ROOM_TASKS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let status = self.status.clone();
        Ok(api.list_room_tasks(self.room, self.assignee, self.assigned_by, status).await?)
    }

    fn output(tasks: Self::Reply, _: Option<MessageLimitation>) -> Vec<Task> {
        tasks.unwrap_or_default()
    }
}

/// The call of [`RoomHandle::create_task`].
pub struct CreateRoomTask {
    room: RoomId,
    body: String,
    assignees: Vec<AccountId>,
    due: Due,
}

impl Request<CreateRoomTask> {
    /// When the task is due (期限). It has no limit unless this sets one.
    pub fn due(mut self, due: impl Into<Due>) -> Self {
        self.endpoint.due = due.into();
        self
    }
}

impl Endpoint for CreateRoomTask {
    type Reply = TaskRefs;
    type Output = Vec<TaskId>;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_TASK;

    fn check(&self) -> Result<()> {
        use limits::create_room_task::BODY_MAX_LENGTH;
        // The document states no least length; but what is required and empty is not there.
        validate::length("body", &self.body, 1, BODY_MAX_LENGTH)?;
        if self.due.parts().1.is_some_and(|time| time.0 <= 0) {
            let what = "is not after 1970 began: expected a later time, or `Due::none()`";
            return Err(crate::error::InputError::other("limit", what).into());
        }
        Ok(validate::not_empty("to_ids", &self.assignees)?)
    }

    fn room(&self) -> Option<RoomId> {
        Some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let (limit_type, limit) = self.due.parts();
        let body = CreateRoomTaskBody {
            body: self.body.clone(),
            limit,
            limit_type: Some(limit_type),
            to_ids: self.assignees.iter().copied().collect(),
        };
        Ok(api.create_room_task(self.room, &body).await?)
    }

    fn output(tasks: TaskRefs, _: Option<MessageLimitation>) -> Vec<TaskId> {
        tasks.task_ids
    }
}

/// The call of [`TaskHandle::get`].
pub struct GetRoomTask {
    room: RoomId,
    id: TaskId,
}

impl Endpoint for GetRoomTask {
    type Reply = Task;
    type Output = Task;
    const OPERATION: &'static Operation = &operations::GET_ROOM_TASK;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_room_task(self.room, self.id).await?)
    }

    fn output(task: Task, _: Option<MessageLimitation>) -> Task {
        task
    }
}

/// The call of [`TaskHandle::complete`] and [`TaskHandle::reopen`].
pub struct UpdateRoomTaskStatus {
    room: RoomId,
    id: TaskId,
    body: UpdateRoomTaskStatusBody,
}

impl Endpoint for UpdateRoomTaskStatus {
    type Reply = UpdatedTask;
    type Output = ();
    const OPERATION: &'static Operation = &operations::UPDATE_ROOM_TASK_STATUS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.update_room_task_status(self.room, self.id, &self.body).await?)
    }

    fn output(_: UpdatedTask, _: Option<MessageLimitation>) {}
}
