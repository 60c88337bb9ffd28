//! A message of any length, posted in parts.

use std::fmt;

use super::prelude::*;
use super::rooms::RoomHandle;
use crate::error::Error;
use crate::notation::MessageText;
use crate::request::BoxFuture;

impl RoomHandle {
    /// Posts a text of any length: as one message, or in parts of at most 65535 characters, one
    /// after the other. Gives their ids in order.
    ///
    /// The text is cut at lines where that is possible, and never within a tag
    /// ([`MessageText::parts`](crate::notation::MessageText::parts)). A part of white space alone,
    /// such as a last line break that did not fit any more, is left out.
    ///
    /// Calls `POST /rooms/{room_id}/messages`
    /// ([reference](https://developer.chatwork.com/reference/post-rooms-room_id-messages)).
    ///
    /// # Errors
    ///
    /// Those of [`RoomHandle::post`], with the ids of what was posted before it.
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
    pub fn post_all(&self, message: impl Into<String>) -> PostAll {
        let parts = without_blank(MessageText::from(message.into()).parts());
        PostAll { room: self.clone(), parts, unread: None }
    }
}

/// The parts that show something. A text in which nothing does is left to the server to judge.
fn without_blank(parts: Vec<MessageText>) -> Vec<MessageText> {
    let is_blank = |part: &MessageText| part.as_str().trim().is_empty();
    match parts.iter().all(is_blank) {
        true => parts,
        false => parts.into_iter().filter(|part| !is_blank(part)).collect(),
    }
}

/// The call of [`RoomHandle::post_all`].
#[must_use = "a request does nothing until it is awaited"]
pub struct PostAll {
    room: RoomHandle,
    parts: Vec<MessageText>,
    unread: Option<bool>,
}

impl PostAll {
    /// Whether the messages stay unread for yourself. They do not unless this says so.
    pub fn unread(self, unread: bool) -> Self {
        Self { unread: Some(unread), ..self }
    }

    /// In how many parts the text is posted.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    async fn run(self) -> Result<Vec<MessageId>, PostAllError> {
        let parts = self.parts.len();
        let mut posted = Vec::with_capacity(parts);
        for part in self.parts {
            let mut request = self.room.post(part);
            if let Some(unread) = self.unread {
                request = request.unread(unread);
            }
            match request.await {
                Ok(id) => posted.push(id),
                Err(error) => return Err(PostAllError { posted, parts, error }),
            }
        }
        Ok(posted)
    }
}

impl IntoFuture for PostAll {
    type Output = Result<Vec<MessageId>, PostAllError>;
    type IntoFuture = BoxFuture<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Shows no text.
impl fmt::Debug for PostAll {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("PostAll");
        debug.field("room", &self.room.id).field("parts", &self.parts.len()).finish()
    }
}

/// A part of a text could not be posted.
///
/// By `?` it becomes the [`Error`] of that part.
#[derive(Debug)]
pub struct PostAllError {
    posted: Vec<MessageId>,
    parts: usize,
    error: Error,
}

impl PostAllError {
    /// The messages that were posted before it, in order: they are there.
    pub fn posted(&self) -> &[MessageId] {
        &self.posted
    }

    /// In how many parts the text was to be posted.
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// Why the next part was not posted.
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
