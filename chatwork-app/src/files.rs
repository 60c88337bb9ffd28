//! Files for the owner alone, which are replaced as a whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};

use crate::error::{AppError, Result};

/// Reads a text file, or returns `None` if there is none.
pub(crate) fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AppError::file(path)(error)),
    }
}

/// Replaces a file at once: a program that reads meanwhile sees the old text or the new one.
///
/// On Unix only the owner can read it (0600), and its folder (0700).
pub(crate) fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    // A symbolic link stays one: people keep configurations in a repository of their own.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let beside = target.parent().unwrap_or(folder);
    let replace = || -> io::Result<()> {
        // It is made with 0600.
        let mut file = tempfile::NamedTempFile::new_in(beside)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(&target)?;
        Ok(())
    };
    replace().map_err(AppError::file(path))
}

/// As many bytes as the tokens of a consent have at most.
const TRIAL: usize = 8 * 1024;

/// Writes a file into a folder and removes it: the disk may be full or read-only.
pub(crate) fn try_writing(folder: &Path) -> Result<()> {
    let write = || -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&[0; TRIAL])?;
        file.as_file().sync_all()
    };
    write().map_err(AppError::file(folder))
}

/// Makes a folder and those above it, for the owner alone.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder).map_err(AppError::file(folder))
}

/// Makes a folder for secrets, or takes the rights of others away if it exists with them.
///
/// # Errors
///
/// [`AppError::OpenFolder`] if others have rights and they cannot be taken away, as in a folder of
/// another user.
pub(crate) fn make_private_folder(folder: &Path) -> Result<()> {
    make_folder(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder).map_err(AppError::file(folder))?.permissions().mode();
        if mode & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
                .map_err(|_| AppError::OpenFolder { path: folder.to_owned() })?;
        }
    }
    Ok(())
}

/// Holds the lock of a file until it is dropped.
///
/// The lock is a file of its own beside it, which is never removed: the file itself is replaced, and
/// a lock on the replaced one would protect nothing.
pub(crate) struct Lock(File);

impl Lock {
    /// Waits for the lock. The end of a process releases it.
    pub(crate) fn acquire(path: &Path) -> Result<Self> {
        let (file, path) = Self::open(path)?;
        FileExt::lock(&file).map_err(AppError::file(&path))?;
        Ok(Self(file))
    }

    /// Returns the lock, or `None` if another process or task holds it.
    pub(crate) fn try_acquire(path: &Path) -> Result<Option<Self>> {
        let (file, path) = Self::open(path)?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(AppError::file(&path)(error)),
        }
    }

    fn open(path: &Path) -> Result<(File, PathBuf)> {
        let mut name = path.as_os_str().to_owned();
        name.push(".lock");
        let path = PathBuf::from(name);
        make_folder(path.parent().unwrap_or(Path::new(".")))?;
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let file = options.open(&path).map_err(AppError::file(&path))?;
        Ok((file, path))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The end of the process would release it, too.
        let _ = FileExt::unlock(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_only_its_owner_can_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b/config.toml");
        assert_eq!(read(&path).unwrap(), None);
        write(&path, "one").unwrap();
        write(&path, "two").unwrap();
        assert_eq!(read(&path).unwrap().as_deref(), Some("two"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(path.parent().unwrap()), 0o700);
        }
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_for_secrets_that_others_can_open_becomes_private() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config");
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        make_private_folder(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn a_symbolic_link_stays_one() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("kept.toml"), folder.path().join("config.toml"));
        write(&file, "one").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, "two").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
        assert_eq!(read(&file).unwrap().as_deref(), Some("two"));
    }
}
