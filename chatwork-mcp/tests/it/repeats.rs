//! No write is done twice, and one whose call is cancelled is finished.

use std::time::Duration;

use chatwork_mcp::{Account, Accounts, MAX_TIME, Options};
use chatwork_sandbox::Fault;
use chatwork_sdk::{Client, Pacing};
use rmcp::ClientLifecycleMode;
use rmcp::model::{CallToolRequest, ClientRequest};
use rmcp::service::PeerRequestOptions;
use serde_json::json;

use crate::support::{Agent, Desk, KEN, Person, ROOM, ROOM_NAME, SALES, all, request};

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
async fn a_message_whose_quote_was_edited_is_the_same_message() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    agent.ok("post_room_message", json!({ "room": ROOM, "text": "quoted" })).await;
    let quoted = format!("{ROOM}-{}", desk.newest(ROOM).id);
    let before = desk.count(ROOM);
    let by_id = json!({ "room": ROOM, "text": "x", "quote": quoted });
    let by_name = json!({ "room": ROOM_NAME, "text": "x", "quote": quoted });
    agent.ok("post_room_message", by_id.clone()).await;
    agent.ok("update_room_message", json!({ "message": quoted, "text": "edited" })).await;
    for same in [by_id, by_name] {
        let text = agent.ok("post_room_message", same).await;
        assert!(text.starts_with("already posted as"), "{text}");
    }
    assert_eq!(desk.count(ROOM), before + 1);
}

#[tokio::test]
async fn each_argument_makes_another_write() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let (before, rooms) = (desk.count(ROOM), desk.sandbox.rooms().len());
    for more in [json!({}), json!({ "to": ["me"] }), json!({ "self_unread": true })] {
        let mut arguments = json!({ "room": ROOM, "text": "x" });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        agent.ok("post_room_message", arguments).await;
    }
    assert_eq!(desk.count(ROOM), before + 3);
    for more in ["description", "icon", "invite_link"] {
        let value = if more == "invite_link" { json!(true) } else { json!("star") };
        agent.ok("create_room", json!({ "name": "x", more: value })).await;
    }
    assert_eq!(desk.sandbox.rooms().len(), rooms + 3);
}

#[tokio::test]
async fn what_is_the_default_and_the_order_of_people_make_no_other_write() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let (before, rooms) = (desk.count(ROOM), desk.sandbox.rooms().len());
    for more in [
        json!({ "to": ["me", "佐藤 健"] }),
        json!({ "to": ["佐藤 健", "me", "me"] }),
        json!({ "to": [KEN.to_string(), "me"] }),
        json!({ "to": ["me", "佐藤 健"], "format": "plain", "self_unread": false, "again": false }),
    ] {
        let mut arguments = json!({ "room": ROOM, "text": "x" });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        agent.ok("post_room_message", arguments).await;
    }
    assert_eq!(desk.count(ROOM), before + 1);
    for more in [json!({}), json!({ "invite_link": false }), json!({ "admins": ["me"] })] {
        let mut arguments = json!({ "name": "x" });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        agent.ok("create_room", arguments).await;
    }
    assert_eq!(desk.sandbox.rooms().len(), rooms + 1);
    let linked = json!({ "name": "y", "invite_link": true });
    for more in [json!({}), json!({ "link_needs_acceptance": true }), json!({ "description": "" })]
    {
        let mut arguments = linked.clone();
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        agent.ok("create_room", arguments).await;
    }
    assert_eq!(desk.sandbox.rooms().len(), rooms + 2);
}

/// The call ends before the link is deleted, and then another one opens it.
#[tokio::test]
async fn a_link_that_was_opened_again_is_deleted_again() {
    let desk = Desk::new().await;
    let agent = waiting_with(&desk, all().allow_destructive(true)).await;
    let (room, delete) = (json!({ "room": ROOM }), "delete_room_link");
    let fault = Fault::delay(2 * MAX_TIME).operation("deleteRoomLink");
    desk.sandbox.faults().add(fault).unwrap();
    let late = async {
        arrived(&desk).await;
        pass(MAX_TIME).await;
    };
    let (text, ()) = tokio::join!(agent.fails(delete, room.clone()), late);
    assert!(text.contains("is under way"), "{text}");
    pass(2 * MAX_TIME).await;
    agent.server.settle().await;
    assert!(desk.room(ROOM).open_link().is_none());
    agent.ok("set_room_link", room.clone()).await;
    let text = agent.ok(delete, room).await;
    assert!(text.starts_with("deleted the invitation link"), "{text}");
    assert!(desk.room(ROOM).open_link().is_none());
}

