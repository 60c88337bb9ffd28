//! What a reply may have that the document does not.

use chatwork_api::types::{
    Message, Room, RoomActionType, RoomRole, RoomType, Task, TaskId, TaskLimitType, TaskStatus,
    UpdatedTask,
};
use serde_json::{Value, json};
use tests::spec::{self, document, schema_name};

use crate::by_schema::by_schema;

/// The first example of an operation's success, or its first element when it is a list.
fn example(id: &str) -> Value {
    let body = spec::success(id).body.unwrap();
    body.get(0).unwrap_or(body).clone()
}

/// The example with one field changed.
fn changed(id: &str, field: &str, value: impl Into<Value>) -> Value {
    let mut example = example(id);
    example[field] = value.into();
    example
}

/// A value with a field in each of its objects that nobody has documented.
fn with_unknown_fields(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(with_unknown_fields).collect(),
        Value::Object(fields) => {
            let known =
                fields.iter().map(|(name, value)| (name.clone(), with_unknown_fields(value)));
            let unknown = ("brand_new".to_owned(), json!({ "x": [1, null] }));
            known.chain([unknown]).collect::<serde_json::Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

#[test]
fn unknown_fields_are_ignored_in_every_reply() {
    for operation in document().operations() {
        let success = spec::success(operation.id());
        let Some(body) = success.body else { continue };
        let mut schemas = operation.successes().filter_map(|(_, schema)| schema_name(schema?));
        let back = by_schema(&schemas.next().unwrap())(with_unknown_fields(body));
        assert_eq!(&back.unwrap(), body, "{}", operation.id());
    }
}

#[test]
fn an_unknown_type_of_room_is_kept_and_serialized_unchanged() {
    let json = changed("listRooms", "type", "channel");
    let room: Room = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(room.type_, RoomType::Unknown("channel".to_owned()));
    assert_eq!(serde_json::to_value(room).unwrap(), json);
}

#[test]
fn an_unknown_role_is_kept_and_serialized_unchanged() {
    let json = changed("listRooms", "role", "所有者");
    let room: Room = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(room.role, RoomRole::Unknown("所有者".to_owned()));
    assert_eq!(serde_json::to_value(room).unwrap(), json);
}

#[test]
fn an_unknown_status_of_a_task_is_kept_and_serialized_unchanged() {
    let json = changed("getRoomTask", "status", "");
    let task: Task = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(task.status, TaskStatus::Unknown(String::new()));
    assert_eq!(serde_json::to_value(task).unwrap(), json);
}

#[test]
fn an_unknown_kind_of_time_limit_is_kept_and_serialized_unchanged() {
    let json = changed("getRoomTask", "limit_type", "DATE");
    let task: Task = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(task.limit_type, TaskLimitType::Unknown("DATE".to_owned()));
    assert_eq!(serde_json::to_value(task).unwrap(), json);
}

#[test]
fn a_known_value_is_never_unknown() {
    assert_eq!(TaskStatus::from("done"), TaskStatus::Done);
}

#[test]
fn an_enum_that_only_a_caller_sends_refuses_unknown_values() {
    assert!(serde_json::from_value::<RoomActionType>(json!("archive")).is_err());
}

#[test]
fn a_task_id_may_be_a_string() {
    let task: UpdatedTask = serde_json::from_value(json!({ "task_id": "3071284" })).unwrap();
    assert_eq!(task.task_id, TaskId(3071284));
}

#[test]
fn a_task_id_may_be_a_number() {
    let task: UpdatedTask = serde_json::from_value(json!({ "task_id": 3071284 })).unwrap();
    assert_eq!(task.task_id, TaskId(3071284));
}

#[test]
fn a_task_id_that_is_not_a_number_is_refused() {
    for wrong in [json!("12a"), json!(""), json!(1.5), json!(null), json!([1])] {
        let result = serde_json::from_value::<UpdatedTask>(json!({ "task_id": wrong }));
        assert!(result.is_err(), "{wrong}");
    }
}

#[test]
fn a_received_room_name_may_be_longer_than_a_caller_may_send() {
    let long = "あ".repeat(1000);
    let room: Room = serde_json::from_value(changed("listRooms", "name", long.as_str())).unwrap();
    assert_eq!(room.name, long);
}

#[test]
fn a_received_message_may_be_longer_than_a_caller_may_send() {
    let json = changed("getRoomMessage", "body", "長".repeat(70_000));
    let message: Message = serde_json::from_value(json).unwrap();
    assert_eq!(message.body.chars().count(), 70_000);
}

#[test]
fn a_message_id_of_another_form_is_kept_and_serialized_unchanged() {
    let json = changed("getRoomMessage", "message_id", "m-1/2");
    let message: Message = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(message).unwrap(), json);
}
