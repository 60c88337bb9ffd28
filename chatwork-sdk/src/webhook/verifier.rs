//! Verifying deliveries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::{UnixTime, WebhookEvent};

use super::error::{PayloadError, WebhookError};
use super::key::{InvalidToken, Key, TokenFault};
use super::{payload, signature};

/// Turns deliveries into events: those that are signed with a token, and no others.
///
/// The signature is compared in constant time, and nothing of a body is read before it fits. It is
/// cheap to clone, and `Debug` shows no token.
///
/// ```
/// use chatwork_sdk::webhook::{Signer, Verifier, WebhookEvent};
///
/// let token = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
/// let verifier = Verifier::new(token)?;
/// # let body = br#"{"webhook_setting_id":"1","webhook_event_type":"x","webhook_event_time":1}"#;
/// # let signature = Signer::new(token)?.sign(body);
/// match verifier.verify(body, &signature)? {
///     WebhookEvent::MentionToMe(event) => println!("in {}", event.webhook_event.room_id),
///     WebhookEvent::MessageCreated(event) => println!("by {}", event.webhook_event.account_id),
///     _ => {}
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Verifier {
    keys: Arc<[Key]>,
    max_age: Option<Duration>,
    clock: Arc<dyn Fn() -> UnixTime + Send + Sync>,
}

impl Verifier {
    /// Takes the token of a webhook, as its settings show it.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] when it is not base64, or empty.
    pub fn new(token: impl AsRef<str>) -> Result<Self, InvalidToken> {
        Self::with_tokens([token])
    }

    /// Takes several tokens, any of which may have signed: those of several webhooks that lead to
    /// one address, or an old and a new one while a webhook is replaced.
    ///
    /// ```
    /// # use chatwork_sdk::webhook::Verifier;
    /// # let (old, new) = ("b2xk", "bmV3");
    /// let verifier = Verifier::with_tokens([old, new])?;
    /// # Ok::<(), chatwork_sdk::webhook::InvalidToken>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] with the position of the first one that is not base64, or if there is none.
    pub fn with_tokens<T>(tokens: impl IntoIterator<Item = T>) -> Result<Self, InvalidToken>
    where
        T: AsRef<str>,
    {
        let read = |(position, token): (usize, T)| {
            Key::read(token.as_ref()).map_err(|fault| InvalidToken::new(position, fault))
        };
        let keys: Arc<[Key]> =
            tokens.into_iter().enumerate().map(read).collect::<Result<_, _>>()?;
        match keys.is_empty() {
            true => Err(InvalidToken::new(0, TokenFault::Empty)),
            false => Ok(Self { keys, max_age: None, clock: Arc::new(UnixTime::now) }),
        }
    }

    /// Refuses events that were sent longer ago; without this, their age does not matter. Then a
    /// delivery that somebody has recorded cannot be sent again later.
    ///
    /// Parts of a second are cut off. Chatwork sends an event once, within seconds, so that five
    /// minutes leave room for clocks that differ. It holds for events from the future too.
    #[must_use]
    pub fn max_age(self, max_age: Duration) -> Self {
        Self { max_age: Some(max_age), ..self }
    }

    /// Tells the time by another clock than this machine's, as in tests.
    ///
    /// ```
    /// use std::time::Duration;
    /// use chatwork_sdk::UnixTime;
    /// # use chatwork_sdk::webhook::Verifier;
    ///
    /// let verifier = Verifier::new("dG9rZW4=")?
    ///     .max_age(Duration::from_secs(300))
    ///     .clock(|| UnixTime(1_750_831_200));
    /// # Ok::<(), chatwork_sdk::webhook::InvalidToken>(())
    /// ```
    #[must_use]
    pub fn clock(self, now: impl Fn() -> UnixTime + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(now), ..self }
    }

    /// Verifies a body by its signature, and reads it. The body is what came over the wire, byte
    /// for byte.
    ///
    /// # Errors
    ///
    /// [`WebhookError`]: of the signature first, and only then of the body and its age.
    pub fn verify(&self, body: &[u8], signature: &str) -> Result<WebhookEvent, WebhookError> {
        self.check(body, signature)
    }

    /// Verifies a request, whose signature is in a header or else in the query (what comes behind
    /// `?`, still encoded), and reads its body. The headers are those of the crate `http` 1, as
    /// axum, hyper and reqwest have them.
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::verify`], and [`WebhookError::MissingSignature`].
    pub fn verify_request(
        &self,
        headers: &HeaderMap,
        query: Option<&str>,
        body: &[u8],
    ) -> Result<WebhookEvent, WebhookError> {
        self.check(body, &signature::of_request(headers, query)?)
    }

    fn check(&self, body: &[u8], signature: &str) -> Result<WebhookEvent, WebhookError> {
        self.check_signature(body, signature)?;
        let event = payload::read(body).map_err(WebhookError::Unreadable)?;
        self.check_age(&event)?;
        Ok(event)
    }

    /// Tries all tokens, so that the time does not tell which one it was.
    fn check_signature(&self, body: &[u8], signature: &str) -> Result<(), WebhookError> {
        let signature = signature::decode(signature)?;
        let verified =
            self.keys.iter().fold(false, |good, key| good | key.verifies(body, &signature));
        let wrong = WebhookError::WrongSignature { tokens: self.keys.len() };
        verified.then_some(()).ok_or(wrong)
    }

    fn check_age(&self, event: &WebhookEvent) -> Result<(), WebhookError> {
        let Some(max_age) = self.max_age else {
            return Ok(());
        };
        let missing = || PayloadError::new("webhook_event_time".to_owned());
        let event_time =
            event.event_time().ok_or_else(missing).map_err(WebhookError::Unreadable)?;
        let now = (self.clock)();
        match now.0.abs_diff(event_time.0) > max_age.as_secs() {
            true => Err(WebhookError::TimestampOutOfTolerance { event_time, now, max_age }),
            false => Ok(()),
        }
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verifier")
            .field("tokens", &self.keys.len())
            .field("max_age", &self.max_age)
            .finish_non_exhaustive()
    }
}