#[tokio::test]
async fn a_repeated_write_costs_no_request() {
    let desk = Desk::new().await;
    let agent = desk.writer().await;
    let arguments = json!({ "room": ROOM_NAME, "text": "x", "to": ["佐藤 健"] });
    agent.ok("post_room_message", arguments.clone()).await;
    let before = desk.operations().len();
    agent.ok("post_room_message", arguments).await;
    assert_eq!(desk.operations().len(), before);
}

#[tokio::test]
async fn a_file_with_other_content_is_another_upload() {
    let desk = Desk::new().await;
    let up = tempfile::tempdir().unwrap();
    let agent = desk.agent(all().upload_dir(up.path())).await;
    let files = desk.room(ROOM).files.len();
    for content in ["one", "two", "two"] {
        std::fs::write(up.path().join("report.txt"), content).unwrap();
        agent.ok("upload_room_file", json!({ "room": ROOM, "path": "report.txt" })).await;
    }
    assert_eq!(desk.room(ROOM).files.len(), files + 2);
}

/// Waits until the request for which there is a fault has arrived at the sandbox.
async fn arrived(desk: &Desk) {
    while !desk.sandbox.faults().pending().is_empty() {
        tokio::task::yield_now().await;
    }
}

/// An agent whose requests may take longer than its calls.
async fn waiting(desk: &Desk) -> Agent {
    waiting_with(desk, all()).await
}

async fn waiting_with(desk: &Desk, options: Options) -> Agent {
    let client = Client::builder().token(desk.sandbox.token("hanako")).pacing(Pacing::off());
    let client = client.timeout(10 * MAX_TIME).base_url(desk.sandbox.base_url()).build().unwrap();
    let accounts = Accounts::one(Account::new("work", client));
    Agent::connect(options, accounts, Person::absent()).await
}

/// Lets the time of this process pass.
async fn pass(time: Duration) {
    tokio::time::pause();
    tokio::time::advance(time).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_write_that_takes_longer_than_a_call_is_told_by_the_same_call_and_not_done_again() {
    let desk = Desk::new().await;
    let agent = waiting(&desk).await;
    let (tasks, room) = (desk.room(ROOM).tasks.len(), desk.room(ROOM).name);
    for (operation, tool, arguments, look, done) in [
        (
            "createRoomTask",
            "create_room_task",
            json!({ "room": ROOM, "text": "x", "assignees": ["me"] }),
            "Look with list_tasks",
            "already added task",
        ),
        (
            "updateRoom",
            "update_room",
            json!({ "room": ROOM, "name": "x" }),
            "Look with get_room",
            "already changed room",
        ),
    ] {
        desk.sandbox.faults().add(Fault::delay(2 * MAX_TIME).operation(operation)).unwrap();
        let call = agent.fails(tool, arguments.clone());
        let late = async {
            arrived(&desk).await;
            pass(MAX_TIME).await;
        };
        let (text, ()) = tokio::join!(call, late);
        assert!(text.contains("is under way") && text.contains("does not write again"), "{text}");
        assert!(text.contains(look) && !text.to_lowercase().contains("call again"), "{text}");
        pass(2 * MAX_TIME).await;
        let text = agent.ok(tool, arguments).await;
        assert!(text.starts_with(done), "{text}");
    }
    assert_eq!(desk.room(ROOM).tasks.len(), tasks + 1);
    assert_ne!(desk.room(ROOM).name, room);
}

#[tokio::test]
async fn a_call_that_ends_before_its_write_says_that_nothing_was_written() {
    let desk = Desk::new().await;
    let agent = waiting(&desk).await;
    desk.sandbox.faults().add(Fault::delay(2 * MAX_TIME).operation("listRooms")).unwrap();
    let call = agent.fails("post_room_message", json!({ "room": ROOM_NAME, "text": "x" }));
    let late = async {
        arrived(&desk).await;
        pass(MAX_TIME).await;
    };
    let (text, ()) = tokio::join!(call, late);
    assert!(text.contains("nothing was written"), "{text}");
    assert!(desk.sandbox.requests().iter().all(|request| request.method == "GET"));
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
    assert!(text.contains("Look with list_room_messages whether it was done"), "{text}");
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
    arrived(&desk).await;
    call.cancel(None).await.unwrap();
    let server = agent.server.clone();
    agent.close().await;
    assert_eq!(desk.count(ROOM), before + 1);

    let agent = Agent::of_server(server, Person::absent(), ClientLifecycleMode::Initialize).await;
    let text = agent.ok("post_room_message", arguments).await;
    assert!(text.starts_with("already posted as"), "{text}");
    assert_eq!(desk.count(ROOM), before + 1);
}
