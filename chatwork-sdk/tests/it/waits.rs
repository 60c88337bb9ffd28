//! Waits before sending: for a token source, and for another change of the same room. Each has an
//! end.

use std::future::{IntoFuture, pending};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sdk::error::{Effect, WaitError, WaitedFor};
use chatwork_sdk::{Client, ClientBuilder, Error, Pacing, RetryPolicy, Role, Secret};
use chatwork_sdk::{TokenFuture, TokenSource};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::support::clock::timed;
use crate::support::{ANNA, Answer, BOB, Reply, Server, builder, hurried, refused, room};

const SECOND: Duration = Duration::from_secs(1);

/// The clock of these tests goes in steps of a tenth of a second.
fn about(time: Duration, expected: Duration) -> bool {
    time >= expected && time <= expected + SECOND
}

fn wait(error: &Error) -> &WaitError {
    match error {
        Error::Wait(error) => error,
        other => panic!("not a wait: {other:?}"),
    }
}

/// A source that answers after these delays, one for each time that it is asked, and then at once.
#[derive(Clone)]
struct Delayed(Arc<Mutex<Vec<Duration>>>);

impl Delayed {
    fn by(delays: impl IntoIterator<Item = Duration>) -> Self {
        let mut delays: Vec<_> = delays.into_iter().collect();
        delays.reverse();
        Self(Arc::new(Mutex::new(delays)))
    }
}

impl TokenSource for Delayed {
    fn token(&self) -> TokenFuture<'_, Secret> {
        let delay = self.0.lock().unwrap().pop();
        Box::pin(async move {
            if let Some(delay) = delay {
                sleep(delay).await;
            }
            Ok(Secret::from("token".to_owned()))
        })
    }

    fn refresh<'a>(&'a self, _: &'a Secret) -> TokenFuture<'a, bool> {
        Box::pin(pending())
    }
}

const NEVER: Duration = Duration::from_secs(1_000_000);

fn client(server: &Server, source: &Delayed, timeout: Duration) -> Client {
    let builder = builder(&server.base_url()).timeout(timeout);
    builder.token_source(source.clone()).retry(RetryPolicy::off()).build().unwrap()
}

#[tokio::test]
async fn a_source_that_does_not_answer_ends_the_call_at_its_time_limit() {
    let server = Server::spec().await;
    let client = client(&server, &Delayed::by([NEVER]), 5 * SECOND);
    let (result, time) = timed(client.me().into_future()).await;
    let error = refused(result);
    assert_eq!(wait(&error).waited_for(), WaitedFor::Token);
    assert_eq!(wait(&error).limit(), 5 * SECOND);
    assert!(about(time, 5 * SECOND) && server.got().is_empty(), "{time:?}");
}

#[tokio::test]
async fn the_time_limit_of_a_single_call_holds_for_its_token() {
    let server = Server::spec().await;
    let client = client(&server, &Delayed::by([NEVER]), 60 * SECOND);
    let (result, time) = timed(client.me().timeout(SECOND).into_future()).await;
    assert_eq!(wait(&refused(result)).limit(), SECOND);
    assert!(about(time, SECOND), "{time:?}");
}

#[tokio::test]
async fn a_call_that_got_no_token_has_done_nothing_and_took_too_long() {
    let server = Server::spec().await;
    let client = client(&server, &Delayed::by([NEVER]), SECOND);
    let error = refused(hurried(room(&client).post("Hello").into_future()).await);
    assert_eq!((error.effect(), error.is_timeout()), (Effect::None, true));
    assert_eq!(
        error.to_string(),
        "createRoomMessage: the token source did not answer within 1 s, so nothing was sent"
    );
}

#[tokio::test]
async fn the_token_and_the_reply_share_the_time_limit_of_an_attempt() {
    let server = Server::always(Answer::Silence).await;
    let client = client(&server, &Delayed::by([3 * SECOND]), 5 * SECOND);
    let (result, time) = timed(client.me().into_future()).await;
    assert!(matches!(refused(result), Error::Network(_)));
    assert!(about(time, 5 * SECOND), "{time:?}");
}

#[tokio::test]
async fn a_call_with_a_token_from_a_source_has_the_time_limit_of_the_client() {
    let server = Server::always(Answer::Silence).await;
    let client = client(&server, &Delayed::by([]), 5 * SECOND);
    let (result, time) = timed(client.me().into_future()).await;
    assert!(refused(result).is_timeout() && about(time, 5 * SECOND), "{time:?}");
}

#[tokio::test]
async fn every_attempt_may_wait_for_its_token_anew() {
    let server = Server::script([Reply::html(500).into(), Reply::of("getMe").into()]).await;
    let builder = builder(&server.base_url()).timeout(4 * SECOND);
    let source = Delayed::by([3 * SECOND, 3 * SECOND]);
    let client = builder.token_source(source).build().unwrap();
    assert!(hurried(client.me().into_future()).await.is_ok());
}

#[tokio::test]
async fn a_source_that_does_not_refresh_ends_the_call_at_its_time_limit() {
    let server = Server::always(Reply::refusal(401, "Invalid API token")).await;
    let client = client(&server, &Delayed::by([]), 5 * SECOND);
    let (result, time) = timed(client.me().into_future()).await;
    assert_eq!(wait(&refused(result)).waited_for(), WaitedFor::Token);
    assert!(about(time, 5 * SECOND) && server.got().len() == 1, "{time:?}");
}

