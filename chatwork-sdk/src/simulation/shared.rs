//! Several clients with one store, against the server that keeps both limits.

use std::sync::atomic::{AtomicBool, Ordering};

use chatwork_api::reqwest;

use super::*;
use crate::limits::{Granted, LimitStore, MemoryLimits, Settled, StoreFuture, Want};

/// A client of a process of its own, whose account has a name.
pub(super) fn sharing(store: impl LimitStore, pacing: Pacing) -> Client {
    let builder = Client::builder().token("token").pacing(pacing);
    builder.limits(store).limits_name("account").build().unwrap()
}

#[tokio::test(start_paused = true)]
async fn clients_that_share_a_store_are_not_refused_and_lose_no_time() {
    let (store, server) = (MemoryLimits::new(), Server::with_latency(SECOND / 10));
    let clients: Vec<Client> = (0..8).map(|_| sharing(store.clone(), Pacing::default())).collect();
    let calls =
        (0..1000_u64).map(|id| ask(&clients[id as usize % 8], &server, id, Some(id as i64 % 200)));
    let took = all(calls).await;
    assert_none_refused(&server, 1000);
    assert!(took >= 3 * WINDOW && took <= 3 * WINDOW.mul_f64(1.03), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn one_room_of_many_clients_keeps_its_limit() {
    let (store, server) = (MemoryLimits::new(), Server::with_latency(SECOND / 10));
    let clients: Vec<Client> = (0..24).map(|_| sharing(store.clone(), Pacing::default())).collect();
    let calls = (0..100_u64).map(|id| ask(&clients[id as usize % 24], &server, id, Some(1)));
    let took = all(calls).await;
    assert_none_refused(&server, 100);
    // A post counts from its request to ten seconds after its reply.
    assert!(took <= 9 * (10 * SECOND + SECOND / 2) + SECOND, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_stranger_on_the_same_token_is_noticed_within_one_reply() {
    let (store, server) = (MemoryLimits::new(), Server::start());
    let one = sharing(store.clone(), Pacing::default());
    let other = sharing(store, Pacing::default());
    (0..250).for_each(|id| drop(server.lock().unwrap().answer(id, None)));
    ask(&one, &server, 250, None).await.unwrap();
    one.settle_limits().await;
    let took = all((251..311).map(|id| ask(&other, &server, id, None))).await;
    assert_none_refused(&server, 311);
    assert!(took >= WINDOW && took <= WINDOW.mul_f64(1.02), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn messages_to_one_room_keep_their_order_with_a_store() {
    let (client, server) = (sharing(MemoryLimits::new(), Pacing::default()), Server::start());
    all((0..100).map(|id| ask(&client, &server, id, Some(1)))).await;
    let order: Vec<u64> = server.lock().unwrap().log.iter().map(|(id, _)| *id).collect();
    assert_eq!(order, (0..100).collect::<Vec<u64>>());
}

#[tokio::test(start_paused = true)]
async fn a_room_that_others_have_filled_holds_up_no_other() {
    let (store, server) = (MemoryLimits::new(), Server::start());
    let one = sharing(store.clone(), Pacing::default());
    let other = sharing(store, Pacing::default());
    all((0..10).map(|id| ask(&one, &server, id, Some(1)))).await;
    one.settle_limits().await;
    let waiting: JoinSet<_> =
        (10..15).map(|id| ask(&other, &server, id, Some(1)).into_future()).collect();
    tokio::task::yield_now().await;
    let start = Instant::now();
    ask(&other, &server, 20, Some(2)).await.unwrap();
    assert!(start.elapsed() < SECOND / 10, "{:?}", start.elapsed());
    drop(waiting);
}

#[tokio::test(start_paused = true)]
async fn what_the_store_knows_in_advance_fails_at_once() {
    let (store, server) = (MemoryLimits::new(), Server::start());
    let one = sharing(store.clone(), Pacing::default());
    let impatient = sharing(store, Pacing::default().max_wait(60 * SECOND));
    all((0..300).map(|id| ask(&one, &server, id, None))).await;
    one.settle_limits().await;
    let start = Instant::now();
    let error = ask(&impatient, &server, 300, None).await.unwrap_err();
    assert!(start.elapsed() < SECOND, "{:?}", start.elapsed());
    let retry = error.retry_after().unwrap();
    assert!(retry > 290 * SECOND && retry <= 302 * SECOND, "{retry:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cancelled_while_the_store_is_asked_gives_its_lease_back() {
    let store = MemoryLimits::new();
    let slow = Remote { store: store.clone(), alive: Arc::default(), latency: SECOND };
    slow.alive.store(true, Ordering::SeqCst);
    let (client, server) = (sharing(slow, Pacing::default()), Server::start());
    let calls: JoinSet<_> =
        (0..10).map(|id| ask(&client, &server, id, Some(1)).into_future()).collect();
    sleep(SECOND / 2).await;
    drop(calls);
    sleep(2 * SECOND).await;
    client.settle_limits().await;
    let other = sharing(store, Pacing::default());
    let took = all((0..10).map(|id| ask(&other, &server, id, Some(1)))).await;
    assert!(took < SECOND, "{took:?}");
}

/// A store over a network, until its process dies.
#[derive(Clone)]
pub(super) struct Remote {
    pub(super) store: MemoryLimits,
    pub(super) alive: Arc<AtomicBool>,
    pub(super) latency: Duration,
}

impl Remote {
    async fn travel(&self) {
        sleep(self.latency / 2).await;
        if !self.alive.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    }
}

impl LimitStore for Remote {
    fn acquire<'a>(&'a self, account: &'a str, wants: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        Box::pin(async move {
            self.travel().await;
            let answers = self.store.acquire(account, wants).await;
            self.travel().await;
            answers
        })
    }

    fn settle<'a>(&'a self, account: &'a str, settled: &'a [Settled]) -> StoreFuture<'a, ()> {
        Box::pin(async move {
            self.travel().await;
            self.store.settle(account, settled).await
        })
    }
}

/// A store that fails, or hangs.
struct Broken {
    hangs: bool,
}

impl LimitStore for Broken {
    fn acquire<'a>(&'a self, _: &'a str, _: &'a [Want]) -> StoreFuture<'a, Vec<Granted>> {
        Box::pin(async move {
            if self.hangs {
                std::future::pending::<()>().await;
            }
            Err("no connection".into())
        })
    }

    fn settle<'a>(&'a self, _: &'a str, _: &'a [Settled]) -> StoreFuture<'a, ()> {
        Box::pin(async { Err("no connection".into()) })
    }
}

