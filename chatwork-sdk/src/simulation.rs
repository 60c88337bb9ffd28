//! The queue against a server that keeps both limits, in paused time.
//!
//! The whole path of a call is real but for the socket: hours pass in milliseconds, and not one
//! request may be refused.

use std::collections::{HashMap, VecDeque};
use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use chatwork_api::operations::{self, RateLimitName};
use chatwork_api::reqwest::StatusCode;
use chatwork_api::reqwest::header::{DATE, HeaderMap, HeaderValue};
use chatwork_api::types::RoomId;
use chatwork_api::{Client as Api, Error as ApiFault, Operation, Refusal, ResponseValue};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use crate::call::{Endpoint, SendError};
use crate::error::Error;
use crate::request::Request;
use crate::{Client, Pacing, RetryPolicy};

#[cfg(feature = "limits")]
mod shared;

const SECOND: Duration = Duration::from_secs(1);
const LIMIT: u32 = 300;
const WINDOW: Duration = Duration::from_secs(300);

/// The state of the server.
struct Server {
    /// The server's time of day when the simulation began. Its seconds do not begin with ours.
    epoch: SystemTime,
    start: Instant,
    window: Option<Instant>,
    used: u32,
    rooms: HashMap<RoomId, VecDeque<Instant>>,
    /// What came, in its order, with the answer.
    log: Vec<(u64, StatusCode)>,
    latency: Duration,
    /// Whether the second that the header names is that in which the window ends, or the one after.
    rounds_up: bool,
}

type Shared = Arc<Mutex<Server>>;

impl Server {
    fn start() -> Shared {
        Self::with_latency(Duration::ZERO)
    }

    fn with_latency(latency: Duration) -> Shared {
        let epoch = SystemTime::UNIX_EPOCH + Duration::from_millis(1_763_719_500_700);
        let (start, rooms) = (Instant::now(), HashMap::new());
        let (log, rounds_up) = (Vec::new(), true);
        let server = Self { epoch, start, window: None, used: 0, rooms, log, latency, rounds_up };
        Arc::new(Mutex::new(server))
    }

    /// A server whose seconds begin so many milliseconds after ours.
    fn odd(millis: u64, rounds_up: bool, latency: Duration) -> Shared {
        let server = Self::with_latency(latency);
        let epoch = SystemTime::UNIX_EPOCH + Duration::from_millis(1_763_719_500_000 + millis);
        let mut locked = server.lock().unwrap();
        (locked.epoch, locked.rounds_up) = (epoch, rounds_up);
        drop(locked);
        server
    }

    /// Answers one request, as the service does: a window begins with its first request.
    fn answer(&mut self, id: u64, room: Option<RoomId>) -> Result<HeaderMap, Box<Refusal>> {
        let now = Instant::now();
        let window = self.window.filter(|start| now < *start + WINDOW).unwrap_or_else(|| {
            self.used = 0;
            now
        });
        self.window = Some(window);
        let answer = self.decide(window, now, room);
        let status = answer.as_ref().map_or_else(|it| it.status(), |_| StatusCode::OK);
        self.log.push((id, status));
        answer
    }

