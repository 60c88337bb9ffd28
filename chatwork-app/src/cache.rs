//! Names for completion in a shell, which must not wait for a request.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::files;
use crate::paths::{Paths, file_name};

/// A room or a person in the cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Named {
    /// The id.
    pub id: i64,
    /// The name.
    pub name: String,
}

impl Named {
    /// Returns an entry.
    pub fn new(id: i64, name: impl Into<String>) -> Self {
        Self { id, name: name.into() }
    }
}

/// The names of the rooms of a profile, as they were listed last, in a file for the owner alone.
#[derive(Clone, Debug)]
pub struct NameCache {
    path: PathBuf,
}

impl NameCache {
    /// Returns the cache of the rooms of a profile.
    pub fn of_rooms(paths: &Paths, profile: &str) -> Self {
        Self { path: paths.cache().join(format!("rooms-{}.json", file_name(profile))) }
    }

    /// Returns the entries. A cache that cannot be read is empty: it is only a help.
    pub fn load(&self) -> Vec<Named> {
        let text = files::read(&self.path).ok().flatten().unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Replaces the entries.
    ///
    /// # Errors
    ///
    /// [`AppError::File`](crate::AppError::File) if the file cannot be written.
    pub fn save(&self, entries: &[Named]) -> Result<()> {
        // Numbers and strings can always be written.
        files::write(&self.path, &serde_json::to_string(entries).unwrap_or_default())
    }
}
