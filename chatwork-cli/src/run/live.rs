//! `watch` and `webhooks listen`: one event after the other.

mod react;
mod webhooks;

use std::pin::pin;
use std::time::Duration;

use chatwork_sdk::watch::{Event, FileStore, Rooms, Watch};
use chatwork_sdk::{MessageId, RoomId};

use self::react::{Reactor, Succeeded, Tally, Told};
pub(super) use self::webhooks::run as webhooks;
use crate::args;
use crate::context::Context;
use crate::failure::{Done, Failure, watch_reason};
use crate::out::note;
use crate::signals::Signals;
use crate::words;

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
    let reactor = Reactor::new(context, &arguments.reaction)?.apart();
    follow(watch, reactor).await
}

/// Acts on events, until enough came or a signal ends it. What is done with an event is finished then,
/// and a second signal ends that as well: the event comes again at the next start.
async fn follow(mut watch: Watch, mut reactor: Reactor<'_>) -> Done {
    let mut signals = Signals::listen()?;
    tokio::select! {
        biased;
        () = signals.ended() => return Err(Failure::interrupted()),
        // Its failure is the next event, too.
        started = watch.started() => if started.is_ok() { note(words::WATCHING.text()) },
    }
    let (mut last, mut tally) = (None, Tally::default());
    while !reactor.is_done() {
        let next = tokio::select! {
            biased;
            () = signals.ended() => return Err(Failure::interrupted()),
            next = watch.next() => next,
        };
        let Some(event) = next else {
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
        let (is_done, is_stopped) = finish(&mut reactor, &told, &mut signals).await?;
        tally.add(is_done);
        if is_stopped {
            watch.commit().await.map_err(|error| Failure::from(&error))?;
            return Err(Failure::interrupted());
        }
    }
    watch.commit().await.map_err(|error| Failure::from(&error))?;
    tally.outcome()
}

/// Acts on an event. Returns whether that has succeeded, and whether a signal came meanwhile.
async fn finish(
    reactor: &mut Reactor<'_>,
    told: &Told<'_, Event>,
    signals: &mut Signals,
) -> Done<(bool, bool)> {
    let acts = reactor.acts();
    let mut work = pin!(reactor.react(told, Succeeded::default()));
    tokio::select! {
        biased;
        () = signals.ended() => {}
        done = &mut work => return done.map(|done| (done.all(), false)),
    }
    // A line that is not read is no reason to stay.
    if !acts {
        return Err(Failure::interrupted());
    }
    note(words::WATCH_ENDING.text());
    tokio::select! {
        biased;
        () = signals.ended() => Err(Failure::interrupted()),
        done = work => done.map(|done| (done.all(), true)),
    }
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
