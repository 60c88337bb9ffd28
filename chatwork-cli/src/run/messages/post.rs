//! Posting a text: as one message, or in parts.

use chatwork_app::Composed;
use chatwork_sdk::notation::MessageText;
use chatwork_sdk::{MessageId, RoomHandle, RoomId};

use super::{confirm_all, dry_run, reference};
use crate::args::TextArgs;
use crate::context::Context;
use crate::failure::Done;
use crate::interruptible;
use crate::out::{Steps, shape};

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
    if posting.text.dry_run {
        return dry_run(context, room.id(), &composed, posting.split);
    }
    confirm_all(context, room.id(), &composed)?;
    let mut posted = Posted::new(context, room.id());
    let outcome = match posting.split {
        true => post_parts(room, &composed, posting.unread, &mut posted).await,
        false => posted.add(room.post(composed.text).unread(posting.unread).await?),
    };
    posted.end(outcome)
}

/// The messages that were posted. As JSON they are one object at the end.
struct Posted<'a> {
    context: &'a Context,
    room: RoomId,
    ids: Vec<MessageId>,
    steps: Steps<'a>,
}

impl<'a> Posted<'a> {
    fn new(context: &'a Context, room: RoomId) -> Self {
        let steps = Steps::new(&context.out, &shape::MESSAGE_ID, Vec::new());
        Self { context, room, ids: Vec::new(), steps }
    }

    fn add(&mut self, id: MessageId) -> Done {
        self.ids.push(id.clone());
        self.steps.add(reference(self.context, self.room, &id, &self.ids))
    }

    /// Writes the object, also if a later part has failed.
    fn end(self, outcome: Done) -> Done {
        let written = match self.ids.last() {
            Some(id) if self.context.out.is_json() => {
                let item = reference(self.context, self.room, id, &self.ids);
                self.context.out.done(&shape::MESSAGE_ID, &item)
            }
            _ => Ok(()),
        };
        outcome.and(written)
    }
}

/// Posts a long text in parts. Each id is written at once: a later part may fail, or the person may
/// interrupt it.
async fn post_parts(
    room: &RoomHandle,
    composed: &Composed,
    unread: bool,
    posted: &mut Posted<'_>,
) -> Done {
    let mut parts = composed.text.parts();
    // Chatwork takes no blank message. If all is blank, it says so itself.
    let is_blank = |part: &MessageText| part.as_str().trim().is_empty();
    if !parts.iter().all(is_blank) {
        parts.retain(|part| !is_blank(part));
    }
    let count = parts.len();
    let work = async {
        for part in parts {
            posted.add(room.post(part).unread(unread).await?)?;
        }
        Ok(())
    };
    match interruptible(work).await {
        Err(failure) if !posted.ids.is_empty() => {
            Err(failure.partly(posted.ids.iter().map(ToString::to_string).collect(), count))
        }
        done => done,
    }
}
