//! An archive made of JSON lines.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, Read};
use std::path::Path;

use chatwork_notation::parse;
use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params_from_iter};
use serde_json::{Map, Value};

use super::jsonl::{FORMAT, TABLES};
use crate::care::{apply_tombstones, fill_index, note_copying, note_erasing};
use crate::error::{ArchiveError, Result};
use crate::files::{PartFile, content_path};
use crate::keep::add_relations;
use crate::store::Archive;

/// The longest line in bytes. A message of a megabyte takes six, if each character is escaped.
const LONGEST: u64 = 64 * 1024 * 1024;
/// The largest file in bytes.
const LARGEST: u64 = 1024 * 1024 * 1024;
/// The highest id and the highest count, far from where sums overflow.
const HIGHEST: i64 = 1 << 53;
/// The columns, of any table, with ids that the archive gives. The next one is higher by one, and the
/// index has messages as positive rows and revisions as negative ones.
const IDS: [&str; 6] = ["id", "revision_id", "run_id", "span_id", "gap_id", "tombstone_id"];
/// The columns, of any table, that count something.
const COUNTS: [&str; 20] = [
    "place",
    "missing",
    "attempts",
    "size",
    "lagging",
    "limited",
    "counted",
    "message_num",
    "file_num",
    "task_num",
    "seen_message_num",
    "seen_file_num",
    "seen_task_num",
    "rooms_listed",
    "rooms_looked",
    "created",
    "edited",
    "deleted",
    "vanished",
    "gaps",
];

impl Archive {
    /// Fills a new archive from JSON lines that [`Reader::export_jsonl`](crate::Reader::export_jsonl)
    /// wrote, and returns the number of rows. `files` is a copy of the folder of files, if there is
    /// one.
    ///
    /// Nothing in the lines is trusted: a line has at most 64 MiB, tables, columns and values must be
    /// those of the schema, and a file is taken only if its content has the hash that its row says.
    /// A file without content is fetched again later. What the lines say was removed on purpose is not
    /// imported, and no byte of it stays in the file, unless [`ArchiveStatus::is_erasing`] says that this is
    /// still to do. The search index is made anew.
    ///
    /// [`ArchiveStatus::is_erasing`]: crate::ArchiveStatus::is_erasing
    ///
    /// # Errors
    ///
    /// - [`ArchiveError::NotEmpty`] if the archive is not new: also if all of it was forgotten, since
    ///   the lines could bring it back.
    /// - [`ArchiveError::OtherAccount`] if the lines are of another account.
    /// - [`ArchiveError::Import`] if a line is not valid.
    /// - [`ArchiveError::DiskFull`] or another error of the archive's own folder.
    ///
    /// After an error the archive is as it was.
    pub fn import_jsonl(&self, lines: &mut dyn BufRead, files: Option<&Path>) -> Result<u64> {
        let sql = ArchiveError::sqlite(self.path());
        if files.is_some() {
            self.write(|transaction, _| match is_new(transaction).map_err(&sql)? {
                true => note_copying(transaction).map_err(&sql),
                false => Err(ArchiveError::NotEmpty),
            })?;
        }
        let imported = self.write(|transaction, names| {
            *names = crate::keep::Names::default();
            if !is_new(transaction).map_err(&sql)? {
                return Err(ArchiveError::NotEmpty);
            }
            let mut import = Import {
                archive: self,
                connection: transaction,
                line: 0,
                statements: HashMap::new(),
            };
            import.head(lines)?;
            let count = import.rows(lines)?;
            if apply_tombstones(transaction).map_err(&sql)?.removed {
                note_erasing(transaction).map_err(&sql)?;
            }
            derive(transaction).map_err(&sql)?;
            self.take_files(transaction, files)?;
            Ok(count)
        });
        // What was removed again leaves bytes in the database, and an error leaves files that were
        // copied before it. What cannot be removed now is removed by the next start.
        let _ = self.erase_or_leave();
        imported
    }

