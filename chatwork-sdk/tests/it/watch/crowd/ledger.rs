//! Who reads the events, and holds them to what they promise.

use std::collections::BTreeMap;

use chatwork_sandbox::{Message as Posted, State};
use chatwork_sdk::types::Message;
use chatwork_sdk::watch::{Event, Gap, Watch};
use chatwork_sdk::{MessageId, RoomId};

use super::STEP;
use super::people::Crowd;
use crate::watch::scene::Scene;

/// What has been told, and what was there before.
#[derive(Default)]
pub(super) struct Ledger {
    rooms: BTreeMap<RoomId, BTreeMap<u64, Known>>,
    latest: BTreeMap<RoomId, u64>,
    pub(super) gaps: Vec<Gap>,
    checked: u64,
    seconds: u64,
    pub(super) created: usize,
    pub(super) updated: usize,
    pub(super) deleted: usize,
    pub(super) failed: usize,
}

#[derive(Clone, Debug, PartialEq)]
struct Known {
    body: String,
    updated: i64,
    deleted: bool,
}

impl Ledger {
    /// Knows what was there before the watch.
    pub(super) fn new(state: &State) -> Self {
        let mut reader = Self::default();
        for room in state.rooms() {
            let known = room.messages.iter().map(|message| (message.id.0, known(message)));
            reader.rooms.insert(room.id, known.collect());
        }
        reader
    }

    /// Takes events for so many seconds.
    pub(super) async fn follow(&mut self, scene: &Scene, watch: &mut Watch, seconds: u64) {
        for _ in 0..seconds {
            for event in scene.watch(watch, STEP).await {
                self.take(event);
            }
            self.seconds += 1;
            if self.seconds.is_multiple_of(60) {
                self.check_limit(scene);
            }
        }
    }

    /// Takes the first events of several that are found at once.
    pub(super) async fn begin_burst(
        &mut self,
        scene: &Scene,
        watch: &mut Watch,
        crowd: &mut Crowd<'_>,
    ) {
        let room = crowd.say_several().await;
        let mut left = 3;
        while left > 0 {
            if let Some(event) = scene.step(watch).await {
                left -= u32::from(event.room_id() == Some(room));
                self.take(event);
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::MessageCreated { room_id, message } => {
                let id = self.first_sight(room_id, &message.message_id);
                self.created += 1;
                self.rooms.get_mut(&room_id).unwrap().insert(id, seen(&message));
            }
            Event::MessageUpdated { room_id, message } => {
                self.updated += 1;
                let known = self.rooms.get_mut(&room_id).unwrap();
                let known = known.get_mut(&number(&message.message_id)).expect("known before");
                assert!(!known.deleted && *known != seen(&message), "an edit comes once");
                *known = seen(&message);
            }
            Event::MessageDeleted { room_id, message_id } => self.delete(room_id, &message_id),
            Event::Gap(gap) => self.gaps.push(gap),
            Event::Failed { .. } => self.failed += 1,
            other => panic!("{other:?}"),
        }
    }

    fn delete(&mut self, room_id: RoomId, id: &MessageId) {
        self.deleted += 1;
        let number = number(id);
        if !self.rooms[&room_id].contains_key(&number) {
            self.first_sight(room_id, id);
        }
        let gone = Known { body: "[deleted]".to_owned(), updated: 0, deleted: true };
        let before = self.rooms.get_mut(&room_id).unwrap().insert(number, gone);
        assert!(before.is_none_or(|it| !it.deleted), "a deletion comes once");
    }

    /// A message that was not there comes once, and after all that came before it in its room.
    fn first_sight(&mut self, room_id: RoomId, id: &MessageId) -> u64 {
        let id = number(id);
        assert!(!self.rooms[&room_id].contains_key(&id), "a message comes once");
        let latest = self.latest.entry(room_id).or_default();
        assert!(*latest < id, "messages come in order");
        *latest = id;
        id
    }

    /// The account's limit has refused nothing, but where a fault pretended to be it.
    fn check_limit(&mut self, scene: &Scene) {
        let asked = scene.asked();
        let new = asked.iter().filter(|request| request.number > self.checked);
        let refused = new.filter(|it| it.status == Some(429) && it.notes.is_empty());
        assert_eq!(refused.count(), 0, "requests over the limit");
        self.checked = asked.last().map_or(self.checked, |request| request.number);
    }

    /// What was told is what happened.
    pub(super) fn check(&self, state: &State) {
        for room in state.rooms() {
            let told = &self.rooms[&room.id];
            let shown = room.messages.len().saturating_sub(100);
            for (index, message) in room.messages.iter().enumerate() {
                let lost = self.gaps_over(room.id, message);
                match told.get(&message.id.0) {
                    None => assert_eq!(lost, 1, "{} of {} is missing", message.id, room.id),
                    Some(_) if lost > 0 => panic!("{} was told, and is in a gap", message.id),
                    Some(known) if index >= shown => assert_eq!(*known, self::known(message)),
                    Some(_) => {}
                }
            }
            let there = |id: &u64| room.messages.iter().any(|message| message.id.0 == *id);
            assert!(told.keys().all(there), "what was told is there");
        }
        self.gaps.iter().for_each(|gap| check_gap(gap, state));
    }

    fn gaps_over(&self, room: RoomId, message: &Posted) -> usize {
        self.gaps.iter().filter(|gap| gap.room_id == room && is_in(gap, message)).count()
    }
}

/// A gap is as long as it says, and never empty.
fn check_gap(gap: &Gap, state: &State) {
    let messages = &state.room(gap.room_id).unwrap().messages;
    let lost = messages.iter().filter(|message| is_in(gap, message)).count();
    assert!(lost > 0, "{gap:?}");
    assert!(gap.missing.is_none_or(|missing| missing == lost as u64), "{lost} in {gap:?}");
}

/// Where a room was not looked at before, only what was sent since the watch began is lost.
fn is_in(gap: &Gap, message: &Posted) -> bool {
    let id = message.id.0;
    let begun = match (&gap.after, gap.since) {
        (Some(after), _) => number(after) < id,
        (None, since) => since.is_some_and(|since| since.0 < message.sent),
    };
    begun && id < number(&gap.before)
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { created, updated, deleted, failed, .. } = self;
        let gaps = self.gaps.iter().map(|gap| gap.missing).collect::<Vec<_>>();
        write!(f, "{created} new, {updated} edited, {deleted} deleted, {failed} failed, {gaps:?}")
    }
}

fn number(id: &MessageId) -> u64 {
    id.0.parse().expect("a number")
}

fn seen(message: &Message) -> Known {
    let (body, updated) = (message.body.clone(), message.update_time.0);
    Known { body, updated, deleted: false }
}

fn known(message: &Posted) -> Known {
    let body = message.body.clone();
    match message.deleted {
        true => Known { body, updated: 0, deleted: true },
        false => Known { body, updated: message.updated, deleted: false },
    }
}
