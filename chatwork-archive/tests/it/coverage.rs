//! What the archive has of a room, and what it has not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chatwork_archive::{ArchiveError, LossReason, RoomId, Search};

use crate::support::{ROOM, Scene};

#[tokio::test]
async fn a_room_that_was_read_as_a_whole_lacks_nothing() {
    let scene = Scene::new(1).await;
    assert_eq!(scene.reader().coverage(ROOM).unwrap(), None);
    assert_eq!(scene.reader().last_run().unwrap(), None);
    scene.say("first").await;
    let last = scene.say("last").await;
    scene.sync().await;
    let coverage = scene.reader().coverage(ROOM).unwrap().unwrap();
    assert_eq!(coverage.newest.unwrap().0.0, last);
    assert!(coverage.from_the_beginning && coverage.gaps.is_empty());
    assert_eq!(scene.reader().rooms_with_gaps(None).unwrap(), []);
    assert_eq!(
        scene.reader().last_run().unwrap(),
        scene.reader().status(0.into()).unwrap().last_run
    );
    assert!(scene.reader().last_run().unwrap().is_some());
}

#[tokio::test]
async fn a_room_with_more_than_a_look_shows_has_a_gap_at_its_beginning() {
    let scene = Scene::new(1).await;
    scene.say_times(103).await;
    scene.sync().await;
    let coverage = scene.reader().coverage(ROOM).unwrap().unwrap();
    assert!(!coverage.from_the_beginning);
    assert_eq!(coverage.gaps.len(), 1);
    assert_eq!(coverage.gaps[0].reason, LossReason::BeforeFirstLook);
    assert_eq!(scene.reader().rooms_with_gaps(None).unwrap(), [ROOM]);
}

#[tokio::test]
async fn a_room_is_seen_with_its_entry_until_the_entry_changes() {
    let scene = Scene::new(1).await;
    scene.say("one").await;
    scene.sync().await;
    let entry = || async {
        let rooms = scene.me().rooms().await.unwrap();
        let room = rooms.iter().find(|room| room.room_id == ROOM).unwrap();
        (room.last_update_time, room.message_num)
    };
    let seen = || {
        let rooms = scene.reader().seen_rooms().unwrap();
        let room = rooms.into_iter().find(|room| room.room_id == ROOM).unwrap();
        (room.last_update_time, room.message_num)
    };
    assert_eq!(seen(), entry().await);
    scene.say("two").await;
    assert_ne!(seen(), entry().await);
}

#[tokio::test]
async fn a_reader_ends_its_queries_when_it_is_told_to() {
    let scene = Scene::new(1).await;
    scene.say_times(50).await;
    scene.sync().await;
    let is_over = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_over);
    let reader = scene.reader().stopping(move || seen.load(Ordering::Relaxed)).unwrap();
    let search = Search::new("number").room(RoomId(ROOM.0));
    assert_eq!(reader.search(&search).unwrap().hits.len(), 50);
    is_over.store(true, Ordering::Relaxed);
    assert!(matches!(reader.search(&search), Err(ArchiveError::Stopped)));
}
