//! Connections to the database.

use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction};

use super::APPLICATION_ID;
use crate::error::{ArchiveError, Result};

/// How long a statement waits for the lock of another connection.
pub(crate) const BUSY: Duration = Duration::from_secs(5);
/// The size of a database without tables.
const FIRST_PAGE: u64 = 4096;

/// Opens the connection that writes. The file must exist.
pub(super) fn writer(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags)?;
    let sql = ArchiveError::sqlite(path);
    // FULL: a commit survives a power failure, as `WatchStore` promises.
    let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
        PRAGMA journal_size_limit = 4194304;";
    connection.execute_batch(pragmas).map_err(&sql)?;
    Ok(connection)
}

/// Opens a connection that reads.
pub(super) fn reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags)?;
    connection.execute_batch("PRAGMA query_only = ON").map_err(ArchiveError::sqlite(path))?;
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection> {
    let sql = ArchiveError::sqlite(path);
    let connection = Connection::open_with_flags(path, flags).map_err(&sql)?;
    connection.busy_timeout(BUSY).map_err(&sql)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection
        .execute_batch("PRAGMA cache_size = -16384; PRAGMA trusted_schema = OFF")
        .map_err(&sql)?;
    Ok(connection)
}

/// Undoes what a process that was killed had begun when it created an archive: a reader alone could
/// not, and would be refused. Later the archive is in WAL mode, and has no such journal.
pub(super) fn roll_back_creation(path: &Path) {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    let is_begun = fs::metadata(path).is_ok_and(|found| found.len() <= FIRST_PAGE);
    if is_begun && Path::new(&journal).exists() {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // If it fails, so does what opens the archive next, with its own error.
        let _ = open(path, flags).and_then(|connection| version(&connection, path));
    }
}

/// Returns the version of the schema: 0 for an empty file.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i64> {
    let pragma = |name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(ArchiveError::sqlite(path))
    };
    let (id, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(ArchiveError::sqlite(path))?;
    let empty = id == 0 && version == 0 && tables == 0;
    match empty || id == i64::from(APPLICATION_ID) {
        true => Ok(version),
        false => Err(ArchiveError::NotAnArchive { path: path.to_owned() }),
    }
}

/// Begins to read one state of the database, which later commits do not change.
pub(crate) fn begin_read<'a>(connection: &'a Connection, path: &Path) -> Result<Transaction<'a>> {
    connection.unchecked_transaction().map_err(ArchiveError::sqlite(path))
}

/// Creates a file that only its owner may read. SQLite gives the files beside it the same
/// permissions.
pub(crate) fn private_file(path: &Path) -> Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => ArchiveError::Exists { path: path.to_owned() },
        _ => ArchiveError::file(path)(error),
    })
}

/// Returns whether only its owner may read an archive and what is beside it, or there is none.
pub(super) fn is_private(path: &Path) -> bool {
    beside(path).chain([path.to_owned()]).all(|path| {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::metadata(path).map_or(true, |found| found.permissions().mode() & 0o077 == 0)
        }
        #[cfg(not(unix))]
        {
            let _ = path;
            true
        }
    })
}

/// Returns the files beside an archive, and the folder of its files.
fn beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    ["-wal", "-shm", ".lock", ".files"].into_iter().map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Returns whether a file says in its header that it is an archive. Reads the bytes by themselves:
/// SQLite makes files beside a database as soon as it opens one, with the permissions of the database.
pub(super) fn has_our_header(path: &Path) -> bool {
    let mut header = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(100).read_to_end(&mut header));
    // `application_id` is a number of four bytes at this place.
    read.is_ok()
        && header.starts_with(b"SQLite format 3\0")
        && header.get(68..72) == Some(&APPLICATION_ID.to_be_bytes()[..])
}

/// Takes the permissions of others from an archive, the files beside it and the folder of files: they
/// may have been copied with other permissions.
pub(super) fn make_private(path: &Path) -> Result<()> {
    take_permissions(path)?;
    beside(path).filter(|path| path.exists()).try_for_each(|path| take_permissions(&path))
}

fn take_permissions(path: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let failed = |error| ArchiveError::file(path)(error);
        let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
        if mode & 0o077 != 0 {
            let mode = fs::Permissions::from_mode(mode & 0o700);
            fs::set_permissions(path, mode).map_err(failed)?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Returns the path of a file without links, so that every spelling of it names the same files beside
/// it. The file may not exist yet.
pub(super) fn canonical(path: &Path) -> PathBuf {
    let whole = || fs::canonicalize(path).ok();
    let folder = || {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or_else(|| ".".as_ref())).ok()?;
        Some(folder.join(path.file_name()?))
    };
    // Opening a path that leads nowhere fails with its own error.
    whole().or_else(folder).unwrap_or_else(|| path.to_owned())
}
