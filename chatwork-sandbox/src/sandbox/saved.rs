//! States that outlive a sandbox.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::Sandbox;
use crate::control::state::Walk;
use crate::http::{App, Start};
use crate::state::saved::Restored;
use crate::world::{World, WorldError};

/// The state of a sandbox, as `GET /_sandbox/state` returns it: a start for another sandbox.
///
/// Unlike a [`World`], it holds exact ids and times, read marks, and OAuth 2.0 consents. It does not
/// hold faults, logged requests, deliveries of webhooks, and what counts against the rate limits.
///
/// ```
/// use chatwork_sandbox::{Sandbox, SavedState};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let before = Sandbox::start().await?;
/// let saved = SavedState::parse(&before.saved())?;
/// let after = Sandbox::builder().state(saved).start().await?;
/// assert_eq!(after.rooms(), before.rooms());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SavedState(pub(super) Restored);

impl SavedState {
    /// Reads a saved state.
    ///
    /// # Errors
    ///
    /// [`WorldError::State`] if it is not JSON of a known version, [`WorldError::Faults`] with every
    /// contradiction in it.
    pub fn parse(text: &str) -> Result<Self, WorldError> {
        Restored::parse(text, &[]).map(Self)
    }

    /// Reads a saved state from a file.
    ///
    /// # Errors
    ///
    /// [`WorldError::Read`], or those of [`SavedState::parse`] in a [`WorldError::File`].
    pub fn load(path: &Path) -> Result<Self, WorldError> {
        World::read_file(path, Self::parse)
    }
}

/// Shows no texts and no tokens.
impl fmt::Debug for SavedState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedState")
            .field("accounts", &self.0.state.accounts().count())
            .field("rooms", &self.0.state.rooms().count())
            .finish_non_exhaustive()
    }
}

impl Start {
    /// Reads a saved state. Webhooks may go to these hosts besides this machine.
    pub(crate) fn parse_saved(text: &str, hosts: &[String]) -> Result<Self, WorldError> {
        Restored::parse(text, hosts).map(|saved| Self::Saved(Box::new(saved)))
    }

    /// Reads a world, or a saved state, which is JSON with a `version`.
    pub(crate) fn parse(text: &str, hosts: &[String]) -> Result<Self, WorldError> {
        match Restored::is_saved(text) {
            true => Self::parse_saved(text, hosts),
            false => World::parse_for(text, hosts).map(|world| Self::World(Box::new(world))),
        }
    }
}

impl Sandbox {
    /// Returns the state as JSON, for [`SavedState::parse`].
    pub fn saved(&self) -> String {
        text(&self.app)
    }

    /// Writes the state to a file, for [`SavedState::load`]. The file is replaced at once: a reader
    /// sees the old or the new one.
    ///
    /// # Errors
    ///
    /// The error of the file system.
    pub async fn save(&self, path: &Path) -> std::io::Result<()> {
        let (app, path) = (Arc::clone(&self.app), path.to_owned());
        let task =
            tokio::task::spawn_blocking(move || super::file::replace(&path, &mut Walk::new(&app)));
        task.await.map_err(std::io::Error::other)?
    }
}

fn text(app: &Arc<App>) -> String {
    let mut walk = Walk::new(app);
    std::iter::from_fn(|| walk.piece()).collect()
}
