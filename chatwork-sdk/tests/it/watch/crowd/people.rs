//! Five people who do something at random, and what goes wrong meanwhile.

use chatwork_sandbox::{Fault, FaultLimit};
use chatwork_sdk::{Client, MessageId, RoomId};
use fastrand::Rng;

use super::ROOMS;
use crate::watch::scene::{PEOPLE, Scene, at_once, room_id};

const ACTIONS: usize = 2_600;
/// How many messages are posted to one room at once, each time that happens.
const BURSTS: [usize; 6] = [100, 101, 60, 173, 100, 220];

/// Five people, who all do something now and then.
pub(super) struct Crowd<'a> {
    scene: &'a Scene,
    rng: Rng,
    people: Vec<Client>,
    /// What was posted lately, by whom, and is not deleted.
    lately: Vec<(usize, RoomId, MessageId)>,
    bursts: std::vec::IntoIter<usize>,
    left: usize,
}

impl<'a> Crowd<'a> {
    pub(super) fn new(scene: &'a Scene, rng: Rng) -> Self {
        let people = PEOPLE[1..].iter().map(|key| scene.person(key)).collect();
        let (lately, bursts) = (Vec::new(), BURSTS.to_vec().into_iter());
        Self { scene, rng, people, lately, bursts, left: ACTIONS }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.left > 0 || self.bursts.len() > 0
    }

    /// Nothing, or some of them do something in the same second.
    pub(super) async fn act(&mut self) {
        for _ in 0..self.rng.usize(0..4).min(self.left) {
            self.left -= 1;
            // Some rooms are livelier than others.
            let room = room_id((self.rng.f64().powi(3) * ROOMS as f64) as usize);
            match self.rng.u32(0..10) {
                0..6 => self.post(room).await,
                6..9 => self.edit().await,
                _ => self.delete().await,
            }
        }
    }

    async fn post(&mut self, room: RoomId) {
        let by = self.rng.usize(0..self.people.len());
        let text = format!("{:x}", self.rng.u64(..));
        let room = self.people[by].room(room);
        let id = at_once(async { room.post(text).await }).await.unwrap();
        self.lately.push((by, room.id(), id));
        if self.lately.len() > 300 {
            self.lately.remove(0);
        }
    }

    async fn edit(&mut self) {
        let text = format!("{:x}", self.rng.u64(..));
        if let Some((by, room, id)) = self.rng.choice(&self.lately) {
            let message = self.people[*by].room(*room).message(id);
            at_once(async { message.edit(text).await }).await.unwrap();
        }
    }

    async fn delete(&mut self) {
        if !self.lately.is_empty() {
            let index = self.rng.usize(..self.lately.len());
            let (by, room, id) = self.lately.swap_remove(index);
            let message = self.people[by].room(room).message(&id);
            at_once(async { message.delete().await }).await.unwrap();
        }
    }

    /// Says several things in one room.
    pub(super) async fn say_several(&mut self) -> RoomId {
        let room = room_id(self.rng.usize(0..ROOMS));
        for _ in 0..9 {
            self.post(room).await;
        }
        room
    }

    pub(super) async fn burst(&mut self) {
        let room = room_id(self.rng.usize(0..ROOMS));
        for _ in 0..self.bursts.next().unwrap_or_default() {
            self.post(room).await;
        }
    }

    /// Lets something go wrong with one of the next requests of the bot, or with several.
    pub(super) fn break_something(&mut self) {
        let fault = match self.rng.u32(0..5) {
            0 => Fault::status(500).times(self.rng.u32(1..12)),
            1 => Fault::status(502).body("<html>Bad Gateway</html>").times(self.rng.u32(1..12)),
            2 => Fault::cut(self.rng.usize(0..200)).times(self.rng.u32(1..12)),
            3 => Fault::close().times(self.rng.u32(1..12)),
            _ => Fault::rate_limit(FaultLimit::Account),
        };
        let operation = *self.rng.choice(&["listRooms", "listRoomMessages"]).unwrap();
        self.scene.sandbox.faults().add(fault.operation(operation)).unwrap();
    }
}
