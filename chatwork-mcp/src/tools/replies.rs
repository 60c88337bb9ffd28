//! The replies before and behind a message.

use std::collections::VecDeque;

use chatwork_sdk::{Error, MessageId, RoomId};

use super::message::archived as archived_one;
use super::message_row::MessageRow;
use crate::call::Call;
use crate::fault::Fault;

/// How many messages outside of the newest 100 are asked for, each by a request.
const REQUESTS: usize = 10;
/// How many messages of a chain are shown.
const MOST: usize = 50;

/// Messages of a chain of replies.
#[derive(Default)]
pub(super) struct Chain {
    pub(super) rows: Vec<MessageRow>,
    /// Why it is not the whole chain.
    pub(super) missing: Vec<String>,
}

/// Returns what a message answers and what answers it, as far as it can be found.
pub(super) async fn of(
    call: &Call,
    window: &[MessageRow],
    this: &MessageRow,
) -> Result<Chain, Fault> {
    let mut chain = answered(call, window, this).await;
    let answers = answers(window, this);
    if answers.len() >= MOST {
        chain.missing.push(format!("{MOST} answers at most"));
    }
    chain.rows.extend(answers);
    #[cfg(feature = "archive")]
    chain.rows.extend(archived(call, this, &mut chain.missing).await?);
    Ok(chain)
}

/// Follows the replies back to the first one.
async fn answered(call: &Call, window: &[MessageRow], this: &MessageRow) -> Chain {
    let (mut chain, mut requests) = (Chain::default(), 0);
    let mut next = this.answers();
    while let Some((room, id)) = next.take() {
        // People can write any id: a circle is possible.
        if this.is(room, &id) || chain.rows.iter().any(|row| row.is(room, &id)) {
            break;
        }
        let known = window.iter().find(|row| row.is(room, &id)).cloned();
        let found = match known {
            Some(row) => Ok(Some(row)),
            None if requests < REQUESTS && chain.rows.len() < MOST => {
                requests += 1;
                look(call, room, &id).await
            }
            None => {
                chain.missing.push("earlier messages of the chain were not looked for".to_owned());
                break;
            }
        };
        let mut row = match found {
            Ok(Some(row)) => row,
            Ok(None) => {
                chain.missing.push("an earlier message of the chain was not found".to_owned());
                break;
            }
            Err(error) => {
                let why =
                    error.status().map(|it| format!(" (HTTP {})", it.as_u16())).unwrap_or_default();
                let what = "an earlier message of the chain could not be read now";
                chain.missing.push(format!("{what}{why}"));
                break;
            }
        };
        row.note = "before";
        next = row.answers();
        chain.rows.push(row);
    }
    chain
}

/// Asks for a message. It may be hidden or of a room of others: then the chain begins behind it.
async fn look(call: &Call, room: RoomId, id: &MessageId) -> Result<Option<MessageRow>, Error> {
    match call.client().room(room).message(id).get().await {
        Ok(message) => Ok(Some(MessageRow::new(room, message))),
        Err(error) if error.is_hidden() || error.is_not_found() || error.is_forbidden() => {
            Ok(archived_one(call, room, id).await)
        }
        Err(error) => Err(error),
    }
}

/// Finds the answers to a message among the newest ones, and the answers to those.
fn answers(window: &[MessageRow], this: &MessageRow) -> Vec<MessageRow> {
    let mut open = VecDeque::from([(this.room, this.id.clone())]);
    let mut found: Vec<MessageRow> = Vec::new();
    while let Some(target) = open.pop_front() {
        for row in window.iter().filter(|row| row.answers().as_ref() == Some(&target)) {
            let is_known = found.iter().any(|it| it.is(row.room, &row.id));
            if found.len() < MOST && !is_known && !row.is(this.room, &this.id) {
                open.push_back((row.room, row.id.clone()));
                found.push(MessageRow { note: "reply", ..row.clone() });
            }
        }
    }
    found
}

#[cfg(feature = "archive")]
async fn archived(
    call: &Call,
    this: &MessageRow,
    missing: &mut Vec<String>,
) -> Result<Vec<MessageRow>, Fault> {
    if archived_one(call, this.room, &this.id).await.is_none() {
        return Ok(Vec::new());
    }
    let (room, id) = (this.room, this.id.clone());
    let chain = super::older::open(call, move |reader| reader.reply_chain(room, &id)).await?;
    let row = |note| move |message| MessageRow { note, ..MessageRow::archived(message) };
    // The nearest ones to the message are of most use.
    let skipped = chain.answered.len().saturating_sub(MOST);
    if skipped > 0 || chain.answers.len() > MOST {
        missing.push(format!("of the archive, the nearest {MOST} in each direction"));
    }
    let before = chain.answered.into_iter().skip(skipped).map(row("before"));
    Ok(before.chain(chain.answers.into_iter().take(MOST).map(row("reply"))).collect())
}

/// Adds a message to a list by its time, or its note to the one that is there already.
pub(super) fn merge(rows: &mut Vec<MessageRow>, row: MessageRow) {
    if let Some(known) = rows.iter_mut().find(|known| known.is(row.room, &row.id)) {
        if known.note.is_empty() || row.note == "this one" {
            known.note = row.note;
        }
        return;
    }
    let at = rows.partition_point(|known| known.time <= row.time);
    rows.insert(at, row);
}
