//! What is refused before it costs a request, and what just passes. Lengths are counted in
//! characters.

use chatwork_sdk::{Due, Upload};

use crate::support::files::{Pieces, bytes};
use crate::support::{ANNA, BOB, CAROL, Server, message_id, refused, room};

/// The most bytes of a file.
const MAX: usize = 5 * 1024 * 1024;

/// Tests the text of the error, and that no request went out.
macro_rules! refuses {
    ($($name:ident: |$client:ident| $call:expr, $text:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let server = Server::spec().await;
            let $client = server.client();
            let error = refused($call.await);
            assert_eq!((error.to_string().as_str(), server.lines()), ($text, Vec::new()));
        }
    )+};
}

/// Tests that a call goes out.
macro_rules! passes {
    ($($name:ident: |$client:ident| $call:expr;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let server = Server::spec().await;
            let $client = server.client();
            $call.await.expect("the call succeeds");
            assert!(!server.got().is_empty());
        }
    )+};
}

fn characters(count: usize) -> String {
    "あ".repeat(count)
}

refuses! {
    a_room_without_a_name: |c| c.create_room("", [ANNA]),
        "not sent: `name` has 0 characters: expected 1 to 255";

    a_room_with_a_long_name: |c| c.create_room(characters(256), [ANNA]),
        "not sent: `name` has 256 characters: expected 1 to 255";

    a_room_without_an_administrator: |c| c.create_room("Launch", []).members([ANNA]),
        "not sent: `members_admin_ids` is empty: expected at least one";

    a_room_with_somebody_in_two_roles: |c| c.create_room("Launch", [ANNA]).members([BOB, ANNA]),
        "not sent: `members_admin_ids` and `members_member_ids` both hold the account 11: \
         expected it in one of them";

    a_room_with_an_empty_link_code: |c| c.create_room("Launch", [ANNA]).link_code(""),
        "not sent: `link_code` has 0 characters: expected 1 to 50";

    a_room_with_a_long_link_code: |c| c.create_room("Launch", [ANNA]).link_code("x".repeat(51)),
        "not sent: `link_code` has 51 characters: expected 1 to 50";

    a_room_with_a_link_code_of_other_characters: |c| c
        .create_room("Launch", [ANNA])
        .link_code("打ち上げ"),
        "not sent: `link_code` has a character at position 0 that is not one of A-Za-z0-9_-";

    a_change_to_no_name: |c| room(&c).update().name(""),
        "not sent: `name` has 0 characters: expected 1 to 255";

    a_change_to_a_long_name: |c| room(&c).update().name(characters(256)),
        "not sent: `name` has 256 characters: expected 1 to 255";

    a_change_of_nothing: |c| room(&c).update(),
        "not sent: `update` has nothing to change: expected a name, a description or an icon";

    members_without_an_administrator: |c| room(&c).replace_members([]).members([ANNA]),
        "not sent: `members_admin_ids` is empty: expected at least one";

    members_in_two_roles: |c| room(&c)
        .replace_members([ANNA])
        .members([BOB])
        .readonly([CAROL, BOB]),
        "not sent: `members_member_ids` and `members_readonly_ids` both hold the account 22: \
         expected it in one of them";

    a_message_without_text: |c| room(&c).post(""),
        "not sent: `body` has 0 characters: expected 1 to 65535";

    a_long_message: |c| room(&c).post(characters(65536)),
        "not sent: `body` has 65536 characters: expected 1 to 65535";

    an_edit_to_no_text: |c| room(&c).message(message_id()).edit(""),
        "not sent: `body` has 0 characters: expected 1 to 65535";

    an_edit_to_a_long_text: |c| room(&c).message(message_id()).edit(characters(65536)),
        "not sent: `body` has 65536 characters: expected 1 to 65535";

    a_task_without_text: |c| room(&c).create_task("", [BOB]),
        "not sent: `body` has 0 characters: expected 1 to 65535";

    a_long_task: |c| room(&c).create_task(characters(65536), [BOB]),
        "not sent: `body` has 65536 characters: expected 1 to 65535";

    a_task_for_nobody: |c| room(&c).create_task("Write", []),
        "not sent: `to_ids` is empty: expected at least one";

    a_file_with_an_empty_message: |c| room(&c).upload(Upload::bytes("a", "b")).message(""),
        "not sent: `message` has 0 characters: expected 1 to 65535";

    a_file_with_a_long_message: |c| room(&c)
        .upload(Upload::bytes("a", "b"))
        .message(characters(65536)),
        "not sent: `message` has 65536 characters: expected 1 to 65535";

    a_large_file_in_memory: |c| room(&c).upload(Upload::bytes("a", bytes(MAX + 1))),
        "not sent: `file` has 5242881 bytes: expected at most 5242880";

    a_large_stream_of_known_length: |c| room(&c)
        .upload(Upload::stream("a", Pieces(Vec::new())).length(MAX as u64 + 1)),
        "not sent: `file` has 5242881 bytes: expected at most 5242880";

    a_link_with_an_empty_code: |c| room(&c).link().create().code(""),
        "not sent: `code` has 0 characters: expected 1 to 50";

    a_link_with_a_long_code: |c| room(&c).link().create().code("x".repeat(51)),
        "not sent: `code` has 51 characters: expected 1 to 50";

    a_link_with_a_code_of_other_characters: |c| room(&c).link().create().code("lift off"),
        "not sent: `code` has a character at position 4 that is not one of A-Za-z0-9_-";

    a_replaced_link_with_a_code_of_other_characters: |c| room(&c).link().replace().code("a/b"),
        "not sent: `code` has a character at position 1 that is not one of A-Za-z0-9_-";

    an_edited_link_with_a_long_code: |c| room(&c).link().edit().code("x".repeat(51)),
        "not sent: `code` has 51 characters: expected 1 to 50";
}

