//! A 429 of either kind, and limits that are kept so that none comes.

use std::time::Duration;

use chatwork_sdk::{Client, Error, Method, Pacing, RateLimitName, RetryPolicy};
use serde_json::Value;

use crate::support::clock::timed;
use crate::support::{Answer, Reply, Server, builder, hurried, refused, room};

const SECOND: Duration = Duration::from_secs(1);

fn of_the_account(reset_in: i64) -> Answer {
    Reply::refusal(429, "Rate limit exceeded.").limits(0, reset_in).into()
}

fn of_the_room() -> Answer {
    Reply::refusal(429, "Rate limit for message posting per room exceeded.").limits(200, 60).into()
}

/// A server that answers one post like this, and all others well.
async fn once(answer: Answer) -> Server {
    Server::script([answer, Reply::of("createRoomMessage").into()]).await
}

async fn post(client: &Client) -> Result<(), Error> {
    room(client).post("Build is green").await.map(drop)
}

async fn time_to_post(server: &Server, pacing: Pacing) -> Duration {
    let client = builder(&server.base_url()).pacing(pacing).build().unwrap();
    let (posted, time) = timed(post(&client)).await;
    posted.expect("the second try succeeds");
    time
}

#[tokio::test]
async fn the_accounts_429_is_waited_for_until_the_reset() {
    let server = once(of_the_account(60)).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 60 * SECOND && time < 63 * SECOND, "{time:?}");
}

#[tokio::test]
async fn the_accounts_429_is_waited_for_without_pacing_too() {
    let server = once(of_the_account(60)).await;
    let time = time_to_post(&server, Pacing::off()).await;
    assert!(time >= 60 * SECOND && time < 63 * SECOND, "{time:?}");
}

#[tokio::test]
async fn the_rooms_429_is_waited_for_10_seconds_whatever_the_reset_says() {
    let server = once(of_the_room()).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 10 * SECOND && time < 13 * SECOND, "{time:?}");
}

#[tokio::test]
async fn the_rooms_429_is_waited_for_without_pacing_too() {
    let server = once(of_the_room()).await;
    let time = time_to_post(&server, Pacing::off()).await;
    assert!(time >= 10 * SECOND && time < 13 * SECOND, "{time:?}");
}

