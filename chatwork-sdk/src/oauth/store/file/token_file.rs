//! Reading and writing the file, without waiting for anything but the disk.
//!
//! A write goes into `.new`, which is synced and then renamed. `.new` names the generation that it
//! replaces, so one that a process left behind is put in place only if no newer file is there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use hmac_sha256::Hash;
use serde::{Deserialize, Serialize};

use crate::durable::{
    beside, create_synced, follow_links, remove, sync_folder, try_lock_existing, try_lock_file,
};
use crate::oauth::{Generation, Grant, SaveIf, SaveOutcome, StoredGrant};

/// The delay between two attempts to get the lock of a save.
const PAUSE: Duration = Duration::from_millis(5);
/// How long to wait for the lock of a save. Its holder only waits for the disk.
const PATIENCE: Duration = Duration::from_secs(10);

/// The file of a grant.
pub(super) struct TokenFile {
    path: PathBuf,
}

/// What is in the file.
#[derive(Serialize)]
struct Content<'a> {
    #[serde(flatten)]
    grant: &'a Grant,
    /// The generation that this grant replaces. Empty: there was none.
    replaces: &'a str,
}

/// What `.new` has besides the grant.
#[derive(Deserialize)]
struct Replaces {
    replaces: Option<String>,
}

impl TokenFile {
    /// Follows symbolic links, so a link stays one and the locks are beside its target.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { path: follow_links(path)? })
    }

    fn new_path(&self) -> PathBuf {
        beside(&self.path, ".new")
    }

    pub(super) fn load(&self) -> io::Result<Option<StoredGrant>> {
        match self.read() {
            Ok(Some(stored)) => Ok(Some(stored)),
            Ok(None) if !self.path.exists() && !self.new_path().exists() => Ok(None),
            Err(error) if error.kind() != ErrorKind::InvalidData => Err(error),
            // The file may be in the middle of a write in place, or a process ended there.
            incomplete => match self.lock_for_save() {
                Ok(_lock) => {
                    self.recover()?;
                    self.read()
                }
                Err(_) => incomplete,
            },
        }
    }

    pub(super) fn save(&self, grant: &Grant, condition: SaveIf<'_>) -> io::Result<SaveOutcome> {
        let _lock = self.lock_for_save()?;
        self.recover()?;
        let stored = self.bytes()?.as_deref().map(generation);
        if !condition.allows(stored.as_ref()) {
            return Ok(SaveOutcome::Conflict);
        }
        let replaces = stored.as_ref().map_or("", Generation::as_str);
        let json = serde_json::to_vec(&Content { grant, replaces })?;
        create_synced(&self.new_path(), &json)?;
        self.put_in_place(&json)?;
        Ok(SaveOutcome::Saved(generation(&json)))
    }

    pub(super) fn remove(&self) -> io::Result<()> {
        let _lock = self.lock_for_save()?;
        remove(&self.new_path())?;
        // A file that is mounted by itself cannot be removed.
        remove(&self.path).or_else(|error| self.write_in_place(b"").map_err(|_| error))?;
        sync_folder(&self.path)
    }

    /// Locks the file against refreshes. Returns `None` if another process has the lock.
    ///
    /// Besides the lock file, the token file itself is locked where that does not keep readers out.
    /// So a lock file that somebody removes does not let a second process in.
    pub(super) fn try_lock(&self) -> io::Result<Option<(File, Option<File>)>> {
        let Some(lock) = try_lock_file(&beside(&self.path, ".lock"))? else { return Ok(None) };
        Ok(try_lock_existing(&self.path)?.map(|file| (lock, file)))
    }

    /// Finishes the write of a process that ended, and tries all that a save needs.
    pub(super) fn prepare(&self) -> io::Result<()> {
        let _lock = self.lock_for_save()?;
        self.recover()?;
        let bytes = self.bytes()?;
        create_synced(&self.new_path(), bytes.as_deref().unwrap_or_default())?;
        match (bytes, OpenOptions::new().write(true).open(&self.path)) {
            // A save can rename, or write in place.
            (None, _) | (Some(_), Ok(_)) => remove(&self.new_path()),
            // It can only rename.
            (Some(_), Err(_)) => fs::rename(self.new_path(), &self.path),
        }
    }

    fn lock_for_save(&self) -> io::Result<File> {
        let until = Instant::now() + PATIENCE;
        loop {
            match try_lock_file(&beside(&self.path, ".save-lock"))? {
                Some(file) => return Ok(file),
                None if Instant::now() < until => sleep(PAUSE),
                None => {
                    let what = "another process has been writing it for ten seconds";
                    return Err(io::Error::new(ErrorKind::TimedOut, what));
                }
            }
        }
    }

    /// Puts a complete `.new` in place if the file is still the one that it was to replace, or was
    /// being written in place. Otherwise `.new` is incomplete or old, and is removed.
    fn recover(&self) -> io::Result<()> {
        let bytes = match fs::read(self.new_path()) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let replaces = serde_json::from_slice::<Replaces>(&bytes).ok().and_then(|it| it.replaces);
        let stored = self.bytes()?;
        let is_next = match (&stored, replaces) {
            // An empty file was being written in place. A file that was removed stays removed.
            (None, Some(replaces)) => replaces.is_empty() || self.path.exists(),
            (Some(stored), Some(replaces)) => {
                parse(stored).is_err() || generation(stored).as_str() == replaces
            }
            (_, None) => false,
        };
        match is_next && parse(&bytes).is_ok() {
            true => self.put_in_place(&bytes),
            false => remove(&self.new_path()),
        }
    }

    /// Renames `.new`, or writes the file in place if it cannot be renamed over: it may be mounted
    /// by itself. Then `.new` is a complete copy until the file is synced.
    fn put_in_place(&self, json: &[u8]) -> io::Result<()> {
        match fs::rename(self.new_path(), &self.path) {
            Ok(()) => sync_folder(&self.path),
            Err(error) => {
                self.write_in_place(json).map_err(|_| error)?;
                remove(&self.new_path())
            }
        }
    }

    /// Empties the file first, so it never holds a part of the older and a part of the newer grant.
    fn write_in_place(&self, json: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).truncate(true).open(&self.path)?;
        file.write_all(json)?;
        file.sync_all()
    }

    fn read(&self) -> io::Result<Option<StoredGrant>> {
        let Some(bytes) = self.bytes()? else { return Ok(None) };
        Ok(Some(StoredGrant::new(parse(&bytes)?, generation(&bytes))))
    }

    /// Returns what is in the file, or `None` if it does not exist or is empty.
    fn bytes(&self) -> io::Result<Option<Vec<u8>>> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(Some(bytes).filter(|bytes| !bytes.is_empty())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Returns a hash of the file. It also changes if another program writes the file.
fn generation(bytes: &[u8]) -> Generation {
    let hash = Hash::hash(bytes);
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Generation::from(hex)
}

fn parse(json: &[u8]) -> io::Result<Grant> {
    serde_json::from_slice(json).map_err(|error| {
        // The error's own text could repeat a token.
        let (line, column) = (error.line(), error.column());
        let what = format!("it is not the JSON of a grant (line {line}, column {column})");
        io::Error::new(ErrorKind::InvalidData, what)
    })
}

#[cfg(test)]
mod tests {
    use chatwork_api::Secret;

    use super::*;

    fn grant(name: &str) -> Grant {
        Grant::from_refresh_token(Secret::from(name.to_owned()))
    }

    #[test]
    fn a_file_that_cannot_be_renamed_over_is_written_in_place() {
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::at(&folder.path().join("tokens.json")).unwrap();
        let SaveOutcome::Saved(_) = file.save(&grant("long, old"), SaveIf::Always).unwrap() else {
            panic!("there is no condition");
        };
        // Without `.new` there is nothing to rename, as with a mounted file.
        let json = serde_json::to_vec(&grant("new")).unwrap();
        file.put_in_place(&json).unwrap();
        assert_eq!(fs::read(&file.path).unwrap(), json);
        assert_eq!(file.load().unwrap().unwrap().grant, grant("new"));
    }

    #[test]
    fn a_copy_that_was_only_an_attempt_does_not_replace_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = TokenFile::at(&folder.path().join("tokens.json")).unwrap();
        for name in ["one", "two"] {
            assert_ne!(file.save(&grant(name), SaveIf::Always).unwrap(), SaveOutcome::Conflict);
        }
        let stored = file.load().unwrap();
        fs::copy(&file.path, file.new_path()).unwrap();
        file.recover().unwrap();
        assert_eq!(file.load().unwrap(), stored);
        assert!(!file.new_path().exists());
    }
}
