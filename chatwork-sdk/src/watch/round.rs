//! The round that is under way.

use std::collections::VecDeque;

use chatwork_api::types::{RoomId, UnixTime};
use tokio::time::Instant;

use super::gap::GapCheck;
use super::room::RoomSummary;

/// The round that is under way, or the wait after it.
#[derive(Default)]
pub(super) struct Round {
    /// When the next round begins.
    pub(super) next: Option<Instant>,
    pub(super) under_way: bool,
    /// The rooms that are still to be read.
    pub(super) rooms: VecDeque<RoomToPoll>,
    /// The room that is being read.
    pub(super) polling: Option<RoomToPoll>,
    /// Rooms that the list did not show, to be asked for.
    pub(super) unlisted: VecDeque<RoomId>,
    pub(super) gap: Option<GapCheck>,
    /// The watch had to wait within the round: the list is old.
    pub(super) stale: bool,
    pub(super) requests: u32,
    pub(super) polled: u32,
    pub(super) events: u32,
    /// The round found something, or expects it soon.
    pub(super) active: bool,
    /// How many rounds have failed in a row.
    pub(super) failures: u32,
    /// When the server answered last.
    pub(super) date: Option<UnixTime>,
}

/// A room to be read, and how the list showed it.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoomToPoll {
    pub(super) room_id: RoomId,
    pub(super) listed: Option<RoomSummary>,
}

/// How often in a row a room could not be read, and when to try again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Failures {
    pub(super) count: u32,
    pub(super) until: Instant,
    /// The room is not in the list either.
    pub(super) unlisted: bool,
}
