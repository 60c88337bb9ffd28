//! Tokens from a source.

use std::error::Error as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use chatwork_sdk::{Client, Error, RetryPolicy, Secret, TokenFuture, TokenSource, Upload};

use crate::support::clock::timed;
use crate::support::files::{Pieces, bytes};
use crate::support::spans::Spans;
use crate::support::{Reply, Server, builder, hurried, refused, room};

/// A source that gives `token-1` until it is refreshed, then `token-2`, and so on.
#[derive(Clone, Default)]
struct Numbered(Arc<Mutex<Counts>>);

#[derive(Default)]
struct Counts {
    asked: usize,
    refused: Vec<String>,
    cannot_refresh: bool,
    changes_by_itself: bool,
}

impl Numbered {
    fn with(change: impl FnOnce(&mut Counts)) -> Self {
        let source = Self::default();
        change(&mut source.0.lock().unwrap());
        source
    }

    fn refused(&self) -> Vec<String> {
        self.0.lock().unwrap().refused.clone()
    }

    fn client(&self, server: &Server) -> Client {
        builder(&server.base_url()).token_source(self.clone()).build().unwrap()
    }
}

impl TokenSource for Numbered {
    fn token(&self) -> TokenFuture<'_, Secret> {
        let mut counts = self.0.lock().unwrap();
        counts.asked += 1;
        let refreshed = counts.refused.len() + 1;
        let number = if counts.changes_by_itself { counts.asked } else { refreshed };
        Box::pin(async move { Ok(Secret::from(format!("token-{number}"))) })
    }

    fn refresh<'a>(&'a self, refused: &'a Secret) -> TokenFuture<'a, bool> {
        let mut counts = self.0.lock().unwrap();
        counts.refused.push(refused.expose().to_owned());
        let refreshed = !counts.cannot_refresh;
        Box::pin(async move { Ok(refreshed) })
    }
}

/// A source that fails with this text, in `token` or in `refresh`.
struct Failing {
    refreshing: bool,
}

impl TokenSource for Failing {
    fn token(&self) -> TokenFuture<'_, Secret> {
        let fails = !self.refreshing;
        Box::pin(async move {
            if fails { Err("the vault is closed".into()) } else { Ok(Secret::from("x".to_owned())) }
        })
    }

    fn refresh<'a>(&'a self, _: &'a Secret) -> TokenFuture<'a, bool> {
        Box::pin(async { Err("the vault is closed".into()) })
    }
}

fn tokens(server: &Server) -> Vec<String> {
    let bearer = |got: &crate::support::Got| got.header("authorization").unwrap().to_owned();
    server.got().iter().map(bearer).collect()
}

fn unauthorized() -> Reply {
    Reply::refusal(401, "Invalid API token")
}

/// A server that knows one token, and nothing that was given before.
async fn knowing(token: &'static str) -> Server {
    Server::start(move |got| {
        let known = got.header("authorization") == Some(&format!("Bearer {token}"));
        let reply = if known { Reply::of("createRoomMessage") } else { unauthorized() };
        reply.into()
    })
    .await
}

#[tokio::test]
async fn a_token_is_asked_for_before_every_try() {
    let server = Server::script([Reply::html(500).into(), Reply::of("getMe").into()]).await;
    let source = Numbered::with(|counts| counts.changes_by_itself = true);
    let client = source.client(&server);
    hurried(async { client.me().await }).await.unwrap();
    assert_eq!(tokens(&server), ["Bearer token-1", "Bearer token-2"]);
}

#[tokio::test]
async fn a_write_with_an_old_token_is_sent_again_with_a_new_one() {
    let server = knowing("token-2").await;
    room(&Numbered::default().client(&server)).post("Hello").await.unwrap();
    assert_eq!(tokens(&server), ["Bearer token-1", "Bearer token-2"]);
}

#[tokio::test]
async fn the_source_learns_which_token_was_refused() {
    let (server, source) = (knowing("token-2").await, Numbered::default());
    room(&source.client(&server)).post("Hello").await.unwrap();
    assert_eq!(source.refused(), ["token-1"]);
}

#[tokio::test]
async fn a_token_is_refreshed_once_for_a_call() {
    let (server, source) = (knowing("none").await, Numbered::default());
    let error = refused(room(&source.client(&server)).post("Hello").await);
    assert_eq!((error.is_unauthorized(), tokens(&server).len()), (true, 2));
}

#[tokio::test]
async fn the_next_call_may_refresh_it_again() {
    let (server, source) = (knowing("none").await, Numbered::default());
    let client = source.client(&server);
    refused(room(&client).post("Hello").await);
    refused(room(&client).post("Hello").await);
    assert_eq!(source.refused(), ["token-1", "token-2"]);
}

#[tokio::test]
async fn a_call_is_not_sent_again_without_a_new_token() {
    let server = knowing("none").await;
    let source = Numbered::with(|counts| counts.cannot_refresh = true);
    let error = refused(room(&source.client(&server)).post("Hello").await);
    assert_eq!((error.is_unauthorized(), tokens(&server).len()), (true, 1));
}

