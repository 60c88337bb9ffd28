//! `/rooms/{room_id}/tasks`.

use chatwork_api::types::{
    AccountId, CreateRoomTaskBody, ListRoomTasksOptions, RoomId, TaskId, TaskLimitType, TaskStatus,
    UnixTime, UpdateRoomTaskStatusBody,
};
use tests::calls;
use tests::sent::Sent;

const ROOM: RoomId = RoomId(93207172);
const TASK: TaskId = TaskId(3071284);

calls! {
    tasks_are_filtered_by_all_three_parameters: LIST_ROOM_TASKS,
        |client| client.list_room_tasks_with(
            ROOM,
            &ListRoomTasksOptions::new()
                .account_id(AccountId(1484814))
                .assigned_by_account_id(AccountId(2739132))
                .status(TaskStatus::Done),
        ),
        Sent::get(concat!(
            "/rooms/93207172/tasks",
            "?account_id=1484814&assigned_by_account_id=2739132&status=done",
        ));

    tasks_without_filters_have_no_query: LIST_ROOM_TASKS,
        |client| client.list_room_tasks(ROOM),
        Sent::get("/rooms/93207172/tasks");

    tasks_are_filtered_by_only_their_assigner: LIST_ROOM_TASKS,
        |client| client.list_room_tasks_with(
            ROOM,
            &ListRoomTasksOptions::new().assigned_by_account_id(AccountId(2739132)),
        ),
        Sent::get("/rooms/93207172/tasks?assigned_by_account_id=2739132");

    a_task_is_created_with_every_field: CREATE_ROOM_TASK,
        |client| client.create_room_task(ROOM, &task(&[1484814, 2739132])
                .limit(UnixTime(1751036399))
                .limit_type(TaskLimitType::Date)),
        Sent::post("/rooms/93207172/tasks").form(concat!(
            "body=%E8%A6%8B%E7%A9%8D%E6%9B%B8+%26+%E8%AB%8B%E6%B1%82%E6%9B%B8",
            "&limit=1751036399",
            "&limit_type=date",
            "&to_ids=1484814%2C2739132",
        ));

    a_task_is_created_with_only_the_required_fields: CREATE_ROOM_TASK,
        |client| client.create_room_task(ROOM, &task(&[1484814])),
        Sent::post("/rooms/93207172/tasks").form(concat!(
            "body=%E8%A6%8B%E7%A9%8D%E6%9B%B8+%26+%E8%AB%8B%E6%B1%82%E6%9B%B8",
            "&to_ids=1484814",
        ));

    a_limit_of_none_is_sent_as_the_value_none: CREATE_ROOM_TASK,
        |client| client.create_room_task(ROOM, &task(&[1484814])
                .limit_type(TaskLimitType::None)),
        Sent::post("/rooms/93207172/tasks").form(concat!(
            "body=%E8%A6%8B%E7%A9%8D%E6%9B%B8+%26+%E8%AB%8B%E6%B1%82%E6%9B%B8",
            "&limit_type=none",
            "&to_ids=1484814",
        ));

    a_task_is_requested_by_both_ids: GET_ROOM_TASK,
        |client| client.get_room_task(ROOM, TASK),
        Sent::get("/rooms/93207172/tasks/3071284");

    a_task_is_finished_by_its_body: UPDATE_ROOM_TASK_STATUS,
        |client| client.update_room_task_status(ROOM, TASK, &status(TaskStatus::Done)),
        Sent::put("/rooms/93207172/tasks/3071284/status").form("body=done");

    a_task_is_reopened_by_its_body: UPDATE_ROOM_TASK_STATUS,
        |client| client.update_room_task_status(ROOM, TASK, &status(TaskStatus::Open)),
        Sent::put("/rooms/93207172/tasks/3071284/status").form("body=open");
}

fn task(assignees: &[i64]) -> CreateRoomTaskBody {
    CreateRoomTaskBody::new("見積書 & 請求書", assignees.iter().copied().map(AccountId).collect())
}

fn status(body: TaskStatus) -> UpdateRoomTaskStatusBody {
    UpdateRoomTaskStatusBody::new(body)
}
