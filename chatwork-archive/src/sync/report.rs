//! What a run did.

use chatwork_sdk::{RoomId, UnixTime};

use crate::error::ArchiveError;
use crate::keep::Changes;

/// What a run did.
#[derive(Debug)]
#[non_exhaustive]
pub struct SyncReport {
    /// The row of the run in the table `runs`.
    pub run_id: i64,
    /// How many rooms were listed.
    pub rooms_listed: u64,
    /// How many rooms were read.
    pub rooms_looked: u64,
    /// How many rooms the account is no longer in.
    pub rooms_left: u64,
    /// What changed.
    pub changes: Changes,
    /// How many entries of the list of rooms could not be read. Each of these rooms was asked for by
    /// itself, if the entry has its id or the archive knows it.
    pub rooms_unreadable: u64,
    /// The rooms that the options name and the list of rooms does not have: the account is not in
    /// them.
    pub rooms_missing: Vec<RoomId>,
    /// The rooms that could not be read. The next run tries them again.
    pub failures: Vec<RoomFailure>,
    pub(crate) at: UnixTime,
}

/// A room that could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub struct RoomFailure {
    /// The room.
    pub room_id: RoomId,
    /// Why: [`ArchiveError::Api`] if a request failed, [`ArchiveError::Rule`] if a reply cannot be
    /// stored.
    pub error: ArchiveError,
}

impl SyncReport {
    pub(super) fn new(run_id: i64, rooms: usize, at: UnixTime) -> Self {
        Self {
            run_id,
            rooms_listed: u64::try_from(rooms).unwrap_or(u64::MAX),
            rooms_looked: 0,
            rooms_left: 0,
            rooms_unreadable: 0,
            rooms_missing: Vec::new(),
            changes: Changes::default(),
            failures: Vec::new(),
            at,
        }
    }
}
