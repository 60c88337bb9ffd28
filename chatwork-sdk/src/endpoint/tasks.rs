//! The tasks of a room.

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::due::Due;
use chatwork_api::reqwest::header::HeaderMap;

impl RoomHandle {
    /// Lists the tasks of the room. Returns a [`List`] of at most 100
    /// [`Task`](crate::types::Task)s.
    ///
    /// Calls `GET /rooms/{room_id}/tasks`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-tasks)).
    ///
    /// # Errors
    ///
    /// 403 if you are not in the room, or the room does not exist.
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
    #[doc(alias = "get_tasks")]
    #[doc(alias = "list_tasks")]
    #[doc(alias = "list_room_tasks")]
    pub fn tasks(&self) -> Request<ListRoomTasks> {
        let (assignee, assigned_by, status) = (None, None, None);
        let endpoint = ListRoomTasks { room: self.id, assignee, assigned_by, status };
        Request::new(&self.client, endpoint)
    }

    /// Adds a task for each assignee. Returns a [`Vec`] of their [`TaskId`]s.
    ///
    /// The text has 1 to 65535 characters.
    ///
    /// A room accepts 10 messages and tasks together in 10 seconds. If the limit is reached, the
    /// request waits (see [`Pacing`](crate::Pacing)).
    ///
    /// Calls `POST /rooms/{room_id}/tasks`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-tasks)).
    ///
    /// # Errors
    ///
    /// - [`Error::Input`](crate::Error::Input) before sending, if the text is empty or too long,
    ///   there is no assignee, or the time of `due` is not between 1970 and 9999.
    /// - 403 if you may not add tasks, or an assignee is not in the room.
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
    #[doc(alias = "add_task")]
    #[doc(alias = "post_task")]
    #[doc(alias = "create_room_task")]
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

    /// Returns a handle to one task. Sends no request.
    pub fn task(&self, id: TaskId) -> TaskHandle {
        TaskHandle { room: self.clone(), id }
    }
}

/// A handle to one task, made by [`RoomHandle::task`].
#[derive(Clone, Debug)]
pub struct TaskHandle {
    room: RoomHandle,
    id: TaskId,
}

impl TaskHandle {
    /// Gets the task. Returns a [`Task`](crate::types::Task).
    ///
    /// Calls `GET /rooms/{room_id}/tasks/{task_id}`
    /// ([reference](https://developer.chatwork.com/reference/get-rooms-room_id-tasks-task_id)).
    ///
    /// # Errors
    ///
    /// 404 if there is no such task.
    #[doc(alias = "get_task")]
    #[doc(alias = "get_room_task")]
    pub fn get(&self) -> Request<GetRoomTask> {
        Request::new(&self.room.client, GetRoomTask { room: self.room.id, id: self.id })
    }

    /// Marks the task as done. Returns `()`.
    ///
    /// Calls `PUT /rooms/{room_id}/tasks/{task_id}/status`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-tasks-task_id-status)).
    ///
    /// # Errors
    ///
    /// 403 if you are neither assignee nor requester. 404 if there is no such task.
    #[doc(alias = "complete_task")]
    #[doc(alias = "finish")]
    #[doc(alias = "done")]
    #[doc(alias = "update_room_task_status")]
    pub fn complete(&self) -> Request<UpdateRoomTaskStatus> {
        self.set(TaskStatus::Done)
    }

    /// Marks the task as open. Returns `()`.
    ///
    /// Calls `PUT /rooms/{room_id}/tasks/{task_id}/status`
    /// ([reference](https://developer.chatwork.com/reference/put-rooms-room_id-tasks-task_id-status)).
    ///
    /// # Errors
    ///
    /// As [`TaskHandle::complete`].
    #[doc(alias = "reopen_task")]
    #[doc(alias = "update_room_task_status")]
    pub fn reopen(&self) -> Request<UpdateRoomTaskStatus> {
        self.set(TaskStatus::Open)
    }

    fn set(&self, status: TaskStatus) -> Request<UpdateRoomTaskStatus> {
        let body = UpdateRoomTaskStatusBody::new(status);
        let endpoint = UpdateRoomTaskStatus { room: self.room.id, id: self.id, body };
        Request::new(&self.room.client, endpoint)
    }
}

