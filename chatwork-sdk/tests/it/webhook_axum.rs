//! The extractor in a real server.

use std::io::Error;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, FromRequest, Request, State};
use axum::response::IntoResponse;
use axum::routing::post;
use chatwork_sdk::UnixTime;
use chatwork_sdk::reqwest::{Body, Client, Response, StatusCode};
use chatwork_sdk::webhook::axum::{
    BODY_LIMIT, BODY_TIMEOUT, VerifiedWebhook, Webhook, WebhookRejection,
};
use chatwork_sdk::webhook::{
    SIGNATURE_HEADER, SIGNATURE_PARAMETER, Verifier, WebhookError, WebhookEvent,
};
use futures_core::Stream;
use tokio::net::TcpListener;

use crate::support::files::Pieces;
use crate::support::spans::Spans;
use crate::webhooks::{BODY, SIGNATURE, TOKEN, created, sign, verifier};

/// What the handlers were given.
#[derive(Clone, Default)]
struct Taken(Arc<Mutex<Vec<WebhookEvent>>>);

#[derive(Clone)]
struct App {
    verifier: Verifier,
    taken: Taken,
}

impl FromRef<App> for Verifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

impl Taken {
    fn all(&self) -> Vec<WebhookEvent> {
        self.0.lock().unwrap().clone()
    }
}

async fn take(State(app): State<App>, Webhook(event): Webhook) {
    app.taken.0.lock().unwrap().push(event);
}

/// Says in words why a delivery was refused.
async fn explain(result: Result<Webhook, WebhookRejection>) -> String {
    result.map_or_else(|rejection| rejection.to_string(), |_| "taken".to_owned())
}

/// Starts a receiver: its address, and what it is given.
async fn receiver() -> (String, Taken) {
    let taken = Taken::default();
    let app = App { verifier: verifier(), taken: taken.clone() };
    let small = post(take).layer(DefaultBodyLimit::max(100));
    let large = post(take).layer(DefaultBodyLimit::disable());
    let router = Router::new()
        .route("/webhook", post(take))
        .route("/explain", post(explain))
        .route("/small", small)
        .route("/large", large)
        .with_state(app);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    (address, taken)
}

/// A proxy of the machine has no part in it.
fn http() -> Client {
    Client::builder().no_proxy().build().unwrap()
}

async fn deliver(url: &str, signature: &str, body: impl Into<Body>) -> Response {
    let request = http().post(url).header(SIGNATURE_HEADER, signature);
    request.body(body).send().await.unwrap()
}

#[tokio::test]
async fn a_delivery_gets_to_the_handler_and_is_answered_with_an_empty_200() {
    let (address, taken) = receiver().await;
    let reply = deliver(&format!("{address}/webhook"), SIGNATURE, BODY).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.bytes().await.unwrap().len(), 0);
    let [WebhookEvent::MentionToMe(event)] = &taken.all()[..] else {
        panic!("{:?}", taken.all());
    };
    assert_eq!(event.webhook_setting_id, "581");
}

#[tokio::test]
async fn the_signature_may_stand_in_the_query() {
    let (address, taken) = receiver().await;
    let query = [(SIGNATURE_PARAMETER, SIGNATURE)];
    let request = http().post(format!("{address}/webhook")).query(&query).body(BODY);
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    assert_eq!(taken.all().len(), 1);
}

