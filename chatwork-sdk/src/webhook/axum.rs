//! Extractors of verified events for [axum](https://docs.rs/axum/0.8). They need the feature
//! `axum-08`.

use std::fmt;
use std::time::Duration;

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use axum_core::{RequestExt, body::Body};
use bytes::Bytes;
use chatwork_api::reqwest::StatusCode;
use chatwork_api::types::WebhookEvent;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::error::WebhookError;
use super::verifier::{Verified, Verifier};

/// How many bytes a body may have. A message has up to 65,535 characters, each of which may take 12
/// bytes in JSON.
pub const BODY_LIMIT: usize = 1024 * 1024;

/// How long reading a body may take. After that, the connection is answered with 408.
pub const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Extracts a verified event, as the last argument of a handler.
///
/// The router's state is a [`Verifier`], or contains one by [`FromRef`]. A handler that returns
/// `()` answers with an empty 200. Move work that takes longer into a task: Chatwork counts a
/// delivery that it waits for too long as a failure, and no page says how long it waits.
///
/// A request without a signature in the right form is rejected before its body is read. Reading a
/// body is limited to [`BODY_LIMIT`] and [`BODY_TIMEOUT`].
///
/// A delivery that is signed, but not JSON or too old, is answered with an empty 200 and logged as
/// a [`tracing`] warning. Chatwork does not send it again, and enough error statuses switch the
/// webhook off.
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

/// Extracts a verified event and which token signed it: see [`Verifier::with_tokens`]. Otherwise
/// it is like [`Webhook`].
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedWebhook(pub Verified);

impl<S> FromRequest<S> for Webhook
where
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        extract(request, state).await.map(|verified| Self(verified.event))
    }
}

impl<S> FromRequest<S> for VerifiedWebhook
where
    Verifier: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = WebhookRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        extract(request, state).await.map(Self)
    }
}

async fn extract<S>(request: Request, state: &S) -> Result<Verified, WebhookRejection>
where
    Verifier: FromRef<S>,
{
    read(request, &Verifier::from_ref(state)).await.inspect_err(log)
}

/// Logs a rejection: as a warning if the delivery was signed, because its event is lost.
fn log(rejection: &WebhookRejection) {
    let status = rejection.status().as_u16();
    match rejection {
        WebhookRejection::Refused(error) if !error.is_unauthenticated() => {
            tracing::warn!(status, "webhook event lost: {rejection}");
        }
        _ => tracing::debug!(status, "webhook refused: {rejection}"),
    }
}

async fn read(request: Request, verifier: &Verifier) -> Result<Verified, WebhookRejection> {
    // A lower limit of the router counts, too.
    let (parts, body) = request.with_limited_body().into_parts();
    let query = parts.uri.query();
    Verifier::check_signature_form(&parts.headers, query)?;
    let body = tokio::time::timeout(BODY_TIMEOUT, collect(body))
        .await
        .map_err(|_| WebhookRejection::TimedOut)??;
    Ok(verifier.identify_request(&parts.headers, query, &body)?)
}

async fn collect(body: Body) -> Result<Bytes, WebhookRejection> {
    match Limited::new(body, BODY_LIMIT).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if is_limit(&*error) => Err(WebhookRejection::TooLarge),
        Err(_) => Err(WebhookRejection::Broken),
    }
}

/// Returns whether a size limit was reached: this one, or a lower one of the router.
fn is_limit(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<LengthLimitError>() || error.source().is_some_and(is_limit)
}

/// Why a delivery does not reach the handler, and its answer.
///
/// A handler that takes `Result<Webhook, WebhookRejection>` receives it, and can count it or answer
/// in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookRejection {
    /// The body has more than [`BODY_LIMIT`] bytes: 413.
    TooLarge,
    /// The body was not read within [`BODY_TIMEOUT`]: 408.
    TimedOut,
    /// The connection broke before the body was complete: 400.
    Broken,
    /// The signature is missing or wrong (401), or it is right and the event is not accepted (200).
    Refused(WebhookError),
}

impl WebhookRejection {
    /// Returns the status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Refused(error) if error.is_unauthenticated() => StatusCode::UNAUTHORIZED,
            Self::Refused(_) => StatusCode::OK,
            Self::TimedOut => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }
}

impl From<WebhookError> for WebhookRejection {
    fn from(error: WebhookError) -> Self {
        Self::Refused(error)
    }
}

/// Answers with the status and an empty body: a sender that did not sign learns nothing else.
impl IntoResponse for WebhookRejection {
    fn into_response(self) -> Response {
        self.status().into_response()
    }
}

impl fmt::Display for WebhookRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "the body has more than {BODY_LIMIT} bytes"),
            Self::TimedOut => {
                write!(f, "the body was not complete after {} s", BODY_TIMEOUT.as_secs())
            }
            Self::Broken => f.write_str("the connection broke before the body was complete"),
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