    fn decide(
        &mut self,
        window: Instant,
        now: Instant,
        room: Option<RoomId>,
    ) -> Result<HeaderMap, Box<Refusal>> {
        let too_many = StatusCode::TOO_MANY_REQUESTS;
        if self.used >= LIMIT {
            return Err(Refusal::new(too_many, self.headers(window, now), Bytes::new()).into());
        }
        self.used += 1;
        let headers = self.headers(window, now);
        if let Some(room) = room {
            let posts = self.rooms.entry(room).or_default();
            posts.retain(|at| now < *at + 10 * SECOND);
            if posts.len() >= 10 {
                let text = RateLimitName::RoomPosting.error().unwrap();
                let body = format!(r#"{{"errors":["{text}"]}}"#);
                return Err(Refusal::new(too_many, headers, body).into());
            }
            posts.push_back(now);
        }
        Ok(headers)
    }

    fn headers(&self, window: Instant, now: Instant) -> HeaderMap {
        let time = |at: Instant| self.epoch + at.duration_since(self.start);
        let reset = time(window + WINDOW).duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let number = |value: u64| HeaderValue::from(value);
        let mut headers = HeaderMap::new();
        headers.insert("x-ratelimit-limit", number(LIMIT.into()));
        headers.insert("x-ratelimit-remaining", number((LIMIT - self.used).into()));
        // The window ends in the middle of a second; the header names that one or the one after.
        headers.insert("x-ratelimit-reset", number(reset.as_secs() + u64::from(self.rounds_up)));
        let date = httpdate::fmt_http_date(time(now));
        headers.insert(DATE, HeaderValue::from_str(&date).unwrap());
        headers
    }
}

/// A call that asks the simulated server.
struct Ask {
    server: Shared,
    id: u64,
    post: Option<RoomId>,
}

impl Endpoint for Ask {
    type Reply = ();
    type Output = ();
    const OPERATION: &'static Operation = &operations::CREATE_ROOM_MESSAGE;

    fn operation(&self) -> &'static Operation {
        const POST: &Operation = &operations::CREATE_ROOM_MESSAGE;
        const READ: &Operation = &operations::LIST_ROOMS;
        if self.post.is_some() { POST } else { READ }
    }

    fn room(&self) -> Option<RoomId> {
        self.post
    }

    async fn send(&self, _: &Api) -> Result<ResponseValue<()>, SendError> {
        let latency = self.server.lock().unwrap().latency;
        sleep(latency / 2).await;
        let answer = self.server.lock().unwrap().answer(self.id, self.post);
        sleep(latency / 2).await;
        match answer {
            Ok(headers) => Ok(ResponseValue::new((), StatusCode::OK, headers)),
            Err(refusal) => Err(ApiFault::Refused(refusal).into()),
        }
    }

    fn output((): (), _: &HeaderMap) {}
}

fn client() -> Client {
    Client::builder().token("token").build().unwrap()
}

fn ask(client: &Client, server: &Shared, id: u64, post: Option<i64>) -> Request<Ask> {
    let post = post.map(RoomId);
    Request::new(client, Ask { server: server.clone(), id, post })
}

/// Makes all calls at once and returns the time that they took together.
async fn all(calls: impl IntoIterator<Item = Request<Ask>>) -> Duration {
    let start = Instant::now();
    let mut set: JoinSet<_> = calls.into_iter().map(IntoFuture::into_future).collect();
    while let Some(ended) = set.join_next().await {
        ended.unwrap().unwrap();
    }
    start.elapsed()
}

#[track_caller]
fn assert_none_refused(server: &Shared, count: usize) {
    let log = &server.lock().unwrap().log;
    let refused = log.iter().filter(|(_, status)| *status != StatusCode::OK).count();
    assert_eq!((log.len(), refused), (count, 0), "requests, and those refused");
}

#[track_caller]
fn assert_within_one_percent(took: Duration, shortest: Duration) {
    assert!(took >= shortest, "took {took:?}, less than the limits allow: {shortest:?}");
    assert!(took <= shortest.mul_f64(1.01), "took {took:?}, the limits allow {shortest:?}");
}

#[tokio::test(start_paused = true)]
async fn a_burst_within_the_limits_does_not_wait_at_all() {
    let (client, server) = (client(), Server::start());
    let took = all((0..300).map(|id| ask(&client, &server, id, Some(id as i64 % 30)))).await;
    assert_eq!(took, Duration::ZERO);
    assert_none_refused(&server, 300);
}

