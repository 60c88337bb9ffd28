//! 204 of empty lists.

use chatwork_sandbox::World;

use crate::calls::all;
use crate::place::Place;
use crate::report::Report;
use crate::stage::Stage;

/// Somebody who is alone.
const ALONE: &str = "accounts: [{ key: hanako, id: 1484814, name: Hanako, token: alone }]";

pub(crate) async fn run(report: &mut Report) {
    let stage = Stage::of(World::parse(ALONE).unwrap()).await;
    let place = Place::bare(stage.sandbox.account("hanako").unwrap().room_id);
    for call in all() {
        if call.may_answer(200) && call.may_answer(204) {
            report.call("nothing there", &stage, &call, &place, 204).await;
        }
    }
}
