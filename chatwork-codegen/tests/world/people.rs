//! Every account that an example names is a person or a program of the world.

use std::collections::BTreeMap;

use chatwork_codegen::Document;
use chatwork_codegen::document::{entries, get, items, properties, text};
use serde_json::Value;

use crate::collect::{document, ids, number, reply, request, shown};

/// The accounts by id, with their names.
fn accounts() -> BTreeMap<i64, &'static str> {
    let named = shown().into_iter().filter(|shown| shown.value.get("account_id").is_some());
    named
        .filter(|shown| shown.value.get("name").is_some())
        .map(|shown| (number(shown.value, "account_id"), text(shown.value, "name")))
        .collect()
}

/// The account ids that a text names in message notation.
fn mentioned(text: &str) -> Vec<i64> {
    let after = |tag: &'static str| text.split(tag).skip(1);
    let found = after("[To:").chain(after("[rp aid=")).chain(after("[qtmeta aid="));
    let digits = |rest: &str| -> String { rest.chars().take_while(char::is_ascii_digit).collect() };
    found.map(|rest| digits(rest).parse().unwrap()).collect()
}

/// The account ids that the examples of request bodies name, with their places.
fn requested() -> Vec<(String, i64)> {
    let mut found = Vec::new();
    for operation in document().operations() {
        let Some((_, schema)) = operation.body() else {
            continue;
        };
        for (name, property) in properties(schema) {
            let example = get(property, "example");
            let place = format!("{} {name}", operation.id());
            if name.ends_with("_ids") {
                found.extend(ids(example).into_iter().map(|id| (place.clone(), id)));
            }
            let text = example.as_str().unwrap_or_default();
            found.extend(mentioned(text).into_iter().map(|id| (place.clone(), id)));
        }
    }
    found
}

#[test]
fn every_account_that_a_request_names_has_a_name_in_a_reply() {
    let accounts = accounts();
    let requested = requested();
    assert!(requested.len() > 5, "{requested:?}");
    for (place, id) in requested {
        assert!(accounts.contains_key(&id), "{place} names the unknown account {id}");
    }
}

#[test]
fn a_mention_is_followed_by_the_name_of_the_account() {
    let accounts = accounts();
    let mut mentions = 0;
    for shown in shown() {
        let body = text(shown.value, "body");
        for id in mentioned(body) {
            mentions += 1;
            let name = accounts.get(&id).unwrap_or_else(|| panic!("{}: {id}", shown.place));
            assert!(body.contains(&format!("]{name}さん")), "{}: {id} is {name}", shown.place);
        }
    }
    assert!(mentions > 2);
}

#[test]
fn a_reply_names_the_author_of_the_message_that_it_answers() {
    let messages = reply("listRoomMessages", None);
    let mut replies = 0;
    for message in items(messages) {
        let body = text(message, "body");
        let Some((_, rest)) = body.split_once("[rp aid=") else {
            continue;
        };
        replies += 1;
        let (author, rest) = rest.split_once(" to=").unwrap();
        let (target, _) = rest.split_once(']').unwrap();
        let (room, id) = target.split_once('-').unwrap();
        assert_eq!(room, document().at("/components/schemas/RoomId/example").to_string());
        let answered = items(messages).find(|message| text(message, "message_id") == id).unwrap();
        assert_eq!(author, get(get(answered, "account"), "account_id").to_string());
    }
    assert_eq!(replies, 1);
}

/// The ids of the members of the room that the examples describe.
fn members() -> Vec<i64> {
    items(reply("listRoomMembers", None)).map(|member| number(member, "account_id")).collect()
}

#[test]
fn an_account_that_acts_in_the_room_is_a_member_of_it() {
    let members = members();
    for shown in shown() {
        let in_room = ["Message", "Task", "RoomFile"].contains(&shown.schema);
        for key in ["account", "assigned_by_account"] {
            let id = get(get(shown.value, key), "account_id").as_i64();
            if let Some(id) = id.filter(|_| in_room) {
                assert!(members.contains(&id), "{}: {id} is no member", shown.place);
            }
        }
    }
    for id in ids(get(request("createRoomTask"), "to_ids")) {
        assert!(members.contains(&id), "the assignee {id} is no member");
    }
}

#[test]
fn ones_own_role_is_the_same_in_the_room_and_among_its_members() {
    let me = number(reply("getMe", None), "account_id");
    let members = items(reply("listRoomMembers", None));
    let own = members.into_iter().find(|member| number(member, "account_id") == me).unwrap();
    assert_eq!(text(own, "role"), text(reply("getRoom", None), "role"));
}

#[test]
fn a_contact_has_a_direct_chat_that_is_in_the_list_of_rooms() {
    let rooms: BTreeMap<i64, &Value> =
        items(reply("listRooms", None)).map(|room| (number(room, "room_id"), room)).collect();
    for contact in items(reply("listContacts", None)) {
        let room = rooms[&number(contact, "room_id")];
        let expected = ("direct", text(contact, "name"), text(contact, "avatar_image_url"));
        assert_eq!((text(room, "type"), text(room, "name"), text(room, "icon_path")), expected);
    }
    let mine = rooms[&number(reply("getMe", None), "room_id")];
    assert_eq!(text(mine, "type"), "my");
}

#[test]
fn an_account_that_asks_to_be_a_contact_is_none_yet() {
    let contacts: Vec<i64> =
        items(reply("listContacts", None)).map(|c| number(c, "account_id")).collect();
    for request in items(reply("listIncomingRequests", None)) {
        assert!(!contacts.contains(&number(request, "account_id")));
    }
}

#[test]
fn the_account_addressed_by_a_mention_is_ones_own() {
    let me = get(reply("getMe", None), "account_id");
    let mention = shown().into_iter().find(|shown| shown.schema == "MentionEventBody").unwrap();
    assert_eq!(get(mention.value, "to_account_id"), me);
    assert!(entries(mention.value).count() > 5);
    assert!(text(mention.value, "body").contains(&format!("[To:{me}]")));
}

/// The default world of the sandbox: the same people, so that its replies look like the examples.
#[test]
fn the_sandbox_has_the_same_people() {
    let world = include_str!("../../../chatwork-sandbox/worlds/default.yaml");
    let world = Document::parse(world).unwrap();
    let organizations: BTreeMap<i64, &str> =
        items(world.at("/organizations")).map(|o| (number(o, "id"), text(o, "name"))).collect();
    let mut shared = 0;
    for shown in shown().iter().filter(|shown| shown.value.get("name").is_some()) {
        let id = get(shown.value, "account_id");
        let Some(account) = items(world.at("/accounts")).find(|account| get(account, "id") == id)
        else {
            continue;
        };
        shared += 1;
        assert_eq!(text(account, "name"), text(shown.value, "name"), "{}", shown.place);
        if shown.value.get("organization_id").is_some() {
            let organization = get(account, "organization").as_i64().unwrap_or_default();
            assert_eq!(number(shown.value, "organization_id"), organization, "{}", shown.place);
            let name = organizations.get(&organization).copied().unwrap_or_default();
            assert_eq!(text(shown.value, "organization_name"), name, "{}", shown.place);
            for key in ["chatwork_id", "department"] {
                assert_eq!(text(account, key), text(shown.value, key), "{} {key}", shown.place);
            }
        }
    }
    assert!(shared > 10);
}