#[tokio::test(start_paused = true)]
async fn a_thousand_messages_to_two_hundred_rooms_take_three_windows() {
    let (client, server) = (client(), Server::start());
    let took = all((0..1000).map(|id| ask(&client, &server, id, Some(id as i64 % 200)))).await;
    assert_none_refused(&server, 1000);
    assert_within_one_percent(took, 3 * WINDOW);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_messages_to_one_room_take_nine_windows_of_the_room() {
    let (client, server) = (client(), Server::start());
    let took = all((0..100).map(|id| ask(&client, &server, id, Some(1)))).await;
    assert_none_refused(&server, 100);
    assert_within_one_percent(took, 90 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn messages_to_one_room_go_in_the_order_in_which_they_were_posted() {
    let (client, server) = (client(), Server::start());
    all((0..100).map(|id| ask(&client, &server, id, Some(1)))).await;
    let order: Vec<u64> = server.lock().unwrap().log.iter().map(|(id, _)| *id).collect();
    assert_eq!(order, (0..100).collect::<Vec<u64>>());
}

#[tokio::test(start_paused = true)]
async fn fifty_tasks_that_read_and_write_end_as_early_as_the_limits_allow() {
    // With some latency the tasks take turns, as they do in life.
    let (client, server) = (client(), Server::with_latency(Duration::from_millis(20)));
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for task in 0..50_u64 {
        let (client, server) = (client.clone(), server.clone());
        tasks.spawn(async move {
            for turn in 0..24 {
                let post = (turn % 2 == 0).then_some(task as i64 % 25);
                ask(&client, &server, task * 24 + turn, post).await.unwrap();
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    assert_none_refused(&server, 1200);
    assert_within_one_percent(start.elapsed(), 3 * WINDOW);
}

#[tokio::test(start_paused = true)]
async fn latency_costs_its_own_time_and_no_refusal() {
    let latency = Duration::from_millis(400);
    let (client, server) = (client(), Server::with_latency(latency));
    let took = all((0..600).map(|id| ask(&client, &server, id, Some(id as i64 % 60)))).await;
    assert_none_refused(&server, 600);
    assert_within_one_percent(took - 2 * latency, WINDOW - latency);
}

#[tokio::test(start_paused = true)]
async fn however_the_server_rounds_its_seconds_nothing_is_refused_or_late() {
    for (millis, rounds_up) in [(0, true), (0, false), (500, true), (500, false), (999, false)] {
        for latency in [Duration::ZERO, Duration::from_millis(150)] {
            let (client, server) = (client(), Server::odd(millis, rounds_up, latency));
            let calls = (0..1000).map(|id| ask(&client, &server, id, Some(id as i64 % 200)));
            let took = all(calls).await;
            assert_none_refused(&server, 1000);
            assert_within_one_percent(took, 3 * WINDOW);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_room_that_is_full_holds_up_no_other() {
    let (client, server) = (client(), Server::start());
    let full: JoinSet<_> =
        (0..50).map(|id| ask(&client, &server, id, Some(1)).into_future()).collect();
    let start = Instant::now();
    tokio::task::yield_now().await;
    ask(&client, &server, 50, Some(2)).await.unwrap();
    ask(&client, &server, 51, None).await.unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO);
    drop(full);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_cancelled_gives_its_place_back() {
    let (client, server) = (client(), Server::start());
    all((0..10).map(|id| ask(&client, &server, id, Some(1)))).await;
    let waiting: JoinSet<_> =
        (10..40).map(|id| ask(&client, &server, id, Some(1)).into_future()).collect();
    let start = Instant::now();
    tokio::task::yield_now().await;
    let last = tokio::spawn(ask(&client, &server, 40, Some(1)).into_future());
    tokio::task::yield_now().await;
    drop(waiting);
    last.await.unwrap().unwrap();
    assert_within_one_percent(start.elapsed(), 10 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_waiting_call_that_is_not_polled_delays_no_later_one() {
    let (client, server) = (client(), Server::start());
    all((0..10).map(|id| ask(&client, &server, id, Some(1)))).await;
    let mut held = ask(&client, &server, 10, Some(1)).into_future();
    // Polled once, so that it is in the queue, and then left alone.
    let polled = tokio::time::timeout(Duration::ZERO, &mut held).await;
    assert!(polled.is_err());
    let start = Instant::now();
    ask(&client, &server, 11, Some(1)).await.unwrap();
    assert_within_one_percent(start.elapsed(), 10 * SECOND);
    drop(held);
}

#[tokio::test(start_paused = true)]
async fn two_clients_that_cannot_see_each_other_lose_nothing() {
    let (one, two, server) = (client(), client(), Server::start());
    let calls = (0..1000_u64).map(|id| {
        let client = if id % 2 == 0 { &one } else { &two };
        ask(client, &server, id, Some(id as i64 % 200))
    });
    all(calls).await;
    let log = &server.lock().unwrap().log;
    let mut done: Vec<u64> =
        log.iter().filter(|(_, status)| *status == StatusCode::OK).map(|(id, _)| *id).collect();
    done.sort_unstable();
    assert_eq!(done, (0..1000).collect::<Vec<u64>>());
}

#[tokio::test(start_paused = true)]
async fn what_another_program_spent_is_seen_and_kept() {
    let (client, server) = (client(), Server::start());
    (0..200).for_each(|id| drop(server.lock().unwrap().answer(id, None)));
    ask(&client, &server, 200, None).await.unwrap();
    let took = all((201..310).map(|id| ask(&client, &server, id, None))).await;
    assert_none_refused(&server, 310);
    assert_within_one_percent(took, WINDOW);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_cannot_go_in_time_fails_at_once_and_says_when_it_could() {
    let pacing = Pacing::default().max_wait(60 * SECOND);
    let client = Client::builder().token("token").pacing(pacing).build().unwrap();
    let server = Server::start();
    all((0..300).map(|id| ask(&client, &server, id, None))).await;
    let start = Instant::now();
    let error = ask(&client, &server, 300, None).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::ZERO);
    let Error::RateLimited(error) = error else { panic!("{error}") };
    assert_eq!(error.limit(), RateLimitName::Account);
    assert_within_one_percent(error.retry_after(), WINDOW);
}

#[tokio::test(start_paused = true)]
async fn the_wait_is_counted_over_all_turns_of_a_call() {
    // Two programs on one token: the first turn comes after a window, and the server refuses.
    let pacing = Pacing::default().max_wait(400 * SECOND);
    let client = Client::builder().token("token").pacing(pacing).build().unwrap();
    let server = Server::start();
    all((0..300).map(|id| ask(&client, &server, id, None))).await;
    let start = Instant::now();
    let call = tokio::spawn(ask(&client, &server, 300, None).into_future());
    sleep(WINDOW + Duration::from_millis(100)).await;
    (0..300).for_each(|id| drop(server.lock().unwrap().answer(id, None)));
    let error = call.await.unwrap().unwrap_err();
    assert!(error.is_rate_limited() && start.elapsed() < 400 * SECOND, "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_retry_begins_no_later_than_its_policy_allows() {
    let policy = RetryPolicy::default().max_elapsed(60 * SECOND);
    let client = Client::builder().token("token").retry(policy).build().unwrap();
    let server = Server::start();
    (0..300).for_each(|id| drop(server.lock().unwrap().answer(id, None)));
    let start = Instant::now();
    let error = ask(&client, &server, 300, None).await.unwrap_err();
    assert!(error.is_rate_limited() && start.elapsed() < 60 * SECOND, "{error}");
}

#[tokio::test(start_paused = true)]
async fn without_pacing_a_refused_call_waits_as_its_limit_demands() {
    let pacing = Pacing::off();
    let client = Client::builder().token("token").pacing(pacing).build().unwrap();
    let server = Server::start();
    let took = all((0..11).map(|id| ask(&client, &server, id, Some(1)))).await;
    // The delay has up to half a second of jitter.
    assert!(took >= 10 * SECOND && took <= 10 * SECOND + SECOND / 2, "{took:?}");
    assert_eq!(server.lock().unwrap().log.len(), 12);
}

#[tokio::test(start_paused = true)]
async fn without_pacing_and_retries_a_refusal_reaches_the_caller() {
    let builder = Client::builder().token("token").pacing(Pacing::off());
    let client = builder.retry(RetryPolicy::off()).build().unwrap();
    let server = Server::start();
    all((0..10).map(|id| ask(&client, &server, id, Some(1)))).await;
    let error = ask(&client, &server, 10, Some(1)).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(10 * SECOND));
    assert_eq!(error.api_errors(), [RateLimitName::RoomPosting.error().unwrap()]);
}
