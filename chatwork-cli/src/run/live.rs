//! `watch` and `webhooks listen`: one event after the other.

mod react;
mod webhooks;

use std::time::Duration;

use chatwork_sdk::watch::{Event, FileStore, Rooms, Watch};
use chatwork_sdk::{MessageId, RoomId};

use self::react::{Reactor, Succeeded, Told};
pub(super) use self::webhooks::run as webhooks;
use crate::args;
use crate::context::Context;
use crate::failure::{Done, Failure, watch_reason};
use crate::out::note;
use crate::{interruptible, words};

/// The longest wait between two rounds, while nothing happens.
const CEILING: Duration = Duration::from_secs(60);

pub(super) async fn watch(context: &Context, arguments: args::Watch) -> Done {
    context.out.refuse_csv()?;
    let mut rooms = Vec::with_capacity(arguments.rooms.len());
    for room in &arguments.rooms {
        rooms.push(context.room_id(room).await?);
    }
    let rooms = if rooms.is_empty() { Rooms::All } else { Rooms::from(rooms) };
    let mut watch = context.client().await?.watch(rooms).own_messages(!arguments.not_mine);
    if let Some(path) = &arguments.state {
        watch = watch.store(FileStore::new(path));
    }
    if let Some(seconds) = arguments.every {
        let every = Duration::from_secs(seconds);
        watch = watch.interval(every, every.max(CEILING));
    }
    let reactor = Reactor::new(context, &arguments.reaction)?;
    interruptible(follow(watch, reactor)).await
}

async fn follow(mut watch: Watch, mut reactor: Reactor<'_>) -> Done {
    // Its failure is the next event, too.
    if watch.started().await.is_ok() {
        note(words::WATCHING.text());
    }
    let mut last = None;
    while !reactor.is_done() {
        let Some(event) = watch.next().await else {
            return Err(last.unwrap_or_else(Failure::interrupted));
        };
        if let Event::Failed { error, .. } = &event {
            note(&watch_reason(error));
            last = Some(Failure::from(error));
            continue;
        }
        // A failure that was mended since then is not why the watch ends.
        last = None;
        let name = name(&event);
        let (room, message) = ids(&event);
        // A command that failed has said so. The events after it come all the same.
        let told = Told { name, room, message, event: &event };
        reactor.react(&told, Succeeded::default()).await?;
    }
    watch.commit().await.map_err(|error| Failure::from(&error))
}

/// The kind of an event, as its JSON says it.
fn name(event: &Event) -> &'static str {
    match event {
        Event::MessageCreated { .. } => "message_created",
        Event::MessageUpdated { .. } => "message_updated",
        Event::MessageDeleted { .. } => "message_deleted",
        Event::Gap(_) => "gap",
        Event::Joined { .. } => "joined",
        Event::Left { .. } => "left",
        _ => "other",
    }
}

fn ids(event: &Event) -> (Option<RoomId>, Option<&MessageId>) {
    let message = match event {
        Event::MessageCreated { message, .. } | Event::MessageUpdated { message, .. } => {
            Some(&message.message_id)
        }
        Event::MessageDeleted { message_id, .. } => Some(message_id),
        _ => None,
    };
    (event.room_id(), message)
}
