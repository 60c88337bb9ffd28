//! The account that the token belongs to: `/me` and `/my`.

use super::prelude::*;
use chatwork_api::reqwest::header::HeaderMap;

impl Client {
    /// Gets your own profile. Returns [`Me`](crate::types::Me).
    ///
    /// Calls `GET /me` ([reference](https://developer.chatwork.com/reference/get-me)).
    ///
    /// ```no_run
    /// # async fn example(chatwork: chatwork_sdk::Client) -> Result<(), chatwork_sdk::Error> {
    /// let me = chatwork.me().await?;
    /// println!("{} of {}", me.name, me.organization_name);
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_me")]
    #[doc(alias = "whoami")]
    pub fn me(&self) -> Request<GetMe> {
        Request::new(self, GetMe)
    }

    /// Counts your unread messages, mentions and open tasks. Returns
    /// [`MyStatus`](crate::types::MyStatus).
    ///
    /// Calls `GET /my/status` ([reference](https://developer.chatwork.com/reference/get-my-status)).
    #[doc(alias = "get_my_status")]
    pub fn my_status(&self) -> Request<GetMyStatus> {
        Request::new(self, GetMyStatus)
    }

    /// Lists the tasks assigned to you, over all rooms. Returns a [`List`] of at most 100
    /// [`MyTask`](crate::types::MyTask)s.
    ///
    /// Calls `GET /my/tasks` ([reference](https://developer.chatwork.com/reference/get-my-tasks)).
    ///
    /// ```no_run
    /// # async fn example(
    /// #     chatwork: chatwork_sdk::Client,
    /// #     boss: chatwork_sdk::AccountId,
    /// # ) -> Result<(), chatwork_sdk::Error> {
    /// use chatwork_sdk::TaskStatus;
    ///
    /// let tasks = chatwork.my_tasks().status(TaskStatus::Open).assigned_by(boss).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[doc(alias = "get_my_tasks")]
    #[doc(alias = "list_my_tasks")]
    pub fn my_tasks(&self) -> Request<ListMyTasks> {
        Request::new(self, ListMyTasks { assigned_by: None, status: None })
    }
}

/// `GET /me`: the request of [`Client::me`].
///
/// Returns [`Me`](crate::types::Me). Options: those of every [`Request`].
pub struct GetMe;

impl Endpoint for GetMe {
    type Reply = Me;
    type Output = Me;
    const OPERATION: &'static Operation = &operations::GET_ME;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_me().await?)
    }

    fn output(me: Me, _: &HeaderMap) -> Me {
        me
    }
}

/// `GET /my/status`: the request of [`Client::my_status`].
///
/// Returns [`MyStatus`](crate::types::MyStatus). Options: those of every [`Request`].
pub struct GetMyStatus;

impl Endpoint for GetMyStatus {
    type Reply = MyStatus;
    type Output = MyStatus;
    const OPERATION: &'static Operation = &operations::GET_MY_STATUS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        Ok(api.get_my_status().await?)
    }

    fn output(status: MyStatus, _: &HeaderMap) -> MyStatus {
        status
    }
}

/// `GET /my/tasks`: the request of [`Client::my_tasks`].
///
/// Returns a [`List`] of [`MyTask`](crate::types::MyTask)s. Options:
/// [`assigned_by`, `status`](Request#impl-Request%3CListMyTasks%3E), and those of every
/// [`Request`].
pub struct ListMyTasks {
    assigned_by: Option<AccountId>,
    status: Option<TaskStatus>,
}

impl Request<ListMyTasks> {
    /// Lists only tasks that this account requested.
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

impl Endpoint for ListMyTasks {
    type Reply = List<MyTask>;
    type Output = List<MyTask>;
    const OPERATION: &'static Operation = &operations::LIST_MY_TASKS;

    async fn send(&self, api: &Api) -> Sent<Self::Reply> {
        let mut options = ListMyTasksOptions::new();
        options.assigned_by_account_id = self.assigned_by;
        options.status = self.status.clone();
        list::read(Self::OPERATION, api.list_my_tasks_with(&options).await)
    }

    fn output(tasks: Self::Reply, _: &HeaderMap) -> Self::Output {
        tasks
    }
}
