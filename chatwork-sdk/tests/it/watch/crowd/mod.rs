//! 300 rooms, five people who post, edit and delete at random, faults, restarts: everything at
//! once, and nothing lost.

mod ledger;
mod people;

use std::time::Duration;

use chatwork_sdk::watch::{Rooms, Watch, WatchState};
use fastrand::Rng;

use self::ledger::Ledger;
use self::people::Crowd;
use super::scene::Scene;

const ROOMS: usize = 300;
const STEP: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn nothing_is_lost_or_told_twice_among_300_rooms_with_faults_and_restarts() {
    let scene = Scene::new(ROOMS).await;
    let mut crowd = Crowd::new(&scene, Rng::with_seed(20_261_121));
    let mut watch = scene.bot().watch(Rooms::All);
    let mut ledger = Ledger::new(&scene.sandbox.state());
    ledger.follow(&scene, &mut watch, 10).await;

    let mut turns = 0;
    while crowd.is_busy() {
        crowd.act().await;
        ledger.follow(&scene, &mut watch, 1).await;
        turns += 1;
        match turns {
            300 | 700 | 1_100 => {
                ledger.begin_burst(&scene, &mut watch, &mut crowd).await;
                watch = restart(&scene, &watch, &mut crowd).await;
            }
            _ if turns % 60 == 0 => crowd.break_something(),
            _ if turns % 230 == 0 => crowd.burst().await,
            _ => {}
        }
    }
    scene.sandbox.faults().clear();
    ledger.follow(&scene, &mut watch, 1_200).await;

    ledger.check(&scene.sandbox.state());
    assert!(ledger.gaps.len() >= 3 && ledger.created > 1_500, "{ledger:?}");
    assert!(ledger.updated > 100 && ledger.deleted > 100 && ledger.failed > 3, "{ledger:?}");
}

/// Another process: all that it has is what was saved. People do not wait for it.
async fn restart(scene: &Scene, watch: &Watch, crowd: &mut Crowd<'_>) -> Watch {
    let saved = serde_json::to_string(watch.state()).unwrap();
    for _ in 0..20 {
        crowd.act().await;
        scene.pass(STEP).await;
    }
    let state: WatchState = serde_json::from_str(&saved).unwrap();
    scene.bot().watch(Rooms::All).resume(state)
}