#[tokio::test]
async fn calls_that_wait_for_their_tokens_take_no_place_of_the_next() {
    let server = Server::always(Reply::of("createRoomMessage")).await;
    let client = client(&server, &Delayed::by([NEVER; 10]), 60 * SECOND);
    let mut waiting = JoinSet::new();
    for _ in 0..10 {
        waiting.spawn(room(&client).post("Hello").send());
    }
    let (_, time) = timed(async {
        sleep(SECOND).await;
        room(&client).post("Hello").await.unwrap();
    })
    .await;
    assert!(about(time, SECOND), "{time:?}");
}

#[tokio::test]
async fn a_call_that_waited_for_its_token_waits_for_the_limit_all_the_same() {
    let server = Server::always(Reply::of("createRoomMessage")).await;
    let client = client(&server, &Delayed::by([SECOND]), 60 * SECOND);
    let (_, time) = timed(async {
        let mut posts = JoinSet::new();
        for _ in 0..11 {
            posts.spawn(room(&client).post("Hello").send());
        }
        posts.join_all().await
    })
    .await;
    assert!(time > 10 * SECOND && server.got().len() == 11, "{time:?}");
}

/// A client of a server that never answers a change of a room.
async fn hanging(configure: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Server, Client) {
    let server = Server::start(|got| match got.method.as_str() {
        "GET" => Reply::of("listRoomMembers").into(),
        "PUT" => Answer::Silence,
        _ => Reply::of("deleteRoomLink").into(),
    })
    .await;
    let client = configure(builder(&server.base_url())).build().unwrap();
    (server, client)
}

/// How a second replacement of the same members ends, which may wait for this long.
async fn second(max_wait: Duration, timeout: Duration) -> (Error, Duration) {
    let pacing = Pacing::default().max_wait(max_wait);
    let (_server, client) = hanging(|builder| builder.pacing(pacing)).await;
    let first = tokio::spawn(room(&client).add_members(Role::Member, [BOB]).send());
    let (result, time) = timed(async {
        sleep(SECOND).await;
        room(&client).replace_members([ANNA]).timeout(timeout).await
    })
    .await;
    first.abort();
    (refused(result), time - SECOND)
}

#[tokio::test]
async fn a_change_waits_for_another_of_the_same_members_as_long_as_max_wait() {
    let (error, time) = second(7 * SECOND, SECOND).await;
    assert_eq!(wait(&error).waited_for(), WaitedFor::OtherChange);
    assert_eq!(wait(&error).limit(), 7 * SECOND);
    assert!(about(time, 7 * SECOND), "{time:?}");
}

#[tokio::test]
async fn a_change_waits_for_another_as_long_as_its_time_limit_if_that_is_longer() {
    let (error, time) = second(SECOND, 7 * SECOND).await;
    assert_eq!(wait(&error).limit(), 7 * SECOND);
    assert!(about(time, 7 * SECOND), "{time:?}");
}

#[tokio::test]
async fn a_change_that_waited_too_long_has_done_nothing() {
    let (error, _) = second(SECOND, SECOND).await;
    assert_eq!((error.effect(), error.is_timeout()), (Effect::None, true));
    let text = "another change of the same room did not end within 1 s, so nothing was sent";
    assert_eq!(error.to_string(), format!("replaceRoomMembers: {text}"));
}

#[tokio::test]
async fn an_edit_of_several_requests_does_not_wait_for_ever_either() {
    let pacing = Pacing::default().max_wait(7 * SECOND);
    let (_server, client) = hanging(|builder| builder.pacing(pacing)).await;
    let edit = || room(&client).add_members(Role::Member, [BOB]).timeout(60 * SECOND);
    let first = tokio::spawn(edit().timeout(1000 * SECOND).send());
    let (result, time) = timed(async {
        sleep(SECOND).await;
        edit().send().await
    })
    .await;
    first.abort();
    assert_eq!(wait(&refused(result)).limit(), 60 * SECOND);
    assert!(about(time, 61 * SECOND), "{time:?}");
}

#[tokio::test]
async fn a_change_of_the_members_does_not_hold_up_one_of_the_link() {
    let (_server, client) = hanging(|builder| builder).await;
    let first = tokio::spawn(room(&client).replace_members([ANNA]).send());
    let (result, time) = timed(async {
        sleep(SECOND).await;
        room(&client).link().delete().await
    })
    .await;
    first.abort();
    assert!(result.is_ok() && about(time, SECOND), "{time:?}");
}

#[tokio::test]
async fn a_change_begins_when_the_other_has_ended() {
    let (server, client) = hanging(|builder| builder).await;
    let first = tokio::spawn(room(&client).replace_members([ANNA]).timeout(5 * SECOND).send());
    let (_, time) = timed(async {
        sleep(SECOND).await;
        room(&client).replace_members([ANNA]).timeout(SECOND).await
    })
    .await;
    refused(first.await.unwrap());
    assert!(about(time, 6 * SECOND) && server.got().len() == 2, "{time:?}");
}
