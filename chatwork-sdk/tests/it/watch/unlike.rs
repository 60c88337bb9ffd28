//! A service that is not quite like the sandbox: it does not count edits as updates of the room,
//! lets messages vanish, gives numbers in another order, or lags behind.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sdk::MessageId;
use chatwork_sdk::watch::{Event, Rooms, Watch};
use serde_json::{Value, json};

use super::reader::{created, deleted, gaps, ids, texts, updated};
use super::scene::turns;
use crate::support::{Got, ROOM, Reply, Server};

const MINUTE: Duration = Duration::from_secs(60);
/// An hour before the date that all replies bear.
const HOUR_AGO: i64 = 1_750_827_600;

/// What the service shows of its only room.
#[derive(Default)]
struct Shown {
    messages: Vec<Value>,
    count: usize,
    /// The plan hides older ones.
    hides: bool,
    /// The field that is `null` in the list of rooms.
    spoilt: Option<String>,
    /// The field that is `null` in the reply to `GET /rooms/{room_id}`.
    spoilt_room: Option<String>,
    /// The field that is `null` in the reply to `GET /me`.
    spoilt_me: Option<String>,
}

pub(super) struct Service {
    pub(super) server: Server,
    shown: Arc<Mutex<Shown>>,
}

impl Service {
    pub(super) async fn new(messages: &[Value]) -> Self {
        let shown = Arc::new(Mutex::new(Shown::default()));
        let serving = shown.clone();
        let decide = move |got: &Got| answer(got, &serving.lock().unwrap()).into();
        let service = Self { server: Server::start(decide).await, shown };
        service.show(messages);
        service
    }

    pub(super) fn show(&self, messages: &[Value]) {
        let mut shown = self.shown.lock().unwrap();
        shown.messages = messages.to_vec();
        shown.count = messages.len();
    }

    pub(super) fn count(&self, count: usize) {
        self.shown.lock().unwrap().count = count;
    }

    pub(super) fn spoil_list(&self, field: &str) {
        self.shown.lock().unwrap().spoilt = Some(field.to_owned());
    }

    pub(super) fn spoil_room(&self, field: &str) {
        self.shown.lock().unwrap().spoilt_room = Some(field.to_owned());
    }

    pub(super) fn spoil_me(&self, field: &str) {
        self.shown.lock().unwrap().spoilt_me = Some(field.to_owned());
    }

    /// A watch that has seen what is shown.
    pub(super) async fn watch(&self) -> Watch {
        let mut watch = self.server.client().room(ROOM).watch_after(&id("0"));
        assert!(!events(&mut watch, MINUTE).await.is_empty());
        watch
    }

    /// What a watch tells after this is shown.
    async fn told(&self, watch: &mut Watch, messages: &[Value]) -> Vec<Event> {
        self.show(messages);
        events(watch, 2 * MINUTE).await
    }
}

fn answer(got: &Got, shown: &Shown) -> Reply {
    let path = got.path();
    if path.ends_with("/messages") {
        return match shown.messages.is_empty() {
            true => Reply::nothing(),
            false => Reply::json(200, &json!(shown.messages))
                .header("chatwork-message-limitation", &shown.hides.to_string()),
        };
    }
    if path.ends_with("/me") {
        let mut me = tests::spec::success("getMe").body.cloned().unwrap();
        if let Some(field) = &shown.spoilt_me {
            me[field] = json!(null);
        }
        return Reply::json(200, &me);
    }
    let mut room = tests::spec::success("getRoom").body.cloned().unwrap();
    room["room_id"] = json!(ROOM);
    room["last_update_time"] = json!(HOUR_AGO);
    room["message_num"] = json!(shown.count);
    if !path.ends_with("/rooms") {
        if let Some(field) = &shown.spoilt_room {
            room[field] = json!(null);
        }
        return Reply::json(200, &room);
    }
    if let Some(field) = &shown.spoilt {
        room[field] = json!(null);
    }
    Reply::json(200, &json!([room]))
}

fn message(id: &str, text: &str, updated: i64) -> Value {
    let mut message = tests::spec::success("getRoomMessage").body.cloned().unwrap();
    message["message_id"] = json!(id);
    message["body"] = json!(text);
    message["send_time"] = json!(HOUR_AGO - 60);
    message["update_time"] = json!(updated);
    message
}

/// Messages that say their numbers.
pub(super) fn messages<const N: usize>(numbers: [&str; N]) -> [Value; N] {
    numbers.map(|number| message(number, number, 0))
}