#[tokio::test(start_paused = true)]
async fn while_the_store_fails_the_client_paces_by_itself() {
    let (client, server) = (sharing(Broken { hangs: false }, Pacing::default()), Server::start());
    let took = all((0..600).map(|id| ask(&client, &server, id, Some(id as i64 % 60)))).await;
    assert_none_refused(&server, 600);
    assert_within_one_percent(took, WINDOW);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_delays_a_call_by_two_seconds_and_the_next_by_none() {
    let (client, server) = (sharing(Broken { hangs: true }, Pacing::default()), Server::start());
    let took = all([ask(&client, &server, 0, None)]).await;
    assert!(took >= 2 * SECOND && took <= 2 * SECOND + SECOND / 10, "{took:?}");
    let took = all((1..20).map(|id| ask(&client, &server, id, None))).await;
    assert!(took < SECOND / 10, "{took:?}");
}

/// A fleet of processes that post for a long time.
struct Fleet {
    processes: u64,
    rooms: i64,
    /// How many posts succeed before it ends.
    posts: usize,
    /// Of so many attempts one dies with its process.
    deadly: u64,
    /// When the store's machine fails, and its copy goes on with a state that is a second old.
    failovers: &'static [u64],
}

/// What a fleet did.
#[derive(Debug)]
struct Report {
    took: Duration,
    /// The shortest time that the limits allow, with the leases of dead processes and refused requests as spent.
    shortest: Duration,
    refused: usize,
    deaths: usize,
}

impl Report {
    fn excess(&self) -> f64 {
        self.took.as_secs_f64() / self.shortest.as_secs_f64() - 1.0
    }
}

impl Fleet {
    async fn run(&self) -> Report {
        let (store, server) = (MemoryLimits::new(), Server::start());
        let http = reqwest::Client::new();
        let deaths = Arc::new(Mutex::new(0_usize));
        let start = Instant::now();
        let mut set = JoinSet::new();
        for process in 0..self.processes {
            let (store, server, http) = (store.clone(), server.clone(), http.clone());
            let (deaths, deadly) = (deaths.clone(), self.deadly);
            let room = process as i64 % self.rooms;
            set.spawn(async move {
                loop {
                    live(process, room, deadly, &store, &server, &http).await;
                    *deaths.lock().unwrap() += 1;
                }
            });
        }
        self.watch(&store, &server, start).await;
        let took = start.elapsed();
        drop(set);
        let log = &server.lock().unwrap().log;
        let refused = log.iter().filter(|(_, status)| *status != StatusCode::OK).count();
        let deaths = *deaths.lock().unwrap();
        let windows = (self.posts + deaths + refused - 1) / LIMIT as usize;
        Report { took, shortest: WINDOW * windows as u32, refused, deaths }
    }

    /// Lets time pass until the fleet has posted enough, and lets the store fail on the way.
    async fn watch(&self, store: &MemoryLimits, server: &Shared, start: Instant) {
        let mut copy = store.snapshot();
        for second in 0_u64.. {
            let posted = |server: &Shared| {
                let log = &server.lock().unwrap().log;
                log.iter().filter(|(_, status)| *status == StatusCode::OK).count()
            };
            if posted(server) >= self.posts {
                return;
            }
            if self.failovers.contains(&second) {
                // The clocks of the two machines differ by five seconds.
                let ahead = if second % 2 == 0 { 5_000 } else { 0 };
                store.restore(copy.clone(), ahead);
            }
            copy = store.snapshot();
            tokio::time::sleep_until(start + (second as u32 + 1) * SECOND).await;
        }
    }
}

/// Posts until the process dies with a request under way.
async fn live(
    process: u64,
    room: i64,
    deadly: u64,
    store: &MemoryLimits,
    server: &Shared,
    http: &reqwest::Client,
) {
    let alive = Arc::new(AtomicBool::new(true));
    let remote = Remote { store: store.clone(), alive: alive.clone(), latency: SECOND / 100 };
    let pacing = Pacing::default().max_wait(100 * 3600 * SECOND);
    let retry = RetryPolicy::default().max_elapsed(100 * 3600 * SECOND);
    let builder = Client::builder().token("token").pacing(pacing).retry(retry);
    let builder = builder.http_client(http.clone()).limits(remote).limits_name("account");
    let client = builder.build().unwrap();
    loop {
        // From 20 to 420 ms, another one for each request.
        server.lock().unwrap().latency = Duration::from_millis(20 + fastrand::u64(..400));
        let before = server.lock().unwrap().log.len();
        let call = ask(&client, server, process, Some(room)).into_future();
        if fastrand::u64(..deadly) > 0 {
            call.await.unwrap();
            continue;
        }
        // Dies some time after the first request of anybody arrives, perhaps its own.
        let mut call = call;
        while server.lock().unwrap().log.len() == before {
            if tokio::time::timeout(SECOND / 10, &mut call).await.is_ok() {
                break;
            }
        }
        alive.store(false, Ordering::SeqCst);
        return;
    }
}

const SMALL: Fleet = Fleet { processes: 60, rooms: 12, posts: 1000, deadly: 60, failovers: &[] };
const LARGE: Fleet = Fleet { processes: 1000, rooms: 200, posts: 3400, deadly: 60, failovers: &[] };

#[track_caller]
fn assert_near_the_optimum(report: &Report, refusals: usize) {
    let Report { took, shortest, refused, deaths } = report;
    println!(
        "{took:?} of at least {shortest:?} ({:+.2} %), {refused} refused, {deaths} deaths",
        report.excess() * 100.0
    );
    assert!(report.excess() <= 0.03, "{report:?}");
    assert!(report.refused <= refusals, "{report:?}");
}

#[tokio::test(start_paused = true)]
async fn sixty_processes_post_near_the_optimum_without_a_refusal() {
    assert_near_the_optimum(&SMALL.run().await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_failover_that_loses_a_second_costs_few_refusals() {
    let fleet = Fleet { failovers: &[2, 305, 700], ..SMALL };
    // At most one for each process and failover. How many there are depends on the jitter.
    let most = usize::try_from(fleet.processes).unwrap() * fleet.failovers.len();
    assert_near_the_optimum(&fleet.run().await, most);
}

#[tokio::test(start_paused = true)]
#[ignore = "an hour of a thousand processes: see .ci/full"]
async fn a_thousand_processes_post_for_an_hour_near_the_optimum() {
    assert_near_the_optimum(&LARGE.run().await, 0);
    let fleet = Fleet { failovers: &[2, 305, 1000, 2411], ..LARGE };
    assert_near_the_optimum(&fleet.run().await, 200);
}
