//! The examples of form bodies go through the generated bodies and come back equal.

use chatwork_api::types;
use chatwork_codegen::document::{FORM, Operation, get};
use tests::spec::{document, examples};

use crate::by_schema::{RoundTrip, round_trip};

fn by_operation(id: &str) -> RoundTrip {
    match id {
        "createRoom" => round_trip::<types::CreateRoomBody>,
        "updateRoom" => round_trip::<types::UpdateRoomOptions>,
        "deleteOrLeaveRoom" => round_trip::<types::DeleteOrLeaveRoomBody>,
        "replaceRoomMembers" => round_trip::<types::ReplaceRoomMembersBody>,
        "createRoomMessage" => round_trip::<types::CreateRoomMessageBody>,
        "updateRoomMessage" => round_trip::<types::UpdateRoomMessageBody>,
        "markRoomMessagesRead" => round_trip::<types::MarkRoomMessagesReadOptions>,
        "markRoomMessagesUnread" => round_trip::<types::MarkRoomMessagesUnreadBody>,
        "createRoomTask" => round_trip::<types::CreateRoomTaskBody>,
        "updateRoomTaskStatus" => round_trip::<types::UpdateRoomTaskStatusBody>,
        "createRoomLink" => round_trip::<types::CreateRoomLinkOptions>,
        "replaceRoomLink" => round_trip::<types::ReplaceRoomLinkOptions>,
        _ => panic!("no Rust type for the form of `{id}`: add it to the table in bodies.rs"),
    }
}

fn forms() -> Vec<Operation<'static>> {
    let has_form =
        |operation: &Operation<'_>| matches!(operation.body(), Some((media, _)) if media == FORM);
    document().operations().filter(has_form).collect()
}

#[test]
fn every_example_of_a_form_is_equal_after_a_round_trip() {
    let forms = forms();
    assert!(!forms.is_empty(), "the document has no form");
    for operation in forms {
        let content = get(get(get(operation.value, "requestBody"), "content"), FORM);
        for (name, example) in examples(content) {
            let back = by_operation(operation.id())(example.clone());
            assert_eq!(&back.unwrap(), example, "{} {name}", operation.id());
        }
    }
}