    /// Copies the content of files whose hash is right. The others are to be fetched again.
    fn take_files(&self, connection: &Connection, files: Option<&Path>) -> Result<()> {
        let sql = ArchiveError::sqlite(self.path());
        let select = "SELECT DISTINCT sha256 FROM files WHERE sha256 IS NOT NULL";
        let mut statement = connection.prepare(select).map_err(&sql)?;
        let hashes = statement.query_map([], |row| row.get::<_, String>(0)).map_err(&sql)?;
        let hashes: Vec<String> = hashes.collect::<rusqlite::Result<_>>().map_err(&sql)?;
        for hash in hashes {
            let from = files.and_then(|files| content_path(files, &hash));
            let taken = from.map_or(Ok(false), |from| self.take_file(&from, &hash))?;
            if !taken {
                let update = "UPDATE files SET state = 'wanted', sha256 = NULL WHERE sha256 = ?1";
                connection.execute(update, [&hash]).map_err(&sql)?;
            }
        }
        Ok(())
    }

    /// Copies a file, and returns whether it has this hash. A file that cannot be read is as good as
    /// none; a copy that cannot be written is an error.
    fn take_file(&self, from: &Path, hash: &str) -> Result<bool> {
        // A link or a device is not a file of an archive.
        if !std::fs::symlink_metadata(from).is_ok_and(|it| it.is_file()) {
            return Ok(false);
        }
        let Ok(source) = File::open(from) else { return Ok(false) };
        let folder = self.files_folder();
        let failed = |error| ArchiveError::file(&folder)(error);
        let mut part = PartFile::create(&folder, hash).map_err(failed)?;
        let mut source = source.take(LARGEST);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => {
                    part.write(buffer.get(..length).unwrap_or_default()).map_err(failed)?;
                }
                Err(_) => return Ok(false),
            }
        }
        part.keep_as(&folder, hash).map_err(failed)
    }
}

/// An import that is under way.
struct Import<'a> {
    archive: &'a Archive,
    connection: &'a Connection,
    line: u64,
    /// The columns of a table, by its name.
    statements: HashMap<&'static str, Vec<String>>,
}

