//! Where a watch stands.

use std::collections::BTreeMap;

use chatwork_api::types::{RoomId, UnixTime};
use serde::{Deserialize, Serialize};

use super::memory::Memory;

/// The form of a saved state.
const VERSION: u32 = 1;

/// Where a [`Watch`](super::Watch) stands: what its reader has taken, and nothing more.
///
/// It is saved with [serde](https://docs.rs/serde), and given to
/// [`Watch::resume`](super::Watch::resume). It has ids and times, and neither texts nor names nor
/// the token; but of a message of the last seconds a checksum of its text, in 32 bits. A room in
/// which something has happened since the watch began takes up to 4 KB as JSON, and any other 100
/// bytes.
///
/// # Errors
///
/// To deserialize it fails for a state of a later version of this crate.
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
    /// When the rooms were last listed, by the server's clock; nothing before the first time.
    pub(super) listed: Option<UnixTime>,
    pub(super) rooms: BTreeMap<RoomId, Memory>,
}

#[derive(Serialize, Deserialize)]
struct Saved {
    version: u32,
    listed: Option<UnixTime>,
    rooms: BTreeMap<RoomId, Memory>,
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
            VERSION => Ok(Self { listed, rooms }),
            _ => Err(format!("version {version} of a watch's state, expected {VERSION}")),
        }
    }
}
