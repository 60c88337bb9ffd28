//! 429 of both limits.

use chatwork_sandbox::{LimitSeed, World};
use chatwork_sdk::RateLimitName;

use crate::calls::all;
use crate::place::{PROJECT, Place};
use crate::report::Report;
use crate::stage::Stage;

pub(crate) async fn run(report: &mut Report) {
    account(report).await;
    posting(report).await;
}

/// An account that may make one request, and has made it.
async fn account(report: &mut Report) {
    let mut world = World::standard().unwrap();
    world.limits.account = Some(LimitSeed { requests: 1, seconds: 300 });
    let stage = Stage::of(world).await;
    stage.client("hanako").me().await.unwrap();
    let place = Place::project(&stage.sandbox);
    for call in all() {
        report.call("account's limit", &stage, &call, &place, 429).await;
    }
}

/// A room that has had as many posts as it may.
async fn posting(report: &mut Report) {
    let stage = Stage::new().await;
    let room = stage.client("hanako").room(PROJECT);
    for _ in 0..RateLimitName::RoomPosting.requests() {
        room.post("hi").await.unwrap();
    }
    let place = Place::project(&stage.sandbox);
    let limited = |limits: &[RateLimitName]| limits.contains(&RateLimitName::RoomPosting);
    for call in all().iter().filter(|call| limited(call.operation.rate_limits)) {
        report.call("room's limit", &stage, call, &place, 429).await;
    }
}
