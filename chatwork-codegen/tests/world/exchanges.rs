//! The request and the reply of one operation agree, and so do a change and what is read later.

use chatwork_codegen::document::{get, items, text};
use serde_json::{Value, json};

use crate::collect::{document, ids, number, reply, request};

/// The first of the objects of a list that has this value.
fn find(list: &'static Value, key: &str, value: &Value) -> &'static Value {
    let found = items(list).find(|item| get(item, key) == value);
    found.unwrap_or_else(|| panic!("no {key} is {value}"))
}

#[test]
fn the_members_that_are_sent_are_those_that_come_back() {
    let sent = request("replaceRoomMembers");
    let listed = |role: &str| -> Vec<i64> {
        let members = items(reply("listRoomMembers", None));
        let found = members.filter(|member| text(member, "role") == role);
        found.map(|member| number(member, "account_id")).collect()
    };
    for role in ["admin", "member", "readonly"] {
        let ids = ids(get(sent, &format!("members_{role}_ids")));
        assert_eq!(get(reply("replaceRoomMembers", None), role), &json!(ids), "{role}");
        assert_eq!(listed(role), ids, "{role}");
    }
}

#[test]
fn the_link_that_is_sent_is_the_one_that_comes_back() {
    let open = reply("getRoomLink", Some("open"));
    for id in ["createRoomLink", "replaceRoomLink"] {
        let (sent, back) = (request(id), reply(id, None));
        assert_eq!(back, open, "{id}");
        assert!(text(back, "url").ends_with(&format!("/{}", text(sent, "code"))), "{id}");
        assert_eq!(get(back, "need_acceptance"), &json!(number(sent, "need_acceptance") == 1));
        assert_eq!(get(back, "description"), get(sent, "description"), "{id}");
    }
    assert_eq!(reply("deleteRoomLink", None), reply("getRoomLink", Some("closed")));
}

#[test]
fn the_room_that_is_created_is_the_one_that_is_read() {
    let (sent, room) = (request("createRoom"), reply("getRoom", None));
    assert_eq!(get(sent, "name"), get(room, "name"));
    let open = reply("getRoomLink", Some("open"));
    assert!(text(open, "url").ends_with(&format!("/{}", text(sent, "link_code"))));
    let approval = number(sent, "link_need_acceptance") == 1;
    assert_eq!(get(open, "need_acceptance"), &json!(approval));
}

#[test]
fn a_room_is_as_it_was_changed() {
    let (sent, room) = (request("updateRoom"), reply("getRoom", None));
    for key in ["name", "description"] {
        assert_eq!(get(sent, key), get(room, key), "{key}");
    }
    let icon = format!("ico_{}.png", text(sent, "icon_preset"));
    assert!(text(room, "icon_path").ends_with(&icon));
}

#[test]
fn a_message_has_the_text_and_the_author_with_which_it_was_sent() {
    let me = get(reply("getMe", None), "account_id");
    for id in ["createRoomMessage", "updateRoomMessage"] {
        let message_id = get(reply(id, None), "message_id");
        let message = find(reply("listRoomMessages", None), "message_id", message_id);
        assert_eq!(get(message, "body"), get(request(id), "body"), "{id}");
        assert_eq!(get(get(message, "account"), "account_id"), me, "{id}");
        let edited = number(message, "update_time") > 0;
        assert_eq!(edited, id == "updateRoomMessage", "{id}");
    }
}

#[test]
fn a_task_is_added_for_each_assignee_and_listed_as_it_was_sent() {
    let me = get(reply("getMe", None), "account_id");
    let sent = request("createRoomTask");
    let task_ids: Vec<&Value> = items(get(reply("createRoomTask", None), "task_ids")).collect();
    let assignees = ids(get(sent, "to_ids"));
    assert_eq!(task_ids.len(), assignees.len());
    for (task_id, assignee) in task_ids.into_iter().zip(assignees) {
        let task = find(reply("listRoomTasks", Some("open")), "task_id", task_id);
        assert_eq!(number(get(task, "account"), "account_id"), assignee);
        assert_eq!(get(get(task, "assigned_by_account"), "account_id"), me);
        assert_eq!(get(task, "body"), get(sent, "body"));
        assert_eq!(get(task, "limit_time"), get(sent, "limit"));
        assert_eq!(get(task, "limit_type"), get(sent, "limit_type"));
    }
}

#[test]
fn a_file_that_is_uploaded_is_ones_own_and_is_listed() {
    let me = get(reply("getMe", None), "account_id");
    let file_id = get(reply("uploadRoomFile", None), "file_id");
    let file = find(reply("listRoomFiles", None), "file_id", file_id);
    assert_eq!(get(get(file, "account"), "account_id"), me);
}

#[test]
fn the_request_that_is_accepted_makes_its_sender_a_contact() {
    let id = document().at("/components/schemas/RequestId/example");
    let request = find(reply("listIncomingRequests", None), "request_id", id);
    let contact = reply("acceptIncomingRequest", None);
    for key in ["account_id", "name", "chatwork_id", "organization_id", "avatar_image_url"] {
        assert_eq!(get(contact, key), get(request, key), "{key}");
    }
}

/// What the example of a path parameter names is what the reply is about.
#[test]
fn a_reply_is_about_what_its_path_names() {
    let mut compared = 0;
    for operation in document().operations() {
        let success = operation.responses().find(|(status, _)| *status == "200");
        let Some((_, response)) = success else {
            continue;
        };
        for parameter in operation.parameters().filter(|p| text(p, "in") == "path") {
            let name = text(parameter, "name");
            let named = get(document().resolve(get(parameter, "schema")), "example");
            let examples = get(response, "content").pointer("/application~1json/examples");
            for example in examples.and_then(Value::as_object).into_iter().flat_map(|e| e.values())
            {
                let value = get(document().resolve(example), "value");
                let Some(id) = value.get(name) else {
                    continue;
                };
                let id = id.to_string();
                assert_eq!(id.trim_matches('"'), named.to_string().trim_matches('"'));
                compared += 1;
            }
        }
    }
    assert!(compared >= 8, "{compared}");
}

#[test]
fn the_message_that_is_edited_or_deleted_is_ones_own() {
    let id = document().at("/components/schemas/MessageId/example");
    let message = find(reply("listRoomMessages", None), "message_id", id);
    let me = get(reply("getMe", None), "account_id");
    assert_eq!(get(get(message, "account"), "account_id"), me);
}
