//! A store of shared limits that fails.

use std::error::Error as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sdk::error::Effect;
use chatwork_sdk::limits::policy::{Lease, Outcome, RateLimitHeaders};
use chatwork_sdk::limits::{Granted, LimitStore, MemoryLimits, Settled, StoreFuture, Want};
use chatwork_sdk::{
    Client, Error, MessageId, Pacing, RoomId, Secret, TokenError, TokenFuture, TokenSource,
};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::support::clock::timed;
use crate::support::{ROOM, Reply, Server, builder, hurried, refused, room};

/// A store whose first answers are failures, or never come.
#[derive(Clone)]
struct Failing {
    failures: Arc<AtomicU32>,
    hangs: bool,
    /// The first answers to ended leases are failures, too; `u32::MAX` for answers that never come.
    forgets: Arc<AtomicU32>,
    /// How often it was asked for leases.
    asked: Arc<AtomicU32>,
    /// The leases that ended.
    told: Arc<Mutex<Vec<Lease>>>,
    /// How long each answer takes.
    late: Duration,
    store: MemoryLimits,
}

fn failing(failures: u32) -> Failing {
    let failures = Arc::new(AtomicU32::new(failures));
    let (forgets, asked, told) = (Arc::default(), Arc::default(), Arc::default());
    let (late, store) = (Duration::ZERO, MemoryLimits::new());
    Failing { failures, hangs: false, forgets, asked, told, late, store }
}

impl LimitStore for Failing {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let left = self.failures.load(Ordering::SeqCst);
        if left == 0 {
            return Box::pin(async move {
                if !self.late.is_zero() {
                    sleep(self.late).await;
                }
                self.store.acquire(account, wants).await
            });
        }
        self.failures.store(left - 1, Ordering::SeqCst);
        if self.hangs {
            return Box::pin(std::future::pending());
        }
        Box::pin(async { Err("the store is away".into()) })
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        let left = self.forgets.load(Ordering::SeqCst);
        if left == u32::MAX {
            return Box::pin(std::future::pending());
        }
        if left > 0 {
            self.forgets.store(left - 1, Ordering::SeqCst);
            return Box::pin(async { Err("the store is away".into()) });
        }
        self.told.lock().unwrap().extend(settled.iter().map(|settled| settled.lease));
        self.store.settle(account, settled)
    }
}

const ACCOUNT: &str = "the account";
const HOUR: Duration = Duration::from_secs(3600);

/// Makes so many posts at once.
async fn posts(client: &Client, count: usize) -> Vec<Result<MessageId, Error>> {
    let mut posts = JoinSet::new();
    for _ in 0..count {
        let client = client.clone();
        posts.spawn(async move { post(&client).await });
    }
    posts.join_all().await
}

async fn server() -> Server {
    Server::always(Reply::of("createRoomMessage")).await
}

fn client(server: &Server, store: Failing, required: bool) -> Client {
    let builder = builder(&server.base_url()).limits(store).limits_name(ACCOUNT);
    builder.limits_required(required).build().unwrap()
}

async fn post(client: &Client) -> Result<MessageId, Error> {
    room(client).post("Build is green").await
}