pub(super) fn id(number: &str) -> MessageId {
    MessageId(number.to_owned())
}

pub(super) async fn events(watch: &mut Watch, time: Duration) -> Vec<Event> {
    let mut events = Vec::new();
    let step = Duration::from_millis(500);
    for _ in 0..time.as_millis() / step.as_millis() {
        tokio::select! {
            biased;
            event = watch.next() => events.push(event.expect("the watch goes on")),
            () = turns() => tokio::time::advance(step).await,
        }
    }
    events
}

#[tokio::test(start_paused = true)]
async fn an_edit_that_the_list_of_rooms_does_not_show_is_found_in_time() {
    let service = Service::new(&messages(["1", "2"])).await;
    let client = service.server.client();
    let mut watch = client.watch(Rooms::All).after(ROOM, &id("1")).recheck(10 * MINUTE);
    assert_eq!(texts(&events(&mut watch, MINUTE).await), ["2"]);
    service.show(&[message("1", "1", 0), message("2", "edited", HOUR_AGO)]);
    assert!(events(&mut watch, 8 * MINUTE).await.is_empty());
    assert_eq!(texts(&events(&mut watch, 5 * MINUTE).await), ["edited"]);
}

#[tokio::test(start_paused = true)]
async fn the_second_look_can_be_turned_off() {
    let service = Service::new(&messages(["1", "2"])).await;
    let client = service.server.client();
    let mut watch = client.watch(Rooms::All).after(ROOM, &id("1")).recheck(Duration::MAX);
    events(&mut watch, MINUTE).await;
    service.show(&[message("1", "1", 0), message("2", "edited", HOUR_AGO)]);
    assert!(events(&mut watch, 60 * MINUTE).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_is_no_update_is_told_of() {
    let service = Service::new(&messages(["1", "2"])).await;
    let mut watch = service.watch().await;
    let now = [message("1", "[deleted]", 0), message("2", "2", 0)];
    assert_eq!(deleted(&service.told(&mut watch, &now).await), [id("1")]);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_vanishes_from_between_others_is_deleted_once() {
    let service = Service::new(&messages(["1", "2", "3"])).await;
    let mut watch = service.watch().await;
    let told = service.told(&mut watch, &messages(["1", "3"])).await;
    assert_eq!((deleted(&told), told.len()), (vec![id("2")], 1));
    assert!(service.told(&mut watch, &messages(["1", "2", "3"])).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_reply_of_a_server_that_lags_behind_tells_nothing_and_repeats_nothing() {
    let edited = [message("1", "1", 0), message("2", "edited", HOUR_AGO), message("3", "3", 0)];
    let service = Service::new(&edited).await;
    let mut watch = service.watch().await;
    assert!(service.told(&mut watch, &messages(["1", "2"])).await.is_empty());
    assert!(service.told(&mut watch, &[]).await.is_empty());
    assert!(service.told(&mut watch, &edited).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_room_that_counts_more_than_it_shows_is_read_seven_times() {
    let service = Service::new(&messages(["1", "2"])).await;
    let client = service.server.client();
    let mut watch = client.watch(Rooms::All).after(ROOM, &id("1")).recheck(Duration::MAX);
    events(&mut watch, MINUTE).await;
    service.server.take();
    service.count(3);
    assert!(events(&mut watch, 20 * MINUTE).await.is_empty());
    let got = service.server.take();
    assert_eq!(got.iter().filter(|got| got.path().ends_with("/messages")).count(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_room_that_shows_all_that_it_counts_is_read_once() {
    let service = Service::new(&messages(["1", "2"])).await;
    let client = service.server.client();
    let mut watch = client.watch(Rooms::All).after(ROOM, &id("1")).recheck(Duration::MAX);
    events(&mut watch, MINUTE).await;
    service.server.take();
    service.show(&messages(["1", "2", "3"]));
    assert_eq!(texts(&events(&mut watch, 20 * MINUTE).await), ["3"]);
    let got = service.server.take();
    assert_eq!(got.iter().filter(|got| got.path().ends_with("/messages")).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_message_that_appears_before_the_newest_is_told_of() {
    let service = Service::new(&messages(["1", "3"])).await;
    let mut watch = service.watch().await;
    let told = service.told(&mut watch, &messages(["1", "2", "3"])).await;
    assert_eq!((ids(&created(&told)), told.len()), (vec![id("2")], 1));
}

#[tokio::test(start_paused = true)]
async fn older_messages_that_move_up_are_not_new() {
    let service = Service::new(&messages(["5", "6", "7"])).await;
    let mut watch = service.watch().await;
    let told = service.told(&mut watch, &messages(["4", "5", "7"])).await;
    assert_eq!((deleted(&told), told.len()), (vec![id("6")], 1));
}

#[tokio::test(start_paused = true)]
async fn numbers_are_compared_as_numbers_whatever_their_length() {
    let big = "99999999999999999999999999";
    let service = Service::new(&messages(["998", "999"])).await;
    let mut watch = service.watch().await;
    let told = service.told(&mut watch, &messages([big, "999", "1000", "998"])).await;
    assert_eq!(texts(&told), ["1000", big]);
}

#[tokio::test(start_paused = true)]
async fn an_edit_and_a_deletion_in_one_look_come_in_order_with_new_messages() {
    let service = Service::new(&messages(["1", "2", "3"])).await;
    let mut watch = service.watch().await;
    let now = [
        message("1", "edited", HOUR_AGO),
        message("2", "[deleted]", HOUR_AGO),
        message("3", "3", 0),
        message("4", "4", 0),
    ];
    let told = service.told(&mut watch, &now).await;
    assert_eq!(ids(&updated(&told[..1])), [id("1")]);
    assert_eq!(deleted(&told[1..2]), [id("2")]);
    assert_eq!(ids(&created(&told[2..])), [id("4")]);
}

#[tokio::test(start_paused = true)]
async fn a_count_that_makes_no_sense_leaves_a_gap_of_unknown_length() {
    let service = Service::new(&messages(["1"])).await;
    let mut watch = service.watch().await;
    let many: Vec<_> = (1_000..1_100).map(|id| message(&id.to_string(), "x", 0)).collect();
    service.show(&many);
    service.count(50);
    let told = events(&mut watch, 2 * MINUTE).await;
    assert_eq!(gaps(&told).iter().map(|gap| gap.missing).collect::<Vec<_>>(), [None]);
    assert_eq!(created(&told).len(), 100);
}

#[tokio::test(start_paused = true)]
async fn what_a_plan_hides_at_the_old_end_was_not_deleted() {
    let service = Service::new(&messages(["1", "2", "3"])).await;
    let mut watch = service.watch().await;
    assert!(service.told(&mut watch, &messages(["3"])).await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_a_plan_hid_before_it_was_seen_is_a_gap() {
    let service = Service::new(&messages(["1", "2", "3"])).await;
    let mut watch = service.watch().await;
    service.shown.lock().unwrap().hides = true;
    service.show(&messages(["9", "10"]));
    service.count(10);
    let told = events(&mut watch, 2 * MINUTE).await;
    let gaps: Vec<_> = gaps(&told).iter().map(|gap| (gap.before.clone(), gap.missing)).collect();
    assert_eq!(gaps, [(id("9"), Some(5))]);
    assert_eq!(texts(&told), ["9", "10"]);
}

#[tokio::test(start_paused = true)]
async fn a_plan_that_hides_what_was_seen_leaves_no_gap() {
    let service = Service::new(&messages(["1", "2", "3"])).await;
    let mut watch = service.watch().await;
    service.shown.lock().unwrap().hides = true;
    service.show(&messages(["4"]));
    service.count(4);
    let told = events(&mut watch, 2 * MINUTE).await;
    assert!(gaps(&told).is_empty());
    assert_eq!(texts(&told), ["4"]);
}

/// The message, by the account that watches or by another one.
pub(super) fn by(mut message: Value, is_own: bool) -> Value {
    let me = tests::spec::success("getMe").body.cloned().unwrap();
    let me = me["account_id"].as_i64().unwrap();
    message["account"]["account_id"] = json!(if is_own { me } else { me + 1 });
    message
}

#[tokio::test(start_paused = true)]
async fn whatever_ends_an_own_message_is_no_event_if_own_messages_are_left_out() {
    for vanishes in [true, false] {
        let [one, two, three] = messages(["1", "2", "3"]);
        let (one, two, three) = (by(one, false), by(two, true), by(three, false));
        let service = Service::new(&[one.clone(), two, three.clone()]).await;
        let watch = service.server.client().room(ROOM).watch_after(&id("0"));
        let mut watch = watch.own_messages(false);
        assert_eq!(texts(&events(&mut watch, MINUTE).await), ["1", "3"]);
        let two = by(message("2", "[deleted]", HOUR_AGO), true);
        let now = if vanishes { vec![one, three] } else { vec![one, two, three] };
        assert!(service.told(&mut watch, &now).await.is_empty(), "{vanishes}");
    }
}
