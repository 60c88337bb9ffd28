//! The archive as the memory of the watch.

use std::time::Duration;

use chatwork_archive::SyncOptions;
use chatwork_sdk::MessageId;
use chatwork_sdk::watch::{Look, Watch};

use crate::support::{ROOM, Scene};

impl Scene {
    /// Takes looks until one shows something, and commits them.
    async fn next(&self, watch: &mut Watch) -> Look {
        loop {
            // Both clocks go while the watch waits.
            let look = tokio::select! {
                biased;
                look = watch.next_look() => look.expect("the watch goes on"),
                () = self.tick() => continue,
            };
            watch.commit().await.expect("committed");
            if !look.events.is_empty() {
                return look;
            }
        }
    }

    /// Takes and commits looks for so many seconds.
    async fn watch_for(&self, watch: &mut Watch, seconds: usize) {
        for _ in 0..seconds {
            tokio::select! {
                biased;
                look = watch.next_look() => {
                    look.expect("the watch goes on");
                    watch.commit().await.expect("committed");
                }
                () = self.tick() => {}
            }
        }
    }

    async fn tick(&self) {
        for _ in 0..50 {
            tokio::task::yield_now().await;
        }
        std::thread::sleep(Duration::from_micros(200));
        self.pass(1);
        tokio::time::advance(Duration::from_secs(1)).await;
    }
}

#[tokio::test]
async fn a_watch_goes_on_where_the_run_ended() {
    let scene = Scene::new(3).await;
    scene.say("one").await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.say("two").await;
    scene.next(&mut watch).await;
    let rows = scene.ask("SELECT body, source FROM messages ORDER BY id");
    assert_eq!(rows, [["one", "sync"], ["two", "follow"]]);
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000"), [["1"]]);
}

#[tokio::test]
async fn what_came_while_the_account_was_not_in_the_room_is_a_gap() {
    let scene = Scene::new(2).await;
    scene.say_times(50).await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.me().room(ROOM).leave().await.unwrap();
    scene.next(&mut watch).await;
    scene.say_times(150).await;
    // The watch lists the rooms without this one, so the messages are older than its latest list.
    scene.watch_for(&mut watch, 200).await;
    let added = scene.anna(ROOM).add_members(chatwork_sdk::Role::Member, [crate::support::ME]);
    added.await.unwrap();
    scene.watch_for(&mut watch, 200).await;
    assert_eq!(scene.ask("SELECT reason FROM gaps WHERE room_id = 1000"), [["too_many"]]);
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000").len(), 2);
}

#[tokio::test]
async fn a_gap_is_not_missed_if_the_watch_forgot_the_room() {
    let scene = Scene::new(2).await;
    scene.say_times(50).await;
    drop(scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap());
    scene.say_times(150).await;
    // As an SDK of another version finds it, after a run that listed the room and could not read it.
    let other = rusqlite::Connection::open(scene.path()).unwrap();
    other.execute_batch("UPDATE rooms SET watch = '{}' WHERE room_id = 1000").unwrap();
    let listed = "UPDATE settings SET value = ?1 WHERE name = 'watch_listed'";
    other.execute(listed, [scene.clock.now().to_string()]).unwrap();
    let store = scene.archive.watch_store();
    let mut watch = scene.me().watch(chatwork_sdk::watch::Rooms::All).store(store);
    tokio::time::pause();
    scene.watch_for(&mut watch, 100).await;
    assert_eq!(scene.ask("SELECT reason FROM gaps WHERE room_id = 1000"), [["too_many"]]);
}

#[tokio::test]
async fn a_run_after_a_watch_reads_no_room_that_the_watch_has_read() {
    let scene = Scene::new(2).await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.say("one").await;
    scene.next(&mut watch).await;
    drop(watch);
    tokio::time::resume();
    assert_eq!(scene.sync().await.rooms_looked, 0);
    scene.say("two").await;
    assert_eq!(scene.sync().await.changes.created, 1);
}

#[tokio::test]
async fn edits_and_deletions_are_kept_by_the_watch() {
    let scene = Scene::new(1).await;
    let (first, second) = (scene.say("draft").await, scene.say("secret").await);
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.anna(ROOM).message(MessageId(first)).edit("final").await.unwrap();
    scene.anna(ROOM).message(MessageId(second)).delete().await.unwrap();
    scene.say("more").await;
    scene.next(&mut watch).await;
    let rows = scene.ask("SELECT cause, body FROM revisions ORDER BY body");
    assert_eq!(rows, [["edit", "draft"], ["deletion", "secret"]]);
    let run = "SELECT created, edited, deleted FROM runs WHERE kind = 'follow'";
    assert_eq!(scene.ask(run), [["1", "1", "1"]]);
}

#[tokio::test]
async fn a_gap_that_the_watch_sees_is_kept_with_its_number() {
    let scene = Scene::new(1).await;
    scene.say("one").await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.say_times(104).await;
    scene.next(&mut watch).await;
    assert_eq!(scene.ask("SELECT reason, missing FROM gaps"), [["too_many", "4"]]);
}

#[tokio::test]
async fn exactly_100_that_came_between_two_looks_of_the_watch_leave_no_gap() {
    let scene = Scene::new(1).await;
    scene.say("one").await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.say_times(100).await;
    scene.next(&mut watch).await;
    assert_eq!(scene.count("SELECT count(*) FROM gaps"), 0);
    assert_eq!(scene.ask("SELECT begins FROM spans WHERE room_id = 1000"), [["1"]]);
}

#[tokio::test]
async fn a_watch_resumes_after_a_restart_and_stores_nothing_twice() {
    let scene = Scene::new(2).await;
    scene.say("one").await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.say("two").await;
    scene.next(&mut watch).await;
    drop(watch);
    scene.say("three").await;
    let mut watch =
        scene.me().watch(chatwork_sdk::watch::Rooms::All).store(scene.archive.watch_store());
    let look = scene.next(&mut watch).await;
    assert_eq!(look.events.len(), 1);
    let rows = scene.ask("SELECT body FROM messages WHERE room_id = 1000 ORDER BY id");
    assert_eq!(rows, [["one"], ["two"], ["three"]]);
}

#[tokio::test]
async fn a_room_that_is_joined_later_gets_its_name() {
    let scene = Scene::new(1).await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    let anna = scene.client("anna");
    let room = anna.create_room("新しい部屋", [crate::support::ANNA]).await.unwrap();
    let added = anna.room(room).add_members(chatwork_sdk::Role::Member, [crate::support::ME]);
    added.await.unwrap();
    scene.pass(60);
    let look = scene.next(&mut watch).await;
    scene.archive.note_joined(&scene.me(), &look.events).await.unwrap();
    let name = format!("SELECT name FROM rooms WHERE room_id = {room}");
    assert_eq!(scene.ask(&name), [["新しい部屋"]]);
}

#[tokio::test]
async fn a_room_that_is_left_is_marked_by_the_watch() {
    let scene = Scene::new(2).await;
    scene.say("kept").await;
    let mut watch = scene.archive.follow(&scene.me(), &SyncOptions::new()).await.unwrap();
    tokio::time::pause();
    scene.me().room(ROOM).leave().await.unwrap();
    scene.next(&mut watch).await;
    assert_eq!(scene.ask("SELECT left_at > 0 FROM rooms WHERE room_id = 1000"), [["1"]]);
}
