//! 200, and 204 where that is the only success.

use crate::calls::{all, running};
use crate::place::{PROJECT, Place};
use crate::report::Report;
use crate::stage::Stage;

pub(crate) async fn run(report: &mut Report) {
    for call in all() {
        let stage = Stage::new().await;
        if call.name == "create_link" {
            stage.client("hanako").room(PROJECT).link().delete().await.unwrap();
        }
        let place = Place::project(&stage.sandbox);
        let status = if call.may_answer(200) { 200 } else { 204 };
        report.call("goes well", &stage, &call, &place, status).await;
    }
    free_plan(report).await;
}

/// Headers report what the free plan hides.
async fn free_plan(report: &mut Report) {
    let stage = Stage::new().await;
    let list = running(stage.client("alex").room(PROJECT).latest_messages());
    report.expect("free plan: list", &stage, ("listRoomMessages", 200), list).await;
}
