//! Whether an archive is what it says.

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use chatwork_sdk::{FileId, RoomId};
use rusqlite::{Connection, Result as SqlResult};
use sha2::{Digest, Sha256};

use super::ForgetReport;
use super::erase::{contents, is_stray};
use crate::error::{ArchiveError, Result};
use crate::files::{content_path, hex};
use crate::store::{Archive, Reader};
use crate::text::{fold, index_words};

/// The most problems that a report lists.
const MOST: usize = 1_000;

/// What [`Reader::verify`] found.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct VerifyReport {
    /// What is wrong, at most 1,000. Empty if all is well.
    pub problems: Vec<Problem>,
    /// How many texts were compared with the index.
    pub texts: u64,
    /// How many files were compared with their hashes.
    pub files: u64,
}

/// Something that is wrong in an archive. Holds no text of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// SQLite finds that the file is damaged.
    Database {
        /// SQLite's words.
        text: String,
    },
    /// A text is not in the search index, or in another form: run [`reindex`](crate::Archive::reindex).
    Index {
        /// The row of the index.
        row: i64,
    },
    /// The index has a row for a text that is not there: run [`reindex`](crate::Archive::reindex).
    Stray {
        /// The row of the index.
        row: i64,
    },
    /// Two stretches of a room that are said to be complete overlap, or one ends before it begins.
    Spans {
        /// The room.
        room_id: RoomId,
    },
    /// Between two stretches of a room no gap is noted, or messages are outside of all stretches.
    Gaps {
        /// The room.
        room_id: RoomId,
    },
    /// A stored file is missing, or has other content than its hash says: call
    /// [`refetch`](crate::Archive::refetch).
    File {
        /// The room.
        room_id: RoomId,
        /// The file.
        file_id: FileId,
    },
    /// The folder of files has a content that no row names: call
    /// [`finish_forgetting`](crate::Archive::finish_forgetting).
    Content {
        /// Its name in the folder, which is its hash.
        name: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Database { text } => write!(f, "the database is damaged: {text}"),
            Self::Index { row } => write!(f, "text {row} is not in the search index: reindex"),
            Self::Stray { row } => write!(f, "row {row} of the search index has no text: reindex"),
            Self::Spans { room_id } => write!(f, "the spans of room {room_id} are not in order"),
            Self::Gaps { room_id } => write!(f, "room {room_id} has a gap that is not noted"),
            Self::File { room_id, file_id } => {
                write!(f, "file {file_id} of room {room_id} is missing or changed: refetch")
            }
            Self::Content { name } => {
                write!(f, "no row names the content {name}: finish forgetting")
            }
        }
    }
}

impl Reader {
    /// Checks the database, the search index, what is said to be complete, and the hashes of files.
    ///
    /// # Errors
    ///
    /// The archive cannot be read at all.
    pub fn verify(&self) -> Result<VerifyReport> {
        let folder = self.files_folder();
        // Before the rows are read, so that each of these has its row by then.
        let contents = contents(&folder)?;
        let transaction = self.begin()?;
        let mut report = VerifyReport::default();
        check_database(&transaction, &mut report).map_err(self.sql())?;
        check_index(&transaction, &mut report).map_err(self.sql())?;
        check_spans(&transaction, &mut report).map_err(self.sql())?;
        check_files(&transaction, &folder, &mut report).map_err(self.sql())?;
        drop(transaction);
        check_contents(&*self.begin()?, &folder, &contents, &mut report).map_err(self.sql())?;
        report.problems.truncate(MOST);
        Ok(report)
    }
}

impl Archive {
    /// Lets the next [`Archive::fetch_files`] fetch the files again that [`Reader::verify`] found
    /// missing or changed, and returns how many. What is left of them goes, unless another file has
    /// the same content.
    ///
    /// # Errors
    ///
    /// The archive cannot be written to.
    pub fn refetch(&self, report: &VerifyReport) -> Result<u64> {
        let sql = ArchiveError::sqlite(self.path());
        let update = "UPDATE files SET state = 'wanted', sha256 = NULL, attempts = 0
            WHERE room_id = ?1 AND file_id = ?2 AND state = 'stored'";
        let count = self.write(|transaction, _| {
            let mut count = 0;
            for problem in &report.problems {
                let Problem::File { room_id, file_id } = problem else { continue };
                let key = (room_id.0, file_id.0);
                count += transaction.execute(update, key).map_err(&sql)?;
            }
            Ok(count)
        })?;
        self.sweep(&mut ForgetReport::default())?;
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }
}

