//! 403 of rooms, and of what one may not do in them.

use chatwork_sdk::{RoomId, Upload};

use crate::calls::{all, running};
use crate::place::{DIRECT, HANAKO, KEN, NOTES, PROJECT, Place, SALES, message};
use crate::report::Report;
use crate::stage::Stage;

/// A room that is not there.
const NOWHERE: RoomId = RoomId(404_404);

pub(crate) async fn run(report: &mut Report) {
    let stage = Stage::new().await;
    let place = Place { room: NOWHERE, ..Place::project(&stage.sandbox) };
    for call in all().iter().filter(|call| call.is_of_a_room()) {
        report.call("no such room", &stage, call, &place, 403).await;
    }
    rights(report).await;
}

async fn rights(report: &mut Report) {
    let stage = Stage::new().await;
    let hanako = stage.client("hanako");
    let (project, sales) = (hanako.room(PROJECT), hanako.room(SALES));
    let (notes, direct) = (hanako.room(NOTES), hanako.room(DIRECT));
    let of_ken = message(&stage.sandbox, |message| message.account == KEN && !message.system);
    let system = message(&stage.sandbox, |message| message.system && message.account == HANAKO);
    let upload = Upload::bytes("a.txt", "content");
    for (name, id, call) in [
        ("a member renames", "updateRoom", running(sales.update().name("New"))),
        ("a member deletes", "deleteOrLeaveRoom", running(sales.delete())),
        ("leaves a direct chat", "deleteOrLeaveRoom", running(direct.leave())),
        ("a member sets members", "replaceRoomMembers", running(sales.replace_members([HANAKO]))),
        ("a reader posts", "createRoomMessage", running(notes.post("hi"))),
        ("a reader adds a task", "createRoomTask", running(notes.create_task("do", [HANAKO]))),
        ("a reader uploads", "uploadRoomFile", running(notes.upload(upload))),
        ("edits another's", "updateRoomMessage", running(project.message(&of_ken).edit("x"))),
        ("deletes another's", "deleteRoomMessage", running(project.message(&of_ken).delete())),
        ("edits the system's", "updateRoomMessage", running(project.message(&system).edit("x"))),
        ("deletes the system's", "deleteRoomMessage", running(project.message(&system).delete())),
        ("a member makes a link", "createRoomLink", running(sales.link().create())),
        ("a member replaces a link", "replaceRoomLink", running(sales.link().replace())),
        ("a member deletes a link", "deleteRoomLink", running(sales.link().delete())),
    ] {
        report.expect(name, &stage, (id, 403), call).await;
    }
}