#[tokio::test]
async fn a_store_that_fails_does_not_stop_a_call() {
    let server = server().await;
    post(&client(&server, failing(1), false)).await.unwrap();
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_required_store_that_fails_stops_a_call_before_it_is_sent() {
    let server = server().await;
    let error = refused(post(&client(&server, failing(1), true)).await);
    let text = "createRoomMessage: the store of shared limits failed, so nothing was sent: the store \
                is away";
    assert_eq!(error.to_string(), text);
    assert_eq!(error.source().map(ToString::to_string), Some("the store is away".to_owned()));
    assert_eq!(error.effect(), Effect::None);
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_required_store_is_asked_again_by_the_next_call() {
    let server = server().await;
    let client = client(&server, failing(2), true);
    refused(post(&client).await);
    refused(post(&client).await);
    post(&client).await.unwrap();
    assert_eq!(server.got().len(), 1);
}

#[tokio::test]
async fn a_required_store_that_does_not_answer_stops_a_call_after_two_seconds() {
    let server = server().await;
    let store = Failing { hangs: true, ..failing(1) };
    let client = client(&server, store, true);
    let (posted, time) = timed(post(&client)).await;
    assert!(matches!(refused(posted), Error::LimitStore(_)));
    assert!(time >= Duration::from_secs(2) && time < Duration::from_secs(4), "{time:?}");
}

#[tokio::test]
async fn calls_that_wait_together_are_all_stopped() {
    let server = server().await;
    let client = client(&server, Failing { hangs: true, ..failing(9) }, true);
    let calls = async { tokio::join!(post(&client), post(&client), post(&client)) };
    let (one, two, three) = hurried(calls).await;
    for posted in [one, two, three] {
        assert!(matches!(refused(posted), Error::LimitStore(_)));
    }
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_store_that_fails_once_stops_all_calls_of_a_room_that_wait() {
    let server = server().await;
    let client = client(&server, failing(1), true);
    let posted = hurried(posts(&client, 12)).await;
    assert!(posted.iter().all(Result::is_err), "none waits for a store that has failed");
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_room_with_more_calls_than_its_limit_goes_on_once_the_account_has_capacity() {
    let server = server().await;
    let store = failing(0);
    let wants = [Want { room: None, hold: HOUR }; 300];
    let all = store.store.acquire(ACCOUNT, &wants).await.unwrap();
    let client = client(&server, store.clone(), false);
    let give_back = async {
        sleep(Duration::from_secs(2)).await;
        let unsent = Outcome { unsent: true, ..Outcome::default() };
        let settled = all.iter().filter_map(|granted| match granted {
            Granted::Go(lease) => Some(Settled { lease: *lease, outcome: unsent }),
            Granted::Wait(_) => None,
        });
        store.store.settle(ACCOUNT, &settled.collect::<Vec<_>>()).await.unwrap();
    };
    let (posted, ()) = hurried(async { tokio::join!(posts(&client, 11), give_back) }).await;
    assert!(posted.iter().all(Result::is_ok), "{posted:?}");
}

#[tokio::test]
async fn a_lease_that_the_store_did_not_take_back_is_settled_again() {
    let server = server().await;
    let store = failing(0);
    store.forgets.store(2, Ordering::SeqCst);
    let client = client(&server, store.clone(), false);
    hurried(async {
        post(&client).await.unwrap();
        client.settle_limits().await;
    })
    .await;
    assert_eq!(store.told.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_store_that_takes_no_ends_holds_up_the_end_of_a_program_for_five_seconds() {
    let server = server().await;
    let store = failing(0);
    store.forgets.store(u32::MAX, Ordering::SeqCst);
    let client = client(&server, store, false);
    let ((), time) = timed(async {
        post(&client).await.unwrap();
        client.settle_limits().await;
    })
    .await;
    assert!(time < Duration::from_secs(7), "{time:?}");
}

#[test]
fn a_client_goes_from_one_runtime_to_the_next() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let of_server = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let server = of_server.block_on(server());
    let client = client(&server, failing(0), false);
    for _ in 0..3 {
        runtime().block_on(async {
            post(&client).await.unwrap();
            client.settle_limits().await;
        });
    }
    assert_eq!(server.got().len(), 3);
}

/// A store that keeps no names of accounts.
fn unnamed(server: &Server) -> Client {
    builder(&server.base_url()).limits(MemoryLimits::new()).build().unwrap()
}

#[tokio::test]
async fn an_account_without_capacity_for_the_question_whose_it_is_is_waited_for() {
    let full = Reply::refusal(429, "Rate limit exceeded").limits(0, 30);
    let (me, done) = (Reply::of("getMe"), Reply::of("createRoomMessage"));
    let server = Server::script([full.into(), me.into(), done.into()]).await;
    let client = unnamed(&server);
    let (posted, time) = timed(post(&client)).await;
    posted.unwrap();
    assert!(time >= Duration::from_secs(30), "{time:?}");
    assert_eq!(server.got().len(), 3, "nothing is sent into the full account");
}

/// A source whose first token is not valid any more.
#[derive(Debug, Default)]
struct Tokens(AtomicU32);

impl TokenSource for Tokens {
    fn token(&self) -> TokenFuture<'_, Secret> {
        let token = Secret::from(format!("token-{}", self.0.load(Ordering::SeqCst)));
        Box::pin(async { Ok::<_, TokenError>(token) })
    }

    fn refresh<'a>(&'a self, _: &'a Secret) -> TokenFuture<'a, bool> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(true) })
    }
}

#[tokio::test]
async fn a_token_that_is_refused_does_not_stand_for_the_account_for_good() {
    let server = Server::start(|got| {
        let is_old = got.header("authorization") == Some("Bearer token-0");
        match (is_old, got.path()) {
            (true, _) => Reply::refusal(401, "Invalid API token").into(),
            (false, path) if path.ends_with("/me") => Reply::of("getMe").into(),
            (false, _) => Reply::of("createRoomMessage").into(),
        }
    })
    .await;
    let store = failing(0);
    let client = Client::builder().token_source(Tokens::default()).base_url(server.base_url());
    let client = client.limits(store.clone()).build().unwrap();
    for _ in 0..2 {
        post(&client).await.unwrap();
    }
    let asked = server.got().iter().filter(|got| got.path().ends_with("/me")).count();
    assert_eq!(asked, 2, "once with each token");
    assert_eq!(store.store.snapshot().len(), 2);
}

#[tokio::test]
async fn a_store_that_failed_is_not_asked_by_the_next_call() {
    let server = server().await;
    let store = failing(1);
    let client = client(&server, store.clone(), false);
    for _ in 0..2 {
        post(&client).await.unwrap();
    }
    assert_eq!(store.asked.load(Ordering::SeqCst), 1);
}

/// A store whose account has no capacity for so many seconds.
async fn exhausted(seconds: u64) -> Failing {
    let store = failing(0);
    let reset_in = Duration::from_secs(seconds);
    let account = RateLimitHeaders { limit: 300, remaining: 0, reset: 1_000, reset_in };
    let outcome = Outcome { account: Some(account), answered: true, ..Outcome::default() };
    let lease = Lease { id: 0, room: None, granted: 0 };
    store.store.settle(ACCOUNT, &[Settled { lease, outcome }]).await.unwrap();
    store
}

#[tokio::test]
async fn a_call_that_would_wait_for_too_long_for_the_shared_account_fails_at_once() {
    let server = server().await;
    let builder = builder(&server.base_url()).limits(exhausted(200).await).limits_name(ACCOUNT);
    let pacing = Pacing::default().max_wait(Duration::from_secs(100));
    let client = builder.pacing(pacing).build().unwrap();
    let (posted, time) = timed(post(&client)).await;
    assert_eq!(refused(posted).effect(), Effect::None);
    assert!(time < Duration::from_secs(2), "{time:?}");
}

#[tokio::test]
async fn calls_that_come_while_the_shared_account_has_no_capacity_ask_the_store_no_more() {
    let server = server().await;
    let store = exhausted(30).await;
    let client = client(&server, store.clone(), false);
    let late = async {
        for _ in 0..10 {
            sleep(Duration::from_secs(1)).await;
            let client = client.clone();
            tokio::spawn(async move { client.room(RoomId(7)).post("more").await });
        }
        store.asked.load(Ordering::SeqCst)
    };
    let (posted, asked) = hurried(async { tokio::join!(post(&client), late) }).await;
    posted.unwrap();
    assert_eq!(asked, 1);
}

/// A client that waits for no limit, with a store whose answers take half a second.
fn hasty(server: &Server, store: Failing) -> Client {
    let store = Failing { late: Duration::from_millis(500), ..store };
    let builder = builder(&server.base_url()).limits(store).limits_name(ACCOUNT);
    builder.pacing(Pacing::default().max_wait(Duration::ZERO)).build().unwrap()
}

#[tokio::test]
async fn a_store_that_answers_late_is_no_limit_to_wait_for() {
    let server = server().await;
    let client = hasty(&server, failing(0));
    let posted = hurried(posts(&client, 3)).await;
    assert!(posted.iter().all(Result::is_ok), "{posted:?}");
    assert_eq!(server.got().len(), 3);
}

#[tokio::test]
async fn a_limit_that_a_store_reports_late_is_not_waited_for() {
    let server = server().await;
    let client = hasty(&server, exhausted(30).await);
    let (posted, time) = timed(post(&client)).await;
    assert!(matches!(refused(posted), Error::RateLimited(_)));
    assert!(time < Duration::from_secs(2), "{time:?}");
    assert!(server.got().is_empty());
}

#[tokio::test]
async fn a_room_that_a_store_reports_full_is_not_waited_for() {
    let server = server().await;
    let store = failing(0);
    let wants = [Want { room: Some(ROOM), hold: HOUR }; 10];
    store.store.acquire(ACCOUNT, &wants).await.unwrap();
    let (posted, time) = timed(post(&hasty(&server, store))).await;
    assert!(matches!(refused(posted), Error::RateLimited(_)));
    assert!(time < Duration::from_secs(2), "{time:?}");
}

#[tokio::test]
async fn a_store_that_never_answers_is_left_by_a_call_that_waits_for_no_limit() {
    let server = server().await;
    let client = hasty(&server, Failing { hangs: true, ..failing(1) });
    hurried(post(&client)).await.unwrap();
    assert_eq!(server.got().len(), 1);
}
