//! What a watch asks, and how often.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};
use std::time::Duration;

use chatwork_sdk::watch::Rooms;
use futures_core::Stream;

use super::reader::texts;
use super::scene::{Scene, at_once, room_id, turns};

const MINUTE: Duration = Duration::from_secs(60);

#[tokio::test(start_paused = true)]
async fn a_quiet_round_costs_one_request() {
    let scene = Scene::new(300).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, 9 * MINUTE).await;
    assert_eq!(scene.count("listRooms"), scene.asked().len());
}

#[tokio::test(start_paused = true)]
async fn quiet_rounds_are_up_to_a_minute_apart_and_lively_ones_five_seconds() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All).recheck(Duration::MAX);
    scene.watch(&mut watch, 10 * MINUTE).await;
    let before = scene.count("listRooms");
    scene.watch(&mut watch, 10 * MINUTE).await;
    assert!((9..=11).contains(&(scene.count("listRooms") - before)));
    let before = scene.count("listRooms");
    for index in 0..60 {
        scene.say(&index.to_string()).await;
        scene.watch(&mut watch, Duration::from_secs(5)).await;
    }
    let lively = scene.count("listRooms") - before;
    assert!((40..=60).contains(&lively), "{lively}");
}

#[tokio::test(start_paused = true)]
async fn the_interval_can_be_set() {
    let scene = Scene::new(3).await;
    let (floor, ceiling) = (Duration::from_secs(20), Duration::from_secs(20));
    let mut watch = scene.bot().watch(Rooms::All).interval(floor, ceiling);
    scene.watch(&mut watch, 5 * MINUTE).await;
    assert!((14..=16).contains(&scene.count("listRooms")), "{}", scene.count("listRooms"));
}

#[tokio::test(start_paused = true)]
async fn a_room_alone_costs_one_request_a_round() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().room(room_id(0)).watch();
    scene.watch(&mut watch, MINUTE).await;
    let before = scene.asked().len();
    scene.watch(&mut watch, 10 * MINUTE).await;
    let asked = scene.asked().split_off(before);
    assert!((9..=11).contains(&asked.len()), "{}", asked.len());
    assert!(asked.iter().all(|it| it.operation.as_deref() == Some("listRoomMessages")));
    assert_eq!(scene.count("getRoom"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_quiet_room_is_looked_at_every_ten_minutes_or_so() {
    let scene = Scene::new(1).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, 60 * MINUTE).await;
    let looks = scene.asked().into_iter().filter(|it| it.path.ends_with("/1000/messages")).count();
    assert!((4..=6).contains(&looks), "{looks}");
}

#[tokio::test(start_paused = true)]
async fn the_reserve_is_left_to_other_calls() {
    let scene = Scene::new(280).await;
    let bot = scene.bot();
    let mut watch = bot.watch(Rooms::All).reserve(100);
    scene.watch(&mut watch, MINUTE).await;
    for index in 0..280 {
        let room = scene.person(super::scene::PEOPLE[1 + index % 5]).room(room_id(index));
        at_once(async { room.post("hi").await }).await.unwrap();
    }
    let events = scene.watch(&mut watch, MINUTE).await;
    assert!(events.len() < 200);
    assert_eq!(bot.rate_limit().unwrap().remaining, 100);
    // The owner's own calls need not wait.
    for _ in 0..50 {
        at_once(async { bot.me().await }).await.unwrap();
    }
    let rest = scene.watch(&mut watch, 10 * MINUTE).await;
    assert_eq!(events.len() + rest.len(), 280);
}

#[tokio::test(start_paused = true)]
async fn dear_rounds_are_spread_over_the_limits_window() {
    let scene = Scene::new(50).await;
    let bot = scene.bot();
    let mut watch = bot.watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let mut told = 0;
    // Each of 50 rooms has something to say, all the time: five minutes have 240 requests for it.
    for turn in 0..60 {
        for index in (0..50).filter(|index| turn % 5 == index % 5) {
            let room = scene.person(super::scene::PEOPLE[1 + index % 5]).room(room_id(index));
            at_once(async { room.post("hi").await }).await.unwrap();
        }
        told += scene.watch(&mut watch, Duration::from_secs(5)).await.len();
        let remaining = bot.rate_limit().unwrap().remaining;
        assert!(remaining >= 60, "{remaining}");
    }
    assert!(told > 100, "{told}");
    let lists = scene.asked().into_iter().filter(|it| it.operation.as_deref() == Some("listRooms"));
    let times: Vec<_> = lists.map(|it| it.at).collect();
    let longest = times.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
    assert!(longest <= 120, "{longest} in {times:?}");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_asked_while_nobody_waits_for_an_event() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    let asked = scene.asked().len();
    for _ in 0..100 {
        scene.say("hi").await;
        scene.pass(MINUTE).await;
        turns().await;
    }
    assert_eq!(scene.asked().len(), asked);
    assert_eq!(texts(&scene.watch(&mut watch, MINUTE).await).len(), 100);
}

#[tokio::test(start_paused = true)]
async fn dropping_the_wait_for_an_event_loses_nothing_and_costs_nothing() {
    let scene = Scene::new(3).await;
    let mut watch = scene.bot().watch(Rooms::All);
    scene.watch(&mut watch, MINUTE).await;
    scene.say_times(20).await;
    let asked = scene.asked().len();
    let mut told = Vec::new();
    for _ in 0..4_000 {
        // Polled once, and dropped.
        let polled = pin!(watch.next()).as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if let std::task::Poll::Ready(event) = polled {
            told.push(event.unwrap());
        }
        tokio::task::yield_now().await;
        scene.pass(Duration::from_millis(20)).await;
    }
    assert_eq!(texts(&told).len(), 20);
    assert!(scene.asked().len() - asked < 12, "{}", scene.asked().len() - asked);
}

#[tokio::test(start_paused = true)]
async fn it_is_a_stream() {
    let scene = Scene::new(3).await;
    let start = scene.say("start").await;
    scene.say("hi").await;
    let mut watch = scene.bot().room(room_id(0)).watch_after(&start);
    let event = std::future::poll_fn(|cx| Pin::new(&mut watch).poll_next(cx));
    assert_eq!(texts(&[at_once(event).await.unwrap()]), ["hi"]);
}

#[test]
fn a_watch_can_be_sent_to_another_thread() {
    fn sends<T: Send + Unpin>() {}
    sends::<chatwork_sdk::watch::Watch>();
}
