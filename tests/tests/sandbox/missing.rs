//! 404.

use crate::calls::{all, running};
use crate::place::{PROJECT, Place, message};
use crate::report::Report;
use crate::stage::Stage;

pub(crate) async fn run(report: &mut Report) {
    let stage = Stage::new().await;
    let place = Place::bare(PROJECT);
    // Marking everything as read names no message that could be missing.
    let of_one = |name| name != "mark_read";
    for call in all().iter().filter(|call| call.may_answer(404) && of_one(call.name)) {
        report.call("not there", &stage, call, &place, 404).await;
    }
    hidden(report).await;
}

/// A message that the free plan hides is not there either, and a header says why.
async fn hidden(report: &mut Report) {
    let stage = Stage::new().await;
    let old = message(&stage.sandbox, |message| message.body.starts_with("プロジェクトを"));
    let call = running(stage.client("alex").room(PROJECT).message(&old).get());
    report.expect("hidden by the plan", &stage, ("getRoomMessage", 404), call).await;
}
