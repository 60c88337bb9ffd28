//! Counts fit what they count.

use chatwork_codegen::document::{get, items, text};
use serde_json::{Value, json};

use crate::collect::{document, number, reply};

fn rooms() -> Vec<&'static Value> {
    items(reply("listRooms", None)).collect()
}

#[test]
fn ones_own_status_sums_up_the_rooms() {
    let sum = |key: &str| rooms().iter().map(|room| number(room, key)).sum::<i64>();
    let with = |key: &str| rooms().iter().filter(|room| number(room, key) > 0).count();
    let expected = json!({
        "unread_room_num": with("unread_num"),
        "mention_room_num": with("mention_num"),
        "mytask_room_num": with("mytask_num"),
        "unread_num": sum("unread_num"),
        "mention_num": sum("mention_num"),
        "mytask_num": sum("mytask_num"),
    });
    assert_eq!(reply("getMyStatus", None), &expected);
}

#[test]
fn a_room_counts_the_open_tasks_of_ones_own() {
    let tasks = reply("listMyTasks", Some("open"));
    for room in rooms() {
        let own = items(tasks).filter(|task| get(get(task, "room"), "room_id") == &room["room_id"]);
        assert_eq!(number(room, "mytask_num"), own.count() as i64, "{}", room["name"]);
    }
}

#[test]
fn ones_own_tasks_of_the_room_are_in_its_list() {
    let me = get(reply("getMe", None), "account_id");
    let room = number(reply("getRoom", None), "room_id");
    let id = |task: &'static Value| number(task, "task_id");
    for status in ["open", "done"] {
        let mine = items(reply("listMyTasks", Some(status)))
            .filter(|task| number(get(task, "room"), "room_id") == room);
        let listed = items(reply("listRoomTasks", Some(status)))
            .filter(|task| get(get(task, "account"), "account_id") == me);
        assert_eq!(mine.map(id).collect::<Vec<_>>(), listed.map(id).collect::<Vec<_>>());
    }
}

#[test]
fn a_list_of_tasks_in_one_state_has_no_task_in_another() {
    for list in ["listMyTasks", "listRoomTasks"] {
        for status in ["open", "done"] {
            for task in items(reply(list, Some(status))) {
                assert_eq!(text(task, "status"), status, "{list}: {}", task["task_id"]);
            }
        }
    }
}

#[test]
fn a_task_without_limit_has_the_limit_0_and_no_other_task_has() {
    for list in ["listMyTasks", "listRoomTasks"] {
        for task in ["open", "done"].into_iter().flat_map(|s| items(reply(list, Some(s)))) {
            assert_eq!(text(task, "limit_type") == "none", number(task, "limit_time") == 0);
        }
    }
}

#[test]
fn what_is_read_and_marked_unread_again_is_unread_as_before() {
    let counts = |value: &Value| (number(value, "unread_num"), number(value, "mention_num"));
    let (unread, mentions) = counts(reply("getRoom", None));
    assert_eq!(counts(reply("markRoomMessagesUnread", None)), (unread, mentions));
    let (left, left_mentions) = counts(reply("markRoomMessagesRead", None));
    assert!(left < unread && left_mentions < mentions, "{left} {left_mentions}");
}

#[test]
fn a_room_has_at_least_what_its_lists_show() {
    let room = reply("getRoom", None);
    let shown = |list: &str| items(reply(list, None)).count() as i64;
    assert!(number(room, "message_num") >= shown("listRoomMessages"));
    assert!(number(room, "task_num") >= shown("listRoomTasks"));
    assert!(number(room, "file_num") >= shown("listRoomFiles"));
    for room in rooms() {
        assert!(number(room, "mention_num") <= number(room, "unread_num"));
        assert!(number(room, "mytask_num") <= number(room, "task_num"));
    }
}

#[test]
fn no_request_is_left_when_the_api_answers_429() {
    let remaining = |response: &'static Value| {
        let header = get(get(response, "headers"), "x-ratelimit-remaining");
        get(get(document().resolve(header), "schema"), "example")
    };
    for operation in document().operations() {
        for (status, response) in operation.responses().filter(|(status, _)| *status == "429") {
            assert_eq!(remaining(response), 0, "{} {status}", operation.id());
        }
    }
}
