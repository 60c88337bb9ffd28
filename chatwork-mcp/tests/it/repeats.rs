//! No write is done twice, and one whose call is cancelled is finished.

use std::time::Duration;

use chatwork_sandbox::Fault;
use rmcp::ClientLifecycleMode;
use rmcp::model::{CallToolRequest, ClientRequest};
use rmcp::service::PeerRequestOptions;
use serde_json::json;

use crate::support::{Agent, Desk, Person, ROOM, SALES, request};

#[tokio::test]
async fn the_same_message_is_posted_once() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.count(ROOM);
    let arguments = json!({ "room": ROOM, "text": "同じ" });
    let first = agent.ok("post_room_message", arguments.clone()).await;
    let second = agent.ok("post_room_message", arguments).await;
    assert!(second.starts_with(&format!("already {first}, ")), "{second}");
    assert_eq!(desk.count(ROOM), before + 1);
}

#[tokio::test]
async fn a_room_by_another_of_its_names_is_the_same_room() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.count(ROOM);
    for room in [json!(ROOM), json!(ROOM.to_string()), json!("新製品プロジェクト")] {
        agent.ok("post_room_message", json!({ "room": room, "text": "同じ" })).await;
    }
    assert_eq!(desk.count(ROOM), before + 1);
}

#[tokio::test]
async fn it_is_posted_twice_on_purpose_and_to_another_room() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = (desk.count(ROOM), desk.count(SALES));
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "x" })).await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "x", "again": true })).await;
    agent.ok("post_room_message", json!({ "room": SALES, "text": "x" })).await;
    assert_eq!((desk.count(ROOM), desk.count(SALES)), (before.0 + 2, before.1 + 1));
}

#[tokio::test]
async fn two_calls_at_once_are_one_write() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.count(ROOM);
    let post = || agent.ok("post_room_message", json!({ "room": ROOM, "text": "同時" }));
    let (one, two) = tokio::join!(post(), post());
    assert_ne!(one.starts_with("already"), two.starts_with("already"), "{one} / {two}");
    assert_eq!(desk.count(ROOM), before + 1);
}

#[tokio::test]
async fn tasks_and_rooms_are_added_once_as_well() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let tasks = desk.room(ROOM).tasks.len();
    let rooms = desk.sandbox.rooms().len();
    for _ in 0..2 {
        let task = json!({ "room": ROOM, "text": "x", "assignees": ["me"] });
        agent.ok("create_room_task", task).await;
        agent.ok("create_room", json!({ "name": "x" })).await;
    }
    assert_eq!(desk.room(ROOM).tasks.len(), tasks + 1);
    assert_eq!(desk.sandbox.rooms().len(), rooms + 1);
}

#[tokio::test]
async fn a_refused_write_is_tried_again() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let refuse = Fault::status(403).operation("createRoomMessage");
    desk.sandbox.faults().add(refuse).unwrap();
    let arguments = json!({ "room": ROOM, "text": "x" });
    agent.fails("post_room_message", arguments.clone()).await;
    let text = agent.ok("post_room_message", arguments).await;
    assert!(text.starts_with("posted as"), "{text}");
}

#[tokio::test]
async fn a_write_whose_result_is_lost_is_not_done_again() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.count(ROOM);
    let lose = Fault::close().operation("createRoomMessage").after_processing();
    desk.sandbox.faults().add(lose).unwrap();
    let arguments = json!({ "room": ROOM, "text": "x" });
    let text = agent.fails("post_room_message", arguments.clone()).await;
    assert!(text.contains("Read the room before you try again"), "{text}");
    let text = agent.fails("post_room_message", arguments).await;
    assert!(text.contains("its result is not known"), "{text}");
    assert_eq!(desk.count(ROOM), before + 1);
}

#[tokio::test]
async fn a_cancelled_call_leaves_its_write_to_be_finished_and_remembered() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let before = desk.count(ROOM);
    let slow = Fault::delay(Duration::from_millis(50)).operation("createRoomMessage");
    desk.sandbox.faults().add(slow).unwrap();
    let arguments = json!({ "room": ROOM, "text": "x" });
    let call = CallToolRequest::new(request("post_room_message", arguments.clone()));
    let call = ClientRequest::CallToolRequest(call);
    let options = PeerRequestOptions::default();
    let call = agent.client.send_cancellable_request(call, options).await.unwrap();
    while !desk.operations().iter().any(|it| it == "createRoomMessage") {
        tokio::task::yield_now().await;
    }
    call.cancel(None).await.unwrap();
    let server = agent.server.clone();
    agent.close().await;
    assert_eq!(desk.count(ROOM), before + 1);

    let agent = Agent::of_server(server, Person::absent(), ClientLifecycleMode::Initialize).await;
    let text = agent.ok("post_room_message", arguments).await;
    assert!(text.starts_with("already posted as"), "{text}");
    assert_eq!(desk.count(ROOM), before + 1);
}
