//! What the notation promises.

mod addresses;
mod building;
mod commands;
mod escape;
mod events;
mod forms;
mod hostile;
mod plain;
mod properties;
mod queries;
mod said;
mod splitting;
mod system;
mod unsound;

use super::*;
use chatwork_api::types::{AccountId, FileId, MessageId, RoomId, UnixTime};

/// What all nodes of a text are; and that the text is written as it was read.
fn kinds(text: &str) -> Vec<Kind<'_>> {
    let tree = parse(text);
    assert_eq!(tree.to_string(), text);
    tree.walk().map(|node| node.kind()).collect()
}

/// Whether nothing in a text is a tag.
fn is_text(text: &str) -> bool {
    kinds(text).iter().all(|kind| matches!(kind, Kind::Text(_)))
}

fn accounts(ids: &[i64]) -> Vec<AccountId> {
    ids.iter().copied().map(AccountId).collect()
}

fn id(message: &str) -> MessageId {
    MessageId::from(message.to_owned())
}

fn reply(account: i64, room: i64, message: &str) -> Kind<'_> {
    let to = Some((RoomId(room), message));
    Kind::Reply(Reply { account: AccountId(account), to })
}

fn quote<'a>(author: i64, time: Option<i64>) -> Kind<'a> {
    Kind::Quote(Quote { author: Some(AccountId(author)), time: time.map(UnixTime) })
}
