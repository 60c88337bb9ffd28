//! A sandbox with people in it, and time that is moved.

use std::pin::pin;
use std::time::Duration;

use chatwork_sandbox::{Clock, LoggedRequest, Sandbox, World};
use chatwork_sdk::watch::{Event, Watch};
use chatwork_sdk::{
    AccountId, Client, MessageId, Pacing, RetryPolicy, Role, RoomHandle, RoomId, reqwest,
};
use serde_json::json;
use tokio::task::yield_now;

use crate::support::{builder, http};

/// When it all begins.
pub(crate) const START: i64 = 1_750_831_200;
/// The people; the first of them watches, and is in every room of the world.
pub(crate) const PEOPLE: [&str; 6] = ["bot", "anna", "bob", "carol", "dave", "erin"];
/// How far time goes at once.
const STEP: Duration = Duration::from_millis(500);
/// How often sockets get their turn in between.
const TURNS: usize = 8;

/// A sandbox, and who acts in it.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    clock: Clock,
    http: reqwest::Client,
}

impl Scene {
    /// A world with so many rooms, and everybody in each of them. Tokio's time must be paused.
    pub(crate) async fn new(rooms: usize) -> Self {
        let ids: Vec<RoomId> = (0..rooms).map(room_id).collect();
        let clock = Clock::manual(START);
        let sandbox = Sandbox::builder().clock(clock.clone()).world(world(&ids));
        let sandbox = sandbox.start().await.expect("a sandbox");
        // My Chats are as old as the sandbox: after this, nothing has happened lately.
        clock.advance(Duration::from_secs(60));
        Self { sandbox, clock, http: http() }
    }

    /// Somebody's client, which neither waits nor repeats.
    pub(crate) fn person(&self, key: &str) -> Client {
        let builder = builder(&self.sandbox.base_url()).http_client(self.http.clone());
        let builder = builder.token(self.sandbox.token(key)).pacing(Pacing::off());
        builder.retry(RetryPolicy::off()).build().expect("a client")
    }

    /// A client as a bot has it.
    pub(crate) fn bot(&self) -> Client {
        let builder = builder(&self.sandbox.base_url()).http_client(self.http.clone());
        builder.token(self.sandbox.token("bot")).build().expect("a client")
    }

    pub(crate) fn account(&self, key: &str) -> AccountId {
        self.sandbox.account(key).expect("somebody").account_id
    }

    /// Anna's hands in a room.
    pub(crate) fn anna(&self, room: RoomId) -> RoomHandle {
        self.person("anna").room(room)
    }

    /// Anna says something in the first room.
    pub(crate) async fn say(&self, text: &str) -> MessageId {
        at_once(async { self.anna(room_id(0)).post(text).await }).await.expect("posted")
    }

    /// The same, so many times.
    pub(crate) async fn say_times(&self, times: usize) {
        for index in 0..times {
            self.say(&format!("{index}")).await;
        }
    }

    /// Anna makes a room with the bot and everybody else.
    pub(crate) async fn new_room(&self) -> RoomId {
        let room = self.new_room_without_bot().await;
        self.add_bot(room).await;
        room
    }

    /// The same, without the bot.
    pub(crate) async fn new_room_without_bot(&self) -> RoomId {
        let (anna, account) = (self.person("anna"), self.account("anna"));
        at_once(async { anna.create_room("new", [account]).await }).await.expect("a room")
    }

    /// Anna lets the bot in.
    pub(crate) async fn add_bot(&self, room: RoomId) {
        let (room, bot) = (self.anna(room), self.account("bot"));
        let added = at_once(async { room.add_members(Role::Member, [bot]).await }).await;
        added.expect("the bot is a contact of Anna's");
    }

    /// Lets time pass while nobody watches.
    pub(crate) async fn pass(&self, time: Duration) {
        self.clock.advance(time);
        tokio::time::advance(time).await;
    }

    /// Lets time pass. Gives what the watch tells in it.
    pub(crate) async fn watch(&self, watch: &mut Watch, time: Duration) -> Vec<Event> {
        let mut events = Vec::new();
        for _ in 0..time.as_millis().div_ceil(STEP.as_millis()) {
            while let Some(event) = self.step(watch).await {
                events.push(event);
            }
        }
        events
    }

    /// The next event; nothing when a step of time passes before there is one.
    pub(crate) async fn step(&self, watch: &mut Watch) -> Option<Event> {
        tokio::select! {
            biased;
            event = watch.next() => event,
            () = turns() => {
                self.pass(STEP).await;
                None
            }
        }
    }

    /// What the bot has asked, in order, as far as the sandbox remembers.
    pub(crate) fn asked(&self) -> Vec<LoggedRequest> {
        let requests = self.sandbox.requests().into_iter();
        requests.filter(|request| request.account.as_deref() == Some("bot")).collect()
    }

    /// How often the bot has asked this.
    pub(crate) fn count(&self, operation: &str) -> usize {
        let is = |request: &&LoggedRequest| request.operation.as_deref() == Some(operation);
        self.asked().iter().filter(is).count()
    }
}

/// Does what needs sockets alone, in no time.
pub(crate) async fn at_once<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            result = &mut work => return result,
            () = yield_now() => {}
        }
    }
}

/// Lets everything else have its turn.
pub(crate) async fn turns() {
    for _ in 0..TURNS {
        yield_now().await;
    }
}

/// The id of a room of the world, by its place.
pub(crate) fn room_id(index: usize) -> RoomId {
    RoomId(1_000 + i64::try_from(index).expect("a small number"))
}

fn world(rooms: &[RoomId]) -> World {
    let accounts: Vec<_> = (1..)
        .zip(PEOPLE)
        .map(|(id, key)| json!({ "key": key, "id": id, "name": key, "token": format!("token-{key}") }))
        .collect();
    let rooms: Vec<_> = rooms
        .iter()
        .map(|id| {
            let seeds = [json!({ "from": "anna", "body": "hello", "ago": "2h" })];
            let members = json!({ "admin": ["anna"], "member": &PEOPLE[2..], "readonly": ["bot"] });
            json!({ "id": id, "name": "room", "members": members, "messages": seeds })
        })
        .collect();
    // Contacts, so that they can be added to rooms.
    let direct = json!({ "id": 7, "type": "direct", "members": { "member": ["anna", "bot"] } });
    let limits = json!({ "room_posting": { "requests": 100_000, "seconds": 1 } });
    let rooms: Vec<_> = rooms.into_iter().chain([direct]).collect();
    let world = json!({ "limits": limits, "accounts": accounts, "rooms": rooms });
    World::parse(&world.to_string()).expect("a world")
}
