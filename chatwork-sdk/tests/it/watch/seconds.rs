//! What happens twice in one second: times have whole seconds, so the list of rooms shows it once.

use std::time::Duration;

use chatwork_sdk::watch::{Rooms, Watch};

use super::reader::{deleted, texts};
use super::scene::{Scene, at_once, room_id};

const MINUTE: Duration = Duration::from_secs(60);

/// A watch that has looked at the first room in the very second in which something was said there.
async fn looked(scene: &Scene) -> Watch {
    let mut watch = scene.bot().watch(Rooms::All).interval(Duration::from_secs(1), MINUTE);
    scene.watch(&mut watch, Duration::from_secs(10)).await;
    scene.say("first").await;
    watch
}

/// Takes one event while the clock stands.
async fn first(watch: &mut Watch) -> String {
    // The pause between two rounds is tokio's time, which the sandbox does not see.
    for _ in 0..120 {
        let event = tokio::select! {
            biased;
            event = watch.next() => event.expect("the watch goes on"),
            () = super::scene::turns() => {
                tokio::time::advance(Duration::from_secs(1)).await;
                continue;
            }
        };
        return texts(&[event]).remove(0);
    }
    panic!("nothing came");
}

#[tokio::test(start_paused = true)]
async fn a_message_in_the_second_of_a_look_is_not_lost() {
    let scene = Scene::new(2).await;
    let mut watch = looked(&scene).await;
    assert_eq!(first(&mut watch).await, "first");
    scene.say("second").await;
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["second"]);
}

#[tokio::test(start_paused = true)]
async fn an_edit_in_the_second_of_an_edit_is_not_lost() {
    let scene = Scene::new(2).await;
    let mut watch = scene.bot().watch(Rooms::All).interval(Duration::from_secs(1), MINUTE);
    let id = scene.say("first").await;
    scene.pass(MINUTE).await;
    scene.watch(&mut watch, MINUTE).await;
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.edit("second").await }).await.unwrap();
    assert_eq!(first(&mut watch).await, "second");
    at_once(async { message.edit("third").await }).await.unwrap();
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await), ["third"]);
}

#[tokio::test(start_paused = true)]
async fn a_deletion_in_the_second_of_a_look_is_not_lost() {
    let scene = Scene::new(2).await;
    let mut watch = looked(&scene).await;
    assert_eq!(first(&mut watch).await, "first");
    let room = scene.sandbox.state();
    let id = room.room(room_id(0)).unwrap().messages.last().unwrap().id.into();
    let message = scene.anna(room_id(0)).message(&id);
    at_once(async { message.delete().await }).await.unwrap();
    assert_eq!(deleted(&scene.watch(&mut watch, MINUTE).await), [id]);
}

#[tokio::test(start_paused = true)]
async fn a_room_that_falls_silent_is_left_alone_after_a_second_look() {
    let scene = Scene::new(2).await;
    let mut watch = looked(&scene).await;
    scene.watch(&mut watch, MINUTE).await;
    let looks = scene.count("listRoomMessages");
    assert!(looks <= 3, "{looks}");
    scene.watch(&mut watch, 5 * MINUTE).await;
    assert_eq!(scene.count("listRoomMessages"), looks);
}