passes! {
    a_room_with_a_name_of_1_character: |c| c.create_room("あ", [ANNA]);

    a_room_with_a_name_of_255_characters: |c| c.create_room(characters(255), [ANNA]);

    a_room_with_a_link_code_of_50_characters: |c| c
        .create_room("Launch", [ANNA])
        .link_code("x".repeat(50));

    a_room_with_a_link_code_of_every_kind_of_character: |c| c
        .create_room("Launch", [ANNA])
        .link_code("AZaz09_-");

    a_change_to_a_name_of_255_characters: |c| room(&c).update().name(characters(255));

    a_message_of_1_character: |c| room(&c).post("あ");

    a_message_of_65535_characters: |c| room(&c).post(characters(65535));

    an_edit_to_65535_characters: |c| room(&c).message(message_id()).edit(characters(65535));

    a_task_of_65535_characters: |c| room(&c).create_task(characters(65535), [BOB]);

    a_file_with_a_message_of_65535_characters: |c| room(&c)
        .upload(Upload::bytes("a", "b"))
        .message(characters(65535));

    a_file_in_memory_of_5_mb: |c| room(&c).upload(Upload::bytes("a", bytes(MAX)));

    an_empty_file: |c| room(&c).upload(Upload::bytes("a", ""));

    a_link_with_a_code_of_50_characters: |c| room(&c).link().create().code("x".repeat(50));
}

#[test]
fn an_invalid_day_is_named() {
    let error = refused(Due::date(2026, 2, 29));
    let text = "not sent: `limit` is an invalid date, 2026-02-29: expected 1970 to 9999";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_request_is_validated_without_being_sent() {
    let server = Server::spec().await;
    let room = room(&server.client());
    let error = room.post("").validate().unwrap_err();
    assert_eq!(error.to_string(), "not sent: `body` has 0 characters: expected 1 to 65535");
    assert!(room.post("x").validate().is_ok());
    assert!(room.create_task("x", []).validate().is_err());
    assert!(server.got().is_empty());
}