#[tokio::test]
async fn the_rooms_429_is_waited_for_by_a_call_that_counts_against_no_room() {
    let server = Server::script([of_the_room(), Reply::of("getMe").into()]).await;
    let client = server.client();
    let (_, time) = timed(async { client.me().await }).await;
    assert!(time >= 10 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_429_without_headers_is_waited_for_a_whole_window() {
    let server = once(Reply::html(429).into()).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 300 * SECOND && time < 303 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_reset_that_has_passed_is_soon_when_the_server_refuses_all_the_same() {
    let late = Reply::refusal(429, "Rate limit exceeded.").limits(0, 2);
    let late = late.header("date", "Wed, 25 Jun 2025 06:00:03 GMT");
    let posted = Reply::of("createRoomMessage");
    let server = Server::script([of_the_account(2), late.into(), posted.into()]).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 3 * SECOND && time < 6 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_reset_that_has_passed_is_soon_without_pacing_too() {
    let server = once(of_the_account(0)).await;
    let time = time_to_post(&server, Pacing::off()).await;
    assert!(time >= SECOND && time < 5 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_429_is_sent_again_20_times() {
    let server = Server::always(of_the_account(1)).await;
    let client = builder(&server.base_url()).pacing(Pacing::off()).build().unwrap();
    refused(hurried(post(&client)).await);
    assert_eq!(server.got().len(), 21);
}

async fn told(answer: Answer) -> Error {
    let server = Server::always(answer).await;
    let client = builder(&server.base_url()).retry(RetryPolicy::off()).build().unwrap();
    refused(post(&client).await)
}

#[tokio::test]
async fn the_accounts_429_says_when_it_could_go() {
    assert_eq!(told(of_the_account(60)).await.retry_after(), Some(60 * SECOND));
}

#[tokio::test]
async fn the_rooms_429_says_when_it_could_go() {
    assert_eq!(told(of_the_room()).await.retry_after(), Some(10 * SECOND));
}

#[tokio::test]
async fn the_accounts_429_reads_well() {
    let text = "createRoomMessage: the account's rate limit is used up, it could go in 60 s";
    assert_eq!(told(of_the_account(60)).await.to_string(), text);
}

#[tokio::test]
async fn the_rooms_429_reads_well() {
    let text = "createRoomMessage: the room's rate limit for posting is used up, \
                it could go in 10 s";
    assert_eq!(told(of_the_room()).await.to_string(), text);
}

#[tokio::test]
async fn a_429_has_the_words_of_the_api() {
    let error = told(of_the_room()).await;
    assert_eq!(error.api_errors(), ["Rate limit for message posting per room exceeded."]);
}

/// The error of a call that would have to wait longer than it may, and what the server got.
async fn held_up() -> (Error, usize) {
    let server = Server::always(Reply::of("getMe").limits(0, 60)).await;
    let pacing = Pacing::default().max_wait(SECOND);
    let client = builder(&server.base_url()).pacing(pacing).build().unwrap();
    client.me().await.unwrap();
    let error = refused(hurried(async { client.me().await }).await);
    (error, server.got().len())
}

#[tokio::test]
async fn a_call_that_may_not_wait_long_enough_is_not_sent() {
    let (error, requests) = held_up().await;
    assert_eq!((error.is_rate_limited(), error.status(), requests), (true, None, 1));
}

#[tokio::test]
async fn a_call_that_may_not_wait_long_enough_says_when_it_could_go() {
    let wait = held_up().await.0.retry_after().unwrap();
    // A minute, the margin of a second, and up to half a second of jitter.
    assert!(wait > 55 * SECOND && wait < 62 * SECOND, "{wait:?}");
}

#[tokio::test]
async fn a_call_that_may_not_wait_long_enough_names_the_limit() {
    let error = held_up().await.0;
    let Error::RateLimited(error) = error else { panic!("{error}") };
    assert_eq!(error.limit(), RateLimitName::Account);
}

#[tokio::test]
async fn a_call_may_wait_for_ever() {
    let server = once(of_the_account(60)).await;
    let time = time_to_post(&server, Pacing::default().max_wait(Duration::MAX)).await;
    assert!(time >= 60 * SECOND, "{time:?}");
}

#[tokio::test]
async fn ten_posts_to_a_room_go_at_once_and_the_next_waits() {
    let server = Server::always(Reply::of("createRoomMessage")).await;
    let client = server.client();
    let mut times = Vec::new();
    for _ in 0..11 {
        let (posted, time) = timed(post(&client)).await;
        posted.unwrap();
        times.push(time >= SECOND);
    }
    let first_ten = [false; 10];
    assert_eq!((&times[..10], times[10]), (&first_ten[..], true), "{times:?}");
}

#[tokio::test]
async fn a_raw_post_to_a_room_counts_like_any_other() {
    let server = Server::always(Reply::of("createRoomMessage")).await;
    let client = server.client();
    for _ in 0..10 {
        let raw = client.request(Method::POST, "/rooms/42/messages").form(&[("body", "Hello")]);
        let _: Value = raw.send().await.unwrap();
    }
    let (_, time) = timed(post(&client)).await;
    assert!(time >= 9 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_429_of_a_post_with_requests_left_is_the_rooms_whatever_its_text_says() {
    let text = "Rate limit for message posting per room exceeded";
    let server = once(Reply::refusal(429, text).limits(290, 300).into()).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 10 * SECOND && time < 13 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_429_of_a_post_whose_body_breaks_off_is_the_rooms_if_requests_are_left() {
    let refusal = Reply::refusal(429, "Rate limit exceeded.").limits(290, 300);
    let server = once(Answer::Cut(refusal)).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 10 * SECOND && time < 13 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_429_without_limits_is_waited_for_as_its_retry_after_says() {
    let server = once(Reply::html(429).header("retry-after", "2").into()).await;
    let time = time_to_post(&server, Pacing::default()).await;
    assert!(time >= 2 * SECOND && time < 5 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_read_that_the_server_cannot_answer_now_is_sent_again_after_its_retry_after() {
    let busy = Reply::new(503, "").header("retry-after", "30");
    let server = Server::script([busy.into(), Reply::of("getMe").into()]).await;
    let client = server.client();
    let (me, time) = timed(async { client.me().await }).await;
    me.unwrap();
    assert!(time >= 30 * SECOND && time < 33 * SECOND, "{time:?}");
}

#[tokio::test]
async fn a_room_that_another_program_fills_costs_one_request_a_window() {
    let server = Server::always(of_the_room()).await;
    let client = server.client();
    let posts = (0..40).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { post(&client).await })
    });
    let posts: Vec<_> = posts.collect();
    hurried(tokio::time::sleep(60 * SECOND)).await;
    posts.iter().for_each(tokio::task::JoinHandle::abort);
    // Ten go at once; then one after each refusal.
    assert!(server.got().len() <= 10 + 6, "{}", server.got().len());
}
