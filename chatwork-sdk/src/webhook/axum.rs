//! Webhooks in [axum](https://docs.rs/axum/0.8): an extractor of verified events.

use std::fmt;

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use axum_core::{RequestExt, body::Body};
use bytes::Bytes;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::types::WebhookEvent;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::error::WebhookError;
use super::verifier::Verifier;

/// The most bytes that a body may have. A message has 65,535 characters, each of which may take 12
/// bytes in JSON.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// A verified event, as the last argument of a handler.
///
/// The router's state is a [`Verifier`], or has one by [`FromRef`]. A handler that returns nothing
/// answers with an empty 200. What takes longer than a moment belongs into a task: Chatwork waits
/// five seconds, and counts what comes later as a failure.
///
/// What is signed and no event that this version can read is answered with an empty 200, too, and
/// told to [`tracing`] as a warning: Chatwork sends nothing twice, so that an error status would
/// mend nothing, and enough of them switch the webhook off.
///
/// ```
/// use axum::routing::post;
/// use axum::{Router, extract::FromRef, extract::State};
/// use chatwork_sdk::Client;
/// use chatwork_sdk::webhook::{Verifier, axum::Webhook};
///
/// #[derive(Clone)]
/// struct Bot {
///     chatwork: Client,
///     verifier: Verifier,
/// }
///
/// impl FromRef<Bot> for Verifier {
///     fn from_ref(bot: &Bot) -> Self {
///         bot.verifier.clone()
///     }
/// }
///
/// async fn receive(State(bot): State<Bot>, Webhook(event): Webhook) {
///     tokio::spawn(async move { println!("{:?} for {:?}", event.event_type(), bot.chatwork) });
/// }
///
/// fn router(bot: Bot) -> Router {
///     Router::new().route("/webhook", post(receive)).with_state(bot)
/// }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook(pub WebhookEvent);

impl<S> FromRequest<S> for Webhook
where
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let result = read(request, &Verifier::from_ref(state)).await;
        result.inspect_err(tell).map(Self)
    }
}

fn tell(rejection: &WebhookRejection) {
    let status = rejection.status().as_u16();
    match rejection {
        WebhookRejection::Refused(WebhookError::Unreadable(_)) => {
            tracing::warn!(status, "webhook not understood: {rejection}");
        }
        _ => tracing::debug!(status, "webhook refused: {rejection}"),
    }
}

async fn read(request: Request, verifier: &Verifier) -> Result<WebhookEvent, WebhookRejection> {
    // The limit of the router counts too, if it is lower.
    let (parts, body) = request.with_limited_body().into_parts();
    let body = collect(body).await?;
    let query = parts.uri.query();
    Ok(verifier.verify_request(&parts.headers, query, &body)?)
}

async fn collect(body: Body) -> Result<Bytes, WebhookRejection> {
    match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if is_limit(&*error) => Err(WebhookRejection::TooLarge),
        Err(_) => Err(WebhookRejection::Broken),
    }
}

/// Whether a limit was reached, this one or one below it.
fn is_limit(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<LengthLimitError>() || error.source().is_some_and(is_limit)
}

/// Why a delivery does not get to the handler, and what it is answered with.
///
/// A handler that takes `Result<Webhook, WebhookRejection>` gets it, to count it or to answer
/// otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The body has more than [`BODY_LIMIT`] bytes: 413.
    TooLarge,
    /// The body did not arrive whole: 400.
    Broken,
    /// It is not verified (401), or verified and not understood (200).
    Refused(WebhookError),
}

impl WebhookRejection {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(error) if error.is_unauthenticated() => StatusCode::UNAUTHORIZED,
            Self::Refused(_) => StatusCode::OK,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<WebhookError> for WebhookRejection {
    fn from(error: WebhookError) -> Self {
        Self::Refused(error)
    }
}

/// The status and nothing else: who sends what is not signed learns nothing from it.
impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the body has more than {BODY_LIMIT} bytes"),
            Self::Broken => f.write_str("the body did not arrive whole"),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WebhookRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(error) => Some(error),
            _ => None,
        }
    }
}
