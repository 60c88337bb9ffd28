//! Posting a text: as one message, or in parts.

use chatwork_app::Composed;
use chatwork_sdk::error::Limit;
use chatwork_sdk::notation::MessageText;
use chatwork_sdk::{Error, MessageId, RoomHandle, RoomId};

use super::{confirm_all, dry_run, reference};
use crate::args::TextArgs;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::out::{Steps, shape};
use crate::{interruptible, words};

/// How a message is posted.
pub(super) struct Posting<'a> {
    pub(super) split: bool,
    pub(super) unread: bool,
    pub(super) text: &'a TextArgs,
}

pub(super) async fn post(
    context: &Context,
    room: &RoomHandle,
    composed: Composed,
    posting: Posting<'_>,
) -> Done {
    let parts = parts(&composed, posting.split);
    // All of them before the first one is sent, or shown.
    for part in &parts {
        room.post(part).validate().map_err(|error| refused(&error, posting.split))?;
    }
    confirm_all(context, room, &composed, posting.text.dry_run).await?;
    if posting.text.dry_run {
        return dry_run(context, room.id(), &parts);
    }
    let mut posted = Posted::new(context, room.id(), parts.len());
    let work = async {
        for part in parts {
            posted.add(room.post(part).unread(posting.unread).await?)?;
        }
        Ok(())
    };
    let outcome = match posting.split {
        true => interruptible(work).await,
        // Ctrl-C ends the program by itself.
        false => work.await,
    };
    posted.end(outcome)
}

/// A text that is too long for one message can be split.
fn refused(error: &Error, split: bool) -> Failure {
    let is_too_long = match error {
        Error::Input(error) => {
            matches!(error.limit(), Limit::Length { max, given, .. } if given > max)
        }
        _ => false,
    };
    let failure = Failure::from(error);
    if is_too_long && !split { failure.hinted(words::LENGTH_HINT_BODY) } else { failure }
}

/// Returns the messages that a text becomes. Chatwork takes no blank message: a blank part is left
/// out, unless all are blank. Then Chatwork says so itself.
fn parts(composed: &Composed, split: bool) -> Vec<MessageText> {
    let mut parts = match split {
        true => composed.text.parts(),
        false => Vec::new(),
    };
    let is_blank = |part: &MessageText| part.as_str().trim().is_empty();
    if parts.iter().all(is_blank) {
        return vec![composed.text.clone()];
    }
    parts.retain(|part| !is_blank(part));
    parts
}

/// The messages that were posted. As JSON they are one object at the end.
struct Posted<'a> {
    context: &'a Context,
    room: RoomId,
    ids: Vec<MessageId>,
    /// How many messages the text is.
    count: usize,
    steps: Steps<'a>,
}

impl<'a> Posted<'a> {
    fn new(context: &'a Context, room: RoomId, count: usize) -> Self {
        let steps = Steps::new(&context.out, &shape::MESSAGE_ID, Vec::new());
        Self { context, room, ids: Vec::new(), count, steps }
    }

    /// Writes the id of a message at once: a later one may fail, or the person may interrupt it.
    fn add(&mut self, id: MessageId) -> Done {
        self.ids.push(id.clone());
        self.steps.add(reference(self.context, self.room, &id, &self.ids))
    }

    /// Writes the object, also if a later part has failed. A failure behind others says which were
    /// sent.
    fn end(self, outcome: Done) -> Done {
        let written = match self.ids.last() {
            Some(id) if self.context.out.is_json() => {
                let item = reference(self.context, self.room, id, &self.ids);
                self.context.out.done(&shape::MESSAGE_ID, &item)
            }
            _ => Ok(()),
        };
        let Err(failure) = outcome else { return written };
        match self.ids.is_empty() {
            true => {
                let parts: Vec<_> = (1..=self.count).map(|part| part.to_string()).collect();
                Err(failure.at_first(&parts))
            }
            false => {
                let posted = self.ids.iter().map(ToString::to_string).collect();
                Err(failure.partly(posted, self.count))
            }
        }
    }
}
