//! Where a watch stands.

use std::collections::BTreeMap;

use chatwork_api::types::{RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::room::RoomState;

/// The version of the saved form. Version 1 is read, too.
pub(super) const VERSION: u32 = 2;

/// Where a [`Watch`](super::Watch) stands: what its reader has taken, and nothing more.
///
/// Save it with [serde](https://docs.rs/serde), and give it to
/// [`Watch::resume`](super::Watch::resume); or let a [`WatchStore`](super::WatchStore) keep it. It
/// holds ids and times, and no text, name or token. Of a message of the last seconds it holds a
/// 32-bit checksum of the text. A room in which something has happened since the watch began takes
/// up to 4 KB as JSON, any other room 100 bytes.
///
/// # Errors
///
/// Deserializing fails if the state was saved by a later version of this crate.
///
/// ```
/// # fn example(watch: &chatwork_sdk::watch::Watch) -> Result<(), Box<dyn std::error::Error>> {
/// use chatwork_sdk::watch::WatchState;
///
/// let saved = serde_json::to_string(watch.state())?;
/// let state: WatchState = serde_json::from_str(&saved)?;
/// assert_eq!(&state, watch.state());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Saved", into = "Saved")]
pub struct WatchState {
    /// When the rooms were last listed, by the server's clock; `None` before the first list.
    pub(super) listed: Option<UnixTime>,
    pub(super) rooms: BTreeMap<RoomId, RoomState>,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    version: u32,
    listed: Option<UnixTime>,
    rooms: BTreeMap<RoomId, RoomState>,
}

impl WatchState {
    /// Returns when the rooms were last listed, by the server's clock; `None` before the first
    /// list.
    pub fn listed(&self) -> Option<UnixTime> {
        self.listed
    }

    /// Returns what is remembered of each room.
    pub fn rooms(&self) -> impl Iterator<Item = (RoomId, &RoomState)> {
        self.rooms.iter().map(|(id, room)| (*id, room))
    }

    /// Puts a state together from the parts that a [`WatchStore`](super::WatchStore) kept.
    pub fn from_rooms(
        listed: Option<UnixTime>,
        rooms: impl IntoIterator<Item = (RoomId, RoomState)>,
    ) -> Self {
        Self { listed, rooms: rooms.into_iter().collect() }
    }
}

impl From<WatchState> for Saved {
    fn from(WatchState { listed, rooms }: WatchState) -> Self {
        Self { version: VERSION, listed, rooms }
    }
}

impl TryFrom<Saved> for WatchState {
    type Error = String;

    fn try_from(Saved { version, listed, rooms }: Saved) -> Result<Self, String> {
        match version {
            1..=VERSION => Ok(Self { listed, rooms }),
            _ => Err(format!("a watch's state of version {version}: expected at most {VERSION}")),
        }
    }
}
