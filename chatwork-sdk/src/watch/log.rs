//! The file of a watch's state: a log of changes.
//!
//! Each line is a checksum in eight hexadecimal digits, a space and one JSON object. The first line
//! names the format and its version, the second the whole state, and each further line a change:
//!
//! ```text
//! 8d2c0f51 {"format":{"name":"chatwork-watch","version":1}}
//! 5b0e93aa {"state":{"version":2,"listed":1750831200,"rooms":{}}}
//! 17c4e2d8 {"change":[{"listed":1750831260}]}
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::snapshot::checksum;
use super::state::WatchState;
use super::store::StateChange;
use crate::durable::{
    beside, create_synced, is_at, private, sync_folder, try_lock, try_lock_opened,
};

const NAME: &str = "chatwork-watch";
const VERSION: u32 = 1;
/// A shorter log is never replaced, in bytes.
const SHORT: u64 = 64 * 1024;
/// A log is replaced when it is so many times as long as the whole state.
const FACTOR: u64 = 4;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Record {
    Format { name: String, version: u32 },
    State(WatchState),
    Change(StateChange),
}

/// An open log. Its lock ends with it.
pub(super) struct Log {
    path: PathBuf,
    file: File,
    state: Option<WatchState>,
    /// How much of the file is valid.
    length: u64,
    /// At which length the log is replaced.
    limit: u64,
}

/// What a file holds.
#[derive(Default)]
struct Content {
    state: Option<WatchState>,
    length: u64,
    /// The file holds a state in another form.
    foreign: bool,
}

impl Log {
    /// Opens or creates the file, and reads it.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = try_lock_opened(path, || open(path))?.ok_or_else(in_use)?;
        let path = fs::canonicalize(path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let Content { state, length, foreign } = read(&bytes)?;
        let mut log = Self { path, file, state, length, limit: SHORT };
        if foreign || log.length == 0 {
            log.replace()?;
        } else {
            // The next line must not continue one that was cut.
            log.file.set_len(log.length)?;
        }
        Ok(log)
    }

    /// Returns the state, or `None` if nothing was saved.
    pub(super) fn state(&self) -> Option<&WatchState> {
        self.state.as_ref()
    }

    /// Appends a change, and syncs it. Fails if the path names another file by now: what is written
    /// to this one would be lost.
    pub(super) fn append(&mut self, change: StateChange) -> io::Result<()> {
        if !is_at(&self.file, &self.path)? {
            let what = "it was removed or replaced while the watch used it: expected one watch for \
                        each file; start the watch again";
            return Err(io::Error::other(what));
        }
        let line = line(&Record::Change(change.clone()))?;
        let written = self.file.write_all(&line).and_then(|()| self.file.sync_data());
        if let Err(error) = written {
            // A part of it that was written must not be read again.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += u64::try_from(line.len()).unwrap_or(u64::MAX);
        self.state.get_or_insert_default().apply(change);
        if self.length > self.limit {
            self.compact();
        }
        Ok(())
    }

    /// Replaces the log by a short one. If that fails, the long one stays valid: a file that is
    /// mounted by itself cannot be replaced, for example.
    fn compact(&mut self) {
        if let Err(error) = self.replace() {
            self.limit = self.length.saturating_mul(2);
            tracing::debug!(%error, "the watch's file could not be shortened");
        }
    }

    /// Writes the whole state under another name, and renames it. An empty file is written in
    /// place: it has nothing to lose.
    fn replace(&mut self) -> io::Result<()> {
        let mut bytes = line(&Record::Format { name: NAME.to_owned(), version: VERSION })?;
        if let Some(state) = &self.state {
            bytes.extend(line(&Record::State(state.clone()))?);
        }
        if self.length == 0 && self.state.is_none() {
            self.file.set_len(0)?;
            self.file.write_all(&bytes)?;
            self.file.sync_all()?;
        } else {
            self.file = self.write_new(&bytes)?;
        }
        sync_folder(&self.path)?;
        self.length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.limit = self.length.saturating_mul(FACTOR).max(SHORT);
        Ok(())
    }

    /// Puts a new file in the place of the old one. The new one is locked before it has the name.
    fn write_new(&self, bytes: &[u8]) -> io::Result<File> {
        let new = beside(&self.path, ".new");
        let file = create_synced(&new, bytes)?;
        if !try_lock(&file)? {
            return Err(in_use());
        }
        fs::rename(&new, &self.path).inspect_err(|_| {
            // The old file stays in use, and this one is of no use.
            let _ = fs::remove_file(&new);
        })?;
        Ok(file)
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    private(&mut options).open(path)
}

fn in_use() -> io::Error {
    let what = "another process uses it; each watch needs a file of its own";
    io::Error::new(ErrorKind::WouldBlock, what)
}

fn line(record: &Record) -> io::Result<Vec<u8>> {
    let json = serde_json::to_string(record)?;
    Ok(format!("{:08x} {json}\n", checksum(&json)).into_bytes())
}

/// Reads a whole file, up to a line that a power failure has cut.
fn read(bytes: &[u8]) -> io::Result<Content> {
    let mut content = Content::default();
    let mut rest = bytes;
    for number in 1.. {
        let Some((line, after)) = split(rest) else { break };
        let Some(record) = parse(line) else { break };
        content.take(record, number)?;
        content.length += u64::try_from(line.len() + 1).unwrap_or(u64::MAX);
        rest = after;
    }
    let is_torn = !has_line(rest);
    match (content.length, is_torn) {
        (0, true) if !is_begun(bytes) => foreign(bytes),
        (_, true) => Ok(content),
        (_, false) => {
            let what = format!("it is damaged after {} bytes, and goes on behind", content.length);
            Err(invalid(&format!("{what}: put a copy of it in its place, or remove it")))
        }
    }
}

impl Content {
    fn take(&mut self, record: Record, number: u64) -> io::Result<()> {
        match (record, number) {
            (Record::Format { name, version: 1..=VERSION }, 1) if name == NAME => {}
            (Record::Format { name, version }, 1) if name == NAME => {
                let what = format!("it has version {version}: expected at most {VERSION}");
                return Err(invalid(&what));
            }
            (Record::State(state), 2) => self.state = Some(state),
            (Record::Change(change), 2..) => {
                self.state.get_or_insert_default().apply(change);
            }
            _ => return Err(invalid(&format!("line {number} is not what is due there"))),
        }
        Ok(())
    }
}

/// Returns whether a whole line follows anywhere. A line without its line break is not whole.
fn has_line(mut rest: &[u8]) -> bool {
    while let Some((line, after)) = split(rest) {
        if parse(line).is_some() {
            return true;
        }
        rest = after;
    }
    false
}

/// Splits off a line, which ends with a line break.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((bytes.get(..end)?, bytes.get(end + 1..)?))
}

fn parse(line: &[u8]) -> Option<Record> {
    let line = std::str::from_utf8(line).ok()?;
    let (sum, json) = line.split_once(' ')?;
    let is_whole = u32::from_str_radix(sum, 16) == Ok(checksum(json));
    is_whole.then(|| serde_json::from_str(json).ok()).flatten()
}

/// Returns whether this may be the beginning of a log whose first line was cut. After a power
/// failure, zeros may follow.
fn is_begun(bytes: &[u8]) -> bool {
    let header = line(&Record::Format { name: NAME.to_owned(), version: VERSION });
    let end = bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    header.is_ok_and(|header| bytes.get(..end).is_some_and(|begun| header.starts_with(begun)))
}

/// Takes over a state that was saved by hand.
fn foreign(bytes: &[u8]) -> io::Result<Content> {
    match serde_json::from_slice::<WatchState>(bytes) {
        Ok(state) => Ok(Content { state: Some(state), length: 0, foreign: true }),
        Err(error) => Err(invalid(&format!("it is neither a watch's log nor its state: {error}"))),
    }
}

fn invalid(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(listed: i64) -> StateChange {
        serde_json::from_value(serde_json::json!([{ "listed": listed }])).unwrap()
    }

    #[test]
    fn a_log_is_shortened_and_keeps_its_state() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut log = Log::open(&path).unwrap();
        log.limit = 4_000;
        let mut longest = 0;
        for listed in 0..200 {
            log.append(change(listed)).unwrap();
            longest = longest.max(fs::metadata(&path).unwrap().len());
            log.limit = log.limit.min(4_000);
        }
        assert!(longest < 4_200, "{longest}");
        let state = log.state().cloned();
        assert_eq!(state.as_ref().and_then(|it| it.listed).map(|it| it.0), Some(199));
        drop(log);
        assert_eq!(Log::open(&path).unwrap().state().cloned(), state);
    }

