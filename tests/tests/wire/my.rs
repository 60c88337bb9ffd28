//! `/my/…`.

use chatwork_api::types::{AccountId, ListMyTasksOptions, TaskStatus};
use tests::calls;
use tests::sent::Sent;

calls! {
    the_own_status_is_requested_by_path_only: GET_MY_STATUS,
        |client| client.get_my_status(),
        Sent::get("/my/status");

    own_tasks_are_filtered_by_both_parameters: LIST_MY_TASKS,
        |client| client.list_my_tasks_with(
            &ListMyTasksOptions::new()
                .assigned_by_account_id(AccountId(2739132))
                .status(TaskStatus::Open),
        ),
        Sent::get("/my/tasks?assigned_by_account_id=2739132&status=open");

    own_tasks_without_filters_have_no_query: LIST_MY_TASKS,
        |client| client.list_my_tasks(),
        Sent::get("/my/tasks");

    own_tasks_are_filtered_by_only_the_status: LIST_MY_TASKS,
        |client| client.list_my_tasks_with(&ListMyTasksOptions::new().status(TaskStatus::Done)),
        Sent::get("/my/tasks?status=done");

    an_unknown_status_is_sent_as_it_is_and_encoded: LIST_MY_TASKS,
        |client| client.list_my_tasks_with(&ListMyTasksOptions::new().status(TaskStatus::from("保留 a+b&c=d%"))),
        Sent::get("/my/tasks?status=%E4%BF%9D%E7%95%99+a%2Bb%26c%3Dd%25");
}
