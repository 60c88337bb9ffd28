//! 400.

use chatwork_api::{Operation, operations};
use chatwork_sandbox::Fault;
use chatwork_sdk::{Client, RequestId};
use serde_json::Value;

use crate::calls::{self, Running, running};
use crate::place::{DAICHI, HANAKO, PROJECT, Place, SALES};
use crate::report::Report;
use crate::stage::Stage;

/// Operations without any parameter, which cannot be called wrongly. The document lists the 400
/// because the service may refuse parameters of an access token, which the sandbox has none of:
/// the reply is a fault on demand, with an example of the document.
const INJECTED: [&str; 5] =
    ["getMe", "getMyStatus", "listContacts", "listIncomingRequests", "listRooms"];

pub(crate) async fn run(report: &mut Report) {
    malformed(report).await;
    injected(report).await;
    senseless(report).await;
}

/// Requests that typed calls cannot send: an invalid id, an invalid word, an empty form.
async fn malformed(report: &mut Report) {
    let stage = Stage::new().await;
    for operation in operations::ALL.iter().filter(|it| !INJECTED.contains(&it.id)) {
        let call = malform(&stage.client("hanako"), operation);
        let name = format!("malformed: {}", operation.id);
        report.expect(&name, &stage, (operation.id, 400), call).await;
    }
}

fn malform(client: &Client, operation: &Operation) -> Running {
    let segments = operation.path.split('/');
    let segments = segments.map(|segment| if segment.starts_with('{') { "x" } else { segment });
    let path = segments.collect::<Vec<_>>().join("/");
    let request = client.request(operation.method.into(), path);
    let request = match operation.id {
        "listMyTasks" => request.query(&[("status", "perhaps")]),
        _ => request,
    };
    Box::pin(async move { request.send::<Value>().await.map(drop) })
}

async fn injected(report: &mut Report) {
    let stage = Stage::new().await;
    for id in INJECTED {
        let operation = tests::spec::operation(id);
        assert!(operation.parameters().next().is_none() && operation.body().is_none(), "{id}");
        stage.sandbox.faults().add(promised(id)).unwrap();
        let place = Place::bare(PROJECT);
        report.call("on demand", &stage, &calls::of(id), &place, 400).await;
    }
}

/// The 400 of the document.
fn promised(id: &str) -> Fault {
    let mut promises = tests::spec::promises(id).into_iter();
    let promise = promises.find(|promise| promise.status == 400).unwrap();
    let fault = Fault::status(400).body(promise.body.unwrap().to_string()).operation(id);
    let fault = fault.header("content-type", "application/json; charset=utf-8");
    promise.headers.into_iter().fold(fault, |fault, (name, value)| fault.header(name, value))
}

/// What is well formed and makes no sense as things are.
async fn senseless(report: &mut Report) {
    let stage = Stage::new().await;
    let (hanako, misaki) = (stage.client("hanako"), stage.client("misaki"));
    let (project, unread) = (hanako.room(PROJECT), Place::project(&stage.sandbox).unread);
    let room = hanako.create_room("No link", [HANAKO]).await.unwrap();
    let bare = hanako.room(room).link();
    for (name, id, call) in [
        (
            "more contacts than one may have",
            "acceptIncomingRequest",
            running(misaki.incoming_request(RequestId(1_205_003)).accept()),
        ),
        (
            "a room with a stranger",
            "createRoom",
            running(hanako.create_room("New", [HANAKO]).members([DAICHI])),
        ),
        (
            "a stranger as a member",
            "replaceRoomMembers",
            running(project.replace_members([HANAKO]).members([DAICHI])),
        ),
        ("read already", "markRoomMessagesRead", running(hanako.room(SALES).mark_read())),
        ("unread already", "markRoomMessagesUnread", running(project.mark_unread_from(&unread))),
        ("a second link", "createRoomLink", running(project.link().create())),
        ("a code that is taken", "createRoomLink", running(bare.create().code("sales"))),
        ("no link to replace", "replaceRoomLink", running(bare.replace())),
        ("no link to delete", "deleteRoomLink", running(bare.delete())),
    ] {
        report.expect(name, &stage, (id, 400), call).await;
    }
}
