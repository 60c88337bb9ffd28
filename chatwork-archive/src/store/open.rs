//! An open archive, and its one writer.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chatwork_sdk::AccountId;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

use super::connection::{
    self, canonical, has_our_header, is_private, make_private, private_file, version,
};
use super::lock::{WriterLock, beside};
use super::migrate::{STEPS, migrate};
use super::place::Placement;
use super::reader::Reader;
use crate::error::{ArchiveError, Result};
use crate::keep::Names;

/// An archive that is open for writing: the messages of one account in one SQLite file.
///
/// Only one `Archive` of a file exists at a time, in all processes. It is cheap to clone, and its
/// clones write one after the other. Any number of [`Reader`]s may be open at the same time.
///
/// ```
/// use chatwork_archive::{AccountId, Archive};
///
/// # fn main() -> chatwork_archive::Result<()> {
/// # let folder = std::env::temp_dir().join(format!("archive-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).ok();
/// # let path = folder.join("me.chatwork");
/// # std::fs::remove_file(&path).ok();
/// let archive = Archive::open_or_create(&path, AccountId(1484814))?;
/// if let Some(warning) = archive.placement() {
///     eprintln!("{warning}");
/// }
/// let reader = archive.reader()?;
/// assert_eq!(reader.account(), AccountId(1484814));
/// # drop((reader, archive));
/// # std::fs::remove_dir_all(&folder).ok();
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Archive {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    account: AccountId,
    placement: Option<Placement>,
    writer: Mutex<Writer>,
}

/// The connection that writes, and what it remembers.
pub(crate) struct Writer {
    pub(crate) connection: Connection,
    pub(crate) names: Names,
    _lock: WriterLock,
}

impl Archive {
    /// Creates an archive for an account. The file can be read by its owner only.
    ///
    /// # Errors
    ///
    /// [`ArchiveError::Exists`] if there is a file already.
    pub fn create(path: impl AsRef<Path>, account: AccountId) -> Result<Self> {
        let path = canonical(path.as_ref());
        let path = path.as_path();
        protect(path)?;
        match private_file(path) {
            Ok(_) => {}
            // A creation that was interrupted is finished.
            Err(ArchiveError::Exists { .. }) if is_unfinished(path) => {}
            Err(error) => return Err(error),
        }
        let mut writer = Writer::open(path)?;
        let sql = ArchiveError::sqlite(path);
        let now = chatwork_sdk::UnixTime::now().0;
        writer.write(path, |transaction, _| {
            let insert = "INSERT INTO settings VALUES ('account_id', ?1), ('created', ?2)";
            let values = [account.0.to_string(), now.to_string()];
            transaction.execute(insert, values).map(|_| ()).map_err(&sql)
        })?;
        Ok(Self::new(path, account, writer))
    }