#[tokio::test]
async fn the_state_may_be_the_verifier_itself() {
    let router: Router =
        Router::new().route("/", post(|_: Webhook| async {})).with_state(verifier());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async { axum::serve(listener, router).await });
    assert_eq!(deliver(&address, SIGNATURE, BODY).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_verified_is_401_without_a_word_and_gets_nowhere() {
    let (address, taken) = receiver().await;
    let other = sign(b"another body");
    for signature in ["", "x", &SIGNATURE[..43], &other] {
        let reply = deliver(&format!("{address}/webhook"), signature, BODY).await;
        assert_eq!(reply.status(), StatusCode::UNAUTHORIZED, "{signature}");
        assert_eq!(reply.bytes().await.unwrap().len(), 0);
    }
    let unsigned = http().post(format!("{address}/webhook")).body(BODY);
    assert_eq!(unsigned.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert!(taken.all().is_empty());
}

#[tokio::test]
async fn what_is_signed_and_not_json_is_an_empty_200_and_gets_nowhere() {
    let (spans, _guard) = Spans::listen();
    let (address, taken) = receiver().await;
    let reply = deliver(&format!("{address}/webhook"), &sign(b"{"), "{").await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.bytes().await.unwrap().len(), 0);
    assert!(spans.text().contains("webhook event lost"), "{}", spans.text());
    assert!(taken.all().is_empty());
}

#[tokio::test]
async fn a_body_may_be_as_long_as_the_longest_message() {
    let (address, taken) = receiver().await;
    let mut json = created();
    json["webhook_event"]["body"] = "TEXT".into();
    let body = json.to_string().replace("TEXT", &"\\ud83d\\ude00".repeat(65_535));
    let signature = sign(body.as_bytes());
    let reply = deliver(&format!("{address}/webhook"), &signature, body).await;
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(taken.all()[0].body().unwrap().chars().count(), 65_535);
}

#[tokio::test]
async fn a_body_above_the_limit_is_413_whatever_the_router_allows() {
    let (address, taken) = receiver().await;
    let body = " ".repeat(BODY_LIMIT + 1);
    for path in ["webhook", "large"] {
        let reply = deliver(&format!("{address}/{path}"), SIGNATURE, body.clone()).await;
        assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
    }
    assert!(taken.all().is_empty());
}

#[tokio::test]
async fn a_lower_limit_of_the_router_counts() {
    let (address, _) = receiver().await;
    let reply = deliver(&format!("{address}/small"), SIGNATURE, BODY).await;
    assert_eq!(reply.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_handler_may_ask_why() {
    let (address, _) = receiver().await;
    let reply = deliver(&format!("{address}/explain"), &sign(b"x"), BODY).await;
    let expected = WebhookError::WrongSignature { tokens: 1 }.to_string();
    assert_eq!(reply.text().await.unwrap(), expected);
}

#[tokio::test]
async fn what_tracing_is_told_names_the_reason_and_nothing_private() {
    let (spans, _guard) = Spans::listen();
    let (address, _) = receiver().await;
    deliver(&format!("{address}/webhook"), &sign(b"x"), BODY).await;
    let text = spans.text();
    assert!(text.contains("webhook refused"), "{text}");
    for secret in [TOKEN, SIGNATURE, &sign(b"x"), "sue445"] {
        assert!(!text.contains(secret), "{text}");
    }
}

/// A body of which nothing ever arrives.
struct Endless;

impl Stream for Endless {
    type Item = Result<Vec<u8>, Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

/// A body that must not be read.
struct Unreadable;

impl Stream for Unreadable {
    type Item = Result<Vec<u8>, Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        panic!("the body was read");
    }
}

fn signed_request(body: axum::body::Body) -> Request {
    let mut request = Request::new(body);
    request.headers_mut().insert(SIGNATURE_HEADER, SIGNATURE.parse().unwrap());
    request
}

async fn extract<T>(request: Request, verifier: Verifier) -> Result<T, WebhookRejection>
where
    T: FromRequest<Verifier, Rejection = WebhookRejection>,
{
    T::from_request(request, &verifier).await
}

#[tokio::test]
async fn an_event_outside_the_maximum_age_is_an_empty_200_and_a_warning() {
    let (spans, _guard) = Spans::listen();
    let verifier = verifier().max_age(Duration::from_secs(300)).clock(|| UnixTime(1));
    let rejection = extract::<Webhook>(signed_request(BODY.into()), verifier).await;
    assert_eq!(rejection.unwrap_err().into_response().status(), StatusCode::OK);
    assert!(spans.text().contains("webhook event lost"), "{}", spans.text());
}

#[tokio::test]
async fn the_token_that_signed_reaches_the_handler() {
    let other = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let verifier = Verifier::with_tokens([other, TOKEN]).unwrap();
    let VerifiedWebhook(verified) = extract(signed_request(BODY.into()), verifier).await.unwrap();
    assert_eq!(verified.token_position, 1);
}

#[tokio::test]
async fn an_unsigned_request_is_rejected_before_its_body_is_read() {
    for signature in [None, Some(""), Some("short"), Some(&SIGNATURE[1..])] {
        let mut request = Request::new(axum::body::Body::from_stream(Unreadable));
        if let Some(signature) = signature {
            request.headers_mut().insert(SIGNATURE_HEADER, signature.parse().unwrap());
        }
        let rejection = extract::<Webhook>(request, verifier()).await.unwrap_err();
        assert_eq!(rejection.status(), StatusCode::UNAUTHORIZED, "{signature:?}");
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_400() {
    let body = Pieces(vec![Ok(BODY.into()), Err(Error::other("reset"))]);
    let broken = axum::body::Body::from_stream(body);
    let rejection = extract::<Webhook>(signed_request(broken), verifier()).await.unwrap_err();
    assert_eq!(rejection, WebhookRejection::Broken);
    assert_eq!(rejection.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_end_is_408() {
    let start = tokio::time::Instant::now();
    let endless = axum::body::Body::from_stream(Endless);
    let rejection = extract::<Webhook>(signed_request(endless), verifier()).await.unwrap_err();
    assert_eq!(rejection, WebhookRejection::TimedOut);
    assert_eq!(rejection.status(), StatusCode::REQUEST_TIMEOUT);
    assert_eq!(start.elapsed(), BODY_TIMEOUT);
}
