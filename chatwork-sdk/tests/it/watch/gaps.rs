//! More messages than the API shows.

use std::time::Duration;

use chatwork_sandbox::Fault;
use chatwork_sdk::UnixTime;
use chatwork_sdk::watch::{Rooms, Watch};

use super::reader::{created, failures, gaps, texts};
use super::scene::{Scene, room_id};

const MINUTE: Duration = Duration::from_secs(60);

/// A watch that has seen the first room, and looks at it again within a minute.
async fn watching(scene: &Scene, mut watch: Watch) -> Watch {
    scene.watch(&mut watch, MINUTE).await;
    scene.say("seen").await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(texts(&events), ["seen"]);
    watch
}

#[tokio::test(start_paused = true)]
async fn a_hundred_messages_between_two_looks_are_no_gap() {
    let scene = Scene::new(2).await;
    let mut watch = watching(&scene, scene.bot().watch(Rooms::All)).await;
    scene.say_times(100).await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((gaps(&events).len(), created(&events).len()), (0, 100));
}

#[tokio::test(start_paused = true)]
async fn a_hundred_and_one_are_a_gap_of_one() {
    let scene = Scene::new(2).await;
    let mut watch = watching(&scene, scene.bot().watch(Rooms::All)).await;
    let lost = scene.say("lost").await;
    scene.pass(Duration::from_secs(3)).await;
    scene.say_times(100).await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!((gaps(&events).len(), created(&events).len()), (1, 100));
    let gap = gaps(&events)[0];
    assert_eq!((gap.room_id, gap.missing), (room_id(0), Some(1)));
    let after = gap.after.clone().unwrap();
    assert!(after.0 < lost.0 && lost.0 < gap.before.0, "{gap:?}");
    assert!(gap.since.unwrap() < gap.until, "{gap:?}");
}

#[tokio::test(start_paused = true)]
async fn the_report_of_a_round_counts_a_gap_as_an_event() {
    let scene = Scene::new(2).await;
    let mut watch = watching(&scene, scene.bot().watch(Rooms::All)).await;
    let health = watch.health();
    scene.say_times(150).await;
    let mut most = 0;
    for _ in 0..60 {
        scene.watch(&mut watch, Duration::from_secs(2)).await;
        most = most.max(health.last_round().map_or(0, |round| round.events));
    }
    assert_eq!(most, 101);
}

#[tokio::test(start_paused = true)]
async fn a_gap_comes_before_the_messages_after_it() {
    let scene = Scene::new(2).await;
    let mut watch = watching(&scene, scene.bot().watch(Rooms::All)).await;
    scene.say_times(150).await;
    let events = scene.watch(&mut watch, 2 * MINUTE).await;
    assert_eq!(gaps(&events[..1]).len(), 1);
    assert_eq!(gaps(&events)[0].missing, Some(50));
    assert_eq!(created(&events)[0].message_id, gaps(&events)[0].before);
}

#[tokio::test(start_paused = true)]
async fn a_room_that_was_never_looked_at_has_exact_gaps_too() {
    for (posted, expected) in [(100, None), (101, Some(1)), (177, Some(77))] {
        let scene = Scene::new(2).await;
        let mut watch = scene.bot().watch(Rooms::All);
        scene.watch(&mut watch, MINUTE).await;
        scene.say_times(posted).await;
        let events = scene.watch(&mut watch, 2 * MINUTE).await;
        let missing: Vec<_> = gaps(&events).iter().map(|gap| gap.missing).collect();
        assert_eq!(missing, Vec::from_iter(expected.map(Some)), "{posted}");
        assert_eq!(created(&events).len(), 100);
        if let Some(gap) = gaps(&events).first() {
            assert_eq!((gap.after.clone(), gap.since.is_some()), (None, true));
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_was_lively_at_the_start_has_exact_gaps_too() {
    for (posted, expected) in [(100, None), (101, Some(1))] {
        let scene = Scene::new(2).await;
        scene.say("before").await;
        let mut watch = scene.bot().watch(Rooms::All);
        assert!(scene.watch(&mut watch, MINUTE).await.is_empty());
        scene.say_times(posted).await;
        let events = scene.watch(&mut watch, 2 * MINUTE).await;
        let missing: Vec<_> = gaps(&events).iter().map(|gap| gap.missing).collect();
        assert_eq!(missing, Vec::from_iter(expected.map(Some)), "{posted}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_watched_alone_has_exact_gaps_too() {
    for (posted, expected) in [(100, None), (101, Some(1)), (177, Some(77))] {
        let scene = Scene::new(2).await;
        let mut watch = watching(&scene, scene.bot().room(room_id(0)).watch()).await;
        scene.say_times(posted).await;
        let events = scene.watch(&mut watch, 2 * MINUTE).await;
        let missing: Vec<_> = gaps(&events).iter().map(|gap| gap.missing).collect();
        assert_eq!(missing, Vec::from_iter(expected.map(Some)), "{posted}");
        assert_eq!(created(&events).len(), 100);
    }
}

#[tokio::test(start_paused = true)]
async fn a_count_that_cannot_be_had_delays_a_gap_and_blurs_none() {
    for (posted, expected) in [(100, None), (101, Some(1))] {
        let scene = Scene::new(2).await;
        let mut watch = watching(&scene, scene.person("bot").watch(Rooms::All)).await;
        scene.sandbox.faults().add(Fault::status(500).operation("getRoom").times(3)).unwrap();
        scene.say_times(posted).await;
        let events = scene.watch(&mut watch, 5 * MINUTE).await;
        let missing: Vec<_> = gaps(&events).iter().map(|gap| gap.missing).collect();
        assert_eq!((missing, failures(&events)), (Vec::from_iter(expected.map(Some)), 3));
        assert_eq!(created(&events).len(), 100);
    }
}

#[tokio::test(start_paused = true)]
async fn gaps_follow_gaps() {
    let scene = Scene::new(2).await;
    let mut watch = watching(&scene, scene.bot().watch(Rooms::All)).await;
    for lost in [1, 30, 2] {
        scene.say_times(100 + lost).await;
        let events = scene.watch(&mut watch, 2 * MINUTE).await;
        let missing = gaps(&events).iter().map(|gap| gap.missing).collect::<Vec<_>>();
        assert_eq!(missing, [Some(u64::try_from(lost).unwrap())]);
        scene.pass(5 * MINUTE).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_gap_behind_a_start_point_is_told_of() {
    let scene = Scene::new(2).await;
    let start = scene.say("start").await;
    scene.say_times(120).await;
    scene.pass(MINUTE).await;
    let mut watch = scene.bot().watch(Rooms::All).after(room_id(0), &start);
    let events = scene.watch(&mut watch, MINUTE).await;
    assert_eq!(gaps(&events).len(), 1);
    let gap = gaps(&events)[0];
    assert_eq!((gap.after.clone(), gap.since, gap.missing), (Some(start), None, None));
    assert!(gap.until > UnixTime(0));
    assert_eq!(created(&events).len(), 100);
}