    #[test]
    fn a_log_cut_anywhere_keeps_every_whole_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut log = Log::open(&path).unwrap();
        (1..=3).for_each(|listed| log.append(change(listed)).unwrap());
        drop(log);
        let whole = fs::read(&path).unwrap();
        for length in 0..=whole.len() {
            let cut = whole.get(..length).unwrap();
            let lines = cut.iter().filter(|byte| **byte == b'\n').count();
            fs::write(&path, [cut, &b"\0".repeat(length % 3)].concat()).unwrap();
            let mut log = Log::open(&path).unwrap();
            let listed = log.state().and_then(|state| state.listed).map(|it| it.0);
            assert_eq!(listed, (lines > 1).then(|| lines as i64 - 1), "cut at {length}");
            log.append(change(9)).unwrap();
            drop(log);
            let log = Log::open(&path).unwrap();
            assert_eq!(log.state().and_then(|state| state.listed).map(|it| it.0), Some(9));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_state_saved_by_hand_is_replaced_by_a_new_file() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let state =
            WatchState { listed: Some(chatwork_api::types::UnixTime(7)), ..Default::default() };
        fs::write(&path, serde_json::to_vec(&state).unwrap()).unwrap();
        // As long as it exists, its number belongs to no other file.
        let by_hand = File::open(&path).unwrap();
        let log = Log::open(&path).unwrap();
        assert_eq!(log.state(), Some(&state));
        assert_ne!(fs::metadata(&path).unwrap().ino(), by_hand.metadata().unwrap().ino());
    }

    #[cfg(unix)]
    #[test]
    fn a_log_that_was_removed_or_replaced_takes_no_more_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut first = Log::open(&path).unwrap();
        first.append(change(1)).unwrap();
        fs::remove_file(&path).unwrap();
        let error = first.append(change(2)).unwrap_err().to_string();
        assert!(error.starts_with("it was removed or replaced"), "{error}");
        let mut second = Log::open(&path).unwrap();
        second.append(change(3)).unwrap();
        assert!(first.append(change(4)).is_err());
        drop(second);
        let listed = Log::open(&path).unwrap().state().and_then(|state| state.listed);
        assert_eq!(listed.map(|it| it.0), Some(3));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_opened_before_a_compaction_and_locked_after_it_is_not_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let mut log = Log::open(&path).unwrap();
        log.append(change(1)).unwrap();
        let mut opened = 0;
        let locked = try_lock_opened(&path, || {
            let file = open(&path)?;
            opened += 1;
            if opened == 1 {
                // From here on, the lock of the old file is free.
                log.replace()?;
            }
            Ok(file)
        });
        assert!(locked.unwrap().is_none());
        assert_eq!(opened, 2);
    }
}
