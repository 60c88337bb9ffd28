//! `/me` and `/my`.

use chatwork_sdk::TaskStatus;
use chatwork_sdk::types::{Me, MyStatus, MyTask};

use super::{empty_on_204, gives, sends};
use crate::support::{ANNA, example};

sends! {
    a_profile_is_asked_for_without_parameters: |c| c.me(), ["GET /me"];

    the_counts_are_asked_for_without_parameters: |c| c.my_status(), ["GET /my/status"];

    all_of_my_tasks_are_asked_for_without_parameters: |c| c.my_tasks(), ["GET /my/tasks"];

    my_tasks_are_filtered_by_state: |c| c.my_tasks().status(TaskStatus::Open),
        ["GET /my/tasks?status=open"];

    my_tasks_are_filtered_by_who_requested_them: |c| c.my_tasks().assigned_by(ANNA),
        ["GET /my/tasks?assigned_by_account_id=11"];

    my_tasks_are_filtered_by_both: |c| c.my_tasks().status(TaskStatus::Done).assigned_by(ANNA),
        ["GET /my/tasks?assigned_by_account_id=11&status=done"];
}

gives! {
    a_profile_is_what_the_api_says: |c| c.me(), example::<Me>("getMe");

    the_counts_are_what_the_api_says: |c| c.my_status(), example::<MyStatus>("getMyStatus");

    my_tasks_are_a_list: |c| c.my_tasks(), example::<Vec<MyTask>>("listMyTasks");
}

empty_on_204! {
    no_tasks_of_mine_are_an_empty_list: |c| c.my_tasks();
}
