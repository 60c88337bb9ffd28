//! A text of any length, posted in parts.

use std::fmt;
use std::time::Duration;

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::error::{Error, InputError, Limit};
use crate::meta::Meta;
use crate::notation::MessageText;
use crate::request::BoxFuture;

impl RoomHandle {
    /// Posts a text of any length, in parts of at most 65535 characters. Returns a [`Vec`] of the
    /// [`MessageId`]s in order.
    ///
    /// A text that fits is posted as one message. A longer text is cut between lines if possible,
    /// and never within a tag ([`MessageText::parts`](crate::notation::MessageText::parts)). A part
    /// of white space alone is left out.
    ///
    /// Calls `POST /rooms/{room_id}/messages` for each part, one after the other
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// [`PostAllError`]: the error of the part that failed, as of [`RoomHandle::post`], and the ids
    /// of the parts before it.
    ///
    /// ```no_run
    /// use chatwork_sdk::notation::MessageText;
    ///
    /// # async fn example(room: chatwork_sdk::RoomHandle, log: &str) {
    /// match room.post_all(MessageText::new().titled_info("Log", log)).await {
    ///     Ok(ids) => println!("{} messages", ids.len()),
    ///     Err(error) => println!("{} of {} were posted", error.posted().len(), error.parts()),
    /// }
    /// # }
    /// ```
    #[doc(alias = "post_long_message")]
    #[doc(alias = "split")]
    pub fn post_all(&self, message: impl Into<String>) -> PostAll {
        let parts = without_blank(MessageText::from(message.into()).parts());
        PostAll { room: self.clone(), parts, unread: None, timeout: None }
    }
}

/// Leaves out blank parts. If all parts are blank, keeps them: the server decides about them.
fn without_blank(parts: Vec<MessageText>) -> Vec<MessageText> {
    let is_blank = |part: &MessageText| part.as_str().trim().is_empty();
    match parts.iter().all(is_blank) {
        true => parts,
        false => parts.into_iter().filter(|part| !is_blank(part)).collect(),
    }
}

/// The requests of [`RoomHandle::post_all`].
///
/// Returns a [`Vec`] of [`MessageId`]s, or a [`PostAllError`].
#[must_use = "a request does nothing until it is awaited"]
pub struct PostAll {
    room: RoomHandle,
    parts: Vec<MessageText>,
    unread: Option<bool>,
    timeout: Option<Duration>,
}

impl PostAll {
    /// Sets whether the messages stay unread for yourself. Default: they do not.
    pub fn unread(self, unread: bool) -> Self {
        Self { unread: Some(unread), ..self }
    }

    /// Sets the time limit of each attempt of each part.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Returns the number of parts. Sends no request.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// Posts the parts, as `.await` does. The future can be spawned and joined.
    pub fn send(self) -> BoxFuture<Result<Vec<MessageId>, PostAllError>> {
        Box::pin(async move { Ok(self.with_meta().await?.0) })
    }

    /// Posts the parts. Returns the [`Meta`] of the last reply, too.
    ///
    /// # Errors
    ///
    /// As [`RoomHandle::post_all`].
    pub async fn with_meta(self) -> Result<(Vec<MessageId>, Meta), PostAllError> {
        let parts = self.parts.len();
        let (mut posted, mut last) = (Vec::with_capacity(parts), None);
        for part in self.parts {
            let mut request = self.room.post(part).within(self.timeout);
            if let Some(unread) = self.unread {
                request = request.unread(unread);
            }
            match request.with_meta().await {
                Ok((id, meta)) => {
                    posted.push(id);
                    last = Some(meta);
                }
                Err(error) => return Err(PostAllError { posted, parts, error }),
            }
        }
        match last {
            Some(meta) => Ok((posted, meta)),
            None => {
                let error = InputError::new("body", Limit::Empty).into();
                Err(PostAllError { posted, parts, error })
            }
        }
    }
}

impl IntoFuture for PostAll {
    type Output = Result<Vec<MessageId>, PostAllError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

/// Shows no text.
impl fmt::Debug for PostAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("PostAll");
        debug.field("room", &self.room.id).field("parts", &self.parts.len()).finish()
    }
}

/// The error of [`RoomHandle::post_all`]: a part could not be posted.
///
/// `?` turns it into the [`Error`] of that part.
#[derive(Debug)]
pub struct PostAllError {
    posted: Vec<MessageId>,
    parts: usize,
    error: Error,
}

impl PostAllError {
    /// Returns the messages that were posted before the error, in order. They stay posted.
    pub fn posted(&self) -> &[MessageId] {
        &self.posted
    }

    /// Returns the number of parts of the text.
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// Returns why the next part was not posted.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl fmt::Display for PostAllError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} parts were posted", self.posted.len(), self.parts)
    }
}

impl std::error::Error for PostAllError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl From<PostAllError> for Error {
    fn from(error: PostAllError) -> Self {
        error.error
    }
}