fn check_database(connection: &Connection, report: &mut VerifyReport) -> SqlResult<()> {
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let texts = statement.query_map([], |row| row.get::<_, String>(0))?;
    for text in texts {
        let text = text?;
        if text != "ok" {
            report.problems.push(Problem::Database { text });
        }
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let tables = statement.query_map([], |row| row.get::<_, String>(0))?;
    for table in tables.take(20) {
        let text = format!("a row of {} names a row that is not there", table?);
        report.problems.push(Problem::Database { text });
    }
    Ok(())
}

/// Compares the number of words that the index has of each text.
fn check_index(connection: &Connection, report: &mut VerifyReport) -> SqlResult<()> {
    // The tombstones of deleted rows stay in the index until it is optimised, but their sizes go.
    let mut size = connection.prepare("SELECT sz FROM search_index_docsize WHERE id = ?1")?;
    let mut texts = connection.prepare(
        "SELECT id, plain FROM messages UNION ALL SELECT -revision_id, plain FROM revisions",
    )?;
    let mut rows = texts.query([])?;
    let (mut words, mut known) = (String::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let (id, plain): (i64, String) = (row.get(0)?, row.get(1)?);
        words.clear();
        index_words(&fold(&plain), &mut words);
        let wanted = words.bytes().filter(|byte| *byte == b' ').count();
        let found: Option<Vec<u8>> = size.query_map([id], |row| row.get(0))?.next().transpose()?;
        if found.and_then(|found| varint(&found)) != u64::try_from(wanted).ok() {
            report.problems.push(Problem::Index { row: id });
        }
        known.insert(id);
        report.texts += 1;
    }
    let mut ids = connection.prepare("SELECT id FROM search_index_docsize")?;
    for id in ids.query_map([], |row| row.get(0))? {
        let row: i64 = id?;
        if !known.contains(&row) {
            report.problems.push(Problem::Stray { row });
        }
    }
    Ok(())
}

/// Reads a number of SQLite: seven bits a byte, the highest first.
fn varint(bytes: &[u8]) -> Option<u64> {
    let mut number: u64 = 0;
    for byte in bytes.iter().take(9) {
        number = number.checked_mul(128)? | u64::from(byte & 127);
        if byte & 128 == 0 {
            return Some(number);
        }
    }
    None
}

fn check_spans(connection: &Connection, report: &mut VerifyReport) -> SqlResult<()> {
    let rooms = |select: &str| {
        let mut statement = connection.prepare(select)?;
        let rows = statement.query_map([], |row| row.get(0).map(RoomId))?;
        rows.collect::<SqlResult<Vec<_>>>()
    };
    let disorder = "SELECT DISTINCT s.room_id FROM spans s WHERE s.first_time > s.last_time
        OR EXISTS (SELECT 1 FROM spans o WHERE o.room_id = s.room_id AND o.span_id <> s.span_id
        AND o.first_time < s.last_time AND s.first_time < o.last_time)";
    for room_id in rooms(disorder)? {
        report.problems.push(Problem::Spans { room_id });
    }
    let unnoted = "SELECT DISTINCT s.room_id FROM spans s JOIN spans o
        ON o.room_id = s.room_id AND o.last_time <= s.first_time AND o.span_id <> s.span_id
        WHERE NOT EXISTS (SELECT 1 FROM gaps g WHERE g.room_id = s.room_id
        AND g.before_time = s.first_time)
        UNION SELECT DISTINCT m.room_id FROM messages m WHERE NOT EXISTS (SELECT 1 FROM spans s
        WHERE s.room_id = m.room_id AND m.send_time BETWEEN s.first_time AND s.last_time)";
    for room_id in rooms(unnoted)? {
        report.problems.push(Problem::Gaps { room_id });
    }
    Ok(())
}

fn check_files(connection: &Connection, folder: &Path, report: &mut VerifyReport) -> SqlResult<()> {
    let select = "SELECT room_id, file_id, sha256 FROM files WHERE state = 'stored'";
    let mut statement = connection.prepare(select)?;
    let rows = statement
        .query_map([], |row| Ok((RoomId(row.get(0)?), FileId(row.get(1)?), row.get(2)?)))?;
    for row in rows {
        let (room_id, file_id, hash): (RoomId, FileId, Option<String>) = row?;
        let path = hash.as_deref().and_then(|hash| content_path(folder, hash));
        let found = path.and_then(|path| hash_of(&path).ok());
        report.files += 1;
        if found.is_none() || found != hash {
            report.problems.push(Problem::File { room_id, file_id });
        }
    }
    Ok(())
}

/// Finds what no row names. While something is to be erased, `status` says so.
fn check_contents(
    connection: &Connection,
    folder: &Path,
    contents: &[PathBuf],
    report: &mut VerifyReport,
) -> SqlResult<()> {
    if connection.prepare("SELECT 1 FROM settings WHERE name = 'erasing'")?.exists([])? {
        return Ok(());
    }
    for path in contents {
        if is_stray(connection, folder, path)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            report.problems.push(Problem::Content { name });
        }
    }
    Ok(())
}

fn hash_of(path: &Path) -> io::Result<String> {
    let (mut file, mut hash, mut buffer) = (File::open(path)?, Sha256::new(), [0; 64 * 1024]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            length => hash.update(buffer.get(..length).unwrap_or_default()),
        }
    }
}
