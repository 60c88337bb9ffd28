//! One request to a receiver.

use std::pin::pin;

use axum::http::header::{CONNECTION, CONTENT_TYPE, HOST, USER_AGENT};
use axum::http::{Request, StatusCode};
use bytes::Bytes;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::delivery::{DeliveryOutcome, TIMEOUT};
use super::target::Target;
use super::token;

/// The most bytes of an answer.
const LONGEST: usize = 2_048;
/// How much of a refused answer is kept, in characters.
const KEPT: usize = 200;
/// The name of the service's user agent. Its version is not known.
const AGENT: &str = concat!("ChatWork-Webhook/", env!("CARGO_PKG_VERSION"));
const SIGNATURE_HEADER: &str = "x-chatworkwebhooksignature";
const SIGNATURE_PARAMETER: &str = "chatwork_webhook_signature";

/// How a receiver answered.
pub(super) struct Answer {
    pub(super) outcome: DeliveryOutcome,
    pub(super) status: Option<u16>,
    pub(super) text: Option<String>,
}

impl Answer {
    pub(super) fn none(outcome: DeliveryOutcome) -> Self {
        Self { outcome, status: None, text: None }
    }
}

/// Sends a body once.
pub(super) async fn post(target: &Target, token: &str, body: Bytes) -> Answer {
    let Ok(request) = request(target, &token::sign(token, &body), body) else {
        return Answer::none(DeliveryOutcome::NotConnected);
    };
    let sent = tokio::time::timeout(TIMEOUT, exchange(target, request)).await;
    sent.unwrap_or_else(|_| Answer::none(DeliveryOutcome::TimedOut))
}

fn request(
    target: &Target,
    signature: &str,
    body: Bytes,
) -> Result<Request<Full<Bytes>>, axum::http::Error> {
    let encoded = utf8_percent_encode(signature, NON_ALPHANUMERIC);
    Request::post(target.path_with(&format!("{SIGNATURE_PARAMETER}={encoded}")))
        .header(HOST, &target.authority)
        .header(USER_AGENT, AGENT)
        .header(CONTENT_TYPE, "application/json")
        .header(SIGNATURE_HEADER, signature)
        .header(CONNECTION, "close")
        .body(Full::new(body))
}

async fn exchange(target: &Target, request: Request<Full<Bytes>>) -> Answer {
    let Ok(stream) = target.connect().await else {
        return Answer::none(DeliveryOutcome::NotConnected);
    };
    let Ok((mut sender, connection)) = http1::handshake(TokioIo::new(stream)).await else {
        return Answer::none(DeliveryOutcome::Broken);
    };
    let mut answer = pin!(async move {
        match sender.send_request(request).await {
            Ok(response) => read(response.status(), response.into_body()).await,
            Err(_) => Answer::none(DeliveryOutcome::Broken),
        }
    });
    tokio::select! {
        biased;
        answer = &mut answer => answer,
        // The answer may have come before the connection ended.
        _ = connection => answer.await,
    }
}

async fn read(status: StatusCode, body: Incoming) -> Answer {
    let body = Limited::new(body, LONGEST).collect().await.map(|body| body.to_bytes());
    let outcome = match &body {
        Err(error) if !error.is::<LengthLimitError>() => DeliveryOutcome::Broken,
        _ if status != StatusCode::OK => DeliveryOutcome::Refused,
        Ok(_) => DeliveryOutcome::Delivered,
        Err(_) => DeliveryOutcome::AnswerTooLong,
    };
    let text = body.ok().filter(|body| !outcome.is_success() && !body.is_empty());
    Answer { outcome, status: Some(status.as_u16()), text: text.map(excerpt) }
}

fn excerpt(body: Bytes) -> String {
    String::from_utf8_lossy(&body).chars().take(KEPT).collect()
}
