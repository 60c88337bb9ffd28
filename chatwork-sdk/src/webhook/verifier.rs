//! Verifies deliveries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chatwork_api::reqwest::header::HeaderMap;
use chatwork_api::types::{UnixTime, WebhookEvent};

use super::error::{InvalidToken, TokenFault, WebhookError};
use super::key::Key;
use super::{payload, signature};

/// Turns deliveries into events, if they are signed with one of its tokens.
///
/// The signature is compared in constant time, and the body is parsed only after the signature was
/// found right. Cloning is cheap, and `Debug` shows no token.
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

/// An event, and the token that signed it.
///
/// The event itself does not prove which webhook sent it: each holder of a token can sign any
/// event. If several parties share one address, compare [`token_position`](Self::token_position)
/// with the party that the event concerns.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Verified {
    /// The event.
    pub event: WebhookEvent,
    /// The index of the token in [`Verifier::with_tokens`], counted from 0. If a token was passed
    /// twice, the first of them.
    pub token_position: usize,
}

impl Verifier {
    /// Takes the token of a webhook, as its settings show it.
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] if the text cannot be a webhook's token: it has the form of an API token,
    /// is cut off, or is not base64.
    pub fn new(token: impl AsRef<str>) -> Result<Self, InvalidToken> {
        Self::with_tokens([token])
    }

    /// Takes several tokens, any of which may have signed: the tokens of several webhooks with one
    /// address, or an old and a new one while a webhook is replaced.
    ///
    /// If the tokens belong to different parties, use [`Verifier::identify`], which also returns
    /// the token that signed. With [`Verifier::verify`] each party can forge the others' events.
    ///
    /// ```
    /// # use chatwork_sdk::webhook::Verifier;
    /// # let old = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
    /// # let new = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    /// let verifier = Verifier::with_tokens([old, new])?;
    /// # Ok::<(), chatwork_sdk::webhook::InvalidToken>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`InvalidToken`] with the position of the first invalid token, and for an empty list.
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

    /// Rejects events whose time is further from now than `max_age`, in the past or in the future.
    /// Without this, the age does not matter. It stops replays of recorded deliveries.
    ///
    /// Parts of a second are cut off. Choose five minutes or more: clocks differ, and no page says
    /// how late a delivery may be. The clock of this machine must be right. A wrong clock loses
    /// events: see [`WebhookError::TimestampOutOfTolerance`].
    #[must_use]
    pub fn max_age(self, max_age: Duration) -> Self {
        Self { max_age: Some(max_age), ..self }
    }

    /// Replaces this machine's clock, as tests do.
    ///
    /// ```
    /// use std::time::Duration;
    /// use chatwork_sdk::UnixTime;
    /// # use chatwork_sdk::webhook::Verifier;
    ///
    /// # let token = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
    /// let verifier = Verifier::new(token)?
    ///     .max_age(Duration::from_secs(300))
    ///     .clock(|| UnixTime(1_750_831_200));
    /// # Ok::<(), chatwork_sdk::webhook::InvalidToken>(())
    /// ```
    #[must_use]
    pub fn clock(self, now: impl Fn() -> UnixTime + Send + Sync + 'static) -> Self {
        Self { clock: Arc::new(now), ..self }
    }

    /// Verifies a body by its signature, and reads its event. Pass the body as it was received,
    /// byte for byte.
    ///
    /// A signed event in an unexpected shape is not lost. Fields of another JSON type are
    /// converted, and a missing time or `webhook_setting_id` is 0 or empty. What still does not
    /// fit is [`WebhookEvent::Unknown`] with the whole JSON.
    ///
    /// # Errors
    ///
    /// [`WebhookError`]: of the signature first, and only then of the body and its age.
    pub fn verify(&self, body: &[u8], signature: &str) -> Result<WebhookEvent, WebhookError> {
        self.identify(body, signature).map(|verified| verified.event)
    }

    /// Verifies a body like [`Verifier::verify`], and also returns which token signed it.
    ///
    /// ```
    /// use chatwork_sdk::webhook::{Signer, Verifier};
    ///
    /// # let anna = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";
    /// # let bob = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    /// let verifier = Verifier::with_tokens([anna, bob])?;
    /// let signature = Signer::new(bob)?.sign(b"{}");
    /// assert_eq!(verifier.identify(b"{}", &signature)?.token_position, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::verify`].
    pub fn identify(&self, body: &[u8], signature: &str) -> Result<Verified, WebhookError> {
        let token_position = self.find_token(body, signature)?;
        let event = payload::read(body).map_err(WebhookError::Unreadable)?;
        self.check_age(&event)?;
        Ok(Verified { event, token_position })
    }

    /// Verifies a request, and reads the event in its body. The signature is in a header, or
    /// without that header in the query (the text after `?`, still encoded). The headers are those
    /// of the crate `http` 1, which axum, hyper and reqwest use.
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
        self.identify_request(headers, query, body).map(|verified| verified.event)
    }

    /// Verifies a request like [`Verifier::verify_request`], and also returns which token signed
    /// it.
    ///
    /// # Errors
    ///
    /// Those of [`Verifier::verify_request`].
    pub fn identify_request(
        &self,
        headers: &HeaderMap,
        query: Option<&str>,
        body: &[u8],
    ) -> Result<Verified, WebhookError> {
        self.identify(body, &signature::of_request(headers, query)?)
    }

    /// Checks that a request carries a signature in the right form. Call it before you read the
    /// body: an unsigned request then costs neither memory nor time. It does not verify anything.
    ///
    /// ```
    /// # use chatwork_sdk::webhook::{Verifier, WebhookError};
    /// # use chatwork_sdk::reqwest::header::HeaderMap;
    /// let unsigned = Verifier::check_signature_form(&HeaderMap::new(), Some("a=1"));
    /// assert_eq!(unsigned, Err(WebhookError::MissingSignature));
    /// ```
    ///
    /// # Errors
    ///
    /// [`WebhookError::MissingSignature`] and [`WebhookError::MalformedSignature`].
    pub fn check_signature_form(
        headers: &HeaderMap,
        query: Option<&str>,
    ) -> Result<(), WebhookError> {
        signature::decode(&signature::of_request(headers, query)?).map(drop)
    }

    /// Returns the index of the token that signed. All tokens are tried, so that the time does not
    /// reveal which one fits.
    fn find_token(&self, body: &[u8], signature: &str) -> Result<usize, WebhookError> {
        let signature = signature::decode(signature)?;
        let found = self.keys.iter().enumerate().fold(None, |found, (position, key)| {
            let fits = key.verifies(body, &signature);
            found.or(fits.then_some(position))
        });
        found.ok_or(WebhookError::WrongSignature { tokens: self.keys.len() })
    }

    fn check_age(&self, event: &WebhookEvent) -> Result<(), WebhookError> {
        let Some(max_age) = self.max_age else {
            return Ok(());
        };
        let event_time = event
            .event_time()
            .filter(|time| !time.is_zero())
            .ok_or(WebhookError::MissingTimestamp)?;
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