impl Import<'_> {
    fn fail(&self, reason: impl Into<String>) -> ArchiveError {
        ArchiveError::Import { line: self.line, reason: reason.into() }
    }

    /// Reads the next line as an object, or `None` at the end.
    fn next(&mut self, lines: &mut dyn BufRead) -> Result<Option<Map<String, Value>>> {
        self.line += 1;
        let mut line = Vec::new();
        let read = lines.take(LONGEST).read_until(b'\n', &mut line);
        read.map_err(|error| self.fail(format!("it cannot be read: {}", error.kind())))?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            return Err(self.fail("it is cut off, or longer than 64 MiB"));
        }
        // The message of the parser may quote the line.
        match serde_json::from_slice(&line) {
            Ok(Value::Object(object)) => Ok(Some(object)),
            _ => Err(self.fail("it is not a JSON object")),
        }
    }

    fn head(&mut self, lines: &mut dyn BufRead) -> Result<()> {
        let head = self.next(lines)?.unwrap_or_default();
        let number = |name: &str| head.get(name).and_then(Value::as_i64);
        match (number("chatwork_archive"), number("account_id")) {
            (Some(FORMAT), Some(account)) => {
                self.archive.check_account(chatwork_sdk::AccountId(account))
            }
            (Some(format), Some(_)) => {
                let text = format!("it has form {format}, and this program reads form {FORMAT}");
                Err(self.fail(text))
            }
            _ => Err(self.fail("it is not the first line of an archive")),
        }
    }

    fn rows(&mut self, lines: &mut dyn BufRead) -> Result<u64> {
        let mut count = 0;
        while let Some(object) = self.next(lines)? {
            let mut members = object.into_iter();
            let (Some((name, Value::Object(row))), None) = (members.next(), members.next()) else {
                return Err(self.fail("expected one table with one row"));
            };
            let table = TABLES.iter().find(|(table, _)| *table == name);
            let Some((table, _)) = table else {
                return Err(self.fail("it names a table that archives do not have"));
            };
            self.row(table, &row)?;
            count += 1;
        }
        Ok(count)
    }

    fn row(&mut self, table: &'static str, row: &Map<String, Value>) -> Result<()> {
        let sql = ArchiveError::sqlite(self.archive.path());
        if !self.statements.contains_key(table) {
            self.statements.insert(table, columns(self.connection, table).map_err(&sql)?);
        }
        let columns = self.statements.get(table).map(Vec::as_slice).unwrap_or_default();
        if row.len() != columns.len() || !columns.iter().all(|it| row.contains_key(it)) {
            return Err(self.fail(format!("a row of {table} has other columns")));
        }
        let cells = columns.iter().map(|column| match row.get(column) {
            Some(Value::Null) => Ok(Cell::Null),
            Some(Value::String(text)) => Ok(Cell::Text(text.clone())),
            Some(Value::Number(number)) => match number.as_i64() {
                Some(number) => Ok(Cell::Integer(number)),
                None => Err(self.fail(format!("`{column}` is not a whole number"))),
            },
            _ => Err(self.fail(format!("`{column}` is neither a text nor a number"))),
        });
        let cells = cells.collect::<Result<Vec<_>>>()?;
        self.check(table, row)?;
        let places = vec!["?"; columns.len()].join(", ");
        let verb = if table == "settings" { "INSERT OR REPLACE" } else { "INSERT" };
        let insert = format!("{verb} INTO {table} ({}) VALUES ({places})", columns.join(", "));
        let mut statement = self.connection.prepare_cached(&insert).map_err(&sql)?;
        match statement.execute(params_from_iter(cells)) {
            Ok(_) => Ok(()),
            Err(error) => match error.sqlite_error_code() {
                Some(
                    rusqlite::ErrorCode::ConstraintViolation | rusqlite::ErrorCode::TypeMismatch,
                ) => Err(self.fail(format!("a row of {table} breaks a rule of the schema"))),
                _ => Err(sql(error)),
            },
        }
    }

    /// Checks what the schema cannot.
    fn check(&self, table: &str, row: &Map<String, Value>) -> Result<()> {
        let text = |column: &str| row.get(column).and_then(Value::as_str);
        let fault = match table {
            "settings" => {
                let known = ["account_id", "created", "watch_listed", "files_since"];
                let account = self.archive.account().0.to_string();
                let name = text("name").unwrap_or_default();
                let number = text("value").is_some_and(|it| it.parse::<i64>().is_ok());
                let other = name == "account_id" && text("value") != Some(account.as_str());
                !known.contains(&name) || !number || other
            }
            "files" => {
                let hash = text("sha256");
                hash.is_some_and(|it| content_path("".as_ref(), it).is_none())
                    || hash.is_none() == (text("state") == Some("stored"))
            }
            _ => false,
        };
        let number = |column: &&str| row.get(*column).and_then(Value::as_i64);
        let is_id = |id: i64| (1..=HIGHEST).contains(&id);
        let is_count = |count: i64| (0..=HIGHEST).contains(&count);
        let fault = fault
            || !IDS.iter().filter_map(number).all(is_id)
            || !COUNTS.iter().filter_map(number).all(is_count);
        match fault {
            true => Err(self.fail(format!("a row of {table} has an invalid value"))),
            false => Ok(()),
        }
    }
}

/// Returns whether an archive has nothing yet, not even a note of what was removed.
fn is_new(connection: &Connection) -> rusqlite::Result<bool> {
    for (table, _) in TABLES.iter().filter(|(table, _)| *table != "settings") {
        if connection.prepare(&format!("SELECT 1 FROM {table} LIMIT 1"))?.exists([])? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1)")?;
    statement.query_map([table], |row| row.get(0))?.collect()
}

/// Makes the relations and the search index of the texts.
fn derive(connection: &Connection) -> rusqlite::Result<()> {
    // What a deleted message named stays known.
    let select = "SELECT m.id, coalesce((SELECT v.body FROM revisions v WHERE v.id = m.id
        AND m.status = 'deleted' ORDER BY v.revision_id DESC LIMIT 1), m.body)
        FROM messages m ORDER BY m.id";
    let mut statement = connection.prepare(select)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, body): (i64, String) = (row.get(0)?, row.get(1)?);
        add_relations(connection, id, &parse(&body))?;
    }
    fill_index(connection).map(drop)
}