#[tokio::test]
async fn a_stream_is_not_sent_again_with_a_new_token() {
    let server = knowing("token-2").await;
    let upload = Upload::stream("a", Pieces::of(&bytes(100)));
    let error = refused(room(&Numbered::default().client(&server)).upload(upload).await);
    assert_eq!((error.is_unauthorized(), tokens(&server).len()), (true, 1));
}

#[tokio::test]
async fn a_fixed_token_that_is_refused_is_sent_once() {
    let server = Server::always(unauthorized()).await;
    let error = refused(server.client().me().await);
    assert_eq!((error.is_unauthorized(), server.got().len()), (true, 1));
}

async fn failing(refreshing: bool) -> (Error, usize) {
    let server = Server::always(unauthorized()).await;
    let client = builder(&server.base_url()).token_source(Failing { refreshing }).build().unwrap();
    (refused(client.me().await), server.got().len())
}

#[tokio::test]
async fn nothing_is_sent_without_a_token() {
    let (error, requests) = failing(false).await;
    assert!(matches!(error, Error::Token(_)) && requests == 0, "{error:?}");
}

#[tokio::test]
async fn the_error_of_the_source_is_the_source_of_the_error() {
    let error = failing(false).await.0;
    assert_eq!(error.source().unwrap().to_string(), "the vault is closed");
}

#[tokio::test]
async fn an_error_of_refreshing_is_one_of_the_source() {
    let (error, requests) = failing(true).await;
    assert!(matches!(error, Error::Token(_)) && requests == 1, "{error:?}");
}

#[tokio::test]
async fn a_call_without_a_token_takes_no_place_of_the_next() {
    let server = Server::always(Reply::of("createRoomMessage")).await;
    let source = Shy(Arc::new(Mutex::new(10)));
    let client = builder(&server.base_url()).token_source(source).build().unwrap();
    for _ in 0..10 {
        refused(room(&client).post("Hello").await);
    }
    let (_, time) = timed(async { room(&client).post("Hello").await.unwrap() }).await;
    assert!(time < Duration::from_secs(5), "{time:?}");
}

/// A source that fails so many times first.
struct Shy(Arc<Mutex<u32>>);

impl TokenSource for Shy {
    fn token(&self) -> TokenFuture<'_, Secret> {
        let mut left = self.0.lock().unwrap();
        let fails = *left > 0;
        *left = left.saturating_sub(1);
        Box::pin(async move {
            if fails { Err("not yet".into()) } else { Ok(Secret::from("token".to_owned())) }
        })
    }
}

struct Broken;

impl TokenSource for Broken {
    fn token(&self) -> TokenFuture<'_, Secret> {
        Box::pin(async { Ok(Secret::from("sesame\r\nX-Evil: 1".to_owned())) })
    }
}

#[tokio::test]
async fn a_token_that_no_header_can_hold_is_not_sent_and_not_shown() {
    let server = Server::spec().await;
    let client = builder(&server.base_url()).token_source(Broken).build().unwrap();
    let error = refused(client.me().await);
    let shown = format!("{error} {error:?} {:?}", error.source());
    assert!(server.got().is_empty() && !shown.contains("sesame"), "{shown}");
}

/// A source that gives its token at the eleventh time, and says nothing before.
struct Slow(Arc<Mutex<usize>>);

impl TokenSource for Slow {
    fn token(&self) -> TokenFuture<'_, Secret> {
        let mut left = self.0.lock().unwrap();
        let hangs = *left > 0;
        *left = left.saturating_sub(1);
        Box::pin(async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            Ok(Secret::from("token".to_owned()))
        })
    }
}

#[tokio::test]
async fn a_call_that_is_given_up_before_it_has_its_token_takes_no_place_of_the_next() {
    let server = Server::always(Reply::of("createRoomMessage")).await;
    let source = Slow(Arc::new(Mutex::new(10)));
    let client = builder(&server.base_url()).token_source(source).build().unwrap();
    for _ in 0..10 {
        let mut post = room(&client).post("Hello").into_future();
        // Polled once, so that it waits for its token, and given up then.
        assert!(polled_once(&mut post).await.is_pending());
    }
    let (_, time) = timed(async { room(&client).post("Hello").await.unwrap() }).await;
    assert!(time < Duration::from_secs(5), "{time:?}");
}

async fn polled_once<T>(future: &mut (impl Future<Output = T> + Unpin)) -> Poll<T> {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context))).await
}

#[tokio::test]
async fn the_span_counts_the_try_with_a_new_token() {
    let (spans, _guard) = Spans::listen();
    let server = knowing("token-2").await;
    room(&Numbered::default().client(&server)).post("Hello").await.unwrap();
    assert_eq!(spans.last("attempt"), Some(2));
}

#[tokio::test]
async fn a_new_token_is_tried_without_retries_too() {
    let server = knowing("token-2").await;
    let builder = builder(&server.base_url()).token_source(Numbered::default());
    let client = builder.retry(RetryPolicy::off()).build().unwrap();
    assert!(room(&client).post("Hello").await.is_ok());
}
