//! Codes of requests: what Chatwork answers, and what the network does.

use std::time::Duration;

use chatwork_sandbox::{Fault, FaultLimit};
use chatwork_sdk::RoomId;

use crate::support::{Desk, ROOM, Ran, finish};

/// Runs a command as hanako while a fault happens to an operation.
async fn with(fault: Fault, operation: &str, args: &[&str]) -> Ran {
    let desk = Desk::of("hanako").await;
    desk.sandbox.faults().add(fault.operation(operation).times(9)).unwrap();
    desk.run(&[args, &["--json"]].concat())
}

pub(super) async fn run(code: &str) -> Option<Ran> {
    let (me, send) = (&["me"][..], &["send", ROOM, "x"][..]);
    let ran = match code {
        "rate_limited" => {
            let desk = Desk::of("hanako").await;
            let status = ["status", "--max-wait", "0", "--json"];
            desk.run(&status).ok();
            let fault = Fault::rate_limit(FaultLimit::Account).operation("getMyStatus");
            desk.sandbox.faults().add(fault).unwrap();
            let ran = desk.run(&status);
            let error = super::reported(&ran);
            assert_eq!(
                (&error["operation"], &error["status"]),
                (&"getMyStatus".into(), &429.into())
            );
            ran
        }
        "forbidden" => Desk::of("hanako").await.run(&["rooms", "view", "1", "--json"]),
        "not_found" => {
            let message = format!("{ROOM}-1");
            Desk::of("hanako").await.run(&["messages", "view", &message, "--json"])
        }
        "hidden" => {
            let desk = Desk::of("alex").await;
            let messages = desk.client("misaki").room(RoomId(31_120_488)).latest_messages().await;
            let message = format!("31120488-{}", messages.unwrap().first().unwrap().message_id);
            desk.run(&["messages", "view", &message, "--json"])
        }
        "refused" => with(Fault::status(400), "getMe", me).await,
        "service" => with(Fault::status(500), "createRoomMessage", send).await,
        "network" => with(Fault::close(), "createRoomMessage", send).await,
        "timeout" => {
            let fault = Fault::delay(Duration::from_secs(600));
            with(fault, "createRoomMessage", send).await
        }
        "unreadable" => with(Fault::status(200).body("no JSON"), "getMe", me).await,
        "unreachable" => {
            let desk = Desk::new().await;
            let mut command = desk.command(&["send", "1", "x", "--json"]);
            command.env("CHATWORK_API_BASE_URL", "http://127.0.0.1:1/v2");
            command.env("CHATWORK_API_TOKEN", "token");
            finish(command, b"")
        }
        _ => return None,
    };
    Some(ran)
}
