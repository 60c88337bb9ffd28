//! Tasks.

use std::time::{Duration, SystemTime};

use chatwork_sdk::types::{Task, TaskRefs};
use chatwork_sdk::{Due, TaskStatus, UnixTime};

use super::{empty_on_204, gives, sends};
use crate::support::{ANNA, BOB, CAROL, TASK, example, room};

sends! {
    all_tasks_are_asked_for_without_parameters: |c| room(&c).tasks(), ["GET /rooms/42/tasks"];

    tasks_are_filtered_by_assignee: |c| room(&c).tasks().assignee(BOB),
        ["GET /rooms/42/tasks?account_id=22"];

    tasks_are_filtered_by_who_requested_them: |c| room(&c).tasks().assigned_by(ANNA),
        ["GET /rooms/42/tasks?assigned_by_account_id=11"];

    tasks_are_filtered_by_all_there_is: |c| room(&c)
        .tasks()
        .assignee(BOB)
        .assigned_by(ANNA)
        .status(TaskStatus::Done),
        ["GET /rooms/42/tasks?account_id=22&assigned_by_account_id=11&status=done"];

    a_task_has_no_limit_unless_it_is_set: |c| room(&c).create_task("Write", [BOB]),
        ["POST /rooms/42/tasks body=Write&limit_type=none&to_ids=22"];

    a_task_can_be_said_to_have_no_limit: |c| room(&c).create_task("Write", [BOB]).due(Due::none()),
        ["POST /rooms/42/tasks body=Write&limit_type=none&to_ids=22"];

    // 2025-06-27T23:59:59+09:00, a sample of the API's own.
    a_day_is_sent_as_its_last_second_in_japan: |c| room(&c)
        .create_task("Write", [BOB])
        .due(Due::date(2025, 6, 27).unwrap()),
        ["POST /rooms/42/tasks body=Write&limit=1751036399&limit_type=date&to_ids=22"];

    a_moment_is_sent_as_it_is: |c| room(&c)
        .create_task("Write", [BOB])
        .due(UnixTime(1_751_000_000)),
        ["POST /rooms/42/tasks body=Write&limit=1751000000&limit_type=time&to_ids=22"];

    a_moment_of_the_system_is_sent_in_seconds: |c| room(&c)
        .create_task("Write", [BOB])
        .due(Due::at(SystemTime::UNIX_EPOCH + Duration::from_millis(1_751_000_000_999)).unwrap()),
        ["POST /rooms/42/tasks body=Write&limit=1751000000&limit_type=time&to_ids=22"];

    assignees_keep_their_order_and_are_named_once: |c| room(&c)
        .create_task("Write", [CAROL, BOB, CAROL]),
        ["POST /rooms/42/tasks body=Write&limit_type=none&to_ids=33%2C22"];

    a_task_is_asked_for_by_its_id: |c| room(&c).task(TASK).get(), ["GET /rooms/42/tasks/7"];

    a_task_is_completed: |c| room(&c).task(TASK).complete(),
        ["PUT /rooms/42/tasks/7/status body=done"];

    a_task_is_reopened: |c| room(&c).task(TASK).reopen(),
        ["PUT /rooms/42/tasks/7/status body=open"];
}

gives! {
    tasks_are_a_list: |c| room(&c).tasks(), example::<Vec<Task>>("listRoomTasks");

    new_tasks_are_their_ids: |c| room(&c).create_task("Write", [BOB]),
        example::<TaskRefs>("createRoomTask").task_ids;

    a_task_is_what_the_api_says: |c| room(&c).task(TASK).get(), example::<Task>("getRoomTask");

    a_completed_task_gives_nothing: |c| room(&c).task(TASK).complete(), ();

    a_reopened_task_gives_nothing: |c| room(&c).task(TASK).reopen(), ();
}

empty_on_204! {
    no_tasks_are_an_empty_list: |c| room(&c).tasks();
}