/// `GET /rooms/{room_id}/tasks`: the request of [`RoomHandle::tasks`].
///
/// Returns a [`List`] of [`Task`](crate::types::Task)s. Options:
/// [`assignee`, `assigned_by`, `status`](Request#impl-Request%3CListRoomTasks%3E), and those of
/// every [`Request`].
pub struct ListRoomTasks {
    room: RoomId,
    assignee: Option<AccountId>,
    assigned_by: Option<AccountId>,
    status: Option<TaskStatus>,
}

impl Request<ListRoomTasks> {
    /// Lists only tasks of this assignee (担当者).
    pub fn assignee(mut self, account: AccountId) -> Self {
        self.endpoint.assignee = Some(account);
        self
    }

    /// Lists only tasks that this account requested (依頼者).
    pub fn assigned_by(mut self, account: AccountId) -> Self {
        self.endpoint.assigned_by = Some(account);
        self
    }

    /// Lists only tasks in this state.
    pub fn status(mut self, status: TaskStatus) -> Self {
        self.endpoint.status = Some(status);
        self
    }
}

impl Endpoint for ListRoomTasks {
    type Reply = List<Task>;
    type Output = List<Task>;
    const OPERATION: &'static Operation = &operations::LIST_ROOM_TASKS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let mut options = ListRoomTasksOptions::new();
        options.account_id = self.assignee;
        options.assigned_by_account_id = self.assigned_by;
        options.status = self.status.clone();
        list::read(Self::OPERATION, api.list_room_tasks_with(self.room, &options).await)
    }

    fn output(tasks: Self::Reply, _: &HeaderMap) -> Self::Output {
        tasks
    }
}

/// `POST /rooms/{room_id}/tasks`: the request of [`RoomHandle::create_task`].
///
/// Returns a [`Vec`] of [`TaskId`]s. Options: [`due`](Request#impl-Request%3CCreateRoomTask%3E), and
/// those of every [`Request`].
pub struct CreateRoomTask {
    room: RoomId,
    body: String,
    assignees: Vec<AccountId>,
    due: Due,
}

impl Request<CreateRoomTask> {
    /// Sets when the task is due (期限). Default: no limit.
    #[doc(alias = "limit")]
    pub fn due(mut self, due: impl Into<Due>) -> Self {
        self.endpoint.due = due.into();
        self
    }
}

impl Endpoint for CreateRoomTask {
    type Reply = TaskRefs;
    type Output = Vec<TaskId>;
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_TASK;

    fn validate(&self) -> Result<()> {
        use limits::create_room_task::BODY_MAX_LENGTH;
        // The document states no least length. But an empty text counts as a missing one.
        validate::length("body", &self.body, 1, BODY_MAX_LENGTH)?;
        self.due.validate()?;
        Ok(validate::not_empty("to_ids", &self.assignees)?)
    }

    fn room(&self) -> Option<RoomId> {
        Some(self.room)
    }

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let (limit_type, limit) = self.due.parts();
        let assignees: AccountIdList = self.assignees.iter().copied().collect();
        let mut body = CreateRoomTaskBody::new(&self.body, assignees).limit_type(limit_type);
        body.limit = limit;
        Ok(api.create_room_task(self.room, &body).await?)
    }

    fn output(tasks: TaskRefs, _: &HeaderMap) -> Vec<TaskId> {
        tasks.task_ids
    }
}

/// `GET /rooms/{room_id}/tasks/{task_id}`: the request of [`TaskHandle::get`].
///
/// Returns a [`Task`](crate::types::Task). Options: those of every [`Request`].
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

    fn output(task: Task, _: &HeaderMap) -> Task {
        task
    }
}

/// `PUT /rooms/{room_id}/tasks/{task_id}/status`: the request of [`TaskHandle::complete`] and
/// [`TaskHandle::reopen`].
///
/// Returns `()`. Options: those of every [`Request`].
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

    fn output(_: UpdatedTask, _: &HeaderMap) {}
}