    /// Opens an archive, and brings it to the newest version. An archive of an older version is
    /// copied first, to a file beside it whose name ends in `.before-v` and the new version.
    ///
    /// # Errors
    ///
    /// - [`ArchiveError::NotFound`] if there is no file.
    /// - [`ArchiveError::Locked`] if another process writes to it.
    /// - [`ArchiveError::NotAnArchive`], [`ArchiveError::Newer`], [`ArchiveError::Damaged`]: the
    ///   file is left as it is.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = canonical(path.as_ref());
        let path = path.as_path();
        protect(path)?;
        if !path.exists() || is_unfinished(path) {
            return Err(ArchiveError::NotFound { path: path.to_owned() });
        }
        let writer = Writer::open(path)?;
        let account = account(&writer.connection, path)?
            .ok_or_else(|| ArchiveError::NotFound { path: path.to_owned() })?;
        let archive = Self::new(path, account, writer);
        archive.resume_erasing()?;
        Ok(archive)
    }

    /// Opens the archive of an account, or creates it if there is none.
    ///
    /// # Errors
    ///
    /// Like [`Archive::open`], and [`ArchiveError::OtherAccount`] if the archive belongs to another
    /// account.
    pub fn open_or_create(path: impl AsRef<Path>, account: AccountId) -> Result<Self> {
        let path = canonical(path.as_ref());
        protect(&path)?;
        if !path.exists() || is_unfinished(&path) {
            return Self::create(path, account);
        }
        let archive = Self::open(path)?;
        archive.check_account(account)?;
        Ok(archive)
    }

    fn new(path: &Path, account: AccountId, writer: Writer) -> Self {
        let placement = Placement::of(path);
        let (path, writer) = (path.to_owned(), Mutex::new(writer));
        Self { shared: Arc::new(Shared { path, account, placement, writer }) }
    }

    /// Returns the path of the file, without symbolic links.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Returns the account that the archive belongs to.
    pub fn account(&self) -> AccountId {
        self.shared.account
    }

    /// Returns the reason not to keep the archive where it is, or `None` if the place is fine.
    pub fn placement(&self) -> Option<&Placement> {
        self.shared.placement.as_ref()
    }

    /// Opens a reader, which sees all that is committed.
    ///
    /// # Errors
    ///
    /// Like [`Reader::open`].
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.shared.path)
    }

    /// Returns the folder of the archive's files: the path of the archive with `.files` behind it.
    pub fn files_folder(&self) -> PathBuf {
        files_folder(&self.shared.path)
    }

    pub(crate) fn check_account(&self, given: AccountId) -> Result<()> {
        match self.shared.account == given {
            true => Ok(()),
            false => Err(ArchiveError::OtherAccount { archive: self.shared.account, given }),
        }
    }

    /// Runs work in one transaction. An error undoes all of it.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>, &mut Names) -> Result<T>,
    ) -> Result<T> {
        self.with_writer(|writer| writer.write(&self.shared.path, work))
    }

    /// Runs work with the connection that writes, outside of a transaction.
    pub(crate) fn with_writer<T>(&self, work: impl FnOnce(&mut Writer) -> T) -> T {
        // A panic inside a transaction has undone it.
        let mut writer = self.shared.writer.lock().unwrap_or_else(PoisonError::into_inner);
        work(&mut writer)
    }

    /// Runs work on a thread on which it may block.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let archive = self.clone();
        match tokio::task::spawn_blocking(move || work(archive)).await {
            Ok(result) => result,
            Err(error) => match error.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(ArchiveError::Stopped),
            },
        }
    }
}

impl Writer {
    fn open(path: &Path) -> Result<Self> {
        // A file of another program is not to be locked or changed.
        version(&connection::reader(path)?, path)?;
        let lock = WriterLock::acquire(path)?;
        make_private(path)?;
        let mut connection = connection::writer(path)?;
        migrate(&mut connection, path, STEPS)?;
        Ok(Self { connection, names: Names::default(), _lock: lock })
    }

    fn write<T>(
        &mut self,
        path: &Path,
        work: impl FnOnce(&Transaction<'_>, &mut Names) -> Result<T>,
    ) -> Result<T> {
        let sql = ArchiveError::sqlite(path);
        let begin = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(begin).map_err(&sql)?;
        let mut names = std::mem::take(&mut self.names);
        // After an error the names may be of rows that are not there: they are read again.
        let result = work(&transaction, &mut names)?;
        transaction.commit().map_err(&sql)?;
        self.names = names;
        Ok(result)
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive")
            .field("path", &self.shared.path)
            .field("account", &self.shared.account)
            .finish_non_exhaustive()
    }
}

pub(super) fn files_folder(archive: &Path) -> PathBuf {
    beside(archive, "files")
}

/// Returns the account of an archive, or `None` if its creation was interrupted.
pub(super) fn account(connection: &Connection, path: &Path) -> Result<Option<AccountId>> {
    let select = "SELECT value FROM settings WHERE name = 'account_id'";
    let value: Option<String> = connection
        .query_row(select, [], |row| row.get(0))
        .optional()
        .map_err(ArchiveError::sqlite(path))?;
    let parse = |text: String| {
        text.parse().map(AccountId).map_err(|_| ArchiveError::Value { column: "account_id" })
    };
    value.map(parse).transpose()
}

/// Makes an archive private before it is opened for the first time. A file of another program is left
/// as it is.
fn protect(path: &Path) -> Result<()> {
    // A file of which this process has a connection is private, and is not opened here: closing it
    // would end the locks of SQLite.
    match !is_private(path) && has_our_header(path) {
        true => make_private(path),
        false => Ok(()),
    }
}

/// Returns whether a file is an archive that was never finished: it is empty, or has no account.
fn is_unfinished(path: &Path) -> bool {
    connection::roll_back_creation(path);
    let Ok(connection) = connection::reader(path) else { return false };
    match version(&connection, path) {
        Ok(0) => true,
        Ok(_) => matches!(account(&connection, path), Ok(None)),
        Err(_) => false,
    }
}
