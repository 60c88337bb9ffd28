//! A few limits against the document.

use chatwork_api::limits;
use chatwork_codegen::document::get;
use serde_json::Value;
use tests::spec;

/// A keyword of a property of an operation's body.
fn documented(operation: &str, property: &str, keyword: &str) -> Value {
    let (_, schema) = spec::operation(operation).body().unwrap();
    get(get(get(schema, "properties"), property), keyword).clone()
}

#[test]
fn the_longest_name_of_a_room_is_that_of_the_document() {
    let documented = documented("createRoom", "name", "maxLength");
    assert_eq!(limits::create_room::NAME_MAX_LENGTH, documented);
}

#[test]
fn the_shortest_name_of_a_room_is_that_of_the_document() {
    let documented = documented("updateRoom", "name", "minLength");
    assert_eq!(limits::update_room::NAME_MIN_LENGTH, documented);
}

#[test]
fn the_longest_message_is_that_of_the_document() {
    let documented = documented("createRoomMessage", "body", "maxLength");
    assert_eq!(limits::create_room_message::BODY_MAX_LENGTH, documented);
}

#[test]
fn the_pattern_of_a_link_is_that_of_the_document() {
    let documented = documented("createRoomLink", "code", "pattern");
    assert_eq!(limits::create_room_link::CODE_PATTERN, documented);
}

#[test]
fn the_largest_file_is_that_of_the_document() {
    let documented = documented("uploadRoomFile", "file", "x-max-bytes");
    assert_eq!(limits::upload_room_file::FILE_MAX_BYTES, documented);
}
